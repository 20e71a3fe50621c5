/**
 * A file that is either whole or not there: written under a temporary name beside its place, flushed, synced, renamed.
 * A device, a pipe and standard output ("-" or NULL) are written directly.
 */
#ifndef BARO_IO_BASE_OUTPUT_H
#define BARO_IO_BASE_OUTPUT_H
#include "io/base/error.h"

typedef struct baro_output baro_output;

/** BARO_CANNOT_CREATE with a fault that names the path when it cannot be made. */
baro_status baro_output_open(const char *path, baro_output **out, baro_error *error);
/** Errors are kept and shown by baro_output_close. */
void baro_output_write(baro_output *output, const void *bytes, size_t length);
void baro_output_text(baro_output *output, const char *text);
void baro_output_format(baro_output *output, const char *format, ...) BARO_PRINTF(2, 3);
/** Flushes, syncs and renames; BARO_IO with `path: write failed: No space left on device` on any failure since open, with nothing left behind. Frees. */
baro_status baro_output_close(baro_output *output, baro_error *error);
/** Gives up: removes the temporary, leaves an old file as it was. Frees. */
void baro_output_abandon(baro_output *output);
/** For SIGINT: unlinks the temporaries that are open now; async-signal-safe. */
void baro_output_unlink_all(void);
/** True when both paths are the same file (device and inode), for "would overwrite the data". */
bool baro_output_same_file(const char *a, const char *b);

#endif
