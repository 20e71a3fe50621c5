/* No bytes crash or hang the reader of survey files; what is read well keeps its promises. */
#include "io/readers/yaml.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const baro_yaml *node, unsigned depth)
{
    if (depth > 17 || node->line == 0 || node->column == 0)
        abort();
    if (node->kind == BARO_YAML_SCALAR && (node->text == NULL || node->text[node->length] != '\0'))
        abort();
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == BARO_YAML_MAP)
            walk(node->key[i], depth + 1);
        walk(node->item[i], depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_yaml *root = NULL;
    baro_status status = baro_yaml_parse("fuzz.yaml", (const char *)data, size, arena, &root, error);
    if ((status == BARO_OK) != (root != NULL) || (status == BARO_OK) != (baro_error_faults(error) == 0))
        abort();
    if (root != NULL)
        walk(root, 1);
    baro_error_free(error);
    baro_arena_free(arena);
    return 0;
}
