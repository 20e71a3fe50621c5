/*
 * Gaps of published series: from the levels and changes that such a series has (series.c), areas taken as independent.
 *   gap against another area     V = V1 + V2 + r^2 / 6, a change of it V = the sum of both changes' variances
 *   gap against the total        no interval, for the area's share of the weights is not known
 */
#include "surveys/analyses/gap_work.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_analysis *analysis;
    const baro_gap_request *asked;
    const baro_row *row;
    size_t n;
} levels;

/* The row of a group ("" for the total) in a period and comparison; NULL: none. */
static const baro_row *find(const levels *l, const baro_measure *measure, const char *group, baro_period period,
                            size_t comparison)
{
    const baro_request *request = l->analysis->request;
    for (size_t i = 0; i < l->n; i++)
        if (l->row[i].measure == measure && l->row[i].period == period &&
            l->row[i].compared == &request->against[comparison] && strcmp(l->row[i].group, group) == 0)
            return &l->row[i];
    return NULL;
}

static void fill_part(baro_gap_row *out, baro_gap_part part, const baro_row *from, double sign)
{
    if (!from)
        return;
    out->part[part].value = sign * from->difference;
    out->part[part].se = from->difference_se;
}

static void fill_side(baro_gap_row *out, baro_gap_side side, const baro_row *level)
{
    if (level)
        out->side[side] = (baro_gap_level){level->base, level->positive, level->estimate, level->se, level->df};
}

/* Comparison 0 is the change in time, comparison k the gap. */
static void fill(const levels *l, const baro_row *now, size_t k, baro_gap_row *out)
{
    bool total = out->compared->kind == BARO_AGAINST_TOTAL;
    const char *other = total ? "" : out->compared->name;
    const baro_row *then = find(l, now->measure, now->group, out->from, k),
                   *changed = find(l, now->measure, now->group, out->to, 0),
                   *other_changed = find(l, now->measure, other, out->to, 0);
    fill_side(out, BARO_GAP_GROUP_FROM, then);
    fill_side(out, BARO_GAP_GROUP_TO, now);
    fill_side(out, BARO_GAP_AGAINST_FROM, find(l, now->measure, other, out->from, 0));
    fill_side(out, BARO_GAP_AGAINST_TO, other_changed);
    fill_part(out, BARO_GAP_FROM, then, 1);
    fill_part(out, BARO_GAP_TO, now, 1);
    fill_part(out, BARO_GAP_FROM_GROUP, changed, 1);
    fill_part(out, BARO_GAP_FROM_AGAINST, other_changed, 1);
    const baro_gap_estimate *own = &out->part[BARO_GAP_FROM_GROUP], *others = &out->part[BARO_GAP_FROM_AGAINST];
    out->part[BARO_GAP_CHANGE].value = own->value - others->value;
    if (!total)
        out->part[BARO_GAP_CHANGE].se = sqrt(own->se * own->se + others->se * others->se);
    out->broken =
        then && isnan(own->value) && !isnan(out->part[BARO_GAP_FROM].value) && !isnan(out->part[BARO_GAP_TO].value);
    if (isnan(out->part[BARO_GAP_FROM].value) || isnan(out->part[BARO_GAP_TO].value))
        out->marks |= BARO_MARK_ABSENT;
    out->marks |= out->broken ? BARO_MARK_BREAK : 0;
    double given = l->analysis->request->df, df[BARO_GAP_PARTS];
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        df[p] = isnan(given) ? INFINITY : given;
    baro_gap_intervals(out, l->analysis->request, df);
}

static baro_status make_rows(const levels *l, baro_gaps *out)
{
    const baro_request *request = l->analysis->request;
    out->rows = BARO_ARRAY(l->analysis->arena, baro_gap_row, l->n + 1);
    if (!out->rows)
        return baro_analysis_no_memory(l->analysis);
    for (size_t i = 0; i < l->n; i++) {
        const baro_row *now = &l->row[i];
        size_t k = (size_t)(now->compared - request->against);
        bool own = request->against[k].kind == BARO_AGAINST_GROUP && strcmp(request->against[k].name, now->group) == 0;
        bool step = l->asked->each ? now->period > l->asked->from : now->period == l->asked->to;
        baro_period from = l->asked->each ? now->period - 1 : l->asked->from;
        const baro_row *then = find(l, now->measure, now->group, from, k);
        if (k == 0 || !now->by || own || !step)
            continue;
        baro_gap_row *row = &out->rows[out->n_rows++];
        *row = baro_gap_blank(now->measure);
        row->by = now->by;
        row->group = now->group;
        row->compared = &request->against[k];
        row->against = request->against[k].text;
        row->has_period = row->change = true;
        row->table = now->table;
        row->window = now->window;
        row->from = from;
        row->to = now->period;
        row->from_label = then ? then->period_label : "";
        row->from_words = then ? then->period_words : "";
        row->to_label = now->period_label;
        row->to_words = now->period_words;
        row->marks = now->marks & BARO_MARK_BREAK;
        fill(l, now, k, row);
    }
    return BARO_OK;
}

static bool holds(const levels *l, baro_period period)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->row[i].period == period)
            return true;
    return false;
}

/* The levels of every point from the first to the last, each against the earlier point and against what is asked. */
static baro_status read_levels(levels *l)
{
    baro_analysis *analysis = l->analysis;
    baro_request *request = BARO_NEW(analysis->arena, baro_request);
    baro_against *against = BARO_ARRAY(analysis->arena, baro_against, analysis->request->n_against + 1);
    if (!request || !against)
        return baro_analysis_no_memory(analysis);
    *request = *analysis->request;
    against[0] = (baro_against){.kind = l->asked->each ? BARO_AGAINST_PREVIOUS : BARO_AGAINST_PERIOD,
                                .period = l->asked->from,
                                .text = "change"};
    memcpy(against + 1, request->against, request->n_against * sizeof *against);
    request->against = against;
    request->n_against++;
    request->has_from = true;
    request->from = l->asked->from;
    analysis->request = request;
    baro_status status = baro_analyse_series(analysis);
    l->row = analysis->results->rows;
    l->n = analysis->results->n_rows;
    analysis->results->n_rows = 0;
    if (status == BARO_OK && !(holds(l, l->asked->from) && holds(l, l->asked->to)))
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                              "--change: the series has no value at one of the two periods");
    return status;
}

baro_status baro_gap_of_series(baro_analysis *analysis, baro_gaps *out)
{
    levels l = {.analysis = analysis, .asked = &out->asked};
    if (!out->asked.change)
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                              "a published series has gaps in `table`");
    for (size_t i = 0; i < analysis->request->n_against; i++)
        if (analysis->request->against[i].kind == BARO_AGAINST_REST)
            return baro_fault_add(
                analysis->error, BARO_USAGE, (baro_where_it_is){0},
                "--against rest: a published series does not say how large its areas are; compare with "
                "the total or an area");
    baro_status status = read_levels(&l);
    return status ? status : make_rows(&l, out);
}
