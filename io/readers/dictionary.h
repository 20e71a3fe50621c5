/** Texts to codes 1, 2, 3 ... in the order of their first coming; code 0 is "absent" and no text. */
#ifndef BARO_IO_READERS_DICTIONARY_H
#define BARO_IO_READERS_DICTIONARY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *text; /* borrowed: it must live as long as the dictionary, or until baro_dictionary_clear */
    uint32_t length, hash;
    size_t count;                  /* rows that hold it */
    uint32_t source, line, column; /* of the first; the caller's */
} baro_term;

typedef struct {
    baro_term *terms; /* [n], terms[0] is "absent" */
    size_t n, room;
    uint32_t *table;   /* codes, 0 for empty */
    size_t table_size; /* 0 or a power of two, over n */
} baro_dictionary;

uint32_t baro_dictionary_hash(const char *text, size_t length);
/** Code of the text, counted once more by the caller; 0 without memory. *is_new: terms[code].text is `text` itself, to
 * be replaced by a copy if need be. */
uint32_t baro_dictionary_code(baro_dictionary *dictionary, const char *text, size_t length, uint32_t hash,
                              bool *is_new);
/** Forgets all texts, keeps the memory. False without memory. */
bool baro_dictionary_clear(baro_dictionary *dictionary);
void baro_dictionary_free(baro_dictionary *dictionary);

#endif
