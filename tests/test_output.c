/* Files that are whole or not there. */
#include "tests/check.h"
#include "io/base/output.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 4096 };

typedef struct {
    char directory[64], path[128];
    baro_error *error;
} place;

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    strcpy(p->directory, "/tmp/baro-output-XXXXXX");
    if (!mkdtemp(p->directory))
        return -1;
    snprintf(p->path, sizeof p->path, "%s/table.csv", p->directory);
    p->error = baro_error_new();
    *state = p;
    return p->error ? 0 : -1;
}

static size_t files_in(const char *directory)
{
    DIR *d = opendir(directory);
    size_t n = 0;
    assert_non_null(d);
    for (struct dirent *entry; (entry = readdir(d)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int tear_down(void **state)
{
    place *p = *state;
    DIR *d = opendir(p->directory);
    for (struct dirent *entry; d && (entry = readdir(d)) != NULL;) {
        char path[ROOM];
        snprintf(path, sizeof path, "%s/%s", p->directory, entry->d_name);
        if (remove(path) != 0 && entry->d_name[0] != '.')
            print_message("left: %s\n", path);
    }
    if (d)
        closedir(d);
    rmdir(p->directory);
    baro_error_free(p->error);
    free(p);
    return 0;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void check_holds(const char *path, const char *wanted)
{
    char text[ROOM];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, wanted);
}

static const char *message_of(const place *p)
{
    assert_int_equal(baro_error_faults(p->error), 1);
    return baro_error_entry_at(p->error, 0)->message;
}

static void replaces_only_when_closed(void **state)
{
    place *p = *state;
    baro_output *output;
    put(p->path, "old\n");
    assert_int_equal(chmod(p->path, 0640), 0);
    assert_int_equal(baro_output_open(p->path, &output, p->error), BARO_OK);
    baro_output_text(output, "measure,");
    baro_output_format(output, "%s,%d\n", "trust", 7127);
    assert_int_equal(files_in(p->directory), 2);
    check_holds(p->path, "old\n");
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    check_holds(p->path, "measure,trust,7127\n");
    assert_int_equal(files_in(p->directory), 1);
    struct stat now;
    assert_int_equal(stat(p->path, &now), 0);
    assert_int_equal(now.st_mode & 0777, 0640); /* permissions of the old file pass on */
}

static void new_files_obey_the_umask(void **state)
{
    place *p = *state;
    baro_output *output;
    mode_t before = umask(027);
    assert_int_equal(baro_output_open(p->path, &output, p->error), BARO_OK);
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    umask(before);
    struct stat now;
    assert_int_equal(stat(p->path, &now), 0);
    assert_int_equal(now.st_mode & 0777, 0640);
    assert_int_equal(now.st_size, 0);
}

static void abandoning_leaves_the_old_file(void **state)
{
    place *p = *state;
    baro_output *output;
    put(p->path, "old\n");
    assert_int_equal(baro_output_open(p->path, &output, p->error), BARO_OK);
    baro_output_text(output, "half");
    baro_output_abandon(output);
    check_holds(p->path, "old\n");
    assert_int_equal(files_in(p->directory), 1);
    baro_output_abandon(NULL);
}

static void large_writes_arrive_in_order(void **state)
{
    place *p = *state;
    baro_output *output;
    enum { PIECES = 3001, PIECE = 97, LARGE = 200003 };
    char *large = malloc(LARGE);
    assert_non_null(large);
    memset(large, 'z', LARGE);
    assert_int_equal(baro_output_open(p->path, &output, p->error), BARO_OK);
    for (int i = 0; i < PIECES; i++)
        baro_output_format(output, "%0*d", PIECE, i);
    baro_output_write(output, large, LARGE);
    baro_output_format(output, "%.*s", 5000, large);
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    FILE *file = fopen(p->path, "r");
    assert_non_null(file);
    for (int i = 0; i < PIECES; i++) {
        char piece[PIECE + 1] = "";
        assert_int_equal(fread(piece, 1, PIECE, file), PIECE);
        assert_int_equal(strtol(piece, NULL, 10), i);
    }
    for (int i = 0; i < LARGE + 5000; i++)
        assert_int_equal(fgetc(file), 'z');
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    free(large);
}

static void follows_links_and_keeps_them(void **state)
{
    place *p = *state;
    baro_output *output;
    char link[200];
    struct stat now;
    snprintf(link, sizeof link, "%s/link", p->directory);
    put(p->path, "old\n");
    assert_int_equal(symlink("table.csv", link), 0);
    assert_int_equal(baro_output_open(link, &output, p->error), BARO_OK);
    baro_output_text(output, "new\n");
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    assert_int_equal(lstat(link, &now), 0);
    assert_true(S_ISLNK(now.st_mode));
    check_holds(p->path, "new\n");
    assert_true(baro_output_same_file(link, p->path));
    assert_false(baro_output_same_file(link, p->directory));
    assert_false(baro_output_same_file(link, "/nowhere/at/all"));
}

static void long_names_fit(void **state)
{
    place *p = *state;
    baro_output *output;
    char path[400];
    int n = snprintf(path, sizeof path, "%s/", p->directory);
    memset(path + n, 'n', 255);
    path[n + 255] = '\0';
    assert_int_equal(baro_output_open(path, &output, p->error), BARO_OK);
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    assert_int_equal(files_in(p->directory), 1);
}

/* Paths under the test's directory (those that begin with +) or as they stand. */
static const struct {
    const char *name, *path, *message;
} refused[] = {
    {"a missing directory is refused", "+/missing/t.csv", "cannot create: No such file or directory"},
    {"a directory is refused", "+", "cannot create: Is a directory"},
    {"a name that ends in a slash is refused", "+/t.csv/", "cannot create: Is a directory"},
    {"an empty name is refused", "", "cannot create: No such file or directory"},
    {"a file taken for a directory is refused", "+/table.csv/t.csv", "cannot create: Not a directory"},
};

static void check_refused(place *p, size_t row)
{
    char path[ROOM];
    baro_output *output;
    put(p->path, "old\n");
    bool below = refused[row].path[0] == '+';
    snprintf(path, sizeof path, "%s%s", below ? p->directory : "", refused[row].path + below);
    assert_int_equal(baro_output_open(path, &output, p->error), BARO_CANNOT_CREATE);
    assert_null(output);
    assert_string_equal(message_of(p), refused[row].message);
    assert_string_equal(baro_error_entry_at(p->error, 0)->source, path);
    assert_int_equal(files_in(p->directory), 1);
}

static void refuses(void **state)
{
    size_t row = *(const size_t *)*state;
    void *inner = NULL;
    assert_int_equal(set_up(&inner), 0);
    check_refused(inner, row);
    tear_down(&inner);
}

static void full_device_is_a_failure(void **state)
{
    place *p = *state;
    baro_output *output;
    assert_int_equal(baro_output_open("/dev/full", &output, p->error), BARO_OK);
    baro_output_text(output, "anything");
    assert_int_equal(baro_output_close(output, p->error), BARO_IO);
    assert_string_equal(message_of(p), "write failed: No space left on device");
    assert_string_equal(baro_error_entry_at(p->error, 0)->source, "/dev/full");
}

static void file_size_limit_leaves_nothing(void **state)
{
    place *p = *state;
    put(p->path, "old\n");
    pid_t child = fork();
    if (child == 0) {
        baro_output *output;
        struct rlimit limit = {100000, 100000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        if (baro_output_open(p->path, &output, p->error) != BARO_OK)
            _exit(2);
        for (int i = 0; i < 300; i++)
            baro_output_format(output, "%0999d\n", i);
        baro_status status = baro_output_close(output, p->error);
        bool said = strcmp(baro_error_entry_at(p->error, 0)->message, "write failed: File too large") == 0;
        _exit(status == BARO_IO && said ? 0 : 3);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    check_holds(p->path, "old\n");
    assert_int_equal(files_in(p->directory), 1);
}

static void a_pipe_is_written_directly(void **state)
{
    place *p = *state;
    baro_output *output;
    char fifo[200], text[32] = "";
    snprintf(fifo, sizeof fifo, "%s/fifo", p->directory);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_int_equal(baro_output_open(fifo, &output, p->error), BARO_OK);
    baro_output_text(output, "through");
    assert_int_equal(baro_output_close(output, p->error), BARO_OK);
    assert_int_equal(read(reader, text, sizeof text - 1), 7);
    assert_string_equal(text, "through");
    close(reader);
    assert_int_equal(files_in(p->directory), 1);
}

static void standard_output_goes_on_where_it_was(void **state)
{
    place *p = *state;
    static const char *const names[] = {NULL, "-", "/dev/stdout"};
    put(p->path, "before\n");
    for (int i = 0; i < 3; i++) {
        pid_t child = fork();
        if (child == 0) {
            baro_output *output;
            int fd = open(p->path, O_WRONLY | O_APPEND);
            dup2(fd, 1);
            if (baro_output_open(names[i], &output, p->error) != BARO_OK)
                _exit(2);
            baro_output_format(output, "%d\n", i);
            _exit(baro_output_close(output, p->error) == BARO_OK ? 0 : 3);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    check_holds(p->path, "before\n0\n1\n2\n");
}

static void unlinking_all_takes_open_temporaries(void **state)
{
    place *p = *state;
    baro_output *output[3];
    for (int i = 0; i < 3; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%d", p->directory, i);
        assert_int_equal(baro_output_open(path, &output[i], p->error), BARO_OK);
    }
    assert_int_equal(baro_output_close(output[1], p->error), BARO_OK);
    assert_int_equal(files_in(p->directory), 3);
    pid_t child = fork(); /* as a handler does: unlink, then leave */
    if (child == 0) {
        baro_output_unlink_all();
        _exit(files_in(p->directory) == 1 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    baro_output_abandon(output[0]);
    assert_int_equal(baro_output_close(output[2], p->error), BARO_IO); /* its temporary is gone */
    assert_int_equal(files_in(p->directory), 1);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    static const struct CMUnitTest fixed[] = {
        CASE(replaces_only_when_closed),
        CASE(new_files_obey_the_umask),
        CASE(abandoning_leaves_the_old_file),
        CASE(large_writes_arrive_in_order),
        CASE(follows_links_and_keeps_them),
        CASE(long_names_fit),
        CASE(full_device_is_a_failure),
        CASE(file_size_limit_leaves_nothing),
        CASE(a_pipe_is_written_directly),
        CASE(standard_output_goes_on_where_it_was),
        CASE(unlinking_all_takes_open_temporaries),
    };
    enum { FIXED = sizeof fixed / sizeof *fixed, REFUSED = sizeof refused / sizeof *refused };
    struct CMUnitTest all[FIXED + REFUSED];
    size_t rows[REFUSED];
    memcpy(all, fixed, sizeof fixed);
    for (size_t i = 0; i < REFUSED; i++) {
        rows[i] = i;
        all[FIXED + i] = (struct CMUnitTest){.name = refused[i].name, .test_func = refuses, .initial_state = &rows[i]};
    }
    return _cmocka_run_group_tests("output", all, FIXED + REFUSED, NULL, NULL);
}
