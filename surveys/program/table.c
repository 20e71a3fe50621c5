/* `table`: one window, everyone and by group. */
#include "surveys/program/answered.h"

baro_status baro_command_table(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return baro_command_levels(invocation, false, arena, error);
}
