/* Covariances of the nodes that one relation is tested by, and their degrees of freedom. */
#include "surveys/analyses/cross_calibration.h"
#include "surveys/analyses/cross_replicates.h"
#include "surveys/analyses/relation_work.h"
#include <math.h>

baro_relates baro_relates_of(const baro_measure *measure)
{
    static const baro_relates by_statistic[] = {
        [BARO_STAT_PROPORTION] = BARO_RELATES_ANSWERS, [BARO_STAT_DISTRIBUTION] = BARO_RELATES_ANSWERS,
        [BARO_STAT_MEAN] = BARO_RELATES_MEANS,         [BARO_STAT_TOTAL] = BARO_RELATES_NOTHING,
        [BARO_STAT_RATIO] = BARO_RELATES_RATIOS,       [BARO_STAT_QUANTILE] = BARO_RELATES_NOTHING};
    return by_statistic[measure->statistic];
}

/* Linear forms of nodes 0 .. n - 1 and, last, of the whole; a node sums a group's cells up to three times. */
static baro_status linearise(baro_relation_work *r, size_t n, double *value, baro_linear **out)
{
    baro_arena *arena = r->cross.arena;
    baro_expression expression = baro_builder_expression(&r->cross.builder);
    size_t columns = r->cross.totals.columns, most = 0, used = 0;
    bool inside = r->task->cross.run->design->inside;
    for (size_t g = 0; g < r->groups; g++)
        most = r->group_cells[g] > most ? r->group_cells[g] : most;
    size_t room = n * (3 * most + (inside ? r->all_cells : 0)) + r->all_cells;
    room += (n + 1) * baro_cross_calibration_columns(&r->cross);
    baro_linear *form = BARO_ARRAY(arena, baro_linear, n + 1);
    uint32_t *column = BARO_ARRAY(arena, uint32_t, room + 1);
    double *slope = BARO_ARRAY(arena, double, room + 1);
    baro_linear_work work = {BARO_ARRAY(arena, double, expression.n_nodes + 1),
                             BARO_ARRAY(arena, uint32_t, expression.n_nodes + 1),
                             BARO_ARRAY(arena, double, columns + 1), BARO_ARRAY(arena, uint32_t, columns + 1)};
    if (!form || !column || !slope || !work.adjoint || !work.order || !work.slope || !work.place)
        return BARO_NO_MEMORY;
    baro_expression_values(&expression, r->cross.totals.total, value);
    for (size_t e = 0; e <= n; e++) {
        baro_status status = baro_cross_linearise(&r->cross, &expression, e < n ? r->node[e] : r->whole, value, &work,
                                                  room - used, column + used, slope + used, &form[e]);
        if (status)
            return status;
        used += form[e].n;
    }
    *out = form;
    return BARO_OK;
}

/* Design df: of the table inside its domain; of means the smallest among the groups, as of any contrast. */
static double df_of(const baro_relation_work *r, const baro_reach *reach, size_t n)
{
    double given = r->task->cross.run->request->df, df = (double)reach[n].units - (double)reach[n].strata;
    if (!isnan(given))
        return given;
    for (size_t e = 0; e < n && baro_relates_of(r->task->cross.measure->measure) != BARO_RELATES_ANSWERS; e++)
        df = fmin(df, (double)reach[e].units - (double)reach[e].strata);
    return df;
}

static baro_status vary(baro_relation_work *r, const baro_linear *form, size_t n)
{
    baro_arena *arena = r->cross.arena;
    const baro_run *run = r->task->cross.run;
    baro_variance_job job = {.design = r->cross.design,
                             .totals = &r->cross.totals,
                             .form = form,
                             .forms = n + 1,
                             .one_psu = (baro_one_psu)run->request->survey->lonely_psu};
    size_t pairs = n * (n + 1) / 2, room = baro_variance_room(&job, pairs), at = 0;
    baro_pair *pair = BARO_ARRAY(arena, baro_pair, pairs + 1);
    baro_reach *reach = BARO_ARRAY(arena, baro_reach, n + 1);
    double *out = BARO_ARRAY(arena, double, pairs + n + 1);
    void *scratch = room ? BARO_ARRAY(arena, unsigned char, room) : NULL;
    r->covariance = BARO_ARRAY(arena, double, n *n + 1);
    if (!pair || !reach || !out || !scratch || !r->covariance)
        return BARO_NO_MEMORY;
    for (size_t f = 0; f < n; f++)
        for (size_t e = 0; e <= f; e++)
            pair[at++] = (baro_pair){(uint32_t)e, (uint32_t)f};
    baro_fault fault;
    baro_status status = baro_variances(&job, scratch, out, reach, &fault);
    if (status == BARO_OK)
        status = baro_covariances(&job, pair, pairs, scratch, out, &fault);
    for (size_t p = 0; p < pairs && status == BARO_OK; p++)
        r->covariance[pair[p].first * n + pair[p].second] = r->covariance[pair[p].second * n + pair[p].first] = out[p];
    r->df = df_of(r, reach, n);
    return status;
}

/*
 * A stated design factor: the covariance of a simple random sample, times deft². Of a table of totals T_i = T p_i it is
 * T² / n (diag(p) - p p'); of means, whose groups share nobody, s² / n of each.
 */
static void state(baro_relation_work *r, size_t n, const double *value)
{
    const baro_cross_work *cross = &r->cross;
    double deft = r->task->cross.run->request->survey->deft, all = 0;
    bool answers = baro_relates_of(r->task->cross.measure->measure) == BARO_RELATES_ANSWERS;
    for (size_t i = 0; i < n && answers; i++)
        all += value[i];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            r->covariance[i * n + j] =
                answers ? deft * deft / r->base * ((i == j ? all * value[i] : 0) - value[i] * value[j]) : 0;
    for (size_t g = 0; g < n && !answers; g++) {
        size_t cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
        double base = 0, w = 0, wyy = 0;
        for (size_t i = 0; i < cells; i++) {
            base += cross->totals.moments[cross->cell_list[i]].n;
            w += cross->totals.moments[cross->cell_list[i]].sum_w;
            wyy += cross->totals.sum_wyy[cross->cell_list[i] * cross->cross.outcomes];
        }
        r->covariance[g * n + g] = deft * deft / base * fmax(0, wyy / w - value[g] * value[g]);
    }
}

/* Replicate weights: the same nodes on each replicate; df of the same domains, by rank. */
static baro_status replicate(baro_relation_work *r, size_t n, double *value)
{
    baro_cross_work *cross = &r->cross;
    bool answers = baro_relates_of(r->task->cross.measure->measure) == BARO_RELATES_ANSWERS;
    double given = r->task->cross.run->request->df;
    cross->form_node = r->node;
    cross->form_window = BARO_ARRAY(cross->arena, size_t, n + 1);
    cross->form_domain = BARO_ARRAY(cross->arena, size_t, n + 1);
    cross->n_forms = n;
    size_t pairs = n * n;
    r->covariance = BARO_ARRAY(cross->arena, double, pairs + 1);
    if (!cross->form_window || !cross->form_domain || !r->covariance)
        return BARO_NO_MEMORY;
    for (size_t e = 0; e < n; e++) {
        cross->form_window[e] = r->window;
        cross->form_domain[e] = answers ? baro_cross_known(cross) : r->group[e];
    }
    baro_status status = baro_cross_replicate(cross, r->covariance);
    r->df = isnan(given) ? INFINITY : given;
    for (size_t e = 0; e < n && status == BARO_OK; e++) {
        value[e] = cross->value[r->node[e]];
        if (isnan(given))
            r->df = fmin(r->df, (double)cross->reach[e].units - (double)cross->reach[e].strata);
    }
    return status;
}

baro_status baro_relation_measure(baro_relation_work *r, size_t n, double *value)
{
    if (r->task->cross.run->replicates)
        return r->cross.builder.failed ? BARO_NO_MEMORY : replicate(r, n, value);
    baro_linear *form = NULL;
    double *all = BARO_ARRAY(r->cross.arena, double, r->cross.builder.n_nodes + 1);
    if (r->cross.builder.failed || !all)
        return BARO_NO_MEMORY;
    baro_status status = linearise(r, n, all, &form);
    for (size_t e = 0; e < n && status == BARO_OK; e++)
        value[e] = all[r->node[e]];
    if (status == BARO_OK)
        status = vary(r, form, n);
    if (status == BARO_OK && baro_survey_is_stated(r->task->cross.run->request->survey))
        state(r, n, value);
    return status;
}
