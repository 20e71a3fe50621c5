/* The levels of a measure by group and period, so that all that the truth file says holds at once; a fault where it cannot. */
#include "surveys/analyses/simulate_work.h"
#include <math.h>
#include <string.h>

enum { KINDS_MOST = 1000000 };

typedef struct {
    baro_simulation *s;
    baro_simulated_measure *m;
    const baro_truth_measure *is;
    double *level;  /* [periods] NAN: follows */
    double *value;  /* [most] of the group in hand */
    bool *fixed;    /* [most] */
} leveller;

static baro_status refuse(const leveller *l, baro_position at, const char *message)
{
    return baro_fault_add(l->s->error, BARO_BAD_SURVEY, (baro_where_it_is){l->s->truth->path, at.line, at.column}, "measure '%s': %s", l->is->measure->id,
                          message);
}

static const double *shares_of(const baro_simulation *s, const baro_simulated_measure *m, size_t g)
{
    return m->share + g * s->most;
}

/* Whom the domain of the measure holds, group by group, from the kinds of people whom its condition tells apart. */
static baro_status share_domain(leveller *l, double *inside)
{
    baro_simulation *s = l->s;
    const baro_truth *truth = s->truth;
    size_t *kind = BARO_ARRAY(s->arena, size_t, truth->n_groups + 1), kinds = 1, g;
    if (!kind)
        return BARO_NO_MEMORY;
    for (g = 0; g < truth->n_groups; g++)
        if (l->m->where.names[g] && (kinds *= truth->groups[g].n) > KINDS_MOST)
            return refuse(l, l->is->measure->at, "its condition names too many groups at once");
    for (*inside = 0; kinds > 0; kinds--) {
        double share = 1;
        for (g = 0; g < truth->n_groups; g++)
            share *= l->m->where.names[g] ? truth->groups[g].categories[kind[g]].share : 1;
        if (baro_simulated_holds(&l->m->where, &(baro_simulated_person){s, kind, NULL, NULL})) {
            *inside += share;
            for (g = 0; g < truth->n_groups; g++)
                if (l->m->where.names[g])
                    l->m->share[g * s->most + kind[g]] += share;
        }
        for (g = 0; g < truth->n_groups; g++)
            if (l->m->where.names[g] && ++kind[g] < truth->groups[g].n)
                break;
            else
                kind[g] = 0;
    }
    return BARO_OK;
}

static baro_status find_shares(leveller *l)
{
    baro_simulation *s = l->s;
    double inside = 1;
    size_t named = 0;
    l->m->share = BARO_ARRAY(s->arena, double, s->truth->n_groups * s->most + 1);
    if (!l->m->share)
        return BARO_NO_MEMORY;
    bool kinds = l->m->where.tree && !l->m->where.names_measure;
    baro_status status = kinds ? share_domain(l, &inside) : BARO_OK;
    if (status == BARO_OK && !(inside > 0))
        status = refuse(l, l->is->measure->at, "nobody is in its domain");
    for (size_t g = 0; status == BARO_OK && g < s->truth->n_groups; g++) {
        bool split = kinds && l->m->where.names[g];
        named += split;
        for (size_t c = 0; c < s->truth->groups[g].n; c++) {
            double *share = &l->m->share[g * s->most + c];
            *share = split ? *share / inside : s->truth->groups[g].categories[c].share;
        }
    }
    if (status == BARO_OK && l->is->n_cells > 0 && (named > 1 || l->m->where.names_measure))
        status = refuse(l, l->is->at, "its condition ties groups together, or hangs on another measure; leave its 'cells' out");
    return status;
}

/* The cell that holds for a category in a period: the last that is timed, else the last that is not. */
static const baro_truth_cell *cell_of(const leveller *l, size_t g, size_t c, baro_period period, bool timed)
{
    const baro_truth_cell *found = NULL;
    for (size_t i = 0; i < l->is->n_cells; i++) {
        const baro_truth_cell *cell = &l->is->cells[i];
        if (cell->group == g && cell->category == c && cell->timed == timed && (!timed || (cell->first <= period && period <= cell->last)))
            found = cell;
    }
    return found;
}

/*
 * Moves the categories that are not fixed, all by as much, so that the group averages to `level`; NAN: the average of what stands.
 * Returns the average; NAN where nothing can be moved and it is another.
 */
static double balance(const leveller *l, size_t g, double level)
{
    const double *share = shares_of(l->s, l->m, g);
    double average = 0, loose = 0;
    for (size_t c = 0; c < l->s->truth->groups[g].n; c++) {
        average += share[c] * l->value[c];
        loose += l->fixed[c] ? 0 : share[c];
    }
    if (isnan(level))
        return average;
    if (loose <= 0)
        return fabs(average - level) <= 1e-9 * (1 + fabs(level)) ? level : NAN;
    for (size_t c = 0; c < l->s->truth->groups[g].n; c++)
        l->value[c] += l->fixed[c] ? 0 : (level - average) / loose;
    return level;
}

static baro_status no_balance(const leveller *l, size_t g, baro_position at)
{
    const char *message = baro_arena_format(l->s->arena, "the levels of every category of '%s' are said, and their average is not the level of everyone; leave one out",
                                            l->s->truth->groups[g].name);
    return message ? refuse(l, at, message) : BARO_NO_MEMORY;
}

/* What holds in every period, but for what is said of some. */
static baro_status base_group(leveller *l, size_t g, double *base)
{
    const baro_truth_cell *cell = NULL;
    baro_position at = {.line = 0};
    for (size_t c = 0; c < l->s->truth->groups[g].n; c++) {
        cell = cell_of(l, g, c, 0, false);
        l->value[c] = cell ? cell->level : l->is->level;
        l->fixed[c] = cell;
        at = cell ? cell->at : at;
    }
    if (isnan(balance(l, g, l->is->level)))
        return no_balance(l, g, at);
    memcpy(base, l->value, l->s->truth->groups[g].n * sizeof *base);
    return BARO_OK;
}

/* Sets the values of a group in a period, before they are moved; true when the group has something to say of it. */
static bool timed_group(const leveller *l, size_t g, size_t t, const double *base, baro_position *at)
{
    bool any = false;
    for (size_t c = 0; c < l->s->truth->groups[g].n; c++) {
        const baro_truth_cell *cell = cell_of(l, g, c, l->s->request.first + (baro_period)t, true);
        l->value[c] = cell ? cell->level : base[c];
        l->fixed[c] = cell;
        any = any || cell;
        *at = cell ? cell->at : *at;
    }
    return any;
}

static baro_status place_group(leveller *l, size_t g, size_t t, const double *base, double *deviation)
{
    baro_position at = {.line = 0};
    size_t n = l->s->truth->groups[g].n;
    bool any = timed_group(l, g, t, base, &at);
    if (any && isnan(balance(l, g, l->level[t])))
        return no_balance(l, g, at);
    for (size_t c = 0; c < n; c++)
        deviation[t * n + c] = any ? l->value[c] - l->level[t] : base[c] - l->is->level;
    return BARO_OK;
}

/* Where the level of a period is not said, one group may move it. */
static baro_status level_of_period(leveller *l, size_t t, double *const *base)
{
    double level = NAN;
    for (size_t i = 0; i < l->is->n_cells; i++) {
        const baro_truth_cell *cell = &l->is->cells[i];
        baro_period period = l->s->request.first + (baro_period)t;
        if (cell->group == SIZE_MAX && cell->first <= period && period <= cell->last)
            l->level[t] = cell->level;
    }
    for (size_t g = 0; g < l->s->truth->n_groups && isnan(l->level[t]); g++) {
        baro_position at = {.line = 0};
        if (!base[g] || !timed_group(l, g, t, base[g], &at))
            continue;
        if (!isnan(level))
            return refuse(l, at, "cells of two groups in one period; say the level of everyone in it, too");
        level = balance(l, g, NAN);
    }
    l->level[t] = !isnan(l->level[t]) ? l->level[t] : isnan(level) ? l->is->level : level;
    return BARO_OK;
}

static baro_status check_range(const leveller *l)
{
    const baro_simulation *s = l->s;
    for (size_t t = 0; t < s->periods && !baro_truth_is_number(l->is->measure); t++) {
        double low = l->level[t], high = low;
        for (size_t g = 0; g < s->truth->n_groups; g++) {
            double least = INFINITY, most = -INFINITY;
            size_t n = s->truth->groups[g].n;
            for (size_t c = 0; l->m->deviation[g] && c < n; c++) {
                if (!(shares_of(s, l->m, g)[c] > 0))
                    continue;
                least = fmin(least, l->m->deviation[g][t * n + c]);
                most = fmax(most, l->m->deviation[g][t * n + c]);
            }
            low += l->m->deviation[g] ? least : 0;
            high += l->m->deviation[g] ? most : 0;
        }
        if (low < -1e-12 || high > 1 + 1e-12) {
            const char *message = baro_arena_format(s->arena, "levels of its groups add up to %g for some people%s%s; they must stay from 0 to 1", low < 0 ? low : high,
                                                    s->label[t][0] ? " in " : "", s->label[t]);
            return message ? refuse(l, l->is->at, message) : BARO_NO_MEMORY;
        }
    }
    return BARO_OK;
}

static baro_status place_levels(leveller *l)
{
    baro_simulation *s = l->s;
    size_t groups = s->truth->n_groups;
    double **base = BARO_ARRAY(s->arena, double *, groups + 1);
    baro_status status = base ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < l->is->n_cells && status == BARO_OK; i++) {
        size_t g = l->is->cells[i].group;
        if (g == SIZE_MAX || base[g])
            continue;
        base[g] = BARO_ARRAY(s->arena, double, s->most);
        l->m->deviation[g] = BARO_ARRAY(s->arena, double, s->periods * s->truth->groups[g].n);
        status = base[g] && l->m->deviation[g] ? base_group(l, g, base[g]) : BARO_NO_MEMORY;
    }
    for (size_t t = 0; t < s->periods && status == BARO_OK; t++) {
        status = level_of_period(l, t, base);
        for (size_t g = 0; g < groups && status == BARO_OK; g++)
            if (base[g])
                status = place_group(l, g, t, base[g], l->m->deviation[g]);
    }
    return status == BARO_OK ? check_range(l) : status;
}

static void mean_scores(baro_simulated_measure *m)
{
    const baro_scale *scale = m->is->measure->scale;
    double sum[2] = {0, 0}, n[2] = {0, 0};
    for (size_t i = 0; scale && i < scale->n_answers; i++) {
        bool positive = scale->answers[i].role == BARO_ROLE_POSITIVE;
        if (scale->answers[i].role > BARO_ROLE_OTHER)
            continue;
        sum[positive] += scale->answers[i].score;
        n[positive]++;
    }
    m->positive_score = sum[1] / n[1];
    m->other_score = sum[0] / n[0];
}

static bool shares_column(const baro_measure *measure, const char *column)
{
    bool shared = false;
    for (size_t i = 0; i < measure->columns.n; i++)
        shared = shared || strcmp(measure->columns.item[i], column) == 0;
    for (size_t i = 0; i < measure->multi.n; i++)
        shared = shared || strcmp(measure->multi.item[i], column) == 0;
    for (size_t i = 0; i < measure->n_either; i++)
        shared = shared || strcmp(measure->either[i].column, column) == 0;
    return shared || (measure->over && strcmp(measure->over, column) == 0);
}

/* Whether a column of the measure is drawn for a group, or for a measure before it. */
static bool is_taken(const baro_simulation *s, size_t i, const char *column)
{
    bool taken = s->survey->weight && strcmp(s->survey->weight, column) == 0;
    for (size_t g = 0; g < s->truth->n_groups; g++)
        taken = taken || baro_simulated_takes(&s->truth->groups[g], column);
    for (size_t k = 0; k < i; k++)
        taken = taken || shares_column(&s->survey->measures[k], column);
    return taken;
}

static bool follows_another(const baro_simulation *s, size_t i)
{
    const baro_measure *measure = &s->survey->measures[i];
    bool taken = false;
    for (size_t k = 0; k < measure->columns.n; k++)
        taken = taken || is_taken(s, i, measure->columns.item[k]);
    for (size_t k = 0; k < measure->multi.n; k++)
        taken = taken || is_taken(s, i, measure->multi.item[k]);
    for (size_t k = 0; k < measure->n_either; k++)
        taken = taken || is_taken(s, i, measure->either[k].column);
    return taken || (measure->over && is_taken(s, i, measure->over));
}

static baro_status level_measure(baro_simulation *s, size_t i)
{
    baro_simulated_measure *m = &s->measure[i];
    leveller l = {s, m, &s->truth->measures[i], BARO_ARRAY(s->arena, double, s->periods), BARO_ARRAY(s->arena, double, s->most), BARO_ARRAY(s->arena, bool, s->most)};
    m->is = l.is;
    m->deviation = BARO_ARRAY(s->arena, double *, s->truth->n_groups + 1);
    m->either = BARO_ARRAY(s->arena, baro_simulated_where, m->is->measure->n_either + 1);
    if (!l.level || !l.value || !l.fixed || !m->deviation || !m->either)
        return BARO_NO_MEMORY;
    m->level = l.level;
    for (size_t t = 0; t < s->periods; t++)
        l.level[t] = NAN;
    mean_scores(m);
    m->follows = follows_another(s, i);
    baro_status status = baro_simulated_condition(s, m->is->measure->where, m->is->measure->at, &m->where);
    for (size_t e = 0; e < m->is->measure->n_either && status == BARO_OK; e++)
        status = baro_simulated_condition(s, m->is->measure->either[e].where, m->is->measure->either[e].at, &m->either[e]);
    if (status == BARO_OK)
        status = find_shares(&l);
    return status == BARO_OK ? place_levels(&l) : status;
}

baro_status baro_simulated_levels(baro_simulation *s)
{
    baro_status first = BARO_OK;
    for (size_t i = 0; i < s->survey->n_measures; i++) {
        baro_status status = level_measure(s, i);
        first = first ? first : status;
    }
    return first;
}
