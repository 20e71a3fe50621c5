/* The tidy tables of a report, each a file. */
#include "surveys/publishing/figures.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <stdint.h>
#include <string.h>

typedef struct {
    const baro_report *report;
    baro_arena *arena;
    const char *folder;
    baro_report_table *table;
    size_t n;
} drafts;

/* tables/WHAT.csv; two names that come to the same file get a number. */
static const char *path_of(const drafts *d, const char *what)
{
    const char *part = baro_file_part(what, d->arena);
    const char *path = part ? baro_arena_format(d->arena, "%s%s.csv", d->folder, part) : NULL;
    for (size_t k = 2, i = 0; path && i < d->n; i++)
        if (strcmp(d->table[i].path, path) == 0) {
            path = baro_arena_format(d->arena, "%s%s-%zu.csv", d->folder, part, k++);
            i = SIZE_MAX; /* from the start again */
        }
    return path;
}

static baro_status add(drafts *d, const baro_measure *measure, const char *what, const char *words,
                       const baro_sheet *sheet)
{
    baro_report_table t = {.path = what ? path_of(d, what) : NULL, .measure = measure, .words = words, .sheet = sheet};
    if (!t.path || !words)
        return BARO_NO_MEMORY;
    d->table[d->n++] = t;
    return BARO_OK;
}

static baro_status add_rows(drafts *d, const baro_results *results, const baro_report_view *view, const char *what,
                            const char *words)
{
    baro_results rows;
    baro_sheet *sheet = BARO_NEW(d->arena, baro_sheet);
    if (!sheet || baro_results_view(results, view, d->arena, &rows))
        return BARO_NO_MEMORY;
    if (rows.n_rows == 0)
        return BARO_OK;
    baro_status status = baro_sheet_tidy(&rows, d->arena, sheet);
    return status ? status : add(d, view->measure, what, words, sheet);
}

static baro_status add_breakdown(drafts *d, const baro_measure *measure, size_t table)
{
    const baro_report *report = d->report;
    const baro_breakdown *by = &report->asked.levels.by[table];
    const baro_group *first = baro_survey_group(report->survey, by->first),
                     *second = by->second ? baro_survey_group(report->survey, by->second) : NULL;
    if (!first)
        return BARO_OK;
    const char *what = baro_arena_format(d->arena, "%s-by-%s%s%s", measure->id, first->id, second ? "-" : "",
                                         second ? second->id : "");
    const char *words = baro_arena_format(d->arena, "%s by %s%s%s", measure->label,
                                          baro_say_inside(first->label, d->arena), second ? " and " : "",
                                          second ? baro_say_inside(second->label, d->arena) : "");
    const baro_report_view view = {.measure = measure, .table = table};
    return add_rows(d, &report->levels, &view, what, words);
}

static baro_status add_measure(drafts *d, const baro_measure *measure)
{
    const baro_report *report = d->report;
    baro_status status = BARO_OK;
    if (report->has_trend) {
        const baro_report_view all = {.measure = measure, .all = true};
        status = add_rows(d, &report->trend, &all, baro_arena_format(d->arena, "%s-trend", measure->id),
                          baro_arena_format(d->arena, "%s over time, everyone and every group", measure->label));
    }
    if (status == BARO_OK && report->asked.levels.n_by == 0) {
        const baro_report_view everyone = {.measure = measure, .table = SIZE_MAX};
        status = add_rows(d, &report->levels, &everyone, measure->id, measure->label);
    }
    for (size_t t = 0; t < report->asked.levels.n_by && status == BARO_OK; t++)
        status = add_breakdown(d, measure, t);
    return status;
}

/* What is not of one measure. */
static baro_status add_others(drafts *d)
{
    baro_sheet *sheet;
    size_t n;
    baro_status status = baro_sheets_findings(&d->report->findings, true, d->arena, &sheet, &n);
    if (status == BARO_OK)
        status = add(d, NULL, "findings", "What stands out, with the row that each sentence stands on", &sheet[0]);
    if (status == BARO_OK && d->report->has_relations) {
        status = baro_sheets_relations(&d->report->relations, true, d->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(d, NULL, "tests", "Is each measure related to each group? Tests", &sheet[0]);
    }
    if (status == BARO_OK && d->report->has_spreads) {
        status = baro_sheets_spreads(&d->report->spreads, true, d->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(d, NULL, "spread", "What divides opinion most: factors, ranked", &sheet[0]);
    }
    if (status == BARO_OK && d->report->has_gaps) {
        status = baro_sheets_gaps(&d->report->gaps, true, d->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(d, NULL, "gaps", "How each group's gap changed in a year, and which side moved", &sheet[0]);
    }
    return status;
}

baro_status baro_report_tables(const baro_report *report, baro_arena *arena, baro_report_table **out, size_t *n)
{
    size_t n_measures;
    const baro_measure **order = baro_report_measures(report, arena, &n_measures);
    drafts d = {.report = report, .arena = arena, .folder = baro_report_folder(report, "tables", arena)};
    d.table = BARO_ARRAY(arena, baro_report_table, n_measures * (report->asked.levels.n_by + 2) + 4);
    if (!order || !d.folder || !d.table)
        return BARO_NO_MEMORY;
    baro_status status = BARO_OK;
    for (size_t m = 0; m < n_measures && status == BARO_OK; m++)
        status = add_measure(&d, order[m]);
    if (status == BARO_OK)
        status = add_others(&d);
    *out = d.table;
    *n = d.n;
    return status;
}
