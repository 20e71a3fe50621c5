/* What describe says of small files, and what it must never say. */
#include "surveys/analyses/describe.h"
#include "surveys/program/commands.h"
#include "surveys/publishing/describe_sheet.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/barometer-describe-XXXXXX";
static char data_path[64], out_path[64], err_path[64], survey_path[64];

/* One column of answers: "answer*times" parted by "/". */
typedef struct {
    const char *name;
    const char *answers;
    char decimal;
    const char *missing; /* one more answer that is none, or NULL */
    const char *says;    /* type rows missing distinct lowest highest hidden | commonest */
} column_case;

/* clang-format off */
static const column_case columns[] = {
    {"numbers", "3*12/1*10/2*17", 0, NULL, "number 39 0 3 1 3 shown | 2:17 3:12 1:10"},
    {"a lonely end is hidden", "3*12/1*9/2*17", 0, NULL, "number 38 0 3 - 3 hidden | 2:17 3:12"},
    {"both ends are hidden", "-7.25*1/4*10/913.5*9", 0, NULL, "number 20 0 3 - - hidden | 4:10"},
    {"an end spelled in two ways", "1*6/1.0*4/2*10/2e0*3", 0, NULL, "number 23 0 4 1 2 shown | 2:10"},
    {"all different", "0.1*1/0.2*1/0.3*1", 0, NULL, "number 3 0 3 - - hidden |"},
    {"decimal commas", "\"0,5\"*11/\"1,25\"*12", 0, NULL, "number 23 0 2 0.5 1.25 shown | 1,25:12 0,5:11"},
    {"decimal commas where points are said", "\"0,5\"*11/\"1,25\"*12", '.', NULL, "text 23 0 2 - - shown | 1,25:12 0,5:11"},
    {"text", "Yes*40/No*13/Maybe*9", 0, NULL, "text 62 0 3 - - shown | Yes:40 No:13"},
    {"ties by code point", "b*10/a*10/B*10", 0, NULL, "text 30 0 3 - - shown | B:10 a:10 b:10"},
    {"five at most", "a*16/b*15/c*14/d*13/e*12/f*11", 0, NULL, "text 81 0 6 - - shown | a:16 b:15 c:14 d:13 e:12"},
    {"blanks are missing", "x*12/\"\"*5", 0, NULL, "text 17 5 1 - - shown | x:12"},
    {"an answer that is none", "1*12/NA*30/2*11", 0, "NA", "number 53 30 2 1 2 shown | 1:12 2:11"},
    {"the same when it is one", "1*12/NA*30/2*11", 0, NULL, "text 53 0 3 - - shown | NA:30 1:12 2:11"},
    {"nothing", "\"\"*14", 0, NULL, "empty 14 14 0 - - shown |"},
    {"dates", "2023-01-31*10/2023-02-01*3", 0, NULL, "date 13 0 2 - - shown | 2023-01-31:10"},
    {"quarters", "2023 Q1*10/2023 Q2*11", 0, NULL, "period 21 0 2 - - shown | 2023 Q2:11 2023 Q1:10"},
    {"a number is no number", "nan*10/1e999*10/0x1F*10", 0, NULL, "text 30 0 3 - - shown | 0x1F:10 1e999:10 nan:10"},
    {"a padded code is a number", "007*10/010*10", 0, NULL, "number 20 0 2 7 10 shown | 007:10 010:10"},
};
/* clang-format on */
#define COLUMNS (sizeof columns / sizeof *columns)

static void write_column(const char *answers)
{
    FILE *file = fopen(data_path, "w");
    assert_non_null(file);
    fputs("id,Plum\n", file);
    unsigned id = 0;
    while (*answers) {
        size_t length = strcspn(answers, "*");
        unsigned long times = strtoul(answers + length + 1, NULL, 10);
        for (unsigned long i = 0; i < times; i++)
            fprintf(file, "%u,%.*s\n", id++, (int)length, answers);
        answers += strcspn(answers, "/");
        answers += *answers == '/';
    }
    assert_int_equal(fclose(file), 0);
}

static void put_summary(const baro_column_summary *column, char *out, size_t size)
{
    static const char *const words[] = {"empty", "number", "date", "period", "text"};
    char lowest[32] = "-", highest[32] = "-";
    if (isfinite(column->lowest))
        snprintf(lowest, sizeof lowest, "%g", column->lowest);
    if (isfinite(column->highest))
        snprintf(highest, sizeof highest, "%g", column->highest);
    int n = snprintf(out, size, "%s %zu %zu %zu %s %s %s |", words[column->holds], column->rows, column->missing,
                     column->distinct, lowest, highest, column->hidden ? "hidden" : "shown");
    for (size_t i = 0; i < column->n_common; i++)
        n += snprintf(out + n, size - (size_t)n, " %s:%zu", column->common[i].text, column->common[i].count);
}

static void check_column(void **state)
{
    const column_case *row = *state;
    const char *paths[] = {data_path}, *none[] = {"", row->missing};
    const baro_texts missing = {none, row->missing ? 2 : 1};
    const baro_csv_format format = {.delimiter = ',', .header_rows = 1};
    const baro_column_summary *summaries;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    char got[512];
    size_t n;
    write_column(row->answers);
    assert_int_equal(baro_frame_read(paths, 1, &format, NULL, 0, NULL, error, &frame), BARO_OK);
    assert_int_equal(baro_describe(frame, &missing, false, row->decimal, arena, &summaries, &n), BARO_OK);
    baro_frame_free(frame);
    assert_int_equal(n, 2);
    assert_string_equal(summaries[1].name, "Plum");
    put_summary(&summaries[1], got, sizeof got);
    assert_string_equal(got, row->says);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* Runs the program with its standard error in a file; gives its status. */
static int run(const char *const *arguments)
{
    char *argv[16] = {NULL};
    int argc = 0;
    for (; arguments[argc]; argc++) {
        argv[argc] = strdup(arguments[argc]);
        assert_non_null(argv[argc]);
    }
    fflush(stdout);
    fflush(stderr);
    int kept_out = dup(1), kept_err = dup(2);
    assert_non_null(freopen(err_path, "w", stderr));
    int status = baro_program(argc, argv);
    fflush(stderr);
    dup2(kept_err, 2);
    dup2(kept_out, 1);
    close(kept_err);
    close(kept_out);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return status;
}

static char *contents(const char *path)
{
    static char text[65536];
    FILE *file = fopen(path, "r");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[n] = 0;
    return text;
}

/* Every cell is a canary; no format of describe, and no message of a fault, may sing. */
typedef struct {
    const char *name;
    const char *file;   /* what stands in the data file */
    const char *option; /* one more option, or NULL */
    int status;
} canary_case;

/* clang-format off */
static const canary_case canaries[] = {
    {"text", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--format=text", 0},
    {"csv", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--format=csv", 0},
    {"json", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--format=json", 0},
    {"jsonl", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--format=jsonl", 0},
    {"md", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--format=md", 0},
    {"said", "a,b\nCANARY1,CANARY2\nCANARY3,CANARY4\n", "--verbose", 0},
    {"a long row", "a,b\nCANARY1,CANARY2,CANARY3\n", NULL, 65},
    {"a quote inside", "a,b\nCANARY\"1,CANARY2\n", NULL, 65},
    {"a quote never closed", "a,b\nCANARY1,\"CANARY2\n", NULL, 65},
    {"a byte that is no UTF-8", "a,b\nCANARY1,CANARY\xe9 2\n", NULL, 65},
};
/* clang-format on */
#define CANARIES (sizeof canaries / sizeof *canaries)

static void check_canary(void **state)
{
    const canary_case *row = *state;
    FILE *file = fopen(data_path, "w");
    assert_non_null(file);
    fputs(row->file, file);
    assert_int_equal(fclose(file), 0);
    unlink(out_path);
    const char *const line[] = {"barometer", "describe", data_path, "-o", out_path, row->option, NULL};
    int status = run(line);
    if (status != row->status)
        print_error("%s", contents(err_path));
    assert_int_equal(status, row->status);
    assert_null(strstr(contents(err_path), "CANARY"));
    assert_int_equal(contents(err_path)[0] != 0,
                     row->status != 0 || (row->option && !strcmp(row->option, "--verbose")));
    assert_null(strstr(contents(out_path), "CANARY"));
    assert_int_equal(access(out_path, F_OK) == 0, row->status == 0);
}

static void check_csv(void **state)
{
    (void)state;
    write_column("3*12/1*9/2*17");
    const char *const line[] = {"barometer", "describe", data_path, "-o", out_path, "--format", "csv", NULL};
    assert_int_equal(run(line), 0);
    assert_string_equal(contents(out_path), "column,type,rows,missing,distinct,lowest,highest,commonest,use,marker\n"
                                            "id,number,38,0,38,,,,,c\n"
                                            "Plum,number,38,0,3,,3,2 (17); 3 (12),,c\n");
    assert_string_equal(contents(err_path), "");
}

static void check_use(void **state)
{
    (void)state;
    FILE *file = fopen(survey_path, "w");
    assert_non_null(file);
    fputs("survey: {id: plum, title: Plum Survey}\n"
          "groups: [{id: fruit, label: Fruit, kind: other, columns: [Plumb, Plum]}]\n"
          "measures: [{id: sweet, label: Sweet, columns: Plum, positive: 3}]\n",
          file);
    assert_int_equal(fclose(file), 0);
    write_column("3*12/1*9/2*17");
    const char *const line[] = {"barometer", "describe", "-s",       survey_path, data_path,
                                "-o",        out_path,   "--format", "csv",       NULL};
    assert_int_equal(run(line), 0);
    assert_non_null(strstr(contents(out_path), "Plum,number,38,0,3,,3,2 (17); 3 (12),measure sweet; group fruit,c\n"));
    const char *const book[] = {"barometer", "describe", "-s", survey_path, "-o", out_path, "--format", "csv", NULL};
    assert_int_equal(run(book), 0);
    const char *got = contents(out_path);
    assert_ptr_equal(strstr(got, "part,id,label,question,columns,answer,role,codes,score,scale,base,where,better,target,weight,of,reference,missing,"
                     "properties\nsurvey,id,plum,,,,,,,,,,,,,,,,\n"),
                     got);
    assert_non_null(strstr(got, "\nmeasure,sweet,Sweet,,Plum,,proportion,,,,answered,,higher,,,,,,\nanswer,sweet,,,,3,positive,3,,,,,,,,,,,\n"));
    assert_non_null(strstr(got, "\ngroup,fruit,Fruit,,Plumb; Plum,,other,,,,,,,,,,,,\n"));
}

static void check_no_overwriting(void **state)
{
    (void)state;
    write_column("3*12");
    const char *const line[] = {"barometer", "describe", data_path, "-o", data_path, NULL};
    assert_int_equal(run(line), 64);
    assert_non_null(strstr(contents(err_path), "would overwrite the data"));
    assert_non_null(strstr(contents(data_path), "id,Plum\n0,3\n"));
}

static void check_full_disk(void **state)
{
    (void)state;
    write_column("3*12");
    const char *const line[] = {"barometer", "describe", data_path, "-o", "/dev/full", NULL};
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_int_equal(run(line), 74);
    assert_string_equal(contents(err_path), "/dev/full: write failed: No space left on device\n");
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(data_path, sizeof data_path, "%s/wave.csv", folder);
    snprintf(out_path, sizeof out_path, "%s/out", folder);
    snprintf(err_path, sizeof err_path, "%s/said", folder);
    snprintf(survey_path, sizeof survey_path, "%s/plum.yaml", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(data_path);
    unlink(out_path);
    unlink(err_path);
    unlink(survey_path);
    return rmdir(folder);
}

int main(void)
{
    static column_case column_rows[COLUMNS];
    static canary_case canary_rows[CANARIES];
    struct CMUnitTest tests[COLUMNS + CANARIES + 4];
    size_t n = 0;
    memcpy(column_rows, columns, sizeof columns);
    memcpy(canary_rows, canaries, sizeof canaries);
    for (size_t i = 0; i < COLUMNS; i++)
        tests[n++] = (struct CMUnitTest){columns[i].name, check_column, NULL, NULL, &column_rows[i]};
    for (size_t i = 0; i < CANARIES; i++)
        tests[n++] = (struct CMUnitTest){canaries[i].name, check_canary, NULL, NULL, &canary_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(check_csv);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(check_use);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(check_no_overwriting);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(check_full_disk);
    return _cmocka_run_group_tests("describe", tests, n, make_folder, remove_folder);
}
