/* Multiplicity: p-values adjusted over the contrasts of a family, once, over all results of the run. */
#include "stats/compare.h"
#include "surveys/publishing/families.h"
#include "surveys/publishing/sheets.h"
#include <math.h>
#include <stdlib.h>

_Static_assert((int)BARO_ADJUST_NONE == (int)BARO_CORRECT_NONE &&
                   (int)BARO_ADJUST_BONFERRONI == (int)BARO_CORRECT_BONFERRONI &&
                   (int)BARO_ADJUST_HOLM == (int)BARO_CORRECT_HOLM && (int)BARO_ADJUST_BH == (int)BARO_CORRECT_BH &&
                   (int)BARO_ADJUST_BY == (int)BARO_CORRECT_BY,
               "the request's words and the corrections stand in one order");

static int by_family(const baro_family_test *a, const baro_family_test *b)
{
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return (a->period > b->period) - (a->period < b->period);
}

static int by_family_and_p(const void *x, const void *y)
{
    const baro_family_test *a = x, *b = y;
    int family = by_family(a, b);
    if (family)
        return family;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* One family, ascending; `p` is scratch. */
static baro_status adjust_family(baro_family_test *family, size_t n, baro_adjustment how, double *p)
{
    for (size_t i = 0; i < n; i++)
        p[i] = family[i].p;
    baro_status status = baro_correct_sorted((baro_correction)how, p, n, p);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        family[i].p = p[i];
    return status;
}

baro_status baro_adjust_families(const baro_results *results, baro_family_test *tests, size_t n, baro_arena *arena)
{
    double *p = BARO_ARRAY(arena, double, n + 1);
    bool over_run = results->request->adjust_over_run;
    baro_status status = p ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const baro_row *row = tests[i].row;
        tests[i].measure = over_run ? 0 : (size_t)(row->measure - results->survey->measures);
        tests[i].table = over_run ? 0 : row->table;
        tests[i].period = over_run ? 0 : row->period;
    }
    qsort(tests, n, sizeof *tests, by_family_and_p);
    for (size_t first = 0, end; first < n && status == BARO_OK; first = end) {
        for (end = first + 1; end < n && by_family(&tests[first], &tests[end]) == 0;)
            end++;
        status = adjust_family(tests + first, end - first, results->request->adjust, p);
    }
    return status;
}

baro_status baro_adjust(baro_results *results, baro_arena *arena)
{
    baro_family_test *test = BARO_ARRAY(arena, baro_family_test, results->n_rows + 1);
    size_t n = 0;
    if (!test)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++)
        if (!isnan(results->rows[i].p_value))
            test[n++] = (baro_family_test){.row = &results->rows[i], .number = i, .p = results->rows[i].p_value};
    baro_status status = baro_adjust_families(results, test, n, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        results->rows[test[i].number].p_adjusted = test[i].p;
    return status;
}
