/** Plain decimal numbers in and out, in no locale. */
#ifndef BARO_IO_BASE_NUMBER_H
#define BARO_IO_BASE_NUMBER_H
#include <stdbool.h>
#include <stddef.h>

#define BARO_NUMBER_TEXT 32 /* bytes that hold any number written here */

/**
 * Reads a whole field as [+-]?digits[.digits][(e|E)[+-]?digits], finite, correctly rounded (equal to strtod in the C locale).
 * `decimal` is '.' or ','. False (and *out untouched) for everything else: nan, inf, 0x1F, 1e999, spaces, an empty field, a thousands mark.
 */
bool baro_number_read(const char *text, size_t length, char decimal, double *out);
/** A whole number without sign, no leading + ; false when it does not fit. */
bool baro_number_read_size(const char *text, size_t length, size_t *out);
/** `%.15g` in the C locale; -0 is written 0; returns the length. x must be finite. */
size_t baro_number_write(double x, char out[BARO_NUMBER_TEXT]);
/** Shortest form that reads back as the same double (%.15g, else 16, else 17 digits). */
size_t baro_number_write_exact(double x, char out[BARO_NUMBER_TEXT]);
/** Rounded half away from zero to `decimals` (0 to 15), with thousands commas if asked; for reader tables only. "-0" never appears. */
size_t baro_number_round(double x, int decimals, bool thousands, char out[64]);

#endif
