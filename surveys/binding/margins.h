/** Margins bound to the data: which category of each margin, and which area, every interview is in. */
#ifndef BARO_SURVEYS_BINDING_MARGINS_H
#define BARO_SURVEYS_BINDING_MARGINS_H
#include "stats/calibrate.h"
#include "surveys/binding/binding.h"
#include "surveys/model/targets.h"

/** The columns of the margins, the areas and the base weight; faults name the file of targets. */
baro_status baro_want_margins(baro_binding *binding, const baro_targets *targets, const char *within, const char *weight);

/**
 * After reading: rows, base weights, margins and areas of a calibration, in the binding's arena; the method is the caller's.
 *
 * Targets of a margin that add up to 1 (from 0.99 to 1.01 for rounded ones) are shares: of what the first margin of counts adds up to
 * in the area, of the base weights where there is none. Counts of all margins must add up to the same.
 * @return BARO_OK; BARO_BAD_DATA with a fault for each category or area that the data have and the targets lack, with the number of
 *         interviews; no answer or no area; no such category of a group; counts that do not agree
 */
baro_status baro_bind_margins(baro_binding *binding, const baro_targets *targets, const char *within, const char *weight,
                              baro_calibration *out);

#endif
