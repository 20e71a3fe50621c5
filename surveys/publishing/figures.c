/* What of a report is drawn. */
#include "surveys/publishing/figures.h"
#include "surveys/publishing/file_name.h"
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
    size_t n;
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

/* The reader sheet of these rows alone, with an id that the page has once. */
static const baro_sheet *table_of(const drafts *d, const baro_results *results, const baro_row *row, const char *name)
{
    const baro_report_view view = {.measure = row->measure, .table = row->table};
    baro_results rows;
    baro_sheet *sheet;
    size_t n;
    if (baro_results_view(results, &view, d->arena, &rows) || baro_sheets_reader(&rows, d->arena, &sheet, &n) || !n)
        return NULL;
    sheet[0].id = baro_report_anchor(d->report, baro_arena_format(d->arena, "%s-table", name), d->arena);
    return sheet[0].id ? &sheet[0] : NULL;
}

static baro_status add(drafts *d, const baro_results *results, const baro_drawing *inside, const baro_drawing *alone,
                       const char *kind)
{
    const baro_row *row = row_of(results, inside, d->arena);
    const char *folder = baro_report_folder(d->report, "charts", d->arena), *name = name_of(d, inside, kind);
    if (!row)
        return BARO_OK;
    if (!folder || !name)
        return BARO_NO_MEMORY;
    const char *breakdown = baro_say_breakdown(row, d->arena);
    baro_figure f = {.measure = row->measure,
                     .group = inside->group,
                     .kind = row->by ? row->by->kind : BARO_GROUP_OTHER,
                     .name = name,
                     .heading = breakdown
                                    ? baro_arena_format(d->arena, "By %s", baro_say_inside(breakdown, d->arena))
                                    : "Over time",
                     .svg = baro_arena_format(d->arena, "%s%s.svg", folder, name),
                     .png = baro_arena_format(d->arena, "%s%s.png", folder, name),
                     .inside = inside->chart,
                     .alone = alone->chart,
                     .table = table_of(d, results, row, name)};
    /* long ids are cut, so that only a number is sure to tell charts apart */
    f.inside.id = baro_arena_format(d->arena, "c%zu-%.*s", d->n + 1, (int)ID_ROOM,
                                    baro_report_anchor(d->report, name, d->arena));
    baro_sheet *sheet = BARO_NEW(d->arena, baro_sheet);
    if (!f.heading || !f.svg || !f.png || !f.table || !f.inside.id || !sheet)
        return BARO_NO_MEMORY;
    *sheet = *f.inside.sheet;
    sheet->title = f.alone.title; /* not drawn, but read aloud */
    f.inside.sheet = sheet;
    d->figure[d->n++] = f;
    return BARO_OK;
}

/* Of one kind, all measures; each is drawn without words for the page and with words for use alone. */
static baro_status draw(drafts *d, const baro_results *results, baro_chart_kind kind, const char *word)
{
    const baro_chart_words without = {.no_titles = true, .width = WIDTH}, with = {.width = 0};
    baro_drawing *inside, *alone;
    size_t n, same;
    baro_status status = baro_charts(results, kind, &without, d->arena, &inside, &n);
    if (status == BARO_OK)
        status = baro_charts(results, kind, &with, d->arena, &alone, &same);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = add(d, results, &inside[i], &alone[i], word);
    return status;
}

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
    size_t tables = report->asked.levels.n_by, room = (n_measures + 1) * (tables + 2);
    drafts d = {.report = report, .arena = arena, .figure = BARO_ARRAY(arena, baro_figure, room)};
    *out = BARO_ARRAY(arena, baro_figure, room);
    *n = 0;
    if (!order || !d.figure || !*out)
        return BARO_NO_MEMORY;
    baro_status status = BARO_OK;
    if (report->has_trend)
        status = draw(&d, &report->everyone, BARO_CHART_TREND, "trend");
    if (status == BARO_OK)
        status = draw(&d, &report->levels, BARO_CHART_BARS, "bars");
    if (status)
        return status;
    sort_by_measure(&d, order, n_measures, *out);
    *n = d.n;
    return BARO_OK;
}
