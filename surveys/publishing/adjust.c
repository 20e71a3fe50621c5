/* Multiplicity: p-values adjusted over the contrasts of a family, once, over all results of the run. */
#include "surveys/publishing/sheets.h"
#include <math.h>
#include <stdlib.h>

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

/* Ascending p-values of one family; Holm 1979, Benjamini & Hochberg 1995, Benjamini & Yekutieli 2001. */
static void adjust_family(const contrast *family, size_t n, baro_adjustment how, baro_row *rows)
{
    double harmonic = 0, running;
    for (size_t i = 1; i <= n; i++)
        harmonic += 1 / (double)i;
    if (how == BARO_ADJUST_BH || how == BARO_ADJUST_BY) {
        running = 1;
        for (size_t i = n; i-- > 0;) {
            double factor = (double)n / (double)(i + 1) * (how == BARO_ADJUST_BY ? harmonic : 1);
            running = fmin(running, family[i].p * factor);
            rows[family[i].row].p_adjusted = running;
        }
        return;
    }
    running = 0;
    for (size_t i = 0; i < n; i++) {
        double factor = how == BARO_ADJUST_HOLM ? (double)(n - i) : how == BARO_ADJUST_BONFERRONI ? (double)n : 1;
        double p = fmin(1, family[i].p * factor);
        running = how == BARO_ADJUST_HOLM ? fmax(running, p) : p;
        rows[family[i].row].p_adjusted = running;
    }
}

baro_status baro_adjust(baro_results *results, baro_arena *arena)
{
    contrast *list = BARO_ARRAY(arena, contrast, results->n_rows + 1);
    bool over_run = results->request->adjust_over_run;
    size_t n = 0;
    if (!list)
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
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && by_family(&list[first], &list[end]) == 0;)
            end++;
        adjust_family(list + first, end - first, results->request->adjust, results->rows);
    }
    return BARO_OK;
}
