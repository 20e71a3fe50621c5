/** A row while it is drawn. */
#ifndef BARO_SURVEYS_ANALYSES_SIMULATE_DRAW_H
#define BARO_SURVEYS_ANALYSES_SIMULATE_DRAW_H
#include "stats/random.h"
#include "surveys/analyses/simulate_work.h"

enum { BARO_DRAWN_NUMBER = 32 }; /* bytes of a number, date or name of a PSU */

typedef enum { BARO_DRAWN_RESPONDENT, BARO_DRAWN_PERIOD, BARO_DRAWN_STAGE, BARO_DRAWN_WEIGHT, BARO_DRAWN_MODULE, BARO_DRAWN_GROUP, BARO_DRAWN_WRITE, BARO_DRAWN_MEASURE } baro_drawn_kind;

typedef struct {
    const char *name;
    baro_drawn_kind kind;
    size_t index;
} baro_drawn_column;

/* All that one row is; fields point into it, or at texts of the survey. */
typedef struct {
    baro_simulation *s;
    baro_output *output;
    const char *none; /* a missing field */
    char delimiter, decimal;
    baro_drawn_column *column;
    size_t n_columns;
    size_t *measure_column; /* [measures] first of its columns */
    const char **field;
    size_t *category;
    bool *known;
    int *answer;
    char (*number)[BARO_DRAWN_NUMBER]; /* [columns] */
    char *list;
    size_t list_room;
    baro_random random;
    double mood;
    size_t row, period, module, stratum, unit, units;
    size_t *strata_group; /* [strata] SIZE_MAX: the period */
} baro_drawer;

/** Place of a column; n_columns when there is none of that name. */
size_t baro_drawn_column_of(const baro_drawer *d, const char *name);
/** A number with at most six decimals, in the decimal mark of the data; stays until column c is drawn again. */
const char *baro_drawn_number(baro_drawer *d, size_t c, double x);
/** One of the spellings that the truth file asks for. */
const char *baro_drawn_spelling(baro_drawer *d, const char *label, const baro_texts *codes);
/** Fills the fields of all measures; the person is drawn already. */
void baro_draw_answers(baro_drawer *d);

#endif
