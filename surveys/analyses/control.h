/** Control charts of discrete units of time: points, centre, limits, and the rules that points are part of. */
#ifndef BARO_SURVEYS_ANALYSES_CONTROL_H
#define BARO_SURVEYS_ANALYSES_CONTROL_H
#include "stats/control.h"
#include "surveys/analyses/result.h"

typedef enum { BARO_CONTROL_CHART_P, BARO_CONTROL_CHART_XMR } baro_control_chart;

typedef struct {
    baro_control_chart chart;
    bool has_baseline;    /* centre and limits of its segment are made from these units; else of all */
    baro_period from, to; /* both included */
} baro_control_request;

/** A point. Points of a measure, answer and group stand together, in order of time. */
typedef struct {
    const baro_row *level; /* of run.rows: measure, group, period, base, estimate, marks */
    double centre;         /* NAN where there are no limits */
    double lower, upper;   /* of a share kept within 0 and 1 */
    unsigned rule;         /* BARO_RULE_ bits */
    size_t segment;        /* between breaks in series, from 0 */
    size_t resting;        /* points that centre and limits rest on; 0 without */
    bool baseline;         /* they are those of the baseline */
} baro_control_point;

typedef struct {
    baro_results run; /* levels of single units, without comparisons; its request is its own */
    baro_control_request asked;
    baro_control_point *points;
    size_t n_points;
} baro_controls;

/**
 * Levels of every single unit of time between the request's from and to, whatever is pooled elsewhere: rolling points
 * share interviews and would fire every rule. One reading.
 * @param request its comparisons and windows are put aside
 * @return BARO_OK; BARO_USAGE (no periods; a published series of rolling points); the status of the first fault
 */
baro_status baro_control(const baro_request *request, const baro_control_request *asked, baro_pool *pool,
                         baro_arena *arena, baro_error *error, baro_controls *out);

/**
 * Centre, limits and rules of every measure, answer and group, segment by segment, from the points that are left: to be
 * called when what is too small has been erased, so that no centre line gives a hidden point back.
 *
 * New limits begin after each break in series, unless the request goes across. Shares have p-charts; other statistics
 * have none and are left without limits by BARO_CONTROL_CHART_P. A published series has one where base and design
 * factor are stated. A baseline holds for the segment it lies in.
 * @return BARO_OK; BARO_NO_MEMORY
 */
baro_status baro_control_limits(baro_controls *controls, baro_arena *arena);

#endif
