/*
 * Scales of answers, tile maps, heat tables, small multiples: with easy and with nasty data every text stands inside
 * the page and touches no other, at every size; and the numbers are where they belong.
 */
#include "tests/check.h"
#include "io/base/arena.h"
#include "tests/chart_layout.h"
#include "tests/chart_sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1200, ANSWERS = 5, SIZES = 4, WINDOWS = 7 };

static const char *const names[][8] = {
    {"White British", "Black", "Asian", "Mixed", "Other", "Woolwich", "Ealing", "Merton"},
    {"Mixed or multiple ethnic groups, any other", "Telephoned about something no emergency",
     "Black, African, Caribbean or Black British", "Kensington and Chelsea and its neighbours",
     "Prefer to describe their identity instead", "Asian or Asian British: any other group",
     "Hammersmith and Fulham, with Westminster", "Barking and Dagenham and Havering, joined"},
    {"Donaudampfschifffahrtsgesellschaft", "Llanfairpwllgwyngyllgogerychwyrn", "Rindfleischetikettierung",
     "Antidisestablishmentarianism", "Pneumonoultramicroscopicsilico", "Kraftfahrzeughaftpflichtversicherung",
     "Hippopotomonstrosesquippedalio", "Floccinaucinihilipilification"},
    {"\xD7\xA2\xD7\x91\xD7\xA8\xD7\x99\xD7\xAA", "\xD8\xA7\xD9\x84\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A\xD8\xA9",
     "\xF0\x9F\x91\xAE \xF0\x9F\x91\x8D", "\xE4\xB8\xAD\xE6\x96\x87", "Caf\xC3\xA9 \xE2\x80\x94 na\xC3\xAFve",
     "<b>&amp;</b> ]]>", "`ls` \"$HOME\" \\n", "@x 'y' {z}"},
};
typedef enum { EASY, LONG, ONE_WORD, FOREIGN } naming;
typedef enum { MANY_VALUES, ALL_EQUAL, ENDS } values;

typedef struct {
    const char *name;
    baro_chart_kind kind;
    size_t groups;
    naming naming;
    values values;
    size_t hide_every; /* every so many-th group is [c]; 0: none */
    bool changes, apart, grid;
    size_t windows;
} shape;

static const shape shapes[] = {
    {"likert: easy", BARO_CHART_LIKERT, 5, EASY, MANY_VALUES, 0, false, false, false, 0},
    {"likert: neutral apart", BARO_CHART_LIKERT, 8, EASY, MANY_VALUES, 3, false, true, false, 0},
    {"likert: one group", BARO_CHART_LIKERT, 1, LONG, MANY_VALUES, 0, false, false, false, 0},
    {"likert: 33 groups with 40 characters", BARO_CHART_LIKERT, 33, LONG, MANY_VALUES, 7, false, false, false, 0},
    {"likert: one word each", BARO_CHART_LIKERT, 8, ONE_WORD, ALL_EQUAL, 0, false, true, false, 0},
    {"likert: 0 and 100 %", BARO_CHART_LIKERT, 6, FOREIGN, ENDS, 0, false, false, false, 0},
    {"likert: all hidden", BARO_CHART_LIKERT, 4, EASY, MANY_VALUES, 1, false, false, false, 0},
    {"tiles: easy", BARO_CHART_TILES, 8, EASY, MANY_VALUES, 0, false, false, true, 0},
    {"tiles: 33 areas, some hidden", BARO_CHART_TILES, 33, LONG, MANY_VALUES, 5, false, false, true, 0},
    {"tiles: all equal", BARO_CHART_TILES, 12, EASY, ALL_EQUAL, 0, false, false, true, 0},
    {"tiles: 0 and 100 %", BARO_CHART_TILES, 16, FOREIGN, ENDS, 6, false, false, true, 0},
    {"tiles: one", BARO_CHART_TILES, 1, LONG, MANY_VALUES, 0, false, false, true, 0},
    {"tiles: changes", BARO_CHART_TILES, 33, ONE_WORD, MANY_VALUES, 4, true, false, true, 0},
    {"tiles: all hidden", BARO_CHART_TILES, 9, EASY, MANY_VALUES, 1, false, false, true, 0},
    {"tiles: no area has a place", BARO_CHART_TILES, 5, EASY, MANY_VALUES, 0, false, false, false, 0},
    {"heat: easy", BARO_CHART_HEAT, 6, EASY, MANY_VALUES, 0, false, false, false, 0},
    {"heat: 33 rows with 40 characters", BARO_CHART_HEAT, 33, LONG, MANY_VALUES, 4, false, false, false, 0},
    {"heat: changes", BARO_CHART_HEAT, 9, ONE_WORD, MANY_VALUES, 5, true, false, false, 0},
    {"heat: all equal", BARO_CHART_HEAT, 3, FOREIGN, ALL_EQUAL, 0, false, false, false, 0},
    {"heat: one row", BARO_CHART_HEAT, 1, EASY, ENDS, 0, false, false, false, 0},
    {"multiples: easy", BARO_CHART_MULTIPLES, 5, EASY, MANY_VALUES, 0, false, false, false, WINDOWS},
    {"multiples: one group, one window", BARO_CHART_MULTIPLES, 1, LONG, MANY_VALUES, 0, false, false, false, 1},
    {"multiples: 33 groups with 40 characters", BARO_CHART_MULTIPLES, 33, LONG, MANY_VALUES, 6, false, false, false,
     WINDOWS},
    {"multiples: 33 in tile positions", BARO_CHART_MULTIPLES, 33, EASY, MANY_VALUES, 6, false, false, true, WINDOWS},
    {"multiples: all equal, in tile positions", BARO_CHART_MULTIPLES, 6, FOREIGN, ALL_EQUAL, 0, false, false, true, 1},
    {"multiples: 0 and 100 %", BARO_CHART_MULTIPLES, 7, ONE_WORD, ENDS, 4, false, false, false, WINDOWS},
};

static const struct {
    unsigned width, height;
} sizes[SIZES] = {{0, 0}, {1280, 720}, {720, 480}, {480, 0}};

static double value_of(const shape *s, size_t group, size_t part)
{
    if (s->values == ALL_EQUAL)
        return 62.37;
    if (s->values == ENDS)
        return (group + part) % 2 ? 100 : 0;
    double x = fmod(23.71 + (double)(group * 37 + part * 53), 97.3);
    return s->changes ? x / 4 - 12.6 : x;
}

static bool is_hidden(const shape *s, size_t group)
{
    return s->hide_every > 0 && group % s->hide_every == s->hide_every - 1;
}

static const char *name_of(const shape *s, size_t group, baro_arena *arena)
{
    const char *name = names[s->naming][group % 8];
    return group < 8 ? name : baro_arena_format(arena, "%s %zu", name, group);
}

static void put(chart_mark *mark, size_t *n, const shape *s, size_t group, size_t part, double value)
{
    chart_mark *m = &mark[(*n)++];
    if (is_hidden(s, group)) {
        m->marker = "[c]";
        return;
    }
    m->estimate = value;
    m->base = (double)(57 + group * 131);
    m->marker = group % 11 == 3 ? "[u]" : "";
    m->clear = s->changes ? (group + part) % 3 == 0 : NAN;
}

static size_t fill(const shape *s, chart_mark *mark, baro_arena *arena)
{
    static const char *const answers[ANSWERS] = {"Strongly disagree", "Tend to disagree", "Neither agree nor disagree",
                                                 "Tend to agree", "Strongly agree"};
    static const char *const roles[ANSWERS] = {"negative", "negative", "neutral", "positive", "positive"};
    static const char *const periods[WINDOWS] = {"Year to Mar 2022", "Year to Jun 2022", "Year to Sep 2022",
                                                 "Year to Dec 2022", "Year to Mar 2023", "Year to Jun 2023",
                                                 "Year to Sep 2023"};
    size_t parts = s->kind == BARO_CHART_LIKERT ? ANSWERS
                   : s->kind == BARO_CHART_HEAT ? 6
                   : s->windows                 ? s->windows
                                                : 1,
           n = 0;
    for (size_t g = 0; g < s->groups; g++)
        for (size_t k = 0; k < parts; k++) {
            double value = value_of(s, g, k);
            mark[n] = chart_mark_blank(name_of(s, g, arena));
            if (s->kind == BARO_CHART_LIKERT) {
                double whole = 0;
                for (size_t a = 0; a < ANSWERS; a++)
                    whole += value_of(s, g, a);
                value = s->values == ENDS ? k == g % ANSWERS ? 100 : 0 : 100 * value / whole;
                mark[n].level = answers[k];
                mark[n].role = roles[k];
            }
            if (s->kind == BARO_CHART_HEAT)
                mark[n].across = names[s->naming][7 - k];
            mark[n].x = s->grid ? (double)(g % 8) : NAN;
            mark[n].y = s->grid ? (double)(g / 8) : NAN;
            mark[n].period = s->windows ? periods[k] : "";
            mark[n].order = s->windows ? (double)(100 + k + (k > 3)) : NAN; /* a window is missing */
            mark[n].lower = s->windows ? fmax(0, value - 3.1) : NAN;
            mark[n].upper = s->windows ? fmin(100, value + 3.3) : NAN;
            put(mark, &n, s, g, k, value);
        }
    if (s->kind == BARO_CHART_MULTIPLES)
        for (size_t k = 0; k < s->windows; k++) {
            mark[n] = chart_mark_blank("London");
            mark[n].everyone = 1;
            mark[n].period = periods[k];
            mark[n].order = (double)(100 + k + (k > 3));
            mark[n++].estimate = 51.7 + (double)k;
        }
    return n;
}

typedef struct {
    char folder[40], path[SIZES][64];
    baro_arena *arena;
    baro_chart chart[SIZES];
    char *svg[SIZES];
} drawn;

/* Draws a sheet at every size, by one gnuplot. */
static void draw(drawn *d, const baro_chart *chart)
{
    const baro_chart *charts[SIZES];
    const char *paths[SIZES];
    strcpy(d->folder, "/tmp/baro-kinds-XXXXXX");
    assert_non_null(mkdtemp(d->folder));
    for (size_t i = 0; i < SIZES; i++) {
        d->chart[i] = *chart;
        d->chart[i].width = sizes[i].width;
        d->chart[i].height = sizes[i].height;
        snprintf(d->path[i], sizeof d->path[i], "%s/%zu.svg", d->folder, i);
        charts[i] = &d->chart[i];
        paths[i] = d->path[i];
    }
    baro_error *error = baro_error_new();
    baro_status status = baro_charts_draw(charts, paths, SIZES, BARO_SVG, error);
    if (status != BARO_OK)
        baro_error_print(error, true, stderr);
    baro_error_free(error);
    assert_int_equal(status, BARO_OK);
    for (size_t i = 0; i < SIZES; i++) {
        d->svg[i] = read_whole(d->path[i], NULL);
        assert_non_null(d->svg[i]);
        unlink(d->path[i]);
    }
    assert_int_equal(rmdir(d->folder), 0);
}

static void forget(drawn *d)
{
    for (size_t i = 0; i < SIZES; i++)
        free(d->svg[i]);
    baro_arena_free(d->arena);
}

static baro_chart chart_of(const baro_sheet *sheet, baro_chart_kind kind)
{
    return (baro_chart){.kind = kind,
                        .sheet = sheet,
                        .title = "Trust is 62%, two points below a year ago, and lowest where contact was by telephone",
                        .subtitle = "Per cent of those with an answer. Residents aged 16 and over, year to Dec 2023",
                        .source = "Source: a survey of a city. Unweighted, so not of the population.",
                        .description = "d",
                        .unit = "%",
                        .percent = true,
                        .target = NAN,
                        .id = "k"};
}

static void lays_out(void **state)
{
    const shape *s = *state;
    drawn d = {.arena = baro_arena_new()};
    static chart_mark mark[MOST];
    assert_non_null(d.arena);
    size_t n = fill(s, mark, d.arena);
    assert_true(n <= MOST);
    baro_chart chart = chart_of(chart_sheet(d.arena, mark, n), s->kind);
    assert_non_null(chart.sheet);
    chart.apart = s->apart;
    chart.changes = s->changes;
    chart.compared = s->changes ? "the rest" : NULL;
    chart.unit = s->changes ? "" : "%";
    draw(&d, &chart);
    for (size_t i = 0; i < SIZES; i++) {
        size_t texts_n;
        svg_text *texts = svg_texts_read(d.svg[i], &texts_n);
        const char *width = strstr(d.svg[i], " width=\""), *height = strstr(d.svg[i], " height=\"");
        assert_true(width && height);
        assert_true(strtod(width + 8, NULL) >= sizes[i].width && strtod(height + 9, NULL) >= sizes[i].height);
        check_chart_layout(texts, texts_n, strtod(width + 8, NULL), strtod(height + 9, NULL));
        svg_texts_free(texts, texts_n);
    }
    forget(&d);
}

/* ---- where things stand ---- */

static const svg_text *find(const svg_text *texts, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].text, wanted) == 0)
            return &texts[i];
    print_error("not drawn: '%s'\n", wanted);
    fail();
    return NULL;
}

static bool drawn_text(const svg_text *texts, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].text, wanted) == 0)
            return true;
    return false;
}

static size_t scale_rows(chart_mark *mark)
{
    static const struct {
        const char *label, *level, *role;
        double estimate;
    } rows[] = {{"Low", "Bad", "negative", 41.3},   {"Low", "So-so", "neutral", 17.2},
                {"Low", "Good", "positive", 31.1},  {"Low", "No idea", "dont_know", 10.4},
                {"High", "Bad", "negative", 11.9},  {"High", "So-so", "neutral", 23.4},
                {"High", "Good", "positive", 45.6}, {"High", "No idea", "dont_know", 19.1},
                {"None", "Bad", "negative", NAN},   {"None", "So-so", "neutral", 33.3},
                {"None", "Good", "positive", 36.7}, {"None", "No idea", "dont_know", 30}};
    size_t n = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < n; i++) {
        mark[i] = chart_mark_blank(rows[i].label);
        mark[i].level = rows[i].level;
        mark[i].role = rows[i].role;
        mark[i].estimate = rows[i].estimate;
        mark[i].base = i < 4 ? 1371 : 884;
        mark[i].marker = i >= 8 ? "[c]" : "";
    }
    return n;
}

static void answers_stand_in_order_and_hidden_rows_are_empty(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        drawn d = {.arena = baro_arena_new()};
        chart_mark mark[12];
        assert_non_null(d.arena);
        size_t n = scale_rows(mark), texts_n;
        baro_chart chart = chart_of(chart_sheet(d.arena, mark, n), BARO_CHART_LIKERT);
        chart.apart = apart == 1;
        draw(&d, &chart);
        svg_text *texts = svg_texts_read(d.svg[0], &texts_n);
        double bad = find(texts, texts_n, "41%")->x, so_so = find(texts, texts_n, "17%")->x,
               good = find(texts, texts_n, "31%")->x;
        double no_idea = find(texts, texts_n, "10%")->x;
        assert_true(bad < good && good < no_idea);
        assert_true(apart ? so_so > good && so_so < no_idea : so_so > bad && so_so < good);
        assert_true(find(texts, texts_n, "High")->y < find(texts, texts_n, "Low")->y); /* most in favour first */
        double hidden = find(texts, texts_n, "None")->y;
        check_close(find(texts, texts_n, "[c]")->y, hidden, 1e-6);
        for (size_t i = 0; i < texts_n; i++) /* no other number of a row of which one is hidden */
            assert_true(fabs(texts[i].y - hidden) > 5 || strcmp(texts[i].text, "None") == 0 ||
                        strcmp(texts[i].text, "[c]") == 0);
        check_close(find(texts, texts_n, "1,371")->y, find(texts, texts_n, "Low")->y, 1e-6);
        svg_texts_free(texts, texts_n);
        forget(&d);
    }
}

static size_t fills_of(const char *svg, const char *colour)
{
    size_t n = 0;
    for (const char *at = svg; (at = strstr(at, colour)) != NULL; at++)
        n++;
    return n;
}

/* "Don't know" and "refused" are of one role, and can be told by the key all the same. */
static void answers_beside_the_scale_differ(void **state)
{
    (void)state;
    drawn d = {.arena = baro_arena_new()};
    static const char *const levels[] = {"Yes", "Neither", "Don't know", "Refused"};
    static const char *const roles[] = {"positive", "neutral", "dont_know", "dont_know"};
    static const char *const greys[] = {"rgb(191, 191, 191)", "rgb(238, 240, 241)", "rgb(217, 220, 222)"};
    chart_mark mark[4];
    assert_non_null(d.arena);
    for (size_t i = 0; i < 4; i++) {
        mark[i] = chart_mark_blank("All");
        mark[i].level = levels[i];
        mark[i].role = roles[i];
        mark[i].estimate = 25.3 - (double)i;
    }
    baro_chart chart = chart_of(chart_sheet(d.arena, mark, 4), BARO_CHART_LIKERT);
    draw(&d, &chart);
    for (size_t g = 0; g < 3; g++) /* in the key and in the bar */
        assert_true(fills_of(d.svg[0], greys[g]) >= 2);
    forget(&d);
}

static void tiles_stand_on_their_grid(void **state)
{
    (void)state;
    drawn d = {.arena = baro_arena_new()};
    static const struct {
        const char *label;
        double x, y, estimate;
        const char *marker;
    } areas[] = {{"Aa", 0, 0, 51.4, ""},   {"Bb", 2, 0, 63.9, ""},    {"Cc", 1, 1, 51.6, ""},
                 {"Dd", 2, 2, NAN, "[c]"}, {"Ee", 0, 2, 48.2, "[u]"}, {"Ff", 1, 2, NAN, "[x]"}};
    enum { AREAS = sizeof areas / sizeof *areas };
    chart_mark mark[AREAS];
    assert_non_null(d.arena);
    for (size_t i = 0; i < AREAS; i++) {
        mark[i] = chart_mark_blank(areas[i].label);
        mark[i].x = areas[i].x;
        mark[i].y = areas[i].y;
        mark[i].estimate = areas[i].estimate;
        mark[i].marker = areas[i].marker;
    }
    baro_chart chart = chart_of(chart_sheet(d.arena, mark, AREAS), BARO_CHART_TILES);
    draw(&d, &chart);
    size_t n;
    svg_text *texts = svg_texts_read(d.svg[0], &n);
    const svg_text *a = find(texts, n, "Aa"), *b = find(texts, n, "Bb"), *c = find(texts, n, "Cc"),
                   *e = find(texts, n, "Ee");
    check_close(b->y, a->y, 1e-6);
    check_close(c->x - a->x, b->x - c->x, 0.02);
    check_close(e->x, a->x, 1e-6);
    check_close(e->y - c->y, c->y - a->y, 0.02);
    check_close(find(texts, n, "48% [u]")->x, e->x, 1e-6);
    assert_true(drawn_text(texts, n, "64%") && drawn_text(texts, n, "52%") && drawn_text(texts, n, "51%"));
    assert_true(drawn_text(texts, n, "[c]") && drawn_text(texts, n, "[x]"));
    assert_true(
        drawn_text(texts, n, "[u] low reliability, hollow. [c] confidential: too few interviews, or would give such away. [x] not available."));
    svg_texts_free(texts, n);
    forget(&d);
}

static void unclear_changes_are_grey(void **state)
{
    (void)state;
    drawn d = {.arena = baro_arena_new()};
    chart_mark mark[4];
    static const double change[] = {-7.3, 2.1, 8.6, 0.2}, clear[] = {1, 0, 1, NAN};
    assert_non_null(d.arena);
    for (size_t i = 0; i < 4; i++) {
        mark[i] = chart_mark_blank(names[EASY][i]);
        mark[i].x = (double)i;
        mark[i].y = 0;
        mark[i].estimate = change[i];
        mark[i].clear = clear[i];
    }
    baro_chart chart = chart_of(chart_sheet(d.arena, mark, 4), BARO_CHART_TILES);
    chart.changes = true;
    chart.unit = "";
    chart.compared = "year to Dec 2022";
    chart.in_time = true;
    draw(&d, &chart);
    size_t n;
    svg_text *texts = svg_texts_read(d.svg[0], &n);
    static const char *const wanted[] = {"\342\210\2227",
                                         "+2",
                                         "+9",
                                         "0",
                                         "Clearly down on year to Dec 2022",
                                         "No clear change from year to Dec 2022",
                                         "Clearly up on year to Dec 2022",
                                         "Not tested"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        find(texts, n, wanted[i]);
    assert_true(fills_of(d.svg[0], "rgb(244, 106,  37)") > 0 && fills_of(d.svg[0], "rgb( 18,  67, 109)") > 0);
    svg_texts_free(texts, n);
    forget(&d);
}

/* Values that look equal are in one class, and the key names the limits that are met. */
static void classes_part_no_equal_values(void **state)
{
    (void)state;
    drawn d = {.arena = baro_arena_new()};
    static const double value[] = {51.2, 51.4, 50.6, 51.1, 50.9, 51.3, 73.8, 80.2};
    chart_mark mark[8];
    assert_non_null(d.arena);
    for (size_t i = 0; i < 8; i++) {
        mark[i] = chart_mark_blank(names[EASY][i]);
        mark[i].across = "now";
        mark[i].estimate = value[i];
    }
    baro_chart chart = chart_of(chart_sheet(d.arena, mark, 8), BARO_CHART_HEAT);
    draw(&d, &chart);
    size_t n;
    svg_text *texts = svg_texts_read(d.svg[0], &n);
    assert_int_equal(fills_of(d.svg[0], ">51%<"), 7); /* six cells and the key */
    assert_int_equal(fills_of(d.svg[0], ">74%<"), 2);
    assert_int_equal(fills_of(d.svg[0], ">80%<"), 2);
    svg_texts_free(texts, n);
    forget(&d);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(answers_stand_in_order_and_hidden_rows_are_empty),
        cmocka_unit_test(answers_beside_the_scale_differ),
        cmocka_unit_test(tiles_stand_on_their_grid),
        cmocka_unit_test(unclear_changes_are_grey),
        cmocka_unit_test(classes_part_no_equal_values),
    };
    enum { SHAPES = sizeof shapes / sizeof *shapes, FIXED = sizeof fixed / sizeof *fixed };
    struct CMUnitTest tests[SHAPES + FIXED];
    for (size_t i = 0; i < SHAPES; i++)
        tests[i] = (struct CMUnitTest){
            .name = shapes[i].name, .test_func = lays_out, .initial_state = (void *)(uintptr_t)&shapes[i]};
    memcpy(tests + SHAPES, fixed, sizeof fixed);
    return _cmocka_run_group_tests("chart kinds", tests, SHAPES + FIXED, NULL, NULL);
}
