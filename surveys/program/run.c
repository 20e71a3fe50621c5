/* `run`: the outputs of a plan, several at once, each as if its command were typed. */
#include "io/base/pool.h"
#include "surveys/program/asked.h"
#include "surveys/program/run.h"
#include "surveys/program/words.h"
#include <errno.h>
#include <fnmatch.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which outputs ---- */

static bool is_wanted(const baro_invocation *invocation, const char *file, bool *hit)
{
    bool wanted = !baro_is_given(invocation, BARO_OPTION_ONLY);
    for (size_t i = 0; i < invocation->n_given; i++)
        if (invocation->given[i].id == BARO_OPTION_ONLY && fnmatch(invocation->given[i].value, file, 0) == 0)
            wanted = hit[i] = true;
    return wanted;
}

/* The file of its survey, when that can be told already. */
static const char *survey_path(const baro_plan_output *output, baro_arena *arena)
{
    const char *name = baro_value_of(&output->invocation, BARO_OPTION_SURVEY);
    return name ? baro_survey_find(name, arena) : NULL;
}

static baro_status choose_jobs(baro_run_of_plan *run)
{
    const baro_invocation *invocation = run->invocation;
    bool *hit = BARO_ARRAY(run->arena, bool, invocation->n_given + 1);
    run->job = BARO_ARRAY(run->arena, baro_job, run->plan.n_outputs + 1);
    if (!hit || !run->job)
        return BARO_NO_MEMORY;
    memset(hit, 0, (invocation->n_given + 1) * sizeof *hit);
    for (size_t i = 0; i < run->plan.n_outputs; i++) {
        baro_plan_output *output = &run->plan.output[i];
        bool wanted = is_wanted(invocation, output->file, hit);
        run->job[run->n_jobs++] = (baro_job){.output = output, .wanted = wanted, .survey = survey_path(output, run->arena)};
    }
    for (size_t i = 0; i < invocation->n_given; i++)
        if (invocation->given[i].id == BARO_OPTION_ONLY && !hit[i])
            return baro_usage(run->error, "--only: no output is called '%s'",
                              baro_word_shown(invocation->given[i].value, run->arena));
    return BARO_OK;
}

/* ---- one reading for all of one file ---- */

typedef struct {
    baro_request *request; /* [n] */
    const baro_request **pointer;
    size_t *job, n;
    baro_reading reading;
} shared;

static bool same_data(const baro_request *a, const baro_request *b)
{
    bool same = a->n_data == b->n_data && memcmp(&a->survey->input, &b->survey->input, sizeof a->survey->input) == 0;
    for (size_t i = 0; same && i < a->n_data; i++)
        same = strcmp(a->data[i], b->data[i]) == 0;
    return same;
}

/* The request of a job that is to be made and has one; what is wrong with it is said when it is run. */
static bool ask(baro_run_of_plan *run, const baro_job *job, baro_request *request)
{
    const baro_invocation *invocation = &job->output->invocation;
    baro_survey *survey = BARO_NEW(run->arena, baro_survey);
    baro_error *unsaid = baro_error_new();
    bool asked = job->state != BARO_JOB_FAILED && (invocation->command->bit & BARO_IN_ESTIMATES) != 0 && survey &&
                 unsaid && baro_request_of_options(invocation, false, run->arena, survey, request, unsaid) == BARO_OK;
    baro_error_free(unsaid);
    return asked;
}

/* Reads what the jobs of one group want. A file that cannot be read fails those that are to be made, and is told once. */
static void read_shared(baro_run_of_plan *run, shared *s, baro_pool *pool)
{
    bool made = false;
    if (s->n < 2)
        return;
    for (size_t i = 0; i < s->n; i++)
        made = made || (run->job[s->job[i]].wanted && run->job[s->job[i]].state == BARO_JOB_WAITS);
    baro_error *unsaid = made ? NULL : baro_error_new();
    baro_status status = baro_requests_read(s->pointer, s->n, pool, run->arena, unsaid ? unsaid : run->error, &s->reading);
    baro_error_free(unsaid);
    for (size_t i = 0; i < s->n; i++) {
        baro_job *job = &run->job[s->job[i]];
        if (status)
            job->state = job->state == BARO_JOB_WAITS ? BARO_JOB_FAILED : job->state;
        else
            job->reading = &s->reading;
    }
}

static baro_status share_readings(baro_run_of_plan *run, baro_pool *pool, shared **out, size_t *n_out)
{
    baro_request *request = BARO_ARRAY(run->arena, baro_request, run->n_jobs + 1);
    size_t *group = BARO_ARRAY(run->arena, size_t, run->n_jobs + 1);
    shared *all = BARO_ARRAY(run->arena, shared, run->n_jobs + 1);
    *n_out = 0;
    if (!request || !group || !all)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < run->n_jobs; i++) {
        group[i] = SIZE_MAX;
        if (!ask(run, &run->job[i], &request[i]))
            continue;
        size_t g = 0;
        while (g < *n_out && !same_data(all[g].pointer[0], &request[i]))
            g++;
        if (g == *n_out) {
            all[g] = (shared){.request = request};
            all[g].pointer = BARO_ARRAY(run->arena, const baro_request *, run->n_jobs);
            all[g].job = BARO_ARRAY(run->arena, size_t, run->n_jobs);
            if (!all[g].pointer || !all[g].job)
                return BARO_NO_MEMORY;
            ++*n_out;
        }
        all[g].pointer[all[g].n] = &request[i];
        all[g].job[all[g].n++] = i;
    }
    for (size_t g = 0; g < *n_out; g++)
        read_shared(run, &all[g], pool);
    *out = all;
    return BARO_OK;
}

/* ---- making ---- */

typedef struct {
    baro_run_of_plan *run;
    size_t *due; /* [n] jobs that wait */
    size_t n, threads;
    atomic_size_t done;
    atomic_bool failed;
    bool keep_going, shows;
} making;

/* Folders on the way to a file of a plan are made. */
static void make_folders(const char *path, baro_arena *arena)
{
    char *copy = baro_arena_string(arena, path);
    for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            return; /* said when the file cannot be created */
        *slash = '/';
    }
}

static void show(making *m, const baro_job *job)
{
    size_t done = atomic_fetch_add(&m->done, 1) + 1;
    if (m->shows)
        fprintf(stderr, "\r\033[K%zu of %zu  %.60s", done, m->n, job->output->file);
}

static baro_status make_one(void *context, size_t index)
{
    making *m = context;
    baro_job *job = &m->run->job[m->due[index]];
    baro_invocation invocation = job->output->invocation;
    if (atomic_load(&m->failed) && !m->keep_going)
        return BARO_OK;
    if (job->state == BARO_JOB_FAILED) { /* when its levels were computed */
        atomic_store(&m->failed, true);
        show(m, job);
        return BARO_OK;
    }
    baro_arena *arena = baro_arena_new();
    job->error = job->error ? job->error : baro_error_new();
    invocation.together = job->together;
    invocation.reading = job->reading;
    invocation.threads = m->threads;
    baro_status status = BARO_NO_MEMORY;
    if (arena && job->error) {
        make_folders(job->output->path, arena);
        status = invocation.command->run(&invocation, arena, job->error);
    }
    baro_arena_free(arena);
    job->state = status == BARO_OK || status == BARO_NO ? BARO_JOB_MADE : BARO_JOB_FAILED;
    if (job->state == BARO_JOB_FAILED)
        atomic_store(&m->failed, true);
    show(m, job);
    return BARO_OK;
}

/* In two passes: what is hidden in an output depends on all the others. */
static baro_status make_jobs(making *m, baro_pool *pool)
{
    baro_run_of_plan *run = m->run;
    size_t due = 0;
    for (size_t i = 0; i < run->n_jobs; i++)
        due += run->job[i].wanted && run->job[i].state == BARO_JOB_WAITS;
    baro_status status = due ? baro_run_decide(run, pool, due > 1 ? 1 : 0) : BARO_OK;
    if (status == BARO_OK && due)
        status = baro_disclosure_written(run->invocation, NULL, run->disclosure, run->arena, run->error);
    for (size_t i = 0; i < run->n_jobs && status == BARO_OK; i++)
        if (run->job[i].wanted && (run->job[i].state == BARO_JOB_WAITS || run->job[i].error))
            m->due[m->n++] = i;
    m->threads = m->n > 1 ? 1 : 0; /* several at once: each in one thread */
    m->keep_going = baro_is_given(run->invocation, BARO_OPTION_KEEP_GOING);
    m->shows = m->n > 1 && isatty(2) && !baro_is_given(run->invocation, BARO_OPTION_QUIET);
    if (status == BARO_OK)
        status = baro_pool_run(pool, m->n, make_one, m);
    if (m->shows)
        fprintf(stderr, "\r\033[K");
    return status;
}

static baro_status make_all(baro_run_of_plan *run)
{
    making m = {.run = run, .due = BARO_ARRAY(run->arena, size_t, run->n_jobs + 1)};
    size_t jobs = baro_count_of(run->invocation, BARO_OPTION_JOBS, 0), n_shared = 0;
    shared *all = NULL;
    baro_pool *pool = baro_pool_new(jobs);
    baro_status status = m.due && pool ? baro_run_together(run) : BARO_NO_MEMORY;
    if (status == BARO_OK && run->disclosure)
        status = share_readings(run, pool, &all, &n_shared);
    if (status == BARO_OK)
        status = make_jobs(&m, pool);
    for (size_t g = 0; g < n_shared; g++)
        baro_reading_close(&all[g].reading);
    baro_run_apart(run);
    baro_pool_free(pool);
    return status;
}

/* ---- what is said ---- */

static void say_unsuppressed(const baro_run_of_plan *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n_jobs; i++)
        n += run->job[i].wanted && run->job[i].why && baro_is_given(&run->job[i].output->invocation, BARO_OPTION_NO_SUPPRESS);
    if (n)
        fprintf(stderr,
                "barometer: no_suppress: every cell is shown in %zu of the outputs; they are not for publication\n", n);
}

/* As a shell takes it. */
static void write_argument(baro_output *output, const char *argument)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./,:";
    if (strspn(argument, plain) == strlen(argument)) {
        baro_output_format(output, " %s", argument);
        return;
    }
    baro_output_text(output, " '");
    for (; *argument; argument++) {
        const char one[] = {*argument, '\0'};
        baro_output_text(output, *argument == '\'' ? "'\\''" : one);
    }
    baro_output_text(output, "'");
}

static baro_status say_plan(const baro_run_of_plan *run)
{
    baro_output *output;
    baro_status status = baro_output_open("-", &output, run->error);
    if (status)
        return status;
    for (size_t i = 0; i < run->n_jobs; i++) {
        const baro_job *job = &run->job[i];
        if (!job->wanted)
            continue;
        baro_output_format(output, "%s: %s\n", job->output->file, job->why ? job->why : "up to date");
        if (!job->why)
            continue;
        baro_output_text(output, "    barometer");
        for (size_t a = 0; a < job->output->n_arguments; a++)
            write_argument(output, job->output->argument[a]);
        baro_output_text(output, "\n");
    }
    return baro_output_close(output, run->error);
}

static const char *counted(baro_arena *arena, const char *so_far, size_t n, const char *what)
{
    return n ? baro_arena_format(arena, "%s%s%zu %s", so_far, *so_far ? ", " : "", n, what) : so_far;
}

/* Each failure with its name; remarks of all, once each; then how many of what. */
static baro_status say_all(baro_run_of_plan *run)
{
    size_t n[BARO_JOB_FAILED + 1] = {0};
    bool quiet = baro_is_given(run->invocation, BARO_OPTION_QUIET);
    for (size_t i = 0; i < run->n_jobs; i++) {
        baro_job *job = &run->job[i];
        if (!job->wanted)
            continue;
        n[job->state]++;
        if (job->error && job->state == BARO_JOB_FAILED) {
            fprintf(stderr, "barometer: %s:%zu: '%s' failed:\n", run->plan.path, job->output->line,
                    baro_word_shown(job->output->file, run->arena));
            baro_error_print(job->error, false, stderr);
        } else if (job->error) {
            baro_error_join(run->error, job->error);
        }
        baro_error_free(job->error);
    }
    const char *text = counted(run->arena, "", n[BARO_JOB_MADE], "made");
    text = counted(run->arena, text, n[BARO_JOB_CURRENT], "up to date");
    text = counted(run->arena, text, n[BARO_JOB_FAILED], "failed");
    text = counted(run->arena, text, n[BARO_JOB_WAITS], "not tried");
    if (!quiet || n[BARO_JOB_FAILED])
        fprintf(stderr, "%s: %s\n", run->plan.path, text && *text ? text : "nothing to make");
    return n[BARO_JOB_FAILED] ? BARO_NO : BARO_OK;
}

baro_status baro_command_run(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_run_of_plan run = {.invocation = invocation, .arena = arena, .error = error};
    if (invocation->n_files != 1)
        return baro_usage(error, "run: one plan file is wanted");
    baro_status status = baro_plan_read(invocation->files[0], arena, &run.plan, error);
    if (status == BARO_OK)
        status = choose_jobs(&run);
    if (status == BARO_OK)
        status = baro_run_compare(&run);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return say_plan(&run);
    if (status)
        return status;
    say_unsuppressed(&run);
    status = make_all(&run);
    if (status == BARO_OK)
        status = baro_run_remember(&run);
    const char *depfile = baro_value_of(invocation, BARO_OPTION_DEPFILE);
    if (status == BARO_OK && depfile)
        status = baro_run_depfile(&run, depfile);
    baro_status said = say_all(&run);
    return status ? status : said;
}
