/* Which further cells are hidden: for every hidden count, the cheapest that let it be otherwise. */
#include "surveys/publishing/disclosure_witness.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- hiding ---- */

static void unpublish(baro_disclosure *d, uint32_t cell)
{
    if (cell != BARO_NO_SET && --d->cell[cell].shown == 0)
        d->changed[d->n_changed++] = cell;
}

static void hide_row(baro_disclosure *d, baro_row_of *row, baro_hidden why)
{
    if (row->hidden != BARO_SHOWN)
        return;
    row->hidden = why;
    for (size_t slot = 0; slot < BARO_ROW_CELLS; slot++)
        if (slot < BARO_REST_CELL || !row->rest_hidden)
            unpublish(d, row->cell[slot]);
}

void baro_disclosure_hide(baro_disclosure *d, const baro_cell_of *cell, baro_hidden why)
{
    for (size_t i = cell->begin; i < cell->end; i++) {
        baro_row_of *row = &d->row[d->link[i].row];
        if (!d->link[i].rest) {
            hide_row(d, row, why);
        } else if (row->hidden == BARO_SHOWN && !row->rest_hidden) {
            row->rest_hidden = true; /* the level may stay: its difference from the rest goes */
            unpublish(d, row->cell[BARO_REST_CELL]);
            unpublish(d, row->cell[BARO_REST_CELL + 1]);
        }
    }
}

/* ---- how far a count can go ---- */

typedef struct {
    double wanted, reached;
} so_far;

static bool window_is_shown(const baro_search *s)
{
    for (size_t i = 0; i < s->n_touched; i++) {
        const baro_domain *domain = &s->family->domain[s->touched[i]];
        for (size_t c = domain->first; c < domain->first + domain->n; c++)
            if (s->d->cell[c].shown > 0 && s->d->cell[c].first == s->cell->first && s->d->cell[c].last == s->cell->last)
                return true;
    }
    return false;
}

static void add_reach(baro_search *s, const baro_move *move, void *context)
{
    so_far *sum = context;
    if (sum->reached >= sum->wanted)
        return;
    baro_move_limits(s, move);
    if (!(baro_move_most(s) > 0))
        return;
    baro_move_touch(s, move);
    if (window_is_shown(s))
        return;
    double reach = baro_move_reach(s, NULL, NULL);
    if (reach > 0) {
        sum->reached += reach;
        baro_move_use(s, move);
    }
}

/* ---- the cheapest move that would do ---- */

typedef struct {
    double wanted;
    bool found, enough;
    double cost, most;
    baro_move move;
    uint32_t *atom; /* [4 * clusters] of the move */
} best_move;

enum { COST_OF_EVERYONE = 1000000 };

static double cost_of(const baro_search *s)
{
    double cost = 0;
    for (size_t i = 0; i < s->n_touched; i++) {
        const baro_domain *domain = &s->family->domain[s->touched[i]];
        for (size_t c = domain->first; c < domain->first + domain->n; c++) {
            const baro_cell_of *cell = &s->d->cell[c];
            if (cell->shown > 0 && cell->first == s->cell->first && cell->last == s->cell->last)
                cost += cell->n + 1 + (domain->n_sets == 0 ? COST_OF_EVERYONE : 0);
        }
    }
    return cost;
}

static void weigh(baro_search *s, const baro_move *move, void *context)
{
    best_move *best = context;
    size_t clusters = s->people->n_clusters;
    baro_move_limits(s, move);
    double most = baro_move_most(s);
    if (!(most > 0))
        return;
    bool enough = most >= best->wanted;
    if (best->enough && !enough)
        return;
    baro_move_touch(s, move);
    double cost = cost_of(s);
    if (best->found && enough == best->enough && (enough ? cost >= best->cost : most <= best->most))
        return;
    best->found = true;
    best->enough = enough;
    best->cost = cost;
    best->most = most;
    best->move = *move;
    for (size_t i = 0; i < move->n; i++) {
        memcpy(best->atom + i * clusters, move->atom[i], clusters * sizeof *best->atom);
        best->move.atom[i] = best->atom + i * clusters;
    }
}

/* Everything that the move changes and that is published of a window. */
static void hide_window(baro_search *s, long first, long last)
{
    for (size_t i = 0; i < s->n_touched; i++) {
        const baro_domain *domain = &s->family->domain[s->touched[i]];
        for (size_t c = domain->first; c < domain->first + domain->n; c++) {
            const baro_cell_of *cell = &s->d->cell[c];
            if (cell->shown > 0 && cell->first == first && cell->last == last)
                baro_disclosure_hide(s->d, cell, BARO_HIDDEN_OTHER);
        }
    }
}

static double cost_of_window(const baro_search *s, const baro_cell_of *window)
{
    baro_search other = *s;
    other.cell = window;
    return cost_of(&other);
}

/* Hides the window itself, then, one by one, the cheapest of the windows that stand in the way. */
static void make_way(baro_search *s, const best_move *best)
{
    double wanted = fmin(best->wanted, best->most);
    size_t n = 0;
    baro_move_limits(s, &best->move);
    baro_move_touch(s, &best->move);
    hide_window(s, s->cell->first, s->cell->last);
    while (baro_move_reach(s, s->tight, &n) < wanted && n > 0) {
        const baro_cell_of *cheapest = s->tight[0];
        for (size_t i = 1; i < n; i++)
            if (cost_of_window(s, s->tight[i]) < cost_of_window(s, cheapest))
                cheapest = s->tight[i];
        hide_window(s, cheapest->first, cheapest->last);
    }
}

/* ---- one cell ---- */

typedef struct {
    size_t cluster, other;
} kind_of_move;

/* Of one cluster, of two crosswise, and last, interviews made up or left out. */
static size_t kinds_of(const baro_search *s, kind_of_move kinds[])
{
    const baro_domain *domain = &s->family->domain[s->cell->domain];
    size_t n = 0;
    for (size_t i = 0; i < domain->n_sets; i++)
        kinds[n++] = (kind_of_move){s->people->set[domain->set[i]].cluster, SIZE_MAX};
    for (size_t i = 0; i < domain->n_sets; i++)
        for (size_t k = i + 1; k < domain->n_sets; k++)
            kinds[n++] = (kind_of_move){s->people->set[domain->set[i]].cluster, s->people->set[domain->set[k]].cluster};
    kinds[n++] = (kind_of_move){SIZE_MAX, SIZE_MAX};
    return n;
}

static bool choose_kind(baro_search *s, kind_of_move kind)
{
    const baro_family *family = s->family;
    uint64_t mask = kind.cluster == SIZE_MAX ? family->all_clusters : family->beside[kind.cluster];
    mask |= kind.other == SIZE_MAX ? 0 : family->beside[kind.other];
    s->cluster = kind.cluster;
    s->other = kind.other;
    s->signatures = baro_family_signatures(s->d, s->family, mask);
    s->used = s->signatures ? BARO_ARRAY(s->arena, double, s->signatures->n * s->people->units + 1) : NULL;
    s->d->failed = s->d->failed || !s->used;
    return !s->d->failed;
}

typedef struct {
    kind_of_move kind[16];
    size_t n;
    double reached[16];
    uint32_t *scratch, *best, *other; /* [4 * clusters] */
} kinds_of_cell;

/* What the count can reach by moves of one kind; the best of all kinds, since they may move the same interviews. */
static double reach(baro_search *s, kinds_of_cell *all, double wanted)
{
    double most = 0;
    for (size_t k = 0; k < all->n && most < wanted; k++) {
        so_far sum = {.wanted = wanted};
        if (!choose_kind(s, all->kind[k]))
            return wanted;
        baro_moves_visit(s, all->scratch, add_reach, &sum);
        all->reached[k] = sum.reached;
        most = fmax(most, sum.reached);
    }
    return most;
}

static bool is_better(const best_move *a, const best_move *b)
{
    if (!a->found || !b->found)
        return a->found;
    if (a->enough != b->enough)
        return a->enough;
    return a->enough ? a->cost < b->cost : a->most > b->most;
}

/* Hides what the best move of the kinds wants hidden. `fresh`: a move that brings all that is wanted; else one that adds to the others. */
static bool step(baro_search *s, kinds_of_cell *all, size_t first, size_t end, double wanted, bool fresh)
{
    size_t clusters = s->people->n_clusters, chosen = end;
    best_move best = {.atom = all->best};
    for (size_t k = first; k < end; k++) {
        so_far sum = {.wanted = wanted};
        best_move of_kind = {.wanted = fresh ? wanted : wanted - all->reached[k], .atom = all->other};
        if (!choose_kind(s, all->kind[k]))
            return false;
        if (!fresh)
            baro_moves_visit(s, all->scratch, add_reach, &sum); /* who is moved already is not moved twice */
        baro_moves_visit(s, all->scratch, weigh, &of_kind);
        if ((fresh && !of_kind.enough) || !is_better(&of_kind, &best))
            continue;
        memcpy(all->best, all->other, 4 * clusters * sizeof *all->best);
        best = of_kind;
        for (size_t i = 0; i < best.move.n; i++)
            best.move.atom[i] = all->best + i * clusters;
        chosen = k;
    }
    if (chosen == end || !choose_kind(s, all->kind[chosen]))
        return false;
    so_far sum = {.wanted = wanted};
    if (!fresh)
        baro_moves_visit(s, all->scratch, add_reach, &sum);
    size_t shown = s->d->n_changed;
    make_way(s, &best);
    return s->d->n_changed > shown;
}

/* A single move that brings all; moves that together do; and where nothing else helps, interviews made up, for which even everyone is hidden. */
static bool hide_further(baro_search *s, kinds_of_cell *all, double wanted)
{
    size_t last = all->n - 1;
    return step(s, all, 0, last, wanted, true) || step(s, all, 0, last, wanted, false) || step(s, all, last, all->n, wanted, true);
}

static bool make_room(baro_search *s, kinds_of_cell *all)
{
    size_t units = s->people->units, clusters = s->people->n_clusters;
    s->touched = BARO_ARRAY(s->arena, size_t, s->family->n_domains + 1);
    s->up_to = BARO_ARRAY(s->arena, double, units + 1);
    s->down_to = BARO_ARRAY(s->arena, double, units + 1);
    s->distance = BARO_ARRAY(s->arena, double, units + 2);
    s->from = BARO_ARRAY(s->arena, size_t, units + 2);
    s->done = BARO_ARRAY(s->arena, bool, units + 2);
    s->pinned = BARO_ARRAY(s->arena, const baro_cell_of *, s->d->n_cells + 1);
    s->tight = BARO_ARRAY(s->arena, const baro_cell_of *, units + 2);
    all->scratch = BARO_ARRAY(s->arena, uint32_t, 4 * clusters + 1);
    all->best = BARO_ARRAY(s->arena, uint32_t, 4 * clusters + 1);
    all->other = BARO_ARRAY(s->arena, uint32_t, 4 * clusters + 1);
    return s->touched && s->up_to && s->down_to && s->distance && s->from && s->done && s->pinned && s->tight && all->scratch && all->best && all->other;
}

void baro_disclosure_protect(baro_disclosure *d, const baro_cell_of *cell)
{
    baro_family *family = &d->family[cell->family];
    baro_search s = {.d = d, .family = family, .people = &d->people[family->people], .cell = cell, .arena = baro_arena_new()};
    kinds_of_cell all = {0};
    if (!s.arena || !make_room(&s, &all))
        d->failed = true;
    else
        all.n = kinds_of(&s, all.kind);
    for (size_t way = 0; way < 2 && !d->failed; way++) {
        double wanted = way ? fmin(cell->n, d->below) : d->below;
        s.up = way == 0;
        while (!d->failed && reach(&s, &all, wanted) < wanted && hide_further(&s, &all, wanted))
            ;
    }
    baro_arena_free(s.arena);
}

/* ---- all cells ---- */

static int by_count(const void *x, const void *y)
{
    const baro_needed *a = x, *b = y;
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return (a->cell > b->cell) - (a->cell < b->cell);
}

static bool is_empty(baro_disclosure *d, baro_family *family, const baro_atom_set *set)
{
    const baro_people *people = &d->people[family->people];
    const baro_signatures *all = baro_family_signatures(d, family, 1ull << people->cluster[set->cluster].bit);
    d->failed = d->failed || !all;
    for (size_t i = 0; all && i < all->n; i++)
        if (set->in[all->atom[i * people->n_clusters + set->cluster]])
            return false;
    return true;
}

/* Nobody of the whole category ever answered: the question was not put to them, which everybody may know. */
static bool is_not_put(baro_disclosure *d, const baro_cell_of *cell)
{
    baro_family *family = &d->family[cell->family];
    const baro_people *people = &d->people[family->people];
    const baro_domain *domain = &family->domain[cell->domain];
    for (size_t i = 0; i < domain->n_sets && cell->n == 0; i++) {
        const baro_atom_set *set = &people->set[domain->set[i]];
        if (set->cluster != family->answer_cluster && is_empty(d, family, set))
            return true;
    }
    return false;
}

static void hide_first(baro_disclosure *d)
{
    for (size_t i = 0; i < d->n_links; i++) {
        const baro_link *link = &d->link[i];
        if (!link->few)
            continue;
        size_t cell = d->row[link->row].cell[link->slot];
        baro_disclosure_hide(d, &d->cell[cell], link->slot == 0 ? BARO_HIDDEN_BASE : BARO_HIDDEN_COUNTS);
        if (!is_not_put(d, &d->cell[cell]))
            baro_disclosure_need(d, cell);
    }
    qsort(d->needed, d->n_needed, sizeof *d->needed, by_count);
}

baro_status baro_disclosure_decide(baro_disclosure *d)
{
    d->needed = BARO_ARRAY(d->arena, baro_needed, d->n_cells + 1);
    d->changed = BARO_ARRAY(d->arena, size_t, d->n_cells + 1);
    d->related = BARO_ARRAY(d->arena, unsigned char, d->n_families * d->n_families + 1);
    if (!d->needed || !d->changed || !d->related)
        return BARO_NO_MEMORY;
    hide_first(d);
    if (d->only_first)
        return BARO_OK;
    baro_disclosure_hide_twins(d);
    for (size_t i = 0; i < d->n_needed && !d->failed; i++) {
        baro_disclosure_protect(d, &d->cell[d->needed[i].cell]);
        baro_disclosure_hide_twins(d);
    }
    return d->failed ? BARO_NO_MEMORY : BARO_OK;
}
