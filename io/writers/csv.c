/* Tidy sheets as CSV: RFC 4180 but for LF at the end of a line, UTF-8 without a BOM, numbers in full. */
#include "io/writers/escape.h"
#include <string.h>

/* What a spreadsheet would take for a formula. Spaces in front do not stop it. */
static bool is_formula(const char *text)
{
    text += strspn(text, " ");
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text)
{
    return text[0] != '\0' &&
           (is_blank(text[0]) || is_blank(text[strlen(text) - 1]) || strpbrk(text, ",\"\r\n") != NULL);
}

static void write_field(baro_output *output, const char *text)
{
    const char *mark = needs_quotes(text) ? "\"" : "";
    baro_output_text(output, mark);
    double number; /* a code such as -1 is a number, and negative numbers are never touched */
    bool is_code = text[0] == '-' && baro_number_read(text, strlen(text), '.', &number);
    if (is_formula(text) && !is_code)
        baro_output_text(output, "'");
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        baro_escape_valid(output, text, (size_t)(quote - text));
        baro_output_text(output, "\"\"");
    }
    baro_escape_valid(output, text, strlen(text));
    baro_output_text(output, mark);
}

static void write_cell(baro_output *output, const baro_cell *cell, bool is_alone)
{
    char number[BARO_NUMBER_TEXT];
    if (baro_cell_is_empty(cell))
        baro_output_text(output, is_alone ? "\"\"" : ""); /* else the line would be blank, and readers skip those */
    else if (cell->kind == BARO_CELL_NUMBER)
        baro_output_write(output, number, baro_number_write(cell->number, number));
    else
        write_field(output, cell->text);
}

static void write_header(baro_output *output, const baro_sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const baro_cell name = {BARO_CELL_TEXT, sheet->columns[c].name, 0};
        baro_output_text(output, c ? "," : "");
        write_cell(output, &name, sheet->n_columns == 1);
    }
    baro_output_text(output, "\n");
}

static const char *name_of(const baro_sheet *sheet, size_t column)
{
    return sheet->columns[column].name ? sheet->columns[column].name : "";
}

static bool same_columns(const baro_sheet *a, const baro_sheet *b)
{
    bool same = a->n_columns == b->n_columns;
    for (size_t c = 0; same && c < a->n_columns; c++)
        same = strcmp(name_of(a, c), name_of(b, c)) == 0;
    return same;
}

baro_status baro_write_csv(const baro_sheet *sheets, size_t n, baro_output *output)
{
    for (size_t i = 1; i < n; i++)
        if (!same_columns(&sheets[0], &sheets[i]))
            return BARO_INTERNAL;
    if (n == 0 || sheets[0].n_columns == 0)
        return BARO_OK;
    write_header(output, &sheets[0]);
    for (size_t i = 0; i < n; i++) {
        const baro_cell *cell = sheets[i].cells;
        for (size_t r = 0; r < sheets[i].n_rows; r++) {
            for (size_t c = 0; c < sheets[i].n_columns; c++, cell++) {
                baro_output_text(output, c ? "," : "");
                write_cell(output, cell, sheets[i].n_columns == 1);
            }
            baro_output_text(output, "\n");
        }
    }
    return BARO_OK;
}
