#include "io/readers/grid.h"
#include "io/base/text.h"
#include "io/readers/csv.h"
#include "io/readers/records.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MOST = 1000 };

typedef struct {
    const char *path;
    baro_arena *arena;
    baro_grid *grid;
    size_t room, seen; /* cells; fields of the record so far */
    size_t line;
    baro_status status;
    const char *header[COLUMNS_MOST];
    bool in_header;
} reading;

static void keep(void *context, size_t index, const char *text, size_t length)
{
    reading *r = context;
    const char *copy = baro_arena_text(r->arena, text, length);
    r->seen = index + 1;
    if (!copy || r->status) {
        r->status = r->status ? r->status : BARO_NO_MEMORY;
        return;
    }
    if (strlen(copy) != length || baro_text_valid(text, length) != length)
        r->status = BARO_BAD_DATA;
    else if (r->in_header && index < COLUMNS_MOST)
        r->header[index] = copy;
    else if (!r->in_header && index < r->grid->columns)
        r->grid->cell[r->grid->rows * r->grid->columns + index] = copy;
}

static baro_status make_room(reading *r)
{
    baro_grid *grid = r->grid;
    if ((grid->rows + 1) * grid->columns <= r->room)
        return BARO_OK;
    size_t room = 2 * r->room + 64 * grid->columns;
    const char **more = BARO_ARRAY(r->arena, const char *, room);
    if (!more)
        return BARO_NO_MEMORY;
    if (grid->rows > 0)
        memcpy(more, grid->cell, grid->rows * grid->columns * sizeof *more);
    grid->cell = more;
    r->room = room;
    return BARO_OK;
}

static baro_status end_header(reading *r)
{
    if (r->seen > COLUMNS_MOST)
        return BARO_BAD_DATA;
    r->grid->columns = r->seen;
    r->grid->name = BARO_ARRAY(r->arena, const char *, r->seen + 1);
    if (!r->grid->name)
        return BARO_NO_MEMORY;
    memcpy(r->grid->name, r->header, r->seen * sizeof *r->header);
    r->in_header = false;
    return BARO_OK;
}

static baro_status read_records(reading *r, baro_csv *csv, const char *at, const char *end)
{
    const baro_record_manner manner = {.delimiter = ',', .longest = BARO_LONGEST_RECORD};
    for (baro_record record; at < end; at = record.next) {
        size_t column;
        baro_record_scan(at, end, &manner, true, NULL, &record);
        bool whole = record.state == BARO_RECORD_WHOLE && record.end > at;
        baro_status status = whole && !r->in_header ? make_room(r) : BARO_OK;
        if (status == BARO_OK)
            status = whole ? baro_csv_split(csv, at, (size_t)(record.end - at), keep, r) : BARO_BAD_DATA;
        status = status ? status : r->status;
        if (status == BARO_OK && r->in_header)
            status = end_header(r);
        else if (status == BARO_OK && r->seen != r->grid->columns)
            status = BARO_BAD_DATA;
        else if (status == BARO_OK)
            r->grid->rows++;
        if (status)
            return status;
        r->line += baro_records_lines(at, record.next, &column);
    }
    return r->in_header ? BARO_BAD_DATA : BARO_OK;
}

/* The whole file, in the arena. */
static baro_status load(const char *path, baro_arena *arena, char **out, size_t *length, baro_error *error)
{
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (!file)
        return baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){.source = path}, "cannot open: %s",
                              strerror(errno));
    bool known = fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0;
    *out = known ? baro_arena_array(arena, (size_t)size + 1, 1) : NULL;
    *length = *out ? fread(*out, 1, (size_t)size, file) : 0;
    fclose(file);
    if (!known || (*out && *length != (size_t)size))
        return baro_fault_add(error, BARO_IO, (baro_where_it_is){.source = path}, "cannot be read");
    return *out ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_grid_read(const char *path, baro_arena *arena, baro_grid *out, baro_error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    *out = (baro_grid){.columns = 0};
    baro_status status = load(path, arena, &bytes, &length, error);
    reading *r = status == BARO_OK ? BARO_NEW(arena, reading) : NULL;
    baro_csv *csv = r ? baro_csv_new(',') : NULL;
    if (!csv)
        return status ? status : BARO_NO_MEMORY;
    *r = (reading){.path = path, .arena = arena, .grid = out, .line = 1, .in_header = true};
    status = read_records(r, csv, bytes, bytes + length);
    baro_csv_free(csv);
    return status == BARO_BAD_DATA ? baro_fault_add(error, status, (baro_where_it_is){path, r->line, 0},
                                                    "not a table as this program writes them")
                                   : status;
}

size_t baro_grid_column(const baro_grid *grid, const char *name)
{
    for (size_t c = 0; c < grid->columns; c++)
        if (strcmp(grid->name[c], name) == 0)
            return c;
    return SIZE_MAX;
}
