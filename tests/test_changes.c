/* Every comparison in time that --compare can name, of rolling windows, against R (tests/reference/changes.csv). */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <string.h>

#define SURVEY                                                                                                         \
    "survey: {id: waves}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes}\n"                          \
    "period: {columns: quarter, unit: quarter, rolling: 3}\ngroups: [{id: g, columns: g}]\n"                           \
    "measures: [{id: p, columns: answer, positive: yes, negative: no}, {id: y, columns: y, statistic: mean}]\n"

static const struct {
    const char *word;
    baro_against_kind kind;
} kinds[] = {{"previous", BARO_AGAINST_PREVIOUS},
             {"previous-separate", BARO_AGAINST_PREVIOUS_SEPARATE},
             {"year-ago", BARO_AGAINST_YEAR_AGO},
             {"first", BARO_AGAINST_FIRST},
             {"2022 Q4", BARO_AGAINST_PERIOD}};
enum { KINDS = sizeof kinds / sizeof *kinds, MOST = 300 };

typedef struct {
    const golden *table;
    const analysis *a;
    size_t row;
} row_of;

static void test_row(void **state)
{
    const row_of *at = *state;
    const golden *t = at->table;
    const char *compare = golden_text(t, at->row, "compare");
    for (size_t i = 0; i < at->a->results.n_rows; i++) {
        const baro_row *row = &at->a->results.rows[i];
        if (strcmp(row->measure->id, golden_text(t, at->row, "measure")) != 0 ||
            strcmp(row->group, golden_text(t, at->row, "group")) != 0 ||
            strcmp(row->period_label, golden_text(t, at->row, "period")) != 0 || !row->compared ||
            strcmp(row->compared->text, compare) != 0)
            continue;
        assert_string_equal(row->against, golden_text(t, at->row, "against"));
        check_close(row->difference, golden_number(t, at->row, "difference"), 1e-9);
        check_close(row->difference_se, golden_number(t, at->row, "se"), 1e-9);
        check_close(row->difference_df, golden_number(t, at->row, "df"), 0);
        check_close(row->p_value, golden_number(t, at->row, "p_value"), 1e-8);
        return;
    }
    fail_msg("no such row");
}

/* What R was not asked for has no difference: nothing stands before the first window, and none is compared with itself.
 */
static void test_no_others(void **state)
{
    const row_of *at = *state;
    size_t found = 0, wanted = 0;
    for (size_t i = 0; i < at->a->results.n_rows; i++) {
        const char *group = at->a->results.rows[i].group;
        found += !isnan(at->a->results.rows[i].difference) && strcmp(group, "D") != 0;
    }
    wanted = at->table->rows;
    assert_int_equal(found, wanted);
}

int main(void)
{
    static struct CMUnitTest tests[MOST + 1];
    static row_of rows[MOST + 1];
    static char names[MOST][64];
    golden table = golden_read("tests/reference/changes.csv");
    analysis a;
    size_t n = 0;
    analysis_open_text(&a, SURVEY);
    analysis_file(&a, "tests/data/gen-waves.csv");
    analysis_by(&a, "g", NULL);
    for (size_t k = 0; k < KINDS; k++) {
        const baro_calendar calendar = {.unit = BARO_UNIT_QUARTER, .year_starts = 1};
        analysis_against(&a, kinds[k].kind, NULL);
        a.against[k].text = kinds[k].word;
        if (kinds[k].kind == BARO_AGAINST_PERIOD)
            assert_true(baro_period_parse(&calendar, kinds[k].word, &a.against[k].period));
    }
    a.request.trend = true;
    analysis_works(&a);
    for (; n < table.rows && n < MOST; n++) {
        rows[n] = (row_of){&table, &a, n};
        snprintf(names[n], sizeof names[n], "%s %s %s against %s", golden_text(&table, n, "measure"),
                 golden_text(&table, n, "group"), golden_text(&table, n, "period"), golden_text(&table, n, "compare"));
        tests[n] = (struct CMUnitTest){names[n], test_row, NULL, NULL, &rows[n]};
    }
    rows[n] = (row_of){&table, &a, 0};
    tests[n] = (struct CMUnitTest){"no other change", test_no_others, NULL, NULL, &rows[n]};
    int failed = _cmocka_run_group_tests("changes", tests, n + 1, NULL, NULL);
    analysis_close(&a);
    golden_free(&table);
    return failed;
}
