/** Is a measure related to a factor: tests of a weighted two-way table that know the design. */
#ifndef BARO_STATS_CHI_SQUARE_H
#define BARO_STATS_CHI_SQUARE_H
#include "stats/status.h"
#include <stdbool.h>
#include <stddef.h>

/** A table of estimated totals. Cell (r, c) is number r * columns + c. */
typedef struct {
    size_t rows, columns;
    const double *total;      /* [rows * columns] sums of w, >= 0 */
    const double *covariance; /* [(rows * columns)²] design covariance of the totals, symmetric */
    double n;                 /* unweighted base of the table, > 0 */
    double df;                /* of the design inside the domain, > 0 */
} baro_two_way;

typedef enum { BARO_TEST_RAO_SCOTT, BARO_TEST_WALD, BARO_TEST_WALD_ADJUSTED, BARO_TWO_WAY_TESTS } baro_two_way_test;

/** F = `statistic` on (df1, df2), and P(F >= statistic). */
typedef struct {
    double statistic, df1, df2, p;
} baro_f_test;

/** Numbers of scratch that a table needs; 0 when that overflows. */
size_t baro_two_way_room(size_t rows, size_t columns);

/**
 * Test of independence of rows and columns. With d = (rows - 1)(columns - 1), p the cell shares:
 *
 *   rao_scott      X² / tr(D) on (d0, d0 df), X² = n sum (p_rc - p_r p_c)² / (p_r p_c), d0 = tr(D)² / tr(D²),
 *                  D = (C' P⁻¹ C / n)⁻¹ C' P⁻¹ V P⁻¹ C the generalised design effects, P = diag(p),
 *                  C a basis of interactions
 *   wald           Y' V_Y⁻¹ Y / d on (d, df), Y_rc = T_rc - T_r T_c / T, without the first row and column
 *   wald_adjusted  the same Y' V_Y⁻¹ Y times (df - d + 1) / (d df), on (d, df - d + 1)
 *
 * Rows and columns whose total is 0 are dropped first; a cell that is empty by itself stays.
 * @param scratch [baro_two_way_room] uninitialised
 * @param out     written only on BARO_OK
 * @return BARO_OK; BARO_NO_TEST (one row or column is left; df <= 0; a covariance without full rank, among them every
 * Wald test with d > df); BARO_OUT_OF_DOMAIN (a total or the base is negative or not finite) Cost: d (rows columns)².
 * Source: Rao & Scott 1984, Annals of Statistics 12:46; Thomas & Rao 1987, JASA 82:630 (adjusted). Checked against R
 * survey 4.1-1 svychisq(statistic = "F", "Wald", "adjWald").
 */
baro_status baro_two_way_independence(baro_two_way_test test, const baro_two_way *table, double *scratch,
                                      baro_f_test *out);

/** Numbers of scratch that n estimates need; 0 when that overflows. */
size_t baro_equal_room(size_t n);

/**
 * Wald's F that n estimates (group means, say) are equal: W = (C m)' (C V C')⁻¹ (C m), C the n - 1 contrasts.
 * W / (n - 1) on (n - 1, df); adjusted: W (df - n + 2) / ((n - 1) df) on (n - 1, df - n + 2). For n = 2 both are t².
 *
 * @param estimate [n]; @param covariance [n * n] of the estimates, symmetric; @param df of the design, > 0
 * @param scratch  [baro_equal_room] uninitialised
 * @param out      written only on BARO_OK
 * @return BARO_OK; BARO_NO_TEST (n < 2; df <= 0 or below n - 1; a covariance without full rank, or anything not a number)
 * Cost: n³. Source: Korn & Graubard 1990, American Statistician 44:270. Checked against R survey 4.1-1 (tests/reference/means.R).
 */
baro_status baro_all_equal(const double *estimate, const double *covariance, size_t n, double df, bool adjusted,
                           double *scratch, baro_f_test *out);

#endif
