/** What divides opinion most: the factors of a survey, ranked by how far apart their groups stand on each measure. */
#ifndef BARO_SURVEYS_ANALYSES_SPREAD_H
#define BARO_SURVEYS_ANALYSES_SPREAD_H
#include "surveys/analyses/result.h"

/** What is asked beside the request, whose breakdowns are the factors. */
typedef struct {
    bool each;     /* a ranking for every window, not for one */
    uint64_t seed; /* of the draws and of bootstrap replicates */
    size_t draws;
    bool ranks_only; /* no replicates are made for standard errors: ranks and probabilities need none */
} baro_spread_request;

/** One factor of one ranking. NAN: there is none. */
typedef struct {
    const baro_measure *measure;
    const char *level; /* answer of a distribution, else "" */
    const baro_group *factor;
    bool has_period;
    baro_period period;                      /* last unit of the window */
    const char *period_label, *period_words; /* "" without periods */
    size_t window;                           /* units pooled; 0 without periods */
    size_t race;                             /* rows of one race are ranked together: one measure, level and window */

    size_t groups;     /* with interviews, after those of too few were joined with others */
    size_t joined;     /* groups that were */
    double base;       /* interviews of the race: answered the measure and every factor */
    double least;      /* in the smallest of the groups */
    double range;      /* largest less smallest group */
    double dispersion; /* weighted mean distance of the groups from everyone */
    double eta2;       /* bias-corrected share of the variance, at least 0 */
    double corrected;  /* the same before what is below 0 is made 0: ranks go by it */
    double eta2_se, lower, upper, df;
    double rank, rank_lower, rank_upper; /* from 1 */
    double p_first;                      /* probability of dividing most */
    double p_channel; /* of the race: that the best factor of kind channel is above the best of kind demographic */
    bool few;         /* too few interviews to be shown: no number was made */
    unsigned marks;   /* baro_mark */
} baro_spread_row;

typedef struct {
    baro_results run; /* without rows: survey, request, notes, facts */
    baro_spread_request asked;
    baro_spread_row
        *rows; /* by measure, level, window; factors as they rank, then those without a rank as they were asked */
    size_t n_rows;
    bool has_replicates; /* standard errors come from the survey's own replicate weights */
    baro_texts left_out; /* labels of groups that are no factor: their categories overlap, or nobody was asked */
} baro_spreads;

/**
 * Ranks the breakdowns of the request for each measure, level and window.
 *
 * All on one domain: interviews that answer the measure and every factor of the window. Shares, and means of numbers or
 * scores; of other statistics rows with mark x. Covariances of all groups of all factors come from one linearised
 * covariance (or the survey's replicate weights, or its stated design factor); the standard error of a share from
 * replicates made here (a jackknife of the PSUs, or 200 bootstrap replicates where they are many); ranks from draws
 * (stats/spread.h). Unless request->no_suppress, groups of fewer interviews than may be shown are joined, and if they
 * are still too few together, joined with the smallest of the others; where that leaves fewer than two: `few`.
 * @return BARO_OK; BARO_USAGE (fewer than one factor; two crossed; categories that overlap; a published series); the
 * status of the first fault, all of which are in `error`
 */
baro_status baro_spread_rank_factors(const baro_request *request, const baro_spread_request *asked, baro_pool *pool,
                                     baro_arena *arena, baro_error *error, baro_spreads *out);

#endif
