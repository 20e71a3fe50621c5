/* Tidy sheets as JSON (RFC 8259) and as JSON Lines: one object a row, with the columns' names. */
#include "io/writers/escape.h"
#include <string.h>

static void write_value(baro_output *output, const baro_cell *cell)
{
    char number[BARO_NUMBER_TEXT];
    if (baro_cell_is_empty(cell))
        baro_output_text(output, "null");
    else if (cell->kind == BARO_CELL_NUMBER)
        baro_output_write(output, number, baro_number_write(cell->number, number));
    else
        baro_escape_json(output, cell->text);
}

static void write_row(baro_output *output, const baro_sheet *sheet, const baro_cell *row)
{
    baro_output_text(output, "{");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        baro_output_text(output, c ? ", " : "");
        baro_escape_json(output, sheet->columns[c].name ? sheet->columns[c].name : "");
        baro_output_text(output, ": ");
        write_value(output, &row[c]);
    }
    baro_output_text(output, "}");
}

/* All rows, each on a line of its own, with `before` each and `between` two of them. */
static size_t write_rows(baro_output *output, const baro_sheet *sheets, size_t n, const char *before,
                         const char *between)
{
    size_t written = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < sheets[i].n_rows; r++, written++) {
            baro_output_text(output, written ? between : "");
            baro_output_text(output, before);
            write_row(output, &sheets[i], sheets[i].cells + r * sheets[i].n_columns);
        }
    return written;
}

/* True for a note that stood already, or that is none. */
static bool is_said(const baro_sheet *sheets, size_t sheet, size_t note)
{
    const char *text = sheets[sheet].notes[note];
    if (!text || !text[0])
        return true;
    for (size_t i = 0; i <= sheet; i++) {
        size_t notes = i < sheet ? sheets[i].n_notes : note;
        for (size_t k = 0; k < notes; k++)
            if (sheets[i].notes[k] && strcmp(sheets[i].notes[k], text) == 0)
                return true;
    }
    return false;
}

baro_status baro_write_json(const baro_sheet *sheets, size_t n, baro_output *output)
{
    size_t notes = 0;
    baro_output_text(output, "{\"notes\": [");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sheets[i].n_notes; k++)
            if (!is_said(sheets, i, k)) {
                baro_output_text(output, notes++ ? ", " : "");
                baro_escape_json(output, sheets[i].notes[k]);
            }
    baro_output_text(output, "], \"rows\": [");
    size_t rows = write_rows(output, sheets, n, "\n", ",");
    baro_output_text(output, rows ? "\n]}\n" : "]}\n");
    return BARO_OK;
}

baro_status baro_write_jsonl(const baro_sheet *sheets, size_t n, baro_output *output)
{
    if (write_rows(output, sheets, n, "", "\n") > 0)
        baro_output_text(output, "\n");
    return BARO_OK;
}
