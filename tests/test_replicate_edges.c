/* Replicates at their limits, against the formulas written out. Most cases were written for a mutant that `make mutate`
 * had left alive. */
#include "tests/check.h"
#include "stats/replicate_make.h"
#include <stdlib.h>
#include <string.h>

enum { UNITS = 7 };

static void test_hadamard(void **state)
{
    (void)state;
    assert_int_equal(baro_hadamard_make(0, &(baro_hadamard){0}), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_hadamard_make(BARO_HADAMARD_MOST + 1, &(baro_hadamard){0}), BARO_OUT_OF_DOMAIN);
    baro_hadamard largest;
    assert_int_equal(baro_hadamard_make(BARO_HADAMARD_MOST, &largest), BARO_OK);
    assert_int_equal(largest.order, BARO_HADAMARD_MOST);
    for (size_t n = 1; n <= 84; n++) {
        baro_hadamard m;
        assert_int_equal(baro_hadamard_make(n, &m), BARO_OK);
        assert_true(m.order >= n && (n > 48 || m.order == (n <= 2 ? n : (n + 3) / 4 * 4)));
        for (size_t i = 0; i < m.order; i++)
            for (size_t j = 0; j <= i; j++) {
                int sum = 0;
                for (size_t k = 0; k < m.order; k++)
                    sum += baro_hadamard_entry(&m, i, k) * baro_hadamard_entry(&m, j, k);
                assert_int_equal(sum, i == j ? (int)m.order : 0);
                assert_true(i > 0 || baro_hadamard_entry(&m, 0, j) == 1);
            }
    }
}

/* Successive differences: under 8 replicates 7 units are a closed turn; its variance is half the sum of squared steps.
 */
static void test_differences(void **state)
{
    static const double t[UNITS] = {2.7, -1.3, 4.1, 8.9, .6, 3.3, 7.7};
    static const uint32_t end[] = {UNITS};
    double factor[8 * UNITS], rscale[8], sum = 0, steps = 0;
    baro_design design = {.units = UNITS, .strata = 1, .stratum_end = end, .fraction = (double[]){0}};
    baro_replicate_plan plan = {BARO_REPLICATES_SDR, baro_replicate_count(BARO_REPLICATES_SDR, &design, 8), 0, 0};
    baro_fault fault;
    (void)state;
    assert_int_equal(plan.replicates, 8);
    assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OK);
    for (size_t r = 0; r < 8; r++) {
        double off = 0;
        for (size_t i = 0; i < UNITS; i++)
            off += (factor[r * UNITS + i] - 1) * t[i];
        sum += 4 / 8. * off * off;
        check_close(rscale[r], 1, 0);
    }
    for (size_t i = 0; i < UNITS; i++)
        steps += (t[i] - t[(i + 1) % UNITS]) * (t[i] - t[(i + 1) % UNITS]);
    check_close(sum, steps / 2, 1e-13);
    plan.replicates = 3;
    assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OUT_OF_DOMAIN);
    assert_true(fault.index == 0 && fault.other == 4);
    plan.replicates = 6;
    assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OUT_OF_DOMAIN);
    assert_true(fault.index == 0 && fault.other == 4);
}

/* More units than a turn has places take a second turn: every unit differs from 1 by squares of 8 / 4 in all. */
static void test_second_turn(void **state)
{
    enum { MORE = 10 };
    static const uint32_t end[] = {MORE};
    double *factor = malloc(8 * MORE * sizeof *factor), rscale[8];
    baro_design design = {.units = MORE, .strata = 1, .stratum_end = end, .fraction = (double[]){0}};
    baro_replicate_plan plan = {BARO_REPLICATES_SDR, 8, 0, 0};
    baro_fault fault;
    (void)state;
    assert_non_null(factor);
    assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OK);
    for (size_t i = 0; i < MORE; i++) {
        double squares = 0;
        for (size_t r = 0; r < 8; r++)
            squares += (factor[r * MORE + i] - 1) * (factor[r * MORE + i] - 1);
        check_close(squares, 2, 1e-14);
    }
    free(factor);
}

/* Half-samples: two units in every stratum but those that were taken whole, and these keep their weights. */
static void test_halves(void **state)
{
    static const uint32_t ends[][3] = {{2, 5, 7}, {3, 5, 7}, {2, 4, 7}};
    static const double none[] = {0, 0, 0}, whole[][3] = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
    double factor[4 * UNITS], rscale[4];
    baro_replicate_plan plan = {BARO_REPLICATES_BRR, 4, 0, 0};
    (void)state;
    for (size_t e = 0; e < 3; e++) {
        size_t odd = e == 0 ? 1 : e == 1 ? 0 : 2;
        baro_fault fault = {77, 77, 0};
        baro_design design = {.units = UNITS, .strata = 3, .stratum_end = ends[e], .fraction = none};
        assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OUT_OF_DOMAIN);
        assert_true(fault.index == odd && fault.other == 3);
        design.fraction = whole[e];
        assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OK);
        for (size_t h = 0, first = 0; h < 3; first = ends[e][h++])
            for (size_t i = first; i < ends[e][h]; i++) {
                double sum = 0, squares = 0;
                for (size_t r = 0; r < 4; r++) {
                    sum += factor[r * UNITS + i];
                    squares += factor[r * UNITS + i] * factor[r * UNITS + i];
                }
                check_close(sum, 4, 0);
                check_close(squares, h == odd ? 4 : 8, 0);
            }
    }
}

/* Half-samples are as many as a Hadamard matrix has rows, and more than the strata that are halved. */
static void test_half_counts(void **state)
{
    enum { MOST = 12 };
    static const uint32_t end[] = {2, 4, 6, 8};
    static const double none[] = {0, 0, 0, 0};
    double factor[MOST * 8], rscale[MOST];
    baro_design design = {.units = 8, .strata = 4, .stratum_end = end, .fraction = none};
    (void)state;
    for (size_t replicates = 0; replicates <= MOST; replicates++) {
        baro_replicate_plan plan = {BARO_REPLICATES_BRR, replicates, 0, 0};
        baro_fault fault = {77, 77, 0};
        bool good = replicates == 8 || replicates == 12;
        assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), good ? BARO_OK : BARO_OUT_OF_DOMAIN);
        assert_true(good || (fault.index == 0 && fault.other == 4));
    }
}

/* rule->scale times the sum of products, each times its own scale or 1, around the mean or the full sample's value. */
static void test_covariance(void **state)
{
    static const double e[] = {2.5, 3.1, -1.7, 4.4}, f[] = {.3, -2.2, 5.1, 1.9}, own[] = {.5, 2, 1.25, .75};
    (void)state;
    for (int scaled = 0; scaled < 2; scaled++)
        for (int full = 0; full < 2; full++) {
            baro_replicate_rule rule = {.replicates = 4, .scale = .7, .rscale = scaled ? own : NULL, .full_centre = full};
            double e_centre = full ? 2.2 : 2.075, f_centre = full ? 1.1 : 1.275, wanted = 0;
            for (size_t r = 0; r < 4; r++)
                wanted += .7 * (scaled ? own[r] : 1) * (e[r] - e_centre) * (f[r] - f_centre);
            check_close(baro_replicate_covariance(&rule, e, 2.2, f, 1.1), wanted, 1e-14);
        }
}

/* A number's shift is taken off in every replicate. */
static void test_shift(void **state)
{
    static const double y[] = {101, 104, 99}, w[] = {1, 2, 4}, v[] = {2, 0, 1};
    static const uint32_t cell[] = {0, 0, 0};
    const double *number[] = {y}, *weight[] = {w, v};
    baro_sum sum[4] = {{0, 0}};
    baro_cross cross = {.cells = 1, .outcomes = 1, .cell = cell, .number = number, .shift = 100};
    baro_replicate_totals totals = {2, 2, sum};
    double total[2];
    baro_fault fault;
    (void)state;
    assert_int_equal(baro_replicate_add(&cross, weight, false, 0, 3, &totals, &fault), BARO_OK);
    baro_replicate_values(&totals, 0, total);
    check_close(total[0], 1 + 8 - 4, 0);
    check_close(total[1], 7, 0);
    baro_replicate_values(&totals, 1, total);
    check_close(total[0], 2 - 1, 0);
    check_close(total[1], 3, 0);
}

/* Rows are taken a block at a time; blocks add up, and no row behind the last is looked at. */
static void test_blocks(void **state)
{
    static const size_t sizes[] = {1, 511, 512, 513, 1300};
    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t n = sizes[s];
        double *w = malloc(n * sizeof *w), *v = malloc(n * sizeof *v), *base = malloc(n * sizeof *base), wanted[2] = {0};
        uint32_t *cell = calloc(n, sizeof *cell);
        assert_true(w && v && base && cell);
        for (size_t i = 0; i < n; i++) {
            w[i] = (double)(i % 7);
            v[i] = (double)(i % 5);
            base[i] = (double)(i % 3 + 1);
            wanted[0] += w[i] * base[i];
            wanted[1] += v[i] * base[i];
        }
        const double *weight[] = {w, v};
        baro_sum sum[2] = {{0, 0}};
        baro_cross cross = {.cells = 1, .cell = cell, .weight = base};
        baro_replicate_totals totals = {2, 1, sum};
        baro_fault fault;
        assert_int_equal(baro_replicate_add(&cross, weight, true, 0, n, &totals, &fault), BARO_OK);
        check_close(baro_sum_value(sum[0]), wanted[0], 0);
        check_close(baro_sum_value(sum[1]), wanted[1], 0);
        w[n - 1] = -1;
        assert_int_equal(baro_replicate_add(&cross, weight, true, 0, n, &totals, &fault), BARO_BAD_WEIGHT);
        assert_true(fault.index == n - 1 && fault.other == 0);
        free(w);
        free(v);
        free(base);
        free(cell);
    }
}

static void test_rank(void **state)
{
    static const double rows[][3] = {{0, 0, 0}, {1, 2, 0}, {3, 6, 0}, {0, 1, 1}, {1, 3, 1}, {0, 0, 0}};
    double *matrix = calloc(9, sizeof *matrix), *direction = calloc(BARO_GRAM_HELD * 3, sizeof *direction),
           *one = calloc(3, sizeof *one);
    assert_true(matrix && direction && one);
    baro_replicate_gram gram = {.replicates = 3, .gram = matrix, .direction = direction};
    (void)state;
    baro_replicate_gram_begin(&gram);
    for (size_t i = 0; i < 6; i++)
        baro_replicate_gram_row(&gram, rows[i]);
    assert_int_equal(gram.held, 3);
    check_close(gram.squares[0], 10, 1e-15); /* rows of one direction that follow one another: 1 + 9 */
    check_close(gram.squares[1], 1, 0);
    assert_int_equal(baro_replicate_rank(&gram), 2);
    baro_replicate_gram_begin(&gram);
    assert_int_equal(baro_replicate_rank(&gram), 0);
    for (size_t r = 0; r < 3; r++) { /* rows that one replicate alone has */
        baro_replicate_gram_begin(&gram);
        memset(one, 0, 3 * sizeof *one);
        one[r] = 5;
        baro_replicate_gram_row(&gram, one);
        baro_replicate_gram_row(&gram, one);
        assert_int_equal(gram.held, 1);
        check_close(gram.squares[0], 2, 0);
        assert_int_equal(baro_replicate_rank(&gram), 1);
    }
    /* places that hold no row count for nothing, whatever was there; what does not count takes nothing off others */
    memset(direction, 0xff, BARO_GRAM_HELD * 3 * sizeof *direction);
    for (size_t i = 0; i < 2; i++) {
        baro_replicate_gram_begin(&gram);
        baro_replicate_gram_row(&gram, (double[]){1, 1, 1});
        assert_int_equal(i ? baro_replicate_rank_within(&gram, (double[]){1e12, 1, 1}) : baro_replicate_rank(&gram), 1);
    }
    free(matrix);
    free(direction);
    free(one);
}

/* Bootstrap: n - 1 units are drawn of n, in every stratum and replicate; what is not drawn is 0 and nothing else. */
static void test_draws(void **state)
{
    enum { REPLICATES = 40 };
    static const uint32_t ends[] = {3, 7};
    static const double none[] = {0, 0};
    double *factor = calloc(REPLICATES * UNITS, sizeof *factor), rscale[REPLICATES];
    baro_design design = {.units = UNITS, .strata = 2, .stratum_end = ends, .fraction = none};
    baro_replicate_plan plan = {BARO_REPLICATES_BOOTSTRAP, REPLICATES, 0, 20260};
    baro_fault fault;
    (void)state;
    assert_non_null(factor);
    assert_int_equal(baro_replicate_make(&plan, &design, factor, rscale, &fault), BARO_OK);
    for (size_t r = 0; r < REPLICATES; r++)
        for (size_t h = 0, first = 0; h < 2; first = ends[h++]) {
            double n = (double)(ends[h] - first), drawn = 0;
            for (size_t i = first; i < ends[h]; i++) {
                double times = factor[r * UNITS + i] * (n - 1) / n;
                assert_true(factor[r * UNITS + i] == 0 || times >= 1 - 1e-12);
                check_close(times, round(times), 1e-12);
                drawn += times;
            }
            check_close(drawn, n - 1, 1e-12);
        }
    free(factor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),   cmocka_unit_test(test_second_turn),
        cmocka_unit_test(test_hadamard), cmocka_unit_test(test_differences), cmocka_unit_test(test_halves),
        cmocka_unit_test(test_draws),    cmocka_unit_test(test_shift),       cmocka_unit_test(test_rank),
        cmocka_unit_test(test_half_counts), cmocka_unit_test(test_covariance),
    };
    return cmocka_run_group_tests_name("replicates at their limits", tests, NULL, NULL);
}
