/** What the parts of the simulator share. */
#ifndef BARO_SURVEYS_ANALYSES_SIMULATE_WORK_H
#define BARO_SURVEYS_ANALYSES_SIMULATE_WORK_H
#include "surveys/analyses/simulate.h"
#include "surveys/model/where.h"

enum { BARO_NO_ANSWER = -1 };

/** A condition of the survey, parsed, with the groups that it names. */
typedef struct {
    const baro_where *tree; /* NULL: everyone */
    bool *names;            /* [groups] */
    bool names_measure;
} baro_simulated_where;

typedef struct {
    const baro_truth_measure *is;
    const double *level;       /* [periods] of everyone asked */
    double **deviation;        /* [groups] NULL or [periods * categories], from `level` */
    baro_simulated_where where;
    baro_simulated_where *either; /* [n_either] */
    double positive_score, other_score; /* mean scores, of a mean */
    bool follows;              /* its column is that of a group, or of a measure before it: it has no answers of its own, and no truth */
    double *share;             /* [groups * most categories] within the domain of `where` */
} baro_simulated_measure;

/** The sample of a group: cumulated shares, and the weight that undoes them. */
typedef struct {
    const double *cumulated; /* [categories] */
    const double *weight;
} baro_simulated_sample;

struct baro_simulation {
    baro_simulation_request request;
    const baro_survey *survey;
    const baro_truth *truth;
    baro_arena *arena;
    baro_error *error;
    baro_calendar calendar;
    size_t periods, interviews, most; /* most categories of a group */
    const char **label;
    baro_simulated_measure *measure;  /* [survey->n_measures] */
    baro_simulated_sample *sample;    /* [truth->n_groups] */
};

/** What a row, or a kind of person, is: for conditions. */
typedef struct {
    const baro_simulation *simulation;
    const size_t *category;  /* [groups] */
    const bool *known;       /* [groups], NULL: all */
    const int *answer;       /* [measures] place in the scale, BARO_NO_ANSWER; NULL: no measure is known */
} baro_simulated_person;

/** Parses the condition and checks that all it names is drawn. */
baro_status baro_simulated_condition(baro_simulation *s, const char *where, baro_position at, baro_simulated_where *out);
/** Whether a group writes a column of that name. */
bool baro_simulated_takes(const baro_truth_group *group, const char *column);
bool baro_simulated_holds(const baro_simulated_where *where, const baro_simulated_person *person);
/** Levels of all measures in all periods; faults where they cannot all hold. */
baro_status baro_simulated_levels(baro_simulation *s);
/** How data spell something, without its variants. */
const char *baro_simulated_spelling(const baro_truth *truth, const char *label, const baro_texts *codes);

#endif
