/*
 * Control charts: the points of a series, the centre line and its limits as steps, which begin anew after a break, and
 * points that a rule speaks of, each rule with a shape of its own that the key names. One series fills the page;
 * several have a panel each, on the same scales.
 */
#include "plots/families/rows.h"
#include "plots/families/series.h"
#include <math.h>
#include <string.h>

enum { NAME_LINES = 2, FEW_PANELS = 4 };

static const double one_height = 400, least_panel = 160, small_height = 150, least_small = 80, tick_gap = 10,
                    end_gap = 10, gap_x = 26, gap_y = 22, shape = 7, least_apart = 26;

typedef struct {
    baro_page *page;
    baro_trend trend;
    baro_period_names names;
    double numbers; /* width of the numbers at the left */
} control;

/* ---- shapes ---- */

static void triangle(const baro_rows *rows, double x, double y)
{
    const baro_point corner[] = {
        {x, y - shape * 1.2}, {x + shape * 1.1, y + shape * 0.8}, {x - shape * 1.1, y + shape * 0.8}};
    baro_script_area(rows->page->script, "#F46A25", 1, corner, 3);
}

static void cross(const baro_rows *rows, double x, double y)
{
    const baro_stroke stroke = {"#801650", 3.4, 0, 0};
    const baro_point down[] = {{x - shape * 0.8, y - shape * 0.8}, {x + shape * 0.8, y + shape * 0.8}};
    const baro_point up[] = {{x - shape * 0.8, y + shape * 0.8}, {x + shape * 0.8, y - shape * 0.8}};
    baro_script_line(rows->page->script, &stroke, down, 2);
    baro_script_line(rows->page->script, &stroke, up, 2);
}

static void diamond(const baro_rows *rows, double x, double y)
{
    const baro_point corner[] = {
        {x, y - shape * 1.2}, {x + shape * 1.2, y}, {x, y + shape * 1.2}, {x - shape * 1.2, y}};
    baro_script_area(rows->page->script, "#801650", 1, corner, 4);
}

static void square(const baro_rows *rows, double x, double y)
{
    baro_script_box(rows->page->script, "#28A197", 1, x - shape * 0.85, y - shape * 0.85, x + shape * 0.85,
                    y + shape * 0.85);
}

static void centre_line(const baro_rows *rows, double x, double y)
{
    const baro_stroke stroke = {BARO_EVERYONE, 2, 0, 0};
    const baro_point line[] = {{x - 7, y}, {x + 7, y}};
    baro_script_line(rows->page->script, &stroke, line, 2);
}

static void limit_line(const baro_rows *rows, double x, double y)
{
    const baro_stroke stroke = {BARO_QUIET, 1.5, 5, 4};
    const baro_point line[] = {{x - 7, y}, {x + 7, y}};
    baro_script_line(rows->page->script, &stroke, line, 2);
}

/* In the order of the key; a point that several rules speak of has the mark of the first. */
static const struct {
    const char *role, *words;
    void (*draw)(const baro_rows *rows, double x, double y);
} rules[] = {{"limit", "beyond a limit", triangle},
             {"near", "2 of 3 beyond two thirds of the limit", cross},
             {"trend", "7 in a trend", diamond},
             {"side", "7 on one side", square}};
enum { RULES = sizeof rules / sizeof *rules };

/* ---- a panel ---- */

static double value_at(const baro_mark *m, int line)
{
    return line == 0 ? m->before : line == 1 ? m->lower : m->upper;
}

/* Each point has its own unit of width; neighbours of one run are joined by a step. */
static void draw_steps(const control *c, const baro_panel *panel, const baro_series *series, int line,
                       baro_point *point)
{
    static const baro_stroke centre = {BARO_EVERYONE, 2, 0, 0}, limit = {BARO_QUIET, 1.5, 5, 4};
    double half = (panel->order.to - panel->order.from) / (panel->order.high - panel->order.low) / 2;
    size_t n = 0;
    for (size_t i = 0; i < series->n; i++) {
        const baro_mark *m = series->point[i];
        bool joins = i > 0 && m->order - series->point[i - 1]->order < 1.5 && !baro_mark_has(m, "[b]");
        if (!joins || isnan(value_at(m, line))) {
            baro_script_line(c->page->script, line == 0 ? &centre : &limit, point, n);
            n = 0;
        }
        if (isnan(value_at(m, line)))
            continue;
        double x = baro_axis_place(&panel->order, m->order), y = baro_axis_place(&panel->value, value_at(m, line));
        point[n++] = (baro_point){fmax(panel->left, x - half), y};
        point[n++] = (baro_point){fmin(panel->right, x + half), y};
    }
    baro_script_line(c->page->script, line == 0 ? &centre : &limit, point, n);
}

static void draw_rules(const control *c, const baro_panel *panel, const baro_series *series)
{
    const baro_rows rows = {.page = c->page};
    for (size_t r = 0; r < RULES; r++)
        for (size_t i = 0; i < series->n; i++) {
            const baro_mark *m = series->point[i];
            if (baro_mark_shown(m) && strcmp(m->role, rules[r].role) == 0)
                rules[r].draw(&rows, baro_axis_place(&panel->order, m->order),
                              baro_axis_place(&panel->value, m->estimate));
        }
}

/* [c] at the ground of a small panel where a point is hidden; where they would touch, one stands for its neighbours. */
static void draw_hidden(const control *c, const baro_panel *panel, const baro_series *series)
{
    double last = -INFINITY;
    bool any = false;
    for (size_t i = 0; i < series->n; i++)
        any = any || baro_mark_shown(series->point[i]);
    if (!any)
        baro_script_text(c->page->script, &baro_type_foot, BARO_CENTRE, (panel->left + panel->right) / 2,
                         (panel->top + panel->bottom) / 2,
                         *series->point[0]->marker ? series->point[0]->marker : "[x]");
    for (size_t i = 0; i < series->n && any; i++) {
        double x = baro_axis_place(&panel->order, series->point[i]->order);
        if (!baro_mark_has(series->point[i], "[c]") || x - last < least_apart)
            continue;
        baro_script_text(c->page->script, &baro_type_foot, BARO_CENTRE, x, panel->bottom - 11, "[c]");
        last = x;
    }
}

static baro_status draw_panel(const control *c, const baro_panel *panel, const baro_series *series, bool numbers,
                              bool words, double radius)
{
    /* breaks and what is hidden are this series' own */
    baro_trend own = c->trend;
    baro_point *point = BARO_ARRAY(c->page->arena, baro_point, 2 * series->n);
    own.window = BARO_ARRAY(c->page->arena, baro_window, series->n);
    own.n_windows = series->n;
    if (!point || !own.window || !baro_panel_values(c->page, panel, numbers))
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < series->n; i++)
        own.window[i] = (baro_window){.order = series->point[i]->order,
                                      .suppressed = baro_mark_has(series->point[i], "[c]"),
                                      .broken = baro_mark_has(series->point[i], "[b]")};
    baro_panel_marks(c->page, panel, &own, words);
    if (!words)
        draw_hidden(c, panel, series);
    for (int line = 0; line < 3; line++)
        draw_steps(c, panel, series, line, point);
    if (!baro_panel_target(c->page, panel, words))
        return BARO_NO_MEMORY;
    const baro_pen pen = {BARO_FOCUS, 1.6, radius, false};
    baro_series_draw_line(c->page, panel, series, &pen);
    draw_rules(c, panel, series);
    return BARO_OK;
}

/* ---- one series ---- */

static const baro_mark *last_with_lines(const baro_series *series)
{
    for (size_t i = series->n; i-- > 0;)
        if (!isnan(series->point[i]->before))
            return series->point[i];
    return NULL;
}

/* What the last lines are, at their ends; pushed apart where they lie close. */
static double make_ends(const control *c, const baro_mark *last, const char *text[3])
{
    static const char *const words[] = {"Upper limit", "Centre", "Lower limit"};
    double widest = 0;
    for (int i = 0; i < 3; i++) {
        double value = !last ? NAN : i == 0 ? last->upper : i == 1 ? last->before : last->lower;
        const char *number = isnan(value) ? "" : baro_page_value(c->page, value);
        text[i] = !number ? NULL : *number ? baro_arena_format(c->page->arena, "%s %s", words[i], number) : "";
        if (!text[i])
            return -1;
        widest = fmax(widest, baro_measure(&baro_type_axis, text[i]));
    }
    return widest > 0 ? widest + end_gap : 0;
}

static void draw_ends(const control *c, const baro_panel *panel, const baro_mark *last, const char *const text[3])
{
    if (!last)
        return;
    double apart = baro_type_axis.leading, centre = baro_axis_place(&panel->value, last->before);
    double upper = fmin(baro_axis_place(&panel->value, last->upper), centre - apart),
           lower = fmax(baro_axis_place(&panel->value, last->lower), centre + apart);
    const double y[] = {upper, centre, lower};
    for (int i = 0; i < 3; i++)
        baro_script_text(c->page->script, &baro_type_axis, BARO_LEFT, panel->right + end_gap, y[i], text[i]);
}

static double draw_key(const control *c)
{
    const baro_page *page = c->page;
    const baro_rows rows = {.page = c->page, .radius = shape};
    baro_key entry[RULES + 2] = {{"centre", centre_line}, {"control limits", limit_line}};
    for (size_t r = 0; r < RULES; r++) {
        entry[r + 2] = (baro_key){NULL, rules[r].draw};
        for (size_t i = 0; i < page->n_marks; i++)
            if (strcmp(page->mark[i].role, rules[r].role) == 0)
                entry[r + 2].words = rules[r].words;
    }
    return baro_key_draw(&rows, entry, RULES + 2, page->margin, page->width - page->margin, page->top - 8) + 6;
}

static baro_status draw_one(const control *c, double top, double *height)
{
    const baro_page *page = c->page;
    const baro_series *series = &c->trend.series[0];
    const baro_mark *last = last_with_lines(series);
    const char *ends[3];
    double right = make_ends(c, last, ends),
           below = 18 + (double)c->names.most_lines * baro_type_axis.leading + page->foot;
    if (right < 0)
        return BARO_NO_MEMORY;
    double room = *height > 0 ? fmax(least_panel, *height - top - below) : one_height;
    baro_panel panel = baro_panel_at(&c->trend, page->margin + c->numbers + tick_gap, top,
                                     page->width - page->margin - right, top + room);
    baro_status status = draw_panel(c, &panel, series, true, true, c->trend.n_windows <= 60 ? 3.6 : 2.4);
    if (status)
        return status;
    baro_panel_periods(page, &panel, &c->trend, &c->names);
    draw_ends(c, &panel, last, ends);
    *height = panel.bottom + below;
    return BARO_OK;
}

/* ---- several ---- */

/* Lines of the longest name, so that all panels of a grid stand level. -1 without memory. */
static int most_name_lines(const control *c, double wide)
{
    size_t most = 1;
    for (size_t s = 0; s < c->trend.n; s++) {
        baro_lines name;
        if (!baro_wrap(c->page->arena, &baro_type_panel, c->trend.series[s].label, wide, NAME_LINES, &name))
            return -1;
        most = name.n > most ? name.n : most;
    }
    return (int)most;
}

static baro_status draw_several(const control *c, double top, double *height)
{
    const baro_page *page = c->page;
    size_t across = page->width < 600 ? 1 : c->trend.n <= FEW_PANELS || page->width < 900 ? 2 : 3;
    size_t down = (c->trend.n + across - 1) / across;
    double left = page->margin + c->numbers + tick_gap;
    double wide = (page->width - page->margin - left - (double)(across - 1) * gap_x) / (double)across;
    int lines = most_name_lines(c, wide);
    if (lines < 0)
        return BARO_NO_MEMORY;
    double head = 6 + shape + lines * baro_type_panel.leading; /* a mark at the top end stays clear of the name */
    double below = 16 + (double)c->names.most_lines * baro_type_axis.leading, room = small_height, bottom = top;
    if (*height > 0)
        room = fmax(least_small, (*height - top - page->foot - below) / (double)down - head - gap_y);
    for (size_t s = 0; s < c->trend.n; s++) {
        const baro_series *series = &c->trend.series[s];
        double x = left + (double)(s % across) * (wide + gap_x);
        double y = top + head + (double)(s / across) * (head + room + gap_y);
        baro_panel panel = baro_panel_at(&c->trend, x, y, x + wide, y + room);
        baro_lines name;
        if (!baro_wrap(page->arena, &baro_type_panel, series->label, wide, NAME_LINES, &name))
            return BARO_NO_MEMORY;
        for (size_t i = 0; i < name.n; i++)
            baro_script_text(page->script, &baro_type_panel, BARO_LEFT, x,
                             y - 14 - shape - (double)(name.n - 1 - i) * baro_type_panel.leading, name.line[i]);
        baro_status status = draw_panel(c, &panel, series, s % across == 0, false, 2.4);
        if (status)
            return status;
        bottom = fmax(bottom, panel.bottom);
        if (s + across < c->trend.n) /* the last panel of each column says the first and the last period */
            continue;
        baro_period_draw(page, &c->names.lines[0], BARO_LEFT, x, panel.bottom + 16);
        if (c->trend.n_windows > 1)
            baro_period_draw(page, &c->names.lines[c->trend.n_windows - 1], BARO_RIGHT, x + wide, panel.bottom + 16);
    }
    *height = bottom + below + page->foot;
    return BARO_OK;
}

/* The limits say how far is far: no least span, as levels over time have one. */
static void set_axis(control *c)
{
    double low = INFINITY, high = -INFINITY, target = c->page->chart->target;
    for (size_t i = 0; i < c->page->n_marks; i++) {
        const baro_mark *m = &c->page->mark[i];
        if (!baro_mark_shown(m))
            continue;
        low = fmin(low, isnan(m->lower) ? m->estimate : fmin(m->lower, m->estimate));
        high = fmax(high, isnan(m->upper) ? m->estimate : fmax(m->upper, m->estimate));
    }
    if (!isnan(target) && low <= high) {
        low = fmin(low, target);
        high = fmax(high, target);
    }
    if (low <= high)
        c->trend.value = baro_axis_nice(low, high, c->page->chart->percent);
}

baro_status baro_control_draw(baro_page *page, double *height)
{
    control c = {.page = page};
    baro_status status = baro_trend_read(page, &c.trend);
    if (status == BARO_OK)
        status = baro_periods_wrap(page, &c.trend, &c.names);
    if (status == BARO_OK)
        set_axis(&c);
    c.numbers = status == BARO_OK ? baro_values_width(page, &c.trend.value) : -1;
    if (c.numbers < 0)
        return status ? status : BARO_NO_MEMORY;
    double top = page->top + draw_key(&c);
    for (size_t i = 0; i < c.trend.n_windows; i++)
        if (c.trend.window[i].broken) {
            top += 14;
            break;
        }
    return c.trend.n == 1 ? draw_one(&c, top, height) : draw_several(&c, top, height);
}
