/* Calibration at its limits: what is allowed and what is not, how many steps it takes, weights that answer a formula.
 * Arrays are of the exact size, so that a step beyond them is noticed. Most cases were written for a mutant that `make
 * mutate` had left alive. */
#include "tests/check.h"
#include "stats/calibrate_parts.h"
#include "stats/calibrate_solve.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS = 9, VARIABLES = 4 };

/* One row of a margin's own target 1, a category of a single row. */
static const uint32_t sexes[ROWS] = {0, 0, 0, 0, 1, 1, 1, 1, 1}, ages[ROWS] = {0, 1, 0, 1, 0, 1, 0, 1, 1};
static const double bases[ROWS] = {1.2, .7, 3.4, 1.1, .9, 2.2, .4, 1.6, 1.3}, sex_targets[] = {7.3, 6.1},
                    age_targets[] = {5.2, 8.2};

typedef struct {
    baro_margin margin[2];
    baro_calibration job;
    uint32_t *sex, *age;
    double *weight, *out, *achieved;
    baro_calibrated report;
    baro_fault fault;
} calibration;

static void *copied(const void *from, size_t size)
{
    void *to = malloc(size);
    assert_non_null(to);
    return memcpy(to, from, size);
}

static void begin(calibration *c, baro_calibrate_kind kind)
{
    *c = (calibration){.sex = copied(sexes, sizeof sexes),
                       .age = copied(ages, sizeof ages),
                       .weight = copied(bases, sizeof bases),
                       .out = copied(bases, sizeof bases),
                       .achieved = calloc(VARIABLES, sizeof(double))};
    c->margin[0] = (baro_margin){c->sex, 2, NULL, sex_targets};
    c->margin[1] = (baro_margin){c->age, 2, NULL, age_targets};
    c->job = (baro_calibration){.rows = ROWS, .weight = c->weight, .margins = 2, .kind = kind};
}

static void end(calibration *c)
{
    free(c->sex);
    free(c->age);
    free(c->weight);
    free(c->out);
    free(c->achieved);
}

static baro_status run(calibration *c)
{
    c->job.margin = c->margin;
    void *scratch = malloc(baro_calibrate_room(&c->job));
    assert_non_null(scratch);
    memset(scratch, 0x7f, baro_calibrate_room(&c->job));
    baro_status status = baro_calibrate(&c->job, scratch, c->out, c->achieved, &c->report, &c->fault);
    free(scratch);
    return status;
}

/* Methods that meet these targets take so many steps at most; a wrong slope or a wrong sum takes more. */
static void test_steps(void **state)
{
    static const struct {
        baro_calibrate_kind kind;
        double lower, upper, smallest, largest;
        size_t most;
    } rows[] = {
        {BARO_CALIBRATE_RAKE, 0, 0, 0, 0, 19},      {BARO_CALIBRATE_LINEAR, 0, 0, 0, 0, 1},
        {BARO_CALIBRATE_RAKING, 0, 0, 0, 0, 4},     {BARO_CALIBRATE_LOGIT, .2, 4, 0, 0, 4},
        {BARO_CALIBRATE_LINEAR, .2, 4, 0, 0, 1},    {BARO_CALIBRATE_RAKE, 0, 0, .5, 2.9, 5},
        {BARO_CALIBRATE_LINEAR, 0, 0, .5, 2.9, 2},  {BARO_CALIBRATE_LOGIT, 0, 4, .5, 2.9, 4},
        {BARO_CALIBRATE_LOGIT, .2, 2.5, 0, 3.1, 8},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        calibration c;
        begin(&c, rows[i].kind);
        c.job.lower = rows[i].lower;
        c.job.upper = rows[i].upper;
        c.job.smallest = rows[i].smallest;
        c.job.largest = rows[i].largest;
        assert_int_equal(run(&c), BARO_OK);
        if (c.report.iterations > rows[i].most)
            fail_msg("row %zu: %zu steps", i, c.report.iterations);
        assert_true(c.report.misfit <= 1e-12);
        for (size_t k = 0; k < VARIABLES; k++)
            check_close(c.achieved[k], k < 2 ? sex_targets[k] : age_targets[k - 2], 1e-11);
        end(&c);
    }
}

/* Three areas with their own targets; the rows of each are scattered over the file. */
static void test_three_areas(void **state)
{
    static const uint32_t in[ROWS] = {2, 0, 1, 2, 0, 1, 2, 1, 0}, all[ROWS] = {0};
    static const double targets[] = {11.5, 3.25, 7.75}, sums[] = {.7 + .9 + 1.3, 3.4 + 2.2 + 1.6, 1.2 + 1.1 + .4};
    (void)state;
    for (baro_calibrate_kind kind = 0; kind < BARO_CALIBRATE_KINDS; kind++) {
        calibration c;
        begin(&c, kind);
        c.margin[0] = (baro_margin){all, 1, NULL, targets};
        c.job.margins = 1;
        c.job.area = in;
        c.job.areas = 3;
        c.job.upper = kind == BARO_CALIBRATE_LOGIT ? 9 : 0;
        assert_int_equal(run(&c), BARO_OK);
        for (size_t i = 0; i < ROWS; i++)
            check_close(c.out[i], bases[i] * targets[in[i]] / sums[in[i]], 1e-11);
        end(&c);
    }
}

/* A number in place of a category: Newton's steps take its square, and get there in a few. */
static void test_steps_with_number(void **state)
{
    static const double years[ROWS] = {2.5, 7, .25, 4, 9, 3.5, 6, 1.5, 8};
    static const double target[] = {61.5};
    static const baro_calibrate_kind kinds[] = {BARO_CALIBRATE_RAKING, BARO_CALIBRATE_LOGIT};
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        double sum = 0;
        calibration c;
        begin(&c, kinds[k]);
        c.margin[1] = (baro_margin){NULL, 1, years, target};
        c.job.lower = k ? .2 : 0;
        c.job.upper = k ? 3 : 0;
        assert_int_equal(run(&c), BARO_OK);
        for (size_t i = 0; i < ROWS; i++)
            sum += c.out[i] * years[i];
        check_close(sum, 61.5, 1e-11);
        if (c.report.iterations > 5)
            fail_msg("method %d: %zu steps", (int)kinds[k], c.report.iterations);
        end(&c);
    }
}

/* Every weight is below the least allowed at first, where no step moves it; the steps are made as if it could move. */
static void test_all_below(void **state)
{
    static const double of_sexes[] = {21.3, 24.9}, of_ages[] = {20.2, 26};
    static const baro_calibrate_kind kinds[] = {BARO_CALIBRATE_LINEAR, BARO_CALIBRATE_RAKING};
    static const size_t most[] = {5, 9};
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        calibration c;
        begin(&c, kinds[k]);
        c.margin[0].target = of_sexes;
        c.margin[1].target = of_ages;
        c.job.smallest = 4;
        assert_int_equal(run(&c), BARO_OK);
        check_close(c.achieved[0], 21.3, 1e-11);
        check_close(c.achieved[3], 26, 1e-11);
        if (c.report.iterations > most[k])
            fail_msg("method %d: %zu steps", (int)kinds[k], c.report.iterations);
        end(&c);
    }
}

/* As many steps as are allowed, not one more: what they have not met is not met. */
static void test_most(void **state)
{
    (void)state;
    for (size_t most = 1; most < 4; most++) {
        calibration c;
        begin(&c, BARO_CALIBRATE_LOGIT);
        c.job.most = most;
        c.job.lower = .2;
        c.job.upper = 2.5;
        c.job.largest = 3.1;
        assert_int_equal(run(&c), BARO_NOT_CONVERGED);
        assert_int_equal(c.report.iterations, most);
        end(&c);
    }
}

/* One margin: every method gives a category the factor target / base. With a limit, what is cut off goes to the rest.
 */
static void test_one_margin(void **state)
{
    static const double sums[] = {6.4, 6.4};
    (void)state;
    for (baro_calibrate_kind kind = 0; kind < BARO_CALIBRATE_KINDS; kind++)
        for (int limited = 0; limited < 2; limited++) {
            calibration c;
            begin(&c, kind);
            c.job.margins = 1;
            c.job.largest = limited ? 3.5 : 0;
            if (kind == BARO_CALIBRATE_LOGIT)
                c.job.upper = 3; /* the lower bound may be 0 */
            assert_int_equal(run(&c), BARO_OK);
            for (size_t i = 0; i < ROWS; i++) {
                double g = sex_targets[sexes[i]] / sums[sexes[i]];
                if (limited && sexes[i] == 0)
                    g = i == 2 ? 3.5 / 3.4 : (7.3 - 3.5) / 3;
                check_close(c.out[i], g * bases[i], 1e-11);
            }
            assert_int_equal(c.report.trimmed, limited);
            assert_true(c.report.iterations <= 12);
            end(&c);
        }
}

/* One change to a calibration that works, and what is said of it. */
typedef struct {
    const char *name;
    baro_calibrate_kind kind;
    double lower, upper, smallest, largest;
    baro_status status;
} bounds_row;

static const bounds_row bounds_rows[] = {
    {"no bounds for raking", BARO_CALIBRATE_RAKING, .2, 4, 0, 0, BARO_OUT_OF_DOMAIN},
    {"no bounds for margins", BARO_CALIBRATE_RAKE, .2, 4, 0, 0, BARO_OUT_OF_DOMAIN},
    {"lower below 1", BARO_CALIBRATE_LINEAR, 1, 4, 0, 0, BARO_OUT_OF_DOMAIN},
    {"upper above 1", BARO_CALIBRATE_LINEAR, .2, 1, 0, 0, BARO_OUT_OF_DOMAIN},
    {"logit upper above 1", BARO_CALIBRATE_LOGIT, .2, 1, 0, 0, BARO_OUT_OF_DOMAIN},
    {"logit needs bounds", BARO_CALIBRATE_LOGIT, 0, 0, 0, 0, BARO_OUT_OF_DOMAIN},
    {"logit not below 0", BARO_CALIBRATE_LOGIT, -.1, 4, 0, 0, BARO_OUT_OF_DOMAIN},
    {"logit has an end", BARO_CALIBRATE_LOGIT, .2, INFINITY, 0, 0, BARO_OUT_OF_DOMAIN},
    {"logit from 0", BARO_CALIBRATE_LOGIT, 0, 4, 0, 0, BARO_OK},
    {"linear has none", BARO_CALIBRATE_LINEAR, -1, INFINITY, 0, 0, BARO_OK},
    {"no negative limit", BARO_CALIBRATE_LINEAR, 0, 0, -1, 0, BARO_OUT_OF_DOMAIN},
    {"limits in order", BARO_CALIBRATE_LINEAR, 0, 0, 2, 2, BARO_OUT_OF_DOMAIN},
    {"a limit below a bound", BARO_CALIBRATE_LINEAR, .5, 4, 0, .2, BARO_OUT_OF_DOMAIN},
    {"a limit above a bound, for one light row", BARO_CALIBRATE_LINEAR, .5, 1.2, .5, 0, BARO_OUT_OF_DOMAIN},
    {"no such method", BARO_CALIBRATE_KINDS, 0, 0, 0, 0, BARO_OUT_OF_DOMAIN},
};

/* The objective that Newton's steps make small rises by F: from a to b by Simpson's rule; F itself by its slope. */
static void test_distance(void **state)
{
    static const struct {
        baro_calibrate_kind kind;
        double lower, upper, smallest, largest;
    } rows[] = {
        {BARO_CALIBRATE_LINEAR, 0, 0, 0, 0},   {BARO_CALIBRATE_LINEAR, .25, 2.25, 0, 0},
        {BARO_CALIBRATE_RAKING, 0, 0, 0, 0},   {BARO_CALIBRATE_RAKING, 0, 0, .9, 2.7},
        {BARO_CALIBRATE_LOGIT, .3, 2.6, 0, 0}, {BARO_CALIBRATE_LOGIT, 0, 4.5, .8, 3.1},
        {BARO_CALIBRATE_RAKE, 0, 0, .7, 2.9},           {BARO_CALIBRATE_LOGIT, .3, 2.6, .9, 3.1},
    };
    const double d = 1.7, step = 1. / 256;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        baro_calibration job = {.kind = rows[i].kind, .lower = rows[i].lower, .upper = rows[i].upper};
        job.smallest = rows[i].smallest;
        job.largest = rows[i].largest;
        baro_calibrate_distance one = baro_calibrate_distance_of(&job, d, 0);
        check_close(one.value, 1, 1e-15);
        check_close(one.slope, 1, 1e-15);
        if (rows[i].kind == BARO_CALIBRATE_LINEAR && rows[i].upper == 2.25) { /* the bounds are values, too */
            check_close(baro_calibrate_distance_of(&job, d, -.75).slope, 1, 0);
            check_close(baro_calibrate_distance_of(&job, d, 1.25).slope, 1, 0);
        }
        for (double u = -3; u < 3; u += step) {
            baro_calibrate_distance a = baro_calibrate_distance_of(&job, d, u),
                                    m = baro_calibrate_distance_of(&job, d, u + step / 2),
                                    b = baro_calibrate_distance_of(&job, d, u + step);
            bool kink = (a.slope == 0) != (b.slope == 0);
            double area = step / 6 * (a.value + 4 * m.value + b.value);
            if (fabs(b.integral - a.integral - area) > (kink ? step * step : 1e-10))
                fail_msg("row %zu at %g: the integral rises by %g, not %g", i, u, b.integral - a.integral, area);
            double rise = step / 6 * (a.slope + 4 * m.slope + b.slope);
            if (!kink && fabs(b.value - a.value - rise) > 1e-9)
                fail_msg("row %zu at %g: F rises by %g, not %g", i, u, b.value - a.value, rise);
            assert_true(b.value >= a.value && (kink || a.slope > 0 || b.value == a.value));
        }
    }
}

/* Sizes whose product no machine has are no room at all. */
static void test_no_room(void **state)
{
    (void)state;
    for (int margins = 1; margins <= 2; margins++) {
        baro_margin margin[2] = {{sexes, UINT32_MAX, NULL, sex_targets}, {ages, UINT32_MAX, NULL, age_targets}};
        baro_calibration job = {.rows = ROWS, .weight = bases, .margins = (size_t)margins, .margin = margin};
        assert_int_equal(baro_calibrate_room(&job), 0);
        job.rows = SIZE_MAX / 8;
        margin[0].categories = margin[1].categories = 2;
        assert_int_equal(baro_calibrate_room(&job), 0);
    }
}

static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bounds_rows / sizeof *bounds_rows; i++) {
        const bounds_row *row = &bounds_rows[i];
        calibration c;
        begin(&c, row->kind);
        c.job.lower = row->lower;
        c.job.upper = row->upper;
        c.job.smallest = row->smallest;
        c.job.largest = row->largest;
        if (run(&c) != row->status)
            fail_msg("%s", row->name);
        if (row->largest == .2) /* a row's own limits: its number is in the second place */
            assert_true(c.fault.index == 3 && c.fault.other == 0);
        if (row->smallest == .5 && row->upper == 1.2)
            assert_true(c.fault.index == 3 && c.fault.other == 6);
        end(&c);
    }
}

static void check_refused(calibration *c, baro_status status, unsigned long index, unsigned long other)
{
    assert_int_equal(run(c), status);
    assert_int_equal(c->fault.index, index);
    assert_int_equal(c->fault.other, other);
    end(c);
}

static void test_faults(void **state)
{
    static const double ones[] = {7.3, 6.1, 1}, endless[] = {INFINITY, 6.1}, nothing[] = {7.3, 6.1, 0};
    uint32_t area[ROWS] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_RAKE);
    c.margin[0] = (baro_margin){c.sex, 3, NULL, ones};
    check_refused(&c, BARO_EMPTY_DOMAIN, 0, 2);
    begin(&c, BARO_CALIBRATE_RAKE);
    c.margin[0].target = endless;
    check_refused(&c, BARO_OUT_OF_DOMAIN, 0, 0);
    for (size_t row = 0; row < ROWS; row += 4) {
        begin(&c, BARO_CALIBRATE_RAKE);
        c.weight[row] = INFINITY;
        check_refused(&c, BARO_BAD_WEIGHT, row, 0);
        begin(&c, BARO_CALIBRATE_RAKE);
        c.age[row] = 2; /* the first category that is none */
        check_refused(&c, BARO_BAD_DATA, row, 1);
    }
    begin(&c, BARO_CALIBRATE_RAKE);
    c.job.area = area; /* one area is known, row 8 is in another */
    check_refused(&c, BARO_BAD_DATA, 8, 2);
    begin(&c, BARO_CALIBRATE_RAKE);
    c.margin[0].categories = 0;
    check_refused(&c, BARO_OUT_OF_DOMAIN, 2, 0);
    begin(&c, BARO_CALIBRATE_RAKE);
    c.margin[0] = (baro_margin){NULL, 1, bases, sex_targets};
    check_refused(&c, BARO_OUT_OF_DOMAIN, 2, 0);
    begin(&c, BARO_CALIBRATE_LINEAR);
    c.margin[0] = (baro_margin){NULL, 2, bases, sex_targets};
    check_refused(&c, BARO_OUT_OF_DOMAIN, 2, 0);
    begin(&c, BARO_CALIBRATE_RAKE);
    c.job.margins = 0;
    check_refused(&c, BARO_OUT_OF_DOMAIN, 0, 0);
    begin(&c, BARO_CALIBRATE_RAKE); /* a category without rows and with target 0 is no fault */
    c.margin[0] = (baro_margin){c.sex, 3, NULL, nothing};
    free(c.achieved);
    c.achieved = calloc(5, sizeof(double));
    assert_int_equal(run(&c), BARO_OK);
    end(&c);
}

static void test_one_row(void **state)
{
    uint32_t none = 0;
    double d = 2, target = 6, out, achieved;
    baro_margin margin = {&none, 1, NULL, &target};
    baro_calibration job = {
        .rows = 1, .weight = &d, .margin = &margin, .margins = 1, .kind = BARO_CALIBRATE_POSTSTRATIFY};
    baro_calibrated report;
    baro_fault fault;
    (void)state;
    void *scratch = malloc(baro_calibrate_room(&job));
    assert_int_equal(baro_calibrate(&job, scratch, &out, &achieved, &report, &fault), BARO_OK);
    check_close(out, 6, 0);
    check_close(report.after.cv, 0, 0);
    check_close(report.after.kish, 1, 1e-15);
    check_close(report.smallest_g, 3, 0);
    assert_int_equal(report.after.n, 1);
    free(scratch);
}

/* The coefficient of variation has n - 1, Kish's effect n. */
static void test_shape(void **state)
{
    double mean = 0, squares = 0;
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_RAKE);
    assert_int_equal(run(&c), BARO_OK);
    for (size_t i = 0; i < ROWS; i++)
        mean += bases[i] / ROWS;
    for (size_t i = 0; i < ROWS; i++)
        squares += (bases[i] - mean) * (bases[i] - mean);
    check_close(c.report.before.cv, sqrt(squares / (ROWS - 1)) / mean, 1e-13);
    check_close(c.report.before.kish, 1 + squares / ROWS / (mean * mean), 1e-13);
    check_close(c.report.before.smallest, .4, 0);
    check_close(c.report.before.largest, 3.4, 0);
    end(&c);
}

/* Two areas, one margin: an answer that area and category tell leaves no residual, its slopes are minus the answer. */
static void test_form_in_areas(void **state)
{
    static const double answer[2][2] = {{2.5, -1.25}, {7, .5}}, targets[] = {3, 4, 5, 6}, slopes[] = {1, 0};
    static const uint32_t columns[] = {0, 1}, cell[ROWS] = {0};
    uint32_t area[ROWS], column_out[6];
    double y[ROWS], normal[8], cross_out[8], scratch[4], slope_out[6];
    const double *number[] = {y};
    baro_linear form = {0, 2, columns, slopes}, out;
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_RAKE);
    for (uint32_t i = 0; i < ROWS; i++) {
        area[i] = i % 2;
        y[i] = answer[i % 2][sexes[i]];
    }
    c.margin[0].target = targets;
    c.job.margin = c.margin;
    c.job.margins = 1;
    c.job.area = area;
    c.job.areas = 2;
    memset(normal, 0x3f, sizeof normal);
    memset(cross_out, 0x3f, sizeof cross_out);
    baro_residuals residuals = {.normal = normal, .cross = cross_out};
    baro_cross cross = {.cells = 1, .outcomes = 1, .cell = cell, .weight = c.weight, .number = number};
    assert_int_equal(baro_calibrate_residuals(&c.job, &cross, &residuals), BARO_OK);
    assert_int_equal(baro_calibrate_form(&residuals, &form, scratch, 6, column_out, slope_out, &out), BARO_OK);
    assert_int_equal(out.n, 6);
    for (size_t a = 0; a < 2; a++)
        check_close(normal[4 * a + 2], 0, 0); /* categories of one margin share no rows */
    for (uint32_t k = 0; k < 6; k++) {
        assert_int_equal(column_out[k], k);
        check_close(slope_out[k], k < 2 ? slopes[k] : -answer[(k - 2) / 2][k % 2], 1e-14);
    }
    assert_int_equal(baro_calibrate_form(&residuals, &form, scratch, 5, column_out, slope_out, &out),
                     BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_calibrate_form(&residuals, &form, scratch, 1, column_out, slope_out, &out),
                     BARO_OUT_OF_DOMAIN);
    residuals.as_rake = true;
    assert_int_equal(baro_calibrate_residuals(&c.job, &cross, &residuals), BARO_OK);
    assert_int_equal(baro_calibrate_form(&residuals, &form, scratch, 6, column_out, slope_out, &out), BARO_OK);
    assert_int_equal(out.n, 6);
    for (uint32_t k = 2; k < 6; k++)
        check_close(slope_out[k], -answer[(k - 2) / 2][k % 2], 1e-14);
    c.weight[8] = 0; /* counts nowhere, whatever it answers */
    y[8] = 1e4;
    for (int as_rake = 0; as_rake < 2; as_rake++) {
        residuals.as_rake = as_rake;
        assert_int_equal(baro_calibrate_residuals(&c.job, &cross, &residuals), BARO_OK);
        assert_int_equal(baro_calibrate_form(&residuals, &form, scratch, 6, column_out, slope_out, &out), BARO_OK);
        for (uint32_t k = 2; k < 6; k++)
            check_close(slope_out[k], -answer[(k - 2) / 2][k % 2], 1e-14);
    }
    end(&c);
}

/* A variable that others explain is left out, the fitted values stay. */
static void test_normal(void **state)
{
    double a[] = {4, 0, 0, 0, 9, 0, 4, 9, 13}, x[] = {8, 27, 35};
    (void)state;
    assert_int_equal(baro_normal_factor(a, 3), 2);
    baro_normal_solve(a, 3, x);
    check_close(x[0], 2, 1e-15);
    check_close(x[1], 3, 1e-15);
    check_close(x[2], 0, 0);
    for (double unit = 1e-9; unit < 1e10; unit *= 1e18) { /* what is left is measured by the variable itself */
        double alike[] = {4 * unit, 0, 4 * unit, 4 * unit * (1 + 1e-12)}, apart[] = {4 * unit, 0, 4 * unit, 5 * unit};
        assert_int_equal(baro_normal_factor(alike, 2), 1);
        assert_int_equal(baro_normal_factor(apart, 2), 2);
    }
}

/* The columns that calibration adds to the totals are what it has achieved. */
static void test_extended(void **state)
{
    enum { COLUMNS = 2, ALL = COLUMNS + VARIABLES };
    uint32_t row[ROWS], unit_end[ROWS], stratum_end[] = {ROWS}, cell[ROWS] = {0}, ends[2][ROWS], column[2][64],
                                        touched[ALL];
    double fraction[] = {0}, high[2][64], low[2][64], total[2][ALL], wyy[1], hits[1], y[ROWS];
    unsigned char mark[ALL];
    baro_sum sum[ALL];
    baro_moments moments[1];
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_RAKE);
    assert_int_equal(run(&c), BARO_OK);
    for (uint32_t i = 0; i < ROWS; i++) {
        row[i] = i;
        unit_end[i] = i + 1;
        y[i] = 3.7 * i - 5;
    }
    const double *number[] = {y};
    baro_design design = {.rows = ROWS,
                          .units = ROWS,
                          .strata = 1,
                          .row = row,
                          .unit_end = unit_end,
                          .stratum_end = stratum_end,
                          .fraction = fraction};
    baro_cross cross = {.cells = 1, .outcomes = 1, .cell = cell, .weight = c.out, .number = number};
    baro_totals_work work = {touched, mark, sum};
    baro_totals plain = {.unit_end = ends[0],
                         .column = column[0],
                         .high = high[0],
                         .low = low[0],
                         .total = total[0],
                         .moments = moments,
                         .sum_wyy = wyy,
                         .hits = hits};
    baro_totals wide = {.unit_end = ends[1], .column = column[1], .high = high[1], .low = low[1], .total = total[1]};
    assert_int_equal(baro_totals_sum(&design, &cross, &work, &plain, &c.fault), BARO_OK);
    assert_int_equal(baro_calibrate_entries(&c.job, &design, &plain), 2 * ROWS + 2 * ROWS);
    baro_calibrate_extend(&c.job, &design, c.out, &plain, &work, &wide);
    assert_int_equal(wide.columns, ALL);
    for (size_t k = 0; k < ALL; k++)
        check_close(wide.total[k], k < COLUMNS ? plain.total[k] : c.achieved[k - COLUMNS], 1e-14);
    end(&c);
}

/* Units of several rows, categories out of order, rows of weight 0: a unit's entries ascend, each variable once. */
static void test_units_of_rows(void **state)
{
    static const uint32_t order[ROWS] = {4, 1, 8, 0, 2, 3, 5, 6, 7}, ends[] = {3, 5, 9}, none[3] = {0},
                          wanted_end[] = {4, 6, 9}, wanted[] = {0, 1, 2, 3, 0, 2, 1, 2, 3};
    static const double weight[ROWS] = {1.5, 2.5, .5, 0, 3.5, 4.5, 5.5, 6.5, 7.5}; /* row 3 does not count */
    static const double sums[] = {2.5, 11, 3.5, 10, 2, 2, 16.5, 5.5, 11};
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_RAKE);
    c.job.margin = c.margin;
    baro_design design = {.rows = ROWS, .units = 3, .row = order, .unit_end = ends};
    baro_totals plain = {.unit_end = copied(none, sizeof none)};
    size_t room = baro_calibrate_entries(&c.job, &design, &plain);
    assert_int_equal(room, 3 * VARIABLES);
    c.job.areas = 2;
    c.job.area = sexes;
    assert_int_equal(baro_calibrate_entries(&c.job, &design, &plain), 2 * ROWS);
    design.units = 1;
    assert_int_equal(baro_calibrate_entries(&c.job, &design, &plain), 2 * VARIABLES);
    design.units = 3;
    c.job.area = NULL;
    c.job.areas = 0;
    baro_totals_work work = {malloc(VARIABLES * sizeof(uint32_t)), malloc(VARIABLES),
                             malloc(VARIABLES * sizeof(baro_sum))};
    baro_totals out = {.unit_end = malloc(3 * sizeof(uint32_t)),
                       .column = malloc(room * sizeof(uint32_t)),
                       .high = malloc(room * sizeof(double)),
                       .low = malloc(room * sizeof(double)),
                       .total = malloc(VARIABLES * sizeof(double))};
    assert_true(work.touched && work.mark && work.sum && out.unit_end && out.column && out.high && out.low && out.total);
    memset(work.mark, 1, VARIABLES);
    memset(work.sum, 0x3f, VARIABLES * sizeof *work.sum);
    baro_calibrate_extend(&c.job, &design, weight, &plain, &work, &out);
    assert_memory_equal(out.unit_end, wanted_end, sizeof wanted_end);
    for (size_t e = 0; e < 9; e++) {
        assert_int_equal(out.column[e], wanted[e]);
        check_close(out.high[e] + out.low[e], sums[e], 0);
    }
    check_close(out.total[0], 4.5, 0);
    check_close(out.total[3], 21, 0);
    free(plain.unit_end);
    free(work.touched);
    free(work.mark);
    free(work.sum);
    free(out.unit_end);
    free(out.column);
    free(out.high);
    free(out.low);
    free(out.total);
    end(&c);
}

/* Targets of 0: a total is brought to 0, measured by what it is made of; without any weight nothing is to be done. */
static void test_targets_of_nothing(void **state)
{
    static const double x[ROWS] = {1, -2, 3, 1.5, .5, -1, 2, 4, -.5}, nothing[] = {0, 0};
    calibration c;
    (void)state;
    begin(&c, BARO_CALIBRATE_LINEAR);
    c.margin[0] = (baro_margin){NULL, 1, x, nothing};
    c.job.margins = 1;
    assert_int_equal(run(&c), BARO_OK);
    assert_true(fabs(c.achieved[0]) < 1e-10);
    assert_int_equal(c.report.iterations, 1);
    end(&c);
    begin(&c, BARO_CALIBRATE_RAKE);
    c.margin[0].target = c.margin[1].target = nothing;
    memset(c.weight, 0, ROWS * sizeof *c.weight);
    assert_int_equal(run(&c), BARO_OK);
    assert_int_equal(c.report.before.n, 0);
    assert_int_equal(c.report.after.n, 0);
    check_close(c.report.before.kish, NAN, 0);
    for (size_t i = 0; i < ROWS; i++)
        check_close(c.out[i], 0, 0);
    end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_of_rows), cmocka_unit_test(test_targets_of_nothing),
        cmocka_unit_test(test_distance), cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_three_areas), cmocka_unit_test(test_steps_with_number), cmocka_unit_test(test_all_below),
        cmocka_unit_test(test_most),     cmocka_unit_test(test_steps),    cmocka_unit_test(test_one_margin), cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_faults),   cmocka_unit_test(test_one_row),    cmocka_unit_test(test_normal),
        cmocka_unit_test(test_extended), cmocka_unit_test(test_shape),      cmocka_unit_test(test_form_in_areas),
    };
    return cmocka_run_group_tests_name("calibration at its limits", tests, NULL, NULL);
}
