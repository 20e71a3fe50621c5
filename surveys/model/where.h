/** The language of --where and of `where:` in survey files: parsed once, with places; meaning is given by binding. */
#ifndef BARO_SURVEYS_MODEL_WHERE_H
#define BARO_SURVEYS_MODEL_WHERE_H
#include "io/base/arena.h"
#include "io/base/error.h"

typedef enum { BARO_WHERE_AND, BARO_WHERE_OR, BARO_WHERE_NOT, BARO_WHERE_COMPARE, BARO_WHERE_IN, BARO_WHERE_MISSING } baro_where_op;
typedef enum { BARO_EQ, BARO_NE, BARO_LT, BARO_LE, BARO_GT, BARO_GE } baro_compare_op;

typedef struct {
    const char *text;
    bool quoted;   /* text compares as text */
    bool is_number;
    double number; /* a bare number compares as a number */
} baro_where_value;

typedef struct baro_where {
    baro_where_op op;
    const struct baro_where *left, *right; /* AND, OR; NOT: left */
    const char *name;                      /* COMPARE, IN, MISSING */
    baro_compare_op compare;
    const baro_where_value *values; /* COMPARE: 1; IN: n */
    size_t n_values;
    size_t column; /* of the name in the expression, from 1 */
} baro_where;

/** @param place where the expression stands (a survey file, or source "--where"); a fault names the character in the expression. `status` is that of the fault (USAGE or BAD_SURVEY). */
baro_status baro_where_parse(const char *text, baro_where_it_is place, baro_status status, baro_arena *arena, const baro_where **out, baro_error *error);
/** Calls `visit` for every name. */
void baro_where_names(const baro_where *where, void (*visit)(void *context, const char *name), void *context);

#endif
