/* `describe`: what is in a file, or in a survey file. */
#include "surveys/analyses/describe.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/describe_sheet.h"

static baro_status describe_survey(const baro_written *written, const baro_survey *survey, baro_arena *arena,
                                   baro_error *error)
{
    baro_sheet *sheets;
    size_t n;
    baro_status status = baro_sheets_codebook(survey, written->tidy, arena, &sheets, &n);
    return status == BARO_OK ? baro_written_sheets(written, sheets, n, error) : status;
}

static baro_status say_facts(const baro_invocation *invocation, const baro_frame *frame, baro_arena *arena)
{
    size_t n = baro_frame_sources(frame);
    const char **facts = BARO_ARRAY(arena, const char *, n);
    if (!facts)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const baro_source *source = baro_frame_source(frame, i);
        facts[i] =
            baro_arena_format(arena, "%s: %zu interviews, %zu columns%s", source->path, source->rows, source->fields,
                              !source->header_found ? "" : source->header_rows == 2 ? ", two header rows found" : ", three header rows found");
        if (!facts[i])
            return BARO_NO_MEMORY;
    }
    baro_say_facts(invocation, &(baro_texts){facts, n});
    return BARO_OK;
}

static baro_status describe_data(const baro_invocation *invocation, const baro_written *written,
                                 const baro_survey *survey, baro_arena *arena, baro_error *error)
{
    baro_frame *frame = NULL;
    const baro_column_summary *columns = NULL;
    baro_sheet sheet;
    size_t n = 0;
    baro_pool *pool = baro_pool_new(baro_threads_of(invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status =
        baro_frame_read(invocation->files, invocation->n_files, &survey->input, NULL, 0, pool, error, &frame);
    baro_pool_free(pool);
    if (status != BARO_OK)
        return status;
    status = say_facts(invocation, frame, arena);
    if (status == BARO_OK)
        status =
            baro_describe(frame, &survey->missing, survey->ignore_case, survey->input.decimal, arena, &columns, &n);
    baro_frame_free(frame);
    if (status == BARO_OK)
        status = baro_sheet_describe(columns, n, survey, written->tidy, arena, &sheet);
    return status == BARO_OK ? baro_written_sheets(written, &sheet, 1, error) : status;
}

baro_status baro_command_describe(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_written written;
    bool codebook = invocation->n_files == 0 && baro_is_given(invocation, BARO_OPTION_SURVEY);
    baro_status status = codebook ? BARO_OK : baro_check_data(invocation, error);
    if (status == BARO_OK)
        status = baro_survey_of_options(invocation, arena, &survey, error);
    if (status == BARO_OK)
        status = baro_written_of_options(invocation, &survey, arena, &written, error);
    if (status != BARO_OK)
        return status;
    if (baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &written.path, 1, arena, error);
    return codebook ? describe_survey(&written, &survey, arena, error)
                    : describe_data(invocation, &written, &survey, arena, error);
}
