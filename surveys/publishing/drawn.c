#include "surveys/publishing/drawn.h"
#include <math.h>

const baro_drawn baro_drawn_blank = {
    .order = NAN, .base = NAN, .before = NAN, .estimate = NAN, .lower = NAN, .upper = NAN, .clear = NAN};

static const baro_sheet_column columns[] = {
    {.name = "label", .scale = 1, .keep = true},
    {.name = "everyone", .numeric = true, .scale = 1, .keep = true},
    {.name = "period", .scale = 1, .keep = true},
    {.name = "order", .numeric = true, .scale = 1, .keep = true},
    {.name = "base", .numeric = true, .scale = 1, .keep = true},
    {.name = "before", .numeric = true, .scale = 1, .keep = true},
    {.name = "estimate", .numeric = true, .scale = 1, .keep = true},
    {.name = "lower", .numeric = true, .scale = 1, .keep = true},
    {.name = "upper", .numeric = true, .scale = 1, .keep = true},
    {.name = "marker", .scale = 1, .keep = true},
    {.name = "words", .scale = 1, .keep = true},
    {.name = "interval", .scale = 1, .keep = true},
    {.name = "level", .scale = 1, .keep = true},
    {.name = "role", .scale = 1, .keep = true},
    {.name = "clear", .numeric = true, .scale = 1, .keep = true},
};

void baro_drawn_put(baro_cells *cells, const baro_drawn *row)
{
    baro_cells_text(cells, row->label);
    baro_cells_number(cells, row->everyone);
    baro_cells_text(cells, row->period);
    baro_cells_number(cells, row->order);
    baro_cells_number(cells, row->base);
    baro_cells_number(cells, row->before);
    baro_cells_number(cells, row->estimate);
    baro_cells_number(cells, row->lower);
    baro_cells_number(cells, row->upper);
    baro_cells_text(cells, row->marker);
    baro_cells_text(cells, row->words);
    baro_cells_text(cells, row->interval);
    baro_cells_text(cells, row->level);
    baro_cells_text(cells, row->role);
    baro_cells_number(cells, row->clear);
}

baro_status baro_drawn_end(const baro_cells *cells, const char *id, baro_sheet *out)
{
    *out = (baro_sheet){.id = id, .columns = columns, .n_columns = sizeof columns / sizeof *columns, .row_headers = 1};
    return baro_cells_end(cells, out);
}

void baro_drawn_words(const baro_chart_words *words, const char *title, const char *subtitle, const char *source,
                      baro_chart *out)
{
    out->title = words->no_titles ? NULL : words->title ? words->title : title;
    out->subtitle = words->no_titles ? NULL : words->subtitle ? words->subtitle : subtitle;
    out->source = words->no_titles ? NULL : words->source ? words->source : source;
    out->width = words->width;
    out->height = words->height;
}
