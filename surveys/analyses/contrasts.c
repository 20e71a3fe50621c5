#include "surveys/analyses/contrasts.h"
#include "surveys/model/missing.h"
#include <math.h>
#include <string.h>

static const char *why_none(const baro_survey *survey)
{
    if (survey->is_series)
        return "No findings: a published series has no interviews, and so nothing that could be tested.";
    if (survey->sampling == BARO_SAMPLING_PROBABILITY || survey->model)
        return NULL;
    return survey->sampling == BARO_SAMPLING_QUOTA
               ? "No findings: this is a quota sample, in which nobody was drawn at random; `model: yes` in the survey file treats it as if."
               : "No findings: this is an open, opt-in survey, in which nobody was drawn at random; `model: yes` in the survey file treats it as if.";
}

static const baro_against in_time[BARO_SPANS] = {{.kind = BARO_AGAINST_PREVIOUS_SEPARATE, .text = "previous-separate"},
                                                 {.kind = BARO_AGAINST_YEAR_AGO, .text = "year-ago"}};

static bool pools(const baro_request *request)
{
    return !request->trend && !request->to_is_window && (request->all_periods || request->has_from || request->has_to);
}

static baro_status plan_levels(const baro_request *request, baro_arena *arena, baro_contrasts *out)
{
    baro_against *against = BARO_ARRAY(arena, baro_against, request->n_against + BARO_SPANS);
    out->survey = *request->survey;
    out->levels_of = *request;
    out->levels_of.survey = &out->survey;
    if (!against)
        return BARO_NO_MEMORY;
    if (request->n_against)
        memcpy(against, request->against, request->n_against * sizeof *against);
    out->levels_of.against = against;
    out->levels_of.against_if_there = true;
    for (size_t i = 0; i < BARO_SPANS && out->survey.has_period && !pools(request); i++)
        against[out->levels_of.n_against++] = in_time[i];
    return baro_missing_measures(&out->survey, request->measures, 1u << BARO_MISSING_DONT_KNOW | 1u << BARO_MISSING_REFUSED, arena,
                                 &out->levels_of.measures, NULL);
}

/* Ends of the latest window and of an earlier one that it was compared with; false: there is none. */
static bool span_of(const baro_results *levels, baro_against_kind kind, const baro_survey *survey, baro_gap_request *out)
{
    static const long units[] = {[BARO_UNIT_MONTH] = 12, [BARO_UNIT_QUARTER] = 4, [BARO_UNIT_YEAR] = 1};
    for (size_t i = 0; i < levels->n_rows; i++) {
        const baro_row *row = &levels->rows[i];
        if (!row->compared || row->compared->kind != kind || !*row->against)
            continue;
        long back = kind == BARO_AGAINST_YEAR_AGO ? units[survey->period_unit] : (long)row->window;
        *out = (baro_gap_request){.change = true, .from = row->period - back, .to = row->period};
        return true;
    }
    return false;
}

/* Remarks on the data were made with the levels; faults are told. */
static baro_status gap_quietly(const baro_request *request, const baro_gap_request *span, baro_pool *pool, baro_arena *arena, baro_error *error,
                               baro_gaps *out)
{
    baro_error *own = baro_error_new();
    baro_status status = own ? baro_gap(request, span, pool, arena, own, out) : BARO_NO_MEMORY;
    if (own && status != BARO_OK)
        baro_error_join(error, own);
    baro_error_free(own);
    return status;
}

/* Gaps of the measures themselves, in each span once. */
static baro_status ask_gaps(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_contrasts *out)
{
    baro_gap_request span;
    baro_status status = BARO_OK;
    out->gaps_of = *request;
    out->gaps_of.survey = &out->survey;
    out->gaps_of.reading = out->levels_of.reading;
    out->gaps_of.has_from = out->gaps_of.has_to = out->gaps_of.trend = out->gaps_of.to_is_window = false;
    if (request->measures.n == 0) { /* those of the survey file alone */
        const char **own = BARO_ARRAY(arena, const char *, request->survey->n_measures + 1);
        if (!own)
            return BARO_NO_MEMORY;
        for (size_t i = 0; i < request->survey->n_measures; i++)
            own[i] = request->survey->measures[i].id;
        out->gaps_of.measures = (baro_texts){own, request->survey->n_measures};
    }
    for (size_t i = 0; i < BARO_SPANS && request->n_by > 0 && request->n_against > 0 && status == BARO_OK; i++) {
        if (!span_of(&out->levels, in_time[i].kind, &out->survey, &span) || (out->n_gaps && out->gaps[0].asked.from == span.from))
            continue;
        status = gap_quietly(&out->gaps_of, &span, pool, arena, error, &out->gaps[out->n_gaps]);
        out->n_gaps++;
    }
    return status;
}

/*
 * Factors are ranked where there are two. What they cannot be (all but one with overlapping categories, nobody who answered every one) is
 * no fault here. Draws are many, because a probability of being first can be told from 1 no better than one draw.
 */
static baro_status ask_spread(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_contrasts *out)
{
    const baro_spread_request asked = {.seed = out->survey.replicates.seed, .draws = BARO_CONTRAST_DRAWS, .ranks_only = true};
    for (size_t i = 0; i < request->n_by; i++)
        if (request->by[i].second)
            return BARO_OK;
    if (request->n_by < 2)
        return BARO_OK;
    out->spread_of = out->gaps_of;
    out->spread_of.by_named = false;
    out->spread_of.n_against = 0;
    out->spread_of.has_from = request->has_from && !request->trend;
    out->spread_of.has_to = request->has_to && !request->trend;
    baro_error *own = baro_error_new();
    baro_status status = own ? baro_spread_rank_factors(&out->spread_of, &asked, pool, arena, own, &out->spreads) : BARO_NO_MEMORY;
    bool cannot = status == BARO_USAGE;
    if (own && status != BARO_OK && !cannot)
        baro_error_join(error, own);
    baro_error_free(own);
    if (cannot)
        out->spreads.n_rows = 0;
    return cannot ? BARO_OK : status;
}

/* The files are read here for both questions, unless the caller has. */
static baro_status open_reading(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_contrasts *out,
                                baro_reading *own)
{
    const baro_request *asked[] = {&out->levels_of};
    if (request->reading)
        return BARO_OK;
    baro_status status = baro_requests_read(asked, 1, pool, arena, error, own);
    if (status == BARO_OK)
        out->levels_of.reading = own;
    return status;
}

baro_status baro_contrasts_ask(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_contrasts *out)
{
    baro_reading own = {0};
    *out = (baro_contrasts){.why_none = why_none(request->survey)};
    baro_status status = plan_levels(request, arena, out);
    out->levels = (baro_results){.survey = &out->survey, .request = &out->levels_of};
    if (out->why_none || status)
        return status;
    status = open_reading(request, pool, arena, error, out, &own);
    if (status == BARO_OK)
        status = baro_analyse(&out->levels_of, pool, arena, error, &out->levels);
    if (status == BARO_OK)
        status = ask_gaps(request, pool, arena, error, out);
    if (status == BARO_OK)
        status = ask_spread(request, pool, arena, error, out);
    if (out->levels_of.reading == &own) {
        baro_reading_close(&own);
        out->levels_of.reading = out->gaps_of.reading = out->spread_of.reading = NULL;
    }
    return status;
}
