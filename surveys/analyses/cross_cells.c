/* The cells of a cross: rows to atoms, sums of atoms, which atoms make a domain of a window. */
#include "surveys/analyses/cross_work.h"

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

static baro_status sum_cells(baro_cross_work *work)
{
    const baro_design *design = work->task->run->design;
    const baro_cross *cross = &work->cross;
    size_t columns = cross->cells * (cross->outcomes + 1), room = baro_totals_room(design, cross);
    baro_totals *totals = &work->totals;
    baro_totals_work scratch = {BARO_ARRAY(work->arena, uint32_t, columns + 1), BARO_ARRAY(work->arena, unsigned char, columns + 1),
                                BARO_ARRAY(work->arena, baro_sum, columns + 1)};
    *totals = (baro_totals){.unit_end = BARO_ARRAY(work->arena, uint32_t, design->units + 1),
                            .column = BARO_ARRAY(work->arena, uint32_t, room + 1),
                            .high = BARO_ARRAY(work->arena, double, room + 1),
                            .low = BARO_ARRAY(work->arena, double, room + 1),
                            .total = BARO_ARRAY(work->arena, double, columns + 1),
                            .moments = BARO_ARRAY(work->arena, baro_moments, cross->cells + 1),
                            .sum_wyy = BARO_ARRAY(work->arena, double, cross->cells * cross->outcomes + 1),
                            .hits = BARO_ARRAY(work->arena, double, cross->cells * cross->outcomes + 1)};
    if (!scratch.touched || !scratch.mark || !scratch.sum || !totals->unit_end || !totals->column || !totals->high || !totals->low ||
        !totals->total || !totals->moments || !totals->sum_wyy || !totals->hits)
        return BARO_NO_MEMORY;
    baro_fault fault;
    return baro_totals_sum(design, cross, &scratch, totals, &fault);
}

baro_status baro_cross_sum(baro_cross_work *work)
{
    baro_status status = map_units(work);
    if (status == BARO_OK)
        status = assign_cells(work);
    if (status == BARO_OK)
        status = sum_cells(work);
    if (status == BARO_OK && !(work->cell_list = BARO_ARRAY(work->arena, uint32_t, work->cross.cells + 1)))
        status = BARO_NO_MEMORY;
    return status;
}

/* ---- domains: which cells ---- */

static bool belongs(const baro_bound_group *group, size_t pattern, size_t category)
{
    return !group || group->member[pattern * group->n + category];
}

static bool in_domain(const baro_cross_task *task, size_t d, size_t a, size_t b)
{
    size_t groups = task->groups, n2 = task->second ? task->second->n : 1;
    if (!task->first || d == groups)
        return true; /* everyone, those of unknown group too */
    bool rest = d > groups;
    size_t g = rest ? d - groups - 1 : d;
    if (a == 0 || (task->second && b == 0))
        return false;
    return (belongs(task->first, a, g / n2) && belongs(task->second, b, g % n2)) != rest;
}

size_t baro_cross_cells(baro_cross_work *work, size_t t, size_t d)
{
    const baro_cross_task *task = work->task;
    const baro_window *window = &task->run->windows->window[t];
    size_t p1 = task->first ? task->first->patterns : 1, p2 = task->second ? task->second->patterns : 1, n = 0;
    bool one = work->units == 1; /* several units of time may share the one place */
    for (long u = window->first; u <= window->last; u++) {
        if (u < 0 || u >= (long)task->run->windows->units)
            continue;
        size_t place = (size_t)work->place_of_unit[u];
        for (size_t a = 0; a < p1; a++)
            for (size_t b = 0; b < p2; b++)
                if (in_domain(task, d, a, b))
                    work->cell_list[n++] = (uint32_t)((place * p1 + a) * p2 + b);
        if (one)
            break;
    }
    return n;
}

bool baro_cross_window_lacks(const baro_cross_work *work, size_t t, bool for_groups)
{
    const baro_run *run = work->task->run;
    const baro_window *window = &run->windows->window[t];
    bool pooled = !run->request->trend && (run->request->all_periods || run->request->has_from || run->request->has_to);
    bool any = false, all = true;
    for (long u = window->first; u <= window->last; u++) {
        bool has = u >= 0 && u < (long)run->windows->units && work->asked[u] && !(for_groups && work->row_lacks_group[u]);
        any = any || has;
        all = all && has;
    }
    return pooled ? !any : !all;
}
