/* Tests of relations: one task a measure and breakdown, rows in the order of the contract. */
#include "surveys/analyses/related.h"
#include "surveys/analyses/interviews.h"
#include "surveys/analyses/relation.h"
#include <math.h>

typedef struct {
    baro_interviews read;
    baro_relations *out;
    baro_relation_task *task; /* by measure, then breakdown */
    size_t n_tasks;
} plan;

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    size_t tables = analysis->request->n_by, most = analysis->n_measures * tables;
    p->task = BARO_ARRAY(analysis->arena, baro_relation_task, most + 1);
    if (!p->task)
        return baro_analysis_no_memory(analysis);
    for (; p->n_tasks < most; p->n_tasks++) {
        baro_relation_task *task = &p->task[p->n_tasks];
        task->test = p->out->test;
        baro_status status = baro_interviews_bind(&p->read, p->n_tasks / tables, p->n_tasks % tables, &task->cross);
        if (status)
            return status;
        baro_relation_size(task);
        task->rows = BARO_ARRAY(analysis->arena, baro_relation, task->n_rows);
        if (!task->rows)
            return baro_analysis_no_memory(analysis);
    }
    return BARO_OK;
}

static baro_status compute(void *context, size_t index)
{
    plan *p = context;
    return baro_relation_compute(&p->task[index]);
}

/* Nobody was drawn at random: there is nothing to test. */
static void erase_test(baro_relation *row)
{
    row->df = row->statistic = row->ndf = row->ddf = row->p_value = NAN;
    row->marks |= BARO_MARK_ABSENT;
    row->why = NULL; /* the notes say it of all */
}

static baro_status gather(plan *p)
{
    const baro_analysis *analysis = p->read.analysis;
    const baro_survey *survey = analysis->request->survey;
    size_t tables = analysis->request->n_by, n = 0;
    for (size_t t = 0; t < p->n_tasks; t++)
        n += p->task[t].n_rows;
    p->out->rows = BARO_ARRAY(analysis->arena, baro_relation, n + 1);
    if (!p->out->rows)
        return baro_analysis_no_memory(p->read.analysis);
    for (size_t first = 0; first < p->n_tasks; first += tables)
        for (size_t level = 0; level < p->task[first].n_rows; level++)
            for (size_t b = 0; b < tables; b++) {
                baro_relation *row = &p->out->rows[p->out->n_rows++];
                *row = p->task[first + b].rows[level];
                if (survey->sampling != BARO_SAMPLING_PROBABILITY && !survey->model)
                    erase_test(row);
            }
    return BARO_OK;
}

static baro_status answer_related(baro_analysis *analysis, void *context)
{
    plan p = {.out = context};
    if (analysis->request->survey->is_series)
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                              "a published series cannot be tested: test needs interviews");
    if (analysis->request->n_by == 0)
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "test needs a breakdown; give --by");
    baro_status status = baro_interviews_open(analysis, &p.read);
    if (status == BARO_OK)
        status = plan_tasks(&p);
    if (status == BARO_OK && (status = baro_pool_run(analysis->pool, p.n_tasks, compute, &p)) != BARO_OK)
        status = baro_fault_add(analysis->error, status, (baro_where_it_is){0}, "%s", baro_status_sentence(status));
    if (status == BARO_OK)
        status = gather(&p);
    if (status == BARO_OK)
        baro_interviews_notes(&p.read);
    return status;
}

baro_status baro_relate(const baro_request *request, baro_two_way_test test, baro_pool *pool, baro_arena *arena,
                        baro_error *error, baro_relations *out)
{
    *out = (baro_relations){.test = test};
    return baro_analysis_run(request, answer_related, out, pool, arena, error, &out->run);
}
