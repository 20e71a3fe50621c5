/*
 * What moved a gap: a bar from zero to the gap then, a bar for each thing that moved it, which begins where the one
 * before ended, and a bar from zero to the gap now. Each group of a breakdown is a section, all on one axis.
 */
#include "plots/families/rows.h"
#include <math.h>

static const double over_rows = 10, half_share = 0.3, most_half = 11;

typedef struct {
    baro_rows rows;
    double *from; /* where the bar of a row begins; NAN where there is none */
} waterfall;

static bool is_move(const baro_mark *m)
{
    return baro_mark_shown(m) && !m->everyone;
}

static baro_status place_bars(waterfall *w)
{
    baro_page *page = w->rows.page;
    w->rows.row = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    w->from = BARO_ARRAY(page->arena, double, page->n_marks);
    if (!w->rows.row || !w->from)
        return BARO_NO_MEMORY;
    double at = 0;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        w->rows.row[w->rows.n++] = m;
        w->from[i] = is_move(m) ? at : 0;
        if (baro_mark_shown(m))
            at = w->from[i] + m->estimate;
    }
    return BARO_OK;
}

static void set_axis(waterfall *w)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < w->rows.n; i++) {
        const baro_mark *m = w->rows.row[i];
        if (!baro_mark_shown(m))
            continue;
        double lower = isnan(m->lower) ? m->estimate : m->lower, upper = isnan(m->upper) ? m->estimate : m->upper;
        low = fmin(low, w->from[i] + fmin(fmin(lower, m->estimate), 0));
        high = fmax(high, w->from[i] + fmax(fmax(upper, m->estimate), 0));
    }
    baro_axis nice = baro_axis_nice(low, high, false);
    nice.from = w->rows.axis.from;
    nice.to = w->rows.axis.to;
    w->rows.axis = nice;
}

static const char *colour_of(const baro_mark *m)
{
    return m->everyone ? BARO_FOCUS : m->estimate < 0 ? BARO_FALL : BARO_BAND;
}

/* A bar filled, or with `hollow` a frame; never so thin that it is not seen. */
static void bar(baro_script *script, const char *colour, bool hollow, double from, double to, double y, double half)
{
    double left = fmin(from, to), right = fmax(from, to);
    if (right - left < 2) {
        left -= 1;
        right += 1;
    }
    baro_script_box(script, colour, 1, left, y - half, right, y + half);
    if (hollow && right - left > 5)
        baro_script_box(script, BARO_WHITE, 1, left + 2, y - half + 2, right - 2, y + half - 2);
}

static void key_gap(const baro_rows *rows, double x, double y)
{
    bar(rows->page->script, BARO_FOCUS, false, x - 7, x + 7, y, 6);
}

static void key_up(const baro_rows *rows, double x, double y)
{
    bar(rows->page->script, BARO_BAND, false, x - 7, x + 7, y, 6);
}

static void key_down(const baro_rows *rows, double x, double y)
{
    bar(rows->page->script, BARO_FALL, false, x - 7, x + 7, y, 6);
}

/* In rounds over the rows, so that shapes of one kind share one datablock. */
static void draw_bars(const waterfall *w)
{
    const baro_rows *rows = &w->rows;
    baro_script *script = rows->page->script;
    const baro_stroke thin = {BARO_QUIET, 1, 0, 0};
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < rows->n; i++) {
            const baro_mark *m = rows->row[i];
            if (!baro_mark_shown(m))
                continue;
            double y = baro_rows_middle(rows, i), half = fmin(most_half, rows->height[i] * half_share);
            double from = baro_axis_place(&rows->axis, w->from[i]),
                   to = baro_axis_place(&rows->axis, w->from[i] + m->estimate);
            bool joined = i + 1 < rows->n && rows->section[i + 1].n == 0 && baro_mark_shown(rows->row[i + 1]);
            if (round == 0 && joined) { /* the next bar begins, or ends, where this one ends */
                const baro_point line[] = {{to, y}, {to, baro_rows_middle(rows, i + 1)}};
                baro_script_line(script, &thin, line, 2);
            }
            if (round == 1)
                bar(script, colour_of(m), m->clear == 0, from, to, y, half);
            if (round == 2 && !isnan(m->lower))
                baro_rows_whisker(rows, BARO_INK, m->everyone, baro_axis_place(&rows->axis, w->from[i] + m->lower),
                                  baro_axis_place(&rows->axis, w->from[i] + m->upper), y);
        }
}

baro_status baro_waterfall_draw(baro_page *page, double *height)
{
    waterfall w = {.rows = {.page = page, .sections = true, .bold = true}};
    baro_status status = place_bars(&w);
    if (status == BARO_OK)
        status = baro_rows_measure(&w.rows);
    if (status != BARO_OK)
        return status;
    set_axis(&w);
    bool up = false, down = false;
    for (size_t i = 0; i < w.rows.n; i++) {
        up = up || (is_move(w.rows.row[i]) && w.rows.row[i]->estimate >= 0);
        down = down || (is_move(w.rows.row[i]) && w.rows.row[i]->estimate < 0);
    }
    const baro_key entries[] = {
        {"the gap", key_gap}, {up ? "moved it up" : NULL, key_up}, {down ? "moved it down" : NULL, key_down}};
    double y = page->top - 8, right = baro_rows_heading_left(&w.rows);
    baro_rows_heading(&w.rows, y + 11);
    double key = baro_key_draw(&w.rows, entries, 3, page->margin, right, y);
    baro_rows_place(&w.rows, y + key + over_rows, height);
    status = baro_page_grid(page, &w.rows.axis, w.rows.top, w.rows.bottom);
    if (status != BARO_OK)
        return status;
    draw_bars(&w);
    baro_rows_draw(&w.rows);
    return BARO_OK;
}
