/**
 * Weighted quantiles of a number, and Woodruff's interval.
 *
 * A quantile is found in three steps, because the variance comes from rows: the point q from the sorted values
 * (baro_quantile_point); then the share F(q) of 1(y <= q) and its design variance, by totals like any proportion; then
 * the interval of F(q) carried back to values by the same rule (baro_woodruff_levels, baro_woodruff_invert). The values
 * are sorted once.
 */
#ifndef BARO_STATS_QUANTILE_H
#define BARO_STATS_QUANTILE_H
#include "stats/status.h"
#include <stddef.h>
#include <stdint.h>

/**
 * With c_i the cumulative weights of the sorted values and W the sum of weights:
 *
 *   math    the smallest x with F(x) >= p (Hyndman and Fan's 1)
 *   school  the same, but the mean of two neighbours where F is exactly p between them (their 2)
 *   hf7     linear through (c_(i-1) / c_(n-1), x_i) (their 7)
 *   hf8     linear through ((c_(i-1) / 3 + 2 c_i / 3) / (W + w_n / 3), x_i) (their 8)
 */
typedef enum {
    BARO_QUANTILE_MATH,
    BARO_QUANTILE_SCHOOL,
    BARO_QUANTILE_HF7,
    BARO_QUANTILE_HF8,
    BARO_QUANTILE_RULES
} baro_quantile_rule;

/** Values ascending and the weights up to and with each. */
typedef struct {
    const double *value, *cumulative; /* [n] */
    size_t n;
} baro_sorted;

/**
 * Ascending order of values; equal ones keep their order, on which hf7 and hf8 depend. No value may be NAN.
 * @param order [n] in: the indices to be sorted; out: sorted by value[index]. @param work [n]. Cost: n log n.
 */
void baro_sort_by_value(const double *value, uint32_t *order, uint32_t *work, size_t n);

/**
 * Leaves rows of weight 0 out and adds the weights up, compensated.
 *
 * @param value, weight [n] ascending; weight NULL: 1 each
 * @param value_out, cumulative_out [n]; value_out may be `value` itself, cumulative_out `weight` itself
 * @return BARO_OK; BARO_BAD_WEIGHT (fault.index), BARO_OUT_OF_DOMAIN (not ascending, or not finite: fault.index),
 * BARO_EMPTY_DOMAIN
 */
baro_status baro_quantile_cumulate(const double *value, const double *weight, size_t n, double *value_out,
                                   double *cumulative_out, baro_sorted *out, baro_fault *fault);

/**
 * Quantile at probability p; cumulative weights within 1e-12 W of p W count as equal to it.
 * @param p in [0, 1]; under the first and above the last point the rules answer with the end
 * @return BARO_OK; BARO_OUT_OF_DOMAIN (p outside, or nothing to choose from)
 * Cost: log n. Source: Hyndman & Fan 1996, The American Statistician 50:361. Checked against R survey 4.1-1
 * svyquantile, and where R answers with the second smallest value under the weight of the smallest, against the
 * definition (tests/reference/quantiles.R).
 */
baro_status baro_quantile_point(baro_quantile_rule rule, const baro_sorted *sorted, double p, double *out);

/**
 * Limits of F(q): the t interval share ± t sqrt(variance). A limit outside [0, 1] is NAN: the sample does not reach so
 * far.
 * @param out [2] written only on BARO_OK
 * @return BARO_OK; BARO_NO_INTERVAL (df <= 0 or any argument not a number)
 */
baro_status baro_woodruff_levels(double share, double variance, double df, double confidence, double out[2]);

/**
 * Limits and standard error of the quantile: the levels inverted by the rule, and their width / (2 t).
 * @param level [2] from baro_woodruff_levels with the same df and confidence
 * @param limit [2] NAN where the level is; @param se NAN where either limit is
 * @return BARO_OK; BARO_NO_INTERVAL as above; BARO_OUT_OF_DOMAIN (nothing to choose from)
 * Source: Woodruff 1952, JASA 47:635; Särndal, Swensson & Wretman 1992, sec. 5.11. Checked against
 * svyquantile(interval.type = "mean").
 */
baro_status baro_woodruff_invert(baro_quantile_rule rule, const baro_sorted *sorted, const double level[2], double df,
                                 double confidence, double limit[2], double *se);

#endif
