/*
 * Levels over time: up to four series in one panel, labelled where they end; more as small multiples, one a panel, with
 * everyone in grey behind. Windows stand on an index axis, because time axes mislabel the ends of quarters.
 */
#include "plots/families/series.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { END_LABELS = BARO_SERIES_MOST + 1, END_LINES = 3 };

static const double panel_height = 400, least_panel = 160, end_gap = 14, end_share = 0.24, value_gap = 8, tick_gap = 10,  long_leader = 40;

/* A label at the end of a line: value in bold, then the name, wrapped. */
typedef struct {
    const baro_series *series;
    const baro_mark *last;
    const char *value, *colour;
    baro_lines name;
    double wanted, height, y; /* centre wanted, height, centre given */
} end_label;

static int higher_first(const void *a, const void *b)
{
    const end_label *x = a, *y = b;
    if (x->wanted != y->wanted)
        return x->wanted < y->wanted ? -1 : 1;
    return x->series < y->series ? -1 : x->series > y->series;
}

/* Pushes labels apart as little as may be: neighbours that would touch become a block centred where they wanted to be.
 */
static void push_apart(end_label *label, size_t n, double top, double bottom)
{
    qsort(label, n, sizeof *label, higher_first);
    struct {
        size_t from, n;
        double height, centre;
    } block[END_LABELS];
    size_t blocks = 0;
    for (size_t i = 0; i < n && i < END_LABELS; i++) {
        block[blocks].from = i;
        block[blocks].n = 1;
        block[blocks].height = label[i].height;
        block[blocks].centre = label[i].wanted;
        blocks++;
        for (;;) {
            size_t b = blocks - 1;
            double half = block[b].height / 2;
            block[b].centre = fmax(top + half, fmin(bottom - half, block[b].centre));
            if (b == 0 || block[b].centre - half >= block[b - 1].centre + block[b - 1].height / 2)
                break;
            double together = (block[b].centre * (double)block[b].n + block[b - 1].centre * (double)block[b - 1].n) /
                              (double)(block[b].n + block[b - 1].n);
            block[b - 1].n += block[b].n;
            block[b - 1].height += block[b].height;
            block[b - 1].centre = together;
            blocks--;
        }
    }
    for (size_t b = 0; b < blocks; b++) {
        double y = block[b].centre - block[b].height / 2;
        for (size_t i = block[b].from; i < block[b].from + block[b].n; i++) {
            label[i].y = y + label[i].height / 2;
            y += label[i].height;
        }
    }
}

typedef struct {
    end_label label[END_LABELS];
    size_t n;
    double value_width, width; /* of the values; of values and names together */
} end_labels;

static const char *series_colour(const baro_trend *trend, size_t s)
{
    if (trend->series[s].everyone)
        return trend->n == 1 ? BARO_FOCUS : BARO_EVERYONE;
    return baro_theme_series(s, trend->groups);
}

static baro_status make_end_labels(const baro_page *page, const baro_trend *trend, end_labels *out)
{
    *out = (end_labels){0};
    double widest = 0;
    for (size_t s = 0; s < trend->n && out->n < END_LABELS; s++) {
        const baro_series *series = &trend->series[s];
        const baro_mark *last = baro_series_last(series), *latest = series->point[series->n - 1];
        if (!last)
            continue;
        end_label *label = &out->label[out->n++];
        *label = (end_label){.series = series, .last = last, .colour = series_colour(trend, s)};
        /* a value that is not the latest must not be taken for it */
        bool is_latest = last == latest;
        label->value = is_latest ? baro_page_value(page, last->estimate) : *latest->marker ? latest->marker : "[x]";
        const char *name = is_latest && baro_mark_has(last, "[u]")
                               ? baro_arena_format(page->arena, "%s [u]", series->label)
                               : series->label;
        if (!label->value || !name ||
            !baro_wrap_evenly(page->arena, &baro_type_label, name, page->width * end_share, END_LINES, &label->name))
            return BARO_NO_MEMORY;
        label->height = fmax(1, (double)label->name.n) * baro_type_label.leading + 4;
        out->value_width = fmax(out->value_width, baro_measure(&baro_type_value, label->value));
        widest = fmax(widest, label->name.width);
    }
    out->width = out->value_width + value_gap + widest;
    return BARO_OK;
}

static void draw_end_labels(const baro_page *page, const baro_panel *panel, end_labels *labels)
{
    for (size_t i = 0; i < labels->n; i++)
        labels->label[i].wanted = baro_axis_place(&panel->value, labels->label[i].last->estimate);
    push_apart(labels->label, labels->n, panel->top - 10, panel->bottom + 10);
    double left = panel->right + end_gap;
    for (size_t i = 0; i < labels->n; i++) {
        const end_label *label = &labels->label[i];
        double first = label->y - (double)(label->name.n > 0 ? label->name.n - 1 : 0) * baro_type_label.leading / 2;
        double x = baro_axis_place(&panel->order, label->last->order);
        const baro_stroke leader = {panel->right - x < long_leader ? label->colour : BARO_BEHIND, 1.2, 0, 0};
        const baro_point line[] = {{x + 7, label->wanted}, {panel->right, label->wanted}, {left - 4, first}};
        baro_script_line(page->script, &leader, line, 3);
        baro_script_text(page->script, &baro_type_value, BARO_RIGHT, left + labels->value_width, first, label->value);
        baro_page_lines(page, &label->name, &baro_type_label, BARO_LEFT, left + labels->value_width + value_gap,
                        label->y);
    }
}

static baro_status draw_one_panel(baro_page *page, const baro_trend *trend, double *height)
{
    end_labels labels;
    baro_period_names names;
    baro_status status = make_end_labels(page, trend, &labels);
    if (status == BARO_OK)
        status = baro_periods_wrap(page, trend, &names);
    double numbers = baro_values_width(page, &trend->value);
    if (status != BARO_OK || numbers < 0)
        return BARO_NO_MEMORY;
    bool broken = false;
    for (size_t i = 0; i < trend->n_windows; i++)
        broken = broken || trend->window[i].broken;
    const char *axis_title = page->chart->period_axis;
    bool titled = axis_title && *axis_title;
    double below = 18 + (double)names.most_lines * baro_type_axis.leading + (titled ? 24 : 0) + page->foot;
    double top = page->top + (broken ? 22 : 8);
    double room = *height > 0 ? fmax(least_panel, *height - top - below) : panel_height;
    baro_panel panel = baro_panel_at(trend, page->margin + numbers + tick_gap, top,
                                     page->width - page->margin - labels.width - end_gap, top + room);
    if (!baro_panel_values(page, &panel, true))
        return BARO_NO_MEMORY;
    baro_panel_periods(page, &panel, trend, &names);
    baro_panel_marks(page, &panel, trend, true);
    double radius = trend->n_windows <= 12 ? 4 : trend->n_windows <= 48 ? 3 : 0;
    for (size_t s = trend->n; s-- > 0;) {
        const baro_pen pen = {series_colour(trend, s), 2.6, radius, true};
        baro_series_draw_interval(page, &panel, &trend->series[s], &pen);
    }
    if (!baro_panel_target(page, &panel, true))
        return BARO_NO_MEMORY;
    for (size_t s = trend->n; s-- > 0;) {
        bool behind = trend->series[s].everyone && trend->n > 1;
        const baro_pen pen = {series_colour(trend, s), behind ? 2 : 2.6, behind ? radius * 0.8 : radius, true};
        baro_series_draw_line(page, &panel, &trend->series[s], &pen);
    }
    draw_end_labels(page, &panel, &labels);
    *height = panel.bottom + below;
    baro_lines axis;
    if (titled && !baro_wrap(page->arena, &baro_type_axis, axis_title, panel.right - panel.left, 1, &axis))
        return BARO_NO_MEMORY;
    if (titled)
        baro_page_lines(page, &axis, &baro_type_axis, BARO_CENTRE, (panel.left + panel.right) / 2,
                        *height - page->foot - 13);
    return BARO_OK;
}

baro_status baro_trend_draw(baro_page *page, double *height)
{
    baro_trend trend;
    baro_status status = baro_trend_read(page, &trend);
    if (status != BARO_OK)
        return status;
    return trend.groups > BARO_SERIES_MOST ? baro_panels_draw(page, &trend, height)
                                           : draw_one_panel(page, &trend, height);
}
