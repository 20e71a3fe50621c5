/* `chart gap` and `chart waterfall`: gaps drawn, and what moved them; a file each. */
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/pictured.h"
#include "surveys/program/written.h"
#include "surveys/publishing/gap_chart.h"
#include "surveys/publishing/gap_sheet.h"

typedef struct {
    const baro_invocation *invocation;
    baro_survey survey;
    baro_request request;
    baro_gap_request asked;
    baro_picture_file file;
    baro_chart_words words;
    bool waterfall;
} job;

static baro_status read_job(job *j, baro_arena *arena, baro_error *error)
{
    const baro_invocation *invocation = j->invocation;
    baro_status status = baro_request_of_options(invocation, false, arena, &j->survey, &j->request, error);
    if (status == BARO_OK)
        status = baro_gap_of_options(invocation, arena, &j->survey, &j->request, &j->asked, error);
    if (status == BARO_OK && j->waterfall && !j->asked.change && !j->request.mix)
        return baro_usage(error, "chart waterfall: name what is to be explained: a change with --change FROM:TO, or "
                                 "today's gap with --mix FACTOR");
    if (status == BARO_OK && j->asked.each && j->request.mix)
        return baro_usage(error, "chart waterfall draws the steps or the mix; leave --each or --mix out");
    if (status == BARO_OK)
        status = baro_picture_of_options(invocation, &j->survey, arena, &j->file, error);
    if (status == BARO_OK)
        status = baro_chart_words_of_options(invocation, &j->words, error);
    if (status == BARO_OK)
        status = baro_pictures_check_names(&j->file, &j->survey, &j->request, error);
    return status == BARO_OK ? baro_check_no_input(invocation, &j->survey, j->file.path, arena, error) : status;
}

/* Without --change a gap is a table's difference. */
static baro_status draw_levels(const job *j, baro_arena *arena, baro_error *error)
{
    baro_results results = {0};
    baro_drawing *drawings = NULL;
    baro_sheet tidy = {0};
    size_t n = 0;
    baro_status status = baro_answered(j->invocation, &j->request, arena, &results, error);
    if (status == BARO_OK)
        status = baro_charts_gap(&results, &j->words, arena, &drawings, &n);
    if (status == BARO_OK && j->file.data)
        status = baro_sheet_tidy(&results, arena, &tidy);
    return status == BARO_OK ? baro_pictures_draw(&j->file, drawings, n, &tidy, j->invocation, &j->survey, arena, error)
                             : status;
}

static baro_status draw_gaps(const job *j, baro_arena *arena, baro_error *error)
{
    baro_gaps gaps = {0};
    baro_drawing *drawings = NULL;
    baro_sheet *tidy = NULL;
    size_t n = 0, sheets;
    baro_status status = baro_gaps_answered(j->invocation, &j->request, &j->asked, arena, &gaps, error);
    if (status == BARO_OK)
        status =
            (j->waterfall ? baro_charts_waterfall : baro_charts_gap_change)(&gaps, &j->words, arena, &drawings, &n);
    if (status == BARO_OK)
        status = baro_sheets_gaps(&gaps, true, arena, &tidy, &sheets);
    return status == BARO_OK ? baro_pictures_draw(&j->file, drawings, n, tidy, j->invocation, &j->survey, arena, error)
                             : status;
}

static baro_status chart(const baro_invocation *invocation, bool waterfall, baro_arena *arena, baro_error *error)
{
    job j = {.invocation = invocation, .waterfall = waterfall};
    baro_status status = read_job(&j, arena, error);
    const char *const outputs[] = {j.file.path, j.file.data};
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &j.survey, outputs, j.file.data ? 2 : 1, arena, error);
    if (status)
        return status;
    return waterfall || j.asked.change ? draw_gaps(&j, arena, error) : draw_levels(&j, arena, error);
}

baro_status baro_command_chart_gap(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, false, arena, error);
}

baro_status baro_command_chart_waterfall(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, true, arena, error);
}
