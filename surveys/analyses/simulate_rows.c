/* Draws people and their answers, and writes them: one stream of random numbers a row, one a PSU and measure. */
#include "io/base/number.h"
#include "stats/random.h"
#include "surveys/analyses/simulate_work.h"
#include "surveys/model/period_date.h"
#include <math.h>
#include <string.h>

enum { NUMBER_ROOM = 32, STAGES = 8 };
#define ROOT_THREE 1.7320508075688772

typedef enum { OF_RESPONDENT, OF_PERIOD, OF_STAGE, OF_WEIGHT, OF_MODULE, OF_GROUP, OF_WRITE, OF_MEASURE } column_kind;

typedef struct {
    const char *name;
    column_kind kind;
    size_t index;
} column;

/* All that one row is; fields point into it, or at texts of the survey. */
typedef struct {
    baro_simulation *s;
    baro_output *output;
    const char *none; /* a missing field */
    char delimiter, decimal;
    column *column;
    size_t n_columns;
    size_t *measure_column; /* [measures] first of its columns */
    const char **field;
    size_t *category;
    bool *known;
    int *answer;
    char (*number)[NUMBER_ROOM]; /* [columns] */
    char *list;
    size_t list_room;
    baro_random random;
    double mood;
    size_t row, period, module, stratum, unit, units;
    size_t *strata_group; /* [strata] SIZE_MAX: the period */
} drawer;

/* ---- the columns ---- */

static size_t column_of(const drawer *d, const char *name)
{
    size_t c = 0;
    while (c < d->n_columns && strcmp(d->column[c].name, name) != 0)
        c++;
    return c;
}

static void add_column(drawer *d, const char *name, column_kind kind, size_t index)
{
    if (column_of(d, name) == d->n_columns)
        d->column[d->n_columns++] = (column){name, kind, index};
}

static const char *name_in(const baro_texts *names, size_t wave)
{
    return names->item[wave < names->n ? wave : names->n - 1];
}

static void add_measure(drawer *d, size_t i, size_t wave)
{
    const baro_measure *measure = &d->s->survey->measures[i];
    d->measure_column[i] = d->n_columns;
    if (measure->columns.n > 0)
        add_column(d, name_in(&measure->columns, wave), OF_MEASURE, i);
    for (size_t e = 0; e < measure->n_either; e++)
        add_column(d, measure->either[e].column, OF_MEASURE, i);
    for (size_t k = 0; k < measure->multi.n; k++)
        add_column(d, measure->multi.item[k], OF_MEASURE, i);
    if (measure->over)
        add_column(d, measure->over, OF_MEASURE, i);
}

static void add_group(drawer *d, size_t g, size_t wave)
{
    const baro_truth_group *group = &d->s->truth->groups[g];
    if (group->column || group->group->columns.n > 0)
        add_column(d, group->column ? group->column : name_in(&group->group->columns, wave), OF_GROUP, g);
    for (size_t c = 0; c < group->n; c++)
        for (size_t i = 0; i < group->categories[c].n_write; i++)
            add_column(d, group->categories[c].write[i].column, OF_WRITE, g);
}

static size_t columns_most(const baro_simulation *s)
{
    size_t n = 4 + s->survey->psu.n + s->survey->period_columns.n;
    for (size_t g = 0; g < s->truth->n_groups; g++) {
        n++;
        for (size_t c = 0; c < s->truth->groups[g].n; c++)
            n += s->truth->groups[g].categories[c].n_write;
    }
    for (size_t i = 0; i < s->survey->n_measures; i++)
        n += 2 + s->survey->measures[i].n_either + s->survey->measures[i].multi.n;
    return n;
}

static void choose_columns(drawer *d, size_t wave)
{
    const baro_survey *survey = d->s->survey;
    add_column(d, survey->respondent_id ? survey->respondent_id : "respondent", OF_RESPONDENT, 0);
    if (survey->has_period)
        add_column(d, name_in(&survey->period_columns, wave), OF_PERIOD, 0);
    if (survey->weight)
        add_column(d, survey->weight, OF_WEIGHT, 0);
    for (size_t g = 0; g < d->s->truth->n_groups; g++)
        add_group(d, g, wave);
    for (size_t i = 0; i < survey->psu.n; i++)
        if (!baro_survey_group(survey, survey->psu.item[i]))
            add_column(d, survey->psu.item[i], OF_STAGE, i);
    if (d->s->truth->module_column)
        add_column(d, d->s->truth->module_column, OF_MODULE, 0);
    for (size_t i = 0; i < survey->n_measures; i++)
        add_measure(d, i, wave);
}

/* ---- writing ---- */

static void put_field(const drawer *d, const char *text)
{
    const char special[] = {'"', '\r', '\n', d->delimiter, '\0'};
    if (!strpbrk(text, special) && text[0] != ' ') {
        baro_output_text(d->output, text);
        return;
    }
    baro_output_text(d->output, "\"");
    for (; *text; text++)
        baro_output_write(d->output, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    baro_output_text(d->output, "\"");
}

static void put_row(const drawer *d, bool header)
{
    for (size_t c = 0; c < d->n_columns; c++) {
        if (c > 0)
            baro_output_write(d->output, &d->delimiter, 1);
        put_field(d, header ? d->column[c].name : d->field[c]);
    }
    baro_output_text(d->output, "\n");
}

/* With at most six decimals, in the mark of the data. */
static const char *number_text(drawer *d, size_t c, double x)
{
    size_t length = baro_number_write(floor(x * 1e6 + 0.5) / 1e6, d->number[c]);
    char *point = memchr(d->number[c], '.', length);
    if (point)
        *point = d->decimal;
    return d->number[c];
}

/* One of the spellings that the truth file asks for. */
static const char *spelled(drawer *d, const char *label, const baro_texts *codes)
{
    if (d->s->truth->spelling != BARO_TRUTH_MIXED || codes->n == 0)
        return baro_simulated_spelling(d->s->truth, label, codes);
    return codes->item[baro_random_below(&d->random, codes->n)];
}

static const char *missing_of_role(drawer *d, const baro_measure *measure, baro_role role)
{
    const baro_scale *scale = measure->scale;
    for (size_t i = 0; scale && i < scale->n_answers; i++)
        if (scale->answers[i].role == role)
            return spelled(d, scale->answers[i].label, &scale->answers[i].codes);
    return d->none;
}

/* ---- a person ---- */

static size_t pick(const baro_simulated_sample *sample, size_t n, double u)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (u < sample->cumulated[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static const char *group_text(drawer *d, size_t g, size_t c)
{
    const baro_truth_group *group = &d->s->truth->groups[g];
    const baro_truth_category *category = &group->categories[d->category[g]];
    if (!d->known[g])
        return group->group && group->group->missing.n > 0 ? group->group->missing.item[0] : d->none;
    if (!group->group || !group->group->bands)
        return category->category ? spelled(d, category->label, &category->category->codes) : category->label;
    double from = category->category->from, to = category->category->to;
    from = isinf(from) ? to - 9 : from;
    to = isinf(to) ? from + 24 : to;
    return number_text(d, c, from + (double)baro_random_below(&d->random, (size_t)(to - from) + 1));
}

static const char *write_text(const drawer *d, size_t g, const char *name)
{
    const baro_truth_category *category = &d->s->truth->groups[g].categories[d->category[g]];
    for (size_t i = 0; d->known[g] && i < category->n_write; i++)
        if (strcmp(category->write[i].column, name) == 0)
            return category->write[i].value;
    return d->none;
}

/* The first stratum is met in turn, so that every period has its share of it; the rest by chance. */
static double draw_groups(drawer *d, double start, size_t place)
{
    double weight = 1;
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < d->s->survey->strata.n && first == SIZE_MAX; i++)
        first = d->strata_group[i];
    for (size_t g = 0; g < d->s->truth->n_groups; g++) {
        const baro_truth_group *group = &d->s->truth->groups[g];
        double u = baro_random_uniform(&d->random);
        u = g == first ? ((double)place + start) / (double)d->s->interviews : u;
        d->category[g] = pick(&d->s->sample[g], group->n, u);
        d->known[g] = baro_random_uniform(&d->random) >= group->unknown;
        weight *= d->s->sample[g].weight[d->category[g]];
    }
    return weight;
}

/* Its stratum and PSU by number. A group that the survey calls its PSU is one. */
static void place_person(drawer *d)
{
    const baro_survey *survey = d->s->survey;
    d->stratum = 0;
    for (size_t i = 0; i < survey->strata.n; i++) {
        size_t g = d->strata_group[i];
        d->known[g == SIZE_MAX ? d->s->truth->n_groups : g] = true;
        d->stratum = g == SIZE_MAX ? d->stratum * d->s->periods + d->period : d->stratum * d->s->truth->groups[g].n + d->category[g];
    }
    d->unit = baro_random_below(&d->random, d->s->truth->units);
    for (size_t g = 0; survey->psu.n > 0 && g < d->s->truth->n_groups; g++)
        if (d->s->truth->groups[g].group && strcmp(d->s->truth->groups[g].name, survey->psu.item[0]) == 0) {
            d->unit = d->category[g];
            d->known[g] = true;
        }
}

static void fill_person(drawer *d, double weight)
{
    const baro_simulation *s = d->s;
    for (size_t c = 0; c < d->n_columns; c++) {
        const column *is = &d->column[c];
        switch (is->kind) {
        case OF_RESPONDENT: d->field[c] = number_text(d, c, (double)d->row + 1); break;
        case OF_PERIOD:
            baro_period_date(&s->calendar, s->request.first + (baro_period)d->period, baro_random_uniform(&d->random), d->list);
            memcpy(d->number[c], d->list, NUMBER_ROOM - 1);
            d->field[c] = d->number[c];
            break;
        case OF_STAGE: /* units further down have a row each */
            snprintf(d->number[c], NUMBER_ROOM, "%zu-%zu", d->stratum + 1, is->index == 0 ? d->unit + 1 : d->row + 1);
            d->field[c] = d->number[c];
            break;
        case OF_WEIGHT: d->field[c] = number_text(d, c, weight); break;
        case OF_MODULE: d->field[c] = s->truth->modules.item[d->module]; break;
        case OF_GROUP: d->field[c] = group_text(d, is->index, c); break;
        case OF_WRITE: d->field[c] = write_text(d, is->index, is->name); break;
        default: d->field[c] = d->none; break;
        }
    }
}

/* ---- answers ---- */

/* What a PSU adds: a uniform number of mean 0 and variance 1, its own for every measure; 0 without PSUs. */
static double unit_effect(const drawer *d, size_t i)
{
    if (d->s->survey->psu.n == 0)
        return 0;
    baro_random unit = baro_random_stream(d->s->request.seed ^ UINT64_C(0x5057554E49545321), (uint64_t)d->stratum * d->units + d->unit);
    unit = baro_random_stream(baro_random_bits(&unit), i);
    return (2 * baro_random_uniform(&unit) - 1) * ROOT_THREE;
}

static double mean_of(const drawer *d, size_t i)
{
    const baro_simulated_measure *m = &d->s->measure[i];
    double mean = m->level[d->period];
    for (size_t g = 0; g < d->s->truth->n_groups; g++)
        if (m->deviation[g])
            mean += m->deviation[g][d->period * d->s->truth->groups[g].n + d->category[g]];
    return mean;
}

static double chance_of(const drawer *d, size_t i)
{
    double p = mean_of(d, i), effect = unit_effect(d, i);
    double reach = sqrt(fmax(0, d->s->measure[i].is->icc * p * (1 - p)));
    reach = fmin(reach, fmin(p, 1 - p) / ROOT_THREE);
    return p + reach * effect;
}

static const char *open_answer(const drawer *d, size_t i, bool positive)
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
static const char *scale_answer(drawer *d, size_t i)
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
    return spelled(d, scale->answers[k].label, &scale->answers[k].codes);
}

static const char *listed(drawer *d, const baro_measure *measure, const char *answer)
{
    for (size_t i = 0; measure->scale && i < measure->scale->n_answers; i++)
        if (strcmp(measure->scale->answers[i].label, answer) == 0)
            return spelled(d, answer, &measure->scale->answers[i].codes);
    return answer;
}

static const char *one_of_list(drawer *d, size_t i)
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
static void several_of_list(drawer *d, size_t i)
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
            d->field[column_of(d, measure->multi.item[given])] = text;
        given++;
    }
    if (measure->split && given > 0)
        d->field[column_of(d, measure->multi.item[0])] = list;
}

static const char *number_answer(drawer *d, size_t i, size_t c)
{
    const baro_truth_measure *is = d->s->measure[i].is;
    double effect = unit_effect(d, i), bell = baro_random_bell(&d->random);
    double share = d->s->survey->psu.n > 0 ? is->icc : 0;
    return number_text(d, c, mean_of(d, i) + is->sd * (sqrt(share) * effect + sqrt(1 - share) * bell));
}

/* Where the answer of this row stands: by channel the first column whose condition holds. SIZE_MAX: nowhere. */
static size_t place_of(const drawer *d, size_t i, const baro_simulated_person *person)
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
            return column_of(d, measure->either[e].column);
    return measure->n_either > 0 ? SIZE_MAX : d->measure_column[i];
}

static void answer_measure(drawer *d, size_t i, const baro_simulated_person *person)
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
        size_t over = column_of(d, measure->over);
        d->field[over] = number_text(d, over, 100 + 10 * baro_random_bell(&d->random));
    }
}

/* What others hang on is answered before them. */
static void answer_all(drawer *d)
{
    const baro_simulated_person person = {d->s, d->category, d->known, d->answer};
    for (int later = 0; later < 2; later++)
        for (size_t i = 0; i < d->s->survey->n_measures; i++)
            if (d->s->measure[i].where.names_measure == later)
                answer_measure(d, i, &person);
}

static void draw_row(drawer *d, double start, size_t place)
{
    const baro_truth *truth = d->s->truth;
    d->row = d->period * d->s->interviews + place;
    d->random = baro_random_stream(d->s->request.seed, d->row);
    d->mood = baro_random_uniform(&d->random);
    d->module = baro_random_below(&d->random, truth->modules.n);
    double weight = draw_groups(d, start, place);
    if (d->s->survey->weight_scale == BARO_SCALE_POPULATION)
        weight *= truth->population / (double)d->s->interviews;
    place_person(d);
    fill_person(d, weight);
    answer_all(d);
    put_row(d, false);
}

static baro_status open_drawer(baro_simulation *s, baro_output *output, drawer *d)
{
    const baro_survey *survey = s->survey;
    size_t most = columns_most(s), list = 128;
    for (size_t i = 0; i < survey->n_measures; i++)
        for (size_t a = 0; a < s->truth->measures[i].n_answers; a++)
            list += strlen(s->truth->measures[i].answers[a].answer) + 80;
    *d = (drawer){.s = s, .output = output, .none = "", .list_room = list, .units = s->truth->units > s->most ? s->truth->units : s->most};
    d->delimiter = survey->input.delimiter ? survey->input.delimiter : ',';
    d->decimal = survey->input.decimal ? survey->input.decimal : '.';
    d->column = BARO_ARRAY(s->arena, column, most);
    d->field = BARO_ARRAY(s->arena, const char *, most);
    d->number = baro_arena_array(s->arena, most, NUMBER_ROOM);
    d->measure_column = BARO_ARRAY(s->arena, size_t, survey->n_measures + 1);
    d->category = BARO_ARRAY(s->arena, size_t, s->truth->n_groups + 1);
    d->known = BARO_ARRAY(s->arena, bool, s->truth->n_groups + 1);
    d->answer = BARO_ARRAY(s->arena, int, survey->n_measures + 1);
    d->list = baro_arena_array(s->arena, survey->n_measures + 1, list);
    d->strata_group = BARO_ARRAY(s->arena, size_t, survey->strata.n + 1);
    if (!d->column || !d->field || !d->number || !d->measure_column || !d->category || !d->known || !d->answer || !d->list || !d->strata_group)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < survey->strata.n; i++) {
        d->strata_group[i] = SIZE_MAX;
        for (size_t g = 0; g < s->truth->n_groups; g++) {
            const baro_truth_group *group = &s->truth->groups[g];
            bool named = strcmp(group->name, survey->strata.item[i]) == 0;
            for (size_t k = 0; group->group && k < group->group->columns.n; k++)
                named = named || strcmp(group->group->columns.item[k], survey->strata.item[i]) == 0;
            if (named)
                d->strata_group[i] = g;
        }
    }
    return BARO_OK;
}

baro_status baro_simulation_write(baro_simulation *simulation, size_t first, size_t n, size_t wave, baro_output *output)
{
    drawer d;
    baro_status status = open_drawer(simulation, output, &d);
    if (status)
        return status;
    choose_columns(&d, wave);
    put_row(&d, true);
    for (d.period = first; d.period < first + n; d.period++) {
        baro_random turn = baro_random_stream(simulation->request.seed ^ UINT64_C(0x5455524E), d.period);
        double start = baro_random_uniform(&turn);
        for (size_t place = 0; place < simulation->interviews; place++)
            draw_row(&d, start, place);
    }
    return BARO_OK;
}
