/* What of a report is drawn. */
#include "surveys/publishing/figures.h"
#include "surveys/publishing/file_name.h"
#include "surveys/publishing/gap_chart.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/spread_chart.h"
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <string.h>

enum { WIDTH = 720, ID_ROOM = 40 }; /* pixels: text that is still read when the page is a telephone's */

const char *baro_file_part(const char *text, baro_arena *arena)
{
    size_t room = strlen(text) + sizeof "everyone";
    char *out = baro_arena_array(arena, room, 1);
    if (out)
        out[baro_file_name(out, text)] = '\0';
    return out;
}

const char *baro_report_folder(const baro_report *report, const char *folder, baro_arena *arena)
{
    return *report->id ? baro_arena_format(arena, "%s/%s/", report->id, folder)
                       : baro_arena_format(arena, "%s/", folder);
}

const char *baro_report_anchor(const baro_report *report, const char *name, baro_arena *arena)
{
    return *report->id ? baro_arena_format(arena, "%s-%s", report->id, name) : name;
}

typedef struct {
    const baro_report *report;
    baro_arena *arena;
    baro_figure *figure;
    size_t n, room;
} drafts;

static bool is_taken(const drafts *d, const char *name)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->figure[i].name, name) == 0)
            return true;
    return false;
}

/* Measures that differ in letters which no file name has get a number. */
static const char *name_of(const drafts *d, const baro_drawing *drawing, const char *kind)
{
    const char *measure = baro_file_part(drawing->measure, d->arena);
    const char *group = *drawing->group ? baro_file_part(drawing->group, d->arena) : "";
    const char *name =
        measure && group ? baro_arena_format(d->arena, "%s-%s%s%s", measure, kind, *group ? "-" : "", group) : NULL;
    for (size_t k = 2; name && is_taken(d, name); k++)
        name = baro_arena_format(d->arena, "%s-%s%s%s-%zu", measure, kind, *group ? "-" : "", group, k);
    return name;
}

/* The row that speaks for a figure: of its breakdown, or of everyone. */
static const baro_row *row_of(const baro_results *results, const baro_drawing *drawing, baro_arena *arena)
{
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (strcmp(row->measure->id, drawing->measure) != 0 || (row->by != NULL) != (*drawing->group != '\0'))
            continue;
        const char *id = !row->by   ? ""
                         : row->by2 ? baro_arena_format(arena, "%s-%s", row->by->id, row->by2->id)
                                    : row->by->id;
        if (id && strcmp(id, drawing->group) == 0)
            return row;
    }
    return NULL;
}

/* The reader sheet of these rows alone. */
static const baro_sheet *table_of(const drafts *d, const baro_results *results, const baro_row *row)
{
    const baro_report_view view = {.measure = row->measure, .table = row->table};
    baro_results *rows = BARO_NEW(d->arena, baro_results);
    baro_sheet *sheet;
    size_t n;
    if (!rows || baro_results_view(results, &view, d->arena, rows) ||
        baro_sheets_reader(rows, d->arena, &sheet, &n) || !n)
        return NULL;
    return &sheet[0];
}

static baro_status make_room(drafts *d)
{
    if (d->n < d->room)
        return BARO_OK;
    size_t room = 2 * d->room + 64;
    baro_figure *more = BARO_ARRAY(d->arena, baro_figure, room);
    if (!more)
        return BARO_NO_MEMORY;
    if (d->n > 0)
        memcpy(more, d->figure, d->n * sizeof *more);
    d->figure = more;
    d->room = room;
    return BARO_OK;
}

/* One figure of a chart drawn twice; `f` says all that is not in its name. */
static baro_status add(drafts *d, baro_figure f, const baro_drawing *inside, const baro_drawing *alone, const char *kind)
{
    const char *folder = baro_report_folder(d->report, "charts", d->arena), *name = name_of(d, inside, kind);
    baro_sheet *drawn = BARO_NEW(d->arena, baro_sheet), *table = BARO_NEW(d->arena, baro_sheet);
    baro_status status = make_room(d);
    if (!folder || !name || !drawn || !table || status)
        return BARO_NO_MEMORY;
    f.name = name;
    f.group = inside->group;
    f.inside = inside->chart;
    f.alone = alone->chart;
    f.svg = baro_arena_format(d->arena, "%s%s.svg", folder, name);
    f.png = baro_arena_format(d->arena, "%s%s.png", folder, name);
    *drawn = *f.inside.sheet;
    drawn->title = f.alone.title; /* not drawn, but read aloud */
    f.inside.sheet = drawn;
    /* long ids are cut, so that only a number is sure to tell charts apart */
    const char *anchor = baro_report_anchor(d->report, name, d->arena);
    f.inside.id = anchor ? baro_arena_format(d->arena, "c%zu-%.*s", d->n + 1, (int)ID_ROOM, anchor) : NULL;
    *table = *f.table;
    table->id = anchor ? baro_arena_format(d->arena, "%s-table", anchor) : NULL;
    if (f.inside.kind == BARO_CHART_TILES) /* the table of the bars again: told apart by its caption */
        table->title = baro_arena_format(d->arena, "%s, as on the map", table->title);
    f.table = table;
    if (!f.heading || !f.svg || !f.png || !f.inside.id || !table->id || !table->title)
        return BARO_NO_MEMORY;
    d->figure[d->n++] = f;
    return BARO_OK;
}

/* ---- levels, over time and by group ---- */

static const char *heading_of(const baro_row *row, bool map, baro_arena *arena)
{
    const char *breakdown = baro_say_breakdown(row, arena);
    return breakdown ? baro_arena_format(arena, map ? "Map of %s" : "By %s", baro_say_inside(breakdown, arena))
                     : "Over time";
}

static baro_status add_levels(drafts *d, const baro_results *results, const baro_drawing *inside,
                              const baro_drawing *alone, const char *kind)
{
    const baro_row *row = row_of(results, inside, d->arena);
    bool map = inside->chart.kind == BARO_CHART_TILES;
    if (!row || (map && (!row->by || row->by2 || !row->by->tiles)))
        return BARO_OK;
    const baro_figure f = {.section = BARO_FIGURE_MEASURE,
                           .measure = row->measure,
                           .kind = row->by ? row->by->kind : BARO_GROUP_OTHER,
                           .heading = heading_of(row, map, d->arena),
                           .table = table_of(d, results, row)};
    return f.table ? add(d, f, inside, alone, kind) : BARO_NO_MEMORY;
}

static const baro_chart_words without = {.no_titles = true, .width = WIDTH}, with = {.width = 0};

/* Of one kind, all measures; each is drawn without words for the page and with words for use alone. */
static baro_status draw_levels(drafts *d, const baro_results *results, baro_chart_kind kind, const char *word)
{
    baro_drawing *inside, *alone;
    size_t n, same;
    baro_status status = baro_charts(results, kind, &without, d->arena, &inside, &n);
    if (status == BARO_OK)
        status = baro_charts(results, kind, &with, d->arena, &alone, &same);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = add_levels(d, results, &inside[i], &alone[i], word);
    return status;
}

static baro_status draw_maps(drafts *d)
{
    baro_status status = BARO_OK;
    for (size_t t = 0; t < d->report->asked.levels.n_by && status == BARO_OK; t++) {
        const baro_breakdown *by = &d->report->asked.levels.by[t];
        const baro_group *group = baro_survey_group(d->report->survey, by->first);
        const baro_report_view view = {.table = t};
        baro_results *rows = BARO_NEW(d->arena, baro_results);
        if (!group || !group->tiles || by->second)
            continue;
        status = rows ? baro_results_view(&d->report->levels, &view, d->arena, rows) : BARO_NO_MEMORY;
        if (status == BARO_OK && rows->n_rows > 0)
            status = draw_levels(d, rows, BARO_CHART_TILES, "tiles");
    }
    return status;
}

/* ---- what divides ---- */

static const baro_measure *measure_of(const drafts *d, const char *id)
{
    return baro_survey_measure(d->report->survey, id);
}

static baro_status draw_spreads(drafts *d)
{
    baro_drawing *inside, *alone;
    baro_sheet *sheet;
    size_t n, same, sheets;
    const baro_report *report = d->report;
    baro_status status = baro_charts_spread(&report->spreads, &report->levels, &without, d->arena, &inside, &n);
    if (status == BARO_OK)
        status = baro_charts_spread(&report->spreads, &report->levels, &with, d->arena, &alone, &same);
    if (status == BARO_OK)
        status = baro_sheets_spreads(&report->spreads, false, d->arena, &sheet, &sheets);
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        const baro_measure *measure = measure_of(d, inside[i].measure);
        const char *id = baro_arena_format(d->arena, "%s-spread", inside[i].measure);
        const baro_sheet *table = NULL;
        for (size_t k = 0; k < sheets && id && !table; k++)
            table = strcmp(sheet[k].id, id) == 0 ? &sheet[k] : NULL;
        if (!measure || !table)
            continue;
        const baro_figure f = {.section = BARO_FIGURE_DIVIDES,
                               .measure = measure,
                               .kind = BARO_GROUP_OTHER,
                               .heading = measure->label,
                               .table = table};
        status = add(d, f, &inside[i], &alone[i], "spread");
    }
    return status;
}

/* ---- gaps: those are drawn of which one is clearly another than it was ---- */

static bool has_clear(const baro_report *report, const baro_drawing *drawing, const char *group)
{
    double limit = 1 - report->gaps.run.request->confidence;
    for (size_t i = 0; i < report->gaps.n_rows; i++) {
        const baro_gap_row *row = &report->gaps.rows[i];
        if (row->p_adjusted < limit && strcmp(row->measure->id, drawing->measure) == 0 && !row->by2 &&
            strcmp(row->by->id, group) == 0)
            return true;
    }
    return false;
}

static baro_status draw_gaps(drafts *d)
{
    baro_drawing *inside, *alone;
    baro_sheet *sheet;
    size_t n, same, sheets;
    const baro_report *report = d->report;
    baro_status status = baro_charts_gap_change(&report->gaps, &without, d->arena, &inside, &n);
    if (status == BARO_OK)
        status = baro_charts_gap_change(&report->gaps, &with, d->arena, &alone, &same);
    if (status == BARO_OK)
        status = baro_sheets_gaps(&report->gaps, false, d->arena, &sheet, &sheets);
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        const baro_measure *measure = measure_of(d, inside[i].measure);
        const char *id = baro_arena_format(d->arena, "%s-gap-by-%s", inside[i].measure, inside[i].group);
        const baro_sheet *table = NULL;
        for (size_t k = 0; k < sheets && id && !table; k++)
            table = strcmp(sheet[k].id, id) == 0 ? &sheet[k] : NULL;
        if (!measure || !table || !has_clear(report, &inside[i], inside[i].group))
            continue;
        const baro_figure f = {.section = BARO_FIGURE_GAPS,
                               .measure = measure,
                               .kind = BARO_GROUP_OTHER,
                               .heading = table->title,
                               .table = table};
        status = add(d, f, &inside[i], &alone[i], "gap");
    }
    return status;
}

/* ---- all ---- */

static size_t place_of(const baro_report *report, const baro_measure *measure)
{
    return (size_t)(measure - report->survey->measures);
}

/* Figures of a measure stand together; they were made kind after kind. */
static void sort_by_measure(const drafts *d, const baro_measure *const *order, size_t n_measures, baro_figure *to)
{
    size_t n = 0;
    for (size_t m = 0; m < n_measures; m++)
        for (size_t i = 0; i < d->n; i++)
            if (place_of(d->report, d->figure[i].measure) == place_of(d->report, order[m]))
                to[n++] = d->figure[i];
}

baro_status baro_report_figures(const baro_report *report, baro_arena *arena, baro_figure **out, size_t *n)
{
    size_t n_measures;
    const baro_measure **order = baro_report_measures(report, arena, &n_measures);
    drafts d = {.report = report, .arena = arena};
    *n = 0;
    if (!order)
        return BARO_NO_MEMORY;
    baro_status status = BARO_OK;
    if (report->has_trend)
        status = draw_levels(&d, &report->everyone, BARO_CHART_TREND, "trend");
    if (status == BARO_OK)
        status = draw_levels(&d, &report->levels, BARO_CHART_BARS, "bars");
    if (status == BARO_OK)
        status = draw_maps(&d);
    if (status == BARO_OK && report->has_spreads)
        status = draw_spreads(&d);
    if (status == BARO_OK && report->has_gaps)
        status = draw_gaps(&d);
    *out = BARO_ARRAY(arena, baro_figure, d.n + 1);
    if (status || !*out)
        return BARO_NO_MEMORY;
    sort_by_measure(&d, order, n_measures, *out);
    *n = d.n;
    return BARO_OK;
}
