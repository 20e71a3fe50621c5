/*
 * Reader sheets for a terminal. Side by side where the columns fit:
 *
 *   Title, broken where it must be
 *
 *   Group                    Lower
 *                  Trust     bound
 *   ------------------------------
 *   Asian or        62%        58%
 *     Asian ...
 *   Black           55% [u]    [c]
 *
 *   Notes:
 *   - [c]: confidential
 *
 * and else, on a very narrow terminal, each row as a paragraph of "Title: value" lines.
 */
#include "io/base/text.h"
#include "io/writers/text_layout.h"
#include <stdint.h>
#include <string.h>

enum {
    NARROWEST = 20, /* terminal columns; fewer count as this many */
    HANG_FROM = 8   /* columns narrower than this have no room to set lines in */
};

/* One line on its way out. Spaces wait until something follows them, so that no line ends in one. */
typedef struct {
    baro_output *output;
    size_t at; /* columns written */
} line;

static void put_at(line *into, size_t column, baro_span text)
{
    static const char spaces[] = "                                ";
    while (text.length > 0 && into->at < column) {
        size_t n = column - into->at < sizeof spaces - 1 ? column - into->at : sizeof spaces - 1;
        baro_output_write(into->output, spaces, n);
        into->at += n;
    }
    baro_output_write(into->output, text.text, text.length);
    into->at += baro_span_width(text);
}

static void end_line(line *into)
{
    baro_output_text(into->output, "\n");
    into->at = 0;
}

/* Lines of at most `width` columns: the first behind `before`, the others `hang` to the right. */
static void write_paragraph(line *into, const char *before, baro_span text, size_t width, size_t hang)
{
    put_at(into, 0, baro_span_of(before));
    put_at(into, into->at, baro_wrap_take(&text, width - into->at));
    end_line(into);
    while (text.length > 0) {
        put_at(into, hang, baro_wrap_take(&text, width - hang));
        end_line(into);
    }
}

/* A text of the sheet, quoted; NULL and one of spaces only write nothing and set nothing in *written. */
static baro_status write_words(line *into, const char *before, const char *text, size_t width, baro_arena *arena,
                               bool *written)
{
    const char *words = text ? text + strspn(text, " ") : "";
    size_t length = strlen(words);
    if (length == 0)
        return BARO_OK;
    char *shown = length <= (SIZE_MAX - 1) / 4 ? BARO_ARRAY(arena, char, 4 * length + 1) : NULL;
    if (!shown)
        return BARO_NO_MEMORY;
    baro_text_quote_all(words, length, shown, 4 * length + 1);
    write_paragraph(into, before, baro_span_of(shown), width, strlen(before));
    *written = true;
    return BARO_OK;
}

/* Titles stand on the rule: a short one begins further down. `rest` has room for a span a column. */
static void write_head(line *into, const baro_text_layout *layout, baro_span rest[])
{
    size_t height = 0;
    for (size_t c = 0; c < layout->n_columns; c++) {
        const baro_text_column *column = &layout->columns[c];
        rest[c] = column->shown ? column->name : baro_span_of("");
        size_t lines = baro_wrap_lines(rest[c], column->width);
        height = lines > height ? lines : height;
    }
    for (size_t left = height; left > 0; left--) {
        size_t start = 0;
        for (size_t c = 0; c < layout->n_columns; c++) {
            const baro_text_column *column = &layout->columns[c];
            if (!column->shown)
                continue;
            if (rest[c].length > 0 && baro_wrap_lines(rest[c], column->width) >= left) {
                baro_span part = baro_wrap_take(&rest[c], column->width);
                put_at(into, start + (column->numeric ? column->width - baro_span_width(part) : 0), part);
            }
            start += column->width + BARO_TEXT_GAP;
        }
        end_line(into);
    }
    for (size_t i = 0; i < layout->width; i++)
        baro_output_text(into->output, "-");
    end_line(into);
}

/* The next line of one cell, `start` being the left edge of its column. */
static void put_cell(line *into, size_t start, const baro_text_column *column, const baro_text_cell *cell,
                     baro_span *rest)
{
    if (cell->number) {
        put_at(into, start + column->width - baro_text_block(column) + column->left - cell->left, *rest);
        rest->length = 0;
        return;
    }
    bool first = rest->text == cell->text.text;
    size_t hang = first || column->numeric || column->width < HANG_FROM ? 0 : BARO_TEXT_HANG;
    baro_span part = baro_wrap_take(rest, column->width - hang);
    put_at(into, start + (column->numeric ? column->width - baro_span_width(part) : hang), part);
}

static void write_row(line *into, const baro_text_layout *layout, const baro_text_cell *cells, baro_span rest[])
{
    bool more = true;
    for (size_t c = 0; c < layout->n_columns; c++)
        rest[c] = cells[c].text;
    while (more) {
        size_t start = 0;
        more = false;
        for (size_t c = 0; c < layout->n_columns; c++) {
            const baro_text_column *column = &layout->columns[c];
            if (!column->shown)
                continue;
            if (rest[c].length > 0)
                put_cell(into, start, column, &cells[c], &rest[c]);
            more = more || rest[c].length > 0;
            start += column->width + BARO_TEXT_GAP;
        }
        end_line(into);
    }
}

static baro_status write_table(line *into, const baro_text_layout *layout, baro_arena *arena)
{
    baro_span *rest = BARO_ARRAY(arena, baro_span, layout->n_columns);
    if (!rest)
        return BARO_NO_MEMORY;
    write_head(into, layout, rest);
    for (size_t r = 0; r < layout->n_rows; r++)
        write_row(into, layout, layout->cells + r * layout->n_columns, rest);
    return BARO_OK;
}

/* No room side by side: "Title: value", a line a cell, a blank line between two rows. */
static baro_status write_list(line *into, const baro_text_layout *layout, size_t width, baro_arena *arena)
{
    for (size_t r = 0; r < layout->n_rows; r++) {
        if (r > 0)
            end_line(into);
        for (size_t c = 0; c < layout->n_columns; c++) {
            baro_span value = layout->cells[r * layout->n_columns + c].text;
            if (value.length == 0)
                continue;
            baro_span name = layout->columns[c].name;
            const char *text = baro_arena_format(arena, "%s%s%s", name.text, name.length ? ": " : "", value.text);
            if (!text)
                return BARO_NO_MEMORY;
            write_paragraph(into, "", baro_span_of(text), width, BARO_TEXT_HANG);
        }
    }
    return BARO_OK;
}

/* What the last note says of the columns left out; *out stays NULL when there are none. */
static baro_status say_dropped(const baro_text_layout *layout, baro_arena *arena, const char **out)
{
    const char *names = NULL;
    for (size_t c = 0; c < layout->n_columns; c++)
        if (!layout->columns[c].shown) {
            const char *name = layout->columns[c].name.text;
            names = names ? baro_arena_format(arena, "%s, %s", names, name) : name;
            if (!names)
                return BARO_NO_MEMORY;
        }
    if (!names)
        return BARO_OK;
    *out = baro_arena_format(arena, "Not shown for lack of width: %s. Use --format csv or a wider terminal.", names);
    return *out ? BARO_OK : BARO_NO_MEMORY;
}

static baro_status write_note(line *into, const char *note, size_t width, bool below, bool *any, baro_arena *arena)
{
    if (!*any && note && note[strspn(note, " ")]) {
        if (below)
            end_line(into);
        write_paragraph(into, "", baro_span_of("Notes:"), width, 0);
    }
    return write_words(into, "- ", note, width, arena, any);
}

static baro_status write_notes(line *into, const baro_sheet *sheet, const baro_text_layout *layout, size_t width,
                               bool below, baro_arena *arena)
{
    const char *dropped = NULL;
    bool any = false;
    baro_status status = say_dropped(layout, arena, &dropped);
    for (size_t i = 0; i < sheet->n_notes && status == BARO_OK; i++)
        status = write_note(into, sheet->notes[i], width, below, &any, arena);
    return status == BARO_OK ? write_note(into, dropped, width, below, &any, arena) : status;
}

static baro_status write_sheet(line *into, const baro_sheet *sheet, size_t width, baro_arena *arena)
{
    baro_text_layout layout;
    bool written = false;
    baro_status status = baro_text_layout_of(sheet, width, arena, &layout);
    if (status == BARO_OK)
        status = write_words(into, "", sheet->title, width, arena, &written);
    if (status == BARO_OK)
        status = write_words(into, "", sheet->subtitle, width, arena, &written);
    if (status != BARO_OK)
        return status;
    if (sheet->n_columns > 0) {
        if (written)
            end_line(into);
        status = layout.fits ? write_table(into, &layout, arena) : write_list(into, &layout, width, arena);
        written = true;
    }
    return status == BARO_OK ? write_notes(into, sheet, &layout, width, written, arena) : status;
}

baro_status baro_write_text(const baro_sheet *sheets, size_t n, size_t width, baro_output *output)
{
    baro_status status = BARO_OK;
    line into = {output, 0};
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        baro_arena *arena = baro_arena_new();
        if (i > 0)
            end_line(&into);
        status = arena ? write_sheet(&into, &sheets[i], width < NARROWEST ? NARROWEST : width, arena) : BARO_NO_MEMORY;
        baro_arena_free(arena);
    }
    return status;
}
