/* `surveys` of a plan: a pack of several surveys, each with its own data. */
#include "io/base/text.h"
#include "surveys/program/plan_parts.h"
#include "surveys/program/words.h"
#include <string.h>

/* As --part takes a name: in double quotes where it holds a mark. */
static const char *as_name(baro_plan_reader *r, const char *name)
{
    if (name && strchr(name, '"'))
        return NULL;
    return name && strpbrk(name, ",=") ? baro_arena_format(r->arena, "\"%s\"", name) : name;
}

static bool check_keys(baro_plan_reader *r, const baro_yaml *map)
{
    static const char *const keys[] = {"survey", "data"};
    bool well = map->kind == BARO_YAML_MAP && baro_plan_value(map, keys[0]) && baro_plan_value(map, keys[1]);
    if (!well)
        baro_plan_fault(r, map, "one of 'surveys' is a map, as {survey: pas, data: [wave1.csv, wave2.csv]}");
    for (size_t i = 0; map->kind == BARO_YAML_MAP && i < map->count; i++) {
        if (strcmp(map->key[i]->text, keys[0]) == 0 || strcmp(map->key[i]->text, keys[1]) == 0)
            continue;
        baro_plan_fault(r, map->key[i], "unknown key '%s'%s", baro_word_shown(map->key[i]->text, r->arena),
                        baro_did_you_mean(map->key[i]->text, keys, 2, r->arena));
        well = false;
    }
    return well;
}

static void add_patterns(baro_plan_reader *r, baro_plan_line *files, const baro_yaml *data)
{
    if (data->kind == BARO_YAML_SCALAR)
        baro_plan_files(r, files, data, data->text);
    for (size_t i = 0; i < data->count; i++)
        if (data->kind == BARO_YAML_LIST && data->item[i]->kind == BARO_YAML_SCALAR)
            baro_plan_files(r, files, data->item[i], data->item[i]->text);
        else
            baro_plan_fault(r, data->item[i], "a file, or a list of files, is wanted here");
}

static void add_one(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *map)
{
    baro_plan_line *files = BARO_NEW(r->arena, baro_plan_line);
    if (!check_keys(r, map))
        return;
    if (!files) {
        baro_plan_no_memory(r);
        return;
    }
    const baro_yaml *at = baro_plan_value(map, "survey");
    const char *text = as_name(r, baro_plan_survey(r, at));
    add_patterns(r, files, baro_plan_value(map, "data"));
    for (size_t i = 0; i < files->n && text; i++) {
        const char *name = as_name(r, files->argument[i]);
        text = name ? baro_arena_format(r->arena, "%s%c%s", text, i ? ',' : '=', name) : NULL;
    }
    if (!text || files->n == 0)
        baro_plan_fault(r, map, text ? "no data file is named" : "a name here cannot be read, or holds a double quote");
    else
        baro_plan_add(r, line, baro_arena_format(r->arena, "--part=%s", text));
}

void baro_plan_surveys(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *list)
{
    if (!(line->command->bit & BARO_IN_REPORT)) {
        baro_plan_fault(r, list, "'surveys' is for a report");
        return;
    }
    if (list->kind != BARO_YAML_LIST || list->count == 0)
        baro_plan_fault(r, list, "'surveys' is a list of surveys with their data");
    for (size_t i = 0; i < list->count && list->kind == BARO_YAML_LIST; i++)
        add_one(r, line, list->item[i]);
}
