/*
 * Workbooks by libxlsxwriter, which writes what it is given: NaN as a number, bytes that are no UTF-8, and damaged
 * parts when memory or room run out. So it gets clean numbers and texts only, works in a copy of this process, into a
 * file that has no name any more, and what it made is read back before anything is written for anybody.
 */
#include "io/base/child.h"
#include "io/writers/workbook_parts.h"
#include "io/writers/wrap.h"
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { MOST_BYTES = 1 << 30, SECONDS = 600, FORMATS = 16 * 2 };

/* Everything that the workbook holds as formats, made when first asked for. */
typedef struct {
    lxw_workbook *book;
    lxw_format *title, *plain, *link, *head, *head_inside, *head_number, *label, *inside, *marker, *number[FORMATS];
    const unsigned *width; /* of the columns of the worksheet at hand */
    size_t lines;          /* that the row at hand needs */
    baro_arena *arena;
    bool failed;
} writing;

typedef struct {
    const baro_workbook *workbook;
    baro_arena *arena;
} task;

static lxw_format *format_of(writing *w, bool bold, bool right)
{
    lxw_format *format = workbook_add_format(w->book);
    if (!format) {
        w->failed = true;
        return NULL;
    }
    format_set_font_name(format, BARO_WORKBOOK_FONT);
    format_set_font_size(format, BARO_WORKBOOK_POINTS);
    format_set_text_wrap(format);
    format_set_align(format, right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    return format;
}

/* #,##0.00, with as many digits and commas as the column shows. */
static lxw_format *number_format(writing *w, const baro_sheet_column *column)
{
    int decimals = column->decimals < 0 ? 0 : column->decimals > 15 ? 15 : column->decimals;
    size_t at = (size_t)decimals * 2 + column->thousands;
    if (w->number[at])
        return w->number[at];
    char code[32];
    snprintf(code, sizeof code, "%s%s%.*s", column->thousands ? "#,##0" : "0", decimals ? "." : "", decimals,
             "000000000000000");
    lxw_format *format = format_of(w, false, true);
    if (format)
        format_set_num_format(format, code);
    w->number[at] = format;
    return format;
}

static void make_formats(writing *w)
{
    lxw_format *usual = STAILQ_FIRST(w->book->formats); /* of cells that nobody has given one */
    if (usual) {
        format_set_font_name(usual, BARO_WORKBOOK_FONT);
        format_set_font_size(usual, BARO_WORKBOOK_POINTS);
    }
    w->title = format_of(w, true, false);
    w->plain = format_of(w, false, false);
    w->label = format_of(w, false, false);
    w->inside = format_of(w, false, false);
    w->head_inside = format_of(w, true, false);
    w->marker = format_of(w, false, true);
    w->head = format_of(w, true, false);
    w->head_number = format_of(w, true, true);
    w->link = format_of(w, false, false);
    /* words right of a column of numbers would touch them */
    if (w->inside)
        format_set_indent(w->inside, 1);
    if (w->head_inside)
        format_set_indent(w->head_inside, 1);
    if (w->link) {
        format_set_underline(w->link, LXW_UNDERLINE_SINGLE);
        format_set_font_color(w->link, 0x0000EE);
    }
}

static void took(writing *w, lxw_error failed)
{
    w->failed = w->failed || failed != LXW_NO_ERROR;
}

/* _x0041_ is an escape of the format for the letter A; written as _x005F_x0041_ it stays what it was. */
static const char *escaped(writing *w, const char *text)
{
    size_t length = text ? strlen(text) : 0, used = 0;
    char *out = text && length < SIZE_MAX / 2 - 16 ? BARO_ARRAY(w->arena, char, 2 * length + 16) : NULL;
    if (!out) {
        w->failed = true;
        return "";
    }
    for (size_t i = 0; i < length; i++) {
        bool is_escape = length - i >= 7 && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_' &&
                         strspn(text + i + 2, "0123456789ABCDEFabcdef") >= 4;
        if (is_escape) {
            memcpy(out + used, "_x005F_x", 8);
            used += 8;
            i++;
        } else {
            out[used++] = text[i];
        }
    }
    out[used] = '\0';
    return out;
}

/* A row whose height nobody has said is as high as one line in some programs, whatever is in it. Letters are narrower
 * than the digits that widths are counted in, bold ones hardly. */
static void end_row(writing *w, lxw_worksheet *to, size_t row)
{
    enum { LINE = 16, MOST = 409 };
    size_t height = w->lines < MOST / LINE ? w->lines * LINE : MOST;
    if (w->lines > 1)
        took(w, worksheet_set_row(to, (lxw_row_t)row, (double)height, NULL));
    w->lines = 1;
}

static void count_lines(writing *w, size_t column, const char *text)
{
    unsigned width = w->width[column] - w->width[column] / 20 - (column > 0);
    size_t lines = baro_wrap_lines(baro_span_of(text), width);
    w->lines = lines > w->lines ? lines : w->lines;
}

/* Texts come cleaned from those who call this. */
static void put_text(writing *w, lxw_worksheet *to, size_t row, size_t column, const char *text, lxw_format *format)
{
    const char *safe = escaped(w, text);
    count_lines(w, column, text);
    if (*safe)
        took(w, worksheet_write_string(to, (lxw_row_t)row, (lxw_col_t)column, safe, format));
    else
        took(w, worksheet_write_blank(to, (lxw_row_t)row, (lxw_col_t)column, format));
}

static void put_link(writing *w, lxw_worksheet *to, size_t row, const char *name, const char *text)
{
    const char *target = baro_arena_format(w->arena, "internal:%s!A1", name);
    if (!target) {
        w->failed = true;
        return;
    }
    took(w, worksheet_write_url_opt(to, (lxw_row_t)row, 0, target, w->link, escaped(w, text), NULL));
}

static void put_cell(writing *w, lxw_worksheet *to, const baro_worksheet *sheet, size_t row, size_t column)
{
    const baro_sheet *table = sheet->table;
    const baro_sheet_column *about = &table->columns[column];
    const baro_cell *cell = &table->cells[row * table->n_columns + column];
    size_t at = sheet->n_lines + 1 + row;
    double number;
    if (baro_workbook_number(about, cell, &number)) {
        lxw_format *format = number_format(w, about);
        took(w, worksheet_write_number(to, (lxw_row_t)at, (lxw_col_t)column, number, format));
        return;
    }
    const char *text = baro_workbook_cell(about, cell, w->arena);
    if (!text)
        w->failed = true;
    else if (column == 0 && sheet->links && sheet->links[row])
        put_link(w, to, at, sheet->links[row], text);
    else
        put_text(w, to, at, column, text, about->numeric ? w->marker : column > 0 ? w->inside : w->label);
}

static lxw_format *head_of(const writing *w, const baro_sheet *table, size_t column)
{
    return table->columns[column].numeric ? w->head_number : column > 0 ? w->head_inside : w->head;
}

/* A table of the spreadsheet's own, so that a screen reader finds it by name: no filters, no stripes, no style. One
 * without rows cannot be marked up. */
static void mark_table(writing *w, lxw_worksheet *to, const baro_worksheet *sheet, const char *const *titles)
{
    const baro_sheet *table = sheet->table;
    lxw_table_column *column = BARO_ARRAY(w->arena, lxw_table_column, table->n_columns + 1);
    lxw_table_column **columns = BARO_ARRAY(w->arena, lxw_table_column *, table->n_columns + 1);
    char *name = baro_arena_format(w->arena, "Table_%s", sheet->name);
    if (!column || !columns || !name) {
        w->failed = true;
        return;
    }
    for (size_t c = 0; c < table->n_columns; c++) {
        column[c].header = baro_arena_string(w->arena, escaped(w, titles[c]));
        column[c].header_format = head_of(w, table, c);
        columns[c] = &column[c];
        w->failed = w->failed || !column[c].header;
    }
    lxw_table_options options = {.name = name,
                                 .no_autofilter = LXW_TRUE,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 0,
                                 .columns = columns};
    if (!w->failed)
        took(w, worksheet_add_table(to, (lxw_row_t)sheet->n_lines, 0, (lxw_row_t)(sheet->n_lines + table->n_rows),
                                    (lxw_col_t)(table->n_columns - 1), &options));
}

static void put_table(writing *w, lxw_worksheet *to, const baro_worksheet *sheet, const char *const *titles)
{
    const baro_sheet *table = sheet->table;
    if (table->n_rows > 0)
        mark_table(w, to, sheet, titles);
    for (size_t c = 0; c < table->n_columns; c++)
        put_text(w, to, sheet->n_lines, c, titles[c], head_of(w, table, c));
    end_row(w, to, sheet->n_lines);
    for (size_t r = 0; r < table->n_rows && !w->failed; r++) {
        for (size_t c = 0; c < table->n_columns; c++)
            put_cell(w, to, sheet, r, c);
        end_row(w, to, sheet->n_lines + 1 + r);
    }
}

/* Printed, all columns stand on one page. */
static void set_page(lxw_worksheet *to)
{
    enum { A4 = 9 };
    worksheet_set_landscape(to);
    worksheet_set_paper(to, A4);
    worksheet_fit_to_pages(to, 1, 0);
}

static void put_sheet(writing *w, const baro_worksheet *sheet)
{
    lxw_worksheet *to = workbook_add_worksheet(w->book, sheet->name);
    const char *const *titles = sheet->table ? baro_workbook_titles(sheet->table, w->arena) : NULL;
    if (!to || (sheet->table && !titles) || !(w->width = baro_workbook_widths(sheet, titles, w->arena))) {
        w->failed = true;
        return;
    }
    set_page(to);
    w->lines = 1;
    for (size_t c = 0; c == 0 || (sheet->table && c < sheet->table->n_columns); c++)
        took(w, worksheet_set_column(to, (lxw_col_t)c, (lxw_col_t)c, (double)w->width[c], NULL));
    for (size_t i = 0; i < sheet->n_lines && !w->failed; i++) {
        const char *line = baro_workbook_text(sheet->lines[i], w->arena);
        w->failed = w->failed || !line;
        if (!line)
            return;
        put_text(w, to, i, 0, line, i == 0 ? w->title : w->plain);
        end_row(w, to, i);
    }
    if (sheet->table && sheet->table->n_columns > 0)
        put_table(w, to, sheet, titles);
}

/* Properties that libxlsxwriter takes as changeable and does not change; texts of 255 letters at most. */
static char *property(writing *w, const char *text)
{
    const char *clean = text ? baro_workbook_text(text, w->arena) : NULL;
    char *copy = clean ? baro_arena_string(w->arena, clean) : NULL;
    w->failed = w->failed || (text && !copy);
    size_t length = copy ? strlen(copy) : 0;
    if (length > 250) {
        length = 250;
        while (((unsigned char)copy[length] & 0xC0) == 0x80)
            length--;
        copy[length] = '\0';
    }
    return copy;
}

static bool make_book(const task *t, char *path)
{
    const baro_workbook *workbook = t->workbook;
    writing w = {.book = workbook_new(path), .arena = t->arena};
    if (!w.book)
        return false;
    lxw_doc_properties about = {.title = property(&w, workbook->title),
                                .subject = property(&w, workbook->subject),
                                .author = property(&w, workbook->author),
                                .keywords = property(&w, workbook->keywords),
                                .created = (time_t)baro_workbook_made(workbook)};
    took(&w, workbook_set_properties(w.book, &about));
    make_formats(&w);
    for (size_t i = 0; i < workbook->n_sheets && !w.failed; i++)
        put_sheet(&w, &workbook->sheets[i]);
    took(&w, workbook_close(w.book)); /* also when all is lost: it frees */
    return !w.failed;
}

static bool copy_out(FILE *file, int to)
{
    char bytes[65536];
    if (fseek(file, 0, SEEK_SET) != 0)
        return false;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        for (size_t sent = 0; sent < n;) {
            ssize_t more = write(to, bytes + sent, n - sent);
            if (more <= 0)
                return false;
            sent += (size_t)more;
        }
    return !ferror(file);
}

/* In the copy of this process. The file has no name, so nothing is left of it whatever happens. */
static bool work(void *context, int to)
{
    char path[64];
    FILE *file = tmpfile();
    if (!file)
        return false;
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
    return make_book(context, path) && copy_out(file, to);
}

/* Every worksheet has a row for each line, the header and each row of its table. */
static baro_status check_book(const baro_workbook *workbook, const baro_child_answer *answer, const char *path,
                              baro_arena *arena, baro_error *error)
{
    static const baro_package_part always[] = {{"[Content_Types].xml", NULL, 0},
                                               {"_rels/.rels", NULL, 0},
                                               {"xl/workbook.xml", NULL, 0},
                                               {"xl/styles.xml", NULL, 0}};
    enum { ALWAYS = sizeof always / sizeof *always };
    baro_package_part *part = BARO_ARRAY(arena, baro_package_part, ALWAYS + 2 * workbook->n_sheets);
    if (!part)
        return BARO_NO_MEMORY;
    memcpy(part, always, sizeof always);
    size_t n = ALWAYS, tables = 0;
    for (size_t i = 0; i < workbook->n_sheets; i++) {
        const baro_worksheet *sheet = &workbook->sheets[i];
        bool table = sheet->table && sheet->table->n_columns > 0;
        size_t rows = sheet->n_lines + (table ? 1 + sheet->table->n_rows : 0);
        part[n++] = (baro_package_part){baro_arena_format(arena, "xl/worksheets/sheet%zu.xml", i + 1), "row", rows};
        if (table && sheet->table->n_rows > 0)
            part[n++] = (baro_package_part){baro_arena_format(arena, "xl/tables/table%zu.xml", ++tables), "tableColumn",
                                            sheet->table->n_columns};
    }
    for (size_t i = 0; i < n; i++)
        if (!part[i].name)
            return BARO_NO_MEMORY;
    return baro_package_check(answer->output, answer->output_length, part, n, path, error);
}

baro_status baro_write_xlsx(const baro_workbook *workbook, const char *path, baro_error *error)
{
    static const char *const name[] = {"libxlsxwriter", NULL};
    const baro_child_job job = {
        .arguments = name, .seconds = SECONDS, .output_limit = MOST_BYTES, .errors_limit = 4096};
    baro_child_answer answer;
    baro_status status = baro_workbook_fits(workbook, path, error);
    baro_arena *arena = status == BARO_OK ? baro_arena_new() : NULL;
    if (!arena)
        return status == BARO_OK ? BARO_NO_MEMORY : status;
    task t = {workbook, arena};
    status = baro_child_call(&job, work, &t, path, &answer, error);
    if (status == BARO_OK)
        status = check_book(workbook, &answer, path, arena, error);
    if (status == BARO_OK)
        status = baro_package_write(path, answer.output, answer.output_length, error);
    baro_child_answer_free(&answer);
    baro_arena_free(arena);
    return status;
}
