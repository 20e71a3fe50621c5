#include "surveys/program/words.h"
#include "io/base/text.h"
#include <string.h>

const char *baro_word_shown(const char *text, baro_arena *arena)
{
    char shown[4 * 80 + 8];
    const char *copy = baro_arena_string(arena, baro_text_quote(text, strlen(text), shown, sizeof shown));
    return copy ? copy : "";
}

static baro_status fault(const char *option, size_t column, const char *what, baro_error *error)
{
    return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){option, 1, column}, "%s", what);
}

/* The quoted name that starts at text[*at] == '"'; *at moves behind the closing quote. */
static baro_status read_quoted(const char *option, const char *text, size_t *at, char *out, baro_error *error)
{
    size_t open = *at, length = 0;
    for (size_t i = open + 1; text[i]; i++) {
        if (text[i] == '"' && text[i + 1] != '"') {
            out[length] = 0;
            *at = i + 1;
            return BARO_OK;
        }
        if (text[i] == '"')
            i++;
        out[length++] = text[i];
    }
    return fault(option, open + 1, "the quote opened here is never closed", error);
}

static baro_status read_word(const char *option, const char *text, size_t *at, const char *separators,
                             baro_arena *arena, baro_word *out, baro_error *error)
{
    size_t start = *at;
    out->quoted = text[start] == '"';
    if (out->quoted) {
        char *name = baro_arena_array(arena, strlen(text + start) + 1, 1);
        if (!name)
            return BARO_NO_MEMORY;
        baro_status status = read_quoted(option, text, at, name, error);
        if (status != BARO_OK)
            return status;
        if (text[*at] && !strchr(separators, text[*at]))
            return fault(option, *at + 1, "text after a closing quote; write a quote inside quotes twice", error);
        out->text = name;
    } else {
        *at += strcspn(text + start, separators);
        if (*at == start)
            return fault(option, start + 1, "a name is missing here", error);
        out->text = baro_arena_text(arena, text + start, *at - start);
    }
    out->end = text[*at];
    return out->text ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_words_cut(const char *option, const char *text, const char *separators, baro_arena *arena,
                           baro_words *out, baro_error *error)
{
    size_t most = 1;
    for (const char *c = text; *c; c++)
        most += strchr(separators, *c) != NULL;
    baro_word *words = BARO_ARRAY(arena, baro_word, most);
    if (!words)
        return BARO_NO_MEMORY;
    size_t n = 0, at = 0;
    for (;;) {
        baro_status status = read_word(option, text, &at, separators, arena, &words[n], error);
        if (status != BARO_OK)
            return status;
        if (words[n++].end == 0)
            break;
        at++;
    }
    *out = (baro_words){words, n};
    return BARO_OK;
}

baro_status baro_word_single(const char *option, const char *text, baro_arena *arena, const char **out,
                             baro_error *error)
{
    baro_words words;
    baro_status status = baro_words_cut(option, text, "", arena, &words, error);
    if (status == BARO_OK)
        *out = words.item[0].text;
    return status;
}
