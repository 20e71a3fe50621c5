/* Linear trends from respondent files: one task a measure and breakdown, rows in the order of the contract. */
#include "surveys/analyses/slope.h"
#include "surveys/analyses/slope_work.h"
#include <math.h>

const char baro_slope_break_note[] = "The series breaks: a line goes through the windows that lie whole behind the "
                                     "last break; --across-breaks takes all.";

typedef struct {
    baro_interviews read;
    baro_slopes *out;
    size_t *window;
    size_t n_windows;
    baro_slope_task *task; /* by measure: everyone, then the breakdowns */
    size_t n_tasks, tasks_of_a_measure;
} plan;

static baro_status make_rows(baro_analysis *analysis, baro_slope_task *task)
{
    baro_cross_size(&task->cross);
    task->n_rows = task->cross.levels * task->cross.groups;
    task->cross.n_rows = task->cross.n_contrasts = 0;
    task->rows = BARO_ARRAY(analysis->arena, baro_slope_row, task->n_rows + 1);
    for (size_t i = 0; task->rows && i < task->n_rows; i++)
        if (!(task->rows[i].levels = BARO_ARRAY(analysis->arena, baro_slope_level, task->n_windows + 1)))
            return baro_analysis_no_memory(analysis);
    return task->rows ? BARO_OK : baro_analysis_no_memory(analysis);
}

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_status status = BARO_OK;
    p->tasks_of_a_measure = 1 + analysis->request->n_by;
    p->task = BARO_ARRAY(analysis->arena, baro_slope_task, analysis->n_measures * p->tasks_of_a_measure + 1);
    p->window = BARO_ARRAY(analysis->arena, size_t, p->read.windows.n + 1);
    if (!p->task || !p->window)
        return baro_analysis_no_memory(analysis);
    p->n_windows = baro_slope_windows(&p->read.windows, analysis->request->across_breaks, p->window);
    for (size_t m = 0; m < analysis->n_measures && status == BARO_OK; m++)
        for (size_t b = 0; b < p->tasks_of_a_measure && status == BARO_OK; b++) {
            baro_slope_task *task = &p->task[p->n_tasks++];
            status = baro_interviews_bind(&p->read, m, b == 0 ? SIZE_MAX : b - 1, &task->cross);
            task->window = p->window;
            task->n_windows = p->n_windows;
            if (status == BARO_OK)
                status = make_rows(analysis, task);
        }
    return status;
}

static baro_status compute(void *context, size_t index)
{
    plan *p = context;
    return baro_slope_compute(&p->task[index]);
}

static baro_status run_tasks(plan *p)
{
    const baro_cross_task *failed = NULL;
    baro_status status = baro_pool_run(p->read.analysis->pool, p->n_tasks, compute, p);
    for (size_t t = 0; t < p->n_tasks && !failed; t++)
        failed = p->task[t].cross.lonely != SIZE_MAX ? &p->task[t].cross : NULL;
    return status ? baro_interviews_failure(&p->read, failed, status) : BARO_OK;
}

/* Nobody was drawn at random: nothing is given that would look like uncertainty of a sample. */
static void erase_inference(baro_slope_row *row)
{
    row->se = row->lower = row->upper = row->df = row->p_value = NAN;
    for (size_t i = 0; i < row->windows; i++)
        row->levels[i].se = row->levels[i].df = NAN;
}

static baro_status gather(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_survey *survey = analysis->request->survey;
    size_t n = 0;
    for (size_t t = 0; t < p->n_tasks; t++)
        n += p->task[t].n_rows;
    p->out->rows = BARO_ARRAY(analysis->arena, baro_slope_row, n + 1);
    if (!p->out->rows)
        return baro_analysis_no_memory(analysis);
    for (size_t first = 0; first < p->n_tasks; first += p->tasks_of_a_measure)
        for (size_t level = 0; level < p->task[first].cross.levels; level++)
            for (size_t b = first; b < first + p->tasks_of_a_measure; b++)
                for (size_t g = 0; g < p->task[b].cross.groups; g++) {
                    baro_slope_row *row = &p->out->rows[p->out->n_rows++];
                    *row = p->task[b].rows[level * p->task[b].cross.groups + g];
                    if (survey->sampling != BARO_SAMPLING_PROBABILITY && !survey->model)
                        erase_inference(row);
                }
    p->out->run.has_periods = p->read.windows.has_periods;
    return BARO_OK;
}

static void add_notes(plan *p)
{
    const baro_windows *windows = &p->read.windows;
    size_t shown = 0;
    baro_interviews_notes(&p->read);
    for (size_t t = 0; t < windows->n; t++)
        shown += windows->window[t].shown;
    if (p->n_windows < shown)
        baro_analysis_note(p->read.analysis, baro_slope_break_note);
}

static baro_status answer_interviews(baro_analysis *analysis, baro_slopes *out)
{
    plan p = {.out = out};
    baro_status status = baro_interviews_open(analysis, &p.read);
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

static baro_status answer(baro_analysis *analysis, void *context)
{
    return analysis->request->survey->is_series ? baro_slope_of_series(analysis, context)
                                                : answer_interviews(analysis, context);
}

baro_status baro_slope(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error,
                       baro_slopes *out)
{
    baro_request *windows = BARO_NEW(arena, baro_request);
    *out = (baro_slopes){0};
    if (!windows)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    if (!request->survey->has_period)
        return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){0}, "a trend needs periods; give --period COL");
    *windows = *request;
    windows->trend = true;
    windows->all_periods = false;
    windows->n_against = 0;
    windows->letters = false;
    return baro_analysis_run(windows, answer, out, pool, arena, error, &out->run);
}
