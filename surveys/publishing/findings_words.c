/* Findings in plain words. */
#include "io/base/number.h"
#include "surveys/publishing/findings.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

typedef struct {
    const baro_findings *findings;
    const baro_finding *finding;
    const baro_row *row; /* NULL of a gap's change */
    baro_arena *arena;
    baro_display display;
} say;

/* ---- who and what ---- */

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

/* "those whose ethnic group is Black", "Camden": a group as it stands after "among" or "in". */
static const char *category(const baro_group *by, const char *label, baro_arena *arena)
{
    if (by->kind == BARO_GROUP_AREA)
        return label;
    return baro_arena_format(arena, "those whose %s is %s", or_nothing(baro_say_inside(by->label, arena)), label);
}

static const char *place_of(const baro_group *by)
{
    return by->kind == BARO_GROUP_AREA ? "in" : "among";
}

/* " among those whose age is 16 to 24", " in Camden"; two groups crossed one behind the other; "" for everyone. */
static const char *who(const baro_group *by, const char *group, const baro_group *by2, const char *group2, baro_arena *arena)
{
    if (!by)
        return "";
    const char *first = category(by, group, arena), *second = by2 ? category(by2, group2, arena) : "";
    if (!first || !second)
        return NULL;
    if (by2 && by->kind != BARO_GROUP_AREA && by2->kind != BARO_GROUP_AREA) /* "and whose ..." */
        return baro_arena_format(arena, " among %s and%s", first, strchr(second, ' '));
    return by2 ? baro_arena_format(arena, " %s %s %s %s", place_of(by), first, place_of(by2), second)
               : baro_arena_format(arena, " %s %s", place_of(by), first);
}

/* What a group is compared with: "among the rest", "elsewhere", "where it is Male", "in Camden". */
static const char *other(const say *s)
{
    const baro_row *row = s->row;
    const baro_group *by = row->by;
    const char *label = row->compared->kind == BARO_AGAINST_GROUP ? row->compared->name : s->finding->other;
    if (row->compared->kind == BARO_AGAINST_REST && !label)
        return by->kind == BARO_GROUP_AREA && !row->by2 ? "elsewhere" : "among the rest";
    return baro_arena_format(s->arena, "%s %s", by->kind == BARO_GROUP_AREA ? "in" : "where it is", label);
}

static const char *subject_of(const baro_measure *measure, const char *level, baro_arena *arena)
{
    static const char *const missing[BARO_MISSING_KINDS] = {[BARO_MISSING_DONT_KNOW] = "the share who answered don't know",
                                                            [BARO_MISSING_REFUSED] = "the share who refused to answer"};
    if (measure->missing_of) { /* its label ends with what is missing */
        const char *colon = strrchr(measure->label, ':');
        int length = colon ? (int)(colon - measure->label) : (int)strlen(measure->label);
        return baro_arena_format(arena, "%s (%.*s)", missing[measure->missing], length, measure->label);
    }
    return *level ? baro_arena_format(arena, "%s (%s)", measure->label, level) : measure->label;
}

/* ---- how much ---- */

static const char *level_in_words(const say *s, double x)
{
    return baro_say_number(s->arena, x, s->display);
}

/* As many decimals as show that a size is not 0. */
static baro_display display_of_size(const say *s, double x)
{
    baro_display display = s->display;
    display.unit = "";
    while (display.decimals < 6 && fabs(x) * display.scale < 0.5 * pow(10, -display.decimals))
        display.decimals++;
    return display;
}

static const char *points(const say *s, double x)
{
    const char *size = baro_say_number(s->arena, fabs(x), display_of_size(s, x));
    if (!size || s->display.scale == 1)
        return size;
    return baro_arena_format(s->arena, "%s %s", size, strcmp(size, "1") == 0 ? "point" : "points");
}

/* The interval of the size: "9 to 19". */
static const char *interval(const say *s)
{
    const baro_finding *finding = s->finding;
    double sign = finding->difference < 0 ? -1 : 1;
    baro_display display = display_of_size(s, finding->difference);
    const char *low = baro_say_number(s->arena, sign < 0 ? -finding->upper : finding->lower, display),
               *high = baro_say_number(s->arena, sign < 0 ? -finding->lower : finding->upper, display);
    return low && high ? baro_arena_format(s->arena, "%s to %s", low, high) : NULL;
}

/* ", which is better" where the measure says which way is. */
static const char *value_of(const say *s, double difference)
{
    baro_better better = s->row->measure->better;
    if (better == BARO_BETTER_NEITHER || (better == BARO_BETTER_HIGHER && s->finding->kind != BARO_FINDING_TARGET))
        return ""; /* up and down, higher and lower say it */
    if (s->finding->kind == BARO_FINDING_TARGET && better == BARO_BETTER_HIGHER)
        return "";
    return (difference < 0) == (better == BARO_BETTER_LOWER) ? ", which is better," : ", which is worse,";
}

/* Not "because": who is asked another way may answer another way. */
static const char *way_of_asking(const baro_group *by, const baro_group *by2, baro_arena *arena)
{
    const baro_group *mode = by && by->interview_mode ? by : by2 && by2->interview_mode ? by2 : NULL;
    if (!mode)
        return "";
    return baro_arena_format(arena, " %s is also how people were interviewed: this may be the way of asking as much as anything else.", mode->label);
}

static const char *times(const say *s)
{
    const char *now = baro_say_inside(s->row->period_words, s->arena), *then = baro_say_inside(s->row->against_words, s->arena);
    return now && then ? baro_arena_format(s->arena, "%s against %s", now, then) : NULL;
}

/* ---- a sentence a kind ---- */

static const char *say_gap(const say *s)
{
    const baro_row *row = s->row;
    double d = s->finding->difference;
    const char *subject = subject_of(row->measure, row->level, s->arena), *whom = who(row->by, row->group, row->by2, row->group2, s->arena), *than = other(s);
    const char *own = level_in_words(s, row->estimate), *others = level_in_words(s, row->against_estimate), *size = points(s, d), *range = interval(s),
               *asked = way_of_asking(row->by, row->by2, s->arena);
    if (!subject || !whom || !than || !own || !others || !size || !range || !asked)
        return NULL;
    return baro_arena_format(s->arena, "%s is %s%s%s than %s: %s against %s, a difference of %s (%s).%s", subject, d > 0 ? "higher" : "lower",
                             value_of(s, d), whom, than, own, others, size, range, asked);
}

static const char *say_change(const say *s)
{
    const baro_row *row = s->row;
    double d = s->finding->difference;
    const char *subject = subject_of(row->measure, row->level, s->arena), *whom = who(row->by, row->group, row->by2, row->group2, s->arena),
               *size = points(s, d), *now = level_in_words(s, row->estimate), *range = interval(s), *when = times(s), *within = "";
    if (!isnan(row->margin) && row->verdict == BARO_VERDICT_CHANGED_WITHIN)
        within = baro_arena_format(s->arena, " It is less than %s, the margin set beforehand.", or_nothing(baro_say_margin(row, s->arena)));
    if (!subject || !whom || !size || !now || !range || !when || !within)
        return NULL;
    const char *value = value_of(s, d);
    int length = (int)strlen(value) - (*value != '\0'); /* its second comma goes before the bracket */
    return baro_arena_format(s->arena, "%s%s is %s %s to %s%.*s (%s; %s).%s", subject, whom, d > 0 ? "up" : "down", size, now, length, value, range, when, within);
}

static const char *say_target(const say *s)
{
    const baro_row *row = s->row;
    double d = s->finding->difference;
    const char *own = level_in_words(s, row->estimate), *size = points(s, d), *target = level_in_words(s, row->measure->target), *range = interval(s),
               *value = value_of(s, d);
    if (!own || !size || !target || !range)
        return NULL;
    int length = (int)strlen(value) - (*value != '\0');
    return baro_arena_format(s->arena, "%s is %s, %s %s the target of %s%.*s (%s).", row->measure->label, own, size, d > 0 ? "above" : "below", target, length,
                             value, range);
}

static const char *say_gap_change(const say *s)
{
    const baro_gap_row *row = s->finding->gap;
    const char *subject = subject_of(row->measure, row->level, s->arena), *moved = baro_say_gap(s->finding->gaps, row, s->arena),
               *group = category(row->by, row->group, s->arena), *second = row->by2 ? category(row->by2, row->group2, s->arena) : "",
               *asked = way_of_asking(row->by, row->by2, s->arena), *now = baro_say_inside(row->to_words, s->arena),
               *then = baro_say_inside(row->from_words, s->arena);
    bool rest = row->compared->kind == BARO_AGAINST_REST;
    const char *others = rest ? s->finding->other : row->compared->name;
    others = !others ? "the rest" : row->by->kind == BARO_GROUP_AREA ? others : baro_arena_format(s->arena, "those where it is %s", others);
    if (!subject || !moved || !group || !second || !others || !asked || !now || !then)
        return NULL;
    return baro_arena_format(s->arena, "%s: the gap between %s%s%s and %s %s (%s against %s).%s", subject, group, *second ? ", " : "", second, others, moved, now,
                             then, asked);
}

static const char *say_spread(const say *s)
{
    const baro_spread_row *row = s->finding->spread;
    const char *subject = subject_of(row->measure, row->level, s->arena), *sure = baro_say_probability(row->p_first, s->arena),
               *apart = points(s, row->range), *factor = row->factor->label, *asked = way_of_asking(row->factor, NULL, s->arena);
    if (!subject || !sure || !apart || !asked)
        return NULL;
    return baro_arena_format(s->arena, "%s: of the factors looked at, %s divides opinion most (probability %s); its groups lie up to %s apart.%s", subject,
                             or_nothing(baro_say_inside(factor, s->arena)), sure, apart, asked);
}

static const char *say_missing(const say *s)
{
    const char *text = s->row->compared->kind >= BARO_AGAINST_PREVIOUS ? say_change(s) : say_gap(s);
    return text ? baro_arena_format(s->arena, "Read with care: %s", text) : NULL;
}

static const char *say_no_change(const say *s)
{
    const char *level = level_in_words(s, s->row->estimate), *margin = baro_say_margin(s->row, s->arena), *when = times(s);
    if (!level || !margin || !when)
        return NULL;
    return baro_arena_format(s->arena, "%s is %s: no clear change (within ±%s; %s).", s->row->measure->label, level, margin, when);
}

static const char *say_noisy(const say *s)
{
    const char *level = level_in_words(s, s->row->estimate), *seen = baro_say_detectable(&s->findings->contrasts->levels, s->row, s->arena), *when = times(s);
    if (!level || !seen || !when)
        return NULL;
    return baro_arena_format(s->arena, "%s is %s: too noisy to tell whether it changed; a change of %s would have been seen 4 times in 5 (%s).",
                             s->row->measure->label, level, seen, when);
}

static const char *say_unclear(const say *s)
{
    double d = s->finding->difference;
    const char *level = level_in_words(s, s->row->estimate), *size = points(s, d), *when = times(s);
    if (!level || !size || !when)
        return NULL;
    return baro_arena_format(s->arena, "%s is %s: %s %s, which among %zu contrasts chance alone may do (%s).", s->row->measure->label, level, d > 0 ? "up" : "down",
                             size, s->findings->looked_at, when);
}

static const struct {
    const char *word;
    const char *(*say)(const say *s);
} kinds[BARO_FINDING_KINDS] = {[BARO_FINDING_GAP] = {"gap", say_gap},
                               [BARO_FINDING_CHANGE] = {"change", say_change},
                               [BARO_FINDING_GAP_CHANGE] = {"gap_change", say_gap_change},
                               [BARO_FINDING_TARGET] = {"target", say_target},
                               [BARO_FINDING_SPREAD] = {"spread", say_spread},
                               [BARO_FINDING_MISSING] = {"missing", say_missing},
                               [BARO_FINDING_NO_CHANGE] = {"no_change", say_no_change},
                               [BARO_FINDING_NOISY] = {"noisy", say_noisy},
                               [BARO_FINDING_UNCLEAR] = {"unclear", say_unclear},
                               [BARO_FINDING_NONE] = {"none", NULL}};

const char *baro_finding_word(baro_finding_kind kind)
{
    return kinds[kind].word;
}

const char *baro_say_finding(const baro_findings *findings, const baro_finding *finding, baro_arena *arena)
{
    if (!kinds[finding->kind].say)
        return finding->sentence;
    say s = {.findings = findings, .finding = finding, .row = finding->row, .arena = arena};
    baro_statistic statistic = finding->row ? finding->row->statistic : finding->gap ? finding->gap->statistic : finding->spread->measure->statistic;
    s.display = baro_display_of(&findings->contrasts->levels, statistic);
    return kinds[finding->kind].say(&s);
}
