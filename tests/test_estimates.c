/* Levels and contrasts against R, one named test a row of tests/reference: estimates.csv, contrasts.csv, lonely.csv. */
#include "tests/check.h"
#include "stats/estimate.h"
#include "stats/interval.h"
#include "stats/distribution.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    golden_library library;
    golden estimates, contrasts, lonely;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

/* What needs several stages or a ratio of numbers is not in this core yet. */
static bool is_here(const golden *table, size_t row)
{
    return strcmp(golden_text(table, row, "design"), "stages") != 0 && strcmp(golden_text(table, row, "statistic"), "ratio") != 0;
}

/* An empty cell of the reference asks for nothing. */
static void check_given(double got, const golden *table, size_t row, const char *column, double relative)
{
    double wanted = golden_number(table, row, column);
    if (isnan(wanted))
        return;
    check_close_at(got, wanted, relative, column, __FILE__, __LINE__);
}

/* The same where rounding alone may stand for an exact 0: differences below `noise` are none. */
static void check_above(double got, const golden *table, size_t row, const char *column, double relative, double noise)
{
    if (!(fabs(got - golden_number(table, row, column)) <= noise))
        check_given(got, table, row, column, relative);
}

static void test_level(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->estimates;
    size_t row = at->row;
    const char *domain = golden_text(table, row, "domain"), *level = golden_text(table, row, "level");
    bool total = strcmp(golden_text(table, row, "statistic"), "total") == 0, share = strcmp(golden_text(table, row, "statistic"), "proportion") == 0;
    const double one = 1;
    golden_case made;
    golden_case_open(&made, &at->all->library.designs, golden_library_data(&at->all->library, golden_text(table, row, "design")), golden_text(table, row, "design"),
                     golden_text(table, row, "variable"), level, &domain, 1);
    golden_form form = golden_contrast(&made, &one, 1, total, BARO_ONE_PSU_FAIL);
    double sum_wyy, out[2] = {NAN, NAN}, shift = made.cross.shift;
    baro_moments moments = golden_moments(&made, 0, &sum_wyy);
    double estimate = total ? form.value : form.value + shift, se = sqrt(form.variance), df = (double)form.reach.units - (double)form.reach.strata;
    check_given(moments.n, table, row, "n", 0);
    check_given(moments.sum_w, table, row, "sum_w", 1e-12);
    check_given(estimate, table, row, "estimate", 1e-12);
    check_given(df, table, row, "df", 0);
    check_above(se, table, row, "se", 1e-9, 1e-14 * fabs(estimate));
    if (!isnan(golden_number(table, row, "wald_lower"))) {
        assert_int_equal(baro_interval_wald(estimate, se, df, 0.95, out), BARO_OK);
        check_given(out[0], table, row, "wald_lower", 1e-9);
        check_given(out[1], table, row, "wald_upper", 1e-9);
    }
    if (share && !isnan(golden_number(table, row, "logit_lower"))) {
        assert_int_equal(baro_interval_logit(estimate, se, df, 0.95, out), BARO_OK);
        check_given(out[0], table, row, "logit_lower", 1e-9);
        check_given(out[1], table, row, "logit_upper", 1e-9);
    }
    double m = total ? form.value / moments.sum_w - shift : form.value, v = total ? form.variance / (moments.sum_w * moments.sum_w) : form.variance;
    double s2 = baro_weighted_variance(&moments, sum_wyy, m);
    check_above(baro_deff(v, s2, &moments, false), table, row, "deff", 1e-8, 1e-25);
    check_given(baro_deff(v, s2, &moments, true), table, row, "deff_population", 1e-8);
    check_given(baro_kish_size(&moments), table, row, "kish", 1e-11);
    golden_case_close(&made);
}

static void test_contrast(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->contrasts;
    size_t row = at->row, terms = (size_t)golden_number(table, row, "terms");
    bool total = strcmp(golden_text(table, row, "statistic"), "total") == 0;
    const char *domain[GOLDEN_DOMAINS];
    double k[GOLDEN_DOMAINS], df = INFINITY;
    const double one = 1;
    static const char *const k_of[] = {"k1", "k2", "k3", "k4"}, *const domain_of[] = {"domain1", "domain2", "domain3", "domain4"};
    const golden *data = golden_library_data(&at->all->library, golden_text(table, row, "design"));
    for (size_t i = 0; i < terms; i++) {
        k[i] = golden_number(table, row, k_of[i]);
        domain[i] = golden_text(table, row, domain_of[i]);
        golden_case alone; /* df: the smallest among the domains, each counted inside itself */
        golden_case_open(&alone, &at->all->library.designs, data, golden_text(table, row, "design"), golden_text(table, row, "variable"),
                         golden_text(table, row, "level"), &domain[i], 1);
        golden_form form = golden_contrast(&alone, &one, 1, total, BARO_ONE_PSU_FAIL);
        df = fmin(df, (double)form.reach.units - (double)form.reach.strata);
        golden_case_close(&alone);
    }
    golden_case made;
    golden_case_open(&made, &at->all->library.designs, data, golden_text(table, row, "design"), golden_text(table, row, "variable"),
                     golden_text(table, row, "level"), domain, terms);
    golden_form form = golden_contrast(&made, k, terms, total, BARO_ONE_PSU_FAIL);
    double shifts = 0, out[2], p;
    for (size_t i = 0; i < terms && !total; i++)
        shifts += k[i] * made.cross.shift;
    double se = sqrt(form.variance);
    /* a difference of near-equal levels keeps the absolute precision of the levels */
    double scale = fmax(fabs(golden_number(table, row, "estimate1")), fabs(form.value)), wanted = golden_number(table, row, "estimate");
    assert_true(fabs(form.value + shifts - wanted) <= 1e-12 * scale);
    check_given(se, table, row, "se", 1e-9);
    check_given(df, table, row, "df", 0);
    if (terms == 2)
        check_above(golden_covariance(&made, 0, 1, total), table, row, "covariance12", 1e-9,
                    1e-10 * golden_number(table, row, "se1") * golden_number(table, row, "se2") +
                        1e-14 * fabs(golden_number(table, row, "se1") + golden_number(table, row, "se2")));
    if (!isnan(golden_number(table, row, "lower"))) {
        assert_int_equal(baro_interval_wald(wanted, se, df, 0.95, out), BARO_OK);
        check_given(out[0], table, row, "lower", 1e-9);
        check_given(out[1], table, row, "upper", 1e-9);
        assert_int_equal(baro_p_value_t(wanted / se, df, &p), BARO_OK);
        check_given(p, table, row, "p_value", 1e-8);
    }
    golden_case_close(&made);
}

static void test_lonely(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->lonely;
    size_t row = at->row;
    const char *rule = golden_text(table, row, "rule"), *domain = golden_text(table, row, "domain");
    bool total = strcmp(golden_text(table, row, "statistic"), "total") == 0;
    baro_one_psu one_psu = strcmp(rule, "remove") == 0 ? BARO_ONE_PSU_REMOVE : strcmp(rule, "adjust") == 0 ? BARO_ONE_PSU_ADJUST : BARO_ONE_PSU_AVERAGE;
    const double one = 1;
    golden_case made;
    golden_case_open(&made, &at->all->library.designs, golden_library_data(&at->all->library, golden_text(table, row, "design")), golden_text(table, row, "design"),
                     golden_text(table, row, "variable"), golden_text(table, row, "level"), &domain, 1);
    golden_form form = golden_contrast(&made, &one, 1, total, one_psu);
    check_given(total ? form.value : form.value + made.cross.shift, table, row, "estimate", 1e-12);
    check_given(sqrt(form.variance), table, row, "se", 1e-9);
    golden_case_close(&made);
}

static void test_lonely_fails(void **state)
{
    const row_of *at = *state;
    const char *everyone = "";
    golden_case made;
    golden_case_open(&made, &at->all->library.designs, golden_library_data(&at->all->library, "lonely"), "lonely", "y", "", &everyone, 1);
    assert_true(baro_design_lonely(&made.design) < made.design.strata);
    golden_case_close(&made);
}

static size_t add_tests(struct CMUnitTest *tests, size_t n, row_of *rows, references *all, const golden *table, const char *what,
                        CMUnitTestFunction function, bool (*wanted)(const golden *, size_t))
{
    for (size_t row = 0; row < table->rows; row++) {
        if (wanted && !wanted(table, row))
            continue;
        char *name = malloc(96);
        snprintf(name, 96, "%s %s (%s, %s)", what, golden_text(table, row, "case"), golden_text(table, row, "design"),
                 golden_text(table, row, "statistic"));
        rows[n] = (row_of){all, row};
        tests[n] = (struct CMUnitTest){name, function, NULL, NULL, &rows[n]};
        n++;
    }
    return n;
}

static bool whole_strata(const golden *table, size_t row)
{
    return is_here(table, row) && strcmp(golden_text(table, row, "inside"), "no") == 0;
}

int main(void)
{
    baro_distribution_quiet();
    static references all; /* lives as long as the tests */
    all.library = golden_library_open();
    all.estimates = golden_read("tests/reference/estimates.csv");
    all.contrasts = golden_read("tests/reference/contrasts.csv");
    all.lonely = golden_read("tests/reference/lonely.csv");
    size_t most = all.estimates.rows + all.contrasts.rows + all.lonely.rows + 1, n = 0;
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    if (!tests || !rows)
        return 1;
    n = add_tests(tests, n, rows, &all, &all.estimates, "level", test_level, is_here);
    n = add_tests(tests, n, rows, &all, &all.contrasts, "contrast", test_contrast, is_here);
    n = add_tests(tests, n, rows, &all, &all.lonely, "one PSU", test_lonely, whole_strata);
    rows[n] = (row_of){&all, 0};
    tests[n] = (struct CMUnitTest){"one PSU is seen", test_lonely_fails, NULL, NULL, &rows[n]};
    n++;
    int failed = _cmocka_run_group_tests("estimates against R", tests, n, NULL, NULL);
    for (size_t i = 0; i + 1 < n; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(rows);
    golden_library_close(&all.library);
    golden_free(&all.estimates);
    golden_free(&all.contrasts);
    golden_free(&all.lonely);
    return failed;
}
