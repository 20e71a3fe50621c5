/* The reference page of survey files, printed from the table of keys. */
#include "surveys/model/keys.h"
#include <string.h>

/** A bar would end the cell. */
static void print_cell(const char *text, baro_output *output)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            baro_output_text(output, "\\");
        baro_output_write(output, text, 1);
    }
}

static bool has_suffix(const baro_key *key)
{
    return key->type == BARO_KEY_RECORDS || key->type == BARO_KEY_ANSWERS;
}

static void print_default(const baro_key *key, baro_output *output)
{
    if (key->flags & BARO_KEY_REQUIRED)
        baro_output_text(output, "required");
    else if (key->standard != NULL && key->standard[0] == '\0')
        baro_output_text(output, "`\"\"`");
    else if (key->standard != NULL)
        baro_output_format(output, "`%s`", key->standard);
    else if (key->says != NULL)
        print_cell(key->says, output);
}

/** Values of a choice whose working is not there yet. */
static void print_later_words(const baro_key *key, baro_output *output)
{
    bool first = true;
    if (key->flags & BARO_KEY_LATER || key->words == NULL)
        return;
    for (const baro_word *w = key->words; w->word != NULL; w++) {
        if (!w->later)
            continue;
        baro_output_format(output, "%s%s", first ? " Not supported yet: " : ", ", w->word);
        first = false;
    }
    if (!first)
        baro_output_text(output, ".");
}

static void print_row(const baro_key *key, baro_output *output)
{
    char wanted[400];
    const char *path = baro_keys_map(key->map)->path;
    baro_output_format(output, "| `%s%s%s%s` | ", path, path[0] == '\0' ? "" : ".", key->name,
                       has_suffix(key) ? "[]" : "");
    print_cell(baro_key_expects(key, wanted, sizeof wanted), output);
    baro_output_text(output, " | ");
    print_default(key, output);
    baro_output_text(output, " | ");
    print_cell(key->meaning, output);
    if (key->flags & BARO_KEY_LATER)
        baro_output_text(output, " **Not supported yet.**");
    if (key->most > 0)
        baro_output_format(output, " More than %zu: not supported yet.", key->most);
    print_later_words(key, output);
    baro_output_text(output, " |\n");
}

void baro_survey_reference(baro_output *output)
{
    baro_output_text(
        output,
        "# Keys of a survey file\n\n"
        "A survey file is one YAML document, read strictly: an unknown key, a wrong type or a duplicate is an error "
        "with line and\n"
        "column; there are no anchors, aliases or tags. Where one value will do, a list of one may be written "
        "without brackets.\n"
        "A key under `x[]` belongs to each map in the list `x`.\n\n"
        "| key | value | default | meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < baro_keys_count(); i++)
        print_row(baro_keys_at(i), output);
}
