/*
 * Published series: values without respondents. Intervals only where a base and a design factor are stated, and then approximate:
 *   level        V = deft^2 p (1 - p) / n; its interval is that of V + r^2 / 12 (r: the rounding of the source)
 *   change over k of N pooled units   V = (V1 + V2) min(k, N) / N + r^2 / 6
 *   area against area                 V = V1 + V2 + r^2 / 6
 * Area against the total needs the area's share of the weights, which a series does not give: no interval.
 */
#include "stats/distribution.h"
#include "stats/interval.h"
#include "surveys/analyses/analyse.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_analysis *analysis;
    const baro_survey *survey;
    const baro_bound_group *group; /* NULL: the survey has none */
    baro_bound_period period;
    baro_windows windows;
    size_t groups;                 /* of the breakdown; index `groups` is the total */
    double *value, *base;          /* [measures][units][groups + 1] */
    bool *inside;                  /* [groups] some row of it is in the domain */
    baro_row *rows;
    size_t n_rows;
} series;

static size_t slot(const series *s, size_t measure, size_t unit, size_t group)
{
    return (measure * s->windows.units + unit) * (s->groups + 1) + group;
}

baro_status baro_series_want(baro_analysis *analysis)
{
    const baro_survey *survey = analysis->request->survey;
    baro_binding *binding = analysis->binding;
    const struct {
        const char *const *name;
        baro_kind kind;
    } column[] = {{&survey->series_measure, BARO_TEXT},
                  {&survey->series_group, BARO_TEXT},
                  {&survey->series_estimate, BARO_NUMBER},
                  {&survey->series_base_column, BARO_NUMBER}};
    baro_status status = baro_want_design(binding);
    for (size_t i = 0; i < sizeof column / sizeof *column && status == BARO_OK; i++)
        if (*column[i].name)
            status = baro_want_series_column(binding, column[i].name, column[i].kind);
    if (status == BARO_OK && survey->series_total) /* a file may have the total in rows of its own instead */
        status = baro_want_column_if_there(binding, &survey->series_total, BARO_NUMBER);
    for (size_t i = 0; i < survey->n_groups && status == BARO_OK; i++)
        status = baro_want_group(binding, &survey->groups[i], true);
    return status ? status : baro_want_where(binding, analysis->request->where);
}

/* ---- from rows to slots ---- */

/* Measure of each row: an index among those asked for, or n_measures. */
static baro_status measures_of_rows(series *s, uint32_t **out)
{
    const baro_frame *frame = baro_binding_frame(s->analysis->binding);
    size_t rows = baro_frame_rows(frame), n = s->analysis->n_measures;
    uint32_t *measure = BARO_ARRAY(s->analysis->arena, uint32_t, rows + 1);
    if (!measure)
        return baro_analysis_no_memory(s->analysis);
    *out = measure;
    if (!s->survey->series_measure)
        return BARO_OK; /* one measure only */
    const baro_column *column = baro_series_column(s->analysis->binding, &s->survey->series_measure, BARO_TEXT);
    uint32_t *table = BARO_ARRAY(s->analysis->arena, uint32_t, column->n_entries + 1);
    if (!table)
        return baro_analysis_no_memory(s->analysis);
    for (size_t e = 0; e < column->n_entries; e++) {
        size_t m = 0;
        while (m < n && !(column->entries[e].text && s->analysis->measure[m]->value &&
                          strcmp(column->entries[e].text, s->analysis->measure[m]->value) == 0))
            m++;
        table[e] = (uint32_t)m;
    }
    for (size_t row = 0; row < rows; row++)
        measure[row] = table[baro_column_code(column, row)];
    return BARO_OK;
}

static baro_where_it_is place_of(const series *s, size_t row)
{
    const baro_frame *frame = baro_binding_frame(s->analysis->binding);
    baro_place place = baro_frame_row_place(frame, row);
    return (baro_where_it_is){baro_frame_source(frame, place.source)->path, place.line, 0};
}

static baro_status put(series *s, size_t at, double value, size_t row, bool twice_is_fault)
{
    double *slot_value = &s->value[at];
    if (isnan(value))
        return BARO_OK;
    if (!(value >= 0 && value <= 1))
        return baro_fault_add(s->analysis->error, BARO_BAD_DATA, place_of(s, row), "a share is not between 0 and 1 (column %s)",
                              s->survey->series_estimate);
    if (!isnan(*slot_value) && (twice_is_fault || *slot_value != value))
        return baro_fault_add(s->analysis->error, BARO_BAD_DATA, place_of(s, row), "%s",
                              twice_is_fault ? "a second value for the same measure, group and period"
                                             : "the total differs from another row's of the same measure and period");
    *slot_value = value;
    return BARO_OK;
}

/* Rows whose group bears the name of the total's column are the total's own; entries of the group's column, or NULL. */
static baro_status rows_of_total(series *s, const baro_column **group, bool **out)
{
    const baro_survey *survey = s->survey;
    *group = survey->series_group && survey->series_total ? baro_series_column(s->analysis->binding, &survey->series_group, BARO_TEXT) : NULL;
    *out = *group ? BARO_ARRAY(s->analysis->arena, bool, (*group)->n_entries + 1) : NULL;
    if (*group && !*out)
        return baro_analysis_no_memory(s->analysis);
    for (size_t e = 0; *group && e < (*group)->n_entries; e++)
        (*out)[e] = (*group)->entries[e].text && strcmp((*group)->entries[e].text, survey->series_total) == 0;
    return BARO_OK;
}

static baro_status fill_slots(series *s)
{
    baro_binding *binding = s->analysis->binding;
    const baro_survey *survey = s->survey;
    const baro_column *estimate = baro_series_column(binding, &survey->series_estimate, BARO_NUMBER);
    const baro_column *total = survey->series_total ? baro_series_column(binding, &survey->series_total, BARO_NUMBER) : NULL;
    const baro_column *base = survey->series_base_column ? baro_series_column(binding, &survey->series_base_column, BARO_NUMBER) : NULL;
    const unsigned char *domain = NULL;
    uint32_t *measure = NULL;
    const baro_column *group;
    bool *is_total;
    baro_status status = measures_of_rows(s, &measure);
    if (status == BARO_OK)
        status = rows_of_total(s, &group, &is_total);
    if (status == BARO_OK && s->analysis->request->where)
        status = baro_bind_where(binding, s->analysis->request->where, (baro_where_it_is){"--where", 0, 0}, &domain);
    const baro_column *number[] = {estimate, total, base};
    for (size_t i = 0; i < 3 && status == BARO_OK; i++)
        status = number[i] ? baro_check_numbers(binding, number[i]) : BARO_OK;
    size_t rows = baro_frame_rows(baro_binding_frame(binding));
    for (size_t row = 0; row < rows && status == BARO_OK; row++) {
        size_t m = measure[row], unit = s->period.unit ? (size_t)s->period.unit[row] : 0;
        if (m == s->analysis->n_measures)
            continue;
        size_t pattern = s->group ? s->group->pattern[row] : 0;
        if (total)
            status = put(s, slot(s, m, unit, s->groups), total->numbers[row], row, false);
        if (status == BARO_OK && is_total && is_total[baro_column_code(group, row)])
            status = put(s, slot(s, m, unit, s->groups), estimate->numbers[row], row, false);
        else if (status == BARO_OK && pattern > 0 && (!domain || domain[row] == 1)) {
            size_t at = slot(s, m, unit, pattern - 1);
            status = put(s, at, estimate->numbers[row], row, true);
            s->base[at] = base ? base->numbers[row] : survey->series_base;
            s->inside[pattern - 1] = true;
        } else if (status == BARO_OK && !survey->series_group && !total) {
            size_t at = slot(s, m, unit, s->groups); /* one series: its values are everyone's */
            status = put(s, at, estimate->numbers[row], row, true);
            s->base[at] = base ? base->numbers[row] : survey->series_base;
        }
    }
    return status;
}

/* ---- rows of results ---- */

static double level_variance(const series *s, size_t at)
{
    double p = s->value[at], n = s->base[at], deft = s->survey->series_deft;
    return deft * deft * p * (1 - p) / n; /* NAN where base or deft is unknown */
}

static double rounding_of(const series *s)
{
    return isnan(s->survey->series_rounding) ? 0 : s->survey->series_rounding;
}

static double df_of(const series *s)
{
    return isnan(s->analysis->request->df) ? INFINITY : s->analysis->request->df;
}

static bool at_edge(const series *s, size_t at)
{
    return s->value[at] == 0 || s->value[at] == 1;
}

/* At 0 and 1 the formula has no error left: the exact limit of that many interviews, and no test. */
static void fill_edge(const series *s, size_t at, baro_row *row)
{
    double out[2], deft2 = s->survey->series_deft * s->survey->series_deft, n = s->base[at];
    if (!isnan(n * deft2) && baro_interval_at_edge(s->value[at], n, deft2, df_of(s), s->analysis->request->confidence, out) == BARO_OK) {
        row->lower = out[0];
        row->upper = out[1];
    }
}

static void fill_level(const series *s, size_t at, baro_row *row)
{
    const baro_request *request = s->analysis->request;
    double out[2];
    row->estimate = s->value[at];
    row->base = s->base[at];
    if (at_edge(s, at)) {
        fill_edge(s, at, row);
        return;
    }
    row->se = sqrt(level_variance(s, at));
    if (isnan(row->se))
        return;
    row->deff = s->survey->series_deft * s->survey->series_deft;
    row->n_eff = row->base / row->deff;
    double rounding = rounding_of(s);
    const baro_share share = {.p = row->estimate, .variance = row->se * row->se + rounding * rounding / 12, .n = row->base, .df = df_of(s), .confidence = request->confidence, .cap = request->cap};
    if (baro_interval_proportion((baro_share_method)request->interval, &share, out) == BARO_OK) {
        row->lower = out[0];
        row->upper = out[1];
    }
}

static void fill_difference(const series *s, size_t at, size_t other, double shared, bool known, baro_row *row)
{
    double out[2], rounding = rounding_of(s);
    row->difference = s->value[at] - s->value[other];
    double variance = (level_variance(s, at) + level_variance(s, other)) * shared + rounding * rounding / 6;
    if (!known || isnan(variance) || at_edge(s, at) || at_edge(s, other))
        return;
    row->difference_se = sqrt(variance);
    row->difference_df = df_of(s);
    if (baro_interval_wald(row->difference, row->difference_se, df_of(s), s->analysis->request->confidence, out) == BARO_OK) {
        row->difference_lower = out[0];
        row->difference_upper = out[1];
    }
    if (!(row->difference_se > 0) || baro_p_value_t(row->difference / row->difference_se, df_of(s), &row->p_value))
        row->p_value = NAN;
}

static void compare(const series *s, size_t m, size_t g, size_t t, const baro_against *against, baro_row *row)
{
    size_t at = slot(s, m, (size_t)s->windows.window[t].last, g), other_t = t, other_g = g;
    double shared = 1;
    bool known = true;
    if (baro_against_is_period(against->kind)) {
        other_t = baro_window_against(&s->windows, s->analysis->request, t, against);
        if (other_t == BARO_NO_WINDOW)
            return;
        double apart = fabs((double)(s->windows.window[t].last - s->windows.window[other_t].last)), pooled = (double)s->windows.length;
        shared = fmin(apart, pooled) / pooled;
        row->against = s->windows.window[other_t].label;
        row->against_words = s->windows.window[other_t].words;
    } else if (against->kind == BARO_AGAINST_TOTAL && g < s->groups) {
        other_g = s->groups;
        known = false;
        row->against = row->against_words = against->text;
    } else if (against->kind == BARO_AGAINST_GROUP && g < s->groups) {
        for (other_g = 0; other_g < s->groups && strcmp(s->group->label[other_g], against->name) != 0;)
            other_g++;
        if (other_g == s->groups || other_g == g)
            return;
        row->against = row->against_words = against->text;
    } else
        return;
    fill_difference(s, at, slot(s, m, (size_t)s->windows.window[other_t].last, other_g), shared, known, row);
}

static void add_row(series *s, size_t m, size_t g, size_t t, const baro_against *against)
{
    const baro_window *window = &s->windows.window[t];
    baro_row *row = &s->rows[s->n_rows++];
    *row = baro_row_blank(s->analysis->measure[m], BARO_STAT_PROPORTION);
    row->table = g < s->groups ? 0 : SIZE_MAX;
    row->by = g < s->groups ? s->group->group : NULL;
    row->group = g < s->groups ? s->group->label[g] : "";
    row->has_period = true;
    row->period = baro_window_period(&s->windows, t);
    row->period_label = window->label;
    row->period_words = window->words;
    row->window = s->windows.length;
    row->marks = window->broken ? BARO_MARK_BREAK : 0;
    row->compared = against;
    size_t at = slot(s, m, (size_t)window->last, g);
    if (isnan(s->value[at])) {
        row->marks |= BARO_MARK_ABSENT;
        return;
    }
    fill_level(s, at, row);
    if (against)
        compare(s, m, g, t, against, row);
}

static baro_status make_rows(series *s)
{
    const baro_request *request = s->analysis->request;
    size_t against = request->n_against ? request->n_against : 1, n = s->analysis->n_measures * (s->groups + 1) * s->windows.n * against;
    bool by_group = request->n_by > 0 && s->group;
    s->rows = BARO_ARRAY(s->analysis->arena, baro_row, n + 1);
    if (!s->rows)
        return baro_analysis_no_memory(s->analysis);
    for (size_t m = 0; m < s->analysis->n_measures; m++)
        for (size_t i = 0; i <= (by_group ? s->groups : 0); i++) {
            size_t g = i == 0 ? s->groups : i - 1; /* everyone first */
            for (size_t t = 0; t < s->windows.n && (g == s->groups || s->inside[g]); t++)
                for (size_t a = 0; s->windows.window[t].shown && a < against; a++)
                    add_row(s, m, g, t, request->n_against ? &request->against[a] : NULL);
        }
    return BARO_OK;
}

/* ---- windows: the published points are pooled already ---- */

static baro_status choose_windows(series *s)
{
    baro_analysis *analysis = s->analysis;
    baro_request request = *analysis->request;
    size_t pooled = s->survey->rolling ? s->survey->rolling : 1;
    bool one_point = !request.has_from || (request.has_to && request.from == request.to);
    for (size_t i = 0; i < request.n_against; i++)
        if (request.against[i].kind == BARO_AGAINST_REST)
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--compare rest: a published series does not say how large its areas are; compare with the total");
    if ((request.rolling && request.rolling != pooled) || (!request.trend && (request.all_periods || !one_point)))
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                              "a published series cannot be pooled over periods; choose one point with --to, or use `trend`");
    if (!request.trend && request.has_to) { /* one point pools nothing */
        request.has_from = true;
        request.from = request.to;
    }
    request.rolling = 1;
    baro_status status = baro_windows_choose(&request, s->period.first, s->period.n, analysis->arena, analysis->error, &s->windows);
    if (status)
        return status;
    s->windows.length = pooled;
    for (size_t w = 0; w < s->windows.n; w++) {
        baro_window *window = &s->windows.window[w];
        window->first = window->last - (long)pooled + 1;
        for (size_t b = 0; b < s->windows.n_breaks; b++)
            window->broken |= s->windows.break_unit[b] > window->first && s->windows.break_unit[b] <= window->last;
    }
    return baro_windows_name(&s->windows, analysis->results->calendar, analysis->arena) ? baro_analysis_no_memory(analysis) : BARO_OK;
}

static baro_status prepare(series *s)
{
    baro_analysis *analysis = s->analysis;
    baro_status status = baro_bind_period(analysis->binding, &s->period);
    if (status == BARO_OK && s->survey->n_groups > 0)
        status = baro_bind_group(analysis->binding, &s->survey->groups[0], &s->group);
    if (status == BARO_OK)
        status = choose_windows(s);
    if (status)
        return status;
    s->groups = s->group ? s->group->n : 0;
    size_t slots = analysis->n_measures * s->windows.units * (s->groups + 1);
    s->value = BARO_ARRAY(analysis->arena, double, slots + 1);
    s->base = BARO_ARRAY(analysis->arena, double, slots + 1);
    s->inside = BARO_ARRAY(analysis->arena, bool, s->groups + 1);
    if (!s->value || !s->base || !s->inside)
        return baro_analysis_no_memory(analysis);
    for (size_t i = 0; i < slots; i++)
        s->value[i] = s->base[i] = NAN;
    return fill_slots(s);
}

static void add_notes(series *s)
{
    bool approximate = false;
    for (size_t i = 0; i < s->n_rows; i++)
        approximate = approximate || !isnan(s->rows[i].se) || !isnan(s->rows[i].difference_se);
    s->analysis->results->approximate = approximate;
    baro_analysis_note(s->analysis, "A published series: values as published, without respondents behind them.");
    bool stated = !isnan(s->survey->series_deft) && (!isnan(s->survey->series_base) || s->survey->series_base_column);
    baro_analysis_note(s->analysis, approximate ? "Intervals are approximate: from an assumed base, design factor and rounding."
                                    : stated    ? "A base is assumed for the areas, not for the whole, so no intervals are given."
                                                : "No base and design factor are stated, so no intervals are given.");
    if (!isnan(s->analysis->request->df))
        baro_analysis_note(s->analysis, baro_arena_format(s->analysis->arena, "Degrees of freedom given: %g.", s->analysis->request->df));
}

baro_status baro_analyse_series(baro_analysis *analysis)
{
    series s = {.analysis = analysis, .survey = analysis->request->survey};
    baro_status status = baro_series_want(analysis);
    if (status == BARO_OK)
        status = baro_binding_read(analysis->binding, analysis->request->data, analysis->request->n_data, analysis->pool);
    if (status == BARO_OK)
        status = prepare(&s);
    if (status == BARO_OK)
        status = make_rows(&s);
    if (status)
        return status;
    analysis->results->rows = s.rows;
    analysis->results->n_rows = s.n_rows;
    analysis->results->has_periods = true;
    add_notes(&s);
    return BARO_OK;
}
