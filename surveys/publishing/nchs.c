#include "surveys/publishing/nchs.h"
#include "stats/interval.h"
#include <math.h>

static const double confidence = 0.95, fewest = 30, narrow = 0.05, wide = 0.30, relative = 1.30, few_df = 8;

/* The size that the interval at 0 or 1 was made with, solved from its width; then the width that the rule's confidence
 * gives. */
static double size_at_edge(const baro_nchs_share *share)
{
    return log((1 - share->confidence) / 2) / log1p(-(share->upper - share->lower));
}

/* Width of the interval and effective size; false without an interval. */
static bool measure(const baro_nchs_share *share, bool at_edge, double *width, double *size)
{
    double out[2];
    if (at_edge) {
        *size = size_at_edge(share);
        *width = -expm1(log((1 - confidence) / 2) / *size);
        return !isnan(*width);
    }
    const baro_share interval = {.p = share->p,
                                 .variance = share->se * share->se,
                                 .n = share->n,
                                 .df = share->df,
                                 .confidence = confidence,
                                 .cap = true};
    *size = share->p * (1 - share->p) / interval.variance;
    if (baro_interval_proportion(BARO_SHARE_BETA, &interval, out))
        return false;
    *width = out[1] - out[0];
    return true;
}

baro_nchs baro_nchs_judge(const baro_nchs_share *share)
{
    bool at_edge = share->p == 0 || share->p == 1;
    baro_nchs out = {.known = !isnan(share->p) && (!isnan(share->se) || (at_edge && !isnan(share->df)))};
    double width, size;
    if (!out.known)
        return out;
    if (!measure(share, at_edge, &width, &size) || fmin(share->n, size) < fewest) {
        out.withhold = true;
        return out;
    }
    if (width > narrow) {
        out.withhold = width >= wide || width > relative * share->p;
        out.complement = !out.withhold && width > relative * (1 - share->p);
    }
    out.review = !out.withhold && (share->df < few_df || at_edge);
    return out;
}
