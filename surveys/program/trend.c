/* `trend`: every window, each against the one before; the line through them; or the points of a control chart. */
#include "io/base/pool.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/controlled.h"
#include "surveys/program/written.h"
#include "surveys/publishing/control_sheet.h"
#include "surveys/publishing/slope_sheet.h"

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

/* Read, estimated, adjusted and suppressed, once; after it nothing hidden is in `out`. */
static baro_status slopes_of(const baro_invocation *invocation, const baro_request *request, baro_arena *arena,
                             baro_slopes *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_slope(request, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->run.facts);
    if (status == BARO_OK)
        status = baro_slopes_adjust(out, arena);
    if (status == BARO_OK)
        baro_slopes_suppress(out);
    return status;
}

static baro_status write_slopes(const baro_invocation *invocation, const baro_request *request,
                                const baro_written *written, baro_arena *arena, baro_error *error)
{
    baro_slopes slopes = {0};
    baro_sheet *sheets;
    size_t n;
    baro_status status = slopes_of(invocation, request, arena, &slopes, error);
    if (status == BARO_OK)
        status = baro_sheets_slopes(&slopes, written->tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(written, sheets, n, error) : status;
}

static baro_status check_kind(const baro_invocation *invocation, baro_error *error)
{
    bool control = baro_is_given(invocation, BARO_OPTION_CONTROL),
         linear = baro_is_given(invocation, BARO_OPTION_LINEAR);
    if (baro_is_given(invocation, BARO_OPTION_BASELINE) && !control)
        return baro_usage(error, "--baseline is for --control");
    if (control && linear)
        return baro_usage(error, "--linear and --control are two tables; give one of them");
    return linear ? baro_check_no_comparisons(invocation, "--linear", error) : BARO_OK;
}

baro_status baro_command_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_written written;
    bool control = baro_is_given(invocation, BARO_OPTION_CONTROL);
    baro_status status = check_kind(invocation, error);
    if (status == BARO_OK && !control && !baro_is_given(invocation, BARO_OPTION_LINEAR))
        return baro_command_levels(invocation, true, arena, error);
    if (status == BARO_OK)
        status = baro_request_of_options(invocation, true, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status)
        return status;
    return control ? write_control(invocation, &survey, &request, &written, arena, error)
                   : write_slopes(invocation, &request, &written, arena, error);
}
