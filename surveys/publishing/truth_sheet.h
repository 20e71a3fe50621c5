/** The true levels of a simulated population as a tidy sheet, its columns called as those of `table` and `trend`. */
#ifndef BARO_SURVEYS_PUBLISHING_TRUTH_SHEET_H
#define BARO_SURVEYS_PUBLISHING_TRUTH_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/simulate.h"

/** measure, level, by, group, by2, group2, period, window, truth. @return BARO_OK, BARO_NO_MEMORY */
baro_status baro_sheet_truth(const baro_true_level *levels, size_t n, baro_arena *arena, baro_sheet *out);

#endif
