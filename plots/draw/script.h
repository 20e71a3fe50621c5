/**
 * A page for gnuplot, in pixels from the top left: lines, areas, dots and text, and the script that draws them.
 *
 * gnuplot executes back-quotes, `system`, `@macros` and more wherever a script lets it. So everything that people wrote
 * (labels, titles) enters a script in one place only, as an element of one array, in double quotes, escaped by the one
 * escaping function; everything else is numbers that this file writes and words that stand in the source. gnuplot draws
 * on a bare canvas: no axes, tics, titles or keys of its own, because their text would need quoting rules of its own,
 * and because charts are then laid out to the pixel.
 */
#ifndef BARO_PLOTS_SCRIPT_H
#define BARO_PLOTS_SCRIPT_H
#include "plots/chart.h"
#include "plots/draw/glyphs.h"
#include "plots/theme.h"

typedef struct baro_script baro_script;

typedef struct {
    double x, y;
} baro_point;

/* Colours are constants of theme.h, never data. */
typedef struct {
    const char *colour;
    double width, dash, gap; /* dash 0: solid */
} baro_stroke;

typedef enum { BARO_LEFT, BARO_CENTRE, BARO_RIGHT } baro_align;

/** With `glyphs` (borrowed), letters that no font has are shown as '?'; NULL leaves that to whoever shows an SVG. NULL
 * without memory. */
baro_script *baro_script_new(baro_glyphs *glyphs);
void baro_script_free(baro_script *script);

/* Drawn in the order of the calls; text lies over everything. Failures (memory, text that cannot be shown) are kept for
 * finish. */
void baro_script_line(baro_script *script, const baro_stroke *stroke, const baro_point *point, size_t n);
void baro_script_area(baro_script *script, const char *colour, double opacity, const baro_point *point, size_t n);
void baro_script_box(baro_script *script, const char *colour, double opacity, double left, double top, double right,
                     double bottom);
/** A filled dot, or with `hollow` a ring with a white middle. */
void baro_script_dot(baro_script *script, const char *colour, bool hollow, double x, double y, double radius);
/** One line of text, vertically centred on y. */
void baro_script_text(baro_script *script, const baro_type *type, baro_align align, double x, double y,
                      const char *text);
/** For a drawing that had no memory for its points: finish will say so. */
void baro_script_no_memory(baro_script *script);
/**
 * The whole script; borrowed until baro_script_free.
 * @return BARO_OK; BARO_NO_MEMORY; BARO_BAD_DATA when a text is not UTF-8 or holds a control character
 */
baro_status baro_script_finish(baro_script *script, baro_picture picture, unsigned width, unsigned height,
                               const char **text, size_t *length);

#endif
