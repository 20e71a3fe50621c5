/*
 * A scale of answers as bars stacked from a middle line: what is against it at the left, what is for it at the right.
 * Neutral answers stand across the middle, half on each side, or apart at the right with the answers beside the scale,
 * so that they lean on neither side.
 */
#include "plots/page.h"
#include "io/base/number.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_LINES = 3, LABEL_SHARE = 34 /* percent of the page */, LEVELS = 24, KEY_SHARE = 40 };
typedef enum { LEFT, MIDDLE, RIGHT, APART } side;

static const double gap_label = 14, gap_base = 16, gap_apart = 26, swatch = 14, gap_swatch = 7, gap_key = 20;
static const double key_leading = 22, key_gap = 22, between = 1.5, room_in_segment = 8, bar_share = 0.68, most_bar = 44;
static const char heading[] = "Interviews";

static const struct {
    size_t most;
    double pitch;
} densities[] = {{6, 48}, {12, 40}, {20, 33}, {SIZE_MAX, 27}};

typedef struct {
    const char *name;
    side side;
    const baro_fill *fill;
    double key_x, key_y;
} answer;

typedef struct {
    const baro_mark *first;        /* label, base and marker of the row */
    const baro_mark *part[LEVELS]; /* by answer; NULL: not there */
    double extent[4];              /* percent that lies left, in the middle, right, apart */
    bool shown;
    baro_lines label;
    const char *base;
    double height;
} row;

typedef struct {
    baro_page *page;
    answer answer[LEVELS];
    size_t answers;
    row *row;
    size_t n, density;
    double left, right, middle, apart, scale; /* pixels; pixels to a percent */
    double base_right, top, key;              /* key: height */
} likert;

static const struct {
    const char *role;
    side side;
    baro_fill_use fill;
} roles[] = {{"negative", LEFT, BARO_FILLS},
             {"neutral", MIDDLE, BARO_FILL_NEUTRAL},
             {"positive", RIGHT, BARO_FILLS},
             {"other", APART, BARO_FILL_OTHER},
             {"dont_know", APART, BARO_FILL_DONT_KNOW}};
enum { ROLES = sizeof roles / sizeof *roles };

static size_t find_answer(const likert *l, const char *name)
{
    size_t i = 0;
    while (i < l->answers && strcmp(l->answer[i].name, name) != 0)
        i++;
    return i;
}

/* Colours go outwards from the middle: the answers at the left are given strongest first. */
static void colour_answers(likert *l)
{
    size_t of[2] = {0}, at[2] = {0};
    for (size_t i = 0; i < l->answers; i++)
        of[0] += l->answer[i].side == LEFT, of[1] += l->answer[i].side == RIGHT;
    for (size_t i = 0; i < l->answers; i++) {
        answer *a = &l->answer[i];
        if (a->side == LEFT && !a->fill)
            a->fill = baro_theme_answer(false, of[0] - 1 - at[0]++, of[0]);
        else if (a->side == RIGHT && !a->fill)
            a->fill = baro_theme_answer(true, at[1]++, of[1]);
    }
}

/* The grey of its role, or the first that no answer has yet: two answers with one colour could not be told by the key.
 */
static const baro_fill *grey_for(const likert *l, baro_fill_use wanted)
{
    const baro_fill_use greys[] = {wanted, BARO_FILL_OTHER, BARO_FILL_DONT_KNOW, BARO_FILL_NEUTRAL};
    for (size_t g = 0; g < sizeof greys / sizeof *greys; g++) {
        const baro_fill *fill = baro_theme_fill(greys[g]);
        size_t i = 0;
        while (i + 1 < l->answers && l->answer[i].fill != fill)
            i++;
        if (i + 1 >= l->answers)
            return fill;
    }
    return baro_theme_fill(wanted);
}

static void read_answer(likert *l, const baro_mark *m)
{
    size_t r = 0;
    if (l->answers == LEVELS || find_answer(l, m->level) < l->answers)
        return;
    while (r + 1 < ROLES && strcmp(roles[r].role, m->role) != 0)
        r++;
    answer *a = &l->answer[l->answers++];
    *a = (answer){.name = m->level, .side = roles[r].side};
    if (a->side == MIDDLE && l->page->chart->apart)
        a->side = APART;
    a->fill = roles[r].fill < BARO_FILLS ? grey_for(l, roles[r].fill) : NULL;
}

/* A row of which one answer is hidden or missing shows none: the others would give it away. */
static void measure_extent(const likert *l, row *r)
{
    r->shown = true;
    for (size_t i = 0; i < l->answers; i++) {
        const baro_mark *m = r->part[i];
        if (m && !baro_mark_shown(m))
            r->shown = false;
        if (m && baro_mark_shown(m))
            r->extent[l->answer[i].side] += m->estimate;
    }
}

static baro_status read_rows(likert *l)
{
    baro_page *page = l->page;
    l->row = BARO_ARRAY(page->arena, row, page->n_marks);
    if (!l->row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++)
        read_answer(l, &page->mark[i]);
    colour_answers(l);
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        bool same = i > 0 && strcmp(m->label, m[-1].label) == 0 && m->everyone == m[-1].everyone;
        if (!same)
            l->row[l->n++] = (row){.first = m};
        size_t a = find_answer(l, m->level);
        if (a < l->answers)
            l->row[l->n - 1].part[a] = m;
    }
    for (size_t i = 0; i < l->n; i++)
        measure_extent(l, &l->row[i]);
    while (l->n > densities[l->density].most)
        l->density++;
    return BARO_OK;
}

static double balance(const row *r)
{
    return r->shown ? r->extent[RIGHT] - r->extent[LEFT] : -INFINITY;
}

/* Everyone first, then the most in favour first. */
static int by_balance(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->first->everyone != y->first->everyone)
        return x->first->everyone ? -1 : 1;
    if (balance(x) != balance(y))
        return balance(x) > balance(y) ? -1 : 1;
    return x->first->place < y->first->place ? -1 : x->first->place > y->first->place;
}

static const baro_type *label_type(const likert *l)
{
    return l->density + 1 < sizeof densities / sizeof *densities ? &baro_type_label : &baro_type_small_label;
}

static baro_status measure_rows(likert *l)
{
    baro_page *page = l->page;
    const baro_type *type = label_type(l);
    double widest = 0, widest_base = baro_measure(&baro_type_axis, heading);
    bool any_base = false;
    for (size_t i = 0; i < l->n; i++) {
        row *r = &l->row[i];
        char base[64] = "";
        if (!isnan(r->first->base) && r->shown)
            baro_number_round(r->first->base, 0, true, base);
        const char *quality = baro_mark_has(r->first, "[u]") ? "[u]" : "";
        r->base = !r->shown  ? r->first->marker
                  : *quality ? baro_arena_format(page->arena, "%s%s%s", base, *base ? " " : "", quality)
                             : baro_arena_string(page->arena, base);
        if (!r->base || !baro_wrap_evenly(page->arena, type, r->first->label, page->width * LABEL_SHARE / 100,
                                          LABEL_LINES, &r->label))
            return BARO_NO_MEMORY;
        any_base = any_base || *r->base;
        r->height = fmax(densities[l->density].pitch, (double)r->label.n * type->leading + 8);
        widest = fmax(widest, r->label.width);
        widest_base = fmax(widest_base, baro_measure(type, r->base));
    }
    l->base_right = page->width - page->margin;
    l->left = page->margin + widest + gap_label;
    l->right = l->base_right - (any_base ? widest_base + gap_base : 0);
    return BARO_OK;
}

/* One scale for all rows: the farthest of each side, and of what stands apart, have room. */
static void set_scale(likert *l)
{
    double left = 0, right = 0, apart = 0;
    for (size_t i = 0; i < l->n; i++) {
        const double *extent = l->row[i].extent;
        left = fmax(left, extent[LEFT] + extent[MIDDLE] / 2);
        right = fmax(right, extent[RIGHT] + extent[MIDDLE] / 2);
        apart = fmax(apart, extent[APART]);
    }
    double sum = left + right + apart;
    l->scale = sum > 0 ? (l->right - l->left - (apart > 0 ? gap_apart : 0)) / sum : 1;
    l->middle = l->left + left * l->scale;
    l->apart = l->middle + right * l->scale + gap_apart;
}

/* The key reads as the bars do, from left to right, and wraps where the page ends. */
static baro_status place_key(likert *l)
{
    double x = l->page->margin, y = l->page->top + 4, room = l->page->width - 2 * l->page->margin;
    for (size_t i = 0; i < l->answers; i++) {
        answer *a = &l->answer[i];
        baro_lines name;
        if (!baro_wrap(l->page->arena, &baro_type_axis, a->name, room * KEY_SHARE / 100, 1, &name))
            return BARO_NO_MEMORY;
        double wide = swatch + gap_swatch + name.width;
        if (x > l->page->margin && x + wide > l->page->margin + room) {
            x = l->page->margin;
            y += key_leading;
        }
        a->name = name.n > 0 ? name.line[0] : "";
        a->key_x = x;
        a->key_y = y;
        x += wide + gap_key;
    }
    if (x + baro_measure(&baro_type_axis, heading) > l->base_right)
        y += key_leading;
    l->key = y - l->page->top + key_gap;
    return BARO_OK;
}

static void outlined(const likert *l, const baro_fill *fill, double left, double top, double right, double bottom)
{
    const baro_stroke outline = {BARO_BEHIND, 1, 0, 0};
    const baro_point around[] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}};
    baro_script_box(l->page->script, fill->colour, 1, left, top, right, bottom);
    if (fill == baro_theme_fill(BARO_FILL_OTHER) || fill == baro_theme_fill(BARO_FILL_DONT_KNOW))
        baro_script_line(l->page->script, &outline, around, 5);
}

static void draw_key(const likert *l, bool bases)
{
    for (size_t i = 0; i < l->answers; i++) {
        const answer *a = &l->answer[i];
        outlined(l, a->fill, a->key_x, a->key_y - swatch / 2, a->key_x + swatch, a->key_y + swatch / 2);
        baro_script_text(l->page->script, &baro_type_axis, BARO_LEFT, a->key_x + swatch + gap_swatch, a->key_y,
                         a->name);
    }
    if (bases)
        baro_script_text(l->page->script, &baro_type_axis, BARO_RIGHT, l->base_right, l->page->top + l->key - key_gap,
                         heading);
}

/* Where each part of a row begins: the sides from the middle line, the rest from a line of its own. */
static void draw_parts(const likert *l, const row *r, double middle, bool words)
{
    double half = fmin(most_bar, r->height * bar_share) / 2;
    double at = l->middle - (r->extent[LEFT] + r->extent[MIDDLE] / 2) * l->scale, beside = l->apart;
    for (size_t i = 0; i < l->answers; i++) {
        const baro_mark *m = r->part[i];
        const answer *a = &l->answer[i];
        if (!m)
            continue;
        double *from = a->side == APART ? &beside : &at, wide = m->estimate * l->scale;
        double left = *from + between / 2, right = *from + wide - between / 2;
        *from += wide;
        const char *text = words ? baro_page_value(l->page, m->estimate) : NULL;
        if (!words && right > left)
            outlined(l, a->fill, left, middle - half, right, middle + half);
        if (words && !text)
            baro_script_no_memory(l->page->script);
        const baro_type *type = baro_theme_on(a->fill, BARO_ON_SEGMENT);
        if (text && baro_measure(type, text) + room_in_segment <= right - left)
            baro_script_text(l->page->script, type, BARO_CENTRE, (left + right) / 2, middle, text);
    }
}

static void draw_rows(const likert *l)
{
    baro_script *script = l->page->script;
    const baro_type *type = label_type(l);
    const baro_stroke nothing = {BARO_BEHIND, 1.5, 2, 4}, ground = {BARO_QUIET, 1.2, 0, 0};
    double y = l->top, rows = 0;
    for (size_t i = 0; i < l->n; i++)
        rows += l->row[i].height;
    const baro_point middle_line[] = {{l->middle, l->top - 4}, {l->middle, l->top + rows + 2}};
    baro_script_line(script, &ground, middle_line, 2);
    for (size_t i = 0; i < l->n; y += l->row[i].height, i++) {
        const row *r = &l->row[i];
        double middle = y + r->height / 2;
        const baro_point line[] = {{l->left, middle}, {l->right, middle}};
        if (r->shown)
            draw_parts(l, r, middle, false);
        else
            baro_script_line(script, &nothing, line, 2);
    }
    y = l->top;
    for (size_t i = 0; i < l->n; y += l->row[i].height, i++) {
        const row *r = &l->row[i];
        double middle = y + r->height / 2;
        if (r->shown)
            draw_parts(l, r, middle, true);
        baro_page_lines(l->page, &r->label, type, BARO_RIGHT, l->left - gap_label, middle);
        baro_script_text(script, type, BARO_RIGHT, l->base_right, middle, r->base);
    }
}

baro_status baro_likert_draw(baro_page *page, double *height)
{
    likert l = {.page = page};
    bool bases = false;
    baro_status status = read_rows(&l);
    if (status == BARO_OK && !page->chart->ordered)
        qsort(l.row, l.n, sizeof *l.row, by_balance);
    if (status == BARO_OK)
        status = measure_rows(&l);
    if (status == BARO_OK)
        status = place_key(&l);
    if (status != BARO_OK)
        return status;
    set_scale(&l);
    l.top = page->top + l.key;
    double rows = 0, room = *height - l.top - 8 - page->foot;
    for (size_t i = 0; i < l.n; i++) {
        rows += l.row[i].height;
        bases = bases || (l.row[i].shown && *l.row[i].base);
    }
    for (size_t i = 0; i < l.n && room > rows; i++) /* a height that was asked for stretches the rows */
        l.row[i].height *= room / rows;
    *height = l.top + fmax(rows, room) + 8 + page->foot;
    draw_key(&l, bases);
    draw_rows(&l);
    return BARO_OK;
}
