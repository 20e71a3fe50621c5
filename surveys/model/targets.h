/** Known totals of a population, and how a weight was made to meet them. */
#ifndef BARO_SURVEYS_MODEL_TARGETS_H
#define BARO_SURVEYS_MODEL_TARGETS_H
#include "io/base/pool.h"
#include "surveys/model/survey.h"

/** A margin: the categories of one question, of several crossed (A*B), or the total of a number. */
typedef struct {
    const char *name;         /* as written */
    const char *const *part;  /* [parts] ids of groups, or columns */
    size_t parts;
    bool is_number;           /* its rows have no category: one target, `categories` is 1 */
    const char *const *label; /* [categories] as written, in the order of first appearance over all areas */
    const char *const *word;  /* [categories * parts] the label of each part */
    size_t categories;
    double *value;            /* [areas * categories] NAN: not listed for the area */
    size_t *line;             /* [areas * categories] of the file, 0 without */
} baro_target_margin;

typedef struct {
    const char *path;
    const char *const *area; /* [areas]; NULL: one area without a name */
    size_t areas;
    const baro_target_margin *margin;
    size_t margins;
} baro_targets;

/**
 * Reads a CSV with the columns margin, category, target, and area (or one named as `within`) when there are areas.
 * @param within the group inside which margins hold, or NULL
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_DATA with faults by line: no number, negative, twice the same, a part too few
 */
baro_status baro_targets_read(const char *path, const char *within, baro_pool *pool, baro_arena *arena, baro_targets *out,
                              baro_error *error);

/**
 * Reads the recipe that `barometer weight` leaves beside its data; `column` is the weight it speaks of. A path of margins that is not
 * absolute is below the recipe's folder.
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_SURVEY
 */
baro_status baro_recipe_read(const char *path, baro_arena *arena, baro_recipe *out, baro_error *error);
/** `path`, seen from the folder of the file `from`; in `arena`, NULL without memory. */
const char *baro_path_beside(const char *from, const char *path, baro_arena *arena);

#endif
