/* Measures and breakdowns said on the command line. */
#include "io/base/number.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <math.h>
#include <string.h>

static const struct {
    baro_option_id id;
    baro_statistic statistic;
} made_by[] = {{BARO_OPTION_PROPORTION, BARO_STAT_PROPORTION},
               {BARO_OPTION_DISTRIBUTION, BARO_STAT_DISTRIBUTION},
               {BARO_OPTION_MEAN, BARO_STAT_MEAN},
               {BARO_OPTION_TOTAL, BARO_STAT_TOTAL},
               {BARO_OPTION_RATIO, BARO_STAT_RATIO},
               {BARO_OPTION_QUANTILE, BARO_STAT_QUANTILE}};

static int maker_of(baro_option_id id)
{
    for (size_t i = 0; i < sizeof made_by / sizeof *made_by; i++)
        if (made_by[i].id == id)
            return (int)i;
    return -1;
}

/* A scale that lists the positive answers alone: any other answer of the column is counted, and is not positive. */
static baro_status make_scale(const char *id, const baro_word *words, size_t n, baro_arena *arena,
                              const baro_scale **out)
{
    baro_scale *scale = BARO_NEW(arena, baro_scale);
    baro_answer *answers = BARO_ARRAY(arena, baro_answer, n);
    const char **labels = BARO_ARRAY(arena, const char *, n);
    if (!scale || !answers || !labels)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        labels[i] = words[i].text;
        answers[i] = (baro_answer){words[i].text, {&labels[i], 1}, BARO_ROLE_POSITIVE, NAN};
    }
    *scale = (baro_scale){.id = id, .answers = answers, .n_answers = n, .open = true};
    *out = scale;
    return BARO_OK;
}

static const char *form_of(baro_statistic statistic)
{
    return statistic == BARO_STAT_PROPORTION ? "'NAME=COL:ANSWER|ANSWER'"
           : statistic == BARO_STAT_RATIO    ? "NUM/DEN or NAME=NUM/DEN"
           : statistic == BARO_STAT_QUANTILE ? "COL:P[,P] or NAME=COL:P[,P]"
                                             : "COL or NAME=COL";
}

static baro_status make_probabilities(const baro_word *words, size_t n, baro_arena *arena, baro_measure *out, baro_error *error)
{
    double *at = BARO_ARRAY(arena, double, n);
    if (!at)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (!baro_number_read(words[i].text, strlen(words[i].text), '.', &at[i]) || at[i] < 0 || at[i] > 1)
            return baro_usage(error, "--quantile: '%s' is no probability from 0 to 1", baro_word_shown(words[i].text, arena));
    out->at_probability = at;
    out->n_at = n;
    return BARO_OK;
}

/* [NAME=]COL, for a proportion :ANSWER|ANSWER behind it, for a ratio /COL. */
static baro_status make_measure(const baro_given *given, baro_statistic statistic, baro_arena *arena, baro_measure *out,
                                baro_error *error)
{
    bool proportion = statistic == BARO_STAT_PROPORTION, ratio = statistic == BARO_STAT_RATIO;
    bool quantile = statistic == BARO_STAT_QUANTILE, listed = proportion || quantile;
    const char *option = baro_arena_format(arena, "--%s", baro_option_at(given->id)->name);
    const char **column = BARO_ARRAY(arena, const char *, 1);
    baro_words words;
    if (!option || !column)
        return BARO_NO_MEMORY;
    baro_status status = baro_words_cut(option, given->value, proportion ? "=:|" : quantile ? "=:," : ratio ? "=/,:|" : "=,:|", arena, &words, error);
    if (status != BARO_OK)
        return status;
    size_t at = words.item[0].end == '=' ? 1 : 0;
    bool fits = words.item[at].end == (listed ? ':' : ratio ? '/' : 0) && (!ratio || words.n == at + 2);
    for (size_t i = at + 1; i < words.n; i++)
        fits = fits && (words.item[i].end == (quantile ? ',' : '|') || words.item[i].end == 0);
    if (!fits)
        return baro_usage(error, "%s: %s is wanted; a name that holds = : | , or / stands in double quotes", option,
                          form_of(statistic));
    column[0] = words.item[at].text;
    *out = (baro_measure){.id = words.item[0].text,
                          .label = words.item[0].text,
                          .columns = {column, 1},
                          .over = ratio ? words.item[at + 1].text : NULL,
                          .statistic = statistic,
                          .target = NAN,
                          .equivalence = NAN};
    if (quantile)
        return make_probabilities(words.item + at + 1, words.n - at - 1, arena, out, error);
    return proportion ? make_scale(out->id, words.item + at + 1, words.n - at - 1, arena, &out->scale) : BARO_OK;
}

/* Place of a measure of that name: one of the survey file's is overridden, two of the command line are a mistake. */
static baro_status place_of(const baro_survey *survey, const char *id, baro_arena *arena, size_t *out,
                            baro_error *error)
{
    const baro_measure *known = baro_survey_measure(survey, id);
    *out = known ? (size_t)(known - survey->measures) : survey->n_measures;
    if (!known || known->at.line > 0)
        return BARO_OK;
    return baro_usage(error, "two measures are named '%s'; give one another name: NAME=COL",
                      baro_word_shown(id, arena));
}

baro_status baro_measures_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                     baro_texts *made, baro_error *error)
{
    size_t n = survey->n_measures, n_made = 0;
    baro_measure *measures = BARO_ARRAY(arena, baro_measure, n + invocation->n_given);
    const char **ids = BARO_ARRAY(arena, const char *, invocation->n_given);
    if (!measures || !ids)
        return BARO_NO_MEMORY;
    if (n)
        memcpy(measures, survey->measures, n * sizeof *measures);
    survey->measures = measures;
    for (size_t i = 0; i < invocation->n_given; i++) {
        int maker = maker_of(invocation->given[i].id);
        if (maker < 0)
            continue;
        if (survey->is_series)
            return baro_usage(error, "--%s needs respondents; '%s' is a published series",
                              baro_option_at(invocation->given[i].id)->name, survey->id);
        baro_measure measure;
        size_t place = 0;
        baro_status status = make_measure(&invocation->given[i], made_by[maker].statistic, arena, &measure, error);
        if (status == BARO_OK)
            status = place_of(survey, measure.id, arena, &place, error);
        if (status != BARO_OK)
            return status;
        measures[place] = measure;
        survey->n_measures += place == survey->n_measures;
        ids[n_made++] = measure.id;
    }
    *made = (baro_texts){ids, n_made};
    return BARO_OK;
}

static baro_status unknown_group(const char *option, const char *name, const baro_survey *survey, baro_arena *arena, baro_error *error)
{
    const char **ids = BARO_ARRAY(arena, const char *, survey->n_groups);
    if (!ids)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->n_groups; i++)
        ids[i] = survey->groups[i].id;
    return baro_usage(error, "%s: no group '%s' in %s%s", option, baro_word_shown(name, arena),
                      baro_word_shown(survey->path, arena), baro_did_you_mean(name, ids, survey->n_groups, arena));
}

/* The id of a group named by an option. Without a survey file any column can be one: it is added, `room` was made for it. */
static baro_status name_group(const char *option, const char *name, baro_arena *arena, baro_survey *survey, baro_group *room,
                              const char **id, baro_error *error)
{
    const baro_group *group = baro_survey_group(survey, name);
    if (group) {
        *id = group->id;
        return BARO_OK;
    }
    if (survey->path)
        return unknown_group(option, name, survey, arena, error);
    const char **column = BARO_ARRAY(arena, const char *, 1);
    if (!column)
        return BARO_NO_MEMORY;
    column[0] = name;
    room[survey->n_groups] = (baro_group){.id = name, .label = name, .kind = BARO_GROUP_OTHER, .columns = {column, 1}};
    survey->groups = room;
    survey->n_groups++;
    *id = name;
    return BARO_OK;
}

baro_status baro_group_of_option(const char *option, const char *name, baro_arena *arena, baro_survey *survey, const char **id,
                                 baro_error *error)
{
    baro_group *room = BARO_ARRAY(arena, baro_group, survey->n_groups + 1);
    if (!room)
        return BARO_NO_MEMORY;
    if (survey->n_groups)
        memcpy(room, survey->groups, survey->n_groups * sizeof *room);
    return name_group(option, name, arena, survey, room, id, error);
}

static bool same_breakdown(const baro_breakdown *a, const baro_breakdown *b)
{
    return strcmp(a->first, b->first) == 0 && !a->second == !b->second &&
           (!a->second || strcmp(a->second, b->second) == 0);
}

/* One --by: G,H*I */
static baro_status read_by(const char *value, baro_arena *arena, baro_survey *survey, baro_group *room,
                           baro_breakdown *by, size_t *n, baro_error *error)
{
    baro_words words;
    baro_status status = baro_words_cut("--by", value, ",*", arena, &words, error);
    for (size_t i = 0; status == BARO_OK && i < words.n; i++) {
        baro_breakdown one = {NULL, NULL};
        status = name_group("--by", words.item[i].text, arena, survey, room, &one.first, error);
        if (status == BARO_OK && words.item[i].end == '*') {
            i++;
            if (words.item[i].end == '*')
                return baro_usage(error, "--by: two groups can be crossed, not three");
            status = name_group("--by", words.item[i].text, arena, survey, room, &one.second, error);
            if (status == BARO_OK && strcmp(one.first, one.second) == 0)
                return baro_usage(error, "--by: '%s' is crossed with itself", baro_word_shown(one.first, arena));
        }
        size_t known = 0;
        while (status == BARO_OK && known < *n && !same_breakdown(&by[known], &one))
            known++;
        if (status == BARO_OK && known == *n)
            by[(*n)++] = one;
    }
    return status;
}

static baro_status all_groups(const baro_survey *survey, baro_arena *arena, baro_request *request)
{
    baro_breakdown *by = BARO_ARRAY(arena, baro_breakdown, survey->n_groups);
    if (!by)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->n_groups; i++)
        by[i].first = survey->groups[i].id;
    request->by = by;
    request->n_by = survey->n_groups;
    return BARO_OK;
}

baro_status baro_breakdowns_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                       baro_request *request, baro_error *error)
{
    if (!baro_is_given(invocation, BARO_OPTION_BY))
        return request->trend ? BARO_OK : all_groups(survey, arena, request);
    size_t most = survey->n_groups;
    for (size_t i = 0; i < invocation->n_given; i++)
        most += invocation->given[i].id == BARO_OPTION_BY ? strlen(invocation->given[i].value) : 0;
    baro_group *room = BARO_ARRAY(arena, baro_group, most);
    baro_breakdown *by = BARO_ARRAY(arena, baro_breakdown, most);
    if (!room || !by)
        return BARO_NO_MEMORY;
    if (survey->n_groups)
        memcpy(room, survey->groups, survey->n_groups * sizeof *room);
    request->by = by;
    request->by_named = true;
    for (size_t i = 0; i < invocation->n_given; i++) {
        if (invocation->given[i].id != BARO_OPTION_BY || !invocation->given[i].value[0])
            continue; /* --by= is everyone only */
        baro_status status = read_by(invocation->given[i].value, arena, survey, room, by, &request->n_by, error);
        if (status != BARO_OK)
            return status;
    }
    return BARO_OK;
}
