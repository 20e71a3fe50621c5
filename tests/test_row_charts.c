/* Dumbbells, waterfalls, spreads and control charts: that numbers are where they belong, and hidden ones nowhere. */
#include "tests/check.h"
#include "io/base/arena.h"
#include "tests/chart_sheet.h"
#include "tests/svg_text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    baro_arena *arena;
    char *svg;
    svg_text *text;
    size_t n;
} drawn;

static int set_up(void **state)
{
    drawn *d = calloc(1, sizeof *d);
    if (!d)
        return -1;
    d->arena = baro_arena_new();
    *state = d;
    return d->arena ? 0 : -1;
}

static int tear_down(void **state)
{
    drawn *d = *state;
    svg_texts_free(d->text, d->n);
    free(d->svg);
    baro_arena_free(d->arena);
    free(d);
    return 0;
}

static void draw(drawn *d, baro_chart_kind kind, const chart_mark *mark, size_t n)
{
    char folder[] = "/tmp/baro-rows-XXXXXX", path[64];
    baro_error *error = baro_error_new();
    const baro_chart chart = {.kind = kind,
                              .sheet = chart_sheet(d->arena, mark, n),
                              .title = "A title",
                              .unit = "%",
                              .percent = kind != BARO_CHART_WATERFALL,
                              .target = NAN,
                              .before = "the rest",
                              .now = "the group",
                              .tested = "gap",
                              .id = "rows"};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/c.svg", folder);
    baro_status status = baro_chart_draw(&chart, BARO_SVG, path, error);
    baro_error_print(error, true, stderr);
    assert_int_equal(status, BARO_OK);
    svg_texts_free(d->text, d->n);
    free(d->svg);
    d->svg = read_whole(path, NULL);
    assert_non_null(d->svg);
    d->text = svg_texts_read(d->svg, &d->n);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    baro_error_free(error);
}

static const svg_text *find(const drawn *d, const char *wanted)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->text[i].text, wanted) == 0)
            return &d->text[i];
    return NULL;
}

static size_t count(const char *text, const char *wanted)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, wanted)) != NULL; at += strlen(wanted))
        n++;
    return n;
}

static chart_mark gap_of(const char *label, double level, double other, double half, const char *words)
{
    chart_mark m = chart_mark_blank(label);
    m.estimate = level;
    m.before = other;
    m.lower = level - other - half;
    m.upper = level - other + half;
    m.clear = fabs(level - other) > half;
    m.words = words;
    return m;
}

static void gaps_stand_widest_first_and_hidden_ones_say_nothing(void **state)
{
    drawn *d = *state;
    chart_mark hidden = chart_mark_blank("Hidden");
    hidden.marker = "[c]";
    const chart_mark mark[] = {gap_of("Low", 48.3, 71.9, 6.1, "-23.6"), hidden,
                               gap_of("High", 79.7, 66.2, 4.4, "+13.5"), gap_of("Middle", 70.1, 69.4, 3.3, "+0.7")};
    draw(d, BARO_CHART_GAP, mark, 4);
    const char *const order[] = {"High", "Middle", "Low", "Hidden"}, *const words[] = {"+13.5", "+0.7", "-23.6", "[c]"};
    double y = 0;
    for (size_t i = 0; i < 4; i++) {
        const svg_text *name = find(d, order[i]), *said = find(d, words[i]);
        assert_non_null(name);
        assert_non_null(said);
        assert_true(name->y > y);
        check_close(said->y, name->y, 1e-6);
        y = name->y;
    }
    const svg_text *row = find(d, "Hidden"), *mark_of_it = find(d, "[c]");
    for (size_t i = 0; i < d->n; i++)
        assert_true(&d->text[i] == row || &d->text[i] == mark_of_it || fabs(d->text[i].y - row->y) > 8);
    assert_non_null(find(d, "the rest"));
    assert_non_null(find(d, "the group, gap clear"));
    assert_non_null(find(d, "the group, gap not clear"));
}

static void a_key_names_only_what_is_there(void **state)
{
    drawn *d = *state;
    const chart_mark mark[] = {gap_of("High", 79.7, 66.2, 4.4, "+13.5")};
    draw(d, BARO_CHART_GAP, mark, 1);
    assert_non_null(find(d, "the group"));
    assert_null(strstr(d->svg, "not clear"));
    assert_null(strstr(d->svg, "Hollow"));
}

static chart_mark move_of(const char *label, bool total, double by, double clear)
{
    chart_mark m = chart_mark_blank(label);
    m.period = "Black";
    m.everyone = total;
    m.estimate = by;
    m.clear = total ? NAN : clear;
    return m;
}

static void a_waterfall_says_which_way_things_moved(void **state)
{
    drawn *d = *state;
    const chart_mark down[] = {move_of("Then", true, -12.7, 0), move_of("Group", false, -3.1, 1),
                               move_of("Now", true, -15.8, 0)};
    const chart_mark both[] = {down[0], down[1], move_of("Rest", false, 4.9, 0), down[2]};
    draw(d, BARO_CHART_WATERFALL, down, 3);
    assert_non_null(find(d, "moved it down"));
    assert_null(find(d, "moved it up"));
    assert_null(strstr(d->svg, "Hollow"));
    draw(d, BARO_CHART_WATERFALL, both, 4);
    assert_non_null(find(d, "moved it up"));
    assert_non_null(strstr(d->svg, "Hollow: may be chance alone."));
    assert_true(find(d, "Black")->y < find(d, "Then")->y); /* a heading once, over its rows */
    assert_int_equal(count(d->svg, ">Black<"), 1);
}

static void a_spread_names_the_outermost_groups(void **state)
{
    drawn *d = *state;
    chart_mark mark[6];
    static const char *const label[] = {"1. Age", "Young", "Old", "Between", "Hidden", "London"};
    static const double level[] = {NAN, 51.7, 74.3, 66.1, NAN, 63.2};
    for (size_t i = 0; i < 6; i++) {
        mark[i] = chart_mark_blank(label[i]);
        mark[i].estimate = level[i];
        mark[i].everyone = i == 5;
    }
    mark[0].role = "factor";
    mark[0].words = "2.81%";
    mark[0].level = "rank 1 to 3";
    mark[4].marker = "[c]";
    draw(d, BARO_CHART_SPREAD, mark, 6);
    assert_non_null(find(d, "Young 52%"));
    assert_non_null(find(d, "Old 74%"));
    assert_non_null(find(d, "London 63%"));
    assert_non_null(find(d, "[c]"));
    assert_null(strstr(d->svg, "Between"));
    assert_null(strstr(d->svg, "Hidden"));
    assert_true(find(d, "rank 1 to 3")->y > find(d, "2.81%")->y);
    assert_true(find(d, "Young 52%")->y > find(d, "1. Age")->y && find(d, "Old 74%")->y < find(d, "1. Age")->y);
}

static size_t control_points(chart_mark *mark)
{
    static const char *const roles[] = {"", "limit", "", "near", "", "limit", "", "side"};
    static const char *const period[] = {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"};
    for (size_t i = 0; i < 8; i++) {
        mark[i] = chart_mark_blank("Everyone");
        mark[i].period = period[i];
        mark[i].order = (double)i;
        mark[i].everyone = 1;
        mark[i].estimate = 61.3 + (double)(i * 5 % 7);
        mark[i].before = 63.9;
        mark[i].lower = 58.2;
        mark[i].upper = 69.6;
        mark[i].role = roles[i];
    }
    return 8;
}

static void rules_have_shapes_of_their_own(void **state)
{
    drawn *d = *state;
    chart_mark mark[8];
    draw(d, BARO_CHART_CONTROL, mark, control_points(mark));
    assert_non_null(find(d, "beyond a limit"));
    assert_non_null(find(d, "2 of 3 beyond two thirds of the limit"));
    assert_non_null(find(d, "7 on one side"));
    assert_null(find(d, "7 in a trend"));
    assert_non_null(find(d, "Centre 64%"));
    assert_non_null(find(d, "Upper limit 70%"));
    assert_non_null(find(d, "Lower limit 58%"));
    /* two points beyond a limit and one in the key */
    assert_int_equal(count(d->svg, "<polygon fill = 'rgb(244, 106,  37)'") +
                         count(d->svg, "<polygon fill=\"rgb(244, 106,  37)\""),
                     3);
}

static void lines_begin_anew_after_a_break(void **state)
{
    drawn *d = *state;
    chart_mark mark[8];
    size_t moves[2], n = control_points(mark);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 4; i < n; i++)
            mark[i].before = round ? 66.6 : 63.9;
        mark[4].marker = round ? "[b]" : "";
        draw(d, BARO_CHART_CONTROL, mark, n);
        moves[round] = 0; /* of the pen that draws centre lines */
        for (const char *at = d->svg; (at = strstr(at, "<path stroke=\"rgb(111, 119, 123)\"")) != NULL; at++)
            for (const char *c = strstr(at, " d=\"") + 4; *c != '"'; c++)
                moves[round] += *c == 'M';
        assert_true((find(d, "[b]") != NULL) == (round == 1));
    }
    assert_int_equal(moves[1], moves[0] + 1);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    static const struct CMUnitTest tests[] = {CASE(gaps_stand_widest_first_and_hidden_ones_say_nothing),
                                              CASE(a_key_names_only_what_is_there),
                                              CASE(a_waterfall_says_which_way_things_moved),
                                              CASE(a_spread_names_the_outermost_groups),
                                              CASE(rules_have_shapes_of_their_own),
                                              CASE(lines_begin_anew_after_a_break)};
    return cmocka_run_group_tests_name("row charts", tests, NULL, NULL);
}
