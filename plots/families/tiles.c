/*
 * A map of areas as tiles of one size, each where its grid says, with its name, its number and the colour of its class.
 * Areas that have no number keep their place, empty.
 */
#include "plots/families/classes.h"
#include <math.h>

enum { NAME_LINES = 3, MOST_ACROSS = 40, MOST_DOWN = 60 };

static const double gap = 3, inset = 3, widest = 150, least_name = 40, least_height = 26, gap_key = 14;

typedef struct {
    baro_page *page;
    const baro_mark *everyone;
    const baro_mark **tile;
    baro_lines *name;
    baro_on_use type; /* of names: smaller where a word would be broken */
    size_t n;
    size_t across, down;
    double wide, high, left, top;
    baro_classes classes;
} tiles;

static bool has_place(const baro_mark *m)
{
    return m->x >= 0 && m->y >= 0 && m->x < MOST_ACROSS && m->y < MOST_DOWN;
}

static baro_status read_tiles(tiles *t)
{
    baro_page *page = t->page;
    t->tile = BARO_ARRAY(page->arena, const baro_mark *, page->n_marks);
    t->name = BARO_ARRAY(page->arena, baro_lines, page->n_marks);
    if (!t->tile || !t->name)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        if (m->everyone && !t->everyone)
            t->everyone = m;
        if (m->everyone || !has_place(m))
            continue;
        t->tile[t->n++] = m;
        t->across = (size_t)fmax((double)t->across, m->x + 1);
        t->down = (size_t)fmax((double)t->down, m->y + 1);
    }
    return baro_classes_make(page, false, &t->classes);
}

/* All tiles are as high as the one with most lines needs. Names are left out where tiles are too narrow for words. */
static baro_status measure_tiles(tiles *t)
{
    const baro_type *type = baro_theme_on(baro_theme_fill(BARO_FILL_NONE), BARO_ON_TILE_LABEL);
    const baro_type *value = baro_theme_on(baro_theme_fill(BARO_FILL_NONE), BARO_ON_TILE_VALUE);
    double room = t->page->width - 2 * t->page->margin;
    size_t most = 0;
    t->wide = fmin(widest, (room + gap) / (double)t->across - gap);
    t->type = BARO_ON_TILE_LABEL;
    for (size_t i = 0; i < t->n; i++)
        if (baro_measure_word(type, t->tile[i]->label) > t->wide - 2 * inset)
            t->type = BARO_ON_TILE_SMALL;
    type = baro_theme_on(baro_theme_fill(BARO_FILL_NONE), t->type);
    for (size_t i = 0; i < t->n && t->wide >= least_name; i++) {
        if (!baro_wrap_evenly(t->page->arena, type, t->tile[i]->label, t->wide - 2 * inset, NAME_LINES, &t->name[i]))
            return BARO_NO_MEMORY;
        most = t->name[i].n > most ? t->name[i].n : most;
    }
    t->high = fmax(least_height, (double)most * type->leading + value->leading + 2 * inset + 4);
    t->left = t->page->margin + (room - ((t->wide + gap) * (double)t->across - gap)) / 2;
    return BARO_OK;
}

/* Over the key: what everyone says. */
static baro_status draw_key(tiles *t)
{
    const char *first = NULL;
    if (t->everyone) {
        const char *value = baro_cell_text(t->page, t->everyone);
        first = value ? baro_arena_format(t->page->arena, "%s %s", t->everyone->label, value) : NULL;
        if (!first)
            return BARO_NO_MEMORY;
    }
    double below = baro_classes_key(t->page, &t->classes, first, t->page->top - 8);
    t->top = below + gap_key;
    return below < 0 ? BARO_NO_MEMORY : BARO_OK;
}

static baro_status draw_tile(const tiles *t, size_t i)
{
    const baro_mark *m = t->tile[i];
    const baro_page *page = t->page;
    double left = t->left + m->x * (t->wide + gap), top = t->top + m->y * (t->high + gap);
    const baro_fill *fill = baro_classes_fill(&t->classes, page, m);
    const baro_fill *ground = baro_mark_has(m, "[u]") ? baro_theme_fill(BARO_FILL_NONE) : fill;
    const baro_type *name = baro_theme_on(ground, t->type), *value = baro_theme_on(ground, BARO_ON_TILE_VALUE);
    const char *text = baro_cell_text(page, m);
    if (!text)
        return BARO_NO_MEMORY;
    if (baro_measure(value, text) > t->wide - 2)
        value = baro_theme_on(ground, BARO_ON_SEGMENT);
    if (baro_measure(value, text) > t->wide - 2)
        value = name;
    double words = (double)t->name[i].n * name->leading, middle = left + t->wide / 2;
    double from = top + (t->high - words - value->leading) / 2;
    baro_cell_draw(page, m, fill, left, top, left + t->wide, top + t->high);
    baro_page_lines(page, &t->name[i], name, BARO_CENTRE, middle, from + words / 2);
    baro_script_text(page->script, value, BARO_CENTRE, middle, from + words + value->leading / 2 + 1, text);
    return BARO_OK;
}

baro_status baro_tiles_draw(baro_page *page, double *height)
{
    tiles t = {.page = page};
    baro_status status = read_tiles(&t);
    if (status == BARO_OK && t.n == 0)
        return baro_page_nothing(page, height);
    if (status == BARO_OK)
        status = measure_tiles(&t);
    if (status == BARO_OK)
        status = draw_key(&t);
    if (status != BARO_OK)
        return status;
    double rows = (double)t.down, room = *height - t.top - page->foot + gap;
    if (room > rows * (t.high + gap)) /* a height that was asked for stretches the tiles, to squares at most */
        t.high = fmax(t.high, fmin(t.wide, room / rows - gap));
    for (size_t i = 0; i < t.n && status == BARO_OK; i++)
        status = draw_tile(&t, i);
    *height = fmax(*height, t.top + rows * (t.high + gap) - gap + page->foot);
    return status;
}
