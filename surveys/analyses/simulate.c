/* What is to be drawn: periods, the sample of each group, and which columns there are not. */
#include "surveys/analyses/simulate_work.h"
#include <math.h>
#include <string.h>

static baro_status check_survey(const baro_simulation *s)
{
    const baro_survey *survey = s->survey;
    const struct {
        bool found;
        baro_position at;
        const char *what;
    } cannot[] = {{survey->fpc.n > 0, survey->fpc_at, "a finite population correction; the population of a simulation is infinite"},
                  {survey->replicates.columns && strncmp(survey->replicates.columns, "make:", 5) != 0, survey->replicates.at, "replicate weights"},
                  {survey->input.encoding != BARO_UTF8, {.line = 0}, "data that are not UTF-8"}};
    for (size_t i = 0; i < sizeof cannot / sizeof *cannot; i++)
        if (cannot[i].found)
            return baro_fault_add(s->error, BARO_BAD_SURVEY, (baro_where_it_is){cannot[i].at.path ? cannot[i].at.path : survey->path, cannot[i].at.line, cannot[i].at.column}, "simulate does not make %s",
                                  cannot[i].what);
    return BARO_OK;
}

static baro_status choose_periods(baro_simulation *s)
{
    baro_simulation_request *r = &s->request;
    r->first = r->has_first ? r->first : s->truth->first;
    r->last = r->has_last ? r->last : s->truth->last;
    if (!s->survey->has_period)
        r->first = r->last = 0;
    if (r->last < r->first || r->last - r->first >= 1200)
        return baro_fault_add(s->error, BARO_USAGE, (baro_where_it_is){0}, "%s", r->last < r->first ? "the last period is before the first" : "more than 1200 periods");
    s->periods = (size_t)(r->last - r->first) + 1;
    s->label = BARO_ARRAY(s->arena, const char *, s->periods);
    for (size_t t = 0; s->label && t < s->periods; t++) {
        char label[32] = "";
        if (s->survey->has_period)
            baro_period_label(&s->calendar, r->first + (baro_period)t, label);
        s->label[t] = baro_arena_string(s->arena, label);
        if (!s->label[t])
            return BARO_NO_MEMORY;
    }
    return s->label ? BARO_OK : BARO_NO_MEMORY;
}

/* Who is met: share times response, or as many of each category; the weight is what undoes it. */
static baro_status sample_group(baro_simulation *s, size_t g)
{
    const baro_truth_group *group = &s->truth->groups[g];
    double *cumulated = BARO_ARRAY(s->arena, double, group->n), *weight = BARO_ARRAY(s->arena, double, group->n), sum = 0;
    if (!cumulated || !weight)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < group->n; c++) {
        weight[c] = group->categories[c].response * (group->even ? 1 : group->categories[c].share);
        sum += weight[c];
        cumulated[c] = sum;
    }
    for (size_t c = 0; c < group->n; c++) {
        cumulated[c] /= sum;
        weight[c] = group->categories[c].share / (weight[c] / sum);
    }
    s->sample[g] = (baro_simulated_sample){cumulated, weight};
    return BARO_OK;
}

baro_status baro_simulation_new(const baro_simulation_request *request, baro_arena *arena, baro_error *error, baro_simulation **out)
{
    baro_simulation *s = BARO_NEW(arena, baro_simulation);
    if (!s)
        return BARO_NO_MEMORY;
    *s = (baro_simulation){.request = *request, .survey = request->survey, .truth = request->truth, .arena = arena, .error = error, .most = 1};
    s->calendar = (baro_calendar){.unit = s->survey->period_unit, .year_starts = s->survey->year_starts, .format = s->survey->period_format};
    s->interviews = request->interviews ? request->interviews : s->truth->interviews;
    s->measure = BARO_ARRAY(arena, baro_simulated_measure, s->survey->n_measures + 1);
    s->sample = BARO_ARRAY(arena, baro_simulated_sample, s->truth->n_groups + 1);
    baro_status status = s->measure && s->sample ? check_survey(s) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = choose_periods(s);
    for (size_t g = 0; g < s->truth->n_groups && status == BARO_OK; g++) {
        s->most = s->truth->groups[g].n > s->most ? s->truth->groups[g].n : s->most;
        status = sample_group(s, g);
    }
    if (status == BARO_OK)
        status = baro_simulated_levels(s);
    *out = s;
    return status;
}

size_t baro_simulation_periods(const baro_simulation *simulation)
{
    return simulation->periods;
}

const char *baro_simulation_period(const baro_simulation *simulation, size_t i)
{
    return simulation->label[i];
}
