#include "surveys/publishing/control_chart.h"
#include "surveys/publishing/control_sheet.h"
#include "surveys/publishing/drawn.h"
#include "surveys/publishing/gap_drawn.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { SPOKEN_MOST = 12 }; /* series, and points of each, named in an alternative text */

typedef struct {
    const baro_controls *controls;
    baro_arena *arena;
    const baro_control_point *point; /* [n] of the chart */
    size_t n;
    bool everyone_only;
    baro_display display; /* one digit more than levels have: limits lie close */
} draft;

/* The rule that gives a point its mark, when several speak of it. */
static const char *role_of(unsigned rule)
{
    static const struct {
        unsigned bit;
        const char *role;
    } roles[] = {
        {BARO_RULE_LIMIT, "limit"}, {BARO_RULE_NEAR, "near"}, {BARO_RULE_TREND, "trend"}, {BARO_RULE_SIDE, "side"}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (rule & roles[i].bit)
            return roles[i].role;
    return NULL;
}

static const char *label_of(const draft *d, const baro_row *row)
{
    const char *group = baro_say_group(d->controls->run.survey, row, d->arena);
    if (!*row->level || !group)
        return group;
    return d->everyone_only ? row->level : baro_arena_format(d->arena, "%s: %s", group, row->level);
}

static bool same_series(const baro_control_point *a, const baro_control_point *b)
{
    return strcmp(a->level->group, b->level->group) == 0 && strcmp(a->level->group2, b->level->group2) == 0 &&
           strcmp(a->level->level, b->level->level) == 0;
}

static const char *marker_of(const draft *d, size_t i)
{
    const baro_row *row = d->point[i].level;
    const char *hidden = baro_row_shorthand(row), *mark = hidden                              ? hidden
                                                          : row->marks & BARO_MARK_UNRELIABLE ? "[u]"
                                                                                              : "";
    bool anew = i > 0 && same_series(&d->point[i - 1], &d->point[i]) && d->point[i - 1].segment != d->point[i].segment;
    return anew ? baro_arena_format(d->arena, "%s[b]", mark) : mark;
}

static baro_status make_sheet(const draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    for (size_t i = 0; i < d->n; i++) {
        const baro_control_point *point = &d->point[i];
        const baro_row *row = point->level;
        baro_drawn drawn = baro_drawn_blank;
        drawn.label = label_of(d, row);
        drawn.everyone = !row->by && !*row->level;
        drawn.period = row->period_words;
        drawn.order = (double)row->period;
        drawn.base = d->controls->run.survey->is_series ? NAN : row->base;
        drawn.estimate = row->estimate * d->display.scale;
        drawn.before = point->centre * d->display.scale;
        drawn.lower = point->lower * d->display.scale;
        drawn.upper = point->upper * d->display.scale;
        drawn.marker = marker_of(d, i);
        drawn.role = role_of(point->rule);
        drawn.words = baro_say_rules(point->rule, ", ", d->arena);
        if (!drawn.label || !drawn.marker || !drawn.words)
            return BARO_NO_MEMORY;
        baro_drawn_put(&cells, &drawn);
    }
    return baro_drawn_end(&cells, d->point->level->measure->id, out);
}

/* ---- words ---- */

static const char *number(const draft *d, double x)
{
    return baro_say_number(d->arena, x, d->display);
}

/* "Black: centre 61.2%, limits 57.9% to 64.4%; out of the ordinary: Apr to Jun 2022 55.1% (beyond a limit)" */
static const char *spoken_series(const draft *d, size_t first, size_t end)
{
    const baro_control_point *last = NULL;
    const char *text = label_of(d, d->point[first].level), *out = "";
    size_t n = 0;
    for (size_t i = first; i < end && out && text; i++) {
        const baro_control_point *point = &d->point[i];
        if (!isnan(point->centre))
            last = point;
        if (point->rule && n++ < SPOKEN_MOST)
            out = baro_arena_format(d->arena, "%s%s%s %s (%s)", out, *out ? ", " : "", point->level->period_words,
                                    number(d, point->level->estimate), baro_say_rules(point->rule, " and ", d->arena));
    }
    if (!text || !out)
        return NULL;
    if (!last)
        return baro_arena_format(d->arena, "%s without lines", text);
    text = baro_arena_format(d->arena, "%s centre %s, limits %s to %s", text, number(d, last->centre),
                             number(d, last->lower), number(d, last->upper));
    if (n > SPOKEN_MOST)
        out = baro_arena_format(d->arena, "%s and %zu more", out, n - SPOKEN_MOST);
    return *out ? baro_arena_format(d->arena, "%s, out of the ordinary %s", text, out)
                : baro_arena_format(d->arena, "%s, no point out of the ordinary", text);
}

static const char *spoken(const draft *d)
{
    const char *text = "";
    size_t said = 0;
    for (size_t first = 0, end; first < d->n && text; first = end) {
        for (end = first + 1; end < d->n && same_series(&d->point[first], &d->point[end]);)
            end++;
        const char *series = ++said <= SPOKEN_MOST ? spoken_series(d, first, end) : "";
        if (said <= SPOKEN_MOST)
            text = series ? baro_arena_format(d->arena, "%s%s%s", text, *text ? "; " : "", series) : NULL;
    }
    return said > SPOKEN_MOST && text
               ? baro_arena_format(d->arena, "%s; and %zu more, in the table", text, said - SPOKEN_MOST)
               : text;
}

static const baro_row *of_group(const draft *d)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->point[i].level->by)
            return d->point[i].level;
    return d->point->level;
}

static baro_status draw(draft *d, const baro_chart_words *words, baro_drawing *out)
{
    static const char *const unit[] = {[BARO_UNIT_MONTH] = "single months",
                                       [BARO_UNIT_QUARTER] = "single quarters",
                                       [BARO_UNIT_YEAR] = "single years"};
    const baro_results *run = &d->controls->run;
    const baro_row *row = d->point->level, *group = of_group(d);
    const char *by = baro_say_breakdown(group, d->arena);
    d->everyone_only = !group->by;
    d->display = baro_display_of(run, row->statistic);
    d->display.decimals++;
    const char *inside = by ? baro_say_inside(by, d->arena) : "",
               *measured = baro_say_measured(run->survey, row->measure, row->statistic, d->arena),
               *how = baro_say_control(d->controls, d->arena), *said = spoken(d);
    const char *source = baro_say_sentence(baro_say_source(run, d->arena), how, d->arena);
    baro_sheet *sheet = BARO_NEW(d->arena, baro_sheet);
    if (!inside || !measured || !how || !source || !said || !sheet)
        return BARO_NO_MEMORY;
    const char *title = baro_arena_format(d->arena, "%s%s%s: what is out of the ordinary", row->measure->label,
                                          *inside ? ", by " : "", inside);
    const char *subtitle = baro_arena_format(d->arena, "%s, %s", measured, unit[run->survey->period_unit]);
    *out = (baro_drawing){.measure = row->measure->id,
                          .group = group->by ? baro_gap_group_id(group->by, group->by2, d->arena) : ""};
    if (!title || !subtitle || !out->group)
        return BARO_NO_MEMORY;
    out->chart = (baro_chart){
        .kind = BARO_CHART_CONTROL,
        .sheet = sheet,
        .description = baro_arena_format(
            d->arena, "Control chart of %s%s%s, %s from %s to %s: %s.", row->measure->label, *inside ? " by " : "",
            inside, unit[run->survey->period_unit], row->period_words, d->point[d->n - 1].level->period_words, said),
        .unit = d->display.unit,
        .percent = row->statistic == BARO_STAT_PROPORTION,
        .ordered = true,
        .target = row->measure->target * d->display.scale,
        .decimals = d->display.decimals,
        .id = baro_arena_format(d->arena, "%s-control%s%s", out->measure, *out->group ? "-" : "", out->group)};
    baro_drawn_words(words, title, subtitle, source, &out->chart);
    return out->chart.description && out->chart.id ? make_sheet(d, sheet) : BARO_NO_MEMORY;
}

/* The series of one breakdown, everyone's among them. */
static baro_status draw_table(const baro_controls *controls, const baro_measure *measure, size_t table,
                              const baro_chart_words *words, baro_arena *arena, baro_drawing *out)
{
    baro_control_point *point = BARO_ARRAY(arena, baro_control_point, controls->n_points);
    draft d = {.controls = controls, .arena = arena, .point = point};
    if (!point)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < controls->n_points; i++) {
        const baro_row *row = controls->points[i].level;
        if (row->measure == measure && (row->table == SIZE_MAX || row->table == table))
            point[d.n++] = controls->points[i];
    }
    return draw(&d, words, out);
}

/* Tables follow one another inside a measure; a measure without breakdowns has everyone alone. */
baro_status baro_charts_control(const baro_controls *controls, const baro_chart_words *words, baro_arena *arena,
                                baro_drawing **out, size_t *n)
{
    const baro_control_point *point = controls->points;
    baro_status status = BARO_OK;
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, controls->n_points + 1);
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t first = 0, end; first < controls->n_points && status == BARO_OK; first = end) {
        const baro_measure *measure = point[first].level->measure;
        size_t drawn = *n, table = SIZE_MAX;
        for (end = first; end < controls->n_points && point[end].level->measure == measure; end++) {
            if (point[end].level->table == table)
                continue;
            table = point[end].level->table;
            if (table != SIZE_MAX && status == BARO_OK)
                status = draw_table(controls, measure, table, words, arena, &(*out)[(*n)++]);
        }
        if (*n == drawn && status == BARO_OK)
            status = draw_table(controls, measure, SIZE_MAX, words, arena, &(*out)[(*n)++]);
    }
    return status;
}
