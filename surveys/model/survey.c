/* Surveys as others use them: defaults, where the shipped ones are, names. */
#include "surveys/model/keys.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

#ifndef BARO_SURVEYS
#define BARO_SURVEYS "/usr/local/share/barometer/surveys"
#endif

void baro_survey_defaults(baro_survey *survey)
{
    baro_draft draft = {0};
    draft.is.series_base = NAN; /* a number or a column: the table knows it as text */
    baro_keys_defaults(BARO_MAP_TOP, &draft);
    *survey = draft.is;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length >= n && strcmp(text + length - n, end) == 0;
}

/** The folder two above that of the running program, or NULL. */
static const char *program_root(baro_arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return NULL;
    path[length] = '\0';
    for (int up = 0; up < 3; up++) {
        char *slash = strrchr(path, '/');
        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
    return baro_arena_string(arena, path);
}

const char *baro_definition_find(const char *file, baro_arena *arena)
{
    const char *root = program_root(arena);
    const char *paths[] = {
        baro_arena_format(arena, "%s/%s", BARO_SURVEYS, file),
        baro_arena_format(arena, "surveys/definitions/%s", file),
        root == NULL ? NULL : baro_arena_format(arena, "%s/surveys/definitions/%s", root, file),
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (paths[i] != NULL && access(paths[i], R_OK) == 0)
            return paths[i];
    return NULL;
}

const char *baro_survey_find(const char *name, baro_arena *arena)
{
    if (strchr(name, '/') != NULL || ends_with(name, ".yaml") || ends_with(name, ".yml"))
        return baro_arena_string(arena, name);
    const char *file = baro_arena_format(arena, "%s.yaml", name);
    return file == NULL ? NULL : baro_definition_find(file, arena);
}

const baro_group *baro_survey_group(const baro_survey *survey, const char *id)
{
    for (size_t i = 0; i < survey->n_groups; i++)
        if (strcmp(survey->groups[i].id, id) == 0)
            return &survey->groups[i];
    return NULL;
}

const baro_measure *baro_survey_measure(const baro_survey *survey, const char *id)
{
    for (size_t i = 0; i < survey->n_measures; i++)
        if (strcmp(survey->measures[i].id, id) == 0)
            return &survey->measures[i];
    return NULL;
}

bool baro_survey_is_weighted(const baro_survey *survey)
{
    bool own = false;
    for (size_t i = 0; i < survey->n_measures; i++)
        own = own || survey->measures[i].weight;
    return survey->weight || survey->n_window_weights > 0 || own;
}

bool baro_survey_is_stated(const baro_survey *survey)
{
    return !isnan(survey->deft) && !survey->replicates.columns && survey->strata.n + survey->psu.n + survey->fpc.n == 0;
}
