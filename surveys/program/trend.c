/* `trend`: every window, each against the one before. */
#include "surveys/program/answered.h"

baro_status baro_command_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return baro_command_levels(invocation, true, arena, error);
}
