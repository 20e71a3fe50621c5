/** What is in a file: one summary a column, in which nothing stands that fewer than a set number of interviews gave. */
#ifndef BARO_SURVEYS_ANALYSES_DESCRIBE_H
#define BARO_SURVEYS_ANALYSES_DESCRIBE_H
#include "io/readers/frame.h"
#include "surveys/model/survey.h"

#define BARO_DESCRIBE_LEAST 10 /* an answer given by fewer interviews is never shown */
#define BARO_DESCRIBE_ANSWERS 5 /* commonest answers shown at most */

typedef enum {
    BARO_HOLDS_NOTHING, /* every field is missing */
    BARO_HOLDS_NUMBERS, /* every answer is a plain decimal number */
    BARO_HOLDS_DATES,   /* every answer is a date, or the name of a month */
    BARO_HOLDS_PERIODS, /* every answer is a quarter or a year */
    BARO_HOLDS_TEXT
} baro_holds;

typedef struct {
    const char *text;
    size_t count;
} baro_common_answer;

typedef struct {
    const char *name;
    baro_holds holds;
    size_t rows;     /* of the files that have the column */
    size_t missing;  /* of these: blank, or given as missing */
    size_t distinct; /* different answers, as written */
    /* Of numbers: the lowest and the highest, when they are hidden NAN. */
    double lowest, highest;
    bool hidden; /* there is a range, and an end of it was given by fewer than BARO_DESCRIBE_LEAST */
    const baro_common_answer *common; /* by count, then by code point; none by fewer than BARO_DESCRIBE_LEAST */
    size_t n_common;
} baro_column_summary;

/**
 * Summaries of all columns of a frame whose columns were read as TEXT, by their dictionaries: rows are not visited.
 *
 * A lowest or highest value is one respondent's answer like any other: it is shown only when at least BARO_DESCRIBE_LEAST interviews
 * gave it. Numbers that are written differently (1, 1.0) are one value of the range, and two distinct answers.
 * @param missing answers that are none, in any column; an empty field always is
 * @param decimal mark of numbers: '.' or ',', or 0 to take, column by column, the one that all answers fit
 * @param out [*n] in `arena`
 * @return BARO_OK, BARO_NO_MEMORY. Cost: the dictionaries' entries, sorted.
 */
baro_status baro_describe(const baro_frame *frame, const baro_texts *missing, bool ignore_case, char decimal, baro_arena *arena,
                          const baro_column_summary **out, size_t *n);

#endif
