/** Sheets for charts of any kind from plain rows that name the columns that they have. */
#ifndef BARO_TESTS_CHART_SHEET_H
#define BARO_TESTS_CHART_SHEET_H
#include "plots/chart.h"

/** NULL and NAN are empty; a mark without an estimate has NAN there. Zero is a number: set what a kind does not use to
 * NAN. */
typedef struct {
    const char *label, *level, *role, *across, *period, *marker, *words, *interval;
    double everyone, order, base, estimate, lower, upper, clear, x, y, before;
} chart_mark;

/** A row of which every number is empty. */
chart_mark chart_mark_blank(const char *label);
/** NULL without memory. */
const baro_sheet *chart_sheet(baro_arena *arena, const chart_mark *mark, size_t n);

#endif
