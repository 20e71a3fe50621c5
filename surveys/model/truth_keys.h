/** The keys of a truth file, and what its maps hold while it is read. Known to the model only. */
#ifndef BARO_SURVEYS_MODEL_TRUTH_KEYS_H
#define BARO_SURVEYS_MODEL_TRUTH_KEYS_H
#include "surveys/model/keys.h"
#include "surveys/model/truth.h"

typedef enum { BARO_TRUTH_TOP, BARO_TRUTH_GROUP, BARO_TRUTH_CATEGORY, BARO_TRUTH_MEASURE, BARO_TRUTH_CELL, BARO_TRUTH_ANSWER } baro_truth_map;

typedef struct {
    baro_truth is;
    const char *from, *to;
} baro_truth_draft;

typedef struct {
    baro_truth_group is;
    const char *id, *sample;
} baro_truth_group_draft;

typedef struct {
    baro_truth_measure is;
    const char *id, *from, *to;
} baro_truth_measure_draft;

typedef struct {
    double level;
    const char *group, *category, *from, *to;
} baro_truth_cell_draft;

/**
 * Reads the keys of a map into a record: scalars by the table; lists and maps are only looked at for their kind, and read by whom they
 * concern. Every fault is added.
 */
void baro_truth_keys_read(baro_drafter *d, baro_truth_map map, const baro_yaml *node, void *record);
/** The items of a key's list of maps; a fault for each that is none, which is then NULL. `*n` 0 where the key is not there. */
const baro_yaml *const *baro_truth_records(baro_drafter *d, const baro_yaml *map, const char *key, size_t *n);
/** A period of the file; false, with a fault at the key, when it is none. NULL text: false, without. */
bool baro_truth_period(baro_drafter *d, const baro_calendar *calendar, const baro_yaml *map, const char *key, const char *text, baro_period *out);

/** The groups of a file, and by default those of the survey and its design that it does not name. */
void baro_truth_groups(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth *out);
/** The measures, after the groups. */
void baro_truth_measures(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth *out);

#endif
