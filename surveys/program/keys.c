/* `keys`: the reference page of survey files, from the table that reads them. */
#include "surveys/program/commands.h"

baro_status baro_command_keys(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    (void)arena;
    if (invocation->n_files > 0)
        return baro_usage(error, "keys: no file is wanted");
    baro_status status = baro_output_open("-", &output, error);
    if (status != BARO_OK)
        return status;
    baro_survey_reference(output);
    return baro_output_close(output, error);
}
