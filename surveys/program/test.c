/* `test`: is a measure related to a factor? */
#include "io/base/pool.h"
#include "surveys/analyses/related.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/related_sheet.h"

/* Read, tested, adjusted and suppressed, once; after it nothing hidden is in `out`. */
static baro_status relate(const baro_invocation *invocation, const baro_request *request, baro_arena *arena,
                          baro_relations *out, baro_error *error)
{
    /* the choices of --test stand in the order of the tests */
    baro_two_way_test test = (baro_two_way_test)baro_choice_of(invocation, BARO_OPTION_TEST, BARO_TEST_RAO_SCOTT);
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_relate(request, test, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->run.facts);
    if (status == BARO_OK)
        status = baro_relations_adjust(out, arena);
    if (status == BARO_OK)
        baro_relations_suppress(out);
    return status;
}

baro_status baro_command_test(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_written written;
    baro_relations relations = {0};
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_request_of_options(invocation, false, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && request.n_by == 0)
        status = baro_usage(error, "a test needs a breakdown; give --by");
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status == BARO_OK)
        status = relate(invocation, &request, arena, &relations, error);
    if (status == BARO_OK)
        status = baro_sheets_relations(&relations, written.tidy, arena, &sheets, &n);
    if (status == BARO_OK)
        baro_note_sampling(&written, &survey, error);
    return status == BARO_OK ? baro_written_sheets(&written, sheets, n, error) : status;
}
