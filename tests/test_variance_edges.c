/* Strata that add nothing and yet count: of certainty, of share 0, lonely inside a domain. */
#include "tests/check.h"
#include "stats/variance.h"
#include <stdlib.h>
#include <string.h>

enum { UNITS = 8, STRATA = 4 };

/* Units of stratum 0: 0, 1; of 1: 2, 3, 4, of which the form knows 2 alone; of 2: 5; of 3: 6, 7. */
static const uint32_t ends[STRATA] = {2, 5, 6, 8}, columns[UNITS] = {0, 0, 0, 1, 1, 0, 0, 0};
static const double t[UNITS] = {2.7, -1.3, 4.1, 8.9, .6, 3.3, 7.7, 5.2};

static void *copied(const void *from, size_t size)
{
    void *to = malloc(size);
    assert_non_null(to);
    return memcpy(to, from, size);
}

typedef struct {
    const char *name;
    bool inside, next;
    baro_one_psu rule;
    double fraction[STRATA], share[STRATA]; /* share[0] of 0: none */
    /* what of stratum 0, 1 and 3 counts, the factor, and what counts for degrees of freedom */
    double of[STRATA], factor;
    uint32_t units, strata;
} stratum_case;

static const stratum_case cases[] = {
    {"certainty counts inside under average",
     true,
     false,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, 1, 1},
     {0},
     {.9, 0, 0, 0},
     4. / 3,
     3,
     2},
    {"lonely alone and inside", true, false, BARO_ONE_PSU_AVERAGE, {.1, .2, .3, 1}, {0}, {.9, 0, 0, 0}, 2, 4, 3},
    {"certainty inside, with a stage to come",
     true,
     true,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, 1, 1},
     {0},
     {.9, 0, 0, 0},
     4. / 3,
     6,
     4},
    {"certainty with a stage to come", false, true, BARO_ONE_PSU_REMOVE, {.1, .2, 1, 1}, {0}, {.9, .8, 0, 0}, 1, 6, 4},
    {"certainty alone", false, false, BARO_ONE_PSU_REMOVE, {.1, .2, 1, 1}, {0}, {.9, .8, 0, 0}, 1, 3, 2},
    {"average of shares",
     false,
     false,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, .3, .4},
     {.5, .25, .5, .75},
     {.45, .2, 0, .45},
     4. / 3,
     6,
     4},
    {"share 0 is no stratum under average",
     false,
     false,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, .3, .4},
     {.5, .25, .5, 0},
     {.45, .2, 0, 0},
     1.5,
     4,
     3},
    {"share 0 of a lonely unit",
     false,
     false,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, .3, .4},
     {.5, .25, 0, .75},
     {.45, .2, 0, .45},
     1,
     5,
     3},
    {"share 0 inside under average",
     true,
     false,
     BARO_ONE_PSU_AVERAGE,
     {.1, .2, .3, .4},
     {.5, .25, .5, 0},
     {.45, 0, 0, 0},
     3,
     4,
     3},
};

static double squares(size_t first, size_t end, bool known_only)
{
    double mean = 0, sum = 0, n = (double)(end - first);
    for (size_t i = first; i < end; i++)
        mean += (known_only && columns[i] ? 0 : t[i]) / n;
    for (size_t i = first; i < end; i++) {
        double off = (known_only && columns[i] ? 0 : t[i]) - mean;
        sum += off * off;
    }
    return n > 1 ? sum * n / (n - 1) : 0;
}

static void test_strata(void **state)
{
    const stratum_case *c = *state;
    uint32_t *stratum_end = copied(ends, sizeof ends), *column = copied(columns, sizeof columns), unit_end[UNITS],
             zero = 0;
    double *fraction = copied(c->fraction, sizeof c->fraction), *share = copied(c->share, sizeof c->share), slope = 1,
           total[2] = {21.7, 9.5}, low[UNITS] = {0}, variance, covariance, wanted = 0;
    for (uint32_t i = 0; i < UNITS; i++)
        unit_end[i] = i + 1;
    uint32_t *exact_end = copied(unit_end, sizeof unit_end);
    baro_design later = {.units = 0};
    baro_design design = {.units = UNITS,
                          .strata = STRATA,
                          .stratum_end = stratum_end,
                          .fraction = fraction,
                          .share = c->share[0] > 0 ? share : NULL,
                          .inside = c->inside,
                          .next = c->next ? &later : NULL};
    double *high = copied(t, sizeof t);
    baro_totals totals = {
        .columns = 2, .unit_end = exact_end, .column = column, .high = high, .low = low, .total = total};
    baro_linear form = {total[0], 1, &zero, &slope};
    baro_variance_job job = {&design, &totals, &form, 1, c->rule};
    baro_reach reach;
    baro_fault fault;
    void *scratch = malloc(baro_variance_room(&job, 1));
    assert_non_null(scratch);
    assert_int_equal(baro_variances(&job, scratch, &variance, &reach, &fault), BARO_OK);
    assert_int_equal(baro_covariances(&job, &(baro_pair){0, 0}, 1, scratch, &covariance, &fault), BARO_OK);
    for (size_t h = 0, first = 0; h < STRATA; first = ends[h++])
        wanted += c->factor * c->of[h] * squares(first, ends[h], true);
    check_close(variance, wanted, 1e-13);
    check_close(covariance, wanted, 1e-13);
    assert_int_equal(reach.units, c->units);
    assert_int_equal(reach.strata, c->strata);
    free(scratch);
    free(stratum_end);
    free(column);
    free(fraction);
    free(share);
    free(exact_end);
    free(high);
}

/* `adjust`: a lonely unit's square is around the mean unit of the whole sample, for every form, known there or not. */
static void test_adjust(void **state)
{
    enum { FORMS = 3, ALL = 6 };
    static const uint32_t end[] = {2, 3, 4, 6}, unit_end[] = {1, 2, 3, 4, 5, 6}, column[] = {0, 1, 0, 2, 1, 0}, of[] = {0, 1, 2};
    static const double fraction[] = {.1, .2, .3, .4}, value[] = {2.7, 1.3, 4.1, 8.9, .6, 3.3}, none[ALL] = {0}, slope[] = {1, 1, 1};
    uint32_t *own_ends = copied(unit_end, sizeof unit_end), *columns_of = copied(column, sizeof column);
    double *high = copied(value, sizeof value), *low = copied(none, sizeof none), total[] = {10.1, 1.9, 8.9}, variance[FORMS];
    baro_design design = {.units = ALL, .strata = 4, .stratum_end = end, .fraction = fraction};
    baro_totals totals = {.columns = 3, .unit_end = own_ends, .column = columns_of, .high = high, .low = low, .total = total};
    baro_linear form[FORMS];
    for (size_t e = 0; e < FORMS; e++)
        form[e] = (baro_linear){total[e], 1, &of[e], &slope[e]};
    baro_variance_job job = {&design, &totals, form, FORMS, BARO_ONE_PSU_ADJUST};
    baro_reach reach[FORMS];
    baro_fault fault;
    void *scratch = malloc(baro_variance_room(&job, 1));
    (void)state;
    assert_non_null(scratch);
    assert_int_equal(baro_variances(&job, scratch, variance, reach, &fault), BARO_OK);
    for (size_t e = 0; e < FORMS; e++) {
        double wanted = 0, mean = total[e] / ALL;
        for (size_t h = 0, first = 0; h < 4; first = end[h++]) {
            double t0 = column[first] == e ? value[first] : 0;
            double t1 = end[h] - first == 2 && column[first + 1] == e ? value[first + 1] : 0;
            wanted += (1 - fraction[h]) * (end[h] - first == 2 ? (t0 - t1) * (t0 - t1) : (t0 - mean) * (t0 - mean));
        }
        check_close(variance[e], wanted, 1e-13);
    }
    free(scratch);
    free(own_ends);
    free(columns_of);
    free(high);
    free(low);
}

int main(void)
{
    enum { N = sizeof cases / sizeof *cases };
    struct CMUnitTest tests[N + 1];
    for (size_t i = 0; i < N; i++) {
        stratum_case *row = malloc(sizeof *row);
        if (!row)
            return 1;
        *row = cases[i];
        tests[i] = (struct CMUnitTest){cases[i].name, test_strata, NULL, NULL, row};
    }
    tests[N] = (struct CMUnitTest){"adjust, of several forms", test_adjust, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("strata that add nothing", tests, N + 1, NULL, NULL);
    for (size_t i = 0; i < N; i++)
        free(tests[i].initial_state);
    return failed;
}
