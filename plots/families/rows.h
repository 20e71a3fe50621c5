/** Charts of rows: names at the left, a plot, what is said of each row at the right, sections with headings. */
#ifndef BARO_PLOTS_ROWS_H
#define BARO_PLOTS_ROWS_H
#include "plots/page.h"

/** What such a chart lays out; `page`, `row` and `n` are given, the rest is made by baro_rows_measure and _place. */
typedef struct {
    baro_page *page;
    const baro_mark **row; /* in the order in which they stand */
    size_t n;
    bool sections; /* a heading stands where `period` changes */
    bool bold;     /* names of rows of everyone in bold */
    const baro_type *type, *value_type;
    baro_lines *label, *section;
    double *height, *above; /* of each row, and of the room above it */
    double radius, band;    /* of marks, and of intervals */
    baro_axis axis;         /* `from` and `to` only */
    double top, bottom;     /* of the rows */
    double words_right, interval_left, interval_right, marker_left;
    double least; /* height of a row, 0 for as many as there are */
} baro_rows;

/** Wraps and measures the names, gives the plot what they leave. BARO_NO_MEMORY. */
baro_status baro_rows_measure(baro_rows *rows);
/** From `top` down, at least as high as the rows; `height` as it was asked for becomes as it is needed. */
void baro_rows_place(baro_rows *rows, double top, double *height);
/** Middle of row i. */
double baro_rows_middle(const baro_rows *rows, size_t i);
/** Names, words and headings; and a dotted line through the plot where a row has no estimate. */
void baro_rows_draw(const baro_rows *rows);
/** The heading of the words at the right, over the rows, right-aligned with them. */
void baro_rows_heading(const baro_rows *rows, double y);
/** Where that heading begins, with a little room before it; a key ends there. */
double baro_rows_heading_left(const baro_rows *rows);

/** A line between two places with short ends, for an interval; dashed when it is approximate; with a white rim where it
 * lies on a dark bar.
 */
void baro_rows_whisker(const baro_rows *rows, const char *colour, bool on_dark, double from, double to, double y);

/** A key: what marks mean, in a line over the plot. */
typedef struct {
    const char *words;
    void (*draw)(const baro_rows *rows, double x, double y); /* 14 pixels wide, centred on x */
} baro_key;

/** Draws the entries whose words are not NULL from `left`, in as many lines as they need; the height they took. */
double baro_key_draw(const baro_rows *rows, const baro_key *key, size_t n, double left, double right, double y);
#endif
