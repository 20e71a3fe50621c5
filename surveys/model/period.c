/*
 * Periods. Reading is by a table of forms, tried in order, in the same small language as a format of the survey file;
 * what a form finds is a span of months, and a span that does not lie within one unit is refused rather than guessed
 * at.
 */
#include "surveys/model/period.h"
#include "io/base/number.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    int year, month, day, quarter; /* 0: not said */
    bool financial;                /* year is the one in which a financial year starts */
} fields;

typedef struct {
    const char *text;
    size_t left;
} cursor;

static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};

enum { FIRST_YEAR = 1800, LAST_YEAR = 2299 };

/*
 * Forms read without being told. Beyond the conversions of a survey file: %1 day and %2 month of exactly two digits, %q
 * a quarter (1 to 4), %f a financial year (2022/23, 2022/2023), %n a number that says nothing, %s a fraction of a
 * second, %> the second date of a range: the first one counts. `2021.1` is a quarter; `2021.10` is refused, for a month
 * written so loses its 0 elsewhere.
 */
static const char *const forms[] = {
    "%Y-%2-%1",
    "%Y-%2-%1 %H:%M",
    "%Y-%2-%1 %H:%M:%S",
    "%Y-%2-%1 %H:%M:%S.%s",
    "%Y-%2-%1T%H:%M",
    "%Y-%2-%1T%H:%M:%S",
    "%Y-%2-%1T%H:%M:%S.%s",
    "%Y-%2-%1T%H:%MZ",
    "%Y-%2-%1T%H:%M:%SZ",
    "%Y-%2-%1T%H:%M:%S.%sZ",
    "%Y/%2/%1",
    "%Y%2%1",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y-%>%d/%m/%Y",
    "%d/%m/%Y - %>%d/%m/%Y",
    "%d/%m/%Y to %>%d/%m/%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%b %Y",
    "%b-%Y",
    "%n (%b %Y)",
    "%Y-%2",
    "%Y Q%q",
    "%YQ%q",
    "%Y-Q%q",
    "Q%q %Y",
    "%Y.%q",
    "%qQ%b%Y",
    "Q%q %f",
    "%f Q%q",
    "Quarter %q %f",
    "Quarter %q %Y",
    "%n Quarter %q %f",
    "%n Quarter %q %Y",
    "%f",
    "%Y",
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/** A number of `least` to `most` digits, as many as there are. */
static bool take_number(cursor *at, size_t least, size_t most, int low, int high, int *out)
{
    size_t n = 0;
    int value = 0;
    while (n < most && n < at->left && is_digit(at->text[n]))
        value = value * 10 + (at->text[n++] - '0');
    if (n < least || value < low || value > high)
        return false;
    at->text += n;
    at->left -= n;
    *out = value;
    return true;
}

static bool take_month_name(cursor *at, int *out)
{
    for (int m = 0; m < 12; m++) {
        const char *name = month_names[m];
        size_t n = 0;
        while (n < at->left && name[n] != '\0' && lower(at->text[n]) == lower(name[n]))
            n++;
        if (n < 3)
            continue;
        size_t whole = strlen(name);
        bool sept = m == 8 && n >= 4;
        size_t taken = n == whole ? whole : (sept ? 4 : 3);
        at->text += taken;
        at->left -= taken;
        *out = m + 1;
        return true;
    }
    return false;
}

static bool take_any_digits(cursor *at)
{
    size_t n = 0;
    while (n < at->left && is_digit(at->text[n]))
        n++;
    at->text += n;
    at->left -= n;
    return n > 0;
}

/** `2022/23` or `2022/2023`, the second the year after the first. */
static bool take_financial_year(cursor *at, fields *f)
{
    int second;
    if (!take_number(at, 4, 4, FIRST_YEAR, LAST_YEAR, &f->year) || at->left == 0 || *at->text != '/')
        return false;
    at->text++;
    at->left--;
    f->financial = true;
    cursor start = *at;
    if (take_number(at, 4, 4, 0, 9999, &second))
        return second == f->year + 1;
    *at = start;
    return take_number(at, 2, 2, 0, 99, &second) && second == (f->year + 1) % 100;
}

static bool take(char conversion, cursor *at, fields *f)
{
    int ignored;
    switch (conversion) {
    case 'd': return take_number(at, 1, 2, 1, 31, &f->day);
    case '1': return take_number(at, 2, 2, 1, 31, &f->day);
    case 'm': return take_number(at, 1, 2, 1, 12, &f->month);
    case '2': return take_number(at, 2, 2, 1, 12, &f->month);
    case 'Y': return take_number(at, 4, 4, FIRST_YEAR, LAST_YEAR, &f->year);
    case 'y':
        if (!take_number(at, 2, 2, 0, 99, &f->year))
            return false;
        f->year += f->year < 69 ? 2000 : 1900; /* as POSIX strptime */
        return true;
    case 'b':
    case 'B': return take_month_name(at, &f->month);
    case 'H': return take_number(at, 1, 2, 0, 23, &ignored);
    case 'M': return take_number(at, 1, 2, 0, 59, &ignored);
    case 'S': return take_number(at, 1, 2, 0, 60, &ignored);
    case 'q': return take_number(at, 1, 1, 1, 4, &f->quarter);
    case 'f': return take_financial_year(at, f);
    case 'n':
    case 's': return take_any_digits(at);
    default: return false;
    }
}

static bool match(const char *form, cursor at, fields out[2])
{
    fields *f = out;
    out[0] = out[1] = (fields){0};
    for (const char *p = form; *p != '\0'; p++) {
        if (*p == '%' && p[1] == '>') {
            f = &out[1];
            p++;
        } else if (*p == '%' && p[1] != '%' && p[1] != '\0') {
            if (!take(*++p, &at, f))
                return false;
        } else {
            if (*p == '%' && p[1] == '%')
                p++;
            if (at.left == 0 || lower(*at.text) != lower(*p))
                return false;
            at.text++;
            at.left--;
        }
    }
    return at.left == 0;
}

static bool is_date(const fields *f)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (f->day == 0)
        return true;
    if (f->month == 0)
        return false;
    bool leap = (f->year % 4 == 0 && f->year % 100 != 0) || f->year % 400 == 0;
    return f->day <= days[f->month - 1] + (f->month == 2 && leap);
}

static long floor_divided(long a, long b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static long start_month(const baro_calendar *calendar) /* 0 to 11 */
{
    return calendar->year_starts >= 1 && calendar->year_starts <= 12 ? (long)calendar->year_starts - 1 : 0;
}

static long unit_months(baro_unit unit)
{
    return unit == BARO_UNIT_YEAR ? 12 : unit == BARO_UNIT_QUARTER ? 3 : 1;
}

/** Months by which units are moved from those that start in January of year 0. */
static long unit_shift(const baro_calendar *calendar)
{
    return start_month(calendar) % unit_months(calendar->unit);
}

static long first_month(const baro_calendar *calendar, baro_period period)
{
    return period * unit_months(calendar->unit) + unit_shift(calendar);
}

static baro_period unit_of(const baro_calendar *calendar, long month)
{
    return floor_divided(month - unit_shift(calendar), unit_months(calendar->unit));
}

/** The months that were said: the first, and how many. A financial year needs a year that starts elsewhere than in
 * January. */
static bool span_of(const baro_calendar *calendar, const fields *f, long *from, long *months)
{
    long january = 12L * f->year, start = start_month(calendar);
    if (f->year == 0 || !is_date(f) || (f->financial && start == 0))
        return false;
    if (f->quarter != 0 && f->month != 0) { /* 1QSEP2021: the quarter that its month lies in */
        long shift = start % 3;
        *from = floor_divided(january + f->month - 1 - shift, 3) * 3 + shift;
        *months = 3;
    } else if (f->quarter != 0) {
        *from = january + 3L * (f->quarter - 1) + (f->financial ? start : 0);
        *months = 3;
    } else if (f->month != 0) {
        *from = january + f->month - 1;
        *months = 1;
    } else {
        *from = january + (f->financial ? start : 0);
        *months = 12;
    }
    return true;
}

static bool period_of(const baro_calendar *calendar, const fields *f, baro_period *out)
{
    long from, months;
    if (!span_of(calendar, f, &from, &months) || unit_of(calendar, from) != unit_of(calendar, from + months - 1))
        return false;
    *out = unit_of(calendar, from);
    return true;
}

/** Neither date may be impossible, and the second not before the first. */
static bool is_range(const fields f[2])
{
    if (f[1].year == 0)
        return true;
    long first = (f[0].year * 12L + f[0].month) * 32 + f[0].day,
         second = (f[1].year * 12L + f[1].month) * 32 + f[1].day;
    return is_date(&f[1]) && first <= second;
}

/** Year and month of a day counted from 1 January 1970. Source: H. Hinnant, chrono-compatible low-level date
 * algorithms. */
static void date_of_day(long day, fields *f)
{
    long shifted = day + 719468, era = floor_divided(shifted, 146097), of_era = shifted - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), march = (5 * of_year + 2) / 153;
    f->month = (int)(march < 10 ? march + 3 : march - 9);
    f->year = (int)(year + era * 400 + (f->month <= 2));
}

/** Excel's count of days (1 is 1 January 1900, with its day too many), and SPSS's of seconds since 14 October 1582. */
static bool from_number(const char *text, size_t length, fields *f)
{
    double x;
    if (!baro_number_read(text, length, '.', &x))
        return false;
    *f = (fields){0};
    if (x >= 20000 && x <= 80000 && x == floor(x))
        date_of_day((long)x - 25569, f);
    else if (x > 1e10 && x < 2.3e10)
        date_of_day((long)floor(x / 86400) - 141428, f);
    else
        return false;
    return true;
}

static cursor trimmed(const char *text, size_t length)
{
    while (length > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    return (cursor){text, length};
}

static bool read_auto(const baro_calendar *calendar, cursor at, bool numbers, baro_period *out)
{
    fields f[2];
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (match(forms[i], at, f) && is_date(&f[0]))
            return is_range(f) && period_of(calendar, &f[0], out);
    return numbers && from_number(at.text, at.left, &f[0]) && period_of(calendar, &f[0], out);
}

bool baro_period_read(const baro_calendar *calendar, const char *text, size_t length, baro_period *out)
{
    cursor at = trimmed(text, length);
    fields f[2];
    if (calendar->format == NULL)
        return read_auto(calendar, at, true, out);
    return match(calendar->format, at, f) && period_of(calendar, &f[0], out);
}

bool baro_period_parse(const baro_calendar *calendar, const char *text, baro_period *out)
{
    return read_auto(calendar, trimmed(text, strlen(text)), false, out);
}

size_t baro_period_format_fault(const char *format, const char **problem)
{
    static const char known[] = "dmYybBHMS%";
    bool seen[sizeof known] = {false};
    for (const char *p = format; *p != '\0'; p++) {
        if (*p != '%')
            continue;
        const char *found = p[1] == '\0' ? NULL : strchr(known, p[1]);
        *problem = found == NULL         ? "no such conversion; there are %d %m %Y %y %b %B %H %M %S"
                   : seen[found - known] ? "the same conversion twice"
                                         : NULL;
        if (*problem != NULL)
            return (size_t)(p - format) + 1;
        seen[found - known] = *found != '%';
        p++;
    }
    bool year = seen[2] || seen[3], month = seen[1] || seen[4] || seen[5];
    *problem = !year ? "no year (%Y or %y)" : seen[0] && !month ? "a day (%d) without a month (%m or %b)" : NULL;
    return *problem != NULL ? 1 : 0;
}

/** A month counted from year 0 as the year (of years that begin `start` months after January) and its number there, 0
 * to 11. */
typedef struct {
    int year;
    unsigned month;
} calendar_month;

static calendar_month month_of(long month, long start)
{
    long year = floor_divided(month - start, 12);
    unsigned of_year = (unsigned)(month - start - year * 12) % 12u;
    return (calendar_month){year < -9999 ? -9999 : year > 9999 ? 9999 : (int)year, of_year};
}

void baro_period_label(const baro_calendar *calendar, baro_period period, char out[32])
{
    long first = first_month(calendar, period), start = start_month(calendar);
    calendar_month m = month_of(first, 0), financial = month_of(first, start);
    int next = (financial.year + 1) % 100;
    if (calendar->unit == BARO_UNIT_MONTH)
        snprintf(out, 32, "%d-%02u", m.year, m.month + 1);
    else if (calendar->unit == BARO_UNIT_QUARTER && unit_shift(calendar) == 0)
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
    long length = unit_months(calendar->unit), last = first_month(calendar, period) + length - 1;
    long months = length * (long)(units == 0 ? 1 : units);
    calendar_month first = month_of(last - months + 1, 0), end = month_of(last, 0);
    const char *from = month_names[first.month], *to = month_names[end.month];
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
