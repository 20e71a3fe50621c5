#include "surveys/publishing/spread_chart.h"
#include "surveys/publishing/drawn.h"
#include "surveys/publishing/spread_parts.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

enum { SPOKEN_MOST = 10, SHARE_DECIMALS = 2 };

typedef struct {
    const baro_spreads *spreads;
    const baro_results *levels;
    baro_arena *arena;
    const baro_spread_row *row; /* [n] of the measure */
    size_t n;
    baro_display display;
    baro_cells cells;
    const char *spoken;
    size_t said;
    bool failed;
} draft;

static const char *need(draft *d, const char *text)
{
    d->failed = d->failed || !text;
    return text ? text : "";
}

static bool is_level_of(const baro_row *row, const baro_spread_row *of)
{
    return row->measure == of->measure && row->by == of->factor && !row->by2 && strcmp(row->level, of->level) == 0;
}

/* Several comparisons repeat a level: the first is taken. */
static bool is_first(const baro_results *levels, size_t i)
{
    return levels->rows[i].comparison == 0;
}

static const char *marker_of(const baro_row *row)
{
    const char *hidden = baro_row_shorthand(row);
    return hidden ? hidden : row->marks & BARO_MARK_UNRELIABLE ? "[u]" : NULL;
}

/* Dots of a factor; the outermost are kept for the words. */
static void put_groups(draft *d, const baro_spread_row *of, const char *label, const baro_row **low,
                       const baro_row **high)
{
    *low = *high = NULL;
    for (size_t i = 0; i < d->levels->n_rows; i++) {
        const baro_row *row = &d->levels->rows[i];
        if (!is_level_of(row, of) || !is_first(d->levels, i))
            continue;
        baro_drawn drawn = baro_drawn_blank;
        drawn.label = row->group;
        drawn.period = label;
        drawn.estimate = row->estimate * d->display.scale;
        drawn.marker = marker_of(row);
        baro_drawn_put(&d->cells, &drawn);
        if (isnan(row->estimate))
            continue;
        *low = !*low || row->estimate < (*low)->estimate ? row : *low;
        *high = !*high || row->estimate > (*high)->estimate ? row : *high;
    }
}

static const char *share(draft *d, double eta2, const char *unit)
{
    return need(d, baro_say_number(d->arena, eta2, (baro_display){100, unit, SHARE_DECIMALS}));
}

static const char *ranks(draft *d, const baro_spread_row *row)
{
    if (isnan(row->rank_lower))
        return "";
    return need(d, row->rank_lower == row->rank_upper
                       ? baro_arena_format(d->arena, "rank %g", row->rank_lower)
                       : baro_arena_format(d->arena, "rank %g to %g", row->rank_lower, row->rank_upper));
}

static void put_factor(draft *d, const baro_spread_row *row)
{
    const char *name = row->factor->label;
    if (*row->level)
        name = need(d, baro_arena_format(d->arena, "%s: %s", row->level, name));
    baro_drawn drawn = baro_drawn_blank;
    bool ranked = !isnan(row->eta2);
    const char *first = ranked ? baro_say_probability(row->p_first, d->arena) : NULL,
               *rank = ranked ? ranks(d, row) : "";
    drawn.label = isnan(row->rank) ? name : need(d, baro_arena_format(d->arena, "%g. %s", row->rank, name));
    drawn.role = "factor";
    drawn.marker = row->marks & BARO_MARK_SUPPRESSED   ? "[c]"
                   : !ranked                           ? row->groups == 1 ? "[z]" : "[x]"
                   : row->marks & BARO_MARK_UNRELIABLE ? "[u]"
                                                       : NULL;
    drawn.words = ranked ? share(d, row->eta2, "%") : NULL;
    if (!isnan(row->lower))
        drawn.interval =
            need(d, baro_arena_format(d->arena, "(%s to %s)", share(d, row->lower, ""), share(d, row->upper, "")));
    if (*rank)
        drawn.level = first ? need(d, baro_arena_format(d->arena, "%s, first: %s", rank, first)) : rank;
    baro_drawn_put(&d->cells, &drawn);
    const baro_row *low, *high;
    put_groups(d, row, name, &low, &high);
    if (d->said++ >= SPOKEN_MOST)
        return;
    const char *from = low ? need(d, baro_say_number(d->arena, low->estimate, d->display)) : "",
               *to = high ? need(d, baro_say_number(d->arena, high->estimate, d->display)) : "";
    const char *range =
        low ? need(d, baro_arena_format(d->arena, ", from %s %s to %s %s", low->group, from, high->group, to)) : "";
    const char *what =
        !ranked ? strcmp(need(d, drawn.marker), "[c]") == 0 ? " confidential" : " not ranked"
                : need(d, baro_arena_format(d->arena, " %s of the variance%s%s%s%s%s%s", drawn.words,
                                            drawn.interval ? " " : "", drawn.interval ? drawn.interval : "",
                                            *rank ? ", " : "", rank, first ? ", divides most with probability " : "",
                                            first ? first : ""));
    d->spoken =
        need(d, baro_arena_format(d->arena, "%s%s%s%s%s", d->spoken, *d->spoken ? "; " : "", drawn.label, what, range));
}

/* Everyone's level, a line through all; answers among answers have no such line. */
static void put_everyone(draft *d)
{
    for (size_t i = 0; i < d->levels->n_rows; i++) {
        const baro_row *row = &d->levels->rows[i];
        if (row->measure != d->row->measure || row->by || *row->level)
            continue;
        baro_drawn drawn = baro_drawn_blank;
        drawn.label = baro_say_everyone(d->levels->survey);
        drawn.everyone = true;
        drawn.estimate = row->estimate * d->display.scale;
        drawn.marker = marker_of(row);
        baro_drawn_put(&d->cells, &drawn);
        return;
    }
}

/* The source, and the notes of the ranking. */
static const char *source_of(draft *d)
{
    baro_sheet sheet = {0};
    size_t first = (size_t)(d->row - d->spreads->rows);
    const char *text = NULL;
    if (baro_spread_notes(d->spreads, first, first + d->n, true, d->arena, &sheet))
        return NULL;
    for (size_t i = 0; i < sheet.n_notes; i++)
        text = baro_say_sentence(text, sheet.notes[i], d->arena);
    return baro_say_sentence(text, "Dots: levels of the groups, of all who answered", d->arena);
}

static baro_status draw(draft *d, const baro_chart_words *words, baro_drawing *out)
{
    const baro_spread_row *row = d->row;
    baro_statistic statistic =
        row->measure->statistic == BARO_STAT_DISTRIBUTION ? BARO_STAT_PROPORTION : row->measure->statistic;
    baro_sheet *sheet = BARO_NEW(d->arena, baro_sheet);
    d->display = baro_display_of(&d->spreads->run, statistic);
    for (size_t i = 0; i < d->n; i++)
        put_factor(d, &d->row[i]);
    put_everyone(d);
    const char *measured = baro_say_measured(d->spreads->run.survey, row->measure, statistic, d->arena),
               *when = row->has_period ? baro_say_inside(row->period_words, d->arena) : "", *source = source_of(d),
               *percent = baro_say_confidence(&d->spreads->run, d->arena);
    if (!sheet || !measured || !when || !source || !percent || d->failed)
        return BARO_NO_MEMORY;
    const char *title = baro_arena_format(d->arena, "%s: what divides opinion most", row->measure->label);
    const char *subtitle = baro_arena_format(d->arena, "%s%s%s", measured, *when ? ", " : "", when);
    const char *more =
        d->said > SPOKEN_MOST ? baro_arena_format(d->arena, "; and %zu more, in the table", d->said - SPOKEN_MOST) : "";
    if (!title || !subtitle || !more)
        return BARO_NO_MEMORY;
    *out = (baro_drawing){.measure = row->measure->id, .group = ""};
    out->chart =
        (baro_chart){.kind = BARO_CHART_SPREAD,
                     .sheet = sheet,
                     .description = baro_arena_format(d->arena, "Chart of what divides opinion on %s%s%s: %s%s.",
                                                      row->measure->label, *when ? ", " : "", when, d->spoken, more),
                     .unit = d->display.unit,
                     .percent = statistic == BARO_STAT_PROPORTION,
                     .ordered = true,
                     .target = NAN,
                     .decimals = d->display.decimals,
                     .heading = baro_arena_format(d->arena, "Share of the variance (%s interval)", percent),
                     .id = baro_arena_format(d->arena, "%s-spread", row->measure->id)};
    baro_drawn_words(words, title, subtitle, source, &out->chart);
    if (!out->chart.description || !out->chart.heading || !out->chart.id)
        return BARO_NO_MEMORY;
    return baro_drawn_end(&d->cells, row->measure->id, sheet);
}

baro_status baro_charts_spread(const baro_spreads *spreads, const baro_results *levels, const baro_chart_words *words,
                               baro_arena *arena, baro_drawing **out, size_t *n)
{
    baro_status status = BARO_OK;
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, spreads->n_rows + 1);
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t first = 0, end; first < spreads->n_rows && status == BARO_OK; first = end) {
        for (end = first + 1; end < spreads->n_rows && spreads->rows[end].measure == spreads->rows[first].measure;)
            end++;
        draft d = {.spreads = spreads,
                   .levels = levels,
                   .arena = arena,
                   .row = &spreads->rows[first],
                   .n = end - first,
                   .cells = {.arena = arena},
                   .spoken = ""};
        status = draw(&d, words, &(*out)[(*n)++]);
    }
    return status;
}
