/* Respondent files read once: wants, binding, the design, the windows; and what has to be said with any result of theirs. */
#include "surveys/analyses/interviews.h"
#include <math.h>

baro_status baro_interviews_want(baro_analysis *analysis, baro_targets *targets)
{
    const baro_request *request = analysis->request;
    baro_status status = baro_want_design(analysis->binding);
    if (status == BARO_OK)
        status = baro_calibrated_want(analysis, targets);
    if (status == BARO_OK)
        status = baro_weights_want(analysis);
    if (status == BARO_OK)
        status = baro_want_replicates(analysis->binding, request->data, request->n_data);
    for (size_t i = 0; i < analysis->n_measures && status == BARO_OK; i++)
        status = baro_want_measure(analysis->binding, analysis->measure[i], request->measures_named);
    for (size_t i = 0; i < request->n_by && status == BARO_OK; i++) {
        status = baro_want_group(analysis->binding, baro_analysis_group(analysis, request->by[i].first), request->by_named);
        if (status == BARO_OK && request->by[i].second)
            status = baro_want_group(analysis->binding, baro_analysis_group(analysis, request->by[i].second), request->by_named);
    }
    const baro_group *mix = baro_analysis_group(analysis, request->mix);
    if (status == BARO_OK && mix)
        status = baro_want_group(analysis->binding, mix, true);
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

static baro_status bind_run(baro_interviews *p, baro_bound_weight *weight)
{
    baro_analysis *analysis = p->analysis;
    const baro_request *request = analysis->request;
    baro_binding *binding = analysis->binding;
    const baro_frame *frame = baro_binding_frame(binding);
    baro_bound_period period;
    /* Each step reports all its faults; the first status stops the run after the last of them. */
    baro_status status = baro_bind_ids(binding);
    status = earlier(status, baro_bind_period(binding, &period));
    status = earlier(status, baro_bind_weight(binding, weight));
    p->run.weight = weight->value;
    status = earlier(status, baro_bind_design(binding, &p->design));
    if (status == BARO_OK && request->survey->calibration.margins) {
        status = baro_calibrated_bind(analysis, &p->targets, p->run.weight, &p->calibration);
        p->run.calibration = &p->calibration;
        p->run.as_rake = request->survey->calibration.as_rake;
    }
    if (request->where)
        status = earlier(status, baro_bind_where(binding, request->where, (baro_where_it_is){"--where", 0, 0}, &p->run.domain));
    if (status == BARO_OK)
        status = baro_bind_replicates(binding, &p->design, p->run.calibration ? p->calibration.weight : p->run.weight, &p->run.replicates);
    p->weights->plain = p->run.replicates;
    if (status == BARO_OK && p->run.calibration && p->run.replicates) {
        status = baro_calibrated_replicates(analysis, &p->calibration, &p->run.replicates);
        p->run.calibration = NULL; /* the replicates bring what calibration does to the variance */
    }
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
    status = p->run.replicates ? BARO_OK : check_lonely(analysis, &p->design);
    if (status == BARO_OK)
        status = baro_windows_choose(request, period.first, period.unit ? period.n : 0, analysis->arena, analysis->error, &p->windows);
    if (status == BARO_OK && baro_windows_name(&p->windows, analysis->results->calendar, analysis->arena))
        status = baro_analysis_no_memory(analysis);
    return status;
}

baro_status baro_interviews_open(baro_analysis *analysis, baro_interviews *out)
{
    *out = (baro_interviews){.analysis = analysis};
    baro_status status = baro_interviews_want(analysis, &out->targets);
    if (status == BARO_OK)
        status = baro_binding_read(analysis->binding, analysis->request->data, analysis->request->n_data, analysis->pool);
    baro_bound_weight weight = {0};
    out->weights = BARO_NEW(analysis->arena, baro_weights);
    if (status == BARO_OK && !out->weights)
        return baro_analysis_no_memory(analysis);
    if (status)
        return status;
    *out->weights = (baro_weights){.analysis = analysis, .base = &out->run};
    status = bind_run(out, &weight);
    return status ? status : baro_weights_report(analysis, &weight, NULL, NULL);
}

baro_status baro_interviews_bind(const baro_interviews *interviews, size_t measure, size_t table, baro_cross_task *task)
{
    baro_analysis *analysis = interviews->analysis;
    *task = (baro_cross_task){.run = &interviews->run, .table = table, .lonely = SIZE_MAX};
    baro_status status = baro_bind_measure(analysis->binding, analysis->measure[measure], &task->measure);
    if (status == BARO_OK && table != SIZE_MAX) {
        const baro_breakdown *by = &analysis->request->by[table];
        status = baro_bind_group(analysis->binding, baro_analysis_group(analysis, by->first), &task->first);
        if (status == BARO_OK && by->second)
            status = baro_bind_group(analysis->binding, baro_analysis_group(analysis, by->second), &task->second);
    }
    return status ? status : baro_weights_choose(interviews->weights, task);
}

baro_status baro_interviews_failure(const baro_interviews *interviews, const baro_cross_task *failed, baro_status status)
{
    baro_analysis *analysis = interviews->analysis;
    if (status != BARO_LONELY_PSU || !failed)
        return baro_fault_add(analysis->error, status, (baro_where_it_is){0}, "%s", baro_status_sentence(status));
    const char *name = baro_stratum_name(analysis->binding, failed->run->design, failed->lonely);
    return baro_fault_add(analysis->error, status, (baro_where_it_is){0},
                          "a domain of measure '%s' meets only one PSU of stratum '%s': choose lonely_psu (--lonely-psu) remove, adjust or average",
                          failed->measure->measure->id, name ? name : "?");
}

void baro_interviews_notes(const baro_interviews *interviews)
{
    baro_analysis *analysis = interviews->analysis;
    const baro_survey *survey = analysis->request->survey;
    static const char *const sampling[] = {NULL, "This is a quota sample", "This is an open, opt-in survey"};
    if (survey->sampling != BARO_SAMPLING_PROBABILITY)
        baro_analysis_note(analysis,
                           baro_arena_format(analysis->arena, "%s%s", sampling[survey->sampling],
                                             survey->model ? ": intervals and tests treat it as if it were drawn at random, which it was not."
                                                           : ": no intervals or tests are given, because nobody was drawn at random."));
    if (baro_survey_is_stated(survey))
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Intervals rest on a stated design factor (deft) of %g.", survey->deft));
    if (interviews->weights->base_used) /* of the survey's weight alone is known how it was made */
        baro_calibrated_note(analysis);
    baro_weights_notes(interviews->weights);
    if (analysis->request->where)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Only interviews where %s.", analysis->request->where));
    if (interviews->run.replicates)
        baro_analysis_note(analysis, baro_replicates_note(interviews->run.replicates, survey, analysis->arena));
    if (!isnan(analysis->request->df))
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Degrees of freedom given: %g.", analysis->request->df));
}
