/*
 * Many charts by one gnuplot, which takes longer to begin than to draw. Their pictures come one behind another on its
 * standard output and are cut apart by what they are made of, never by a mark that a label could hold: a PNG by the
 * lengths of its chunks, an SVG by its own end tag. Each part is then believed as little as a picture drawn alone; when
 * anything is not as it should be, every chart of the lot is drawn alone, so that a message names the right one.
 */
#include "plots/prepared.h"
#include <stdlib.h>
#include <string.h>

enum { LOT = 32 };

typedef struct {
    baro_prepared *item[LOT];
    size_t n, length; /* length: of all scripts */
} lot;

/* gnuplot forgets between two charts all that it was told. */
static char *join(const lot *l, size_t *length)
{
    static const char between[] = "reset\n";
    char *script = malloc(l->length + l->n * sizeof between + 1);
    size_t n = 0;
    for (size_t i = 0; script && i < l->n; i++) {
        memcpy(script + n, l->item[i]->script, l->item[i]->length);
        n += l->item[i]->length;
        memcpy(script + n, between, sizeof between - 1);
        n += sizeof between - 1;
    }
    *length = n;
    return script;
}

static baro_status draw_together(const lot *l, const baro_gnuplot_limits *limits, baro_error *error)
{
    baro_gnuplot_size size[LOT];
    size_t end[LOT], length;
    char *bytes, *script = join(l, &length);
    if (!script)
        return BARO_NO;
    for (size_t i = 0; i < l->n; i++)
        size[i] = (baro_gnuplot_size){(unsigned)l->item[i]->page.width, (unsigned)l->item[i]->height};
    baro_status status = baro_gnuplot_run_many(script, length, l->item[0]->picture, size, l->n, limits, &bytes, end);
    free(script);
    if (status != BARO_OK)
        return BARO_NO;
    for (size_t i = 0, from = 0; i < l->n; from = end[i++]) {
        baro_status one = baro_prepared_write(l->item[i], bytes + from, end[i] - from, error);
        status = status == BARO_OK ? one : status;
    }
    free(bytes);
    return status;
}

static baro_status draw_lot(const lot *l, const baro_gnuplot_limits *limits, baro_error *error)
{
    baro_status status = l->n > 1 ? draw_together(l, limits, error) : BARO_NO;
    if (status != BARO_NO)
        return status;
    status = BARO_OK;
    for (size_t i = 0; i < l->n; i++) {
        baro_status one = baro_prepared_draw(l->item[i], limits, error);
        status = status == BARO_OK ? one : status;
    }
    return status;
}

baro_status baro_charts_draw_within(const baro_chart *const chart[], const char *const path[], size_t n,
                                    baro_picture picture, const baro_gnuplot_limits *limits, baro_error *error)
{
    baro_glyphs *glyphs = baro_glyphs_new();
    baro_prepared *prepared = calloc(LOT, sizeof *prepared);
    baro_status status = BARO_OK;
    if (!glyphs || !prepared)
        status = baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "charts: out of memory");
    for (size_t from = 0; glyphs && prepared && from < n; from += LOT) {
        lot l = {.n = 0};
        size_t some = n - from < LOT ? n - from : LOT;
        for (size_t i = 0; i < some; i++) {
            baro_status one = baro_prepare(chart[from + i], picture, path[from + i], glyphs, &prepared[i], error);
            status = status == BARO_OK ? one : status;
            if (one == BARO_OK) {
                l.item[l.n++] = &prepared[i];
                l.length += prepared[i].length;
            }
        }
        baro_status drawn = draw_lot(&l, limits, error);
        status = status == BARO_OK ? drawn : status;
        for (size_t i = 0; i < some; i++)
            baro_prepared_free(&prepared[i]);
    }
    free(prepared);
    baro_glyphs_free(glyphs);
    return status;
}

baro_status baro_charts_draw(const baro_chart *const chart[], const char *const path[], size_t n, baro_picture picture,
                             baro_error *error)
{
    return baro_charts_draw_within(chart, path, n, picture, NULL, error);
}
