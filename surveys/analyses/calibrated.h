/** What an analysis knows of how its weights were calibrated; all of it nothing where the survey does not say. */
#ifndef BARO_SURVEYS_ANALYSES_CALIBRATED_H
#define BARO_SURVEYS_ANALYSES_CALIBRATED_H
#include "surveys/analyses/analyse.h"
#include "surveys/binding/margins.h"
#include "surveys/binding/replicates.h"

/** Reads the targets and wants their columns. */
baro_status baro_calibrated_want(baro_analysis *analysis, baro_targets *targets);
/** After reading. A remark when `weight` misses a target by more than a millionth: it was not made so. */
baro_status baro_calibrated_bind(baro_analysis *analysis, const baro_targets *targets, const double *weight, baro_calibration *out);
/** Calibrates the weights of every replicate as the recipe says; *replicates are then those. */
baro_status baro_calibrated_replicates(baro_analysis *analysis, const baro_calibration *calibration, const baro_bound_replicates **replicates);
void baro_calibrated_note(baro_analysis *analysis);

#endif
