/* Disclosure control: what is published together is added, decided on once, and erased. */
#include "surveys/publishing/disclosure_parts.h"
#include "surveys/publishing/gap_sheet.h"
#include <math.h>
#include <string.h>

baro_disclosure *baro_disclosure_new(void)
{
    baro_arena *arena = baro_arena_new();
    baro_disclosure *made = arena ? BARO_NEW(arena, baro_disclosure) : NULL;
    if (!made) {
        baro_arena_free(arena);
        return NULL;
    }
    *made = (baro_disclosure){.arena = arena};
    return made;
}

void baro_disclosure_free(baro_disclosure *disclosure)
{
    if (disclosure)
        baro_arena_free(disclosure->arena);
}

static baro_status add(baro_disclosure *d, baro_disclosed output)
{
    baro_disclosed *all = baro_disclosure_grow(d->arena, d->output, d->n_outputs, &d->room_outputs, sizeof *all);
    if (!all)
        return BARO_NO_MEMORY;
    d->output = all;
    output.condition = output.category = SIZE_MAX;
    all[d->n_outputs++] = output;
    return BARO_OK;
}

baro_status baro_disclosure_add(baro_disclosure *d, baro_results *results, const char *name)
{
    d->below = fmax(d->below, results->survey->suppress_below);
    return add(d, (baro_disclosed){.results = results, .name = name});
}

baro_status baro_disclosure_add_gaps(baro_disclosure *d, baro_gaps *gaps, const char *name)
{
    d->below = fmax(d->below, gaps->run.survey->suppress_below);
    return add(d, (baro_disclosed){.gaps = gaps, .name = name});
}

/* ---- gaps: hidden where a level behind them is ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *id_of(const baro_group *group)
{
    return group ? group->id : "";
}

/* Whether a level is one that a row publishes: by name, because gaps read the data anew. */
static bool is_row(const baro_row *row, const baro_gap_row *gap, bool of_group, baro_period period)
{
    bool of_total = !of_group && strcmp(gap->against, "total") == 0;
    bool first = of_total || (strcmp(id_of(row->by), id_of(gap->by)) == 0 && strcmp(row->group, of_group ? gap->group : gap->against) == 0);
    bool second = of_total || strcmp(row->group2, gap->group2) == 0;
    if (!of_group && !of_total && gap->by2 && !first) { /* a reference of the second group, inside each of the first */
        first = strcmp(row->group, gap->group) == 0 && strcmp(id_of(row->by), id_of(gap->by)) == 0;
        second = strcmp(row->group2, gap->against) == 0;
    }
    bool when = !gap->has_period || (row->has_period && row->period == period && row->window == gap->window);
    return when && first && second && (!of_total || !row->by) && strcmp(row->measure->id, gap->measure->id) == 0 &&
           same_text(row->level, gap->level);
}

static bool rests_on_hidden(const baro_disclosure *d, const baro_gaps *gaps, const baro_gap_row *gap)
{
    for (size_t i = 0; i < d->n_rows; i++) {
        const baro_row_of *row = &d->row[i];
        if (row->hidden == BARO_SHOWN || !same_text(d->output[row->output].results->request->where, gaps->run.request->where))
            continue;
        if (is_row(row->row, gap, true, gap->to) || is_row(row->row, gap, false, gap->to) ||
            (gap->change && (is_row(row->row, gap, true, gap->from) || is_row(row->row, gap, false, gap->from))))
            return true;
    }
    return false;
}

void baro_disclosure_hide_gaps(const baro_disclosure *d, baro_gaps *gaps)
{
    for (size_t i = 0; i < gaps->n_rows; i++)
        if (!(gaps->rows[i].marks & BARO_MARK_ABSENT))
            baro_gap_suppress(gaps, &gaps->rows[i], rests_on_hidden(d, gaps, &gaps->rows[i]));
}

/* ---- results ---- */

static bool other_is_hidden(const baro_disclosure *d, const baro_row_of *row)
{
    if (row->rest_hidden)
        return true;
    if (row->other == SIZE_MAX)
        return false;
    const baro_cell_of *other = baro_disclosure_find(d, &d->other[row->other]);
    return other && other->shown == 0;
}

static void apply(const baro_disclosure *d, const baro_disclosed *output)
{
    baro_results *results = output->results;
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row_of *row = &d->row[output->first_row + i];
        baro_row_suppress(results, row->row, row->hidden != BARO_SHOWN, other_is_hidden(d, row));
    }
}

static baro_status decide(baro_disclosure *d)
{
    baro_status status = baro_disclosure_people(d);
    if (status == BARO_OK)
        status = baro_disclosure_clusters(d);
    if (status == BARO_OK)
        status = baro_disclosure_cells(d);
    if (status == BARO_OK)
        status = baro_disclosure_twins(d);
    if (status == BARO_OK)
        status = baro_disclosure_index(d);
    return status ? status : baro_disclosure_decide(d);
}

baro_status baro_disclosure_solve(baro_disclosure *d)
{
    baro_status status = decide(d);
    for (size_t o = 0; o < d->n_outputs && status == BARO_OK; o++)
        if (d->output[o].gaps)
            baro_disclosure_hide_gaps(d, d->output[o].gaps); /* they look at rows that are still there */
    for (size_t o = 0; o < d->n_outputs && status == BARO_OK; o++)
        if (d->output[o].results)
            apply(d, &d->output[o]);
    return status;
}
