#include "tests/svg_text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t room = 1 << 16, n = 0;
    char *bytes = malloc(room);
    while (bytes) {
        n += fread(bytes + n, 1, room - n - 1, file);
        if (n < room - 1)
            break;
        char *grown = realloc(bytes, room *= 2);
        if (!grown)
            free(bytes);
        bytes = grown;
    }
    fclose(file);
    if (bytes)
        bytes[n] = '\0';
    if (length)
        *length = n;
    return bytes;
}

static char *unescaped(const char *from, size_t length)
{
    static const struct {
        const char *escape;
        char letter;
    } escapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    char *out = malloc(length + 1), *to = out;
    for (size_t i = 0; out && i < length;) {
        size_t used = 1;
        char letter = from[i];
        for (size_t e = 0; e < sizeof escapes / sizeof *escapes; e++)
            if (strncmp(from + i, escapes[e].escape, strlen(escapes[e].escape)) == 0) {
                used = strlen(escapes[e].escape);
                letter = escapes[e].letter;
            }
        *to++ = letter;
        i += used;
    }
    if (out)
        *to = '\0';
    return out;
}

static double number_behind(const char *tag, const char *word)
{
    const char *at = strstr(tag, word);
    return at ? strtod(at + strlen(word), NULL) : -1;
}

svg_text *svg_texts_read(const char *svg, size_t *n)
{
    static const char start[] = "<g transform=\"translate(", open[] = "<text", close[] = "</text>";
    svg_text *texts = NULL;
    size_t room = 0;
    *n = 0;
    const char *group = NULL;
    for (const char *at = svg; *at; at++) {
        if (strncmp(at, start, sizeof start - 1) == 0)
            group = at;
        if (!group || strncmp(at, open, sizeof open - 1) != 0)
            continue;
        const char *from = strchr(at, '>'), *end = from ? strstr(from, close) : NULL;
        if (!end)
            break;
        from++; /* behind xml:space, where there are several spaces */
        if (*n == room) {
            svg_text *grown = realloc(texts, (room = room ? room * 2 : 64) * sizeof *texts);
            if (!grown)
                break;
            texts = grown;
        }
        char tag[600];
        snprintf(tag, sizeof tag, "%.*s", (int)(at - group), group);
        svg_text *text = &texts[(*n)++];
        *text = (svg_text){.x = number_behind(tag, "translate("),
                           .y = number_behind(tag, ","),
                           .size = number_behind(tag, "font-size=\"")};
        text->anchor = strstr(tag, "\"middle\"") ? 1 : strstr(tag, "\"end\"") ? 2 : 0;
        text->bold = strstr(tag, "font-weight=\"bold\"") != NULL;
        text->text = unescaped(from, (size_t)(end - from));
    }
    return texts;
}

void svg_texts_free(svg_text *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i].text);
    free(texts);
}
