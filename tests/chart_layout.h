/** Where the texts of a chart stand. */
#ifndef BARO_TESTS_CHART_LAYOUT_H
#define BARO_TESTS_CHART_LAYOUT_H
#include "tests/svg_text.h"

/** Fails unless everything that is said stands inside the page, and no two texts touch. */
void check_chart_layout(const svg_text *texts, size_t n, double width, double height);

#endif
