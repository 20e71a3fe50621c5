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
    {"ISO date with an offset", MONTH, 1, NULL, "2021-11-30T23:59:59+01:00", "2021-11"},
    {"ISO date with a short offset", MONTH, 1, NULL, "2021-11-30T23:59-0530", "2021-11"},
    {"ISO date with half an offset", MONTH, 1, NULL, "2021-11-30T23:59+1", NULL},
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
    {"day first with hyphens", MONTH, 1, NULL, "31-12-2014", "2014-12"},
    {"day first with points", MONTH, 1, NULL, "4.5.2023", "2023-05"},
    {"day first, signs mixed", MONTH, 1, NULL, "31/12-2014", NULL},
    {"day first with half a day", MONTH, 1, NULL, "9/12/2014 4:05 PM", "2014-12"},
    {"half a day misspelt", MONTH, 1, NULL, "9/12/2014 4:05 XM", NULL},
    {"SAS date", MONTH, 1, NULL, "07NOV2019", "2019-11"},
    {"day, month name, short year", MONTH, 1, NULL, "7-Nov-19", "2019-11"},
    {"month name, day, year", MONTH, 1, NULL, "Nov 7, 2019", "2019-11"},
    {"31 November by name", MONTH, 1, NULL, "31NOV2019", NULL},
    {"month and short year", MONTH, 1, NULL, "Jan-20", "2020-01"},
    {"month and short year with a space", MONTH, 1, NULL, "Jan 20", NULL},
    {"month and year with a hyphen", MONTH, 1, NULL, "Oct-2018", "2018-10"},
    {"month and year together", MONTH, 1, NULL, "OCT2018", "2018-10"},
    {"year and month name", MONTH, 1, NULL, "2020 Jan", "2020-01"},
    {"year and full month name", MONTH, 1, NULL, "2020 august", "2020-08"},
    {"year and month name with a hyphen", MONTH, 1, NULL, "2020-Feb", "2020-02"},
    {"a day of the week", MONTH, 1, NULL, "Mon 2020", NULL},
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
    {"financial year with a hyphen", YEAR, 4, NULL, "2022-23", "2022/23"},
    {"financial year with a hyphen, long", YEAR, 4, NULL, "2022-2023", "2022/23"},
    {"financial year with a dash", YEAR, 4, NULL, "2022\u201323", "2022/23"},
    {"financial year with a hyphen, second wrong", YEAR, 4, NULL, "2022-24", NULL},
    {"financial year named so", YEAR, 4, NULL, "FY 2022/23", "2022/23"},
    {"financial year that may be a month is a month", YEAR, 4, NULL, "2001-02", "2000/01"},
    {"calendar quarter", QUARTER, 1, NULL, "2023 Q1", "2023 Q1"},
    {"calendar quarter where years start in April", QUARTER, 4, NULL, "2023 Q1", "2023 Q1"},
    {"calendar quarter, other order", QUARTER, 1, NULL, "Q3 2022", "2022 Q3"},
    {"calendar quarter, together", QUARTER, 1, NULL, "2022Q3", "2022 Q3"},
    {"calendar quarter, hyphen", QUARTER, 1, NULL, "2022-Q3", "2022 Q3"},
    {"calendar quarter, other order, hyphen", QUARTER, 1, NULL, "Q3-2022", "2022 Q3"},
    {"quarter by its last month", QUARTER, 1, NULL, "Quarter to Mar 2023", "2023 Q1"},
    {"quarter ending", QUARTER, 4, NULL, "quarter ending September 2022", "2022 Q3"},
    {"quarter by a month that ends none", QUARTER, 1, NULL, "Quarter to Apr 2023", NULL},
    {"quarter in words for people", QUARTER, 1, NULL, "Jul to Sep 2022", "2022 Q3"},
    {"quarter in words with a hyphen", QUARTER, 1, NULL, "Jul-Sep 2022", "2022 Q3"},
    {"odd quarter over a year's end in words", QUARTER, 2, NULL, "Nov to Jan 2023", "2022/23 Q4"},
    {"words that are no quarter", QUARTER, 1, NULL, "Aug to Oct 2022", NULL},
    {"year in words", YEAR, 4, NULL, "Year to Mar 2023", "2022/23"},
    {"year in words, starting elsewhere", YEAR, 4, NULL, "Year to Dec 2022", NULL},
    {"year in words where quarters are wanted", QUARTER, 4, NULL, "Year to Mar 2023", NULL},
    {"financial year in long words", YEAR, 4, NULL, "Apr 2022 to Mar 2023", "2022/23"},
    {"long words backwards", YEAR, 4, NULL, "Mar 2023 to Apr 2022", NULL},
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
    {"financial quarter with a hyphen", QUARTER, 4, NULL, "Q4 2022-23", "2023 Q1"},
    {"numbered financial quarter with a hyphen", QUARTER, 4, NULL, "64 Quarter 4 2020-21", "2021 Q1"},
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
    {"week with a dash", MONTH, 4, NULL, "27/04/2020 \u2013 03/05/2020", "2020-04"},
    {"ISO week", MONTH, 4, NULL, "2020-04-27/2020-05-03", "2020-04"},
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
    {"Excel serial with hours", MONTH, 1, NULL, "44926.999988", "2022-12"},
    {"Excel serial with hours, decimal comma", MONTH, 1, NULL, "44927,03125", "2023-01"},
    {"above Excel serials with hours", MONTH, 1, NULL, "80001.25", NULL},
    {"negative serial", MONTH, 1, NULL, "-44927", NULL},
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
    baro_calendar calendar = {.unit = (baro_unit)c->unit, .year_starts = c->starts, .format = c->format};
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
    baro_calendar calendar = {.unit = (baro_unit)c->unit, .year_starts = c->starts};
    baro_period period;
    char words[64];
    assert_true(baro_period_parse(&calendar, c->label, &period));
    baro_period_words(&calendar, period, c->units, words);
    assert_string_equal(words, c->words);
}

typedef struct {
    const char *name;
    bool month_first, year_pairs;
    int unit;
    const char *text, *label;
} told;

static const told tolds[] = {
    {"month first", true, false, MONTH, "04/05/2023", "2023-04"},
    {"month first, past the twelfth", true, false, MONTH, "12/31/2023", "2023-12"},
    {"month first refuses a 13th month", true, false, MONTH, "13/12/2023", NULL},
    {"month first with a time", true, false, MONTH, "9/12/2014 4:05:59 pm", "2014-09"},
    {"month first in a range", true, false, MONTH, "04/27/2020-05/03/2020", "2020-04"},
    {"month first leaves ISO dates alone", true, false, MONTH, "2023-04-05", "2023-04"},
    {"month first, 30 February", true, false, MONTH, "02/30/2023", NULL},
    {"pairs of years", false, true, YEAR, "2001-02", "2001/02"},
    {"pairs of years refuse months", false, true, YEAR, "2001-05", NULL},
    {"pairs of years leave ISO dates alone", false, true, MONTH, "2001-02-03", "2001-02"},
};

static void test_told(void **state)
{
    const told *c = *state;
    const baro_calendar calendar = {.unit = (baro_unit)c->unit, .year_starts = 4, .month_first = c->month_first, .year_pairs = c->year_pairs};
    baro_period period;
    char label[32] = "refused";
    if (baro_period_read(&calendar, c->text, strlen(c->text), &period))
        baro_period_label(&calendar, period, label);
    assert_string_equal(label, c->label ? c->label : "refused");
}

typedef struct {
    const char *name, *text;
    unsigned says;
} saying;

static const saying sayings[] = {
    {"either order", "04/05/2023", BARO_SAYS_DAY_FIRST | BARO_SAYS_MONTH_FIRST},
    {"the same either way", "05/05/2023", BARO_SAYS_DAY_FIRST | BARO_SAYS_MONTH_FIRST},
    {"first above 12", "13/05/2023", BARO_SAYS_DAY_FIRST},
    {"second above 12", " 5/13/2023 ", BARO_SAYS_MONTH_FIRST},
    {"both above 12", "13/13/2023", 0},
    {"second above 12 in a range's end", "05/07/2020-05/13/2020", BARO_SAYS_MONTH_FIRST},
    {"with hyphens", "13-05-2023", BARO_SAYS_DAY_FIRST},
    {"an ISO date says nothing", "2023-05-13", 0},
    {"a month or a year", "2001-02", BARO_SAYS_MONTH | BARO_SAYS_YEARS},
    {"a month only", "2001-05", BARO_SAYS_MONTH},
    {"a year only", "2021-22", BARO_SAYS_YEARS},
    {"a year with a stroke says nothing", "2001/02", 0},
    {"a long year says nothing", "2001-2002", 0},
    {"a serial says nothing", "44927", 0},
    {"nothing says nothing", "", 0},
};

static void test_saying(void **state)
{
    const saying *c = *state;
    assert_int_equal(baro_period_says(c->text, strlen(c->text)), c->says);
}

typedef struct {
    const char *name;
    int unit;
    unsigned starts;
    const char *text, *problem;
} refusal;

static const refusal refusals[] = {
    {"problem: no period", QUARTER, 1, "soon", "not a date or period that can be read"},
    {"problem: no date", QUARTER, 1, "31/02/2023", "not a date or period that can be read"},
    {"problem: financial, January", QUARTER, 1, "Q1 2022/23", "a financial year, and years start in January"},
    {"problem: too long", QUARTER, 4, "2022/23", "a longer time than the unit of periods"},
    {"problem: year for months", MONTH, 1, "2023", "a longer time than the unit of periods"},
    {"problem: across", QUARTER, 2, "2022 Q3", "a period across two units"},
};

static void test_refusal(void **state)
{
    const refusal *c = *state;
    const baro_calendar calendar = {.unit = (baro_unit)c->unit, .year_starts = c->starts};
    baro_period period;
    assert_false(baro_period_read(&calendar, c->text, strlen(c->text), &period));
    assert_string_equal(baro_period_problem(&calendar, c->text, strlen(c->text)), c->problem);
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
                    baro_calendar calendar = {.unit = (baro_unit)unit, .year_starts = starts};
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
    baro_calendar calendar = {.unit = BARO_UNIT_MONTH, .year_starts = 1, .format = "%d/%m/%Y"};
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
    struct CMUnitTest tests[ROWS(readings) + ROWS(wordings) + ROWS(formats) + ROWS(tolds) + ROWS(sayings) + ROWS(refusals) + 2];
    size_t n = 0;
    ADD_ROWS(readings, test_reading);
    ADD_ROWS(wordings, test_wording);
    ADD_ROWS(formats, test_format);
    ADD_ROWS(tolds, test_told);
    ADD_ROWS(sayings, test_saying);
    ADD_ROWS(refusals, test_refusal);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_labels_read_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_parse_takes_no_numbers);
    return _cmocka_run_group_tests("period", tests, n, NULL, NULL);
}
