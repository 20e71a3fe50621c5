/** Sheets for charts from plain rows, for tests. */
#ifndef BARO_TESTS_CHART_ROWS_H
#define BARO_TESTS_CHART_ROWS_H
#include "plots/chart.h"

typedef struct {
    const char *label;
    bool everyone;
    const char *period;
    double order, base, estimate, lower, upper; /* NAN: empty */
    const char *marker;                         /* NULL: "" */
} chart_row;

/** A sheet of these rows in an arena; NULL without memory. */
const baro_sheet *chart_rows_sheet(baro_arena *arena, const chart_row *row, size_t n);

#endif
