/* Workbooks: reader sheets taken apart into what stands above a table, in its header, in its cells and on the notes
 * worksheet. */
#include "surveys/publishing/workbook.h"
#include "surveys/publishing/wording.h"
#include <string.h>

enum {
    FRONT = 3,
    MOST_NOTES = 10000,
    REFERENCES = 400
}; /* worksheets in front of the tables; bytes of references behind a title */

static const char one_table[] = "This worksheet contains one table.";
static const char with_notes[] =
    "This worksheet contains one table. Some cells refer to notes, which are on the notes worksheet.";

typedef struct {
    const baro_workbook_about *about;
    baro_arena *arena;
    const char **note; /* [n_notes] on the notes worksheet, each once */
    size_t n_notes;
    baro_worksheet *sheet;
    const char **name; /* of the worksheets so far */
    size_t n_sheets;
} maker;

/* ---- notes ---- */

/* What a note is about, when it is not the table as a whole: the columns whose title begins so. */
static const struct {
    const char *note, *column;
} concerns[] = {{"Intervals ", "Lower "},
                {"Intervals ", "Upper "},
                {"Clear:", "Clear "},
                {"Verdict,", "Verdict"},
                {"Higher than:", "Higher than"}};
enum { CONCERNS = sizeof concerns / sizeof *concerns };

static bool begins(const char *text, const char *with)
{
    return text && strncmp(text, with, strlen(with)) == 0;
}

/* "[c] confidential: ..." and "Source: ..." stand above the table themselves. */
static bool is_shorthand(const char *note)
{
    return note[0] == '[' && strchr(note, ']') != NULL;
}

static bool is_note(const char *note)
{
    return note && *note && !is_shorthand(note) && !begins(note, "Source: ");
}

static bool concerns_column(const char *note, const char *title)
{
    for (size_t i = 0; i < CONCERNS; i++)
        if (begins(note, concerns[i].note) && begins(title, concerns[i].column))
            return true;
    return false;
}

static bool concerns_any_column(const char *note, const baro_sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++)
        if (concerns_column(note, sheet->columns[c].name))
            return true;
    return false;
}

/* Its number on the notes worksheet, counted from 1. */
static size_t number_of(maker *m, const char *note)
{
    for (size_t i = 0; i < m->n_notes; i++)
        if (strcmp(m->note[i], note) == 0)
            return i + 1;
    m->note[m->n_notes++] = note;
    return m->n_notes;
}

/* A title with its references: those of `column`, or of the table when there is none. */
static const char *with_references(maker *m, const char *title, const baro_sheet *sheet, const char *column)
{
    for (size_t i = 0; title && i < sheet->n_notes; i++) {
        const char *note = sheet->notes[i];
        if (is_note(note) && (column ? concerns_column(note, column) : !concerns_any_column(note, sheet)))
            title = baro_arena_format(m->arena, "%s [note %zu]", title, number_of(m, note));
    }
    return title;
}

/* ---- the table ---- */

/* Marks behind numbers, as [u]: they get a column of their own, so that the numbers stay numbers. */
static bool has_marks(const baro_sheet *sheet, size_t column)
{
    for (size_t r = 0; r < sheet->n_rows; r++) {
        const baro_cell *cell = &sheet->cells[r * sheet->n_columns + column];
        if (cell->kind == BARO_CELL_NUMBER && cell->text && *cell->text)
            return true;
    }
    return false;
}

static bool is_blank(const baro_cell *cell)
{
    return cell->kind == BARO_CELL_EMPTY || (cell->kind == BARO_CELL_TEXT && (!cell->text || !*cell->text));
}

static const char *title_of_column(maker *m, const baro_sheet *sheet, size_t c)
{
    const baro_sheet_column *column = &sheet->columns[c];
    const char *title = column->name ? column->name : "";
    if (column->unit && *column->unit)
        title = baro_arena_format(m->arena, "%s (%s)", title, column->unit);
    return with_references(m, title, sheet, column->name ? column->name : "");
}

static baro_status make_table(maker *m, const baro_sheet *sheet, baro_sheet *out)
{
    size_t n = sheet->n_columns, at = 0;
    baro_sheet_column *column = BARO_ARRAY(m->arena, baro_sheet_column, 2 * n + 1);
    size_t *from = BARO_ARRAY(m->arena, size_t, 2 * n + 1);
    bool *marks = BARO_ARRAY(m->arena, bool, 2 * n + 1);
    if (!column || !from || !marks)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < n; c++) {
        from[at] = c;
        column[at] = sheet->columns[c];
        column[at].name = title_of_column(m, sheet, c);
        column[at].unit = NULL;
        if (!column[at++].name)
            return BARO_NO_MEMORY;
        if (!has_marks(sheet, c))
            continue;
        from[at] = c;
        marks[at] = true;
        column[at++] =
            (baro_sheet_column){.name = "Quality", .description = "Marks of the number beside it", .scale = 1};
    }
    baro_cell *cell = BARO_ARRAY(m->arena, baro_cell, sheet->n_rows * at + 1);
    if (!cell)
        return BARO_NO_MEMORY;
    for (size_t r = 0; r < sheet->n_rows; r++)
        for (size_t c = 0; c < at; c++) {
            baro_cell *to = &cell[r * at + c];
            *to = sheet->cells[r * n + from[c]];
            bool marked = to->kind == BARO_CELL_NUMBER && to->text && *to->text;
            if (marks[c])
                *to = marked ? (baro_cell){.kind = BARO_CELL_TEXT, .text = to->text}
                             : (baro_cell){.kind = BARO_CELL_EMPTY};
            else if (marked)
                to->text = NULL;
        }
    *out = *sheet;
    out->columns = column;
    out->n_columns = at;
    out->cells = cell;
    out->notes = NULL;
    out->n_notes = 0;
    return BARO_OK;
}

/* ---- above the table ---- */

static const char *join(baro_arena *arena, const char *text, const char *between, const char *more)
{
    return text ? baro_arena_format(arena, "%s%s%s", text, between, more) : more;
}

/* "Shorthand used: [c] confidential: ...; [x] not available." */
static const char *shorthand_of(maker *m, const baro_sheet *sheet)
{
    const char *text = NULL;
    for (size_t i = 0; i < sheet->n_notes; i++)
        if (sheet->notes[i] && is_shorthand(sheet->notes[i]))
            text = join(m->arena, text, " ", sheet->notes[i]);
    return text ? join(m->arena, "Shorthand used in this table:", " ", text) : NULL;
}

/* "Blank cells in Quality: ..." */
static const char *why_blank(maker *m, const baro_sheet *table)
{
    const char *in = NULL;
    for (size_t c = 0; c < table->n_columns; c++) {
        bool blank = false;
        for (size_t r = 0; r < table->n_rows && !blank; r++)
            blank = is_blank(&table->cells[r * table->n_columns + c]);
        if (blank)
            in = join(m->arena, in, ", ", table->columns[c].name);
    }
    return in ? baro_arena_format(m->arena,
                                  "Blank cells in the following columns mean that there is nothing to report: %s.", in)
              : NULL;
}

static const char *source_of(const baro_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_notes; i++)
        if (begins(sheet->notes[i], "Source: "))
            return sheet->notes[i];
    return NULL;
}

static bool has_notes(const baro_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_notes; i++)
        if (is_note(sheet->notes[i]))
            return true;
    return false;
}

/* ---- worksheets ---- */

static baro_status add_sheet(maker *m, const char *wish, const char *const *lines, size_t n, const baro_sheet *table,
                             const char *const *links)
{
    char *name = BARO_ARRAY(m->arena, char, BARO_WORKSHEET_NAME + 1);
    const char **line = BARO_ARRAY(m->arena, const char *, n + 1);
    if (!name || !line)
        return BARO_NO_MEMORY;
    baro_worksheet_name(wish, m->name, m->n_sheets, name);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (lines[i] && *lines[i])
            line[kept++] = lines[i];
    m->name[m->n_sheets] = name;
    m->sheet[m->n_sheets++] =
        (baro_worksheet){.name = name, .lines = line, .n_lines = kept, .table = table, .links = links};
    return BARO_OK;
}

/* Trust_groups, of trust_groups or Trust-groups. */
static const char *wish_of(const baro_sheet *sheet, baro_arena *arena)
{
    char *wish = baro_arena_string(arena, sheet->id && *sheet->id ? sheet->id : "table");
    if (wish && *wish >= 'a' && *wish <= 'z')
        *wish = (char)(*wish - 'a' + 'A');
    return wish;
}

static baro_status add_table(maker *m, const baro_sheet *sheet)
{
    baro_sheet *table = BARO_NEW(m->arena, baro_sheet);
    const char *title = with_references(m, sheet->title ? sheet->title : "Table", sheet, NULL),
               *wish = wish_of(sheet, m->arena);
    if (!table || !title || !wish || make_table(m, sheet, table) != BARO_OK)
        return BARO_NO_MEMORY;
    const char *const lines[] = {title,
                                 has_notes(sheet) ? with_notes : one_table,
                                 sheet->subtitle,
                                 shorthand_of(m, sheet),
                                 why_blank(m, table),
                                 source_of(sheet)};
    return add_sheet(m, wish, lines, sizeof lines / sizeof *lines, table, NULL);
}

/* A table of two columns of texts, its cells filled by the caller. */
static baro_sheet *small_table(maker *m, const char *first, const char *second, size_t rows, baro_cell **cell)
{
    baro_sheet *table = BARO_NEW(m->arena, baro_sheet);
    baro_sheet_column *column = BARO_ARRAY(m->arena, baro_sheet_column, 2);
    *cell = BARO_ARRAY(m->arena, baro_cell, 2 * rows + 1);
    if (!table || !column || !*cell)
        return NULL;
    column[0] = (baro_sheet_column){.name = first, .scale = 1};
    column[1] = (baro_sheet_column){.name = second, .scale = 1};
    *table = (baro_sheet){.columns = column, .n_columns = 2, .cells = *cell, .n_rows = rows, .row_headers = 1};
    return table;
}

static baro_cell words(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text};
}

static const char *labelled(maker *m, const char *label, const char *text)
{
    return text && *text ? baro_arena_format(m->arena, "%s: %s", label, text) : NULL;
}

static baro_status make_cover(maker *m, const char *title)
{
    const baro_workbook_about *about = m->about;
    const char **line = BARO_ARRAY(m->arena, const char *, about->n_lines + 6);
    if (!line)
        return BARO_NO_MEMORY;
    size_t n = 0;
    line[n++] = title;
    line[n++] = labelled(m, "Publisher", about->publisher);
    line[n++] = labelled(m, "Population", about->population);
    line[n++] = labelled(m, "Period", about->period);
    line[n++] = labelled(m, "Source", about->source);
    for (size_t i = 0; i < about->n_lines; i++)
        line[n++] = about->lines[i];
    line[n++] =
        "The worksheet Table_of_contents lists the tables, and the worksheet Notes holds the notes that they refer to.";
    return add_sheet(m, "Cover_sheet", line, n, NULL, NULL);
}

/* Filled when everything else stands: it names the tables, which stand behind it. */
static baro_status fill_contents(maker *m, baro_worksheet *contents, const baro_sheet *sheets)
{
    baro_cell *cell;
    size_t rows = m->n_sheets - FRONT + 1;
    baro_sheet *table = small_table(m, "Worksheet", "Title", rows, &cell);
    const char **link = BARO_ARRAY(m->arena, const char *, rows);
    if (!table || !link)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < rows; i++) {
        const baro_sheet *sheet = i ? &sheets[i - 1] : NULL;
        link[i] = m->name[FRONT - 1 + i];
        cell[2 * i] = words(link[i]);
        cell[2 * i + 1] = words(!sheet ? "Notes" : sheet->title ? sheet->title : "Table");
    }
    contents->table = table;
    contents->links = link;
    return BARO_OK;
}

static baro_status fill_notes(maker *m, baro_worksheet *notes)
{
    static const char *const none[] = {"Notes", "No table of this workbook has notes."};
    baro_cell *cell;
    baro_sheet *table = small_table(m, "Note number", "Note", m->n_notes, &cell);
    if (!table)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->n_notes; i++) {
        cell[2 * i] = words(baro_arena_format(m->arena, "[note %zu]", i + 1));
        cell[2 * i + 1] = words(m->note[i]);
        if (!cell[2 * i].text)
            return BARO_NO_MEMORY;
    }
    if (m->n_notes > 0)
        notes->table = table;
    else
        notes->lines = none;
    return BARO_OK;
}

/* The tables' names, where nobody has said what to look for. */
static const char *keywords_of(maker *m)
{
    const char *text = m->about->keywords ? m->about->keywords : "survey";
    for (size_t i = FRONT; text && !m->about->keywords && i < m->n_sheets && i < FRONT + 8; i++) {
        char *name = baro_arena_string(m->arena, m->name[i]);
        for (char *at = name; at && *at; at++)
            *at = *at == '_' ? ' ' : *at;
        text = name ? join(m->arena, text, ", ", name) : NULL;
    }
    return text;
}

baro_status baro_workbook_of_sheets(const baro_workbook_about *about, const baro_sheet *sheets, size_t n,
                                    baro_arena *arena, baro_workbook *out)
{
    static const char *const contents[] = {"Table of contents", one_table}, *const notes[] = {"Notes", one_table};
    size_t most_notes = 0;
    for (size_t i = 0; i < n; i++)
        most_notes += sheets[i].n_notes;
    maker m = {.about = about,
               .arena = arena,
               .note = BARO_ARRAY(arena, const char *, most_notes + 1),
               .sheet = BARO_ARRAY(arena, baro_worksheet, n + FRONT),
               .name = BARO_ARRAY(arena, const char *, n + FRONT)};
    const char *title = about->title && *about->title ? about->title : "Survey tables";
    if (!m.note || !m.sheet || !m.name)
        return BARO_NO_MEMORY;
    baro_status status = make_cover(&m, title);
    if (status == BARO_OK)
        status = add_sheet(&m, "Table_of_contents", contents, 2, NULL, NULL);
    if (status == BARO_OK)
        status = add_sheet(&m, "Notes", notes, 2, NULL, NULL);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = add_table(&m, &sheets[i]);
    if (status == BARO_OK)
        status = fill_contents(&m, &m.sheet[1], sheets);
    if (status == BARO_OK)
        status = fill_notes(&m, &m.sheet[2]);
    *out = (baro_workbook){.title = title,
                           .author = about->publisher,
                           .keywords = keywords_of(&m),
                           .made = about->made,
                           .sheets = m.sheet,
                           .n_sheets = m.n_sheets};
    return status == BARO_OK && !out->keywords ? BARO_NO_MEMORY : status;
}

/* ---- what surveys say of themselves ---- */

baro_workbook_about baro_about_survey(const baro_survey *survey)
{
    return (baro_workbook_about){.title = survey->title,
                                 .publisher = survey->publisher,
                                 .population = survey->population,
                                 .source = survey->source};
}

baro_csvw baro_csvw_of_survey(const baro_survey *survey, const char *url)
{
    return (baro_csvw){.url = url,
                       .title = survey->title,
                       .description = survey->population,
                       .publisher = survey->publisher,
                       .source = survey->source};
}
