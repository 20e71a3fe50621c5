/* Surveys as others use them: defaults, where the shipped ones are, names. */
#include "surveys/model/keys.h"
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
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

/** The folder some levels above the running program (1: its own), or NULL. */
static const char *above_program(int levels, baro_arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return NULL;
    path[length] = '\0';
    for (int up = 0; up < levels; up++) {
        char *slash = strrchr(path, '/');
        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
    return baro_arena_string(arena, path);
}

enum { FOLDERS = 4 };

/** Where shipped surveys may be, the first to be looked at first; NULL: none. */
static void folders(const char *folder[FOLDERS], baro_arena *arena)
{
    const char *prefix = above_program(2, arena), *root = above_program(3, arena);
    folder[0] = BARO_SURVEYS;
    folder[1] = prefix == NULL ? NULL : baro_arena_format(arena, "%s/share/barometer/surveys", prefix);
    folder[2] = "surveys/definitions";
    folder[3] = root == NULL ? NULL : baro_arena_format(arena, "%s/surveys/definitions", root);
}

bool baro_survey_is_path(const char *name)
{
    return strchr(name, '/') != NULL || ends_with(name, ".yaml") || ends_with(name, ".yml");
}

const char *baro_definition_find(const char *file, baro_arena *arena)
{
    const char *folder[FOLDERS];
    folders(folder, arena);
    for (size_t i = 0; i < FOLDERS; i++) {
        const char *path = folder[i] == NULL ? NULL : baro_arena_format(arena, "%s/%s", folder[i], file);
        if (path != NULL && access(path, R_OK) == 0)
            return path;
    }
    return NULL;
}

const char *baro_survey_find(const char *name, baro_arena *arena)
{
    if (baro_survey_is_path(name))
        return baro_arena_string(arena, name);
    const char *file = baro_arena_format(arena, "%s.yaml", name);
    return file == NULL ? NULL : baro_definition_find(file, arena);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

baro_texts baro_survey_ids(baro_arena *arena)
{
    enum { MOST = 256 };
    const char *folder[FOLDERS], **ids = BARO_ARRAY(arena, const char *, MOST);
    size_t n = 0, distinct = 0;
    folders(folder, arena);
    for (size_t i = 0; ids != NULL && i < FOLDERS; i++) {
        DIR *open = folder[i] == NULL ? NULL : opendir(folder[i]);
        for (const struct dirent *file; open != NULL && n < MOST && (file = readdir(open)) != NULL;)
            if (file->d_name[0] != '.' && ends_with(file->d_name, ".yaml") && !ends_with(file->d_name, ".truth.yaml") &&
                (ids[n] = baro_arena_text(arena, file->d_name, strlen(file->d_name) - strlen(".yaml"))) != NULL)
                n++;
        if (open != NULL)
            closedir(open);
    }
    if (n > 0)
        qsort(ids, n, sizeof *ids, by_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(ids[i], ids[distinct - 1]) != 0)
            ids[distinct++] = ids[i];
    return (baro_texts){ids, distinct};
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
