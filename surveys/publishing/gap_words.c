/* Gaps in words: what happened, and which side moved. */
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>

/* One digit more than levels have: parts are small, and should be seen to add up. */
static baro_display display_of(const baro_gaps *gaps, const baro_gap_row *row)
{
    baro_display display = baro_display_of(&gaps->run, row->statistic);
    display.decimals++;
    display.unit = "";
    return display;
}

/* Whether a number shows as 0. */
static bool is_nothing(double x, baro_display display)
{
    return fabs(x * display.scale) < 0.5 * pow(10, -display.decimals);
}

static const char *unit_of(const baro_gap_row *row)
{
    return row->statistic == BARO_STAT_PROPORTION ? " points" : "";
}

const char *baro_say_gap_change(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena)
{
    const baro_gap_estimate *change = &row->part[BARO_GAP_CHANGE];
    double then = row->part[BARO_GAP_FROM].value, now = row->part[BARO_GAP_TO].value;
    baro_display display = display_of(gaps, row);
    if (isnan(change->value) || isnan(then) || isnan(now))
        return NULL;
    bool turned = (then > 0) != (now > 0) && then != 0 && now != 0, narrowed = !turned && fabs(now) < fabs(then);
    double away = turned ? now : then != 0 ? then : now; /* the side on which the gap lies, or has come to lie */
    double sign = (away < 0 ? -1 : 1) * (narrowed ? -1 : 1);
    const char *size = baro_say_number(arena, sign * change->value, display), *moved = "unchanged";
    if (!is_nothing(change->value, display))
        moved = baro_arena_format(arena, "%s by %s%s",
                                  turned     ? "turned round"
                                  : narrowed ? "narrowed"
                                             : "widened",
                                  size ? size : "", unit_of(row));
    if (!moved || !size || isnan(change->lower))
        return size ? moved : NULL;
    const char *low = baro_say_number(arena, sign < 0 ? -change->upper : change->lower, display),
               *high = baro_say_number(arena, sign < 0 ? -change->lower : change->upper, display);
    return low && high ? baro_arena_format(arena, "%s (%s to %s)", moved, low, high) : NULL;
}

/* "up 0.3", and for what is better low whether that is good; up and down say it for the others. */
static const char *moved(const baro_gaps *gaps, const baro_gap_row *row, double by, baro_arena *arena)
{
    const char *size = baro_say_number(arena, fabs(by), display_of(gaps, row));
    bool lower = row->measure->better == BARO_BETTER_LOWER;
    if (!size || is_nothing(by, display_of(gaps, row)))
        return size ? "unchanged" : NULL;
    return baro_arena_format(arena, "%s %s%s", by < 0 ? "down" : "up", size,
                             !lower   ? ""
                             : by < 0 ? " (better)"
                                      : " (worse)");
}

static const char *label_of(const baro_gap_row *row, baro_arena *arena)
{
    return row->by2 ? baro_arena_format(arena, "%s, %s", row->group, row->group2) : row->group;
}

static const char *say_parts(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena)
{
    double own = row->part[BARO_GAP_FROM_GROUP].value, others = row->part[BARO_GAP_FROM_AGAINST].value;
    if (isnan(own) || isnan(others))
        return NULL;
    const char *group = label_of(row, arena), *other = baro_say_gap_other(gaps, row),
               *first = moved(gaps, row, own, arena), *second = moved(gaps, row, others, arena);
    return group && other && first && second ? baro_arena_format(arena, "%s %s, %s %s", group, first, other, second)
                                             : NULL;
}

static const char *say_split(const baro_gaps *gaps, const baro_gap_row *row, const char *whose, baro_gap_part mix,
                             baro_arena *arena)
{
    double share = row->part[mix].value, rate = row->part[mix + 1].value;
    baro_display display = display_of(gaps, row);
    const char *first = baro_say_number(arena, share, display), *second = baro_say_number(arena, rate, display);
    if (isnan(share) || isnan(rate))
        return baro_arena_format(arena, "%s: [x]", whose);
    return first && second ? baro_arena_format(arena, "%s: mix %s, rates %s", whose, first, second) : NULL;
}

static const char *say_splits(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena)
{
    const char *group = label_of(row, arena), *other = baro_say_gap_other(gaps, row);
    if (!gaps->mix || isnan(row->part[BARO_GAP_CHANGE].value) || !group || !other)
        return NULL;
    const char *first = say_split(gaps, row, group, BARO_GAP_GROUP_MIX, arena),
               *second = say_split(gaps, row, other, BARO_GAP_AGAINST_MIX, arena);
    return first && second ? baro_arena_format(arena, "%s; %s", first, second) : NULL;
}

const char *baro_say_gap_other(const baro_gaps *gaps, const baro_gap_row *row)
{
    if (row->compared->kind == BARO_AGAINST_REST)
        return "the rest";
    if (row->compared->kind != BARO_AGAINST_TOTAL)
        return row->against;
    return gaps->run.survey->is_series ? "the whole area" : "everyone";
}

const char *baro_say_gap(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena)
{
    const char *change = baro_say_gap_change(gaps, row, arena), *parts = say_parts(gaps, row, arena),
               *split = say_splits(gaps, row, arena);
    if (!change || !parts)
        return NULL;
    return baro_arena_format(arena, "%s: %s%s%s", change, parts, split ? ". " : "", split ? split : "");
}
