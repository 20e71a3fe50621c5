/**
 * What is known while the spread of one measure is computed; shared by spread_cross.c (sums, races), spread_groups.c
 * (which groups are shown), spread_variance.c (covariances) and spread_replicates.c (standard errors of shares).
 */
#ifndef BARO_SURVEYS_ANALYSES_SPREAD_WORK_H
#define BARO_SURVEYS_ANALYSES_SPREAD_WORK_H
#include "stats/spread.h"
#include "surveys/analyses/cross_work.h"
#include "surveys/analyses/spread.h"

/** Replicates of the units that are made here, for the standard errors of shares alone. */
typedef struct {
    baro_design design; /* that of the run, without strata of one unit */
    baro_replicate_rule rule;
    baro_replicates kind;
    const double *factor; /* [replicates * units] of a jackknife; NULL: drawn one at a time */
    uint64_t seed;
    double scale_up; /* of the variance, for strata that were left out as the survey asks */
} baro_spread_replicates;

/** One measure by all factors. */
typedef struct {
    baro_run run;               /* of the measure's weight, on the domain that all factors share */
    baro_bound_measure measure; /* of a mean with its squares beside it */
    baro_cross_task *cross;     /* [factors] */
    size_t factors;
    const baro_spread_request *asked;
    const baro_spread_replicates *made; /* NULL: no standard errors, or those of the run's own replicates */
    bool drawn;                         /* the sample was drawn at random, or is taken so */
    size_t levels;
    baro_spread_row *rows; /* [levels][windows shown][factors] */
    size_t n_rows;
    size_t lonely; /* on BARO_LONELY_PSU: the stratum */
} baro_spread_task;

/** A factor in a race: groups of cells. Cells of group g: cell[g ? cell_end[g - 1] : 0] .. cell[cell_end[g] - 1]. */
typedef struct {
    baro_spread_row *row;
    size_t *cell_end, groups, first; /* first: of its groups among those of all that are ranked */
    uint32_t *cell;
    double *n;           /* [groups] interviews */
    double bias, *theta; /* [replicates] its share */
    bool ranked;
} baro_spread_entry;

/** One measure, level and window. */
typedef struct {
    size_t t, j, groups;                                 /* groups: of all that are ranked */
    baro_spread_entry *entry;                            /* [factors] */
    double *share, *mean, *covariance, variance_of_mean; /* of the groups that are ranked */
} baro_spread_race_work;

typedef struct {
    baro_spread_task *task;
    baro_arena *arena;
    baro_cross_work *cross;   /* [factors] */
    const baro_totals **part; /* [factors] */
    baro_totals joined;
    baro_spread_race_work *race;
    size_t n_races;
    double *w, *wy;    /* [groups of the largest factor] scratch */
    baro_reach *reach; /* [races] of the domain */
} baro_spread_work;

/** Share less some bias, and range and dispersion, of a factor with some totals: those of the sample, or of a
 * replicate. */
double baro_spread_share(const baro_spread_work *work, const baro_spread_race_work *race,
                         const baro_spread_entry *entry, double bias, const double *total, baro_spread *out);
/** Sums of the cells of groups first .. end - 1: of weights, of outcome j. */
double baro_spread_sum(const baro_spread_work *work, const baro_spread_entry *entry, size_t first, size_t end,
                       size_t outcome, const double *total);
/** Groups of factor k that may be shown, into the entry; sets row->few, groups, joined, least, base. */
baro_status baro_spread_groups(baro_spread_work *work, const baro_spread_race_work *race, size_t k,
                               baro_spread_entry *entry);
/** Whether so many interviews, with so many that count, are too few to be shown. */
bool baro_spread_too_few(const baro_spread_task *task, const baro_group *factor, double n, double hits);
/** Covariances of all groups of all factors of every race, variances of their means, reach. */
baro_status baro_spread_vary(baro_spread_work *work);
/** Covariances of one race under a stated design factor. */
baro_status baro_spread_state(baro_spread_work *work, baro_spread_race_work *race);
/** Standard errors of the shares. */
baro_status baro_spread_errors(baro_spread_work *work);
/** Makes what baro_spread_errors needs; *out NULL where no variance can be had. */
baro_status baro_spread_make(const baro_run *run, uint64_t seed, baro_arena *arena, baro_spread_replicates **out);

/** Rows of a task, once its crosses are bound. */
void baro_spread_size(baro_spread_task *task);
/** Computes and fills task->rows, whose memory is the caller's. */
baro_status baro_spread_compute(baro_spread_task *task);

#endif
