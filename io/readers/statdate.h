/** Dates as SPSS and Stata keep them, as ISO 8601 text. */
#ifndef BARO_IO_READERS_STATDATE_H
#define BARO_IO_READERS_STATDATE_H
#include <stdbool.h>
#include <stddef.h>

#define BARO_DATE_TEXT 32 /* bytes that hold any date written here */

typedef enum {
    BARO_DATE_NONE,          /* a number */
    BARO_DATE_SPSS,          /* seconds since 14 October 1582, of which the day is shown */
    BARO_DATE_SPSS_TIME,     /* the same with the time of day */
    BARO_DATE_DAYS,          /* Stata: days since 1 January 1960 */
    BARO_DATE_MILLISECONDS,  /* Stata: since then */
    BARO_DATE_WEEKS,         /* Stata: since the first week of 1960, 52 a year */
    BARO_DATE_MONTHS,        /* Stata: since January 1960 */
    BARO_DATE_QUARTERS,      /* Stata: since the first quarter of 1960 */
    BARO_DATE_HALVES         /* Stata: since the first half of 1960 */
} baro_date_form;

/** By the format of an SPSS variable: DATE11, ADATE10, DATETIME20, MOYR8 ... TIME, DTIME, MONTH and WKDAY are numbers. */
baro_date_form baro_date_of_spss(const char *format);
/** By the format of a Stata variable: %td, %tc, %tm, %d ... %ty is a number. */
baro_date_form baro_date_of_stata(const char *format);
/**
 * 2023-04-01, 2023-04-01T09:30:00, 2023-04 (months), 2023 Q2 (quarters); a week and a half are the date on which they begin. Parts of a second
 * are dropped. The calendar is the Gregorian one.
 * @return length; 0 when x is no date of the years 1 to 9999 (also NAN)
 */
size_t baro_date_write(baro_date_form form, double x, char out[BARO_DATE_TEXT]);

#endif
