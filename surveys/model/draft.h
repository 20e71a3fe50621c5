/**
 * A survey file while it is read: what its maps hold, with the places where it was written, before names are looked up and lists
 * expanded. Every record begins with its place. Known to the model only.
 */
#ifndef BARO_SURVEYS_MODEL_DRAFT_H
#define BARO_SURVEYS_MODEL_DRAFT_H
#include "io/readers/yaml.h"
#include "surveys/model/survey.h"

enum { BARO_ROLES = BARO_ROLE_NOT_ASKED + 1 };

typedef struct {
    const void *item; /* [n] records of one kind */
    size_t n;
} baro_draft_list;

typedef struct {
    const baro_yaml *at; /* a map, or a scalar in a list of answers */
    const char *label;
    baro_texts codes;
    baro_role role;
    double score;
} baro_draft_answer;

typedef struct {
    const baro_yaml *at;
    const char *id;
    baro_draft_list answers;
    baro_draft_list roles[BARO_ROLES];
} baro_draft_scale;

typedef struct {
    const baro_yaml *at;
    baro_category is;
} baro_draft_category;

typedef struct {
    const baro_yaml *at;
    baro_group is;
    baro_draft_list categories, bands;
} baro_draft_group;

typedef struct {
    const baro_yaml *at;
    baro_either is;
} baro_draft_either;

typedef struct {
    const baro_yaml *at;
    baro_measure is;
    baro_numbers at_probability;
    const char *scale;
    baro_draft_list either;
    baro_draft_list roles[BARO_ROLES];
} baro_draft_measure;

typedef struct {
    const baro_yaml *at;
    const char *scale;
    const baro_yaml *ask;
} baro_draft_battery;

typedef struct {
    const baro_yaml *at;
    baro_break is;
} baro_draft_break;

typedef struct {
    const baro_yaml *at;
    baro_window_weight is;
    const baro_yaml *n;
} baro_draft_window;

typedef struct {
    const baro_yaml *at;
    baro_survey is;
    const char *series_base;
    const baro_yaml *families;
    baro_draft_list breaks, scales, groups, measures, batteries, windows;
} baro_draft;

/** One run over a file. */
typedef struct {
    const char *path;
    baro_arena *arena;
    baro_error *error;
    baro_status status; /* of the first fault */
    bool ignore_case;
    baro_texts extended; /* paths of the files read besides */
} baro_drafter;

/** Adds a fault at a place of the file. */
void baro_draft_fault(baro_drafter *d, const baro_yaml *at, const char *format, ...) BARO_PRINTF(3, 4);
void baro_draft_no_memory(baro_drafter *d);
/** "line 12", or "line 12 of base.yaml" where the earlier one stands in another file than `at`. */
const char *baro_draft_line(baro_drafter *d, const baro_yaml *at, baro_position earlier);
/** Allocates; notes when there is no memory. */
void *baro_draft_array(baro_drafter *d, size_t count, size_t size);
/** A name made printable for a message, in the arena. */
const char *baro_draft_quote(baro_drafter *d, const char *text);
/** `; did you mean 'NAME'?`, or "". */
const char *baro_draft_hint(baro_drafter *d, const char *word, const char *const *candidates, size_t n);
/** Value of a key of a map, or NULL. */
const baro_yaml *baro_draft_child(const baro_yaml *map, const char *key);
/** The key itself. */
const baro_yaml *baro_draft_key(const baro_yaml *map, const char *key);
/** Value of a key, the map where it has none: for places of messages. */
const baro_yaml *baro_draft_at(const baro_yaml *map, const char *key);
/** The i-th item of the key's list, or its one value. */
const baro_yaml *baro_draft_item(const baro_yaml *map, const char *key, size_t i);
baro_position baro_draft_position(const baro_yaml *node);
/** Adds a fault when an id holds what options and file names could not. */
void baro_draft_id(baro_drafter *d, const baro_yaml *at, const char *id);
/** Checks that an expression can be read. */
void baro_draft_where(baro_drafter *d, const baro_yaml *at, const char *text);

/** Texts that may stand once: ids, labels, codes. Compared as answers are. */
typedef struct baro_spellings baro_spellings;
baro_spellings *baro_spellings_new(baro_drafter *d, bool ignore_case);
/** True when it is new. False, and the earlier owner, when it is not; false and SIZE_MAX without memory. */
bool baro_spellings_add(baro_spellings *set, const char *text, size_t owner, size_t *earlier);
/** Its owner; SIZE_MAX when there is none. */
size_t baro_spellings_find(const baro_spellings *set, const char *text);

/* extends.c */
/**
 * The file with what it extends, and what that extends, under it: maps overlaid, scales, groups, measures and batteries merged by their
 * ids. Fills d->extended. NULL after a fault: a survey that is not there, one that extends itself, a file that cannot be read.
 */
const baro_yaml *baro_draft_extend(baro_drafter *d, const baro_yaml *root);
/* scale.c */
/** The scales of a file, by id; a fault for each that cannot be. */
const baro_scale *baro_draft_scales(baro_drafter *d, const baro_draft *draft);
/** A scale from lists by role on a measure; NULL when there are none. */
const baro_scale *baro_draft_inline_scale(baro_drafter *d, const baro_draft_measure *measure);
/** Role of a key of a scale's short form; false when it is another key. */
bool baro_draft_role(const char *key, baro_role *role);
/* group.c */
void baro_draft_groups(baro_drafter *d, const baro_draft *draft, baro_survey *out);
/* group_areas.c */
/** Reads the lists of areas that groups name. */
void baro_draft_areas(baro_drafter *d, const baro_draft *draft, baro_survey *out);
/* window_weights.c; after the groups */
void baro_draft_windows(baro_drafter *d, const baro_draft *draft, baro_survey *out);
/* measure.c */
void baro_draft_measures(baro_drafter *d, const baro_draft *draft, const baro_scale *scales, baro_survey *out);

void baro_draft_families(baro_drafter *d, const baro_draft *draft, baro_survey *out);

#endif
