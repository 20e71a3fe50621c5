/* --control, --baseline, --target: what of a trend is asked beside its levels. */
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <math.h>
#include <string.h>

baro_status baro_check_no_comparisons(const baro_invocation *invocation, const char *option, baro_error *error)
{
    static const baro_option_id other[] = {BARO_OPTION_COMPARE, BARO_OPTION_LETTERS, BARO_OPTION_EQUIVALENCE};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (baro_is_given(invocation, other[i]))
            return baro_usage(error, "--%s compares levels; leave it out with %s", baro_option_at(other[i])->name,
                              option);
    return BARO_OK;
}

static baro_status read_end(const char *text, const baro_survey *survey, baro_arena *arena, baro_period *out,
                            baro_error *error)
{
    static const char *const units[] = {"a month, as 2023-01", "a quarter, as 2023 Q1 or 'Q1 2022/23'",
                                        "a year, as 2023 or 2022/23"};
    baro_calendar calendar = baro_calendar_of(survey);
    if (baro_period_parse(&calendar, text, out))
        return BARO_OK;
    return baro_usage(error, "--baseline: '%s' is not %s", baro_word_shown(text, arena), units[survey->period_unit]);
}

baro_status baro_control_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                    baro_control_request *out, baro_error *error)
{
    const char *baseline = baro_value_of(invocation, BARO_OPTION_BASELINE);
    /* the choices of --control stand in the order of the charts */
    *out = (baro_control_request){
        .chart = (baro_control_chart)baro_choice_of(invocation, BARO_OPTION_CONTROL, BARO_CONTROL_CHART_P),
        .has_baseline = baseline != NULL};
    baro_words words;
    baro_status status = baro_check_no_comparisons(invocation, "--control", error);
    if (status || !baseline)
        return status;
    status = baro_words_cut("--baseline", baseline, ":", arena, &words, error);
    if (status == BARO_OK && words.n != 2)
        return baro_usage(error, "--baseline: FROM:TO is wanted, as '2021 Q1:2023 Q4'");
    if (status == BARO_OK)
        status = read_end(words.item[0].text, survey, arena, &out->from, error);
    if (status == BARO_OK)
        status = read_end(words.item[1].text, survey, arena, &out->to, error);
    if (status == BARO_OK && out->from >= out->to)
        return baro_usage(error, "--baseline: the first period must lie before the second");
    return status;
}

static bool is_asked(const baro_request *request, const baro_measure *measure)
{
    for (size_t i = 0; i < request->measures.n; i++)
        if (strcmp(request->measures.item[i], measure->id) == 0)
            return true;
    return request->measures.n == 0;
}

baro_status baro_target_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                   const baro_request *request, baro_error *error)
{
    double target = baro_number_of(invocation, BARO_OPTION_TARGET, NAN);
    if (isnan(target))
        return BARO_OK;
    baro_measure *measures = BARO_ARRAY(arena, baro_measure, survey->n_measures + 1);
    if (!measures)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->n_measures; i++) {
        measures[i] = survey->measures[i];
        if (!is_asked(request, &measures[i]))
            continue;
        bool share = measures[i].statistic == BARO_STAT_PROPORTION;
        if (share && !(target >= 0 && target <= 1))
            return baro_usage(error, "--target: that of a share lies between 0 and 1; 0.75 is 75%% (measure %s)",
                              measures[i].id);
        measures[i].target = target;
    }
    survey->measures = measures;
    return BARO_OK;
}
