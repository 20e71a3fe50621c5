/** Periods: months, quarters, years counted by a whole number, read from what data hold and written as labels. */
#ifndef BARO_SURVEYS_MODEL_PERIOD_H
#define BARO_SURVEYS_MODEL_PERIOD_H
#include "surveys/model/survey.h"

/** Months since January of year 0 of the first month of a unit, divided by its length: consecutive units differ by 1. */
typedef long baro_period;

typedef struct {
    baro_unit unit;
    unsigned year_starts; /* 1 to 12; quarters begin in months congruent to it modulo 3 */
    const char *format;   /* strptime-like: %d %m %Y %y %b %B %H %M %S and literals; NULL: auto */
    bool month_first;     /* 04/05/2023 is 5 April */
    bool year_pairs;      /* 2010-11 is a financial year, not November 2010 */
} baro_calendar;

/**
 * Reads a date or period as data give it and puts it into its unit. Auto reads
 *   dates     2023-03-31, 2023/03/31, 20230331, 31/03/2023, 31-03-2023, 31.03.2023, 31 Mar 2023, 31-Mar-2023, 31-Mar-23, 31MAR2023, Mar 31, 2023; ISO and D/M/YYYY with a time behind
 *   ranges    01/04/2020-05/04/2020 (also ` - `, ` to `, a dash), 2020-04-01 to 2020-04-05: counted by the first date
 *   months    2023-01, Jan 2023, January 2023, 2023 Jan, 2023-Jan, Jan-2023, Jan-23, JAN2023, 109 (Apr 2020)
 *   quarters  2023 Q1, 2023Q1, 2023-Q1, Q1 2023, 2021.1, 1QSEP2021 (the quarter that September lies in), Quarter 2 2020, Quarter to Mar 2023, Jan to Mar 2023
 *   financial Q1 2022/23, 2022/23 Q1, Quarter 1 2020/21, 61 Quarter 1 2020/21; years 2022/23, 2022/2023, 2022-23, FY 2022/23, Year to Mar 2023
 *   years     2023
 *   numbers   Excel serials 20000 to 80000 with or without a fraction, SPSS seconds since 14 October 1582.
 * Month names are English, in any case. False when it is none of these, is no date, is coarser than the unit (a year where quarters are wanted), does not lie within one unit, is a financial year or quarter
 * where years start in January, or lies outside the years 1800 to 2299. D/M/Y is day first unless the calendar says month_first; 2010-11 is a month unless it says year_pairs, 2022-23 a year always; a two-digit
 * month or day is needed in ISO dates; a two-digit year counts behind a month's name only; `2021.1` is a quarter, `2021.10` nothing. Spaces at both ends are nothing.
 */
bool baro_period_read(const baro_calendar *calendar, const char *text, size_t length, baro_period *out);
/** Why baro_period_read refuses a text, as a phrase without the text. */
const char *baro_period_problem(const baro_calendar *calendar, const char *text, size_t length);

/** How a text could be read that leaves order open. */
enum { BARO_SAYS_DAY_FIRST = 1, BARO_SAYS_MONTH_FIRST = 2, BARO_SAYS_MONTH = 4, BARO_SAYS_YEARS = 8 };
/** Whichever of day first and month first a D/M/Y date can be, of month and years one like 2010-11; 0 for all others. */
unsigned baro_period_says(const char *text, size_t length);
/** 0 when `format` can be used; else the character (from 1) at which *problem, a short phrase, was found. */
size_t baro_period_format_fault(const char *format, const char **problem);
/** A period as an option or survey file names it: every form but numbers. */
bool baro_period_parse(const baro_calendar *calendar, const char *text, baro_period *out);
/** `2023 Q1`, `2023-01`, `2023`, `2022/23`; quarters that are not calendar quarters as `2022/23 Q1`. out[32]. */
void baro_period_label(const baro_calendar *calendar, baro_period period, char out[32]);
/**
 * For reader tables: `Jan to Mar 2023`, `Year to Mar 2023` (12 months), `Mar 2023`, `Jan 2022 to Jun 2023`; `units` units that end with `period`. A single unit of a year is `2023`, or
 * `Apr 2022 to Mar 2023` when it starts elsewhere than in January. out[64].
 */
void baro_period_words(const baro_calendar *calendar, baro_period period, size_t units, char out[64]);

#endif
