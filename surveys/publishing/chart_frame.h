/** What charts of scales, areas and tables have in common: the rows of one breakdown, and the words round a picture. */
#ifndef BARO_SURVEYS_PUBLISHING_CHART_FRAME_H
#define BARO_SURVEYS_PUBLISHING_CHART_FRAME_H
#include "surveys/publishing/cells.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"

/** One breakdown of the results, drawn. */
typedef struct {
    const baro_results *results;
    const baro_chart_words *words;
    baro_arena *arena;
    size_t table;         /* of the request's breakdowns; SIZE_MAX: everyone only */
    const baro_row **key; /* [n_keys] one row for everyone and for each group, in order, whatever its measure */
    size_t n_keys;
    const baro_measure **measure; /* [n_measures] in order */
    size_t n_measures;
} baro_chart_table;

/** Finds what belongs to a breakdown. BARO_NO_MEMORY. */
baro_status baro_chart_table_make(const baro_results *results, size_t table, const baro_chart_words *words,
                                  baro_arena *arena, baro_chart_table *out);
/** The row of a measure's level ("": none) and a key, of the first comparison; NULL when there is none. */
const baro_row *baro_chart_row(const baro_chart_table *table, const baro_measure *measure, const char *level,
                               const baro_row *key);
/** Any row of a group, for the words of the breakdown; NULL when there is only everyone. */
const baro_row *baro_chart_of_group(const baro_chart_table *table);
/** Ids of the breakdown for a file's name: "ethnicity", "ethnicity-sex", "". NULL without memory. */
const char *baro_chart_group_id(const baro_chart_table *table);

/** Whether the request asks for differences: they are then what is drawn. */
bool baro_chart_of_changes(const baro_results *results);
/** "the rest", "everyone", "year to Dec 2022": what a row's difference is from; NULL without one. */
const char *baro_chart_compared(const baro_results *results, const baro_row *row, baro_arena *arena);
/** Whether a row (or NULL) is compared with an earlier window. */
bool baro_chart_in_time(const baro_row *row);
/** "Difference from the rest", "Change from year to Dec 2022"; NULL without a comparison. */
const char *baro_chart_difference(const baro_results *results, const baro_row *row, baro_arena *arena);
/** A title and behind it what the differences are from; the title alone where `row` is NULL. NULL without memory. */
const char *baro_chart_title_of_changes(const baro_chart_table *table, const char *title, const baro_row *row);
/** 1 a clear difference, 0 one that is not, NAN where none was tested. */
double baro_chart_clear(const baro_results *results, const baro_row *row);
/** Shorthand beside a level, or in its place: "[c]", "[u]", "[x]", "[b]", "". */
const char *baro_chart_shorthand(const baro_row *row);

/** What is shown of a row: its level, or with `changes` its difference; NAN and a marker where there is none. */
typedef struct {
    double value; /* in display units */
    double clear;
    const char *marker;
} baro_shown;
baro_shown baro_chart_shown(const baro_results *results, const baro_row *row, bool changes, baro_display display);
/** The same in words: "Black 57%", "Black confidential", "Black −3 points, not clear". NULL without memory. */
const char *baro_chart_spoken(const baro_results *results, const char *label, const baro_row *row, bool changes,
                              baro_display display, baro_arena *arena);

/** Fills a chart: what the words of the command line say wins over title, subtitle and source. */
baro_status baro_chart_frame(const baro_chart_table *table, baro_chart_kind kind, baro_sheet *sheet, const char *title,
                             const char *subtitle, const char *description, const char *id, baro_display display,
                             baro_chart *out);

/* The makers, each for every breakdown of the results: see baro_charts. */
typedef baro_status baro_chart_maker(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                                     baro_drawing **out, size_t *n);
/** A scale of answers by group, a measure a chart; without a breakdown by question, a scale a chart. The measures are
 * distributions. */
baro_chart_maker baro_charts_likert;
/** A map of tiles for each measure and each breakdown that has a grid. */
baro_chart_maker baro_charts_tiles;
/** A table in colours for each breakdown, and for each kind of statistic. */
baro_chart_maker baro_charts_heat;

#endif
