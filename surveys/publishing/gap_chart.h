/** Charts of gaps: dumbbells of groups and what they are compared with, of gaps then and now, and what moved them. */
#ifndef BARO_SURVEYS_PUBLISHING_GAP_CHART_H
#define BARO_SURVEYS_PUBLISHING_GAP_CHART_H
#include "surveys/analyses/gap.h"
#include "surveys/publishing/sheets.h"

/** Dumbbells of one window, one chart a measure by a breakdown: each group, what it is compared with, the gap. */
baro_status baro_charts_gap(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                            baro_drawing **out, size_t *n);
/** The gap then and now of every group, with its change. Of gaps that were asked for with a change, without steps. */
baro_status baro_charts_gap_change(const baro_gaps *gaps, const baro_chart_words *words, baro_arena *arena,
                                   baro_drawing **out, size_t *n);
/**
 * What moved each gap: of a change the two sides, with a factor the mix and the rates of each; of every step of a
 * change the steps; of a gap at one time mix and rates.
 */
baro_status baro_charts_waterfall(const baro_gaps *gaps, const baro_chart_words *words, baro_arena *arena,
                                  baro_drawing **out, size_t *n);

#endif
