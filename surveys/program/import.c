/* `import`: a codebook in a spreadsheet, an SPSS or a Stata file, into a survey file. */
#include "surveys/model/import.h"
#include "surveys/program/asked.h"
#include "surveys/program/written.h"
#include "surveys/publishing/survey_file.h"

static baro_status write_file(const baro_import *import, const char *path, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    baro_status status = baro_output_open(path, &output, error);
    if (status == BARO_OK)
        status = baro_write_survey_file(import, arena, output);
    else
        return status;
    if (status == BARO_OK)
        return baro_output_close(output, error);
    baro_output_abandon(output);
    return status;
}

baro_status baro_command_import(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_codebook book;
    baro_import import;
    const char *path = baro_value_of(invocation, BARO_OPTION_OUTPUT);
    path = path ? path : "-";
    if (invocation->n_files != 1)
        return baro_usage(error, "import: one file is wanted: a codebook as CSV, a .sav or a .dta");
    baro_status status = baro_survey_of_options(invocation, arena, &survey, error);
    if (status == BARO_OK)
        status = baro_check_no_input(invocation, &survey, path, arena, error);
    if (status != BARO_OK)
        return status;
    if (baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_dry_run(invocation, &survey, &path, 1, arena, error);
    status = baro_codebook_read(invocation->files[0], &survey.input, arena, &book, error);
    if (status == BARO_OK)
        status = baro_import_make(&book, arena, &import, error);
    return status == BARO_OK ? write_file(&import, path, arena, error) : status;
}
