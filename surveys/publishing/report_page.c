/* index.html: the sections of a pack in the order in which they are read. */
#include "io/writers/web.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/pack.h"
#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/report_words.h"
#include "surveys/publishing/since.h"
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const baro_pack *pack;
    const baro_pack_place *place;
    size_t n_places;
    baro_arena *arena;
    baro_output *output;
    baro_error *error;
    /* the report that is written, and its files */
    const baro_report *report;
    const baro_pack_part *part;
    int level; /* of the headings of its sections */
} page;

static void anchor(const page *p, int level, const char *name, const char *text)
{
    baro_web_heading(p->output, level, baro_report_anchor(p->report, name, p->arena), text);
}

static void write_list(const page *p, const char *class, const baro_texts *texts)
{
    if (texts->n == 0)
        return;
    baro_output_format(p->output, "<ul class=\"%s\">\n", class);
    for (size_t i = 0; i < texts->n; i++)
        baro_web_element(p->output, "li", NULL, texts->item[i]);
    baro_web_markup(p->output, "</ul>\n");
}

/* A table behind its title, for those who want the numbers. */
static baro_status write_details(const page *p, const baro_sheet *sheet)
{
    baro_web_markup(p->output, "<details>\n<summary>Table: ");
    baro_web_text(p->output, sheet->title);
    baro_web_markup(p->output, "</summary>\n");
    baro_status status = baro_write_html(sheet, 1, p->output);
    baro_web_markup(p->output, "</details>\n");
    return status;
}

/* ---- charts ---- */

static const char *place_of(const page *p, const char *path)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (strcmp(p->place[i].path, path) == 0)
            return p->place[i].place;
    return NULL;
}

static char *read_whole(const char *path, size_t *length)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    char *bytes = NULL;
    long size = -1;
    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0)
        bytes = malloc((size_t)size + 1);
    if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        free(bytes);
        bytes = NULL;
    }
    if (file)
        fclose(file);
    *length = bytes ? (size_t)size : 0;
    return bytes;
}

static baro_status write_drawing(const page *p, const char *path)
{
    size_t length;
    char *bytes = read_whole(place_of(p, path), &length);
    baro_status status = bytes ? baro_web_drawing(p->output, bytes, length) : BARO_INTERNAL;
    free(bytes);
    if (status)
        return baro_fault_add(p->error, BARO_IO, (baro_where_it_is){0}, "%s: the chart cannot be read back", path);
    return BARO_OK;
}

static void write_files(const page *p, const baro_figure *figure)
{
    baro_web_markup(p->output, "<p class=\"quiet\">The chart as a file: ");
    baro_web_file(p->output, figure->svg, "SVG");
    baro_web_markup(p->output, ", ");
    baro_web_file(p->output, figure->png, "PNG");
    baro_web_markup(p->output, ".</p>\n");
}

static baro_status write_figure(const page *p, const baro_figure *figure)
{
    baro_web_markup(p->output, "<figure>\n<figcaption>");
    baro_web_text(p->output, figure->alone.title);
    baro_web_element(p->output, "span", "subtitle", figure->alone.subtitle);
    baro_web_markup(p->output, "</figcaption>\n<div class=\"chart\" role=\"group\" tabindex=\"0\" aria-label=\"Chart: ");
    baro_web_text(p->output, figure->alone.title);
    baro_web_markup(p->output, "\">\n");
    baro_status status = write_drawing(p, figure->svg);
    baro_web_markup(p->output, "</div>\n");
    if (status == BARO_OK)
        status = write_details(p, figure->table);
    write_files(p, figure);
    baro_web_markup(p->output, "</figure>\n");
    return status;
}

/* ---- a measure ---- */

static baro_status write_figures(const page *p, const baro_measure *measure, bool channels)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < p->part->n_figures && status == BARO_OK; i++) {
        const baro_figure *figure = &p->part->figure[i];
        if (figure->section != BARO_FIGURE_MEASURE || figure->measure != measure || (figure->kind == BARO_GROUP_CHANNEL) != channels)
            continue;
        anchor(p, p->level + 1, baro_arena_format(p->arena, "figure-%s", figure->name), figure->heading);
        status = write_figure(p, figure);
    }
    return status;
}

static void write_tables_of(const page *p, const baro_measure *measure)
{
    size_t n = 0;
    for (size_t i = 0; i < p->part->n_tables; i++) {
        const baro_report_table *table = &p->part->table[i];
        if (table->measure != measure)
            continue;
        baro_web_markup(p->output, n++ ? "; " : "<p class=\"quiet\">All numbers in full, as CSV: ");
        baro_web_file(p->output, table->path, table->words);
    }
    baro_web_markup(p->output, n ? ".</p>\n" : "");
}

static baro_status write_measure(const page *p, const baro_measure *measure)
{
    anchor(p, p->level, baro_arena_format(p->arena, "measure-%s", measure->id), measure->label);
    baro_web_element(p->output, "p", "quiet", baro_report_question(measure, p->arena));
    const char *headline = baro_report_headline_words(p->report, measure, p->arena);
    if (!headline)
        return BARO_NO_MEMORY;
    baro_web_element(p->output, "p", "headline", headline);
    baro_status status = write_figures(p, measure, false);
    if (status == BARO_OK)
        status = write_figures(p, measure, true);
    write_tables_of(p, measure);
    return status;
}

static baro_status write_measures(const page *p)
{
    size_t n;
    const baro_measure **measure = baro_report_measures(p->report, p->arena, &n);
    baro_status status = measure ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = write_measure(p, measure[i]);
    return status;
}

static void list_measures(const page *p)
{
    size_t n;
    const baro_measure **measure = baro_report_measures(p->report, p->arena, &n);
    for (size_t i = 0; measure && i < n; i++) {
        const char *name = baro_arena_format(p->arena, "measure-%s", measure[i]->id);
        baro_web_markup(p->output, "<li>");
        baro_web_link(p->output, baro_report_anchor(p->report, name ? name : "", p->arena), measure[i]->label);
        baro_web_markup(p->output, "</li>\n");
    }
}

/* ---- what is not of one measure ---- */

static baro_status write_sheets(const page *p, baro_sheet *sheet, size_t n)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        sheet[i].id = baro_report_anchor(p->report, baro_arena_format(p->arena, "%s-sheet", sheet[i].id), p->arena);
        status = sheet[i].id ? write_details(p, &sheet[i]) : BARO_NO_MEMORY;
    }
    return status;
}

/* The figures of a section that is not of one measure. */
static baro_status write_section_figures(const page *p, baro_figure_section section)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < p->part->n_figures && status == BARO_OK; i++) {
        const baro_figure *figure = &p->part->figure[i];
        if (figure->section != section)
            continue;
        anchor(p, p->level + 1, baro_arena_format(p->arena, "figure-%s", figure->name), figure->heading);
        status = write_figure(p, figure);
    }
    return status;
}

static bool has_levels(const baro_report *report)
{
    return report->levels.n_rows > 0;
}

static baro_status write_levels(const page *p)
{
    const baro_report_view view = {.table = SIZE_MAX};
    baro_results everyone;
    baro_sheet *sheet;
    size_t n;
    baro_status status = baro_results_view(&p->report->levels, &view, p->arena, &everyone);
    if (status == BARO_OK)
        status = baro_sheets_reader(&everyone, p->arena, &sheet, &n);
    for (size_t i = 0; status == BARO_OK && i < n; i++) {
        sheet[i].id = baro_report_anchor(p->report, baro_arena_format(p->arena, "%s-everyone", sheet[i].id), p->arena);
        status = sheet[i].id ? baro_write_html(&sheet[i], 1, p->output) : BARO_NO_MEMORY;
    }
    return status;
}

static bool has_relations(const baro_report *report)
{
    return report->has_relations || report->has_spreads;
}

/* Of each race with factors of both kinds, which kind divides more. */
static void write_sides(const page *p)
{
    const baro_spreads *spreads = &p->report->spreads;
    size_t n = 0;
    for (size_t i = 0; i < spreads->n_rows; i++) {
        const baro_spread_row *row = &spreads->rows[i];
        const char *words =
            i == 0 || row->race != row[-1].race ? baro_say_spread_sides(spreads, row, p->arena) : NULL;
        if (!words)
            continue;
        baro_web_markup(p->output, n++ ? "" : "<ul>\n");
        baro_web_element(p->output, "li", NULL, baro_arena_format(p->arena, "%s: %s.", row->measure->label, words));
    }
    baro_web_markup(p->output, n ? "</ul>\n" : "");
}

static baro_status write_relations(const page *p)
{
    baro_sheet *sheet;
    size_t n;
    baro_status status = BARO_OK;
    if (p->report->has_spreads) {
        write_sides(p);
        status = write_section_figures(p, BARO_FIGURE_DIVIDES);
    }
    if (status || !p->report->has_relations)
        return status;
    anchor(p, p->level + 1, "tests", "Tests");
    baro_web_element(p->output, "p", NULL,
                     "For each measure: do groups differ at all? A test of each breakdown, with its adjusted p-value.");
    status = baro_sheets_relations(&p->report->relations, false, p->arena, &sheet, &n);
    return status ? status : write_sheets(p, sheet, n);
}

static bool has_gaps(const baro_report *report)
{
    return report->has_gaps;
}

static baro_status write_gaps(const page *p)
{
    const baro_gap_row *row = &p->report->gaps.rows[0];
    baro_texts words;
    baro_sheet *sheet;
    size_t n;
    baro_status status = baro_report_gap_words(p->report, p->arena, &words);
    if (status)
        return status;
    baro_web_element(p->output, "p", NULL,
                     baro_arena_format(p->arena, "%s against %s: how each group's gap changed, and which side moved.",
                                       row->to_words, baro_say_inside(row->from_words, p->arena)));
    if (words.n == 0)
        baro_web_element(p->output, "p", NULL, "No gap is clearly another than it was, by the tests in the tables below.");
    write_list(p, "findings", &words);
    status = write_section_figures(p, BARO_FIGURE_GAPS);
    if (status)
        return status;
    anchor(p, p->level + 1, "gap-tables", "All gaps");
    status = baro_sheets_gaps(&p->report->gaps, false, p->arena, &sheet, &n);
    return status ? status : write_sheets(p, sheet, n);
}

static bool is_always(const baro_report *report)
{
    (void)report;
    return true;
}

static baro_status write_method(const page *p)
{
    baro_texts sentences;
    baro_status status = baro_report_method(p->report, p->arena, &sentences);
    if (status == BARO_OK)
        write_list(p, "method", &sentences);
    baro_web_markup(p->output,
                    "<p>In tables: [c] confidential; [u] low reliability; [r] revised; [b] break in the series; [x] not "
                    "available; [z] not applicable. Numbers are rounded in tables and charts; the CSV files have "
                    "them in full.</p>\n");
    write_tables_of(p, NULL);
    return status;
}

static baro_status write_disclosure(const page *p)
{
    const baro_survey *survey = p->report->survey;
    baro_sheet sheet;
    if (p->report->asked.levels.no_suppress)
        baro_web_element(p->output, "p", "lead", "Nothing is hidden in this pack. It is not for publication.");
    else
        baro_web_element(p->output, "p", NULL,
                         baro_arena_format(p->arena,
                                           "Every number of a group of fewer than %g interviews is hidden, and every "
                                           "other number that would give one away. What is hidden in a table is hidden "
                                           "in the charts, their descriptions, the findings and all files of the pack.",
                                           survey->suppress_below));
    baro_status status = baro_report_hidden(p->report, p->arena, &sheet);
    sheet.id = baro_report_anchor(p->report, "hidden", p->arena);
    return status ? status : baro_write_html(&sheet, 1, p->output);
}

/* ---- findings ---- */

/* The figure that shows what a finding stands on; NULL when there is none. */
static const baro_figure *figure_of(const page *p, const baro_finding *finding)
{
    const baro_measure *measure = finding->row      ? finding->row->measure
                                  : finding->gap    ? finding->gap->measure
                                  : finding->spread ? finding->spread->measure
                                                    : NULL;
    const baro_group *by = finding->row ? finding->row->by : finding->gap ? finding->gap->by : NULL;
    baro_figure_section section = finding->gap      ? BARO_FIGURE_GAPS
                                  : finding->spread ? BARO_FIGURE_DIVIDES
                                                    : BARO_FIGURE_MEASURE;
    for (size_t i = 0; i < p->part->n_figures && measure; i++) {
        const baro_figure *figure = &p->part->figure[i];
        bool same_group = section == BARO_FIGURE_DIVIDES || strcmp(figure->group, by ? by->id : "") == 0;
        if (figure->section == section && same_group && strcmp(figure->measure->id, measure->id) == 0)
            return figure;
    }
    return NULL;
}

static void write_finding(const page *p, const baro_finding *finding)
{
    const baro_figure *figure = figure_of(p, finding);
    const char *name = figure ? baro_arena_format(p->arena, "figure-%s", figure->name) : NULL;
    baro_web_markup(p->output, "<li>");
    baro_web_text(p->output, finding->sentence);
    if (name) {
        baro_web_markup(p->output, " ");
        baro_web_link(p->output, baro_report_anchor(p->report, name, p->arena),
                      baro_arena_format(p->arena, "See %s, %s", figure->measure->label,
                                        baro_say_inside(figure->heading, p->arena)));
    }
    baro_web_markup(p->output, "</li>\n");
}

static void write_some_findings(const page *p, size_t from, size_t to, const char *title, const char *name)
{
    if (from >= to)
        return;
    if (title)
        anchor(p, p->level + 1, name, title);
    baro_web_markup(p->output, "<ul class=\"findings\">\n");
    for (size_t i = from; i < to; i++)
        write_finding(p, &p->report->findings.item[i]);
    baro_web_markup(p->output, "</ul>\n");
}

/* What stands out by rank; then warnings, and what did not clearly change, in the order in which they were chosen. */
static baro_status write_findings(const page *p)
{
    const baro_findings *findings = &p->report->findings;
    if (findings->standing)
        write_some_findings(p, 0, findings->standing, NULL, NULL);
    else if (findings->n)
        baro_web_element(p->output, "p", NULL, findings->item[0].sentence);
    size_t rest = findings->standing ? findings->standing : 1;
    write_some_findings(p, rest, findings->n, "To read with care, and what did not clearly change", "unclear");
    baro_web_element(p->output, "p", "quiet",
                     baro_arena_format(p->arena,
                                       "Each is from a test, corrected for the %zu contrasts that were looked at.",
                                       findings->looked_at));
    return BARO_OK;
}

/* ---- since an older pack ---- */

static bool has_since(const baro_report *report)
{
    return report->since != NULL;
}

static baro_status write_since(const page *p)
{
    const baro_since *since = p->report->since;
    const char *joined = baro_joined(&since->new_periods, p->arena);
    if (!joined)
        return BARO_NO_MEMORY;
    if (since->new_periods.n)
        baro_web_element(p->output, "p", NULL, baro_arena_format(p->arena, "New in this pack: %s.", joined));
    baro_web_element(p->output, "p", NULL,
                     since->revised ? baro_arena_format(p->arena,
                                                        "%zu of %zu numbers that stand in both packs are revised. They "
                                                        "are marked [r] in the tables.",
                                                        since->revised, since->compared)
                                    : baro_arena_format(p->arena,
                                                        "All %zu numbers that stand in both packs are what they were.",
                                                        since->compared));
    if (since->revised == 0)
        return BARO_OK;
    baro_sheet sheet = since->sheet;
    sheet.id = baro_report_anchor(p->report, "revised", p->arena);
    return sheet.id ? write_details(p, &sheet) : BARO_NO_MEMORY;
}

/* ---- the sections, in order; a further kind of result is a row here ---- */

typedef struct {
    const char *name, *title;
    bool (*is_there)(const baro_report *);
    baro_status (*write)(const page *);
    void (*list)(const page *); /* links of the contents; NULL: one, to its heading, which is written for it */
} section;

static const section sections[] = {
    {"findings", "Findings", is_always, write_findings, NULL},
    {"since", "What changed since the older pack", has_since, write_since, NULL},
    {"glance", "At a glance", has_levels, write_levels, NULL},
    {"measures", NULL, has_levels, write_measures, list_measures},
    {"divides", "What divides opinion", has_relations, write_relations, NULL},
    {"gaps", "Gaps, and what moved them", has_gaps, write_gaps, NULL},
    {"method", "Notes and method", is_always, write_method, NULL},
    {"disclosure", "Disclosure report", is_always, write_disclosure, NULL},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static void list_sections(const page *p)
{
    for (size_t i = 0; i < SECTIONS; i++) {
        if (!sections[i].is_there(p->report))
            continue;
        if (sections[i].list) {
            sections[i].list(p);
            continue;
        }
        baro_web_markup(p->output, "<li>");
        baro_web_link(p->output, baro_report_anchor(p->report, sections[i].name, p->arena), sections[i].title);
        baro_web_markup(p->output, "</li>\n");
    }
}

static baro_status write_report(const page *p)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < SECTIONS && status == BARO_OK; i++) {
        if (!sections[i].is_there(p->report))
            continue;
        if (sections[i].title)
            anchor(p, p->level, sections[i].name, sections[i].title);
        status = sections[i].write(p);
    }
    return status;
}

/* ---- head and end ---- */

static const char *about(const baro_report *report, baro_arena *arena)
{
    const baro_survey *survey = report->survey;
    const char *window = baro_report_window(report);
    const char *text = survey->population;
    if (*window)
        text = text ? baro_arena_format(arena, "%s. %s", text, window) : window;
    return text ? baro_say_sentence(NULL, text, arena) : NULL;
}

static void write_head(page *p)
{
    const baro_pack *pack = p->pack;
    const char *publisher = pack->report[0]->survey->publisher;
    baro_web_markup(p->output, "<header>\n");
    if (pack->logo)
        baro_web_image(p->output, "logo", pack->logo->type, pack->logo->bytes, pack->logo->length,
                       publisher ? publisher : "");
    baro_web_heading(p->output, 1, NULL, pack->title);
    if (publisher)
        baro_web_element(p->output, "p", "quiet", publisher);
    if (pack->n_reports == 1)
        baro_web_element(p->output, "p", "lead", about(pack->report[0], p->arena));
    baro_web_markup(p->output, "</header>\n<nav aria-label=\"Contents\">\n<ul>\n");
    for (size_t i = 0; i < pack->n_reports; i++) {
        p->report = pack->report[i];
        if (pack->n_reports > 1) {
            baro_web_markup(p->output, "<li>");
            baro_web_link(p->output, p->report->id, p->report->survey->title ? p->report->survey->title : p->report->id);
            baro_web_markup(p->output, "\n<ul>\n");
        }
        list_sections(p);
        baro_web_markup(p->output, pack->n_reports > 1 ? "</ul>\n</li>\n" : "");
    }
    baro_web_markup(p->output, "<li><a href=\"#provenance\">Provenance</a></li>\n</ul>\n</nav>\n");
}

static baro_status write_inputs(const page *p)
{
    static const baro_sheet_column columns[] = {{.name = "What it is", .keep = true, .scale = 1},
                                                {.name = "File", .keep = true, .scale = 1},
                                                {.name = "Bytes", .numeric = true, .thousands = true, .scale = 1},
                                                {.name = "SHA-256", .keep = true, .scale = 1}};
    const baro_manifest *manifest = &p->pack->manifest;
    baro_cells cells = {.arena = p->arena};
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        baro_cells_text(&cells, manifest->input[i].role);
        baro_cells_text(&cells, manifest->input[i].name);
        baro_cells_number(&cells, (double)manifest->input[i].bytes);
        baro_cells_text(&cells, manifest->input[i].sum);
    }
    baro_sheet sheet = {.id = "inputs",
                        .title = "Files that this pack was made from",
                        .columns = columns,
                        .n_columns = sizeof columns / sizeof *columns,
                        .row_headers = 2};
    baro_status status = baro_cells_end(&cells, &sheet);
    return status ? status : baro_write_html(&sheet, 1, p->output);
}

static baro_status write_provenance(const page *p)
{
    const baro_manifest *manifest = &p->pack->manifest;
    baro_web_heading(p->output, 2, "provenance", "Provenance");
    baro_web_element(p->output, "p", NULL,
                     baro_arena_format(p->arena, "Made with barometer %s by this command:", manifest->version));
    baro_web_markup(p->output, "<p><code>barometer");
    for (size_t i = 0; i < manifest->n_command; i++) {
        baro_web_markup(p->output, " ");
        baro_web_text(p->output, manifest->command[i]);
    }
    baro_web_markup(p->output, "</code></p>\n");
    baro_status status = write_inputs(p);
    baro_web_markup(p->output, "<p>The sum of every file of the pack stands in <a href=\"" BARO_MANIFEST "\">" BARO_MANIFEST
                               "</a>; <code>barometer verify</code> compares them.</p>\n");
    return status;
}

baro_status baro_pack_page(const baro_pack *pack, const baro_pack_place *place, size_t n_places, baro_arena *arena,
                           baro_output *output, baro_error *error)
{
    page p = {.pack = pack, .place = place, .n_places = n_places, .arena = arena, .output = output, .error = error};
    baro_status status = BARO_OK;
    baro_web_begin(output, pack->title, "en-GB");
    write_head(&p);
    baro_web_markup(output, "<main id=\"main\">\n");
    for (size_t i = 0; i < pack->n_reports && status == BARO_OK; i++) {
        p.report = pack->report[i];
        p.part = &pack->part[i];
        p.level = 2;
        if (pack->n_reports > 1) {
            baro_web_heading(output, 2, p.report->id, p.report->survey->title ? p.report->survey->title : p.report->id);
            baro_web_element(output, "p", "lead", about(p.report, arena));
            p.level = 3;
        }
        status = write_report(&p);
    }
    if (status == BARO_OK)
        status = write_provenance(&p);
    baro_web_markup(output, "</main>\n");
    baro_web_end(output, NULL);
    return status;
}
