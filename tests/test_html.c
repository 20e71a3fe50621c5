/* Tables of HTML and metadata of CSV: exact bytes, the rules for tables that a screen reader reads, and 20,000 labels
 * that want to be more than text. */
#include "tests/check.h"
#include "tests/package.h"
#include "tests/sheet_bytes.h"
#include "io/base/text.h"
#include "io/writers/csvw.h"
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { LABELS = 20000, ROOM = 8 * HOSTILE_ROOM };

/* ---- exact bytes ---- */

static const baro_sheet_column columns[] = {
    {.name = "Ethnic group", .scale = 1},
    {.name = "Interviews", .scale = 1, .numeric = true, .thousands = true},
    {.name = "Per cent", .scale = 100, .numeric = true, .decimals = 1, .unit = "%"},
};
static const baro_cell cells[] = {SHEET_TEXT("Black & \"other\" <b>"),
                                  SHEET_NUMBER(1914),
                                  SHEET_NUMBER(0.61728),
                                  SHEET_TEXT("It's\tlate"),
                                  SHEET_NUMBER(31),
                                  SHEET_MARKED(0.4512, "[u]"),
                                  SHEET_TEXT("Other"),
                                  SHEET_TEXT("[c]"),
                                  SHEET_EMPTY};
static const char *const notes[] = {"[u] low reliability: fewer than 50.", "", "Source: \"us\" & them."};
static const baro_sheet sheet = {.id = "trust-by-ethnicity",
                                 .title = "Trust, <2023>",
                                 .subtitle = "All \"adults\"",
                                 .notes = notes,
                                 .n_notes = 3,
                                 .columns = columns,
                                 .n_columns = 3,
                                 .cells = cells,
                                 .n_rows = 3,
                                 .row_headers = 1};

static const char table_bytes[] =
    "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"trust-by-ethnicity-caption\">\n"
    "<table id=\"trust-by-ethnicity\">\n"
    "<caption id=\"trust-by-ethnicity-caption\">Trust, &lt;2023&gt; <span class=\"subtitle\">All "
    "&quot;adults&quot;</span></caption>\n"
    "<thead>\n<tr><th scope=\"col\">Ethnic group</th><th scope=\"col\" class=\"number\">Interviews</th>"
    "<th scope=\"col\" class=\"number\">Per cent</th></tr>\n</thead>\n<tbody>\n"
    "<tr><th scope=\"row\">Black &amp; &quot;other&quot; &lt;b&gt;</th><td class=\"number\">1,914</td><td "
    "class=\"number\">61.7%</td></tr>\n"
    "<tr><th scope=\"row\">It&#39;s late</th><td class=\"number\">31</td><td class=\"number\">45.1% [u]</td></tr>\n"
    "<tr><th scope=\"row\">Other</th><td class=\"number\">[c]</td><td class=\"number\"></td></tr>\n"
    "</tbody>\n</table>\n</div>\n"
    "<ul class=\"notes\">\n<li>[u] low reliability: fewer than 50.</li>\n<li>Source: &quot;us&quot; &amp; "
    "them.</li>\n</ul>\n";

static void test_table(void **state)
{
    (void)state;
    size_t length;
    char *got = sheet_bytes(baro_write_html, &sheet, 1, BARO_OK, &length);
    assert_string_equal(got, table_bytes);
    free(got);
}

static void test_nothing(void **state)
{
    (void)state;
    size_t length;
    char *got = sheet_bytes(baro_write_html, NULL, 0, BARO_OK, &length);
    assert_string_equal(got, "");
    free(got);
    const baro_sheet bare = {.id = "x", .title = "Nothing & nobody"};
    got = sheet_bytes(baro_write_html, &bare, 1, BARO_OK, &length);
    assert_string_equal(got, "<p>Nothing &amp; nobody</p>\n");
    free(got);
}

/* ---- rules, on two tables in one page ---- */

static xmlDocPtr page_of(const baro_sheet *sheets, size_t n)
{
    size_t length;
    char *got = sheet_bytes(baro_write_html, sheets, n, BARO_OK, &length), *page = malloc(length + 64);
    assert_non_null(page);
    int size = snprintf(page, length + 64, "<body>%s</body>", got);
    xmlDocPtr doc = xmlReadMemory(page, size, "page", "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    assert_non_null(doc);
    free(page);
    free(got);
    return doc;
}

typedef struct {
    const char *name, *expression;
} rule;

static const rule rules[] = {
    {"every table has a caption first", "count(//table/*[1][self::caption]) = 2"},
    {"every header of a column has its scope",
     "count(//thead/tr/th[@scope = 'col']) = count(//thead/tr/*) and count(//thead/tr/th) = 6"},
    {"every header of a row has its scope", "count(//tbody/tr/th[@scope = 'row']) = count(//tbody/tr)"},
    {"one header row", "count(//thead/tr) = 2"},
    {"no cell is spanned", "not(//@colspan or //@rowspan)"},
    {"rows are as long as the header", "not(//tbody/tr[count(*) != 3])"},
    {"ids are unique in the page", "not(//@id[. = ../preceding::*/@id or . = ../ancestor::*/@id])"},
    {"a region is labelled by its caption",
     "//div[1]/@aria-labelledby = //div[1]//caption/@id and //div[2]/@aria-labelledby = //div[2]//caption/@id"},
    {"a region can be reached by keyboard", "count(//div[@role = 'region' and @tabindex = '0']) = 2"},
    {"no style, script, or event", "not(//@style or //script or //style or //@*[starts-with(name(), 'on')])"},
    {"no request to anywhere", "not(//@href or //@src)"},
    {"numbers are marked for their alignment", "count(//tbody/tr/td[@class = 'number']) = 12"},
    {"notes stand below", "count(//ul[@class = 'notes']/li) = 4"},
};

static void test_rule(void **state)
{
    const rule *r = *state;
    const baro_sheet twice[] = {sheet, sheet};
    xmlDocPtr doc = page_of(twice, 2);
    assert_true(package_true(doc, r->expression));
    xmlFreeDoc(doc);
}

/* ---- hostile labels ---- */

static void shown(const char *text, char out[ROOM])
{
    size_t length = strlen(text), used = 0;
    for (size_t at = 0, n; at < length; at += n) {
        uint32_t character;
        char one[BARO_QUOTE_ROOM] = " ";
        n = baro_text_character(text + at, length - at, &character);
        if (text[at] != ' ' && (text[at] < '\t' || text[at] > '\r'))
            baro_text_quote_all(text + at, n, one, sizeof one);
        memcpy(out + used, one, strlen(one));
        used += strlen(one);
    }
    out[used] = '\0';
}

static void check_text(const xmlNode *node, const char *label)
{
    char wanted[ROOM];
    shown(label, wanted);
    const xmlNode *text = node->children;
    if (!text) {
        assert_string_equal(wanted, "");
        return;
    }
    assert_int_equal(text->type, XML_TEXT_NODE);
    assert_null(text->next); /* no label makes an element */
    assert_string_equal((const char *)text->content, wanted);
}

static void test_hostile(void **state)
{
    (void)state;
    char(*label)[HOSTILE_ROOM] = malloc(LABELS * sizeof *label);
    baro_cell *cell = calloc(LABELS, sizeof *cell);
    assert_non_null(label);
    assert_non_null(cell);
    uint64_t seed = 0xBB67AE8584CAA73Bu;
    for (size_t i = 0; i < LABELS; i++) {
        hostile_label(&seed, label[i]);
        cell[i] = (baro_cell){.kind = BARO_CELL_TEXT, .text = label[i]};
    }
    const baro_sheet_column column[] = {{.name = label[0], .scale = 1},
                                        {.name = label[1], .scale = 1, .numeric = true}};
    const char *const one[] = {label[2]};
    const baro_sheet hostile = {.id = label[3],
                                .title = label[4],
                                .notes = one,
                                .n_notes = 1,
                                .columns = column,
                                .n_columns = 2,
                                .cells = cell,
                                .n_rows = LABELS / 2,
                                .row_headers = 1};
    xmlDocPtr doc = page_of(&hostile, 1);
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)"//tbody/tr/*", context);
    assert_int_equal(found->nodesetval->nodeNr, LABELS);
    for (size_t i = 0; i < LABELS; i++)
        check_text(found->nodesetval->nodeTab[i], label[i]);
    assert_true(package_true(
        doc, "translate(//table/@id, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-', '') = ''"));
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    xmlFreeDoc(doc);
    free(cell);
    free(label);
}

/* ---- metadata ---- */

static char *metadata_of(const baro_sheet *of, const baro_csvw *about)
{
    char path[] = "/tmp/csvw-XXXXXX", *bytes = calloc(1, 1 << 20);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_non_null(bytes);
    close(fd);
    baro_output *output;
    assert_int_equal(baro_output_open(path, &output, NULL), BARO_OK);
    assert_int_equal(baro_write_csvw(of, about, output), BARO_OK);
    assert_int_equal(baro_output_close(output, NULL), BARO_OK);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    unlink(path);
    return bytes;
}

static void test_metadata(void **state)
{
    (void)state;
    static const baro_sheet_column tidy[] = {
        {.name = "group", .description = "Category of the \"breakdown\"", .scale = 1},
        {.name = "se 2", .description = "Standard error", .unit = "share of 1", .numeric = true, .scale = 1},
        {.name = "p", .numeric = true, .scale = 1},
    };
    const char *const remarks[] = {"Intervals are 95%.", "", "Unweighted."};
    const baro_sheet of = {.columns = tidy, .n_columns = 3, .notes = remarks, .n_notes = 3};
    const baro_csvw about = {
        .url = "t.csv", .title = "Demo", .publisher = "Us", .source = "Nobody\n", .licence = "OGL"};
    char *got = metadata_of(&of, &about);
    assert_string_equal(
        got,
        "{\n  \"@context\": \"http://www.w3.org/ns/csvw\",\n  \"url\": \"t.csv\",\n  \"dc:title\": \"Demo\",\n  "
        "\"dc:publisher\": "
        "\"Us\",\n  \"dc:source\": \"Nobody\\n\",\n  \"dc:license\": \"OGL\",\n  \"dialect\": {\"encoding\": "
        "\"utf-8\", "
        "\"delimiter\": \",\", \"quoteChar\": \"\\\"\", \"doubleQuote\": true, \"lineTerminators\": [\"\\n\"], "
        "\"header\": "
        "true, \"headerRowCount\": 1},\n  \"rdfs:comment\": [\"Intervals are 95%.\", \"Unweighted.\"],\n  "
        "\"tableSchema\": "
        "{\"columns\": [\n    {\"name\": \"group\", \"titles\": \"group\", \"datatype\": \"string\", \"null\": \"\", "
        "\"dc:description\": \"Category of the \\\"breakdown\\\"\"},\n    {\"name\": \"se%202\", \"titles\": \"se 2\", "
        "\"datatype\": "
        "\"number\", \"null\": \"\", \"dc:description\": \"Standard error\", \"schema:unitText\": \"share of 1\"},\n   "
        " {\"name\": "
        "\"p\", \"titles\": \"p\", \"datatype\": \"number\", \"null\": \"\"}\n  ]}\n}\n");
    free(got);
}

static void test_hostile_metadata(void **state)
{
    (void)state;
    uint64_t seed = 0x3C6EF372FE94F82Bu;
    for (int i = 0; i < 500; i++) {
        char label[4][HOSTILE_ROOM];
        for (int k = 0; k < 4; k++)
            hostile_label(&seed, label[k]);
        const baro_sheet_column one = {.name = label[0], .description = label[1], .unit = label[2], .scale = 1};
        const baro_sheet of = {.columns = &one, .n_columns = 1};
        const baro_csvw about = {.url = label[3], .title = label[2]};
        char *got = metadata_of(&of, &about), *literal;
        while ((literal = strstr(got, "true")) != NULL) /* the small reader knows null and numbers alone */
            memcpy(literal, "null", 4);
        assert_true(read_json(got, strlen(got), NULL, NULL));
        free(got);
    }
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_table),    cmocka_unit_test(test_nothing),          cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_metadata), cmocka_unit_test(test_hostile_metadata),
    };
    static rule kept[COUNT(rules)];
    static struct CMUnitTest tests[COUNT(rules) + COUNT(fixed)];
    size_t n = 0;
    memcpy(kept, rules, sizeof rules);
    for (size_t i = 0; i < COUNT(rules); i++)
        tests[n++] = (struct CMUnitTest){rules[i].name, test_rule, NULL, NULL, &kept[i]};
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("html", tests, COUNT(tests), NULL, NULL);
}
