/*
 * Quantiles of a number by group and window: the point from the sorted values of the domain, then the share at or below it through the same sums
 * and the same variance as any share, then Woodruff's interval carried back to values. Rows are sorted once.
 */
#include "stats/estimate.h"
#include "stats/quantile.h"
#include "surveys/analyses/cross_work.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_cross_work *work;
    const double *y;
    const uint32_t *order;   /* [n] rows with a cell, by value */
    size_t n;
    unsigned char *inside;   /* [cells] of the domain at hand */
    double *value, *cumulative;
    uint32_t *cell;          /* [rows] 0 inside the domain */
    double *below;           /* [rows] 1(y <= q) */
} quantiles;

static baro_status prepare(quantiles *s)
{
    baro_cross_work *work = s->work;
    size_t rows = work->rows;
    uint32_t *order = BARO_ARRAY(work->arena, uint32_t, rows + 1), *scratch = BARO_ARRAY(work->arena, uint32_t, rows + 1);
    s->inside = BARO_ARRAY(work->arena, unsigned char, work->cross.cells + 1);
    s->value = BARO_ARRAY(work->arena, double, rows + 1);
    s->cumulative = BARO_ARRAY(work->arena, double, rows + 1);
    s->cell = BARO_ARRAY(work->arena, uint32_t, rows + 1);
    s->below = BARO_ARRAY(work->arena, double, rows + 1);
    work->cell_list = BARO_ARRAY(work->arena, uint32_t, work->cross.cells + 1);
    if (!order || !scratch || !s->inside || !s->value || !s->cumulative || !s->cell || !s->below || !work->cell_list)
        return BARO_NO_MEMORY;
    s->y = work->cross.number[0];
    for (size_t row = 0; row < rows; row++)
        if (work->cross.cell[row] != BARO_NO_CELL)
            order[s->n++] = (uint32_t)row;
    baro_sort_by_value(s->y, order, scratch, s->n);
    s->order = order;
    return BARO_OK;
}

/* Values and weights of one domain, ascending; its moments. */
static baro_status gather(quantiles *s, size_t t, size_t d, baro_sorted *sorted, baro_moments *moments)
{
    baro_cross_work *work = s->work;
    const baro_cross *cross = &work->cross;
    size_t cells = baro_cross_cells(work, t, d), n = 0;
    baro_fault fault;
    memset(s->inside, 0, cross->cells);
    for (size_t i = 0; i < cells; i++)
        s->inside[work->cell_list[i]] = 1;
    *moments = (baro_moments){0};
    for (size_t i = 0; i < s->n; i++) {
        uint32_t row = s->order[i];
        double w = cross->weight ? cross->weight[row] : 1;
        if (!s->inside[cross->cell[row]] || !(w > 0))
            continue;
        s->value[n] = s->y[row];
        s->cumulative[n++] = w;
        moments->n += 1;
        moments->sum_w2 += w * w;
    }
    baro_status status = n ? baro_quantile_cumulate(s->value, s->cumulative, n, s->value, s->cumulative, sorted, &fault) : BARO_EMPTY_DOMAIN;
    moments->sum_w = status == BARO_OK ? sorted->cumulative[sorted->n - 1] : 0;
    return status;
}

/* The share at or below q and its design variance: a cross of one cell. */
static baro_status share_below(quantiles *s, double q, double *share, double *variance, baro_reach *reach)
{
    const baro_cross *cross = &s->work->cross;
    size_t rows = s->work->rows;
    const double *below = s->below;
    for (size_t row = 0; row < rows; row++) {
        bool in = cross->cell[row] != BARO_NO_CELL && s->inside[cross->cell[row]];
        s->cell[row] = in ? 0 : BARO_NO_CELL;
        s->below[row] = in && s->y[row] <= q;
    }
    uint32_t node;
    size_t none = 0;
    baro_cross_work sub = {.task = s->work->task, .arena = baro_arena_new(), .design = s->work->design, .rows = rows, .row_of = s->work->row_of,
                           .form_node = &node, .form_window = &none, .form_domain = &none, .n_forms = 1};
    sub.builder.arena = sub.arena;
    sub.cross = (baro_cross){.cells = 1, .outcomes = 1, .cell = s->cell, .weight = cross->weight, .number = &below};
    baro_status status = sub.arena ? baro_cross_sum(&sub) : BARO_NO_MEMORY;
    if (status == BARO_OK) {
        baro_builder_column(&sub.builder, 1);
        uint32_t weights = baro_builder_sum(&sub.builder);
        baro_builder_column(&sub.builder, 0);
        node = baro_builder_over(&sub.builder, baro_builder_sum(&sub.builder), weights);
        status = sub.builder.failed ? BARO_NO_MEMORY : baro_cross_vary(&sub);
    }
    if (status == BARO_OK) {
        *share = sub.value[node];
        *variance = sub.variance[0];
        *reach = sub.reach[0];
    }
    baro_arena_free(sub.arena);
    return status;
}

static baro_status fill_quantile(quantiles *s, const baro_sorted *sorted, double p, baro_row *row)
{
    const baro_request *request = s->work->task->run->request;
    baro_quantile_rule rule = request->quantile_rule;
    double share, variance, level[2], limit[2], se;
    baro_reach reach;
    baro_status status = baro_quantile_point(rule, sorted, p, &row->estimate);
    if (status == BARO_OK)
        status = share_below(s, row->estimate, &share, &variance, &reach);
    if (status)
        return status;
    row->df = isnan(request->df) ? (double)reach.units - (double)reach.strata : request->df;
    if (baro_woodruff_levels(share, variance, row->df, request->confidence, level) == BARO_OK &&
        baro_woodruff_invert(rule, sorted, level, row->df, request->confidence, limit, &se) == BARO_OK) {
        row->lower = limit[0];
        row->upper = limit[1];
        row->se = se;
    }
    return BARO_OK;
}

/* All probabilities of one group and window; quantiles of two groups are not compared, so each is one row. */
static baro_status fill_domain(quantiles *s, size_t t, size_t shown, size_t windows, size_t d)
{
    const baro_cross_task *task = s->work->task;
    const baro_measure *measure = task->measure->measure;
    size_t against = task->n_against ? task->n_against : 1;
    baro_sorted sorted;
    baro_moments moments;
    bool absent = baro_cross_lacks(s->work, t);
    baro_status status = absent ? BARO_EMPTY_DOMAIN : gather(s, t, d, &sorted, &moments);
    if (status && status != BARO_EMPTY_DOMAIN)
        return status;
    for (size_t j = 0; j < measure->n_at; j++) {
        baro_row *row = &task->rows[((j * task->groups + d) * windows + shown) * against];
        *row = baro_cross_row(s->work, t, d, j);
        row->level = task->probability[j];
        row->marks |= absent ? BARO_MARK_ABSENT : 0;
        row->base = absent ? NAN : status ? 0 : moments.n;
        row->weighted_base = absent ? NAN : status ? 0 : moments.sum_w;
        if (status == BARO_OK) {
            row->n_eff_kish = baro_kish_size(&moments);
            baro_status filled = fill_quantile(s, &sorted, measure->at_probability[j], row);
            if (filled)
                return filled;
        }
        for (size_t a = 1; a < against; a++)
            row[a] = row[0];
    }
    return BARO_OK;
}

baro_status baro_cross_quantiles(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    quantiles s = {.work = work};
    baro_status status = prepare(&s);
    size_t n_shown = 0, shown = 0;
    for (size_t t = 0; t < windows->n; t++)
        n_shown += windows->window[t].shown;
    for (size_t t = 0; t < windows->n && status == BARO_OK; shown += windows->window[t++].shown)
        for (size_t d = 0; d < task->groups && windows->window[t].shown && status == BARO_OK; d++)
            status = fill_domain(&s, t, shown, n_shown, d);
    return status;
}
