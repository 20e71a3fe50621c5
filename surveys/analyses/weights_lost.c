/* The share of interviews left out for want of a weight: were they like the others? */
#include "io/base/text.h"
#include "surveys/analyses/weights.h"
#include <string.h>

/* Interviews that needed the weight, and those without one. */
typedef struct {
    size_t needed, lost;
} tally;

typedef struct {
    baro_analysis *analysis;
    const baro_bound_weight *weight;
    const uint16_t *level;
    const int32_t *unit;
    const baro_window *window;
} losses;

static bool needs(const losses *of, size_t row)
{
    if (of->level)
        return of->level[row] < BARO_NOT_PUT;
    return !of->window || (of->unit[row] >= of->window->first && of->unit[row] <= of->window->last);
}

/* By pattern of a group, then by category: a row is in all categories of its pattern. */
static baro_status count(const losses *of, const baro_bound_group *group, tally *by_category)
{
    size_t rows = baro_frame_rows(baro_binding_frame(of->analysis->binding));
    tally *by_pattern = BARO_ARRAY(of->analysis->arena, tally, group->patterns + 1);
    if (!by_pattern)
        return baro_analysis_no_memory(of->analysis);
    for (size_t row = 0; row < rows; row++) {
        by_pattern[group->pattern[row]].needed += needs(of, row);
        by_pattern[group->pattern[row]].lost += of->weight->lost[row];
    }
    for (size_t p = 1; p < group->patterns; p++)
        for (size_t c = 0; c < group->n; c++)
            if (group->member[p * group->n + c]) {
                by_category[c].needed += by_pattern[p].needed;
                by_category[c].lost += by_pattern[p].lost;
            }
    return BARO_OK;
}

/* Groups too small to be published are not named with a share. */
static baro_status report_group(const losses *of, const char *id)
{
    baro_analysis *analysis = of->analysis;
    const baro_bound_group *group;
    baro_status status = baro_bind_group(analysis->binding, baro_analysis_group(analysis, id), &group);
    if (status)
        return status;
    tally *by_category = BARO_ARRAY(analysis->arena, tally, group->n + 1);
    if (!by_category)
        return baro_analysis_no_memory(analysis);
    status = count(of, group, by_category);
    const char *text = NULL;
    for (size_t c = 0; c < group->n && status == BARO_OK; c++) {
        char name[BARO_QUOTE_ROOM];
        double needed = (double)by_category[c].needed;
        if (by_category[c].lost == 0 || needed < analysis->request->survey->suppress_below)
            continue;
        baro_text_quote(group->label[c], strlen(group->label[c]), name, sizeof name);
        text = baro_arena_format(analysis->arena, "%s%s%s %.1f%%", text ? text : "", text ? ", " : "", name,
                                 100 * (double)by_category[c].lost / needed);
        if (!text)
            return baro_analysis_no_memory(analysis);
    }
    if (text)
        baro_remark_add(analysis->error, (baro_where_it_is){0}, "weight missing (column %s): left out by %s: %s", of->weight->column, id, text);
    return status;
}

static bool was_reported(const baro_request *request, size_t table, const char *id)
{
    for (size_t i = 0; i < table; i++)
        if (strcmp(request->by[i].first, id) == 0 || (request->by[i].second && strcmp(request->by[i].second, id) == 0))
            return true;
    return false;
}

baro_status baro_weights_report(baro_analysis *analysis, const baro_bound_weight *weight, const uint16_t *level, const baro_window *window)
{
    const baro_request *request = analysis->request;
    baro_bound_period period = {0};
    baro_status status = BARO_OK;
    if (weight->n_lost == 0 || !weight->lost)
        return BARO_OK;
    if (window)
        status = baro_bind_period(analysis->binding, &period);
    const losses of = {analysis, weight, level, period.unit, window};
    for (size_t i = 0; i < request->n_by && status == BARO_OK; i++) {
        if (!was_reported(request, i, request->by[i].first))
            status = report_group(&of, request->by[i].first);
        if (status == BARO_OK && request->by[i].second && !was_reported(request, i, request->by[i].second))
            status = report_group(&of, request->by[i].second);
    }
    size_t needed = 0, rows = baro_frame_rows(baro_binding_frame(analysis->binding));
    for (size_t row = 0; row < rows; row++)
        needed += needs(&of, row);
    if (status == BARO_OK && (double)needed >= request->survey->suppress_below)
        baro_analysis_note(analysis, baro_arena_format(analysis->arena, "Left out for want of a weight (%s): %.1f%% of interviews.", weight->column,
                                                       100 * (double)weight->n_lost / (double)needed));
    return status;
}
