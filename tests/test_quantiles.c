/* Quantiles and Woodruff intervals against R and the definition, one named test a row of tests/reference/quantiles.csv,
 * and the rules' own properties. The variance of F(q) comes from sums by unit and the one covariance, second stage
 * included. */
#include "tests/check.h"
#include "stats/distribution.h"
#include "stats/quantile.h"
#include "tests/spine.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    golden_library library;
    golden quantiles;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

static baro_quantile_rule rule_of(const char *name)
{
    static const char *const names[] = {"math", "school", "hf7", "hf8"};
    int rule = 0;
    while (strcmp(names[rule], name) != 0)
        rule++;
    return (baro_quantile_rule)rule;
}

/* A number of a domain, sorted, with its design. */
typedef struct {
    spine spine;
    uint32_t *cell, *order, *work;
    double *y, *value, *weight, *below;
    size_t n;
    baro_sorted sorted;
} number_case;

static void open_number(number_case *made, references *all, const char *design, const char *variable,
                        const char *domain)
{
    const golden *data = golden_library_data(&all->library, design);
    memset(made, 0, sizeof *made);
    spine_open(&made->spine, &all->library.designs, data, design);
    made->cell = calloc(data->rows, sizeof *made->cell);
    made->order = calloc(data->rows, sizeof *made->order);
    made->work = calloc(data->rows, sizeof *made->work);
    made->y = calloc(data->rows, sizeof *made->y);
    made->value = calloc(data->rows, sizeof *made->value);
    made->weight = calloc(data->rows, sizeof *made->weight);
    made->below = calloc(data->rows, sizeof *made->below);
    assert_true(made->cell && made->order && made->work && made->y && made->value && made->weight && made->below);
    for (size_t row = 0; row < data->rows; row++) {
        made->y[row] = golden_number(data, row, variable);
        bool inside = !isnan(made->y[row]) && golden_in_domain(data, row, domain);
        made->cell[row] = inside ? 0 : BARO_NO_CELL;
        if (inside)
            made->order[made->n++] = (uint32_t)row;
    }
    baro_sort_by_value(made->y, made->order, made->work, made->n);
    for (size_t i = 0; i < made->n; i++) {
        made->value[i] = made->y[made->order[i]];
        made->weight[i] = made->spine.first.weight[made->order[i]];
    }
    baro_fault fault;
    assert_int_equal(
        baro_quantile_cumulate(made->value, made->weight, made->n, made->value, made->weight, &made->sorted, &fault),
        BARO_OK);
}

/* Share of 1(y <= q), its design variance and df. */
static void share_below(number_case *made, double q, double *share, double *variance, double *df)
{
    static const uint32_t column[] = {0, 1};
    baro_reach reach;
    for (size_t row = 0; row < made->spine.first.rows; row++)
        made->below[row] = made->y[row] <= q;
    spine_sum(&made->spine, 1, made->cell, made->below, 0);
    const double *total = made->spine.totals[0].total, slope[] = {1 / total[1], -total[0] / total[1] / total[1]};
    baro_linear form = {total[0] / total[1], 2, column, slope};
    spine_covariance(&made->spine, &form, 1, variance, &reach);
    *share = form.value;
    *df = (double)reach.units - (double)reach.strata;
}

static void close_number(number_case *made)
{
    spine_close(&made->spine);
    free(made->cell);
    free(made->order);
    free(made->work);
    free(made->y);
    free(made->value);
    free(made->weight);
    free(made->below);
}

static void test_quantile(void **state)
{
    const row_of *at = *state;
    const golden *t = &at->all->quantiles;
    size_t row = at->row;
    baro_quantile_rule rule = rule_of(golden_text(t, row, "rule"));
    number_case made;
    double q, share, variance, df, level[2], limit[2], se;
    open_number(&made, at->all, golden_text(t, row, "design"), golden_text(t, row, "variable"),
                golden_text(t, row, "domain"));
    assert_int_equal(baro_quantile_point(rule, &made.sorted, golden_number(t, row, "probability"), &q), BARO_OK);
    share_below(&made, q, &share, &variance, &df);
    check_close((double)made.sorted.n, golden_number(t, row, "n"), 0);
    check_close(df, golden_number(t, row, "df"), 0);
    check_close(q, golden_number(t, row, "estimate"), 1e-9);
    assert_int_equal(baro_woodruff_levels(share, variance, df, 0.95, level), BARO_OK);
    assert_int_equal(baro_woodruff_invert(rule, &made.sorted, level, df, 0.95, limit, &se), BARO_OK);
    check_close(limit[0], golden_number(t, row, "lower"), 1e-9);
    check_close(limit[1], golden_number(t, row, "upper"), 1e-9);
    check_close(se, golden_number(t, row, "se"), 1e-9);
    close_number(&made);
}

/* Weights of 1, against R quantile(type = 1, 2, 7, 8): the textbook's nine numbers, one weight 0 in between. */
static void test_textbook(void **state)
{
    static const double value[] = {-3.25, 1.5, 1.5, 2.75, 4, 5.125, 8, 11, 17.5},
                        weight[] = {1, 1, 1, 1, 0, 1, 1, 1, 1};
    static const struct {
        double p, math, school, hf7, hf8;
    } wanted[] = {{0, -3.25, -3.25, -3.25, -3.25},    {.125, -3.25, -.875, .90625, -1.46875},
                  {.25, 1.5, 1.5, 1.5, 1.5},          {.3, 1.5, 1.5, 1.625, 1.5},
                  {.5, 2.75, 3.9375, 3.9375, 3.9375}, {.95, 17.5, 17.5, 15.225, 17.5},
                  {1, 17.5, 17.5, 17.5, 17.5}};
    double kept[9], cumulative[9], q;
    baro_sorted sorted;
    baro_fault fault;
    (void)state;
    assert_int_equal(baro_quantile_cumulate(value, weight, 9, kept, cumulative, &sorted, &fault), BARO_OK);
    assert_int_equal(sorted.n, 8);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const double by_rule[] = {wanted[i].math, wanted[i].school, wanted[i].hf7, wanted[i].hf8};
        for (baro_quantile_rule rule = 0; rule < BARO_QUANTILE_RULES; rule++) {
            assert_int_equal(baro_quantile_point(rule, &sorted, wanted[i].p, &q), BARO_OK);
            check_close(q, by_rule[rule], 1e-12);
        }
    }
}

/* The unit of weight does not matter, quantiles rise with p, and the tie survives rounding. */
static void test_properties(void **state)
{
    double value[300], weight[300], scaled[300], cumulative[2][300], a, b;
    uint32_t seed = 20011, order[300], work[300];
    (void)state;
    for (size_t i = 0; i < 300; i++) {
        seed = seed * 1664525u + 1013904223u;
        order[i] = (uint32_t)i;
        value[i] = (double)(seed >> 24) / 7 - 11.3;
        weight[i] = 0.1 + (double)(seed >> 8 & 255) / 100;
    }
    baro_sort_by_value(value, order, work, 300);
    double by_value[300], by_weight[300];
    for (size_t i = 0; i < 300; i++) {
        assert_true(i == 0 || value[order[i - 1]] < value[order[i]] ||
                    (value[order[i - 1]] == value[order[i]] && order[i - 1] < order[i]));
        by_value[i] = value[order[i]];
        by_weight[i] = weight[order[i]];
        scaled[i] = by_weight[i] * 1048576;
    }
    baro_sorted one, two;
    baro_fault fault;
    assert_int_equal(baro_quantile_cumulate(by_value, by_weight, 300, by_value, cumulative[0], &one, &fault), BARO_OK);
    assert_int_equal(baro_quantile_cumulate(by_value, scaled, 300, by_value, cumulative[1], &two, &fault), BARO_OK);
    for (baro_quantile_rule rule = 0; rule < BARO_QUANTILE_RULES; rule++) {
        double last = -INFINITY;
        for (int i = 0; i <= 1000; i++) {
            assert_int_equal(baro_quantile_point(rule, &one, i / 1000.0, &a), BARO_OK);
            assert_int_equal(baro_quantile_point(rule, &two, i / 1000.0, &b), BARO_OK);
            check_close(b, a, 0);
            assert_true(a >= last);
            last = a;
        }
    }
    double ten[10], cumulated[10], tenth[10];
    for (size_t i = 0; i < 10; i++) {
        ten[i] = (double)i;
        tenth[i] = 0.1;
    }
    assert_int_equal(baro_quantile_cumulate(ten, tenth, 10, ten, cumulated, &one, &fault), BARO_OK);
    for (size_t i = 1; i < 10; i++) {
        assert_int_equal(baro_quantile_point(BARO_QUANTILE_MATH, &one, (double)i * 0.1, &a), BARO_OK);
        assert_int_equal(baro_quantile_point(BARO_QUANTILE_SCHOOL, &one, (double)i * 0.1, &b), BARO_OK);
        check_close(a, (double)i - 1, 0);
        check_close(b, (double)i - 0.5, 0);
    }
}

static void test_refusals(void **state)
{
    static const double falling[] = {1, 3, 2}, negative[] = {1, -1, 1}, zero[] = {0, 0, 0}, rising[] = {1, 2, 3},
                        infinite[] = {1, 2, INFINITY};
    double value[3], cumulative[3], out[2] = {-7, -7}, se = -7;
    baro_sorted sorted = {0};
    baro_fault fault;
    (void)state;
    assert_int_equal(baro_quantile_cumulate(falling, NULL, 3, value, cumulative, &sorted, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(fault.index, 2);
    assert_int_equal(baro_quantile_cumulate(rising, negative, 3, value, cumulative, &sorted, &fault), BARO_BAD_WEIGHT);
    assert_int_equal(fault.index, 1);
    assert_int_equal(baro_quantile_cumulate(infinite, NULL, 3, value, cumulative, &sorted, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_cumulate(rising, zero, 3, value, cumulative, &sorted, &fault), BARO_EMPTY_DOMAIN);
    assert_int_equal(baro_quantile_cumulate(rising, zero, 0, value, cumulative, &sorted, &fault), BARO_EMPTY_DOMAIN);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_MATH, &sorted, .5, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_cumulate(rising, NULL, 1, value, cumulative, &sorted, &fault), BARO_OK);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_RULES, &sorted, .5, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_HF7, &sorted, -.01, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_HF7, &sorted, NAN, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_woodruff_levels(.5, .01, 0, .95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_levels(.5, -.01, 9, .95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_HF7, &sorted, (double[]){.4, .6}, 0, .95, out, &se),
                     BARO_NO_INTERVAL);
    check_close(out[0], -7, 0);
    check_close(se, -7, 0);
    for (baro_quantile_rule rule = 0; rule < BARO_QUANTILE_RULES; rule++) { /* one value is every quantile */
        assert_int_equal(baro_quantile_point(rule, &sorted, .37, out), BARO_OK);
        check_close(out[0], 1, 0);
    }
    assert_int_equal(baro_woodruff_levels(.9, .01, 9, .95, out), BARO_OK);
    assert_true(out[0] > 0 && isnan(out[1])); /* the sample does not reach so far */
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_HF7, &sorted, (double[]){.7, NAN}, 9, .95, out, &se), BARO_OK);
    assert_true(out[0] == 1 && isnan(out[1]) && isnan(se));
}

int main(void)
{
    baro_distribution_quiet();
    static references all; /* lives as long as the tests */
    all.library = golden_library_open();
    all.quantiles = golden_read("tests/reference/quantiles.csv");
    size_t named = all.quantiles.rows, n = 0;
    struct CMUnitTest *tests = calloc(named + 3, sizeof *tests);
    row_of *rows = calloc(named, sizeof *rows);
    if (!tests || !rows)
        return 1;
    for (; n < named; n++) {
        const golden *t = &all.quantiles;
        char *name = malloc(96);
        snprintf(name, 96, "%s: %s at %.2f (%s, %s, %s)", golden_text(t, n, "case"), golden_text(t, n, "rule"),
                 golden_number(t, n, "probability"), golden_text(t, n, "variable"), golden_text(t, n, "design"),
                 golden_text(t, n, "domain"));
        rows[n] = (row_of){&all, n};
        tests[n] = (struct CMUnitTest){name, test_quantile, NULL, NULL, &rows[n]};
    }
    tests[n++] = (struct CMUnitTest){"rules by hand", test_textbook, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"scaling, order, ties", test_properties, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"arguments refused, ends", test_refusals, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("quantiles against R", tests, n, NULL, NULL);
    for (size_t i = 0; i < named; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(rows);
    golden_library_close(&all.library);
    golden_free(&all.quantiles);
    return failed;
}
