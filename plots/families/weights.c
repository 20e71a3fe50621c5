/*
 * What weighting changes: for every category of a margin a ring at its share before and a dot at its share after,
 * joined by a line, and both numbers at the right. A ring is larger than a dot, so that equal shares are seen as a
 * ringed dot.
 */
#include "plots/page.h"
#include <math.h>
#include <string.h>

enum { LABEL_LINES = 2, LABEL_SHARE = 38 /* percent of the page */, MANY = 14 };

static const char heading[] = "Before \xE2\x86\x92 after";
static const double gap_label = 16, gap_value = 22, gap_margin = 12, room_for_key = 30, room_for_axis = 34;
static const double gap_key = 22, ring = 7, dot = 4.5;

typedef struct {
    baro_page *page;
    const baro_type *type, *value_type;
    baro_lines *label;
    const char **value;
    double *height, *gap; /* of each row, and above it */
    baro_axis axis;
    double top, bottom, value_right;
} weights;

static bool is_shown(const baro_mark *mark)
{
    return !isnan(mark->before) && !isnan(mark->estimate);
}

/* The columns beside the plot take what they need; the plot takes the rest. */
static baro_status measure_rows(weights *w)
{
    baro_page *page = w->page;
    double widest_label = 0, widest_value = baro_measure(&baro_type_axis, heading);
    w->label = BARO_ARRAY(page->arena, baro_lines, page->n_marks);
    w->value = BARO_ARRAY(page->arena, const char *, page->n_marks);
    w->height = BARO_ARRAY(page->arena, double, page->n_marks);
    w->gap = BARO_ARRAY(page->arena, double, page->n_marks);
    if (!w->label || !w->value || !w->height || !w->gap)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        const char *before = is_shown(m) ? baro_page_value(page, m->before) : "";
        const char *after = is_shown(m) ? baro_page_value(page, m->estimate) : "";
        w->value[i] = !before || !after ? NULL
                      : is_shown(m)     ? baro_arena_format(page->arena, "%s \xE2\x86\x92 %s", before, after)
                                        : "";
        if (!w->value[i] || !baro_wrap_evenly(page->arena, w->type, m->label, page->width * LABEL_SHARE / 100,
                                              LABEL_LINES, &w->label[i]))
            return BARO_NO_MEMORY;
        w->gap[i] = i > 0 && strcmp(m->period, m[-1].period) != 0 ? gap_margin : 0;
        w->height[i] = fmax(page->n_marks > MANY ? 26 : 34, (double)w->label[i].n * w->type->leading + 6);
        widest_label = fmax(widest_label, w->label[i].width);
        widest_value = fmax(widest_value, baro_measure(w->value_type, w->value[i]));
    }
    w->value_right = page->width - page->margin;
    w->axis.from = page->margin + widest_label + gap_label;
    w->axis.to = w->value_right - widest_value - gap_value;
    return BARO_OK;
}

/* From zero to the first of these ends that holds every share. */
static void set_axis(weights *w)
{
    static const double ends[] = {10, 20, 40, 60, 100};
    double highest = 0;
    size_t end = 0;
    for (size_t i = 0; i < w->page->n_marks; i++)
        if (is_shown(&w->page->mark[i]))
            highest = fmax(highest, fmax(w->page->mark[i].before, w->page->mark[i].estimate));
    while (end + 1 < sizeof ends / sizeof *ends && highest * 1.02 > ends[end])
        end++;
    baro_axis nice = baro_axis_nice(0, ends[end], true);
    nice.from = w->axis.from;
    nice.to = w->axis.to;
    w->axis = nice;
}

/* The key stands over the plot, where the marks are, and heads the column of numbers. */
static void draw_key(const weights *w)
{
    baro_script *script = w->page->script;
    static const char *const words[] = {"before weighting", "after: the target"};
    double wide = 0, y = w->top - room_for_key + 8;
    for (size_t i = 0; i < 2; i++)
        wide += 2 * ring + 6 + baro_measure(&baro_type_axis, words[i]) + gap_key;
    double x = fmin(w->axis.from, w->value_right - baro_measure(&baro_type_axis, heading) - wide);
    x = fmax(x, w->page->margin);
    for (size_t i = 0; i < 2; i++) {
        baro_script_dot(script, i ? BARO_FOCUS : BARO_EVERYONE, i == 0, x + ring, y, i ? dot : ring);
        baro_script_text(script, &baro_type_axis, BARO_LEFT, x + 2 * ring + 6, y, words[i]);
        x += 2 * ring + 6 + baro_measure(&baro_type_axis, words[i]) + gap_key;
    }
    baro_script_text(script, &baro_type_axis, BARO_RIGHT, w->value_right, y, heading);
}

/* In three rounds over the rows, so that shapes of one kind share one datablock. */
static void draw_rows(const weights *w)
{
    baro_script *script = w->page->script;
    for (int round = 0; round < 3; round++) {
        double y = w->top;
        for (size_t i = 0; i < w->page->n_marks; y += w->height[i], i++) {
            const baro_mark *m = &w->page->mark[i];
            y += w->gap[i];
            double middle = y + w->height[i] / 2;
            double from = baro_axis_place(&w->axis, m->before), to = baro_axis_place(&w->axis, m->estimate);
            if (is_shown(m) && round == 0)
                baro_script_box(script, BARO_BAND, 1, fmin(from, to), middle - 1.5, fmax(from, to), middle + 1.5);
            if (is_shown(m) && round == 1)
                baro_script_dot(script, BARO_EVERYONE, true, from, middle, ring);
            if (is_shown(m) && round == 2)
                baro_script_dot(script, BARO_FOCUS, false, to, middle, dot);
            if (round < 2)
                continue;
            baro_page_lines(w->page, &w->label[i], w->type, BARO_RIGHT, w->axis.from - gap_label, middle);
            baro_script_text(script, w->value_type, BARO_RIGHT, w->value_right, middle, w->value[i]);
        }
    }
}

baro_status baro_weights_draw(baro_page *page, double *height)
{
    bool many = page->n_marks > MANY;
    weights w = {.page = page,
                 .type = many ? &baro_type_small_label : &baro_type_label,
                 .value_type = many ? &baro_type_small_value : &baro_type_value};
    baro_status status = measure_rows(&w);
    if (status != BARO_OK)
        return status;
    set_axis(&w);
    w.top = page->top + room_for_key;
    double rows = 0;
    for (size_t i = 0; i < page->n_marks; i++)
        rows += w.gap[i] + w.height[i];
    double room = *height - w.top - room_for_axis - page->foot; /* a height that was asked for stretches the rows */
    for (size_t i = 0; i < page->n_marks && room > rows; i++) {
        w.height[i] *= room / rows;
        w.gap[i] *= room / rows;
    }
    w.bottom = w.top + fmax(rows, room);
    *height = w.bottom + room_for_axis + page->foot;
    status = baro_page_grid(page, &w.axis, w.top, w.bottom);
    if (status != BARO_OK)
        return status;
    draw_key(&w);
    draw_rows(&w);
    return BARO_OK;
}
