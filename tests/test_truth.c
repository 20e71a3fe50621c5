/* Truth files: every fault by its message, and what levels come of what is said. */
#include "surveys/analyses/simulate.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char survey_text[] = "survey: {id: t, population: P}\n"
                                  "input: {id: who}\n"
                                  "design: {weight: w, strata: area, psu: ward}\n"
                                  "period: {columns: date, unit: quarter, rolling: 2}\n"
                                  "scales:\n"
                                  "  - {id: agree, positive: [Agree], negative: [Disagree], dont_know: [Unsure], not_asked: [Left out]}\n"
                                  "groups:\n"
                                  "  - {id: area, kind: area, columns: area, categories: [{label: North}, {label: South}]}\n"
                                  "  - {id: kind, columns: k, categories: [{label: A, codes: [1]}, {label: B, codes: [2]}, {label: C, codes: [3]}]}\n"
                                  "  - {id: age, columns: age, bands: [{label: Young, to: 39}, {label: Old, from: 40}]}\n"
                                  "  - {id: pair, categories: [{label: AB, where: \"kind in (A, B)\"}, {label: C only, where: \"kind == C\"}]}\n"
                                  "measures:\n"
                                  "  - {id: m, columns: m, scale: agree}\n"
                                  "  - {id: only_a, columns: oa, scale: agree, where: \"kind == A\"}\n"
                                  "  - {id: number, columns: x, statistic: mean}\n"
                                  "  - {id: all, columns: d, scale: agree, statistic: distribution}\n"
                                  "  - {id: several, multi: [s1, s2]}\n";

typedef struct {
    baro_arena *arena;
    baro_error *error;
    baro_survey survey;
    baro_truth truth;
    baro_simulation *simulation;
    const baro_true_level *level;
    size_t n;
    baro_status status;
} told;

static void tell(told *t, const char *text)
{
    *t = (told){.arena = baro_arena_new(), .error = baro_error_new()};
    assert_non_null(t->arena);
    assert_non_null(t->error);
    assert_int_equal(baro_survey_parse("survey.yaml", survey_text, strlen(survey_text), t->arena, &t->survey, t->error), BARO_OK);
    t->status = baro_truth_parse("truth.yaml", text, strlen(text), &t->survey, t->arena, &t->truth, t->error);
    if (t->status == BARO_OK) {
        baro_simulation_request request = {.survey = &t->survey, .truth = &t->truth, .seed = 1};
        t->status = baro_simulation_new(&request, t->arena, t->error, &t->simulation);
    }
    if (t->status == BARO_OK)
        t->status = baro_simulation_truth(t->simulation, true, &t->level, &t->n);
}

static void forget(told *t)
{
    baro_error_free(t->error);
    baro_arena_free(t->arena);
}

/* ---- faults ---- */

static const struct {
    const char *name, *text, *message;
} faults[] = {
    {"unknown key", "interview: 5\n", "truth.yaml:1:1: unknown key 'interview'; did you mean 'interviews'?\n"},
    {"no map", "- 1\n", "truth.yaml:1:1: a truth file is a map of keys, as in 'interviews: 3200'\n"},
    {"interviews", "interviews: 0\n", "truth.yaml:1:13: 'interviews' must be a whole number from 1 to 1e+08, not '0'\n"},
    {"icc", "icc: 1\n", "truth.yaml:1:6: 'icc' must be a number of at least 0 and below 1, not '1'\n"},
    {"one unit", "units: 1\n", "truth.yaml:1:8: 'units' must be a whole number from 2 to 100000, not '1'\n"},
    {"answers", "answers: words\n", "truth.yaml:1:10: 'answers' must be labels, codes or mixed, not 'words'\n"},
    {"period", "from: last year\n", "truth.yaml:1:7: 'last year' is no quarter; write it as 2023 Q1\n"},
    {"periods", "from: 2023 Q2\nto: 2023 Q1\n", "truth.yaml:2:5: 'to' is before 'from'\n"},
    {"module column", "module_column: M\n", "truth.yaml:1:16: 'module_column' needs 'modules'\n"},
    {"modules", "modules: {A: 1}\n", "truth.yaml:1:10: 'modules' must be text or a list of texts, not a map\n"},
    {"group", "groups: [{id: kinds}]\n", "truth.yaml:1:15: no group 'kinds' in the survey; did you mean 'kind'?\n"},
    {"group twice", "groups: [{id: kind}, {id: kind}]\n", "truth.yaml:1:22: column 'k' is drawn for 'kind' already\n"},
    {"no group", "groups: [{unknown: 0.1}]\n", "truth.yaml:1:10: a group has either 'id', a group of the survey, or 'column'\n"},
    {"group no map", "groups: [kind]\n", "truth.yaml:1:10: an item of 'groups' must be a map of keys\n"},
    {"category", "groups: [{id: kind, categories: [{label: D}]}]\n", "truth.yaml:1:42: 'D' is no category of group 'kind'\n"},
    {"no label", "groups: [{id: kind, categories: [{share: 1}]}]\n", "truth.yaml:1:34: key 'label' is missing\n"},
    {"category twice", "groups: [{id: kind, categories: [{label: A}, {label: A}]}]\n", "truth.yaml:1:54: category 'A' is there twice\n"},
    {"share", "groups: [{id: kind, categories: [{label: A, share: 0}]}]\n", "truth.yaml:1:52: 'share' must be a number above 0, not '0'\n"},
    {"derived", "groups: [{id: pair, categories: [{label: AB}]}]\n",
     "truth.yaml:1:34: group 'pair' is derived: say with 'write' what stands in the columns, as in write: {orientation: Gay}\n"},
    {"no categories", "groups: [{id: kind, categories: []}]\n", "truth.yaml:1:10: 'kind' has no categories\n"},
    {"measure", "measures: [{id: numbers, level: 0.5}]\n", "truth.yaml:1:17: no measure 'numbers' in the survey; did you mean 'number'?\n"},
    {"measure twice", "measures: [{id: m}, {id: m}]\n", "truth.yaml:1:26: measure 'm' is there twice\n"},
    {"level", "measures: [{id: m, level: 50}]\n", "truth.yaml:1:27: a level is a share from 0 to 1, not 50\n"},
    {"nobody answers", "measures: [{id: m, dont_know: 0.6, refused: 0.4}]\n",
     "truth.yaml:1:12: nobody is left who answers: don't know, refused and blank add up to 1.005\n"},
    {"module", "modules: [A]\nmeasures: [{id: m, module: B}]\n", "truth.yaml:2:28: no module 'B' in 'modules'\n"},
    {"half a cell", "measures: [{id: m, cells: [{group: kind, level: 0.5}]}]\n",
     "truth.yaml:1:28: a cell has both 'group' and 'category', or neither: it is then of everyone\n"},
    {"cell of no group", "measures: [{id: m, cells: [{group: kin, category: A, level: 0.5}]}]\n", "truth.yaml:1:36: group 'kin' is not drawn; did you mean 'kind'?\n"},
    {"cell of no category", "measures: [{id: m, cells: [{group: kind, category: Z, level: 0.5}]}]\n", "truth.yaml:1:52: 'Z' is not drawn in 'kind'\n"},
    {"cell without level", "measures: [{id: m, cells: [{group: kind, category: A}]}]\n", "truth.yaml:1:28: key 'level' is missing\n"},
    {"cell of everyone", "measures: [{id: m, cells: [{level: 0.5}]}]\n",
     "truth.yaml:1:28: a cell of everyone needs 'from' or 'to'; the measure's own 'level' is for the rest\n"},
    {"cell ends first", "measures: [{id: m, cells: [{level: 0.5, from: 2023 Q2, to: 2023 Q1}]}]\n", "truth.yaml:1:28: 'to' is before 'from'\n"},
    {"answers of a scale", "measures: [{id: m, answers: [{answer: A, level: 1}]}]\n",
     "truth.yaml:1:29: 'answers' are for a multiple-response question, or one without a scale\n"},
    {"too many answers", "measures: [{id: several, answers: [{answer: A, level: 0.1}, {answer: B, level: 0.1}, {answer: C, level: 0.1}]}]\n",
     "truth.yaml:1:35: 3 answers, and 2 columns to give them in\n"},
    {"cells of answers", "measures: [{id: several, cells: [{group: kind, category: A, level: 0.5}]}]\n",
     "truth.yaml:1:33: levels of separate answers are the same for every group; leave 'cells' out\n"},
    {"out of range", "measures: [{id: m, level: 0.9, cells: [{group: kind, category: A, level: 0.5}]}]\n",
     "truth.yaml:1:12: measure 'm': levels of its groups add up to 1.1 for some people in 2022 Q1; they must stay from 0 to 1\n"},
    {"no balance", "measures: [{id: m, level: 0.5, cells: [{group: area, category: North, level: 0.6}, {group: area, category: South, level: 0.5}]}]\n",
     "truth.yaml:1:84: measure 'm': the levels of every category of 'area' are said, and their average is not the level of everyone; leave one out\n"},
    {"two groups move", "measures: [{id: m, cells: [{group: kind, category: A, level: 0.6, from: 2022 Q2}, {group: area, category: North, level: 0.4, from: 2022 Q2}]}]\n",
     "truth.yaml:1:28: measure 'm': cells of two groups in one period; say the level of everyone in it, too\n"},
};
enum { FAULTS = sizeof faults / sizeof *faults };

static void says_its_fault(void **state)
{
    const size_t i = *(const size_t *)*state;
    char *said = NULL;
    size_t size = 0;
    told t;
    tell(&t, faults[i].text);
    FILE *stream = open_memstream(&said, &size);
    assert_non_null(stream);
    baro_error_print(t.error, true, stream);
    fclose(stream);
    assert_string_equal(said, faults[i].message);
    assert_int_equal(t.status, BARO_BAD_SURVEY);
    free(said);
    forget(&t);
}

/* ---- levels ---- */

/* Shares of kind 5/10, 3/10, 2/10, of area 1/4, 3/4. Levels that are not said follow by hand. */
static const char levels_text[] =
    "from: 2022 Q1\nto: 2022 Q4\nblank: 0\n"
    "groups:\n"
    "  - {id: kind, categories: [{label: A, share: 5}, {label: B, share: 3}, {label: C, share: 2}]}\n"
    "  - {id: area, categories: [{label: North, share: 1}, {label: South, share: 3}]}\n"
    "measures:\n"
    "  - {id: m, level: 0.6, cells: [{group: kind, category: A, level: 0.7}, {group: area, category: North, level: 0.54},\n"
    "       {group: kind, category: A, level: 0.61, from: 2022 Q3}, {level: 0.5, from: 2022 Q4}]}\n"
    "  - {id: only_a, level: 0.3, cells: [{group: area, category: South, level: 0.28}]}\n"
    "  - {id: number, level: 20, cells: [{group: kind, category: C, level: 30}]}\n"
    "  - {id: all, level: 0.2, cells: [{group: kind, category: C, level: 0.4}]}\n"
    "  - {id: several, answers: [{answer: X, level: 0.5}, {answer: Y, level: 0.2}]}\n";

static const struct {
    const char *measure, *level, *by, *group, *by2, *group2, *period;
    size_t window;
    double truth;
} levels[] = {
    {"m", "", "", "", "", "", "2022 Q1", 1, 0.6},
    {"m", "", "kind", "A", "", "", "2022 Q1", 1, 0.7},
    {"m", "", "kind", "B", "", "", "2022 Q1", 1, 0.5}, /* (0.6 - 0.5 * 0.7) / 0.5 */
    {"m", "", "kind", "C", "", "", "2022 Q2", 1, 0.5},
    {"m", "", "area", "North", "", "", "2022 Q1", 1, 0.54},
    {"m", "", "area", "South", "", "", "2022 Q1", 1, 0.62}, /* (0.6 - 0.25 * 0.54) / 0.75 */
    {"m", "", "pair", "AB", "", "", "2022 Q1", 1, 0.625},  /* (0.5 * 0.7 + 0.3 * 0.5) / 0.8 */
    {"m", "", "", "", "", "", "2022 Q3", 1, 0.555},        /* A falls by 0.09, half of all */
    {"m", "", "kind", "A", "", "", "2022 Q3", 1, 0.61},
    {"m", "", "kind", "B", "", "", "2022 Q3", 1, 0.5}, /* the others stay */
    {"m", "", "area", "North", "", "", "2022 Q3", 1, 0.495},
    {"m", "", "", "", "", "", "2022 Q4", 1, 0.5},
    {"m", "", "kind", "A", "", "", "2022 Q4", 1, 0.61},
    {"m", "", "kind", "C", "", "", "2022 Q4", 1, 0.39}, /* (0.5 - 0.5 * 0.61) / 0.5 */
    {"m", "", "", "", "", "", "2022 Q4", 2, 0.5275},
    {"m", "", "", "", "", "", "2022 Q4", 4, 0.56375},
    {"m", "", "age", "Old", "", "", "2022 Q1", 1, 0.6},
    {"m", "", "kind", "A", "age", "Old", "2022 Q4", 1, 0.61},
    {"only_a", "", "", "", "", "", "2022 Q2", 1, 0.3},
    {"only_a", "", "kind", "A", "", "", "2022 Q2", 1, 0.3},
    {"only_a", "", "area", "North", "", "", "2022 Q2", 1, 0.36},
    {"number", "", "", "", "", "", "2022 Q2", 1, 20},
    {"number", "", "kind", "C", "", "", "2022 Q2", 1, 30},
    {"number", "", "kind", "A", "", "", "2022 Q2", 1, 17.5},
    {"all", "Agree", "kind", "C", "", "", "2022 Q2", 1, 0.4},
    {"all", "Disagree", "kind", "C", "", "", "2022 Q2", 1, 0.6},
    {"all", "Disagree", "kind", "A", "", "", "2022 Q2", 1, 0.85},
    {"several", "X", "", "", "", "", "2022 Q2", 1, 0.8333333333333334}, /* of those who gave any: 0.5 / (1 - 0.5 * 0.8) */
    {"several", "Y", "kind", "A", "", "", "2022 Q2", 1, 0.3333333333333333},
};
enum { LEVELS = sizeof levels / sizeof *levels };

static void says_what_is_true(void **state)
{
    const size_t i = *(const size_t *)*state;
    size_t found = 0;
    told t;
    tell(&t, levels_text);
    if (t.status)
        baro_error_print(t.error, true, stderr);
    assert_int_equal(t.status, BARO_OK);
    for (size_t k = 0; k < t.n; k++) {
        const baro_true_level *l = &t.level[k];
        if (strcmp(l->measure->id, levels[i].measure) != 0 || strcmp(l->level, levels[i].level) != 0 || strcmp(l->by ? l->by->id : "", levels[i].by) != 0 ||
            strcmp(l->group, levels[i].group) != 0 || strcmp(l->by2 ? l->by2->id : "", levels[i].by2) != 0 || strcmp(l->group2, levels[i].group2) != 0 ||
            strcmp(l->period, levels[i].period) != 0 || l->window != levels[i].window)
            continue;
        check_close(l->truth, levels[i].truth, 1e-12);
        found++;
    }
    assert_int_equal(found, 1);
    forget(&t);
}

/* A measure of some alone has nothing to say of the others. */
static void no_truth_of_nobody(void **state)
{
    told t;
    (void)state;
    tell(&t, levels_text);
    assert_int_equal(t.status, BARO_OK);
    for (size_t k = 0; k < t.n; k++)
        assert_false(strcmp(t.level[k].measure->id, "only_a") == 0 && strcmp(t.level[k].group, "B") == 0);
    forget(&t);
}

int main(void)
{
    static size_t place[(size_t)FAULTS + LEVELS];
    static struct CMUnitTest tests[(size_t)FAULTS + LEVELS + 1];
    char *name[(size_t)FAULTS + LEVELS];
    size_t n = 0;
    for (size_t i = 0; i < FAULTS; i++, n++) {
        name[n] = malloc(100);
        snprintf(name[n], 100, "fault: %s", faults[i].name);
        place[i] = i;
        tests[n] = (struct CMUnitTest){name[n], says_its_fault, NULL, NULL, &place[i]};
    }
    for (size_t i = 0; i < LEVELS; i++, n++) {
        name[n] = malloc(100);
        snprintf(name[n], 100, "true: %s %s %s %s %s %s %zu", levels[i].measure, levels[i].level, levels[i].by, levels[i].group, levels[i].group2, levels[i].period,
                 levels[i].window);
        place[i] = i;
        tests[n] = (struct CMUnitTest){name[n], says_what_is_true, NULL, NULL, &place[i]};
    }
    tests[n] = (struct CMUnitTest)cmocka_unit_test(no_truth_of_nobody);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    return failed;
}
