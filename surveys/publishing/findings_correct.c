/* Corrections of findings: Benjamini-Hochberg inside families, Benjamini-Yekutieli across, near certainties out of both. */
#include "stats/compare.h"
#include "surveys/publishing/findings.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    double p;
    size_t family, number;
} test;

static int by_p(const void *x, const void *y)
{
    const test *a = x, *b = y;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static int by_family_and_p(const void *x, const void *y)
{
    const test *a = x, *b = y;
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return by_p(x, y);
}

/* n (1 + 1/2 + ... + 1/n) */
static double yekutieli(size_t n)
{
    double sum = 0;
    for (size_t i = n; i > 0; i--)
        sum += 1 / (double)i;
    return sum * (double)n;
}

/* What would be found among any others; the tests stand in order. */
static size_t take_certain(const test *tests, size_t n, double alpha, double *adjusted)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, tests[i].p * yekutieli(n - i));
        if (!(most < alpha))
            return i;
        adjusted[tests[i].number] = most;
    }
    return n;
}

typedef struct {
    const test *tests; /* by family, ascending */
    size_t *end;       /* of each family */
    double *inside;    /* [tests] Benjamini-Hochberg */
    test *smallest;    /* of each family, ascending */
    double *across;
    size_t n;
} families;

static baro_status correct_inside(families *f, size_t n, double *scratch)
{
    baro_status status = BARO_OK;
    for (size_t first = 0, end; first < n && status == BARO_OK; first = end) {
        for (end = first; end < n && f->tests[end].family == f->tests[first].family; end++)
            scratch[end - first] = f->tests[end].p;
        status = baro_correct_sorted(BARO_CORRECT_BH, scratch, end - first, &f->inside[first]);
        f->smallest[f->n] = (test){f->inside[first], f->n, first};
        f->end[f->n++] = end;
    }
    return status;
}

/* From the smallest of each family to a factor on all of it. */
static baro_status correct_across(families *f, double *scratch, double *adjusted)
{
    qsort(f->smallest, f->n, sizeof *f->smallest, by_p);
    for (size_t i = 0; i < f->n; i++)
        scratch[i] = f->smallest[i].p;
    baro_status status = baro_correct_sorted(BARO_CORRECT_BY, scratch, f->n, f->across);
    for (size_t i = 0; i < f->n && status == BARO_OK; i++) {
        double factor = f->smallest[i].p > 0 ? f->across[i] / f->smallest[i].p : 1;
        for (size_t k = f->smallest[i].number; k < f->end[f->smallest[i].family]; k++)
            adjusted[f->tests[k].number] = fmin(1, f->inside[k] * factor);
    }
    return status;
}

baro_status baro_findings_correct(const double *p, const size_t *family, size_t n, double alpha, baro_arena *arena, double *adjusted)
{
    test *tests = BARO_ARRAY(arena, test, n + 1);
    double *scratch = BARO_ARRAY(arena, double, n + 1);
    families f = {.end = BARO_ARRAY(arena, size_t, n + 1),
                  .inside = BARO_ARRAY(arena, double, n + 1),
                  .smallest = BARO_ARRAY(arena, test, n + 1),
                  .across = BARO_ARRAY(arena, double, n + 1)};
    if (!tests || !scratch || !f.end || !f.inside || !f.smallest || !f.across)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            return BARO_OUT_OF_DOMAIN;
        tests[i] = (test){p[i], family[i], i};
    }
    qsort(tests, n, sizeof *tests, by_p);
    size_t certain = take_certain(tests, n, alpha, adjusted), rest = n - certain;
    f.tests = tests + certain;
    qsort(tests + certain, rest, sizeof *tests, by_family_and_p);
    baro_status status = correct_inside(&f, rest, scratch);
    return status ? status : correct_across(&f, scratch, adjusted);
}
