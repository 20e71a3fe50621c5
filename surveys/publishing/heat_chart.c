/* Measures by groups as a table in colours. What there is more of goes down the page. */
#include "surveys/publishing/chart_frame.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { GROUPS_ACROSS = 8, SPOKEN_MOST = 12 };

static const baro_sheet_column columns[] = {{.name = "label", .scale = 1},
                                            {.name = "everyone", .numeric = true, .scale = 1},
                                            {.name = "across", .scale = 1},
                                            {.name = "base", .numeric = true, .scale = 1},
                                            {.name = "estimate", .numeric = true, .scale = 1},
                                            {.name = "clear", .numeric = true, .scale = 1},
                                            {.name = "marker", .scale = 1}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct {
    const char *id, *title, *unit;
} statistics[] = {[BARO_STAT_PROPORTION] = {"measures", "Measures", "Per cent"},
                  [BARO_STAT_DISTRIBUTION] = {"measures", "Measures", "Per cent"},
                  [BARO_STAT_MEAN] = {"means", "Means", "Mean"},
                  [BARO_STAT_TOTAL] = {"totals", "Totals", "Total"},
                  [BARO_STAT_RATIO] = {"ratios", "Ratios", "Ratio"},
                  [BARO_STAT_QUANTILE] = {"quantiles", "Quantiles", "Quantile"}};

typedef struct {
    const baro_measure *measure;
    const char *level, *label;
} line;

typedef struct {
    baro_chart_table *table;
    baro_statistic statistic;
    baro_display display;
    bool changes;
    line *line;
    size_t n;
    const baro_row **key; /* that are drawn: everyone has no difference */
    size_t n_keys;
    const baro_row *any;
    size_t hidden;
    baro_cells cells;
} draft;

static baro_status read_lines(draft *d)
{
    const baro_results *results = d->table->results;
    d->line = BARO_ARRAY(d->table->arena, line, results->n_rows + 1);
    d->key = BARO_ARRAY(d->table->arena, const baro_row *, d->table->n_keys + 1);
    if (!d->line || !d->key)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        line *last = d->n > 0 ? &d->line[d->n - 1] : NULL;
        if (row->statistic != d->statistic ||
            (last && last->measure == row->measure && strcmp(last->level, row->level) == 0))
            continue;
        const char *label = *row->level ? baro_arena_format(d->table->arena, "%s: %s", row->measure->label, row->level)
                                        : row->measure->label;
        if (!label)
            return BARO_NO_MEMORY;
        d->line[d->n++] = (line){row->measure, row->level, label};
    }
    for (size_t k = 0; k < d->table->n_keys; k++)
        if (d->table->key[k]->by || !d->changes)
            d->key[d->n_keys++] = d->table->key[k];
    return BARO_OK;
}

static void put(draft *d, const line *of, const baro_row *key, bool turned)
{
    const baro_results *results = d->table->results;
    const baro_row *row = baro_chart_row(d->table, of->measure, of->level, key);
    const char *group = baro_say_group(results->survey, key, d->table->arena);
    baro_shown shown = baro_chart_shown(results, row, d->changes, d->display);
    baro_cells_text(&d->cells, turned ? group : of->label);
    baro_cells_number(&d->cells, !key->by);
    baro_cells_text(&d->cells, turned ? of->label : group);
    baro_cells_number(&d->cells, row && !results->survey->is_series ? row->base : NAN);
    baro_cells_number(&d->cells, shown.value);
    baro_cells_number(&d->cells, shown.clear);
    baro_cells_text(&d->cells, shown.marker);
    d->hidden += strcmp(shown.marker, "[c]") == 0;
    if (row && (!d->any || (d->changes && !d->any->compared)))
        d->any = row;
}

/* Many groups go down the page, and measures across it. */
static void put_all(draft *d)
{
    bool turned = d->n_keys > GROUPS_ACROSS && d->n <= d->n_keys;
    size_t outer = turned ? d->n_keys : d->n, inner = turned ? d->n : d->n_keys;
    for (size_t i = 0; i < outer; i++)
        for (size_t k = 0; k < inner; k++)
            put(d, &d->line[turned ? k : i], d->key[turned ? i : k], turned);
}

/* ---- words ---- */

/* Of each measure the highest and the lowest group. */
static const char *spoken_line(const draft *d, const line *of)
{
    const baro_results *results = d->table->results;
    const baro_row *high = NULL, *low = NULL;
    size_t clear = 0;
    for (size_t k = 0; k < d->n_keys; k++) {
        const baro_row *row = baro_chart_row(d->table, of->measure, of->level, d->key[k]);
        double value = !row ? NAN : d->changes ? row->difference : row->estimate;
        if (isnan(value) || !row->by)
            continue;
        high = !high || value > (d->changes ? high->difference : high->estimate) ? row : high;
        low = !low || value < (d->changes ? low->difference : low->estimate) ? row : low;
        clear += d->changes && baro_chart_clear(results, row) > 0;
    }
    if (!high || !low)
        return baro_arena_format(d->table->arena, "%s not available", of->label);
    const char *top = baro_chart_spoken(results, baro_say_group(results->survey, high, d->table->arena), high,
                                        d->changes, d->display, d->table->arena);
    const char *bottom = baro_chart_spoken(results, baro_say_group(results->survey, low, d->table->arena), low,
                                           d->changes, d->display, d->table->arena);
    if (!top || !bottom)
        return NULL;
    if (high == low)
        return baro_arena_format(d->table->arena, "%s: %s", of->label, top);
    return baro_arena_format(d->table->arena, "%s: highest %s, lowest %s%s", of->label, top, bottom,
                             !d->changes ? ""
                             : clear     ? ""
                                         : ", none clear");
}

static const char *description_of(const draft *d, const char *title)
{
    const char *text = "";
    for (size_t i = 0; i < d->n && i < SPOKEN_MOST && text; i++) {
        const char *one = spoken_line(d, &d->line[i]);
        text = one ? baro_arena_format(d->table->arena, "%s%s%s", text, i ? "; " : "", one) : NULL;
    }
    if (text && d->n > SPOKEN_MOST)
        text = baro_arena_format(d->table->arena, "%s; and %zu more, in the table", text, d->n - SPOKEN_MOST);
    const char *hidden = d->hidden ? baro_arena_format(d->table->arena, " Confidential: %zu.", d->hidden) : "";
    if (!text || !title || !hidden)
        return NULL;
    return baro_arena_format(d->table->arena, "Table in colours: %s. %s.%s", baro_say_inside(title, d->table->arena),
                             text, hidden);
}

static const char *subtitle_of(const draft *d)
{
    baro_arena *arena = d->table->arena;
    const baro_survey *survey = d->table->results->survey;
    const char *text = statistics[d->statistic].unit;
    if (survey->population)
        text = baro_arena_format(arena, "%s. %s", text, survey->population);
    if (d->any && d->any->has_period && text)
        text = baro_arena_format(arena, "%s, %s", text, baro_say_inside(d->any->period_words, arena));
    const char *from = d->changes ? baro_chart_difference(d->table->results, d->any, arena) : NULL;
    if (from && text)
        text = baro_arena_format(arena, "%s. %s%s", text, from, d->display.scale > 1 ? ", percentage points" : "");
    return text;
}

static baro_status draw(draft *d, baro_drawing *out)
{
    baro_arena *arena = d->table->arena;
    const char *group = baro_chart_group_id(d->table),
               *name = d->n == 1 ? d->line[0].measure->id : statistics[d->statistic].id;
    const baro_row *of_group = baro_chart_of_group(d->table);
    const char *breakdown = of_group ? baro_say_breakdown(of_group, arena) : NULL;
    const char *what = d->n == 1 ? d->line[0].label : statistics[d->statistic].title;
    const char *title =
        breakdown ? baro_arena_format(arena, "%s, by %s", what, baro_say_inside(breakdown, arena)) : what;
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    if (!sheet || !group)
        return BARO_NO_MEMORY;
    put_all(d);
    title = baro_chart_title_of_changes(d->table, title, d->changes ? d->any : NULL);
    *sheet = (baro_sheet){.id = name, .title = title, .columns = columns, .n_columns = COLUMNS, .row_headers = 1};
    *out = (baro_drawing){.measure = name, .group = group};
    baro_status status = baro_cells_end(&d->cells, sheet);
    if (status == BARO_OK)
        status = baro_chart_frame(d->table, BARO_CHART_HEAT, sheet, title, subtitle_of(d), description_of(d, title),
                                  baro_arena_format(arena, "%s%s%s-heat", name, *group ? "-" : "", group), d->display,
                                  &out->chart);
    if (status == BARO_OK && d->changes) {
        out->chart.unit = "";
        out->chart.changes = true;
        out->chart.in_time = baro_chart_in_time(d->any);
        out->chart.compared = d->any ? baro_chart_compared(d->table->results, d->any, arena) : NULL;
    }
    return status;
}

baro_status baro_charts_heat(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                             baro_drawing **out, size_t *n)
{
    enum { STATISTICS = sizeof statistics / sizeof *statistics };
    size_t tables = results->request->n_by ? results->request->n_by : 1;
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, tables * STATISTICS);
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t t = 0; t < tables; t++) {
        baro_chart_table table;
        baro_status status =
            baro_chart_table_make(results, results->request->n_by ? t : SIZE_MAX, words, arena, &table);
        for (size_t s = 0; s < STATISTICS && status == BARO_OK; s++) {
            draft d = {.table = &table,
                       .statistic = (baro_statistic)s,
                       .display = baro_display_of(results, (baro_statistic)s),
                       .changes = baro_chart_of_changes(results),
                       .cells = {.arena = arena}};
            status = read_lines(&d);
            if (status == BARO_OK && d.n > 0 && d.n_keys > 0)
                status = draw(&d, &(*out)[(*n)++]);
        }
        if (status != BARO_OK)
            return status;
    }
    return BARO_OK;
}
