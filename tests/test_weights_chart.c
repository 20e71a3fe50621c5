/* The chart of weights: every share and both numbers stand where they belong, at any width and number of rows. */
#include "tests/check.h"
#include "io/base/arena.h"
#include "plots/chart.h"
#include "tests/chart_layout.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 4, MOST = 40 };

static const baro_sheet_column columns[COLUMNS] = {
    {.name = "label"}, {.name = "period"}, {.name = "before", .numeric = true}, {.name = "estimate", .numeric = true}};

typedef struct {
    const char *name;
    size_t rows;
    unsigned width, height;
    double highest;
    const char *last_tick; /* the smallest end that holds the highest share */
    const char *label;
} shape;

static const shape shapes[] = {
    {"one row", 1, 0, 0, 9.7, "10%", "Female"},
    {"two margins", 8, 0, 0, 51.2, "60%", "16 to 24"},
    {"narrow, with long labels", 9, 480, 0, 37.3, "40%", "Mixed or multiple ethnic groups, of any background"},
    {"stretched to a slide", 5, 1280, 720, 18.9, "20%", "Male"},
    {"many rows", 40, 720, 0, 91.37, "100%", "65 and over"},
};

static baro_cell text(const char *words)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = words};
}

static baro_cell number(double x)
{
    return (baro_cell){.kind = BARO_CELL_NUMBER, .number = x};
}

/* Row i goes from before_of to after_of; the first is the highest. */
static double before_of(const shape *s, size_t i)
{
    return s->highest * (double)(s->rows - i) / (double)s->rows;
}

static double after_of(const shape *s, size_t i)
{
    return before_of(s, i) * 0.873;
}

static void fill(const shape *s, baro_arena *arena, baro_sheet *sheet)
{
    baro_cell *cell = BARO_ARRAY(arena, baro_cell, s->rows * COLUMNS);
    assert_non_null(cell);
    for (size_t i = 0; i < s->rows; i++) {
        const char *margin = i < 2 ? "sex" : "age";
        cell[i * COLUMNS] = text(baro_arena_format(arena, "%s: %s %zu", margin, s->label, i));
        cell[i * COLUMNS + 1] = text(margin);
        cell[i * COLUMNS + 2] = number(before_of(s, i));
        cell[i * COLUMNS + 3] = number(after_of(s, i));
    }
    *sheet = (baro_sheet){.id = "weights", .columns = columns, .n_columns = COLUMNS, .cells = cell, .n_rows = s->rows};
}

static char *draw(const baro_chart *chart)
{
    char folder[] = "/tmp/baro-weights-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/w.svg", folder);
    baro_error *error = baro_error_new();
    assert_int_equal(baro_chart_draw(chart, BARO_SVG, path, error), BARO_OK);
    baro_error_free(error);
    char *svg = read_whole(path, NULL);
    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* nothing was left behind */
    assert_non_null(svg);
    return svg;
}

static const svg_text *find(const svg_text *texts, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].text, wanted) == 0)
            return &texts[i];
    print_error("not drawn: '%s'\n", wanted);
    fail();
    return NULL;
}

static void draws(void **state)
{
    const shape *s = *state;
    baro_arena *arena = baro_arena_new();
    baro_sheet sheet;
    assert_non_null(arena);
    fill(s, arena, &sheet);
    const baro_chart chart = {
        .kind = BARO_CHART_WEIGHTS,
        .sheet = &sheet,
        .title = "What weighting changes",
        .unit = "%",
        .source = "Iterations: 5. Weights: smallest 0.250 \xE2\x86\x92 0.171, largest 3.513 \xE2\x86\x92 3.943, "
                  "coefficient of variation 0.455 \xE2\x86\x92 0.505, Kish design effect 1.207 \xE2\x86\x92 1.255.",
        .percent = true,
        .target = NAN,
        .decimals = 1,
        .width = s->width,
        .height = s->height,
        .id = "w"};
    size_t n;
    char *svg = draw(&chart);
    svg_text *texts = svg_texts_read(svg, &n);
    const char *width = strstr(svg, " width=\""), *height = strstr(svg, " height=\"");
    assert_true(width && height);
    check_chart_layout(texts, n, strtod(width + 8, NULL), strtod(height + 9, NULL));
    if (s->height)
        assert_int_equal((int)strtod(height + 9, NULL), s->height);
    find(texts, n, s->last_tick);
    double last = 0, steps[MOST] = {0};
    for (size_t i = 0; i < s->rows; i++) { /* in the order of the sheet, however large */
        char value[64];
        snprintf(value, sizeof value, "%.1f%% \xE2\x86\x92 %.1f%%", before_of(s, i), after_of(s, i));
        double y = find(texts, n, value)->y;
        assert_true(y > last);
        steps[i] = y - last;
        last = y;
    }
    if (s->rows > 3)
        assert_true(steps[2] > steps[3] + 5); /* a margin is parted from the next */
    svg_texts_free(texts, n);
    free(svg);
    baro_arena_free(arena);
}

/* A row without one of its shares keeps its place and shows no number. */
static void leaves_out_what_is_not_there(void **state)
{
    (void)state;
    baro_cell cell[] = {
        text("sex: Female"),       text("sex"),  number(51.37), number(48.21), text("sex: Male"), text("sex"),
        {.kind = BARO_CELL_EMPTY}, number(51.79)};
    const baro_sheet sheet = {.id = "weights", .columns = columns, .n_columns = COLUMNS, .cells = cell, .n_rows = 2};
    const baro_chart chart = {.kind = BARO_CHART_WEIGHTS,
                              .sheet = &sheet,
                              .title = "t",
                              .unit = "%",
                              .percent = true,
                              .target = NAN,
                              .decimals = 1,
                              .id = "w"};
    char *svg = draw(&chart);
    size_t n;
    svg_text *texts = svg_texts_read(svg, &n);
    find(texts, n, "sex: Male");
    find(texts, n, "51.4% \xE2\x86\x92 48.2%");
    for (size_t i = 0; i < n; i++)
        assert_null(strstr(texts[i].text, "51.8%"));
    svg_texts_free(texts, n);
    free(svg);
}

int main(void)
{
    enum { SHAPES = sizeof shapes / sizeof *shapes };
    struct CMUnitTest tests[SHAPES + 1];
    for (size_t i = 0; i < SHAPES; i++)
        tests[i] = (struct CMUnitTest){
            .name = shapes[i].name, .test_func = draws, .initial_state = (void *)(uintptr_t)&shapes[i]};
    tests[SHAPES] = (struct CMUnitTest){.name = "a share that is not there", .test_func = leaves_out_what_is_not_there};
    return _cmocka_run_group_tests("weights chart", tests, SHAPES + 1, NULL, NULL);
}
