/* The worksheets of an OpenDocument spreadsheet, and the styles of their cells (OASIS ODF 1.3, part 3). */
#include "io/base/number.h"
#include "io/writers/ods_parts.h"
#include <string.h>

static void count(baro_ods *w, const char *name, size_t n)
{
    baro_ods_attribute(w, name, baro_arena_format(w->arena, "%zu", n));
}

static void letters_of(baro_ods *w, const char *text, size_t length)
{
    const char *piece = baro_arena_text(w->arena, text, length);
    w->failed = w->failed || !piece;
    if (piece)
        baro_ods_letters(w, piece);
}

/* Readers take several spaces for one, and those at the ends for none, where they are not counted. */
static void letters_with_spaces(baro_ods *w, const char *text)
{
    bool at_start = true;
    while (*text) {
        size_t spaces_here = strspn(text, " "), word = strcspn(text + spaces_here, " ");
        bool counted = spaces_here > 0 && (at_start || word == 0 || spaces_here > 1);
        if (counted) {
            baro_ods_begin(w, "text:s");
            count(w, "text:c", spaces_here);
            baro_ods_end(w);
        }
        letters_of(w, counted ? text + spaces_here : text, counted ? word : spaces_here + word);
        text += spaces_here + word;
        at_start = false;
    }
}

/* ---- styles ---- */

typedef enum { LEFT, INSIDE, RIGHT } side; /* inside: left, and not touching the numbers beside it */

static void cell_style(baro_ods *w, const char *name, bool bold, side at, const char *data_style)
{
    baro_ods_begin(w, "style:style");
    baro_ods_attribute(w, "style:name", name);
    baro_ods_attribute(w, "style:family", "table-cell");
    baro_ods_attribute(w, "style:parent-style-name", "Default");
    if (data_style)
        baro_ods_attribute(w, "style:data-style-name", data_style);
    baro_ods_begin(w, "style:table-cell-properties");
    baro_ods_attribute(w, "style:text-align-source", "fix");
    baro_ods_attribute(w, "fo:wrap-option", "wrap");
    baro_ods_attribute(w, "style:vertical-align", "top");
    baro_ods_end(w);
    baro_ods_begin(w, "style:paragraph-properties");
    baro_ods_attribute(w, "fo:text-align", at == RIGHT ? "end" : "start");
    if (at == INSIDE)
        baro_ods_attribute(w, "fo:margin-left", "0.3cm");
    baro_ods_end(w);
    if (bold) {
        baro_ods_begin(w, "style:text-properties");
        baro_ods_attribute(w, "fo:font-weight", "bold");
        baro_ods_end(w);
    }
    baro_ods_end(w);
}

/* n2 and n2t: two decimals, with thousands commas. */
static const char *number_style(const baro_sheet_column *column, baro_arena *arena)
{
    int decimals = column->decimals < 0 ? 0 : column->decimals > 15 ? 15 : column->decimals;
    return baro_arena_format(arena, "n%d%s", decimals, column->thousands ? "t" : "");
}

static void number_styles(baro_ods *w)
{
    for (int i = 0; i < 32; i++) {
        const baro_sheet_column column = {.decimals = i / 2, .thousands = i % 2};
        const char *name = number_style(&column, w->arena),
                   *data = baro_arena_format(w->arena, "d%s", name ? name : "");
        baro_ods_begin(w, "number:number-style");
        baro_ods_attribute(w, "style:name", data);
        baro_ods_begin(w, "number:number");
        count(w, "number:decimal-places", (size_t)column.decimals);
        count(w, "number:min-decimal-places", (size_t)column.decimals);
        baro_ods_attribute(w, "number:min-integer-digits", "1");
        baro_ods_attribute(w, "number:grouping", column.thousands ? "true" : "false");
        baro_ods_end(w);
        baro_ods_end(w);
        cell_style(w, name, false, RIGHT, data);
    }
}

static size_t columns_of(const baro_worksheet *sheet)
{
    return sheet->table && sheet->table->n_columns > 0 ? sheet->table->n_columns : 1;
}

static void column_styles(baro_ods *w)
{
    for (size_t i = 0; i < w->workbook->n_sheets; i++)
        for (size_t c = 0; c < columns_of(&w->workbook->sheets[i]); c++) {
            unsigned millimetres = w->width[i][c] * 24 / 10; /* a digit of Arial at 12 points */
            baro_ods_begin(w, "style:style");
            baro_ods_attribute(w, "style:name", baro_arena_format(w->arena, "c%zu-%zu", i, c));
            baro_ods_attribute(w, "style:family", "table-column");
            baro_ods_begin(w, "style:table-column-properties");
            baro_ods_attribute(w, "style:column-width",
                               baro_arena_format(w->arena, "%u.%ucm", millimetres / 10, millimetres % 10));
            baro_ods_end(w);
            baro_ods_end(w);
        }
    baro_ods_begin(w, "style:style");
    baro_ods_attribute(w, "style:name", "sheet");
    baro_ods_attribute(w, "style:family", "table");
    baro_ods_attribute(w, "style:master-page-name", "Default");
    baro_ods_end(w);
    baro_ods_begin(w, "style:style");
    baro_ods_attribute(w, "style:name", "row");
    baro_ods_attribute(w, "style:family", "table-row");
    baro_ods_begin(w, "style:table-row-properties");
    baro_ods_attribute(w, "style:use-optimal-row-height", "true");
    baro_ods_end(w);
    baro_ods_end(w);
}

/* ---- cells ---- */

static void text_cell(baro_ods *w, const char *text, const char *style, const char *link)
{
    w->failed = w->failed || !text;
    baro_ods_begin(w, "table:table-cell");
    baro_ods_attribute(w, "table:style-name", style);
    if (text && *text && !w->failed) {
        baro_ods_attribute(w, "office:value-type", "string");
        baro_ods_begin(w, "text:p");
        if (link) {
            baro_ods_begin(w, "text:a");
            baro_ods_attribute(w, "xlink:type", "simple");
            baro_ods_attribute(w, "xlink:href", baro_arena_format(w->arena, "#%s.A1", link));
        }
        letters_with_spaces(w, text);
        if (link)
            baro_ods_end(w);
        baro_ods_end(w);
    }
    baro_ods_end(w);
}

static void table_cell(baro_ods *w, const baro_worksheet *sheet, size_t row, size_t column)
{
    const baro_sheet *table = sheet->table;
    const baro_sheet_column *about = &table->columns[column];
    const baro_cell *cell = &table->cells[row * table->n_columns + column];
    const char *text = baro_workbook_cell(about, cell, w->arena),
               *link = column == 0 && sheet->links ? sheet->links[row] : NULL;
    char value[BARO_NUMBER_TEXT];
    double number;
    if (!baro_workbook_number(about, cell, &number)) {
        text_cell(w, text, about->numeric ? "marker" : column > 0 ? "inside" : "label", link);
        return;
    }
    baro_number_write(number, value);
    w->failed = w->failed || !text;
    baro_ods_begin(w, "table:table-cell");
    baro_ods_attribute(w, "table:style-name", number_style(about, w->arena));
    baro_ods_attribute(w, "office:value-type", "float");
    baro_ods_attribute(w, "office:value", value);
    baro_ods_begin(w, "text:p");
    if (text)
        baro_ods_letters(w, text);
    baro_ods_end(w);
    baro_ods_end(w);
}

static void begin_row(baro_ods *w)
{
    baro_ods_begin(w, "table:table-row");
    baro_ods_attribute(w, "table:style-name", "row");
}

static void write_sheet(baro_ods *w, size_t i)
{
    const baro_worksheet *sheet = &w->workbook->sheets[i];
    const baro_sheet *table = sheet->table && sheet->table->n_columns > 0 ? sheet->table : NULL;
    baro_ods_begin(w, "table:table");
    baro_ods_attribute(w, "table:name", sheet->name);
    baro_ods_attribute(w, "table:style-name", "sheet");
    for (size_t c = 0; c < columns_of(sheet); c++) {
        baro_ods_begin(w, "table:table-column");
        baro_ods_attribute(w, "table:style-name", baro_arena_format(w->arena, "c%zu-%zu", i, c));
        baro_ods_attribute(w, "table:default-cell-style-name", "Default");
        baro_ods_end(w);
    }
    for (size_t k = 0; k < sheet->n_lines; k++) {
        begin_row(w);
        text_cell(w, baro_workbook_text(sheet->lines[k], w->arena), k ? "label" : "title", NULL);
        baro_ods_end(w);
    }
    if (table)
        begin_row(w);
    for (size_t c = 0; table && c < table->n_columns; c++)
        text_cell(w, w->title[i][c], table->columns[c].numeric ? "head-number" : c > 0 ? "head-inside" : "head", NULL);
    if (table)
        baro_ods_end(w);
    for (size_t r = 0; table && r < table->n_rows && !w->failed; r++) {
        begin_row(w);
        for (size_t c = 0; c < table->n_columns; c++)
            table_cell(w, sheet, r, c);
        baro_ods_end(w);
    }
    baro_ods_end(w);
}

/* A, B ... Z, AA ...: the column's name in an address. */
static const char *column_letters(size_t column, char out[8])
{
    char *at = out + 7;
    *at = '\0';
    for (size_t n = column + 1; n > 0 && at > out; n = (n - 1) / 26)
        *--at = (char)('A' + (n - 1) % 26);
    return at;
}

/* The tables by name, without the buttons of filters. */
static void write_ranges(baro_ods *w)
{
    size_t marked = 0;
    for (size_t i = 0; i < w->workbook->n_sheets; i++) {
        const baro_worksheet *sheet = &w->workbook->sheets[i];
        char last[8];
        if (!sheet->table || sheet->table->n_columns == 0)
            continue;
        if (marked++ == 0)
            baro_ods_begin(w, "table:database-ranges");
        baro_ods_begin(w, "table:database-range");
        baro_ods_attribute(w, "table:name", baro_arena_format(w->arena, "Table_%s", sheet->name));
        baro_ods_attribute(w, "table:target-range-address",
                           baro_arena_format(w->arena, "%s.A%zu:%s.%s%zu", sheet->name, sheet->n_lines + 1, sheet->name,
                                             column_letters(sheet->table->n_columns - 1, last),
                                             sheet->n_lines + 1 + sheet->table->n_rows));
        baro_ods_attribute(w, "table:contains-header", "true");
        baro_ods_attribute(w, "table:display-filter-buttons", "false");
        baro_ods_end(w);
    }
    if (marked)
        baro_ods_end(w);
}

void baro_ods_content(baro_ods *w)
{
    baro_ods_begin_document(w, "office:document-content");
    baro_ods_begin(w, "office:automatic-styles");
    column_styles(w);
    cell_style(w, "title", true, LEFT, NULL);
    cell_style(w, "label", false, LEFT, NULL);
    cell_style(w, "marker", false, RIGHT, NULL);
    cell_style(w, "head", true, LEFT, NULL);
    cell_style(w, "head-number", true, RIGHT, NULL);
    cell_style(w, "inside", false, INSIDE, NULL);
    cell_style(w, "head-inside", true, INSIDE, NULL);
    number_styles(w);
    baro_ods_end(w);
    baro_ods_begin(w, "office:body");
    baro_ods_begin(w, "office:spreadsheet");
    for (size_t i = 0; i < w->workbook->n_sheets && !w->failed; i++)
        write_sheet(w, i);
    write_ranges(w);
    baro_ods_end_document(w);
}
