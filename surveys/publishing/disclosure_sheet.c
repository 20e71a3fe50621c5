/* The report of disclosure control: how many cells of which table are hidden and why, without a value. */
#include "surveys/publishing/cells.h"
#include "surveys/publishing/disclosure_parts.h"
#include <string.h>

static const struct {
    const char *name, *description;
} columns[] = {{"output", "File that it is part of"},
               {"survey", "Id of the survey"},
               {"measure", "Id of the measure"},
               {"by", "Id of the breakdown; empty for everyone"},
               {"by2", "Id of the second breakdown"},
               {"cells", "Estimates that were asked for"},
               {"few_interviews", "Hidden: too few interviews"},
               {"few_answers", "Hidden: too few interviews behind a sensitive answer, or behind the others"},
               {"protecting", "Hidden: would let one of the hidden be worked out"},
               {"differences", "Shown without a difference that would give a hidden level away"}};
enum { COLUMNS = sizeof columns / sizeof *columns, TEXTS = 5, COUNTS = COLUMNS - TEXTS };

typedef struct {
    const baro_row *of;
    size_t output, n[COUNTS];
} table;

static bool same_table(const table *t, const baro_row *row, size_t output)
{
    return t->output == output && t->of->measure == row->measure && t->of->table == row->table;
}

static void put(baro_cells *cells, const baro_disclosure *d, const table *t)
{
    const baro_disclosed *output = &d->output[t->output];
    baro_cells_text(cells, output->name);
    baro_cells_text(cells, output->results->survey->id);
    baro_cells_text(cells, t->of->measure->id);
    baro_cells_text(cells, t->of->by ? t->of->by->id : NULL);
    baro_cells_text(cells, t->of->by2 ? t->of->by2->id : NULL);
    for (size_t i = 0; i < COUNTS; i++)
        baro_cells_number(cells, (double)t->n[i]);
}

static size_t why(const baro_row_of *row)
{
    static const size_t place[] = {[BARO_SHOWN] = 1, [BARO_HIDDEN_BASE] = 1, [BARO_HIDDEN_COUNTS] = 2, [BARO_HIDDEN_OTHER] = 3};
    return place[row->hidden];
}

baro_status baro_disclosure_sheet(const baro_disclosure *d, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, COLUMNS);
    table *all = BARO_ARRAY(arena, table, d->n_rows + 1);
    const char **note = BARO_ARRAY(arena, const char *, 1);
    size_t n = 0;
    if (!column || !all || !note)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < COLUMNS; c++)
        column[c] = (baro_sheet_column){.name = columns[c].name, .description = columns[c].description, .numeric = c >= TEXTS, .scale = 1, .keep = true};
    for (size_t i = 0; i < d->n_rows; i++) {
        const baro_row_of *row = &d->row[i];
        size_t t = n; /* the last first: rows of a table follow each other, but for levels */
        while (t > 0 && !same_table(&all[t - 1], row->row, row->output))
            t--;
        if (t == 0)
            all[n++] = (table){.of = row->row, .output = row->output};
        table *of = &all[(t ? t : n) - 1];
        of->n[0]++;
        if (row->row->marks & BARO_MARK_SUPPRESSED)
            of->n[why(row)]++;
        of->n[COUNTS - 1] += row->row->difference_hidden;
    }
    for (size_t t = 0; t < n; t++)
        put(&cells, d, &all[t]);
    note[0] = baro_arena_format(arena, "No hidden count of interviews is known more closely than within %g from what is published together.", d->below);
    *out = (baro_sheet){.id = "disclosure",
                        .title = "What is hidden, and why",
                        .notes = note,
                        .n_notes = 1,
                        .columns = column,
                        .n_columns = COLUMNS,
                        .row_headers = TEXTS};
    return note[0] ? baro_cells_end(&cells, out) : BARO_NO_MEMORY;
}
