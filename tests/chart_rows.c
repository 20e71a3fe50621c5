#include "tests/chart_rows.h"
#include <math.h>

enum { COLUMNS = 9 };

static baro_cell number(double x)
{
    return isnan(x) ? (baro_cell){.kind = BARO_CELL_EMPTY} : (baro_cell){.kind = BARO_CELL_NUMBER, .number = x};
}

static baro_cell text(const char *words)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = words ? words : ""};
}

const baro_sheet *chart_rows_sheet(baro_arena *arena, const chart_row *row, size_t n)
{
    static const baro_sheet_column columns[COLUMNS] = {{.name = "label"},
                                                       {.name = "everyone", .numeric = true},
                                                       {.name = "period"},
                                                       {.name = "order", .numeric = true},
                                                       {.name = "base", .numeric = true},
                                                       {.name = "estimate", .numeric = true},
                                                       {.name = "lower", .numeric = true},
                                                       {.name = "upper", .numeric = true},
                                                       {.name = "marker"}};
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    baro_cell *cells = BARO_ARRAY(arena, baro_cell, n * COLUMNS);
    if (!sheet || !cells)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const baro_cell line[COLUMNS] = {text(row[i].label),   number(row[i].everyone), text(row[i].period),
                                         number(row[i].order), number(row[i].base),     number(row[i].estimate),
                                         number(row[i].lower), number(row[i].upper),    text(row[i].marker)};
        for (size_t c = 0; c < COLUMNS; c++)
            cells[i * COLUMNS + c] = line[c];
    }
    *sheet = (baro_sheet){
        .id = "rows", .columns = columns, .n_columns = COLUMNS, .cells = cells, .n_rows = n, .row_headers = 1};
    return sheet;
}
