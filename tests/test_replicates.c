/* Replicate weights against R (replicates.csv, the scd digits of the methods) and the makers against what they promise.
 */
#include "tests/check.h"
#include "stats/replicate_make.h"
#include "stats/variance.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    golden designs, table, pairs, clusters, strata;
} references;

typedef struct {
    references *all;
    size_t row;
} row_of;

enum { MOST = 64 };

/* Weights by replicate as columns, their rule, and the crosses of y and x over the cells "in domain 1" and "in domain
 * 2". */
typedef struct {
    golden_case made;
    const golden *data;
    double *weight, *base, *y, *x, *factor;
    const double *column[MOST];
    double rscale[MOST];
    uint32_t *cell;
    size_t replicates;
    bool factors;
} replicate_case;

static void supply(replicate_case *c, const golden *table, size_t row)
{
    c->replicates = (size_t)golden_number(table, row, "replicates");
    c->weight = calloc(c->replicates * c->data->rows, sizeof *c->weight);
    assert_non_null(c->weight);
    for (size_t r = 0; r < c->replicates; r++) {
        char name[32];
        snprintf(name, sizeof name, "%s%zu", golden_text(table, row, "set"), r + 1);
        for (size_t i = 0; i < c->data->rows; i++)
            c->weight[r * c->data->rows + i] = golden_number(c->data, i, name);
        c->rscale[r] = golden_number(table, row, "rscale");
    }
}

/* Factors by unit, spread over the rows. */
static void make(replicate_case *c, baro_replicates kind, bool infinite)
{
    static const double none[1] = {0};
    baro_fault fault;
    if (infinite)
        c->made.design.fraction = none;
    c->replicates = baro_replicate_count(kind, &c->made.design, 0);
    assert_true(c->replicates > 0 && c->replicates <= MOST);
    size_t units = c->made.design.units;
    c->factor = calloc(c->replicates * units, sizeof *c->factor);
    c->weight = calloc(c->replicates * c->data->rows, sizeof *c->weight);
    assert_true(c->factor && c->weight);
    baro_replicate_plan plan = {.kind = kind, .replicates = c->replicates};
    assert_int_equal(baro_replicate_make(&plan, &c->made.design, c->factor, c->rscale, &fault), BARO_OK);
    for (size_t r = 0; r < c->replicates; r++)
        for (size_t unit = 0, i = 0; unit < units; unit++)
            for (; i < c->made.design.unit_end[unit]; i++)
                c->weight[r * c->data->rows + c->made.design.row[i]] = c->factor[r * units + unit];
    c->factors = true;
}

static void open_case(replicate_case *c, references *all, size_t row)
{
    const golden *table = &all->table;
    const char *set = golden_text(table, row, "set"), *variable = golden_text(table, row, "variable");
    const char *level = golden_text(table, row, "level"), *over = golden_text(table, row, "over");
    bool supplied = strcmp(golden_text(table, row, "source"), "supplied") == 0, jk1 = strcmp(set, "jk1") == 0;
    const char *domain[2] = {golden_text(table, row, "domain1"), golden_text(table, row, "domain2")};
    *c = (replicate_case){.data = supplied ? &all->pairs : jk1 ? &all->clusters : &all->strata};
    golden_case_open(&c->made, &all->designs, c->data,
                     supplied ? "pairs"
                     : jk1    ? "clusters"
                              : "strata",
                     variable, level, domain, 2);
    if (supplied)
        supply(c, table, row);
    else
        make(c, jk1 ? BARO_REPLICATES_JK1 : BARO_REPLICATES_JKN, jk1);
    c->base = c->made.weight;
    c->y = c->made.y;
    c->x = calloc(c->data->rows, sizeof *c->x);
    c->cell = calloc(c->data->rows, sizeof *c->cell);
    assert_true(c->x && c->cell);
    for (size_t i = 0; i < c->data->rows; i++) {
        c->x[i] = *over ? golden_number(c->data, i, over) : 1;
        c->cell[i] = isnan(c->x[i]) ? BARO_NO_CELL : c->made.cross.cell[i];
    }
    for (size_t r = 0; r < c->replicates; r++)
        c->column[r] = &c->weight[r * c->data->rows];
}

static void close_case(replicate_case *c)
{
    free(c->weight);
    free(c->factor);
    free(c->x);
    free(c->cell);
    golden_case_close(&c->made);
}

/* Sums of w y or w x by replicate and cell (column 2 cell), under the replicates or, with one column, under the base
 * weights. */
static void sum_up(const replicate_case *c, const double *number, const double *const *column, size_t replicates,
                   bool factors, double *out)
{
    baro_cross cross = {.cells = 4, .outcomes = 1, .cell = c->cell, .weight = c->base, .number = &number};
    baro_sum sum[MOST * 8] = {{0, 0}};
    baro_replicate_totals totals = {replicates, 8, sum};
    baro_fault fault;
    size_t half = c->data->rows / 3; /* in two parts, as rows that are read */
    assert_int_equal(baro_replicate_add(&cross, column, factors, 0, half, &totals, &fault), BARO_OK);
    assert_int_equal(baro_replicate_add(&cross, column, factors, half, c->data->rows, &totals, &fault), BARO_OK);
    for (size_t r = 0; r < replicates; r++)
        baro_replicate_values(&totals, r, &out[8 * r]);
}

static double domain_sum(const double *total, size_t domain)
{
    return total[2 << domain] + total[6];
}

static double statistic(const double *y, const double *x, bool total, size_t terms)
{
    double value[2] = {0, 0};
    for (size_t d = 0; d < terms; d++)
        value[d] = total ? domain_sum(y, d) : domain_sum(y, d) / domain_sum(x, d);
    return value[0] - value[1];
}

static size_t rank_of(const replicate_case *c, size_t domain)
{
    double gram[MOST * MOST], direction[BARO_GRAM_HELD * MOST], row[MOST];
    baro_replicate_gram made = {.replicates = c->replicates, .gram = gram, .direction = direction};
    baro_replicate_gram_begin(&made);
    for (size_t i = 0; i < c->data->rows; i++) {
        size_t at = c->made.design.row[i];
        if (c->cell[at] == BARO_NO_CELL || !(c->cell[at] >> domain & 1))
            continue;
        for (size_t r = 0; r < c->replicates; r++)
            row[r] = c->column[r][at] * (c->factors ? c->base[at] : 1);
        baro_replicate_gram_row(&made, row);
    }
    return baro_replicate_rank(&made);
}

static void test_golden(void **state)
{
    const row_of *at = *state;
    const golden *table = &at->all->table;
    size_t terms = (size_t)golden_number(table, at->row, "terms");
    bool total = strcmp(golden_text(table, at->row, "statistic"), "total") == 0;
    double y[MOST * 8], x[MOST * 8], full_y[8], full_x[8], theta[MOST];
    replicate_case c;
    open_case(&c, at->all, at->row);
    sum_up(&c, c.y, c.column, c.replicates, c.factors, y);
    sum_up(&c, c.x, c.column, c.replicates, c.factors, x);
    const double *base = c.base;
    sum_up(&c, c.y, &base, 1, false, full_y);
    sum_up(&c, c.x, &base, 1, false, full_x);
    for (size_t r = 0; r < c.replicates; r++)
        theta[r] = statistic(&y[8 * r], &x[8 * r], total, terms);
    double full = statistic(full_y, full_x, total, terms);
    baro_replicate_rule rule = {c.replicates, golden_number(table, at->row, "scale"), c.rscale,
                                strcmp(golden_text(table, at->row, "centre"), "full") == 0};
    size_t rank = rank_of(&c, 0);
    if (terms == 2 && rank_of(&c, 1) < rank)
        rank = rank_of(&c, 1);
    check_close(full, golden_number(table, at->row, "estimate"), 1e-11);
    check_close(sqrt(baro_replicate_covariance(&rule, theta, full, theta, full)), golden_number(table, at->row, "se"),
                1e-9);
    assert_int_equal(rank - 1, golden_number(table, at->row, "df"));
    close_case(&c);
}

/* Unit sums and rows give the same replicate. */
static void test_unit_values(void **state)
{
    const row_of *at = *state;
    replicate_case c;
    double y[MOST * 8], total[8];
    baro_sum sum[8];
    size_t row = 0;
    while (strcmp(golden_text(&at->all->table, row, "source"), "made") != 0)
        row++;
    open_case(&c, at->all, row);
    double shift = c.made.cross.shift;
    sum_up(&c, c.y, c.column, c.replicates, true, y);
    for (size_t r = 0; r < c.replicates; r++) {
        baro_replicate_unit_values(&c.made.totals, c.made.design.units, &c.factor[r * c.made.design.units], sum, total);
        for (size_t cell = 0; cell < 4; cell++) {
            check_close(total[2 * cell + 1], y[8 * r + 2 * cell + 1], 1e-12);
            check_close(total[2 * cell] + shift * total[2 * cell + 1], y[8 * r + 2 * cell], 1e-12);
        }
    }
    close_case(&c);
}

/* ---- R's example: out-of-hospital cardiac arrests, strata of two services (Levy & Lemeshow; data(scd) of R's survey)
 * ---- */

enum { SCD_UNITS = 6, SCD_BRR = 4 };
static const double scd_alive[SCD_UNITS] = {25, 24, 30, 49, 80, 70},
                    scd_arrests[SCD_UNITS] = {120, 78, 185, 228, 670, 530};

typedef struct {
    const char *name;
    baro_replicates kind;
    double rho;
    bool full;
    double se;
} scd_row;

static const scd_row scd_rows[] = {
    {"scd BRR, centre of the mean", BARO_REPLICATES_BRR, 0, false, .00941840067},
    {"scd Fay .3, centre of the mean", BARO_REPLICATES_FAY, .3, false, .009525187478},
    {"scd JKn, centre of the mean", BARO_REPLICATES_JKN, 0, false, .009846457204},
    {"scd BRR, centre of the full sample", BARO_REPLICATES_BRR, 0, true, .009426635733},
    {"scd Fay .3, centre of the full sample", BARO_REPLICATES_FAY, .3, true, .009529189143},
    {"scd JKn, centre of the full sample", BARO_REPLICATES_JKN, 0, true, .009849173131},
};

static const uint32_t six[] = {0, 1, 2, 3, 4, 5}, six_ends[] = {1, 2, 3, 4, 5, 6}, three_ends[] = {2, 4, 6},
                      three[] = {0, 1, 2};
static const double zeros[] = {0, 0, 0};
static const baro_design scd_design = {.rows = 6,
                                       .units = 6,
                                       .strata = 3,
                                       .row = six,
                                       .unit_end = six_ends,
                                       .stratum_end = three_ends,
                                       .stratum = three,
                                       .fraction = zeros};

static void test_scd(void **state)
{
    const scd_row *row = *state;
    double factor[8 * SCD_UNITS], rscale[8], theta[8], full = 0;
    baro_fault fault;
    size_t n = baro_replicate_count(row->kind, &scd_design, 0);
    baro_replicate_plan plan = {.kind = row->kind, .replicates = n, .rho = row->rho};
    assert_true(n <= 8);
    assert_int_equal(baro_replicate_make(&plan, &scd_design, factor, rscale, &fault), BARO_OK);
    for (size_t r = 0; r <= n; r++) {
        double alive = 0, arrests = 0;
        for (size_t i = 0; i < SCD_UNITS; i++) {
            alive += scd_alive[i] * (r < n ? factor[r * SCD_UNITS + i] : 1);
            arrests += scd_arrests[i] * (r < n ? factor[r * SCD_UNITS + i] : 1);
        }
        if (r < n)
            theta[r] = alive / arrests;
        else
            full = alive / arrests;
    }
    baro_replicate_rule rule = {n, baro_replicate_scale(row->kind, n, row->rho), rscale, row->full};
    check_close(full, .1535063501, 1e-8);
    check_close(sqrt(baro_replicate_covariance(&rule, theta, full, theta, full)), row->se, 1e-8);
}

/* ---- makers ---- */

static void test_hadamard(void **state)
{
    (void)state;
    baro_hadamard h;
    size_t widest = 0;
    for (size_t least = 1; least <= 1001; least++) {
        assert_int_equal(baro_hadamard_make(least, &h), BARO_OK);
        widest = h.order - least > widest ? h.order - least : widest;
        assert_true(h.order >= least);
    }
    assert_int_equal(widest, 11);
    static const size_t orders[] = {1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 76, 100, 124, 148, 200, 252};
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
        assert_int_equal(baro_hadamard_make(orders[k], &h), BARO_OK);
        for (size_t i = 0; i < h.order; i++)
            for (size_t j = 0; j <= i; j++) {
                long product = 0;
                for (size_t r = 0; r < h.order; r++)
                    product += baro_hadamard_entry(&h, i, r) * baro_hadamard_entry(&h, j, r);
                assert_int_equal(product, i == j ? (long)h.order : 0);
                assert_int_equal(baro_hadamard_entry(&h, 0, j), 1);
            }
    }
    assert_int_equal(baro_hadamard_make(0, &h), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_hadamard_make(4097, &h), BARO_OUT_OF_DOMAIN);
}

/* A design of so many strata with n units of one row each. */
typedef struct {
    uint32_t row[256], unit_end[256], stratum_end[128], stratum[128];
    double fraction[128], factor[256 * 256], rscale[256];
    baro_design design;
} plain_design;

static void make_plain(plain_design *d, size_t strata, size_t units)
{
    for (size_t i = 0; i < strata * units; i++) {
        d->row[i] = (uint32_t)i;
        d->unit_end[i] = (uint32_t)(i + 1);
    }
    for (size_t h = 0; h < strata; h++) {
        d->stratum[h] = (uint32_t)h;
        d->stratum_end[h] = (uint32_t)((h + 1) * units);
        d->fraction[h] = 0;
    }
    d->design = (baro_design){.rows = strata * units,
                              .units = strata * units,
                              .strata = strata,
                              .row = d->row,
                              .unit_end = d->unit_end,
                              .stratum_end = d->stratum_end,
                              .stratum = d->stratum,
                              .fraction = d->fraction};
}

static baro_status make_factors(plain_design *d, baro_replicates kind, size_t wanted, double rho, uint64_t seed,
                                size_t *n, baro_fault *fault)
{
    *n = baro_replicate_count(kind, &d->design, wanted);
    assert_true(*n <= 256 && *n * d->design.units <= 256 * 256);
    baro_replicate_plan plan = {kind, *n, rho, seed};
    return baro_replicate_make(&plan, &d->design, d->factor, d->rscale, fault);
}

/* The variance of a total with known unit values, by the replicates' factors. */
static double total_variance(const plain_design *d, baro_replicates kind, size_t n, double rho, const double *t)
{
    double theta[256], full = 0;
    for (size_t i = 0; i < d->design.units; i++)
        full += t[i];
    for (size_t r = 0; r < n; r++) {
        theta[r] = 0;
        for (size_t i = 0; i < d->design.units; i++)
            theta[r] += d->factor[r * d->design.units + i] * t[i];
    }
    baro_replicate_rule rule = {n, baro_replicate_scale(kind, n, rho), d->rscale, true};
    return baro_replicate_covariance(&rule, theta, full, theta, full);
}

static double unlike(size_t i)
{
    return 3.7 + sin(1.3 * (double)i * (double)i) * 2.9 + .01 * (double)i;
}

/* Full orthogonal balance: of a total, BRR and Fay give the linearised variance exactly, and every unit is in half the
 * samples. */
static void test_balance(void **state)
{
    (void)state;
    static const size_t strata[] = {1, 2, 3, 7, 11, 19, 23, 27, 31, 45, 99, 121};
    plain_design *d = calloc(1, sizeof *d);
    assert_non_null(d);
    for (size_t k = 0; k < sizeof strata / sizeof *strata; k++)
        for (int fay = 0; fay < 2; fay++) {
            double t[256], wanted = 0;
            size_t n;
            baro_fault fault;
            make_plain(d, strata[k], 2);
            for (size_t i = 0; i < d->design.units; i++)
                t[i] = unlike(i);
            for (size_t h = 0; h < strata[k]; h++)
                wanted += (t[2 * h] - t[2 * h + 1]) * (t[2 * h] - t[2 * h + 1]);
            baro_replicates kind = fay ? BARO_REPLICATES_FAY : BARO_REPLICATES_BRR;
            assert_int_equal(make_factors(d, kind, 0, fay ? .3 : 0, 0, &n, &fault), BARO_OK);
            for (size_t i = 0; i < d->design.units; i++) {
                size_t in = 0;
                for (size_t r = 0; r < n; r++)
                    in += d->factor[r * d->design.units + i] > 1;
                assert_int_equal(2 * in, n);
            }
            check_close(total_variance(d, kind, n, fay ? .3 : 0, t), wanted, 1e-11);
        }
    free(d);
}

/* Of a total, both jackknives give the linearised variance, with a finite population too. */
static void test_jackknives(void **state)
{
    (void)state;
    plain_design *d = calloc(1, sizeof *d);
    assert_non_null(d);
    for (size_t strata = 1; strata <= 5; strata += 4) {
        double t[256], wanted = 0;
        size_t n;
        baro_fault fault;
        baro_replicates kind = strata == 1 ? BARO_REPLICATES_JK1 : BARO_REPLICATES_JKN;
        make_plain(d, strata, 9);
        for (size_t h = 0; h < strata; h++) {
            double mean = 0;
            d->fraction[h] = h == 3 ? 1 : .1 * (double)(h + 1);
            for (size_t i = 9 * h; i < 9 * (h + 1); i++)
                mean += (t[i] = unlike(i)) / 9;
            for (size_t i = 9 * h; i < 9 * (h + 1); i++)
                wanted += (1 - d->fraction[h]) * 9. / 8 * (t[i] - mean) * (t[i] - mean);
        }
        assert_int_equal(make_factors(d, kind, 0, 0, 0, &n, &fault), BARO_OK);
        check_close(total_variance(d, kind, n, 0, t), wanted, 1e-12);
    }
    free(d);
}

/* With fewer units than rows of the matrix, the sum of squared differences of neighbours, closed to a ring. */
static void test_differences(void **state)
{
    (void)state;
    plain_design *d = calloc(1, sizeof *d);
    double t[256], wanted = 0;
    size_t n;
    baro_fault fault;
    assert_non_null(d);
    make_plain(d, 3, 17);
    for (size_t i = 0; i < 51; i++)
        t[i] = unlike(i);
    for (size_t i = 0; i < 51; i++)
        wanted += .5 * (t[i] - t[(i + 50) % 51]) * (t[i] - t[(i + 50) % 51]);
    assert_int_equal(make_factors(d, BARO_REPLICATES_SDR, 80, 0, 0, &n, &fault), BARO_OK);
    assert_int_equal(n, 80);
    check_close(total_variance(d, BARO_REPLICATES_SDR, n, 0, t), wanted, 1e-11);
    assert_int_equal(make_factors(d, BARO_REPLICATES_SDR, 12, 0, 0, &n, &fault), BARO_OK);
    for (size_t i = 0; i < 51; i++)
        for (size_t r = 0; r < n; r++) {
            double f = d->factor[r * 51 + i];
            assert_true(f == 1 || fabs(fabs(f - 1) - sqrt(.5)) < 1e-12);
        }
    free(d);
}

/* n_h - 1 draws in every stratum, the same bytes from the same seed, and the linearised variance in the long run. */
static void test_bootstrap(void **state)
{
    (void)state;
    plain_design *d = calloc(1, sizeof *d), *again = calloc(1, sizeof *again);
    double t[256], wanted = 0, mean;
    size_t n, few;
    baro_fault fault;
    assert_true(d && again);
    make_plain(d, 6, 5);
    make_plain(again, 6, 5);
    for (size_t h = 0; h < 6; h++) {
        mean = 0;
        for (size_t i = 5 * h; i < 5 * h + 5; i++)
            mean += (t[i] = unlike(i)) / 5;
        for (size_t i = 5 * h; i < 5 * h + 5; i++)
            wanted += 5. / 4 * (t[i] - mean) * (t[i] - mean);
    }
    assert_int_equal(make_factors(d, BARO_REPLICATES_BOOTSTRAP, 256, 0, 20260801, &n, &fault), BARO_OK);
    assert_int_equal(make_factors(again, BARO_REPLICATES_BOOTSTRAP, 40, 0, 20260801, &few, &fault), BARO_OK);
    assert_memory_equal(d->factor, again->factor, few * 30 * sizeof *d->factor);
    for (size_t r = 0; r < n; r++)
        for (size_t h = 0; h < 6; h++) {
            double sum = 0;
            for (size_t i = 5 * h; i < 5 * h + 5; i++)
                sum += d->factor[r * 30 + i];
            check_close(sum, 5, 1e-14);
        }
    check_close(total_variance(d, BARO_REPLICATES_BOOTSTRAP, n, 0, t), wanted, .2);
    assert_int_equal(make_factors(again, BARO_REPLICATES_BOOTSTRAP, 40, 0, 20260802, &few, &fault), BARO_OK);
    assert_memory_not_equal(d->factor, again->factor, few * 30 * sizeof *d->factor);
    free(d);
    free(again);
}

static void test_refusals(void **state)
{
    (void)state;
    plain_design *d = calloc(1, sizeof *d);
    size_t n;
    baro_fault fault;
    assert_non_null(d);
    make_plain(d, 4, 2);
    d->stratum_end[1] = 5; /* strata of 2, 3, 1, 2 units */
    d->stratum_end[2] = 6;
    assert_int_equal(make_factors(d, BARO_REPLICATES_BRR, 0, 0, 0, &n, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(fault.index, 1);
    assert_int_equal(fault.other, 3);
    assert_int_equal(make_factors(d, BARO_REPLICATES_JKN, 0, 0, 0, &n, &fault), BARO_LONELY_PSU);
    assert_int_equal(fault.index, 2);
    assert_int_equal(make_factors(d, BARO_REPLICATES_BOOTSTRAP, 10, 0, 0, &n, &fault), BARO_LONELY_PSU);
    assert_int_equal(make_factors(d, BARO_REPLICATES_JK1, 0, 0, 0, &n, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(fault.other, 4);
    make_plain(d, 4, 2);
    assert_int_equal(make_factors(d, BARO_REPLICATES_FAY, 0, 1, 0, &n, &fault), BARO_OUT_OF_DOMAIN);
    assert_int_equal(baro_replicate_count(BARO_REPLICATES_BRR, &d->design, 5000), 0);
    free(d);
}

static void test_bad_weights(void **state)
{
    (void)state;
    const uint32_t cell[] = {0, BARO_NO_CELL, 0};
    const double y[] = {3.1, 2.7, 8.2}, base[] = {1.3, .4, NAN}, good[] = {1, 2, 3}, bad[] = {1, -.5, 3};
    const double *const columns[] = {good, bad};
    const double *const number[] = {y};
    baro_cross cross = {.cells = 1, .outcomes = 1, .cell = cell, .weight = base, .number = number};
    baro_sum sum[4] = {{0, 0}};
    baro_replicate_totals totals = {2, 2, sum};
    baro_fault fault;
    assert_int_equal(baro_replicate_add(&cross, columns, false, 0, 3, &totals, &fault), BARO_BAD_WEIGHT);
    assert_int_equal(fault.index, 1);
    assert_int_equal(fault.other, 1);
    assert_int_equal(baro_replicate_add(&cross, columns, true, 0, 3, &totals, &fault), BARO_BAD_WEIGHT);
    assert_int_equal(fault.index, 2);
    assert_int_equal(fault.other, 2);
}

static void test_methods(void **state)
{
    (void)state;
    check_close(baro_replicate_scale(BARO_REPLICATES_FAY, 80, .3), 1 / (80 * .49), 1e-15);
    check_close(baro_replicate_scale(BARO_REPLICATES_JK1, 13, 0), 12. / 13, 1e-15);
    check_close(baro_replicate_scale(BARO_REPLICATES_SDR, 80, 0), .05, 1e-15);
    check_close(baro_replicate_scale(BARO_REPLICATES_BOOTSTRAP, 1, 0), NAN, 0);
    check_close(baro_replicate_scale(BARO_REPLICATES_FAY, 80, 1), NAN, 0);
    check_close(baro_replicate_scale(BARO_REPLICATES_BRR, 0, 0), NAN, 0);
    for (unsigned kind = 0; kind < BARO_REPLICATES_KINDS; kind++)
        assert_int_equal(baro_replicate_named(baro_replicate_method_of((baro_replicates)kind)->name), kind);
    assert_int_equal(baro_replicate_named("jack"), BARO_REPLICATES_KINDS);
    assert_true(baro_replicate_method_of(BARO_REPLICATES_SDR)->full_centre);
    assert_null(baro_replicate_method_of(BARO_REPLICATES_KINDS));
}

int main(void)
{
    references all = {golden_read("tests/reference/designs.csv"), golden_read("tests/reference/replicates.csv"),
                      golden_read("tests/data/gen-pairs.csv"), golden_read("tests/data/gen-clusters.csv"),
                      golden_read("tests/data/gen-strata.csv")};
    const struct CMUnitTest plain[] = {cmocka_unit_test(test_hadamard),    cmocka_unit_test(test_balance),
                                       cmocka_unit_test(test_jackknives),  cmocka_unit_test(test_differences),
                                       cmocka_unit_test(test_bootstrap),   cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_bad_weights), cmocka_unit_test(test_methods)};
    enum { PLAIN = sizeof plain / sizeof *plain, SCD = sizeof scd_rows / sizeof *scd_rows };
    size_t n = 0, most = all.table.rows + PLAIN + SCD + 1;
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    row_of *rows = calloc(all.table.rows + 1, sizeof *rows);
    char(*names)[96] = calloc(all.table.rows, sizeof *names);
    if (!tests || !rows || !names)
        return 1;
    for (size_t row = 0; row < all.table.rows; row++) {
        snprintf(names[row], sizeof names[row], "%s %s %s (%s)", golden_text(&all.table, row, "case"),
                 golden_text(&all.table, row, "set"), golden_text(&all.table, row, "centre"),
                 golden_text(&all.table, row, "statistic"));
        rows[row] = (row_of){&all, row};
        tests[n++] = (struct CMUnitTest){names[row], test_golden, NULL, NULL, &rows[row]};
    }
    for (size_t i = 0; i < SCD; i++)
        tests[n++] = (struct CMUnitTest){scd_rows[i].name, test_scd, NULL, NULL, (void *)(uintptr_t)&scd_rows[i]};
    rows[all.table.rows] = (row_of){&all, 0};
    tests[n++] =
        (struct CMUnitTest){"unit sums give what rows give", test_unit_values, NULL, NULL, &rows[all.table.rows]};
    for (size_t i = 0; i < PLAIN; i++)
        tests[n++] = plain[i];
    int failed = _cmocka_run_group_tests("replicates", tests, n, NULL, NULL);
    free(names);
    free(rows);
    free(tests);
    golden_free(&all.designs);
    golden_free(&all.table);
    golden_free(&all.pairs);
    golden_free(&all.clusters);
    golden_free(&all.strata);
    return failed;
}
