/* Folders that are whole or as they were, and SHA-256. */
#include "tests/check.h"
#include "io/base/folder.h"
#include "io/base/output.h"
#include "io/base/sha256.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char root[64], pack[96];
    baro_error *error;
    baro_arena *arena;
} place;

static int open_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    assert_non_null(p);
    const char *parent = getenv("TMPDIR");
    snprintf(p->root, sizeof p->root, "%.40s/folder-XXXXXX", parent && *parent ? parent : "/tmp");
    assert_non_null(mkdtemp(p->root));
    snprintf(p->pack, sizeof p->pack, "%s/pack", p->root);
    p->error = baro_error_new();
    p->arena = baro_arena_new();
    *state = p;
    return 0;
}

static int close_place(void **state)
{
    place *p = *state;
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", p->root);
    assert_int_equal(system(command), 0);
    baro_error_free(p->error);
    baro_arena_free(p->arena);
    free(p);
    return 0;
}

static void put(place *p, baro_folder *folder, const char *name, const char *text)
{
    const char *path;
    baro_output *output;
    assert_int_equal(baro_folder_place(folder, name, p->arena, &path, p->error), BARO_OK);
    assert_int_equal(baro_output_open(path, &output, p->error), BARO_OK);
    baro_output_text(output, text);
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
}

/* What the whole place holds, by a shell's own eyes. */
static void holds(place *p, const char *expected)
{
    char command[256], got[512] = "";
    snprintf(command, sizeof command, "cd '%s' && find . -type f | LC_ALL=C sort | xargs -r grep -H '' | tr '\\n' ' '",
             p->root);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t n = fread(got, 1, sizeof got - 1, pipe);
    got[n] = '\0';
    pclose(pipe);
    assert_string_equal(got, expected);
}

static void make(place *p, const char *const *ours, size_t n, bool force, const char *text)
{
    baro_folder *folder;
    assert_int_equal(baro_folder_open(p->pack, ours, n, force, &folder, p->error), BARO_OK);
    put(p, folder, "charts/a.svg", text);
    put(p, folder, "index.html", text);
    assert_int_equal(baro_folder_settle(folder, p->error), BARO_OK);
}

static const char *const both[] = {"charts/a.svg", "index.html"};

static void test_replaced(void **state)
{
    place *p = *state;
    make(p, NULL, 0, false, "old");
    holds(p, "./pack/charts/a.svg:old ./pack/index.html:old ");
    make(p, both, 2, false, "new");
    holds(p, "./pack/charts/a.svg:new ./pack/index.html:new ");
}

static void test_stranger(void **state)
{
    place *p = *state;
    baro_folder *folder;
    make(p, NULL, 0, false, "old");
    assert_int_equal(baro_folder_open(p->pack, both, 1, false, &folder, p->error), BARO_CANNOT_CREATE);
    assert_non_null(
        strstr(baro_error_entry_at(p->error, 0)->message, "holds 'index.html', which this program did not put there"));
    holds(p, "./pack/charts/a.svg:old ./pack/index.html:old ");
    make(p, both, 1, true, "forced");
    holds(p, "./pack/charts/a.svg:forced ./pack/index.html:forced ");
}

static void test_abandoned(void **state)
{
    place *p = *state;
    baro_folder *folder;
    make(p, NULL, 0, false, "old");
    assert_int_equal(baro_folder_open(p->pack, both, 2, false, &folder, p->error), BARO_OK);
    put(p, folder, "deep/er/b.csv", "half");
    baro_folder_abandon(folder);
    holds(p, "./pack/charts/a.svg:old ./pack/index.html:old ");
}

static void test_interrupted(void **state)
{
    place *p = *state;
    baro_folder *folder;
    make(p, NULL, 0, false, "old");
    assert_int_equal(baro_folder_open(p->pack, both, 2, false, &folder, p->error), BARO_OK);
    put(p, folder, "deep/er/b.csv", "half");
    baro_folder_remove_all();
    holds(p, "./pack/charts/a.svg:old ./pack/index.html:old ");
    char command[160];
    snprintf(command, sizeof command, "test $(ls -A '%s' | wc -l) = 1", p->root);
    assert_int_equal(system(command), 0);
    baro_folder_abandon(folder);
}

static void test_refused(void **state)
{
    place *p = *state;
    baro_folder *folder;
    const char *path;
    FILE *file = fopen(p->pack, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(baro_folder_open(p->pack, NULL, 0, true, &folder, p->error), BARO_CANNOT_CREATE);
    assert_int_equal(unlink(p->pack), 0);
    assert_int_equal(baro_folder_open(p->pack, NULL, 0, false, &folder, p->error), BARO_OK);
    static const char *const wrong[] = {"", "/etc/x", "../x", "a/../../x", ".."};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(baro_folder_place(folder, wrong[i], p->arena, &path, p->error), BARO_CANNOT_CREATE);
    baro_folder_abandon(folder);
}

/* FIPS 180-4's examples, and lengths about the edges of a block, summed by sha256sum of GNU coreutils. */
static void test_sha256(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t times;
        const char *sum;
    } row[] = {{"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
               {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
               {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
               {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
               {"x", 55, "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"},
               {"x", 56, "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"},
               {"x", 64, "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        baro_sha256 sum;
        char got[BARO_SHA256_TEXT];
        baro_sha256_begin(&sum);
        for (size_t k = 0; k < row[i].times; k++)
            baro_sha256_add(&sum, row[i].text, strlen(row[i].text));
        baro_sha256_end(&sum, got);
        assert_string_equal(got, row[i].sum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_replaced, open_place, close_place),
                                       cmocka_unit_test_setup_teardown(test_stranger, open_place, close_place),
                                       cmocka_unit_test_setup_teardown(test_abandoned, open_place, close_place),
                                       cmocka_unit_test_setup_teardown(test_interrupted, open_place, close_place),
                                       cmocka_unit_test_setup_teardown(test_refused, open_place, close_place),
                                       cmocka_unit_test(test_sha256)};
    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
