/* What is true: every level as a sum over shares, by group, two groups and window. */
#include "surveys/analyses/simulate_work.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A category of a group of the survey, as categories of a group that is drawn. */
typedef struct {
    const baro_group *group; /* NULL: everyone */
    const char *label;
    size_t drawn;            /* SIZE_MAX: everyone */
    const bool *in;          /* [categories of the drawn group] */
} part;

typedef struct {
    baro_simulation *s;
    part *part;
    size_t n, room;
    baro_true_level *level;
    size_t n_levels, levels_room;
} teller;

/* ---- the categories ---- */

static baro_status add_part(teller *t, part one)
{
    if (t->n == t->room) {
        size_t room = 2 * t->room + 32;
        part *more = BARO_ARRAY(t->s->arena, part, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (t->n > 0)
            memcpy(more, t->part, t->n * sizeof *more);
        t->part = more;
        t->room = room;
    }
    t->part[t->n++] = one;
    return BARO_OK;
}

static size_t drawn_as(const baro_truth *truth, const char *id)
{
    for (size_t g = 0; g < truth->n_groups; g++)
        if (truth->groups[g].group && strcmp(truth->groups[g].group->id, id) == 0)
            return g;
    return SIZE_MAX;
}

static baro_status add_drawn(teller *t, size_t g)
{
    const baro_truth_group *group = &t->s->truth->groups[g];
    baro_status status = BARO_OK;
    for (size_t c = 0; c < group->n && status == BARO_OK; c++) {
        bool *in = BARO_ARRAY(t->s->arena, bool, group->n);
        if (!in)
            return BARO_NO_MEMORY;
        in[c] = true;
        status = add_part(t, (part){group->group, group->categories[c].label, g, in});
    }
    return status;
}

/* A derived group of which every category hangs on one group that is drawn. */
static baro_status add_derived(teller *t, const baro_group *group)
{
    const baro_truth *truth = t->s->truth;
    size_t *kind = BARO_ARRAY(t->s->arena, size_t, truth->n_groups + 1);
    baro_status status = kind ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < group->n_categories && status == BARO_OK; i++) {
        baro_simulated_where where;
        baro_error *quiet = t->s->error;
        size_t g = SIZE_MAX, named = 0;
        t->s->error = NULL; /* what cannot be drawn has no truth, and that is no fault */
        status = baro_simulated_condition(t->s, group->categories[i].where, group->categories[i].at, &where);
        t->s->error = quiet;
        if (status == BARO_NO_MEMORY)
            return status;
        for (size_t k = 0; status == BARO_OK && k < truth->n_groups; k++)
            if (where.names[k]) {
                g = k;
                named++;
            }
        if (status || named != 1 || where.names_measure)
            return BARO_OK;
        bool *in = BARO_ARRAY(t->s->arena, bool, truth->groups[g].n);
        for (kind[g] = 0; in && kind[g] < truth->groups[g].n; kind[g]++)
            in[kind[g]] = baro_simulated_holds(&where, &(baro_simulated_person){t->s, kind, NULL, NULL});
        status = in ? add_part(t, (part){group, group->categories[i].label, g, in}) : BARO_NO_MEMORY;
    }
    return status;
}

/* A group made of the labels of one that is drawn. */
static baro_status add_of(teller *t, const baro_group *group)
{
    size_t g = drawn_as(t->s->truth, group->of);
    for (size_t i = 0; g != SIZE_MAX && i < group->n_categories; i++) {
        const baro_truth_group *drawn = &t->s->truth->groups[g];
        bool *in = BARO_ARRAY(t->s->arena, bool, drawn->n);
        for (size_t c = 0; in && c < drawn->n; c++)
            for (size_t k = 0; k < group->categories[i].codes.n; k++)
                in[c] = in[c] || strcmp(group->categories[i].codes.item[k], drawn->categories[c].label) == 0;
        baro_status status = in ? add_part(t, (part){group, group->categories[i].label, g, in}) : BARO_NO_MEMORY;
        if (status)
            return status;
    }
    return BARO_OK;
}

static baro_status add_parts(teller *t)
{
    const baro_survey *survey = t->s->survey;
    baro_status status = add_part(t, (part){NULL, "", SIZE_MAX, NULL});
    for (size_t i = 0; i < survey->n_groups && status == BARO_OK; i++) {
        const baro_group *group = &survey->groups[i];
        size_t g = drawn_as(t->s->truth, group->id);
        if (g != SIZE_MAX)
            status = add_drawn(t, g);
        else if (group->of)
            status = add_of(t, group);
        else if (group->derived)
            status = add_derived(t, group);
    }
    return status;
}

/* ---- the levels ---- */

static bool is_in(const part *p, size_t g, size_t c)
{
    return p->drawn != g || p->in[c];
}

/* Share of the measure's domain that is in both. */
static double share_of(const baro_simulation *s, const baro_simulated_measure *m, const part *a, const part *b)
{
    double share = 1;
    for (size_t g = 0; g < s->truth->n_groups; g++) {
        double sum = 0;
        for (size_t c = 0; c < s->truth->groups[g].n; c++)
            sum += is_in(a, g, c) && is_in(b, g, c) ? m->share[g * s->most + c] : 0;
        share *= a->drawn == g || b->drawn == g ? sum : 1;
    }
    return share;
}

static double mean_of(const baro_simulation *s, const baro_simulated_measure *m, size_t t, const part *a, const part *b)
{
    double mean = m->level[t];
    for (size_t g = 0; g < s->truth->n_groups; g++) {
        double sum = 0, share = 0;
        size_t n = s->truth->groups[g].n;
        if (!m->deviation[g] || (a->drawn != g && b->drawn != g))
            continue; /* it averages to nothing */
        for (size_t c = 0; c < n; c++) {
            double here = is_in(a, g, c) && is_in(b, g, c) ? m->share[g * s->most + c] : 0;
            share += here;
            sum += here * m->deviation[g][t * n + c];
        }
        mean += sum / share;
    }
    return mean;
}

static bool has_role(const baro_measure *measure, baro_role role)
{
    for (size_t i = 0; measure->scale && i < measure->scale->n_answers; i++)
        if (measure->scale->answers[i].role == role)
            return true;
    return false;
}

/* Don't know and refused count as not positive where the base is who was asked. */
static double asked_factor(const baro_truth_measure *is)
{
    double unsure = (has_role(is->measure, BARO_ROLE_DONT_KNOW) ? is->dont_know : 0) + (has_role(is->measure, BARO_ROLE_REFUSED) ? is->refused : 0);
    double answered = 1 - is->dont_know - is->refused - is->blank;
    return is->measure->base_asked ? answered / (answered + unsure) : 1;
}

static size_t of_role(const baro_scale *scale, bool positive)
{
    size_t n = 0;
    for (size_t i = 0; i < scale->n_answers; i++)
        n += scale->answers[i].role <= BARO_ROLE_OTHER && (scale->answers[i].role == BARO_ROLE_POSITIVE) == positive;
    return n;
}

static baro_status add_level(teller *t, baro_true_level level)
{
    if (t->n_levels == t->levels_room) {
        size_t room = 2 * t->levels_room + 256;
        baro_true_level *more = BARO_ARRAY(t->s->arena, baro_true_level, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (t->n_levels > 0)
            memcpy(more, t->level, t->n_levels * sizeof *more);
        t->level = more;
        t->levels_room = room;
    }
    t->level[t->n_levels++] = level;
    return BARO_OK;
}

static baro_status add_answers(teller *t, const baro_simulated_measure *m, double mean, baro_true_level level)
{
    const baro_scale *scale = m->is->measure->scale;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < scale->n_answers && status == BARO_OK; i++) {
        bool positive = scale->answers[i].role == BARO_ROLE_POSITIVE;
        if (scale->answers[i].role > BARO_ROLE_OTHER)
            continue;
        level.level = scale->answers[i].label;
        level.truth = (positive ? mean : 1 - mean) / (double)of_role(scale, positive) * asked_factor(m->is);
        status = add_level(t, level);
    }
    return status;
}

/* Of a multiple-response question the base is who gave an answer at all. */
static baro_status add_list(teller *t, const baro_simulated_measure *m, baro_true_level level)
{
    double nothing = m->is->measure->multi.n > 0;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < m->is->n_answers; i++)
        nothing *= 1 - m->is->answers[i].level;
    for (size_t i = 0; i < m->is->n_answers && status == BARO_OK; i++) {
        level.level = m->is->answers[i].answer;
        level.truth = m->is->answers[i].level / (1 - nothing) * asked_factor(m->is);
        status = add_level(t, level);
    }
    return status;
}

static bool is_asked(const baro_simulation *s, const baro_truth_measure *is, size_t t)
{
    baro_period period = s->request.first + (baro_period)t;
    return !(is->starts && period < is->first) && !(is->ends && period > is->last);
}

/* One measure of one part in the window of `units` periods that ends with `last`; nothing where it was not asked in each. */
static baro_status tell(teller *t, const baro_simulated_measure *m, const part *a, const part *b, size_t last, size_t units, bool pooled)
{
    const baro_simulation *s = t->s;
    const baro_measure *measure = m->is->measure;
    const bool number = baro_truth_is_number(measure);
    double mean = 0, asked = 0;
    for (size_t k = last + 1 - units; k <= last; k++) {
        if (!is_asked(s, m->is, k) && !pooled)
            return BARO_OK;
        if (!is_asked(s, m->is, k))
            continue;
        mean += mean_of(s, m, k, a, b);
        asked++;
    }
    if (asked == 0 || measure->statistic == BARO_STAT_RATIO || measure->statistic == BARO_STAT_QUANTILE)
        return BARO_OK;
    mean /= asked;
    baro_true_level level = {measure, "", a->group, b->group, a->label, b->label, s->label[last], units, mean};
    if (baro_truth_is_list(measure))
        return add_list(t, m, level);
    if (measure->statistic == BARO_STAT_DISTRIBUTION)
        return add_answers(t, m, mean, level);
    if (measure->statistic == BARO_STAT_TOTAL) {
        if (units > 1 || measure->where || m->is->module)
            return BARO_OK;
        level.truth = mean * s->truth->population * share_of(s, m, a, b) * (1 - m->is->dont_know - m->is->refused - m->is->blank);
    } else if (measure->statistic == BARO_STAT_MEAN && !number)
        level.truth = m->positive_score * mean + m->other_score * (1 - mean);
    else if (!number)
        level.truth = mean * asked_factor(m->is);
    return add_level(t, level);
}

static baro_status tell_windows(teller *t, const baro_simulated_measure *m, const part *a, const part *b)
{
    const baro_simulation *s = t->s;
    size_t rolling = s->survey->rolling;
    baro_status status = BARO_OK;
    if (m->follows || !(share_of(s, m, a, b) > 0))
        return BARO_OK;
    if (!s->survey->has_period)
        return tell(t, m, a, b, 0, 1, true);
    size_t crossed = b->group ? s->periods - 1 : 0;
    for (size_t k = crossed; k < s->periods && status == BARO_OK; k++)
        status = tell(t, m, a, b, k, 1, false);
    for (size_t k = crossed > rolling - 1 ? crossed : rolling - 1; rolling > 1 && k < s->periods && status == BARO_OK; k++)
        status = tell(t, m, a, b, k, rolling, false);
    bool told = s->periods == 1 || s->periods == rolling;
    return status == BARO_OK && !told ? tell(t, m, a, b, s->periods - 1, s->periods, true) : status;
}

/* Two groups of people; areas are too many to be crossed. */
static bool is_crossed(const part *a, const part *b)
{
    return a->group && b->group && a->group != b->group && a->group->kind != BARO_GROUP_AREA && b->group->kind != BARO_GROUP_AREA;
}

baro_status baro_simulation_truth(baro_simulation *simulation, bool cross, const baro_true_level **out, size_t *n)
{
    static const part everyone = {NULL, "", SIZE_MAX, NULL};
    teller t = {.s = simulation};
    baro_status status = add_parts(&t);
    for (size_t i = 0; i < simulation->survey->n_measures && status == BARO_OK; i++)
        for (size_t a = 0; a < t.n && status == BARO_OK; a++) {
            status = tell_windows(&t, &simulation->measure[i], &t.part[a], &everyone);
            for (size_t b = 1; cross && b < t.n && status == BARO_OK; b++)
                if (is_crossed(&t.part[a], &t.part[b]))
                    status = tell_windows(&t, &simulation->measure[i], &t.part[a], &t.part[b]);
        }
    *out = t.level;
    *n = t.n_levels;
    return status;
}
