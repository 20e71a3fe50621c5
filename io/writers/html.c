/*
 * Reader sheets as tables of HTML, for a page that brings a head and a style of its own: what a cell is stands in
 * elements and classes, and nothing of it in scripts or style attributes, which a strict Content-Security-Policy would
 * refuse. The table stands in a region that can be focused, so that one too wide for a page can be scrolled by
 * keyboard.
 */
#include "io/writers/escape.h"
#include "io/writers/web.h"
#include <string.h>

static void write_element(baro_output *output, const char *before, const char *text, const char *after)
{
    if (!text || text[strspn(text, " \t\n\v\f\r")] == '\0')
        return;
    baro_output_text(output, before);
    baro_web_text(output, text);
    baro_output_text(output, after);
}

static void write_content(baro_output *output, const baro_sheet_column *column, const baro_cell *cell)
{
    char number[BARO_SHOWN_ROOM];
    if (cell->kind == BARO_CELL_TEXT) {
        baro_web_text(output, cell->text);
    } else if (cell->kind == BARO_CELL_NUMBER && baro_shown_number(column, cell->number, number) > 0) {
        baro_output_text(output, number);
        baro_web_text(output, column->unit);
        if (cell->text && cell->text[0]) {
            baro_output_text(output, " ");
            baro_web_text(output, cell->text);
        }
    }
}

static void write_row(baro_output *output, const baro_sheet *sheet, const baro_cell *row)
{
    baro_output_text(output, "<tr>");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        bool header = c < sheet->row_headers;
        baro_output_text(output, header ? "<th scope=\"row\"" : "<td");
        baro_output_text(output, sheet->columns[c].numeric ? " class=\"number\">" : ">");
        write_content(output, &sheet->columns[c], &row[c]);
        baro_output_text(output, header ? "</th>" : "</td>");
    }
    baro_output_text(output, "</tr>\n");
}

/* The sheet's id where it is the first of that name, else with a number behind. Ids of survey files may have letters of
 * any script; a byte that is no letter or digit of ASCII becomes two digits, so that different ids stay different. */
static void write_id(baro_output *output, const baro_sheet *sheets, size_t sheet)
{
    const char *id = sheets[sheet].id ? sheets[sheet].id : "table";
    size_t same = 1;
    for (size_t i = 0; i < sheet; i++)
        same += strcmp(sheets[i].id ? sheets[i].id : "table", id) == 0;
    for (const char *at = id; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');
        if (plain || *at == '-' || *at == '_')
            baro_output_write(output, at, 1);
        else
            baro_output_format(output, "_%02X", (unsigned)(unsigned char)*at);
    }
    if (same > 1)
        baro_output_format(output, "--%zu", same);
}

static void write_table(baro_output *output, const baro_sheet *sheets, size_t i)
{
    const baro_sheet *sheet = &sheets[i];
    baro_output_text(output, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
    write_id(output, sheets, i);
    baro_output_text(output, "-caption\">\n<table id=\"");
    write_id(output, sheets, i);
    baro_output_text(output, "\">\n<caption id=\"");
    write_id(output, sheets, i);
    baro_output_text(output, "-caption\">");
    baro_web_text(output, sheet->title);
    write_element(output, " <span class=\"subtitle\">", sheet->subtitle, "</span>");
    baro_output_text(output, "</caption>\n<thead>\n<tr>");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        baro_output_text(output,
                         sheet->columns[c].numeric ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
        baro_web_text(output, sheet->columns[c].name);
        baro_output_text(output, "</th>");
    }
    baro_output_text(output, "</tr>\n</thead>\n<tbody>\n");
    for (size_t r = 0; r < sheet->n_rows; r++)
        write_row(output, sheet, sheet->cells + r * sheet->n_columns);
    baro_output_text(output, "</tbody>\n</table>\n</div>\n");
}

baro_status baro_write_html(const baro_sheet *sheets, size_t n, baro_output *output)
{
    for (size_t i = 0; i < n; i++) {
        if (sheets[i].n_columns > 0)
            write_table(output, sheets, i);
        else
            write_element(output, "<p>", sheets[i].title, "</p>\n");
        baro_output_text(output, sheets[i].n_notes ? "<ul class=\"notes\">\n" : "");
        for (size_t k = 0; k < sheets[i].n_notes; k++)
            write_element(output, "<li>", sheets[i].notes[k], "</li>\n");
        baro_output_text(output, sheets[i].n_notes ? "</ul>\n" : "");
    }
    return BARO_OK;
}
