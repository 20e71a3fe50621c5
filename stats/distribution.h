/**
 * The distributions that inference needs, guarded: every argument is checked, nothing loops, nothing returns NaN silently.
 * All of the library's GSL special functions are called here and nowhere else.
 */
#ifndef BARO_STATS_DISTRIBUTION_H
#define BARO_STATS_DISTRIBUTION_H
#include "stats/status.h"

/** Turns GSL's aborting error handler off, once, at the start of a program. */
void baro_distribution_quiet(void);

/**
 * Quantile of Student's t: x with P(T <= x) = p.
 * @param p in (0, 1); @param df > 0, INFINITY (and above 1e10) gives the normal quantile
 * @return BARO_OK; BARO_OUT_OF_DOMAIN, *out untouched. GSL's answer is polished by Newton steps. Checked against R qt to 1e-11.
 */
baro_status baro_quantile_t(double p, double df, double *out);
/** P(|T| >= |t|), two-sided; t may be infinite. df > 0. */
baro_status baro_p_value_t(double t, double df, double *out);
/** P(F >= f) with df1, df2 > 0 (df2 may be INFINITY), f >= 0. */
baro_status baro_p_value_f(double f, double df1, double df2, double *out);
/** Quantile of the beta distribution: p in [0, 1], a, b > 0 and finite; by bracketing, so that no argument can loop. */
baro_status baro_quantile_beta(double p, double a, double b, double *out);

#endif
