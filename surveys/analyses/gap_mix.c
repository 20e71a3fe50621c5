/* Kitagawa's split: how much of a difference of two levels is another mix of categories, how much other rates. */
#include "surveys/analyses/gap_work.h"
#include <math.h>

/* Of two domains: window and domain number of each. */
typedef struct {
    const size_t *window, *domain;
} pair;

/* Where category s, which one side lacks, goes: to the nearest of an ordered factor, else to the smallest; ties: the
 * first. Only one that both sides have. */
static size_t joined_with(const baro_gap_work *work, size_t s)
{
    const baro_gap_task *task = work->task;
    size_t parts = task->domains->parts, found = SIZE_MAX;
    bool ordered = task->mix->group->ordered || task->mix->group->bands;
    double least = INFINITY;
    for (size_t c = 0; c < parts; c++) {
        double both = work->base[c] + work->base[parts + c], away = fabs((double)c - (double)s);
        if (!(work->base[c] > 0 && work->base[parts + c] > 0))
            continue;
        double size = ordered ? away : both;
        if (size < least) {
            least = size;
            found = c;
        }
    }
    return found;
}

/* Fills work->into; returns how many categories are joined with another, SIZE_MAX where there is nothing to split. */
static size_t join(baro_gap_work *work, size_t j, pair of)
{
    const baro_gap_domains *domains = work->task->domains;
    size_t parts = domains->parts, joined = 0, kept = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t s = 0; s < parts; s++)
            work->base[k * parts + s] =
                baro_gap_base(work, of.window[k], baro_gap_inside(domains, of.domain[k], s), j, NULL);
    for (size_t s = 0; s < parts; s++) {
        bool first = work->base[s] > 0, second = work->base[parts + s] > 0;
        work->into[s] = first && second ? s : first || second ? joined_with(work, s) : SIZE_MAX;
        kept += first && second;
        joined += first != second;
    }
    return kept > 0 ? joined : SIZE_MAX;
}

/* Sum of node after node; BARO_NO_NODE to begin with. */
static uint32_t add(baro_builder *builder, uint32_t sum, double factor, uint32_t node)
{
    return sum == BARO_NO_NODE
               ? (factor == 1 ? node : baro_builder_times(builder, baro_builder_constant(builder, factor), node))
               : baro_builder_plus(builder, sum, factor, node);
}

/* Share and level of category c, with what is joined to it, on one side. */
static void share_and_level(baro_gap_work *work, size_t j, size_t t, size_t d, size_t c, uint32_t *share,
                            uint32_t *level)
{
    baro_builder *builder = &work->cross.builder;
    uint32_t over = BARO_NO_NODE, sum = BARO_NO_NODE;
    for (size_t s = 0; s < work->task->domains->parts; s++)
        if (work->into[s] == c) {
            size_t inside = baro_gap_inside(work->task->domains, d, s);
            over = add(builder, over, 1, baro_gap_over(work, t, inside));
            sum = add(builder, sum, 1, baro_gap_sum(work, t, inside, j));
        }
    *share = baro_builder_over(builder, over, baro_gap_over(work, t, d));
    *level = baro_builder_over(builder, sum, over);
}

bool baro_gap_split(baro_gap_work *work, size_t j, const size_t window[2], const size_t domain[2], uint32_t node[2],
                    size_t *joined)
{
    baro_builder *builder = &work->cross.builder;
    *joined = 0;
    if (work->task->cross.measure->measure->statistic == BARO_STAT_TOTAL)
        return false;
    size_t n = join(work, j, (pair){window, domain});
    if (n == SIZE_MAX)
        return false;
    *joined = n;
    node[0] = node[1] = BARO_NO_NODE;
    for (size_t c = 0; c < work->task->domains->parts; c++) {
        uint32_t share[2], level[2];
        if (work->into[c] != c)
            continue;
        for (size_t k = 0; k < 2; k++)
            share_and_level(work, j, window[k], domain[k], c, &share[k], &level[k]);
        uint32_t shares = baro_builder_plus(builder, share[1], -1, share[0]),
                 levels = baro_builder_plus(builder, level[1], -1, level[0]);
        uint32_t mix = baro_builder_times(builder, shares, baro_builder_plus(builder, level[1], 1, level[0])),
                 rate = baro_builder_times(builder, levels, baro_builder_plus(builder, share[1], 1, share[0]));
        node[0] = add(builder, node[0], 0.5, mix);
        node[1] = add(builder, node[1], 0.5, rate);
    }
    return true;
}
