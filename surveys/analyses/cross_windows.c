/*
 * Windows with a weight each: a window is a cell of its own, and a row is summed once for every window that it is in, under that window's weight. The
 * stacked rows stay in their units, so that windows that share interviews have their exact covariance, and the cost is that of the stacked rows.
 */
#include "surveys/analyses/cross_work.h"
#include <string.h>

/* Windows of each unit of time. */
typedef struct {
    size_t *end;      /* [units] */
    uint32_t *window; /* in order */
} unit_windows;

static baro_status list_windows(baro_cross_work *work, unit_windows *out)
{
    const baro_run *run = work->task->run;
    const baro_windows *windows = run->windows;
    size_t units = windows->units, *end = BARO_ARRAY(work->arena, size_t, units + 2);
    if (!end)
        return BARO_NO_MEMORY;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t t = 0; t < windows->n; t++)
            for (long u = windows->window[t].first; u <= windows->window[t].last && run->window_weight[t]; u++) {
                if (u < 0 || u >= (long)units)
                    continue;
                if (pass == 0)
                    end[u + 1]++;
                else
                    out->window[end[u]++] = (uint32_t)t;
            }
        for (size_t u = 0; u < units && pass == 0; u++)
            end[u + 1] += end[u];
        if (pass == 0 && !(out->window = BARO_ARRAY(work->arena, uint32_t, end[units] + 1)))
            return BARO_NO_MEMORY;
    }
    out->end = end; /* starts have moved to ends */
    return BARO_OK;
}

static size_t windows_before(const unit_windows *of, size_t unit)
{
    return unit > 0 ? of->end[unit - 1] : 0;
}

static size_t unit_of(const baro_run *run, size_t row)
{
    return run->unit ? (size_t)run->unit[row] : 0;
}

/* One stage with its rows stacked; `first` is where a row's begin, and `n` how many they are. */
static baro_status stack_stage(baro_cross_work *work, const baro_design *stage, const uint32_t *first, const uint16_t *n, size_t rows,
                               baro_design *out)
{
    uint32_t *row = BARO_ARRAY(work->arena, uint32_t, rows + 1), *unit_end = BARO_ARRAY(work->arena, uint32_t, stage->units + 1);
    size_t at = 0;
    if (!row || !unit_end)
        return BARO_NO_MEMORY;
    for (size_t unit = 0, i = 0; unit < stage->units; unit++) {
        for (; i < stage->unit_end[unit]; i++)
            for (size_t k = 0; k < n[stage->row[i]]; k++)
                row[at++] = first[stage->row[i]] + (uint32_t)k;
        unit_end[unit] = (uint32_t)at;
    }
    *out = *stage;
    out->rows = rows;
    out->row = row;
    out->unit_end = unit_end;
    return BARO_OK;
}

static baro_status stack_design(baro_cross_work *work, const uint32_t *first, const uint16_t *n)
{
    baro_design *before = NULL;
    for (const baro_design *stage = work->task->run->design; stage; stage = stage->next) {
        baro_design *stacked = BARO_NEW(work->arena, baro_design);
        baro_status status = stacked ? stack_stage(work, stage, first, n, work->rows, stacked) : BARO_NO_MEMORY;
        if (status)
            return status;
        if (before)
            before->next = stacked;
        else
            work->design = stacked;
        before = stacked;
    }
    return BARO_OK;
}

/* The columns of a cross by stacked rows. */
static baro_status stack_columns(baro_cross_work *work, const unit_windows *of, const uint32_t *pattern, const uint32_t *first, size_t patterns)
{
    const baro_run *run = work->task->run;
    baro_cross *cross = &work->cross;
    size_t rows = work->rows, numbers = cross->number ? cross->outcomes : 0;
    uint32_t *cell = BARO_ARRAY(work->arena, uint32_t, rows + 1), *row_of = BARO_ARRAY(work->arena, uint32_t, rows + 1);
    double *weight = BARO_ARRAY(work->arena, double, rows + 1);
    uint16_t *level = BARO_ARRAY(work->arena, uint16_t, numbers ? 1 : rows + 1);
    double **number = BARO_ARRAY(work->arena, double *, numbers + 1);
    if (!cell || !row_of || !weight || !level || !number)
        return BARO_NO_MEMORY;
    for (size_t j = 0; j < numbers; j++)
        if (!(number[j] = BARO_ARRAY(work->arena, double, rows + 1)))
            return BARO_NO_MEMORY;
    for (size_t row = 0; row < run->rows; row++) {
        size_t unit = unit_of(run, row), at = first[row];
        for (size_t k = windows_before(of, unit); k < of->end[unit] && pattern[row] != BARO_NO_CELL; k++, at++) {
            cell[at] = (uint32_t)(of->window[k] * patterns + pattern[row]);
            row_of[at] = (uint32_t)row;
            weight[at] = run->window_weight[of->window[k]][row];
            if (!numbers)
                level[at] = cross->level[row];
            for (size_t j = 0; j < numbers; j++)
                number[j][at] = cross->number[j][row];
        }
    }
    cross->cell = cell;
    cross->weight = weight;
    cross->level = level;
    cross->number = numbers ? (const double *const *)number : NULL;
    work->row_of = row_of;
    return BARO_OK;
}

baro_status baro_cross_stack(baro_cross_work *work, const uint32_t *pattern, size_t patterns)
{
    const baro_run *run = work->task->run;
    unit_windows of = {0};
    uint32_t *first = BARO_ARRAY(work->arena, uint32_t, run->rows + 1);
    uint16_t *n = BARO_ARRAY(work->arena, uint16_t, run->rows + 1);
    baro_status status = first && n ? list_windows(work, &of) : BARO_NO_MEMORY;
    size_t rows = 0;
    for (size_t row = 0; row < run->rows && status == BARO_OK; row++) {
        size_t unit = unit_of(run, row), windows = pattern[row] == BARO_NO_CELL ? 0 : of.end[unit] - windows_before(&of, unit);
        if (rows > UINT32_MAX - 1 - windows || windows > UINT16_MAX)
            return BARO_NO_MEMORY;
        first[row] = (uint32_t)rows;
        n[row] = (uint16_t)windows;
        rows += windows;
    }
    work->rows = rows;
    work->units = run->windows->n;
    if (status == BARO_OK)
        status = stack_columns(work, &of, pattern, first, patterns);
    return status ? status : stack_design(work, first, n);
}
