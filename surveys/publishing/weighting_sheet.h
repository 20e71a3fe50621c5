/** The report of weights made: margins asked for and met, and what it did to the weights. */
#ifndef BARO_SURVEYS_PUBLISHING_WEIGHTING_SHEET_H
#define BARO_SURVEYS_PUBLISHING_WEIGHTING_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/weighting.h"

/**
 * Tidy: one sheet, what,area,margin,category,interviews,before,target,after; `what` is margin, then iterations, misfit, trimmed,
 * smallest_factor, largest_factor, interviews, smallest_weight, largest_weight, cv, deff. Reader: margins, then the weights.
 * The counts are of a weighting, not of answers to a question: nothing is suppressed, and the notes say that it is not for publication.
 */
baro_status baro_sheets_weighting(const baro_weighting *weighting, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);
/** What a quota or opt-in sample stays, however it is weighted; a sentence without its full stop. */
const char *baro_say_sampling_weighted(const baro_survey *survey);
/** "4000 interviews raked within borough in 5 iterations"; NULL without memory. */
const char *baro_say_weighting(const baro_weighting *weighting, baro_arena *arena);

#endif
