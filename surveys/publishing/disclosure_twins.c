/* Twins: the same domain and window in measures that nearly the same people answered, which give each other away. */
#include "surveys/publishing/disclosure_parts.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    const baro_disclosure *d;
    size_t cell;
} cell_at;

static int by_twin(const void *x, const void *y)
{
    const cell_at *a = x, *b = y;
    baro_link one = a->d->link[a->d->cell[a->cell].begin], other = b->d->link[b->d->cell[b->cell].begin];
    one.family = a->d->family[one.family].people;
    other.family = b->d->family[other.family].people;
    int order = baro_link_order(&one, &other);
    return order ? order : (a->cell > b->cell) - (a->cell < b->cell);
}

static bool are_twins(const cell_at *a, const cell_at *b)
{
    baro_link one = a->d->link[a->d->cell[a->cell].begin], other = b->d->link[b->d->cell[b->cell].begin];
    one.family = a->d->family[one.family].people;
    other.family = b->d->family[other.family].people;
    return baro_link_order(&one, &other) == 0;
}

baro_status baro_disclosure_twins(baro_disclosure *d)
{
    cell_at *all = BARO_ARRAY(d->arena, cell_at, d->n_cells + 1);
    if (!all)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < d->n_cells; i++)
        all[i] = (cell_at){d, i};
    qsort(all, d->n_cells, sizeof *all, by_twin);
    for (size_t first = 0, end; first < d->n_cells; first = end) {
        for (end = first + 1; end < d->n_cells && are_twins(&all[first], &all[end]);)
            end++;
        for (size_t i = first; i < end; i++)
            d->cell[all[i].cell].twin = all[i + 1 < end ? i + 1 : first].cell;
    }
    return BARO_OK;
}

void baro_disclosure_need(baro_disclosure *d, size_t cell)
{
    if (!d->cell[cell].needs)
        d->needed[d->n_needed++] = (baro_needed){cell, d->cell[cell].n};
    d->cell[cell].needs = true;
}

typedef enum { APART = 1, NESTED, NEARLY_SAME } base_relation;

enum { MOST_APART = 10 }; /* one in ten of those who answered either measure may have answered only one */

/* Whether one measure's cells tell about another's: nearly the same people answered, or those of one are among those of the other. */
static base_relation relate(baro_disclosure *d, size_t a, size_t b)
{
    unsigned char *known = &d->related[a * d->n_families + b];
    if (*known)
        return (base_relation)*known;
    const baro_family *one = &d->family[a], *other = &d->family[b];
    size_t rows = d->people[one->people].rows, both = 0, first = 0, second = 0;
    for (size_t row = 0; row < rows; row++) {
        both += one->in[row] && other->in[row];
        first += one->in[row] && !other->in[row];
        second += !one->in[row] && other->in[row];
    }
    bool nested = first == 0 || second == 0, same = MOST_APART * (first + second) <= both + first + second;
    *known = same ? NEARLY_SAME : nested ? NESTED : APART;
    return (base_relation)*known;
}

/*
 * What is hidden here is nearly known from a measure that nearly the same people answered: hidden there as well. There it need not be
 * protected unless it was here; a further cell is as uncertain as the count that it was hidden for.
 */
void baro_disclosure_hide_twins(baro_disclosure *d)
{
    for (; d->next_changed < d->n_changed; d->next_changed++) {
        size_t at = d->changed[d->next_changed];
        const baro_cell_of *cell = &d->cell[at];
        for (size_t other = cell->twin; other != at && !cell->copied; other = d->cell[other].twin) {
            baro_cell_of *twin = &d->cell[other];
            if (twin->shown == 0 || !(fabs(twin->n - cell->n) < d->below))
                continue;
            base_relation related = relate(d, cell->family, twin->family);
            if (related == APART || (related == NESTED && !cell->needs))
                continue;
            twin->copied = true; /* and goes no further */
            baro_disclosure_hide(d, twin, BARO_HIDDEN_OTHER);
            if (cell->needs)
                baro_disclosure_need(d, other);
        }
    }
}
