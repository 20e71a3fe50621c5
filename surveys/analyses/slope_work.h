/** What the files about slopes share. */
#ifndef BARO_SURVEYS_ANALYSES_SLOPE_WORK_H
#define BARO_SURVEYS_ANALYSES_SLOPE_WORK_H
#include "surveys/analyses/cross_work.h"
#include "surveys/analyses/interviews.h"
#include "surveys/analyses/slope.h"

typedef struct {
    baro_cross_task cross;
    const size_t *window; /* [n_windows] that a line may go through, in order */
    size_t n_windows;
    baro_slope_row *rows; /* [levels][groups]; each with room for n_windows levels */
    size_t n_rows;
} baro_slope_task;

extern const char baro_slope_break_note[];
/** A row without numbers. */
baro_slope_row baro_slope_blank(const baro_measure *measure, baro_statistic statistic);
/** Fills task->rows. Safe to call from several threads for different tasks. */
baro_status baro_slope_compute(baro_slope_task *task);
/** Coefficients of the slope a year of the line through n >= 2 different periods. */
void baro_slope_coefficients(const baro_period period[], size_t n, baro_unit unit, double a[]);
/** Windows that are shown and on this side of the last break; returns how many. @param out [windows] */
size_t baro_slope_windows(const baro_windows *windows, bool across_breaks, size_t out[]);
/** Whether a break lies behind the beginning of window `first` and not behind the end of `last`. */
bool baro_slope_crosses(const baro_windows *windows, size_t first, size_t last);
/** Interval and p-value, from slope, se and df. */
void baro_slope_infer(baro_slope_row *row, double confidence);
baro_status baro_slope_of_series(baro_analysis *analysis, baro_slopes *out);

#endif
