/** Control charts drawn. */
#ifndef BARO_SURVEYS_PUBLISHING_CONTROL_CHART_H
#define BARO_SURVEYS_PUBLISHING_CONTROL_CHART_H
#include "surveys/analyses/control.h"
#include "surveys/publishing/sheets.h"

/** One chart a measure by a breakdown, a panel a group; after baro_controls_suppress. */
baro_status baro_charts_control(const baro_controls *controls, const baro_chart_words *words, baro_arena *arena,
                                baro_drawing **out, size_t *n);

#endif
