/* Spreads before they are laid out: what is hidden, what is marked; and the words that reports use, too. */
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>

void baro_spreads_suppress(baro_spreads *spreads)
{
    const baro_survey *survey = spreads->run.survey;
    for (size_t i = 0; i < spreads->n_rows; i++) {
        baro_spread_row *row = &spreads->rows[i];
        if (row->few) {
            row->marks |= BARO_MARK_SUPPRESSED;
            row->groups = row->joined = 0;
            row->least = NAN;
            if (row->base < survey->suppress_below)
                row->base = NAN;
        } else if (row->least < survey->unreliable_below) {
            row->marks |= BARO_MARK_UNRELIABLE;
        } else if (row->least < survey->caution_below) {
            row->marks |= BARO_MARK_CAUTION;
        }
    }
}

const char *baro_say_kind(baro_group_kind kind)
{
    static const char *const word[] = {[BARO_GROUP_DEMOGRAPHIC] = "demographic",
                                       [BARO_GROUP_CHANNEL] = "channel",
                                       [BARO_GROUP_AREA] = "area",
                                       [BARO_GROUP_CONTACT] = "contact",
                                       [BARO_GROUP_OTHER] = "other"};
    return word[kind];
}

const char *baro_say_probability(double p, baro_arena *arena)
{
    if (isnan(p))
        return NULL;
    if (p > 0.99)
        return "over 99%";
    if (p < 0.01)
        return "under 1%";
    return baro_say_number(arena, p, (baro_display){.scale = 100, .unit = "%", .decimals = 0});
}

static const baro_spread_row *best_of(const baro_spreads *spreads, size_t race, baro_group_kind kind)
{
    const baro_spread_row *best = NULL;
    for (size_t i = 0; i < spreads->n_rows; i++) {
        const baro_spread_row *row = &spreads->rows[i];
        if (row->race == race && row->factor->kind == kind && !isnan(row->rank) && (!best || row->rank < best->rank))
            best = row;
    }
    return best;
}

const char *baro_say_spread_sides(const baro_spreads *spreads, const baro_spread_row *first, baro_arena *arena)
{
    const baro_spread_row *channel = best_of(spreads, first->race, BARO_GROUP_CHANNEL),
                          *other = best_of(spreads, first->race, BARO_GROUP_DEMOGRAPHIC);
    if (!channel || !other || isnan(channel->p_channel))
        return NULL;
    bool more = channel->p_channel >= 0.5;
    const char *p = baro_say_probability(more ? channel->p_channel : 1 - channel->p_channel, arena);
    const char *loser = more ? "any demographic factor" : baro_say_inside(channel->factor->label, arena);
    if (!p || !loser)
        return NULL;
    return baro_arena_format(arena, "%s divides more than %s (probability %s)",
                             more ? channel->factor->label : other->factor->label, loser, p);
}
