/** What divides opinion, drawn. */
#ifndef BARO_SURVEYS_PUBLISHING_SPREAD_CHART_H
#define BARO_SURVEYS_PUBLISHING_SPREAD_CHART_H
#include "surveys/analyses/spread.h"
#include "surveys/publishing/sheets.h"

/**
 * One chart a measure: its factors as they rank, their groups as dots.
 *
 * The dots are the levels of the table, of all who answered the measure, not of the domain that the factors share: the
 * levels of a group on two domains that differ by a few interviews would give those few away.
 * @param levels rows of the same window by the same breakdowns, suppressed
 */
baro_status baro_charts_spread(const baro_spreads *spreads, const baro_results *levels, const baro_chart_words *words,
                               baro_arena *arena, baro_drawing **out, size_t *n);

#endif
