/* Survey files: what every supported key gives, and every fault with its line, column and words. */
#include "tests/check.h"
#include "surveys/model/survey.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/** Entries as `line:column: message`, one a line; remarks begin with `note: `. */
static char *entries(const baro_error *error)
{
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    for (size_t i = 0; i < baro_error_count(error); i++) {
        const baro_error_entry *entry = baro_error_entry_at(error, i);
        fprintf(out, "%zu:%zu: %s%s\n", entry->line, entry->column, entry->is_remark ? "note: " : "", entry->message);
    }
    fclose(out);
    return written;
}

/** A survey that must be readable; freed with its arena. */
static baro_survey read_good(const char *text, baro_arena *arena)
{
    baro_error *error = baro_error_new();
    baro_survey survey = {0};
    baro_status status = baro_survey_parse("s.yaml", text, strlen(text), arena, &survey, error);
    char *said = entries(error);
    if (status != BARO_OK || said[0] != '\0')
        print_error("%s", said);
    assert_int_equal(status, BARO_OK);
    free(said);
    baro_error_free(error);
    return survey;
}

static void check_texts(baro_texts texts, const char *wanted) /* joined by | */
{
    char joined[2000] = "";
    for (size_t i = 0; i < texts.n; i++) {
        strcat(joined, i == 0 ? "" : "|");
        strcat(joined, texts.item[i]);
    }
    assert_string_equal(joined, wanted);
}

static const char pas[] =
    "survey:\n"
    "  id: pas\n"
    "  title: Public Attitude Survey\n"
    "  publisher: MOPAC\n"
    "  population: Londoners aged 16 and over\n"
    "  source: MOPAC Public Attitude Survey\n"
    "  sampling: quota\n"
    "  model: yes\n"
    "input:\n"
    "  delimiter: \";\"\n"
    "  decimal: \",\"\n"
    "  encoding: windows-1252\n"
    "  header_rows: 2\n"
    "  case: ignore\n"
    "  missing: [\"-\", NA]\n"
    "  id: respondent\n"
    "design:\n"
    "  weight: WT_Discrete_rebased\n"
    "  weight_scale: population\n"
    "  weight_missing: out\n"
    "  strata: [borough, period]\n"
    "  psu: ward\n"
    "  fpc: [Npop]\n"
    "  nested: yes\n"
    "  lonely_psu: fail\n"
    "period:\n"
    "  columns: [interview_date, MONTH]\n"
    "  format: \"%d/%m/%Y\"\n"
    "  unit: quarter\n"
    "  year_starts: April\n"
    "  rolling: 4\n"
    "breaks: [{period: Q1 2020/21, why: Interviews by telephone from here on}]\n"
    "scales:\n"
    "  - id: agree5\n"
    "    positive: [Strongly agree, Tend to agree]\n"
    "    neutral: [Neither agree nor disagree]\n"
    "    negative: [Tend to disagree, Strongly disagree]\n"
    "    dont_know: [{label: Don't know, codes: [97, Don\xE2\x80\x99t know]}]\n"
    "    refused: [{label: Refused, codes: [98]}]\n"
    "    not_asked: [{label: Not asked, codes: [-1, Not Asked, Not asked]}]\n"
    "  - id: safe\n"
    "    answers:\n"
    "      - {codes: [97], label: Don't know, role: dont_know}\n"
    "      - {codes: [1, Very safe], label: Very safe, role: positive, score: 100}\n"
    "      - {codes: 2, label: Fairly safe, role: positive, score: 66.5}\n"
    "      - {codes: [5, 6], label: Does not go out, role: other}\n"
    "  - {id: risen, negative: [Down], neutral: Same, positive: [Up, {label: Far up, codes: [top]}]}\n"
    "groups:\n"
    "  - id: ethnicity\n"
    "    label: Ethnic group\n"
    "    kind: demographic\n"
    "    columns: [ReNNQ147, ReNQ147, NQ147r]\n"
    "    reference: White British\n"
    "    missing: [98, 99]\n"
    "    categories:\n"
    "      - {label: White British, codes: [White British, 1]}\n"
    "      - {label: Black, codes: 2}\n"
    "      - label: Other\n"
    "  - id: age\n"
    "    kind: demographic\n"
    "    ordered: yes\n"
    "    columns: Q136\n"
    "    bands: [{label: 16 to 24, from: 16, to: 24}, {label: 65 and over, from: 65}, {label: Under 16, to: 15.5}]\n"
    "  - id: lgbt\n"
    "    label: Sexual orientation and gender\n"
    "    sensitive: yes\n"
    "    overlap: yes\n"
    "    categories:\n"
    "      - {label: LGBT+, where: \"orientation in ('Gay', 'Bisexual') or gender == 'Transgender'\"}\n"
    "      - {label: Not LGBT+, where: \"orientation == 'Heterosexual'\"}\n"
    "  - {id: borough, label: Borough, kind: area, columns: [Borough, C2], areas: ons-e09, grid: london-boroughs}\n"
    "measures:\n"
    "  - id: trust\n"
    "    label: Trust the Met\n"
    "    question: The Metropolitan Police Service is an organisation that I can trust\n"
    "    columns: NQ135BD\n"
    "    scale: agree5\n"
    "    statistic: proportion\n"
    "    base: asked\n"
    "    better: lower\n"
    "    target: 0.75\n"
    "    equivalence: 0.02\n"
    "    sensitive: yes\n"
    "  - id: satisfied\n"
    "    either: [{column: Q15, where: \"channel == 'Online'\"}, {column: Q29}]\n"
    "    scale: safe\n"
    "    statistic: mean\n"
    "  - {id: in_contact, label: Had contact, columns: XQ128A, positive: 1, dont_know: [8, {label: Not sure, codes: 9}], where: \"age != '16 to 24'\"}\n"
    "  - {id: years, columns: [YRS, YEARS], statistic: mean, refused: 99}\n"
    "  - {id: reason, columns: R}\n"
    "  - {id: went, columns: W, positive: Yes, negative: No}\n"
    "batteries:\n"
    "  - scale: agree5\n"
    "    ask: {relied: [Q62A, Relied on to be there], respect: [Q62B, Treat with respect, They would treat you with respect]}\n"
    "publish: {suppress_below: 7, unreliable_below: 30, caution_below: 80, decimals: 1, confidence: 0.9, interval: wald}\n";

static void test_heads(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good(pas, arena);
    assert_string_equal(s.path, "s.yaml");
    assert_string_equal(s.id, "pas");
    assert_string_equal(s.title, "Public Attitude Survey");
    assert_string_equal(s.publisher, "MOPAC");
    assert_string_equal(s.population, "Londoners aged 16 and over");
    assert_string_equal(s.source, "MOPAC Public Attitude Survey");
    assert_int_equal(s.sampling, BARO_SAMPLING_QUOTA);
    assert_true(s.model && s.ignore_case && s.weight_missing_out && s.nested && s.has_period && !s.is_series);
    assert_int_equal(s.input.delimiter, ';');
    assert_int_equal(s.input.decimal, ',');
    assert_int_equal(s.input.encoding, BARO_WINDOWS_1252);
    assert_int_equal(s.input.header_rows, 2);
    check_texts(s.missing, "|-|NA");
    assert_int_equal(s.missing.n, 3);
    assert_string_equal(s.respondent_id, "respondent");
    assert_string_equal(s.weight, "WT_Discrete_rebased");
    assert_int_equal(s.weight_scale, BARO_SCALE_POPULATION);
    check_texts(s.strata, "borough|period");
    check_texts(s.psu, "ward");
    check_texts(s.fpc, "Npop");
    assert_int_equal(s.weight_at.line, 18);
    assert_int_equal(s.weight_at.column, 11);
    assert_int_equal(s.psu_at.line, 22);
    assert_int_equal(s.lonely_psu, BARO_LONELY_FAIL);
    assert_true(isnan(s.deft));
    check_texts(s.period_columns, "interview_date|MONTH");
    assert_string_equal(s.period_format, "%d/%m/%Y");
    assert_int_equal(s.period_unit, BARO_UNIT_QUARTER);
    assert_int_equal(s.year_starts, 4);
    assert_int_equal(s.rolling, 4);
    assert_int_equal(s.n_breaks, 1);
    assert_string_equal(s.breaks[0].label, "2020 Q2");
    assert_string_equal(s.breaks[0].why, "Interviews by telephone from here on");
    check_close(s.suppress_below, 7, 0);
    check_close(s.unreliable_below, 30, 0);
    check_close(s.caution_below, 80, 0);
    check_close(s.confidence, 0.9, 0);
    assert_int_equal(s.decimals, 1);
    assert_int_equal(s.interval, BARO_INTERVAL_WALD);
    baro_arena_free(arena);
}

static void check_answer(const baro_answer *answer, const char *label, const char *codes, baro_role role, double score)
{
    assert_string_equal(answer->label, label);
    check_texts(answer->codes, codes);
    assert_int_equal(answer->role, role);
    check_close(answer->score, score, 0);
}

static void test_scales(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good(pas, arena);
    const baro_scale *agree = baro_survey_measure(&s, "trust")->scale;
    assert_int_equal(agree->n_answers, 8);
    assert_false(agree->open);
    check_answer(&agree->answers[0], "Strongly agree", "Strongly agree|1", BARO_ROLE_POSITIVE, NAN);
    check_answer(&agree->answers[2], "Neither agree nor disagree", "Neither agree nor disagree|3", BARO_ROLE_NEUTRAL, NAN);
    check_answer(&agree->answers[4], "Strongly disagree", "Strongly disagree|5", BARO_ROLE_NEGATIVE, NAN);
    check_answer(&agree->answers[5], "Don't know", "Don't know|97", BARO_ROLE_DONT_KNOW, NAN);
    check_answer(&agree->answers[7], "Not asked", "Not asked|-1", BARO_ROLE_NOT_ASKED, NAN);
    const baro_scale *safe = baro_survey_measure(&s, "satisfied")->scale;
    assert_int_equal(safe->n_answers, 4);
    check_answer(&safe->answers[0], "Very safe", "Very safe|1", BARO_ROLE_POSITIVE, 100);
    check_answer(&safe->answers[1], "Fairly safe", "Fairly safe|2", BARO_ROLE_POSITIVE, 66.5);
    check_answer(&safe->answers[2], "Does not go out", "Does not go out|5|6", BARO_ROLE_OTHER, NAN);
    check_answer(&safe->answers[3], "Don't know", "Don't know|97", BARO_ROLE_DONT_KNOW, NAN);
    baro_arena_free(arena);
}

/** Codes are counted in the order written, over all roles; an answer with codes of its own takes a number and leaves it unused. */
static void test_order_of_short_form(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good("survey: {id: x}\n"
                              "scales: {id: r, dont_know: [DK], negative: [Down], neutral: Same, positive: [{label: Far up, codes: [top]}, Up], other: Odd}\n"
                              "measures: {id: m, columns: c, scale: r}\n", arena);
    const baro_scale *r = s.measures[0].scale;
    assert_int_equal(r->n_answers, 6);
    check_answer(&r->answers[0], "Down", "Down|1", BARO_ROLE_NEGATIVE, NAN);
    check_answer(&r->answers[1], "Same", "Same|2", BARO_ROLE_NEUTRAL, NAN);
    check_answer(&r->answers[2], "Far up", "Far up|top", BARO_ROLE_POSITIVE, NAN);
    check_answer(&r->answers[3], "Up", "Up|4", BARO_ROLE_POSITIVE, NAN);
    check_answer(&r->answers[4], "Odd", "Odd|5", BARO_ROLE_OTHER, NAN);
    check_answer(&r->answers[5], "DK", "DK", BARO_ROLE_DONT_KNOW, NAN);
    baro_arena_free(arena);
}

static void test_groups(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good(pas, arena);
    assert_int_equal(s.n_groups, 4);
    const baro_group *g = baro_survey_group(&s, "ethnicity");
    assert_string_equal(g->label, "Ethnic group");
    assert_int_equal(g->kind, BARO_GROUP_DEMOGRAPHIC);
    check_texts(g->columns, "ReNNQ147|ReNQ147|NQ147r");
    assert_int_equal(g->columns_at.line, 52);
    assert_int_equal(g->columns_at.column, 14);
    assert_string_equal(g->reference, "White British");
    check_texts(g->missing, "98|99");
    assert_int_equal(g->n_categories, 3);
    check_texts(g->categories[0].codes, "White British|1");
    check_texts(g->categories[1].codes, "Black|2");
    check_texts(g->categories[2].codes, "Other");
    assert_true(!g->bands && !g->derived && !g->ordered && !g->sensitive && !g->overlap);
    g = baro_survey_group(&s, "age");
    assert_string_equal(g->label, "age");
    assert_true(g->bands && g->ordered);
    check_close(g->categories[0].from, 16, 0);
    check_close(g->categories[0].to, 24, 0);
    check_close(g->categories[1].from, 65, 0);
    check_close(g->categories[1].to, INFINITY, 0);
    check_close(g->categories[2].from, -INFINITY, 0);
    check_close(g->categories[2].to, 15.5, 0);
    assert_int_equal(g->categories[0].codes.n, 0);
    g = baro_survey_group(&s, "lgbt");
    assert_true(g->derived && g->sensitive && g->overlap);
    assert_int_equal(g->kind, BARO_GROUP_OTHER);
    assert_string_equal(g->categories[1].where, "orientation == 'Heterosexual'");
    assert_int_equal(g->categories[1].codes.n, 0);
    g = baro_survey_group(&s, "borough");
    assert_string_equal(g->areas, "ons-e09");
    assert_string_equal(g->grid, "london-boroughs");
    assert_int_equal(g->n_categories, 0);
    assert_null(baro_survey_group(&s, "trust"));
    baro_arena_free(arena);
}

static void test_measures(void **state)
{
    (void)state;
    static const char *const ids[] = {"trust", "satisfied", "in_contact", "years", "reason", "went", "relied", "respect"};
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good(pas, arena);
    assert_int_equal(s.n_measures, ROWS(ids));
    for (size_t i = 0; i < ROWS(ids); i++)
        assert_string_equal(s.measures[i].id, ids[i]);
    const baro_measure *m = &s.measures[0];
    assert_string_equal(m->label, "Trust the Met");
    assert_non_null(strstr(m->question, "organisation that I can trust"));
    check_texts(m->columns, "NQ135BD");
    assert_int_equal(m->columns_at.line, 76);
    assert_true(m->base_asked && m->sensitive);
    assert_int_equal(m->better, BARO_BETTER_LOWER);
    check_close(m->target, 0.75, 0);
    check_close(m->equivalence, 0.02, 0);
    m = &s.measures[1];
    assert_int_equal(m->n_either, 2);
    assert_string_equal(m->either[0].column, "Q15");
    assert_string_equal(m->either[0].where, "channel == 'Online'");
    assert_string_equal(m->either[1].column, "Q29");
    assert_null(m->either[1].where);
    assert_int_equal(m->statistic, BARO_STAT_MEAN);
    assert_string_equal(m->label, "satisfied");
    check_close(m->target, NAN, 0);
    m = &s.measures[2];
    assert_int_equal(m->statistic, BARO_STAT_PROPORTION);
    assert_true(m->scale->open && m->scale->id == NULL);
    assert_int_equal(m->scale->n_answers, 3);
    check_answer(&m->scale->answers[0], "1", "1", BARO_ROLE_POSITIVE, NAN);
    check_answer(&m->scale->answers[1], "8", "8", BARO_ROLE_DONT_KNOW, NAN);
    check_answer(&m->scale->answers[2], "Not sure", "Not sure|9", BARO_ROLE_DONT_KNOW, NAN);
    assert_string_equal(m->where, "age != '16 to 24'");
    m = &s.measures[3];
    assert_true(m->scale->open);
    assert_int_equal(m->statistic, BARO_STAT_MEAN);
    assert_null(s.measures[4].scale);
    assert_int_equal(s.measures[4].statistic, BARO_STAT_DISTRIBUTION);
    assert_int_equal(s.measures[4].better, BARO_BETTER_HIGHER);
    assert_false(s.measures[5].scale->open);
    assert_ptr_equal(s.measures[6].scale, s.measures[0].scale);
    assert_string_equal(s.measures[7].question, "They would treat you with respect");
    check_texts(s.measures[7].columns, "Q62B");
    check_close(s.measures[7].target, NAN, 0);
    baro_arena_free(arena);
}

static void test_series(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good("survey: {id: pas-dashboard, title: Public Attitude Survey (published series), source: London Datastore}\n"
                              "series:\n"
                              "  date: Date                       # period end\n"
                              "  group: Borough\n"
                              "  measure: Measure\n"
                              "  estimate: Proportion\n"
                              "  total: MPS\n"
                              "  base: 400\n"
                              "  deft: 1.3\n"
                              "  rounding: 0.01\n"
                              "period: {format: \"%d/%m/%Y\", unit: quarter, year_starts: April, rolling: 4}\n"
                              "groups: [{id: borough, label: Borough, kind: area, areas: ons-e09, grid: london-boroughs}]\n"
                              "measures: [{id: trust, label: Trust MPS, value: Trust MPS}, {id: local, value: '\"Good Job\" local'}]\n", arena);
    assert_true(s.is_series && s.has_period);
    assert_string_equal(s.series_date, "Date");
    assert_string_equal(s.series_group, "Borough");
    assert_string_equal(s.series_measure, "Measure");
    assert_string_equal(s.series_estimate, "Proportion");
    assert_string_equal(s.series_total, "MPS");
    assert_null(s.series_base_column);
    check_close(s.series_base, 400, 0);
    check_close(s.series_deft, 1.3, 0);
    check_close(s.series_rounding, 0.01, 0);
    assert_string_equal(s.measures[1].value, "\"Good Job\" local");
    assert_int_equal(s.measures[1].statistic, BARO_STAT_PROPORTION);
    s = read_good("survey: {id: x}\nseries: {date: D, measure: M, estimate: E, base: N}\nmeasures: {id: a, value: A}\n", arena);
    assert_string_equal(s.series_base_column, "N");
    check_close(s.series_base, NAN, 0);
    check_close(s.series_rounding, NAN, 0);
    baro_arena_free(arena);
}

static void test_defaults(void **state)
{
    (void)state;
    baro_survey s;
    memset(&s, 0x5A, sizeof s);
    baro_survey_defaults(&s);
    assert_null(s.id);
    assert_null(s.weight);
    assert_null(s.period_format);
    assert_int_equal(s.sampling, BARO_SAMPLING_PROBABILITY);
    assert_int_equal(s.input.delimiter, 0);
    assert_int_equal(s.input.decimal, 0);
    assert_int_equal(s.input.encoding, BARO_UTF8);
    assert_int_equal(s.input.header_rows, 0);
    assert_int_equal(s.missing.n, 1);
    assert_string_equal(s.missing.item[0], "");
    assert_true(!s.model && !s.ignore_case && !s.weight_missing_out && !s.nested && !s.has_period && !s.is_series && !s.nchs);
    assert_int_equal(s.weight_scale, BARO_SCALE_SAMPLE);
    assert_int_equal(s.lonely_psu, BARO_LONELY_FAIL);
    check_close(s.deft, NAN, 0);
    assert_int_equal(s.period_unit, BARO_UNIT_QUARTER);
    assert_int_equal(s.year_starts, 1);
    assert_int_equal(s.rolling, 1);
    check_close(s.series_base, NAN, 0);
    check_close(s.series_deft, NAN, 0);
    check_close(s.series_rounding, NAN, 0);
    check_close(s.suppress_below, 10, 0);
    check_close(s.unreliable_below, 50, 0);
    check_close(s.caution_below, 100, 0);
    check_close(s.confidence, 0.95, 0);
    assert_int_equal(s.decimals, 0);
    assert_int_equal(s.interval, BARO_INTERVAL_LOGIT);
    assert_int_equal(s.n_groups + s.n_measures + s.n_breaks + s.strata.n + s.psu.n + s.fpc.n + s.period_columns.n, 0);
}

static void test_small(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good("survey: {id: x}\ndesign: {psu: none, fpc: []}\nperiod: {columns: d, format: auto}\n", arena);
    assert_int_equal(s.psu.n + s.fpc.n + s.n_measures, 0);
    assert_null(s.period_format);
    assert_int_equal(s.weight_at.line, 0);
    baro_arena_free(arena);
}

/** Faults leave the survey as it was. */
static void test_untouched_on_failure(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s, before;
    baro_survey_defaults(&s);
    before = s;
    const char text[] = "survey: {id: x, weigth: w}\n";
    assert_int_equal(baro_survey_parse("s.yaml", text, sizeof text - 1, arena, &s, NULL), BARO_BAD_SURVEY);
    assert_memory_equal(&s, &before, sizeof s);
    baro_arena_free(arena);
}

#define HEAD "survey: {id: x}\n"
#define SCALE "scales: {id: s, positive: Yes, negative: No}\n"

typedef struct {
    const char *name, *text, *said;
} fault_case;

static const fault_case faults[] = {
#include "tests/cases/survey_faults.inc"
};

static void test_fault(void **state)
{
    const fault_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    assert_int_equal(baro_survey_parse("s.yaml", c->text, strlen(c->text), arena, &survey, error), BARO_BAD_SURVEY);
    assert_int_equal(baro_status_exit(baro_error_status(error)), 78);
    char *said = entries(error);
    assert_string_equal(said, c->said);
    free(said);
    baro_error_free(error);
    baro_arena_free(arena);
}

static void test_replicates(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = read_good(HEAD "design:\n  weight: w\n  replicates: {columns: \"BRRWT*\", method: fay, rho: 0.5, scale: 0.03, "
                                   "rscales: [0.5, 1, 0.25], mse: yes, combined: no}\n" SCALE "measures: {id: m, columns: m, scale: s}\n",
                              arena);
    assert_string_equal(s.replicates.columns, "BRRWT*");
    assert_int_equal(s.replicates.method, BARO_METHOD_FAY);
    check_close(s.replicates.rho, .5, 0);
    check_close(s.replicates.scale, .03, 0);
    assert_int_equal(s.replicates.rscales.n, 3);
    check_close(s.replicates.rscales.item[2], .25, 0);
    assert_int_equal(s.replicates.centre, BARO_CENTRE_FULL);
    assert_true(s.replicates.factors);
    assert_int_equal(s.replicates.at.line, 4);
    s = read_good(HEAD "design:\n  replicates: {columns: make:jkn, rscales: 2, mse: no}\n" SCALE "measures: {id: m, columns: m, scale: s}\n", arena);
    assert_int_equal(s.replicates.method, BARO_METHOD_UNSAID);
    assert_true(isnan(s.replicates.rho) && isnan(s.replicates.scale) && !s.replicates.factors);
    assert_int_equal(s.replicates.rscales.n, 1);
    assert_int_equal(s.replicates.centre, BARO_CENTRE_MEAN);
    baro_survey_defaults(&s);
    assert_null(s.replicates.columns);
    assert_int_equal(s.replicates.centre, BARO_CENTRE_UNSAID);
    baro_arena_free(arena);
}

static void test_deft_beside_a_design(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    const char text[] = HEAD "design: {strata: a, deft: 1.3}\n";
    assert_int_equal(baro_survey_parse("s.yaml", text, sizeof text - 1, arena, &survey, error), BARO_OK);
    char *said = entries(error);
    assert_string_equal(said, "2:27: note: 'deft' counts only where there are no design columns, and there are some\n");
    free(said);
    baro_error_free(error);
    baro_arena_free(arena);
}

static void test_printed_place(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    char *printed = NULL, path[] = "/tmp/barometer-survey-XXXXXX";
    size_t size = 0;
    const char text[] = HEAD "design:\n  weigth: W\n";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, sizeof text - 1), sizeof text - 1);
    close(file);
    assert_int_equal(baro_survey_read(path, arena, &survey, error), BARO_BAD_SURVEY);
    unlink(path);
    FILE *out = open_memstream(&printed, &size);
    baro_error_print(error, true, out);
    fclose(out);
    assert_non_null(strstr(printed, ":3:3: unknown key 'weigth'; did you mean 'weight'?\n"));
    assert_memory_equal(printed, path, strlen(path));
    free(printed);
    assert_int_equal(baro_survey_read(path, arena, &survey, error), BARO_NO_INPUT);
    baro_error_free(error);
    baro_arena_free(arena);
}

/** Every key is on the page once; what cannot be used says so. */
static void test_reference(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "| `survey.id` | an id | required | Name in outputs and for `--survey`. |\n",
        "| `extends` | text |  | An id or file to start from: maps are overlaid; scales, groups and measures merged by id, questions of batteries too. |\n",
        "| `input.delimiter` | auto, ',', ';', tab or '\\|' | `auto` | What parts fields. |\n",
        "| `input.missing` | text or a list of texts | `\"\"` |",
        "| `design.window_weights[].columns` | text | required |",
        "| `publish.confidence` | a number above 0 and below 1 | `0.95` | Confidence of intervals. |\n",
        "| `publish.interval` | logit, wald, wilson, beta, arcsine or likelihood | `logit` | Interval of proportions. |\n",
        "| `groups[].bands[].from` | a number | no lower end | Lowest number in it. |\n",
    };
    char path_of_page[] = "/tmp/barometer-keys-XXXXXX";
    int made = mkstemp(path_of_page);
    baro_output *out;
    assert_true(made >= 0);
    close(made);
    assert_int_equal(baro_output_open(path_of_page, &out, NULL), BARO_OK);
    baro_survey_reference(out);
    assert_int_equal(baro_output_close(out, NULL), BARO_OK);
    FILE *in = fopen(path_of_page, "rb");
    char *page = calloc(1, 1 << 18);
    assert_non_null(in);
    assert_true(fread(page, 1, (1 << 18) - 1, in) > 1000);
    fclose(in);
    unlink(path_of_page);
    for (size_t i = 0; i < ROWS(wanted); i++)
        if (strstr(page, wanted[i]) == NULL)
            fail_msg("not on the page: %s", wanted[i]);
    for (char *line = strstr(page, "\n| `"); line != NULL; line = strstr(line + 1, "\n| `")) {
        char path[100];
        assert_int_equal(sscanf(line, "\n| `%90[^`]", path), 1);
        char row[120];
        snprintf(row, sizeof row, "\n| `%s`", path);
        assert_ptr_equal(strstr(page, row), line);
    }
    free(page);
}

static void test_find(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    assert_string_equal(baro_survey_find("there/is/none", arena), "there/is/none");
    assert_string_equal(baro_survey_find("none.yaml", arena), "none.yaml");
    assert_string_equal(baro_survey_find("none.yml", arena), "none.yml");
    assert_null(baro_survey_find("no-such-survey", arena));
    baro_arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_heads), cmocka_unit_test(test_scales), cmocka_unit_test(test_order_of_short_form), cmocka_unit_test(test_groups),
        cmocka_unit_test(test_measures), cmocka_unit_test(test_series), cmocka_unit_test(test_defaults), cmocka_unit_test(test_small),
        cmocka_unit_test(test_untouched_on_failure), cmocka_unit_test(test_replicates), cmocka_unit_test(test_deft_beside_a_design),
        cmocka_unit_test(test_printed_place),
        cmocka_unit_test(test_reference), cmocka_unit_test(test_find),
    };
    struct CMUnitTest tests[ROWS(faults) + ROWS(others)];
    size_t n = 0;
    for (size_t i = 0; i < ROWS(faults); i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    for (size_t i = 0; i < ROWS(others); i++)
        tests[n++] = others[i];
    return _cmocka_run_group_tests("survey file", tests, n, NULL, NULL);
}
