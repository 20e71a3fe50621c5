#include "surveys/model/missing.h"
#include <math.h>
#include <string.h>

static const struct {
    const char *id, *label;
} word[BARO_MISSING_KINDS] = {[BARO_MISSING_DONT_KNOW] = {"dont_know", "don't know"},
                              [BARO_MISSING_REFUSED] = {"refused", "refused"},
                              [BARO_MISSING_ALL_AGAINST] = {"all_against", "if no missing answer counted"},
                              [BARO_MISSING_ALL_FOR] = {"all_for", "if all missing answers counted"}};

static bool has_role(const baro_scale *scale, baro_role role)
{
    for (size_t a = 0; a < scale->n_answers; a++)
        if (scale->answers[a].role == role)
            return true;
    return false;
}

static bool has_answers(const baro_scale *scale)
{
    for (size_t a = 0; a < scale->n_answers; a++)
        if (scale->answers[a].role <= BARO_ROLE_OTHER)
            return true;
    return false;
}

/* A scale that lists no answers only says which numbers are missing; several answers have a share of their own each. */
static bool applies(const baro_measure *measure, baro_missing kind)
{
    if (measure->missing_of || !measure->scale || measure->multi.n > 0 || measure->split || !has_answers(measure->scale))
        return false;
    bool unknown = has_role(measure->scale, BARO_ROLE_DONT_KNOW), refused = has_role(measure->scale, BARO_ROLE_REFUSED);
    if (kind == BARO_MISSING_DONT_KNOW || kind == BARO_MISSING_REFUSED)
        return kind == BARO_MISSING_DONT_KNOW ? unknown : refused;
    return measure->statistic == BARO_STAT_PROPORTION && (unknown || refused);
}

/* What an answer counts as: everybody who was asked is in the base. */
static baro_role role_of(baro_role role, baro_missing kind)
{
    bool missing = role == BARO_ROLE_DONT_KNOW || role == BARO_ROLE_REFUSED, positive;
    if (role == BARO_ROLE_NOT_ASKED)
        return role;
    switch (kind) {
    case BARO_MISSING_DONT_KNOW: positive = role == BARO_ROLE_DONT_KNOW; break;
    case BARO_MISSING_REFUSED: positive = role == BARO_ROLE_REFUSED; break;
    case BARO_MISSING_ALL_FOR: positive = missing || role == BARO_ROLE_POSITIVE; break;
    default: positive = role == BARO_ROLE_POSITIVE; break;
    }
    return positive ? BARO_ROLE_POSITIVE : BARO_ROLE_OTHER;
}

static bool make(const baro_measure *of, baro_missing kind, const char *id, baro_arena *arena, baro_measure *out)
{
    baro_scale *scale = BARO_NEW(arena, baro_scale);
    baro_answer *answer = BARO_ARRAY(arena, baro_answer, of->scale->n_answers + 1);
    *out = *of;
    out->id = id;
    out->label = baro_arena_format(arena, "%s: %s", of->label ? of->label : of->id, word[kind].label);
    if (!scale || !answer || !out->label)
        return false;
    for (size_t a = 0; a < of->scale->n_answers; a++) {
        answer[a] = of->scale->answers[a];
        answer[a].role = role_of(answer[a].role, kind);
    }
    *scale = *of->scale;
    scale->answers = answer;
    out->scale = scale;
    out->statistic = BARO_STAT_PROPORTION;
    out->base_asked = false; /* nobody who was asked is missing any more */
    out->missing_of = of->id;
    out->missing = kind;
    out->target = out->equivalence = NAN;
    if (kind == BARO_MISSING_DONT_KNOW || kind == BARO_MISSING_REFUSED)
        out->better = BARO_BETTER_NEITHER;
    return true;
}

/* One measure's: added to the survey unless they are there. */
static baro_status add(baro_survey *survey, baro_measure *measures, const baro_measure *of, unsigned kinds, baro_arena *arena, const char **list,
                       size_t *n)
{
    for (unsigned kind = BARO_MISSING_NONE + 1; kind < BARO_MISSING_KINDS; kind++) {
        if (!(kinds & 1u << kind) || !applies(of, (baro_missing)kind))
            continue;
        const char *id = baro_arena_format(arena, "%s.%s", of->id, word[kind].id);
        if (!id)
            return BARO_NO_MEMORY;
        list[(*n)++] = id;
        if (baro_survey_measure(survey, id))
            continue;
        if (!make(of, (baro_missing)kind, id, arena, &measures[survey->n_measures]))
            return BARO_NO_MEMORY;
        survey->n_measures++;
    }
    return BARO_OK;
}

baro_status baro_missing_measures(baro_survey *survey, baro_texts of, unsigned kinds, baro_arena *arena, baro_texts *with, baro_texts *alone)
{
    size_t own = survey->n_measures, n = of.n ? of.n : own, n_with = 0, n_alone = 0;
    baro_measure *measures = BARO_ARRAY(arena, baro_measure, own * BARO_MISSING_KINDS + 1);
    const char **both = BARO_ARRAY(arena, const char *, n * BARO_MISSING_KINDS + 1), **list = BARO_ARRAY(arena, const char *, n * BARO_MISSING_KINDS + 1);
    if (!measures || !both || !list)
        return BARO_NO_MEMORY;
    if (own)
        memcpy(measures, survey->measures, own * sizeof *measures);
    survey->measures = measures;
    for (size_t i = 0; i < n; i++) {
        const baro_measure *measure = of.n ? baro_survey_measure(survey, of.item[i]) : &measures[i];
        size_t before = n_alone;
        if (!measure)
            continue; /* said when the request is run */
        both[n_with++] = measure->id;
        if (add(survey, measures, measure, kinds, arena, list, &n_alone))
            return BARO_NO_MEMORY;
        for (; before < n_alone; before++)
            both[n_with++] = list[before];
    }
    if (with)
        *with = (baro_texts){both, n_with};
    if (alone)
        *alone = (baro_texts){list, n_alone};
    return BARO_OK;
}
