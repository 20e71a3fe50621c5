/* Dumbbells: of levels and what they are compared with, and of gaps then and now. */
#include "surveys/publishing/gap_chart.h"
#include "surveys/publishing/drawn.h"
#include "surveys/publishing/gap_drawn.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

enum { SPOKEN_MOST = 12 }; /* rows named one by one in an alternative text */

typedef struct {
    baro_arena *arena;
    baro_cells cells;
    const char *spoken;
    size_t rows;
    const char *other; /* what all rows are compared with; NULL: not the same */
    bool any_other;
} draft;

static void say(draft *d, const char *text)
{
    if (d->rows++ < SPOKEN_MOST && d->spoken)
        d->spoken = text ? baro_arena_format(d->arena, "%s%s%s", d->spoken, *d->spoken ? "; " : "", text) : NULL;
}

static const char *all_said(const draft *d)
{
    return d->rows > SPOKEN_MOST && d->spoken
               ? baro_arena_format(d->arena, "%s; and %zu more, in the table", d->spoken, d->rows - SPOKEN_MOST)
               : d->spoken;
}

static void keep_other(draft *d, const char *other)
{
    if (!d->any_other)
        d->other = other;
    else if (d->other && strcmp(d->other, other) != 0)
        d->other = NULL;
    d->any_other = true;
}

const char *baro_gap_heading(const baro_results *results, const char *what, baro_statistic statistic, baro_arena *arena)
{
    const char *percent = baro_say_confidence(results, arena);
    if (!percent)
        return NULL;
    return baro_arena_format(arena, "%s%s (%s interval)", what, statistic == BARO_STAT_PROPORTION ? ", points" : "",
                             percent);
}

/* ---- levels and what they are compared with ---- */

static const char *other_of(const baro_results *results, const baro_row *row)
{
    if (row->compared->kind == BARO_AGAINST_REST)
        return "the rest";
    if (row->compared->kind != BARO_AGAINST_TOTAL)
        return row->against;
    return results->survey->is_series ? "the whole area" : "everyone";
}

static bool belongs(const baro_row *row, const baro_measure *measure, size_t table)
{
    return row->measure == measure && row->table == table && row->compared && *row->against;
}

/* The level of the other side is only what can be told from the two numbers that are shown. */
static void put_level(draft *d, const baro_results *results, const baro_row *row, bool name_other)
{
    baro_display display = baro_display_of(results, row->statistic), points = display;
    const char *hidden = baro_row_shorthand(row), *other = other_of(results, row);
    const char *label = baro_say_group(results->survey, row, d->arena);
    points.unit = "";
    if (*row->level && label)
        label = baro_arena_format(d->arena, "%s: %s", label, row->level);
    if (name_other && label)
        label = baro_arena_format(d->arena, "%s, to %s", label, other);
    baro_drawn drawn = baro_drawn_blank;
    drawn.label = label;
    drawn.base = results->survey->is_series ? NAN : row->base;
    drawn.estimate = row->estimate * display.scale;
    drawn.before = (row->estimate - row->difference) * display.scale;
    drawn.lower = row->difference_lower * display.scale;
    drawn.upper = row->difference_upper * display.scale;
    drawn.marker = hidden                              ? hidden
                   : row->marks & BARO_MARK_UNRELIABLE ? "[u]"
                   : row->marks & BARO_MARK_BREAK      ? "[b]"
                                                       : NULL;
    drawn.clear = isnan(row->p_adjusted) ? NAN : row->p_adjusted < 1 - results->request->confidence;
    bool gap = !isnan(row->difference);
    drawn.words = gap      ? baro_say_signed(d->arena, row->difference, points)
                  : hidden ? NULL
                           : baro_row_no_difference(row);
    drawn.interval = baro_say_signed_limits(d->arena, row->difference_lower, row->difference_upper, points);
    baro_drawn_put(&d->cells, &drawn);
    keep_other(d, other);
    const char *level = baro_say_number(d->arena, row->estimate, display);
    say(d,
        hidden
            ? baro_arena_format(d->arena, "%s %s", label, strcmp(hidden, "[c]") == 0 ? "confidential" : "not available")
        : !gap ? baro_arena_format(d->arena, "%s %s, gap not available", label, level)
               : baro_arena_format(d->arena, "%s %s, gap %s%s%s%s", label, level, drawn.words,
                                   *drawn.interval ? " " : "", drawn.interval, drawn.clear == 0 ? ", not clear" : ""));
}

static bool several_others(const baro_results *results, const baro_measure *measure, size_t table)
{
    const baro_against *first = NULL;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (!belongs(row, measure, table))
            continue;
        if (first && row->compared != first)
            return true;
        first = row->compared;
    }
    return false;
}

static baro_status draw_levels(const baro_results *results, const baro_row *first, const baro_chart_words *words,
                               baro_arena *arena, baro_drawing *out)
{
    draft d = {.arena = arena, .cells = {.arena = arena}, .spoken = ""};
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    bool several = several_others(results, first->measure, first->table);
    for (size_t i = 0; i < results->n_rows; i++)
        if (belongs(&results->rows[i], first->measure, first->table))
            put_level(&d, results, &results->rows[i], several);
    baro_display display = baro_display_of(results, first->statistic);
    const char *by = baro_say_breakdown(first, arena), *said = all_said(&d);
    const char *inside = by ? baro_say_inside(by, arena) : NULL, *other = d.other && !several ? d.other : "others";
    const char *measured = baro_say_measured(results->survey, first->measure, first->statistic, arena),
               *when = first->has_period ? baro_say_inside(first->period_words, arena) : "";
    if (!sheet || !inside || !said || !measured || !when)
        return BARO_NO_MEMORY;
    const char *subtitle = baro_arena_format(arena, "%s%s%s", measured, *when ? ", " : "", when);
    const char *title = baro_arena_format(arena, "%s, by %s: the gap to %s", first->measure->label, inside, other);
    *out = (baro_drawing){.measure = first->measure->id, .group = baro_gap_group_id(first->by, first->by2, arena)};
    out->chart = (baro_chart){.kind = BARO_CHART_GAP,
                              .sheet = sheet,
                              .description = baro_arena_format(arena, "Chart of gaps in %s by %s to %s%s%s: %s.",
                                                               first->measure->label, inside, other, *when ? ", " : "",
                                                               when, said),
                              .unit = display.unit,
                              .percent = first->statistic == BARO_STAT_PROPORTION,
                              .ordered = first->by->ordered || *first->level,
                              .approximate = results->approximate,
                              .target = NAN,
                              .decimals = display.decimals,
                              .confidence = results->request->confidence,
                              .heading = baro_gap_heading(results, "Gap", first->statistic, arena),
                              .before = d.other ? d.other : "what it is compared with",
                              .now = "the group",
                              .tested = "gap"};
    baro_drawn_words(words, title, subtitle, baro_say_source(results, arena), &out->chart);
    out->chart.id = out->group ? baro_arena_format(arena, "%s-gap-%s", out->measure, out->group) : NULL;
    if (!out->chart.id || !title || !subtitle || !out->chart.description || !out->chart.heading)
        return BARO_NO_MEMORY;
    return baro_drawn_end(&d.cells, out->measure, sheet);
}

baro_status baro_charts_gap(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                            baro_drawing **out, size_t *n)
{
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, results->n_rows + 1);
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        bool known = row->table == SIZE_MAX || !belongs(row, row->measure, row->table);
        for (size_t k = 0; k < i && !known; k++)
            known = belongs(&results->rows[k], row->measure, row->table);
        if (!known && draw_levels(results, row, words, arena, &(*out)[(*n)++]))
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

/* ---- gaps then and now ---- */

const char *baro_gap_group_id(const baro_group *by, const baro_group *by2, baro_arena *arena)
{
    return by2 ? baro_arena_format(arena, "%s-%s", by->id, by2->id) : by->id;
}

static void put_change(draft *d, const baro_gaps *gaps, const baro_gap_row *row, bool name_other)
{
    baro_display display = baro_gap_display(gaps, row);
    const baro_gap_estimate *change = &row->part[BARO_GAP_CHANGE];
    const char *other = baro_say_gap_other(gaps, row), *label = baro_gap_label(gaps, row, name_other, d->arena);
    const char *hidden = baro_gap_shorthand(row);
    baro_drawn drawn = baro_drawn_blank;
    drawn.label = label;
    drawn.before = row->part[BARO_GAP_FROM].value * display.scale;
    drawn.estimate = row->part[BARO_GAP_TO].value * display.scale;
    drawn.lower = change->lower * display.scale;
    drawn.upper = change->upper * display.scale;
    drawn.marker = hidden;
    drawn.clear = baro_gap_clear(gaps, row);
    drawn.words = baro_say_signed(d->arena, change->value, display);
    drawn.interval = baro_say_signed_limits(d->arena, change->lower, change->upper, display);
    baro_drawn_put(&d->cells, &drawn);
    keep_other(d, other);
    const char *what = baro_say_gap(gaps, row, d->arena);
    say(d, what ? baro_arena_format(d->arena, "%s %s%s", label, what, drawn.clear == 0 ? ", not clear" : "")
                : baro_arena_format(d->arena, "%s %s", label,
                                    hidden && strcmp(hidden, "[c]") == 0 ? "confidential" : "not available"));
}

static baro_status draw_changes(const baro_gaps *gaps, const baro_gap_row *const *row, size_t n,
                                const baro_chart_words *words, baro_arena *arena, baro_drawing *out)
{
    draft d = {.arena = arena, .cells = {.arena = arena}, .spoken = ""};
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    bool several = baro_gap_several(row, n);
    const baro_gap_row *first = row[0];
    for (size_t i = 0; i < n; i++)
        put_change(&d, gaps, row[i], several);
    const char *other = d.other && !several ? d.other : "others", *said = all_said(&d);
    if (!sheet || !said)
        return BARO_NO_MEMORY;
    baro_display display = baro_gap_display(gaps, first);
    baro_status status = baro_gap_drawing(gaps, row, n, BARO_CHART_GAP, other, said, words, arena, out);
    if (status)
        return status;
    out->chart.sheet = sheet;
    out->chart.zero = true;
    out->chart.ordered = first->by->ordered || *first->level;
    out->chart.decimals = display.decimals;
    out->chart.heading = baro_gap_heading(&gaps->run, "Change", first->statistic, arena);
    const char *from = baro_say_inside(first->from_words, arena), *to = baro_say_inside(first->to_words, arena);
    out->chart.before = from ? baro_arena_format(arena, "gap, %s", from) : NULL;
    out->chart.now = to;
    out->chart.tested = "change";
    if (!out->chart.heading || !out->chart.before || !out->chart.now)
        return BARO_NO_MEMORY;
    return baro_drawn_end(&d.cells, out->measure, sheet);
}

baro_status baro_charts_gap_change(const baro_gaps *gaps, const baro_chart_words *words, baro_arena *arena,
                                   baro_drawing **out, size_t *n)
{
    return baro_gap_each_table(gaps, draw_changes, words, arena, out, n);
}
