/* Figures and measures on the page of a pack: a chart, the table behind it, the files beside it. */
#include "io/writers/web.h"
#include "surveys/publishing/report_page.h"
#include "surveys/publishing/report_words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void baro_page_anchor(const baro_page_part *p, int level, const char *name, const char *text)
{
    baro_web_heading(p->output, level, baro_report_anchor(p->report, name, p->arena), text);
}

void baro_page_list(const baro_page_part *p, const char *class, const baro_texts *texts)
{
    if (texts->n == 0)
        return;
    baro_output_format(p->output, "<ul class=\"%s\">\n", class);
    for (size_t i = 0; i < texts->n; i++)
        baro_web_element(p->output, "li", NULL, texts->item[i]);
    baro_web_markup(p->output, "</ul>\n");
}

/* A table behind its title, for those who want the numbers. */
baro_status baro_page_details(const baro_page_part *p, const baro_sheet *sheet)
{
    baro_web_markup(p->output, "<details>\n<summary>Table: ");
    baro_web_text(p->output, sheet->title);
    baro_web_markup(p->output, "</summary>\n");
    baro_status status = baro_write_html(sheet, 1, p->output);
    baro_web_markup(p->output, "</details>\n");
    return status;
}

/* ---- charts ---- */

static const char *place_of(const baro_page_part *p, const char *path)
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

static baro_status write_drawing(const baro_page_part *p, const char *path)
{
    size_t length;
    char *bytes = read_whole(place_of(p, path), &length);
    baro_status status = bytes ? baro_web_drawing(p->output, bytes, length) : BARO_INTERNAL;
    free(bytes);
    if (status)
        return baro_fault_add(p->error, BARO_IO, (baro_where_it_is){0}, "%s: the chart cannot be read back", path);
    return BARO_OK;
}

static void write_files(const baro_page_part *p, const baro_figure *figure)
{
    baro_web_markup(p->output, "<p class=\"quiet\">The chart as a file: ");
    baro_web_file(p->output, figure->svg, "SVG");
    baro_web_markup(p->output, ", ");
    baro_web_file(p->output, figure->png, "PNG");
    baro_web_markup(p->output, ".</p>\n");
}

static baro_status write_figure(const baro_page_part *p, const baro_figure *figure)
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
        status = baro_page_details(p, figure->table);
    write_files(p, figure);
    baro_web_markup(p->output, "</figure>\n");
    return status;
}

/* ---- a measure ---- */

static baro_status write_figures(const baro_page_part *p, const baro_measure *measure, bool channels)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < p->part->n_figures && status == BARO_OK; i++) {
        const baro_figure *figure = &p->part->figure[i];
        if (figure->section != BARO_FIGURE_MEASURE || figure->measure != measure || (figure->kind == BARO_GROUP_CHANNEL) != channels)
            continue;
        baro_page_anchor(p, p->level + 1, baro_arena_format(p->arena, "figure-%s", figure->name), figure->heading);
        status = write_figure(p, figure);
    }
    return status;
}

void baro_page_files(const baro_page_part *p, const baro_measure *measure)
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

static baro_status write_measure(const baro_page_part *p, const baro_measure *measure)
{
    baro_page_anchor(p, p->level, baro_arena_format(p->arena, "measure-%s", measure->id), measure->label);
    baro_web_element(p->output, "p", "quiet", baro_report_question(measure, p->arena));
    const char *headline = baro_report_headline_words(p->report, measure, p->arena);
    if (!headline)
        return BARO_NO_MEMORY;
    baro_web_element(p->output, "p", "headline", headline);
    baro_status status = write_figures(p, measure, false);
    if (status == BARO_OK)
        status = write_figures(p, measure, true);
    baro_page_files(p, measure);
    return status;
}

baro_status baro_page_measures(const baro_page_part *p)
{
    size_t n;
    const baro_measure **measure = baro_report_measures(p->report, p->arena, &n);
    baro_status status = measure ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = write_measure(p, measure[i]);
    return status;
}

void baro_page_measure_links(const baro_page_part *p)
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

/* The figures of a section that is not of one measure. */
baro_status baro_page_figures(const baro_page_part *p, baro_figure_section section)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < p->part->n_figures && status == BARO_OK; i++) {
        const baro_figure *figure = &p->part->figure[i];
        if (figure->section != section)
            continue;
        baro_page_anchor(p, p->level + 1, baro_arena_format(p->arena, "figure-%s", figure->name), figure->heading);
        status = write_figure(p, figure);
    }
    return status;
}

