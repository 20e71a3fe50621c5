/* What of a plan is out of date: by the sums of what goes in and of what came out. */
#include "io/base/output.h"
#include "surveys/model/survey.h"
#include "surveys/program/run.h"
#include "surveys/program/words.h"
#include "surveys/publishing/verify.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char first_line[] = "# barometer run: sums of what each output was made from, of the output, and of what is hidden in it\n";

/* ---- sums ---- */

/* Files are summed once a run. */
typedef struct {
    const char *path;
    char sum[BARO_SHA256_TEXT];
} known_sum;

typedef struct {
    baro_run_of_plan *run;
    known_sum *known;
    size_t n, room;
} sums;

static const char *sum_of(sums *s, const char *path)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->known[i].path, path) == 0)
            return s->known[i].sum;
    if (s->n == s->room) {
        size_t room = 2 * s->room + 64;
        known_sum *more = BARO_ARRAY(s->run->arena, known_sum, room);
        if (!more)
            return NULL;
        if (s->n > 0)
            memcpy(more, s->known, s->n * sizeof *more);
        s->known = more;
        s->room = room;
    }
    known_sum *one = &s->known[s->n++];
    one->path = path;
    if (strcmp(path, "-") == 0 || baro_sha256_file(path, one->sum, NULL, NULL) != BARO_OK)
        one->sum[0] = '\0'; /* what cannot be read is said when it is */
    return one->sum;
}

typedef struct {
    const char **item;
    size_t n;
} input_list;

/* The survey and the data of a --part; how many it names at most. */
static size_t count_of_part(const char *value)
{
    size_t n = 2;
    for (const char *c = value; *c; c++)
        n += *c == ',' || *c == '=';
    return n;
}

static void add_part(const baro_run_of_plan *run, const char *value, input_list *out)
{
    baro_words words;
    if (baro_words_cut("--part", value, "=,", run->arena, &words, NULL) != BARO_OK || words.n == 0)
        return; /* said when it is run */
    const char *survey = baro_survey_find(words.item[0].text, run->arena);
    if (survey)
        out->item[out->n++] = survey;
    for (size_t i = 1; i < words.n; i++)
        out->item[out->n++] = words.item[i].text;
}

static void add_given(const baro_run_of_plan *run, const baro_given *given, input_list *out)
{
    bool file = baro_option_at(given->id)->type == BARO_TAKES_FILE;
    if (given->id == BARO_OPTION_PART)
        add_part(run, given->value, out);
    else if (given->id == BARO_OPTION_SINCE) /* a pack is known by its manifest */
        out->item[out->n++] = baro_arena_format(run->arena, "%s/manifest.json", given->value);
    else if (file && given->id != BARO_OPTION_SURVEY && given->id != BARO_OPTION_OUTPUT &&
             given->id != BARO_OPTION_DATA)
        out->item[out->n++] = given->value;
}

const char **baro_run_inputs(const baro_run_of_plan *run, const baro_job *job, size_t *n)
{
    const baro_invocation *invocation = &job->output->invocation;
    size_t room = invocation->n_files + 1;
    for (size_t i = 0; i < invocation->n_given; i++)
        room += invocation->given[i].id == BARO_OPTION_PART ? count_of_part(invocation->given[i].value) : 1;
    input_list all = {.item = BARO_ARRAY(run->arena, const char *, room)};
    *n = 0;
    if (!all.item)
        return NULL;
    if (job->survey)
        all.item[all.n++] = job->survey;
    for (size_t i = 0; i < invocation->n_given; i++)
        add_given(run, &invocation->given[i], &all);
    for (size_t i = 0; i < invocation->n_files; i++)
        all.item[all.n++] = invocation->files[i];
    for (size_t i = 0; i < all.n; i++)
        if (!all.item[i])
            return NULL;
    *n = all.n;
    return all.item;
}

static baro_status sum_inputs(sums *s, baro_job *job)
{
    size_t n;
    const char **input = baro_run_inputs(s->run, job, &n);
    baro_sha256 sum;
    bool all = true;
    if (!input)
        return BARO_NO_MEMORY;
    baro_sha256_begin(&sum);
    baro_sha256_add(&sum, BARO_VERSION, sizeof BARO_VERSION);
    for (size_t i = 0; i < job->output->n_arguments; i++)
        baro_sha256_add(&sum, job->output->argument[i], strlen(job->output->argument[i]) + 1);
    for (size_t i = 0; i < n; i++) {
        const char *one = sum_of(s, input[i]);
        if (!one)
            return BARO_NO_MEMORY;
        all = all && *one;
        baro_sha256_add(&sum, one, strlen(one) + 1);
    }
    baro_sha256_end(&sum, job->inputs);
    if (!all)
        job->inputs[0] = '\0';
    return BARO_OK;
}

/* The manifest of a pack that holds what it names and nothing else; NULL: something in it is not as it was made. */
static const char *manifest_of(baro_run_of_plan *run, const char *folder)
{
    const char *path = baro_arena_format(run->arena, "%s/" BARO_MANIFEST, folder);
    baro_error *unsaid = baro_error_new();
    baro_manifest manifest;
    baro_file_findings found = {.n = 0};
    bool whole = path && unsaid && baro_manifest_read(path, run->arena, &manifest, unsaid) == BARO_OK &&
                 baro_folder_compare(folder, &manifest, run->arena, &found, unsaid) == BARO_OK && found.n == 0;
    baro_error_free(unsaid);
    return whole ? path : NULL;
}

/* A pack is known by its manifest. A name with { } stands for several files: not followed. */
static void sum_output(baro_run_of_plan *run, baro_job *job)
{
    struct stat what;
    const char *path = job->output->path;
    job->written[0] = '\0';
    if (strchr(path, '{') || stat(path, &what) != 0)
        return;
    if (S_ISDIR(what.st_mode) && !(path = manifest_of(run, path)))
        return;
    if (!path || baro_sha256_file(path, job->written, NULL, NULL) != BARO_OK)
        job->written[0] = '\0';
}

/* ---- what was made last time ---- */

typedef struct {
    char inputs[BARO_SHA256_TEXT], written[BARO_SHA256_TEXT], hidden[BARO_SHA256_TEXT];
    const char *file;
} memory;

typedef struct {
    memory *item;
    size_t n;
} memories;

static const char *memory_path(const baro_run_of_plan *run)
{
    const char *plan = run->plan.path, *slash = strrchr(plan, '/');
    size_t folder = slash ? (size_t)(slash - plan) + 1 : 0;
    return baro_arena_format(run->arena, "%.*s.%s.made", (int)folder, plan, plan + folder);
}

/* A file that is not there, or not as it should be, remembers nothing: all is made again. */
static baro_status read_memories(baro_run_of_plan *run, memories *out)
{
    enum { LINE = 8192 };
    char line[LINE];
    size_t room = 0;
    const char *path = memory_path(run);
    FILE *file = path ? fopen(path, "r") : NULL;
    *out = (memories){NULL, 0};
    baro_status status = path ? BARO_OK : BARO_NO_MEMORY;
    while (file && status == BARO_OK && fgets(line, LINE, file)) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        if (line[0] == '#' || length < 196 || line[64] != ' ' || line[129] != ' ' || line[194] != ' ')
            continue;
        if (out->n == room) {
            room = 2 * room + 64;
            memory *more = BARO_ARRAY(run->arena, memory, room);
            if (more && out->n > 0)
                memcpy(more, out->item, out->n * sizeof *more);
            status = more ? BARO_OK : BARO_NO_MEMORY;
            out->item = more ? more : out->item;
        }
        if (status == BARO_OK) {
            memory *one = &out->item[out->n++];
            snprintf(one->inputs, sizeof one->inputs, "%.64s", line);
            snprintf(one->written, sizeof one->written, "%.64s", line + 65);
            snprintf(one->hidden, sizeof one->hidden, "%.*s", (int)strcspn(line + 130, " -"), line + 130);
            one->file = baro_arena_string(run->arena, line + 195);
            status = one->file ? BARO_OK : BARO_NO_MEMORY;
        }
    }
    if (file)
        fclose(file);
    return status;
}

static const memory *remembered(const memories *all, const char *file)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->item[i].file, file) == 0)
            return &all->item[i];
    return NULL;
}

static const char *why_made(const baro_job *job, const memory *last)
{
    struct stat what;
    if (strchr(job->output->path, '{'))
        return "its files are not followed";
    if (stat(job->output->path, &what) != 0)
        return "it is not there";
    if (!last)
        return "it was not made by this plan";
    if (!job->inputs[0] || strcmp(job->inputs, last->inputs) != 0)
        return "its command, survey file or data changed";
    return strcmp(job->written, last->written) != 0 ? "it was changed" : NULL;
}

baro_status baro_run_compare(baro_run_of_plan *run)
{
    memories last;
    sums s = {.run = run};
    baro_status status = read_memories(run, &last);
    for (size_t i = 0; i < run->n_jobs && status == BARO_OK; i++) {
        baro_job *job = &run->job[i];
        status = sum_inputs(&s, job);
        sum_output(run, job);
        const memory *last_time = remembered(&last, job->output->file);
        if (last_time)
            memcpy(job->was_hidden, last_time->hidden, sizeof job->was_hidden);
        job->why = baro_is_given(run->invocation, BARO_OPTION_ALWAYS)
                       ? "--always"
                       : why_made(job, last_time);
        job->state = job->why ? BARO_JOB_WAITS : BARO_JOB_CURRENT;
    }
    return status;
}

/* The job of a file, whether it was asked for or not. */
static const baro_job *job_of(const baro_run_of_plan *run, const char *file)
{
    for (size_t i = 0; i < run->n_jobs; i++)
        if (strcmp(run->job[i].output->file, file) == 0)
            return &run->job[i];
    return NULL;
}

static void remember(baro_output *output, const char *inputs, const char *written, const char *hidden, const char *file)
{
    static const char none[] = "----------------------------------------------------------------";
    baro_output_format(output, "%s %s %s %s\n", inputs, written, *hidden ? hidden : none, file);
}

baro_status baro_run_remember(baro_run_of_plan *run)
{
    memories last;
    baro_output *output;
    const char *path = memory_path(run);
    baro_status status = path ? read_memories(run, &last) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_output_open(path, &output, run->error);
    if (status)
        return status;
    baro_output_text(output, first_line);
    for (size_t i = 0; i < run->plan.n_outputs; i++) {
        const char *file = run->plan.output[i].file;
        const baro_job *job = job_of(run, file);
        const memory *old = remembered(&last, file);
        if (job && job->wanted && job->state == BARO_JOB_MADE) {
            baro_job now = *job;
            sum_output(run, &now);
            if (now.inputs[0] && now.written[0])
                remember(output, now.inputs, now.written, now.hidden, file);
        } else if (old && (!job || !job->wanted || job->state == BARO_JOB_CURRENT)) {
            remember(output, old->inputs, old->written, old->hidden, file);
        }
    }
    return baro_output_close(output, run->error);
}

/* ---- make ---- */

/* Spaces and what make would read otherwise. */
static void write_name(baro_output *output, const char *name)
{
    for (; *name; name++) {
        const char one[] = {*name, '\0'};
        baro_output_text(output, *name == '$' ? "$$" : *name == ' ' ? "\\ " : *name == '#' ? "\\#" : one);
    }
}

baro_status baro_run_depfile(baro_run_of_plan *run, const char *path)
{
    baro_output *output;
    baro_status status = baro_output_open(path, &output, run->error);
    if (status)
        return status;
    for (size_t i = 0; i < run->n_jobs; i++) {
        size_t n;
        const char **input = baro_run_inputs(run, &run->job[i], &n);
        if (!run->job[i].wanted || strchr(run->job[i].output->path, '{'))
            continue;
        write_name(output, run->job[i].output->path);
        baro_output_text(output, ": ");
        write_name(output, run->plan.path);
        for (size_t k = 0; input && k < n; k++)
            if (strcmp(input[k], "-") != 0) {
                baro_output_text(output, " ");
                write_name(output, input[k]);
            }
        baro_output_text(output, "\n");
    }
    return baro_output_close(output, run->error);
}
