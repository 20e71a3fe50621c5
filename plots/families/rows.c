#include "plots/families/rows.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { LABEL_LINES = 3, SECTION_LINES = 2, LABEL_SHARE = 36 /* percent of the page */ };

static const double gap_label = 14, gap_words = 22, gap_interval = 7, gap_marker = 6, gap_section = 12,
                    room_for_axis = 34, key_mark = 14, key_gap = 6, key_apart = 22, key_leading = 22, below_words = 20;

/* Rows come closer, and type a little smaller, when there are many. */
static const struct {
    size_t most;
    double pitch, radius, band;
    const baro_type *label, *value;
} densities[] = {
    {6, 46, 7, 14, &baro_type_label, &baro_type_value},
    {12, 38, 6.5, 13, &baro_type_label, &baro_type_value},
    {20, 30, 6, 12, &baro_type_label, &baro_type_value},
    {SIZE_MAX, 26, 5.5, 11, &baro_type_small_label, &baro_type_small_value},
};

static bool begins_section(const baro_rows *rows, size_t i)
{
    return rows->sections && *rows->row[i]->period &&
           (i == 0 || strcmp(rows->row[i]->period, rows->row[i - 1]->period) != 0);
}

static const baro_type *name_type(const baro_rows *rows, size_t i)
{
    return rows->bold && rows->row[i]->everyone ? rows->value_type : rows->type;
}

/* A heading may run over the names and the plot, but not into what is said at the right. */
static baro_status measure_headings(baro_rows *rows)
{
    baro_page *page = rows->page;
    for (size_t i = 0; i < rows->n; i++) {
        if (!begins_section(rows, i))
            continue;
        if (!baro_wrap(page->arena, &baro_type_value, rows->row[i]->period, rows->axis.to - page->margin, SECTION_LINES,
                       &rows->section[i]))
            return BARO_NO_MEMORY;
        rows->above[i] = (i > 0 ? gap_section : 0) + (double)rows->section[i].n * baro_type_value.leading + 4;
    }
    return BARO_OK;
}

baro_status baro_rows_measure(baro_rows *rows)
{
    baro_page *page = rows->page;
    baro_arena *arena = page->arena;
    double label = 0, words = 0, interval = 0, marker = 0, below = 0;
    size_t density = 0;
    while (rows->n > densities[density].most)
        density++;
    rows->type = densities[density].label;
    rows->value_type = densities[density].value;
    rows->radius = densities[density].radius;
    rows->band = densities[density].band;
    rows->label = BARO_ARRAY(arena, baro_lines, rows->n);
    rows->section = BARO_ARRAY(arena, baro_lines, rows->n);
    rows->height = BARO_ARRAY(arena, double, rows->n);
    rows->above = BARO_ARRAY(arena, double, rows->n);
    if (!rows->label || !rows->section || !rows->height || !rows->above)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < rows->n; i++) {
        const baro_mark *m = rows->row[i];
        const char *name = baro_page_label(page, m);
        if (!name || !baro_wrap_evenly(arena, name_type(rows, i), name, page->width * LABEL_SHARE / 100, LABEL_LINES,
                                       &rows->label[i]))
            return BARO_NO_MEMORY;
        rows->height[i] = fmax(rows->least > 0 ? rows->least : densities[density].pitch,
                               (double)rows->label[i].n * rows->type->leading + 8);
        label = fmax(label, rows->label[i].width);
        words = fmax(words, baro_measure(rows->value_type, m->words));
        interval = fmax(interval, baro_measure(rows->type, m->interval));
        below = fmax(below, baro_measure(&baro_type_small_label, m->level));
        marker = fmax(marker, baro_measure(rows->type, m->marker));
    }
    interval = fmax(interval, below - words - gap_interval);
    rows->marker_left = page->width - page->margin - marker;
    rows->interval_right = rows->marker_left - (marker > 0 ? gap_marker : 0);
    rows->interval_left = rows->interval_right - interval;
    rows->words_right = rows->interval_left - (interval > 0 ? gap_interval : 0);
    rows->axis.from = page->margin + label + gap_label;
    rows->axis.to = rows->words_right - words - (words + interval + marker > 0 ? gap_words : 0);
    return measure_headings(rows);
}

void baro_rows_place(baro_rows *rows, double top, double *height)
{
    double all = 0;
    for (size_t i = 0; i < rows->n; i++)
        all += rows->above[i] + rows->height[i];
    double room = *height - top - room_for_axis - rows->page->foot; /* a height that was asked for stretches the rows */
    double headings = 0;
    for (size_t i = 0; i < rows->n; i++)
        headings += rows->above[i];
    for (size_t i = 0; i < rows->n && room > all; i++)
        rows->height[i] *= (room - headings) / (all - headings);
    rows->top = top;
    rows->bottom = top + fmax(all, room);
    *height = rows->bottom + room_for_axis + rows->page->foot;
}

double baro_rows_middle(const baro_rows *rows, size_t i)
{
    double y = rows->top;
    for (size_t k = 0; k < i; k++)
        y += rows->above[k] + rows->height[k];
    return y + rows->above[i] + rows->height[i] / 2;
}

static void draw_row(const baro_rows *rows, size_t i, double middle)
{
    baro_script *script = rows->page->script;
    const baro_mark *m = rows->row[i];
    const baro_stroke nothing = {BARO_BEHIND, 1.5, 2, 4};
    const baro_point line[] = {{rows->axis.from, middle}, {rows->axis.to, middle}};
    if (!baro_mark_shown(m) && !*m->role)
        baro_script_line(script, &nothing, line, 2);
    baro_page_lines(rows->page, &rows->label[i], name_type(rows, i), BARO_RIGHT, rows->axis.from - gap_label, middle);
    double first = *m->level ? middle - below_words / 2 : middle;
    baro_script_text(script, rows->value_type, BARO_RIGHT, rows->words_right, first, m->words);
    baro_script_text(script, rows->type, BARO_LEFT, rows->interval_left, first, m->interval);
    baro_script_text(script, &baro_type_small_label, BARO_RIGHT, rows->interval_right, first + below_words, m->level);
    baro_script_text(script, rows->type, BARO_LEFT, rows->marker_left, middle, m->marker);
    double heading = middle - rows->height[i] / 2 - (double)rows->section[i].n * baro_type_value.leading + 2;
    if (rows->section[i].n > 0) /* it may run over the plot, whose lines are not to run through it */
        baro_script_box(script, BARO_WHITE, 1, rows->page->margin, heading,
                        rows->page->margin + rows->section[i].width + 4,
                        heading + (double)rows->section[i].n * baro_type_value.leading - 2);
    for (size_t k = 0; k < rows->section[i].n; k++, heading += baro_type_value.leading)
        baro_script_text(script, &baro_type_value, BARO_LEFT, rows->page->margin, heading + baro_type_value.leading / 2,
                         rows->section[i].line[k]);
}

void baro_rows_draw(const baro_rows *rows)
{
    double y = rows->top;
    for (size_t i = 0; i < rows->n; i++) {
        y += rows->above[i];
        draw_row(rows, i, y + rows->height[i] / 2);
        y += rows->height[i];
    }
}

double baro_rows_heading_left(const baro_rows *rows)
{
    const char *heading = rows->page->chart->heading;
    return rows->page->width - rows->page->margin - (heading ? baro_measure(&baro_type_axis, heading) + key_apart : 0);
}

void baro_rows_heading(const baro_rows *rows, double y)
{
    const char *heading = rows->page->chart->heading;
    if (heading)
        baro_script_text(rows->page->script, &baro_type_axis, BARO_RIGHT, rows->page->width - rows->page->margin, y,
                         heading);
}

void baro_rows_whisker(const baro_rows *rows, const char *colour, bool on_dark, double from, double to, double y)
{
    baro_script *script = rows->page->script;
    bool approximate = rows->page->chart->approximate;
    const baro_stroke stroke = {colour, 1.6, approximate ? 4 : 0, approximate ? 3 : 0}, rim = {BARO_WHITE, 4, 0, 0};
    const baro_point line[] = {{from, y}, {to, y}};
    if (on_dark)
        baro_script_line(script, &rim, line, 2);
    for (int end = 0; end < 2; end++) {
        double x = end ? to : from;
        if (on_dark)
            baro_script_box(script, BARO_WHITE, 1, x - 2, y - 5.2, x + 2, y + 5.2);
        baro_script_box(script, colour, 1, x - 0.8, y - 4, x + 0.8, y + 4);
    }
    baro_script_line(script, &stroke, line, 2);
}

/* ---- keys ---- */

/* Entry after entry, a new line where the next has no room. */
double baro_key_draw(const baro_rows *rows, const baro_key *key, size_t n, double left, double right, double y)
{
    double x = left, height = 0;
    for (size_t i = 0; i < n; i++) {
        if (!key[i].words)
            continue;
        double wide = key_mark + key_gap + baro_measure(&baro_type_axis, key[i].words);
        if (height > 0 && x + wide > right) {
            x = left;
            height += key_leading;
        }
        height = height > 0 ? height : key_leading;
        double middle = y + height - key_leading / 2;
        key[i].draw(rows, x + key_mark / 2, middle);
        baro_script_text(rows->page->script, &baro_type_axis, BARO_LEFT, x + key_mark + key_gap, middle, key[i].words);
        x += wide + key_apart;
    }
    return height;
}
