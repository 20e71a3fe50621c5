/**
 * A frame: the columns that somebody asked for, of all rows of one or more files, typed and compact.
 *
 * TEXT columns are dictionary codes (1, 2 or 4 bytes a row); NUMBER columns are doubles. Entry 0 of every
 * dictionary is "absent": the row's file does not have the column. Empty fields are an entry of their own.
 * A NUMBER column keeps fields that are no plain number in a dictionary too: such a row holds a NaN that
 * carries the entry (baro_number_entry), so that "NA", "-" or "Don't know" can be told apart, and named
 * by place when they are faults. Binding works on dictionary entries, never on rows.
 */
#ifndef BARO_IO_READERS_FRAME_H
#define BARO_IO_READERS_FRAME_H
#include "io/base/error.h"
#include "io/base/pool.h"
#include <stdint.h>

typedef enum { BARO_TEXT, BARO_NUMBER } baro_kind;

/** Where a field stands: source is the index of the file, line from 1, column in characters from 1. */
typedef struct {
    uint32_t source, line, column;
} baro_place;

#define BARO_PLACES 50 /* places kept for an entry of a NUMBER column; one for TEXT */

typedef struct {
    const char *text; /* NUL behind; NULL for entry 0 (absent) */
    size_t length;
    size_t count;             /* rows that hold it */
    const baro_place *places; /* the first ones, in row order */
    size_t n_places;
} baro_entry;

typedef struct {
    const char *name; /* the first of the wanted names */
    baro_kind kind;
    unsigned width; /* TEXT: bytes a code: 1, 2 or 4 */
    const void *codes;     /* TEXT: [rows] */
    const double *numbers; /* NUMBER: [rows] */
    const baro_entry *entries;
    size_t n_entries;          /* with entry 0 */
    const char *const *found;  /* [sources] the header name taken in that file, NULL when the file has none of the names */
    const uint32_t *field;     /* [sources] its field number from 1, 0 when absent */
} baro_column;

typedef struct {
    const char *path;
    size_t rows, first_row; /* rows of the frame: first_row .. first_row + rows - 1 */
    size_t header_rows;
    size_t bytes;
    const char *const *header; /* names as read (several header rows joined by ": "), "" for unnamed */
    const char *const *also;   /* [2 * fields] other names by which a column is found: its code, its full name; NULL: none */
    bool header_found;         /* more than one header row, and nobody said so */
    size_t fields;
    char delimiter, decimal; /* delimiter 0: no CSV, but an SPSS or Stata file; header_rows is then 0 too, and lines are records */
} baro_source;

typedef struct baro_frame baro_frame;

/** A column that is wanted: the first of `names` that a file has, as a name in its header; else as another name of a column (baro_source.also). */
typedef struct {
    const char *const *names;
    size_t n_names;
    baro_kind kind;
} baro_want;

typedef enum { BARO_UTF8, BARO_WINDOWS_1252, BARO_LATIN_1 } baro_encoding;

typedef struct {
    char delimiter;        /* 0: found: the one of , ; tab | that splits the header into the most columns and fits the first records */
    char decimal;          /* 0: found, by file, from the first records of the NUMBER columns; '.' when nothing speaks for ',' */
    baro_encoding encoding;
    size_t header_rows;    /* 0: found, 1 to 3 */
} baro_csv_format;

/**
 * Reads CSV, SPSS and Stata files of one survey in one pass: columns are matched by name, rows follow in the order of the files.
 *
 * What a file is, its first bytes say. The text of a cell of an SPSS or Stata file is what CSV would hold: the code of a labelled answer,
 * a number in the shortest form that reads back, a date as ISO 8601, `.a` to `.z` for Stata's named missing values, nothing for a missing one.
 *
 * Our own code cuts the bytes into records at a line end (LF, CR, CRLF) outside quotes, numbers the lines and checks UTF-8; a record
 * without a quote is scanned directly, any other goes through libcsv (strict). Files are read in blocks, by many threads; what comes
 * out does not depend on their number. Path "-" is standard input. Cost: linear in bytes; memory: the wanted columns.
 *
 * @param wants [n_wants]; NULL: every named column, as TEXT (for `describe`, `check`). A want that no file has is no fault here.
 * @return BARO_OK; BARO_NO_INPUT, BARO_BAD_DATA, BARO_NO_MEMORY with faults in `error` (all of them, to 50). *out only on BARO_OK.
 */
baro_status baro_frame_read(const char *const *paths, size_t n_paths, const baro_csv_format *format, const baro_want *wants, size_t n_wants,
                            baro_pool *pool, baro_error *error, baro_frame **out);
/** Reads the header only: names, field count, delimiter (source.rows is 0). */
baro_status baro_frame_read_header(const char *path, const baro_csv_format *format, baro_error *error, baro_frame **out);
void baro_frame_free(baro_frame *frame);

size_t baro_frame_rows(const baro_frame *frame);
size_t baro_frame_sources(const baro_frame *frame);
const baro_source *baro_frame_source(const baro_frame *frame, size_t i);
size_t baro_frame_columns(const baro_frame *frame); /* = n_wants, in the order of wants; all named columns when wants was NULL */
const baro_column *baro_frame_column(const baro_frame *frame, size_t i);
/** Line (from 1) on which a row's record begins, and its source; column is 0. */
baro_place baro_frame_row_place(const baro_frame *frame, size_t row);

static inline uint32_t baro_column_code(const baro_column *column, size_t row)
{
    switch (column->width) {
    case 1: return ((const uint8_t *)column->codes)[row];
    case 2: return ((const uint16_t *)column->codes)[row];
    default: return ((const uint32_t *)column->codes)[row];
    }
}
/** Entry carried by a NUMBER column's value; 0 and false when it is a number. */
bool baro_number_entry(double value, uint32_t *entry);

#endif
