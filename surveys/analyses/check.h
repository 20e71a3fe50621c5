/** Do the data fit the survey file? Every fault of the data in one run, from linear passes over dictionary entries and rows. */
#ifndef BARO_SURVEYS_ANALYSES_CHECK_H
#define BARO_SURVEYS_ANALYSES_CHECK_H
#include "io/base/pool.h"
#include "surveys/model/survey.h"

typedef enum { BARO_FINDING_ERROR, BARO_FINDING_WARNING, BARO_FINDING_NOTE, BARO_SEVERITIES } baro_severity;

/** One thing found. Counts under the limit are not in it: NAN, `few` is set, and the message says "fewer than 10". */
typedef struct {
    baro_severity severity;
    const char *check;    /* its name, as outside-scale; one word of a table in README */
    const char *item;     /* "measure trust", "group age", "weight", "column q1" */
    const char *file;     /* NULL: no one place */
    size_t line, column;  /* 0: none */
    double count, share;  /* of interviews (series: points); NAN: none, or hidden */
    bool few;
    const char *message;
    baro_position at;     /* what it is about, in the survey file: the order of findings */
} baro_finding;

typedef struct {
    const baro_finding *finding; /* by severity, then place in the survey file, then as they were found */
    size_t n, of[BARO_SEVERITIES];
    size_t rows, files;
} baro_check_result;

typedef struct {
    const baro_survey *survey;
    const char *const *data;
    size_t n_data;
    double below; /* counts under this are not told; 0: all are */
} baro_check_request;

/**
 * Reads the data once and looks at it against all that the survey file says.
 *
 * Nothing stops at a fault of content: each becomes a finding. Answers are named in messages only where survey->show_values, and then
 * only those given by `below` interviews or more. Cost: linear in rows for every measure and group.
 *
 * @return BARO_OK whatever was found; what baro_frame_read returns when a file cannot be read as a table, BARO_BAD_SURVEY when a
 *         condition of the survey file cannot be read, BARO_NO_MEMORY, each with faults in `error`
 */
baro_status baro_check(const baro_check_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_check_result *out);

#endif
