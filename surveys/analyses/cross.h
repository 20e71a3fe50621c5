/**
 * A cross: one measure by one breakdown over all windows. The unit of work, of memory and of parallelism.
 *
 * Cells are atoms: (unit of time) x (pattern of the first group) x (pattern of the second). Every level is a ratio (or a total) of sums over
 * atoms, every difference a difference of two levels: all are nodes of one expression, all variances come from one call.
 */
#ifndef BARO_SURVEYS_ANALYSES_CROSS_H
#define BARO_SURVEYS_ANALYSES_CROSS_H
#include "stats/calibrate.h"
#include "stats/variance.h"
#include "surveys/analyses/windows.h"
#include "surveys/binding/replicates.h"

/** What all crosses of a run share; read only while they are computed. */
typedef struct {
    const baro_request *request;
    const baro_windows *windows;
    const baro_design *design;
    const double *weight;
    const double *const *window_weight; /* [windows] columns of [rows], NULL where the data have none; NULL: one weight for all windows */
    const baro_calibration *calibration; /* NULL: how the weights were made is not known */
    bool as_rake;                     /* its residuals by R's own rule for rake() */
    const baro_bound_replicates *replicates; /* NULL: variances are linearised */
    const int32_t *unit;              /* [rows] or NULL */
    const unsigned char *domain;      /* [rows] 1: inside --where; NULL: everyone */
    const size_t *source_first_row;   /* [sources + 1] */
    size_t rows, sources;
} baro_run;

typedef struct {
    const baro_run *run;
    const baro_bound_measure *measure;
    const baro_bound_group *first, *second; /* NULL: everyone */
    size_t table;
    const baro_against *const *against;     /* [n_against] those that apply to this breakdown */
    size_t n_against;
    baro_row *rows;                         /* [levels shown][groups][windows shown][max(1, n_against)] */
    size_t n_rows, levels, groups;
    baro_contrast *contrasts;               /* [levels][windows shown][pairs of groups], for column letters */
    size_t n_contrasts;
    const char *const *probability;         /* [levels] of a quantile measure: its levels in words */
    size_t lonely;                          /* on BARO_LONELY_PSU: the stratum */
} baro_cross_task;

/** Rows of a level, and all; contrasts. */
void baro_cross_size(baro_cross_task *task);
/** Computes and fills task->rows and task->contrasts, whose memory is the caller's. Safe to call from several threads for different tasks. */
baro_status baro_cross_compute(baro_cross_task *task);

#endif
