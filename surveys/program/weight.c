/* `weight`: makes weights that meet known totals; writes the data with them, the recipe beside, and a report. */
#include "io/base/number.h"
#include "io/writers/append.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/weighting_sheet.h"
#include <string.h>
#include <unistd.h>

typedef struct {
    const baro_invocation *invocation;
    baro_survey survey;
    baro_weighting_request request;
    baro_written report;
    const char *path, *recipe, *column, *margins;
} job;

/* ---- what is asked ---- */

static baro_status choose_paths(job *j, baro_arena *arena, baro_error *error)
{
    const baro_invocation *invocation = j->invocation;
    if (strcmp(invocation->files[0], "-") == 0)
        return baro_usage(error, "weight: the data are read twice, so they cannot come from standard input");
    j->path = baro_value_of(invocation, BARO_OPTION_OUTPUT);
    if (!j->path || strcmp(j->path, "-") == 0)
        return baro_usage(error, "weight: name the file for the weighted data with -o FILE.csv; the recipe is written beside it");
    j->recipe = baro_arena_format(arena, "%s.calibration.yaml", j->path);
    if (!j->recipe)
        return BARO_NO_MEMORY;
    const char *const paths[] = {j->path, j->recipe};
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(paths[i], j->request.targets) == 0 || baro_output_same_file(paths[i], j->request.targets))
            return baro_usage(error, "%s: would overwrite the targets; give another file", baro_word_shown(paths[i], arena));
        baro_status status = baro_check_no_input(invocation, &j->survey, paths[i], arena, error);
        if (status)
            return status;
    }
    return BARO_OK;
}

static baro_status read_options(job *j, baro_arena *arena, baro_error *error)
{
    const baro_invocation *invocation = j->invocation;
    const char *column = baro_value_of(invocation, BARO_OPTION_COLUMN);
    baro_status status = baro_weighting_of_options(invocation, arena, &j->survey, &j->request, error);
    j->column = "weight_calibrated";
    if (status == BARO_OK && column)
        status = baro_word_single("--column", column, arena, &j->column, error);
    if (status == BARO_OK)
        status = choose_paths(j, arena, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &j->survey, arena, &j->report, error);
    j->report.path = "-";
    if (!baro_is_given(invocation, BARO_OPTION_FORMAT)) { /* the ending of -o is that of the data */
        j->report.format = 0;
        j->report.tidy = false;
    }
    return status;
}

/* ---- the recipe ---- */

/* Whether the path goes up, or begins at the root: what is above it cannot then be said without asking the machine. */
static bool wanders(const char *path)
{
    size_t length = strlen(path);
    return path[0] == '/' || strncmp(path, "../", 3) == 0 || strstr(path, "/../") || (length > 2 && strcmp(path + length - 3, "/..") == 0);
}

/* The targets as seen from the folder of the recipe, so that both may be moved together. */
static const char *targets_from_recipe(const job *j, baro_arena *arena)
{
    const char *targets = j->request.targets, *slash = strrchr(j->path, '/'), *up = "";
    size_t folder = slash ? (size_t)(slash - j->path) + 1 : 0;
    char here[4096];
    if (targets[0] == '/' || folder == 0)
        return targets;
    if (strncmp(j->path, targets, folder) == 0 && !strchr(targets + folder, '/'))
        return targets + folder;
    if (wanders(j->path))
        return getcwd(here, sizeof here) ? baro_arena_format(arena, "%s/%s", here, targets) : targets;
    for (const char *at = j->path; at < j->path + folder && up; at += strcspn(at, "/") + 1) {
        size_t length = strcspn(at, "/");
        if (length > 0 && !(length == 1 && *at == '.'))
            up = baro_arena_format(arena, "%s../", up);
    }
    return up ? baro_arena_format(arena, "%s%s", up, targets) : NULL;
}

static void put_key(baro_output *output, const char *key, const char *value)
{
    baro_output_format(output, "%s: '", key);
    for (; *value; value++)
        baro_output_text(output, *value == '\'' ? "''" : (char[]){*value, '\0'});
    baro_output_text(output, "'\n");
}

static void put_pair(baro_output *output, const char *key, double low, double high)
{
    char ends[2][BARO_NUMBER_TEXT];
    baro_number_write_exact(low, ends[0]);
    baro_number_write_exact(high, ends[1]);
    if (low > 0 || high > 0)
        baro_output_format(output, "%s: [%s, %s]\n", key, ends[0], high > 0 ? ends[1] : "none");
}

static void put_recipe(const job *j, baro_output *output)
{
    static const char *const methods[] = {"post-stratify", "rake", "linear", "raking", "logit"};
    const baro_weighting_request *request = &j->request;
    baro_output_text(output, "# How the weight was made: barometer table --calibration takes the variance from it.\n");
    put_key(output, "column", j->column);
    put_key(output, "margins", j->margins);
    if (request->within)
        put_key(output, "within", request->within);
    if (request->weight)
        put_key(output, "weight", request->weight);
    put_key(output, "method", methods[request->kind]);
    put_pair(output, "bounds", request->lower, request->upper);
    put_pair(output, "trim", request->smallest, request->largest);
}

/* ---- writing ---- */

static baro_status check_column(const job *j, const baro_weighting *w, baro_error *error)
{
    const baro_source *source = baro_frame_source(baro_binding_frame(w->binding), 0);
    if (!source->delimiter)
        return baro_usage(error, "weight: %s is an SPSS or Stata file, and the data are written as CSV; save it as CSV first", source->path);
    for (size_t i = 0; i < source->fields; i++)
        if (strcmp(source->header[i], j->column) == 0)
            return baro_usage(error, "%s has a column '%s' already; give the new one another name with --column", source->path, j->column);
    return BARO_OK;
}

/* Both files are written whole before either takes its place. */
static baro_status write_files(const job *j, const baro_weighting *w, baro_error *error)
{
    baro_output *data = NULL, *recipe = NULL;
    baro_status status = baro_output_open(j->path, &data, error);
    if (status)
        return status;
    status = baro_output_open(j->recipe, &recipe, error);
    if (status) {
        baro_output_abandon(data);
        return status;
    }
    put_recipe(j, recipe);
    status = baro_append_field(baro_binding_frame(w->binding), j->column, w->weight, data, error);
    if (status) {
        baro_output_abandon(data);
        baro_output_abandon(recipe);
        return status;
    }
    status = baro_output_close(data, error);
    if (status == BARO_OK)
        return baro_output_close(recipe, error);
    baro_output_abandon(recipe);
    return status;
}

static baro_status weigh(job *j, baro_arena *arena, baro_error *error)
{
    baro_weighting weighting;
    baro_sheet *sheets = NULL;
    size_t n = 0;
    baro_pool *pool = baro_pool_new(baro_threads_of(j->invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_weigh(&j->request, pool, arena, &weighting, error);
    baro_pool_free(pool);
    if (status == BARO_OK)
        status = check_column(j, &weighting, error);
    if (status == BARO_OK)
        status = baro_sheets_weighting(&weighting, j->report.tidy, arena, &sheets, &n);
    if (status == BARO_OK)
        status = write_files(j, &weighting, error);
    baro_binding_free(weighting.binding);
    return status == BARO_OK ? baro_written_sheets(&j->report, sheets, n, error) : status;
}

baro_status baro_command_weight(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    job j = {.invocation = invocation};
    baro_status status = read_options(&j, arena, error);
    if (status)
        return status;
    j.margins = targets_from_recipe(&j, arena);
    if (!j.margins)
        return BARO_NO_MEMORY;
    const char *const outputs[] = {j.path, j.recipe};
    if (baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, outputs, 2, arena, error);
    return weigh(&j, arena, error);
}
