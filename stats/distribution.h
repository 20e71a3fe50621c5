/**
 * The distributions that inference needs, guarded: every argument is checked, nothing loops, nothing returns NaN
 * silently. All of the library's GSL special functions are called here and nowhere else.
 */
#ifndef BARO_STATS_DISTRIBUTION_H
#define BARO_STATS_DISTRIBUTION_H
#include "stats/status.h"

/** Turns GSL's aborting error handler off, once, at the start of a program. */
void baro_distribution_quiet(void);

/**
 * Quantile of Student's t: x with P(T <= x) = p.
 * @param p in (0, 1); @param df > 0, INFINITY (and above 1e10) gives the normal quantile
 * @return BARO_OK; BARO_OUT_OF_DOMAIN, *out untouched. GSL's answer is polished by Newton steps. Checked against R qt
 * to 1e-11.
 */
baro_status baro_quantile_t(double p, double df, double *out);
/** Which side of a point. */
typedef enum { BARO_TAIL_LOWER, BARO_TAIL_UPPER } baro_tail;

/**
 * P(X <= x), or P(X >= x) for BARO_TAIL_UPPER, each with its own relative precision: no tail is 1 minus the other.
 *
 * x may be infinite. Outside the support (a negative x for chi-square and F, x outside [0, 1] for beta) the tail is 0
 * or 1.
 * @param df, df1, df2 > 0; INFINITY is allowed for t and df2, a, b > 0 and finite
 * @return BARO_OK; BARO_OUT_OF_DOMAIN (an argument is not a number or not allowed), BARO_NOT_CONVERGED; *out untouched
 * then Checked against R pnorm, pt, pchisq, pf, pbeta to 1e-10 relative (tests/reference/distribution.R).
 */
baro_status baro_tail_normal(double x, baro_tail tail, double *out);
baro_status baro_tail_t(double x, double df, baro_tail tail, double *out);
baro_status baro_tail_chi_square(double x, double df, baro_tail tail, double *out);
baro_status baro_tail_f(double x, double df1, double df2, baro_tail tail, double *out);
baro_status baro_tail_beta(double x, double a, double b, baro_tail tail, double *out);
/** P(|T| >= |t|), two-sided; t may be infinite. df > 0. */
baro_status baro_p_value_t(double t, double df, double *out);
/** P(F >= f) with df1, df2 > 0 (df2 may be INFINITY), f >= 0. */
baro_status baro_p_value_f(double f, double df1, double df2, double *out);
/** Quantile of the beta distribution: p in [0, 1], a, b above 1e-150 and finite; by bracketing, so that no argument can
 * loop. */
baro_status baro_quantile_beta(double p, double a, double b, double *out);

#endif
