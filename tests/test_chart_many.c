/* Many charts by one gnuplot: the same bytes as alone, cut apart whatever labels hold; and the contrast of the theme.
 */
#include "tests/check.h"
#include "io/base/arena.h"
#include "plots/draw/gnuplot.h"
#include "plots/theme.h"
#include "tests/chart_sheet.h"
#include "tests/fake_path.h"
#include "tests/svg_text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHARTS = 35 }; /* more than one lot */

static const char *const labels[] = {"Plain",
                                     "</svg>",
                                     "<?xml version=\"1.0\"?><svg>",
                                     "<!-- half a comment",
                                     "<![CDATA[ never closed",
                                     "]]></svg>",
                                     "IEND\302\256B`\\",
                                     "%%EOF",
                                     "`touch x`",
                                     "reset; system(\"touch x\")",
                                     "E\nplot x",
                                     "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"};
enum { LABELS = sizeof labels / sizeof *labels };

typedef struct {
    char folder[40], path[CHARTS][64];
    baro_arena *arena;
    baro_chart chart[CHARTS];
    const baro_chart *charts[CHARTS];
    const char *paths[CHARTS];
    baro_error *error;
} place;

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    strcpy(p->folder, "/tmp/baro-many-XXXXXX");
    p->arena = baro_arena_new();
    p->error = baro_error_new();
    *state = p;
    if (!p->arena || !p->error || !mkdtemp(p->folder))
        return -1;
    for (size_t i = 0; i < CHARTS; i++) {
        chart_mark mark[2] = {chart_mark_blank(labels[i % LABELS]), chart_mark_blank("Other")};
        mark[0].estimate = 11.3 + 1.7 * (double)i;
        mark[1].estimate = 57.9;
        p->chart[i] = (baro_chart){.kind = i % 3 ? BARO_CHART_BARS : BARO_CHART_HEAT,
                                   .sheet = chart_sheet(p->arena, mark, 2),
                                   .title = labels[(i + 5) % LABELS],
                                   .unit = "%",
                                   .percent = true,
                                   .target = NAN,
                                   .id = baro_arena_format(p->arena, "chart%zu", i)};
        snprintf(p->path[i], sizeof p->path[i], "%s/%zu.pic", p->folder, i);
        p->charts[i] = &p->chart[i];
        p->paths[i] = p->path[i];
    }
    return 0;
}

static int tear_down(void **state)
{
    place *p = *state;
    for (size_t i = 0; i < CHARTS; i++)
        unlink(p->path[i]);
    int failed = rmdir(p->folder); /* fails when anything was left behind */
    baro_arena_free(p->arena);
    baro_error_free(p->error);
    free(p);
    return failed;
}

static void bytes_are_those_of_a_chart_alone(void **state)
{
    place *p = *state;
    for (int picture = BARO_SVG; picture <= BARO_PNG; picture++) {
        assert_int_equal(baro_charts_draw(p->charts, p->paths, CHARTS, (baro_picture)picture, p->error), BARO_OK);
        for (size_t i = 0; i < CHARTS; i += picture == BARO_SVG ? 1 : 8) {
            size_t together, alone;
            char *first = read_whole(p->path[i], &together);
            assert_int_equal(baro_chart_draw(p->charts[i], (baro_picture)picture, p->path[i], p->error), BARO_OK);
            char *second = read_whole(p->path[i], &alone);
            assert_non_null(first);
            assert_non_null(second);
            assert_int_equal(together, alone);
            assert_memory_equal(first, second, together);
            free(first);
            free(second);
        }
    }
}

static void a_pdf_is_drawn_alone(void **state)
{
    place *p = *state;
    assert_int_equal(baro_charts_draw(p->charts, p->paths, 3, BARO_PDF, p->error), BARO_OK);
    for (size_t i = 0; i < 3; i++) {
        char *pdf = read_whole(p->path[i], NULL);
        assert_non_null(pdf);
        assert_int_equal(strncmp(pdf, "%PDF-", 5), 0);
        free(pdf);
    }
}

static void one_that_cannot_be_drawn_keeps_none_from_the_others(void **state)
{
    place *p = *state;
    chart_mark bad = chart_mark_blank("a\x1B[31m");
    bad.estimate = 31.7;
    p->chart[2].sheet = chart_sheet(p->arena, &bad, 1);
    char missing[80];
    snprintf(missing, sizeof missing, "%s/no/4.pic", p->folder);
    p->paths[4] = missing;
    assert_int_equal(baro_charts_draw(p->charts, p->paths, 7, BARO_SVG, p->error), BARO_BAD_DATA);
    assert_int_equal(baro_error_faults(p->error), 2);
    assert_non_null(
        strstr(baro_error_entry_at(p->error, 0)->message, "2.pic: a label or title holds a control character"));
    assert_string_equal(baro_error_entry_at(p->error, 1)->source, missing);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(access(p->path[i], F_OK) == 0, i != 2 && i != 4);
}

/* gnuplots that draw one picture well, and fail, lie or dawdle when there are several: each chart is then drawn alone.
 */
static const struct {
    const char *name, *script;
} liars[] = {
    {"half of what was asked", "if grep -q '^reset$' $0.in; then head -c 20000 $0.out; else cat $0.out; fi"},
    {"one picture too many", "cat $0.out; if grep -q '^reset$' $0.in; then cat $0.out; fi"},
    {"a failure", "grep -q '^reset$' $0.in && exit 3; cat $0.out"},
    {"something else between", "if grep -q '^reset$' $0.in; then sed 's/^<?xml/x<?xml/' $0.out; else cat $0.out; fi"},
};

static void lots_that_fail_are_drawn_one_by_one(void **state)
{
    place *p = *state;
    const char *real = "/usr/bin/gnuplot";
    if (access(real, X_OK) != 0)
        skip();
    for (size_t l = 0; l < sizeof liars / sizeof *liars; l++) {
        fake_path fake;
        char script[400];
        assert_int_equal(fake_path_enter(&fake, 0), 0);
        snprintf(script, sizeof script, "cat >$0.in; %s -d $0.in >$0.out; %s", real, liars[l].script);
        assert_int_equal(fake_path_program(&fake, "gnuplot", script), 0);
        baro_status status = baro_charts_draw(p->charts, p->paths, 3, BARO_SVG, p->error);
        fake_path_leave(&fake);
        if (status != BARO_OK)
            print_error("%s\n", liars[l].name);
        assert_int_equal(status, BARO_OK);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(access(p->path[i], F_OK), 0);
            unlink(p->path[i]);
        }
    }
}

static void without_gnuplot_every_chart_is_named(void **state)
{
    place *p = *state;
    fake_path fake;
    assert_int_equal(fake_path_enter(&fake, 1), 0);
    baro_status status = baro_charts_draw(p->charts, p->paths, 3, BARO_SVG, p->error);
    fake_path_leave(&fake);
    assert_int_equal(status, BARO_NO_PROGRAM);
    assert_int_equal(baro_error_faults(p->error), 3);
    for (size_t i = 0; i < 3; i++) {
        char wanted[20];
        snprintf(wanted, sizeof wanted, "%zu.pic: gnuplot", i);
        assert_non_null(strstr(baro_error_entry_at(p->error, i)->message, wanted));
    }
}

/* Where the first picture ends: `|` marks the place and is not in the bytes; without one there is no whole picture. */
static const struct {
    const char *name;
    baro_picture picture;
    const char *bytes;
} ends[] = {
    {"an svg", BARO_SVG, "<?xml?><svg><g></g></svg>|"},
    {"the line end belongs to it", BARO_SVG, "<svg></svg>\n|<svg></svg>"},
    {"an end tag in CDATA", BARO_SVG, "<svg><![CDATA[</svg>]]></svg>|<svg>"},
    {"an end tag in a comment", BARO_SVG, "<svg><!-- </svg> --></svg>|"},
    {"an end tag in an instruction", BARO_SVG, "<svg><?a </svg> ?></svg>|"},
    {"CDATA that never ends", BARO_SVG, "<svg><![CDATA[ </svg>|"},
    {"no end", BARO_SVG, "<svg><g>"},
    {"half an end", BARO_SVG, "<svg></svg"},
    {"nothing", BARO_SVG, ""},
    {"no png", BARO_PNG, "<svg></svg>"},
    {"a pdf is not cut", BARO_PDF, "%PDF-1.5 %%EOF\n"},
};

static void pictures_end_where_they_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *mark = strchr(ends[i].bytes, '|');
        char bytes[200];
        size_t before = mark ? (size_t)(mark - ends[i].bytes) : strlen(ends[i].bytes);
        snprintf(bytes, sizeof bytes, "%.*s%s", (int)before, ends[i].bytes, mark ? mark + 1 : "");
        size_t found = baro_gnuplot_picture_end(ends[i].picture, bytes, strlen(bytes));
        if (found != (mark ? before : 0))
            print_error("%s: %zu\n", ends[i].name, found);
        assert_int_equal(found, mark ? before : 0);
    }
}

/* ---- colours ---- */

static double channel(const char *hex)
{
    char two[3] = {hex[0], hex[1], 0};
    double c = (double)strtol(two, NULL, 16) / 255;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
    assert_int_equal(strlen(colour), 7);
    return 0.2126 * channel(colour + 1) + 0.7152 * channel(colour + 3) + 0.0722 * channel(colour + 5);
}

/* WCAG 2.2, 1.4.3: (L1 + 0.05) / (L2 + 0.05), the lighter above. */
static double contrast(const char *a, const char *b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void every_text_has_contrast(void **state)
{
    (void)state;
    size_t n = 0;
    check_close(contrast("#000000", "#FFFFFF"), 21, 1e-9);
    check_close(contrast("#28A197", "#FFFFFF"), 3.2, 0.05); /* as published: why labels are black */
    for (;; n++) {
        baro_contrast_pair pair = baro_theme_pair(n);
        if (!pair.text)
            break;
        double found = contrast(pair.text, pair.ground);
        if (!(found >= 4.5))
            print_error("%s: %s on %s is %.2f\n", pair.use, pair.text, pair.ground, found);
        assert_true(found >= 4.5);
    }
    assert_true(n > 25);
}

/* Neighbours differ when a page is printed in grey, and from white. */
static void shades_differ_in_grey(void **state)
{
    (void)state;
    for (size_t n = 2; n <= BARO_SHADES_MOST; n++)
        for (size_t i = 0; i + 1 < n; i++) {
            assert_true(contrast(baro_theme_sequential(i, n)->colour, baro_theme_sequential(i + 1, n)->colour) >= 1.75);
            assert_true(contrast(baro_theme_answer(true, i, n)->colour, baro_theme_answer(true, i + 1, n)->colour) >=
                        1.75);
            assert_true(contrast(baro_theme_answer(false, i, n)->colour, baro_theme_answer(false, i + 1, n)->colour) >=
                        1.75);
        }
    assert_true(contrast(baro_theme_fill(BARO_FILL_LOWER)->colour, baro_theme_fill(BARO_FILL_HIGHER)->colour) >= 2.5);
    assert_true(contrast(baro_theme_sequential(0, 3)->colour, "#FFFFFF") >= 2);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        CASE(bytes_are_those_of_a_chart_alone),
        CASE(a_pdf_is_drawn_alone),
        CASE(one_that_cannot_be_drawn_keeps_none_from_the_others),
        CASE(lots_that_fail_are_drawn_one_by_one),
        CASE(without_gnuplot_every_chart_is_named),
        cmocka_unit_test(pictures_end_where_they_end),
        cmocka_unit_test(every_text_has_contrast),
        cmocka_unit_test(shades_differ_in_grey),
    };
    return cmocka_run_group_tests_name("many charts", tests, NULL, NULL);
}
