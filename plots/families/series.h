/** The rows of a trend as series over one index axis, and the drawing of one series. */
#ifndef BARO_PLOTS_SERIES_H
#define BARO_PLOTS_SERIES_H
#include "plots/page.h"

/** Points in the order of the index axis. */
typedef struct {
    const char *label;
    bool everyone;
    const baro_mark **point;
    size_t n;
} baro_series;

/** A window of the index axis and its name. */
typedef struct {
    double order;
    const char *period;
    bool suppressed, broken; /* some series has [c], or [b], here */
} baro_window;

typedef struct {
    baro_series *series; /* everyone, when there, is the last */
    size_t n, groups;    /* all; those that are not everyone */
    baro_window *window; /* by order */
    size_t n_windows;
    baro_axis value; /* low, high, step only */
} baro_trend;

/** A place to draw series in: pixel places of both axes. */
typedef struct {
    double left, right, top, bottom;
    baro_axis order, value;
} baro_panel;

typedef struct {
    const char *colour;
    double width, radius; /* radius 0: no dots */
    bool interval;
} baro_pen;

/** BARO_OK or BARO_NO_MEMORY. */
baro_status baro_trend_read(baro_page *page, baro_trend *out);
/** True when the point has a value to show. */
bool baro_point_shown(const baro_mark *point);
/** The last value shown; NULL for none. */
const baro_mark *baro_series_last(const baro_series *series);
/** Interval, line and dots; the line stops where a window is missing, has no value, or begins a new series. */
void baro_series_draw_interval(const baro_page *page, const baro_panel *panel, const baro_series *series,
                               const baro_pen *pen);
void baro_series_draw_line(const baro_page *page, const baro_panel *panel, const baro_series *series,
                           const baro_pen *pen);
/** Panel with its axes' pixel places set from a trend. */
baro_panel baro_panel_at(const baro_trend *trend, double left, double top, double right, double bottom);

/** The names of windows, wrapped; lines[i] of window i. */
typedef struct {
    baro_lines *lines;
    double widest;
    size_t most_lines;
} baro_period_names;

baro_status baro_periods_wrap(const baro_page *page, const baro_trend *trend, baro_period_names *out);
void baro_period_draw(const baro_page *page, const baro_lines *lines, baro_align align, double x, double top);
/** Names of windows below a panel, with ticks: every so many, counted from the latest, so that no two touch. */
void baro_panel_periods(const baro_page *page, const baro_panel *panel, const baro_trend *trend,
                        const baro_period_names *names);
/** Width of the numbers at the left. Negative without memory. */
double baro_values_width(const baro_page *page, const baro_axis *axis);
/** Horizontal grid, with its numbers at the left, and the line that the periods stand on. False without memory. */
bool baro_panel_values(const baro_page *page, const baro_panel *panel, bool numbers);
/** [b]: a thin dotted line between a window and the one before. [c]: said at the ground, where no value stands. */
void baro_panel_marks(const baro_page *page, const baro_panel *panel, const baro_trend *trend, bool words);
/** The target, dashed. False without memory. */
bool baro_panel_target(const baro_page *page, const baro_panel *panel, bool words);
/** A panel for each group, everyone in grey behind all. */
baro_status baro_panels_draw(baro_page *page, const baro_trend *trend, double *height);

#endif
