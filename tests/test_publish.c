/* From results to what is published: what is hidden, marked, adjusted and said, and that nothing hidden comes out
 * anywhere. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY(head, groups)                                                                                           \
    "survey: {id: s, title: Demo, population: Adults, source: Made up" head "}\n"                                      \
    "scales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"                                                        \
    "groups:\n  - {id: g, label: Group, columns: g, categories: [{label: A}, {label: B}, {label: C}, {label: "         \
    "D}" groups "]}\n"                                                                                                 \
    "measures: [{id: m, label: Trusts, columns: m, scale: yes_no}]\n"
#define PLAIN SURVEY("", "")

typedef struct {
    const char *group;
    int n, yes;
} part;

/* Interviews of groups, so many of them yes; every weight another, so that every number has digits of its own. */
static char *people(const part *parts, size_t n)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("g,m,w\n", out);
    for (size_t p = 0; p < n; p++)
        for (int i = 0; i < parts[p].n; i++)
            fprintf(out, "%s,%s,%.6f\n", parts[p].group, i < parts[p].yes ? "Yes" : "No",
                    0.5 + fmod(0.754877666 * (i + 17 * (int)p), 1));
    assert_int_equal(fclose(out), 0);
    return text;
}

static void open_people(analysis *a, const char *survey, const part *parts, size_t n)
{
    char *text = people(parts, n);
    analysis_open_text(a, survey);
    analysis_data(a, "data.csv", text);
    analysis_by(a, "g", NULL);
    free(text);
}

static void publish(analysis *a)
{
    analysis_works(a);
    assert_int_equal(baro_adjust(&a->results, a->arena), BARO_OK);
    assert_int_equal(baro_suppress(&a->results), BARO_OK);
}

static const baro_row *of(const analysis *a, const char *group, const char *against)
{
    return analysis_row(a, (analysis_key){.by = *group ? "g" : "", .group = group, .against = against});
}

static bool nothing_left(const baro_row *r)
{
    double number[ANALYSIS_NUMBERS];
    analysis_numbers(r, number);
    for (size_t i = 0; i < ANALYSIS_NUMBERS; i++)
        if (!isnan(number[i]))
            return false;
    return true;
}

static bool no_difference(const baro_row *r)
{
    return isnan(r->difference) && isnan(r->difference_se) && isnan(r->difference_lower) &&
           isnan(r->difference_upper) && isnan(r->difference_df) && isnan(r->p_value) && isnan(r->p_adjusted) &&
           isnan(r->against_base);
}

/* ---- marks by base: below 10, 50, 100 ---- */

/* With some of unknown group, so that the total less the others does not give A's away. */
static const part mixed[] = {{"A", 9, 4},   {"B", 10, 3},   {"C", 49, 20}, {"D", 50, 31},
                             {"E", 99, 41}, {"F", 100, 77}, {"", 40, 17}};
enum { MIXED = sizeof mixed / sizeof *mixed - 1 };

static void test_marks(void **state)
{
    (void)state;
    static const unsigned wanted[MIXED] = {BARO_MARK_SUPPRESSED, BARO_MARK_UNRELIABLE, BARO_MARK_UNRELIABLE,
                                           BARO_MARK_CAUTION,    BARO_MARK_CAUTION,    0};
    analysis a;
    open_people(&a, SURVEY("", ", {label: E}, {label: F}"), mixed, MIXED + 1);
    publish(&a);
    for (size_t i = 0; i < MIXED; i++) {
        const baro_row *row = of(&a, mixed[i].group, NULL);
        assert_int_equal(row->marks, wanted[i]);
        assert_int_equal(nothing_left(row), i == 0);
        check_close(row->base, i == 0 ? (double)NAN : (double)mixed[i].n, 0);
    }
    analysis_close(&a);
}

static void test_shown_when_asked(void **state)
{
    (void)state;
    analysis a;
    open_people(&a, SURVEY("", ", {label: E}, {label: F}"), mixed, MIXED + 1);
    a.request.no_suppress = true;
    publish(&a);
    check_close(of(&a, "A", NULL)->base, 9, 0);
    check_close(of(&a, "A", NULL)->estimate, 4.0 / 9, 1e-14);
    assert_int_equal(of(&a, "A", NULL)->marks, BARO_MARK_UNRELIABLE);
    analysis_close(&a);
}

/* A group without anyone is under 10 too: that nobody is in it is not told either. */
static void test_empty_group(void **state)
{
    (void)state;
    static const part parts[] = {{"A", 60, 30}, {"C", 60, 20}};
    analysis a;
    open_people(&a, PLAIN, parts, 2);
    publish(&a);
    assert_int_equal(of(&a, "B", NULL)->marks, BARO_MARK_SUPPRESSED);
    assert_true(nothing_left(of(&a, "B", NULL)));
    analysis_close(&a);
}

static void test_hidden_reference(void **state)
{
    (void)state;
    static const part parts[] = {{"A", 9, 4}, {"B", 60, 25}, {"C", 70, 20}, {"", 43, 12}};
    analysis a;
    open_people(&a, PLAIN, parts, 4);
    analysis_against(&a, BARO_AGAINST_GROUP, "A");
    analysis_against(&a, BARO_AGAINST_GROUP, "B");
    analysis_works(&a);
    assert_false(no_difference(of(&a, "B", "A")));
    baro_adjust(&a.results, a.arena);
    assert_int_equal(baro_suppress(&a.results), BARO_OK);
    assert_true(no_difference(of(&a, "B", "A")) && no_difference(of(&a, "C", "A")));
    check_close(of(&a, "B", "A")->base, 60, 0);
    assert_true(!isnan(of(&a, "C", "B")->difference) && !isnan(of(&a, "C", "B")->p_adjusted));
    assert_true(nothing_left(of(&a, "A", "B")));
    analysis_close(&a);
}

/* What is sensitive needs ten on either side of the answer. */
static void test_sensitive(void **state)
{
    bool by_measure = *(const bool *)*state;
    static const part parts[] = {{"A", 60, 9}, {"B", 60, 10}, {"C", 60, 51}, {"D", 60, 50}};
    char text[512];
    snprintf(
        text, sizeof text,
        "survey: {id: s}\nscales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
        "groups: [{id: g, columns: g, sensitive: %s}]\nmeasures: [{id: m, columns: m, scale: yes_no, sensitive: %s}]\n",
        by_measure ? "no" : "yes", by_measure ? "yes" : "no");
    analysis a;
    open_people(&a, text, parts, 4);
    analysis_against(&a, BARO_AGAINST_GROUP, "A");
    publish(&a);
    for (size_t i = 0; i < 4; i++) {
        const baro_row *row = of(&a, parts[i].group, NULL);
        bool hidden = i == 0 || i == 2;
        assert_int_equal((row->marks & BARO_MARK_SUPPRESSED) != 0, hidden);
        assert_int_equal(nothing_left(row), hidden);
        assert_true(no_difference(row)); /* the reference is hidden */
    }
    analysis_close(&a);
}

/* ---- adjusted p-values ---- */

static const struct adjusted {
    const char *name;
    baro_adjustment how;
    double wanted[4];
} adjustments[] = {
    /* p = .01 .04 .03 .005; for BY c = 1 + 1/2 + 1/3 + 1/4 = 25 / 12 */
    {"none", BARO_ADJUST_NONE, {0.01, 0.04, 0.03, 0.005}},
    {"Bonferroni", BARO_ADJUST_BONFERRONI, {0.04, 0.16, 0.12, 0.02}},
    {"Holm", BARO_ADJUST_HOLM, {0.03, 0.06, 0.06, 0.02}},
    {"Benjamini and Hochberg", BARO_ADJUST_BH, {0.02, 0.04, 0.04, 0.02}},
    {"Benjamini and Yekutieli", BARO_ADJUST_BY, {0.02 * 25 / 12, 0.04 * 25 / 12, 0.04 * 25 / 12, 0.02 * 25 / 12}},
};

/* Two measures by one breakdown in two periods: families do not see one another. */
static void test_adjusted(void **state)
{
    const struct adjusted *adjusted = *state;
    static const double p[] = {0.01, 0.04, 0.03, 0.005};
    baro_measure measure[2] = {{.id = "m"}, {.id = "k"}};
    baro_survey survey = {.measures = measure, .n_measures = 2};
    baro_request request = {.survey = &survey, .adjust = adjusted->how};
    baro_row row[4 * 4 + 3];
    size_t n = 0;
    for (size_t i = 0; i < 4; i++)
        for (size_t family = 0; family < 4; family++, n++) {
            row[n] = baro_row_blank(&measure[family == 1], BARO_STAT_PROPORTION);
            row[n].table = family == 2;
            row[n].period = family == 3;
            row[n].p_value = family == 3 ? 0.9 : p[i];
        }
    for (; n < 19; n++) { /* one alone in a family of its own; two that test nothing */
        row[n] = baro_row_blank(&measure[0], BARO_STAT_PROPORTION);
        row[n].table = 7;
        row[n].p_value = n == 16 ? 0.0321 : NAN;
    }
    baro_results results = {.survey = &survey, .request = &request, .rows = row, .n_rows = n};
    baro_arena *arena = baro_arena_new();
    assert_int_equal(baro_adjust(&results, arena), BARO_OK);
    for (size_t i = 0; i < 16; i++)
        if (i % 4 < 3)
            check_close(row[i].p_adjusted, adjusted->wanted[i / 4], 1e-14);
        else
            check_close(row[i].p_adjusted,
                        adjusted->how == BARO_ADJUST_BONFERRONI || adjusted->how == BARO_ADJUST_HOLM ||
                                adjusted->how == BARO_ADJUST_BY
                            ? 1
                            : 0.9,
                        1e-14);
    check_close(row[16].p_adjusted, 0.0321, 1e-14);
    assert_true(isnan(row[17].p_adjusted) && isnan(row[18].p_adjusted));
    baro_arena_free(arena);
}

static void test_adjusted_over_run(void **state)
{
    (void)state;
    baro_measure measure[2] = {{.id = "m"}, {.id = "k"}};
    baro_survey survey = {.measures = measure, .n_measures = 2};
    baro_request request = {.survey = &survey, .adjust = BARO_ADJUST_HOLM, .adjust_over_run = true};
    static const double p[] = {0.01, 0.04, 0.03, 0.005}, wanted[] = {0.03, 0.06, 0.06, 0.02};
    baro_row row[4];
    for (size_t i = 0; i < 4; i++) {
        row[i] = baro_row_blank(&measure[i % 2], BARO_STAT_PROPORTION);
        row[i].table = i;
        row[i].period = (baro_period)i;
        row[i].p_value = p[i];
    }
    baro_results results = {.survey = &survey, .request = &request, .rows = row, .n_rows = 4};
    baro_arena *arena = baro_arena_new();
    assert_int_equal(baro_adjust(&results, arena), BARO_OK);
    for (size_t i = 0; i < 4; i++)
        check_close(row[i].p_adjusted, wanted[i], 1e-14);
    baro_arena_free(arena);
}

/* ---- everything that is published, as one text ---- */

static void tell_sheet(FILE *out, const baro_sheet *sheet)
{
    fprintf(out, "%s\n%s\n%s\n", sheet->id, sheet->title ? sheet->title : "", sheet->subtitle ? sheet->subtitle : "");
    for (size_t i = 0; i < sheet->n_notes; i++)
        fprintf(out, "%s\n", sheet->notes[i]);
    for (size_t c = 0; c < sheet->n_columns; c++)
        fprintf(out, "%s|", sheet->columns[c].name);
    for (size_t i = 0; i < sheet->n_rows * sheet->n_columns; i++) {
        const baro_cell *cell = &sheet->cells[i];
        fputc(i % sheet->n_columns ? '|' : '\n', out);
        if (cell->kind == BARO_CELL_NUMBER)
            fprintf(out, "%.6g %s", cell->number, cell->text ? cell->text : "");
        else if (cell->kind == BARO_CELL_TEXT)
            fputs(cell->text, out);
    }
    fputc('\n', out);
}

typedef enum { TIDY = 1, READER = 2, CHARTS = 4, ALL = 7 } shown;

static char *tell(analysis *a, shown what)
{
    char *text = NULL;
    size_t size = 0, n;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    baro_sheet tidy, *sheets;
    if (what & TIDY) {
        assert_int_equal(baro_sheet_tidy(&a->results, a->arena, &tidy), BARO_OK);
        tell_sheet(out, &tidy);
    }
    if (what & READER) {
        assert_int_equal(baro_sheets_reader(&a->results, a->arena, &sheets, &n), BARO_OK);
        for (size_t i = 0; i < n; i++)
            tell_sheet(out, &sheets[i]);
    }
    for (int kind = BARO_CHART_BARS; what & CHARTS && kind <= BARO_CHART_TREND; kind++) {
        const baro_chart_words words = {.width = 900, .height = 500};
        baro_drawing *drawing;
        if (kind == BARO_CHART_TREND && !a->request.trend)
            continue;
        assert_int_equal(baro_charts(&a->results, (baro_chart_kind)kind, &words, a->arena, &drawing, &n), BARO_OK);
        for (size_t i = 0; i < n; i++) {
            const baro_chart *chart = &drawing[i].chart;
            fprintf(out, "%s\n%s\n%s\n%s\n", chart->title ? chart->title : "", chart->subtitle ? chart->subtitle : "",
                    chart->source ? chart->source : "", chart->description ? chart->description : "");
            tell_sheet(out, chart->sheet);
        }
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

static bool has_number(const char *text, double number, double scale)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%.6g", number * scale);
    size_t length = strlen(digits);
    for (const char *at = text; (at = strstr(at, digits)); at++)
        if (at > text && !strchr("0123456789.", at[-1]) && !strchr("0123456789.", at[length]))
            return true;
    return false;
}

/* The canary: with 9 in one group, no number of its row (or from it) is in any sheet, chart or description; without
 * hiding, all are. */
static void test_canary(void **state)
{
    bool shows = *(const bool *)*state;
    static const part parts[] = {{"A", 9, 4}, {"B", 61, 25}, {"C", 73, 20}, {"D", 113, 70}};
    analysis a;
    open_people(&a,
                "survey: {id: s}\ndesign: {weight: w}\nscales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
                "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: m, scale: yes_no}]\n",
                parts, 4);
    analysis_against(&a, BARO_AGAINST_GROUP, "A");
    analysis_works(&a);
    a.request.no_suppress = shows;
    baro_adjust(&a.results, a.arena);
    const baro_row hidden = *of(&a, "A", NULL), from = *of(&a, "C", "A"), open = *of(&a, "D", NULL), beside = *of(&a, "B", NULL);
    assert_int_equal(baro_suppress(&a.results), BARO_OK);
    char *tidy = tell(&a, TIDY), *all = tell(&a, ALL), *charts = tell(&a, CHARTS);
    const double number[] = {
        hidden.weighted_base,  hidden.estimate,       hidden.se,         hidden.lower,    hidden.upper,
        hidden.deff,           hidden.n_eff,          hidden.n_eff_kish, from.difference, from.difference_se,
        from.difference_lower, from.difference_upper, from.p_value};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        assert_int_equal(has_number(tidy, number[i], 1), shows);
        assert_int_equal(has_number(all, number[i], 1), shows);
        assert_true(shows || !has_number(all, number[i], 100));
        assert_true(shows || !has_number(all, -number[i], 100));
    }
    assert_int_equal(has_number(all, 9, 1), shows); /* its base */
    /* B goes with it, or the total less the others would be A: nobody can tell which of the two is small */
    const double also[] = {beside.base, beside.weighted_base, beside.estimate, beside.se, beside.lower, beside.upper, beside.deff};
    for (size_t i = 0; i < sizeof also / sizeof *also; i++)
        assert_true(has_number(all, also[i], 1) == shows && (shows || !has_number(all, also[i], 100)));
    assert_true(shows || of(&a, "B", NULL)->marks == of(&a, "A", NULL)->marks);
    assert_true(has_number(tidy, open.estimate, 1) &&
                has_number(all, open.estimate, 100)); /* the test can see numbers */
    assert_int_equal(strstr(charts, "A confidential") != NULL, !shows);
    analysis_close(&a);
    free(tidy);
    free(all);
    free(charts);
}

/* The same over time: one quarter of one group has 9 interviews, and its change and the next one's are hidden with it.
 */
static void test_canary_of_trend(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, "survey: {id: s}\nperiod: {columns: q, unit: quarter}\ndesign: {weight: w}\n"
                           "scales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
                           "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: m, scale: yes_no}]\n");
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("q,g,m,w\n", out);
    for (int t = 0; t < 4; t++)
        for (int i = 0, n = t == 1 ? 9 : 47 + 13 * t; i < n; i++)
            fprintf(out, "2023 Q%d,A,%s,%.6f\n2023 Q%d,B,%s,1\n", t + 1, i % 7 < 2 ? "Yes" : "No",
                    0.5 + fmod(0.618034 * (i + t), 1), t + 1, i % 3 ? "Yes" : "No");
    assert_int_equal(fclose(out), 0);
    analysis_data(&a, "data.csv", text);
    free(text);
    analysis_by(&a, "g", NULL);
    a.request.trend = true;
    a.request.rolling = 1;
    analysis_against(&a, BARO_AGAINST_PREVIOUS, NULL);
    analysis_works(&a);
    baro_adjust(&a.results, a.arena);
    const analysis_key at = {.group = "A", .period = "2023 Q2"}, after = {.group = "A", .period = "2023 Q3"};
    const baro_row hidden = *analysis_row(&a, at), from = *analysis_row(&a, after);
    assert_int_equal(baro_suppress(&a.results), BARO_OK);
    assert_true(nothing_left(analysis_row(&a, at)) && no_difference(analysis_row(&a, after)));
    char *all = tell(&a, ALL);
    const double number[] = {hidden.estimate,      hidden.se,         hidden.lower,      hidden.upper,
                             hidden.weighted_base, hidden.n_eff_kish, hidden.difference, from.difference,
                             from.difference_se,   from.p_value,      hidden.p_value};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        assert_true(fabs(number[i]) >= 0); /* there was one to hide */
        assert_true(!has_number(all, number[i], 1) && !has_number(all, number[i], 100));
    }
    assert_true(has_number(all, from.estimate, 100));
    free(all);
    analysis_close(&a);
}

/* ---- reader sheets ---- */

static void check_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("wanted '%s' in:\n%s", wanted, text);
}

static void test_reader(void **state)
{
    (void)state;
    static const part parts[] = {{"A", 9, 4}, {"B", 40, 25}, {"C", 400, 20}, {"D", 410, 370}, {"", 31, 14}};
    analysis a;
    open_people(&a, PLAIN, parts, 5);
    analysis_against(&a, BARO_AGAINST_GROUP, "C");
    publish(&a);
    char *text = tell(&a, READER);
    check_has(text, "Trusts by group");
    check_has(text, "Per cent: Yes. Adults.");
    check_has(text, "Unweighted: every interview counts the same.");
    check_has(text, "\nA|[c]|[c]|[c]|[c]|[c]|[c]\n");
    check_has(text, "[c] confidential: fewer than 10 interviews");
    check_has(text, "\nB|40 |0.625 [u]|");
    check_has(text, "[u] low reliability: fewer than 50 interviews.");
    check_has(text, "|[z]|[z]\n"); /* C is not compared with itself */
    check_has(text, "[z] not applicable.");
    check_has(text, "|higher\n");
    check_has(text, "Difference from C (points)");
    check_has(text, "Intervals are 95% (logit).");
    check_has(text, "Source: Made up.");
    assert_null(strstr(text, "nan"));
    free(text);
    analysis_close(&a);
}

/* A wave without the column: [x] in its row, and the words for it. */
static void test_not_available(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, PLAIN);
    analysis_data(&a, "data.csv", "m\nYes\nNo\nYes\nYes\nNo\nYes\nNo\nYes\nYes\nYes\nNo\n");
    analysis_by(&a, "g", NULL);
    a.request.by_named = false;
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++)
        assert_int_equal((a.results.rows[i].marks & BARO_MARK_ABSENT) != 0, a.results.rows[i].by != NULL);
    char *text = tell(&a, READER), *tidy = tell(&a, TIDY);
    check_has(text, "\nA|[x]|[x]|[x]|[x]|");
    check_has(text, "[x] not available.");
    check_has(tidy, "|x|");
    free(text);
    free(tidy);
    analysis_close(&a);
}

/* ---- samples that nobody drew ---- */

/* The note on intervals claims no more than the design has. */
static const struct claim {
    const char *name, *design, *said;
} claims[] = {
    {"intervals of a plain sample", "", "Intervals are 95% (logit).\n"},
    {"intervals with weights", "design: {weight: w}\n", "Intervals are 95% (logit), and allow for weights.\n"},
    {"intervals with strata", "design: {strata: g}\n", "Intervals are 95% (logit), and allow for the sample design.\n"},
    {"intervals with both", "design: {weight: w, strata: g}\n",
     "Intervals are 95% (logit), and allow for weights and sample design.\n"},
};

static void test_claim(void **state)
{
    const struct claim *claim = *state;
    static const part parts[] = {{"A", 119, 54}, {"B", 140, 25}};
    char survey[1024];
    snprintf(survey, sizeof survey, "%s%s", claim->design, PLAIN);
    analysis a;
    open_people(&a, survey, parts, 2);
    publish(&a);
    char *text = tell(&a, READER);
    check_has(text, claim->said);
    assert_int_equal(strstr(text, "Unweighted:") != NULL, strstr(claim->design, "weight") == NULL);
    free(text);
    analysis_close(&a);
}

static const struct sampling {
    const char *name, *head, *said;
    bool intervals;
} samplings[] = {
    {"quota: no intervals", ", sampling: quota",
     "This is a quota sample: no intervals or tests are given, because nobody was drawn at random.", false},
    {"opt-in: no intervals", ", sampling: opt-in", "This is an open, opt-in survey: no intervals or tests are given",
     false},
    {"quota with a model", ", sampling: quota, model: yes",
     "This is a quota sample: intervals and tests treat it as if it were drawn at random", true},
    {"opt-in with a model", ", sampling: opt-in, model: yes",
     "This is an open, opt-in survey: intervals and tests treat it as if", true},
};

static void test_sampling(void **state)
{
    const struct sampling *sampling = *state;
    static const part parts[] = {{"A", 119, 54}, {"B", 140, 25}, {"C", 100, 100}};
    char survey[1024];
    snprintf(survey, sizeof survey,
             "survey: {id: s%s}\nscales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
             "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: m, scale: yes_no}]\n",
             sampling->head);
    analysis a;
    open_people(&a, survey, parts, 3);
    analysis_against(&a, BARO_AGAINST_REST, NULL);
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        assert_true(row->estimate > 0);
        if (!sampling->intervals)
            assert_true(isnan(row->se) && isnan(row->lower) && isnan(row->upper) && isnan(row->df) &&
                        isnan(row->deff) && isnan(row->n_eff) && isnan(row->difference_se) &&
                        isnan(row->difference_lower) && isnan(row->p_value) && isnan(row->p_adjusted));
        else
            assert_true(row->lower < row->upper);
    }
    assert_true(!isnan(of(&a, "A", NULL)->difference));
    char *text = tell(&a, ALL), *charts = tell(&a, CHARTS);
    check_has(text, sampling->said);
    assert_int_equal(strstr(text, "Lower 95%") != NULL, sampling->intervals);
    assert_int_equal(strstr(text, "Clear difference?") != NULL, sampling->intervals);
    assert_true(sampling->intervals || !strstr(charts, " to "));
    free(text);
    free(charts);
    analysis_close(&a);
}

int main(void)
{
    static bool no = false, yes = true;
    enum {
        ADJUSTMENTS = sizeof adjustments / sizeof *adjustments,
        SAMPLINGS = sizeof samplings / sizeof *samplings,
        CLAIMS = sizeof claims / sizeof *claims
    };
    struct CMUnitTest tests[16 + ADJUSTMENTS + SAMPLINGS + CLAIMS] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_shown_when_asked),
        cmocka_unit_test(test_empty_group),
        cmocka_unit_test(test_hidden_reference),
        {"a sensitive group", test_sensitive, NULL, NULL, &no},
        {"a sensitive measure", test_sensitive, NULL, NULL, &yes},
        cmocka_unit_test(test_adjusted_over_run),
        {"nothing hidden is in any sheet, chart or description", test_canary, NULL, NULL, &no},
        {"all of it is there when it is not hidden", test_canary, NULL, NULL, &yes},
        cmocka_unit_test(test_canary_of_trend),
        cmocka_unit_test(test_reader),
        cmocka_unit_test(test_not_available),
    };
    size_t n = 12;
    for (size_t i = 0; i < ADJUSTMENTS; i++)
        tests[n++] =
            (struct CMUnitTest){adjustments[i].name, test_adjusted, NULL, NULL, (void *)(uintptr_t)&adjustments[i]};
    for (size_t i = 0; i < SAMPLINGS; i++)
        tests[n++] =
            (struct CMUnitTest){samplings[i].name, test_sampling, NULL, NULL, (void *)(uintptr_t)&samplings[i]};
    for (size_t i = 0; i < CLAIMS; i++)
        tests[n++] = (struct CMUnitTest){claims[i].name, test_claim, NULL, NULL, (void *)(uintptr_t)&claims[i]};
    return _cmocka_run_group_tests("what is published", tests, n, NULL, NULL);
}
