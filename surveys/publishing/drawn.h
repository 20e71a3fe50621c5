/** A sheet for a chart of rows, put down row by row, and the words that all charts have. */
#ifndef BARO_SURVEYS_PUBLISHING_DRAWN_H
#define BARO_SURVEYS_PUBLISHING_DRAWN_H
#include "surveys/publishing/cells.h"
#include "surveys/publishing/sheets.h"

/** A row of plots/chart.h; texts NULL and numbers NAN where there is none. `baro_drawn_row` is one with none. */
typedef struct {
    const char *label, *period, *marker, *words, *interval, *role, *level;
    bool everyone;
    double order, base, before, estimate, lower, upper, clear;
} baro_drawn;

extern const baro_drawn baro_drawn_blank;

void baro_drawn_put(baro_cells *cells, const baro_drawn *row);
/** Gives the rows to a sheet. BARO_NO_MEMORY. */
baro_status baro_drawn_end(const baro_cells *cells, const char *id, baro_sheet *out);
/** What a chart says when its words were not given: title, subtitle, source laid over by `words`. */
void baro_drawn_words(const baro_chart_words *words, const char *title, const char *subtitle, const char *source,
                      baro_chart *out);

#endif
