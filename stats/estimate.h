/** What is said beside an estimate: design effect, effective sizes. */
#ifndef BARO_STATS_ESTIMATE_H
#define BARO_STATS_ESTIMATE_H
#include "stats/totals.h"
#include <stdbool.h>

/**
 * Weighted variance of y in a domain, with n / (n - 1): n/(n-1) sum w (y - m)^2 / sum w.
 * @param sum_wyy sum of w (y - shift)^2; @param m mean of y - shift. NAN for n < 2.
 */
double baro_weighted_variance(const baro_moments *moments, double sum_wyy, double m);
/**
 * Design effect of a mean: V / (s^2 / n), or, when weights are declared to sum to the population, V / (s^2 (N - n) / (N n)) with N = sum w.
 * NAN when s^2 is 0 or N <= n. Source: Kish 1965, sec. 8.2. Checked against R survey 4.1-1 svymean(deff = TRUE) and deff = "replace".
 */
double baro_deff(double variance, double s2, const baro_moments *moments, bool population);
/** (sum w)^2 / sum w^2: the size that unequal weights alone leave (Kish 1992). NAN without weights. */
double baro_kish_size(const baro_moments *moments);

#endif
