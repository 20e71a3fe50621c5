/** Sentences of a report that stand beside its figures. */
#ifndef BARO_SURVEYS_PUBLISHING_REPORT_WORDS_H
#define BARO_SURVEYS_PUBLISHING_REPORT_WORDS_H
#include "surveys/publishing/report.h"

/**
 * "70% (69% to 71%), year to Mar 2023. Up 3 points on a year before (1 to 5)." A change that is not clear is said to be
 * none that can be told from chance. "" when there is no level to speak of. NULL without memory.
 */
const char *baro_report_headline_words(const baro_report *report, const baro_measure *measure, baro_arena *arena);
/** What makes an answer count, with the question: for the line under a measure's heading. NULL: nothing is known. */
const char *baro_report_question(const baro_measure *measure, baro_arena *arena);
/** How the numbers were made: a sentence each, without repeats. */
baro_status baro_report_method(const baro_report *report, baro_arena *arena, baro_texts *out);
/** Changes of gaps that are clear, in words, each with its measure: "Trust the Met, Black: narrowed by ...". */
baro_status baro_report_gap_words(const baro_report *report, baro_arena *arena, baro_texts *out);
/** What was hidden of each kind of table and why, without values: a reader sheet. */
baro_status baro_report_hidden(const baro_report *report, baro_arena *arena, baro_sheet *out);

#endif
