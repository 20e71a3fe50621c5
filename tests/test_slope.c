/* Linear trends: against R's contrasts of window levels, linearised and by jackknife; breaks, suppression, published
 * series and words. */
#include "io/base/pool.h"
#include "surveys/analyses/slope.h"
#include "surveys/publishing/slope_sheet.h"
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    analysis a;
    baro_slopes made;
    baro_status status;
} sloped;

static void fit(sloped *s)
{
    baro_pool *pool = baro_pool_new(2);
    assert_non_null(pool);
    s->status = baro_slope(&s->a.request, pool, s->a.arena, s->a.error, &s->made);
    baro_pool_free(pool);
    if (s->status == BARO_OK)
        s->status = baro_slopes_adjust(&s->made, s->a.arena);
    if (s->status == BARO_OK)
        baro_slopes_suppress(&s->made);
}

static const baro_slope_row *line(const sloped *s, const char *measure, const char *by, const char *group)
{
    for (size_t i = 0; i < s->made.n_rows; i++) {
        const baro_slope_row *row = &s->made.rows[i];
        if (strcmp(row->measure->id, measure) == 0 && strcmp(row->by ? row->by->id : "", by) == 0 &&
            strcmp(row->group, group) == 0)
            return row;
    }
    fail_msg("no line %s %s %s", measure, by, group);
    return NULL;
}

/* ---- digits ---- */

#define WAVES                                                                                                          \
    "survey: {id: waves}\ndesign: {weight: weight, weight_scale: population, strata: stratum, psu: psu, nested: "      \
    "yes}\n"                                                                                                           \
    "period: {columns: quarter, unit: quarter}\ngroups: [{id: g, columns: g}]\n"                                       \
    "measures: [{id: p, columns: answer, positive: yes, negative: no}, {id: y, columns: y, statistic: mean},\n"        \
    "  {id: yx, columns: y, statistic: ratio, over: x}, {id: sum, columns: y, statistic: total}]\n"

typedef struct {
    const golden *table;
    size_t row;
} row_of;

static void test_row(void **state)
{
    const row_of *at = *state;
    const golden *t = at->table;
    const char *measure = golden_text(t, at->row, "measure"), *from = golden_text(t, at->row, "from");
    for (int jackknife = 0; jackknife < 2; jackknife++) {
        sloped s = {0};
        analysis_open_text(&s.a, WAVES);
        analysis_file(&s.a, "tests/data/gen-waves.csv");
        analysis_by(&s.a, "g", NULL);
        s.a.request.measures = (baro_texts){&measure, 1};
        s.a.request.no_suppress = true;
        s.a.request.rolling = (size_t)golden_number(t, at->row, "rolling");
        if (jackknife)
            s.a.survey.replicates.columns = "make:jkn";
        if (*from) {
            const baro_calendar calendar = {.unit = BARO_UNIT_QUARTER, .year_starts = 1};
            s.a.request.has_from = true;
            assert_true(baro_period_parse(&calendar, from, &s.a.request.from));
        }
        fit(&s);
        assert_int_equal(s.status, BARO_OK);
        const baro_slope_row *row = line(&s, measure, golden_text(t, at->row, "by"), golden_text(t, at->row, "group"));
        check_close((double)row->windows, golden_number(t, at->row, "windows"), 0);
        check_close(row->slope, golden_number(t, at->row, "slope"), 1e-9);
        check_close(row->se, golden_number(t, at->row, jackknife ? "jkn_se" : "se"), 1e-9);
        if (!jackknife) {
            check_close(row->df, golden_number(t, at->row, "df"), 0);
            check_close(row->lower, golden_number(t, at->row, "lower"), 1e-9);
            check_close(row->upper, golden_number(t, at->row, "upper"), 1e-9);
            check_close(row->p_value, golden_number(t, at->row, "p_value"), 1e-8);
        }
        analysis_close(&s.a);
    }
}

/* ---- by hand ---- */

#define SIMPLE                                                                                                         \
    "survey: {id: s}\ndesign: {weight: w}\nperiod: {columns: q, unit: quarter, year_starts: January%s}\n"              \
    "groups: [{id: g, label: Group, columns: g, categories: [{label: A}, {label: B}]}]\n"                              \
    "measures: [{id: m, label: M, columns: m, positive: [yes], negative: [no]}]\n%s"
enum { QUARTERS = 8 };

/* 40 interviews a quarter, yes[t] of group A's and of B's; of A in quarter `short_of` only `few`. */
static void open_simple(sloped *s, const char *rolling, const char *more, const int yes[QUARTERS], int short_of,
                        int few)
{
    char survey[1024], *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("q,w,g,m\n", out);
    for (int t = 0; t < QUARTERS; t++)
        for (int i = 0; i < 40; i++)
            if (i % 2 == 1 || t != short_of || i / 2 < few)
                fprintf(out, "%d Q%d,1,%s,%s\n", 2021 + t / 4, t % 4 + 1, i % 2 ? "B" : "A",
                        i / 2 < yes[t] ? "yes" : "no");
    assert_int_equal(fclose(out), 0);
    snprintf(survey, sizeof survey, SIMPLE, rolling, more);
    analysis_open_text(&s->a, survey);
    analysis_data(&s->a, "interviews.csv", text);
    analysis_by(&s->a, "g", NULL);
    free(text);
}

static const int rising[QUARTERS] = {3, 5, 4, 7, 9, 8, 11, 13}, flat[QUARTERS] = {9, 8, 9, 10, 9, 8, 10, 9};

/* Two points a quarter make the slope of a line through them exactly. */
static void test_straight(void **state)
{
    (void)state;
    static const int line_of[QUARTERS] = {2, 4, 6, 8, 10, 12, 14, 16}; /* of 20: ten points a quarter */
    sloped s = {0};
    open_simple(&s, "", "", line_of, -1, 0);
    fit(&s);
    const baro_slope_row *row = line(&s, "m", "", "");
    check_close(row->slope, 0.4, 1e-12);
    double variance =
        0; /* weights of 1, quarters independent: n p (1 - p) over (n - 1) n; here all rows are one stratum */
    for (int t = 0; t < QUARTERS; t++) {
        double a = (t - 3.5) / 42 * 4, p = line_of[t] / 20.0;
        variance += a * a * p * (1 - p) / 40 * 320 / 319;
    }
    check_close(row->se, sqrt(variance), 1e-9);
    assert_string_equal(row->from_label, "2021 Q1");
    assert_string_equal(row->to_label, "2022 Q4");
    assert_string_equal(baro_say_slope(&s.made, row, s.a.arena), "rises by 40.0 points a year (32.2 to 47.8)");
    analysis_close(&s.a);
}

/* The interval of the words above, once more from the numbers; and what is not clear. */
static void test_words(void **state)
{
    (void)state;
    sloped s = {0};
    open_simple(&s, "", "", flat, -1, 0);
    fit(&s);
    const baro_slope_row *row = line(&s, "m", "", "");
    const char *said = baro_say_slope(&s.made, row, s.a.arena);
    assert_true(row->p_value > 0.2);
    assert_memory_equal(said, "no clear trend (", 16);
    assert_non_null(strstr(said, " points a year)"));
    analysis_close(&s.a);
    sloped falls = {0};
    static const int falling[QUARTERS] = {17, 15, 14, 11, 9, 8, 5, 3};
    open_simple(&falls, "", "", falling, -1, 0);
    fit(&falls);
    row = line(&falls, "m", "", "");
    said = baro_say_slope(&falls.made, row, falls.a.arena);
    char wanted[80];
    snprintf(wanted, sizeof wanted, "falls by %.1f points a year (%.1f to %.1f)", -100 * row->slope, -100 * row->upper,
             -100 * row->lower);
    assert_string_equal(said, wanted);
    analysis_close(&falls.a);
    sloped quota = {0};
    open_simple(&quota, "", "", rising, -1, 0);
    quota.a.survey.sampling = BARO_SAMPLING_QUOTA;
    fit(&quota);
    row = line(&quota, "m", "", "");
    assert_true(isnan(row->se) && isnan(row->lower) && isnan(row->p_value) && isnan(row->levels[0].se));
    assert_memory_equal(baro_say_slope(&quota.made, row, quota.a.arena), "the line rises by ", 18);
    analysis_close(&quota.a);
}

/* The windows behind the break alone, or with across_breaks all of them, and marked. */
static void test_break(void **state)
{
    const char *rolling = *state;
    size_t pooled = *rolling ? 2 : 1, behind = 5 - (pooled - 1);
    for (int across = 0; across < 2; across++) {
        sloped s = {0}, all = {0}, tail = {0};
        open_simple(&s, rolling, "breaks: [{period: 2021 Q4, why: New questions}]\n", rising, -1, 0);
        open_simple(&all, rolling, "", rising, -1, 0);
        open_simple(&tail, rolling, "", rising, -1, 0);
        s.a.request.across_breaks = across;
        const baro_calendar calendar = {.unit = BARO_UNIT_QUARTER, .year_starts = 1};
        tail.a.request.has_from = true;
        assert_true(baro_period_parse(&calendar, pooled == 2 ? "2022 Q1" : "2021 Q4", &tail.a.request.from));
        fit(&s);
        fit(&all);
        fit(&tail);
        const baro_slope_row *row = line(&s, "m", "g", "A"), *like = line(across ? &all : &tail, "m", "g", "A");
        check_close(row->slope, like->slope, 1e-15);
        check_close(row->se, like->se, 1e-15);
        assert_int_equal(row->windows, across ? 9 - pooled : behind);
        assert_int_equal(row->marks & BARO_MARK_BREAK, across ? BARO_MARK_BREAK : 0);
        assert_true(line(&all, "m", "g", "A")->slope != line(&tail, "m", "g", "A")->slope);
        analysis_close(&s.a);
        analysis_close(&all.a);
        analysis_close(&tail.a);
    }
}

static void test_too_short(void **state)
{
    (void)state;
    sloped s = {0};
    open_simple(&s, "", "breaks: [{period: 2022 Q3, why: New questions}]\n", rising, -1, 0);
    fit(&s);
    assert_int_equal(s.status, BARO_OK);
    for (size_t i = 0; i < s.made.n_rows; i++) {
        assert_int_equal(s.made.rows[i].marks, BARO_MARK_ABSENT);
        assert_true(isnan(s.made.rows[i].slope) && isnan(s.made.rows[i].se));
    }
    analysis_close(&s.a);
}

/* The slope and seven published levels would give the eighth back. */
static void test_suppressed(void **state)
{
    (void)state;
    for (int shown = 0; shown < 2; shown++) {
        sloped s = {0};
        open_simple(&s, "", "", rising, 3, 9);
        s.a.request.no_suppress = shown;
        fit(&s);
        const baro_slope_row *row = line(&s, "m", "g", "A"), *other = line(&s, "m", "g", "B");
        assert_int_equal(row->marks & BARO_MARK_SUPPRESSED, shown ? 0 : BARO_MARK_SUPPRESSED);
        assert_int_equal(isnan(row->slope), !shown);
        if (!shown)
            assert_true(isnan(row->se) && isnan(row->lower) && isnan(row->upper) && isnan(row->df) &&
                        isnan(row->p_value) && isnan(row->p_adjusted) && row->windows == 0);
        assert_true(!isnan(other->slope));
        baro_sheet *sheets;
        size_t n;
        assert_int_equal(baro_sheets_slopes(&s.made, true, s.a.arena, &sheets, &n), BARO_OK);
        size_t numbers = 0; /* of A's row: the window's length alone */
        for (size_t i = 0; i < sheets[0].n_rows; i++) {
            const baro_cell *cell = &sheets[0].cells[i * sheets[0].n_columns];
            for (size_t c = 0; cell[5].text && strcmp(cell[5].text, "A") == 0 && c < sheets[0].n_columns; c++)
                numbers += cell[c].kind == BARO_CELL_NUMBER;
        }
        assert_int_equal(numbers, shown ? 9 : 1);
        analysis_close(&s.a);
    }
}

/* With a stated design factor the variance is deft^2 times that of simple random samples. */
static void test_stated(void **state)
{
    (void)state;
    sloped s = {0};
    open_simple(&s, ", rolling: 3", "", rising, -1, 0);
    s.a.survey.deft = 1.4;
    fit(&s);
    const baro_slope_row *row = line(&s, "m", "g", "A");
    /* Quarters are independent: the slope of windows of three is a combination of quarters, each in up to three of
     * them; the stated covariance takes the products about the windows' own levels. */
    double a[6], m[6], variance = 0;
    for (int t = 0; t < 6; t++) {
        a[t] = (t - 2.5) / 17.5 * 4;
        m[t] = (rising[t] + rising[t + 1] + rising[t + 2]) / 60.0;
    }
    for (int s1 = 0; s1 < 6; s1++)
        for (int s2 = 0; s2 < 6; s2++)
            for (int q = 0; q < QUARTERS; q++)
                if (q >= s1 && q < s1 + 3 && q >= s2 && q < s2 + 3) {
                    double p = rising[q] / 20.0;
                    variance += a[s1] * a[s2] * 1.96 / 3600 * 20 * (p - (m[s1] + m[s2]) * p + m[s1] * m[s2]);
                }
    check_close(row->se, sqrt(variance), 1e-9);
    analysis_close(&s.a);
}

/* ---- published series ---- */

#define SERIES                                                                                                         \
    "survey: {id: s, title: S}\n"                                                                                      \
    "series: {date: d, group: area, measure: what, estimate: p, total: all, base: 400, deft: 1.3, rounding: 0.01}\n"   \
    "period: {unit: quarter, year_starts: January, rolling: 4}\n"                                                      \
    "groups: [{id: area, label: Area, kind: area}]\nmeasures: [{id: trust, label: Trust, value: Trust}]\n"

static void test_series(void **state)
{
    (void)state;
    static const double p[5] = {0.61, 0.64, 0.66, 0.69, 0.7}, a[5] = {-0.8, -0.4, 0, 0.4, 0.8}; /* 4 (t - 2) / 10 */
    sloped s = {0};
    analysis_open_text(&s.a, SERIES);
    analysis_data(&s.a, "series.csv",
                  "d,area,what,p,all\n31/03/2021,A,Trust,0.61,0.7\n30/06/2021,A,Trust,0.64,0.71\n"
                  "30/09/2021,A,Trust,0.66,0.7\n31/12/2021,A,Trust,0.69,0.72\n31/03/2022,A,Trust,0.7,0.73\n");
    analysis_by(&s.a, "area", NULL);
    fit(&s);
    assert_int_equal(s.status, BARO_OK);
    const baro_slope_row *row = line(&s, "trust", "area", "A"), *whole = line(&s, "trust", "", "");
    double slope = 0, variance = 0;
    for (int i = 0; i < 5; i++) {
        slope += a[i] * p[i];
        variance += a[i] * a[i] * 1e-4 / 12;
        for (int j = 0; j < 5; j++)
            variance +=
                a[i] * a[j] * 1.69 / 400 * (p[i] * (1 - p[i]) + p[j] * (1 - p[j])) / 2 * (1 - fmin(abs(i - j), 4) / 4);
    }
    check_close(row->slope, slope, 1e-12);
    check_close(row->se, sqrt(variance), 1e-12);
    check_close(row->upper - row->slope, 1.959963984540054 * row->se, 1e-12);
    assert_int_equal(row->windows, 5);
    assert_true(!isnan(whole->slope) && isnan(whole->se) && isnan(whole->p_value)); /* its base is not stated */
    analysis_close(&s.a);
}

/* ---- */

enum { MOST_ROWS = 200 };

int main(void)
{
    golden table = golden_read("tests/reference/slope.csv");
    static struct CMUnitTest tests[MOST_ROWS + 16] = {
        cmocka_unit_test(test_straight),
        cmocka_unit_test(test_words),
        {"single quarters on this side of a break", test_break, NULL, NULL, (void *)(uintptr_t) ""},
        {"pairs of quarters on this side of a break", test_break, NULL, NULL, (void *)(uintptr_t) ", rolling: 2"},
        cmocka_unit_test(test_too_short),
        cmocka_unit_test(test_suppressed),
        cmocka_unit_test(test_stated),
        cmocka_unit_test(test_series)};
    static row_of rows[MOST_ROWS];
    static char names[MOST_ROWS][64];
    size_t n = 8;
    for (size_t i = 0; i < table.rows && i < MOST_ROWS; i++, n++) {
        rows[i] = (row_of){&table, i};
        snprintf(names[i], sizeof names[i], "%s %s of %s from %s", golden_text(&table, i, "measure"),
                 golden_text(&table, i, "group"), golden_text(&table, i, "rolling"), golden_text(&table, i, "from"));
        tests[n] = (struct CMUnitTest){names[i], test_row, NULL, NULL, &rows[i]};
    }
    int failed = _cmocka_run_group_tests("linear trends", tests, n, NULL, NULL);
    golden_free(&table);
    return failed;
}
