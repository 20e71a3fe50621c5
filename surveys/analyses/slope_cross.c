/* One measure by one breakdown: the slope of each group as a node over its window levels; one call for the variances.
 */
#include "stats/distribution.h"
#include "stats/interval.h"
#include "surveys/analyses/slope_work.h"
#include <math.h>
#include <string.h>

baro_slope_row baro_slope_blank(const baro_measure *measure, baro_statistic statistic)
{
    return (baro_slope_row){.measure = measure,
                            .statistic = statistic,
                            .level = "",
                            .group = "",
                            .group2 = "",
                            .table = SIZE_MAX,
                            .from_label = "",
                            .from_words = "",
                            .to_label = "",
                            .to_words = "",
                            .slope = NAN,
                            .se = NAN,
                            .lower = NAN,
                            .upper = NAN,
                            .df = NAN,
                            .p_value = NAN,
                            .p_adjusted = NAN};
}

void baro_slope_coefficients(const baro_period period[], size_t n, baro_unit unit, double a[])
{
    static const double units_of_year[] = {[BARO_UNIT_MONTH] = 12, [BARO_UNIT_QUARTER] = 4, [BARO_UNIT_YEAR] = 1};
    double sum = 0, squares = 0; /* in units from the first, which are whole numbers: exact */
    for (size_t i = 0; i < n; i++)
        sum += (double)(period[i] - period[0]);
    for (size_t i = 0; i < n; i++) {
        a[i] = (double)(period[i] - period[0]) - sum / (double)n;
        squares += a[i] * a[i];
    }
    for (size_t i = 0; i < n; i++)
        a[i] *= units_of_year[unit] / squares;
}

size_t baro_slope_windows(const baro_windows *windows, bool across_breaks, size_t out[])
{
    long last = windows->n > 0 ? windows->window[windows->n - 1].last : 0, since = -1;
    bool broken = false;
    size_t n = 0;
    for (size_t i = 0; i < windows->n_breaks && !across_breaks; i++)
        if (windows->break_unit[i] <= last && (!broken || windows->break_unit[i] > since)) {
            since = windows->break_unit[i];
            broken = true;
        }
    for (size_t t = 0; t < windows->n; t++)
        if (windows->window[t].shown && (!broken || windows->window[t].first >= since))
            out[n++] = t;
    return n;
}

bool baro_slope_crosses(const baro_windows *windows, size_t first, size_t last)
{
    for (size_t i = 0; i < windows->n_breaks; i++)
        if (windows->break_unit[i] > windows->window[first].first &&
            windows->break_unit[i] <= windows->window[last].last)
            return true;
    return false;
}

void baro_slope_infer(baro_slope_row *row, double confidence)
{
    double out[2];
    if (baro_interval_wald(row->slope, row->se, row->df, confidence, out) == BARO_OK) {
        row->lower = out[0];
        row->upper = out[1];
    }
    if (!(row->se > 0) || baro_p_value_t(row->slope / row->se, row->df, &row->p_value))
        row->p_value = NAN;
}

/* ---- plan ---- */

typedef struct {
    size_t form, *level; /* [windows of the row] forms; form SIZE_MAX: no line */
    size_t *window;
    double *a;
} plan;

static void begin_row(const baro_cross_work *work, size_t j, size_t d, baro_slope_row *row)
{
    const baro_row level = baro_cross_row(work, 0, d, j);
    baro_slope_level *room = row->levels;
    *row = baro_slope_blank(level.measure, level.statistic);
    row->levels = room;
    row->level = level.level;
    row->by = level.by;
    row->by2 = level.by2;
    row->group = level.group;
    row->group2 = level.group2;
    row->table = level.table;
    row->window = work->task->run->windows->length;
}

/* Windows where the measure was asked and somebody answered. */
static void plan_row(const baro_slope_task *task, baro_cross_work *work, size_t j, size_t d, plan *p,
                     baro_slope_row *row)
{
    const baro_windows *windows = task->cross.run->windows;
    baro_period *period = BARO_ARRAY(work->arena, baro_period, task->n_windows + 1);
    p->level = BARO_ARRAY(work->arena, size_t, task->n_windows + 1);
    p->window = BARO_ARRAY(work->arena, size_t, task->n_windows + 1);
    p->a = BARO_ARRAY(work->arena, double, task->n_windows + 1);
    p->form = SIZE_MAX;
    if (!period || !p->level || !p->window || !p->a) {
        work->builder.failed = true;
        return;
    }
    for (size_t i = 0; i < task->n_windows; i++) {
        size_t t = task->window[i];
        baro_slope_level *level = &row->levels[row->windows];
        *level = (baro_slope_level){NAN, NAN, NAN, NAN, NAN};
        if (baro_cross_level_lacks(work, t, j))
            continue;
        level->base = baro_cross_base(work, t, d, j, &level->positive);
        if (!(level->base > 0))
            continue;
        p->window[row->windows] = t;
        period[row->windows++] = baro_window_period(windows, t);
    }
    if (row->windows < BARO_SLOPE_LEAST) {
        row->marks |= BARO_MARK_ABSENT;
        return;
    }
    baro_slope_coefficients(period, row->windows, task->cross.run->request->survey->period_unit, p->a);
    uint32_t node = baro_builder_constant(&work->builder, 0);
    for (size_t i = 0; i < row->windows; i++) {
        uint32_t level = baro_cross_level(work, p->window[i], d, j);
        p->level[i] = baro_cross_form(work, level, p->window[i], d);
        node = baro_builder_plus(&work->builder, node, p->a[i], level);
    }
    p->form = baro_cross_form(work, node, p->window[row->windows - 1], d);
}

/* ---- numbers ---- */

/* With a stated design factor: from the covariances of the levels. */
static double stated_variance(baro_cross_work *work, const plan *p, size_t n, size_t d, size_t j, unsigned char *mark)
{
    double variance = 0;
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++) {
            const baro_cross_domain first = {p->window[s], d}, second = {p->window[t], d};
            variance += p->a[s] * p->a[t] * baro_cross_stated_covariance(work, &first, &second, j, mark);
        }
    return fmax(0, variance);
}

static bool fill_level(baro_cross_work *work, const plan *p, size_t i, size_t d, size_t j, unsigned char *mark,
                       baro_slope_row *row)
{
    const baro_request *request = work->task->run->request;
    baro_slope_level *level = &row->levels[i];
    const baro_reach *reach = &work->reach[p->level[i]];
    const baro_cross_domain domain = {p->window[i], d};
    level->estimate = work->value[work->form_node[p->level[i]]];
    double variance =
        mark ? baro_cross_stated_covariance(work, &domain, &domain, j, mark) : work->variance[p->level[i]];
    bool edge = row->statistic == BARO_STAT_PROPORTION && (level->estimate == 0 || level->estimate == 1);
    if (!edge)
        level->se = sqrt(fmax(0, variance));
    level->estimate += row->statistic == BARO_STAT_MEAN ? work->cross.shift : 0;
    level->df = isnan(request->df) ? (double)reach->units - (double)reach->strata : request->df;
    return !edge;
}

static void fill_row(baro_cross_work *work, const plan *p, size_t d, size_t j, unsigned char *mark, baro_slope_row *row)
{
    const baro_windows *windows = work->task->run->windows;
    const baro_window *first = &windows->window[p->window[0]], *last = &windows->window[p->window[row->windows - 1]];
    bool tested = true;
    row->from_label = first->label;
    row->from_words = first->words;
    row->to_label = last->label;
    row->to_words = last->words;
    row->df = INFINITY;
    row->marks |= baro_slope_crosses(windows, p->window[0], p->window[row->windows - 1]) ? BARO_MARK_BREAK : 0;
    for (size_t i = 0; i < row->windows; i++) {
        tested = fill_level(work, p, i, d, j, mark, row) && tested;
        row->df = fmin(row->df, row->levels[i].df);
    }
    row->slope = work->value[work->form_node[p->form]];
    if (!tested)
        return;
    row->se = sqrt(mark ? stated_variance(work, p, row->windows, d, j, mark) : fmax(0, work->variance[p->form]));
    baro_slope_infer(row, work->task->run->request->confidence);
}

static baro_status plan_rows(baro_slope_task *task, baro_cross_work *work, plan *plans)
{
    size_t at = 0, nodes = task->n_rows * (task->n_windows + 1);
    if (baro_cross_make_room(work, task->n_rows, nodes))
        return BARO_NO_MEMORY;
    for (size_t j = 0; j < task->cross.levels; j++)
        for (size_t d = 0; d < task->cross.groups && !work->builder.failed; d++, at++) {
            begin_row(work, j, d, &task->rows[at]);
            if (task->rows[at].statistic == BARO_STAT_QUANTILE || task->n_windows == 0)
                task->rows[at].marks |= BARO_MARK_ABSENT;
            else
                plan_row(task, work, j, d, &plans[at], &task->rows[at]);
        }
    return work->builder.failed ? BARO_NO_MEMORY : BARO_OK;
}

static baro_status compute(baro_slope_task *task, baro_cross_work *work)
{
    bool quantile = task->cross.measure->measure->statistic == BARO_STAT_QUANTILE;
    plan *plans = BARO_ARRAY(work->arena, plan, task->n_rows + 1);
    unsigned char *mark = NULL;
    baro_status status = plans ? baro_cross_assign(work) : BARO_NO_MEMORY;
    if (status == BARO_OK && !quantile)
        status = baro_cross_sum(work);
    if (status == BARO_OK)
        status = plan_rows(task, work, plans);
    if (status || work->n_forms == 0)
        return status;
    status = baro_cross_vary(work);
    if (baro_survey_is_stated(task->cross.run->request->survey) &&
        !(mark = BARO_ARRAY(work->arena, unsigned char, work->cross.cells + 1)))
        return BARO_NO_MEMORY;
    for (size_t at = 0; at < task->n_rows && status == BARO_OK; at++)
        if (!(task->rows[at].marks & BARO_MARK_ABSENT))
            fill_row(work, &plans[at], at % task->cross.groups, at / task->cross.groups, mark, &task->rows[at]);
    return status;
}

baro_status baro_slope_compute(baro_slope_task *task)
{
    baro_cross_work work = {.task = &task->cross, .arena = baro_arena_new(), .domains = 2 * task->cross.groups + 2};
    work.builder.arena = work.arena;
    baro_status status = work.arena ? compute(task, &work) : BARO_NO_MEMORY;
    baro_arena_free(work.arena);
    return status;
}
