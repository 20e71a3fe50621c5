/* SPSS and Stata files: dates, kinds, the same cells as their CSV twin, and files that are none. */
#include "tests/check.h"
#include "tests/frame_help.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- dates --- */

static const struct {
    const char *name, *format;
    bool spss;
    double x;
    const char *wanted; /* NULL: a number */
} dates[] = {
    {"SPSS day", "SDATE10", true, 13891910400.0, "2023-01-01"},
    {"SPSS last second of a day", "DATE11", true, 13891910399.0, "2022-12-31"},
    {"SPSS first day", "EDATE10", true, 0, "1582-10-14"},
    {"SPSS second", "DATETIME20", true, 13891910400.0 + 34225.75, "2023-01-01T09:30:25"},
    {"SPSS YMDHMS", "YMDHMS19.0", true, 13891996799.0, "2023-01-01T23:59:59"},
    {"SPSS month and year", "MOYR8", true, 13891910400.0, "2023-01-01"},
    {"SPSS time of day", "TIME8", true, 34225, NULL},
    {"SPSS days and time", "DTIME12", true, 34225, NULL},
    {"SPSS weekday", "WKDAY9", true, 2, NULL},
    {"SPSS number", "F8.2", true, 13891910400.0, NULL},
    {"Stata first day", "%td", false, 0, "1960-01-01"},
    {"Stata day before", "%td", false, -1, "1959-12-31"},
    {"Stata day as it looks", "%tdD_m_Y", false, 23011, "2023-01-01"},
    {"Stata old day", "%d", false, 14669, "2000-02-29"},
    {"Stata left adjusted", "%-td", false, 23011, "2023-01-01"},
    {"Stata millisecond", "%tc", false, 1988150400000.0 + 34225999, "2023-01-01T09:30:25"},
    {"Stata millisecond before 1960", "%tc", false, -1, "1959-12-31T23:59:59"},
    {"Stata month", "%tm", false, 759, "2023-04"},
    {"Stata month before", "%tm", false, -1, "1959-12"},
    {"Stata quarter", "%tq", false, 253, "2023 Q2"},
    {"Stata half", "%th", false, 127, "2023-07-01"},
    {"Stata week", "%tw", false, 3277, "2023-01-08"},
    {"Stata year", "%ty", false, 2023, NULL},
    {"Stata number", "%9.0g", false, 23011, NULL},
    {"too early", "%td", false, -800000, NULL},
    {"too late", "%tq", false, 1e12, NULL},
    {"no number", "%td", false, NAN, NULL},
};

static void date_is(void **state)
{
    const size_t i = (size_t)(uintptr_t)*state;
    char text[BARO_DATE_TEXT] = "";
    baro_date_form form = dates[i].spss ? baro_date_of_spss(dates[i].format) : baro_date_of_stata(dates[i].format);
    size_t length = baro_date_write(form, dates[i].x, text);
    assert_int_equal(length, dates[i].wanted ? strlen(dates[i].wanted) : 0);
    if (dates[i].wanted)
        assert_string_equal(text, dates[i].wanted);
}

/* --- twins --- */

static baro_frame *read_all(const char *path, const baro_want *wants, size_t n, baro_error *error)
{
    const baro_csv_format format = {0};
    baro_frame *frame = NULL;
    baro_frame_read(&path, 1, &format, wants, n, NULL, error, &frame);
    return frame;
}

static const char *const columns[] = {"id", "day", "area", "ward", "sex", "age", "trust", "hours", "wt"};
enum { N = sizeof columns / sizeof *columns };

static void same_text(const baro_column *a, const baro_column *b, size_t row, bool tags)
{
    const baro_entry *x = &a->entries[baro_column_code(a, row)], *y = &b->entries[baro_column_code(b, row)];
    if (tags && y->length == 2 && y->text[0] == '.') { /* 9, 8 and -1 are .a, .b and .c there */
        static const char *const codes[] = {"9", "8", "-1"};
        assert_string_equal(x->text, codes[y->text[1] - 'a']);
        return;
    }
    assert_string_equal(x->text, y->text);
}

static void same_number(const baro_column *a, const baro_column *b, size_t row, bool tags)
{
    uint32_t x = 0, y = 0;
    bool x_is_none = baro_number_entry(a->numbers[row], &x), y_is_none = baro_number_entry(b->numbers[row], &y);
    if (tags && y_is_none && b->entries[y].length == 2)
        return;
    assert_int_equal(x_is_none, y_is_none);
    if (x_is_none)
        assert_string_equal(a->entries[x].text, b->entries[y].text);
    else
        assert_true(a->numbers[row] == b->numbers[row]);
}

static const char *const twins[] = {"tests/data/stat-twin.sav", "tests/data/stat-twin.zsav", "tests/data/stat-twin.dta", "tests/data/stat-twin-8.dta"};

static void twin_is_same(void **state)
{
    const char *path = *state;
    bool tags = strstr(path, "twin.dta") != NULL;
    baro_want wants[2 * N];
    for (size_t i = 0; i < 2 * N; i++)
        wants[i] = (baro_want){&columns[i % N], 1, i < N ? BARO_TEXT : BARO_NUMBER};
    baro_error *error = baro_error_new();
    baro_frame *csv = read_all("tests/data/stat-twin.csv", wants, 2 * N, error), *twin = read_all(path, wants, 2 * N, error);
    assert_non_null(csv);
    assert_non_null(twin);
    assert_int_equal(baro_frame_rows(csv), 160);
    assert_int_equal(baro_frame_rows(twin), 160);
    for (size_t i = 0; i < N; i++)
        for (size_t row = 0; row < 160; row++) {
            same_text(baro_frame_column(csv, i), baro_frame_column(twin, i), row, tags && strcmp(columns[i], "trust") == 0);
            same_number(baro_frame_column(csv, N + i), baro_frame_column(twin, N + i), row, tags);
        }
    assert_int_equal(baro_frame_row_place(twin, 41).line, 42);
    assert_int_equal(baro_frame_column(twin, 2)->entries[1].places[0].line, 1);
    assert_int_equal(baro_frame_column(twin, 2)->entries[1].places[0].column, 3);
    baro_frame_free(csv);
    baro_frame_free(twin);
    baro_error_free(error);
}

/* Two files of two kinds are one survey; a column that one of them lacks is absent there. */
static void kinds_mix(void **state)
{
    (void)state;
    const char *paths[] = {"tests/data/stat-twin.csv", "tests/data/stat-twin.zsav", "tests/data/gen-elements.csv"}, *name = "hours", *other = "y";
    const baro_want wants[] = {{&name, 1, BARO_NUMBER}, {&other, 1, BARO_TEXT}};
    const baro_csv_format format = {0};
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    assert_int_equal(baro_frame_read(paths, 3, &format, wants, 2, NULL, error, &frame), BARO_OK);
    assert_int_equal(baro_frame_rows(frame), 160 + 160 + 145);
    const baro_column *hours = baro_frame_column(frame, 0), *y = baro_frame_column(frame, 1);
    uint32_t entry;
    for (size_t row = 0; row < 160; row++)
        assert_true(hours->numbers[row] == hours->numbers[160 + row] || baro_number_entry(hours->numbers[row], &entry));
    assert_int_equal(baro_column_code(y, 200), 0);
    assert_true(baro_number_entry(hours->numbers[320], &entry) && entry == 0);
    baro_place place = baro_frame_row_place(frame, 161);
    assert_int_equal(place.source, 1);
    assert_int_equal(place.line, 2);
    baro_frame_free(frame);
    baro_error_free(error);
}

/* --- files that are none --- */

static void read_bytes(const char *path, char **bytes, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *bytes = malloc(1 << 16);
    assert_non_null(*bytes);
    *length = fread(*bytes, 1, 1 << 16, file);
    fclose(file);
}

/* However a file is cut, it is a fault and never fewer respondents. */
static void cut_is_fault(void **state)
{
    const char *path = *state;
    char *bytes, name[64];
    size_t length;
    read_bytes(path, &bytes, &length);
    for (size_t keep = 4; keep < length; keep += keep < 1200 ? 37 : 463) {
        baro_error *error = baro_error_new();
        help_write_file(bytes, keep, name);
        baro_frame *frame = read_all(name, NULL, 0, error);
        if (frame)
            fail_msg("%s cut to %zu bytes gave %zu rows", path, keep, baro_frame_rows(frame));
        if (!frame)
            assert_int_equal(baro_error_status(error), BARO_BAD_DATA);
        baro_frame_free(frame);
        unlink(name);
        baro_error_free(error);
    }
    free(bytes);
}

/* Bytes turned at places that step through the file: a frame or a fault, and no more to say than that. */
static void damaged_is_survived(void **state)
{
    const char *path = *state;
    char *bytes, name[64];
    size_t length;
    read_bytes(path, &bytes, &length);
    for (size_t at = 4; at < length; at += 97) {
        char was = bytes[at];
        bytes[at] = (char)(was ^ (at % 3 == 0 ? 0xFF : 0x41));
        baro_error *error = baro_error_new();
        help_write_file(bytes, length, name);
        baro_frame *frame = read_all(name, NULL, 0, error);
        assert_int_equal(frame == NULL, baro_error_faults(error) > 0);
        baro_frame_free(frame);
        unlink(name);
        baro_error_free(error);
        bytes[at] = was;
    }
    free(bytes);
}

int main(void)
{
    enum { DATES = sizeof dates / sizeof *dates, TWINS = sizeof twins / sizeof *twins };
    struct CMUnitTest tests[DATES + 3 * TWINS + 1];
    static char names[3 * TWINS][64];
    size_t n = 0;
    for (size_t i = 0; i < DATES; i++)
        tests[n++] = (struct CMUnitTest){dates[i].name, date_is, NULL, NULL, (void *)(uintptr_t)i};
    static const struct {
        const char *words;
        CMUnitTestFunction run;
    } each[] = {{"twin", twin_is_same}, {"cut", cut_is_fault}, {"damaged", damaged_is_survived}};
    char paths[TWINS][64];
    for (size_t i = 0; i < TWINS; i++)
        snprintf(paths[i], sizeof paths[i], "%s", twins[i]);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < TWINS; i++) {
            snprintf(names[k * TWINS + i], 64, "%s: %s", each[k].words, twins[i]);
            tests[n++] = (struct CMUnitTest){names[k * TWINS + i], each[k].run, NULL, NULL, paths[i]};
        }
    tests[n++] = (struct CMUnitTest){"CSV, SPSS and one more file", kinds_mix, NULL, NULL, NULL};
    return cmocka_run_group_tests_name("SPSS and Stata files", tests, NULL, NULL);
}
