/* Clusters of variables that follow from one another, their atoms, and sets of atoms. */
#include "surveys/publishing/disclosure_parts.h"
#include <stdlib.h>
#include <string.h>

/* ---- which variables belong together ---- */

/* Whether who is in which category of `a` tells the category of `b`: a borough its region, a condition the group it is made of. */
static bool determines(const baro_people *people, const baro_variable *a, const baro_variable *b, uint32_t *told)
{
    size_t seen = 0;
    memset(told, 0, a->patterns * sizeof *told);
    uint32_t first = UINT32_MAX;
    bool varies = false;
    for (size_t row = 0; row < people->rows; row++) {
        uint32_t *is = &told[a->pattern[row]];
        uint32_t other = b->pattern[row];
        varies = varies || (first != UINT32_MAX && other != first);
        first = other;
        if (a->pattern[row] == 0)
            continue;
        if (*is != 0 && *is != other + 1)
            return false;
        seen += *is == 0;
        *is = other + 1;
    }
    return varies && seen > 1;
}

static void join(baro_people *people, size_t a, size_t b)
{
    size_t keep = people->variable[a].cluster, gone = people->variable[b].cluster;
    for (size_t v = 0; v < people->n_variables; v++)
        if (people->variable[v].cluster == gone)
            people->variable[v].cluster = keep;
}

/* ---- atoms ---- */

/* The numbers of pairs (number, other), ascending; rows that are not `in` keep what they have. */
baro_status baro_people_refine(size_t rows, const unsigned char *in, uint32_t *number, size_t *numbers, const uint32_t *other, size_t others)
{
    if (others == 0 || *numbers > SIZE_MAX / sizeof(uint32_t) / others)
        return BARO_NO_MEMORY;
    uint32_t *pair = calloc(*numbers * others + 1, sizeof *pair), n = 0;
    if (!pair)
        return BARO_NO_MEMORY;
    for (size_t row = 0; row < rows; row++)
        if (!in || in[row])
            pair[number[row] * others + other[row]] = 1;
    for (size_t p = 0; p < *numbers * others; p++)
        if (pair[p])
            pair[p] = n++;
    for (size_t row = 0; row < rows; row++)
        if (!in || in[row])
            number[row] = pair[number[row] * others + other[row]];
    *numbers = n;
    free(pair);
    return BARO_OK;
}

/* A variable by itself has its patterns, also those that nobody has; several have the pairs that there are. */
static baro_status make_atoms(baro_disclosure *d, baro_people *people, size_t cluster, baro_cluster *out)
{
    uint32_t *atom = BARO_ARRAY(d->arena, uint32_t, people->rows + 1);
    uint32_t *other = BARO_ARRAY(d->arena, uint32_t, people->rows + 1);
    size_t members = 0, atoms = 1;
    if (!atom || !other)
        return BARO_NO_MEMORY;
    for (size_t v = 0; v < people->n_variables; v++) {
        const baro_variable *variable = &people->variable[v];
        if (variable->cluster != cluster)
            continue;
        if (++members == 1) {
            atoms = variable->patterns;
            for (size_t row = 0; row < people->rows; row++)
                atom[row] = variable->pattern[row];
            continue;
        }
        for (size_t row = 0; row < people->rows; row++)
            other[row] = variable->pattern[row];
        if (baro_people_refine(people->rows, NULL, atom, &atoms, other, variable->patterns))
            return BARO_NO_MEMORY;
    }
    unsigned char *possible = BARO_ARRAY(d->arena, unsigned char, atoms + 1);
    if (!possible)
        return BARO_NO_MEMORY;
    for (size_t a = 1; a < atoms; a++)
        possible[a] = 1;
    for (size_t row = 0; row < people->rows; row++)
        possible[atom[row]] = 1;
    *out = (baro_cluster){.atoms = atoms, .atom = atom, .possible = possible};
    return BARO_OK;
}

static baro_status make_clusters(baro_disclosure *d, baro_people *people)
{
    uint32_t *told = BARO_ARRAY(d->arena, uint32_t, UINT16_MAX + 1);
    size_t *number = BARO_ARRAY(d->arena, size_t, people->n_variables + 1);
    if (!told || !number)
        return BARO_NO_MEMORY;
    for (size_t v = 0; v < people->n_variables; v++)
        people->variable[v].cluster = v;
    for (size_t a = 0; a < people->n_variables; a++)
        for (size_t b = 0; b < people->n_variables; b++)
            if (people->variable[a].cluster != people->variable[b].cluster &&
                determines(people, &people->variable[a], &people->variable[b], told))
                join(people, a, b);
    for (size_t v = 0; v < people->n_variables; v++) {
        size_t name = people->variable[v].cluster; /* the number of one of its variables */
        if (number[name] > 0)
            continue;
        baro_cluster *all =
            baro_disclosure_grow(d->arena, people->cluster, people->n_clusters, &people->room_clusters, sizeof *all);
        if (!all || make_atoms(d, people, name, &all[people->n_clusters]))
            return BARO_NO_MEMORY;
        people->cluster = all;
        all[people->n_clusters].bit = (unsigned)people->n_clusters;
        number[name] = ++people->n_clusters;
    }
    for (size_t v = 0; v < people->n_variables; v++)
        people->variable[v].cluster = number[people->variable[v].cluster] - 1;
    return BARO_OK;
}

/* ---- sets ---- */

uint32_t baro_people_keep_set(baro_disclosure *d, baro_people *people, size_t cluster, unsigned char *in)
{
    size_t atoms = people->cluster[cluster].atoms;
    for (size_t s = 0; s < people->n_sets; s++)
        if (people->set[s].cluster == cluster && memcmp(people->set[s].in, in, atoms) == 0)
            return (uint32_t)s;
    baro_atom_set *all = baro_disclosure_grow(d->arena, people->set, people->n_sets, &people->room_sets, sizeof *all);
    if (!all) {
        d->failed = true;
        return 0;
    }
    people->set = all;
    all[people->n_sets] = (baro_atom_set){.cluster = cluster, .in = in, .all = true, .none = true};
    for (size_t a = 0; a < atoms; a++) {
        all[people->n_sets].all = all[people->n_sets].all && in[a];
        all[people->n_sets].none = all[people->n_sets].none && !in[a];
    }
    return (uint32_t)people->n_sets++;
}

/* Atoms of a category; of `n`: of all patterns but the unknown. */
static bool is_alone(const baro_people *people, const baro_variable *variable)
{
    for (size_t v = 0; v < people->n_variables; v++)
        if (&people->variable[v] != variable && people->variable[v].cluster == variable->cluster)
            return false;
    return true;
}

static bool holds(const baro_variable *variable, size_t pattern, size_t category)
{
    if (pattern == 0)
        return false;
    return category == variable->n || (variable->member ? variable->member[pattern * variable->n + category] : pattern == category + 1);
}

/* Atoms of a category; of `n`: of all patterns but the unknown. An unknown that nobody is in is no part of everyone. */
static uint32_t set_of_category(baro_disclosure *d, baro_people *people, const baro_variable *variable, size_t category)
{
    const baro_cluster *cluster = &people->cluster[variable->cluster];
    unsigned char *in = BARO_ARRAY(d->arena, unsigned char, cluster->atoms + 1);
    bool alone = is_alone(people, variable);
    if (!in) {
        d->failed = true;
        return 0;
    }
    for (size_t p = 0; alone && p < variable->patterns; p++)
        in[p] = holds(variable, p, category) || (category == variable->n && !cluster->possible[p]);
    for (size_t row = 0; !alone && row < people->rows; row++)
        in[cluster->atom[row]] = holds(variable, variable->pattern[row], category);
    return baro_people_keep_set(d, people, variable->cluster, in);
}

static baro_status make_sets(baro_disclosure *d, baro_people *people)
{
    for (size_t v = 0; v < people->n_variables; v++) {
        baro_variable *variable = &people->variable[v];
        variable->set = BARO_ARRAY(d->arena, uint32_t, variable->n + 1);
        if (!variable->set)
            return BARO_NO_MEMORY;
        for (size_t c = 0; c <= variable->n; c++)
            variable->set[c] = set_of_category(d, people, variable, c);
    }
    return d->failed ? BARO_NO_MEMORY : BARO_OK;
}

static bool same_scores(const baro_bound_measure *answers, size_t a, size_t b)
{
    size_t n = answers->outcomes;
    return memcmp(answers->score + a * n, answers->score + b * n, n * sizeof *answers->score) == 0;
}

/* Answers are a cluster of their family alone; those with the same scores are one. */
static baro_status make_answers(baro_disclosure *d, baro_family *family)
{
    baro_people *people = &d->people[family->people];
    const baro_bound_measure *answers = family->answers;
    baro_cluster *all =
        baro_disclosure_grow(d->arena, people->cluster, people->n_clusters, &people->room_clusters, sizeof *all);
    uint32_t *atom = BARO_ARRAY(d->arena, uint32_t, people->rows + 1), n = 0;
    uint32_t *atom_of = BARO_ARRAY(d->arena, uint32_t, answers->levels + 1);
    unsigned char *possible = BARO_ARRAY(d->arena, unsigned char, answers->levels + 1);
    family->level = BARO_ARRAY(d->arena, uint32_t, answers->levels + 1);
    if (!all || !atom || !atom_of || !possible || !family->level)
        return BARO_NO_MEMORY;
    for (uint32_t level = 0; level < answers->levels; level++) {
        uint32_t a = 0;
        while (a < n && !same_scores(answers, family->level[a], level))
            a++;
        if (a == n)
            family->level[n++] = level;
        atom_of[level] = a;
    }
    for (size_t row = 0; row < people->rows; row++)
        atom[row] = answers->level[row] < answers->levels ? atom_of[answers->level[row]] : 0;
    memset(possible, 1, n);
    people->cluster = all;
    all[people->n_clusters] = (baro_cluster){.atoms = n, .atom = atom, .possible = possible, .bit = BARO_ANSWERS_BIT};
    family->answer_cluster = people->n_clusters++;
    return BARO_OK;
}

uint32_t baro_family_answers(baro_disclosure *d, const baro_family *family, size_t outcome, bool others)
{
    baro_people *people = &d->people[family->people];
    const baro_bound_measure *answers = family->answers;
    size_t atoms = people->cluster[family->answer_cluster].atoms;
    unsigned char *in = BARO_ARRAY(d->arena, unsigned char, atoms + 1);
    if (!in) {
        d->failed = true;
        return BARO_NO_SET;
    }
    for (size_t a = 0; a < atoms; a++)
        in[a] = (answers->score[family->level[a] * answers->outcomes + outcome] != 0) != others;
    return baro_people_keep_set(d, people, family->answer_cluster, in);
}

baro_status baro_disclosure_clusters(baro_disclosure *d)
{
    baro_status status = BARO_OK;
    for (size_t p = 0; p < d->n_people && status == BARO_OK; p++) {
        status = make_clusters(d, &d->people[p]);
        if (status == BARO_OK && d->people[p].n_clusters > BARO_ANSWERS_BIT)
            status = BARO_TOO_LARGE;
        if (status == BARO_OK)
            status = make_sets(d, &d->people[p]);
    }
    for (size_t f = 0; f < d->n_families && status == BARO_OK; f++)
        if (d->family[f].answers)
            status = make_answers(d, &d->family[f]);
    return status;
}
