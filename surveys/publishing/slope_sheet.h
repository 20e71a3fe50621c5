/** Linear trends made ready for people: adjusted, suppressed, laid out. */
#ifndef BARO_SURVEYS_PUBLISHING_SLOPE_SHEET_H
#define BARO_SURVEYS_PUBLISHING_SLOPE_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/slope.h"

/** p_adjusted of every slope, over its measure by its breakdown, or over the run. */
baro_status baro_slopes_adjust(baro_slopes *slopes, baro_arena *arena);
/**
 * Erases every number of a row whose line goes through a window that rests on too few interviews (c), since slope and
 * the other windows would give its level back, or, with `publish.nchs`, on a share that is withheld (u); marks u and
 * caution by the smallest base. After baro_slopes_adjust, before any sheet; not erased with request->no_suppress.
 */
void baro_slopes_suppress(baro_slopes *slopes);
/** The tidy sheet, or reader sheets: one a measure by a breakdown, in words. */
baro_status baro_sheets_slopes(const baro_slopes *slopes, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);
/**
 * "falls by 1.2 points a year (0.8 to 1.6)"; "no clear trend (-0.4 to 0.9 points a year)"; without a test "the line
 * falls by 1.2 points a year". NULL where it is not known.
 */
const char *baro_say_slope(const baro_slopes *slopes, const baro_slope_row *row, baro_arena *arena);

#endif
