/* Draws people and writes them, one stream of random numbers a row; their answers are drawn in simulate_answers.c. */
#include "io/base/number.h"
#include "surveys/analyses/simulate_draw.h"
#include "surveys/model/period_date.h"
#include <math.h>
#include <string.h>

/* ---- the columns ---- */

size_t baro_drawn_column_of(const baro_drawer *d, const char *name)
{
    size_t c = 0;
    while (c < d->n_columns && strcmp(d->column[c].name, name) != 0)
        c++;
    return c;
}

static void add_column(baro_drawer *d, const char *name, baro_drawn_kind kind, size_t index)
{
    if (baro_drawn_column_of(d, name) == d->n_columns)
        d->column[d->n_columns++] = (baro_drawn_column){name, kind, index};
}

static const char *name_in(const baro_texts *names, size_t wave)
{
    return names->item[wave < names->n ? wave : names->n - 1];
}

static void add_measure(baro_drawer *d, size_t i, size_t wave)
{
    const baro_measure *measure = &d->s->survey->measures[i];
    d->measure_column[i] = d->n_columns;
    if (measure->columns.n > 0)
        add_column(d, name_in(&measure->columns, wave), BARO_DRAWN_MEASURE, i);
    for (size_t e = 0; e < measure->n_either; e++)
        add_column(d, measure->either[e].column, BARO_DRAWN_MEASURE, i);
    for (size_t k = 0; k < measure->multi.n; k++)
        add_column(d, measure->multi.item[k], BARO_DRAWN_MEASURE, i);
    if (measure->over)
        add_column(d, measure->over, BARO_DRAWN_MEASURE, i);
}

static void add_group(baro_drawer *d, size_t g, size_t wave)
{
    const baro_truth_group *group = &d->s->truth->groups[g];
    if (group->column || group->group->columns.n > 0)
        add_column(d, group->column ? group->column : name_in(&group->group->columns, wave), BARO_DRAWN_GROUP, g);
    for (size_t c = 0; c < group->n; c++)
        for (size_t i = 0; i < group->categories[c].n_write; i++)
            add_column(d, group->categories[c].write[i].column, BARO_DRAWN_WRITE, g);
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

static void choose_columns(baro_drawer *d, size_t wave)
{
    const baro_survey *survey = d->s->survey;
    add_column(d, survey->respondent_id ? survey->respondent_id : "respondent", BARO_DRAWN_RESPONDENT, 0);
    if (survey->has_period)
        add_column(d, name_in(&survey->period_columns, wave), BARO_DRAWN_PERIOD, 0);
    if (survey->weight)
        add_column(d, survey->weight, BARO_DRAWN_WEIGHT, 0);
    for (size_t g = 0; g < d->s->truth->n_groups; g++)
        add_group(d, g, wave);
    for (size_t i = 0; i < survey->psu.n; i++)
        if (!baro_survey_group(survey, survey->psu.item[i]))
            add_column(d, survey->psu.item[i], BARO_DRAWN_STAGE, i);
    if (d->s->truth->module_column)
        add_column(d, d->s->truth->module_column, BARO_DRAWN_MODULE, 0);
    for (size_t i = 0; i < survey->n_measures; i++)
        add_measure(d, i, wave);
}

/* ---- writing ---- */

static void put_field(const baro_drawer *d, const char *text)
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

static void put_row(const baro_drawer *d, const char *const *field)
{
    for (size_t c = 0; c < d->n_columns; c++) {
        if (c > 0)
            baro_output_write(d->output, &d->delimiter, 1);
        put_field(d, field[c]);
    }
    baro_output_text(d->output, "\n");
}

/* Further rows of a header say nothing more. */
static void put_header(const baro_drawer *d)
{
    for (size_t c = 0; c < d->n_columns; c++)
        d->field[c] = d->column[c].name;
    put_row(d, d->field);
    for (size_t c = 0; c < d->n_columns; c++)
        d->field[c] = "";
    for (size_t i = 1; i < d->s->survey->input.header_rows; i++)
        put_row(d, d->field);
}

/* With at most six decimals, in the mark of the data. */
const char *baro_drawn_number(baro_drawer *d, size_t c, double x)
{
    size_t length = baro_number_write(floor(x * 1e6 + 0.5) / 1e6, d->number[c]);
    char *point = memchr(d->number[c], '.', length);
    if (point)
        *point = d->decimal;
    return d->number[c];
}

/* One of the spellings that the truth file asks for. */
const char *baro_drawn_spelling(baro_drawer *d, const char *label, const baro_texts *codes)
{
    if (d->s->truth->spelling != BARO_TRUTH_MIXED || codes->n == 0)
        return baro_simulated_spelling(d->s->truth, label, codes);
    return codes->item[baro_random_below(&d->random, codes->n)];
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

static const char *group_text(baro_drawer *d, size_t g, size_t c)
{
    const baro_truth_group *group = &d->s->truth->groups[g];
    const baro_truth_category *category = &group->categories[d->category[g]];
    if (!d->known[g])
        return group->group && group->group->missing.n > 0 ? group->group->missing.item[0] : d->none;
    if (!group->group || !group->group->bands)
        return category->category ? baro_drawn_spelling(d, category->label, &category->category->codes) : category->label;
    double from = category->category->from, to = category->category->to;
    from = isinf(from) ? to - 9 : from;
    to = isinf(to) ? from + 24 : to;
    return baro_drawn_number(d, c, from + (double)baro_random_below(&d->random, (size_t)(to - from) + 1));
}

static const char *write_text(const baro_drawer *d, size_t g, const char *name)
{
    const baro_truth_category *category = &d->s->truth->groups[g].categories[d->category[g]];
    for (size_t i = 0; d->known[g] && i < category->n_write; i++)
        if (strcmp(category->write[i].column, name) == 0)
            return category->write[i].value;
    return d->none;
}

/* The first stratum is met in turn, so that every period has its share of it; the rest by chance. */
static double draw_groups(baro_drawer *d, double start, size_t place)
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
static void place_person(baro_drawer *d)
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

static void fill_person(baro_drawer *d, double weight)
{
    const baro_simulation *s = d->s;
    for (size_t c = 0; c < d->n_columns; c++) {
        const baro_drawn_column *is = &d->column[c];
        switch (is->kind) {
        case BARO_DRAWN_RESPONDENT: d->field[c] = baro_drawn_number(d, c, (double)d->row + 1); break;
        case BARO_DRAWN_PERIOD:
            baro_period_date(&s->calendar, s->request.first + (baro_period)d->period, baro_random_uniform(&d->random), d->list);
            memcpy(d->number[c], d->list, BARO_DRAWN_NUMBER - 1);
            d->field[c] = d->number[c];
            break;
        case BARO_DRAWN_STAGE: /* units further down have a row each */
            snprintf(d->number[c], BARO_DRAWN_NUMBER, "%zu-%zu", d->stratum + 1, is->index == 0 ? d->unit + 1 : d->row + 1);
            d->field[c] = d->number[c];
            break;
        case BARO_DRAWN_WEIGHT: d->field[c] = baro_drawn_number(d, c, weight); break;
        case BARO_DRAWN_MODULE: d->field[c] = s->truth->modules.item[d->module]; break;
        case BARO_DRAWN_GROUP: d->field[c] = group_text(d, is->index, c); break;
        case BARO_DRAWN_WRITE: d->field[c] = write_text(d, is->index, is->name); break;
        default: d->field[c] = d->none; break;
        }
    }
}

static void draw_row(baro_drawer *d, double start, size_t place)
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
    baro_draw_answers(d);
    put_row(d, d->field);
}

static baro_status open_drawer(baro_simulation *s, baro_output *output, baro_drawer *d)
{
    const baro_survey *survey = s->survey;
    size_t most = columns_most(s), list = 128;
    for (size_t i = 0; i < survey->n_measures; i++)
        for (size_t a = 0; a < s->truth->measures[i].n_answers; a++)
            list += strlen(s->truth->measures[i].answers[a].answer) + 80;
    *d = (baro_drawer){.s = s, .output = output, .none = "", .list_room = list, .units = s->truth->units > s->most ? s->truth->units : s->most};
    d->delimiter = survey->input.delimiter ? survey->input.delimiter : ',';
    d->decimal = survey->input.decimal ? survey->input.decimal : '.';
    d->column = BARO_ARRAY(s->arena, baro_drawn_column, most);
    d->field = BARO_ARRAY(s->arena, const char *, most);
    d->number = baro_arena_array(s->arena, most, BARO_DRAWN_NUMBER);
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
    baro_drawer d;
    baro_status status = open_drawer(simulation, output, &d);
    if (status)
        return status;
    choose_columns(&d, wave);
    put_header(&d);
    for (d.period = first; d.period < first + n; d.period++) {
        baro_random turn = baro_random_stream(simulation->request.seed ^ UINT64_C(0x5455524E), d.period);
        double start = baro_random_uniform(&turn);
        for (size_t place = 0; place < simulation->interviews; place++)
            draw_row(&d, start, place);
    }
    return BARO_OK;
}
