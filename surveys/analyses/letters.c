#include "surveys/analyses/letters.h"
#include "stats/distribution.h"
#include <math.h>

static size_t lettered(const baro_cross_task *task)
{
    return task->groups < BARO_LETTERS ? task->groups : BARO_LETTERS;
}

size_t baro_letters_size(const baro_cross_task *task, size_t shown)
{
    const baro_request *request = task->run->request;
    size_t n = lettered(task);
    bool drawn = request->survey->sampling == BARO_SAMPLING_PROBABILITY || request->survey->model;
    if (task->measure->measure->statistic == BARO_STAT_QUANTILE)
        return 0; /* their differences have no test */
    return request->letters && drawn && task->first ? task->levels * shown * (n * (n - 1) / 2) : 0;
}

/* Where the rows of group d in the s-th window shown begin; s counts on through the windows of a group. */
static size_t row_of(const baro_cross_task *task, size_t j, size_t d, size_t s)
{
    size_t against = task->n_against ? task->n_against : 1,
           shown = task->n_rows / (task->levels * task->groups * against);
    return ((j * task->groups + d) * shown + s) * against;
}

static baro_cross_plan plan_of(baro_cross_work *work, size_t j, size_t t, size_t a, size_t b)
{
    uint32_t first = baro_cross_level(work, t, a, j), second = baro_cross_level(work, t, b, j);
    baro_cross_plan plan = {
        .level = baro_cross_form(work, first, t, a), .other = baro_cross_form(work, second, t, b), .other_window = t};
    plan.everyone = plan.level;
    plan.difference = baro_cross_form(work, baro_builder_plus(&work->builder, first, -1, second), t, a);
    return plan;
}

baro_status baro_letters_plan(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    const baro_windows *windows = task->run->windows;
    size_t at = 0, n = lettered(task);
    if (task->n_contrasts == 0)
        return BARO_OK;
    work->contrast = BARO_ARRAY(work->arena, baro_cross_plan, task->n_contrasts);
    if (!work->contrast)
        return BARO_NO_MEMORY;
    for (size_t j = 0; j < task->levels; j++)
        for (size_t t = 0, s = 0; t < windows->n; t++) {
            if (!windows->window[t].shown)
                continue;
            for (size_t a = 0; a < n; a++)
                for (size_t b = a + 1; b < n && !work->builder.failed; b++, at++) {
                    work->contrast[at] = plan_of(work, j, t, a, b);
                    task->contrasts[at] = (baro_contrast){.first = row_of(task, j, a, s),
                                                          .second = row_of(task, j, b, s),
                                                          .letter = {(unsigned char)a, (unsigned char)b},
                                                          .difference = NAN,
                                                          .p_value = NAN};
                }
            s++;
        }
    return work->builder.failed ? BARO_NO_MEMORY : BARO_OK;
}

void baro_letters_fill(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    for (size_t i = 0; i < task->n_contrasts; i++) {
        baro_contrast *contrast = &task->contrasts[i];
        const baro_row *first = &task->rows[contrast->first], *second = &task->rows[contrast->second];
        size_t form = work->contrast[i].difference;
        double se = sqrt(work->variance[form]), df = fmin(first->df, second->df);
        if (isnan(first->se) || isnan(second->se) || !(se > 0))
            continue; /* a level that is absent, or exactly 0 or 1, has no test */
        contrast->difference = work->value[work->form_node[form]];
        if (baro_p_value_t(contrast->difference / se, df, &contrast->p_value))
            contrast->p_value = NAN;
    }
}

void baro_letters_gather(const baro_cross_task *task, size_t level, size_t row, baro_results *results)
{
    size_t n = task->n_contrasts / task->levels, rows = task->n_rows / task->levels;
    for (size_t i = 0; i < n; i++) {
        baro_contrast *contrast = &results->contrasts[results->n_contrasts++];
        *contrast = task->contrasts[level * n + i];
        contrast->first += row - level * rows;
        contrast->second += row - level * rows;
    }
}

void baro_letters_note(baro_analysis *analysis, const baro_cross_task *task, size_t tasks)
{
    size_t most = 0;
    for (size_t i = 0; i < tasks; i++)
        if (task[i].n_contrasts > 0 && task[i].groups > most)
            most = task[i].groups;
    if (most > BARO_LETTERS)
        baro_analysis_note(
            analysis, baro_arena_format(
                          analysis->arena,
                          "Letters compare the first %d groups of a breakdown; the others, of up to %zu, have none.",
                          BARO_LETTERS, most));
}
