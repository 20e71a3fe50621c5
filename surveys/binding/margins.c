#include "surveys/binding/margins.h"
#include "io/base/text.h"
#include "surveys/binding/internal.h"
#include <math.h>
#include <string.h>

enum { COMBINATIONS_MOST = 1 << 22 };

/* One question of a margin: the answer's place among its labels, 0 where it is unknown. */
typedef struct {
    const char *const *label; /* [n] */
    size_t n;
    const uint16_t *code; /* [rows] from 1 */
    bool listed;          /* the categories are those of a survey file's group */
} part;

static baro_where_it_is at_line(const baro_targets *targets, size_t line)
{
    return (baro_where_it_is){targets->path, line, 0};
}

static baro_where_it_is row_place(const baro_binding *binding, size_t row)
{
    baro_place place = baro_frame_row_place(binding->frame, row);
    return (baro_where_it_is){baro_frame_source(binding->frame, place.source)->path, place.line, 0};
}

static baro_texts one_name(const char *const *name)
{
    return (baro_texts){name, 1};
}

/* A name kept for as long as the binding lives, so that its want can point to it. */
static const char *const *kept(baro_binding *binding, const char *name)
{
    const char **copy = BARO_NEW(binding->arena, const char *);
    if (copy)
        *copy = name;
    return copy;
}

static baro_status want_part(baro_binding *binding, const char *name, baro_kind kind)
{
    const baro_group *group = kind == BARO_TEXT ? baro_survey_group(binding->survey, name) : NULL;
    if (group)
        return baro_want_group(binding, group, true);
    const char *const *column = kept(binding, name);
    return column ? baro_want_column(binding, one_name(column), kind, (baro_position){0}, true, true) : baro_no_memory(binding);
}

baro_status baro_want_margins(baro_binding *binding, const baro_targets *targets, const char *within, const char *weight)
{
    baro_status status = weight ? want_part(binding, weight, BARO_NUMBER) : BARO_OK;
    if (status == BARO_OK && within)
        status = want_part(binding, within, BARO_TEXT);
    for (size_t m = 0; m < targets->margins && status == BARO_OK; m++)
        for (size_t p = 0; p < targets->margin[m].parts && status == BARO_OK; p++)
            status = want_part(binding, targets->margin[m].part[p], targets->margin[m].is_number ? BARO_NUMBER : BARO_TEXT);
    return status;
}

static baro_status bind_part(baro_binding *binding, const char *name, part *out)
{
    const baro_group *group = baro_survey_group(binding->survey, name);
    if (group) {
        const baro_bound_group *bound;
        if (group->overlap)
            return baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){0},
                                  "the categories of group '%s' overlap: they are no margin", group->id);
        baro_status status = baro_bind_group(binding, group, &bound);
        if (status == BARO_OK)
            *out = (part){bound->label, bound->n, bound->pattern, group->n_categories > 0};
        return status;
    }
    const baro_column *column = baro_binding_column(binding, one_name(&name), BARO_TEXT);
    uint16_t *table = BARO_ARRAY(binding->arena, uint16_t, column->n_entries + 1);
    uint16_t *code = BARO_ARRAY(binding->arena, uint16_t, binding->rows + 1);
    const char **label;
    if (!table || !code)
        return baro_no_memory(binding);
    *out = (part){.code = code};
    baro_status status = baro_distinct_answers(binding, column, (baro_texts){NULL, 0}, 0, 1, table, &label, &out->n);
    if (status)
        return status;
    out->label = label;
    baro_spread_codes(column, binding->rows, table, code);
    return BARO_OK;
}

static size_t find_label(const baro_binding *binding, const part *where, const char *label)
{
    size_t i = 0;
    while (i < where->n && !baro_text_same_answer(where->label[i], strlen(where->label[i]), label, strlen(label),
                                                  binding->survey->ignore_case))
        i++;
    return i;
}

/* ---- areas ---- */

static baro_status bind_areas(baro_binding *binding, const baro_targets *targets, const char *within, baro_calibration *job)
{
    part areas;
    job->areas = targets->areas;
    if (!within)
        return BARO_OK;
    baro_status status = bind_part(binding, within, &areas);
    if (status)
        return status;
    uint32_t *place = BARO_ARRAY(binding->arena, uint32_t, areas.n + 1), *area = BARO_ARRAY(binding->arena, uint32_t, binding->rows + 1);
    size_t lacking = 0, first = 0;
    if (!place || !area)
        return baro_no_memory(binding);
    memset(place, 0xFF, (areas.n + 1) * sizeof *place);
    for (size_t a = 0; a < targets->areas; a++) {
        size_t i = find_label(binding, &areas, targets->area[a]);
        if (i < areas.n)
            place[i + 1] = (uint32_t)a;
    }
    for (size_t row = 0; row < binding->rows; row++) {
        area[row] = place[areas.code[row]];
        bool lacks = area[row] == UINT32_MAX;
        area[row] = lacks ? 0 : area[row];
        if (lacks && job->weight[row] > 0 && lacking++ == 0)
            first = row;
    }
    job->area = area;
    if (lacking == 0)
        return BARO_OK;
    return baro_fault_add(binding->error, BARO_BAD_DATA, row_place(binding, first),
                          "%s unknown, or an area that %s has no targets for: %zu interviews, this one first", within, targets->path,
                          lacking);
}

/* ---- categories ---- */

typedef struct {
    baro_binding *binding;
    const baro_targets *targets;
    const baro_target_margin *margin;
    part part[4];
    size_t combinations;
    uint32_t *place; /* [combinations] the category, UINT32_MAX where there is none */
} crossing;

static baro_status bind_parts(crossing *c)
{
    c->combinations = 1;
    for (size_t p = 0; p < c->margin->parts; p++) {
        baro_status status = bind_part(c->binding, c->margin->part[p], &c->part[p]);
        if (status)
            return status;
        c->combinations *= c->part[p].n + 1;
        if (c->combinations > COMBINATIONS_MOST)
            return baro_fault_add(c->binding->error, BARO_BAD_DATA, at_line(c->targets, 0), "margin '%s' has too many categories",
                                  c->margin->name);
    }
    c->place = BARO_ARRAY(c->binding->arena, uint32_t, c->combinations);
    return c->place ? BARO_OK : baro_no_memory(c->binding);
}

static size_t line_of(const crossing *c, size_t category)
{
    for (size_t a = 0; a < c->targets->areas; a++)
        if (c->margin->line[a * c->margin->categories + category])
            return c->margin->line[a * c->margin->categories + category];
    return 0;
}

/* Categories that no interview has keep no combination: the calibration says which one is empty. */
static baro_status place_categories(crossing *c)
{
    baro_status status = BARO_OK;
    memset(c->place, 0xFF, c->combinations * sizeof *c->place);
    for (size_t k = 0; k < c->margin->categories; k++) {
        size_t combination = 0;
        bool known = true;
        for (size_t p = 0; p < c->margin->parts; p++) {
            const char *word = c->margin->word[k * c->margin->parts + p];
            size_t i = find_label(c->binding, &c->part[p], word);
            if (i == c->part[p].n && c->part[p].listed)
                status = baro_fault_add(c->binding->error, BARO_BAD_DATA, at_line(c->targets, line_of(c, k)),
                                        "'%s' is no category of group '%s'", word, c->margin->part[p]);
            known = known && i < c->part[p].n;
            combination = combination * (c->part[p].n + 1) + i + 1;
        }
        if (known && c->place[combination] != UINT32_MAX)
            status = baro_fault_add(c->binding->error, BARO_BAD_DATA, at_line(c->targets, line_of(c, k)),
                                    "margin '%s': '%s' is the same answer as '%s'", c->margin->name, c->margin->label[k],
                                    c->margin->label[c->place[combination]]);
        if (known)
            c->place[combination] = (uint32_t)k;
    }
    return status;
}

static size_t combination_of(const crossing *c, size_t row)
{
    size_t combination = 0;
    for (size_t p = 0; p < c->margin->parts; p++)
        combination = combination * (c->part[p].n + 1) + c->part[p].code[row];
    return combination;
}

/* "Women*65 and over", where the survey file says the words; NULL where an answer would be shown or is unknown. */
static const char *combination_name(const crossing *c, size_t combination)
{
    const char *name = "";
    for (size_t p = c->margin->parts; p-- > 0 && name; combination /= c->part[p].n + 1) {
        size_t code = combination % (c->part[p].n + 1);
        if (code == 0 || !c->part[p].listed)
            return NULL;
        name = baro_arena_format(c->binding->arena, "%s%s%s", c->part[p].label[code - 1], *name ? "*" : "", name);
    }
    return name;
}

typedef struct {
    size_t n, first;
} lacking_rows;

static baro_status say_lacking(const crossing *c, size_t combination, const lacking_rows *rows)
{
    const char *name = combination_name(c, combination);
    return baro_fault_add(c->binding->error, BARO_BAD_DATA, row_place(c->binding, rows->first),
                          "no target of margin '%s' for %s%s%s%s: %zu interviews, this one first", c->margin->name,
                          name ? "category '" : "this answer, or no answer", name ? name : "", name ? "'" : "",
                          c->targets->area ? ", in its area" : "", rows->n);
}

static baro_status spread_categories(crossing *c, const baro_calibration *job, const uint32_t **out)
{
    baro_binding *binding = c->binding;
    uint32_t *category = BARO_ARRAY(binding->arena, uint32_t, binding->rows + 1);
    lacking_rows *lacking = BARO_ARRAY(binding->arena, lacking_rows, c->combinations);
    if (!category || !lacking)
        return baro_no_memory(binding);
    size_t n_lacking = 0;
    for (size_t row = 0; row < binding->rows; row++) {
        size_t combination = combination_of(c, row), area = job->area ? job->area[row] : 0, k = c->place[combination];
        bool has = k != UINT32_MAX && !isnan(c->margin->value[area * c->margin->categories + k]);
        category[row] = has ? (uint32_t)k : 0; /* weight 0 takes no part, anything else without a target is a fault */
        if (!has && job->weight[row] > 0) {
            lacking_rows *rows = &lacking[combination];
            rows->first = rows->n++ ? rows->first : row;
            n_lacking++;
        }
    }
    baro_status status = BARO_OK;
    for (size_t i = 0; n_lacking > 0 && i < c->combinations; i++)
        if (lacking[i].n)
            status = say_lacking(c, i, &lacking[i]);
    *out = category;
    return status;
}

/* ---- targets: counts, or shares of them ---- */

static double listed_sum(const baro_target_margin *margin, size_t area)
{
    double sum = 0;
    for (size_t k = 0; k < margin->categories; k++) {
        double value = margin->value[area * margin->categories + k];
        sum += isnan(value) ? 0 : value;
    }
    return sum;
}

static bool are_shares(double sum)
{
    return sum >= 0.99 && sum <= 1.01;
}

/* What the targets of an area add up to; NAN with a fault when margins of counts do not agree. */
static baro_status size_of_area(baro_binding *binding, const baro_targets *targets, size_t area, const baro_calibration *job, double *out)
{
    const baro_target_margin *first = NULL;
    *out = 0;
    for (size_t m = 0; m < targets->margins; m++) {
        const baro_target_margin *margin = &targets->margin[m];
        double sum = listed_sum(margin, area);
        if (margin->is_number || are_shares(sum))
            continue;
        if (first && fabs(sum - *out) > 1e-9 * *out)
            return baro_fault_add(binding->error, BARO_BAD_DATA, at_line(targets, 0),
                                  "the targets of margin '%s' add up to %.15g and those of '%s' to %.15g%s%s; they must add up to the same",
                                  first->name, *out, margin->name, sum, targets->area ? ", area " : "",
                                  targets->area ? targets->area[area] : "");
        if (!first)
            *out = sum;
        first = first ? first : margin;
    }
    for (size_t row = 0; !first && row < job->rows; row++)
        *out += !job->area || job->area[row] == area ? job->weight[row] : 0;
    return BARO_OK;
}

static baro_status scale_targets(baro_binding *binding, const baro_targets *targets, const baro_calibration *job, double **value)
{
    baro_status status = BARO_OK;
    for (size_t a = 0; a < targets->areas; a++) {
        double size;
        baro_status one = size_of_area(binding, targets, a, job, &size);
        status = status ? status : one;
        for (size_t m = 0; m < targets->margins && one == BARO_OK; m++) {
            const baro_target_margin *margin = &targets->margin[m];
            double sum = listed_sum(margin, a), factor = !margin->is_number && are_shares(sum) ? size / sum : 1;
            for (size_t k = 0; k < margin->categories; k++) {
                double target = margin->value[a * margin->categories + k];
                value[m][a * margin->categories + k] = isnan(target) ? 0 : target * factor;
            }
        }
    }
    return status;
}

/* ---- the job ---- */

static baro_status bind_base(baro_binding *binding, const char *weight, const double **out)
{
    double *base = BARO_ARRAY(binding->arena, double, binding->rows + 1);
    const baro_column *column = weight ? baro_binding_column(binding, one_name(&weight), BARO_NUMBER) : NULL;
    baro_status status = column ? baro_check_numbers(binding, column) : BARO_OK;
    if (status || !base)
        return status ? status : baro_no_memory(binding);
    for (size_t row = 0; row < binding->rows; row++) {
        baro_where_it_is at = row_place(binding, row);
        base[row] = column ? column->numbers[row] : 1;
        if (isnan(base[row]) && binding->survey->weight_missing_out)
            base[row] = 0;
        else if (isnan(base[row]))
            status = baro_fault_add(binding->error, BARO_BAD_DATA, at, "no weight (column %s)", weight);
        else if (base[row] < 0)
            status = baro_fault_add(binding->error, BARO_BAD_WEIGHT, at, "the weight is negative (column %s)", weight);
    }
    *out = base;
    return status;
}

static baro_status bind_number(baro_binding *binding, const baro_target_margin *margin, const baro_calibration *job, const double **out)
{
    const baro_column *column = baro_binding_column(binding, one_name(margin->part), BARO_NUMBER);
    baro_status status = baro_check_numbers(binding, column);
    size_t lacking = 0;
    for (size_t row = 0; row < binding->rows; row++)
        lacking += isnan(column->numbers[row]) && job->weight[row] > 0;
    if (lacking > 0 && status == BARO_OK)
        status = baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){0}, "margin '%s': %zu interviews without a number",
                                margin->name, lacking);
    *out = column->numbers;
    return status;
}

static baro_status bind_margin(baro_binding *binding, const baro_targets *targets, size_t m, const baro_calibration *job, baro_margin *out)
{
    crossing c = {.binding = binding, .targets = targets, .margin = &targets->margin[m]};
    out->categories = c.margin->categories;
    if (c.margin->is_number)
        return bind_number(binding, c.margin, job, &out->number);
    baro_status status = bind_parts(&c);
    if (status == BARO_OK)
        status = place_categories(&c);
    return status ? status : spread_categories(&c, job, &out->category);
}

baro_status baro_bind_margins(baro_binding *binding, const baro_targets *targets, const char *within, const char *weight,
                              baro_calibration *out)
{
    baro_margin *margin = BARO_ARRAY(binding->arena, baro_margin, targets->margins + 1);
    double **value = BARO_ARRAY(binding->arena, double *, targets->margins + 1);
    if (!margin || !value)
        return baro_no_memory(binding);
    *out = (baro_calibration){.rows = binding->rows, .margin = margin, .margins = targets->margins};
    baro_status status = bind_base(binding, weight, &out->weight);
    if (status == BARO_OK)
        status = bind_areas(binding, targets, within, out);
    if (status)
        return status;
    for (size_t m = 0; m < targets->margins; m++) {
        baro_status one = bind_margin(binding, targets, m, out, &margin[m]);
        status = status ? status : one;
        value[m] = BARO_ARRAY(binding->arena, double, targets->areas * targets->margin[m].categories + 1);
        if (!value[m])
            return baro_no_memory(binding);
        margin[m].target = value[m];
    }
    return status ? status : scale_targets(binding, targets, out, value);
}
