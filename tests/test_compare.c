/* Verdicts against a margin, detectable differences, and p-values corrected for their number: R's digits of p.adjust
 * and qt. */
#include "tests/check.h"
#include "stats/compare.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include <stdlib.h>
#include <string.h>

enum { TESTS = 10 };

typedef struct {
    const char *name;
    baro_correction correction;
    double adjusted[TESTS];
} correction_case;

static const double p_values[TESTS] = {.0412, .00031, .73, .0087, .0087, .2, .051, .999, .0260, 0};

/* R 4.0: p.adjust(p, "...") */
static const correction_case corrections[] = {
    {"none", BARO_CORRECT_NONE, {.0412, .00031, .73, .0087, .0087, .2, .051, .999, .0260, 0}},
    {"bonferroni", BARO_CORRECT_BONFERRONI, {.412, .0031, 1, .087, .087, 1, .51, 1, .26, 0}},
    {"holm", BARO_CORRECT_HOLM, {.206, .00279, 1, .0696, .0696, .6, .206, 1, .156, 0}},
    {"bh",
     BARO_CORRECT_BH,
     {0.068666666666666668, 0.00155, 0.81111111111111112, 0.02175, 0.02175, 0.25, 0.072857142857142856, 0.999, 0.052,
      0}},
    {"by",
     BARO_CORRECT_BY,
     {0.20112248677248676, 0.004539900793650793, 1, 0.063705059523809518, 0.063705059523809518, 0.73224206349206344,
      0.21339625850340133, 1, 0.1523063492063492, 0}},
};

static void test_correction(void **state)
{
    const correction_case *c = *state;
    double sorted[TESTS], adjusted[TESTS], holed[TESTS + 2];
    uint32_t order[TESTS + 2], work[TESTS + 2];
    double more[TESTS + 2];
    assert_int_equal(baro_correct(c->correction, p_values, TESTS, order, work, sorted, adjusted), BARO_OK);
    for (size_t i = 0; i < TESTS; i++)
        check_close(adjusted[i], c->adjusted[i], 1e-14);
    memcpy(holed + 1, p_values, sizeof p_values); /* what was not tested does not count, and may lie anywhere */
    holed[0] = holed[TESTS + 1] = NAN;
    assert_int_equal(baro_correct(c->correction, holed, TESTS + 2, order, work, more, holed), BARO_OK);
    assert_true(isnan(holed[0]) && isnan(holed[TESTS + 1]));
    for (size_t i = 0; i < TESTS; i++)
        check_close(holed[i + 1], c->adjusted[i], 1e-14);
}

/* None is below the p-value, Holm is never above Bonferroni, BH never above BY. */
static void test_order_of_corrections(void **state)
{
    enum { N = 64 };
    double p[N], sorted[N], adjusted[BARO_CORRECTIONS][N];
    uint32_t order[N], work[N], seed = 977;
    (void)state;
    for (size_t i = 0; i < N; i++) {
        seed = seed * 1664525u + 1013904223u;
        p[i] = (double)(seed >> 12) / 1048576 * (i % 3 ? 1 : 1e-3);
    }
    for (baro_correction c = 0; c < BARO_CORRECTIONS; c++)
        assert_int_equal(baro_correct(c, p, N, order, work, sorted, adjusted[c]), BARO_OK);
    for (size_t i = 0; i < N; i++) {
        for (baro_correction c = 0; c < BARO_CORRECTIONS; c++)
            assert_true(adjusted[c][i] >= p[i] && adjusted[c][i] <= 1);
        assert_true(adjusted[BARO_CORRECT_HOLM][i] <= adjusted[BARO_CORRECT_BONFERRONI][i]);
        assert_true(adjusted[BARO_CORRECT_BH][i] <= adjusted[BARO_CORRECT_HOLM][i]);
        assert_true(adjusted[BARO_CORRECT_BH][i] <= adjusted[BARO_CORRECT_BY][i]);
    }
}

typedef struct {
    const char *name;
    double difference, se, df, margin;
    baro_verdict verdict;
} verdict_case;

/* With df = 14: t at .95 is 1.7613, at .975 it is 2.1448. */
static const verdict_case verdicts[] = {
    {"equivalent", .0031, .0094, 14, .0217, BARO_VERDICT_EQUIVALENT},
    {"equivalent, fallen", -.0031, .0094, 14, .0217, BARO_VERDICT_EQUIVALENT},
    {"changed", .0713, .0094, 14, .0217, BARO_VERDICT_CHANGED},
    {"changed, fallen", -.0713, .0094, 14, .0217, BARO_VERDICT_CHANGED},
    {"changed, straddling the margin", .0231, .0094, 14, .0217, BARO_VERDICT_CHANGED},
    {"changed, by less than the margin", .0231, .0094, 14, .0417, BARO_VERDICT_CHANGED_WITHIN},
    {"changed, by less than the margin, fallen", -.0231, .0094, 14, .0417, BARO_VERDICT_CHANGED_WITHIN},
    {"too noisy", .0131, .0094, 14, .0217, BARO_VERDICT_NOISY},
    {"too noisy, nothing seen", 0, .0294, 14, .0217, BARO_VERDICT_NOISY},
    {"the 90 % interval decides on the margin", .0031, .0094, 14, .0197,
     BARO_VERDICT_EQUIVALENT}, /* 90 %: .01966, 95 %: .02326 */
    {"just outside the margin", .0031, .0094, 14, .0196, BARO_VERDICT_NOISY},
    {"the 95 % interval decides on 0", .0180, .0094, 14, .0217, BARO_VERDICT_NOISY}, /* 90 %: above 0 */
    {"many df", .0180, .0094, 14, .0357, BARO_VERDICT_EQUIVALENT},
    {"few df", .0180, .0094, 3, .0357, BARO_VERDICT_NOISY},
    {"a wide sample finds it", .0187, .0094, INFINITY, .0417, BARO_VERDICT_CHANGED_WITHIN},
    {"no error, no difference", 0, 0, 14, .0217, BARO_VERDICT_EQUIVALENT},
    {"no error, some difference", .01, 0, 14, .0217, BARO_VERDICT_CHANGED_WITHIN},
    {"touching the margin is not inside", .0217, 0, 14, .0217, BARO_VERDICT_CHANGED},
};

static void test_verdict(void **state)
{
    const verdict_case *c = *state;
    baro_equivalence out;
    double inner[2], outer[2];
    assert_int_equal(baro_equivalence_test(c->difference, c->se, c->df, c->margin, &out), BARO_OK);
    assert_int_equal(out.verdict, c->verdict);
    assert_int_equal(baro_interval_wald(c->difference, c->se, c->df, .9, inner), BARO_OK);
    assert_int_equal(baro_interval_wald(c->difference, c->se, c->df, .95, outer), BARO_OK);
    for (int side = 0; side < 2; side++) {
        check_close(out.inner[side], inner[side], 0);
        check_close(out.outer[side], outer[side], 0);
    }
}

static void test_detectable(void **state)
{
    double out;
    (void)state;
    assert_int_equal(baro_detectable_difference(.0371, 14, .05, .8, &out), BARO_OK);
    check_close(out, 0.11177641851753083, 1e-11);
    assert_int_equal(baro_detectable_difference(2.25, 3.5, .05, .8, &out), BARO_OK);
    check_close(out, 8.7679068118088406, 1e-11);
    assert_int_equal(baro_detectable_difference(1, INFINITY, .1, .9, &out), BARO_OK);
    check_close(out, 2.9264051924960723, 1e-12);
    baro_equivalence both;
    assert_int_equal(baro_equivalence_test(.3, .0371, 14, .1, &both), BARO_OK);
    check_close(both.detectable, 0.11177641851753083, 1e-11);
}

static void test_refusals(void **state)
{
    baro_equivalence out = {.detectable = -7};
    double one = -7, p[3] = {.1, .2, .3}, adjusted[3] = {-7, -7, -7}, sorted[3];
    uint32_t order[3], work[3];
    (void)state;
    assert_int_equal(baro_equivalence_test(.1, .1, 0, .1, &out), BARO_NO_INTERVAL);
    assert_int_equal(baro_equivalence_test(NAN, .1, 9, .1, &out), BARO_NO_INTERVAL);
    assert_int_equal(baro_equivalence_test(.1, -1, 9, .1, &out), BARO_NO_INTERVAL);
    assert_int_equal(baro_equivalence_test(.1, .1, 9, 0, &out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_equivalence_test(.1, .1, 9, NAN, &out), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_detectable_difference(.1, 9, .05, 1, &one), BARO_NO_INTERVAL);
    assert_int_equal(baro_detectable_difference(.1, NAN, .05, .8, &one), BARO_NO_INTERVAL);
    assert_int_equal(baro_correct_sorted(BARO_CORRECT_HOLM, (double[]){.2, .1, .3}, 3, adjusted), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_correct_sorted(BARO_CORRECT_HOLM, (double[]){.2, NAN, .3}, 3, adjusted), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_correct_sorted(BARO_CORRECT_HOLM, (double[]){.2, .3, 1.1}, 3, adjusted), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_correct_sorted(BARO_CORRECTIONS, p, 3, adjusted), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_correct(BARO_CORRECT_BH, (double[]){.2, -.3, .5}, 3, order, work, sorted, adjusted),
                     BARO_OUT_OF_DOMAIN);
    check_close(out.detectable, -7, 0);
    check_close(one, -7, 0);
    check_close(adjusted[0], -7, 0);
    assert_int_equal(baro_correct_sorted(BARO_CORRECT_BY, p, 0, adjusted), BARO_OK);
    check_close(adjusted[0], -7, 0);
}

int main(void)
{
    enum { CORRECTIONS = sizeof corrections / sizeof *corrections, VERDICTS = sizeof verdicts / sizeof *verdicts };
    struct CMUnitTest tests[CORRECTIONS + VERDICTS + 3];
    size_t n = 0;
    baro_distribution_quiet();
    for (size_t i = 0; i < CORRECTIONS; i++)
        tests[n++] =
            (struct CMUnitTest){corrections[i].name, test_correction, NULL, NULL, (void *)(uintptr_t)&corrections[i]};
    for (size_t i = 0; i < VERDICTS; i++)
        tests[n++] = (struct CMUnitTest){verdicts[i].name, test_verdict, NULL, NULL, (void *)(uintptr_t)&verdicts[i]};
    tests[n++] = (struct CMUnitTest){"order of corrections", test_order_of_corrections, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"detectable difference", test_detectable, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"arguments refused, outputs untouched", test_refusals, NULL, NULL, NULL};
    return _cmocka_run_group_tests("verdicts and corrections", tests, n, NULL, NULL);
}
