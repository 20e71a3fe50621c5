/* `chart spread`: the factors of `spread` as they rank, and the levels of `table` as dots, from one reading of the
 * data. */
#include "io/base/pool.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/pictured.h"
#include "surveys/program/written.h"
#include "surveys/publishing/spread_chart.h"
#include "surveys/publishing/spread_sheet.h"

typedef struct {
    const baro_invocation *invocation;
    baro_survey survey;
    baro_request request;
    baro_spread_request asked;
    baro_picture_file file;
    baro_chart_words words;
} job;

static baro_status read_job(job *j, baro_arena *arena, baro_error *error)
{
    const baro_invocation *invocation = j->invocation;
    baro_status status = baro_request_of_options(invocation, false, arena, &j->survey, &j->request, error);
    if (status == BARO_OK)
        status = baro_spread_of_options(invocation, &j->survey, &j->request, &j->asked, error);
    if (status == BARO_OK)
        status = baro_picture_of_options(invocation, &j->survey, arena, &j->file, error);
    if (status == BARO_OK)
        status = baro_chart_words_of_options(invocation, &j->words, error);
    baro_request together = j->request; /* all factors share a picture */
    together.n_by = 0;
    if (status == BARO_OK)
        status = baro_pictures_check_names(&j->file, &j->survey, &together, error);
    return status == BARO_OK ? baro_check_no_input(invocation, &j->survey, j->file.path, arena, error) : status;
}

static baro_status draw(const job *j, baro_arena *arena, baro_error *error)
{
    baro_spreads spreads = {0};
    baro_results levels = {0};
    baro_drawing *drawings = NULL;
    baro_sheet *tidy = NULL;
    size_t n = 0, sheets;
    baro_status status = baro_spreads_answered(j->invocation, &j->request, &j->asked, arena, &spreads, error);
    baro_error *twice = baro_error_new(); /* remarks on the data have been made */
    if (status == BARO_OK)
        status = twice ? baro_answered(j->invocation, &j->request, arena, &levels, twice) : BARO_NO_MEMORY;
    baro_error_free(twice);
    if (status == BARO_OK)
        status = baro_charts_spread(&spreads, &levels, &j->words, arena, &drawings, &n);
    if (status == BARO_OK)
        status = baro_sheets_spreads(&spreads, true, arena, &tidy, &sheets);
    return status == BARO_OK ? baro_pictures_draw(&j->file, drawings, n, tidy, j->invocation, &j->survey, arena, error)
                             : status;
}

static baro_status read_and_draw(job *j, baro_arena *arena, baro_error *error)
{
    const baro_request *asked = &j->request;
    baro_reading reading;
    if (j->request.reading)
        return draw(j, arena, error);
    baro_pool *pool = baro_pool_new(baro_threads_of(j->invocation));
    if (!pool)
        return BARO_NO_MEMORY;
    baro_status status = baro_requests_read(&asked, 1, pool, arena, error, &reading);
    baro_pool_free(pool);
    if (status)
        return status;
    j->request.reading = &reading;
    status = draw(j, arena, error);
    baro_reading_close(&reading);
    return status;
}

baro_status baro_command_chart_spread(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    job j = {.invocation = invocation};
    baro_status status = read_job(&j, arena, error);
    const char *const outputs[] = {j.file.path, j.file.data};
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, outputs, j.file.data ? 2 : 1, arena, error);
    return status == BARO_OK ? read_and_draw(&j, arena, error) : status;
}
