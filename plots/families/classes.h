/** Cells of colour and number: the classes that colour stands for, their key, and a cell's look. */
#ifndef BARO_PLOTS_CLASSES_H
#define BARO_PLOTS_CLASSES_H
#include "plots/page.h"

typedef struct {
    const baro_fill *fill;
    double from, to;  /* smallest and largest value, as shown */
    const char *text; /* in the key: "54% to 60%", "No clear difference" */
    size_t n;         /* cells in it */
} baro_class;

typedef struct {
    baro_class item[BARO_SHADES_MOST];
    size_t n;
    bool untested; /* some difference was not tested: its cell has no colour */
    double key_height;
} baro_classes;

/**
 * Levels fall into up to three classes of about as many cells each (equal numbers, as shown, are never parted);
 * differences into clearly lower, no clear difference, clearly higher. Everyone is not counted among them when
 * `everyone` is false. BARO_OK or BARO_NO_MEMORY.
 */
baro_status baro_classes_make(const baro_page *page, bool everyone, baro_classes *out);
/** The fill of a cell; that of BARO_FILL_NONE when it has no number, or a difference that was not tested. */
const baro_fill *baro_classes_fill(const baro_classes *classes, const baro_page *page, const baro_mark *mark);
/** Draws the key from (margin, y) on, with `first` (or NULL) in bold before it; returns the y below it, or -1 without
 * memory. */
double baro_classes_key(const baro_page *page, const baro_classes *classes, const char *first, double y);
/** The cell's number as it is shown, with its quality behind it, or shorthand where it has none. NULL without memory.
 */
const char *baro_cell_text(const baro_page *page, const baro_mark *mark);
/** The cell: filled; ringed and hollow for [u]; an empty dashed outline where nothing is shown. */
void baro_cell_draw(const baro_page *page, const baro_mark *mark, const baro_fill *fill, double left, double top,
                    double right, double bottom);

#endif
