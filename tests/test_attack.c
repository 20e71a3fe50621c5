/*
 * An attack on what is published. It knows how the surveys are made (which groups there are, that regions are sums of districts, windows sums of
 * quarters) and reads what the tidy sheets say: bases, estimates times weighted bases (weights are 1: counts), differences from the rest, from
 * the total and from other windows. All are linear in the unknown counts of interviews by quarter, district, age and answer; a linear programme
 * says how small and how large every hidden count can be. None may be known more closely than +-suppress_below. It shares nothing with the
 * control of disclosure but the sheets.
 */
#include "surveys/publishing/disclosure_parts.h"
#include "surveys/publishing/sheets.h"
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/simplex.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SURVEYS = 1000, BELOW = 10, DISTRICTS = 4, REGIONS = 2, AGES = 3, QUARTERS = 3, OUTPUTS = 2 };
enum { MOST_VARIABLES = QUARTERS * (DISTRICTS + 1) * (AGES + 1) * 2 };

static uint64_t next(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int below(uint64_t *state, int n)
{
    return (int)(next(state) % (uint64_t)n);
}

/* ---- random surveys ---- */

typedef struct {
    uint64_t seed;
    int districts, ages, quarters, rolling;
    bool unknown_district, unknown_age, sensitive, regions, crossed, part, rest, total, previous;
    char *text;
} study;

static int size_of_group(uint64_t *seed)
{
    static const int most[] = {4, 9, 14, 40, 120};
    return below(seed, most[below(seed, 5)]);
}

static study make_study(uint64_t number)
{
    study s = {.seed = number * 7919 + 3};
    uint64_t *seed = &s.seed;
    size_t size;
    FILE *out = open_memstream(&s.text, &size);
    assert_non_null(out);
    s.districts = 2 + below(seed, DISTRICTS - 1);
    s.ages = 2 + below(seed, AGES - 1);
    s.quarters = 1 + below(seed, QUARTERS);
    s.rolling = 1 + below(seed, s.quarters);
    s.unknown_district = below(seed, 3) == 0;
    s.unknown_age = below(seed, 3) == 0;
    s.sensitive = below(seed, 3) == 0;
    s.regions = below(seed, 2);
    s.crossed = below(seed, 2);
    s.part = below(seed, 3) == 0;
    s.rest = below(seed, 3) == 0;
    s.total = below(seed, 3) == 0;
    s.previous = s.quarters > 1 && below(seed, 3) == 0;
    fputs("q,d,r,a,m,w\n", out);
    for (int d = 0; d < s.districts + s.unknown_district; d++)
        for (int q = 0, n = size_of_group(seed); q < s.quarters; q++, n = below(seed, 3) ? n : size_of_group(seed))
            for (int i = 0; i < n; i++) {
                int a = below(seed, s.ages + s.unknown_age);
                fprintf(out, "2023 Q%d,", q + 1);
                if (d < s.districts)
                    fprintf(out, "D%d,R%d,", d, d % REGIONS);
                else
                    fputs(",,", out);
                if (a < s.ages)
                    fprintf(out, "A%d", a);
                fprintf(out, ",%s,1\n", below(seed, 3) ? "Yes" : "No");
            }
    for (int q = 0; q < s.quarters; q++) /* somebody in every quarter, of every group */
        for (int i = 0; i < s.districts * s.ages; i++)
            if (q == 0 || i == 0)
                fprintf(out, "2023 Q%d,D%d,R%d,A%d,%s,1\n", q + 1, i % s.districts, i % s.districts % REGIONS, i / s.districts, i % 2 ? "Yes" : "No");
    assert_int_equal(fclose(out), 0);
    return s;
}

/* ---- published ---- */

typedef struct {
    analysis a[OUTPUTS];
    size_t n;
    baro_row *truth[OUTPUTS]; /* before anything is hidden */
} publication;

static void ask(const study *s, analysis *a, size_t output)
{
    char survey[600];
    snprintf(survey, sizeof survey,
             "survey: {id: s}\nperiod: {columns: q, unit: quarter}\ndesign: {weight: w}\n"
             "scales: [{id: yes_no, positive: [Yes], negative: [No]}]\n"
             "groups: [{id: d, columns: d}, {id: r, columns: r}, {id: a, columns: a}]\n"
             "measures: [{id: m, columns: m, scale: yes_no%s}]\n",
             s->sensitive ? ", sensitive: yes" : "");
    analysis_open_text(a, survey);
    analysis_by(a, "d", NULL);
    if (s->regions)
        analysis_by(a, "r", NULL);
    analysis_by(a, "a", NULL);
    if (s->crossed)
        analysis_by(a, "d", "a");
    if (s->rest)
        analysis_against(a, BARO_AGAINST_REST, NULL);
    if (s->total)
        analysis_against(a, BARO_AGAINST_TOTAL, NULL);
    if (s->previous && output == 0)
        analysis_against(a, BARO_AGAINST_PREVIOUS, NULL);
    a->request.trend = output == 0;
    a->request.rolling = (size_t)s->rolling;
    a->request.all_periods = output == 1;
    if (output == 1 && s->part)
        a->request.where = "a == 'A0'";
}

static void publish(const study *s, publication *p, bool only_first)
{
    baro_disclosure *d = baro_disclosure_new();
    *p = (publication){.n = OUTPUTS};
    assert_non_null(d);
    d->only_first = only_first;
    for (size_t o = 0; o < OUTPUTS; o++) {
        analysis *a = &p->a[o];
        ask(s, a, o);
        if (o == 0)
            analysis_data(a, "data.csv", s->text);
        else
            analysis_file(a, p->a[0].data[0]);
        analysis_works(a);
        assert_int_equal(baro_adjust(&a->results, a->arena), BARO_OK);
        p->truth[o] = malloc((a->results.n_rows + 1) * sizeof(baro_row));
        assert_non_null(p->truth[o]);
        memcpy(p->truth[o], a->results.rows, a->results.n_rows * sizeof(baro_row));
        assert_int_equal(baro_disclosure_add(d, &a->results, NULL), BARO_OK);
    }
    assert_int_equal(baro_disclosure_solve(d), BARO_OK);
    baro_disclosure_free(d);
}

static void close_publication(publication *p)
{
    for (size_t o = p->n; o-- > 0;) {
        analysis_close(&p->a[o]);
        free(p->truth[o]);
    }
}

/* ---- what the attacker reads ---- */

typedef struct {
    const baro_sheet *sheet;
    size_t row;
} line;

static const baro_cell *cell(const line *l, const char *name)
{
    for (size_t c = 0; c < l->sheet->n_columns; c++)
        if (strcmp(l->sheet->columns[c].name, name) == 0)
            return &l->sheet->cells[l->row * l->sheet->n_columns + c];
    fail_msg("no column %s", name);
    return NULL;
}

static double number(const line *l, const char *name)
{
    const baro_cell *at = cell(l, name);
    return at->kind == BARO_CELL_NUMBER ? at->number : NAN;
}

static const char *text(const line *l, const char *name)
{
    const baro_cell *at = cell(l, name);
    return at->kind == BARO_CELL_TEXT ? at->text : "";
}

/* A domain in a window: -1 any, -2 all that are known. */
typedef struct {
    int district, region, age, first, last;
} domain;

enum { ANY = -1, KNOWN = -2 };

static void limit(domain *d, const char *by, const char *label)
{
    int value = *label ? atoi(label + 1) : KNOWN;
    if (*by == 'd')
        d->district = value;
    if (*by == 'r')
        d->region = value;
    if (*by == 'a')
        d->age = value;
}

static int last_quarter(const char *period)
{
    return period[strlen(period) - 1] - '1';
}

static domain domain_of(const study *s, const line *l, size_t output)
{
    domain d = {ANY, ANY, ANY, 0, s->quarters - 1};
    limit(&d, text(l, "by"), text(l, "group"));
    limit(&d, text(l, "by2"), text(l, "group2"));
    if (output == 1 && s->part)
        d.age = d.age < 0 || d.age == 0 ? 0 : 99; /* of others there is nobody */
    if (output == 0) {
        d.last = last_quarter(text(l, "period"));
        d.first = d.last - (int)number(l, "window") + 1;
    }
    return d;
}

static bool fits(int value, int wanted, int unknown)
{
    return wanted == ANY || (wanted == KNOWN ? value != unknown : value == wanted);
}

/* Adds `by` for interviews of the domain, of one answer (1 positive), or any (-1). */
static void add(const study *s, const domain *d, int answer, double by, double *row)
{
    for (int q = d->first; q <= d->last; q++)
        for (int district = 0; district < s->districts + s->unknown_district; district++)
            for (int age = 0; age < s->ages + s->unknown_age; age++)
                for (int y = 0; y < 2; y++) {
                    int region = district < s->districts ? district % REGIONS : REGIONS;
                    if (fits(district, d->district, s->districts) && fits(region, d->region, REGIONS) && fits(age, d->age, s->ages) &&
                        (answer < 0 || answer == y))
                        row[((q * (DISTRICTS + 1) + district) * (AGES + 1) + age) * 2 + y] += by;
                }
}

/* The level p of a domain: its positive answers less p times its interviews are 0. */
static void learn_level(const study *s, simplex *lp, const domain *whole, const domain *less, double p)
{
    double row[MOST_VARIABLES] = {0};
    add(s, whole, 1, 1, row);
    add(s, whole, -1, -p, row);
    if (less) {
        add(s, less, 1, -1, row);
        add(s, less, -1, p, row);
    }
    simplex_equal(lp, row, 0);
}

static void learn_difference(const study *s, simplex *lp, const line *l, const domain *d, size_t output)
{
    const char *against = text(l, "against");
    double p = number(l, "estimate") - number(l, "difference");
    domain other = *d;
    if (isnan(p) || !*against)
        return;
    if (strcmp(against, "total") == 0) {
        other.district = other.region = ANY;
        other.age = output == 1 && s->part ? 0 : ANY;
        learn_level(s, lp, &other, NULL, p);
    } else if (strcmp(against, "rest") == 0) {
        limit(&other, text(l, "by"), "");
        limit(&other, text(l, "by2"), "");
        if (output == 1 && s->part)
            other.age = 0;
        learn_level(s, lp, &other, d, p);
    } else {
        other.first += last_quarter(against) - d->last;
        other.last = last_quarter(against);
        learn_level(s, lp, &other, NULL, p);
    }
}

static void learn(const study *s, simplex *lp, const baro_sheet *sheet, size_t output)
{
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const line l = {sheet, i};
        double row[MOST_VARIABLES] = {0}, positive[MOST_VARIABLES] = {0};
        domain d = domain_of(s, &l, output);
        double base = number(&l, "base");
        if (isnan(base))
            continue;
        add(s, &d, -1, 1, row);
        simplex_equal(lp, row, base);
        add(s, &d, 1, 1, positive);
        if (base > 0)
            simplex_equal(lp, positive, round(number(&l, "estimate") * number(&l, "weighted_base")));
        learn_difference(s, lp, &l, &d, output);
    }
}

/* ---- the attack ---- */

typedef struct {
    size_t hidden, broken, first, complements;
    double worst;
} outcome;

/* Whether a count is known more closely than it may be. */
static void attack_count(const study *s, simplex *lp, const domain *d, int answer, double truth, outcome *out)
{
    double row[MOST_VARIABLES] = {0};
    add(s, d, answer, 1, row);
    double most = simplex_most(lp, row);
    for (size_t i = 0; i < MOST_VARIABLES; i++)
        row[i] = -row[i];
    double least = -simplex_most(lp, row);
    out->hidden++;
    bool broken = most < truth + BELOW - 1e-6 || least > fmax(0, truth - BELOW) + 1e-6;
    if (!(least <= truth + 1e-6 && truth <= most + 1e-6))
        fail_msg("the attack does not know what it does: %g is not between %g and %g", truth, least, most);
    out->broken += broken;
}

static void attack(const study *s, bool only_first, outcome *out)
{
    publication p;
    publish(s, &p, only_first);
    simplex *lp = simplex_new(MOST_VARIABLES);
    baro_sheet sheet[OUTPUTS];
    for (size_t o = 0; o < OUTPUTS; o++) {
        assert_int_equal(baro_sheet_tidy(&p.a[o].results, p.a[o].arena, &sheet[o]), BARO_OK);
        learn(s, lp, &sheet[o], o);
    }
    assert_true(simplex_begin(lp));
    for (size_t o = 0; o < OUTPUTS; o++)
        for (size_t i = 0; i < sheet[o].n_rows; i++) {
            const line l = {&sheet[o], i};
            const baro_row *truth = &p.truth[o][i];
            domain d = domain_of(s, &l, o);
            if (strcmp(text(&l, "marker"), "c") != 0 || d.age == 99)
                continue;
            double n[3] = {truth->base, truth->base - truth->positive, truth->positive};
            for (int answer = -1; answer < (s->sensitive ? 2 : 0); answer++)
                if (n[answer + 1] < BELOW)
                    attack_count(s, lp, &d, answer, n[answer + 1], out);
            if (truth->base >= BELOW)
                out->complements++;
        }
    simplex_free(lp);
    close_publication(&p);
}

static void test_nothing_is_worked_out(void **state)
{
    (void)state;
    outcome out = {0};
    for (uint64_t number = 0; number < SURVEYS; number++) {
        study s = make_study(number);
        size_t before = out.broken;
        attack(&s, false, &out);
        if (out.broken > before)
            print_message("survey %llu: %zu hidden counts are known too closely\n", (unsigned long long)number, out.broken - before);
        free(s.text);
    }
    print_message("%zu hidden counts attacked, %zu known too closely; %zu further cells hidden\n", out.hidden, out.broken, out.complements);
    assert_true(out.hidden > 5000 && out.complements > 500);
    assert_int_equal(out.broken, 0);
}

/* The same attack on the same surveys, with small cells hidden and no others, must get through: it can. */
static void test_the_attack_can_succeed(void **state)
{
    (void)state;
    outcome out = {0};
    for (uint64_t number = 0; number < SURVEYS; number += 10) {
        study s = make_study(number);
        attack(&s, true, &out);
        free(s.text);
    }
    print_message("%zu hidden counts attacked, %zu known too closely\n", out.hidden, out.broken);
    assert_true(out.broken > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_is_worked_out), cmocka_unit_test(test_the_attack_can_succeed)};
    return cmocka_run_group_tests_name("nothing hidden is worked out", tests, NULL, NULL);
}
