/** How wide the columns of a text table are, and which of them there is no room for. */
#ifndef BARO_IO_WRITERS_TEXT_LAYOUT_H
#define BARO_IO_WRITERS_TEXT_LAYOUT_H
#include "io/writers/sheet.h"
#include "io/writers/wrap.h"
#include <stdbool.h>

enum {
    BARO_TEXT_GAP = 2, /* spaces between two columns */
    BARO_TEXT_HANG = 2 /* lines after the first of a wrapped label are set in by this much */
};

typedef struct {
    baro_span text; /* as shown, printable; a number with its unit and shorthand */
    size_t width;   /* terminal columns */
    bool number;    /* of a numeric column: stays in one piece, its decimal point in line with the others */
    size_t left;    /* of a number: columns before the point (or before the unit) */
    size_t right;   /* of a number: columns from the point through the unit; the rest is shorthand */
} baro_text_cell;

typedef struct {
    baro_span name;
    bool numeric, shown;
    size_t left, right, after; /* the widest of each part of its numbers */
    size_t least, most;        /* columns that it can live with, and that it has a use for */
    size_t width;              /* what it gets */
} baro_text_column;

typedef struct {
    size_t n_columns, n_rows;
    baro_text_column *columns;
    const baro_text_cell *cells; /* [n_rows * n_columns] by row */
    bool fits;                   /* false: not even the columns to keep have room side by side; all are shown then */
    size_t width;                /* of the whole table */
} baro_text_layout;

/**
 * Measures a sheet and gives each column its width, so that all together have at most `width` columns. Columns that are
 * neither row headers nor marked `keep` are left out (`shown` false), the last first, when it cannot be done otherwise.
 * @return BARO_OK, or BARO_NO_MEMORY. Everything made lives in the arena; the sheet must outlive it.
 */
baro_status baro_text_layout_of(const baro_sheet *sheet, size_t width, baro_arena *arena, baro_text_layout *out);
/** The columns of the numbers of a column: parts in line, without what a long title adds. */
size_t baro_text_block(const baro_text_column *column);

#endif
