/* Runs that differ in their weights, each made when a task first asks for it; what is said of them. */
#include "surveys/analyses/weights.h"
#include "io/base/text.h"
#include <string.h>

static const char *const unit_words[] = {"month", "quarter", "year"};

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static bool names(baro_texts list, const char *id)
{
    for (size_t i = 0; i < list.n && id; i++)
        if (strcmp(list.item[i], id) == 0)
            return true;
    return false;
}

/* A set for one of the groups goes before one for all; of several the first. Length 0: any. */
static const baro_window_weight *set_for(const baro_survey *survey, size_t length, const char *first, const char *second)
{
    const baro_window_weight *all = NULL;
    for (size_t i = 0; i < survey->n_window_weights; i++) {
        const baro_window_weight *set = &survey->window_weights[i];
        if (length && set->rolling != length)
            continue;
        if (names(set->by, first) || names(set->by, second))
            return set;
        all = all || set->by.n ? all : set;
    }
    return all;
}

/* ---- before reading ---- */

/* Units that the windows of a request pool; 0: known when the data are. */
static size_t length_of(const baro_request *request)
{
    if (!request->trend && (request->all_periods || request->has_from || request->has_to))
        return 0;
    return request->rolling ? request->rolling : request->survey->rolling ? request->survey->rolling : 1;
}

/* Whether some table of the request may take a set; by the group it is for, or any where it is for all. */
static bool may_use(const baro_request *request, const baro_window_weight *set)
{
    size_t length = length_of(request);
    bool any = set->by.n == 0;
    for (size_t i = 0; i < request->n_by; i++)
        any = any || names(set->by, request->by[i].first) || names(set->by, request->by[i].second);
    return any && (length == 0 || set->rolling == length);
}

baro_status baro_weights_want(baro_analysis *analysis)
{
    const baro_request *request = analysis->request;
    baro_status status = BARO_OK;
    bool stream = false;
    for (size_t i = 0; i < request->n_data; i++)
        stream = stream || strcmp(request->data[i], "-") == 0;
    if (stream && request->survey->weight)
        return BARO_OK; /* a stream's header cannot be looked at first: the survey's weight does */
    for (size_t i = 0; i < request->survey->n_window_weights && status == BARO_OK; i++)
        if (may_use(request, &request->survey->window_weights[i]))
            status = baro_want_window_weights(analysis->binding, &request->survey->window_weights[i], request->data, request->n_data);
    return status;
}

/* ---- runs ---- */

static baro_weighted_run *add_run(baro_weights *weights)
{
    baro_weighted_run *made = BARO_NEW(weights->analysis->arena, baro_weighted_run), **last = &weights->first;
    if (!made)
        return NULL;
    *made = (baro_weighted_run){.run = *weights->base};
    made->run.calibration = NULL; /* how the survey's weight was made says nothing of another */
    made->run.as_rake = false;
    while (*last)
        last = &(*last)->next;
    *last = made;
    return made;
}

static baro_status reweigh(baro_weights *weights, baro_weighted_run *made, const double *weight, const char *whose)
{
    return baro_reweigh_replicates(weights->analysis->binding, weights->base->design, weights->plain, weight, made->set != NULL, whose,
                                   &made->run.replicates);
}

static baro_status make_own(baro_weights *weights, const baro_cross_task *task, const baro_run **out)
{
    baro_analysis *analysis = weights->analysis;
    const baro_measure *measure = task->measure->measure;
    for (const baro_weighted_run *known = weights->first; known; known = known->next)
        if (known->measure == measure) {
            *out = &known->run;
            return BARO_OK;
        }
    baro_weighted_run *made = add_run(weights);
    if (!made)
        return baro_analysis_no_memory(analysis);
    made->measure = measure;
    baro_status status = baro_bind_measure_weight(analysis->binding, task->measure, &made->weight);
    made->run.weight = made->weight.value;
    if (status == BARO_OK)
        status = baro_weights_report(analysis, &made->weight, task->measure->level, NULL);
    const char *whose = baro_arena_format(analysis->arena, "measure '%s'", measure->id);
    *out = &made->run;
    return status ? status : reweigh(weights, made, made->run.weight, whose ? whose : measure->id);
}

/* A window without a column has no value: said once, however many there are. */
static void remark_absent(const baro_weights *weights, const baro_weighted_run *made)
{
    const baro_windows *windows = weights->base->windows;
    baro_analysis *analysis = weights->analysis;
    size_t absent = 0, first = 0;
    for (size_t t = windows->n; t-- > 0;)
        if (windows->window[t].shown && !made->run.window_weight[t]) {
            absent++;
            first = t;
        }
    const char *column = absent ? baro_window_weight_column(analysis->binding, made->set, windows->window[first].last) : NULL;
    if (!column)
        return;
    char name[BARO_QUOTE_ROOM];
    baro_text_quote(column, strlen(column), name, sizeof name);
    baro_where_it_is place = {analysis->request->survey->path, made->set->at.line, made->set->at.column};
    if (absent == 1)
        baro_remark_add(analysis->error, place, "no file has the column '%s': the window that ends with %s is not available", name,
                        windows->window[first].label);
    else
        baro_remark_add(analysis->error, place, "no file has the columns of %zu windows ('%s' for the one that ends with %s, first): not available",
                        absent, name, windows->window[first].label);
}

static baro_status make_windows(baro_weights *weights, const baro_window_weight *set, const baro_run **out)
{
    baro_analysis *analysis = weights->analysis;
    const baro_windows *windows = weights->base->windows;
    for (const baro_weighted_run *known = weights->first; known; known = known->next)
        if (known->set == set) {
            *out = known->absent ? weights->base : &known->run;
            return BARO_OK;
        }
    baro_where_it_is place = {analysis->request->survey->path, set->at.line, set->at.column};
    if (baro_survey_is_stated(analysis->request->survey))
        return baro_fault_add(analysis->error, BARO_BAD_SURVEY, place,
                              "a stated design factor (deft) does not go with window weights; name the design, or leave one of the two out");
    baro_weighted_run *made = add_run(weights);
    const double **weight = BARO_ARRAY(analysis->arena, const double *, windows->n + 1);
    if (!made || !weight)
        return baro_analysis_no_memory(analysis);
    made->set = set;
    made->run.weight = NULL;
    made->run.window_weight = weight;
    baro_status status = BARO_OK;
    size_t zeros = 0, with_zeros = 0, there = 0;
    for (size_t t = 0; t < windows->n; t++) {
        const baro_window *window = &windows->window[t];
        baro_bound_weight bound;
        baro_status found = baro_bind_window_weight(analysis->binding, set, window->first, window->last, &bound);
        if (found == BARO_OK && window->shown)
            found = baro_weights_report(analysis, &bound, NULL, window);
        weight[t] = bound.value;
        there += bound.value != NULL;
        zeros += bound.zeros;
        with_zeros += bound.zeros > 0;
        status = status ? status : found;
    }
    if (zeros > 0)
        baro_remark_add(analysis->error, (baro_where_it_is){0},
                        "weight 0 (columns %s): %zu times, in %zu window%s; such interviews stay in the design and count in no base", set->columns, zeros, with_zeros, plural(with_zeros));
    made->absent = there == 0 && analysis->request->survey->weight;
    if (made->absent && status == BARO_OK) {
        weights->base_used = true;
        *out = weights->base;
        return BARO_OK;
    }
    if (status == BARO_OK)
        remark_absent(weights, made);
    *out = &made->run;
    return status ? status : reweigh(weights, made, NULL, "every window");
}

/* No set fits, and there is no weight for all: an answer without weights would pass for one with them. */
static baro_status no_weight(baro_weights *weights)
{
    const baro_survey *survey = weights->analysis->request->survey;
    const baro_window_weight *set = &survey->window_weights[0];
    size_t length = weights->base->windows->length;
    baro_where_it_is place = {survey->path, set->at.line, set->at.column};
    const char *unit = unit_words[survey->period_unit];
    if (set_for(survey, length, NULL, NULL) == NULL && set->rolling == length)
        return baro_fault_add(weights->analysis->error, BARO_BAD_SURVEY, place,
                              "no weight for everyone: these window weights are for some breakdowns only; add a set without 'by', or design.weight");
    return baro_fault_add(weights->analysis->error, BARO_USAGE, place,
                          "no weight for windows of %zu %s%s: the window weights are for %zu; choose --rolling %zu, or give design.weight (--weight)",
                          length, unit, plural(length), set->rolling, set->rolling);
}

baro_status baro_weights_choose(baro_weights *weights, baro_cross_task *task)
{
    const baro_survey *survey = weights->analysis->request->survey;
    task->run = weights->base;
    if (task->measure->measure->weight)
        return make_own(weights, task, &task->run);
    const baro_window_weight *set = set_for(survey, weights->base->windows->length, task->first ? task->first->group->id : NULL,
                                            task->second ? task->second->group->id : NULL);
    if (set)
        return make_windows(weights, set, &task->run);
    weights->base_used = true;
    return survey->n_window_weights > 0 && !survey->weight ? no_weight(weights) : BARO_OK;
}

/* ---- notes ---- */

static void note_run(const baro_weights *weights, const baro_weighted_run *run)
{
    baro_analysis *analysis = weights->analysis;
    const char *by = NULL;
    if (run->measure) {
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "%s is weighted by %s.", run->measure->label, run->measure->weight));
        return;
    }
    for (size_t i = 0; i < run->set->by.n; i++) {
        const baro_group *group = baro_survey_group(analysis->request->survey, run->set->by.item[i]);
        by = baro_arena_format(analysis->arena, "%s%s%s", by ? by : "Breakdowns by ", by ? ", " : "", group ? group->label : "?");
    }
    if (by)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena,
                                                       "%s have a weight for each window (%s), in which the total and the rest are taken too.", by,
                                                       run->set->columns));
    else
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Each window has its own weight (%s).", run->set->columns));
}

void baro_weights_notes(const baro_weights *weights)
{
    baro_analysis *analysis = weights->analysis;
    const baro_survey *survey = analysis->request->survey;
    const char *absent = NULL;
    bool others = false;
    for (const baro_weighted_run *run = weights->first; run; run = run->next) {
        others = others || !run->absent;
        if (run->absent)
            absent = absent ? baro_arena_format(analysis->arena, "%s, %s", absent, run->set->columns) : run->set->columns;
        else
            note_run(weights, run);
    }
    if (absent)
        baro_remark_add(analysis->error, (baro_where_it_is){survey->path, survey->window_weights[0].at.line, survey->window_weights[0].at.column},
                        "no file has window weights (%s): weighted by %s", absent, survey->weight);
    size_t length = weights->base->windows->length;
    if (weights->base_used && !survey->weight)
        baro_analysis_note(analysis, weights->first ? "All else is unweighted: every interview counts the same."
                                                    : "Unweighted: every interview counts the same.");
    else if (weights->base_used && survey->n_window_weights > 0 && length != survey->window_weights[0].rolling)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Windows of %zu %s%s are weighted by %s: there are no window weights for them.",
                                                       length, unit_words[survey->period_unit], plural(length), survey->weight));
    else if (weights->base_used && others)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "All else is weighted by %s.", survey->weight));
}
