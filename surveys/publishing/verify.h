/** Is a pack what its manifest says? */
#ifndef BARO_SURVEYS_PUBLISHING_VERIFY_H
#define BARO_SURVEYS_PUBLISHING_VERIFY_H
#include "surveys/publishing/manifest.h"

typedef enum { BARO_FILE_MISSING, BARO_FILE_EXTRA, BARO_FILE_CHANGED, BARO_FILE_UNREADABLE } baro_file_fault;

typedef struct {
    baro_file_fault fault;
    const char *path; /* within the folder */
} baro_file_finding;

typedef struct {
    baro_file_finding *item; /* by path */
    size_t n, room;
} baro_file_findings;

/**
 * Compares every file of a folder with a manifest: what is missing, what is there beside it, what has another sum. The
 * manifest itself is no part of it. Links are not followed: one is no file of a pack.
 * @return BARO_OK also when there are findings; BARO_NO_INPUT when the folder cannot be read; BARO_NO_MEMORY
 */
baro_status baro_folder_compare(const char *folder, const baro_manifest *manifest, baro_arena *arena,
                                baro_file_findings *out, baro_error *error);
/** "missing", "not in the manifest", "changed since it was written", "cannot be read" */
const char *baro_file_fault_words(baro_file_fault fault);

#endif
