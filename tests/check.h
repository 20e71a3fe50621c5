/** What all tests share: cmocka's headers in their order, and comparisons that do not pass for NaN. */
#ifndef BARO_TESTS_CHECK_H
#define BARO_TESTS_CHECK_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

/** |got - wanted| <= relative * |wanted| (absolute where wanted is 0); NaN passes for NaN only. */
#define check_close(got, wanted, relative) check_close_at((got), (wanted), (relative), #got, __FILE__, __LINE__)
static inline void check_close_at(double got, double wanted, double relative, const char *what, const char *file, int line)
{
    double allowed = relative * (wanted == 0 ? 1 : fabs(wanted));
    if (isnan(wanted) ? isnan(got) : (got == wanted || fabs(got - wanted) <= allowed))
        return;
    print_error("%s: got %.17g, wanted %.17g\n", what, got, wanted);
    _fail(file, line);
}

#endif
