/* Unit sums of several crosses side by side: every number has to be where its part and column say, whatever the parts look like. */
#include "stats/totals.h"
#include "tests/check.h"
#include <string.h>

enum { PARTS = 4, UNITS = 3, COLUMNS = 5, ROOM = UNITS * PARTS * COLUMNS };

/* Which columns a unit of a part has entries in, one digit each; NULL: there is no such part. */
static const struct join_case {
    const char *name;
    size_t parts, units;
    size_t columns[PARTS], domain_columns[PARTS];
    const char *entries[PARTS][UNITS];
    size_t wanted_columns, wanted_domain_columns, wanted_entries;
    size_t wanted_column[PARTS][COLUMNS]; /* where each column goes, counted by hand */
} cases[] = {
    {"one part keeps its columns", 1, 3, {3}, {0}, {{"02", "", "1"}}, 3, 0, 3, {{0, 1, 2}}},
    {"two parts whose columns all put units into domains", 2, 3, {2, 3}, {0, 0}, {{"0", "01", ""}, {"2", "", "012"}},
     5, 0, 7, {{0, 1}, {2, 3, 4}}},
    {"columns that put no unit into a domain go behind all that do", 3, 3, {3, 2, 5}, {2, 0, 3},
     {{"012", "2", "0"}, {"1", "01", ""}, {"034", "4", "1"}}, 10, 7, 13, {{0, 1, 7}, {2, 3}, {4, 5, 6, 8, 9}}},
    {"only the first part has such columns", 2, 2, {4, 1}, {1, 0}, {{"0123", "3"}, {"0", "0"}}, 5, 2, 7, {{0, 2, 3, 4}, {1}}},
    {"only the last part has such columns", 4, 3, {1, 2, 1, 3}, {0, 0, 0, 1}, {{"0", "", "0"}, {"01", "1", ""}, {"", "0", "0"}, {"12", "0", "02"}},
     7, 5, 12, {{0}, {1, 2}, {3}, {4, 5, 6}}},
    {"every part with as many of both", 2, 1, {4, 4}, {2, 2}, {{"13"}, {"02"}}, 8, 4, 4, {{0, 1, 4, 5}, {2, 3, 6, 7}}},
    {"no units", 2, 0, {2, 2}, {1, 2}, {{0}}, 4, 3, 0, {{0, 3}, {1, 2}}},
};

static double number(size_t k, size_t unit, size_t column)
{
    return 0.8731 + 17.0 * (double)k + 1.37 * (double)unit + 101.3 * (double)column;
}

typedef struct {
    baro_totals totals;
    uint32_t end[UNITS], column[ROOM];
    double high[ROOM], low[ROOM], total[PARTS * COLUMNS];
} sums;

static void connect(sums *s)
{
    s->totals = (baro_totals){.unit_end = s->end, .column = s->column, .high = s->high, .low = s->low, .total = s->total};
}

static void fill(const struct join_case *row, size_t k, sums *s)
{
    size_t at = 0;
    connect(s);
    s->totals.columns = row->columns[k];
    s->totals.domain_columns = row->domain_columns[k];
    for (size_t column = 0; column < row->columns[k]; column++)
        s->total[column] = number(k, 99, column);
    for (size_t unit = 0; unit < row->units; s->end[unit++] = (uint32_t)at)
        for (const char *c = row->entries[k][unit]; *c; c++, at++) {
            s->column[at] = (uint32_t)(*c - '0');
            s->high[at] = number(k, unit, s->column[at]);
            s->low[at] = 1e-17 * number(k, unit, s->column[at]);
        }
}

/* Each unit's entries ascend, and are those of the parts: no fewer, no more, each where its column went. */
static void check_entries(const struct join_case *row, const sums *out)
{
    size_t at = 0;
    for (size_t unit = 0; unit < row->units; unit++) {
        size_t first = at, met = 0;
        for (; at < out->end[unit]; at++) {
            assert_true(at == first || out->column[at] > out->column[at - 1]);
            for (size_t k = 0; k < row->parts; k++)
                for (const char *c = row->entries[k][unit]; *c; c++)
                    if (row->wanted_column[k][*c - '0'] == out->column[at]) {
                        assert_true(out->high[at] == number(k, unit, (size_t)(*c - '0')));
                        assert_true(out->low[at] == 1e-17 * number(k, unit, (size_t)(*c - '0')));
                        met++;
                    }
        }
        assert_int_equal(met, at - first);
    }
    assert_int_equal(at, row->wanted_entries);
}

static void test_join(void **state)
{
    const struct join_case *row = *state;
    sums parts[PARTS], out;
    const baro_totals *part[PARTS];
    for (size_t k = 0; k < row->parts; k++) {
        fill(row, k, &parts[k]);
        part[k] = &parts[k].totals;
    }
    memset(&out, 0x5a, sizeof out);
    connect(&out);
    assert_int_equal(baro_totals_join_room(part, row->parts, row->units), row->wanted_entries);
    baro_totals_join(part, row->parts, row->units, &out.totals);
    assert_int_equal(out.totals.columns, row->wanted_columns);
    assert_int_equal(out.totals.domain_columns, row->wanted_domain_columns);
    for (size_t k = 0; k < row->parts; k++)
        for (size_t column = 0; column < row->columns[k]; column++) {
            assert_int_equal(baro_totals_joined_column(part, row->parts, k, column), row->wanted_column[k][column]);
            assert_true(out.total[row->wanted_column[k][column]] == number(k, 99, column));
        }
    check_entries(row, &out);
}

int main(void)
{
    enum { CASES = sizeof cases / sizeof *cases };
    struct CMUnitTest tests[CASES];
    struct join_case row[CASES];
    memcpy(row, cases, sizeof row);
    for (size_t i = 0; i < CASES; i++)
        tests[i] = (struct CMUnitTest){cases[i].name, test_join, NULL, NULL, &row[i]};
    return cmocka_run_group_tests_name("totals side by side", tests, NULL, NULL);
}
