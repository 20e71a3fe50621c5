/* Linear trends as tables: a row a line, its slope a year in numbers and in words. */
#include "surveys/publishing/slope_sheet.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

enum { NOTES_ADDED = 12 };

/* One digit more than levels have: a year's move is small. */
static baro_display display_of(const baro_slopes *slopes, const baro_slope_row *row)
{
    baro_display display = baro_display_of(&slopes->run, row->statistic);
    display.decimals++;
    display.unit = "";
    return display;
}

static bool is_clear(const baro_slopes *slopes, const baro_slope_row *row)
{
    return row->p_adjusted < 1 - slopes->run.request->confidence;
}

/* "falls by 1.2 points a year", for what is better low with whether that is good. */
static const char *say_move(const baro_slope_row *row, baro_display display, baro_arena *arena)
{
    const char *unit = row->statistic == BARO_STAT_PROPORTION ? " points" : "";
    const char *size = baro_say_number(arena, fabs(row->slope), display);
    const char *sense = row->measure->better != BARO_BETTER_LOWER ? "" : row->slope < 0 ? " (better)" : " (worse)";
    if (!size || fabs(row->slope * display.scale) < 0.5 * pow(10, -display.decimals))
        return size ? "is level" : NULL;
    return baro_arena_format(arena, "%s by %s%s a year%s", row->slope < 0 ? "falls" : "rises", size, unit, sense);
}

const char *baro_say_slope(const baro_slopes *slopes, const baro_slope_row *row, baro_arena *arena)
{
    baro_display display = display_of(slopes, row);
    if (isnan(row->slope))
        return NULL;
    const char *move = say_move(row, display, arena), *unit = row->statistic == BARO_STAT_PROPORTION ? " points" : "";
    if (!move || isnan(row->p_adjusted))
        return move ? baro_arena_format(arena, "the line %s", move) : NULL;
    bool clear = is_clear(slopes, row), falls = clear && row->slope < 0;
    const char *low = baro_say_number(arena, falls ? -row->upper : row->lower, display),
               *high = baro_say_number(arena, falls ? -row->lower : row->upper, display);
    if (!low || !high)
        return NULL;
    if (!clear)
        return baro_arena_format(arena, "no clear trend (%s to %s%s a year)", low, high, unit);
    return baro_arena_format(arena, "%s (%s to %s)", move, low, high);
}

/* ---- notes ---- */

/* The sentence on intervals: no interval of a share is among them. */
static const char *say_intervals(const baro_slopes *slopes, const baro_slope_row *row, baro_arena *arena)
{
    baro_row level = baro_row_blank(row->measure, BARO_STAT_MEAN);
    baro_results results = slopes->run;
    level.lower = 0;
    results.rows = &level;
    results.n_rows = 1;
    return baro_say_intervals(&results, 0, 1, arena);
}

static size_t note_marks(const baro_slopes *slopes, unsigned marks, const char **note, baro_arena *arena)
{
    const baro_survey *survey = slopes->run.survey;
    size_t n = 0;
    if (marks & BARO_MARK_SUPPRESSED)
        note[n++] = baro_arena_format(arena, "[c] confidential: fewer than %g interviews in some window.",
                                      survey->suppress_below);
    if (marks & BARO_MARK_UNRELIABLE)
        note[n++] = survey->nchs
                        ? "[u] low reliability, by the presentation standard for proportions or for few interviews."
                        : baro_arena_format(arena, "[u] low reliability: fewer than %g interviews in some window.",
                                            survey->unreliable_below);
    if (marks & BARO_MARK_CAUTION)
        note[n++] = baro_arena_format(arena, "Some windows rest on fewer than %g interviews: read with caution.",
                                      survey->caution_below);
    if (marks & BARO_MARK_ABSENT)
        note[n++] = baro_arena_format(arena, "[x] not available: a line needs %d windows.", BARO_SLOPE_LEAST);
    if (marks & BARO_MARK_BREAK)
        note[n++] = "[b] the line crosses a break in the series.";
    return n;
}

static baro_status add_notes(const baro_slopes *slopes, const baro_slope_row *row, size_t n_rows, bool tidy,
                             baro_arena *arena, baro_sheet *out)
{
    const baro_texts *said = &slopes->run.notes;
    const char **note = BARO_ARRAY(arena, const char *, said->n + NOTES_ADDED);
    unsigned marks = 0;
    bool tested = false, intervals = false;
    size_t n = 0;
    if (!note)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n_rows; i++) {
        marks |= row[i].marks;
        tested = tested || !isnan(row[i].p_adjusted);
        intervals = intervals || !isnan(row[i].lower);
    }
    for (; n < said->n; n++)
        note[n] = said->item[n];
    note[n++] = "Slope of the straight line through the windows shown, each counting the same (least squares).";
    if (intervals)
        note[n++] = say_intervals(slopes, row, arena);
    if (tested && !tidy)
        note[n++] = "A trend is clear when it is unlikely to be chance alone, allowing for the number of lines in the "
                    "table; a clear trend need not be a straight one.";
    if (!tidy)
        n += note_marks(slopes, marks, note + n, arena);
    if (slopes->run.survey->source)
        note[n++] = baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", slopes->run.survey->source), arena);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    out->notes = note;
    out->n_notes = n;
    return BARO_OK;
}

/* ---- tidy ---- */

/* New columns come at the end only. */
static const baro_sheet_column tidy_columns[] = {
    {.name = "survey", .description = "Id of the survey", .scale = 1},
    {.name = "measure", .description = "Id of the measure", .scale = 1},
    {.name = "statistic", .description = "proportion, mean, total, ratio", .scale = 1},
    {.name = "level", .description = "Answer of a distribution", .scale = 1},
    {.name = "by", .description = "Id of the breakdown; empty for everyone", .scale = 1},
    {.name = "group", .description = "Category of the breakdown", .scale = 1},
    {.name = "from", .description = "Last period of the first window of the line", .scale = 1},
    {.name = "to", .description = "Last period of the last window of the line", .scale = 1},
    {.name = "windows", .description = "Windows that the line goes through", .numeric = true, .scale = 1},
    {.name = "slope_per_year", .description = "Slope of the line, a year", .numeric = true, .scale = 1},
    {.name = "se", .description = "Its standard error", .numeric = true, .scale = 1},
    {.name = "lower", .description = "Lower end of its interval", .numeric = true, .scale = 1},
    {.name = "upper", .description = "Upper end of its interval", .numeric = true, .scale = 1},
    {.name = "df",
     .description = "Degrees of freedom; empty where there are infinitely many",
     .numeric = true,
     .scale = 1},
    {.name = "p_value", .description = "Two-sided p-value of no slope", .numeric = true, .scale = 1},
    {.name = "p_adjusted",
     .description = "The same, adjusted for the number of lines in its family",
     .numeric = true,
     .scale = 1},
    {.name = "marker",
     .description = "c suppressed, u unreliable, caution, b across a break, x not available",
     .scale = 1},
    {.name = "by2", .description = "Id of the second breakdown", .scale = 1},
    {.name = "group2", .description = "Category of the second breakdown", .scale = 1},
    {.name = "window", .description = "Units that each window pools", .numeric = true, .scale = 1}};
enum { TIDY = sizeof tidy_columns / sizeof *tidy_columns, TIDY_HEADERS = 8 };

static void tidy_row(baro_cells *cells, const baro_slopes *slopes, const baro_slope_row *row)
{
    static const char *const statistic[] = {[BARO_STAT_PROPORTION] = "proportion",
                                            [BARO_STAT_DISTRIBUTION] = "proportion",
                                            [BARO_STAT_MEAN] = "mean",
                                            [BARO_STAT_TOTAL] = "total",
                                            [BARO_STAT_RATIO] = "ratio",
                                            [BARO_STAT_QUANTILE] = "quantile"};
    const double number[] = {row->slope, row->se, row->lower, row->upper, row->df, row->p_value, row->p_adjusted};
    baro_cells_text(cells, slopes->run.survey->id);
    baro_cells_text(cells, row->measure->id);
    baro_cells_text(cells, statistic[row->statistic]);
    baro_cells_text(cells, row->level);
    baro_cells_text(cells, row->by ? row->by->id : NULL);
    baro_cells_text(cells, row->group);
    baro_cells_text(cells, row->from_label);
    baro_cells_text(cells, row->to_label);
    baro_cells_number(cells, row->windows ? (double)row->windows : NAN);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        baro_cells_number(cells, number[i]);
    baro_cells_text(cells, baro_say_marks(row->marks, cells->arena));
    baro_cells_text(cells, row->by2 ? row->by2->id : NULL);
    baro_cells_text(cells, row->group2);
    baro_cells_number(cells, row->window ? (double)row->window : NAN);
}

static baro_status tidy_sheet(const baro_slopes *slopes, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    for (size_t i = 0; i < slopes->n_rows; i++)
        tidy_row(&cells, slopes, &slopes->rows[i]);
    *out = (baro_sheet){.id = "trends",
                        .title = slopes->run.survey->title,
                        .columns = tidy_columns,
                        .n_columns = TIDY,
                        .row_headers = TIDY_HEADERS};
    baro_status status = add_notes(slopes, slopes->rows, slopes->n_rows, true, arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

/* ---- for readers ---- */

typedef enum { ANSWER, GROUP, GROUP2, FIRST, LAST, WINDOWS, SLOPE, SAID, KINDS } kind;

typedef struct {
    const baro_slopes *slopes;
    baro_arena *arena;
    const baro_slope_row *row; /* [n_rows] of the sheet */
    size_t n_rows;
    kind kind[KINDS];
    size_t n;
    baro_display display;
} draft;

/* The row that speaks for the sheet: of the breakdown, where there is one. */
static const baro_slope_row *speaker(const draft *d)
{
    return &d->row[d->n_rows - 1];
}

/* A line from which to which window, when it is the same of all that have one; NULL: it is not, or none has. */
static const baro_slope_row *same_windows(const draft *d)
{
    const baro_slope_row *found = NULL;
    for (size_t i = 0; i < d->n_rows; i++) {
        const baro_slope_row *row = &d->row[i];
        if (row->windows == 0 || !*row->from_label)
            continue;
        if (found && (strcmp(found->from_label, row->from_label) != 0 || strcmp(found->to_label, row->to_label) != 0))
            return NULL;
        found = row;
    }
    return found;
}

static void choose_columns(draft *d)
{
    bool same = same_windows(d) != NULL;
    const bool wanted[KINDS] = {[ANSWER] = *speaker(d)->level != '\0',
                                [GROUP] = speaker(d)->by != NULL,
                                [GROUP2] = speaker(d)->by2 != NULL,
                                [FIRST] = !same,
                                [LAST] = !same,
                                [WINDOWS] = true,
                                [SLOPE] = true,
                                [SAID] = true};
    for (size_t k = 0; k < KINDS; k++)
        if (wanted[k])
            d->kind[d->n++] = (kind)k;
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const baro_slope_row *row = speaker(d);
    bool number = k == WINDOWS || k == SLOPE, slope = k == SLOPE;
    const char *title[KINDS] = {[ANSWER] = "Answer",
                                [GROUP] = row->by ? row->by->label : "",
                                [GROUP2] = row->by2 ? row->by2->label : "",
                                [FIRST] = "From",
                                [LAST] = "To",
                                [WINDOWS] = "Windows",
                                [SLOPE] = row->statistic == BARO_STAT_PROPORTION ? "Points a year" : "A year",
                                [SAID] = "Trend"};
    return (baro_sheet_column){.name = title[k],
                               .numeric = number,
                               .scale = slope ? d->display.scale : 1,
                               .decimals = slope ? d->display.decimals : 0,
                               .thousands = number,
                               .keep = k != WINDOWS};
}

static const char *shorthand(const baro_slope_row *row)
{
    return row->marks & BARO_MARK_SUPPRESSED                        ? "[c]"
           : row->marks & BARO_MARK_UNRELIABLE && isnan(row->slope) ? "[u]"
                                                                    : "[x]";
}

static baro_cell words(const char *text, const baro_slope_row *row)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : shorthand(row)};
}

static baro_cell cell_of(const draft *d, const baro_slope_row *row, kind k)
{
    const double value[KINDS] = {
        [WINDOWS] = row->windows && !isnan(row->slope) ? (double)row->windows : NAN, [SLOPE] = row->slope};
    switch (k) {
    case ANSWER: return words(row->level, row);
    case GROUP: return words(row->by ? row->group : baro_say_everyone(d->slopes->run.survey), row);
    case GROUP2: return words(row->group2, row);
    case FIRST: return words(isnan(row->slope) ? NULL : row->from_words, row);
    case LAST: return words(isnan(row->slope) ? NULL : row->to_words, row);
    case SAID: return words(baro_say_slope(d->slopes, row, d->arena), row);
    default: break;
    }
    if (isnan(value[k]))
        return words(NULL, row);
    const char *mark = k != SLOPE                          ? NULL
                       : row->marks & BARO_MARK_UNRELIABLE ? "[u]"
                       : row->marks & BARO_MARK_BREAK      ? "[b]"
                                                           : NULL;
    return (baro_cell){.kind = BARO_CELL_NUMBER, .number = value[k], .text = mark};
}

static const char *title_of(const draft *d)
{
    const baro_slope_row *row = speaker(d), *same = same_windows(d);
    const char *by = row->by ? baro_say_inside(row->by->label, d->arena) : "",
               *by2 = row->by2 ? baro_say_inside(row->by2->label, d->arena) : "";
    const char *title = baro_arena_format(d->arena, "%s%s%s%s%s: linear trend", row->measure->label, *by ? " by " : "",
                                          by, *by2 ? " and " : "", by2);
    if (!same || !title)
        return title;
    return baro_arena_format(d->arena, "%s, %s to %s", title, baro_say_inside(same->from_words, d->arena),
                             baro_say_inside(same->to_words, d->arena));
}

static const char *subtitle_of(const draft *d)
{
    const baro_measure *measure = speaker(d)->measure;
    const char *positive = baro_say_positive(measure, d->arena);
    const char *text = measure->question ? baro_say_sentence(NULL, measure->question, d->arena) : NULL;
    if (positive && !*speaker(d)->level)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Per cent: %s", positive), d->arena);
    return baro_say_sentence(text, d->slopes->run.survey->population, d->arena);
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    const baro_slope_row *row = speaker(d);
    if (!column)
        return BARO_NO_MEMORY;
    d->display = display_of(d->slopes, row);
    choose_columns(d);
    size_t headers = 0;
    for (size_t c = 0; c < d->n; c++) {
        column[c] = column_of(d, d->kind[c]);
        headers += d->kind[c] < WINDOWS;
    }
    for (size_t i = 0; i < d->n_rows; i++)
        for (size_t c = 0; c < d->n; c++)
            baro_cells_put(&cells, cell_of(d, &d->row[i], d->kind[c]));
    *out = (baro_sheet){
        .title = title_of(d), .subtitle = subtitle_of(d), .columns = column, .n_columns = d->n, .row_headers = headers};
    out->id = baro_arena_format(d->arena, "%s-linear%s%s%s%s", row->measure->id, row->by ? "-by-" : "",
                                row->by ? row->by->id : "", row->by2 ? "-" : "", row->by2 ? row->by2->id : "");
    if (!out->title || !out->id)
        return BARO_NO_MEMORY;
    baro_status status = add_notes(d->slopes, d->row, d->n_rows, false, d->arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

/* Rows are by answer, then breakdown: those of one table are picked out of them. */
static baro_status make_table(const baro_slopes *slopes, size_t first, bool done[], baro_arena *arena, baro_sheet *out)
{
    baro_slope_row *row = BARO_ARRAY(arena, baro_slope_row, slopes->n_rows + 1);
    draft d = {.slopes = slopes, .arena = arena, .row = row};
    if (!row)
        return BARO_NO_MEMORY;
    for (size_t i = first; i < slopes->n_rows; i++)
        if (slopes->rows[i].measure == slopes->rows[first].measure &&
            slopes->rows[i].table == slopes->rows[first].table) {
            row[d.n_rows++] = slopes->rows[i];
            done[i] = true;
        }
    return make_sheet(&d, out);
}

baro_status baro_sheets_slopes(const baro_slopes *slopes, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    bool *done = BARO_ARRAY(arena, bool, slopes->n_rows + 1);
    baro_status status = BARO_OK;
    *out = BARO_ARRAY(arena, baro_sheet, slopes->n_rows + 1);
    *n = 0;
    if (!*out || !done)
        return BARO_NO_MEMORY;
    if (tidy)
        return tidy_sheet(slopes, arena, &(*out)[(*n)++]);
    for (size_t first = 0; first < slopes->n_rows && status == BARO_OK; first++)
        if (!done[first])
            status = make_table(slopes, first, done, arena, &(*out)[(*n)++]);
    return status;
}
