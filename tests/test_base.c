#include "tests/check.h"
#include "io/base/arena.h"
#include "io/base/error.h"
#include "io/base/number.h"
#include "io/base/pool.h"
#include "io/base/text.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers --- */

typedef struct {
    const char *name, *text;
    char decimal;
    bool read;
    double wanted;
} number_case;

static const number_case number_cases[] = {
    {"whole", "1937", '.', true, 1937},
    {"fraction", "0.73512", '.', true, 0.73512},
    {"signs", "-12.5e+3", '.', true, -12500},
    {"plus", "+7", '.', true, 7},
    {"leading zeros", "000010", '.', true, 10},
    {"comma", "0,75", ',', true, 0.75},
    {"comma where a point is due", "0,75", '.', false, 0},
    {"point where a comma is due", "0.75", ',', false, 0},
    {"thousands", "1,234", '.', false, 0},
    {"many digits", "0.1000000000000000055511151231257827021181583404541015625", '.', true, 0.1},
    {"halfway down", "9007199254740993", '.', true, 9007199254740992.0},
    {"over halfway", "9007199254740993.0000000000000000000000000001", '.', true, 9007199254740994.0},
    {"smallest", "4.9406564584124654e-324", '.', true, 4.9406564584124654e-324},
    {"largest", "1.7976931348623157e308", '.', true, 1.7976931348623157e308},
    {"hard", "2.2250738585072011e-308", '.', true, 2.2250738585072011e-308},
    {"underflow", "1e-999", '.', true, 0},
    {"zero of any exponent", "0e99999999999999999999", '.', true, 0},
    {"overflow", "1e999", '.', false, 0},
    {"long exponent", "1e99999999999999999999", '.', false, 0},
    {"nan", "nan", '.', false, 0},
    {"inf", "inf", '.', false, 0},
    {"hexadecimal", "0x1F", '.', false, 0},
    {"empty", "", '.', false, 0},
    {"space before", " 1", '.', false, 0},
    {"space behind", "1 ", '.', false, 0},
    {"no digit after the mark", "1.", '.', false, 0},
    {"no digit before the mark", ".5", '.', false, 0},
    {"sign alone", "-", '.', false, 0},
    {"exponent alone", "1e", '.', false, 0},
    {"exponent sign alone", "1e+", '.', false, 0},
    {"two marks", "1.2.3", '.', false, 0},
    {"two signs", "--1", '.', false, 0},
};

static void test_number(void **state)
{
    const number_case *c = *state;
    double out = -99.25;
    assert_int_equal(baro_number_read(c->text, strlen(c->text), c->decimal, &out), c->read);
    check_close(out, c->read ? c->wanted : -99.25, 0);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void test_number_as_strtod(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 40000; i++) {
        char text[64];
        uint64_t r = next_random(&seed);
        int digits = (int)(r % 17) + 1;
        snprintf(text, sizeof text, "%.*e", digits, ldexp((double)next_random(&seed), (int)(r >> 40) % 600 - 330));
        double out = 0, wanted = strtod(text, NULL);
        assert_true(baro_number_read(text, strlen(text), '.', &out));
        assert_memory_equal(&out, &wanted, sizeof out);
        char written[BARO_NUMBER_TEXT];
        size_t n = baro_number_write_exact(out, written);
        assert_int_equal(n, strlen(written));
        assert_true(strtod(written, NULL) == out);
    }
}

static void test_number_of_many_digits(void **state)
{
    (void)state;
    char *text = malloc(5001);
    assert_non_null(text);
    memset(text, '3', 5000);
    text[5000] = '\0';
    text[1] = '.';
    double out = 0;
    assert_true(baro_number_read(text, 5000, '.', &out));
    check_close(out, 10.0 / 3, 0);
    memset(text, '0', 5000); /* 1 and a half unit in its last place, and a digit 4,980 places on */
    memcpy(text, "1.00000000000000011102230246251565404236316680908203125", 55);
    assert_true(baro_number_read(text, 5000, '.', &out));
    check_close(out, 1, 0);
    text[4999] = '7';
    assert_true(baro_number_read(text, 5000, '.', &out));
    check_close(out, 1.0000000000000002220446049250313, 0);
    free(text);
}

static void test_number_size(void **state)
{
    (void)state;
    size_t out = 5;
    assert_true(baro_number_read_size("18446744073709551615", 20, &out));
    assert_true(out == SIZE_MAX);
    assert_false(baro_number_read_size("18446744073709551616", 20, &out));
    assert_false(baro_number_read_size("+1", 2, &out));
    assert_false(baro_number_read_size("", 0, &out));
    assert_false(baro_number_read_size("12a", 3, &out));
}

typedef struct {
    double x;
    int decimals;
    bool thousands;
    const char *wanted;
} round_case;

static const round_case round_cases[] = {
    {0.5, 0, false, "1"},
    {-0.5, 0, false, "-1"},
    {1.5, 0, false, "2"},
    {2.5, 0, false, "3"},
    {2.675, 2, false, "2.68"},
    {-0.0049, 2, false, "0.00"},
    {-0.04, 0, false, "0"},
    {1234567.891, 1, true, "1,234,567.9"},
    {999.96, 1, true, "1,000.0"},
    {999999.5, 0, true, "1,000,000"},
    {0, 3, false, "0.000"},
    {14.499999999999998, 0, false, "15"},
    {1e-20, 15, false, "0.000000000000000"},
    {123456789012345.0, 0, true, "123,456,789,012,345"},
    {-1e15, 0, true, "-1e+15"},
    {0.1 + 0.2, 15, false, "0.300000000000000"},
    {57.25, 1, false, "57.3"},
    {-1234.5, 0, true, "-1,235"},
    {NAN, 2, false, ""},
};

static void test_round(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof round_cases / sizeof *round_cases; i++) {
        char out[64];
        size_t n = baro_number_round(round_cases[i].x, round_cases[i].decimals, round_cases[i].thousands, out);
        assert_string_equal(out, round_cases[i].wanted);
        assert_int_equal(n, strlen(out));
    }
}

static void test_write(void **state)
{
    (void)state;
    char out[BARO_NUMBER_TEXT];
    baro_number_write(-0.0, out);
    assert_string_equal(out, "0");
    baro_number_write(0.1 + 0.2, out);
    assert_string_equal(out, "0.3");
    baro_number_write_exact(0.1 + 0.2, out);
    assert_string_equal(out, "0.30000000000000004");
    baro_number_write(-1.25e-300, out);
    assert_string_equal(out, "-1.25e-300");
}

/* --- text --- */

typedef struct {
    const char *name, *text;
    size_t length, valid;
} valid_case;

static const valid_case valid_cases[] = {
    {"ascii", "A plain sentence that is longer than 32 bytes.", 46, 46},
    {"two to four bytes", "caf\xC3\xA9 \xE2\x80\x99 \xF0\x9F\x98\x80", 14, 14},
    {"windows-1252", "caf\xE9 au lait", 12, 3},
    {"NUL in a word", "0123456789abcdef\0ghijklmnopqrstuvw", 34, 16},
    {"overlong", "a\xC0\xAF", 3, 1},
    {"overlong of three", "\xE0\x80\xAF", 3, 0},
    {"surrogate", "ab\xED\xA0\x80", 5, 2},
    {"beyond the last", "\xF4\x90\x80\x80", 4, 0},
    {"last", "\xF4\x8F\xBF\xBF", 4, 4},
    {"cut short", "12345678\xE2\x80", 10, 8},
    {"continuation alone", "x\x80", 2, 1},
    {"empty", "", 0, 0},
};

static void test_valid(void **state)
{
    const valid_case *c = *state;
    assert_int_equal(baro_text_valid(c->text, c->length), c->valid);
}

static void test_valid_anywhere(void **state)
{
    (void)state;
    char text[100];
    for (size_t at = 0; at < sizeof text; at++) {
        static const char bad[] = {'\0', '\x80', '\xFF'};
        for (size_t i = 0; i < sizeof bad; i++) {
            memset(text, 'q', sizeof text);
            text[at] = bad[i];
            assert_int_equal(baro_text_valid(text, sizeof text), at);
        }
    }
}

static void test_text(void **state)
{
    (void)state;
    char out[BARO_QUOTE_ROOM], long_text[200];
    assert_int_equal(baro_text_characters("caf\xC3\xA9\xF0\x9F\x98\x80", 9), 5);
    assert_int_equal(baro_text_width("e\xCC\x81\xE4\xB8\xAD\xF0\x9F\x98\x80x", 11), 1 + 0 + 2 + 2 + 1);
    assert_string_equal(baro_text_quote("a\x1B[1m\xE9\xC3\xA9", 8, out, sizeof out), "a\\x1B[1m\\xE9\xC3\xA9");
    assert_string_equal(baro_text_quote("\xE2\x80\xAE", 3, out, sizeof out), "\\xE2\\x80\\xAE");
    memset(long_text, 'w', sizeof long_text);
    baro_text_quote(long_text, sizeof long_text, out, sizeof out);
    assert_int_equal(strlen(out), 83);
    assert_string_equal(out + 80, "...");
    baro_text_quote(long_text, sizeof long_text, out, 10);
    assert_string_equal(out, "wwwwww...");
    assert_true(baro_text_has_control("a\tb", 3));
    assert_true(baro_text_has_control("a\xC2\x85", 3));
    assert_false(baro_text_has_control("a\xC3\x85", 3));
    assert_true(baro_text_same_case_blind("Weight", "wEIGHT"));
    assert_false(baro_text_same_case_blind("Weight", "Weights"));
    assert_true(baro_text_same_answer("Don\xE2\x80\x99t know ", 13, " Don't know", 11, false));
    assert_false(baro_text_same_answer("Don't Know", 10, "Don't know", 10, false));
    assert_true(baro_text_same_answer("Don't Know", 10, "Don't know", 10, true));
    assert_true(baro_text_same_answer("Strongly  dislike", 17, "Strongly dislike", 16, false)); /* as some exports pad */
    assert_true(baro_text_same_answer("Strongly\xC2\xA0 dislike", 18, "Strongly dislike", 16, false));
    assert_false(baro_text_same_answer("Strong ly", 9, "Strongly", 8, false));
    assert_int_equal(baro_text_canonical("\xC2\xA0 It\xE2\x80\x98s ", 10, true, out), 4);
    assert_string_equal(out, "it's");
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const keys[] = {"weight_scale", "weight", "strata", NULL, "psu", "id"};
    assert_string_equal(baro_text_nearest("weigth", keys, 6), "weight");
    assert_string_equal(baro_text_nearest("WEIGHT", keys, 6), "weight");
    assert_string_equal(baro_text_nearest("weigt_scal", keys, 6), "weight_scale");
    assert_null(baro_text_nearest("period", keys, 6));
    assert_null(baro_text_nearest("xy", keys, 6));
    assert_string_equal(baro_text_nearest("psa", keys, 6), "psu");
}

/* --- arena --- */

static void test_arena(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    assert_non_null(arena);
    for (size_t i = 1; i < 3000; i += 7) {
        unsigned char *bytes = BARO_ARRAY(arena, unsigned char, i);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < i; j++)
            assert_int_equal(bytes[j], 0);
        memset(bytes, 0xA5, i);
    }
    assert_null(baro_arena_array(arena, SIZE_MAX / 4, 8));
    assert_non_null(baro_arena_array(arena, 0, 8));
    assert_non_null(baro_arena_array(arena, 3000000, 1));
    assert_string_equal(baro_arena_text(arena, "abcdef", 3), "abc");
    assert_string_equal(baro_arena_format(arena, "%s-%03d", "q", 7), "q-007");
    baro_arena_free(arena);
    baro_arena_free(NULL);
}

/* --- errors --- */

static char *printed(const baro_error *error, bool with_remarks)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    baro_error_print(error, with_remarks, stream);
    fclose(stream);
    return text;
}

static void test_error(void **state)
{
    (void)state;
    baro_error *error = baro_error_new();
    assert_int_equal(baro_error_status(error), BARO_OK);
    baro_remark_add(error, (baro_where_it_is){"w3.csv", 4, 0}, "mixed line ends");
    baro_remark_add(error, (baro_where_it_is){"w3.csv", 4, 0}, "mixed line ends");
    assert_int_equal(baro_error_status(error), BARO_OK);
    assert_int_equal(baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){"w\n3.csv", 12, 8}, "bad \x1B%d", 7),
                     BARO_BAD_DATA);
    baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){0}, "second");
    assert_int_equal(baro_error_status(error), BARO_BAD_DATA);
    assert_int_equal(baro_error_count(error), 3);
    char *text = printed(error, true);
    assert_string_equal(text, "w3.csv:4: note: mixed line ends\nw\\x0A3.csv:12:8: bad \\x1B7\nbarometer: second\n");
    free(text);
    text = printed(error, false);
    assert_string_equal(text, "w\\x0A3.csv:12:8: bad \\x1B7\nbarometer: second\n");
    free(text);
    baro_error_free(error);
    assert_int_equal(baro_fault_add(NULL, BARO_IO, (baro_where_it_is){0}, "x"), BARO_IO);
}

static void test_error_join(void **state)
{
    (void)state;
    baro_error *into = baro_error_new(), *from = baro_error_new();
    for (size_t i = 0; i < 30; i++) {
        baro_fault_add(from, BARO_NO_INPUT, (baro_where_it_is){"b", i + 1, 0}, "b%zu", i);
        baro_fault_add(into, BARO_BAD_DATA, (baro_where_it_is){"a", i + 1, 0}, "a%zu", i);
    }
    baro_remark_add(from, (baro_where_it_is){"b", 1, 0}, "remark");
    baro_error_join(into, from);
    assert_int_equal(baro_error_count(from), 0);
    assert_int_equal(baro_error_faults(into), 60);
    assert_int_equal(baro_error_count(into), 51);
    assert_int_equal(baro_error_status(into), BARO_BAD_DATA);
    assert_string_equal(baro_error_entry_at(into, 49)->message, "b19");
    assert_true(baro_error_entry_at(into, 50)->is_remark);
    assert_null(baro_error_entry_at(into, 51));
    char *text = printed(into, false);
    assert_non_null(strstr(text, "barometer: and 10 more\n"));
    free(text);
    baro_error_join(from, into);
    assert_int_equal(baro_error_status(from), BARO_BAD_DATA);
    baro_error_free(into);
    baro_error_free(from);
}

/* --- the pool --- */

static baro_status square(void *context, size_t index)
{
    ((size_t *)context)[index] += index * index;
    return index == 37 ? BARO_IO : index == 80 ? BARO_BAD_DATA : BARO_OK;
}

typedef struct {
    baro_pool *pool;
    size_t sums[8][90];
} nested;

static baro_status run_inside(void *context, size_t index)
{
    nested *all = context;
    return baro_pool_run(all->pool, 30, square, all->sums[index]);
}

static void test_pool_run(void **state)
{
    (void)state;
    for (size_t threads = 0; threads < 5; threads++) {
        nested all = {.pool = baro_pool_new(threads)};
        size_t out[100] = {0};
        assert_int_equal(baro_pool_run(all.pool, 100, square, out), BARO_IO);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(out[i], i * i);
        assert_int_equal(baro_pool_run(all.pool, 8, run_inside, &all), BARO_OK);
        for (size_t i = 0; i < 8; i++)
            assert_int_equal(all.sums[i][29], 841);
        baro_pool_free(all.pool);
    }
    size_t out[100] = {0};
    assert_int_equal(baro_pool_run(NULL, 100, square, out), BARO_IO);
    assert_int_equal(out[99], 9801);
    assert_int_equal(baro_pool_threads(NULL), 1);
}

typedef struct {
    pthread_t caller;
    size_t buffer[6], depth, end, taken, sum, fail_work, fail_make;
} line;

static baro_status line_make(void *context, size_t index, size_t at)
{
    line *all = context;
    assert_true(pthread_equal(all->caller, pthread_self()));
    assert_true(at < all->depth);
    if (index == all->end)
        return BARO_NO;
    if (index == all->fail_make)
        return BARO_NO_INPUT;
    all->buffer[at] = index * 3;
    return BARO_OK;
}

static baro_status line_work(void *context, size_t index, size_t at)
{
    line *all = context;
    for (volatile size_t i = 0; i < (index * 7919) % 4096; i++)
        ;
    all->buffer[at] += index;
    return index == all->fail_work ? BARO_BAD_DATA : BARO_OK;
}

static baro_status line_take(void *context, size_t index, size_t at)
{
    line *all = context;
    assert_true(pthread_equal(all->caller, pthread_self()));
    assert_int_equal(index, all->taken);
    assert_int_equal(all->buffer[at], index * 4);
    all->taken++;
    all->sum += index;
    return BARO_OK;
}

static void test_pipeline(void **state)
{
    (void)state;
    for (size_t threads = 0; threads < 5; threads++) {
        for (size_t depth = 1; depth <= 6; depth++) {
            baro_pool *pool = threads ? baro_pool_new(threads) : NULL;
            line all = {pthread_self(), {0}, depth, 500, 0, 0, 9999, 9999};
            baro_pipeline pipeline = {line_make, line_work, line_take, &all, depth};
            assert_int_equal(baro_pool_pipeline(pool, &pipeline), BARO_OK);
            assert_int_equal(all.taken, 500);
            assert_int_equal(all.sum, 124750);
            all.taken = 0;
            all.fail_work = 41;
            assert_int_equal(baro_pool_pipeline(pool, &pipeline), BARO_BAD_DATA);
            assert_int_equal(all.taken, 41);
            all.taken = 0;
            all.fail_make = 17;
            assert_int_equal(baro_pool_pipeline(pool, &pipeline), BARO_NO_INPUT);
            assert_int_equal(all.taken, 17);
            baro_pool_free(pool);
        }
    }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_number_as_strtod),
        cmocka_unit_test(test_number_of_many_digits),
        cmocka_unit_test(test_number_size),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_valid_anywhere),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_error_join),
        cmocka_unit_test(test_pool_run),
        cmocka_unit_test(test_pipeline),
    };
    static number_case numbers[COUNT(number_cases)];
    static valid_case valids[COUNT(valid_cases)];
    struct CMUnitTest tests[COUNT(fixed) + COUNT(number_cases) + COUNT(valid_cases)];
    size_t n = 0;
    memcpy(numbers, number_cases, sizeof numbers);
    memcpy(valids, valid_cases, sizeof valids);
    for (size_t i = 0; i < COUNT(numbers); i++)
        tests[n++] = (struct CMUnitTest){numbers[i].name, test_number, NULL, NULL, &numbers[i]};
    for (size_t i = 0; i < COUNT(valids); i++)
        tests[n++] = (struct CMUnitTest){valids[i].name, test_valid, NULL, NULL, &valids[i]};
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("base", tests, COUNT(tests), NULL, NULL);
}
