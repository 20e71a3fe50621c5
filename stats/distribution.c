#include "stats/distribution.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { NEWTON_STEPS = 4, BISECTIONS = 200 };
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
        if (!(density > 0) || !isfinite(step) || fabs(step) > 0.5 * fabs(x) + 1e-8)
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

baro_status baro_p_value_t(double t, double df, double *out)
{
    if (isnan(t) || !(df > 0))
        return BARO_OUT_OF_DOMAIN;
    double x = -fabs(t);
    double lower = isinf(x) ? 0 : df > normal_from ? gsl_cdf_ugaussian_P(x) : gsl_cdf_tdist_P(x, df);
    *out = 2 * lower;
    return BARO_OK;
}

baro_status baro_p_value_f(double f, double df1, double df2, double *out)
{
    if (!(f >= 0) || !(df1 > 0) || !(df2 > 0) || isinf(df1))
        return BARO_OUT_OF_DOMAIN;
    if (isinf(f))
        *out = 0;
    else
        *out = df2 > normal_from ? gsl_cdf_chisq_Q(f * df1, df1) : gsl_cdf_fdist_Q(f, df1, df2);
    return BARO_OK;
}

/* Bisection on the cumulative function itself: always 200 steps at most, to the last bit; the upper tail is used where it is the smaller one. */
baro_status baro_quantile_beta(double p, double a, double b, double *out)
{
    if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0) || isinf(a) || isinf(b))
        return BARO_OUT_OF_DOMAIN;
    double low = 0, high = 1;
    for (int i = 0; i < BISECTIONS && p > 0 && p < 1; i++) {
        double middle = low > 0 && low < 1e-3 * high ? sqrt(low * high) : 0.5 * (low + high);
        if (middle == low || middle == high)
            break;
        double below = p <= 0.5 ? gsl_cdf_beta_P(middle, a, b) - p : (1 - p) - gsl_cdf_beta_Q(middle, a, b);
        if (isnan(below))
            return BARO_OUT_OF_DOMAIN;
        *(below < 0 ? &low : &high) = middle;
    }
    *out = p == 0 ? 0 : p == 1 ? 1 : 0.5 * (low + high);
    return BARO_OK;
}
