/** What is asked of a survey: one request a command; a run may join many. Texts are borrowed from the survey's or the caller's arena. */
#ifndef BARO_SURVEYS_ANALYSES_REQUEST_H
#define BARO_SURVEYS_ANALYSES_REQUEST_H
#include "stats/quantile.h"
#include "surveys/binding/binding.h"
#include "surveys/model/period.h"
#include "surveys/model/survey.h"

/** A breakdown: a group, or two crossed; first NULL: everyone only. Ids of survey->groups. */
typedef struct {
    const char *first, *second;
} baro_breakdown;

typedef enum {
    BARO_AGAINST_NONE,
    BARO_AGAINST_TOTAL,
    BARO_AGAINST_REST,
    BARO_AGAINST_GROUP,    /* name: a group's label; group: its id, or NULL for every breakdown that has such a label */
    BARO_AGAINST_PREVIOUS, /* the window that ends one unit earlier; may overlap */
    BARO_AGAINST_PREVIOUS_SEPARATE,
    BARO_AGAINST_YEAR_AGO,
    BARO_AGAINST_FIRST,
    BARO_AGAINST_PERIOD /* period */
} baro_against_kind;

typedef struct {
    baro_against_kind kind;
    const char *group, *name;
    baro_period period;
    const char *text; /* as it was written, for messages; for the column `against`: "total", "rest", the label, the period's label */
} baro_against;

typedef enum { BARO_ADJUST_NONE, BARO_ADJUST_BONFERRONI, BARO_ADJUST_HOLM, BARO_ADJUST_BH, BARO_ADJUST_BY } baro_adjustment;

typedef struct {
    const baro_survey *survey;
    const char *const *data; /* files */
    size_t n_data;
    const baro_reading *reading; /* of these files, made for several requests; NULL: they are read for this one */

    baro_texts measures;          /* ids; n = 0: all of the survey */
    const baro_breakdown *by;     /* the tables; n_by = 0: everyone only */
    size_t n_by;
    const char *mix;              /* id of the group whose mix is told from rates in gaps, wanted beside the breakdowns; NULL: none */
    bool by_named;                /* named by -b: a missing column is then a fault (78, or 65 without a survey file), else marker x */
    bool measures_named;
    const char *where;            /* NULL: everyone */

    bool trend;                   /* every window between from and to; false: one (the latest, or pooled) */
    bool all_periods;
    bool has_from, has_to;
    bool to_is_window;            /* `to` ends the one window, which pools no more than a rolling one; not with `from` */
    baro_period from, to;
    size_t rolling;               /* units a window pools; 0: the survey's */
    bool across_breaks;

    const baro_against *against;  /* n = 0: no differences */
    size_t n_against;
    baro_adjustment adjust;
    bool adjust_over_run;
    double equivalence;           /* margin of verdicts; 0: each measure's own, if it has one */
    bool against_if_there;        /* a period that the data do not hold is compared with in silence */
    bool bounds;                  /* measures about missing answers are there to bound the others' levels (missing.h) */
    bool letters;                 /* column letters for the groups of a breakdown */

    baro_interval_method interval;
    baro_quantile_rule quantile_rule;
    bool cap;                     /* beta intervals: effective base at most the base */
    double confidence;
    double df;                    /* NAN: from the design */
    bool no_suppress;
} baro_request;

#endif
