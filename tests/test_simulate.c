/* What is drawn: shares, weights, the intra-class correlation, the same bytes for the same seed, and tables that cover the truth. */
#include "surveys/analyses/simulate.h"
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/study.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A survey and a truth in memory, drawn into a file. */
typedef struct {
    analysis a;
    baro_truth truth;
    baro_simulation *simulation;
    char path[64];
} drawn;

static void draw(drawn *d, const char *survey, const char *truth, uint64_t seed, size_t wave)
{
    baro_output *output = NULL;
    analysis_open_text(&d->a, survey);
    baro_status status = baro_truth_parse("truth.yaml", truth, strlen(truth), &d->a.survey, d->a.arena, &d->truth, d->a.error);
    baro_simulation_request request = {.survey = &d->a.survey, .truth = &d->truth, .seed = seed};
    if (status == BARO_OK)
        status = baro_simulation_new(&request, d->a.arena, d->a.error, &d->simulation);
    if (status)
        baro_error_print(d->a.error, true, stderr);
    assert_int_equal(status, BARO_OK);
    snprintf(d->path, sizeof d->path, "/tmp/simulate-XXXXXX");
    int file = mkstemp(d->path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(baro_output_open(d->path, &output, d->a.error), BARO_OK);
    assert_int_equal(baro_simulation_write(d->simulation, 0, baro_simulation_periods(d->simulation), wave, output), BARO_OK);
    assert_int_equal(baro_output_close(output, d->a.error), BARO_OK);
    analysis_file(&d->a, d->path);
}

static void done(drawn *d)
{
    unlink(d->path);
    analysis_close(&d->a);
}

static char *bytes_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL, block[4096];
    size_t size = 0, n;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(file);
    assert_non_null(out);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        fwrite(block, 1, n, out);
    fclose(file);
    fclose(out);
    return text;
}

/* Field number `column` (from 0) of a row without quotes. */
static double field(const char *row, int column)
{
    for (; column > 0; column--)
        row = strchr(row, ',') + 1;
    return strtod(row, NULL);
}

#define SCALE "scales:\n  - {id: agree, positive: [Agree], negative: [Disagree], dont_know: [Unsure], not_asked: [Left out]}\n"

static const char plain[] = "survey: {id: t, population: P}\n"
                            "design: {weight: w, strata: area, psu: ward}\n" SCALE
                            "groups:\n"
                            "  - {id: area, kind: area, columns: [area, gebiet], categories: [{label: North}, {label: South}]}\n"
                            "  - {id: kind, columns: [k_new, k_old], categories: [{label: A, codes: [1, a]}, {label: B, codes: [2]}]}\n"
                            "measures:\n"
                            "  - {id: m, columns: [m, m_old], scale: agree}\n"
                            "  - {id: asked, columns: m2, scale: agree, base: asked}\n"
                            "  - {id: channel, either: [{column: e1, where: \"kind == A\"}, {column: e2}], scale: agree}\n"
                            "  - {id: hangs, columns: h, scale: agree, where: \"m == 'Agree'\"}\n"
                            "  - {id: several, multi: [s1, s2]}\n"
                            "  - {id: number, columns: x, statistic: mean}\n";
static const char uneven[] = "interviews: 60000\nunits: 300\nicc: 0\nmodules: [P, Q]\nanswers: mixed\n"
                             "groups:\n"
                             "  - {id: area, sample: even, categories: [{label: North, share: 1}, {label: South, share: 4}]}\n"
                             "  - {id: kind, unknown: 0.1, categories: [{label: A, share: 3, response: 0.5}, {label: B, share: 7}]}\n"
                             "measures:\n"
                             "  - {id: m, level: 0.37, cells: [{group: kind, category: A, level: 0.6}, {group: area, category: North, level: 0.25}]}\n"
                             "  - {id: asked, level: 0.6, dont_know: 0.2, module: Q}\n"
                             "  - {id: channel, level: 0.5, cells: [{group: kind, category: A, level: 0.31}]}\n"
                             "  - {id: hangs, level: 0.23}\n"
                             "  - {id: several, answers: [{answer: X, level: 0.5}, {answer: Y, level: 0.2}]}\n"
                             "  - {id: number, level: 20, sd: 3, cells: [{group: kind, category: A, level: 17}]}\n";

/* Every level of a large sample is within 4.5 standard errors of what is true, and nothing is unknown to the survey. */
static void estimates_are_of_the_truth(void **state)
{
    drawn d;
    const baro_true_level *level;
    size_t n, compared = 0;
    (void)state;
    draw(&d, plain, uneven, 11, 0);
    analysis_by(&d.a, "area", NULL);
    analysis_by(&d.a, "kind", NULL);
    analysis_works(&d.a);
    assert_string_equal(d.a.said, "");
    assert_int_equal(baro_simulation_truth(d.simulation, false, &level, &n), BARO_OK);
    for (size_t i = 0; i < n; i++) {
        const baro_row *row = analysis_row(&d.a, (analysis_key){level[i].measure->id, level[i].level, level[i].by ? level[i].by->id : "", level[i].group, "", NULL, NULL});
        if (fabs(row->estimate - level[i].truth) > 4.5 * row->se)
            print_error("%s %s %s: %g, true is %g, se %g\n", level[i].measure->id, level[i].level, level[i].group, row->estimate, level[i].truth, row->se);
        assert_true(row->se > 0 && fabs(row->estimate - level[i].truth) <= 4.5 * row->se);
        compared++;
    }
    assert_int_equal(compared, 35); /* 5 rows for each of 5 measures, twice 5 for the two answers of `several` */
    done(&d);
}

/* Half the interviews in each area whatever its share, A half as likely to answer; weights give the shares back. */
static void weights_undo_the_sample(void **state)
{
    drawn d;
    (void)state;
    draw(&d, plain, uneven, 12, 0);
    analysis_by(&d.a, "area", NULL);
    analysis_by(&d.a, "kind", NULL);
    analysis_works(&d.a);
    const baro_row *all = analysis_row(&d.a, (analysis_key){"number", "", "", "", "", NULL, NULL});
    const baro_row *north = analysis_row(&d.a, (analysis_key){"number", "", "area", "North", "", NULL, NULL});
    const baro_row *kind = analysis_row(&d.a, (analysis_key){"number", "", "kind", "A", "", NULL, NULL});
    check_close(north->base / all->base, 0.5, 0.01);
    check_close(north->weighted_base / all->weighted_base, 0.2, 0.02);
    check_close(kind->base / all->base, 0.9 * 1.5 / 8.5, 0.03);
    check_close(kind->weighted_base / all->weighted_base, 0.9 * 0.3, 0.03);
    check_close(all->weighted_base / all->base, 1, 0.01);
    done(&d);
}

/* Analysis of variance over 400 PSUs: (between - within) / (between + (m - 1) within). */
static void correlation_within_units(void **state)
{
    static const char truth[] = "interviews: 24000\nunits: 200\nicc: 0.09\nmood: 0\ndont_know: 0\nrefused: 0\nblank: 0\nanswers: codes\n"
                                "measures: [{id: m, level: 0.4}]\n";
    enum { UNITS = 1000 };
    static double sum[UNITS], n[UNITS];
    double all = 0, rows = 0, between = 0, within = 0, squares = 0, units = 0;
    drawn d;
    (void)state;
    memset(sum, 0, sizeof sum);
    memset(n, 0, sizeof n);
    draw(&d, plain, truth, 5, 0);
    char *text = bytes_of(d.path);
    assert_int_equal(strncmp(text, "respondent,w,area,k_new,ward,m,", 31), 0);
    for (char *row = strchr(text, '\n') + 1; *row; row = strchr(row, '\n') + 1) {
        char *ward = row;
        for (int c = 0; c < 4; c++)
            ward = strchr(ward, ',') + 1;
        size_t unit = (size_t)(strtod(ward, NULL) - 1) * 500 + (size_t)strtod(strchr(ward, '-') + 1, NULL);
        double y = field(row, 5) == 1;
        sum[unit] += y;
        n[unit]++;
        all += y;
        rows++;
    }
    for (size_t u = 0; u < UNITS; u++) {
        if (n[u] == 0)
            continue;
        double mean = sum[u] / n[u];
        between += n[u] * (mean - all / rows) * (mean - all / rows);
        within += n[u] * mean * (1 - mean);
        squares += n[u] * n[u];
        units++;
    }
    assert_true(units == 400);
    double m = (rows - squares / rows) / (units - 1);
    between /= units - 1;
    within /= rows - units;
    check_close((between - within) / (between + (m - 1) * within), 0.09, 0.15);
    free(text);
    done(&d);
}

static void same_seed_same_bytes(void **state)
{
    drawn a, b, c;
    (void)state;
    draw(&a, plain, uneven, 3, 0);
    draw(&b, plain, uneven, 3, 0);
    draw(&c, plain, uneven, 4, 0);
    char *one = bytes_of(a.path), *two = bytes_of(b.path), *three = bytes_of(c.path);
    assert_string_equal(one, two);
    assert_string_not_equal(one, three);
    free(one);
    free(two);
    free(three);
    done(&a);
    done(&b);
    done(&c);
}

static const struct {
    const char *name, *more;
    size_t wave;
    const char *header;
} headers[] = {
    {"newest names", "", 0, "respondent,w,area,k_new,ward,m,m2,e1,e2,h,s1,s2,x"},
    {"older names", "", 1, "respondent,w,gebiet,k_old,ward,m_old,m2,e1,e2,h,s1,s2,x"},
    {"oldest name twice", "", 5, "respondent,w,gebiet,k_old,ward,m_old,m2,e1,e2,h,s1,s2,x"},
    {"modules", "modules: [P]\nmodule_column: MODULE\n", 0, "respondent,w,area,k_new,ward,MODULE,m,m2,e1,e2,h,s1,s2,x"},
    {"a column of one's own", "groups: [{column: colour, categories: [{label: red}]}]\n", 0, "respondent,w,colour,area,k_new,ward,m,m2,e1,e2,h,s1,s2,x"},
};
enum { HEADERS = sizeof headers / sizeof *headers };

static void names_its_columns(void **state)
{
    const size_t i = *(const size_t *)*state;
    char truth[300];
    drawn d;
    snprintf(truth, sizeof truth, "interviews: 3\n%s", headers[i].more);
    draw(&d, plain, truth, 1, headers[i].wave);
    char *text = bytes_of(d.path);
    *strchr(text, '\n') = '\0';
    assert_string_equal(text, headers[i].header);
    free(text);
    done(&d);
}

/* Small, so that a mistake shows and chance does not: levels of everyone, one a measure and seed, against a binomial limit. */
static void intervals_cover(void **state)
{
    static const char *const surveys[] = {"demo", "tdiu"};
    (void)state;
    for (size_t i = 0; i < sizeof surveys / sizeof *surveys; i++) {
        study s = {.survey = surveys[i], .seeds = 25, .first_seed = 1000, .lonely = -1};
        size_t covered = 0, trials = 0;
        assert_true(study_run(&s));
        for (int size = STUDY_UNDER_300; size < STUDY_SIZES; size++) {
            covered += s.covered[STUDY_SHARE][size] + s.covered[STUDY_GAP][size];
            trials += s.trials[STUDY_SHARE][size] + s.trials[STUDY_GAP][size];
        }
        assert_true(s.everyone_trials >= 75);
        double n = (double)s.everyone_trials, slack = 4.5 * sqrt(0.05 * 0.95 / n);
        assert_true((double)s.everyone_covered / n >= 0.95 - slack);
        assert_true(trials > 1000 && (double)covered / (double)trials > 0.92 && (double)covered / (double)trials < 0.98);
    }
}

int main(void)
{
    static size_t place[HEADERS];
    struct CMUnitTest tests[HEADERS + 5] = {cmocka_unit_test(estimates_are_of_the_truth), cmocka_unit_test(weights_undo_the_sample),
                                            cmocka_unit_test(correlation_within_units), cmocka_unit_test(same_seed_same_bytes), cmocka_unit_test(intervals_cover)};
    for (size_t i = 0; i < HEADERS; i++) {
        place[i] = i;
        tests[5 + i] = (struct CMUnitTest){headers[i].name, names_its_columns, NULL, NULL, &place[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
