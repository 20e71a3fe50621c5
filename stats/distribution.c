#include "stats/distribution.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { NEWTON_STEPS = 4 };
static const double beta_from = 1e-150; /* below it the logarithm of the gamma function overflows in GSL */
static const double expansion_from = 1e6;
static const double normal_from = 1e10; /* beyond it t and normal agree to all digits */

void baro_distribution_quiet(void)
{
    gsl_set_error_handler_off();
}

/* The lower tail's quantile, p <= 0.5: there P keeps its relative precision. */
static double lower_quantile_t(double p, double df)
{
    double x = gsl_cdf_tdist_Pinv(p, df);
    for (int i = 0; i < NEWTON_STEPS && isfinite(x); i++) {
        double density = gsl_ran_tdist_pdf(x, df), step = (gsl_cdf_tdist_P(x, df) - p) / density;
        if (!(fabs(step) <= 0.5 * fabs(x) + 1e-8)) /* without a density, too */
            break;
        x -= step;
        if (fabs(step) <= 1e-15 * fabs(x))
            break;
    }
    return x;
}

baro_status baro_quantile_t(double p, double df, double *out)
{
    if (!(p > 0 && p < 1) || !(df > 0))
        return BARO_OUT_OF_DOMAIN;
    double lower = p <= 0.5 ? p : 1 - p, x;
    if (lower == 0.5)
        x = 0;
    else if (df > normal_from)
        x = gsl_cdf_ugaussian_Pinv(lower);
    else
        x = lower_quantile_t(lower, df);
    if (!isfinite(x))
        return BARO_OUT_OF_DOMAIN;
    *out = p <= 0.5 ? x : -x;
    return BARO_OK;
}

/* What a GSL function said, if it is a probability. */
static baro_status probability(double p, double *out)
{
    if (!(p >= 0 && p <= 1))
        return BARO_NOT_CONVERGED;
    *out = p;
    return BARO_OK;
}

/* Beyond the support, or at an infinite x, all lies on one side. */
static baro_status beyond(bool above, baro_tail tail, double *out)
{
    *out = above == (tail == BARO_TAIL_LOWER) ? 1 : 0;
    return BARO_OK;
}

baro_status baro_tail_normal(double x, baro_tail tail, double *out)
{
    if (isnan(x))
        return BARO_OUT_OF_DOMAIN;
    return probability(gsl_cdf_ugaussian_P(tail == BARO_TAIL_LOWER ? x : -x), out);
}

baro_status baro_tail_t(double x, double df, baro_tail tail, double *out)
{
    if (isnan(x) || !(df > 0))
        return BARO_OUT_OF_DOMAIN;
    if (df > normal_from || isinf(x))
        return baro_tail_normal(x, tail, out);
    return probability(gsl_cdf_tdist_P(tail == BARO_TAIL_LOWER ? x : -x, df), out);
}

baro_status baro_tail_chi_square(double x, double df, baro_tail tail, double *out)
{
    if (isnan(x) || !(df > 0) || isinf(df))
        return BARO_OUT_OF_DOMAIN;
    if (x <= 0 || isinf(x))
        return beyond(x > 0, tail, out);
    return probability(tail == BARO_TAIL_LOWER ? gsl_cdf_chisq_P(x, df) : gsl_cdf_chisq_Q(x, df), out);
}

baro_status baro_tail_f(double x, double df1, double df2, baro_tail tail, double *out)
{
    if (isnan(x) || !(df1 > 0) || !(df2 > 0) || isinf(df1))
        return BARO_OUT_OF_DOMAIN;
    if (x <= 0 || isinf(x))
        return beyond(x > 0, tail, out);
    if (df2 > normal_from)
        return baro_tail_chi_square(x * df1, df1, tail, out);
    return probability(tail == BARO_TAIL_LOWER ? gsl_cdf_fdist_P(x, df1, df2) : gsl_cdf_fdist_Q(x, df1, df2), out);
}

baro_status baro_tail_beta(double x, double a, double b, baro_tail tail, double *out)
{
    if (isnan(x) || !(a > 0) || !(b > 0) || isinf(a) || isinf(b))
        return BARO_OUT_OF_DOMAIN;
    return probability(tail == BARO_TAIL_LOWER ? gsl_cdf_beta_P(x, a, b) : gsl_cdf_beta_Q(x, a, b), out);
}

baro_status baro_p_value_t(double t, double df, double *out)
{
    double lower;
    baro_status status = baro_tail_t(-fabs(t), df, BARO_TAIL_LOWER, &lower);
    if (status == BARO_OK)
        *out = 2 * lower;
    return status;
}

baro_status baro_p_value_f(double f, double df1, double df2, double *out)
{
    return f < 0 ? BARO_OUT_OF_DOMAIN : baro_tail_f(f, df1, df2, BARO_TAIL_UPPER, out);
}

/*
 * Large parameters, where GSL's continued fraction loses its way: Cornish and Fisher's expansion of the quantile, to
 * the kurtosis. What is left out is of the order of the standard deviation / n^(3/2), 1e-12 of the mean from a million
 * on.
 */
static baro_status large_quantile_beta(double p, double a, double b, double *out)
{
    double n = a + b, mean = a / n, z;
    if (baro_quantile_t(p, INFINITY, &z))
        return BARO_OUT_OF_DOMAIN;
    double deviation = sqrt(mean * (b / n) / (n + 1));
    double skew = 2 * (b / n - mean) * sqrt(n + 1) / ((1 + 2 / n) * sqrt(a) * sqrt(b));
    double kurtosis = 6 * ((b - a) / n * ((b - a) / a) * ((n + 1) / b) - (n + 2) / n) / (n + 2) * (n / (n + 3));
    double x =
        z + (z * z - 1) * skew / 6 + (z * z * z - 3 * z) * kurtosis / 24 - (2 * z * z * z - 5 * z) * skew * skew / 36;
    *out = fmin(1, fmax(0, mean + deviation * x));
    return BARO_OK;
}

/* Bisection on the cumulative function itself, until no number is left between the ends; the upper tail is used where
 * it is the smaller one. */
baro_status baro_quantile_beta(double p, double a, double b, double *out)
{
    if (!(p >= 0 && p <= 1) || !(a > beta_from) || !(b > beta_from) || isinf(a) || isinf(b))
        return BARO_OUT_OF_DOMAIN;
    if (p == 0 || p == 1) {
        *out = p;
        return BARO_OK;
    }
    if (fmin(a, b) > expansion_from)
        return large_quantile_beta(p, a, b, out);
    double low = DBL_MIN, high = 1; /* from the smallest number on, in steps of its exponent first */
    for (;;) {
        double middle = low < 1e-3 * high ? sqrt(low) * sqrt(high) : 0.5 * (low + high);
        if (middle == low || middle == high)
            break;
        double below = p <= 0.5 ? gsl_cdf_beta_P(middle, a, b) - p : (1 - p) - gsl_cdf_beta_Q(middle, a, b);
        if (isnan(below))
            return BARO_OUT_OF_DOMAIN;
        *(below < 0 ? &low : &high) = middle;
    }
    *out = high <= 2 * DBL_MIN ? 0 : 0.5 * (low + high);
    return BARO_OK;
}
