/** Weights made: from base weights and targets to calibrated weights, and what a report says of them. */
#ifndef BARO_SURVEYS_ANALYSES_WEIGHTING_H
#define BARO_SURVEYS_ANALYSES_WEIGHTING_H
#include "surveys/binding/margins.h"

typedef struct {
    const baro_survey *survey;
    const char *path;    /* of the data: one file */
    const char *targets; /* file */
    const char *within;  /* group or column, or NULL */
    const char *weight;  /* column of base weights, NULL: 1 each */
    baro_calibrate_kind kind;
    double lower, upper, smallest, largest; /* as baro_calibration */
    size_t most;
} baro_weighting_request;

typedef struct {
    const baro_weighting_request *request;
    baro_targets targets;
    baro_calibration job;
    baro_calibrated out;
    size_t variables;        /* of an area: the categories of all margins, margin by margin */
    const double *weight;    /* [rows] */
    const size_t *n;         /* [areas * variables] interviews with a base weight above 0 */
    const double *before;    /* [areas * variables] sums under the base weights */
    const double *achieved;  /* [areas * variables] */
    baro_binding *binding;   /* holds the data as read; the caller frees it */
} baro_weighting;

/**
 * Reads targets and data and calibrates.
 * @return BARO_OK; else faults that name the margin, the category and the area: a category with a target and nobody in it, no
 *         convergence (with iterations and the largest misfit), bounds that exclude each other
 */
baro_status baro_weigh(const baro_weighting_request *request, baro_pool *pool, baro_arena *arena, baro_weighting *out, baro_error *error);

#endif
