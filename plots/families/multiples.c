/* Small multiples: a panel for each series, all with the same scales, everyone in grey behind. */
#include "plots/families/series.h"
#include <math.h>
#include <string.h>

enum { PANEL_TITLE_LINES = 3, FEW_PANELS = 6 };

static const double label_gap = 6, tick_gap = 10, small_height = 104, small_gap_x = 26, small_gap_y = 20;

static const char *last_value(const baro_page *page, const baro_series *series)
{
    const baro_mark *last = baro_series_last(series), *latest = series->point[series->n - 1];
    return last && last == latest ? baro_page_value(page, last->estimate) : *latest->marker ? latest->marker : "[x]";
}

static bool wrap_name(const baro_page *page, const baro_series *series, const char *value, double wide, baro_lines *out)
{
    double room = wide - baro_measure(&baro_type_panel, value) - label_gap;
    return baro_wrap_evenly(page->arena, &baro_type_panel, series->label, room, PANEL_TITLE_LINES, out);
}

/* How many lines the longest panel name takes, so that all panels of a grid stand level; 0 without memory. */
static size_t longest_name(const baro_page *page, const baro_trend *trend, double width)
{
    size_t most = 1;
    for (size_t s = 0; s < trend->groups; s++) {
        const char *value = last_value(page, &trend->series[s]);
        baro_lines name;
        if (!value || !wrap_name(page, &trend->series[s], value, width, &name))
            return 0;
        most = name.n > most ? name.n : most;
    }
    return most;
}

/* One small panel: its name, the last value at the right, everyone in grey behind. */
static baro_status draw_small(const baro_page *page, const baro_trend *trend, const baro_series *series,
                              const baro_panel *panel, bool numbers, size_t title_lines)
{
    const char *value = last_value(page, series);
    baro_lines title;
    if (!value)
        return BARO_NO_MEMORY;
    if (!wrap_name(page, series, value, panel->right - panel->left, &title) || !baro_panel_values(page, panel, numbers))
        return BARO_NO_MEMORY;
    double y = panel->top - 14 - (double)(title_lines - 1) * baro_type_panel.leading;
    for (size_t i = 0; i < title.n; i++)
        baro_script_text(page->script, &baro_type_panel, BARO_LEFT, panel->left,
                         y + (double)(i + title_lines - title.n) * baro_type_panel.leading, title.line[i]);
    baro_script_text(page->script, &baro_type_panel, BARO_RIGHT, panel->right, panel->top - 14, value);
    const baro_pen behind = {BARO_BEHIND, 2, 0, false}, front = {BARO_FOCUS, 2.2, 0, true};
    for (size_t s = trend->groups; s < trend->n; s++)
        baro_series_draw_line(page, panel, &trend->series[s], &behind);
    baro_panel_marks(page, panel, trend, false);
    if (!baro_panel_target(page, panel, false))
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

baro_status baro_panels_draw(baro_page *page, const baro_trend *trend, double *height)
{
    baro_period_names names;
    baro_status status = baro_periods_wrap(page, trend, &names);
    if (status == BARO_OK)
        status = draw_key(page, trend);
    double numbers = baro_values_width(page, &trend->value);
    if (status != BARO_OK || numbers < 0)
        return BARO_NO_MEMORY;
    size_t across = page->width < 700 ? 2 : trend->groups <= FEW_PANELS ? 3 : 4;
    size_t down = (trend->groups + across - 1) / across;
    double left = page->margin + numbers + tick_gap;
    double wide = (page->width - page->margin - left - (double)(across - 1) * small_gap_x) / (double)across;
    size_t title_lines = longest_name(page, trend, wide);
    if (title_lines == 0)
        return BARO_NO_MEMORY;
    double head = 6 + (double)title_lines * baro_type_panel.leading;
    double below = 16 + (double)names.most_lines * baro_type_axis.leading;
    double room = small_height;
    if (*height > 0)
        room = fmax(60, (*height - page->top - page->foot - below + small_gap_y) / (double)down - head - small_gap_y);
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
        baro_period_draw(page, &names.lines[0], BARO_LEFT, x, panel.bottom + 16);
        if (trend->n_windows > 1)
            baro_period_draw(page, &names.lines[trend->n_windows - 1], BARO_RIGHT, x + wide, panel.bottom + 16);
    }
    *height = fmax(*height, bottom + below + page->foot);
    return BARO_OK;
}
