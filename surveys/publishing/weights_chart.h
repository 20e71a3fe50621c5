/** The chart of weights made: every category's share before and after, and what it did to the weights. */
#ifndef BARO_SURVEYS_PUBLISHING_WEIGHTS_CHART_H
#define BARO_SURVEYS_PUBLISHING_WEIGHTS_CHART_H
#include "surveys/analyses/weighting.h"
#include "surveys/publishing/sheets.h"

/**
 * Shares are of their margin (inside their area), in percent. Margins that are the total of a number have no shares:
 * they are left out, and the foot says so; without any other margin the sheet has no rows. As in the report nothing is
 * suppressed, and the foot says whom it is for.
 */
baro_status baro_chart_of_weighting(const baro_weighting *weighting, const baro_chart_words *words, baro_arena *arena,
                                    baro_chart *out);

#endif
