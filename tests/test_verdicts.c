/* Verdicts, detectable differences, column letters and the NCHS rule: the demonstration interviews and cases computed
 * in R. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include "surveys/publishing/disclosure_parts.h"
#include "surveys/publishing/nchs.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY "surveys/definitions/demo.yaml"
#define DATA "tests/data/demo-interviews.csv"
static const char *const breakdown[] = {"ethnicity", "channel", "sex", "age"};
enum { BREAKDOWNS = sizeof breakdown / sizeof *breakdown, MARGINS = 3, METHODS = 3, REFERENCES = 3 };
static const double margins[MARGINS] = {.02, .05, .15};
static const char *const method_name[METHODS] = {"holm", "bh", "bonferroni"};
static const baro_adjustment method[METHODS] = {BARO_ADJUST_HOLM, BARO_ADJUST_BH, BARO_ADJUST_BONFERRONI};

typedef struct {
    golden table[REFERENCES]; /* letters, verdicts, nchs */
    analysis of_method[METHODS], of_margin[MARGINS], in_time[MARGINS];
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

static references *shared; /* set by main for the setup of the group */

static void open_demo(analysis *a)
{
    analysis_open(a, SURVEY);
    analysis_file(a, DATA);
    for (size_t i = 0; i < BREAKDOWNS; i++)
        analysis_by(a, breakdown[i], NULL);
}

static void publish(analysis *a)
{
    analysis_works(a);
    assert_int_equal(baro_adjust(&a->results, a->arena), BARO_OK);
    /* the reference knows of small groups alone, not of those that are hidden for them */
    baro_disclosure *d = baro_disclosure_new();
    assert_non_null(d);
    d->only_first = true;
    assert_int_equal(baro_disclosure_add(d, &a->results, NULL), BARO_OK);
    assert_int_equal(baro_disclosure_solve(d), BARO_OK);
    baro_disclosure_free(d);
    assert_int_equal(baro_letters(&a->results, a->arena), BARO_OK);
}

static int open_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHODS; i++) {
        open_demo(&shared->of_method[i]);
        shared->of_method[i].request.letters = true;
        shared->of_method[i].request.adjust = method[i];
        publish(&shared->of_method[i]);
    }
    for (size_t i = 0; i < MARGINS; i++) {
        open_demo(&shared->of_margin[i]);
        analysis_against(&shared->of_margin[i], BARO_AGAINST_REST, NULL);
        shared->of_margin[i].request.equivalence = margins[i];
        publish(&shared->of_margin[i]);
        open_demo(&shared->in_time[i]);
        analysis_against(&shared->in_time[i], BARO_AGAINST_PREVIOUS, NULL);
        shared->in_time[i].request.equivalence = margins[i];
        shared->in_time[i].request.trend = true;
        publish(&shared->in_time[i]);
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHODS; i++)
        analysis_close(&shared->of_method[i]);
    for (size_t i = 0; i < MARGINS; i++) {
        analysis_close(&shared->of_margin[i]);
        analysis_close(&shared->in_time[i]);
    }
    return 0;
}

static analysis_key key_of(const golden *table, size_t row)
{
    return (analysis_key){.measure = golden_text(table, row, "measure"),
                          .by = golden_text(table, row, "by"),
                          .group = golden_text(table, row, "group")};
}

/* ---- against R ---- */

static void test_letters(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table[0];
    size_t which = 0;
    while (strcmp(method_name[which], golden_text(table, at->row, "adjust")) != 0)
        which++;
    const analysis *a = &at->all->of_method[which];
    const baro_row *row = analysis_row(a, key_of(table, at->row));
    assert_string_equal(row->letters, golden_text(table, at->row, "letters"));
    size_t index = (size_t)(row - a->results.rows);
    double smallest = INFINITY;
    for (size_t i = 0; i < a->results.n_contrasts; i++) {
        const baro_contrast *contrast = &a->results.contrasts[i];
        size_t other = contrast->first == index    ? contrast->second
                       : contrast->second == index ? contrast->first
                                                   : SIZE_MAX;
        if (other != SIZE_MAX && !isnan(a->results.rows[other].estimate))
            smallest = fmin(smallest, contrast->p_value);
    }
    check_close(smallest, golden_number(table, at->row, "first_p"), 1e-8);
}

static void test_verdict(void **state)
{
    static const char *const word[] = {[BARO_VERDICT_NOISY] = "noisy",
                                       [BARO_VERDICT_EQUIVALENT] = "equivalent",
                                       [BARO_VERDICT_CHANGED] = "changed",
                                       [BARO_VERDICT_CHANGED_WITHIN] = "within"};
    const row_of *at = *state;
    const golden *table = &at->all->table[1];
    bool in_time = strcmp(golden_text(table, at->row, "against"), "previous") == 0;
    size_t which = 0;
    while (margins[which] != golden_number(table, at->row, "margin"))
        which++;
    analysis_key key = key_of(table, at->row);
    key.period = "2023 Q4";
    const baro_row *row = analysis_row(in_time ? &at->all->in_time[which] : &at->all->of_margin[which], key);
    check_close(row->margin, margins[which], 0);
    assert_string_equal(word[row->verdict], golden_text(table, at->row, "verdict"));
    check_close(row->detectable, golden_number(table, at->row, "detectable"), 1e-9);
}

/* At 0 and 1 the interval may have been made with another confidence than the rule's. */
static void test_nchs(void **state)
{
    static const double confidence[] = {.95, .9, .99};
    const row_of *at = *state;
    const golden *table = &at->all->table[2];
    const char *said = golden_text(table, at->row, "said");
    double p = golden_number(table, at->row, "p"), size = golden_number(table, at->row, "size");
    for (size_t i = 0; i < sizeof confidence / sizeof *confidence; i++) {
        double width = 1 - pow((1 - confidence[i]) / 2, 1 / size);
        const baro_nchs_share share = {.p = p,
                                       .se = golden_number(table, at->row, "se"),
                                       .n = golden_number(table, at->row, "n"),
                                       .df = golden_number(table, at->row, "df"),
                                       .lower = p == 1 ? 1 - width : 0,
                                       .upper = p == 1 ? 1 : width,
                                       .confidence = confidence[i]};
        baro_nchs judged = baro_nchs_judge(&share);
        assert_true(judged.known);
        assert_int_equal(judged.withhold, strstr(said, "withhold") != NULL);
        assert_int_equal(judged.complement, strstr(said, "complement") != NULL);
        assert_int_equal(judged.review, strstr(said, "review") != NULL);
    }
}

/* ---- the rule over a whole table ---- */

static void open_channels(analysis *a, bool nchs)
{
    analysis_open(a, SURVEY);
    analysis_file(a, DATA);
    a->survey.nchs = nchs;
    analysis_by(a, "channel", "ethnicity");
    analysis_against(a, BARO_AGAINST_GROUP, "White British");
    analysis_against(a, BARO_AGAINST_GROUP, "In person");
}

static void test_rule_withholds(void **state)
{
    analysis ruled, plain, open;
    size_t withheld = 0, lost = 0, few = 0;
    (void)state;
    open_channels(&ruled, true);
    open_channels(&plain, false);
    open_channels(&open, true);
    open.request.no_suppress = true;
    publish(&ruled);
    publish(&plain);
    publish(&open);
    for (size_t i = 0; i < ruled.results.n_rows; i++) {
        const baro_row *row = &ruled.results.rows[i], *other = &plain.results.rows[i], *all = &open.results.rows[i];
        if (other->marks & BARO_MARK_SUPPRESSED) {
            assert_true((row->marks & BARO_MARK_SUPPRESSED) && isnan(row->base));
            continue;
        }
        bool hidden = (row->marks & BARO_MARK_UNRELIABLE) != 0;
        check_close(row->base, other->base, 0);
        check_close(all->estimate, other->estimate, 0);
        assert_int_equal(all->marks & BARO_MARK_UNRELIABLE, row->marks & BARO_MARK_UNRELIABLE);
        withheld += hidden;
        lost += row->difference_withheld && !isnan(other->difference);
        few += other->base < 50 && !hidden; /* reliable enough by the rule, not by the count */
        if (hidden) {
            assert_true(isnan(row->estimate) && isnan(row->se) && isnan(row->lower) && isnan(row->difference) &&
                        isnan(row->p_value) && isnan(row->detectable));
            assert_string_equal(baro_row_shorthand(row), "[u]");
        } else
            check_close(row->estimate, other->estimate, 0);
        if (row->difference_withheld) /* its own level stays */
            assert_true(!isnan(row->estimate) && isnan(row->difference) && isnan(row->difference_se) && *row->against);
    }
    assert_true(withheld > 10 && lost > 3 && few > 0);
    analysis_close(&ruled);
    analysis_close(&plain);
    analysis_close(&open);
}

#define SMALL                                                                                                          \
    "survey: {id: s, title: T}\ninput: {missing: ['']}\ngroups: [{id: g, columns: g}]\nscales: [{id: yes_no, "         \
    "positive: [\"Y\"], negative: [\"N\"]}]\n"                                                                         \
    "measures:\n  - {id: p, columns: p, scale: yes_no%s}\n  - {id: x, statistic: mean, columns: x%s}\npublish: "       \
    "{nchs: yes}\n%s"

/* 40 of group a and 60 of group b; everyone in group b says yes. */
static void open_small(analysis *a, const char *of_share, const char *of_mean, const char *more)
{
    char survey[640], data[4096];
    size_t n = (size_t)snprintf(data, sizeof data, "g,p,x\n");
    snprintf(survey, sizeof survey, SMALL, of_share, of_mean, more);
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(data + n, sizeof data - n, "%s,%s,%d\n", i < 40 ? "a" : "b", i >= 40 || i % 3 ? "Y" : "N",
                              i * 7 % 11);
    analysis_open_text(a, survey);
    analysis_data(a, "w.csv", data);
    analysis_by(a, "g", NULL);
    analysis_against(a, BARO_AGAINST_REST, NULL);
}

static void test_rule_at_the_edge(void **state)
{
    analysis a;
    (void)state;
    open_small(&a, "", "", "");
    publish(&a);
    const baro_row *every = analysis_row(&a, (analysis_key){.measure = "p", .by = "g", .group = "b"});
    assert_int_equal(every->marks & (BARO_MARK_REVIEW | BARO_MARK_UNRELIABLE),
                     BARO_MARK_REVIEW); /* 60 of 60: shown, looked at first */
    check_close(every->estimate, 1, 0);
    const baro_row *some = analysis_row(&a, (analysis_key){.measure = "p", .by = "g", .group = "a"});
    assert_true((some->marks & BARO_MARK_UNRELIABLE) &&
                isnan(some->estimate)); /* 40: an interval of 30 points and more */
    const baro_row *mean = analysis_row(&a, (analysis_key){.measure = "x", .by = "g", .group = "a"});
    assert_true((mean->marks & BARO_MARK_UNRELIABLE) &&
                !isnan(mean->estimate)); /* a mean: the count, which withholds nothing */
    analysis_close(&a);
}

/* ---- margins and who has letters ---- */

static void test_margin_of_survey(void **state)
{
    analysis a;
    (void)state;
    open_small(&a, ", equivalence: 0.3", "", "");
    publish(&a);
    const baro_row *mean = analysis_row(&a, (analysis_key){.measure = "x", .by = "g", .group = "a"});
    assert_true(isnan(mean->margin) && mean->detectable > 0);
    analysis_close(&a);
    open_small(&a, "", ", equivalence: 2.5", "");
    publish(&a);
    mean = analysis_row(&a, (analysis_key){.measure = "x", .by = "g", .group = "a"});
    check_close(mean->margin, 2.5, 0);
    assert_string_equal(baro_say_verdict(mean, a.arena), "no change beyond 2.5");
    analysis_close(&a);
    open_small(&a, "", ", equivalence: 2.5", "");
    a.request.equivalence = .125;
    publish(&a);
    mean = analysis_row(&a, (analysis_key){.measure = "x", .by = "g", .group = "a"});
    check_close(mean->margin, .125, 0);
    assert_string_equal(baro_say_verdict(mean, a.arena), "too noisy to tell");
    analysis_close(&a);
}

static void test_opt_in_has_none(void **state)
{
    static const char *const sampling[] = {"probability", "quota", "opt-in"};
    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (size_t model = 0; model < 2; model++) {
            analysis a;
            open_demo(&a);
            a.survey.sampling = (baro_sampling)i;
            a.survey.model = model;
            a.request.letters = true;
            a.request.equivalence = .05;
            analysis_against(&a, BARO_AGAINST_REST, NULL);
            publish(&a);
            const baro_row *row =
                analysis_row(&a, (analysis_key){.measure = "trust", .by = "ethnicity", .group = "Black"});
            bool some = i == 0 || model;
            assert_string_equal(row->letters, some ? "C:" : "");
            if (isnan(row->margin) == some || isnan(row->detectable) == some)
                fail_msg("sampling %s, model %zu", sampling[i], model);
            analysis_close(&a);
        }
}

static void test_first_26_groups(void **state)
{
    analysis a;
    size_t with = 0, rows = 0;
    bool noted = false;
    (void)state;
    analysis_open(&a, SURVEY);
    analysis_file(&a, DATA);
    analysis_by(&a, "borough", NULL);
    a.request.letters = true;
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        if (!row->by || strcmp(row->measure->id, "trust") != 0)
            continue;
        with += *row->letters != '\0';
        assert_true(!*row->letters || row->letters[0] == (char)('A' + rows));
        rows++;
    }
    assert_int_equal(rows, 32);
    assert_int_equal(with, 26);
    for (size_t i = 0; i < a.results.notes.n; i++)
        noted = noted || strstr(a.results.notes.item[i], "the first 26 groups");
    assert_true(noted);
    analysis_close(&a);
}

/* Every comparison's row of a level has the same letters. */
static void test_letters_with_comparisons(void **state)
{
    analysis a;
    size_t seen = 0;
    (void)state;
    open_demo(&a);
    a.request.letters = true;
    analysis_against(&a, BARO_AGAINST_TOTAL, NULL);
    analysis_against(&a, BARO_AGAINST_REST, NULL);
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        if (!row->by)
            continue;
        const baro_row *alone = analysis_row(
            &shared->of_method[0], (analysis_key){.measure = row->measure->id, .by = row->by->id, .group = row->group});
        assert_string_equal(row->letters, alone->letters);
        seen += *row->letters != '\0';
    }
    assert_true(seen > 100);
    analysis_close(&a);
}

/* Over the run there are more tests to allow for, so letters can only be lost. */
static void test_over_the_run(void **state)
{
    analysis a;
    size_t fewer = 0;
    (void)state;
    open_demo(&a);
    a.request.letters = a.request.adjust_over_run = true;
    a.request.adjust = BARO_ADJUST_BONFERRONI;
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const char *run = a.results.rows[i].letters, *table = shared->of_method[2].results.rows[i].letters;
        assert_true(strlen(run) <= strlen(table));
        fewer += strlen(run) < strlen(table);
    }
    assert_true(fewer > 0);
    analysis_close(&a);
}

/* Of two groups each is the other's rest, so the pair's test is the comparison's: by a design, and by a stated design
 * factor. */
static void test_two_groups(void **state)
{
    static const char *const design[] = {"", "design: {deft: 1.3}\n"};
    double p[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        analysis a;
        open_small(&a, "", "", design[i]);
        a.request.letters = true;
        publish(&a);
        const baro_row *row = analysis_row(&a, (analysis_key){.measure = "x", .by = "g", .group = "a"});
        assert_int_equal(a.results.n_contrasts, 2);
        const baro_contrast *pair = &a.results.contrasts[1];
        assert_ptr_equal(&a.results.rows[pair->first], row);
        check_close(pair->difference, row->difference, 1e-13);
        check_close(pair->p_value, row->p_value, 1e-10);
        assert_true(isnan(a.results.contrasts[0].p_value)); /* all of b say yes: no test */
        p[i] = pair->p_value;
        analysis_close(&a);
    }
    assert_true(p[1] > p[0] * 1.01);
}

/* A published series has verdicts where it has intervals: normal quantiles, 1.95996 + 0.84162. */
static void test_series(void **state)
{
    analysis a;
    size_t with = 0, without = 0;
    (void)state;
    analysis_open(&a, "surveys/definitions/demo-series.yaml");
    analysis_file(&a, "tests/data/demo-series-comma.csv");
    analysis_by(&a, "borough", NULL);
    analysis_against(&a, BARO_AGAINST_YEAR_AGO, NULL);
    a.request.trend = true;
    a.request.equivalence = .02;
    a.request.letters = true; /* nobody's answers are there to be compared */
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        assert_string_equal(row->letters, "");
        assert_int_equal(isnan(row->margin), isnan(row->difference_se));
        if (isnan(row->margin)) {
            without++;
            continue;
        }
        check_close(row->detectable, 2.8015852181 * row->difference_se, 1e-9);
        bool changed = row->difference_lower > 0 || row->difference_upper < 0;
        assert_int_equal(changed, row->verdict == BARO_VERDICT_CHANGED || row->verdict == BARO_VERDICT_CHANGED_WITHIN);
        with++;
    }
    assert_true(with > 5 && without > 5);
    analysis_close(&a);
}

/* The confidence asked for is that of "changed". */
static void test_confidence(void **state)
{
    size_t changed[2] = {0, 0};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        analysis a;
        open_demo(&a);
        a.request.equivalence = .02;
        a.request.confidence = i ? .8 : .999;
        analysis_against(&a, BARO_AGAINST_REST, NULL);
        publish(&a);
        for (size_t r = 0; r < a.results.n_rows; r++) {
            const baro_row *row = &a.results.rows[r];
            if (isnan(row->margin))
                continue;
            bool outside = row->difference_lower > 0 || row->difference_upper < 0;
            assert_int_equal(outside,
                             row->verdict == BARO_VERDICT_CHANGED || row->verdict == BARO_VERDICT_CHANGED_WITHIN);
            changed[i] += outside;
        }
        analysis_close(&a);
    }
    assert_true(changed[1] > changed[0] && changed[0] > 0);
}

/* A reference of the second group is taken inside each of the first, one of the first inside each of the second. */
static void test_reference_inside(void **state)
{
    analysis a;
    size_t seen[2] = {0, 0};
    (void)state;
    analysis_open(&a, SURVEY);
    analysis_file(&a, DATA);
    analysis_by(&a, "channel", "sex");
    analysis_against(&a, BARO_AGAINST_GROUP, "Male");
    analysis_against(&a, BARO_AGAINST_GROUP, "In person");
    a.request.no_suppress = true;
    publish(&a);
    for (size_t i = 0; i < a.results.n_rows; i++) {
        const baro_row *row = &a.results.rows[i];
        bool second = strcmp(row->against, "Male") == 0;
        if (!*row->against || isnan(row->difference))
            continue;
        const baro_row *other = analysis_row(&a, (analysis_key){.measure = row->measure->id,
                                                                .group = second ? row->group : "In person",
                                                                .group2 = second ? "Male" : row->group2});
        check_close(row->estimate - other->estimate, row->difference, 1e-12);
        check_close(row->against_estimate, other->estimate, 1e-12);
        check_close(row->against_base, other->base, 0);
        if (!isnan(other->se))
            check_close(row->against_se, other->se, 1e-12);
        seen[second]++;
    }
    assert_true(seen[0] > 15 && seen[1] > 12);
    analysis_close(&a);
}

/* ---- words ---- */

typedef struct {
    const char *name;
    baro_statistic statistic;
    double margin, detectable;
    baro_verdict verdict;
    int decimals;
    const char *said;
} word_case;

static const word_case words[] = {
    {"points", BARO_STAT_PROPORTION, .02, .0557, BARO_VERDICT_EQUIVALENT, 0, "no change beyond 2 points"},
    {"one point", BARO_STAT_PROPORTION, .01, .0557, BARO_VERDICT_CHANGED_WITHIN, 0, "changed, by less than 1 point"},
    {"a part of a point", BARO_STAT_PROPORTION, .035, .0557, BARO_VERDICT_EQUIVALENT, 0, "no change beyond 3.5 points"},
    {"changed", BARO_STAT_PROPORTION, .02, .0557, BARO_VERDICT_CHANGED, 0, "changed"},
    {"what could be seen is rounded up", BARO_STAT_PROPORTION, .02, .0513, BARO_VERDICT_NOISY, 0,
     "too noisy to tell (could see 6 points)"},
    {"with a decimal", BARO_STAT_PROPORTION, .02, .0513, BARO_VERDICT_NOISY, 1,
     "too noisy to tell (could see 5.2 points)"},
    {"no rounding up of what is round", BARO_STAT_PROPORTION, .02, .06, BARO_VERDICT_NOISY, 0,
     "too noisy to tell (could see 6 points)"},
    {"a mean has its own unit", BARO_STAT_MEAN, .25, .513, BARO_VERDICT_NOISY, 0, "too noisy to tell (could see 0.6)"},
    {"margin of a mean", BARO_STAT_MEAN, .25, .513, BARO_VERDICT_CHANGED_WITHIN, 0, "changed, by less than 0.25"},
    {"thousands", BARO_STAT_TOTAL, 5000, 12344.3, BARO_VERDICT_NOISY, 0, "too noisy to tell (could see 12,345)"},
};

static void test_words(void **state)
{
    const word_case *c = *state;
    analysis a;
    analysis_open(&a, SURVEY);
    a.survey.decimals = c->decimals;
    a.results = (baro_results){.survey = &a.survey, .request = &a.request};
    baro_row row = baro_row_blank(&a.survey.measures[0], c->statistic);
    assert_null(baro_say_verdict_at_length(&a.results, &row, a.arena));
    row.margin = c->margin;
    row.detectable = c->detectable;
    row.verdict = c->verdict;
    assert_string_equal(baro_say_verdict_at_length(&a.results, &row, a.arena), c->said);
    analysis_close(&a);
}

/* ---- */

static const char *named(char *text, size_t size, const char *what, const golden *table, size_t row)
{
    if (strcmp(what, "nchs") == 0)
        snprintf(text, size, "nchs: %s", golden_text(table, row, "name"));
    else
        snprintf(text, size, "%s: %s, %s %s, %s", what, golden_text(table, row, "measure"),
                 golden_text(table, row, "by"), golden_text(table, row, "group"),
                 golden_text(table, row, strcmp(what, "letters") == 0 ? "adjust" : "against"));
    return text;
}

#define CASE(test)                                                                                                     \
    {                                                                                                                  \
#test, test, NULL, NULL, NULL                                                                                  \
    }
static const struct CMUnitTest alone[] = {
    CASE(test_rule_withholds),  CASE(test_rule_at_the_edge), CASE(test_margin_of_survey),
    CASE(test_opt_in_has_none), CASE(test_first_26_groups),  CASE(test_letters_with_comparisons),
    CASE(test_over_the_run),    CASE(test_reference_inside), CASE(test_two_groups),
    CASE(test_series),          CASE(test_confidence),
};

int main(void)
{
    enum { NAME = 128, WORDS = sizeof words / sizeof *words, ALONE = sizeof alone / sizeof *alone };
    static const char *const file[REFERENCES] = {"tests/reference/letters.csv", "tests/reference/verdicts.csv",
                                                 "tests/reference/nchs.csv"};
    static const char *const what[REFERENCES] = {"letters", "verdict", "nchs"};
    const CMUnitTestFunction function[REFERENCES] = {test_letters, test_verdict, test_nchs};
    references all = {0};
    size_t n = 0, most = WORDS + ALONE;
    shared = &all;
    for (size_t k = 0; k < REFERENCES; k++) {
        all.table[k] = golden_read(file[k]);
        most += all.table[k].rows;
    }
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(most, sizeof *rows);
    char *names = calloc(most, NAME);
    if (!tests || !rows || !names)
        return 1;
    for (size_t k = 0; k < REFERENCES; k++)
        for (size_t row = 0; row < all.table[k].rows; row++, n++) {
            rows[n] = (row_of){&all, row};
            tests[n] = (struct CMUnitTest){named(names + n * NAME, NAME, what[k], &all.table[k], row), function[k],
                                           NULL, NULL, &rows[n]};
        }
    for (size_t i = 0; i < WORDS; i++)
        tests[n++] = (struct CMUnitTest){words[i].name, test_words, NULL, NULL, (void *)(uintptr_t)&words[i]};
    for (size_t i = 0; i < ALONE; i++)
        tests[n++] = alone[i];
    int failed = _cmocka_run_group_tests("verdicts, letters and the NCHS rule", tests, n, open_all, close_all);
    for (size_t k = 0; k < REFERENCES; k++)
        golden_free(&all.table[k]);
    free(tests);
    free(rows);
    free(names);
    return failed;
}
