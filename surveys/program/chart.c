/* `chart bars` and `chart trend`: the results of table and trend, drawn; a file each. */
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/pictured.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/sheets.h"
#include <string.h>

typedef struct {
    baro_picture_file file;
    baro_chart_words words;
} picture_options;

static baro_status too_few_names(size_t n, bool measures, bool groups, baro_error *error)
{
    return baro_usage(error, "%zu charts are to be drawn: put %s%s%s into the name behind -o", n,
                      measures ? "{measure}" : "", measures && groups ? " and " : "", groups ? "{group}" : "");
}

/* What can be known before the data are read; the rest is seen when the charts are there. */
baro_status baro_pictures_check_names(const baro_picture_file *file, const baro_survey *survey,
                                      const baro_request *request, baro_error *error)
{
    size_t measures = request->measures.n ? request->measures.n : survey->n_measures;
    size_t groups = request->n_by ? request->n_by : 1;
    for (const char *open = strchr(file->path, '{'); open; open = strchr(open + 1, '{'))
        if (strncmp(open, "{measure}", 9) != 0 && strncmp(open, "{group}", 7) != 0)
            return baro_usage(error, "-o: {measure} and {group} can stand in a name, no other { }");
    bool lacks_measure = measures > 1 && !strstr(file->path, "{measure}");
    bool lacks_group = groups > 1 && !strstr(file->path, "{group}");
    if (lacks_measure || lacks_group)
        return too_few_names(measures * groups, lacks_measure, lacks_group, error);
    return BARO_OK;
}

static const char *name_file(const char *pattern, const char *measure, const char *group, baro_arena *arena)
{
    size_t each = strlen(measure) + strlen(group) + sizeof "everyone", marks = 1;
    for (const char *c = pattern; *c; c++)
        marks += *c == '{';
    char *out = baro_arena_array(arena, strlen(pattern) + 1 + marks * each, 1);
    size_t n = 0;
    while (out && *pattern) {
        if (strncmp(pattern, "{measure}", 9) == 0) {
            n += baro_file_name(out + n, measure);
            pattern += 9;
        } else if (strncmp(pattern, "{group}", 7) == 0) {
            n += baro_file_name(out + n, group);
            pattern += 7;
        } else {
            out[n++] = *pattern++;
        }
    }
    return out;
}

static baro_status name_files(const baro_picture_file *file, const baro_drawing *drawings, size_t n,
                              const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                              const char ***out, baro_error *error)
{
    const char **names = BARO_ARRAY(arena, const char *, n + 1);
    if (!names)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        names[i] = name_file(file->path, drawings[i].measure, drawings[i].group, arena);
        if (!names[i])
            return BARO_NO_MEMORY;
        for (size_t j = 0; j < i; j++)
            if (strcmp(names[i], names[j]) == 0)
                return too_few_names(n, !strstr(file->path, "{measure}"), !strstr(file->path, "{group}"), error);
        baro_status status = baro_check_no_input(invocation, survey, names[i], arena, error);
        if (status != BARO_OK)
            return status;
    }
    *out = names;
    return BARO_OK;
}

baro_status baro_pictures_draw(const baro_picture_file *file, const baro_drawing *drawings, size_t n,
                               const baro_sheet *tidy, const baro_invocation *invocation, const baro_survey *survey,
                               baro_arena *arena, baro_error *error)
{
    const char **names = NULL;
    baro_status status = name_files(file, drawings, n, invocation, survey, arena, &names, error);
    if (status == BARO_OK)
        status = baro_picture_numbers(file, tidy, error);
    if (status != BARO_OK)
        return status;
    if (n == 0)
        return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){NULL, 0, 0}, "there is nothing to draw");
    const baro_chart **charts = BARO_ARRAY(arena, const baro_chart *, n);
    if (!charts)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        charts[i] = &drawings[i].chart;
    return baro_charts_draw(charts, names, n, file->picture, error);
}

static baro_status draw_all(const picture_options *options, baro_chart_kind kind, const baro_results *results,
                            const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_drawing *drawings = NULL;
    baro_sheet tidy = {0};
    size_t n = 0;
    baro_status status = baro_charts(results, kind, &options->words, arena, &drawings, &n);
    if (status == BARO_OK && options->file.data)
        status = baro_sheet_tidy(results, arena, &tidy);
    return status == BARO_OK
               ? baro_pictures_draw(&options->file, drawings, n, &tidy, invocation, results->survey, arena, error)
               : status;
}

typedef struct {
    baro_chart_kind kind;
    bool trend; /* every window is asked for */
    bool joins; /* measures may share a picture: how many there will be is not known beforehand */
    /* what the kind asks of the request, or changes in it; NULL: nothing */
    baro_status (*prepare)(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                           baro_request *request, baro_error *error);
} chart_kind;

/* Whether the name behind -o tells the pictures apart; measures that share one are counted once they are there. */
static baro_status check_names(const chart_kind *kind, const picture_options *options, const baro_survey *survey,
                               const baro_request *request, baro_error *error)
{
    baro_request asked = *request;
    if (kind->joins)
        asked.measures.n = 1;
    return baro_pictures_check_names(&options->file, survey, &asked, error);
}

static baro_status chart(const baro_invocation *invocation, const chart_kind *kind, baro_arena *arena,
                         baro_error *error)
{
    baro_survey survey;
    baro_request request;
    picture_options options = {0};
    baro_results results = {0};
    baro_status status = baro_request_of_options(invocation, kind->trend, arena, &survey, &request, error);
    if (status == BARO_OK && kind->prepare)
        status = kind->prepare(invocation, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_picture_of_options(invocation, &survey, arena, &options.file, error);
    if (status == BARO_OK)
        status = baro_chart_words_of_options(invocation, &options.words, error);
    if (status == BARO_OK)
        status = check_names(kind, &options, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_check_no_input(invocation, &survey, options.file.path, arena, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN)) {
        const char *outputs[] = {options.file.path, options.file.data};
        return baro_dry_run(invocation, &survey, outputs, options.file.data ? 2 : 1, arena, error);
    }
    if (status == BARO_OK)
        status = baro_answered(invocation, &request, arena, &results, error);
    return status == BARO_OK ? draw_all(&options, kind->kind, &results, invocation, arena, error) : status;
}

/* Measures that have a scale are asked for all its answers. */
static baro_status ask_for_answers(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                   baro_request *request, baro_error *error)
{
    (void)invocation;
    baro_measure *measure = BARO_ARRAY(arena, baro_measure, survey->n_measures + 1);
    const char **kept = BARO_ARRAY(arena, const char *, survey->n_measures + request->measures.n + 1);
    size_t n = 0;
    if (!measure || !kept)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->n_measures; i++) {
        measure[i] = survey->measures[i];
        bool scaled = measure[i].scale && !survey->is_series, wanted = request->measures.n == 0;
        for (size_t m = 0; m < request->measures.n && !wanted; m++)
            wanted = strcmp(request->measures.item[m], measure[i].id) == 0;
        if (wanted && !scaled && request->measures.n > 0)
            return baro_usage(error, "chart likert: measure '%s' has no scale of answers",
                              baro_word_shown(measure[i].id, arena));
        if (scaled)
            measure[i].statistic = BARO_STAT_DISTRIBUTION;
        if (wanted && scaled)
            kept[n++] = measure[i].id;
    }
    survey->measures = measure;
    if (request->measures.n == 0)
        request->measures = (baro_texts){kept, n};
    return n > 0 ? BARO_OK : baro_usage(error, "chart likert: no measure of this survey has a scale of answers");
}

/* Breakdowns that have a map; without -b those of the survey that have one. */
static baro_status keep_maps(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                             baro_request *request, baro_error *error)
{
    (void)invocation;
    baro_breakdown *kept = BARO_ARRAY(arena, baro_breakdown, request->n_by + 1);
    size_t n = 0;
    if (!kept)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < request->n_by; i++) {
        const baro_group *group = baro_survey_group(survey, request->by[i].first);
        if (group && group->tiles && !request->by[i].second)
            kept[n++] = request->by[i];
        else if (request->by_named)
            return baro_usage(error, "chart tiles: %s has no map; a group of the survey file has one with `grid: LIST`",
                              baro_word_shown(request->by[i].first, arena));
    }
    if (n == 0)
        return baro_usage(error,
                          "chart tiles: no breakdown has a map; a group of the survey file has one with `grid: LIST`");
    request->by = kept;
    request->n_by = n;
    return BARO_OK;
}

static baro_status want_groups(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                               baro_request *request, baro_error *error)
{
    (void)invocation, (void)arena, (void)survey;
    return request->n_by > 0
               ? BARO_OK
               : baro_usage(error, "chart multiples: name a breakdown with -b; each of its groups is a panel");
}

baro_status baro_command_chart_bars(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, &(const chart_kind){.kind = BARO_CHART_BARS}, arena, error);
}

baro_status baro_command_chart_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, &(const chart_kind){.kind = BARO_CHART_TREND, .trend = true}, arena, error);
}

baro_status baro_command_chart_multiples(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    const chart_kind kind = {.kind = BARO_CHART_MULTIPLES, .trend = true, .prepare = want_groups};
    return chart(invocation, &kind, arena, error);
}

baro_status baro_command_chart_likert(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    const char *by = baro_value_of(invocation, BARO_OPTION_BY);
    const chart_kind kind = {.kind = BARO_CHART_LIKERT, .joins = by && !*by, .prepare = ask_for_answers};
    return chart(invocation, &kind, arena, error);
}

baro_status baro_command_chart_tiles(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, &(const chart_kind){.kind = BARO_CHART_TILES, .prepare = keep_maps}, arena, error);
}

baro_status baro_command_chart_heat(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, &(const chart_kind){.kind = BARO_CHART_HEAT, .joins = true}, arena, error);
}
