/** Runs a script and believes gnuplot nothing: exit status 0 is not a picture. */
#ifndef BARO_PLOTS_GNUPLOT_H
#define BARO_PLOTS_GNUPLOT_H
#include "plots/chart.h"

typedef struct {
    double seconds;      /* 0: as long as a busy machine may need */
    size_t output_limit; /* bytes; 0: more than any chart has */
} baro_gnuplot_limits;

/**
 * The picture's bytes, whole and of the right size in pixels (SVG: well-formed, see svg.h).
 * @param what    names the work in messages: "chart trust.svg"
 * @param picture_out malloc, the caller frees
 * @return BARO_OK; BARO_NO_PROGRAM; BARO_NO_MEMORY
 */
baro_status baro_gnuplot_run(const char *script, size_t length, baro_picture picture, unsigned width, unsigned height,
                             const baro_gnuplot_limits *limits, const char *what, char **picture_out,
                             size_t *picture_length, baro_error *error);

typedef struct {
    unsigned width, height;
} baro_gnuplot_size;

/**
 * Several scripts in one, with `reset` between them: the pictures follow one another, the i-th ends at end[i].
 * PDF is not drawn so.
 * @return BARO_OK; BARO_NO when gnuplot is missing, failed, or has not drawn exactly these: draw them one by one;
 * BARO_NO_MEMORY
 */
baro_status baro_gnuplot_run_many(const char *script, size_t length, baro_picture picture,
                                  const baro_gnuplot_size *size, size_t n, const baro_gnuplot_limits *limits,
                                  char **pictures_out, size_t *end);
/** Where the first picture of these bytes ends; 0 when none does. */
size_t baro_gnuplot_picture_end(baro_picture picture, const char *bytes, size_t length);

/** baro_charts_draw with limits. */
baro_status baro_charts_draw_within(const baro_chart *const chart[], const char *const path[], size_t n,
                                    baro_picture picture, const baro_gnuplot_limits *limits, baro_error *error);
/** baro_chart_draw with limits, for tests that wait for a hanging gnuplot. */
baro_status baro_chart_draw_within(const baro_chart *chart, baro_picture picture, const char *path,
                                   const baro_gnuplot_limits *limits, baro_error *error);

#endif
