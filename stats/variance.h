/**
 * The one covariance: of any two linear forms of totals, under a stratified design of PSUs.
 *
 *   cov(e, f) = sum_h (1 - f_h) n_h / (n_h - 1) sum_c (t_hc - tbar_h)(u_hc - ubar_h)
 *
 * where t_hc is the linearised total of unit c of stratum h, sum over the columns k of slope_k T_hck, and n_h counts all units of the
 * design: units without members in a domain enter as zeros.
 */
#ifndef BARO_STATS_VARIANCE_H
#define BARO_STATS_VARIANCE_H
#include "stats/linear.h"
#include "stats/totals.h"

typedef struct {
    uint32_t first, second; /* indices of linear forms */
} baro_pair;

/** How far a form reaches in the design: units and strata with a member of weight above 0 in its domain. */
typedef struct {
    size_t units, strata;
} baro_reach;

typedef struct {
    const baro_design *design;
    const baro_totals *totals;
    const baro_linear *form; /* [forms]; every form names the weight columns of its whole domain, if need be with slope 0 */
    size_t forms;
    baro_one_psu one_psu;
} baro_variance_job;

/** Bytes of scratch that the two functions below need (uninitialised, aligned for double). 0 when the size overflows. */
size_t baro_variance_room(const baro_variance_job *job, size_t pairs);

/**
 * Variances of all forms, and their reach: df = units - strata (Korn & Graubard 1999, sec. 5.2: inside the domain).
 *
 * @param variance [forms]; NAN for a form whose value is NAN
 * @param reach    [forms] or NULL
 * @return BARO_OK; BARO_LONELY_PSU (rule FAIL; fault.index: the stratum of the design, fault.other: the stage from 0), outputs then undefined
 * Later stages (design->next with totals->next) add what they add. With design->inside the rule for single units also takes a stratum of
 * several units of which a form's columns reach one (fault.value: the form): remove leaves it out, average too and raises by H/(H - H_lonely)
 * counted inside the domain, adjust centres its total at the grand mean with no n/(n - 1). A calibrated form reaches all units.
 * Cost: entries of the totals times the forms that share a column. Checked against R survey 4.1-1 svymean, svytotal, svyby.
 * Source: Wolter 2007, ch. 6; Lumley 2010, app. A.
 */
baro_status baro_variances(const baro_variance_job *job, void *scratch, double *variance, baro_reach *reach, baro_fault *fault);

/**
 * Covariances of the pairs; the rest as baro_variances. With design->inside a stratum where either form is lonely is lonely for the pair.
 * @param pair [pairs]
 * @param covariance [pairs]
 */
baro_status baro_covariances(const baro_variance_job *job, const baro_pair *pair, size_t pairs, void *scratch, double *covariance,
                             baro_fault *fault);

#endif
