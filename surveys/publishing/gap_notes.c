/* What has to be said with gaps: of whom, how, and what shorthand means. */
#include "surveys/publishing/gap_parts.h"
#include "surveys/publishing/wording.h"

enum { NOTES_ADDED = 16 };

typedef struct {
    unsigned marks;
    size_t joined, unsplit;
    bool intervals, tested, quantiles, broken;
} seen;

/* For people, of the intervals that a sheet shows alone. */
static seen look(const baro_gap_row *row, size_t n, bool tidy)
{
    seen out = {0};
    for (size_t i = 0; i < n; i++) {
        out.marks |= row[i].marks;
        out.joined += row[i].joined > 0;
        out.unsplit += row[i].unsplit;
        out.quantiles = out.quantiles || row[i].statistic == BARO_STAT_QUANTILE;
        out.tested = out.tested || !isnan(row[i].p_adjusted);
        out.broken = out.broken || row[i].broken;
        for (size_t p = 0; p < BARO_GAP_PARTS; p++)
            out.intervals = out.intervals || (!isnan(row[i].part[p].lower) &&
                                              (tidy || p == (row[i].change ? BARO_GAP_CHANGE : BARO_GAP_TO)));
    }
    return out;
}

/* The sentence on intervals, of contrasts: no interval of a share is among them. */
static const char *say_intervals(const baro_gaps *gaps, const baro_gap_row *row, baro_arena *arena)
{
    baro_row level = baro_row_blank(row->measure, BARO_STAT_MEAN);
    baro_results results = gaps->run;
    level.lower = 0;
    results.rows = &level;
    results.n_rows = 1;
    return baro_say_intervals(&results, 0, 1, arena);
}

static size_t add_split(const baro_gaps *gaps, const seen *s, const char **note, baro_arena *arena)
{
    size_t n = 0;
    if (!gaps->mix)
        return 0;
    const char *label = baro_say_inside(gaps->mix->label, arena);
    note[n++] = baro_arena_format(arena, "Only interviews whose %s is known.", label ? label : "");
    note[n++] = baro_arena_format(
        arena,
        "Mix: what another make-up by %s accounts for; rates: what other levels within its categories do (Kitagawa).",
        label ? label : "");
    if (s->joined)
        note[n++] = baro_arena_format(
            arena, "In %zu of the splits a category without interviews on one side was joined with %s.", s->joined,
            gaps->mix->ordered || gaps->mix->bands ? "the nearest" : "the smallest");
    if (s->unsplit)
        note[n++] = "Not split where no category has interviews on both sides, and totals never are.";
    return n;
}

static size_t add_marks(const baro_gaps *gaps, const seen *s, const char **note, baro_arena *arena)
{
    const baro_survey *survey = gaps->run.survey;
    unsigned marks = s->marks;
    size_t n = 0;
    if (marks & BARO_MARK_SUPPRESSED)
        note[n++] =
            baro_arena_format(arena, "[c] confidential: fewer than %g interviews in one of the groups or periods.",
                              survey->suppress_below);
    if (marks & BARO_MARK_UNRELIABLE)
        note[n++] = survey->nchs
                        ? "[u] low reliability, by the presentation standard for proportions or for few interviews."
                        : baro_arena_format(
                              arena, "[u] low reliability: fewer than %g interviews in one of the groups or periods.",
                              survey->unreliable_below);
    if (marks & BARO_MARK_CAUTION)
        note[n++] = baro_arena_format(arena, "Some rows rest on fewer than %g interviews: read with caution.",
                                      survey->caution_below);
    if (marks & BARO_MARK_ABSENT)
        note[n++] = "[x] not available.";
    if (s->broken)
        note[n++] = "[b] the series breaks between the two periods: no change is told; --across-breaks tells it.";
    else if (marks & BARO_MARK_BREAK)
        note[n++] = "[b] the window spans a break in the series.";
    return n;
}

baro_status baro_gap_notes(const baro_gaps *gaps, const baro_gap_row *row, size_t n_rows, bool tidy, baro_arena *arena,
                           baro_sheet *out)
{
    const baro_texts *said = &gaps->run.notes;
    const char **note = BARO_ARRAY(arena, const char *, said->n + NOTES_ADDED);
    size_t n = 0;
    seen s = look(row, n_rows, tidy);
    if (!note)
        return BARO_NO_MEMORY;
    for (; n < said->n; n++)
        note[n] = said->item[n];
    if (s.quantiles)
        note[n++] = "Changes and splits are of shares, means, totals and ratios, not of quantiles.";
    n += add_split(gaps, &s, note + n, arena);
    if (s.intervals)
        note[n++] = say_intervals(gaps, row, arena);
    if (s.tested && !tidy)
        note[n++] = "Clear: unlikely to be chance alone, allowing for the number of comparisons in the table.";
    if (!tidy)
        n += add_marks(gaps, &s, note + n, arena);
    if (gaps->run.survey->source)
        note[n++] = baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", gaps->run.survey->source), arena);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    out->notes = note;
    out->n_notes = n;
    return BARO_OK;
}
