/* What charts show, where it stands, and what happens when gnuplot is not what it should be. */
#include "tests/check.h"
#include "plots/draw/gnuplot.h"
#include "plots/draw/measure.h"
#include "tests/chart_layout.h"
#include "tests/chart_rows.h"
#include "tests/fake_path.h"
#include "tests/svg_text.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NONE NAN

static const chart_row by_group[] = {
    {"London", true, "Year to Dec 2023", 0, 12845, 71.24, 69.93, 72.11, ""},
    {"White British", false, "", 0, 6120, 73.21, 71.7, 74.6, ""},
    {"Black or Black British", false, "", 0, 1234, 56.94, 53.3, 60.4, ""},
    {"Asian or Asian British", false, "", 0, 2410, 75.13, 72.8, 77.3, ""},
    {"Other ethnic group", false, "", 0, 46, 66.37, 50.1, 79.4, "[u]"},
    {"Prefer not to say", false, "", 0, NONE, NONE, NONE, NONE, "[c]"},
};
enum { GROUPS = sizeof by_group / sizeof *by_group };

static baro_chart chart_of(baro_arena *arena, baro_chart_kind kind, const chart_row *rows, size_t n)
{
    return (baro_chart){.kind = kind,
                        .sheet = chart_rows_sheet(arena, rows, n),
                        .title = "Black Londoners trust least: 57% against 71%",
                        .subtitle = "Trust by ethnic group, year to December 2023",
                        .source = "Source: a survey.",
                        .description = "Trust is 57% & lower <than> \"71%\".",
                        .unit = "%",
                        .percent = true,
                        .target = NAN,
                        .id = "trust-by-ethnicity"};
}

typedef struct {
    char directory[64], path[128];
    baro_arena *arena;
    baro_error *error;
} place;

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    strcpy(p->directory, "/tmp/baro-chart-XXXXXX");
    if (!mkdtemp(p->directory))
        return -1;
    snprintf(p->path, sizeof p->path, "%s/trust.svg", p->directory);
    p->arena = baro_arena_new();
    p->error = baro_error_new();
    *state = p;
    return p->arena && p->error ? 0 : -1;
}

static int tear_down(void **state)
{
    place *p = *state;
    unlink(p->path);
    int failed = rmdir(p->directory); /* fails when anything was left behind */
    baro_arena_free(p->arena);
    baro_error_free(p->error);
    free(p);
    return failed;
}

static char *draw(place *p, const baro_chart *chart, baro_picture picture, size_t *length)
{
    baro_status status = baro_chart_draw(chart, picture, p->path, p->error);
    if (status != BARO_OK)
        baro_error_print(p->error, true, stderr);
    assert_int_equal(status, BARO_OK);
    char *bytes = read_whole(p->path, length);
    assert_non_null(bytes);
    return bytes;
}

static svg_text *drawn_texts(place *p, const baro_chart *chart, size_t *n)
{
    char *svg = draw(p, chart, BARO_SVG, NULL);
    svg_text *texts = svg_texts_read(svg, n);
    free(svg);
    return texts;
}

static const svg_text *find_text(const svg_text *texts, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].text, wanted) == 0)
            return &texts[i];
    return NULL;
}

static void check_page(place *p, const baro_chart *chart)
{
    size_t n;
    char *svg = draw(p, chart, BARO_SVG, NULL);
    svg_text *texts = svg_texts_read(svg, &n);
    const char *width = strstr(svg, " width=\""), *height = strstr(svg, " height=\"");
    assert_non_null(width);
    assert_non_null(height);
    check_chart_layout(texts, n, strtod(width + 8, NULL), strtod(height + 9, NULL));
    svg_texts_free(texts, n);
    free(svg);
}

static void bars_are_sorted_highest_first(void **state)
{
    place *p = *state;
    size_t n;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    static const char *const sorted[] = {"Asian or Asian British (2,410)", "White British (6,120)",
                                         "Other ethnic group (46)", "Black or Black British (1,234)",
                                         "Prefer not to say"};
    for (int ordered = 0; ordered < 2; ordered++) {
        static const size_t given[] = {1, 3, 0, 2, 4};
        chart.ordered = ordered == 1;
        svg_text *texts = drawn_texts(p, &chart, &n);
        double before = 0;
        for (size_t i = 0; i < 5; i++) {
            const svg_text *label = find_text(texts, n, sorted[ordered ? given[i] : i]);
            assert_non_null(label);
            assert_true(label->y > before);
            before = label->y;
        }
        svg_texts_free(texts, n);
    }
}

static void bars_say_numbers_and_hide_what_is_hidden(void **state)
{
    place *p = *state;
    size_t n;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    chart.decimals = 1;
    svg_text *texts = drawn_texts(p, &chart, &n);
    const svg_text *hidden = find_text(texts, n, "Prefer not to say"), *mark = find_text(texts, n, "[c]");
    assert_non_null(find_text(texts, n, "London 71.2%"));
    assert_non_null(find_text(texts, n, "56.9%"));
    assert_non_null(find_text(texts, n, "[u]"));
    assert_non_null(hidden);
    assert_non_null(mark);
    check_close(mark->y, hidden->y, 1e-6);
    for (size_t i = 0; i < n; i++) /* nothing but its name and its mark stands in the row of a hidden group */
        assert_true(&texts[i] == hidden || &texts[i] == mark || fabs(texts[i].y - hidden->y) > 8);
    svg_texts_free(texts, n);
}

static void the_foot_explains_what_is_there(void **state)
{
    place *p = *state;
    size_t n;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, 2);
    chart.approximate = true;
    chart.confidence = 0.9;
    svg_text *texts = drawn_texts(p, &chart, &n);
    assert_non_null(
        find_text(texts, n, "Dashed whiskers: approximate 90% intervals. In brackets: number of interviews."));
    assert_non_null(find_text(texts, n, "Source: a survey."));
    svg_texts_free(texts, n);
}

static void svg_can_be_read_aloud_and_put_in_a_page(void **state)
{
    place *p = *state;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    char *svg = draw(p, &chart, BARO_SVG, NULL);
    assert_non_null(
        strstr(svg, "<svg role=\"img\" aria-labelledby=\"trust-by-ethnicity-title trust-by-ethnicity-desc\""));
    assert_non_null(
        strstr(svg, "<title id=\"trust-by-ethnicity-title\">Black Londoners trust least: 57% against 71%</title>"));
    assert_non_null(
        strstr(svg, "<desc id=\"trust-by-ethnicity-desc\">Trust is 57% &amp; lower &lt;than&gt; \"71%\".</desc>"));
    assert_null(strstr(svg + 100, "GNUPLOT"));
    for (const char *at = svg; (at = strstr(at, " id=\"")) != NULL; at += 5)
        assert_int_equal(strncmp(at + 5, "trust-by-ethnicity-", 19), 0);
    for (const char *at = svg; (at = strstr(at, "href=\"")) != NULL; at += 6)
        assert_int_equal(strncmp(at + 6, "#trust-by-ethnicity-", 20), 0);
    free(svg);
}

static void the_same_inputs_give_the_same_bytes(void **state)
{
    place *p = *state;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    for (int picture = BARO_SVG; picture <= BARO_PNG; picture++) {
        size_t first_length, second_length;
        char *first = draw(p, &chart, (baro_picture)picture, &first_length);
        char *second = draw(p, &chart, (baro_picture)picture, &second_length);
        assert_int_equal(first_length, second_length);
        assert_memory_equal(first, second, first_length);
        free(first);
        free(second);
    }
    char *pdf = draw(p, &chart, BARO_PDF, NULL);
    assert_int_equal(strncmp(pdf, "%PDF-", 5), 0);
    free(pdf);
}

static void size_is_as_asked_for(void **state)
{
    place *p = *state;
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    chart.width = 1280;
    chart.height = 777;
    char *svg = draw(p, &chart, BARO_SVG, NULL);
    assert_non_null(strstr(svg, " width=\"1280\" height=\"777\" viewBox=\"0 0 1280 777\""));
    free(svg);
    char *png = draw(p, &chart, BARO_PNG, NULL);
    assert_memory_equal(png + 16, "\0\0\x05\0\0\0\x03\x09", 8);
    free(png);
}

static size_t make_trend(chart_row *rows, size_t series, size_t windows, bool everyone)
{
    static const char *const names[] = {"White",
                                        "Asian",
                                        "Black",
                                        "Mixed or multiple ethnic groups",
                                        "Other",
                                        "Kensington and Chelsea",
                                        "Hammersmith and Fulham"};
    static const char *const periods[] = {"Year to Mar 2020", "Year to Jun 2020", "Year to Sep 2020",
                                          "Year to Dec 2020"};
    size_t n = 0;
    for (size_t s = 0; s < series + everyone; s++)
        for (size_t q = 0; q < windows; q++) {
            double v = 60.3 + 0.7 * (double)s - 0.31 * (double)q;
            rows[n++] = (chart_row){s < series ? names[s % 7] : "London",
                                    s == series,
                                    periods[q % 4],
                                    (double)q,
                                    400,
                                    v,
                                    v - 2.13,
                                    v + 2.29,
                                    ""};
        }
    return n;
}

static void trend_labels_do_not_touch(void **state)
{
    place *p = *state;
    static const size_t windows[] = {1, 2, 5, 12, 37, 60};
    static const unsigned widths[] = {0, 600, 1400};
    chart_row rows[8 * 60];
    for (size_t w = 0; w < sizeof windows / sizeof *windows; w++)
        for (size_t series = 0; series <= 7; series += series == 1 ? 3 : 1) {
            size_t n = make_trend(rows, series, windows[w], series != 3);
            if (n == 0)
                continue;
            baro_chart chart = chart_of(p->arena, BARO_CHART_TREND, rows, n);
            chart.width = widths[(w + series) % 3];
            chart.target = series == 4 ? 61.7 : NAN;
            check_page(p, &chart);
        }
}

static void bars_of_any_number_are_laid_out(void **state)
{
    place *p = *state;
    static const size_t counts[] = {1, 2, 6, 7, 13, 21, 35, 60};
    chart_row rows[61];
    char names[61][80];
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        rows[0] = by_group[0];
        for (size_t i = 1; i <= counts[c]; i++) {
            snprintf(names[i], sizeof names[i], "%.*s %zu", (int)(i * 7 % 60 + 1),
                     "Telephoned about something that was no emergency at all, yes", i);
            double v = fmod((double)(i * 37), 101);
            rows[i] = (chart_row){
                names[i], false, "", 0, (double)(i * 991), v, fmax(0, v - 5), fmin(100, v + 5), i % 5 ? "" : "[u]"};
        }
        baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, rows, counts[c] + 1);
        chart.target = c % 2 ? 63.5 : NAN;
        chart.width = c % 3 == 1 ? 640 : 0;
        check_page(p, &chart);
    }
}

static void a_break_and_a_gap_part_the_line(void **state)
{
    place *p = *state;
    chart_row rows[12];
    size_t n = make_trend(rows, 1, 10, false), paths[3];
    for (int round = 0; round < 3; round++) {
        if (round == 1)
            rows[5].marker = "[b]";
        if (round == 2) {
            rows[5].marker = "";
            rows[5].estimate = NONE;
        }
        baro_chart chart = chart_of(p->arena, BARO_CHART_TREND, rows, n);
        char *svg = draw(p, &chart, BARO_SVG, NULL);
        paths[round] = 0; /* moves of the pen in the colour of the series at its width */
        for (const char *at = svg; (at = strstr(at, "<path stroke=\"rgb( 18,  67, 109)\"")) != NULL; at++)
            for (const char *d = strstr(at, " d=\"") + 4; *d != '"'; d++)
                paths[round] += *d == 'M';
        assert_true((strstr(svg, ">[b]<") != NULL) == (round == 1));
        free(svg);
    }
    assert_int_equal(paths[1], paths[0] + 1);
    assert_int_equal(paths[2], paths[0] + 1);
}

static void a_value_that_is_not_the_latest_is_not_given_as_it(void **state)
{
    place *p = *state;
    chart_row rows[8];
    size_t n = make_trend(rows, 2, 4, false), texts_n;
    rows[3].estimate = rows[3].lower = rows[3].upper = NONE;
    rows[3].marker = "[c]";
    baro_chart chart = chart_of(p->arena, BARO_CHART_TREND, rows, n);
    svg_text *texts = drawn_texts(p, &chart, &texts_n);
    const svg_text *name = find_text(texts, texts_n, "White");
    bool marked = false;
    assert_non_null(name);
    for (size_t i = 0; i < texts_n; i++)
        marked = marked || (strcmp(texts[i].text, "[c]") == 0 && fabs(texts[i].y - name->y) < 1);
    assert_true(marked);
    svg_texts_free(texts, texts_n);
}

static void no_rows_is_said(void **state)
{
    place *p = *state;
    size_t n;
    for (int kind = 0; kind < 2; kind++) {
        baro_chart chart = chart_of(p->arena, (baro_chart_kind)kind, by_group, 0);
        svg_text *texts = drawn_texts(p, &chart, &n);
        assert_non_null(find_text(texts, n, "There are no figures to show."));
        svg_texts_free(texts, n);
    }
}

static void a_sheet_without_estimates_is_our_fault(void **state)
{
    place *p = *state;
    static const baro_sheet_column columns[] = {{.name = "label"}};
    static const baro_cell cells[] = {{.kind = BARO_CELL_TEXT, .text = "A"}};
    const baro_sheet sheet = {.columns = columns, .n_columns = 1, .cells = cells, .n_rows = 1};
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    chart.sheet = &sheet;
    assert_int_equal(baro_chart_draw(&chart, BARO_SVG, p->path, p->error), BARO_INTERNAL);
}

static void missing_folders_are_said(void **state)
{
    place *p = *state;
    char path[200];
    snprintf(path, sizeof path, "%s/missing/t.svg", p->directory);
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    assert_int_equal(baro_chart_draw(&chart, BARO_SVG, path, p->error), BARO_CANNOT_CREATE);
}

static void rare_letters_become_question_marks_without_fonts(void **state)
{
    place *p = *state;
    fake_path fake;
    static const chart_row rows[] = {
        {"\xF0\x9F\x91\xAE \xE2\x80\x93 Caf\xC3\xA9", false, "", 0, NONE, 50, NONE, NONE, ""}};
    assert_int_equal(fake_path_enter(&fake, 0), 0);
    assert_int_equal(fake_path_program(&fake, "fc-list", "exit 1"), 0);
    assert_int_equal(fake_path_program(&fake, "gnuplot", "grep -q '\"? \xE2\x80\x93 Caf\xC3\xA9\"' && exit 9"), 0);
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, rows, 1);
    baro_status status = baro_chart_draw(&chart, BARO_PNG, p->path, p->error);
    fake_path_leave(&fake);
    assert_int_equal(status, BARO_NO_PROGRAM);
    assert_non_null(strstr(baro_error_entry_at(p->error, 0)->message, "failed with status 9"));
}

static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    const baro_type regular = {1000, 0, false, ""}, bold = {1000, 0, true, ""};
    check_close(baro_measure(&regular, "Aj 1%"), 1.03 * (667 + 222 + 278 + 556 + 889), 1e-12);
    check_close(baro_measure(&bold, "Aj 1%"), 1.03 * (722 + 278 + 278 + 556 + 889), 1e-12);
    check_close(baro_measure(&regular, "e\xCC\x81"), 1.03 * 556, 1e-12); /* e and a combining accent */
    check_close(baro_measure(&regular, ""), 0, 1e-12);
}

static void wrapping_keeps_every_letter(void **state)
{
    place *p = *state;
    const baro_type type = {10, 12, false, ""};
    static const char text[] =
        "The quick  brown Donaudampfschifffahrtsgesellschaft jumps\nover \xC3\xBC\xC3\xB6\xC3\xA4";
    for (double width = 12; width < 400; width *= 1.17)
        for (int evenly = 0; evenly < 2; evenly++) {
            baro_lines lines;
            char joined[200] = "", wanted[200] = "";
            assert_true((evenly ? baro_wrap_evenly : baro_wrap)(p->arena, &type, text, width, 90, &lines));
            for (size_t i = 0; i < lines.n; i++) {
                assert_true(baro_measure(&type, lines.line[i]) <= width);
                strcat(joined, lines.line[i]);
            }
            for (const char *at = text; *at; at++)
                if (*at != ' ' && *at != '\n')
                    strncat(wanted, at, 1);
            char *to = joined;
            for (const char *at = joined; *at; at++)
                if (*at != ' ')
                    *to++ = *at;
            *to = '\0';
            assert_string_equal(joined, wanted);
        }
    baro_lines cut;
    assert_true(baro_wrap(p->arena, &type, text, 60, 2, &cut));
    assert_int_equal(cut.n, 2);
    assert_non_null(strstr(cut.line[1], "\xE2\x80\xA6"));
    assert_true(baro_measure(&type, cut.line[1]) <= 62);
    assert_true(baro_wrap(p->arena, &type, NULL, 60, 2, &cut));
    assert_int_equal(cut.n, 0);
}

/* gnuplots that are not what they should be. */
typedef struct {
    const char *name, *script; /* NULL: none is there */
    baro_picture picture;
    const char *message;
} liar;

#define HEAD "<?xml version=\"1.0\"?><svg width=\"9\" height=\"9\">"
static const liar liars[] = {
    {"gnuplot missing", NULL, BARO_SVG, "gnuplot cannot be run; is it installed?"},
    {"gnuplot silent", "cat >/dev/null", BARO_SVG, "gnuplot ended without a picture"},
    {"gnuplot silent without reading", ":", BARO_PNG, "gnuplot ended without a picture"},
    {"gnuplot failing", "cat >/dev/null; echo no; exit 1", BARO_PDF, "gnuplot failed with status 1"},
    {"gnuplot dying", "kill -11 $$", BARO_SVG, "gnuplot was ended by signal 11"},
    {"gnuplot hanging", "exec sleep 60", BARO_SVG, "gnuplot did not end within 0.5 seconds"},
    {"gnuplot flooding stderr", "while :; do echo flood >&2; done", BARO_SVG, "gnuplot did not end within 0.5 seconds"},
    {"gnuplot flooding stdout", "while :; do echo flood; done", BARO_SVG, "gnuplot wrote more than 200000 bytes"},
    {"half an svg", "echo '" HEAD "<g>'", BARO_SVG, "gnuplot ended with an incomplete picture"},
    {"an svg cut in a tag", "printf '" HEAD "<g></svg'", BARO_SVG, "gnuplot ended with an incomplete picture"},
    {"an svg that is not nested", "echo '" HEAD "<g></svg>'", BARO_SVG, "gnuplot's SVG is not one that it should draw"},
    {"an svg with a script", "echo '" HEAD "<script>alert(1)</script></svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"an svg with a handler", "echo '" HEAD "<g onload=\"x()\"/></svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"an svg with a link out", "echo '" HEAD "<use href=\"http://a/b\"/></svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"two svgs", "echo '" HEAD "</svg><svg></svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"text behind the svg", "echo '" HEAD "</svg>x</svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"an svg with an entity", "echo '" HEAD "<text>&x;</text></svg>'", BARO_SVG, "gnuplot's SVG is not one"},
    {"an svg with a document type", "echo '<?xml version=\"1.0\"?><!DOCTYPE a []><svg></svg>'", BARO_SVG,
     "gnuplot's SVG is not one"},
    {"half a png", "printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR'", BARO_PNG,
     "gnuplot ended with an incomplete picture"},
    {"text for a png", "echo 'a long text that is no picture, whatever it ends with IEND'", BARO_PNG,
     "gnuplot ended with an incomplete picture"},
    {"half a pdf", "printf '%%PDF-1.5\\n'", BARO_PDF, "gnuplot ended with an incomplete picture"},
};

static void is_found_out(void **state)
{
    const liar *l = *state;
    fake_path fake;
    void *inner = NULL;
    assert_int_equal(set_up(&inner), 0);
    place *p = inner;
    FILE *old = fopen(p->path, "w");
    assert_non_null(old);
    fputs("old", old);
    fclose(old);
    baro_chart chart = chart_of(p->arena, BARO_CHART_BARS, by_group, GROUPS);
    assert_int_equal(fake_path_enter(&fake, l->script == NULL), 0);
    if (l->script)
        assert_int_equal(fake_path_program(&fake, "gnuplot", l->script), 0);
    const baro_gnuplot_limits limits = {strstr(l->message, "0.5") ? 0.5 : 30, 200000};
    baro_status status = baro_chart_draw_within(&chart, l->picture, p->path, &limits, p->error);
    fake_path_leave(&fake);
    assert_int_equal(status, BARO_NO_PROGRAM);
    assert_int_equal(baro_error_faults(p->error), 1);
    char wanted[300];
    snprintf(wanted, sizeof wanted, "chart %s: %s", p->path, l->message);
    const char *message = baro_error_entry_at(p->error, 0)->message;
    if (strncmp(message, wanted, strlen(wanted)) != 0)
        print_error("got: %s\n", message);
    assert_int_equal(strncmp(message, wanted, strlen(wanted)), 0);
    char *now = read_whole(p->path, NULL);
    assert_string_equal(now, "old");
    free(now);
    assert_int_equal(tear_down(&inner), 0);
}

static const struct {
    const char *path;
    int picture; /* -1: none */
} endings[] = {{"a.svg", BARO_SVG},   {"/x.y/a.PNG", BARO_PNG},
               {"a.b.Pdf", BARO_PDF}, {"a.gif", -1},
               {"svg", -1},           {".svg", -1},
               {"a.svg ", -1},        {"", -1},
               {"a.png.", -1},        {"-", -1}};

static void endings_name_pictures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        baro_picture picture = BARO_PDF;
        assert_int_equal(baro_picture_of_path(endings[i].path, &picture), endings[i].picture >= 0);
        if (endings[i].picture >= 0)
            assert_int_equal(picture, endings[i].picture);
    }
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    static const struct CMUnitTest fixed[] = {
        CASE(bars_are_sorted_highest_first),
        CASE(bars_say_numbers_and_hide_what_is_hidden),
        CASE(the_foot_explains_what_is_there),
        CASE(svg_can_be_read_aloud_and_put_in_a_page),
        CASE(the_same_inputs_give_the_same_bytes),
        CASE(size_is_as_asked_for),
        CASE(trend_labels_do_not_touch),
        CASE(bars_of_any_number_are_laid_out),
        CASE(a_break_and_a_gap_part_the_line),
        CASE(a_value_that_is_not_the_latest_is_not_given_as_it),
        CASE(no_rows_is_said),
        CASE(a_sheet_without_estimates_is_our_fault),
        CASE(missing_folders_are_said),
        CASE(rare_letters_become_question_marks_without_fonts),
        CASE(wrapping_keeps_every_letter),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(endings_name_pictures),
    };
    enum { FIXED = sizeof fixed / sizeof *fixed, LIARS = sizeof liars / sizeof *liars };
    struct CMUnitTest all[FIXED + LIARS];
    liar rows[LIARS];
    memcpy(rows, liars, sizeof liars);
    memcpy(all, fixed, sizeof fixed);
    for (size_t i = 0; i < LIARS; i++)
        all[FIXED + i] =
            (struct CMUnitTest){.name = liars[i].name, .test_func = is_found_out, .initial_state = &rows[i]};
    return _cmocka_run_group_tests("chart", all, FIXED + LIARS, NULL, NULL);
}
