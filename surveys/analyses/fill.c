/* From linear forms to rows: bases, intervals, design effects, differences. */
#include "stats/distribution.h"
#include "stats/estimate.h"
#include "stats/interval.h"
#include "surveys/analyses/cross_work.h"
#include <math.h>

/* The domain's moments are its cells' sums. */
typedef struct {
    baro_moments moments;
    double sum_wyy, hits;
} domain_facts;

static domain_facts sum_facts(baro_cross_work *work, size_t t, size_t d, size_t j)
{
    domain_facts facts = {0};
    size_t n = baro_cross_cells(work, t, d), outcomes = work->cross.outcomes;
    for (size_t i = 0; i < n; i++) {
        size_t cell = work->cell_list[i];
        const baro_moments *moments = &work->totals.moments[cell];
        facts.moments.n += moments->n;
        facts.moments.sum_w += moments->sum_w;
        facts.moments.sum_w2 += moments->sum_w2;
        facts.sum_wyy += work->totals.sum_wyy[cell * outcomes + j];
        facts.hits += work->totals.hits[cell * outcomes + j];
    }
    return facts;
}

/* A rest is all that are known less the group; only its counts are asked for. */
static domain_facts facts_of(baro_cross_work *work, size_t t, size_t d, size_t j)
{
    size_t groups = work->task->groups;
    if (d <= groups || !work->task->first)
        return sum_facts(work, t, d, j);
    if (work->known_window != t + 1 || work->known_level != j) { /* the same for every group: kept until the next window or level */
        domain_facts known = sum_facts(work, t, baro_cross_known(work), j);
        work->known_window = t + 1;
        work->known_level = j;
        work->known_n = known.moments.n;
        work->known_hits = known.hits;
    }
    domain_facts group = sum_facts(work, t, d - groups - 1, j);
    return (domain_facts){.moments = {.n = work->known_n - group.moments.n}, .hits = work->known_hits - group.hits};
}

double baro_cross_base(baro_cross_work *work, size_t t, size_t d, size_t j, double *hits)
{
    domain_facts facts = facts_of(work, t, d, j);
    *hits = facts.hits;
    return facts.moments.n;
}

static bool is_share(const baro_row *row)
{
    return row->statistic == BARO_STAT_PROPORTION;
}

static double form_df(const baro_cross_work *work, size_t form)
{
    const baro_request *request = work->task->run->request;
    double df = (double)work->reach[form].units - (double)work->reach[form].strata;
    return isnan(request->df) ? df : request->df;
}

/* Design effect of level j in domain d of window t, NAN where there is none. */
static double deff_of(baro_cross_work *work, size_t form, const domain_facts *facts)
{
    const baro_survey *survey = work->task->run->request->survey;
    bool total = work->task->measure->measure->statistic == BARO_STAT_TOTAL;
    if (work->task->measure->measure->statistic == BARO_STAT_RATIO)
        return NAN; /* a simple random sample's ratio has no variance that R or the books agree on */
    double w = facts->moments.sum_w, variance = work->variance[form], value = work->value[work->form_node[form]];
    double m = total ? value / w - work->cross.shift : value;
    double s2 = baro_weighted_variance(&facts->moments, facts->sum_wyy, m);
    return baro_deff(total ? variance / (w * w) : variance, s2, &facts->moments, total || survey->weight_scale == BARO_SCALE_POPULATION);
}

static void fill_interval(baro_cross_work *work, const baro_cross_plan *plan, size_t t, size_t j, baro_row *row)
{
    const baro_request *request = work->task->run->request;
    double out[2], p = row->estimate;
    bool at_edge = is_share(row) && (p == 0 || p == 1);
    baro_status status;
    if (at_edge) {
        size_t everyone = work->task->first ? work->task->groups : 0;
        domain_facts facts = facts_of(work, t, everyone, j);
        double deff = deff_of(work, plan->everyone, &facts);
        if (isnan(deff))
            deff = row->base / row->n_eff_kish;
        row->se = row->deff = row->n_eff = NAN;
        status = baro_interval_at_edge(p, row->base, deff, row->df, request->confidence, out);
    } else if (is_share(row)) {
        const baro_share share = {.p = p, .variance = row->se * row->se, .n = row->base, .df = row->df, .confidence = request->confidence, .cap = request->cap};
        status = baro_interval_proportion((baro_share_method)request->interval, &share, out);
    } else
        status = baro_interval_wald(p, row->se, row->df, request->confidence, out);
    row->lower = status ? NAN : out[0];
    row->upper = status ? NAN : out[1];
}

static void fill_level(baro_cross_work *work, const baro_cross_plan *plan, size_t t, size_t d, size_t j, baro_row *row)
{
    domain_facts facts = facts_of(work, t, d, j);
    double n = facts.moments.n;
    row->base = n;
    row->weighted_base = facts.moments.sum_w;
    row->positive = facts.hits;
    if (!(n > 0))
        return;
    double value = work->value[work->form_node[plan->level]], variance = work->variance[plan->level];
    row->estimate = row->statistic == BARO_STAT_MEAN ? value + work->cross.shift : value;
    double size = fabs(row->estimate) + fabs(work->cross.shift);
    if (variance < 1e-28 * size * size)
        variance = 0; /* what rounding leaves of a variance of 0 */
    row->se = sqrt(variance);
    row->df = form_df(work, plan->level);
    row->n_eff_kish = baro_kish_size(&facts.moments);
    row->deff = variance > 0 ? deff_of(work, plan->level, &facts) : 0;
    row->n_eff = row->deff > 0 ? n / row->deff : NAN;
    fill_interval(work, plan, t, j, row);
}

static bool at_edge(const baro_cross_work *work, const baro_row *row, size_t form)
{
    double value = work->value[work->form_node[form]];
    return is_share(row) && (value == 0 || value == 1);
}

static void fill_difference(baro_cross_work *work, const baro_cross_plan *plan, size_t j, baro_row *row)
{
    const baro_request *request = work->task->run->request;
    double out[2];
    if (plan->difference == BARO_NO_FORM || isnan(work->value[work->form_node[plan->difference]]))
        return;
    domain_facts other = facts_of(work, plan->other_window, work->form_domain[plan->other], j);
    row->against_base = other.moments.n;
    row->against_positive = other.hits;
    row->difference = work->value[work->form_node[plan->difference]];
    row->against_estimate = work->value[work->form_node[plan->other]];
    row->against_estimate += row->statistic == BARO_STAT_MEAN ? work->cross.shift : 0;
    row->against_df = form_df(work, plan->other);
    if (!at_edge(work, row, plan->other))
        row->against_se = sqrt(work->variance[plan->other]);
    if (at_edge(work, row, plan->level) || at_edge(work, row, plan->other))
        return; /* no standard error on one side: no test */
    row->difference_se = sqrt(work->variance[plan->difference]);
    row->difference_df = fmin(form_df(work, plan->level), form_df(work, plan->other));
    if (baro_interval_wald(row->difference, row->difference_se, row->difference_df, request->confidence, out) == BARO_OK) {
        row->difference_lower = out[0];
        row->difference_upper = out[1];
    }
    if (!(row->difference_se > 0) || baro_p_value_t(row->difference / row->difference_se, row->difference_df, &row->p_value))
        row->p_value = NAN;
}

/* What a difference is from: the total, the rest, a label, or the other window's. */
static void name_against(const baro_cross_work *work, const baro_cross_plan *plan, const baro_against *against, baro_row *row)
{
    row->compared = against;
    if (!against || plan->other == BARO_NO_FORM)
        return;
    const baro_cross_task *task = work->task;
    const baro_window *other = &task->run->windows->window[plan->other_window];
    bool period = baro_against_is_period(against->kind);
    row->against = period ? other->label : against->text;
    row->against_words = period ? other->words : against->text;
    row->against_period = task->run->windows->has_periods ? baro_window_period(task->run->windows, plan->other_window) : 0;
}

baro_row baro_cross_row(const baro_cross_work *work, size_t t, size_t d, size_t j)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    const baro_measure *measure = task->measure->measure;
    size_t n2 = task->second ? task->second->n : 1;
    baro_row row = baro_row_blank(measure, measure->statistic);
    row.table = task->table;
    row.period_label = windows->window[t].label;
    row.period_words = windows->window[t].words;
    if (measure->statistic == BARO_STAT_DISTRIBUTION) {
        row.statistic = BARO_STAT_PROPORTION;
        row.level = j < task->measure->outcomes ? task->measure->outcome[j] : ""; /* nobody answered: no level has a name */
    }
    if (task->first) {
        row.by = task->first->group;
        row.group = task->first->label[d / n2];
    }
    if (task->second) {
        row.by2 = task->second->group;
        row.group2 = task->second->label[d % n2];
    }
    if (windows->has_periods) {
        row.has_period = true;
        row.period = baro_window_period(windows, t);
        row.window = windows->length;
        row.marks = windows->window[t].broken ? BARO_MARK_BREAK : 0;
    }
    return row;
}

void baro_cross_fill(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    size_t at = 0, against = task->n_against ? task->n_against : 1;
    for (size_t j = 0; j < task->levels; j++)
        for (size_t d = 0; d < task->groups; d++)
            for (size_t t = 0; t < windows->n; t++)
                for (size_t a = 0; windows->window[t].shown && a < against; a++, at++) {
                    const baro_cross_plan *plan = &work->plan[at];
                    baro_row *row = &task->rows[at];
                    *row = baro_cross_row(work, t, d, j);
                    row->comparison = a;
                    name_against(work, plan, task->n_against ? task->against[a] : NULL, row);
                    if (baro_cross_level_lacks(work, t, j)) {
                        row->marks |= BARO_MARK_ABSENT;
                        continue;
                    }
                    fill_level(work, plan, t, d, j, row);
                    bool comparable = plan->other == BARO_NO_FORM || !baro_cross_level_lacks(work, plan->other_window, j);
                    if (plan->other != BARO_NO_FORM && comparable)
                        fill_difference(work, plan, j, row);
                }
}
