/* All moves of one kind that change the count of a cell. */
#include "surveys/publishing/disclosure_witness.h"
#include <string.h>

static const baro_atom_set *set_on(const baro_search *s, size_t cluster)
{
    const baro_domain *domain = &s->family->domain[s->cell->domain];
    for (size_t i = 0; i < domain->n_sets; i++)
        if (s->people->set[domain->set[i]].cluster == cluster)
            return &s->people->set[domain->set[i]];
    return NULL;
}

/* Inside the cell's domain, clusters `a` and `b` apart. */
static bool fits(const baro_search *s, const uint32_t *atom, size_t a, size_t b)
{
    const baro_domain *domain = &s->family->domain[s->cell->domain];
    for (size_t i = 0; i < domain->n_sets; i++) {
        const baro_atom_set *set = &s->people->set[domain->set[i]];
        if (set->cluster != a && set->cluster != b && !set->in[atom[set->cluster]])
            return false;
    }
    return true;
}

static size_t changed(const baro_search *s, const uint32_t *atom, size_t cluster, uint32_t to, uint32_t *out)
{
    size_t clusters = s->people->n_clusters;
    memcpy(out, atom, clusters * sizeof *out);
    out[cluster] = to;
    return baro_signature_find(s->signatures, out, clusters);
}

/* From every signature outside to every one inside that differs in one cluster alone; where nobody is outside, from those inside. */
static void visit_twos(baro_search *s, uint32_t *scratch, baro_visit *each, void *context)
{
    const baro_atom_set *set = set_on(s, s->cluster);
    const baro_cluster *cluster = &s->people->cluster[s->cluster];
    size_t clusters = s->people->n_clusters;
    for (size_t at = 0; at < s->signatures->n; at++) {
        const uint32_t *atom = s->signatures->atom + at * clusters;
        bool inside = set->in[atom[s->cluster]];
        if (!fits(s, atom, s->cluster, s->cluster))
            continue;
        for (uint32_t to = 0; to < cluster->atoms; to++) {
            if ((set->in[to] != 0) == inside || !cluster->possible[to])
                continue;
            size_t there = changed(s, atom, s->cluster, to, scratch);
            if (inside && there != SIZE_MAX)
                continue; /* met from the other side */
            baro_move move = {2, {scratch, atom}, {there, at}};
            if (inside)
                move = (baro_move){2, {atom, scratch}, {at, there}};
            each(s, &move, context);
        }
    }
}

/* Crosswise: (p,q) + (p',q) - (p,q') - (p',q') +, where p and q are inside, p' and q' outside. */
static void visit_four(baro_search *s, const uint32_t *like, const uint32_t in[2], const uint32_t out[2], uint32_t *scratch, baro_visit *each, void *context)
{
    size_t clusters = s->people->n_clusters;
    baro_move move = {.n = 4};
    for (size_t i = 0; i < 4; i++) {
        uint32_t *atom = scratch + i * clusters;
        memcpy(atom, like, clusters * sizeof *atom);
        atom[s->cluster] = i % 2 ? out[0] : in[0];
        atom[s->other] = i / 2 ? out[1] : in[1];
        move.atom[i] = atom;
        move.at[i] = baro_signature_find(s->signatures, atom, clusters);
    }
    each(s, &move, context);
}

/* From those who could give: up, every (p',q); down, every (p,q). */
static void visit_fours(baro_search *s, uint32_t *scratch, baro_visit *each, void *context)
{
    const baro_atom_set *set[2] = {set_on(s, s->cluster), set_on(s, s->other)};
    const baro_cluster *of[2] = {&s->people->cluster[s->cluster], &s->people->cluster[s->other]};
    size_t clusters = s->people->n_clusters;
    for (size_t at = 0; at < s->signatures->n; at++) {
        const uint32_t *atom = s->signatures->atom + at * clusters;
        uint32_t p = atom[s->cluster], q = atom[s->other];
        if ((set[0]->in[p] != 0) == s->up || !set[1]->in[q] || !fits(s, atom, s->cluster, s->other))
            continue;
        for (uint32_t other_p = 0; other_p < of[0]->atoms; other_p++) {
            if ((set[0]->in[other_p] != 0) != s->up || !of[0]->possible[other_p])
                continue;
            const uint32_t in[2] = {s->up ? other_p : p, q};
            for (uint32_t other_q = 0; other_q < of[1]->atoms; other_q++)
                if (!set[1]->in[other_q] && of[1]->possible[other_q])
                    visit_four(s, atom, in, (uint32_t[2]){s->up ? p : other_p, other_q}, scratch, each, context);
        }
    }
}

/* One more or one fewer, where even everyone is hidden. */
static void visit_ones(baro_search *s, uint32_t *scratch, baro_visit *each, void *context)
{
    size_t clusters = s->people->n_clusters;
    for (size_t at = 0; at < s->signatures->n; at++) {
        const uint32_t *atom = s->signatures->atom + at * clusters;
        memcpy(scratch, atom, clusters * sizeof *scratch);
        const baro_domain *domain = &s->family->domain[s->cell->domain];
        for (size_t i = 0; i < domain->n_sets; i++) {
            const baro_atom_set *set = &s->people->set[domain->set[i]];
            for (uint32_t a = 0; !set->in[scratch[set->cluster]] && a < s->people->cluster[set->cluster].atoms; a++)
                if (set->in[a])
                    scratch[set->cluster] = a;
        }
        baro_move move = {1, {scratch}, {baro_signature_find(s->signatures, scratch, clusters)}};
        each(s, &move, context);
    }
}

void baro_moves_visit(baro_search *s, uint32_t *scratch, baro_visit *each, void *context)
{
    if (s->cluster == SIZE_MAX)
        visit_ones(s, scratch, each, context);
    else if (s->other == SIZE_MAX)
        visit_twos(s, scratch, each, context);
    else
        visit_fours(s, scratch, each, context);
}
