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
 * False when it is none of these, is no date, or is coarser than the unit (a year where quarters are wanted).
 */
bool baro_period_read(const baro_calendar *calendar, const char *text, size_t length, baro_period *out);
/** A period as an option or survey file names it (canonical labels, `Q1 2022/23`). */
bool baro_period_parse(const baro_calendar *calendar, const char *text, baro_period *out);
/** `2023 Q1`, `2023-01`, `2023`, `2022/23`; quarters that are not calendar quarters as `2022/23 Q1`. out[32]. */
void baro_period_label(const baro_calendar *calendar, baro_period period, char out[32]);
/** For reader tables: `Jan to Mar 2023`, `Year to Mar 2023` (12 months), `March 2023`, `Jan 2022 to Jun 2023`; `units` units that end with `period`. out[64]. */
void baro_period_words(const baro_calendar *calendar, baro_period period, size_t units, char out[64]);

#endif
