/** Respondent files read and bound once: what levels, tests and other questions about interviews begin with. */
#ifndef BARO_SURVEYS_ANALYSES_INTERVIEWS_H
#define BARO_SURVEYS_ANALYSES_INTERVIEWS_H
#include "surveys/analyses/calibrated.h"
#include "surveys/analyses/cross.h"
#include "surveys/analyses/weights.h"

typedef struct {
    baro_analysis *analysis;
    baro_run run; /* points at the three below; of the survey's weight, or unweighted */
    baro_weights *weights; /* the same with other weights */
    baro_windows windows;
    baro_design design;
    baro_calibration calibration;
    baro_targets targets;
} baro_interviews;

/** Wants what the request needs; the targets of a calibration are read. */
baro_status baro_interviews_want(baro_analysis *analysis, baro_targets *targets);
/**
 * Wants what the request needs, reads the files, binds the design and chooses the windows. `out` must stay where it is.
 * @return BARO_OK or the status of the first fault, all of which are in the analysis's error
 */
baro_status baro_interviews_open(baro_analysis *analysis, baro_interviews *out);
/** A cross of measure number `measure` by breakdown `table` of the request, SIZE_MAX: everyone. Only what is bound is
 * set. */
baro_status baro_interviews_bind(const baro_interviews *interviews, size_t measure, size_t table,
                                 baro_cross_task *task);
/**
 * Words what stopped the crosses: a stratum of which a domain meets one PSU is found only when its variance is asked for.
 * @param failed the task that found it; NULL: none
 */
baro_status baro_interviews_failure(const baro_interviews *interviews, const baro_cross_task *failed, baro_status status);
/** Adds to the notes what is to be known of the sample: quota or open, unweighted, the domain, df that were given. */
void baro_interviews_notes(const baro_interviews *interviews);

#endif
