#include "io/readers/dictionary.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_TERMS 16
#define FIRST_TABLE 64

static uint64_t load8(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

static uint64_t load4(const char *text)
{
    uint32_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

static uint64_t mixed(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ (x >> 32) ^ b) * UINT64_C(0xA0761D6478BD642F);
    return x ^ (x >> 29);
}

uint32_t baro_dictionary_hash(const char *text, size_t length)
{
    uint64_t x;
    if (length >= 8) {
        x = mixed(load8(text), load8(text + length - 8) ^ length);
        for (size_t i = 8; i + 8 < length; i += 8)
            x = mixed(x, load8(text + i));
    } else if (length >= 4) {
        x = mixed(load4(text) | load4(text + length - 4) << 32, length);
    } else {
        uint64_t word = 0;
        for (size_t i = 0; i < length; i++)
            word = word << 8 | (unsigned char)text[i];
        x = mixed(word, length);
    }
    return (uint32_t)(x ^ (x >> 32));
}

static bool grow_table(baro_dictionary *dictionary)
{
    size_t size = dictionary->table_size ? 2 * dictionary->table_size : FIRST_TABLE;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t code = 1; code < dictionary->n; code++) {
        size_t at = dictionary->terms[code].hash & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = (uint32_t)code;
    }
    free(dictionary->table);
    dictionary->table = table;
    dictionary->table_size = size;
    return true;
}

static bool grow_terms(baro_dictionary *dictionary)
{
    size_t room = dictionary->room ? 2 * dictionary->room : FIRST_TERMS;
    if (room > UINT32_MAX || room > SIZE_MAX / sizeof(baro_term))
        return false;
    baro_term *terms = realloc(dictionary->terms, room * sizeof *terms);
    if (!terms)
        return false;
    if (dictionary->n == 0) {
        terms[0] = (baro_term){0};
        dictionary->n = 1;
    }
    dictionary->terms = terms;
    dictionary->room = room;
    return true;
}

uint32_t baro_dictionary_code(baro_dictionary *dictionary, const char *text, size_t length, uint32_t hash, bool *is_new)
{
    *is_new = false;
    size_t at = 0;
    if (dictionary->table_size) {
        const size_t mask = dictionary->table_size - 1;
        for (at = hash & mask; dictionary->table[at]; at = (at + 1) & mask) {
            const baro_term *term = &dictionary->terms[dictionary->table[at]];
            if (term->hash == hash && term->length == length && memcmp(term->text, text, length) == 0)
                return dictionary->table[at];
        }
    }
    if (length > UINT32_MAX || (dictionary->n >= dictionary->room && !grow_terms(dictionary)))
        return 0;
    if (2 * dictionary->n >= dictionary->table_size) {
        if (!grow_table(dictionary))
            return 0;
        at = hash & (dictionary->table_size - 1);
        while (dictionary->table[at])
            at = (at + 1) & (dictionary->table_size - 1);
    }
    uint32_t code = (uint32_t)dictionary->n++;
    dictionary->terms[code] = (baro_term){.text = text, .length = (uint32_t)length, .hash = hash};
    dictionary->table[at] = code;
    *is_new = true;
    return code;
}

bool baro_dictionary_clear(baro_dictionary *dictionary)
{
    if (dictionary->room == 0)
        return grow_terms(dictionary);
    if (dictionary->table_size)
        memset(dictionary->table, 0, dictionary->table_size * sizeof *dictionary->table);
    dictionary->n = 1;
    dictionary->terms[0] = (baro_term){0};
    return true;
}

void baro_dictionary_free(baro_dictionary *dictionary)
{
    free(dictionary->terms);
    free(dictionary->table);
    *dictionary = (baro_dictionary){0};
}
