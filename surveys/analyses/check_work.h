/** What the files of `check` share: the data, and the list of findings. */
#ifndef BARO_SURVEYS_ANALYSES_CHECK_WORK_H
#define BARO_SURVEYS_ANALYSES_CHECK_WORK_H
#include "surveys/analyses/check.h"
#include "surveys/binding/entries.h"

enum { BARO_CHECK_LISTED = 20 }; /* findings of one kind about one thing; the others are counted */

#define BARO_CHECK_NOWHERE UINT32_MAX /* of a row without a stratum, PSU or period */

typedef struct {
    const baro_check_request *request;
    const baro_survey *survey;
    baro_arena *arena;
    baro_error *aside; /* of the binding, while it tries something */
    baro_binding *binding;
    const baro_frame *frame;
    size_t rows, sources;
    const uint32_t *unit; /* [rows] period from the first, or BARO_CHECK_NOWHERE; NULL without periods */
    baro_period first;
    size_t units;
    baro_finding *finding;
    size_t n, room;
    bool failed; /* no memory */
} baro_checking;

/** What a finding is about; `of` is what its count is a share of, 0: of nothing. */
typedef struct {
    baro_severity severity;
    const char *check, *item;
    baro_position at;
    baro_where_it_is place;
    double count, of;
} baro_found;

/** Adds a finding; hides its count where it is under the limit, or all but so few. */
void baro_find(baro_checking *c, const baro_found *found, const char *format, ...) BARO_PRINTF(3, 4);
/** "fewer than 10 interviews", "all but fewer than 10 interviews", "1,204 interviews (3.1%)", for messages. */
const char *baro_check_count(baro_checking *c, double count, double of, const char *noun);
/** printf into the arena; "" without memory, which is noted. */
const char *baro_check_text(baro_checking *c, const char *format, ...) BARO_PRINTF(2, 3);
/** A name of the survey file or a header, printable. */
const char *baro_check_name(baro_checking *c, const char *text);
/** `count` things of `size` bytes, NULL without memory, which is noted. */
void *baro_check_room(baro_checking *c, size_t count, size_t size);
/** Whether a count may be told. */
bool baro_check_tells(const baro_checking *c, double count);
/** ": 'the answer'" where answers may be shown and enough gave it, else "". */
const char *baro_check_answer(baro_checking *c, const baro_entry *entry);
/** Faults of the binding become findings; what else it said is dropped. Returns whether there was a fault. */
bool baro_check_aside(baro_checking *c, const char *check, const char *item, baro_position at);
/** The file's name of a source. */
const char *baro_check_file(const baro_checking *c, size_t source);
/** " in wave2.csv" where there are several files, else "". */
const char *baro_check_in(baro_checking *c, size_t source);
/** Label of a unit of the period. */
const char *baro_check_period(baro_checking *c, size_t unit);
/** Entries of a NUMBER column that are neither numbers nor missing, nor a code of the scale (or NULL). */
void baro_check_numbers_of(baro_checking *c, const baro_column *column, const baro_scale *scale, const char *item, baro_position at);

/* The checks, each a function in the table of check.c. */
void baro_check_columns(baro_checking *c);
void baro_check_ids(baro_checking *c);
void baro_check_periods(baro_checking *c);
void baro_check_weights(baro_checking *c);
void baro_check_design(baro_checking *c);
void baro_check_groups(baro_checking *c);
void baro_check_measures(baro_checking *c);
void baro_check_series(baro_checking *c);

#endif
