/* What a plan publishes is published together: the levels of all its outputs are computed, what is hidden is decided over all of them, and
 * only then is anything written; also of the outputs that --only leaves out. */
#include "surveys/program/run.h"
#include <stdio.h>
#include <string.h>

/* Commands that hand over levels (answered.c). */
static bool has_levels(const baro_invocation *invocation)
{
    static baro_status (*const run[])(const baro_invocation *, baro_arena *, baro_error *) = {
        baro_command_table, baro_command_trend, baro_command_chart_bars, baro_command_chart_trend, baro_command_gap,
        baro_command_chart_gap, baro_command_chart_spread, baro_command_chart_likert, baro_command_chart_tiles, baro_command_chart_heat,
        baro_command_chart_multiples};
    /* what changed, or is split by mix, rests on levels that are not handed over */
    if (baro_is_given(invocation, BARO_OPTION_CHANGE) || baro_is_given(invocation, BARO_OPTION_MIX))
        return false;
    for (size_t i = 0; i < sizeof run / sizeof *run; i++)
        if (invocation->command->run == run[i])
            return true;
    return false;
}

baro_status baro_run_together(baro_run_of_plan *run)
{
    bool any = false;
    for (size_t i = 0; i < run->n_jobs; i++)
        any = any || (run->job[i].wanted && run->job[i].state == BARO_JOB_WAITS);
    if (!any)
        return BARO_OK;
    run->disclosure = baro_disclosure_new();
    if (!run->disclosure)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < run->n_jobs; i++) {
        baro_job *job = &run->job[i];
        job->together = BARO_NEW(run->arena, baro_together);
        if (!job->together)
            return BARO_NO_MEMORY;
        *job->together = (baro_together){.all = run->disclosure};
    }
    return BARO_OK;
}

typedef struct {
    baro_run_of_plan *run;
    size_t threads;
} computing;

/* What goes wrong with an output that is to be made is its failure; of another, it publishes nothing new. */
static baro_status compute_one(void *context, size_t index)
{
    const computing *c = context;
    baro_job *job = &c->run->job[index];
    baro_invocation invocation = job->output->invocation;
    if (!has_levels(&invocation) || job->state == BARO_JOB_FAILED)
        return BARO_OK;
    job->together->arena = baro_arena_new();
    baro_error *error = baro_error_new();
    invocation.reading = job->reading;
    invocation.threads = c->threads;
    invocation.together = job->together;
    baro_status status = BARO_NO_MEMORY;
    if (job->together->arena && error)
        status = invocation.command->run(&invocation, job->together->arena, error);
    bool made = job->wanted && job->state == BARO_JOB_WAITS;
    if (made) {
        job->error = error;
        job->state = status == BARO_NO || status == BARO_OK ? BARO_JOB_WAITS : BARO_JOB_FAILED;
    } else {
        baro_error_free(error);
    }
    return BARO_OK;
}

/* Which rows and differences are hidden, as a sum. */
static void sum_hidden(baro_job *job)
{
    const baro_results *results = job->together->results;
    baro_sha256 sum;
    baro_sha256_begin(&sum);
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        unsigned char is = (unsigned char)((row->marks & BARO_MARK_SUPPRESSED) != 0) | (unsigned char)(row->difference_hidden << 1);
        baro_sha256_add(&sum, &is, 1);
    }
    baro_sha256_end(&sum, job->hidden);
}

baro_status baro_run_decide(baro_run_of_plan *run, baro_pool *pool, size_t threads)
{
    computing c = {run, threads};
    baro_status status = baro_pool_run(pool, run->n_jobs, compute_one, &c);
    for (size_t i = 0; i < run->n_jobs && status == BARO_OK; i++)
        if (run->job[i].together->results)
            status = baro_disclosure_add(run->disclosure, run->job[i].together->results, run->job[i].output->file);
    if (status == BARO_OK)
        status = baro_disclosure_solve(run->disclosure);
    for (size_t i = 0; i < run->n_jobs && status == BARO_OK; i++) {
        baro_job *job = &run->job[i];
        job->together->publishing = true;
        if (!job->together->results)
            continue;
        sum_hidden(job);
        if (job->wanted && job->state == BARO_JOB_CURRENT && strcmp(job->hidden, job->was_hidden) != 0) {
            job->state = BARO_JOB_WAITS;
            job->why = "what is hidden in it changed with the plan";
        }
    }
    return status;
}

void baro_run_apart(baro_run_of_plan *run)
{
    for (size_t i = 0; run->disclosure && i < run->n_jobs; i++)
        if (run->job[i].together)
            baro_arena_free(run->job[i].together->arena);
    baro_disclosure_free(run->disclosure);
    run->disclosure = NULL;
}
