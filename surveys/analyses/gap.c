/* Gaps in time, and their splits, from respondent files: what is asked to tasks, one a measure and breakdown, to rows.
 */
#include "surveys/analyses/gap.h"
#include "surveys/analyses/gap_work.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_interviews read;
    baro_gaps *out;
    baro_gap_domains *domains; /* [breakdowns] */
    const baro_bound_group *mix;
    baro_gap_step *step;
    size_t n_steps;
    baro_gap_task *task; /* by measure, then breakdown */
    size_t n_tasks;
} plan;

static baro_status usage(baro_analysis *analysis, const char *what)
{
    return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "%s", what);
}

/* ---- windows ---- */

static size_t ending_at(const baro_windows *windows, baro_period period)
{
    for (size_t w = 0; w < windows->n; w++)
        if (baro_window_period(windows, w) == period)
            return w;
    return BARO_NO_WINDOW;
}

static baro_status no_window(baro_analysis *analysis, const baro_windows *windows, baro_period period)
{
    char wanted[32], first[32], last[32];
    baro_period_label(&analysis->results->calendar, period, wanted);
    baro_period_label(&analysis->results->calendar, windows->origin, first);
    baro_period_label(&analysis->results->calendar, windows->origin + (baro_period)windows->units - 1, last);
    return baro_fault_add(
        analysis->error, BARO_USAGE, (baro_where_it_is){0},
        "--change: no window of %zu ends with %s; the data hold %s to %s: choose other periods, or --rolling",
        windows->length, wanted, first, last);
}

/* Only the windows that are compared are computed: the two, or all between them. */
static baro_status keep_windows(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_windows *windows = &p->read.windows;
    const baro_gap_request *asked = &p->out->asked;
    size_t from = ending_at(windows, asked->from), to = ending_at(windows, asked->to), n = 0;
    if (from == BARO_NO_WINDOW || to == BARO_NO_WINDOW)
        return no_window(analysis, windows, from == BARO_NO_WINDOW ? asked->from : asked->to);
    for (size_t w = from; w <= to; w++)
        if (asked->each || w == from || w == to)
            windows->window[n++] = windows->window[w];
    windows->n = n;
    return BARO_OK;
}

static bool breaks_between(const baro_windows *windows, const baro_window *early, const baro_window *late)
{
    for (size_t i = 0; i < windows->n_breaks; i++)
        if (windows->break_unit[i] > early->first && windows->break_unit[i] <= late->last)
            return true;
    return false;
}

static baro_status plan_steps(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_windows *windows = &p->read.windows;
    if (p->out->asked.change && keep_windows(p))
        return BARO_USAGE;
    p->step = BARO_ARRAY(analysis->arena, baro_gap_step, windows->n + 1);
    if (!p->step)
        return baro_analysis_no_memory(analysis);
    bool any = false;
    for (size_t w = p->out->asked.change; w < windows->n; w++) {
        bool breaks = p->out->asked.change && breaks_between(windows, &windows->window[w - 1], &windows->window[w]);
        any = any || breaks;
        p->step[p->n_steps++] = (baro_gap_step){.from = p->out->asked.change ? w - 1 : BARO_NO_WINDOW,
                                                .to = w,
                                                .broken = breaks && !analysis->request->across_breaks,
                                                .marked = breaks || windows->window[w].broken};
    }
    if (any)
        baro_analysis_note(analysis, analysis->request->across_breaks
                                         ? "The series breaks between windows that are compared here, as asked for."
                                         : "The series breaks between windows, which are not compared; --across-breaks "
                                           "compares them.");
    return BARO_OK;
}

/* ---- the factor of a split ---- */

/* A split needs every interview in one category: those of unknown category leave the domain, of all numbers of a row.
 */
static baro_status bind_mix(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_status status = BARO_OK;
    if (!p->out->mix || (status = baro_bind_group(analysis->binding, p->out->mix, &p->mix)) != BARO_OK)
        return status;
    for (size_t pattern = 1; pattern < p->mix->patterns; pattern++) {
        size_t members = 0;
        for (size_t c = 0; c < p->mix->n; c++)
            members += p->mix->member[pattern * p->mix->n + c];
        if (members != 1)
            return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--mix %s: its categories overlap; a mix needs each interview in one",
                                  p->out->mix->id);
    }
    unsigned char *domain = BARO_ARRAY(analysis->arena, unsigned char, p->read.run.rows + 1);
    if (!domain)
        return baro_analysis_no_memory(analysis);
    for (size_t row = 0; row < p->read.run.rows; row++)
        domain[row] = p->mix->pattern[row] > 0 && (!p->read.run.domain || p->read.run.domain[row] == 1);
    p->read.run.domain = domain;
    return BARO_OK;
}

/* ---- tasks ---- */

static baro_status bind_task(plan *p, size_t measure, size_t table, baro_gap_task *task)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_request *request = analysis->request;
    baro_status status = baro_interviews_bind(&p->read, measure, table, &task->cross);
    const baro_against **against = BARO_ARRAY(analysis->arena, const baro_against *, request->n_against + 1);
    if (status)
        return status;
    if (!against)
        return baro_analysis_no_memory(analysis);
    task->first = task->cross.first;
    task->second = task->cross.second;
    task->mix = p->mix;
    task->domains = &p->domains[table];
    if (!task->domains->bound.n)
        status = baro_gap_domains_make(analysis, task->first, task->second, p->mix, &p->domains[table]);
    task->cross.first = &task->domains->bound;
    task->cross.second = NULL;
    task->step = p->step;
    task->n_steps = p->n_steps;
    for (size_t i = 0; i < request->n_against && status == BARO_OK; i++) {
        bool applies = false;
        for (size_t g = 0; g < task->domains->groups && !applies; g++)
            applies = baro_gap_other(task->domains, task->first, task->second, &request->against[i], g) != SIZE_MAX;
        if (applies)
            against[task->n_against++] = &request->against[i];
    }
    task->against = against;
    return status;
}

static baro_status plan_tasks(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    size_t tables = analysis->request->n_by, most = analysis->n_measures * tables;
    p->task = BARO_ARRAY(analysis->arena, baro_gap_task, most + 1);
    p->domains = BARO_ARRAY(analysis->arena, baro_gap_domains, tables + 1);
    if (!p->task || !p->domains)
        return baro_analysis_no_memory(analysis);
    for (; p->n_tasks < most; p->n_tasks++) {
        baro_gap_task *task = &p->task[p->n_tasks];
        baro_status status = bind_task(p, p->n_tasks / tables, p->n_tasks % tables, task);
        if (status)
            return status;
        baro_gap_size(task);
        task->rows = BARO_ARRAY(analysis->arena, baro_gap_row, task->n_rows + 1);
        if (!task->rows)
            return baro_analysis_no_memory(analysis);
    }
    return BARO_OK;
}

static baro_status check_against(plan *p)
{
    const baro_request *request = p->read.analysis->request;
    for (size_t i = 0; i < request->n_against; i++) {
        bool any = false;
        for (size_t t = 0; t < p->n_tasks; t++)
            for (size_t a = 0; a < p->task[t].n_against; a++)
                any = any || p->task[t].against[a] == &request->against[i];
        if (!any)
            return baro_fault_add(p->read.analysis->error, BARO_USAGE, (baro_where_it_is){0},
                                  "--against: no breakdown has a group '%s'", request->against[i].text);
    }
    return BARO_OK;
}

static baro_status compute(void *context, size_t index)
{
    plan *p = context;
    return baro_gap_compute(&p->task[index]);
}

static baro_status run_tasks(plan *p)
{
    const baro_cross_task *failed = NULL;
    baro_status status = baro_pool_run(p->read.analysis->pool, p->n_tasks, compute, p);
    for (size_t t = 0; t < p->n_tasks && !failed; t++)
        failed = p->task[t].cross.lonely != SIZE_MAX ? &p->task[t].cross : NULL;
    return status ? baro_interviews_failure(&p->read, failed, status) : BARO_OK;
}

/* ---- rows in order ---- */

/* Nobody was drawn at random: nothing is given that would look like uncertainty of a sample. */
static void erase_inference(baro_gap_row *row)
{
    for (size_t i = 0; i < BARO_GAP_PARTS; i++)
        row->part[i].se = row->part[i].lower = row->part[i].upper = NAN;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        row->side[s].se = row->side[s].df = NAN;
    row->df = row->p_value = NAN;
}

static baro_status gather(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    const baro_survey *survey = analysis->request->survey;
    size_t tables = analysis->request->n_by, n = 0;
    for (size_t t = 0; t < p->n_tasks; t++)
        n += p->task[t].n_rows;
    p->out->rows = BARO_ARRAY(analysis->arena, baro_gap_row, n + 1);
    if (!p->out->rows)
        return baro_analysis_no_memory(analysis);
    for (size_t first = 0; first < p->n_tasks; first += tables)
        for (size_t level = 0; level < p->task[first].cross.levels; level++)
            for (size_t t = first; t < first + tables; t++) {
                size_t rows = p->task[t].n_rows / p->task[t].cross.levels;
                for (size_t i = 0; i < rows; i++) {
                    baro_gap_row *row = &p->out->rows[p->out->n_rows++];
                    *row = p->task[t].rows[level * rows + i];
                    if (survey->sampling != BARO_SAMPLING_PROBABILITY && !survey->model)
                        erase_inference(row);
                }
            }
    p->out->run.has_periods = p->read.windows.has_periods;
    return BARO_OK;
}

static void add_notes(plan *p)
{
    baro_analysis *analysis = p->read.analysis;
    baro_interviews_notes(&p->read);
    if (p->mix && baro_survey_is_stated(analysis->request->survey))
        baro_analysis_note(analysis, "Mix and rates have no interval: a stated design factor says nothing of them.");
}

static baro_status answer_interviews(baro_analysis *analysis, baro_gaps *out)
{
    plan p = {.out = out};
    baro_status status = baro_interviews_open(analysis, &p.read);
    if (status == BARO_OK)
        status = plan_steps(&p);
    if (status == BARO_OK)
        status = bind_mix(&p);
    if (status == BARO_OK)
        status = plan_tasks(&p);
    if (status == BARO_OK)
        status = check_against(&p);
    if (status == BARO_OK)
        status = run_tasks(&p);
    if (status == BARO_OK)
        status = gather(&p);
    if (status == BARO_OK)
        add_notes(&p);
    return status;
}

static baro_status answer_gap(baro_analysis *analysis, void *context)
{
    baro_gaps *out = context;
    const baro_survey *survey = analysis->request->survey;
    if (analysis->request->n_by == 0)
        return usage(analysis, "a gap needs a breakdown; give --by");
    if (analysis->request->n_against == 0)
        return usage(analysis, "a gap needs something to be compared with; give --against");
    const char *mix = analysis->request->mix;
    out->mix = mix ? baro_survey_group(survey, mix) : NULL;
    if (mix && !out->mix)
        return baro_fault_add(analysis->error, BARO_USAGE, (baro_where_it_is){0}, "--mix: no group '%s' in this survey",
                              mix);
    if (out->mix && survey->is_series)
        return usage(analysis, "a published series has no respondents whose mix could be told");
    return survey->is_series ? baro_gap_of_series(analysis, out) : answer_interviews(analysis, out);
}

baro_status baro_gap(const baro_request *request, const baro_gap_request *asked, baro_pool *pool, baro_arena *arena,
                     baro_error *error, baro_gaps *out)
{
    baro_request *windows = BARO_NEW(arena, baro_request);
    *out = (baro_gaps){.asked = *asked};
    if (!windows)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    *windows = *request;
    if (asked->change) { /* all windows up to the later one; those that are not compared are dropped before any is
                            computed */
        windows->trend = true;
        windows->has_from = windows->all_periods = false;
        windows->has_to = true;
        windows->to = asked->to;
    }
    return baro_analysis_run(windows, answer_gap, out, pool, arena, error, &out->run);
}
