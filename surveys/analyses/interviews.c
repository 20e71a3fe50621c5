/* Levels from respondent files: one cross a measure and breakdown, rows in the order of the contract. */
#include "surveys/analyses/interviews.h"
#include "io/base/number.h"
#include "surveys/analyses/letters.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_interviews read;
    baro_cross_task *task; /* by measure: everyone, then the breakdowns */
    size_t n_tasks, tasks_of_a_measure;
} plan;

/* ---- which comparisons apply to which breakdown ---- */

static bool has_label(const baro_bound_group *group, const baro_against *against)
{
    if (!group || (against->group && strcmp(against->group, group->group->id) != 0))
        return false;
    for (size_t c = 0; c < group->n; c++)
        if (strcmp(group->label[c], against->name) == 0)
            return true;
    return false;
}

static bool applies(const plan *p, const baro_cross_task *task, const baro_against *against)
{
    if (baro_against_is_period(against->kind))
        return p->read.windows.has_periods;
    if (against->kind == BARO_AGAINST_GROUP)
        return has_label(task->first, against) || has_label(task->second, against);
    return task->first && against->kind != BARO_AGAINST_NONE;
}

static baro_status choose_against(plan *p, baro_cross_task *task)
{
    const baro_request *request = p->read.analysis->request;
    const baro_against **list = BARO_ARRAY(p->read.analysis->arena, const baro_against *, request->n_against + 1);
    if (!list)
        return baro_analysis_no_memory(p->read.analysis);
    for (size_t i = 0; i < request->n_against; i++)
        if (applies(p, task, &request->against[i]))
            list[task->n_against++] = &request->against[i];
    task->against = list;
    return BARO_OK;
}

/* A period that no window of the data ends with can be compared with nothing. */
static bool is_met(const plan *p, const baro_against *against)
{
    bool met = false;
    for (size_t t = 0; t < p->read.windows.n; t++)
        met = met || baro_window_against(&p->read.windows, p->read.analysis->request, t, against) != BARO_NO_WINDOW;
    return met;
}

static baro_status check_against(plan *p)
{
    const baro_request *request = p->read.analysis->request;
    for (size_t i = 0; i < request->n_against; i++) {
        bool any = false;
        for (size_t t = 0; t < p->n_tasks; t++)
            any = any || applies(p, &p->task[t], &request->against[i]);
        if (!any && request->against[i].kind == BARO_AGAINST_GROUP)
            return baro_fault_add(p->read.analysis->error, BARO_USAGE, (baro_where_it_is){0}, "--compare: no breakdown has a group '%s'",
                                  request->against[i].text);
        if (request->against[i].kind == BARO_AGAINST_PERIOD && !is_met(p, &request->against[i]))
            return baro_fault_add(p->read.analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--compare %s: no window that could be compared ends there", request->against[i].text);
        if (baro_against_is_period(request->against[i].kind) && !is_met(p, &request->against[i]) && !request->against_if_there)
            baro_remark_add(p->read.analysis->error, (baro_where_it_is){0}, "--compare %s: the data hold no such window%s", request->against[i].text,
                            p->read.windows.n_breaks && !request->across_breaks ? " on the same side of a break in the series (--across-breaks compares across it)" : "");
    }
    return BARO_OK;
}

/* The level of a quantile is its probability. */
static baro_status name_probabilities(baro_analysis *analysis, baro_cross_task *task)
{
    const baro_measure *measure = task->measure->measure;
    const char **name = BARO_ARRAY(analysis->arena, const char *, measure->n_at + 1);
    for (size_t j = 0; name && j < measure->n_at; j++) {
        char text[BARO_NUMBER_TEXT];
        baro_number_write(measure->at_probability[j], text);
        name[j] = baro_arena_string(analysis->arena, text);
        if (!name[j])
            return BARO_NO_MEMORY;
    }
    task->probability = name;
    return name ? BARO_OK : BARO_NO_MEMORY;
}

static baro_status plan_task(plan *p, size_t measure, size_t table, baro_cross_task *task)
{
    baro_status status = baro_interviews_bind(&p->read, measure, table, task);
    if (status == BARO_OK)
        status = choose_against(p, task);
    if (status)
        return status;
    if (task->measure->measure->statistic == BARO_STAT_QUANTILE && name_probabilities(p->read.analysis, task))
        return baro_analysis_no_memory(p->read.analysis);
    baro_cross_size(task);
    task->rows = BARO_ARRAY(p->read.analysis->arena, baro_row, task->n_rows + 1);
    task->contrasts = BARO_ARRAY(p->read.analysis->arena, baro_contrast, task->n_contrasts + 1);
    return task->rows && task->contrasts ? BARO_OK : baro_analysis_no_memory(p->read.analysis);
}

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_status status = BARO_OK;
    p->tasks_of_a_measure = 1 + analysis->request->n_by;
    p->task = BARO_ARRAY(analysis->arena, baro_cross_task, analysis->n_measures * p->tasks_of_a_measure + 1);
    if (!p->task)
        return baro_analysis_no_memory(analysis);
    for (size_t m = 0; m < analysis->n_measures && status == BARO_OK; m++)
        for (size_t b = 0; b < p->tasks_of_a_measure && status == BARO_OK; b++)
            status = plan_task(p, m, b == 0 ? SIZE_MAX : b - 1, &p->task[p->n_tasks++]);
    return status ? status : check_against(p);
}

static baro_status compute(void *context, size_t index)
{
    plan *p = context;
    return baro_cross_compute(&p->task[index]);
}

/* ---- rows in order, and what has to be said with them ---- */

/* Quota and opt-in samples have no design-based uncertainty: nothing is given that would look like it. */
static void erase_inference(baro_row *row)
{
    row->se = row->lower = row->upper = row->df = row->deff = row->n_eff = NAN;
    row->difference_se = row->difference_lower = row->difference_upper = row->difference_df = row->p_value = NAN;
}

static baro_status gather(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_results *results = analysis->results;
    const baro_survey *survey = analysis->request->survey;
    size_t n = 0, contrasts = 0;
    for (size_t t = 0; t < p->n_tasks; t++) {
        n += p->task[t].n_rows;
        contrasts += p->task[t].n_contrasts;
    }
    results->rows = BARO_ARRAY(analysis->arena, baro_row, n + 1);
    results->contrasts = BARO_ARRAY(analysis->arena, baro_contrast, contrasts + 1);
    if (!results->rows || !results->contrasts)
        return baro_analysis_no_memory(analysis);
    for (size_t m = 0; m < analysis->n_measures; m++) {
        const baro_cross_task *first = &p->task[m * p->tasks_of_a_measure];
        for (size_t level = 0; level < first->levels; level++)
            for (size_t b = 0; b < p->tasks_of_a_measure; b++) {
                size_t rows = first[b].n_rows / first[b].levels;
                baro_letters_gather(&first[b], level, results->n_rows, results);
                for (size_t i = 0; i < rows; i++) {
                    results->rows[results->n_rows] = first[b].rows[level * rows + i];
                    if (survey->sampling != BARO_SAMPLING_PROBABILITY && !survey->model)
                        erase_inference(&results->rows[results->n_rows]);
                    results->n_rows++;
                }
            }
    }
    results->has_periods = p->read.windows.has_periods;
    return BARO_OK;
}

/* Whom the rows are about: what may be published is decided with it. */
static baro_status keep_behind(plan *p)
{
    const baro_run *run = &p->read.run;
    baro_behind_cross *cross = BARO_ARRAY(p->read.analysis->arena, baro_behind_cross, p->n_tasks + 1);
    if (!cross)
        return baro_analysis_no_memory(p->read.analysis);
    for (size_t t = 0; t < p->n_tasks; t++) {
        const baro_cross_task *task = &p->task[t];
        cross[t] = (baro_behind_cross){task->measure, task->first, task->second, task->run->weight, task->table};
    }
    p->read.analysis->results->behind = (baro_behind){
        .rows = run->rows, .unit = run->unit, .origin = p->read.windows.origin, .domain = run->domain, .cross = cross, .n = p->n_tasks};
    return BARO_OK;
}

static baro_status word_failure(plan *p, baro_status status)
{
    const baro_cross_task *failed = NULL;
    for (size_t t = 0; t < p->n_tasks && !failed; t++)
        failed = p->task[t].lonely != SIZE_MAX ? &p->task[t] : NULL;
    return baro_interviews_failure(&p->read, failed, status);
}

baro_status baro_analyse_interviews(baro_analysis *analysis)
{
    plan p = {0};
    baro_status status = baro_interviews_open(analysis, &p.read);
    if (status == BARO_OK)
        status = plan_tasks(&p);
    if (status == BARO_OK && (status = baro_pool_run(analysis->pool, p.n_tasks, compute, &p)) != BARO_OK)
        status = word_failure(&p, status);
    if (status == BARO_OK)
        status = gather(&p);
    if (status == BARO_OK)
        status = keep_behind(&p);
    if (status == BARO_OK) {
        baro_interviews_notes(&p.read);
        baro_letters_note(analysis, p.task, p.n_tasks);
    }
    return status;
}
