#include "surveys/publishing/survey_file.h"
#include "io/writers/yaml.h"
#include <string.h>

static const char *const role_names[] = {"positive", "neutral", "negative", "other", "dont_know", "refused", "not_asked"};
static const char *const kind_names[] = {"demographic", "channel", "area", "contact", "other"};
static const char *const statistic_names[] = {"proportion", "distribution", "mean", "total", "ratio", "quantile"};

static void put_key(baro_output *output, const char *key, const char *value)
{
    baro_output_format(output, "%s: ", key);
    baro_yaml_text(output, value);
    baro_output_text(output, "\n");
}

/* --- what a person should look at --- */

/* Names of the variables with any of the uses (0: that could be the weight, and are not); guessed ones only, when asked. "" when there are none, NULL without memory. */
static const char *names_of(const baro_import *from, unsigned uses, bool guessed, baro_arena *arena)
{
    const char *list = "";
    size_t length = 0, room = 0;
    char *text = NULL;
    for (size_t i = 0; i < from->n; i++) {
        const baro_import_item *item = &from->items[i];
        const char *name = item->from->name;
        size_t more = strlen(name) + 2;
        if (!(uses ? item->uses & uses : item->could_be_weight) || (guessed && !item->guessed))
            continue;
        if (length + more + 1 > room) {
            room = 2 * (length + more + 1);
            char *grown = baro_arena_array(arena, room, 1);
            if (!grown)
                return NULL;
            if (length)
                memcpy(grown, text, length);
            text = grown;
        }
        memcpy(text + length, ", ", 2);
        memcpy(text + length + 2, name, more - 2);
        length += more;
        text[length] = '\0';
        list = text + 2;
    }
    return list;
}

/* A line for each thing that was guessed. */
static const struct {
    unsigned use;
    const char *words;
} guesses[] = {
    {BARO_USE_WEIGHT, "the weight, by its name:"},
    {0, "these could be the weight instead:"},
    {BARO_USE_GROUP, "groups, by few answers and the name of a demographic, an area or a channel:"},
    {BARO_USE_NOTHING, "left out (texts, dates, identifiers, and whatever has no answers):"},
};

static baro_status put_head(const baro_import *from, baro_arena *arena, baro_output *output)
{
    const char *made = baro_arena_format(arena, "Made from %s (%zu variables). Look at it before you use it: what follows was guessed.", from->book->name, from->n);
    if (!made)
        return BARO_NO_MEMORY;
    baro_yaml_remark(output, "# ", made);
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        const char *names = names_of(from, guesses[i].use, true, arena);
        const char *line = names ? baro_arena_format(arena, "- %s %s", guesses[i].words, names) : NULL;
        if (!line)
            return BARO_NO_MEMORY;
        if (*names)
            baro_yaml_remark(output, "# ", line);
    }
    baro_yaml_remark(output, "# ", "- measures: all the others");
    baro_yaml_remark(output, "# ",
                     "- what an answer counts as, by its words: don't know, refused, not asked; positive and negative where all answers are of one scale "
                     "(agree, satisfied, safe, good, well, approve, confident, worried, yes or no); else every answer is a level of a distribution");
    for (size_t i = 0; i < from->n; i++) {
        const char *line = baro_arena_format(arena, "- %s: the file calls a whole range of numbers missing, and only those with a label are listed here",
                                             from->items[i].from->name);
        if (!line)
            return BARO_NO_MEMORY;
        if (from->items[i].from->missing_range)
            baro_yaml_remark(output, "# ", line);
    }
    const char *design = names_of(from, BARO_USE_STRATA | BARO_USE_PSU, false, arena);
    if (!design)
        return BARO_NO_MEMORY;
    if (!*design)
        baro_yaml_remark(output, "# ", "- the design: no strata and no PSUs are known, so that intervals may be too narrow");
    baro_yaml_remark(output, "# ",
                     "A column 'role' in the codebook decides instead: measure, group, weight, strata, psu, period, id or none of a variable; positive, neutral, "
                     "negative, other, don't know, refused or not asked of an answer.");
    return BARO_OK;
}

/* --- sections --- */

static size_t count_of(const baro_import *from, unsigned use)
{
    size_t n = 0;
    for (size_t i = 0; i < from->n; i++)
        n += (from->items[i].uses & use) != 0;
    return n;
}

/* `key: column`, or `key: [column, column]`. */
static void put_columns(const baro_import *from, unsigned use, const char *key, baro_output *output)
{
    size_t n = count_of(from, use), written = 0;
    if (n == 0)
        return;
    baro_output_format(output, "  %s: %s", key, n > 1 ? "[" : "");
    for (size_t i = 0; i < from->n; i++) {
        if (!(from->items[i].uses & use))
            continue;
        baro_output_text(output, written++ ? ", " : "");
        baro_yaml_text(output, from->items[i].from->name);
    }
    baro_output_text(output, n > 1 ? "]\n" : "\n");
}

static void put_sections(const baro_import *from, baro_output *output)
{
    baro_output_text(output, "survey:\n");
    put_key(output, "  id", from->id);
    if (*from->book->title)
        put_key(output, "  title", from->book->title);
    if (count_of(from, BARO_USE_ID)) {
        baro_output_text(output, "input:\n");
        put_columns(from, BARO_USE_ID, "id", output);
    }
    if (count_of(from, BARO_USE_WEIGHT | BARO_USE_STRATA | BARO_USE_PSU))
        baro_output_text(output, "design:\n");
    put_columns(from, BARO_USE_WEIGHT, "weight", output);
    put_columns(from, BARO_USE_STRATA, "strata", output);
    put_columns(from, BARO_USE_PSU, "psu", output);
    if (count_of(from, BARO_USE_PERIOD))
        baro_output_text(output, "period:\n");
    put_columns(from, BARO_USE_PERIOD, "columns", output);
}

static void put_scale(const baro_import_scale *scale, baro_output *output)
{
    put_key(output, "  - id", scale->id);
    baro_output_text(output, "    answers:\n");
    for (size_t i = 0; i < scale->n_answers; i++) {
        const baro_answer *answer = &scale->answers[i];
        baro_output_text(output, "      - {");
        if (answer->codes.n) {
            baro_output_text(output, "codes: ");
            baro_yaml_codes(output, answer->codes.item, answer->codes.n);
            baro_output_text(output, ", ");
        }
        baro_output_text(output, "label: ");
        baro_yaml_text(output, answer->label);
        baro_output_format(output, ", role: %s}\n", role_names[answer->role]);
    }
}

static bool is_missing(const baro_answer *answer)
{
    return answer->role > BARO_ROLE_OTHER;
}

static void put_group_missing(const baro_import_item *item, baro_output *output)
{
    size_t written = 0;
    for (size_t i = 0; i < item->n_answers; i++) {
        const baro_answer *answer = &item->answers[i];
        if (!is_missing(answer))
            continue;
        for (size_t k = 0; k < answer->codes.n; k++) {
            baro_output_text(output, written++ ? ", " : "    missing: [");
            baro_yaml_code(output, answer->codes.item[k]);
        }
        baro_output_text(output, written++ ? ", " : "    missing: [");
        baro_yaml_text(output, answer->label);
    }
    baro_output_text(output, written ? "]\n" : "");
}

static void put_group(const baro_import_item *item, baro_output *output)
{
    put_key(output, "  - id", item->id);
    put_key(output, "    label", item->label);
    baro_output_format(output, "    kind: %s\n", kind_names[item->kind]);
    put_key(output, "    columns", item->from->name);
    baro_output_text(output, item->ordered ? "    ordered: yes\n" : "");
    baro_output_text(output, item->sensitive ? "    sensitive: yes\n" : "");
    put_group_missing(item, output);
    if (item->n_counted == 0)
        return;
    baro_output_text(output, "    categories:\n");
    for (size_t i = 0; i < item->n_answers; i++) {
        const baro_answer *answer = &item->answers[i];
        if (is_missing(answer))
            continue;
        baro_output_text(output, "      - {label: ");
        baro_yaml_text(output, answer->label);
        if (answer->codes.n) {
            baro_output_text(output, ", codes: ");
            baro_yaml_codes(output, answer->codes.item, answer->codes.n);
        }
        baro_output_text(output, "}\n");
    }
}

/* Numbers, of which some codes are none: they are named on the measure itself. */
static void put_missing(const baro_import_item *item, baro_output *output)
{
    for (size_t role = BARO_ROLE_DONT_KNOW; role <= BARO_ROLE_NOT_ASKED; role++) {
        size_t written = 0;
        for (size_t i = 0; i < item->n_answers; i++) {
            if (item->answers[i].role != role)
                continue;
            if (written++)
                baro_output_text(output, ", ");
            else
                baro_output_format(output, "    %s: [", role_names[role]);
            baro_output_text(output, "{label: ");
            baro_yaml_text(output, item->answers[i].label);
            baro_output_text(output, ", codes: ");
            baro_yaml_codes(output, item->answers[i].codes.item, item->answers[i].codes.n);
            baro_output_text(output, "}");
        }
        baro_output_text(output, written ? "]\n" : "");
    }
}

static void put_measure(const baro_import *from, const baro_import_item *item, baro_output *output)
{
    const baro_import_scale *scale = item->scale == SIZE_MAX ? NULL : &from->scales[item->scale];
    put_key(output, "  - id", item->measure_id);
    put_key(output, "    label", item->label);
    if (item->question)
        put_key(output, "    question", item->question);
    put_key(output, "    columns", item->from->name);
    if (scale)
        put_key(output, "    scale", scale->id);
    else
        put_missing(item, output);
    if (item->statistic != BARO_STAT_PROPORTION)
        baro_output_format(output, "    statistic: %s\n", statistic_names[item->statistic]);
    if (scale && scale->better == BARO_BETTER_LOWER)
        baro_output_text(output, "    better: lower\n");
    else if (item->statistic != BARO_STAT_PROPORTION)
        baro_output_text(output, "    better: neither\n");
}

baro_status baro_write_survey_file(const baro_import *from, baro_arena *arena, baro_output *output)
{
    baro_status status = put_head(from, arena, output);
    if (status != BARO_OK)
        return status;
    put_sections(from, output);
    baro_output_text(output, from->n_scales ? "scales:\n" : "");
    for (size_t i = 0; i < from->n_scales; i++)
        put_scale(&from->scales[i], output);
    baro_output_text(output, count_of(from, BARO_USE_GROUP) ? "groups:\n" : "");
    for (size_t i = 0; i < from->n; i++)
        if (from->items[i].uses & BARO_USE_GROUP)
            put_group(&from->items[i], output);
    baro_output_text(output, count_of(from, BARO_USE_MEASURE) ? "measures:\n" : "");
    for (size_t i = 0; i < from->n; i++)
        if (from->items[i].uses & BARO_USE_MEASURE)
            put_measure(from, &from->items[i], output);
    return BARO_OK;
}
