/** The one table of statuses. Every room may include this file; it includes nothing. */
#ifndef BARO_STATS_STATUS_H
#define BARO_STATS_STATUS_H

/* X(name, exit status of the program, sentence) */
#define BARO_STATUSES(X)                                                                     \
    X(BARO_OK, 0, "done")                                                                    \
    X(BARO_NO, 1, "a check failed")                                                          \
    X(BARO_USAGE, 64, "the command cannot be understood")                                    \
    X(BARO_BAD_DATA, 65, "the data cannot be read as they stand")                            \
    X(BARO_NO_INPUT, 66, "an input cannot be opened")                                        \
    X(BARO_NO_PROGRAM, 69, "a needed program is missing or failed")                          \
    X(BARO_INTERNAL, 70, "an internal fault")                                                \
    X(BARO_NO_MEMORY, 70, "out of memory")                                                   \
    X(BARO_CANNOT_CREATE, 73, "an output cannot be created")                                 \
    X(BARO_IO, 74, "reading or writing failed")                                              \
    X(BARO_BAD_SURVEY, 78, "the survey file cannot be used")                                 \
    X(BARO_INTERRUPTED, 130, "interrupted")                                                  \
    X(BARO_LONELY_PSU, 65, "a stratum has only one PSU")                                     \
    X(BARO_BAD_WEIGHT, 65, "a weight is negative or not finite")                             \
    X(BARO_BAD_FPC, 65, "a finite population correction cannot be used")                     \
    X(BARO_EMPTY_DOMAIN, 65, "a domain has no respondents")                                  \
    X(BARO_NO_INTERVAL, 65, "no interval can be given")                                      \
    X(BARO_NO_TEST, 65, "no test can be made")                                               \
    X(BARO_OUT_OF_DOMAIN, 70, "an argument is outside the domain of a function")             \
    X(BARO_TOO_LARGE, 65, "weights or numbers are too large to be added up")                 \
    X(BARO_NOT_CONVERGED, 65, "an iteration did not converge")

#define BARO_STATUS_NAME(name, exit_status, sentence) name,
typedef enum { BARO_STATUSES(BARO_STATUS_NAME) BARO_STATUS_COUNT } baro_status;
#undef BARO_STATUS_NAME

/** What was at fault, as indices that the caller can name; written only on failure. */
typedef struct {
    unsigned long index, other;
    double value;
} baro_fault;

/** Exit status of the program for a status; the sentence that says it. */
int baro_status_exit(baro_status status);
const char *baro_status_sentence(baro_status status);

#endif
