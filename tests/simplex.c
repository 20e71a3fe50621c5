/* The simplex method on a dense tableau, in two phases; the smallest index breaks ties once it does not get on. */
#include "tests/simplex.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct simplex {
    size_t n, m, room;
    double *a;      /* [m][n + 1] the last column is b */
    size_t *basis;  /* [m] */
    double *reduced; /* [n + 1] */
};

static const double tiny = 1e-8;

simplex *simplex_new(size_t variables)
{
    simplex *lp = calloc(1, sizeof *lp);
    if (lp)
        lp->n = variables;
    return lp;
}

void simplex_free(simplex *lp)
{
    free(lp->a);
    free(lp->basis);
    free(lp->reduced);
    free(lp);
}

static double *row_of(const simplex *lp, size_t i)
{
    return lp->a + i * (lp->n + 1);
}

/* Rows are kept reduced: each has a column of its own, which is 1 there and 0 elsewhere. */
void simplex_equal(simplex *lp, const double *row, double value)
{
    if (lp->m == lp->room) {
        lp->room = 2 * lp->room + 32;
        lp->a = realloc(lp->a, lp->room * (lp->n + 1) * sizeof *lp->a);
        lp->basis = realloc(lp->basis, lp->room * sizeof *lp->basis);
        if (!lp->a || !lp->basis)
            abort();
    }
    double *made = row_of(lp, lp->m);
    memcpy(made, row, lp->n * sizeof *row);
    made[lp->n] = value;
    for (size_t i = 0; i < lp->m; i++) {
        const double *other = row_of(lp, i);
        double times = made[lp->basis[i]];
        for (size_t j = 0; j <= lp->n && times != 0; j++)
            made[j] -= times * other[j];
    }
    size_t best = lp->n;
    for (size_t j = 0; j < lp->n; j++)
        if (fabs(made[j]) > tiny && (best == lp->n || fabs(made[j]) > fabs(made[best])))
            best = j;
    if (best == lp->n)
        return;
    double by = made[best];
    for (size_t j = 0; j <= lp->n; j++)
        made[j] /= by;
    for (size_t i = 0; i < lp->m; i++) {
        double *other = row_of(lp, i), times = other[best];
        for (size_t j = 0; j <= lp->n && times != 0; j++)
            other[j] -= times * made[j];
    }
    lp->basis[lp->m++] = best;
}

static void pivot(simplex *lp, size_t row, size_t column)
{
    double *at = row_of(lp, row), by = at[column];
    for (size_t j = 0; j <= lp->n; j++)
        at[j] /= by;
    for (size_t i = 0; i <= lp->m; i++) {
        double *other = i < lp->m ? row_of(lp, i) : lp->reduced;
        double times = i == row ? 0 : other[column];
        if (fabs(times) < 1e-13)
            continue;
        for (size_t j = 0; j <= lp->n; j++)
            other[j] -= times * at[j];
    }
    lp->basis[row] = column;
}

/* Makes the right side 0 or more, the worst row at a time: the dual of phase 2 with nothing to gain. */
bool simplex_begin(simplex *lp)
{
    free(lp->reduced);
    lp->reduced = calloc(lp->n + 1, sizeof *lp->reduced);
    for (size_t turn = 0; lp->reduced && turn < 20000; turn++) {
        size_t row = lp->m, column = lp->n;
        for (size_t i = 0; i < lp->m; i++) {
            double b = row_of(lp, i)[lp->n];
            bool worse = row == lp->m || (turn < 5000 ? b < row_of(lp, row)[lp->n] : lp->basis[i] < lp->basis[row]);
            if (b < -tiny && worse)
                row = i;
        }
        if (row == lp->m)
            return true;
        const double *at = row_of(lp, row);
        for (size_t j = 0; j < lp->n; j++)
            if (at[j] < -tiny && (column == lp->n || (turn < 5000 && at[j] < at[column])))
                column = j;
        if (column == lp->n)
            return false;
        pivot(lp, row, column);
    }
    return false;
}

static size_t leaving(const simplex *lp, size_t column)
{
    size_t row = lp->m;
    double least = INFINITY;
    for (size_t i = 0; i < lp->m; i++) {
        const double *at = row_of(lp, i);
        double ratio = at[column] > tiny ? fmax(0, at[lp->n]) / at[column] : INFINITY;
        if (ratio < least - 1e-12 || (ratio < INFINITY && fabs(ratio - least) <= 1e-12 && lp->basis[i] < lp->basis[row])) {
            least = ratio;
            row = i;
        }
    }
    return row;
}

double simplex_most(simplex *lp, const double *objective)
{
    memcpy(lp->reduced, objective, lp->n * sizeof *objective);
    lp->reduced[lp->n] = 0;
    for (size_t i = 0; i < lp->m; i++) {
        const double *at = row_of(lp, i);
        double times = lp->reduced[lp->basis[i]];
        for (size_t j = 0; j <= lp->n && times != 0; j++)
            lp->reduced[j] -= times * at[j];
    }
    for (size_t turn = 0;; turn++) {
        size_t column = lp->n;
        for (size_t j = 0; j < lp->n; j++)
            if (lp->reduced[j] > tiny && (column == lp->n || (turn < 300 && lp->reduced[j] > lp->reduced[column])))
                column = j;
        if (column == lp->n)
            return -lp->reduced[lp->n];
        size_t row = leaving(lp, column);
        if (row == lp->m)
            return INFINITY;
        pivot(lp, row, column);
    }
}
