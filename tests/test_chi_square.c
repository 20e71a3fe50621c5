/* Tests of two-way tables against R, one named test a row of tests/reference/tests.csv and a statistic; the tables are
 * built from the generated data through sums by unit and the one covariance. */
#include "tests/check.h"
#include "stats/chi_square.h"
#include "stats/distribution.h"
#include "tests/spine.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEVELS = 16 };

typedef struct {
    golden_library library;
    golden tests;
} references;

typedef struct {
    const char *name, *statistic, *df1, *df2, *p;
    baro_two_way_test test;
    double relative;
} statistic_row;

static const statistic_row statistics[] = {
    {"Rao-Scott", "rao_scott", "rao_scott_ndf", "rao_scott_ddf", "rao_scott_p", BARO_TEST_RAO_SCOTT, 1e-9},
    {"Wald", "wald", "wald_ndf", "wald_ddf", "wald_p", BARO_TEST_WALD, 1e-7}, /* R inverts an ill-conditioned matrix */
    {"adjusted Wald", "adjusted", "adjusted_ndf", "adjusted_ddf", "adjusted_p", BARO_TEST_WALD_ADJUSTED, 1e-7},
};
enum { STATISTICS = sizeof statistics / sizeof *statistics };

typedef struct {
    references *all;
    size_t row;
    const statistic_row *statistic;
} row_of;

/* Code of an answer, new where it was not seen yet. */
static size_t code_of(const char *answer, const char **seen, size_t *n)
{
    size_t c = 0;
    while (c < *n && strcmp(seen[c], answer) != 0)
        c++;
    if (c == *n) {
        assert_true(*n < MOST_LEVELS);
        seen[(*n)++] = answer;
    }
    return c;
}

/* A table of all answers that occur in the data, so that a domain leaves some of them empty. */
typedef struct {
    spine spine;
    size_t rows, columns;
    uint32_t *cell;
    double *y, *total, *covariance, n;
    baro_reach reach;
} table_case;

static void put_cells(table_case *made, const golden *data, const char *row, const char *column, const char *domain)
{
    const char *rows[MOST_LEVELS], *columns[MOST_LEVELS];
    for (size_t i = 0; i < data->rows; i++) {
        (void)code_of(golden_text(data, i, row), rows, &made->rows);
        (void)code_of(golden_text(data, i, column), columns, &made->columns);
    }
    for (size_t i = 0; i < data->rows; i++) {
        const char *of_row = golden_text(data, i, row), *of_column = golden_text(data, i, column);
        made->cell[i] = BARO_NO_CELL;
        if (*of_row && *of_column && golden_in_domain(data, i, domain))
            made->cell[i] = (uint32_t)(code_of(of_row, rows, &made->rows) * made->columns +
                                       code_of(of_column, columns, &made->columns));
    }
}

static void open_table(table_case *made, references *all, const char *design, const char *row, const char *column,
                       const char *domain)
{
    const golden *data = golden_library_data(&all->library, design);
    memset(made, 0, sizeof *made);
    made->cell = calloc(data->rows, sizeof *made->cell);
    made->y = calloc(data->rows, sizeof *made->y);
    spine_open(&made->spine, &all->library.designs, data, design);
    put_cells(made, data, row, column, domain);
    size_t cells = made->rows * made->columns;
    spine_sum(&made->spine, cells, made->cell, made->y, 0);
    baro_linear *form = calloc(cells + 1, sizeof *form);
    uint32_t *columns = calloc(cells, sizeof *columns);
    double *one = calloc(cells, sizeof *one);
    made->total = calloc(cells, sizeof *made->total);
    made->covariance = calloc(cells * cells, sizeof *made->covariance);
    assert_true(form && columns && one && made->total && made->covariance);
    for (size_t i = 0; i < cells; i++) {
        columns[i] = (uint32_t)(2 * i + 1);
        one[i] = 1;
        made->total[i] = made->spine.totals[0].total[2 * i + 1];
        made->n += made->spine.totals[0].moments[i].n;
        form[i] = (baro_linear){made->total[i], 1, &columns[i], &one[i]};
    }
    form[cells] = (baro_linear){0, cells, columns, one};
    double ignored;
    spine_covariance(&made->spine, form, cells, made->covariance, NULL);
    spine_covariance(&made->spine, &form[cells], 1, &ignored, &made->reach);
    free(form);
    free(columns);
    free(one);
}

static baro_two_way table_of(const table_case *made)
{
    return (baro_two_way){made->rows,       made->columns, made->total,
                          made->covariance, made->n,       (double)made->reach.units - (double)made->reach.strata};
}

static void close_table(table_case *made)
{
    spine_close(&made->spine);
    free(made->cell);
    free(made->y);
    free(made->total);
    free(made->covariance);
}

static baro_status run(baro_two_way_test test, const baro_two_way *table, baro_f_test *out)
{
    double *scratch = malloc(baro_two_way_room(table->rows, table->columns) * sizeof *scratch);
    assert_non_null(scratch);
    for (size_t i = 0; i < baro_two_way_room(table->rows, table->columns); i++)
        scratch[i] = NAN;
    baro_status status = baro_two_way_independence(test, table, scratch, out);
    free(scratch);
    return status;
}

static void test_table(void **state)
{
    const row_of *at = *state;
    const golden *t = &at->all->tests;
    const statistic_row *s = at->statistic;
    table_case made;
    baro_f_test out = {-7, -7, -7, -7};
    open_table(&made, at->all, golden_text(t, at->row, "design"), golden_text(t, at->row, "row"),
               golden_text(t, at->row, "column"), golden_text(t, at->row, "domain"));
    baro_two_way table = table_of(&made);
    check_close(table.n, golden_number(t, at->row, "n"), 0);
    check_close(table.df, golden_number(t, at->row, "df"), 0);
    baro_status status = run(s->test, &table, &out);
    if (isnan(golden_number(t, at->row, s->statistic))) {
        assert_int_equal(status, BARO_NO_TEST);
        check_close(out.statistic, -7, 0);
    } else {
        assert_int_equal(status, BARO_OK);
        check_close(out.statistic, golden_number(t, at->row, s->statistic), s->relative);
        check_close(out.df1, golden_number(t, at->row, s->df1), s->relative);
        check_close(out.df2, golden_number(t, at->row, s->df2), s->relative);
        check_close(out.p, golden_number(t, at->row, s->p), 100 * s->relative);
    }
    close_table(&made);
}

/* Without a design, multinomial covariance: Rao-Scott's F is X² / d on (d, d df). */
static void test_multinomial(void **state)
{
    static const double count[] = {23, 11, 47, 5, 31, 19};
    double covariance[36], n = 136, x2 = 0;
    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            covariance[6 * i + j] = (i == j ? count[i] : 0) - count[i] * count[j] / n;
    for (size_t i = 0; i < 6; i++) {
        double row = i < 3 ? 81 : 55, column = (double[]){28, 42, 66}[i % 3], expected = row * column / n;
        x2 += (count[i] - expected) * (count[i] - expected) / expected;
    }
    baro_two_way table = {2, 3, count, covariance, n, 57};
    baro_f_test out;
    assert_int_equal(run(BARO_TEST_RAO_SCOTT, &table, &out), BARO_OK);
    check_close(out.statistic, x2 / 2, 1e-12);
    check_close(out.df1, 2, 1e-12);
    check_close(out.df2, 114, 1e-12);
}

/* Neither the order of rows and columns nor the unit of weight says anything about independence. */
static void test_relabelled(void **state)
{
    references *all = *state;
    table_case made;
    open_table(&made, all, "clusters", "answer", "g", "");
    baro_two_way table = table_of(&made);
    size_t cells = made.rows * made.columns;
    double *total = calloc(cells, sizeof *total), *covariance = calloc(cells * cells, sizeof *covariance);
    assert_true(total && covariance);
    for (size_t i = 0; i < cells; i++) {
        size_t from = cells - 1 - i;
        total[i] = made.total[from] * 8;
        for (size_t j = 0; j < cells; j++)
            covariance[i * cells + j] = made.covariance[from * cells + cells - 1 - j] * 64;
    }
    baro_two_way turned = {made.rows, made.columns, total, covariance, table.n, table.df};
    for (baro_two_way_test test = 0; test < BARO_TWO_WAY_TESTS; test++) {
        baro_f_test a = {0}, b = {0};
        assert_int_equal(run(test, &table, &a), run(test, &turned, &b));
        check_close(b.statistic, a.statistic, 1e-9);
        check_close(b.df1, a.df1, 1e-9);
        check_close(b.p, a.p, 1e-8);
    }
    free(total);
    free(covariance);
    close_table(&made);
}

static void test_refusals(void **state)
{
    (void)state;
    const double total[] = {23, 11, 47, 5}, one_row[] = {23, 11, 0, 0}, bad[] = {23, -1, 4, 5}, none[16] = {0};
    double equal[16];
    for (size_t i = 0; i < 16; i++)
        equal[i] = 3.7;
    baro_f_test out = {-7, -7, -7, -7};
    for (baro_two_way_test test = 0; test < BARO_TWO_WAY_TESTS; test++) {
        assert_int_equal(run(test, &(baro_two_way){2, 2, total, none, 86, 9}, &out), BARO_NO_TEST);
        assert_int_equal(run(test, &(baro_two_way){2, 2, one_row, equal, 86, 9}, &out), BARO_NO_TEST);
        assert_int_equal(run(test, &(baro_two_way){2, 2, total, equal, 86, 0}, &out), BARO_NO_TEST);
        assert_int_equal(run(test, &(baro_two_way){2, 2, none, equal, 86, 9}, &out), BARO_NO_TEST);
        assert_int_equal(run(test, &(baro_two_way){2, 2, bad, equal, 86, 9}, &out), BARO_OUT_OF_DOMAIN);
        assert_int_equal(run(test, &(baro_two_way){2, 2, total, equal, NAN, 9}, &out), BARO_OUT_OF_DOMAIN);
    }
    assert_int_equal(baro_two_way_room(SIZE_MAX / 2, 7), 0);
    check_close(out.statistic, -7, 0);
}

int main(void)
{
    baro_distribution_quiet();
    static references all; /* lives as long as the tests */
    all.library = golden_library_open();
    all.tests = golden_read("tests/reference/tests.csv");
    size_t named = all.tests.rows * STATISTICS, n = 0;
    struct CMUnitTest *tests = calloc(named + 3, sizeof *tests);
    row_of *rows = calloc(named, sizeof *rows);
    if (!tests || !rows)
        return 1;
    for (size_t row = 0; row < all.tests.rows; row++)
        for (size_t s = 0; s < STATISTICS; s++, n++) {
            char *name = malloc(96);
            snprintf(name, 96, "%s %s: %s by %s (%s)", golden_text(&all.tests, row, "case"), statistics[s].name,
                     golden_text(&all.tests, row, "row"), golden_text(&all.tests, row, "column"),
                     golden_text(&all.tests, row, "design"));
            rows[n] = (row_of){&all, row, &statistics[s]};
            tests[n] = (struct CMUnitTest){name, test_table, NULL, NULL, &rows[n]};
        }
    tests[n++] = (struct CMUnitTest){"a multinomial table has Pearson's test", test_multinomial, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"order and unit of weight do not matter", test_relabelled, NULL, NULL, &all};
    tests[n++] = (struct CMUnitTest){"tables without a test", test_refusals, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("two-way tables against R", tests, n, NULL, NULL);
    for (size_t i = 0; i < named; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(rows);
    golden_library_close(&all.library);
    golden_free(&all.tests);
    return failed;
}
