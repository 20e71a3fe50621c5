#include "plots/prepared.h"
#include "io/base/text.h"
#include "plots/draw/svg.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NARROWEST = 480, LARGEST = 16000, ID_KEPT = 60 };

bool baro_picture_of_path(const char *path, baro_picture *out)
{
    static const struct {
        const char *ending;
        baro_picture picture;
    } endings[] = {{".svg", BARO_SVG}, {".png", BARO_PNG}, {".pdf", BARO_PDF}};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (length <= 4)
            continue;
        char lower[5] = "";
        for (size_t k = 0; k < 4; k++) {
            char c = path[length - 4 + k];
            lower[k] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        if (strcmp(lower, endings[i].ending) == 0) {
            *out = endings[i].picture;
            return true;
        }
    }
    return false;
}

/* Letters, digits, - and _, beginning with a letter: what an id, a selector and gnuplot's `name` all take. */
static const char *safe_id(baro_arena *arena, const char *id)
{
    const char *from = id && *id ? id : "chart";
    char *safe = baro_arena_format(arena, "%s%.*s", strchr("0123456789-_", *from) ? "c" : "", ID_KEPT, from);
    for (char *c = safe; c && *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", *c))
            *c = c == safe ? 'c' : '-';
    return safe;
}

/* Lays the page out. `height` is the height asked for (0: none) and becomes the one that was needed. */
static baro_status lay_out(baro_page *page, double *height)
{
    baro_status status = baro_page_read(page);
    if (status == BARO_OK)
        status = baro_page_head(page);
    if (status == BARO_OK)
        status = page->n_marks == 0 ? baro_page_nothing(page, height)
                                    : baro_family_of(page->chart->kind)->draw(page, height);
    if (status != BARO_OK)
        return status;
    *height = ceil(*height);
    baro_page_foot(page, *height);
    return *height > LARGEST ? BARO_BAD_DATA : BARO_OK;
}

/* Line feeds are places to break a line in a drawing; in words for a screen reader they are spaces. */
static const char *title_of(const baro_chart *chart)
{
    return chart->title && *chart->title ? chart->title
           : chart->sheet->title         ? chart->sheet->title
           : chart->subtitle             ? chart->subtitle
                                         : "Chart";
}

/* What went wrong, in words that name the chart. */
static baro_status say(const baro_prepared *p, baro_status status, baro_error *error)
{
    const baro_where_it_is nowhere = {0};
    if (status == BARO_NO_MEMORY)
        return baro_fault_add(error, status, nowhere, "%s: out of memory", p->what);
    if (status == BARO_BAD_DATA)
        return baro_fault_add(error, status, nowhere,
                              p->height > LARGEST
                                  ? "%s: too many rows for one picture; choose fewer groups"
                                  : "%s: a label or title holds a control character or bytes that are not UTF-8",
                              p->what);
    return baro_fault_add(error, status, nowhere, "%s: its sheet lacks a column", p->what);
}

baro_status baro_prepare(const baro_chart *chart, baro_picture picture, const char *path, baro_glyphs *glyphs,
                         baro_prepared *out, baro_error *error)
{
    *out = (baro_prepared){.picture = picture, .path = path, .page = {.chart = chart, .margin = BARO_PAGE_MARGIN}};
    baro_page *page = &out->page;
    page->arena = baro_arena_new();
    page->script = baro_script_new(picture == BARO_SVG ? NULL : glyphs);
    unsigned width = chart->width == 0 ? BARO_PAGE_WIDTH : chart->width;
    page->width = width < NARROWEST ? NARROWEST : width > LARGEST ? LARGEST : width;
    out->height = chart->height < LARGEST ? chart->height : LARGEST;
    char quoted[400];
    baro_text_quote(path, strlen(path), quoted, sizeof quoted);
    out->what = page->arena ? baro_arena_format(page->arena, "chart %s", quoted) : NULL;
    out->id = page->arena ? safe_id(page->arena, chart->id) : NULL;
    if (!out->what || !out->id || !page->script)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "chart %s: out of memory", quoted);
    baro_status status = lay_out(page, &out->height);
    if (status == BARO_OK)
        status = baro_script_finish(page->script, picture, (unsigned)page->width, (unsigned)out->height, &out->script,
                                    &out->length);
    return status == BARO_OK ? BARO_OK : say(out, status, error);
}

void baro_prepared_free(baro_prepared *prepared)
{
    baro_script_free(prepared->page.script);
    baro_arena_free(prepared->page.arena);
}

baro_status baro_prepared_write(const baro_prepared *p, const char *bytes, size_t length, baro_error *error)
{
    const baro_chart *chart = p->page.chart;
    baro_output *output;
    baro_status status = baro_output_open(p->path, &output, error);
    if (status != BARO_OK)
        return status;
    if (p->picture != BARO_SVG) {
        baro_output_write(output, bytes, length);
        return baro_output_close(output, error);
    }
    const char *description = chart->description ? chart->description : "";
    if (baro_svg_write(bytes, length, p->id, title_of(chart), description, output) == BARO_OK)
        return baro_output_close(output, error);
    baro_output_abandon(output);
    return baro_fault_add(error, BARO_NO_PROGRAM, (baro_where_it_is){0},
                          "%s: gnuplot's SVG is not one that it should draw", p->what);
}

baro_status baro_prepared_draw(const baro_prepared *p, const baro_gnuplot_limits *limits, baro_error *error)
{
    char *bytes;
    size_t size;
    baro_status status = baro_gnuplot_run(p->script, p->length, p->picture, (unsigned)p->page.width,
                                          (unsigned)p->height, limits, p->what, &bytes, &size, error);
    if (status != BARO_OK)
        return status;
    status = baro_prepared_write(p, bytes, size, error);
    free(bytes);
    return status;
}

baro_status baro_chart_draw_within(const baro_chart *chart, baro_picture picture, const char *path,
                                   const baro_gnuplot_limits *limits, baro_error *error)
{
    baro_glyphs *glyphs = baro_glyphs_new();
    if (!glyphs)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "chart: out of memory");
    baro_prepared prepared;
    baro_status status = baro_prepare(chart, picture, path, glyphs, &prepared, error);
    if (status == BARO_OK)
        status = baro_prepared_draw(&prepared, limits, error);
    baro_prepared_free(&prepared);
    baro_glyphs_free(glyphs);
    return status;
}

baro_status baro_chart_draw(const baro_chart *chart, baro_picture picture, const char *path, baro_error *error)
{
    return baro_chart_draw_within(chart, picture, path, NULL, error);
}
