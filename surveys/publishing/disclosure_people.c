/* Whom cells are about: groups that part the interviews alike are one, groups that follow from one another are looked at together. */
#include "surveys/publishing/disclosure_parts.h"
#include <string.h>

void *baro_disclosure_grow(baro_arena *arena, void *item, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return item;
    size_t wider = 2 * *room + 8;
    void *more = baro_arena_array(arena, wider, size);
    if (more && n > 0)
        memcpy(more, item, n * size);
    if (more)
        *room = wider;
    return more;
}

/* ---- the same interviews ---- */

static bool same_people(const baro_people *people, const baro_results *results)
{
    const baro_request *a = people->of->request, *b = results->request;
    const baro_behind *behind = &results->behind;
    bool same = a->n_data == b->n_data && people->rows == behind->rows;
    for (size_t i = 0; same && i < a->n_data; i++)
        same = strcmp(a->data[i], b->data[i]) == 0;
    if (same && people->unit && behind->unit)
        same = people->origin == behind->origin && memcmp(people->unit, behind->unit, people->rows * sizeof *people->unit) == 0;
    return same;
}

static size_t people_of(baro_disclosure *d, const baro_results *results)
{
    const baro_behind *behind = &results->behind;
    size_t p = 0;
    while (p < d->n_people && !same_people(&d->people[p], results))
        p++;
    if (p == d->n_people) {
        baro_people *all = baro_disclosure_grow(d->arena, d->people, d->n_people, &d->room_people, sizeof *all);
        if (!all)
            return SIZE_MAX;
        d->people = all;
        all[d->n_people++] = (baro_people){.of = results, .rows = behind->rows, .units = 1};
    }
    baro_people *people = &d->people[p];
    if (!people->unit && behind->unit) {
        people->unit = behind->unit;
        people->origin = behind->origin;
        for (size_t row = 0; row < people->rows; row++)
            if ((size_t)behind->unit[row] + 1 > people->units)
                people->units = (size_t)behind->unit[row] + 1;
    }
    return p;
}

/* ---- variables ---- */

static bool same_variable(const baro_people *people, const baro_variable *variable, const baro_bound_group *group)
{
    return variable->patterns == group->patterns && variable->n == group->n && variable->group &&
           memcmp(variable->member, group->member, group->patterns * group->n) == 0 &&
           memcmp(variable->pattern, group->pattern, people->rows * sizeof *group->pattern) == 0;
}

static baro_variable *add_variable(baro_disclosure *d, baro_people *people)
{
    baro_variable *all = baro_disclosure_grow(d->arena, people->variable, people->n_variables, &people->room_variables, sizeof *all);
    if (!all)
        return NULL;
    people->variable = all;
    all[people->n_variables] = (baro_variable){.cluster = SIZE_MAX};
    return &all[people->n_variables++];
}

static size_t variable_of(baro_disclosure *d, baro_people *people, const baro_bound_group *group)
{
    if (!group)
        return SIZE_MAX;
    for (size_t v = 0; v < people->n_variables; v++)
        if (same_variable(people, &people->variable[v], group))
            return v;
    baro_variable *made = add_variable(d, people);
    if (!made) {
        d->failed = true;
        return SIZE_MAX;
    }
    made->pattern = group->pattern;
    made->patterns = group->patterns;
    made->n = group->n;
    made->member = group->member;
    made->group = group->group;
    return people->n_variables - 1;
}

/* ---- conditions: those that exclude one another are categories of one variable ---- */

typedef enum { SAME, APART, OVERLAPS } relation;

static relation relate(const baro_people *people, const uint16_t *pattern, uint16_t category, const unsigned char *domain)
{
    bool both = false, one = false;
    for (size_t row = 0; row < people->rows; row++) {
        bool a = pattern[row] == category, b = domain[row] == 1;
        both = both || (a && b);
        one = one || a != b;
        if (both && one)
            return OVERLAPS;
    }
    return both ? SAME : APART;
}

static void put_condition(const baro_people *people, uint16_t *pattern, size_t category, const unsigned char *domain)
{
    for (size_t row = 0; row < people->rows; row++)
        if (domain[row] == 1)
            pattern[row] = (uint16_t)category;
}

static bool new_condition(baro_disclosure *d, baro_people *people, const unsigned char *domain)
{
    baro_variable *made = add_variable(d, people);
    uint16_t *pattern = BARO_ARRAY(d->arena, uint16_t, people->rows + 1);
    if (!made || !pattern)
        return false;
    put_condition(people, pattern, 1, domain);
    made->pattern = pattern;
    made->patterns = 2;
    made->n = 1;
    return true;
}

/* Where a condition is a category already, in a variable that has room for it, or in a new one. */
static void find_condition(baro_disclosure *d, baro_people *people, const unsigned char *domain, baro_disclosed *output)
{
    output->condition = output->category = SIZE_MAX;
    for (size_t v = 0; domain && v < people->n_variables; v++) {
        baro_variable *variable = &people->variable[v];
        bool apart = !variable->group && variable->n < UINT16_MAX - 1;
        for (size_t c = 1; !variable->group && c <= variable->n; c++) {
            relation is = relate(people, variable->pattern, (uint16_t)c, domain);
            apart = apart && is == APART;
            if (is != SAME)
                continue;
            output->condition = v;
            output->category = c - 1;
            return;
        }
        if (apart) {
            uint16_t *pattern = BARO_ARRAY(d->arena, uint16_t, people->rows + 1);
            if (!pattern) {
                d->failed = true;
                return;
            }
            memcpy(pattern, variable->pattern, people->rows * sizeof *pattern);
            variable->pattern = pattern;
            put_condition(people, pattern, variable->n + 1, domain);
            variable->patterns++;
            output->condition = v;
            output->category = variable->n++;
            return;
        }
    }
    if (domain && !new_condition(d, people, domain))
        d->failed = true;
    else if (domain) {
        output->condition = people->n_variables - 1;
        output->category = 0;
    }
}

/* ---- families ---- */

static bool is_counted(const baro_behind_cross *cross, size_t row)
{
    return cross->measure->level[row] < BARO_NOT_PUT && (!cross->weight || cross->weight[row] > 0);
}

/* Answers whose numbers are published: shares, or means of scores. Numbers as they were given are as good as unknown. */
static bool has_answers(const baro_behind_cross *cross)
{
    return cross->measure->score && cross->measure->levels > 0;
}

static bool is_sensitive(const baro_behind *behind, const baro_behind_cross *cross)
{
    const baro_measure *measure = cross->measure->measure;
    bool counts = measure->statistic == BARO_STAT_PROPORTION || measure->statistic == BARO_STAT_DISTRIBUTION;
    bool sensitive = measure->sensitive;
    for (size_t c = 0; c < behind->n; c++)
        if (behind->cross[c].measure == cross->measure)
            sensitive = sensitive || (behind->cross[c].first && behind->cross[c].first->group->sensitive) ||
                        (behind->cross[c].second && behind->cross[c].second->group->sensitive);
    return counts && sensitive && has_answers(cross);
}

static bool same_answers(const baro_people *people, const baro_bound_measure *a, const baro_bound_measure *b)
{
    if (!a || !b)
        return a == b;
    return a->levels == b->levels && a->outcomes == b->outcomes && memcmp(a->level, b->level, people->rows * sizeof *a->level) == 0 &&
           memcmp(a->score, b->score, a->levels * a->outcomes * sizeof *a->score) == 0;
}

static size_t family_of(baro_disclosure *d, size_t p, const baro_behind *behind, const baro_behind_cross *cross)
{
    const baro_people *people = &d->people[p];
    unsigned char *in = BARO_ARRAY(d->arena, unsigned char, people->rows + 1);
    baro_family *all = baro_disclosure_grow(d->arena, d->family, d->n_families, &d->room_families, sizeof *all);
    if (!in || !all) {
        d->failed = true;
        return 0;
    }
    d->family = all;
    for (size_t row = 0; row < people->rows; row++)
        in[row] = is_counted(cross, row);
    const baro_bound_measure *answers = has_answers(cross) ? cross->measure : NULL;
    bool sensitive = is_sensitive(behind, cross);
    for (size_t f = 0; f < d->n_families; f++)
        if (all[f].people == p && memcmp(all[f].in, in, people->rows) == 0 && same_answers(people, all[f].answers, answers)) {
            all[f].sensitive = all[f].sensitive || sensitive;
            return f;
        }
    all[d->n_families] = (baro_family){.people = p, .in = in, .answers = answers, .sensitive = sensitive, .answer_cluster = SIZE_MAX};
    return d->n_families++;
}

baro_status baro_disclosure_people(baro_disclosure *d)
{
    for (size_t o = 0; o < d->n_outputs && !d->failed; o++) {
        baro_disclosed *output = &d->output[o];
        if (!output->results || output->results->behind.n == 0)
            continue;
        const baro_behind *behind = &output->results->behind;
        size_t p = output->people = people_of(d, output->results);
        output->family = BARO_ARRAY(d->arena, size_t, 3 * behind->n + 1);
        if (p == SIZE_MAX || !output->family)
            return BARO_NO_MEMORY;
        output->first = output->family + behind->n;
        output->second = output->first + behind->n;
        find_condition(d, &d->people[p], behind->domain, output);
        for (size_t c = 0; c < behind->n && !d->failed; c++) {
            const baro_behind_cross *cross = &behind->cross[c];
            output->first[c] = variable_of(d, &d->people[p], cross->first);
            output->second[c] = variable_of(d, &d->people[p], cross->second);
            output->family[c] = family_of(d, p, behind, cross);
        }
    }
    return d->failed ? BARO_NO_MEMORY : BARO_OK;
}
