/** Control charts made ready for people: suppressed, then given lines, then laid out. */
#ifndef BARO_SURVEYS_PUBLISHING_CONTROL_SHEET_H
#define BARO_SURVEYS_PUBLISHING_CONTROL_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/control.h"

/** Erases what rests on too little, then draws centre, limits and rules from what is left. Before any sheet or chart.
 */
baro_status baro_controls_suppress(baro_controls *controls, baro_arena *arena);
/** The tidy sheet, or reader sheets: one a measure by a breakdown, the rules in words. */
baro_status baro_sheets_controls(const baro_controls *controls, bool tidy, baro_arena *arena, baro_sheet **out,
                                 size_t *n);
/** "beyond a limit;7 on one side", "" for none; parted by `between`. NULL without memory. */
const char *baro_say_rules(unsigned rule, const char *between, baro_arena *arena);
/** How the lines were made: sentences for notes of a sheet or chart. */
const char *baro_say_control(const baro_controls *controls, baro_arena *arena);

#endif
