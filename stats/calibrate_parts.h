/** What the two halves of calibration share: the checks, areas and limits (calibrate.c), and the iterations
 * (calibrate_iterate.c). */
#ifndef BARO_STATS_CALIBRATE_PARTS_H
#define BARO_STATS_CALIBRATE_PARTS_H
#include "stats/calibrate.h"
#include <math.h>

/** One area's problem; arrays lie in the caller's scratch. */
typedef struct {
    const baro_calibration *job;
    size_t variables, most, area;
    const uint32_t *row; /* [n] of this area, of weight above 0 */
    size_t n;
    size_t *first; /* [margins + 1] first variable of a margin */
    uint32_t *order, *area_end;
    double *g;    /* [rows] */
    double *base; /* [variables] sums of d |x| */
    double *b, *tried, *step, *normal;
    double *achieved, *target; /* [variables] */
    baro_sum *sum;             /* [variables] */
    double objective;          /* what Newton's steps make small: sum of d times the integral of F, minus b't */
} baro_calibrate_problem;

/** The variable that a row has in a margin, and its value. */
static inline size_t baro_calibrate_variable(const baro_calibrate_problem *p, size_t margin, size_t row, double *x)
{
    const baro_margin *m = &p->job->margin[margin];
    *x = m->category ? 1 : m->number[row];
    return p->first[margin] + (m->category ? m->category[row] : 0);
}

static inline bool baro_calibrate_by_margin(const baro_calibration *job)
{
    return job->kind == BARO_CALIBRATE_RAKE || job->kind == BARO_CALIBRATE_POSTSTRATIFY;
}

/** Whether there are bounds on g. */
static inline bool baro_calibrate_bounded(const baro_calibration *job)
{
    return job->lower != 0 || job->upper != 0;
}

static inline bool baro_calibrate_limited(const baro_calibration *job)
{
    return job->smallest > 0 || job->largest > 0;
}

/** Bounds of g for a row of base weight d: those of the method, and the limits of weights. Without limits a linear g
 * has none. */
static inline void baro_calibrate_bounds(const baro_calibration *job, double d, double *lower, double *upper)
{
    bool bounded = baro_calibrate_bounded(job), limited = baro_calibrate_limited(job);
    *lower = bounded ? job->lower : -INFINITY;
    *upper = bounded ? job->upper : INFINITY;
    if (limited && job->smallest / d > *lower)
        *lower = job->smallest / d;
    if (job->largest > 0 && job->largest / d < *upper)
        *upper = job->largest / d;
}

/** A row's g as a function F of u = b'x, with F(0) = F'(0) = 1, its derivative, and its integral up to a constant. */
typedef struct {
    double value, slope, integral;
} baro_calibrate_distance;

/** F at u for a row of base weight d, cut off at the row's bounds; the integral is continuous there. */
baro_calibrate_distance baro_calibrate_distance_of(const baro_calibration *job, double d, double u);

/** Names a variable of the area's margins as the fault. */
baro_status baro_calibrate_blame(const baro_calibrate_problem *p, baro_status status, size_t variable, double value,
                                 baro_fault *fault);

/** Finds g; p->g is 1 and p->b is 0 before. @return BARO_OK or BARO_NOT_CONVERGED */
baro_status baro_calibrate_iterate(baro_calibrate_problem *p, size_t *iterations, double *misfit, baro_fault *fault);

#endif
