/*
 * Linear trends of published series, from the levels that such a series has (series.c):
 *   cov of windows of N units that end k apart = (V1 + V2) / 2 (1 - min(k, N) / N),  and r^2 / 12 for each value
 * which is what the variance of a change, 2 V min(k, N) / N + r^2 / 6, says of any two of them.
 */
#include "surveys/analyses/slope_work.h"
#include <math.h>
#include <string.h>

static bool same_line(const baro_row *a, const baro_row *b)
{
    return a->measure == b->measure && strcmp(a->group, b->group) == 0 && a->table == b->table;
}

/* Whether a break lies behind the beginning of a point's window, up to a later period. */
static bool breaks_until(const baro_results *results, const baro_row *row, baro_period last)
{
    const baro_survey *survey = results->survey;
    for (size_t i = 0; i < survey->n_breaks; i++) {
        baro_period at;
        if (baro_period_parse(&results->calendar, survey->breaks[i].label, &at) && at <= last &&
            at > row->period - (baro_period)row->window + 1)
            return true;
    }
    return false;
}

static double variance_of(const baro_survey *survey, const baro_row *const point[], const double a[], size_t n)
{
    double r = isnan(survey->series_rounding) ? 0 : survey->series_rounding, variance = 0;
    for (size_t s = 0; s < n; s++) {
        variance += a[s] * a[s] * r * r / 12;
        for (size_t t = 0; t < n; t++) {
            double pooled = (double)point[s]->window, apart = fabs((double)(point[s]->period - point[t]->period));
            double mean = (point[s]->se * point[s]->se + point[t]->se * point[t]->se) / 2;
            variance += a[s] * a[t] * mean * (1 - fmin(apart, pooled) / pooled);
        }
    }
    return variance;
}

typedef struct {
    baro_analysis *analysis;
    const baro_row **point;
    baro_period *period;
    double *a;
} scratch;

static baro_status make_row(const scratch *s, const baro_row *first, size_t n_points, baro_slope_row *row)
{
    baro_analysis *analysis = s->analysis;
    *row = baro_slope_blank(first->measure, first->statistic);
    row->by = first->by;
    row->group = first->group;
    row->table = first->table;
    row->window = first->window;
    row->levels = BARO_ARRAY(analysis->arena, baro_slope_level, n_points + 1);
    if (!row->levels)
        return baro_analysis_no_memory(analysis);
    for (size_t i = 0; i < n_points; i++) {
        const baro_row *point = &first[i];
        if (breaks_until(analysis->results, point, first[n_points - 1].period)) {
            if (!analysis->request->across_breaks)
                continue;
            row->marks |= BARO_MARK_BREAK;
        }
        if (isnan(point->estimate))
            continue;
        s->point[row->windows] = point;
        s->period[row->windows] = point->period;
        row->levels[row->windows++] = (baro_slope_level){point->base, NAN, point->estimate, point->se, point->df};
    }
    if (row->windows < BARO_SLOPE_LEAST) {
        row->marks |= BARO_MARK_ABSENT;
        return BARO_OK;
    }
    const baro_row *last = s->point[row->windows - 1];
    row->from_label = s->point[0]->period_label;
    row->from_words = s->point[0]->period_words;
    row->to_label = last->period_label;
    row->to_words = last->period_words;
    baro_slope_coefficients(s->period, row->windows, analysis->request->survey->period_unit, s->a);
    row->slope = 0;
    for (size_t i = 0; i < row->windows; i++)
        row->slope += s->a[i] * row->levels[i].estimate;
    double variance = variance_of(analysis->request->survey, s->point, s->a, row->windows);
    if (!(variance > 0)) /* base or design factor not stated, or a share at 0 or 1 */
        return BARO_OK;
    row->se = sqrt(variance);
    row->df = isnan(analysis->request->df) ? INFINITY : analysis->request->df;
    baro_slope_infer(row, analysis->request->confidence);
    return BARO_OK;
}

baro_status baro_slope_of_series(baro_analysis *analysis, baro_slopes *out)
{
    baro_results *results = analysis->results;
    baro_status status = baro_analyse_series(analysis);
    size_t n = status ? 0 : results->n_rows;
    scratch s = {analysis, BARO_ARRAY(analysis->arena, const baro_row *, n + 1),
                 BARO_ARRAY(analysis->arena, baro_period, n + 1), BARO_ARRAY(analysis->arena, double, n + 1)};
    out->rows = BARO_ARRAY(analysis->arena, baro_slope_row, n + 1);
    if (status == BARO_OK && (!s.point || !s.period || !s.a || !out->rows))
        return baro_analysis_no_memory(analysis);
    for (size_t first = 0, end; first < n && status == BARO_OK; first = end) {
        for (end = first + 1; end < n && same_line(&results->rows[first], &results->rows[end]);)
            end++;
        status = make_row(&s, &results->rows[first], end - first, &out->rows[out->n_rows++]);
    }
    for (size_t i = 0; i < n && !analysis->request->across_breaks; i++)
        if (breaks_until(results, &results->rows[i], results->rows[n - 1].period)) {
            baro_analysis_note(analysis, baro_slope_break_note);
            break;
        }
    results->n_rows = 0;
    return status;
}
