#include "surveys/model/period_date.h"
#include <stdio.h>
#include <string.h>

enum { DAYS = 28 };

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

static int put(char conversion, unsigned day, unsigned month, long year, char *out, size_t room)
{
    switch (conversion) {
    case 'd': return snprintf(out, room, "%02u", day);
    case 'm': return snprintf(out, room, "%02u", month + 1);
    case 'Y': return snprintf(out, room, "%04ld", year);
    case 'y': return snprintf(out, room, "%02ld", year % 100);
    case 'b': return snprintf(out, room, "%.3s", months[month]);
    case 'B': return snprintf(out, room, "%s", months[month]);
    case '%': return snprintf(out, room, "%%");
    default: return snprintf(out, room, "12"); /* hours, minutes, seconds */
    }
}

void baro_period_date(const baro_calendar *calendar, baro_period period, double part, char out[64])
{
    static const long lengths[] = {[BARO_UNIT_MONTH] = 1, [BARO_UNIT_QUARTER] = 3, [BARO_UNIT_YEAR] = 12};
    long length = lengths[calendar->unit], days = (long)(part * (double)(length * DAYS));
    long first = period * length + (long)(calendar->year_starts - 1) % length + days / DAYS, year = first / 12;
    unsigned month = (unsigned)(first % 12), day = (unsigned)(days % DAYS) + 1;
    const char *format = calendar->format ? calendar->format : "%Y-%m-%d";
    size_t used = 0;
    for (; *format && used < 63; format++) {
        if (*format != '%' || !format[1])
            out[used++] = *format;
        else {
            int n = put(*++format, day, month, year, out + used, 64 - used);
            used += n > 0 ? (size_t)n : 0;
        }
    }
    out[used < 63 ? used : 63] = '\0';
}
