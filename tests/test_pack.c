/* The parts of a pack that whole commands do not reach: manifests that are none, tables compared, pages and hostile text. */
#include "tests/check.h"
#include "io/writers/web.h"
#include "surveys/publishing/differ.h"
#include "surveys/publishing/manifest.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUM "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"

/* A file of these bytes; the caller frees and unlinks its name. */
static char *make_file(const char *text)
{
    char *path = strdup("/tmp/barometer-pack-XXXXXX");
    int file = path ? mkstemp(path) : -1;
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    return path;
}

/* ---- manifests ---- */

typedef struct {
    const char *name, *text, *message; /* message: NULL where it is a manifest */
} manifest_case;

#define HEAD "{\"barometer\": \"9.8.7\", \"command\": [\"report\"], \"seed\": null, \"inputs\": [], \"files\": ["
static const manifest_case manifests[] = {
    {"nothing in it", HEAD "]}", NULL},
    {"a file", HEAD "{\"path\": \"charts/a b.svg\", \"bytes\": 7, \"sha256\": \"" SUM "\"}]}", NULL},
    {"not JSON", "[", "not a manifest of this program"},
    {"another JSON", "{\"name\": \"x\"}", "not a manifest of this program: barometer"},
    {"a list", "[1, 2]", "not a manifest of this program: barometer"},
    {"no command", "{\"barometer\": \"1\", \"seed\": null, \"inputs\": [], \"files\": []}", "not a manifest of this program: command"},
    {"a sum too short", HEAD "{\"path\": \"a\", \"bytes\": 7, \"sha256\": \"0f\"}]}", "not a manifest of this program: a sum or a size"},
    {"a sum in capitals", HEAD "{\"path\": \"a\", \"bytes\": 7, \"sha256\": \"0F1E2D3C4B5A69788796A5B4C3D2E1F00112233445566778899AABBCCDDEEFF0\"}]}",
     "not a manifest of this program: a sum or a size"},
    {"a size below zero", HEAD "{\"path\": \"a\", \"bytes\": -7, \"sha256\": \"" SUM "\"}]}", "not a manifest of this program: a sum or a size"},
    {"a path above", HEAD "{\"path\": \"../a\", \"bytes\": 7, \"sha256\": \"" SUM "\"}]}", "not a manifest of this program: a path that leaves the folder"},
    {"a path above, later", HEAD "{\"path\": \"a/../../b\", \"bytes\": 7, \"sha256\": \"" SUM "\"}]}",
     "not a manifest of this program: a path that leaves the folder"},
    {"a path from the root", HEAD "{\"path\": \"/etc/hosts\", \"bytes\": 7, \"sha256\": \"" SUM "\"}]}",
     "not a manifest of this program: a path that leaves the folder"},
    {"no path", HEAD "{\"path\": \"\", \"bytes\": 7, \"sha256\": \"" SUM "\"}]}", "not a manifest of this program: a path that leaves the folder"},
};

static void test_manifest(void **state)
{
    const manifest_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    char *path = make_file(c->text);
    baro_manifest manifest;
    baro_status status = baro_manifest_read(path, arena, &manifest, error);
    assert_int_equal(status, c->message ? BARO_BAD_DATA : BARO_OK);
    if (c->message)
        assert_string_equal(baro_error_entry_at(error, 0)->message, c->message);
    else
        assert_string_equal(manifest.version, "9.8.7");
    unlink(path);
    free(path);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* What is written is read back as it was, whatever names hold. */
static void test_manifest_round(void **state)
{
    (void)state;
    static const char *const command[] = {"report", "--title=\"Quoted\" \\ back slash 'x'", "--part=a=\"b,c.csv\"", "w\xC3\xA4lle.csv"};
    const baro_pack_input input = {.role = "data", .name = "w\xC3\xA4lle \"1\".csv", .sum = SUM, .bytes = 8675309};
    const baro_pack_file file = {.path = "tables/a-by-b.csv", .sum = SUM, .bytes = 271828};
    const baro_manifest written = {.version = "0.3.1", .command = command, .n_command = 4, .input = &input, .n_inputs = 1,
                                   .file = &file, .n_files = 1, .seed = "90125"};
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    char *path = make_file("");
    baro_output *output;
    baro_manifest read;
    assert_int_equal(baro_output_open(path, &output, error), BARO_OK);
    baro_manifest_write(&written, output);
    assert_int_equal(baro_output_close(output, error), BARO_OK);
    assert_int_equal(baro_manifest_read(path, arena, &read, error), BARO_OK);
    assert_int_equal(read.n_command, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(read.command[i], command[i]);
    assert_string_equal(read.input[0].name, input.name);
    assert_string_equal(read.input[0].sum, SUM);
    assert_int_equal(read.input[0].bytes, input.bytes);
    assert_string_equal(read.file[0].path, file.path);
    assert_int_equal(read.file[0].bytes, file.bytes);
    assert_string_equal(read.seed, "90125");
    unlink(path);
    free(path);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* ---- tables ---- */

#define COLUMNS "measure,by,group,period,base,weighted_base,estimate,se\n"
typedef struct {
    const char *name, *before, *after, *moved; /* "column:why" of each, in order */
} table_case;

static const table_case tables[] = {
    {"the same", COLUMNS "m,,,2021 Q3,417,391.25,0.6173,0.0213\n", COLUMNS "m,,,2021 Q3,417,391.25,0.6173,0.0213\n", ""},
    {"another order", COLUMNS "m,a,x,,41,39,0.61,0.02\nm,a,y,,43,37,0.53,0.03\n", COLUMNS "m,a,y,,43,37,0.53,0.03\nm,a,x,,41,39,0.61,0.02\n", ""},
    {"other interviews", COLUMNS "m,,,,417,391.25,0.6173,0.0213\n", COLUMNS "m,,,,419,391.25,0.6173,0.0213\n", "base:data "},
    {"other weights", COLUMNS "m,,,,417,391.25,0.6173,0.0213\n", COLUMNS "m,,,,417,393.75,0.6191,0.0213\n", "weighted_base:weights estimate:weights "},
    {"another level", COLUMNS "m,,,,417,391.25,0.6173,0.0213\n", COLUMNS "m,,,,417,391.25,0.6191,0.0213\n", "estimate:definition "},
    {"another error", COLUMNS "m,,,,417,391.25,0.6173,0.0213\n", COLUMNS "m,,,,417,391.25,0.6173,0.0217\n", "se:method "},
    {"last digits", COLUMNS "m,,,,417,391.25,0.617300000000001,0.0213\n", COLUMNS "m,,,,417,391.25,0.617300000000002,0.0213\n", "estimate:rounding "},
    {"hidden now", COLUMNS "m,,,,17,19.5,0.6,0.1\n", COLUMNS "m,,,,,,,\n", "base:hidden weighted_base:hidden estimate:hidden se:hidden "},
    {"a row more", COLUMNS "m,a,x,,41,39,0.61,0.02\n", COLUMNS "m,a,w,,43,37,0.53,0.03\nm,a,x,,41,39,0.61,0.02\n", ":added "},
    {"a row less", COLUMNS "m,a,x,,41,39,0.61,0.02\nm,a,z,,43,37,0.53,0.03\n", COLUMNS "m,a,x,,41,39,0.61,0.02\n", ":removed "},
    {"a column more", COLUMNS "m,a,x,,41,39,0.61,0.02\n", "measure,by,group,period,base,weighted_base,estimate,se,deff\nm,a,x,,41,39,0.61,0.02,1.7\n", ""},
    {"a test's number is no name", "measure,by,test,statistic\nm,a,rao-scott,3.14159\n", "measure,by,test,statistic\nm,a,rao-scott,2.71828\n", "statistic:method "},
    {"text in quotes", "measure,by,group,estimate\nm,a,\"x, \"\"y\"\"\",0.61\n", "measure,by,group,estimate\nm,a,\"x, \"\"y\"\"\",0.63\n", "estimate:definition "},
};

static void test_tables(void **state)
{
    const table_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    char *path[] = {make_file(c->before), make_file(c->after)}, moved[400] = "";
    baro_grid grid[2];
    baro_moves moves = {.n = 0};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(baro_grid_read(path[i], arena, &grid[i], error), BARO_OK);
    assert_int_equal(baro_grids_differ("t.csv", &grid[0], &grid[1], arena, &moves), BARO_OK);
    for (size_t i = 0; i < moves.n; i++)
        snprintf(moved + strlen(moved), sizeof moved - strlen(moved), "%s:%s ", moves.item[i].column, baro_moved_words(moves.item[i].why));
    assert_string_equal(moved, c->moved);
    for (size_t i = 0; i < 2; i++) {
        unlink(path[i]);
        free(path[i]);
    }
    baro_error_free(error);
    baro_arena_free(arena);
}

typedef struct {
    const char *name, *text;
    size_t line;
} grid_case;

static const grid_case no_grids[] = {
    {"an empty file is no table", "", 1},
    {"a short row is none", "a,b\n1,2\n3\n", 3},
    {"a long row is none", "a,b\n1,2,3\n", 2},
    {"an open quote is none", "a,b\n1,\"2\n", 2},
    {"bytes that are not UTF-8 are none", "a,b\n1,\xFF\n", 2},
    {"a blank line is none", "a,b\n1,2\n\n3,4\n", 3},
};

static void test_no_grid(void **state)
{
    const grid_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    char *path = make_file(c->text);
    baro_grid grid;
    assert_int_equal(baro_grid_read(path, arena, &grid, error), BARO_BAD_DATA);
    assert_int_equal(baro_error_entry_at(error, 0)->line, c->line);
    unlink(path);
    free(path);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* ---- the page ---- */

typedef enum { TEXT, ELEMENT, HEADING, LINK, WEB_FILE, IMAGE } piece;

typedef struct {
    const char *name;
    piece piece;
    const char *text, *wanted;
} web_case;

static const web_case webs[] = {
    {"text stays text", TEXT, "<script>\"a\" & 'b'", "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;"},
    {"a control byte is shown", TEXT, "a\x1b[2Jb", "a\\x1B[2Jb"},
    {"an element without text is none", ELEMENT, " \n\t", ""},
    {"a heading's id is safe", HEADING, "a\" onload=\"x", "<h2 id=\"a_22_20onload_3D_22x\">a&quot; onload=&quot;x</h2>\n"},
    {"a link's place is safe", LINK, "x\">y", "<a href=\"#x_22_3Ey\">x&quot;&gt;y</a>"},
    {"a file's address is safe", WEB_FILE, "a b/\"c\".csv", "<a href=\"a%20b/%22c%22.csv\">a b/&quot;c&quot;.csv</a>"},
    {"a scheme is no scheme", WEB_FILE, "javascript:x", "<a href=\"javascript%3Ax\">javascript:x</a>"},
    {"a picture of three bytes", IMAGE, "Man", "<img class=\"logo\" alt=\"Man\" src=\"data:image/png;base64,TWFu\">\n"},
    {"of two", IMAGE, "Ma", "<img class=\"logo\" alt=\"Ma\" src=\"data:image/png;base64,TWE=\">\n"},
    {"of one", IMAGE, "M", "<img class=\"logo\" alt=\"M\" src=\"data:image/png;base64,TQ==\">\n"},
};

static void write_piece(const web_case *c, baro_output *output)
{
    switch (c->piece) {
    case TEXT: baro_web_text(output, c->text); break;
    case ELEMENT: baro_web_element(output, "p", NULL, c->text); break;
    case HEADING: baro_web_heading(output, 2, c->text, c->text); break;
    case LINK: baro_web_link(output, c->text, c->text); break;
    case WEB_FILE: baro_web_file(output, c->text, c->text); break;
    case IMAGE: baro_web_image(output, "logo", "image/png", c->text, strlen(c->text), c->text); break;
    }
}

static void test_web(void **state)
{
    const web_case *c = *state;
    char *path = make_file(""), got[500];
    baro_error *error = baro_error_new();
    baro_output *output;
    assert_int_equal(baro_output_open(path, &output, error), BARO_OK);
    write_piece(c, output);
    assert_int_equal(baro_output_close(output, error), BARO_OK);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(got, c->wanted);
    unlink(path);
    free(path);
    baro_error_free(error);
}

#define ROWS(table) (sizeof(table) / sizeof *(table))

int main(void)
{
    struct CMUnitTest test[ROWS(manifests) + 1 + ROWS(tables) + ROWS(no_grids) + ROWS(webs)];
    size_t n = 0;
    for (size_t i = 0; i < ROWS(manifests); i++)
        test[n++] = (struct CMUnitTest){manifests[i].name, test_manifest, NULL, NULL, (void *)(uintptr_t)&manifests[i]};
    test[n++] = (struct CMUnitTest){"a manifest is read as it was written", test_manifest_round, NULL, NULL, NULL};
    for (size_t i = 0; i < ROWS(tables); i++)
        test[n++] = (struct CMUnitTest){tables[i].name, test_tables, NULL, NULL, (void *)(uintptr_t)&tables[i]};
    for (size_t i = 0; i < ROWS(no_grids); i++)
        test[n++] = (struct CMUnitTest){no_grids[i].name, test_no_grid, NULL, NULL, (void *)(uintptr_t)&no_grids[i]};
    for (size_t i = 0; i < ROWS(webs); i++)
        test[n++] = (struct CMUnitTest){webs[i].name, test_web, NULL, NULL, (void *)(uintptr_t)&webs[i]};
    return cmocka_run_group_tests_name("pack", test, NULL, NULL);
}
