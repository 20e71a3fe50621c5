/** Help and completion, made from the tables of options and commands. */
#ifndef BARO_SURVEYS_PROGRAM_HELP_H
#define BARO_SURVEYS_PROGRAM_HELP_H
#include "surveys/program/commands.h"

/** What was asked with --help: a command (examples first, then its options by group), the kinds of one, or the program. */
baro_status baro_help(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_version(baro_error *error);

#endif
