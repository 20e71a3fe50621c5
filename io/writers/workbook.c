/* What stands in the cells of a workbook, whatever its format. */
#include "io/writers/workbook.h"
#include "io/base/text.h"
#include "io/writers/escape.h"
#include "io/writers/workbook_parts.h"
#include <math.h>
#include <string.h>

/* ---- names of worksheets ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_taken(const char *name, const char *const *taken, size_t n)
{
    if (baro_text_same_case_blind(name, "History")) /* Excel keeps it for itself */
        return true;
    for (size_t i = 0; i < n; i++)
        if (baro_text_same_case_blind(name, taken[i]))
            return true;
    return false;
}

void baro_worksheet_name(const char *wish, const char *const *taken, size_t n, char out[BARO_WORKSHEET_NAME + 1])
{
    char base[BARO_WORKSHEET_NAME + 1];
    size_t length = 0;
    if (!wish || !is_letter(*wish))
        base[length++] = 'T';
    for (; wish && *wish && length < BARO_WORKSHEET_NAME; wish++) {
        if (((unsigned char)*wish & 0xC0) == 0x80) /* the rest of a letter that is _ already */
            continue;
        base[length++] = is_letter(*wish) || is_digit(*wish) ? *wish : '_';
    }
    base[length] = '\0';
    memcpy(out, base, length + 1);
    for (size_t number = 2; is_taken(out, taken, n); number++) {
        char behind[24];
        int digits = snprintf(behind, sizeof behind, "_%zu", number);
        size_t room = BARO_WORKSHEET_NAME - (size_t)digits, kept = length < room ? length : room;
        memcpy(out, base, kept);
        memcpy(out + kept, behind, (size_t)digits + 1);
    }
}

/* ---- cells ---- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

const char *baro_workbook_text(const char *text, baro_arena *arena)
{
    size_t length = text ? strlen(text) : 0, used = 0, characters = 0;
    if (length > SIZE_MAX / 4 - 4)
        return NULL;
    char *out = BARO_ARRAY(arena, char, 4 * length + 4); /* a byte takes four at most */
    if (!out)
        return NULL;
    for (size_t at = 0; at < length;) {
        char shown[BARO_ESCAPE_ROOM] = " ";
        if (is_space(text[at]))
            at++;
        else
            at += baro_escape_printable(text + at, length - at, shown);
        size_t n = strlen(shown);
        characters += baro_text_characters(shown, n);
        if (characters > BARO_WORKBOOK_TEXT) {
            memcpy(out + used, "...", 4);
            return out;
        }
        memcpy(out + used, shown, n);
        used += n;
    }
    out[used] = '\0';
    return out;
}

bool baro_workbook_number(const baro_sheet_column *column, const baro_cell *cell, double *out)
{
    char number[BARO_SHOWN_ROOM];
    baro_sheet_column plain = *column;
    plain.thousands = false;
    if (cell->kind != BARO_CELL_NUMBER || (cell->text && cell->text[0]))
        return false;
    size_t length = baro_shown_number(&plain, cell->number, number);
    return length > 0 && baro_number_read(number, length, '.', out);
}

const char *baro_workbook_cell(const baro_sheet_column *column, const baro_cell *cell, baro_arena *arena)
{
    char number[BARO_SHOWN_ROOM];
    if (baro_cell_is_empty(cell))
        return "";
    if (cell->kind == BARO_CELL_TEXT)
        return baro_workbook_text(cell->text, arena);
    baro_shown_number(column, cell->number, number);
    const char *behind = cell->text && cell->text[0] ? baro_workbook_text(cell->text, arena) : "";
    return behind ? baro_arena_format(arena, "%s%s%s", number, *behind ? " " : "", behind) : NULL;
}

/* A table object names its columns by their titles, and programs give up on a workbook where two are the same. */
const char *const *baro_workbook_titles(const baro_sheet *table, baro_arena *arena)
{
    enum { TITLE = 200 }; /* characters; a column's name may have 255 */
    const char **title = BARO_ARRAY(arena, const char *, table->n_columns + 1);
    for (size_t c = 0; title && c < table->n_columns; c++) {
        char *clean = baro_arena_string(arena, baro_workbook_text(table->columns[c].name, arena));
        if (!clean)
            return NULL;
        if (strlen(clean) > TITLE) {
            size_t cut = TITLE;
            while (((unsigned char)clean[cut] & 0xC0) == 0x80)
                cut--;
            clean[cut] = '\0';
        }
        title[c] = clean[strspn(clean, " ")] ? clean : baro_arena_format(arena, "Column %zu", c + 1);
        const char *base = title[c];
        for (size_t number = 2; title[c] && is_taken(title[c], title, c); number++)
            title[c] = baro_arena_format(arena, "%s (%zu)", base, number);
        if (!title[c])
            return NULL;
    }
    return title;
}

/* ---- widths ---- */

static unsigned longest_word(const char *text)
{
    size_t most = 0;
    while (*text) {
        size_t word = strcspn(text, " "), width = baro_text_width(text, word);
        most = width > most ? width : most;
        text += word;
        text += *text == ' ';
    }
    return most > 100 ? 100 : (unsigned)most;
}

/* Wide enough for every number in one piece, and for labels in lines of a width that is good to read; column A also
 * holds the sentences above the table. */
const unsigned *baro_workbook_widths(const baro_worksheet *sheet, const char *const *titles, baro_arena *arena)
{
    enum { LEAST = 13, LABEL = 45, SENTENCES = 80, ABOVE_TABLE = 45, ROOM = 2 };
    const baro_sheet *table = sheet->table;
    size_t columns = table ? table->n_columns : 0;
    unsigned *width = BARO_ARRAY(arena, unsigned, columns + 1);
    if (!width)
        return NULL;
    width[0] = columns > 1 ? ABOVE_TABLE : SENTENCES;
    for (size_t c = 0; c < columns; c++) {
        unsigned widest = longest_word(titles[c]);
        widest = widest < LEAST ? LEAST : widest;
        for (size_t r = 0; r < table->n_rows; r++) {
            const char *text = baro_workbook_cell(&table->columns[c], &table->cells[r * columns + c], arena);
            if (!text)
                return NULL;
            size_t whole = baro_text_width(text, strlen(text));
            unsigned wanted =
                whole <= LABEL || table->columns[c].numeric ? (unsigned)(whole < 100 ? whole : 100) : LABEL;
            unsigned word = longest_word(text);
            wanted = word > wanted ? word : wanted;
            widest = wanted > widest ? wanted : widest;
        }
        bool last_of_few = c == 1 && columns == 2 && !table->columns[c].numeric;
        if (last_of_few && widest < SENTENCES)
            widest = SENTENCES;
        if (c > 0 || columns == 1 || widest + ROOM > width[0])
            width[c] = c == 0 && widest + ROOM < width[0] ? width[0] : widest + ROOM;
    }
    return width;
}

/* ---- the document ---- */

int64_t baro_workbook_made(const baro_workbook *workbook)
{
    enum { START_OF_1980 = 315532800 }; /* what a ZIP can say at the earliest */
    return workbook->made > 0 && workbook->made < INT64_C(253402300800) ? workbook->made : START_OF_1980;
}

/* Days to a date by H. Hinnant, chrono-compatible low-level date algorithms (civil_from_days). */
const char *baro_workbook_made_words(const baro_workbook *workbook, baro_arena *arena)
{
    int64_t made = baro_workbook_made(workbook), second = made % 86400, z = made / 86400 + 719468;
    int64_t era = z / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    return baro_arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)(yoe + era * 400 + (month <= 2)), (int)month,
                             (int)day, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

baro_status baro_workbook_fits(const baro_workbook *workbook, const char *path, baro_error *error)
{
    const baro_where_it_is place = {.source = path};
    for (size_t i = 0; i < workbook->n_sheets; i++) {
        const baro_worksheet *sheet = &workbook->sheets[i];
        size_t rows = sheet->table ? sheet->table->n_rows : 0, columns = sheet->table ? sheet->table->n_columns : 0;
        if (sheet->n_lines >= BARO_WORKBOOK_ROWS || rows >= BARO_WORKBOOK_ROWS - sheet->n_lines)
            return baro_fault_add(error, BARO_BAD_DATA, place,
                                  "%s has %zu rows, and a worksheet has room for %d; write it as .csv", sheet->name,
                                  rows, BARO_WORKBOOK_ROWS);
        if (columns > BARO_WORKBOOK_COLUMNS)
            return baro_fault_add(error, BARO_BAD_DATA, place,
                                  "%s has %zu columns, and a worksheet has room for %d; write it as .csv", sheet->name,
                                  columns, BARO_WORKBOOK_COLUMNS);
    }
    return BARO_OK;
}
