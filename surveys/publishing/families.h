/** Tests that are corrected together: a measure by a breakdown in a period, or the whole run. */
#ifndef BARO_SURVEYS_PUBLISHING_FAMILIES_H
#define BARO_SURVEYS_PUBLISHING_FAMILIES_H
#include "surveys/analyses/result.h"

/** One test: whose row, the caller's number for it, its p-value; then the adjusted one. */
typedef struct {
    const baro_row *row;
    size_t number;
    double p;
    size_t measure, table; /* the family, filled in here */
    baro_period period;
} baro_family_test;

/** Adjusts p of each test within its family, by the request's method; the tests are put in another order. p must be in
 * [0, 1]. */
baro_status baro_adjust_families(const baro_results *results, baro_family_test *tests, size_t n, baro_arena *arena);

#endif
