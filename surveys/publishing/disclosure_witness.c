/*
 * Other interviews that publish the same numbers.
 *
 * A move changes D_u interviews in unit of time u. With P_u = D_0 + ... + D_(u-1), every shown cell of a domain that it changes and of the window
 * f .. l demands P_(l+1) = P_f; interviews that there are limit each D_u. These are difference constraints: the most that P_(l+1) - P_f of
 * the hidden window can be is a shortest path, and the windows in the way are those on it. All limits are 0 or more (nothing moved is a solution).
 */
#include "surveys/publishing/disclosure_witness.h"
#include <math.h>

/* ---- what a move changes ---- */

static bool contains(const baro_people *people, const baro_domain *domain, const uint32_t *atom)
{
    for (size_t i = 0; i < domain->n_sets; i++) {
        const baro_atom_set *set = &people->set[domain->set[i]];
        if (!set->in[atom[set->cluster]])
            return false;
    }
    return true;
}

static int change(const baro_people *people, const baro_domain *domain, const baro_move *move)
{
    static const int sign[] = {1, -1, -1, 1};
    int out = 0;
    for (size_t i = 0; i < move->n; i++)
        out += contains(people, domain, move->atom[i]) ? sign[i] : 0;
    return out;
}

void baro_move_touch(baro_search *s, const baro_move *move)
{
    const baro_family *family = s->family;
    bool all = move->n == 1;
    size_t n = all ? family->n_domains : family->n_by_cluster[s->cluster];
    s->n_touched = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = all ? i : family->by_cluster[s->cluster][i];
        if (change(s->people, &family->domain[at], move) != 0)
            s->touched[s->n_touched++] = at;
    }
}

/* Interviews of one of a move's signatures that no other move has moved. */
static double here(const baro_search *s, const baro_move *move, size_t i, size_t unit)
{
    if (move->at[i] == SIZE_MAX)
        return 0;
    size_t at = move->at[i] * s->people->units + unit;
    return (double)s->signatures->count[at] - s->used[at];
}

void baro_move_limits(baro_search *s, const baro_move *move)
{
    for (size_t u = 0; u < s->people->units; u++) {
        if (move->n == 1) {
            s->up_to[u] = BARO_MADE_UP;
            s->down_to[u] = here(s, move, 0, u);
        } else {
            s->up_to[u] = here(s, move, 1, u);
            s->down_to[u] = here(s, move, 0, u);
        }
        if (move->n == 4) {
            s->up_to[u] = fmin(s->up_to[u], here(s, move, 2, u));
            s->down_to[u] = fmin(s->down_to[u], here(s, move, 3, u));
        }
    }
}

double baro_move_most(const baro_search *s)
{
    double most = 0;
    for (long u = s->cell->first; u <= s->cell->last; u++)
        most += s->up ? s->up_to[u] : s->down_to[u];
    return most;
}

/* ---- how far ---- */

static void pin(baro_search *s)
{
    s->n_pinned = 0;
    for (size_t i = 0; i < s->n_touched; i++) {
        const baro_domain *domain = &s->family->domain[s->touched[i]];
        for (size_t c = domain->first; c < domain->first + domain->n; c++) {
            const baro_cell_of *cell = &s->d->cell[c];
            size_t p = 0;
            if (cell->shown == 0)
                continue;
            while (p < s->n_pinned && (s->pinned[p]->first != cell->first || s->pinned[p]->last != cell->last))
                p++;
            if (p == s->n_pinned)
                s->pinned[s->n_pinned++] = cell;
        }
    }
}

static void relax(baro_search *s, size_t from, size_t to, double length, size_t by)
{
    if (!s->done[to] && s->distance[from] + length < s->distance[to]) {
        s->distance[to] = s->distance[from] + length;
        s->from[to] = by;
    }
}

/* Dijkstra; from[v] is the pinned window that led there, or n_pinned + u of a step from u. */
static void walk(baro_search *s, size_t start)
{
    size_t nodes = s->people->units + 1;
    for (size_t v = 0; v < nodes; v++) {
        s->distance[v] = INFINITY;
        s->from[v] = SIZE_MAX;
        s->done[v] = false;
    }
    s->distance[start] = 0;
    for (size_t turn = 0; turn < nodes; turn++) {
        size_t at = SIZE_MAX;
        for (size_t v = 0; v < nodes; v++)
            if (!s->done[v] && isfinite(s->distance[v]) && (at == SIZE_MAX || s->distance[v] < s->distance[at]))
                at = v;
        if (at == SIZE_MAX)
            return;
        s->done[at] = true;
        if (at + 1 < nodes)
            relax(s, at, at + 1, s->up_to[at], s->n_pinned + at);
        if (at > 0)
            relax(s, at, at - 1, s->down_to[at - 1], s->n_pinned + at);
        for (size_t p = 0; p < s->n_pinned; p++) {
            size_t first = (size_t)s->pinned[p]->first, end = (size_t)s->pinned[p]->last + 1;
            if (first == at)
                relax(s, at, end, 0, p);
            if (end == at)
                relax(s, at, first, 0, p);
        }
    }
}

double baro_move_reach(baro_search *s, const baro_cell_of **tight, size_t *n_tight)
{
    size_t first = (size_t)s->cell->first, end = (size_t)s->cell->last + 1;
    size_t start = s->up ? first : end, goal = s->up ? end : first;
    pin(s);
    if (n_tight)
        *n_tight = 0;
    walk(s, start);
    for (size_t at = goal, steps = 0; n_tight && at != start && steps <= s->people->units; steps++) {
        size_t by = s->from[at];
        if (by == SIZE_MAX)
            break;
        if (by >= s->n_pinned) {
            at = by - s->n_pinned;
            continue;
        }
        const baro_cell_of *window = s->pinned[by];
        tight[(*n_tight)++] = window;
        at = (size_t)window->first == at ? (size_t)window->last + 1 : (size_t)window->first;
    }
    return s->distance[goal];
}

/* The distances, none over the goal's, are a solution P. */
void baro_move_use(baro_search *s, const baro_move *move)
{
    size_t units = s->people->units, goal = s->up ? (size_t)s->cell->last + 1 : (size_t)s->cell->first;
    double most = s->distance[goal];
    for (size_t u = 0; u < units; u++) {
        double moved = fmin(s->distance[u + 1], most) - fmin(s->distance[u], most);
        for (size_t i = 0; i < move->n; i++) {
            bool gives = (i == 1 || i == 2) == (moved > 0) && move->n > 1;
            if (move->at[i] != SIZE_MAX && (gives || (move->n == 1 && moved < 0)))
                s->used[move->at[i] * units + u] += fabs(moved);
        }
    }
}
