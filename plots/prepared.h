/** A chart laid out, its script ready to be drawn: alone, or with others by one gnuplot. */
#ifndef BARO_PLOTS_PREPARED_H
#define BARO_PLOTS_PREPARED_H
#include "plots/draw/gnuplot.h"
#include "plots/draw/svg.h"
#include "plots/page.h"

typedef struct {
    baro_page page;
    baro_picture picture;
    const char *path, *id;
    const char *what; /* in messages: "chart trust.svg" */
    double height;
    const char *script;
    size_t length;
} baro_prepared;

/** Lays a chart out; `chart` and `path` must live as long. Free it with baro_prepared_free also after a fault. */
baro_status baro_prepare(const baro_chart *chart, baro_picture picture, const char *path, baro_glyphs *glyphs,
                         baro_prepared *out, baro_error *error);
void baro_prepared_free(baro_prepared *prepared);
/** Draws it in a gnuplot of its own and writes the file. */
baro_status baro_prepared_draw(const baro_prepared *prepared, const baro_gnuplot_limits *limits, baro_error *error);
/** Writes a picture that gnuplot has drawn of it. */
baro_status baro_prepared_write(const baro_prepared *prepared, const char *bytes, size_t length, baro_error *error);

#endif
