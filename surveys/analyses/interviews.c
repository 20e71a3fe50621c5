/* Respondent files: everything bound once, one cross a measure and breakdown, rows in the order of the contract. */
#include "surveys/analyses/analyse.h"
#include "surveys/analyses/calibrated.h"
#include "surveys/analyses/cross.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_analysis *analysis;
    baro_run run;
    baro_windows windows;
    baro_design design;
    baro_targets targets;
    baro_calibration calibration;
    baro_cross_task *task; /* by measure: everyone, then the breakdowns */
    size_t n_tasks, tasks_of_a_measure;
} plan;

static baro_status want_all(baro_analysis *analysis, baro_targets *targets)
{
    const baro_request *request = analysis->request;
    baro_status status = baro_want_design(analysis->binding);
    if (status == BARO_OK)
        status = baro_calibrated_want(analysis, targets);
    for (size_t i = 0; i < analysis->n_measures && status == BARO_OK; i++)
        status = baro_want_measure(analysis->binding, analysis->measure[i], request->measures_named);
    for (size_t i = 0; i < request->n_by && status == BARO_OK; i++) {
        status = baro_want_group(analysis->binding, baro_analysis_group(analysis, request->by[i].first), request->by_named);
        if (status == BARO_OK && request->by[i].second)
            status = baro_want_group(analysis->binding, baro_analysis_group(analysis, request->by[i].second), request->by_named);
    }
    return status ? status : baro_want_where(analysis->binding, request->where);
}

static baro_status check_lonely(baro_analysis *analysis, const baro_design *design)
{
    if (analysis->request->survey->lonely_psu != BARO_LONELY_FAIL)
        return BARO_OK;
    baro_status status = BARO_OK;
    for (size_t h = 0, first = 0; h < design->strata; first = design->stratum_end[h++])
        if (design->stratum_end[h] - first == 1 && design->fraction[h] < 1) {
            if (analysis->request->survey->strata.n == 0)
                return baro_fault_add(analysis->error, BARO_LONELY_PSU, (baro_where_it_is){0},
                                      "the data hold only one %s: no variance can be estimated from them",
                                      analysis->request->survey->psu.n ? "PSU" : "interview");
            const char *name = baro_stratum_name(analysis->binding, design, h);
            status = baro_fault_add(analysis->error, BARO_LONELY_PSU, (baro_where_it_is){0},
                                    "stratum '%s' has only one PSU: no variance; join it to another stratum, or choose lonely_psu "
                                    "(--lonely-psu) remove, adjust or average",
                                    name ? name : "?");
        }
    return status;
}

static baro_status earlier(baro_status first, baro_status next)
{
    return first ? first : next;
}

static baro_status bind_run(plan *p)
{
    baro_analysis *analysis = p->analysis;
    const baro_request *request = analysis->request;
    baro_binding *binding = analysis->binding;
    const baro_frame *frame = baro_binding_frame(binding);
    baro_bound_period period;
    /* Each step reports all its faults; the first status stops the run after the last of them. */
    baro_status status = baro_bind_ids(binding);
    status = earlier(status, baro_bind_period(binding, &period));
    status = earlier(status, baro_bind_weight(binding, &p->run.weight));
    status = earlier(status, baro_bind_design(binding, &p->design));
    if (status == BARO_OK && request->survey->calibration.margins) {
        status = baro_calibrated_bind(analysis, &p->targets, p->run.weight, &p->calibration);
        p->run.calibration = &p->calibration;
        p->run.as_rake = request->survey->calibration.as_rake;
    }
    if (request->where)
        status = earlier(status, baro_bind_where(binding, request->where, (baro_where_it_is){"--where", 0, 0}, &p->run.domain));
    if (status)
        return status;
    size_t sources = baro_frame_sources(frame), *first_row = BARO_ARRAY(analysis->arena, size_t, sources + 1);
    if (!first_row)
        return baro_analysis_no_memory(analysis);
    for (size_t s = 0; s < sources; s++)
        first_row[s + 1] = baro_frame_source(frame, s)->first_row + baro_frame_source(frame, s)->rows;
    p->run.request = request;
    p->run.windows = &p->windows;
    p->run.design = &p->design;
    p->run.unit = period.unit;
    p->run.rows = baro_frame_rows(frame);
    p->run.sources = sources;
    p->run.source_first_row = first_row;
    status = check_lonely(analysis, &p->design);
    if (status == BARO_OK)
        status = baro_windows_choose(request, period.first, period.unit ? period.n : 0, analysis->arena, analysis->error, &p->windows);
    if (status == BARO_OK && baro_windows_name(&p->windows, analysis->results->calendar, analysis->arena))
        status = baro_analysis_no_memory(analysis);
    return status;
}

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
        return p->windows.has_periods;
    if (against->kind == BARO_AGAINST_GROUP)
        return has_label(task->first, against) || has_label(task->second, against);
    return task->first && against->kind != BARO_AGAINST_NONE;
}

static baro_status choose_against(plan *p, baro_cross_task *task)
{
    const baro_request *request = p->analysis->request;
    const baro_against **list = BARO_ARRAY(p->analysis->arena, const baro_against *, request->n_against + 1);
    if (!list)
        return baro_analysis_no_memory(p->analysis);
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
    for (size_t t = 0; t < p->windows.n; t++)
        met = met || baro_window_against(&p->windows, p->analysis->request, t, against) != BARO_NO_WINDOW;
    return met;
}

static baro_status check_against(plan *p)
{
    const baro_request *request = p->analysis->request;
    for (size_t i = 0; i < request->n_against; i++) {
        bool any = false;
        for (size_t t = 0; t < p->n_tasks; t++)
            any = any || applies(p, &p->task[t], &request->against[i]);
        if (!any && request->against[i].kind == BARO_AGAINST_GROUP)
            return baro_fault_add(p->analysis->error, BARO_USAGE, (baro_where_it_is){0}, "--compare: no breakdown has a group '%s'",
                                  request->against[i].text);
        if (request->against[i].kind == BARO_AGAINST_PERIOD && !is_met(p, &request->against[i]))
            return baro_fault_add(p->analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--compare %s: no window that could be compared ends there", request->against[i].text);
        if (baro_against_is_period(request->against[i].kind) && !is_met(p, &request->against[i]))
            baro_remark_add(p->analysis->error, (baro_where_it_is){0}, "--compare %s: the data hold no such window", request->against[i].text);
    }
    return BARO_OK;
}

static baro_status plan_task(plan *p, size_t measure, size_t table, baro_cross_task *task)
{
    baro_analysis *analysis = p->analysis;
    *task = (baro_cross_task){.run = &p->run, .table = table};
    baro_status status = baro_bind_measure(analysis->binding, analysis->measure[measure], &task->measure);
    if (status == BARO_OK && table != SIZE_MAX) {
        const baro_breakdown *by = &analysis->request->by[table];
        status = baro_bind_group(analysis->binding, baro_analysis_group(analysis, by->first), &task->first);
        if (status == BARO_OK && by->second)
            status = baro_bind_group(analysis->binding, baro_analysis_group(analysis, by->second), &task->second);
    }
    if (status == BARO_OK)
        status = choose_against(p, task);
    if (status)
        return status;
    baro_cross_size(task);
    task->rows = BARO_ARRAY(analysis->arena, baro_row, task->n_rows + 1);
    return task->rows ? BARO_OK : baro_analysis_no_memory(analysis);
}

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->analysis;
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
    baro_analysis *analysis = p->analysis;
    baro_results *results = analysis->results;
    const baro_survey *survey = analysis->request->survey;
    size_t n = 0;
    for (size_t t = 0; t < p->n_tasks; t++)
        n += p->task[t].n_rows;
    results->rows = BARO_ARRAY(analysis->arena, baro_row, n + 1);
    if (!results->rows)
        return baro_analysis_no_memory(analysis);
    for (size_t m = 0; m < analysis->n_measures; m++) {
        const baro_cross_task *first = &p->task[m * p->tasks_of_a_measure];
        for (size_t level = 0; level < first->levels; level++)
            for (size_t b = 0; b < p->tasks_of_a_measure; b++) {
                size_t rows = first[b].n_rows / first[b].levels;
                for (size_t i = 0; i < rows; i++) {
                    results->rows[results->n_rows] = first[b].rows[level * rows + i];
                    if (survey->sampling != BARO_SAMPLING_PROBABILITY && !survey->model)
                        erase_inference(&results->rows[results->n_rows]);
                    results->n_rows++;
                }
            }
    }
    results->has_periods = p->windows.has_periods;
    return BARO_OK;
}

static void add_notes(plan *p)
{
    baro_analysis *analysis = p->analysis;
    const baro_survey *survey = analysis->request->survey;
    static const char *const sampling[] = {NULL, "This is a quota sample", "This is an open, opt-in survey"};
    if (survey->sampling != BARO_SAMPLING_PROBABILITY)
        baro_analysis_note(analysis,
                           baro_arena_format(analysis->arena, "%s%s", sampling[survey->sampling],
                                             survey->model ? ": intervals and tests treat it as if it were drawn at random, which it was not."
                                                           : ": no intervals or tests are given, because nobody was drawn at random."));
    if (baro_survey_is_stated(survey))
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Intervals rest on a stated design factor (deft) of %g.", survey->deft));
    baro_calibrated_note(analysis);
    if (!survey->weight)
        baro_analysis_note(analysis, "Unweighted: every interview counts the same.");
    if (analysis->request->where)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Only interviews where %s.", analysis->request->where));
    if (!isnan(analysis->request->df))
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Degrees of freedom given: %g.", analysis->request->df));
}

baro_status baro_analyse_interviews(baro_analysis *analysis)
{
    const baro_request *request = analysis->request;
    plan p = {.analysis = analysis};
    baro_status status = want_all(analysis, &p.targets);
    if (status == BARO_OK)
        status = baro_binding_read(analysis->binding, request->data, request->n_data, analysis->pool);
    if (status == BARO_OK)
        status = bind_run(&p);
    if (status == BARO_OK)
        status = plan_tasks(&p);
    if (status == BARO_OK && (status = baro_pool_run(analysis->pool, p.n_tasks, compute, &p)) != BARO_OK)
        status = baro_fault_add(analysis->error, status, (baro_where_it_is){0}, "%s", baro_status_sentence(status));
    if (status == BARO_OK)
        status = gather(&p);
    if (status == BARO_OK)
        add_notes(&p);
    return status;
}
