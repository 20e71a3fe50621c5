/*
 * Standard errors of shares of the variance. Their linear form vanishes where groups do not differ, so they come from
 * replicates: the survey's own, or made here from its design.
 */
#include "stats/estimate.h"
#include "stats/replicate_make.h"
#include "surveys/analyses/cross_replicates.h"
#include "surveys/analyses/spread_work.h"
#include <math.h>
#include <string.h>

enum { JACKKNIFE_MOST = 500, BOOTSTRAP = 200 };

/* ---- replicates made here ---- */

/*
 * No unit of a stratum with one can be left out or drawn anew. As lonely_psu asks: such strata add nothing (remove;
 * average then scales the others up), or are joined with the stratum before (adjust: their distance from others
 * counts).
 */
static baro_status settle_lonely(const baro_run *run, baro_arena *arena, baro_spread_replicates *out)
{
    const baro_design *design = run->design;
    baro_lonely_rule rule = run->request->survey->lonely_psu;
    uint32_t *end = BARO_ARRAY(arena, uint32_t, design->strata + 1);
    double *fraction = BARO_ARRAY(arena, double, design->strata + 1);
    size_t n = 0, counted = 0, left = 0;
    bool waits = false; /* the first stratum is one to be joined with the next */
    if (!end || !fraction)
        return BARO_NO_MEMORY;
    for (size_t h = 0, first = 0; h < design->strata; first = design->stratum_end[h++]) {
        bool lonely = design->stratum_end[h] - first == 1 && design->fraction[h] < 1;
        bool join = lonely && rule == BARO_LONELY_ADJUST;
        counted += design->fraction[h] < 1;
        left += lonely && !join;
        if (n > 0 && (join || waits)) {
            fraction[n - 1] = fmin(fraction[n - 1], design->fraction[h]);
            end[n - 1] = design->stratum_end[h];
            waits = false;
            continue;
        }
        fraction[n] = lonely && !join ? 1 : design->fraction[h];
        end[n++] = design->stratum_end[h];
        waits = join;
    }
    out->design = *design;
    out->design.stratum_end = end;
    out->design.fraction = fraction;
    out->design.strata = n;
    out->design.next = NULL;
    out->scale_up = rule == BARO_LONELY_AVERAGE && counted > left ? (double)counted / (double)(counted - left) : 1;
    return BARO_OK;
}

/* Units of certainty strata are left out in no replicate: those replicates are dropped, the mean is of the others. */
static baro_status make_jackknife(baro_arena *arena, baro_spread_replicates *out)
{
    size_t units = out->design.units, n = 0;
    double *factor = BARO_ARRAY(arena, double, units *units + 1), *rscale = BARO_ARRAY(arena, double, units + 1);
    const baro_replicate_plan plan = {.kind = out->kind, .replicates = units};
    baro_fault fault;
    baro_status status =
        factor && rscale ? baro_replicate_make(&plan, &out->design, factor, rscale, &fault) : BARO_NO_MEMORY;
    for (size_t r = 0; r < units && status == BARO_OK; r++) {
        if (!(rscale[r] > 0))
            continue;
        memmove(&factor[n * units], &factor[r * units], units * sizeof *factor);
        rscale[n++] = rscale[r];
    }
    out->factor = factor;
    out->rule.rscale = rscale;
    out->rule.replicates = n;
    return status;
}

baro_status baro_spread_make(const baro_run *run, uint64_t seed, baro_arena *arena, baro_spread_replicates **out)
{
    baro_spread_replicates *made = BARO_NEW(arena, baro_spread_replicates);
    *out = NULL;
    if (!made)
        return BARO_NO_MEMORY;
    *made = (baro_spread_replicates){.seed = seed};
    baro_status status = settle_lonely(run, arena, made);
    if (status || baro_design_lonely(&made->design) < made->design.strata)
        return status; /* the only stratum has one unit: there is no variance */
    bool jackknife = made->design.units <= JACKKNIFE_MOST;
    made->kind = jackknife ? BARO_REPLICATES_JKN : BARO_REPLICATES_BOOTSTRAP;
    made->rule.replicates = jackknife ? made->design.units : BOOTSTRAP;
    made->rule.scale = baro_replicate_scale(made->kind, made->rule.replicates, 0);
    made->rule.full_centre = baro_replicate_method_of(made->kind)->full_centre;
    status = jackknife ? make_jackknife(arena, made) : BARO_OK;
    *out = made;
    return status;
}

/* ---- shares in every replicate ---- */

/* The bias is a constant beside the share: its own error is small against the share's. */

typedef struct {
    baro_spread_work *work;
    size_t k;
} visited;

static void keep_shares(void *context, size_t replicate, const double *total)
{
    const visited *v = context;
    for (size_t i = 0; i < v->work->n_races; i++) {
        const baro_spread_race_work *race = &v->work->race[i];
        const baro_spread_entry *entry = &race->entry[v->k];
        if (entry->ranked)
            entry->theta[replicate] = baro_spread_share(v->work, race, entry, 0, total, NULL);
    }
}

/* Factors of the units in one replicate: of the jackknife's, or drawn now; a bootstrap's are never held all at once. */
static const double *factors_of(const baro_spread_replicates *made, size_t replicate, double *room)
{
    double rscale;
    baro_fault fault;
    if (made->factor)
        return &made->factor[replicate * made->design.units];
    const baro_replicate_plan plan = {.kind = made->kind, .replicates = 1, .seed = made->seed + replicate};
    return baro_replicate_make(&plan, &made->design, room, &rscale, &fault) ? NULL : room;
}

static baro_status visit_made(baro_spread_work *work)
{
    const baro_spread_replicates *made = work->task->made;
    size_t columns = 0, factors = work->task->factors;
    for (size_t k = 0; k < factors; k++)
        columns = work->cross[k].totals.columns > columns ? work->cross[k].totals.columns : columns;
    double *room = BARO_ARRAY(work->arena, double, made->design.units + 1),
           *total = BARO_ARRAY(work->arena, double, columns + 1);
    baro_sum *sum = BARO_ARRAY(work->arena, baro_sum, columns + 1);
    if (!room || !total || !sum)
        return BARO_NO_MEMORY;
    for (size_t r = 0; r < made->rule.replicates; r++) {
        const double *factor = factors_of(made, r, room);
        if (!factor)
            return BARO_INTERNAL;
        for (visited v = {work, 0}; v.k < factors; v.k++) {
            baro_replicate_unit_values(&work->cross[v.k].totals, made->design.units, factor, sum, total);
            keep_shares(&v, r, total);
        }
    }
    return BARO_OK;
}

static baro_status visit_given(baro_spread_work *work)
{
    baro_status status = BARO_OK;
    for (visited v = {work, 0}; v.k < work->task->factors && status == BARO_OK; v.k++)
        status = baro_cross_visit_replicates(&work->cross[v.k], keep_shares, &v);
    return status;
}

/* A stated design factor in place of what unequal weights do to interviews drawn one by one. */
static double stated_scale(const baro_spread_work *work, const baro_spread_entry *entry, const baro_totals *totals)
{
    double deft = work->task->run.request->survey->deft;
    baro_moments all = {0};
    for (size_t i = 0; i < entry->cell_end[entry->groups - 1]; i++) {
        all.n += totals->moments[entry->cell[i]].n;
        all.sum_w += totals->moments[entry->cell[i]].sum_w;
        all.sum_w2 += totals->moments[entry->cell[i]].sum_w2;
    }
    return deft * deft * baro_kish_size(&all) / all.n;
}

static void fill(const baro_spread_work *work, const baro_spread_race_work *race, size_t k)
{
    const baro_spread_task *task = work->task;
    const baro_spread_entry *entry = &race->entry[k];
    const baro_replicate_rule *rule = task->made ? &task->made->rule : &task->run.replicates->rule;
    double full = baro_spread_share(work, race, entry, 0, work->cross[k].totals.total, NULL),
           variance = baro_replicate_covariance(rule, entry->theta, full, entry->theta, full);
    if (task->made)
        variance *= task->made->scale_up;
    if (task->made && baro_survey_is_stated(task->run.request->survey))
        variance *= stated_scale(work, entry, &work->cross[k].totals);
    entry->row->eta2_se = sqrt(variance);
}

baro_status baro_spread_errors(baro_spread_work *work)
{
    baro_spread_task *task = work->task;
    bool given = task->run.replicates != NULL;
    if (!task->drawn || (!given && !task->made))
        return BARO_OK;
    size_t replicates = given ? task->run.replicates->rule.replicates : task->made->rule.replicates;
    for (size_t i = 0; i < work->n_races; i++)
        for (size_t k = 0; k < task->factors; k++)
            if (work->race[i].entry[k].ranked &&
                !(work->race[i].entry[k].theta = BARO_ARRAY(work->arena, double, replicates + 1)))
                return BARO_NO_MEMORY;
    baro_status status = given ? visit_given(work) : visit_made(work);
    for (size_t i = 0; i < work->n_races && status == BARO_OK; i++)
        for (size_t k = 0; k < task->factors; k++)
            if (work->race[i].entry[k].ranked)
                fill(work, &work->race[i], k);
    return status;
}
