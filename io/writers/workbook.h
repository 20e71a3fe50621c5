/**
 * A workbook: worksheets, each of sentences in column A and one table below them. Made by surveys/publishing/workbook.h
 * and written as XLSX or ODS; the writers put down what stands here and add nothing but the look (a sans serif font of
 * 12 points, wrapped, row labels left and numeric columns right, no fills, no filters, nothing merged, frozen or
 * hidden).
 */
#ifndef BARO_IO_WRITERS_WORKBOOK_H
#define BARO_IO_WRITERS_WORKBOOK_H
#include "io/writers/sheet.h"
#include <stdbool.h>
#include <stdint.h>

enum { BARO_WORKSHEET_NAME = 31 }; /* letters that the name of a worksheet may have */

/** One worksheet. */
typedef struct {
    const char *name;         /* letters and digits of ASCII and _, unique whatever the case: baro_worksheet_name */
    const char *const *lines; /* [n_lines] column A above the table, a row each; the first is the title */
    size_t n_lines;
    const baro_sheet *table; /* columns and cells alone are written; NULL: there is none */
    const char *const
        *links; /* [rows of the table] worksheet that a row's first cell leads to, or NULL; NULL: no links */
} baro_worksheet;

typedef struct {
    const char *title, *author, *subject, *keywords; /* document properties; NULL: none */
    int64_t made; /* seconds from the start of 1970, UTC: when the document says it was made; 0 or less: 1980-01-01 */
    const baro_worksheet *sheets;
    size_t n_sheets;
} baro_workbook;

/**
 * A name for a worksheet that both formats take and a formula needs no quotes for: other characters of `wish` become _,
 * it begins with a letter, has at most 31 letters and is none of the n names taken (whatever the case; a number goes
 * behind it).
 */
void baro_worksheet_name(const char *wish, const char *const *taken, size_t n, char out[BARO_WORKSHEET_NAME + 1]);

/**
 * An Office Open XML workbook, whole or not at all. Made by libxlsxwriter in a process of its own, read back (sums,
 * parts, well-formed XML, rows of every table) and only then put in its place.
 * @return BARO_OK; BARO_BAD_DATA when a table has more rows or columns than a worksheet; BARO_NO_PROGRAM when the
 * process fails; BARO_INTERNAL when what it made cannot be read back; BARO_CANNOT_CREATE, BARO_IO, BARO_NO_MEMORY
 */
baro_status baro_write_xlsx(const baro_workbook *workbook, const char *path, baro_error *error);
/** The same as an OpenDocument spreadsheet (1.3), without a second process. */
baro_status baro_write_ods(const baro_workbook *workbook, const char *path, baro_error *error);

#endif
