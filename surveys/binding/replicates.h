/** Replicate weights of a run: columns of the data, or made here from the design. */
#ifndef BARO_SURVEYS_BINDING_REPLICATES_H
#define BARO_SURVEYS_BINDING_REPLICATES_H
#include "stats/replicate.h"
#include "surveys/binding/binding.h"

#define BARO_NO_DIRECTION UINT32_MAX
#define BARO_REPLICATES_MOST 10000 /* columns, or replicates made here */

/**
 * Rows whose weights are in the same ratios under all replicates (those of a PSU, mostly) are of one direction: degrees
 * of freedom are counted over directions.
 */
typedef struct {
    baro_replicate_rule rule;
    baro_replicates kind;
    const double *const *weight; /* [replicates] columns of [rows]; NULL: made here */
    bool factors;                /* they are factors of the weight */
    const double *factor;        /* made here: [replicates * units] */
    size_t units;
    const uint32_t *direction;  /* [rows] below `directions`; BARO_NO_DIRECTION: weight 0 in all replicates */
    const double *size;         /* [rows] a row's weights are `size` times those of its direction */
    const double *vector_size;  /* [directions] supplied: size of the row that stands for a direction */
    const uint32_t *vector_row; /* [directions] supplied: that row */
    size_t directions;
    const double *length; /* [replicates] sums of squared weights over all rows */
    const double *base;   /* [rows] the weight, or NULL: 1 each */
    const double *const *calibrated; /* [replicates] columns of [rows]: every replicate's weights, calibrated; NULL: they are not */
} baro_bound_replicates;

/** Finds the columns in the files' headers and wants them. Without replicates: nothing. @return as
 * baro_frame_read_header, and BARO_USAGE or BARO_BAD_SURVEY when what was said of replicates does not fit */
baro_status baro_want_replicates(baro_binding *binding, const char *const *paths, size_t n);
/** After the weight and the design; *out is NULL without replicates. Missing and negative weights are faults, all of
 * them. */
baro_status baro_bind_replicates(baro_binding *binding, const baro_design *design, const double *weight,
                                 const baro_bound_replicates **out);
/**
 * The same replicates made here, of another weight. @return BARO_USAGE when they are columns of whole weights: those are of the survey's weight alone;
 * columns of factors go with any weight, but not with `by_window`
 */
baro_status baro_reweigh_replicates(baro_binding *binding, const baro_design *design, const baro_bound_replicates *from, const double *weight,
                                    bool by_window, const char *whose, const baro_bound_replicates **out);
/** Weight of a direction in a replicate; a row's is `size` times this. */
double baro_replicate_direction(const baro_bound_replicates *replicates, size_t replicate, size_t direction);
/** "Standard errors from 80 replicate weights (sdr)."; NULL without memory. */
const char *baro_replicates_note(const baro_bound_replicates *replicates, const baro_survey *survey, baro_arena *arena);

#endif
