/* Periods counted in units, and written as labels and as words. */
#include "surveys/model/period_parts.h"
#include <stdio.h>

const char *baro_month_name(unsigned month)
{
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    return names[month % 12];
}

long baro_period_floor(long a, long b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

long baro_period_start(const baro_calendar *calendar) /* 0 to 11 */
{
    return calendar->year_starts >= 1 && calendar->year_starts <= 12 ? (long)calendar->year_starts - 1 : 0;
}

long baro_period_months(baro_unit unit)
{
    return unit == BARO_UNIT_YEAR ? 12 : unit == BARO_UNIT_QUARTER ? 3 : 1;
}

long baro_period_shift(const baro_calendar *calendar)
{
    return baro_period_start(calendar) % baro_period_months(calendar->unit);
}

static long first_month(const baro_calendar *calendar, baro_period period)
{
    return period * baro_period_months(calendar->unit) + baro_period_shift(calendar);
}

baro_period baro_period_unit(const baro_calendar *calendar, long month)
{
    return baro_period_floor(month - baro_period_shift(calendar), baro_period_months(calendar->unit));
}

/** A month counted from year 0 as the year (of years that begin `start` months after January) and its number there, 0
 * to 11. */
typedef struct {
    int year;
    unsigned month;
} calendar_month;

static calendar_month month_of(long month, long start)
{
    long year = baro_period_floor(month - start, 12);
    unsigned of_year = (unsigned)(month - start - year * 12) % 12u;
    return (calendar_month){year < -9999 ? -9999 : year > 9999 ? 9999 : (int)year, of_year};
}

void baro_period_label(const baro_calendar *calendar, baro_period period, char out[32])
{
    long first = first_month(calendar, period), start = baro_period_start(calendar);
    calendar_month m = month_of(first, 0), financial = month_of(first, start);
    int next = (financial.year + 1) % 100;
    if (calendar->unit == BARO_UNIT_MONTH)
        snprintf(out, 32, "%d-%02u", m.year, m.month + 1);
    else if (calendar->unit == BARO_UNIT_QUARTER && baro_period_shift(calendar) == 0)
        snprintf(out, 32, "%d Q%u", m.year, m.month / 3 + 1);
    else if (calendar->unit == BARO_UNIT_QUARTER)
        snprintf(out, 32, "%d/%02d Q%u", financial.year, next, financial.month / 3 + 1);
    else if (start == 0)
        snprintf(out, 32, "%d", m.year);
    else
        snprintf(out, 32, "%d/%02d", financial.year, next);
}

void baro_period_words(const baro_calendar *calendar, baro_period period, size_t units, char out[64])
{
    long length = baro_period_months(calendar->unit), last = first_month(calendar, period) + length - 1;
    long months = length * (long)(units == 0 ? 1 : units);
    calendar_month first = month_of(last - months + 1, 0), end = month_of(last, 0);
    const char *from = baro_month_name(first.month), *to = baro_month_name(end.month);
    if (months == 1)
        snprintf(out, 64, "%.3s %d", to, end.year);
    else if (calendar->unit == BARO_UNIT_YEAR && months == 12 && first.year == end.year)
        snprintf(out, 64, "%d", end.year);
    else if (calendar->unit != BARO_UNIT_YEAR && months == 12)
        snprintf(out, 64, "Year to %.3s %d", to, end.year);
    else if (first.year == end.year)
        snprintf(out, 64, "%.3s to %.3s %d", from, to, end.year);
    else
        snprintf(out, 64, "%.3s %d to %.3s %d", from, first.year, to, end.year);
}
