/*
 * Covariances of the groups of all factors: unit sums of all crosses side by side, one call a race. With replicate
 * weights the same from each replicate's means; with a stated design factor from the interviews that groups share.
 */
#include "surveys/analyses/cross_calibration.h"
#include "surveys/analyses/cross_replicates.h"
#include "surveys/analyses/spread_work.h"
#include <math.h>
#include <string.h>

/* ---- linear forms ---- */

static uint32_t mean_node(baro_spread_work *work, const baro_spread_race_work *race, const baro_spread_entry *entry,
                          size_t k, size_t first, size_t end)
{
    baro_builder *builder = &work->cross[k].builder;
    size_t outcomes = work->cross[k].cross.outcomes;
    uint32_t sum[2];
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = first ? entry->cell_end[first - 1] : 0; i < entry->cell_end[end - 1]; i++)
            baro_builder_column(builder, entry->cell[i] * (outcomes + 1) + (s ? outcomes : race->j));
        sum[s] = baro_builder_sum(builder);
    }
    return baro_builder_over(builder, sum[0], sum[1]);
}

/* Forms of one cross on the joined columns, and what making them needs. */
typedef struct {
    baro_spread_work *work;
    baro_arena *arena; /* of one race */
    size_t k;
    baro_expression expression;
    double *value;
    baro_linear_work scratch;
} maker;

static baro_status begin_forms(maker *m)
{
    baro_cross_work *cross = &m->work->cross[m->k];
    size_t columns = cross->totals.columns;
    m->expression = baro_builder_expression(&cross->builder);
    m->value = BARO_ARRAY(m->arena, double, m->expression.n_nodes + 1);
    m->scratch =
        (baro_linear_work){BARO_ARRAY(m->arena, double, m->expression.n_nodes + 1),
                           BARO_ARRAY(m->arena, uint32_t, m->expression.n_nodes + 1),
                           BARO_ARRAY(m->arena, double, columns + 1), BARO_ARRAY(m->arena, uint32_t, columns + 1)};
    if (cross->builder.failed || !m->value || !m->scratch.adjoint || !m->scratch.order || !m->scratch.slope ||
        !m->scratch.place)
        return BARO_NO_MEMORY;
    baro_expression_values(&m->expression, cross->totals.total, m->value);
    return BARO_OK;
}

static baro_status linearise(const maker *m, uint32_t node, baro_linear *out)
{
    baro_cross_work *cross = &m->work->cross[m->k];
    size_t columns = cross->totals.columns;
    double *slope = BARO_ARRAY(m->arena, double, columns + 1);
    uint32_t *column = BARO_ARRAY(m->arena, uint32_t, columns + 1);
    if (!slope || !column)
        return BARO_NO_MEMORY;
    baro_status status =
        baro_cross_linearise(cross, &m->expression, node, m->value, &m->scratch, columns, column, slope, out);
    for (size_t i = 0; i < out->n && status == BARO_OK; i++)
        column[i] = (uint32_t)baro_totals_joined_column(m->work->part, m->work->task->factors, m->k, column[i]);
    return status;
}

/* Of one factor's groups; with `all`, of everyone too. */
static baro_status make_forms(baro_spread_work *work, const baro_spread_race_work *race, size_t k, baro_arena *arena,
                              baro_linear *group, baro_linear *all)
{
    const baro_spread_entry *entry = &race->entry[k];
    maker m = {.work = work, .arena = arena, .k = k};
    uint32_t *node = BARO_ARRAY(arena, uint32_t, entry->groups + 1);
    if (!node)
        return BARO_NO_MEMORY;
    work->cross[k].builder = (baro_builder){.arena = arena};
    for (size_t g = 0; g < entry->groups; g++)
        node[g] = mean_node(work, race, entry, k, g, g + 1);
    node[entry->groups] = mean_node(work, race, entry, k, 0, entry->groups);
    baro_status status = begin_forms(&m);
    for (size_t g = 0; g < entry->groups && status == BARO_OK; g++)
        status = linearise(&m, node[g], &group[g]);
    return status == BARO_OK && all ? linearise(&m, node[entry->groups], all) : status;
}

/* Groups of all factors that are ranked, in order, then everyone. */
static baro_status make_all_forms(baro_spread_work *work, const baro_spread_race_work *race, baro_arena *arena,
                                  baro_linear *form)
{
    baro_linear *everyone = form + race->groups;
    for (size_t k = 0; k < work->task->factors; k++) {
        if (!race->entry[k].ranked)
            continue;
        baro_status status = make_forms(work, race, k, arena, form + race->entry[k].first, everyone);
        if (status)
            return status;
        everyone = NULL;
    }
    return BARO_OK;
}

static baro_status call(baro_spread_work *work, baro_arena *arena, const baro_variance_job *job, const baro_pair *pair,
                        size_t pairs, double *covariance, double *variance, baro_reach *reach)
{
    size_t room = baro_variance_room(job, pairs);
    void *scratch = room ? BARO_ARRAY(arena, unsigned char, room) : NULL;
    baro_fault fault = {0};
    if (!scratch)
        return BARO_NO_MEMORY;
    baro_status status = pair ? baro_covariances(job, pair, pairs, scratch, covariance, &fault)
                              : baro_variances(job, scratch, variance, reach, &fault);
    if (status == BARO_LONELY_PSU)
        work->task->lonely = fault.index;
    return status;
}

static baro_status vary_in(baro_spread_work *work, baro_spread_race_work *race, baro_arena *arena)
{
    size_t n = race->groups, pairs = 0;
    baro_linear *form = BARO_ARRAY(arena, baro_linear, n + 1);
    baro_pair *pair = BARO_ARRAY(arena, baro_pair, n * (n + 1) / 2 + 1);
    double *covariance = BARO_ARRAY(arena, double, n *(n + 1) / 2 + 1);
    baro_status status = form && pair && covariance ? make_all_forms(work, race, arena, form) : BARO_NO_MEMORY;
    if (status)
        return status;
    for (size_t e = 0; e < n; e++)
        for (size_t f = 0; f <= e; f++)
            pair[pairs++] = (baro_pair){(uint32_t)e, (uint32_t)f};
    baro_variance_job job = {.design = work->task->run.design,
                             .totals = &work->joined,
                             .form = form,
                             .forms = n,
                             .one_psu = (baro_one_psu)work->task->run.request->survey->lonely_psu};
    status = call(work, arena, &job, pair, pairs, covariance, NULL, NULL);
    job.form = form + n;
    job.forms = 1;
    if (status == BARO_OK)
        status = call(work, arena, &job, NULL, 0, NULL, &race->variance_of_mean, &work->reach[race - work->race]);
    for (size_t p = 0; p < pairs && status == BARO_OK; p++)
        race->covariance[pair[p].first * n + pair[p].second] = race->covariance[pair[p].second * n + pair[p].first] =
            covariance[p];
    return status;
}

static baro_status vary_race(baro_spread_work *work, baro_spread_race_work *race)
{
    baro_arena *arena = baro_arena_new(); /* slopes of one race at a time are held */
    baro_status status = arena ? vary_in(work, race, arena) : BARO_NO_MEMORY;
    baro_arena_free(arena);
    return status;
}

/* ---- replicate weights of the run ---- */

/* Means of all groups in every replicate, of the cross that is visited. */
typedef struct {
    baro_spread_work *work;
    size_t k, replicates;
    double **mean; /* [races] of [groups + 1][replicates] */
} visited;

static void keep_means(void *context, size_t replicate, const double *total)
{
    const visited *v = context;
    for (size_t i = 0; i < v->work->n_races; i++) {
        const baro_spread_race_work *race = &v->work->race[i];
        const baro_spread_entry *entry = &race->entry[v->k];
        size_t outcomes = v->work->cross[v->k].cross.outcomes;
        for (size_t g = 0; entry->ranked && g <= entry->groups; g++) {
            size_t first = g < entry->groups ? g : 0, end = g < entry->groups ? g + 1 : entry->groups;
            double w = baro_spread_sum(v->work, entry, first, end, outcomes, total),
                   wy = baro_spread_sum(v->work, entry, first, end, race->j, total);
            size_t at = g < entry->groups ? entry->first + g : race->groups;
            v->mean[i][at * v->replicates + replicate] = w != 0 ? wy / w : NAN;
        }
    }
}

static void covary(const baro_spread_work *work, baro_spread_race_work *race, const double *theta, double mean)
{
    const baro_replicate_rule *rule = &work->task->run.replicates->rule;
    size_t n = race->groups, r = rule->replicates;
    for (size_t e = 0; e < n; e++)
        for (size_t f = 0; f <= e; f++)
            race->covariance[e * n + f] = race->covariance[f * n + e] =
                baro_replicate_covariance(rule, &theta[e * r], race->mean[e], &theta[f * r], race->mean[f]);
    race->variance_of_mean = baro_replicate_covariance(rule, &theta[n * r], mean, &theta[n * r], mean);
}

static double mean_of(const baro_spread_race_work *race)
{
    for (size_t k = 0;; k++) { /* of a race there is a factor that is ranked */
        const baro_spread_entry *entry = &race->entry[k];
        double mean = 0;
        if (!entry->ranked)
            continue;
        for (size_t g = entry->first; g < entry->first + entry->groups; g++)
            mean += race->share[g] * race->mean[g];
        return mean;
    }
}

/* The reach of everyone in the race's window: of forms that nothing else is asked of. */
static baro_status reach_of(baro_spread_work *work)
{
    baro_cross_work *cross = &work->cross[0];
    size_t n = work->n_races, outcomes = cross->cross.outcomes;
    cross->form_node = BARO_ARRAY(work->arena, uint32_t, n + 1);
    cross->form_window = BARO_ARRAY(work->arena, size_t, n + 1);
    cross->form_domain = BARO_ARRAY(work->arena, size_t, n + 1);
    if (!cross->form_node || !cross->form_window || !cross->form_domain)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        size_t t = work->race[i].t, cells = baro_cross_cells(cross, t, cross->task->groups);
        for (size_t c = 0; c < cells; c++)
            baro_builder_column(&cross->builder, cross->cell_list[c] * (outcomes + 1) + outcomes);
        cross->form_node[i] = baro_builder_sum(&cross->builder);
        cross->form_window[i] = t;
        cross->form_domain[i] = cross->task->groups;
    }
    cross->n_forms = n;
    baro_status status = cross->builder.failed ? BARO_NO_MEMORY : baro_cross_replicate(cross, NULL);
    if (status == BARO_OK)
        memcpy(work->reach, cross->reach, n * sizeof *work->reach);
    return status;
}

static baro_status vary_by_replicates(baro_spread_work *work)
{
    size_t replicates = work->task->run.replicates->rule.replicates;
    visited v = {work, 0, replicates, BARO_ARRAY(work->arena, double *, work->n_races + 1)};
    if (!v.mean)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < work->n_races; i++)
        if (!(v.mean[i] = BARO_ARRAY(work->arena, double, (work->race[i].groups + 1) * replicates)))
            return BARO_NO_MEMORY;
    baro_status status = reach_of(work);
    for (; v.k < work->task->factors && status == BARO_OK; v.k++)
        status = baro_cross_visit_replicates(&work->cross[v.k], keep_means, &v);
    for (size_t i = 0; i < work->n_races && status == BARO_OK; i++)
        if (work->race[i].groups)
            covary(work, &work->race[i], v.mean[i], mean_of(&work->race[i]));
    return status;
}

/* ---- all ---- */

static baro_status join_stage(baro_spread_work *work, const baro_design *design, const baro_totals **part,
                              baro_totals *out)
{
    size_t n = work->task->factors, room = baro_totals_join_room(part, n, design->units), columns = 0;
    for (size_t k = 0; k < n; k++)
        columns += part[k]->columns;
    if (room >= UINT32_MAX || columns >= UINT32_MAX)
        return BARO_NO_MEMORY;
    out->total = BARO_ARRAY(work->arena, double, columns + 1);
    out->unit_end = BARO_ARRAY(work->arena, uint32_t, design->units + 1);
    out->column = BARO_ARRAY(work->arena, uint32_t, room + 1);
    out->high = BARO_ARRAY(work->arena, double, room + 1);
    out->low = BARO_ARRAY(work->arena, double, room + 1);
    if (!out->total || !out->unit_end || !out->column || !out->high || !out->low)
        return BARO_NO_MEMORY;
    baro_totals_join(part, n, design->units, out);
    return BARO_OK;
}

static baro_status join_totals(baro_spread_work *work)
{
    size_t n = work->task->factors;
    const baro_totals **part = BARO_ARRAY(work->arena, const baro_totals *, n + 1);
    baro_totals *out = &work->joined;
    if (!part)
        return BARO_NO_MEMORY;
    memcpy(part, work->part, n * sizeof *part);
    for (const baro_design *design = work->task->run.design; design && part[0]; design = design->next) {
        baro_status status = join_stage(work, design, part, out);
        if (status)
            return status;
        for (size_t k = 0; k < n; k++)
            part[k] = part[k]->next;
        if (design->next && part[0] && !(out->next = BARO_NEW(work->arena, baro_totals)))
            return BARO_NO_MEMORY;
        out = out->next;
    }
    return BARO_OK;
}

baro_status baro_spread_vary(baro_spread_work *work)
{
    bool stated = baro_survey_is_stated(work->task->run.request->survey);
    if (work->task->run.replicates)
        return vary_by_replicates(work);
    baro_status status = join_totals(work);
    for (size_t i = 0; i < work->n_races && status == BARO_OK; i++) {
        if (!work->race[i].groups)
            continue;
        status = vary_race(work, &work->race[i]);
        if (status == BARO_OK && stated)
            status = baro_spread_state(work, &work->race[i]);
    }
    return status;
}
