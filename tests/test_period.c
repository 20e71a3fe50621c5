/* Periods: every form that data hold, what is refused, labels that read back, words for people. */
#include "tests/check.h"
#include "surveys/model/period.h"
#include <stdlib.h>
#include <string.h>

enum { MONTH = BARO_UNIT_MONTH, QUARTER = BARO_UNIT_QUARTER, YEAR = BARO_UNIT_YEAR };

typedef struct {
    const char *name;
    int unit;
    unsigned starts;
    const char *format, *text;
    const char *label; /* NULL: refused */
} reading;

static const reading readings[] = {
    {"ISO date by month", MONTH, 1, NULL, "2023-03-31", "2023-03"},
    {"ISO date by quarter", QUARTER, 1, NULL, "2023-03-31", "2023 Q1"},
    {"ISO date by year", YEAR, 1, NULL, "2023-03-31", "2023"},
    {"last day of a financial year", YEAR, 4, NULL, "2023-03-31", "2022/23"},
    {"first day of a financial year", YEAR, 4, NULL, "2023-04-01", "2023/24"},
    {"turn of the century", YEAR, 4, NULL, "1999-12-31", "1999/00"},
    {"ISO date with a time", MONTH, 1, NULL, "2021-11-05T23:59:59", "2021-11"},
    {"ISO date with zone", MONTH, 1, NULL, "2021-11-05T23:59:59Z", "2021-11"},
    {"ISO date with fraction", MONTH, 1, NULL, "2021-11-05 23:59:59.123", "2021-11"},
    {"ISO date with hours and minutes", MONTH, 1, NULL, "2021-11-05 23:59", "2021-11"},
    {"ISO basic date", MONTH, 1, NULL, "20211105", "2021-11"},
    {"ISO date with slashes", MONTH, 1, NULL, "2021/11/05", "2021-11"},
    {"hour 24", MONTH, 1, NULL, "2021-11-05 24:00", NULL},
    {"minute 60", MONTH, 1, NULL, "2021-11-05 23:60", NULL},
    {"ISO date of one-digit month", MONTH, 1, NULL, "2023-3-31", NULL},
    {"ISO date of one-digit day", MONTH, 1, NULL, "2023-03-1", NULL},
    {"month 13", MONTH, 1, NULL, "2023-13-01", NULL},
    {"month 0", MONTH, 1, NULL, "2023-00-10", NULL},
    {"day 0", MONTH, 1, NULL, "2023-01-00", NULL},
    {"30 February ISO", MONTH, 1, NULL, "2023-02-30", NULL},
    {"29 February of a leap year", MONTH, 1, NULL, "2024-02-29", "2024-02"},
    {"29 February of no leap year", MONTH, 1, NULL, "2023-02-29", NULL},
    {"29 February 1900", MONTH, 1, NULL, "29/02/1900", NULL},
    {"29 February 2000", MONTH, 1, NULL, "29/02/2000", "2000-02"},
    {"day first", MONTH, 1, NULL, "04/05/2023", "2023-05"},
    {"day first, short", MONTH, 1, NULL, "4/5/2023", "2023-05"},
    {"day first with a time", QUARTER, 1, NULL, "31/12/2014 00:00:00", "2014 Q4"},
    {"31 February", MONTH, 1, NULL, "31/02/2023", NULL},
    {"31 April", QUARTER, 1, NULL, "31/04/2023", NULL},
    {"month first is never guessed", MONTH, 1, NULL, "12/31/2023", NULL},
    {"two-digit year is never guessed", MONTH, 1, NULL, "31/12/14", NULL},
    {"day, month name, year", MONTH, 1, NULL, "31 Mar 2023", "2023-03"},
    {"day, full month name, year", MONTH, 1, NULL, "9 September 2022", "2022-09"},
    {"30 February by name", MONTH, 1, NULL, "30 Feb 2024", NULL},
    {"month and year", MONTH, 1, NULL, "Jan 2023", "2023-01"},
    {"full month and year", MONTH, 1, NULL, "January 2023", "2023-01"},
    {"capitals", MONTH, 1, NULL, "JUNE 2023", "2023-06"},
    {"Sept", MONTH, 1, NULL, "Sept 2023", "2023-09"},
    {"a month cut short", MONTH, 1, NULL, "Janu 2023", NULL},
    {"no month", MONTH, 1, NULL, "Jnu 2023", NULL},
    {"month in a quarter", QUARTER, 4, NULL, "May 2023", "2023 Q2"},
    {"year and month", MONTH, 1, NULL, "2023-01", "2023-01"},
    {"year and month by quarter", QUARTER, 1, NULL, "2011-12", "2011 Q4"},
    {"financial year with a hyphen is a bad month", YEAR, 4, NULL, "2022-23", NULL},
    {"calendar quarter", QUARTER, 1, NULL, "2023 Q1", "2023 Q1"},
    {"calendar quarter where years start in April", QUARTER, 4, NULL, "2023 Q1", "2023 Q1"},
    {"calendar quarter, other order", QUARTER, 1, NULL, "Q3 2022", "2022 Q3"},
    {"calendar quarter, together", QUARTER, 1, NULL, "2022Q3", "2022 Q3"},
    {"calendar quarter, hyphen", QUARTER, 1, NULL, "2022-Q3", "2022 Q3"},
    {"small q", QUARTER, 1, NULL, "q3 2022", "2022 Q3"},
    {"quarter 5", QUARTER, 1, NULL, "2022 Q5", NULL},
    {"quarter 0", QUARTER, 1, NULL, "2022 Q0", NULL},
    {"calendar quarter across odd quarters", QUARTER, 2, NULL, "2022 Q3", NULL},
    {"calendar quarter in its year", YEAR, 4, NULL, "2023 Q1", "2022/23"},
    {"calendar quarter across two odd years", YEAR, 2, NULL, "2023 Q1", NULL},
    {"quarter where months are wanted", MONTH, 1, NULL, "2023 Q1", NULL},
    {"financial quarter 1", QUARTER, 4, NULL, "Q1 2022/23", "2022 Q2"},
    {"financial quarter 4", QUARTER, 4, NULL, "Q4 2022/23", "2023 Q1"},
    {"financial quarter by year", YEAR, 4, NULL, "Q4 2022/23", "2022/23"},
    {"financial quarter, long year", QUARTER, 4, NULL, "Q4 2022/2023", "2023 Q1"},
    {"financial quarter, year first", QUARTER, 4, NULL, "2022/23 Q4", "2023 Q1"},
    {"financial quarter, year wrong", QUARTER, 4, NULL, "Q4 2022/24", NULL},
    {"financial quarter where years start in January", QUARTER, 1, NULL, "Q1 2022/23", NULL},
    {"financial quarter of an odd year", QUARTER, 2, NULL, "Q1 2022/23", "2022/23 Q1"},
    {"odd quarter that ends in January", QUARTER, 2, NULL, "2023-01-31", "2022/23 Q4"},
    {"odd quarter of December starts", QUARTER, 12, NULL, "2023-01-31", "2022/23 Q1"},
    {"financial year", YEAR, 4, NULL, "2022/23", "2022/23"},
    {"financial year, long", YEAR, 4, NULL, "2022/2023", "2022/23"},
    {"financial year over a century", YEAR, 4, NULL, "1999/00", "1999/00"},
    {"financial year, second wrong", YEAR, 4, NULL, "2022/24", NULL},
    {"financial year where years start in January", YEAR, 1, NULL, "2022/23", NULL},
    {"financial year where quarters are wanted", QUARTER, 4, NULL, "2022/23", NULL},
    {"year", YEAR, 1, NULL, "2023", "2023"},
    {"year across two financial ones", YEAR, 4, NULL, "2023", NULL},
    {"year where quarters are wanted", QUARTER, 1, NULL, "2023", NULL},
    {"year where months are wanted", MONTH, 1, NULL, "2023", NULL},
    {"year 0999", YEAR, 1, NULL, "0999", NULL},
    {"five digits", YEAR, 1, NULL, "12023", NULL},
    {"quarter with a point", QUARTER, 1, NULL, "2021.1", "2021 Q1"},
    {"quarter 4 with a point", QUARTER, 1, NULL, "2021.4", "2021 Q4"},
    {"with a point, two digits", QUARTER, 1, NULL, "2021.10", NULL},
    {"with a point, 5", QUARTER, 1, NULL, "2021.5", NULL},
    {"with a point, where months are wanted", MONTH, 1, NULL, "2021.1", NULL},
    {"quarter named by its month", QUARTER, 1, NULL, "1QSEP2021", "2021 Q3"},
    {"quarter named by its month, April years", QUARTER, 4, NULL, "3QMar2022", "2022 Q1"},
    {"quarter named by its month, where months are wanted", MONTH, 1, NULL, "1QSEP2021", NULL},
    {"numbered financial quarter", QUARTER, 4, NULL, "61 Quarter 1 2020/21", "2020 Q2"},
    {"numbered financial quarter 4", QUARTER, 4, NULL, "64 Quarter 4 2020/21", "2021 Q1"},
    {"financial quarter in words", QUARTER, 4, NULL, "Quarter 2 2020/21", "2020 Q3"},
    {"calendar quarter in words", QUARTER, 4, NULL, "Quarter 2 2020", "2020 Q2"},
    {"numbered month", MONTH, 4, NULL, "109 (Apr 2020)", "2020-04"},
    {"numbered month by quarter", QUARTER, 4, NULL, "109 (Apr 2020)", "2020 Q2"},
    {"numbered month, bracket open", QUARTER, 4, NULL, "109 (Apr 2020", NULL},
    {"week", MONTH, 4, NULL, "01/04/2020-05/04/2020", "2020-04"},
    {"week over a month's end: its first date", MONTH, 4, NULL, "27/04/2020-03/05/2020", "2020-04"},
    {"week with spaces", QUARTER, 4, NULL, "30/03/2020 - 05/04/2020", "2020 Q1"},
    {"week backwards", MONTH, 4, NULL, "05/04/2020-01/04/2020", NULL},
    {"week to an impossible date", MONTH, 4, NULL, "27/04/2020-31/04/2020", NULL},
    {"Excel serial", MONTH, 1, NULL, "44927", "2023-01"},
    {"Excel serial, the day before", MONTH, 1, NULL, "44926", "2022-12"},
    {"Excel serial of a leap day", MONTH, 1, NULL, "45351", "2024-02"},
    {"lowest Excel serial", MONTH, 1, NULL, "20000", "1954-10"},
    {"below Excel serials", MONTH, 1, NULL, "19999", NULL},
    {"highest Excel serial", YEAR, 1, NULL, "80000", "2119"},
    {"above Excel serials", MONTH, 1, NULL, "80001", NULL},
    {"Excel serial with hours", MONTH, 1, NULL, "44927.5", NULL},
    {"whole Excel serial with a point", MONTH, 1, NULL, "44927.0", "2023-01"},
    {"SPSS seconds of 1 January 2023", MONTH, 1, NULL, "13891910400", "2023-01"},
    {"SPSS seconds, one second before", MONTH, 1, NULL, "13891910399", "2022-12"},
    {"SPSS seconds with exponent", MONTH, 1, NULL, "1.38919104E10", "2023-01"},
    {"SPSS seconds that are none", MONTH, 1, NULL, "10000000000", NULL},
    {"a wave number", QUARTER, 1, NULL, "61", NULL},
    {"nothing", QUARTER, 1, NULL, "", NULL},
    {"a space", QUARTER, 1, NULL, " ", NULL},
    {"a sign", QUARTER, 1, NULL, "-", NULL},
    {"nan", QUARTER, 1, NULL, "nan", NULL},
    {"spaces round it", QUARTER, 1, NULL, "  2023 Q1 ", "2023 Q1"},
    {"text behind", QUARTER, 1, NULL, "2023 Q1x", NULL},
    {"format d/m/Y", QUARTER, 4, "%d/%m/%Y", "31/12/2014", "2014 Q4"},
    {"format d/m/Y refuses ISO", QUARTER, 4, "%d/%m/%Y", "2014-12-31", NULL},
    {"format m/d/Y", MONTH, 1, "%m/%d/%Y", "02/03/2023", "2023-02"},
    {"format with impossible date", MONTH, 1, "%m/%d/%Y", "02/30/2023", NULL},
    {"format b y", MONTH, 1, "%b-%y", "Mar-22", "2022-03"},
    {"format y of the last century", MONTH, 1, "%b-%y", "Mar-69", "1969-03"},
    {"format y of this century", MONTH, 1, "%b-%y", "Mar-68", "2068-03"},
    {"format Ymd HMS", MONTH, 1, "%Y%m%d %H%M%S", "20230331 235960", "2023-03"},
    {"format with words", MONTH, 1, "Wave of %B %Y", "Wave of May 2023", "2023-05"},
    {"format with percent", YEAR, 1, "%Y %%", "2023 %", "2023"},
    {"format coarser than the unit", QUARTER, 1, "%Y", "2023", NULL},
    {"format takes no serials", QUARTER, 1, "%d/%m/%Y", "44927", NULL},
};

static void test_reading(void **state)
{
    const reading *c = *state;
    baro_calendar calendar = {(baro_unit)c->unit, c->starts, c->format};
    baro_period period = -77777;
    char label[32] = "refused";
    bool read = baro_period_read(&calendar, c->text, strlen(c->text), &period);
    if (read)
        baro_period_label(&calendar, period, label);
    else
        assert_int_equal(period, -77777);
    assert_string_equal(label, c->label == NULL ? "refused" : c->label);
}

typedef struct {
    const char *name;
    int unit;
    unsigned starts;
    const char *label;
    size_t units;
    const char *words;
} wording;

static const wording wordings[] = {
    {"a month", MONTH, 1, "2023-03", 1, "Mar 2023"},
    {"three months", MONTH, 1, "2023-03", 3, "Jan to Mar 2023"},
    {"twelve months", MONTH, 1, "2023-03", 12, "Year to Mar 2023"},
    {"a calendar year of months", MONTH, 1, "2023-12", 12, "Year to Dec 2023"},
    {"eighteen months", MONTH, 1, "2023-06", 18, "Jan 2022 to Jun 2023"},
    {"two months over a year's end", MONTH, 1, "2023-01", 2, "Dec 2022 to Jan 2023"},
    {"a quarter", QUARTER, 4, "2023 Q1", 1, "Jan to Mar 2023"},
    {"two quarters", QUARTER, 4, "2023 Q1", 2, "Oct 2022 to Mar 2023"},
    {"four quarters", QUARTER, 4, "2023 Q1", 4, "Year to Mar 2023"},
    {"an odd quarter over a year's end", QUARTER, 2, "2022/23 Q4", 1, "Nov 2022 to Jan 2023"},
    {"six quarters", QUARTER, 1, "2023 Q2", 6, "Jan 2022 to Jun 2023"},
    {"a year", YEAR, 1, "2023", 1, "2023"},
    {"two years", YEAR, 1, "2023", 2, "Jan 2022 to Dec 2023"},
    {"a financial year", YEAR, 4, "2022/23", 1, "Apr 2022 to Mar 2023"},
    {"three financial years", YEAR, 4, "2022/23", 3, "Apr 2020 to Mar 2023"},
};

static void test_wording(void **state)
{
    const wording *c = *state;
    baro_calendar calendar = {(baro_unit)c->unit, c->starts, NULL};
    baro_period period;
    char words[64];
    assert_true(baro_period_parse(&calendar, c->label, &period));
    baro_period_words(&calendar, period, c->units, words);
    assert_string_equal(words, c->words);
}

typedef struct {
    const char *name, *format;
    size_t character;
    const char *problem;
} format_case;

static const format_case formats[] = {
    {"good format", "%d/%m/%Y", 0, NULL},
    {"good format with time", "%Y-%m-%d %H:%M:%S", 0, NULL},
    {"format of a year", "FY %y", 0, NULL},
    {"unknown conversion", "%d/%q/%Y", 4, "no such conversion; there are %d %m %Y %y %b %B %H %M %S"},
    {"percent at the end", "%Y%", 3, "no such conversion; there are %d %m %Y %y %b %B %H %M %S"},
    {"no private conversion", "%Y %f", 4, "no such conversion; there are %d %m %Y %y %b %B %H %M %S"},
    {"twice", "%d/%d/%Y", 4, "the same conversion twice"},
    {"no year", "%d/%m", 1, "no year (%Y or %y)"},
    {"day without month", "%d %Y", 1, "a day (%d) without a month (%m or %b)"},
};

static void test_format(void **state)
{
    const format_case *c = *state;
    const char *problem = NULL;
    assert_int_equal(baro_period_format_fault(c->format, &problem), c->character);
    if (c->problem == NULL)
        assert_null(problem);
    else
        assert_string_equal(problem, c->problem);
}

/** Consecutive units differ by one, every label reads back, every start of the year. */
static void test_labels_read_back(void **state)
{
    (void)state;
    for (int unit = MONTH; unit <= YEAR; unit++)
        for (unsigned starts = 1; starts <= 12; starts++)
            for (int year = 1897; year <= 2104; year += 23)
                for (int month = 1; month <= 12; month++) {
                    baro_calendar calendar = {(baro_unit)unit, starts, NULL};
                    char text[32], label[32];
                    baro_period period, again, next;
                    snprintf(text, sizeof text, "%d-%02d-17", year, month);
                    assert_true(baro_period_read(&calendar, text, strlen(text), &period));
                    baro_period_label(&calendar, period, label);
                    assert_true(baro_period_parse(&calendar, label, &again));
                    assert_int_equal(period, again);
                    int months = unit == MONTH ? 1 : unit == QUARTER ? 3 : 12, on = month - 1 + months;
                    snprintf(text, sizeof text, "%d-%02d-03", year + on / 12, on % 12 + 1);
                    assert_true(baro_period_read(&calendar, text, strlen(text), &next));
                    assert_int_equal(next, period + 1);
                }
}

/** Options name periods, not serials. */
static void test_parse_takes_no_numbers(void **state)
{
    (void)state;
    baro_calendar calendar = {BARO_UNIT_MONTH, 1, "%d/%m/%Y"};
    baro_period period;
    assert_false(baro_period_parse(&calendar, "44927", &period));
    assert_true(baro_period_parse(&calendar, "2023-01", &period));
    assert_int_equal(period, 2023 * 12);
}

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))
#define ADD_ROWS(table, function)                                                                                                        \
    for (size_t i = 0; i < ROWS(table); i++)                                                                                             \
        tests[n++] = (struct CMUnitTest){(table)[i].name, function, NULL, NULL, (void *)(uintptr_t)&(table)[i]}

int main(void)
{
    struct CMUnitTest tests[ROWS(readings) + ROWS(wordings) + ROWS(formats) + 2];
    size_t n = 0;
    ADD_ROWS(readings, test_reading);
    ADD_ROWS(wordings, test_wording);
    ADD_ROWS(formats, test_format);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_labels_read_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_parse_takes_no_numbers);
    return _cmocka_run_group_tests("period", tests, n, NULL, NULL);
}
