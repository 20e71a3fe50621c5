/* Survey files that start from others: what is overlaid, what is merged, and in which file a fault stands. */
#include "tests/check.h"
#include "surveys/model/survey.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static const char base[] = "survey: {id: base, title: Base, source: There}\n"
                           "design: {weight: W1, strata: [s], replicates: {columns: \"R*\", method: fay, rho: 0.37}}\n"
                           "input: {case: ignore, missing: [\"-\"]}\n"
                           "scales:\n"
                           "  - {id: two, positive: [Aye], negative: [Nay]}\n"
                           "  - {id: long, answers: [{label: Yes, role: positive, score: 7.25}, {label: No, role: negative}]}\n"
                           "groups:\n"
                           "  - {id: age, label: Age, ordered: yes, columns: AGE, categories: [{label: Young}, {label: Old}]}\n"
                           "  - {id: town, columns: T}\n"
                           "measures:\n"
                           "  - {id: fair, label: Fair, question: Is it fair?, columns: Q1, scale: two, better: lower, target: 0.31}\n"
                           "  - {id: kind, either: [{column: Q2}, {column: Q3}], scale: two}\n"
                           "batteries: {scale: two, ask: {trust: [Q4, Trust, Do you trust them?], heard: [Q5, Heard]}}\n"
                           "families: [[fair, kind]]\n";

/** A file of a scratch folder; relative names stand in it. */
typedef struct {
    const char *name, *text;
} scratch_file;

typedef struct {
    char folder[40];
    baro_arena *arena;
    baro_error *error;
    baro_survey survey;
    baro_status status;
} scratch;

static void put(const scratch *s, const scratch_file *file, bool there)
{
    char path[120];
    snprintf(path, sizeof path, "%s/%s", s->folder, file->name);
    if (!there) {
        unlink(path);
        return;
    }
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs(file->text, out);
    assert_int_equal(fclose(out), 0);
}

/** Reads the first of the files, with all of them in one folder. */
static scratch read_first(const scratch_file *files, size_t n)
{
    scratch s = {.folder = "/tmp/barometer-extends-XXXXXX", .arena = baro_arena_new(), .error = baro_error_new()};
    char path[120];
    assert_non_null(mkdtemp(s.folder));
    for (size_t i = 0; i < n; i++)
        put(&s, &files[i], true);
    snprintf(path, sizeof path, "%s/%s", s.folder, files[0].name);
    s.status = baro_survey_read(path, s.arena, &s.survey, s.error);
    for (size_t i = 0; i < n; i++)
        put(&s, &files[i], false);
    rmdir(s.folder);
    return s;
}

static void end(scratch *s)
{
    baro_error_free(s->error);
    baro_arena_free(s->arena);
}

static scratch read_over(const char *over)
{
    scratch s = read_first((scratch_file[]){{"over.yaml", over}, {"base.yaml", base}}, 2);
    for (size_t i = 0; i < baro_error_count(s.error); i++)
        print_error("%s\n", baro_error_entry_at(s.error, i)->message);
    assert_int_equal(s.status, BARO_OK);
    return s;
}

static void check_ids(const baro_survey *survey, const char *wanted)
{
    char ids[400] = "";
    for (size_t i = 0; i < survey->n_measures; i++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s=%s", i ? " " : "", survey->measures[i].id,
                 survey->measures[i].columns.n ? survey->measures[i].columns.item[0] : "?");
    assert_string_equal(ids, wanted);
}

static void test_nothing_said(void **state)
{
    (void)state;
    scratch s = read_over("extends: base.yaml\n");
    assert_string_equal(s.survey.id, "base");
    assert_string_equal(s.survey.weight, "W1");
    assert_string_equal(s.survey.extends, "base.yaml");
    assert_int_equal(s.survey.extended.n, 1);
    assert_non_null(strstr(s.survey.extended.item[0], "/base.yaml"));
    assert_non_null(strstr(s.survey.path, "/over.yaml"));
    check_ids(&s.survey, "fair=Q1 kind=? trust=Q4 heard=Q5");
    assert_string_equal(s.survey.measures[2].question, "Do you trust them?");
    assert_string_equal(s.survey.measures[3].scale->id, "two");
    assert_int_equal(s.survey.n_families, 1);
    assert_string_equal(s.survey.families[0].item[1], "kind");
    end(&s);
}

static void test_maps(void **state)
{
    (void)state;
    scratch s = read_over("survey: {title: Over}\nextends: base.yaml\ndesign: {weight: W2, replicates: {rho: 0.41}}\n"
                          "input: {missing: [x]}\npublish: {decimals: 3}\n");
    assert_string_equal(s.survey.id, "base");
    assert_string_equal(s.survey.title, "Over");
    assert_string_equal(s.survey.source, "There");
    assert_string_equal(s.survey.weight, "W2");
    assert_string_equal(s.survey.strata.item[0], "s");
    assert_string_equal(s.survey.replicates.columns, "R*");
    check_close(s.survey.replicates.rho, .41, 0);
    assert_true(s.survey.ignore_case);
    assert_int_equal(s.survey.missing.n, 2); /* the empty field always, and the list that stands instead of the other */
    assert_string_equal(s.survey.missing.item[1], "x");
    assert_int_equal(s.survey.decimals, 3);
    assert_string_equal(strrchr(s.survey.weight_at.path, '/'), "/over.yaml");
    assert_int_equal(s.survey.weight_at.line, 3);
    assert_string_equal(strrchr(s.survey.strata_at.path, '/'), "/base.yaml");
    assert_int_equal(s.survey.strata_at.line, 2);
    end(&s);
}

static void test_measures(void **state)
{
    (void)state;
    scratch s = read_over("extends: base.yaml\n"
                          "measures: [{id: fair, columns: Q9}, {id: kind, columns: Q8}, {id: extra, columns: Q7, scale: two},\n"
                          "  {id: heard, better: neither}]\n"
                          "batteries: {scale: long, ask: {trust: [Q6, Trusted], more: [Q10, More]}}\n");
    check_ids(&s.survey, "fair=Q9 kind=Q8 trust=Q6 heard=Q5 extra=Q7 more=Q10");
    const baro_measure *fair = &s.survey.measures[0], *kind = &s.survey.measures[1], *trust = &s.survey.measures[2];
    assert_string_equal(fair->question, "Is it fair?");
    assert_int_equal(fair->better, BARO_BETTER_LOWER);
    check_close(fair->target, .31, 0);
    assert_int_equal(kind->n_either, 0); /* 'columns' stands instead of 'either' */
    assert_string_equal(trust->label, "Trusted");
    assert_string_equal(trust->question, "Do you trust them?");
    assert_string_equal(trust->scale->id, "long");
    assert_int_equal(s.survey.measures[3].better, BARO_BETTER_NEITHER);
    assert_string_equal(s.survey.measures[3].label, "Heard");
    end(&s);
}

static void test_groups_and_scales(void **state)
{
    (void)state;
    scratch s = read_over("extends: base.yaml\n"
                          "groups: [{id: age, bands: [{label: A, to: 40}, {label: B, from: 41}]}, {id: sex, columns: S}]\n"
                          "scales: {id: long, positive: [P], negative: [N]}\n");
    assert_int_equal(s.survey.n_groups, 3);
    assert_string_equal(s.survey.groups[0].id, "age");
    assert_true(s.survey.groups[0].bands && s.survey.groups[0].ordered);
    assert_string_equal(s.survey.groups[0].categories[1].label, "B");
    assert_string_equal(s.survey.groups[0].columns.item[0], "AGE");
    assert_string_equal(s.survey.groups[2].id, "sex");
    end(&s);
    s = read_over("extends: base.yaml\nscales: {id: two, negative: [Nay, Never]}\n");
    assert_int_equal(s.survey.measures[0].scale->n_answers, 3);
    assert_string_equal(s.survey.measures[0].scale->answers[2].label, "Never");
    end(&s);
}

static void test_chain(void **state)
{
    (void)state;
    scratch s = read_first((scratch_file[]){{"c.yaml", "extends: b.yaml\nsurvey: {id: c}\nmeasures: {id: fair, label: C}\n"},
                                            {"b.yaml", "extends: base.yaml\nsurvey: {id: b, title: B}\nmeasures: {id: fair, label: B, columns: QB}\n"},
                                            {"base.yaml", base}},
                           3);
    assert_int_equal(s.status, BARO_OK);
    assert_string_equal(s.survey.id, "c");
    assert_string_equal(s.survey.title, "B");
    assert_string_equal(s.survey.measures[0].label, "C");
    assert_string_equal(s.survey.measures[0].columns.item[0], "QB");
    assert_string_equal(s.survey.measures[0].question, "Is it fair?");
    assert_int_equal(s.survey.extended.n, 2);
    assert_non_null(strstr(s.survey.extended.item[0], "/b.yaml"));
    end(&s);
}

/** A shipped survey by its id; its calibration and margins would be seen from its own folder. */
static void test_shipped(void **state)
{
    (void)state;
    static const char text[] = "extends: pas\nsurvey: {id: mine}\ndesign: {weight: WT_Discrete}\n";
    baro_arena *arena = baro_arena_new();
    baro_survey survey;
    assert_int_equal(baro_survey_parse("mine.yaml", text, sizeof text - 1, arena, &survey, NULL), BARO_OK);
    assert_string_equal(survey.id, "mine");
    assert_string_equal(survey.weight, "WT_Discrete");
    assert_non_null(baro_survey_measure(&survey, "worried"));
    assert_int_equal(baro_survey_measure(&survey, "worried")->better, BARO_BETTER_LOWER);
    baro_arena_free(arena);
}

static void test_margins_of_the_base(void **state)
{
    (void)state;
    scratch s = read_first((scratch_file[]){{"over.yaml", "extends: base.yaml\ndesign: {weight: W}\n"},
                                            {"base.yaml", "survey: {id: b}\ndesign: {weight: V, calibration: {margins: sub/m.csv}}\n"}},
                           2);
    char wanted[120];
    assert_int_equal(s.status, BARO_OK);
    snprintf(wanted, sizeof wanted, "%s/sub/m.csv", s.folder);
    assert_string_equal(s.survey.calibration.margins, wanted);
    assert_non_null(strstr(s.survey.calibration.path, "/base.yaml"));
    end(&s);
}

typedef struct {
    const char *name;
    scratch_file files[4];
    const char *said; /* faults as FILE:line:column: message, the folder taken away */
} fault_case;

static const fault_case faults[] = {
    {"a fault of the other file",
     {{"over.yaml", "extends: base.yaml\n"}, {"base.yaml", "survey: {id: b, titel: x}\nmeasures: {id: m, columns: c, scale: no}\n"}},
     "base.yaml:1:17: unknown key 'titel'; did you mean 'title'?\nbase.yaml:2:38: no scale 'no'\n"},
    {"a fault of this file in a merged list",
     {{"over.yaml", "extends: base.yaml\nmeasures: [{id: fair, better: worse}]\n"}, {"base.yaml", base}},
     "over.yaml:2:31: 'better' must be higher, lower or neither, not 'worse'\n"},
    {"an id twice in this file",
     {{"over.yaml", "extends: base.yaml\nmeasures: [{id: fair, columns: A}, {id: fair, columns: B, scale: two}]\n"}, {"base.yaml", base}},
     "over.yaml:2:41: measure 'fair' stands at line 2 already\n"},
    {"a question of a battery twice in this file",
     {{"over.yaml", "extends: base.yaml\nmeasures: {id: trust, columns: A}\nbatteries: {scale: two, ask: {trust: [B, T]}}\n"}, {"base.yaml", base}},
     "over.yaml:3:31: measure 'trust' stands at line 2 already\n"},
    {"an id twice in the other file",
     {{"over.yaml", "extends: base.yaml\ngroups: {id: g, label: G}\n"}, {"base.yaml", "survey: {id: b}\ngroups: [{id: g, columns: a}, {id: g, columns: b}]\n"}},
     "base.yaml:2:36: group 'g' stands at line 2 of over.yaml already\n"},
    {"a battery that is none",
     {{"over.yaml", "extends: base.yaml\nbatteries: {scale: two, ask: {trust: Q4}}\n"}, {"base.yaml", base}},
     "over.yaml:2:38: 'trust' must be [column, label] or [column, label, question]\n"},
    {"a list that is text",
     {{"over.yaml", "extends: base.yaml\ngroups: age\n"}, {"base.yaml", base}},
     "over.yaml:2:9: 'groups' must be a map of keys or a list of them, not 'age'\n"},
    {"a family of the other file that has lost its measure",
     {{"over.yaml", "extends: base.yaml\nfamilies: [[fair], [gone]]\n"}, {"base.yaml", base}},
     "over.yaml:2:21: no measure 'gone'\n"},
    {"no such file", {{"over.yaml", "extends: lost.yaml\n"}}, "over.yaml:1:10: cannot open 'lost.yaml' to extend it: No such file or directory\n"},
    {"a file that is no map", {{"over.yaml", "extends: base.yaml\n"}, {"base.yaml", "[a]\n"}},
     "base.yaml:1:1: a survey file is a map of keys, as in 'survey: {id: pas}'\n"},
    {"a file that is no YAML", {{"over.yaml", "extends: base.yaml\n"}, {"base.yaml", "a: &b c\n"}},
     "base.yaml:1:4: anchors (&) are not read; write the value again where it is needed\n"},
    {"extends itself", {{"over.yaml", "survey: {id: x}\nextends: over.yaml\n"}},
     "over.yaml:2:10: 'extends' comes back to over.yaml; a survey cannot start from itself\n"},
    {"two that extend each other", {{"over.yaml", "extends: b.yaml\n"}, {"b.yaml", "extends: ./over.yaml\n"}},
     "b.yaml:1:10: 'extends' comes back to ./over.yaml; a survey cannot start from itself\n"},
    {"a list in the middle of a chain", {{"over.yaml", "extends: b.yaml\n"}, {"b.yaml", "extends: {a: b}\nsurvey: {id: b}\n"}},
     "b.yaml:1:10: 'extends' must be text: an id, or a file\n"},
};

/** The messages without the scratch folder. */
static char *said(const scratch *s)
{
    char *text = NULL;
    size_t size = 0, length = strlen(s->folder);
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; i < baro_error_count(s->error); i++) {
        const baro_error_entry *entry = baro_error_entry_at(s->error, i);
        const char *source = entry->source, *message = entry->message;
        fprintf(out, "%s:%zu:%zu: ", strncmp(source, s->folder, length) == 0 ? source + length + 1 : source, entry->line, entry->column);
        for (const char *p; (p = strstr(message, s->folder)) != NULL; message = p + length + 1)
            fprintf(out, "%.*s", (int)(p - message), message);
        fprintf(out, "%s\n", message);
    }
    fclose(out);
    return text;
}

static void test_fault(void **state)
{
    const fault_case *c = *state;
    size_t n = 0;
    while (n < ROWS(c->files) && c->files[n].name != NULL)
        n++;
    scratch s = read_first(c->files, n);
    char *text = said(&s);
    assert_string_equal(text, c->said);
    assert_int_equal(s.status, BARO_BAD_SURVEY);
    free(text);
    end(&s);
}

/** An id that is none lists those that are. */
static void test_unknown_id(void **state)
{
    (void)state;
    static const char text[] = "extends: paz\n";
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    assert_int_equal(baro_survey_parse("s.yaml", text, sizeof text - 1, arena, &survey, error), BARO_BAD_SURVEY);
    assert_int_equal(baro_error_count(error), 1);
    const char *message = baro_error_entry_at(error, 0)->message;
    assert_memory_equal(message, "no survey 'paz' to extend; did you mean 'pas'?; there are ", 58);
    assert_non_null(strstr(message, "csew, demo, demo-series, online-fraud, pas, pas-dashboard, tdiu, uss, ward-panel; "));
    baro_error_free(error);
    baro_arena_free(arena);
}

/** All that are shipped can be read, say what they are, and are found by their own id. */
static void test_all_shipped(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    const baro_texts ids = baro_survey_ids(arena);
    assert_true(ids.n >= 9);
    for (size_t i = 0; i < ids.n; i++) {
        baro_error *error = baro_error_new();
        baro_survey survey;
        assert_int_equal(baro_survey_read(baro_survey_find(ids.item[i], arena), arena, &survey, error), BARO_OK);
        assert_int_equal(baro_error_count(error), 0);
        assert_string_equal(survey.id, ids.item[i]);
        assert_true(survey.title && survey.source && survey.n_measures > 0);
        baro_error_free(error);
    }
    baro_arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_nothing_said), cmocka_unit_test(test_maps), cmocka_unit_test(test_measures),
        cmocka_unit_test(test_groups_and_scales), cmocka_unit_test(test_chain), cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_margins_of_the_base), cmocka_unit_test(test_unknown_id), cmocka_unit_test(test_all_shipped),
    };
    struct CMUnitTest tests[ROWS(faults) + ROWS(others)];
    size_t n = 0;
    for (size_t i = 0; i < ROWS(faults); i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    for (size_t i = 0; i < ROWS(others); i++)
        tests[n++] = others[i];
    return _cmocka_run_group_tests("extends", tests, n, NULL, NULL);
}
