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
#define BARO_UNCLEAR "#6F777B"     /* marks of differences that are not clear */
#define BARO_UNCLEAR_DOT "#A7ADB1" /* lighter than the grey of a line of everyone */
#define BARO_UNCLEAR_BAND "#D0D4D6"

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

/** A colour that is filled with, and the colour of what is written on it. */
typedef struct {
    const char *colour, *text;
} baro_fill;

enum { BARO_SHADES_MOST = 3 };

/** Shade i of n from low to high, n at most BARO_SHADES_MOST: light to dark. */
const baro_fill *baro_theme_sequential(size_t i, size_t n);

typedef enum {
    BARO_FILL_LOWER,   /* clearly lower; with white between the two they differ in grey, too */
    BARO_FILL_UNCLEAR, /* no clear difference */
    BARO_FILL_HIGHER,
    BARO_FILL_NEUTRAL,   /* the middle of a scale */
    BARO_FILL_OTHER,     /* answers beside the scale */
    BARO_FILL_DONT_KNOW, /* and those who gave none of it */
    BARO_FILL_NONE,      /* nothing to show, or nothing to be sure of */
    BARO_FILLS
} baro_fill_use;
const baro_fill *baro_theme_fill(baro_fill_use use);

/** Answer i of n on one side of a scale, from the middle outwards; more than BARO_SHADES_MOST share shades. */
const baro_fill *baro_theme_answer(bool positive, size_t i, size_t n);

typedef enum { BARO_ON_SEGMENT, BARO_ON_TILE_LABEL, BARO_ON_TILE_SMALL, BARO_ON_TILE_VALUE, BARO_ON_USES } baro_on_use;
/** The type for text on a fill. */
const baro_type *baro_theme_on(const baro_fill *fill, baro_on_use use);

/** Every colour of text on every ground that charts put it on, for a test of their contrast. NULL behind the last. */
typedef struct {
    const char *use, *text, *ground;
} baro_contrast_pair;
baro_contrast_pair baro_theme_pair(size_t i);

#endif
