/** What the writers share: text made safe for its place, and numbers as a reader sheet shows them. Nothing here
 * allocates. */
#ifndef BARO_IO_WRITERS_ESCAPE_H
#define BARO_IO_WRITERS_ESCAPE_H
#include "io/base/number.h"
#include "io/writers/sheet.h"
#include <stdbool.h>

#define BARO_ESCAPE_ROOM 17 /* bytes that hold any character made printable */
#define BARO_SHOWN_ROOM 64  /* bytes that hold any number shown */

/** True for a cell with nothing in it: EMPTY, an empty or missing text, a number that is not finite. */
bool baro_cell_is_empty(const baro_cell *cell);
/**
 * The number of a cell as a reader sees it: times the column's scale (0 counts as 1), rounded half away from zero to
 * its decimals, with thousands commas if asked; without its unit and shorthand. Returns its bytes in out, 0 when it is
 * not finite.
 */
size_t baro_shown_number(const baro_sheet_column *column, double x, char out[BARO_SHOWN_ROOM]);
/**
 * One character from the front of text[length], length > 0, in a printable form: itself, or \xNN for each byte of what
 * a terminal or a page must not get (controls, marks that reorder a line, bytes that are not UTF-8). Returns the bytes
 * of text that it stands for.
 */
size_t baro_escape_printable(const char *text, size_t length, char out[BARO_ESCAPE_ROOM]);
/** Writes text[length] as it is, and U+FFFD for each byte that is not UTF-8, so that no output is ever invalid. */
void baro_escape_valid(baro_output *output, const char *text, size_t length);
/** Writes text as a string of JSON, with its quotes: valid whatever the bytes are. */
void baro_escape_json(baro_output *output, const char *text);

#endif
