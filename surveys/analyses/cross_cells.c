/* The cells of a cross: rows to atoms, sums of atoms, which atoms make a domain of a window. */
#include "surveys/analyses/cross_calibration.h"
#include <math.h>

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
    for (size_t u = 0; u < windows->units && windows->n > 1 && !work->task->run->window_weight; u++)
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

/* Answers that a file had no place for. */
static baro_status note_levels(baro_cross_work *work)
{
    const baro_run *run = work->task->run;
    const baro_bound_measure *measure = work->task->measure;
    size_t outcomes = measure->outcomes;
    if (!measure->source_lacks)
        return BARO_OK;
    work->lacks_level = BARO_ARRAY(work->arena, bool, run->windows->units * outcomes + 1);
    if (!work->lacks_level)
        return BARO_NO_MEMORY;
    for (size_t s = 0; s < run->sources; s++)
        for (size_t j = 0; j < outcomes; j++)
            for (size_t row = run->source_first_row[s]; row < run->source_first_row[s + 1] && measure->source_lacks[s * outcomes + j]; row++)
                if (measure->level[row] < BARO_NOT_PUT)
                    work->lacks_level[(run->unit ? (size_t)run->unit[row] : 0) * outcomes + j] = true;
    return BARO_OK;
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
        if (level < BARO_NOT_PUT || (level == BARO_UNANSWERED && !run->unit))
            work->asked[unit] = true; /* a unit of time without one answer is one in which it was not asked */
        if (level >= BARO_NOT_PUT || work->place_of_unit[unit] < 0 || (run->domain && run->domain[row] != 1))
            continue;
        size_t a = task->first ? task->first->pattern[row] : 0, b = task->second ? task->second->pattern[row] : 0;
        cell[row] = (uint32_t)(((size_t)work->place_of_unit[unit] * p1 + a) * p2 + b);
    }
    work->cross = (baro_cross){.outcomes = task->measure->outcomes ? task->measure->outcomes : 1,
                               .cell = cell,
                               .weight = run->weight,
                               .level = task->measure->level,
                               .levels = task->measure->levels,
                               .score = task->measure->score,
                               .number = task->measure->number,
                               .shift = task->measure->number ? task->measure->shift : 0};
    work->design = run->design;
    work->rows = run->rows;
    baro_status status = run->window_weight ? baro_cross_stack(work, cell, p1 * p2) : BARO_OK;
    work->cross.cells = work->units * p1 * p2;
    return status;
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

baro_status baro_cross_sum(baro_cross_work *work)
{
    const baro_design *design = work->design;
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
    return status ? status : baro_cross_calibrate(work);
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
    bool one = work->units == 1 || work->row_of; /* several units of time share the one place */
    for (long u = window->first; u <= window->last; u++) {
        if (u < 0 || u >= (long)task->run->windows->units)
            continue;
        size_t place = work->row_of ? t : (size_t)work->place_of_unit[u];
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

baro_status baro_cross_assign(baro_cross_work *work)
{
    baro_status status = map_units(work);
    if (status == BARO_OK)
        status = assign_cells(work);
    if (status == BARO_OK)
        status = note_levels(work);
    if (status == BARO_OK)
        status = list_all_patterns(work);
    if (status == BARO_OK && !(work->cell_list = BARO_ARRAY(work->arena, uint32_t, work->cross.cells + 1)))
        status = BARO_NO_MEMORY;
    return status;
}

bool baro_cross_lacks(const baro_cross_work *work, size_t t)
{
    const baro_run *run = work->task->run;
    const baro_window *window = &run->windows->window[t];
    bool pooled = !run->request->trend && (run->request->all_periods || run->request->has_from || run->request->has_to);
    bool any = false, all = true;
    if (run->window_weight && !run->window_weight[t])
        return true;
    for (long u = window->first; u <= window->last; u++) {
        bool has = u >= 0 && u < (long)run->windows->units && work->asked[u] && !(work->task->first && work->row_lacks_group[u]);
        any = any || has;
        all = all && has;
    }
    return pooled ? !any : !all;
}

bool baro_cross_level_lacks(const baro_cross_work *work, size_t t, size_t j)
{
    const baro_windows *windows = work->task->run->windows;
    const baro_window *window = &windows->window[t];
    bool lacks = baro_cross_lacks(work, t);
    for (long u = window->first; u <= window->last && work->lacks_level && !lacks; u++)
        lacks = u >= 0 && u < (long)windows->units && work->lacks_level[(size_t)u * work->task->measure->outcomes + j];
    return lacks;
}
