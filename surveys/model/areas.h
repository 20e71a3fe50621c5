/** Lists of areas: their codes, names, known spellings, and tiles of a map. */
#ifndef BARO_SURVEYS_MODEL_AREAS_H
#define BARO_SURVEYS_MODEL_AREAS_H
#include "surveys/model/survey.h"

typedef struct {
    const char *code; /* "" without one */
    const char *name; /* the standard one */
    bool has_tile;
    unsigned x, y; /* of its tile, from the left and from the top, from 0 */
} baro_area;

/** One way of writing an area: letters in lower case, `and` for &, one space for all signs. */
typedef struct {
    const char *text;
    size_t area;
} baro_area_key;

typedef struct baro_areas {
    const char *path;
    const baro_area *area; /* [n] by name, by code point */
    size_t n, columns, rows; /* of the map: 0 when no area has a tile */
    const baro_area_key *key; /* [n_keys] sorted */
    size_t n_keys;
} baro_areas;

/**
 * Reads a list of areas: a CSV with the columns code, name, x, y and spellings (parted by `;`). Code, tile and spellings may be empty.
 * Everything is in `arena`.
 *
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_SURVEY with faults by line and column: a column too many or missing, no name, x or y no
 *         whole number up to 999 or one without the other, a code, name, spelling or tile that stands at another area already
 */
baro_status baro_areas_read(const char *path, baro_arena *arena, baro_areas *out, baro_error *error);
/**
 * Path of a list by its name, in `arena`: NAME.csv beside the survey file (NULL: none), in the place of installation, in surveys/definitions below
 * the current directory and two folders above the running program. `ons-e09` is another name of `london-boroughs`. A name with a slash or that ends in .csv is
 * a path, seen from the survey file. NULL when there is none, and without memory.
 */
const char *baro_areas_path(const char *name, const char *survey, baro_arena *arena);
/**
 * The area that a text names by its code, its name or a spelling, in any case, with or without what councils are called (`LB Camden`,
 * `London Borough of Camden`); NULL when there is none.
 */
const baro_area *baro_areas_find(const baro_areas *areas, const char *text, size_t length);
/** The standard name of what a text names; the text itself where it names nothing, or areas is NULL. */
const char *baro_areas_name(const baro_areas *areas, const char *text);

#endif
