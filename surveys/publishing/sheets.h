/** The only maker of sheets: results in (adjusted and suppressed once, over all of them), tidy and reader sheets and charts out. */
#ifndef BARO_SURVEYS_PUBLISHING_SHEETS_H
#define BARO_SURVEYS_PUBLISHING_SHEETS_H
#include "io/writers/sheet.h"
#include "plots/chart.h"
#include "surveys/analyses/result.h"

/** p_adjusted over each family (measure x breakdown x period, or the run). Before suppression. */
baro_status baro_adjust(baro_results *results, baro_arena *arena);
/**
 * Disclosure control (disclosure.h) of results that are published by themselves: erases what must not be known (unless request->no_suppress)
 * and marks u and caution; with `publish.nchs` shares are judged by that rule: withheld (u, their interviews stay), marked complement or
 * review. After baro_adjust, before any sheet. @return BARO_OK, BARO_NO_MEMORY
 */
baro_status baro_suppress(baro_results *results);

/** Fills the rows' letters from the results' contrasts, of groups that are still shown. After baro_suppress. */
baro_status baro_letters(baro_results *results, baro_arena *arena);

/**
 * Worst-case bounds of every share, from what the request's measures about missing answers (missing.h) say, whose rows then leave the
 * results. A level lies between all missing against and all missing for; a difference between the two sides' bounds crossed:
 *
 *   level [positive / asked, (positive + missing) / asked],   difference [lower - other's upper, upper - other's lower]
 *
 * Nothing is said of what is suppressed, nor of rows that have no such measures. After baro_suppress.
 */
baro_status baro_bounds(baro_results *results, baro_arena *arena);
/** Reader sheets of the bounds: one a measure by a breakdown and comparison that has any. */
baro_status baro_sheets_bounds(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n);

/** The tidy sheet of CLI.md: the columns of the contract, one row an estimate. */
baro_status baro_sheet_tidy(const baro_results *results, baro_arena *arena, baro_sheet *out);
/** Reader sheets: one a measure by a breakdown; rounded, shorthand in cells, words for differences. */
baro_status baro_sheets_reader(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n);

typedef struct {
    const char *title, *subtitle, *source; /* NULL: made from the results */
    bool no_titles;
    unsigned width, height;
    bool apart;                           /* likert: neutral answers apart */
} baro_chart_words;

/** One chart a measure by a breakdown (bars, likert, tiles: latest or pooled window; trend, multiples: all windows); heat: one a breakdown. name: measure and group ids for {measure} and {group} in FILE. */
typedef struct {
    baro_chart chart;
    const char *measure, *group; /* group "" for everyone */
} baro_drawing;
baro_status baro_charts(const baro_results *results, baro_chart_kind kind, const baro_chart_words *words, baro_arena *arena, baro_drawing **out, size_t *n);

#endif
