/* Children that behave, and children that do not. */
#include "tests/check.h"
#include "io/base/child.h"
#include "tests/fake_path.h"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 65536, KEPT = 40 };

typedef struct {
    const char *name, *script;
    size_t input; /* bytes of 'x' sent */
    double seconds;
    baro_status status;
    const char *output, *errors; /* of a good end; NULL: not looked at */
    const char *message;
} test_case;

static const test_case cases[] = {
    {"output and errors are kept apart", "echo out; echo err >&2", 0, 20, BARO_OK, "out\n", "err\n", NULL},
    {"input arrives whole", "wc -c | tr -d ' '", 1234567, 20, BARO_OK, "1234567\n", "", NULL},
    {"input that is not read is no fault", "exec <&-; echo done", 5000000, 20, BARO_OK, "done\n", "", NULL},
    {"the environment is bare", "env | grep -v -e ^PATH= -e ^PWD= -e ^SHLVL= -e ^_= | sort", 0, 20, BARO_OK,
     "HOME=/nonexistent\nLC_ALL=C\n", "", NULL},
    {"the errors kept are few and printable", "printf 'a\\033[31m\\377' >&2; head -c 100000 /dev/zero | tr '\\0' y >&2",
     0, 20, BARO_OK, "", "a?[31m?yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", NULL},
    {"output up to the limit passes", "head -c 65536 /dev/zero | tr '\\0' z", 0, 20, BARO_OK, NULL, "", NULL},
    {"output over the limit is a fault", "head -c 65537 /dev/zero", 0, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper wrote more than 65536 bytes and was stopped"},
    {"an endless output is stopped", "while :; do echo flood; done", 0, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper wrote more than 65536 bytes and was stopped"},
    {"endless errors are stopped by the clock", "while :; do echo flood >&2; done", 0, 0.4, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper did not end within 0.4 seconds and was stopped"},
    {"a hanging child is stopped", "sleep 60", 0, 0.3, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper did not end within 0.3 seconds and was stopped"},
    {"a grandchild that holds the pipes is stopped", "sleep 60 & exit 0", 0, 0.3, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper did not end within 0.3 seconds and was stopped"},
    {"closing its streams and hanging does not help it", "exec >&- 2>&- <&-; sleep 60", 0, 0.3, BARO_NO_PROGRAM, NULL,
     NULL, "chart t.svg: helper did not end within 0.3 seconds and was stopped"},
    {"a failure is a fault", "echo half; exit 3", 0, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper failed with status 3"},
    {"death by a signal is a fault", "kill -9 $$", 0, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper was ended by signal 9"},
    {"SIGPIPE has its usual effect in the child", "kill -13 $$", 0, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper was ended by signal 13"},
    {"a child dying under its input is a fault, not our death", "exit 4", 5000000, 20, BARO_NO_PROGRAM, NULL, NULL,
     "chart t.svg: helper failed with status 4"},
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void runs(void **state)
{
    const test_case *c = *state;
    static const char *const arguments[] = {"helper", NULL};
    fake_path fake;
    assert_int_equal(fake_path_enter(&fake, 0), 0);
    assert_int_equal(fake_path_program(&fake, "helper", c->script), 0);
    char *input = malloc(c->input + 1);
    assert_non_null(input);
    memset(input, 'x', c->input);
    const baro_child_job job = {arguments, input, c->input, c->seconds, LIMIT, KEPT};
    baro_child_answer answer;
    baro_error *error = baro_error_new();
    double began = now();
    assert_int_equal(baro_child_run(&job, "chart t.svg", &answer, error), c->status);
    assert_true(now() - began < c->seconds + 10);
    if (c->status == BARO_OK) {
        assert_int_equal(answer.exit_status, 0);
        assert_int_equal(strlen(answer.output), answer.output_length);
        if (c->output)
            assert_string_equal(answer.output, c->output);
        assert_string_equal(answer.errors, c->errors);
        assert_int_equal(baro_error_count(error), 0);
    } else {
        assert_null(answer.output);
        assert_null(answer.errors);
        assert_int_equal(baro_error_faults(error), 1);
        assert_string_equal(baro_error_entry_at(error, 0)->message, c->message);
    }
    baro_child_answer_free(&answer);
    baro_error_free(error);
    free(input);
    fake_path_leave(&fake);
}

static baro_status run_name(const char *name, baro_error *error)
{
    const char *const arguments[] = {name, NULL};
    const baro_child_job job = {arguments, NULL, 0, 20, LIMIT, KEPT};
    baro_child_answer answer;
    baro_status status = baro_child_run(&job, "chart t.svg", &answer, error);
    baro_child_answer_free(&answer);
    return status;
}

static void a_missing_program_is_said(void **state)
{
    (void)state;
    baro_error *error = baro_error_new();
    assert_int_equal(run_name("no-such-program-8c1f", error), BARO_NO_PROGRAM);
    assert_string_equal(baro_error_entry_at(error, 0)->message,
                        "chart t.svg: no-such-program-8c1f cannot be run; is it installed?");
    baro_error_free(error);
}

static void nothing_stays_open_and_nobody_unburied(void **state)
{
    (void)state;
    int before = dup(0);
    for (int i = 0; i < 20; i++) {
        run_name("true", NULL);
        run_name("false", NULL);
        run_name("no-such-program-8c1f", NULL);
    }
    int after = dup(0);
    assert_int_equal(after, before + 1); /* the lowest free number has not moved */
    close(after);
    close(before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* A daemon or a careless caller may have closed the standard streams: pipes must not land on their numbers. */
static void closed_standard_streams_do_no_harm(void **state)
{
    (void)state;
    if (getenv("BARO_VALGRIND"))
        skip(); /* its own log is the standard error that this closes */
    pid_t child = fork();
    if (child == 0) {
        static const char *const arguments[] = {"cat", NULL};
        const baro_child_job job = {arguments, "through", 7, 20, LIMIT, KEPT};
        baro_child_answer answer;
        close(0);
        close(1);
        close(2);
        baro_status status = baro_child_run(&job, "x", &answer, NULL);
        _exit(status == BARO_OK && strcmp(answer.output, "through") == 0 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void the_callers_signals_are_left_alone(void **state)
{
    (void)state;
    sigset_t before, after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    run_name("true", NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_int_equal(sigismember(&before, SIGPIPE), sigismember(&after, SIGPIPE));
    struct sigaction action;
    sigaction(SIGPIPE, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
}

/* ---- work in a copy of this process ---- */

typedef enum { WRITE, REFUSE, HANG, FLOOD, DIE, CHANGE } deed;

typedef struct {
    const char *name;
    deed deed;
    double seconds;
    const char *output, *message; /* output: of a good end */
} call_case;

static const call_case calls[] = {
    {"a copy's bytes arrive", WRITE, 20, "done 31\n", NULL},
    {"what a copy changes is not seen here", CHANGE, 20, "77\n", NULL},
    {"work that fails is a fault", REFUSE, 20, NULL, "t.xlsx: maker failed with status 1"},
    {"work that hangs is stopped", HANG, 0.3, NULL, "t.xlsx: maker did not end within 0.3 seconds and was stopped"},
    {"work that floods is stopped", FLOOD, 20, NULL, "t.xlsx: maker wrote more than 65536 bytes and was stopped"},
    {"work that is killed is a fault", DIE, 20, NULL, "t.xlsx: maker was ended by signal 9"},
};

typedef struct {
    deed deed;
    int number;
} work_order;

static bool say(int to, const char *words)
{
    return write(to, words, strlen(words)) == (ssize_t)strlen(words);
}

static bool do_work(void *context, int to)
{
    work_order *order = context;
    char words[32];
    switch (order->deed) {
    case REFUSE: return say(2, "it cannot be done\n") && false;
    case HANG: sleep(60); return true;
    case FLOOD:
        while (say(to, "flood\n"))
            ;
        return true;
    case DIE: return raise(SIGKILL) == 0;
    case CHANGE: order->number += 46; break;
    case WRITE: break;
    }
    snprintf(words, sizeof words, order->deed == CHANGE ? "%d\n" : "done %d\n", order->number);
    return say(to, words);
}

static void calls_work(void **state)
{
    const call_case *c = *state;
    static const char *const name[] = {"maker", NULL};
    const baro_child_job job = {.arguments = name, .seconds = c->seconds, .output_limit = LIMIT, .errors_limit = KEPT};
    work_order order = {c->deed, 31};
    baro_child_answer answer;
    baro_error *error = baro_error_new();
    baro_status status = baro_child_call(&job, do_work, &order, "t.xlsx", &answer, error);
    assert_int_equal(status, c->message ? BARO_NO_PROGRAM : BARO_OK);
    if (c->message)
        assert_string_equal(baro_error_entry_at(error, 0)->message, c->message);
    else
        assert_string_equal(answer.output, c->output);
    assert_int_equal(order.number, 31);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left unburied */
    baro_child_answer_free(&answer);
    baro_error_free(error);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(a_missing_program_is_said),
        cmocka_unit_test(nothing_stays_open_and_nobody_unburied),
        cmocka_unit_test(closed_standard_streams_do_no_harm),
        cmocka_unit_test(the_callers_signals_are_left_alone),
    };
    enum {
        FIXED = sizeof fixed / sizeof *fixed,
        CASES = sizeof cases / sizeof *cases,
        CALLS = sizeof calls / sizeof *calls
    };
    struct CMUnitTest all[FIXED + CASES + CALLS];
    call_case works[CALLS];
    memcpy(works, calls, sizeof calls);
    for (size_t i = 0; i < CALLS; i++)
        all[FIXED + CASES + i] =
            (struct CMUnitTest){.name = calls[i].name, .test_func = calls_work, .initial_state = &works[i]};
    test_case rows[CASES];
    memcpy(rows, cases, sizeof cases);
    memcpy(all, fixed, sizeof fixed);
    for (size_t i = 0; i < CASES; i++)
        all[FIXED + i] = (struct CMUnitTest){.name = cases[i].name, .test_func = runs, .initial_state = &rows[i]};
    return _cmocka_run_group_tests("child", all, FIXED + CASES + CALLS, NULL, NULL);
}
