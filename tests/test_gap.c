/* Gaps, whole: survey text and files in, rows out. Digits are R's (tests/reference/gap.csv, gap-jackknife.csv); what
 * has no digits is compared with another way to the same number. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "io/base/pool.h"
#include "surveys/analyses/gap.h"
#include "surveys/publishing/gap_sheet.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    analysis a;
    baro_gap_request asked;
    baro_gaps out;
    baro_status status;
} gapping;

static void find_gaps(gapping *g, size_t threads)
{
    baro_pool *pool = baro_pool_new(threads);
    assert_non_null(pool);
    g->status = baro_gap(&g->a.request, &g->asked, pool, g->a.arena, g->a.error, &g->out);
    baro_pool_free(pool);
}

static void gaps_work(gapping *g)
{
    find_gaps(g, 2);
    if (g->status)
        baro_error_print(g->a.error, true, stderr);
    assert_int_equal(g->status, BARO_OK);
}

static const baro_gap_row *gap_of(const gapping *g, const char *group, const char *against)
{
    for (size_t i = 0; i < g->out.n_rows; i++)
        if (strcmp(g->out.rows[i].group, group) == 0 && strcmp(g->out.rows[i].against, against) == 0)
            return &g->out.rows[i];
    fail_msg("no gap of %s against %s", group, against);
    return NULL;
}

static baro_period quarter(const gapping *g, const char *label)
{
    baro_calendar calendar = {.unit = g->a.survey.period_unit, .year_starts = g->a.survey.year_starts};
    baro_period out = 0;
    assert_true(baro_period_parse(&calendar, label, &out));
    return out;
}

static void change(gapping *g, const char *from, const char *to)
{
    g->asked.change = true;
    g->asked.from = quarter(g, from);
    g->asked.to = quarter(g, to);
}

static void compare_with(gapping *g, const char *against)
{
    bool rest = strcmp(against, "rest") == 0, total = strcmp(against, "total") == 0;
    analysis_against(&g->a, rest ? BARO_AGAINST_REST : total ? BARO_AGAINST_TOTAL : BARO_AGAINST_GROUP, against);
    baro_against *added = &g->a.against[g->a.request.n_against - 1];
    added->name = added->text = baro_arena_string(g->a.arena, against);
}

/* ---- digits ---- */

static const char *const part_name[BARO_GAP_PARTS] = {"gap_from",     "gap_to",    "change",     "from_group",
                                                      "from_against", "group_mix", "group_rate", "against_mix",
                                                      "against_rate", "gap_mix",   "gap_rate"};

typedef struct {
    const golden *table;
    size_t row;
    bool jackknife;
} row_of;

static void put(char *text, size_t room, const char *key, const char *value)
{
    size_t at = strlen(text);
    if (*value)
        snprintf(text + at, room - at, ", %s: %s", key, value);
}

/* The waves under one of the designs of the table, with one measure `m`. */
static void open_waves(gapping *g, const golden *t, size_t row)
{
    char text[1024] = "survey: {id: waves}\ndesign: {lonely_psu: fail";
    const char *level = golden_text(t, row, "level"), *statistic = golden_text(t, row, "statistic");
    put(text, sizeof text, "weight", golden_text(t, row, "weight"));
    put(text, sizeof text, "strata", golden_text(t, row, "strata"));
    put(text, sizeof text, "psu", golden_text(t, row, "ids"));
    put(text, sizeof text, "fpc", golden_text(t, row, "fpc"));
    put(text, sizeof text, "nested", golden_text(t, row, "nest"));
    put(text, sizeof text, "weight_scale", strcmp(statistic, "total") == 0 ? "population" : "");
    size_t at = strlen(text);
    snprintf(text + at, sizeof text - at,
             "}\nperiod: {columns: quarter, unit: quarter, rolling: %s}\n"
             "groups: [{id: g, columns: g}, {id: h, columns: h}]\n"
             "measures: [{id: m, columns: %s, statistic: %s%s%s%s%s}]\n",
             golden_text(t, row, "rolling"), golden_text(t, row, "variable"), statistic, *level ? ", positive: " : "",
             level, *golden_text(t, row, "over") ? ", over: " : "", golden_text(t, row, "over"));
    analysis_open_text(&g->a, text);
    analysis_file(&g->a, "tests/data/gen-waves.csv");
    analysis_by(&g->a, "g", NULL);
    compare_with(g, golden_text(t, row, "against"));
    g->a.request.mix = *golden_text(t, row, "mix") ? "h" : NULL;
    if (*golden_text(t, row, "from"))
        change(g, golden_text(t, row, "from"), golden_text(t, row, "to"));
}

static void check_adds_up(const baro_gap_row *row)
{
    const baro_gap_estimate *part = row->part;
    double size = 0;
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        size = fmax(size, isnan(part[p].value) ? 0 : fabs(part[p].value));
    for (size_t s = 0; s < BARO_GAP_SIDES; s++) /* a difference of large numbers is as exact as they are */
        size = fmax(size, isnan(row->side[s].estimate) ? 0 : fabs(row->side[s].estimate));
    const double rest[] = {
        part[BARO_GAP_CHANGE].value - (part[BARO_GAP_FROM_GROUP].value - part[BARO_GAP_FROM_AGAINST].value),
        part[BARO_GAP_CHANGE].value - (part[BARO_GAP_TO].value - part[BARO_GAP_FROM].value),
        part[BARO_GAP_FROM_GROUP].value - (part[BARO_GAP_GROUP_MIX].value + part[BARO_GAP_GROUP_RATE].value),
        part[BARO_GAP_FROM_AGAINST].value - (part[BARO_GAP_AGAINST_MIX].value + part[BARO_GAP_AGAINST_RATE].value),
        part[BARO_GAP_TO].value - (part[BARO_GAP_MIX].value + part[BARO_GAP_RATE].value)};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        assert_true(isnan(rest[i]) || fabs(rest[i]) <= 1e-12 * fmax(1, size));
}

static void test_row(void **state)
{
    const row_of *at = *state;
    const golden *t = at->table;
    gapping g = {0};
    open_waves(&g, t, at->row);
    if (at->jackknife)
        g.a.survey.replicates.columns = "make:jkn";
    gaps_work(&g);
    const baro_gap_row *row = gap_of(&g, golden_text(t, at->row, "group"), golden_text(t, at->row, "against"));
    for (size_t p = 0; p < BARO_GAP_PARTS; p++) {
        char se[32];
        snprintf(se, sizeof se, "%s_se", part_name[p]);
        if (!at->jackknife)
            check_close(row->part[p].value, golden_number(t, at->row, part_name[p]), 1e-9);
        check_close(row->part[p].se, golden_number(t, at->row, se), 1e-9);
        assert_int_equal(isnan(row->part[p].lower), isnan(row->part[p].se));
    }
    if (!at->jackknife)
        check_close(row->df, golden_number(t, at->row, "df"), 0);
    assert_true(row->p_value > 0 && row->p_value < 1);
    check_adds_up(row);
    analysis_close(&g.a);
}

/* ---- other ways to the same numbers ---- */

#define WAVES                                                                                                          \
    "survey: {id: waves}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes}\n"                          \
    "period: {columns: quarter, unit: quarter, rolling: 4}\n"
#define WAVES_GROUPS "groups: [{id: g, columns: g}, {id: h, columns: h}, {id: area, columns: area}]\n"
#define WAVES_MEASURES                                                                                                 \
    "measures: [{id: m, columns: answer, positive: yes}, {id: y, columns: y, statistic: mean}, {id: d, columns: "      \
    "answer, statistic: distribution}]\n"

static void open_text(gapping *g, const char *text)
{
    analysis_open_text(&g->a, text);
    analysis_file(&g->a, "tests/data/gen-waves.csv");
}

/* The gap now is what a table's difference is, its change that of the table's levels. */
static void test_table(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(&g, WAVES WAVES_GROUPS WAVES_MEASURES);
    analysis_by(&g.a, "g", NULL);
    analysis_by(&g.a, "g", "area");
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    gaps_work(&g);
    assert_int_equal(g.out.n_rows, (4 + 8) * 4); /* m, y, two answers */
    analysis_works(&g.a);
    for (size_t i = 0; i < g.out.n_rows; i++) {
        const baro_gap_row *row = &g.out.rows[i];
        const baro_row *level = analysis_row(&g.a, (analysis_key){.measure = row->measure->id,
                                                                  .level = row->level,
                                                                  .by = row->by->id,
                                                                  .group = row->group,
                                                                  .group2 = row->group2});
        check_close(row->part[BARO_GAP_TO].value, level->difference, 1e-13);
        check_close(row->part[BARO_GAP_TO].se, level->difference_se, 1e-12);
        check_close(row->part[BARO_GAP_TO].lower, level->difference_lower, 1e-11);
        check_close(row->side[BARO_GAP_GROUP_TO].base, level->base, 0);
        check_close(row->side[BARO_GAP_AGAINST_TO].base, level->against_base, 0);
        check_close(row->side[BARO_GAP_GROUP_TO].estimate, level->estimate, 1e-14);
        check_adds_up(row);
    }
    analysis_close(&g.a);
}

/* Every step between two windows: their parts add up to the whole. */
static void test_each(void **state)
{
    (void)state;
    static const size_t rolling[] = {1, 4};
    for (size_t k = 0; k < 2; k++) {
        gapping g = {0}, whole = {0};
        gapping *both[] = {&g, &whole};
        for (size_t i = 0; i < 2; i++) {
            open_text(both[i], WAVES WAVES_GROUPS WAVES_MEASURES);
            analysis_by(&both[i]->a, "g", NULL);
            compare_with(both[i], "rest");
            change(both[i], "2022 Q4", "2023 Q3");
            both[i]->asked.each = i == 0;
            both[i]->a.request.mix = "h";
            both[i]->a.request.rolling = rolling[k];
            gaps_work(both[i]);
        }
        assert_int_equal(g.out.n_rows, 3 * whole.out.n_rows);
        for (size_t i = 0; i < whole.out.n_rows; i++) {
            double sum[BARO_GAP_PARTS] = {0};
            for (size_t s = 0; s < 3; s++) {
                const baro_gap_row *step = &g.out.rows[3 * i + s];
                check_adds_up(step);
                for (size_t p = BARO_GAP_CHANGE; p <= BARO_GAP_FROM_AGAINST; p++)
                    sum[p] += step->part[p].value;
            }
            for (size_t p = BARO_GAP_CHANGE; p <= BARO_GAP_FROM_AGAINST; p++)
                assert_true(fabs(sum[p] - whole.out.rows[i].part[p].value) <= 1e-12 * 60);
            assert_string_equal(g.out.rows[3 * i].from_label, "2022 Q4");
            assert_string_equal(g.out.rows[3 * i + 1].from_label, "2023 Q1");
            assert_string_equal(g.out.rows[3 * i + 2].to_label, "2023 Q3");
        }
        analysis_close(&g.a);
        analysis_close(&whole.a);
    }
}

/* A mix of which everyone has the same category moves nothing, and all that is left is rates. */
static void test_one_category(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(&g, WAVES "groups: [{id: g, columns: g}, {id: one, categories: [{label: all, where: \"x > 0\"}]}]\n"
                        "measures: [{id: m, columns: answer, positive: yes}]\n");
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    g.a.request.mix = "one";
    gaps_work(&g);
    for (size_t i = 0; i < g.out.n_rows; i++) {
        const baro_gap_estimate *part = g.out.rows[i].part;
        assert_true(fabs(part[BARO_GAP_GROUP_MIX].value) < 1e-15 && part[BARO_GAP_GROUP_MIX].se < 1e-10);
        check_close(part[BARO_GAP_GROUP_RATE].value, part[BARO_GAP_FROM_GROUP].value, 1e-13);
        check_close(part[BARO_GAP_GROUP_RATE].se, part[BARO_GAP_FROM_GROUP].se, 1e-10);
        check_close(part[BARO_GAP_AGAINST_RATE].se, part[BARO_GAP_FROM_AGAINST].se, 1e-10);
    }
    analysis_close(&g.a);
}

/* A gap to B of A is that of B to A, turned round; and so are mix and rate. */
static void test_turned(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(&g, WAVES WAVES_GROUPS WAVES_MEASURES);
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "B");
    compare_with(&g, "A");
    g.a.request.mix = "h";
    gaps_work(&g);
    const baro_gap_row *a = gap_of(&g, "A", "B"), *b = gap_of(&g, "B", "A");
    assert_int_equal(g.out.n_rows, 4 * 6); /* two references of which each is none of its own */
    static const baro_gap_part part[] = {BARO_GAP_TO, BARO_GAP_MIX, BARO_GAP_RATE};
    for (size_t i = 0; i < 3; i++) {
        check_close(a->part[part[i]].value, -b->part[part[i]].value, 1e-12);
        check_close(a->part[part[i]].se, b->part[part[i]].se, 1e-12);
        assert_true(a->part[part[i]].se > 0);
    }
    analysis_close(&g.a);
}

/* Linearised and jackknife variances are of the same thing. */
static void test_agreement(void **state)
{
    const row_of *first = *state;
    const golden *linear = first[0].table, *jackknife = first[1].table;
    size_t compared = 0;
    for (size_t j = 0; j < jackknife->rows; j++)
        for (size_t i = 0; i < linear->rows; i++)
            for (size_t p = 0;
                 p < BARO_GAP_PARTS && strcmp(golden_text(linear, i, "case"), golden_text(jackknife, j, "case")) == 0;
                 p++) {
                char se[32];
                snprintf(se, sizeof se, "%s_se", part_name[p]);
                double a = golden_number(linear, i, se), b = golden_number(jackknife, j, se);
                compared += isnan(a) ? 0 : 1;
                assert_true(isnan(a) || fabs(a / b - 1) < 0.25);
            }
    assert_true(compared > 80);
}

static void test_threads(void **state)
{
    (void)state;
    gapping one = {0}, many = {0};
    gapping *both[] = {&one, &many};
    for (size_t i = 0; i < 2; i++) {
        analysis_open(&both[i]->a, "surveys/definitions/demo.yaml");
        analysis_file(&both[i]->a, "tests/data/demo-interviews.csv");
        for (size_t k = 0; k < both[i]->a.survey.n_groups && k < ANALYSIS_TABLES; k++)
            if (strcmp(both[i]->a.survey.groups[k].id, "age") != 0)
                analysis_by(&both[i]->a, both[i]->a.survey.groups[k].id, NULL);
        compare_with(both[i], "rest");
        change(both[i], "2022 Q4", "2023 Q4");
        both[i]->a.request.mix = "age";
        find_gaps(both[i], i == 0 ? 1 : 5);
        assert_int_equal(both[i]->status, BARO_OK);
    }
    assert_int_equal(one.out.n_rows, many.out.n_rows);
    assert_true(one.out.n_rows > 40);
    for (size_t i = 0; i < one.out.n_rows; i++) {
        check_adds_up(&one.out.rows[i]);
        for (size_t p = 0; p < BARO_GAP_PARTS; p++) {
            check_close(many.out.rows[i].part[p].value, one.out.rows[i].part[p].value, 0);
            check_close(many.out.rows[i].part[p].se, one.out.rows[i].part[p].se, 0);
        }
    }
    analysis_close(&one.a);
    analysis_close(&many.a);
}

static uint64_t draw(uint64_t *state, uint64_t n) /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % n;
}

static char *random_waves(uint64_t seed)
{
    char *text = malloc(40000);
    assert_non_null(text);
    size_t at = (size_t)sprintf(text, "quarter,stratum,psu,weight,g,h,answer,y\n");
    uint64_t rows = 60 + draw(&seed, 400), groups = 2 + draw(&seed, 4), kinds = 1 + draw(&seed, 5);
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t unit = i < 12 ? i : draw(&seed, 12), g = draw(&seed, groups), h = draw(&seed, kinds),
                 year = draw(&seed, 2);
        at += (size_t)sprintf(text + at, "%d Q%d,s%d,%d,%d.%d,%c,%c,%s,%d.%d\n", 2022 + (int)year,
                              1 + (int)draw(&seed, 4), (int)(unit / 4), (int)(unit % 4), (int)draw(&seed, 3),
                              1 + (int)draw(&seed, 9), draw(&seed, 12) ? "ABCDE"[g] : ' ',
                              draw(&seed, 20) ? "klmno"[h] : ' ', draw(&seed, 5 + h) > 2 + year ? "yes" : "no",
                              (int)draw(&seed, 900), (int)draw(&seed, 10));
    }
    return text;
}

/* On any design all adds up, a variance is never negative, and what is absent is absent on both sides. */
static void test_random(void **state)
{
    (void)state;
    size_t split = 0, joined = 0;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        char *text = random_waves(seed * 7919);
        gapping g = {0};
        analysis_open_text(
            &g.a, WAVES "groups: [{id: g, columns: g}, {id: h, columns: h}]\n"
                        "measures: [{id: m, columns: answer, positive: yes}, {id: y, columns: y, statistic: mean}]\n");
        analysis_data(&g.a, "data.csv", text);
        analysis_by(&g.a, "g", NULL);
        compare_with(&g, seed % 3 == 0 ? "total" : "rest");
        if (seed % 4)
            change(&g, "2022 Q4", "2023 Q4");
        g.a.request.mix = "h";
        find_gaps(&g, 1);
        for (size_t i = 0; g.status == BARO_OK && i < g.out.n_rows; i++) {
            const baro_gap_row *row = &g.out.rows[i];
            const baro_gap_estimate *part = row->part;
            check_adds_up(row);
            split += isnan(part[BARO_GAP_GROUP_MIX].value) && isnan(part[BARO_GAP_MIX].value) ? 0 : 1;
            joined += row->joined;
            for (size_t p = 0; p < BARO_GAP_PARTS; p++)
                assert_true(isnan(part[p].se) || (part[p].se >= 0 && !isnan(part[p].value)));
            assert_int_equal(isnan(part[BARO_GAP_GROUP_MIX].value), isnan(part[BARO_GAP_GROUP_RATE].value));
        }
        free(text);
        analysis_close(&g.a);
    }
    assert_true(split > 300 && joined > 10);
}

/* The order of the rows of a file is nothing, and weights are relative. */
static void test_permuted(void **state)
{
    (void)state;
    golden data = golden_read("tests/data/gen-waves.csv");
    char *text = malloc(200000);
    assert_non_null(text);
    size_t at = (size_t)sprintf(text, "quarter,stratum,psu,weight,g,h,answer\n");
    for (size_t i = 0; i < data.rows; i++) {
        size_t row = i * 331 % data.rows; /* 872 and 331 have no common factor */
        at += (size_t)sprintf(text + at, "%s,%s,%s,%.17g,%s,%s,%s\n", golden_text(&data, row, "quarter"),
                              golden_text(&data, row, "stratum"), golden_text(&data, row, "psu"),
                              1024 * golden_number(&data, row, "weight"), golden_text(&data, row, "g"),
                              golden_text(&data, row, "h"), golden_text(&data, row, "answer"));
    }
    gapping g = {0}, h = {0};
    gapping *both[] = {&g, &h};
    for (size_t i = 0; i < 2; i++) {
        analysis_open_text(&both[i]->a, WAVES "groups: [{id: g, columns: g}, {id: h, columns: h}]\nmeasures: [{id: m, "
                                              "columns: answer, positive: yes}]\n");
        if (i == 0)
            analysis_file(&both[i]->a, "tests/data/gen-waves.csv");
        else
            analysis_data(&both[i]->a, "data.csv", text);
        analysis_by(&both[i]->a, "g", NULL);
        compare_with(both[i], "rest");
        change(both[i], "2022 Q4", "2023 Q4");
        both[i]->a.request.mix = "h";
        gaps_work(both[i]);
    }
    for (size_t i = 0; i < 4; i++)
        for (size_t p = 0; p < BARO_GAP_MIX; p++) {
            assert_true(fabs(h.out.rows[i].part[p].value - g.out.rows[i].part[p].value) < 1e-13);
            check_close(h.out.rows[i].part[p].se, g.out.rows[i].part[p].se, 1e-10);
        }
    free(text);
    golden_free(&data);
    analysis_close(&g.a);
    analysis_close(&h.a);
}

/* A stated design factor: variances of simple random samples, which share nobody; mix and rates have none. */
static void test_stated(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(&g, "survey: {id: waves}\ndesign: {deft: 1.5}\nperiod: {columns: quarter, unit: quarter}\n" WAVES_GROUPS
                  "measures: [{id: m, columns: answer, positive: yes}]\n");
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    g.a.request.mix = "h";
    gaps_work(&g);
    const baro_gap_row *row = gap_of(&g, "A", "rest");
    double variance = 0;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++) {
        double p = row->side[s].estimate, v = 1.5 * 1.5 * p * (1 - p) / row->side[s].base;
        check_close(row->side[s].se, sqrt(v), 1e-12);
        variance += v;
    }
    check_close(row->part[BARO_GAP_CHANGE].se, sqrt(variance), 1e-12);
    assert_true(!isnan(row->part[BARO_GAP_GROUP_MIX].value));
    check_close(row->part[BARO_GAP_GROUP_MIX].se, NAN, 0);
    check_close(row->part[BARO_GAP_AGAINST_RATE].se, NAN, 0);
    analysis_close(&g.a);
}

static void test_opt_in(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(
        &g,
        "survey: {id: waves, sampling: opt-in}\nperiod: {columns: quarter, unit: quarter, rolling: 4}\n" WAVES_GROUPS
            WAVES_MEASURES);
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    g.a.request.mix = "h";
    gaps_work(&g);
    assert_int_equal(baro_gaps_adjust(&g.out, g.a.arena), BARO_OK);
    for (size_t i = 0; i < g.out.n_rows; i++) {
        const baro_gap_row *row = &g.out.rows[i];
        assert_true(!isnan(row->part[BARO_GAP_CHANGE].value));
        check_close(row->p_value, NAN, 0);
        check_close(row->p_adjusted, NAN, 0);
        check_close(row->df, NAN, 0);
        for (size_t p = 0; p < BARO_GAP_PARTS; p++) {
            check_close(row->part[p].se, NAN, 0);
            check_close(row->part[p].lower, NAN, 0);
            check_close(row->part[p].upper, NAN, 0);
        }
    }
    analysis_close(&g.a);
}

static void test_given_df(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(&g, WAVES WAVES_GROUPS WAVES_MEASURES);
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    gaps_work(&g);
    double wide = g.out.rows[0].part[BARO_GAP_CHANGE].upper, df = g.out.rows[0].df;
    g.a.request.df = 2.5;
    gaps_work(&g);
    assert_true(df > 2.5 && g.out.rows[0].part[BARO_GAP_CHANGE].upper > wide);
    check_close(g.out.rows[0].df, 2.5, 0);
    analysis_close(&g.a);
}

/* ---- breaks, suppression, refusals ---- */

static void test_break(void **state)
{
    (void)state;
    gapping g = {0};
    open_text(
        &g,
        "survey: {id: waves}\ndesign: {weight: weight, strata: stratum, psu: psu, nested: yes}\n"
        "period: {columns: quarter, unit: quarter}\nbreaks: [{period: 2023 Q2, why: the question moved}]\n" WAVES_GROUPS
            WAVES_MEASURES);
    analysis_by(&g.a, "g", NULL);
    compare_with(&g, "rest");
    change(&g, "2023 Q1", "2023 Q3");
    gaps_work(&g);
    const baro_gap_row *row = gap_of(&g, "A", "rest");
    assert_true(row->marks & BARO_MARK_BREAK && row->broken);
    assert_true(!isnan(row->part[BARO_GAP_FROM].se) && !isnan(row->part[BARO_GAP_TO].se));
    for (size_t p = BARO_GAP_CHANGE; p < BARO_GAP_PARTS; p++)
        check_close(row->part[p].value, NAN, 0);
    check_close(row->p_value, NAN, 0);
    g.a.request.across_breaks = true;
    gaps_work(&g);
    row = gap_of(&g, "A", "rest");
    assert_true(row->marks & BARO_MARK_BREAK && !row->broken && row->p_value > 0);
    change(&g, "2023 Q2", "2023 Q3");
    gaps_work(&g);
    assert_int_equal(gap_of(&g, "A", "rest")->marks, 0);
    analysis_close(&g.a);
}

/* Two waves: a has 12 then 12, b 9 then 12, c 12 then 12, of whom at first none, later all say yes. */
static void open_few(gapping *g)
{
    char text[4096] = "t,g,q,f\n";
    static const struct {
        const char *t, *g;
        int n, yes;
    } cells[] = {{"2022", "a", 12, 5}, {"2022", "b", 9, 4},  {"2022", "c", 12, 0},
                 {"2023", "a", 12, 6}, {"2023", "b", 12, 7}, {"2023", "c", 12, 12}};
    for (size_t i = 0, at = strlen(text); i < sizeof cells / sizeof *cells; i++)
        for (int k = 0; k < cells[i].n; k++)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s,%s,%s,%d\n", cells[i].t, cells[i].g,
                                   k < cells[i].yes ? "y" : "n", k % 3);
    analysis_open_text(
        &g->a,
        "survey: {id: few}\nperiod: {columns: t, unit: year}\ngroups: [{id: g, columns: g}, {id: f, columns: f}]\n"
        "measures: [{id: q, columns: q, positive: y}, {id: s, columns: q, positive: y, sensitive: yes}]\n");
    analysis_data(&g->a, "data.csv", text);
    analysis_by(&g->a, "g", NULL);
    change(g, "2022", "2023");
}

static bool is_erased(const baro_gap_row *row)
{
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        if (!isnan(row->part[p].value) || !isnan(row->part[p].se) || !isnan(row->part[p].lower) ||
            !isnan(row->part[p].upper))
            return false;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        if (!isnan(row->side[s].base) || !isnan(row->side[s].positive) || !isnan(row->side[s].estimate) ||
            !isnan(row->side[s].se) || !isnan(row->side[s].df))
            return false;
    return isnan(row->p_value) && isnan(row->p_adjusted) && isnan(row->df) && row->joined == 0;
}

static const struct hiding {
    const char *name, *measure, *group, *against;
    double below;
    bool hidden, no_suppress;
} hidings[] = {
    {"a base of 9 at the earlier period hides the row", "q", "b", "rest", 10, true, false},
    {"no base is below 9", "q", "b", "rest", 9, false, false},
    {"what it is compared with has 9", "q", "a", "b", 10, true, false},
    {"enough on all four sides", "q", "a", "rest", 10, false, false},
    {"all is shown on demand", "q", "b", "rest", 10, false, true},
    {"a sensitive answer of 4 at the earlier period", "s", "b", "c", 1, true, false},
    {"a sensitive answer of 5 is too few for 6", "s", "a", "rest", 6, true, false},
    {"nobody said yes to what is sensitive", "s", "c", "rest", 1, true, false},
};

static void test_hiding(void **state)
{
    const struct hiding *c = *state;
    gapping g = {0};
    open_few(&g);
    compare_with(&g, c->against);
    g.a.survey.suppress_below = c->below;
    g.a.request.no_suppress = c->no_suppress;
    g.a.request.measures = (baro_texts){(const char *const *)&c->measure, 1};
    g.a.request.mix = "f";
    gaps_work(&g);
    assert_int_equal(baro_gaps_adjust(&g.out, g.a.arena), BARO_OK);
    baro_gaps_suppress(&g.out);
    const baro_gap_row *row = gap_of(&g, c->group, c->against);
    assert_int_equal((row->marks & BARO_MARK_SUPPRESSED) != 0, c->hidden);
    assert_int_equal(is_erased(row), c->hidden);
    analysis_close(&g.a);
}

/* At 0 and 1 there is no standard error, nor of what is made of it; the others keep theirs. */
static void test_edges(void **state)
{
    (void)state;
    gapping g = {0};
    open_few(&g);
    compare_with(&g, "a");
    const char *only[] = {"q"};
    g.a.request.measures = (baro_texts){only, 1};
    g.a.request.mix = "f";
    gaps_work(&g);
    const baro_gap_row *row = gap_of(&g, "c", "a");
    static const bool known[BARO_GAP_PARTS] = {
        [BARO_GAP_FROM_AGAINST] = true, [BARO_GAP_AGAINST_MIX] = true, [BARO_GAP_AGAINST_RATE] = true};
    check_close(row->part[BARO_GAP_FROM_GROUP].value, 1, 0);
    for (size_t p = 0; p < BARO_GAP_MIX; p++) {
        assert_true(!isnan(row->part[p].value));
        assert_int_equal(!isnan(row->part[p].se), known[p]);
    }
    check_close(row->p_value, NAN, 0);
    analysis_close(&g.a);
}

/* ---- words ---- */

static const struct wording {
    const char *name;
    baro_better better;
    baro_against_kind against;
    double then, now, se, own, others; /* shares; se of the change, 0: none */
    const char *said;
} wordings[] = {
    {"a gap below narrows because the rest falls", BARO_BETTER_HIGHER, BARO_AGAINST_REST, -0.254, -0.212, 0.013, 0.003,
     -0.039, "narrowed by 4.2 points (1.7 to 6.7): G up 0.3, the rest down 3.9"},
    {"a gap above narrows", BARO_BETTER_HIGHER, BARO_AGAINST_REST, 0.254, 0.212, 0.013, -0.003, 0.039,
     "narrowed by 4.2 points (1.7 to 6.7): G down 0.3, the rest up 3.9"},
    {"a gap above widens", BARO_BETTER_HIGHER, BARO_AGAINST_TOTAL, 0.1, 0.131, 0.02, 0.041, 0.01,
     "widened by 3.1 points (-0.8 to 7.0): G up 4.1, everyone up 1.0"},
    {"a gap below widens", BARO_BETTER_NEITHER, BARO_AGAINST_TOTAL, -0.1, -0.131, 0.02, -0.041, -0.01,
     "widened by 3.1 points (-0.8 to 7.0): G down 4.1, everyone down 1.0"},
    {"from below to above", BARO_BETTER_HIGHER, BARO_AGAINST_REST, -0.02, 0.03, 0, 0.05, 0,
     "turned round by 5.0 points: G up 5.0, the rest unchanged"},
    {"from above to below", BARO_BETTER_HIGHER, BARO_AGAINST_REST, 0.02, -0.03, 0.01, 0, 0.05,
     "turned round by 5.0 points (3.0 to 7.0): G unchanged, the rest up 5.0"},
    {"what is better low says so", BARO_BETTER_LOWER, BARO_AGAINST_REST, 0.2, 0.15, 0, -0.02, 0.03,
     "narrowed by 5.0 points: G down 2.0 (better), the rest up 3.0 (worse)"},
    {"nothing that shows", BARO_BETTER_LOWER, BARO_AGAINST_REST, 0.2, 0.2003, 0.01, 0.0004, 0.0001,
     "unchanged (-1.9 to 2.0): G unchanged, the rest unchanged"},
    {"out of nothing", BARO_BETTER_HIGHER, BARO_AGAINST_REST, 0, -0.05, 0, -0.05, 0,
     "widened by 5.0 points: G down 5.0, the rest unchanged"},
    {"not known", BARO_BETTER_HIGHER, BARO_AGAINST_REST, 0.1, NAN, 0, NAN, 0.05, NULL},
};

static void test_wording(void **state)
{
    const struct wording *c = *state;
    gapping g = {0};
    baro_against against = {.kind = c->against, .text = "x"};
    const baro_measure measure = {.id = "m", .statistic = BARO_STAT_PROPORTION, .better = c->better};
    baro_gap_row row = {.measure = &measure,
                        .statistic = BARO_STAT_PROPORTION,
                        .group = "G",
                        .against = "x",
                        .compared = &against,
                        .change = true};
    open_text(&g, WAVES WAVES_GROUPS WAVES_MEASURES);
    g.out.run = (baro_results){.survey = &g.a.survey, .request = &g.a.request};
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        row.part[p] = (baro_gap_estimate){NAN, NAN, NAN, NAN};
    double changed = c->now - c->then;
    row.part[BARO_GAP_FROM].value = c->then;
    row.part[BARO_GAP_TO].value = c->now;
    row.part[BARO_GAP_CHANGE] = (baro_gap_estimate){changed, c->se, c->se > 0 ? changed - 1.96 * c->se : NAN,
                                                    c->se > 0 ? changed + 1.96 * c->se : NAN};
    row.part[BARO_GAP_FROM_GROUP].value = c->own;
    row.part[BARO_GAP_FROM_AGAINST].value = c->others;
    const char *said = baro_say_gap(&g.out, &row, g.a.arena);
    assert_int_equal(said == NULL, c->said == NULL);
    if (c->said)
        assert_string_equal(said, c->said);
    analysis_close(&g.a);
}

/* The NCHS rule on any of the four shares withholds the row. */
static void test_nchs(void **state)
{
    (void)state;
    size_t withheld = 0, shown = 0;
    gapping g = {0};
    open_text(&g, WAVES WAVES_GROUPS "measures: [{id: m, columns: answer, positive: yes}]\n");
    g.a.survey.nchs = true;
    analysis_by(&g.a, "g", "area");
    compare_with(&g, "rest");
    change(&g, "2022 Q4", "2023 Q4");
    g.a.request.no_suppress = true;
    gaps_work(&g);
    baro_gaps_suppress(&g.out);
    baro_gaps open = g.out;
    g.a.request.no_suppress = false;
    gaps_work(&g);
    baro_gaps_suppress(&g.out);
    for (size_t i = 0; i < g.out.n_rows; i++) {
        bool low = g.out.rows[i].marks & BARO_MARK_UNRELIABLE;
        assert_int_equal(open.rows[i].marks, g.out.rows[i].marks);
        assert_true(!isnan(open.rows[i].part[BARO_GAP_CHANGE].se));
        assert_int_equal(is_erased(&g.out.rows[i]), low);
        withheld += low;
        shown += !low;
    }
    assert_true(withheld > 0 && shown > 0);
    analysis_close(&g.a);
}

/* Of a published series: the variances of areas that share nobody, and none to the total. */
static void test_series(void **state)
{
    (void)state;
    gapping g = {0};
    analysis_open(&g.a, "surveys/definitions/demo-series.yaml");
    analysis_file(&g.a, "tests/data/demo-series-comma.csv");
    analysis_by(&g.a, "borough", NULL);
    compare_with(&g, "total");
    compare_with(&g, "Camden");
    change(&g, "2022 Q4", "2023 Q3");
    gaps_work(&g);
    assert_int_equal(g.out.n_rows, 3 * (6 + 5));
    const baro_gap_row *total = gap_of(&g, "Hackney", "total"), *camden = gap_of(&g, "Hackney", "Camden");
    double v = 0;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++) /* three of the four quarters are new */
        v += 0.75 * 1.3 * 1.3 * camden->side[s].estimate * (1 - camden->side[s].estimate) / 400;
    check_close(camden->part[BARO_GAP_CHANGE].se, sqrt(v + 2 * 0.01 * 0.01 / 6), 1e-12);
    check_close(total->part[BARO_GAP_CHANGE].se, NAN, 0);
    check_close(total->p_value, NAN, 0);
    check_close(total->part[BARO_GAP_FROM_GROUP].se, camden->part[BARO_GAP_FROM_GROUP].se, 0);
    for (size_t i = 0; i < g.out.n_rows; i++)
        check_adds_up(&g.out.rows[i]);
    analysis_close(&g.a);
}

static const struct refusal {
    const char *name, *from, *to, *mix, *group, *said;
} refusals[] = {
    {"a window that is not complete", "2022 Q2", "2023 Q4", NULL, "g",
     "--change: no window of 4 ends with 2022 Q2; the data hold 2022 Q1 to 2023 Q4"},
    {"a period after the data", "2022 Q4", "2024 Q1", NULL, "g", "--change: no window of 4 ends with 2024 Q1"},
    {"a factor whose categories overlap", "2022 Q4", "2023 Q4", "o", "g", "--mix o: its categories overlap"},
    {"a factor that is not there", "2022 Q4", "2023 Q4", "nothing", "g", "--mix: no group 'nothing'"},
    {"no breakdown", "2022 Q4", "2023 Q4", NULL, NULL, "a gap needs a breakdown"},
};

static void test_refusal(void **state)
{
    const struct refusal *c = *state;
    gapping g = {0};
    open_text(&g, WAVES "groups: [{id: g, columns: g}, {id: o, overlap: yes, categories: [{label: low, where: \"x < "
                        "40\"}, {label: odd, where: \"y > 50\"}]}]\n"
                        "measures: [{id: m, columns: answer, positive: yes}]\n");
    if (c->group)
        analysis_by(&g.a, c->group, NULL);
    compare_with(&g, "rest");
    change(&g, c->from, c->to);
    g.a.request.mix = c->mix;
    find_gaps(&g, 1);
    assert_int_equal(g.status, BARO_USAGE);
    size_t said = 0;
    for (size_t i = 0; i < baro_error_count(g.a.error); i++)
        said += strncmp(baro_error_entry_at(g.a.error, i)->message, c->said, strlen(c->said)) == 0;
    assert_int_equal(said, 1);
    analysis_close(&g.a);
}

/* ---- */

enum { MOST_TESTS = 400 };

static size_t add_rows(const golden *table, bool jackknife, struct CMUnitTest *tests, row_of *rows, char (*names)[96],
                       size_t n)
{
    for (size_t row = 0; row < table->rows; row++, n++) {
        snprintf(names[n], sizeof names[n], "%s%s: %s of %s against %s%s%s (%s%s%s)", golden_text(table, row, "case"),
                 jackknife ? " jackknife" : "", golden_text(table, row, "statistic"), golden_text(table, row, "group"),
                 golden_text(table, row, "against"), *golden_text(table, row, "mix") ? ", mix of " : "",
                 golden_text(table, row, "mix"), golden_text(table, row, "weight"),
                 *golden_text(table, row, "ids") ? " " : "", golden_text(table, row, "ids"));
        rows[n] = (row_of){table, row, jackknife};
        tests[n] = (struct CMUnitTest){names[n], test_row, NULL, NULL, &rows[n]};
    }
    return n;
}

int main(void)
{
    static struct CMUnitTest tests[MOST_TESTS];
    static row_of rows[MOST_TESTS];
    static char names[MOST_TESTS][96];
    static const struct CMUnitTest alone[] = {
        cmocka_unit_test(test_table),  cmocka_unit_test(test_each),     cmocka_unit_test(test_one_category),
        cmocka_unit_test(test_turned), cmocka_unit_test(test_threads),  cmocka_unit_test(test_stated),
        cmocka_unit_test(test_opt_in), cmocka_unit_test(test_permuted), cmocka_unit_test(test_given_df),
        cmocka_unit_test(test_break),  cmocka_unit_test(test_edges),    cmocka_unit_test(test_nchs),
        cmocka_unit_test(test_series), cmocka_unit_test(test_random),
    };
    golden linear = golden_read("tests/reference/gap.csv"),
           jackknife = golden_read("tests/reference/gap-jackknife.csv");
    row_of tables[2] = {{&linear, 0, false}, {&jackknife, 0, true}};
    size_t n = add_rows(&jackknife, true, tests, rows, names, add_rows(&linear, false, tests, rows, names, 0));
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        tests[n++] = alone[i];
    tests[n++] = (struct CMUnitTest){"test_agreement", test_agreement, NULL, NULL, tables};
    for (size_t i = 0; i < sizeof hidings / sizeof *hidings; i++)
        tests[n++] = (struct CMUnitTest){hidings[i].name, test_hiding, NULL, NULL, (void *)(uintptr_t)&hidings[i]};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        tests[n++] = (struct CMUnitTest){refusals[i].name, test_refusal, NULL, NULL, (void *)(uintptr_t)&refusals[i]};
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        tests[n++] = (struct CMUnitTest){wordings[i].name, test_wording, NULL, NULL, (void *)(uintptr_t)&wordings[i]};
    int failed = _cmocka_run_group_tests("gaps", tests, n, NULL, NULL);
    golden_free(&linear);
    golden_free(&jackknife);
    return failed;
}
