/* The domains that gaps are made of, as categories of one made group: what cells, ranks and df are counted by is then
 * as for any breakdown. */
#include "surveys/analyses/gap_work.h"
#include <string.h>

enum { PATTERNS_MOST = UINT16_MAX, MEMBERS_MOST = 1 << 27 };

typedef struct {
    const baro_bound_group *group[3]; /* first, second, factor; NULL: none */
    size_t patterns[3];
} axes;

static size_t patterns_of(const baro_bound_group *group)
{
    return group ? group->patterns : 1;
}

/* Whether a pattern of `group` belongs to category c; everything does without a group. */
static bool belongs(const baro_bound_group *group, size_t pattern, size_t c)
{
    return !group || (pattern > 0 && group->member[pattern * group->n + c]);
}

static bool is_in_group(const baro_gap_domains *d, const axes *x, const size_t at[3], size_t g)
{
    return belongs(x->group[0], at[0], g / d->second) && belongs(x->group[1], at[1], g % d->second);
}

static void mark_members(const baro_gap_domains *d, const axes *x, unsigned char *member)
{
    size_t n = d->bound.n, groups = d->groups, parts = d->parts;
    for (size_t p = 1; p < d->bound.patterns; p++) {
        const size_t at[3] = {(p - 1) / (x->patterns[1] * x->patterns[2]), (p - 1) / x->patterns[2] % x->patterns[1],
                              (p - 1) % x->patterns[2]};
        bool known = at[0] > 0 && (!x->group[1] || at[1] > 0);
        unsigned char *row = &member[p * n];
        for (size_t g = 0; g < groups; g++) {
            row[g] = is_in_group(d, x, at, g);
            row[groups + g] = known && !row[g];
        }
        for (size_t s = 0; s < parts; s++) {
            bool inside = belongs(x->group[2], at[2], s);
            row[baro_gap_inside(d, n, s)] = inside;
            for (size_t g = 0; g < 2 * groups && inside; g++)
                row[baro_gap_inside(d, g, s)] = row[g];
        }
    }
}

static uint16_t *combine(baro_arena *arena, const axes *x, size_t rows)
{
    uint16_t *pattern = BARO_ARRAY(arena, uint16_t, rows + 1);
    for (size_t row = 0; pattern && row < rows; row++) {
        size_t p = 0;
        for (size_t k = 0; k < 3; k++)
            p = p * x->patterns[k] + (x->group[k] ? x->group[k]->pattern[row] : 0);
        pattern[row] = (uint16_t)(p + 1);
    }
    return pattern;
}

static bool *lacking(baro_arena *arena, const axes *x, size_t sources)
{
    bool *lacks = BARO_ARRAY(arena, bool, sources + 1);
    for (size_t s = 0; lacks && s < sources; s++)
        for (size_t k = 0; k < 3; k++)
            lacks[s] = lacks[s] || (x->group[k] && x->group[k]->source_lacks[s]);
    return lacks;
}

baro_status baro_gap_domains_make(baro_analysis *analysis, const baro_bound_group *first,
                                  const baro_bound_group *second, const baro_bound_group *mix, baro_gap_domains *out)
{
    const baro_frame *frame = baro_binding_frame(analysis->binding);
    const axes x = {{first, second, mix}, {patterns_of(first), patterns_of(second), patterns_of(mix)}};
    *out = (baro_gap_domains){.second = second ? second->n : 1, .parts = mix ? mix->n : 0};
    out->groups = first->n * out->second;
    out->bound.group = first->group;
    out->bound.n = 2 * out->groups + out->parts + 2 * out->groups * out->parts;
    size_t most = PATTERNS_MOST - 1;
    if (x.patterns[0] > most / x.patterns[1] || x.patterns[0] * x.patterns[1] > most / x.patterns[2] ||
        out->bound.n > MEMBERS_MOST / (x.patterns[0] * x.patterns[1] * x.patterns[2] + 1))
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                              "the groups of '%s' by the categories of the mix are too many: choose fewer",
                              first->group->id);
    out->bound.patterns = x.patterns[0] * x.patterns[1] * x.patterns[2] + 1;
    unsigned char *member = BARO_ARRAY(analysis->arena, unsigned char, out->bound.patterns * out->bound.n + 1);
    out->bound.pattern = combine(analysis->arena, &x, baro_frame_rows(frame));
    out->bound.source_lacks = lacking(analysis->arena, &x, baro_frame_sources(frame));
    out->bound.member = member;
    if (!member || !out->bound.pattern || !out->bound.source_lacks)
        return baro_analysis_no_memory(analysis);
    mark_members(out, &x, member);
    return BARO_OK;
}

static size_t label_of(const baro_bound_group *group, const baro_against *against)
{
    if (!group || (against->group && strcmp(against->group, group->group->id) != 0))
        return SIZE_MAX;
    for (size_t c = 0; c < group->n; c++)
        if (strcmp(group->label[c], against->name) == 0)
            return c;
    return SIZE_MAX;
}

size_t baro_gap_other(const baro_gap_domains *domains, const baro_bound_group *first, const baro_bound_group *second,
                      const baro_against *against, size_t g)
{
    size_t n2 = domains->second, other = SIZE_MAX, c;
    if (against->kind == BARO_AGAINST_TOTAL)
        return domains->bound.n;
    if (against->kind == BARO_AGAINST_REST)
        return domains->groups + g;
    if (against->kind != BARO_AGAINST_GROUP)
        return SIZE_MAX;
    if ((c = label_of(second, against)) != SIZE_MAX) /* inside each of the first */
        other = g - g % n2 + c;
    else if ((c = label_of(first, against)) != SIZE_MAX)
        other = c * n2 + g % n2;
    return other == g ? SIZE_MAX : other;
}

size_t baro_gap_inside(const baro_gap_domains *domains, size_t d, size_t s)
{
    size_t first = 2 * domains->groups;
    return d == domains->bound.n ? first + s : first + domains->parts * (1 + d) + s;
}
