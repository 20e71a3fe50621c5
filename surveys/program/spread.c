/* `spread`: which factor divides opinion most? */
#include "io/base/pool.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/spread_sheet.h"

enum { DRAWS = 2000 };

baro_status baro_spread_of_options(const baro_invocation *invocation, const baro_survey *survey,
                                   const baro_request *request, baro_spread_request *out, baro_error *error)
{
    *out = (baro_spread_request){.each = baro_is_given(invocation, BARO_OPTION_ALL_WINDOWS),
                                 .seed = survey->replicates.seed,
                                 .draws = baro_count_of(invocation, BARO_OPTION_DRAWS, DRAWS)};
    if (request->n_by == 0)
        return baro_usage(error, "spread needs factors; give --by");
    if (out->each && !survey->has_period)
        return baro_usage(error, "--all-windows needs periods; give --period COL");
    if (out->each && request->all_periods)
        return baro_usage(error, "--all-windows and --all-periods exclude one another");
    return BARO_OK;
}

baro_status baro_spreads_answered(const baro_invocation *invocation, const baro_request *request,
                                  const baro_spread_request *asked, baro_arena *arena, baro_spreads *out,
                                  baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_spread_rank_factors(request, asked, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->run.facts);
    if (status == BARO_OK)
        baro_spreads_suppress(out);
    return status;
}

baro_status baro_command_spread(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_spread_request asked;
    baro_written written;
    baro_spreads spreads = {0};
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_request_of_options(invocation, false, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_spread_of_options(invocation, &survey, &request, &asked, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status == BARO_OK)
        status = baro_spreads_answered(invocation, &request, &asked, arena, &spreads, error);
    if (status == BARO_OK)
        status = baro_sheets_spreads(&spreads, written.tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(&written, sheets, n, error) : status;
}
