/* Files that are read, and files that are not: exact statuses and messages, in blocks of every size. */
#include "tests/check.h"
#include "tests/frame_help.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const char *name, *bytes;
    size_t length; /* 0: a string */
    baro_csv_format format;
    const char *wants; /* names between spaces, numbers with # before; NULL: all */
    baro_status status;
    const char *messages; /* FILE stands for the path */
    const char *cells;    /* rows of the wanted columns, when it is read: fields by '|', rows by '/' */
} csv_case;

#define BYTES(text) text, sizeof(text) - 1

static const csv_case csv_cases[] = {
    {"empty file", "", 0, {0}, "a", BARO_BAD_DATA, "FILE:1: file is empty, a header row is expected\n", NULL},
    {"blank lines only",
     "\n\n\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: file is empty, a header row is expected\n",
     NULL},
    {"byte order mark only",
     "\xEF\xBB\xBF",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: file is empty, a header row is expected\n",
     NULL},
    {"header only", "a,b\n", 0, {0}, "a", BARO_BAD_DATA, "FILE:2: no respondents\n", NULL},
    {"header only without line end", "a,b", 0, {0}, "a", BARO_BAD_DATA, "FILE:2: no respondents\n", NULL},
    {"header and blank lines", "a,b\r\n\r\n\r\n", 0, {0}, "a", BARO_BAD_DATA, "FILE:2: no respondents\n", NULL},
    {"blank line first",
     "\na,b\n1,2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: blank line, a header row is expected\n",
     NULL},
    {"LF", "a,b\n1,2\n3,4\n", 0, {0}, "a b", BARO_OK, "", "1|2/3|4"},
    {"no final line end", "a,b\n1,2\n3,4", 0, {0}, "b a", BARO_OK, "", "2|1/4|3"},
    {"no final line end, empty field", "a,b\n1,2\n3,", 0, {0}, "a b", BARO_OK, "", "1|2/3|"},
    {"CRLF", "a,b\r\n1,2\r\n3,4\r\n", 0, {0}, "a b", BARO_OK, "", "1|2/3|4"},
    {"CR only", "a,b\r1,2\r3,4\r", 0, {0}, "a b", BARO_OK, "", "1|2/3|4"},
    {"mixed line ends",
     "a,b\r\n1,2\n3,4\r5,6\n",
     0,
     {0},
     "a b",
     BARO_OK,
     "FILE: note: mixed line ends (LF, CRLF and CR)\n",
     "1|2/3|4/5|6"},
    {"LF and CRLF",
     "a,b\n1,2\n3,4\r\n",
     0,
     {0},
     "a b",
     BARO_OK,
     "FILE: note: mixed line ends (LF and CRLF)\n",
     "1|2/3|4"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     0,
     {0},
     "a",
     BARO_OK,
     "",
     "1"},
    {"byte order mark and quoted header", "\xEF\xBB\xBF\"a\",\"b\"\n1,2\n", 0, {0}, "a", BARO_OK, "", "1"},
    {"UTF-16 little end first",
     BYTES("\xFF\xFE"
           "a\0,\0b\0\n\0"),
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: UTF-16; save as UTF-8\n",
     NULL},
    {"UTF-16 big end first",
     BYTES("\xFE\xFF\0a\0,\0b\0\n"),
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: UTF-16; save as UTF-8\n",
     NULL},
    {"UTF-16 without mark", BYTES("a\0,\0b\0\n\0"), {0}, "a", BARO_BAD_DATA, "FILE:1: UTF-16; save as UTF-8\n", NULL},
    {"workbook",
     BYTES("PK\x03\x04\x14\0\0\0"),
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1: a ZIP file or a workbook, not CSV; save the sheet as CSV (UTF-8)\n",
     NULL},
    {"byte not UTF-8",
     "a,b\n1,caf\xE9\n2,x\n3,\xC3\xA9\xE9\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2:6: byte 0xE9 is not UTF-8 (a Windows-1252 file? try --encoding windows-1252)\n"
     "FILE:4:4: byte 0xE9 is not UTF-8 (a Windows-1252 file? try --encoding windows-1252)\n",
     NULL},
    {"byte not UTF-8 in the header",
     "a,caf\xE9\n1,2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1:6: byte 0xE9 is not UTF-8 (a Windows-1252 file? try --encoding windows-1252)\n",
     NULL},
    {"NUL",
     BYTES("a,b\n1,2\n3,4\0\n"),
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:3:4: byte 0x00 (NUL) is not text; is this a CSV file?\n",
     NULL},
    {"windows-1252",
     "a,caf\xE9\n1,Don\x92t know\n2,\x80\n",
     0,
     {.encoding = BARO_WINDOWS_1252},
     "a caf\xC3\xA9",
     BARO_OK,
     "",
     "1|Don\xE2\x80\x99t know/2|\xE2\x82\xAC"},
    {"not windows-1252",
     "a,b\n1,\x81\n",
     0,
     {.encoding = BARO_WINDOWS_1252},
     "a",
     BARO_BAD_DATA,
     "FILE:2:3: byte 0x81 is not windows-1252\n",
     NULL},
    {"latin-1", "a,b\n1,\xE9t\xE9\n", 0, {.encoding = BARO_LATIN_1}, "b", BARO_OK, "", "\xC3\xA9t\xC3\xA9"},
    {"UTF-8 mark in windows-1252",
     "\xEF\xBB\xBF"
     "a,b\n1,\xC3\xA9\n",
     0,
     {.encoding = BARO_WINDOWS_1252},
     "b",
     BARO_OK,
     "FILE: note: begins with a UTF-8 mark; read as UTF-8\n",
     "\xC3\xA9"},
    {"open quote at the end",
     "a,b\n1,2\n3,\"4\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:3:3: the quote opened here is never closed\n",
     NULL},
    {"open quote before other quotes",
     "a,b\n1,\"2\n3,4\n5,\"6\"\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2:3: the quote opened here is never closed\n",
     NULL},
    {"open quote, then faults",
     "a,b\n1,\"2\n3\n5,6,7\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2:3: the quote opened here is never closed\nFILE:3: 1 field, the header has 2\n"
     "FILE:4: 3 fields, the header has 2\n",
     NULL},
    {"open quote in the header",
     "a,\"b\n1,2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:1:3: the quote opened here is never closed\n",
     NULL},
    {"quote in an unquoted field",
     "a,b\n1,5\" tall\n2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2:4: a quote inside an unquoted field; put the field in quotes and write the quote inside it twice\n"
     "FILE:3: 1 field, the header has 2\n",
     NULL},
    {"text after a closing quote",
     "a,b\n\xC3\xA9,\"x\" y\n1,\"x\"\"\" \n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2:6: text after a closing quote; write a quote inside a quoted field twice\n"
     "FILE:3:8: text after a closing quote; write a quote inside a quoted field twice\n",
     NULL},
    {"short and long rows",
     "a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,\n\"1\",2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2: 2 fields, the header has 3\nFILE:4: 4 fields, the header has 3\nFILE:5: 4 fields, the header has 3\n"
     "FILE:6: 2 fields, the header has 3\n",
     NULL},
    {"blank lines inside",
     "a,b\n1,2\n\n\n3,4\n\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:3: blank line; remove it, or give back the respondent that stood there\n"
     "FILE:4: blank line; remove it, or give back the respondent that stood there\n",
     NULL},
    {"blank line inside, one column",
     "a\n1\n\n3\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:3: blank line; remove it, or give back the respondent that stood there\n",
     NULL},
    {"blank line under the header",
     "a,b\n\n1,2\n",
     0,
     {0},
     "a",
     BARO_BAD_DATA,
     "FILE:2: blank line; remove it, or give back the respondent that stood there\n",
     NULL},
    {"blank lines at the end",
     "a,b\n1,2\n\n\r\n\n",
     0,
     {0},
     "a b",
     BARO_OK,
     "FILE: note: mixed line ends (LF and CRLF)\n",
     "1|2"},
    {"duplicate header",
     "q1,q2,q1,q1\n1,2,3,4\n",
     0,
     {0},
     "q2 q1",
     BARO_BAD_DATA,
     "FILE:1: column 'q1' also at column 3\nFILE:1: column 'q1' also at column 4\n",
     NULL},
    {"duplicate header, unused", "q1,q2,q1\n1,2,3\n", 0, {0}, "q2", BARO_OK, "", "2"},
    {"duplicate header, all wanted",
     "q1,q2,q1\n1,2,3\n",
     0,
     {0},
     NULL,
     BARO_BAD_DATA,
     "FILE:1: column 'q1' also at column 3\n",
     NULL},
    {"semicolons found", "a;b\n1,5;2\n", 0, {0}, "a b", BARO_OK, "", "1,5|2"},
    {"tabs found", "a\tb,c\n1\t2\n", 0, {0}, "a b,c", BARO_OK, "", "1|2"},
    {"bars found", "a|b\nx,y|2\n", 0, {0}, "a b", BARO_OK, "", "x,y|2"},
    {"commas in names, semicolons between", "a;b,c;d\n1;2;3\n4;5;6\n", 0, {0}, "a b,c d", BARO_OK, "", "1|2|3/4|5|6"},
    {"more commas than semicolons", "a, or b, or c;d\n1;2\n3;4\n", 0, {0}, "d", BARO_OK, "", "2/4"},
    {"delimiter in a quoted name", "\"a;b;c;d\",e\n1,2\n", 0, {0}, "a;b;c;d e", BARO_OK, "", "1|2"},
    {"wrong delimiter given",
     "a;b\n1;2\n",
     0,
     {.delimiter = ','},
     "a",
     BARO_BAD_DATA,
     "FILE:1: one column only by delimiter ','; use --delimiter ';'\n",
     NULL},
    {"wrong delimiter given, tabs",
     "a\tb\n1\t2\n",
     0,
     {.delimiter = ';'},
     "a",
     BARO_BAD_DATA,
     "FILE:1: one column only by delimiter ';'; use --delimiter tab\n",
     NULL},
    {"right delimiter given", "a;b\n1;2\n", 0, {.delimiter = ';'}, "b", BARO_OK, "", "2"},
    {"one column", "a\n1\n2\n", 0, {0}, "a", BARO_OK, "", "1/2"},
    {"quoted fields", "a,b\n\"1,\"\"x\"\"\",\" 2 \"\n\"3\n4\",\"\"\n", 0, {0}, "a b", BARO_OK, "", "1,\"x\"| 2 /3\n4|"},
    {"spaces kept", "a,b\n 1 ,\t2\n", 0, {0}, "a b", BARO_OK, "", " 1 |\t2"},
    {"quotes and CRLF inside", "a,b\r\n\"x\r\ny\",2\r\n3,4\r\n", 0, {0}, "a b", BARO_OK, "", "x\r\ny|2/3|4"},
    {"padded names", "\" a \",b \n1,2\n", 0, {0}, "a b", BARO_OK, "", "1|2"},
    {"exact name before padded", " a,a\n1,2\n", 0, {0}, "a", BARO_OK, "", "2"},
    {"unnamed columns", "a,,b,,\n1,2,3,,\n", 0, {0}, NULL, BARO_OK, "", "1|3"},
    {"wanted in no file", "a,b\n1,2\n", 0, {0}, "a z", BARO_OK, "", "1|(absent)"},
    {"two header rows",
     "id,Q1,,,Q2\n,Burglary,Drugs,Noise,Response\n7,x,y,z,w\n",
     0,
     {0},
     "id Q1:_Burglary Q1:_Noise Q2:_Response",
     BARO_OK,
     "",
     "7|x|z|w"},
    {"row names are no second header", ",a,b\nann,Yes,No\n", 0, {0}, "a", BARO_OK, "", "Yes"},
    {"a number is no second header", "id,a,\nx,1,note\n", 0, {0}, "a", BARO_OK, "", "1"},
    {"unnamed trailing columns are no second header", "id,a,,\nx,y,,\n", 0, {0}, "a", BARO_OK, "", "y"},
    {"Qualtrics",
     "Q1,Q2\nHow?,Why?\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n4,5\n",
     0,
     {0},
     "Q1 Q2",
     BARO_OK,
     "",
     "4|5"},
    {"a row of answers under a nameless column", "id,a,\nx,y,note\nz,w,more\n", 0, {0}, "a", BARO_OK, "", "y/w"},
    {"a row of answers with a gap under a nameless column", "id,a,,b\nx,,note,y\nz,w,more,y\n", 0, {0}, "b", BARO_OK, "", "y/y"},
    {"two header rows without an id",
     "Q1,,,Q2,When\nBurglary,Drugs,Noise,Response,\nx,y,z,w,v\n",
     0,
     {0},
     "Q1:_Drugs When",
     BARO_OK,
     "",
     "y|v"},
    {"Qualtrics by text and by both",
     "Q1,Q2\nHow?,Why?\n\"{'ImportId': 'QID1'}\",\"{'ImportId': 'QID2'}\"\n4,5\n",
     0,
     {0},
     "How? Q2:_Why?",
     BARO_OK,
     "",
     "4|5"},
    {"one that looks like an import id is none", "a,b\nx,y\n{ImportId},z\n", 0, {0}, "a", BARO_OK, "", "x/{ImportId}"},
    {"codes before the question",
     "id,Q1. How are you?,G2[SQ1]. Who?,e.g. this,Dr Who\n7,x,y,z,w\n",
     0,
     {0},
     "Q1 G2[SQ1] Q1._How_are_you?",
     BARO_OK,
     "",
     "x|y|x"},
    {"a name in the header before a code", "Q1. How?,Q1\nx,y\n", 0, {0}, "Q1", BARO_OK, "", "y"},
    {"a code that stands twice",
     "Q1. How?,Q1. Why?\nx,y\n",
     0,
     {0},
     "Q1",
     BARO_BAD_DATA,
     "FILE:1: column 'Q1' also at column 2\n",
     NULL},
    {"codes over merged cells",
     "id,7. Which?,,8. How?\n,Burglary,Noise,Response\n1,x,y,z\n",
     0,
     {0},
     "7:_Noise 8 7._Which?:_Burglary",
     BARO_OK,
     "",
     "y|z|x"},
    {"header rows given", "a,b\nx,y\n1,2\n", 0, {.header_rows = 2}, "a:_x b:_y", BARO_OK, "", "1|2"},
    {"one header row given", "id,Q1,\n,A,B\n7,x,y\n", 0, {.header_rows = 1}, "Q1", BARO_OK, "", "A/x"},
    {"header rows of unequal length",
     "a,b\nx\n1,2\n",
     0,
     {.header_rows = 2},
     "a",
     BARO_BAD_DATA,
     "FILE:2: 1 field, the header has 2\n",
     NULL},
    {"numbers", "a,w\nx,0.735\ny,-1e3\nz,12\n", 0, {0}, "a #w", BARO_OK, "", "x|0.735/y|-1000/z|12"},
    {"no numbers",
     "w,x\nNA,1\n,2\n0x1F,3\nnan,4\n1e999,5\n 7,6\nNA,7\n",
     0,
     {0},
     "#w",
     BARO_OK,
     "",
     "#1/#2/#3/#4/#5/#6/#1"},
    {"decimal comma found", "a;w\nx;0,5\ny;1\n", 0, {0}, "#w", BARO_OK, "", "0.5/1"},
    {"decimal comma in quotes", "a,w\nx,\"0,56\"\ny,\"0,6\"\n", 0, {0}, "#w", BARO_OK, "", "0.56/0.6"},
    {"decimal comma against a point", "a;w\nx;0,5\ny;1.5\n", 0, {0}, "#w", BARO_OK, "", "#1/1.5"},
    {"thousands are ambiguous", "a;w\nx;1,234\ny;12,345\n", 0, {0}, "#w", BARO_OK, "", "#1/#2"},
    {"0,123 is not ambiguous", "a;w\nx;0,123\n", 0, {0}, "#w", BARO_OK, "", "0.123"},
    {"decimal given", "a;w\nx;1,234\n", 0, {.decimal = ','}, "#w", BARO_OK, "", "1.234"},
    {"same column twice", "a,b\n1,2\n", 0, {0}, "b #b a", BARO_OK, "", "2|2|1"},
};

/* --- wants from a text --- */

#define MOST_WANTS 8

typedef struct {
    char text[200];
    const char *names[MOST_WANTS];
    baro_want wants[MOST_WANTS];
    size_t n;
} want_list;

static void split_wants(const char *text, want_list *list)
{
    snprintf(list->text, sizeof list->text, "%s", text);
    for (char *at = strtok(list->text, " "); at; at = strtok(NULL, " ")) {
        bool number = *at == '#';
        for (char *c = at; *c; c++)
            if (*c == '_')
                *c = ' ';
        list->names[list->n] = at + number;
        list->wants[list->n] = (baro_want){&list->names[list->n], 1, number ? BARO_NUMBER : BARO_TEXT};
        list->n++;
    }
}

/* --- cells and messages as text --- */

static char *tell_cells(const baro_frame *frame)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t row = 0; row < baro_frame_rows(frame); row++) {
        for (size_t i = 0; i < baro_frame_columns(frame); i++) {
            const baro_column *column = baro_frame_column(frame, i);
            uint32_t entry;
            fputs(i ? "|" : row ? "/" : "", out);
            if (column->kind == BARO_TEXT) {
                const baro_entry *told = &column->entries[baro_column_code(column, row)];
                fputs(told->text ? told->text : "(absent)", out);
            } else if (baro_number_entry(column->numbers[row], &entry)) {
                fprintf(out, "#%u", (unsigned)entry);
            } else {
                fprintf(out, "%g", column->numbers[row]);
            }
        }
    }
    fclose(out);
    return text;
}

static char *tell_messages(const baro_error *error, const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    baro_error_print(error, true, out);
    fclose(out);
    for (char *at; (at = strstr(text, path));) {
        memcpy(at, "FILE", 4);
        memmove(at + 4, at + strlen(path), strlen(at + strlen(path)) + 1);
    }
    return text;
}

static void test_case(void **state)
{
    const csv_case *c = *state;
    static const size_t blocks[] = {1 << 20, 1, 3, 7, 16};
    want_list list = {.n = 0};
    char path[64];
    if (c->wants)
        split_wants(c->wants, &list);
    help_write_file(c->bytes, c->length ? c->length : strlen(c->bytes), path);
    const char *paths[] = {path};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        const baro_frame_tuning tuning = {blocks[i], 0, BARO_LONGEST_RECORD};
        baro_error *error = baro_error_new();
        baro_frame *frame = NULL;
        baro_status status = baro_frame_read_tuned(&tuning, paths, 1, &c->format, c->wants ? list.wants : NULL, list.n,
                                                   NULL, error, &frame);
        char *messages = tell_messages(error, path), *cells = frame ? tell_cells(frame) : NULL;
        assert_string_equal(messages, c->messages);
        assert_int_equal(status, c->status);
        assert_int_equal(frame != NULL, status == BARO_OK);
        if (frame)
            assert_string_equal(cells, c->cells);
        free(messages);
        free(cells);
        baro_frame_free(frame);
        baro_error_free(error);
    }
    unlink(path);
}

/* --- inputs that are no files --- */

static void check_no_input(const char *path, const char *wanted)
{
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    const baro_csv_format format = {0};
    assert_int_equal(baro_frame_read(&path, 1, &format, NULL, 0, NULL, error, &frame), BARO_NO_INPUT);
    assert_null(frame);
    char *messages = tell_messages(error, path);
    assert_string_equal(messages, wanted);
    free(messages);
    baro_error_free(error);
}

static void test_missing(void **state)
{
    (void)state;
    char path[64];
    help_write_file("a\n1\n", 4, path);
    unlink(path);
    check_no_input(path, "FILE: cannot open: No such file or directory\n");
    assert_int_equal(mkdir(path, 0700), 0);
    check_no_input(path, "FILE: cannot open: Is a directory\n");
    rmdir(path);
}

static void test_unreadable(void **state)
{
    (void)state;
    if (geteuid() == 0) /* root reads everything */
        skip();
    char path[64];
    help_write_file("a\n1\n", 4, path);
    chmod(path, 0);
    check_no_input(path, "FILE: cannot open: Permission denied\n");
    unlink(path);
}

/* Faults of all files are told, in the order of the files, and the first one's status is the answer. */
static void test_all_files(void **state)
{
    (void)state;
    char first[64], second[64];
    help_write_file("a,b\n1\n", 6, first);
    help_write_file("", 0, second);
    const char *paths[] = {first, "/nonexistent/w.csv", second};
    const baro_csv_format format = {0};
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    assert_int_equal(baro_frame_read(paths, 3, &format, NULL, 0, NULL, error, &frame), BARO_BAD_DATA);
    assert_null(frame);
    assert_int_equal(baro_error_count(error), 3);
    assert_int_equal(baro_error_entry_at(error, 1)->status, BARO_NO_INPUT);
    assert_string_equal(baro_error_entry_at(error, 2)->message, "file is empty, a header row is expected");
    baro_error_free(error);
    unlink(first);
    unlink(second);
}

/* A thousand faults: the first fifty are told, all are counted, whatever the blocks and threads. */
static void test_many_faults(void **state)
{
    (void)state;
    static char bytes[20000];
    size_t length = 0;
    length += (size_t)sprintf(bytes, "a,b\n");
    for (int i = 0; i < 1000; i++)
        length += (size_t)sprintf(bytes + length, i % 2 ? "1\n" : "\"1\"\n");
    char path[64];
    help_write_file(bytes, length, path);
    const char *paths[] = {path};
    const baro_csv_format format = {0};
    for (size_t threads = 1; threads <= 3; threads++) {
        baro_pool *pool = baro_pool_new(threads);
        const baro_frame_tuning tuning = {97, 0, BARO_LONGEST_RECORD};
        baro_error *error = baro_error_new();
        baro_frame *frame = NULL;
        assert_int_equal(baro_frame_read_tuned(&tuning, paths, 1, &format, NULL, 0, pool, error, &frame),
                         BARO_BAD_DATA);
        assert_int_equal(baro_error_faults(error), 1000);
        assert_int_equal(baro_error_count(error), 50);
        for (size_t i = 0; i < 50; i++)
            assert_int_equal(baro_error_entry_at(error, i)->line, i + 2);
        baro_error_free(error);
        baro_pool_free(pool);
    }
    unlink(path);
}

/* A line that never ends is given up, not kept in memory. */
static void test_too_long(void **state)
{
    (void)state;
    static char bytes[9000];
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, "a,b\n1,2\n", 8);
    char path[64];
    help_write_file(bytes, sizeof bytes, path);
    const char *paths[] = {path};
    const baro_csv_format format = {0};
    const baro_frame_tuning tuning = {64, 0, 1000};
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    assert_int_equal(baro_frame_read_tuned(&tuning, paths, 1, &format, NULL, 0, NULL, error, &frame), BARO_BAD_DATA);
    char *messages = tell_messages(error, path);
    assert_string_equal(messages, "FILE:3: a line of over 2000 bytes; is this a CSV file?\n");
    free(messages);
    baro_error_free(error);
    unlink(path);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_missing),     cmocka_unit_test(test_unreadable), cmocka_unit_test(test_all_files),
        cmocka_unit_test(test_many_faults), cmocka_unit_test(test_too_long),
    };
    static csv_case cases[COUNT(csv_cases)];
    struct CMUnitTest tests[COUNT(csv_cases) + COUNT(fixed)];
    memcpy(cases, csv_cases, sizeof cases);
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, test_case, NULL, NULL, &cases[i]};
    memcpy(tests + COUNT(cases), fixed, sizeof fixed);
    return _cmocka_run_group_tests("csv_faults", tests, COUNT(tests), NULL, NULL);
}
