/* What lies exactly on a limit, or so near it that the digits show which side was taken. */
#include "tests/check.h"
#include "stats/chi_square.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include "stats/quantile.h"
#include "stats/replicate.h"
#include <stdlib.h>
#include <string.h>

static void *copied(const void *from, size_t size)
{
    void *to = malloc(size);
    assert_non_null(to);
    return memcpy(to, from, size);
}

/* The middle is 0, not -0, which would be printed with its sign. */
static void test_middle(void **state)
{
    static const double dfs[] = {.7, 3, 1e11, INFINITY};
    (void)state;
    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++) {
        double x = -7;
        assert_int_equal(baro_quantile_t(.5, dfs[i], &x), BARO_OK);
        assert_true(x == 0 && !signbit(x));
    }
}

/* A variance near 0: half the width on the scale of logits is t se / pq (1 + (q - p) / 6 times itself + ...). */
static void test_narrow_likelihood(void **state)
{
    double t, out[2];
    (void)state;
    assert_int_equal(baro_quantile_t(.95, 17, &t), BARO_OK);
    for (double h = 1e-6; h < 3e-5; h *= 1.7) {
        const double p = .03, q = .97, se = h * p * q / t;
        baro_share share = {p, se * se, 41, 17, .9, false};
        assert_int_equal(baro_interval_proportion(BARO_SHARE_LIKELIHOOD, &share, out), BARO_OK);
        double down = log(p / q) - log(out[0] / (1 - out[0])), up = log(out[1] / (1 - out[1])) - log(p / q);
        /* logits near -3.5 have 16 digits, so their difference ends at 1e-15 */
        assert_true(fabs(down - h * (1 + (q - p) / 6 * h)) < 5e-15);
        assert_true(fabs(up - h * (1 - (q - p) / 6 * h)) < 5e-15);
    }
}

/* How many there are in a base does not matter to Rao and Scott's F, be they less than one. */
static void test_small_base(void **state)
{
    static const double count[] = {23, 11, 47, 19};
    double covariance[16];
    baro_f_test large, small;
    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
            covariance[4 * i + j] = (i == j ? 1.3 * count[i] : 0) - count[i] * count[j] / 100;
    baro_two_way table = {2, 2, count, covariance, 100, 57};
    double *scratch = malloc(baro_two_way_room(2, 2) * sizeof *scratch);
    assert_non_null(scratch);
    assert_int_equal(baro_two_way_independence(BARO_TEST_RAO_SCOTT, &table, scratch, &large), BARO_OK);
    table.n = .4;
    assert_int_equal(baro_two_way_independence(BARO_TEST_RAO_SCOTT, &table, scratch, &small), BARO_OK);
    check_close(small.statistic, large.statistic, 1e-12);
    check_close(small.p, large.p, 1e-12);
    free(scratch);
}

/* Less than nothing for a variance is no test, not even where nothing is to be explained. */
static void test_negative_variance(void **state)
{
    static const double count[] = {25, 25, 25, 25};
    double covariance[16];
    baro_f_test out;
    (void)state;
    for (size_t i = 0; i < 16; i++)
        covariance[i] = i % 5 == 0 ? -1.7 : 0;
    baro_two_way table = {2, 2, count, covariance, 100, 57};
    double *scratch = malloc(baro_two_way_room(2, 2) * sizeof *scratch);
    assert_non_null(scratch);
    assert_int_equal(baro_two_way_independence(BARO_TEST_RAO_SCOTT, &table, scratch, &out), BARO_NO_TEST);
    free(scratch);
}

/* Without covariances the form is the sum of squares about the mean that is weighted by precision. */
static void test_all_equal(void **state)
{
    enum { N = 4 };
    static const double estimate[N] = {1.7, -.4, 2.9, .8}, v[N] = {.3, .9, 1.4, .5};
    double weights = 0, mean = 0, form = 0, matrix[N * N] = {0}, p;
    baro_f_test out;
    (void)state;
    for (size_t i = 0; i < N; i++) {
        matrix[i * N + i] = v[i];
        weights += 1 / v[i];
        mean += estimate[i] / v[i];
    }
    for (size_t i = 0; i < N; i++)
        form += (estimate[i] - mean / weights) * (estimate[i] - mean / weights) / v[i];
    double *exact = copied(estimate, sizeof estimate), *covariance = copied(matrix, sizeof matrix);
    size_t room = baro_equal_room(N);
    assert_true(room >= 5 * N * N);
    double *scratch = malloc(room * sizeof *scratch);
    assert_non_null(scratch);
    for (int adjusted = 0; adjusted < 2; adjusted++) {
        memset(scratch, 0x7f, room * sizeof *scratch);
        assert_int_equal(baro_all_equal(exact, covariance, N, 19, adjusted, scratch, &out), BARO_OK);
        check_close(out.statistic, adjusted ? form / 3 * 17 / 19 : form / 3, 1e-13);
        check_close(out.df1, 3, 0);
        check_close(out.df2, adjusted ? 17 : 19, 0);
        assert_int_equal(baro_p_value_f(out.statistic, out.df1, out.df2, &p), BARO_OK);
        check_close(out.p, p, 0);
    }
    const double two[] = {v[0], 0, 0, v[1]}, between = estimate[0] - estimate[1], none[N * N] = {0};
    assert_int_equal(baro_all_equal(exact, two, 2, 19, false, scratch, &out), BARO_OK);
    check_close(out.statistic, between * between / (v[0] + v[1]), 1e-13);
    check_close(out.df1, 1, 0);
    assert_int_equal(baro_all_equal(exact, none, N, 19, false, scratch, &out), BARO_NO_TEST);
    static const double bad[] = {-1.7, INFINITY, NAN};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t k = 0; k < N; k++) {
            double wrong = covariance[k * N + k];
            covariance[k * N + k] = 5 * bad[i];
            assert_int_equal(baro_all_equal(exact, covariance, N, 19, false, scratch, &out), BARO_NO_TEST);
            covariance[k * N + k] = wrong;
        }
    double u[] = {1, 2, 4}, nearly[9]; /* all but one direction */
    for (size_t i = 0; i < 9; i++)
        nearly[i] = u[i / 3] * u[i % 3] + (i % 4 == 0 ? 1e-13 : 0);
    assert_int_equal(baro_all_equal(exact, nearly, 3, 19, false, scratch, &out), BARO_NO_TEST);
    assert_int_equal(baro_equal_room((size_t)1 << 30), 0);
    assert_int_equal(baro_two_way_room((size_t)1 << 15, (size_t)1 << 15), 0);
    assert_int_equal(baro_all_equal(exact, covariance, N, 2, false, scratch, &out), BARO_NO_TEST);
    assert_int_equal(baro_all_equal(exact, covariance, N, 0, false, scratch, &out), BARO_NO_TEST);
    assert_int_equal(baro_all_equal(exact, covariance, 1, 19, false, scratch, &out), BARO_NO_TEST);
    free(exact);
    free(covariance);
    free(scratch);
}

/* A level that is beyond an end by the rounding allowed, and no more, is that end. */
static void test_ends_of_levels(void **state)
{
    double level[2];
    (void)state;
    for (int end = 0; end < 2; end++) {
        double sign = end ? 1 : -1;
        assert_int_equal(baro_woodruff_levels(end + sign * 1e-12, 0, 9, .9, level), BARO_OK);
        assert_true(level[0] == end && level[1] == end);
        assert_int_equal(baro_woodruff_levels(end + sign * 1.1e-12, 0, 9, .9, level), BARO_OK);
        assert_true(isnan(level[0]) && isnan(level[1]));
    }
}

/* ---- replicates ---- */

/* "At least 1e-5 of its length": exactly as much counts. */
static void test_rank_at_tolerance(void **state)
{
    double gram[1], direction[BARO_GRAM_HELD], tolerance = 1e-5;
    const double length = 1;
    (void)state;
    for (int below = 0; below < 2; below++) {
        baro_replicate_gram sums = {.replicates = 1, .gram = gram, .direction = direction};
        baro_replicate_gram_begin(&sums);
        gram[0] = tolerance * tolerance * (below ? .999 : 1);
        assert_int_equal(baro_replicate_rank_within(&sums, &length), !below);
    }
}

static void test_units_in_their_place(void **state)
{
    static const uint32_t unit_end[] = {2, 3, 5}, column[] = {0, 1, 1, 0, 1};
    static const double high[] = {1.5, 2, -3, 4, 7.25}, low[] = {.25, 0, 0, 0, .5}, factor[] = {2, 0, 3};
    double total[2];
    baro_sum sum[2];
    (void)state;
    uint32_t *ends = copied(unit_end, sizeof unit_end), *columns = copied(column, sizeof column);
    double *highs = copied(high, sizeof high), *lows = copied(low, sizeof low),
           *factors = copied(factor, sizeof factor);
    baro_totals totals = {.columns = 2, .unit_end = ends, .column = columns, .high = highs, .low = lows};
    baro_replicate_unit_values(&totals, 3, factors, sum, total);
    check_close(total[0], 15.5, 0);
    check_close(total[1], 27.25, 0);
    free(ends);
    free(columns);
    free(highs);
    free(lows);
    free(factors);
}

int main(void)
{
    baro_distribution_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_middle),
        cmocka_unit_test(test_narrow_likelihood),
        cmocka_unit_test(test_small_base),
        cmocka_unit_test(test_negative_variance),
        cmocka_unit_test(test_all_equal),
        cmocka_unit_test(test_ends_of_levels),
        cmocka_unit_test(test_rank_at_tolerance),
        cmocka_unit_test(test_units_in_their_place),
    };
    return cmocka_run_group_tests_name("exactly on a limit", tests, NULL, NULL);
}
