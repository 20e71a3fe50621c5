/* What distinguishes the interviews of a base, and how many there are of each kind in each unit of time. */
#include "surveys/publishing/disclosure_parts.h"
#include <string.h>

static bool looks_at(const baro_people *people, const baro_family *family, uint64_t mask, size_t cluster)
{
    unsigned bit = people->cluster[cluster].bit;
    bool of_others = cluster != family->answer_cluster && bit == BARO_ANSWERS_BIT;
    return !of_others && (mask >> bit & 1) != 0;
}

static baro_status count(baro_disclosure *d, const baro_family *family, const uint32_t *number, baro_signatures *out)
{
    const baro_people *people = &d->people[family->people];
    size_t clusters = people->n_clusters;
    out->atom = BARO_ARRAY(d->arena, uint32_t, out->n * clusters + 1);
    out->count = BARO_ARRAY(d->arena, uint32_t, out->n * people->units + 1);
    if (!out->atom || !out->count)
        return BARO_NO_MEMORY;
    memset(out->atom, 0xFF, out->n * clusters * sizeof *out->atom);
    for (size_t row = 0; row < people->rows; row++) {
        if (!family->in[row])
            continue;
        size_t unit = people->unit ? (size_t)people->unit[row] : 0;
        out->count[number[row] * people->units + unit]++;
        for (size_t c = 0; c < clusters; c++)
            if (looks_at(people, family, out->mask, c))
                out->atom[number[row] * clusters + c] = people->cluster[c].atom[row];
    }
    return BARO_OK;
}

const baro_signatures *baro_family_signatures(baro_disclosure *d, baro_family *family, uint64_t mask)
{
    for (baro_signatures *s = family->signatures; s; s = s->next)
        if (s->mask == mask)
            return s;
    const baro_people *people = &d->people[family->people];
    baro_signatures *made = BARO_NEW(d->arena, baro_signatures);
    uint32_t *number = BARO_ARRAY(d->arena, uint32_t, people->rows + 1);
    if (!made || !number)
        return NULL;
    made->mask = mask;
    made->n = 1;
    for (size_t c = 0; c < people->n_clusters; c++)
        if (looks_at(people, family, mask, c) &&
            baro_people_refine(people->rows, family->in, number, &made->n, people->cluster[c].atom, people->cluster[c].atoms))
            return NULL;
    if (count(d, family, number, made))
        return NULL;
    made->next = family->signatures;
    family->signatures = made;
    return made;
}

size_t baro_signature_find(const baro_signatures *signatures, const uint32_t *atom, size_t clusters)
{
    size_t low = 0, high = signatures->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2, c = 0;
        const uint32_t *at = signatures->atom + middle * clusters;
        while (c < clusters && at[c] == atom[c])
            c++;
        if (c == clusters)
            return middle;
        if (at[c] < atom[c])
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

/* ---- which domains a change of one cluster can touch ---- */

static baro_status index_family(baro_disclosure *d, baro_family *family)
{
    const baro_people *people = &d->people[family->people];
    size_t clusters = people->n_clusters;
    uint64_t answers = family->answers ? 1ull << BARO_ANSWERS_BIT : 0; /* shares are published with bases */
    family->all_clusters = answers;
    family->by_cluster = BARO_ARRAY(d->arena, size_t *, clusters + 1);
    family->n_by_cluster = BARO_ARRAY(d->arena, size_t, clusters + 1);
    family->beside = BARO_ARRAY(d->arena, uint64_t, clusters + 1);
    if (!family->by_cluster || !family->n_by_cluster || !family->beside)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < clusters; c++) {
        if (!(family->by_cluster[c] = BARO_ARRAY(d->arena, size_t, family->n_domains + 1)))
            return BARO_NO_MEMORY;
        if (c == family->answer_cluster || people->cluster[c].bit != BARO_ANSWERS_BIT)
            family->beside[c] = 1ull << people->cluster[c].bit | answers;
    }
    for (size_t i = 0; i < family->n_domains; i++) {
        const baro_domain *domain = &family->domain[i];
        family->all_clusters |= domain->mask;
        for (size_t s = 0; s < domain->n_sets; s++) {
            size_t c = people->set[domain->set[s]].cluster;
            family->by_cluster[c][family->n_by_cluster[c]++] = i;
            family->beside[c] |= domain->mask;
        }
    }
    return BARO_OK;
}

baro_status baro_disclosure_index(baro_disclosure *d)
{
    baro_status status = BARO_OK;
    for (size_t f = 0; f < d->n_families && status == BARO_OK; f++)
        if (d->family[f].n_domains > 0)
            status = index_family(d, &d->family[f]);
    return status;
}
