#include "plots/families/classes.h"
#include "io/base/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double swatch = 18, gap_swatch = 7, gap_key = 22, leading = 24, ring = 2.5;

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The number that a reader sees: classes must not part two cells that look equal. */
static double as_shown(const baro_page *page, double value)
{
    double power = pow(10, page->chart->decimals < 0 ? 0 : page->chart->decimals > 6 ? 6 : page->chart->decimals);
    return (value < 0 ? -1 : 1) * floor(fabs(value) * power + 0.5 + 1e-9) / power;
}

static const char *limits(const baro_page *page, const baro_class *c)
{
    const char *from = baro_page_value(page, c->from), *to = baro_page_value(page, c->to);
    if (!from || !to || strcmp(from, to) == 0)
        return from && to ? from : NULL;
    return baro_arena_format(page->arena, "%s to %s", from, to);
}

/* Cuts a sorted list where a third and two thirds of it lie, moved to where the value changes. */
static void cut(const double *value, size_t n, baro_classes *out)
{
    size_t begin = 0;
    for (size_t k = 1; k <= BARO_SHADES_MOST && begin < n; k++) {
        size_t end = k == BARO_SHADES_MOST ? n : n * k / BARO_SHADES_MOST;
        end = end > begin ? end : begin + 1;
        while (end < n && value[end] == value[end - 1])
            end++;
        out->item[out->n++] = (baro_class){.from = value[begin], .to = value[end - 1], .n = end - begin};
        begin = end;
    }
}

static baro_status class_levels(const baro_page *page, bool everyone, baro_classes *out)
{
    double *value = BARO_ARRAY(page->arena, double, page->n_marks);
    size_t n = 0;
    if (!value)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++)
        if (baro_mark_shown(&page->mark[i]) && (everyone || !page->mark[i].everyone))
            value[n++] = as_shown(page, page->mark[i].estimate);
    qsort(value, n, sizeof *value, ascending);
    cut(value, n, out);
    for (size_t k = 0; k < out->n; k++) {
        out->item[k].fill = baro_theme_sequential(k, out->n);
        out->item[k].text = limits(page, &out->item[k]);
        if (!out->item[k].text)
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

/* 0 clearly lower, 1 not clear, 2 clearly higher. */
static size_t class_of_change(const baro_mark *mark)
{
    return mark->clear <= 0 ? 1 : mark->estimate > 0 ? 2 : 0;
}

static baro_status class_changes(const baro_page *page, bool everyone, baro_classes *out)
{
    static const char *const words[2][3] = {{"Clearly lower than", "No clear difference from", "Clearly higher than"},
                                            {"Clearly down on", "No clear change from", "Clearly up on"}};
    static const char *const alone[2][3] = {{"Clearly lower", "No clear difference", "Clearly higher"},
                                            {"Clearly down", "No clear change", "Clearly up"}};
    static const baro_fill_use uses[] = {BARO_FILL_LOWER, BARO_FILL_UNCLEAR, BARO_FILL_HIGHER};
    const char *compared = page->chart->compared;
    out->n = 3;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        bool counts = baro_mark_shown(m) && (everyone || !m->everyone);
        if (counts && isnan(m->clear))
            out->untested = true;
        else if (counts)
            out->item[class_of_change(m)].n++;
    }
    for (size_t k = 0; k < 3; k++) {
        out->item[k].fill = baro_theme_fill(uses[k]);
        bool in_time = page->chart->in_time;
        out->item[k].text =
            compared ? baro_arena_format(page->arena, "%s %s", words[in_time][k], compared) : alone[in_time][k];
        if (!out->item[k].text)
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

baro_status baro_classes_make(const baro_page *page, bool everyone, baro_classes *out)
{
    *out = (baro_classes){0};
    return page->chart->changes ? class_changes(page, everyone, out) : class_levels(page, everyone, out);
}

const baro_fill *baro_classes_fill(const baro_classes *classes, const baro_page *page, const baro_mark *mark)
{
    if (!baro_mark_shown(mark) || (page->chart->changes && isnan(mark->clear)))
        return baro_theme_fill(BARO_FILL_NONE);
    if (page->chart->changes)
        return classes->item[class_of_change(mark)].fill;
    double value = as_shown(page, mark->estimate);
    for (size_t k = 0; k < classes->n; k++)
        if (value >= classes->item[k].from && value <= classes->item[k].to)
            return classes->item[k].fill;
    return baro_theme_fill(BARO_FILL_NONE);
}

/* The end of one entry of the key: below the others when it does not fit. */
static double next_place(const baro_page *page, double *x, double *y, double wide)
{
    if (*x > page->margin && *x + wide > page->width - page->margin) {
        *x = page->margin;
        *y += leading;
    }
    double place = *x;
    *x += wide + gap_key;
    return place;
}

static void key_entry(const baro_page *page, const baro_fill *fill, const char *text, double *x, double *y)
{
    static const baro_mark nothing = {.marker = "", .estimate = 0, .clear = NAN};
    double at = next_place(page, x, y, swatch + gap_swatch + baro_measure(&baro_type_axis, text));
    baro_cell_draw(page, &nothing, fill, at, *y - swatch / 2, at + swatch, *y + swatch / 2);
    baro_script_text(page->script, &baro_type_axis, BARO_LEFT, at + swatch + gap_swatch, *y, text);
}

double baro_classes_key(const baro_page *page, const baro_classes *classes, const char *first, double y)
{
    double x = page->margin;
    baro_lines words;
    y += leading / 2;
    if (!baro_wrap(page->arena, &baro_type_value, first, page->width - 2 * page->margin, 1, &words))
        return -1;
    if (words.n > 0)
        baro_script_text(page->script, &baro_type_value, BARO_LEFT, next_place(page, &x, &y, words.width), y,
                         words.line[0]);
    for (size_t k = 0; k < classes->n; k++)
        if (classes->item[k].n > 0)
            key_entry(page, classes->item[k].fill, classes->item[k].text, &x, &y);
    if (classes->untested)
        key_entry(page, baro_theme_fill(BARO_FILL_NONE), "Not tested", &x, &y);
    return y + leading / 2;
}

const char *baro_cell_text(const baro_page *page, const baro_mark *mark)
{
    if (!baro_mark_shown(mark))
        return *mark->marker ? mark->marker : "[x]";
    const char *value =
        page->chart->changes ? baro_page_signed(page, mark->estimate) : baro_page_value(page, mark->estimate);
    return value && *mark->marker ? baro_arena_format(page->arena, "%s %s", value, mark->marker) : value;
}

void baro_cell_draw(const baro_page *page, const baro_mark *mark, const baro_fill *fill, double left, double top,
                    double right, double bottom)
{
    bool shown = baro_mark_shown(mark), none = fill == baro_theme_fill(BARO_FILL_NONE);
    const baro_stroke outline = {BARO_BEHIND, 1.2, shown ? 0 : 4, shown ? 0 : 3};
    double l = left + 0.6, t = top + 0.6, r = right - 0.6, b = bottom - 0.6;
    const baro_point around[] = {{l, t}, {r, t}, {r, b}, {l, b}, {l, t}};
    if (none) {
        baro_script_line(page->script, &outline, around, 5);
        return;
    }
    baro_script_box(page->script, fill->colour, 1, left, top, right, bottom);
    if (baro_mark_has(mark, "[u]"))
        baro_script_box(page->script, BARO_WHITE, 1, left + ring, top + ring, right - ring, bottom - ring);
}
