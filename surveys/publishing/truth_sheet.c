#include "surveys/publishing/truth_sheet.h"

static const baro_sheet_column columns[] = {
    {.name = "measure", .description = "Id of the measure", .scale = 1},
    {.name = "level", .description = "Answer of a distribution", .scale = 1},
    {.name = "by", .description = "Id of the breakdown; empty for everyone", .scale = 1},
    {.name = "group", .description = "Category of the breakdown", .scale = 1},
    {.name = "by2", .description = "Id of the second breakdown", .scale = 1},
    {.name = "group2", .description = "Category of the second breakdown", .scale = 1},
    {.name = "period", .description = "Last period of the window", .scale = 1},
    {.name = "window", .description = "Units pooled", .numeric = true, .scale = 1},
    {.name = "truth", .description = "What is true of the population", .numeric = true, .scale = 1}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static baro_cell text_cell(const char *text)
{
    return (baro_cell){text[0] ? BARO_CELL_TEXT : BARO_CELL_EMPTY, text, 0};
}

baro_status baro_sheet_truth(const baro_true_level *levels, size_t n, baro_arena *arena, baro_sheet *out)
{
    baro_cell *cells = baro_arena_array(arena, n + 1, COLUMNS * sizeof *cells);
    if (!cells)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const baro_true_level *level = &levels[i];
        const char *const text[] = {level->measure->id, level->level, level->by ? level->by->id : "", level->group, level->by2 ? level->by2->id : "",
                                    level->group2, level->period};
        baro_cell *row = cells + i * COLUMNS;
        for (size_t c = 0; c < sizeof text / sizeof *text; c++)
            row[c] = text_cell(text[c]);
        row[COLUMNS - 2] = (baro_cell){BARO_CELL_NUMBER, NULL, (double)level->window};
        row[COLUMNS - 1] = (baro_cell){BARO_CELL_NUMBER, NULL, level->truth};
    }
    *out = (baro_sheet){.id = "truth", .title = "What is true", .columns = columns, .n_columns = COLUMNS, .cells = cells, .n_rows = n, .row_headers = COLUMNS - 1};
    return BARO_OK;
}
