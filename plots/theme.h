/** What all charts look like: colours (the palette of the Government Analysis Function), type sizes, distances in
 * pixels. */
#ifndef BARO_PLOTS_THEME_H
#define BARO_PLOTS_THEME_H
#include <stdbool.h>
#include <stddef.h>

#define BARO_FONT "Liberation Sans"
/* Arial and Helvetica have the same widths; DejaVu Sans is there when nothing else is. */
#define BARO_FONT_LIST "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"

#define BARO_INK "#0B0C0C"   /* text, the line of everyone */
#define BARO_QUIET "#505A5F" /* foot, axis line: 6.9 to 1 on white */
#define BARO_GRID "#E3E6E8"
#define BARO_WHITE "#FFFFFF"
#define BARO_FOCUS "#12436D"
#define BARO_BAND "#6BACE6"   /* intervals beside the focus colour */
#define BARO_FALL "#F46A25"   /* moves down, beside BARO_BAND for moves up */
#define BARO_BEHIND "#BFBFBF" /* stems, everyone behind small multiples */
#define BARO_EVERYONE "#6F777B"

enum { BARO_SERIES_MOST = 4, BARO_PAGE_WIDTH = 960, BARO_PAGE_MARGIN = 32 };

/** Colour of series i of n, n at most BARO_SERIES_MOST; two series have a pair of their own. */
const char *baro_theme_series(size_t i, size_t n);

/** A kind of text: size and distance between lines in pixels. */
typedef struct {
    double size, leading;
    bool bold;
    const char *colour;
} baro_type;

extern const baro_type baro_type_title, baro_type_subtitle, baro_type_label, baro_type_small_label, baro_type_value,
    baro_type_small_value, baro_type_axis, baro_type_foot, baro_type_panel;

#endif
