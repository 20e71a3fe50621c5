/* Findings: from contrasts to those that stand out, in order. */
#include "surveys/publishing/findings_parts.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/disclosure.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/spread_sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef baro_findings_collection collection;

/* ---- what is looked at ---- */

static bool is_shown(unsigned marks)
{
    return !(marks & (BARO_MARK_SUPPRESSED | BARO_MARK_UNRELIABLE | BARO_MARK_ABSENT));
}

/* Families of the survey file, then one a measure, then missing answers. */
static size_t family_of(const baro_survey *survey, const baro_measure *measure)
{
    if (measure->missing_of)
        return survey->n_families + survey->n_measures;
    for (size_t f = 0; f < survey->n_families; f++)
        for (size_t i = 0; i < survey->families[f].n; i++)
            if (strcmp(survey->families[f].item[i], measure->id) == 0)
                return f;
    return survey->n_families + (size_t)(measure - survey->measures);
}

static const char *family_name(const baro_survey *survey, const baro_measure *measure, baro_arena *arena)
{
    size_t f = family_of(survey, measure);
    if (measure->missing_of)
        return "missing answers";
    if (f >= survey->n_families)
        return measure->id;
    const char *name = survey->families[f].item[0];
    for (size_t i = 1; i < survey->families[f].n && name; i++)
        name = baro_arena_format(arena, "%s, %s", name, survey->families[f].item[i]);
    return name;
}

static baro_finding *add(collection *c, baro_finding_kind kind, const baro_measure *measure)
{
    baro_finding *finding = &c->item[c->n];
    *finding = (baro_finding){.kind = kind, .family = family_name(&c->contrasts->survey, measure, c->arena), .number = c->n, .against = "", .period = "", .verdict = ""};
    c->family[c->n++] = family_of(&c->contrasts->survey, measure);
    return finding;
}

static bool in_time(const baro_row *row)
{
    return row->compared && row->compared->kind >= BARO_AGAINST_PREVIOUS;
}

/* A total of a group is not compared with that of others: it says how many they are. */
static bool is_compared(const baro_row *row)
{
    return row->compared && !isnan(row->p_value) && is_shown(row->marks) && row->compared->kind != BARO_AGAINST_TOTAL &&
           (in_time(row) || row->statistic != BARO_STAT_TOTAL);
}

static double deviation_of(const baro_row *row)
{
    if (row->statistic == BARO_STAT_PROPORTION)
        return sqrt(row->estimate * (1 - row->estimate));
    double deviation = row->se * sqrt(row->n_eff); /* of one answer, as if drawn at random */
    return deviation > 0 ? deviation : fabs(row->estimate);
}

/* The end of the interval that is nearer to 0, in standard deviations: how large the difference surely is. */
static double sure_size(double lower, double upper, double deviation)
{
    double nearer = lower > 0 ? lower : upper < 0 ? -upper : 0;
    return deviation > 0 ? nearer / deviation : nearer;
}

static double factor_of(double p, double pooled)
{
    return pooled * (1 - pooled) / (p * (1 - p));
}

/*
 * Of shares the larger of two standard errors: as estimated, and as it would be if both were the pooled share, with the design effects
 * that they have. A share that came out near 0 or 1 by chance has next to no standard error of its own, and would look certain.
 */
static double p_value_of(const baro_row *row)
{
    double n = row->base, others = row->against_base, pooled = (n * row->estimate + others * row->against_estimate) / (n + others), p;
    if (row->statistic != BARO_STAT_PROPORTION || !(pooled > 0 && pooled < 1) || !(row->against_se > 0))
        return row->p_value;
    double own = row->se * row->se, other = row->against_se * row->against_se;
    double variance = row->difference_se * row->difference_se + own * (factor_of(row->estimate, pooled) - 1) +
                      other * (factor_of(row->against_estimate, pooled) - 1);
    if (!(variance > 0) || baro_p_value_t(row->difference / sqrt(variance), row->difference_df, &p))
        return row->p_value;
    return fmax(p, row->p_value);
}

static void add_row(collection *c, const baro_row *row)
{
    baro_finding_kind kind = row->measure->missing_of ? BARO_FINDING_MISSING : in_time(row) ? BARO_FINDING_CHANGE : BARO_FINDING_GAP;
    baro_finding *finding = add(c, kind, row->measure);
    finding->row = row;
    finding->period = row->period_label;
    finding->against = row->against;
    finding->estimate = row->estimate;
    finding->difference = row->difference;
    finding->se = row->difference_se;
    finding->lower = row->difference_lower;
    finding->upper = row->difference_upper;
    finding->df = row->difference_df;
    finding->p_value = p_value_of(row);
    finding->size = sure_size(finding->lower, finding->upper, deviation_of(row));
}

/* Everyone's level against the target: the same interval of a difference, with a target that has no error. */
static void add_target(collection *c, const baro_row *row)
{
    double target = row->measure->target, out[2], p;
    if (isnan(target) || row->by || *row->level || row->comparison > 0 || !(row->se > 0) || !is_shown(row->marks))
        return;
    if (baro_p_value_t((row->estimate - target) / row->se, row->df, &p) ||
        baro_interval_wald(row->estimate - target, row->se, row->df, c->contrasts->levels_of.confidence, out))
        return;
    baro_finding *finding = add(c, BARO_FINDING_TARGET, row->measure);
    finding->row = row;
    finding->period = row->period_label;
    finding->against = "target";
    finding->estimate = row->estimate;
    finding->difference = row->estimate - target;
    finding->se = row->se;
    finding->lower = out[0];
    finding->upper = out[1];
    finding->df = row->df;
    finding->p_value = p;
    finding->size = sure_size(out[0], out[1], deviation_of(row));
}

static void add_gap(collection *c, const baro_gaps *gaps, const baro_gap_row *row)
{
    const baro_gap_estimate *change = &row->part[BARO_GAP_CHANGE];
    if (isnan(row->p_value) || !is_shown(row->marks) || row->broken || row->statistic == BARO_STAT_TOTAL || row->compared->kind == BARO_AGAINST_TOTAL)
        return;
    baro_finding *finding = add(c, BARO_FINDING_GAP_CHANGE, row->measure);
    double p = row->side[BARO_GAP_GROUP_TO].estimate;
    finding->gap = row;
    finding->gaps = gaps;
    finding->period = row->to_label;
    finding->against = row->against;
    finding->estimate = row->part[BARO_GAP_TO].value;
    finding->difference = change->value;
    finding->se = change->se;
    finding->lower = change->lower;
    finding->upper = change->upper;
    finding->df = row->df;
    finding->p_value = row->p_value;
    finding->size = sure_size(change->lower, change->upper, row->statistic == BARO_STAT_PROPORTION ? sqrt(p * (1 - p)) : fabs(p));
}

/* The first of a race; how sure that is was drawn, so that no p-value is smaller than one draw. */
static void add_spread(collection *c, const baro_spread_row *row)
{
    size_t factors = 0;
    const baro_spreads *spreads = &c->contrasts->spreads;
    for (size_t i = 0; i < spreads->n_rows; i++)
        factors += spreads->rows[i].race == row->race && !isnan(spreads->rows[i].p_first);
    if (row->rank != 1 || factors < 2 || isnan(row->p_first) || isnan(row->eta2) || !is_shown(row->marks))
        return;
    baro_finding *finding = add(c, BARO_FINDING_SPREAD, row->measure);
    finding->spread = row;
    finding->period = row->period_label;
    finding->against = "other factors";
    finding->estimate = row->eta2;
    finding->difference = NAN;
    finding->se = row->eta2_se;
    finding->lower = row->lower;
    finding->upper = row->upper;
    finding->df = row->df;
    finding->p_value = fmin(1, (double)factors * fmax(1 - row->p_first, 1.0 / (double)spreads->asked.draws));
    finding->size = sqrt(isnan(row->lower) ? row->eta2 : fmax(0, row->lower));
}

static baro_status collect(collection *c)
{
    const baro_contrasts *contrasts = c->contrasts;
    size_t most = 2 * contrasts->levels.n_rows + contrasts->spreads.n_rows;
    for (size_t g = 0; g < contrasts->n_gaps; g++)
        most += contrasts->gaps[g].n_rows;
    c->item = BARO_ARRAY(c->arena, baro_finding, most + 1);
    c->family = BARO_ARRAY(c->arena, size_t, most + 1);
    if (!c->item || !c->family)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < contrasts->levels.n_rows; i++) {
        const baro_row *row = &contrasts->levels.rows[i];
        add_target(c, row);
        if (is_compared(row))
            add_row(c, row);
    }
    for (size_t g = 0; g < contrasts->n_gaps; g++)
        for (size_t i = 0; i < contrasts->gaps[g].n_rows; i++)
            add_gap(c, &contrasts->gaps[g], &contrasts->gaps[g].rows[i]);
    for (size_t i = 0; i < contrasts->spreads.n_rows; i++)
        add_spread(c, &contrasts->spreads.rows[i]);
    return BARO_OK;
}

/* ---- which stand out, in which order ---- */

static baro_status correct(collection *c)
{
    double *p = BARO_ARRAY(c->arena, double, c->n + 1), *adjusted = BARO_ARRAY(c->arena, double, c->n + 1);
    if (!p || !adjusted)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < c->n; i++)
        p[i] = c->item[i].p_value;
    baro_status status = baro_findings_correct(p, c->family, c->n, 1 - c->contrasts->levels_of.confidence, c->arena, adjusted);
    for (size_t i = 0; i < c->n && status == BARO_OK; i++)
        c->item[i].p_adjusted = adjusted[i];
    return status;
}

static int by_size(const void *x, const void *y)
{
    const baro_finding *a = x, *b = y;
    bool warns = a->kind == BARO_FINDING_MISSING, other_warns = b->kind == BARO_FINDING_MISSING;
    if (warns != other_warns)
        return warns ? 1 : -1;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    if (a->p_adjusted != b->p_adjusted)
        return a->p_adjusted < b->p_adjusted ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* What is said of everyone's change when it does not stand out, where a margin was set beforehand. */
static bool speaks(const baro_finding *finding, baro_finding_kind *kind)
{
    static const baro_finding_kind of[] = {[BARO_VERDICT_NOISY] = BARO_FINDING_NOISY,
                                           [BARO_VERDICT_EQUIVALENT] = BARO_FINDING_NO_CHANGE,
                                           [BARO_VERDICT_CHANGED] = BARO_FINDING_UNCLEAR,
                                           [BARO_VERDICT_CHANGED_WITHIN] = BARO_FINDING_UNCLEAR};
    if (finding->kind != BARO_FINDING_CHANGE || finding->row->by || isnan(finding->row->margin))
        return false;
    *kind = of[finding->row->verdict];
    return true;
}

/* Those that stand out first, by size; then what is said of those that do not, as collected. */
static void choose(collection *c, baro_findings *out)
{
    double alpha = 1 - c->contrasts->levels_of.confidence;
    baro_finding_kind kind;
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->item[i].p_adjusted < alpha)
            out->item[n++] = c->item[i];
    qsort(out->item, n, sizeof *out->item, by_size);
    while (out->standing < n && out->item[out->standing].kind != BARO_FINDING_MISSING) {
        out->item[out->standing].rank = out->standing + 1;
        out->standing++;
    }
    for (size_t i = 0; i < c->n; i++)
        if (!(c->item[i].p_adjusted < alpha) && speaks(&c->item[i], &kind)) {
            out->item[n] = c->item[i];
            out->item[n++].kind = kind;
        }
    out->n = n;
}

static void add_none(baro_findings *out, baro_arena *arena)
{
    baro_finding *none = &out->item[out->n++];
    *none = (baro_finding){.kind = BARO_FINDING_NONE, .family = "", .id = "", .period = "", .against = "", .verdict = "", .estimate = NAN, .difference = NAN, .se = NAN,
                           .lower = NAN, .upper = NAN, .df = NAN, .p_value = NAN, .p_adjusted = NAN};
    none->sentence = out->contrasts->why_none;
    if (!none->sentence)
        none->sentence = out->looked_at == 0 ? "Nothing stands out: there was no contrast that could be tested."
                                             : baro_arena_format(arena, "Nothing stands out beyond what chance alone may do: %zu contrast%s looked at.",
                                                                 out->looked_at, out->looked_at == 1 ? " was" : "s were");
}

static const char *id_of(const baro_finding *finding, baro_arena *arena)
{
    if (finding->gap)
        return baro_gap_row_id(finding->gap, arena);
    if (finding->spread)
        return baro_spread_row_id(finding->spread, arena);
    baro_row row = *finding->row;
    row.against = finding->against; /* a target is no comparison of the row */
    return baro_row_id(&row, arena);
}

static baro_status word_all(baro_findings *out, baro_arena *arena)
{
    for (size_t i = 0; i < out->n; i++) {
        baro_finding *finding = &out->item[i];
        if (finding->kind != BARO_FINDING_NONE) {
            finding->id = id_of(finding, arena);
            finding->sentence = baro_say_finding(out, finding, arena);
        }
        if (!finding->id || !finding->sentence || !finding->family)
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

/* All that sentences may rest on is published together: what is hidden is decided over it, unless that was done with more. */
static baro_status suppress(baro_contrasts *contrasts)
{
    baro_disclosure *alone = contrasts->suppressed || contrasts->why_none ? NULL : baro_disclosure_new();
    if (contrasts->suppressed || contrasts->why_none)
        return BARO_OK;
    baro_status status = alone ? baro_disclosure_add(alone, &contrasts->levels, NULL) : BARO_NO_MEMORY;
    for (size_t g = 0; g < contrasts->n_gaps && status == BARO_OK; g++)
        status = baro_disclosure_add_gaps(alone, &contrasts->gaps[g], NULL);
    if (status == BARO_OK)
        status = baro_disclosure_solve(alone);
    baro_disclosure_free(alone);
    contrasts->suppressed = status == BARO_OK;
    return status;
}

baro_status baro_findings_choose(baro_contrasts *contrasts, baro_arena *arena, baro_findings *out)
{
    collection c = {.contrasts = contrasts, .arena = arena};
    *out = (baro_findings){.contrasts = contrasts};
    baro_status hidden = suppress(contrasts);
    if (hidden)
        return hidden;
    if (contrasts->spreads.n_rows)
        baro_spreads_suppress(&contrasts->spreads);
    baro_status status = collect(&c);
    if (status == BARO_OK)
        status = baro_findings_drop_alike(&c);
    if (status == BARO_OK)
        status = correct(&c);
    out->tested = c.item;
    out->looked_at = c.n;
    out->item = BARO_ARRAY(arena, baro_finding, c.n + 1);
    if (status || !out->item)
        return status ? status : BARO_NO_MEMORY;
    choose(&c, out);
    if (out->standing == 0)
        add_none(out, arena);
    return word_all(out, arena);
}
