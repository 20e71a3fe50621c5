/* What shares could be, had all who are missing answered one way: from measures about missing answers to bounds, and their sheets. */
#include "surveys/publishing/cells.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

/* ---- from rows to bounds ---- */

/* The rows of a measure: first .. end - 1. */
typedef struct {
    size_t first, end;
} block;

static block block_of(const baro_results *results, const char *of, baro_missing kind)
{
    block out = {results->n_rows, results->n_rows};
    for (size_t i = results->n_rows; i-- > 0;) {
        const baro_measure *measure = results->rows[i].measure;
        if (measure->missing != kind || !measure->missing_of || strcmp(measure->missing_of, of) != 0)
            continue;
        out.end = out.first == results->n_rows ? i + 1 : out.end;
        out.first = i;
    }
    return out;
}

static void bound(baro_row *row, const baro_row *least, const baro_row *most)
{
    if (isnan(row->estimate) || isnan(least->estimate) || isnan(most->estimate))
        return;
    row->bound_lower = least->estimate;
    row->bound_upper = most->estimate;
    if (isnan(row->difference) || isnan(least->difference) || isnan(most->difference))
        return;
    row->difference_bound_lower = least->estimate - most->against_estimate;
    row->difference_bound_upper = most->estimate - least->against_estimate;
}

/* The three measures are asked of the same breakdowns, windows and comparisons: their rows are in one order. */
baro_status baro_bounds(baro_results *results, baro_arena *arena)
{
    baro_row *kept = BARO_ARRAY(arena, baro_row, results->n_rows + 1);
    size_t n = 0, end;
    if (!kept)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i = end) {
        const baro_measure *measure = results->rows[i].measure;
        for (end = i + 1; end < results->n_rows && results->rows[end].measure == measure;)
            end++;
        if (measure->missing_of)
            continue;
        block least = block_of(results, measure->id, BARO_MISSING_ALL_AGAINST), most = block_of(results, measure->id, BARO_MISSING_ALL_FOR);
        bool bounded = least.end - least.first == end - i && most.end - most.first == end - i;
        for (size_t k = i; k < end; k++) {
            kept[n] = results->rows[k];
            if (bounded)
                bound(&kept[n], &results->rows[least.first + k - i], &results->rows[most.first + k - i]);
            n++;
        }
    }
    results->rows = kept;
    results->n_rows = n;
    results->n_contrasts = 0; /* of rows that have moved; letters are made */
    return BARO_OK;
}

/* ---- sheets ---- */

typedef enum { GROUP, GROUP2, PERIOD, ESTIMATE, LEAST, MOST, DIFFERENCE, LEAST_DIFFERENCE, MOST_DIFFERENCE, KINDS } kind;

typedef struct {
    const baro_results *results;
    baro_arena *arena;
    const baro_row **row; /* [n_rows] of the sheet */
    size_t n_rows;
    bool differences;
} draft;

static const baro_row *speaker(const draft *d)
{
    return d->row[d->n_rows - 1]; /* everyone comes first */
}

static bool wanted(const draft *d, kind k)
{
    const baro_row *row = speaker(d);
    switch (k) {
    case GROUP: return row->by != NULL || !(d->results->request->trend && row->has_period);
    case GROUP2: return row->by2 != NULL;
    case PERIOD: return d->results->request->trend && row->has_period;
    default: return k < DIFFERENCE || d->differences;
    }
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const baro_row *row = speaker(d);
    const char *other = row->compared ? row->compared->text : "";
    const char *title[KINDS] = {[GROUP] = row->by ? row->by->label : "Of whom",
                                [GROUP2] = row->by2 ? row->by2->label : "",
                                [PERIOD] = "Period",
                                [ESTIMATE] = "Per cent",
                                [LEAST] = "Least it could be",
                                [MOST] = "Most it could be",
                                [LEAST_DIFFERENCE] = "At least (points)",
                                [MOST_DIFFERENCE] = "At most (points)"};
    title[DIFFERENCE] = baro_arena_format(d->arena, "Difference from %s (points)", other);
    baro_display display = baro_display_of(d->results, row->statistic);
    bool number = k >= ESTIMATE;
    return (baro_sheet_column){.name = title[k],
                               .numeric = number,
                               .scale = number ? display.scale : 1,
                               .decimals = number ? display.decimals : 0,
                               .unit = number && k < DIFFERENCE ? display.unit : NULL,
                               .keep = true};
}

static baro_cell words(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : ""};
}

static baro_cell number(double x, const char *otherwise)
{
    return isfinite(x) ? (baro_cell){.kind = BARO_CELL_NUMBER, .number = x} : words(otherwise);
}

static baro_cell cell_of(const draft *d, const baro_row *row, kind k)
{
    const char *hidden = baro_row_shorthand(row), *none = baro_row_no_difference(row);
    hidden = hidden ? hidden : "[x]";
    switch (k) {
    case GROUP: return words(row->by ? row->group : baro_say_everyone(d->results->survey));
    case GROUP2: return words(row->by2 ? row->group2 : "");
    case PERIOD: return words(row->period_words);
    case ESTIMATE: return number(row->estimate, hidden);
    case LEAST: return number(row->bound_lower, hidden);
    case MOST: return number(row->bound_upper, hidden);
    case DIFFERENCE: return number(row->difference, none);
    case LEAST_DIFFERENCE: return number(row->difference_bound_lower, none);
    default: return number(row->difference_bound_upper, none);
    }
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    const char **note = BARO_ARRAY(d->arena, const char *, 3);
    const baro_row *row = speaker(d);
    const char *by = baro_say_breakdown(row, d->arena), *when = d->results->request->trend || !row->has_period ? NULL : row->period_words;
    size_t n = 0, headers = 0;
    kind list[KINDS];
    if (!column || !note)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < KINDS; k++)
        if (wanted(d, (kind)k)) {
            column[n] = column_of(d, (kind)k);
            headers += k < ESTIMATE;
            list[n++] = (kind)k;
        }
    for (size_t i = 0; i < d->n_rows; i++)
        for (size_t c = 0; c < n; c++)
            baro_cells_put(&cells, cell_of(d, d->row[i], list[c]));
    note[0] = "Bounds: what the share would be if nobody, or everybody, who said don't know or refused had given a counted answer; no interval "
              "allows for that.";
    note[1] = "Of all who were asked. [c], [u], [x] and [z] as in the table of the measure.";
    *out = (baro_sheet){.columns = column, .n_columns = n, .row_headers = headers, .notes = note, .n_notes = 2};
    out->title = baro_arena_format(d->arena, "%s%s%s%s%s: bounds for missing answers", row->measure->label, by ? " by " : "",
                                   by ? baro_say_inside(by, d->arena) : "", when ? ", " : "", when ? baro_say_inside(when, d->arena) : "");
    out->id = baro_arena_format(d->arena, "%s-bounds%s%s", row->measure->id, row->by ? "-by-" : "", row->by ? row->by->id : "");
    return out->title && out->id ? baro_cells_end(&cells, out) : BARO_NO_MEMORY;
}

/* Everyone stands at the head of each breakdown, without a comparison of its own there. */
static bool belongs(const baro_row *row, const baro_row *first, size_t table)
{
    return row->measure == first->measure && strcmp(row->level, first->level) == 0 &&
           (row->table == table ? row->compared == first->compared : row->table == SIZE_MAX && row->comparison == 0);
}

baro_status baro_sheets_bounds(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n)
{
    *out = BARO_ARRAY(arena, baro_sheet, results->n_rows + 1);
    bool *done = BARO_ARRAY(arena, bool, results->n_rows + 1);
    *n = 0;
    if (!*out || !done)
        return BARO_NO_MEMORY;
    for (size_t first = 0; first < results->n_rows; first++) {
        const baro_row *head = &results->rows[first];
        bool bounded = false;
        if (done[first] || (head->table == SIZE_MAX && results->request->n_by > 0))
            continue; /* everyone goes with the breakdowns */
        draft d = {.results = results, .arena = arena, .row = BARO_ARRAY(arena, const baro_row *, results->n_rows + 1)};
        if (!d.row)
            return BARO_NO_MEMORY;
        for (size_t i = 0; i < results->n_rows; i++)
            if (belongs(&results->rows[i], head, head->table)) {
                d.row[d.n_rows++] = &results->rows[i];
                done[i] = done[i] || results->rows[i].table == head->table;
                bounded = bounded || !isnan(results->rows[i].bound_lower);
                d.differences = d.differences || !isnan(results->rows[i].difference_bound_lower);
            }
        baro_status status = bounded ? make_sheet(&d, &(*out)[(*n)++]) : BARO_OK;
        if (status)
            return status;
    }
    return BARO_OK;
}
