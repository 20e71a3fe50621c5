/** The one table of commands, and a command line read against it. */
#ifndef BARO_SURVEYS_PROGRAM_COMMANDS_H
#define BARO_SURVEYS_PROGRAM_COMMANDS_H
#include "io/base/arena.h"
#include "io/base/error.h"
#include "surveys/binding/binding.h"
#include "surveys/program/options.h"

typedef struct baro_invocation baro_invocation;
typedef struct baro_together baro_together; /* answered.h */

typedef struct {
    const char *name;
    const char *kind;      /* second word, as in `chart bars`; NULL when there is none */
    unsigned bit;          /* which of the options are its own; 0: not in this version, or hidden */
    const char *arguments; /* as help names them */
    const char *summary;
    const char *const *examples; /* NULL-ended: a sentence, a line, a sentence, a line ... */
    baro_status (*run)(const baro_invocation *invocation, baro_arena *arena, baro_error *error); /* NULL: not in this version */
} baro_command;

typedef struct {
    baro_option_id id;
    const char *value; /* "" for a flag */
} baro_given;

/** A command line that has been understood: what was given, in order. */
struct baro_invocation {
    const baro_command *command; /* NULL only with help or version */
    const baro_given *given;
    size_t n_given;
    const char *const *files;
    size_t n_files;
    bool help, version;
    const baro_reading *reading; /* of the data, when several command lines share one; NULL: each reads its own */
    baro_together *together;     /* its part in what is published with others; NULL: it is published by itself */
    size_t threads;              /* of this command, when several run at once; 0: as --threads says */
    bool any_kind; /* help was asked for `chart`, whatever its kind */
};

size_t baro_commands(void);
const baro_command *baro_command_at(size_t i);
/** "chart bars"; in `arena`, "" without memory. */
const char *baro_command_words(const baro_command *command, baro_arena *arena);

/**
 * Reads a command line against the tables: every option known, meant for the command, given once unless it repeats, and with a value
 * of its type. Options may stand anywhere; `--` ends them; `-` is a file.
 * @return BARO_OK; BARO_USAGE with a fault (with "did you mean" where something is near); BARO_NO_MEMORY
 */
baro_status baro_invocation_read(int argc, char *const *argv, baro_arena *arena, baro_invocation *out, baro_error *error);

/** Whether an option was given; its value (the only one, or the last), NULL when it was not. */
bool baro_is_given(const baro_invocation *invocation, baro_option_id id);
const char *baro_value_of(const baro_invocation *invocation, baro_option_id id);
/** The value of a number option that the parser has checked, or `otherwise`. */
double baro_number_of(const baro_invocation *invocation, baro_option_id id, double otherwise);
size_t baro_count_of(const baro_invocation *invocation, baro_option_id id, size_t otherwise);
/** Threads of a command, for baro_pool_new. */
size_t baro_threads_of(const baro_invocation *invocation);
/** Place of a choice among those of its option, or `otherwise`. */
int baro_choice_of(const baro_invocation *invocation, baro_option_id id, int otherwise);

/** A usage fault without a place; returns BARO_USAGE. */
baro_status baro_usage(baro_error *error, const char *format, ...) BARO_PRINTF(2, 3);

/* The commands, each in its own file. */
baro_status baro_command_describe(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_check(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_table(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_test(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_findings(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_gap(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_spread(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_weight(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_simulate(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_bars(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_control(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_spread(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_gap(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_waterfall(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_likert(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_tiles(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_heat(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_multiples(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_chart_weights(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_import(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_report(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_run(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_verify(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_diff(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_keys(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_manual(const baro_invocation *invocation, baro_arena *arena, baro_error *error);
baro_status baro_command_completion(const baro_invocation *invocation, baro_arena *arena, baro_error *error);

/** The whole program but for signals: runs a command line, prints what went wrong, returns the exit status. */
int baro_program(int argc, char *const *argv);

#endif
