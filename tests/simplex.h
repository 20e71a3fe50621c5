/** Linear programmes for tests: the most of c'x with Ax = b, x >= 0. */
#ifndef BARO_TESTS_SIMPLEX_H
#define BARO_TESTS_SIMPLEX_H
#include <stdbool.h>
#include <stddef.h>

typedef struct simplex simplex;

simplex *simplex_new(size_t variables);
void simplex_free(simplex *lp);
/** row'x = value; rows that follow from others are passed over. */
void simplex_equal(simplex *lp, const double *row, double value);
/** Finds a solution; false when there is none. */
bool simplex_begin(simplex *lp);
/** INFINITY without a bound. */
double simplex_most(simplex *lp, const double *objective);

#endif
