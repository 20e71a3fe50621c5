/* Strata, PSUs and ids: the design as the data hold it. */
#include "surveys/binding/internal.h"
#include "io/base/text.h"
#include "stats/stages.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- strata and PSUs: dense codes of one or several columns ---- */

typedef struct {
    uint32_t *code; /* [rows], NULL: none */
    size_t n;
} dense;

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Renumbers (code, more) pairs as they are sorted: 0 .. n-1. */
static baro_status cross_with(baro_binding *binding, dense *codes, const uint32_t *more, size_t n_more)
{
    size_t rows = binding->rows, n = 0;
    uint64_t *key = BARO_ARRAY(binding->arena, uint64_t, rows + 1);
    if (!key)
        return baro_no_memory(binding);
    for (size_t i = 0; i < rows; i++)
        key[i] = (uint64_t)codes->code[i] * n_more + more[i];
    uint64_t *sorted = BARO_ARRAY(binding->arena, uint64_t, rows + 1);
    if (!sorted)
        return baro_no_memory(binding);
    memcpy(sorted, key, rows * sizeof *key);
    qsort(sorted, rows, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < rows; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
            sorted[n++] = sorted[i];
    for (size_t i = 0; i < rows; i++) {
        size_t low = 0, high = n;
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (sorted[middle] <= key[i])
                low = middle;
            else
                high = middle;
        }
        codes->code[i] = (uint32_t)low;
    }
    codes->n = n;
    return BARO_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Codes of a column's answers as they are compared everywhere, spaces at the ends and apostrophes aside: "A" and "A " are one stratum. */
static baro_status codes_of_entries(baro_binding *binding, const baro_column *column, uint32_t *code, size_t *n)
{
    const char **key = BARO_ARRAY(binding->arena, const char *, column->n_entries + 1), **sorted = BARO_ARRAY(binding->arena, const char *, column->n_entries + 1);
    if (!key || !sorted)
        return baro_no_memory(binding);
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        char *text = BARO_ARRAY(binding->arena, char, entry->length + 1);
        if (!text)
            return baro_no_memory(binding);
        if (entry->text)
            text[baro_text_canonical(entry->text, entry->length, binding->survey->ignore_case, text)] = '\0';
        key[e] = sorted[e] = text;
    }
    qsort(sorted, column->n_entries, sizeof *sorted, compare_texts);
    *n = 0;
    for (size_t e = 0; e < column->n_entries; e++)
        if (e == 0 || strcmp(sorted[e], sorted[e - 1]) != 0)
            sorted[(*n)++] = sorted[e];
    for (size_t e = 0; e < column->n_entries; e++)
        code[e] = (uint32_t)((const char **)bsearch(&key[e], sorted, *n, sizeof *sorted, compare_texts) - sorted);
    return BARO_OK;
}

static baro_status column_codes(baro_binding *binding, const char *const *name, const char *what, dense *out)
{
    const baro_column *column = baro_binding_column(binding, (baro_texts){name, 1}, BARO_TEXT);
    uint32_t *code = BARO_ARRAY(binding->arena, uint32_t, column->n_entries + 1);
    baro_status status = code ? codes_of_entries(binding, column, code, &out->n) : baro_no_memory(binding);
    if (status)
        return status;
    for (size_t e = 0; e < column->n_entries; e++)
        if (column->entries[e].count > 0 && baro_entry_is_missing(binding, &column->entries[e]))
            status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_entry_place(binding, &column->entries[e], 0),
                                    "no %s (column %s): %zu interviews; every interview belongs to one", what, column->name,
                                    column->entries[e].count);
    for (size_t row = 0; row < binding->rows; row++)
        out->code[row] = code[baro_column_code(column, row)];
    return status;
}

/* One part of the strata or PSUs: a group's categories, the period, or a column's answers. */
static baro_status part_codes(baro_binding *binding, const char *const *name, const char *what, dense *out)
{
    const baro_group *group = baro_survey_group(binding->survey, *name);
    if (group) {
        const baro_bound_group *bound;
        baro_status status = baro_bind_group(binding, group, &bound);
        baro_rows_at_fault unknown = {0};
        for (size_t row = 0; row < binding->rows && status == BARO_OK; row++) {
            out->code[row] = bound->pattern[row];
            if (bound->pattern[row] == 0)
                baro_note_row(binding, &unknown, row);
        }
        out->n = status ? 0 : bound->patterns;
        if (unknown.count == 0)
            return status;
        return baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, unknown.first),
                              "no %s (group %s unknown): %zu interviews, lines %s; every interview belongs to one", what, group->id, unknown.count,
                              unknown.lines);
    }
    if (strcmp(*name, "period") == 0 && binding->survey->has_period) {
        baro_bound_period period;
        baro_status status = baro_bind_period(binding, &period);
        for (size_t row = 0; row < binding->rows && status == BARO_OK; row++)
            out->code[row] = (uint32_t)period.unit[row];
        out->n = status ? 0 : period.n;
        return status;
    }
    return column_codes(binding, name, what, out);
}

static baro_status codes_of(baro_binding *binding, baro_texts names, const char *what, dense *out)
{
    *out = (dense){.code = NULL};
    for (size_t i = 0; i < names.n; i++) {
        dense part = {.code = BARO_ARRAY(binding->arena, uint32_t, binding->rows + 1)};
        baro_status status = part.code ? part_codes(binding, &names.item[i], what, &part) : baro_no_memory(binding);
        if (status == BARO_OK && out->code)
            status = cross_with(binding, out, part.code, part.n);
        else
            *out = part;
        if (status)
            return status;
    }
    return BARO_OK;
}

static baro_status word_fault(baro_binding *binding, baro_status status, const baro_fault *fault)
{
    static const char *const fpc[] = {"differs inside one stratum", "is a sampling fraction in one stratum and a population size in another",
                                      "is less than the number of PSUs in the sample", "is not above 0"};
    const baro_survey *survey = binding->survey;
    baro_where_it_is place = baro_row_place(binding, fault->index);
    if (status == BARO_BAD_FPC)
        return baro_fault_add(binding->error, status, place, "finite population correction %s (column %s)", fpc[fault->other % 16],
                              survey->fpc.item[fault->other / 16]);
    return baro_fault_add(binding->error, BARO_BAD_DATA, place,
                          "a PSU is in two strata (column %s); if ids begin anew in each stratum, say nested: yes (--nested)",
                          survey->psu.item[0]);
}

static baro_status fpc_numbers(baro_binding *binding, size_t stage, const double **out)
{
    const baro_survey *survey = binding->survey;
    *out = NULL;
    if (stage >= survey->fpc.n)
        return BARO_OK;
    const baro_column *column = baro_binding_column(binding, (baro_texts){survey->fpc.item + stage, 1}, BARO_NUMBER);
    baro_status status = baro_check_numbers(binding, column);
    for (size_t row = 0; row < binding->rows && status == BARO_OK; row++)
        if (isnan(column->numbers[row]))
            status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, row), "no finite population correction (column %s)",
                                    column->name);
    *out = column->numbers;
    return status;
}

/* Later stages count only with an fpc of their own; behind the last id interviews are the units. */
static baro_status chain_stages(baro_binding *binding, baro_design *chain, baro_fault *fault)
{
    const baro_survey *survey = binding->survey;
    size_t stages = survey->fpc.n - 1, rows = binding->rows;
    baro_stage *stage = BARO_ARRAY(binding->arena, baro_stage, stages);
    baro_stage_space *space = BARO_ARRAY(binding->arena, baro_stage_space, stages);
    if (!stage || !space)
        return BARO_NO_MEMORY;
    for (size_t s = 0; s < stages; s++) {
        baro_texts id = {survey->psu.item + s + 1, s + 1 < survey->psu.n ? 1 : 0};
        dense units;
        baro_status status = codes_of(binding, id, "sampling unit", &units);
        if (status == BARO_OK)
            status = fpc_numbers(binding, s + 1, &stage[s].fpc);
        if (status)
            return status;
        stage[s].unit = units.code;
        stage[s].units = units.n;
        space[s] = (baro_stage_space){.order = {.row = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                                                .unit_end = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                                                .stratum_end = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                                                .stratum = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                                                .work = BARO_ARRAY(binding->arena, uint32_t, 2 * rows + units.n + 4),
                                                .fraction = BARO_ARRAY(binding->arena, double, rows + 1)},
                                      .before = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                                      .share = BARO_ARRAY(binding->arena, double, rows + 1)};
        if (!space[s].order.row || !space[s].order.unit_end || !space[s].order.stratum_end || !space[s].order.stratum || !space[s].order.work ||
            !space[s].order.fraction || !space[s].before || !space[s].share)
            return BARO_NO_MEMORY;
    }
    return baro_stages_order(stage, stages, space, chain, fault);
}

baro_status baro_bind_design(baro_binding *binding, baro_design *out)
{
    const baro_survey *survey = binding->survey;
    size_t rows = binding->rows;
    dense strata, psu;
    const double *fpc;
    baro_texts first_psu = {survey->psu.item, survey->psu.n > 0 ? 1 : 0}; /* later stages count only with an fpc of their own */
    baro_status status = codes_of(binding, survey->strata, "stratum", &strata);
    if (status == BARO_OK)
        status = codes_of(binding, first_psu, "PSU", &psu);
    if (status == BARO_OK)
        status = fpc_numbers(binding, 0, &fpc);
    if (status)
        return status;
    binding->stratum = strata.code;
    baro_design_columns columns = {.rows = rows, .stratum = strata.code, .strata = strata.n, .psu = psu.code, .psus = psu.n, .nested = survey->nested, .fpc = fpc};
    size_t n_strata = strata.code ? strata.n : 1;
    baro_design_space space = {.row = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                               .unit_end = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
                               .stratum_end = BARO_ARRAY(binding->arena, uint32_t, n_strata + 1),
                               .stratum = BARO_ARRAY(binding->arena, uint32_t, n_strata + 1),
                               .work = BARO_ARRAY(binding->arena, uint32_t, rows + psu.n + strata.n + 4),
                               .fraction = BARO_ARRAY(binding->arena, double, n_strata + 1)};
    if (!space.row || !space.unit_end || !space.stratum_end || !space.stratum || !space.work || !space.fraction)
        return baro_no_memory(binding);
    baro_fault fault = {0};
    baro_design *chain = BARO_ARRAY(binding->arena, baro_design, survey->fpc.n + 2);
    status = chain ? baro_design_order(&columns, &space, chain, &fault) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        chain->inside = survey->lonely_inside;
    if (status == BARO_OK && survey->fpc.n > 1)
        status = chain_stages(binding, chain, &fault);
    if (status == BARO_OK)
        *out = *chain;
    return status == BARO_NO_MEMORY ? baro_no_memory(binding) : status ? word_fault(binding, status, &fault) : BARO_OK;
}

/* The stratum's own answers, from its first row: "Camden, 2023 Q1". They are names of the design, not of a person. */
const char *baro_stratum_name(baro_binding *binding, const baro_design *design, size_t h)
{
    const baro_survey *survey = binding->survey;
    size_t unit = h > 0 ? design->stratum_end[h - 1] : 0;
    size_t row = design->row[unit > 0 ? design->unit_end[unit - 1] : 0];
    const char *name = "";
    for (size_t i = 0; i < survey->strata.n && name; i++) {
        const char *const *part = &survey->strata.item[i];
        const char *join = i > 0 ? ", " : "";
        const baro_group *group = baro_survey_group(survey, *part);
        char word[64];
        if (group) {
            const baro_bound_group *bound;
            if (baro_bind_group(binding, group, &bound))
                return NULL;
            size_t pattern = bound->pattern[row], c = 0;
            while (c < bound->n && !bound->member[pattern * bound->n + c])
                c++;
            name = baro_arena_format(binding->arena, "%s%s%s", name, join, c < bound->n ? bound->label[c] : "unknown");
        } else if (strcmp(*part, "period") == 0 && binding->has_period) {
            baro_calendar calendar = baro_survey_calendar(survey);
            baro_period_label(&calendar, binding->period.first + binding->period.unit[row], word);
            name = baro_arena_format(binding->arena, "%s%s%s", name, join, word);
        } else {
            const baro_column *column = baro_binding_column(binding, (baro_texts){part, 1}, BARO_TEXT);
            const baro_entry *entry = &column->entries[baro_column_code(column, row)];
            char quoted[BARO_QUOTE_ROOM];
            baro_text_quote(entry->text, entry->length, quoted, sizeof quoted);
            name = baro_arena_format(binding->arena, "%s%s%s", name, join, quoted);
        }
    }
    return name;
}

baro_status baro_bind_ids(baro_binding *binding)
{
    const baro_survey *survey = binding->survey;
    if (!survey->respondent_id)
        return BARO_OK;
    const baro_column *column = baro_binding_column(binding, (baro_texts){&survey->respondent_id, 1}, BARO_TEXT);
    baro_status status = BARO_OK;
    for (size_t e = 1; e < column->n_entries && baro_error_faults(binding->error) < BARO_FAULTS_SHOWN; e++) {
        const baro_entry *entry = &column->entries[e];
        baro_rows_at_fault rows = {0};
        if (entry->count < 2 || baro_entry_is_missing(binding, entry))
            continue;
        for (size_t row = 0; row < binding->rows && rows.count < entry->count; row++)
            if (baro_column_code(column, row) == e)
                baro_note_row(binding, &rows, row);
        status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, rows.first),
                                "one respondent id (column %s) has %zu interviews: lines %s", column->name, entry->count, baro_lines_of(&rows));
    }
    return status;
}
