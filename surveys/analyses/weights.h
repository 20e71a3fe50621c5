/** Which weight a cross is computed with: the survey's, its measure's own, or one for each window. */
#ifndef BARO_SURVEYS_ANALYSES_WEIGHTS_H
#define BARO_SURVEYS_ANALYSES_WEIGHTS_H
#include "surveys/analyses/analyse.h"
#include "surveys/analyses/cross.h"
#include "surveys/binding/weights.h"

/** A run that differs from the first in its weights only. */
typedef struct baro_weighted_run {
    baro_run run;
    const baro_measure *measure;   /* whose own weight it is, or NULL */
    const baro_window_weight *set; /* one a window, or NULL */
    baro_bound_weight weight;      /* of the measure */
    bool absent;                   /* no file has any of the set's columns: the survey's weight is taken instead */
    struct baro_weighted_run *next;
} baro_weighted_run;

typedef struct {
    baro_analysis *analysis;
    const baro_run *base;               /* complete before the first task is bound */
    const baro_bound_replicates *plain; /* its replicates as they were before calibration */
    baro_weighted_run *first;           /* the others, as tasks asked for them */
    bool base_used;
} baro_weights;

/** Wants the columns of the sets of window weights that the request may come to use. */
baro_status baro_weights_want(baro_analysis *analysis);
/**
 * Sets task->run, of a task whose measure and groups are bound.
 *
 * A measure's own weight goes before all. Else, where windows are as long as those of a set of window weights, the set for one of the task's groups, or
 * the set for all: a breakdown with a set of its own takes it in all its rows, the total and rest that it is compared with too; everyone takes
 * the set for all. Else the survey's weight; that too where no file has a column of the set, and the survey has a weight.
 * @return BARO_OK; BARO_USAGE or BARO_BAD_SURVEY (no weight fits); faults of the weights themselves
 */
baro_status baro_weights_choose(baro_weights *weights, baro_cross_task *task);
/** Adds notes on which weights were used. */
void baro_weights_notes(const baro_weights *weights);
/**
 * Remarks on the share of interviews left out for want of a weight, by each breakdown's groups, and a note; nothing where none was left out.
 * @param level [rows] of the measure that needed it; NULL: every interview, or every one of `window`, did
 */
baro_status baro_weights_report(baro_analysis *analysis, const baro_bound_weight *weight, const uint16_t *level, const baro_window *window);

#endif
