/* The way from a request to results that both kinds of data share: what is asked, one reading, notes and facts. */
#include "surveys/analyses/interviews.h"
#include <string.h>

enum { NOTES_MOST = 16 };

void baro_analysis_note(baro_analysis *analysis, const char *note)
{
    if (note && analysis->n_notes < NOTES_MOST)
        analysis->note[analysis->n_notes++] = note;
}

baro_status baro_analysis_no_memory(baro_analysis *analysis)
{
    return baro_fault_add(analysis->error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
}

const baro_group *baro_analysis_group(const baro_analysis *analysis, const char *id)
{
    return id ? baro_survey_group(analysis->request->survey, id) : NULL;
}

static baro_status choose_measures(baro_analysis *analysis)
{
    const baro_request *request = analysis->request;
    const baro_survey *survey = request->survey;
    size_t n = request->measures.n ? request->measures.n : survey->n_measures;
    analysis->measure = BARO_ARRAY(analysis->arena, const baro_measure *, n + 1);
    if (!analysis->measure)
        return baro_analysis_no_memory(analysis);
    for (size_t i = 0; i < n; i++) {
        const baro_measure *measure = request->measures.n ? baro_survey_measure(survey, request->measures.item[i]) : &survey->measures[i];
        if (!measure)
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "no measure '%s' in this survey",
                                  request->measures.item[i]);
        if (baro_survey_is_stated(survey) && (measure->statistic == BARO_STAT_TOTAL || measure->statistic == BARO_STAT_RATIO))
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "a stated design factor is for shares and means, not for '%s'",
                                  measure->id);
        if (measure->statistic == BARO_STAT_TOTAL && !survey->weight && !measure->weight && survey->n_window_weights == 0)
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "the total '%s' needs a weight whose sum is the population", measure->id);
        if (measure->statistic == BARO_STAT_TOTAL && survey->path && survey->weight_scale != BARO_SCALE_POPULATION)
            return baro_fault_add(analysis->error, BARO_BAD_SURVEY, (baro_where_it_is){survey->weight_at.path ? survey->weight_at.path : survey->path, survey->weight_at.line, survey->weight_at.column},
                                  "the total '%s' needs weights that add up to the population: say weight_scale: population if they do",
                                  measure->id);
        analysis->measure[analysis->n_measures++] = measure;
    }
    return BARO_OK;
}

/* The groups of the breakdowns are groups of the survey; what they are compared with is looked at after reading. */
static baro_status check_breakdowns(baro_analysis *analysis)
{
    const baro_request *request = analysis->request;
    for (size_t i = 0; i < request->n_by; i++) {
        const char *const id[] = {request->by[i].first, request->by[i].second};
        for (size_t k = 0; k < 2; k++)
            if (id[k] && !baro_survey_group(request->survey, id[k]))
                return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "no group '%s' in this survey", id[k]);
    }
    return BARO_OK;
}

static baro_status note_files(baro_analysis *analysis)
{
    const baro_frame *frame = baro_binding_frame(analysis->binding);
    size_t sources = baro_frame_sources(frame);
    analysis->fact = BARO_ARRAY(analysis->arena, const char *, sources + 2);
    if (!analysis->fact)
        return baro_analysis_no_memory(analysis);
    for (size_t s = 0; s < sources; s++) {
        const baro_source *source = baro_frame_source(frame, s);
        const char *delimiter = source->delimiter == '\t' ? "tab" : NULL;
        char one[] = {source->delimiter, '\0'};
        const char *header = !source->header_found ? "" : source->header_rows == 2 ? ", two header rows found" : ", three header rows found";
        const char *fact =
            source->delimiter
                ? baro_arena_format(analysis->arena, "%s: %zu rows read, %zu fields, delimiter %s, decimal mark %c%s", source->path,
                                    source->rows, source->fields, delimiter ? delimiter : one, source->decimal, header)
                : baro_arena_format(analysis->arena, "%s: %zu records read, %zu variables", source->path, source->rows, source->fields);
        if (!fact)
            return baro_analysis_no_memory(analysis);
        analysis->fact[analysis->n_facts++] = fact;
    }
    const char *fact = baro_arena_format(analysis->arena, "%zu rows in all, %zu columns kept", baro_frame_rows(frame), baro_frame_columns(frame));
    if (!fact)
        return baro_analysis_no_memory(analysis);
    analysis->fact[analysis->n_facts++] = fact;
    return BARO_OK;
}

static baro_status open_analysis(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_results *results,
                                 baro_analysis *out)
{
    *out = (baro_analysis){.request = request, .pool = pool, .arena = arena, .error = error, .results = results};
    *results = (baro_results){.survey = request->survey, .request = request, .calendar = baro_survey_calendar(request->survey)};
    out->note = BARO_ARRAY(arena, const char *, NOTES_MOST);
    out->binding = baro_binding_new(request->survey, arena, error);
    if (!out->note || !out->binding)
        return baro_analysis_no_memory(out);
    baro_binding_lend(out->binding, request->reading);
    baro_status status = choose_measures(out);
    return status ? status : check_breakdowns(out);
}

baro_status baro_analysis_run(const baro_request *request, baro_answerer *answer, void *context, baro_pool *pool, baro_arena *arena,
                              baro_error *error, baro_results *out)
{
    baro_analysis analysis;
    baro_status status = open_analysis(request, pool, arena, error, out, &analysis);
    if (status == BARO_OK)
        status = answer(&analysis, context);
    if (status == BARO_OK) {
        baro_analysis_verdicts(&analysis);
        status = note_files(&analysis);
    }
    out->notes = (baro_texts){analysis.note, analysis.n_notes};
    out->facts = (baro_texts){analysis.fact, analysis.n_facts};
    baro_binding_free(analysis.binding);
    /* A fault that a step only noted stops the run as well. */
    return status ? status : baro_error_status(error);
}

static baro_status answer_levels(baro_analysis *analysis, void *context)
{
    (void)context;
    return analysis->request->survey->is_series ? baro_analyse_series(analysis) : baro_analyse_interviews(analysis);
}

baro_status baro_analyse(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_results *out)
{
    return baro_analysis_run(request, answer_levels, NULL, pool, arena, error, out);
}

/* What a request wants, with its faults left to its own run. */
static baro_status want(const baro_request *request, baro_arena *arena, const baro_binding **out)
{
    baro_analysis analysis;
    baro_results results;
    baro_error *unsaid = baro_error_new();
    if (!unsaid)
        return BARO_NO_MEMORY;
    if (open_analysis(request, NULL, arena, unsaid, &results, &analysis) == BARO_OK) {
        baro_targets targets;
        if (request->survey->is_series)
            baro_series_want(&analysis);
        else
            baro_interviews_want(&analysis, &targets);
    }
    *out = analysis.binding;
    baro_error_free(unsaid);
    return analysis.binding ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_requests_read(const baro_request *const requests[], size_t n, baro_pool *pool, baro_arena *arena, baro_error *error,
                               baro_reading *out)
{
    const baro_binding **binding = BARO_ARRAY(arena, const baro_binding *, n + 1);
    baro_status status = binding ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = want(requests[i], arena, &binding[i]);
    if (status)
        return baro_fault_add(error, status, (baro_where_it_is){0}, "out of memory");
    return baro_reading_open(binding, n, requests[0]->data, requests[0]->n_data, pool, arena, error, out);
}
