/* Findings: corrections and contrasts against R, sentences word for word, and what must not be found. */
#include "io/base/pool.h"
#include "stats/compare.h"
#include "surveys/model/missing.h"
#include "surveys/publishing/findings.h"
#include "surveys/publishing/sheets.h"
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/false_findings.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY "surveys/definitions/demo.yaml"
#define DATA "tests/data/demo-interviews.csv"

typedef struct {
    analysis a;
    baro_contrasts contrasts;
    baro_findings findings;
    bool unranked; /* factors are left out, whose ranks are drawn: R's numbers are of the rest */
} finding_out;

static void find(finding_out *f)
{
    baro_pool *pool = baro_pool_new(2);
    assert_non_null(pool);
    baro_status status = baro_contrasts_ask(&f->a.request, pool, f->a.arena, f->a.error, &f->contrasts);
    baro_pool_free(pool);
    if (status)
        baro_error_print(f->a.error, true, stderr);
    assert_int_equal(status, BARO_OK);
    f->contrasts.spreads.n_rows = f->unranked ? 0 : f->contrasts.spreads.n_rows;
    assert_int_equal(baro_findings_choose(&f->contrasts, f->a.arena, &f->findings), BARO_OK);
}

/* ---- corrections ---- */

static const char *const correction_names[] = {"one",       "one family", "families of one", "uneven", "certain among them", "a certain family",
                                               "all certain", "ties",       "zero and one",    "large"};
enum { CORRECTIONS = sizeof correction_names / sizeof *correction_names, TESTS = 200 };

static void corrects(void **state)
{
    const char *name = *state;
    golden table = golden_read("tests/reference/findings-correct.csv");
    baro_arena *arena = baro_arena_new();
    double p[TESTS], wanted[TESTS], got[TESTS];
    size_t family[TESTS], n = 0;
    for (size_t row = 0; row < table.rows; row++)
        if (strcmp(golden_text(&table, row, "case"), name) == 0) {
            assert_true(n < TESTS);
            p[n] = golden_number(&table, row, "p");
            family[n] = (size_t)golden_number(&table, row, "family");
            wanted[n++] = golden_number(&table, row, "adjusted");
        }
    assert_true(n > 0);
    assert_int_equal(baro_findings_correct(p, family, n, 0.05, arena, got), BARO_OK);
    for (size_t i = 0; i < n; i++)
        check_close(got[i], wanted[i], 1e-12);
    p[0] = NAN;
    assert_int_equal(baro_findings_correct(p, family, n, 0.05, arena, got), BARO_OUT_OF_DOMAIN);
    baro_arena_free(arena);
    golden_free(&table);
}

/* A number from 0 to 1, the same everywhere. */
static double drawn(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Contrasts that are near certain are added, in families that were there and in new ones: no other p-value moves. */
static void padding_creates_nothing(void **state)
{
    (void)state;
    uint64_t seed = 20260204;
    size_t would_have = 0;
    for (size_t run = 0; run < 400; run++) {
        baro_arena *arena = baro_arena_new();
        double p[TESTS], before[TESTS], after[TESTS], plain[TESTS], sorted[TESTS];
        uint32_t order[TESTS], work[TESTS];
        size_t family[TESTS], n = 4 + (size_t)(drawn(&seed) * 40), families = 1 + (size_t)(drawn(&seed) * 8), pads = 1 + (size_t)(drawn(&seed) * 60);
        for (size_t i = 0; i < n; i++) {
            double u = drawn(&seed);
            p[i] = u * u;
            family[i] = (size_t)(drawn(&seed) * (double)families);
        }
        assert_int_equal(baro_findings_correct(p, family, n, 0.05, arena, before), BARO_OK);
        bool any = false;
        for (size_t i = 0; i < n; i++)
            any = any || before[i] < 0.05;
        for (size_t i = n; i < n + pads; i++) {
            p[i] = drawn(&seed) * 1e-9;
            family[i] = (size_t)(drawn(&seed) * (double)(families + 12));
        }
        assert_int_equal(baro_findings_correct(p, family, n + pads, 0.05, arena, after), BARO_OK);
        for (size_t i = 0; i < n; i++) {
            if (before[i] >= 0.05)
                assert_true(after[i] >= 0.05);
            check_close(after[i], before[i], 1e-12);
        }
        for (size_t i = n; i < n + pads; i++)
            assert_true(after[i] < 0.05);
        assert_int_equal(baro_correct(BARO_CORRECT_BH, p, n + pads, order, work, sorted, plain), BARO_OK);
        for (size_t i = 0; i < n && !any; i++)
            would_have += plain[i] < 0.05;
        baro_arena_free(arena);
    }
    assert_true(would_have > 100); /* one family of all, by Benjamini-Hochberg alone: what the padding would have carried across */
}

/* ---- every contrast of the demonstration interviews ---- */

static finding_out *demo; /* set by the setup of its group */

static int open_demo(void **state)
{
    (void)state;
    demo = calloc(1, sizeof *demo);
    analysis_open(&demo->a, SURVEY);
    analysis_file(&demo->a, DATA);
    analysis_by(&demo->a, "ethnicity", NULL);
    analysis_by(&demo->a, "sex", NULL);
    analysis_against(&demo->a, BARO_AGAINST_REST, NULL);
    demo->a.request.measures_named = false;
    demo->unranked = true;
    find(demo);
    return 0;
}

static int close_demo(void **state)
{
    (void)state;
    analysis_close(&demo->a);
    free(demo);
    return 0;
}

static bool is_of(const baro_finding *f, const golden *table, size_t row)
{
    const char *kind = golden_text(table, row, "kind"), *by = golden_text(table, row, "by");
    const baro_measure *measure = f->row ? f->row->measure : f->gap->measure;
    const baro_group *group = f->row ? f->row->by : f->gap->by;
    return strcmp(baro_finding_word(f->kind), kind) == 0 && strcmp(measure->id, golden_text(table, row, "measure")) == 0 &&
           strcmp(group ? group->id : "", by) == 0 && strcmp(f->row ? f->row->group : f->gap->group, golden_text(table, row, "group")) == 0 &&
           fabs(f->difference - golden_number(table, row, "difference")) < 1e-9; /* missing answers: in time, or not */
}

static void contrasts_are_rs(void **state)
{
    (void)state;
    golden table = golden_read("tests/reference/findings-demo.csv");
    assert_int_equal(table.rows, demo->findings.looked_at);
    for (size_t row = 0; row < table.rows; row++) {
        const baro_finding *found = NULL;
        for (size_t i = 0; i < demo->findings.looked_at && !found; i++)
            found = is_of(&demo->findings.tested[i], &table, row) ? &demo->findings.tested[i] : NULL;
        if (!found)
            fail_msg("not looked at: %s %s %s %s", golden_text(&table, row, "kind"), golden_text(&table, row, "measure"), golden_text(&table, row, "by"),
                     golden_text(&table, row, "group"));
        check_close(found->difference, golden_number(&table, row, "difference"), 1e-9);
        check_close(found->se, golden_number(&table, row, "se"), 1e-9);
        check_close(found->df, golden_number(&table, row, "df"), 0);
        check_close(found->p_value, golden_number(&table, row, "p_value"), 1e-8);
        check_close(found->p_adjusted, golden_number(&table, row, "p_adjusted"), 1e-8);
    }
    golden_free(&table);
}

static void ordered_by_sure_size(void **state)
{
    (void)state;
    const baro_findings *findings = &demo->findings;
    assert_true(findings->standing >= 5);
    for (size_t i = 0; i < findings->standing; i++) {
        assert_int_equal(findings->item[i].rank, i + 1);
        assert_true(findings->item[i].p_adjusted < 0.05);
        assert_true(i == 0 || findings->item[i - 1].size >= findings->item[i].size);
    }
}

/* ---- shares of missing answers, and bounds ---- */

static void missing_are_rs(void **state)
{
    (void)state;
    golden table = golden_read("tests/reference/missing.csv");
    analysis a;
    analysis_open(&a, SURVEY);
    analysis_file(&a, DATA);
    analysis_by(&a, "ethnicity", NULL);
    analysis_by(&a, "sex", NULL);
    analysis_against(&a, BARO_AGAINST_REST, NULL);
    unsigned all = 1u << BARO_MISSING_DONT_KNOW | 1u << BARO_MISSING_REFUSED | 1u << BARO_MISSING_ALL_AGAINST | 1u << BARO_MISSING_ALL_FOR;
    assert_int_equal(baro_missing_measures(&a.survey, (baro_texts){0}, all, a.arena, &a.request.measures, NULL), BARO_OK);
    a.request.bounds = true;
    analysis_works(&a);
    baro_results kept = a.results;
    kept.rows = BARO_ARRAY(a.arena, baro_row, kept.n_rows);
    memcpy(kept.rows, a.results.rows, kept.n_rows * sizeof *kept.rows);
    assert_int_equal(baro_bounds(&a.results, a.arena), BARO_OK);
    for (size_t row = 0; row < table.rows; row++) {
        const char *measure = golden_text(&table, row, "measure"), *by = golden_text(&table, row, "by"), *group = golden_text(&table, row, "group");
        const baro_row *bounded = analysis_row(&a, (analysis_key){measure, "", by, group, "", NULL, NULL});
        check_close(bounded->estimate, golden_number(&table, row, "estimate"), 1e-9);
        check_close(bounded->bound_lower, golden_number(&table, row, "bound_lower"), 1e-9);
        check_close(bounded->bound_upper, golden_number(&table, row, "bound_upper"), 1e-9);
        check_close(bounded->difference_bound_lower, golden_number(&table, row, "difference_bound_lower"), 1e-9);
        check_close(bounded->difference_bound_upper, golden_number(&table, row, "difference_bound_upper"), 1e-9);
        static const char *const share[] = {"dont_know", "refused"};
        for (size_t k = 0; k < 2; k++) {
            char id[64], column[64];
            analysis whole = a;
            whole.results = kept;
            snprintf(id, sizeof id, "%s.%s", measure, share[k]);
            const baro_row *missing = analysis_find(&whole, (analysis_key){id, "", by, group, "", NULL, NULL});
            double wanted = golden_number(&table, row, share[k]);
            if (isnan(wanted)) {
                assert_null(missing);
                continue;
            }
            assert_non_null(missing);
            check_close(missing->base, golden_number(&table, row, "asked"), 0);
            check_close(missing->estimate, wanted, 1e-9);
            snprintf(column, sizeof column, "%s_se", share[k]);
            check_close(missing->se, golden_number(&table, row, column), 1e-9);
            snprintf(column, sizeof column, "%s_difference_se", share[k]);
            if (!isnan(golden_number(&table, row, column)))
                check_close(missing->difference_se, golden_number(&table, row, column), 1e-9);
        }
    }
    analysis_close(&a);
    golden_free(&table);
}

/* Where a level is hidden, nothing is said of what it could be. */
static void bounds_of_hidden_levels(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, "survey: {id: t}\n"
                           "groups: [{id: g, columns: g}]\n"
                           "measures: [{id: m, columns: m, positive: [y], negative: [n], dont_know: [d]}]\n");
    char text[4096] = "g,m\n";
    for (int i = 0; i < 60; i++)
        strcat(text, i % 3 ? "a,y\n" : "a,n\n");
    for (int i = 0; i < 9; i++)
        strcat(text, i % 3 ? "b,y\n" : "b,d\n");
    analysis_data(&a, "d.csv", text);
    analysis_by(&a, "g", NULL);
    analysis_against(&a, BARO_AGAINST_REST, NULL);
    assert_int_equal(baro_missing_measures(&a.survey, (baro_texts){0}, 1u << BARO_MISSING_ALL_AGAINST | 1u << BARO_MISSING_ALL_FOR, a.arena, &a.request.measures, NULL),
                     BARO_OK);
    a.request.bounds = true;
    analysis_works(&a);
    assert_int_equal(a.results.n_rows, 9);
    baro_suppress(&a.results);
    assert_int_equal(baro_bounds(&a.results, a.arena), BARO_OK);
    assert_int_equal(a.results.n_rows, 3);
    const baro_row *everyone = analysis_row(&a, (analysis_key){"m", "", "", "", "", NULL, NULL}), *hidden = analysis_row(&a, (analysis_key){"m", "", "g", "b", "", NULL, NULL}),
                   *seen = analysis_row(&a, (analysis_key){"m", "", "g", "a", "", NULL, NULL});
    check_close(everyone->bound_lower, 46.0 / 69, 1e-12);
    check_close(everyone->bound_upper, 49.0 / 69, 1e-12);
    assert_true(isnan(hidden->bound_lower) && isnan(hidden->bound_upper) && isnan(hidden->difference_bound_lower) && isnan(hidden->difference_bound_upper));
    assert_true(isnan(seen->difference_bound_lower) && isnan(seen->difference_bound_upper)); /* the rest is hidden */
    analysis_close(&a);
}

/* ---- sentences ---- */

/* Interviews of a category and a year: counts of yes, no and don't know. */
typedef struct {
    const char *group;
    int year, yes, no, unknown;
} block;

typedef struct {
    const char *name, *group, *measure; /* what the survey file says of the two, besides their columns */
    block block[8];
    baro_finding_kind kind;
    const char *sentence, *row;
    bool reference;
} worded;

#define MEN_AND_WOMEN {"Men", 2022, 600, 400, 0}, {"Women", 2022, 600, 400, 0}, {"Men", 2023, 600, 400, 0}, {"Women", 2023, 450, 550, 0}
#define THREE {"A b", 2023, 500, 500, 0}, {"Ä", 2023, 800, 200, 0}, {"C", 2023, 500, 500, 0}
#define FELL {"A", 2022, 640, 360, 0}, {"B", 2022, 640, 360, 0}, {"A", 2023, 560, 440, 0}, {"B", 2023, 560, 440, 0}
#define STILL {"A", 2022, 60000, 40000, 0}, {"A", 2023, 60100, 39900, 0}
#define FEW {"A", 2022, 300, 200, 0}, {"A", 2023, 290, 210, 0}

static const worded sentences[] = {
    {"a gap of two groups", "label: Sex", "label: Trust the police", {MEN_AND_WOMEN}, BARO_FINDING_GAP,
     "Trust the police is higher among those whose sex is Men than where it is Women: 60% against 45%, a difference of 15 points (11 to 19).",
     "m.g.Men.2023.rest", false},
    {"a gap to the rest", "label: Team", "label: Trust the police", {THREE}, BARO_FINDING_GAP,
     "Trust the police is higher among those whose team is Ä than among the rest: 80% against 50%, a difference of 30 points (27 to 33).",
     "m.g.~C3~84.2023.rest", false},
    {"a gap to a reference", "label: Sex, reference: Women", "label: Trust", {MEN_AND_WOMEN}, BARO_FINDING_GAP,
     "Trust is higher among those whose sex is Men than where it is Women: 60% against 45%, a difference of 15 points (11 to 19).", "m.g.Men.2023.Women",
     true},
    {"an area", "label: Borough, kind: area", "label: Trust", {THREE}, BARO_FINDING_GAP,
     "Trust is higher in Ä than elsewhere: 80% against 50%, a difference of 30 points (27 to 33).", "m.g.~C3~84.2023.rest", false},
    {"lower is better", "label: Sex", "label: Worried, better: lower", {MEN_AND_WOMEN}, BARO_FINDING_GAP,
     "Worried is higher, which is worse, among those whose sex is Men than where it is Women: 60% against 45%, a difference of 15 points (11 to 19).",
     "m.g.Men.2023.rest", false},
    {"the way of asking", "label: Channel, kind: channel, interview_mode: yes", "label: Satisfied", {MEN_AND_WOMEN}, BARO_FINDING_GAP,
     "Satisfied is higher among those whose channel is Men than where it is Women: 60% against 45%, a difference of 15 points (11 to 19). Channel is also "
     "how people were interviewed: this may be the way of asking as much as anything else.",
     "m.g.Men.2023.rest", false},
    {"a change of everyone", "label: Team", "label: Trust the police", {FELL}, BARO_FINDING_CHANGE,
     "Trust the police is down 8 points to 56% (5 to 11; 2023 against 2022).", "m.everyone.2023.2022", false},
    {"a change for the better", "label: Team", "label: Worried, better: lower", {FELL}, BARO_FINDING_CHANGE,
     "Worried is down 8 points to 56%, which is better (5 to 11; 2023 against 2022).", "m.everyone.2023.2022", false},
    {"a change within the margin", "label: Team", "label: Trust, equivalence: 0.2", {FELL}, BARO_FINDING_CHANGE,
     "Trust is down 8 points to 56% (5 to 11; 2023 against 2022). It is less than 20 points, the margin set beforehand.", "m.everyone.2023.2022", false},
    {"a change of a group", "label: Sex", "label: Trust", {MEN_AND_WOMEN}, BARO_FINDING_CHANGE,
     "Trust among those whose sex is Women is down 15 points to 45% (11 to 19; 2023 against 2022).", "m.g.Women.2023.2022", false},
    {"a change of a gap", "label: Sex", "label: Trust", {MEN_AND_WOMEN}, BARO_FINDING_GAP_CHANGE,
     "Trust: the gap between those whose sex is Men and those where it is Women widened by 15.0 points (8.9 to 21.1): Men unchanged, the rest down 15.0 "
     "(2023 against 2022).",
     "m.g.Men.2022:2023.rest", false},
    {"a target", "label: Team", "label: Trust, target: 0.75", {THREE}, BARO_FINDING_TARGET, "Trust is 60%, 15 points below the target of 75% (13 to 17).",
     "m.everyone.2023.target", false},
    {"a target that is worse", "label: Team", "label: Worried, target: 0.5, better: lower", {THREE}, BARO_FINDING_TARGET,
     "Worried is 60%, 10 points above the target of 50%, which is worse (8 to 12).", "m.everyone.2023.target", false},
    {"don't know differs", "label: Team", "label: Trust", {{"A", 2023, 500, 500, 10}, {"B", 2023, 500, 500, 150}}, BARO_FINDING_MISSING,
     "Read with care: the share who answered don't know (Trust) is lower among those whose team is A than where it is B: 1% against 13%, a difference of 12 "
     "points (10 to 14).",
     "m~2Edont_know.g.A.2023.rest", false},
    {"don't know moved", "label: Team", "label: Trust", {{"A", 2022, 500, 500, 10}, {"A", 2023, 500, 500, 150}}, BARO_FINDING_MISSING,
     "Read with care: the share who answered don't know (Trust) is up 12 points to 13% (10 to 14; 2023 against 2022).", "m~2Edont_know.everyone.2023.2022",
     false},
    {"no clear change", "label: Team", "label: Trust, equivalence: 0.02", {STILL}, BARO_FINDING_NO_CHANGE,
     "Trust is 60%: no clear change (within ±2 points; 2023 against 2022).", "m.everyone.2023.2022", false},
    {"too noisy to tell", "label: Team", "label: Trust, equivalence: 0.02", {FEW}, BARO_FINDING_NOISY,
     "Trust is 58%: too noisy to tell whether it changed; a change of 9 points would have been seen 4 times in 5 (2023 against 2022).",
     "m.everyone.2023.2022", false},
    {"nothing", "label: Team", "label: Trust", {FEW}, BARO_FINDING_NONE, "Nothing stands out beyond what chance alone may do: 1 contrast was looked at.", "",
     false},
    {"nothing to test", "label: Team", "label: Trust", {{"A", 2023, 300, 200, 0}}, BARO_FINDING_NONE,
     "Nothing stands out: there was no contrast that could be tested.", "", false},
};

static void open_blocks(finding_out *f, const char *head, const char *group, const char *measure, const block *blocks, size_t n)
{
    char survey[1024];
    char *text = NULL;
    size_t size = 0;
    snprintf(survey, sizeof survey,
             "survey: {id: t, title: T%s}\nperiod: {columns: t, format: '%%Y', unit: year}\ngroups: [{id: g, columns: g, %s}]\n"
             "measures: [{id: m, columns: m, positive: [y], negative: [n], dont_know: [d], %s}]\n",
             head, group, measure);
    analysis_open_text(&f->a, survey);
    FILE *data = open_memstream(&text, &size);
    assert_non_null(data);
    fputs("g,t,m\n", data);
    for (size_t b = 0; b < n && blocks[b].group; b++)
        for (int k = 0; k < blocks[b].yes + blocks[b].no + blocks[b].unknown; k++)
            fprintf(data, "%s,%d,%s\n", blocks[b].group, blocks[b].year, k < blocks[b].yes ? "y" : k < blocks[b].yes + blocks[b].no ? "n" : "d");
    fclose(data);
    analysis_data(&f->a, "d.csv", text);
    free(text);
    analysis_by(&f->a, "g", NULL);
}

static void says(void **state)
{
    const worded *wanted = *state;
    finding_out f = {0};
    open_blocks(&f, "", wanted->group, wanted->measure, wanted->block, 8);
    if (wanted->reference) {
        analysis_against(&f.a, BARO_AGAINST_GROUP, "Women");
        f.a.against[0].group = "g";
    } else
        analysis_against(&f.a, BARO_AGAINST_REST, NULL);
    find(&f);
    for (size_t i = 0; i < f.findings.n; i++)
        if (f.findings.item[i].kind == wanted->kind) {
            assert_string_equal(f.findings.item[i].sentence, wanted->sentence);
            assert_string_equal(f.findings.item[i].id, wanted->row);
            analysis_close(&f.a);
            return;
        }
    for (size_t i = 0; i < f.findings.n; i++)
        print_error("%s: %s\n", baro_finding_word(f.findings.item[i].kind), f.findings.item[i].sentence);
    fail_msg("no such finding");
}

/* The factor that divides most, and that it is also the way of asking. */
static void factor_in_words(void **state)
{
    (void)state;
    finding_out f = {0};
    analysis_open_text(&f.a, "survey: {id: t}\n"
                             "groups: [{id: g, label: Channel, kind: channel, interview_mode: yes, columns: g}, {id: h, label: Team, columns: h}]\n"
                             "measures: [{id: m, label: Trust, columns: m, positive: [y], negative: [n]}]\n");
    char *text = NULL;
    size_t size = 0;
    FILE *data = open_memstream(&text, &size);
    assert_non_null(data);
    fputs("g,h,m\n", data);
    for (int i = 0; i < 4000; i++)
        fprintf(data, "%s,%s,%s\n", i % 2 ? "a" : "b", i / 2 % 2 ? "c" : "d", (i / 4) % 10 < (i % 2 ? 7 : 5) ? "y" : "n");
    fclose(data);
    analysis_data(&f.a, "d.csv", text);
    free(text);
    analysis_by(&f.a, "g", NULL);
    analysis_by(&f.a, "h", NULL);
    analysis_against(&f.a, BARO_AGAINST_REST, NULL);
    find(&f);
    const baro_finding *spread = NULL;
    for (size_t i = 0; i < f.findings.standing; i++)
        spread = f.findings.item[i].kind == BARO_FINDING_SPREAD ? &f.findings.item[i] : spread;
    if (!spread)
        fail_msg("no factor stands out");
    else {
        assert_string_equal(spread->sentence, "Trust: of the factors looked at, channel divides opinion most (probability over 99%); its groups lie up to 20 "
                                              "points apart. Channel is also how people were interviewed: this may be the way of asking as much as anything "
                                              "else.");
        assert_string_equal(spread->id, "m.spread.g");
        check_close(spread->p_value, 2.0 / BARO_CONTRAST_DRAWS, 0); /* two factors, and no draw in which the other was first */
    }
    analysis_close(&f.a);
}

/* ---- what is never said ---- */

typedef struct {
    const char *name, *head, *sentence; /* sentence NULL: findings as ever */
} sampled;

static const sampled samples[] = {
    {"an opt-in survey", ", sampling: opt-in",
     "No findings: this is an open, opt-in survey, in which nobody was drawn at random; `model: yes` in the survey file treats it as if."},
    {"a quota sample", ", sampling: quota", "No findings: this is a quota sample, in which nobody was drawn at random; `model: yes` in the survey file treats it as if."},
    {"a quota sample taken as random", ", sampling: quota, model: yes", NULL},
};

static void sample_decides(void **state)
{
    const sampled *wanted = *state;
    static const block blocks[] = {MEN_AND_WOMEN};
    finding_out f = {0};
    open_blocks(&f, wanted->head, "label: Sex", "label: Trust", blocks, 4);
    analysis_against(&f.a, BARO_AGAINST_REST, NULL);
    find(&f);
    if (wanted->sentence) {
        assert_int_equal(f.findings.n, 1);
        assert_int_equal(f.findings.looked_at, 0);
        assert_string_equal(f.findings.item[0].sentence, wanted->sentence);
    } else
        assert_true(f.findings.standing >= 3);
    analysis_close(&f.a);
}

static void none_of_series(void **state)
{
    (void)state;
    finding_out f = {0};
    analysis_open(&f.a, "surveys/definitions/demo-series.yaml");
    find(&f);
    assert_int_equal(f.findings.n, 1);
    assert_string_equal(f.findings.item[0].sentence, "No findings: a published series has no interviews, and so nothing that could be tested.");
    analysis_close(&f.a);
}

/* Nine interviews that all say no would stand out: they are hidden, and so is what would give them away. Forty are shown, and not relied on. */
static void hidden_groups_are_not_mentioned(void **state)
{
    (void)state;
    static const block blocks[] = {{"Large", 2023, 900, 100, 0}, {"Hidden", 2023, 1, 8, 0}, {"Small", 2023, 2, 38, 0}};
    finding_out f = {0};
    open_blocks(&f, "", "label: Team", "label: Trust", blocks, 3);
    analysis_against(&f.a, BARO_AGAINST_REST, NULL);
    find(&f);
    for (size_t i = 0; i < f.findings.looked_at; i++)
        assert_string_not_equal(f.findings.tested[i].row->group, "Hidden");
    for (size_t i = 0; i < f.findings.n; i++)
        assert_null(strstr(f.findings.item[i].sentence, "Hidden"));
    for (size_t i = 0; i < f.findings.standing; i++)
        assert_string_equal(f.findings.item[i].row->group, "Large");
    analysis_close(&f.a);
}

/* The same group under two names, and the same measure: what is looked at stays the same. */
static void duplicates_count_once(void **state)
{
    (void)state;
    static const char once[] = "survey: {id: t}\ngroups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: m, positive: [y], negative: [n]}]\n",
                      twice[] = "survey: {id: t}\ngroups: [{id: g, columns: g}, {id: h, columns: g}]\n"
                                "measures: [{id: m, columns: m, positive: [y], negative: [n]}, {id: k, columns: m, positive: [y], negative: [n]}]\n";
    size_t looked_at[2];
    for (size_t k = 0; k < 2; k++) {
        finding_out f = {0};
        char text[8192] = "g,m\n";
        analysis_open_text(&f.a, k ? twice : once);
        for (int i = 0; i < 900; i++)
            strcat(text, i % 3 == 0 ? (i % 2 ? "a,y\n" : "a,n\n") : i % 3 == 1 ? (i % 7 ? "b,y\n" : "b,n\n") : i % 5 ? "c,y\n" : "c,n\n");
        analysis_data(&f.a, "d.csv", text);
        analysis_by(&f.a, "g", NULL);
        if (k)
            analysis_by(&f.a, "h", NULL);
        analysis_against(&f.a, BARO_AGAINST_REST, NULL);
        f.a.request.measures_named = false;
        f.unranked = true; /* a breakdown of its own is a race of its own */
        find(&f);
        looked_at[k] = f.findings.looked_at;
        assert_true(f.findings.standing > 0);
        assert_string_equal(f.findings.item[0].row->measure->id, "m"); /* the first of what is alike */
        analysis_close(&f.a);
    }
    assert_int_equal(looked_at[0], 3);
    assert_int_equal(looked_at[1], looked_at[0]);
}

/* A share of nearly 0 that came out so by chance has a standard error of nearly 0: it is not taken for certain. */
static void rare_answers_are_not_certain(void **state)
{
    (void)state;
    static const block blocks[] = {{"A", 2023, 500, 500, 1}, {"B", 2023, 5000, 5000, 90}};
    finding_out f = {0};
    open_blocks(&f, "", "label: Team", "label: Trust", blocks, 2);
    analysis_against(&f.a, BARO_AGAINST_REST, NULL);
    find(&f);
    const baro_finding *rare = NULL;
    for (size_t i = 0; i < f.findings.looked_at; i++)
        rare = f.findings.tested[i].kind == BARO_FINDING_MISSING ? &f.findings.tested[i] : rare;
    double own = rare ? rare->row->p_value : NAN, kept = rare ? rare->p_value : NAN;
    assert_true(own < 1e-6);
    assert_true(kept > 0.005 && kept < 0.05); /* 1 where 9 were to be expected: exactly .0012 on one side of Poisson's */
    analysis_close(&f.a);
}

/* ---- false findings: the study is `make false-findings`, this a small part of it ---- */

static void seldom_where_there_are_none(void **state)
{
    false_findings out = {.which = (size_t)(uintptr_t)*state, .seeds = 40, .first_seed = 7001};
    assert_true(false_findings_run(&out));
    if (out.any > 3)
        fail_msg("%zu of %zu runs found something", out.any, out.seeds);
}

/* ---- names of rows ---- */

static void names_differ(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    static const char *const label[] = {"a b", "a+b", "a_b", "a.b", "a:b", "a", "", "A b", "a  b", "ä", "~", "a-b", "a~20b"};
    enum { LABELS = sizeof label / sizeof *label };
    const baro_group by = {.id = "g"}, by2 = {.id = "h"};
    const baro_measure measure = {.id = "m"};
    const char *name[LABELS * LABELS];
    size_t n = 0;
    for (size_t i = 0; i < LABELS; i++)
        for (size_t k = 0; k < LABELS; k++) {
            baro_row row = baro_row_blank(&measure, BARO_STAT_PROPORTION);
            row.by = &by;
            row.by2 = *label[k] ? &by2 : NULL;
            row.group = label[i];
            row.group2 = label[k];
            name[n] = baro_row_id(&row, arena);
            for (size_t j = 0; j < n; j++)
                assert_string_not_equal(name[n], name[j]);
            assert_int_equal(strspn(name[n], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:~+"), strlen(name[n]));
            n++;
        }
    assert_string_equal(name[0], "m.g:h.a+b:a+b");
    baro_arena_free(arena);
}

int main(void)
{
    enum { SENTENCES = sizeof sentences / sizeof *sentences, SAMPLES = sizeof samples / sizeof *samples };
    struct CMUnitTest tests[CORRECTIONS + SENTENCES + SAMPLES + FALSE_FINDINGS + 8];
    size_t n = 0;
    for (size_t i = 0; i < CORRECTIONS; i++)
        tests[n++] = (struct CMUnitTest){correction_names[i], corrects, NULL, NULL, (void *)(uintptr_t)correction_names[i]};
    for (size_t i = 0; i < SENTENCES; i++)
        tests[n++] = (struct CMUnitTest){sentences[i].name, says, NULL, NULL, (void *)(uintptr_t)&sentences[i]};
    for (size_t i = 0; i < SAMPLES; i++)
        tests[n++] = (struct CMUnitTest){samples[i].name, sample_decides, NULL, NULL, (void *)(uintptr_t)&samples[i]};
    for (size_t i = 0; i < FALSE_FINDINGS; i++)
        tests[n++] = (struct CMUnitTest){false_findings_name(i), seldom_where_there_are_none, NULL, NULL, (void *)(uintptr_t)i};
    const struct CMUnitTest others[] = {cmocka_unit_test(padding_creates_nothing),        cmocka_unit_test(missing_are_rs),
                                        cmocka_unit_test(bounds_of_hidden_levels),        cmocka_unit_test(none_of_series),
                                        cmocka_unit_test(hidden_groups_are_not_mentioned), cmocka_unit_test(duplicates_count_once),
                                        cmocka_unit_test(rare_answers_are_not_certain),   cmocka_unit_test(factor_in_words)};
    memcpy(tests + n, others, sizeof others);
    const struct CMUnitTest of_demo[] = {cmocka_unit_test(contrasts_are_rs), cmocka_unit_test(ordered_by_sure_size), cmocka_unit_test(names_differ)};
    int failed = cmocka_run_group_tests_name("findings", tests, NULL, NULL);
    failed += cmocka_run_group_tests_name("findings of the demonstration", of_demo, open_demo, close_demo);
    return failed;
}
