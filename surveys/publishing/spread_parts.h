/** What the files that lay spreads out share. */
#ifndef BARO_SURVEYS_PUBLISHING_SPREAD_PARTS_H
#define BARO_SURVEYS_PUBLISHING_SPREAD_PARTS_H
#include "surveys/publishing/cells.h"
#include "surveys/publishing/spread_sheet.h"

baro_status baro_spread_tidy(const baro_spreads *spreads, baro_arena *arena, baro_sheet *out);
/** Notes of rows first .. end - 1, for people or with tidy columns. */
baro_status baro_spread_notes(const baro_spreads *spreads, size_t first, size_t end, bool tidy, baro_arena *arena,
                              baro_sheet *out);

#endif
