#include "plots/families/series.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double least_span = 20, inset = 14;

bool baro_point_shown(const baro_mark *point)
{
    return !isnan(point->estimate) && !baro_mark_has(point, "[c]");
}

static int by_order(const void *a, const void *b)
{
    const baro_mark *x = *(const baro_mark *const *)a, *y = *(const baro_mark *const *)b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Series in the order of their first rows, everyone last. */
static baro_status read_series(baro_page *page, baro_trend *trend)
{
    size_t n = page->n_marks;
    trend->series = BARO_ARRAY(page->arena, baro_series, n);
    size_t *of = BARO_ARRAY(page->arena, size_t, n);
    if (!trend->series || !of)
        return BARO_NO_MEMORY;
    for (int everyone = 0; everyone < 2; everyone++) {
        for (size_t i = 0; i < n; i++) {
            const baro_mark *m = &page->mark[i];
            if (m->everyone != (everyone == 1))
                continue;
            size_t s = everyone ? trend->groups : 0;
            while (s < trend->n && strcmp(trend->series[s].label, m->label) != 0)
                s++;
            if (s == trend->n)
                trend->series[trend->n++] = (baro_series){.label = m->label, .everyone = m->everyone};
            trend->series[s].n++;
            of[i] = s;
        }
        if (!everyone)
            trend->groups = trend->n;
    }
    for (size_t s = 0; s < trend->n; s++) {
        trend->series[s].point = BARO_ARRAY(page->arena, const baro_mark *, trend->series[s].n);
        if (!trend->series[s].point)
            return BARO_NO_MEMORY;
        trend->series[s].n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        baro_series *s = &trend->series[of[i]];
        s->point[s->n++] = &page->mark[i];
    }
    for (size_t s = 0; s < trend->n; s++)
        qsort(trend->series[s].point, trend->series[s].n, sizeof *trend->series[s].point, by_order);
    return BARO_OK;
}

static baro_status read_windows(baro_page *page, baro_trend *trend)
{
    const baro_mark **all = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    trend->window = BARO_ARRAY(page->arena, baro_window, page->n_marks);
    if (!all || !trend->window)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        if (isnan(page->mark[i].order)) /* without an order, the place in the sheet would be a guess */
            page->mark[i].order = 0;
        all[i] = &page->mark[i];
    }
    qsort(all, page->n_marks, sizeof *all, by_order);
    for (size_t i = 0; i < page->n_marks; i++) {
        baro_window *last = trend->n_windows > 0 ? &trend->window[trend->n_windows - 1] : NULL;
        if (!last || last->order < all[i]->order) {
            last = &trend->window[trend->n_windows++];
            *last = (baro_window){.order = all[i]->order, .period = all[i]->period};
        }
        last->suppressed = last->suppressed || baro_mark_has(all[i], "[c]");
        last->broken = last->broken || baro_mark_has(all[i], "[b]");
    }
    return BARO_OK;
}

/* Round limits around all that is drawn; percents span at least 20 points, so that noise does not look like news. */
static void set_values(const baro_page *page, baro_trend *trend)
{
    double low = INFINITY, high = -INFINITY, target = page->chart->target;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        if (!baro_point_shown(m))
            continue;
        low = fmin(low, fmin(m->estimate, isnan(m->lower) ? m->estimate : m->lower));
        high = fmax(high, fmax(m->estimate, isnan(m->upper) ? m->estimate : m->upper));
    }
    if (!isnan(target)) {
        low = fmin(low, target);
        high = fmax(high, target);
    }
    if (low > high) {
        low = 0;
        high = page->chart->percent ? 100 : 1;
    }
    if (page->chart->percent && high - low < least_span) {
        double middle = (low + high) / 2;
        low = fmax(0, middle - least_span / 2);
        high = fmin(100, low + least_span);
        low = fmin(low, high - least_span);
    }
    trend->value = baro_axis_nice(low, high, page->chart->percent);
}

baro_status baro_trend_read(baro_page *page, baro_trend *out)
{
    *out = (baro_trend){0};
    baro_status status = read_windows(page, out);
    if (status == BARO_OK)
        status = read_series(page, out);
    if (status == BARO_OK)
        set_values(page, out);
    return status;
}

const baro_mark *baro_series_last(const baro_series *series)
{
    for (size_t i = series->n; i-- > 0;)
        if (baro_point_shown(series->point[i]))
            return series->point[i];
    return NULL;
}

baro_panel baro_panel_at(const baro_trend *trend, double left, double top, double right, double bottom)
{
    baro_panel panel = {.left = left, .right = right, .top = top, .bottom = bottom, .value = trend->value};
    double first = trend->n_windows > 0 ? trend->window[0].order : 0;
    double last = trend->n_windows > 0 ? trend->window[trend->n_windows - 1].order : 0;
    panel.order = (baro_axis){.low = first, .high = last, .step = 1, .from = left + inset, .to = right - inset};
    if (!(last > first)) { /* one window stands in the middle */
        panel.order.low = first - 1;
        panel.order.high = first + 1;
    }
    panel.value.from = bottom;
    panel.value.to = top;
    return panel;
}

/* Rolling windows across one break are all marked: the line is broken where the marks begin, and where windows are
 * missing. */
static bool begins_anew(const baro_mark *before, const baro_mark *m)
{
    return (baro_mark_has(m, "[b]") && !baro_mark_has(before, "[b]")) || m->order - before->order > 1.5;
}

/* Points from `from` that one line joins; 0 when the point there has no value. */
static size_t run_length(const baro_series *series, size_t from)
{
    size_t n = 0;
    while (from + n < series->n && baro_point_shown(series->point[from + n])) {
        const baro_mark *m = series->point[from + n];
        if (n > 0 && begins_anew(series->point[from + n - 1], m))
            break;
        n++;
    }
    return n;
}

static baro_point at_value(const baro_panel *panel, const baro_mark *m, double value)
{
    return (baro_point){baro_axis_place(&panel->order, m->order), baro_axis_place(&panel->value, value)};
}

/* One run of points that all have an interval: a ribbon, or whiskers around a point that stands alone. */
static void draw_ribbon(const baro_page *page, const baro_panel *panel, const baro_mark *const *point, size_t n,
                        const baro_pen *pen, baro_point *around)
{
    bool approximate = page->chart->approximate;
    for (size_t i = 0; i < n; i++) {
        around[i] = at_value(panel, point[i], point[i]->upper);
        around[2 * n - 1 - i] = at_value(panel, point[i], point[i]->lower);
    }
    const baro_stroke outline = {pen->colour, 1.2, 4, 3};
    const baro_stroke whisker = {pen->colour, 1.6, approximate ? 4 : 0, approximate ? 3 : 0};
    if (n == 1) {
        baro_script_line(page->script, &whisker, around, 2);
        return;
    }
    baro_script_area(page->script, pen->colour, approximate ? 0.06 : 0.15, around, 2 * n);
    if (approximate) {
        baro_script_line(page->script, &outline, around, n);
        baro_script_line(page->script, &outline, around + n, n);
    }
}

void baro_series_draw_interval(const baro_page *page, const baro_panel *panel, const baro_series *series,
                               const baro_pen *pen)
{
    baro_point *around = BARO_ARRAY(page->arena, baro_point, 2 * series->n);
    if (!around) {
        baro_script_no_memory(page->script);
        return;
    }
    for (size_t i = 0; i < series->n;) {
        size_t n = run_length(series, i), with = 0;
        for (size_t k = 0; k < n; k += with + 1) { /* stretches of the run that have intervals */
            for (with = 0; k + with < n && !isnan(series->point[i + k + with]->lower);)
                with++;
            if (with > 0)
                draw_ribbon(page, panel, series->point + i + k, with, pen, around);
        }
        i += n > 0 ? n : 1;
    }
}

void baro_series_draw_line(const baro_page *page, const baro_panel *panel, const baro_series *series,
                           const baro_pen *pen)
{
    const baro_stroke stroke = {pen->colour, pen->width, 0, 0};
    baro_point *line = BARO_ARRAY(page->arena, baro_point, series->n);
    if (!line) {
        baro_script_no_memory(page->script);
        return;
    }
    for (size_t i = 0; i < series->n;) {
        size_t n = run_length(series, i);
        for (size_t k = 0; k < n; k++)
            line[k] = at_value(panel, series->point[i + k], series->point[i + k]->estimate);
        baro_script_line(page->script, &stroke, line, n);
        i += n > 0 ? n : 1;
    }
    for (size_t i = 0; i < series->n; i++) {
        const baro_mark *m = series->point[i];
        if (!baro_point_shown(m))
            continue;
        bool alone = run_length(series, i) == 1 && (i == 0 || run_length(series, i - 1) <= 1);
        bool hollow = baro_mark_has(m, "[u]");
        bool tested = pen->interval && !isnan(m->clear), clear = !(tested && m->clear <= 0);
        double radius = pen->radius > 0 ? pen->radius : alone || hollow || tested ? 2.6 : 0;
        baro_point p = at_value(panel, m, m->estimate);
        if (radius > 0)
            baro_script_dot(page->script, clear ? pen->colour : BARO_UNCLEAR_DOT, hollow, p.x, p.y,
                            hollow || tested ? radius + 1 : radius);
    }
}
