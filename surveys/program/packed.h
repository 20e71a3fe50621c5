/** What report, verify and diff share: the inputs of a pack and the command that made it. */
#ifndef BARO_SURVEYS_PROGRAM_PACKED_H
#define BARO_SURVEYS_PROGRAM_PACKED_H
#include "surveys/model/survey.h"
#include "surveys/program/commands.h"
#include "surveys/publishing/pack.h"

/** A file that is read: where, what it is, and how the manifest calls it. */
typedef struct {
    const char *path, *role, *name;
} baro_pack_source;

typedef struct {
    baro_pack_source *item;
    size_t n, room;
    /* what a pack that is made again calls its inputs, and its command; none for a new one */
    const baro_pack_source *known;
    size_t n_known;
    const char *const *command;
    size_t n_command;
} baro_pack_sources;

/**
 * Adds what a command line reads: data, the survey file and those that it extends, its lists and targets, files of
 * options. `name` is a known one, else the file's own, with a number before its ending where another file has it already.
 */
baro_status baro_pack_sources_of(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                 baro_pack_sources *out);
/** Whether a role is of a file that says what the data mean: a pack holds a copy of it in definitions/. */
bool baro_pack_is_definition(const char *role);
/** Sums and sizes of all sources, the command, the version. BARO_NO_INPUT, BARO_BAD_DATA (standard input), BARO_IO. */
baro_status baro_pack_manifest(const baro_invocation *invocation, const baro_pack_sources *sources, baro_arena *arena,
                               baro_manifest *out, baro_error *error);
/** The picture of --logo. */
baro_status baro_pack_logo_of(const baro_invocation *invocation, baro_arena *arena, bool *has, baro_pack_logo *out,
                              baro_error *error);
/** `report` of a command line, with what is known of its sources from an older pack, or NULL. */
baro_status baro_report_again(const baro_invocation *invocation, const baro_pack_sources *known, baro_arena *arena,
                              baro_error *error);
/** What would be read and written. */
baro_status baro_pack_dry_run(const baro_pack_sources *sources, const char *folder, baro_arena *arena,
                              baro_error *error);

#endif
