/** Weights as the data hold them: the survey's, a measure's own, one a rolling window. */
#ifndef BARO_SURVEYS_BINDING_WEIGHTS_H
#define BARO_SURVEYS_BINDING_WEIGHTS_H
#include "surveys/binding/binding.h"

/** One column of weights, and the interviews that it was needed for. */
typedef struct {
    const char *column;        /* its name, for messages; NULL: unweighted, every interview counts 1 */
    const double *value;       /* [rows] 0 or more, missing ones 0; NULL: unweighted */
    const unsigned char *lost; /* [rows] 1: the weight was needed and is missing, left out; NULL: none was */
    size_t n_lost, zeros;      /* zeros: of those that it was needed for */
} baro_bound_weight;

/** Finds the columns of a set in the files' headers and wants them. @return as baro_frame_read_header; BARO_USAGE: a stream */
baro_status baro_want_window_weights(baro_binding *binding, const baro_window_weight *set, const char *const *paths, size_t n);

/** The survey's weight, needed by every interview. Missing ones are a fault, or left out where the survey says `out`; negative ones a fault. */
baro_status baro_bind_weight(baro_binding *binding, baro_bound_weight *out);
/** A measure's own weight, needed where the measure has a counted answer. */
baro_status baro_bind_measure_weight(baro_binding *binding, const baro_bound_measure *measure, baro_bound_weight *out);
/**
 * Weight of the window of units first .. last, needed by every interview in it; `last` is also the unit that gives the column its number.
 * Weights outside it are remarked on, and count nowhere. @param out its value is NULL where no file has the column
 */
baro_status baro_bind_window_weight(baro_binding *binding, const baro_window_weight *set, long first, long last, baro_bound_weight *out);
/** Name of that column, whether or not the data have it; NULL without memory. */
const char *baro_window_weight_column(baro_binding *binding, const baro_window_weight *set, long last);

#endif
