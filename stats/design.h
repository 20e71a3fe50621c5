/**
 * The sample design as variances need it: rows put once in unit order (stratum, PSU, row).
 *
 * A unit is a PSU: what was drawn at the first stage. Without PSUs each row is a unit of its own, without strata there is one.
 * A unit counts in n_h whether or not a domain has members in it: domains are indicators, never filters.
 */
#ifndef BARO_STATS_DESIGN_H
#define BARO_STATS_DESIGN_H
#include "stats/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is done with a stratum that has a single unit (METHODS: lonely PSUs). */
typedef enum { BARO_ONE_PSU_FAIL, BARO_ONE_PSU_REMOVE, BARO_ONE_PSU_ADJUST, BARO_ONE_PSU_AVERAGE } baro_one_psu;

/** What is known of each row; NULL where the design does not have it. Codes are dense: below their number. */
typedef struct {
    size_t rows;
    const uint32_t *stratum; /* [rows] */
    size_t strata;
    const uint32_t *psu;     /* [rows] */
    size_t psus;
    bool nested;             /* PSU codes begin anew in each stratum; otherwise a PSU in two strata is a fault */
    const double *fpc;       /* [rows] constant in a stratum: <= 1 a sampling fraction, > 1 a population of units */
} baro_design_columns;

typedef struct baro_design baro_design;

struct baro_design {
    size_t rows, units, strata;
    const uint32_t *row;         /* [rows] rows in unit order */
    const uint32_t *unit_end;    /* [units] where a unit ends in `row` */
    const uint32_t *stratum_end; /* [strata] where a stratum ends among the units */
    const uint32_t *stratum;     /* [strata] its code in the columns, for messages */
    const double *fraction;      /* [strata] f_h = n_h / N_h; 0 without fpc, 1 for a certainty stratum */
    bool inside;                 /* option: a stratum left with one unit inside a domain is a stratum with one unit, too */
    const baro_design *next;     /* the next stage (stats/stages.h): its strata are the units of this one; NULL: none */
    const double *share;         /* [strata] of later stages: product of the sampling fractions before it; NULL: 1 */
};

/** Memory that the caller gives: row, unit_end [rows]; stratum_end, stratum, fraction [strata or 1]; work [rows + psus + strata + 2]. */
typedef struct {
    uint32_t *row, *unit_end, *stratum_end, *stratum, *work;
    double *fraction;
} baro_design_space;

/**
 * Sorts rows into units and strata by counting: cost linear in rows.
 *
 * @return BARO_OK; BARO_BAD_FPC (fault: index the row, other 0 varies in its stratum, 1 a mix of fractions and sizes, 2 fewer in the
 * population than in the sample, 3 not positive); BARO_OUT_OF_DOMAIN (fault: index the row whose PSU, code `other`, is in two strata and not nested)
 * Strata of a code that no row has do not appear. Source: Lumley 2010, ch. 2 and 3. Checked against R survey 4.1-1 svydesign.
 */
baro_status baro_design_order(const baro_design_columns *columns, const baro_design_space *space, baro_design *design, baro_fault *fault);

/** First stratum with a single unit that is no certainty stratum, or design->strata when there is none. */
size_t baro_design_lonely(const baro_design *design);

#endif
