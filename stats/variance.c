#include "stats/variance.h"
#include "stats/room.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The forms by column (compressed), and what is known while a stratum is walked. Arrays lie in the caller's scratch. */
typedef struct {
    const baro_variance_job *job;
    double *slope;                       /* [slopes] by column */
    double *column_sum;                  /* [columns] in this stratum; 0 between strata */
    double *t, *mean;                    /* [forms] of this unit; of this stratum; 0 in between */
    double *grand;                       /* [forms] mean over all units of the design */
    double *sum;                         /* [forms or pairs] squares or products in this stratum */
    size_t *form_end;                    /* [columns] */
    uint32_t *form;                      /* [slopes] by column */
    uint32_t *columns_met, *forms_met;   /* [columns], [forms] met in this stratum */
    uint32_t *forms_here;                /* [forms] met in this unit */
    uint32_t *units_met, *units_in;      /* [forms] units of this stratum with a column of the form; with one of its domain */
    uint32_t *strata_met, *strata_lonely; /* [forms] in this stage; lonely: those that rule `average` leaves out */
    double *stage;                       /* [forms or pairs] what this stage adds */
    size_t *pair_end;                    /* [forms] pairs by their second form */
    uint32_t *pair;                      /* [pairs] */
    unsigned char *column_mark, *form_mark, *here_mark, *in_mark;
    size_t n_columns_met, n_forms_met, n_forms_here, bytes;
    void *scratch;
} walk;

static size_t count_slopes(const baro_variance_job *job)
{
    size_t n = 0;
    for (size_t e = 0; e < job->forms; e++)
        n += job->form[e].n;
    return n;
}

static size_t lay_out(const baro_variance_job *job, size_t pairs, char *base, walk *w)
{
    size_t slopes = count_slopes(job), columns = job->totals->columns, forms = job->forms;
    baro_room room = {.base = base};
    w->slope = baro_carve(&room, slopes, sizeof *w->slope);
    w->column_sum = baro_carve(&room, columns, sizeof *w->column_sum);
    w->t = baro_carve(&room, forms, sizeof *w->t);
    w->mean = baro_carve(&room, forms, sizeof *w->mean);
    w->grand = baro_carve(&room, forms, sizeof *w->grand);
    w->sum = baro_carve(&room, forms > pairs ? forms : pairs, sizeof *w->sum);
    w->form_end = baro_carve(&room, columns + 1, sizeof *w->form_end);
    w->pair_end = baro_carve(&room, forms + 1, sizeof *w->pair_end);
    w->form = baro_carve(&room, slopes, sizeof *w->form);
    w->columns_met = baro_carve(&room, columns, sizeof *w->columns_met);
    w->forms_met = baro_carve(&room, forms, sizeof *w->forms_met);
    w->forms_here = baro_carve(&room, forms, sizeof *w->forms_here);
    w->units_met = baro_carve(&room, forms, sizeof *w->units_met);
    w->units_in = baro_carve(&room, forms, sizeof *w->units_in);
    w->strata_met = baro_carve(&room, forms, sizeof *w->strata_met);
    w->strata_lonely = baro_carve(&room, forms, sizeof *w->strata_lonely);
    w->stage = baro_carve(&room, forms > pairs ? forms : pairs, sizeof *w->stage);
    w->pair = baro_carve(&room, pairs, sizeof *w->pair);
    w->column_mark = baro_carve(&room, columns, 1);
    w->form_mark = baro_carve(&room, forms, 1);
    w->here_mark = baro_carve(&room, forms, 1);
    w->in_mark = baro_carve(&room, forms, 1);
    return baro_room_size(&room);
}

size_t baro_variance_room(const baro_variance_job *job, size_t pairs)
{
    walk ignored;
    return lay_out(job, pairs, NULL, &ignored);
}

/* Turns "columns of a form" into "forms of a column": two passes of a counting sort. */
static void sort_by_column(walk *w)
{
    const baro_variance_job *job = w->job;
    size_t columns = job->totals->columns;
    for (size_t e = 0; e < job->forms; e++)
        for (size_t i = 0; i < job->form[e].n; i++)
            w->form_end[job->form[e].column[i] + 1]++;
    for (size_t k = 0; k < columns; k++)
        w->form_end[k + 1] += w->form_end[k];
    for (size_t e = 0; e < job->forms; e++)
        for (size_t i = 0; i < job->form[e].n; i++) {
            size_t at = w->form_end[job->form[e].column[i]]++;
            w->form[at] = (uint32_t)e;
            w->slope[at] = job->form[e].slope[i];
        }
}

static void begin(walk *w, const baro_variance_job *job, size_t pairs, void *scratch)
{
    size_t bytes = lay_out(job, pairs, NULL, w);
    memset(scratch, 0, bytes);
    lay_out(job, pairs, scratch, w);
    w->scratch = scratch;
    w->bytes = bytes;
    w->job = job;
    w->n_columns_met = w->n_forms_met = w->n_forms_here = 0;
    sort_by_column(w);
    for (size_t e = 0; e < job->forms; e++)
        for (size_t i = 0; i < job->form[e].n; i++)
            w->grand[e] += job->form[e].slope[i] * job->totals->total[job->form[e].column[i]] / (double)job->design->units;
}

static size_t forms_begin(const walk *w, size_t column)
{
    return column ? w->form_end[column - 1] : 0;
}

/* Means of a stratum's linearised unit totals, by way of its column sums. */
static void enter_stratum(walk *w, size_t first_unit, size_t end_unit)
{
    const baro_totals *totals = w->job->totals;
    size_t entry = first_unit ? totals->unit_end[first_unit - 1] : 0;
    for (; entry < totals->unit_end[end_unit - 1]; entry++) {
        uint32_t k = totals->column[entry];
        if (!w->column_mark[k]) {
            w->column_mark[k] = 1;
            w->columns_met[w->n_columns_met++] = k;
        }
        w->column_sum[k] += totals->high[entry] + totals->low[entry];
    }
    double units = (double)(end_unit - first_unit);
    for (size_t i = 0; i < w->n_columns_met; i++) {
        uint32_t k = w->columns_met[i];
        for (size_t at = forms_begin(w, k); at < w->form_end[k]; at++) {
            uint32_t e = w->form[at];
            if (!w->form_mark[e]) {
                w->form_mark[e] = 1;
                w->forms_met[w->n_forms_met++] = e;
            }
            w->mean[e] += w->slope[at] * w->column_sum[k] / units;
        }
        w->column_sum[k] = 0;
        w->column_mark[k] = 0;
    }
    w->n_columns_met = 0;
}

static void enter_unit(walk *w, size_t unit)
{
    const baro_totals *totals = w->job->totals;
    for (size_t entry = unit ? totals->unit_end[unit - 1] : 0; entry < totals->unit_end[unit]; entry++) {
        uint32_t k = totals->column[entry];
        double sum = totals->high[entry] + totals->low[entry];
        unsigned char in_domain = totals->domain_columns == 0 || k < totals->domain_columns;
        for (size_t at = forms_begin(w, k); at < w->form_end[k]; at++) {
            uint32_t e = w->form[at];
            if (!w->here_mark[e]) {
                w->here_mark[e] = 1;
                w->forms_here[w->n_forms_here++] = e;
            }
            w->in_mark[e] |= in_domain;
            w->t[e] += w->slope[at] * sum;
        }
    }
}

static void leave_unit(walk *w)
{
    for (size_t i = 0; i < w->n_forms_here; i++) {
        uint32_t e = w->forms_here[i];
        w->units_met[e]++;
        w->units_in[e] += w->in_mark[e];
        w->t[e] = 0;
        w->here_mark[e] = w->in_mark[e] = 0;
    }
    w->n_forms_here = 0;
}

static void leave_stratum(walk *w, baro_reach *reach)
{
    for (size_t i = 0; i < w->n_forms_met; i++) {
        uint32_t e = w->forms_met[i];
        if (reach && w->units_in[e]) {
            reach[e].units += w->units_in[e];
            reach[e].strata++;
        }
        w->mean[e] = 0;
        w->units_met[e] = w->units_in[e] = 0;
        w->form_mark[e] = 0;
    }
    w->n_forms_met = 0;
}

/* 1 - f_h, of a later stage times what the stages before leave of it. */
static double free_of(const baro_design *design, size_t h)
{
    return (1 - design->fraction[h]) * (design->share ? design->share[h] : 1);
}

/* What a stratum's sum of squares is multiplied by; 0 where it adds nothing. */
static double stratum_scale(const baro_design *design, size_t h, size_t units)
{
    double free = free_of(design, h);
    return units > 1 ? free * (double)units / (double)(units - 1) : free;
}

/* A stratum that adds nothing need not be walked, unless something is counted in it. */
static bool is_idle(const walk *w, size_t h)
{
    const baro_design *design = w->job->design;
    return free_of(design, h) <= 0 && !design->next && !design->inside;
}

/* `average`: what the lonely strata would have added is taken to be like the others. */
static double average_factor(const baro_variance_job *job)
{
    const baro_design *design = job->design;
    size_t lonely = 0, strata = 0, first = 0;
    for (size_t h = 0; h < design->strata; first = design->stratum_end[h++]) {
        strata += !design->share || design->share[h] > 0;
        lonely += design->stratum_end[h] - first == 1 && free_of(design, h) > 0;
    }
    return lonely == 0 ? 1 : (double)strata / (double)(strata - lonely);
}

/* The same counted inside a form's domain. */
static double inside_factor(const walk *w, uint32_t e)
{
    return w->strata_lonely[e] == 0 ? 1 : (double)w->strata_met[e] / (double)(w->strata_met[e] - w->strata_lonely[e]);
}

static baro_status check_lonely(const baro_variance_job *job, baro_fault *fault)
{
    unsigned long stage = 0;
    if (job->one_psu != BARO_ONE_PSU_FAIL)
        return BARO_OK;
    for (const baro_design *design = job->design; design; design = design->next, stage++) {
        size_t lonely = baro_design_lonely(design);
        if (lonely == design->strata)
            continue;
        *fault = (baro_fault){lonely, stage, 0};
        return BARO_LONELY_PSU;
    }
    return BARO_OK;
}

/* Whether a form is left with one unit of several in stratum h, and the design has that count as lonely. */
static bool is_lonely_inside(const walk *w, uint32_t e, size_t h, size_t units)
{
    return w->job->design->inside && units > 1 && w->units_met[e] == 1 && free_of(w->job->design, h) > 0;
}

/* Before a stratum is left: counts for `average`; under `fail` the first form that is lonely inside. */
static baro_status count_inside(walk *w, size_t h, size_t units, baro_fault *fault)
{
    const baro_design *design = w->job->design;
    for (size_t i = 0; design->inside && i < w->n_forms_met; i++) {
        uint32_t e = w->forms_met[i];
        bool lonely = is_lonely_inside(w, e, h, units);
        if (lonely && w->job->one_psu == BARO_ONE_PSU_FAIL) {
            *fault = (baro_fault){h, 0, (double)e};
            return BARO_LONELY_PSU;
        }
        w->strata_met[e] += !design->share || design->share[h] > 0;
        w->strata_lonely[e] += lonely || (units == 1 && free_of(design, h) > 0);
    }
    return BARO_OK;
}

static void square_unit(walk *w)
{
    for (size_t i = 0; i < w->n_forms_here; i++) {
        uint32_t e = w->forms_here[i];
        double deviation = w->t[e] - w->mean[e];
        w->sum[e] += deviation * deviation;
    }
}

/* What stratum h adds to each form's variance; the squares of a single unit are 0. */
static void add_squares(walk *w, size_t h, size_t units)
{
    const baro_variance_job *job = w->job;
    double scale = stratum_scale(job->design, h, units);
    bool adjust = job->one_psu == BARO_ONE_PSU_ADJUST;
    for (size_t i = 0; i < w->n_forms_met; i++) {
        uint32_t e = w->forms_met[i];
        double elsewhere = (double)(units - w->units_met[e]); /* units of total 0 */
        double off = (double)units * w->mean[e] - w->grand[e];
        if (!is_lonely_inside(w, e, h, units))
            w->stage[e] += scale * (w->sum[e] + elsewhere * w->mean[e] * w->mean[e]);
        else if (adjust)
            w->stage[e] += free_of(job->design, h) * off * off;
        w->sum[e] = 0;
    }
    for (size_t e = 0; units == 1 && adjust && e < job->forms; e++)
        w->stage[e] += scale * (w->mean[e] - w->grand[e]) * (w->mean[e] - w->grand[e]);
}

static baro_status add_variances(const baro_variance_job *job, void *scratch, double *variance, baro_reach *reach, baro_fault *fault)
{
    const baro_design *design = job->design;
    baro_status status = BARO_OK;
    walk w;
    begin(&w, job, 0, scratch);
    for (size_t h = 0, first = 0; h < design->strata && status == BARO_OK; first = design->stratum_end[h++]) {
        size_t end = design->stratum_end[h], units = end - first;
        if (is_idle(&w, h))
            continue; /* a certainty stratum without a further stage adds nothing, and no df */
        enter_stratum(&w, first, end);
        for (size_t unit = first; unit < end; unit++) {
            enter_unit(&w, unit);
            square_unit(&w);
            leave_unit(&w);
        }
        status = count_inside(&w, h, units, fault);
        add_squares(&w, h, units);
        leave_stratum(&w, free_of(design, h) > 0 || design->next ? reach : NULL);
    }
    bool average = job->one_psu == BARO_ONE_PSU_AVERAGE;
    double factor = average && !design->inside ? average_factor(job) : 1;
    for (size_t e = 0; e < job->forms; e++)
        variance[e] += w.stage[e] * (average && design->inside ? inside_factor(&w, (uint32_t)e) : factor);
    baro_room_leave(w.scratch, w.bytes);
    return status;
}

baro_status baro_variances(const baro_variance_job *job, void *scratch, double *variance, baro_reach *reach, baro_fault *fault)
{
    baro_status status = check_lonely(job, fault);
    if (status)
        return status;
    memset(variance, 0, job->forms * sizeof *variance);
    if (reach)
        memset(reach, 0, job->forms * sizeof *reach);
    baro_variance_job stage = *job;
    for (unsigned long s = 0; stage.design && stage.totals; s++) {
        status = add_variances(&stage, scratch, variance, s ? NULL : reach, fault);
        if (status) {
            fault->other = s;
            return status;
        }
        stage.design = stage.design->next;
        stage.totals = stage.totals->next;
    }
    for (size_t e = 0; e < job->forms; e++)
        if (isnan(job->form[e].value))
            variance[e] = NAN;
    return BARO_OK;
}

/* sum (t - tbar)(u - ubar) = sum (t - tbar) u: only units that meet the second form add anything. */
static void multiply_unit(walk *w, const baro_pair *pair)
{
    for (size_t i = 0; i < w->n_forms_here; i++) {
        uint32_t f = w->forms_here[i];
        for (size_t at = f ? w->pair_end[f - 1] : 0; at < w->pair_end[f]; at++) {
            uint32_t e = pair[w->pair[at]].first;
            w->sum[w->pair[at]] += (w->t[e] - w->mean[e]) * w->t[f];
        }
    }
}

static void sort_by_second(walk *w, const baro_pair *pair, size_t pairs)
{
    for (size_t p = 0; p < pairs; p++)
        w->pair_end[pair[p].second + 1]++;
    for (size_t e = 0; e < w->job->forms; e++)
        w->pair_end[e + 1] += w->pair_end[e];
    for (size_t p = 0; p < pairs; p++)
        w->pair[w->pair_end[pair[p].second]++] = (uint32_t)p;
}

/* What stratum h adds to each covariance. A stratum where either form is lonely is taken as lonely for the pair. */
static void add_products(walk *w, const baro_pair *pair, size_t pairs, size_t h, size_t units)
{
    const baro_variance_job *job = w->job;
    double scale = stratum_scale(job->design, h, units), n = (double)units;
    bool adjust = job->one_psu == BARO_ONE_PSU_ADJUST;
    for (size_t p = 0; p < pairs; p++) {
        uint32_t e = pair[p].first, f = pair[p].second;
        bool lonely = units == 1 || is_lonely_inside(w, e, h, units) || is_lonely_inside(w, f, h, units);
        if (!lonely)
            w->stage[p] += scale * w->sum[p];
        else if (adjust)
            w->stage[p] += free_of(job->design, h) * (n * w->mean[e] - w->grand[e]) * (n * w->mean[f] - w->grand[f]);
        w->sum[p] = 0;
    }
}

static baro_status add_covariances(const baro_variance_job *job, const baro_pair *pair, size_t pairs, void *scratch, double *covariance,
                                   baro_fault *fault)
{
    const baro_design *design = job->design;
    baro_status status = BARO_OK;
    walk w;
    begin(&w, job, pairs, scratch);
    sort_by_second(&w, pair, pairs);
    for (size_t h = 0, first = 0; h < design->strata && status == BARO_OK; first = design->stratum_end[h++]) {
        size_t end = design->stratum_end[h], units = end - first;
        if (free_of(design, h) <= 0 && !design->inside)
            continue;
        enter_stratum(&w, first, end);
        for (size_t unit = first; unit < end; unit++) {
            enter_unit(&w, unit);
            multiply_unit(&w, pair);
            leave_unit(&w);
        }
        status = count_inside(&w, h, units, fault);
        add_products(&w, pair, pairs, h, units);
        leave_stratum(&w, NULL);
    }
    bool average = job->one_psu == BARO_ONE_PSU_AVERAGE;
    double factor = average && !design->inside ? average_factor(job) : 1;
    for (size_t p = 0; p < pairs; p++)
        covariance[p] += w.stage[p] * (average && design->inside
                                           ? sqrt(inside_factor(&w, pair[p].first) * inside_factor(&w, pair[p].second))
                                           : factor);
    baro_room_leave(w.scratch, w.bytes);
    return status;
}

baro_status baro_covariances(const baro_variance_job *job, const baro_pair *pair, size_t pairs, void *scratch, double *covariance,
                             baro_fault *fault)
{
    baro_status status = check_lonely(job, fault);
    if (status)
        return status;
    memset(covariance, 0, pairs * sizeof *covariance);
    baro_variance_job stage = *job;
    for (unsigned long s = 0; stage.design && stage.totals; s++) {
        status = add_covariances(&stage, pair, pairs, scratch, covariance, fault);
        if (status) {
            fault->other = s;
            return status;
        }
        stage.design = stage.design->next;
        stage.totals = stage.totals->next;
    }
    for (size_t p = 0; p < pairs; p++)
        if (isnan(job->form[pair[p].first].value + job->form[pair[p].second].value))
            covariance[p] = NAN;
    return BARO_OK;
}
