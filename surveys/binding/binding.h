/**
 * Binding: what a survey says, tied to the columns that a file has.
 *
 * First everything that a run needs is wanted (wants are joined), then the files are read once, then measures, groups, periods,
 * weights and conditions become compact arrays by row. Meaning is given to dictionary entries, never to rows one by one.
 */
#ifndef BARO_SURVEYS_BINDING_BINDING_H
#define BARO_SURVEYS_BINDING_BINDING_H
#include "io/base/pool.h"
#include "stats/design.h"
#include "surveys/model/period.h"
#include "surveys/model/survey.h"

#define BARO_UNANSWERED UINT16_MAX    /* blank, don't know, refused, unreadable, not in the scale */
#define BARO_NOT_PUT (UINT16_MAX - 1) /* not asked, or the file lacks the column */
#define BARO_CATEGORIES_MOST 1000     /* more distinct answers than this are no breakdown */

typedef struct {
    const baro_group *group;
    const uint16_t *pattern;     /* [rows] 0: unknown; otherwise the combination of categories */
    size_t patterns;             /* with 0 */
    size_t n;
    const char *const *label;    /* [n] in the order of rows */
    const unsigned char *member; /* [patterns * n] whether a pattern belongs to a category */
    const bool *source_lacks;    /* [sources] files without the column */
} baro_bound_group;

typedef struct {
    const baro_measure *measure;
    const uint16_t *level;       /* [rows] below `levels`, or BARO_UNANSWERED, BARO_NOT_PUT; numbers: 0 where there is one; several answers: their combination */
    size_t levels;
    const char *const *label;    /* [levels] */
    const double *const *number; /* [outcomes] columns of [rows], or NULL; two for a ratio */
    double shift;                /* of a single number: about their mean */
    size_t outcomes;             /* 1, the levels of a distribution, 2 for a ratio */
    const char *const *outcome;  /* [outcomes] their labels: answers of a distribution, else "" */
    const double *score;         /* [levels * outcomes], NULL for numbers */
    const bool *positive;        /* [levels] answers that the scale calls positive; NULL without a scale */
    const bool *source_lacks;    /* [sources * outcomes] several answers: the file has no column that this answer is given in; NULL: all have */
    size_t strangers;            /* interviews left out because their answer is not in the scale, or has no score */
} baro_bound_measure;

typedef struct {
    const int32_t *unit;         /* [rows] 0 .. n - 1; NULL without periods */
    baro_period first;           /* period of unit 0 */
    size_t n;
} baro_bound_period;

typedef struct baro_binding baro_binding;

baro_binding *baro_binding_new(const baro_survey *survey, baro_arena *arena, baro_error *error);

/* What will be needed. Faults (an unknown name in a condition, nesting too deep) go to the error. */
baro_status baro_want_measure(baro_binding *binding, const baro_measure *measure, bool named);
baro_status baro_want_group(baro_binding *binding, const baro_group *group, bool named);
/** A condition of the command line. */
baro_status baro_want_where(baro_binding *binding, const char *where);
/** Weight, strata, PSUs, fpc, period, respondent id. */
baro_status baro_want_design(baro_binding *binding);

/** A column of a published series that no file need have. */
baro_status baro_want_column_if_there(baro_binding *binding, const char *const *name, baro_kind kind);
/** A column that a published series is made of, and its data after reading. */
baro_status baro_want_series_column(baro_binding *binding, const char *const *name, baro_kind kind);
const baro_column *baro_series_column(const baro_binding *binding, const char *const *name, baro_kind kind);

/** Files that were read once for several analyses: the columns that any of them wants. Borrowed by bindings, whose answers are the same with or without it. */
typedef struct {
    baro_frame *frame;
    const baro_want *want; /* [n] in the order of the frame's columns */
    size_t n;
    const char *const *paths;
    size_t n_paths;
    baro_csv_format format;
} baro_reading;

/** Reads for later bindings what the bindings given want, each column once. Close it after all of them. The same faults as baro_binding_read's, but for columns that are missing. */
baro_status baro_reading_open(const baro_binding *const bindings[], size_t n, const char *const *paths, size_t n_paths, baro_pool *pool,
                              baro_arena *arena, baro_error *error, baro_reading *out);
void baro_reading_close(baro_reading *reading);
/** Lets a binding take its columns from a reading, where that has them all; before baro_binding_read. NULL: none. */
void baro_binding_lend(baro_binding *binding, const baro_reading *reading);

/** Reads all files once, or takes them from what was lent, and checks what is missing from them; the frame stays with the binding. */
baro_status baro_binding_read(baro_binding *binding, const char *const *paths, size_t n, baro_pool *pool);
void baro_binding_free(baro_binding *binding); /* the frame; all else is the arena's */

const baro_frame *baro_binding_frame(const baro_binding *binding);
baro_calendar baro_survey_calendar(const baro_survey *survey);

/* After reading; each is made once and kept. */
baro_status baro_bind_measure(baro_binding *binding, const baro_measure *measure, const baro_bound_measure **out);
baro_status baro_bind_group(baro_binding *binding, const baro_group *group, const baro_bound_group **out);
/** [rows] 1 true, 0 false, 2 missing: a comparison with a missing value is never true, nor is its `not`. */
baro_status baro_bind_where(baro_binding *binding, const char *where, baro_where_it_is place, const unsigned char **out);
baro_status baro_bind_period(baro_binding *binding, baro_bound_period *out);
/** The sample design; stratum_name(binding, design, h) words a stratum for messages. */
baro_status baro_bind_design(baro_binding *binding, baro_design *out);
const char *baro_stratum_name(baro_binding *binding, const baro_design *design, size_t h);
/** Entries of a NUMBER column that are neither numbers nor missing are faults, each place of each. */
baro_status baro_check_numbers(baro_binding *binding, const baro_column *column);
/** Fault 65 with lines when two interviews have one id. */
baro_status baro_bind_ids(baro_binding *binding);

#endif
