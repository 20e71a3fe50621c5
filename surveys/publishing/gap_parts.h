/** What the files that lay gaps out share. */
#ifndef BARO_SURVEYS_PUBLISHING_GAP_PARTS_H
#define BARO_SURVEYS_PUBLISHING_GAP_PARTS_H
#include "surveys/publishing/cells.h"
#include "surveys/publishing/gap_sheet.h"
#include <math.h>

baro_status baro_gap_tidy(const baro_gaps *gaps, baro_arena *arena, baro_sheet *out);
/** Notes of some rows, for people or with tidy columns. */
baro_status baro_gap_notes(const baro_gaps *gaps, const baro_gap_row *row, size_t n, bool tidy, baro_arena *arena,
                           baro_sheet *out);

#endif
