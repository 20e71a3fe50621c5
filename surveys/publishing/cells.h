/** Cells put down row by row, for sheets whose length is not known beforehand. */
#ifndef BARO_SURVEYS_PUBLISHING_CELLS_H
#define BARO_SURVEYS_PUBLISHING_CELLS_H
#include "io/writers/sheet.h"
#include "surveys/model/survey.h"

/** All zero but `arena` to begin with; `failed` once memory is gone, and everything after it is nothing. */
typedef struct {
    baro_arena *arena;
    baro_cell *cell;
    size_t n, room;
    bool failed;
} baro_cells;

/** Any cell. */
void baro_cells_put(baro_cells *cells, baro_cell cell);
/** A text; "" and NULL are an empty cell. */
void baro_cells_text(baro_cells *cells, const char *text);
/** A number; NAN is an empty cell. */
void baro_cells_number(baro_cells *cells, double number);
/** Texts parted by "; ". */
const char *baro_joined(const baro_texts *texts, baro_arena *arena);
/** Gives the cells to a sheet whose columns are set. BARO_NO_MEMORY when they failed. */
baro_status baro_cells_end(const baro_cells *cells, baro_sheet *sheet);

#endif
