/*
 * Levels over time: up to four series in one panel, labelled where they end; more as small multiples, one a panel, with
 * everyone in grey behind. Windows stand on an index axis, because time axes mislabel the ends of quarters.
 */
#include "plots/families/series.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { END_LABELS = BARO_SERIES_MOST + 1, END_LINES = 3, PERIOD_LINES = 3, PANEL_TITLE_LINES = 2, FEW_PANELS = 6 };

static const double panel_height = 400, least_panel = 160, end_gap = 14, end_share = 0.24, value_gap = 8, label_gap = 6,
                    tick_gap = 10, period_width = 92, period_gap = 16, tick = 5, long_leader = 40;
static const double small_height = 104, small_gap_x = 26, small_gap_y = 20;

/* Horizontal grid with its numbers at the left, and the line that the periods stand on. */
static bool draw_values(const baro_page *page, const baro_panel *panel, bool numbers)
{
    const baro_stroke grid = {BARO_GRID, 1, 0, 0}, ground = {BARO_QUIET, 1.2, 0, 0};
    long steps = lround((panel->value.high - panel->value.low) / panel->value.step);
    long every = (panel->bottom - panel->top) / (double)(steps > 0 ? steps : 1) < 20 ? 2 : 1;
    for (long i = 0; i <= steps; i++) {
        double value = panel->value.low + (double)i * panel->value.step, y = baro_axis_place(&panel->value, value);
        const baro_point line[] = {{panel->left, y}, {panel->right, y}};
        if (i % every == 0 || i == 0)
            baro_script_line(page->script, i == 0 ? &ground : &grid, line, 2);
        const char *text = baro_axis_text(page, &panel->value, value);
        if (!text)
            return false;
        if (numbers && i % every == 0)
            baro_script_text(page->script, &baro_type_axis, BARO_RIGHT, panel->left - tick_gap, y, text);
    }
    return true;
}

/* Width of the numbers at the left. Negative without memory. */
static double values_width(const baro_page *page, const baro_axis *axis)
{
    double widest = 0;
    long steps = lround((axis->high - axis->low) / axis->step);
    for (long i = 0; i <= steps; i++) {
        const char *text = baro_axis_text(page, axis, axis->low + (double)i * axis->step);
        if (!text)
            return -1;
        widest = fmax(widest, baro_measure(&baro_type_axis, text));
    }
    return widest;
}

typedef struct {
    baro_lines *lines; /* one for each window */
    double widest;
    size_t most_lines;
} period_names;

static baro_status wrap_periods(const baro_page *page, const baro_trend *trend, period_names *out)
{
    *out = (period_names){.lines = BARO_ARRAY(page->arena, baro_lines, trend->n_windows)};
    if (!out->lines)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < trend->n_windows; i++) {
        if (!baro_wrap_evenly(page->arena, &baro_type_axis, trend->window[i].period, period_width, PERIOD_LINES,
                              &out->lines[i]))
            return BARO_NO_MEMORY;
        out->widest = fmax(out->widest, out->lines[i].width);
        out->most_lines = out->lines[i].n > out->most_lines ? out->lines[i].n : out->most_lines;
    }
    return BARO_OK;
}

static void draw_period(const baro_page *page, const baro_lines *lines, baro_align align, double x, double top)
{
    for (size_t i = 0; i < lines->n; i++)
        baro_script_text(page->script, &baro_type_axis, align, x, top + (double)i * baro_type_axis.leading,
                         lines->line[i]);
}

/* Every so many windows, counted from the latest, so that no two names touch. */
static void draw_periods(const baro_page *page, const baro_panel *panel, const baro_trend *trend,
                         const period_names *names)
{
    static const int steps[] = {1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 36, 48, 60, 120, 240, 480, 1000};
    const baro_stroke stroke = {BARO_QUIET, 1.2, 0, 0};
    double pitch = (panel->order.to - panel->order.from) / (panel->order.high - panel->order.low);
    int step = steps[0];
    for (size_t i = 0; i < sizeof steps / sizeof *steps && step * pitch < names->widest + period_gap; i++)
        step = steps[i];
    double latest = trend->window[trend->n_windows - 1].order;
    for (size_t i = 0; i < trend->n_windows; i++) {
        if (fmod(latest - trend->window[i].order, step) != 0)
            continue;
        double x = baro_axis_place(&panel->order, trend->window[i].order);
        const baro_point line[] = {{x, panel->bottom}, {x, panel->bottom + tick}};
        baro_script_line(page->script, &stroke, line, 2);
        draw_period(page, &names->lines[i], BARO_CENTRE, fmax(x, page->margin / 2 + names->lines[i].width / 2),
                    panel->bottom + 18);
    }
}

/* [b]: a thin dotted line between this window and the one before. [c]: said at the ground, where no value stands. */
static void draw_marks(const baro_page *page, const baro_panel *panel, const baro_trend *trend, bool words)
{
    const baro_stroke dotted = {BARO_QUIET, 1.2, 2, 3};
    for (size_t i = 0; i < trend->n_windows; i++) {
        const baro_window *w = &trend->window[i];
        double x = baro_axis_place(&panel->order, w->order);
        if (w->suppressed && words)
            baro_script_text(page->script, &baro_type_foot, BARO_CENTRE, x, panel->bottom - 11, "[c]");
        if (!w->broken || (i > 0 && trend->window[i - 1].broken))
            continue;
        double before = i > 0 ? baro_axis_place(&panel->order, trend->window[i - 1].order) : x;
        double middle = (x + before) / 2;
        const baro_point line[] = {{middle, panel->top - 4}, {middle, panel->bottom}};
        baro_script_line(page->script, &dotted, line, 2);
        if (words)
            baro_script_text(page->script, &baro_type_foot, BARO_CENTRE, middle, panel->top - 13, "[b]");
    }
}

static bool draw_target(const baro_page *page, const baro_panel *panel, bool words)
{
    double target = page->chart->target;
    if (isnan(target))
        return true;
    const baro_stroke dashed = {BARO_INK, 1.5, 7, 5};
    double y = baro_axis_place(&panel->value, target);
    const baro_point line[] = {{panel->left, y}, {panel->right, y}};
    baro_script_line(page->script, &dashed, line, 2);
    if (!words)
        return true;
    const char *value = baro_page_value(page, target);
    const char *text = value ? baro_arena_format(page->arena, "Target %s", value) : NULL;
    if (!text)
        return false;
    double width = baro_measure(&baro_type_axis, text), middle = y - 12 < panel->top ? y + 12 : y - 12;
    baro_script_box(page->script, BARO_WHITE, 0.75, panel->left + 4, middle - 9, panel->left + 12 + width, middle + 9);
    baro_script_text(page->script, &baro_type_axis, BARO_LEFT, panel->left + 8, middle, text);
    return true;
}

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
    period_names names;
    baro_status status = make_end_labels(page, trend, &labels);
    if (status == BARO_OK)
        status = wrap_periods(page, trend, &names);
    double numbers = values_width(page, &trend->value);
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
    if (!draw_values(page, &panel, true))
        return BARO_NO_MEMORY;
    draw_periods(page, &panel, trend, &names);
    draw_marks(page, &panel, trend, true);
    double radius = trend->n_windows <= 12 ? 4 : trend->n_windows <= 48 ? 3 : 0;
    for (size_t s = trend->n; s-- > 0;) {
        const baro_pen pen = {series_colour(trend, s), 2.6, radius, true};
        baro_series_draw_interval(page, &panel, &trend->series[s], &pen);
    }
    if (!draw_target(page, &panel, true))
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

/* One small panel: its name, the last value at the right, everyone in grey behind. */
static baro_status draw_small(const baro_page *page, const baro_trend *trend, const baro_series *series,
                              const baro_panel *panel, bool numbers, size_t title_lines)
{
    const baro_mark *last = baro_series_last(series), *latest = series->point[series->n - 1];
    const char *value = last && last == latest ? baro_page_value(page, last->estimate)
                        : *latest->marker      ? latest->marker
                                               : "[x]";
    baro_lines title;
    if (!value)
        return BARO_NO_MEMORY;
    double width = panel->right - panel->left - baro_measure(&baro_type_panel, value) - label_gap;
    if (!baro_wrap_evenly(page->arena, &baro_type_panel, series->label, width, PANEL_TITLE_LINES, &title) ||
        !draw_values(page, panel, numbers))
        return BARO_NO_MEMORY;
    double y = panel->top - 14 - (double)(title_lines - 1) * baro_type_panel.leading;
    for (size_t i = 0; i < title.n; i++)
        baro_script_text(page->script, &baro_type_panel, BARO_LEFT, panel->left,
                         y + (double)(i + title_lines - title.n) * baro_type_panel.leading, title.line[i]);
    baro_script_text(page->script, &baro_type_panel, BARO_RIGHT, panel->right, panel->top - 14, value);
    const baro_pen behind = {BARO_BEHIND, 2, 0, false}, front = {BARO_FOCUS, 2.2, 0, true};
    for (size_t s = trend->groups; s < trend->n; s++)
        baro_series_draw_line(page, panel, &trend->series[s], &behind);
    draw_marks(page, panel, trend, false);
    if (!draw_target(page, panel, false))
        return BARO_NO_MEMORY;
    baro_series_draw_interval(page, panel, series, &front);
    baro_series_draw_line(page, panel, series, &front);
    return BARO_OK;
}

/* What the grey and the dashed line are, said once over all panels. */
static baro_status draw_key(baro_page *page, const baro_trend *trend)
{
    bool target = !isnan(page->chart->target);
    if (trend->groups == trend->n && !target)
        return BARO_OK;
    double x = page->margin, y = page->top + 4;
    const baro_stroke grey = {BARO_BEHIND, 3, 0, 0}, dashed = {BARO_INK, 1.5, 7, 5};
    for (int k = 0; k < 2; k++) {
        if (k == 0 ? trend->groups == trend->n : !target)
            continue;
        const baro_point line[] = {{x, y}, {x + 30, y}};
        baro_script_line(page->script, k == 0 ? &grey : &dashed, line, 2);
        const char *value = baro_page_value(page, page->chart->target);
        const char *text = k == 0  ? trend->series[trend->groups].label
                           : value ? baro_arena_format(page->arena, "Target %s", value)
                                   : NULL;
        baro_lines words;
        if (!text || !baro_wrap(page->arena, &baro_type_label, text, page->width / 3, 1, &words))
            return BARO_NO_MEMORY;
        baro_page_lines(page, &words, &baro_type_label, BARO_LEFT, x + 38, y);
        x += 38 + words.width + 40;
    }
    page->top += 26;
    return BARO_OK;
}

/* How many lines the longest panel name takes, so that all panels of a grid stand level. */
static size_t longest_name(const baro_page *page, const baro_trend *trend, double width)
{
    size_t most = 1;
    for (size_t s = 0; s < trend->groups; s++) {
        double wide = baro_measure(&baro_type_panel, trend->series[s].label);
        if (wide > width - baro_measure(&baro_type_panel, "100%") - label_gap || strchr(trend->series[s].label, '\n'))
            most = PANEL_TITLE_LINES;
    }
    (void)page;
    return most;
}

static baro_status draw_multiples(baro_page *page, const baro_trend *trend, double *height)
{
    period_names names;
    baro_status status = wrap_periods(page, trend, &names);
    if (status == BARO_OK)
        status = draw_key(page, trend);
    double numbers = values_width(page, &trend->value);
    if (status != BARO_OK || numbers < 0)
        return BARO_NO_MEMORY;
    size_t across = page->width < 700 ? 2 : trend->groups <= FEW_PANELS ? 3 : 4;
    size_t down = (trend->groups + across - 1) / across;
    double left = page->margin + numbers + tick_gap;
    double wide = (page->width - page->margin - left - (double)(across - 1) * small_gap_x) / (double)across;
    size_t title_lines = longest_name(page, trend, wide);
    double head = 6 + (double)title_lines * baro_type_panel.leading;
    double below = 16 + (double)names.most_lines * baro_type_axis.leading;
    double room = small_height;
    if (*height > 0)
        room = fmax(60, (*height - page->top - page->foot - below) / (double)down - head - small_gap_y);
    double bottom = page->top;
    for (size_t s = 0; s < trend->groups; s++) {
        size_t column = s % across, row = s / across;
        double x = left + (double)column * (wide + small_gap_x);
        double y = page->top + head + (double)row * (head + room + small_gap_y);
        baro_panel panel = baro_panel_at(trend, x, y, x + wide, y + room);
        status = draw_small(page, trend, &trend->series[s], &panel, column == 0, title_lines);
        if (status != BARO_OK)
            return status;
        bottom = fmax(bottom, panel.bottom);
        if (s + across < trend->groups) /* the last panel of each column says the first and the last period */
            continue;
        draw_period(page, &names.lines[0], BARO_LEFT, x, panel.bottom + 16);
        if (trend->n_windows > 1)
            draw_period(page, &names.lines[trend->n_windows - 1], BARO_RIGHT, x + wide, panel.bottom + 16);
    }
    *height = bottom + below + page->foot;
    return BARO_OK;
}

baro_status baro_trend_draw(baro_page *page, double *height)
{
    baro_trend trend;
    baro_status status = baro_trend_read(page, &trend);
    if (status != BARO_OK)
        return status;
    return trend.groups > BARO_SERIES_MOST ? draw_multiples(page, &trend, height)
                                           : draw_one_panel(page, &trend, height);
}
