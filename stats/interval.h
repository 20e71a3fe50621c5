/** Intervals of estimates: t intervals for any estimate, and those made for proportions. */
#ifndef BARO_STATS_INTERVAL_H
#define BARO_STATS_INTERVAL_H
#include "stats/status.h"

/**
 * Symmetric interval: estimate ± t se, t = quantile of Student's t at (1 + confidence) / 2.
 * @param se >= 0; @param df > 0 (INFINITY: normal); @param confidence in (0, 1); @param out [2], written only on BARO_OK
 * @return BARO_OK; BARO_NO_INTERVAL (df <= 0 or any argument not a number)
 */
baro_status baro_interval_wald(double estimate, double se, double df, double confidence, double out[2]);

/**
 * Interval of a proportion on the logit scale: expit(logit p ± t se / (p (1 - p))).
 * @return BARO_OK; BARO_NO_INTERVAL (p is 0 or 1 or outside, or df <= 0: see baro_interval_at_edge)
 * Source: Korn & Graubard 1998, Survey Methodology 24:193. Checked against R survey 4.1-1 svyciprop(method = "xlogit").
 */
baro_status baro_interval_logit(double p, double se, double df, double confidence, double out[2]);

/**
 * Interval where p is exactly 0 or 1: [0, 1 - (a/2)^(1/ne)] or its mirror, a = 1 - confidence,
 * ne = n / max(1, deff) * (t_(n-1) / t_df)^2, at most n.
 * @param n unweighted base, >= 1; @param deff of the measure for everyone, else Kish's; NAN counts as 1
 */
baro_status baro_interval_at_edge(double p, double n, double deff, double df, double confidence, double out[2]);

#endif
