/** The rows of reader sheets: which stand together, and in what order. */
#ifndef BARO_SURVEYS_PUBLISHING_READER_ROWS_H
#define BARO_SURVEYS_PUBLISHING_READER_ROWS_H
#include "surveys/analyses/result.h"

/**
 * The same rows, a table behind the other: each measure's breakdown opens with everyone, and each comparison is a table
 * of its own.
 * @param joined all breakdowns of a measure make one table, which opens with everyone once
 */
baro_status baro_reader_rows(const baro_results *results, bool joined, baro_arena *arena, baro_results *out);

#endif
