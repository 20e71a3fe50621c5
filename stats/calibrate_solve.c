#include "stats/calibrate_solve.h"
#include <math.h>

size_t baro_normal_factor(double *a, size_t n)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        double *row = &a[i * n], square = row[i], rest = square;
        for (size_t j = 0; j < i; j++) {
            const double *other = &a[j * n];
            for (size_t k = 0; k < j; k++)
                row[j] -= row[k] * other[k];
            row[j] = other[j] == 0 ? 0 : row[j] / other[j];
            rest -= row[j] * row[j];
        }
        row[i] = square > 0 && rest > 1e-11 * square ? sqrt(rest) : 0;
        left += row[i] > 0;
    }
    return left;
}

void baro_normal_solve(const double *factor, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= factor[i * n + k] * x[k];
        if (factor[i * n + i] != 0) /* else nothing below reads it */
            x[i] /= factor[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        if (factor[i * n + i] == 0) {
            x[i] = 0;
            continue;
        }
        for (size_t k = i + 1; k < n; k++)
            x[i] -= factor[k * n + i] * x[k];
        x[i] /= factor[i * n + i];
    }
}
