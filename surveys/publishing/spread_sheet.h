/** What divides opinion, made ready for people: suppressed, laid out, in words. */
#ifndef BARO_SURVEYS_PUBLISHING_SPREAD_SHEET_H
#define BARO_SURVEYS_PUBLISHING_SPREAD_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/spread.h"

/**
 * Marks c where too few interviews stand behind a ranking or a factor (whose numbers were never made), and erases a
 * base that may not be shown; u and caution by the smallest group of a factor. Before any sheet.
 */
void baro_spreads_suppress(baro_spreads *spreads);
/** The tidy sheet of CLI.md, or reader sheets: one a measure, factors as they rank, in words. */
baro_status baro_sheets_spreads(const baro_spreads *spreads, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);
/**
 * Which kind of factor divides more: "Channel of contact divides more than any demographic factor (probability 97%)".
 * @param first a row of the race; NULL where channel and demographic factors are not both ranked
 */
const char *baro_say_spread_sides(const baro_spreads *spreads, const baro_spread_row *first, baro_arena *arena);
/** "97%", "over 99%", "under 1%"; NULL without a probability. */
const char *baro_say_probability(double p, baro_arena *arena);
/** demographic, channel, area, contact, other: as survey files name kinds. */
const char *baro_say_kind(baro_group_kind kind);

#endif
