#include "stats/totals.h"
#include <math.h>
#include <string.h>

/* Outcomes that one row adds to, at most: 1 for a distribution however many levels it has. */
static size_t outcomes_of_a_row(const baro_cross *cross)
{
    size_t most = 0;
    if (cross->number)
        return cross->outcomes;
    for (size_t level = 0; level < cross->levels; level++) {
        size_t n = 0;
        for (size_t j = 0; j < cross->outcomes; j++)
            n += cross->score[level * cross->outcomes + j] != cross->shift;
        most = n > most ? n : most;
    }
    return most;
}

size_t baro_totals_room(const baro_design *design, const baro_cross *cross)
{
    size_t columns = cross->cells * (cross->outcomes + 1);
    size_t by_rows = 0;
    for (size_t i = 0; i < design->rows; i++)
        by_rows += cross->cell[i] != BARO_NO_CELL;
    by_rows *= outcomes_of_a_row(cross) + 1;
    /* Few units, many rows: a unit cannot have more entries than there are columns. */
    return columns && design->units < by_rows / columns ? design->units * columns : by_rows;
}

/* The columns that the rows of one unit touch, and their sums so far; marks and sums are all 0 between units. */
typedef struct {
    const baro_totals_work *work;
    size_t n;
} open_unit;

static void add(open_unit *unit, size_t column, double x)
{
    if (!unit->work->mark[column]) {
        unit->work->mark[column] = 1;
        unit->work->touched[unit->n++] = (uint32_t)column;
    }
    baro_sum_add(&unit->work->sum[column], x);
}

static void add_row(const baro_cross *cross, size_t row, double w, open_unit *unit, baro_totals *totals)
{
    size_t cell = cross->cell[row], first = cell * (cross->outcomes + 1);
    baro_moments *moments = &totals->moments[cell];
    for (size_t j = 0; j < cross->outcomes; j++) {
        double y = baro_cross_value(cross, row, j);
        double shifted = y - cross->shift;
        if (y != 0)
            totals->hits[cell * cross->outcomes + j] += 1;
        if (shifted == 0)
            continue;
        add(unit, first + j, w * shifted);
        totals->sum_wyy[cell * cross->outcomes + j] += w * shifted * shifted;
    }
    add(unit, first + cross->outcomes, w);
    baro_sum squares = {moments->sum_w2, moments->low};
    baro_sum_add(&squares, w * w);
    moments->n += 1;
    moments->sum_w2 = squares.high;
    moments->low = squares.low;
}

/* Shell's sort: a unit touches few columns, mostly in order already. */
static void sort_ascending(uint32_t *column, size_t n)
{
    size_t gap = 1;
    while (gap < n / 3)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (size_t i = gap; i < n; i++) {
            uint32_t moved = column[i];
            size_t k = i;
            for (; k >= gap && column[k - gap] > moved; k -= gap)
                column[k] = column[k - gap];
            column[k] = moved;
        }
}

/* Writes the unit's sums behind the entries so far and clears them. */
static size_t close_unit(open_unit *unit, size_t entries, baro_totals *totals)
{
    const baro_totals_work *work = unit->work;
    sort_ascending(work->touched, unit->n);
    for (size_t i = 0; i < unit->n; i++) {
        uint32_t column = work->touched[i];
        totals->column[entries] = column;
        totals->high[entries] = work->sum[column].high;
        totals->low[entries++] = work->sum[column].low;
        work->sum[column] = (baro_sum){0, 0};
        work->mark[column] = 0;
    }
    unit->n = 0;
    return entries;
}

static void sum_over_units(const baro_design *design, baro_sum *sums, baro_totals *totals)
{
    size_t entries = design->units ? totals->unit_end[design->units - 1] : 0;
    for (size_t e = 0; e < entries; e++)
        baro_sum_join(&sums[totals->column[e]], (baro_sum){totals->high[e], totals->low[e]});
    for (size_t k = 0; k < totals->columns; k++)
        totals->total[k] = baro_sum_value(sums[k]);
}

baro_status baro_totals_sum(const baro_design *design, const baro_cross *cross, const baro_totals_work *work, baro_totals *totals,
                            baro_fault *fault)
{
    totals->columns = cross->cells * (cross->outcomes + 1);
    memset(totals->moments, 0, cross->cells * sizeof *totals->moments);
    memset(totals->sum_wyy, 0, cross->cells * cross->outcomes * sizeof *totals->sum_wyy);
    memset(totals->hits, 0, cross->cells * cross->outcomes * sizeof *totals->hits);
    memset(work->sum, 0, totals->columns * sizeof *work->sum);
    memset(work->mark, 0, totals->columns);
    open_unit open = {.work = work};
    size_t entries = 0;
    for (size_t unit = 0, i = 0; unit < design->units; unit++) {
        for (; i < design->unit_end[unit]; i++) {
            size_t row = design->row[i];
            double w = cross->weight ? cross->weight[row] : 1;
            if (!(w >= 0) || isinf(w)) {
                *fault = (baro_fault){row, 0, w};
                return BARO_BAD_WEIGHT;
            }
            if (w > 0 && cross->cell[row] != BARO_NO_CELL)
                add_row(cross, row, w, &open, totals);
        }
        entries = close_unit(&open, entries, totals);
        totals->unit_end[unit] = (uint32_t)entries;
    }
    sum_over_units(design, work->sum, totals);
    for (size_t cell = 0; cell < cross->cells; cell++) {
        totals->moments[cell].sum_w = totals->total[cell * (cross->outcomes + 1) + cross->outcomes];
        totals->moments[cell].sum_w2 += totals->moments[cell].low;
    }
    return design->next && totals->next ? baro_totals_sum(design->next, cross, work, totals->next, fault) : BARO_OK;
}
