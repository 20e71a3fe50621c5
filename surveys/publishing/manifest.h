/** What a pack is made from and what it holds: manifest.json. No times, hosts or paths of a machine. */
#ifndef BARO_SURVEYS_PUBLISHING_MANIFEST_H
#define BARO_SURVEYS_PUBLISHING_MANIFEST_H
#include "io/base/arena.h"
#include "io/base/error.h"
#include "io/base/output.h"
#include "io/base/sha256.h"

#define BARO_MANIFEST "manifest.json"

/** A file that was read. `name` is its own, without folders; two of one name are told apart by a number. */
typedef struct {
    const char *role; /* "data", "survey", "extends", "since", "logo", ... */
    const char *name;
    char sum[BARO_SHA256_TEXT];
    uint64_t bytes;
} baro_pack_input;

/** A file that was written; `path` within the pack, with slashes. */
typedef struct {
    const char *path;
    char sum[BARO_SHA256_TEXT];
    uint64_t bytes;
} baro_pack_file;

typedef struct {
    const char *version;
    const char *const *command; /* [n_command] as typed behind the program's name, with names of inputs for paths */
    size_t n_command;
    const baro_pack_input *input;
    size_t n_inputs;
    const baro_pack_file *file; /* sorted by path */
    size_t n_files;
    const char *seed; /* NULL: nothing was random */
} baro_manifest;

void baro_manifest_write(const baro_manifest *manifest, baro_output *output);
/**
 * Reads what baro_manifest_write wrote, strictly: every sum has 64 hexadecimal digits, every path stays in the folder.
 * @return BARO_OK; BARO_NO_INPUT (not there); BARO_BAD_DATA with the place when it is not such a manifest;
 * BARO_NO_MEMORY
 */
baro_status baro_manifest_read(const char *path, baro_arena *arena, baro_manifest *out, baro_error *error);

#endif
