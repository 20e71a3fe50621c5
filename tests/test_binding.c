/* A survey tied to data: what is missing, wrong or unknown is said with its place; answers become groups, levels and
 * weights. */
#include "tests/analysis.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCALE                                                                                                          \
    "scales: [{id: yes_no, positive: [Yes], negative: [No], dont_know: [Don't know], refused: [Refused], not_asked: "  \
    "[Not asked]}]\n"
#define MEASURE "measures: [{id: trust, label: Trust, columns: q1, scale: yes_no}]\n"
#define BASIC "survey: {id: s}\n" SCALE MEASURE
#define DESIGN(keys) "survey: {id: s}\ndesign: {" keys "}\n" SCALE MEASURE

/* ---- faults and remarks: a survey, data, what must be said ---- */

static const struct fault {
    const char *name, *survey, *data;
    int exit;            /* 0: it works */
    const char *said[3]; /* all of them, somewhere */
} faults[] = {
    {"a measure's column that is not there",
     "survey: {id: s}\n" SCALE "measures: [{id: trust, columns: trsut, scale: yes_no}]\n",
     "trust,x\nYes,1\n",
     78,
     {"survey.yaml:3:33: column 'trsut' is not in data.csv; did you mean 'trust'?"}},
    {"a group's column that is not there",
     "survey: {id: s}\ngroups: [{id: g, columns: [sex, gender]}]\n" SCALE MEASURE,
     "q1,genders\nYes,1\n",
     78,
     {"survey.yaml:2:27: column 'sex' or 'gender' is not in data.csv; did you mean 'genders'?"}},
    {"a weight's column that is not there",
     DESIGN("weight: wieght"),
     "q1,weight\nYes,1\n",
     78,
     {"survey.yaml:2:18: column 'wieght' is not in data.csv; did you mean 'weight'?"}},
    {"nothing is like it",
     DESIGN("weight: population"),
     "q1,w\nYes,1\n",
     78,
     {"column 'population' is not in data.csv\n"}},
    {"two columns missing at once",
     DESIGN("weight: w, strata: area"),
     "q1\nYes\n",
     78,
     {"column 'w' is not in data.csv", "column 'area' is not in data.csv"}},
    {"weight missing",
     DESIGN("weight: w"),
     "q1,w\nYes,1\nNo,\nNo,\nYes,2\n",
     65,
     {"data.csv:3: weight missing (column w): 2 interviews, lines 3, 4; give weights, or leave them out with "
      "weight_missing: out"}},
    {"many weights missing",
     DESIGN("weight: w"),
     "q1,w\nYes,\nNo,\nNo,\nYes,\nYes,\nYes,\nYes,\n",
     65,
     {"data.csv:2: weight missing (column w): 7 interviews, lines 2, 3, 4, 5, 6"}},
    {"weight missing, by choice out",
     DESIGN("weight: w, weight_missing: out"),
     "q1,w\nYes,1\nNo,\nNo,1.5\nYes,2\n",
     0,
     {"data.csv:3: note: weight missing (column w): 1 interviews left out"}},
    {"weight negative",
     DESIGN("weight: w"),
     "q1,w\nYes,1\nNo,-0.25\nYes,2\n",
     65,
     {"data.csv:3: weight negative (column w): 1 interviews, lines 3; weights are 0 or more"}},
    {"weight not a number",
     DESIGN("weight: w"),
     "q1,w\nYes,1\nNo,heavy\nYes,2\n",
     65,
     {"data.csv:3:4: not a plain decimal number (column w)"}},
    {"weight infinite",
     DESIGN("weight: w"),
     "q1,w\nYes,1\nNo,inf\nYes,1e999\n",
     65,
     {"data.csv:3:4: not a plain decimal number (column w)", "data.csv:4:5: not a plain decimal number (column w)"}},
    {"weight 0",
     DESIGN("weight: w"),
     "q1,w\nYes,1\nNo,0\nYes,2\n",
     0,
     {"weight 0 (column w): 1 interviews stay in the design and count in no base"}},
    {"one id twice",
     "survey: {id: s}\ninput: {id: who}\n" SCALE MEASURE,
     "who,q1\n17,Yes\n18,No\n17,No\n19,No\n18,No\n",
     65,
     {"data.csv:2: one respondent id (column who) has 2 interviews: lines 2, 4",
      "data.csv:3: one respondent id (column who) has 2 interviews: lines 3, 6"}},
    {"ids that are missing are no duplicates",
     "survey: {id: s}\ninput: {id: who}\n" SCALE MEASURE,
     "who,q1\n,Yes\n18,No\n,No\n",
     0,
     {""}},
    {"a stratum with one PSU",
     DESIGN("strata: area, psu: ward"),
     "q1,area,ward\nYes,North,1\nNo,North,2\nYes,Far West,9\nNo,Far West,9\n",
     65,
     {"stratum 'Far West' has only one PSU: no variance; join it to another stratum, or choose lonely_psu "
      "(--lonely-psu) remove, adjust or "
      "average"}},
    {"two such strata, of two columns",
     DESIGN("strata: [area, size], psu: ward"),
     "q1,area,size,ward\nYes,N,small,1\nNo,N,small,2\nYes,N,large,3\nNo,S,small,4\n",
     65,
     {"stratum 'N, large' has only one PSU", "stratum 'S, small' has only one PSU"}},
    {"a PSU in two strata",
     DESIGN("strata: area, psu: ward"),
     "q1,area,ward\nYes,N,1\nNo,N,2\nYes,S,2\nNo,S,3\n",
     65,
     {"a PSU is in two strata (column ward); if ids begin anew in each stratum, say nested: yes (--nested)"}},
    {"nested PSUs",
     DESIGN("strata: area, psu: ward, nested: yes"),
     "q1,area,ward\nYes,N,1\nNo,N,2\nYes,S,1\nNo,S,2\n",
     0,
     {""}},
    {"no stratum",
     DESIGN("strata: area"),
     "q1,area\nYes,N\nNo,\nYes,N\nNo,\n",
     65,
     {"data.csv:3:4: no stratum (column area): 2 interviews; every interview belongs to one"}},
    {"no PSU",
     DESIGN("psu: ward"),
     "q1,ward\nYes,N\nNo,\nYes,N\n",
     65,
     {"data.csv:3:4: no PSU (column ward): 1 interviews"}},
    {"fpc that differs inside a stratum",
     DESIGN("strata: area, fpc: N"),
     "q1,area,N\nYes,A,40\nNo,A,41\nYes,B,9\nYes,B,9\n",
     65,
     {"data.csv:3: finite population correction differs inside one stratum (column N)"}},
    {"fpc that mixes fractions and sizes",
     DESIGN("strata: area, fpc: N"),
     "q1,area,N\nYes,A,40\nNo,A,40\nYes,B,0.5\nYes,B,0.5\n",
     65,
     {"finite population correction is a sampling fraction in one stratum and a population size in another (column "
      "N)"}},
    {"fpc below the sample",
     DESIGN("strata: area, fpc: N"),
     "q1,area,N\nYes,A,2\nNo,A,2\nYes,A,2\n",
     65,
     {"finite population correction is less than the number of PSUs in the sample (column N)"}},
    {"fpc of 0",
     DESIGN("fpc: N"),
     "q1,N\nYes,0\nNo,0\nYes,0\n",
     65,
     {"finite population correction is not above 0 (column N)"}},
    {"fpc missing",
     DESIGN("fpc: N"),
     "q1,N\nYes,30\nNo,\nYes,30\n",
     65,
     {"data.csv:3: no finite population correction (column N)"}},
    {"an answer that is not in the scale",
     BASIC,
     "q1\nYes\nMaybe\nNo\nMaybe\n",
     0,
     {"data.csv:3:1: note: answer not in scale 'yes_no' (column q1): interviews left out: 2, this one first"}},
    {"an answer that is no category",
     "survey: {id: s}\ngroups: [{id: sex, columns: sex, categories: [{label: Male}, {label: Female}]}]\n" SCALE MEASURE,
     "q1,sex\nYes,Male\nNo,F\nYes,Female\nNo,F\n",
     0,
     {"data.csv:3:4: note: answer that is no category of group 'sex' (column sex): interviews counted as unknown: 2, "
      "this one first"}},
    {"answered in both columns",
     "survey: {id: s}\n" SCALE "measures: [{id: sat, either: [{column: a}, {column: b}], scale: yes_no}]\n",
     "a,b\nYes,\n,No\nYes,No\nNo,No\n",
     65,
     {"data.csv:4: 2 interviews answer measure 'sat' in more than one of its columns, this one first"}},
    {"every answer of several columns",
     "survey: {id: s}\nmeasures: [{id: sat, either: [{column: a}, {column: b}]}]\n",
     NULL,
     78,
     {"survey.yaml:2:12: measure 'sat' takes answers from several columns and needs 'scale'"}},
    {"a period that is none",
     "survey: {id: s}\nperiod: {columns: when, unit: quarter}\n" SCALE MEASURE,
     "q1,when\nYes,2023 Q1\nNo,soon\nNo,soon\n",
     65,
     {"data.csv:3:4: not a date or period that can be read (column when, 2 interviews); see period: format and unit"}},
    {"no period",
     "survey: {id: s}\nperiod: {columns: when, unit: quarter}\n" SCALE MEASURE,
     "q1,when\nYes,2023 Q1\nNo,\n",
     65,
     {"data.csv:3:4: no period (column when, 1 interviews)"}},
    {"dates that nothing settles",
     "survey: {id: s}\nperiod: {columns: when, unit: month}\n" SCALE MEASURE,
     "q1,when\nYes,05/05/2023\nNo,04/05/2023\nNo,07/05/2023\n",
     0,
     {"data.csv:3:4: note: dates are read with the day first: nothing in column when says otherwise (2 interviews could be read both ways); "
      "a period: format settles it"}},
    {"dates with the day and the month first",
     "survey: {id: s}\nperiod: {columns: when, unit: month}\n" SCALE MEASURE,
     "q1,when\nYes,04/05/2023\nNo,12/31/2023\nNo,13/05/2023\n",
     65,
     {"data.csv:3:4: a date with the month first, and a date with the day first at data.csv:4 (column when); one column is written in one "
      "way: see period: format"}},
    {"months and years of one look",
     "survey: {id: s}\nperiod: {columns: when, unit: year, year_starts: April}\n" SCALE MEASURE,
     "q1,when\nYes,2021-22\nNo,2010-05\n",
     65,
     {"data.csv:2:5: a financial year, and a month of a year at data.csv:3 (column when)"}},
    {"a period too long",
     "survey: {id: s}\nperiod: {columns: when, unit: month}\n" SCALE MEASURE,
     "q1,when\nYes,2023-05\nNo,2023\n",
     65,
     {"data.csv:3:4: a longer time than the unit of periods (column when, 1 interviews); see period: format and unit"}},
    {"a number that is none",
     "survey: {id: s}\nmeasures: [{id: score, columns: x, statistic: mean}]\n",
     "x\n1\nten\n",
     65,
     {"data.csv:3:1: not a plain decimal number (column x)"}},
    {"a comma for a point",
     "survey: {id: s}\ninput: {delimiter: ;, decimal: .}\nmeasures: [{id: score, columns: x, statistic: mean}]\n",
     "x;y\n1,5;2\n2,25;3\n",
     65,
     {"data.csv:2:1: not a plain decimal number (column x); if the comma is a decimal mark, say decimal: \",\""}},
};

static void check_survey_fault(const struct fault *fault)
{
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    assert_int_equal(baro_survey_parse("survey.yaml", fault->survey, strlen(fault->survey), arena, &survey, error),
                     BARO_BAD_SURVEY);
    assert_true(baro_error_count(error) > 0);
    const baro_error_entry *entry = baro_error_entry_at(error, 0);
    assert_non_null(strstr(fault->said[0], entry->message));
    baro_error_free(error);
    baro_arena_free(arena);
}

static void test_said(void **state)
{
    const struct fault *fault = *state;
    analysis a;
    if (!fault->data) { /* the survey file itself cannot be */
        check_survey_fault(fault);
        return;
    }
    analysis_open_text(&a, fault->survey);
    analysis_data(&a, "data.csv", fault->data);
    for (size_t i = 0; i < a.survey.n_groups; i++)
        analysis_by(&a, a.survey.groups[i].id, NULL);
    analysis_run(&a, 1);
    if (baro_status_exit(a.status) != fault->exit)
        fail_msg("exit %d: %s", baro_status_exit(a.status), a.said);
    for (size_t i = 0; i < 3 && fault->said[i]; i++)
        if (!strstr(a.said, fault->said[i]))
            fail_msg("wanted '%s', got: %s", fault->said[i], a.said);
    /* An answer of a respondent is never repeated. */
    static const char *const answers[] = {"Maybe", "heavy", "soon", "ten\n", "'17'", "1e999", "0.25"};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strstr(a.said, answers[i]))
            fail_msg("'%s' is said: %s", answers[i], a.said);
    analysis_close(&a);
}

/* Without a survey file the column was named by an option: bad data, not a bad survey. */
static void test_column_of_an_option(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, BASIC);
    analysis_data(&a, "data.csv", "trast,w\nYes,1\n");
    static const char *const column[] = {"trust"};
    baro_measure measure = a.survey.measures[0];
    measure.columns = (baro_texts){column, 1};
    measure.at = measure.columns_at = (baro_position){0};
    a.survey.measures = &measure;
    analysis_run(&a, 1);
    assert_int_equal(baro_status_exit(a.status), 65);
    assert_non_null(strstr(a.said, "data.csv:1: column 'trust' is not in the file; did you mean 'trast'?"));
    analysis_close(&a);
}

/* What was not named is only not available: the run goes on. */
static void test_column_not_named(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a,
                       "survey: {id: s}\ngroups: [{id: g, columns: g}]\n" SCALE
                       "measures: [{id: trust, columns: q1, scale: yes_no}, {id: fair, columns: q2, scale: yes_no}]\n");
    analysis_data(&a, "data.csv", "q2\nYes\nNo\nNo\n");
    analysis_by(&a, "g", NULL);
    a.request.measures_named = a.request.by_named = false;
    analysis_works(&a);
    const baro_row *absent = analysis_row(&a, (analysis_key){.measure = "trust"}),
                   *there = analysis_row(&a, (analysis_key){.measure = "fair"});
    assert_int_equal(absent->marks, BARO_MARK_ABSENT);
    assert_true(isnan(absent->base) && isnan(absent->estimate));
    check_close(there->estimate, 1.0 / 3, 1e-15);
    assert_non_null(strstr(a.said, "survey.yaml:4:33: note: column 'q1' is not in data.csv: not available there\n"));
    analysis_close(&a);
}

/* ---- levels: what counts ---- */

static const struct level {
    const char *name, *measure;
    double base, estimate;
} levels[] = {
    {"answered", "columns: q1, scale: yes_no", 5, 3.0 / 5},
    {"asked: don't know and refused are in the base", "columns: q1, scale: yes_no, base: asked", 7, 3.0 / 7},
    {"where", "columns: q1, scale: yes_no, where: \"x > 2\"", 3, 1.0 / 3},
    {"either, row by row", "either: [{column: a}, {column: b}], scale: yes_no", 6, 4.0 / 6},
    {"either, each where it was put",
     "either: [{column: a, where: \"x <= 3\"}, {column: b, where: \"x > 5\"}], scale: yes_no", 5, 3.0 / 5},
    {"the first column that is there", "columns: [gone, q1], scale: yes_no", 5, 3.0 / 5},
    {"inline answers", "columns: x, positive: [2, 3], negative: [4, 5]", 4, 0.5},
    {"a mean of numbers", "columns: x, statistic: mean", 9, 5},
    {"a mean of scores", "columns: q1, scale: scored, statistic: mean", 5, (3 * 100 + 2 * 10) / 5.0},
    {"a mean of numbers from either column", "either: [{column: c}, {column: d}], statistic: mean", 7,
     (1 + 2 + 3 + 40 + 50 + 60 + 70) / 7.0},
};
#define LEVELS_DATA                                                                                                    \
    "q1,x,a,b,c,d\nYes,1,Yes,,1,\n1,2,No,,2,\n No ,3,Yes,,3,\nYes,4,,Yes,,40\nNo,5,,Don't know,,50\nDon’t "          \
    "know,6,,Yes,,60\n"                                                                                                \
    "Refused,7,,No,,70\n,8,,,,\nNot asked,9,Not asked,Not asked,,\n"

static void test_level(void **state)
{
    const struct level *level = *state;
    analysis a;
    char survey[1024];
    snprintf(survey, sizeof survey,
             "survey: {id: s}\n%.*s, {id: scored, answers: [{label: \"Yes\", codes: [1], role: positive, score: 100}, "
             "{label: \"No\", role: negative, "
             "score: 10}, {label: Don't know, role: dont_know}, {label: Refused, role: refused}, {label: Not asked, "
             "role: not_asked}]}]\n"
             "measures: [{id: m, %s}]\n",
             (int)(sizeof SCALE - 3), SCALE, level->measure);
    analysis_open_text(&a, survey);
    analysis_data(&a, "data.csv", LEVELS_DATA);
    analysis_works(&a);
    const baro_row *row = analysis_row(&a, (analysis_key){.measure = "m"});
    check_close(row->base, level->base, 0);
    check_close(row->estimate, level->estimate, 1e-14);
    analysis_close(&a);
}

/* ---- groups ---- */

static const struct group {
    const char *name, *group;
    const char *label[5]; /* in the order of rows */
    double base[5];
} groups[] = {
    {"by label and code",
     "columns: sex, categories: [{label: Female, codes: [2, F]}, {label: Male, codes: [1]}]",
     {"Female", "Male"},
     {4, 3}},
    {"bands, both ends inside",
     "columns: age, bands: [{label: young, to: 24}, {label: middle, from: 25, to: 64}, {label: old, from: 65}]",
     {"young", "middle", "old"},
     {3, 2, 2}},
    {"bands that leave a number out",
     "columns: age, bands: [{label: a, from: 16, to: 24}, {label: b, from: 30, to: 64}]",
     {"a", "b"},
     {2, 1}},
    {"every answer: numbers ascending, then text", "columns: mixed", {"2", "10", "Alpha", "b", "é"}, {1, 1, 2, 1, 1}},
    {"missing of its own", "columns: mixed, missing: [Alpha, b]", {"2", "10", "é"}, {1, 1, 1}},
    {"derived: the first that is true",
     "categories: [{label: in, where: \"age < 30\"}, {label: out, where: \"age >= 20\"}]",
     {"in", "out"},
     {4, 3}},
    {"derived, overlapping",
     "overlap: yes, categories: [{label: in, where: \"age < 30\"}, {label: out, where: \"age >= 20\"}]",
     {"in", "out"},
     {4, 5}},
};
#define GROUPS_DATA                                                                                                     \
    "q1,sex,age,mixed\nYes,1,15,10\nNo,Female,16,2\nYes,F,24,b\nNo,2,25,Alpha\nYes,Male,64,Alpha\nNo,9,65,é\nYes,,65." \
    "5,\nNo,1,-,\n"                                                                                                     \
    "Don't know,1,30,Alpha\nYes,2,,\n"

static void test_group(void **state)
{
    const struct group *group = *state;
    analysis a;
    char survey[1024];
    snprintf(survey, sizeof survey,
             "survey: {id: s}\ninput: {missing: [\"\", \"-\"]}\ngroups:\n  - {id: g, %s}\n  - {id: sexes, columns: "
             "sex, categories: [{label: Female, "
             "codes: [2, F]}, {label: Male, codes: [1]}]}\n" SCALE MEASURE,
             group->group);
    analysis_open_text(&a, survey);
    analysis_data(&a, "data.csv", GROUPS_DATA);
    analysis_by(&a, "g", NULL);
    analysis_works(&a);
    size_t n = 0;
    while (n < 5 && group->label[n])
        n++;
    assert_int_equal(a.results.n_rows, n + 1);
    check_close(a.results.rows[0].base, 9, 0);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(a.results.rows[i + 1].group, group->label[i]);
        check_close(a.results.rows[i + 1].base, group->base[i], 0);
    }
    analysis_close(&a);
}

int main(void)
{
    enum {
        FAULTS = sizeof faults / sizeof *faults,
        LEVELS = sizeof levels / sizeof *levels,
        GROUPS = sizeof groups / sizeof *groups
    };
    struct CMUnitTest tests[FAULTS + LEVELS + GROUPS + 2] = {cmocka_unit_test(test_column_of_an_option),
                                                             cmocka_unit_test(test_column_not_named)};
    size_t n = 2;
    for (size_t i = 0; i < FAULTS; i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_said, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    for (size_t i = 0; i < LEVELS; i++)
        tests[n++] = (struct CMUnitTest){levels[i].name, test_level, NULL, NULL, (void *)(uintptr_t)&levels[i]};
    for (size_t i = 0; i < GROUPS; i++)
        tests[n++] = (struct CMUnitTest){groups[i].name, test_group, NULL, NULL, (void *)(uintptr_t)&groups[i]};
    return _cmocka_run_group_tests("a survey and its data", tests, n, NULL, NULL);
}
