#include "io/readers/statdate.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAYS_TO_1582 = -141428, DAYS_TO_1960 = -3653, SECONDS_A_DAY = 86400 }; /* from 1 January 1970 */

typedef struct {
    const char *begins; /* the format, or what stands before its width and other figures */
    baro_date_form form;
} form_row;

static const form_row spss[] = {{"DATETIME", BARO_DATE_SPSS_TIME}, {"YMDHMS", BARO_DATE_SPSS_TIME}, {"DATE", BARO_DATE_SPSS},
                                {"ADATE", BARO_DATE_SPSS},         {"EDATE", BARO_DATE_SPSS},       {"JDATE", BARO_DATE_SPSS},
                                {"SDATE", BARO_DATE_SPSS},         {"QYR", BARO_DATE_SPSS},         {"MOYR", BARO_DATE_SPSS},
                                {"WKYR", BARO_DATE_SPSS},          {NULL, BARO_DATE_NONE}};
static const form_row stata[] = {{"tc", BARO_DATE_MILLISECONDS}, {"tC", BARO_DATE_MILLISECONDS}, {"td", BARO_DATE_DAYS},
                                 {"d", BARO_DATE_DAYS},          {"tw", BARO_DATE_WEEKS},        {"tm", BARO_DATE_MONTHS},
                                 {"tq", BARO_DATE_QUARTERS},     {"th", BARO_DATE_HALVES},       {NULL, BARO_DATE_NONE}};

baro_date_form baro_date_of_spss(const char *format)
{
    size_t letters = strspn(format, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (const form_row *row = spss; row->begins; row++)
        if (strlen(row->begins) == letters && strncmp(row->begins, format, letters) == 0)
            return row->form;
    return BARO_DATE_NONE;
}

baro_date_form baro_date_of_stata(const char *format)
{
    if (*format++ != '%')
        return BARO_DATE_NONE;
    format += *format == '-';
    for (const form_row *row = stata; row->begins; row++) /* what follows is how the date looks: %tdD_m_Y */
        if (strncmp(row->begins, format, strlen(row->begins)) == 0)
            return row->form;
    return BARO_DATE_NONE;
}

typedef struct {
    long year;
    int month, day;
} date;

/* Source: H. Hinnant, chrono-compatible low-level date algorithms. */
static date date_of_day(long day)
{
    long shifted = day + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097, of_era = shifted - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), march = (5 * of_year + 2) / 153;
    int month = (int)(march < 10 ? march + 3 : march - 9);
    return (date){year + era * 400 + (month <= 2), month, (int)(of_year - (153 * march + 2) / 5) + 1};
}

static size_t write_day(double days, char out[BARO_DATE_TEXT])
{
    if (!(days > -719528 && days < 2932897))
        return 0;
    date at = date_of_day((long)days);
    if (at.year < 1 || at.year > 9999)
        return 0;
    return (size_t)snprintf(out, BARO_DATE_TEXT, "%04d-%02d-%02d", (int)at.year, at.month, at.day);
}

static size_t write_time(double seconds, int day_zero, char out[BARO_DATE_TEXT])
{
    double days = floor(seconds / SECONDS_A_DAY);
    size_t length = write_day(days + day_zero, out);
    if (length == 0)
        return 0;
    int left = (int)floor(seconds - days * SECONDS_A_DAY);
    return length + (size_t)snprintf(out + length, BARO_DATE_TEXT - length, "T%02d:%02d:%02d", left / 3600, left / 60 % 60, left % 60);
}

/* `parts` of a year since 1960: the year, and which part (from 0). */
static bool split_year(double x, int parts, int *year, int *part)
{
    double years = floor(floor(x) / parts);
    if (!(years >= -1959 && years <= 9999 - 1960))
        return false;
    *year = 1960 + (int)years;
    *part = (int)(floor(x) - years * parts);
    return true;
}

static size_t write_part(baro_date_form form, double x, char out[BARO_DATE_TEXT])
{
    static const int parts[] = {[BARO_DATE_WEEKS] = 52, [BARO_DATE_MONTHS] = 12, [BARO_DATE_QUARTERS] = 4, [BARO_DATE_HALVES] = 2};
    int year, part;
    if (!split_year(x, parts[form], &year, &part))
        return 0;
    if (form == BARO_DATE_QUARTERS)
        return (size_t)snprintf(out, BARO_DATE_TEXT, "%04d Q%d", year, part + 1);
    if (form == BARO_DATE_MONTHS)
        return (size_t)snprintf(out, BARO_DATE_TEXT, "%04d-%02d", year, part + 1);
    if (form == BARO_DATE_HALVES)
        return (size_t)snprintf(out, BARO_DATE_TEXT, "%04d-%02d-01", year, 1 + 6 * part);
    long before = year - 1; /* days from 1 January of year 1 to that of this year */
    long first = 365 * before + before / 4 - before / 100 + before / 400 - 719162;
    return write_day((double)(first + 7L * part), out);
}

size_t baro_date_write(baro_date_form form, double x, char out[BARO_DATE_TEXT])
{
    switch (form) {
    case BARO_DATE_NONE: return 0;
    case BARO_DATE_SPSS: return write_day(floor(x / SECONDS_A_DAY) + DAYS_TO_1582, out);
    case BARO_DATE_SPSS_TIME: return write_time(x, DAYS_TO_1582, out);
    case BARO_DATE_DAYS: return write_day(floor(x) + DAYS_TO_1960, out);
    case BARO_DATE_MILLISECONDS: return write_time(floor(x / 1000), DAYS_TO_1960, out);
    default: return write_part(form, x, out);
    }
}
