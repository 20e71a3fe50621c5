/** Totals of any cells over a design of designs.csv, and covariances of linear forms of them, second stage included. */
#ifndef BARO_TESTS_SPINE_H
#define BARO_TESTS_SPINE_H
#include "tests/golden.h"

typedef struct {
    golden_case first;     /* the design of the first stage, and memory; its weights are those of the survey */
    baro_design design[2]; /* the stages */
    size_t stages, n_memory;
    const uint32_t *cell;
    size_t cells;
    const double *y;
    double shift;
    double *scaled;        /* weights times the root of the PSU's sampling fraction: what a second stage's variance is
                              multiplied by */
    double *nothing;       /* [strata] fractions of 0 */
    baro_totals totals[2]; /* column 2 cell: sum of w (y - shift); 2 cell + 1: sum of w */
    void *memory[64];
} spine;

void spine_open(spine *out, const golden *designs, const golden *data, const char *design);
/** Sums of cells; y, cell: [rows] and kept by the caller. May be called again for other cells. */
void spine_sum(spine *out, size_t cells, const uint32_t *cell, const double *y, double shift);
/** Covariance of every pair of forms, [forms * forms]. Its reach too, where asked for: [forms]. */
void spine_covariance(const spine *made, const baro_linear *form, size_t forms, double *covariance, baro_reach *reach);
void spine_close(spine *made);

#endif
