/*
 * Small multiples where the tiles of a map stand: a panel for each area, all with the same scales, which are said once
 * in words, because between tiles there is no room for axes.
 */
#include "plots/families/classes.h"
#include "plots/families/series.h"
#include <math.h>
#include <string.h>

enum { NAME_LINES = 3, MOST_ACROSS = 40, MOST_DOWN = 60, KEY_LINES = 2 };

static const double gap_x = 14, gap_y = 10, least_high = 36, most_wide = 190, key_gap = 30, gap_value = 6, inset = 4,
                    overhang = 6; /* of a name over its panel, into the gap */

typedef struct {
    baro_page *page;
    baro_trend trend;
    size_t across, down;
    size_t head, below; /* lines over each panel; of these under the name */
    double wide, high, left, top;
    baro_on_use type; /* of names: smaller where a word would be broken */
    baro_lines *name;
} map;

static const baro_type *name_type(const map *m)
{
    return baro_theme_on(baro_theme_fill(BARO_FILL_NONE), m->type);
}

static bool has_place(const baro_series *s)
{
    const baro_mark *m = s->point[0];
    return m->x >= 0 && m->y >= 0 && m->x < MOST_ACROSS && m->y < MOST_DOWN;
}

static const char *last_value(const map *m, const baro_series *s)
{
    const baro_mark *last = baro_series_last(s), *latest = s->point[s->n - 1];
    return last && last == latest ? baro_page_value(m->page, last->estimate) : *latest->marker ? latest->marker : "[x]";
}

/* Values stand at the right of the names where no word is broken for them, else in a line of their own. */
static baro_status measure(map *m)
{
    const baro_page *page = m->page;
    m->name = BARO_ARRAY(page->arena, baro_lines, m->trend.groups);
    if (!m->name)
        return BARO_NO_MEMORY;
    double room = page->width - 2 * page->margin, word = 0, wide = 0;
    m->wide = fmin(most_wide, (room + gap_x) / (double)m->across - gap_x);
    m->left = page->margin + (room - (m->wide + gap_x) * (double)m->across + gap_x) / 2;
    for (size_t s = 0; s < m->trend.groups; s++) {
        const char *value = last_value(m, &m->trend.series[s]);
        if (!value)
            return BARO_NO_MEMORY;
        word = fmax(word, baro_measure_word(name_type(m), m->trend.series[s].label));
        wide = fmax(wide, baro_measure(&baro_type_small_value, value));
    }
    if (word > m->wide + overhang)
        m->type = BARO_ON_TILE_SMALL;
    bool beside = word + gap_value + wide <= m->wide;
    size_t lines = 1;
    for (size_t s = 0; s < m->trend.groups; s++) {
        if (!baro_wrap_evenly(page->arena, name_type(m), m->trend.series[s].label,
                              beside ? m->wide - wide - gap_value : m->wide + overhang, NAME_LINES, &m->name[s]))
            return BARO_NO_MEMORY;
        lines = m->name[s].n > lines ? m->name[s].n : lines;
    }
    m->head = lines + (beside ? 0 : 1);
    m->below = beside ? 0 : 1;
    return BARO_OK;
}

static baro_status draw_panel(const map *m, size_t s)
{
    const baro_page *page = m->page;
    const baro_series *series = &m->trend.series[s];
    const baro_type *type = name_type(m);
    const char *value = last_value(m, series);
    double head = (double)m->head * type->leading + 4;
    double left = m->left + series->point[0]->x * (m->wide + gap_x);
    double top = m->top + series->point[0]->y * (head + m->high + gap_y) + head;
    if (!value)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->name[s].n; i++)
        baro_script_text(page->script, type, BARO_LEFT, left,
                         top - head + ((double)(m->head - m->below - m->name[s].n + i) + 0.5) * type->leading,
                         m->name[s].line[i]);
    baro_script_text(page->script, &baro_type_small_value, BARO_RIGHT, left + m->wide, top - 4 - type->leading / 2,
                     value);
    if (!baro_series_last(series)) {
        static const baro_mark nothing = {.marker = "[x]", .estimate = NAN};
        baro_cell_draw(page, &nothing, baro_theme_fill(BARO_FILL_NONE), left, top, left + m->wide, top + m->high);
        return BARO_OK;
    }
    baro_panel panel = baro_panel_at(&m->trend, left, top, left + m->wide, top + m->high);
    panel.order.from = left + inset;
    panel.order.to = left + m->wide - inset;
    if (!baro_panel_values(page, &panel, false))
        return BARO_NO_MEMORY;
    const baro_pen behind = {BARO_BEHIND, 1.8, 0, false}, front = {BARO_FOCUS, 2, 0, true};
    for (size_t e = m->trend.groups; e < m->trend.n; e++)
        baro_series_draw_line(page, &panel, &m->trend.series[e], &behind);
    baro_panel_marks(page, &panel, &m->trend, false);
    if (!baro_panel_target(page, &panel, false))
        return BARO_NO_MEMORY;
    baro_series_draw_interval(page, &panel, series, &front);
    baro_series_draw_line(page, &panel, series, &front);
    return BARO_OK;
}

/* What the scales are and what is grey, in words. */
static baro_status draw_scales(map *m)
{
    baro_page *page = m->page;
    const baro_trend *trend = &m->trend;
    const baro_window *first = &trend->window[0], *last = &trend->window[trend->n_windows - 1];
    const char *low = baro_axis_text(page, &trend->value, trend->value.low);
    const char *high = baro_axis_text(page, &trend->value, trend->value.high);
    const char *text = !low || !high ? NULL
                       : first == last
                           ? baro_arena_format(page->arena, "Every panel: %s to %s", low, high)
                           : baro_arena_format(page->arena, "Every panel: %s to %s upwards; first %s, last %s", low,
                                               high, first->period, last->period);
    baro_lines lines;
    double x = page->margin, y = page->top + 2;
    if (trend->groups < trend->n) {
        const baro_stroke grey = {BARO_BEHIND, 3, 0, 0};
        const baro_point line[] = {{x, y}, {x + key_gap, y}};
        baro_script_line(page->script, &grey, line, 2);
        const char *name = trend->series[trend->groups].label;
        if (!baro_wrap(page->arena, &baro_type_axis, name, page->width / 4, 1, &lines))
            return BARO_NO_MEMORY;
        baro_page_lines(page, &lines, &baro_type_axis, BARO_LEFT, x + key_gap + 8, y);
        x += key_gap + 8 + lines.width + key_gap;
    }
    if (!text || !baro_wrap(page->arena, &baro_type_axis, text, page->width - page->margin - x, KEY_LINES, &lines))
        return BARO_NO_MEMORY;
    baro_page_lines(page, &lines, &baro_type_axis, BARO_LEFT, x,
                    y + (double)(lines.n > 1 ? lines.n - 1 : 0) * baro_type_axis.leading / 2);
    m->top = y + (double)lines.n * baro_type_axis.leading + 4;
    return BARO_OK;
}

static baro_status draw_map(map *m, double *height)
{
    baro_status status = measure(m);
    if (status == BARO_OK)
        status = draw_scales(m);
    double head = (double)m->head * name_type(m)->leading + 4, rows = (double)m->down;
    m->high = fmax(least_high, fmin(m->wide * 0.5, (*height - m->top - m->page->foot) / rows - head - gap_y));
    if (!(*height > 0))
        m->high = fmax(least_high, m->wide * 0.5);
    for (size_t s = 0; s < m->trend.groups && status == BARO_OK; s++)
        if (has_place(&m->trend.series[s]))
            status = draw_panel(m, s);
    *height = fmax(*height, m->top + rows * (head + m->high + gap_y) + m->page->foot);
    return status;
}

baro_status baro_multiples_draw(baro_page *page, double *height)
{
    map m = {.page = page, .type = BARO_ON_TILE_LABEL};
    baro_status status = baro_trend_read(page, &m.trend);
    if (status != BARO_OK)
        return status;
    for (size_t s = 0; s < m.trend.groups; s++) {
        const baro_series *series = &m.trend.series[s];
        if (!has_place(series))
            continue;
        m.across = (size_t)fmax((double)m.across, series->point[0]->x + 1);
        m.down = (size_t)fmax((double)m.down, series->point[0]->y + 1);
    }
    if (m.across > 0)
        return draw_map(&m, height);
    return baro_panels_draw(page, &m.trend, height);
}
