/** One measure by one breakdown tested: the unit of work of `related.c`. */
#ifndef BARO_SURVEYS_ANALYSES_RELATION_H
#define BARO_SURVEYS_ANALYSES_RELATION_H
#include "surveys/analyses/cross.h"
#include "surveys/analyses/related.h"

typedef struct {
    baro_cross_task cross; /* bound and sized; has no rows */
    baro_two_way_test test;
    baro_relation *rows; /* [n_rows] one, or one an answer of a question with several */
    size_t n_rows;
} baro_relation_task;

/** Rows of a task whose cross is bound. */
void baro_relation_size(baro_relation_task *task);
/** Fills task->rows, whose memory is the caller's. Safe to call from several threads for different tasks. */
baro_status baro_relation_compute(baro_relation_task *task);

#endif
