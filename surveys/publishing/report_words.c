#include "surveys/publishing/report_words.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

/* ---- the headline ---- */

/* Everyone's row of the window in the trend, which has the change on a year before. */
static const baro_row *changed_row(const baro_report *report, const baro_row *now)
{
    for (size_t i = 0; report->has_trend && i < report->everyone.n_rows; i++) {
        const baro_row *row = &report->everyone.rows[i];
        if (row->measure == now->measure && row->period == now->period && strcmp(row->level, now->level) == 0)
            return row;
    }
    return NULL;
}

/* "3 points", "0.4" */
static const char *size_of(const baro_row *row, double x, baro_display display, baro_arena *arena)
{
    bool share = row->statistic == BARO_STAT_PROPORTION || row->statistic == BARO_STAT_DISTRIBUTION;
    baro_display plain = {display.scale, "", display.decimals};
    const char *number = baro_say_number(arena, fabs(x), plain);
    return share ? baro_arena_format(arena, "%s %s", number, strcmp(number, "1") == 0 ? "point" : "points") : number;
}

/* Of a change that has a direction its size: down 3 (2 to 5); else as it is, below zero too. */
static const char *interval_of(const baro_row *row, baro_display display, baro_arena *arena)
{
    baro_display plain = {display.scale, "", display.decimals};
    double low = row->difference_lower, high = row->difference_upper;
    if (high < 0) {
        low = -row->difference_upper;
        high = -row->difference_lower;
    }
    return baro_arena_format(arena, "%s to %s", baro_say_number(arena, low, plain), baro_say_number(arena, high, plain));
}

static const char *say_change(const baro_report *report, const baro_row *row, baro_arena *arena)
{
    baro_display display = baro_display_of(&report->trend, row->statistic);
    if (isnan(row->difference))
        return "";
    bool tested = !isnan(row->p_adjusted), bounded = !isnan(row->difference_lower) && !isnan(row->difference_upper);
    const char *size = size_of(row, row->difference, display, arena),
               *bounds = bounded ? baro_arena_format(arena, " (%s)", interval_of(row, display, arena)) : "";
    if (!size || !bounds)
        return NULL;
    if (!tested)
        return baro_arena_format(arena, " %s by %s on a year ago%s.", row->difference < 0 ? "Down" : "Up", size, bounds);
    if (row->p_adjusted < 1 - report->trend.request->confidence)
        return baro_arena_format(arena, " %s %s on a year ago%s.", row->difference < 0 ? "Down" : "Up", size, bounds);
    return baro_arena_format(arena, " The change of %s%s on a year ago%s may be chance.", row->difference < 0 ? "minus " : "",
                             size, bounds);
}

const char *baro_report_headline_words(const baro_report *report, const baro_measure *measure, baro_arena *arena)
{
    const baro_row *row = baro_report_headline(report, measure);
    if (!row || *row->level || isnan(row->estimate))
        return "";
    baro_display display = baro_display_of(&report->levels, row->statistic);
    const char *text = baro_say_number(arena, row->estimate, display);
    if (!isnan(row->lower))
        text = baro_arena_format(arena, "%s (%s to %s)", text, baro_say_number(arena, row->lower, display),
                                 baro_say_number(arena, row->upper, display));
    const baro_row *changed = row->has_period ? changed_row(report, row) : NULL;
    const char *change = changed ? say_change(report, changed, arena) : "";
    if (!text || !change)
        return NULL;
    return baro_arena_format(arena, "%s%s%s.%s", text, *row->period_words ? ", " : "",
                             baro_say_inside(row->period_words, arena), change);
}

const char *baro_report_question(const baro_measure *measure, baro_arena *arena)
{
    const char *positive = baro_say_positive(measure, arena);
    const char *text = measure->question ? baro_say_sentence(NULL, measure->question, arena) : NULL;
    if (positive && measure->statistic == BARO_STAT_PROPORTION)
        text = baro_say_sentence(text, baro_arena_format(arena, "Per cent: %s", positive), arena);
    return text;
}

/* ---- method ---- */

typedef struct {
    const char **item;
    size_t n, room;
} sentences;

static void add(sentences *s, const char *sentence)
{
    for (size_t i = 0; sentence && i < s->n; i++)
        if (strcmp(s->item[i], sentence) == 0)
            return;
    if (sentence && s->n < s->room)
        s->item[s->n++] = sentence;
}

static void add_all(sentences *s, const baro_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        add(s, texts->item[i]);
}

baro_status baro_report_method(const baro_report *report, baro_arena *arena, baro_texts *out)
{
    const baro_survey *survey = report->survey;
    size_t room = report->levels.notes.n + report->trend.notes.n + report->relations.run.notes.n +
                  report->gaps.run.notes.n + survey->n_breaks + 16;
    sentences s = {.item = BARO_ARRAY(arena, const char *, room), .room = room};
    if (!s.item)
        return BARO_NO_MEMORY;
    add_all(&s, &report->levels.notes);
    add_all(&s, &report->trend.notes);
    add_all(&s, &report->relations.run.notes);
    add_all(&s, &report->gaps.run.notes);
    add(&s, baro_say_intervals(&report->levels, 0, report->levels.n_rows, arena));
    if (report->asked.levels.n_against)
        add(&s, "A group is compared with everyone outside it whose group is known. A difference or change is called "
                "clear when it is unlikely to be chance alone, allowing for the number of comparisons in its table.");
    for (size_t i = 0; i < survey->n_breaks; i++)
        add(&s, survey->breaks[i].why
                    ? baro_arena_format(arena, "The series breaks at %s: %s.", survey->breaks[i].label,
                                        survey->breaks[i].why)
                    : baro_arena_format(arena, "The series breaks at %s.", survey->breaks[i].label));
    if (report->survey->source)
        add(&s, baro_arena_format(arena, "Source: %s.", report->survey->source));
    *out = (baro_texts){s.item, s.n};
    return BARO_OK;
}

/* ---- gaps ---- */

baro_status baro_report_gap_words(const baro_report *report, baro_arena *arena, baro_texts *out)
{
    const char **item = BARO_ARRAY(arena, const char *, report->gaps.n_rows + 1);
    size_t n = 0;
    if (!item)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < report->gaps.n_rows; i++) {
        const baro_gap_row *row = &report->gaps.rows[i];
        double limit = 1 - report->gaps.run.request->confidence;
        const char *words = row->p_adjusted < limit ? baro_say_gap(&report->gaps, row, arena) : NULL;
        if (!words)
            continue;
        item[n] = baro_arena_format(arena, "%s, %s%s%s: the gap to %s %s.", row->measure->label, row->group,
                                    row->by2 ? ", " : "", row->group2, baro_say_gap_other(&report->gaps, row), words);
        if (!item[n++])
            return BARO_NO_MEMORY;
    }
    *out = (baro_texts){item, n};
    return BARO_OK;
}

/* ---- what was hidden ---- */

enum { WHAT, ROWS, HIDDEN, DIFFERENCES, UNRELIABLE, COLUMNS };

static void count_levels(const baro_results *results, const char *what, baro_cells *cells)
{
    size_t n[COLUMNS] = {[ROWS] = results->n_rows};
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        n[HIDDEN] += (row->marks & BARO_MARK_SUPPRESSED) != 0;
        n[DIFFERENCES] += row->difference_hidden;
        n[UNRELIABLE] += (row->marks & BARO_MARK_UNRELIABLE) != 0;
    }
    baro_cells_text(cells, what);
    for (size_t c = ROWS; c < COLUMNS; c++)
        baro_cells_number(cells, (double)n[c]);
}

static void put_counts(baro_cells *cells, const char *what, size_t rows, size_t hidden, size_t unreliable)
{
    baro_cells_text(cells, what);
    baro_cells_number(cells, (double)rows);
    baro_cells_number(cells, (double)hidden);
    baro_cells_put(cells, (baro_cell){.kind = BARO_CELL_TEXT, .text = "[z]"});
    baro_cells_number(cells, (double)unreliable);
}

static void count_others(const baro_report *report, baro_cells *cells)
{
    size_t hidden = 0, unreliable = 0;
    for (size_t i = 0; i < report->relations.n_rows; i++) {
        hidden += (report->relations.rows[i].marks & BARO_MARK_SUPPRESSED) != 0;
        unreliable += (report->relations.rows[i].marks & BARO_MARK_UNRELIABLE) != 0;
    }
    if (report->has_relations)
        put_counts(cells, "Tests of measures by groups", report->relations.n_rows, hidden, unreliable);
    hidden = unreliable = 0;
    for (size_t i = 0; i < report->gaps.n_rows; i++) {
        hidden += (report->gaps.rows[i].marks & BARO_MARK_SUPPRESSED) != 0;
        unreliable += (report->gaps.rows[i].marks & BARO_MARK_UNRELIABLE) != 0;
    }
    if (report->has_gaps)
        put_counts(cells, "Changes of gaps", report->gaps.n_rows, hidden, unreliable);
}

baro_status baro_report_hidden(const baro_report *report, baro_arena *arena, baro_sheet *out)
{
    static const baro_sheet_column columns[COLUMNS] = {
        {.name = "Tables", .keep = true, .scale = 1},
        {.name = "Rows", .numeric = true, .thousands = true, .keep = true, .scale = 1},
        {.name = "Hidden [c]", .numeric = true, .thousands = true, .keep = true, .scale = 1},
        {.name = "Differences hidden", .numeric = true, .thousands = true, .keep = true, .scale = 1},
        {.name = "Low reliability [u]", .numeric = true, .thousands = true, .keep = true, .scale = 1}};
    baro_cells cells = {.arena = arena};
    count_levels(&report->levels, "Levels by group", &cells);
    if (report->has_trend)
        count_levels(&report->trend, "Levels over time", &cells);
    count_others(report, &cells);
    *out = (baro_sheet){.id = "hidden",
                        .title = "Rows of which numbers were hidden, and rows marked as of low reliability",
                        .columns = columns,
                        .n_columns = COLUMNS,
                        .row_headers = 1};
    return baro_cells_end(&cells, out);
}
