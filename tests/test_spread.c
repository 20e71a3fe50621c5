/* What divides opinion, whole: survey text and files in, ranked rows out. Digits are R's (tests/reference/spread.csv);
 * what has no digits is compared with another way to the same number, or counted over many draws. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "io/base/pool.h"
#include "stats/random.h"
#include "stats/spread.h"
#include "surveys/analyses/spread.h"
#include "surveys/publishing/spread_sheet.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    analysis a;
    baro_spread_request asked;
    baro_spreads out;
    baro_status status;
} spreading;

static void rank_factors(spreading *s, size_t threads)
{
    baro_pool *pool = baro_pool_new(threads);
    assert_non_null(pool);
    if (!s->asked.draws)
        s->asked.draws = 400;
    s->status = baro_spread_rank_factors(&s->a.request, &s->asked, pool, s->a.arena, s->a.error, &s->out);
    baro_pool_free(pool);
}

static void ranking_works(spreading *s)
{
    rank_factors(s, 2);
    if (s->status)
        baro_error_print(s->a.error, true, stderr);
    assert_int_equal(s->status, BARO_OK);
}

static baro_spread_row *row_of(const spreading *s, const char *measure, const char *level, const char *factor,
                               const char *period)
{
    for (size_t i = 0; i < s->out.n_rows; i++) {
        baro_spread_row *row = &s->out.rows[i];
        if (strcmp(row->measure->id, measure) == 0 && strcmp(row->level, level) == 0 &&
            strcmp(row->factor->id, factor) == 0 && (!period || strcmp(row->period_label, period) == 0))
            return row;
    }
    fail_msg("no row of %s by %s", measure, factor);
    return NULL;
}

/* ---- digits ---- */

typedef struct {
    const golden *table;
    size_t row;
} reference;

static void put(char *text, size_t room, const char *key, const char *value)
{
    size_t at = strlen(text);
    if (*value)
        snprintf(text + at, room - at, ", %s: %s", key, value);
}

static void open_reference(spreading *s, const golden *t, size_t row)
{
    char text[1024] = "survey: {id: gen}\ndesign: {lonely_psu: fail";
    static const char *const key[] = {"weight", "strata", "psu", "fpc", "nested"}, *const column[] = {"weight",
                                                                                                      "strata", "ids",
                                                                                                      "fpc", "nest"};
    for (size_t i = 0; i < 5; i++)
        put(text, sizeof text, key[i], golden_text(t, row, column[i]));
    char level[32];
    snprintf(level, sizeof level, "%s", golden_text(t, row, "level"));
    for (char *c = level; *c; c++)
        *c = *c == '|' ? ',' : *c;
    size_t at = strlen(text);
    snprintf(text + at, sizeof text - at,
             "}\ngroups: [{id: g, columns: g}, {id: h, columns: h}, {id: period, columns: period}]\n"
             "measures: [{id: m, columns: %s, %s%s%s}]\n",
             golden_text(t, row, "variable"), *level ? "positive: [" : "statistic: mean", level, *level ? "]" : "");
    analysis_open_text(&s->a, text);
    const char *path = baro_arena_format(s->a.arena, "tests/data/%s.csv", golden_text(t, row, "data"));
    assert_non_null(path);
    analysis_file(&s->a, path);
    analysis_by(&s->a, "g", NULL);
    analysis_by(&s->a, "h", NULL);
    analysis_by(&s->a, "period", NULL);
    s->a.request.no_suppress = true;
}

static void test_row(void **state)
{
    const reference *at = *state;
    const golden *t = at->table;
    for (int made = 0; made < 2; made++) { /* standard errors from replicates made here, and from those of the survey */
        spreading s = {0};
        open_reference(&s, t, at->row);
        if (made)
            s.a.survey.replicates.columns = "make:jkn";
        ranking_works(&s);
        const baro_spread_row *row = row_of(&s, "m", "", golden_text(t, at->row, "factor"), NULL);
        check_close(row->base, golden_number(t, at->row, "base"), 0);
        check_close((double)row->groups, golden_number(t, at->row, "groups"), 0);
        check_close(row->range, golden_number(t, at->row, "range"), 1e-9);
        check_close(row->dispersion, golden_number(t, at->row, "dispersion"), 1e-9);
        bool alone = made && isnan(row->corrected), census = made && *golden_text(t, at->row, "fpc");
        if (!census) /* R's mean of replicates leaves those of certainty strata out; so do those made for spread */
            check_close(row->eta2_se, golden_number(t, at->row, "eta2_se"), alone ? INFINITY : 1e-9);
        if (alone) { /* a group that one PSU holds has no jackknifed covariance: it is not ranked */
            assert_true((row->marks & BARO_MARK_ABSENT) && isnan(row->rank));
            analysis_close(&s.a);
            continue;
        }
        if (!made) { /* a jackknife has other covariances */
            check_close(row->corrected, golden_number(t, at->row, "corrected"), 1e-9);
            check_close(row->df, golden_number(t, at->row, "df"), 0);
        }
        assert_true(row->eta2 == (row->corrected < 0 ? 0 : row->corrected));
        assert_true(row->lower >= 0 && row->lower <= row->eta2 && row->upper <= 1 && row->upper >= row->lower);
        assert_true(row->rank >= 1 && row->rank <= 3 && row->rank_lower <= row->rank_upper);
        analysis_close(&s.a);
    }
}

/* ---- by hand ---- */

/* 10 of a with 6 yes, 10 of b with 3: between .0225, variance .2475, bias .5(.024 + .021) - .2475/20 = .010125. */
static void open_hand(spreading *s, const char *design)
{
    char survey[512], data[512] = "g,q\n";
    snprintf(survey, sizeof survey,
             "survey: {id: hand}\n%sgroups: [{id: g, columns: g}]\nmeasures: [{id: q, columns: q, positive: yes, "
             "negative: no}]\n",
             design);
    for (size_t i = 0; i < 20; i++)
        strcat(data, i < 6 ? "a,yes\n" : i < 10 ? "a,no\n" : i < 13 ? "b,yes\n" : "b,no\n");
    analysis_open_text(&s->a, survey);
    analysis_data(&s->a, "hand.csv", data);
    analysis_by(&s->a, "g", NULL);
}

static void test_hand(void **state)
{
    (void)state;
    spreading plain = {0}, one = {0}, two = {0};
    open_hand(&plain, "");
    open_hand(&one, "design: {deft: 1}\n");
    open_hand(&two, "design: {deft: 2}\n");
    spreading *all[] = {&plain, &one, &two};
    for (size_t i = 0; i < 3; i++)
        ranking_works(all[i]);
    check_close(one.out.rows->corrected, (.0225 - .010125) / .2475, 1e-12);
    check_close(two.out.rows->corrected, (.0225 - 4 * .010125) / .2475, 1e-12);
    check_close(two.out.rows->eta2, 0, 0);
    check_close(plain.out.rows->corrected, (.0225 - 20. / 19 * .010125) / .2475,
                1e-12); /* n / (n - 1) of one stratum */
    check_close(plain.out.rows->range, .3, 1e-12);
    check_close(plain.out.rows->dispersion, .15, 1e-12);
    assert_true(plain.out.rows->eta2_se > 0);
    check_close(one.out.rows->eta2_se, plain.out.rows->eta2_se, 1e-12);
    check_close(two.out.rows->eta2_se, 2 * plain.out.rows->eta2_se, 1e-12);
    check_close(plain.out.rows->p_first, 1, 0); /* alone in its race */
    for (size_t i = 0; i < 3; i++)
        analysis_close(&all[i]->a);
}

/* ---- the table's levels give the same share ---- */

static const struct agreeing {
    const char *name, *survey, *data, *measure, *factor;
} agreeing[] = {
    {"a share of everyone, rolling windows",
     "survey: {id: w}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes}\n"
     "period: {columns: quarter, unit: quarter, rolling: 4}\ngroups: [{id: g, columns: g}]\nmeasures: [{id: m, "
     "columns: answer, positive: yes}]\n",
     "tests/data/gen-waves.csv", "m", "g"},
    {"a finite population",
     "survey: {id: w}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes, fpc: N}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: answer, positive: yes}]\n",
     "tests/data/gen-waves.csv", "m", "g"},
    {"two stages",
     "survey: {id: w}\ndesign: {weight: weight, strata: stratum, psu: [psu, household], nested: yes, fpc: [N1, N2]}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: answer, positive: [1, 2]}]\n",
     "tests/data/gen-stages.csv", "m", "g"},
    {"a weight for each window",
     "survey: {id: w}\ndesign:\n  strata: [stratum]\n  psu: [psu]\n  nested: yes\n"
     "  window_weights:\n    - {columns: \"WT_Q{n}\", n: {63: 2020 Q4}, rolling: 3}\nperiod: {columns: quarter, unit: "
     "quarter, rolling: 3}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: answer, positive: [1, 2], negative: [3, 4, 5]}]\n",
     "tests/data/gen-windows.csv", "m", "g"},
    {"a measure with a weight of its own",
     "survey: {id: w}\ndesign: {weight: WT_Q63, weight_missing: out, strata: stratum, psu: psu, nested: yes}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: module, positive: [1, 2], negative: [3, 4, 5], "
     "weight: WT_module_A}]\n",
     "tests/data/gen-windows.csv", "m", "g"},
    {"replicate weights of the file",
     "survey: {id: w}\ndesign: {weight: weight, replicates: {columns: \"jkn*\", method: jkn, rscales: 0.5}}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: answer, positive: [1, 2]}]\n",
     "tests/data/gen-pairs.csv", "m", "g"},
    {"replicates made: bootstrap",
     "survey: {id: w}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes, replicates: {columns: "
     "\"make:bootstrap\"}}\n"
     "groups: [{id: h, columns: h}]\nmeasures: [{id: m, columns: answer, positive: [1, 2]}]\n",
     "tests/data/gen-pairs.csv", "m", "h"},
    {"a stated design factor, weighted",
     "survey: {id: w}\ndesign: {weight: weight, deft: 1.31}\n"
     "groups: [{id: g, columns: g}]\nmeasures: [{id: m, columns: answer, positive: [1, 2]}]\n",
     "tests/data/gen-strata.csv", "m", "g"},
};

/* Share and bias from the levels, standard errors and weighted bases of a table of the same interviews. */
static void test_agreement(void **state)
{
    const struct agreeing *c = *state;
    spreading s = {0};
    char where[64];
    analysis_open_text(&s.a, c->survey);
    analysis_file(&s.a, c->data);
    analysis_by(&s.a, c->factor, NULL);
    snprintf(where, sizeof where, "not %s is missing", c->factor);
    s.a.request.where = where;
    s.a.request.no_suppress = true;
    ranking_works(&s);
    analysis_works(&s.a);
    const baro_row *all = analysis_row(&s.a, (analysis_key){c->measure, "", "", "", "", NULL, NULL});
    double between = 0, bias = -all->se * all->se, m = all->estimate;
    for (size_t i = 0; i < s.a.results.n_rows; i++) {
        const baro_row *row = &s.a.results.rows[i];
        double share = row->weighted_base / all->weighted_base;
        if (!row->by || !(row->base > 0))
            continue;
        between += share * (row->estimate - m) * (row->estimate - m);
        bias += share * row->se * row->se;
    }
    check_close(s.out.rows->base, all->base, 0);
    check_close(s.out.rows->corrected, (between - bias) / (m * (1 - m)), 1e-9);
    check_close(s.out.rows->df, all->df, 0);
    assert_true(s.out.rows->eta2_se > 0);
    analysis_close(&s.a);
}

/* ---- draws ---- */

enum { SMALL = 2, LARGE = 30, BOTH = SMALL + LARGE };

/* Means of two crossed factors that nothing divides: cells of equal size, with noise of variance 1 / n for everyone.
 * What is expected of the small one is P(chi2_1 - 1 > chi2_29 - 29), .53: sums of more squares are less skewed. */
static void make_null(baro_random *random, double n, double mean[BOTH])
{
    memset(mean, 0, BOTH * sizeof *mean);
    for (size_t a = 0; a < SMALL; a++)
        for (size_t b = 0; b < LARGE; b++) {
            double noise = 0;
            for (size_t i = 0; i < 3; i++) /* nearer to normal than one */
                noise += baro_random_bell(random) / sqrt(3);
            noise *= sqrt(SMALL * LARGE / n);
            mean[a] += noise / LARGE;
            mean[SMALL + b] += noise / SMALL;
        }
}

static void test_null(void **state)
{
    (void)state;
    enum { RUNS = 3000 };
    const double n = 1000;
    double share[BOTH], mean[BOTH], covariance[BOTH * BOTH], first[2], lower[2], upper[2], sum = 0, wide = 0;
    for (size_t g = 0; g < BOTH; g++)
        share[g] = 1. / (g < SMALL ? SMALL : LARGE);
    for (size_t g = 0; g < BOTH; g++) /* groups of one factor share nobody, of two factors n P P' */
        for (size_t h = 0; h < BOTH; h++)
            covariance[g * BOTH + h] = g == h ? 1 / (n * share[g]) : (g < SMALL) == (h < SMALL) ? 0 : 1 / n;
    const baro_spread_factor factor[2] = {{0, SMALL, (SMALL - 1) / n, BARO_SIDE_FIRST},
                                          {SMALL, LARGE, (LARGE - 1) / n, BARO_SIDE_SECOND}};
    baro_spread_race race = {factor, 2, BOTH, share, mean, covariance, 100, 20260731, 0, .95};
    double *scratch = malloc(baro_spread_room(&race) * sizeof *scratch);
    assert_non_null(scratch);
    baro_random random = baro_random_stream(4711, 3);
    for (size_t run = 0; run < RUNS; run++) {
        baro_spread_ranks ranks = {lower, upper, first, NAN};
        make_null(&random, n, mean);
        race.stream = run;
        assert_int_equal(baro_spread_rank(&race, scratch, &ranks), BARO_OK);
        check_close(first[0] + first[1], 1, 1e-12);
        check_close(ranks.above, first[0], 0); /* two factors, one a side */
        sum += first[0];
        wide += lower[0] == 1 && upper[0] == 2;
    }
    free(scratch);
    assert_true(sum / RUNS > .45 && sum / RUNS < .55);
    assert_true(wide / RUNS > .9); /* nothing is known of who is first */
}

/* One factor far apart, one not at all: certain; and the mirror image. */
static void test_certain(void **state)
{
    (void)state;
    const double share[] = {.5, .5, .3, .7}, covariance[16] = {[0] = 1e-4, [5] = 1e-4, [10] = 1e-4, [15] = 1e-4};
    for (size_t far = 0; far < 2; far++) {
        const double mean[] = {far ? .5 : .3, far ? .5 : .7, far ? .1 : .5, far ? .6 : .5};
        const baro_spread_factor factor[2] = {{0, 2, 5e-5, BARO_SIDE_NONE}, {2, 2, 5e-5, BARO_SIDE_NONE}};
        const baro_spread_race race = {factor, 2, 4, share, mean, covariance, 250, 9, 1, .9};
        double lower[2], upper[2], first[2], scratch[64];
        assert_true(baro_spread_room(&race) <= 64);
        baro_spread_ranks ranks = {lower, upper, first, 0};
        assert_int_equal(baro_spread_rank(&race, scratch, &ranks), BARO_OK);
        check_close(first[far], 1, 0);
        check_close(lower[far], 1, 0);
        check_close(upper[far], 1, 0);
        check_close(lower[1 - far], 2, 0);
        assert_true(isnan(ranks.above));
    }
}

/* Two groups err together, one twice as far, the others not at all: they are apart by N(0, 1), and further than the
 * others, by 1, with probability 2 (1 - Phi(1)). Whichever groups stand first. */
static void test_together(void **state)
{
    (void)state;
    const double share[] = {.5, .5, .5, .5};
    for (size_t moving = 0; moving < 4; moving += 2)
        for (size_t twice = 0; twice < 2; twice++) {
            double mean[4] = {3, 3, 3, 3}, covariance[16] = {0}, lower[2], upper[2], first[2], scratch[128];
            mean[2 - moving] = 4;
            for (size_t g = 0; g < 2; g++)
                for (size_t h = 0; h < 2; h++)
                    covariance[(moving + g) * 4 + moving + h] = (g == twice ? 2 : 1) * (h == twice ? 2 : 1);
            const baro_spread_factor factor[2] = {{0, 2, 0, BARO_SIDE_NONE}, {2, 2, 0, BARO_SIDE_NONE}};
            const baro_spread_race race = {factor, 2, 4, share, mean, covariance, 20000, 77, 5, .9};
            assert_true(baro_spread_room(&race) <= 128);
            baro_spread_ranks ranks = {lower, upper, first, 0};
            assert_int_equal(baro_spread_rank(&race, scratch, &ranks), BARO_OK);
            check_close(first[moving / 2], 0.31731050786291410, .05);
        }
}

/* No covariance, no ranks; nothing is written. */
static void test_unknown(void **state)
{
    (void)state;
    const double share[] = {.5, .5}, mean[] = {.2, .4}, covariance[] = {.01, NAN, NAN, .01};
    const baro_spread_factor factor = {0, 2, 0, BARO_SIDE_NONE};
    baro_spread_race race = {&factor, 1, 2, share, mean, covariance, 10, 1, 1, .95};
    double lower = 7, upper = 7, first = 7, scratch[32];
    baro_spread_ranks ranks = {&lower, &upper, &first, 7};
    assert_int_equal(baro_spread_rank(&race, scratch, &ranks), BARO_OUT_OF_DOMAIN);
    assert_true(lower == 7 && upper == 7 && first == 7 && ranks.above == 7);
}

/* ---- seeds and threads ---- */

#define DEMO "surveys/definitions/demo.yaml"
#define DEMO_DATA "tests/data/demo-interviews.csv"

static void open_demo(spreading *s, const char *measure)
{
    analysis_open(&s->a, DEMO);
    analysis_file(&s->a, DEMO_DATA);
    static const char *const by[] = {"ethnicity", "age", "sex", "channel"};
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        analysis_by(&s->a, by[i], NULL);
    const char **id = BARO_ARRAY(s->a.arena, const char *, 1);
    assert_non_null(id);
    id[0] = measure;
    if (measure)
        s->a.request.measures = (baro_texts){id, 1};
}

static char *csv_of(spreading *s)
{
    baro_sheet *sheets;
    size_t n, length = 0;
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    baro_spreads_suppress(&s->out);
    assert_int_equal(baro_sheets_spreads(&s->out, true, s->a.arena, &sheets, &n), BARO_OK);
    for (size_t i = 0; i < sheets->n_rows * sheets->n_columns; i++) {
        const baro_cell *cell = &sheets->cells[i];
        length += (size_t)snprintf(text + length, (1 << 16) - length, "%s%.17g,", cell->text ? cell->text : "",
                                   cell->kind == BARO_CELL_NUMBER ? cell->number : 0);
        assert_true(length < 60000);
    }
    return text;
}

static void test_seed(void **state)
{
    (void)state;
    char *text[4];
    const uint64_t seed[4] = {1, 1, 2, 1};
    for (size_t i = 0; i < 4; i++) { /* again, with another seed, and one thread; one measure less */
        spreading s = {.asked = {.seed = seed[i], .draws = 333}};
        open_demo(&s, "satisfied");
        rank_factors(&s, i == 3 ? 1 : 3);
        assert_int_equal(s.status, BARO_OK);
        text[i] = csv_of(&s);
        analysis_close(&s.a);
    }
    assert_string_equal(text[0], text[1]);
    assert_string_equal(text[0], text[3]);
    assert_string_not_equal(text[0], text[2]);
    spreading all = {.asked = {.seed = 1, .draws = 333}}, one = {.asked = {.seed = 1, .draws = 333}};
    open_demo(&all, NULL);
    open_demo(&one, "trust");
    ranking_works(&all);
    ranking_works(&one);
    for (size_t i = 0; i < one.out.n_rows; i++) /* what else is asked moves no draw */
        check_close(row_of(&all, "trust", "", one.out.rows[i].factor->id, NULL)->p_first, one.out.rows[i].p_first, 0);
    analysis_close(&all.a);
    analysis_close(&one.a);
    for (size_t i = 0; i < 4; i++)
        free(text[i]);
}

/* A row a window is what the window alone gives. */
static void test_windows(void **state)
{
    (void)state;
    spreading each = {.asked = {.each = true}};
    open_demo(&each, "trust");
    ranking_works(&each);
    assert_true(each.out.n_rows > 8 && each.out.n_rows % 4 == 0);
    baro_period last = each.out.rows[each.out.n_rows - 1].period;
    for (baro_period back = 0; back < 2; back++) {
        spreading one = {0};
        open_demo(&one, "trust");
        one.a.request.trend = false;
        if (back) {
            one.a.request.has_from = one.a.request.has_to = true;
            one.a.request.to = last - back;
            one.a.request.from = last - back - 3; /* the year, pooled */
        }
        ranking_works(&one);
        for (size_t i = 0; i < one.out.n_rows; i++) {
            const baro_spread_row *alone = &one.out.rows[i],
                                  *among = row_of(&each, "trust", "", alone->factor->id, alone->period_label);
            check_close(among->corrected, alone->corrected, 1e-12);
            check_close(among->eta2_se, alone->eta2_se, 1e-12);
            check_close(among->rank, alone->rank, 0);
        }
        analysis_close(&one.a);
    }
    analysis_close(&each.a);
}

/* Rows of a race lie together, best first, and probabilities add up. */
static void test_order(void **state)
{
    (void)state;
    spreading s = {0};
    open_demo(&s, NULL);
    ranking_works(&s);
    for (size_t i = 0; i < s.out.n_rows; i += 4) {
        double sum = 0;
        for (size_t k = 0; k < 4; k++) {
            const baro_spread_row *row = &s.out.rows[i + k];
            assert_int_equal(row->race, s.out.rows[i].race);
            check_close(row->rank, (double)k + 1, 0);
            check_close(row->base, s.out.rows[i].base, 0);
            check_close(row->p_channel, s.out.rows[i].p_channel, 0);
            assert_true(k == 0 || row->corrected <= row[-1].corrected);
            sum += row->p_first;
        }
        check_close(sum, 1, 1e-12);
    }
    analysis_close(&s.a);
}

/* ---- who is asked, and who is shown ---- */

/* Of f: 40 x, 40 y, 3 z, 2 v; of g: 81 a, 4 b; of two files the second lacks h. */
static void open_few(spreading *s, const char *head)
{
    char survey[1024], data[4096] = "f,g,h,q\n";
    snprintf(survey, sizeof survey,
             "survey: {id: few%s}\npublish: {suppress_below: 10}\ngroups: [{id: f, columns: f}, {id: g, columns: g}, "
             "{id: h, columns: h}]\n"
             "measures: [{id: q, columns: q, positive: yes, negative: no}, {id: s, columns: q, positive: yes, "
             "negative: no, sensitive: yes}, "
             "{id: d, columns: q, statistic: distribution}, {id: t, columns: n, statistic: quantile, at: [0.5]}]\n",
             head);
    for (size_t i = 0; i < 85; i++)
        snprintf(data + strlen(data), sizeof data - strlen(data), "%s,%s,%s,%s\n",
                 i < 40   ? "x"
                 : i < 80 ? "y"
                 : i < 83 ? "z"
                          : "v",
                 i % 21 == 3 ? "b" : "a", i % 3 ? "k" : "l", i % 7 < 3 ? "yes" : "no");
    analysis_open_text(&s->a, survey);
    analysis_data(&s->a, "few.csv", data);
    static const char *const measures[] = {"q", "s", "d"};
    s->a.request.measures = (baro_texts){measures, 3};
    analysis_by(&s->a, "f", NULL);
    analysis_by(&s->a, "g", NULL);
    analysis_by(&s->a, "h", NULL);
}

static void test_joined(void **state)
{
    (void)state;
    spreading s = {0};
    open_few(&s, "");
    ranking_works(&s);
    baro_spreads_suppress(&s.out);
    const baro_spread_row *f = row_of(&s, "q", "", "f", NULL), *g = row_of(&s, "q", "", "g", NULL);
    assert_int_equal(f->groups, 2); /* z and v are five, still too few: with x, the first of the smallest */
    assert_int_equal(f->joined, 3);
    check_close(f->least, 40, 0);
    assert_true(!isnan(f->eta2) && !(f->marks & BARO_MARK_SUPPRESSED));
    assert_true(g->few && (g->marks & BARO_MARK_SUPPRESSED)); /* joined with the only other: no groups are left */
    assert_true(isnan(g->eta2) && isnan(g->range) && isnan(g->eta2_se) && isnan(g->dispersion) && isnan(g->rank) &&
                isnan(g->p_first) && isnan(g->least) && g->groups == 0);
    check_close(g->base, 85, 0);
    double sum = f->p_first + row_of(&s, "q", "", "h", NULL)->p_first;
    check_close(sum, 1, 1e-12);
    analysis_close(&s.a);
}

/* The range of what is shown is that of the joined groups: by hand from the file's rule. */
static void test_joined_range(void **state)
{
    (void)state;
    spreading s = {0};
    open_few(&s, "");
    ranking_works(&s);
    double yes[2] = {0, 0}, n[2] = {0, 0};
    for (size_t i = 0; i < 85; i++) {
        bool y = i >= 40 && i < 80;
        n[y] += 1;
        yes[y] += i % 7 < 3;
    }
    check_close(row_of(&s, "q", "", "f", NULL)->range, fabs(yes[0] / n[0] - yes[1] / n[1]), 1e-12);
    analysis_close(&s.a);
}

static void test_shown(void **state)
{
    (void)state;
    spreading s = {0};
    open_few(&s, "");
    s.a.request.no_suppress = true;
    ranking_works(&s);
    baro_spreads_suppress(&s.out);
    assert_int_equal(row_of(&s, "q", "", "f", NULL)->groups, 4);
    assert_int_equal(row_of(&s, "q", "", "g", NULL)->groups, 2);
    assert_true(!isnan(row_of(&s, "q", "", "g", NULL)->eta2));
    analysis_close(&s.a);
}

/* Every answer of a distribution is a race of its own, and one of two sides is as the other. */
static void test_answers(void **state)
{
    (void)state;
    spreading s = {0};
    open_few(&s, "");
    ranking_works(&s);
    const baro_spread_row *share = row_of(&s, "q", "", "h", NULL), *yes = row_of(&s, "d", "yes", "h", NULL),
                          *no = row_of(&s, "d", "no", "h", NULL);
    check_close(yes->corrected, share->corrected, 1e-12);
    check_close(no->corrected, share->corrected, 1e-9);
    check_close(no->eta2_se, share->eta2_se, 1e-9);
    assert_true(yes->race != no->race);
    analysis_close(&s.a);
}

static void test_few_in_all(void **state)
{
    (void)state;
    spreading s = {0};
    open_few(&s, "");
    s.a.request.where = "f in ('z', 'v')";
    ranking_works(&s);
    baro_spreads_suppress(&s.out);
    for (size_t i = 0; i < s.out.n_rows; i++) {
        assert_true(s.out.rows[i].marks & BARO_MARK_SUPPRESSED);
        assert_true(isnan(s.out.rows[i].base) && isnan(s.out.rows[i].eta2) && isnan(s.out.rows[i].range));
    }
    analysis_close(&s.a);
}

static void test_opt_in(void **state)
{
    (void)state;
    spreading s = {0}, drawn = {0};
    open_few(&s, ", sampling: opt-in");
    open_few(&drawn, "");
    ranking_works(&s);
    ranking_works(&drawn);
    for (size_t i = 0; i < s.out.n_rows; i++) {
        const baro_spread_row *row = &s.out.rows[i];
        assert_true(isnan(row->eta2_se) && isnan(row->lower) && isnan(row->df) && isnan(row->rank) &&
                    isnan(row->rank_lower) && isnan(row->p_first) && isnan(row->p_channel));
    }
    check_close(row_of(&s, "q", "", "h", NULL)->corrected, row_of(&drawn, "q", "", "h", NULL)->corrected, 0);
    analysis_close(&s.a);
    analysis_close(&drawn.a);
}

/* Who does not answer one factor is in the race of none; a statistic without a variance has rows, and no numbers. */
static void test_domain(void **state)
{
    (void)state;
    spreading s = {0};
    analysis_open_text(
        &s.a, "survey: {id: d}\npublish: {suppress_below: 0}\ngroups: [{id: f, columns: f}, {id: g, columns: g}]\n"
              "measures: [{id: q, columns: q, positive: yes, negative: no}, {id: t, columns: n, statistic: quantile, "
              "at: [0.5]}]\n");
    analysis_data(&s.a, "d.csv",
                  "f,g,q,n\nx,a,yes,1\nx,b,no,2\ny,a,no,3\ny,b,no,4\nx,,yes,5\n,b,yes,6\ny,a,yes,7\nx,b,,8\n");
    analysis_by(&s.a, "f", NULL);
    analysis_by(&s.a, "g", NULL);
    ranking_works(&s);
    check_close(row_of(&s, "q", "", "f", NULL)->base, 5, 0);
    check_close(row_of(&s, "q", "", "g", NULL)->base, 5, 0);
    check_close(row_of(&s, "q", "", "f", NULL)->range, .5 - 1. / 3, 1e-12);
    check_close(row_of(&s, "q", "", "g", NULL)->range, 2. / 3, 1e-12);
    const baro_spread_row *t = row_of(&s, "t", "", "f", NULL);
    assert_true((t->marks & BARO_MARK_ABSENT) && isnan(t->eta2) && isnan(t->range));
    analysis_close(&s.a);
}

/* A factor that one file lacks is not ranked in its windows; the others are, on all who answered them. */
static void test_lacking(void **state)
{
    (void)state;
    spreading s = {.asked = {.each = true}};
    analysis_open_text(&s.a, "survey: {id: l}\npublish: {suppress_below: 0}\nperiod: {columns: p, unit: quarter}\n"
                             "groups: [{id: f, columns: f}, {id: g, columns: g}]\nmeasures: [{id: q, columns: q, "
                             "positive: yes, negative: no}]\n");
    analysis_data(&s.a, "one.csv",
                  "p,f,g,q\n2023 Q1,x,a,yes\n2023 Q1,x,b,no\n2023 Q1,y,a,no\n2023 Q1,y,b,no\n2023 Q1,y,,yes\n");
    analysis_data(&s.a, "two.csv", "p,f,q\n2023 Q2,x,yes\n2023 Q2,x,no\n2023 Q2,y,no\n2023 Q2,y,no\n");
    analysis_by(&s.a, "f", NULL);
    analysis_by(&s.a, "g", NULL);
    ranking_works(&s);
    check_close(row_of(&s, "q", "", "f", "2023 Q1")->base, 4, 0);
    check_close(row_of(&s, "q", "", "g", "2023 Q1")->base, 4, 0);
    check_close(row_of(&s, "q", "", "f", "2023 Q2")->base, 4, 0);
    check_close(row_of(&s, "q", "", "f", "2023 Q2")->range, .5, 1e-12);
    assert_true(row_of(&s, "q", "", "g", "2023 Q2")->marks & BARO_MARK_ABSENT);
    assert_true(isnan(row_of(&s, "q", "", "g", "2023 Q2")->eta2));
    check_close(row_of(&s, "q", "", "f", "2023 Q2")->p_first, 1, 0);
    analysis_close(&s.a);
}

/* ---- what cannot be asked ---- */

static const struct refusal {
    const char *name, *first, *second, *said;
} refusals[] = {
    {"no factor", NULL, NULL, "spread needs factors; give --by"},
    {"two crossed", "f", "g", "a factor of spread is one group, not two crossed"},
    {"categories that overlap", "o", NULL, "--by o: its categories overlap; a factor needs each interview in one"},
};

static void test_refusal(void **state)
{
    const struct refusal *c = *state;
    spreading s = {0};
    analysis_open_text(
        &s.a, "survey: {id: r}\ngroups: [{id: f, columns: f}, {id: g, columns: g}, {id: o, overlap: yes, categories: "
              "[{label: both, where: \"f in (x, y)\"}, {label: ex, where: \"f == 'x'\"}]}]\n"
              "measures: [{id: q, columns: q, positive: yes, negative: no}]\n");
    analysis_data(&s.a, "r.csv", "f,g,q\nx,a,yes\ny,b,no\nx,b,no\n");
    s.a.request.by_named = true;
    if (c->first)
        analysis_by(&s.a, c->first, c->second);
    rank_factors(&s, 1);
    assert_int_equal(s.status, BARO_USAGE);
    FILE *file = tmpfile();
    char said[512] = "";
    assert_non_null(file);
    baro_error_print(s.a.error, true, file);
    rewind(file);
    assert_true(fread(said, 1, sizeof said - 1, file) > 0);
    fclose(file);
    assert_non_null(strstr(said, c->said));
    analysis_close(&s.a);
}

/* ---- words ---- */

static const struct wording {
    const char *name, *said;
    double p;
} wordings[] = {
    {"certain", "over 99%", .9996},  {"nearly", "99%", .99}, {"impossible", "under 1%", 0},
    {"one in a hundred", "1%", .01}, {"half", "50%", .5},    {"none", NULL, NAN},
};

static void test_wording(void **state)
{
    const struct wording *c = *state;
    baro_arena *arena = baro_arena_new();
    const char *said = baro_say_probability(c->p, arena);
    assert_int_equal(said == NULL, c->said == NULL);
    if (said)
        assert_string_equal(said, c->said);
    baro_arena_free(arena);
}

/* The channel against the best demographic factor, whichever divides more; never why. */
static void test_sides(void **state)
{
    (void)state;
    spreading s = {0};
    open_demo(&s, NULL);
    ranking_works(&s);
    baro_spread_row *trust = row_of(&s, "trust", "", "channel", NULL);
    const char *said = baro_say_spread_sides(&s.out, trust, s.a.arena);
    assert_string_equal(said, "Ethnic group divides more than contact channel (probability over 99%)");
    for (size_t i = 0; i < s.out.n_rows; i++)
        if (s.out.rows[i].race == trust->race)
            s.out.rows[i].p_channel = .84;
    said = baro_say_spread_sides(&s.out, trust, s.a.arena);
    assert_string_equal(said, "Contact channel divides more than any demographic factor (probability 84%)");
    analysis_close(&s.a);
}

enum { MOST_TESTS = 160 };

int main(void)
{
    static struct CMUnitTest tests[MOST_TESTS];
    static reference rows[MOST_TESTS];
    static char names[MOST_TESTS][96];
    static const struct CMUnitTest alone[] = {
        cmocka_unit_test(test_hand),    cmocka_unit_test(test_null),    cmocka_unit_test(test_certain),
        cmocka_unit_test(test_together),
        cmocka_unit_test(test_unknown), cmocka_unit_test(test_seed),    cmocka_unit_test(test_windows),
        cmocka_unit_test(test_order),   cmocka_unit_test(test_joined),  cmocka_unit_test(test_joined_range),
        cmocka_unit_test(test_shown),   cmocka_unit_test(test_answers), cmocka_unit_test(test_few_in_all),
        cmocka_unit_test(test_opt_in),  cmocka_unit_test(test_domain),  cmocka_unit_test(test_lacking),
        cmocka_unit_test(test_sides),
    };
    golden table = golden_read("tests/reference/spread.csv");
    size_t n = 0;
    for (size_t row = 0; row < table.rows; row++, n++) {
        rows[n] = (reference){&table, row};
        snprintf(names[n], sizeof names[n], "%s %s%s %s%s by %s", golden_text(&table, row, "data"),
                 golden_text(&table, row, "strata"), golden_text(&table, row, "fpc"),
                 golden_text(&table, row, "variable"), golden_text(&table, row, "level"),
                 golden_text(&table, row, "factor"));
        tests[n] = (struct CMUnitTest){names[n], test_row, NULL, NULL, &rows[n]};
    }
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        tests[n++] = alone[i];
    for (size_t i = 0; i < sizeof agreeing / sizeof *agreeing; i++)
        tests[n++] = (struct CMUnitTest){agreeing[i].name, test_agreement, NULL, NULL, (void *)(uintptr_t)&agreeing[i]};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        tests[n++] = (struct CMUnitTest){refusals[i].name, test_refusal, NULL, NULL, (void *)(uintptr_t)&refusals[i]};
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        tests[n++] = (struct CMUnitTest){wordings[i].name, test_wording, NULL, NULL, (void *)(uintptr_t)&wordings[i]};
    int failed = _cmocka_run_group_tests("spread", tests, n, NULL, NULL);
    golden_free(&table);
    return failed;
}
