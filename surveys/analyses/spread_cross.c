/* One measure by all factors: their crosses, the races of its levels and windows, ranks. */
#include "surveys/analyses/spread_work.h"
#include "stats/interval.h"
#include "surveys/analyses/windows.h"
#include <math.h>
#include <stdlib.h>

/* ---- sums ---- */

double baro_spread_sum(const baro_spread_work *work, const baro_spread_entry *entry, size_t first, size_t end,
                       size_t outcome, const double *total)
{
    size_t outcomes = work->cross[0].cross.outcomes;
    double sum = 0;
    for (size_t i = first ? entry->cell_end[first - 1] : 0; i < entry->cell_end[end - 1]; i++)
        sum += total[entry->cell[i] * (outcomes + 1) + outcome];
    return sum;
}

double baro_spread_share(const baro_spread_work *work, const baro_spread_race_work *race,
                         const baro_spread_entry *entry, double bias, const double *total, baro_spread *out)
{
    size_t outcomes = work->cross[0].cross.outcomes;
    bool mean = work->task->measure.measure->statistic == BARO_STAT_MEAN;
    baro_spread_sums sums = {.groups = entry->groups, .w = work->w, .wy = work->wy};
    for (size_t g = 0; g < entry->groups; g++) {
        work->w[g] = baro_spread_sum(work, entry, g, g + 1, outcomes, total);
        work->wy[g] = baro_spread_sum(work, entry, g, g + 1, race->j, total);
        sums.sum_w += work->w[g];
        sums.sum_wy += work->wy[g];
        if (mean) /* its squares are the outcome behind it; of an indicator they are the indicator */
            sums.sum_wyy += baro_spread_sum(work, entry, g, g + 1, race->j + 1, total);
    }
    if (!mean)
        sums.sum_wyy = sums.sum_wy;
    baro_spread spread = baro_spread_of(&sums);
    if (out)
        *out = spread;
    return spread.variance > 0 ? (spread.between - bias) / spread.variance : NAN;
}

/* ---- races ---- */

static baro_spread_row begin_row(const baro_spread_task *task, size_t t, size_t j, size_t k)
{
    const baro_windows *windows = task->run.windows;
    const baro_bound_measure *measure = &task->measure;
    bool answers = measure->measure->statistic == BARO_STAT_DISTRIBUTION && j < measure->outcomes;
    return (baro_spread_row){.measure = measure->measure,
                             .level = answers ? measure->outcome[j] : "",
                             .factor = task->cross[k].first->group,
                             .has_period = windows->has_periods,
                             .period = windows->has_periods ? baro_window_period(windows, t) : 0,
                             .period_label = windows->window[t].label,
                             .period_words = windows->window[t].words,
                             .window = windows->has_periods ? windows->length : 0,
                             .marks = windows->window[t].broken ? BARO_MARK_BREAK : 0,
                             .base = NAN,
                             .least = NAN,
                             .range = NAN,
                             .dispersion = NAN,
                             .eta2 = NAN,
                             .corrected = NAN,
                             .eta2_se = NAN,
                             .lower = NAN,
                             .upper = NAN,
                             .df = NAN,
                             .rank = NAN,
                             .rank_lower = NAN,
                             .rank_upper = NAN,
                             .p_first = NAN,
                             .p_channel = NAN};
}

/* Interviews of the race, by a factor that was asked. */
static double count_base(baro_spread_work *work, const baro_spread_race_work *race, size_t k, double *hits)
{
    baro_cross_work *cross = &work->cross[k];
    size_t n = baro_cross_cells(cross, race->t, cross->task->groups);
    double base = 0;
    *hits = 0;
    for (size_t i = 0; i < n; i++) {
        base += cross->totals.moments[cross->cell_list[i]].n;
        *hits += cross->totals.hits[cross->cell_list[i] * cross->cross.outcomes + race->j];
    }
    return base;
}

static baro_status plan_entry(baro_spread_work *work, baro_spread_race_work *race, size_t k)
{
    baro_spread_task *task = work->task;
    baro_spread_entry *entry = &race->entry[k];
    double hits;
    *entry->row = begin_row(task, race->t, race->j, k);
    if (baro_cross_level_lacks(&work->cross[k], race->t, race->j)) {
        entry->row->marks |= BARO_MARK_ABSENT;
        return BARO_OK;
    }
    entry->row->base = count_base(work, race, k, &hits);
    if (entry->row->base > 0 && baro_spread_too_few(task, NULL, entry->row->base, hits)) {
        entry->row->few = true;
        return BARO_OK;
    }
    baro_status status = baro_spread_groups(work, race, k, entry);
    entry->ranked = entry->groups > 1;
    if (entry->ranked) {
        entry->first = race->groups;
        race->groups += entry->groups;
    }
    return status;
}

/* Shares and means of the groups that are ranked. */
static baro_status plan_race(baro_spread_work *work, baro_spread_race_work *race)
{
    size_t factors = work->task->factors, outcomes = work->cross[0].cross.outcomes;
    for (size_t k = 0; k < factors; k++) {
        baro_status status = plan_entry(work, race, k);
        if (status)
            return status;
    }
    size_t n = race->groups;
    race->share = BARO_ARRAY(work->arena, double, n + 1);
    race->mean = BARO_ARRAY(work->arena, double, n + 1);
    race->covariance = BARO_ARRAY(work->arena, double, n *n + 1);
    if (!race->share || !race->mean || !race->covariance)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < factors; k++) {
        const baro_spread_entry *entry = &race->entry[k];
        const double *total = work->cross[k].totals.total;
        for (size_t g = 0; entry->ranked && g < entry->groups; g++) {
            double w = baro_spread_sum(work, entry, g, g + 1, outcomes, total);
            race->share[entry->first + g] = w / baro_spread_sum(work, entry, 0, entry->groups, outcomes, total);
            race->mean[entry->first + g] = baro_spread_sum(work, entry, g, g + 1, race->j, total) / w;
        }
    }
    return BARO_OK;
}

static baro_status plan_races(baro_spread_work *work)
{
    baro_spread_task *task = work->task;
    const baro_windows *windows = task->run.windows;
    size_t factors = task->factors, most = 0, races = factors ? task->n_rows / factors : 0;
    for (size_t k = 0; k < factors; k++)
        most = task->cross[k].groups > most ? task->cross[k].groups : most;
    work->race = BARO_ARRAY(work->arena, baro_spread_race_work, races + 1);
    work->reach = BARO_ARRAY(work->arena, baro_reach, races + 1);
    work->w = BARO_ARRAY(work->arena, double, most + 1);
    work->wy = BARO_ARRAY(work->arena, double, most + 1);
    if (!work->race || !work->reach || !work->w || !work->wy)
        return BARO_NO_MEMORY;
    for (size_t j = 0; j < task->levels; j++)
        for (size_t t = 0; t < windows->n; t++) {
            if (!windows->window[t].shown)
                continue;
            baro_spread_race_work *race = &work->race[work->n_races];
            *race = (baro_spread_race_work){
                .t = t, .j = j, .entry = BARO_ARRAY(work->arena, baro_spread_entry, factors + 1)};
            if (!race->entry)
                return BARO_NO_MEMORY;
            for (size_t k = 0; k < factors; k++)
                race->entry[k].row = &task->rows[work->n_races * factors + k];
            baro_status status = plan_race(work, race);
            if (status)
                return status;
            work->n_races++;
        }
    return BARO_OK;
}

/* ---- numbers ---- */

static double df_of(const baro_spread_work *work, const baro_spread_race_work *race)
{
    const baro_reach *reach = &work->reach[race - work->race];
    double given = work->task->run.request->df;
    return isnan(given) ? (double)reach->units - (double)reach->strata : given;
}

static void fill_share(const baro_spread_work *work, const baro_spread_race_work *race, size_t k)
{
    baro_spread_entry *entry = &race->entry[k];
    baro_spread_row *row = entry->row;
    baro_spread spread;
    entry->bias = baro_spread_bias(entry->groups, &race->share[entry->first],
                                   &race->covariance[entry->first * race->groups + entry->first], race->groups + 1,
                                   race->variance_of_mean);
    row->corrected = baro_spread_share(work, race, entry, entry->bias, work->cross[k].totals.total, &spread);
    row->range = spread.range;
    row->dispersion = spread.dispersion;
    row->eta2 = row->corrected < 0 ? 0 : row->corrected;
}

static void fill_interval(const baro_spread_work *work, const baro_spread_race_work *race, baro_spread_row *row)
{
    double out[2];
    row->df = df_of(work, race);
    if (isnan(row->eta2_se) ||
        baro_interval_wald(row->corrected, row->eta2_se, row->df, work->task->run.request->confidence, out) != BARO_OK)
        return;
    row->lower = fmin(1, fmax(0, out[0]));
    row->upper = fmin(1, fmax(0, out[1]));
}

/* The same factors, measure and window draw the same numbers, whatever else is asked. */
static uint64_t stream_of(const baro_spread_row *row)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    const char *text[] = {row->measure->id, row->level, row->period_label};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        for (const char *c = text[i]; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
        hash = (hash ^ 0xff) * 0x100000001b3u;
    }
    return hash;
}

/* The factors of a race that have a share, and their groups alone. */
typedef struct {
    baro_spread_factor *factor;
    baro_spread_row **row;
    size_t *group; /* [groups] of the race's */
    double *share, *mean, *covariance;
    size_t factors, groups;
} field;

static void add_to_field(const baro_spread_entry *entry, field *out)
{
    static const baro_spread_side sides[] = {[BARO_GROUP_CHANNEL] = BARO_SIDE_FIRST,
                                             [BARO_GROUP_DEMOGRAPHIC] = BARO_SIDE_SECOND,
                                             [BARO_GROUP_OTHER] = BARO_SIDE_NONE};
    out->row[out->factors] = entry->row;
    out->factor[out->factors++] =
        (baro_spread_factor){out->groups, entry->groups, entry->bias, sides[entry->row->factor->kind]};
    for (size_t g = 0; g < entry->groups; g++)
        out->group[out->groups++] = entry->first + g;
}

static baro_status make_field(const baro_spread_work *work, const baro_spread_race_work *race, field *out)
{
    size_t factors = work->task->factors, n = race->groups;
    *out = (field){.factor = BARO_ARRAY(work->arena, baro_spread_factor, factors + 1),
                   .row = BARO_ARRAY(work->arena, baro_spread_row *, factors + 1),
                   .group = BARO_ARRAY(work->arena, size_t, n + 1),
                   .share = BARO_ARRAY(work->arena, double, n + 1),
                   .mean = BARO_ARRAY(work->arena, double, n + 1),
                   .covariance = BARO_ARRAY(work->arena, double, n *n + 1)};
    if (!out->factor || !out->row || !out->group || !out->share || !out->mean || !out->covariance)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < factors; k++)
        if (race->entry[k].ranked && !isnan(race->entry[k].row->corrected))
            add_to_field(&race->entry[k], out);
    for (size_t g = 0; g < out->groups; g++) {
        out->share[g] = race->share[out->group[g]];
        out->mean[g] = race->mean[out->group[g]];
        for (size_t h = 0; h < out->groups; h++)
            out->covariance[g * out->groups + h] = race->covariance[out->group[g] * n + out->group[h]];
    }
    return BARO_OK;
}

static double rank_of(const field *of, size_t f)
{
    double rank = 1, own = of->row[f]->corrected;
    for (size_t i = 0; i < of->factors; i++)
        rank += of->row[i]->corrected > own || (of->row[i]->corrected == own && i < f);
    return rank;
}

static baro_status rank_race(const baro_spread_work *work, const baro_spread_race_work *race)
{
    const baro_spread_task *task = work->task;
    field of;
    double *out = BARO_ARRAY(work->arena, double, 3 * task->factors + 1);
    baro_status status = out ? make_field(work, race, &of) : BARO_NO_MEMORY;
    if (status || of.factors == 0)
        return status;
    const baro_spread_race drawn = {.factor = of.factor,
                                    .factors = of.factors,
                                    .groups = of.groups,
                                    .share = of.share,
                                    .mean = of.mean,
                                    .covariance = of.covariance,
                                    .draws = task->asked->draws,
                                    .seed = task->asked->seed,
                                    .stream = stream_of(of.row[0]),
                                    .confidence = task->run.request->confidence};
    baro_spread_ranks ranks = {out, out + of.factors, out + 2 * of.factors, NAN};
    size_t room = baro_spread_room(&drawn);
    double *scratch = room ? BARO_ARRAY(work->arena, double, room) : NULL;
    if (!scratch)
        return BARO_NO_MEMORY;
    if (baro_spread_rank(&drawn, scratch, &ranks) != BARO_OK)
        return BARO_OK; /* no covariances: no ranks */
    for (size_t f = 0; f < of.factors; f++) {
        of.row[f]->rank = rank_of(&of, f);
        of.row[f]->rank_lower = ranks.lower[f];
        of.row[f]->rank_upper = ranks.upper[f];
        of.row[f]->p_first = ranks.first[f];
        of.row[f]->p_channel = ranks.above;
    }
    return BARO_OK;
}

static baro_status fill(baro_spread_work *work)
{
    size_t factors = work->task->factors;
    for (size_t i = 0; i < work->n_races; i++)
        for (size_t k = 0; k < factors; k++)
            if (work->race[i].entry[k].ranked)
                fill_share(work, &work->race[i], k);
    for (size_t i = 0; i < work->n_races;
         i++) /* all answers are one, or a variance is not to be had: nothing to rank */
        for (size_t k = 0; k < factors; k++)
            if (work->race[i].entry[k].ranked && isnan(work->race[i].entry[k].row->corrected))
                work->race[i].entry[k].row->marks |= BARO_MARK_ABSENT;
    baro_status status = baro_spread_errors(work);
    for (size_t i = 0; i < work->n_races && status == BARO_OK && work->task->drawn; i++) {
        for (size_t k = 0; k < factors; k++)
            if (work->race[i].entry[k].ranked)
                fill_interval(work, &work->race[i], work->race[i].entry[k].row);
        status = rank_race(work, &work->race[i]);
    }
    return status;
}

/* ---- all ---- */

static bool has_shares(const baro_measure *measure)
{
    return measure->statistic == BARO_STAT_PROPORTION || measure->statistic == BARO_STAT_DISTRIBUTION ||
           measure->statistic == BARO_STAT_MEAN;
}

void baro_spread_size(baro_spread_task *task)
{
    size_t shown = 0;
    for (size_t t = 0; t < task->run.windows->n; t++)
        shown += task->run.windows->window[t].shown;
    for (size_t k = 0; k < task->factors; k++) {
        baro_cross_size(&task->cross[k]);
        task->cross[k].n_rows = task->cross[k].n_contrasts = 0;
        task->cross[k].levels = 1;
    }
    bool answers = task->measure.measure->statistic == BARO_STAT_DISTRIBUTION && task->measure.outcomes > 0;
    task->levels = answers ? task->measure.outcomes : 1;
    task->n_rows = task->levels * shown * task->factors;
}

/* Totals, ratios and quantiles have no share of a variance. */
static void leave_blank(baro_spread_task *task)
{
    const baro_windows *windows = task->run.windows;
    baro_spread_row *row = task->rows;
    for (size_t t = 0; t < windows->n; t++)
        for (size_t k = 0; windows->window[t].shown && k < task->factors; k++) {
            *row = begin_row(task, t, 0, k);
            row++->marks |= BARO_MARK_ABSENT;
        }
}

static int by_rank(const void *left, const void *right)
{
    const baro_spread_row *a = left, *b = right;
    if (isnan(a->rank) || isnan(b->rank))
        return (isnan(a->rank) != 0) - (isnan(b->rank) != 0);
    return (a->rank > b->rank) - (a->rank < b->rank);
}

/* Insertion: those without a rank stay in their order. */
static void sort_rows(baro_spread_row *row, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t at = i; at > 0 && by_rank(&row[at - 1], &row[at]) > 0; at--) {
            baro_spread_row swapped = row[at];
            row[at] = row[at - 1];
            row[at - 1] = swapped;
        }
}

static baro_status compute(baro_spread_work *work)
{
    baro_spread_task *task = work->task;
    work->cross = BARO_ARRAY(work->arena, baro_cross_work, task->factors + 1);
    work->part = BARO_ARRAY(work->arena, const baro_totals *, task->factors + 1);
    if (!work->cross || !work->part)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < task->factors; k++) {
        baro_cross_work *cross = &work->cross[k];
        *cross =
            (baro_cross_work){.task = &task->cross[k], .arena = work->arena, .domains = 2 * task->cross[k].groups + 2};
        cross->builder.arena = work->arena;
        baro_status status = baro_cross_assign(cross);
        if (status == BARO_OK)
            status = baro_cross_sum(cross);
        if (status)
            return status;
        work->part[k] = &cross->totals;
    }
    baro_status status = plan_races(work);
    if (status == BARO_OK)
        status = baro_spread_vary(work);
    return status == BARO_OK ? fill(work) : status;
}

baro_status baro_spread_compute(baro_spread_task *task)
{
    if (task->n_rows == 0)
        return BARO_OK;
    if (!has_shares(task->measure.measure)) {
        leave_blank(task);
        return BARO_OK;
    }
    baro_spread_work work = {.task = task, .arena = baro_arena_new()};
    baro_status status = work.arena ? compute(&work) : BARO_NO_MEMORY;
    for (size_t i = 0; i < work.n_races && status == BARO_OK; i++)
        sort_rows(&task->rows[i * task->factors], task->factors);
    baro_arena_free(work.arena);
    return status;
}
