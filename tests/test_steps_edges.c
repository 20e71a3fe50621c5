/* Calibration near what its bounds allow, where a step has to be shortened, and arrays that end where they should. */
#include "tests/check.h"
#include "stats/calibrate.h"
#include "stats/calibrate_solve.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS = 14, MARGINS = 3, VARIABLES = 8 };

static void *copied(const void *from, size_t size)
{
    void *to = malloc(size);
    assert_non_null(to);
    return memcpy(to, from, size);
}

/* ---- targets that some weights within the bounds do meet ---- */

static double drawn(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

typedef struct {
    const char *name;
    baro_calibrate_kind kind;
    double lower, upper, smallest, largest;
    size_t most, all; /* steps that one problem takes at most, and all together */
} family;

/* With a wrong objective some are not met, or take long. The numbers of steps leave a little room. */
static const family families[] = {
    {"linear in bounds", BARO_CALIBRATE_LINEAR, .4, 2.2, 0, 0, 90, 300},
    {"logit in bounds", BARO_CALIBRATE_LOGIT, .4, 2.2, 0, 0, 12, 420},
    {"linear with limits", BARO_CALIBRATE_LINEAR, 0, 0, .3, 3.6, 60, 280},
    {"logit with limits", BARO_CALIBRATE_LOGIT, .2, 4, .3, 3.6, 14, 430},
    {"raking with limits", BARO_CALIBRATE_RAKING, 0, 0, .3, 3.6, 130, 850},
    {"margins with limits", BARO_CALIBRATE_RAKE, 0, 0, .3, 3.6, 140, 760},
};

static size_t steps_of(const family *f, uint64_t *seed)
{
    static const uint32_t categories[MARGINS] = {2, 3, 3};
    uint32_t *category[MARGINS];
    double weight[ROWS], out[ROWS], achieved[VARIABLES], target[VARIABLES] = {0};
    baro_margin margin[MARGINS];
    for (size_t m = 0; m < MARGINS; m++)
        category[m] = copied((uint32_t[ROWS]){0}, ROWS * sizeof(uint32_t));
    for (size_t i = 0; i < ROWS; i++) {
        weight[i] = .5 + 2 * drawn(seed);
        double least = fmax(f->lower, f->smallest / weight[i]),
               most = fmin(f->upper > 0 ? f->upper : 9, f->largest > 0 ? f->largest / weight[i] : 9), u = drawn(seed),
               g = least + (most - least) * (u < .4   ? .02
                                             : u > .7 ? .98
                                                      : drawn(seed));
        for (size_t m = 0, first = 0; m < MARGINS; first += categories[m++]) {
            category[m][i] = (uint32_t)(categories[m] * drawn(seed));
            target[first + category[m][i]] += weight[i] * g;
        }
    }
    for (size_t m = 0, first = 0; m < MARGINS; first += categories[m++])
        margin[m] = (baro_margin){category[m], categories[m], NULL, target + first};
    baro_margin *exact = copied(margin, sizeof margin);
    baro_calibration job = {.rows = ROWS,
                            .weight = weight,
                            .margin = exact,
                            .margins = MARGINS,
                            .kind = f->kind,
                            .lower = f->lower,
                            .upper = f->upper,
                            .smallest = f->smallest,
                            .largest = f->largest};
    baro_calibrated report;
    baro_fault fault;
    void *scratch = malloc(baro_calibrate_room(&job));
    assert_non_null(scratch);
    if (baro_calibrate(&job, scratch, out, achieved, &report, &fault) != BARO_OK)
        fail_msg("%s: not met, misfit %g after %zu steps", f->name, report.misfit, report.iterations);
    for (size_t k = 0; k < VARIABLES; k++)
        check_close(achieved[k], target[k], 1e-8);
    free(scratch);
    free(exact);
    for (size_t m = 0; m < MARGINS; m++)
        free(category[m]);
    return report.iterations;
}

static void test_hard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        uint64_t seed = 20261121 + i;
        size_t all = 0, largest = 0;
        for (size_t k = 0; k < 60; k++) {
            size_t steps = steps_of(&families[i], &seed);
            all += steps;
            largest = steps > largest ? steps : largest;
        }
        if (largest > families[i].most || all > families[i].all)
            fail_msg("%s: %zu steps at most, %zu in all", families[i].name, largest, all);
    }
}

/* ---- what is named when targets are not met ---- */

static void test_first_of_equals(void **state)
{
    static const uint32_t sex[] = {0, 1, 2};
    static const double weight[] = {1, 1, 1}, target[] = {1, 2, 2};
    baro_margin margin = {sex, 3, NULL, target};
    baro_calibration job = {
        .rows = 3, .weight = weight, .margin = &margin, .margins = 1, .kind = BARO_CALIBRATE_LINEAR, .largest = 1.5};
    double out[3], achieved[3];
    baro_calibrated report;
    baro_fault fault = {77, 77, 0};
    (void)state;
    void *scratch = malloc(baro_calibrate_room(&job));
    assert_non_null(scratch);
    assert_int_equal(baro_calibrate(&job, scratch, out, achieved, &report, &fault), BARO_NOT_CONVERGED);
    assert_int_equal(fault.index, 0);
    assert_int_equal(fault.other, 1); /* the second is as far off as the third */
    check_close(fault.value, .25, 1e-15);
    free(scratch);
}

/* ---- the slopes of raking ---- */

/* Gauss and Seidel's ten sweeps written out: with two that nearly say the same, ten are not the end. A third without
 * rows has no slope. */
static void test_ten_sweeps(void **state)
{
    double normal[] = {4, 0, 0, 5.7, 9, 0, 0, 0, 0}, cross[] = {3.1, -2.3, 0}, work[6], slope_out[4], a = 0, b = 0;
    uint32_t column_out[4], zero = 0;
    double one = 1;
    baro_residuals residuals = {
        .areas = 1, .variables = 3, .columns = 1, .normal = normal, .cross = cross, .as_rake = true};
    baro_linear form = {0, 1, &zero, &one}, out;
    (void)state;
    for (size_t times = 0; times < 10; times++) {
        a = (3.1 - 5.7 * b) / 4;
        b = (-2.3 - 5.7 * a) / 9;
    }
    assert_int_equal(baro_calibrate_form(&residuals, &form, work, 4, column_out, slope_out, &out), BARO_OK);
    assert_int_equal(out.n, 3);
    check_close(slope_out[1], -a, 1e-14);
    check_close(slope_out[2], -b, 1e-14);
}

/* ---- arrays of the exact size ---- */

static void test_normal_in_its_place(void **state)
{
    static const double normal[] = {4, 0, 0, 2, 10, 0, 2, 4, 11}, right[] = {12, 34, 43};
    (void)state;
    double *a = copied(normal, sizeof normal), *x = copied(right, sizeof right);
    assert_int_equal(baro_normal_factor(a, 3), 3);
    baro_normal_solve(a, 3, x);
    for (size_t i = 0; i < 3; i++) /* A x, from the lower triangle */
        check_close(normal[3 * i] * x[0] + (i > 0 ? normal[3 * i + 1] * x[1] : normal[3] * x[1]) +
                        (i > 1 ? normal[3 * i + 2] * x[2] : normal[6 + i] * x[2]),
                    right[i], 1e-14);
    free(a);
    free(x);
}

/* Two units of two rows, each with both categories: the entries are as many as there is room for. */
static void test_entries_in_their_place(void **state)
{
    enum { ENTRIES = 4, COLUMNS = 2, ALL = 4 };
    static const uint32_t sex[] = {0, 1, 0, 1}, row[] = {0, 1, 2, 3}, unit_end[] = {2, 4}, ends[] = {0, 0};
    static const double weight[] = {1.5, 2.25, 4, .5}, target[] = {5.5, 2.75};
    baro_margin margin = {sex, 2, NULL, target};
    baro_calibration job = {.rows = 4, .weight = weight, .margin = &margin, .margins = 1, .kind = BARO_CALIBRATE_RAKE};
    uint32_t *all_ends = copied(ends, sizeof ends), *column = calloc(ENTRIES, sizeof *column), touched[ALL];
    double *high = calloc(ENTRIES, sizeof *high), *low = calloc(ENTRIES, sizeof *low),
           *total = calloc(ALL, sizeof *total);
    unsigned char mark[ALL];
    baro_sum sum[ALL];
    baro_totals plain = {.columns = COLUMNS, .unit_end = all_ends, .column = column, .high = high, .low = low};
    uint32_t *wide_ends = copied(ends, sizeof ends);
    baro_totals wide = {.unit_end = wide_ends, .column = column, .high = high, .low = low, .total = total};
    baro_design design = {.rows = 4, .units = 2, .strata = 1, .row = row, .unit_end = unit_end};
    baro_totals_work work = {touched, mark, sum};
    (void)state;
    assert_true(column && high && low && total);
    assert_int_equal(baro_calibrate_entries(&job, &design, &plain), ENTRIES);
    baro_calibrate_extend(&job, &design, weight, &plain, &work, &wide);
    assert_int_equal(wide_ends[1], ENTRIES);
    check_close(total[2], 5.5, 0);
    check_close(total[3], 2.75, 0);
    free(all_ends);
    free(wide_ends);
    free(column);
    free(high);
    free(low);
    free(total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hard),
        cmocka_unit_test(test_first_of_equals),
        cmocka_unit_test(test_ten_sweeps),
        cmocka_unit_test(test_normal_in_its_place),
        cmocka_unit_test(test_entries_in_their_place),
    };
    return cmocka_run_group_tests_name("calibration near its bounds", tests, NULL, NULL);
}
