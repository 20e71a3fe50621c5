/* What a key of the table may hold: said in words, read from a scalar, filled with its default. */
#include "surveys/model/keys.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

static const char *const type_words[] = {
    [BARO_KEY_TEXT] = "text",
    [BARO_KEY_ID] = "an id",
    [BARO_KEY_WHERE] = "an expression",
    [BARO_KEY_TEXTS] = "text or a list of texts",
    [BARO_KEY_YES_NO] = "yes or no",
    [BARO_KEY_NUMBER] = "a number",
    [BARO_KEY_NUMBERS] = "a number or a list of numbers",
    [BARO_KEY_WHOLE] = "a whole number",
    [BARO_KEY_CHOICE] = "",
    [BARO_KEY_SECTION] = "a map of keys",
    [BARO_KEY_RECORDS] = "a map of keys or a list of them",
    [BARO_KEY_ANSWERS] = "an answer or a list of answers",
    [BARO_KEY_MAP] = "a map",
    [BARO_KEY_LISTS] = "a list of lists of texts",
};

static void choices(const baro_key *key, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (const baro_word *w = key->words; w->word != NULL && used < size; w++) {
        const char *mark = w[1].word == NULL ? "" : w[2].word == NULL ? " or " : ", ";
        bool sign = strlen(w->word) == 1;
        int n = snprintf(out + used, size - used, "%s%s%s%s", sign ? "'" : "", w->word, sign ? "'" : "", mark);
        used += n > 0 ? (size_t)n : 0;
    }
}

/** The range behind "a number"; an end of a thousand million or more is none. */
static void range(const baro_key *key, char *out, size_t size)
{
    bool open_low = (key->flags & BARO_KEY_OPEN_LOW) != 0, open_high = (key->flags & BARO_KEY_OPEN_HIGH) != 0;
    out[0] = '\0';
    if (!(key->low < key->high))
        return;
    if (key->high >= 1e9)
        snprintf(out, size, " %s %g", open_low ? "above" : "of at least", key->low);
    else if (!open_low && !open_high)
        snprintf(out, size, " from %g to %g", key->low, key->high);
    else
        snprintf(out, size, " %s %g and %s %g", open_low ? "above" : "of at least", key->low,
                 open_high ? "below" : "at most", key->high);
}

const char *baro_key_expects(const baro_key *key, char *out, size_t size)
{
    char ends[100] = "";
    if (key->type == BARO_KEY_CHOICE) {
        choices(key, out, size);
        return out;
    }
    if (key->type == BARO_KEY_NUMBER || key->type == BARO_KEY_NUMBERS || key->type == BARO_KEY_WHOLE)
        range(key, ends, sizeof ends);
    snprintf(out, size, "%s%s%s", key->flags & BARO_KEY_AUTO_OK ? "auto or " : "", type_words[key->type], ends);
    return out;
}

const baro_word *baro_key_word(const baro_key *key, const char *text)
{
    for (const baro_word *w = key->words; w != NULL && w->word != NULL; w++)
        if (strcmp(w->word, text) == 0)
            return w;
    return NULL;
}

static bool in_range(const baro_key *key, double x)
{
    if (!(key->low < key->high))
        return true;
    bool above = key->flags & BARO_KEY_OPEN_LOW ? x > key->low : x >= key->low;
    bool below = key->flags & BARO_KEY_OPEN_HIGH ? x < key->high : x <= key->high;
    return above && below;
}

/** Enumerations, flags, characters and counts, by the size of what they fill. */
static void put_whole(const baro_key *key, size_t value, void *record)
{
    char *at = (char *)record + key->offset;
    unsigned char byte = (unsigned char)value;
    unsigned int word = (unsigned int)value;
    if (key->size == sizeof byte)
        memcpy(at, &byte, sizeof byte);
    else if (key->size == sizeof word)
        memcpy(at, &word, sizeof word);
    else if (key->size == sizeof value)
        memcpy(at, &value, sizeof value);
}

static bool put_number(const baro_key *key, const char *text, size_t length, void *record)
{
    double x;
    if (!baro_number_read(text, length, '.', &x) || !in_range(key, x))
        return false;
    if (key->size == sizeof x)
        memcpy((char *)record + key->offset, &x, sizeof x);
    return true;
}

bool baro_key_scalar(const baro_key *key, const char *text, size_t length, bool quoted, void *record)
{
    size_t n;
    const baro_word *word;
    switch (key->type) {
    case BARO_KEY_TEXT:
    case BARO_KEY_ID:
    case BARO_KEY_WHERE:
        if (key->size == sizeof text)
            memcpy((char *)record + key->offset, &text, sizeof text);
        return true;
    case BARO_KEY_YES_NO:
        if (quoted || (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0))
            return false;
        put_whole(key, text[0] == 'y', record);
        return true;
    case BARO_KEY_NUMBER: return !quoted && put_number(key, text, length, record);
    case BARO_KEY_WHOLE:
        if (key->flags & BARO_KEY_AUTO_OK && strcmp(text, "auto") == 0)
            n = 0;
        else if (quoted || !baro_number_read_size(text, length, &n) || !in_range(key, (double)n))
            return false;
        put_whole(key, n, record);
        return true;
    case BARO_KEY_CHOICE:
        word = baro_key_word(key, text);
        if (word == NULL)
            return false;
        put_whole(key, (size_t)word->value, record);
        return true;
    default: return false;
    }
}

static void put_default(const baro_key *key, void *record)
{
    double none = NAN;
    if (key->type == BARO_KEY_SECTION && !(key->flags & BARO_KEY_LATER))
        baro_keys_defaults(key->inside, record);
    else if (key->type == BARO_KEY_NUMBER && key->size == sizeof none && key->standard == NULL)
        memcpy((char *)record + key->offset, &none, sizeof none);
    else if (key->type == BARO_KEY_TEXTS && key->standard != NULL)
        memcpy((char *)record + key->offset, &(baro_texts){&key->standard, 1}, sizeof(baro_texts));
    else if (key->standard != NULL)
        baro_key_scalar(key, key->standard, strlen(key->standard), false, record);
}

void baro_keys_defaults(baro_map map, void *record)
{
    for (size_t i = 0; i < baro_keys_count(); i++)
        if (baro_keys_at(i)->map == map)
            put_default(baro_keys_at(i), record);
}
