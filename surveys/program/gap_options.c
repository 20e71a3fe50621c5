/* --mix, --change, --each: what of a gap is asked. */
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <string.h>

static baro_status read_end(const baro_word *word, const baro_survey *survey, baro_arena *arena, baro_period *out,
                            baro_error *error)
{
    static const char *const units[] = {"a month, as 2023-01", "a quarter, as 2023 Q1 or 'Q1 2022/23'",
                                        "a year, as 2023 or 2022/23"};
    baro_calendar calendar = baro_calendar_of(survey);
    if (baro_period_parse(&calendar, word->text, out))
        return BARO_OK;
    return baro_usage(error, "--change: '%s' is not %s", baro_word_shown(word->text, arena),
                      units[survey->period_unit]);
}

static baro_status read_change(const char *value, const baro_survey *survey, const baro_request *request,
                               baro_arena *arena, baro_gap_request *out, baro_error *error)
{
    baro_words words;
    if (!survey->has_period)
        return baro_usage(error, "--change needs periods; give --period COL");
    if (request->has_from || request->has_to || request->all_periods)
        return baro_usage(error, "--change names its periods; leave --from, --to and --all-periods out");
    baro_status status = baro_words_cut("--change", value, ":", arena, &words, error);
    if (status == BARO_OK && words.n != 2)
        return baro_usage(error, "--change: FROM:TO is wanted, as '2022 Q4:2023 Q4'");
    if (status == BARO_OK)
        status = read_end(&words.item[0], survey, arena, &out->from, error);
    if (status == BARO_OK)
        status = read_end(&words.item[1], survey, arena, &out->to, error);
    if (status == BARO_OK && out->from >= out->to)
        return baro_usage(error, "--change: the first period must lie before the second");
    out->change = true;
    return status;
}

/* A factor is not split by itself: asked for, that is a mistake; among all breakdowns of a survey, it is left out. */
static baro_status leave_out(const char *mix, baro_arena *arena, baro_request *request, baro_error *error)
{
    baro_breakdown *by = BARO_ARRAY(arena, baro_breakdown, request->n_by + 1);
    size_t n = 0;
    if (!by)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < request->n_by; i++)
        if (strcmp(request->by[i].first, mix) != 0 &&
            (!request->by[i].second || strcmp(request->by[i].second, mix) != 0))
            by[n++] = request->by[i];
    if (n < request->n_by && (request->by_named || n == 0))
        return baro_usage(error, "--mix: '%s' is the breakdown already; give another factor",
                          baro_word_shown(mix, arena));
    request->by = by;
    request->n_by = n;
    return BARO_OK;
}

baro_status baro_mix_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                baro_request *request, baro_error *error)
{
    const char *value = baro_value_of(invocation, BARO_OPTION_MIX), *name;
    if (!value)
        return BARO_OK;
    if (survey->is_series)
        return baro_usage(error, "--mix needs respondents; '%s' is a published series", survey->id);
    baro_status status = baro_word_single("--mix", value, arena, &name, error);
    if (status == BARO_OK)
        status = baro_group_of_option("--mix", name, arena, survey, &request->mix, error);
    return status ? status : leave_out(request->mix, arena, request, error);
}

baro_status baro_gap_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                const baro_request *request, baro_gap_request *out, baro_error *error)
{
    const char *change = baro_value_of(invocation, BARO_OPTION_CHANGE);
    *out = (baro_gap_request){.each = baro_is_given(invocation, BARO_OPTION_EACH)};
    if (request->n_by == 0)
        return baro_usage(error, "a gap needs a breakdown; give --by");
    if (out->each && !change)
        return baro_usage(error, "--each is for --change FROM:TO");
    for (size_t i = 0; i < request->n_against && survey->is_series; i++)
        if (request->against[i].kind == BARO_AGAINST_REST)
            return baro_usage(error,
                              "--against rest: a published series does not say how large its areas are; compare with "
                              "the total or an area");
    return change ? read_change(change, survey, request, arena, out, error) : BARO_OK;
}
