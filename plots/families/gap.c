/*
 * Gaps as dumbbells: what a group is compared with as an upright mark, the group itself as a dot, the way between them,
 * and the interval of the difference laid from the upright mark, so that one sees whether it holds it. The same of a
 * gap then and now.
 */
#include "plots/families/rows.h"
#include <math.h>
#include <stdlib.h>

static const double least_span = 20, tick_half = 9, tick_width = 3, over_rows = 10;

static int widest_first(const void *a, const void *b)
{
    const baro_mark *x = *(const baro_mark *const *)a, *y = *(const baro_mark *const *)b;
    double first = x->estimate - x->before, second = y->estimate - y->before;
    if (isnan(first) != isnan(second))
        return isnan(first) ? 1 : -1;
    if (!isnan(first) && first != second)
        return first > second ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static baro_status sort_rows(baro_rows *rows)
{
    baro_page *page = rows->page;
    rows->row = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    if (!rows->row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++)
        rows->row[rows->n++] = &page->mark[i];
    if (!page->chart->ordered)
        qsort(rows->row, rows->n, sizeof *rows->row, widest_first);
    return BARO_OK;
}

static bool has_both(const baro_mark *m)
{
    return baro_mark_shown(m) && !isnan(m->before);
}

/* Percents span at least 20 points, so that noise does not look like news. */
static void set_axis(baro_rows *rows)
{
    const baro_chart *chart = rows->page->chart;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < rows->n; i++) {
        const baro_mark *m = rows->row[i];
        if (!baro_mark_shown(m))
            continue;
        double other = isnan(m->before) ? m->estimate : m->before;
        double from = has_both(m) && !isnan(m->lower) ? other + m->lower : other;
        double to = has_both(m) && !isnan(m->upper) ? other + m->upper : other;
        low = fmin(low, fmin(fmin(m->estimate, other), from));
        high = fmax(high, fmax(fmax(m->estimate, other), to));
    }
    if (low > high)
        low = high = chart->percent ? 50 : 0;
    if (chart->zero) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (chart->percent && high - low < least_span) {
        low = fmax(0, (low + high - least_span) / 2);
        high = fmin(100, low + least_span);
        low = fmin(low, high - least_span);
    }
    baro_axis nice = baro_axis_nice(low, high, chart->percent);
    nice.from = rows->axis.from;
    nice.to = rows->axis.to;
    rows->axis = nice;
}

static void tick(const baro_rows *rows, double x, double y)
{
    baro_script_box(rows->page->script, BARO_INK, 1, x - tick_width / 2, y - tick_half, x + tick_width / 2,
                    y + tick_half);
}

static void clear_dot(const baro_rows *rows, double x, double y)
{
    baro_script_dot(rows->page->script, BARO_FOCUS, false, x, y, rows->radius);
}

static void unclear_dot(const baro_rows *rows, double x, double y)
{
    baro_script_dot(rows->page->script, BARO_EVERYONE, true, x, y, rows->radius);
}

/* The interval is of the difference: it is laid from where the difference begins. */
static void draw_interval(const baro_rows *rows, const baro_mark *m, double y)
{
    if (isnan(m->lower))
        return;
    double from = baro_axis_place(&rows->axis, m->before + m->lower),
           to = baro_axis_place(&rows->axis, m->before + m->upper);
    if (rows->page->chart->approximate)
        baro_rows_whisker(rows, BARO_FOCUS, false, from, to, y);
    else
        baro_script_box(rows->page->script, m->clear == 0 ? BARO_BEHIND : BARO_BAND, m->clear == 0 ? 0.5 : 0.6, from,
                        y - rows->band / 2, to, y + rows->band / 2);
}

/* In rounds over the rows, so that shapes of one kind share one datablock. */
static void draw_rows(const baro_rows *rows)
{
    for (int round = 0; round < 5; round++)
        for (size_t i = 0; i < rows->n; i++) {
            const baro_mark *m = rows->row[i];
            if (!baro_mark_shown(m))
                continue;
            double y = baro_rows_middle(rows, i), x = baro_axis_place(&rows->axis, m->estimate),
                   other = baro_axis_place(&rows->axis, m->before);
            const char *way = m->clear == 0 ? BARO_EVERYONE : BARO_FOCUS;
            if (round == 0 && has_both(m))
                draw_interval(rows, m, y);
            if (round == 1 && has_both(m))
                baro_script_box(rows->page->script, way, 1, fmin(x, other), y - 1, fmax(x, other), y + 1);
            if (round == 2 && has_both(m))
                tick(rows, other, y);
            if (round == 3 && m->clear != 0)
                clear_dot(rows, x, y);
            if (round == 4 && m->clear == 0)
                unclear_dot(rows, x, y);
        }
}

baro_status baro_gap_draw(baro_page *page, double *height)
{
    const baro_chart *chart = page->chart;
    baro_rows rows = {.page = page};
    baro_status status = sort_rows(&rows);
    if (status == BARO_OK)
        status = baro_rows_measure(&rows);
    if (status != BARO_OK)
        return status;
    set_axis(&rows);
    bool clear = false, unclear = false;
    for (size_t i = 0; i < rows.n; i++) {
        clear = clear || rows.row[i]->clear != 0;
        unclear = unclear || rows.row[i]->clear == 0;
    }
    const char *now = chart->now ? chart->now : "group";
    const char *tested = chart->tested ? chart->tested : "difference";
    const char *filled = unclear ? baro_arena_format(page->arena, "%s, %s clear", now, tested) : now,
               *hollow = clear ? baro_arena_format(page->arena, "%s, %s not clear", now, tested) : now;
    const baro_key entries[] = {
        {chart->before, tick}, {clear ? filled : NULL, clear_dot}, {unclear ? hollow : NULL, unclear_dot}};
    if (!filled || !hollow)
        return BARO_NO_MEMORY;
    double left = page->margin, right = baro_rows_heading_left(&rows), y = page->top - 8;
    baro_rows_heading(&rows, y + 11);
    double key = baro_key_draw(&rows, entries, 3, left, right, y);
    baro_rows_place(&rows, y + key + over_rows, height);
    status = baro_page_grid(page, &rows.axis, rows.top, rows.bottom);
    if (status != BARO_OK)
        return status;
    baro_rows_draw(&rows);
    draw_rows(&rows);
    return BARO_OK;
}
