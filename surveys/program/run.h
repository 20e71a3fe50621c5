/** What the files of `run` share: the outputs of a plan on their way. */
#ifndef BARO_SURVEYS_PROGRAM_RUN_H
#define BARO_SURVEYS_PROGRAM_RUN_H
#include "io/base/sha256.h"
#include "surveys/analyses/result.h"
#include "surveys/program/answered.h"
#include "surveys/program/plan.h"

typedef enum { BARO_JOB_WAITS, BARO_JOB_CURRENT, BARO_JOB_MADE, BARO_JOB_FAILED } baro_job_state;

typedef struct {
    baro_plan_output *output;
    const char *why;                /* it is to be made; NULL: it is up to date */
    const char *survey;             /* file; NULL without one */
    char inputs[BARO_SHA256_TEXT];  /* sum of all that it is made from, "" unknown */
    char written[BARO_SHA256_TEXT]; /* sum of the output itself, as it stands */
    char hidden[BARO_SHA256_TEXT];  /* of what is hidden in it, "" where nothing could be or it is not known */
    char was_hidden[BARO_SHA256_TEXT]; /* when it was last made */
    bool wanted;                    /* false: here for what it publishes beside the others */
    baro_together *together;        /* NULL: has no levels */
    const baro_reading *reading;
    baro_job_state state;
    baro_error *error; /* what was said while it was made */
} baro_job;

typedef struct {
    const baro_invocation *invocation;
    baro_arena *arena;
    baro_error *error;
    baro_plan plan;
    baro_job *job; /* in the order of the plan */
    size_t n_jobs;
    baro_disclosure *disclosure; /* over all that the plan publishes; NULL: nothing is to be made */
} baro_run_of_plan;

/** Jobs whose levels are published together get their part in it, before data are read. */
baro_status baro_run_together(baro_run_of_plan *run);
/** Computes the levels of all outputs, decides what is hidden in which; outputs in which that changed are made again. */
baro_status baro_run_decide(baro_run_of_plan *run, baro_pool *pool, size_t threads);
/** Ends what the two above began. */
void baro_run_apart(baro_run_of_plan *run);

/**
 * Says for each job whether it is up to date: made by the same command line and version, from the same bytes, and still
 * as it was written. What was last made is remembered in a file beside the plan.
 */
baro_status baro_run_compare(baro_run_of_plan *run);
/** Remembers what was made, beside the plan. */
baro_status baro_run_remember(baro_run_of_plan *run);
/** Every file that an output is made from: its survey file, data, and files of options; those of the command line, `*n`
 * of them. */
const char **baro_run_inputs(const baro_run_of_plan *run, const baro_job *job, size_t *n);
/** A rule for make: the outputs, and what they depend on. */
baro_status baro_run_depfile(baro_run_of_plan *run, const char *path);

#endif
