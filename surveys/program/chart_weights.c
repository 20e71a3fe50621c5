/* `chart weights`: what `weight` would do, drawn; no weights are written. */
#include "io/base/output.h"
#include "surveys/program/asked.h"
#include "surveys/program/pictured.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/weighting_sheet.h"
#include "surveys/publishing/weights_chart.h"
#include <string.h>

typedef struct {
    const baro_invocation *invocation;
    baro_survey survey;
    baro_weighting_request request;
    baro_picture_file file;
    baro_chart_words words;
} job;

/* Neither the picture nor its numbers go over the targets. */
static baro_status check_outputs(const job *j, baro_arena *arena, baro_error *error)
{
    const char *const paths[] = {j->file.path, j->file.data};
    for (size_t i = 0; i < 2; i++)
        if (paths[i] && strcmp(paths[i], "-") != 0 &&
            (strcmp(paths[i], j->request.targets) == 0 || baro_output_same_file(paths[i], j->request.targets)))
            return baro_usage(error, "%s: would overwrite the targets; give another file",
                              baro_word_shown(paths[i], arena));
    return baro_check_no_input(j->invocation, &j->survey, j->file.path, arena, error);
}

/* The numbers are written first, so that they are there when gnuplot is not. */
static baro_status draw(const job *j, const baro_weighting *weighting, baro_arena *arena, baro_error *error)
{
    baro_chart chart;
    baro_sheet *tidy = NULL;
    size_t n = 0;
    baro_status status = baro_chart_of_weighting(weighting, &j->words, arena, &chart);
    if (status == BARO_OK)
        status = baro_sheets_weighting(weighting, true, arena, &tidy, &n);
    if (status == BARO_OK)
        status = baro_picture_numbers(&j->file, tidy, error);
    if (status)
        return status;
    if (chart.sheet->n_rows == 0)
        return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){j->request.targets, 0, 0},
                              "there is nothing to draw: every margin is the total of a number");
    return baro_chart_draw(&chart, j->file.picture, j->file.path, error);
}

static baro_status weigh_and_draw(const job *j, baro_arena *arena, baro_error *error)
{
    baro_weighting weighting;
    baro_pool *pool = baro_pool_new(baro_threads_of(j->invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_weigh(&j->request, pool, arena, &weighting, error);
    baro_pool_free(pool);
    if (status == BARO_OK)
        status = draw(j, &weighting, arena, error);
    baro_binding_free(weighting.binding);
    return status;
}

baro_status baro_command_chart_weights(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    job j = {.invocation = invocation};
    baro_status status = baro_weighting_of_options(invocation, arena, &j.survey, &j.request, error);
    if (status == BARO_OK)
        status = baro_picture_of_options(invocation, &j.survey, arena, &j.file, error);
    if (status == BARO_OK)
        status = baro_chart_words_of_options(invocation, &j.words, error);
    if (status == BARO_OK)
        status = check_outputs(&j, arena, error);
    if (status)
        return status;
    const char *const outputs[] = {j.file.path, j.file.data};
    if (baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, outputs, j.file.data ? 2 : 1, arena, error);
    return weigh_and_draw(&j, arena, error);
}
