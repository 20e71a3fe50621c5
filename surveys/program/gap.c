/* `gap`: how far is each group from the others, and what moved? */
#include "io/base/pool.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/gap_sheet.h"

baro_status baro_gaps_answered(const baro_invocation *invocation, const baro_request *request,
                               const baro_gap_request *asked, baro_arena *arena, baro_gaps *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_gap(request, asked, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->run.facts);
    if (status == BARO_OK)
        status = baro_gaps_adjust(out, arena);
    if (status == BARO_OK && invocation->together)
        baro_disclosure_hide_gaps(invocation->together->all, out);
    else if (status == BARO_OK)
        baro_gaps_suppress(out);
    return status;
}

/* Without --change and --mix a gap is a table's difference. */
baro_status baro_command_gap(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_gap_request asked;
    baro_written written;
    baro_gaps gaps = {0};
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_request_of_options(invocation, false, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_gap_of_options(invocation, arena, &survey, &request, &asked, error);
    if (status == BARO_OK && !asked.change && !request.mix)
        return baro_command_levels(invocation, false, arena, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status == BARO_OK)
        status = baro_gaps_answered(invocation, &request, &asked, arena, &gaps, error);
    if (status == BARO_OK)
        status = baro_sheets_gaps(&gaps, written.tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(&written, sheets, n, error) : status;
}
