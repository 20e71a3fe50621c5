#include "surveys/publishing/cells.h"
#include <math.h>
#include <string.h>

void baro_cells_put(baro_cells *cells, baro_cell cell)
{
    if (!cells->failed && cells->n == cells->room) {
        size_t room = cells->room ? 2 * cells->room : 64;
        baro_cell *wider = BARO_ARRAY(cells->arena, baro_cell, room);
        cells->failed = !wider;
        if (wider && cells->n)
            memcpy(wider, cells->cell, cells->n * sizeof *wider);
        cells->cell = wider;
        cells->room = wider ? room : 0;
    }
    if (!cells->failed)
        cells->cell[cells->n++] = cell;
}

void baro_cells_text(baro_cells *cells, const char *text)
{
    bool none = !text || !text[0];
    baro_cells_put(cells, (baro_cell){.kind = none ? BARO_CELL_EMPTY : BARO_CELL_TEXT, .text = none ? NULL : text});
}

void baro_cells_number(baro_cells *cells, double number)
{
    bool none = !isfinite(number);
    baro_cells_put(cells, (baro_cell){.kind = none ? BARO_CELL_EMPTY : BARO_CELL_NUMBER, .number = none ? 0 : number});
}

const char *baro_joined(const baro_texts *texts, baro_arena *arena)
{
    size_t length = 1;
    for (size_t i = 0; i < texts->n; i++)
        length += strlen(texts->item[i]) + 2;
    char *out = baro_arena_array(arena, length, 1);
    char *end = out;
    for (size_t i = 0; out && i < texts->n; i++) {
        size_t n = strlen(texts->item[i]);
        if (i) {
            memcpy(end, "; ", 2);
            end += 2;
        }
        memcpy(end, texts->item[i], n);
        end += n;
    }
    return out;
}

baro_status baro_cells_end(const baro_cells *cells, baro_sheet *sheet)
{
    if (cells->failed)
        return BARO_NO_MEMORY;
    sheet->cells = cells->cell;
    sheet->n_rows = cells->n / sheet->n_columns;
    return BARO_OK;
}
