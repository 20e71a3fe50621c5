/** A CSV file with one more field in every record; all bytes that were there stay as they are. */
#ifndef BARO_IO_WRITERS_APPEND_H
#define BARO_IO_WRITERS_APPEND_H
#include "io/base/output.h"
#include "io/readers/frame.h"

/**
 * Writes the frame's only file again, the field last: `name` in the first row of the header (nothing in further ones), a number of
 * `value` in each record, with the file's own delimiter, decimal mark and line ends. Blank lines at the end stay blank.
 * @param value [rows] finite
 * @return BARO_OK; BARO_NO_INPUT, BARO_IO; BARO_BAD_DATA when the file is not what the frame was read from; BARO_NO_MEMORY. What was
 *         written is then for baro_output_abandon.
 */
baro_status baro_append_field(const baro_frame *frame, const char *name, const double *value, baro_output *output, baro_error *error);

#endif
