#include "surveys/analyses/cross_replicates.h"
#include <math.h>
#include <string.h>

enum { SUMS_OF_A_BATCH = 1 << 21 }; /* 32 MB */

/* ---- the totals of each replicate ---- */

/* Totals by unit are known already: replicates that are factors of units need nothing of the rows. */
static baro_status on_units(baro_cross_work *work, baro_replicate_visitor *visit, void *context, double *total)
{
    const baro_bound_replicates *made = work->task->run->replicates;
    baro_sum *sum = BARO_ARRAY(work->arena, baro_sum, work->totals.columns + 1);
    if (!sum)
        return BARO_NO_MEMORY;
    for (size_t r = 0; r < made->rule.replicates; r++) {
        baro_replicate_unit_values(&work->totals, made->units, &made->factor[r * made->units], sum, total);
        visit(context, r, total);
    }
    return BARO_OK;
}

/* As many replicates at a time as bounded memory holds the sums of. */
static baro_status on_rows(baro_cross_work *work, baro_replicate_visitor *visit, void *context, double *total)
{
    const baro_bound_replicates *given = work->task->run->replicates;
    size_t columns = work->totals.columns, replicates = given->rule.replicates,
           batch = SUMS_OF_A_BATCH / (columns + 1) + 1;
    batch = batch < replicates ? batch : replicates;
    baro_sum *sum = BARO_ARRAY(work->arena, baro_sum, batch * columns + 1);
    if (!sum)
        return BARO_NO_MEMORY;
    for (size_t first = 0; first < replicates; first += batch) {
        baro_replicate_totals totals = {replicates - first < batch ? replicates - first : batch, columns, sum};
        baro_fault fault;
        memset(sum, 0, batch * columns * sizeof *sum);
        const double *const *weight = given->calibrated ? given->calibrated : given->weight;
        baro_status status = baro_replicate_add(&work->cross, weight + first, !given->calibrated && given->factors, 0,
                                                work->task->run->rows, &totals, &fault);
        if (status)
            return status;
        for (size_t r = 0; r < totals.replicates; r++) {
            baro_replicate_values(&totals, r, total);
            visit(context, first + r, total);
        }
    }
    return BARO_OK;
}

baro_status baro_cross_visit_replicates(baro_cross_work *work, baro_replicate_visitor *visit, void *context)
{
    const baro_bound_replicates *replicates = work->task->run->replicates;
    double *total = BARO_ARRAY(work->arena, double, work->totals.columns + 1);
    if (!total)
        return BARO_NO_MEMORY;
    return (replicates->weight || replicates->calibrated ? on_rows : on_units)(work, visit, context, total);
}

/* ---- the expression on each replicate ---- */

typedef struct {
    const baro_cross_work *work;
    baro_expression expression;
    double *value, *theta; /* [nodes], [forms * replicates] */
} valuing;

static void keep_forms(void *context, size_t replicate, const double *total)
{
    const valuing *v = context;
    size_t replicates = v->work->task->run->replicates->rule.replicates;
    baro_expression_values(&v->expression, total, v->value);
    for (size_t e = 0; e < v->work->n_forms; e++)
        v->theta[e * replicates + replicate] = v->value[v->work->form_node[e]];
}

static void covary(const baro_cross_work *work, const double *theta, double *covariance)
{
    const baro_replicate_rule *rule = &work->task->run->replicates->rule;
    size_t n = work->n_forms, replicates = rule->replicates;
    for (size_t e = 0; e < n; e++)
        for (size_t f = 0; f <= e; f++)
            covariance[e * n + f] = covariance[f * n + e] =
                baro_replicate_covariance(rule, &theta[e * replicates], work->value[work->form_node[e]],
                                          &theta[f * replicates], work->value[work->form_node[f]]);
}

static baro_status vary(baro_cross_work *work, double *covariance)
{
    const baro_bound_replicates *replicates = work->task->run->replicates;
    size_t n = replicates->rule.replicates;
    valuing v = {work, baro_builder_expression(&work->builder), NULL, NULL};
    v.value = BARO_ARRAY(work->arena, double, v.expression.n_nodes + 1);
    size_t room = work->n_forms < SIZE_MAX / sizeof(double) / (n + 1) ? work->n_forms * n + 1 : SIZE_MAX;
    double *theta = v.theta = BARO_ARRAY(work->arena, double, room);
    work->value = BARO_ARRAY(work->arena, double, v.expression.n_nodes + 1);
    work->variance = BARO_ARRAY(work->arena, double, work->n_forms + 1);
    work->reach = BARO_ARRAY(work->arena, baro_reach, work->n_forms + 1);
    if (!v.value || !theta || !work->value || !work->variance || !work->reach)
        return BARO_NO_MEMORY;
    baro_expression_values(&v.expression, work->totals.total, work->value);
    baro_status status = baro_cross_visit_replicates(work, keep_forms, &v);
    for (size_t e = 0; e < work->n_forms && status == BARO_OK; e++) {
        double full = work->value[work->form_node[e]];
        work->variance[e] = baro_replicate_covariance(&replicates->rule, &theta[e * n], full, &theta[e * n], full);
    }
    if (status == BARO_OK && covariance)
        covary(work, theta, covariance);
    return status;
}

/* ---- degrees of freedom ---- */

enum { FULL_KEPT = 16 };

/* Rows by cell, and what is added up for one domain. */
typedef struct {
    size_t *cell_end;  /* [cells] where a cell's rows end */
    uint32_t *row;     /* [rows] */
    double *squares;   /* [directions] of the rows' sizes; 0: no row of the domain */
    uint32_t *touched; /* [directions] */
    size_t n_touched;
    baro_replicate_gram gram;
    double *vector; /* [replicates] */
    bool *marked;   /* [cells] scratch, all false */
    const uint32_t
        *full[FULL_KEPT]; /* cells whose rows were found to have full rank: so has every domain that holds them */
    size_t full_cells[FULL_KEPT], n_full;
} ranking;

static baro_status sort_rows(baro_cross_work *work, ranking *out)
{
    const uint32_t *cell = work->cross.cell;
    size_t cells = work->cross.cells, rows = work->rows;
    out->cell_end = BARO_ARRAY(work->arena, size_t, cells + 1);
    out->row = BARO_ARRAY(work->arena, uint32_t, rows + 1);
    if (!out->cell_end || !out->row)
        return BARO_NO_MEMORY;
    for (size_t row = 0; row < rows; row++)
        if (cell[row] != BARO_NO_CELL)
            out->cell_end[cell[row] + 1]++;
    for (size_t c = 0; c < cells; c++)
        out->cell_end[c + 1] += out->cell_end[c];
    for (size_t row = 0; row < rows; row++) /* starts move to ends: cell_end[c] is then where c ends */
        if (cell[row] != BARO_NO_CELL)
            out->row[out->cell_end[cell[row]]++] = (uint32_t)row;
    return BARO_OK;
}

static bool is_jackknife(const baro_bound_replicates *replicates)
{
    return !replicates->weight && (replicates->kind == BARO_REPLICATES_JKN || replicates->kind == BARO_REPLICATES_JK1);
}

static baro_status begin_ranking(baro_cross_work *work, ranking *out)
{
    const baro_bound_replicates *replicates = work->task->run->replicates;
    size_t n = replicates->rule.replicates, sums = is_jackknife(replicates) ? 0 : n; /* that has a rule of its own */
    size_t all = sums * sums, held = BARO_GRAM_HELD * sums;
    *out = (ranking){.squares = BARO_ARRAY(work->arena, double, replicates->directions + 1),
                     .touched = BARO_ARRAY(work->arena, uint32_t, replicates->directions + 1),
                     .vector = BARO_ARRAY(work->arena, double, n + 1),
                     .marked = BARO_ARRAY(work->arena, bool, work->cross.cells + 1),
                     .gram.replicates = n,
                     .gram.gram = BARO_ARRAY(work->arena, double, all),
                     .gram.direction = BARO_ARRAY(work->arena, double, held)};
    if (!out->squares || !out->touched || !out->vector || !out->marked || !out->gram.gram || !out->gram.direction)
        return BARO_NO_MEMORY;
    if (!work->cell_list && !(work->cell_list = BARO_ARRAY(work->arena, uint32_t, work->cross.cells + 1)))
        return BARO_NO_MEMORY;
    return sort_rows(work, out);
}

/* Cells of a domain, into work->cell_list; a rest is all of known group less the group. */
static size_t list_cells(baro_cross_work *work, ranking *of, size_t t, size_t d)
{
    size_t groups = work->task->groups, known = baro_cross_known(work);
    if (work->cross.cells == 1) { /* everyone, or the domain of a quantile */
        work->cell_list[0] = 0;
        return 1;
    }
    if (d <= groups || d == known || !work->task->first)
        return baro_cross_cells(work, t, d);
    size_t n = baro_cross_cells(work, t, d - groups - 1), kept = 0;
    for (size_t i = 0; i < n; i++)
        of->marked[work->cell_list[i]] = true;
    n = baro_cross_cells(work, t, known);
    for (size_t i = 0; i < n; i++) {
        uint32_t cell = work->cell_list[i];
        if (!of->marked[cell])
            work->cell_list[kept++] = cell;
        of->marked[cell] = false;
    }
    return kept;
}

static void touch(const baro_cross_work *work, ranking *of, size_t cell)
{
    const baro_bound_replicates *replicates = work->task->run->replicates;
    for (size_t k = cell > 0 ? of->cell_end[cell - 1] : 0; k < of->cell_end[cell]; k++) {
        size_t row = work->row_of ? work->row_of[of->row[k]] : of->row[k];
        if (work->row_of && !(work->cross.weight[of->row[k]] > 0))
            continue; /* in the design, and in no domain; those made here are of weight 1 each, which has the same rank */
        uint32_t direction = replicates->direction[row];
        if (direction == BARO_NO_DIRECTION)
            continue;
        if (of->squares[direction] == 0)
            of->touched[of->n_touched++] = direction;
        of->squares[direction] += replicates->size[row] * replicates->size[row];
    }
}

/* So many of the directions touched, evenly spread. */
static void gather(const baro_bound_replicates *replicates, ranking *of, size_t n)
{
    baro_replicate_gram_begin(&of->gram);
    for (size_t i = 0; i < n; i++) {
        uint32_t direction = of->touched[i * of->n_touched / n];
        double size = sqrt(of->squares[direction]);
        for (size_t r = 0; r < replicates->rule.replicates; r++)
            of->vector[r] = size * baro_replicate_direction(replicates, r, direction);
        baro_replicate_gram_row(&of->gram, of->vector);
    }
}

static void keep_full(const baro_cross_work *work, ranking *of, const uint32_t *cell, size_t n)
{
    uint32_t *kept = BARO_ARRAY(work->arena, uint32_t, n + 1);
    if (!kept)
        return; /* only time is lost */
    memcpy(kept, cell, n * sizeof *kept);
    of->full[of->n_full % FULL_KEPT] = kept;
    of->full_cells[of->n_full++ % FULL_KEPT] = n;
}

/* Whether the first cells of work->cell_list hold some of full rank. */
static bool is_full(const baro_cross_work *work, ranking *of, size_t cells)
{
    bool found = false;
    for (size_t i = 0; i < cells; i++)
        of->marked[work->cell_list[i]] = true;
    for (size_t f = 0; f < of->n_full && f < FULL_KEPT && !found; f++) {
        found = true;
        for (size_t i = 0; i < of->full_cells[f] && found; i++)
            found = of->marked[of->full[f][i]];
    }
    for (size_t i = 0; i < cells; i++)
        of->marked[work->cell_list[i]] = false;
    return found;
}

/*
 * Leaving units out one at a time: the weights of the units touched are independent, but that every stratum touched in
 * full (and what is certain) has the same sum, which all replicates have.
 */
static size_t rank_of_jackknife(const baro_design *design, const ranking *of)
{
    size_t rank = 0, whole = 0;
    bool certain = false;
    for (size_t h = 0, unit = 0; h < design->strata; h++) {
        size_t first = unit, touched = 0;
        for (; unit < design->stratum_end[h]; unit++)
            touched += of->squares[unit] > 0;
        if (design->fraction[h] >= 1) {
            certain = certain || touched > 0;
            continue;
        }
        rank += touched;
        whole += touched == unit - first;
    }
    whole += certain;
    return rank + certain - (whole > 1 ? whole - 1 : 0);
}

/* Of the rows in the first cells of work->cell_list; the last cells are tried first: they are in later windows, too. */
static size_t rank_of(const baro_cross_work *work, ranking *of, size_t cells)
{
    const baro_bound_replicates *replicates = work->task->run->replicates;
    size_t n = replicates->rule.replicates, enough = n + n / 8 + 16, from = cells;
    bool jackknife = is_jackknife(replicates);
    if (!jackknife && is_full(work, of, cells))
        return n;
    while (from > 0 && (jackknife || of->n_touched < enough))
        touch(work, of, work->cell_list[--from]);
    if (jackknife)
        return rank_of_jackknife(work->task->run->design, of);
    if (of->n_touched >= enough) { /* full rank on a few rows is full rank */
        gather(replicates, of, enough);
        if (baro_replicate_rank_within(&of->gram, replicates->length) == n) {
            keep_full(work, of, work->cell_list + from, cells - from);
            return n;
        }
    }
    while (from > 0)
        touch(work, of, work->cell_list[--from]);
    gather(replicates, of, of->n_touched);
    return baro_replicate_rank(&of->gram);
}

static baro_status count(baro_cross_work *work)
{
    size_t domains = work->domains, windows = work->task->run->windows->n;
    size_t *known = BARO_ARRAY(work->arena, size_t, domains * windows + 1); /* rank + 1; 0: not counted yet */
    ranking of;
    baro_status status = known ? begin_ranking(work, &of) : BARO_NO_MEMORY;
    for (size_t e = 0; e < work->n_forms && status == BARO_OK; e++) {
        size_t t = work->form_window[e], d = work->form_domain[e], *rank = &known[t * domains + d];
        if (*rank == 0) {
            *rank = rank_of(work, &of, list_cells(work, &of, t, d)) + 1;
            while (of.n_touched > 0)
                of.squares[of.touched[--of.n_touched]] = 0;
        }
        work->reach[e] = (baro_reach){*rank - 1, 1};
    }
    return status;
}

baro_status baro_cross_replicate(baro_cross_work *work, double *covariance)
{
    baro_status status = vary(work, covariance);
    bool given = !isnan(work->task->run->request->df); /* no need to count what is given */
    return status || given ? status : count(work);
}
