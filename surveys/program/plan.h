/** A plan: a file of many outputs, each a command line. */
#ifndef BARO_SURVEYS_PROGRAM_PLAN_H
#define BARO_SURVEYS_PROGRAM_PLAN_H
#include "surveys/program/commands.h"

/** One output, as it would be typed. */
typedef struct {
    const char *file;      /* as the plan names it, foreach filled in */
    const char *path;      /* where that is */
    size_t line, column;   /* of the output in the plan */
    const char **argument; /* [n_arguments] after the program's name: command, options, --, data */
    size_t n_arguments;
    baro_invocation invocation; /* the same, understood */
} baro_plan_output;

typedef struct {
    const char *path;
    baro_plan_output *output;
    size_t n_outputs;
} baro_plan;

/**
 * Reads a plan strictly: a map `defaults` and a list `outputs`. A key is `file`, `command`, `survey`, `data`,
 * `foreach`, or an option of the command by its long name (measures and by take lists). A default that a command does
 * not take is passed over. Files and data are looked for beside the plan; data may hold * and ?. `foreach: {GROUP:
 * all}` or `{GROUP: [A, B]}` makes an output of each group, from those interviews alone; `{measure: all}` one of each
 * measure; {GROUP} in other values is filled in.
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_SURVEY with all faults; BARO_NO_MEMORY
 */
baro_status baro_plan_read(const char *path, baro_arena *arena, baro_plan *out, baro_error *error);

#endif
