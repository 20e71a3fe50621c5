/* Tests of relations, whole: survey text and files in, rows out. Digits are R's (tests/reference/tests.csv, means.csv);
 * what has no digits is compared with another way to the same number. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "io/base/pool.h"
#include "surveys/analyses/related.h"
#include "surveys/publishing/related_sheet.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    analysis a;
    baro_relations out;
    baro_status status;
} relating;

static void relate(relating *r, baro_two_way_test test, size_t threads)
{
    baro_pool *pool = baro_pool_new(threads);
    assert_non_null(pool);
    r->status = baro_relate(&r->a.request, test, pool, r->a.arena, r->a.error, &r->out);
    baro_pool_free(pool);
}

static void relate_works(relating *r, baro_two_way_test test)
{
    relate(r, test, 2);
    if (r->status)
        baro_error_print(r->a.error, true, stderr);
    assert_int_equal(r->status, BARO_OK);
}

static const baro_relation *relation_of(const relating *r, const char *measure, const char *level, const char *by)
{
    for (size_t i = 0; i < r->out.n_rows; i++)
        if (strcmp(r->out.rows[i].measure->id, measure) == 0 && strcmp(r->out.rows[i].level, level) == 0 &&
            strcmp(r->out.rows[i].by->id, by) == 0)
            return &r->out.rows[i];
    fail_msg("no test of %s %s by %s", measure, level, by);
    return NULL;
}

/* ---- digits ---- */

typedef struct {
    golden designs, tests, means;
} references;

typedef struct {
    references *all;
    size_t row;
    bool means;
    baro_two_way_test test;
} row_of;

static const struct {
    const char *name, *statistic, *ndf, *ddf, *p;
    double relative;
} columns[] = {{"Rao-Scott", "rao_scott", "rao_scott_ndf", "rao_scott_ddf", "rao_scott_p", 1e-9},
               {"Wald", "wald", "wald_ndf", "wald_ddf", "wald_p", 1e-7}, /* R inverts an ill-conditioned matrix */
               {"adjusted Wald", "adjusted", "adjusted_ndf", "adjusted_ddf", "adjusted_p", 1e-7}};

/* Several columns are joined by | in designs.csv. */
static void put(char *text, size_t room, const char *key, const char *value)
{
    size_t at = strlen(text);
    if (*value)
        snprintf(text + at, room - at, "  %s: [%s]\n", key, value);
    for (; text[at]; at++)
        if (text[at] == '|')
            text[at] = ',';
}

static void put_word(char *text, size_t room, const char *key, const char *value)
{
    size_t at = strlen(text);
    if (*value)
        snprintf(text + at, room - at, "  %s: %s\n", key, value);
}

/* A design of designs.csv as a survey file, with one measure `m` and one breakdown `g`. */
static void write_survey(const golden *designs, const char *design, const char *measure, const char *by, char *out,
                         size_t room)
{
    size_t d = 0;
    while (strcmp(golden_text(designs, d, "design"), design) != 0)
        d++;
    snprintf(out, room, "survey: {id: gen}\ndesign:\n  lonely_psu: fail\n");
    put_word(out, room, "weight", golden_text(designs, d, "weight"));
    put(out, room, "strata", golden_text(designs, d, "strata"));
    put(out, room, "psu", golden_text(designs, d, "ids"));
    put(out, room, "fpc", golden_text(designs, d, "fpc"));
    put_word(out, room, "nested", golden_text(designs, d, "nest"));
    size_t at = strlen(out);
    snprintf(out + at, room - at, "groups: [{id: by, columns: %s}]\nmeasures: [{id: m, %s}]\n", by, measure);
}

/* "g=A|B" as a condition. */
static const char *condition_of(const char *domain, char *out, size_t room)
{
    if (!*domain)
        return NULL;
    const char *equals = strchr(domain, '=');
    int at = snprintf(out, room, "%.*s in (", (int)(equals - domain), domain);
    for (const char *value = equals + 1; *value;) {
        size_t n = strcspn(value, "|");
        at += snprintf(out + at, room - (size_t)at, "%s'%.*s'", value == equals + 1 ? "" : ", ", (int)n, value);
        value += n + (value[n] == '|');
    }
    snprintf(out + at, room - (size_t)at, ")");
    return out;
}

static void open_row(relating *r, const row_of *at)
{
    const golden *t = at->means ? &at->all->means : &at->all->tests;
    const char *design = golden_text(t, at->row, "design");
    char text[1024], measure[128], path[128], condition[128];
    size_t d = 0;
    if (at->means)
        snprintf(measure, sizeof measure, "columns: %s, statistic: %s%s", golden_text(t, at->row, "variable"),
                 *golden_text(t, at->row, "over") ? "ratio, over: " : "mean", golden_text(t, at->row, "over"));
    else
        snprintf(measure, sizeof measure, "columns: %s, statistic: distribution", golden_text(t, at->row, "row"));
    write_survey(&at->all->designs, design, measure, golden_text(t, at->row, at->means ? "by" : "column"), text,
                 sizeof text);
    while (strcmp(golden_text(&at->all->designs, d, "design"), design) != 0)
        d++;
    snprintf(path, sizeof path, "tests/data/%s.csv", golden_text(&at->all->designs, d, "data"));
    analysis_open_text(&r->a, text);
    analysis_file(&r->a, baro_arena_string(r->a.arena, path));
    analysis_by(&r->a, "by", NULL);
    const char *where = condition_of(golden_text(t, at->row, "domain"), condition, sizeof condition);
    r->a.request.where = where ? baro_arena_string(r->a.arena, where) : NULL;
}

static void test_row(void **state)
{
    const row_of *at = *state;
    const golden *t = at->means ? &at->all->means : &at->all->tests;
    relating r = {0};
    open_row(&r, at);
    relate_works(&r, at->test);
    assert_int_equal(r.out.n_rows, 1);
    const baro_relation *row = &r.out.rows[0];
    double statistic = golden_number(t, at->row, columns[at->test].statistic), relative = columns[at->test].relative;
    check_close(row->base, golden_number(t, at->row, "n"), 0);
    check_close(row->df, golden_number(t, at->row, "df"), 0);
    check_close(row->statistic, statistic, relative);
    if (isnan(statistic)) {
        assert_true(row->marks & BARO_MARK_ABSENT);
        assert_non_null(row->why);
        check_close(row->p_value, NAN, 0);
    } else {
        assert_null(row->why);
        check_close(row->ndf, golden_number(t, at->row, columns[at->test].ndf), relative);
        check_close(row->ddf, golden_number(t, at->row, columns[at->test].ddf), relative);
        check_close(row->p_value, golden_number(t, at->row, columns[at->test].p), 100 * relative);
    }
    analysis_close(&r.a);
}

/* ---- other ways to the same number ---- */

#define GEN_DESIGN "survey: {id: gen}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes}\n"

/* Independence has no direction: g = A against g = B by h is h by g. */
static void test_proportion(void **state)
{
    (void)state;
    for (baro_two_way_test test = 0; test < BARO_TWO_WAY_TESTS; test++) {
        relating r = {0};
        analysis_open_text(&r.a, GEN_DESIGN "groups: [{id: g, columns: g}, {id: h, columns: h}]\n"
                                            "measures: [{id: a, columns: g, positive: A}, {id: d, columns: h}]\n");
        analysis_file(&r.a, "tests/data/gen-strata.csv");
        analysis_by(&r.a, "g", NULL);
        analysis_by(&r.a, "h", NULL);
        r.a.request.where = "g in ('A', 'B')";
        relate_works(&r, test);
        const baro_relation *proportion = relation_of(&r, "a", "", "h"), *turned = relation_of(&r, "d", "", "g");
        assert_true(turned->statistic > 0);
        check_close(proportion->base, turned->base, 0);
        check_close(proportion->statistic, turned->statistic, 1e-10);
        check_close(proportion->ndf, turned->ndf, 1e-10);
        check_close(proportion->ddf, turned->ddf, 1e-10);
        check_close(proportion->p_value, turned->p_value, 1e-9);
        analysis_close(&r.a);
    }
}

/* Of two groups, the F of means is the square of the t of their difference, with its df. */
static void test_two_means(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(&r.a,
                       GEN_DESIGN "groups: [{id: h, columns: h}]\nmeasures: [{id: y, columns: y, statistic: mean}]\n");
    analysis_file(&r.a, "tests/data/gen-strata.csv");
    analysis_by(&r.a, "h", NULL);
    r.a.request.where = "h != 'm'";
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    const baro_relation *row = relation_of(&r, "y", "", "h");
    assert_int_equal(row->relates, BARO_RELATES_MEANS);
    assert_true(row->adjusted);
    analysis_against(&r.a, BARO_AGAINST_GROUP, "k");
    analysis_works(&r.a);
    const baro_row *difference = analysis_row(&r.a, (analysis_key){.by = "h", .group = "l"});
    double t = difference->difference / difference->difference_se;
    check_close(row->statistic, t * t, 1e-10);
    check_close(row->ddf, difference->difference_df, 0);
    check_close(row->p_value, difference->p_value, 1e-9);
    analysis_close(&r.a);
}

/* One answer of a question with several is a proportion. */
static void test_several_answers(void **state)
{
    (void)state;
    char data[16384] = "grp,one,two,sing,dance\n";
    for (size_t i = 0, at = strlen(data); i < 300; i++) {
        bool sing = (i * 7 + i / 11) % 5 < 2 + i % 2, dance = (i * 13 + i / 7) % 3 == 0 || !sing;
        at += (size_t)snprintf(data + at, sizeof data - at, "%c,%s,%s,%s,%s\n", "abc"[i % 3], sing ? "Sing" : "",
                               dance ? "Dance" : "", sing ? "yes" : "no", dance ? "yes" : "no");
    }
    relating r = {0};
    analysis_open_text(&r.a, "survey: {id: s}\ngroups: [{id: grp, columns: grp}]\nmeasures: [{id: both, multi: [one, "
                             "two]}, {id: sing, columns: sing, "
                             "positive: yes}, {id: dance, columns: dance, positive: yes}]\n");
    analysis_data(&r.a, "data.csv", data);
    analysis_by(&r.a, "grp", NULL);
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    assert_int_equal(r.out.n_rows, 4);
    assert_string_equal(r.out.rows[0].level, "Dance");
    const char *const id[] = {"sing", "dance"}, *const label[] = {"Sing", "Dance"};
    for (size_t i = 0; i < 2; i++) {
        const baro_relation *answer = relation_of(&r, "both", label[i], "grp"),
                            *alone = relation_of(&r, id[i], "", "grp");
        assert_true(answer->p_value > 0 && answer->p_value < 1);
        check_close(answer->statistic, alone->statistic, 1e-12);
        check_close(answer->p_value, alone->p_value, 1e-12);
    }
    r.a.request.adjust = BARO_ADJUST_BONFERRONI;
    assert_int_equal(baro_relations_adjust(&r.out, r.a.arena), BARO_OK);
    check_close(r.out.rows[0].p_adjusted, fmin(1, 2 * r.out.rows[0].p_value), 1e-15); /* two answers are one family */
    check_close(r.out.rows[2].p_adjusted, r.out.rows[2].p_value, 0);
    r.a.request.adjust_over_run = true;
    assert_int_equal(baro_relations_adjust(&r.out, r.a.arena), BARO_OK);
    check_close(r.out.rows[2].p_adjusted, fmin(1, 4 * r.out.rows[2].p_value), 1e-15);
    analysis_close(&r.a);
}

static void test_given_df(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(
        &r.a, GEN_DESIGN
        "groups: [{id: h, columns: h}]\nmeasures: [{id: d, columns: answer}, {id: y, columns: y, statistic: mean}]\n");
    analysis_file(&r.a, "tests/data/gen-strata.csv");
    analysis_by(&r.a, "h", NULL);
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    double statistic = r.out.rows[0].statistic, p = r.out.rows[0].p_value, df = r.out.rows[1].df;
    double wald = r.out.rows[1].statistic * df / (df - 1); /* of two contrasts */
    r.a.request.df = 12.5;
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    check_close(r.out.rows[0].df, 12.5, 0);
    check_close(r.out.rows[0].statistic, statistic, 0);
    check_close(r.out.rows[0].ddf, 12.5 * r.out.rows[0].ndf, 1e-15);
    assert_true(r.out.rows[0].p_value != p);
    check_close(r.out.rows[1].ddf, 11.5, 0);
    check_close(r.out.rows[1].statistic, wald * 11.5 / 12.5, 1e-14);
    assert_string_equal(r.out.run.notes.item[r.out.run.notes.n - 1], "Degrees of freedom given: 12.5.");
    analysis_close(&r.a);
}

/* A stated design factor divides every F by its square, and leaves the covariance of a simple random sample. */
static void test_stated(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(&r.a, "survey: {id: s}\ndesign: {deft: 1}\ngroups: [{id: h, columns: h}, {id: g, columns: g}]\n"
                             "measures: [{id: d, columns: answer}, {id: y, columns: y, statistic: mean}]\n");
    analysis_file(&r.a, "tests/data/gen-strata.csv");
    analysis_by(&r.a, "h", NULL);
    analysis_by(&r.a, "g", NULL);
    r.a.request.where = "h != 'm'";
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    baro_relations one = r.out;
    r.a.survey.deft = 1.75;
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    assert_int_equal(r.out.n_rows, 4);
    for (size_t i = 0; i < 4; i++)
        check_close(r.out.rows[i].statistic * 1.75 * 1.75, one.rows[i].statistic, 1e-10);
    check_close(relation_of(&r, "d", "", "h")->ndf, 4, 1e-10); /* five answers by two groups, one design effect */
    const baro_relation *row = relation_of(&r, "y", "", "h");
    analysis_against(&r.a, BARO_AGAINST_GROUP, "k");
    analysis_works(&r.a);
    const baro_row *difference = analysis_row(&r.a, (analysis_key){.measure = "y", .by = "h", .group = "l"});
    double t = difference->difference / difference->difference_se;
    check_close(row->statistic, t * t, 1e-10);
    check_close(row->p_value, difference->p_value, 1e-9);
    analysis_close(&r.a);
}

static void test_threads(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open(&r.a, "surveys/definitions/demo.yaml");
    analysis_file(&r.a, "tests/data/demo-interviews.csv");
    for (size_t i = 0; i < r.a.survey.n_groups && i < ANALYSIS_TABLES; i++)
        analysis_by(&r.a, r.a.survey.groups[i].id, NULL);
    relate(&r, BARO_TEST_RAO_SCOTT, 1);
    baro_relations one = r.out;
    relate(&r, BARO_TEST_RAO_SCOTT, 5);
    assert_int_equal(r.out.n_rows, one.n_rows);
    assert_true(one.n_rows >= 16);
    for (size_t i = 0; i < one.n_rows; i++) {
        check_close(r.out.rows[i].statistic, one.rows[i].statistic, 0);
        check_close(r.out.rows[i].p_value, one.rows[i].p_value, 0);
    }
    analysis_close(&r.a);
}

/* ---- what is not tested, and what is not shown ---- */

/* 12 of a, 12 of b, 9 of c; sensitive answers of a: 6 and 6. */
#define FEW                                                                                                            \
    "g,v,q,x,w\na,1,y,1,1\na,1,n,2,1\na,2,y,3,1\na,2,n,4,1\na,1,y,5,1\na,2,n,6,1\na,1,y,2,1\na,2,n,8,1\na,1,y,9,1\na," \
    "1,n,7,1\na,2,y,1,1\na,2,n,3,1\n"                                                                                  \
    "b,1,y,2,1\nb,1,y,2,1\nb,2,y,5,1\nb,2,n,1,1\nb,1,y,2,1\nb,2,y,8,1\nb,1,y,3,1\nb,2,n,2,1\nb,1,y,7,1\nb,1,n,6,1\nb," \
    "2,y,4,1\nb,2,y,5,1\n"                                                                                             \
    "c,1,n,2,1\nc,1,n,2,1\nc,2,n,5,1\nc,2,y,1,1\nc,1,n,2,1\nc,2,n,8,1\nc,1,n,3,1\nc,2,n,2,1\nc,1,y,7,1\n"

#define FEW_SURVEY                                                                                                     \
    "survey: {id: s}\ndesign: {weight: w, weight_scale: population}\ngroups:\n  - {id: g, columns: g}\n"               \
    "  - {id: o, overlap: yes, categories: [{label: low, where: \"x < 6\"}, {label: odd, where: \"v == 1\"}]}\n"       \
    "measures:\n  - {id: q, columns: q, positive: y}\n  - {id: s, columns: q, positive: y, sensitive: yes}\n"          \
    "  - {id: x, columns: x, statistic: mean}\n  - {id: t, columns: x, statistic: total}\n  - {id: gone, columns: z, " \
    "positive: y}\n"

static const struct refusal {
    const char *name, *measure, *by, *where, *why; /* why NULL: tested */
} refusals[] = {
    {"a proportion is tested", "q", "g", NULL, NULL},
    {"groups that overlap", "q", "o", NULL, "the groups overlap"},
    {"means of groups that overlap", "x", "o", NULL, "the groups overlap"},
    {"a total", "t", "g", NULL, "totals and quantiles are not tested, means are"},
    {"one group is left", "q", "g", "g == 'a'", "only one group or one answer is left"},
    {"one answer is left", "q", "g", "q == 'y'", "only one group or one answer is left"},
    {"one group's mean", "x", "g", "g == 'c'", "only one group or one answer is left"},
    {"nobody", "x", "g", "x > 100", "only one group or one answer is left"},
    {"means of single interviews", "x", "g", "x == 9 or (x == 8 and g == 'b') or (x == 1 and g == 'c')",
     "too few sampling units bear so many groups and answers"},
};

static void test_refusal(void **state)
{
    const struct refusal *c = *state;
    relating r = {0};
    analysis_open_text(&r.a, FEW_SURVEY);
    analysis_data(&r.a, "data.csv", FEW);
    analysis_by(&r.a, c->by, NULL);
    r.a.request.measures = (baro_texts){(const char *const *)&c->measure, 1};
    r.a.request.where = c->where;
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    const baro_relation *row = &r.out.rows[0];
    assert_int_equal(r.out.n_rows, 1);
    if (c->why) {
        assert_string_equal(row->why ? row->why : "", c->why);
        assert_int_equal(row->marks, BARO_MARK_ABSENT);
        check_close(row->statistic, NAN, 0);
        check_close(row->p_value, NAN, 0);
    } else {
        assert_null(row->why);
        assert_true(row->p_value > 0);
        check_close(row->least_group, 9, 0);
        check_close(row->least_answer, 2, 0);
    }
    analysis_close(&r.a);
}

static const struct hiding {
    const char *name, *measure, *where;
    double below;
    bool shown, no_suppress;
} hidings[] = {
    {"a group of 9 hides the test", "q", NULL, 10, false, false},
    {"no group is below 9", "q", NULL, 9, true, false},
    {"all is shown on demand", "q", NULL, 10, true, true},
    {"a mean, too, rests on its groups", "x", NULL, 10, false, false},
    {"without the small group", "q", "g != 'c'", 10, true, false},
    {"a sensitive answer of 3", "s", "g != 'c'", 4, false, false},
    {"a sensitive answer of 3 is enough for 3", "s", "g != 'c'", 3, true, false},
    {"nobody is few", "q", "x > 100", 1, false, false},
};

static void test_hiding(void **state)
{
    const struct hiding *c = *state;
    relating r = {0};
    analysis_open_text(&r.a, FEW_SURVEY);
    analysis_data(&r.a, "data.csv", FEW);
    analysis_by(&r.a, "g", NULL);
    r.a.survey.suppress_below = c->below;
    r.a.request.measures = (baro_texts){(const char *const *)&c->measure, 1};
    r.a.request.where = c->where;
    r.a.request.no_suppress = c->no_suppress;
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    assert_int_equal(baro_relations_adjust(&r.out, r.a.arena), BARO_OK);
    baro_relations_suppress(&r.out);
    const baro_relation *row = &r.out.rows[0];
    const double number[] = {row->base, row->df, row->statistic, row->ndf, row->ddf, row->p_value, row->p_adjusted};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        assert_int_equal(!isnan(number[i]), c->shown);
    assert_int_equal((row->marks & BARO_MARK_SUPPRESSED) != 0, !c->shown);
    assert_int_equal((row->marks & BARO_MARK_UNRELIABLE) != 0, c->shown);
    assert_null(row->why);
    analysis_close(&r.a);
}

static void test_not_asked(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(&r.a, FEW_SURVEY);
    analysis_data(&r.a, "data.csv", FEW);
    analysis_by(&r.a, "g", NULL);
    r.a.request.measures_named = false;
    relate_works(&r, BARO_TEST_WALD);
    baro_relations_suppress(&r.out);
    const baro_relation *row = relation_of(&r, "gone", "", "g");
    assert_int_equal(row->marks, BARO_MARK_ABSENT);
    check_close(row->base, NAN, 0);
    analysis_close(&r.a);
}

static void test_opt_in(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(&r.a, "survey: {id: s, sampling: opt-in}\ngroups: [{id: g, columns: g}]\nmeasures: [{id: q, "
                             "columns: q, positive: y}]\n");
    analysis_data(&r.a, "data.csv", FEW);
    analysis_by(&r.a, "g", NULL);
    relate_works(&r, BARO_TEST_RAO_SCOTT);
    assert_int_equal(r.out.rows[0].marks, BARO_MARK_ABSENT);
    check_close(r.out.rows[0].base, 33, 0);
    check_close(r.out.rows[0].statistic, NAN, 0);
    check_close(r.out.rows[0].p_value, NAN, 0);
    analysis_close(&r.a);
}

static void test_no_breakdown(void **state)
{
    (void)state;
    relating r = {0};
    analysis_open_text(&r.a, FEW_SURVEY);
    analysis_data(&r.a, "data.csv", FEW);
    relate(&r, BARO_TEST_RAO_SCOTT, 1);
    assert_int_equal(r.status, BARO_USAGE);
    analysis_close(&r.a);
}

/* ---- */

enum { MOST_TESTS = 400 };

static struct CMUnitTest tests[MOST_TESTS];
static row_of rows[MOST_TESTS];
static char names[MOST_TESTS][96];

static size_t add_rows(references *all, bool means, size_t n)
{
    const golden *t = means ? &all->means : &all->tests;
    for (size_t row = 0; row < t->rows; row++)
        for (baro_two_way_test test = means ? BARO_TEST_WALD : 0; test < BARO_TWO_WAY_TESTS; test++) {
            const char *design = golden_text(t, row, "design");
            snprintf(names[n], sizeof names[n], "%s %s: %s by %s (%s)", golden_text(t, row, "case"), columns[test].name,
                     golden_text(t, row, means ? "variable" : "row"), golden_text(t, row, means ? "by" : "column"),
                     design);
            rows[n] = (row_of){all, row, means, test};
            tests[n] = (struct CMUnitTest){names[n], test_row, NULL, NULL, &rows[n]};
            n++;
        }
    return n;
}

int main(void)
{
    static const struct CMUnitTest alone[] = {
        cmocka_unit_test(test_proportion), cmocka_unit_test(test_two_means), cmocka_unit_test(test_several_answers),
        cmocka_unit_test(test_given_df),   cmocka_unit_test(test_threads),   cmocka_unit_test(test_stated),
        cmocka_unit_test(test_not_asked),  cmocka_unit_test(test_opt_in),    cmocka_unit_test(test_no_breakdown),
    };
    references all = {golden_read("tests/reference/designs.csv"), golden_read("tests/reference/tests.csv"),
                      golden_read("tests/reference/means.csv")};
    size_t n = add_rows(&all, true, add_rows(&all, false, 0));
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        tests[n++] = alone[i];
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        tests[n++] = (struct CMUnitTest){refusals[i].name, test_refusal, NULL, NULL, (void *)(uintptr_t)&refusals[i]};
    for (size_t i = 0; i < sizeof hidings / sizeof *hidings; i++)
        tests[n++] = (struct CMUnitTest){hidings[i].name, test_hiding, NULL, NULL, (void *)(uintptr_t)&hidings[i]};
    int failed = _cmocka_run_group_tests("relations", tests, n, NULL, NULL);
    golden_free(&all.designs);
    golden_free(&all.tests);
    golden_free(&all.means);
    return failed;
}
