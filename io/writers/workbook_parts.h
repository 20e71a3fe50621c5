/** What the two writers of workbooks share: texts and numbers as cells hold them, widths, limits, and reading back. */
#ifndef BARO_IO_WRITERS_WORKBOOK_PARTS_H
#define BARO_IO_WRITERS_WORKBOOK_PARTS_H
#include "io/writers/workbook.h"

#define BARO_WORKBOOK_FONT "Arial"
enum {
    BARO_WORKBOOK_POINTS = 12,
    BARO_WORKBOOK_ROWS = 1048576, /* of a worksheet, in Excel as in LibreOffice */
    BARO_WORKBOOK_COLUMNS = 1024, /* LibreOffice's usual limit; Excel has 16384 */
    BARO_WORKBOOK_TEXT = 32000    /* characters of a cell; Excel's limit is 32767, and counts some of them twice */
};

/** `text` for a cell: spaces for white space, \xNN for what cannot be seen, cut at BARO_WORKBOOK_TEXT characters
 * ("..."). NULL: no memory. */
const char *baro_workbook_text(const char *text, baro_arena *arena);
/** A number cell as the column shows it, rounded; false where there is no number or a text stands behind it. */
bool baro_workbook_number(const baro_sheet_column *column, const baro_cell *cell, double *out);
/** Any cell as a text; "" for an empty one. NULL: no memory. */
const char *baro_workbook_cell(const baro_sheet_column *column, const baro_cell *cell, baro_arena *arena);
/** The columns' titles, cleaned, none empty, all different whatever the case. NULL: no memory. */
const char *const *baro_workbook_titles(const baro_sheet *table, baro_arena *arena);
/** [columns, at least 1] letters that each column has room for. NULL: no memory. */
const unsigned *baro_workbook_widths(const baro_worksheet *sheet, const char *const *titles, baro_arena *arena);
/** Seconds since 1970 that the document says it was made at; and the same as 2020-01-31T00:00:00Z. */
int64_t baro_workbook_made(const baro_workbook *workbook);
const char *baro_workbook_made_words(const baro_workbook *workbook, baro_arena *arena);
/** BARO_BAD_DATA with a fault when a table does not fit a worksheet. */
baro_status baro_workbook_fits(const baro_workbook *workbook, const char *path, baro_error *error);

/** A part that a package must have, and how many elements of that local name are in it; NULL: not counted. */
typedef struct {
    const char *name, *element;
    size_t count;
} baro_package_part;

/**
 * Reads a ZIP package of XML parts back: every entry whole and of the right sum, every part there, every XML
 * well-formed.
 * @return BARO_OK; BARO_INTERNAL with a fault on `what`; BARO_NO_MEMORY
 */
baro_status baro_package_check(const char *bytes, size_t length, const baro_package_part *parts, size_t n,
                               const char *what, baro_error *error);
/** Writes bytes to a file, whole or not at all. */
baro_status baro_package_write(const char *path, const char *bytes, size_t length, baro_error *error);

#endif
