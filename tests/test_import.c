/* Codebooks to survey files: what answers count as, what variables are for, and that what is written reads back as the same. */
#include "surveys/publishing/survey_file.h"
#include "io/base/text.h"
#include "io/writers/yaml.h"
#include "tests/check.h"
#include "tests/frame_help.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- roles --- */

static const struct {
    const char *label;
    baro_role role;
} nothings[] = {
    {"Don't know", BARO_ROLE_DONT_KNOW}, {"DON’T KNOW", BARO_ROLE_DONT_KNOW}, {"DK", BARO_ROLE_DONT_KNOW}, {"Do not know enough to say", BARO_ROLE_DONT_KNOW},
    {" don't know / can't say", BARO_ROLE_DONT_KNOW}, {"Not sure", BARO_ROLE_DONT_KNOW}, {"Refused", BARO_ROLE_REFUSED}, {"refused to answer", BARO_ROLE_REFUSED},
    {"Refusal", BARO_ROLE_REFUSED}, {"Refused (spontaneous)", BARO_ROLE_REFUSED}, {"Prefer not to say", BARO_ROLE_REFUSED}, {"Refused to be interviewed", BARO_ROLE_OTHER},
    {"Not applicable", BARO_ROLE_NOT_ASKED}, {"Missing", BARO_ROLE_NOT_ASKED}, {"missing.", BARO_ROLE_NOT_ASKED}, {"Not asked in this country", BARO_ROLE_NOT_ASKED},
    {"N/A", BARO_ROLE_NOT_ASKED}, {"Nationalist", BARO_ROLE_OTHER}, {"Missing persons", BARO_ROLE_OTHER}, {"DKNY", BARO_ROLE_OTHER}, {"Not sure about it", BARO_ROLE_OTHER},
    {"Very safe", BARO_ROLE_OTHER}, {"No", BARO_ROLE_OTHER},
};

static void nothing_is(void **state)
{
    const size_t i = (size_t)(uintptr_t)*state;
    baro_arena *arena = baro_arena_new();
    baro_codebook_variable v = {.name = "v", .label = "", .question = ""};
    const baro_answer *answers;
    size_t n, counted;
    assert_non_null(baro_codebook_add_answer(&v, "7", nothings[i].label, arena));
    assert_int_equal(baro_import_answers(&v, arena, &answers, &n, &counted), BARO_OK);
    assert_int_equal(n, 1);
    assert_int_equal(answers[0].role, nothings[i].role);
    assert_int_equal(counted, nothings[i].role == BARO_ROLE_OTHER);
    baro_arena_free(arena);
}

static const struct {
    const char *labels, *family, *roles; /* + positive, 0 neutral, - negative, . other */
    baro_better better;
} scales[] = {
    {"Strongly agree|Tend to agree|Neither agree nor disagree|Tend to disagree|Strongly disagree", "agree", "++0--", BARO_BETTER_HIGHER},
    {"Agree strongly|Agree|Disagree|Disagree strongly", "agree", "++--", BARO_BETTER_HIGHER},
    {"Completely satisfied|Fairly satisfied|Neutral|A bit dissatisfied|Not at all satisfied", "satisfied", "++0--", BARO_BETTER_HIGHER},
    {"Poor|Below Average|Neutral|Good|Excellent", "good", "--0++", BARO_BETTER_HIGHER},
    {"Very well|Fairly well|Not at all well", "well", "++-", BARO_BETTER_HIGHER},
    {"Very worried|Fairly worried|Not very worried|Not at all worried", "worried", "++--", BARO_BETTER_LOWER},
    {"Yes|No", "yes_no", "+-", BARO_BETTER_HIGHER},
    {"Very safe|Fairly safe|A bit unsafe|Very unsafe", "safe", "++--", BARO_BETTER_HIGHER},
    {"Agree very strongly with 1|Agree with 1|Agree with 2|Agree very strongly with 2", NULL, "....", BARO_BETTER_HIGHER},
    {"Not at all|Just a little|Somewhat|A lot", NULL, "....", BARO_BETTER_HIGHER},
    {"Very satisfied|Satisfied", NULL, "..", BARO_BETTER_HIGHER},
    {"Yes|No|Perhaps", NULL, "...", BARO_BETTER_HIGHER},
    {"Very safe|Fairly safe|Very worried", NULL, "...", BARO_BETTER_HIGHER},
};

static void scale_is(void **state)
{
    const size_t s = (size_t)(uintptr_t)*state;
    static const char marks[] = "+0-.";
    baro_answer answers[8];
    char labels[200], roles[9] = "";
    size_t n = 0;
    baro_better better = BARO_BETTER_HIGHER;
    snprintf(labels, sizeof labels, "%s", scales[s].labels);
    for (char *at = labels; at; n++) {
        char *bar = strchr(at, '|');
        if (bar)
            *bar = '\0';
        answers[n] = (baro_answer){.label = at, .role = BARO_ROLE_OTHER};
        at = bar ? bar + 1 : NULL;
    }
    const char *family = baro_import_rate(answers, n, &better);
    for (size_t i = 0; i < n; i++)
        roles[i] = marks[answers[i].role];
    assert_string_equal(family ? family : "none", scales[s].family ? scales[s].family : "none");
    assert_string_equal(roles, scales[s].roles);
    assert_int_equal(better, scales[s].better);
}

/* --- scalars --- */

static const struct {
    const char *text, *wanted;
    bool code;
} scalars[] = {
    {"Very safe", "Very safe", false}, {"yes", "'yes'", false}, {"No", "'No'", false}, {"NULL", "'NULL'", false}, {"none", "'none'", false},
    {"12", "'12'", false}, {"12", "12", true}, {"-1", "-1", true}, {"007", "007", true}, {"1.50", "1.50", true}, {"+5", "'+5'", true}, {".a", "'.a'", true},
    {"18-24", "'18-24'", false}, {"75+", "'75+'", false}, {"12:30", "'12:30'", false}, {"Type: urban", "'Type: urban'", false}, {"a #b", "'a #b'", false},
    {"it's", "it's", false}, {"'it's", "'''it''s'", false}, {"\"Good Job\" local", "'\"Good Job\" local'", false}, {"(0,19]", "'(0,19]'", false}, {"- a", "'- a'", false},
    {"a, b", "'a, b'", false}, {"", "''", false}, {"Don’t know", "Don’t know", false}, {"Côte", "Côte", false}, {"a\tb", "\"a\\x09b\"", false},
    {"q\"\n\\", "\"q\\\"\\x0A\\\\\"", false}, {"a\xC2\x85z", "\"a\\x85z\"", false}, {"\xEF\xBB\xBFx", "\"\\uFEFFx\"", false}, {"{x}", "'{x}'", false}, {"@x", "'@x'", false}, {"ends ", "'ends '", false},
};

static char *read_back(const char *path)
{
    static char text[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    return text;
}

/* As wanted, and in a survey file the same text again. */
static void scalar_is(void **state)
{
    const size_t i = (size_t)(uintptr_t)*state;
    char path[64], file[256];
    baro_output *output;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey;
    help_write_file("", 0, path);
    assert_int_equal(baro_output_open(path, &output, error), BARO_OK);
    if (scalars[i].code)
        baro_yaml_code(output, scalars[i].text);
    else
        baro_yaml_text(output, scalars[i].text);
    assert_int_equal(baro_output_close(output, error), BARO_OK);
    assert_string_equal(read_back(path), scalars[i].wanted);
    if (baro_text_has_control(scalars[i].text, strlen(scalars[i].text))) /* YAML has them, a survey file has not */
        goto done;
    int length = snprintf(file, sizeof file, "survey: {id: x}\ninput: {missing: [%s, q]}\nmeasures: [{id: m, columns: m, positive: p}]\n", scalars[i].wanted);
    assert_int_equal(baro_survey_parse("x.yaml", file, (size_t)length, arena, &survey, error), BARO_OK);
    bool found = !*scalars[i].text;
    for (size_t k = 0; k < survey.missing.n; k++)
        found = found || strcmp(survey.missing.item[k], scalars[i].text) == 0;
    assert_true(found);
done:
    unlink(path);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* --- the whole way --- */

static const char hard[] = "Variable Name,Question Text,CODE,Value Label,Role\n"
                           "serial,,,,id\n"
                           "\"w:1\",,,,weight\n"
                           "st,,,,strata\n"
                           "day,,,,period\n"
                           "Q1,\"Do you agree: \"\"yes\"\"?\",1,Yes,measure; positive\n"
                           ",,2,no,\n"
                           ",,3,'null',neutral\n"
                           ",,99,\"It's: [other], #1\",not asked\n"
                           "q1,Same letters,0,1,measure\n"
                           ",,1,2,\n"
                           ",,2,2 or more,\n"
                           "Age band,\"Age\",1,16-24,group\n"
                           ",,2,25+,\n"
                           ",,9,Refused,\n"
                           "safe,How safe?,1,Very safe,\n"
                           ",,2,Fairly safe,\n"
                           ",,3,Unsafe,\n"
                           ",,8,Don't know,\n";

static baro_survey survey_of(const char *text, baro_arena *arena)
{
    char from[64], to[64];
    baro_error *error = baro_error_new();
    baro_codebook book;
    baro_import import;
    baro_output *output;
    baro_survey survey = {0};
    const baro_csv_format format = {0};
    help_write_file(text, strlen(text), from);
    help_write_file("", 0, to);
    baro_status status = baro_codebook_read(from, &format, arena, &book, error);
    if (status == BARO_OK)
        status = baro_import_make(&book, arena, &import, error);
    if (status == BARO_OK)
        status = baro_output_open(to, &output, error);
    if (status == BARO_OK) {
        assert_int_equal(baro_write_survey_file(&import, arena, output), BARO_OK);
        assert_int_equal(baro_output_close(output, error), BARO_OK);
        status = baro_survey_read(to, arena, &survey, error);
    }
    baro_error_print(error, true, stderr);
    assert_int_equal(status, BARO_OK);
    unlink(from);
    unlink(to);
    baro_error_free(error);
    return survey;
}

static void answer_is(const baro_scale *scale, size_t i, const char *label, const char *code, baro_role role)
{
    assert_true(i < scale->n_answers);
    bool found = false;
    for (size_t k = 0; k < scale->answers[i].codes.n; k++)
        found = found || strcmp(scale->answers[i].codes.item[k], code) == 0;
    assert_string_equal(scale->answers[i].label, label);
    assert_int_equal(scale->answers[i].role, role);
    assert_true(found);
}

static void reads_back(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = survey_of(hard, arena);
    assert_string_equal(s.weight, "w:1");
    assert_string_equal(s.respondent_id, "serial");
    assert_int_equal(s.strata.n, 1);
    assert_string_equal(s.period_columns.item[0], "day");
    assert_int_equal(s.n_measures, 3);
    assert_int_equal(s.n_groups, 1);
    const baro_measure *first = &s.measures[0], *same = &s.measures[1], *safe = &s.measures[2];
    assert_string_equal(first->id, "q1");
    assert_string_equal(first->columns.item[0], "Q1");
    assert_string_equal(first->label, "Do you agree: \"yes\"?");
    assert_int_equal(first->statistic, BARO_STAT_PROPORTION);
    answer_is(first->scale, 0, "Yes", "1", BARO_ROLE_POSITIVE);
    answer_is(first->scale, 1, "no", "2", BARO_ROLE_OTHER);
    answer_is(first->scale, 2, "'null'", "3", BARO_ROLE_NEUTRAL);
    answer_is(first->scale, 3, "It's: [other], #1", "99", BARO_ROLE_NOT_ASKED);
    assert_string_equal(same->id, "q1_2");
    assert_int_equal(same->statistic, BARO_STAT_DISTRIBUTION);
    answer_is(same->scale, 0, "1 (code 0)", "0", BARO_ROLE_OTHER);
    answer_is(same->scale, 1, "2 (code 1)", "1", BARO_ROLE_OTHER);
    assert_string_equal(safe->scale->id, "safe3");
    answer_is(safe->scale, 3, "Don't know", "8", BARO_ROLE_DONT_KNOW);
    const baro_group *age = baro_survey_group(&s, "age_band");
    assert_non_null(age);
    assert_string_equal(age->columns.item[0], "Age band");
    assert_int_equal(age->n_categories, 2);
    assert_string_equal(age->categories[1].label, "25+");
    assert_int_equal(age->missing.n, 2);
    assert_true(age->ordered);
    baro_arena_free(arena);
}

static void values_in_one_cell(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = survey_of("name;label;values\nsex;Sex;\"1=Man|2=Woman; of any age|9=Refused|NA\"\n"
                              "x;\"Trust; and more\";\"1=Agree; strongly; 2=Disagree = no;\"\nz;Y;\"a: Yes; b: No\"\n", arena);
    assert_int_equal(s.n_groups, 1);
    assert_string_equal(s.groups[0].categories[1].label, "Woman; of any age");
    assert_int_equal(s.groups[0].missing.n, 3); /* 9, Refused, NA */
    answer_is(s.measures[0].scale, 0, "Agree; strongly", "1", BARO_ROLE_OTHER);
    answer_is(s.measures[0].scale, 1, "Disagree = no", "2", BARO_ROLE_OTHER);
    answer_is(s.measures[1].scale, 0, "Yes", "a", BARO_ROLE_POSITIVE);
    baro_arena_free(arena);
}

static void scales_are_shared(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_survey s = survey_of("variable,values\na,1=Safe;2=Unsafe\nb,1=Safe;2=Unsafe\nc,1=Safe;2=Unsafe;9=DK\n", arena);
    assert_ptr_equal(s.measures[0].scale, s.measures[1].scale);
    assert_ptr_not_equal(s.measures[0].scale, s.measures[2].scale);
    baro_arena_free(arena);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

int main(void)
{
    struct CMUnitTest tests[COUNT(nothings) + COUNT(scales) + COUNT(scalars) + 3];
    static char names[COUNT(scalars)][64];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(nothings); i++)
        tests[n++] = (struct CMUnitTest){nothings[i].label, nothing_is, NULL, NULL, (void *)(uintptr_t)i};
    for (size_t i = 0; i < COUNT(scales); i++)
        tests[n++] = (struct CMUnitTest){scales[i].labels, scale_is, NULL, NULL, (void *)(uintptr_t)i};
    for (size_t i = 0; i < COUNT(scalars); i++) {
        snprintf(names[i], sizeof names[i], "scalar %zu", i);
        tests[n++] = (struct CMUnitTest){names[i], scalar_is, NULL, NULL, (void *)(uintptr_t)i};
    }
    tests[n++] = (struct CMUnitTest){"a codebook with everything awkward reads back", reads_back, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"values in one cell", values_in_one_cell, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"scales are shared", scales_are_shared, NULL, NULL, NULL};
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
