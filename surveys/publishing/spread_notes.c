/* What has to be said with spreads: of whom, how ranks are made, and what shorthand means. */
#include "surveys/publishing/spread_parts.h"
#include "surveys/publishing/wording.h"
#include <math.h>

enum { NOTES_ADDED = 16 };

typedef struct {
    unsigned marks;
    bool joined, ranked, shares, unranked_share, absent_statistic, channel, one_race;
} seen;

static seen look(const baro_spread_row *row, size_t n)
{
    seen out = {.one_race = true};
    for (size_t i = 0; i < n; i++) {
        baro_statistic statistic = row[i].measure->statistic;
        out.marks |= row[i].marks;
        out.joined = out.joined || row[i].joined > 0;
        out.ranked = out.ranked || !isnan(row[i].rank);
        out.shares = out.shares || !isnan(row[i].eta2);
        out.channel = out.channel || (row[i].factor->kind == BARO_GROUP_CHANNEL && !isnan(row[i].eta2));
        out.absent_statistic = out.absent_statistic || statistic == BARO_STAT_TOTAL || statistic == BARO_STAT_RATIO ||
                               statistic == BARO_STAT_QUANTILE;
        out.one_race = out.one_race && row[i].race == row[0].race;
    }
    return out;
}

static size_t add_method(const baro_spreads *spreads, const seen *s, const char **note, baro_arena *arena)
{
    size_t n = 0;
    const baro_request *request = spreads->run.request;
    if (s->shares) {
        note[n++] = "All factors on the same interviews: those that answer the measure and every factor.";
        note[n++] = "Share: of the variance of the answers, what lies between groups (eta squared), less what chance "
                    "alone would give so many groups of such sizes; below 0 it is shown as 0.";
    }
    if (s->ranked)
        note[n++] =
            baro_arena_format(arena,
                              "Ranks go by the share; their %g%% intervals and the probability of dividing most "
                              "are from %zu draws (seed %llu).",
                              request->confidence * 100, spreads->asked.draws, (unsigned long long)spreads->asked.seed);
    if (s->joined)
        note[n++] = baro_arena_format(arena,
                                      "Groups of fewer than %g interviews are taken together, with the smallest of the "
                                      "others where they are still too few.",
                                      spreads->run.survey->suppress_below);
    if (s->absent_statistic)
        note[n++] = "Spread is of shares and means, not of totals, ratios and quantiles.";
    if (s->channel)
        note[n++] = "Where the channel of contact is also the way of interviewing, its groups differ in how they were "
                    "asked, too.";
    return n;
}

static size_t add_marks(const baro_spreads *spreads, unsigned marks, const char **note, baro_arena *arena)
{
    const baro_survey *survey = spreads->run.survey;
    size_t n = 0;
    if (marks & BARO_MARK_SUPPRESSED)
        note[n++] = baro_arena_format(arena, "[c] confidential: fewer than two groups of %g interviews could be made.",
                                      survey->suppress_below);
    if (marks & BARO_MARK_UNRELIABLE)
        note[n++] = baro_arena_format(arena, "[u] low reliability: fewer than %g interviews in one of the groups.",
                                      survey->unreliable_below);
    if (marks & BARO_MARK_CAUTION)
        note[n++] = baro_arena_format(
            arena, "Some factors have a group of fewer than %g interviews: read with caution.", survey->caution_below);
    if (marks & BARO_MARK_ABSENT)
        note[n++] = "[x] not available.";
    if (marks & BARO_MARK_BREAK)
        note[n++] = "[b] the window spans a break in the series.";
    return n;
}

baro_status baro_spread_notes(const baro_spreads *spreads, size_t first, size_t end, bool tidy, baro_arena *arena,
                              baro_sheet *out)
{
    const baro_texts *said = &spreads->run.notes;
    const baro_spread_row *row = &spreads->rows[first];
    const char **note = BARO_ARRAY(arena, const char *, said->n + NOTES_ADDED);
    seen s = look(row, end - first);
    size_t n = 0;
    if (!note)
        return BARO_NO_MEMORY;
    const char *sides = !tidy && s.one_race && first < end ? baro_say_spread_sides(spreads, row, arena) : NULL;
    if (sides)
        note[n++] = baro_say_sentence(NULL, sides, arena);
    for (size_t i = 0; i < said->n; i++)
        note[n++] = said->item[i];
    n += add_method(spreads, &s, note + n, arena);
    if (!tidy)
        n += add_marks(spreads, s.marks, note + n, arena);
    if (spreads->run.survey->source)
        note[n++] = baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", spreads->run.survey->source), arena);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    out->notes = note;
    out->n_notes = n;
    return BARO_OK;
}
