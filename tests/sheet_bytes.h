/** What a writer writes, as bytes; labels that want to be something else; and small strict readers for what was
 * written. */
#ifndef BARO_TESTS_SHEET_BYTES_H
#define BARO_TESTS_SHEET_BYTES_H
#include "io/writers/sheet.h"
#include <stdbool.h>
#include <stdint.h>

#define SHEET_TEXT(words)                                                                                              \
    {                                                                                                                  \
        BARO_CELL_TEXT, (words), 0                                                                                     \
    }
#define SHEET_NUMBER(x)                                                                                                \
    {                                                                                                                  \
        BARO_CELL_NUMBER, NULL, (x)                                                                                    \
    }
#define SHEET_MARKED(x, words)                                                                                         \
    {                                                                                                                  \
        BARO_CELL_NUMBER, (words), (x)                                                                                 \
    }
#define SHEET_EMPTY                                                                                                    \
    {                                                                                                                  \
        BARO_CELL_EMPTY, NULL, 0                                                                                       \
    }

enum { HOSTILE_ROOM = 512 };

typedef baro_status sheet_writer(const baro_sheet *sheets, size_t n, baro_output *output);

/** What was written, with a NUL behind; malloc. Fails the test when the writer does not return `wanted`. */
char *sheet_bytes(sheet_writer *write, const baro_sheet *sheets, size_t n, baro_status wanted, size_t *length);
char *sheet_text(const baro_sheet *sheets, size_t n, size_t width, size_t *length);

uint64_t hostile_random(uint64_t *seed);
/** Markup, formulas, quotes, controls, marks that reorder a line, halves of characters, put together at random; never
 * empty. */
void hostile_label(uint64_t *seed, char out[HOSTILE_ROOM]);
/** The text with U+FFFD for each byte that is not UTF-8, as CSV and JSON hold it. */
void hostile_valid(const char *text, char out[3 * HOSTILE_ROOM]);

/** Reads one field of RFC 4180 with LF. *end: what stood behind it, ',' or '\n'. False for anything that the RFC does
 * not allow. */
bool read_csv_field(const char **at, const char *last, char *out, size_t size, char *end);
/** True when text[length] is one JSON value (RFC 8259) and white space. Every string in it, decoded, is given to
 * `string`, which may be NULL. */
typedef void read_json_string(void *context, const char *text);
bool read_json(const char *text, size_t length, read_json_string *string, void *context);

#endif
