/* Comparisons, quantiles and two-way tables at their limits. Most cases were written for a mutant that `make mutate`
 * had left alive. Corrected p-values: R 4.x p.adjust. */
#include "tests/check.h"
#include "stats/chi_square.h"
#include "stats/compare.h"
#include "stats/distribution.h"
#include "stats/quantile.h"
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- comparisons ---- */

static void test_verdicts(void **state)
{
    baro_equivalence out, again;
    double detectable = -7;
    (void)state;
    assert_int_equal(baro_equivalence_test(.3, .1, 5, 0, &out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_equivalence_test(.3, .1, 5, NAN, &out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_equivalence_test(.3, -.1, 5, 1, &out), BARO_NO_INTERVAL);
    assert_int_equal(baro_equivalence_test(.05, .1, 5, 1, &out), BARO_OK);
    assert_int_equal(out.verdict, BARO_VERDICT_EQUIVALENT);
    assert_int_equal(baro_equivalence_test(.05, .1, 5, out.inner[1], &again), BARO_OK); /* touching is not inside */
    assert_int_equal(again.verdict, BARO_VERDICT_NOISY);
    assert_int_equal(baro_equivalence_test(-.05, .1, 5, 1, &out), BARO_OK);
    assert_int_equal(baro_equivalence_test(-.05, .1, 5, -out.inner[0], &again), BARO_OK);
    assert_int_equal(again.verdict, BARO_VERDICT_NOISY);
    assert_int_equal(baro_equivalence_test(0, 0, 5, 1, &out), BARO_OK); /* an interval of 0 alone has not changed */
    assert_int_equal(out.verdict, BARO_VERDICT_EQUIVALENT);
    assert_int_equal(baro_equivalence_test(.9, .1, 5, 1, &out), BARO_OK);
    assert_int_equal(out.verdict, BARO_VERDICT_CHANGED);
    assert_int_equal(baro_equivalence_test(-.4, .1, 5, 1, &out), BARO_OK);
    assert_int_equal(out.verdict, BARO_VERDICT_CHANGED_WITHIN);
    for (double alpha = 0; alpha <= 1; alpha++) {
        assert_int_equal(baro_detectable_difference(.1, 5, alpha, .8, &detectable), BARO_NO_INTERVAL);
        assert_int_equal(baro_detectable_difference(.1, 5, .05, alpha, &detectable), BARO_NO_INTERVAL);
    }
    assert_int_equal(baro_detectable_difference(-.1, 5, .05, .8, &detectable), BARO_NO_INTERVAL);
    assert_int_equal(baro_detectable_difference(INFINITY, 5, .05, .8, &detectable), BARO_NO_INTERVAL);
    assert_int_equal(baro_detectable_difference(.1, 0, .05, .8, &detectable), BARO_NO_INTERVAL);
    assert_int_equal(baro_detectable_difference(0, 5, .05, .8, &detectable), BARO_OK);
    check_close(detectable, 0, 0);
}

static void test_corrections(void **state)
{
    static const double p[] = {.003, .012, .012, .31, .77, 1};
    static const double wanted[BARO_CORRECTIONS][6] = {
        {.003, .012, .012, .31, .77, 1},   {.018, .072, .072, 1, 1, 1},    {.018, .06, .06, .93, 1, 1},
        {.018, .024, .024, .465, .924, 1}, {.0441, .0588, .0588, 1, 1, 1},
    };
    static const double bad[][2] = {{.2, .1}, {-.1, .2}, {.2, 1.1}, {.2, NAN}};
    double out[6];
    uint32_t order[6], work[6];
    (void)state;
    for (baro_correction c = 0; c < BARO_CORRECTIONS; c++) {
        assert_int_equal(baro_correct_sorted(c, p, 6, out), BARO_OK);
        for (size_t i = 0; i < 6; i++)
            check_close(out[i], wanted[c][i], 1e-14);
        for (size_t i = 0; i < COUNT(bad); i++)
            assert_int_equal(baro_correct_sorted(c, bad[i], 2, out), BARO_OUT_OF_DOMAIN);
    }
    assert_int_equal(baro_correct_sorted(BARO_CORRECTIONS, p, 6, out), BARO_OUT_OF_DOMAIN);
    const double mixed[] = {.3, NAN, 0, .1};
    double sorted[4], adjusted[4];
    assert_int_equal(baro_correct(BARO_CORRECT_HOLM, mixed, 4, order, work, sorted, adjusted), BARO_OK);
    check_close(adjusted[0], .3, 1e-15);
    check_close(adjusted[1], NAN, 0);
    check_close(adjusted[2], 0, 0);
    check_close(adjusted[3], .2, 1e-15);
    assert_int_equal(baro_correct(BARO_CORRECT_HOLM, (double[]){2, .1}, 2, order, work, sorted, adjusted),
                     BARO_OUT_OF_DOMAIN);
}

/* ---- quantiles ---- */

static void test_cumulate(void **state)
{
    static const double bad_weight[] = {-1, NAN, INFINITY}, bad_value[] = {NAN, INFINITY, 1};
    double value[3] = {2, 2, 5}, weight[3] = {1, 3, 4}, x[3], c[3];
    baro_sorted sorted;
    baro_fault fault = {0, 0, 0};
    (void)state;
    assert_int_equal(baro_quantile_cumulate(value, weight, 3, x, c, &sorted, &fault), BARO_OK);
    assert_int_equal(sorted.n, 3);
    check_close(c[2], 8, 0);
    assert_int_equal(baro_quantile_cumulate(value, NULL, 3, x, c, &sorted, &fault), BARO_OK);
    check_close(c[2], 3, 0);
    assert_int_equal(baro_quantile_cumulate(value, (double[]){0, 3, 0}, 3, x, c, &sorted, &fault), BARO_OK);
    assert_int_equal(sorted.n, 1);
    assert_int_equal(baro_quantile_cumulate(value, (double[]){0, 0, 0}, 3, x, c, &sorted, &fault), BARO_EMPTY_DOMAIN);
    for (size_t i = 0; i < 3; i++) {
        weight[1] = bad_weight[i];
        assert_int_equal(baro_quantile_cumulate(value, weight, 3, x, c, &sorted, &fault), BARO_BAD_WEIGHT);
        assert_int_equal(fault.index, 1);
        value[2] = bad_value[i];
        assert_int_equal(baro_quantile_cumulate(value, NULL, 3, x, c, &sorted, &fault), BARO_OUT_OF_DOMAIN);
        assert_int_equal(fault.index, 2);
    }
}

static void test_points(void **state)
{
    static const double x[] = {1, 2, 2, 7}, c[] = {1, 2, 3, 4}, p[] = {0, .25, .5, .6, 1};
    static const double wanted[BARO_QUANTILE_RULES][5] = {
        {1, 1, 2, 2, 7}, {1, 1.5, 2, 2, 7}, {1, 1.75, 2, 2, 7}, {1, 1 + 5. / 12, 2, 2, 7}};
    baro_sorted sorted = {x, c, 4}, one = {x, c, 1};
    double out;
    (void)state;
    for (baro_quantile_rule rule = 0; rule < BARO_QUANTILE_RULES; rule++) {
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(baro_quantile_point(rule, &sorted, p[i], &out), BARO_OK);
            check_close(out, wanted[rule][i], 1e-14);
            assert_int_equal(baro_quantile_point(rule, &one, p[i], &out), BARO_OK);
            check_close(out, 1, 0);
        }
        assert_int_equal(baro_quantile_point(rule, &sorted, -1e-9, &out), BARO_OUT_OF_DOMAIN);
        assert_int_equal(baro_quantile_point(rule, &sorted, 1 + 1e-9, &out), BARO_OUT_OF_DOMAIN);
        assert_int_equal(baro_quantile_point(rule, &(baro_sorted){x, c, 0}, .5, &out), BARO_OUT_OF_DOMAIN);
    }
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_RULES, &sorted, .5, &out), BARO_OUT_OF_DOMAIN);
}

/* A weight lost in the sum before it ties two positions of the linear rules; beyond all numbers the last value is left.
 */
static void test_ties(void **state)
{
    double *x = malloc(3 * sizeof *x), *c = malloc(3 * sizeof *c), out;
    (void)state;
    assert_true(x && c);
    memcpy(x, (double[]){1, 2, 7}, 3 * sizeof *x);
    memcpy(c, (double[]){3, 3, 5}, 3 * sizeof *c);
    baro_sorted sorted = {x, c, 3};
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_HF7, &sorted, 1, &out), BARO_OK);
    check_close(out, 7, 0);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_HF8, &sorted, (3. * 2 / 3) / (5 + 2. / 3), &out), BARO_OK);
    check_close(out, 1, 0);
    for (size_t i = 0; i < 3; i++)
        c[i] = i ? INFINITY : 1e308;
    for (baro_quantile_rule rule = BARO_QUANTILE_MATH; rule <= BARO_QUANTILE_SCHOOL; rule++) {
        assert_int_equal(baro_quantile_point(rule, &sorted, .5, &out), BARO_OK);
        check_close(out, 7, 0);
    }
    free(x);
    free(c);
}

/* What is sorted is of the exact size, stable, and 1 to 9 long. */
static void test_sorting(void **state)
{
    static const double values[] = {4.5, -1, 4.5, .3, 9, -1, .3, 4.5, 2};
    (void)state;
    for (size_t n = 1; n <= 9; n++) {
        uint32_t *order = malloc(n * sizeof *order), *work = malloc(n * sizeof *work);
        assert_true(order && work);
        for (size_t i = 0; i < n; i++)
            order[i] = (uint32_t)i;
        baro_sort_by_value(values, order, work, n);
        for (size_t i = 1; i < n; i++) {
            uint32_t a = order[i - 1], b = order[i];
            assert_true(values[a] < values[b] || (values[a] == values[b] && a < b));
        }
        free(order);
        free(work);
    }
}

static void test_woodruff(void **state)
{
    static const double x[] = {1, 2, 4, 7}, c[] = {1, 2, 3, 4};
    baro_sorted sorted = {x, c, 4};
    double level[2], limit[2], se;
    (void)state;
    assert_int_equal(baro_woodruff_levels(.5, -1, 9, .9, level), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_levels(.5, NAN, 9, .9, level), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_levels(1, 0, 9, .9, level), BARO_OK);
    check_close(level[0], 1, 0);
    check_close(level[1], 1, 0);
    assert_int_equal(baro_woodruff_levels(0, 0, 9, .9, level), BARO_OK);
    check_close(level[0], 0, 0);
    assert_int_equal(baro_woodruff_levels(.9, .01, 9, .9, level), BARO_OK);
    check_close(level[1], NAN, 0);
    check_close(level[0], .9 - .1 * 1.8331129326562368, 1e-12);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_MATH, &sorted, level, 9, .9, limit, &se), BARO_OK);
    check_close(limit[0], 4, 0);
    check_close(limit[1], NAN, 0);
    check_close(se, NAN, 0);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_MATH, &sorted, (double[]){.2, .9}, 9, .9, limit, &se), BARO_OK);
    check_close(se, 6 / (2 * 1.8331129326562368), 1e-12);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_MATH, &sorted, level, 9, 1, limit, &se), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_MATH, &sorted, level, 9, 0, limit, &se), BARO_NO_INTERVAL);
    assert_int_equal(baro_woodruff_invert(BARO_QUANTILE_RULES, &sorted, (double[]){.2, .9}, 9, .9, limit, &se),
                     BARO_OUT_OF_DOMAIN);
}

/* ---- two-way tables ---- */

static baro_status run(baro_two_way_test test, const baro_two_way *table, baro_f_test *out)
{
    double *scratch = malloc(baro_two_way_room(table->rows, table->columns) * sizeof *scratch);
    assert_non_null(scratch);
    memset(scratch, 0x7f, baro_two_way_room(table->rows, table->columns) * sizeof *scratch);
    baro_status status = baro_two_way_independence(test, table, scratch, out);
    free(scratch);
    return status;
}

/* A table in shares says the same as one in persons; without end to the df both tests of Wald are one. */
static void test_tables(void **state)
{
    static const double count[] = {23, 11, 47, 5, 31, 19};
    double covariance[36], share[6], of_shares[36], deficient[36];
    baro_f_test a = {0}, b = {0};
    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++) {
            covariance[6 * i + j] = (i == j ? 1.3 * count[i] : 0) - count[i] * count[j] / 136;
            of_shares[6 * i + j] = covariance[6 * i + j] / 136 / 136;
            share[i] = count[i] / 136;
        }
    baro_two_way table = {2, 3, count, covariance, 136, 57}, shares = {2, 3, share, of_shares, 136, 57};
    for (baro_two_way_test test = 0; test < BARO_TWO_WAY_TESTS; test++) {
        assert_int_equal(run(test, &table, &a), BARO_OK);
        assert_int_equal(run(test, &shares, &b), BARO_OK);
        check_close(b.statistic, a.statistic, 1e-11);
        check_close(b.df1, a.df1, 1e-11);
        check_close(b.p, a.p, 1e-10);
        shares.n = 0;
        assert_int_equal(run(test, &shares, &b), BARO_OUT_OF_DOMAIN);
        shares.n = INFINITY;
        assert_int_equal(run(test, &shares, &b), BARO_OUT_OF_DOMAIN);
        shares.n = 136;
    }
    table.df = INFINITY;
    assert_int_equal(run(BARO_TEST_WALD, &table, &a), BARO_OK);
    assert_int_equal(run(BARO_TEST_WALD_ADJUSTED, &table, &b), BARO_OK);
    check_close(b.statistic, a.statistic, 1e-14);
    check_close(b.p, a.p, 1e-13);
    table.df = 2; /* d is not above it */
    assert_int_equal(run(BARO_TEST_WALD, &table, &a), BARO_OK);
    assert_int_equal(run(BARO_TEST_WALD_ADJUSTED, &table, &b), BARO_OK);
    check_close(b.statistic, a.statistic / 2, 1e-13);
    table.df = 1;
    assert_int_equal(run(BARO_TEST_WALD, &table, &a), BARO_NO_TEST);
    assert_int_equal(run(BARO_TWO_WAY_TESTS, &table, &a), BARO_OUT_OF_DOMAIN);
    static const double rank_one[] = {1, -2, 1, 0, 0, 0};
    for (size_t i = 0; i < 36; i++)
        deficient[i] = rank_one[i / 6] * rank_one[i % 6];
    table = (baro_two_way){2, 3, count, deficient, 136, 57};
    assert_int_equal(run(BARO_TEST_WALD, &table, &a), BARO_NO_TEST);
}

int main(void)
{
    baro_distribution_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts), cmocka_unit_test(test_corrections), cmocka_unit_test(test_cumulate),
        cmocka_unit_test(test_ties),     cmocka_unit_test(test_sorting),
        cmocka_unit_test(test_points),   cmocka_unit_test(test_woodruff),    cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests_name("comparisons and quantiles at their limits", tests, NULL, NULL);
}
