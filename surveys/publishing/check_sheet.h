/** Sheets of what `check` found. */
#ifndef BARO_SURVEYS_PUBLISHING_CHECK_SHEET_H
#define BARO_SURVEYS_PUBLISHING_CHECK_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/check.h"

/**
 * A line a finding. Tidy: severity,survey,file,line,column,item,check,count,share,message,marker; marker c: the count is hidden.
 * @param below limit under which counts are hidden, for the notes; 0: none are
 */
baro_status baro_sheet_check(const baro_check_result *result, const baro_survey *survey, double below, bool tidy, baro_arena *arena, baro_sheet *out);

#endif
