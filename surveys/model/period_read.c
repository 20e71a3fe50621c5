/*
 * Reading periods. A table of forms is tried in order, in the same small language as a format of the survey file; what
 * a form finds is a span of months, and a span that does not lie within one unit is refused rather than guessed at.
 * Two things a date leaves open: which of D/M and M/D is meant, and whether 2010-11 is a month or a year. The calendar
 * says; what a whole column says of them is put together from baro_period_says.
 */
#include "io/base/number.h"
#include "surveys/model/period_parts.h"
#include <math.h>
#include <string.h>

typedef struct {
    int year, month, day, quarter; /* 0: not said */
    int length;                    /* months that end with `month`; 0: not said */
    bool financial;                /* year is the one in which a financial year starts */
    bool through;                  /* of the second part: the span runs to its month */
} fields;

typedef struct {
    const char *text;
    size_t left;
} cursor;

enum { FIRST_YEAR = 1800, LAST_YEAR = 2299 };

/*
 * Forms read without being told. Beyond the conversions of a survey file: %D and %E day and month, or month and day
 * where the calendar says so; %1 day and %2 month of exactly two digits, %3 the same month, unless the calendar has
 * pairs of years there; %q a quarter (1 to 4); %f a financial year (2022/23, 2022/2023, 2022-23); %n a number that
 * says nothing; %s a fraction of a second; %z a zone, or none; %p AM or PM; %t and %T: the three, the twelve months
 * that end with the month behind; %> the second date of a range, of which the first counts; %~ the last month of one
 * that counts whole. `2021.1` is a quarter; `2021.10` is refused, for a month written so loses its 0 elsewhere.
 */
static const char months_form[] = "%Y-%3", years_form[] = "%f";
static const char *const forms[] = {
    "%Y-%2-%1",
    "%Y-%2-%1 %H:%M%z",
    "%Y-%2-%1 %H:%M:%S%z",
    "%Y-%2-%1 %H:%M:%S.%s%z",
    "%Y-%2-%1T%H:%M%z",
    "%Y-%2-%1T%H:%M:%S%z",
    "%Y-%2-%1T%H:%M:%S.%s%z",
    "%Y/%2/%1",
    "%Y/%2/%1 %H:%M",
    "%Y/%2/%1 %H:%M:%S",
    "%Y%2%1",
    "%D/%E/%Y",
    "%D-%E-%Y",
    "%D.%E.%Y",
    "%D/%E/%Y %H:%M",
    "%D/%E/%Y %H:%M:%S",
    "%D/%E/%Y %H:%M %p",
    "%D/%E/%Y %H:%M:%S %p",
    "%D/%E/%Y-%>%D/%E/%Y",
    "%D/%E/%Y–%>%D/%E/%Y",
    "%D/%E/%Y - %>%D/%E/%Y",
    "%D/%E/%Y – %>%D/%E/%Y",
    "%D/%E/%Y to %>%D/%E/%Y",
    "%Y-%2-%1 to %>%Y-%2-%1",
    "%Y-%2-%1/%>%Y-%2-%1",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d%b%Y",
    "%b %d, %Y",
    "%b %Y",
    "%b-%Y",
    "%b-%y",
    "%b%Y",
    "%Y %b",
    "%Y-%b",
    "%n (%b %Y)",
    months_form,
    "%Y Q%q",
    "%YQ%q",
    "%Y-Q%q",
    "Q%q %Y",
    "Q%q-%Y",
    "%Y.%q",
    "%qQ%b%Y",
    "Q%q %f",
    "%f Q%q",
    "Quarter %q %f",
    "Quarter %q %Y",
    "%n Quarter %q %f",
    "%n Quarter %q %Y",
    "Quarter to %t%b %Y",
    "Quarter ending %t%b %Y",
    "Year to %T%b %Y",
    "Year ending %T%b %Y",
    "%b to %~%b %Y",
    "%b-%~%b %Y",
    "%b %Y to %~%b %Y",
    years_form,
    "FY %f",
    "FY%f",
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

static void pass(cursor *at, size_t n)
{
    at->text += n;
    at->left -= n;
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
    pass(at, n);
    *out = value;
    return true;
}

static bool take_month_name(cursor *at, int *out)
{
    for (unsigned m = 0; m < 12; m++) {
        const char *name = baro_month_name(m);
        size_t n = 0;
        while (n < at->left && name[n] != '\0' && lower(at->text[n]) == lower(name[n]))
            n++;
        if (n < 3)
            continue;
        bool sept = m == 8 && n >= 4;
        pass(at, n == strlen(name) ? n : (sept ? 4 : 3));
        *out = (int)m + 1;
        return true;
    }
    return false;
}

static bool take_any_digits(cursor *at)
{
    size_t n = 0;
    while (n < at->left && is_digit(at->text[n]))
        n++;
    pass(at, n);
    return n > 0;
}

/** `2022/23`, `2022/2023`, `2022-23`, `2022-2023`: the second the year after the first. */
static bool take_financial_year(cursor *at, fields *f)
{
    static const char *const signs[] = {"/", "-", "–"};
    int second;
    size_t n = 0;
    if (!take_number(at, 4, 4, FIRST_YEAR, LAST_YEAR, &f->year))
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && n == 0; i++)
        if (at->left >= strlen(signs[i]) && memcmp(at->text, signs[i], strlen(signs[i])) == 0)
            n = strlen(signs[i]);
    if (n == 0)
        return false;
    pass(at, n);
    f->financial = true;
    cursor start = *at;
    if (take_number(at, 4, 4, 0, 9999, &second))
        return second == f->year + 1;
    *at = start;
    return take_number(at, 2, 2, 0, 99, &second) && second == (f->year + 1) % 100;
}

/** Z, +01:00, -0530, or nothing. */
static bool take_zone(cursor *at)
{
    int ignored;
    if (at->left > 0 && *at->text == 'Z')
        pass(at, 1);
    else if (at->left > 0 && (*at->text == '+' || *at->text == '-')) {
        pass(at, 1);
        if (!take_number(at, 2, 2, 0, 14, &ignored))
            return false;
        if (at->left > 0 && *at->text == ':')
            pass(at, 1);
        return take_number(at, 2, 2, 0, 59, &ignored);
    }
    return true;
}

static bool take_half_day(cursor *at)
{
    bool half = at->left >= 2 && (lower(at->text[0]) == 'a' || lower(at->text[0]) == 'p') && lower(at->text[1]) == 'm';
    if (half)
        pass(at, 2);
    return half;
}

static bool take(const baro_calendar *calendar, char conversion, cursor *at, fields *f)
{
    int ignored;
    switch (conversion) {
    case 'D': return take(calendar, calendar->month_first ? 'm' : 'd', at, f);
    case 'E': return take(calendar, calendar->month_first ? 'd' : 'm', at, f);
    case 'd': return take_number(at, 1, 2, 1, 31, &f->day);
    case '1': return take_number(at, 2, 2, 1, 31, &f->day);
    case 'm': return take_number(at, 1, 2, 1, 12, &f->month);
    case '3': return !calendar->year_pairs && take_number(at, 2, 2, 1, 12, &f->month);
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
    case 't': f->length = 3; return true;
    case 'T': f->length = 12; return true;
    case 'z': return take_zone(at);
    case 'p': return take_half_day(at);
    case 'n':
    case 's': return take_any_digits(at);
    default: return false;
    }
}

static bool match(const baro_calendar *calendar, const char *form, cursor at, fields out[2])
{
    fields *f = out;
    out[0] = out[1] = (fields){0};
    for (const char *p = form; *p != '\0'; p++) {
        if (*p == '%' && (p[1] == '>' || p[1] == '~')) {
            f = &out[1];
            f->through = *++p == '~';
        } else if (*p == '%' && p[1] != '%' && p[1] != '\0') {
            if (!take(calendar, *++p, &at, f))
                return false;
        } else {
            if (*p == '%' && p[1] == '%')
                p++;
            if (at.left == 0 || lower(*at.text) != lower(*p))
                return false;
            pass(&at, 1);
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

/** Neither date may be impossible, and the second not before the first. */
static bool is_range(const fields f[2])
{
    if (f[1].year == 0 || f[0].year == 0)
        return true;
    long first = (f[0].year * 12L + f[0].month) * 32 + f[0].day,
         second = (f[1].year * 12L + f[1].month) * 32 + f[1].day;
    return is_date(&f[1]) && first <= second;
}

/** The first form of the table that a text has, or NULL. */
static const char *form_of(const baro_calendar *calendar, cursor at, fields f[2])
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (match(calendar, forms[i], at, f) && is_date(&f[0]))
            return is_range(f) ? forms[i] : NULL;
    return NULL;
}

/** The months that were said: the first, and how many. A financial year needs a year that starts elsewhere than in
 * January. */
static bool span_of(const baro_calendar *calendar, const fields f[2], long *from, long *months)
{
    bool through = f[1].through;
    long start = baro_period_start(calendar), last = 12L * f[1].year + f[1].month - 1;
    int year = f->year != 0 || !through ? f->year : f[1].year - (f->month > f[1].month);
    long january = 12L * year;
    if (year == 0 || !is_date(f) || (f->financial && start == 0))
        return false;
    if (f->quarter != 0 && f->month != 0) { /* 1QSEP2021: the quarter that its month lies in */
        long shift = start % 3;
        *from = baro_period_floor(january + f->month - 1 - shift, 3) * 3 + shift;
        *months = 3;
    } else if (f->quarter != 0) {
        *from = january + 3L * (f->quarter - 1) + (f->financial ? start : 0);
        *months = 3;
    } else if (f->month != 0) {
        *months = through ? last - (january + f->month - 1) + 1 : f->length > 0 ? f->length : 1;
        *from = january + f->month - 1 - (f->length > 0 ? f->length - 1 : 0);
    } else {
        *from = january + (f->financial ? start : 0);
        *months = 12;
    }
    return true;
}

static bool period_of(const baro_calendar *calendar, const fields f[2], baro_period *out)
{
    long from, months;
    if (!span_of(calendar, f, &from, &months) ||
        baro_period_unit(calendar, from) != baro_period_unit(calendar, from + months - 1))
        return false;
    *out = baro_period_unit(calendar, from);
    return true;
}

/** Year and month of a day counted from 1 January 1970. Source: H. Hinnant, chrono-compatible low-level date
 * algorithms. */
static void date_of_day(long day, fields *f)
{
    long shifted = day + 719468, era = baro_period_floor(shifted, 146097), of_era = shifted - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), march = (5 * of_year + 2) / 153;
    f->month = (int)(march < 10 ? march + 3 : march - 9);
    f->year = (int)(year + era * 400 + (f->month <= 2));
}

/**
 * Excel's count of days (1 is 1 January 1900, with its day too many), the time of day as its fraction, from October
 * 1954 to 2119; and SPSS's of seconds since 14 October 1582.
 */
static bool from_number(cursor at, fields f[2])
{
    double x;
    if (!baro_number_read(at.text, at.left, '.', &x) && !baro_number_read(at.text, at.left, ',', &x))
        return false;
    f[0] = f[1] = (fields){0};
    if (x >= 20000 && x < 80001)
        date_of_day((long)floor(x) - 25569, f);
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

static bool find_fields(const baro_calendar *calendar, cursor at, fields f[2])
{
    if (calendar->format != NULL)
        return match(calendar, calendar->format, at, f) && is_date(f);
    return form_of(calendar, at, f) != NULL || from_number(at, f);
}

bool baro_period_read(const baro_calendar *calendar, const char *text, size_t length, baro_period *out)
{
    fields f[2];
    return find_fields(calendar, trimmed(text, length), f) && period_of(calendar, f, out);
}

bool baro_period_parse(const baro_calendar *calendar, const char *text, baro_period *out)
{
    fields f[2];
    return form_of(calendar, trimmed(text, strlen(text)), f) != NULL && period_of(calendar, f, out);
}

const char *baro_period_problem(const baro_calendar *calendar, const char *text, size_t length)
{
    fields f[2];
    long from, months;
    if (!find_fields(calendar, trimmed(text, length), f))
        return "not a date or period that can be read";
    if (f->financial && baro_period_start(calendar) == 0)
        return "a financial year, and years start in January";
    if (!span_of(calendar, f, &from, &months))
        return "not a date or period that can be read";
    if (months <= baro_period_months(calendar->unit))
        return "a period across two units";
    return "a longer time than the unit of periods";
}

unsigned baro_period_says(const char *text, size_t length)
{
    cursor at = trimmed(text, length);
    fields f[2];
    unsigned says = 0;
    for (int i = 0; i < 2; i++) {
        const baro_calendar calendar = {.month_first = i == 1, .year_pairs = i == 1};
        const char *form = form_of(&calendar, at, f);
        if (form != NULL && strncmp(form, "%D", 2) == 0)
            says |= i == 0 ? BARO_SAYS_DAY_FIRST : BARO_SAYS_MONTH_FIRST;
        if (form == months_form || (i == 1 && form == years_form && memchr(at.text, '-', at.left) && at.left == 7))
            says |= i == 0 ? BARO_SAYS_MONTH : BARO_SAYS_YEARS;
    }
    return says;
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

