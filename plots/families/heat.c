/* A table in colours: what is measured by whom, every cell with its number; a cell without one is an empty outline. */
#include "plots/families/classes.h"
#include <math.h>
#include <string.h>

enum { LABEL_LINES = 3, TITLE_LINES = 6, LABEL_SHARE = 36 /* percent of the page */, COLUMNS = 100 };

static const double gap = 2, gap_label = 12, least_wide = 62, most_word = 130, widest = 170, least_high = 34,
                    gap_title = 8, gap_key = 14;

typedef struct {
    const baro_mark *first;
    const baro_mark **cell; /* by column; NULL: none */
    baro_lines label;
    double height;
} row;

typedef struct {
    baro_page *page;
    row *row;
    size_t n;
    const char *column[COLUMNS];
    baro_lines title[COLUMNS];
    size_t columns, title_lines;
    double left, wide, top;
    baro_classes classes;
} heat;

static size_t find_column(heat *h, const char *title)
{
    size_t i = 0;
    while (i < h->columns && strcmp(h->column[i], title) != 0)
        i++;
    if (i == h->columns && i < COLUMNS)
        h->column[h->columns++] = title;
    return i;
}

/* Rows of one label follow one another. */
static baro_status read_cells(heat *h)
{
    baro_page *page = h->page;
    h->row = BARO_ARRAY(page->arena, row, page->n_marks);
    if (!h->row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < page->n_marks; i++) {
        const baro_mark *m = &page->mark[i];
        size_t c = find_column(h, m->across);
        if (i == 0 || strcmp(m->label, m[-1].label) != 0) {
            h->row[h->n] = (row){.first = m, .cell = BARO_ARRAY(page->arena, const baro_mark *, COLUMNS)};
            if (!h->row[h->n++].cell)
                return BARO_NO_MEMORY;
        }
        if (c < COLUMNS)
            h->row[h->n - 1].cell[c] = m;
    }
    return baro_classes_make(page, true, &h->classes);
}

static baro_status measure_labels(heat *h)
{
    baro_page *page = h->page;
    double label = 0, least = least_wide, room = page->width * LABEL_SHARE / 100;
    for (size_t i = 0; i < h->n; i++) {
        row *r = &h->row[i];
        if (!baro_wrap_evenly(page->arena, &baro_type_label, r->first->label, room, LABEL_LINES, &r->label))
            return BARO_NO_MEMORY;
        r->height = fmax(least_high, (double)r->label.n * baro_type_label.leading + 6);
        label = fmax(label, r->label.width);
    }
    h->left = page->margin + label + gap_label;
    double columns = (double)(h->columns > 0 ? h->columns : 1);
    h->wide = fmin(widest, (page->width - page->margin - h->left + gap) / columns - gap);
    for (size_t c = 0; c < h->columns; c++)
        least = fmax(least, fmin(most_word, baro_measure_word(&baro_type_small_label, h->column[c]) + 4));
    if (h->wide < least) { /* a table that needs more room makes the page wider */
        h->wide = least;
        page->width = ceil(h->left + columns * (h->wide + gap) - gap + page->margin);
    }
    for (size_t c = 0; c < h->columns; c++) {
        if (!baro_wrap_evenly(page->arena, &baro_type_small_label, h->column[c], h->wide - 2, TITLE_LINES,
                              &h->title[c]))
            return BARO_NO_MEMORY;
        h->title_lines = h->title[c].n > h->title_lines ? h->title[c].n : h->title_lines;
    }
    return BARO_OK;
}

static baro_status draw_row(const heat *h, const row *r, double top)
{
    const baro_page *page = h->page;
    double middle = top + r->height / 2 - gap / 2;
    baro_page_lines(page, &r->label, &baro_type_label, BARO_RIGHT, h->left - gap_label, middle);
    for (size_t c = 0; c < h->columns; c++) {
        static const baro_mark missing = {.marker = "[z]", .estimate = NAN};
        const baro_mark *m = r->cell[c] ? r->cell[c] : &missing;
        double left = h->left + (double)c * (h->wide + gap);
        const baro_fill *fill = baro_classes_fill(&h->classes, page, m);
        const baro_fill *ground = baro_mark_has(m, "[u]") ? baro_theme_fill(BARO_FILL_NONE) : fill;
        const char *text = baro_cell_text(page, m);
        if (!text)
            return BARO_NO_MEMORY;
        const baro_type *type = baro_theme_on(ground, BARO_ON_SEGMENT);
        if (baro_measure(type, text) > h->wide - 2)
            type = baro_theme_on(ground, BARO_ON_TILE_LABEL);
        baro_cell_draw(page, m, fill, left, top, left + h->wide, top + r->height - gap);
        baro_script_text(page->script, type, BARO_CENTRE, left + h->wide / 2, middle, text);
    }
    return BARO_OK;
}

baro_status baro_heat_draw(baro_page *page, double *height)
{
    heat h = {.page = page};
    baro_status status = read_cells(&h);
    if (status == BARO_OK)
        status = measure_labels(&h);
    if (status != BARO_OK)
        return status;
    double below = baro_classes_key(page, &h.classes, NULL, page->top - 8);
    if (below < 0)
        return BARO_NO_MEMORY;
    double titles = (double)h.title_lines * baro_type_small_label.leading, rows = 0;
    h.top = below + gap_key + titles + gap_title;
    for (size_t c = 0; c < h.columns; c++) /* titles end at the table */
        baro_page_lines(page, &h.title[c], &baro_type_small_label, BARO_CENTRE,
                        h.left + (double)c * (h.wide + gap) + h.wide / 2,
                        h.top - gap_title - (double)h.title[c].n * baro_type_small_label.leading / 2);
    for (size_t i = 0; i < h.n; i++)
        rows += h.row[i].height;
    double room = *height - h.top - page->foot;
    for (size_t i = 0; i < h.n && room > rows; i++) /* a height that was asked for stretches the rows, to a limit */
        h.row[i].height *= fmin(room / rows, 2);
    double y = h.top;
    for (size_t i = 0; i < h.n && status == BARO_OK; y += h.row[i].height, i++)
        status = draw_row(&h, &h.row[i], y);
    *height = fmax(*height, y + page->foot);
    return status;
}
