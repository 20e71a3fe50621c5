/* What a frame holds, and that neither blocks nor threads show in it. */
#include "tests/check.h"
#include "tests/frame_help.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const baro_csv_format automatic = {0};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 16;
}

static baro_frame *read_all(const char *const *paths, size_t n_paths, const baro_want *wants, size_t n_wants)
{
    baro_error *error = baro_error_new();
    baro_pool *pool = baro_pool_new(2);
    baro_frame *frame = NULL;
    baro_status status = baro_frame_read(paths, n_paths, &automatic, wants, n_wants, pool, error, &frame);
    baro_error_print(error, true, stderr);
    assert_int_equal(status, BARO_OK);
    baro_pool_free(pool);
    baro_error_free(error);
    return frame;
}

static const char *text_at(const baro_column *column, size_t row)
{
    const baro_entry *entry = &column->entries[baro_column_code(column, row)];
    return entry->text ? entry->text : "(absent)";
}

/* --- several files --- */

static void test_files(void **state)
{
    (void)state;
    char one[64], two[64], three[64];
    help_write_file("id,sex,WT\nA,Man,0.5\nB,\"Wo\nman\",1.25\nC,,NA\n", 42, one);
    help_write_file("WT;region;SEX;id\n0,75;North;Woman;D\nNA;South;Man;E\n", 51, two);
    help_write_file("id\nF\n", 5, three);
    const char *paths[] = {one, two, three};
    const char *sex[] = {"sex", "SEX"}, *weight[] = {"WT"}, *region[] = {"region"};
    const baro_want wants[] = {{sex, 2, BARO_TEXT}, {weight, 1, BARO_NUMBER}, {region, 1, BARO_TEXT}};
    baro_frame *frame = read_all(paths, 3, wants, 3);
    assert_int_equal(baro_frame_rows(frame), 6);
    assert_int_equal(baro_frame_columns(frame), 3);
    const baro_column *column = baro_frame_column(frame, 0);
    static const char *const sexes[] = {"Man", "Wo\nman", "", "Woman", "Man", "(absent)"};
    for (size_t row = 0; row < 6; row++)
        assert_string_equal(text_at(column, row), sexes[row]);
    assert_string_equal(column->name, "sex");
    assert_string_equal(column->found[0], "sex");
    assert_string_equal(column->found[1], "SEX");
    assert_null(column->found[2]);
    assert_int_equal(column->field[0], 2);
    assert_int_equal(column->field[1], 3);
    assert_int_equal(column->field[2], 0);
    assert_int_equal(column->entries[0].count, 1);
    assert_int_equal(column->entries[1].count, 2);
    assert_int_equal(column->entries[4].places[0].source, 1);
    assert_int_equal(column->entries[4].places[0].line, 2);
    assert_int_equal(column->entries[4].places[0].column, 12);

    column = baro_frame_column(frame, 1);
    uint32_t entry = 99;
    check_close(column->numbers[0], 0.5, 0);
    check_close(column->numbers[1], 1.25, 0);
    check_close(column->numbers[3], 0.75, 0);
    assert_false(baro_number_entry(column->numbers[3], &entry));
    assert_int_equal(entry, 0);
    assert_true(baro_number_entry(column->numbers[4], &entry));
    assert_string_equal(column->entries[entry].text, "NA");
    assert_int_equal(column->entries[entry].count, 2);
    assert_int_equal(column->entries[entry].n_places, 2);
    assert_int_equal(column->entries[entry].places[0].line, 5);
    assert_int_equal(column->entries[entry].places[0].column, 4);
    assert_int_equal(column->entries[entry].places[1].source, 1);
    assert_int_equal(column->entries[entry].places[1].line, 3);
    assert_true(baro_number_entry(column->numbers[5], &entry));
    assert_int_equal(entry, 0);
    assert_int_equal(baro_frame_source(frame, 1)->decimal, ',');
    assert_int_equal(baro_frame_source(frame, 1)->delimiter, ';');
    assert_int_equal(baro_frame_source(frame, 1)->first_row, 3);
    assert_int_equal(baro_frame_source(frame, 1)->bytes, 51);

    static const baro_place places[] = {{0, 2, 0}, {0, 3, 0}, {0, 5, 0}, {1, 2, 0}, {1, 3, 0}, {2, 2, 0}};
    for (size_t row = 0; row < 6; row++) {
        baro_place place = baro_frame_row_place(frame, row);
        assert_int_equal(place.source, places[row].source);
        assert_int_equal(place.line, places[row].line);
    }
    baro_frame_free(frame);

    frame = read_all(paths, 3, NULL, 0);
    assert_int_equal(baro_frame_columns(frame), 5); /* id sex WT region SEX */
    assert_string_equal(baro_frame_column(frame, 4)->name, "SEX");
    assert_string_equal(text_at(baro_frame_column(frame, 4), 0), "(absent)");
    assert_string_equal(text_at(baro_frame_column(frame, 4), 4), "Man");
    assert_string_equal(text_at(baro_frame_column(frame, 0), 5), "F");
    baro_frame_free(frame);
    unlink(one);
    unlink(two);
    unlink(three);
}

static void test_header(void **state)
{
    (void)state;
    char path[64];
    help_write_file("id;\"a;b\";\r\n", 11, path);
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    assert_int_equal(baro_frame_read_header(path, &automatic, error, &frame), BARO_OK);
    const baro_source *source = baro_frame_source(frame, 0);
    assert_int_equal(source->fields, 3);
    assert_int_equal(source->delimiter, ';');
    assert_int_equal(source->rows, 0);
    assert_string_equal(source->header[1], "a;b");
    assert_string_equal(source->header[2], "");
    assert_string_equal(source->path, path);
    baro_frame_free(frame);
    baro_error_free(error);
    unlink(path);
}

/* --- wide dictionaries --- */

typedef struct {
    const char *name;
    size_t distinct, rows;
    unsigned width;
} width_case;

static const width_case width_cases[] = {
    {"255 distinct take a byte", 255, 1000, 1},      {"256 distinct take two", 256, 1000, 2},
    {"300 distinct take two", 300, 5000, 2},         {"65,535 distinct take two", 65535, 65535, 2},
    {"70,000 distinct take four", 70000, 140000, 4},
};

static void test_width(void **state)
{
    const width_case *c = *state;
    char *bytes = malloc(c->rows * 24 + 100), path[64];
    assert_non_null(bytes);
    size_t length = (size_t)sprintf(bytes, "k,n,m\n");
    for (size_t i = 0; i < c->rows; i++)
        length += (size_t)sprintf(bytes + length, "K%zu,%zu,-\n", i * 7919 % c->distinct, i);
    help_write_file(bytes, length, path);
    const char *paths[] = {path}, *k[] = {"k"}, *n[] = {"n"}, *m[] = {"m"};
    const baro_want wants[] = {{k, 1, BARO_TEXT}, {n, 1, BARO_NUMBER}, {m, 1, BARO_NUMBER}};
    baro_frame *frame = read_all(paths, 1, wants, 3);
    const baro_column *column = baro_frame_column(frame, 0);
    assert_int_equal(column->width, c->width);
    assert_int_equal(column->n_entries, c->distinct + 1);
    assert_int_equal(baro_frame_rows(frame), c->rows);
    size_t sum = 0;
    for (size_t i = 0; i < column->n_entries; i++)
        sum += column->entries[i].count;
    assert_int_equal(sum, c->rows);
    for (size_t i = 0; i < c->rows; i++) {
        char wanted[24];
        snprintf(wanted, sizeof wanted, "K%zu", i * 7919 % c->distinct);
        if (strcmp(text_at(column, i), wanted) != 0)
            fail_msg("row %zu: %s is not %s", i, text_at(column, i), wanted);
        if (baro_frame_column(frame, 1)->numbers[i] != (double)i)
            fail_msg("row %zu: %g", i, baro_frame_column(frame, 1)->numbers[i]);
    }
    const baro_entry *dash = &baro_frame_column(frame, 2)->entries[1];
    assert_int_equal(dash->count, c->rows);
    assert_int_equal(dash->n_places, BARO_PLACES);
    assert_int_equal(dash->places[49].line, 51);
    baro_frame_free(frame);
    free(bytes);
    unlink(path);
}

/* --- blocks and threads do not show --- */

typedef struct {
    char *bytes;
    size_t length, room;
} buffer;

static void put(buffer *out, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (out->length + length > out->room) {
        out->room = 2 * (out->length + length);
        out->bytes = realloc(out->bytes, out->room);
        assert_non_null(out->bytes);
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

static char *read_and_tell(const char *path, const baro_frame_tuning *tuning, size_t threads, bool with_numbers)
{
    const char *paths[] = {path, path};
    const char *a[] = {"a"}, *b[] = {"zz", "b"}, *c[] = {"c"};
    const baro_want wants[] = {{c, 1, BARO_TEXT}, {a, 1, BARO_NUMBER}, {b, 2, BARO_TEXT}, {b, 2, BARO_NUMBER}};
    baro_error *error = baro_error_new();
    baro_pool *pool = threads ? baro_pool_new(threads) : NULL;
    baro_frame *frame = NULL;
    baro_frame_read_tuned(tuning, paths, 2, &automatic, with_numbers ? wants : NULL, 4, pool, error, &frame);
    char *told = help_tell(frame, error);
    baro_frame_free(frame);
    baro_pool_free(pool);
    baro_error_free(error);
    return told;
}

static void check_same_everywhere(const buffer *file, bool with_numbers)
{
    static const struct {
        size_t block, depth, threads;
    } ways[] = {{1, 0, 0}, {2, 3, 2}, {5, 0, 3}, {64, 2, 2}, {333, 5, 4}, {4096, 0, 2}};
    char path[64];
    help_write_file(file->bytes, file->length, path);
    const baro_frame_tuning whole = {(size_t)1 << 20, 1, BARO_LONGEST_RECORD};
    char *wanted = read_and_tell(path, &whole, 0, with_numbers);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const baro_frame_tuning tuning = {ways[i].block, ways[i].depth, BARO_LONGEST_RECORD};
        char *told = read_and_tell(path, &tuning, ways[i].threads, with_numbers);
        if (strcmp(told, wanted) != 0)
            fail_msg("block %zu, threads %zu:\n%s\n--- not ---\n%s\n--- file ---\n%.*s", tuning.block, ways[i].threads,
                     told, wanted, (int)file->length, file->bytes);
        free(told);
    }
    free(wanted);
    unlink(path);
}

/* Bytes without sense, of the kind that matter: any answer will do, but it must be the same one. */
static void test_same_for_noise(void **state)
{
    (void)state;
    static const char *const bits[] = {"\"", "\"\"", ",",  ",\"",      "\",\"", "\n", "\r\n", "\r",      "x",
                                       "17", "1,5",  "NA", "\xC3\xA9", "\xE9",  " ",  "\"\n", "1,2,3\n", "4,x,5\n"};
    uint64_t seed = 0x9E3779B97F4A7C15u;
    for (int round = 0; round < 250; round++) {
        buffer file = {0};
        put(&file, "a,b,c\n", 6);
        size_t n = next_random(&seed) % 60, kinds = round % 3 ? sizeof bits / sizeof *bits : 11;
        for (size_t i = 0; i < n; i++) {
            if (round % 2)
                put(&file, "1,2,3\n", 6 * (next_random(&seed) % 2));
            const char *bit = bits[next_random(&seed) % kinds];
            put(&file, bit, strlen(bit));
        }
        check_same_everywhere(&file, round % 5 != 0);
        free(file.bytes);
    }
}

/* --- what was written is read --- */

static void write_cell(buffer *out, const char *cell, uint64_t r)
{
    bool must = strpbrk(cell, "\",\n\r") != NULL;
    if (!must && r % 3) {
        put(out, cell, strlen(cell));
        return;
    }
    put(out, "\"", 1);
    for (; *cell; cell++)
        put(out, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
    put(out, "\"", 1);
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const cells[] = {"",
                                        "0.75",
                                        "Don\xE2\x80\x99t know",
                                        "a,b",
                                        "say \"yes\"",
                                        "two\nlines",
                                        "a\r\nb",
                                        "-12e3",
                                        " spaced ",
                                        "NA",
                                        "\"",
                                        "97",
                                        "a fairly long answer that does not fit a word or two of memory"};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    const size_t n_cells = sizeof cells / sizeof *cells;
    uint64_t seed = 77003221;
    for (int round = 0; round < 60; round++) {
        buffer file = {0};
        const char *end = ends[round % 3];
        size_t rows = next_random(&seed) % 40 + 1, fields = next_random(&seed) % 5 + 2;
        uint64_t cell_seed = seed, again = seed;
        for (size_t i = 0; i < fields; i++) {
            char name[] = {(char)('a' + i), '\0'};
            put(&file, ",", i > 0);
            write_cell(&file, name, next_random(&seed));
        }
        put(&file, end, strlen(end));
        for (size_t row = 0; row < rows; row++) {
            for (size_t i = 0; i < fields; i++) {
                put(&file, ",", i > 0);
                write_cell(&file, cells[next_random(&cell_seed) % n_cells], next_random(&seed));
            }
            if (row + 1 < rows || round % 2)
                put(&file, end, strlen(end));
        }
        char path[64];
        help_write_file(file.bytes, file.length, path);
        const char *paths[] = {path};
        baro_frame *frame = read_all(paths, 1, NULL, 0);
        assert_int_equal(baro_frame_rows(frame), rows);
        assert_int_equal(baro_frame_columns(frame), fields);
        for (size_t row = 0; row < rows; row++)
            for (size_t i = 0; i < fields; i++)
                assert_string_equal(text_at(baro_frame_column(frame, i), row), cells[next_random(&again) % n_cells]);
        baro_frame_free(frame);
        unlink(path);
        check_same_everywhere(&file, round % 2);
        free(file.bytes);
    }
}

/* A field of more bytes than a block, and one of more than a megabyte. */
static void test_long_field(void **state)
{
    (void)state;
    const size_t long_length = 3000000;
    buffer file = {0};
    char *field = malloc(long_length);
    assert_non_null(field);
    memset(field, 'q', long_length);
    put(&file, "a,b,c\n1,\"", 9);
    put(&file, field, long_length);
    put(&file, "\n\",3\n4,5,6\n", 11);
    char path[64];
    help_write_file(file.bytes, file.length, path);
    const char *paths[] = {path};
    baro_frame *frame = read_all(paths, 1, NULL, 0);
    assert_int_equal(baro_frame_rows(frame), 2);
    assert_int_equal(baro_frame_column(frame, 1)->entries[1].length, long_length + 1);
    assert_int_equal(baro_frame_row_place(frame, 1).line, 4);
    baro_frame_free(frame);
    unlink(path);
    free(field);
    free(file.bytes);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_files),      cmocka_unit_test(test_header),     cmocka_unit_test(test_same_for_noise),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_long_field),
    };
    static width_case cases[COUNT(width_cases)];
    struct CMUnitTest tests[COUNT(width_cases) + COUNT(fixed)];
    memcpy(cases, width_cases, sizeof cases);
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, test_width, NULL, NULL, &cases[i]};
    memcpy(tests + COUNT(cases), fixed, sizeof fixed);
    return _cmocka_run_group_tests("frame", tests, COUNT(tests), NULL, NULL);
}
