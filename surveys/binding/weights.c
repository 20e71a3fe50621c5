/* Weights: which interviews need one, which have none, which have an impossible one. */
#include "surveys/binding/weights.h"
#include "surveys/binding/internal.h"
#include <math.h>
#include <string.h>

/* Which rows need the weight: all; those of a measure with a counted answer; those of a window. */
typedef struct {
    const uint16_t *level;
    const int32_t *unit;
    long first, last;
} need;

static bool needs(const need *of, size_t row)
{
    if (of->level)
        return of->level[row] < BARO_NOT_PUT;
    return !of->unit || (of->unit[row] >= of->first && of->unit[row] <= of->last);
}

typedef struct {
    baro_rows_at_fault missing, negative, outside;
    size_t zeros;
} findings;

/* What is 0 or more stays, anything else is 0 and noted. */
static baro_status fill(baro_binding *binding, const baro_column *column, const need *of, findings *found, baro_bound_weight *out)
{
    double *value = BARO_ARRAY(binding->arena, double, binding->rows + 1);
    unsigned char *lost = NULL;
    if (!value)
        return baro_no_memory(binding);
    for (size_t row = 0; row < binding->rows; row++) {
        double w = column->numbers[row];
        bool needed = needs(of, row);
        if (w < 0)
            baro_note_row(binding, &found->negative, row);
        else if (isnan(w) && needed) {
            baro_note_row(binding, &found->missing, row);
            if (!lost && !(lost = BARO_ARRAY(binding->arena, unsigned char, binding->rows)))
                return baro_no_memory(binding);
            lost[row] = 1;
        } else if (w > 0 && !needed && of->unit)
            baro_note_row(binding, &found->outside, row);
        found->zeros += needed && w == 0;
        value[row] = w > 0 ? w : 0;
    }
    *out = (baro_bound_weight){.column = column->name, .value = value, .lost = lost, .n_lost = found->missing.count, .zeros = found->zeros};
    return BARO_OK;
}

static baro_status word_findings(baro_binding *binding, const char *column, const need *of, const findings *found)
{
    const baro_rows_at_fault *missing = &found->missing, *negative = &found->negative, *outside = &found->outside;
    baro_status status = BARO_OK;
    if (missing->count > 0 && !binding->survey->weight_missing_out)
        status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, missing->first),
                                "weight missing (column %s): %zu interviews, lines %s; give weights, or leave them out with weight_missing: out",
                                column, missing->count, baro_lines_of(missing));
    else if (missing->count > 0)
        baro_remark_add(binding->error, baro_row_place(binding, missing->first), "weight missing (column %s): %zu interviews left out", column,
                        missing->count);
    if (negative->count > 0)
        status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, negative->first),
                                "weight negative (column %s): %zu interviews, lines %s; weights are 0 or more", column, negative->count,
                                baro_lines_of(negative));
    if (outside->count > 0)
        baro_remark_add(binding->error, baro_row_place(binding, outside->first),
                        "weight outside its window (column %s): %zu interviews, this one first; they do not count in it: is window_weights: n right?",
                        column, outside->count);
    if (found->zeros > 0 && !of->unit) /* those of windows are counted together */
        baro_remark_add(binding->error, (baro_where_it_is){0}, "weight 0 (column %s): %zu interviews stay in the design and count in no base",
                        column, found->zeros);
    return status;
}

static baro_status bind_column(baro_binding *binding, const char *const *name, const need *of, baro_bound_weight *out)
{
    const baro_column *column = baro_binding_column(binding, (baro_texts){name, 1}, BARO_NUMBER);
    findings found = {0};
    *out = (baro_bound_weight){0};
    if (!column)
        return BARO_OK;
    baro_status status = baro_check_numbers(binding, column);
    if (status == BARO_OK)
        status = fill(binding, column, of, &found, out);
    return status ? status : word_findings(binding, column->name, of, &found);
}

baro_status baro_bind_weight(baro_binding *binding, baro_bound_weight *out)
{
    *out = (baro_bound_weight){0};
    return binding->survey->weight ? bind_column(binding, &binding->survey->weight, &(need){0}, out) : BARO_OK;
}

baro_status baro_bind_measure_weight(baro_binding *binding, const baro_bound_measure *measure, baro_bound_weight *out)
{
    return bind_column(binding, &measure->measure->weight, &(need){.level = measure->level}, out);
}

/* ---- one a window ---- */

const char *baro_window_weight_column(baro_binding *binding, const baro_window_weight *set, long last)
{
    long number = set->number + binding->period.first + last - set->period;
    return baro_arena_format(binding->arena, "%s%ld%s", set->before, number, set->after);
}

baro_status baro_bind_window_weight(baro_binding *binding, const baro_window_weight *set, long first, long last, baro_bound_weight *out)
{
    const char **name = BARO_NEW(binding->arena, const char *);
    *out = (baro_bound_weight){0};
    if (!name || !(*name = baro_window_weight_column(binding, set, last)))
        return baro_no_memory(binding);
    return bind_column(binding, name, &(need){.unit = binding->period.unit, .first = first, .last = last}, out);
}

/* WT_Q61 for WT_Q{n}: digits without zeros before them. */
static bool is_of_set(const void *context, const char *name)
{
    const baro_window_weight *set = context;
    size_t before = strlen(set->before), after = strlen(set->after), length = strlen(name);
    if (length <= before + after || strncmp(name, set->before, before) != 0 || strcmp(name + length - after, set->after) != 0)
        return false;
    size_t digits = length - before - after;
    return strspn(name + before, "0123456789") >= digits && (digits == 1 || name[before] != '0');
}

baro_status baro_want_window_weights(baro_binding *binding, const baro_window_weight *set, const char *const *paths, size_t n)
{
    baro_texts found;
    baro_status status = baro_header_names(binding, paths, n, is_of_set, set, "window weights", &found);
    for (size_t i = 0; i < found.n && status == BARO_OK; i++)
        status = baro_want_quietly(binding, (baro_texts){&found.item[i], 1}, BARO_NUMBER, set->at);
    return status;
}
