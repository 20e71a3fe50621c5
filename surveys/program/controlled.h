/** Control charts read, suppressed and given their lines: what `trend --control` and `chart control` begin with. */
#ifndef BARO_SURVEYS_PROGRAM_CONTROLLED_H
#define BARO_SURVEYS_PROGRAM_CONTROLLED_H
#include "surveys/analyses/control.h"
#include "surveys/program/commands.h"

/** After it nothing hidden is in `out`. */
baro_status baro_controlled(const baro_invocation *invocation, const baro_request *request,
                            const baro_control_request *asked, baro_arena *arena, baro_controls *out,
                            baro_error *error);

#endif
