/* 20,000 hostile labels through gnuplot: nothing is executed, and what comes out is what went in. */
#include "tests/check.h"
#include "io/base/text.h"
#include "plots/draw/gnuplot.h"
#include "plots/draw/script.h"
#include "plots/draw/svg.h"
#include "tests/chart_sheet.h"
#include "tests/svg_text.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LABELS = 20000, AT_ONCE = 500, LONGEST = 240, PICTURES_AT_ONCE = 250 };

/* Everything that gnuplot, a shell, SVG or printf has ever obeyed. CANARY stands for a file that must never come to be.
 */
static const char *const fragments[] = {
    "`touch CANARY`",
    "\"",
    "\\",
    "'",
    "''",
    "\\\"",
    "\\\\",
    "\\\\\"",
    "\"; system('touch CANARY') #",
    "' . system(\"touch CANARY\") . '",
    "\n!touch CANARY\n",
    "@GPVAL_TERM",
    "@L",
    "@ARGV",
    "%s%n%d",
    "%h",
    "{/Symbol a}",
    "^{2}",
    "_x",
    "&{space}",
    "~a{b}",
    "\\n",
    "\\t",
    "\\101",
    "\\x60touch CANARY\\x60",
    "$(touch CANARY)",
    "${PATH}",
    "$D1",
    "E",
    "EOD",
    "\"\nE\nplot '< touch CANARY'",
    "#",
    ";",
    ",",
    "]]>",
    "]]",
    "]]]]>>",
    "<![CDATA[",
    "<script>alert(1)</script>",
    "</text>",
    "<!--",
    "-->",
    "<?xml?>",
    "&amp;",
    "&lt;",
    "&#60;",
    "&",
    "<",
    ">",
    "set output '| touch CANARY'",
    "load '/etc/passwd'",
    "\"-\"",
    "|touch CANARY",
    "pause -1",
    "eval(\"x\")",
    "1/0",
    "\xE2\x80\xAE",
    "\xE2\x80\x8F",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\xF0\x9F\x91\xAE",
    "e\xCC\x81",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBE",
    "\xE2\x80\xA8",
    "\xC3\xA9",
    "\xE8\xAD\xA6",
    "  ",
    " ",
    "a",
    "Black",
    "0",
    "-1e999",
    "nan",
    "=cmd()",
    "\xC2\xA0",
    "\xE2\x80\xA6",
};
enum { FRAGMENTS = sizeof fragments / sizeof *fragments };

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Fragments and single letters in any order. Line feeds are the wrapper's business: a script's text has none. */
static void make_label(uint64_t *seed, char out[LONGEST + 1])
{
    size_t n = 0, parts = 1 + next_random(seed) % 7;
    for (size_t i = 0; i < parts; i++) {
        char letter[2] = {(char)(' ' + next_random(seed) % 95), '\0'};
        const char *part = next_random(seed) % 3 ? fragments[next_random(seed) % FRAGMENTS] : letter;
        for (size_t k = 0; part[k] && n + strlen(part) < LONGEST; k++)
            out[n++] = part[k] == '\n' ? ' ' : part[k];
    }
    if (n == 0)
        out[n++] = '"';
    out[n] = '\0';
}

/* What a reader may see of a label: without marks of direction and noncharacters, the end of CDATA taken apart. */
static void shown_label(const char *label, char *out)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"]]>", "]] >"}, {"\xE2\x80\xAE", ""}, {"\xEF\xBB\xBF", ""}, {"\xEF\xBF\xBE", ""}, {"\xE2\x80\xA8", " "}};
    while (*label) {
        size_t c = 0;
        while (c < sizeof changes / sizeof *changes && strncmp(label, changes[c].from, strlen(changes[c].from)) != 0)
            c++;
        if (c == sizeof changes / sizeof *changes) {
            *out++ = *label++;
            continue;
        }
        out = stpcpy(out, changes[c].to);
        label += strlen(changes[c].from);
    }
    *out = '\0';
}

typedef struct {
    char directory[64], canary[128], from[4096];
    char (*label)[LONGEST + 1];
} hunt;

/* Runs in a directory of its own, where a canary would appear. */
static int set_up(void **state)
{
    hunt *h = calloc(1, sizeof *h);
    if (!h || !getcwd(h->from, sizeof h->from))
        return -1;
    strcpy(h->directory, "/tmp/baro-labels-XXXXXX");
    if (!mkdtemp(h->directory) || chdir(h->directory) != 0)
        return -1;
    snprintf(h->canary, sizeof h->canary, "%s/CANARY", h->directory);
    h->label = malloc(LABELS * sizeof *h->label);
    uint64_t seed = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; h->label && i < LABELS; i++)
        make_label(&seed, h->label[i]);
    *state = h;
    return h->label ? 0 : -1;
}

static int tear_down(void **state)
{
    hunt *h = *state;
    int failed = chdir(h->from);
    failed |= rmdir(h->directory); /* not empty: something was executed */
    free(h->label);
    free(h);
    return failed;
}

static void check_no_canary(const hunt *h)
{
    assert_int_equal(access(h->canary, F_OK), -1);
}

/* Draws labels [from, from + n) with gnuplot. */
static char *draw_labels(const hunt *h, size_t from, size_t n, baro_picture picture, baro_glyphs *glyphs,
                         size_t *length)
{
    baro_script *script = baro_script_new(glyphs);
    const char *text;
    size_t text_length;
    char *bytes = NULL;
    baro_error *error = baro_error_new();
    for (size_t i = 0; i < n; i++)
        baro_script_text(script, &baro_type_label, BARO_LEFT, 10, 10 + (double)i, h->label[from + i]);
    assert_int_equal(baro_script_finish(script, picture, 900, 600, &text, &text_length), BARO_OK);
    baro_status status = baro_gnuplot_run(text, text_length, picture, 900, 600, NULL, "labels", &bytes, length, error);
    if (status != BARO_OK)
        baro_error_print(error, true, stderr);
    assert_int_equal(status, BARO_OK);
    baro_error_free(error);
    baro_script_free(script);
    return bytes;
}

static void every_label_comes_out_of_svg_as_it_went_in(void **state)
{
    const hunt *h = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/labels.svg", h->directory);
    for (size_t from = 0; from < LABELS; from += AT_ONCE) {
        size_t length, n;
        char *raw = draw_labels(h, from, AT_ONCE, BARO_SVG, NULL, &length);
        baro_output *output;
        assert_int_equal(baro_output_open(path, &output, NULL), BARO_OK);
        assert_int_equal(baro_svg_write(raw, length, "l", h->label[from], h->label[from + 1], output), BARO_OK);
        assert_int_equal(baro_output_close(output, NULL), BARO_OK);
        free(raw);
        char *svg = read_whole(path, NULL);
        svg_text *texts = svg_texts_read(svg, &n);
        size_t t = 0;
        for (size_t i = 0; i < AT_ONCE; i++) {
            char wanted[2 * LONGEST];
            shown_label(h->label[from + i], wanted);
            if (wanted[strspn(wanted, " ")] == '\0' && (t == n || strcmp(texts[t].text, wanted) != 0))
                continue; /* gnuplot may leave a blank label out */
            assert_true(t < n);
            assert_string_equal(texts[t].text, wanted);
            t++;
        }
        assert_int_equal(t, n);
        svg_texts_free(texts, n);
        free(svg);
    }
    unlink(path);
    check_no_canary(h);
}

static void png_and_pdf_execute_nothing(void **state)
{
    const hunt *h = *state;
    baro_glyphs *glyphs = baro_glyphs_new();
    for (size_t from = 0; from < LABELS; from += LABELS / 8)
        for (int picture = BARO_PNG; picture <= BARO_PDF; picture++) {
            size_t length;
            char *bytes = draw_labels(h, from, PICTURES_AT_ONCE, (baro_picture)picture, glyphs, &length);
            assert_true(length > 1000);
            free(bytes);
        }
    baro_glyphs_free(glyphs);
    check_no_canary(h);
}

static void whole_charts_survive_them(void **state)
{
    const hunt *h = *state;
    enum { ROWS = 12 };
    for (size_t from = 0; from < 40 * ROWS; from += ROWS) {
        baro_arena *arena = baro_arena_new();
        static const baro_chart_kind kinds[] = {
            BARO_CHART_BARS,      BARO_CHART_TREND, BARO_CHART_LIKERT,    BARO_CHART_TILES,   BARO_CHART_HEAT,
            BARO_CHART_MULTIPLES, BARO_CHART_GAP,   BARO_CHART_WATERFALL, BARO_CHART_CONTROL, BARO_CHART_SPREAD};
        baro_chart_kind kind = kinds[from / ROWS % (sizeof kinds / sizeof *kinds)];
        chart_mark rows[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            double v = fmod((double)(from + i) * 7.31, 100);
            rows[i] = (chart_mark){.label = h->label[from + i],
                                   .everyone = i == 3,
                                   .period = h->label[from + (i + 5) % ROWS],
                                   .level = h->label[from + (i + 6) % ROWS],
                                   .role = kind != BARO_CHART_SPREAD ? "positive"
                                           : i % 4 == 0              ? "factor"
                                                                     : "",
                                   .words = h->label[from + (i + 8) % ROWS],
                                   .interval = h->label[from + (i + 9) % ROWS],
                                   .before = v / 2,
                                   .across = h->label[from + (i + 7) % ROWS],
                                   .order = (double)(i % 4),
                                   .base = 99,
                                   .estimate = v,
                                   .lower = v,
                                   .upper = v,
                                   .clear = NAN,
                                   .x = (double)(i % 4),
                                   .y = (double)(i / 4),
                                   .marker = i % 5 ? "" : "[u]"};
        }
        baro_chart chart = {.kind = kind,
                            .sheet = chart_sheet(arena, rows, ROWS),
                            .title = h->label[from],
                            .subtitle = h->label[from + 1],
                            .source = h->label[from + 2],
                            .description = h->label[from + 3],
                            .unit = "%",
                            .percent = true,
                            .target = NAN,
                            .period_axis = h->label[from + 4],
                            .heading = h->label[from + 6],
                            .before = h->label[from + 7],
                            .now = h->label[from + 8],
                            .id = h->label[from + 5]};
        baro_error *error = baro_error_new();
        baro_status status = baro_chart_draw(&chart, BARO_SVG, "chart.svg", error);
        if (status != BARO_OK)
            baro_error_print(error, true, stderr);
        assert_int_equal(status, BARO_OK);
        baro_error_free(error);
        baro_arena_free(arena);
    }
    unlink("chart.svg");
    check_no_canary(h);
}

/* Texts that no script may hold. */
static const struct {
    const char *name, *text;
} refused[] = {
    {"a line feed is refused in a script", "a\nb"},
    {"a carriage return is refused", "a\rb"},
    {"a tab is refused", "a\tb"},
    {"an escape is refused", "\x1B[31m"},
    {"a delete is refused", "a\x7F"},
    {"a C1 control is refused", "a\xC2\x9B"},
    {"a lone continuation is refused", "a\x80"},
    {"an overlong form is refused", "\xC0\xAF"},
    {"a surrogate is refused", "\xED\xA0\x80"},
    {"half a letter is refused", "a\xE2\x82"},
    {"Windows-1252 is refused", "Caf\xE9"},
    {"beyond Unicode is refused", "\xF4\x90\x80\x80"},
};

static void is_refused(void **state)
{
    size_t row = *(const size_t *)*state, length;
    const char *text;
    baro_script *script = baro_script_new(NULL);
    baro_script_text(script, &baro_type_label, BARO_LEFT, 1, 1, "fine");
    baro_script_text(script, &baro_type_label, BARO_LEFT, 1, 1, refused[row].text);
    assert_int_equal(baro_script_finish(script, BARO_SVG, 900, 600, &text, &length), BARO_BAD_DATA);
    baro_script_free(script);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(every_label_comes_out_of_svg_as_it_went_in),
        cmocka_unit_test(png_and_pdf_execute_nothing),
        cmocka_unit_test(whole_charts_survive_them),
    };
    enum { FIXED = sizeof fixed / sizeof *fixed, REFUSED = sizeof refused / sizeof *refused };
    struct CMUnitTest bad[REFUSED];
    size_t rows[REFUSED];
    for (size_t i = 0; i < REFUSED; i++) {
        rows[i] = i;
        bad[i] = (struct CMUnitTest){.name = refused[i].name, .test_func = is_refused, .initial_state = &rows[i]};
    }
    int failed = _cmocka_run_group_tests("labels", fixed, FIXED, set_up, tear_down);
    return failed + _cmocka_run_group_tests("refused labels", bad, REFUSED, NULL, NULL);
}
