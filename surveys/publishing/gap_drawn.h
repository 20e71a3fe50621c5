/** What charts of gaps share. */
#ifndef BARO_SURVEYS_PUBLISHING_GAP_DRAWN_H
#define BARO_SURVEYS_PUBLISHING_GAP_DRAWN_H
#include "surveys/publishing/gap_chart.h"
#include "surveys/publishing/wording.h"

/** Draws the rows of one measure by one breakdown. */
typedef baro_status baro_gap_draws(const baro_gaps *gaps, const baro_gap_row *const *row, size_t n,
                                   const baro_chart_words *words, baro_arena *arena, baro_drawing *out);
/** One drawing a measure by a breakdown, in the order of their first rows. */
baro_status baro_gap_each_table(const baro_gaps *gaps, baro_gap_draws *draws, const baro_chart_words *words,
                                baro_arena *arena, baro_drawing **out, size_t *n);
/** All of a drawing that does not depend on how it is drawn; `other`: what the gaps are to, `said`: of each row. */
baro_status baro_gap_drawing(const baro_gaps *gaps, const baro_gap_row *const *row, size_t n, baro_chart_kind kind,
                             const char *other, const char *said, const baro_chart_words *words, baro_arena *arena,
                             baro_drawing *out);

/** How parts of gaps are shown: one digit more than levels, because parts are small and should be seen to add up. */
baro_display baro_gap_display(const baro_gaps *gaps, const baro_gap_row *row);
/** "Black", "Black, Online", "Black: Agree", "Black, to everyone". NULL without memory. */
const char *baro_gap_label(const baro_gaps *gaps, const baro_gap_row *row, bool name_other, baro_arena *arena);
/** "[c]", "[u]", "[b]", "[x]" or NULL. */
const char *baro_gap_shorthand(const baro_gap_row *row);
/** 1 or 0 whether the change, or the gap, is clear; NAN without a test. */
double baro_gap_clear(const baro_gaps *gaps, const baro_gap_row *row);
/** Whether these rows are compared with more than one thing. */
bool baro_gap_several(const baro_gap_row *const *row, size_t n);
/** "ethnicity", "ethnicity-channel". NULL without memory. */
const char *baro_gap_group_id(const baro_group *by, const baro_group *by2, baro_arena *arena);
/** "Gap, points (95% interval)". NULL without memory. */
const char *baro_gap_heading(const baro_results *results, const char *what, baro_statistic statistic,
                             baro_arena *arena);

#endif
