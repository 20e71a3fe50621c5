/*
 * Which groups a factor is ranked by. A share of the variance gives a hidden group's level away where there are two
 * groups, and with the published levels of the others in any case: so no number is ever made of a group that may not be
 * shown. Those of too few interviews are taken together as one group, joined with the smallest of the others while they
 * are still too few.
 */
#include "surveys/analyses/spread_work.h"
#include <math.h>

bool baro_spread_too_few(const baro_spread_task *task, const baro_group *factor, double n, double hits)
{
    const baro_request *request = task->run.request;
    const baro_measure *measure = task->measure.measure;
    double below = request->survey->suppress_below;
    bool share = measure->statistic != BARO_STAT_MEAN;
    if (request->no_suppress)
        return false;
    return n < below ||
           (share && (measure->sensitive || (factor && factor->sensitive)) && (hits < below || n - hits < below));
}

/* Categories counted, and those that are taken together. */
typedef struct {
    double *n, *hits;       /* [categories] */
    bool *joined;           /* [categories] */
    double all_n, all_hits; /* of those joined */
    size_t with, n_joined;  /* categories with interviews, and joined */
} counted;

static baro_status count(baro_spread_work *work, const baro_spread_race_work *race, size_t k, counted *out)
{
    baro_cross_work *cross = &work->cross[k];
    const baro_totals *totals = &cross->totals;
    size_t categories = cross->task->groups, outcomes = cross->cross.outcomes;
    *out = (counted){.n = BARO_ARRAY(work->arena, double, categories + 1),
                     .hits = BARO_ARRAY(work->arena, double, categories + 1),
                     .joined = BARO_ARRAY(work->arena, bool, categories + 1)};
    if (!out->n || !out->hits || !out->joined)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < categories; c++) {
        size_t cells = baro_cross_cells(cross, race->t, c);
        for (size_t i = 0; i < cells; i++) {
            out->n[c] += totals->moments[cross->cell_list[i]].n;
            out->hits[c] += totals->hits[cross->cell_list[i] * outcomes + race->j];
        }
        out->with += out->n[c] > 0;
    }
    return BARO_OK;
}

static void take(counted *of, size_t c)
{
    of->joined[c] = true;
    of->all_n += of->n[c];
    of->all_hits += of->hits[c];
    of->n_joined++;
}

/* The smallest that is not joined yet; `n` without one. */
static size_t smallest(const counted *of, size_t n)
{
    size_t at = n;
    for (size_t c = 0; c < n; c++)
        if (of->n[c] > 0 && !of->joined[c] && (at == n || of->n[c] < of->n[at]))
            at = c;
    return at;
}

static void join(const baro_spread_work *work, size_t k, counted *of)
{
    const baro_spread_task *task = work->task;
    const baro_group *factor = task->cross[k].first->group;
    size_t n = task->cross[k].groups, next;
    for (size_t c = 0; c < n; c++)
        if (of->n[c] > 0 && baro_spread_too_few(task, factor, of->n[c], of->hits[c]))
            take(of, c);
    while (of->n_joined && baro_spread_too_few(task, factor, of->all_n, of->all_hits) && (next = smallest(of, n)) < n)
        take(of, next);
}

/* Cells of category c into the group that is open. */
static void add_cells(baro_spread_work *work, const baro_spread_race_work *race, size_t k, size_t c,
                      baro_spread_entry *entry, size_t *at)
{
    size_t cells = baro_cross_cells(&work->cross[k], race->t, c);
    for (size_t i = 0; i < cells; i++)
        entry->cell[(*at)++] = work->cross[k].cell_list[i];
}

static void close_group(baro_spread_entry *entry, size_t at, double n)
{
    entry->cell_end[entry->groups] = at;
    entry->n[entry->groups++] = n;
    entry->row->least = isnan(entry->row->least) ? n : fmin(entry->row->least, n);
}

baro_status baro_spread_groups(baro_spread_work *work, const baro_spread_race_work *race, size_t k,
                               baro_spread_entry *entry)
{
    size_t categories = work->task->cross[k].groups, at = 0;
    counted of;
    baro_status status = count(work, race, k, &of);
    if (status)
        return status;
    join(work, k, &of);
    entry->cell = BARO_ARRAY(work->arena, uint32_t, work->cross[k].cross.cells + 1);
    entry->cell_end = BARO_ARRAY(work->arena, size_t, categories + 1);
    entry->n = BARO_ARRAY(work->arena, double, categories + 1);
    if (!entry->cell || !entry->cell_end || !entry->n)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < categories; c++)
        if (of.n[c] > 0 && !of.joined[c]) {
            add_cells(work, race, k, c, entry, &at);
            close_group(entry, at, of.n[c]);
        }
    for (size_t c = 0; c < categories; c++)
        if (of.joined[c])
            add_cells(work, race, k, c, entry, &at);
    if (of.n_joined)
        close_group(entry, at, of.all_n);
    entry->row->groups = entry->groups;
    entry->row->joined = of.n_joined > 1 ? of.n_joined : 0;
    entry->row->few = of.with > 1 && entry->groups < 2;
    return BARO_OK;
}
