/**
 * The only place that starts a process: a program by posix_spawnp, without a shell and with a bare environment, or a function of ours in a
 * copy of this process; both with limits on time and output.
 */
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
/** Work for a copy of this process: reads nothing, writes its bytes to `to` and what it complains of to descriptor 2. False: it failed. */
typedef bool baro_child_work(void *context, int to);
/**
 * Runs `work` in a copy of this process, for libraries that may crash, or leave things half done, without memory or room. Nothing
 * that it changes is seen here but the bytes it writes.
 *
 * A copy has the calling thread alone, so `work` may use nothing that another thread could hold a lock of; memory and files of its own are
 * free to use.
 * @param job its limits; arguments[0] is the name of the work's doer in messages; input is not read
 * @return as baro_child_run; false from `work` counts as status 1
 */
baro_status baro_child_call(const baro_child_job *job, baro_child_work *work, void *context, const char *what, baro_child_answer *answer,
                            baro_error *error);
void baro_child_answer_free(baro_child_answer *answer);

#endif
