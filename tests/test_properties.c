/* What must hold for any design: thousands of random ones through the whole of stats, and against the formula written
 * out. */
#include "io/base/arena.h"
#include "stats/estimate.h"
#include "stats/interval.h"
#include "stats/variance.h"
#include "surveys/analyses/builder.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DESIGNS = 10000, GROUPS = 4, UNKNOWN = GROUPS, CELLS = GROUPS + 1, ROWS = 6 * 8 * 6 + 8 };
/* Forms: means of groups and of everyone, two differences, totals of groups, of unknown and of everyone. */
enum { MEAN, EVERYONE = GROUPS, APART, PART_OF, TOTAL, TOTAL_UNKNOWN = TOTAL + GROUPS, TOTAL_ALL, FORMS };

/* ---- random designs ---- */

static uint64_t next(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *state)
{
    return (double)(next(state) >> 11) * 0x1p-53;
}

static uint32_t below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(next(state) % n);
}

typedef struct {
    size_t rows, strata, psus; /* psus: most in a stratum, or all when not nested */
    bool nested, has_strata, has_fpc, binary;
    uint32_t stratum[ROWS], psu[ROWS], cell[ROWS];
    double weight[ROWS], y[ROWS], fpc[ROWS];
    uint32_t units_of[6];
} sample;

static uint32_t draw_cell(uint64_t *seed, uint32_t stratum, uint32_t psu, double missing, uint64_t shape)
{
    uint32_t group = below(seed, CELLS);
    if (uniform(seed) < missing)
        return BARO_NO_CELL;
    if (group < UNKNOWN && (shape >> group & 1))
        return UNKNOWN; /* an empty group */
    if (group == 0 && (shape >> (8 + stratum) & 1))
        return 1; /* group 0 is missing from a stratum */
    if (group == 2 && (shape >> (16 + psu) & 1))
        return 3; /* group 2 is missing from PSUs */
    return group;
}

static void draw(uint64_t number, size_t strata, sample *out)
{
    uint64_t seed = number * 0x2545F4914F6CDD1Du + 77, shape = next(&seed) & next(&seed);
    double missing = uniform(&seed) * 0.4, p = uniform(&seed);
    *out = (sample){.nested = true, .has_strata = true, .strata = strata ? strata : 1 + below(&seed, 6), .psus = 8};
    out->has_fpc = below(&seed, 3) == 0;
    out->binary = below(&seed, 3) > 0;
    for (uint32_t h = 0; h < out->strata; h++) {
        uint32_t units = out->units_of[h] = 2 + below(&seed, 7);
        double population = units + below(&seed, 40); /* now and then a certainty stratum */
        for (uint32_t c = 0; c < units; c++)
            for (uint32_t i = 0, n = 1 + below(&seed, 6); i < n; i++) {
                size_t row = out->rows++;
                out->stratum[row] = h;
                out->psu[row] = c;
                out->cell[row] = draw_cell(&seed, h, c, missing, shape);
                out->weight[row] = below(&seed, 20) == 0 ? 0 : exp(4 * uniform(&seed) - 2);
                out->y[row] = out->binary ? uniform(&seed) < p : 37.25 + 11 * uniform(&seed) - 3.0 * h;
                out->fpc[row] = population;
            }
    }
}

/* ---- what stats says of them ---- */

typedef struct {
    double value[FORMS], variance[FORMS], covariance[FORMS][FORMS], deff[CELLS], n[CELLS], kish[CELLS], df[FORMS];
    uint64_t number; /* of the design, for messages */
} answer;

typedef struct {
    baro_arena *arena;
    baro_design design;
    baro_cross cross;
    const double *y; /* of the sample, for the cross */
    baro_totals totals;
    baro_builder builder;
    uint32_t node[FORMS];
    double *value;
    baro_linear *form;
    size_t forms;
} work;

static void order(work *w, const sample *s)
{
    baro_design_columns columns = {.rows = s->rows,
                                   .stratum = s->has_strata ? s->stratum : NULL,
                                   .strata = s->has_strata ? s->strata : 0,
                                   .psu = s->psu,
                                   .psus = s->psus,
                                   .nested = s->nested,
                                   .fpc = s->has_fpc ? s->fpc : NULL};
    baro_design_space space = {BARO_ARRAY(w->arena, uint32_t, s->rows),
                               BARO_ARRAY(w->arena, uint32_t, s->rows),
                               BARO_ARRAY(w->arena, uint32_t, s->strata),
                               BARO_ARRAY(w->arena, uint32_t, s->strata),
                               BARO_ARRAY(w->arena, uint32_t, s->rows + s->psus + s->strata + 4),
                               BARO_ARRAY(w->arena, double, s->strata)};
    baro_fault fault;
    assert_int_equal(baro_design_order(&columns, &space, &w->design, &fault), BARO_OK);
}

static void add_up(work *w, const sample *s)
{
    double shift = 0;
    for (size_t i = 0; i < s->rows && !s->binary; i++)
        shift += s->y[i] / (double)s->rows;
    w->y = s->y;
    w->cross = (baro_cross){
        .cells = CELLS, .outcomes = 1, .cell = s->cell, .weight = s->weight, .number = &w->y, .shift = shift};
    size_t columns = 2 * CELLS, room = baro_totals_room(&w->design, &w->cross);
    baro_totals_work scratch = {BARO_ARRAY(w->arena, uint32_t, columns), BARO_ARRAY(w->arena, unsigned char, columns),
                                BARO_ARRAY(w->arena, baro_sum, columns)};
    w->totals = (baro_totals){.unit_end = BARO_ARRAY(w->arena, uint32_t, w->design.units),
                              .column = BARO_ARRAY(w->arena, uint32_t, room),
                              .high = BARO_ARRAY(w->arena, double, room),
                              .low = BARO_ARRAY(w->arena, double, room),
                              .total = BARO_ARRAY(w->arena, double, columns),
                              .moments = BARO_ARRAY(w->arena, baro_moments, CELLS),
                              .sum_wyy = BARO_ARRAY(w->arena, double, CELLS),
                              .hits = BARO_ARRAY(w->arena, double, CELLS)};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&w->design, &w->cross, &scratch, &w->totals, &fault), BARO_OK);
}

/* The sum over cells first .. last of column 0 (y) or 1 (weights). */
static uint32_t sum_node(work *w, size_t first, size_t last, size_t column)
{
    for (size_t c = first; c <= last; c++)
        baro_builder_column(&w->builder, 2 * c + column);
    return baro_builder_sum(&w->builder);
}

static void build(work *w)
{
    for (size_t f = 0; f < CELLS; f++) {
        size_t first = f < GROUPS ? f : 0, last = f < GROUPS ? f : UNKNOWN;
        uint32_t y = sum_node(w, first, last, 0), weights = sum_node(w, first, last, 1);
        w->node[MEAN + f] = baro_builder_over(&w->builder, y, weights);
        w->node[f < GROUPS ? TOTAL + f : TOTAL_ALL] = baro_builder_plus(&w->builder, y, w->cross.shift, weights);
    }
    uint32_t y = sum_node(w, UNKNOWN, UNKNOWN, 0), weights = sum_node(w, UNKNOWN, UNKNOWN, 1);
    w->node[TOTAL_UNKNOWN] = baro_builder_plus(&w->builder, y, w->cross.shift, weights);
    w->node[APART] = baro_builder_plus(&w->builder, w->node[MEAN + 1], -1, w->node[MEAN + 2]);
    w->node[PART_OF] = baro_builder_plus(&w->builder, w->node[MEAN], -1, w->node[EVERYONE]);
}

static void linearise(work *w, const uint32_t *node, size_t forms)
{
    baro_expression expression = baro_builder_expression(&w->builder);
    size_t columns = w->totals.columns;
    assert_false(w->builder.failed);
    w->value = BARO_ARRAY(w->arena, double, expression.n_nodes);
    w->form = BARO_ARRAY(w->arena, baro_linear, forms);
    w->forms = forms;
    baro_linear_work scratch = {BARO_ARRAY(w->arena, double, expression.n_nodes),
                                BARO_ARRAY(w->arena, uint32_t, expression.n_nodes),
                                BARO_ARRAY(w->arena, double, columns), BARO_ARRAY(w->arena, uint32_t, columns)};
    baro_expression_values(&expression, w->totals.total, w->value);
    for (size_t f = 0; f < forms; f++)
        assert_int_equal(baro_linearise(&expression, node[f], w->value, &scratch, columns,
                                        BARO_ARRAY(w->arena, uint32_t, columns), BARO_ARRAY(w->arena, double, columns),
                                        &w->form[f]),
                         BARO_OK);
}

static void vary(const work *w, double *variance, baro_reach *reach)
{
    baro_variance_job job = {&w->design, &w->totals, w->form, w->forms, BARO_ONE_PSU_FAIL};
    baro_fault fault;
    assert_int_equal(
        baro_variances(&job, BARO_ARRAY(w->arena, unsigned char, baro_variance_room(&job, 0)), variance, reach, &fault),
        BARO_OK);
}

static void vary_together(const work *w, answer *out)
{
    baro_pair pair[FORMS * FORMS];
    double covariance[FORMS * FORMS];
    for (uint32_t i = 0; i < FORMS * FORMS; i++)
        pair[i] = (baro_pair){i / FORMS, i % FORMS};
    baro_variance_job job = {&w->design, &w->totals, w->form, FORMS, BARO_ONE_PSU_FAIL};
    baro_fault fault;
    assert_int_equal(baro_covariances(&job, pair, FORMS * FORMS,
                                      BARO_ARRAY(w->arena, unsigned char, baro_variance_room(&job, FORMS * FORMS)),
                                      covariance, &fault),
                     BARO_OK);
    memcpy(out->covariance, covariance, sizeof covariance);
}

static void describe(const work *w, answer *out)
{
    for (size_t f = 0; f < CELLS; f++) {
        baro_moments moments = {0};
        double sum_wyy = 0;
        for (size_t c = f < GROUPS ? f : 0; c <= (f < GROUPS ? f : UNKNOWN); c++) {
            moments.n += w->totals.moments[c].n;
            moments.sum_w += w->totals.moments[c].sum_w;
            moments.sum_w2 += w->totals.moments[c].sum_w2;
            sum_wyy += w->totals.sum_wyy[c];
        }
        out->n[f] = moments.n;
        out->kish[f] = baro_kish_size(&moments);
        out->deff[f] =
            baro_deff(out->variance[f], baro_weighted_variance(&moments, sum_wyy, w->form[f].value), &moments, false);
    }
}

static void solve(const sample *s, answer *out)
{
    work w = {.arena = baro_arena_new()};
    baro_reach reach[FORMS];
    assert_non_null(w.arena);
    w.builder.arena = w.arena;
    order(&w, s);
    add_up(&w, s);
    build(&w);
    linearise(&w, w.node, FORMS);
    vary(&w, out->variance, reach);
    vary_together(&w, out);
    describe(&w, out);
    for (size_t f = 0; f < FORMS; f++) {
        out->df[f] = (double)reach[f].units - (double)reach[f].strata;
        out->value[f] = w.form[f].value + (f <= EVERYONE ? w.cross.shift : 0);
    }
    baro_arena_free(w.arena);
}

/* ---- comparing ---- */

static void check_near(double got, double wanted, double allowed, const char *what, size_t form, uint64_t number)
{
    if (isnan(wanted) ? isnan(got) : fabs(got - wanted) <= allowed)
        return;
    print_error("design %lu, form %zu, %s: got %.17g, wanted %.17g, give or take %g\n", (unsigned long)number, form,
                what, got, wanted, allowed);
    fail();
}

/* Values to 1e-12, SEs to 1e-9 (of a value's size, where all are alike), df exactly. */
static void check_same(const answer *got, const answer *wanted, double factor_of_totals)
{
    for (size_t f = 0; f < FORMS; f++) {
        double k = f >= TOTAL ? factor_of_totals : 1, value = k * wanted->value[f],
               se = fabs(k) * sqrt(wanted->variance[f]);
        double size = fabs(k * wanted->value[f >= TOTAL ? TOTAL_ALL : EVERYONE]);
        check_near(got->value[f], value, 1e-12 * (fabs(value) + size), "value", f, wanted->number);
        check_near(sqrt(got->variance[f]), se, 1e-9 * se + 1e-13 * size, "SE", f, wanted->number);
        check_near(got->df[f], wanted->df[f], 0, "df", f, wanted->number);
    }
    for (size_t c = 0; c < CELLS; c++) {
        double deff = wanted->deff[c];
        bool flat =
            !(wanted->variance[c] >
              1e-20 * (1 + wanted->value[c] * wanted->value[c])); /* all answers alike: 0 / 0 but for rounding */
        check_near(flat ? deff : got->deff[c], deff, 1e-9 * fabs(deff), "deff", c, wanted->number);
    }
}

typedef void change(sample *s, uint64_t *seed);

static void unchanged_by(change *how, double factor_of_totals)
{
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer before = {.number = number}, after;
        uint64_t seed = ~number;
        draw(number, 0, &s);
        solve(&s, &before);
        how(&s, &seed);
        solve(&s, &after);
        check_same(&after, &before, factor_of_totals);
    }
}

/* ---- what changes nothing ---- */

#define SCALE 731.2890625
static void scale_weights(sample *s, uint64_t *seed)
{
    (void)seed;
    for (size_t i = 0; i < s->rows; i++)
        s->weight[i] *= SCALE;
}

static void scale_weights_far(sample *s, uint64_t *seed)
{
    (void)seed;
    for (size_t i = 0; i < s->rows; i++)
        s->weight[i] *= 3.7e-9;
}

static void swap_rows(sample *s, size_t i, size_t k)
{
    sample was = *s;
    s->stratum[i] = was.stratum[k], s->stratum[k] = was.stratum[i];
    s->psu[i] = was.psu[k], s->psu[k] = was.psu[i];
    s->cell[i] = was.cell[k], s->cell[k] = was.cell[i];
    s->weight[i] = was.weight[k], s->weight[k] = was.weight[i];
    s->y[i] = was.y[k], s->y[k] = was.y[i];
    s->fpc[i] = was.fpc[k], s->fpc[k] = was.fpc[i];
}

static void permute(sample *s, uint64_t *seed)
{
    for (size_t i = s->rows; i > 1; i--)
        swap_rows(s, i - 1, below(seed, (uint32_t)i));
}

static void relabel(sample *s, uint64_t *seed)
{
    uint32_t turn = below(seed, 6), mask = below(seed, 8);
    for (size_t i = 0; i < s->rows; i++) {
        s->stratum[i] = (uint32_t)((s->strata - 1 - s->stratum[i] + turn) % s->strata);
        s->psu[i] ^= mask;
    }
}

/* PSU numbers that are their own in all of the design need no nesting. */
static void unnest(sample *s, uint64_t *seed)
{
    uint32_t mask = below(seed, 8);
    for (size_t i = 0; i < s->rows; i++)
        s->psu[i] = (7 - (s->psu[i] ^ mask)) * 6 + s->stratum[i];
    s->nested = false;
    s->psus = 48;
}

static void drop_strata(sample *s, uint64_t *seed)
{
    (void)seed;
    s->has_strata = false;
}

static void add_zeros(sample *s, uint64_t *seed)
{
    for (size_t k = 0; k < 5; k++) {
        size_t from = below(seed, (uint32_t)s->rows), row = s->rows++;
        s->stratum[row] = s->stratum[from];
        s->psu[row] = s->psu[from];
        s->fpc[row] = s->fpc[from];
        s->cell[row] = below(seed, CELLS);
        s->weight[row] = 0;
        s->y[row] = s->binary ? 1 : 61; /* moves the shift too */
    }
}

static void test_scaled_weights(void **state)
{
    (void)state;
    unchanged_by(scale_weights, SCALE);
}

static void test_far_scaled_weights(void **state)
{
    (void)state;
    unchanged_by(scale_weights_far, 3.7e-9);
}

static void test_permuted_rows(void **state)
{
    (void)state;
    unchanged_by(permute, 1);
}

static void test_relabelled(void **state)
{
    (void)state;
    unchanged_by(relabel, 1);
}

static void test_nesting(void **state)
{
    (void)state;
    unchanged_by(unnest, 1);
}

static void test_one_stratum(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer before = {.number = number}, after;
        draw(number, 1, &s);
        solve(&s, &before);
        drop_strata(&s, NULL);
        solve(&s, &after);
        check_same(&after, &before, 1);
    }
}

static void test_zero_weights(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer before = {.number = number}, after;
        uint64_t seed = ~number;
        draw(number, 0, &s);
        solve(&s, &before);
        add_zeros(&s, &seed);
        solve(&s, &after);
        check_same(&after, &before, 1);
        for (size_t c = 0; c < CELLS; c++) {
            check_near(after.n[c], before.n[c], 0, "n", c, number);
            check_near(after.kish[c], before.kish[c], 1e-12 * before.kish[c], "Kish's n", c, number);
        }
    }
}

/* One interview given as two of half its weight in the same PSU: the answers are the same, only n knows. */
static void test_split_respondent(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer before = {.number = number}, after;
        uint64_t seed = ~number;
        draw(number, 0, &s);
        solve(&s, &before);
        size_t from = below(&seed, (uint32_t)s.rows), row = s.rows++;
        s.stratum[row] = s.stratum[from];
        s.psu[row] = s.psu[from];
        s.cell[row] = s.cell[from];
        s.y[row] = s.y[from];
        s.fpc[row] = s.fpc[from];
        s.weight[row] = s.weight[from] *= 0.5;
        solve(&s, &after);
        memcpy(after.deff, before.deff, sizeof after.deff);
        check_same(&after, &before, 1);
        size_t c = s.cell[from];
        double more = c == BARO_NO_CELL || s.weight[row] == 0 ? 0 : 1;
        check_near(after.n[EVERYONE], before.n[EVERYONE] + more, 0, "n", EVERYONE, number);
    }
}

/* ---- what is mirrored, what adds up ---- */

static void test_complement(void **state)
{
    (void)state;
    size_t met = 0;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer yes = {.number = number}, no;
        draw(number, 0, &s);
        if (!s.binary)
            continue;
        solve(&s, &yes);
        for (size_t i = 0; i < s.rows; i++)
            s.y[i] = 1 - s.y[i];
        solve(&s, &no);
        for (size_t f = 0; f <= EVERYONE; f++) {
            double a[2] = {NAN, NAN}, b[2] = {NAN, NAN}, se = sqrt(yes.variance[f]);
            check_near(no.value[f], 1 - yes.value[f], 1e-12, "value", f, number);
            check_near(sqrt(no.variance[f]), se, 1e-9 * se + 1e-15, "SE", f, number);
            if (!(yes.value[f] > 1e-9 && yes.value[f] < 1 - 1e-9))
                continue;
            baro_status one = baro_interval_logit(yes.value[f], se, yes.df[f], 0.95, a);
            assert_int_equal(one, baro_interval_logit(no.value[f], sqrt(no.variance[f]), no.df[f], 0.95, b));
            check_near(b[0], 1 - a[1], 1e-10, "lower", f, number);
            check_near(b[1], 1 - a[0], 1e-10, "upper", f, number);
            met += one == BARO_OK;
            assert_true(one || (a[0] >= 0 && a[0] <= yes.value[f] && yes.value[f] <= a[1] && a[1] <= 1));
        }
    }
    assert_true(met > DESIGNS);
}

static void test_totals_add_up(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer all;
        double sum = 0, variance = 0;
        draw(number, 0, &s);
        solve(&s, &all);
        for (size_t f = TOTAL; f <= TOTAL_UNKNOWN; f++) {
            sum += all.value[f];
            for (size_t e = TOTAL; e <= TOTAL_UNKNOWN; e++)
                variance += all.covariance[f][e];
        }
        check_near(sum, all.value[TOTAL_ALL], 1e-12 * fabs(all.value[TOTAL_ALL]), "sum of totals", TOTAL_ALL, number);
        double size = all.value[TOTAL_ALL] * all.value[TOTAL_ALL];
        check_near(variance, all.variance[TOTAL_ALL], 1e-9 * all.variance[TOTAL_ALL] + 1e-14 * size,
                   "variance of their sum", TOTAL_ALL, number);
    }
}

/* ---- covariances ---- */

/* Of the two SEs 1e-9; where one is 0 but for rounding, that rounding times the other form's size. */
static double slack(const answer *a, size_t e, size_t f)
{
    double size_e = fmax(fabs(a->value[e]), fabs(a->value[e < TOTAL ? EVERYONE : TOTAL_ALL]));
    double size_f = fmax(fabs(a->value[f]), fabs(a->value[f < TOTAL ? EVERYONE : TOTAL_ALL]));
    return 1e-9 * sqrt(a->variance[e] * a->variance[f]) + 4e-16 * size_e * size_f;
}

static void test_covariance_matrix(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer a;
        draw(number, 0, &s);
        solve(&s, &a);
        for (size_t e = 0; e < FORMS; e++) {
            check_near(a.covariance[e][e], a.variance[e], slack(&a, e, e), "covariance with itself", e, number);
            for (size_t f = 0; f < e; f++) {
                double both = sqrt(a.variance[e] * a.variance[f]);
                check_near(a.covariance[e][f], a.covariance[f][e], slack(&a, e, f), "symmetry", e * 100 + f, number);
                assert_true(isnan(both) ||
                            fabs(a.covariance[e][f]) <= both * (1 + 1e-9) + slack(&a, e, f)); /* Cauchy and Schwarz */
            }
        }
    }
}

static void test_difference_of_parts(void **state)
{
    (void)state;
    static const struct {
        size_t form, plus, minus;
    } made[] = {{APART, MEAN + 1, MEAN + 2}, {PART_OF, MEAN, EVERYONE}};
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer a;
        draw(number, 0, &s);
        solve(&s, &a);
        for (size_t k = 0; k < 2; k++) {
            size_t p = made[k].plus, m = made[k].minus;
            double wanted = a.variance[p] + a.variance[m] - 2 * a.covariance[p][m],
                   size = a.variance[p] + a.variance[m];
            check_near(a.variance[made[k].form], wanted, 1e-9 * size + 1e-26 * a.value[m] * a.value[m], "V(a - b)",
                       made[k].form, number);
        }
    }
}

/* V(a + k b) of a form of its own, against the parts'. */
static void test_sum_of_forms(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer a;
        uint64_t seed = ~number;
        draw(number, 0, &s);
        solve(&s, &a);
        work w = {.arena = baro_arena_new()};
        w.builder.arena = w.arena;
        order(&w, &s);
        add_up(&w, &s);
        build(&w);
        size_t e = below(&seed, FORMS), f = below(&seed, FORMS);
        double k = 6 * uniform(&seed) - 3, variance;
        uint32_t node = baro_builder_plus(&w.builder, w.node[e], k, w.node[f]);
        linearise(&w, &node, 1);
        vary(&w, &variance, NULL);
        double size = a.variance[e] + k * k * a.variance[f], wanted = size + 2 * k * a.covariance[e][f];
        check_near(variance, wanted, 1e-9 * size + 10 * slack(&a, e, f), "V(a + k b)", e * 100 + f, number);
        baro_arena_free(w.arena);
    }
}

/* ---- the formula of the method notes, row by row ---- */

static bool inside(const sample *s, size_t i, size_t f)
{
    size_t c = s->cell[i];
    return c != BARO_NO_CELL && (f == EVERYONE || f == TOTAL_ALL || c == (f >= TOTAL ? f - TOTAL : f));
}

/* z of a mean or a total; the value; the domain's df. */
static double plain_z(const sample *s, size_t f, double *z, double *df)
{
    double sum_w = 0, sum_wy = 0;
    bool psu[6][8] = {{false}}, stratum[6] = {false};
    for (size_t i = 0; i < s->rows; i++)
        if (inside(s, i, f)) {
            uint32_t h = s->stratum[i];
            sum_w += s->weight[i];
            sum_wy += s->weight[i] * s->y[i];
            if (s->weight[i] > 0 && !(s->has_fpc && s->fpc[i] <= s->units_of[h]))
                psu[h][s->psu[i]] = stratum[h] = true;
        }
    *df = 0;
    for (size_t h = 0; h < 6; h++) {
        *df -= stratum[h];
        for (size_t c = 0; c < 8; c++)
            *df += psu[h][c];
    }
    double mean = sum_w > 0 ? sum_wy / sum_w : NAN;
    for (size_t i = 0; i < s->rows; i++)
        z[i] = !inside(s, i, f) ? 0 : s->weight[i] * (f >= TOTAL ? s->y[i] : (s->y[i] - mean) / sum_w);
    return f >= TOTAL ? sum_wy : mean;
}

static double plain_variance(const sample *s, const double *z)
{
    double variance = 0;
    for (uint32_t h = 0; h < s->strata; h++) {
        double t[8] = {0}, n = s->units_of[h], mean = 0, squares = 0, population = n;
        for (size_t i = 0; i < s->rows; i++)
            if (s->stratum[i] == h) {
                t[s->psu[i]] += z[i];
                mean += z[i] / n;
                population = s->fpc[i];
            }
        for (uint32_t c = 0; c < s->units_of[h]; c++)
            squares += (t[c] - mean) * (t[c] - mean);
        variance += (s->has_fpc ? 1 - n / population : 1) * n / (n - 1) * squares;
    }
    return variance;
}

static void test_formula(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < DESIGNS; number++) {
        sample s;
        answer a;
        double z[FORMS][ROWS], df;
        draw(number, 0, &s);
        solve(&s, &a);
        for (size_t f = 0; f < FORMS; f++) {
            if (f == APART || f == PART_OF) {
                continue;
            }
            double value = plain_z(&s, f, z[f], &df), variance = isnan(value) ? NAN : plain_variance(&s, z[f]);
            check_near(a.value[f], value, 1e-12 * fabs(a.value[f >= TOTAL ? TOTAL_ALL : EVERYONE]), "value", f, number);
            check_near(a.variance[f], variance, 1e-9 * variance + 1e-24 * value * value, "variance", f, number);
            check_near(a.df[f], df, 0, "df", f, number);
        }
        for (size_t i = 0; i < s.rows; i++)
            z[APART][i] = z[MEAN + 1][i] - z[MEAN + 2][i];
        double variance = isnan(a.value[APART]) ? NAN : plain_variance(&s, z[APART]);
        check_near(a.variance[APART], variance, 1e-9 * variance + 1e-24 * a.value[EVERYONE] * a.value[EVERYONE],
                   "V of a difference", APART, number);
    }
}

/* ---- linear forms ---- */

/* Random expressions of sums, constants, products and quotients: slopes against central differences. */
static void test_slopes(void **state)
{
    (void)state;
    enum { COLUMNS = 7, NODES = 24 };
    for (uint64_t number = 0; number < DESIGNS; number++) {
        uint64_t seed = number + 5;
        baro_arena *arena = baro_arena_new();
        baro_builder builder = {.arena = arena};
        uint32_t made[NODES];
        double total[COLUMNS], value[2 * NODES + 8], adjoint[NODES] = {0}, slope[COLUMNS] = {0}, slopes[COLUMNS];
        uint32_t order_of[NODES], place[COLUMNS] = {0}, column[COLUMNS];
        for (size_t c = 0; c < COLUMNS; c++)
            total[c] = 1 + 4 * uniform(&seed);
        for (size_t i = 0; i < NODES; i++) {
            uint32_t a = i ? made[below(&seed, (uint32_t)i)] : 0, b = i ? made[below(&seed, (uint32_t)i)] : 0,
                     kind = below(&seed, i < 3 ? 1 : 5);
            for (uint32_t c = 0; kind == 0 && c < 1 + number % 3; c++)
                baro_builder_column(&builder, (c * 3 + below(&seed, 2)) % COLUMNS);
            made[i] = kind == 0   ? baro_builder_sum(&builder)
                      : kind == 1 ? baro_builder_constant(&builder, 1 + uniform(&seed))
                      : kind == 2 ? baro_builder_plus(&builder, a, uniform(&seed), b)
                      : kind == 3 ? baro_builder_times(&builder, a, b)
                                  : baro_builder_over(&builder, a, b);
        }
        baro_expression expression = baro_builder_expression(&builder);
        baro_linear_work scratch = {adjoint, order_of, slope, place};
        baro_linear form;
        baro_expression_values(&expression, total, value);
        uint32_t root = made[NODES - 1];
        assert_int_equal(baro_linearise(&expression, root, value, &scratch, COLUMNS, column, slopes, &form), BARO_OK);
        check_near(form.value, value[root], 0, "value", root, number);
        double found[COLUMNS] = {0};
        for (size_t i = 0; i < form.n; i++)
            found[form.column[i]] += form.slope[i];
        for (size_t c = 0; c < COLUMNS; c++) {
            double step = 1e-5 * total[c], near[4], was = total[c];
            for (int side = 0; side < 4; side++) { /* fourth order */
                total[c] = was + step * (side < 2 ? side - 2 : side - 1);
                baro_expression_values(&expression, total, value);
                near[side] = value[root];
            }
            total[c] = was;
            double wanted = (near[0] - 8 * near[1] + 8 * near[2] - near[3]) / (12 * step);
            check_near(found[c], wanted, 1e-7 * fabs(wanted) + 1e-8 * fabs(form.value), "slope", c, number);
            assert_true(slope[c] == 0 && place[c] == 0); /* the scratch is left as it was */
        }
        baro_arena_free(arena);
    }
}

/* ---- sums of shards ---- */

/* Numbers that a pair holds without rounding: any cut into shards gives the very same sum. */
static void test_shards(void **state)
{
    (void)state;
    enum { N = 600, MOST_SHARDS = 9 };
    for (uint64_t number = 0; number < DESIGNS; number++) {
        uint64_t seed = number + 11;
        uint32_t shards = 1 + below(&seed, MOST_SHARDS);
        bool exact = number % 2;
        double size = 0;
        baro_sum whole = {0, 0}, part[MOST_SHARDS] = {{0, 0}}, joined = {0, 0};
        for (size_t i = 0; i < N; i++) {
            double x = exact ? ((double)(next(&seed) >> 11) - 0x1p52) * ldexp(1, (int)below(&seed, 20) - 10)
                             : (uniform(&seed) - 0.5) * exp(40 * uniform(&seed) - 20);
            size += fabs(x);
            baro_sum_add(&whole, x);
            baro_sum_add(&part[below(&seed, shards)], x);
        }
        for (size_t k = 0; k < shards; k++)
            baro_sum_join(&joined, part[k]);
        check_near(baro_sum_value(joined), baro_sum_value(whole),
                   exact ? 0 : 1e-28 * size + 3e-16 * fabs(baro_sum_value(whole)), "sum of shards", shards, number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_formula),
                                       cmocka_unit_test(test_scaled_weights),
                                       cmocka_unit_test(test_far_scaled_weights),
                                       cmocka_unit_test(test_permuted_rows),
                                       cmocka_unit_test(test_relabelled),
                                       cmocka_unit_test(test_nesting),
                                       cmocka_unit_test(test_one_stratum),
                                       cmocka_unit_test(test_zero_weights),
                                       cmocka_unit_test(test_split_respondent),
                                       cmocka_unit_test(test_complement),
                                       cmocka_unit_test(test_totals_add_up),
                                       cmocka_unit_test(test_covariance_matrix),
                                       cmocka_unit_test(test_difference_of_parts),
                                       cmocka_unit_test(test_sum_of_forms),
                                       cmocka_unit_test(test_slopes),
                                       cmocka_unit_test(test_shards)};
    return cmocka_run_group_tests_name("what holds for any design", tests, NULL, NULL);
}
