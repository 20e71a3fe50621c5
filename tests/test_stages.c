/* Several stages with finite populations, and strata left with one PSU inside a domain, against R (estimates.csv,
 * contrasts.csv, lonely.csv). */
#include "tests/check.h"
#include "stats/stages.h"
#include "stats/variance.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    golden designs, estimates, contrasts, lonely, stages, few;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

/* Memory of a second stage behind a golden case. */
typedef struct {
    golden_case made;
    baro_design chain[2];
    baro_totals next;
    uint32_t *memory, *household;
    double *numbers;
} staged;

static void close_staged(staged *s)
{
    free(s->memory);
    free(s->numbers);
    free(s->next.column);
    free(s->next.high);
    free(s->next.low);
    golden_case_close(&s->made);
}

static void sum_stages(staged *s)
{
    size_t columns = s->made.totals.columns, room;
    s->made.design = s->chain[0];
    s->made.totals.next = &s->next;
    s->next = s->made.totals;
    s->next.next = NULL;
    room = baro_totals_room(&s->chain[1], &s->made.cross) + 1;
    s->next.unit_end = s->memory + 10 * s->made.rows + 64;
    s->next.column = calloc(room, sizeof(uint32_t));
    s->next.high = calloc(room, sizeof(double));
    s->next.low = calloc(room, sizeof(double));
    uint32_t *touched = calloc(columns, sizeof *touched);
    unsigned char *mark = calloc(columns, 1);
    baro_sum *sum = calloc(columns, sizeof *sum);
    assert_true(s->next.column && s->next.high && s->next.low && touched && mark && sum);
    baro_totals_work work = {touched, mark, sum};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&s->chain[0], &s->made.cross, &work, &s->made.totals, &fault), BARO_OK);
    free(touched);
    free(mark);
    free(sum);
}

static baro_status chain_stages(staged *s, const double *fpc, baro_fault *fault)
{
    size_t rows = s->made.rows;
    uint32_t *m = s->memory;
    s->chain[0] = s->made.design;
    baro_stage stage = {s->household, 16, fpc};
    baro_stage_space space = {
        {m, m + rows, m + 2 * rows, m + 3 * rows, m + 4 * rows, s->numbers}, m + 8 * rows + 64, s->numbers + rows};
    return baro_stages_order(&stage, 1, &space, s->chain, fault);
}

static void open_staged(staged *s, references *all, const char *variable, const char *level, const char *const *domain,
                        size_t domains)
{
    *s = (staged){0};
    baro_fault fault;
    golden_case_open(&s->made, &all->designs, &all->stages, "stage-one", variable, level, domain, domains);
    size_t rows = s->made.rows;
    s->memory = calloc(12 * rows + 64, sizeof *s->memory);
    s->numbers = calloc(3 * rows, sizeof *s->numbers);
    assert_true(s->memory && s->numbers);
    s->household = s->memory + 9 * rows + 64;
    for (size_t i = 0; i < rows; i++) {
        s->household[i] = (uint32_t)golden_number(&all->stages, i, "household");
        s->numbers[2 * rows + i] = golden_number(&all->stages, i, "N2");
    }
    assert_int_equal(chain_stages(s, &s->numbers[2 * rows], &fault), BARO_OK);
    assert_ptr_equal(s->chain[0].next, &s->chain[1]);
    sum_stages(s);
}

/* A ratio: two outcomes, as the scores of a level a row. */
static void test_ratio(staged *s, references *all, const golden *table, size_t row)
{
    size_t rows = s->made.rows;
    double *score = calloc(2 * rows, sizeof *score), total[6], wyy[6], hits[6];
    baro_moments moments[2];
    uint16_t *level = calloc(rows, sizeof *level);
    uint32_t *cell = calloc(rows, sizeof *cell), unit_end[2][256], column[2][1024];
    double high[2][1024], low[2][1024];
    assert_true(score && level && cell && rows < 256);
    for (size_t i = 0; i < rows; i++) {
        score[2 * i] = golden_number(&all->stages, i, golden_text(table, row, "variable"));
        score[2 * i + 1] = golden_number(&all->stages, i, golden_text(table, row, "over"));
        level[i] = (uint16_t)i;
        cell[i] = isnan(score[2 * i] + score[2 * i + 1]) ? BARO_NO_CELL : s->made.cross.cell[i];
    }
    baro_cross cross = {.cells = 2,
                        .outcomes = 2,
                        .cell = cell,
                        .weight = s->made.weight,
                        .level = level,
                        .levels = rows,
                        .score = score};
    uint32_t touched[6];
    unsigned char mark[6];
    baro_sum sum[6];
    baro_totals_work work = {touched, mark, sum};
    baro_totals next = {6, unit_end[1], column[1], high[1], low[1], total, moments, wyy, hits, 0, NULL};
    baro_totals totals = {6, unit_end[0], column[0], high[0], low[0], total, moments, wyy, hits, 0, &next};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&s->chain[0], &cross, &work, &totals, &fault), BARO_OK);
    double ratio = total[3] / total[4], slope[] = {1 / total[4], -ratio / total[4], 0}, variance;
    const uint32_t of[] = {3, 4, 5};
    baro_linear form = {ratio, 3, of, slope};
    baro_variance_job job = {&s->chain[0], &totals, &form, 1, BARO_ONE_PSU_FAIL};
    void *scratch = malloc(baro_variance_room(&job, 0));
    assert_int_equal(baro_variances(&job, scratch, &variance, NULL, &fault), BARO_OK);
    check_close(ratio, golden_number(table, row, "estimate"), 1e-12);
    check_close(sqrt(variance), golden_number(table, row, "se"), 1e-9);
    free(scratch);
    free(score);
    free(level);
    free(cell);
}

static void test_level(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->estimates;
    const char *domain = golden_text(table, at->row, "domain"), *what = golden_text(table, at->row, "statistic");
    const double one = 1;
    bool total = strcmp(what, "total") == 0;
    staged s;
    open_staged(&s, at->all, golden_text(table, at->row, "variable"), golden_text(table, at->row, "level"), &domain, 1);
    if (strcmp(what, "ratio") == 0) {
        test_ratio(&s, at->all, table, at->row);
    } else {
        golden_form form = golden_contrast(&s.made, &one, 1, total, BARO_ONE_PSU_FAIL);
        check_close(total ? form.value : form.value + s.made.cross.shift, golden_number(table, at->row, "estimate"),
                    1e-12);
        check_close(sqrt(form.variance), golden_number(table, at->row, "se"), 1e-9);
        assert_int_equal(form.reach.units - form.reach.strata, golden_number(table, at->row, "df"));
    }
    close_staged(&s);
}

static void test_contrast(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->contrasts;
    static const char *const k_of[] = {"k1", "k2", "k3", "k4"}, *const domain_of[] = {"domain1", "domain2", "domain3",
                                                                                      "domain4"};
    size_t terms = (size_t)golden_number(table, at->row, "terms");
    const char *domain[GOLDEN_DOMAINS];
    double k[GOLDEN_DOMAINS];
    for (size_t i = 0; i < terms; i++) {
        k[i] = golden_number(table, at->row, k_of[i]);
        domain[i] = golden_text(table, at->row, domain_of[i]);
    }
    staged s;
    open_staged(&s, at->all, golden_text(table, at->row, "variable"), golden_text(table, at->row, "level"), domain,
                terms);
    golden_form form = golden_contrast(&s.made, k, terms, false, BARO_ONE_PSU_FAIL);
    check_close(sqrt(form.variance), golden_number(table, at->row, "se"), 1e-9);
    double noise = 1e-10 * golden_number(table, at->row, "se1") * golden_number(table, at->row, "se2");
    double got = golden_covariance(&s.made, 0, 1, false), wanted = golden_number(table, at->row, "covariance12");
    if (terms == 2 && !(fabs(got - wanted) <= noise))
        check_close(got, wanted, 1e-9);
    close_staged(&s);
}

static void test_lonely_inside(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->lonely;
    const char *domain = golden_text(table, at->row, "domain");
    bool total = strcmp(golden_text(table, at->row, "statistic"), "total") == 0;
    const double one = 1;
    golden_case made;
    golden_case_open(&made, &at->all->designs, &at->all->few, "lonely", golden_text(table, at->row, "variable"),
                     golden_text(table, at->row, "level"), &domain, 1);
    made.design.inside = true;
    golden_form form = golden_contrast(&made, &one, 1, total, BARO_ONE_PSU_AVERAGE);
    check_close(sqrt(form.variance), golden_number(table, at->row, "se"), 1e-9);
    golden_case_close(&made);
}

/* ---- by hand ---- */

/* Three strata of 3, 2, 2 units of a row each; the domain is all but the last unit. */
static const uint32_t seven[] = {0, 1, 2, 3, 4, 5, 6}, ends[] = {1, 2, 3, 4, 5, 6, 7}, stratum_ends[] = {3, 5, 7};
static const double nothing[] = {0, 0, 0}, w_y[] = {3.1, 4.7, 9.2, 2.5, 6.6, 8.3};
static const baro_linear sum_form = {34.4, 2, (const uint32_t[]){0, 1}, (const double[]){1, 0}};

static baro_status lonely_by_hand(baro_one_psu rule, bool inside, double *variance, double *covariance,
                                  baro_fault *fault)
{
    uint32_t unit_end[] = {2, 4, 6, 8, 10, 12, 12}, column[12];
    double high[12], low[12] = {0}, total[] = {34.4, 6};
    for (size_t i = 0; i < 6; i++) {
        column[2 * i] = 0;
        column[2 * i + 1] = 1;
        high[2 * i] = w_y[i];
        high[2 * i + 1] = 1;
    }
    baro_design design = {.rows = 7,
                          .units = 7,
                          .strata = 3,
                          .row = seven,
                          .unit_end = ends,
                          .stratum_end = stratum_ends,
                          .stratum = seven,
                          .fraction = nothing,
                          .inside = inside};
    baro_totals totals = {
        .columns = 2, .unit_end = unit_end, .column = column, .high = high, .low = low, .total = total};
    baro_variance_job job = {&design, &totals, &sum_form, 1, rule};
    const baro_pair self = {0, 0};
    void *scratch = malloc(baro_variance_room(&job, 1));
    baro_status status = baro_variances(&job, scratch, variance, NULL, fault);
    assert_int_equal(baro_covariances(&job, &self, 1, scratch, covariance, fault), status);
    free(scratch);
    return status;
}

static void test_rules_inside(void **state)
{
    (void)state;
    double mean = (3.1 + 4.7 + 9.2) / 3, v, c, grand = 34.4 / 7;
    double first = 1.5 * ((3.1 - mean) * (3.1 - mean) + (4.7 - mean) * (4.7 - mean) + (9.2 - mean) * (9.2 - mean));
    double second = (2.5 - 6.6) * (2.5 - 6.6), third = 8.3 * 8.3;
    baro_fault fault;
    const struct {
        baro_one_psu rule;
        bool inside;
        double wanted;
    } rows[] = {{BARO_ONE_PSU_FAIL, false, first + second + third},
                {BARO_ONE_PSU_REMOVE, true, first + second},
                {BARO_ONE_PSU_AVERAGE, true, 1.5 * (first + second)},
                {BARO_ONE_PSU_ADJUST, true, first + second + (8.3 - grand) * (8.3 - grand)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(lonely_by_hand(rows[i].rule, rows[i].inside, &v, &c, &fault), BARO_OK);
        check_close(v, rows[i].wanted, 1e-13);
        check_close(c, rows[i].wanted, 1e-13);
    }
    assert_int_equal(lonely_by_hand(BARO_ONE_PSU_FAIL, true, &v, &c, &fault), BARO_LONELY_PSU);
    assert_int_equal(fault.index, 2);
    assert_int_equal(fault.other, 0);
}

static void test_chain(void **state)
{
    const row_of *at = *state;
    const char *everyone = "";
    const double one = 1;
    staged s;
    baro_fault fault;
    open_staged(&s, at->all, "y", "", &everyone, 1);
    /* without an fpc at the second stage, or at the first, only the first counts */
    assert_int_equal(chain_stages(&s, NULL, &fault), BARO_OK);
    assert_null(s.chain[0].next);
    double *fpc = &s.numbers[2 * s.made.rows];
    static const double zero[16] = {0};
    const double *fraction = s.made.design.fraction;
    s.made.design.fraction = zero;
    assert_int_equal(chain_stages(&s, fpc, &fault), BARO_OK);
    assert_null(s.chain[0].next);
    s.made.design.fraction = fraction;
    /* a population smaller than the sample, at the second stage */
    for (size_t i = 0; i < 15; i++)
        fpc[i] = 3;
    assert_int_equal(chain_stages(&s, fpc, &fault), BARO_BAD_FPC);
    assert_int_equal(fault.other, 16 + 2);
    assert_true(fault.index < 15);
    /* a second stage that is taken whole leaves the first alone */
    for (size_t i = 0; i < s.made.rows; i++)
        fpc[i] = 1;
    assert_int_equal(chain_stages(&s, fpc, &fault), BARO_OK);
    s.made.design = s.chain[0];
    double both = golden_contrast(&s.made, &one, 1, false, BARO_ONE_PSU_FAIL).variance;
    s.made.design.next = NULL;
    check_close(both, golden_contrast(&s.made, &one, 1, false, BARO_ONE_PSU_FAIL).variance, 1e-14);
    close_staged(&s);
}

typedef struct {
    struct CMUnitTest *tests;
    row_of *rows;
    char (*names)[96];
    size_t n;
    references *all;
} test_list;

static void add_tests(test_list *list, const golden *table, const char *what, const char *column, const char *value,
                      CMUnitTestFunction function)
{
    for (size_t row = 0; row < table->rows; row++) {
        if (strcmp(golden_text(table, row, column), value) != 0)
            continue;
        snprintf(list->names[list->n], sizeof *list->names, "%s %s (%s)", what, golden_text(table, row, "case"),
                 golden_text(table, row, "statistic"));
        list->rows[list->n] = (row_of){list->all, row};
        list->tests[list->n] = (struct CMUnitTest){list->names[list->n], function, NULL, NULL, &list->rows[list->n]};
        list->n++;
    }
}

int main(void)
{
    references all = {golden_read("tests/reference/designs.csv"),   golden_read("tests/reference/estimates.csv"),
                      golden_read("tests/reference/contrasts.csv"), golden_read("tests/reference/lonely.csv"),
                      golden_read("tests/data/gen-stages.csv"),     golden_read("tests/data/gen-lonely.csv")};
    size_t most = all.estimates.rows + all.contrasts.rows + all.lonely.rows + 2;
    test_list list = {calloc(most, sizeof *list.tests), calloc(most, sizeof *list.rows),
                      calloc(most, sizeof *list.names), 0, &all};
    if (!list.tests || !list.rows || !list.names)
        return 1;
    add_tests(&list, &all.estimates, "level", "design", "stages", test_level);
    add_tests(&list, &all.contrasts, "contrast", "design", "stages", test_contrast);
    add_tests(&list, &all.lonely, "one PSU inside", "inside", "yes", test_lonely_inside);
    list.rows[list.n] = (row_of){&all, 0};
    list.tests[list.n] =
        (struct CMUnitTest){"where a chain of stages ends", test_chain, NULL, NULL, &list.rows[list.n]};
    list.n++;
    list.tests[list.n++] =
        (struct CMUnitTest){"rules for one PSU inside, by hand", test_rules_inside, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("stages", list.tests, list.n, NULL, NULL);
    free(list.tests);
    free(list.rows);
    free(list.names);
    golden_free(&all.designs);
    golden_free(&all.estimates);
    golden_free(&all.contrasts);
    golden_free(&all.lonely);
    golden_free(&all.stages);
    golden_free(&all.few);
    return failed;
}
