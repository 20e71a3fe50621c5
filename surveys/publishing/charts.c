/* Charts: a sheet of the rows of one measure and breakdown, with the words that belong to it. */
#include "surveys/model/areas.h"
#include "surveys/publishing/chart_frame.h"
#include <math.h>
#include <string.h>

enum { LABEL, EVERYONE, PERIOD, ORDER, BASE, ESTIMATE, LOWER, UPPER, MARKER, CLEAR, X, Y, COLUMNS };
static const char *const column_name[COLUMNS] = {"label", "everyone", "period", "order", "base", "estimate", "lower", "upper", "marker", "clear", "x", "y"};
enum { SPOKEN_MOST = 12 }; /* rows named one by one in an alternative text */

typedef struct {
    const baro_results *results;
    baro_arena *arena;
    const baro_chart_words *words;
    baro_chart_kind kind;
    const baro_measure *measure;
    size_t table;             /* SIZE_MAX: everyone only */
    const baro_row **row;
    size_t n;
    baro_display display;
} draft;

static baro_cell text_cell(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : ""};
}

static baro_cell number_cell(double x)
{
    return isfinite(x) ? (baro_cell){.kind = BARO_CELL_NUMBER, .number = x} : (baro_cell){.kind = BARO_CELL_EMPTY};
}

static const char *label_of(const draft *d, const baro_row *row)
{
    const char *group = baro_say_group(d->results->survey, row, d->arena);
    if (!*row->level)
        return group;
    return d->table != SIZE_MAX ? baro_arena_format(d->arena, "%s: %s", group, row->level) : row->level;
}

/* The group's tile, in small multiples of areas that have a grid. */
static const baro_area *tile_of(const draft *d, const baro_row *row)
{
    const baro_areas *tiles = d->kind == BARO_CHART_MULTIPLES && row->by && !row->by2 ? row->by->tiles : NULL;
    const baro_area *area = tiles ? baro_areas_find(tiles, row->group, strlen(row->group)) : NULL;
    return area && area->has_tile ? area : NULL;
}

static const baro_row *of_group(const draft *d)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->row[i]->by)
            return d->row[i];
    return d->row[0];
}

/* Whether marks show which differences are clear. Not of the window before, which is what a trend compares with unless
 * it is told otherwise: neighbours that share interviews hardly ever differ clearly, and all marks would be grey. */
static bool says_clear(const draft *d)
{
    const baro_request *request = d->results->request;
    if (d->kind == BARO_CHART_BARS)
        return true;
    return d->kind == BARO_CHART_TREND && request->n_against > 0 && request->against[0].kind != BARO_AGAINST_PREVIOUS;
}

/* What the differences of a chart are from, which may be another window for each mark. */
static const char *compared_of(const draft *d)
{
    static const char *const words[] = {[BARO_AGAINST_PREVIOUS_SEPARATE] = "the last window before it that shares no interviews",
                                        [BARO_AGAINST_YEAR_AGO] = "a year before",
                                        [BARO_AGAINST_FIRST] = "the first window"};
    const baro_against *against = &d->results->request->against[0];
    if (d->kind == BARO_CHART_TREND && (size_t)against->kind < sizeof words / sizeof *words && words[against->kind])
        return words[against->kind];
    return baro_chart_compared(d->results, of_group(d), d->arena);
}

static void put_row(const draft *d, const baro_row *row, baro_cell *to)
{
    bool level_of_everyone = *row->level && !row->by; /* an answer among answers is no total line */
    const baro_area *tile = tile_of(d, row);
    to[LABEL] = text_cell(label_of(d, row));
    to[EVERYONE] = number_cell(!row->by && !level_of_everyone);
    to[PERIOD] = text_cell(row->period_words);
    to[ORDER] = number_cell(row->has_period ? (double)row->period : 0);
    to[BASE] = number_cell(d->results->survey->is_series ? NAN : row->base); /* an assumed base is no number of interviews */
    to[ESTIMATE] = number_cell(row->estimate * d->display.scale);
    to[LOWER] = number_cell(row->lower * d->display.scale);
    to[UPPER] = number_cell(row->upper * d->display.scale);
    to[MARKER] = text_cell(baro_chart_shorthand(row));
    to[CLEAR] = number_cell(says_clear(d) ? baro_chart_clear(d->results, row) : NAN);
    to[X] = number_cell(tile ? (double)tile->x : NAN);
    to[Y] = number_cell(tile ? (double)tile->y : NAN);
}

static const baro_areas *tiles_of(const draft *d)
{
    const baro_row *row = of_group(d);
    return d->kind == BARO_CHART_MULTIPLES && row->by && !row->by2 ? row->by->tiles : NULL;
}

/* Areas of the grid without a row: an empty panel at the latest window. Returns how many. */
static size_t put_missing_tiles(const draft *d, baro_cell *to)
{
    const baro_areas *tiles = tiles_of(d);
    const baro_row *latest = d->row[d->n - 1];
    size_t n = 0;
    for (size_t i = 0; tiles && i < tiles->n; i++) {
        const baro_area *area = &tiles->area[i];
        bool there = !area->has_tile;
        for (size_t k = 0; k < d->n && !there; k++)
            there = tile_of(d, d->row[k]) == area;
        if (there)
            continue;
        baro_cell *cell = to + n++ * COLUMNS;
        cell[LABEL] = text_cell(area->name);
        cell[EVERYONE] = number_cell(0);
        cell[PERIOD] = text_cell(latest->period_words);
        cell[ORDER] = number_cell(latest->has_period ? (double)latest->period : 0);
        cell[MARKER] = text_cell("[x]");
        cell[X] = number_cell((double)area->x);
        cell[Y] = number_cell((double)area->y);
    }
    return n;
}

static baro_status make_sheet(draft *d, baro_sheet *sheet)
{
    const baro_areas *tiles = tiles_of(d);
    baro_cell *cell = BARO_ARRAY(d->arena, baro_cell, (d->n + (tiles ? tiles->n : 0)) * COLUMNS + 1);
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, COLUMNS);
    if (!cell || !column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < COLUMNS; c++)
        column[c] = (baro_sheet_column){.name = column_name[c], .numeric = c != LABEL && c != PERIOD && c != MARKER, .scale = 1, .keep = true};
    for (size_t i = 0; i < d->n; i++)
        put_row(d, d->row[i], cell + i * COLUMNS);
    size_t rows = d->n + put_missing_tiles(d, cell + d->n * COLUMNS);
    *sheet = (baro_sheet){.id = d->measure->id, .columns = column, .n_columns = COLUMNS, .cells = cell, .n_rows = rows, .row_headers = 1};
    return BARO_OK;
}

/* ---- words ---- */

static const char *title_of(const draft *d)
{
    const char *breakdown = baro_say_breakdown(of_group(d), d->arena);
    return breakdown ? baro_arena_format(d->arena, "%s, by %s", d->measure->label, baro_say_inside(breakdown, d->arena)) : d->measure->label;
}

/* What, who, when and unit; the drawing itself says what its lines and bands are. */
static const char *subtitle_of(const draft *d)
{
    const char *text = baro_say_measured(d->results->survey, d->measure, d->row[0]->statistic, d->arena);
    if (d->kind == BARO_CHART_BARS && d->row[0]->has_period && text)
        text = baro_arena_format(d->arena, "%s, %s", text, baro_say_inside(d->row[0]->period_words, d->arena));
    return text;
}

static const char *spoken_row(const draft *d, const baro_row *row)
{
    const char *hidden = baro_row_shorthand(row), *label = label_of(d, row);
    if (hidden)
        return baro_arena_format(d->arena, "%s %s", label, strcmp(hidden, "[c]") == 0 ? "confidential" : "not available");
    const char *said = baro_arena_format(d->arena, "%s %s", label, baro_say_number(d->arena, row->estimate, d->display));
    if (!isnan(row->lower))
        said = baro_arena_format(d->arena, "%s (%s to %s)", said, baro_say_number(d->arena, row->lower, d->display),
                                 baro_say_number(d->arena, row->upper, d->display));
    return row->marks & BARO_MARK_UNRELIABLE ? baro_arena_format(d->arena, "%s, low reliability", said) : said;
}

static const char *spoken_bars(const draft *d)
{
    const char *text = "";
    size_t said = 0;
    for (size_t i = 0; i < d->n && said < SPOKEN_MOST && text; i++, said++)
        text = baro_arena_format(d->arena, "%s%s%s", text, said ? "; " : "", spoken_row(d, d->row[i]));
    if (d->n > said && text)
        text = baro_arena_format(d->arena, "%s; and %zu more, in the table", text, d->n - said);
    return text;
}

/* Of each line the first and the last window that has a value. */
static const char *spoken_trend(const draft *d)
{
    const char *text = "";
    size_t said = 0;
    for (size_t first = 0, end; first < d->n && text; first = end) {
        const baro_row *from = NULL, *to = NULL;
        unsigned marks = 0;
        const char *label = label_of(d, d->row[first]);
        for (end = first; end < d->n && strcmp(label_of(d, d->row[end]), label) == 0; end++, marks |= d->row[end - 1]->marks)
            if (!isnan(d->row[end]->estimate)) {
                from = from ? from : d->row[end];
                to = d->row[end];
            }
        if (++said > SPOKEN_MOST)
            continue;
        const char *join = *text ? "; " : "";
        text = from ? baro_arena_format(d->arena, "%s%s%s %s in %s, %s in %s", text, join, label, baro_say_number(d->arena, from->estimate, d->display),
                                        from->period_words, baro_say_number(d->arena, to->estimate, d->display), to->period_words)
                    : baro_arena_format(d->arena, "%s%s%s %s", text, join, label, marks & BARO_MARK_SUPPRESSED ? "confidential" : "not available");
    }
    return said > SPOKEN_MOST && text ? baro_arena_format(d->arena, "%s; and %zu more lines, in the table", text, said - SPOKEN_MOST) : text;
}

static const char *description_of(const draft *d)
{
    const char *breakdown = baro_say_breakdown(of_group(d), d->arena);
    const char *spoken = d->kind == BARO_CHART_BARS ? spoken_bars(d) : spoken_trend(d);
    return baro_arena_format(d->arena, "%s of %s%s%s%s%s: %s.", d->kind == BARO_CHART_BARS ? "Chart" : d->kind == BARO_CHART_TREND ? "Line chart" : "Small line charts", d->measure->label,
                             breakdown ? " by " : "", breakdown ? baro_say_inside(breakdown, d->arena) : "", d->kind == BARO_CHART_BARS && d->row[0]->has_period ? ", " : "",
                             d->kind == BARO_CHART_BARS && d->row[0]->has_period ? baro_say_inside(d->row[0]->period_words, d->arena) : "", spoken ? spoken : "");
}

/* ---- drawings ---- */

static bool belongs(const draft *d, const baro_row *row)
{
    return row->measure == d->measure && (row->table == SIZE_MAX || row->table == d->table);
}

/* Several comparisons repeat a level: one is drawn. */
static bool repeats(const draft *d, const baro_row *row)
{
    const baro_row *last = d->n > 0 ? d->row[d->n - 1] : NULL;
    return last && last->table == row->table && last->period == row->period && strcmp(last->group, row->group) == 0 &&
           strcmp(last->group2, row->group2) == 0 && strcmp(last->level, row->level) == 0;
}

static const char *period_axis(const draft *d)
{
    static const char *const unit[] = {[BARO_UNIT_MONTH] = "months", [BARO_UNIT_QUARTER] = "quarters", [BARO_UNIT_YEAR] = "years"};
    size_t pooled = d->row[0]->window;
    return pooled > 1 ? baro_arena_format(d->arena, "Each point pools %zu %s and is named by its last", pooled, unit[d->results->survey->period_unit])
                      : NULL;
}

/* Windows before anything was asked are no part of a picture. */
static void drop_leading(draft *d)
{
    baro_period first = 0;
    bool any = false;
    for (size_t i = 0; i < d->n; i++)
        if (!(d->row[i]->marks & BARO_MARK_ABSENT) && (!any || d->row[i]->period < first)) {
            first = d->row[i]->period;
            any = true;
        }
    size_t kept = 0;
    for (size_t i = 0; i < d->n; i++)
        if (!any || d->row[i]->period >= first)
            d->row[kept++] = d->row[i];
    d->n = kept;
}

static baro_status draw(draft *d, baro_drawing *out)
{
    const baro_results *results = d->results;
    const baro_chart_words *words = d->words;
    d->row = BARO_ARRAY(d->arena, const baro_row *, results->n_rows + 1);
    baro_sheet *sheet = BARO_NEW(d->arena, baro_sheet);
    if (!d->row || !sheet)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++)
        if (belongs(d, &results->rows[i]) && !repeats(d, &results->rows[i]))
            d->row[d->n++] = &results->rows[i];
    if (d->kind != BARO_CHART_BARS)
        drop_leading(d);
    if (d->n == 0)
        return BARO_OK;
    const baro_group *by = of_group(d)->by, *by2 = of_group(d)->by2;
    d->display = baro_display_of(results, d->row[0]->statistic);
    bool share = d->row[0]->statistic == BARO_STAT_PROPORTION;
    *out = (baro_drawing){.measure = d->measure->id, .group = !by ? "" : by2 ? baro_arena_format(d->arena, "%s-%s", by->id, by2->id) : by->id};
    if (!out->group)
        return BARO_NO_MEMORY;
    out->chart = (baro_chart){.kind = d->kind,
                              .sheet = sheet,
                              .title = words->no_titles ? NULL : words->title ? words->title : title_of(d),
                              .subtitle = words->no_titles ? NULL : words->subtitle ? words->subtitle : subtitle_of(d),
                              .source = words->no_titles ? NULL : words->source ? words->source : baro_say_source(results, d->arena),
                              .description = description_of(d),
                              .unit = d->display.unit,
                              .percent = share,
                              .ordered = (by && by->ordered) || (by2 && by2->ordered) || *d->row[0]->level,
                              .approximate = results->approximate,
                              .target = d->measure->target * d->display.scale,
                              .period_axis = d->kind != BARO_CHART_BARS ? period_axis(d) : NULL,
                              .decimals = d->display.decimals,
                              .width = words->width,
                              .height = words->height,
                              .confidence = results->request->confidence};
    if (says_clear(d) && baro_chart_of_changes(results))
        out->chart.compared = compared_of(d);
    out->chart.id = baro_arena_format(d->arena, "%s%s%s", d->measure->id, by ? "-" : "", out->group);
    return out->chart.id && out->chart.description ? make_sheet(d, sheet) : BARO_NO_MEMORY;
}

static baro_status draw_levels(const baro_results *results, baro_chart_kind kind, const baro_chart_words *words, baro_arena *arena, baro_drawing **out, size_t *n)
{
    size_t tables = results->request->n_by, most = 0;
    const baro_measure *last = NULL;
    for (size_t i = 0; i < results->n_rows; i++)
        most += results->rows[i].measure != last, last = results->rows[i].measure;
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, most * (tables ? tables : 1) + 1);
    if (!*out)
        return BARO_NO_MEMORY;
    last = NULL;
    for (size_t i = 0; i < results->n_rows; i++) {
        if (results->rows[i].measure == last)
            continue;
        last = results->rows[i].measure;
        for (size_t t = 0; t < (tables ? tables : 1); t++) {
            draft d = {.results = results, .arena = arena, .words = words, .kind = kind, .measure = last, .table = tables ? t : SIZE_MAX};
            if (draw(&d, &(*out)[*n]))
                return BARO_NO_MEMORY;
            *n += d.n > 0;
        }
    }
    return BARO_OK;
}

baro_status baro_charts(const baro_results *results, baro_chart_kind kind, const baro_chart_words *words, baro_arena *arena, baro_drawing **out, size_t *n)
{
    baro_chart_maker *maker = kind == BARO_CHART_LIKERT  ? baro_charts_likert
                              : kind == BARO_CHART_TILES ? baro_charts_tiles
                              : kind == BARO_CHART_HEAT  ? baro_charts_heat
                                                         : NULL;
    return maker ? maker(results, words, arena, out, n) : draw_levels(results, kind, words, arena, out, n);
}
