#include "io/base/text.h"
#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGH UINT64_C(0x8080808080808080)

/* Bytes of the valid character at `text`, 0 when there is none. Unicode 15, table 3-7: well-formed UTF-8. */
static size_t character_length(const unsigned char *text, size_t length)
{
    unsigned char lead = text[0];
    if (lead < 0x80)
        return lead != 0;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (n > length)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

/* Bytes at the start, in whole words, that are ASCII and not NUL. */
static size_t plain_words(const unsigned char *text, size_t length)
{
    size_t at = 0;
    for (; at + 32 <= length; at += 32) {
        uint64_t word[4];
        memcpy(word, text + at, 32);
        uint64_t bad = (word[0] | (word[0] - ONES)) | (word[1] | (word[1] - ONES)) | (word[2] | (word[2] - ONES)) |
                       (word[3] | (word[3] - ONES));
        if (bad & HIGH)
            break;
    }
    for (; at + 8 <= length; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        if ((word | (word - ONES)) & HIGH)
            break;
    }
    return at;
}

size_t baro_text_valid(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < length) {
        at += plain_words(bytes + at, length - at);
        for (size_t steps = 0; at < length && steps < 8; steps++) {
            size_t n = character_length(bytes + at, length - at);
            if (n == 0)
                return at;
            at += n;
        }
    }
    return at;
}

size_t baro_text_character(const char *text, size_t length, uint32_t *out)
{
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t n = character_length(bytes, length);
    if (n == 0) {
        *out = bytes[0] == 0 ? 0 : 0xFFFD;
        return 1;
    }
    uint32_t c = bytes[0] & lead_bits[n];
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (bytes[i] & 0x3F);
    *out = c;
    return n;
}

size_t baro_text_characters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

/* Not for a terminal: controls, and what reorders or ends a line there. */
static bool is_unprintable(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

/* Writes until `most` bytes are used; returns how many bytes of text are done. */
static size_t quote_upto(const char *text, size_t length, char *out, size_t most, size_t *used)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t at = 0;
    *used = 0;
    while (at < length) {
        uint32_t c;
        size_t n = baro_text_character(text + at, length - at, &c);
        bool escaped = is_unprintable(c) || (c == 0xFFFD && n == 1);
        size_t needs = escaped ? 4 * n : n;
        if (*used + needs > most)
            break;
        for (size_t i = 0; i < n; i++) {
            unsigned char byte = (unsigned char)text[at + i];
            if (escaped) {
                out[(*used)++] = '\\';
                out[(*used)++] = 'x';
                out[(*used)++] = hex[byte >> 4];
                out[(*used)++] = hex[byte & 15];
            } else {
                out[(*used)++] = (char)byte;
            }
        }
        at += n;
    }
    return at;
}

char *baro_text_quote(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;
    if (size == 0)
        return out;
    size_t most = size - 1 < 80 ? size - 1 : 80;
    if (quote_upto(text, length, out, most, &used) < length && size > 4) {
        if (most + 3 > size - 1) /* room for the dots */
            quote_upto(text, length, out, size - 4, &used);
        memcpy(out + used, "...", 3);
        used += 3;
    }
    out[used] = '\0';
    return out;
}

char *baro_text_quote_all(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;
    if (size == 0)
        return out;
    quote_upto(text, length, out, size - 1, &used);
    out[used] = '\0';
    return out;
}

bool baro_text_has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7F)
            return true;
        if (byte == 0xC2 && i + 1 < length && (unsigned char)text[i + 1] >= 0x80 && (unsigned char)text[i + 1] < 0xA0)
            return true;
    }
    return false;
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool baro_text_same_case_blind(const char *a, const char *b)
{
    while (*a && folded(*a) == folded(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

#define LONGEST_WORD 120

/* Optimal string alignment distance, blind to ASCII case; more than `limit` may be said of anything beyond it. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length, size_t limit)
{
    unsigned char rows[3][LONGEST_WORD + 4];
    size_t difference = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (difference > limit)
        return limit + 1;
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned char)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned char *row = rows[i % 3];
        const unsigned char *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = (unsigned char)i;
        for (size_t j = 1; j <= b_length; j++) {
            char x = folded(a[i - 1]), y = folded(b[j - 1]);
            unsigned best = above[j - 1] + (x != y ? 1u : 0u);
            if (above[j] + 1u < best)
                best = above[j] + 1u;
            if (row[j - 1] + 1u < best)
                best = row[j - 1] + 1u;
            if (i > 1 && j > 1 && x == folded(b[j - 2]) && folded(a[i - 2]) == y && second[j - 2] + 1u < best)
                best = second[j - 2] + 1u;
            row[j] = (unsigned char)best;
        }
    }
    return rows[a_length % 3][b_length];
}

const char *baro_text_nearest(const char *word, const char *const *candidates, size_t n)
{
    size_t length = strlen(word);
    if (length > LONGEST_WORD)
        return NULL;
    size_t limit = length / 3 < 3 ? length / 3 : 3, best = limit + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!candidates[i])
            continue;
        size_t distance = edit_distance(word, length, candidates[i], strlen(candidates[i]), limit);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_no_break_space(const char *text)
{
    return memcmp(text, "\xC2\xA0", 2) == 0;
}

static void trim(const char **text, size_t *length)
{
    const char *at = *text, *end = *text + *length;
    while (at < end && (is_space(*at) || (end - at > 1 && is_no_break_space(at))))
        at += is_space(*at) ? 1 : 2;
    while (at < end && (is_space(end[-1]) || (end - at > 1 && is_no_break_space(end - 2))))
        end -= is_space(end[-1]) ? 1 : 2;
    *text = at;
    *length = (size_t)(end - at);
}

/* U+2018, U+2019 and U+02BC stand for an apostrophe. Returns its bytes, 0 when there is none. */
static size_t curly_apostrophe(const char *text, size_t length)
{
    if (length >= 3 && (memcmp(text, "\xE2\x80\x98", 3) == 0 || memcmp(text, "\xE2\x80\x99", 3) == 0))
        return 3;
    return length >= 2 && memcmp(text, "\xCA\xBC", 2) == 0 ? 2 : 0;
}

/* Bytes of the spaces that text begins with: several are one, as spreadsheets and statistics programs pad them. */
static size_t spaces(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && (is_space(text[n]) || (length - n > 1 && is_no_break_space(text + n))))
        n += is_space(text[n]) ? 1 : 2;
    return n;
}

static size_t next_canonical(const char *text, size_t length, bool ignore_case, char *out)
{
    size_t curly = curly_apostrophe(text, length), padded = spaces(text, length);
    if (padded) {
        *out = ' ';
        return padded;
    }
    *out = curly ? '\'' : ignore_case ? folded(*text) : *text;
    return curly ? curly : 1;
}

bool baro_text_same_answer(const char *a, size_t a_length, const char *b, size_t b_length, bool ignore_case)
{
    trim(&a, &a_length);
    trim(&b, &b_length);
    while (a_length && b_length) {
        char x, y;
        size_t of_a = next_canonical(a, a_length, ignore_case, &x), of_b = next_canonical(b, b_length, ignore_case, &y);
        if (x != y)
            return false;
        a += of_a;
        a_length -= of_a;
        b += of_b;
        b_length -= of_b;
    }
    return a_length == b_length;
}

size_t baro_text_canonical(const char *text, size_t length, bool ignore_case, char *out)
{
    size_t n = 0;
    trim(&text, &length);
    for (size_t i = 0; i < length;)
        i += next_canonical(text + i, length - i, ignore_case, &out[n++]);
    out[n] = '\0';
    return n;
}

uint64_t baro_text_hash(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001B3);
    return hash;
}
