/* Duplicates and mirror images among contrasts: the same question is looked at once. */
#include "surveys/publishing/findings_parts.h"
#include <math.h>
#include <stdlib.h>

enum { SIDES = 4 };

/* The levels that a difference is made of: its own, then those it is compared with. */
static void levels_of(const baro_finding *finding, double out[SIDES])
{
    const baro_row *row = finding->row;
    for (size_t i = 0; i < SIDES; i++)
        out[i] = 0;
    if (row) {
        out[0] = row->estimate;
        out[1] = finding->kind == BARO_FINDING_TARGET ? row->measure->target : row->against_estimate;
        return;
    }
    static const baro_gap_side side[SIDES] = {BARO_GAP_GROUP_TO, BARO_GAP_AGAINST_TO, BARO_GAP_GROUP_FROM, BARO_GAP_AGAINST_FROM};
    for (size_t i = 0; i < SIDES; i++)
        out[i] = finding->gap->side[side[i]].estimate;
}

static bool close(double a, double b, double scale)
{
    return fabs(a - b) <= 1e-9 * scale;
}

static bool same_levels(const double a[SIDES], const double b[SIDES], bool mirrored, double scale)
{
    for (size_t i = 0; i < SIDES; i++)
        if (!close(a[i], b[mirrored ? i ^ 1 : i], scale))
            return false;
    return true;
}

/* 1: the same difference, -1: its mirror image, 0: another. */
static int likeness(const baro_finding *a, const baro_finding *b)
{
    double first[SIDES], second[SIDES];
    if (a->kind != b->kind || a->spread || !close(a->se, b->se, a->se))
        return 0;
    levels_of(a, first);
    levels_of(b, second);
    double scale = a->se + fabs(a->difference);
    if (close(a->difference, b->difference, scale) && same_levels(first, second, false, scale))
        return 1;
    return close(a->difference, -b->difference, scale) && same_levels(first, second, true, scale) ? -1 : 0;
}

static int by_se(const void *x, const void *y)
{
    const baro_finding *const *a = x, *const *b = y;
    if ((*a)->se != (*b)->se)
        return (*a)->se < (*b)->se ? -1 : 1;
    return ((*a)->number > (*b)->number) - ((*a)->number < (*b)->number);
}

static const char *group_of(const baro_finding *finding)
{
    return finding->row ? finding->row->group : finding->gap->group;
}

static const baro_group *by_of(const baro_finding *finding)
{
    return finding->row ? finding->row->by : finding->gap->by;
}

/* Of what is alike the first collected is kept; of a mirror image it learns who "the rest" is. */
static void drop_other(baro_finding *a, baro_finding *b, int alike, bool *dropped)
{
    baro_finding *kept = a->number < b->number ? a : b, *other = kept == a ? b : a;
    bool same_question = kept->row ? other->row->measure == kept->row->measure : other->gap->measure == kept->gap->measure;
    const baro_group *by2 = kept->row ? kept->row->by2 : kept->gap->by2;
    dropped[other->number] = true;
    if (alike < 0 && same_question && !by2 && by_of(kept) == by_of(other) && !kept->other)
        kept->other = group_of(other);
}

baro_status baro_findings_drop_alike(baro_findings_collection *c)
{
    baro_finding **order = BARO_ARRAY(c->arena, baro_finding *, c->n + 1);
    bool *dropped = BARO_ARRAY(c->arena, bool, c->n + 1);
    size_t kept = 0;
    if (!order || !dropped)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < c->n; i++)
        order[i] = &c->item[i];
    qsort(order, c->n, sizeof *order, by_se);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = i + 1; k < c->n && close(order[i]->se, order[k]->se, order[i]->se); k++) {
            int alike = dropped[order[i]->number] || dropped[order[k]->number] ? 0 : likeness(order[i], order[k]);
            if (alike)
                drop_other(order[i], order[k], alike, dropped);
        }
    for (size_t i = 0; i < c->n; i++)
        if (!dropped[i]) {
            c->item[kept] = c->item[i];
            c->family[kept++] = c->family[i];
        }
    c->n = kept;
    return BARO_OK;
}
