/** Changes and splits of gaps made ready for people: adjusted, suppressed, laid out. */
#ifndef BARO_SURVEYS_PUBLISHING_GAP_SHEET_H
#define BARO_SURVEYS_PUBLISHING_GAP_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/gap.h"

/** p_adjusted of every change (or gap), over its measure by its breakdown up to one period, or over the run. */
baro_status baro_gaps_adjust(baro_gaps *gaps, baro_arena *arena);
/**
 * Erases every number of a row that rests on too few interviews, of the group or of what it is compared with, in either
 * period (c), and with `publish.nchs` on a share that is withheld (u); marks u and caution by the smallest base. After
 * baro_gaps_adjust, before any sheet; not erased with request->no_suppress.
 */
void baro_gaps_suppress(baro_gaps *gaps);
/** The same of one row; `level`: a level behind it is hidden elsewhere. */
void baro_gap_suppress(const baro_gaps *gaps, baro_gap_row *row, bool level);
/** The tidy sheet of CLI.md, or reader sheets: one a measure by a breakdown and comparison, in words. */
baro_status baro_sheets_gaps(const baro_gaps *gaps, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);
/**
 * What happened to a gap, with the interval of its change, and which side moved; with a factor, what each side's move
 * is made of: "narrowed by 4.2 points (1.1 to 7.3): Black up 0.3, the rest down 3.9". NULL where it is not known.
 */
const char *baro_say_gap(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena);
/** Its beginning: "narrowed by 4.2 points (1.1 to 7.3)". NULL where it is not known. */
const char *baro_say_gap_change(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena);
/** What a gap is to: "the rest", "everyone", "the whole area" or a label. */
const char *baro_say_gap_other(const baro_gaps *gaps, const baro_gap_row *row);

#endif
