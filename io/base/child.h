/** The only place that starts a process: posix_spawnp, no shell, a bare environment, limits on time and output. */
#ifndef BARO_IO_BASE_CHILD_H
#define BARO_IO_BASE_CHILD_H
#include "io/base/error.h"

typedef struct {
    const char *const *arguments; /* argv, NULL-ended; [0] is looked up in PATH */
    const char *input;            /* bytes for its standard input */
    size_t input_length;
    double seconds;      /* killed after this long */
    size_t output_limit; /* bytes of standard output at most; more is a fault */
    size_t errors_limit; /* bytes of standard error kept; the rest is read and dropped */
} baro_child_job;

typedef struct {
    char *output; /* malloc, NUL behind */
    size_t output_length;
    char *errors; /* malloc, NUL behind, printable */
    int exit_status; /* of the child; -1 when a signal ended it */
} baro_child_answer;

/**
 * Environment of the child: PATH, LC_ALL=C, HOME=/nonexistent and nothing else; SIGPIPE is survived.
 * @return BARO_OK when it ran to its end with status 0; BARO_NO_PROGRAM with a fault (`what` names the work: "chart trust.svg") when it is
 * missing, fails, hangs, floods or dies; the answer is then empty. The caller frees with baro_child_answer_free.
 */
baro_status baro_child_run(const baro_child_job *job, const char *what, baro_child_answer *answer, baro_error *error);
void baro_child_answer_free(baro_child_answer *answer);

#endif
