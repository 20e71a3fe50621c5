/** How wide text will be, and where to break it, without asking a font: one table of advances for the face that charts
 * use. */
#ifndef BARO_PLOTS_MEASURE_H
#define BARO_PLOTS_MEASURE_H
#include "io/base/arena.h"
#include "plots/theme.h"

/** Lines of one text, each cleaned for a chart; borrowed from the arena. */
typedef struct {
    const char **line;
    size_t n;
    double width; /* of the widest line, pixels */
} baro_lines;

/** Pixels that valid UTF-8 takes on one line. Exact for Latin letters of Liberation Sans (and Arial), generous for
 * others. */
double baro_measure(const baro_type *type, const char *text);
/**
 * Breaks text at spaces (and at line feeds) so that no line is wider than `width`; a word that is wider is broken
 * between letters. At most `most` lines: the last then ends in an ellipsis. NULL or empty text has no lines. Invalid
 * UTF-8 is passed on as it stands, for the script to refuse. False without memory.
 */
bool baro_wrap(baro_arena *arena, const baro_type *type, const char *text, double width, size_t most, baro_lines *out);
/** The same with lines of about equal width: as narrow as the number of lines that baro_wrap needs allows. For titles
 * and labels. */
bool baro_wrap_evenly(baro_arena *arena, const baro_type *type, const char *text, double width, size_t most,
                      baro_lines *out);
/** Width of the widest word of a text: a line that is narrower breaks it. */
double baro_measure_word(const baro_type *type, const char *text);
/** The code point at `text` (a NUL ends it) and its length in bytes; an invalid byte is U+FFFD of length 1. */
unsigned long baro_measure_letter(const char *text, size_t *length);

#endif
