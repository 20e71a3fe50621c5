/* Where the statistics begin and end: the last argument that is allowed, the first that is not, and what lies exactly
 * on a limit. Most rows were written for a mutant that `make mutate` had left alive. Reference digits: R 4.x. */
#include "tests/check.h"
#include "stats/distribution.h"
#include "stats/estimate.h"
#include "stats/interval.h"
#include "stats/replicate_make.h"
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- distributions ---- */

typedef enum { Q_T, Q_BETA, NORMAL, T, CHI_SQUARE, F, BETA, P_T, P_F } function;

static baro_status call(function f, const double a[3], baro_tail tail, double *out)
{
    switch (f) {
    case Q_T: return baro_quantile_t(a[0], a[1], out);
    case Q_BETA: return baro_quantile_beta(a[0], a[1], a[2], out);
    case NORMAL: return baro_tail_normal(a[0], tail, out);
    case T: return baro_tail_t(a[0], a[1], tail, out);
    case CHI_SQUARE: return baro_tail_chi_square(a[0], a[1], tail, out);
    case F: return baro_tail_f(a[0], a[1], a[2], tail, out);
    case BETA: return baro_tail_beta(a[0], a[1], a[2], tail, out);
    case P_T: return baro_p_value_t(a[0], a[1], out);
    case P_F: return baro_p_value_f(a[0], a[1], a[2], out);
    }
    return BARO_INTERNAL;
}

static const struct {
    function f;
    double a[3], lower, upper, relative; /* quantiles and p-values have `lower` alone */
} values[] = {
    {Q_T, {.5, 3}, 0, 0, 0},
    {Q_T, {.8, 3}, 0.9784723123633039, 0, 1e-14},
    {Q_T, {.999, 2.5}, 13.822193110865999, 0, 1e-13},
    {Q_T, {1e-9, 7}, -38.705980643231634, 0, 1e-13},
    {Q_T, {.975, 5}, 2.5705818356363137, 0, 1e-14},
    {Q_T, {.975, 1e9}, 1.9599639869123249, 0, 1e-13},
    {Q_T, {.975, INFINITY}, 1.959963984540054, 0, 1e-14},
    {NORMAL, {INFINITY}, 1, 0, 0},
    {NORMAL, {-INFINITY}, 0, 1, 0},
    {NORMAL, {1.7}, 0.95543453724145699, 0.04456546275854303, 1e-13},
    {T, {INFINITY, 3}, 1, 0, 0},
    {T, {1.7, 4}, 0.91782252936497499, 0.08217747063502501, 1e-13},
    {T, {1.7, INFINITY}, 0.95543453724145699, 0.04456546275854303, 1e-13},
    {CHI_SQUARE, {0, 3}, 0, 1, 0},
    {CHI_SQUARE, {-1, 3}, 0, 1, 0},
    {CHI_SQUARE, {.5, 2}, 0.22119921692859515, 0.77880078307140488, 1e-14},
    {CHI_SQUARE, {INFINITY, 3}, 1, 0, 0},
    {CHI_SQUARE, {5.1, 3}, 0.83538059591804681, 0.16461940408195316, 1e-13},
    {F, {0, 3, 7}, 0, 1, 0},
    {F, {-2, 3, 7}, 0, 1, 0},
    {F, {INFINITY, 3, 7}, 1, 0, 0},
    {F, {2.3, 3, 7}, 0.83584015560596714, 0.16415984439403281, 1e-13},
    {F, {3, 2, INFINITY}, 0.95021293163213605, 0.049787068367863944, 1e-13},
    {BETA, {0, 2.7, 4.1}, 0, 1, 0},
    {BETA, {1, 2.7, 4.1}, 1, 0, 0},
    {BETA, {-.1, 2.7, 4.1}, 0, 1, 0},
    {BETA, {1.1, 2.7, 4.1}, 1, 0, 0},
    {BETA, {.3, 2.7, 4.1}, 0.3213209189601331, 0.67867908103986685, 1e-13},
    {Q_BETA, {0, 2, 1}, 0, 0, 0},
    {Q_BETA, {1, 2, 1}, 1, 0, 0},
    {Q_BETA, {0, 2e6, 3e6}, 0, 0, 0},
    {Q_BETA, {1, 2e6, 3e6}, 1, 0, 0},
    {Q_BETA, {.25, 2, 1}, .5, 0, 1e-14},
    {Q_BETA, {.75, 1, 2}, .5, 0, 1e-14},
    {Q_BETA, {.81, 2, 1}, .9, 0, 1e-14},
    {Q_BETA, {1e-6, 1.1e6, 4.7e6}, 0.18888217692809697, 0, 5e-12},
    {Q_BETA, {.025, 4.7e6, 1.1e6}, 0.81002568169657474, 0, 5e-12},
    {Q_BETA, {.99997, 1.3e6, 2.9e6}, 0.31042946719724873, 0, 5e-12},
    {P_T, {0, 4}, 1, 0, 1e-15},
    {P_T, {1.7, 4}, 0.16435494127005002, 0, 1e-13},
    {P_T, {-1.7, 4}, 0.16435494127005002, 0, 1e-13},
    {P_T, {INFINITY, 4}, 0, 0, 0},
    {P_F, {0, 3, 7}, 1, 0, 0},
    {P_F, {2.3, 3, 7}, 0.16415984439403281, 0, 1e-13},
};

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++) {
        double lower = -7, upper = -7;
        assert_int_equal(call(values[i].f, values[i].a, BARO_TAIL_LOWER, &lower), BARO_OK);
        check_close(lower, values[i].lower, values[i].relative);
        if (values[i].f < NORMAL || values[i].f > BETA)
            continue;
        assert_int_equal(call(values[i].f, values[i].a, BARO_TAIL_UPPER, &upper), BARO_OK);
        check_close(upper, values[i].upper, values[i].relative);
    }
}

static const struct {
    function f;
    double a[3];
} refused[] = {
    {Q_T, {0, 3}},
    {Q_T, {1, 3}},
    {Q_T, {1, INFINITY}},
    {Q_T, {0, INFINITY}},
    {Q_T, {-.1, 3}},
    {Q_T, {1.1, 3}},
    {Q_T, {NAN, 3}},
    {Q_T, {.5, 0}},
    {Q_T, {.5, -1}},
    {Q_T, {.5, NAN}},
    {NORMAL, {NAN}},
    {T, {NAN, 3}},
    {T, {1, 0}},
    {T, {1, NAN}},
    {T, {INFINITY, 0}},
    {CHI_SQUARE, {NAN, 3}},
    {CHI_SQUARE, {1, 0}},
    {CHI_SQUARE, {1, NAN}},
    {CHI_SQUARE, {-1, 0}},
    {CHI_SQUARE, {1, INFINITY}},
    {F, {NAN, 3, 7}},
    {F, {1, 0, 7}},
    {F, {1, 3, 0}},
    {F, {-1, 0, 7}},
    {F, {-1, 3, 0}},
    {F, {1, INFINITY, 7}},
    {F, {-1, INFINITY, 7}},
    {BETA, {NAN, 2, 3}},
    {BETA, {.3, 0, 3}},
    {BETA, {.3, 2, 0}},
    {BETA, {0, 0, 3}},
    {BETA, {0, 2, 0}},
    {BETA, {0, INFINITY, 3}},
    {BETA, {0, 2, INFINITY}},
    {Q_BETA, {-.1, 2, 3}},
    {Q_BETA, {1.1, 2, 3}},
    {Q_BETA, {NAN, 2, 3}},
    {Q_BETA, {.3, 0, 3}},
    {Q_BETA, {.3, 2, 0}},
    {Q_BETA, {0, 1e-150, 3}},
    {Q_BETA, {0, 2, 1e-150}},
    {Q_BETA, {0, INFINITY, 3}},
    {Q_BETA, {0, 2, INFINITY}},
    {P_T, {NAN, 3}},
    {P_T, {1, 0}},
    {P_F, {-.1, 3, 7}},
    {P_F, {NAN, 3, 7}},
    {P_F, {1, 0, 7}},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++)
        for (baro_tail tail = BARO_TAIL_LOWER; tail <= BARO_TAIL_UPPER; tail++) {
            double out = -7;
            if (call(refused[i].f, refused[i].a, tail, &out) != BARO_OUT_OF_DOMAIN || out != -7)
                fail_msg("row %zu: %g, not refused or written", i, out);
        }
}

/* ---- intervals ---- */

static void test_interval_refusals(void **state)
{
    static const struct {
        double estimate, se, df, confidence;
    } bad[] = {{NAN, 1, 5, .9}, {INFINITY, 1, 5, .9}, {.3, -1, 5, .9}, {.3, NAN, 5, .9}, {.3, INFINITY, 5, .9},
               {.3, 1, 0, .9},  {.3, 1, NAN, .9},     {.3, 1, 5, 0},   {.3, 1, 5, 1},    {.3, 1, 5, NAN},
               {.3, 1, 5, -.5}, {.3, 1, 5, 1.5}};
    double out[2] = {-7, -7};
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(baro_interval_wald(bad[i].estimate, bad[i].se, bad[i].df, bad[i].confidence, out),
                         BARO_NO_INTERVAL);
        assert_int_equal(baro_interval_logit(bad[i].estimate, bad[i].se, bad[i].df, bad[i].confidence, out),
                         BARO_NO_INTERVAL);
    }
    for (double p = -1; p <= 2; p++)
        assert_int_equal(baro_interval_logit(p, .1, 5, .9, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(.5, 9, 1, 5, .9, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, .9, 1, 5, .9, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 9, 1, 0, .9, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 9, 1, 5, 0, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 9, 1, 5, 1, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 9, 1, 5, 1.5, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, 9, 1, 5, -.5, out), BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_at_edge(0, NAN, 1, 5, .9, out), BARO_NO_INTERVAL);
    check_close(out[0], -7, 0);
    assert_int_equal(baro_interval_wald(.3, 0, 5, .9, out), BARO_OK);
    check_close(out[0], .3, 0);
    check_close(out[1], .3, 0);
}

static void test_edge(void **state)
{
    double out[2];
    (void)state;
    assert_int_equal(baro_interval_at_edge(0, 1, NAN, 5, .95, out), BARO_OK);
    check_close(out[0], 0, 0);
    check_close(out[1], .975, 1e-14);
    assert_int_equal(baro_interval_at_edge(1, 1, .5, 5, .95, out), BARO_OK);
    check_close(out[0], .025, 1e-14);
    check_close(out[1], 1, 0);
    assert_int_equal(baro_interval_at_edge(1, 1, 4, 5, .95, out), BARO_OK);
    check_close(out[0], pow(.025, 4), 1e-12);
}

/* Seen from 1 everything is the same; a variance without end says nothing, none says p. */
static void test_methods(void **state)
{
    static const double shares[] = {.03, .3, .5, .55, .97}, variances[] = {1e-9, 3e-4, .02, .3};
    double out[2], turned[2];
    (void)state;
    for (baro_share_method method = 0; method < BARO_SHARE_METHODS; method++) {
        for (size_t i = 0; i < COUNT(shares); i++)
            for (size_t k = 0; k < COUNT(variances); k++) {
                baro_share share = {shares[i], variances[k], 41, 17, .9, false}, other = share;
                other.p = 1 - share.p;
                assert_int_equal(baro_interval_proportion(method, &share, out), BARO_OK);
                assert_int_equal(baro_interval_proportion(method, &other, turned), BARO_OK);
                check_close(turned[1], 1 - out[0], 1e-11);
                check_close(turned[0] + 1, 2 - out[1], 1e-11);
                assert_true(out[0] <= share.p && share.p <= out[1]);
            }
        baro_share none = {.3, 0, 41, 17, .9, false}, endless = {.3, 1e300, 41, 17, .9, false};
        assert_int_equal(baro_interval_proportion(method, &none, out), BARO_OK);
        check_close(out[0], .3, 1e-15);
        check_close(out[1], .3, 1e-15);
        if (method == BARO_SHARE_WALD)
            continue;
        assert_int_equal(baro_interval_proportion(method, &endless, out), BARO_OK);
        check_close(out[0], 0, 1e-12);
        check_close(out[1], 1, 1e-12);
        baro_share bad[] = {{0, .1, 41, 17, .9, false},   {1, .1, 41, 17, .9, false},
                            {.3, -.1, 41, 17, .9, false}, {.3, INFINITY, 41, 17, .9, false},
                            {.3, NAN, 41, 17, .9, false}, {.3, .1, 41, 0, .9, false},
                            {.3, .1, 41, 17, 0, false},   {.3, .1, 41, 17, 1, false}};
        for (size_t i = 0; i < COUNT(bad); i++)
            assert_int_equal(baro_interval_proportion(method, &bad[i], out), BARO_NO_INTERVAL);
    }
    assert_int_equal(baro_interval_proportion(BARO_SHARE_WALD, &(baro_share){1, .1, 41, 17, .9, false}, out), BARO_OK);
    assert_int_equal(baro_interval_proportion(BARO_SHARE_BETA, &(baro_share){.3, .1, 1, 17, .9, false}, out),
                     BARO_NO_INTERVAL);
    assert_int_equal(baro_interval_proportion(BARO_SHARE_METHODS, &(baro_share){.3, .1, 9, 17, .9, false}, out),
                     BARO_NO_INTERVAL);
}

/* ---- what stands beside an estimate ---- */

static void test_moments(void **state)
{
    (void)state;
    check_close(baro_weighted_variance(&(baro_moments){4, 8, 20, 0}, 26, 1.5), (26 / 8. - 2.25) * 4 / 3, 1e-15);
    check_close(baro_weighted_variance(&(baro_moments){4, 8, 20, 0}, 18, 1.5), 0, 0);
    check_close(baro_weighted_variance(&(baro_moments){4, 8, 20, 0}, 17, 1.5), 0, 0);
    check_close(baro_weighted_variance(&(baro_moments){1, 8, 20, 0}, 26, 1.5), NAN, 0);
    check_close(baro_weighted_variance(&(baro_moments){4, 0, 20, 0}, 26, 1.5), NAN, 0);
    check_close(baro_deff(.7, 3, &(baro_moments){4, 8, 20, 0}, false), .7 / .75, 1e-15);
    check_close(baro_deff(.7, 3, &(baro_moments){4, 8, 20, 0}, true), .7 / .375, 1e-15);
    check_close(baro_deff(.7, 3, &(baro_moments){4, 4, 20, 0}, true), NAN, 0);
    check_close(baro_deff(.7, 0, &(baro_moments){4, 8, 20, 0}, false), NAN, 0);
    check_close(baro_kish_size(&(baro_moments){4, 8, 20, 0}), 3.2, 1e-15);
    check_close(baro_kish_size(&(baro_moments){4, .6, .25, 0}), 1.44, 1e-15);
    check_close(baro_kish_size(&(baro_moments){4, 8, 0, 0}), NAN, 0);
}

/* ---- statuses, replicates ---- */

static void test_statuses(void **state)
{
    (void)state;
    assert_int_equal(baro_status_exit(BARO_STATUS_COUNT), baro_status_exit(BARO_INTERNAL));
    assert_string_equal(baro_status_sentence(BARO_STATUS_COUNT), baro_status_sentence(BARO_INTERNAL));
    for (unsigned s = 0; s < BARO_STATUS_COUNT; s++)
        assert_non_null(baro_status_sentence((baro_status)s));
}

static void test_replicate_methods(void **state)
{
    static const struct {
        const char *name;
        bool full_centre, needs_rscales, needs_rho;
        double of_8, of_1;
    } rows[BARO_REPLICATES_KINDS] = {
        {"brr", false, false, false, .125, 1},           {"fay", false, false, true, .125 / .49, 1 / .49},
        {"jk1", false, false, false, .875, 0},           {"jkn", false, true, false, 1, 1},
        {"bootstrap", false, false, false, 1 / 7., NAN}, {"sdr", true, false, false, .5, 4}};
    (void)state;
    for (baro_replicates kind = 0; kind < BARO_REPLICATES_KINDS; kind++) {
        const baro_replicate_method *method = baro_replicate_method_of(kind);
        assert_string_equal(method->name, rows[kind].name);
        assert_int_equal(method->full_centre, rows[kind].full_centre);
        assert_int_equal(method->needs_rscales, rows[kind].needs_rscales);
        assert_int_equal(method->needs_rho, rows[kind].needs_rho);
        assert_int_equal(baro_replicate_named(rows[kind].name), kind);
        check_close(baro_replicate_scale(kind, 8, .3), rows[kind].of_8, 1e-14);
        check_close(baro_replicate_scale(kind, 1, .3), rows[kind].of_1, 1e-14);
        check_close(baro_replicate_scale(kind, 0, .3), NAN, 0);
    }
    check_close(baro_replicate_scale(BARO_REPLICATES_FAY, 8, 0), .125, 0);
    check_close(baro_replicate_scale(BARO_REPLICATES_FAY, 8, 1), NAN, 0);
    check_close(baro_replicate_scale(BARO_REPLICATES_FAY, 8, -.1), NAN, 0);
    check_close(baro_replicate_scale(BARO_REPLICATES_KINDS, 8, .3), NAN, 0);
    assert_null(baro_replicate_method_of(BARO_REPLICATES_KINDS));
    assert_int_equal(baro_replicate_named("brrr"), BARO_REPLICATES_KINDS);
}

int main(void)
{
    baro_distribution_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_interval_refusals),
        cmocka_unit_test(test_edge),
        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_replicate_methods),
    };
    return cmocka_run_group_tests_name("where the statistics begin and end", tests, NULL, NULL);
}
