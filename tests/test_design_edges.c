/* Designs, stages, linear forms and variances at their limits, against the formulas written out. Most cases
 * were written for a mutant that `make mutate` had left alive. */
#include "tests/check.h"
#include "stats/stages.h"
#include "stats/variance.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS = 9 };

/* ---- the order of a design ---- */

typedef struct {
    uint32_t row[ROWS], unit_end[ROWS], stratum_end[ROWS], stratum[ROWS], work[3 * ROWS + 8];
    double fraction[ROWS];
    baro_design design;
    baro_fault fault;
} ordered;

static baro_status order(ordered *o, const baro_design_columns *columns)
{
    baro_design_space space = {o->row, o->unit_end, o->stratum_end, o->stratum, o->work, o->fraction};
    o->fault = (baro_fault){77, 77, 0};
    return baro_design_order(columns, &space, &o->design, &o->fault);
}

static const uint32_t strata[ROWS] = {1, 0, 1, 0, 2, 1, 0, 1, 2}, psus[ROWS] = {3, 0, 1, 2, 4, 3, 0, 1, 4};

/* Without strata there is one, of code 0; a stratum with one unit is found be it the first. Arrays of the exact size. */
static void test_exact_columns(void **state)
{
    uint32_t *stratum = malloc(sizeof strata), *psu = malloc(sizeof psus);
    ordered o;
    (void)state;
    assert_true(stratum && psu);
    for (uint32_t i = 0; i < ROWS; i++) {
        stratum[i] = i > 1;
        psu[i] = i / 2;
    }
    memset(o.stratum, 0x7f, sizeof o.stratum);
    assert_int_equal(order(&o, &(baro_design_columns){.rows = ROWS}), BARO_OK);
    assert_true(o.design.strata == 1 && o.design.units == ROWS && o.stratum[0] == 0);
    assert_int_equal(
        order(&o, &(baro_design_columns){.rows = ROWS, .stratum = stratum, .strata = 2, .psu = psu, .psus = 5}),
        BARO_OK);
    assert_true(o.design.strata == 2 && o.design.units == 5);
    assert_int_equal(baro_design_lonely(&o.design), 0);
    free(stratum);
    free(psu);
}

static void test_order(void **state)
{
    static const uint32_t rows[] = {1, 6, 3, 2, 7, 0, 5, 4, 8}, units[] = {2, 3, 5, 7, 9}, ends[] = {2, 4, 5};
    ordered o;
    (void)state;
    assert_int_equal(
        order(&o, &(baro_design_columns){.rows = ROWS, .stratum = strata, .strata = 3, .psu = psus, .psus = 5}),
        BARO_OK);
    assert_int_equal(o.design.units, 5);
    assert_int_equal(o.design.strata, 3);
    assert_memory_equal(o.row, rows, sizeof rows);
    assert_memory_equal(o.unit_end, units, sizeof units);
    assert_memory_equal(o.stratum_end, ends, sizeof ends);
    assert_int_equal(baro_design_lonely(&o.design), 2);
    double share[] = {.5, .5, 0}, whole[] = {0, 0, 1};
    uint32_t *exact = malloc(sizeof ends); /* not one beyond the end is looked at */
    assert_non_null(exact);
    o.design.stratum_end = memcpy(exact, ends, sizeof ends);
    o.design.share = share;
    assert_int_equal(baro_design_lonely(&o.design), 3);
    o.design.share = NULL;
    o.design.fraction = whole;
    assert_int_equal(baro_design_lonely(&o.design), 3);
    free(exact);
}

static void test_nesting(void **state)
{
    uint32_t twice[ROWS];
    ordered o;
    (void)state;
    for (size_t i = 4; i < ROWS; i++) {
        memcpy(twice, psus, sizeof twice);
        twice[i] = psus[i] == 3 ? 0 : 3; /* PSU 3 is of stratum 1, PSU 0 of stratum 0 */
        baro_design_columns columns = {.rows = ROWS, .stratum = strata, .strata = 3, .psu = twice, .psus = 5};
        if (strata[i] != 1 || psus[i] == 3) {
            assert_int_equal(order(&o, &columns), BARO_OUT_OF_DOMAIN);
            assert_true(o.fault.index >= i && o.fault.other == twice[i] && o.fault.value == 0);
        }
        columns.nested = true;
        assert_int_equal(order(&o, &columns), BARO_OK);
    }
}

/* By stratum (0 has 2 units, 1 has 2, 2 has 1) what fpc it has, and what is said of it; other 9: nothing is wrong. */
static void test_populations(void **state)
{
    static const struct {
        double fpc[3];
        unsigned long other;
        double fraction[3];
    } rows[] = {
        {{.5, 1, .25}, 9, {.5, 1, .25}}, {{4, 2, 1}, 9, {.5, 1, 1}},    {{4, INFINITY, 5}, 9, {.5, 0, .2}},
        {{.5, .5, 2}, 1, {0, 0, 0}},     {{1, 4, 4}, 1, {0, 0, 0}},     {{4, 1.9, 4}, 2, {0, 0, 0}},
        {{0, .5, .5}, 3, {0, 0, 0}},     {{.5, -.5, .5}, 3, {0, 0, 0}}, {{.5, .5, 1}, 9, {.5, .5, 1}},
    };
    ordered o;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double fpc[ROWS];
        for (size_t k = 0; k < ROWS; k++)
            fpc[k] = rows[i].fpc[strata[k]];
        baro_design_columns columns = {
            .rows = ROWS, .stratum = strata, .strata = 3, .psu = psus, .psus = 5, .fpc = fpc};
        assert_int_equal(order(&o, &columns), rows[i].other == 9 ? BARO_OK : BARO_BAD_FPC);
        for (size_t h = 0; h < 3 && rows[i].other == 9; h++)
            check_close(o.fraction[h], rows[i].fraction[h], 1e-15);
        if (rows[i].other != 9)
            assert_int_equal(o.fault.other, rows[i].other);
        fpc[7] += .125;
        assert_int_equal(order(&o, &columns), isinf(fpc[7]) ? BARO_OK : BARO_BAD_FPC);
        if (rows[i].other == 9 && !isinf(fpc[7])) {
            assert_int_equal(o.fault.index, 7);
            assert_int_equal(o.fault.other, 0);
        }
        fpc[7] = rows[i].fpc[strata[7]];
        fpc[1] += .125; /* the first row of all, in the order of the design */
        assert_int_equal(order(&o, &columns), BARO_BAD_FPC);
    }
}

/* Three stages: what the units of a stage add is multiplied by all fractions before it. */
static void test_stages(void **state)
{
    static const uint32_t first[8] = {0, 0, 0, 0, 1, 1, 1, 1}, second[8] = {0, 0, 1, 1, 0, 0, 1, 1};
    double fpc[3][8], share[2][8], fraction[3][8];
    uint32_t row[3][8], unit_end[3][8], stratum_end[3][8], stratum[3][8], work[3][40], before[2][8];
    baro_design design[3];
    baro_fault fault = {0, 0, 0};
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        fpc[0][i] = .5;
        fpc[1][i] = .4;
        fpc[2][i] = .25;
    }
    baro_design_columns columns = {.rows = 8, .psu = first, .psus = 2, .fpc = fpc[0]};
    baro_design_space space = {row[0], unit_end[0], stratum_end[0], stratum[0], work[0], fraction[0]};
    assert_int_equal(baro_design_order(&columns, &space, &design[0], &fault), BARO_OK);
    baro_stage stage[] = {{second, 2, fpc[1]}, {NULL, 0, fpc[2]}};
    baro_stage_space spaces[2];
    for (size_t s = 0; s < 2; s++)
        spaces[s] = (baro_stage_space){
            {row[s + 1], unit_end[s + 1], stratum_end[s + 1], stratum[s + 1], work[s + 1], fraction[s + 1]},
            before[s],
            share[s]};
    design[0].inside = true;
    assert_int_equal(baro_stages_order(stage, 2, spaces, design, &fault), BARO_OK);
    assert_ptr_equal(design[0].next, &design[1]);
    assert_ptr_equal(design[1].next, &design[2]);
    assert_null(design[2].next);
    assert_true(design[1].inside && design[2].inside);
    assert_int_equal(design[1].strata, 2);
    assert_int_equal(design[2].strata, 4);
    for (size_t h = 0; h < 4; h++) {
        if (h < 2)
            check_close(design[1].share[h], .5, 0);
        check_close(design[2].share[h], .2, 1e-15);
    }
    for (size_t s = 0; s < 2; s++) { /* the fault names the stage */
        fpc[s + 1][3] = .9;
        assert_int_equal(baro_stages_order(stage, 2, spaces, design, &fault), BARO_BAD_FPC);
        assert_int_equal(fault.other, 16 * (s + 1));
        fpc[s + 1][3] = fpc[s + 1][4];
    }
    stage[1].fpc = NULL;
    assert_int_equal(baro_stages_order(stage, 2, spaces, design, &fault), BARO_OK);
    assert_ptr_equal(design[0].next, &design[1]);
    assert_null(design[1].next);
}

/* ---- linear forms ---- */

static void test_linear(void **state)
{
    /* 0: a + b, 1: b + c, 2: node 0 over node 1, 3: node 2 times itself, 4: 3 - 2 * node 3, 5: 3, 6: a + b - (a + b) */
    static const uint32_t column[] = {0, 1, 1, 2};
    const baro_node node[] = {{BARO_NODE_SUM, 0, 0, 0, 0, 2},      {BARO_NODE_SUM, 0, 0, 0, 2, 2},
                              {BARO_NODE_OVER, 0, 1, 0, 0, 0},     {BARO_NODE_TIMES, 2, 2, 0, 0, 0},
                              {BARO_NODE_CONSTANT, 0, 0, 3, 0, 0}, {BARO_NODE_PLUS, 4, 3, -2, 0, 0},
                              {BARO_NODE_PLUS, 0, 0, -1, 0, 0}};
    const double total[] = {2, 3, 5}, none[] = {2, 0, 0};
    baro_expression expression = {node, 7, column};
    double *value = calloc(7, sizeof *value), *adjoint = calloc(7, sizeof *adjoint), *slope = calloc(3, sizeof *slope),
           slopes[3];
    uint32_t *nodes = calloc(7, sizeof *nodes), *place = calloc(3, sizeof *place), columns[3];
    baro_linear_work work = {adjoint, nodes, slope, place};
    baro_linear out;
    (void)state;
    baro_expression_values(&expression, total, value);
    check_close(value[5], 3 - 2 * 25. / 64, 1e-15);
    assert_int_equal(baro_linearise(&expression, 5, value, &work, 3, columns, slopes, &out), BARO_OK);
    assert_int_equal(out.n, 3);
    const double r = 5. / 8, wanted[] = {-4 * r / 8, -4 * r * (1 / 8. - 5 / 64.), 4 * r * 5 / 64};
    for (size_t i = 0; i < 3; i++)
        check_close(slopes[i], wanted[columns[i]], 1e-14);
    assert_int_equal(baro_linearise(&expression, 5, value, &work, 2, columns, slopes, &out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_linearise(&expression, 6, value, &work, 3, columns, slopes, &out), BARO_OK);
    check_close(out.value, 0, 0);
    for (size_t i = 0; i < 7; i++)
        check_close(adjoint[i], 0, 0);
    for (size_t i = 0; i < 3; i++)
        assert_true(slope[i] == 0 && place[i] == 0);
    baro_expression_values(&expression, none, value);
    assert_int_equal(baro_linearise(&expression, 5, value, &work, 3, columns, slopes, &out), BARO_OK);
    check_close(out.value, NAN, 0);
    assert_int_equal(out.n, 0);
    free(value);
    free(adjoint);
    free(slope);
    free(nodes);
    free(place);
}

/* ---- totals ---- */

/* Two cells, two outcomes, three levels in one unit: every array, cell by cell. */
static void test_totals(void **state)
{
    static const double score[] = {1, 0, 3, 2, 0, 0}, weight[] = {1, 2, 4, 8, 16, 0};
    static const uint16_t level[] = {0, 1, 2, 1, 0, 1};
    static const uint32_t cell[] = {0, 1, 1, 1, 1, 0}, row[] = {0, 1, 2, 3, 4, 5}, unit_end[] = {6};
    static const double wanted[] = {1, 0, 1, 46, 20, 30}, squares[] = {1, 0, 106, 40}, hits[] = {1, 0, 3, 2};
    double low[16], high[16], total[6], wyy[4], hit[4];
    uint32_t ends[1], column[16], touched[6];
    unsigned char mark[6];
    baro_sum sum[6];
    baro_moments moments[2];
    baro_design design = {.rows = 6, .units = 1, .strata = 1, .row = row, .unit_end = unit_end};
    baro_cross cross = {
        .cells = 2, .outcomes = 2, .cell = cell, .weight = weight, .level = level, .levels = 3, .score = score};
    baro_totals totals = {.unit_end = ends,
                          .column = column,
                          .high = high,
                          .low = low,
                          .total = total,
                          .moments = moments,
                          .sum_wyy = wyy,
                          .hits = hit};
    baro_totals_work work = {touched, mark, sum};
    baro_fault fault;
    (void)state;
    assert_int_equal(baro_totals_room(&design, &cross), 6); /* of 6 rows with 3 entries: 6 columns */
    design.units = 6;
    assert_int_equal(baro_totals_room(&design, &cross), 18); /* level 1 alone adds to both outcomes */
    design.units = 1;
    assert_int_equal(baro_totals_sum(&design, &cross, &work, &totals, &fault), BARO_OK);
    for (size_t k = 0; k < 6; k++)
        check_close(total[k], wanted[k], 0);
    for (size_t k = 0; k < 4; k++) {
        check_close(wyy[k], squares[k], 0);
        check_close(hit[k], hits[k], 0);
    }
    check_close(moments[0].n, 1, 0); /* the row of weight 0 counts nowhere */
    check_close(moments[1].n, 4, 0);
    check_close(moments[1].sum_w2, 4 + 16 + 64 + 256, 0);
    for (size_t e = 1; e < ends[0]; e++)
        assert_true(column[e] > column[e - 1]);
}

/* ---- variances ---- */

enum { UNITS = 7 };

/* Units of one entry each, so that a total's variance is that of the entries themselves. */
static double by_hand(const double *t, const uint32_t *end, const double *fraction, size_t n_strata, baro_one_psu rule)
{
    double sum = 0, grand = 0;
    size_t lonely = 0;
    for (size_t i = 0; i < UNITS; i++)
        grand += t[i] / UNITS;
    for (size_t h = 0, first = 0; h < n_strata; first = end[h++]) {
        double n = (double)(end[h] - first), mean = 0, squares = 0;
        for (size_t i = first; i < end[h]; i++)
            mean += t[i] / n;
        for (size_t i = first; i < end[h]; i++)
            squares += (t[i] - mean) * (t[i] - mean);
        if (n > 1)
            sum += (1 - fraction[h]) * n / (n - 1) * squares;
        else if (fraction[h] < 1)
            lonely++;
        if (n < 2 && rule == BARO_ONE_PSU_ADJUST)
            sum += (1 - fraction[h]) * (mean - grand) * (mean - grand);
    }
    return rule == BARO_ONE_PSU_AVERAGE ? sum * (double)n_strata / (double)(n_strata - lonely) : sum;
}

static void test_variances(void **state)
{
    double t[UNITS] = {2.7, -1.3, 4.1, 8.9, .6, 3.3, 7.7};
    static const uint32_t all_ends[][3] = {{2, 5, 7}, {2, 6, 7}, {3, 5, 7}};
    static const double fractions[][3] = {{0, .3, .2}, {.1, 1, .4}, {.1, .2, 1}};
    double low[UNITS] = {.01, 0, 0, -.01, 0, 0, 0}, total = 26, slope = 1, variance, covariance;
    uint32_t unit_end[UNITS], column[UNITS] = {0}, zero = 0;
    (void)state;
    for (uint32_t i = 0; i < UNITS; i++)
        unit_end[i] = i + 1;
    for (size_t e = 0; e < 3; e++)
        for (size_t f = 0; f < 3; f++)
            for (baro_one_psu rule = BARO_ONE_PSU_FAIL; rule <= BARO_ONE_PSU_AVERAGE; rule++) {
                double exact[UNITS];
                for (size_t i = 0; i < UNITS; i++)
                    exact[i] = t[i] + low[i];
                baro_design design = {
                    .units = UNITS, .strata = 3, .stratum_end = all_ends[e], .fraction = fractions[f]};
                baro_totals totals = {
                    .columns = 1, .unit_end = unit_end, .column = column, .high = t, .low = low, .total = &total};
                baro_linear form = {total, 1, &zero, &slope};
                baro_variance_job job = {&design, &totals, &form, 1, rule};
                baro_reach reach;
                baro_fault fault = {77, 77, 0};
                void *scratch = malloc(baro_variance_room(&job, 1));
                bool lonely = e == 1 && fractions[f][2] < 1;
                baro_status wanted = lonely && rule == BARO_ONE_PSU_FAIL ? BARO_LONELY_PSU : BARO_OK;
                assert_int_equal(baro_variances(&job, scratch, &variance, &reach, &fault), wanted);
                assert_int_equal(baro_covariances(&job, &(baro_pair){0, 0}, 1, scratch, &covariance, &fault), wanted);
                free(scratch);
                if (wanted) {
                    assert_true(fault.index == 2 && fault.other == 0);
                    continue;
                }
                double hand = by_hand(exact, all_ends[e], fractions[f], 3, rule);
                check_close(variance, hand, 1e-13);
                check_close(covariance, hand, 1e-13);
                size_t whole = fractions[f][1] == 1 ? 1 : fractions[f][2] == 1 ? 2 : 3; /* adds no degrees of freedom */
                size_t of_it = whole == 3 ? 0 : all_ends[e][whole] - all_ends[e][whole - 1];
                assert_int_equal(reach.units, UNITS - of_it);
                assert_int_equal(reach.strata, whole == 3 ? 3 : 2);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_columns),
        cmocka_unit_test(test_order),     cmocka_unit_test(test_nesting), cmocka_unit_test(test_populations),
        cmocka_unit_test(test_stages),    cmocka_unit_test(test_linear),  cmocka_unit_test(test_totals),
        cmocka_unit_test(test_variances),
    };
    return cmocka_run_group_tests_name("designs at their limits", tests, NULL, NULL);
}
