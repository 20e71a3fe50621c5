/* Control charts: the levels of single units, then lines and rules of each run of points. */
#include "surveys/analyses/control.h"
#include <math.h>
#include <string.h>

static baro_status usage(baro_error *error, const char *what)
{
    return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){0}, "%s", what);
}

baro_status baro_control(const baro_request *request, const baro_control_request *asked, baro_pool *pool,
                         baro_arena *arena, baro_error *error, baro_controls *out)
{
    const baro_survey *survey = request->survey;
    baro_request *single = BARO_NEW(arena, baro_request);
    *out = (baro_controls){.asked = *asked};
    if (!single)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    if (!survey->has_period)
        return usage(error, "a control chart needs periods; give --period COL");
    if (survey->is_series && survey->rolling > 1)
        return usage(error, "a control chart needs single units of time; the points of this series are rolling, and "
                            "share their interviews");
    *single = *request;
    single->trend = true;
    single->all_periods = false;
    single->rolling = 1;
    single->n_against = 0;
    single->letters = false;
    return baro_analyse(single, pool, arena, error, &out->run);
}

/* ---- runs of points ---- */

static bool same_line(const baro_row *a, const baro_row *b)
{
    return a->measure == b->measure && a->table == b->table && strcmp(a->level, b->level) == 0 &&
           strcmp(a->group, b->group) == 0 && strcmp(a->group2, b->group2) == 0;
}

/* Breaks at or before a period. */
static size_t segment_of(const baro_controls *controls, baro_period period)
{
    const baro_survey *survey = controls->run.survey;
    size_t breaks = 0;
    for (size_t i = 0; i < survey->n_breaks && !controls->run.request->across_breaks; i++) {
        baro_period at;
        breaks += baro_period_parse(&controls->run.calendar, survey->breaks[i].label, &at) && at <= period;
    }
    return breaks;
}

typedef struct {
    double *value, *base, *deff, *half;
    unsigned char *inside;
    unsigned *rule;
} columns;

static bool make_columns(columns *c, size_t n, baro_arena *arena)
{
    c->value = BARO_ARRAY(arena, double, n + 1);
    c->base = BARO_ARRAY(arena, double, n + 1);
    c->deff = BARO_ARRAY(arena, double, n + 1);
    c->half = BARO_ARRAY(arena, double, n + 1);
    c->inside = BARO_ARRAY(arena, unsigned char, n + 1);
    c->rule = BARO_ARRAY(arena, unsigned, n + 1);
    return c->value && c->base && c->deff && c->half && c->inside && c->rule;
}

static bool in_baseline(const baro_controls *controls, const baro_row *row)
{
    const baro_control_request *asked = &controls->asked;
    return asked->has_baseline && row->period >= asked->from && row->period <= asked->to;
}

/* Whether the baseline has a point here. */
static bool fill_columns(const baro_controls *controls, const baro_control_point *point, size_t n, columns *c)
{
    bool baseline = false;
    for (size_t t = 0; t < n; t++) {
        const baro_row *row = point[t].level;
        c->value[t] = row->estimate;
        c->base[t] = row->base;
        c->deff[t] = row->deff;
        c->inside[t] = in_baseline(controls, row);
        baseline = baseline || (c->inside[t] && !isnan(row->estimate));
    }
    for (size_t t = 0; t < n && !baseline; t++)
        c->inside[t] = 1;
    return baseline;
}

static void draw_lines(const baro_controls *controls, baro_control_point *point, size_t n, columns *c)
{
    const baro_control_points points = {c->value, c->base, c->deff, c->inside, n};
    bool share = point->level->statistic == BARO_STAT_PROPORTION,
         p_chart = controls->asked.chart == BARO_CONTROL_CHART_P;
    bool baseline = fill_columns(controls, point, n, c);
    size_t resting;
    double centre;
    if ((p_chart && !share) ||
        (p_chart ? baro_control_p : baro_control_xmr)(&points, &centre, c->half, &resting) != BARO_OK)
        return;
    baro_control_rules(c->value, centre, c->half, n, c->rule);
    for (size_t t = 0; t < n; t++) {
        if (isnan(c->half[t]))
            continue;
        point[t].centre = centre;
        point[t].lower = share ? fmax(0, centre - c->half[t]) : centre - c->half[t];
        point[t].upper = share ? fmin(1, centre + c->half[t]) : centre + c->half[t];
        point[t].rule = c->rule[t];
        point[t].resting = resting;
        point[t].baseline = baseline;
    }
}

baro_status baro_control_limits(baro_controls *controls, baro_arena *arena)
{
    const baro_results *run = &controls->run;
    baro_control_point *point = BARO_ARRAY(arena, baro_control_point, run->n_rows + 1);
    columns c;
    if (!point || !make_columns(&c, run->n_rows, arena))
        return BARO_NO_MEMORY;
    controls->points = point;
    controls->n_points = run->n_rows;
    for (size_t i = 0; i < run->n_rows; i++)
        point[i] = (baro_control_point){.level = &run->rows[i],
                                        .centre = NAN,
                                        .lower = NAN,
                                        .upper = NAN,
                                        .segment = segment_of(controls, run->rows[i].period)};
    for (size_t first = 0, end; first < run->n_rows; first = end) {
        for (end = first + 1; end < run->n_rows && same_line(point[first].level, point[end].level) &&
                              point[end].segment == point[first].segment;)
            end++;
        draw_lines(controls, &point[first], end - first, &c);
    }
    return BARO_OK;
}
