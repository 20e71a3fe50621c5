#include "tests/chart_sheet.h"
#include <math.h>

static const baro_sheet_column columns[] = {{.name = "label"},
                                            {.name = "level"},
                                            {.name = "role"},
                                            {.name = "across"},
                                            {.name = "period"},
                                            {.name = "marker"},
                                            {.name = "words"},
                                            {.name = "interval"},
                                            {.name = "everyone", .numeric = true},
                                            {.name = "order", .numeric = true},
                                            {.name = "base", .numeric = true},
                                            {.name = "estimate", .numeric = true},
                                            {.name = "lower", .numeric = true},
                                            {.name = "upper", .numeric = true},
                                            {.name = "clear", .numeric = true},
                                            {.name = "x", .numeric = true},
                                            {.name = "y", .numeric = true},
                                            {.name = "before", .numeric = true}};
enum { COLUMNS = sizeof columns / sizeof *columns, TEXTS = 8 };

chart_mark chart_mark_blank(const char *label)
{
    return (chart_mark){.label = label,
                        .everyone = NAN,
                        .order = NAN,
                        .base = NAN,
                        .estimate = NAN,
                        .lower = NAN,
                        .upper = NAN,
                        .clear = NAN,
                        .x = NAN,
                        .y = NAN,
                        .before = NAN};
}

const baro_sheet *chart_sheet(baro_arena *arena, const chart_mark *mark, size_t n)
{
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    baro_cell *cells = BARO_ARRAY(arena, baro_cell, n * COLUMNS + 1);
    if (!sheet || !cells)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const chart_mark *m = &mark[i];
        const char *const text[TEXTS] = {m->label, m->level, m->role, m->across, m->period, m->marker, m->words, m->interval};
        const double number[COLUMNS - TEXTS] = {m->everyone, m->order, m->base, m->estimate, m->lower,
                                                m->upper,    m->clear, m->x,    m->y, m->before};
        for (size_t c = 0; c < COLUMNS; c++) {
            double x = c < TEXTS ? NAN : number[c - TEXTS];
            cells[i * COLUMNS + c] = c < TEXTS  ? (baro_cell){.kind = BARO_CELL_TEXT, .text = text[c] ? text[c] : ""}
                                     : isnan(x) ? (baro_cell){.kind = BARO_CELL_EMPTY}
                                                : (baro_cell){.kind = BARO_CELL_NUMBER, .number = x};
        }
    }
    *sheet = (baro_sheet){
        .id = "marks", .columns = columns, .n_columns = COLUMNS, .cells = cells, .n_rows = n, .row_headers = 1};
    return sheet;
}
