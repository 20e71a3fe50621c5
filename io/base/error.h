/**
 * What went wrong, and what is worth knowing, in the words a person needs.
 *
 * A baro_error collects *faults* (they stop the run; the first one's status wins) and *remarks* (they
 * do not). Both carry a source (file name), a line and a column, 0 where there is none. At most
 * BARO_FAULTS_SHOWN faults are kept; the rest are counted. Printed as `source:line:column: message`.
 * Messages never hold a respondent's answer. Anything that is not printable UTF-8 in a quoted name is
 * written as \xNN, at most 80 bytes of it (baro_text_quote in text.h).
 *
 * Not safe for two threads at once: parallel work gives each task its own and joins them in order.
 */
#ifndef BARO_IO_BASE_ERROR_H
#define BARO_IO_BASE_ERROR_H
#include "stats/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define BARO_FAULTS_SHOWN 50

typedef struct baro_error baro_error;

typedef struct {
    const char *source; /* borrowed; NULL for none */
    size_t line, column;
} baro_where_it_is;

typedef struct {
    bool is_remark;
    baro_status status;
    char *source; /* owned copy, or NULL */
    size_t line, column;
    char *message;
} baro_error_entry;

/** NULL when there is no memory. */
baro_error *baro_error_new(void);
void baro_error_free(baro_error *error);

/** Adds a fault and returns `status`, so that `return baro_fault_add(...)` reads well. `error` may be NULL. */
#if defined(__GNUC__)
#define BARO_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define BARO_PRINTF(text, first)
#endif
baro_status baro_fault_add(baro_error *error, baro_status status, baro_where_it_is place, const char *format, ...)
    BARO_PRINTF(4, 5);
/** Adds a remark; an equal remark (source, line, column, message) is kept once. */
void baro_remark_add(baro_error *error, baro_where_it_is place, const char *format, ...) BARO_PRINTF(3, 4);

/** Status of the first fault, BARO_OK when there is none. */
baro_status baro_error_status(const baro_error *error);
size_t baro_error_count(const baro_error *error); /* entries kept, faults and remarks */
size_t baro_error_faults(const baro_error *error); /* faults seen, kept or not */
const baro_error_entry *baro_error_entry_at(const baro_error *error, size_t i);
/** Moves all entries of `from` behind those of `into`, and empties `from`. */
void baro_error_join(baro_error *into, baro_error *from);
/** Prints all entries, one a line, `barometer: ` before those without a source, `note: ` before remarks' messages. */
void baro_error_print(const baro_error *error, bool with_remarks, FILE *stream);

#endif
