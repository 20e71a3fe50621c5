/*
 * Workbooks of anything: labels that want to be something else, names that no worksheet may have, places that cannot be
 * written, a writer that dies, the same bytes twice, and what LibreOffice makes of them.
 */
#include "tests/check.h"
#include "tests/package.h"
#include "tests/sheet_bytes.h"
#include "io/base/child.h"
#include "io/base/text.h"
#include "io/writers/workbook.h"
#include "surveys/publishing/workbook.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { LABELS = 20000, ROOM = 8 * HOSTILE_ROOM };

typedef baro_status package_writer(const baro_workbook *workbook, const char *path, baro_error *error);

static const struct {
    const char *name;
    package_writer *write;
    bool (*grid)(const package *p, size_t i, package_grid *out);
} formats[] = {{"xlsx", baro_write_xlsx, package_xlsx_grid}, {"ods", baro_write_ods, package_ods_grid}};

static char *bytes_of(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(1 << 24);
    assert_non_null(bytes);
    *length = fread(bytes, 1, 1 << 24, file);
    fclose(file);
    return bytes;
}

/* A folder of its own, and a file in it. */
typedef struct {
    char folder[64], path[96];
} place;

static void open_place(place *p, const char *name)
{
    strcpy(p->folder, "/tmp/baro-book-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/%s", p->folder, name);
}

static void close_place(place *p)
{
    unlink(p->path);
    assert_int_equal(rmdir(p->folder), 0); /* else a temporary was left */
}

static const baro_sheet_column columns[] = {
    {.name = "Group", .scale = 1}, {.name = "Level", .scale = 100, .numeric = true, .decimals = 1, .thousands = true}};
static const baro_cell cells[] = {SHEET_TEXT("Black"), SHEET_NUMBER(0.61728), SHEET_TEXT("White \xC3\xA9t\xC3\xA9"),
                                  SHEET_NUMBER(-31.5), SHEET_TEXT("[c]"),     SHEET_TEXT("[c]")};
static const baro_sheet small = {.columns = columns, .n_columns = 2, .cells = cells, .n_rows = 3, .row_headers = 1};
static const char *const lines[] = {"A title", "This worksheet contains one table."};
static const baro_worksheet worksheet = {.name = "Levels", .lines = lines, .n_lines = 2, .table = &small};
static const baro_workbook book = {
    .title = "A title", .author = "Somebody", .keywords = "one, two", .sheets = &worksheet, .n_sheets = 1};

/* ---- names ---- */

typedef struct {
    const char *name, *wish, *wanted;
} name_case;

/* Taken: Notes, trust_groups, and thirty-one letters. */
static const name_case name_cases[] = {
    {"a good name stays", "Fair_trend", "Fair_trend"},
    {"a dash becomes an underscore", "trust-by-sex", "trust_by_sex"},
    {"no name at all", "", "T"},
    {"a missing name", NULL, "T"},
    {"a digit in front", "62E", "T62E"},
    {"letters that worksheets refuse", "a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g"},
    {"quotes", "it's \"it\"", "it_s__it_"},
    {"letters outside of ASCII", "\xC3\xA9t\xC3\xA9", "T_t_"},
    {"more letters than there is room for", "a234567890123456789012345678901234567890",
     "a234567890123456789012345678901"},
    {"a name that is taken", "Notes", "Notes_2"},
    {"taken whatever the case", "NOTES", "NOTES_2"},
    {"a name that Excel keeps for itself", "history", "history_2"},
    {"taken at full length", "b234567890123456789012345678901", "b2345678901234567890123456789_2"},
};

static void test_name(void **state)
{
    static const char *const taken[] = {"Notes", "trust_groups", "b234567890123456789012345678901"};
    const name_case *c = *state;
    char out[BARO_WORKSHEET_NAME + 1];
    baro_worksheet_name(c->wish, taken, COUNT(taken), out);
    assert_string_equal(out, c->wanted);
}

/* ---- labels ---- */

/* What a reader sees: white space as a space, what cannot be seen as \xNN. */
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

/* Escapes of the format, which hostile_label does not know of. */
static void make_labels(char (*label)[HOSTILE_ROOM])
{
    static const char *const more[] = {"_x0041_", "_x0041_x0042_", "_x005F_",      "_x000D_",
                                       "_xD800_", "__x0041_",      "_x00_",        "   a  b ",
                                       "{=1+1}",  "http://a.org",  "internal:A!A1"};
    uint64_t seed = 0x6A09E667F3BCC909u;
    for (size_t i = 0; i < LABELS; i++) {
        hostile_label(&seed, label[i]);
        if (i % 9 == 0) {
            size_t used = strlen(label[i]);
            const char *part = more[i / 9 % COUNT(more)];
            if (used + strlen(part) < HOSTILE_ROOM)
                strcpy(label[i] + used, part);
        }
    }
}

static void hostile_labels(size_t format)
{
    char(*label)[HOSTILE_ROOM] = malloc(LABELS * sizeof *label);
    baro_cell *cell = calloc(LABELS, sizeof *cell);
    assert_non_null(label);
    assert_non_null(cell);
    make_labels(label);
    for (size_t i = 0; i < LABELS; i++)
        cell[i] = (baro_cell){.kind = BARO_CELL_TEXT, .text = label[i]};
    const baro_sheet_column column[] = {{.name = label[0], .scale = 1},
                                        {.name = label[0], .scale = 1},
                                        {.name = "", .scale = 1},
                                        {.name = label[3], .scale = 1, .numeric = true}};
    const baro_sheet sheet = {.columns = column, .n_columns = 4, .cells = cell, .n_rows = LABELS / 4};
    const baro_worksheet hostile = {
        .name = "Hostile", .lines = (const char *const[]){label[1], label[2]}, .n_lines = 2, .table = &sheet};
    const baro_workbook all = {.title = label[4],
                               .author = label[5],
                               .subject = label[6],
                               .keywords = label[7],
                               .sheets = &hostile,
                               .n_sheets = 1};
    place p;
    package read;
    package_grid grid;
    open_place(&p, "hostile");
    assert_int_equal(formats[format].write(&all, p.path, NULL), BARO_OK);
    package_open(&read, p.path);
    assert_true(formats[format].grid(&read, 0, &grid));
    assert_int_equal(grid.rows, 3 + LABELS / 4);
    char wanted[ROOM];
    for (size_t i = 0; i < LABELS; i++) {
        shown(label[i], wanted);
        assert_string_equal(package_at(&grid, 3 + i / 4, i % 4), wanted);
        assert_false(grid.number[(3 + i / 4) * grid.columns + i % 4]);
    }
    shown(label[2], wanted);
    assert_string_equal(package_at(&grid, 1, 0), wanted);
    assert_string_not_equal(package_at(&grid, 2, 0), package_at(&grid, 2, 1)); /* titles are told apart */
    assert_string_equal(package_at(&grid, 2, 2), "Column 3");
    package_grid_free(&grid);
    package_close(&read);
    close_place(&p);
    free(cell);
    free(label);
}

static void test_hostile_xlsx(void **state)
{
    (void)state;
    hostile_labels(0);
}

static void test_hostile_ods(void **state)
{
    (void)state;
    hostile_labels(1);
}

/* ---- numbers ---- */

typedef struct {
    const char *name;
    baro_cell cell;
    double scale;
    int decimals;
    const char *wanted;
    bool number;
} number_case;

static const number_case number_cases[] = {
    {"a share in whole per cents", SHEET_NUMBER(0.61728), 100, 0, "62", true},
    {"half is rounded away from zero", SHEET_NUMBER(0.625), 100, 0, "63", true},
    {"minus half", SHEET_NUMBER(-0.625), 100, 0, "-63", true},
    {"no minus before zero", SHEET_NUMBER(-0.0041), 100, 0, "0", true},
    {"decimals", SHEET_NUMBER(2.34567), 1, 2, "2.35", true},
    {"thousands", SHEET_NUMBER(1234567.8), 1, 0, "1234568", true},
    {"not a number", SHEET_NUMBER(NAN), 1, 0, "", false},
    {"infinite", SHEET_NUMBER(INFINITY), 1, 0, "", false},
    {"a number with a mark is words", SHEET_MARKED(0.61728, "[u]"), 100, 1, "61.7 [u]", false},
    {"words in a column of numbers", SHEET_TEXT("[c]"), 1, 0, "[c]", false},
    {"a text that looks like a number", SHEET_TEXT("007"), 1, 0, "007", false},
    {"empty", SHEET_EMPTY, 1, 0, "", false},
};

static void test_number(void **state)
{
    const number_case *c = *state;
    const baro_sheet_column column = {
        .name = "x", .scale = c->scale, .decimals = c->decimals, .numeric = true, .thousands = true};
    const baro_sheet sheet = {.columns = &column, .n_columns = 1, .cells = &c->cell, .n_rows = 1};
    const baro_worksheet one = {.name = "One", .lines = lines, .n_lines = 1, .table = &sheet};
    const baro_workbook all = {.title = "t", .sheets = &one, .n_sheets = 1};
    for (size_t f = 0; f < COUNT(formats); f++) {
        place p;
        package read;
        package_grid grid;
        open_place(&p, "n");
        assert_int_equal(formats[f].write(&all, p.path, NULL), BARO_OK);
        package_open(&read, p.path);
        assert_true(formats[f].grid(&read, 0, &grid));
        assert_string_equal(package_at(&grid, 2, 0), c->wanted);
        assert_int_equal(grid.number[2 * grid.columns], c->number);
        package_grid_free(&grid);
        package_close(&read);
        close_place(&p);
    }
}

/* ---- faults ---- */

/* Runs the writer in a process that `limit` has done something to; its exit status is the baro_status. */
static int status_of(size_t format, const char *path, void (*limit)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        baro_error *error = baro_error_new();
        limit();
        _exit((int)formats[format].write(&book, path, error));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* No file may grow: the temporary of the library, or ours, cannot be written. */
static void no_room(void)
{
    struct rlimit none = {600, 600};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
}

/* The copy gets no memory. */
static void no_processes(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_NPROC, &none);
}

static void old_file_stays(size_t format, void (*limit)(void), bool must_fail)
{
    place p;
    open_place(&p, "old");
    FILE *file = fopen(p.path, "w");
    assert_non_null(file);
    fputs("what was there", file);
    assert_int_equal(fclose(file), 0);
    int status = status_of(format, p.path, limit);
    size_t length;
    char *bytes = bytes_of(p.path, &length);
    if (must_fail || status != BARO_OK) {
        assert_true(status == BARO_NO_PROGRAM || status == BARO_IO || status == BARO_INTERNAL ||
                    status == BARO_NO_MEMORY);
        assert_int_equal(length, 14);
        assert_memory_equal(bytes, "what was there", 14);
    }
    free(bytes);
    close_place(&p);
}

static void test_no_room(void **state)
{
    (void)state;
    old_file_stays(0, no_room, true);
    old_file_stays(1, no_room, true);
}

static void test_no_process(void **state)
{
    (void)state;
    old_file_stays(0, no_processes, false); /* root may start as many as it likes */
}

static void test_full_disk(void **state)
{
    (void)state;
    for (size_t f = 0; f < COUNT(formats); f++) {
        baro_error *error = baro_error_new();
        assert_int_equal(formats[f].write(&book, "/dev/full", error), BARO_IO);
        assert_string_equal(baro_error_entry_at(error, 0)->message, "write failed: No space left on device");
        baro_error_free(error);
    }
}

static void test_no_folder(void **state)
{
    (void)state;
    place p;
    open_place(&p, "missing/t");
    for (size_t f = 0; f < COUNT(formats); f++)
        assert_int_equal(formats[f].write(&book, p.path, NULL), BARO_CANNOT_CREATE);
    close_place(&p);
}

static void test_too_many_rows(void **state)
{
    (void)state;
    baro_sheet huge = small;
    huge.n_rows = 1048576;
    baro_worksheet one = worksheet;
    one.table = &huge;
    baro_workbook all = book;
    all.sheets = &one;
    for (size_t f = 0; f < COUNT(formats); f++) {
        baro_error *error = baro_error_new();
        assert_int_equal(formats[f].write(&all, "/tmp/never", error), BARO_BAD_DATA);
        assert_string_equal(baro_error_entry_at(error, 0)->message,
                            "Levels has 1048576 rows, and a worksheet has room for 1048576; write it as .csv");
        baro_error_free(error);
    }
}

static void test_table_without_rows(void **state)
{
    (void)state;
    baro_sheet none = small;
    none.n_rows = 0;
    baro_worksheet one = worksheet;
    one.table = &none;
    baro_workbook all = book;
    all.sheets = &one;
    for (size_t f = 0; f < COUNT(formats); f++) {
        place p;
        package read;
        package_grid grid;
        open_place(&p, "none");
        assert_int_equal(formats[f].write(&all, p.path, NULL), BARO_OK);
        package_open(&read, p.path);
        assert_true(formats[f].grid(&read, 0, &grid));
        assert_int_equal(grid.rows, 3);
        assert_string_equal(package_at(&grid, 2, 1), "Level");
        package_grid_free(&grid);
        package_close(&read);
        close_place(&p);
    }
}

/* Later, and where clocks say something else. */
static void test_same_bytes_twice(void **state)
{
    (void)state;
    for (size_t f = 0; f < COUNT(formats); f++) {
        place p, q;
        size_t one, two;
        open_place(&p, "one");
        open_place(&q, "two");
        assert_int_equal(formats[f].write(&book, p.path, NULL), BARO_OK);
        sleep(f == 0 ? 2 : 0); /* a ZIP counts time in steps of two seconds */
        assert_int_equal(setenv("TZ", "Asia/Kolkata", 1), 0);
        tzset();
        assert_int_equal(formats[f].write(&book, q.path, NULL), BARO_OK);
        unsetenv("TZ");
        char *first = bytes_of(p.path, &one), *second = bytes_of(q.path, &two);
        assert_int_equal(one, two);
        assert_memory_equal(first, second, one);
        free(first);
        free(second);
        close_place(&p);
        close_place(&q);
    }
}

static void test_date_of_making(void **state)
{
    (void)state;
    baro_workbook dated = book;
    dated.made = 1709210096; /* 2024-02-29 12:34:56 UTC, a leap day */
    static const char *const part[] = {"docProps/core.xml", "meta.xml"};
    for (size_t f = 0; f < COUNT(formats); f++) {
        place p;
        package read;
        open_place(&p, "dated");
        assert_int_equal(formats[f].write(&dated, p.path, NULL), BARO_OK);
        package_open(&read, p.path);
        char *xml = package_part(&read, part[f], NULL);
        assert_non_null(strstr(xml, ">2024-02-29T12:34:56Z<"));
        free(xml);
        package_close(&read);
        close_place(&p);
    }
}

/* ---- LibreOffice ---- */

static bool has_office(void)
{
    static const char *const places[] = {"/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/local/bin/soffice"};
    for (size_t i = 0; i < COUNT(places); i++)
        if (access(places[i], X_OK) == 0)
            return true;
    return false;
}

/* LibreOffice reads the workbook and writes it as CSV: below the lines, field for field what our own CSV of the same
 * table says. */
static void office_agrees(size_t format)
{
    static const baro_sheet_column head[] = {{.name = "Group", .scale = 1},
                                             {.name = "Level [note 1]", .scale = 1, .numeric = true, .decimals = 3},
                                             {.name = "Clear difference?", .scale = 1}};
    static const baro_cell body[] = {SHEET_TEXT("Black, \"or\" Black British"),
                                     SHEET_NUMBER(61.728),
                                     SHEET_TEXT("lower"),
                                     SHEET_TEXT("two  spaces, \xE6\x97\xA5\xE6\x9C\xAC"),
                                     SHEET_NUMBER(-0.125),
                                     SHEET_TEXT("_x0041_"),
                                     SHEET_TEXT("007"),
                                     SHEET_TEXT("[c]"),
                                     SHEET_TEXT("<b>&amp;</b>")};
    const baro_sheet table = {.columns = head, .n_columns = 3, .cells = body, .n_rows = 3, .row_headers = 1};
    const baro_worksheet one = {.name = "Levels", .lines = lines, .n_lines = 2, .table = &table};
    const baro_workbook all = {.title = "t", .sheets = &one, .n_sheets = 1};
    char name[16], home[128], profile[128], csv[96];
    place p;
    snprintf(name, sizeof name, "t.%s", formats[format].name);
    open_place(&p, name);
    assert_int_equal(formats[format].write(&all, p.path, NULL), BARO_OK);
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s-office", p.folder);
    snprintf(home, sizeof home, "HOME=%s-office", p.folder); /* it leaves files there */
    const char *const arguments[] = {"env",
                                     home,
                                     "soffice",
                                     profile,
                                     "--headless",
                                     "--convert-to",
                                     "csv:Text - txt - csv (StarCalc):44,34,76",
                                     "--outdir",
                                     p.folder,
                                     p.path,
                                     NULL};
    const baro_child_job job = {.arguments = arguments, .seconds = 240, .output_limit = 1 << 20, .errors_limit = 4096};
    baro_child_answer answer;
    assert_int_equal(baro_child_run(&job, "office", &answer, NULL), BARO_OK);
    baro_child_answer_free(&answer);
    snprintf(csv, sizeof csv, "%s/t.csv", p.folder);
    size_t length, of_ours;
    char *theirs = bytes_of(csv, &length), *ours = sheet_bytes(baro_write_csv, &table, 1, BARO_OK, &of_ours);
    const char *at = theirs, *own = ours;
    for (size_t line = 0; line < 2; line++)
        at = strchr(at, '\n') + 1;
    while (own < ours + of_ours) {
        char got[256], wanted[256], end, own_end;
        assert_true(read_csv_field(&own, ours + of_ours, wanted, sizeof wanted, &own_end));
        assert_true(read_csv_field(&at, theirs + length, got, sizeof got, &end));
        assert_string_equal(got, wanted);
        assert_int_equal(end, own_end);
    }
    assert_ptr_equal(at, theirs + length);
    free(theirs);
    free(ours);
    unlink(csv);
    close_place(&p);
    char folder[128];
    snprintf(folder, sizeof folder, "%s-office", p.folder);
    const char *const tidy_up[] = {"rm", "-rf", folder, NULL};
    const baro_child_job removal = {.arguments = tidy_up, .seconds = 60, .output_limit = 4096, .errors_limit = 4096};
    assert_int_equal(baro_child_run(&removal, "office", &answer, NULL), BARO_OK);
    baro_child_answer_free(&answer);
}

static void test_office(void **state)
{
    (void)state;
    if (!has_office() || getenv("BARO_VALGRIND")) {
        print_message("LibreOffice is not here (libreoffice-calc-nogui): not tested\n");
        skip();
    }
    office_agrees(0);
    office_agrees(1);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_hostile_xlsx),     cmocka_unit_test(test_hostile_ods),
        cmocka_unit_test(test_no_room),          cmocka_unit_test(test_no_process),
        cmocka_unit_test(test_full_disk),        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_too_many_rows),    cmocka_unit_test(test_table_without_rows),
        cmocka_unit_test(test_same_bytes_twice), cmocka_unit_test(test_date_of_making),
        cmocka_unit_test(test_office),
    };
    static name_case names[COUNT(name_cases)];
    static number_case numbers[COUNT(number_cases)];
    static struct CMUnitTest tests[COUNT(names) + COUNT(numbers) + COUNT(fixed)];
    size_t n = 0;
    memcpy(names, name_cases, sizeof names);
    memcpy(numbers, number_cases, sizeof numbers);
    for (size_t i = 0; i < COUNT(names); i++)
        tests[n++] = (struct CMUnitTest){names[i].name, test_name, NULL, NULL, &names[i]};
    for (size_t i = 0; i < COUNT(numbers); i++)
        tests[n++] = (struct CMUnitTest){numbers[i].name, test_number, NULL, NULL, &numbers[i]};
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("workbook faults", tests, COUNT(tests), NULL, NULL);
}
