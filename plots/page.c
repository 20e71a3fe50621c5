#include "plots/page.h"
#include "io/base/number.h"
#include <math.h>
#include <string.h>

static const double gap_under_title = 6, gap_under_head = 22, gap_over_foot = 16;

enum { TITLE_LINES = 4, SUBTITLE_LINES = 4, NOTE_LINES = 6 };

static const char *text_at(const baro_sheet *sheet, size_t row, size_t column)
{
    if (column == sheet->n_columns)
        return "";
    const baro_cell *cell = &sheet->cells[row * sheet->n_columns + column];
    return cell->kind == BARO_CELL_TEXT && cell->text ? cell->text : "";
}

static double number_at(const baro_sheet *sheet, size_t row, size_t column)
{
    if (column == sheet->n_columns)
        return NAN;
    const baro_cell *cell = &sheet->cells[row * sheet->n_columns + column];
    return cell->kind == BARO_CELL_NUMBER && isfinite(cell->number) ? cell->number : NAN;
}

baro_status baro_page_read(baro_page *page)
{
    enum {
        LABEL,
        EVERYONE,
        PERIOD,
        ORDER,
        BASE,
        ESTIMATE,
        LOWER,
        UPPER,
        MARKER,
        BEFORE,
        WORDS,
        INTERVAL,
        CLEAR,
        LEVEL,
        ROLE,
        ACROSS,
        X,
        Y,
        COLUMNS
    };
    static const char *const names[COLUMNS] = {"label", "everyone", "period", "order",  "base",  "estimate",
                                               "lower", "upper",    "marker", "before", "words", "interval",
                                               "clear", "level",    "role",   "across", "x",     "y"};
    const baro_sheet *sheet = page->chart->sheet;
    size_t at[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        at[i] = sheet->n_columns;
        for (size_t c = 0; c < sheet->n_columns && at[i] == sheet->n_columns; c++)
            if (strcmp(sheet->columns[c].name, names[i]) == 0)
                at[i] = c;
    }
    if (at[LABEL] == sheet->n_columns || at[ESTIMATE] == sheet->n_columns)
        return BARO_INTERNAL;
    page->mark = BARO_ARRAY(page->arena, baro_mark, sheet->n_rows);
    if (!page->mark)
        return BARO_NO_MEMORY;
    page->n_marks = sheet->n_rows;
    for (size_t row = 0; row < sheet->n_rows; row++) {
        page->mark[row] = (baro_mark){
            .label = text_at(sheet, row, at[LABEL]),
            .period = text_at(sheet, row, at[PERIOD]),
            .marker = text_at(sheet, row, at[MARKER]),
            .everyone = number_at(sheet, row, at[EVERYONE]) > 0,
            .order = number_at(sheet, row, at[ORDER]),
            .base = number_at(sheet, row, at[BASE]),
            .estimate = number_at(sheet, row, at[ESTIMATE]),
            .lower = number_at(sheet, row, at[LOWER]),
            .upper = number_at(sheet, row, at[UPPER]),
            .before = number_at(sheet, row, at[BEFORE]),
            .words = text_at(sheet, row, at[WORDS]),
            .interval = text_at(sheet, row, at[INTERVAL]),
            .clear = number_at(sheet, row, at[CLEAR]),
            .level = text_at(sheet, row, at[LEVEL]),
            .role = text_at(sheet, row, at[ROLE]),
            .across = text_at(sheet, row, at[ACROSS]),
            .x = number_at(sheet, row, at[X]),
            .y = number_at(sheet, row, at[Y]),
            .place = row,
        };
        baro_mark *mark = &page->mark[row];
        if (isnan(mark->estimate) || isnan(mark->lower) || isnan(mark->upper))
            mark->lower = mark->upper = NAN;
    }
    return BARO_OK;
}

bool baro_mark_shown(const baro_mark *mark)
{
    return !isnan(mark->estimate) && !baro_mark_has(mark, "[c]");
}

bool baro_mark_has(const baro_mark *mark, const char *shorthand)
{
    return strstr(mark->marker, shorthand) != NULL;
}

baro_status baro_page_head(baro_page *page)
{
    const baro_chart *chart = page->chart;
    /* measured widths are a little generous, and here the margin can take the rest */
    double room = (page->width - 2 * page->margin) * 1.03, y = page->margin - 4;
    baro_lines title, subtitle;
    const char *notes = baro_page_notes(page);
    if (!notes || !baro_wrap_evenly(page->arena, &baro_type_title, chart->title, room, TITLE_LINES, &title) ||
        !baro_wrap(page->arena, &baro_type_subtitle, chart->subtitle, room, SUBTITLE_LINES, &subtitle) ||
        !baro_wrap(page->arena, &baro_type_foot, notes, room, NOTE_LINES, &page->notes) ||
        !baro_wrap(page->arena, &baro_type_foot, chart->source, room, baro_family_of(chart->kind)->source_lines,
                   &page->source))
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < title.n; i++, y += baro_type_title.leading)
        baro_script_text(page->script, &baro_type_title, BARO_LEFT, page->margin, y + baro_type_title.leading / 2,
                         title.line[i]);
    if (title.n > 0 && subtitle.n > 0)
        y += gap_under_title;
    for (size_t i = 0; i < subtitle.n; i++, y += baro_type_subtitle.leading)
        baro_script_text(page->script, &baro_type_subtitle, BARO_LEFT, page->margin, y + baro_type_subtitle.leading / 2,
                         subtitle.line[i]);
    page->top = title.n + subtitle.n > 0 ? y + gap_under_head : page->margin - 8;
    size_t lines = page->notes.n + page->source.n;
    page->foot = page->margin - 8 + (lines > 0 ? gap_over_foot + (double)lines * baro_type_foot.leading : 0);
    return BARO_OK;
}

baro_status baro_page_nothing(baro_page *page, double *height)
{
    baro_script_text(page->script, &baro_type_label, BARO_LEFT, page->margin, page->top + 20,
                     "There are no figures to show.");
    *height = fmax(*height, page->top + 60 + page->foot);
    return BARO_OK;
}

void baro_page_foot(const baro_page *page, double height)
{
    double leading = baro_type_foot.leading;
    double y = height - (page->margin - 8) - (double)(page->notes.n + page->source.n) * leading + leading / 2;
    for (size_t i = 0; i < page->notes.n; i++, y += leading)
        baro_script_text(page->script, &baro_type_foot, BARO_LEFT, page->margin, y, page->notes.line[i]);
    for (size_t i = 0; i < page->source.n; i++, y += leading)
        baro_script_text(page->script, &baro_type_foot, BARO_LEFT, page->margin, y, page->source.line[i]);
}

/* The smallest of 1, 2, 2.5, 5 times a power of ten that is at least this. */
static double round_step(double least)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(least)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= least * (1 - 1e-9))
            return steps[i] * power;
    return 10 * power;
}

baro_axis baro_axis_nice(double low, double high, bool percent)
{
    if (!(high > low)) {
        double spread = fabs(low) > 0 ? fabs(low) * 0.1 : 1;
        low -= spread;
        high += spread;
    }
    double step = round_step((high - low) / 6);
    if (percent && step == 2.5)
        step = 5;
    baro_axis axis = {.low = floor(low / step + 1e-9) * step, .high = ceil(high / step - 1e-9) * step, .step = step};
    if (percent && axis.low < 0)
        axis.low = 0;
    if (percent && axis.high > 100)
        axis.high = 100;
    while (axis.decimals < 9 && fabs(round(step * pow(10, axis.decimals)) - step * pow(10, axis.decimals)) > 1e-6)
        axis.decimals++;
    return axis;
}

double baro_axis_place(const baro_axis *axis, double value)
{
    double part = (value - axis->low) / (axis->high - axis->low);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return axis->from + part * (axis->to - axis->from);
}

/* A true minus before negative numbers. NULL without memory. */
static const char *with_unit(const baro_page *page, const char *number)
{
    bool negative = number[0] == '-';
    return baro_arena_format(page->arena, "%s%s%s", negative ? "\xE2\x88\x92" : "", number + negative,
                             page->chart->unit ? page->chart->unit : "");
}

const char *baro_axis_text(const baro_page *page, const baro_axis *axis, double value)
{
    char number[64];
    baro_number_round(value, axis->decimals, true, number);
    return with_unit(page, number);
}

baro_status baro_page_grid(const baro_page *page, const baro_axis *axis, double top, double bottom)
{
    const baro_stroke grid = {BARO_GRID, 1, 0, 0}, zero = {BARO_QUIET, 1.2, 0, 0};
    long steps = lround((axis->high - axis->low) / axis->step);
    double last_right = -1e9;
    for (long i = 0; i <= steps; i++) {
        double value = axis->low + (double)i * axis->step, x = baro_axis_place(axis, value);
        const baro_point line[] = {{x, top}, {x, bottom}};
        baro_script_line(page->script, fabs(value) < axis->step / 2 ? &zero : &grid, line, 2);
        const char *text = baro_axis_text(page, axis, value);
        if (!text)
            return BARO_NO_MEMORY;
        double half = baro_measure(&baro_type_axis, text) / 2;
        if (x - half > last_right + 12) {
            baro_script_text(page->script, &baro_type_axis, BARO_CENTRE, x, bottom + 16, text);
            last_right = x + half;
        }
    }
    return BARO_OK;
}

const char *baro_page_value(const baro_page *page, double value)
{
    int decimals = page->chart->decimals < 0 ? 0 : page->chart->decimals > 6 ? 6 : page->chart->decimals;
    char number[64];
    baro_number_round(value, decimals, true, number);
    return with_unit(page, number);
}

const char *baro_page_signed(const baro_page *page, double value)
{
    const char *text = baro_page_value(page, fabs(value));
    if (!text || !strpbrk(text, "123456789"))
        return text;
    return baro_arena_format(page->arena, "%s%s", value > 0 ? "+" : "\xE2\x88\x92", text);
}

void baro_page_lines(const baro_page *page, const baro_lines *lines, const baro_type *type, baro_align align, double x,
                     double y)
{
    y -= (double)(lines->n > 0 ? lines->n - 1 : 0) * type->leading / 2;
    for (size_t i = 0; i < lines->n; i++, y += type->leading)
        baro_script_text(page->script, type, align, x, y, lines->line[i]);
}

static bool is_right_to_left(const char *text)
{
    for (size_t length; *text; text += length) {
        unsigned long letter = baro_measure_letter(text, &length);
        if ((letter >= 0x590 && letter <= 0x8FF) || (letter >= 0xFB1D && letter <= 0xFEFC) ||
            (letter >= 0x10800 && letter <= 0x10FFF) || (letter >= 0x1E800 && letter <= 0x1EFFF))
            return true;
    }
    return false;
}

/* The base must not be torn from its brackets by a label that reads the other way: a left-to-right mark parts them. */
const char *baro_page_label(const baro_page *page, const baro_mark *mark)
{
    if (isnan(mark->base) || baro_mark_has(mark, "[c]"))
        return mark->label;
    char base[64];
    baro_number_round(mark->base, 0, true, base);
    return baro_arena_format(page->arena, "%s %s(%s)", mark->label, is_right_to_left(mark->label) ? "\xE2\x80\x8E" : "",
                             base);
}
