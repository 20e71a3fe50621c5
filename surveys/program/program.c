#include "surveys/program/help.h"
#include "surveys/program/written.h"
#include <stdio.h>

static baro_status run(int argc, char *const *argv, baro_arena *arena, baro_invocation *invocation, baro_error *error)
{
    baro_status status = baro_invocation_read(argc, argv, arena, invocation, error);
    if (status != BARO_OK)
        return status;
    if (invocation->help)
        return baro_help(invocation, arena, error);
    if (invocation->version)
        return baro_version(error);
    if (baro_is_given(invocation, BARO_OPTION_NO_SUPPRESS))
        fputs("barometer: --no-suppress: every cell is shown; the output is not for publication\n", stderr);
    return invocation->command->run(invocation, arena, error);
}

int baro_program(int argc, char *const *argv)
{
    baro_invocation invocation = {0};
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_status status = arena && error ? run(argc, argv, arena, &invocation, error) : BARO_NO_MEMORY;
    baro_error_print(error, !baro_is_given(&invocation, BARO_OPTION_QUIET), stderr);
    if (status != BARO_OK && status != BARO_NO && (!error || baro_error_faults(error) == 0))
        fprintf(stderr, "barometer: %s\n", baro_status_sentence(status));
    baro_error_free(error);
    baro_arena_free(arena);
    return baro_status_exit(status);
}
