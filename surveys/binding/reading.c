/* One reading of the files for several analyses. */
#include "surveys/binding/internal.h"
#include <string.h>

bool baro_same_want(const baro_want *a, const baro_want *b)
{
    if (a->kind != b->kind || a->n_names != b->n_names)
        return false;
    for (size_t i = 0; i < a->n_names; i++)
        if (strcmp(a->names[i], b->names[i]) != 0)
            return false;
    return true;
}

static size_t find_want(const baro_want *want, size_t n, const baro_want *wanted)
{
    size_t i = 0;
    while (i < n && !baro_same_want(&want[i], wanted))
        i++;
    return i;
}

const baro_column *baro_column_wanted(const baro_binding *binding, size_t i)
{
    return baro_frame_column(binding->frame, binding->place ? binding->place[i] : i);
}

void baro_binding_lend(baro_binding *binding, const baro_reading *reading)
{
    binding->reading = reading;
}

static bool same_files(const baro_reading *reading, const char *const *paths, size_t n, const baro_csv_format *format)
{
    const baro_csv_format *read = &reading->format;
    bool same = reading->n_paths == n && read->delimiter == format->delimiter && read->decimal == format->decimal &&
                read->encoding == format->encoding && read->header_rows == format->header_rows;
    for (size_t i = 0; same && i < n; i++)
        same = strcmp(reading->paths[i], paths[i]) == 0;
    return same;
}

baro_status baro_binding_borrow(baro_binding *binding, const char *const *paths, size_t n, bool *lent)
{
    const baro_reading *reading = binding->reading;
    *lent = false;
    if (!reading || !same_files(reading, paths, n, &binding->survey->input))
        return BARO_OK;
    size_t *place = BARO_ARRAY(binding->arena, size_t, binding->n_columns + 1);
    if (!place)
        return baro_no_memory(binding);
    for (size_t i = 0; i < binding->n_columns; i++) {
        place[i] = find_want(reading->want, reading->n, &binding->column[i].want);
        if (place[i] == reading->n)
            return BARO_OK;
    }
    binding->frame = reading->frame;
    binding->place = place;
    *lent = true;
    return BARO_OK;
}

baro_status baro_reading_open(const baro_binding *const bindings[], size_t n, const char *const *paths, size_t n_paths,
                              baro_pool *pool, baro_arena *arena, baro_error *error, baro_reading *out)
{
    size_t most = 0;
    for (size_t b = 0; b < n; b++)
        most += bindings[b]->n_columns;
    baro_want *want = BARO_ARRAY(arena, baro_want, most + 1);
    *out = (baro_reading){.want = want, .paths = paths, .n_paths = n_paths};
    if (!want)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    for (size_t b = 0; b < n; b++)
        for (size_t i = 0; i < bindings[b]->n_columns; i++)
            if (find_want(want, out->n, &bindings[b]->column[i].want) == out->n)
                want[out->n++] = bindings[b]->column[i].want;
    if (n > 0)
        out->format = bindings[0]->survey->input;
    return baro_frame_read(paths, n_paths, &out->format, want, out->n, pool, error, &out->frame);
}

void baro_reading_close(baro_reading *reading)
{
    baro_frame_free(reading->frame);
    reading->frame = NULL;
}
