/* Intervals and distributions against R, one named test a row of tests/reference: intervals.csv, edges.csv,
 * distribution.csv. */
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
    const struct method_row *method;
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
    double p = number(at, "p"), se = sqrt(number(at, "variance")), df = number(at, "df"),
           confidence = number(at, "confidence"), out[2];
    assert_int_equal(baro_interval_wald(p, se, df, confidence, out), BARO_OK);
    check_pair(out, at, "wald_lower", "wald_upper", 1e-9);
    assert_int_equal(baro_interval_logit(p, se, df, confidence, out), BARO_OK);
    check_pair(out, at, "logit_lower", "logit_upper", 1e-9);
}

typedef struct method_row {
    const char *name, *lower, *upper;
    baro_share_method method;
    bool cap;
    double relative;
} method_row;

/* One method of the row, by the dispatch: each method is a test of its own. */
static const method_row methods[] = {
    {"wald", "wald_lower", "wald_upper", BARO_SHARE_WALD, false, 1e-9},
    {"logit", "logit_lower", "logit_upper", BARO_SHARE_LOGIT, false, 1e-9},
    {"arcsine", "arcsine_lower", "arcsine_upper", BARO_SHARE_ARCSINE, false, 1e-9},
    {"wilson", "wilson_lower", "wilson_upper", BARO_SHARE_WILSON, false, 1e-9},
    {"beta", "beta_lower", "beta_upper", BARO_SHARE_BETA, false, 1e-9},
    {"beta, capped", "beta_capped_lower", "beta_capped_upper", BARO_SHARE_BETA, true, 1e-9},
    {"likelihood", "likelihood_lower", "likelihood_upper", BARO_SHARE_LIKELIHOOD, false, 1e-7}, /* R iterates too */
};
enum { METHODS = sizeof methods / sizeof *methods };

static void test_method(void **state)
{
    const row_of *at = *state;
    const method_row *method = at->method;
    baro_share share = {number(at, "p"),  number(at, "variance"),   number(at, "n"),
                        number(at, "df"), number(at, "confidence"), method->cap};
    double out[2] = {NAN, NAN};
    assert_int_equal(baro_interval_proportion(method->method, &share, out), BARO_OK);
    check_pair(out, at, method->lower, method->upper, method->relative);
}

/* apiclus1, indicator ell == 0, with the variance in all its digits: what METHODS prints. */
typedef struct {
    const char *name;
    baro_share_method method;
    double lower, upper;
} printed;

static const printed apiclus1[] = {
    {"apiclus1 ell == 0: wald", BARO_SHARE_WALD, -.02666240796, .07037825495},
    {"apiclus1 ell == 0: logit", BARO_SHARE_LOGIT, .002304691284, .177747766823},
    {"apiclus1 ell == 0: arcsine", BARO_SHARE_ARCSINE, 0, .0955767363668},
    {"apiclus1 ell == 0: beta", BARO_SHARE_BETA, .0002161468327, .1375077639150},
    {"apiclus1 ell == 0: wilson", BARO_SHARE_WILSON, .003178777238, .135391285147},
    {"apiclus1 ell == 0: likelihood", BARO_SHARE_LIKELIHOOD, .000675005746850, .107778513279},
};
enum { PRINTED = sizeof apiclus1 / sizeof *apiclus1 };

static void test_printed(void **state)
{
    const printed *row = *state;
    baro_share share = {4.0 / 183, 5.11775283e-4, 183, 14, 0.95, false};
    double out[2];
    assert_int_equal(baro_interval_proportion(row->method, &share, out), BARO_OK);
    check_close(out[0], row->lower, 4e-9); /* the printed variance has nine digits */
    check_close(out[1], row->upper, 4e-9);
}

/* Far corners: every limit is a number in [0, 1] around p, and the deviance at it is the bound, where it can be told.
 */
static void test_likelihood_corners(void **state)
{
    static const double p[] = {1e-300, 1e-30, 1e-15, 1e-9, .0071, .5, .9917, 1 - 1e-9, 1 - 1e-15};
    static const double variance[] = {0, 1e-300, 1e-40, 1e-18, 1e-9, 1e-3, .2, 1e6, 1e300};
    static const double df[] = {.3, 1, 14, INFINITY};
    (void)state;
    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        for (size_t j = 0; j < sizeof variance / sizeof *variance; j++)
            for (size_t k = 0; k < sizeof df / sizeof *df; k++)
                for (baro_share_method method = 0; method < BARO_SHARE_METHODS; method++) {
                    baro_share share = {p[i], variance[j], 1834, df[k], .95, false};
                    double out[2] = {-7, -7};
                    if (method == BARO_SHARE_WALD || baro_interval_proportion(method, &share, out))
                        continue;
                    if (!(out[0] >= 0 && out[0] <= p[i] * (1 + 1e-12) && out[1] >= p[i] * (1 - 1e-12) && out[1] <= 1))
                        print_error("method %d, p %g, variance %g, df %g: %.17g, %.17g\n", (int)method, p[i],
                                    variance[j], df[k], out[0], out[1]);
                    assert_true(out[0] >= 0 && out[0] <= p[i] * (1 + 1e-12) && out[1] >= p[i] * (1 - 1e-12) &&
                                out[1] <= 1);
                }
}

static void test_mirror(void **state)
{
    (void)state;
    for (baro_share_method method = 0; method < BARO_SHARE_METHODS; method++) {
        baro_share share = {.1875, .00173, 71, 11.5, .9, false}, mirror = {.8125, .00173, 71, 11.5, .9, false};
        double a[2], b[2];
        assert_int_equal(baro_interval_proportion(method, &share, a), BARO_OK);
        assert_int_equal(baro_interval_proportion(method, &mirror, b), BARO_OK);
        check_close(a[0], 1 - b[1], 1e-13);
        check_close(a[1], 1 - b[0], 1e-13);
    }
}

static void test_edge(void **state)
{
    const row_of *at = *state;
    double n = number(at, "n"), deff = number(at, "deff"), df = number(at, "df"), confidence = number(at, "confidence"),
           out[2];
    assert_int_equal(baro_interval_at_edge(0, n, deff, df, confidence, out), BARO_OK);
    check_pair(out, at, "zero_lower", "zero_upper", 1e-9);
    assert_int_equal(baro_interval_at_edge(1, n, deff, df, confidence, out), BARO_OK);
    check_pair(out, at, "one_lower", "one_upper", 1e-9);
}

typedef struct {
    const char *name;
    baro_status (*one)(double, baro_tail, double *);
    baro_status (*two)(double, double, baro_tail, double *);
    baro_status (*three)(double, double, double, baro_tail, double *);
} tail_function;

/* "pt" is the lower tail, "pt_upper" the upper one. */
static baro_status tail_of(const char *function, double a, double b, double c, double *out)
{
    static const tail_function tails[] = {{"pnorm", .one = baro_tail_normal},
                                          {"pt", .two = baro_tail_t},
                                          {"pchisq", .two = baro_tail_chi_square},
                                          {"pf", .three = baro_tail_f},
                                          {"pbeta", .three = baro_tail_beta}};
    size_t n = strcspn(function, "_"), i = 0;
    baro_tail side = function[n] ? BARO_TAIL_UPPER : BARO_TAIL_LOWER;
    while (i < sizeof tails / sizeof *tails && (strlen(tails[i].name) != n || strncmp(tails[i].name, function, n) != 0))
        i++;
    assert_true(i < sizeof tails / sizeof *tails);
    return tails[i].one   ? tails[i].one(a, side, out)
           : tails[i].two ? tails[i].two(a, b, side, out)
                          : tails[i].three(a, b, c, side, out);
}

static baro_status evaluate(const char *function, double a, double b, double c, double *out)
{
    if (strcmp(function, "qt") == 0)
        return baro_quantile_t(a, b, out);
    if (strcmp(function, "qnorm") == 0)
        return baro_quantile_t(a, INFINITY, out);
    if (strcmp(function, "qbeta") == 0)
        return baro_quantile_beta(a, b, c, out);
    return tail_of(function, a, b, c, out);
}

static void test_distribution(void **state)
{
    const row_of *at = *state;
    double out = NAN;
    assert_int_equal(
        evaluate(golden_text(at->table, at->row, "function."), number(at, "a"), number(at, "b"), number(at, "c"), &out),
        BARO_OK);
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
    for (baro_share_method method = 0; method < BARO_SHARE_METHODS; method++) {
        const baro_share bad[] = {
            {0, .01, 20, 9, .95, false},   {1, .01, 20, 9, .95, false},    {NAN, .01, 20, 9, .95, false},
            {.3, -.01, 20, 9, .95, false}, {.3, NAN, 20, 9, .95, false},   {.3, INFINITY, 20, 9, .95, false},
            {.3, .01, 20, 0, .95, false},  {.3, .01, 20, NAN, .95, false}, {.3, .01, 20, 9, 0, false}};
        for (size_t i = method == BARO_SHARE_WALD ? 2 : 0; i < sizeof bad / sizeof *bad; i++)
            assert_int_equal(baro_interval_proportion(method, &bad[i], out), BARO_NO_INTERVAL);
    }
    assert_int_equal(baro_interval_proportion(BARO_SHARE_BETA, &(baro_share){.3, .01, 1, 9, .95, false}, out),
                     BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_proportion(BARO_SHARE_METHODS, &(baro_share){.3, .01, 9, 9, .95, false}, out),
                     BARO_NO_INTERVAL);
    check_close(out[0], -7, 0); /* untouched on failure */
    check_close(out[1], -7, 0);
    assert_int_equal(baro_quantile_t(0, 9, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_t(0.5, NAN, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_beta(0.5, 0, 1, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_quantile_beta(1.5, 1, 1, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_p_value_f(-1, 2, 3, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_p_value_t(NAN, 3, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_tail_normal(NAN, BARO_TAIL_LOWER, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_tail_t(1, 0, BARO_TAIL_LOWER, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_tail_chi_square(1, INFINITY, BARO_TAIL_UPPER, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_tail_f(1, 2, NAN, BARO_TAIL_UPPER, out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_tail_beta(.5, -1, 2, BARO_TAIL_UPPER, out), BARO_OUT_OF_DOMAIN);
    check_close(out[0], -7, 0);
}

/* Whatever is asked, a probability or a status, and the two tails add up. */
static void test_tails_hold(void **state)
{
    static const double x[] = {-INFINITY, -1e300,  -38, -1,  -1e-300, 0,   1e-300, 1e-12,
                               .3,        .999999, 1,   2.5, 700,     1e9, 1e300,  INFINITY};
    static const double df[] = {1e-300, 1e-9, .5, 1, 14, 1e4, 1e10, 1e15, 1e300, INFINITY};
    enum { X = sizeof x / sizeof *x, DF = sizeof df / sizeof *df };
    (void)state;
    for (size_t i = 0; i < X; i++)
        for (size_t j = 0; j < DF; j++)
            for (size_t k = 0; k < DF; k++)
                for (int what = 0; what < 4; what++) {
                    static const char *const name[][2] = {
                        {"pt", "pt_upper"}, {"pchisq", "pchisq_upper"}, {"pf", "pf_upper"}, {"pbeta", "pbeta_upper"}};
                    double lower = -7, upper = -7;
                    baro_status a = tail_of(name[what][0], x[i], df[j], df[k], &lower),
                                b = tail_of(name[what][1], x[i], df[j], df[k], &upper);
                    assert_true(a ? lower == -7 : lower >= 0 && lower <= 1);
                    assert_true(b ? upper == -7 : upper >= 0 && upper <= 1);
                    if (a == BARO_OK && b == BARO_OK && fabs(lower + upper - 1) > 1e-6)
                        print_error("%s(%g, %g, %g): %.17g, %.17g\n", name[what][0], x[i], df[j], df[k], lower, upper);
                    if (a == BARO_OK && b == BARO_OK)
                        assert_true(fabs(lower + upper - 1) <= 1e-6);
                }
}

static size_t add(struct CMUnitTest *tests, size_t n, row_of *rows, const golden *table, const char *what,
                  CMUnitTestFunction function, const method_row *method)
{
    for (size_t row = 0; row < table->rows; row++) {
        char *name = malloc(64);
        snprintf(name, 64, "%s %s %s", what, golden_text(table, row, "case"),
                 method                          ? method->name
                 : function == test_distribution ? golden_text(table, row, "function.")
                                                 : "");
        rows[n] = (row_of){table, row, method};
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
    size_t most = intervals.rows * (METHODS + 1) + edges.rows + distribution.rows + PRINTED + 4, n = 0;
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    if (!tests || !rows)
        return 1;
    n = add(tests, n, rows, &intervals, "interval", test_interval, NULL);
    for (size_t m = 0; m < METHODS; m++)
        n = add(tests, n, rows, &intervals, "interval", test_method, &methods[m]);
    n = add(tests, n, rows, &edges, "at the edge", test_edge, NULL);
    n = add(tests, n, rows, &distribution, "distribution", test_distribution, NULL);
    size_t named = n;
    for (size_t i = 0; i < PRINTED; i++)
        tests[n++] = (struct CMUnitTest){apiclus1[i].name, test_printed, NULL, NULL, (void *)(uintptr_t)&apiclus1[i]};
    tests[n++] = (struct CMUnitTest){"arguments refused, outputs untouched", test_refusals, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"intervals hold in the far corners", test_likelihood_corners, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"1 - p has the mirrored interval", test_mirror, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"tails are probabilities, whatever is asked", test_tails_hold, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("intervals and distributions against R", tests, n, NULL, NULL);
    for (size_t i = 0; i < named; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(rows);
    golden_free(&intervals);
    golden_free(&edges);
    golden_free(&distribution);
    return failed;
}
