/** Words and rounded numbers for people. */
#ifndef BARO_SURVEYS_PUBLISHING_WORDING_H
#define BARO_SURVEYS_PUBLISHING_WORDING_H
#include "surveys/analyses/result.h"

/** How a statistic is shown: shares as percent. */
typedef struct {
    double scale;
    const char *unit;
    int decimals;
} baro_display;

baro_display baro_display_of(const baro_results *results, baro_statistic statistic);
/** "62%", "1,234.5"; in `arena`, "" for NAN. */
const char *baro_say_number(baro_arena *arena, double x, baro_display display);
/** "[c]", "[x]" or NULL when the row has its numbers. */
const char *baro_row_shorthand(const baro_row *row);
/** What stands behind a level that is shown: "[u]", "[review]", "[complement]" or NULL. */
const char *baro_row_quality(const baro_row *row);
/** The same with "[r]" where the level was revised: "[u] [r]". */
const char *baro_row_marks_behind(const baro_row *row);
/** Why a difference, or what is said of it, is not there: "[z]", "[c]", "[u]" or "[x]". */
const char *baro_row_no_difference(const baro_row *row);
/** The same of letters. */
const char *baro_row_no_letter(const baro_row *row);
/** Contract form: "c", "u;b", "". */
const char *baro_say_marks(unsigned marks, baro_arena *arena);
const char *baro_row_marker(const baro_row *row, baro_arena *arena);
/** Answer to "Clear difference?" or "Clear change?": "higher", "lower", "up", "down", "no", or NULL when nothing was tested. */
const char *baro_say_difference(const baro_results *results, const baro_row *row);
/** "2 points", "1.5 points", "0.2": the margin of a row's verdict as a person writes it. */
const char *baro_say_margin(const baro_row *row, baro_arena *arena);
/** "changed", "no change beyond 2 points", "changed, by less than 2 points", "too noisy to tell"; NULL without a verdict. */
const char *baro_say_verdict(const baro_row *row, baro_arena *arena);
/** The same, and with "too noisy to tell" the difference that could have been seen. */
const char *baro_say_verdict_at_length(const baro_results *results, const baro_row *row, baro_arena *arena);
/** "3 points": the smallest difference that is found 4 times in 5, rounded up: what is smaller could not be seen. */
const char *baro_say_detectable(const baro_results *results, const baro_row *row, baro_arena *arena);
/** "White British (A)"; the label alone when its group took no part in letters. */
const char *baro_say_with_letter(const char *label, const baro_row *row, baro_arena *arena);
/** "B D", "none"; NULL when it took no part. */
const char *baro_say_higher_than(const baro_row *row, baro_arena *arena);
/**
 * Where a level lies by its measure's target: "above" or "below" when its whole interval does, else "not clear"; NULL where
 * there is no target, no interval, or the level is one answer of several. Of each level by itself.
 */
const char *baro_say_target(const baro_row *row);
/** Everyone, in a word. */
const char *baro_say_everyone(const baro_survey *survey);
/** "White British", or "White British, Online" when two groups are crossed; everyone's word for everyone. */
const char *baro_say_group(const baro_survey *survey, const baro_row *row, baro_arena *arena);
/** "Ethnic group", "Ethnic group and Contact channel", NULL for everyone. */
const char *baro_say_breakdown(const baro_row *row, baro_arena *arena);
/** A label in the middle of a sentence: "Ethnic group" as "ethnic group"; "LGBT+", "Jan" and names of months stay. */
const char *baro_say_inside(const char *label, baro_arena *arena);
/** Puts a sentence behind a text (NULL: none yet) with the stop that it lacks. */
const char *baro_say_sentence(const char *text, const char *sentence, baro_arena *arena);
/** What makes an answer count, for subtitles: "Strongly agree or Tend to agree"; NULL when it cannot be said. */
const char *baro_say_positive(const baro_measure *measure, baro_arena *arena);
/** What is measured, of whom, for subtitles: "Per cent: Strongly agree or Tend to agree. Adults". */
const char *baro_say_measured(const baro_survey *survey, const baro_measure *measure, baro_statistic statistic,
                              baro_arena *arena);
/** The source, and every sentence that the numbers must not be seen without: unweighted, quota, assumed, a domain. */
const char *baro_say_source(const baro_results *results, baro_arena *arena);
/** "+3.2", "−2", "0"; "" for NAN. */
const char *baro_say_signed(baro_arena *arena, double x, baro_display display);
/** "(−1.1 to +5.3)"; "" where there is no interval. */
const char *baro_say_signed_limits(baro_arena *arena, double lower, double upper, baro_display display);
/** "95%" */
const char *baro_say_confidence(const baro_results *results, baro_arena *arena);
/** "Intervals are 95%, ..." for notes; of rows first .. end - 1; NULL when none has one. */
const char *baro_say_intervals(const baro_results *results, size_t first, size_t end, baro_arena *arena);

#endif
