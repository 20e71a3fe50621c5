/* What divides opinion: factors bound, the domain that they share, one task a measure, rows. */
#include "surveys/analyses/spread.h"
#include "surveys/analyses/interviews.h"
#include "surveys/analyses/spread_work.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_interviews read;
    baro_spreads *out;
    const baro_bound_group **factor; /* [factors] */
    size_t factors;
    unsigned char *domain; /* [rows] answered on every factor */
    baro_spread_replicates *made;
    baro_spread_task *task; /* [measures] */
    size_t n_tasks;
    const char **left_out;
} plan;

static baro_status usage(baro_analysis *analysis, const char *what)
{
    return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "%s", what);
}

/* ---- factors ---- */

static bool overlaps(const baro_bound_group *group)
{
    for (size_t pattern = 1; pattern < group->patterns; pattern++) {
        size_t members = 0;
        for (size_t c = 0; c < group->n; c++)
            members += group->member[pattern * group->n + c];
        if (members > 1)
            return true;
    }
    return false;
}

/* A share of the variance is of groups that part the interviews. Named, another is a mistake; else it is left out. */
static baro_status bind_factors(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_request *request = analysis->request;
    p->factor = BARO_ARRAY(analysis->arena, const baro_bound_group *, request->n_by + 1);
    p->left_out = BARO_ARRAY(analysis->arena, const char *, request->n_by + 1);
    if (!p->factor || !p->left_out)
        return baro_analysis_no_memory(analysis);
    for (size_t i = 0; i < request->n_by; i++) {
        const baro_group *group = baro_analysis_group(analysis, request->by[i].first);
        baro_status status = baro_bind_group(analysis->binding, group, &p->factor[p->factors]);
        if (status)
            return status;
        if (!overlaps(p->factor[p->factors])) {
            p->factors++;
            continue;
        }
        if (request->by_named)
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--by %s: its categories overlap; a factor needs each interview in one", group->id);
        p->left_out[p->out->left_out.n++] = group->label;
    }
    p->out->left_out.item = p->left_out;
    return p->factors ? BARO_OK : usage(analysis, "spread needs a factor whose categories do not overlap; give --by");
}

/* Patterns that belong to a category. */
static bool *known_patterns(baro_arena *arena, const baro_bound_group *group)
{
    bool *known = BARO_ARRAY(arena, bool, group->patterns + 1);
    for (size_t pattern = 1; known && pattern < group->patterns; pattern++)
        for (size_t c = 0; c < group->n; c++)
            known[pattern] = known[pattern] || group->member[pattern * group->n + c];
    return known;
}

static bool is_pooled(const baro_request *request)
{
    return !request->trend && (request->all_periods || request->has_from || request->has_to);
}

/* Whether the factor was asked of any interview of a pooled window. */
static bool is_asked(const plan *p, const baro_bound_group *group)
{
    const baro_run *run = &p->read.run;
    for (size_t s = 0; s < run->sources; s++)
        for (size_t row = run->source_first_row[s]; row < run->source_first_row[s + 1] && !group->source_lacks[s];
             row++) {
            long unit = run->unit ? run->unit[row] : 0;
            for (size_t t = 0; t < p->read.windows.n; t++)
                if (unit >= p->read.windows.window[t].first && unit <= p->read.windows.window[t].last)
                    return true;
        }
    return false;
}

/*
 * Interviews whose answer to factor k is not known leave the domain of all factors; but not those of files without the
 * column: there the factor was not asked, and is not ranked.
 */
static baro_status leave_unknown(plan *p, const baro_bound_group *group)
{
    const baro_run *run = &p->read.run;
    bool *known = known_patterns(p->read.analysis->arena, group);
    bool needed = is_pooled(p->read.analysis->request) && is_asked(p, group);
    if (!known)
        return baro_analysis_no_memory(p->read.analysis);
    for (size_t s = 0; s < run->sources; s++)
        for (size_t row = run->source_first_row[s]; row < run->source_first_row[s + 1]; row++)
            if (group->source_lacks[s] ? needed : !known[group->pattern[row]])
                p->domain[row] = 0;
    return BARO_OK;
}

static baro_status make_domain(plan *p)
{
    const baro_run *run = &p->read.run;
    baro_status status = BARO_OK;
    p->domain = BARO_ARRAY(p->read.analysis->arena, unsigned char, run->rows + 1);
    if (!p->domain)
        return baro_analysis_no_memory(p->read.analysis);
    for (size_t row = 0; row < run->rows; row++)
        p->domain[row] = !run->domain || run->domain[row] == 1;
    for (size_t k = 0; k < p->factors && status == BARO_OK; k++)
        status = leave_unknown(p, p->factor[k]);
    return status;
}

/* ---- tasks ---- */

/* Scores, or numbers, with their squares behind them, for the variance that a mean's share is of. */
static baro_status add_squares(plan *p, baro_bound_measure *measure)
{
    baro_arena *arena = p->read.analysis->arena;
    size_t rows = p->read.run.rows;
    double *score = BARO_ARRAY(arena, double, 2 * measure->levels + 1);
    if (measure->score) {
        for (size_t i = 0; score && i < measure->levels; i++) {
            score[2 * i] = measure->score[i];
            score[2 * i + 1] = measure->score[i] * measure->score[i];
        }
        measure->score = score;
    } else {
        const double **number = BARO_ARRAY(arena, const double *, 2);
        double *square = BARO_ARRAY(arena, double, rows + 1);
        if (!number || !square || !measure->number)
            return baro_analysis_no_memory(p->read.analysis);
        for (size_t row = 0; row < rows; row++) {
            double y = measure->number[0][row] - measure->shift;
            square[row] = y * y + measure->shift; /* the shift is taken off again */
        }
        number[0] = measure->number[0];
        number[1] = square;
        measure->number = number;
    }
    measure->outcomes = 2;
    measure->source_lacks = NULL;
    return score ? BARO_OK : baro_analysis_no_memory(p->read.analysis);
}

static baro_status bind_task(plan *p, size_t m, baro_spread_task *task)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_survey *survey = analysis->request->survey;
    baro_cross_task everyone;
    baro_status status = baro_interviews_bind(&p->read, m, SIZE_MAX, &everyone);
    if (status)
        return status;
    *task = (baro_spread_task){.run = *everyone.run,
                               .measure = *everyone.measure,
                               .cross = BARO_ARRAY(analysis->arena, baro_cross_task, p->factors + 1),
                               .factors = p->factors,
                               .asked = &p->out->asked,
                               .made = p->made,
                               .drawn = survey->sampling == BARO_SAMPLING_PROBABILITY || survey->model,
                               .lonely = SIZE_MAX};
    task->run.domain = p->domain;
    if (!task->cross)
        return baro_analysis_no_memory(analysis);
    if (task->measure.measure->statistic == BARO_STAT_MEAN)
        status = add_squares(p, &task->measure);
    for (size_t k = 0; k < p->factors; k++)
        task->cross[k] = (baro_cross_task){
            .run = &task->run, .measure = &task->measure, .first = p->factor[k], .table = k, .lonely = SIZE_MAX};
    baro_spread_size(task);
    task->rows = BARO_ARRAY(analysis->arena, baro_spread_row, task->n_rows + 1);
    return task->rows ? status : baro_analysis_no_memory(analysis);
}

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_survey *survey = analysis->request->survey;
    baro_status status = BARO_OK;
    p->task = BARO_ARRAY(analysis->arena, baro_spread_task, analysis->n_measures + 1);
    if (!p->task)
        return baro_analysis_no_memory(analysis);
    if (!p->read.run.replicates && !p->out->asked.ranks_only && (survey->sampling == BARO_SAMPLING_PROBABILITY || survey->model))
        status = baro_spread_make(&p->read.run, p->out->asked.seed, analysis->arena, &p->made);
    if (status)
        return baro_interviews_failure(&p->read, NULL, status);
    for (; p->n_tasks < analysis->n_measures && status == BARO_OK; p->n_tasks++)
        status = bind_task(p, p->n_tasks, &p->task[p->n_tasks]);
    return status;
}

static baro_status compute(void *context, size_t index)
{
    plan *p = context;
    return baro_spread_compute(&p->task[index]);
}

static baro_status run_tasks(plan *p)
{
    baro_cross_task failed = {.lonely = SIZE_MAX};
    baro_status status = baro_pool_run(p->read.analysis->pool, p->n_tasks, compute, p);
    for (size_t t = 0; t < p->n_tasks && failed.lonely == SIZE_MAX; t++)
        failed = (baro_cross_task){.run = &p->task[t].run, .measure = &p->task[t].measure, .lonely = p->task[t].lonely};
    return status ? baro_interviews_failure(&p->read, failed.lonely == SIZE_MAX ? NULL : &failed, status) : BARO_OK;
}

/* ---- rows, and what is said with them ---- */

static baro_status gather(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    size_t n = 0;
    for (size_t t = 0; t < p->n_tasks; t++)
        n += p->task[t].n_rows;
    p->out->rows = BARO_ARRAY(analysis->arena, baro_spread_row, n + 1);
    if (!p->out->rows)
        return baro_analysis_no_memory(analysis);
    for (size_t t = 0; t < p->n_tasks; t++)
        for (size_t i = 0; i < p->task[t].n_rows; i++) {
            p->out->rows[p->out->n_rows] = p->task[t].rows[i];
            p->out->rows[p->out->n_rows].race = p->out->n_rows / p->factors; /* every race has all factors */
            p->out->n_rows++;
        }
    p->out->run.has_periods = p->read.windows.has_periods;
    p->out->has_replicates = p->read.run.replicates != NULL;
    return BARO_OK;
}

static void add_notes(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_interviews_notes(&p->read);
    for (size_t i = 0; i < p->out->left_out.n; i++)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "%s is no factor here: its categories overlap.",
                                                       p->out->left_out.item[i]));
    if (!p->made)
        return;
    baro_analysis_note(
        analysis,
        p->made->kind == BARO_REPLICATES_JKN
            ? baro_arena_format(
                  analysis->arena, "Standard errors from a jackknife made here: %zu replicates, each without one %s.",
                  p->made->rule.replicates, analysis->request->survey->psu.n ? "sampling unit" : "interview")
            : baro_arena_format(analysis->arena, "Standard errors from %zu bootstrap replicates made here.",
                                p->made->rule.replicates));
    if (p->read.run.calibration)
        baro_analysis_note(analysis, "They leave out what calibration gains; ranks do not.");
}

static baro_status answer(baro_analysis *analysis, void *context)
{
    plan p = {.out = context};
    const baro_request *request = analysis->request;
    if (request->survey->is_series)
        return usage(analysis, "a published series has no respondents; spread needs interviews");
    if (request->n_by == 0)
        return usage(analysis, "spread needs factors; give --by");
    for (size_t i = 0; i < request->n_by; i++)
        if (request->by[i].second)
            return usage(analysis, "--by: a factor of spread is one group, not two crossed");
    baro_status status = baro_interviews_open(analysis, &p.read);
    if (status == BARO_OK)
        status = bind_factors(&p);
    if (status == BARO_OK)
        status = make_domain(&p);
    if (status == BARO_OK)
        status = plan_tasks(&p);
    if (status == BARO_OK)
        status = run_tasks(&p);
    if (status == BARO_OK)
        status = gather(&p);
    if (status == BARO_OK)
        add_notes(&p);
    return status;
}

baro_status baro_spread_rank_factors(const baro_request *request, const baro_spread_request *asked, baro_pool *pool,
                                     baro_arena *arena, baro_error *error, baro_spreads *out)
{
    baro_request *windows = BARO_NEW(arena, baro_request);
    *out = (baro_spreads){.asked = *asked};
    if (!windows)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    *windows = *request;
    windows->trend = asked->each;
    return baro_analysis_run(windows, answer, out, pool, arena, error, &out->run);
}
