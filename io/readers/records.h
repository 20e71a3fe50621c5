/**
 * Where records begin and end in memory. A record ends at LF, CRLF or a lone CR outside quotes; a quote opens a field
 * only at its start. Nothing here knows files, columns or faults' words.
 */
#ifndef BARO_IO_READERS_RECORDS_H
#define BARO_IO_READERS_RECORDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BARO_LONGEST_RECORD ((size_t)16 << 20)

typedef enum {
    BARO_RECORD_WHOLE,
    BARO_RECORD_UNFINISHED, /* more bytes are needed to tell */
    BARO_RECORD_OPEN_QUOTE, /* never closed: not at all, not within `longest`, or closed lines later with text behind */
    BARO_RECORD_STRAY_QUOTE, /* in a field that does not begin with one */
    BARO_RECORD_TEXT_BEHIND  /* a closing quote */
} baro_record_state;

typedef struct {
    baro_record_state state;
    const char *end;   /* behind its last byte, before the line end */
    const char *next;  /* where the next record begins; after a fault: the next line */
    const char *fault; /* the byte at fault, NULL for none */
} baro_record;

typedef struct {
    char delimiter;
    size_t longest; /* bytes within which a quote must close */
} baro_record_manner;

/** Delimiters met on the way: how many, and where the needed ones are. */
typedef struct {
    const uint32_t *needed; /* [n_needed] ordinals from 1, ascending */
    size_t n_needed;
    uint32_t *position; /* [n_needed] from the record's start */
    size_t seen, found; /* 0 before */
} baro_record_marks;

/** The record at `at`. `last`: nothing comes behind `end`, so that BARO_RECORD_UNFINISHED is never the answer. at <
 * end. `marks` may be NULL. */
void baro_record_scan(const char *at, const char *end, const baro_record_manner *manner, bool last,
                      baro_record_marks *marks, baro_record *out);
/** Bytes up to the end of the last record that ends in text[length]; `length` itself when `last`. Linear. */
size_t baro_records_cut(const char *text, size_t length, const baro_record_manner *manner, bool last);
/** Start, with its quote, of field `field` (from 0) of a whole record. */
const char *baro_record_field(const char *at, const char *end, char delimiter, size_t field);
/** Line ends in from .. to (CRLF is one), and the place of `to`: characters from the start of its line, from 1. */
size_t baro_records_lines(const char *from, const char *to, size_t *column);
enum { BARO_LF = 1, BARO_CRLF = 2, BARO_CR = 4 };
/** With which of these a record ended; 0 at the end of the file, and after a fault. */
unsigned baro_line_ends(const baro_record *record);
/** First CR or LF, `end` when there is none; and the byte behind that line end. */
const char *baro_line_end(const char *at, const char *end);
const char *baro_line_next(const char *line_end, const char *end);

#endif
