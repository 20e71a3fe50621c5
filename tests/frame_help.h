/** Files made for a test, frames read from them in many ways, and a frame told as text so that two can be compared. */
#ifndef BARO_TESTS_FRAME_HELP_H
#define BARO_TESTS_FRAME_HELP_H
#include "io/readers/frame_parts.h"

/** Writes a file under a fresh name into out (TMPDIR or /tmp); to be unlinked by the caller. */
void help_write_file(const char *bytes, size_t length, char out[64]);
/** Everything that a frame says, faults and remarks included; malloc. */
char *help_tell(const baro_frame *frame, const baro_error *error);

#endif
