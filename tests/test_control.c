/* Control charts: lines and rules against R written out another way, and by hand; units of time, breaks, baselines and
 * suppression through whole surveys. */
#include "io/base/pool.h"
#include "stats/control.h"
#include "surveys/analyses/control.h"
#include "surveys/publishing/control_sheet.h"
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- digits ---- */

enum { POINTS = 24, CASES = 40 };
typedef struct {
    const golden *table;
    size_t first; /* row */
} chart_of;

static void test_chart(void **state)
{
    const chart_of *at = *state;
    double value[POINTS], base[POINTS], deff[POINTS], half[POINTS], centre = NAN;
    unsigned char inside[POINTS];
    unsigned rule[POINTS];
    size_t used = 0, wanted = 0;
    for (size_t t = 0; t < POINTS; t++) {
        value[t] = golden_number(at->table, at->first + t, "value");
        base[t] = golden_number(at->table, at->first + t, "base");
        deff[t] = golden_number(at->table, at->first + t, "deff");
        inside[t] = golden_number(at->table, at->first + t, "inside") == 1;
        wanted += inside[t] && !isnan(value[t]);
    }
    const baro_control_points points = {value, base, deff, inside, POINTS};
    bool p = strcmp(golden_text(at->table, at->first, "chart"), "p") == 0;
    assert_int_equal((p ? baro_control_p : baro_control_xmr)(&points, &centre, half, &used), BARO_OK);
    baro_control_rules(value, centre, half, POINTS, rule);
    assert_int_equal(used, wanted);
    for (size_t t = 0; t < POINTS; t++) {
        check_close(centre, golden_number(at->table, at->first + t, "centre"), 1e-12);
        check_close(half[t], golden_number(at->table, at->first + t, "half"), 1e-12);
        check_close((double)rule[t], golden_number(at->table, at->first + t, "rule"), 0);
    }
}

/* ---- rules by hand: one letter a point ---- */

static const struct by_hand {
    const char *name, *value, *rule; /* value: a at -6 of 3 s.e. .. m at 0 .. y at +6 by halves, . is not there; rule: a
                                        hexadecimal digit a point */
} by_hand[] = {
    {"six on one side are nothing", "nononom", "0000000"},
    {"six above and one on the line", "nnnnnnmnnnnn", "000000000000"},
    {"seven above", "lnonnonnl", "022222220"},
    {"seven below", "nlklkklkn", "022222220"},
    {"a gap ends a run of seven", "nno.nonnn", "000000000"},
    {"seven rising across the line", "jklmnop", "4444444"},
    {"six rising", "klmnopo", "0000000"},
    {"equal neighbours are no trend", "klmmnop", "0000000"},
    {"seven falling, then up", "pponmlkjo", "044444440"},
    {"a gap ends a trend", "jkl.nopq", "00000000"},
    {"beyond a limit", "mmtmm", "00100"},
    {"on a limit is not beyond it", "mmsmm", "00000"},
    {"two of three beyond two thirds", "mrmrm", "08080"},
    {"two of three on both sides", "mrmhm", "00000"},
    {"two of three with one beyond the limit", "mtmrm", "09080"},
    {"two thirds exactly is not beyond them", "mqmqm", "00000"},
    {"two of four", "rmmrm", "00000"},
    {"two of three with a gap", "r.rm", "0000"},
    {"three of three", "rrr", "888"},
    {"all at once", "nnnnoptmm", "222222300"},
};

static void test_by_hand(void **state)
{
    const struct by_hand *at = *state;
    size_t n = strlen(at->value);
    double value[32], half[32];
    unsigned rule[32];
    assert_int_equal(n, strlen(at->rule));
    for (size_t t = 0; t < n; t++) {
        value[t] = at->value[t] == '.' ? NAN : 0.5 + (at->value[t] - 'm') * 0.0625; /* exact in binary */
        half[t] = isnan(value[t]) ? NAN : 6 * 0.0625;
    }
    baro_control_rules(value, 0.5, half, n, rule);
    for (size_t t = 0; t < n; t++) {
        const char one[] = {at->rule[t], '\0'};
        if (rule[t] != strtoul(one, NULL, 16))
            fail_msg("point %zu: rules %x, wanted %c", t + 1, rule[t], at->rule[t]);
    }
}

/* Two points are enough: the mean by interviews, and limits from it and the mean design effect by interviews. */
static void test_two_points(void **state)
{
    (void)state;
    const double value[] = {0.37, NAN, 0.41}, base[] = {211, NAN, 197}, deff[] = {1.3, NAN, 1.7};
    const double p = (211 * .37 + 197 * .41) / 408, spread = (211 * 1.3 + 197 * 1.7) / 408 * p * (1 - p);
    double centre = NAN, half[3];
    size_t used = 0;
    const baro_control_points points = {value, base, deff, NULL, 3};
    assert_int_equal(baro_control_p(&points, &centre, half, &used), BARO_OK);
    assert_int_equal(used, 2);
    check_close(centre, p, 1e-14);
    check_close(half[0], 3 * sqrt(spread / 211), 1e-14);
    check_close(half[1], NAN, 0);
    check_close(half[2], 3 * sqrt(spread / 197), 1e-14);
}

/* Nothing is drawn through one point, and nothing is written then. */
static void test_too_few(void **state)
{
    (void)state;
    const double value[] = {NAN, 0.37, NAN, 0.41}, base[] = {NAN, 211, NAN, 197}, unknown[] = {NAN, NAN, NAN, NAN};
    const unsigned char first[] = {1, 1, 1, 0};
    double centre = -7, half[4] = {-7, -7, -7, -7};
    size_t used = 99;
    const baro_control_points apart = {value, base, base, NULL, 4}, one = {value, base, base, first, 4},
                              no_deff = {value, base, unknown, NULL, 4};
    assert_int_equal(baro_control_xmr(&apart, &centre, half, &used), BARO_EMPTY_DOMAIN);
    assert_int_equal(baro_control_p(&one, &centre, half, &used), BARO_EMPTY_DOMAIN);
    assert_int_equal(baro_control_p(&no_deff, &centre, half, &used), BARO_EMPTY_DOMAIN);
    assert_true(centre == -7 && half[0] == -7 && half[3] == -7 && used == 99);
}

/* ---- whole surveys ---- */

#define SURVEY                                                                                                         \
    "survey: {id: c}\ndesign: {weight: w}\nperiod: {columns: q, unit: quarter, year_starts: January, rolling: 4}\n"    \
    "groups: [{id: g, label: Group, columns: g, categories: [{label: A}, {label: B}]}]\n"                              \
    "measures: [{id: m, label: M, columns: m, positive: [yes], negative: [no]}, {id: x, label: X, columns: x, "        \
    "statistic: mean}]\n"
enum { QUARTERS = 16 };

/* 40 interviews a quarter, of group A only `few` in quarter 5; level of quarter t moves with it. */
static char *interviews(int few)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("q,w,g,m,x\n", out);
    for (int t = 0; t < QUARTERS; t++)
        for (int i = 0, a = 0; i < 40; i++) {
            bool in_a = i % 2 == 0 && (t != 5 || a < few);
            a += in_a;
            fprintf(out, "%d Q%d,%.17g,%s,%s,%d.%d\n", 2019 + t / 4, t % 4 + 1, 0.75 + (i % 5) * 0.125,
                    in_a ? "A" : "B", (i * 7 + t * 3) % 40 < 14 + (t * t) % 11 ? "yes" : "no", (i * 3 + t) % 9, t % 10);
        }
    assert_int_equal(fclose(out), 0);
    return text;
}

typedef struct {
    analysis a;
    baro_controls made;
    baro_status status;
} charted;

static void open_chart(charted *c, const char *survey, int few)
{
    char *text = interviews(few);
    analysis_open_text(&c->a, survey);
    analysis_data(&c->a, "interviews.csv", text);
    analysis_by(&c->a, "g", NULL);
    c->a.request.trend = true;
    free(text);
}

static void draw(charted *c, baro_control_request asked)
{
    baro_pool *pool = baro_pool_new(2);
    assert_non_null(pool);
    c->status = baro_control(&c->a.request, &asked, pool, c->a.arena, c->a.error, &c->made);
    baro_pool_free(pool);
    if (c->status == BARO_OK)
        c->status = baro_controls_suppress(&c->made, c->a.arena);
}

static const baro_control_point *point(const charted *c, const char *measure, const char *group, const char *period)
{
    for (size_t i = 0; i < c->made.n_points; i++) {
        const baro_row *row = c->made.points[i].level;
        if (strcmp(row->measure->id, measure) == 0 && strcmp(row->group, group) == 0 &&
            strcmp(row->period_label, period) == 0)
            return &c->made.points[i];
    }
    fail_msg("no point %s %s %s", measure, group, period);
    return NULL;
}

/* Whatever the survey file pools: the points are those of a trend of single quarters, the centre all their interviews.
 */
static void test_single_units(void **state)
{
    (void)state;
    charted c = {0};
    analysis single;
    open_chart(&c, SURVEY, 20);
    c.a.request.rolling = 4;
    draw(&c, (baro_control_request){0});
    assert_int_equal(c.status, BARO_OK);
    char *text = interviews(20);
    analysis_open_text(&single, SURVEY);
    analysis_data(&single, "interviews.csv", text);
    analysis_by(&single, "g", NULL);
    free(text);
    single.request.trend = true;
    single.request.rolling = 1;
    analysis_works(&single);
    assert_int_equal(c.made.n_points, single.results.n_rows);
    double n = 0, hits = 0, deff = 0;
    for (int t = 0; t < QUARTERS; t++) {
        char period[16];
        snprintf(period, sizeof period, "%d Q%d", 2019 + t / 4, t % 4 + 1);
        const baro_row *row = analysis_row(&single, (analysis_key){"m", "", "", "", "", period, NULL});
        const baro_control_point *at = point(&c, "m", "", period);
        check_close(at->level->estimate, row->estimate, 0);
        check_close((double)at->level->window, 1, 0);
        n += row->base;
        hits += row->base * row->estimate;
        deff += row->base * row->deff;
    }
    double centre = hits / n, half = 3 * sqrt(deff / n * centre * (1 - centre) / 40);
    const baro_control_point *at = point(&c, "m", "", "2021 Q3");
    check_close(at->centre, centre, 1e-12);
    check_close(at->lower, centre - half, 1e-12);
    check_close(at->upper, centre + half, 1e-12);
    assert_int_equal(at->resting, QUARTERS);
    assert_true(isnan(point(&c, "x", "", "2021 Q3")->centre)); /* a mean has no p-chart */
    analysis_close(&single);
    analysis_close(&c.a);
}

static void test_break_and_baseline(void **state)
{
    (void)state;
    charted c = {0};
    open_chart(&c, SURVEY "breaks: [{period: 2021 Q1, why: New questions}]\n", 20);
    draw(&c, (baro_control_request){.chart = BARO_CONTROL_CHART_XMR});
    assert_int_equal(c.status, BARO_OK);
    const baro_control_point *before = point(&c, "x", "", "2020 Q4"), *after = point(&c, "x", "", "2021 Q1");
    assert_int_equal(before->segment, 0);
    assert_int_equal(after->segment, 1);
    assert_int_equal(before->resting, 8);
    assert_true(before->centre != after->centre && !isnan(after->centre));
    double second = after->centre;
    baro_period from = point(&c, "x", "", "2019 Q2")->level->period;
    draw(&c,
         (baro_control_request){.chart = BARO_CONTROL_CHART_XMR, .has_baseline = true, .from = from, .to = from + 2});
    before = point(&c, "x", "", "2020 Q4");
    after = point(&c, "x", "", "2021 Q1");
    double sum = 0, steps = 0;
    for (long t = 0; t < 3; t++)
        sum += before[t - 6].level->estimate; /* 2019 Q2 is six quarters earlier */
    for (long t = 1; t < 3; t++)
        steps += fabs(before[t - 6].level->estimate - before[t - 7].level->estimate);
    check_close(before->centre, sum / 3, 1e-12);
    check_close(before->upper, sum / 3 + 2.66 * steps / 2, 1e-12);
    assert_true(before->baseline && !after->baseline && before->resting == 3);
    check_close(after->centre, second, 0); /* the baseline does not reach across the break */
    c.a.request.across_breaks = true;
    draw(&c, (baro_control_request){.chart = BARO_CONTROL_CHART_XMR});
    assert_int_equal(point(&c, "x", "", "2021 Q1")->segment, 0);
    assert_int_equal(point(&c, "x", "", "2021 Q1")->resting, QUARTERS);
    analysis_close(&c.a);
}

/* A point that is too small counts in no line: the lines are those of data in which it is not there at all. */
static void test_suppressed(void **state)
{
    (void)state;
    charted some = {0}, none = {0}, shown = {0};
    const baro_control_request asked = {.chart = BARO_CONTROL_CHART_XMR};
    open_chart(&some, SURVEY, 4);
    open_chart(&none, SURVEY, 0);
    open_chart(&shown, SURVEY, 4);
    shown.a.request.no_suppress = true;
    draw(&some, asked);
    draw(&none, asked);
    draw(&shown, asked);
    const baro_control_point *hidden = point(&some, "m", "A", "2020 Q2"), *next = point(&some, "m", "A", "2020 Q3");
    assert_int_equal(hidden->level->marks, BARO_MARK_SUPPRESSED);
    assert_true(isnan(hidden->level->estimate) && isnan(hidden->level->base) && isnan(hidden->centre) &&
                isnan(hidden->lower) && isnan(hidden->upper) && hidden->rule == 0);
    check_close(next->centre, point(&none, "m", "A", "2020 Q3")->centre, 1e-12);
    check_close(next->upper, point(&none, "m", "A", "2020 Q3")->upper, 1e-12);
    assert_int_equal(next->resting, QUARTERS - 1);
    assert_true(fabs(next->centre - point(&shown, "m", "A", "2020 Q3")->centre) > 1e-6);
    analysis_close(&some.a);
    analysis_close(&none.a);
    analysis_close(&shown.a);
}

/* Points of a published series that are pooled already share interviews. */
static void test_rolling_series(void **state)
{
    (void)state;
    charted c = {0};
    analysis_open(&c.a, "surveys/definitions/demo-series.yaml");
    analysis_file(&c.a, "tests/data/demo-series-comma.csv");
    draw(&c, (baro_control_request){0});
    assert_int_equal(c.status, BARO_USAGE);
    analysis_close(&c.a);
}

/* ---- */

enum { MOST = CASES * 2 + sizeof by_hand / sizeof *by_hand + 8 };

int main(void)
{
    golden table = golden_read("tests/reference/control.csv");
    static struct CMUnitTest tests[MOST] = {cmocka_unit_test(test_too_few), cmocka_unit_test(test_two_points),
                                            cmocka_unit_test(test_single_units),
                                            cmocka_unit_test(test_break_and_baseline),
                                            cmocka_unit_test(test_suppressed), cmocka_unit_test(test_rolling_series)};
    static chart_of charts[CASES * 2];
    static char names[CASES * 2][48];
    size_t n = 6;
    for (size_t i = 0; i < table.rows / POINTS && i < CASES * 2; i++, n++) {
        charts[i] = (chart_of){&table, i * POINTS};
        snprintf(names[i], sizeof names[i], "case %s, %s chart", golden_text(&table, i * POINTS, "case"),
                 golden_text(&table, i * POINTS, "chart"));
        tests[n] = (struct CMUnitTest){names[i], test_chart, NULL, NULL, &charts[i]};
    }
    for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++)
        tests[n++] = (struct CMUnitTest){by_hand[i].name, test_by_hand, NULL, NULL, (void *)(uintptr_t)&by_hand[i]};
    int failed = _cmocka_run_group_tests("control charts", tests, n, NULL, NULL);
    golden_free(&table);
    return failed;
}
