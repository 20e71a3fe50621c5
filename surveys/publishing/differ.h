/** Which numbers differ between two packs, and why. */
#ifndef BARO_SURVEYS_PUBLISHING_DIFFER_H
#define BARO_SURVEYS_PUBLISHING_DIFFER_H
#include "io/readers/grid.h"
#include "io/writers/sheet.h"
#include "surveys/publishing/manifest.h"

/** A number of a tidy table that is not what it was. */
typedef enum {
    BARO_MOVED_DATA,       /* other interviews: the base moved */
    BARO_MOVED_WEIGHTS,    /* the same interviews, another sum of weights */
    BARO_MOVED_DEFINITION, /* the same interviews and weights, another level */
    BARO_MOVED_METHOD,     /* the same level, another error, interval or test */
    BARO_MOVED_ROUNDING,   /* by less than a billionth of itself */
    BARO_MOVED_HIDDEN,     /* shown in one, hidden or not there in the other */
    BARO_MOVED_ADDED,      /* the row is only in the new one */
    BARO_MOVED_REMOVED,    /* the row is only in the old one */
    BARO_MOVED_KINDS
} baro_moved_why;

typedef struct {
    const char *file;            /* of the table: "tables/trust-by-age.csv" */
    const char *const *key;      /* [BARO_KEYS] what tells the row from the others, "" where it has none */
    const char *column;          /* "" where a whole row was added or removed */
    const char *before, *after;  /* as they stand */
    baro_moved_why why;
} baro_moved;

enum { BARO_KEYS = 11 };
/** Names of the columns that tell rows apart, in the order of baro_moved.key. */
extern const char *const baro_key_columns[BARO_KEYS];

typedef struct {
    baro_moved *item;
    size_t n, room;
    size_t count[BARO_MOVED_KINDS];
} baro_moves;

/** Adds what differs between two tables of one name. BARO_OK, BARO_NO_MEMORY. */
baro_status baro_grids_differ(const char *file, const baro_grid *before, const baro_grid *after, baro_arena *arena,
                              baro_moves *out);

typedef struct {
    baro_manifest before, after;
    baro_moves moves;
    const char **reason; /* [n_reasons] sentences: which inputs, keys, versions, commands are others */
    size_t n_reasons;
} baro_difference;

/** Compares two packs: their manifests, the survey files that they hold, and every tidy table. */
baro_status baro_packs_differ(const char *before, const char *after, baro_arena *arena, baro_difference *out,
                              baro_error *error);

/**
 * Tidy: file, the keys, column, before, after, why; reader: counts by reason, then a line a row with its first number
 * that moved.
 */
baro_status baro_sheets_differ(const baro_difference *difference, bool tidy, baro_arena *arena, baro_sheet **out,
                               size_t *n);
/** "data", "weights", ... */
const char *baro_moved_words(baro_moved_why why);
/** True when two numbers as text are the same but for the last digits; also for equal texts. */
bool baro_same_number(const char *a, const char *b);

#endif
