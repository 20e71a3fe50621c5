/** What every chart page has: the rows it was given, a head, a foot, scales, and the room between them. */
#ifndef BARO_PLOTS_PAGE_H
#define BARO_PLOTS_PAGE_H
#include "io/base/arena.h"
#include "plots/chart.h"
#include "plots/draw/measure.h"
#include "plots/draw/script.h"

/** A row of the sheet; numbers that are not there are NAN, texts that are not there "". */
typedef struct {
    const char *label, *period, *marker, *words, *interval, *level, *role, *across;
    bool everyone;
    double order, base, estimate, lower, upper, before, clear, x, y;
    size_t place; /* row in the sheet */
} baro_mark;

typedef struct {
    const baro_chart *chart;
    baro_arena *arena;
    baro_script *script;
    baro_mark *mark;
    size_t n_marks;
    double width, margin; /* pixels */
    double top;           /* where the body may begin; set by baro_page_head */
    double foot;          /* pixels that the foot needs below the body, margin included; set by baro_page_head */
    baro_lines notes, source;
} baro_page;

/** An axis of values: from low to high in steps, drawn between two pixel places. */
typedef struct {
    double low, high, step;
    double from, to; /* pixels of low and high */
    int decimals;    /* that the steps need */
} baro_axis;

/** Reads the sheet. BARO_INTERNAL when `label` or `estimate` is missing, BARO_NO_MEMORY. */
baro_status baro_page_read(baro_page *page);
/** Draws headline and subtitle, measures the foot. */
baro_status baro_page_head(baro_page *page);
/** The body of a chart without anything to draw: says so. */
baro_status baro_page_nothing(baro_page *page, double *height);
/** Draws notes and source so that they end at the lower margin of a page of this height. */
void baro_page_foot(const baro_page *page, double height);

/** A scale that holds low and high with 4 to 8 round steps; percent scales stay within 0 and 100. */
baro_axis baro_axis_nice(double low, double high, bool percent);
double baro_axis_place(const baro_axis *axis, double value);
/** The number of a step as text with the chart's unit. NULL without memory. */
const char *baro_axis_text(const baro_page *page, const baro_axis *axis, double value);

/** Lines over the rows at the steps of an axis, zero a little darker, numbers below where they have room. */
baro_status baro_page_grid(const baro_page *page, const baro_axis *axis, double top, double bottom);

/** "71%" with the chart's decimals and unit. NULL without memory. */
const char *baro_page_value(const baro_page *page, double value);
/** "+3", "−2", "0": a difference, with the unit. NULL without memory. */
const char *baro_page_signed(const baro_page *page, double value);
/** True when the row has a value to show. */
bool baro_mark_shown(const baro_mark *mark);
/** The label, with its base in brackets where that is known and not hidden. NULL without memory. */
const char *baro_page_label(const baro_page *page, const baro_mark *mark);
/** Lines of text under each other, vertically centred on y. */
void baro_page_lines(const baro_page *page, const baro_lines *lines, const baro_type *type, baro_align align, double x,
                     double y);
/** "Black (1,234)": the name of a row, and its interviews unless they are unknown or confidential. NULL without memory.
 */
const char *baro_page_label(const baro_page *page, const baro_mark *mark);
/** True when the row's marker holds this shorthand. */
bool baro_mark_has(const baro_mark *mark, const char *shorthand);

/** A kind of chart, and how its drawing shows what the foot explains; NULL: it does not. */
typedef struct {
    baro_status (*draw)(baro_page *page, double *height); /* the body; gives the height of the page in pixels */
    const char *interval, *approximate; /* what shows intervals, and approximate ones: "Light bands" */
    const char *base;                   /* "In brackets: number of interviews" */
    const char *unreliable;             /* "[u] low reliability, hollow mark" */
    const char *unclear;                /* what shows that something is not clear: "Hollow: not clear" */
    size_t source_lines;                /* that the source line may take */
} baro_family;

const baro_family *baro_family_of(baro_chart_kind kind);
/** Sentences at the foot for what a reader will ask of these marks, and of no others. NULL without memory. */
const char *baro_page_notes(const baro_page *page);

baro_status baro_bars_draw(baro_page *page, double *height);
baro_status baro_trend_draw(baro_page *page, double *height);
baro_status baro_weights_draw(baro_page *page, double *height);
baro_status baro_control_draw(baro_page *page, double *height);
baro_status baro_spread_draw(baro_page *page, double *height);
baro_status baro_gap_draw(baro_page *page, double *height);
baro_status baro_waterfall_draw(baro_page *page, double *height);
baro_status baro_multiples_draw(baro_page *page, double *height);
baro_status baro_likert_draw(baro_page *page, double *height);
baro_status baro_tiles_draw(baro_page *page, double *height);
baro_status baro_heat_draw(baro_page *page, double *height);

#endif
