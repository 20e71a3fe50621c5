#include "surveys/program/answered.h"
#include "io/base/pool.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/workbook.h"
#include <string.h>

baro_status baro_answered(const baro_invocation *invocation, const baro_request *request, baro_arena *arena,
                          baro_results *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_analyse(request, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->facts);
    if (status == BARO_OK)
        status = baro_adjust(out, arena);
    if (status == BARO_OK) {
        baro_suppress(out);
        status = baro_letters(out, arena);
    }
    return status;
}

/* "Year to Mar 2022 until Year to Dec 2023", or the one window that there is; NULL without periods. */
static const char *period_of(const baro_results *results, baro_arena *arena)
{
    const char *first = NULL, *last = NULL;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (!row->has_period || row->by)
            continue;
        first = first ? first : row->period_words;
        last = row->period_words;
    }
    return first && strcmp(first, last) != 0 ? baro_arena_format(arena, "%s until %s", first, last) : first;
}

static baro_status write_results(baro_written *written, const baro_results *results, baro_arena *arena, baro_error *error)
{
    baro_sheet tidy, *reader = &tidy;
    size_t n = 1;
    baro_status status = written->tidy ? baro_sheet_tidy(results, arena, &tidy)
                         : baro_written_is_workbook(written) ? baro_sheets_for_workbook(results, arena, &reader, &n)
                                                             : baro_sheets_reader(results, arena, &reader, &n);
    written->period = period_of(results, arena);
    return status == BARO_OK ? baro_written_sheets(written, reader, n, error) : status;
}

baro_status baro_command_levels(const baro_invocation *invocation, bool trend, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    baro_written written;
    baro_results results = {0};
    baro_status status = baro_request_of_options(invocation, trend, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    if (status == BARO_OK)
        status = baro_answered(invocation, &request, arena, &results, error);
    if (status == BARO_OK)
        baro_note_sampling(&written, &survey, error);
    if (status == BARO_OK)
        status = write_results(&written, &results, arena, error);
    return status;
}
