/* --compare, and --against of gaps: what every level is compared with. */
#include "surveys/model/areas.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <string.h>

static const struct {
    const char *word;
    baro_against_kind kind;
    bool needs_period;
} keywords[] = {{"total", BARO_AGAINST_TOTAL, false},
                {"rest", BARO_AGAINST_REST, false},
                {"first", BARO_AGAINST_FIRST, true},
                {"previous", BARO_AGAINST_PREVIOUS, true},
                {"previous-separate", BARO_AGAINST_PREVIOUS_SEPARATE, true},
                {"year-ago", BARO_AGAINST_YEAR_AGO, true}};
#define KEYWORDS (sizeof keywords / sizeof *keywords)
static const char reference_word[] =
    "reference"; /* stands for the reference that the survey file gives each breakdown */

/* The groups that the request breaks down by, once each, and the option that compares them. */
typedef struct {
    const baro_group **item;
    size_t n;
    baro_option_id id;
    const char *option; /* for messages: "--compare" */
} asked_groups;

static bool collect(const baro_survey *survey, const baro_request *request, baro_arena *arena, asked_groups *out)
{
    out->n = 0;
    out->item = BARO_ARRAY(arena, const baro_group *, 2 * request->n_by + 1);
    for (size_t i = 0; out->item && i < request->n_by; i++) {
        out->item[out->n++] = baro_survey_group(survey, request->by[i].first);
        if (request->by[i].second)
            out->item[out->n++] = baro_survey_group(survey, request->by[i].second);
    }
    return out->item != NULL;
}

static bool has_label(const baro_group *group, const char *label)
{
    for (size_t i = 0; i < group->n_categories; i++)
        if (strcmp(group->categories[i].label, label) == 0)
            return true;
    return false;
}

/* An area's spelling becomes its name, unless some breakdown has the very label. */
static void name_area(const asked_groups *groups, baro_against *against)
{
    const char *name = NULL;
    for (size_t i = 0; i < groups->n; i++) {
        const baro_group *group = groups->item[i];
        if (against->group && strcmp(group->id, against->group) != 0)
            continue;
        if (has_label(group, against->name))
            return;
        if (!name && group->area_list && group->n_categories == 0)
            name = baro_areas_name(group->area_list, against->name);
    }
    if (name)
        against->name = against->text = name;
}

/* Nobody has such a label, as far as can be known before the data are read. */
static baro_status check_label(const asked_groups *groups, const baro_against *against, baro_arena *arena,
                               baro_error *error)
{
    size_t labels = 0, n = 0;
    for (size_t i = 0; i < groups->n; i++) {
        if (against->group && strcmp(groups->item[i]->id, against->group) != 0)
            continue;
        if (groups->item[i]->n_categories == 0 || has_label(groups->item[i], against->name))
            return BARO_OK;
        labels += groups->item[i]->n_categories;
    }
    const char **candidates = BARO_ARRAY(arena, const char *, labels + KEYWORDS + 1);
    if (!candidates)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < groups->n; i++)
        for (size_t j = 0; j < groups->item[i]->n_categories && n < labels; j++)
            candidates[n++] = groups->item[i]->categories[j].label;
    for (size_t i = 0; i < KEYWORDS; i++)
        candidates[n++] = keywords[i].word;
    candidates[n++] = reference_word;
    return baro_usage(error, "%s: no breakdown has a group '%s'%s", groups->option, baro_word_shown(against->name, arena),
                      baro_did_you_mean(against->name, candidates, n, arena));
}

static baro_status check_group(const asked_groups *groups, const char *id, baro_arena *arena, baro_error *error)
{
    const char **ids = BARO_ARRAY(arena, const char *, groups->n);
    if (!ids)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < groups->n; i++) {
        ids[i] = groups->item[i]->id;
        if (strcmp(ids[i], id) == 0)
            return BARO_OK;
    }
    return baro_usage(error, "%s: '%s' is no breakdown of this command%s", groups->option, baro_word_shown(id, arena),
                      baro_did_you_mean(id, ids, groups->n, arena));
}

static baro_status read_keyword(const char *word, const baro_survey *survey, const asked_groups *groups, baro_against *out,
                                baro_error *error)
{
    for (size_t i = 0; i < KEYWORDS; i++) {
        if (strcmp(keywords[i].word, word) != 0)
            continue;
        out->kind = keywords[i].kind;
        out->text = keywords[i].word;
        if (keywords[i].needs_period && groups->id == BARO_OPTION_AGAINST)
            return baro_usage(error, "%s: a gap is to total, rest, reference or a group; periods are compared by --change FROM:TO", groups->option);
        if (keywords[i].needs_period && !survey->has_period)
            return baro_usage(error, "%s %s needs periods; give --period COL", groups->option, word);
        return BARO_OK;
    }
    return BARO_NO;
}

static bool read_period(const char *word, const baro_survey *survey, const asked_groups *groups, baro_arena *arena,
                        baro_against *out)
{
    baro_calendar calendar = baro_calendar_of(survey);
    char label[32];
    if (groups->id == BARO_OPTION_AGAINST || !survey->has_period || !baro_period_parse(&calendar, word, &out->period))
        return false;
    for (size_t i = 0; i < groups->n; i++)
        if (has_label(groups->item[i], word))
            return false;
    baro_period_label(&calendar, out->period, label);
    out->kind = BARO_AGAINST_PERIOD;
    out->text = baro_arena_string(arena, label);
    return true;
}

/* One reference from words.item[*at] on; a group's id before its label takes two words. */
static baro_status read_one(const baro_words *words, size_t *at, const baro_survey *survey, const asked_groups *groups,
                            baro_arena *arena, baro_against *out, baro_error *error)
{
    const baro_word *word = &words->item[(*at)++];
    *out = (baro_against){.kind = BARO_AGAINST_GROUP, .name = word->text, .text = word->text};
    if (word->end == ':') {
        const baro_word *label = &words->item[(*at)++];
        if (label->end == ':')
            return baro_usage(error, "%s: GROUP or G:GROUP is wanted; a name that holds : stands in double quotes",
                              groups->option);
        out->group = word->text;
        out->name = out->text = label->text;
        baro_status status = check_group(groups, out->group, arena, error);
        name_area(groups, out);
        return status == BARO_OK ? check_label(groups, out, arena, error) : status;
    }
    if (!word->quoted) {
        baro_status status = read_keyword(word->text, survey, groups, out, error);
        if (status != BARO_NO)
            return status;
        if (read_period(word->text, survey, groups, arena, out))
            return out->text ? BARO_OK : BARO_NO_MEMORY;
    }
    name_area(groups, out);
    return check_label(groups, out, arena, error);
}

/* Whose label it is: the group named with it, or the only breakdown that can have it; NULL when several can. */
static const char *owner(const asked_groups *groups, const baro_against *against)
{
    const char *found = against->group;
    for (size_t i = 0; i < groups->n && against->kind == BARO_AGAINST_GROUP && !against->group; i++) {
        const baro_group *group = groups->item[i];
        bool may = group->n_categories == 0 || has_label(group, against->name);
        if (may && found && strcmp(found, group->id) != 0)
            return NULL;
        if (may)
            found = group->id;
    }
    return found;
}

static bool same(const asked_groups *groups, const baro_against *a, const baro_against *b)
{
    const char *of_a = owner(groups, a), *of_b = owner(groups, b);
    return a->kind == b->kind && a->period == b->period && !of_a == !of_b && (!of_a || strcmp(of_a, of_b) == 0) &&
           strcmp(a->text, b->text) == 0;
}

/* Adds against[n_against], unless the same is there already. */
static void keep_once(const asked_groups *groups, const baro_against *against, baro_request *request)
{
    size_t known = 0;
    while (!same(groups, &against[known], &against[request->n_against]))
        known++;
    request->n_against += known == request->n_against;
}

/* Of two groups crossed, the reference of the second is taken inside each of the first; the first's where the second
 * has none. */
static baro_status add_references(const asked_groups *groups, const baro_survey *survey, baro_request *request,
                                  baro_against *against, baro_error *error)
{
    size_t found = 0;
    for (size_t i = 0; i < request->n_by; i++) {
        const baro_group *first = baro_survey_group(survey, request->by[i].first);
        const baro_group *second = request->by[i].second ? baro_survey_group(survey, request->by[i].second) : NULL;
        const baro_group *group = second && second->reference ? second : first;
        if (!group->reference)
            continue;
        against[request->n_against] = (baro_against){
            .kind = BARO_AGAINST_GROUP, .group = group->id, .name = group->reference, .text = group->reference};
        keep_once(groups, against, request);
        found++;
    }
    if (found == 0)
        return baro_usage(error,
                          "%s reference: no breakdown of this command has a reference in the survey file; "
                          "name a group, as [G:]GROUP",
                          groups->option);
    return BARO_OK;
}

static bool is_reference(const baro_word *word)
{
    return !word->quoted && word->end != ':' && strcmp(word->text, reference_word) == 0;
}

/* Of a trend the window before; of a gap the rest, but a published series knows the total alone. */
static baro_status default_comparison(baro_option_id id, baro_arena *arena, const baro_survey *survey, baro_request *request)
{
    baro_against *against = BARO_NEW(arena, baro_against);
    if (!against)
        return BARO_NO_MEMORY;
    *against = (baro_against){.kind = BARO_AGAINST_PREVIOUS, .text = "previous"};
    if (id == BARO_OPTION_AGAINST)
        *against = survey->is_series ? (baro_against){.kind = BARO_AGAINST_TOTAL, .text = "total"}
                                     : (baro_against){.kind = BARO_AGAINST_REST, .text = "rest"};
    request->against = against;
    request->n_against = id == BARO_OPTION_AGAINST || (request->trend && survey->has_period) ? 1 : 0;
    return BARO_OK;
}

baro_status baro_comparisons_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                        baro_request *request, baro_error *error)
{
    bool gap = invocation->command && (invocation->command->bit & (BARO_IN_GAPS | BARO_IN_FINDINGS));
    asked_groups groups = {.id = gap ? BARO_OPTION_AGAINST : BARO_OPTION_COMPARE, .option = gap ? "--against" : "--compare"};
    size_t most = 0;
    for (size_t i = 0; i < invocation->n_given; i++)
        if (invocation->given[i].id == groups.id)
            most += strlen(invocation->given[i].value) + 1;
    if (most == 0)
        return default_comparison(groups.id, arena, survey, request);
    baro_against *against = BARO_ARRAY(arena, baro_against, most + 2 * request->n_by + 1);
    if (!against || !collect(survey, request, arena, &groups))
        return BARO_NO_MEMORY;
    request->against = against;
    for (size_t i = 0; i < invocation->n_given; i++) {
        if (invocation->given[i].id != groups.id)
            continue;
        baro_words words;
        baro_status status = baro_words_cut(groups.option, invocation->given[i].value, ",:", arena, &words, error);
        for (size_t at = 0; status == BARO_OK && at < words.n;) {
            if (is_reference(&words.item[at])) {
                at++;
                status = add_references(&groups, survey, request, against, error);
                continue;
            }
            status = read_one(&words, &at, survey, &groups, arena, &against[request->n_against], error);
            if (status == BARO_OK)
                keep_once(&groups, against, request);
        }
        if (status != BARO_OK)
            return status;
    }
    return BARO_OK;
}
