/* Text tables: exact pages, and at any width no line that is longer, no control byte, nothing lost. */
#include "io/base/text.h"
#include "io/writers/wrap.h"
#include "tests/check.h"
#include "tests/sheet_bytes.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const baro_sheet_column trust_columns[] = {
    {.name = "Group", .scale = 1},
    {.name = "Trust the police", .numeric = true, .scale = 100, .unit = "%", .keep = true},
    {.name = "Lower bound of the 95% interval", .numeric = true, .scale = 100, .unit = "%"},
    {.name = "Interviews", .numeric = true, .scale = 1, .thousands = true, .keep = true},
    {.name = "Change", .numeric = true, .scale = 100, .decimals = 1},
    {.name = "In words", .scale = 1},
};
static const baro_cell trust_cells[] = {
    SHEET_TEXT("Everyone"),
    SHEET_NUMBER(0.6237),
    SHEET_NUMBER(0.5971),
    SHEET_NUMBER(12345),
    SHEET_NUMBER(-0.01234),
    SHEET_TEXT("no clear change (within \xC2\xB1"
               "2 points)"),
    SHEET_TEXT("Mixed or multiple ethnic groups"),
    SHEET_MARKED(0.4481, "[u]"),
    SHEET_NUMBER(0.0312),
    SHEET_NUMBER(43),
    SHEET_NUMBER(0.10271),
    SHEET_TEXT("up 10 points"),
    SHEET_TEXT("Any other"),
    SHEET_TEXT("[c]"),
    SHEET_TEXT("[c]"),
    SHEET_TEXT("[c]"),
    SHEET_TEXT("[c]"),
    SHEET_EMPTY,
    SHEET_TEXT("\xE6\x97\xA5\xE6\x9C\xAC"),
    SHEET_NUMBER(1),
    SHEET_NUMBER(NAN),
    SHEET_NUMBER(1204),
    SHEET_NUMBER(-0.0003),
    SHEET_EMPTY,
};
static const char *const trust_notes[] = {"[c]: confidential, fewer than 10 interviews, so not shown.", "",
                                          "Source: PAS."};
static const baro_sheet trust = {
    "t", "Trust, 2023 Q1", "Weighted percent", trust_notes, 3, trust_columns, 6, trust_cells, 4, 1};
static const baro_cell short_cells[] = {SHEET_TEXT("Asian"), SHEET_NUMBER(0.7)};
static const baro_sheet two[] = {
    {.id = "a", .title = "A", .columns = trust_columns, .n_columns = 2, .cells = short_cells, .n_rows = 1},
    {.id = "b", .columns = trust_columns, .n_columns = 2, .cells = short_cells, .n_rows = 1, .row_headers = 1}};
static const baro_sheet no_rows = {.id = "a", .title = "A", .columns = trust_columns, .n_columns = 2, .row_headers = 1};
static const baro_sheet only_words = {.id = "a", .title = "A \x1B[1m title", .notes = trust_notes, .n_notes = 3};
static const baro_sheet_column decimal_columns[] = {{.name = "x", .numeric = true, .decimals = 2, .unit = "\xC2\xA3"},
                                                    {.name = "n", .numeric = true, .scale = 1, .decimals = 3}};
static const baro_cell decimal_cells[] = {SHEET_NUMBER(1234.567),  SHEET_NUMBER(-0.00049), SHEET_NUMBER(-3.1),
                                          SHEET_MARKED(17, "[p]"), SHEET_TEXT("[x]"),      SHEET_NUMBER(3e15)};
static const baro_sheet decimals = {
    .id = "d", .columns = decimal_columns, .n_columns = 2, .cells = decimal_cells, .n_rows = 3};

typedef struct {
    const char *name;
    const baro_sheet *sheets;
    size_t n, width;
    const char *wanted;
} page_case;

static const page_case page_cases[] = {
    {"all fits", &trust, 1, 140,
     "Trust, 2023 Q1\n"
     "Weighted percent\n"
     "\n"
     "                                                     Lower bound of\n"
     "Group                            Trust the police  the 95% interval  Interviews  Change  In words\n"
     "-----------------------------------------------------------------------------------------------------------------"
     "----------\n"
     "Everyone                                  62%                   60%      12,345    -1.2  no clear change (within "
     "±2 points)\n"
     "Mixed or multiple ethnic groups           45% [u]                3%          43    10.3  up 10 points\n"
     "Any other                                     [c]               [c]         [c]     [c]\n"
     "日本                                     100%                             1,204     0.0\n"
     "\n"
     "Notes:\n"
     "- [c]: confidential, fewer than 10 interviews, so not shown.\n"
     "- Source: PAS.\n"},
    {"titles and labels wrap", &trust, 1, 80,
     "Trust, 2023 Q1\n"
     "Weighted percent\n"
     "\n"
     "                              Lower bound\n"
     "                   Trust the   of the 95%\n"
     "Group                 police     interval  Interviews  Change  In words\n"
     "--------------------------------------------------------------------------------\n"
     "Everyone             62%              60%      12,345    -1.2  no clear change\n"
     "                                                                 (within ±2\n"
     "                                                                 points)\n"
     "Mixed or multiple    45% [u]           3%          43    10.3  up 10 points\n"
     "  ethnic groups\n"
     "Any other                [c]          [c]         [c]     [c]\n"
     "日本                100%                        1,204     0.0\n"
     "\n"
     "Notes:\n"
     "- [c]: confidential, fewer than 10 interviews, so not shown.\n"
     "- Source: PAS.\n"},
    {"columns left out", &trust, 1, 48,
     "Trust, 2023 Q1\n"
     "Weighted percent\n"
     "\n"
     "                  Trust  Lower bound\n"
     "                    the   of the 95%\n"
     "Group            police     interval  Interviews\n"
     "------------------------------------------------\n"
     "Everyone        62%              60%      12,345\n"
     "Mixed or        45% [u]           3%          43\n"
     "  multiple\n"
     "  ethnic\n"
     "  groups\n"
     "Any other           [c]          [c]         [c]\n"
     "日本           100%                        1,204\n"
     "\n"
     "Notes:\n"
     "- [c]: confidential, fewer than 10 interviews,\n"
     "  so not shown.\n"
     "- Source: PAS.\n"
     "- Not shown for lack of width: Change, In words.\n"
     "  Use --format csv or a wider terminal.\n"},
    {"no room side by side", &trust, 1, 24,
     "Trust, 2023 Q1\n"
     "Weighted percent\n"
     "\n"
     "Group: Everyone\n"
     "Trust the police: 62%\n"
     "Lower bound of the 95%\n"
     "  interval: 60%\n"
     "Interviews: 12,345\n"
     "Change: -1.2\n"
     "In words: no clear\n"
     "  change (within ±2\n"
     "  points)\n"
     "\n"
     "Group: Mixed or multiple\n"
     "  ethnic groups\n"
     "Trust the police: 45%\n"
     "  [u]\n"
     "Lower bound of the 95%\n"
     "  interval: 3%\n"
     "Interviews: 43\n"
     "Change: 10.3\n"
     "In words: up 10 points\n"
     "\n"
     "Group: Any other\n"
     "Trust the police: [c]\n"
     "Lower bound of the 95%\n"
     "  interval: [c]\n"
     "Interviews: [c]\n"
     "Change: [c]\n"
     "\n"
     "Group: 日本\n"
     "Trust the police: 100%\n"
     "Interviews: 1,204\n"
     "Change: 0.0\n"
     "\n"
     "Notes:\n"
     "- [c]: confidential,\n"
     "  fewer than 10\n"
     "  interviews, so not\n"
     "  shown.\n"
     "- Source: PAS.\n"},
    {"under 20 counts as 20", two, 1, 3,
     "A\n"
     "\n"
     "           Trust the\n"
     "Group         police\n"
     "--------------------\n"
     "Asian            70%\n"},
    {"two sheets", two, 2, 80,
     "A\n"
     "\n"
     "Group  Trust the police\n"
     "-----------------------\n"
     "Asian               70%\n"
     "\n"
     "Group  Trust the police\n"
     "-----------------------\n"
     "Asian               70%\n"},
    {"no rows", &no_rows, 1, 80,
     "A\n"
     "\n"
     "Group  Trust the police\n"
     "-----------------------\n"},
    {"no columns", &only_words, 1, 30,
     "A \\x1B[1m title\n"
     "\n"
     "Notes:\n"
     "- [c]: confidential, fewer\n"
     "  than 10 interviews, so not\n"
     "  shown.\n"
     "- Source: PAS.\n"},
    {"points in line", &decimals, 1, 80,
     "       x              n\n"
     "-----------------------\n"
     "1234.57£      0.000\n"
     "  -3.10£     17.000 [p]\n"
     "     [x]  3e+15\n"},
    {"none", NULL, 0, 80, ""},
};

static void test_page(void **state)
{
    const page_case *c = *state;
    size_t length;
    char *got = sheet_text(c->sheets, c->n, c->width, &length);
    assert_string_equal(got, c->wanted);
    free(got);
}

/* Every line at most `width` columns of valid UTF-8, without controls and spaces at its end. */
static void check_lines(const char *text, size_t length, size_t width)
{
    assert_int_equal(baro_text_valid(text, length), length);
    for (const char *at = text, *end; *at; at = end + 1) {
        end = strchr(at, '\n');
        assert_non_null(end);
        size_t n = (size_t)(end - at);
        assert_false(baro_text_has_control(at, n));
        assert_true(baro_text_width(at, n) <= width);
        assert_true(n == 0 || end[-1] != ' ');
    }
}

/* Without spaces and line ends: what wrapping must not change. */
static void squeeze(char *text)
{
    char *to = text;
    for (; *text; text++)
        if (*text != ' ' && *text != '\n')
            *to++ = *text;
    *to = '\0';
}

typedef struct {
    char labels[24][HOSTILE_ROOM];
    baro_cell cells[24];
    baro_sheet_column columns[8];
    const char *notes[3];
    baro_sheet sheet;
} random_sheet;

static bool one_in(uint64_t *seed, uint64_t n)
{
    return (hostile_random(seed) >> 20) % n == 0;
}

static void make_random(uint64_t *seed, random_sheet *out)
{
    memset(out, 0, sizeof *out);
    size_t n_columns = 1 + (hostile_random(seed) >> 9) % 8, n_rows = (hostile_random(seed) >> 9) % (1 + 24 / n_columns);
    for (size_t i = 0; i < 24; i++) {
        hostile_label(seed, out->labels[i]);
        out->cells[i] = (baro_cell)SHEET_TEXT(out->labels[i]);
        if (one_in(seed, 2))
            out->cells[i].kind = BARO_CELL_NUMBER;
        if (one_in(seed, 4))
            out->cells[i].text = NULL;
        out->cells[i].number = ldexp((double)hostile_random(seed), (int)(hostile_random(seed) >> 30 & 63) - 90);
    }
    for (size_t c = 0; c < n_columns; c++)
        out->columns[c] = (baro_sheet_column){.name = out->labels[(c * 5 + 3) % 24],
                                              .numeric = one_in(seed, 2),
                                              .decimals = (int)(hostile_random(seed) >> 30 & 7),
                                              .scale = 100,
                                              .unit = one_in(seed, 3) ? "%" : NULL,
                                              .thousands = one_in(seed, 2),
                                              .keep = one_in(seed, 2)};
    out->notes[0] = out->labels[1];
    out->notes[2] = out->labels[9];
    out->sheet = (baro_sheet){"r",
                              out->labels[0],
                              one_in(seed, 2) ? out->labels[2] : NULL,
                              out->notes,
                              3,
                              out->columns,
                              n_columns,
                              out->cells,
                              n_rows,
                              one_in(seed, 2)};
}

static void test_never_wider(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(0xD1B54A32D192ED03);
    for (int i = 0; i < 1500; i++) {
        random_sheet made;
        make_random(&seed, &made);
        size_t width = 20 + (hostile_random(&seed) >> 17) % 180, length;
        char *got = sheet_text(&made.sheet, 1, width, &length);
        check_lines(got, length, width);
        free(got);
    }
}

/* 20,000 labels in one column: what is not a space comes out in order, once, quoted where it must be. */
static void test_nothing_lost(void **state)
{
    (void)state;
    enum { ROWS = 4000 };
    static const size_t widths[] = {20, 27, 41, 80, 333};
    uint64_t seed = UINT64_C(0xA0761D6478BD642F);
    char(*labels)[HOSTILE_ROOM] = calloc(ROWS, sizeof *labels);
    baro_cell *cells = calloc(ROWS, sizeof *cells);
    char *wanted = malloc((size_t)ROWS * 4 * HOSTILE_ROOM);
    assert_true(labels && cells && wanted);
    const baro_sheet_column column = {.name = "Label"};
    for (size_t w = 0; w < COUNT(widths); w++) {
        char *to = wanted;
        for (size_t i = 0; i < ROWS; i++) {
            hostile_label(&seed, labels[i]);
            cells[i] = (baro_cell)SHEET_TEXT(labels[i]);
            baro_text_quote_all(labels[i], strlen(labels[i]), to, 4 * HOSTILE_ROOM);
            to += strlen(to);
        }
        squeeze(wanted);
        const baro_sheet sheet = {.id = "l", .columns = &column, .n_columns = 1, .cells = cells, .n_rows = ROWS};
        size_t length;
        char *got = sheet_text(&sheet, 1, widths[w], &length);
        check_lines(got, length, widths[w]);
        char *rule = strchr(strchr(got, '\n') + 1, '\n');
        squeeze(rule);
        size_t same = 0;
        while (rule[same] && rule[same] == wanted[same])
            same++;
        assert_string_equal(rule + (same > 20 ? same - 20 : 0), wanted + (same > 20 ? same - 20 : 0));
        free(got);
    }
    free(labels);
    free(cells);
    free(wanted);
}

typedef struct {
    const char *name, *text;
    size_t width;
    const char *wanted; /* lines, each ended by | */
} wrap_case;

static const wrap_case wrap_cases[] = {
    {"words", "Mixed or multiple ethnic groups", 12, "Mixed or|multiple|ethnic|groups|"},
    {"exactly", "Mixed or multiple", 8, "Mixed or|multiple|"},
    {"one more", "Mixed or multiple", 17, "Mixed or multiple|"},
    {"many spaces", "a    b     c", 5, "a|b|c|"},
    {"spaces kept inside", "a   b c", 6, "a   b|c|"},
    {"spaces in front", "  a b", 3, "  a|b|"},
    {"spaces at the end", "abc   ", 3, "abc|"},
    {"only spaces", "      ", 4, "|"},
    {"long word", "abcdefghij k", 4, "abcd|efgh|ij k|"},
    {"hyphen", "Kensington-and-Chelsea", 16, "Kensington-and-|Chelsea|"},
    {"slash", "White/Asian/Other", 9, "White/|Asian/|Other|"},
    {"hyphen after words", "a well-known b", 8, "a|well-|known b|"},
    {"leading hyphen", "-abcdef", 3, "-ab|cde|f|"},
    {"wide", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 5, "\xE6\x97\xA5\xE6\x9C\xAC|\xE8\xAA\x9E|"},
    {"combining",
     "e\xCC\x81"
     "e\xCC\x81"
     "e\xCC\x81",
     2,
     "e\xCC\x81"
     "e\xCC\x81|e\xCC\x81|"},
    {"empty", "", 7, ""},
};

static void test_wrap(void **state)
{
    const wrap_case *c = *state;
    char got[256] = "";
    baro_span rest = baro_span_of(c->text);
    size_t lines = 0;
    for (; rest.length > 0; lines++) {
        baro_span line = baro_wrap_take(&rest, c->width);
        strncat(got, line.text, line.length);
        strcat(got, "|");
    }
    assert_string_equal(got, c->wanted);
    assert_int_equal(baro_wrap_lines(baro_span_of(c->text), c->width), lines);
}

static void test_narrowest(void **state)
{
    (void)state;
    baro_span title = baro_span_of("Lower bound of the 95% interval");
    assert_int_equal(baro_wrap_word(title), 8);
    assert_int_equal(baro_wrap_narrowest(title, 1, 2), 31);
    assert_int_equal(baro_wrap_narrowest(title, 2, 2), 16);
    assert_int_equal(baro_wrap_narrowest(title, 3, 2), 11);
    assert_int_equal(baro_wrap_narrowest(title, 9, 2), 8);
    assert_int_equal(baro_wrap_narrowest(title, 3, 13), 13);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {cmocka_unit_test(test_narrowest), cmocka_unit_test(test_never_wider),
                                              cmocka_unit_test(test_nothing_lost)};
    static page_case pages[COUNT(page_cases)];
    static wrap_case wraps[COUNT(wrap_cases)];
    static struct CMUnitTest tests[COUNT(pages) + COUNT(wraps) + COUNT(fixed)];
    size_t n = 0;
    memcpy(pages, page_cases, sizeof pages);
    memcpy(wraps, wrap_cases, sizeof wraps);
    for (size_t i = 0; i < COUNT(pages); i++)
        tests[n++] = (struct CMUnitTest){pages[i].name, test_page, NULL, NULL, &pages[i]};
    for (size_t i = 0; i < COUNT(wraps); i++)
        tests[n++] = (struct CMUnitTest){wraps[i].name, test_wrap, NULL, NULL, &wraps[i]};
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("text tables", tests, COUNT(tests), NULL, NULL);
}
