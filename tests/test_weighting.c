/* `weight` and `table --calibration` as whole commands, against R: weights, standard errors, reports, areas, shares. */
#include "tests/check.h"
#include "surveys/program/commands.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    golden targets, weights, table;
    char folder[64];
} references;

typedef struct {
    references *all;
    const char *name; /* of a case of calibrate-targets.csv */
    size_t row;       /* of calibrate.csv */
} case_row;

static const struct {
    const char *design, *file, *options;
} designs[] = {{"no-fpc", "gen-elements", "--strata stratum"},
               {"pairs", "gen-pairs", "--strata stratum --psu psu --nested"},
               {"clusters", "gen-clusters", "--psu cluster --fpc N"},
               {"ultimate", "gen-stages", "--strata stratum --psu psu --nested"}};

static size_t design_of(const char *name)
{
    size_t i = 0;
    while (strcmp(designs[i].design, name) != 0)
        i++;
    return i;
}

static void path_in(const references *all, const char *name, const char *ending, char out[128])
{
    snprintf(out, 128, "%s/%s%s", all->folder, name, ending);
}

/* Runs a command line parted by spaces, its standard output into a file. */
static int run_line(const char *line, const char *output)
{
    char copy[1024], *argv[64];
    int argc = 0;
    snprintf(copy, sizeof copy, "barometer %s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    assert_true(kept >= 0 && freopen(output, "w", stdout));
    int status = baro_program(argc, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    return status;
}

static size_t first_target(const references *all, const char *name)
{
    size_t at = 0;
    while (strcmp(golden_text(&all->targets, at, "case"), name) != 0)
        at++;
    return at;
}

/* The file of targets: a crossed category is written with * in this program. */
static void write_targets(const references *all, const char *name)
{
    char path[128];
    path_in(all, name, ".targets.csv", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("margin,category,target\n", file);
    for (size_t at = first_target(all, name); at < all->targets.rows; at++) {
        if (strcmp(golden_text(&all->targets, at, "case"), name) != 0)
            break;
        const char *margin = golden_text(&all->targets, at, "margin"), *category = golden_text(&all->targets, at, "category");
        fprintf(file, "%s,", margin);
        for (; *category; category++)
            fputc(*category == '.' && strchr(margin, '*') ? '*' : *category, file);
        fprintf(file, ",%s\n", golden_text(&all->targets, at, "target"));
    }
    fclose(file);
}

/* Makes the weights of a case: FOLDER/NAME.csv with its recipe, NAME.report.csv. */
static void make_weights(const references *all, const char *name)
{
    char line[1024], out[128], targets[128], report[128], bounds[64] = "";
    size_t at = first_target(all, name), d = design_of(golden_text(&all->targets, at, "design"));
    const char *method = golden_text(&all->targets, at, "method");
    path_in(all, name, ".csv", out);
    path_in(all, name, ".targets.csv", targets);
    path_in(all, name, ".report.csv", report);
    if (access(out, R_OK) == 0)
        return;
    write_targets(all, name);
    if (*golden_text(&all->targets, at, "lower"))
        snprintf(bounds, sizeof bounds, " --bounds %s,%s", golden_text(&all->targets, at, "lower"), golden_text(&all->targets, at, "upper"));
    snprintf(line, sizeof line, "weight --weight weight --targets %s --method %s%s tests/data/%s.csv -o %s --format csv", targets,
             strcmp(method, "poststratify") == 0 ? "post-stratify" : method, bounds, designs[d].file, out);
    assert_int_equal(run_line(line, report), 0);
}

static void weights_are_those_of_r(void **state)
{
    const case_row *row = *state;
    char path[128];
    make_weights(row->all, row->name);
    path_in(row->all, row->name, ".csv", path);
    golden made = golden_read(path);
    const golden *weights = &row->all->weights;
    size_t checked = 0;
    for (size_t i = 0; i < weights->rows; i++) {
        if (strcmp(golden_text(weights, i, "case"), row->name) != 0)
            continue;
        size_t at = (size_t)golden_number(weights, i, "row") - 1;
        check_close(golden_number(&made, at, "weight_calibrated"), golden_number(weights, i, "weight"), 1e-9);
        checked++;
    }
    assert_int_equal(checked, made.rows);
    golden_free(&made);
}

/* The report's last lines against the reference; its margins are met. */
static void report_is_right(void **state)
{
    const case_row *row = *state;
    const golden *table = &row->all->table;
    char path[128];
    make_weights(row->all, row->name);
    path_in(row->all, row->name, ".report.csv", path);
    golden report = golden_read(path);
    size_t at = 0, properties = 0;
    while (strcmp(golden_text(table, at, "case"), row->name) != 0)
        at++;
    for (size_t i = 0; i < report.rows; i++) {
        const char *what = golden_text(&report, i, "what");
        double before = golden_number(&report, i, "before"), after = golden_number(&report, i, "after");
        if (strcmp(what, "margin") == 0)
            check_close(after, golden_number(&report, i, "target"), 1e-9);
        if (strcmp(what, "smallest_factor") == 0 && ++properties)
            check_close(after, golden_number(table, at, "smallest_g"), 1e-9);
        if (strcmp(what, "largest_factor") == 0 && ++properties)
            check_close(after, golden_number(table, at, "largest_g"), 1e-9);
        if (strcmp(what, "deff") != 0)
            continue;
        properties++;
        check_close(before, golden_number(table, at, "kish_before"), 1e-9);
        check_close(after, golden_number(table, at, "kish_after"), 1e-9);
    }
    assert_int_equal(properties, 3);
    golden_free(&report);
}

/* "g=B" is group B of --by g; "period=2|3" a condition. */
static void ask(const references *all, const case_row *row, const char *more, char *line, size_t size)
{
    const golden *table = &all->table;
    char path[128], measure[96], domain[96] = "";
    const char *in = golden_text(table, row->row, "domain"), *level = golden_text(table, row->row, "level");
    size_t d = design_of(golden_text(table, row->row, "design"));
    path_in(all, row->name, ".csv", path);
    if (*level)
        snprintf(measure, sizeof measure, "--proportion m=%s:%s", golden_text(table, row->row, "variable"), level);
    else
        snprintf(measure, sizeof measure, "--%s %s", golden_text(table, row->row, "statistic"), golden_text(table, row->row, "variable"));
    if (*in) /* without spaces, which part the words of a line */
        snprintf(domain, sizeof domain, "--where %s", strcmp(in, "g=B") == 0 ? "g=='B'" : "(period>=2)and(period<=3)");
    snprintf(line, size, "table --calibration %s.calibration.yaml %s %s %s %s --quiet --format csv %s", path, designs[d].options, measure,
             domain, more, path);
}

static double se_of(const references *all, const case_row *row, const char *more)
{
    char line[1024], out[128];
    make_weights(all, row->name);
    ask(all, row, more, line, sizeof line);
    path_in(all, row->name, ".table.csv", out);
    assert_int_equal(run_line(line, out), 0);
    golden result = golden_read(out);
    assert_int_equal(result.rows, 1);
    check_close(golden_number(&result, 0, "estimate"), golden_number(&all->table, row->row, "estimate"), 1e-9);
    double se = golden_number(&result, 0, "se");
    golden_free(&result);
    return se;
}

static void variance_is_that_of_residuals(void **state)
{
    const case_row *row = *state;
    check_close(se_of(row->all, row, ""), golden_number(&row->all->table, row->row, "se"), 1e-7);
}

/* R's rake() has a rule of its own; both numbers are ours to give. */
static void rule_of_r_is_an_option(void **state)
{
    const case_row *row = *state;
    double ours = se_of(row->all, row, ""), theirs = se_of(row->all, row, "--calibration-residuals rake-r");
    check_close(theirs, golden_number(&row->all->table, row->row, "se_r"), 1e-7);
    assert_true(ours != theirs);
}

static void add_test(struct CMUnitTest *tests, size_t *n, CMUnitTestFunction run, case_row *rows, case_row row, const char *what,
                     const char *domain)
{
    char *name = malloc(128);
    assert_non_null(name);
    snprintf(name, 128, "%s: %s%s%s", row.name, what, *domain ? ", " : "", domain);
    rows[*n] = row;
    tests[*n] = (struct CMUnitTest){name, run, NULL, NULL, &rows[*n]};
    (*n)++;
}

int main(void)
{
    enum { MOST = 400 };
    static const char *const cases[] = {"k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11", "k12"};
    references all = {golden_read("tests/reference/calibrate-targets.csv"), golden_read("tests/reference/calibrated-weights.csv"),
                      golden_read("tests/reference/calibrate.csv"), "/tmp/baro-weighting-XXXXXX"};
    struct CMUnitTest *tests = calloc(MOST, sizeof *tests);
    case_row *rows = calloc(MOST, sizeof *rows);
    size_t n = 0;
    if (!tests || !rows || !mkdtemp(all.folder))
        return 1;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        add_test(tests, &n, weights_are_those_of_r, rows, (case_row){&all, cases[c], 0}, "weights", "");
        add_test(tests, &n, report_is_right, rows, (case_row){&all, cases[c], 0}, "report", "");
    }
    for (size_t i = 0; i < all.table.rows; i++) {
        const char *what = golden_text(&all.table, i, "statistic"), *domain = golden_text(&all.table, i, "domain");
        case_row row = {&all, golden_text(&all.table, i, "case"), i};
        add_test(tests, &n, variance_is_that_of_residuals, rows, row, *golden_text(&all.table, i, "level") ? "proportion" : what, domain);
        if (strcmp(row.name, "k2") == 0 || strcmp(row.name, "k7") == 0)
            add_test(tests, &n, rule_of_r_is_an_option, rows, row, "R's own rule", domain);
    }
    int failed = _cmocka_run_group_tests("weighting", tests, n, NULL, NULL);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        static const char *const endings[] = {".csv", ".csv.calibration.yaml", ".targets.csv", ".report.csv", ".table.csv"};
        char path[128];
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
            path_in(&all, cases[c], endings[e], path);
            unlink(path);
        }
    }
    rmdir(all.folder);
    for (size_t i = 0; i < n; i++)
        free((char *)(uintptr_t)tests[i].name);
    golden_free(&all.targets);
    golden_free(&all.weights);
    golden_free(&all.table);
    free(tests);
    free(rows);
    return failed;
}
