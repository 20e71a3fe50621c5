/**
 * SPSS (.sav, .zsav) and Stata (.dta) files, through ReadStat: the variables with their labels, and the values. The only door to
 * libreadstat. Every text is UTF-8: the file says what its encoding is.
 */
#ifndef BARO_IO_READERS_READSTAT_H
#define BARO_IO_READERS_READSTAT_H
#include "io/base/arena.h"
#include "io/readers/bytes.h"
#include "io/readers/statdate.h"

typedef enum { BARO_STAT_NONE, BARO_STAT_SAV, BARO_STAT_DTA } baro_stat_kind;
typedef enum { BARO_LEVEL_UNKNOWN, BARO_LEVEL_NOMINAL, BARO_LEVEL_ORDINAL, BARO_LEVEL_SCALE } baro_stat_level;

/** A labelled value. */
typedef struct {
    const char *code; /* the text of a cell that holds it */
    const char *label;
    double number; /* NAN for a text or a tagged missing value */
} baro_stat_label;

/** Values that the file calls missing: from..to, both ends included; texts have from = to = NAN and their text. */
typedef struct {
    double from, to;
    const char *text;
} baro_stat_range;

typedef struct {
    const char *name, *label; /* "" when there is none */
    bool is_text;
    baro_date_form date; /* BARO_DATE_NONE: numbers */
    baro_stat_level level;
    const baro_stat_label *labels;
    size_t n_labels;
    const baro_stat_range *missing; /* SPSS's user-missing values */
    size_t n_missing;
} baro_stat_variable;

typedef struct {
    baro_stat_kind kind;
    const char *title; /* label of the file, "" when there is none */
    const baro_stat_variable *variables;
    size_t n;
    size_t records;     /* as the file says; SIZE_MAX when it does not */
    const char *weight; /* SPSS: the variable that weighting is on by; NULL: off */
} baro_stat_dictionary;

/** What these first bytes of a file begin. */
baro_stat_kind baro_stat_kind_of(const char *bytes, size_t length);
/** What the ending of a path promises: .sav, .zsav, .dta in any case. */
baro_stat_kind baro_stat_kind_of_path(const char *path);
/** "SPSS" or "Stata". */
const char *baro_stat_kind_name(baro_stat_kind kind);

/**
 * Reads the variables, not the data. A pipe is held in memory whole.
 *
 * @param bytes open at its start (whatever of it is held)
 * @return BARO_OK; BARO_BAD_DATA with a fault that says what is wrong with the file; BARO_IO; BARO_NO_MEMORY
 */
baro_status baro_stat_read_dictionary(baro_bytes *bytes, baro_stat_kind kind, baro_arena *arena, baro_error *error,
                                      baro_stat_dictionary *out);

/** A cell: a text; or a number, unless it is missing: then NAN with the letter of Stata's .a to .z, 0 for blank. */
typedef struct {
    const char *text; /* NULL for a number; spaces behind are gone; lives until the callback returns */
    size_t length;
    double number;
    char tag;
    bool is_float; /* a number of single precision */
} baro_stat_cell;

/** Cells come by record (from 0), then by variable. Any status but BARO_OK ends the reading and is returned. */
typedef baro_status baro_stat_take(void *context, size_t record, size_t variable, const baro_stat_cell *cell);

/**
 * Reads the values of the variables that are wanted, in one pass; nothing else is kept.
 *
 * @param wanted [dictionary->n]
 * @return BARO_OK; BARO_BAD_DATA with a fault at the record that cannot be read; what `take` returned
 */
baro_status baro_stat_read_values(baro_bytes *bytes, const baro_stat_dictionary *dictionary, const bool *wanted,
                                  baro_stat_take *take, void *context, baro_error *error);

#endif
