/** A whole analysis for tests: a survey and data from files or text, one call, its results and what it said. */
#ifndef BARO_TESTS_ANALYSIS_H
#define BARO_TESTS_ANALYSIS_H
#include "surveys/analyses/result.h"

enum { ANALYSIS_FILES = 4, ANALYSIS_TABLES = 8, ANALYSIS_AGAINST = 8 };

typedef struct {
    baro_arena *arena;
    baro_error *error;
    baro_survey survey;
    baro_request request; /* defaults of the survey; a test may change it before analysis_run */
    baro_results results;
    baro_status status;
    char *said;      /* all faults and remarks, as printed, file names without their folder */
    char folder[64]; /* of the data written for this test; "" without */
    const char *data[ANALYSIS_FILES];
    baro_breakdown by[ANALYSIS_TABLES];
    baro_against against[ANALYSIS_AGAINST];
} analysis;

/** Reads a survey file, or its text (named survey.yaml in messages). Fails the running test when it cannot be read. */
void analysis_open(analysis *out, const char *survey_path);
void analysis_open_text(analysis *out, const char *survey);
/** Adds a file that is there; or text, written to a folder of its own under `name`. */
void analysis_file(analysis *a, const char *path);
void analysis_data(analysis *a, const char *name, const char *text);
/** Adds a breakdown; second may be NULL. */
void analysis_by(analysis *a, const char *first, const char *second);
/** Adds a comparison; name for BARO_AGAINST_GROUP. */
void analysis_against(analysis *a, baro_against_kind kind, const char *name);
/** Runs baro_analyse in `threads` threads; status and said are set. */
void analysis_run(analysis *a, size_t threads);
/** Runs in two threads and fails the running test, with what was said, when that does not work. */
void analysis_works(analysis *a);
void analysis_close(analysis *a);

/** Whose rows: NULL for any text, "" for none. */
typedef struct {
    const char *measure, *level, *by, *group, *group2, *period, *against;
} analysis_key;
/** The first row like this, or NULL. */
const baro_row *analysis_find(const analysis *a, analysis_key key);
/** The same; fails the running test when there is none. */
const baro_row *analysis_row(const analysis *a, analysis_key key);
enum { ANALYSIS_NUMBERS = 22 };
/** Every number of a row but its comparison's place: what suppression must not leave behind. */
void analysis_numbers(const baro_row *row, double out[ANALYSIS_NUMBERS]);
/** Every number and text of the results, exactly; malloc. */
char *analysis_tell(const analysis *a);

#endif
