/* No expression crashes or hangs the parser of --where. */
#include "surveys/model/where.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(void *context, const char *name)
{
    if (name == NULL)
        abort();
    ++*(size_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    char *text = malloc(size + 1);
    if (text == NULL)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    const baro_where *where = NULL;
    size_t names = 0;
    baro_status status = baro_where_parse(text, (baro_where_it_is){"--where", 0, 0}, BARO_USAGE, arena, &where, error);
    if ((status == BARO_OK) != (where != NULL) || (status == BARO_OK) != (baro_error_faults(error) == 0))
        abort();
    if (where != NULL)
        baro_where_names(where, count, &names);
    if (where != NULL && names == 0)
        abort();
    free(text);
    baro_error_free(error);
    baro_arena_free(arena);
    return 0;
}
