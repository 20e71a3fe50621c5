/* What a person answers: asked or not, known or not, and which answer, by the levels of the truth and the PSU. */
#include "surveys/analyses/simulate_draw.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROOT_THREE 1.7320508075688772

static const char *missing_of_role(baro_drawer *d, const baro_measure *measure, baro_role role)
{
    const baro_scale *scale = measure->scale;
    for (size_t i = 0; scale && i < scale->n_answers; i++)
        if (scale->answers[i].role == role)
            return baro_drawn_spelling(d, scale->answers[i].label, &scale->answers[i].codes);
    return d->none;
}

/* What a PSU adds: a uniform number of mean 0 and variance 1, its own for every measure; 0 without PSUs. */
static double unit_effect(const baro_drawer *d, size_t i)
{
    if (d->s->survey->psu.n == 0)
        return 0;
    baro_random unit = baro_random_stream(d->s->request.seed ^ UINT64_C(0x5057554E49545321), (uint64_t)d->stratum * d->units + d->unit);
    unit = baro_random_stream(baro_random_bits(&unit), i);
    return (2 * baro_random_uniform(&unit) - 1) * ROOT_THREE;
}

static double mean_of(const baro_drawer *d, size_t i)
{
    const baro_simulated_measure *m = &d->s->measure[i];
    double mean = m->level[d->period];
    for (size_t g = 0; g < d->s->truth->n_groups; g++)
        if (m->deviation[g])
            mean += m->deviation[g][d->period * d->s->truth->groups[g].n + d->category[g]];
    return mean;
}

static double chance_of(const baro_drawer *d, size_t i)
{
    double p = mean_of(d, i), effect = unit_effect(d, i);
    double reach = sqrt(fmax(0, d->s->measure[i].is->icc * p * (1 - p)));
    reach = fmin(reach, fmin(p, 1 - p) / ROOT_THREE);
    return p + reach * effect;
}

static const char *open_answer(const baro_drawer *d, size_t i, bool positive)
{
    static const char *const others[] = {"0", "2", "No", "3"};
    const baro_scale *scale = d->s->survey->measures[i].scale;
    if (!positive && d->s->measure[i].is->otherwise)
        return d->s->measure[i].is->otherwise;
    for (size_t o = 0; o < sizeof others / sizeof *others; o++) {
        bool taken = false;
        for (size_t k = 0; k < scale->n_answers; k++)
            for (size_t j = 0; j < scale->answers[k].codes.n; j++)
                taken = taken || strcmp(scale->answers[k].codes.item[j], others[o]) == 0;
        if (!taken)
            return others[o];
    }
    return "other";
}

/* One of the answers that are, or are not, positive, each as likely. */
static const char *scale_answer(baro_drawer *d, size_t i)
{
    const baro_measure *measure = &d->s->survey->measures[i];
    const baro_scale *scale = measure->scale;
    bool mood = !d->s->measure[i].where.names_measure && baro_random_uniform(&d->random) < d->s->truth->mood;
    double u = baro_random_uniform(&d->random);
    u = !mood ? u : measure->better == BARO_BETTER_LOWER ? 1 - d->mood : d->mood;
    bool positive = u < chance_of(d, i);
    size_t n = 0, k, chosen;
    for (k = 0; k < scale->n_answers; k++)
        n += scale->answers[k].role <= BARO_ROLE_OTHER && (scale->answers[k].role == BARO_ROLE_POSITIVE) == positive;
    chosen = baro_random_below(&d->random, n);
    if (n == 0 || (scale->open && !positive))
        return open_answer(d, i, positive);
    for (k = 0;; k++)
        if (scale->answers[k].role <= BARO_ROLE_OTHER && (scale->answers[k].role == BARO_ROLE_POSITIVE) == positive && chosen-- == 0)
            break;
    d->answer[i] = (int)k;
    return baro_drawn_spelling(d, scale->answers[k].label, &scale->answers[k].codes);
}

static const char *listed(baro_drawer *d, const baro_measure *measure, const char *answer)
{
    for (size_t i = 0; measure->scale && i < measure->scale->n_answers; i++)
        if (strcmp(measure->scale->answers[i].label, answer) == 0)
            return baro_drawn_spelling(d, answer, &measure->scale->answers[i].codes);
    return answer;
}

static const char *one_of_list(baro_drawer *d, size_t i)
{
    const baro_truth_measure *is = d->s->measure[i].is;
    double u = baro_random_uniform(&d->random), sum = 0;
    size_t a = 0;
    for (; a + 1 < is->n_answers; a++)
        if (u < (sum += is->answers[a].level))
            break;
    return listed(d, is->measure, is->answers[a].answer);
}

/* Answers fill the columns from the left, or one field. */
static void several_of_list(baro_drawer *d, size_t i)
{
    const baro_truth_measure *is = d->s->measure[i].is;
    const baro_measure *measure = is->measure;
    size_t given = 0, used = 0;
    char *list = d->list + (i + 1) * d->list_room;
    for (size_t a = 0; a < is->n_answers; a++) {
        if (baro_random_uniform(&d->random) >= is->answers[a].level)
            continue;
        const char *text = listed(d, measure, is->answers[a].answer);
        if (measure->split) {
            int n = snprintf(list + used, d->list_room - used, "%s%s", given ? measure->split : "", text);
            used += n > 0 ? (size_t)n : 0;
        } else if (given < measure->multi.n)
            d->field[baro_drawn_column_of(d, measure->multi.item[given])] = text;
        given++;
    }
    if (measure->split && given > 0)
        d->field[baro_drawn_column_of(d, measure->multi.item[0])] = list;
}

static const char *number_answer(baro_drawer *d, size_t i, size_t c)
{
    const baro_truth_measure *is = d->s->measure[i].is;
    double effect = unit_effect(d, i), bell = baro_random_bell(&d->random);
    double share = d->s->survey->psu.n > 0 ? is->icc : 0;
    return baro_drawn_number(d, c, mean_of(d, i) + is->sd * (sqrt(share) * effect + sqrt(1 - share) * bell));
}

/* Where the answer of this row stands: by channel the first column whose condition holds. SIZE_MAX: nowhere. */
static size_t place_of(const baro_drawer *d, size_t i, const baro_simulated_person *person)
{
    const baro_simulated_measure *m = &d->s->measure[i];
    const baro_measure *measure = m->is->measure;
    baro_period period = d->s->request.first + (baro_period)d->period;
    bool asked = !(m->is->starts && period < m->is->first) && !(m->is->ends && period > m->is->last);
    asked = asked && (!m->is->module || strcmp(m->is->module, d->s->truth->modules.item[d->module]) == 0);
    if (!asked || !baro_simulated_holds(&m->where, person))
        return SIZE_MAX;
    for (size_t e = 0; e < measure->n_either; e++)
        if (baro_simulated_holds(&m->either[e], person))
            return baro_drawn_column_of(d, measure->either[e].column);
    return measure->n_either > 0 ? SIZE_MAX : d->measure_column[i];
}

static void answer_measure(baro_drawer *d, size_t i, const baro_simulated_person *person)
{
    const baro_truth_measure *is = d->s->measure[i].is;
    const baro_measure *measure = is->measure;
    size_t c = place_of(d, i, person);
    double missing = baro_random_uniform(&d->random);
    d->answer[i] = BARO_NO_ANSWER;
    if (c == SIZE_MAX && measure->n_either == 0)
        d->field[d->measure_column[i]] = missing_of_role(d, measure, BARO_ROLE_NOT_ASKED);
    if (c == SIZE_MAX || missing < is->blank)
        return;
    if (missing < is->blank + is->refused)
        d->field[c] = missing_of_role(d, measure, BARO_ROLE_REFUSED);
    else if (missing < is->blank + is->refused + is->dont_know)
        d->field[c] = missing_of_role(d, measure, BARO_ROLE_DONT_KNOW);
    else if (measure->multi.n > 0)
        several_of_list(d, i);
    else if (baro_truth_is_list(measure))
        d->field[c] = one_of_list(d, i);
    else if (baro_truth_is_number(measure))
        d->field[c] = number_answer(d, i, c);
    else
        d->field[c] = scale_answer(d, i);
    if (measure->over && d->field[c] != d->none) {
        size_t over = baro_drawn_column_of(d, measure->over);
        d->field[over] = baro_drawn_number(d, over, 100 + 10 * baro_random_bell(&d->random));
    }
}

/* What others hang on is answered before them. */
void baro_draw_answers(baro_drawer *d)
{
    const baro_simulated_person person = {d->s, d->category, d->known, d->answer};
    for (int later = 0; later < 2; later++)
        for (size_t i = 0; i < d->s->survey->n_measures; i++)
            if (d->s->measure[i].where.names_measure == later && !d->s->measure[i].follows)
                answer_measure(d, i, &person);
}
