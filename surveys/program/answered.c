#include "surveys/program/answered.h"
#include "io/base/pool.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/workbook.h"
#include <string.h>

static baro_status compute(const baro_invocation *invocation, const baro_request *request, baro_arena *arena,
                           baro_results *out, baro_error *error)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_analyse(request, pool, arena, error, out);
    baro_pool_free(pool);
    if (status == BARO_OK)
        baro_say_facts(invocation, &out->facts);
    return status ? status : baro_adjust(out, arena);
}

/* The request and the survey go with the results, which point to them. */
static baro_status compute_for_later(const baro_invocation *invocation, const baro_request *request, baro_error *error)
{
    baro_together *together = invocation->together;
    baro_request *asked = BARO_NEW(together->arena, baro_request);
    baro_survey *survey = BARO_NEW(together->arena, baro_survey);
    baro_results *results = BARO_NEW(together->arena, baro_results);
    if (!asked || !survey || !results)
        return BARO_NO_MEMORY;
    *survey = *request->survey;
    *asked = *request;
    asked->survey = survey;
    baro_status status = compute(invocation, asked, together->arena, results, error);
    if (status)
        return status;
    together->results = results;
    return BARO_NO;
}

baro_status baro_disclosure_written(const baro_invocation *invocation, const baro_survey *survey, const baro_disclosure *disclosure,
                                    baro_arena *arena, baro_error *error)
{
    const char *path = baro_value_of(invocation, BARO_OPTION_DISCLOSURE);
    baro_written written;
    baro_sheet sheet;
    if (!path)
        return BARO_OK;
    baro_status status = baro_written_of_path(path, invocation, survey, arena, &written, error);
    if (status == BARO_OK)
        status = baro_disclosure_sheet(disclosure, arena, &sheet);
    return status == BARO_OK ? baro_written_sheets(&written, &sheet, 1, error) : status;
}

/* Published by itself: what is hidden is decided over it alone. */
static baro_status suppress(const baro_invocation *invocation, baro_results *results, baro_arena *arena, baro_error *error)
{
    baro_disclosure *alone = baro_disclosure_new();
    baro_status status = alone ? baro_disclosure_add(alone, results, NULL) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_disclosure_solve(alone);
    if (status == BARO_OK)
        status = baro_disclosure_written(invocation, results->survey, alone, arena, error);
    baro_disclosure_free(alone);
    return status;
}

baro_status baro_answered(const baro_invocation *invocation, const baro_request *request, baro_arena *arena,
                          baro_results *out, baro_error *error)
{
    baro_together *together = invocation->together;
    if (together && !together->publishing)
        return compute_for_later(invocation, request, error);
    baro_status status = BARO_OK;
    if (together && together->results)
        *out = *together->results;
    else {
        status = compute(invocation, request, arena, out, error);
        if (status == BARO_OK)
            status = suppress(invocation, out, arena, error);
    }
    if (status == BARO_OK)
        status = baro_letters(out, arena);
    return status == BARO_OK && request->bounds ? baro_bounds(out, arena) : status;
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
    baro_sheet tidy, *reader = &tidy, *bounds;
    size_t n = 1, more = 0;
    baro_status status = written->tidy ? baro_sheet_tidy(results, arena, &tidy)
                         : baro_written_is_workbook(written) ? baro_sheets_for_workbook(results, arena, &reader, &n)
                                                             : baro_sheets_reader(results, arena, &reader, &n);
    if (status == BARO_OK && !written->tidy && results->request->bounds) {
        status = baro_sheets_bounds(results, arena, &bounds, &more);
        baro_sheet *all = BARO_ARRAY(arena, baro_sheet, n + more + 1);
        if (status != BARO_OK || !all)
            return status ? status : BARO_NO_MEMORY;
        memcpy(all, reader, n * sizeof *all);
        memcpy(all + n, bounds, more * sizeof *all);
        reader = all;
    }
    written->period = period_of(results, arena);
    return status == BARO_OK ? baro_written_sheets(written, reader, n + more, error) : status;
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
