/* What every panel of windows has: grid, numbers, names of periods, marks of breaks and of what is hidden, the target.
 */
#include "plots/families/series.h"
#include <math.h>

enum { PERIOD_LINES = 3 };

static const double tick_gap = 10, period_width = 92, period_gap = 16, tick = 5;

/* Horizontal grid with its numbers at the left, and the line that the periods stand on. */
bool baro_panel_values(const baro_page *page, const baro_panel *panel, bool numbers)
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
double baro_values_width(const baro_page *page, const baro_axis *axis)
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

baro_status baro_periods_wrap(const baro_page *page, const baro_trend *trend, baro_period_names *out)
{
    *out = (baro_period_names){.lines = BARO_ARRAY(page->arena, baro_lines, trend->n_windows)};
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

void baro_period_draw(const baro_page *page, const baro_lines *lines, baro_align align, double x, double top)
{
    for (size_t i = 0; i < lines->n; i++)
        baro_script_text(page->script, &baro_type_axis, align, x, top + (double)i * baro_type_axis.leading,
                         lines->line[i]);
}

/* Every so many windows, counted from the latest, so that no two names touch. */
void baro_panel_periods(const baro_page *page, const baro_panel *panel, const baro_trend *trend,
                        const baro_period_names *names)
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
        baro_period_draw(page, &names->lines[i], BARO_CENTRE, fmax(x, page->margin / 2 + names->lines[i].width / 2),
                         panel->bottom + 18);
    }
}

/* [b]: a thin dotted line between this window and the one before. [c]: said at the ground, where no value stands. */
void baro_panel_marks(const baro_page *page, const baro_panel *panel, const baro_trend *trend, bool words)
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

bool baro_panel_target(const baro_page *page, const baro_panel *panel, bool words)
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
