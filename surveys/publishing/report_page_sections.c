/* The sections of a page, in order. */
#include "io/writers/web.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/report_page.h"
#include "surveys/publishing/report_words.h"
#include "surveys/publishing/since.h"
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <string.h>

/* ---- what is not of one measure ---- */

/* Whether a figure of the section has this very table behind it. */
static bool has_figure(const baro_page_part *p, const baro_sheet *sheet, baro_figure_section section)
{
    for (size_t i = 0; i < p->part->n_figures; i++)
        if (p->part->figure[i].section == section && strcmp(p->part->figure[i].table->title, sheet->title) == 0)
            return true;
    return false;
}

/* The tables of a section that no figure has. */
static baro_status write_sheets(const baro_page_part *p, baro_sheet *sheet, size_t n, baro_figure_section section)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        if (has_figure(p, &sheet[i], section))
            continue;
        sheet[i].id = baro_report_anchor(p->report, baro_arena_format(p->arena, "%s-sheet", sheet[i].id), p->arena);
        status = sheet[i].id ? baro_page_details(p, &sheet[i]) : BARO_NO_MEMORY;
    }
    return status;
}

static bool has_levels(const baro_report *report)
{
    return report->levels.n_rows > 0;
}

static baro_status write_levels(const baro_page_part *p)
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
static void write_sides(const baro_page_part *p)
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

static baro_status write_relations(const baro_page_part *p)
{
    baro_sheet *sheet;
    size_t n;
    baro_status status = BARO_OK;
    if (p->report->has_spreads) {
        write_sides(p);
        status = baro_page_figures(p, BARO_FIGURE_DIVIDES);
    }
    if (status || !p->report->has_relations)
        return status;
    baro_page_anchor(p, p->level + 1, "tests", "Tests");
    baro_web_element(p->output, "p", NULL,
                     "For each measure: do groups differ at all? A test of each breakdown, with its adjusted p-value.");
    status = baro_sheets_relations(&p->report->relations, false, p->arena, &sheet, &n);
    return status ? status : write_sheets(p, sheet, n, BARO_FIGURE_DIVIDES);
}

static bool has_gaps(const baro_report *report)
{
    return report->has_gaps;
}

static baro_status write_gaps(const baro_page_part *p)
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
    baro_page_list(p, "findings", &words);
    status = baro_page_figures(p, BARO_FIGURE_GAPS);
    if (status)
        return status;
    baro_page_anchor(p, p->level + 1, "gap-tables", "The other gaps");
    status = baro_sheets_gaps(&p->report->gaps, false, p->arena, &sheet, &n);
    return status ? status : write_sheets(p, sheet, n, BARO_FIGURE_GAPS);
}

static bool is_always(const baro_report *report)
{
    (void)report;
    return true;
}

static baro_status write_method(const baro_page_part *p)
{
    baro_texts sentences;
    baro_status status = baro_report_method(p->report, p->arena, &sentences);
    if (status == BARO_OK)
        baro_page_list(p, "method", &sentences);
    baro_web_markup(p->output,
                    "<p>In tables: [c] confidential; [u] low reliability; [r] revised; [b] break in the series; [x] not "
                    "available; [z] not applicable. Numbers are rounded in tables and charts; the CSV files have "
                    "them in full.</p>\n");
    baro_page_files(p, NULL);
    return status;
}

static baro_status write_disclosure(const baro_page_part *p)
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
static const baro_figure *figure_of(const baro_page_part *p, const baro_finding *finding)
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

static void write_finding(const baro_page_part *p, const baro_finding *finding)
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

static void write_some_findings(const baro_page_part *p, size_t from, size_t to, const char *title, const char *name)
{
    if (from >= to)
        return;
    if (title)
        baro_page_anchor(p, p->level + 1, name, title);
    baro_web_markup(p->output, "<ul class=\"findings\">\n");
    for (size_t i = from; i < to; i++)
        write_finding(p, &p->report->findings.item[i]);
    baro_web_markup(p->output, "</ul>\n");
}

/* What stands out by rank; then warnings, and what did not clearly change, in the order in which they were chosen. */
static baro_status write_findings(const baro_page_part *p)
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

static baro_status write_since(const baro_page_part *p)
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
    return sheet.id ? baro_page_details(p, &sheet) : BARO_NO_MEMORY;
}

/* ---- the sections, in order; a further kind of result is a row here ---- */

typedef struct {
    const char *name, *title;
    bool (*is_there)(const baro_report *);
    baro_status (*write)(const baro_page_part *);
    void (*list)(const baro_page_part *); /* links of the contents; NULL: one, to its heading, which is written for it */
} section;

static const section sections[] = {
    {"findings", "Findings", is_always, write_findings, NULL},
    {"since", "What changed since the older pack", has_since, write_since, NULL},
    {"glance", "At a glance", has_levels, write_levels, NULL},
    {"measures", NULL, has_levels, baro_page_measures, baro_page_measure_links},
    {"divides", "What divides opinion", has_relations, write_relations, NULL},
    {"gaps", "Gaps, and what moved them", has_gaps, write_gaps, NULL},
    {"method", "Notes and method", is_always, write_method, NULL},
    {"disclosure", "Disclosure report", is_always, write_disclosure, NULL},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

void baro_page_section_links(const baro_page_part *p)
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

baro_status baro_page_sections(const baro_page_part *p)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < SECTIONS && status == BARO_OK; i++) {
        if (!sections[i].is_there(p->report))
            continue;
        if (sections[i].title)
            baro_page_anchor(p, p->level, sections[i].name, sections[i].title);
        status = sections[i].write(p);
    }
    return status;
}

