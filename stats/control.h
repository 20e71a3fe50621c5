/** Control charts: a centre line, its limits, and the four rules by which points are out of the ordinary. */
#ifndef BARO_STATS_CONTROL_H
#define BARO_STATS_CONTROL_H
#include "stats/status.h"
#include <stddef.h>

/** Rules of the NHS guide "Making data count", as bits. */
enum {
    BARO_RULE_LIMIT = 1, /* beyond a limit */
    BARO_RULE_SIDE = 2,  /* one of 7 or more points in a row on one side of the centre */
    BARO_RULE_TREND = 4, /* one of 7 or more points in a row, each above (or each below) the one before */
    BARO_RULE_NEAR = 8 /* of three points in a row at least two, this one too, lie on one side beyond two thirds of the
                          way to the limit */
};
enum { BARO_CONTROL_RUN = 7 };

/**
 * One run of points that belong together: from one break in series to the next, in order of time. A point whose value
 * is NAN is not there, and ends what runs through it.
 */
typedef struct {
    const double *value;         /* [points] */
    const double *base;          /* [points] interviews; p-chart only */
    const double *deff;          /* [points] design effect, NAN where it is not known; p-chart only */
    const unsigned char *inside; /* [points] 1: centre and limits are made from it; NULL: from all */
    size_t points;
} baro_control_points;

/**
 * Centre and limits of a p-chart with a design effect.
 *
 *   centre = sum n p / sum n;  limits = centre ± 3 sqrt(deff centre (1 - centre) / n_t),  deff = sum n deff / sum n
 *
 * One design effect for all points: a point's own is too noisy a yardstick, and would widen the limits of the very
 * point that stands out. Points without a design effect (a share at 0 or 1) count in the centre alone.
 * @param centre one number
 * @param half   [points] from the centre to a limit; NAN where there is no value
 * @param used   points that centre and limits rest on
 * @return BARO_OK; BARO_EMPTY_DOMAIN (fewer than two points inside, or no design effect known), outputs untouched
 * Source: Montgomery 2013, Introduction to Statistical Quality Control, sec. 7.2.
 */
baro_status baro_control_p(const baro_control_points *points, double *centre, double half[], size_t *used);

/**
 * Centre and limits of an XmR chart (individuals and moving ranges).
 *
 *   centre = mean x;  limits = centre ± 2.66 mean |x_t - x_(t-1)|, over neighbours that are both there and inside
 *
 * 2.66 is 3 / d2 for ranges of two, as the source has it.
 * @return BARO_OK; BARO_EMPTY_DOMAIN (no two neighbours inside), outputs untouched. The rest as baro_control_p
 * Source: Wheeler 2000, Understanding Variation, ch. 3.
 */
baro_status baro_control_xmr(const baro_control_points *points, double *centre, double half[], size_t *used);

/**
 * Which rules each point is part of.
 *
 * A point on the centre line is on neither side; equal neighbours are no trend; a point on a limit is not beyond it.
 * @param half [points]; where it is NAN or 0 the rules on limits do not speak
 * @param rule [points] BARO_RULE_ bits
 * Source: NHS England, Making data count (the four rules of special cause variation).
 */
void baro_control_rules(const double value[], double centre, const double half[], size_t points, unsigned rule[]);

#endif
