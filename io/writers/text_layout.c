#include "io/writers/text_layout.h"
#include "io/base/text.h"
#include "io/writers/escape.h"
#include <stdint.h>
#include <string.h>

enum {
    LONG_WORD = 16,  /* a longer word may be broken where room is short */
    LONG_TITLE = 16, /* a longer title is set in two lines, in three where room is short */
    NARROW = 8,      /* text columns get no narrower, unless nothing in them is wider */
    READABLE = 24,   /* nor, when a text fills many lines, narrower than this, */
    SHARE = 4,       /* or than this part of the page */
    TALLEST = 4      /* lines of a text that are not many */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A text with everything unprintable as \xNN; length SIZE_MAX without memory. */
static baro_span printable(const char *text, baro_arena *arena)
{
    const baro_span none = {"", SIZE_MAX};
    baro_span raw = baro_span_of(text);
    bool plain = true;
    for (size_t i = 0; i < raw.length && plain; i++)
        plain = raw.text[i] >= ' ' && raw.text[i] < 0x7F;
    if (plain)
        return raw;
    if (raw.length > (SIZE_MAX - 1) / 4)
        return none;
    char *out = BARO_ARRAY(arena, char, 4 * raw.length + 1);
    if (!out)
        return none;
    return baro_span_of(baro_text_quote_all(raw.text, raw.length, out, 4 * raw.length + 1));
}

/* A number, its unit, and its shorthand behind a space. False without memory. */
static bool show_number(const baro_sheet_column *column, const baro_cell *cell, baro_arena *arena, baro_text_cell *out)
{
    char number[BARO_SHOWN_ROOM];
    size_t length = baro_shown_number(column, cell->number, number);
    baro_span unit = printable(column->unit, arena), code = printable(cell->text, arena);
    if (unit.length == SIZE_MAX || code.length == SIZE_MAX)
        return false;
    if (length == 0)
        return true;
    const char *text = baro_arena_format(arena, "%s%s%s%s", number, unit.text, code.length ? " " : "", code.text);
    if (!text)
        return false;
    out->text = baro_span_of(text);
    while (out->text.text[out->text.length - 1] == ' ') /* a number is at its front */
        out->text.length--;
    out->width = baro_span_width(out->text);
    out->number = column->numeric;
    out->left = strcspn(number, ".");
    out->right = length - out->left + baro_span_width(unit);
    out->right = smaller(out->right, out->width - out->left);
    return true;
}

static bool show_cell(const baro_sheet_column *column, const baro_cell *cell, baro_arena *arena, baro_text_cell *out)
{
    out->text = baro_span_of("");
    if (baro_cell_is_empty(cell))
        return true;
    if (cell->kind == BARO_CELL_NUMBER)
        return show_number(column, cell, arena, out);
    out->text = printable(cell->text, arena);
    if (out->text.length == SIZE_MAX)
        return false;
    out->width = baro_span_width(out->text);
    return true;
}

size_t baro_text_block(const baro_text_column *column)
{
    return column->left + column->right + column->after;
}

/* What a column needs and wants, from its title and its cells. */
static void measure_column(baro_text_layout *layout, size_t c, size_t page)
{
    baro_text_column *column = &layout->columns[c];
    size_t widest = 0, word = 0;
    for (size_t r = 0; r < layout->n_rows; r++) {
        const baro_text_cell *cell = &layout->cells[r * layout->n_columns + c];
        if (cell->number) {
            column->left = larger(column->left, cell->left);
            column->right = larger(column->right, cell->right);
            column->after = larger(column->after, cell->width - cell->left - cell->right);
        } else if (cell->width > widest || cell->width > word) {
            widest = larger(widest, cell->width);
            word = larger(word, baro_wrap_word(cell->text));
        }
    }
    size_t block = baro_text_block(column), title = baro_span_width(column->name);
    size_t tall = smaller(smaller(READABLE, page / SHARE), widest / TALLEST);
    size_t in_words = smaller(word, LONG_WORD) + (column->numeric ? 0 : BARO_TEXT_HANG);
    in_words = larger(in_words, larger(column->numeric ? 0 : NARROW, tall));
    size_t title_least = smaller(baro_wrap_narrowest(column->name, 3, 2), LONG_TITLE);
    size_t title_most = title <= LONG_TITLE ? title : baro_wrap_narrowest(column->name, 2, LONG_TITLE);
    column->least = larger(larger(block, smaller(widest, in_words)), smaller(title, title_least));
    column->most = larger(larger(block, widest), larger(title_most, column->least));
}

/* The most that columns of text and of numbers get, unless they must have more. */
typedef struct {
    size_t text, numeric;
} caps;

static size_t width_of(const baro_text_column *column, caps cap)
{
    return larger(column->least, smaller(column->most, column->numeric ? cap.numeric : cap.text));
}

/* Columns of the whole table. */
static size_t width_under(const baro_text_layout *layout, caps cap)
{
    size_t total = 0;
    bool any = false;
    for (size_t c = 0; c < layout->n_columns; c++) {
        const baro_text_column *column = &layout->columns[c];
        if (column->shown)
            total += (any ? BARO_TEXT_GAP : 0) + width_of(column, cap);
        any = any || column->shown;
    }
    return total;
}

/* Leaves out the last column that may go; one always stays. */
static bool drop_one(const baro_sheet *sheet, baro_text_layout *layout)
{
    size_t shown = 0, last = SIZE_MAX;
    for (size_t c = 0; c < layout->n_columns; c++) {
        shown += layout->columns[c].shown;
        if (layout->columns[c].shown && !sheet->columns[c].keep && c >= sheet->row_headers)
            last = c;
    }
    if (shown < 2 || last == SIZE_MAX)
        return false;
    layout->columns[last].shown = false;
    return true;
}

/* Raises one of the caps as far as there is room. */
static void raise_cap(const baro_text_layout *layout, size_t width, caps *cap, size_t *one)
{
    size_t low = 0, high = width;
    while (low < high) {
        *one = low + (high - low + 1) / 2;
        if (width_under(layout, *cap) <= width)
            low = *one;
        else
            high = *one - 1;
    }
    *one = low;
}

/* Labels come first: a title of numbers reads well in three lines, a label of three lines is a taller table. What no
 * cap can give to all goes to the first columns. */
static void share(baro_text_layout *layout, size_t width)
{
    caps cap = {0, 0};
    raise_cap(layout, width, &cap, &cap.text);
    raise_cap(layout, width, &cap, &cap.numeric);
    size_t total = width_under(layout, cap);
    for (size_t c = 0; c < layout->n_columns; c++) {
        baro_text_column *column = &layout->columns[c];
        column->width = width_of(column, cap);
        if (column->shown && column->width < column->most && total < width) {
            column->width++;
            total++;
        }
    }
    layout->width = total;
}

static baro_status show_all(const baro_sheet *sheet, baro_arena *arena, baro_text_layout *out)
{
    baro_text_cell *cells = BARO_ARRAY(arena, baro_text_cell, sheet->n_rows * sheet->n_columns);
    out->columns = BARO_ARRAY(arena, baro_text_column, sheet->n_columns);
    if (!cells || !out->columns)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < sheet->n_rows * sheet->n_columns; i++)
        if (!show_cell(&sheet->columns[i % sheet->n_columns], &sheet->cells[i], arena, &cells[i]))
            return BARO_NO_MEMORY;
    for (size_t c = 0; c < sheet->n_columns; c++) {
        out->columns[c].name = printable(sheet->columns[c].name, arena);
        out->columns[c].numeric = sheet->columns[c].numeric;
        out->columns[c].shown = true;
        if (out->columns[c].name.length == SIZE_MAX)
            return BARO_NO_MEMORY;
    }
    out->cells = cells;
    return BARO_OK;
}

baro_status baro_text_layout_of(const baro_sheet *sheet, size_t width, baro_arena *arena, baro_text_layout *out)
{
    baro_text_layout layout = {.n_columns = sheet->n_columns, .n_rows = sheet->n_rows, .fits = true};
    baro_status status = show_all(sheet, arena, &layout);
    if (status != BARO_OK)
        return status;
    for (size_t c = 0; c < layout.n_columns; c++)
        measure_column(&layout, c, width);
    while (layout.fits && width_under(&layout, (caps){0, 0}) > width)
        layout.fits = drop_one(sheet, &layout);
    if (layout.fits)
        share(&layout, width);
    for (size_t c = 0; !layout.fits && c < layout.n_columns; c++)
        layout.columns[c].shown = true;
    *out = layout;
    return BARO_OK;
}
