/* The keys of a truth file: one table, read with the same means as that of survey files. */
#include "surveys/model/truth_keys.h"
#include <string.h>

#define OF(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)NULL)->member)
#define SHARE .low = 0, .high = 1, .flags = BARO_KEY_OPEN_HIGH
#define TOP(member) OF(baro_truth_draft, member)
#define GROUP(member) OF(baro_truth_group_draft, member)
#define CATEGORY(member) OF(baro_truth_category, member)
#define MEASURE(member) OF(baro_truth_measure_draft, member)
#define CELL(member) OF(baro_truth_cell_draft, member)
#define ANSWER(member) OF(baro_truth_answer, member)

static const baro_word spellings[] = {{"labels", BARO_TRUTH_LABELS, false}, {"codes", BARO_TRUTH_CODES, false}, {"mixed", BARO_TRUTH_MIXED, false}, {0}};
static const baro_word samples[] = {{"even", true, false}, {"proportional", false, false}, {0}};

/* clang-format off */
static const struct {
    baro_truth_map map;
    baro_key key;
} keys[] = {
    {BARO_TRUTH_TOP, {.name = "interviews", .type = BARO_KEY_WHOLE, TOP(is.interviews), .low = 1, .high = 100000000}},
    {BARO_TRUTH_TOP, {.name = "from", .type = BARO_KEY_TEXT, TOP(from)}},
    {BARO_TRUTH_TOP, {.name = "to", .type = BARO_KEY_TEXT, TOP(to)}},
    {BARO_TRUTH_TOP, {.name = "units", .type = BARO_KEY_WHOLE, TOP(is.units), .low = 2, .high = 100000}},
    {BARO_TRUTH_TOP, {.name = "icc", .type = BARO_KEY_NUMBER, TOP(is.icc), SHARE}},
    {BARO_TRUTH_TOP, {.name = "mood", .type = BARO_KEY_NUMBER, TOP(is.mood), .low = 0, .high = 1}},
    {BARO_TRUTH_TOP, {.name = "population", .type = BARO_KEY_NUMBER, TOP(is.population), .low = 0, .high = 1e12, .flags = BARO_KEY_OPEN_LOW}},
    {BARO_TRUTH_TOP, {.name = "dont_know", .type = BARO_KEY_NUMBER, TOP(is.dont_know), SHARE}},
    {BARO_TRUTH_TOP, {.name = "refused", .type = BARO_KEY_NUMBER, TOP(is.refused), SHARE}},
    {BARO_TRUTH_TOP, {.name = "blank", .type = BARO_KEY_NUMBER, TOP(is.blank), SHARE}},
    {BARO_TRUTH_TOP, {.name = "answers", .type = BARO_KEY_CHOICE, TOP(is.spelling), .words = spellings}},
    {BARO_TRUTH_TOP, {.name = "modules", .type = BARO_KEY_TEXTS, TOP(is.modules)}},
    {BARO_TRUTH_TOP, {.name = "module_column", .type = BARO_KEY_TEXT, TOP(is.module_column)}},
    {BARO_TRUTH_TOP, {.name = "groups", .type = BARO_KEY_RECORDS}},
    {BARO_TRUTH_TOP, {.name = "measures", .type = BARO_KEY_RECORDS}},
    {BARO_TRUTH_GROUP, {.name = "id", .type = BARO_KEY_TEXT, GROUP(id)}},
    {BARO_TRUTH_GROUP, {.name = "column", .type = BARO_KEY_TEXT, GROUP(is.column)}},
    {BARO_TRUTH_GROUP, {.name = "unknown", .type = BARO_KEY_NUMBER, GROUP(is.unknown), SHARE}},
    {BARO_TRUTH_GROUP, {.name = "sample", .type = BARO_KEY_CHOICE, GROUP(is.even), .words = samples}},
    {BARO_TRUTH_GROUP, {.name = "categories", .type = BARO_KEY_RECORDS}},
    {BARO_TRUTH_CATEGORY, {.name = "label", .type = BARO_KEY_TEXT, CATEGORY(label), .flags = BARO_KEY_REQUIRED}},
    {BARO_TRUTH_CATEGORY, {.name = "share", .type = BARO_KEY_NUMBER, CATEGORY(share), .low = 0, .high = 1e9, .flags = BARO_KEY_OPEN_LOW}},
    {BARO_TRUTH_CATEGORY, {.name = "response", .type = BARO_KEY_NUMBER, CATEGORY(response), .low = 0, .high = 1000, .flags = BARO_KEY_OPEN_LOW}},
    {BARO_TRUTH_CATEGORY, {.name = "write", .type = BARO_KEY_MAP}},
    {BARO_TRUTH_MEASURE, {.name = "id", .type = BARO_KEY_TEXT, MEASURE(id), .flags = BARO_KEY_REQUIRED}},
    {BARO_TRUTH_MEASURE, {.name = "level", .type = BARO_KEY_NUMBER, MEASURE(is.level)}},
    {BARO_TRUTH_MEASURE, {.name = "icc", .type = BARO_KEY_NUMBER, MEASURE(is.icc), SHARE}},
    {BARO_TRUTH_MEASURE, {.name = "sd", .type = BARO_KEY_NUMBER, MEASURE(is.sd), .low = 0, .high = 1e12}},
    {BARO_TRUTH_MEASURE, {.name = "dont_know", .type = BARO_KEY_NUMBER, MEASURE(is.dont_know), SHARE}},
    {BARO_TRUTH_MEASURE, {.name = "refused", .type = BARO_KEY_NUMBER, MEASURE(is.refused), SHARE}},
    {BARO_TRUTH_MEASURE, {.name = "blank", .type = BARO_KEY_NUMBER, MEASURE(is.blank), SHARE}},
    {BARO_TRUTH_MEASURE, {.name = "module", .type = BARO_KEY_TEXT, MEASURE(is.module)}},
    {BARO_TRUTH_MEASURE, {.name = "otherwise", .type = BARO_KEY_TEXT, MEASURE(is.otherwise)}},
    {BARO_TRUTH_MEASURE, {.name = "from", .type = BARO_KEY_TEXT, MEASURE(from)}},
    {BARO_TRUTH_MEASURE, {.name = "to", .type = BARO_KEY_TEXT, MEASURE(to)}},
    {BARO_TRUTH_MEASURE, {.name = "cells", .type = BARO_KEY_RECORDS}},
    {BARO_TRUTH_MEASURE, {.name = "answers", .type = BARO_KEY_RECORDS}},
    {BARO_TRUTH_CELL, {.name = "group", .type = BARO_KEY_TEXT, CELL(group)}},
    {BARO_TRUTH_CELL, {.name = "category", .type = BARO_KEY_TEXT, CELL(category)}},
    {BARO_TRUTH_CELL, {.name = "level", .type = BARO_KEY_NUMBER, CELL(level), .flags = BARO_KEY_REQUIRED}},
    {BARO_TRUTH_CELL, {.name = "from", .type = BARO_KEY_TEXT, CELL(from)}},
    {BARO_TRUTH_CELL, {.name = "to", .type = BARO_KEY_TEXT, CELL(to)}},
    {BARO_TRUTH_ANSWER, {.name = "answer", .type = BARO_KEY_TEXT, ANSWER(answer), .flags = BARO_KEY_REQUIRED}},
    {BARO_TRUTH_ANSWER, {.name = "level", .type = BARO_KEY_NUMBER, ANSWER(level), .low = 0, .high = 1, .flags = BARO_KEY_REQUIRED}},
};
/* clang-format on */
enum { KEYS = sizeof keys / sizeof *keys };

static void wrong_value(baro_drafter *d, const baro_key *key, const baro_yaml *value)
{
    char wanted[400];
    const char *found = value->kind == BARO_YAML_LIST  ? "a list"
                        : value->kind == BARO_YAML_MAP ? "a map"
                        : value->length == 0           ? "nothing"
                                                       : NULL;
    if (!found)
        found = baro_arena_format(d->arena, "'%s'", baro_draft_quote(d, value->text));
    baro_draft_fault(d, value, "'%s' must be %s, not %s", key->name, baro_key_expects(key, wanted, sizeof wanted), found ? found : "");
}

static void read_texts(baro_drafter *d, const baro_key *key, const baro_yaml *value, void *record)
{
    bool one = value->kind == BARO_YAML_SCALAR;
    size_t n = one ? 1 : value->count;
    const char **items = value->kind == BARO_YAML_MAP ? NULL : baro_draft_array(d, n, sizeof *items);
    for (size_t i = 0; items && i < n; i++) {
        const baro_yaml *item = one ? value : value->item[i];
        if (item->kind != BARO_YAML_SCALAR || item->length == 0) {
            wrong_value(d, key, item);
            return;
        }
        items[i] = item->text;
    }
    if (items)
        memcpy((char *)record + key->offset, &(baro_texts){items, n}, sizeof(baro_texts));
    else
        wrong_value(d, key, value);
}

static void read_value(baro_drafter *d, const baro_key *key, const baro_yaml *value, void *record)
{
    if (key->type == BARO_KEY_TEXTS)
        read_texts(d, key, value, record);
    else if (key->type == BARO_KEY_RECORDS ? value->kind == BARO_YAML_SCALAR
             : key->type == BARO_KEY_MAP   ? value->kind != BARO_YAML_MAP
                                           : value->kind != BARO_YAML_SCALAR || value->length == 0 ||
                                               !baro_key_scalar(key, value->text, value->length, value->quoted, record))
        wrong_value(d, key, value);
}

void baro_truth_keys_read(baro_drafter *d, baro_truth_map map, const baro_yaml *node, void *record)
{
    const char *names[KEYS];
    size_t n = 0;
    for (size_t k = 0; k < KEYS; k++)
        if (keys[k].map == map)
            names[n++] = keys[k].key.name;
    for (size_t i = 0; i < node->count; i++) {
        size_t k = 0;
        while (k < KEYS && (keys[k].map != map || strcmp(keys[k].key.name, node->key[i]->text) != 0))
            k++;
        if (k < KEYS)
            read_value(d, &keys[k].key, node->item[i], record);
        else
            baro_draft_fault(d, node->key[i], "unknown key '%s'%s", baro_draft_quote(d, node->key[i]->text),
                             baro_draft_hint(d, node->key[i]->text, names, n));
    }
    for (size_t k = 0; k < KEYS; k++)
        if (keys[k].map == map && keys[k].key.flags & BARO_KEY_REQUIRED && !baro_draft_child(node, keys[k].key.name))
            baro_draft_fault(d, node, "key '%s' is missing", keys[k].key.name);
}

const baro_yaml *const *baro_truth_records(baro_drafter *d, const baro_yaml *map, const char *key, size_t *n)
{
    const baro_yaml *value = baro_draft_child(map, key);
    *n = !value || value->kind == BARO_YAML_SCALAR ? 0 : value->kind == BARO_YAML_MAP ? 1 : value->count;
    const baro_yaml **items = baro_draft_array(d, *n + 1, sizeof *items);
    if (!items)
        *n = 0;
    for (size_t i = 0; i < *n; i++) {
        items[i] = value->kind == BARO_YAML_MAP ? value : value->item[i];
        if (items[i]->kind == BARO_YAML_MAP)
            continue;
        baro_draft_fault(d, items[i], "an item of '%s' must be a map of keys", key);
        items[i] = NULL;
    }
    return items;
}

bool baro_truth_period(baro_drafter *d, const baro_calendar *calendar, const baro_yaml *map, const char *key, const char *text, baro_period *out)
{
    static const char *const units[] = {"month", "quarter", "year"};
    char label[32];
    if (!text || baro_period_parse(calendar, text, out))
        return text != NULL;
    baro_period_label(calendar, 2023L * (calendar->unit == BARO_UNIT_YEAR ? 1 : calendar->unit == BARO_UNIT_QUARTER ? 4 : 12), label);
    baro_draft_fault(d, baro_draft_at(map, key), "'%s' is no %s; write it as %s", baro_draft_quote(d, text), units[calendar->unit], label);
    return false;
}
