/*
 * Reader sheets as pipe tables for GitHub and for Pandoc (Quarto). Every text is escaped until both read it as the same
 * plain letters. The rules that are not in CommonMark: Pandoc cites at @, raises at ^, lowers at ~, does mathematics
 * between $ (R Markdown also between \[ and \], \( and \)), and GitHub makes links of bare addresses, also of escaped
 * ones when they have an @. Of brackets only [ is escaped, and \] is never written: neither a link nor mathematics is
 * then ever complete. ([ bare and ] escaped would say the same, but Pandoc takes twice as long for each further one.)
 */
#include "io/base/text.h"
#include "io/writers/escape.h"
#include <string.h>

typedef enum { IN_A_LINE, AT_A_START } place; /* a start: where a list, a heading, a caption could begin */

enum { FEWEST_DASHES = 3, MOST_DASHES = 40 };

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_alphanumeric(c);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char at_or_space(const char *text, size_t length, size_t at)
{
    return at < length ? text[at] : ' ';
}

/* Whether text[at] would mean something without a backslash. */
static bool has_meaning(const char *text, size_t length, size_t at)
{
    char c = text[at], before = at > 0 ? text[at - 1] : ' ', after = at_or_space(text, length, at + 1);
    if (strchr("\\`*_{}[<>#&|$~^@", c))
        return true;
    if (c == ':') /* https://, mailto:, :heart: */
        return !is_space(after);
    if (c == '.') /* www.example.org */
        return at >= 3 && (text[at - 1] | 0x20) == 'w' && (text[at - 2] | 0x20) == 'w' && (text[at - 3] | 0x20) == 'w';
    return (c == '-' || c == '=') && (before == c || after == c);
}

/* In the first word of a paragraph: signs of lists, captions, quotes; 1. and (a) and Table: among them. */
static bool may_begin_block(const char *text, size_t at)
{
    char c = text[at];
    if (c == ':')
        return at == 0 || (at == 5 && (text[0] | 0x20) == 't' && memcmp(text + 1, "able", 4) == 0);
    return c == '.' || c == ')' || (at == 0 && !strchr("'\"([", c));
}

/* An address as GitHub finds it, whatever is escaped in it. */
static bool is_address(const char *text, size_t length, size_t at)
{
    char before = at > 0 ? text[at - 1] : ' ';
    return text[at] == '@' && (is_alphanumeric(before) || strchr(".+-_", before) != NULL) &&
           !is_space(at_or_space(text, length, at + 1));
}

/* [x] or [ ] in front of a note: Pandoc makes a box to tick of it, whatever is escaped in it. */
static bool is_box(const char *text, size_t length, size_t at)
{
    return at == 0 && length >= 3 && text[0] == '[' && strchr(" \t\nxX", text[1]) != NULL && text[2] == ']';
}

static void write_escaped(baro_output *output, const char *text, size_t length, place where)
{
    bool first_word = where == AT_A_START;
    for (size_t at = 0; at < length;) {
        char shown[BARO_ESCAPE_ROOM];
        if (is_space(text[at])) {
            baro_output_text(output, " ");
            first_word = false;
            at++;
            continue;
        }
        size_t n = baro_escape_printable(text + at, length - at, shown);
        if (is_punctuation(text[at])) {
            bool ends_display = text[at] == ']' && at > 0 && text[at - 1] == '\\';
            if (has_meaning(text, length, at) || (first_word && may_begin_block(text, at)))
                baro_output_text(output, "\\");
            baro_output_write(output, ends_display ? "&#93;" : text + at, ends_display ? 5 : 1);
            if (is_address(text, length, at) || (first_word && is_box(text, length, at))) /* both are cut in two */
                baro_output_text(output, "<!-- -->");
        } else {
            for (const char *byte = shown; *byte; byte++)
                baro_output_write(output, *byte == '\\' ? "\\\\" : byte, *byte == '\\' ? 2 : 1);
        }
        at += n;
    }
}

/* Without the spaces at both ends, which would undo bold type. False when nothing is left. */
static bool trimmed(const char **text, size_t *length)
{
    const char *at = *text ? *text : "";
    size_t n = strlen(at);
    for (; n > 0 && is_space(*at); n--)
        at++;
    while (n > 0 && is_space(at[n - 1]))
        n--;
    *text = at;
    *length = n;
    return n > 0;
}

static void write_line(baro_output *output, const char *before, const char *text, const char *after, place where)
{
    size_t length;
    if (!trimmed(&text, &length))
        return;
    baro_output_text(output, before);
    write_escaped(output, text, length, where);
    baro_output_text(output, after);
}

static void write_text(baro_output *output, const char *text)
{
    if (text)
        write_escaped(output, text, strlen(text), IN_A_LINE);
}

static void write_cell(baro_output *output, const baro_sheet_column *column, const baro_cell *cell)
{
    char number[BARO_SHOWN_ROOM];
    if (cell->kind == BARO_CELL_TEXT) {
        write_text(output, cell->text);
    } else if (cell->kind == BARO_CELL_NUMBER && baro_shown_number(column, cell->number, number) > 0) {
        baro_output_text(output, number);
        write_text(output, column->unit);
        if (cell->text && cell->text[0]) {
            baro_output_text(output, " ");
            write_text(output, cell->text);
        }
    }
}

/* Pandoc shares the page between columns by their dashes once a row is longer than a line; GitHub only counts to three.
 */
static size_t dashes_of(const baro_sheet *sheet, size_t column)
{
    const char *name = sheet->columns[column].name;
    size_t widest = name ? baro_text_width(name, strlen(name)) : 0;
    for (size_t r = 0; r < sheet->n_rows && widest < MOST_DASHES; r++) {
        const baro_cell *cell = &sheet->cells[r * sheet->n_columns + column];
        size_t width = cell->text ? baro_text_width(cell->text, strlen(cell->text)) : 0;
        char number[BARO_SHOWN_ROOM];
        if (cell->kind == BARO_CELL_NUMBER)
            width += baro_shown_number(&sheet->columns[column], cell->number, number);
        widest = width > widest ? width : widest;
    }
    return widest < FEWEST_DASHES ? FEWEST_DASHES : widest > MOST_DASHES ? MOST_DASHES : widest;
}

static void write_head(baro_output *output, const baro_sheet *sheet)
{
    static const char dashes[] = "----------------------------------------";
    _Static_assert(sizeof dashes == MOST_DASHES + 1, "as many dashes as there may be");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        baro_output_text(output, "| ");
        write_text(output, sheet->columns[c].name);
        baro_output_text(output, " ");
    }
    baro_output_text(output, "|\n");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        baro_output_text(output, sheet->columns[c].numeric ? "| " : "| :");
        baro_output_write(output, dashes, dashes_of(sheet, c));
        baro_output_text(output, sheet->columns[c].numeric ? ": " : " ");
    }
    baro_output_text(output, "|\n");
}

static void write_table(baro_output *output, const baro_sheet *sheet)
{
    const baro_cell *cell = sheet->cells;
    if (sheet->n_columns == 0)
        return;
    write_head(output, sheet);
    for (size_t r = 0; r < sheet->n_rows; r++) {
        for (size_t c = 0; c < sheet->n_columns; c++, cell++) {
            baro_output_text(output, "| ");
            write_cell(output, &sheet->columns[c], cell);
            baro_output_text(output, " ");
        }
        baro_output_text(output, "|\n");
    }
}

baro_status baro_write_markdown(const baro_sheet *sheets, size_t n, baro_output *output)
{
    for (size_t i = 0; i < n; i++) {
        baro_output_text(output, i ? "\n" : "");
        write_line(output, "**", sheets[i].title, "**\n\n", IN_A_LINE);
        write_line(output, "", sheets[i].subtitle, "\n\n", AT_A_START);
        write_table(output, &sheets[i]);
        for (size_t k = 0; k < sheets[i].n_notes; k++)
            write_line(output, k ? "- " : "\n- ", sheets[i].notes[k], "\n", AT_A_START);
    }
    return BARO_OK;
}
