/*
 * Where the project differs from R's survey 4.1-1 on purpose: both numbers. apiclus1 (ids dnum, weights pw, fpc), indicator ell == 0:
 * p, V, n, df as in the table of methods; R's numbers were printed by svyciprop, svycontrast and svyquantile of 4.1-1.
 */
#include "tests/check.h"
#include "stats/distribution.h"
#include "stats/estimate.h"
#include "stats/interval.h"
#include "stats/quantile.h"
#include <stdbool.h>

static const baro_share share = {.p = 4 / 183.0, .variance = 5.11775283e-4, .n = 183, .df = 14, .confidence = .95};

static void both(double ours, double wanted, double relative, double of_r)
{
    check_close(ours, wanted, relative);
    assert_true(fabs(ours - of_r) > 5 * relative * fabs(wanted) || wanted == 0); /* the difference is real */
}

/* R interpolates the likelihood on a grid; ours are the roots. */
static void likelihood(void **state)
{
    (void)state;
    double out[2];
    assert_int_equal(baro_interval_proportion(BARO_SHARE_LIKELIHOOD, &share, out), BARO_OK);
    both(out[0], .000675005746850, 1e-7, .000663921);
    both(out[1], .107778513279, 1e-7, .107778408);
}

/* The angle may not pass 0: the square of its sine would rise again. */
static void arcsine(void **state)
{
    (void)state;
    double out[2];
    assert_int_equal(baro_interval_proportion(BARO_SHARE_ARCSINE, &share, out), BARO_OK);
    both(out[0], 0, 0, .0003071927089);
    check_close(out[1], .0955767363668, 1e-8);
}

/* At 0 and 1 R gives no number (logit) or one that is none; ours is the exact limit at the effective size. */
static void at_the_edge(void **state)
{
    (void)state;
    double out[2];
    assert_int_equal(baro_interval_logit(0, 0, 14, .95, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 183, 9.06975, 14, .95, out), BARO_OK);
    check_close(out[0], 0, 0);
    check_close(out[1], 0.1960, 5e-2);
    assert_true(out[1] > 1 - pow(.025, 1 / 183.0)); /* wider than if the sample were a simple one */
}

/* A contrast has the smallest df of its domains; R's two-sample test has the union's less 1, to be had with --df. */
static void df_of_contrasts(void **state)
{
    (void)state;
    double smallest, of_r;
    assert_int_equal(baro_quantile_t(.975, 7, &smallest), BARO_OK); /* H schools are in 8 of 15 districts */
    assert_int_equal(baro_quantile_t(.975, 13, &of_r), BARO_OK);
    both(smallest, 2.36462425159278, 1e-12, of_r);
    check_close(of_r, 2.16036865646279, 1e-12);
}

/* Weights that add up to n are no population: R's default design effect is then infinite, ours that of the same n with replacement. */
static void design_effect(void **state)
{
    (void)state;
    const baro_moments sample = {.n = 183, .sum_w = 183, .sum_w2 = 183}, population = {.n = 183, .sum_w = 6194, .sum_w2 = 6194 * 6194 / 183.0};
    double s2 = 183 * 23.542240693781 * 23.542240693781 / 9.06974836245307;
    check_close(baro_deff(554.23709687, s2, &sample, false), 9.06974836245307, 1e-8);
    assert_true(isnan(baro_deff(554.23709687, s2, &sample, true)));
    check_close(baro_deff(554.23709687, s2, &population, true), 9.34587, 1e-5); /* R's default, when it is declared */
}

/* Under the weight of the smallest number R answers with the second smallest. */
static void first_quantile(void **state)
{
    (void)state;
    double value[] = {2.5, 7.25, 9}, weight[] = {.6, .3, .1}, q;
    baro_sorted sorted;
    baro_fault fault;
    assert_int_equal(baro_quantile_cumulate(value, weight, 3, value, weight, &sorted, &fault), BARO_OK);
    assert_int_equal(baro_quantile_point(BARO_QUANTILE_MATH, &sorted, .25, &q), BARO_OK);
    both(q, 2.5, 0, 7.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(likelihood),      cmocka_unit_test(arcsine),       cmocka_unit_test(at_the_edge),
                                       cmocka_unit_test(df_of_contrasts), cmocka_unit_test(design_effect), cmocka_unit_test(first_quantile)};
    baro_distribution_quiet();
    return cmocka_run_group_tests_name("differences from R on purpose", tests, NULL, NULL);
}
