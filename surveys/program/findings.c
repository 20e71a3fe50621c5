/* `findings`: what can be said in plain words, from tested contrasts only. */
#include "io/base/pool.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/findings.h"

/* Read, estimated, suppressed, chosen, once; after it nothing hidden is in `out`. */
static baro_status answer(const baro_invocation *invocation, const baro_request *request, baro_arena *arena, baro_contrasts *contrasts,
                          baro_findings *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_contrasts_ask(request, pool, arena, error, contrasts);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &contrasts->levels.facts);
    return status == BARO_OK ? baro_findings_choose(contrasts, arena, out) : status;
}

/* A gap to the total moves with the size of the group: it is shown, and not tested. */
static baro_status check_against(const baro_request *request, baro_error *error)
{
    for (size_t i = 0; i < request->n_against && !request->survey->is_series; i++)
        if (request->against[i].kind == BARO_AGAINST_TOTAL)
            return baro_usage(error, "--against total: findings compare groups with the rest or a reference; a gap to the total moves with the "
                                     "size of the group");
    return BARO_OK;
}

baro_status baro_command_findings(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_written written;
    baro_contrasts contrasts;
    baro_findings findings;
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_request_of_options(invocation, false, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = check_against(&request, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status == BARO_OK)
        status = answer(invocation, &request, arena, &contrasts, &findings, error);
    if (status == BARO_OK)
        baro_note_sampling(&written, &survey, error);
    if (status == BARO_OK)
        status = baro_sheets_findings(&findings, written.tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(&written, sheets, n, error) : status;
}
