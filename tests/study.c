#include "tests/study.h"
#include "io/base/pool.h"
#include "stats/distribution.h"
#include "surveys/analyses/result.h"
#include "surveys/analyses/simulate.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BREAKDOWNS_MOST = 64 };

static const double size_end[STUDY_SIZES] = {50, 100, 300, 1000, INFINITY};

const char *study_kind_name(study_kind kind)
{
    static const char *const names[STUDY_KINDS] = {"level", "distribution", "mean", "gap"};
    return names[kind];
}

const char *study_size_name(int size)
{
    static const char *const names[STUDY_SIZES] = {"10-49", "50-99", "100-299", "300-999", "1000+"};
    return names[size];
}

/* One seed: all that is read and made lives in the arena. */
typedef struct {
    study *s;
    const char *file;
    uint64_t seed;
    baro_arena *arena;
    baro_error *error;
    baro_survey survey;
    baro_truth truth;
    const baro_true_level *level;
    size_t n_levels;
    baro_results results;
} sample;

static const double *truth_of(const sample *m, const baro_measure *measure, const char *level, const baro_group *by, const char *group)
{
    for (size_t i = 0; i < m->n_levels; i++) {
        const baro_true_level *t = &m->level[i];
        if (t->measure == measure && t->by == by && strcmp(t->level, level) == 0 && strcmp(t->group, group) == 0)
            return &t->truth;
    }
    return NULL;
}

static study_kind kind_of(const baro_row *row)
{
    return row->statistic == BARO_STAT_DISTRIBUTION ? STUDY_DISTRIBUTION : row->statistic == BARO_STAT_PROPORTION ? STUDY_SHARE : STUDY_NUMBER;
}

static void count(study *s, study_kind kind, double base, double lower, double upper, double truth)
{
    int size = 0;
    while (base >= size_end[size])
        size++;
    bool covered = lower <= truth && truth <= upper;
    s->trials[kind][size]++;
    s->covered[kind][size] += covered;
    s->above[kind] += lower > truth;
    s->below[kind] += upper < truth;
}

static void count_row(const sample *m, const baro_row *row)
{
    const double *truth = truth_of(m, row->measure, row->level, row->by, row->group);
    const double *everyone = truth_of(m, row->measure, row->level, NULL, "");
    if (!truth || row->base < 10 || isnan(row->lower))
        return;
    count(m->s, kind_of(row), row->base, row->lower, row->upper, *truth);
    if (!row->by) {
        m->s->everyone_trials++;
        m->s->everyone_covered += row->lower <= *truth && *truth <= row->upper;
    } else if (everyone && !isnan(row->difference_lower))
        count(m->s, STUDY_GAP, row->base, row->difference_lower, row->difference_upper, *truth - *everyone);
}

static baro_status simulate(sample *m)
{
    baro_simulation_request request = {.survey = &m->survey, .truth = &m->truth, .seed = m->seed, .interviews = m->s->interviews};
    baro_simulation *simulation = NULL;
    baro_output *output = NULL;
    request.has_first = m->survey.has_period; /* the last window, as `table` shows it */
    request.first = m->truth.last - (baro_period)m->survey.rolling + 1;
    baro_status status = baro_simulation_new(&request, m->arena, m->error, &simulation);
    if (status == BARO_OK)
        status = baro_simulation_truth(simulation, false, &m->level, &m->n_levels);
    size_t kept = 0, periods = status == BARO_OK ? baro_simulation_periods(simulation) : 0;
    baro_true_level *levels = BARO_ARRAY(m->arena, baro_true_level, m->n_levels + 1);
    if (!levels)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->n_levels; i++)
        if (m->level[i].window == periods)
            levels[kept++] = m->level[i];
    m->level = levels;
    m->n_levels = kept;
    if (status == BARO_OK)
        status = baro_output_open(m->file, &output, m->error);
    if (status == BARO_OK)
        status = baro_simulation_write(simulation, 0, periods, 0, output);
    return status == BARO_OK ? baro_output_close(output, m->error) : status;
}

static baro_status tabulate(sample *m, baro_pool *pool)
{
    static const baro_against total = {.kind = BARO_AGAINST_TOTAL, .text = "total"};
    baro_breakdown by[BREAKDOWNS_MOST];
    baro_request *request = BARO_NEW(m->arena, baro_request);
    if (!request)
        return BARO_NO_MEMORY;
    *request = (baro_request){.survey = &m->survey, .data = &m->file, .n_data = 1, .by = by, .against = &total, .n_against = 1, .interval = m->survey.interval,
                              .confidence = m->survey.confidence, .df = NAN, .no_suppress = true};
    for (size_t i = 0; i < m->survey.n_groups && i < BREAKDOWNS_MOST; i++)
        by[request->n_by++] = (baro_breakdown){m->survey.groups[i].id, NULL};
    return baro_analyse(request, pool, m->arena, m->error, &m->results);
}

static bool run_seed(study *s, const char *file, uint64_t seed, baro_pool *pool)
{
    sample m = {.s = s, .file = file, .seed = seed, .arena = baro_arena_new(), .error = baro_error_new()};
    const char *path = m.arena && m.error ? baro_survey_find(s->survey, m.arena) : NULL;
    baro_status status = path ? baro_survey_read(path, m.arena, &m.survey, m.error) : BARO_NO_INPUT;
    if (status == BARO_OK && s->lonely >= 0)
        m.survey.lonely_psu = (baro_lonely_rule)s->lonely;
    if (status == BARO_OK)
        status = baro_truth_read(baro_truth_beside(path, m.arena), &m.survey, m.arena, &m.truth, m.error);
    if (status == BARO_OK)
        status = simulate(&m);
    if (status == BARO_OK)
        status = tabulate(&m, pool);
    for (size_t i = 0; status == BARO_OK && i < m.results.n_rows; i++)
        count_row(&m, &m.results.rows[i]);
    if (status && m.error)
        baro_error_print(m.error, false, stderr);
    baro_error_free(m.error);
    baro_arena_free(m.arena);
    return status == BARO_OK;
}

bool study_run(study *s)
{
    const char *parent = getenv("TMPDIR");
    char folder[128], file[160];
    snprintf(folder, sizeof folder, "%.100s/study-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(folder))
        return false;
    snprintf(file, sizeof file, "%s/data.csv", folder);
    baro_distribution_quiet();
    baro_pool *pool = baro_pool_new(0);
    bool good = pool;
    for (size_t i = 0; i < s->seeds && good; i++)
        good = run_seed(s, file, s->first_seed + i, pool);
    baro_pool_free(pool);
    unlink(file);
    rmdir(folder);
    return good;
}
