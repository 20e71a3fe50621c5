/* Areas as tiles: every area of the group's grid has a row, those without an estimate too. */
#include "surveys/model/areas.h"
#include "surveys/publishing/chart_frame.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SPOKEN_ENDS = 3, SPOKEN_CLEAR = 12 };

static const baro_sheet_column columns[] = {{.name = "label", .scale = 1},
                                            {.name = "everyone", .numeric = true, .scale = 1},
                                            {.name = "base", .numeric = true, .scale = 1},
                                            {.name = "x", .numeric = true, .scale = 1},
                                            {.name = "y", .numeric = true, .scale = 1},
                                            {.name = "estimate", .numeric = true, .scale = 1},
                                            {.name = "clear", .numeric = true, .scale = 1},
                                            {.name = "marker", .scale = 1}};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct {
    baro_chart_table *table;
    const baro_measure *measure;
    const char *level;
    const baro_areas *areas;
    baro_display display;
    bool changes;
    const baro_row *any;    /* for the words of period and comparison */
    const baro_row **shown; /* areas with a number, for the words */
    size_t n_shown, hidden, missing;
    baro_cells cells;
} draft;

static void put(draft *d, const char *label, bool everyone, const baro_area *area, const baro_row *row)
{
    baro_shown shown = baro_chart_shown(d->table->results, row, d->changes && !everyone, d->display);
    baro_cells_text(&d->cells, label);
    baro_cells_number(&d->cells, everyone);
    baro_cells_number(&d->cells, row && !d->table->results->survey->is_series ? row->base : NAN);
    baro_cells_number(&d->cells, area && area->has_tile ? (double)area->x : NAN);
    baro_cells_number(&d->cells, area && area->has_tile ? (double)area->y : NAN);
    baro_cells_number(&d->cells, shown.value);
    baro_cells_number(&d->cells, shown.clear);
    baro_cells_text(&d->cells, shown.marker);
    if (everyone)
        return;
    d->hidden += strcmp(shown.marker, "[c]") == 0;
    d->missing += isnan(shown.value) && strcmp(shown.marker, "[c]") != 0;
    if (!isnan(shown.value))
        d->shown[d->n_shown++] = row;
}

static const baro_row *key_of(const draft *d, const baro_area *area)
{
    for (size_t k = 0; k < d->table->n_keys; k++) {
        const baro_row *key = d->table->key[k];
        if (key->by && !key->by2 && baro_areas_find(d->areas, key->group, strlen(key->group)) == area)
            return key;
    }
    return NULL;
}

static baro_status put_areas(draft *d)
{
    const baro_row *everyone = d->table->n_keys > 0 && !d->table->key[0]->by ? d->table->key[0] : NULL;
    d->shown = BARO_ARRAY(d->table->arena, const baro_row *, d->areas->n + 1);
    if (!d->shown)
        return BARO_NO_MEMORY;
    if (everyone && !d->changes)
        put(d, baro_say_everyone(d->table->results->survey), true, NULL,
            baro_chart_row(d->table, d->measure, d->level, everyone));
    for (size_t i = 0; i < d->areas->n; i++) {
        const baro_area *area = &d->areas->area[i];
        const baro_row *key = area->has_tile ? key_of(d, area) : NULL;
        const baro_row *row = key ? baro_chart_row(d->table, d->measure, d->level, key) : NULL;
        if (area->has_tile)
            put(d, area->name, false, area, row);
        if (row && (!d->any || (d->changes && !d->any->compared)))
            d->any = row;
    }
    return BARO_OK;
}

/* ---- words ---- */

static double value_of(const draft *d, const baro_row *row)
{
    return d->changes ? row->difference : row->estimate;
}

static void sort_shown(draft *d)
{
    for (size_t i = 1; i < d->n_shown; i++) /* by insertion: some dozens of areas */
        for (size_t k = i; k > 0 && value_of(d, d->shown[k]) > value_of(d, d->shown[k - 1]); k--) {
            const baro_row *swap = d->shown[k];
            d->shown[k] = d->shown[k - 1];
            d->shown[k - 1] = swap;
        }
}

static const char *listed(const draft *d, const char *head, size_t from, size_t end)
{
    const char *text = "";
    for (size_t i = from; i < end && text; i++) {
        const char *one = baro_chart_spoken(d->table->results, d->shown[i]->group, d->shown[i], d->changes, d->display,
                                            d->table->arena);
        text = one ? baro_arena_format(d->table->arena, "%s%s%s", text, *text ? ", " : "", one) : NULL;
    }
    return text && *text ? baro_arena_format(d->table->arena, " %s: %s.", head, text) : text;
}

/* Levels: highest and lowest. Differences: which are clear, and how many are not. */
static const char *numbers_of(draft *d)
{
    size_t n = d->n_shown, ends = n < 2 * SPOKEN_ENDS ? n / 2 : SPOKEN_ENDS, unclear = 0, clear = 0;
    sort_shown(d);
    if (!d->changes) {
        const char *high = listed(d, n > 1 ? "Highest" : "Only", 0, n > 1 ? ends : n),
                   *low = listed(d, "Lowest", n - ends, n > 1 ? n : n - ends);
        return high && low ? baro_arena_format(d->table->arena, "%s%s", high, low) : NULL;
    }
    for (size_t i = 0; i < n; i++) {
        double is_clear = baro_chart_clear(d->table->results, d->shown[i]);
        unclear += is_clear <= 0;
        if (is_clear > 0)
            d->shown[clear++] = d->shown[i];
    }
    const char *which = listed(d, "Clear", 0, clear < SPOKEN_CLEAR ? clear : SPOKEN_CLEAR);
    return which ? baro_arena_format(d->table->arena, "%s%s%zu not clear.", *which ? which : " None is clear.", " ",
                                     unclear)
                 : NULL;
}

static const char *description_of(draft *d, const char *title)
{
    baro_arena *arena = d->table->arena;
    const baro_row *first = d->table->n_keys > 0 && !d->table->key[0]->by ? d->table->key[0] : NULL;
    const baro_row *everyone = first && !d->changes ? baro_chart_row(d->table, d->measure, d->level, first) : NULL;
    const char *said = everyone ? baro_chart_spoken(d->table->results, baro_say_everyone(d->table->results->survey),
                                                    everyone, false, d->display, arena)
                                : "";
    const char *numbers = numbers_of(d),
               *hidden = d->hidden ? baro_arena_format(arena, " Confidential: %zu.", d->hidden) : "";
    const char *missing = d->missing ? baro_arena_format(arena, " Not available: %zu.", d->missing) : "";
    if (!said || !numbers || !hidden || !missing || !title)
        return NULL;
    return baro_arena_format(arena, "Map of tiles: %s.%s%s%s%s%s%s", baro_say_inside(title, arena), *said ? " " : "",
                             said, *said ? "." : "", numbers, hidden, missing);
}

static const char *subtitle_of(const draft *d)
{
    baro_arena *arena = d->table->arena;
    const baro_row *any = d->any;
    const char *text =
        baro_say_measured(d->table->results->survey, d->measure, any ? any->statistic : BARO_STAT_PROPORTION, arena);
    if (any && any->has_period && text)
        text = baro_arena_format(arena, "%s, %s", text, baro_say_inside(any->period_words, arena));
    const char *from = d->changes ? baro_chart_difference(d->table->results, any, arena) : NULL;
    if (from && text)
        text = baro_arena_format(arena, "%s. %s%s", text, from, d->display.scale > 1 ? ", percentage points" : "");
    return text;
}

static baro_status draw(draft *d, const char *name, baro_drawing *out)
{
    baro_arena *arena = d->table->arena;
    const char *group = baro_chart_group_id(d->table),
               *breakdown = baro_say_breakdown(baro_chart_of_group(d->table), arena);
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    baro_status status = put_areas(d);
    const char *what = *d->level ? baro_arena_format(arena, "%s, %s", d->measure->label, d->level) : d->measure->label;
    const char *title =
        what && breakdown ? baro_arena_format(arena, "%s, by %s", what, baro_say_inside(breakdown, arena)) : NULL;
    if (!sheet || !group || status != BARO_OK)
        return BARO_NO_MEMORY;
    title = baro_chart_title_of_changes(d->table, title, d->changes ? d->any : NULL);
    *sheet = (baro_sheet){.id = name, .title = title, .columns = columns, .n_columns = COLUMNS, .row_headers = 1};
    *out = (baro_drawing){.measure = name, .group = group};
    status = baro_cells_end(&d->cells, sheet);
    if (status == BARO_OK)
        status = baro_chart_frame(d->table, BARO_CHART_TILES, sheet, title, subtitle_of(d), description_of(d, title),
                                  baro_arena_format(arena, "%s-%s-map", name, group), d->display, &out->chart);
    if (status == BARO_OK && d->changes) {
        out->chart.unit = "";
        out->chart.changes = true;
        out->chart.in_time = baro_chart_in_time(d->any);
        out->chart.compared = d->any ? baro_chart_compared(d->table->results, d->any, arena) : NULL;
    }
    return status;
}

/* A map of each level that the measure has, in the order of the rows. */
static baro_status draw_measure(baro_chart_table *table, const baro_measure *measure, baro_drawing *out, size_t *n)
{
    const baro_row *group = baro_chart_of_group(table);
    const char *last = NULL;
    for (size_t i = 0; i < table->results->n_rows; i++) {
        const baro_row *row = &table->results->rows[i];
        if (row->measure != measure || (last && strcmp(last, row->level) == 0))
            continue;
        last = row->level;
        draft d = {.table = table,
                   .measure = measure,
                   .level = row->level,
                   .areas = group->by->tiles,
                   .display = baro_display_of(table->results, row->statistic),
                   .changes = baro_chart_of_changes(table->results),
                   .cells = {.arena = table->arena}};
        const char *name =
            *row->level ? baro_arena_format(table->arena, "%s-%s", measure->id, row->level) : measure->id;
        if (!name || draw(&d, name, &out[(*n)++]) != BARO_OK)
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

baro_status baro_charts_tiles(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                              baro_drawing **out, size_t *n)
{
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, results->n_rows + 1);
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t t = 0; t < results->request->n_by; t++) {
        baro_chart_table table;
        baro_status status = baro_chart_table_make(results, t, words, arena, &table);
        const baro_row *group = status == BARO_OK ? baro_chart_of_group(&table) : NULL;
        if (status != BARO_OK)
            return status;
        if (!group || group->by2 || !group->by->tiles)
            continue;
        for (size_t m = 0; m < table.n_measures; m++)
            if (draw_measure(&table, table.measure[m], *out, n) != BARO_OK)
                return BARO_NO_MEMORY;
    }
    return BARO_OK;
}
