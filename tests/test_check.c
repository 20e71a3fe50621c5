/* Faults planted in clean data: each is found, once, in its place, and nothing else is. */
#include "surveys/analyses/check.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 60, COLUMNS = 13, CELL = 24 };
static const char *const header[COLUMNS] = {"id", "when", "stratum", "psu", "w", "sex", "age", "q1", "q2", "a", "b", "route", "income"};
static char folder[] = "/tmp/barometer-check-XXXXXX";

static const char survey_text[] = "survey: {id: planted}\n"
                                  "input: {id: id, missing: [\"\", NA]}\n"
                                  "design: {weight: w, strata: stratum, psu: psu}\n"
                                  "period: {columns: when, unit: quarter}\n"
                                  "scales:\n"
                                  "  - {id: five, positive: [1, 2], neutral: [3], negative: [4, 5], dont_know: [97], refused: [98], not_asked: [-1]}\n"
                                  "groups:\n"
                                  "  - {id: sex, columns: [sex, gender], categories: [{label: F}, {label: M}]}\n"
                                  "  - {id: age, columns: age, bands: [{label: young, from: 16, to: 39}, {label: old, from: 40}]}\n"
                                  "  - {id: area, columns: stratum}\n"
                                  "measures:\n"
                                  "  - {id: trust, columns: q1, scale: five}\n"
                                  "  - {id: routed, columns: q2, scale: five, where: \"route == 'yes'\"}\n"
                                  "  - {id: twofold, either: [{column: a}, {column: b}], scale: five}\n"
                                  "  - {id: income, columns: income, statistic: mean}\n";

static char cell[ROWS][COLUMNS][CELL];

static void clean_data(void)
{
    for (size_t r = 0; r < ROWS; r++) {
        const size_t stratum = r % 3, psu = 10 * stratum + r / 3 % 4;
        const char *sex = r % 2 ? "F" : "M", *route = r % 5 ? "yes" : "no";
        snprintf(cell[r][0], CELL, "%zu", 4711 + 13 * r);
        snprintf(cell[r][1], CELL, "2023 Q%zu", r / 15 + 1);
        snprintf(cell[r][2], CELL, "%c", (int)('A' + stratum));
        snprintf(cell[r][3], CELL, "%zu", psu);
        snprintf(cell[r][4], CELL, "%s", r % 2 ? "0.75" : "1.25");
        snprintf(cell[r][5], CELL, "%s", sex);
        snprintf(cell[r][6], CELL, "%zu", 16 + r);
        snprintf(cell[r][7], CELL, "%zu", r % 5 + 1);
        snprintf(cell[r][8], CELL, "%s", r % 5 ? "4" : "");
        snprintf(cell[r][9], CELL, "%s", r % 2 ? "2" : "");
        snprintf(cell[r][10], CELL, "%s", r % 2 ? "" : "5");
        snprintf(cell[r][11], CELL, "%s", route);
        snprintf(cell[r][12], CELL, "%zu", 20500 + 731 * r);
    }
}

/* "7:3-9=x/..." sets column 7 of rows 3 to 9 (from 0); "h7=x" names the column. */
static void plant(const char *what, const char *names[COLUMNS], char room[4][CELL])
{
    for (size_t renamed = 0; *what;) {
        unsigned column = 0, first = 0, last = 0;
        int used = 0;
        char value[CELL] = "";
        if (sscanf(what, "h%u=%n", &column, &used) == 1 && used > 0) {
            sscanf(what + used, "%23[^/]", room[renamed]);
            names[column] = room[renamed++];
        } else {
            assert_int_equal(sscanf(what, "%u:%u-%u=%n", &column, &first, &last, &used), 3);
            sscanf(what + used, "%23[^/]", value);
            for (size_t r = first; r <= last; r++)
                snprintf(cell[r][column], CELL, "%s", value);
        }
        what += strcspn(what, "/");
        what += *what == '/';
    }
}

static const char *write_text(const char *name, const char *text, char path[80])
{
    snprintf(path, 80, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

static void write_data(const char *const names[COLUMNS], char path[80])
{
    snprintf(path, 80, "%s/data.csv", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t k = 0; k < COLUMNS; k++)
        fprintf(file, "%s%s", k ? "," : "", names[k]);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t k = 0; k < COLUMNS; k++)
            fprintf(file, "%s%s", k ? "," : "\n", cell[r][k]);
    fputs("\n", file);
    fclose(file);
}

/* "error outside-scale measure trust 12 20; ...": severity, check, item, line, count; ? for a count that is not told. */
static void findings_of(const char *survey_path, const char *data, double below, bool notes, char *out, size_t room, char *messages, size_t messages_room)
{
    static const char *const severities[] = {"error", "warning", "note"};
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_pool *pool = baro_pool_new(1);
    baro_survey survey;
    baro_check_result result = {.n = 0};
    assert_int_equal(baro_survey_read(survey_path, arena, &survey, error), BARO_OK);
    baro_check_request request = {&survey, &data, 1, below};
    assert_int_equal(baro_check(&request, pool, arena, error, &result), BARO_OK);
    size_t length = 0, said = 0;
    out[0] = messages[0] = '\0';
    for (size_t i = 0; i < result.n; i++) {
        const baro_finding *f = &result.finding[i];
        said += (size_t)snprintf(messages + said, messages_room - said, "%s\n", f->message);
        if (f->severity == BARO_FINDING_NOTE && !notes)
            continue;
        length += (size_t)snprintf(out + length, room - length, "%s%s %s %s", length ? "; " : "", severities[f->severity], f->check, f->item);
        if (f->line > 0)
            assert_true(f->file && (strcmp(f->file, data) == 0 || strcmp(f->file, survey_path) == 0)); /* the frame is gone by now */
        if (f->line > 0)
            length += (size_t)snprintf(out + length, room - length, " @%zu", f->line);
        if (f->few)
            length += (size_t)snprintf(out + length, room - length, " ?");
        else if (!isnan(f->count))
            length += (size_t)snprintf(out + length, room - length, " %g", f->count);
    }
    baro_pool_free(pool);
    baro_error_free(error);
    baro_arena_free(arena);
}

typedef struct {
    const char *name, *planted, *found;
    bool notes;
} fault_case;

/* clang-format off */
static const fault_case faults[] = {
    {"clean", "", "", false},
    {"clean, with its notes", "", "note weight-spread weight", true},
    {"design column renamed", "h4=W", "error column-missing weight @3", false},
    {"measure column renamed", "h7=q1_new", "error column-missing measure trust @12", false},
    {"column of a condition renamed", "h11=rout", "error column-missing measure routed @13", false},
    {"group column by its other name", "h5=gender", "", false},
    {"answers outside the scale, told", "7:10-21=6", "error outside-scale measure trust @12 12", false},
    {"answers outside the scale, too few", "7:10-12=6", "error outside-scale measure trust @12", false},
    {"both", "7:10-21=6/7:30-33=7", "error outside-scale measure trust @12 12; error outside-scale measure trust @32", false},
    {"category unknown, told", "5:20-29=X", "error outside-categories group sex @22 10", false},
    {"category unknown, too few", "5:20-28=X", "error outside-categories group sex @22", false},
    {"who is in no category, told with those that are", "5:20-29=X/5:30-31=", "error outside-categories group sex @22 10; note weight-spread weight; note group-unknown group sex 12", true},
    {"who is in no category would tell a few", "5:20-29=X/5:30-30=Y/5:31-31=", "error outside-categories group sex @22 10; error outside-categories group sex @32; "
     "note weight-spread weight; note group-unknown group sex ?", true},
    {"a category without members", "5:0-59=F", "warning group-empty group sex @8", false},
    {"number in no band", "6:0-0=15", "warning outside-bands group age @2 ?", false},
    {"word for a band", "6:3-3=old", "error not-a-number group age @5 ?", false},
    {"weight missing", "4:40-49=", "error weight-missing weight @42 10", false},
    {"weight missing, few", "4:40-41=", "error weight-missing weight @42 ?", false},
    {"weight negative", "4:40-40=-0.75/4:0-0=2", "error weight-negative weight @42 ?", false},
    {"weight no number", "4:40-40=1.2.3", "error not-a-number weight @42 ?; error weight-missing weight @42 ?", false},
    {"weights all 0", "4:0-59=0", "error weight-all-zero weight", false},
    {"weights of a population", "4:0-59=417", "warning weight-sum weight", false},
    {"a weight far too large", "4:2-2=31", "warning weight-extreme weight @4 ?; warning weight-sum weight; warning weight-spread weight", false},
    {"an id twice", "0:50-50=4711", "error id-duplicate id @2 ?", false},
    {"an id eleven times", "0:40-49=4711", "error id-duplicate id @2 11", false},
    {"no id", "0:8-8=NA", "warning id-missing id @10 ?", false},
    {"answered outside its condition", "8:5-5=2", "warning skip-outside measure routed @7 ?", false},
    {"blank inside its condition", "8:6-6=", "warning skip-inside measure routed @8 ?", false},
    {"both columns answered", "9:0-0=1", "error both-answered measure twofold @2 ?", false},
    {"don't know is an answer of neither", "9:0-0=97", "", false},
    {"a stratum of one PSU", "2:4-4=Z/3:4-4=99", "error stratum-one-psu strata", false},
    {"a PSU in two strata", "3:4-4=0", "error psu-two-strata psu @6", false},
    {"no stratum", "2:4-4=", "error stratum-missing stratum @6 ?", false},
    {"no PSU", "3:4-4=", "error psu-missing PSU @6 ?", false},
    {"a spelling of a stratum", "2:3-3=a/3:3-3=77/2:6-6=a/3:6-6=78", "warning spelling group area @5 ?", false},
    {"period unreadable", "1:7-7=soon", "error period-unreadable period @9 ?", false},
    {"period missing", "1:7-7=", "error period-missing period @9 ?", false},
    {"a gap in the periods", "1:15-29=2023 Q1", "warning period-gap period", false},
    {"not asked in a period", "7:15-29=-1", "warning not-asked measure trust", false},
    {"asked of nobody", "12:0-59=", "warning not-asked measure income", false},
    {"an amount in words", "12:9-9=much", "error not-a-number measure income @11 ?; note weight-spread weight; note missing measure income ?", true},
    {"missing, don't know, refused", "7:0-11=/7:12-23=97/7:24-35=98",
     "note weight-spread weight; note missing measure trust 12; note dont-know measure trust 12; note refused measure trust 12", true},
    {"shares that would tell a few answers", "7:0-13=/7:15-28=97/7:30-43=97/7:45-58=",
     "note weight-spread weight; note missing measure trust ?; note dont-know measure trust ?", true},
    {"all at once", "h12=incom/0:50-50=4711/1:7-7=soon/2:4-4=Z/3:4-4=99/4:40-40=-0.75/5:20-29=X/7:10-21=6/8:5-5=2/9:0-0=1",
     "error id-duplicate id @2 ?; error weight-negative weight @42 ?; error stratum-one-psu strata; error period-unreadable period @9 ?; "
     "error outside-categories group sex @22 10; error outside-scale measure trust @12 12; error both-answered measure twofold @2 ?; "
     "error column-missing measure income @15; warning skip-outside measure routed @7 ?", false},
};
/* clang-format on */
#define FAULTS (sizeof faults / sizeof *faults)

static void test_fault(void **state)
{
    const fault_case *row = *state;
    const char *names[COLUMNS];
    char room[4][CELL], path[80], survey[80], out[2000], messages[6000];
    memcpy(names, header, sizeof names);
    clean_data();
    plant(row->planted, names, room);
    write_data(names, path);
    write_text("survey.yaml", survey_text, survey);
    findings_of(survey, path, 10, row->notes, out, sizeof out, messages, sizeof messages);
    assert_string_equal(out, row->found);
}

/* ---- a published series ---- */

static const char series_text[] = "survey: {id: s}\n"
                                  "series: {date: d, group: g, measure: m, estimate: v}\n"
                                  "period: {unit: quarter}\n"
                                  "groups: [{id: g, columns: g}]\n"
                                  "measures: [{id: trust, value: Trust}]\n";
#define POINT(d, g, v) d "," g ",Trust," v "\n"
/* clang-format off */
static const fault_case points[] = {
    {"a clean series", POINT("2023 Q1", "a", "0.61") POINT("2023 Q2", "a", "0.67") POINT("2023 Q3", "a", "0.58"), "", false},
    {"ten times too small", POINT("2023 Q1", "a", "0.61") POINT("2023 Q2", "a", "0.067") POINT("2023 Q3", "a", "0.58"),
     "error series-tenfold measure trust @3", false},
    {"ten times too large", POINT("2023 Q1", "a", "0.071") POINT("2023 Q2", "a", "0.064") POINT("2023 Q3", "a", "0.59") POINT("2023 Q4", "a", "0.053"),
     "error series-tenfold measure trust @4", false},
    {"small, but so are its neighbours", POINT("2023 Q1", "a", "0.11") POINT("2023 Q2", "a", "0.05") POINT("2023 Q3", "a", "0.08"), "", false},
    {"percent", POINT("2023 Q1", "a", "0.61") POINT("2023 Q2", "a", "67") POINT("2023 Q3", "a", "0.58"), "error series-not-a-share measure trust @3", false},
    {"a point missing", POINT("2023 Q1", "a", "0.61") POINT("2023 Q3", "a", "0.67") POINT("2023 Q4", "a", "0.58") POINT("2023 Q1", "b", "0.5")
     POINT("2023 Q2", "b", "0.52") POINT("2023 Q3", "b", "0.47") POINT("2023 Q4", "b", "0.55"), "warning series-gap measure trust ?", false},
    {"a point twice", POINT("2023 Q1", "a", "0.61") POINT("2023 Q2", "a", "0.67") POINT("2023 Q2", "a", "0.67"), "error series-twice measure trust @4", false},
    {"ends early", POINT("2023 Q1", "a", "0.61") POINT("2023 Q2", "a", "0.67") POINT("2023 Q1", "b", "0.5"), "warning series-ends measure trust", false},
};
/* clang-format on */
#define POINTS (sizeof points / sizeof *points)

static void test_points(void **state)
{
    const fault_case *row = *state;
    char path[80], survey[80], out[2000], messages[6000], text[2000];
    snprintf(text, sizeof text, "d,g,m,v\n%s", row->planted);
    write_text("series.csv", text, path);
    write_text("series.yaml", series_text, survey);
    findings_of(survey, path, 10, true, out, sizeof out, messages, sizeof messages);
    assert_string_equal(out, row->found);
}

/* Without the limit every count is told; with it none under it is, in any message. */
static void test_counts_told(void **state)
{
    (void)state;
    const char *names[COLUMNS];
    char room[4][CELL], path[80], survey[80], out[2000], messages[6000];
    memcpy(names, header, sizeof names);
    clean_data();
    plant("4:40-46=", names, room);
    write_data(names, path);
    write_text("survey.yaml", survey_text, survey);
    findings_of(survey, path, 10, false, out, sizeof out, messages, sizeof messages);
    assert_string_equal(out, "error weight-missing weight @42 ?");
    assert_non_null(strstr(messages, "fewer than 10 interviews, this one first"));
    assert_null(strstr(messages, "7 interviews"));
    findings_of(survey, path, 0, false, out, sizeof out, messages, sizeof messages);
    assert_string_equal(out, "error weight-missing weight @42 7");
    assert_non_null(strstr(messages, "7 interviews (11.7%)"));
}

int main(void)
{
    struct CMUnitTest tests[FAULTS + POINTS + 1];
    size_t n = 0;
    if (!mkdtemp(folder))
        return 70;
    for (size_t i = 0; i < FAULTS; i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    for (size_t i = 0; i < POINTS; i++)
        tests[n++] = (struct CMUnitTest){points[i].name, test_points, NULL, NULL, (void *)(uintptr_t)&points[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_counts_told);
    return _cmocka_run_group_tests("check", tests, n, NULL, NULL);
}
