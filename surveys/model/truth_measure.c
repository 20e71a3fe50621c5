/* The measures of a truth file: levels, the cells that differ, who is asked. */
#include "surveys/model/truth_keys.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_drafter *d;
    const baro_survey *survey;
    const baro_truth *truth;
    baro_calendar calendar;
} measurer;

static size_t find_group(const measurer *m, const char *id)
{
    size_t i = 0;
    while (i < m->truth->n_groups && strcmp(m->truth->groups[i].name, id) != 0)
        i++;
    return i;
}

/* Which group and category a cell is of; false with a fault when there is none. */
static bool tie_cell(measurer *m, const baro_yaml *at, const baro_truth_cell_draft *draft, baro_truth_cell *out)
{
    out->group = out->category = SIZE_MAX;
    if (!draft->group != !draft->category) {
        baro_draft_fault(m->d, at, "a cell has both 'group' and 'category', or neither: it is then of everyone");
        return false;
    }
    if (!draft->group)
        return true;
    size_t g = find_group(m, draft->group), c = 0;
    if (g == m->truth->n_groups) {
        const char **names = baro_draft_array(m->d, g + 1, sizeof *names);
        for (size_t i = 0; names && i < g; i++)
            names[i] = m->truth->groups[i].name;
        baro_draft_fault(m->d, baro_draft_at(at, "group"), "group '%s' is not drawn%s", baro_draft_quote(m->d, draft->group),
                         names ? baro_draft_hint(m->d, draft->group, names, g) : "");
        return false;
    }
    const baro_truth_group *group = &m->truth->groups[g];
    while (c < group->n && strcmp(group->categories[c].label, draft->category) != 0)
        c++;
    if (c == group->n) {
        const char **labels = baro_draft_array(m->d, c + 1, sizeof *labels);
        for (size_t i = 0; labels && i < c; i++)
            labels[i] = group->categories[i].label;
        baro_draft_fault(m->d, baro_draft_at(at, "category"), "'%s' is not drawn in '%s'%s", baro_draft_quote(m->d, draft->category), group->name,
                         labels ? baro_draft_hint(m->d, draft->category, labels, c) : "");
        return false;
    }
    out->group = g;
    out->category = c;
    return true;
}

bool baro_truth_is_number(const baro_measure *measure)
{
    return !measure->scale && measure->multi.n == 0 && measure->statistic != BARO_STAT_PROPORTION && measure->statistic != BARO_STAT_DISTRIBUTION;
}

static void read_cell(measurer *m, const baro_yaml *at, const baro_measure *measure, baro_truth_cell *out)
{
    baro_truth_cell_draft draft = {0};
    baro_truth_keys_read(m->d, BARO_TRUTH_CELL, at, &draft);
    *out = (baro_truth_cell){.level = draft.level, .first = m->truth->first, .last = m->truth->last, .at = baro_draft_position(at)};
    if (!tie_cell(m, at, &draft, out))
        return;
    if (!baro_truth_is_number(measure) && (draft.level < 0 || draft.level > 1))
        baro_draft_fault(m->d, baro_draft_at(at, "level"), "a level is a share from 0 to 1, not %g", draft.level);
    out->timed = draft.from || draft.to;
    if (out->timed && !m->survey->has_period)
        baro_draft_fault(m->d, at, "the survey has no period for a cell to begin or end in");
    else if (out->timed) {
        baro_truth_period(m->d, &m->calendar, at, "from", draft.from, &out->first);
        baro_truth_period(m->d, &m->calendar, at, "to", draft.to, &out->last);
    } else if (out->group == SIZE_MAX)
        baro_draft_fault(m->d, at, "a cell of everyone needs 'from' or 'to'; the measure's own 'level' is for the rest");
    if (out->timed && out->last < out->first)
        baro_draft_fault(m->d, at, "'to' is before 'from'");
}

static void read_cells(measurer *m, const baro_yaml *at, baro_truth_measure *out)
{
    size_t n;
    const baro_yaml *const *item = baro_truth_records(m->d, at, "cells", &n);
    baro_truth_cell *cells = baro_draft_array(m->d, n + 1, sizeof *cells);
    for (size_t i = 0; cells && i < n; i++)
        if (item[i])
            read_cell(m, item[i], out->measure, &cells[i]);
    out->cells = cells;
    out->n_cells = cells ? n : 0;
}

bool baro_truth_is_list(const baro_measure *measure)
{
    bool positive = false;
    for (size_t i = 0; measure->scale && i < measure->scale->n_answers; i++)
        positive = positive || measure->scale->answers[i].role == BARO_ROLE_POSITIVE;
    return measure->multi.n > 0 || (measure->statistic == BARO_STAT_DISTRIBUTION && !positive);
}

static void read_answers(measurer *m, const baro_yaml *at, baro_truth_measure *out)
{
    size_t n;
    const baro_yaml *const *item = baro_truth_records(m->d, at, "answers", &n);
    baro_truth_answer *answers = baro_draft_array(m->d, n + 1, sizeof *answers);
    double sum = 0;
    for (size_t i = 0; answers && i < n; i++) {
        if (item[i])
            baro_truth_keys_read(m->d, BARO_TRUTH_ANSWER, item[i], &answers[i]);
        sum += answers[i].level;
    }
    if (n > 0 && !baro_truth_is_list(out->measure))
        baro_draft_fault(m->d, baro_draft_at(at, "answers"), "'answers' are for a multiple-response question, or one without a scale");
    else if (n > 0 && out->measure->multi.n == 0 && fabs(sum - 1) > 1e-9)
        baro_draft_fault(m->d, baro_draft_at(at, "answers"), "the shares of the answers add up to %g, not 1", sum);
    if (out->measure->multi.n > 0 && !out->measure->split && n > out->measure->multi.n)
        baro_draft_fault(m->d, baro_draft_at(at, "answers"), "%zu answers, and %zu columns to give them in", n, out->measure->multi.n);
    if (out->n_cells > 0 && baro_truth_is_list(out->measure))
        baro_draft_fault(m->d, baro_draft_at(at, "cells"), "levels of separate answers are the same for every group; leave 'cells' out");
    out->answers = n > 0 ? answers : out->answers;
    out->n_answers = n > 0 ? n : out->n_answers;
}

static void check_module(measurer *m, const baro_yaml *at, const baro_truth_measure *out)
{
    const baro_texts *modules = &m->truth->modules;
    for (size_t i = 0; out->module && i < modules->n; i++)
        if (strcmp(modules->item[i], out->module) == 0)
            return;
    if (out->module)
        baro_draft_fault(m->d, baro_draft_at(at, "module"), "no module '%s' in 'modules'%s", baro_draft_quote(m->d, out->module),
                         baro_draft_hint(m->d, out->module, modules->item, modules->n));
}

static void read_measure(measurer *m, const baro_yaml *at, baro_truth_measure *list, bool *seen)
{
    baro_truth_measure_draft named = {0};
    const baro_yaml *id = baro_draft_child(at, "id");
    const baro_measure *measure = id && id->kind == BARO_YAML_SCALAR ? baro_survey_measure(m->survey, id->text) : NULL;
    if (!measure) {
        const char **ids = baro_draft_array(m->d, m->survey->n_measures + 1, sizeof *ids);
        for (size_t i = 0; ids && i < m->survey->n_measures; i++)
            ids[i] = m->survey->measures[i].id;
        baro_draft_fault(m->d, baro_draft_at(at, "id"), "no measure '%s' in the survey%s", id && id->text ? baro_draft_quote(m->d, id->text) : "",
                         ids && id && id->text ? baro_draft_hint(m->d, id->text, ids, m->survey->n_measures) : "");
        return;
    }
    size_t i = (size_t)(measure - m->survey->measures);
    if (seen[i])
        baro_draft_fault(m->d, id, "measure '%s' is there twice", measure->id);
    seen[i] = true;
    named.is = list[i];
    named.is.at = baro_draft_position(at);
    baro_truth_keys_read(m->d, BARO_TRUTH_MEASURE, at, &named);
    if (!baro_truth_is_number(measure) && (named.is.level < 0 || named.is.level > 1))
        baro_draft_fault(m->d, baro_draft_at(at, "level"), "a level is a share from 0 to 1, not %g", named.is.level);
    if (named.is.dont_know + named.is.refused + named.is.blank >= 1)
        baro_draft_fault(m->d, at, "nobody is left who answers: don't know, refused and blank add up to %g", named.is.dont_know + named.is.refused + named.is.blank);
    if ((named.from || named.to) && !m->survey->has_period)
        baro_draft_fault(m->d, at, "the survey has no period for a measure to begin or end in");
    else {
        named.is.starts = baro_truth_period(m->d, &m->calendar, at, "from", named.from, &named.is.first);
        named.is.ends = baro_truth_period(m->d, &m->calendar, at, "to", named.to, &named.is.last);
    }
    check_module(m, at, &named.is);
    read_cells(m, at, &named.is);
    read_answers(m, at, &named.is);
    list[i] = named.is;
}

/* Answers of which nothing is said. */
static void default_answers(measurer *m, baro_truth_measure *out)
{
    const baro_scale *scale = out->measure->scale;
    size_t most = scale && scale->n_answers > 3 ? scale->n_answers : 3, n = 0;
    baro_truth_answer *list = baro_draft_array(m->d, most, sizeof *list);
    size_t room = out->measure->multi.n > 0 && !out->measure->split ? out->measure->multi.n : most; /* a column for each */
    if (!list || !baro_truth_is_list(out->measure))
        return;
    for (size_t i = 0; scale && i < scale->n_answers; i++)
        if (scale->answers[i].role <= BARO_ROLE_OTHER)
            list[n++].answer = scale->answers[i].label;
    static const char *const letters[] = {"A", "B", "C"};
    for (size_t i = 0; n == 0 && i < 3; i++)
        list[i].answer = letters[i];
    n = n == 0 ? 3 : n;
    n = n < room ? n : room;
    for (size_t i = 0; i < n; i++)
        list[i].level = 1.0 / (double)n;
    out->answers = list;
    out->n_answers = n;
}

void baro_truth_measures(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth *out)
{
    size_t n;
    measurer m = {d, survey, out, {.unit = survey->period_unit, .year_starts = survey->year_starts}};
    const baro_yaml *const *item = baro_truth_records(d, root, "measures", &n);
    baro_truth_measure *list = baro_draft_array(d, survey->n_measures + 1, sizeof *list);
    bool *seen = baro_draft_array(d, survey->n_measures + 1, sizeof *seen);
    if (!list || !seen || d->status == BARO_NO_MEMORY)
        return;
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *measure = &survey->measures[i];
        list[i] = (baro_truth_measure){.measure = measure, .level = baro_truth_is_number(measure) ? 50 : 0.5, .icc = out->icc, .sd = 10,
                                       .dont_know = out->dont_know, .refused = out->refused, .blank = out->blank};
        default_answers(&m, &list[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (item[i])
            read_measure(&m, item[i], list, seen);
    out->measures = list;
}
