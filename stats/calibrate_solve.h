/** Normal equations that may be singular: calibration variables of several margins always add up to the same total. */
#ifndef BARO_STATS_CALIBRATE_SOLVE_H
#define BARO_STATS_CALIBRATE_SOLVE_H
#include <stddef.h>

/**
 * Cholesky's factor in place of the lower triangle of a[n * n]; a variable that the ones before it explain (what is
 * left of its square is below 1e-11 of it) gets a row with diagonal 0. @return how many variables are left
 */
size_t baro_normal_factor(double *a, size_t n);
/** Solves in place, x[n]; a variable that was left out gets 0. Fitted values are those of every solution. */
void baro_normal_solve(const double *factor, size_t n, double *x);

#endif
