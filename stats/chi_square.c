#include "stats/chi_square.h"
#include "stats/distribution.h"
#include "stats/room.h"
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const double rank_tolerance = 1e-11; /* of a pivot, the diagonal being 1 */

/* The table without its empty rows and columns; all arrays lie in the caller's scratch. */
typedef struct {
    size_t rows, columns, cells, d;
    double n, df, sum;
    double *total, *row, *column; /* [cells], [rows], [columns] */
    double *v;                    /* [cells * cells] covariance of the totals */
    double *slope, *half;         /* [d * cells] */
    double *a, *b;                /* [d * d] */
    double *y;                    /* [d] */
} work_table;

/* As if nothing were empty, and d as large as the cells: what is found empty leaves room unused. */
static size_t lay_out(work_table *w, size_t rows, size_t columns, double *base)
{
    baro_room room = {.base = (char *)base};
    size_t cells = baro_times(rows, columns), square = baro_times(cells, cells);
    w->row = baro_carve(&room, rows, sizeof *w->row);
    w->column = baro_carve(&room, columns, sizeof *w->column);
    w->total = baro_carve(&room, cells, sizeof *w->total);
    w->v = baro_carve(&room, square, sizeof *w->v);
    w->slope = baro_carve(&room, square, sizeof *w->slope);
    w->half = baro_carve(&room, square, sizeof *w->half);
    w->a = baro_carve(&room, square, sizeof *w->a);
    w->b = baro_carve(&room, square, sizeof *w->b);
    w->y = baro_carve(&room, cells, sizeof *w->y);
    return baro_room_size(&room) / sizeof *base;
}

size_t baro_two_way_room(size_t rows, size_t columns)
{
    work_table ignored;
    return lay_out(&ignored, rows, columns, NULL);
}

static baro_status add_margins(const baro_two_way *table, double *row, double *column, double *sum)
{
    memset(row, 0, table->rows * sizeof *row);
    memset(column, 0, table->columns * sizeof *column);
    *sum = 0;
    for (size_t r = 0; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++) {
            double total = table->total[r * table->columns + c];
            if (!(total >= 0) || isinf(total))
                return BARO_OUT_OF_DOMAIN;
            row[r] += total;
            column[c] += total;
            *sum += total;
        }
    return BARO_OK;
}

/* Closes up what is above 0; its number. */
static size_t close_up(double *margin, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (margin[i] > 0)
            margin[kept++] = margin[i];
    return kept;
}

static void copy_kept(const baro_two_way *table, const double *row, const double *column, double *total, double *v)
{
    size_t cells = table->rows * table->columns, at = 0, k = 0;
    for (size_t i = 0; i < cells; i++) {
        if (!(row[i / table->columns] > 0 && column[i % table->columns] > 0))
            continue;
        total[k++] = table->total[i];
        for (size_t j = 0; j < cells; j++)
            if (row[j / table->columns] > 0 && column[j % table->columns] > 0)
                v[at++] = table->covariance[i * cells + j];
    }
}

static baro_status open_table(const baro_two_way *table, double *scratch, work_table *w)
{
    *w = (work_table){.n = table->n, .df = table->df};
    lay_out(w, table->rows, table->columns, scratch);
    baro_status status = add_margins(table, w->row, w->column, &w->sum);
    if (status || !(w->n > 0) || !isfinite(w->n) || !isfinite(w->sum))
        return BARO_OUT_OF_DOMAIN;
    copy_kept(table, w->row, w->column, w->total, w->v);
    w->rows = close_up(w->row, table->rows);
    w->columns = close_up(w->column, table->columns);
    if (w->rows < 2 || w->columns < 2)
        return BARO_NO_TEST;
    w->cells = w->rows * w->columns;
    w->d = (w->rows - 1) * (w->columns - 1);
    return BARO_OK;
}

/* Brings the diagonal to 1 and takes the Cholesky factor; the pivots then tell the rank. `scale` receives 1 / sqrt of
 * the diagonal. */
static baro_status factor(gsl_matrix *matrix, double *scale)
{
    size_t n = matrix->size1;
    for (size_t i = 0; i < n; i++)
        scale[i] = 1 / sqrt(gsl_matrix_get(matrix, i, i)); /* not above 0 or infinite: some pivot will be no number */
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            gsl_matrix_set(matrix, i, j, gsl_matrix_get(matrix, i, j) * scale[i] * scale[j]);
    if (gsl_linalg_cholesky_decomp1(matrix) != GSL_SUCCESS)
        return BARO_NO_TEST;
    for (size_t i = 0; i < n; i++) {
        double pivot = gsl_matrix_get(matrix, i, i);
        if (!(pivot * pivot > rank_tolerance))
            return BARO_NO_TEST;
    }
    return BARO_OK;
}

/* out = slope V slope', the covariance of d linear forms of the totals. */
static void covariance_of(work_table *w, gsl_matrix *out)
{
    gsl_matrix_view slope = gsl_matrix_view_array(w->slope, w->d, w->cells),
                    half = gsl_matrix_view_array(w->half, w->d, w->cells);
    gsl_matrix_view v = gsl_matrix_view_array(w->v, w->cells, w->cells);
    gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &slope.matrix, &v.matrix, 0, &half.matrix);
    gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, &half.matrix, &slope.matrix, 0, out);
}

/* Helmert's contrast k of n levels, k from 1: orthogonal to the constant and to each other, of length 1. */
static double helmert(size_t k, size_t level)
{
    double length = sqrt((double)k * (double)(k + 1));
    return level < k ? 1 / length : level == k ? -(double)k / length : 0;
}

/*
 * slope = C' P⁻¹, from shares to contrasts, and a = C' P⁻¹ C / n; then slope is carried on to totals: a share is T_i /
 * T, so d(share_i) = (dT_i - share_i dT) / T. An empty cell has no share to be divided by and is left out, as R does.
 */
static void set_contrasts(work_table *w, gsl_matrix *a)
{
    size_t k = 0;
    for (size_t i = 1; i < w->rows; i++)
        for (size_t j = 1; j < w->columns; j++, k++)
            for (size_t cell = 0; cell < w->cells; cell++) {
                double c = helmert(i, cell / w->columns) * helmert(j, cell % w->columns),
                       share = w->total[cell] / w->sum;
                w->half[k * w->cells + cell] = c;
                w->slope[k * w->cells + cell] = share > 0 ? c / share : 0;
            }
    gsl_matrix_view slope = gsl_matrix_view_array(w->slope, w->d, w->cells),
                    basis = gsl_matrix_view_array(w->half, w->d, w->cells);
    gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1 / w->n, &slope.matrix, &basis.matrix, 0, a);
    for (k = 0; k < w->d; k++) {
        double *form = w->slope + k * w->cells, mean = 0;
        for (size_t cell = 0; cell < w->cells; cell++)
            mean += form[cell] * w->total[cell] / w->sum;
        for (size_t cell = 0; cell < w->cells; cell++)
            form[cell] = (form[cell] - mean) / w->sum;
    }
}

static double pearson(const work_table *w)
{
    double sum = 0;
    for (size_t cell = 0; cell < w->cells; cell++) {
        double expected = w->row[cell / w->columns] / w->sum * (w->column[cell % w->columns] / w->sum);
        double off = w->total[cell] / w->sum - expected;
        sum += off * off / expected;
    }
    return w->n * sum;
}

static baro_status rao_scott(work_table *w, baro_f_test *out)
{
    gsl_matrix_view a = gsl_matrix_view_array(w->a, w->d, w->d), b = gsl_matrix_view_array(w->b, w->d, w->d);
    set_contrasts(w, &a.matrix);
    baro_status status = factor(&a.matrix, w->y);
    if (status)
        return status;
    covariance_of(w, &b.matrix);
    for (size_t i = 0; i < w->d; i++)
        for (size_t j = 0; j < w->d; j++)
            w->b[i * w->d + j] *= w->y[i] * w->y[j];
    /* With a = L L', L⁻¹ b L⁻ᵀ is symmetric and has the eigenvalues of a⁻¹ b: its trace and its sum of squares are the
     * two traces. */
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, &a.matrix, &b.matrix);
    gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, &a.matrix, &b.matrix);
    double trace = 0, squares = 0;
    for (size_t i = 0; i < w->d; i++) {
        trace += w->b[i * w->d + i];
        for (size_t j = 0; j < w->d; j++)
            squares += w->b[i * w->d + j] * w->b[j * w->d + i];
    }
    if (!(trace > 0)) /* what is left of no number is refused with its degrees of freedom */
        return BARO_NO_TEST;
    out->statistic = pearson(w) / trace;
    out->df1 = trace * trace / squares;
    out->df2 = out->df1 * w->df;
    return BARO_OK;
}

/* Y and its slopes by total: dY_rc / dT_ij = 1(rc = ij) - 1(r = i) T_c / T - 1(c = j) T_r / T + T_r T_c / T². */
static void set_departures(work_table *w)
{
    size_t k = 0;
    for (size_t r = 1; r < w->rows; r++)
        for (size_t c = 1; c < w->columns; c++, k++) {
            double of_row = w->row[r] / w->sum, of_column = w->column[c] / w->sum;
            w->y[k] = w->total[r * w->columns + c] - w->row[r] * of_column;
            for (size_t cell = 0; cell < w->cells; cell++) {
                size_t i = cell / w->columns, j = cell % w->columns;
                w->slope[k * w->cells + cell] = ((r == i) - of_row) * ((c == j) - of_column);
            }
        }
}

/* Y' V⁻¹ Y of the forms whose values are y and whose slopes are set; Wald's F from it. */
static baro_status quadratic_form(work_table *w, double *out)
{
    gsl_matrix_view a = gsl_matrix_view_array(w->a, w->d, w->d);
    gsl_vector_view y = gsl_vector_view_array(w->y, w->d);
    if ((double)w->d > w->df)
        return BARO_NO_TEST;
    covariance_of(w, &a.matrix);
    baro_status status = factor(&a.matrix, w->b);
    if (status)
        return status;
    for (size_t i = 0; i < w->d; i++)
        w->y[i] *= w->b[i];
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &a.matrix, &y.vector);
    gsl_blas_ddot(&y.vector, &y.vector, out);
    return BARO_OK;
}

static baro_status wald_of_forms(work_table *w, bool adjusted, baro_f_test *out)
{
    double form, d = (double)w->d, rest = w->df - d + 1;
    baro_status status = quadratic_form(w, &form);
    if (status)
        return status;
    *out = (baro_f_test){form / d, d, w->df, 0};
    if (adjusted)
        *out = (baro_f_test){isinf(rest) ? form / d : form * rest / (d * w->df), d, rest, 0};
    return BARO_OK;
}

static baro_status wald(work_table *w, baro_f_test *out)
{
    set_departures(w);
    return wald_of_forms(w, false, out);
}

static baro_status wald_adjusted(work_table *w, baro_f_test *out)
{
    set_departures(w);
    return wald_of_forms(w, true, out);
}

/* Degrees of freedom that are not above 0 have no p-value, and so no test. */
static baro_status with_p_value(baro_status status, baro_f_test made, baro_f_test *out)
{
    if (status)
        return status;
    if (!isfinite(made.statistic) || baro_p_value_f(made.statistic, made.df1, made.df2, &made.p))
        return BARO_NO_TEST;
    *out = made;
    return BARO_OK;
}

baro_status baro_two_way_independence(baro_two_way_test test, const baro_two_way *table, double *scratch,
                                      baro_f_test *out)
{
    static baro_status (*const tests[BARO_TWO_WAY_TESTS])(work_table *, baro_f_test *) = {rao_scott, wald,
                                                                                          wald_adjusted};
    work_table w;
    baro_f_test made = {0};
    if ((unsigned)test >= BARO_TWO_WAY_TESTS)
        return BARO_OUT_OF_DOMAIN;
    baro_status status = open_table(table, scratch, &w);
    if (status == BARO_OK)
        status = tests[test](&w, &made);
    baro_room_leave(scratch, baro_two_way_room(table->rows, table->columns) * sizeof *scratch);
    return with_p_value(status, made, out);
}

size_t baro_equal_room(size_t n)
{
    return baro_two_way_room(n, 1);
}

baro_status baro_all_equal(const double *estimate, const double *covariance, size_t n, double df, bool adjusted, double *scratch, baro_f_test *out)
{
    baro_f_test made = {0};
    if (n < 2)
        return BARO_NO_TEST;
    work_table w = {.cells = n, .d = n - 1, .df = df};
    lay_out(&w, n, 1, scratch);
    memcpy(w.v, covariance, n * n * sizeof *w.v);
    for (size_t k = 1; k < n; k++) {
        w.y[k - 1] = 0;
        for (size_t i = 0; i < n; i++) {
            w.slope[(k - 1) * n + i] = helmert(k, i);
            w.y[k - 1] += helmert(k, i) * (estimate[i] - estimate[0]);
        }
    }
    baro_status status = wald_of_forms(&w, adjusted, &made);
    baro_room_leave(scratch, baro_equal_room(n) * sizeof *scratch);
    return with_p_value(status, made, out);
}
