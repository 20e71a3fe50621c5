/* Windows over time, of interviews and of published series: what overlapping ones share, what is missing, what a break
 * does. */
#include "tests/analysis.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- interviews: quarters with as many interviews of weight 1 each, so that their sums of weights are equal ---- */

#define EQUAL "survey: {id: w}\ndesign: {weight: w, strata: period}\n" PERIOD MEASURE
#define PERIOD "period: {columns: q, unit: quarter, year_starts: January, rolling: 4}\n"
#define MEASURE                                                                                                        \
    "measures: [{id: m, label: M, columns: m, scale: yes_no}]\nscales: [{id: yes_no, positive: [yes], negative: "      \
    "[no]}]\n"
#define GROUP "groups: [{id: g, label: Group, columns: g, categories: [{label: A}, {label: B}]}]\n"
enum { QUARTERS = 9, A_QUARTER = 40 };

/* Of the 40 interviews of quarter t, positive[t] say yes; group A are the even ones. -1: nobody was asked. */
static char *interviews(const int positive[QUARTERS], double weight_of_odd)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("q,w,g,m\n", out);
    for (int t = 0; t < QUARTERS; t++)
        for (int i = 0; i < A_QUARTER; i++)
            fprintf(out, "%d Q%d,%.17g,%s,%s\n", 2021 + t / 4, t % 4 + 1, i % 2 ? weight_of_odd : 1, i % 2 ? "B" : "A",
                    positive[t] < 0   ? ""
                    : i < positive[t] ? "yes"
                                      : "no");
    assert_int_equal(fclose(out), 0);
    return text;
}

static void open_rolling(analysis *a, const char *survey, const int positive[QUARTERS], double weight_of_odd)
{
    char *text = interviews(positive, weight_of_odd);
    analysis_open_text(a, survey);
    analysis_data(a, "interviews.csv", text);
    a->request.trend = true;
    free(text);
}

static const char *quarter(int t, char out[16])
{
    snprintf(out, 16, "%d Q%d", 2021 + t / 4, t % 4 + 1);
    return out;
}

static const baro_row *at(const analysis *a, int t, const char *against)
{
    char period[16];
    return analysis_row(a, (analysis_key){.by = "", .period = quarter(t, period), .against = against});
}

static const int uneven[QUARTERS] = {11, 29, 17, 23, 31, 7, 19, 26, 13};
static const int alike[QUARTERS] = {13, 13, 13, 13, 13, 13, 13, 13, 13};

/* Equal sums of weights: the change of a year is a quarter of what came in less what went out. */
static void test_identity(void **state)
{
    double weight_of_odd = *(const double *)*state;
    analysis year, single;
    open_rolling(&year, EQUAL, uneven, weight_of_odd);
    open_rolling(&single, EQUAL, uneven, weight_of_odd);
    analysis_against(&year, BARO_AGAINST_PREVIOUS, NULL);
    single.request.rolling = 1;
    analysis_works(&year);
    analysis_works(&single);
    for (int t = 4; t < QUARTERS; t++) {
        char before[16];
        const baro_row *row = at(&year, t, quarter(t - 1, before)), *in = at(&single, t, NULL),
                       *out = at(&single, t - 4, NULL);
        check_close(row->difference, (in->estimate - out->estimate) / 4, 1e-12);
        if (weight_of_odd == 1) /* what is shared is the same on both sides and adds nothing */
            check_close(row->difference_se, sqrt(in->se * in->se + out->se * out->se) / 4, 1e-9);
        check_close((double)row->window, 4, 0);
    }
    assert_int_equal(year.results.n_rows, QUARTERS - 3);
    analysis_close(&year);
    analysis_close(&single);
}

/* With equal quarters a test that took the windows for independent would be twice as wide. */
static void test_twice_too_wide(void **state)
{
    (void)state;
    analysis a;
    open_rolling(&a, EQUAL, alike, 1);
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    for (int t = 4; t < QUARTERS; t++) {
        const baro_row *row = at(&a, t, NULL), *earlier = at(&a, t - 1, NULL);
        check_close(sqrt(row->se * row->se + earlier->se * earlier->se) / row->difference_se, 2, 1e-9);
        assert_true(fabs(row->difference) < 1e-15);
    }
    analysis_close(&a);
}

/* k quarters apart, windows of equal quarters share 4 - k: V = 2 V min(k, 4) / 4. */
static void test_apart(void **state)
{
    (void)state;
    analysis a;
    open_rolling(&a, EQUAL, alike, 1);
    analysis_against(&a, BARO_AGAINST_FIRST, NULL);
    analysis_works(&a);
    for (int t = 4; t < QUARTERS; t++) {
        const baro_row *row = at(&a, t, "2021 Q4");
        int k = t - 3 < 4 ? t - 3 : 4;
        check_close(row->difference_se * row->difference_se, 2 * row->se * row->se * k / 4, 1e-9);
    }
    analysis_close(&a);
}

static void test_separate(void **state)
{
    (void)state;
    analysis a;
    open_rolling(&a, EQUAL, uneven, 1);
    analysis_against(&a, BARO_AGAINST_PREVIOUS_SEPARATE, NULL);
    analysis_against(&a, BARO_AGAINST_YEAR_AGO, NULL);
    analysis_works(&a);
    for (int t = 3; t < QUARTERS; t++) {
        char before[16];
        const baro_row *row = at(&a, t, NULL);
        assert_string_equal(row->against, t >= 7 ? quarter(t - 4, before) : "");
        assert_string_equal(row[1].against, row->against); /* a year ago is the same window here */
        if (t < 7)
            assert_true(isnan(row->difference) && isnan(row->difference_se));
        else {
            const baro_row *earlier = at(&a, t - 4, NULL);
            check_close(row->difference, row->estimate - earlier->estimate, 1e-12);
            check_close(row->difference_se, hypot(row->se, earlier->se), 1e-9);
        }
    }
    analysis_close(&a);
}

/* --from chooses what is printed: what stands before still counts, and is compared with. */
static void test_from_and_to(void **state)
{
    (void)state;
    analysis all, some;
    open_rolling(&all, EQUAL, uneven, 1);
    open_rolling(&some, EQUAL, uneven, 1);
    analysis_against(&all, BARO_AGAINST_PREVIOUS, NULL);
    analysis_against(&some, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&all);
    some.request.has_from = some.request.has_to = true;
    some.request.from = at(&all, 5, NULL)->period;
    some.request.to = at(&all, 6, NULL)->period;
    analysis_works(&some);
    assert_int_equal(some.results.n_rows, 2);
    for (int t = 5; t <= 6; t++) {
        check_close(at(&some, t, NULL)->estimate, at(&all, t, NULL)->estimate, 0);
        check_close(at(&some, t, NULL)->difference_se, at(&all, t, NULL)->difference_se, 0);
    }
    analysis_close(&all);
    analysis_close(&some);
}

/* The column of the measure comes with the second file, that of the group with the third: what lacks one of them is not
 * available. */
static void test_lacking_columns(void **state)
{
    (void)state;
    static const char *const header[] = {"q,w\n", "q,w,m\n", "q,w,m,g\n"};
    static const char *const answers[] = {"", ",yes", ",yes,A"}, *const others[] = {"", ",no", ",no,B"},
                             *const name[] = {"1.csv", "2.csv", "3.csv"};
    analysis a;
    analysis_open_text(&a, EQUAL GROUP);
    for (int file = 0; file < 3; file++) {
        char text[2048];
        snprintf(text, sizeof text, "%s", header[file]);
        for (int t = file; t < (file < 2 ? file + 1 : QUARTERS); t++)
            for (int i = 0; i < 10; i++) {
                size_t used = strlen(text);
                snprintf(text + used, sizeof text - used, "%d Q%d,1%s\n", 2021 + t / 4, t % 4 + 1,
                         i % 2 ? answers[file] : others[file]);
            }
        analysis_data(&a, name[file], text);
    }
    a.request.trend = true;
    analysis_by(&a, "g", NULL);
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    for (int t = 3; t < QUARTERS; t++) {
        char period[16];
        const baro_row *everyone = at(&a, t, NULL),
                       *group = analysis_row(&a, (analysis_key){.group = "A", .period = quarter(t, period)});
        assert_int_equal(everyone->marks, t < 4 ? BARO_MARK_ABSENT : 0);
        assert_int_equal(group->marks, t < 5 ? BARO_MARK_ABSENT : 0);
        check_close(everyone->base, t < 4 ? NAN : 40, 0);
        check_close(group->base, t < 5 ? NAN : 20, 0);
        check_close(everyone->difference, t < 5 ? NAN : 0, 0);
        check_close(group->difference, t < 6 ? NAN : 0, 0);
    }
    assert_non_null(strstr(a.said, "column 'm' is not in 1.csv: not available there"));
    assert_non_null(strstr(a.said, "column 'g' is not in 1.csv: not available there"));
    analysis_close(&a);
}

/* A quarter in which nobody was interviewed. */
static void test_missing_unit(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, EQUAL);
    char text[4096] = "q,w,m\n";
    for (int t = 0; t < QUARTERS; t++)
        for (int i = 0; t != 4 && i < 12; i++) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%d Q%d,1,%s\n", 2021 + t / 4, t % 4 + 1, i % 3 ? "yes" : "no");
        }
    analysis_data(&a, "interviews.csv", text);
    a.request.trend = true;
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    assert_int_equal(a.results.n_rows, QUARTERS - 3);
    for (int t = 3; t < QUARTERS; t++) {
        const baro_row *row = at(&a, t, NULL);
        bool lacks = t >= 4 && t <= 7;
        assert_int_equal(row->marks, lacks ? BARO_MARK_ABSENT : 0);
        assert_true(lacks == isnan(row->estimate) && lacks == isnan(row->base));
        assert_true(isnan(row->difference)); /* the earlier window lacks it, or this one does */
    }
    analysis_close(&a);
}

static void test_break(void **state)
{
    (void)state;
    static const char survey[] = EQUAL "breaks: [{period: 2022 Q2, why: By telephone from here on}]\n";
    for (int across = 0; across < 2; across++) {
        analysis a;
        open_rolling(&a, survey, uneven, 1);
        a.request.across_breaks = across;
        analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
        analysis_against(&a, BARO_AGAINST_FIRST, NULL);
        analysis_against(&a, BARO_AGAINST_YEAR_AGO, NULL);
        analysis_works(&a);
        for (int t = 3; t < QUARTERS; t++) {
            const baro_row *row = at(&a, t, NULL);
            bool spans =
                t >= 5 && t <= 7; /* the quarter of the break is t = 5: from t = 8 on a window has only what follows */
            assert_int_equal(row->marks, spans ? BARO_MARK_BREAK : 0);
            assert_true(row->estimate > 0);
            bool previous = t >= 4 && (across || t < 5);
            assert_int_equal(!isnan(row[0].difference), previous);
            assert_int_equal(!isnan(row[1].difference), t > 3 && (across || t < 5));
            assert_int_equal(!isnan(row[2].difference), t >= 7 && across);
            assert_int_equal(*row[0].against != '\0', previous);
        }
        analysis_close(&a);
    }
}

/* ---- published series ---- */

#define SERIES_SURVEY "surveys/definitions/demo-series.yaml"

static void open_series(analysis *a, const char *data)
{
    analysis_open(a, SERIES_SURVEY);
    analysis_file(a, data);
    analysis_by(a, "borough", NULL);
    a->request.trend = true;
    analysis_against(a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_against(a, BARO_AGAINST_TOTAL, NULL);
    analysis_against(a, BARO_AGAINST_YEAR_AGO, NULL);
    analysis_against(a, BARO_AGAINST_GROUP, "Camden");
}

static void test_layouts(void **state)
{
    (void)state;
    analysis comma, semicolon;
    open_series(&comma, "tests/data/demo-series-comma.csv");
    open_series(&semicolon, "tests/data/demo-series-semicolon.csv");
    analysis_works(&comma);
    analysis_works(&semicolon);
    char *one = analysis_tell(&comma), *other = analysis_tell(&semicolon);
    assert_true(comma.results.n_rows > 500);
    assert_string_equal(one, other);
    free(one);
    free(other);
    analysis_close(&comma);
    analysis_close(&semicolon);
}

/* Areas A and B and the whole, five quarters; A's change over one and over four quarters by hand. */
#define SERIES                                                                                                         \
    "survey: {id: s, title: S}\n"                                                                                      \
    "series: {date: d, group: area, measure: what, estimate: p, total: all, base: 400, deft: 1.3, rounding: 0.01}\n"   \
    "period: {unit: quarter, year_starts: January, rolling: 4}\n"                                                      \
    "groups: [{id: area, label: Area, kind: area}]\n"                                                                  \
    "measures: [{id: trust, label: Trust, value: Trust}]\n"
#define SERIES_DATA                                                                                                    \
    "d,area,what,p,all\n"                                                                                              \
    "31/03/2021,A,Trust,0.61,0.7\n31/03/2021,B,Trust,0.75,0.7\n30/06/2021,A,Trust,0.64,0.71\n"                         \
    "30/06/2021,B,Trust,0.72,0.71\n30/09/2021,A,Trust,0.66,0.7\n31/12/2021,A,Trust,0.69,0.72\n"                        \
    "31/03/2022,A,Trust,0.7,0.73\n31/03/2022,B,Trust,0.71,0.73\n"

static void test_series_formulas(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, SERIES);
    analysis_data(&a, "series.csv", SERIES_DATA);
    analysis_by(&a, "area", NULL);
    a.request.trend = true;
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_against(&a, BARO_AGAINST_YEAR_AGO, NULL);
    analysis_against(&a, BARO_AGAINST_TOTAL, NULL);
    analysis_against(&a, BARO_AGAINST_GROUP, "B");
    analysis_against(&a, BARO_AGAINST_FIRST, NULL);
    analysis_works(&a);
    const baro_row *first = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q1"});
    /* 1.69 x .61 x .39 / 400 = .00100512750 */
    check_close(first->se, 0.03170374583546871, 1e-12);
    check_close(first->base, 400, 0);
    check_close(first->deff, 1.69, 1e-12);
    check_close(first->n_eff, 400 / 1.69, 1e-12);
    /* logit .61 -+ 1.959964 x sqrt(.0010051275 + .0001 / 12) / .2379: the rounding of the source is uncertainty too */
    check_close(first->lower, 0.5461277307560, 1e-10);
    check_close(first->upper, 0.6703099754333, 1e-10);
    assert_true(isnan(first->df) && isnan(first->difference));

    /* One quarter on: (.0010051275 + .0009734400) / 4 + .0001 / 6 */
    const baro_row *next = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q2", .against = "2021 Q1"});
    check_close(next->difference, 0.03, 1e-12);
    check_close(next->difference_se, sqrt((0.0010051275 + 0.00097344) / 4 + 1e-4 / 6), 1e-12);
    check_close(next->difference_upper - next->difference, 1.959963984540054 * next->difference_se, 1e-12);

    /* Four quarters on nothing is shared: .0010051275 + 1.69 x .21 / 400 = .00088725, and the rounding. */
    const baro_row *year = analysis_row(&a, (analysis_key){.group = "A", .period = "2022 Q1", .against = "2021 Q1"});
    check_close(year->difference, 0.09, 1e-12);
    check_close(year->difference_se, sqrt(0.0010051275 + 0.00088725 + 1e-4 / 6), 1e-12);

    /* Three quarters on a quarter of each window is shared: 1.69 x .69 x .31 / 400 = .00090373 beside the first. */
    const baro_row *third = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q4", .against = "2021 Q1"});
    check_close(third->difference_se, sqrt((0.0010051275 + 1.69 * 0.69 * 0.31 / 400) * 3 / 4 + 1e-4 / 6), 1e-12);

    /* Area less the whole: without its share of the weights there is a difference, and no interval. */
    const baro_row *total = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q1", .against = "total"});
    check_close(total->difference, -0.09, 1e-12);
    assert_true(isnan(total->difference_se) && isnan(total->difference_lower) && isnan(total->p_value));

    const baro_row *areas = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q1", .against = "B"});
    check_close(areas->difference, -0.14, 1e-12);
    check_close(areas->difference_se, sqrt(0.0010051275 + 1.69 * 0.75 * 0.25 / 400 + 1e-4 / 6), 1e-12);

    const baro_row *whole = analysis_row(&a, (analysis_key){.by = "", .period = "2022 Q1", .against = "2021 Q4"});
    check_close(whole->estimate, 0.73, 1e-12);
    check_close(whole->difference, 0.01, 1e-9);
    assert_true(isnan(whole->base) && isnan(whole->lower) && isnan(whole->difference_se));

    const baro_row *absent = analysis_row(&a, (analysis_key){.group = "B", .period = "2021 Q3"});
    assert_int_equal(absent->marks, BARO_MARK_ABSENT);
    assert_true(isnan(absent->estimate) && a.results.approximate);
    analysis_close(&a);
}

/* Without a base or a design factor there is nothing to make an interval of. */
static void test_series_without_base(void **state)
{
    (void)state;
    static const char survey[] = "survey: {id: s}\n"
                                 "series: {date: d, group: area, measure: what, estimate: p, total: all}\n"
                                 "period: {unit: quarter, year_starts: January, rolling: 4}\n"
                                 "groups: [{id: area, label: Area, kind: area}]\n"
                                 "measures: [{id: trust, label: Trust, value: Trust}]\n";
    analysis a;
    analysis_open_text(&a, survey);
    analysis_data(&a, "series.csv", SERIES_DATA);
    analysis_by(&a, "area", NULL);
    a.request.trend = true;
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        assert_true(isnan(row->se) && isnan(row->lower) && isnan(row->difference_se) && isnan(row->p_value) &&
                    isnan(row->base));
    }
    assert_false(a.results.approximate);
    analysis_close(&a);
}

static void test_series_break(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, SERIES "breaks: [{period: 2021 Q3, why: New questions}]\n");
    analysis_data(&a, "series.csv", SERIES_DATA);
    analysis_by(&a, "area", NULL);
    a.request.trend = true;
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    const baro_row *spans = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q4"});
    assert_int_equal(spans->marks, BARO_MARK_BREAK);
    assert_true(isnan(spans->difference) && !isnan(spans->estimate));
    const baro_row *before = analysis_row(&a, (analysis_key){.group = "A", .period = "2021 Q2"});
    assert_int_equal(before->marks, 0);
    check_close(before->difference, 0.03, 1e-12);
    analysis_close(&a);
}

/* ---- faults of published series ---- */

static const struct fault {
    const char *name, *data, *said;
} faults[] = {
    {"a share above 1", "d,area,what,p,all\n31/03/2021,A,Trust,61,0.7\n",
     "series.csv:2: a share is not between 0 and 1"},
    {"the same twice", "d,area,what,p,all\n31/03/2021,A,Trust,0.6,0.7\n31/03/2021,A,Trust,0.6,0.7\n",
     "series.csv:3: a second value for"},
    {"totals that differ", "d,area,what,p,all\n31/03/2021,A,Trust,0.6,0.7\n31/03/2021,B,Trust,0.6,0.8\n",
     "series.csv:3: the total differs from another row's"},
    {"a date that is none", "d,area,what,p,all\n31/13/2021,A,Trust,0.6,0.7\n",
     "series.csv:2:1: not a date or period that can be read (column d"},
    {"a value that is no number", "d,area,what,p,all\n31/03/2021,A,Trust,many,0.7\n",
     "series.csv:2:20: not a plain decimal number (column p)"},
};

static void test_fault(void **state)
{
    const struct fault *fault = *state;
    analysis a;
    analysis_open_text(&a, SERIES);
    analysis_data(&a, "series.csv", fault->data);
    analysis_by(&a, "area", NULL);
    a.request.trend = true;
    a.request.rolling = 0;
    analysis_run(&a, 1);
    assert_int_equal(baro_status_exit(a.status), 65);
    if (!strstr(a.said, fault->said))
        fail_msg("wanted '%s', got: %s", fault->said, a.said);
    analysis_close(&a);
}

int main(void)
{
    static double one = 1, odd = 2.375;
    enum { FAULTS = sizeof faults / sizeof *faults };
    struct CMUnitTest tests[32 + FAULTS] = {
        {"a year changes by a quarter of what came in less what went out", test_identity, NULL, NULL, &one},
        {"so it does when weights differ inside quarters", test_identity, NULL, NULL, &odd},
        cmocka_unit_test(test_twice_too_wide),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_separate),
        cmocka_unit_test(test_from_and_to),
        cmocka_unit_test(test_lacking_columns),
        cmocka_unit_test(test_missing_unit),
        cmocka_unit_test(test_break),
        cmocka_unit_test(test_layouts),
        cmocka_unit_test(test_series_formulas),
        cmocka_unit_test(test_series_without_base),
        cmocka_unit_test(test_series_break),
    };
    size_t n = 0;
    while (tests[n].name)
        n++;
    for (size_t i = 0; i < FAULTS; i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    return _cmocka_run_group_tests("windows and series", tests, n, NULL, NULL);
}
