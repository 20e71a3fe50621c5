/* Names of columns: rows of a header joined, codes found in them, and which column a name names. */
#include "io/readers/header_names.h"
#include <string.h>

/* --- other names of a column: its code, and its code or name with the text behind --- */

/* Bytes of the code in `Q7. How satisfied ...` or `Q7[SQ001]. How ...`; 0 when there is none. */
static size_t code_length(const char *name)
{
    enum { MOST = 40 };
    size_t n = 0;
    while ((name[n] >= '0' && name[n] <= '9') || (name[n] >= 'A' && name[n] <= 'Z') || (name[n] >= 'a' && name[n] <= 'z') || name[n] == '_')
        n++;
    if (n > 0 && name[n] == '[') {
        n += strcspn(name + n, "]. ");
        n += name[n] == ']';
    }
    return n > 0 && n <= MOST && name[n] == '.' && name[n + 1] == ' ' ? n : 0;
}

/* The code of a name, with what a second header row has put behind it when several columns share the code. */
static const char *code_of(const baro_source *source, size_t field, const char *const *question, baro_arena *arena)
{
    const char *name = source->header[field], *above = question ? question[field] : name;
    size_t n = *name ? code_length(above) : 0;
    bool shared = question && ((field > 0 && question[field - 1] == above) ||
                               (field + 1 < source->fields && question[field + 1] == above)); /* one merged cell */
    if (n == 0)
        return "";
    const char *option = strlen(name) > strlen(above) ? name + strlen(above) : "";
    return baro_arena_format(arena, "%.*s%s", (int)n, above, shared ? option : "");
}

/*
 * also[2 i] is the code; also[2 i + 1] what stands under an id in a second row of three, with the id before it. `question` holds the
 * names of the first of two rows, NULL otherwise; `text` the second row of three.
 */
baro_status baro_names_others(baro_source *source, const char *const *question, const char *const *text, baro_arena *arena)
{
    const char **also = BARO_ARRAY(arena, const char *, 2 * source->fields);
    if (!also)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < source->fields; i++) {
        bool has_text = text && *text[i];
        also[2 * i] = has_text ? text[i] : code_of(source, i, question, arena);
        also[2 * i + 1] = has_text ? baro_arena_format(arena, "%s: %s", source->header[i], text[i]) : "";
        if (!also[2 * i] || !also[2 * i + 1])
            return BARO_NO_MEMORY;
    }
    source->also = also;
    return BARO_OK;
}

/* Two rows: a name of the first holds for the unnamed cells to its right that the second row names. */
baro_status baro_names_join(baro_arena *arena, const char **first, const char *const *second, size_t fields)
{
    const char *above = "";
    for (size_t i = 0; i < fields; i++) {
        if (*first[i])
            above = first[i];
        else if (!*second[i])
            continue;
        if (!*second[i])
            first[i] = above;
        else
            first[i] = *above ? baro_arena_format(arena, "%s: %s", above, second[i]) : second[i];
        if (!first[i])
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

/* Question over each column, merged cells filled in. */
const char *const *baro_names_questions(const char *const *first, size_t fields, baro_arena *arena)
{
    const char **question = BARO_ARRAY(arena, const char *, fields);
    for (size_t i = 0; question && i < fields; i++)
        question[i] = *first[i] || i == 0 ? first[i] : question[i - 1];
    return question;
}

/* --- which column a name names --- */

bool baro_names_same(const char *a, const char *b)
{
    while (*a == ' ')
        a++;
    while (*b == ' ')
        b++;
    size_t a_length = strlen(a), b_length = strlen(b);
    while (a_length && a[a_length - 1] == ' ')
        a_length--;
    while (b_length && b[b_length - 1] == ' ')
        b_length--;
    return a_length == b_length && memcmp(a, b, a_length) == 0;
}

/* Field (from 0) of a name: as it stands, else but for spaces at its ends. source->fields when there is none. */
size_t baro_names_find(const baro_source *source, const char *name, bool trimmed, size_t from)
{
    if (!*name)
        return source->fields;
    for (; from < source->fields; from++)
        if (*source->header[from] &&
            (trimmed ? baro_names_same(source->header[from], name) : strcmp(source->header[from], name) == 0))
            return from;
    return source->fields;
}

/* Field (from 0) of which this is another name; source->fields when there is none. */
static size_t find_other_name(const baro_source *source, const char *name, size_t from)
{
    for (; *name && source->also && from < source->fields; from++)
        for (size_t k = 0; k < 2; k++)
            if (baro_names_same(source->also[2 * from + k], name))
                return from;
    return source->fields;
}

size_t baro_names_field(const baro_source *source, const char *name, baro_name_manner manner, size_t from)
{
    return manner == BARO_NAME_OTHER ? find_other_name(source, name, from) : baro_names_find(source, name, manner == BARO_NAME_BUT_FOR_SPACES, from);
}
