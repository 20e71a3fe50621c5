/* `trend`: every window, each against the one before; or the points of a control chart. */
#include "io/base/pool.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/controlled.h"
#include "surveys/program/written.h"
#include "surveys/publishing/control_sheet.h"

baro_status baro_controlled(const baro_invocation *invocation, const baro_request *request,
                            const baro_control_request *asked, baro_arena *arena, baro_controls *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_control(request, asked, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->run.facts);
    return status == BARO_OK ? baro_controls_suppress(out, arena) : status;
}

static baro_status write_control(const baro_invocation *invocation, const baro_survey *survey,
                                 const baro_request *request, const baro_written *written, baro_arena *arena,
                                 baro_error *error)
{
    baro_control_request asked;
    baro_controls controls = {0};
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_control_of_options(invocation, arena, survey, &asked, error);
    if (status == BARO_OK)
        status = baro_controlled(invocation, request, &asked, arena, &controls, error);
    if (status == BARO_OK)
        status = baro_sheets_controls(&controls, written->tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(written, sheets, n, error) : status;
}

baro_status baro_command_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_written written;
    bool control = baro_is_given(invocation, BARO_OPTION_CONTROL);
    if (baro_is_given(invocation, BARO_OPTION_BASELINE) && !control)
        return baro_usage(error, "--baseline is for --control");
    if (!control)
        return baro_command_levels(invocation, true, arena, error);
    baro_status status = baro_request_of_options(invocation, true, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    return status == BARO_OK ? write_control(invocation, &survey, &request, &written, arena, error) : status;
}
