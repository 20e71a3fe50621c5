/**
 * A report: everything that a pack says of one survey. Asked once, answered in one reading, adjusted and suppressed
 * with the other reports of the pack; after baro_reports_publish nothing hidden is in it, and all files of a pack are
 * made from it alone.
 */
#ifndef BARO_SURVEYS_PUBLISHING_REPORT_H
#define BARO_SURVEYS_PUBLISHING_REPORT_H
#include "surveys/analyses/gap.h"
#include "surveys/analyses/related.h"
#include "surveys/publishing/disclosure.h"
#include "surveys/publishing/findings.h"
#include "surveys/publishing/sheets.h"

/** What is asked of one survey. `levels` and `trend` are of the same data and share a reading. */
typedef struct {
    baro_request levels; /* one window: every measure by every breakdown, each group against the others */
    baro_request trend;  /* every window, each against a year before; not asked without periods */
    baro_spread_request spread;
} baro_report_request;

typedef struct {
    const char *id; /* of the survey, file-name safe: folder and prefix of ids where a pack holds several; else "" */
    const baro_survey *survey;
    baro_report_request asked;
    baro_results levels, trend;
    baro_results everyone; /* the trend's rows of everyone: a view of `trend` */
    bool has_trend;
    baro_relations relations; /* measures by breakdowns; not of a published series, nor without breakdowns */
    bool has_relations;
    baro_spreads spreads; /* factors ranked; where there are two or more that can be */
    bool has_spreads;
    baro_gaps gaps; /* how each gap changed in a year; not where the data do not go back so far */
    bool has_gaps;
    baro_contrasts contrasts; /* everything that findings are chosen from */
    baro_findings findings;
    const struct baro_since *since; /* what is new and revised since an older pack, or NULL */
} baro_report;

/**
 * Answers what is asked: report->id, survey and asked are set. What cannot be asked of these data (a test of a published
 * series, the change of a gap before there is a year) is left out; every other fault is one. Nothing is hidden yet.
 * @return BARO_OK or the status of the first fault, all of which are in `error`
 */
baro_status baro_report_answer(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error);

/**
 * Decides over all reports of a pack what must not be known, erases it everywhere, and chooses the findings from what is
 * left. `disclosure` gets the sheet that says how much was hidden.
 * @return BARO_OK, BARO_NO_MEMORY
 */
baro_status baro_reports_publish(baro_report *const report[], size_t n, baro_arena *arena, baro_sheet *disclosure);

/** The rows of one measure, of one breakdown (SIZE_MAX: none) with everyone's, or of all breakdowns (`all`). */
typedef struct {
    const baro_measure *measure; /* NULL: every measure */
    size_t table;
    bool all;
} baro_report_view;
/** Results that hold these rows alone, in their order; rows are copied into `arena`. */
baro_status baro_results_view(const baro_results *results, const baro_report_view *view, baro_arena *arena,
                              baro_results *out);

/** Words of the window that the levels are of: "Year to Mar 2023"; "" without periods. */
const char *baro_report_window(const baro_report *report);
/** The row of everyone for a measure in the window (of a distribution its first answer); NULL when there is none. */
const baro_row *baro_report_headline(const baro_report *report, const baro_measure *measure);
/** Measures with rows, in their order; `n` of them. NULL without memory. */
const baro_measure **baro_report_measures(const baro_report *report, baro_arena *arena, size_t *n);

#endif
