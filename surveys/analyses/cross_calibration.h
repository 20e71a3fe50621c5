/** Variances that know how the weights were calibrated: totals with the calibration variables, and forms with their slopes. */
#ifndef BARO_SURVEYS_ANALYSES_CROSS_CALIBRATION_H
#define BARO_SURVEYS_ANALYSES_CROSS_CALIBRATION_H
#include "stats/calibrate.h"
#include "surveys/analyses/cross_work.h"

/** Of one cross, in its arena. */
struct baro_cross_calibrated {
    baro_residuals residuals;
    double *slope;       /* [2 * variables] */
    uint32_t *column;    /* [columns] a form before it is calibrated */
    double *column_slope;
};

/** After the sums: residuals, and work->totals extended. Nothing when the run has no calibration. */
baro_status baro_cross_calibrate(baro_cross_work *work);
/** baro_linearise, and for a calibration the slopes of its variables. `room` as there, and the columns below. */
baro_status baro_cross_linearise(baro_cross_work *work, const baro_expression *expression, uint32_t node, const double *value,
                                 const baro_linear_work *scratch, size_t room, uint32_t *column, double *slope, baro_linear *out);
/** Columns of the totals that are calibration variables. */
size_t baro_cross_calibration_columns(const baro_cross_work *work);

#endif
