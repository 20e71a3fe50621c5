/* index.html: the head, what each survey says, and where it all comes from. */
#include "surveys/publishing/report_page.h"
#include "io/writers/web.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/wording.h"
#include <string.h>

static const char *about(const baro_report *report, baro_arena *arena)
{
    const baro_survey *survey = report->survey;
    const char *window = baro_report_window(report);
    const char *text = survey->population;
    if (*window)
        text = text ? baro_arena_format(arena, "%s. %s", text, window) : window;
    return text ? baro_say_sentence(NULL, text, arena) : NULL;
}

static void write_head(baro_page_part *p)
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
        baro_page_section_links(p);
        baro_web_markup(p->output, pack->n_reports > 1 ? "</ul>\n</li>\n" : "");
    }
    baro_web_markup(p->output, "<li><a href=\"#provenance\">Provenance</a></li>\n</ul>\n</nav>\n");
}

static baro_status write_inputs(const baro_page_part *p)
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

static baro_status write_provenance(const baro_page_part *p)
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
    baro_page_part p = {.pack = pack, .place = place, .n_places = n_places, .arena = arena, .output = output, .error = error};
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
        status = baro_page_sections(&p);
    }
    if (status == BARO_OK)
        status = write_provenance(&p);
    baro_web_markup(output, "</main>\n");
    baro_web_end(output, NULL);
    return status;
}
