/**
 * YAML as survey and plan files use it: one document read with libyaml's events into a tree with positions.
 *
 * Refused, with line and column: anchors, aliases, tags, further documents, complex keys, duplicate keys (comparing text),
 * depth over 16, a file over 1 MB, a scalar over 4 kB, control bytes, invalid UTF-8, an empty file. Scalars stay text as written; `quoted`
 * tells "yes" from yes.
 */
#ifndef BARO_IO_READERS_YAML_H
#define BARO_IO_READERS_YAML_H
#include "io/base/arena.h"
#include "io/base/error.h"

typedef enum { BARO_YAML_SCALAR, BARO_YAML_LIST, BARO_YAML_MAP } baro_yaml_kind;

typedef struct baro_yaml {
    baro_yaml_kind kind;
    const char *source;  /* the file, as given; not copied */
    size_t line, column; /* from 1, of the value */
    const char *text;    /* SCALAR */
    size_t length;
    bool quoted;
    size_t count;                        /* LIST, MAP */
    const struct baro_yaml *const *item; /* LIST: items; MAP: values */
    const struct baro_yaml *const *key;  /* MAP: scalars */
} baro_yaml;

/** @return BARO_OK, BARO_NO_INPUT, BARO_BAD_SURVEY (faults in error), BARO_NO_MEMORY */
baro_status baro_yaml_read(const char *path, baro_arena *arena, const baro_yaml **out, baro_error *error);
baro_status baro_yaml_parse(const char *source, const char *text, size_t length, baro_arena *arena, const baro_yaml **out, baro_error *error);

#endif
