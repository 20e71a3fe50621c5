/* Spreads as tidy columns: those of the contract, then those that were added. */
#include "surveys/publishing/spread_parts.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <stddef.h>

typedef enum { NUMBER, TEXT, SURVEY, MEASURE, FACTOR, KIND, GROUPS, WINDOW, MARKER } source;

typedef struct {
    const char *name, *description;
    source source;
    size_t at; /* offset in baro_spread_row of a text or number */
} tidy_column;

#define TEXT_OF(name, field, description)                                                                              \
    {                                                                                                                  \
        name, description, TEXT, offsetof(baro_spread_row, field)                                                      \
    }
#define NUMBER_OF(name, description)                                                                                   \
    {                                                                                                                  \
#name, description, NUMBER, offsetof(baro_spread_row, name)                                                    \
    }
#define OTHER(name, source, description)                                                                               \
    {                                                                                                                  \
        name, description, source, 0                                                                                   \
    }

/* The order of the first 15 is the contract's; new columns come at the end only. */
static const tidy_column columns[] = {
    OTHER("survey", SURVEY, "Id of the survey"),
    OTHER("measure", MEASURE, "Id of the measure"),
    OTHER("factor", FACTOR, "Id of the group"),
    OTHER("kind", KIND, "Kind of the group: demographic, channel, area, contact, other"),
    OTHER("groups", GROUPS, "Categories with interviews, those of too few being joined"),
    NUMBER_OF(base, "Interviews that answer the measure and every factor"),
    NUMBER_OF(range, "Largest less smallest category"),
    NUMBER_OF(eta2, "Share of the variance that lies between categories, less what chance alone gives; at least 0"),
    NUMBER_OF(eta2_se, "Its standard error, from replicates"),
    NUMBER_OF(lower, "Lower end of its interval"),
    NUMBER_OF(upper, "Upper end of its interval"),
    NUMBER_OF(rank, "Rank by eta2, 1 divides most"),
    NUMBER_OF(rank_lower, "Lower end of the interval of the rank"),
    NUMBER_OF(rank_upper, "Upper end of the interval of the rank"),
    NUMBER_OF(p_first, "Probability of dividing most"),
    TEXT_OF("level", level, "Answer of a distribution"),
    TEXT_OF("period", period_label, "Last period of the window"),
    OTHER("window", WINDOW, "Units pooled"),
    NUMBER_OF(dispersion, "Weighted mean distance of the categories from everyone"),
    NUMBER_OF(df, "Degrees of freedom of the interval"),
    NUMBER_OF(p_channel, "Probability that the best channel factor divides more than the best demographic one"),
    OTHER("marker", MARKER, "c suppressed, u unreliable, caution, b break, x not available")};

static void put(baro_cells *cells, const baro_spreads *spreads, const baro_spread_row *row, const tidy_column *column)
{
    const char *field = (const char *)row + column->at;
    switch (column->source) {
    case NUMBER: baro_cells_number(cells, *(const double *)(const void *)field); return;
    case TEXT: baro_cells_text(cells, *(const char *const *)(const void *)field); return;
    case SURVEY: baro_cells_text(cells, spreads->run.survey->id); return;
    case MEASURE: baro_cells_text(cells, row->measure->id); return;
    case FACTOR: baro_cells_text(cells, row->factor->id); return;
    case KIND: baro_cells_text(cells, baro_say_kind(row->factor->kind)); return;
    case GROUPS: baro_cells_number(cells, row->groups ? (double)row->groups : NAN); return;
    case WINDOW: baro_cells_number(cells, row->window ? (double)row->window : NAN); return;
    case MARKER: baro_cells_text(cells, baro_say_marks(row->marks, cells->arena)); return;
    }
}

baro_status baro_spread_tidy(const baro_spreads *spreads, baro_arena *arena, baro_sheet *out)
{
    size_t n = sizeof columns / sizeof *columns;
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, n);
    baro_cells cells = {.arena = arena};
    if (!column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < n; c++)
        column[c] = (baro_sheet_column){.name = columns[c].name,
                                        .description = columns[c].description,
                                        .numeric = columns[c].source == NUMBER || columns[c].source == GROUPS ||
                                                   columns[c].source == WINDOW,
                                        .scale = 1,
                                        .keep = true};
    for (size_t i = 0; i < spreads->n_rows; i++)
        for (size_t c = 0; c < n; c++)
            put(&cells, spreads, &spreads->rows[i], &columns[c]);
    *out = (baro_sheet){
        .id = "spread", .title = spreads->run.survey->title, .columns = column, .n_columns = n, .row_headers = 4};
    baro_status status = baro_spread_notes(spreads, 0, spreads->n_rows, true, arena, out);
    return status ? status : baro_cells_end(&cells, out);
}
