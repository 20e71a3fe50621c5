/** Contrasts of all pairs of groups in a window, for column letters: more nodes of the cross that the groups' levels
 * belong to. */
#ifndef BARO_SURVEYS_ANALYSES_LETTERS_H
#define BARO_SURVEYS_ANALYSES_LETTERS_H
#include "surveys/analyses/analyse.h"
#include "surveys/analyses/cross_work.h"

/** Pairs of a task over all levels and windows shown: 0 without --letters, for everyone, and where nobody was drawn at
 * random. */
size_t baro_letters_size(const baro_cross_task *task, size_t shown);
/** Makes the pairs' nodes and forms, before any variance is computed. */
baro_status baro_letters_plan(baro_cross_work *work);
/** Differences and p-values of the pairs, when the rows are filled. */
void baro_letters_fill(baro_cross_work *work);
/** Notes which breakdowns have more groups than letters. */
void baro_letters_note(baro_analysis *analysis, const baro_cross_task *task, size_t tasks);
/** Moves the pairs of one level to the results, where that level's rows begin at `row`. */
void baro_letters_gather(const baro_cross_task *task, size_t level, size_t row, baro_results *results);

#endif
