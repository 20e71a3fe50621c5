/** What is known while one relation is tested; shared by relation.c (groups, nodes, tests) and relation_variance.c
 * (covariances). */
#ifndef BARO_SURVEYS_ANALYSES_RELATION_WORK_H
#define BARO_SURVEYS_ANALYSES_RELATION_WORK_H
#include "surveys/analyses/cross_work.h"
#include "surveys/analyses/relation.h"

/* Groups that somebody is in, and what they are tested by. */
typedef struct {
    baro_relation_task *task;
    baro_cross_work cross;
    size_t window;
    size_t *group, *group_cells, groups; /* [groups] domains with somebody; their number of cells */
    size_t all_cells;
    bool overlap;
    double base, least_group;
    uint32_t whole; /* node: sum of weights of all groups */
    uint32_t *node; /* [cells of the table] then `whole` */
    double *covariance, df;
} baro_relation_work;

baro_relates baro_relates_of(const baro_measure *measure);
/** Values of work->node[0 .. n - 1] into value[n], their covariances into work->covariance, and work->df. */
baro_status baro_relation_measure(baro_relation_work *work, size_t n, double *value);

#endif
