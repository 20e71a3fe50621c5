/** Variances of a cross from replicate weights, in place of linearised ones. */
#ifndef BARO_SURVEYS_ANALYSES_CROSS_REPLICATES_H
#define BARO_SURVEYS_ANALYSES_CROSS_REPLICATES_H
#include "surveys/analyses/cross_work.h"

/**
 * Fills work->value, variance and reach for all forms: the expression on the totals of every replicate. A form's reach
 * is {rank, 1}, the rank of the replicate weights within its domain's rows, so that df = units - strata = rank - 1.
 * @param covariance [forms * forms] of every pair, or NULL
 * Cost: rows times replicates, and for every domain its directions (at most a little more than the replicates, when
 * they are independent) times replicates squared.
 */
baro_status baro_cross_replicate(baro_cross_work *work, double *covariance);
/** Is given the totals of one replicate. */
typedef void baro_replicate_visitor(void *context, size_t replicate, const double *total);
/** Visits every replicate of the run in turn, with its totals of the cross's columns. */
baro_status baro_cross_visit_replicates(baro_cross_work *work, baro_replicate_visitor *visit, void *context);

#endif
