/* Digits kept: NIST's Statistical Reference Datasets, univariate, through sums by unit and the weighted variance as the
 * program takes them. The log relative error is the number of digits that agree with the certified value. */
#include "tests/check.h"
#include "stats/estimate.h"
#include "stats/totals.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 5000 };

typedef struct nist_set {
    const char *name, *path;
    size_t (*make)(const struct nist_set *, double *y);
    double first, low, high; /* of a made set: the first value, then pairs */
    size_t n;
    double mean, deviation; /* certified */
    double mean_digits, deviation_digits;
} nist_set;

/* First value, then `low`, `high` in turn. */
static size_t make_pairs(const nist_set *set, double *y)
{
    y[0] = set->first;
    for (size_t i = 1; i < set->n; i++)
        y[i] = i % 2 ? set->low : set->high;
    return set->n;
}

/* Numbers between blanks; lines that begin with # are words. */
static size_t read_numbers(const nist_set *set, double *y)
{
    FILE *file = fopen(set->path, "r");
    char line[512];
    size_t n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *at = line, *end;
        for (double x = strtod(at, &end); *line != '#' && end != at && n < MOST; x = strtod(at, &end)) {
            y[n++] = x;
            at = end;
        }
    }
    fclose(file);
    return n;
}

/* ---- digits of pi by Machin's formula, in limbs of nine digits: limb 0 is the whole part ---- */

enum { LIMBS = MOST / 9 + 4, BASE = 1000000000 };

static void divide(uint32_t *x, uint32_t by)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < LIMBS; i++) {
        uint64_t part = rest * BASE + x[i];
        x[i] = (uint32_t)(part / by);
        rest = part % by;
    }
}

static void add_or_take(uint32_t *sum, const uint32_t *x, bool take)
{
    int64_t carry = 0;
    for (size_t i = LIMBS; i-- > 0;) {
        int64_t part = (int64_t)sum[i] + (take ? -(int64_t)x[i] : (int64_t)x[i]) + carry;
        carry = part < 0 ? -1 : part >= BASE ? 1 : 0;
        sum[i] = (uint32_t)(part - carry * BASE);
    }
}

/* Adds (or takes) `times` the arc whose tangent is 1 / by. */
static void add_arc(uint32_t *sum, uint32_t times, uint32_t by, bool take)
{
    static uint32_t power[LIMBS], term[LIMBS];
    memset(power, 0, sizeof power);
    power[0] = times;
    divide(power, by);
    bool any = true;
    for (uint32_t k = 1; any; k += 2) {
        memcpy(term, power, sizeof term);
        divide(term, k);
        add_or_take(sum, term, take != (k % 4 == 3));
        divide(power, by * by);
        any = false;
        for (size_t i = 0; i < LIMBS && !any; i++)
            any = power[i] != 0;
    }
}

/*
 * The certified sum and sum of squares are 5 and 55 less than those of pi's own digits: NIST's file has, by its sums,
 * one 3 in the place of an 8. Neither mean nor standard deviation depends on which; the last 8 is taken here.
 */
static size_t make_pi(const nist_set *set, double *y)
{
    uint32_t pi[LIMBS] = {0};
    add_arc(pi, 16, 5, false);
    add_arc(pi, 4, 239, true);
    y[0] = pi[0];
    for (size_t i = 1; i < set->n; i++) {
        uint32_t limb = pi[1 + (i - 1) / 9];
        for (size_t k = (i - 1) % 9; k < 8; k++)
            limb /= 10;
        y[i] = limb % 10;
    }
    size_t last = set->n - 1;
    while (y[last] < 8 || y[last] > 8)
        last--;
    y[last] = 3;
    return set->n;
}

/* ---- as the program does it ---- */

typedef struct {
    double mean, deviation;
} summary;

static summary summarise(const double *y, const double *weight, size_t n, size_t unit_of)
{
    static uint32_t row[MOST], unit_end[MOST], cell[MOST], end[MOST], column[2 * MOST];
    static double high[2 * MOST], low[2 * MOST];
    uint32_t stratum_end = 0, stratum = 0, touched[2];
    double fraction = 0, total[2], sum_wyy, hits;
    unsigned char mark[2];
    baro_sum sum[2];
    baro_moments moments;
    size_t units = 0;
    for (size_t i = 0; i < n; i++) {
        row[i] = (uint32_t)i;
        cell[i] = 0;
        if ((i + 1) % unit_of == 0 || i + 1 == n)
            unit_end[units++] = (uint32_t)i + 1;
    }
    stratum_end = (uint32_t)units;
    baro_design design = {.rows = n, .units = units, .strata = 1, .row = row, .unit_end = unit_end, .stratum_end = &stratum_end, .stratum = &stratum, .fraction = &fraction};
    const double *number = y;
    baro_cross cross = {.cells = 1, .outcomes = 1, .cell = cell, .weight = weight, .number = &number, .shift = y[0]};
    baro_totals totals = {.unit_end = end, .column = column, .high = high, .low = low, .total = total, .moments = &moments, .sum_wyy = &sum_wyy, .hits = &hits};
    baro_totals_work work = {touched, mark, sum};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&design, &cross, &work, &totals, &fault), BARO_OK);
    double m = total[0] / total[1];
    return (summary){y[0] + m, sqrt(baro_weighted_variance(&moments, sum_wyy, m))};
}

static double digits(double got, double certified)
{
    return got == certified ? 15 : fmin(15, -log10(fabs(got - certified) / fabs(certified)));
}

static void check_digits(double got, double certified, double wanted, const char *what)
{
    double agree = digits(got, certified);
    if (!(agree >= wanted - 0.05))
        print_error("%s: %.17g, certified %.17g: %.2f digits, wanted %.1f\n", what, got, certified, agree, wanted);
    assert_true(agree >= wanted - 0.05);
}

static void test_set(void **state)
{
    const nist_set *set = *state;
    static double y[MOST], weight[MOST];
    size_t n = set->make(set, y);
    assert_int_equal(n, set->n);
    static const size_t units[] = {1, 7, MOST};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) { /* however rows fall into units */
        summary plain = summarise(y, NULL, n, units[i]);
        check_digits(plain.mean, set->mean, set->mean_digits, "mean");
        check_digits(plain.deviation, set->deviation, set->deviation_digits, "standard deviation");
    }
    for (size_t i = 0; i < n; i++) /* one weight for all changes nothing, even one that is not a power of 2 */
        weight[i] = 1834.7;
    summary weighted = summarise(y, weight, n, 1);
    check_digits(weighted.mean, set->mean, set->mean_digits, "mean, weighted");
    check_digits(weighted.deviation, set->deviation, set->deviation_digits, "standard deviation, weighted");
}

/* NumAcc3 and 4: the limit of binary64 input, 9.4 and 8.2 digits. */
static const nist_set sets[] = {
    {"PiDigits", NULL, make_pi, 0, 0, 0, 5000, 4.53480000000000, 2.86733906028871, 15, 13},
    {"Lottery", "tests/data/nist-lottery.txt", read_numbers, 0, 0, 0, 218, 518.958715596330, 291.699727470969, 15, 13},
    {"Lew", "tests/data/nist-lew.txt", read_numbers, 0, 0, 0, 200, -177.435000000000, 277.332168044316, 15, 13},
    {"Mavro", "tests/data/nist-mavro.txt", read_numbers, 0, 0, 0, 50, 2.00185600000000, 0.000429123454003053, 15, 13},
    {"Michelson", "tests/data/nist-michelson.txt", read_numbers, 0, 0, 0, 100, 299.852400000000, 0.0790105478190518, 15,
     13},
    {"NumAcc1", NULL, make_pairs, 10000001, 10000003, 10000002, 3, 10000002, 1, 15, 13},
    {"NumAcc2", NULL, make_pairs, 1.2, 1.1, 1.3, 1001, 1.2, 0.1, 15, 13},
    {"NumAcc3", NULL, make_pairs, 1000000.2, 1000000.1, 1000000.3, 1001, 1000000.2, 0.1, 15, 9.4},
    {"NumAcc4", NULL, make_pairs, 10000000.2, 10000000.1, 10000000.3, 1001, 10000000.2, 0.1, 15, 8.2},
};

int main(void)
{
    enum { SETS = sizeof sets / sizeof *sets };
    struct CMUnitTest tests[SETS];
    for (size_t i = 0; i < SETS; i++)
        tests[i] = (struct CMUnitTest){sets[i].name, test_set, NULL, NULL, (void *)(uintptr_t)&sets[i]};
    return _cmocka_run_group_tests("NIST's univariate sets", tests, SETS, NULL, NULL);
}
