/** Is a measure related to a factor? One test a measure by a breakdown, of one window. */
#ifndef BARO_SURVEYS_ANALYSES_RELATED_H
#define BARO_SURVEYS_ANALYSES_RELATED_H
#include "stats/chi_square.h"
#include "surveys/analyses/result.h"

/** What is compared between the groups. */
typedef enum {
    BARO_RELATES_ANSWERS, /* a table of answers by groups: Rao-Scott, Wald or adjusted Wald */
    BARO_RELATES_MEANS,   /* means of numbers or scores: Wald's F that all are equal */
    BARO_RELATES_RATIOS,  /* ratios of two totals: the same */
    BARO_RELATES_NOTHING  /* a total, or a quantile: not tested */
} baro_relates;

typedef struct {
    const baro_measure *measure;
    const char *level; /* answer of a question with several, else "" */
    const baro_group *by, *by2;
    const char *period_label, *period_words; /* "" without periods */
    bool has_period;
    baro_period period;   /* last unit of the window */
    size_t table, window; /* index of the breakdown among the request's; units pooled */
    baro_relates relates;
    bool adjusted;                                   /* of a Wald test: for the number of contrasts */
    double base;                                     /* interviews with an answer and a known group */
    double df;                                       /* of the design, or those given */
    double statistic, ndf, ddf, p_value, p_adjusted; /* NAN without a test */
    double least_group;  /* interviews in the smallest group that has any: what suppression goes by */
    double least_answer; /* the smallest number of interviews behind an answer of a group; NAN for numbers */
    unsigned marks;      /* baro_mark */
    const char *why;     /* there is no test: a sentence without its stop; NULL when there is one */
} baro_relation;

typedef struct {
    baro_results run; /* without rows: survey, request, notes, facts */
    baro_two_way_test test;
    baro_relation *rows; /* by measure, answer, breakdown */
    size_t n_rows;
} baro_relations;

/**
 * Tests every measure of the request by each of its breakdowns, in its window and domain.
 *
 * Shares: the table of answers (of a proportion: its two sides; of a question with several answers each by itself,
 * given or not) by groups, with design df counted inside the table's domain. Means and ratios: Wald's F that those of
 * all groups are equal, unadjusted for BARO_TEST_WALD, else adjusted; df as of a contrast, the smallest among the
 * groups. Groups and answers that nobody has are left out.
 * @return BARO_OK; BARO_USAGE (no breakdown; a published series); the status of the first fault, all of which are in
 * `error`. A relation that cannot be tested is no fault: mark x, and `why`.
 */
baro_status baro_relate(const baro_request *request, baro_two_way_test test, baro_pool *pool, baro_arena *arena,
                        baro_error *error, baro_relations *out);

#endif
