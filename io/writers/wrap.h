/** Lines of text for a terminal: broken at spaces, where a word is too long behind a hyphen or a slash, else between
 * two characters. */
#ifndef BARO_IO_WRITERS_WRAP_H
#define BARO_IO_WRITERS_WRAP_H
#include <stddef.h>

/** Printable UTF-8, borrowed. */
typedef struct {
    const char *text;
    size_t length;
} baro_span;

baro_span baro_span_of(const char *text); /* NULL is empty */
size_t baro_span_width(baro_span span);   /* terminal columns */
/**
 * Takes the next line of at most `width` columns (2 or more) off *rest, without spaces at its end; *rest is then empty
 * or begins with a letter. Spaces at the very start of a text stay. Never takes nothing from a text that is not empty.
 */
baro_span baro_wrap_take(baro_span *rest, size_t width);
size_t baro_wrap_lines(baro_span span, size_t width);
/** Columns of the longest word. */
size_t baro_wrap_word(baro_span span);
/** The fewest columns, at least `least` (2 or more), in which the text takes no more than `lines` lines and no word is
 * broken. */
size_t baro_wrap_narrowest(baro_span span, size_t lines, size_t least);

#endif
