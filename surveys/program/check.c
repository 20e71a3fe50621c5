/* `check`: do the data fit the survey file? */
#include "surveys/analyses/check.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/check_sheet.h"

static baro_status run_check(const baro_invocation *invocation, const baro_survey *survey, const baro_written *written, baro_arena *arena,
                             baro_error *error)
{
    baro_check_request request = {.survey = survey, .data = invocation->files, .n_data = invocation->n_files,
                                  .below = baro_is_given(invocation, BARO_OPTION_NO_SUPPRESS) ? 0 : survey->suppress_below};
    baro_check_result result = {.n = 0};
    baro_sheet sheet;
    baro_pool *pool = baro_pool_new(baro_count_of(invocation, BARO_OPTION_THREADS, 0));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_check(&request, pool, arena, error, &result);
    baro_pool_free(pool);
    if (status == BARO_OK)
        status = baro_sheet_check(&result, survey, request.below, written->tidy, arena, &sheet);
    if (status == BARO_OK)
        status = baro_written_sheets(written, &sheet, 1, error);
    return status == BARO_OK && result.of[BARO_FINDING_ERROR] > 0 ? BARO_NO : status;
}

baro_status baro_command_check(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_written written;
    baro_status status = baro_check_data(invocation, error);
    if (status == BARO_OK && !baro_is_given(invocation, BARO_OPTION_SURVEY))
        status = baro_usage(error, "a check needs a survey file to hold the data against; give --survey (what is in the data: barometer describe)");
    if (status == BARO_OK)
        status = baro_survey_of_options(invocation, arena, &survey, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status != BARO_OK)
        return status;
    if (baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    return run_check(invocation, &survey, &written, arena, error);
}
