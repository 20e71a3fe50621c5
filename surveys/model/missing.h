/** Missing answers as measures: how many said don't know or refused, and what a share would be if all of them had answered one way. */
#ifndef BARO_SURVEYS_MODEL_MISSING_H
#define BARO_SURVEYS_MODEL_MISSING_H
#include "surveys/model/survey.h"

/**
 * Puts measures about missing answers behind those of a survey. Each is a share of all who were asked, and so has the variance,
 * gaps, changes and suppression of any share:
 *
 *   BARO_MISSING_DONT_KNOW     don't know / asked                    id MEASURE.dont_know
 *   BARO_MISSING_REFUSED       refused / asked                       id MEASURE.refused
 *   BARO_MISSING_ALL_AGAINST   positive / asked                      id MEASURE.all_against: the least that the share can be
 *   BARO_MISSING_ALL_FOR       (positive + missing) / asked          id MEASURE.all_for: the most
 *
 * with asked = those with an answer, don't know or refused. A measure has the first two where its scale has such answers, the last
 * two where it is a proportion and its scale has any of them.
 *
 * @param of    ids of measures; n = 0: all of the survey
 * @param kinds bits 1 << baro_missing
 * @param with  the measures of `of` (all by name), each followed by its own of these kinds; NULL: not wanted
 * @param alone those of these kinds; NULL: not wanted
 * @return BARO_OK; BARO_NO_MEMORY. Asked twice, the same measures are named again.
 */
baro_status baro_missing_measures(baro_survey *survey, baro_texts of, unsigned kinds, baro_arena *arena, baro_texts *with, baro_texts *alone);

#endif
