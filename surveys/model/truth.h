/**
 * A truth file: what is true of an invented population, for `barometer simulate`. Read strictly, against the survey that it is for.
 *
 * Groups are independent of one another. A level is a probability (of a number: its mean). What a cell says holds; categories of
 * which nothing is said share what is left, so that a group's levels always average to the level of everyone.
 */
#ifndef BARO_SURVEYS_MODEL_TRUTH_H
#define BARO_SURVEYS_MODEL_TRUTH_H
#include "surveys/model/period.h"
#include "surveys/model/survey.h"

typedef struct {
    const char *column, *value;
} baro_truth_write;

typedef struct {
    const char *label;
    double share, response; /* of the population, all of a group adding up to 1; chance of an interview, relative */
    const baro_truth_write *write; /* columns of a derived category, and what stands in them */
    size_t n_write;
    const baro_category *category; /* of the survey; NULL: an open group's own answer */
} baro_truth_category;

typedef struct {
    const char *name;        /* id of the group, or the column */
    const baro_group *group; /* NULL: a column that is no group */
    const char *column;      /* of such a column */
    double unknown;          /* share whose field is missing */
    bool by_default, even;   /* nothing said of it; even: as many interviews in every category */
    const baro_truth_category *categories;
    size_t n;
    baro_position at;
} baro_truth_group;

typedef struct {
    size_t group, category; /* in baro_truth; SIZE_MAX: everyone */
    double level;
    bool timed;             /* only from `first` to `last` */
    baro_period first, last;
    baro_position at;
} baro_truth_cell;

typedef struct {
    const char *answer;
    double level; /* share that gives it */
} baro_truth_answer;

typedef struct {
    const baro_measure *measure;
    double level, icc, sd, dont_know, refused, blank;
    const char *module, *otherwise; /* NULL: asked of all; the answer that is not positive of an open scale */
    bool starts, ends;
    baro_period first, last;        /* asked from, to */
    const baro_truth_cell *cells;
    size_t n_cells;
    const baro_truth_answer *answers; /* of a multiple-response question, or one without a scale */
    size_t n_answers;
    baro_position at;
} baro_truth_measure;

typedef enum { BARO_TRUTH_LABELS, BARO_TRUTH_CODES, BARO_TRUTH_MIXED } baro_truth_spelling;

typedef struct {
    const char *path;         /* NULL: all defaults */
    size_t interviews, units; /* in each period; PSUs in each stratum */
    double icc, mood, population;
    double dont_know, refused, blank;
    baro_truth_spelling spelling;
    baro_period first, last;
    baro_texts modules;
    const char *module_column;
    const baro_truth_group *groups;
    size_t n_groups;
    const baro_truth_measure *measures; /* one for each of the survey, in its order */
} baro_truth;

/**
 * Reads a truth file for a survey; NULL path: every default (equal shares, levels of a half).
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_SURVEY with every fault, by line and column; BARO_NO_MEMORY
 */
baro_status baro_truth_read(const char *path, const baro_survey *survey, baro_arena *arena, baro_truth *out, baro_error *error);
/** The same from bytes in memory; `source` is the name in messages. */
baro_status baro_truth_parse(const char *source, const char *text, size_t length, const baro_survey *survey, baro_arena *arena,
                             baro_truth *out, baro_error *error);
/** The truth file that stands beside a survey file, NAME.truth.yaml beside NAME.yaml; NULL when there is none. */
const char *baro_truth_beside(const char *survey_path, baro_arena *arena);
/** Whether a measure's answers are numbers; or separate answers with a share each: multiple response, or nothing that is positive. */
bool baro_truth_is_number(const baro_measure *measure);
bool baro_truth_is_list(const baro_measure *measure);

#endif
