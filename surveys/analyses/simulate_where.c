/* Conditions of a survey, of people who are drawn: by labels of groups, labels or `positive` of measures, and columns written. */
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/analyses/simulate_work.h"
#include <string.h>

/* Missing stands between: its `not` is itself. */
enum { NEVER, UNKNOWN, HOLDS };

const char *baro_simulated_spelling(const baro_truth *truth, const char *label, const baro_texts *codes)
{
    for (size_t i = 0; truth->spelling == BARO_TRUTH_CODES && i < codes->n; i++)
        if (strcmp(codes->item[i], label) != 0)
            return codes->item[i];
    return label;
}

static size_t find_group(const baro_truth *truth, const char *id)
{
    size_t g = 0;
    while (g < truth->n_groups && !(truth->groups[g].group && strcmp(truth->groups[g].group->id, id) == 0))
        g++;
    return g;
}

bool baro_simulated_takes(const baro_truth_group *group, const char *name)
{
    if (group->column)
        return strcmp(group->column, name) == 0;
    for (size_t i = 0; i < group->group->columns.n; i++)
        if (strcmp(group->group->columns.item[i], name) == 0)
            return true;
    for (size_t c = 0; c < group->n; c++)
        for (size_t i = 0; i < group->categories[c].n_write; i++)
            if (strcmp(group->categories[c].write[i].column, name) == 0)
                return true;
    return false;
}

static size_t find_column(const baro_truth *truth, const char *name)
{
    size_t g = 0;
    while (g < truth->n_groups && !baro_simulated_takes(&truth->groups[g], name))
        g++;
    return g;
}

static const char *column_text(const baro_truth *truth, const baro_truth_category *category, const char *name)
{
    for (size_t i = 0; i < category->n_write; i++)
        if (strcmp(category->write[i].column, name) == 0)
            return category->write[i].value;
    if (category->n_write > 0)
        return NULL;
    return category->category ? baro_simulated_spelling(truth, category->label, &category->category->codes) : category->label;
}

typedef struct {
    baro_simulation *s;
    baro_simulated_where *where;
    baro_where_it_is place;
    baro_status status;
} name_visit;

static void note_name(void *context, const char *name)
{
    name_visit *visit = context;
    const baro_truth *truth = visit->s->truth;
    size_t g = find_group(truth, name);
    if (g == truth->n_groups && baro_survey_measure(visit->s->survey, name)) {
        visit->where->names_measure = true;
        return;
    }
    if (g == truth->n_groups)
        g = find_column(truth, name);
    if (g < truth->n_groups)
        visit->where->names[g] = true;
    else if (visit->status == BARO_OK) {
        char shown[BARO_QUOTE_ROOM];
        visit->status = baro_fault_add(visit->s->error, BARO_BAD_SURVEY, visit->place,
                                       "simulate does not draw '%s', which a condition names; give it shares in the truth file's 'groups'",
                                       baro_text_quote(name, strlen(name), shown, sizeof shown));
    }
}

baro_status baro_simulated_condition(baro_simulation *s, const char *where, baro_position at, baro_simulated_where *out)
{
    const baro_where_it_is place = {at.path ? at.path : s->survey->path, at.line, at.column};
    *out = (baro_simulated_where){.names = BARO_ARRAY(s->arena, bool, s->truth->n_groups + 1)};
    if (!out->names)
        return BARO_NO_MEMORY;
    if (!where)
        return BARO_OK;
    baro_status status = baro_where_parse(where, place, BARO_BAD_SURVEY, s->arena, &out->tree, s->error);
    if (status)
        return status;
    name_visit visit = {s, out, place, BARO_OK};
    baro_where_names(out->tree, note_name, &visit);
    return visit.status;
}

/* What a name stands for in this person; NULL when it is missing. `*positive`: an answer of a measure that is. */
static const char *text_of(const baro_simulated_person *person, const char *name, bool *positive)
{
    const baro_simulation *s = person->simulation;
    const baro_truth *truth = s->truth;
    size_t g = find_group(truth, name);
    const baro_measure *measure = g == truth->n_groups ? baro_survey_measure(s->survey, name) : NULL;
    if (measure) {
        int answer = person->answer ? person->answer[measure - s->survey->measures] : BARO_NO_ANSWER;
        if (answer == BARO_NO_ANSWER || !measure->scale || (size_t)answer >= measure->scale->n_answers)
            return NULL;
        *positive = measure->scale->answers[answer].role == BARO_ROLE_POSITIVE;
        return measure->scale->answers[answer].label;
    }
    bool is_column = g == truth->n_groups;
    if (is_column)
        g = find_column(truth, name);
    if (g == truth->n_groups || (person->known && !person->known[g]))
        return NULL;
    const baro_truth_category *category = &truth->groups[g].categories[person->category[g]];
    return is_column ? column_text(truth, category, name) : category->label;
}

static bool compares(baro_compare_op op, int order)
{
    switch (op) {
    case BARO_EQ: return order == 0;
    case BARO_NE: return order != 0;
    case BARO_LT: return order < 0;
    case BARO_LE: return order <= 0;
    case BARO_GT: return order > 0;
    default: return order >= 0;
    }
}

static bool value_holds(baro_compare_op op, const char *text, bool positive, const baro_where_value *value)
{
    double number;
    if (positive && strcmp(value->text, "positive") == 0)
        return op == BARO_EQ;
    if (value->is_number && baro_number_read(text, strlen(text), '.', &number))
        return compares(op, (number > value->number) - (number < value->number));
    bool same = baro_text_same_answer(text, strlen(text), value->text, strlen(value->text), false);
    return same ? compares(op, 0) : compares(op, strcmp(text, value->text) < 0 ? -1 : 1);
}

static int truth_of(const baro_where *where, const baro_simulated_person *person)
{
    bool positive = false;
    int left, right;
    switch (where->op) {
    case BARO_WHERE_AND:
        left = truth_of(where->left, person);
        right = truth_of(where->right, person);
        return left < right ? left : right;
    case BARO_WHERE_OR:
        left = truth_of(where->left, person);
        right = truth_of(where->right, person);
        return left > right ? left : right;
    case BARO_WHERE_NOT: return HOLDS - truth_of(where->left, person);
    default: break;
    }
    const char *text = text_of(person, where->name, &positive);
    if (where->op == BARO_WHERE_MISSING)
        return text ? NEVER : HOLDS;
    if (!text)
        return UNKNOWN;
    baro_compare_op op = where->op == BARO_WHERE_IN ? BARO_EQ : where->compare;
    for (size_t i = 0; i < where->n_values; i++)
        if (value_holds(op, text, positive, &where->values[i]))
            return HOLDS;
    return NEVER;
}

bool baro_simulated_holds(const baro_simulated_where *where, const baro_simulated_person *person)
{
    return !where->tree || truth_of(where->tree, person) == HOLDS;
}
