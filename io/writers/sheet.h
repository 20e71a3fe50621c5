/**
 * A sheet: the one table model. Only surveys/publishing makes sheets; writers and plots only read them; suppressed numbers are not in
 * them any more. A *tidy* sheet holds full numbers and a marker column; a *reader* sheet holds numbers with the decimals to show and
 * shorthand such as [c] in their place.
 */
#ifndef BARO_IO_WRITERS_SHEET_H
#define BARO_IO_WRITERS_SHEET_H
#include "io/base/arena.h"
#include "io/base/error.h"
#include "io/base/output.h"
#include <stddef.h>

typedef enum { BARO_CELL_EMPTY, BARO_CELL_TEXT, BARO_CELL_NUMBER } baro_cell_kind;

typedef struct {
    baro_cell_kind kind;
    const char *text; /* TEXT; for NUMBER in a reader sheet: shorthand shown behind it, or NULL */
    double number;    /* NUMBER, finite */
} baro_cell;

typedef struct {
    const char *name;  /* tidy: the column name of the contract; reader: the title shown */
    const char *description;
    bool numeric;      /* right-aligned, also where a cell holds [c] */
    int decimals;      /* reader: digits after the point when shown */
    double scale;      /* reader: multiplied before showing (100 for percent); 1 in tidy sheets */
    const char *unit;  /* reader: put right behind the number ("%"), or NULL */
    bool thousands;    /* reader: 12,345 */
    bool keep;         /* reader: never folded or dropped when a text table is too wide */
} baro_sheet_column;

typedef struct {
    const char *id;       /* file-name safe: trust-by-ethnicity */
    const char *title;    /* what, where, when */
    const char *subtitle; /* or NULL */
    const char *const *notes; /* sentences: unweighted, approximate, shorthand used, source */
    size_t n_notes;
    const baro_sheet_column *columns;
    size_t n_columns;
    const baro_cell *cells; /* [n_rows * n_columns] by row */
    size_t n_rows;
    size_t row_headers;  /* leading columns that label the row */
} baro_sheet;

/* Each writes what it is given, in order; errors surface in baro_output_close. BARO_NO_MEMORY otherwise. */
/**
 * RFC 4180, LF, numbers %.15g; text cells that a spreadsheet would take for a formula get an apostrophe in front. One sheet with one
 * header; several sheets must have the same columns, else BARO_INTERNAL with nothing written.
 */
baro_status baro_write_csv(const baro_sheet *sheets, size_t n, baro_output *output);
/** {"notes": [...], "rows": [{...}]}: notes of all sheets, once each; null for empty, also for an empty text. */
baro_status baro_write_json(const baro_sheet *sheets, size_t n, baro_output *output);
/** One row object a line. */
baro_status baro_write_jsonl(const baro_sheet *sheets, size_t n, baro_output *output);
/**
 * Reader sheets: aligned, at most `width` terminal columns (under 20 counts as 20), titles, notes below. Labels and column titles wrap;
 * where that is not enough, the last columns without `keep` are left out and a note says so; where the others have no room either, each
 * row is a list of "title: value" lines.
 */
baro_status baro_write_text(const baro_sheet *sheets, size_t n, size_t width, baro_output *output);
/** GitHub and Quarto pipe tables; text is escaped so that no label becomes markup, a link or HTML. */
baro_status baro_write_markdown(const baro_sheet *sheets, size_t n, baro_output *output);
/**
 * A table a sheet for a page that has a head: caption, headers with their scope, notes; no style, no script, everything escaped. Ids are
 * the sheets' own, with a number behind those that are there already.
 */
baro_status baro_write_html(const baro_sheet *sheets, size_t n, baro_output *output);

#endif
