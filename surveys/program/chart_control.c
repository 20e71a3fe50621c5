/* `chart control`: what `trend --control` gives, drawn. */
#include "surveys/program/asked.h"
#include "surveys/program/controlled.h"
#include "surveys/program/pictured.h"
#include "surveys/program/written.h"
#include "surveys/publishing/control_chart.h"
#include "surveys/publishing/control_sheet.h"

typedef struct {
    baro_survey survey;
    baro_request request;
    baro_control_request asked;
    baro_picture_file file;
    baro_chart_words words;
} job;

static baro_status read_job(job *j, const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_status status = baro_request_of_options(invocation, true, arena, &j->survey, &j->request, error);
    if (status == BARO_OK)
        status = baro_control_of_options(invocation, arena, &j->survey, &j->asked, error);
    if (status == BARO_OK)
        status = baro_picture_of_options(invocation, &j->survey, arena, &j->file, error);
    if (status == BARO_OK)
        status = baro_chart_words_of_options(invocation, &j->words, error);
    if (status == BARO_OK)
        status = baro_pictures_check_names(&j->file, &j->survey, &j->request, error);
    return status == BARO_OK ? baro_check_no_input(invocation, &j->survey, j->file.path, arena, error) : status;
}

baro_status baro_command_chart_control(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    job j = {0};
    baro_controls controls = {0};
    baro_drawing *drawings = NULL;
    baro_sheet *tidy = NULL;
    size_t n = 0, sheets;
    baro_status status = read_job(&j, invocation, arena, error);
    const char *const outputs[] = {j.file.path, j.file.data};
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, outputs, j.file.data ? 2 : 1, arena, error);
    if (status == BARO_OK)
        status = baro_controlled(invocation, &j.request, &j.asked, arena, &controls, error);
    if (status == BARO_OK)
        status = baro_charts_control(&controls, &j.words, arena, &drawings, &n);
    if (status == BARO_OK)
        status = baro_sheets_controls(&controls, true, arena, &tidy, &sheets);
    return status == BARO_OK ? baro_pictures_draw(&j.file, drawings, n, tidy, invocation, &j.survey, arena, error)
                             : status;
}
