/** What the files of the plan share. */
#ifndef BARO_SURVEYS_PROGRAM_PLAN_PARTS_H
#define BARO_SURVEYS_PROGRAM_PLAN_PARTS_H
#include "io/readers/yaml.h"
#include "surveys/program/asked.h"
#include "surveys/program/plan.h"

enum { BARO_PLAN_ARGUMENTS = 2000, BARO_PLAN_EACH = 4, BARO_PLAN_OUTPUTS = 20000 };

typedef struct {
    const char *path;
    baro_arena *arena;
    baro_error *error;
    baro_status status; /* of the first fault */
    const baro_yaml *defaults;
    baro_plan *plan;
    size_t room;
} baro_plan_reader;

/** One turn of `foreach`: what stands for {KEY}, and the interviews it is of. */
typedef struct {
    size_t n;
    const char *key[BARO_PLAN_EACH], *value[BARO_PLAN_EACH];
    const char *measure; /* NULL: those that the output names */
    const char *where;   /* NULL: everyone */
} baro_plan_each;

typedef struct {
    const baro_command *command;
    const char *argument[BARO_PLAN_ARGUMENTS];
    size_t n, data; /* data: where its files begin */
    const char *survey;
} baro_plan_line;

/** A fault at a place of the plan. */
void baro_plan_fault(baro_plan_reader *r, const baro_yaml *at, const char *format, ...) BARO_PRINTF(3, 4);
void baro_plan_no_memory(baro_plan_reader *r);
const baro_yaml *baro_plan_value(const baro_yaml *map, const char *key);
void baro_plan_add(baro_plan_reader *r, baro_plan_line *line, const char *argument);

/** The files that a pattern of data names, behind the arguments of a line. */
void baro_plan_files(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *at, const char *pattern);
/** A survey as --survey takes it: an id, or a file beside the plan. NULL when it is neither. */
const char *baro_plan_survey(baro_plan_reader *r, const baro_yaml *value);
/** `surveys: [{survey: S, data: [...]}, ...]` of a report: a --part of each. */
void baro_plan_surveys(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *list);

/** {KEY} filled in; `each` may be NULL. In a name of a file with what a path can hold. */
const char *baro_plan_fill(baro_plan_reader *r, const baro_plan_each *each, const char *text);
const char *baro_plan_fill_file(baro_plan_reader *r, const baro_plan_each *each, const char *text);
/** Makes the outputs of a map: one, or one for each turn of its `foreach`. */
void baro_plan_each_of(baro_plan_reader *r, const baro_yaml *map);
/** Makes one output of a map. */
void baro_plan_make(baro_plan_reader *r, const baro_yaml *map, const baro_plan_each *each);
/** Keeps it, once its command line is understood. */
void baro_plan_keep(baro_plan_reader *r, const baro_yaml *map, const baro_plan_output *output);

#endif
