/* What a command about estimates asks, from its options. */
#include "io/base/number.h"
#include "surveys/model/missing.h"
#include "surveys/model/where.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <math.h>
#include <string.h>

static baro_status unknown_measure(const char *name, const baro_survey *survey, baro_arena *arena, baro_error *error)
{
    const char **ids = BARO_ARRAY(arena, const char *, survey->n_measures);
    if (!ids)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->n_measures; i++)
        ids[i] = survey->measures[i].id;
    const char *near = baro_did_you_mean(name, ids, survey->n_measures, arena);
    const char *shown = baro_word_shown(name, arena);
    if (survey->path)
        return baro_usage(error, "--measure: no measure '%s' in %s%s", shown, baro_word_shown(survey->path, arena),
                          near);
    return baro_usage(
        error,
        "--measure: no measure '%s'%s; without a survey file --proportion, --distribution, --mean and --total "
        "make them",
        shown, near);
}

static void add_once(const char **list, size_t *n, const char *id)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], id) == 0)
            return;
    list[(*n)++] = id;
}

/* Those of --measure, then those made by options; neither: all of the survey. */
static baro_status choose_measures(const baro_invocation *invocation, const baro_texts *made, baro_arena *arena,
                                   const baro_survey *survey, baro_request *request, baro_error *error)
{
    size_t n = 0;
    const char **list = BARO_ARRAY(arena, const char *, survey->n_measures);
    if (!list)
        return BARO_NO_MEMORY;
    if (survey->n_measures == 0)
        return baro_usage(error, "there is no measure; give --proportion 'NAME=COL:ANSWER|ANSWER', --distribution COL, "
                                 "--mean COL or --total COL, or a survey file with --survey");
    for (size_t i = 0; i < invocation->n_given; i++) {
        baro_words words = {NULL, 0};
        if (invocation->given[i].id != BARO_OPTION_MEASURE)
            continue;
        baro_status status = baro_words_cut("--measure", invocation->given[i].value, ",", arena, &words, error);
        if (status != BARO_OK)
            return status;
        for (size_t j = 0; j < words.n; j++) {
            const baro_measure *measure = baro_survey_measure(survey, words.item[j].text);
            if (!measure)
                return unknown_measure(words.item[j].text, survey, arena, error);
            add_once(list, &n, measure->id);
        }
    }
    for (size_t i = 0; i < made->n; i++)
        add_once(list, &n, made->item[i]);
    request->measures = (baro_texts){list, n};
    request->measures_named = n > 0;
    return BARO_OK;
}

/* Measures about missing answers: instead of those asked for, or behind them, to bound them. */
static baro_status choose_missing(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey, baro_request *request,
                                  baro_error *error)
{
    bool shares = baro_is_given(invocation, BARO_OPTION_MISSING_SHARES);
    unsigned kinds = shares ? 1u << BARO_MISSING_DONT_KNOW | 1u << BARO_MISSING_REFUSED : 1u << BARO_MISSING_ALL_AGAINST | 1u << BARO_MISSING_ALL_FOR;
    baro_texts with, alone;
    request->bounds = baro_is_given(invocation, BARO_OPTION_MISSING_BOUNDS);
    if (!shares && !request->bounds)
        return BARO_OK;
    if (shares && request->bounds)
        return baro_usage(error, "--missing-shares and --missing-bounds: one or the other");
    baro_status status = baro_missing_measures(survey, request->measures, kinds, arena, &with, &alone);
    if (status == BARO_OK && alone.n == 0)
        return baro_usage(error, "--missing-%s: no measure asked for has a scale with don't know or refused among its answers; "
                                 "say which they are in the survey file (dont_know, refused)",
                          shares ? "shares" : "bounds");
    request->measures = shares ? alone : with;
    return status;
}

static baro_status read_period(const baro_invocation *invocation, baro_option_id id, const baro_survey *survey,
                               baro_arena *arena, bool *has, baro_period *out, baro_error *error)
{
    const char *value = baro_value_of(invocation, id);
    const char *name = baro_option_at(id)->name;
    baro_calendar calendar = baro_calendar_of(survey);
    *has = value != NULL;
    if (!value)
        return BARO_OK;
    if (!survey->has_period)
        return baro_usage(error, "--%s needs periods; give --period COL", name);
    if (baro_period_parse(&calendar, value, out))
        return BARO_OK;
    static const char *const units[] = {"a month, as 2023-01", "a quarter, as 2023 Q1 or 'Q1 2022/23'",
                                        "a year, as 2023 or 2022/23"};
    return baro_usage(error, "--%s: '%s' is not %s", name, baro_word_shown(value, arena), units[survey->period_unit]);
}

static baro_status choose_periods(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                  baro_request *request, baro_error *error)
{
    static const baro_option_id need[] = {BARO_OPTION_PERIOD_UNIT, BARO_OPTION_ROLLING, BARO_OPTION_ACROSS_BREAKS};
    for (size_t i = 0; i < sizeof need / sizeof *need; i++)
        if (baro_is_given(invocation, need[i]) && !survey->has_period)
            return baro_usage(error, "--%s needs periods; give --period COL", baro_option_at(need[i])->name);
    if (request->trend && !survey->has_period)
        return baro_usage(error, "a trend needs periods; give --period COL, or a survey file with a period");
    baro_status status =
        read_period(invocation, BARO_OPTION_FROM, survey, arena, &request->has_from, &request->from, error);
    if (status == BARO_OK)
        status = read_period(invocation, BARO_OPTION_TO, survey, arena, &request->has_to, &request->to, error);
    if (status != BARO_OK)
        return status;
    if (request->has_from && request->has_to && request->from > request->to)
        return baro_usage(error, "--from is later than --to");
    request->all_periods = baro_is_given(invocation, BARO_OPTION_ALL_PERIODS);
    if (request->all_periods && (request->has_from || request->has_to))
        return baro_usage(error, "--all-periods pools everything; leave --from and --to out");
    request->rolling = baro_count_of(invocation, BARO_OPTION_ROLLING, 0);
    if (request->rolling > 1200)
        return baro_usage(error, "--rolling: at most 1200 units");
    request->across_breaks = baro_is_given(invocation, BARO_OPTION_ACROSS_BREAKS);
    return BARO_OK;
}

/* A margin for shares is one on the scale of 0 to 1: 2 would find every change within it. */
static baro_status check_margin(const baro_invocation *invocation, const baro_survey *survey,
                                const baro_request *request, baro_error *error)
{
    if (!baro_is_given(invocation, BARO_OPTION_EQUIVALENCE))
        return BARO_OK;
    if (!(request->equivalence > 0))
        return baro_usage(error, "--equivalence: a number above 0 is wanted; for shares 0.02 is 2 points");
    for (size_t i = 0; request->equivalence >= 1 && i < survey->n_measures; i++) {
        const baro_measure *measure = &survey->measures[i];
        bool asked = request->measures.n == 0,
             share = measure->statistic == BARO_STAT_PROPORTION || measure->statistic == BARO_STAT_DISTRIBUTION;
        for (size_t j = 0; j < request->measures.n && !asked; j++)
            asked = strcmp(request->measures.item[j], measure->id) == 0;
        if (asked && share)
            return baro_usage(
                error, "--equivalence: the margin of a share lies between 0 and 1; 0.02 is 2 points (measure %s)",
                measure->id);
    }
    return BARO_OK;
}

static baro_status choose_statistics(const baro_invocation *invocation, const baro_survey *survey,
                                     baro_request *request, baro_error *error)
{
    request->adjust = (baro_adjustment)baro_choice_of(invocation, BARO_OPTION_ADJUST, BARO_ADJUST_HOLM);
    request->adjust_over_run = baro_is_given(invocation, BARO_OPTION_ADJUST_OVER);
    request->cap = baro_is_given(invocation, BARO_OPTION_CAP);
    request->quantile_rule = (baro_quantile_rule)baro_choice_of(invocation, BARO_OPTION_QUANTILE_RULE, BARO_QUANTILE_MATH);
    request->interval = (baro_interval_method)baro_choice_of(invocation, BARO_OPTION_INTERVAL, (int)survey->interval);
    request->confidence = baro_number_of(invocation, BARO_OPTION_CONFIDENCE, survey->confidence);
    request->letters = baro_is_given(invocation, BARO_OPTION_LETTERS);
    request->equivalence = baro_number_of(invocation, BARO_OPTION_EQUIVALENCE, 0);
    request->df = baro_number_of(invocation, BARO_OPTION_DF, NAN);
    request->no_suppress = baro_is_given(invocation, BARO_OPTION_NO_SUPPRESS);
    if (!(request->confidence > 0 && request->confidence < 1))
        return baro_usage(error, "--confidence: a number between 0 and 1 is wanted, as 0.95");
    if (baro_is_given(invocation, BARO_OPTION_DF) && !(request->df > 0))
        return baro_usage(error, "--df: a number above 0 is wanted");
    return check_margin(invocation, survey, request, error);
}

static baro_status choose_domain(const baro_invocation *invocation, baro_arena *arena, baro_request *request,
                                 baro_error *error)
{
    const baro_where *parsed;
    request->where = baro_value_of(invocation, BARO_OPTION_WHERE);
    if (!request->where)
        return BARO_OK;
    return baro_where_parse(request->where, (baro_where_it_is){"--where", 1, 0}, BARO_USAGE, arena, &parsed, error);
}

baro_status baro_request_of_options(const baro_invocation *invocation, bool trend, baro_arena *arena,
                                    baro_survey *survey, baro_request *request, baro_error *error)
{
    baro_texts made;
    *request =
        (baro_request){.survey = survey, .data = invocation->files, .n_data = invocation->n_files, .reading = invocation->reading,
                       .trend = trend};
    baro_status status = baro_check_data(invocation, error);
    if (status == BARO_OK)
        status = baro_survey_of_options(invocation, arena, survey, error);
    if (status == BARO_OK)
        status = baro_measures_of_options(invocation, arena, survey, &made, error);
    if (status == BARO_OK)
        status = choose_measures(invocation, &made, arena, survey, request, error);
    if (status == BARO_OK)
        status = baro_target_of_options(invocation, arena, survey, request, error);
    if (status == BARO_OK)
        status = choose_missing(invocation, arena, survey, request, error);
    if (status == BARO_OK)
        status = baro_breakdowns_of_options(invocation, arena, survey, request, error);
    if (status == BARO_OK)
        status = baro_mix_of_options(invocation, arena, survey, request, error);
    if (status == BARO_OK)
        status = choose_periods(invocation, arena, survey, request, error);
    if (status == BARO_OK)
        status = choose_statistics(invocation, survey, request, error);
    if (status == BARO_OK)
        status = choose_domain(invocation, arena, request, error);
    if (status == BARO_OK)
        status = baro_comparisons_of_options(invocation, arena, survey, request, error);
    return status;
}
