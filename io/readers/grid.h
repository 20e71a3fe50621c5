/** A small CSV of ours read back as it stands: names and texts, no types. */
#ifndef BARO_IO_READERS_GRID_H
#define BARO_IO_READERS_GRID_H
#include "io/base/arena.h"
#include "io/base/error.h"

typedef struct {
    size_t columns, rows;
    const char **name; /* [columns] */
    const char **cell; /* [rows * columns] by row */
} baro_grid;

/**
 * Reads a whole file: UTF-8, commas, a header of one line, every record as long as it.
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_DATA with line; BARO_IO; BARO_NO_MEMORY
 */
baro_status baro_grid_read(const char *path, baro_arena *arena, baro_grid *out, baro_error *error);
/** Place of a column, or SIZE_MAX. */
size_t baro_grid_column(const baro_grid *grid, const char *name);

#endif
