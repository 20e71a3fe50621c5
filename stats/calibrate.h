/**
 * Calibration of weights to known totals, and the variance that it leaves.
 *
 *   w_i = d_i g_i,  g_i = F(x_i'b),  sum over i of w_i x_i = t
 *
 * x are the calibration variables: an indicator a category of each margin, or a number. Post-stratification is one
 * margin, raking goes from margin to margin; with F(u) = 1 + u (linear), exp u (raking) or a logit between bounds b is
 * found by Newton's steps (Deville & Särndal 1992). Within areas, each area has targets of its own and is calibrated by
 * itself.
 *
 * The variance of an estimate with linearised variable z is that of g d e, where e are the residuals of u_i = z_i / w_i
 * on x by least squares with the base weights d. In sums by unit this is t_c - X_c'B: the calibration variables become
 * columns of the totals, and every linear form gets the slopes -B for them. Then baro_variances and baro_covariances do
 * as always.
 */
#ifndef BARO_STATS_CALIBRATE_H
#define BARO_STATS_CALIBRATE_H
#include "stats/linear.h"
#include "stats/totals.h"

typedef enum {
    BARO_CALIBRATE_POSTSTRATIFY, /* one margin of categories (those of a cross of questions, if need be) */
    BARO_CALIBRATE_RAKE,         /* margins of categories */
    BARO_CALIBRATE_LINEAR,       /* with bounds: cut off at them */
    BARO_CALIBRATE_RAKING,       /* the same weights as RAKE, numbers allowed; no bounds */
    BARO_CALIBRATE_LOGIT,        /* with bounds only, 0 <= lower < 1 < upper */
    BARO_CALIBRATE_KINDS
} baro_calibrate_kind;

typedef struct {
    const uint32_t *category; /* [rows] below `categories`; NULL: the variable is a number */
    size_t categories;        /* 1 for a number */
    const double *number;     /* [rows] */
    const double *target;     /* [areas * categories] in the unit of the weights; for a number its total */
} baro_margin;

typedef struct {
    size_t rows;
    const double *weight; /* [rows] base weights d, >= 0; rows of weight 0 take no part */
    const baro_margin *margin;
    size_t margins;
    const uint32_t *area; /* [rows] below `areas`; NULL: one area */
    size_t areas;         /* 0 counts as 1 */
    baro_calibrate_kind kind;
    double lower, upper;      /* bounds of g; both 0: none */
    double smallest, largest; /* limits of the weights themselves, trimmed to; 0: none */
    size_t most;              /* iterations at most, and sweeps of raking before Newton's steps take over; 0: 500 */
} baro_calibration;

/** Weights as a report shows them, of the n rows above 0. Kish's design effect is n sum w^2 / (sum w)^2. */
typedef struct {
    size_t n;
    double smallest, largest, cv, kish;
} baro_weight_shape;

typedef struct {
    size_t iterations; /* of the area that took most */
    size_t trimmed;    /* with limits: rows at a limit or a bound */
    double misfit;     /* largest relative misfit */
    double smallest_g, largest_g;
    baro_weight_shape before, after;
} baro_calibrated;

/** Calibration variables of one area: the categories of all margins. They are numbered margin by margin. */
size_t baro_calibrate_variables(const baro_calibration *job);
/** Bytes of scratch (aligned for double) that baro_calibrate needs; 0 when the size overflows. */
size_t baro_calibrate_room(const baro_calibration *job);

/**
 * Weights that meet the targets to a relative 1e-9 (as a rule 1e-12).
 *
 * Trimming: w = d F(x'b) cut off at the limits, b such that the targets are met: what is cut off goes to rows of the
 * same categories, and targets and limits hold together. This is where cutting off and calibrating in turns ends.
 * Limits are met by Newton's steps.
 * @param scratch  of baro_calibrate_room bytes
 * @param weight   [rows] w = g d
 * @param achieved [areas * variables] sums of w x
 * @return BARO_OK;
 *   BARO_BAD_WEIGHT     fault.index a row: its base weight is not usable, or its calibrated weight (value) is negative:
 * linear without bounds BARO_BAD_DATA       fault.index a row without a category, or whose number is not finite, in
 * margin fault.other; or margin `margins`: area BARO_EMPTY_DOMAIN   a category with a target and no rows: fault.index
 * the margin, fault.other the place among its targets BARO_NOT_CONVERGED  fault.index, .other as before: the largest
 * misfit, which is in fault.value. Margins that do not add up to the same total, bounds or limits too narrow
 *   BARO_OUT_OF_DOMAIN  a target is negative or not finite (fault as before), bounds or limits that exclude each other,
 * margins that the method cannot have (fault.index = margins) Outputs are undefined on failure. Cost: iterations times
 * rows times margins (raking), margins^2 (Newton), plus variables^3 an iteration. Source: Deville & Särndal 1992;
 * Deville, Särndal & Sautory 1993. Checked against R survey 4.1-1 calibrate, rake, postStratify.
 */
baro_status baro_calibrate(const baro_calibration *job, void *scratch, double *weight, double *achieved,
                           baro_calibrated *out, baro_fault *fault);

/* ---- variance ---- */

/** What residuals need, by area: X'DX, and for each column of a cross X'D times its y. Memory is the caller's. */
typedef struct {
    bool as_rake; /* the caller's: residuals by the rule of R's rake(), ten sweeps of unweighted means over the margins
                   */
    size_t areas, variables, columns;
    double *normal; /* [areas * variables * variables] its factor; X'X itself with as_rake */
    double *cross;  /* [columns * areas * variables] */
} baro_residuals;

/**
 * Fills both arrays, and areas, variables and columns. With as_rake every row counts as 1 instead of its base weight;
 * the result is another, with unequal base weights not quite converged estimator, for comparison with R.
 * @param cross the cross whose estimates are wanted; its own weights are not used
 * @return BARO_OK. Faults of the data are those that baro_calibrate has found. Cost: rows times margins times (margins
 * + outcomes)
 */
baro_status baro_calibrate_residuals(const baro_calibration *job, const baro_cross *cross, baro_residuals *out);

/** Entries that the totals need room for once they are extended, at most. */
size_t baro_calibrate_entries(const baro_calibration *job, const baro_design *design, const baro_totals *totals);

/**
 * Totals with a column a calibration variable behind their own: column `columns + area * variables + k` is the sum of w
 * x_k over all rows.
 *
 * @param weight [rows] calibrated
 * @param totals sums under the calibrated weights
 * @param work   for columns + areas * variables columns
 * @param out    unit_end [units], column, high, low [baro_calibrate_entries], total [columns + areas * variables] are
 * the caller's; the rest is that of `totals`. The new columns put no unit into a domain. Later stages are extended,
 * too, where out->next is given.
 */
void baro_calibrate_extend(const baro_calibration *job, const baro_design *design, const double *weight,
                           const baro_totals *totals, const baro_totals_work *work, baro_totals *out);

/**
 * The linear form over extended totals: the form's own slopes, and -B.
 *
 * @param slope  [2 * variables] scratch
 * @param room   of column_out and slope_out; form->n + areas * variables always suffices
 * @param out    its arrays are column_out and slope_out
 * @return BARO_OK; BARO_OUT_OF_DOMAIN when room is too small. Cost: slopes times variables times areas, plus areas
 * times variables^2 Checked against R 4.1-1: vcov(svytotal()) of base-weighted residuals, and postStratify.
 */
baro_status baro_calibrate_form(const baro_residuals *residuals, const baro_linear *form, double *slope, size_t room,
                                uint32_t *column_out, double *slope_out, baro_linear *out);

#endif
