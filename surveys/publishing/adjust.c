/* Multiplicity: p-values adjusted over the contrasts of a family, once, over all results of the run. */
#include "stats/compare.h"
#include "surveys/publishing/families.h"
#include "surveys/publishing/sheets.h"
#include <math.h>
#include <stdlib.h>

_Static_assert((int)BARO_ADJUST_NONE == (int)BARO_CORRECT_NONE && (int)BARO_ADJUST_BONFERRONI == (int)BARO_CORRECT_BONFERRONI &&
                   (int)BARO_ADJUST_HOLM == (int)BARO_CORRECT_HOLM && (int)BARO_ADJUST_BH == (int)BARO_CORRECT_BH &&
                   (int)BARO_ADJUST_BY == (int)BARO_CORRECT_BY,
               "the request's words and the corrections stand in one order");

static int by_family(const baro_family_member *a, const baro_family_member *b)
{
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return (a->period > b->period) - (a->period < b->period);
}

static int by_family_and_p(const void *x, const void *y)
{
    const baro_family_member *a = x, *b = y;
    int family = by_family(a, b);
    if (family)
        return family;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

baro_status baro_adjust_families(baro_family_member *list, size_t n, baro_adjustment how, baro_arena *arena)
{
    double *p = BARO_ARRAY(arena, double, n + 1);
    baro_status status = p ? BARO_OK : BARO_NO_MEMORY;
    if (status == BARO_OK)
        qsort(list, n, sizeof *list, by_family_and_p);
    for (size_t first = 0, end; first < n && status == BARO_OK; first = end) {
        for (end = first; end < n && by_family(&list[first], &list[end]) == 0; end++)
            p[end - first] = list[end].p;
        status = baro_correct_sorted((baro_correction)how, p, end - first, p);
        for (size_t i = first; i < end && status == BARO_OK; i++)
            list[i].p = p[i - first];
    }
    return status;
}

baro_status baro_adjust(baro_results *results, baro_arena *arena)
{
    baro_family_member *list = BARO_ARRAY(arena, baro_family_member, results->n_rows + 1);
    bool over_run = results->request->adjust_over_run;
    size_t n = 0;
    if (!list)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (isnan(row->p_value))
            continue;
        list[n++] = (baro_family_member){.measure = over_run ? 0 : (size_t)(row->measure - results->survey->measures),
                                         .table = over_run ? 0 : row->table,
                                         .period = over_run ? 0 : row->period,
                                         .row = i,
                                         .p = row->p_value};
    }
    baro_status status = baro_adjust_families(list, n, results->request->adjust, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        results->rows[list[i].row].p_adjusted = list[i].p;
    return status;
}
