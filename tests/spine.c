#include "tests/check.h"
#include "tests/spine.h"
#include <stdlib.h>
#include <string.h>

static void *get(spine *made, size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    assert_non_null(memory);
    assert_true(made->n_memory < sizeof made->memory / sizeof *made->memory);
    made->memory[made->n_memory++] = memory;
    return memory;
}

/* Dense codes of two columns' texts together, by first appearance. */
static uint32_t *pair_codes(spine *made, const golden *data, const char *one, const char *two, const char *three,
                            size_t *n)
{
    uint32_t *code = get(made, data->rows, sizeof *code);
    size_t *seen = get(made, data->rows, sizeof *seen);
    for (size_t row = 0; row < data->rows; row++) {
        size_t c = 0;
        while (c < *n && (strcmp(golden_text(data, seen[c], one), golden_text(data, row, one)) != 0 ||
                          strcmp(golden_text(data, seen[c], two), golden_text(data, row, two)) != 0 ||
                          strcmp(golden_text(data, seen[c], three), golden_text(data, row, three)) != 0))
            c++;
        if (c == *n)
            seen[(*n)++] = row;
        code[row] = (uint32_t)c;
    }
    return code;
}

/* Within each PSU the households are units of a stratum of their own: Wolter 2007, sec. 1.4, eq. for two stages. */
static void add_second_stage(spine *made, const golden *data)
{
    baro_design_columns columns = {.rows = data->rows, .nested = true};
    columns.stratum = pair_codes(made, data, "stratum", "psu", "psu", &columns.strata);
    columns.psu = pair_codes(made, data, "stratum", "psu", "household", &columns.psus);
    double *fpc = get(made, data->rows, sizeof *fpc);
    made->scaled = get(made, data->rows, sizeof *made->scaled);
    for (size_t row = 0; row < data->rows; row++)
        fpc[row] = golden_number(data, row, "N2");
    columns.fpc = fpc;
    const baro_design *first = &made->first.design;
    for (size_t h = 0, unit = 0, i = 0; h < first->strata; h++)
        for (; unit < first->stratum_end[h]; unit++)
            for (; i < first->unit_end[unit]; i++)
                made->scaled[first->row[i]] = made->first.weight[first->row[i]] * sqrt(first->fraction[h]);
    baro_design_space space = {.row = get(made, data->rows, sizeof(uint32_t)),
                               .unit_end = get(made, data->rows, sizeof(uint32_t)),
                               .stratum_end = get(made, columns.strata + 1, sizeof(uint32_t)),
                               .stratum = get(made, columns.strata + 1, sizeof(uint32_t)),
                               .work = get(made, data->rows + columns.psus + columns.strata + 4, sizeof(uint32_t)),
                               .fraction = get(made, columns.strata + 1, sizeof(double))};
    baro_fault fault;
    assert_int_equal(baro_design_order(&columns, &space, &made->design[1], &fault), BARO_OK);
    made->nothing = get(made, first->strata, sizeof *made->nothing);
    made->stages = 2;
}

void spine_open(spine *out, const golden *designs, const golden *data, const char *design)
{
    bool stages = strcmp(design, "stages") == 0;
    const char *everyone = "";
    memset(out, 0, sizeof *out);
    golden_case_open(&out->first, designs, data, stages ? "stage-one" : design, data->field[0], "-", &everyone, 1);
    out->design[0] = out->first.design;
    out->stages = 1;
    if (stages)
        add_second_stage(out, data);
}

static void sum_stage(spine *made, size_t stage)
{
    baro_cross cross = {.cells = made->cells,
                        .outcomes = 1,
                        .cell = made->cell,
                        .weight = stage ? made->scaled : made->first.weight,
                        .number = &made->y,
                        .shift = made->shift};
    size_t columns = made->cells * 2, room = baro_totals_room(&made->design[stage], &cross);
    baro_totals_work work = {get(made, columns, sizeof(uint32_t)), get(made, columns, 1),
                             get(made, columns, sizeof(baro_sum))};
    made->totals[stage] = (baro_totals){.unit_end = get(made, made->design[stage].units, sizeof(uint32_t)),
                                        .column = get(made, room, sizeof(uint32_t)),
                                        .high = get(made, room, sizeof(double)),
                                        .low = get(made, room, sizeof(double)),
                                        .total = get(made, columns, sizeof(double)),
                                        .moments = get(made, made->cells, sizeof(baro_moments)),
                                        .sum_wyy = get(made, made->cells, sizeof(double)),
                                        .hits = get(made, made->cells, sizeof(double))};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&made->design[stage], &cross, &work, &made->totals[stage], &fault), BARO_OK);
}

void spine_sum(spine *out, size_t cells, const uint32_t *cell, const double *y, double shift)
{
    out->cells = cells;
    out->cell = cell;
    out->y = y;
    out->shift = shift;
    for (size_t stage = 0; stage < out->stages; stage++)
        sum_stage(out, stage);
}

void spine_covariance(const spine *made, const baro_linear *form, size_t forms, double *covariance, baro_reach *reach)
{
    size_t pairs = forms * forms;
    baro_pair *pair = calloc(pairs, sizeof *pair);
    double *part = calloc(pairs, sizeof *part);
    assert_true(pair && part);
    memset(covariance, 0, pairs * sizeof *covariance);
    for (size_t i = 0; i < pairs; i++)
        pair[i] = (baro_pair){(uint32_t)(i / forms), (uint32_t)(i % forms)};
    for (size_t stage = 0; stage < made->stages; stage++) {
        baro_variance_job job = {&made->design[stage], &made->totals[stage], form, forms, BARO_ONE_PSU_FAIL};
        void *scratch = malloc(baro_variance_room(&job, pairs));
        baro_fault fault;
        assert_int_equal(baro_covariances(&job, pair, pairs, scratch, part, &fault), BARO_OK);
        for (size_t i = 0; i < pairs; i++)
            covariance[i] += part[i];
        if (reach && stage == 0) {
            baro_design open = made->design[0]; /* a census stratum counts where it has a second stage */
            if (made->stages > 1)
                open.fraction = made->nothing;
            job.design = &open;
            assert_int_equal(baro_variances(&job, scratch, part, reach, &fault), BARO_OK);
        }
        free(scratch);
    }
    free(pair);
    free(part);
}

void spine_close(spine *made)
{
    golden_case_close(&made->first);
    for (size_t i = 0; i < made->n_memory; i++)
        free(made->memory[i]);
}
