/** Linear trend: the slope of the straight line through the windows of a series, with its test. */
#ifndef BARO_SURVEYS_ANALYSES_SLOPE_H
#define BARO_SURVEYS_ANALYSES_SLOPE_H
#include "surveys/analyses/result.h"

enum { BARO_SLOPE_LEAST = 3 }; /* windows: two make a change, not a trend */

/** A window that the line goes through. */
typedef struct {
    double base, positive;   /* interviews; those with a positive answer; NAN unknown */
    double estimate, se, df; /* se NAN where a share is 0 or 1 */
} baro_slope_level;

typedef struct {
    const baro_measure *measure;
    baro_statistic statistic;
    const char *level;          /* answer of a distribution, else "" */
    const baro_group *by, *by2; /* NULL: everyone */
    const char *group, *group2; /* "" for everyone */
    size_t table;               /* breakdown of the request; everyone: SIZE_MAX */
    const char *from_label, *from_words, *to_label,
        *to_words;            /* first and last window that the line goes through, "" without a line */
    size_t windows, window;   /* how many; units that each pools */
    baro_slope_level *levels; /* [windows] in order of time */
    double slope, se, lower, upper, df, p_value, p_adjusted; /* a year */
    unsigned marks;                                          /* baro_mark; x: no line */
} baro_slope_row;

typedef struct {
    baro_results run;     /* without rows: survey, request, notes, facts */
    baro_slope_row *rows; /* by measure, answer, breakdown (everyone first), group */
    size_t n_rows;
} baro_slopes;

/**
 * Slope of the least-squares line through the window levels, unweighted: a fixed linear combination of them,
 *
 *   slope = sum_t a_t m_t,  a_t = (x_t - xbar) / sum_s (x_s - xbar)^2,  x_t the window's last unit in years
 *
 * so that its variance comes from the full covariance of the windows, also of overlapping ones and of clusters that are
 * visited again. Unweighted, so that the same windows make the same combination in every group, and no wave of many
 * interviews bends the line.
 *
 * The windows are those that are shown and lie whole behind the last break in series, or all shown with across_breaks;
 * those without a value are passed over. Fewer than three: mark x. df: the smallest among the windows. No test where a
 * share is 0 or 1 in some window. Quantiles have no slope (mark x).
 *
 * A published series with stated base and deft: windows of N units that end k apart are taken to share (N - k)/N of
 * their variance, and each value has r^2/12 from its rounding r; else no interval.
 * @param request its comparisons are put aside
 * @return BARO_OK; BARO_USAGE; the status of the first fault, all of which are in `error`
 * Checked against: R survey 4.1-1 svycontrast (tests/reference/slope.R).
 */
baro_status baro_slope(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error,
                       baro_slopes *out);

#endif
