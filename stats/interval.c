#include "stats/interval.h"
#include "stats/distribution.h"
#include <math.h>

static baro_status half_width(double se, double df, double confidence, double *out)
{
    double t;
    if (!(se >= 0) || isinf(se) || !(confidence > 0 && confidence < 1) || baro_quantile_t(0.5 * (1 + confidence), df, &t))
        return BARO_NO_INTERVAL;
    *out = t * se;
    return BARO_OK;
}

baro_status baro_interval_wald(double estimate, double se, double df, double confidence, double out[2])
{
    double half;
    if (!isfinite(estimate) || half_width(se, df, confidence, &half))
        return BARO_NO_INTERVAL;
    out[0] = estimate - half;
    out[1] = estimate + half;
    return BARO_OK;
}

static double expit(double x)
{
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

baro_status baro_interval_logit(double p, double se, double df, double confidence, double out[2])
{
    double half;
    if (!(p > 0 && p < 1) || half_width(se / (p * (1 - p)), df, confidence, &half))
        return BARO_NO_INTERVAL;
    double logit = log(p) - log1p(-p);
    out[0] = expit(logit - half);
    out[1] = expit(logit + half);
    return BARO_OK;
}

baro_status baro_interval_at_edge(double p, double n, double deff, double df, double confidence, double out[2])
{
    double t_n, t_df, level = 0.5 * (1 + confidence);
    if ((p != 0 && p != 1) || !(n >= 1) || !(confidence > 0 && confidence < 1) || baro_quantile_t(level, df, &t_df))
        return BARO_NO_INTERVAL;
    double effective = n / (deff > 1 ? deff : 1);
    if (n > 1 && baro_quantile_t(level, n - 1, &t_n) == BARO_OK)
        effective *= (t_n / t_df) * (t_n / t_df);
    double reach = 1 - pow(0.5 * (1 - confidence), 1 / fmin(effective, n));
    out[0] = p == 0 ? 0 : 1 - reach;
    out[1] = p == 0 ? reach : 1;
    return BARO_OK;
}
