/* `simulate`: invented interviews that fit a survey file, in one file or one a period, and what is true of them beside. */
#include "surveys/analyses/simulate.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/truth_sheet.h"
#include <string.h>

enum { SEED = 1 };

typedef struct {
    const baro_invocation *invocation;
    baro_survey survey;
    baro_truth truth;
    baro_simulation *simulation;
    const char *path, *truth_path;
    const char **file; /* [n_files] data files, then the truth */
    size_t n_files;
} job;

static baro_status read_survey(job *j, baro_arena *arena, baro_error *error)
{
    const baro_invocation *invocation = j->invocation;
    const char *preset = baro_value_of(invocation, BARO_OPTION_PRESET), *name = baro_value_of(invocation, BARO_OPTION_SURVEY);
    if (!name && !preset)
        return baro_usage(error, "simulate: name the survey with --survey, or a preset with --preset");
    if (name && preset)
        return baro_usage(error, "--preset is a survey and its truth; leave --survey out");
    if (preset && baro_value_of(invocation, BARO_OPTION_TRUTH))
        return baro_usage(error, "--preset is a survey and its truth; leave --truth out, or name the survey with --survey");
    if (invocation->n_files > 0)
        return baro_usage(error, "simulate: no data file is wanted; name the file to write with -o");
    if (!preset)
        return baro_survey_of_options(invocation, arena, &j->survey, error);
    const char *path = baro_survey_find(preset, arena);
    if (!path)
        return baro_usage(error, "--preset: the survey '%s' is not installed", preset);
    return baro_survey_read(path, arena, &j->survey, error);
}

static baro_status read_truth(job *j, baro_arena *arena, baro_error *error)
{
    j->truth_path = baro_value_of(j->invocation, BARO_OPTION_TRUTH);
    if (!j->truth_path && j->survey.path)
        j->truth_path = baro_truth_beside(j->survey.path, arena);
    if (!j->truth_path && baro_is_given(j->invocation, BARO_OPTION_PRESET))
        return baro_usage(error, "--preset: there is no truth file beside %s", baro_word_shown(j->survey.path, arena));
    return baro_truth_read(j->truth_path, &j->survey, arena, &j->truth, error);
}

static baro_status read_period(const job *j, baro_option_id id, bool *has, baro_period *out, baro_error *error)
{
    const char *text = baro_value_of(j->invocation, id);
    const baro_calendar calendar = baro_calendar_of(&j->survey);
    if (!text)
        return BARO_OK;
    if (!j->survey.has_period)
        return baro_usage(error, "--%s: the survey has no period", baro_option_at(id)->name);
    *has = baro_period_parse(&calendar, text, out);
    return *has ? BARO_OK : baro_usage(error, "--%s: no period of this survey; write it as 2023 Q1, 2023-01, 2023 or 'Q1 2022/23'", baro_option_at(id)->name);
}

static baro_status prepare(job *j, baro_arena *arena, baro_error *error)
{
    baro_simulation_request request = {.survey = &j->survey, .truth = &j->truth, .seed = SEED};
    baro_status status = read_survey(j, arena, error);
    if (status == BARO_OK)
        status = read_truth(j, arena, error);
    if (status == BARO_OK)
        status = read_period(j, BARO_OPTION_FROM, &request.has_first, &request.first, error);
    if (status == BARO_OK)
        status = read_period(j, BARO_OPTION_TO, &request.has_last, &request.last, error);
    request.seed = baro_count_of(j->invocation, BARO_OPTION_SEED, SEED);
    request.interviews = baro_count_of(j->invocation, BARO_OPTION_INTERVIEWS, 0);
    if (request.interviews > 100000000)
        return baro_usage(error, "--interviews: at most 100000000 in each period");
    return status == BARO_OK ? baro_simulation_new(&request, arena, error, &j->simulation) : status;
}

/* ---- the files ---- */

/* "2021/22 Q1" as a part of a file's name: 2021-22-Q1. */
static const char *file_of_period(const job *j, size_t i, size_t mark, baro_arena *arena)
{
    char *label = baro_arena_string(arena, baro_simulation_period(j->simulation, i));
    for (char *at = label; at && *at; at++)
        *at = *at == ' ' || *at == '/' ? '-' : *at;
    return label ? baro_arena_format(arena, "%.*s%s%s", (int)mark, j->path, label, j->path + mark + strlen("{period}")) : NULL;
}

static baro_status choose_files(job *j, baro_arena *arena, baro_error *error)
{
    j->path = baro_value_of(j->invocation, BARO_OPTION_OUTPUT);
    if (!j->path || strcmp(j->path, "-") == 0)
        return baro_usage(error, "simulate: name the file for the data with -o FILE.csv; the truth is written beside it");
    const char *mark = strstr(j->path, "{period}");
    if (mark && !j->survey.has_period)
        return baro_usage(error, "--output: {period} is there, and the survey has no period");
    j->n_files = mark ? baro_simulation_periods(j->simulation) : 1;
    j->file = BARO_ARRAY(arena, const char *, j->n_files + 1);
    if (!j->file)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < j->n_files; i++)
        j->file[i] = mark ? file_of_period(j, i, (size_t)(mark - j->path), arena) : j->path;
    const char *all = mark ? baro_arena_format(arena, "%.*sall%s", (int)(mark - j->path), j->path, mark + strlen("{period}")) : j->path;
    j->file[j->n_files] = all ? baro_arena_format(arena, "%s.truth.csv", all) : NULL;
    for (size_t i = 0; i <= j->n_files; i++) {
        if (!j->file[i])
            return BARO_NO_MEMORY;
        baro_status status = baro_check_no_input(j->invocation, &j->survey, j->file[i], arena, error);
        if (status)
            return status;
        if (j->truth_path && (strcmp(j->file[i], j->truth_path) == 0 || baro_output_same_file(j->file[i], j->truth_path)))
            return baro_usage(error, "%s: would overwrite the truth file; give another file", baro_word_shown(j->file[i], arena));
    }
    return BARO_OK;
}

/* The newest wave has the newest names. */
static baro_status write_wave(const job *j, size_t i, baro_error *error)
{
    baro_output *output;
    bool waves = j->n_files > 1;
    baro_status status = baro_output_open(j->file[i], &output, error);
    if (status)
        return status;
    status = baro_simulation_write(j->simulation, waves ? i : 0, waves ? 1 : baro_simulation_periods(j->simulation), waves ? j->n_files - 1 - i : 0, output);
    if (status == BARO_OK)
        return baro_output_close(output, error);
    baro_output_abandon(output);
    return status;
}

static baro_status write_truth(const job *j, baro_arena *arena, baro_error *error)
{
    const baro_true_level *levels = NULL;
    size_t n = 0;
    baro_sheet sheet;
    const baro_written written = {.path = j->file[j->n_files], .format = baro_choice_find("text|csv", "csv"), .tidy = true, .width = 80};
    baro_status status = baro_simulation_truth(j->simulation, true, &levels, &n);
    if (status == BARO_OK)
        status = baro_sheet_truth(levels, n, arena, &sheet);
    return status == BARO_OK ? baro_written_sheets(&written, &sheet, 1, error) : status;
}

baro_status baro_command_simulate(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    job j = {.invocation = invocation};
    baro_status status = prepare(&j, arena, error);
    if (status == BARO_OK)
        status = choose_files(&j, arena, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, j.file, j.n_files + 1, arena, error);
    for (size_t i = 0; i < j.n_files && status == BARO_OK; i++)
        status = write_wave(&j, i, error);
    return status == BARO_OK ? write_truth(&j, arena, error) : status;
}
