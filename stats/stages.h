/**
 * Several stages of sampling with a finite population at each.
 *
 *   V = V_1 + sum over h, c of f_h V_2(h, c),   V_2 = (1 - f_hc) m_hc / (m_hc - 1) sum over s of (t_hcs - tbar_hc)^2
 *
 * and so on: what the units of a stage add is multiplied by the sampling fractions of the stages before. Each stage is
 * a design of its own, whose strata are the units of the stage before; designs are chained by `next`, and so are their
 * totals. baro_variances and baro_covariances follow the chain by themselves.
 */
#ifndef BARO_STATS_STAGES_H
#define BARO_STATS_STAGES_H
#include "stats/design.h"

/** A stage after the first. Its unit codes need only differ within a unit of the stage before. */
typedef struct {
    const uint32_t *unit; /* [rows] dense codes, < units; NULL: rows are the units */
    size_t units;
    const double *fpc; /* [rows] constant within a unit of the stage before, as in baro_design_columns; NULL: none, the
                          chain ends here */
} baro_stage;

/**
 * Memory for a stage that the caller gives: `order` as for baro_design_order with as many strata as rows at most
 * (stratum_end, stratum, fraction [rows]; work [2 rows + units + 2]); share [rows].
 */
typedef struct {
    baro_design_space order;
    uint32_t *before; /* [rows] */
    double *share;
} baro_stage_space;

/**
 * Chains the designs of further stages to the first.
 *
 * A chain ends before the first stage without an fpc, and where all fractions so far are 0: then only the stages before
 * it count.
 * @param design [stages + 1] the first is the caller's, from baro_design_order; the others are written; each one's
 * `next` is set
 * @return BARO_OK; BARO_BAD_FPC as baro_design_order, fault.other then being 16 times the stage (1: the second) plus
 * the reason A stratum that was taken whole at one stage counts in full at the next. Cost: rows times stages. Source:
 * Särndal, Swensson & Wretman 1992, sec. 4.3; Lumley 2010, app. A. Checked against R survey 4.1-1 svydesign with two
 * stages.
 */
baro_status baro_stages_order(const baro_stage *stage, size_t stages, const baro_stage_space *space,
                              baro_design *design, baro_fault *fault);

#endif
