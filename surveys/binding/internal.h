/** What the files of this room share. */
#ifndef BARO_SURVEYS_BINDING_INTERNAL_H
#define BARO_SURVEYS_BINDING_INTERNAL_H
#include "stats/replicate.h"
#include "surveys/binding/entries.h"
#include "surveys/model/where.h"

#define BARO_NESTING_MOST 16 /* conditions of groups that name groups that ... */

/** A column wanted; why it matters when a file lacks it. */
typedef struct {
    baro_want want;
    baro_position at;  /* of the first key that wants it; line 0: an option */
    bool needed;       /* in some file: else a fault */
    bool in_every;     /* in every file: else a fault (design columns) */
    bool quiet;        /* files may lack it, and nothing is said */
} baro_needed_column;

typedef struct {
    const char *text;
    const baro_where *tree;
    const unsigned char *truth;
} baro_known_where;

struct baro_binding {
    const baro_survey *survey;
    baro_arena *arena;
    baro_error *error;
    const baro_frame *frame;
    baro_frame *own;             /* the same, when it was read for this binding alone */
    const baro_reading *reading; /* lent; NULL: none */
    const size_t *place;         /* [n_columns] of the columns in a frame that was lent; NULL: in the order of wants */
    size_t rows, depth;
    baro_needed_column *column;
    size_t n_columns, columns_room;
    const baro_bound_group **group;     /* [survey->n_groups] made so far */
    const baro_bound_measure **measure; /* [survey->n_measures] */
    baro_known_where *where;
    size_t n_where, where_room;
    baro_where_it_is asked_at;          /* the condition being evaluated, for messages */
    const uint32_t *stratum;            /* [rows] dense codes of the design */
    baro_bound_period period;
    bool has_period;
    baro_texts replicate;               /* names of the columns of replicate weights */
};

enum { BARO_LINES_SHOWN = 5 };

/** Rows at fault; `lines` begins NULL. */
typedef struct {
    size_t count, first;
    const char *lines;
} baro_rows_at_fault;

void baro_note_row(const baro_binding *binding, baro_rows_at_fault *rows, size_t row);
/** "12, 15, 19" for the lines of the first rows noted; "3, 3 of wave2.csv" where one is in another file than the first. */
const char *baro_lines_of(const baro_rows_at_fault *rows);

/** Method of replicates, and whether they are made here; BARO_REPLICATES_KINDS: none of ours. */
baro_replicates baro_replicates_kind(const baro_replicate_choice *choice, bool *made);
baro_where_it_is baro_binding_place(const baro_binding *binding, baro_position at);
bool baro_same_want(const baro_want *a, const baro_want *b);
/** Takes the frame of the reading that was lent, when it is of these files and has every column. */
baro_status baro_binding_borrow(baro_binding *binding, const char *const *paths, size_t n, bool *lent);
/** Column i of those wanted, after reading. */
const baro_column *baro_column_wanted(const baro_binding *binding, size_t i);
/** A column that some files lack as a matter of course. */
baro_status baro_want_quietly(baro_binding *binding, baro_texts names, baro_kind kind, baro_position at);
/**
 * Names in the files' headers that are chosen, numbers inside names by their value, each once. @param what in the message to who gives a stream
 * @return as baro_frame_read_header; BARO_USAGE: a stream, whose header cannot be read first
 */
baro_status baro_header_names(baro_binding *binding, const char *const *paths, size_t n, bool (*chosen)(const void *context, const char *name),
                              const void *context, const char *what, baro_texts *out);
baro_status baro_want_condition(baro_binding *binding, const char *where, baro_where_it_is place);
baro_status baro_no_memory(baro_binding *binding);
/**
 * Distinct answers of a column, numbers ascending, then text by code point: table[entry] becomes first_code + their place, `missing_code` for
 * missing ones. Entries that differ in spaces or apostrophes only are one.
 */
baro_status baro_distinct_answers(baro_binding *binding, const baro_column *column, baro_texts missing, uint16_t missing_code,
                                  uint16_t first_code, uint16_t *table, const char ***labels, size_t *n);
/** Levels of a multiple-response measure: combinations of answers, each answer an outcome. */
baro_status baro_bind_several(baro_binding *binding, const baro_measure *measure, baro_bound_measure *bound, uint16_t *level);
/** Order of two answers: numbers ascending, then text by code point. */
int baro_answer_order(const baro_binding *binding, const char *a, const char *b);
/** Gathers table[code] over the rows of a TEXT column. */
void baro_spread_codes(const baro_column *column, size_t rows, const uint16_t *table, uint16_t *out);
/** ": 'the answer'" where messages may show answers, else ""; "" without memory, too. */
const char *baro_entry_shown(const baro_binding *binding, const baro_entry *entry);

#endif
