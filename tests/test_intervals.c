/* Intervals and distributions against R, one named test a row of tests/reference: intervals.csv, edges.csv, distribution.csv. */
#include "tests/check.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const golden *table;
    size_t row;
} row_of;

static double number(const row_of *at, const char *column)
{
    return golden_number(at->table, at->row, column);
}

static void check_pair(const double out[2], const row_of *at, const char *lower, const char *upper, double relative)
{
    check_close(out[0], number(at, lower), relative);
    check_close(out[1], number(at, upper), relative);
}

static void test_interval(void **state)
{
    const row_of *at = *state;
    double p = number(at, "p"), se = sqrt(number(at, "variance")), df = number(at, "df"), confidence = number(at, "confidence"), out[2];
    assert_int_equal(baro_interval_wald(p, se, df, confidence, out), BARO_OK);
    check_pair(out, at, "wald_lower", "wald_upper", 1e-9);
    assert_int_equal(baro_interval_logit(p, se, df, confidence, out), BARO_OK);
    check_pair(out, at, "logit_lower", "logit_upper", 1e-9);
}

static void test_edge(void **state)
{
    const row_of *at = *state;
    double n = number(at, "n"), deff = number(at, "deff"), df = number(at, "df"), confidence = number(at, "confidence"), out[2];
    assert_int_equal(baro_interval_at_edge(0, n, deff, df, confidence, out), BARO_OK);
    check_pair(out, at, "zero_lower", "zero_upper", 1e-9);
    assert_int_equal(baro_interval_at_edge(1, n, deff, df, confidence, out), BARO_OK);
    check_pair(out, at, "one_lower", "one_upper", 1e-9);
}

/* What the core has; the reference holds more for what is to come. */
static bool evaluate(const char *function, double a, double b, double c, double *out)
{
    if (strcmp(function, "qt") == 0)
        return baro_quantile_t(a, b, out) == BARO_OK;
    if (strcmp(function, "qnorm") == 0)
        return baro_quantile_t(a, INFINITY, out) == BARO_OK;
    if (strcmp(function, "qbeta") == 0)
        return baro_quantile_beta(a, b, c, out) == BARO_OK;
    if (strcmp(function, "pf_upper") == 0)
        return baro_p_value_f(a, b, c, out) == BARO_OK;
    return false;
}

static bool is_here(const char *function)
{
    return strcmp(function, "qt") == 0 || strcmp(function, "qnorm") == 0 || strcmp(function, "qbeta") == 0 || strcmp(function, "pf_upper") == 0;
}

static void test_distribution(void **state)
{
    const row_of *at = *state;
    double out = NAN;
    assert_true(evaluate(golden_text(at->table, at->row, "function."), number(at, "a"), number(at, "b"), number(at, "c"), &out));
    check_close(out, number(at, "value"), 1e-10);
}

static void test_refusals(void **state)
{
    (void)state;
    double out[2] = {-7, -7};
    assert_int_equal(baro_interval_wald(0.3, 0.1, 0, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_wald(0.3, 0.1, -2, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_wald(0.3, NAN, 9, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_wald(0.3, 0.1, 9, 1, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_logit(0, 0.1, 9, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_logit(1, 0.1, 9, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0.5, 20, 1, 9, 0.95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 0, 1, 9, 0.95, out), BARO_NO_INTERVAL);
    check_close(out[0], -7, 0); /* untouched on failure */
    check_close(out[1], -7, 0);
    assert_int_equal(baro_quantile_t(0, 9, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_t(0.5, NAN, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_beta(0.5, 0, 1, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_beta(1.5, 1, 1, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_p_value_f(-1, 2, 3, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_p_value_t(NAN, 3, out), BARO_OUT_OF_DOMAIN);
    check_close(out[0], -7, 0);
}

static size_t add(struct CMUnitTest *tests, size_t n, row_of *rows, const golden *table, const char *what, CMUnitTestFunction function)
{
    for (size_t row = 0; row < table->rows; row++) {
        bool distribution = function == test_distribution;
        if (distribution && !is_here(golden_text(table, row, "function.")))
            continue;
        char *name = malloc(64);
        snprintf(name, 64, "%s %s %s", what, golden_text(table, row, "case"), distribution ? golden_text(table, row, "function.") : "");
        rows[n] = (row_of){table, row};
        tests[n] = (struct CMUnitTest){name, function, NULL, NULL, &rows[n]};
        n++;
    }
    return n;
}

int main(void)
{
    baro_distribution_quiet();
    golden intervals = golden_read("tests/reference/intervals.csv"), edges = golden_read("tests/reference/edges.csv");
    golden distribution = golden_read("tests/reference/distribution.csv");
    size_t most = intervals.rows + edges.rows + distribution.rows + 1, n = 0;
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    if (!tests || !rows)
        return 1;
    n = add(tests, n, rows, &intervals, "interval", test_interval);
    n = add(tests, n, rows, &edges, "at the edge", test_edge);
    n = add(tests, n, rows, &distribution, "distribution", test_distribution);
    tests[n] = (struct CMUnitTest){"arguments refused, outputs untouched", test_refusals, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("intervals and distributions against R", tests, n + 1, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(rows);
    golden_free(&intervals);
    golden_free(&edges);
    golden_free(&distribution);
    return failed;
}
