/* Calibrated weights and their variances against R (calibrate.csv, calibrated-weights.csv), limits, areas and refusals.
 */
#include "tests/check.h"
#include "stats/calibrate.h"
#include "stats/variance.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARGINS = 4, VARIABLES = 32, ENTRIES = 8192 };

typedef struct {
    golden designs, targets, weights, table, elements, pairs, clusters, stages;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

/* A job of calibrate-targets.csv over a golden case. */
typedef struct {
    golden_case made;
    baro_calibration job;
    baro_margin margin[MARGINS];
    uint32_t *category[MARGINS];
    double *number[MARGINS], target[MARGINS][VARIABLES];
    double *weight, achieved[VARIABLES];
    void *scratch;
    baro_calibrated out;
} calibrate_case;

static const golden *data_of(references *all, const char *design)
{
    return strcmp(design, "no-fpc") == 0     ? &all->elements
           : strcmp(design, "pairs") == 0    ? &all->pairs
           : strcmp(design, "clusters") == 0 ? &all->clusters
                                             : &all->stages;
}

/* "g*h" with category "A.k", "g" with "A", or the number "x". */
static bool has_category(const golden *data, size_t row, const char *margin, const char *category)
{
    char left[16], wanted[64];
    const char *star = strchr(margin, '*');
    if (!star)
        return strcmp(golden_text(data, row, margin), category) == 0;
    snprintf(left, sizeof left, "%.*s", (int)(star - margin), margin);
    snprintf(wanted, sizeof wanted, "%s.%s", golden_text(data, row, left), golden_text(data, row, star + 1));
    return strcmp(wanted, category) == 0;
}

static void add_target(calibrate_case *c, const golden *data, const golden *targets, size_t at, bool begins)
{
    const char *name = golden_text(targets, at, "margin"), *category = golden_text(targets, at, "category");
    if (begins) {
        size_t m = c->job.margins++;
        c->category[m] = calloc(data->rows, sizeof(uint32_t));
        c->number[m] = calloc(data->rows, sizeof(double));
        assert_true(c->category[m] && c->number[m]);
        for (size_t i = 0; i < data->rows; i++)
            c->category[m][i] = 1000;
        c->margin[m] = (baro_margin){*category ? c->category[m] : NULL, 0, c->number[m], c->target[m]};
    }
    size_t m = c->job.margins - 1, k = c->margin[m].categories++;
    c->target[m][k] = golden_number(targets, at, "target");
    for (size_t i = 0; i < data->rows; i++) {
        if (*category && has_category(data, i, name, category))
            c->category[m][i] = (uint32_t)k;
        if (!*category)
            c->number[m][i] = golden_number(data, i, name);
    }
}

static baro_calibrate_kind kind_of(const char *method)
{
    static const char *const names[] = {"poststratify", "rake", "linear", "raking", "logit"};
    unsigned kind = 0;
    while (strcmp(names[kind], method) != 0)
        kind++;
    return (baro_calibrate_kind)kind;
}

static void open_case(calibrate_case *c, references *all, size_t row)
{
    const golden *table = &all->table, *targets = &all->targets;
    const char *name = golden_text(table, row, "case"), *design = golden_text(table, row, "design"),
               *domain = golden_text(table, row, "domain");
    const golden *data = data_of(all, design);
    *c = (calibrate_case){0};
    golden_case_open(&c->made, &all->designs, data, design, golden_text(table, row, "variable"),
                     golden_text(table, row, "level"), &domain, 1);
    const char *last = "";
    for (size_t at = 0; at < targets->rows; at++) {
        if (strcmp(golden_text(targets, at, "case"), name) != 0)
            continue;
        const char *margin = golden_text(targets, at, "margin");
        add_target(c, data, targets, at, strcmp(margin, last) != 0);
        last = margin;
        if (*golden_text(targets, at, "lower")) {
            c->job.lower = golden_number(targets, at, "lower");
            c->job.upper = golden_number(targets, at, "upper");
        }
    }
    c->job.rows = data->rows;
    c->job.weight = c->made.weight;
    c->job.margin = c->margin;
    c->job.kind = kind_of(golden_text(table, row, "method"));
    c->weight = calloc(data->rows, sizeof(double));
    c->scratch = malloc(baro_calibrate_room(&c->job));
    assert_true(c->weight && c->scratch);
}

static void close_case(calibrate_case *c)
{
    for (size_t m = 0; m < c->job.margins; m++) {
        free(c->category[m]);
        free(c->number[m]);
    }
    free(c->weight);
    free(c->scratch);
    golden_case_close(&c->made);
}

static baro_status run(calibrate_case *c, baro_fault *fault)
{
    return baro_calibrate(&c->job, c->scratch, c->weight, c->achieved, &c->out, fault);
}

/* Variances of forms over the extended totals. */
typedef struct {
    baro_totals plain, wide;
    baro_residuals residuals;
    uint32_t unit_end[2][1024], column[2][ENTRIES], touched[VARIABLES + 16];
    double high[2][ENTRIES], low[2][ENTRIES], total[2][VARIABLES + 16], wyy[4], hits[4];
    double normal[VARIABLES * VARIABLES * 2], cross[16 * VARIABLES];
    baro_moments moments[4];
    unsigned char mark[VARIABLES + 16];
    baro_sum sum[VARIABLES + 16];
} wide_totals;

static wide_totals *widen(const calibrate_case *c, bool as_rake)
{
    wide_totals *w = calloc(1, sizeof *w);
    assert_non_null(w);
    baro_cross cross = c->made.cross;
    cross.weight = c->weight;
    baro_totals_work work = {w->touched, w->mark, w->sum};
    baro_fault fault;
    w->plain = (baro_totals){.unit_end = w->unit_end[0],
                             .column = w->column[0],
                             .high = w->high[0],
                             .low = w->low[0],
                             .total = w->total[0],
                             .moments = w->moments,
                             .sum_wyy = w->wyy,
                             .hits = w->hits};
    assert_int_equal(baro_totals_sum(&c->made.design, &cross, &work, &w->plain, &fault), BARO_OK);
    assert_true(baro_calibrate_entries(&c->job, &c->made.design, &w->plain) <= ENTRIES);
    w->wide = (baro_totals){
        .unit_end = w->unit_end[1], .column = w->column[1], .high = w->high[1], .low = w->low[1], .total = w->total[1]};
    baro_calibrate_extend(&c->job, &c->made.design, c->weight, &w->plain, &work, &w->wide);
    w->residuals = (baro_residuals){.as_rake = as_rake, .normal = w->normal, .cross = w->cross};
    assert_int_equal(baro_calibrate_residuals(&c->job, &cross, &w->residuals), BARO_OK);
    return w;
}

/* Level of the domain (cell 1), or of everyone; mean or total. */
static baro_linear plain_form(const calibrate_case *c, const wide_totals *w, bool total, double *slope)
{
    static const uint32_t columns[] = {2, 3};
    double sum = w->plain.total[2], n = w->plain.total[3], mean = sum / n, shift = c->made.cross.shift;
    slope[0] = total ? 1 : 1 / n;
    slope[1] = total ? shift : -mean / n;
    return (baro_linear){total ? sum + shift * n : mean + shift, 2, columns, slope};
}

static void test_golden(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table, *weights = &at->all->weights;
    size_t row = at->row;
    bool total = strcmp(golden_text(table, row, "statistic"), "total") == 0;
    const char *name = golden_text(table, row, "case");
    calibrate_case c;
    baro_fault fault;
    open_case(&c, at->all, row);
    assert_int_equal(run(&c, &fault), BARO_OK);
    for (size_t i = 0; i < weights->rows; i++)
        if (strcmp(golden_text(weights, i, "case"), name) == 0)
            check_close(c.weight[(size_t)golden_number(weights, i, "row") - 1], golden_number(weights, i, "weight"),
                        1e-10);
    assert_true(c.out.misfit <= 1e-12);
    check_close(c.out.smallest_g, golden_number(table, row, "smallest_g"), 1e-10);
    check_close(c.out.largest_g, golden_number(table, row, "largest_g"), 1e-10);
    check_close(c.out.before.kish, golden_number(table, row, "kish_before"), 1e-12);
    check_close(c.out.after.kish, golden_number(table, row, "kish_after"), 1e-11);
    for (size_t m = 0, k = 0; m < c.job.margins; m++)
        for (size_t j = 0; j < c.margin[m].categories; j++)
            check_close(c.achieved[k++], c.target[m][j], 1e-12);
    wide_totals *w = widen(&c, false);
    double slope[2], scratch_slope[2 * VARIABLES], slopes[VARIABLES + 2], variance[2];
    uint32_t columns[VARIABLES + 2];
    baro_linear form[2];
    baro_reach reach[2];
    form[0] = plain_form(&c, w, total, slope);
    assert_int_equal(
        baro_calibrate_form(&w->residuals, &form[0], scratch_slope, VARIABLES + 2, columns, slopes, &form[1]), BARO_OK);
    baro_variance_job job = {&c.made.design, &w->wide, form, 2, BARO_ONE_PSU_FAIL};
    void *scratch = malloc(baro_variance_room(&job, 1));
    assert_int_equal(baro_variances(&job, scratch, variance, reach, &fault), BARO_OK);
    check_close(form[0].value, golden_number(table, row, "estimate"), 1e-10);
    check_close(sqrt(variance[0]), golden_number(table, row, "se_ignored"), 1e-9);
    check_close(sqrt(variance[1]), golden_number(table, row, "se"), 1e-9);
    assert_int_equal(reach[0].units, reach[1].units); /* calibration variables put no unit into a domain */
    assert_int_equal(reach[0].strata, reach[1].strata);
    const baro_pair self = {1, 1};
    double covariance;
    assert_int_equal(baro_covariances(&job, &self, 1, scratch, &covariance, &fault), BARO_OK);
    check_close(covariance, variance[1], 1e-11);
    free(scratch);
    free(w);
    close_case(&c);
}

/* The rule of R's rake(), as an option. */
static void test_as_rake(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table;
    double slope[2], scratch_slope[2 * VARIABLES], slopes[VARIABLES + 2], variance;
    uint32_t columns[VARIABLES + 2];
    calibrate_case c;
    baro_fault fault;
    open_case(&c, at->all, at->row);
    assert_int_equal(run(&c, &fault), BARO_OK);
    wide_totals *w = widen(&c, true);
    baro_linear form = plain_form(&c, w, strcmp(golden_text(table, at->row, "statistic"), "total") == 0, slope), wide;
    assert_int_equal(baro_calibrate_form(&w->residuals, &form, scratch_slope, VARIABLES + 2, columns, slopes, &wide),
                     BARO_OK);
    baro_variance_job job = {&c.made.design, &w->wide, &wide, 1, BARO_ONE_PSU_FAIL};
    void *scratch = malloc(baro_variance_room(&job, 0));
    assert_int_equal(baro_variances(&job, scratch, &variance, NULL, &fault), BARO_OK);
    check_close(sqrt(variance), golden_number(table, at->row, "se_r"), 1e-8);
    assert_int_equal(baro_calibrate_form(&w->residuals, &form, scratch_slope, 2, columns, slopes, &wide),
                     BARO_OUT_OF_DOMAIN);
    free(scratch);
    free(w);
    close_case(&c);
}

/* ---- by hand ---- */

static const uint32_t sex[] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 0}, age[] = {0, 1, 0, 1, 0, 1, 0, 1, 1, 1};
static const double base[] = {1.2, .7, 3.4, 1.1, .9, 2.2, .4, 1.6, 1.3, 0}, sexes[] = {7.3, 6.1}, ages[] = {5.2, 8.2};

typedef struct {
    baro_margin margin[2];
    baro_calibration job;
    double weight[20], achieved[16];
    baro_calibrated out;
} small_case;

static small_case small(void)
{
    small_case s = {.margin = {{sex, 2, NULL, sexes}, {age, 2, NULL, ages}}};
    s.job = (baro_calibration){.rows = 10, .weight = base, .margins = 2, .kind = BARO_CALIBRATE_RAKE};
    return s;
}

static baro_status run_small(small_case *s, baro_fault *fault)
{
    s->job.margin = s->margin;
    void *scratch = malloc(baro_calibrate_room(&s->job));
    baro_status status = baro_calibrate(&s->job, scratch, s->weight, s->achieved, &s->out, fault);
    free(scratch);
    return status;
}

/* Raking by margins and by Newton's steps are one estimator; a row without weight stays without. */
static void test_two_ways(void **state)
{
    (void)state;
    small_case a = small(), b = small();
    baro_fault fault;
    b.job.kind = BARO_CALIBRATE_RAKING;
    assert_int_equal(run_small(&a, &fault), BARO_OK);
    assert_int_equal(run_small(&b, &fault), BARO_OK);
    for (size_t i = 0; i < 10; i++)
        check_close(a.weight[i], b.weight[i], 1e-11);
    assert_int_equal(a.weight[9], 0);
    assert_int_equal(a.out.after.n, 9);
}

/* Limits and targets hold together, for every method; weights off the limits keep one factor a cell when they are
 * raked. */
static void test_limits(void **state)
{
    (void)state;
    static const baro_calibrate_kind kinds[] = {BARO_CALIBRATE_RAKE, BARO_CALIBRATE_RAKING, BARO_CALIBRATE_LINEAR,
                                                BARO_CALIBRATE_LOGIT};
    for (size_t k = 0; k < 4; k++) {
        small_case s = small();
        baro_fault fault;
        s.job.kind = kinds[k];
        s.job.largest = 2.9;
        s.job.smallest = .5;
        if (kinds[k] == BARO_CALIBRATE_LOGIT) {
            s.job.lower = .2;
            s.job.upper = 4;
        }
        assert_int_equal(run_small(&s, &fault), BARO_OK);
        assert_true(s.out.trimmed >= 2);
        assert_true(s.out.after.largest <= 2.9 * (1 + 1e-9) && s.out.after.smallest >= .5 * (1 - 1e-9));
        assert_true(s.out.after.kish < s.out.before.kish);
        for (size_t v = 0; v < 4; v++)
            check_close(s.achieved[v], v < 2 ? sexes[v] : ages[v - 2], 1e-9);
    }
    small_case s = small();
    baro_fault fault;
    s.job.largest = 1.2; /* 9 rows cannot make 13.4 */
    assert_int_equal(run_small(&s, &fault), BARO_NOT_CONVERGED);
    assert_true(fault.value > 1e-9);
}

/* Two areas are two calibrations. */
static void test_areas(void **state)
{
    (void)state;
    uint32_t where[20], sex2[20], age2[20];
    double d[20], t1[] = {7.3, 6.1, 8.8, 4.4}, t2[] = {5.2, 8.2, 6.6, 6.6};
    small_case one = small(), two = small(), both = small();
    const double first[] = {8.8, 4.4}, second[] = {6.6, 6.6};
    baro_fault fault;
    for (size_t i = 0; i < 20; i++) { /* interleaved */
        where[i] = (uint32_t)(i % 2);
        sex2[i] = sex[i / 2];
        age2[i] = age[i / 2];
        d[i] = base[i / 2];
    }
    two.margin[0].target = first;
    two.margin[1].target = second;
    both.margin[0] = (baro_margin){sex2, 2, NULL, t1};
    both.margin[1] = (baro_margin){age2, 2, NULL, t2};
    both.job.area = where;
    both.job.areas = 2;
    both.job.rows = 20;
    both.job.weight = d;
    assert_int_equal(run_small(&one, &fault), BARO_OK);
    assert_int_equal(run_small(&two, &fault), BARO_OK);
    assert_int_equal(run_small(&both, &fault), BARO_OK);
    for (size_t i = 0; i < 10; i++) {
        check_close(both.weight[2 * i], one.weight[i], 1e-14);
        check_close(both.weight[2 * i + 1], two.weight[i], 1e-14);
    }
    t2[3] = 9; /* area 1: margins that do not add up */
    assert_int_equal(run_small(&both, &fault), BARO_NOT_CONVERGED);
    assert_true(fault.value > .01);
    assert_true(fault.other >= 2 && fault.other < 4);
}

static void test_refusals(void **state)
{
    (void)state;
    baro_fault fault;
    const double missing[] = {7.3, 6.1, 1.5}, disagree[] = {5.2, 9}, negative[] = {-1, 14.4};
    double bad[10], number[10] = {0};
    uint32_t unknown[10];
    memcpy(bad, base, sizeof bad);
    memcpy(unknown, sex, sizeof unknown);
    small_case s = small();
    s.margin[0] = (baro_margin){sex, 3, NULL, missing};
    assert_int_equal(run_small(&s, &fault), BARO_EMPTY_DOMAIN);
    assert_int_equal(fault.index, 0);
    assert_int_equal(fault.other, 2);
    s = small();
    s.margin[1].target = disagree;
    assert_int_equal(run_small(&s, &fault), BARO_NOT_CONVERGED);
    assert_true(fault.value > .01);
    s.job.kind = BARO_CALIBRATE_LINEAR;
    assert_int_equal(run_small(&s, &fault), BARO_NOT_CONVERGED);
    s.job.kind = BARO_CALIBRATE_RAKING;
    assert_int_equal(run_small(&s, &fault), BARO_NOT_CONVERGED);
    s = small();
    s.job.kind = BARO_CALIBRATE_LOGIT;
    s.job.lower = .99;
    s.job.upper = 1.01;
    assert_int_equal(run_small(&s, &fault), BARO_NOT_CONVERGED);
    s.job.lower = 1.1;
    assert_int_equal(run_small(&s, &fault), BARO_OUT_OF_DOMAIN);
    s = small();
    s.margin[1].target = negative;
    assert_int_equal(run_small(&s, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(fault.index, 1);
    s = small();
    bad[4] = -.1;
    s.job.weight = bad;
    assert_int_equal(run_small(&s, &fault), BARO_BAD_WEIGHT);
    assert_int_equal(fault.index, 4);
    s = small();
    unknown[3] = 7;
    s.margin[0].category = unknown;
    assert_int_equal(run_small(&s, &fault), BARO_BAD_DATA);
    assert_int_equal(fault.index, 3);
    assert_int_equal(fault.other, 0);
    s = small();
    number[2] = NAN;
    s.job.kind = BARO_CALIBRATE_LINEAR;
    s.margin[1] = (baro_margin){NULL, 1, number, ages};
    assert_int_equal(run_small(&s, &fault), BARO_BAD_DATA);
    assert_int_equal(fault.other, 1);
    s = small();
    s.job.kind = BARO_CALIBRATE_POSTSTRATIFY;
    assert_int_equal(run_small(&s, &fault), BARO_OUT_OF_DOMAIN);
    s.margin[1] = (baro_margin){NULL, 1, base, ages};
    s.job.kind = BARO_CALIBRATE_RAKE;
    assert_int_equal(run_small(&s, &fault), BARO_OUT_OF_DOMAIN);
}

int main(void)
{
    references all = {golden_read("tests/reference/designs.csv"),
                      golden_read("tests/reference/calibrate-targets.csv"),
                      golden_read("tests/reference/calibrated-weights.csv"),
                      golden_read("tests/reference/calibrate.csv"),
                      golden_read("tests/data/gen-elements.csv"),
                      golden_read("tests/data/gen-pairs.csv"),
                      golden_read("tests/data/gen-clusters.csv"),
                      golden_read("tests/data/gen-stages.csv")};
    const struct CMUnitTest plain[] = {cmocka_unit_test(test_two_ways), cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_areas), cmocka_unit_test(test_refusals)};
    enum { PLAIN = sizeof plain / sizeof *plain };
    size_t n = 0;
    struct CMUnitTest *tests = calloc(2 * all.table.rows + PLAIN, sizeof *tests);
    row_of *rows = calloc(all.table.rows, sizeof *rows);
    char(*names)[96] = calloc(all.table.rows, sizeof *names);
    char(*rule_names)[96] = calloc(all.table.rows, sizeof *rule_names);
    if (!tests || !rows || !names || !rule_names)
        return 1;
    for (size_t row = 0; row < all.table.rows; row++) {
        snprintf(names[row], sizeof names[row], "%s %s %s %s, %s", golden_text(&all.table, row, "case"),
                 golden_text(&all.table, row, "method"), golden_text(&all.table, row, "statistic"),
                 golden_text(&all.table, row, "variable"), golden_text(&all.table, row, "domain"));
        rows[row] = (row_of){&all, row};
        tests[n++] = (struct CMUnitTest){names[row], test_golden, NULL, NULL, &rows[row]};
        snprintf(rule_names[row], sizeof rule_names[row], "as R's rake(): %s", golden_text(&all.table, row, "case"));
        if (strcmp(golden_text(&all.table, row, "method"), "rake") == 0)
            tests[n++] = (struct CMUnitTest){rule_names[row], test_as_rake, NULL, NULL, &rows[row]};
    }
    for (size_t i = 0; i < PLAIN; i++)
        tests[n++] = plain[i];
    int failed = _cmocka_run_group_tests("calibration", tests, n, NULL, NULL);
    free(tests);
    free(rows);
    free(names);
    free(rule_names);
    golden_free(&all.designs);
    golden_free(&all.targets);
    golden_free(&all.weights);
    golden_free(&all.table);
    golden_free(&all.elements);
    golden_free(&all.pairs);
    golden_free(&all.clusters);
    golden_free(&all.stages);
    return failed;
}
