/* Sheets as CSV, JSON, JSON Lines and Markdown: exact bytes, and 20,000 labels that try to be more than text. */
#include "io/base/text.h"
#include "tests/check.h"
#include "io/base/number.h"
#include "tests/sheet_bytes.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One cell, and what each format makes of it. */
typedef struct {
    const char *name;
    baro_cell cell;
    const char *csv, *json, *markdown;
} cell_case;

static const cell_case cell_cases[] = {
    {"plain", SHEET_TEXT("Black or Black British"), "Black or Black British", "\"Black or Black British\"",
     "Black or Black British"},
    {"empty", SHEET_EMPTY, "", "null", ""},
    {"empty text", SHEET_TEXT(""), "", "null", ""},
    {"missing text", SHEET_TEXT(NULL), "", "null", ""},
    {"not a number", SHEET_NUMBER(NAN), "", "null", ""},
    {"infinite", SHEET_NUMBER(-INFINITY), "", "null", ""},
    {"number", SHEET_NUMBER(0.617283945061728), "0.617283945061728", "0.617283945061728", "62%"},
    {"third", SHEET_NUMBER(1.0 / 3), "0.333333333333333", "0.333333333333333", "33%"},
    {"whole", SHEET_NUMBER(12345), "12345", "12345", "1,234,500%"},
    {"negative", SHEET_NUMBER(-0.0371), "-0.0371", "-0.0371", "-4%"},
    {"minus zero", SHEET_NUMBER(-0.0), "0", "0", "0%"},
    {"rounds to zero", SHEET_NUMBER(-0.00041), "-0.00041", "-0.00041", "0%"},
    {"large", SHEET_NUMBER(1.7e300), "1.7e+300", "1.7e+300", "1.7e+302%"},
    {"half", SHEET_NUMBER(0.625), "0.625", "0.625", "63%"},
    {"marked", SHEET_MARKED(0.4512, "[u]"), "0.4512", "0.4512", "45% \\[u]"},
    {"shorthand", SHEET_TEXT("[c]"), "[c]", "\"[c]\"", "\\[c]"},
    {"equals", SHEET_TEXT("=1+2"), "'=1+2", "\"=1+2\"", "=1+2"},
    {"plus", SHEET_TEXT("+44"), "'+44", "\"+44\"", "+44"},
    {"a negative code", SHEET_TEXT("-5"), "-5", "\"-5\"", "-5"},
    {"minus", SHEET_TEXT("-5+x"), "'-5+x", "\"-5+x\"", "-5+x"},
    {"at", SHEET_TEXT("@SUM"), "'@SUM", "\"@SUM\"", "\\@SUM"},
    {"tab", SHEET_TEXT("\tx"), "\"'\tx\"", "\"\\tx\"", " x"},
    {"carriage return", SHEET_TEXT("\rx"), "\"'\rx\"", "\"\\rx\"", " x"},
    {"spaces and equals", SHEET_TEXT("  =1"), "\"'  =1\"", "\"  =1\"", "  =1"},
    {"equals and comma", SHEET_TEXT("=A1,\"x\""), "\"'=A1,\"\"x\"\"\"", "\"=A1,\\\"x\\\"\"", "=A1,\"x\""},
    {"equals inside", SHEET_TEXT("a=b-c"), "a=b-c", "\"a=b-c\"", "a=b-c"},
    {"only spaces", SHEET_TEXT("  "), "\"  \"", "\"  \"", "  "},
    {"space behind", SHEET_TEXT("a "), "\"a \"", "\"a \"", "a "},
    {"space in front", SHEET_TEXT(" a"), "\" a\"", "\" a\"", " a"},
    {"comma", SHEET_TEXT("Yes, often"), "\"Yes, often\"", "\"Yes, often\"", "Yes, often"},
    {"quote", SHEET_TEXT("the \"Met\""), "\"the \"\"Met\"\"\"", "\"the \\\"Met\\\"\"", "the \"Met\""},
    {"line feed", SHEET_TEXT("a\nb"), "\"a\nb\"", "\"a\\nb\"", "a b"},
    {"carriage return inside", SHEET_TEXT("a\rb"), "\"a\rb\"", "\"a\\rb\"", "a b"},
    {"backslash", SHEET_TEXT("a\\b"), "a\\b", "\"a\\\\b\"", "a\\\\b"},
    {"pipe", SHEET_TEXT("a|b\\|c"), "a|b\\|c", "\"a|b\\\\|c\"", "a\\|b\\\\\\|c"},
    {"all short escapes", SHEET_TEXT("x\b\f\n\r\t/"), "\"x\b\f\n\r\t/\"", "\"x\\b\\f\\n\\r\\t/\"", "x\\\\x08    /"},
    {"escape character", SHEET_TEXT("a\x1B[1m"), "a\x1B[1m", "\"a\\u001B[1m\"", "a\\\\x1B\\[1m"},
    {"delete", SHEET_TEXT("a\x7F"), "a\x7F", "\"a\\u007F\"", "a\\\\x7F"},
    {"C1 control", SHEET_TEXT("a\xC2\x9Bz"), "a\xC2\x9Bz", "\"a\\u009Bz\"", "a\\\\xC2\\\\x9Bz"},
    {"line separator", SHEET_TEXT("a\xE2\x80\xA8z"), "a\xE2\x80\xA8z", "\"a\xE2\x80\xA8z\"", "a\\\\xE2\\\\x80\\\\xA8z"},
    {"accent", SHEET_TEXT("caf\xC3\xA9 \xC2\xB1"), "caf\xC3\xA9 \xC2\xB1", "\"caf\xC3\xA9 \xC2\xB1\"",
     "caf\xC3\xA9 \xC2\xB1"},
    {"half a character", SHEET_TEXT("a\xC3z"), "a\xEF\xBF\xBDz", "\"a\xEF\xBF\xBDz\"", "a\\\\xC3z"},
    {"half at the end", SHEET_TEXT("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"",
     "a\\\\xE2\\\\x82"},
    {"emphasis", SHEET_TEXT("*a* _b_ `c` ~d~"), "*a* _b_ `c` ~d~", "\"*a* _b_ `c` ~d~\"",
     "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~"},
    {"mathematics", SHEET_TEXT("$x^2$ {y} \\[z\\]"), "$x^2$ {y} \\[z\\]", "\"$x^2$ {y} \\\\[z\\\\]\"",
     "\\$x\\^2\\$ \\{y\\} \\\\\\[z\\\\&#93;"},
    {"link", SHEET_TEXT("![a](b)#"), "![a](b)#", "\"![a](b)#\"", "!\\[a](b)\\#"},
    {"tag", SHEET_TEXT("<b>&amp;"), "<b>&amp;", "\"<b>&amp;\"", "\\<b\\>\\&amp;"},
    {"address", SHEET_TEXT("https://a.org www.b.org: c@d.org"), "https://a.org www.b.org: c@d.org",
     "\"https://a.org www.b.org: c@d.org\"", "https\\://a.org www\\.b.org: c\\@<!-- -->d.org"},
    {"dashes", SHEET_TEXT("a -- b == c"), "a -- b == c", "\"a -- b == c\"", "a \\-\\- b \\=\\= c"},
};

static void test_cell(void **state)
{
    const cell_case *c = *state;
    const baro_sheet_column columns[] = {
        {.name = "id", .scale = 1},
        {.name = "x", .numeric = c->cell.kind == BARO_CELL_NUMBER, .scale = 100, .unit = "%", .thousands = true}};
    const baro_cell cells[] = {SHEET_TEXT("r"), c->cell};
    const baro_sheet sheet = {.id = "s", .columns = columns, .n_columns = 2, .cells = cells, .n_rows = 1};
    char wanted[1024];
    size_t length;
    char *got = sheet_bytes(baro_write_csv, &sheet, 1, BARO_OK, &length);
    snprintf(wanted, sizeof wanted, "id,x\nr,%s\n", c->csv);
    assert_string_equal(got, wanted);
    free(got);
    got = sheet_bytes(baro_write_jsonl, &sheet, 1, BARO_OK, &length);
    snprintf(wanted, sizeof wanted, "{\"id\": \"r\", \"x\": %s}\n", c->json);
    assert_string_equal(got, wanted);
    assert_true(read_json(got, length, NULL, NULL));
    free(got);
    got = sheet_bytes(baro_write_markdown, &sheet, 1, BARO_OK, &length);
    const char *row = strstr(got, "| r | ");
    snprintf(wanted, sizeof wanted, "| r | %s |\n", c->markdown);
    assert_non_null(row);
    assert_string_equal(row, wanted);
    free(got);
}

static const baro_sheet_column level_columns[] = {
    {.name = "Group", .scale = 1},
    {.name = "Trust", .numeric = true, .scale = 100, .unit = "%"},
    {.name = "Interviews", .numeric = true, .scale = 1, .thousands = true},
};
static const baro_cell level_cells[] = {SHEET_TEXT("Everyone"),  SHEET_NUMBER(0.6237),        SHEET_NUMBER(12345),
                                        SHEET_TEXT("Any other"), SHEET_TEXT("[c]"),           SHEET_TEXT("[c]"),
                                        SHEET_TEXT("Mixed"),     SHEET_MARKED(0.4481, "[u]"), SHEET_NUMBER(43)};
static const char *const level_notes[] = {"[c]: confidential.", "Source: PAS.", NULL, "", "[x] is not here"};
static const baro_sheet levels[] = {
    {"a", "Trust, 2023 Q1", "Weighted percent", level_notes, 5, level_columns, 3, level_cells, 3, 1},
    {"b", "Trust, 2023 Q2", NULL, level_notes, 2, level_columns, 3, level_cells, 1, 1}};

typedef struct {
    const char *name;
    sheet_writer *write;
    size_t n;
    const char *wanted;
} sheet_case;

static const sheet_case sheet_cases[] = {
    {"csv of two sheets", baro_write_csv, 2,
     "Group,Trust,Interviews\nEveryone,0.6237,12345\nAny other,[c],[c]\nMixed,0.4481,43\nEveryone,0.6237,12345\n"},
    {"csv of none", baro_write_csv, 0, ""},
    {"json of two sheets", baro_write_json, 2,
     "{\"notes\": [\"[c]: confidential.\", \"Source: PAS.\", \"[x] is not here\"], \"rows\": [\n"
     "{\"Group\": \"Everyone\", \"Trust\": 0.6237, \"Interviews\": 12345},\n"
     "{\"Group\": \"Any other\", \"Trust\": \"[c]\", \"Interviews\": \"[c]\"},\n"
     "{\"Group\": \"Mixed\", \"Trust\": 0.4481, \"Interviews\": 43},\n"
     "{\"Group\": \"Everyone\", \"Trust\": 0.6237, \"Interviews\": 12345}\n]}\n"},
    {"json of none", baro_write_json, 0, "{\"notes\": [], \"rows\": []}\n"},
    {"jsonl", baro_write_jsonl, 1,
     "{\"Group\": \"Everyone\", \"Trust\": 0.6237, \"Interviews\": 12345}\n"
     "{\"Group\": \"Any other\", \"Trust\": \"[c]\", \"Interviews\": \"[c]\"}\n"
     "{\"Group\": \"Mixed\", \"Trust\": 0.4481, \"Interviews\": 43}\n"},
    {"jsonl of none", baro_write_jsonl, 0, ""},
    {"markdown of two sheets", baro_write_markdown, 2,
     "**Trust, 2023 Q1**\n\nWeighted percent\n\n"
     "| Group | Trust | Interviews |\n| :--------- | -----: | ----------: |\n| Everyone | 62% | 12,345 |\n"
     "| Any other | \\[c] | \\[c] |\n| Mixed | 45% \\[u] | 43 |\n\n"
     "- \\[c]: confidential.\n- Source: PAS.\n- \\[<!-- -->x] is not here\n\n"
     "**Trust, 2023 Q2**\n\n"
     "| Group | Trust | Interviews |\n| :-------- | -----: | ----------: |\n| Everyone | 62% | 12,345 |\n\n"
     "- \\[c]: confidential.\n- Source: PAS.\n"},
    {"markdown of none", baro_write_markdown, 0, ""},
};

static void test_sheet(void **state)
{
    const sheet_case *c = *state;
    size_t length;
    char *got = sheet_bytes(c->write, levels, c->n, BARO_OK, &length);
    assert_string_equal(got, c->wanted);
    free(got);
}

/* What could begin a list, a heading, a caption or a rule at the start of a paragraph. */
typedef struct {
    const char *name, *text, *wanted;
} block_case;

static const block_case block_cases[] = {
    {"number", "1. a. b", "1\\. a. b"},
    {"bracketed letter", "(a) b)", "(a\\) b)"},
    {"letter", "a) b", "a\\) b"},
    {"dash", "- a", "\\- a"},
    {"plus", "+ a", "\\+ a"},
    {"hash", "# a", "\\# a"},
    {"quote", "> a", "\\> a"},
    {"rule", "---", "\\-\\-\\-"},
    {"underline", "===", "\\=\\=\\="},
    {"caption", "Table: a", "Table\\: a"},
    {"short caption", ": a", "\\: a"},
    {"title", "% a", "\\% a"},
    {"spaces around", " \n a \t", "a"},
    {"box", "[ ] a", "\\[<!-- --> ] a"},
    {"definition", "[c]: a", "\\[c]: a"},
    {"line block", "| a", "\\| a"},
    {"quoted", "\"a\" 'b'", "\"a\" 'b'"},
    {"plain", "Source: a-b, (c). D", "Source: a-b, (c). D"},
    {"fence", "~~~ a", "\\~\\~\\~ a"},
    {"numbered example", "(@) a", "(\\@\\) a"},
};

static void test_block(void **state)
{
    const block_case *c = *state;
    const char *const notes[] = {c->text};
    const baro_sheet sheet = {.id = "s", .title = "T", .subtitle = c->text, .notes = notes, .n_notes = 1};
    char wanted[256];
    size_t length;
    snprintf(wanted, sizeof wanted, "**T**\n\n%s\n\n\n- %s\n", c->wanted, c->wanted);
    char *got = sheet_bytes(baro_write_markdown, &sheet, 1, BARO_OK, &length);
    assert_string_equal(got, wanted);
    free(got);
}

static void test_csv_other_columns(void **state)
{
    (void)state;
    baro_sheet sheets[2] = {levels[0], levels[1]};
    sheets[1].n_columns = 2;
    size_t length;
    char *got = sheet_bytes(baro_write_csv, sheets, 2, BARO_INTERNAL, &length);
    assert_int_equal(length, 0);
    free(got);
}

/* A blank line would be lost by many readers. */
static void test_csv_one_column(void **state)
{
    (void)state;
    const baro_cell cells[] = {SHEET_TEXT("a"), SHEET_EMPTY, SHEET_TEXT(""), SHEET_NUMBER(3.25)};
    const baro_sheet sheet = {.columns = level_columns, .n_columns = 1, .cells = cells, .n_rows = 4};
    size_t length;
    char *got = sheet_bytes(baro_write_csv, &sheet, 1, BARO_OK, &length);
    assert_string_equal(got, "Group\na\n\"\"\n\"\"\n3.25\n");
    free(got);
}

enum { HOSTILE = 20000 };

typedef struct {
    char (*labels)[HOSTILE_ROOM];
    baro_cell *cells;
    baro_sheet sheet;
} hostile;

static const baro_sheet_column hostile_columns[] = {{.name = "n", .numeric = true, .scale = 1},
                                                    {.name = "label", .scale = 1},
                                                    {.name = "x", .numeric = true, .scale = 1}};

static int make_hostile(void **state)
{
    hostile *made = calloc(1, sizeof *made);
    uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);
    if (!made)
        return -1;
    made->labels = calloc(HOSTILE, sizeof *made->labels);
    made->cells = calloc(HOSTILE, 3 * sizeof *made->cells);
    if (!made->labels || !made->cells)
        return -1;
    for (size_t i = 0; i < HOSTILE; i++) {
        hostile_label(&seed, made->labels[i]);
        made->cells[3 * i] = (baro_cell)SHEET_NUMBER((double)i - 7.5);
        made->cells[3 * i + 1] = (baro_cell)SHEET_TEXT(made->labels[i]);
        made->cells[3 * i + 2] = (baro_cell)SHEET_NUMBER(-1.0 / (double)(i + 3));
    }
    made->sheet = (baro_sheet){
        .id = "hostile", .columns = hostile_columns, .n_columns = 3, .cells = made->cells, .n_rows = HOSTILE};
    *state = made;
    return 0;
}

static int free_hostile(void **state)
{
    hostile *made = *state;
    free(made->labels);
    free(made->cells);
    free(made);
    return 0;
}

static bool looks_like_formula(const char *text)
{
    double number;
    if (*text == '-' && baro_number_read(text, strlen(text), '.', &number))
        return false;
    while (*text == ' ')
        text++;
    return *text == '=' || *text == '+' || *text == '-' || *text == '@' || *text == '\t' || *text == '\r';
}

static void test_hostile_csv(void **state)
{
    const hostile *made = *state;
    size_t length;
    char *got = sheet_bytes(baro_write_csv, &made->sheet, 1, BARO_OK, &length);
    const char *at = got, *last = got + length;
    char field[4 * HOSTILE_ROOM], wanted[3 * HOSTILE_ROOM], end = 0;
    assert_int_equal(baro_text_valid(got, length), length);
    for (size_t c = 0; c < 3; c++)
        assert_true(read_csv_field(&at, last, field, sizeof field, &end));
    for (size_t i = 0; i < HOSTILE; i++) {
        assert_true(read_csv_field(&at, last, field, sizeof field, &end) && end == ',');
        check_close(strtod(field, NULL), (double)i - 7.5, 0);
        assert_true(read_csv_field(&at, last, field, sizeof field, &end) && end == ',');
        hostile_valid(made->labels[i], wanted);
        assert_false(looks_like_formula(field));
        assert_string_equal(field + (looks_like_formula(wanted) ? 1 : 0), wanted);
        assert_int_equal(looks_like_formula(wanted) ? field[0] : '\'', '\'');
        assert_true(read_csv_field(&at, last, field, sizeof field, &end) && end == '\n');
        check_close(strtod(field, NULL), -1.0 / (double)(i + 3), 1e-14);
    }
    assert_ptr_equal(at, last);
    free(got);
}

typedef struct {
    const hostile *made;
    size_t skip, strings, rows;
} heard;

/* Of a row come "n", "label", the label, "x"; what comes before the rows is skipped. */
static void hear(void *context, const char *text)
{
    heard *so_far = context;
    char wanted[3 * HOSTILE_ROOM];
    if (so_far->skip > 0) {
        so_far->skip--;
    } else if (so_far->strings++ % 4 == 2) {
        assert_true(so_far->rows < HOSTILE);
        hostile_valid(so_far->made->labels[so_far->rows++], wanted);
        assert_string_equal(text, wanted);
    }
}

static void test_hostile_jsonl(void **state)
{
    const hostile *made = *state;
    heard so_far = {made, 0, 0, 0};
    size_t length, lines = 0;
    char *got = sheet_bytes(baro_write_jsonl, &made->sheet, 1, BARO_OK, &length);
    for (char *at = got; *at; lines++) {
        char *end = strchr(at, '\n');
        assert_non_null(end);
        assert_true(read_json(at, (size_t)(end - at), hear, &so_far));
        at = end + 1;
    }
    assert_int_equal(lines, HOSTILE);
    assert_int_equal(so_far.rows, HOSTILE);
    free(got);
}

static void test_hostile_json(void **state)
{
    const hostile *made = *state;
    const char *const notes[] = {made->labels[0], made->labels[1], made->labels[0]};
    baro_sheet sheets[2] = {made->sheet, made->sheet};
    heard so_far = {made, 4, 0, 0}; /* "notes", two of them, "rows" */
    sheets[0].notes = sheets[1].notes = notes;
    sheets[0].n_notes = sheets[1].n_notes = 3;
    sheets[1].n_rows = 0;
    size_t length;
    char *got = sheet_bytes(baro_write_json, sheets, 2, BARO_OK, &length);
    assert_true(read_json(got, length, hear, &so_far));
    assert_int_equal(so_far.rows, HOSTILE);
    assert_int_equal(so_far.strings, 4 * HOSTILE);
    free(got);
}

/* In front of markup an odd number of backslashes stands; so no row is cut, and no cell is more than text. */
static void check_escaped(const char *cell, const char *end)
{
    for (const char *at = cell; at < end; at++) {
        if (*at == '\\') {
            assert_true(at + 1 < end);
            at++;
        } else if (end - at >= 8 && memcmp(at, "<!-- -->", 8) == 0) {
            at += 7;
        } else if (end - at >= 5 && memcmp(at, "&#93;", 5) == 0) {
            at += 4;
        } else {
            assert_null(strchr("`*_{}[<>#&|$~^@", *at));
            assert_false((unsigned char)*at < 0x20 || *at == 0x7F);
        }
    }
}

static void test_hostile_markdown(void **state)
{
    const hostile *made = *state;
    size_t length, lines = 0;
    char *got = sheet_bytes(baro_write_markdown, &made->sheet, 1, BARO_OK, &length);
    assert_int_equal(baro_text_valid(got, length), length);
    for (char *at = got; *at; lines++) {
        char *end = strchr(at, '\n');
        assert_non_null(end);
        if (lines >= 2) {
            char *first = strchr(at + 1, '|'), *last = end - 1;
            assert_true(at[0] == '|' && at[1] == ' ' && last[0] == '|' && last[-1] == ' ');
            for (last--; *last != '|'; last--)
                continue;
            assert_non_null(first);
            assert_true(first < last);
            check_escaped(first + 1, last);
        }
        at = end + 1;
    }
    assert_int_equal(lines, HOSTILE + 2);
    free(got);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_csv_other_columns),
        cmocka_unit_test(test_csv_one_column),
        cmocka_unit_test_setup_teardown(test_hostile_csv, make_hostile, free_hostile),
        cmocka_unit_test_setup_teardown(test_hostile_jsonl, make_hostile, free_hostile),
        cmocka_unit_test_setup_teardown(test_hostile_json, make_hostile, free_hostile),
        cmocka_unit_test_setup_teardown(test_hostile_markdown, make_hostile, free_hostile),
    };
    static cell_case cells[COUNT(cell_cases)];
    static sheet_case sheets[COUNT(sheet_cases)];
    static block_case blocks[COUNT(block_cases)];
    static struct CMUnitTest tests[COUNT(cells) + COUNT(sheets) + COUNT(blocks) + COUNT(fixed)];
    size_t n = 0;
    memcpy(cells, cell_cases, sizeof cells);
    memcpy(sheets, sheet_cases, sizeof sheets);
    memcpy(blocks, block_cases, sizeof blocks);
    for (size_t i = 0; i < COUNT(cells); i++)
        tests[n++] = (struct CMUnitTest){cells[i].name, test_cell, NULL, NULL, &cells[i]};
    for (size_t i = 0; i < COUNT(sheets); i++)
        tests[n++] = (struct CMUnitTest){sheets[i].name, test_sheet, NULL, NULL, &sheets[i]};
    for (size_t i = 0; i < COUNT(blocks); i++)
        tests[n++] = (struct CMUnitTest){blocks[i].name, test_block, NULL, NULL, &blocks[i]};
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("writers", tests, COUNT(tests), NULL, NULL);
}
