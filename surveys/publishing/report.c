/* The results of a report: one reading, then one adjustment and one suppression over all that is published. */
#include "surveys/publishing/report.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/spread_sheet.h"
#include <stdint.h>
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

/* ---- views ---- */

static bool is_in(const baro_report_view *view, const baro_row *row)
{
    if (view->measure && row->measure != view->measure)
        return false;
    return view->all || row->table == SIZE_MAX || row->table == view->table;
}

baro_status baro_results_view(const baro_results *results, const baro_report_view *view, baro_arena *arena,
                              baro_results *out)
{
    baro_request *request = BARO_NEW(arena, baro_request);
    baro_row *row = BARO_ARRAY(arena, baro_row, results->n_rows + 1);
    size_t n = 0;
    if (!request || !row)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++)
        if (is_in(view, &results->rows[i]))
            row[n++] = results->rows[i];
    *request = *results->request;
    *out = *results;
    out->rows = row;
    out->n_rows = n;
    out->n_contrasts = 0;
    out->request = request;
    if (view->all)
        return BARO_OK;
    request->n_by = 0;
    if (view->table != SIZE_MAX) { /* the one breakdown becomes the only one */
        request->by = &results->request->by[view->table];
        request->n_by = 1;
        for (size_t i = 0; i < n; i++)
            row[i].table = row[i].table == SIZE_MAX ? SIZE_MAX : 0;
    }
    return BARO_OK;
}

const char *baro_report_window(const baro_report *report)
{
    return report->levels.n_rows ? report->levels.rows[0].period_words : "";
}

const baro_row *baro_report_headline(const baro_report *report, const baro_measure *measure)
{
    for (size_t i = 0; i < report->levels.n_rows; i++)
        if (report->levels.rows[i].measure == measure && !report->levels.rows[i].by)
            return &report->levels.rows[i];
    return NULL;
}

const baro_measure **baro_report_measures(const baro_report *report, baro_arena *arena, size_t *n)
{
    const baro_measure **list = BARO_ARRAY(arena, const baro_measure *, report->survey->n_measures + 1), *last = NULL;
    *n = 0;
    for (size_t i = 0; list && i < report->levels.n_rows && *n < report->survey->n_measures; i++)
        if (report->levels.rows[i].measure != last)
            list[(*n)++] = last = report->levels.rows[i].measure;
    return list;
}

/* ---- answers ---- */

static baro_status answer_relations(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    if (report->survey->is_series || report->asked.levels.n_by == 0)
        return BARO_OK;
    baro_status status =
        baro_relate(&report->asked.levels, BARO_TEST_RAO_SCOTT, pool, arena, error, &report->relations);
    report->has_relations = status == BARO_OK && report->relations.n_rows > 0;
    return status;
}

/* Factors are breakdowns of one group each whose categories do not overlap. */
static baro_status answer_spreads(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    baro_request *request = BARO_NEW(arena, baro_request);
    const baro_request *levels = &report->asked.levels;
    baro_breakdown *by = BARO_ARRAY(arena, baro_breakdown, levels->n_by + 1);
    size_t n = 0;
    if (!request || !by)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < levels->n_by; i++) {
        const baro_group *group = baro_survey_group(report->survey, levels->by[i].first);
        if (group && !group->overlap && !levels->by[i].second)
            by[n++] = levels->by[i];
    }
    if (report->survey->is_series || n < 2)
        return BARO_OK;
    *request = *levels;
    request->by = by;
    request->n_by = n;
    baro_status status = baro_spread_rank_factors(request, &report->asked.spread, pool, arena, error, &report->spreads);
    report->has_spreads = status == BARO_OK && report->spreads.n_rows > 0;
    return status;
}

static bool has_window(const baro_results *trend, baro_period period)
{
    for (size_t i = 0; i < trend->n_rows; i++)
        if (trend->rows[i].has_period && trend->rows[i].period == period && !isnan(trend->rows[i].estimate))
            return true;
    return false;
}

/* The gaps of the window and of the one a year before; without it, or across a break, there is nothing to say. */
static baro_status answer_gaps(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    static const baro_period year[] = {[BARO_UNIT_MONTH] = 12, [BARO_UNIT_QUARTER] = 4, [BARO_UNIT_YEAR] = 1};
    baro_request *request = BARO_NEW(arena, baro_request);
    const baro_row *now = report->levels.n_rows ? &report->levels.rows[0] : NULL;
    if (!request)
        return BARO_NO_MEMORY;
    if (!report->has_trend || report->asked.levels.n_by == 0 || !now || !now->has_period)
        return BARO_OK;
    const baro_gap_request asked = {
        .change = true, .from = now->period - year[report->survey->period_unit], .to = now->period};
    if (!has_window(&report->trend, asked.from))
        return BARO_OK;
    *request = report->asked.levels;
    request->has_to = request->to_is_window = false;
    baro_status status = baro_gap(request, &asked, pool, arena, error, &report->gaps);
    report->has_gaps = status == BARO_OK && report->gaps.n_rows > 0;
    return status;
}

static baro_status answer_levels(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    baro_status status = baro_analyse(&report->asked.levels, pool, arena, error, &report->levels);
    report->has_trend = report->survey->has_period && report->asked.trend.trend;
    if (status == BARO_OK && report->has_trend)
        status = baro_analyse(&report->asked.trend, pool, arena, error, &report->trend);
    return status;
}

/* p-values are of all comparisons, those too that will not be seen. */
static baro_status adjust(baro_report *report, baro_arena *arena)
{
    baro_status status = baro_adjust(&report->levels, arena);
    if (status == BARO_OK && report->has_trend)
        status = baro_adjust(&report->trend, arena);
    if (status == BARO_OK && report->has_relations)
        status = baro_relations_adjust(&report->relations, arena);
    if (status == BARO_OK && report->has_gaps)
        status = baro_gaps_adjust(&report->gaps, arena);
    return status;
}

baro_status baro_report_answer(baro_report *report, baro_pool *pool, baro_arena *arena, baro_error *error)
{
    baro_status status = answer_levels(report, pool, arena, error);
    if (status == BARO_OK)
        status = baro_contrasts_ask(&report->asked.levels, pool, arena, error, &report->contrasts);
    if (status == BARO_OK)
        status = answer_relations(report, pool, arena, error);
    if (status == BARO_OK)
        status = answer_spreads(report, pool, arena, error);
    if (status == BARO_OK)
        status = answer_gaps(report, pool, arena, error);
    return status == BARO_OK ? adjust(report, arena) : status;
}

/* ---- made ready to be seen ---- */

static baro_status add(baro_report *report, baro_disclosure *all)
{
    baro_contrasts *contrasts = &report->contrasts;
    baro_status status = baro_disclosure_add(all, &report->levels, "levels");
    if (status == BARO_OK && report->has_trend)
        status = baro_disclosure_add(all, &report->trend, "trends");
    if (status == BARO_OK && report->has_gaps)
        status = baro_disclosure_add_gaps(all, &report->gaps, "gaps");
    if (status == BARO_OK && contrasts->levels.n_rows)
        status = baro_disclosure_add(all, &contrasts->levels, "findings");
    for (size_t g = 0; g < contrasts->n_gaps && status == BARO_OK; g++)
        status = baro_disclosure_add_gaps(all, &contrasts->gaps[g], "findings");
    return status;
}

static baro_status finish(baro_report *report, baro_arena *arena)
{
    const baro_report_view everyone = {.table = SIZE_MAX};
    if (report->has_relations)
        baro_relations_suppress(&report->relations);
    if (report->has_spreads)
        baro_spreads_suppress(&report->spreads);
    report->contrasts.suppressed = true;
    baro_status status = baro_findings_choose(&report->contrasts, arena, &report->findings);
    return status == BARO_OK && report->has_trend
               ? baro_results_view(&report->trend, &everyone, arena, &report->everyone)
               : status;
}

baro_status baro_reports_publish(baro_report *const report[], size_t n, baro_arena *arena, baro_sheet *disclosure)
{
    baro_disclosure *all = baro_disclosure_new();
    baro_status status = all ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = add(report[i], all);
    if (status == BARO_OK)
        status = baro_disclosure_solve(all);
    if (status == BARO_OK)
        status = baro_disclosure_sheet(all, arena, disclosure);
    baro_disclosure_free(all);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = finish(report[i], arena);
    return status;
}
