/*
 * Covariances of the groups of several factors under a stated design factor (stated.c): interviews that two groups
 * share make them covary as in a simple random sample, times deft^2.
 */
#include "surveys/analyses/spread_work.h"
#include <math.h>
#include <string.h>

enum { N, W, WY, WYY, SUMS };

typedef struct {
    size_t groups;    /* of all factors, and everyone as the last */
    uint32_t **of;    /* [factors] of [cells] group among all, or BARO_NO_CELL */
    double *sum;      /* [groups * groups * SUMS] of the interviews that two share */
    uint32_t *member; /* [factors + 1] groups of one interview */
    size_t n_member;
} shared;

static baro_status map_cells(baro_spread_work *work, const baro_spread_race_work *race, shared *out)
{
    size_t factors = work->task->factors;
    out->groups = race->groups + 1;
    out->of = BARO_ARRAY(work->arena, uint32_t *, factors + 1);
    out->member = BARO_ARRAY(work->arena, uint32_t, factors + 2);
    out->sum = BARO_ARRAY(work->arena, double, out->groups * out->groups * SUMS);
    if (!out->of || !out->member || !out->sum)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < factors; k++) {
        const baro_spread_entry *entry = &race->entry[k];
        size_t cells = work->cross[k].cross.cells;
        if (!entry->ranked)
            continue;
        if (!(out->of[k] = BARO_ARRAY(work->arena, uint32_t, cells + 1)))
            return BARO_NO_MEMORY;
        memset(out->of[k], 0xFF, cells * sizeof **out->of);
        for (size_t g = 0, i = 0; g < entry->groups; g++)
            for (; i < entry->cell_end[g]; i++)
                out->of[k][entry->cell[i]] = (uint32_t)(entry->first + g);
    }
    return BARO_OK;
}

static void list_groups(const baro_spread_work *work, size_t row, shared *of)
{
    of->n_member = 0;
    for (size_t k = 0; k < work->task->factors; k++) {
        uint32_t cell = work->cross[k].cross.cell[row];
        if (of->of[k] && cell != BARO_NO_CELL && of->of[k][cell] != BARO_NO_CELL)
            of->member[of->n_member++] = of->of[k][cell];
    }
    if (of->n_member)
        of->member[of->n_member++] = (uint32_t)(of->groups - 1);
}

static void add_row(const baro_spread_work *work, const baro_spread_race_work *race, size_t row, shared *of)
{
    const baro_cross *cross = &work->cross[0].cross;
    double w = cross->weight ? cross->weight[row] : 1;
    if (!(w > 0))
        return;
    list_groups(work, row, of);
    double y = of->n_member ? baro_cross_value(cross, row, race->j) - cross->shift : 0;
    for (size_t a = 0; a < of->n_member; a++)
        for (size_t b = 0; b <= a; b++) {
            size_t high = of->member[a] > of->member[b] ? of->member[a] : of->member[b],
                   low = of->member[a] + of->member[b] - high;
            double *sum = &of->sum[(high * of->groups + low) * SUMS];
            sum[N] += 1;
            sum[W] += w;
            sum[WY] += w * y;
            sum[WYY] += w * y * y;
        }
}

static double covariance_of(const shared *of, size_t a, size_t b, double deft)
{
    const double *both = &of->sum[(a * of->groups + b) * SUMS], *one = &of->sum[(a * of->groups + a) * SUMS],
                 *other = &of->sum[(b * of->groups + b) * SUMS];
    double m = one[WY] / one[W], other_m = other[WY] / other[W];
    if (!(both[W] > 0))
        return 0;
    return deft * deft * both[N] / (one[N] * other[N]) *
           (both[WYY] / both[W] - (m + other_m) * both[WY] / both[W] + m * other_m);
}

baro_status baro_spread_state(baro_spread_work *work, baro_spread_race_work *race)
{
    double deft = work->task->run.request->survey->deft;
    size_t n = race->groups;
    shared of = {0};
    baro_status status = map_cells(work, race, &of);
    for (size_t row = 0; row < work->cross[0].rows && status == BARO_OK; row++)
        add_row(work, race, row, &of);
    for (size_t a = 0; a < n && status == BARO_OK; a++)
        for (size_t b = 0; b <= a; b++)
            race->covariance[a * n + b] = race->covariance[b * n + a] = covariance_of(&of, a, b, deft);
    if (status == BARO_OK)
        race->variance_of_mean = covariance_of(&of, n, n, deft);
    return status;
}
