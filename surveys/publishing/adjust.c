/* Multiplicity: p-values adjusted over the contrasts of a family, once, over all results of the run. */
#include "stats/compare.h"
#include "surveys/publishing/sheets.h"
#include <math.h>
#include <stdlib.h>

_Static_assert((int)BARO_ADJUST_NONE == (int)BARO_CORRECT_NONE && (int)BARO_ADJUST_BONFERRONI == (int)BARO_CORRECT_BONFERRONI &&
                   (int)BARO_ADJUST_HOLM == (int)BARO_CORRECT_HOLM && (int)BARO_ADJUST_BH == (int)BARO_CORRECT_BH &&
                   (int)BARO_ADJUST_BY == (int)BARO_CORRECT_BY,
               "the request's words and the corrections stand in one order");

typedef struct {
    size_t measure, table, row;
    baro_period period;
    double p;
} contrast;

static int by_family(const contrast *a, const contrast *b)
{
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return (a->period > b->period) - (a->period < b->period);
}

static int by_family_and_p(const void *x, const void *y)
{
    const contrast *a = x, *b = y;
    int family = by_family(a, b);
    if (family)
        return family;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* One family, ascending; `p` is scratch. The two enumerations stand in the same order. */
static baro_status adjust_family(const contrast *family, size_t n, baro_adjustment how, double *p, baro_row *rows)
{
    for (size_t i = 0; i < n; i++)
        p[i] = family[i].p;
    baro_status status = baro_correct_sorted((baro_correction)how, p, n, p);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        rows[family[i].row].p_adjusted = p[i];
    return status;
}

baro_status baro_adjust(baro_results *results, baro_arena *arena)
{
    contrast *list = BARO_ARRAY(arena, contrast, results->n_rows + 1);
    double *p = BARO_ARRAY(arena, double, results->n_rows + 1);
    bool over_run = results->request->adjust_over_run;
    baro_status status = BARO_OK;
    size_t n = 0;
    if (!list || !p)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (isnan(row->p_value))
            continue;
        list[n++] = (contrast){.measure = over_run ? 0 : (size_t)(row->measure - results->survey->measures),
                               .table = over_run ? 0 : row->table,
                               .period = over_run ? 0 : row->period,
                               .row = i,
                               .p = row->p_value};
    }
    qsort(list, n, sizeof *list, by_family_and_p);
    for (size_t first = 0, end; first < n && status == BARO_OK; first = end) {
        for (end = first + 1; end < n && by_family(&list[first], &list[end]) == 0;)
            end++;
        status = adjust_family(list + first, end - first, results->request->adjust, p, results->rows);
    }
    return status;
}
