/* The files of a pack, one after the other; charts several at once. */
#include "surveys/publishing/pack.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    baro_pack *pack;
    baro_folder *folder;
    baro_arena *arena;
    baro_error *error;
    baro_pack_place *place;
    size_t n, room;
} making;

/* Where the next file goes. */
static baro_status place_next(making *m, const char *path, const char **out)
{
    if (m->n == m->room) {
        size_t room = 2 * m->room + 64;
        baro_pack_place *more = BARO_ARRAY(m->arena, baro_pack_place, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (m->n > 0)
            memcpy(more, m->place, m->n * sizeof *more);
        m->place = more;
        m->room = room;
    }
    baro_status status = path ? baro_folder_place(m->folder, path, m->arena, out, m->error) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        m->place[m->n++] = (baro_pack_place){.path = path, .place = *out};
    return status;
}

/* ---- charts ---- */

/* All of one format, for one gnuplot. */
typedef struct {
    baro_picture picture;
    const baro_chart **chart;
    const char **path, **place; /* in the pack; where it is made */
    size_t n;
    baro_status status;
    baro_error *error; /* its own: both formats are drawn at once */
} drawings;

enum { FORMATS = 2 };

static baro_status draw_format(void *context, size_t index)
{
    drawings *all = (drawings *)context + index;
    all->error = baro_error_new();
    all->status = all->error ? baro_charts_draw(all->chart, all->place, all->n, all->picture, all->error) : BARO_NO_MEMORY;
    return all->status;
}

/* What the first has to say is enough, with the name that it was to have in place of where it was made. */
static baro_status say_failure(const drawings *format, baro_error *error)
{
    for (size_t f = 0; f < FORMATS; f++) {
        const drawings *all = &format[f];
        if (!all->status)
            continue;
        const baro_error_entry *entry =
            all->error && baro_error_count(all->error) > 0 ? baro_error_entry_at(all->error, 0) : NULL;
        if (!entry)
            return all->status;
        const char *at = NULL;
        for (size_t i = 0; i < all->n && !at; i++)
            at = strstr(entry->message, all->path[i]);
        return baro_fault_add(error, all->status, (baro_where_it_is){0}, "%s%s", at ? "chart " : "",
                              at ? at : entry->message);
    }
    return BARO_OK;
}

static baro_status add_drawing(making *m, const baro_chart *chart, const char *path, drawings *all)
{
    all->chart[all->n] = chart;
    all->path[all->n] = path;
    return place_next(m, path, &all->place[all->n++]);
}

static baro_status list_drawings(making *m, drawings *format)
{
    size_t most = 1;
    for (size_t p = 0; p < m->pack->n_reports; p++)
        most += m->pack->part[p].n_figures;
    for (size_t f = 0; f < FORMATS; f++) {
        format[f].chart = BARO_ARRAY(m->arena, const baro_chart *, most);
        format[f].path = BARO_ARRAY(m->arena, const char *, most);
        format[f].place = BARO_ARRAY(m->arena, const char *, most);
        if (!format[f].chart || !format[f].path || !format[f].place)
            return BARO_NO_MEMORY;
    }
    baro_status status = BARO_OK;
    for (size_t p = 0; p < m->pack->n_reports; p++)
        for (size_t i = 0; i < m->pack->part[p].n_figures && status == BARO_OK; i++) {
            const baro_figure *f = &m->pack->part[p].figure[i];
            status = add_drawing(m, &f->inside, f->svg, &format[0]);
            if (status == BARO_OK)
                status = add_drawing(m, &f->alone, f->png, &format[1]);
        }
    return status;
}

static baro_status draw_charts(making *m, baro_pool *pool)
{
    drawings format[FORMATS] = {{.picture = BARO_SVG}, {.picture = BARO_PNG}};
    baro_status status = list_drawings(m, format);
    if (status == BARO_OK && format[0].n > 0)
        status = baro_pool_run(pool, FORMATS, draw_format, format);
    if (status)
        say_failure(format, m->error);
    for (size_t f = 0; f < FORMATS; f++)
        baro_error_free(format[f].error);
    return status;
}

/* ---- tables ---- */

static baro_status end_output(baro_output *output, baro_status status, baro_error *error)
{
    if (status == BARO_OK)
        return baro_output_close(output, error);
    baro_output_abandon(output);
    return status;
}

static baro_status begin_output(making *m, const char *path, baro_output **out)
{
    const char *place;
    baro_status status = place_next(m, path, &place);
    return status ? status : baro_output_open(place, out, m->error);
}

/* A table and, beside it, what its columns are. */
static baro_status write_table(making *m, const baro_survey *survey, const baro_report_table *table)
{
    const char *slash = strrchr(table->path, '/');
    const baro_csvw about = baro_csvw_of_survey(survey, slash ? slash + 1 : table->path);
    baro_output *output;
    baro_status status = begin_output(m, table->path, &output);
    if (status == BARO_OK)
        status = end_output(output, baro_write_csv(table->sheet, 1, output), m->error);
    if (status == BARO_OK)
        status = begin_output(m, baro_arena_format(m->arena, "%s-metadata.json", table->path), &output);
    return status ? status : end_output(output, baro_write_csvw(table->sheet, &about, output), m->error);
}

static baro_status write_tables(making *m)
{
    baro_status status = BARO_OK;
    for (size_t p = 0; p < m->pack->n_reports; p++)
        for (size_t i = 0; i < m->pack->part[p].n_tables && status == BARO_OK; i++)
            status = write_table(m, m->pack->report[p]->survey, &m->pack->part[p].table[i]);
    const baro_report_table hidden = {.path = "tables/disclosure.csv", .sheet = m->pack->disclosure};
    return status ? status : write_table(m, m->pack->report[0]->survey, &hidden);
}

/* Copies of what the numbers mean, so that a pack can be made again, and compared, without looking for them. */
static baro_status copy_definition(making *m, const baro_pack_definition *definition)
{
    char buffer[16384];
    baro_output *output;
    baro_status status = begin_output(m, baro_arena_format(m->arena, "definitions/%s", definition->name), &output);
    if (status)
        return status;
    FILE *file = fopen(definition->path, "rb");
    for (size_t n; file && (n = fread(buffer, 1, sizeof buffer, file)) > 0;)
        baro_output_write(output, buffer, n);
    bool whole = file && !ferror(file);
    if (file)
        fclose(file);
    if (!whole)
        baro_fault_add(m->error, BARO_NO_INPUT, (baro_where_it_is){.source = definition->path}, "cannot be read");
    return end_output(output, whole ? BARO_OK : BARO_NO_INPUT, m->error);
}

/* Findings of all reports, one below the other. */
static baro_status write_findings(making *m)
{
    baro_output *output;
    baro_status status = begin_output(m, "findings.md", &output);
    if (status)
        return status;
    for (size_t i = 0; i < m->pack->n_reports && status == BARO_OK; i++) {
        baro_sheet *sheet;
        size_t n;
        status = baro_sheets_findings(&m->pack->report[i]->findings, false, m->arena, &sheet, &n);
        if (status == BARO_OK)
            status = baro_write_markdown(sheet, n, output);
    }
    return end_output(output, status, m->error);
}

static baro_status write_workbooks(making *m)
{
    baro_workbook workbook;
    const char *place;
    baro_status status = baro_pack_workbook(m->pack, m->arena, &workbook);
    if (status == BARO_OK)
        status = place_next(m, "tables.xlsx", &place);
    if (status == BARO_OK)
        status = baro_write_xlsx(&workbook, place, m->error);
    if (status == BARO_OK)
        status = place_next(m, "tables.ods", &place);
    return status == BARO_OK ? baro_write_ods(&workbook, place, m->error) : status;
}

/* ---- the page and the manifest ---- */

static baro_status write_page(making *m)
{
    baro_output *output;
    size_t n = m->n;
    baro_status status = begin_output(m, "index.html", &output);
    return status ? status
                  : end_output(output, baro_pack_page(m->pack, m->place, n, m->arena, output, m->error), m->error);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const baro_pack_file *)a)->path, ((const baro_pack_file *)b)->path);
}

static baro_status write_manifest(making *m)
{
    baro_manifest *manifest = &m->pack->manifest;
    baro_pack_file *file = BARO_ARRAY(m->arena, baro_pack_file, m->n + 1);
    baro_output *output;
    baro_status status = file ? BARO_OK : BARO_NO_MEMORY;
    size_t n = m->n;
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        file[i].path = m->place[i].path;
        status = baro_sha256_file(m->place[i].place, file[i].sum, &file[i].bytes, m->error);
    }
    if (status)
        return status;
    qsort(file, n, sizeof *file, by_path);
    manifest->file = file;
    manifest->n_files = n;
    status = begin_output(m, BARO_MANIFEST, &output);
    if (status)
        return status;
    baro_manifest_write(manifest, output);
    return baro_output_close(output, m->error);
}

baro_status baro_pack_write(baro_pack *pack, baro_folder *folder, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    making m = {.pack = pack, .folder = folder, .arena = arena, .error = error};
    baro_status status = BARO_OK;
    pack->part = BARO_ARRAY(arena, baro_pack_part, pack->n_reports + 1);
    if (!pack->part)
        return BARO_NO_MEMORY;
    for (size_t p = 0; p < pack->n_reports && status == BARO_OK; p++) {
        baro_pack_part *part = &pack->part[p];
        status = baro_report_figures(pack->report[p], arena, &part->figure, &part->n_figures);
        if (status == BARO_OK)
            status = baro_report_tables(pack->report[p], arena, &part->table, &part->n_tables);
    }
    for (size_t i = 0; i < pack->n_definitions && status == BARO_OK; i++)
        status = copy_definition(&m, &pack->definition[i]);
    if (status == BARO_OK)
        status = write_tables(&m);
    if (status == BARO_OK)
        status = write_findings(&m);
    if (status == BARO_OK)
        status = write_workbooks(&m);
    if (status == BARO_OK)
        status = draw_charts(&m, pool);
    if (status == BARO_OK)
        status = write_page(&m);
    return status == BARO_OK ? write_manifest(&m) : status;
}
