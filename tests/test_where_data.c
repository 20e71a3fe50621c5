/* Conditions over data: three values of truth, text and numbers, groups and measures; and files whose columns differ.
 */
#include "tests/analysis.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURVEY                                                                                                         \
    "survey: {id: s}\n"                                                                                                \
    "input: {missing: [\"\", \"-\"]}\n"                                                                                \
    "scales: [{id: agree, positive: [Agree, Rather], negative: [Disagree], dont_know: [Don't know], not_asked: [Not "  \
    "asked]}]\n"                                                                                                       \
    "groups:\n"                                                                                                        \
    "  - {id: age, columns: years, bands: [{label: 16 to 24, from: 16, to: 24}, {label: 25 and over, from: 25}]}\n"    \
    "  - {id: sex, columns: s, categories: [{label: Female, codes: [2]}, {label: Male, codes: [1]}]}\n"                \
    "  - {id: both, overlap: yes, categories: [{label: young, where: \"years < 30\"}, {label: low, where: \"score < "  \
    "4\"}]}\n"                                                                                                         \
    "measures:\n"                                                                                                      \
    "  - {id: all, columns: one, positive: x}\n"                                                                       \
    "  - {id: trust, columns: q, scale: agree}\n"                                                                      \
    "  - {id: score, columns: mark, statistic: mean}\n"
/* Interviews 1 to 10; the weight of interview i is 2^(i - 1), so that a sum of weights says who is inside. */
#define DATA                                                                                                           \
    "one,w,years,s,q,mark,town,two words\n"                                                                            \
    "x,1,16,1,Agree,1,York,a\n"                                                                                        \
    "x,2,24,2,Rather,2.5,york,b\n"                                                                                     \
    "x,4,25,1,Disagree,3,Hull,\n"                                                                                      \
    "x,8,64,2,Don't know,4,,a\n"                                                                                       \
    "x,16,,1,Not asked,5,York,b\n"                                                                                     \
    "x,32,-,2,,,O'Hare,\n"                                                                                             \
    "x,64,30,,Agree,7,10,a\n"                                                                                          \
    "x,128,29,9,Disagree,-,9,b\n"                                                                                      \
    "x,256,18,1,Don’t know,9,-,\n"                                                                                   \
    "x,512,99,2,Rather,10, York ,a\n"

/* Who is inside, as the sum of 2^(i - 1). */
#define I(i) (1u << ((i)-1))
enum { EVERY = 1023 };

static const struct condition {
    const char *text;
    unsigned inside;
} conditions[] = {
    {"town == 'York'", I(1) | I(5) | I(10)},
    {"town != 'York'", I(2) | I(3) | I(6) | I(7) | I(8)},
    {"not town == 'York'", I(2) | I(3) | I(6) | I(7) | I(8)},
    {"not not town == 'York'", I(1) | I(5) | I(10)},
    {"town is missing", I(4) | I(9)},
    {"not town is missing", EVERY & ~(I(4) | I(9))},
    {"town in ('York', Hull)", I(1) | I(3) | I(5) | I(10)},
    {"not town in ('York', Hull)", I(2) | I(6) | I(7) | I(8)},
    {"town == \"O'Hare\"", I(6)},
    {"town == 10", I(7)}, /* a bare number compares as a number; text is no number: missing */
    {"town < 10", I(8)},
    {"town < '10' or town is missing", I(4) | I(9)}, /* spaces around an answer count in no order */
    {"town < 'Yorl' and town >= 'York'", I(1) | I(5) | I(10)},
    {"not town == 10", I(8)},
    {"town == 10 or town != 10", I(7) | I(8)},
    {"[two words] == a", I(1) | I(4) | I(7) | I(10)},
    {"[two words] is missing", I(3) | I(6) | I(9)},
    {"mark > 2.5", I(3) | I(4) | I(5) | I(7) | I(9) | I(10)},
    {"mark >= 2.5 and mark <= 4", I(2) | I(3) | I(4)},
    {"not mark > 2.5", I(1) | I(2)},
    {"score > 2.5", I(3) | I(4) | I(5) | I(7) | I(9) | I(10)}, /* the measure of that name */
    {"score is missing", I(6) | I(8)},
    {"age == '16 to 24'", I(1) | I(2) | I(9)},
    {"age != '16 to 24'", I(3) | I(4) | I(7) | I(8) | I(10)},
    {"age is missing", I(5) | I(6)},
    {"not age is missing", EVERY & ~(I(5) | I(6))},
    {"sex == Female", I(2) | I(4) | I(6) | I(10)},
    {"sex is missing", I(7) | I(8)},
    {"sex in (Female, Male)", EVERY & ~(I(7) | I(8))},
    {"both == young", I(1) | I(2) | I(3) | I(8) | I(9)},
    {"both == low", I(1) | I(2) | I(3)},
    {"both is missing", I(4) | I(5) | I(6) | I(7) | I(10)},
    {"trust == positive", I(1) | I(2) | I(7) | I(10)},
    {"trust != positive", I(3) | I(8)},
    {"not trust == positive", I(3) | I(8)},
    {"trust == Rather", I(2) | I(10)},
    {"trust is missing", I(4) | I(5) | I(6) | I(9)},
    /* Kleene: a missing side decides nothing, unless the other side does. */
    {"town == 'York' and age == '16 to 24'", I(1)},
    {"town == 'York' or age == '16 to 24'", I(1) | I(2) | I(5) | I(9) | I(10)},
    {"not (town == 'York' and age == '16 to 24')", I(2) | I(3) | I(4) | I(6) | I(7) | I(8) | I(10)},
    {"not (town == 'York' or age == '16 to 24')", I(3) | I(7) | I(8)},
    {"town == 'York' and age is missing", I(5)},
    {"not (town == 'York' and age is missing)", EVERY & ~I(5)},
    {"town == 'York' or town != 'York'", EVERY & ~(I(4) | I(9))},
    {"town == 'York' and town != 'York'", 0},
    {"sex == Male and town == 'York' or years == 99", I(1) | I(5) | I(10)},
    {"sex == Male and (town == 'York' or years == 18)", I(1) | I(5) | I(9)},
    {"years >= 16 and years < 25 or years == 64", I(1) | I(2) | I(4) | I(9)},
};

static void open_conditions(analysis *a)
{
    analysis_open_text(a, SURVEY);
    analysis_data(a, "data.csv", DATA);
    a->survey.weight = "w";
    a->survey.weight_scale = BARO_SCALE_POPULATION;
}

static void test_condition(void **state)
{
    const struct condition *condition = *state;
    static const char *const measures[] = {"all"};
    analysis a;
    open_conditions(&a);
    a.request.where = condition->text;
    a.request.measures = (baro_texts){measures, 1};
    analysis_works(&a);
    const baro_row *row = analysis_row(&a, (analysis_key){.measure = "all"});
    if (row->weighted_base != condition->inside)
        fail_msg("%s: inside are %#x, wanted %#x", condition->text, (unsigned)row->weighted_base, condition->inside);
    unsigned n = 0;
    for (unsigned left = condition->inside; left; left >>= 1)
        n += left & 1;
    check_close(row->base, n, 0);
    analysis_close(&a);
}

/* A domain, never a filter: rows outside stay in the design, and count in its degrees of freedom's strata. */
static void test_domain_is_no_filter(void **state)
{
    (void)state;
    static const char survey[] = "survey: {id: s}\ndesign: {strata: h, psu: c}\n"
                                 "measures: [{id: m, columns: y, statistic: mean}]\n";
    static const char data[] = "h,c,y,in\nA,1,2,1\nA,1,4,1\nA,2,6,1\nA,3,9,0\nB,4,3,1\nB,5,8,0\nB,6,7,1\n";
    analysis a;
    analysis_open_text(&a, survey);
    analysis_data(&a, "data.csv", data);
    a.request.where = "[in] == 1";
    analysis_works(&a);
    const baro_row *row = analysis_row(&a, (analysis_key){.measure = "m"});
    /* mean 22 / 5; z by PSU: A (2 + 4 - 8.8, 1.6, 0) / 5, B (-1.4, 0, 2.6) / 5; n_h = 3 in both */
    double z[2][3] = {{-2.8 / 5, 1.6 / 5, 0}, {-1.4 / 5, 0, 2.6 / 5}}, variance = 0;
    for (int h = 0; h < 2; h++) {
        double mean = (z[h][0] + z[h][1] + z[h][2]) / 3;
        for (int c = 0; c < 3; c++)
            variance += 1.5 * (z[h][c] - mean) * (z[h][c] - mean);
    }
    check_close(row->estimate, 4.4, 1e-14);
    check_close(row->se, sqrt(variance), 1e-12);
    check_close(row->df, 2, 0); /* 4 PSUs with members, 2 strata */
    analysis_close(&a);
}

static const struct faulty {
    const char *text, *said;
    int exit;
} faulty[] = {
    {"twon == 'York'", "column 'twon' is not in the file; did you mean 'town'?", 65},
    {"town = 'York'", "--where", 64},
    {"town ==", "--where", 64},
    {"(town == 'York'", "--where", 64},
    {"town == 'York", "--where", 64},
    {"", "--where", 64},
};

static void test_faulty(void **state)
{
    const struct faulty *fault = *state;
    analysis a;
    open_conditions(&a);
    a.request.where = fault->text;
    analysis_run(&a, 1);
    if (baro_status_exit(a.status) != fault->exit || !strstr(a.said, fault->said))
        fail_msg("exit %d: %s", baro_status_exit(a.status), a.said);
    analysis_close(&a);
}

/* Three waves: columns in another order, renamed, and missing. */
static void test_files_that_differ(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a,
                       "survey: {id: s}\ninput: {id: who}\n"
                       "scales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
                       "groups: [{id: area, columns: [Borough, C2]}, {id: sex, columns: sex}]\n"
                       "measures: [{id: a, columns: [A2, A1], scale: yes_no}, {id: b, columns: B, scale: yes_no}]\n");
    analysis_data(&a, "1.csv", "who,C2,A1,sex\n1,North,Yes,F\n2,South,No,M\n3,South,Yes,F\n");
    analysis_data(&a, "2.csv", "A1;who;B;Borough\nYes;4;No;North\nNo;5;Yes;East\n");
    analysis_data(&a, "3.csv", "who,Borough,A1,A2,B,sex\n6,East,No,Yes,Yes,M\n7,North,Yes,No,No,\n");
    analysis_by(&a, "area", NULL);
    analysis_by(&a, "sex", NULL);
    a.request.where = "sex is missing or sex == 'F' or sex == M";
    analysis_works(&a);
    static const struct {
        const char *measure, *group;
        double base, estimate;
    } wanted[] = {{"a", "", 7, 4.0 / 7}, {"a", "North", 3, 2.0 / 3}, {"a", "South", 2, 0.5}, {"a", "East", 2, 0.5},
                  {"b", "", 4, 0.5},     {"b", "North", 2, 0},       {"b", "South", 0, NAN}, {"b", "East", 2, 1},
                  {"a", "F", 2, 1},      {"a", "M", 2, 0.5}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const baro_row *row = analysis_row(&a, (analysis_key){.measure = wanted[i].measure, .group = wanted[i].group});
        if (*wanted[i].group && strlen(wanted[i].group) == 1) { /* a pooled window with a file that lacks the group */
            assert_int_equal(row->marks, BARO_MARK_ABSENT);
            continue;
        }
        check_close(row->base, wanted[i].base, 0);
        check_close(row->estimate, wanted[i].estimate, 1e-14);
    }
    assert_non_null(strstr(a.said, "note: column 'B' is not in 1.csv: not available there"));
    assert_non_null(strstr(a.said, "note: column 'sex' is not in 2.csv: not available there"));
    analysis_close(&a);
}

/* An id that comes back in another file is the same respondent twice. */
static void test_ids_over_files(void **state)
{
    (void)state;
    analysis a;
    analysis_open_text(&a, "survey: {id: s}\ninput: {id: who}\nmeasures: [{id: a, columns: A, positive: Yes}]\n");
    analysis_data(&a, "1.csv", "who,A\n1,Yes\n2,No\n");
    analysis_data(&a, "2.csv", "who,A\n3,Yes\n2,No\n");
    analysis_run(&a, 2);
    assert_int_equal(baro_status_exit(a.status), 65);
    if (!strstr(a.said, "1.csv:3: one respondent id (column who) has 2 interviews: lines 3, 3 of 2.csv"))
        fail_msg("got: %s", a.said);
    analysis_close(&a);
}

int main(void)
{
    enum { CONDITIONS = sizeof conditions / sizeof *conditions, FAULTS = sizeof faulty / sizeof *faulty };
    struct CMUnitTest tests[CONDITIONS + FAULTS + 3] = {cmocka_unit_test(test_domain_is_no_filter),
                                                        cmocka_unit_test(test_files_that_differ),
                                                        cmocka_unit_test(test_ids_over_files)};
    size_t n = 3;
    for (size_t i = 0; i < CONDITIONS; i++)
        tests[n++] =
            (struct CMUnitTest){conditions[i].text, test_condition, NULL, NULL, (void *)(uintptr_t)&conditions[i]};
    for (size_t i = 0; i < FAULTS; i++)
        tests[n++] = (struct CMUnitTest){faulty[i].text, test_faulty, NULL, NULL, (void *)(uintptr_t)&faulty[i]};
    return _cmocka_run_group_tests("conditions and files", tests, n, NULL, NULL);
}
