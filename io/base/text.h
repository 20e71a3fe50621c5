/** UTF-8 text: checking, counting, quoting for a terminal, comparing, "did you mean". No locale anywhere. */
#ifndef BARO_IO_BASE_TEXT_H
#define BARO_IO_BASE_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of valid UTF-8 (no surrogates, no overlong forms, up to U+10FFFF) at the start of `text`; `length` when all is valid. NUL bytes count as invalid. */
size_t baro_text_valid(const char *text, size_t length);
/** Code points in valid UTF-8. */
size_t baro_text_characters(const char *text, size_t length);
/** The code point at the start of `text` and its bytes (1 to 4); an invalid byte gives U+FFFD and 1. length > 0. */
size_t baro_text_character(const char *text, size_t length, uint32_t *out);
/** Columns on a terminal: combining marks 0, East Asian wide and emoji 2. */
size_t baro_text_width(const char *text, size_t length);
/** Writes a printable form into out[size]: control bytes and invalid UTF-8 as \xNN, cut with `...` after 80 bytes. Returns out. */
char *baro_text_quote(const char *text, size_t length, char *out, size_t size);
/** The same without the cut at 80 bytes: what does not fit out[size] is left off. A byte takes at most 4, a character at most 16. */
char *baro_text_quote_all(const char *text, size_t length, char *out, size_t size);
#define BARO_QUOTE_ROOM 256 /* bytes that hold any text quoted by baro_text_quote, or 60 bytes quoted by baro_text_quote_all */
/** True when there is a control byte (below 0x20, 0x7F) or a C1 control code point. */
bool baro_text_has_control(const char *text, size_t length);
/** ASCII-only case folding equality, and its comparison of whole texts. */
bool baro_text_same_case_blind(const char *a, const char *b);
/** The nearest of `candidates` by edit distance (at most a third of the length, at most 3), or NULL. */
const char *baro_text_nearest(const char *word, const char *const *candidates, size_t n);
/** True when equal after trimming spaces at both ends, taking several spaces as one, and curly and straight apostrophes as one. */
bool baro_text_same_answer(const char *a, size_t a_length, const char *b, size_t b_length, bool ignore_case);
/** The canonical form that baro_text_same_answer compares (trimmed, single spaces, straight apostrophes, folded if asked), written into out[length + 1]; returns its length. */
size_t baro_text_canonical(const char *text, size_t length, bool ignore_case, char *out);
/** FNV-1a, 64 bits. */
uint64_t baro_text_hash(const char *text, size_t length);

#endif
