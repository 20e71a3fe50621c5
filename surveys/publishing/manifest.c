#include "surveys/publishing/manifest.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "io/readers/yaml.h"
#include <string.h>

/* ---- writing ---- */

static void write_string(baro_output *output, const char *text)
{
    baro_output_text(output, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            baro_output_format(output, "\\%c", *c);
        else if ((unsigned char)*c < 0x20 || *c == 0x7F)
            baro_output_format(output, "\\u%04x", (unsigned)(unsigned char)*c);
        else
            baro_output_write(output, c, 1);
    }
    baro_output_text(output, "\"");
}

static void write_sum(baro_output *output, const char *sum, uint64_t bytes)
{
    baro_output_format(output, ", \"bytes\": %llu, \"sha256\": \"%s\"}", (unsigned long long)bytes, sum);
}

void baro_manifest_write(const baro_manifest *manifest, baro_output *output)
{
    baro_output_text(output, "{\n  \"barometer\": ");
    write_string(output, manifest->version);
    baro_output_text(output, ",\n  \"command\": [");
    for (size_t i = 0; i < manifest->n_command; i++) {
        baro_output_text(output, i ? ", " : "");
        write_string(output, manifest->command[i]);
    }
    baro_output_text(output, "],\n  \"seed\": ");
    if (manifest->seed)
        write_string(output, manifest->seed);
    else
        baro_output_text(output, "null");
    baro_output_text(output, ",\n  \"inputs\": [");
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        baro_output_text(output, i ? ",\n    {\"role\": " : "\n    {\"role\": ");
        write_string(output, manifest->input[i].role);
        baro_output_text(output, ", \"name\": ");
        write_string(output, manifest->input[i].name);
        write_sum(output, manifest->input[i].sum, manifest->input[i].bytes);
    }
    baro_output_text(output, "\n  ],\n  \"files\": [");
    for (size_t i = 0; i < manifest->n_files; i++) {
        baro_output_text(output, i ? ",\n    {\"path\": " : "\n    {\"path\": ");
        write_string(output, manifest->file[i].path);
        write_sum(output, manifest->file[i].sum, manifest->file[i].bytes);
    }
    baro_output_text(output, "\n  ]\n}\n");
}

/* ---- reading: JSON as it is written here is YAML ---- */

typedef struct {
    const char *path;
    baro_error *error;
    baro_status status;
} reading;

static void fault(reading *r, const baro_yaml *at, const char *what)
{
    r->status = baro_fault_add(r->error, BARO_BAD_DATA, (baro_where_it_is){r->path, at->line, at->column},
                               "not a manifest of this program: %s", what);
}

static const baro_yaml *value_of(reading *r, const baro_yaml *map, const char *key, baro_yaml_kind kind)
{
    for (size_t i = 0; map->kind == BARO_YAML_MAP && i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0 && map->item[i]->kind == kind)
            return map->item[i];
    if (r->status == BARO_OK)
        fault(r, map, key);
    return NULL;
}

static const char *text_of(reading *r, const baro_yaml *map, const char *key)
{
    const baro_yaml *value = value_of(r, map, key, BARO_YAML_SCALAR);
    return value ? value->text : "";
}

static void read_sum(reading *r, const baro_yaml *map, char sum[BARO_SHA256_TEXT], uint64_t *bytes)
{
    const char *text = text_of(r, map, "sha256"), *size = text_of(r, map, "bytes");
    size_t count = 0;
    bool good = strlen(text) == BARO_SHA256_TEXT - 1 && strspn(text, "0123456789abcdef") == BARO_SHA256_TEXT - 1 &&
                baro_number_read_size(size, strlen(size), &count);
    if (!good && r->status == BARO_OK)
        fault(r, map, "a sum or a size");
    if (good)
        memcpy(sum, text, BARO_SHA256_TEXT);
    *bytes = count;
}

/* A path that leaves the folder, or no path at all. */
static bool is_outside(const char *path)
{
    return !*path || *path == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 || strstr(path, "/../") ||
           (strlen(path) > 3 && strcmp(path + strlen(path) - 3, "/..") == 0);
}

static void read_lists(reading *r, const baro_yaml *root, baro_arena *arena, baro_manifest *out)
{
    const baro_yaml *command = value_of(r, root, "command", BARO_YAML_LIST),
                    *inputs = value_of(r, root, "inputs", BARO_YAML_LIST),
                    *files = value_of(r, root, "files", BARO_YAML_LIST);
    if (!command || !inputs || !files)
        return;
    const char **word = BARO_ARRAY(arena, const char *, command->count + 1);
    baro_pack_input *input = BARO_ARRAY(arena, baro_pack_input, inputs->count + 1);
    baro_pack_file *file = BARO_ARRAY(arena, baro_pack_file, files->count + 1);
    if (!word || !input || !file) {
        r->status = BARO_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < command->count; i++)
        word[i] = command->item[i]->kind == BARO_YAML_SCALAR ? command->item[i]->text : "";
    for (size_t i = 0; i < inputs->count && r->status == BARO_OK; i++) {
        input[i].role = text_of(r, inputs->item[i], "role");
        input[i].name = text_of(r, inputs->item[i], "name");
        read_sum(r, inputs->item[i], input[i].sum, &input[i].bytes);
    }
    for (size_t i = 0; i < files->count && r->status == BARO_OK; i++) {
        file[i].path = text_of(r, files->item[i], "path");
        read_sum(r, files->item[i], file[i].sum, &file[i].bytes);
        if (r->status == BARO_OK && is_outside(file[i].path))
            fault(r, files->item[i], "a path that leaves the folder");
    }
    out->command = word;
    out->n_command = command->count;
    out->input = input;
    out->n_inputs = inputs->count;
    out->file = file;
    out->n_files = files->count;
}

baro_status baro_manifest_read(const char *path, baro_arena *arena, baro_manifest *out, baro_error *error)
{
    const baro_yaml *root = NULL;
    baro_error *said = baro_error_new();
    baro_status status = said ? baro_yaml_read(path, arena, &root, said) : BARO_NO_MEMORY;
    const baro_error_entry *first = said && baro_error_count(said) > 0 ? baro_error_entry_at(said, 0) : NULL;
    *out = (baro_manifest){.version = ""};
    if (status == BARO_BAD_SURVEY) /* its words are of YAML, and its status of survey files */
        status = baro_fault_add(error, BARO_BAD_DATA,
                                (baro_where_it_is){path, first ? first->line : 0, first ? first->column : 0},
                                "not a manifest of this program");
    else if (status && error && said)
        baro_error_join(error, said);
    baro_error_free(said);
    if (status)
        return status;
    reading r = {.path = path, .error = error};
    out->version = text_of(&r, root, "barometer");
    const baro_yaml *seed = r.status == BARO_OK ? value_of(&r, root, "seed", BARO_YAML_SCALAR) : NULL;
    out->seed = seed && (seed->quoted || strcmp(seed->text, "null") != 0) ? seed->text : NULL;
    if (r.status == BARO_OK)
        read_lists(&r, root, arena, out);
    return r.status;
}
