/* Conditions: true, false or missing for every row, from truth tables over dictionary entries. */
#include "surveys/binding/internal.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/model/areas.h"
#include <math.h>
#include <string.h>

enum { NO, YES, UNKNOWN };

typedef struct {
    const char *text;
    size_t length;
    bool is_number;
    double number;
} operand;

static unsigned char hold(bool is_true)
{
    return is_true ? YES : NO;
}

static bool in_order(baro_compare_op op, int order)
{
    switch (op) {
    case BARO_EQ: return order == 0;
    case BARO_NE: return order != 0;
    case BARO_LT: return order < 0;
    case BARO_LE: return order <= 0;
    case BARO_GT: return order > 0;
    case BARO_GE: return order >= 0;
    }
    return false;
}

/* By code point, spaces at both ends of the answer aside, as in a comparison for equality. */
static int text_order(const char *answer, size_t length, const char *text)
{
    for (; length > 0 && answer[0] == ' '; length--)
        answer++;
    while (length > 0 && answer[length - 1] == ' ')
        length--;
    size_t n = strlen(text);
    int order = memcmp(answer, text, length < n ? length : n);
    return order ? order : length < n ? -1 : length > n;
}

/* Quoted text compares as text, a bare number as a number; a bare word as text. */
static unsigned char compare(const baro_binding *binding, const operand *left, baro_compare_op op, const baro_where_value *right)
{
    if (right->is_number && !right->quoted) {
        if (!left->is_number)
            return UNKNOWN;
        return hold(in_order(op, left->number < right->number ? -1 : left->number > right->number));
    }
    if (op == BARO_EQ || op == BARO_NE) {
        bool same = baro_text_same_answer(left->text, left->length, right->text, strlen(right->text), binding->survey->ignore_case);
        return hold(same == (op == BARO_EQ));
    }
    return hold(in_order(op, text_order(left->text, left->length, right->text)));
}

/* Truth of a comparison for one value of a column, group or measure. */
static unsigned char judge(const baro_binding *binding, const baro_where *leaf, const operand *value)
{
    if (leaf->op == BARO_WHERE_COMPARE)
        return compare(binding, value, leaf->compare, &leaf->values[0]);
    unsigned char truth = NO;
    for (size_t i = 0; i < leaf->n_values && truth != YES; i++) {
        unsigned char one = compare(binding, value, BARO_EQ, &leaf->values[i]);
        truth = one == YES ? YES : one == UNKNOWN ? UNKNOWN : truth;
    }
    return truth;
}

static operand operand_of(const char *text)
{
    operand made = {.text = text, .length = strlen(text)};
    made.is_number = baro_number_read(text, made.length, '.', &made.number);
    return made;
}

static unsigned char of_missing(const baro_where *leaf, bool missing)
{
    return leaf->op == BARO_WHERE_MISSING ? hold(missing) : missing ? UNKNOWN : NO;
}

/* ---- leaves ---- */

static baro_status column_leaf(baro_binding *binding, const baro_where *leaf, unsigned char *truth)
{
    const char *name = leaf->name;
    const baro_column *column = baro_binding_column(binding, (baro_texts){&name, 1}, BARO_TEXT);
    unsigned char *table = column ? BARO_ARRAY(binding->arena, unsigned char, column->n_entries + 1) : NULL;
    if (!table)
        return baro_no_memory(binding);
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        bool missing = baro_entry_is_missing(binding, entry);
        operand value = {.text = entry->text, .length = entry->length};
        value.is_number = !missing && baro_entry_number(binding, entry, &value.number);
        table[e] = missing || leaf->op == BARO_WHERE_MISSING ? of_missing(leaf, missing) : judge(binding, leaf, &value);
    }
    for (size_t row = 0; row < binding->rows; row++)
        truth[row] = table[baro_column_code(column, row)];
    return BARO_OK;
}

static bool has_label(const baro_binding *binding, const char *const *label, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (baro_text_same_answer(label[i], strlen(label[i]), text, strlen(text), binding->survey->ignore_case))
            return true;
    return false;
}

/*
 * A comparison that no label can ever meet is a mistake, not a domain without members: a number where labels are words ("age < 35" of
 * bands), or a word that is no label.
 */
static baro_status check_labels(baro_binding *binding, const baro_where *leaf, const char *const *label, size_t n, const baro_areas *areas,
                                const char *what)
{
    bool numbers = false;
    for (size_t i = 0; i < n; i++)
        numbers = numbers || operand_of(label[i]).is_number;
    for (size_t v = 0; v < leaf->n_values && n > 0; v++) {
        const baro_where_value *value = &leaf->values[v];
        char name[BARO_QUOTE_ROOM], near[BARO_QUOTE_ROOM];
        bool as_number = value->is_number && !value->quoted;
        bool orders = leaf->op == BARO_WHERE_COMPARE && leaf->compare >= BARO_LT;
        if (!orders && areas && value->text && baro_areas_find(areas, value->text, strlen(value->text)))
            continue; /* an area that these files do not have */
        if ((as_number && numbers) || (!as_number && (orders || has_label(binding, label, n, value->text))))
            continue;
        const char *nearest = baro_text_nearest(value->text, label, n);
        baro_text_quote(value->text, strlen(value->text), name, sizeof name);
        baro_text_quote(nearest ? nearest : label[0], strlen(nearest ? nearest : label[0]), near, sizeof near);
        return baro_fault_add(binding->error, binding->asked_at.line ? BARO_BAD_SURVEY : BARO_USAGE, binding->asked_at,
                              "%s '%s' has no label '%s'; %s'%s'%s", what, leaf->name, name, nearest ? "did you mean " : "its labels are like ",
                              near, nearest ? "?" : "");
    }
    return BARO_OK;
}

/* The condition with areas named as labels are: 'Westminster' and 'City of Westminster' are one. NULL without memory. */
static const baro_where *by_area_names(const baro_binding *binding, const baro_group *group, const baro_where *leaf)
{
    if (!group->area_list || leaf->n_values == 0)
        return leaf;
    baro_where *named = BARO_NEW(binding->arena, baro_where);
    baro_where_value *values = BARO_ARRAY(binding->arena, baro_where_value, leaf->n_values);
    if (!named || !values)
        return NULL;
    *named = *leaf;
    for (size_t i = 0; i < leaf->n_values; i++) {
        values[i] = leaf->values[i];
        if (values[i].text)
            values[i].text = baro_areas_name(group->area_list, values[i].text);
    }
    named->values = values;
    return named;
}

/* A group is compared by its labels; in an overlapping group a row is true when one of its categories is. */
static baro_status group_leaf(baro_binding *binding, const baro_group *group, const baro_where *leaf, unsigned char *truth)
{
    const baro_bound_group *bound;
    baro_status status = baro_bind_group(binding, group, &bound);
    if (status == BARO_OK && !(leaf = by_area_names(binding, group, leaf)))
        status = baro_no_memory(binding);
    if (status)
        return status;
    status = check_labels(binding, leaf, bound->label, bound->n, group->area_list, "group");
    if (status)
        return status;
    unsigned char *table = BARO_ARRAY(binding->arena, unsigned char, bound->patterns);
    if (!table)
        return baro_no_memory(binding);
    for (size_t p = 0; p < bound->patterns; p++) {
        table[p] = of_missing(leaf, p == 0);
        for (size_t c = 0; c < bound->n && p > 0 && leaf->op != BARO_WHERE_MISSING; c++) {
            operand value = operand_of(bound->label[c]);
            unsigned char one = bound->member[p * bound->n + c] ? judge(binding, leaf, &value) : NO;
            table[p] = one == YES || table[p] == YES ? YES : one == UNKNOWN ? UNKNOWN : table[p];
        }
    }
    for (size_t row = 0; row < binding->rows; row++)
        truth[row] = table[bound->pattern[row]];
    return BARO_OK;
}

/* Several answers: true when one of them is. */
static unsigned char judge_level(const baro_binding *binding, const baro_bound_measure *bound, const baro_where *leaf, size_t level)
{
    if (bound->measure->multi.n == 0) {
        operand value = operand_of(bound->label[level]);
        return judge(binding, leaf, &value);
    }
    unsigned char truth = NO;
    for (size_t j = 0; j < bound->outcomes && truth != YES; j++) {
        operand value = operand_of(bound->outcome[j]);
        unsigned char one = bound->score[level * bound->outcomes + j] > 0 ? judge(binding, leaf, &value) : NO;
        truth = one == YES ? YES : one == UNKNOWN ? UNKNOWN : truth;
    }
    return truth;
}

static bool asks_for_positive(const baro_where *leaf)
{
    return leaf->n_values == 1 && leaf->values[0].text && strcmp(leaf->values[0].text, "positive") == 0 &&
           (leaf->op == BARO_WHERE_IN || leaf->compare == BARO_EQ || leaf->compare == BARO_NE);
}

/* A measure is compared by its labels, or as `positive`. */
static baro_status measure_leaf(baro_binding *binding, const baro_measure *measure, const baro_where *leaf, unsigned char *truth)
{
    const baro_bound_measure *bound;
    baro_status status = baro_bind_measure(binding, measure, &bound);
    if (status)
        return status;
    if (!bound->number && !(asks_for_positive(leaf) && bound->positive))
        status = measure->multi.n > 0 ? check_labels(binding, leaf, bound->outcome, bound->outcomes, NULL, "measure")
                                     : check_labels(binding, leaf, bound->label, bound->levels, NULL, "measure");
    if (status)
        return status;
    unsigned char *table = BARO_ARRAY(binding->arena, unsigned char, bound->levels + 1);
    if (!table)
        return baro_no_memory(binding);
    for (size_t l = 0; l < bound->levels && !bound->number; l++) {
        if (asks_for_positive(leaf) && bound->positive)
            table[l] = hold(bound->positive[l] == (leaf->op == BARO_WHERE_IN || leaf->compare == BARO_EQ));
        else
            table[l] = leaf->op == BARO_WHERE_MISSING ? NO : judge_level(binding, bound, leaf, l);
    }
    for (size_t row = 0; row < binding->rows; row++) {
        if (bound->level[row] >= BARO_NOT_PUT)
            truth[row] = of_missing(leaf, true);
        else if (bound->number && leaf->op != BARO_WHERE_MISSING) {
            operand value = {.text = "", .is_number = true, .number = bound->number[0][row]};
            truth[row] = judge(binding, leaf, &value);
        } else
            truth[row] = bound->number ? NO : table[bound->level[row]];
    }
    return BARO_OK;
}

/* ---- and, or, not: Kleene's three values ---- */

static void combine(baro_where_op op, size_t rows, unsigned char *left, const unsigned char *right)
{
    for (size_t row = 0; row < rows; row++) {
        unsigned char a = left[row], b = right[row];
        if (op == BARO_WHERE_AND)
            left[row] = a == NO || b == NO ? NO : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
        else
            left[row] = a == YES || b == YES ? YES : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO;
    }
}

/* Depth is bounded by the parser. */
static baro_status evaluate(baro_binding *binding, const baro_where *tree, unsigned char *truth)
{
    if (tree->op == BARO_WHERE_AND || tree->op == BARO_WHERE_OR) {
        unsigned char *right = BARO_ARRAY(binding->arena, unsigned char, binding->rows);
        baro_status status = right ? evaluate(binding, tree->left, truth) : baro_no_memory(binding);
        if (status == BARO_OK)
            status = evaluate(binding, tree->right, right);
        if (status == BARO_OK)
            combine(tree->op, binding->rows, truth, right);
        return status;
    }
    if (tree->op == BARO_WHERE_NOT) {
        static const unsigned char opposite[] = {YES, NO, UNKNOWN};
        baro_status status = evaluate(binding, tree->left, truth);
        for (size_t row = 0; row < binding->rows && status == BARO_OK; row++)
            truth[row] = opposite[truth[row]];
        return status;
    }
    const baro_group *group = baro_named_group(binding, tree->name);
    const baro_measure *measure = group ? NULL : baro_named_measure(binding, tree->name);
    return group ? group_leaf(binding, group, tree, truth)
                 : measure ? measure_leaf(binding, measure, tree, truth) : column_leaf(binding, tree, truth);
}

const baro_where *baro_known_tree(const baro_binding *binding, const char *where)
{
    for (size_t i = 0; i < binding->n_where; i++)
        if (strcmp(binding->where[i].text, where) == 0)
            return binding->where[i].tree;
    return NULL;
}

baro_status baro_bind_where(baro_binding *binding, const char *where, baro_where_it_is place, const unsigned char **out)
{
    size_t i = 0;
    while (i < binding->n_where && strcmp(binding->where[i].text, where) != 0)
        i++;
    if (i == binding->n_where)
        return baro_fault_add(binding->error, BARO_INTERNAL, place, "a condition that was not announced before reading");
    if (!binding->where[i].truth) {
        unsigned char *truth = BARO_ARRAY(binding->arena, unsigned char, binding->rows);
        baro_where_it_is outer = binding->asked_at; /* conditions of groups are met inside that of --where */
        binding->asked_at = place;
        baro_status status = truth ? evaluate(binding, binding->where[i].tree, truth) : baro_no_memory(binding);
        binding->asked_at = outer;
        if (status)
            return status;
        binding->where[i].truth = truth;
    }
    *out = binding->where[i].truth;
    return BARO_OK;
}
