/**
 * Variances from replicate weights: the same estimate under R weights instead of one.
 *
 *   cov(e, f) = scale * sum over r of rscale_r (e_r - c_e)(f_r - c_f)
 *
 * where the centre c is the mean of all replicates, or the estimate of the full sample. Estimates of a replicate are
 * expressions on that replicate's totals (stats/linear.h), so a new analysis needs no new formula.
 */
#ifndef BARO_STATS_REPLICATE_H
#define BARO_STATS_REPLICATE_H
#include "stats/totals.h"

typedef enum {
    BARO_REPLICATES_BRR,
    BARO_REPLICATES_FAY,
    BARO_REPLICATES_JK1,
    BARO_REPLICATES_JKN,
    BARO_REPLICATES_BOOTSTRAP,
    BARO_REPLICATES_SDR,
    BARO_REPLICATES_KINDS
} baro_replicates;

/** What is known of a method of replication, one row of a table. */
typedef struct {
    const char *name;   /* brr, fay, jk1, jkn, bootstrap, sdr */
    bool full_centre;   /* its default centre is the full sample */
    bool needs_rscales; /* without rscales of its own it has no variance */
    bool needs_rho;
} baro_replicate_method;

/** The row of a method; NULL for a number that is none. */
const baro_replicate_method *baro_replicate_method_of(baro_replicates kind);
/** The method of a name, or BARO_REPLICATES_KINDS. */
baro_replicates baro_replicate_named(const char *name);
/**
 * The scale of a method with so many replicates: 1/R, 1/(R (1 - rho)^2), (R - 1)/R, 1, 1/(R - 1), 4/R in the order of
 * the list above.
 * @return NAN where there is none (no replicate, one replicate of a bootstrap, rho outside [0, 1))
 */
double baro_replicate_scale(baro_replicates kind, size_t replicates, double rho);

typedef struct {
    size_t replicates;
    double scale;
    const double *rscale; /* [replicates]; NULL: 1 each */
    bool full_centre;     /* centre at the estimate of the full sample, else at one mean over all replicates */
} baro_replicate_rule;

/**
 * Covariance of two estimates; the variance when both are the same.
 * @param e, f [replicates] the estimates of each replicate; e_full, f_full those of the full sample
 * @return NAN where a replicate or a wanted centre is NAN: an estimate that one replicate does not have has no
 * replicate variance Source: Wolter 2007, ch. 3 to 5. Checked against R survey 4.1-1 withReplicates.
 */
double baro_replicate_covariance(const baro_replicate_rule *rule, const double *e, double e_full, const double *f,
                                 double f_full);

/** Sums by replicate and column (stats/totals.h numbers the columns); several, made of disjoint rows, add up. */
typedef struct {
    size_t replicates, columns;
    baro_sum *sum; /* [replicates * columns] zero-filled before the first rows */
} baro_replicate_totals;

/**
 * Adds rows first .. end - 1 of a cross under every replicate's weights.
 * @param cross  its weight is the base weight; read only with factors
 * @param weight [replicates] columns of [cross rows]: whole weights, or factors of the base weight
 * @return BARO_OK; BARO_BAD_WEIGHT (fault: index the row, other the replicate; `replicates` stands for the base
 * weight). Weights that are negative or not finite are bad: some published bootstraps have negative ones, and a
 * domain's sum can then be 0 or less. Cost: rows times replicates times outcomes that are not 0; rows are taken a block
 * at a time, so that they stay in the cache.
 */
baro_status baro_replicate_add(const baro_cross *cross, const double *const *weight, bool factors, size_t first,
                               size_t end, baro_replicate_totals *totals, baro_fault *fault);

/** Totals of one replicate, as baro_expression_values wants them. @param total [columns] */
void baro_replicate_values(const baro_replicate_totals *totals, size_t replicate, double *total);

/**
 * Totals of one made replicate from unit sums alone: sum over units of factor times the unit's sums.
 * @param factor [units] @param sum [columns] scratch @param total [columns]. Cost: entries of the unit sums.
 */
void baro_replicate_unit_values(const baro_totals *totals, size_t units, const double *factor, baro_sum *sum,
                                double *total);

/* ---- degrees of freedom ---- */

/* Rows that are added to W'W at a time, so that it is walked through the fewer times. */
enum { BARO_GRAM_HELD = 8 };

/** W'W of the replicate weights of a domain's rows; rows of one direction (a PSU's, mostly) that follow one another are
 * held back and added as one. */
typedef struct {
    size_t replicates;
    double *gram;                   /* [replicates * replicates] */
    double *direction;              /* [BARO_GRAM_HELD * replicates] the last rows' weights */
    double squares[BARO_GRAM_HELD]; /* what each counts for: sum of the squared ratios of rows to it */
    size_t held;
} baro_replicate_gram;

/** Empties it. */
void baro_replicate_gram_begin(baro_replicate_gram *gram);
/** Adds one row, [replicates] weights; rows in unit order cost least: replicates each, and replicates^2 a change of
 * direction. */
void baro_replicate_gram_row(baro_replicate_gram *gram, const double *weight);
/**
 * Rank of the weights by orthogonalising the columns in their order, as R's qr does: a column counts when what is left
 * of it is at least 1e-5 of its length. Uses up the sums. df = rank - 1. Cost: replicates^3 / 3. Checked against R
 * qr(tol = 1e-5).
 */
size_t baro_replicate_rank(baro_replicate_gram *gram);
/**
 * The same for a few of the rows, against squared lengths of the columns over more of them, [replicates]: when all
 * columns count, they count over the more, too, because what is left of a column cannot get less with further rows.
 */
size_t baro_replicate_rank_within(baro_replicate_gram *gram, const double *length);

#endif
