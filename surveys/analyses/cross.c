#include "surveys/analyses/cross_calibration.h"
#include <math.h>
#include <string.h>

void baro_cross_size(baro_cross_task *task)
{
    size_t shown = 0;
    for (size_t t = 0; t < task->run->windows->n; t++)
        shown += task->run->windows->window[t].shown;
    task->groups = (task->first ? task->first->n : 1) * (task->second ? task->second->n : 1);
    bool ratio = task->measure->measure->statistic == BARO_STAT_RATIO; /* two outcomes make one level */
    task->levels = ratio || !task->measure->outcomes ? 1 : task->measure->outcomes;
    task->n_rows = task->levels * task->groups * shown * (task->n_against ? task->n_against : 1);
}

/* ---- cells ---- */

/* Units of time that some window pools, renumbered; a single window needs one only. */
static baro_status map_units(baro_cross_work *work)
{
    const baro_windows *windows = work->task->run->windows;
    work->place_of_unit = BARO_ARRAY(work->arena, int32_t, windows->units);
    work->asked = BARO_ARRAY(work->arena, bool, windows->units);
    if (!work->place_of_unit || !work->asked)
        return BARO_NO_MEMORY;
    for (size_t u = 0; u < windows->units; u++)
        work->place_of_unit[u] = -1;
    for (size_t t = 0; t < windows->n; t++)
        for (long u = windows->window[t].first; u <= windows->window[t].last; u++)
            if (u >= 0 && u < (long)windows->units)
                work->place_of_unit[u] = 0;
    work->units = windows->n == 1;
    for (size_t u = 0; u < windows->units && windows->n > 1; u++)
        if (work->place_of_unit[u] == 0)
            work->place_of_unit[u] = (int32_t)work->units++;
    return BARO_OK;
}

static void note_known(baro_cross_work *work, const baro_bound_group *group)
{
    const baro_run *run = work->task->run;
    for (size_t s = 0; s < run->sources; s++)
        for (size_t row = run->source_first_row[s]; row < run->source_first_row[s + 1] && group->source_lacks[s]; row++)
            work->row_lacks_group[run->unit ? run->unit[row] : 0] = true;
}

static baro_status assign_cells(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_run *run = task->run;
    uint32_t *cell = BARO_ARRAY(work->arena, uint32_t, run->rows + 1);
    work->row_lacks_group = BARO_ARRAY(work->arena, bool, run->windows->units);
    size_t p1 = task->first ? task->first->patterns : 1, p2 = task->second ? task->second->patterns : 1;
    if (!cell || !work->row_lacks_group)
        return BARO_NO_MEMORY;
    if (task->first)
        note_known(work, task->first);
    if (task->second)
        note_known(work, task->second);
    for (size_t row = 0; row < run->rows; row++) {
        size_t unit = run->unit ? (size_t)run->unit[row] : 0;
        uint16_t level = task->measure->level[row];
        cell[row] = BARO_NO_CELL;
        if (level != BARO_NOT_PUT)
            work->asked[unit] = true;
        if (level >= BARO_NOT_PUT || work->place_of_unit[unit] < 0 || (run->domain && run->domain[row] != 1))
            continue;
        size_t a = task->first ? task->first->pattern[row] : 0, b = task->second ? task->second->pattern[row] : 0;
        cell[row] = (uint32_t)(((size_t)work->place_of_unit[unit] * p1 + a) * p2 + b);
    }
    work->cross = (baro_cross){.cells = work->units * p1 * p2,
                               .outcomes = task->measure->outcomes ? task->measure->outcomes : 1,
                               .cell = cell,
                               .weight = run->weight,
                               .level = task->measure->level,
                               .levels = task->measure->levels,
                               .score = task->measure->score,
                               .number = task->measure->number,
                               .shift = task->measure->number ? task->measure->shift : 0};
    return BARO_OK;
}

/* Arrays for the sums by the units of one stage. */
static bool make_room(baro_cross_work *work, const baro_design *design, baro_totals *totals)
{
    size_t room = baro_totals_room(design, &work->cross);
    totals->unit_end = BARO_ARRAY(work->arena, uint32_t, design->units + 1);
    totals->column = BARO_ARRAY(work->arena, uint32_t, room + 1);
    totals->high = BARO_ARRAY(work->arena, double, room + 1);
    totals->low = BARO_ARRAY(work->arena, double, room + 1);
    return totals->unit_end && totals->column && totals->high && totals->low;
}

static baro_status sum_cells(baro_cross_work *work)
{
    const baro_design *design = work->task->run->design;
    const baro_cross *cross = &work->cross;
    size_t columns = cross->cells * (cross->outcomes + 1);
    if (cross->cells > UINT32_MAX / 4 / (cross->outcomes + 1))
        return BARO_NO_MEMORY;
    baro_totals_work scratch = {BARO_ARRAY(work->arena, uint32_t, columns + 1), BARO_ARRAY(work->arena, unsigned char, columns + 1),
                                BARO_ARRAY(work->arena, baro_sum, columns + 1)};
    work->totals = (baro_totals){.total = BARO_ARRAY(work->arena, double, columns + 1),
                                 .moments = BARO_ARRAY(work->arena, baro_moments, cross->cells + 1),
                                 .sum_wyy = BARO_ARRAY(work->arena, double, cross->cells * cross->outcomes + 1),
                                 .hits = BARO_ARRAY(work->arena, double, cross->cells * cross->outcomes + 1)};
    baro_totals *totals = &work->totals;
    if (!scratch.touched || !scratch.mark || !scratch.sum || !totals->total || !totals->moments || !totals->sum_wyy || !totals->hits ||
        !make_room(work, design, totals))
        return BARO_NO_MEMORY;
    for (const baro_design *stage = design->next; stage; stage = stage->next) {
        totals->next = BARO_NEW(work->arena, baro_totals);
        if (!totals->next)
            return BARO_NO_MEMORY;
        *totals->next = work->totals; /* the sums by cell are the same at every stage */
        totals = totals->next;
        totals->next = NULL;
        if (!make_room(work, stage, totals))
            return BARO_NO_MEMORY;
    }
    baro_fault fault;
    baro_status status = baro_totals_sum(design, cross, &scratch, &work->totals, &fault);
    for (size_t k = 0; k < columns && status == BARO_OK; k++)
        if (!isfinite(work->totals.total[k]))
            status = BARO_TOO_LARGE;
    return status;
}

/* ---- domains: which cells ---- */

/* Patterns of each category of a group, so that a domain is walked without looking at the others. */
static size_t list_patterns(const baro_bound_group *group, uint32_t *list, size_t *end, size_t n)
{
    for (size_t c = 0; group && c < group->n; c++) {
        for (size_t p = 1; p < group->patterns; p++)
            if (group->member[p * group->n + c])
                list[n++] = (uint32_t)p;
        end[c] = n;
    }
    return n;
}

static baro_status list_all_patterns(baro_cross_work *work)
{
    const baro_bound_group *group[2] = {work->task->first, work->task->second};
    size_t members = 0;
    for (size_t k = 0; k < 2; k++) {
        work->pattern_end[k] = BARO_ARRAY(work->arena, size_t, group[k] ? group[k]->n + 1 : 1);
        for (size_t i = 0; group[k] && i < group[k]->patterns * group[k]->n; i++)
            members += group[k]->member[i];
    }
    work->pattern = BARO_ARRAY(work->arena, uint32_t, members + 1);
    if (!work->pattern || !work->pattern_end[0] || !work->pattern_end[1])
        return BARO_NO_MEMORY;
    size_t n = list_patterns(group[0], work->pattern, work->pattern_end[0], 0);
    list_patterns(group[1], work->pattern, work->pattern_end[1], n);
    return BARO_OK;
}

/* Patterns of one side of a domain: a category's own, or all from `lowest` on. */
typedef struct {
    const uint32_t *list;
    size_t n, lowest;
} side;

static side side_of(const baro_cross_work *work, size_t k, size_t category, bool all, size_t lowest)
{
    const baro_bound_group *group = k ? work->task->second : work->task->first;
    if (!group)
        return (side){NULL, 1, 0};
    if (all)
        return (side){NULL, group->patterns - lowest, lowest};
    size_t before = category > 0 ? work->pattern_end[k][category - 1] : k ? work->pattern_end[0][work->task->first->n - 1] : 0;
    return (side){work->pattern + before, work->pattern_end[k][category] - before, 0};
}

/* Everyone (those of unknown group too), all of known group, or one group. The rest of a group is made of the last two. */
size_t baro_cross_cells(baro_cross_work *work, size_t t, size_t d)
{
    const baro_cross_task *task = work->task;
    const baro_window *window = &task->run->windows->window[t];
    size_t p1 = task->first ? task->first->patterns : 1, p2 = task->second ? task->second->patterns : 1, n = 0;
    size_t groups = task->groups, n2 = task->second ? task->second->n : 1;
    bool everyone = !task->first || d == groups, known = d == baro_cross_known(work);
    side a = side_of(work, 0, everyone || known ? 0 : d / n2, everyone || known, known), b = side_of(work, 1, everyone || known ? 0 : d % n2, everyone || known, known);
    bool one = work->units == 1; /* several units of time may share the one place */
    for (long u = window->first; u <= window->last; u++) {
        if (u < 0 || u >= (long)task->run->windows->units)
            continue;
        size_t place = (size_t)work->place_of_unit[u];
        for (size_t i = 0; i < a.n; i++)
            for (size_t k = 0; k < b.n; k++) {
                size_t pattern = a.list ? a.list[i] : a.lowest + i, other = b.list ? b.list[k] : b.lowest + k;
                work->cell_list[n++] = (uint32_t)((place * p1 + pattern) * p2 + other);
            }
        if (one)
            break;
    }
    return n;
}

size_t baro_cross_known(const baro_cross_work *work)
{
    return 2 * work->task->groups + 1;
}

/* ---- nodes ---- */

/*
 * What a level is of its sums. A mean is kept less its shift (differences need no shift); a total gets it back through the sum of weights. A ratio
 * names the sum of weights with slope 0, so that its domain is known.
 */
static uint32_t statistic_node(baro_cross_work *work, uint32_t weights, uint32_t sum, uint32_t other_sum)
{
    baro_builder *builder = &work->builder;
    switch (work->task->measure->measure->statistic) {
    case BARO_STAT_TOTAL: return baro_builder_plus(builder, sum, work->cross.shift, weights);
    case BARO_STAT_RATIO: return baro_builder_over(builder, baro_builder_plus(builder, sum, 0, weights), other_sum);
    default: return baro_builder_over(builder, sum, weights);
    }
}

/* Sums of a domain: outcome by outcome, then the weights; made when first asked for. Those of a rest are all that are known less the group's. */
static uint32_t sum_node(baro_cross_work *work, size_t t, size_t d, size_t k)
{
    size_t outcomes = work->cross.outcomes, groups = work->task->groups, at = (t * work->domains + d) * (outcomes + 1);
    if (work->sum[at + k] != BARO_NO_NODE)
        return work->sum[at + k];
    baro_builder *builder = &work->builder;
    bool rest = d > groups && d != baro_cross_known(work);
    for (size_t o = 0; rest && o <= outcomes; o++) {
        uint32_t known = sum_node(work, t, baro_cross_known(work), o), group = sum_node(work, t, d - groups - 1, o);
        work->sum[at + o] = baro_builder_plus(builder, known, -1, group);
    }
    size_t n = rest ? 0 : baro_cross_cells(work, t, d);
    for (size_t o = 0; !rest && o <= outcomes; o++) {
        for (size_t i = 0; i < n; i++)
            baro_builder_column(builder, work->cell_list[i] * (outcomes + 1) + o);
        work->sum[at + o] = baro_builder_sum(builder);
    }
    return work->sum[at + k];
}

/* Node of level j in domain d and window t; made when first asked for. */
static uint32_t level_node(baro_cross_work *work, size_t t, size_t d, size_t j)
{
    size_t outcomes = work->cross.outcomes, levels = work->task->levels, at = (t * work->domains + d) * levels;
    if (work->level[at + j] == BARO_NO_NODE) {
        uint32_t weights = sum_node(work, t, d, outcomes), sum = sum_node(work, t, d, j);
        work->level[at + j] = statistic_node(work, weights, sum, levels < outcomes ? sum_node(work, t, d, outcomes - 1) : sum);
    }
    return work->level[at + j];
}

static size_t form_of(baro_cross_work *work, uint32_t node, size_t t, size_t d)
{
    for (; work->n_form_of <= node; work->n_form_of++)
        work->form_of[work->n_form_of] = BARO_NO_FORM;
    if (work->form_of[node] == BARO_NO_FORM) {
        work->form_node[work->n_forms] = node;
        work->form_window[work->n_forms] = t;
        work->form_domain[work->n_forms] = d;
        work->form_of[node] = (uint32_t)work->n_forms++;
    }
    return work->form_of[node];
}

/* Domain that group d is compared with, or `domains` where it is not. A reference of the second group is taken inside each of the first. */
static size_t other_domain(const baro_cross_task *task, const baro_against *against, size_t d)
{
    size_t groups = task->groups, n2 = task->second ? task->second->n : 1, none = SIZE_MAX;
    if (!task->first)
        return none;
    if (against->kind == BARO_AGAINST_TOTAL)
        return groups;
    if (against->kind == BARO_AGAINST_REST)
        return groups + 1 + d;
    if (against->kind != BARO_AGAINST_GROUP)
        return none;
    for (size_t c = 0; task->second && c < n2; c++)
        if (strcmp(task->second->label[c], against->name) == 0 && (!against->group || strcmp(against->group, task->second->group->id) == 0))
            return d % n2 == c ? none : d - d % n2 + c;
    for (size_t c = 0; c < task->first->n; c++)
        if (strcmp(task->first->label[c], against->name) == 0 && (!against->group || strcmp(against->group, task->first->group->id) == 0))
            return d / n2 == c ? none : c * n2 + d % n2;
    return none;
}

static void plan_row(baro_cross_work *work, size_t j, size_t d, size_t t, const baro_against *against, baro_cross_plan *plan)
{
    const baro_run *run = work->task->run;
    *plan = (baro_cross_plan){.other_window = t, .level = form_of(work, level_node(work, t, d, j), t, d), .other = BARO_NO_FORM, .difference = BARO_NO_FORM};
    /* The design effect of everyone stands in where a group's own is 0. */
    plan->everyone = form_of(work, level_node(work, t, work->task->first ? work->task->groups : d, j), t, work->task->first ? work->task->groups : d);
    if (!against)
        return;
    size_t other_t = t, other_d = d;
    if (baro_against_is_period(against->kind))
        other_t = baro_window_against(run->windows, run->request, t, against);
    else
        other_d = other_domain(work->task, against, d);
    if (other_t == BARO_NO_WINDOW || other_d == SIZE_MAX)
        return;
    plan->other_window = other_t;
    plan->other = form_of(work, level_node(work, other_t, other_d, j), other_t, other_d);
    uint32_t node = baro_builder_plus(&work->builder, work->form_node[plan->level], -1, work->form_node[plan->other]);
    plan->difference = form_of(work, node, t, d);
}

static baro_status plan_rows(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    size_t rows = task->n_rows, against = task->n_against ? task->n_against : 1, levels = windows->n * work->domains * task->levels;
    size_t sums = windows->n * work->domains * (work->cross.outcomes + 1);
    size_t most = levels + rows, nodes = sums + 2 * levels + rows + 1;
    work->level = BARO_ARRAY(work->arena, uint32_t, levels + 1);
    work->sum = BARO_ARRAY(work->arena, uint32_t, sums + 1);
    work->cell_list = BARO_ARRAY(work->arena, uint32_t, work->cross.cells + 1);
    work->form_of = BARO_ARRAY(work->arena, uint32_t, nodes + 1);
    work->form_node = BARO_ARRAY(work->arena, uint32_t, most + 1);
    work->form_window = BARO_ARRAY(work->arena, size_t, most + 1);
    work->form_domain = BARO_ARRAY(work->arena, size_t, most + 1);
    work->plan = BARO_ARRAY(work->arena, baro_cross_plan, rows + 1);
    if (!work->level || !work->sum || !work->cell_list || !work->form_of || !work->form_node || !work->form_window || !work->form_domain || !work->plan)
        return BARO_NO_MEMORY;
    memset(work->level, 0xFF, levels * sizeof *work->level);
    memset(work->sum, 0xFF, sums * sizeof *work->sum);
    size_t row = 0;
    for (size_t j = 0; j < task->levels; j++)
        for (size_t d = 0; d < task->groups; d++)
            for (size_t t = 0; t < windows->n; t++)
                for (size_t a = 0; windows->window[t].shown && a < against && !work->builder.failed; a++)
                    plan_row(work, j, d, t, task->n_against ? task->against[a] : NULL, &work->plan[row++]);
    return work->builder.failed ? BARO_NO_MEMORY : BARO_OK;
}

/* ---- linear forms and their variances, in batches of bounded memory ---- */

enum { SLOPES_OF_A_BATCH = 1 << 18 };

static baro_status batch_variances(baro_cross_work *work, size_t first, size_t end, const baro_linear *form, void **scratch, size_t *scratch_room)
{
    const baro_survey *survey = work->task->run->request->survey;
    baro_variance_job job = {.design = work->task->run->design,
                             .totals = &work->totals,
                             .form = form,
                             .forms = end - first,
                             .one_psu = (baro_one_psu)survey->lonely_psu};
    size_t room = baro_variance_room(&job, 0);
    if (room > *scratch_room) {
        *scratch = BARO_ARRAY(work->arena, unsigned char, room);
        *scratch_room = *scratch ? room : 0;
    }
    if (!*scratch)
        return BARO_NO_MEMORY;
    baro_fault fault = {0};
    baro_status status = baro_variances(&job, *scratch, work->variance + first, work->reach + first, &fault);
    if (status == BARO_LONELY_PSU)
        work->task->lonely = fault.index;
    return status;
}

static baro_status vary(baro_cross_work *work)
{
    baro_expression expression = baro_builder_expression(&work->builder);
    size_t columns = work->totals.columns, forms = work->n_forms;
    size_t room = columns > SLOPES_OF_A_BATCH ? columns : SLOPES_OF_A_BATCH;
    if (forms < room / (columns + 1))
        room = forms * columns + 1;
    work->value = BARO_ARRAY(work->arena, double, expression.n_nodes + 1);
    work->variance = BARO_ARRAY(work->arena, double, forms + 1);
    work->reach = BARO_ARRAY(work->arena, baro_reach, forms + 1);
    baro_linear *form = BARO_ARRAY(work->arena, baro_linear, forms + 1);
    uint32_t *column = BARO_ARRAY(work->arena, uint32_t, room);
    double *slope = BARO_ARRAY(work->arena, double, room);
    baro_linear_work scratch = {BARO_ARRAY(work->arena, double, expression.n_nodes + 1), BARO_ARRAY(work->arena, uint32_t, expression.n_nodes + 1),
                                BARO_ARRAY(work->arena, double, columns + 1), BARO_ARRAY(work->arena, uint32_t, columns + 1)};
    if (!work->value || !work->variance || !work->reach || !form || !column || !slope || !scratch.adjoint || !scratch.order || !scratch.slope ||
        !scratch.place)
        return BARO_NO_MEMORY;
    baro_expression_values(&expression, work->totals.total, work->value);
    void *variance_scratch = NULL;
    size_t variance_room = 0, first = 0, used = 0;
    for (size_t e = 0; e < forms; e++) {
        baro_status status = BARO_OK;
        if (room - used < columns) {
            status = batch_variances(work, first, e, form + first, &variance_scratch, &variance_room);
            first = e;
            used = 0;
        }
        if (status == BARO_OK)
            status = baro_cross_linearise(work, &expression, work->form_node[e], &scratch, room - used, column + used, slope + used, &form[e]);
        if (status)
            return status;
        used += form[e].n;
    }
    return batch_variances(work, first, forms, form + first, &variance_scratch, &variance_room);
}

baro_status baro_cross_compute(baro_cross_task *task)
{
    baro_cross_work work = {.task = task, .arena = baro_arena_new(), .domains = 2 * task->groups + 2};
    work.builder.arena = work.arena;
    baro_status status = work.arena ? map_units(&work) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = assign_cells(&work);
    if (status == BARO_OK)
        status = sum_cells(&work);
    if (status == BARO_OK)
        status = baro_cross_calibrate(&work);
    if (status == BARO_OK)
        status = list_all_patterns(&work);
    if (status == BARO_OK)
        status = plan_rows(&work);
    if (status == BARO_OK)
        status = vary(&work);
    if (status == BARO_OK && baro_survey_is_stated(task->run->request->survey))
        status = baro_cross_state(&work);
    if (status == BARO_OK)
        baro_cross_fill(&work);
    baro_arena_free(work.arena);
    return status;
}
