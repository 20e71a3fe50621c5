#include "io/base/number.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number taken apart: 0.ddd... or ddd as an integer of `n` digits times 10^exponent. */
typedef struct {
    const char *digits, *end; /* span of the digits, may hold one decimal mark */
    size_t n;                 /* significant digits: without leading zeros */
    uint64_t mantissa;        /* the first 19 of them */
    long long exponent;       /* of the last digit */
    bool negative;
} parts;

#define EXPONENT_LIMIT 1000000000LL /* beyond it nothing but zero and infinity is left; keeps sums in range */
#define DIGITS_KEPT 800             /* more than 768 digits cannot change the rounding but for being there */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *add_digits(const char *at, const char *end, parts *out)
{
    for (; at < end && is_digit(*at); at++) {
        unsigned digit = (unsigned)(*at - '0');
        if (out->n == 0 && digit == 0)
            continue;
        if (out->n < 19)
            out->mantissa = out->mantissa * 10 + digit;
        out->n++;
    }
    return at;
}

static const char *read_exponent(const char *at, const char *end, parts *out)
{
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    if (at == end)
        return NULL;
    long long value = 0;
    for (; at < end && is_digit(*at); at++)
        if (value < EXPONENT_LIMIT)
            value = value * 10 + (*at - '0');
    out->exponent += negative ? -value : value;
    return at;
}

/* The grammar [+-]?digits[.digits][(e|E)[+-]?digits], nothing before it and nothing behind. */
static bool take_apart(const char *text, size_t length, char decimal, parts *out)
{
    const char *at = text, *end = text + length;
    *out = (parts){0};
    if (at < end && (*at == '+' || *at == '-'))
        out->negative = *at++ == '-';
    out->digits = at;
    at = add_digits(at, end, out);
    if (at == out->digits)
        return false;
    if (at < end && *at == decimal) {
        const char *fraction = at + 1;
        at = add_digits(fraction, end, out);
        if (at == fraction)
            return false;
        out->exponent = -(long long)(at - fraction);
    }
    out->end = at;
    if (at < end && (*at == 'e' || *at == 'E'))
        at = read_exponent(at + 1, end, out);
    return at == end;
}

/* By strtod, given digits and an exponent only: without a decimal mark no locale can matter. */
static double rounded_slowly(const parts *in)
{
    char buffer[DIGITS_KEPT + 32];
    size_t n = 0;
    bool more = false;
    for (const char *at = in->digits; at < in->end; at++) {
        if (!is_digit(*at) || (n == 0 && *at == '0'))
            continue;
        if (n < DIGITS_KEPT)
            buffer[n++] = *at;
        else
            more = more || *at != '0';
    }
    long long exponent = in->exponent + (long long)(in->n - n);
    if (more) { /* the digits dropped were not all zero: a last 1 stands for them */
        buffer[n++] = '1';
        exponent--;
    }
    snprintf(buffer + n, sizeof buffer - n, "e%lld", exponent);
    return strtod(buffer, NULL);
}

bool baro_number_read(const char *text, size_t length, char decimal, double *out)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    parts in;
    if (!take_apart(text, length, decimal, &in))
        return false;
    double x;
    if (in.n == 0) {
        x = 0;
    } else if (FLT_EVAL_METHOD == 0 && in.n <= 19 && in.mantissa <= (uint64_t)1 << 53 && in.exponent >= -22 &&
               in.exponent <= 22) {
        /* both are exact doubles, so that one operation rounds once (Clinger 1990) */
        double whole = (double)in.mantissa;
        x = in.exponent < 0 ? whole / power[-in.exponent] : whole * power[in.exponent];
    } else {
        x = rounded_slowly(&in);
        if (!isfinite(x))
            return false;
    }
    *out = in.negative ? -x : x;
    return true;
}

bool baro_number_read_size(const char *text, size_t length, size_t *out)
{
    size_t value = 0;
    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return false;
        size_t digit = (size_t)(text[i] - '0');
        if (value > (SIZE_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

/* printf writes the decimal mark of the process's locale: whatever is neither digit, sign nor exponent becomes a point.
 */
static size_t write_digits(double x, int digits, char out[BARO_NUMBER_TEXT])
{
    char raw[64];
    size_t n = 0;
    bool in_mark = false;
    snprintf(raw, sizeof raw, "%.*g", digits, x == 0 ? 0.0 : x);
    for (const char *at = raw; *at && n + 1 < BARO_NUMBER_TEXT; at++) {
        bool plain = is_digit(*at) || *at == '-' || *at == '+' || *at == 'e';
        if (plain)
            out[n++] = *at;
        else if (!in_mark)
            out[n++] = '.';
        in_mark = !plain;
    }
    out[n] = '\0';
    return n;
}

size_t baro_number_write(double x, char out[BARO_NUMBER_TEXT])
{
    return write_digits(x, 15, out);
}

size_t baro_number_write_exact(double x, char out[BARO_NUMBER_TEXT])
{
    size_t length = 0;
    for (int digits = 15; digits <= 17; digits++) {
        double back = 0;
        length = write_digits(x, digits, out);
        if (baro_number_read(out, length, '.', &back) && back == x)
            break;
    }
    return length;
}

/* Digits of |x| < 1e15 to 15 significant ones, as an integer part and a fraction without exponent. */
typedef struct {
    char digits[48]; /* a leading 0 for the carry, then 16 places before and 31 behind the point */
    size_t point;
} fixed;

static void to_fixed(double x, fixed *out)
{
    char raw[BARO_NUMBER_TEXT];
    char kept[20];
    size_t n = 0;
    snprintf(raw, sizeof raw, "%.14e", fabs(x));
    const char *mark = strchr(raw, 'e');
    for (const char *at = raw; at < mark; at++)
        if (is_digit(*at))
            kept[n++] = *at;
    int exponent = atoi(mark + 1);
    memset(out->digits, '0', sizeof out->digits);
    out->point = 17;
    for (size_t i = 0; i < n; i++) {
        long at = (long)out->point - 1 - exponent + (long)i;
        if (at >= 0 && at < (long)sizeof out->digits)
            out->digits[at] = kept[i];
    }
}

static void round_at(fixed *number, int decimals)
{
    size_t at = number->point + (size_t)decimals;
    bool up = number->digits[at] >= '5';
    for (; up && at > 0; at--) {
        up = number->digits[at - 1] == '9';
        number->digits[at - 1] = up ? '0' : (char)(number->digits[at - 1] + 1);
    }
}

size_t baro_number_round(double x, int decimals, bool thousands, char out[64])
{
    size_t n = 0;
    out[0] = '\0';
    if (!isfinite(x))
        return 0;
    if (fabs(x) >= 1e15)
        return baro_number_write(x, out);
    decimals = decimals < 0 ? 0 : decimals > 15 ? 15 : decimals;
    fixed number;
    to_fixed(x, &number);
    round_at(&number, decimals);
    size_t first = 0, last = number.point + (size_t)decimals;
    while (first + 1 < number.point && number.digits[first] == '0')
        first++;
    bool zero = true;
    for (size_t i = first; i < last; i++)
        zero = zero && number.digits[i] == '0';
    if (x < 0 && !zero)
        out[n++] = '-';
    for (size_t i = first; i < last; i++) {
        if (i == number.point)
            out[n++] = '.';
        else if (thousands && i > first && i < number.point && (number.point - i) % 3 == 0)
            out[n++] = ',';
        out[n++] = number.digits[i];
    }
    out[n] = '\0';
    return n;
}
