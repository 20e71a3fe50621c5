/*
 * Levels by group: a dot on a stem from zero, its interval as a band, everyone as a line that runs through all rows.
 * Dots rather than filled bars, because half of an interval would lie hidden in a bar.
 */
#include "plots/page.h"
#include "io/base/number.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_LINES = 3, LABEL_SHARE = 38 /* percent of the page */ };

static const double gap_label = 14, gap_value = 18, gap_shorthand = 6, room_for_everyone = 30, room_for_axis = 34;

/* Rows come closer, and type a little smaller, when there are many. */
static const struct {
    size_t most;
    double pitch, radius, band;
    const baro_type *label, *value;
} densities[] = {
    {6, 46, 7, 9, &baro_type_label, &baro_type_value},
    {12, 38, 6.5, 8, &baro_type_label, &baro_type_value},
    {20, 32, 6, 8, &baro_type_label, &baro_type_value},
    {SIZE_MAX, 26, 5.5, 7, &baro_type_small_label, &baro_type_small_value},
};

typedef struct {
    baro_page *page;
    const baro_mark **row; /* groups in the order in which they stand */
    size_t n;
    const baro_mark *everyone;
    baro_lines *label;
    const char **value;
    double *height; /* of each row */
    size_t density;
    baro_axis axis;
    double top, bottom;              /* of the rows */
    double value_right, marker_left; /* columns at the right */
} bars;

static int highest_first(const void *a, const void *b)
{
    const baro_mark *x = *(const baro_mark *const *)a, *y = *(const baro_mark *const *)b;
    if (isnan(x->estimate) != isnan(y->estimate))
        return isnan(x->estimate) ? 1 : -1;
    if (!isnan(x->estimate) && x->estimate != y->estimate)
        return x->estimate > y->estimate ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static baro_status sort_rows(bars *b)
{
    baro_page *page = b->page;
    b->row = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    if (!b->row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        if (page->mark[i].everyone && !b->everyone)
            b->everyone = &page->mark[i];
        else
            b->row[b->n++] = &page->mark[i];
    }
    if (b->n == 0 && b->everyone) { /* everyone alone is a chart of one row */
        b->row[b->n++] = b->everyone;
        b->everyone = NULL;
    }
    if (!page->chart->ordered)
        qsort(b->row, b->n, sizeof *b->row, highest_first);
    while (b->n > densities[b->density].most)
        b->density++;
    return BARO_OK;
}

/* The three columns around the plot take what they need; the plot takes the rest. */
static baro_status measure_rows(bars *b)
{
    baro_page *page = b->page;
    const baro_type *type = densities[b->density].label, *value_type = densities[b->density].value;
    double widest_label = 0, widest_value = 0, widest_marker = 0;
    b->label = BARO_ARRAY(page->arena, baro_lines, b->n);
    b->value = BARO_ARRAY(page->arena, const char *, b->n);
    b->height = BARO_ARRAY(page->arena, double, b->n);
    if (!b->label || !b->value || !b->height)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < b->n; i++) {
        const char *label = baro_page_label(page, b->row[i]);
        b->value[i] = baro_mark_shown(b->row[i]) ? baro_page_value(page, b->row[i]->estimate) : "";
        if (!label || !b->value[i] ||
            !baro_wrap_evenly(page->arena, type, label, page->width * LABEL_SHARE / 100, LABEL_LINES, &b->label[i]))
            return BARO_NO_MEMORY;
        b->height[i] = fmax(densities[b->density].pitch, (double)b->label[i].n * type->leading + 8);
        widest_label = fmax(widest_label, b->label[i].width);
        widest_value = fmax(widest_value, baro_measure(value_type, b->value[i]));
        widest_marker = fmax(widest_marker, baro_measure(type, b->row[i]->marker));
    }
    b->marker_left = page->width - page->margin - widest_marker;
    b->value_right = b->marker_left - (widest_marker > 0 ? gap_shorthand : 0);
    b->axis.from = page->margin + widest_label + gap_label;
    b->axis.to = b->value_right - widest_value - gap_value;
    return BARO_OK;
}

static void set_axis(bars *b)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < b->page->n_marks; i++) {
        const baro_mark *m = &b->page->mark[i];
        if (!baro_mark_shown(m))
            continue;
        low = fmin(low, isnan(m->lower) ? m->estimate : fmin(m->lower, m->estimate));
        high = fmax(high, isnan(m->upper) ? m->estimate : fmax(m->upper, m->estimate));
    }
    double target = b->page->chart->target;
    if (!isnan(target)) {
        low = fmin(low, target);
        high = fmax(high, target);
    }
    static const double ends[] = {10, 20, 40};
    if (b->page->chart->percent) {
        double end = 100;
        for (size_t i = sizeof ends / sizeof *ends; i-- > 0;)
            if (high > 0 && high * 1.02 <= ends[i])
                end = ends[i];
        high = end;
        low = 0;
    }
    baro_axis nice = baro_axis_nice(low, high > low ? high : low + 1, b->page->chart->percent);
    nice.from = b->axis.from;
    nice.to = b->axis.to;
    b->axis = nice;
}

/* A label over the rows, centred on its line but never beyond the plot. Returns false without memory. */
static bool label_line(const bars *b, double x, const char *text, const baro_type *type, double y)
{
    baro_lines lines;
    double room = b->axis.to - b->axis.from;
    if (!text || !baro_wrap(b->page->arena, type, text, room, 1, &lines))
        return false;
    double half = lines.width / 2;
    x = fmax(b->axis.from + half, fmin(b->axis.to - half, x));
    double high = type->leading / 2;
    baro_script_box(b->page->script, BARO_WHITE, 1, x - half - 2, y - high, x + half + 2, y + high);
    baro_page_lines(b->page, &lines, type, BARO_CENTRE, x, y);
    return true;
}

static baro_status draw_everyone(const bars *b)
{
    const baro_mark *m = b->everyone;
    if (!m || !baro_mark_shown(m))
        return BARO_OK;
    if (!isnan(m->lower))
        baro_script_box(b->page->script, BARO_BEHIND, 0.35, baro_axis_place(&b->axis, m->lower), b->top,
                        baro_axis_place(&b->axis, m->upper), b->bottom);
    double x = baro_axis_place(&b->axis, m->estimate);
    const baro_stroke stroke = {BARO_INK, 1.6, 0, 0};
    const baro_point line[] = {{x, b->top - 6}, {x, b->bottom}};
    baro_script_line(b->page->script, &stroke, line, 2);
    const char *value = baro_page_value(b->page, m->estimate);
    const char *text =
        value ? baro_arena_format(b->page->arena, "%s %s%s%s", m->label, value, *m->marker ? " " : "", m->marker)
              : NULL;
    return label_line(b, x, text, &baro_type_value, b->top - 18) ? BARO_OK : BARO_NO_MEMORY;
}

static baro_status draw_target(const bars *b)
{
    double target = b->page->chart->target;
    if (isnan(target))
        return BARO_OK;
    double x = baro_axis_place(&b->axis, target);
    const baro_stroke stroke = {BARO_INK, 1.6, 6, 4};
    const baro_point line[] = {{x, b->top - (b->everyone ? 26 : 6)}, {x, b->bottom}};
    baro_script_line(b->page->script, &stroke, line, 2);
    const char *value = baro_page_value(b->page, target);
    const char *text = value ? baro_arena_format(b->page->arena, "Target %s", value) : NULL;
    return label_line(b, x, text, &baro_type_label, b->top - (b->everyone ? 38 : 18)) ? BARO_OK : BARO_NO_MEMORY;
}

static void draw_interval(const bars *b, const baro_mark *m, double y)
{
    double from = baro_axis_place(&b->axis, m->lower), to = baro_axis_place(&b->axis, m->upper);
    double half = densities[b->density].band / 2;
    bool unclear = m->clear <= 0;
    if (!b->page->chart->approximate) {
        baro_script_box(b->page->script, unclear ? BARO_UNCLEAR_BAND : BARO_BAND, 1, from, y - half, to, y + half);
        return;
    }
    const char *colour = unclear ? BARO_UNCLEAR : BARO_FOCUS;
    const baro_stroke dashed = {colour, 2, 5, 3};
    const baro_point line[] = {{from, y}, {to, y}};
    baro_script_line(b->page->script, &dashed, line, 2);
    baro_script_box(b->page->script, colour, 1, from - 1, y - half, from + 1, y + half);
    baro_script_box(b->page->script, colour, 1, to - 1, y - half, to + 1, y + half);
}

/* In three rounds over the rows, so that shapes of one kind share one datablock. */
static void draw_rows(const bars *b)
{
    baro_script *script = b->page->script;
    const baro_type *type = densities[b->density].label, *value_type = densities[b->density].value;
    const baro_stroke nothing = {BARO_BEHIND, 1.5, 2, 4};
    double zero = baro_axis_place(&b->axis, 0);
    for (int round = 0; round < 3; round++) {
        double y = b->top;
        for (size_t i = 0; i < b->n; y += b->height[i], i++) {
            const baro_mark *m = b->row[i];
            double middle = y + b->height[i] / 2,
                   x = baro_mark_shown(m) ? baro_axis_place(&b->axis, m->estimate) : b->axis.to;
            const baro_point line[] = {{zero, middle}, {x, middle}};
            if (round == 0 && baro_mark_shown(m))
                baro_script_box(script, BARO_BEHIND, 1, fmin(zero, x), middle - 1, fmax(zero, x), middle + 1);
            else if (round == 0)
                baro_script_line(script, &nothing, line, 2);
            if (round == 1 && baro_mark_shown(m) && !isnan(m->lower))
                draw_interval(b, m, middle);
            if (round < 2)
                continue;
            if (baro_mark_shown(m))
                baro_script_dot(script, m->clear <= 0 ? BARO_UNCLEAR : BARO_FOCUS, baro_mark_has(m, "[u]"), x, middle,
                                densities[b->density].radius);
            baro_page_lines(b->page, &b->label[i], type, BARO_RIGHT, b->axis.from - gap_label, middle);
            baro_script_text(script, value_type, BARO_RIGHT, b->value_right, middle, b->value[i]);
            baro_script_text(script, type, BARO_LEFT, b->marker_left, middle, m->marker);
        }
    }
}

baro_status baro_bars_draw(baro_page *page, double *height)
{
    bars b = {.page = page};
    baro_status status = sort_rows(&b);
    if (status == BARO_OK)
        status = measure_rows(&b);
    if (status != BARO_OK)
        return status;
    set_axis(&b);
    b.top = page->top + (b.everyone ? room_for_everyone : 4);
    if (!isnan(page->chart->target))
        b.top += b.everyone ? 20 : room_for_everyone;
    double rows = 0;
    for (size_t i = 0; i < b.n; i++)
        rows += b.height[i];
    double room = *height - b.top - room_for_axis - page->foot; /* a height that was asked for stretches the rows */
    for (size_t i = 0; i < b.n && rows > 0 && room > rows; i++)
        b.height[i] *= room / rows;
    b.bottom = b.top + fmax(rows, room);
    *height = b.bottom + room_for_axis + page->foot;
    status = baro_page_grid(page, &b.axis, b.top, b.bottom);
    if (status == BARO_OK)
        status = draw_target(&b);
    if (status == BARO_OK)
        status = draw_everyone(&b); /* its label may lie over the line of the target */
    if (status == BARO_OK)
        draw_rows(&b);
    return status;
}
