/** The small language inside options: names parted by , = : | / *, in double quotes where they hold one of these. */
#ifndef BARO_SURVEYS_PROGRAM_WORDS_H
#define BARO_SURVEYS_PROGRAM_WORDS_H
#include "io/base/arena.h"
#include "io/base/error.h"
#include "surveys/publishing/file_name.h"

/** A name, and the separator behind it (0 at the end). */
typedef struct {
    const char *text;
    bool quoted; /* it stood in double quotes, so it is a name and never a keyword */
    char end;
} baro_word;

typedef struct {
    const baro_word *item;
    size_t n;
} baro_words;

/**
 * Cuts `text` at every one of `separators` that stands outside double quotes.
 *
 * A quote opens only at the start of a name; inside, "" is one quote. Spaces belong to the name. n separators give n + 1 names;
 * no name may be empty unless it is quoted.
 * @param option for messages: "--by"
 * @return BARO_OK; BARO_USAGE with a fault that names the character; BARO_NO_MEMORY
 */
baro_status baro_words_cut(const char *option, const char *text, const char *separators, baro_arena *arena, baro_words *out,
                           baro_error *error);
/** One name alone: as it stands, or in double quotes. */
baro_status baro_word_single(const char *option, const char *text, baro_arena *arena, const char **out, baro_error *error);
/** A printable copy of a text that somebody typed or a file holds, for messages; "" without memory. */
const char *baro_word_shown(const char *text, baro_arena *arena);

#endif
