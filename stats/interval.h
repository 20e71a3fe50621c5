/** Intervals of estimates: t intervals for any estimate, and those made for proportions. */
#ifndef BARO_STATS_INTERVAL_H
#define BARO_STATS_INTERVAL_H
#include "stats/status.h"
#include <stdbool.h>

/**
 * Symmetric interval: estimate ± t se, t = quantile of Student's t at (1 + confidence) / 2.
 * @param se >= 0; @param df > 0 (INFINITY: normal); @param confidence in (0, 1); @param out [2], written only on
 * BARO_OK
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

/** How an interval of a proportion is made, in the order of the survey file's words. */
typedef enum {
    BARO_SHARE_LOGIT,
    BARO_SHARE_WALD,
    BARO_SHARE_WILSON,
    BARO_SHARE_BETA,
    BARO_SHARE_ARCSINE,
    BARO_SHARE_LIKELIHOOD,
    BARO_SHARE_METHODS
} baro_share_method;

/** What an interval of a proportion is made of. */
typedef struct {
    double p;          /* strictly between 0 and 1 (wald: any number) */
    double variance;   /* design variance of p, >= 0 */
    double n;          /* unweighted base; read by `beta` alone, > 1 */
    double df;         /* > 0; INFINITY: normal */
    double confidence; /* in (0, 1) */
    bool cap;          /* `beta`: effective size at most n, as the NCHS rule has it */
} baro_share;

/**
 * Interval of a proportion by the method asked for, with t = quantile of Student's t at (1 + confidence) / 2 with df
 * and V the variance:
 *
 *   logit       expit(logit p ± t sqrt V / (p (1 - p)))
 *   wald        p ± t sqrt V, not clipped
 *   wilson      (p + t² / 2ne ± t / (2ne) sqrt(4 ne p (1 - p) + t²)) / (1 + t² / ne), ne = p (1 - p) / V
 *   beta        quantiles a / 2 of Beta(ne p, ne (1 - p) + 1) and 1 - a / 2 of Beta(ne p + 1, ne (1 - p)),
 *               ne = p (1 - p) / V (t_(n-1) / t_df)², a = 1 - confidence; at most n with `cap`
 *   arcsine     sin²(asin sqrt p ± t sqrt V / (2 sqrt(p (1 - p)))), the angle clipped at 0 and pi / 2
 *   likelihood  both roots p0 of deviance(p0) = lambda t², lambda = V / (p (1 - p) / n); n cancels
 *
 * @param out [2] lower, upper; written only on BARO_OK. V = 0 gives p twice (capped beta: the interval of ne = n).
 * @return BARO_OK; BARO_NO_INTERVAL (p is 0 or 1, see baro_interval_at_edge, or outside; df <= 0; n <= 1 for beta;
 * anything not a number) Cost: the roots of `likelihood` and `beta` take at most some hundreds of evaluations, whatever
 * the arguments. Source: Korn & Graubard 1998, Survey Methodology 24:193 (beta, logit); Wilson 1927, JASA 22:209; Rao &
 * Scott 1984 (likelihood). Checked against: the formulas written out in R (tests/reference/intervals.R), R survey 4.1-1
 * svyciprop.
 */
baro_status baro_interval_proportion(baro_share_method method, const baro_share *share, double out[2]);

#endif
