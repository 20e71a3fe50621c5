#include "surveys/analyses/relation_work.h"
#include <math.h>

enum { CELLS_MOST = 1200 }; /* of a table: its covariance has as many rows and columns */

static const char no_unit[] = "too few sampling units bear so many groups and answers";
static const char one_left[] = "only one group or one answer is left";
static const char too_many[] = "there are too many groups for one test";
static const char overlapping[] = "the groups overlap";
static const char no_total[] = "totals and quantiles are not tested, means are";

/* Whether an answer is one side of a table of two: given, or not. */
static bool has_two_sides(const baro_measure *measure)
{
    return measure->multi.n > 0 || measure->statistic == BARO_STAT_PROPORTION;
}

void baro_relation_size(baro_relation_task *task)
{
    const baro_bound_measure *bound = task->cross.measure;
    baro_cross_size(&task->cross);
    task->n_rows = bound->measure->multi.n > 0 && bound->outcomes > 0 ? bound->outcomes : 1;
}

/* ---- groups ---- */

static double interviews_in(const baro_relation_work *r, size_t cells)
{
    double n = 0;
    for (size_t i = 0; i < cells; i++)
        n += r->cross.totals.moments[r->cross.cell_list[i]].n;
    return n;
}

static baro_status choose_groups(baro_relation_work *r)
{
    baro_arena *arena = r->cross.arena;
    size_t groups = r->task->cross.groups;
    r->group = BARO_ARRAY(arena, size_t, groups + 1);
    r->group_cells = BARO_ARRAY(arena, size_t, groups + 1);
    unsigned char *taken = BARO_ARRAY(arena, unsigned char, r->cross.cross.cells + 1);
    if (!r->group || !r->group_cells || !taken)
        return BARO_NO_MEMORY;
    r->least_group = INFINITY;
    for (size_t d = 0; d < groups; d++) {
        size_t cells = baro_cross_cells(&r->cross, r->window, d);
        double n = interviews_in(r, cells);
        if (!(n > 0))
            continue;
        for (size_t i = 0; i < cells; i++) {
            uint32_t cell = r->cross.cell_list[i];
            r->overlap = r->overlap || (taken[cell] && r->cross.totals.moments[cell].n > 0);
            taken[cell] = 1;
        }
        r->group[r->groups] = d;
        r->group_cells[r->groups++] = cells;
        r->all_cells += cells;
        r->base += n;
        r->least_group = fmin(r->least_group, n);
    }
    return BARO_OK;
}

/* ---- nodes ---- */

static uint32_t sum_node(baro_relation_work *r, size_t cells, size_t column)
{
    size_t outcomes = r->cross.cross.outcomes;
    for (size_t i = 0; i < cells; i++)
        baro_builder_column(&r->cross.builder, r->cross.cell_list[i] * (outcomes + 1) + column);
    return baro_builder_sum(&r->cross.builder);
}

static uint32_t whole_node(baro_relation_work *r)
{
    baro_builder *builder = &r->cross.builder;
    size_t outcomes = r->cross.cross.outcomes;
    for (size_t g = 0; g < r->groups; g++) {
        size_t cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
        for (size_t i = 0; i < cells; i++)
            baro_builder_column(builder, r->cross.cell_list[i] * (outcomes + 1) + outcomes);
    }
    return baro_builder_sum(builder);
}

/* With the rule for single units inside a domain, the domain of every cell is that of the table. */
static uint32_t inside_whole(baro_relation_work *r, uint32_t node)
{
    return r->task->cross.run->design->inside ? baro_builder_plus(&r->cross.builder, node, 0, r->whole) : node;
}

/* Node of answer `side` of group g: an outcome's sum of weights, or with two sides what is left of the group's. */
static uint32_t answer_node(baro_relation_work *r, size_t g, size_t outcome, bool left)
{
    baro_builder *builder = &r->cross.builder;
    size_t cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
    uint32_t given = sum_node(r, cells, outcome);
    if (left)
        given = baro_builder_plus(builder, sum_node(r, cells, r->cross.cross.outcomes), -1, given);
    return inside_whole(r, given);
}

static uint32_t level_node(baro_relation_work *r, size_t g)
{
    baro_builder *builder = &r->cross.builder;
    size_t outcomes = r->cross.cross.outcomes, cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
    uint32_t weights = sum_node(r, cells, outcomes), sum = sum_node(r, cells, 0);
    if (baro_relates_of(r->task->cross.measure->measure) == BARO_RELATES_MEANS)
        return inside_whole(r, baro_builder_over(builder, sum, weights));
    return inside_whole(r,
                        baro_builder_over(builder, baro_builder_plus(builder, sum, 0, weights), sum_node(r, cells, 1)));
}

/* ---- the tests ---- */

/* Interviews of group g behind an outcome. */
static double hits_of(baro_relation_work *r, size_t g, size_t outcome)
{
    size_t outcomes = r->cross.cross.outcomes, cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
    double hits = 0;
    for (size_t i = 0; i < cells; i++)
        hits += r->cross.totals.hits[r->cross.cell_list[i] * outcomes + outcome];
    return hits;
}

/* Answers of the table that somebody gave: outcomes of a distribution, or one outcome and its other side; and the
 * smallest cell. */
static size_t choose_answers(baro_relation_work *r, size_t outcome, size_t *answer, double *least)
{
    size_t n = 0, outcomes = r->cross.cross.outcomes;
    bool sides = has_two_sides(r->task->cross.measure->measure);
    *least = INFINITY;
    for (size_t a = 0; a < (sides ? 2 : outcomes); a++) {
        double all = 0;
        for (size_t g = 0; g < r->groups; g++) {
            size_t cells = baro_cross_cells(&r->cross, r->window, r->group[g]);
            double hits = hits_of(r, g, sides ? outcome : a),
                   in = sides && a == 1 ? interviews_in(r, cells) - hits : hits;
            all += in;
            *least = fmin(*least, in);
        }
        if (all > 0)
            answer[n++] = a;
    }
    return n;
}

static void keep(baro_relation *row, const baro_relation_work *r, baro_status status, const baro_f_test *test)
{
    row->df = r->df;
    if (status) {
        row->why = no_unit;
        return;
    }
    row->statistic = test->statistic;
    row->ndf = test->df1;
    row->ddf = test->df2;
    row->p_value = test->p;
}

static baro_status test_answers(baro_relation_work *r, size_t outcome, baro_relation *row)
{
    baro_arena *arena = r->cross.arena;
    bool sides = has_two_sides(row->measure);
    size_t *answer = BARO_ARRAY(arena, size_t, r->cross.cross.outcomes + 2);
    size_t rows = answer ? choose_answers(r, outcome, answer, &row->least_answer) : 0, n = rows * r->groups;
    row->why = r->groups < 2 || rows < 2 ? one_left : n > CELLS_MOST ? too_many : NULL;
    if (!answer || row->why)
        return answer ? BARO_OK : BARO_NO_MEMORY;
    double *total = BARO_ARRAY(arena, double, n),
           *scratch = BARO_ARRAY(arena, double, baro_two_way_room(rows, r->groups));
    r->node = BARO_ARRAY(arena, uint32_t, n);
    if (!total || !scratch || !r->node)
        return BARO_NO_MEMORY;
    for (size_t a = 0; a < rows; a++)
        for (size_t g = 0; g < r->groups; g++)
            r->node[a * r->groups + g] = answer_node(r, g, sides ? outcome : answer[a], sides && answer[a] == 1);
    baro_status status = baro_relation_measure(r, n, total);
    if (status)
        return status;
    for (size_t i = 0; i < n; i++)
        total[i] = fmax(total[i], 0); /* what is left of a group whose every answer is the other: 0 but for rounding */
    const baro_two_way table = {rows, r->groups, total, r->covariance, r->base, r->df};
    baro_f_test test = {0};
    keep(row, r, baro_two_way_independence(r->task->test, &table, scratch, &test), &test);
    return BARO_OK;
}

static baro_status test_levels(baro_relation_work *r, baro_relation *row)
{
    baro_arena *arena = r->cross.arena;
    size_t n = r->groups;
    row->why = n < 2 ? one_left : n > CELLS_MOST ? too_many : NULL;
    if (row->why)
        return BARO_OK;
    double *level = BARO_ARRAY(arena, double, n), *scratch = BARO_ARRAY(arena, double, baro_equal_room(n));
    r->node = BARO_ARRAY(arena, uint32_t, n);
    if (!level || !scratch || !r->node)
        return BARO_NO_MEMORY;
    for (size_t g = 0; g < n; g++)
        r->node[g] = level_node(r, g);
    baro_status status = baro_relation_measure(r, n, level);
    if (status)
        return status;
    baro_f_test test = {0};
    keep(row, r, baro_all_equal(level, r->covariance, n, r->df, row->adjusted, scratch, &test), &test);
    return BARO_OK;
}

/* ---- rows ---- */

static baro_relation blank_row(const baro_relation_work *r, size_t i)
{
    const baro_cross_task *cross = &r->task->cross;
    const baro_windows *windows = cross->run->windows;
    const baro_window *window = &windows->window[r->window];
    const baro_measure *measure = cross->measure->measure;
    baro_relation row = {.measure = measure,
                         .level =
                             measure->multi.n > 0 && i < cross->measure->outcomes ? cross->measure->outcome[i] : "",
                         .by = cross->first->group,
                         .by2 = cross->second ? cross->second->group : NULL,
                         .period_label = window->label,
                         .period_words = window->words,
                         .has_period = windows->has_periods,
                         .table = cross->table,
                         .relates = baro_relates_of(measure),
                         .base = NAN,
                         .df = NAN,
                         .statistic = NAN,
                         .ndf = NAN,
                         .ddf = NAN,
                         .p_value = NAN,
                         .p_adjusted = NAN,
                         .least_group = NAN,
                         .least_answer = NAN};
    row.adjusted = r->task->test == BARO_TEST_WALD_ADJUSTED ||
                   (row.relates != BARO_RELATES_ANSWERS && r->task->test != BARO_TEST_WALD);
    if (windows->has_periods) {
        row.period = baro_window_period(windows, r->window);
        row.window = windows->length;
        row.marks = window->broken ? BARO_MARK_BREAK : 0;
    }
    return row;
}

static baro_status fill_row(baro_relation_work *r, size_t i)
{
    baro_relation *row = &r->task->rows[i];
    *row = blank_row(r, i);
    if (row->relates == BARO_RELATES_ANSWERS && row->measure->multi.n > 0 ? baro_cross_level_lacks(&r->cross, r->window, i)
                                                                          : baro_cross_lacks(&r->cross, r->window)) {
        row->marks |= BARO_MARK_ABSENT;
        return BARO_OK;
    }
    row->base = r->base;
    row->least_group = r->groups ? r->least_group : 0;
    row->why = row->relates == BARO_RELATES_NOTHING ? no_total : r->overlap ? overlapping : NULL;
    baro_status status = BARO_OK;
    if (!row->why)
        status = row->relates == BARO_RELATES_ANSWERS ? test_answers(r, i, row) : test_levels(r, row);
    if (row->why)
        row->marks |= BARO_MARK_ABSENT;
    return status;
}

baro_status baro_relation_compute(baro_relation_task *task)
{
    baro_relation_work r = {.task = task};
    r.cross = (baro_cross_work){.task = &task->cross, .arena = baro_arena_new(), .domains = 2 * task->cross.groups + 2};
    r.cross.builder.arena = r.cross.arena;
    while (!task->cross.run->windows->window[r.window].shown)
        r.window++;
    baro_status status = r.cross.arena ? baro_cross_assign(&r.cross) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_cross_sum(&r.cross);
    if (status == BARO_OK)
        status = choose_groups(&r);
    if (status == BARO_OK)
        r.whole = whole_node(&r);
    for (size_t i = 0; i < task->n_rows && status == BARO_OK; i++)
        status = fill_row(&r, i);
    baro_arena_free(r.cross.arena);
    return status;
}
