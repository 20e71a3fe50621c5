#include "surveys/analyses/cross_calibration.h"
#include "surveys/analyses/cross_replicates.h"
#include "surveys/analyses/letters.h"
#include <math.h>
#include <string.h>

void baro_cross_size(baro_cross_task *task)
{
    size_t shown = 0;
    for (size_t t = 0; t < task->run->windows->n; t++)
        shown += task->run->windows->window[t].shown;
    task->groups = (task->first ? task->first->n : 1) * (task->second ? task->second->n : 1);
    bool ratio = task->measure->measure->statistic == BARO_STAT_RATIO; /* two outcomes make one level */
    if (task->measure->measure->statistic == BARO_STAT_QUANTILE)
        task->levels = task->measure->measure->n_at;
    else
        task->levels = ratio || !task->measure->outcomes ? 1 : task->measure->outcomes;
    task->n_rows = task->levels * task->groups * shown * (task->n_against ? task->n_against : 1);
    task->n_contrasts = baro_letters_size(task, shown);
}

/* ---- nodes ---- */

/*
 * What a level is of its sums. A mean is kept less its shift (differences need no shift); a total gets it back through the sum of weights. A ratio
 * names the sum of weights with slope 0, so that its domain is known.
 */
static uint32_t statistic_node(baro_cross_work *work, uint32_t weights, uint32_t sum, uint32_t other_sum)
{
    baro_builder *builder = &work->builder;
    switch (work->task->measure->measure->statistic) {
    case BARO_STAT_TOTAL: return baro_builder_plus(builder, sum, work->cross.shift, weights);
    case BARO_STAT_RATIO: return baro_builder_over(builder, baro_builder_plus(builder, sum, 0, weights), other_sum);
    default: return baro_builder_over(builder, sum, weights);
    }
}

/* Sums of a domain: outcome by outcome, then the weights; made when first asked for. Those of a rest are all that are known less the group's. */
static uint32_t sum_node(baro_cross_work *work, size_t t, size_t d, size_t k)
{
    size_t outcomes = work->cross.outcomes, groups = work->task->groups, at = (t * work->domains + d) * (outcomes + 1);
    if (work->sum[at + k] != BARO_NO_NODE)
        return work->sum[at + k];
    baro_builder *builder = &work->builder;
    bool rest = d > groups && d != baro_cross_known(work);
    for (size_t o = 0; rest && o <= outcomes; o++) {
        uint32_t known = sum_node(work, t, baro_cross_known(work), o), group = sum_node(work, t, d - groups - 1, o);
        work->sum[at + o] = baro_builder_plus(builder, known, -1, group);
    }
    size_t n = rest ? 0 : baro_cross_cells(work, t, d);
    for (size_t o = 0; !rest && o <= outcomes; o++) {
        for (size_t i = 0; i < n; i++)
            baro_builder_column(builder, work->cell_list[i] * (outcomes + 1) + o);
        work->sum[at + o] = baro_builder_sum(builder);
    }
    return work->sum[at + k];
}

uint32_t baro_cross_level(baro_cross_work *work, size_t t, size_t d, size_t j)
{
    size_t outcomes = work->cross.outcomes, levels = work->task->levels, at = (t * work->domains + d) * levels;
    if (work->level[at + j] == BARO_NO_NODE) {
        uint32_t weights = sum_node(work, t, d, outcomes), sum = sum_node(work, t, d, j);
        work->level[at + j] = statistic_node(work, weights, sum, levels < outcomes ? sum_node(work, t, d, outcomes - 1) : sum);
    }
    return work->level[at + j];
}

size_t baro_cross_form(baro_cross_work *work, uint32_t node, size_t t, size_t d)
{
    for (; work->n_form_of <= node; work->n_form_of++)
        work->form_of[work->n_form_of] = BARO_NO_FORM;
    if (work->form_of[node] == BARO_NO_FORM) {
        work->form_node[work->n_forms] = node;
        work->form_window[work->n_forms] = t;
        work->form_domain[work->n_forms] = d;
        work->form_of[node] = (uint32_t)work->n_forms++;
    }
    return work->form_of[node];
}

/* Domain that group d is compared with, or `domains` where it is not. A reference of the second group is taken inside each of the first. */
static size_t other_domain(const baro_cross_task *task, const baro_against *against, size_t d)
{
    size_t groups = task->groups, n2 = task->second ? task->second->n : 1, none = SIZE_MAX;
    if (!task->first)
        return none;
    if (against->kind == BARO_AGAINST_TOTAL)
        return groups;
    if (against->kind == BARO_AGAINST_REST)
        return groups + 1 + d;
    if (against->kind != BARO_AGAINST_GROUP)
        return none;
    for (size_t c = 0; task->second && c < n2; c++)
        if (strcmp(task->second->label[c], against->name) == 0 && (!against->group || strcmp(against->group, task->second->group->id) == 0))
            return d % n2 == c ? none : d - d % n2 + c;
    for (size_t c = 0; c < task->first->n; c++)
        if (strcmp(task->first->label[c], against->name) == 0 && (!against->group || strcmp(against->group, task->first->group->id) == 0))
            return d / n2 == c ? none : c * n2 + d % n2;
    return none;
}

static void plan_row(baro_cross_work *work, size_t j, size_t d, size_t t, const baro_against *against, baro_cross_plan *plan)
{
    const baro_run *run = work->task->run;
    *plan = (baro_cross_plan){.other_window = t, .level = baro_cross_form(work, baro_cross_level(work, t, d, j), t, d), .other = BARO_NO_FORM, .difference = BARO_NO_FORM};
    /* The design effect of everyone stands in where a group's own is 0. */
    plan->everyone = baro_cross_form(work, baro_cross_level(work, t, work->task->first ? work->task->groups : d, j), t, work->task->first ? work->task->groups : d);
    if (!against)
        return;
    size_t other_t = t, other_d = d;
    if (baro_against_is_period(against->kind))
        other_t = baro_window_against(run->windows, run->request, t, against);
    else
        other_d = other_domain(work->task, against, d);
    if (other_t == BARO_NO_WINDOW || other_d == SIZE_MAX)
        return;
    plan->other_window = other_t;
    plan->other = baro_cross_form(work, baro_cross_level(work, other_t, other_d, j), other_t, other_d);
    uint32_t node = baro_builder_plus(&work->builder, work->form_node[plan->level], -1, work->form_node[plan->other]);
    plan->difference = baro_cross_form(work, node, t, d);
}

baro_status baro_cross_make_room(baro_cross_work *work, size_t more_forms, size_t more_nodes)
{
    const baro_cross_task *task = work->task;
    size_t windows = task->run->windows->n, levels = windows * work->domains * task->levels;
    size_t sums = windows * work->domains * (work->cross.outcomes + 1);
    size_t most = levels + more_forms, nodes = sums + 2 * levels + more_nodes + 1;
    work->level = BARO_ARRAY(work->arena, uint32_t, levels + 1);
    work->sum = BARO_ARRAY(work->arena, uint32_t, sums + 1);
    work->form_of = BARO_ARRAY(work->arena, uint32_t, nodes + 1);
    work->form_node = BARO_ARRAY(work->arena, uint32_t, most + 1);
    work->form_window = BARO_ARRAY(work->arena, size_t, most + 1);
    work->form_domain = BARO_ARRAY(work->arena, size_t, most + 1);
    if (!work->level || !work->sum || !work->form_of || !work->form_node || !work->form_window || !work->form_domain)
        return BARO_NO_MEMORY;
    memset(work->level, 0xFF, levels * sizeof *work->level);
    memset(work->sum, 0xFF, sums * sizeof *work->sum);
    return BARO_OK;
}

static baro_status plan_rows(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    size_t more = task->n_rows + task->n_contrasts, against = task->n_against ? task->n_against : 1;
    work->plan = BARO_ARRAY(work->arena, baro_cross_plan, task->n_rows + 1);
    if (!work->plan || baro_cross_make_room(work, more, more))
        return BARO_NO_MEMORY;
    size_t row = 0;
    for (size_t j = 0; j < task->levels; j++)
        for (size_t d = 0; d < task->groups; d++)
            for (size_t t = 0; t < windows->n; t++)
                for (size_t a = 0; windows->window[t].shown && a < against && !work->builder.failed; a++)
                    plan_row(work, j, d, t, task->n_against ? task->against[a] : NULL, &work->plan[row++]);
    return work->builder.failed ? BARO_NO_MEMORY : baro_letters_plan(work);
}

/* ---- linear forms and their variances, in batches of bounded memory ---- */

enum { SLOPES_OF_A_BATCH = 1 << 18 };

static baro_status batch_variances(baro_cross_work *work, size_t first, size_t end, const baro_linear *form, void **scratch, size_t *scratch_room)
{
    const baro_survey *survey = work->task->run->request->survey;
    baro_variance_job job = {.design = work->task->run->design,
                             .totals = &work->totals,
                             .form = form,
                             .forms = end - first,
                             .one_psu = (baro_one_psu)survey->lonely_psu};
    size_t room = baro_variance_room(&job, 0);
    if (room > *scratch_room) {
        *scratch = BARO_ARRAY(work->arena, unsigned char, room);
        *scratch_room = *scratch ? room : 0;
    }
    if (!*scratch)
        return BARO_NO_MEMORY;
    baro_fault fault = {0};
    baro_status status = baro_variances(&job, *scratch, work->variance + first, work->reach + first, &fault);
    if (status == BARO_LONELY_PSU)
        work->task->lonely = fault.index;
    return status;
}

baro_status baro_cross_vary(baro_cross_work *work)
{
    if (work->task->run->replicates)
        return baro_cross_replicate(work, NULL);
    baro_expression expression = baro_builder_expression(&work->builder);
    size_t columns = work->totals.columns, forms = work->n_forms;
    size_t room = columns > SLOPES_OF_A_BATCH ? columns : SLOPES_OF_A_BATCH;
    if (forms < room / (columns + 1))
        room = forms * columns + 1;
    work->value = BARO_ARRAY(work->arena, double, expression.n_nodes + 1);
    work->variance = BARO_ARRAY(work->arena, double, forms + 1);
    work->reach = BARO_ARRAY(work->arena, baro_reach, forms + 1);
    baro_linear *form = BARO_ARRAY(work->arena, baro_linear, forms + 1);
    uint32_t *column = BARO_ARRAY(work->arena, uint32_t, room);
    double *slope = BARO_ARRAY(work->arena, double, room);
    baro_linear_work scratch = {BARO_ARRAY(work->arena, double, expression.n_nodes + 1), BARO_ARRAY(work->arena, uint32_t, expression.n_nodes + 1),
                                BARO_ARRAY(work->arena, double, columns + 1), BARO_ARRAY(work->arena, uint32_t, columns + 1)};
    if (!work->value || !work->variance || !work->reach || !form || !column || !slope || !scratch.adjoint || !scratch.order || !scratch.slope ||
        !scratch.place)
        return BARO_NO_MEMORY;
    baro_expression_values(&expression, work->totals.total, work->value);
    void *variance_scratch = NULL;
    size_t variance_room = 0, first = 0, used = 0;
    for (size_t e = 0; e < forms; e++) {
        baro_status status = BARO_OK;
        if (room - used < columns) {
            status = batch_variances(work, first, e, form + first, &variance_scratch, &variance_room);
            first = e;
            used = 0;
        }
        if (status == BARO_OK)
            status = baro_cross_linearise(work, &expression, work->form_node[e], work->value, &scratch, room - used, column + used, slope + used,
                                          &form[e]);
        if (status)
            return status;
        used += form[e].n;
    }
    return batch_variances(work, first, forms, form + first, &variance_scratch, &variance_room);
}

baro_status baro_cross_compute(baro_cross_task *task)
{
    baro_cross_work work = {.task = task, .arena = baro_arena_new(), .domains = 2 * task->groups + 2};
    work.builder.arena = work.arena;
    baro_status status = work.arena ? baro_cross_assign(&work) : BARO_NO_MEMORY;
    if (status == BARO_OK && task->measure->measure->statistic == BARO_STAT_QUANTILE) {
        status = baro_cross_quantiles(&work);
        baro_arena_free(work.arena);
        return status;
    }
    if (status == BARO_OK)
        status = baro_cross_sum(&work);
    if (status == BARO_OK)
        status = plan_rows(&work);
    if (status == BARO_OK)
        status = baro_cross_vary(&work);
    if (status == BARO_OK && baro_survey_is_stated(task->run->request->survey))
        status = baro_cross_state(&work);
    if (status == BARO_OK) {
        baro_cross_fill(&work);
        baro_letters_fill(&work);
    }
    baro_arena_free(work.arena);
    return status;
}
