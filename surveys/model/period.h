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
} baro_calendar;

/**
 * Reads a date or period as data give it and puts it into its unit. Auto reads ISO dates, D/M/YYYY, `2023 Q1`, `Q1 2022/23` (financial), `2021.1`, `1QSEP2021`, `2023-01`,
 * `Jan 2023`, `January 2023`, `2023`, `2022/23`, `61 Quarter 1 2020/21`, `109 (Apr 2020)`, `01/04/2020-05/04/2020`, Excel serials, SPSS seconds.
 * False when it is none of these, is no date, is coarser than the unit (a year where quarters are wanted), does not lie within one unit, is a financial year or quarter where years start in January, or
 * lies outside the years 1800 to 2299. D/M/Y is always day first; a two-digit month or day is needed in ISO dates; `1QSEP2021` is the quarter that September lies in; `2021.1` is a quarter, `2021.10` nothing. A range
 * counts by its first date. Spaces at both ends are nothing.
 */
bool baro_period_read(const baro_calendar *calendar, const char *text, size_t length, baro_period *out);
/** 0 when `format` can be used; else the character (from 1) at which *problem, a short phrase, was found. */
size_t baro_period_format_fault(const char *format, const char **problem);
/** A period as an option or survey file names it (canonical labels, `Q1 2022/23`). */
bool baro_period_parse(const baro_calendar *calendar, const char *text, baro_period *out);
/** `2023 Q1`, `2023-01`, `2023`, `2022/23`; quarters that are not calendar quarters as `2022/23 Q1`. out[32]. */
void baro_period_label(const baro_calendar *calendar, baro_period period, char out[32]);
/**
 * For reader tables: `Jan to Mar 2023`, `Year to Mar 2023` (12 months), `Mar 2023`, `Jan 2022 to Jun 2023`; `units` units that end with `period`. A single unit of a year is `2023`, or
 * `Apr 2022 to Mar 2023` when it starts elsewhere than in January. out[64].
 */
void baro_period_words(const baro_calendar *calendar, baro_period period, size_t units, char out[64]);

#endif
