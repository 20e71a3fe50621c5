/* The demonstration interviews, end to end from the CSV file to rows of results, against R's digits. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY "surveys/definitions/demo.yaml"
#define DATA "tests/data/demo-interviews.csv"
#define CLOSE 1e-9

/* The runs that the reference was made for. */
typedef enum { POOLED, LATEST, YEARS, QUARTERS, RUNS } run;
static const char *const breakdown[] = {"ethnicity", "age", "sex", "channel", "borough"};
enum { BREAKDOWNS = sizeof breakdown / sizeof *breakdown };

typedef struct {
    golden table[3]; /* levels, changes, gaps */
    analysis of[RUNS];
} demo;

typedef struct {
    demo *all;
    size_t row;
} row_of;

static void prepare(analysis *a, run which)
{
    analysis_open(a, SURVEY);
    analysis_file(a, DATA);
    for (size_t i = 0; i < BREAKDOWNS; i++)
        analysis_by(a, breakdown[i], NULL);
    a->request.all_periods = which == POOLED;
    a->request.trend = which >= YEARS;
    a->request.rolling = which == QUARTERS ? 1 : 0;
    if (which == LATEST) {
        analysis_against(a, BARO_AGAINST_TOTAL, NULL);
        analysis_against(a, BARO_AGAINST_REST, NULL);
        analysis_against(a, BARO_AGAINST_GROUP, "White British");
        analysis_against(a, BARO_AGAINST_GROUP, "Male");
        analysis_against(a, BARO_AGAINST_GROUP, "No contact");
    }
    for (int kind = BARO_AGAINST_PREVIOUS; which >= YEARS && kind <= BARO_AGAINST_FIRST; kind++)
        analysis_against(a, (baro_against_kind)kind, NULL);
}

static demo *shared; /* set by the group's setup for the tests, which get their rows from it */

static int open_all(void **state)
{
    (void)state;
    for (run which = POOLED; which < RUNS; which++) {
        prepare(&shared->of[which], which);
        analysis_works(&shared->of[which]);
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    for (run which = POOLED; which < RUNS; which++)
        analysis_close(&shared->of[which]);
    return 0;
}

/* ---- rows ---- */

static analysis_key key_of(const golden *table, size_t row)
{
    return (analysis_key){.measure = golden_text(table, row, "measure"),
                          .by = golden_text(table, row, "by"),
                          .group = golden_text(table, row, "group")};
}

static void check_level(const golden *table, size_t at, const baro_row *row)
{
    check_close(row->base, golden_number(table, at, "base"), 0);
    check_close(row->weighted_base, golden_number(table, at, "weighted_base"), CLOSE);
    check_close(row->estimate, golden_number(table, at, "estimate"), CLOSE);
    check_close(row->df, golden_number(table, at, "df"), 0);
    check_close(row->n_eff_kish, golden_number(table, at, "n_eff_kish"), CLOSE);
    check_close(row->se, golden_number(table, at, "se"), CLOSE);
    check_close(row->deff, golden_number(table, at, "deff"), CLOSE);
    check_close(row->n_eff, golden_number(table, at, "n_eff"), CLOSE);
    if (!isnan(row->se) || row->base == 0) {
        check_close(row->lower, golden_number(table, at, "lower"), CLOSE);
        check_close(row->upper, golden_number(table, at, "upper"), CLOSE);
    } else { /* at the edge the interval has one free end; R has none */
        assert_true(row->estimate == 0 || row->estimate == 1);
        assert_true(row->df <= 0 ||
                    (row->estimate == 0 ? row->lower == 0 && row->upper > 0 : row->upper == 1 && row->lower < 1));
    }
}

static void test_level(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table[0];
    double window = golden_number(table, at->row, "window");
    analysis_key key = key_of(table, at->row);
    const char *period = golden_text(table, at->row, "period");
    run which = window == 8 ? POOLED : window == 1 ? QUARTERS : YEARS;
    if (which != POOLED)
        key.period = period;
    const baro_row *row = analysis_row(&at->all->of[which], key);
    check_close((double)row->window, window, 0);
    check_level(table, at->row, row);
    if (which == YEARS && strcmp(period, "2023 Q4") == 0) /* the latest window is the same outside a trend */
        check_level(table, at->row, analysis_row(&at->all->of[LATEST], key));
}

static void check_change(const golden *table, size_t at, const baro_row *row)
{
    check_close(row->base, golden_number(table, at, "base"), 0);
    check_close(row->estimate, golden_number(table, at, "estimate"), CLOSE);
    check_close(row->difference, golden_number(table, at, "difference"), CLOSE);
    check_close(row->difference_se, golden_number(table, at, "difference_se"), CLOSE);
    check_close(row->difference_lower, golden_number(table, at, "difference_lower"), CLOSE);
    check_close(row->difference_upper, golden_number(table, at, "difference_upper"), CLOSE);
    check_close(row->p_value, golden_number(table, at, "p_value"), CLOSE);
}

/* Several comparisons may be from one window: each is in its place among the rows of a level. */
static const baro_row *compared(const analysis *a, analysis_key key, const char *how)
{
    static const char *const words[] = {"previous", "previous-separate", "year-ago", "first"};
    const baro_row *row = analysis_row(a, key);
    size_t i = 0;
    while (i < 4 && strcmp(words[i], how) != 0)
        i++;
    assert_true(i < 4);
    return row + i;
}

static bool at_edge(double p)
{
    return p == 0 || p == 1;
}

static void test_change(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table[1];
    bool year = golden_number(table, at->row, "window") == 4;
    const analysis *a = &at->all->of[year ? YEARS : QUARTERS];
    const char *how = golden_text(table, at->row, "against"), *from = golden_text(table, at->row, "against_period");
    analysis_key key = key_of(table, at->row), other = key;
    key.period = golden_text(table, at->row, "period");
    other.period = from;
    const baro_row *row = compared(a, key, how), *earlier = analysis_row(a, other);
    assert_string_equal(row->against, from);
    if (at_edge(row->estimate) ||
        at_edge(earlier->estimate)) { /* no standard error on one side: a difference without a test */
        check_close(row->difference, golden_number(table, at->row, "difference"), CLOSE);
        assert_true(isnan(row->difference_se) && isnan(row->p_value));
        return;
    }
    check_change(table, at->row, row);
    check_close(row->difference_df, golden_number(table, at->row, "df"), 0);
    check_close(row->se, golden_number(table, at->row, "se"), CLOSE);
    double covariance = (row->se * row->se + earlier->se * earlier->se - row->difference_se * row->difference_se) / 2;
    assert_true(fabs(covariance - golden_number(table, at->row, "covariance")) <= CLOSE * row->se * earlier->se);
    /* Windows without overlap: a year back for years, the quarter before for quarters. */
    if (strcmp(how, year ? "year-ago" : "previous") == 0)
        check_change(table, at->row, compared(a, key, "previous-separate"));
}

static void test_gap(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table[2];
    analysis_key key = key_of(table, at->row);
    key.against = golden_text(table, at->row, "against");
    const baro_row *row = analysis_row(&at->all->of[LATEST], key);
    assert_string_equal(row->period_label, golden_text(table, at->row, "period"));
    check_change(table, at->row, row);
    check_close(row->difference_df, golden_number(table, at->row, "difference_df"), 0);
}

/* ---- whole runs ---- */

static void test_threads(void **state)
{
    run which = (run)((const row_of *)*state)->row;
    char *told = analysis_tell(&shared->of[which]);
    static const size_t threads[] = {1, 3, 7};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        analysis a;
        prepare(&a, which);
        analysis_run(&a, threads[i]);
        assert_int_equal(a.status, BARO_OK);
        char *again = analysis_tell(&a);
        assert_true(strlen(told) > 20000);
        assert_string_equal(told, again);
        free(again);
        analysis_close(&a);
    }
    free(told);
}

/* A measure and a breakdown asked for alone have the digits that they have among others. */
static void test_alone(void **state)
{
    size_t table = ((const row_of *)*state)->row, found = 0;
    analysis a;
    analysis_open(&a, SURVEY);
    analysis_file(&a, DATA);
    analysis_by(&a, breakdown[table], NULL);
    analysis_against(&a, BARO_AGAINST_REST, NULL);
    const char *only[] = {"fair"};
    a.request.measures = (baro_texts){only, 1};
    analysis_works(&a);
    for (size_t i = 0; i < a.results.n_rows; i++, found++) {
        const baro_row *row = &a.results.rows[i];
        const baro_row *among = analysis_row(&shared->of[LATEST], (analysis_key){.measure = "fair",
                                                                                 .by = row->by ? row->by->id : "",
                                                                                 .group = row->group,
                                                                                 .against = row->against});
        check_close(among->estimate, row->estimate, 0);
        check_close(among->se, row->se, 1e-14);
        check_close(among->difference, row->difference, 1e-14);
        check_close(among->difference_se, row->difference_se, 1e-13);
    }
    assert_true(found > 2);
    analysis_close(&a);
}

/* A cell of two groups crossed is the group in the domain of the other, and so is its difference to a reference of the
 * second. */
static void test_crossed(void **state)
{
    (void)state;
    static const char *const sex[] = {"Female", "Male"}, *const channel[] = {"Online", "Telephone", "In person",
                                                                             "No contact"};
    analysis crossed;
    analysis_open(&crossed, SURVEY);
    analysis_file(&crossed, DATA);
    analysis_by(&crossed, "sex", "channel");
    analysis_against(&crossed, BARO_AGAINST_GROUP, "No contact");
    analysis_works(&crossed);
    for (size_t i = 0; i < 2; i++) {
        analysis inside;
        analysis_open(&inside, SURVEY);
        analysis_file(&inside, DATA);
        analysis_by(&inside, "channel", NULL);
        analysis_against(&inside, BARO_AGAINST_GROUP, "No contact");
        inside.request.where = i ? "sex == Male" : "sex == Female";
        analysis_works(&inside);
        for (size_t c = 0; c < 4; c++) {
            const baro_row *cell =
                analysis_row(&crossed, (analysis_key){.measure = "trust", .group = sex[i], .group2 = channel[c]});
            const baro_row *group = analysis_row(&inside, (analysis_key){.measure = "trust", .group = channel[c]});
            assert_true(cell->base > 20);
            check_close(cell->base, group->base, 0);
            check_close(cell->estimate, group->estimate, 1e-14);
            check_close(cell->se, group->se, 1e-12);
            check_close(cell->df, group->df, 0);
            check_close(cell->deff, group->deff, 1e-12);
            check_close(cell->difference, group->difference, 1e-12);
            check_close(cell->difference_se, group->difference_se, 1e-12);
            assert_int_equal(isnan(cell->difference) != 0, c == 3);
        }
        analysis_close(&inside);
    }
    analysis_close(&crossed);
}

/* Shares of all answers add up to 1, and the positive ones to the proportion. */
static void test_distribution(void **state)
{
    (void)state;
    analysis a;
    analysis_open(&a, SURVEY);
    analysis_file(&a, DATA);
    analysis_by(&a, "ethnicity", NULL);
    baro_measure measure = *baro_survey_measure(&a.survey, "trust");
    measure.statistic = BARO_STAT_DISTRIBUTION;
    a.survey.measures = &measure;
    a.survey.n_measures = 1;
    analysis_works(&a);
    size_t groups = a.results.n_rows / 5;
    assert_int_equal(a.results.n_rows, 5 * 7);
    for (size_t g = 0; g < groups; g++) {
        double sum = 0, positive = 0;
        const baro_row *first = &a.results.rows[g];
        for (size_t level = 0; level < 5; level++) {
            const baro_row *row = &a.results.rows[level * groups + g];
            assert_string_equal(row->group, first->group);
            check_close(row->base, first->base, 0);
            sum += row->estimate;
            positive += level < 2 ? row->estimate : 0;
        }
        check_close(sum, 1, 1e-14);
        const baro_row *share =
            analysis_row(&shared->of[LATEST],
                         (analysis_key){.measure = "trust", .by = first->by ? "ethnicity" : "", .group = first->group});
        check_close(positive, share->estimate, 1e-13);
    }
    analysis_close(&a);
}

/* ---- */

static const char *named(char *text, size_t size, const char *what, const golden *table, size_t row)
{
    const char *by = golden_text(table, row, "by"),
               *against = strcmp(what, "level") == 0 ? "" : golden_text(table, row, "against");
    snprintf(text, size, "%s: %s, %s %s, %s, %s units%s%s", what, golden_text(table, row, "measure"),
             *by ? by : "everyone", golden_text(table, row, "group"), golden_text(table, row, "period"),
             golden_text(table, row, "window"), *against ? ", " : "", against);
    return text;
}

int main(void)
{
    enum { NAME = 128 };
    static const char *const file[] = {"tests/reference/demo-levels.csv", "tests/reference/demo-changes.csv",
                                       "tests/reference/demo-gaps.csv"};
    static const char *const what[] = {"level", "change", "gap"};
    const CMUnitTestFunction function[] = {test_level, test_change, test_gap};
    demo all = {0};
    size_t n = 0, most = RUNS + BREAKDOWNS + 2;
    shared = &all;
    for (size_t k = 0; k < 3; k++) {
        all.table[k] = golden_read(file[k]);
        most += all.table[k].rows;
    }
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    char *names = calloc(most, NAME);
    if (!tests || !rows || !names)
        return 1;
    for (size_t k = 0; k < 3; k++)
        for (size_t row = 0; row < all.table[k].rows; row++, n++) {
            rows[n] = (row_of){&all, row};
            tests[n] = (struct CMUnitTest){named(names + n * NAME, NAME, what[k], &all.table[k], row), function[k],
                                           NULL, NULL, &rows[n]};
        }
    for (size_t i = 0; i < RUNS + BREAKDOWNS; i++, n++) {
        bool threads = i < RUNS;
        rows[n] = (row_of){&all, threads ? i : i - RUNS};
        snprintf(names + n * NAME, NAME,
                 threads ? "any number of threads gives the same bytes, run %zu" : "a table alone, %zu", rows[n].row);
        tests[n] = (struct CMUnitTest){names + n * NAME, threads ? test_threads : test_alone, NULL, NULL, &rows[n]};
    }
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_crossed);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_distribution);
    int failed = _cmocka_run_group_tests("demonstration interviews against R", tests, n, open_all, close_all);
    for (size_t k = 0; k < 3; k++)
        golden_free(&all.table[k]);
    free(tests);
    free(rows);
    free(names);
    return failed;
}
