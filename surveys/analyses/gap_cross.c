/* One measure by one breakdown: nodes and forms of every gap, its change and its parts; one call for their variances.
 */
#include "stats/distribution.h"
#include "stats/interval.h"
#include "surveys/analyses/gap_work.h"
#include <math.h>
#include <string.h>

/* What each part takes of the four levels; of a split, which levels must have a standard error. */
static const struct {
    double takes[BARO_GAP_SIDES];
    bool split;
} parts[BARO_GAP_PARTS] = {[BARO_GAP_FROM] = {{1, -1, 0, 0}, false},
                           [BARO_GAP_TO] = {{0, 0, 1, -1}, false},
                           [BARO_GAP_CHANGE] = {{-1, 1, 1, -1}, false},
                           [BARO_GAP_FROM_GROUP] = {{-1, 0, 1, 0}, false},
                           [BARO_GAP_FROM_AGAINST] = {{0, -1, 0, 1}, false},
                           [BARO_GAP_GROUP_MIX] = {{1, 0, 1, 0}, true},
                           [BARO_GAP_GROUP_RATE] = {{1, 0, 1, 0}, true},
                           [BARO_GAP_AGAINST_MIX] = {{0, 1, 0, 1}, true},
                           [BARO_GAP_AGAINST_RATE] = {{0, 1, 0, 1}, true},
                           [BARO_GAP_MIX] = {{0, 0, 1, 1}, true},
                           [BARO_GAP_RATE] = {{0, 0, 1, 1}, true}};

double baro_gap_takes(baro_gap_part part, baro_gap_side side)
{
    return parts[part].takes[side];
}

bool baro_gap_is_split(baro_gap_part part)
{
    return parts[part].split;
}

baro_gap_row baro_gap_blank(const baro_measure *measure)
{
    baro_gap_row row = {.measure = measure,
                        .statistic = measure->statistic,
                        .level = "",
                        .group = "",
                        .group2 = "",
                        .against = "",
                        .from_label = "",
                        .from_words = "",
                        .to_label = "",
                        .to_words = "",
                        .df = NAN,
                        .p_value = NAN,
                        .p_adjusted = NAN};
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        row.side[s] = (baro_gap_level){NAN, NAN, NAN, NAN, NAN};
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        row.part[p] = (baro_gap_estimate){NAN, NAN, NAN, NAN};
    return row;
}

void baro_gap_intervals(baro_gap_row *row, const baro_request *request, const double df[BARO_GAP_PARTS])
{
    for (size_t p = 0; p < BARO_GAP_PARTS; p++) {
        baro_gap_estimate *part = &row->part[p];
        double out[2];
        if (baro_interval_wald(part->value, part->se, df[p], request->confidence, out) != BARO_OK)
            continue;
        part->lower = out[0];
        part->upper = out[1];
    }
    baro_gap_part first = row->change ? BARO_GAP_CHANGE : BARO_GAP_TO;
    const baro_gap_estimate *tested = &row->part[first];
    row->df = df[first];
    if (!(tested->se > 0) || baro_p_value_t(tested->value / tested->se, row->df, &row->p_value))
        row->p_value = NAN;
}

void baro_gap_size(baro_gap_task *task)
{
    size_t rows = 0;
    baro_cross_size(&task->cross);
    task->cross.n_rows = task->cross.n_contrasts = 0;
    for (size_t g = 0; g < task->domains->groups; g++)
        for (size_t a = 0; a < task->n_against; a++)
            rows += baro_gap_other(task->domains, task->first, task->second, task->against[a], g) != SIZE_MAX;
    task->n_rows = rows * task->n_steps * task->cross.levels;
}

/* ---- nodes ---- */

uint32_t baro_gap_sum(baro_gap_work *work, size_t t, size_t d, size_t k)
{
    size_t outcomes = work->cross.cross.outcomes, domains = work->task->domains->bound.n + 1;
    uint32_t *node = &work->sum[(t * domains + d) * (outcomes + 1) + k];
    if (*node == BARO_NO_NODE) {
        size_t n = baro_cross_cells(&work->cross, t, d);
        for (size_t i = 0; i < n; i++)
            baro_builder_column(&work->cross.builder, work->cross.cell_list[i] * (outcomes + 1) + k);
        *node = baro_builder_sum(&work->cross.builder);
    }
    return *node;
}

/* A ratio names the sum of weights with slope 0, so that its domain is known. */
uint32_t baro_gap_over(baro_gap_work *work, size_t t, size_t d)
{
    size_t outcomes = work->cross.cross.outcomes;
    uint32_t weights = baro_gap_sum(work, t, d, outcomes);
    if (work->task->cross.measure->measure->statistic != BARO_STAT_RATIO)
        return weights;
    return baro_builder_plus(&work->cross.builder, baro_gap_sum(work, t, d, outcomes - 1), 0, weights);
}

static uint32_t level_node(baro_gap_work *work, size_t t, size_t d, size_t j)
{
    baro_builder *builder = &work->cross.builder;
    uint32_t sum = baro_gap_sum(work, t, d, j), over = baro_gap_over(work, t, d);
    if (work->task->cross.measure->measure->statistic == BARO_STAT_TOTAL)
        return baro_builder_plus(builder, sum, work->cross.cross.shift, over);
    return baro_builder_over(builder, sum, over);
}

static size_t add_form(baro_gap_work *work, uint32_t node, size_t t, size_t d)
{
    baro_cross_work *cross = &work->cross;
    cross->form_node[cross->n_forms] = node;
    cross->form_window[cross->n_forms] = t;
    cross->form_domain[cross->n_forms] = d;
    return cross->n_forms++;
}

static size_t level_form(baro_gap_work *work, size_t t, size_t d, size_t j)
{
    size_t *form = &work->form_of[(t * (work->task->domains->bound.n + 1) + d) * work->task->cross.levels + j];
    if (*form == SIZE_MAX)
        *form = add_form(work, level_node(work, t, d, j), t, d);
    return *form;
}

double baro_gap_base(baro_gap_work *work, size_t t, size_t d, size_t j, double *hits)
{
    const baro_totals *totals = &work->cross.totals;
    size_t n = baro_cross_cells(&work->cross, t, d), outcomes = work->cross.cross.outcomes;
    double base = 0, found = 0;
    for (size_t i = 0; i < n; i++) {
        base += totals->moments[work->cross.cell_list[i]].n;
        found += totals->hits[work->cross.cell_list[i] * outcomes + j];
    }
    if (hits)
        *hits = found;
    return base;
}

/* ---- the plan of a row ---- */

/* A part that is a sum of levels, whose nodes there are. */
static void plan_sum(baro_gap_work *work, baro_gap_plan *plan, size_t part)
{
    const uint32_t *node = work->cross.form_node;
    uint32_t sum = BARO_NO_NODE;
    for (int sign = 1; sign >= -1; sign -= 2) /* what is added comes first */
        for (size_t s = 0; s < BARO_GAP_SIDES; s++)
            if (parts[part].takes[s] == sign) {
                uint32_t of = node[plan->level[s]];
                sum = sum == BARO_NO_NODE ? of : baro_builder_plus(&work->cross.builder, sum, sign, of);
            }
    plan->part[part] = add_form(work, sum, plan->window[BARO_GAP_GROUP_TO], plan->domain[BARO_GAP_GROUP_TO]);
}

/* Two parts from level to level. */
static void plan_split(baro_gap_work *work, size_t j, baro_gap_plan *plan, baro_gap_part mix, baro_gap_side from,
                       baro_gap_side to, baro_gap_row *row)
{
    const size_t window[2] = {plan->window[from], plan->window[to]}, domain[2] = {plan->domain[from], plan->domain[to]};
    uint32_t node[2];
    size_t joined;
    if (!baro_gap_split(work, j, window, domain, node, &joined)) {
        row->unsplit = true;
        return;
    }
    row->joined += joined;
    plan->part[mix] = add_form(work, node[0], window[1], domain[1]);
    plan->part[mix + 1] = add_form(work, node[1], window[1], domain[1]);
}

static void plan_parts(baro_gap_work *work, size_t j, baro_gap_plan *plan, baro_gap_row *row)
{
    bool split = work->task->domains->parts > 0;
    plan_sum(work, plan, BARO_GAP_TO);
    if (row->change)
        plan_sum(work, plan, BARO_GAP_FROM);
    if (row->change && !row->broken) {
        plan_sum(work, plan, BARO_GAP_CHANGE);
        plan_sum(work, plan, BARO_GAP_FROM_GROUP);
        plan_sum(work, plan, BARO_GAP_FROM_AGAINST);
    }
    if (split && row->change && !row->broken) {
        plan_split(work, j, plan, BARO_GAP_GROUP_MIX, BARO_GAP_GROUP_FROM, BARO_GAP_GROUP_TO, row);
        plan_split(work, j, plan, BARO_GAP_AGAINST_MIX, BARO_GAP_AGAINST_FROM, BARO_GAP_AGAINST_TO, row);
    }
    if (split && !row->change)
        plan_split(work, j, plan, BARO_GAP_MIX, BARO_GAP_AGAINST_TO, BARO_GAP_GROUP_TO, row);
}

/* What is known of a row before its numbers. */
static baro_gap_row begin_row(const baro_gap_work *work, size_t j, size_t g, const baro_gap_step *step,
                              const baro_against *against)
{
    const baro_gap_task *task = work->task;
    const baro_windows *windows = task->cross.run->windows;
    const baro_bound_measure *measure = task->cross.measure;
    baro_gap_row row = baro_gap_blank(measure->measure);
    if (measure->measure->statistic == BARO_STAT_DISTRIBUTION) {
        row.statistic = BARO_STAT_PROPORTION;
        row.level = j < measure->outcomes ? measure->outcome[j] : "";
    }
    row.by = task->first->group;
    row.group = task->first->label[g / task->domains->second];
    row.by2 = task->second ? task->second->group : NULL;
    row.group2 = task->second ? task->second->label[g % task->domains->second] : "";
    row.compared = against;
    row.against = against->text;
    row.table = task->cross.table;
    row.has_period = windows->has_periods;
    row.window = windows->has_periods ? windows->length : 0;
    row.to = windows->has_periods ? baro_window_period(windows, step->to) : 0;
    row.to_label = windows->window[step->to].label;
    row.to_words = windows->window[step->to].words;
    row.change = step->from != BARO_NO_WINDOW;
    row.broken = step->broken;
    row.marks = step->marked ? BARO_MARK_BREAK : 0;
    if (row.change) {
        row.from = baro_window_period(windows, step->from);
        row.from_label = windows->window[step->from].label;
        row.from_words = windows->window[step->from].words;
    }
    return row;
}

static void plan_row(baro_gap_work *work, size_t j, size_t g, size_t other, const baro_gap_step *step,
                     baro_gap_plan *plan, baro_gap_row *row)
{
    bool quantile = row->statistic == BARO_STAT_QUANTILE;
    memset(plan->level, 0xFF, sizeof plan->level);
    memset(plan->part, 0xFF, sizeof plan->part);
    if (quantile || baro_cross_level_lacks(&work->cross, step->to, j) ||
        (row->change && baro_cross_level_lacks(&work->cross, step->from, j))) {
        row->marks |= BARO_MARK_ABSENT;
        return;
    }
    for (size_t s = row->change ? 0 : BARO_GAP_GROUP_TO; s < BARO_GAP_SIDES; s++) {
        plan->window[s] = s < BARO_GAP_GROUP_TO ? step->from : step->to;
        plan->domain[s] = s % 2 == 0 ? g : other;
        plan->level[s] = level_form(work, plan->window[s], plan->domain[s], j);
    }
    plan_parts(work, j, plan, row);
}

static baro_status make_room(baro_gap_work *work)
{
    baro_arena *arena = work->cross.arena;
    const baro_gap_task *task = work->task;
    size_t domains = task->cross.run->windows->n * (task->domains->bound.n + 1), outcomes = work->cross.cross.outcomes;
    size_t levels = domains * task->cross.levels, sums = domains * (outcomes + 1), all = task->n_rows * BARO_GAP_SIDES;
    size_t forms = (levels < all ? levels : all) + task->n_rows * BARO_GAP_PARTS;
    work->sum = BARO_ARRAY(arena, uint32_t, sums + 1);
    work->form_of = BARO_ARRAY(arena, size_t, levels + 1);
    work->plan = BARO_ARRAY(arena, baro_gap_plan, task->n_rows + 1);
    work->base = BARO_ARRAY(arena, double, 2 * task->domains->parts + 1);
    work->into = BARO_ARRAY(arena, size_t, task->domains->parts + 1);
    work->cross.form_node = BARO_ARRAY(arena, uint32_t, forms + 1);
    work->cross.form_window = BARO_ARRAY(arena, size_t, forms + 1);
    work->cross.form_domain = BARO_ARRAY(arena, size_t, forms + 1);
    if (!work->sum || !work->form_of || !work->plan || !work->base || !work->into || !work->cross.form_node ||
        !work->cross.form_window || !work->cross.form_domain)
        return BARO_NO_MEMORY;
    memset(work->sum, 0xFF, sums * sizeof *work->sum);
    memset(work->form_of, 0xFF, levels * sizeof *work->form_of);
    return BARO_OK;
}

static baro_status plan_rows(baro_gap_work *work)
{
    const baro_gap_task *task = work->task;
    size_t at = 0;
    for (size_t j = 0; j < task->cross.levels; j++)
        for (size_t g = 0; g < task->domains->groups; g++)
            for (size_t s = 0; s < task->n_steps; s++)
                for (size_t a = 0; a < task->n_against && !work->cross.builder.failed; a++) {
                    size_t other = baro_gap_other(task->domains, task->first, task->second, task->against[a], g);
                    if (other == SIZE_MAX)
                        continue;
                    task->rows[at] = begin_row(work, j, g, &task->step[s], task->against[a]);
                    plan_row(work, j, g, other, &task->step[s], &work->plan[at], &task->rows[at]);
                    at++;
                }
    return work->cross.builder.failed ? BARO_NO_MEMORY : BARO_OK;
}

/* ---- numbers ---- */

static void fill_side(baro_gap_work *work, const baro_gap_plan *plan, size_t j, size_t s, baro_gap_row *row)
{
    const baro_cross_work *cross = &work->cross;
    const baro_request *request = work->task->cross.run->request;
    baro_gap_level *level = &row->side[s];
    size_t form = plan->level[s];
    level->base = baro_gap_base(work, plan->window[s], plan->domain[s], j, &level->positive);
    if (!(level->base > 0))
        return;
    level->estimate = cross->value[cross->form_node[form]];
    const baro_cross_domain domain = {plan->window[s], plan->domain[s]};
    double variance = work->mark ? baro_cross_stated_covariance(&work->cross, &domain, &domain, j, work->mark)
                                 : cross->variance[form];
    if (row->statistic != BARO_STAT_PROPORTION || (level->estimate != 0 && level->estimate != 1))
        level->se = sqrt(fmax(0, variance));
    level->estimate += row->statistic == BARO_STAT_MEAN ? cross->cross.shift : 0;
    level->df = isnan(request->df) ? (double)cross->reach[form].units - (double)cross->reach[form].strata : request->df;
}

/* With a stated design factor: from the covariances of the levels; a split has none. */
static double stated_variance(baro_gap_work *work, const baro_gap_plan *plan, size_t j, size_t part)
{
    double variance = 0;
    for (size_t a = 0; a < BARO_GAP_SIDES; a++)
        for (size_t b = 0; b < BARO_GAP_SIDES; b++)
            if (parts[part].takes[a] != 0 && parts[part].takes[b] != 0) {
                const baro_cross_domain first = {plan->window[a], plan->domain[a]},
                                        second = {plan->window[b], plan->domain[b]};
                variance += parts[part].takes[a] * parts[part].takes[b] *
                            baro_cross_stated_covariance(&work->cross, &first, &second, j, work->mark);
            }
    return parts[part].split ? NAN : fmax(0, variance);
}

static void fill_row(baro_gap_work *work, const baro_gap_plan *plan, size_t j, baro_gap_row *row)
{
    const baro_cross_work *cross = &work->cross;
    double df[BARO_GAP_PARTS];
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        if (plan->level[s] != SIZE_MAX)
            fill_side(work, plan, j, s, row);
    for (size_t p = 0; p < BARO_GAP_PARTS; p++) {
        bool known = true;
        df[p] = INFINITY;
        for (size_t s = 0; s < BARO_GAP_SIDES; s++)
            if (parts[p].takes[s] != 0) {
                known = known && !isnan(row->side[s].se);
                df[p] = fmin(df[p], row->side[s].df);
            }
        if (plan->part[p] == SIZE_MAX)
            continue;
        row->part[p].value = cross->value[cross->form_node[plan->part[p]]];
        if (known && !isnan(row->part[p].value))
            row->part[p].se = sqrt(work->mark ? stated_variance(work, plan, j, p) : cross->variance[plan->part[p]]);
    }
    baro_gap_intervals(row, work->task->cross.run->request, df);
}

static baro_status compute(baro_gap_work *work)
{
    baro_gap_task *task = work->task;
    bool stated = baro_survey_is_stated(task->cross.run->request->survey);
    baro_status status = baro_cross_assign(&work->cross);
    if (status == BARO_OK && task->cross.measure->measure->statistic != BARO_STAT_QUANTILE)
        status = baro_cross_sum(&work->cross);
    if (status == BARO_OK)
        status = make_room(work);
    if (status == BARO_OK)
        status = plan_rows(work);
    if (status || work->cross.n_forms == 0)
        return status;
    status = baro_cross_vary(&work->cross);
    if (stated && !(work->mark = BARO_ARRAY(work->cross.arena, unsigned char, work->cross.cross.cells + 1)))
        return BARO_NO_MEMORY;
    size_t of_level = task->n_rows / task->cross.levels;
    for (size_t i = 0; i < task->n_rows && status == BARO_OK; i++)
        if (!(task->rows[i].marks & BARO_MARK_ABSENT))
            fill_row(work, &work->plan[i], i / of_level, &task->rows[i]);
    return status;
}

baro_status baro_gap_compute(baro_gap_task *task)
{
    baro_gap_work work = {.task = task};
    if (task->n_rows == 0)
        return BARO_OK;
    work.cross =
        (baro_cross_work){.task = &task->cross, .arena = baro_arena_new(), .domains = 2 * task->cross.groups + 2};
    work.cross.builder.arena = work.cross.arena;
    baro_status status = work.cross.arena ? compute(&work) : BARO_NO_MEMORY;
    baro_arena_free(work.cross.arena);
    return status;
}
