/**
 * Making replicate weights from a design: factors of the base weight by replicate and unit.
 *
 * Every maker writes factor[replicates * units], replicate by replicate, and where it says so rscale[replicates].
 * Factors of a row are those of its unit. A certainty stratum (f_h = 1) keeps its weights in every replicate.
 */
#ifndef BARO_STATS_REPLICATE_MAKE_H
#define BARO_STATS_REPLICATE_MAKE_H
#include "stats/replicate.h"

enum { BARO_HADAMARD_MOST = 4096 };

/** A Hadamard matrix as a rule for its entries: Sylvester's doubling of a matrix of Paley's, row 0 all ones. */
typedef struct {
    size_t order, core;                        /* order = 2^k times the core's */
    size_t prime;                              /* 0: the core is 1 */
    bool second;                               /* Paley's second construction, of order 2 (prime + 1) */
    uint64_t residue[BARO_HADAMARD_MOST / 64]; /* bits: quadratic residues of the prime */
} baro_hadamard;

/**
 * The smallest matrix of order >= at_least that these constructions give (1, 2, or a multiple of 4; the next is at most
 * 11 above as far as 1,001).
 * @return BARO_OK; BARO_OUT_OF_DOMAIN when at_least is 0 or above 4,096
 * Source: Wolter 2007, app. A; Paley 1933.
 */
baro_status baro_hadamard_make(size_t at_least, baro_hadamard *out);
/** The entry, 1 or -1; row, column < order. Every row but 0 has as many of one as of the other. */
int baro_hadamard_entry(const baro_hadamard *matrix, size_t row, size_t column);

/** Replicates that a maker makes: the units for the jackknives; for brr, fay and sdr the order of a matrix, at least
 * `wanted`; for the bootstrap `wanted`. 0 where there is none (above 4,096). */
size_t baro_replicate_count(baro_replicates kind, const baro_design *design, size_t wanted);

/** What is to be made. */
typedef struct {
    baro_replicates kind;
    size_t replicates; /* from baro_replicate_count */
    double rho;        /* fay: half-samples get 2 - rho and rho */
    uint64_t seed;     /* bootstrap */
} baro_replicate_plan;

/**
 * Factors of all replicates.
 *
 *   brr        2 for the unit of each stratum that is in the half-sample, 0 for the other; halves by a row of a
 * Hadamard matrix a stratum fay        2 - rho and rho jk1        0 for the unit left out, n/(n - 1) for the others;
 * one stratum jkn        the same inside the stratum of the unit left out bootstrap  Rao and Wu: n_h - 1 units drawn
 * with replacement, times drawn, times n_h/(n_h - 1) sdr        1 + 2^(-3/2) (h[i + 1] - h[i]) over rows of a Hadamard
 * matrix, units in the order of the design
 *
 * jk1 and jkn have rscale times (1 - f_h), as R; the others ignore a finite population (their variance is too large, if
 * anything).
 * @param rscale [replicates] written in full: jkn (n_h - 1)/n_h (1 - f_h), jk1 (1 - f), else 1
 * @return BARO_OK; BARO_LONELY_PSU (fault.index: the stratum with one unit; not brr, fay, sdr), BARO_OUT_OF_DOMAIN
 * (brr, fay: fault.index a stratum that has not 2 units, other how many; jk1: other the number of strata; rho outside
 * [0, 1); too few replicates) The bootstrap's numbers come from SplitMix64 started at (seed, replicate, stratum): the
 * same seed gives the same bytes everywhere, and the first replicates of many are those of few. Source: Wolter 2007,
 * ch. 3 to 5; Rao & Wu 1988; Fay & Train 1995. Checked against R survey 4.1-1 as.svrepdesign (jk1, jkn, brr).
 */
baro_status baro_replicate_make(const baro_replicate_plan *plan, const baro_design *design, double *factor,
                                double *rscale, baro_fault *fault);

#endif
