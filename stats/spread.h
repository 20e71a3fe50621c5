/**
 * Spread: how far apart the groups of a factor stand, and which of several factors divides most.
 *
 * For a factor with groups g, of weighted shares P_g and means m_g, about the mean m = sum P_g m_g of one common domain
 *
 *   between = sum P_g (m_g - m)^2,   share (eta squared) = between / s^2,   bias = sum P_g V(m_g) - V(m)
 *
 * where s^2 is the weighted variance of the answer, m (1 - m) for a proportion. Groups that differ by chance alone have
 * a share of about bias / s^2: it is taken off. Source: Kelley 1935 for the idea (epsilon squared), here with the
 * design's own variances in place of those of simple random samples.
 */
#ifndef BARO_STATS_SPREAD_H
#define BARO_STATS_SPREAD_H
#include "stats/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Sums of one domain: of the weights by group and of w y by group; over all groups, w, w y and w y^2. */
typedef struct {
    size_t groups;
    const double *w, *wy; /* [groups] a group without weight adds nothing */
    double sum_w, sum_wy, sum_wyy;
} baro_spread_sums;

typedef struct {
    double between, variance; /* sum P (m_g - m)^2; s^2 */
    double range;             /* largest less smallest m_g */
    double dispersion;        /* sum P |m_g - m| */
} baro_spread;

/** All of them from sums; NAN where there is no weight. Checked against R (tests/reference/spread.R). */
baro_spread baro_spread_of(const baro_spread_sums *sums);
/**
 * What chance alone adds to `between`.
 * @param share    [groups] P_g @param variance [groups] V(m_g), step apart: the diagonal of a covariance, say
 * @param variance_of_mean V(m)
 */
double baro_spread_bias(size_t groups, const double *share, const double *variance, size_t step,
                        double variance_of_mean);

/** Whose side a factor is on, where two kinds of factors are set against one another. */
typedef enum { BARO_SIDE_NONE, BARO_SIDE_FIRST, BARO_SIDE_SECOND } baro_spread_side;

typedef struct {
    size_t first, groups; /* its groups among the groups of all factors */
    double bias;          /* of its between, as above */
    baro_spread_side side;
} baro_spread_factor;

/** Some factors on one domain. */
typedef struct {
    const baro_spread_factor *factor;
    size_t factors;
    size_t groups;            /* of all factors */
    const double *share;      /* [groups] P_g, adding up to 1 over each factor */
    const double *mean;       /* [groups] m_g */
    const double *covariance; /* [groups * groups] of the m_g, over all factors */
    size_t draws;             /* at least 1 */
    uint64_t seed, stream;    /* stats/random.h */
    double confidence;
} baro_spread_race;

/** Ranks from 1, the factor that divides most. */
typedef struct {
    double *lower, *upper; /* [factors] interval of the rank: quantiles of its draws */
    double *first;         /* [factors] share of the draws in which it comes first */
    double above;          /* share in which the best factor of the first side is above the best of the second; NAN
                              without both */
} baro_spread_ranks;

/** Doubles of scratch that a race needs; 0 when that overflows. */
size_t baro_spread_room(const baro_spread_race *race);
/**
 * Rank intervals and probabilities of coming first.
 *
 * All m_g are drawn from N(m, V), over all factors at once (shares are held); a draw of a factor is its between less
 * *twice* its bias: once for the chance in the estimate, once for that in the draw. Without the second, factors of many
 * groups win by their number alone. V may be singular, as it is: the P-weighted means of all factors are one mean.
 * @param scratch [baro_spread_room] doubles
 * @return BARO_OK; BARO_OUT_OF_DOMAIN (no draws, or a mean, covariance or bias that is no number), `out` then untouched
 * The same seed gives the same numbers everywhere. Cost: draws times the square of the groups. Source: METHODS 12;
 * Goldstein & Spiegelhalter 1996, sec. 4, for intervals of ranks by drawing.
 */
baro_status baro_spread_rank(const baro_spread_race *race, double *scratch, baro_spread_ranks *out);

#endif
