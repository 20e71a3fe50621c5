/**
 * Sums by unit and cell: all that estimates and their variances need of the rows.
 *
 * A cell is one atom of a cross (a period by a breakdown's categories): atoms are disjoint, every domain is a union of them.
 * A cross has `outcomes` outcomes (1 for a proportion or a mean, one a level for a distribution); column numbers are
 *   cell * (outcomes + 1) + j          sum of w (y_j - shift)
 *   cell * (outcomes + 1) + outcomes   sum of w
 */
#ifndef BARO_STATS_TOTALS_H
#define BARO_STATS_TOTALS_H
#include "stats/design.h"
#include "stats/sum.h"

#define BARO_NO_CELL UINT32_MAX

/** One measure by one breakdown, as rows; either `level` with `score`, or `number`. */
typedef struct {
    size_t cells, outcomes;
    const uint32_t *cell;  /* [rows] BARO_NO_CELL: outside the domain, or no counted answer */
    const double *weight;  /* [rows] >= 0, finite; NULL: 1 each */
    const uint16_t *level; /* [rows] read only where there is a cell */
    size_t levels;
    const double *score;   /* [levels * outcomes] y_j of a level */
    const double *const *number; /* [outcomes] columns of [rows]: one, or the two of a ratio */
    double shift;          /* taken off y, so that large numbers keep their digits; 0 with levels */
} baro_cross;

/** y_j of a row that has a cell. */
static inline double baro_cross_value(const baro_cross *cross, size_t row, size_t j)
{
    return cross->number ? cross->number[j][row] : cross->score[cross->level[row] * cross->outcomes + j];
}

/** What unit sums do not give, by cell; a domain's are the sums of its cells'. Rows of weight 0 count nowhere. */
typedef struct {
    double n, sum_w, sum_w2; /* sum_w is the total of the weight column */
    double low;              /* what rounding drops of sum_w2, while rows are added */
} baro_moments;

typedef struct baro_totals baro_totals;

struct baro_totals {
    size_t columns;
    uint32_t *unit_end;    /* [units] where a unit's entries end */
    uint32_t *column;      /* [entries] ascending within a unit */
    double *high, *low;    /* [entries] compensated sums */
    double *total;         /* [columns] over all units */
    baro_moments *moments; /* [cells] */
    double *sum_wyy;       /* [cells * outcomes] sum of w (y_j - shift)^2 */
    double *hits;          /* [cells * outcomes] rows with y_j other than 0, unweighted */
    size_t domain_columns; /* columns from here on put no unit into a domain (stats/calibrate.h adds some); 0: all do */
    baro_totals *next;     /* the same sums by the units of design->next; its last four arrays may be those of this one */
};

/** Scratch that the caller gives, all [columns]. */
typedef struct {
    uint32_t *touched;
    unsigned char *mark;
    baro_sum *sum;
} baro_totals_work;

/** Entries that baro_totals_sum needs room for (column, high, low), at most. */
size_t baro_totals_room(const baro_design *design, const baro_cross *cross);

/**
 * Fills all arrays of `totals`, whose memory is the caller's; with design->next and totals->next those of the later stages, too.
 * Cost: rows. Rows are added in unit order, compensated, so a permutation of rows changes the last digit at most.
 * @return BARO_OK; BARO_BAD_WEIGHT (fault.index: the row; value: the weight), totals then undefined
 */
baro_status baro_totals_sum(const baro_design *design, const baro_cross *cross, const baro_totals_work *work, baro_totals *totals,
                            baro_fault *fault);

/* ---- several crosses of the same units ---- */

/** Where column `column` of part k stands among those of all: first what puts units into domains, part by part, then the others. */
size_t baro_totals_joined_column(const baro_totals *const part[], size_t n, size_t k, size_t column);
/** Entries that joined sums need room for. */
size_t baro_totals_join_room(const baro_totals *const part[], size_t n, size_t units);
/**
 * The unit sums of several crosses side by side, so that forms of one have covariances with those of another.
 *
 * Writes columns, domain_columns, unit_end, column, high, low and total, whose memory is the caller's; the sums by cell stay with the parts.
 */
void baro_totals_join(const baro_totals *const part[], size_t n, size_t units, baro_totals *out);

#endif
