/* pipe2 is POSIX since 2024; older headers show it only so. It closes the gap in which another thread's child could
 * inherit our pipes. */
#define _GNU_SOURCE 1
#include "io/base/child.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, NAP_MILLISECONDS = 10 };

typedef struct {
    char *bytes;
    size_t length, capacity, limit;
    bool over, no_memory;
} catcher;

typedef struct {
    const baro_child_job *job;
    pid_t pid;
    int to, from, errors; /* our ends of its three streams, -1 when closed */
    size_t sent;
    double deadline;
    catcher caught, complaints;
    bool late;
} running;

static double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_pair(int pair[2])
{
    close_end(&pair[0]);
    close_end(&pair[1]);
}

/* A pipe whose ends are above 2, so that no dup2 below meets its own number and keeps close-on-exec. */
static bool make_pipe(int pair[2])
{
    if (pipe2(pair, O_CLOEXEC) != 0) {
        pair[0] = pair[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (pair[i] > 2)
            continue;
        int moved = fcntl(pair[i], F_DUPFD_CLOEXEC, 3);
        if (moved < 0) {
            int saved = errno;
            close_pair(pair);
            errno = saved;
            return false;
        }
        close(pair[i]);
        pair[i] = moved;
    }
    return true;
}

static bool never_wait(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

static bool catch_bytes(catcher *c, const char *bytes, size_t length)
{
    if (length > c->limit - c->length) {
        c->over = true;
        length = c->limit - c->length;
    }
    if (length > c->capacity - c->length) {
        size_t wanted = c->capacity < CHUNK ? CHUNK : c->capacity;
        while (wanted - c->length < length && wanted <= SIZE_MAX / 4)
            wanted *= 2;
        if (wanted - c->length < length) {
            c->no_memory = true;
            return false;
        }
        char *grown = realloc(c->bytes, wanted + 1);
        if (!grown) {
            c->no_memory = true;
            return false;
        }
        c->bytes = grown;
        c->capacity = wanted;
    }
    if (length > 0)
        memcpy(c->bytes + c->length, bytes, length);
    c->length += length;
    return true;
}

/* How a child comes to be: writes its number, returns 0 or an errno. */
typedef struct {
    const baro_child_job *job;
    char *const *environment; /* of a program */
    baro_child_work *work;    /* NULL: a program */
    void *context;
} beginning;

static const int back_to_usual[] = {SIGPIPE, SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGCHLD, SIGXFSZ};
enum { BACK_TO_USUAL = sizeof back_to_usual / sizeof *back_to_usual };

/* The copy of this process: its streams, signals as a fresh program has them, the work, and out, without anything that
 * exit would do in our name. */
static void be_the_copy(const beginning *b, int in, int out, int err)
{
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    bool ready = dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2;
    for (size_t i = 0; i < BACK_TO_USUAL; i++)
        ready = signal(back_to_usual[i], SIG_DFL) != SIG_ERR && ready;
    ready = pthread_sigmask(SIG_SETMASK, &none, NULL) == 0 && ready;
    _exit(ready && b->work(b->context, 1) ? 0 : 1);
}

static int start_copy(const beginning *b, int in[2], int out[2], int err[2], pid_t *pid)
{
    *pid = fork();
    if (*pid < 0)
        return errno;
    if (*pid == 0)
        be_the_copy(b, in[0], out[1], err[1]);
    setpgid(*pid, *pid); /* whoever comes first: it must be done before the group is killed */
    return 0;
}

/* Its own process group, so that the time limit also reaches what it started itself. Signals as a fresh program has
 * them. */
static int start_program(const beginning *b, int in[2], int out[2], int err[2], pid_t *pid)
{
    const baro_child_job *job = b->job;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed) {
        posix_spawn_file_actions_destroy(&actions);
        return failed;
    }
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (size_t i = 0; i < BACK_TO_USUAL; i++)
        sigaddset(&usual, back_to_usual[i]);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    failed = posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&actions, err[1], 2);
    if (!failed) {
        /* posix_spawnp wants char *const [] for history's sake and changes nothing: the copy of pointers keeps const
         * honest */
        size_t n = 0;
        while (job->arguments[n])
            n++;
        char **arguments = n < SIZE_MAX / sizeof *arguments ? malloc((n + 1) * sizeof *arguments) : NULL;
        if (arguments) {
            memcpy(arguments, job->arguments, (n + 1) * sizeof *arguments);
            failed = posix_spawnp(pid, arguments[0], &actions, &attributes, arguments, b->environment);
        } else {
            failed = ENOMEM;
        }
        free(arguments);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static void drain(int *fd, catcher *c, bool drop_the_rest)
{
    char buffer[CHUNK];
    ssize_t got = read(*fd, buffer, sizeof buffer);
    if (got > 0) {
        if (!catch_bytes(c, buffer, (size_t)got) || (c->over && !drop_the_rest))
            close_end(fd);
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_end(fd);
    }
}

static void feed(running *r)
{
    ssize_t sent = write(r->to, r->job->input + r->sent, r->job->input_length - r->sent);
    if (sent > 0)
        r->sent += (size_t)sent;
    else if (sent < 0 && errno != EAGAIN && errno != EINTR)
        close_end(&r->to); /* it does not want more: its exit status will say whether that is a fault */
    if (r->to >= 0 && r->sent == r->job->input_length)
        close_end(&r->to);
}

/* Serves the three streams until both outputs end, the time is up, or there is too much. False: it must be killed. */
static bool serve(running *r)
{
    if (r->job->input_length == 0)
        close_end(&r->to);
    while (r->from >= 0 || r->errors >= 0) {
        double left = r->deadline - clock_now();
        if (left <= 0) {
            r->late = true;
            return false;
        }
        struct pollfd ends[3] = {{r->to, POLLOUT, 0}, {r->from, POLLIN, 0}, {r->errors, POLLIN, 0}};
        int ready = poll(ends, 3, left > 60 ? 60000 : (int)(left * 1000) + 1);
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready <= 0)
            continue;
        if (ends[0].revents)
            feed(r);
        if (ends[1].revents)
            drain(&r->from, &r->caught, false);
        if (ends[2].revents)
            drain(&r->errors, &r->complaints, true);
        if (r->caught.over || r->caught.no_memory || r->complaints.no_memory)
            return false;
    }
    return true;
}

/* It may close its streams and go on: the time limit still holds. The group is killed in any case, for grandchildren.
 */
static int end_of(running *r, bool kill_now)
{
    int status = 0;
    for (;;) {
        if (kill_now)
            kill(-r->pid, SIGKILL);
        pid_t ended = waitpid(r->pid, &status, kill_now ? 0 : WNOHANG);
        if (ended == r->pid)
            return status;
        if (ended < 0 && errno != EINTR)
            return -1;
        if (kill_now)
            continue;
        if (clock_now() > r->deadline) {
            r->late = kill_now = true;
        } else {
            struct timespec nap = {0, NAP_MILLISECONDS * 1000000L};
            nanosleep(&nap, NULL);
        }
    }
}

/* Blocks SIGPIPE for this thread; writing to a child that is gone must be an answer, not a death. */
static bool hold_sigpipe(sigset_t *before, bool *was_pending)
{
    sigset_t pipe_only, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    *was_pending = sigismember(&pending, SIGPIPE) == 1;
    return pthread_sigmask(SIG_BLOCK, &pipe_only, before) == 0;
}

static void release_sigpipe(const sigset_t *before, bool was_pending)
{
    sigset_t pipe_only;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    struct timespec no_time = {0, 0};
    if (!was_pending)
        while (sigtimedwait(&pipe_only, NULL, &no_time) < 0 && errno == EINTR)
            ;
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static baro_status judge(const running *r, const char *what, int status, int *exit_status, baro_error *error)
{
    const baro_where_it_is nowhere = {0};
    const char *name = r->job->arguments[0];
    *exit_status = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (r->caught.no_memory || r->complaints.no_memory)
        return baro_fault_add(error, BARO_NO_MEMORY, nowhere, "%s: out of memory", what);
    if (r->late)
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s did not end within %g seconds and was stopped",
                              what, name, r->job->seconds);
    if (r->caught.over)
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s wrote more than %zu bytes and was stopped", what,
                              name, r->job->output_limit);
    if (status != -1 && WIFSIGNALED(status))
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s was ended by signal %d", what, name,
                              WTERMSIG(status));
    if (*exit_status == 127)
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s cannot be run; is it installed?", what, name);
    if (*exit_status != 0)
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s failed with status %d", what, name,
                              *exit_status);
    return BARO_OK;
}

/* What it complained of goes to people: bytes that a terminal could obey become '?'. */
static bool finish_text(catcher *c, bool printable)
{
    if (!c->bytes) {
        c->bytes = malloc(1);
        if (!c->bytes)
            return false;
    }
    c->bytes[c->length] = '\0';
    for (size_t i = 0; printable && i < c->length; i++) {
        unsigned char byte = (unsigned char)c->bytes[i];
        if ((byte < 0x20 && byte != '\n') || byte >= 0x7F)
            c->bytes[i] = '?';
    }
    return true;
}

static baro_status run_started(running *r, const char *what, baro_child_answer *answer, baro_error *error)
{
    sigset_t before;
    bool was_pending;
    bool held = hold_sigpipe(&before, &was_pending);
    bool served = held && never_wait(r->to) && never_wait(r->from) && never_wait(r->errors) && serve(r);
    close_end(&r->to);
    close_end(&r->from);
    close_end(&r->errors);
    int ended = end_of(r, !served);
    if (held)
        release_sigpipe(&before, was_pending);
    baro_status status = judge(r, what, ended, &answer->exit_status, error);
    if (status == BARO_OK && (!finish_text(&r->caught, false) || !finish_text(&r->complaints, true)))
        status = baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "%s: out of memory", what);
    if (status != BARO_OK) {
        free(r->caught.bytes);
        free(r->complaints.bytes);
        return status;
    }
    answer->output = r->caught.bytes;
    answer->output_length = r->caught.length;
    answer->errors = r->complaints.bytes;
    return BARO_OK;
}

/* Pipes, the child, and what becomes of it. */
static baro_status run_beginning(const beginning *b, const char *what, baro_child_answer *answer, baro_error *error)
{
    const baro_where_it_is nowhere = {0};
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    running r = {.job = b->job, .to = -1, .from = -1, .errors = -1};
    int failed = make_pipe(in) && make_pipe(out) && make_pipe(err) ? 0 : errno;
    if (!failed)
        failed = b->work ? start_copy(b, in, out, err, &r.pid) : start_program(b, in, out, err, &r.pid);
    if (failed) {
        close_pair(in);
        close_pair(out);
        close_pair(err);
        if (failed == ENOMEM)
            return baro_fault_add(error, BARO_NO_MEMORY, nowhere, "%s: out of memory", what);
        const char *why = failed == ENOENT ? "" : strerror(failed);
        return baro_fault_add(error, BARO_NO_PROGRAM, nowhere, "%s: %s cannot be run%s%s; is it installed?", what,
                              b->job->arguments[0], *why ? ": " : "", why);
    }
    close_end(&in[0]);
    close_end(&out[1]);
    close_end(&err[1]);
    r.to = in[1];
    r.from = out[0];
    r.errors = err[0];
    r.caught.limit = b->job->output_limit;
    r.complaints.limit = b->job->errors_limit;
    r.deadline = clock_now() + b->job->seconds;
    return run_started(&r, what, answer, error);
}

baro_status baro_child_run(const baro_child_job *job, const char *what, baro_child_answer *answer, baro_error *error)
{
    *answer = (baro_child_answer){.exit_status = -1};
    const char *path = getenv("PATH");
    size_t room = sizeof "PATH=" + (path ? strlen(path) : sizeof "/usr/bin:/bin");
    char *path_entry = malloc(room);
    if (!path_entry)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "%s: out of memory", what);
    memcpy(path_entry, "PATH=", sizeof "PATH=");
    strcat(path_entry, path ? path : "/usr/bin:/bin");
    char c_locale[] = "LC_ALL=C", no_home[] = "HOME=/nonexistent";
    char *environment[] = {path_entry, c_locale, no_home, NULL};
    const beginning of_program = {.job = job, .environment = environment};
    baro_status status = run_beginning(&of_program, what, answer, error);
    free(path_entry);
    return status;
}

baro_status baro_child_call(const baro_child_job *job, baro_child_work *work, void *context, const char *what,
                            baro_child_answer *answer, baro_error *error)
{
    *answer = (baro_child_answer){.exit_status = -1};
    const beginning of_copy = {.job = job, .work = work, .context = context};
    return run_beginning(&of_copy, what, answer, error);
}

void baro_child_answer_free(baro_child_answer *answer)
{
    free(answer->output);
    free(answer->errors);
    *answer = (baro_child_answer){.exit_status = -1};
}
