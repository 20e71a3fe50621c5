/* The reference page of survey files, printed from the table of keys. */
#include "surveys/model/keys.h"
#include <string.h>

/** A bar would end the cell. */
static void print_cell(const char *text, FILE *stream)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            fputc('\\', stream);
        fputc(*text, stream);
    }
}

static bool has_suffix(const baro_key *key)
{
    return key->type == BARO_KEY_RECORDS || key->type == BARO_KEY_ANSWERS;
}

static void print_default(const baro_key *key, FILE *stream)
{
    if (key->flags & BARO_KEY_REQUIRED)
        fputs("required", stream);
    else if (key->standard != NULL && key->standard[0] == '\0')
        fputs("`\"\"`", stream);
    else if (key->standard != NULL)
        fprintf(stream, "`%s`", key->standard);
    else if (key->says != NULL)
        print_cell(key->says, stream);
}

/** Values of a choice whose working is not there yet. */
static void print_later_words(const baro_key *key, FILE *stream)
{
    bool first = true;
    if (key->flags & BARO_KEY_LATER || key->words == NULL)
        return;
    for (const baro_word *w = key->words; w->word != NULL; w++) {
        if (!w->later)
            continue;
        fprintf(stream, "%s%s", first ? " Not supported yet: " : ", ", w->word);
        first = false;
    }
    if (!first)
        fputc('.', stream);
}

static void print_row(const baro_key *key, FILE *stream)
{
    char wanted[400];
    const char *path = baro_keys_map(key->map)->path;
    fprintf(stream, "| `%s%s%s%s` | ", path, path[0] == '\0' ? "" : ".", key->name, has_suffix(key) ? "[]" : "");
    print_cell(baro_key_expects(key, wanted, sizeof wanted), stream);
    fputs(" | ", stream);
    print_default(key, stream);
    fputs(" | ", stream);
    print_cell(key->meaning, stream);
    if (key->flags & BARO_KEY_LATER)
        fputs(" **Not supported yet.**", stream);
    if (key->most > 0)
        fprintf(stream, " More than %zu: not supported yet.", key->most);
    print_later_words(key, stream);
    fputs(" |\n", stream);
}

void baro_survey_reference(FILE *stream)
{
    fputs("# Keys of a survey file\n\n"
          "A survey file is one YAML document, read strictly: an unknown key, a wrong type or a duplicate is an error with line and\n"
          "column; there are no anchors, aliases or tags. Where one value will do, a list of one may be written without brackets.\n"
          "A key under `x[]` belongs to each map in the list `x`.\n\n"
          "| key | value | default | meaning |\n|---|---|---|---|\n",
          stream);
    for (size_t i = 0; i < baro_keys_count(); i++)
        print_row(baro_keys_at(i), stream);
}
