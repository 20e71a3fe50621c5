/** Scalars of YAML, written so that they are read back as the same text, and plainly where that can be. */
#ifndef BARO_IO_WRITERS_YAML_H
#define BARO_IO_WRITERS_YAML_H
#include "io/base/output.h"

/**
 * Writes valid UTF-8 as a scalar of a block or a flow, on one line: plain; in single quotes where it begins or holds what YAML reads as something else, and
 * where a person would take it for something else (yes, no, null, a number); in double quotes with escapes where it holds control characters.
 */
void baro_yaml_text(baro_output *output, const char *text);
/** The same, but a number stands plain: for codes. */
void baro_yaml_code(baro_output *output, const char *text);
/** [a, b, c] of codes. */
void baro_yaml_codes(baro_output *output, const char *const *texts, size_t n);
/** A remark in words, each line with `before` in front, wrapped at 100 columns. */
void baro_yaml_remark(baro_output *output, const char *before, const char *text);

#endif
