/* The reader of YAML: trees with positions, and everything of YAML that is refused, with its place. */
#include "tests/check.h"
#include "io/readers/yaml.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** {key=value,...} and [item,...], scalars as text@line:column, quoted ones in quotes. */
static void write_tree(const baro_yaml *node, FILE *out)
{
    if (node->kind == BARO_YAML_SCALAR) {
        fprintf(out, node->quoted ? "\"%s\"@%zu:%zu" : "%s@%zu:%zu", node->text, node->line, node->column);
        return;
    }
    fputc(node->kind == BARO_YAML_MAP ? '{' : '[', out);
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            fputc(',', out);
        if (node->kind == BARO_YAML_MAP) {
            write_tree(node->key[i], out);
            fputc('=', out);
        }
        write_tree(node->item[i], out);
    }
    fprintf(out, "%c@%zu:%zu", node->kind == BARO_YAML_MAP ? '}' : ']', node->line, node->column);
}

typedef struct {
    const char *name, *text, *tree;
} tree_case;

static const tree_case trees[] = {
    {"map", "a: 1\nb:   two words\n", "{a@1:1=1@1:4,b@2:1=two words@2:6}@1:1"},
    {"list in a map", "a: [x, 'y']\n", "{a@1:1=[x@1:5,\"y\"@1:8]@1:4}@1:1"},
    {"block list", "a:\n  - x\n  - {b: 2}\n", "{a@1:1=[x@2:5,{b@3:6=2@3:9}@3:5]@2:3}@1:1"},
    {"quoted is told from bare", "a: \"yes\"\nb: yes\nc: 'yes'\n", "{a@1:1=\"yes\"@1:4,b@2:1=yes@2:4,c@3:1=\"yes\"@3:4}@1:1"},
    {"scalars stay text", "a: 010\nb: 0x1F\nc: ~\nd: null\ne: 1_000\n", "{a@1:1=010@1:4,b@2:1=0x1F@2:4,c@3:1=~@3:4,d@4:1=null@4:4,e@5:1=1_000@5:4}@1:1"},
    {"nothing is empty text", "a:\nb: ''\n", "{a@1:1=@1:3,b@2:1=\"\"@2:4}@1:1"},
    {"comments", "# x\na: 1 # y\n", "{a@2:1=1@2:4}@2:1"},
    {"characters, not bytes, are counted", "{\xC3\xA9t\xC3\xA9: x, b: y}", "{\xC3\xA9t\xC3\xA9@1:2=x@1:7,b@1:10=y@1:13}@1:1"},
    {"byte order mark", "\xEF\xBB\xBF" "a: 1\n", "{a@1:1=1@1:4}@1:1"},
    {"CRLF", "a: 1\r\nb: 2\r\n", "{a@1:1=1@1:4,b@2:1=2@2:4}@1:1"},
    {"no line end at the end", "a: 1", "{a@1:1=1@1:4}@1:1"},
    {"document marks", "---\na: 1\n...\n", "{a@2:1=1@2:4}@2:1"},
    {"a doubled quote", "a: '\"Good Job\" local'\nb: 'Don''t'\n", "{a@1:1=\"\"Good Job\" local\"@1:4,b@2:1=\"Don't\"@2:4}@1:1"},
    {"folded block", "a: >\n  two\n  lines\nb: 1\n", "{a@1:1=\"two lines\"@1:4,b@4:1=1@4:4}@1:1"},
    {"a scalar alone", "hello", "hello@1:1"},
    {"an empty list and map", "a: []\nb: {}\n", "{a@1:1=[]@1:4,b@2:1={}@2:4}@1:1"},
    {"same key in two maps", "a: {x: 1}\nb: {x: 1}\n", "{a@1:1={x@1:5=1@1:8}@1:4,b@2:1={x@2:5=1@2:8}@2:4}@1:1"},
    {"sixteen deep", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
     "[[[[[[[[[[[[[[[[1@1:17]@1:16]@1:15]@1:14]@1:13]@1:12]@1:11]@1:10]@1:9]@1:8]@1:7]@1:6]@1:5]@1:4]@1:3]@1:2]@1:1"},
};

static void test_tree(void **state)
{
    const tree_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_yaml *root = NULL;
    char *written = NULL;
    size_t size = 0;
    assert_int_equal(baro_yaml_parse("t.yaml", c->text, strlen(c->text), arena, &root, error), BARO_OK);
    FILE *out = open_memstream(&written, &size);
    write_tree(root, out);
    fclose(out);
    assert_string_equal(written, c->tree);
    free(written);
    baro_error_free(error);
    baro_arena_free(arena);
}

typedef struct {
    const char *name, *text;
    size_t length; /* 0: strlen */
    const char *faults; /* one a line */
} fault_case;

static const fault_case faults[] = {
    {"empty file", "", 0, "1:1: the file is empty; a map of keys is expected\n"},
    {"comments alone", "# nothing\n", 0, "1:1: the file is empty; a map of keys is expected\n"},
    {"anchor", "a: &x 1\n", 0, "1:4: anchors (&) are not read; write the value again where it is needed\n"},
    {"anchor on a list", "a: &x [1]\n", 0, "1:4: anchors (&) are not read; write the value again where it is needed\n"},
    {"alias", "a: 1\nb: *x\n", 0, "2:4: aliases (*) are not read; put text that begins with * in quotes\n"},
    {"tag", "a: !!int 1\n", 0, "1:4: tags (!) are not read; put text that begins with ! in quotes\n"},
    {"tag on a map", "a: !x {b: 1}\n", 0, "1:4: tags (!) are not read; put text that begins with ! in quotes\n"},
    {"bare tag", "a: ! 1\n", 0, "1:4: tags (!) are not read; put text that begins with ! in quotes\n"},
    {"second document", "a: 1\n---\nb: 2\n", 0, "2:1: a second document begins here; one file holds one\n"},
    {"list as a key", "[a, b]: 1\n", 0, "1:1: a key must be plain text, not a list or a map; put text with brackets in quotes\n"},
    {"map as a key", "? {a: 1}\n: 2\n", 0, "1:3: a key must be plain text, not a list or a map; put text with brackets in quotes\n"},
    {"duplicate key", "a: 1\nb: 2\na: 3\n", 0, "3:1: key 'a' again; it stands at line 1 already\n"},
    {"duplicate key, quoted", "a: 1\n'a': 3\n", 0, "2:1: key 'a' again; it stands at line 1 already\n"},
    {"duplicate key, deep", "x: [{b: 1, b: 2}]\n", 0, "1:12: key 'b' again; it stands at line 1 already\n"},
    {"three times", "a: 1\na: 2\na: 3\n", 0, "2:1: key 'a' again; it stands at line 1 already\n3:1: key 'a' again; it stands at line 2 already\n"},
    {"many faults in one run", "a: &x 1\nb: !t 2\na: 3\n", 0,
     "1:4: anchors (&) are not read; write the value again where it is needed\n2:4: tags (!) are not read; put text that begins with ! in quotes\n"
     "3:1: key 'a' again; it stands at line 1 already\n"},
    {"seventeen deep", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", 0, "1:17: lists and maps stand more than 16 deep\n"},
    {"open bracket", "a: [1, 2\n", 0, "2:1: cannot be read as YAML: did not find expected ',' or ']'\n"},
    {"open quote", "a: 'x\n", 0, "2:1: cannot be read as YAML: found unexpected end of stream\n"},
    {"bad indentation", "a: 1\n  b: 2\n", 0, "2:4: cannot be read as YAML: mapping values are not allowed in this context\n"},
    {"tab indentation", "a:\n\tb: 2\n", 0, "2:1: cannot be read as YAML: found character that cannot start any token\n"},
    {"unknown alias of a key", "*a : 1\n", 0, "1:1: aliases (*) are not read; put text that begins with * in quotes\n"},
    {"escape byte", "a: x\x1By\n", 0, "1:5: control byte 0x1B; take it out\n"},
    {"two control bytes", "a: \x07\nb: \xC3\xA9\x7F\n", 0, "1:4: control byte 0x07; take it out\n2:5: control byte 0x7F; take it out\n"},
    {"C1 control", "a: x\xC2\x9By\n", 0, "1:5: control byte 0x9B; take it out\n"},
    {"NUL", "a: x\0y\n", 7, "1:5: control byte 0x00; take it out\n"},
    {"escaped control byte", "a: \"x\\ey\"\n", 0, "1:4: a control byte (line end, tab, escape) in a text; take it out, write the text on one line\n"},
    {"escaped NUL", "a: \"x\\0y\"\n", 0, "1:4: a control byte (line end, tab, escape) in a text; take it out, write the text on one line\n"},
    {"line end in a block", "a: |\n  x\n  y\n", 0, "1:4: a control byte (line end, tab, escape) in a text; take it out, write the text on one line\n"},
    {"tab in a text", "a: x\ty\n", 0, "1:4: a control byte (line end, tab, escape) in a text; take it out, write the text on one line\n"},
    {"control byte in a key", "\"a\\tb\": 1\n", 0, "1:1: a control byte (line end, tab, escape) in a text; take it out, write the text on one line\n"},
    {"not UTF-8", "a: 1\nb: Beaut\xE9\n", 0, "2:9: byte 0xE9 is not UTF-8; save the file as UTF-8\n"},
    {"UTF-16", "\xFF\xFE" "a\0:\0", 6, "1:1: byte 0xFF is not UTF-8; save the file as UTF-8\n"},
};

static void check_faults(const char *text, size_t length, const char *wanted)
{
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_yaml *root = NULL;
    char *written = NULL;
    size_t size = 0;
    char *exact = malloc(length + 1); /* at its very length, so that a step beyond is seen */
    assert_non_null(exact);
    memcpy(exact, text, length);
    assert_int_equal(baro_yaml_parse("t.yaml", exact, length, arena, &root, error), BARO_BAD_SURVEY);
    assert_null(root);
    FILE *out = open_memstream(&written, &size);
    for (size_t i = 0; i < baro_error_count(error); i++) {
        const baro_error_entry *entry = baro_error_entry_at(error, i);
        assert_string_equal(entry->source, "t.yaml");
        fprintf(out, "%zu:%zu: %s\n", entry->line, entry->column, entry->message);
    }
    fclose(out);
    assert_string_equal(written, wanted);
    free(written);
    free(exact);
    baro_error_free(error);
    baro_arena_free(arena);
}

static void test_fault(void **state)
{
    const fault_case *c = *state;
    check_faults(c->text, c->length == 0 ? strlen(c->text) : c->length, c->faults);
}

static void test_long_scalar(void **state)
{
    (void)state;
    char text[4200];
    baro_arena *arena = baro_arena_new();
    const baro_yaml *root = NULL;
    memset(text, 'x', sizeof text);
    memcpy(text, "a: ", 3);
    assert_int_equal(baro_yaml_parse("t.yaml", text, 3 + 4096, arena, &root, NULL), BARO_OK);
    assert_int_equal(root->item[0]->length, 4096);
    check_faults(text, 3 + 4097, "1:4: text of over 4096 bytes; shorten it\n");
    baro_arena_free(arena);
}

static void test_large_file(void **state)
{
    (void)state;
    size_t size = 1024 * 1024 + 1;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    memcpy(text, "a: 1", 4);
    baro_arena *arena = baro_arena_new();
    const baro_yaml *root = NULL;
    assert_int_equal(baro_yaml_parse("t.yaml", text, size - 1, arena, &root, NULL), BARO_OK);
    check_faults(text, size, "0:0: the file is over 1 MB\n");
    free(text);
    baro_arena_free(arena);
}

/** A hundred thousand keys must not take the square of it. */
static void test_many_keys(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; i < 100000; i++)
        fprintf(out, "k%d: 1\n", i);
    fclose(out);
    baro_arena *arena = baro_arena_new();
    const baro_yaml *root = NULL;
    assert_int_equal(baro_yaml_parse("t.yaml", text, size, arena, &root, NULL), BARO_OK);
    assert_int_equal(root->count, 100000);
    assert_int_equal(root->item[99999]->line, 100000);
    free(text);
    baro_arena_free(arena);
}

static void test_files(void **state)
{
    (void)state;
    char path[] = "/tmp/barometer-yaml-XXXXXX";
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_yaml *root = NULL;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "a: 7\n", 5), 5);
    close(file);
    assert_int_equal(baro_yaml_read(path, arena, &root, error), BARO_OK);
    assert_string_equal(root->item[0]->text, "7");
    unlink(path);
    assert_int_equal(baro_yaml_read(path, arena, &root, error), BARO_NO_INPUT);
    assert_string_equal(baro_error_entry_at(error, 0)->message, "cannot open: No such file or directory");
    assert_int_equal(baro_yaml_read("/", arena, &root, error), BARO_NO_INPUT);
    assert_string_equal(baro_error_entry_at(error, 1)->message, "cannot open: Is a directory");
    baro_error_free(error);
    baro_arena_free(arena);
}

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
    struct CMUnitTest tests[ROWS(trees) + ROWS(faults) + 4];
    size_t n = 0;
    for (size_t i = 0; i < ROWS(trees); i++)
        tests[n++] = (struct CMUnitTest){trees[i].name, test_tree, NULL, NULL, (void *)(uintptr_t)&trees[i]};
    for (size_t i = 0; i < ROWS(faults); i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_long_scalar);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_large_file);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_many_keys);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_files);
    return _cmocka_run_group_tests("yaml", tests, n, NULL, NULL);
}
