/* The recipe of a weight: what `barometer weight` leaves beside its data. */
#include "io/base/number.h"
#include "io/base/text.h"
#include "io/readers/yaml.h"
#include "surveys/model/targets.h"
#include <string.h>

const char *baro_path_beside(const char *from, const char *path, baro_arena *arena)
{
    const char *slash = path[0] == '/' || !from ? NULL : strrchr(from, '/');
    return slash ? baro_arena_format(arena, "%.*s/%s", (int)(slash - from), from, path) : path;
}

/* The keys of a recipe; those without a place tell a person how the weights were made. */
static const struct {
    const char *name;
    size_t offset;
    bool is_taken, is_list;
} keys[] = {{"margins", offsetof(baro_recipe, margins), true, false},
            {"within", offsetof(baro_recipe, within), true, false},
            {"weight", offsetof(baro_recipe, weight), true, false},
            {"column", offsetof(baro_recipe, column), true, false},
            {"method", offsetof(baro_recipe, method), true, false},
            {"iterations", 0, false, false},
            {"bounds", offsetof(baro_recipe, bounds), false, true},
            {"trim", offsetof(baro_recipe, trim), false, true}};
#define KEYS (sizeof keys / sizeof *keys)

/* Two numbers; 0 stands for none. */
static baro_status read_pair(const char *path, const baro_yaml *list, double out[2], baro_error *error)
{
    for (size_t i = 0; i < 2; i++)
        if (list->count != 2 || list->item[i]->kind != BARO_YAML_SCALAR ||
            !baro_number_read(list->item[i]->text, list->item[i]->length, '.', &out[i]))
            return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){path, list->line, list->column}, "two numbers are wanted, as [0.5, 2]");
    return BARO_OK;
}

static baro_status read_key(const char *path, const baro_yaml *key, const baro_yaml *value, baro_arena *arena, baro_recipe *out,
                            baro_error *error)
{
    char shown[BARO_QUOTE_ROOM];
    size_t i = 0;
    while (i < KEYS && strcmp(keys[i].name, key->text) != 0)
        i++;
    if (i == KEYS)
        return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){path, key->line, key->column},
                              "unknown key '%s'; a recipe has margins, within, weight, column, method, bounds, trim and iterations",
                              baro_text_quote(key->text, key->length, shown, sizeof shown));
    if (value->kind != (keys[i].is_list ? BARO_YAML_LIST : BARO_YAML_SCALAR) || (keys[i].is_taken && value->length == 0))
        return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){path, value->line, value->column}, "'%s' must be %s",
                              keys[i].name, keys[i].is_list ? "a list of two numbers" : "text");
    if (keys[i].is_list)
        return read_pair(path, value, (double *)(void *)((char *)out + keys[i].offset), error);
    if (!keys[i].is_taken)
        return BARO_OK;
    const char *text = baro_arena_text(arena, value->text, value->length);
    memcpy((char *)out + keys[i].offset, &text, sizeof text);
    return text ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_recipe_read(const char *path, baro_arena *arena, baro_recipe *out, baro_error *error)
{
    const baro_yaml *root = NULL;
    baro_recipe read = {.path = baro_arena_string(arena, path)};
    baro_status status = read.path ? baro_yaml_read(read.path, arena, &root, error) : BARO_NO_MEMORY;
    if (status)
        return status;
    if (root->kind != BARO_YAML_MAP)
        return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){read.path, root->line, root->column},
                              "a recipe is a map of keys, as in 'margins: targets.csv'");
    for (size_t i = 0; i < root->count; i++) {
        baro_status one = read_key(read.path, root->key[i], root->item[i], arena, &read, error);
        status = status ? status : one;
    }
    if (status == BARO_OK && !read.margins)
        return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){read.path, root->line, root->column},
                              "key 'margins' is missing: the file of the targets");
    if (status == BARO_OK && !(read.margins = baro_path_beside(read.path, read.margins, arena)))
        status = BARO_NO_MEMORY;
    if (status == BARO_OK)
        *out = read;
    return status;
}
