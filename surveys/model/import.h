/**
 * A codebook turned into what a survey file says: which variables are measures and which groups, what every answer counts as, which scales are
 * shared. What the codebook says is kept; the rest is guessed from names and labels, and is for a person to look at.
 */
#ifndef BARO_SURVEYS_MODEL_IMPORT_H
#define BARO_SURVEYS_MODEL_IMPORT_H
#include "surveys/model/codebook.h"

/** Answers of measures, once for all that share them. */
typedef struct {
    const char *id;
    const baro_answer *answers; /* codes without the label */
    size_t n_answers, users;
    bool has_positive;
    baro_better better; /* BARO_BETTER_NEITHER where nothing is positive */
} baro_import_scale;

/** What becomes of a variable. */
typedef struct {
    const baro_codebook_variable *from;
    unsigned uses;  /* bits of codebook.h; BARO_USE_NOTHING: left out */
    bool guessed;   /* the uses are */
    bool could_be_weight; /* left out because another is the weight */
    const char *id; /* of the group or the measure; for both: the measure's is `measure_id` */
    const char *measure_id;
    const char *label;
    const char *question; /* NULL: none, or the label says it */
    baro_group_kind kind;
    bool ordered, sensitive;
    size_t scale; /* SIZE_MAX: numbers, or every distinct answer */
    baro_statistic statistic;
    const baro_answer *answers; /* of this variable, codes without the label; those of one label are one answer */
    size_t n_answers, n_counted; /* n_counted: neither don't know, refused nor not asked */
} baro_import_item;

typedef struct {
    const baro_codebook *book;
    const char *id; /* of the survey: the name of the file without its ending */
    baro_import_item *items; /* [n] in the order of the codebook */
    size_t n;
    baro_import_scale *scales;
    size_t n_scales;
} baro_import;

/** @return BARO_OK; BARO_BAD_DATA with a fault (two weights, no variable that could be a measure or a group); BARO_NO_MEMORY */
baro_status baro_import_make(const baro_codebook *book, baro_arena *arena, baro_import *out, baro_error *error);

/* For the files of this folder. */
/** Answers of a variable as a survey file has them: one for each label, with its codes and its role. */
baro_status baro_import_answers(const baro_codebook_variable *from, baro_arena *arena, const baro_answer **out, size_t *n, size_t *n_counted);
/**
 * Roles on a scale that a person would read one way: agreement, satisfaction, safety, quality, worry, approval, yes and no. Sets positive, neutral and
 * negative and returns the name of the scale (agree, satisfied ...), NULL (and nothing set) when any counted answer is not of it.
 */
const char *baro_import_rate(baro_answer *answers, size_t n, baro_better *better);
/** Whether a name or a short label is that of a group, of which kind, and with which properties. */
bool baro_import_is_group(const char *name, const char *label, baro_import_item *out);

#endif
