#include "stats/interval.h"
#include "stats/distribution.h"
#include <math.h>

static baro_status half_width(double se, double df, double confidence, double *out)
{
    double t;
    if (!(se >= 0) || isinf(se) || !(confidence > 0) || baro_quantile_t(0.5 * (1 + confidence), df, &t))
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
    if ((p != 0 && p != 1) || !(n >= 1) || !(confidence > 0) || baro_quantile_t(level, df, &t_df))
        return BARO_NO_INTERVAL;
    double effective = n / (deff > 1 ? deff : 1);
    if (baro_quantile_t(level, n - 1, &t_n) == BARO_OK) /* not of one interview */
        effective *= (t_n / t_df) * (t_n / t_df);
    double rest = pow(0.5 * (1 - confidence), 1 / fmin(effective, n));
    out[0] = p == 0 ? 0 : rest;
    out[1] = p == 0 ? 1 - rest : 1;
    return BARO_OK;
}

/* ---- of a proportion, by method: each is handed 0 < p < 1, variance >= 0 and t > 0 ---- */

typedef baro_status share_interval(const baro_share *share, double t, double out[2]);

static baro_status by_logit(const baro_share *share, double t, double out[2])
{
    (void)t;
    return baro_interval_logit(share->p, sqrt(share->variance), share->df, share->confidence, out);
}

static baro_status by_wilson(const baro_share *share, double t, double out[2])
{
    double p = share->p, part = t * t * share->variance / (p * (1 - p)); /* t² / ne */
    double centre = p + 0.5 * part, half = 0.5 * sqrt(part) * sqrt(4 * p * (1 - p) + part), whole = centre + half;
    /* The limits are the roots of (1 + part) x² - 2 centre x + p²: their product keeps the digits of a small lower one.
     */
    out[0] = isinf(part) ? 0 : p * p / whole;
    out[1] = isinf(part) ? 1 : fmin(1, whole / (1 + part));
    return BARO_OK;
}

static baro_status by_arcsine(const baro_share *share, double t, double out[2])
{
    const double quarter = 2 * atan(1);
    double p = share->p, q = 1 - p, half = t * sqrt(share->variance / (p * q)) / 2;
    double angle = asin(sqrt(p <= 0.5 ? p : q)), near = fmax(0, angle - half),
           far = angle + half; /* from the end that is near */
    out[p <= 0.5 ? 0 : 1] = p <= 0.5 ? sin(near) * sin(near) : cos(near) * cos(near);
    out[p <= 0.5 ? 1 : 0] = far >= quarter ? p <= 0.5 : p <= 0.5 ? sin(far) * sin(far) : cos(far) * cos(far);
    return BARO_OK;
}

static baro_status by_beta(const baro_share *share, double t, double out[2])
{
    double t_n, limit[2] = {0, 1}, p = share->p, q = 1 - p, tail = 0.5 * (1 - share->confidence);
    if (baro_quantile_t(tail, share->n - 1, &t_n)) /* its square counts */
        return BARO_NO_INTERVAL;
    double size = p * q / share->variance * (t_n / t) * (t_n / t);
    if (share->cap)
        size = fmin(size, share->n);
    if (isinf(size)) {
        out[0] = out[1] = p;
        return BARO_OK;
    }
    const double nothing = 1e-100; /* a parameter below it leaves all of the distribution at its end */
    if ((size * p > nothing && baro_quantile_beta(tail, size * p, size * q + 1, &limit[0])) ||
        (size * q > nothing && baro_quantile_beta(1 - tail, size * p + 1, size * q, &limit[1])))
        return BARO_NO_INTERVAL;
    out[0] = limit[0];
    out[1] = limit[1];
    return BARO_OK;
}

/*
 * deviance / 2n at logit p0 = logit p - h: p h + log(1 - p + p exp(-h)). Seen from 1 the same function, with p and q
 * exchanged, serves the upper limit. It rises from 0, is convex, and its slope is p - p0.
 */
static double half_deviance(double h, double p, double q)
{
    double lost = -p * expm1(-h);
    return p * h + (lost < 0.5 ? log1p(-lost) : log(q + p * exp(-h)));
}

/* h where half_deviance is `bound`: Newton's steps from above, where a convex function lets them come down to the root
 * and no further. The first h is above because half_deviance > p h + log q. */
static double likelihood_root(double bound, double p, double q)
{
    double h, next = (bound - log(q)) / p;
    do {
        h = next;
        next = h - (half_deviance(h, p, q) - bound) / (p * q * -expm1(-h) / (q + p * exp(-h)));
    } while (next < h);
    return h;
}

static baro_status by_likelihood(const baro_share *share, double t, double out[2])
{
    double p = share->p, q = 1 - p, bound = 0.5 * t * t * share->variance / (p * q);
    double below = bound > 0 ? p * exp(-likelihood_root(bound, p, q)) : p,
           above = bound > 0 ? q * exp(-likelihood_root(bound, q, p)) : q;
    out[0] = below / (q + below);
    out[1] = p / (p + above);
    return BARO_OK;
}

static baro_status by_wald(const baro_share *share, double t, double out[2])
{
    (void)t;
    return baro_interval_wald(share->p, sqrt(share->variance), share->df, share->confidence, out);
}

static share_interval *const share_methods[BARO_SHARE_METHODS] = {
    [BARO_SHARE_LOGIT] = by_logit, [BARO_SHARE_WALD] = by_wald,       [BARO_SHARE_WILSON] = by_wilson,
    [BARO_SHARE_BETA] = by_beta,   [BARO_SHARE_ARCSINE] = by_arcsine, [BARO_SHARE_LIKELIHOOD] = by_likelihood,
};

baro_status baro_interval_proportion(baro_share_method method, const baro_share *share, double out[2])
{
    double t;
    bool inside = share->p > 0 && share->p < 1;
    if ((unsigned)method >= BARO_SHARE_METHODS || !(inside || method == BARO_SHARE_WALD) ||
        half_width(1, share->df, share->confidence, &t) || !(share->variance >= 0) || isinf(share->variance))
        return BARO_NO_INTERVAL;
    return share_methods[method](share, t, out);
}
