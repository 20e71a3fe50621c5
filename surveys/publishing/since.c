/* An older pack beside a new report: which windows are new, and which levels were revised. */
#include "surveys/publishing/since.h"
#include "io/base/number.h"
#include "io/readers/grid.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/manifest.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 8 };
static const char *const key_column[KEYS] = {"survey", "measure", "level", "by", "group", "by2", "group2", "period"};

/* A level of the older pack. */
typedef struct {
    const char *key[KEYS];
    double estimate;
} level;

typedef struct {
    level *item; /* in the order of their keys, each once */
    size_t n, room;
} levels;

static int by_key(const void *a, const void *b)
{
    const level *x = a, *y = b;
    for (size_t k = 0; k < KEYS; k++) {
        int order = strcmp(x->key[k], y->key[k]);
        if (order != 0)
            return order;
    }
    return 0;
}

static baro_status take(levels *all, const level *one, baro_arena *arena)
{
    if (all->n == all->room) {
        size_t room = 2 * all->room + 1024;
        level *more = BARO_ARRAY(arena, level, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (all->n > 0)
            memcpy(more, all->item, all->n * sizeof *more);
        all->item = more;
        all->room = room;
    }
    all->item[all->n++] = *one;
    return BARO_OK;
}

/* Rows with a level; a table of another kind has none. */
static baro_status take_table(levels *all, const baro_grid *grid, baro_arena *arena)
{
    size_t column[KEYS], estimate = baro_grid_column(grid, "estimate");
    for (size_t k = 0; k < KEYS; k++)
        if ((column[k] = baro_grid_column(grid, key_column[k])) == SIZE_MAX)
            return BARO_OK;
    baro_status status = BARO_OK;
    for (size_t r = 0; r < grid->rows && estimate != SIZE_MAX && status == BARO_OK; r++) {
        const char *const *cell = &grid->cell[r * grid->columns];
        level one;
        for (size_t k = 0; k < KEYS; k++)
            one.key[k] = cell[column[k]];
        if (baro_number_read(cell[estimate], strlen(cell[estimate]), '.', &one.estimate))
            status = take(all, &one, arena);
    }
    return status;
}

static bool is_levels(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".csv") == 0 && !strstr(path, "tables/findings.csv");
}

static baro_status read_levels(const char *folder, baro_arena *arena, levels *all, baro_error *error)
{
    const char *path = baro_arena_format(arena, "%s/" BARO_MANIFEST, folder);
    baro_manifest manifest;
    baro_status status = path ? baro_manifest_read(path, arena, &manifest, error) : BARO_NO_MEMORY;
    for (size_t i = 0; status == BARO_OK && i < manifest.n_files; i++) {
        baro_grid grid;
        if (!is_levels(manifest.file[i].path) || strncmp(manifest.file[i].path, "definitions/", 12) == 0)
            continue;
        path = baro_arena_format(arena, "%s/%s", folder, manifest.file[i].path);
        status = path ? baro_grid_read(path, arena, &grid, error) : BARO_NO_MEMORY;
        if (status == BARO_OK)
            status = take_table(all, &grid, arena);
    }
    if (status == BARO_OK && all->n > 0)
        qsort(all->item, all->n, sizeof *all->item, by_key);
    return status;
}

/* ---- beside the report ---- */

static const level *find(const levels *all, const baro_survey *survey, const baro_row *row)
{
    const level key = {.key = {survey->id ? survey->id : "", row->measure->id, row->level, row->by ? row->by->id : "",
                               row->group, row->by2 ? row->by2->id : "", row->group2, row->period_label}};
    return all->n ? bsearch(&key, all->item, all->n, sizeof *all->item, by_key) : NULL;
}

static bool same_level(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void mark(baro_results *results, const levels *all)
{
    for (size_t i = 0; i < results->n_rows; i++) {
        baro_row *row = &results->rows[i];
        const level *old = isnan(row->estimate) ? NULL : find(all, results->survey, row);
        row->revised = old && !same_level(old->estimate, row->estimate);
    }
}

/* Each level once: comparisons repeat it. */
static bool repeats(const baro_results *results, size_t i)
{
    return results->rows[i].comparison > 0;
}

static void list_revised(const baro_report *report, const levels *all, baro_cells *cells, baro_since *out)
{
    const baro_results *results = report->has_trend ? &report->trend : &report->levels;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        const level *old = isnan(row->estimate) || repeats(results, i) ? NULL : find(all, report->survey, row);
        if (!old)
            continue;
        out->compared++;
        if (!row->revised)
            continue;
        out->revised++;
        baro_display display = baro_display_of(results, row->statistic);
        display.decimals++;
        baro_cells_text(cells, row->measure->label);
        baro_cells_text(cells, *row->level ? row->level : baro_say_group(report->survey, row, cells->arena));
        baro_cells_text(cells, *row->period_words ? row->period_words : "[z]");
        baro_cells_text(cells, baro_say_number(cells->arena, old->estimate, display));
        baro_cells_text(cells, baro_say_number(cells->arena, row->estimate, display));
    }
}

/* Windows of everyone that the older pack has not. */
static baro_status list_new(const baro_report *report, const levels *all, baro_arena *arena, baro_since *out)
{
    const char **item = BARO_ARRAY(arena, const char *, report->everyone.n_rows + 1);
    size_t n = 0;
    if (!item)
        return BARO_NO_MEMORY;
    for (size_t i = 0; report->has_trend && i < report->everyone.n_rows; i++) {
        const baro_row *row = &report->everyone.rows[i];
        bool known = isnan(row->estimate);
        for (size_t k = 0; k < all->n && !known; k++)
            known = strcmp(all->item[k].key[KEYS - 1], row->period_label) == 0 &&
                    strcmp(all->item[k].key[0], report->survey->id ? report->survey->id : "") == 0;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(item[k], row->period_words) == 0;
        if (!known)
            item[n++] = row->period_words;
    }
    out->new_periods = (baro_texts){item, n};
    return BARO_OK;
}

baro_status baro_report_since(baro_report *report, const char *folder, baro_arena *arena, baro_since *out,
                              baro_error *error)
{
    static const baro_sheet_column columns[] = {{.name = "Measure", .keep = true, .scale = 1},
                                                {.name = "Group", .keep = true, .scale = 1},
                                                {.name = "Period", .keep = true, .scale = 1},
                                                {.name = "Before", .numeric = true, .keep = true, .scale = 1},
                                                {.name = "After", .numeric = true, .keep = true, .scale = 1}};
    levels all = {.n = 0};
    baro_cells cells = {.arena = arena};
    *out = (baro_since){.compared = 0};
    baro_status status = read_levels(folder, arena, &all, error);
    if (status)
        return status;
    mark(&report->levels, &all);
    if (report->has_trend) {
        mark(&report->trend, &all);
        mark(&report->everyone, &all);
    }
    list_revised(report, &all, &cells, out);
    out->sheet = (baro_sheet){.id = "revised",
                              .title = "Numbers that are others than in the older pack",
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .row_headers = 3};
    status = list_new(report, &all, arena, out);
    return status || out->revised == 0 ? status : baro_cells_end(&cells, &out->sheet);
}
