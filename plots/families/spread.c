/*
 * What divides opinion: factors as they rank, each with its groups as dots on one axis of levels, the outermost two
 * named, and at the right what its share of the variance and its rank are. Everyone is a line through all.
 */
#include "plots/families/rows.h"
#include <math.h>
#include <string.h>

static const double row_height = 64, over_rows = 26, name_off = 18, least_span = 20, dot = 5.5;

typedef struct {
    baro_rows rows;
    const baro_mark *everyone;
} spread;

static bool is_factor(const baro_mark *m)
{
    return strcmp(m->role, "factor") == 0;
}

static baro_status read_rows(spread *s)
{
    baro_page *page = s->rows.page;
    s->rows.row = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    if (!s->rows.row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        if (is_factor(&page->mark[i]))
            s->rows.row[s->rows.n++] = &page->mark[i];
        else if (page->mark[i].everyone && baro_mark_shown(&page->mark[i]))
            s->everyone = &page->mark[i];
    }
    return s->rows.n > 0 ? BARO_OK : BARO_INTERNAL;
}

/* Groups follow their factor, up to the next. */
static size_t groups_of(const spread *s, const baro_mark *factor, const baro_mark **first)
{
    const baro_page *page = s->rows.page;
    size_t n = 0;
    *first = factor + 1;
    while (factor->place + 1 + n < page->n_marks && !is_factor(&factor[1 + n]) && !factor[1 + n].everyone)
        n++;
    return n;
}

/* Percents span at least 20 points, so that noise does not look like news. */
static void set_axis(spread *s)
{
    const baro_page *page = s->rows.page;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < page->n_marks; i++)
        if (baro_mark_shown(&page->mark[i])) {
            low = fmin(low, page->mark[i].estimate);
            high = fmax(high, page->mark[i].estimate);
        }
    if (low > high)
        low = high = page->chart->percent ? 50 : 0;
    if (page->chart->percent && high - low < least_span) {
        low = fmax(0, (low + high - least_span) / 2);
        high = fmin(100, low + least_span);
        low = fmin(low, high - least_span);
    }
    baro_axis nice = baro_axis_nice(low, high, page->chart->percent);
    nice.from = s->rows.axis.from;
    nice.to = s->rows.axis.to;
    s->rows.axis = nice;
}

/* The name of an outermost group with its level, centred on its dot but inside the plot. */
static baro_status name_group(const spread *s, const baro_mark *m, double y)
{
    const baro_page *page = s->rows.page;
    const baro_axis *axis = &s->rows.axis;
    const baro_type *type = &baro_type_small_label;
    const char *value = baro_page_value(page, m->estimate);
    const char *behind = value ? baro_arena_format(page->arena, " %s", value) : NULL;
    baro_lines name; /* cut where it has no room; its level never is */
    if (!behind ||
        !baro_wrap(page->arena, type, m->label, axis->to - axis->from - baro_measure(type, behind), 1, &name))
        return BARO_NO_MEMORY;
    const char *text = baro_arena_format(page->arena, "%s%s", name.n > 0 ? name.line[0] : "", behind);
    if (!text)
        return BARO_NO_MEMORY;
    double half = baro_measure(type, text) / 2, x = baro_axis_place(axis, m->estimate);
    x = fmax(axis->from + half, fmin(axis->to - half, x));
    baro_script_box(page->script, BARO_WHITE, 1, x - half - 2, y - 8, x + half + 2, y + 8);
    baro_script_text(page->script, type, BARO_CENTRE, x, y, text);
    return BARO_OK;
}

/* The lowest is named below the line, the highest above it: so the two never meet. */
static baro_status draw_factor(const spread *s, size_t i)
{
    const baro_axis *axis = &s->rows.axis;
    baro_script *script = s->rows.page->script;
    const baro_mark *first, *low = NULL, *high = NULL;
    size_t n = groups_of(s, s->rows.row[i], &first);
    double y = baro_rows_middle(&s->rows, i);
    for (size_t g = 0; g < n; g++) {
        if (!baro_mark_shown(&first[g]))
            continue;
        low = !low || first[g].estimate < low->estimate ? &first[g] : low;
        high = !high || first[g].estimate > high->estimate ? &first[g] : high;
    }
    bool hidden = false;
    for (size_t g = 0; g < n; g++)
        hidden = hidden || baro_mark_has(&first[g], "[c]");
    double right = high ? baro_axis_place(axis, high->estimate) : axis->from;
    if (hidden) /* beside the dots, at no place of the axis */
        baro_script_text(
            script, &baro_type_foot, right + 30 < axis->to ? BARO_LEFT : BARO_RIGHT,
            right + 30 < axis->to ? right + 12 : baro_axis_place(axis, low ? low->estimate : axis->low) - 12, y, "[c]");
    if (!low) {
        const baro_stroke nothing = {BARO_BEHIND, 1.5, 2, 4};
        const baro_point line[] = {{axis->from, y}, {axis->to, y}};
        baro_script_line(script, &nothing, line, 2);
        return BARO_OK;
    }
    baro_status status = name_group(s, low, y + name_off);
    if (status == BARO_OK && high != low)
        status = name_group(s, high, y - name_off);
    baro_script_box(script, BARO_BAND, 1, baro_axis_place(axis, low->estimate), y - 1.5,
                    baro_axis_place(axis, high->estimate), y + 1.5);
    return status;
}

static void draw_dots(const spread *s)
{
    for (int hollow = 0; hollow < 2; hollow++)
        for (size_t i = 0; i < s->rows.n; i++) {
            const baro_mark *first;
            size_t n = groups_of(s, s->rows.row[i], &first);
            double y = baro_rows_middle(&s->rows, i);
            for (size_t g = 0; g < n; g++)
                if (baro_mark_shown(&first[g]) && baro_mark_has(&first[g], "[u]") == (hollow == 1))
                    baro_script_dot(s->rows.page->script, BARO_FOCUS, hollow == 1,
                                    baro_axis_place(&s->rows.axis, first[g].estimate), y, dot);
        }
}

static baro_status draw_everyone(const spread *s)
{
    const baro_page *page = s->rows.page;
    const baro_axis *axis = &s->rows.axis;
    const char *value = s->everyone ? baro_page_value(page, s->everyone->estimate) : "";
    const char *text =
        s->everyone && value ? baro_arena_format(page->arena, "%s %s", s->everyone->label, value) : value;
    baro_lines lines;
    if (!text || !baro_wrap(page->arena, &baro_type_value, text, axis->to - axis->from, 1, &lines))
        return BARO_NO_MEMORY;
    if (!s->everyone)
        return BARO_OK;
    double x = baro_axis_place(axis, s->everyone->estimate), half = lines.width / 2;
    const baro_stroke stroke = {BARO_INK, 1.6, 0, 0};
    const baro_point line[] = {{x, s->rows.top - 4}, {x, s->rows.bottom}};
    baro_script_line(page->script, &stroke, line, 2);
    baro_page_lines(page, &lines, &baro_type_value, BARO_CENTRE, fmax(axis->from + half, fmin(axis->to - half, x)),
                    s->rows.top - 15);
    return BARO_OK;
}

baro_status baro_spread_draw(baro_page *page, double *height)
{
    spread s = {.rows = {.page = page, .least = row_height}};
    baro_status status = read_rows(&s);
    if (status == BARO_OK)
        status = baro_rows_measure(&s.rows);
    if (status != BARO_OK)
        return status;
    set_axis(&s);
    double y = page->top - 8;
    baro_rows_heading(&s.rows, y + 9);
    baro_rows_place(&s.rows, y + over_rows + (s.everyone ? 14 : 0), height);
    status = baro_page_grid(page, &s.rows.axis, s.rows.top, s.rows.bottom);
    if (status == BARO_OK)
        status = draw_everyone(&s);
    for (size_t i = 0; i < s.rows.n && status == BARO_OK; i++)
        status = draw_factor(&s, i);
    if (status != BARO_OK)
        return status;
    draw_dots(&s);
    baro_rows_draw(&s.rows);
    return BARO_OK;
}
