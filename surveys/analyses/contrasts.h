/** What findings are looked for in: every group against the others, every change, every change of a gap, with missing answers beside. */
#ifndef BARO_SURVEYS_ANALYSES_CONTRASTS_H
#define BARO_SURVEYS_ANALYSES_CONTRASTS_H
#include "surveys/analyses/gap.h"
#include "surveys/analyses/spread.h"

enum { BARO_SPANS = 2, BARO_CONTRAST_DRAWS = 20000 };

typedef struct {
    baro_survey survey;       /* the request's, with shares of don't know and refused behind its measures */
    baro_request levels_of, gaps_of;
    baro_results levels;      /* of the latest (or only) window: against what was asked, the previous separate window, a year ago */
    baro_gaps gaps[BARO_SPANS]; /* changes of gaps since the earlier windows that there are */
    size_t n_gaps;
    baro_request spread_of;
    baro_spreads spreads;     /* how the breakdowns divide each measure in the same window; no rows where they cannot be ranked */
    bool suppressed;          /* by the caller, over more than this; else findings do it */
    const char *why_none;     /* no contrast can be tested in such data: a sentence; NULL: there may be some */
} baro_contrasts;

/**
 * Estimates everything that findings are chosen from, in one reading of the data.
 *
 * Levels stand against the request's comparisons (groups: rest, or a reference) and, where the survey has periods and the request does
 * not pool them, against the window before that shares no interview, and the same a year ago. Where such a window is there, gaps are
 * compared with what they were in it. Two breakdowns and more, none of them crossed, are ranked as factors. Nothing is corrected or suppressed yet. A published series, or a sample that was not drawn at
 * random and has no `model: yes`, has no contrasts: nothing is read, and why_none says it.
 *
 * @param request its comparisons are of groups; by default one window, the latest. With `trend` exactly one window (from = to) must be asked for; `to_is_window` asks for one, too.
 * @param out holds all it points to, but what the request points to; must stay where it is
 * @return BARO_OK or the status of the first fault, all of which are in `error`
 */
baro_status baro_contrasts_ask(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_contrasts *out);

#endif
