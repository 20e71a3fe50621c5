/* Which rows publish which cells: a domain in a window of time, of a base that several measures may share. */
#include "surveys/publishing/disclosure_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- a row's cells ---- */

typedef struct {
    baro_disclosure *d;
    const baro_disclosed *output;
    const baro_behind_cross *cross;
    size_t cross_at, row; /* row: of the disclosure */
    baro_link link;       /* family, window and domain of the base */
    size_t n_sets;
    uint32_t answer;      /* set of those who gave the row's answer, where answers are sensitive */
    bool none;
} reader;

static baro_people *people_of(const reader *r)
{
    return &r->d->people[r->output->people];
}

/* The domain and one set more; two of one cluster are what they share. */
static void narrow(reader *r, uint32_t *sets, size_t *n, uint32_t set)
{
    baro_people *people = people_of(r);
    const baro_atom_set *next = &people->set[set];
    r->none = r->none || next->none;
    if (next->all)
        return;
    for (size_t i = 0; i < *n; i++) {
        const baro_atom_set *had = &people->set[sets[i]];
        if (had->cluster != next->cluster)
            continue;
        size_t atoms = people->cluster[had->cluster].atoms;
        unsigned char *in = BARO_ARRAY(r->d->arena, unsigned char, atoms + 1);
        for (size_t a = 0; in && a < atoms; a++)
            in[a] = had->in[a] && next->in[a];
        if (in)
            sets[i] = baro_people_keep_set(r->d, people, had->cluster, in);
        r->d->failed = r->d->failed || !in;
        r->none = r->none || people->set[sets[i]].none;
        return;
    }
    if (*n < BARO_CELL_SETS)
        sets[(*n)++] = set;
}

static size_t category_of(const baro_bound_group *group, const char *label)
{
    size_t c = 0;
    while (c < group->n && strcmp(group->label[c], label) != 0)
        c++;
    return c;
}

static uint32_t set_of(const reader *r, size_t variable, size_t category)
{
    return people_of(r)->variable[variable].set[category];
}

static int by_number(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static void add_link(reader *r, size_t slot, const uint32_t *sets, size_t n, double count, bool few, bool rest)
{
    baro_disclosure *d = r->d;
    baro_link *all = baro_disclosure_grow(d->arena, d->link, d->n_links, &d->room_links, sizeof *all);
    if (!all) {
        d->failed = true;
        return;
    }
    d->link = all;
    baro_link *link = &all[d->n_links++];
    *link = r->link;
    memset(link->set, 0xFF, sizeof link->set);
    memcpy(link->set, sets, n * sizeof *sets);
    qsort(link->set, n, sizeof *sets, by_number);
    link->n = count;
    link->row = r->row;
    link->slot = slot;
    link->few = few;
    link->rest = rest;
}

static bool is_sensitive(const baro_row *row)
{
    return row->measure->sensitive || (row->by && row->by->sensitive) || (row->by2 && row->by2->sensitive);
}

/* Those who gave the answer and the others, where answers are sensitive. */
static void add_answers(reader *r, const baro_row *row, double below)
{
    const baro_family *family = &r->d->family[r->link.family];
    if (!family->sensitive || isnan(row->positive))
        return;
    size_t outcome = 0;
    while (outcome + 1 < family->answers->outcomes && strcmp(r->cross->measure->outcome[outcome], row->level) != 0)
        outcome++;
    for (size_t others = 0; others < 2; others++) {
        uint32_t sets[BARO_CELL_SETS];
        size_t n = r->n_sets;
        double count = others ? row->base - row->positive : row->positive;
        memcpy(sets, r->link.set, sizeof sets);
        uint32_t set = baro_family_answers(r->d, family, outcome, others);
        if (set == BARO_NO_SET || r->d->people[family->people].set[set].all)
            continue;
        if (!others)
            r->answer = set;
        narrow(r, sets, &n, set);
        add_link(r, 1 + others, sets, n, count, is_sensitive(row) && count < below, false);
    }
}

/* All whose groups are known: their base and answers follow from the levels of two groups and their differences from the rest. */
static void add_rest(reader *r, const baro_row *row)
{
    uint32_t sets[BARO_CELL_SETS];
    size_t n = 0;
    const baro_disclosed *output = r->output;
    if (!row->compared || row->compared->kind != BARO_AGAINST_REST || isnan(row->difference))
        return;
    if (output->condition != SIZE_MAX)
        narrow(r, sets, &n, set_of(r, output->condition, output->category));
    const size_t variable[2] = {output->first[r->cross_at], output->second[r->cross_at]};
    for (size_t k = 0; k < 2; k++)
        if (variable[k] != SIZE_MAX)
            narrow(r, sets, &n, set_of(r, variable[k], people_of(r)->variable[variable[k]].n));
    add_link(r, BARO_REST_CELL, sets, n, row->base + row->against_base, false, true);
    if (r->answer != BARO_NO_SET) {
        narrow(r, sets, &n, r->answer);
        add_link(r, BARO_REST_CELL + 1, sets, n, row->positive + row->against_positive, false, true);
    }
}

static size_t find_category(const baro_bound_group *group, const baro_against *against)
{
    if (!group || (against->group && strcmp(against->group, group->group->id) != 0))
        return SIZE_MAX;
    size_t c = category_of(group, against->name);
    return c < group->n ? c : SIZE_MAX;
}

/* The cell that a difference is from, which gives it away: the total, another group, another window. */
static void add_other(reader *r, const baro_row *row)
{
    baro_disclosure *d = r->d;
    const baro_disclosed *output = r->output;
    const baro_against *against = row->compared;
    size_t at = r->cross_at, first = SIZE_MAX, second = SIZE_MAX, n = 0;
    baro_link other = {.family = r->link.family, .first = r->link.first, .last = r->link.last};
    if (!against || isnan(row->difference) || against->kind == BARO_AGAINST_REST)
        return;
    if (against->kind != BARO_AGAINST_TOTAL) {
        first = r->cross->first ? category_of(r->cross->first, row->group) : SIZE_MAX;
        second = r->cross->second ? category_of(r->cross->second, row->group2) : SIZE_MAX;
    }
    if (against->kind == BARO_AGAINST_GROUP) {
        size_t of_second = find_category(r->cross->second, against);
        if (of_second != SIZE_MAX)
            second = of_second;
        else
            first = find_category(r->cross->first, against);
    }
    if (against->kind >= BARO_AGAINST_PREVIOUS) {
        long by = (long)(row->against_period - row->period);
        other.first += by;
        other.last += by;
    }
    if (output->condition != SIZE_MAX)
        narrow(r, other.set, &n, set_of(r, output->condition, output->category));
    if (first != SIZE_MAX)
        narrow(r, other.set, &n, set_of(r, output->first[at], first));
    if (second != SIZE_MAX)
        narrow(r, other.set, &n, set_of(r, output->second[at], second));
    if (d->family[other.family].sensitive && r->answer != BARO_NO_SET)
        narrow(r, other.set, &n, r->answer);
    for (size_t i = n; i < BARO_CELL_SETS; i++)
        other.set[i] = BARO_NO_SET;
    qsort(other.set, n, sizeof *other.set, by_number);
    baro_link *all = baro_disclosure_grow(d->arena, d->other, d->n_others, &d->room_others, sizeof *all);
    if (!all) {
        d->failed = true;
        return;
    }
    d->other = all;
    all[d->n_others] = other;
    d->row[r->row].other = d->n_others++;
}

static void read_row(reader *r, const baro_row *row)
{
    const baro_disclosed *output = r->output;
    const baro_people *people = people_of(r);
    double below = output->results->survey->suppress_below;
    r->link = (baro_link){.family = output->family[r->cross_at], .first = 0, .last = (long)people->units - 1};
    if (row->has_period) {
        r->link.last = (long)(row->period - people->origin);
        r->link.first = r->link.last - (long)(row->window ? row->window : 1) + 1;
        r->link.first = r->link.first < 0 ? 0 : r->link.first;
    }
    r->n_sets = 0;
    r->none = false;
    r->answer = BARO_NO_SET;
    if (output->condition != SIZE_MAX)
        narrow(r, r->link.set, &r->n_sets, set_of(r, output->condition, output->category));
    if (r->cross->first)
        narrow(r, r->link.set, &r->n_sets, set_of(r, output->first[r->cross_at], category_of(r->cross->first, row->group)));
    if (r->cross->second)
        narrow(r, r->link.set, &r->n_sets, set_of(r, output->second[r->cross_at], category_of(r->cross->second, row->group2)));
    if (r->none && row->base == 0) { /* nobody can be in it: there is nothing to protect, but it is hidden as all small bases are */
        r->d->row[r->row].hidden = row->base < below ? BARO_HIDDEN_BASE : BARO_SHOWN;
        return;
    }
    add_link(r, 0, r->link.set, r->n_sets, row->base, row->base < below, false);
    add_answers(r, row, below);
    add_rest(r, row);
    add_other(r, row);
}

static void read_rows(baro_disclosure *d, const baro_disclosed *output)
{
    const baro_results *results = output->results;
    reader r = {.d = d, .output = output};
    for (size_t i = 0; i < results->n_rows && !d->failed; i++) {
        const baro_row *row = &results->rows[i];
        r.row = output->first_row + i;
        if ((row->marks & BARO_MARK_ABSENT) || isnan(row->base))
            continue;
        const baro_behind *behind = &results->behind;
        if (!r.cross || r.cross->measure->measure != row->measure || r.cross->table != row->table)
            for (r.cross_at = 0, r.cross = NULL; r.cross_at < behind->n && !r.cross; r.cross_at += !r.cross)
                if (behind->cross[r.cross_at].measure->measure == row->measure && behind->cross[r.cross_at].table == row->table)
                    r.cross = &behind->cross[r.cross_at];
        if (r.cross)
            read_row(&r, row);
    }
}

/* ---- cells ---- */

static int same_domain(const baro_link *a, const baro_link *b)
{
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    for (size_t i = 0; i < BARO_CELL_SETS; i++)
        if (a->set[i] != b->set[i])
            return a->set[i] < b->set[i] ? -1 : 1;
    return 0;
}

int baro_link_order(const baro_link *a, const baro_link *b)
{
    int domain = same_domain(a, b);
    if (domain)
        return domain;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

static int by_cell(const void *x, const void *y)
{
    const baro_link *a = x, *b = y;
    int cell = baro_link_order(a, b);
    if (cell)
        return cell;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->slot > b->slot) - (a->slot < b->slot);
}

static void begin_domain(baro_disclosure *d, const baro_link *link)
{
    baro_family *family = &d->family[link->family];
    const baro_people *people = &d->people[family->people];
    baro_domain *domain = &family->domain[family->n_domains++];
    *domain = (baro_domain){.first = d->n_cells};
    memcpy(domain->set, link->set, sizeof domain->set);
    while (domain->n_sets < BARO_CELL_SETS && domain->set[domain->n_sets] != BARO_NO_SET) {
        domain->mask |= 1ull << people->cluster[people->set[domain->set[domain->n_sets]].cluster].bit;
        domain->n_sets++;
    }
}

static void begin_cell(baro_disclosure *d, const baro_link *link, size_t at)
{
    baro_family *family = &d->family[link->family];
    d->cell[d->n_cells] = (baro_cell_of){.family = link->family,
                                         .domain = family->n_domains - 1,
                                         .first = link->first,
                                         .last = link->last,
                                         .n = link->n,
                                         .begin = at,
                                         .twin = d->n_cells};
    d->n_cells++;
    family->domain[family->n_domains - 1].n++;
}

static baro_status make_cells(baro_disclosure *d)
{
    if (d->n_links == 0)
        return BARO_OK;
    qsort(d->link, d->n_links, sizeof *d->link, by_cell);
    size_t *domains = BARO_ARRAY(d->arena, size_t, d->n_families + 1);
    d->cell = BARO_ARRAY(d->arena, baro_cell_of, d->n_links + 1);
    if (!domains || !d->cell)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < d->n_links; i++)
        domains[d->link[i].family] += i == 0 || same_domain(&d->link[i], &d->link[i - 1]) != 0;
    for (size_t f = 0; f < d->n_families; f++)
        if (!(d->family[f].domain = BARO_ARRAY(d->arena, baro_domain, domains[f] + 1)))
            return BARO_NO_MEMORY;
    for (size_t i = 0; i < d->n_links; i++) {
        const baro_link *link = &d->link[i];
        if (i == 0 || same_domain(link, link - 1) != 0)
            begin_domain(d, link);
        if (i == 0 || baro_link_order(link, link - 1) != 0)
            begin_cell(d, link, i);
        d->row[link->row].cell[link->slot] = (uint32_t)(d->n_cells - 1);
        d->cell[d->n_cells - 1].shown++;
        d->cell[d->n_cells - 1].end = i + 1;
    }
    return BARO_OK;
}

baro_status baro_disclosure_cells(baro_disclosure *d)
{
    for (size_t o = 0; o < d->n_outputs; o++) {
        d->output[o].first_row = d->n_rows;
        d->n_rows += d->output[o].results ? d->output[o].results->n_rows : 0;
    }
    d->row = BARO_ARRAY(d->arena, baro_row_of, d->n_rows + 1);
    if (!d->row)
        return BARO_NO_MEMORY;
    for (size_t o = 0; o < d->n_outputs; o++) {
        const baro_disclosed *output = &d->output[o];
        for (size_t i = 0; output->results && i < output->results->n_rows; i++) {
            baro_row_of *row = &d->row[output->first_row + i];
            *row = (baro_row_of){.row = &output->results->rows[i], .output = o, .other = SIZE_MAX};
            memset(row->cell, 0xFF, sizeof row->cell);
        }
        if (output->results && output->results->behind.n > 0 && !output->results->request->no_suppress)
            read_rows(d, output);
    }
    return d->failed ? BARO_NO_MEMORY : make_cells(d);
}

const baro_cell_of *baro_disclosure_find(const baro_disclosure *d, const baro_link *like)
{
    size_t low = 0, high = d->n_cells;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = baro_link_order(&d->link[d->cell[middle].begin], like);
        if (order == 0)
            return &d->cell[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
