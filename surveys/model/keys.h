/**
 * The one table of the keys of a survey file: where each stands, what it may hold, where it goes, what it means. The reader, the
 * defaults and the reference page are made from it. Known to the model only.
 */
#ifndef BARO_SURVEYS_MODEL_KEYS_H
#define BARO_SURVEYS_MODEL_KEYS_H
#include "surveys/model/draft.h"

/** The maps of a survey file. */
typedef enum {
    BARO_MAP_TOP,
    BARO_MAP_SURVEY,
    BARO_MAP_INPUT,
    BARO_MAP_DESIGN,
    BARO_MAP_WINDOW,
    BARO_MAP_REPLICATES,
    BARO_MAP_CALIBRATION,
    BARO_MAP_PERIOD,
    BARO_MAP_BREAK,
    BARO_MAP_SCALE,
    BARO_MAP_ANSWER, /* of a scale's long form */
    BARO_MAP_ENTRY,  /* of a list of answers */
    BARO_MAP_GROUP,
    BARO_MAP_CATEGORY,
    BARO_MAP_BAND,
    BARO_MAP_MEASURE,
    BARO_MAP_EITHER,
    BARO_MAP_BATTERY,
    BARO_MAP_SERIES,
    BARO_MAP_PUBLISH,
    BARO_MAP_COUNT
} baro_map;

typedef enum {
    BARO_KEY_TEXT,
    BARO_KEY_ID,      /* text that can be named in options and file names */
    BARO_KEY_WHERE,   /* text that is an expression */
    BARO_KEY_TEXTS,   /* one text or a list */
    BARO_KEY_YES_NO,
    BARO_KEY_NUMBER,
    BARO_KEY_NUMBERS,
    BARO_KEY_WHOLE,
    BARO_KEY_CHOICE,
    BARO_KEY_SECTION, /* a map of its own keys */
    BARO_KEY_RECORDS, /* one map or a list of maps */
    BARO_KEY_ANSWERS, /* answers as text or {label, codes}: one or a list */
    BARO_KEY_MAP,     /* a map whose keys are free */
    BARO_KEY_LISTS    /* a list of lists of texts */
} baro_key_type;

enum {
    BARO_KEY_REQUIRED = 1,
    BARO_KEY_LATER = 2,       /* known, its working not there yet */
    BARO_KEY_EMPTY_OK = 4,    /* "" is a value */
    BARO_KEY_NONE_OK = 8,     /* `none` is no item */
    BARO_KEY_OPEN_LOW = 16,   /* the low end itself is outside */
    BARO_KEY_OPEN_HIGH = 32,
    BARO_KEY_AUTO_OK = 64,    /* whole number: `auto` is 0 */
    BARO_KEY_MAP_OK = 128     /* may be a map, which another hand reads */
};

typedef struct {
    const char *word; /* NULL: end */
    int value;
    bool later;
} baro_word;

typedef struct {
    baro_map map;
    const char *name;
    baro_key_type type;
    size_t offset, size;  /* of what it fills: in baro_draft for sections, in the record for maps of lists */
    const char *standard; /* default, written as in a file; NULL: none */
    const char *says;     /* the default in words, where `standard` does not say it */
    const baro_word *words;
    double low, high;     /* NUMBER, WHOLE: low < high: the range */
    size_t most;          /* TEXTS: items that are supported; 0: any number */
    baro_map inside;      /* SECTION, RECORDS, ANSWERS: its map */
    unsigned flags;
    const char *meaning; /* one sentence */
} baro_key;

typedef struct {
    const char *path;  /* "groups[].categories[]" */
    size_t record;     /* bytes of a record; 0 for sections, whose keys fill the draft */
} baro_map_row;

size_t baro_keys_count(void);
const baro_key *baro_keys_at(size_t i);
const baro_map_row *baro_keys_map(baro_map map);
/** Fills the defaults of the keys of a map into a zeroed record (or the draft). */
void baro_keys_defaults(baro_map map, void *record);
/** What may stand there, in words: "a number from 0 to 1", "probability, quota or opt-in". Returns out. */
const char *baro_key_expects(const baro_key *key, char *out, size_t size);
/** Reads a scalar as the key wants it into the record; false when it is none. `quoted`: it stands in quotes. */
bool baro_key_scalar(const baro_key *key, const char *text, size_t length, bool quoted, void *record);
const baro_word *baro_key_word(const baro_key *key, const char *text);

#endif
