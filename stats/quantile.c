#include "stats/quantile.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include "stats/sum.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double tie = 1e-12; /* of the sum of weights: nearer cumulative weights are equal */

static void merge(const double *value, const uint32_t *from, uint32_t *to, size_t first, size_t middle, size_t end)
{
    size_t left = first, right = middle;
    for (size_t at = first; at < end; at++) {
        bool take_left = left < middle && (right == end || value[from[left]] <= value[from[right]]);
        to[at] = take_left ? from[left++] : from[right++];
    }
}

void baro_sort_by_value(const double *value, uint32_t *order, uint32_t *work, size_t n)
{
    uint32_t *from = order, *to = work;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t first = 0; first < n; first += 2 * width) {
            size_t middle = n - first > width ? first + width : n;
            merge(value, from, to, first, middle, n - middle > width ? middle + width : n);
        }
        uint32_t *turned = from;
        from = to;
        to = turned;
    }
    if (from != order)
        memcpy(order, from, n * sizeof *order);
}

baro_status baro_quantile_cumulate(const double *value, const double *weight, size_t n, double *value_out,
                                   double *cumulative_out, baro_sorted *out, baro_fault *fault)
{
    baro_sum sum = {0, 0};
    double last = -INFINITY;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double w = weight ? weight[i] : 1, x = value[i];
        if (!(w >= 0) || isinf(w)) {
            *fault = (baro_fault){i, 0, w};
            return BARO_BAD_WEIGHT;
        }
        if (!isfinite(x) || x < last) {
            *fault = (baro_fault){i, 0, x};
            return BARO_OUT_OF_DOMAIN;
        }
        last = x;
        if (w == 0)
            continue;
        baro_sum_add(&sum, w);
        value_out[kept] = x;
        cumulative_out[kept++] = baro_sum_value(sum);
    }
    if (kept == 0)
        return BARO_EMPTY_DOMAIN;
    *out = (baro_sorted){value_out, cumulative_out, kept};
    return BARO_OK;
}

/* Smallest i with c_i >= wanted; the last one where there is none. */
static size_t first_reaching(const baro_sorted *sorted, double wanted)
{
    size_t low = 0, high = sorted->n - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted->cumulative[middle] >= wanted)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static double math_quantile(const baro_sorted *sorted, double p)
{
    double whole = sorted->cumulative[sorted->n - 1];
    return sorted->value[first_reaching(sorted, p * whole - tie * whole)];
}

static double school_quantile(const baro_sorted *sorted, double p)
{
    double whole = sorted->cumulative[sorted->n - 1];
    size_t i = first_reaching(sorted, p * whole - tie * whole);
    bool between = i + 1 < sorted->n && fabs(sorted->cumulative[i] - p * whole) <= tie * whole;
    return between ? 0.5 * sorted->value[i] + 0.5 * sorted->value[i + 1] : sorted->value[i];
}

/* Weight before i. */
static double before(const baro_sorted *sorted, size_t i)
{
    return i ? sorted->cumulative[i - 1] : 0;
}

/* Where the linear rules put value i on the scale of probabilities; ascending in i. */
typedef double position(const baro_sorted *sorted, size_t i);

static double hf7_position(const baro_sorted *sorted, size_t i)
{
    return before(sorted, i) / before(sorted, sorted->n - 1);
}

static double hf8_position(const baro_sorted *sorted, size_t i)
{
    size_t last = sorted->n - 1;
    double last_weight = sorted->cumulative[last] - before(sorted, last);
    return (before(sorted, i) / 3 + sorted->cumulative[i] * 2 / 3) / (sorted->cumulative[last] + last_weight / 3);
}

/* One value alone may have no position (0 / 0); it is the answer all the same. */
static double linear_quantile(const baro_sorted *sorted, double p, position *at)
{
    size_t low = 0, high = sorted->n - 1;
    if (p <= at(sorted, 0))
        return sorted->value[0];
    if (p >= at(sorted, high))
        return sorted->value[high];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(at(sorted, middle) <= p ? &low : &high) = middle;
    }
    double from = at(sorted, low), part = (p - from) / (at(sorted, high) - from), x = sorted->value[low];
    return sorted->value[high] == x ? x : x * (1 - part) + sorted->value[high] * part;
}

static double hf7_quantile(const baro_sorted *sorted, double p)
{
    return linear_quantile(sorted, p, hf7_position);
}

static double hf8_quantile(const baro_sorted *sorted, double p)
{
    return linear_quantile(sorted, p, hf8_position);
}

baro_status baro_quantile_point(baro_quantile_rule rule, const baro_sorted *sorted, double p, double *out)
{
    static double (*const rules[BARO_QUANTILE_RULES])(const baro_sorted *, double) = {math_quantile, school_quantile,
                                                                                      hf7_quantile, hf8_quantile};
    if ((unsigned)rule >= BARO_QUANTILE_RULES || sorted->n == 0 || !(p >= 0 && p <= 1))
        return BARO_OUT_OF_DOMAIN;
    *out = rules[rule](sorted, p);
    return BARO_OK;
}

/* A level a rounding error beyond the end is the end. */
static double level_or_none(double level)
{
    if (level >= -tie && level <= 1 + tie)
        return fmin(1, fmax(0, level));
    return NAN;
}

baro_status baro_woodruff_levels(double share, double variance, double df, double confidence, double out[2])
{
    double limit[2];
    baro_status status =
        variance >= 0 ? baro_interval_wald(share, sqrt(variance), df, confidence, limit) : BARO_NO_INTERVAL;
    if (status)
        return status;
    out[0] = level_or_none(limit[0]);
    out[1] = level_or_none(limit[1]);
    return BARO_OK;
}

baro_status baro_woodruff_invert(baro_quantile_rule rule, const baro_sorted *sorted, const double level[2], double df,
                                 double confidence, double limit[2], double *se)
{
    double t, found[2] = {NAN, NAN};
    if (!(confidence > 0 && confidence < 1) || baro_quantile_t(0.5 * (1 + confidence), df, &t))
        return BARO_NO_INTERVAL;
    for (int side = 0; side < 2; side++) {
        if (isnan(level[side]))
            continue;
        baro_status status = baro_quantile_point(rule, sorted, level[side], &found[side]);
        if (status)
            return status;
    }
    limit[0] = found[0];
    limit[1] = found[1];
    *se = (found[1] - found[0]) / (2 * t);
    return BARO_OK;
}
