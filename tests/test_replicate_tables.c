/* Replicate weights through the whole analysis: supplied ones and made ones against R's digits, and what they promise.
 */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOSE 1e-9
#define DEMO "surveys/definitions/demo.yaml"
#define INTERVIEWS "tests/data/demo-interviews.csv"

#define HEAD                                                                                                           \
    "survey: {id: gen, sampling: probability}\ninput: {missing: [\"\"]}\ndesign:\n  weight: weight\n  weight_scale: "  \
    "population\n"
#define TAIL                                                                                                           \
    "groups: [{id: g, columns: g}]\n"                                                                                  \
    "measures:\n"                                                                                                      \
    "  - {id: y_mean, columns: y, statistic: mean}\n"                                                                  \
    "  - {id: answer_mean, columns: answer, scale: half}\n"                                                            \
    "  - {id: y_ratio, columns: y, statistic: ratio, over: x}\n"                                                       \
    "  - {id: y_total, columns: y, statistic: total}\n"                                                                \
    "scales: [{id: half, answers: [{label: yes, codes: [1, 2], role: positive}, {label: no, codes: [3, 4, 5], role: "  \
    "negative}]}]\n"                                                                                                   \
    "publish: {interval: wald}\n"

/* ---- R's digits ---- */

typedef struct {
    const char *set, *data, *design; /* the survey's lines about the design */
} choice;

static const choice choices[] = {
    {"brr", "gen-pairs", "  replicates: {columns: \"brr*\", method: brr"},
    {"fay", "gen-pairs", "  replicates: {columns: \"fay*\", method: fay, rho: 0.3"},
    {"jkn", "gen-pairs", "  replicates: {columns: \"jkn*\", method: jkn, rscales: 0.5"},
    {"boot", "gen-pairs", "  replicates: {columns: \"boot*\", method: bootstrap"},
    {"sdr", "gen-pairs", "  replicates: {columns: \"sdr*\", method: sdr"},
    {"jk1", "gen-clusters", "  psu: cluster\n  replicates: {columns: \"make:jk1\""},
    {"jkn", "gen-strata", "  strata: stratum\n  psu: psu\n  nested: yes\n  replicates: {columns: \"make:jkn\""},
};
enum { CHOICES = sizeof choices / sizeof *choices };

typedef struct {
    golden table;
    analysis of[CHOICES][2]; /* centre: mean, full */
} against_r;

typedef struct {
    against_r *all;
    size_t row;
} row_of;

static against_r *shared; /* for the group's setup, which has no state of its own */

static void open_choice(analysis *a, const choice *of, bool full)
{
    char text[4000], path[100];
    snprintf(text, sizeof text, HEAD "%s, mse: %s}\n" TAIL, of->design, full ? "yes" : "no");
    analysis_open_text(a, text);
    snprintf(path, sizeof path, "tests/data/%s.csv", of->data);
    const char *kept = baro_arena_string(a->arena, path);
    assert_non_null(kept);
    analysis_file(a, kept);
    analysis_by(a, "g", NULL);
    analysis_against(a, BARO_AGAINST_GROUP, "C");
    analysis_works(a);
}

static int open_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHOICES; i++)
        for (int full = 0; full < 2; full++)
            open_choice(&shared->of[i][full], &choices[i], full);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHOICES; i++)
        for (int full = 0; full < 2; full++)
            analysis_close(&shared->of[i][full]);
    return 0;
}

static const analysis *analysis_of(const against_r *all, size_t row)
{
    bool full = strcmp(golden_text(&all->table, row, "centre"), "full") == 0;
    size_t i = 0;
    while (i < CHOICES && (strcmp(choices[i].set, golden_text(&all->table, row, "set")) != 0 ||
                           strcmp(choices[i].data, golden_text(&all->table, row, "data")) != 0))
        i++;
    assert_true(i < CHOICES);
    return &all->of[i][full];
}

static void test_row(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table;
    const char *domain = golden_text(table, at->row, "domain1");
    char measure[40];
    snprintf(measure, sizeof measure, "%s_%s", golden_text(table, at->row, "variable"),
             golden_text(table, at->row, "statistic"));
    const baro_row *row =
        analysis_row(analysis_of(at->all, at->row),
                     (analysis_key){.measure = measure, .by = *domain ? "g" : "", .group = *domain ? domain + 2 : ""});
    bool contrast = golden_number(table, at->row, "terms") == 2;
    check_close(contrast ? row->difference : row->estimate, golden_number(table, at->row, "estimate"), CLOSE);
    check_close(contrast ? row->difference_se : row->se, golden_number(table, at->row, "se"), CLOSE);
    check_close(contrast ? row->difference_df : row->df, golden_number(table, at->row, "df"), 0);
    check_close(contrast ? row->difference_lower : row->lower, golden_number(table, at->row, "lower"), CLOSE);
    check_close(contrast ? row->difference_upper : row->upper, golden_number(table, at->row, "upper"), CLOSE);
}

/* ---- what holds without R ---- */

static void open_demo(analysis *a, const char *columns, size_t count, uint64_t seed)
{
    analysis_open(a, DEMO);
    a->survey.replicates.columns = columns;
    a->survey.replicates.count = count;
    a->survey.replicates.seed = seed;
    a->request.all_periods = true;
    analysis_file(a, INTERVIEWS);
    analysis_by(a, "ethnicity", NULL);
    analysis_by(a, "age", "sex");
    analysis_against(a, BARO_AGAINST_REST, NULL);
}

/* A share's standard errors by jackknife and by linearisation differ in the second order only, here by the number of
 * PSUs. */
static void test_jackknife_is_near(void **state)
{
    analysis linear, jackknife;
    size_t compared = 0;
    (void)state;
    open_demo(&linear, NULL, 0, 1);
    open_demo(&jackknife, "make:jkn", 0, 1);
    analysis_works(&linear);
    analysis_works(&jackknife);
    assert_int_equal(linear.results.n_rows, jackknife.results.n_rows);
    for (size_t i = 0; i < linear.results.n_rows; i++) {
        const baro_row *a = &linear.results.rows[i], *b = &jackknife.results.rows[i];
        check_close(b->estimate, a->estimate, 0);
        assert_true(isnan(a->df) ? isnan(b->df) : b->df >= a->df); /* strata reached in part cost none */
        if (isnan(a->se) || a->base < 100)
            continue;
        check_close(b->se, a->se, .05);
        assert_true(b->se != a->se);
        if (!isnan(a->difference_se))
            check_close(b->difference_se, a->difference_se, .05);
        compared++;
    }
    assert_true(compared > 40);
    analysis_close(&linear);
    analysis_close(&jackknife);
}

/* Windows that overlap share replicates, so that a change has their covariance. */
static void test_changes_are_near(void **state)
{
    static const char *const columns[] = {NULL, "make:jkn"};
    analysis of[2];
    size_t compared = 0;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        open_demo(&of[i], columns[i], 0, 1);
        of[i].request.all_periods = false;
        of[i].request.trend = true;
        of[i].request.n_by = 1;
        of[i].request.n_against = 0;
        analysis_against(&of[i], BARO_AGAINST_PREVIOUS, NULL);
        analysis_works(&of[i]);
    }
    for (size_t i = 0; i < of[0].results.n_rows; i++) {
        const baro_row *a = &of[0].results.rows[i], *b = &of[1].results.rows[i];
        if (isnan(a->difference_se) || a->base < 300)
            continue;
        check_close(b->difference_se, a->difference_se, .05);
        compared++;
    }
    assert_true(compared > 20);
    analysis_close(&of[0]);
    analysis_close(&of[1]);
}

/* A total is linear in the weights: the jackknife of a stratified design has the very same variance. */
static void test_totals_are_exact(void **state)
{
    static const char *const design[] = {"", "  replicates: {columns: make:jkn}\n",
                                         "  replicates: {columns: make:jkn, mse: yes}\n"};
    analysis of[3];
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char text[4000];
        snprintf(text, sizeof text, HEAD "  strata: stratum\n  psu: psu\n  nested: yes\n%s" TAIL, design[i]);
        analysis_open_text(&of[i], text);
        analysis_file(&of[i], "tests/data/gen-strata.csv");
        analysis_by(&of[i], "g", NULL);
        analysis_works(&of[i]);
    }
    for (size_t i = 0; i < of[0].results.n_rows; i++) {
        const baro_row *row = &of[0].results.rows[i];
        if (row->statistic != BARO_STAT_TOTAL)
            continue;
        check_close(of[1].results.rows[i].se, row->se, 1e-12);
        check_close(of[2].results.rows[i].se, row->se, 1e-12);
    }
    for (size_t i = 0; i < 3; i++)
        analysis_close(&of[i]);
}

/* Columns that hold what is made here give the same; their df is counted on rows, that of a jackknife by a rule. */
static void test_made_is_supplied(void **state)
{
    static const char *const design[] = {
        "  strata: stratum\n  psu: psu\n  nested: yes\n  replicates: {columns: \"make:jkn\"}\n",
        "  replicates: {columns: \"jkn*\", method: jkn, rscales: 0.5}\n"};
    analysis of[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char text[4000];
        snprintf(text, sizeof text, HEAD "%s" TAIL, design[i]);
        analysis_open_text(&of[i], text);
        analysis_file(&of[i], "tests/data/gen-pairs.csv");
        analysis_by(&of[i], "g", NULL);
        analysis_against(&of[i], BARO_AGAINST_REST, NULL);
        analysis_works(&of[i]);
    }
    for (size_t i = 0; i < of[0].results.n_rows; i++) {
        const baro_row *made = &of[0].results.rows[i], *supplied = &of[1].results.rows[i];
        check_close(made->se, supplied->se, 1e-7); /* the columns have nine digits */
        check_close(made->difference_se, supplied->difference_se, 1e-7);
        check_close(made->df, supplied->df, 0);
        check_close(made->difference_df, supplied->difference_df, 0);
    }
    analysis_close(&of[0]);
    analysis_close(&of[1]);
}

/* The share below a quantile has its variance from the replicates, too. */
static void test_quantiles(void **state)
{
    static const char *const design[] = {"", "  replicates: {columns: make:jkn}\n"};
    analysis of[2];
    size_t compared = 0;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char text[4000];
        snprintf(text, sizeof text,
                 HEAD "  strata: stratum\n  psu: psu\n  nested: yes\n%s"
                      "groups: [{id: g, columns: g}]\n"
                      "measures: [{id: q, columns: y, statistic: quantile, at: [0.25, 0.5]}]\n",
                 design[i]);
        analysis_open_text(&of[i], text);
        analysis_file(&of[i], "tests/data/gen-strata.csv");
        analysis_by(&of[i], "g", NULL);
        analysis_works(&of[i]);
    }
    for (size_t i = 0; i < of[0].results.n_rows; i++) {
        const baro_row *a = &of[0].results.rows[i], *b = &of[1].results.rows[i];
        check_close(b->estimate, a->estimate, 0);
        if (isnan(a->se) || a->base < 40)
            continue;
        check_close(b->se, a->se, .2); /* limits go from one number of the sample to the next */
        assert_true(b->df >= a->df);
        compared++;
    }
    assert_true(compared >= 3);
    analysis_close(&of[0]);
    analysis_close(&of[1]);
}

static char *told(const char *columns, size_t count, uint64_t seed, size_t threads)
{
    analysis a;
    open_demo(&a, columns, count, seed);
    analysis_run(&a, threads);
    assert_int_equal(a.status, BARO_OK);
    char *text = analysis_tell(&a);
    analysis_close(&a);
    return text;
}

static void test_seeds(void **state)
{
    char *one = told("make:bootstrap", 60, 7, 1), *again = told("make:bootstrap", 60, 7, 3),
         *other = told("make:bootstrap", 60, 8, 1);
    (void)state;
    assert_string_equal(one, again); /* and any number of threads */
    assert_string_not_equal(one, other);
    assert_non_null(strstr(one, "Standard errors from 60 replicates made here (bootstrap, seed 7)."));
    free(one);
    free(again);
    free(other);
}

static void test_threads(void **state)
{
    static const char *const columns[] = {"make:jkn", "make:sdr"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char *one = told(columns[i], 0, 1, 1), *four = told(columns[i], 0, 1, 4);
        assert_string_equal(one, four);
        free(one);
        free(four);
    }
}

/* Rank by directions is the rank over rows; factors are weights divided; windows of a trend have replicates, too. */
static void test_factors(void **state)
{
    const char *design[] = {"  replicates: {columns: \"r*\", method: brr}\n",
                            "  replicates: {columns: \"f*\", method: brr, combined: no}\n"};
    char rows[2000] = "weight,g,y,x,answer,r10,r2,f10,f2\n";
    (void)state;
    for (int i = 0; i < 24; i++) {
        double w = 1 + .375 * (i * 7 % 11), a = i % 4 < 2 ? 2 : 0, b = i % 2 ? 2 : .5;
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "%g,%s,%d,%d,%d,%.17g,%.17g,%g,%g\n", w,
                 i % 3 ? "A" : "C", 17 + i * i % 13, 5 + i % 4, 1 + i % 5, w * a, w * b, a, b);
    }
    char *text[2];
    for (size_t i = 0; i < 2; i++) {
        analysis a;
        char survey[4000];
        snprintf(survey, sizeof survey, HEAD "%s" TAIL, design[i]);
        analysis_open_text(&a, survey);
        analysis_data(&a, "w.csv", rows);
        analysis_by(&a, "g", NULL);
        analysis_works(&a);
        const baro_row *row = analysis_row(&a, (analysis_key){.measure = "y_mean", .by = "", .group = ""});
        check_close(row->df, 1, 0);
        assert_true(row->se > 0);
        text[i] = analysis_tell(&a);
        analysis_close(&a);
    }
    assert_string_equal(text[0], text[1]);
    free(text[0]);
    free(text[1]);
}

/* ---- messages ---- */

typedef struct {
    const char *name, *replicates, *data;
    baro_status status;
    const char *said; /* NULL: nothing */
} message_case;

#define DATA "weight,g,y,x,answer,r1,r2\n1,A,1,1,1,1,2\n2,C,2,3,2,3,1\n"
static const message_case messages[] = {
    {"two columns", "{columns: \"r*\", method: sdr}", DATA, BARO_OK, NULL},
    {"any one character", "{columns: \"r?\", method: sdr}", DATA, BARO_OK, NULL},
    {"the weight is none of them", "{columns: \"w*\", method: sdr}", DATA, BARO_BAD_SURVEY,
     "survey.yaml:6:25: no column is named like 'w*'"},
    {"one column", "{columns: r1, method: sdr}", DATA, BARO_BAD_SURVEY,
     "survey.yaml:6:25: only one column is named like 'r1'"},
    {"no method", "{columns: \"r*\"}", DATA, BARO_BAD_SURVEY, "need their method"},
    {"fay without rho", "{columns: \"r*\", method: fay}", DATA, BARO_BAD_SURVEY, "fay needs its coefficient"},
    {"rho without fay", "{columns: \"r*\", method: brr, rho: 0.3}", DATA, BARO_BAD_SURVEY, "other methods have none"},
    {"jkn without rscales", "{columns: \"r*\", method: jkn}", DATA, BARO_BAD_SURVEY, "jkn needs rscales"},
    {"rscales, too many", "{columns: \"r*\", method: jkn, rscales: [0.5, 0.5, 0.5]}", DATA, BARO_BAD_SURVEY,
     "2 columns are named like 'r*', and there are 3 rscales"},
    {"a missing weight", "{columns: \"r*\", method: brr}", "weight,g,y,x,answer,r1,r2\n1,A,1,1,1,1,2\n2,C,2,3,2,,1\n",
     BARO_BAD_DATA, "w.csv:3: replicate weight missing (column r1): 1 interviews, lines 3"},
    {"a negative weight", "{columns: \"r*\", method: brr}",
     "weight,g,y,x,answer,r1,r2\n1,A,1,1,1,1,-2\n2,C,2,3,2,3,-1\n", BARO_BAD_DATA,
     "w.csv:2: replicate weight negative (column r2): 2 interviews, lines 2, 3; weights are 0 or more"},
    {"no number", "{columns: \"r*\", method: brr}", "weight,g,y,x,answer,r1,r2\n1,A,1,1,1,1,2\n2,C,2,3,2,3,low\n",
     BARO_BAD_DATA, "w.csv:3:13: not a plain decimal number (column r2)"},
    {"a maker that is none", "{columns: make:jk}", DATA, BARO_BAD_SURVEY, "replicates to make: make:brr"},
    {"a maker with a method", "{columns: make:jkn, method: jkn}", DATA, BARO_BAD_SURVEY, "behind make:"},
    {"a maker with a scale", "{columns: make:jkn, scale: 2}", DATA, BARO_BAD_SURVEY, "have their own scale"},
    {"a maker without pairs", "{columns: make:brr}\n  strata: g", DATA, BARO_BAD_DATA,
     "survey.yaml:6:25: replicates (brr): stratum 'A' has 1 PSU, not two; join or part strata, or choose another "
     "method"},
    {"a maker with a lonely PSU", "{columns: make:jkn}\n  strata: g", DATA, BARO_BAD_DATA,
     "stratum 'A' has 1 PSU, not two or more"},
    {"one stratum only", "{columns: make:jk1}\n  strata: g", DATA, BARO_BAD_DATA, "there are 2 strata, not one"},
    {"lonely PSUs do not matter", "{columns: \"r*\", method: brr}\n  strata: g", DATA, BARO_OK, NULL},
};

static void test_message(void **state)
{
    const message_case *row = *state;
    analysis a;
    char text[4000];
    snprintf(text, sizeof text, HEAD "  replicates: %s\n" TAIL, row->replicates);
    analysis_open_text(&a, text);
    analysis_data(&a, "w.csv", row->data);
    analysis_run(&a, 1);
    if (row->said && !strstr(a.said, row->said))
        print_error("said: %s", a.said);
    assert_int_equal(a.status, row->status);
    if (row->said)
        assert_non_null(strstr(a.said, row->said));
    else
        assert_string_equal(a.said, "");
    analysis_close(&a);
}

static void test_files_must_agree(void **state)
{
    analysis a;
    (void)state;
    analysis_open_text(&a, HEAD "  replicates: {columns: \"r*\", method: brr}\n" TAIL);
    analysis_data(&a, "w.csv", DATA);
    analysis_data(&a, "v.csv", "weight,g,y,x,answer,r1,r2,r3\n1,A,1,1,1,1,2,3\n");
    analysis_run(&a, 1);
    assert_int_equal(a.status, BARO_BAD_SURVEY);
    assert_non_null(strstr(a.said, "column 'r3' is not in w.csv"));
    analysis_close(&a);
}

/* A row that has no weight and is left out may lack replicate weights, too. */
static void test_left_out(void **state)
{
    analysis a;
    (void)state;
    analysis_open_text(&a, HEAD "  weight_missing: out\n  replicates: {columns: \"r*\", method: sdr}\n" TAIL);
    analysis_data(&a, "w.csv", DATA ",A,1,1,1,,\n");
    analysis_works(&a);
    check_close(analysis_row(&a, (analysis_key){.measure = "y_mean", .by = "", .group = ""})->base, 2, 0);
    analysis_close(&a);
}

enum { NAME = 120, OTHERS = 10, MESSAGES = sizeof messages / sizeof *messages };

int main(void)
{
    against_r all = {.table = golden_read("tests/reference/replicates.csv")};
    size_t n = 0, most = all.table.rows + MESSAGES + OTHERS;
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    char *names = calloc(most, NAME);
    if (!tests || !rows || !names)
        return 1;
    shared = &all;
    for (size_t row = 0; row < all.table.rows; row++, n++) {
        char *name = names + n * NAME;
        rows[n] = (row_of){&all, row};
        snprintf(name, NAME, "%s %s, centre %s: %s of %s %s %s", golden_text(&all.table, row, "case"),
                 golden_text(&all.table, row, "set"), golden_text(&all.table, row, "centre"),
                 golden_text(&all.table, row, "statistic"), golden_text(&all.table, row, "variable"),
                 golden_text(&all.table, row, "domain1"), golden_text(&all.table, row, "domain2"));
        tests[n] = (struct CMUnitTest){name, test_row, NULL, NULL, &rows[n]};
    }
    for (size_t i = 0; i < MESSAGES; i++) {
        void *state = (void *)(uintptr_t)&messages[i]; /* cmocka's state is not const */
        tests[n++] = (struct CMUnitTest){messages[i].name, test_message, NULL, NULL, state};
    }
    const struct CMUnitTest others[OTHERS] = {cmocka_unit_test(test_jackknife_is_near),
                                              cmocka_unit_test(test_totals_are_exact),
                                              cmocka_unit_test(test_seeds),
                                              cmocka_unit_test(test_threads),
                                              cmocka_unit_test(test_factors),
                                              cmocka_unit_test(test_files_must_agree),
                                              cmocka_unit_test(test_left_out),
                                              cmocka_unit_test(test_made_is_supplied),
                                              cmocka_unit_test(test_changes_are_near),
                                              cmocka_unit_test(test_quantiles)};
    memcpy(&tests[n], others, sizeof others);
    n += OTHERS;
    int failed = _cmocka_run_group_tests("replicate weights in tables", tests, n, open_all, close_all);
    golden_free(&all.table);
    free(tests);
    free(rows);
    free(names);
    return failed;
}
