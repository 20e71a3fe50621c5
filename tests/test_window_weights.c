/* Windows with a weight each, and measures with a weight of their own, whole: survey text and files in, rows out. Digits are R's
 * (tests/reference/window-weights.csv). */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY(design)                                                                                                                                \
    "survey: {id: w}\n"                                                                                                                              \
    "design:\n" design "  strata: [stratum]\n  psu: [psu]\n  nested: yes\n"                                                                          \
    "period: {columns: quarter, unit: quarter, rolling: 3}\n"                                                                                        \
    "groups: [{id: g, columns: g}, {id: area, columns: area}]\n"                                                                                     \
    "measures:\n"                                                                                                                                    \
    "  - {id: p, columns: answer, positive: [1, 2], negative: [3, 4, 5]}\n"                                                                          \
    "  - {id: y, columns: y, statistic: mean}\n"                                                                                                     \
    "  - {id: own, columns: module, positive: [1, 2], negative: [3, 4, 5], weight: WT_module_A}\n"
#define SETS                                                                                                                                         \
    "  window_weights:\n"                                                                                                                            \
    "    - {columns: \"WT_Q{n}\", n: {63: 2020 Q4}, rolling: 3}\n"                                                                                   \
    "    - {columns: \"WT_Q{n}_B\", n: {61: 2020 Q2}, rolling: 3, by: [area]}\n"
#define DATA "tests/data/gen-windows.csv"

/* ---- digits ---- */

typedef struct {
    golden table;
    analysis linear, made;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

static void open_references(references *all)
{
    analysis *both[] = {&all->linear, &all->made};
    const char *survey[] = {SURVEY(SETS), SURVEY(SETS "  replicates: {columns: \"make:jkn\"}\n")};
    all->table = golden_read("tests/reference/window-weights.csv");
    for (size_t i = 0; i < 2; i++) {
        analysis_open_text(both[i], survey[i]);
        analysis_file(both[i], DATA);
        analysis_by(both[i], "g", NULL);
        analysis_by(both[i], "area", NULL);
        analysis_against(both[i], BARO_AGAINST_PREVIOUS, NULL);
        analysis_against(both[i], BARO_AGAINST_TOTAL, NULL);
        analysis_against(both[i], BARO_AGAINST_REST, NULL);
        both[i]->request.trend = true;
        analysis_works(both[i]);
    }
}

static void test_row(void **state)
{
    const row_of *which = *state;
    const golden *t = &which->all->table;
    size_t row = which->row;
    const char *against = golden_text(t, row, "against");
    analysis_key key = {golden_text(t, row, "measure"), "", golden_text(t, row, "by"), golden_text(t, row, "group"), "",
                        golden_text(t, row, "period"), against};
    const baro_row *linear = analysis_row(&which->all->linear, key), *made = analysis_row(&which->all->made, key);
    check_close(linear->base, golden_number(t, row, "base"), 0);
    check_close(linear->estimate, golden_number(t, row, "estimate"), 1e-9);
    check_close(linear->se, golden_number(t, row, "se"), 1e-9);
    check_close(linear->df, golden_number(t, row, "df"), 0);
    check_close(linear->difference, golden_number(t, row, "difference"), 1e-9);
    check_close(linear->difference_se, golden_number(t, row, "difference_se"), 1e-9);
    check_close(made->estimate, golden_number(t, row, "estimate"), 1e-9);
    check_close(made->se, golden_number(t, row, "jkn_se"), 1e-9);
    check_close(made->difference_se, golden_number(t, row, "jkn_difference_se"), 1e-9);
}

/* ---- other ways to the same numbers ---- */

/* Every window given the same weight is a run with that weight. */
static void test_same_weight(void **state)
{
    (void)state;
    static const char data[] = "quarter,stratum,psu,g,area,answer,y,module,w,W1,W2,W3,WT_module_A\n"
                               "2020 Q1,s,1,A,N,1,3.7,,1.31,1.31,,,\n2020 Q1,s,2,B,N,4,5.9,,0.77,0.77,,,\n2020 Q2,s,1,A,N,2,4.4,,2.03,2.03,2.03,,\n"
                               "2020 Q2,s,2,B,N,5,8.1,,0.41,0.41,0.41,,\n2020 Q3,s,3,A,N,1,6.6,,1.19,1.19,1.19,1.19,\n2020 Q3,s,2,A,N,3,2.2,,0.9,0.9,0.9,0.9,\n"
                               "2020 Q4,s,1,B,N,1,9.3,,1.73,,1.73,1.73,\n2020 Q4,s,3,A,N,4,7.5,,0.66,,0.66,0.66,\n2021 Q1,s,3,B,N,2,1.8,,1.5,,,1.5,\n"
                               "2021 Q1,s,1,A,N,5,4.9,,0.52,,,0.52,\n";
    analysis each, one;
    analysis_open_text(&each, SURVEY("  window_weights: {columns: \"W{n}\", n: {1: 2020 Q3}, rolling: 3}\n"));
    analysis_open_text(&one, SURVEY("  weight: w\n"));
    analysis *both[] = {&each, &one};
    for (size_t i = 0; i < 2; i++) {
        static const char *const measures[] = {"p", "y"};
        analysis_data(both[i], "w.csv", data);
        analysis_by(both[i], "g", NULL);
        analysis_against(both[i], BARO_AGAINST_PREVIOUS, NULL);
        analysis_against(both[i], BARO_AGAINST_REST, NULL);
        both[i]->request.measures = (baro_texts){measures, 2};
        both[i]->request.trend = true;
        both[i]->request.letters = true;
        analysis_works(both[i]);
    }
    assert_int_equal(each.results.n_rows, one.results.n_rows);
    for (size_t i = 0; i < each.results.n_rows; i++) {
        double a[ANALYSIS_NUMBERS], b[ANALYSIS_NUMBERS];
        analysis_numbers(&each.results.rows[i], a);
        analysis_numbers(&one.results.rows[i], b);
        for (size_t k = 0; k < ANALYSIS_NUMBERS; k++)
            check_close(a[k], b[k], 1e-12);
    }
    analysis_close(&each);
    analysis_close(&one);
}

/* Numbers of the windowed run do not depend on how many threads shared the work. */
static void test_threads(void **state)
{
    (void)state;
    char *told[2];
    for (size_t i = 0; i < 2; i++) {
        analysis a;
        analysis_open_text(&a, SURVEY(SETS));
        analysis_file(&a, DATA);
        analysis_by(&a, "g", "area");
        a.request.trend = true;
        analysis_run(&a, i ? 5 : 1);
        assert_int_equal(a.status, BARO_OK);
        told[i] = analysis_tell(&a);
        analysis_close(&a);
    }
    assert_string_equal(told[0], told[1]);
    free(told[0]);
    free(told[1]);
}

/* A quantile of a window under its weight is the same as in a file of that window alone with that weight. */
static void test_quantile(void **state)
{
    (void)state;
    static const char survey[] = "survey: {id: w}\ndesign:\n%s  strata: [stratum]\n  psu: [psu]\n  nested: yes\n"
                                 "period: {columns: quarter, unit: quarter, rolling: 3}\n"
                                 "measures: [{id: q, columns: y, statistic: quantile, at: [0.3, 0.5]}]\n";
    static const char *const design[] = {"  window_weights: {columns: \"WT_Q{n}\", n: {63: 2020 Q4}, rolling: 3}\n", "  weight: WT_Q62\n  weight_missing: out\n"};
    double got[2][4];
    for (size_t i = 0; i < 2; i++) {
        char text[600];
        analysis a;
        snprintf(text, sizeof text, survey, design[i]);
        analysis_open_text(&a, text);
        analysis_file(&a, DATA);
        a.request.trend = true;
        analysis_works(&a);
        for (size_t k = 0; k < 2; k++) {
            const baro_row *row = analysis_row(&a, (analysis_key){"q", k ? "0.5" : "0.3", "", "", "", "2020 Q3", NULL});
            got[i][2 * k] = row->estimate;
            got[i][2 * k + 1] = row->se;
        }
        analysis_close(&a);
    }
    for (size_t k = 0; k < 4; k++)
        check_close(got[0][k], got[1][k], 1e-12);
    assert_true(got[0][0] > 0 && got[0][1] > 0);
}

/* ---- */

enum { MOST_TESTS = 400 };

int main(void)
{
    static struct CMUnitTest tests[MOST_TESTS];
    static row_of rows[MOST_TESTS];
    static char names[MOST_TESTS][96];
    static const struct CMUnitTest alone[] = {cmocka_unit_test(test_same_weight), cmocka_unit_test(test_threads), cmocka_unit_test(test_quantile)};
    static references all;
    size_t n = 0;
    open_references(&all);
    for (size_t row = 0; row < all.table.rows && n < MOST_TESTS - 8; row++, n++) {
        const golden *t = &all.table;
        snprintf(names[n], sizeof names[n], "%s %s %s %s against %s", golden_text(t, row, "measure"), golden_text(t, row, "by"),
                 golden_text(t, row, "group"), golden_text(t, row, "period"), golden_text(t, row, "against"));
        rows[n] = (row_of){&all, row};
        tests[n] = (struct CMUnitTest){names[n], test_row, NULL, NULL, &rows[n]};
    }
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        tests[n++] = alone[i];
    int failed = _cmocka_run_group_tests("window weights", tests, n, NULL, NULL);
    analysis_close(&all.linear);
    analysis_close(&all.made);
    golden_free(&all.table);
    return failed;
}
