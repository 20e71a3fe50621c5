/** The only maker of sheets: results in (adjusted and suppressed once, over all of them), tidy and reader sheets and charts out. */
#ifndef BARO_SURVEYS_PUBLISHING_SHEETS_H
#define BARO_SURVEYS_PUBLISHING_SHEETS_H
#include "io/writers/sheet.h"
#include "plots/chart.h"
#include "surveys/analyses/result.h"

/** p_adjusted over each family (measure x breakdown x period, or the run). Before suppression. */
baro_status baro_adjust(baro_results *results, baro_arena *arena);
/** Erases every number of rows under suppress_below (unless request->no_suppress) and marks u and caution; with `publish.nchs` shares are judged by that
 * rule: withheld (u, their interviews stay), marked complement or review. After baro_adjust, before any sheet. */
void baro_suppress(baro_results *results);

/** Fills the rows' letters from the results' contrasts, of groups that are still shown. After baro_suppress. */
baro_status baro_letters(baro_results *results, baro_arena *arena);

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
