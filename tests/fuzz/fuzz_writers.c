/* No sheet crashes or hangs a writer, and no text table is laid out wider than its page. */
#include "io/writers/sheet.h"
#include "io/writers/text_layout.h"
#include "surveys/publishing/workbook.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6, CELLS = 48 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes up to the next NUL, or NULL where there are none left. */
static const char *next_text(const char **at, const char *last)
{
    const char *text = *at;
    if (text >= last)
        return NULL;
    *at += strlen(text) + 1;
    return text;
}

static baro_cell next_cell(const char **at, const char *last, uint8_t how)
{
    baro_cell cell = {BARO_CELL_TEXT, next_text(at, last), 0};
    if (!cell.text || how % 4 == 0)
        cell.kind = BARO_CELL_EMPTY;
    if (how % 4 == 1 && cell.text) {
        uint64_t bits = 0;
        memcpy(&bits, cell.text, strlen(cell.text) < sizeof bits ? strlen(cell.text) : sizeof bits);
        cell.kind = BARO_CELL_NUMBER;
        memcpy(&cell.number, &bits, sizeof bits);
        cell.text = how & 8 ? next_text(at, last) : NULL;
    }
    return cell;
}

static void check_layout(const baro_sheet *sheet, size_t width)
{
    baro_arena *arena = baro_arena_new();
    baro_text_layout layout;
    if (!arena || baro_text_layout_of(sheet, width, arena, &layout) != BARO_OK)
        abort();
    size_t total = 0, shown = 0;
    for (size_t c = 0; c < layout.n_columns; c++) {
        total += layout.columns[c].shown ? layout.columns[c].width : 0;
        shown += layout.columns[c].shown;
    }
    total += shown ? (shown - 1) * BARO_TEXT_GAP : 0;
    if (layout.fits && (total != layout.width || total > width))
        abort();
    baro_arena_free(arena);
}

static void write_all(const baro_sheet *sheets, size_t n, size_t width)
{
    static baro_status (*const writers[])(const baro_sheet *, size_t, baro_output *) = {
        baro_write_csv, baro_write_json, baro_write_jsonl, baro_write_markdown, baro_write_html};
    baro_output *output = NULL;
    if (baro_output_open("/dev/null", &output, NULL) != BARO_OK)
        abort();
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (writers[i](sheets, n, output) != BARO_OK)
            abort();
    if (baro_write_text(sheets, n, width, output) != BARO_OK || baro_output_close(output, NULL) != BARO_OK)
        abort();
}

/* What was made is read back by the writers themselves: parts that are not well-formed, or lack rows, are a fault. A
 * process for each XLSX is slow, so that is done for few. */
static void write_workbooks(const baro_sheet *sheets, size_t n, bool xlsx)
{
    baro_arena *arena = baro_arena_new();
    baro_workbook workbook;
    baro_output *output = NULL;
    const baro_workbook_about about = {.title = sheets->title, .publisher = sheets->subtitle, .made = 1};
    const baro_csvw csvw = {.url = sheets->title ? sheets->title : "", .licence = sheets->subtitle};
    if (!arena || baro_workbook_of_sheets(&about, sheets, n, arena, &workbook) != BARO_OK ||
        baro_write_ods(&workbook, "/dev/null", NULL) != BARO_OK ||
        (xlsx && baro_write_xlsx(&workbook, "/dev/null", NULL) != BARO_OK))
        abort();
    baro_arena_free(arena);
    if (baro_output_open("/dev/null", &output, NULL) != BARO_OK || baro_write_csvw(sheets, &csvw, output) != BARO_OK ||
        baro_output_close(output, NULL) != BARO_OK)
        abort();
}

/* The first bytes say the shape; the rest is texts, each ended by NUL. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { HEAD = 4 };
    if (size < HEAD)
        return 0;
    char *texts = malloc(size - HEAD + 1);
    if (!texts)
        abort();
    memcpy(texts, data + HEAD, size - HEAD);
    texts[size - HEAD] = '\0';
    const char *at = texts, *last = texts + (size - HEAD);
    baro_sheet_column columns[COLUMNS] = {{.name = NULL}};
    baro_cell cells[CELLS];
    size_t n_columns = data[0] % (COLUMNS + 1), width = 20 + data[1];
    const char *title = next_text(&at, last), *subtitle = next_text(&at, last);
    const char *notes[] = {next_text(&at, last), title, next_text(&at, last)};
    size_t n_notes = 0;
    while (n_notes < 3 && notes[n_notes])
        n_notes++;
    for (size_t c = 0; c < n_columns; c++)
        columns[c] = (baro_sheet_column){.name = next_text(&at, last),
                                         .numeric = data[2] >> c & 1,
                                         .decimals = data[1] % 17 - 1,
                                         .scale = data[2] & 64 ? 100 : 0,
                                         .unit = data[2] & 128 ? next_text(&at, last) : NULL,
                                         .thousands = data[1] & 1,
                                         .keep = data[3] >> c & 1};
    for (size_t i = 0; i < CELLS; i++)
        cells[i] = next_cell(&at, last, (uint8_t)(data[3] + 7 * i));
    baro_sheet sheet = {
        "f",         title, subtitle, notes, n_notes, columns, n_columns, cells, n_columns ? CELLS / n_columns : 0,
        data[3] >> 6};
    check_layout(&sheet, width);
    baro_sheet sheets[2] = {sheet, sheet};
    write_all(sheets, 1 + (data[0] >> 7), width);
    write_workbooks(sheets, 1 + (data[0] >> 7), data[0] % 64 == 5);
    free(texts);
    return 0;
}
