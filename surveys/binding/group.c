/* Groups: from answers, bands or conditions to patterns of categories, one a row. */
#include "surveys/binding/internal.h"
#include "io/base/text.h"
#include "surveys/model/areas.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- every distinct answer a category: numbers ascending, then text by code point ---- */

typedef struct {
    const char *key, *label; /* what makes answers one; how the first of them is written */
    bool is_number;
    double number;
    uint32_t entry;
} found_answer;

static int compare_answers(const void *a, const void *b)
{
    const found_answer *x = a, *y = b;
    if (x->is_number != y->is_number)
        return x->is_number ? -1 : 1;
    if (x->is_number && x->number != y->number)
        return x->number < y->number ? -1 : 1;
    int order = strcmp(x->key, y->key); /* UTF-8 sorts by code point */
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

int baro_answer_order(const baro_binding *binding, const char *a, const char *b)
{
    baro_entry x = {.text = a, .length = strlen(a)}, y = {.text = b, .length = strlen(b)};
    found_answer left = {.key = a}, right = {.key = b};
    left.is_number = baro_entry_number(binding, &x, &left.number);
    right.is_number = baro_entry_number(binding, &y, &right.number);
    return compare_answers(&left, &right);
}

baro_status baro_distinct_answers(baro_binding *binding, const baro_column *column, baro_texts missing, uint16_t missing_code,
                                  uint16_t first_code, uint16_t *table, const char ***labels, size_t *n)
{
    found_answer *found = BARO_ARRAY(binding->arena, found_answer, column->n_entries + 1);
    const char **label = BARO_ARRAY(binding->arena, const char *, column->n_entries + 1);
    size_t n_found = 0, n_labels = 0;
    if (!found || !label)
        return baro_no_memory(binding);
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        table[e] = missing_code;
        if (baro_entry_is_missing(binding, entry) || baro_entry_is_one_of(binding, entry, missing))
            continue;
        char *key = BARO_ARRAY(binding->arena, char, entry->length + 1), *text = BARO_ARRAY(binding->arena, char, entry->length + 1);
        if (!key || !text)
            return baro_no_memory(binding);
        key[baro_text_canonical(entry->text, entry->length, binding->survey->ignore_case, key)] = '\0';
        text[baro_text_canonical(entry->text, entry->length, false, text)] = '\0';
        found[n_found] = (found_answer){.key = key, .label = text, .entry = (uint32_t)e};
        found[n_found].is_number = baro_entry_number(binding, entry, &found[n_found].number);
        n_found++;
    }
    qsort(found, n_found, sizeof *found, compare_answers);
    for (size_t i = 0; i < n_found; i++) {
        if (i == 0 || strcmp(found[i].key, found[i - 1].key) != 0)
            label[n_labels++] = found[i].label;
        if (n_labels > BARO_CATEGORIES_MOST)
            return baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){0},
                                  "column '%s' has more than %d distinct answers: too many for a breakdown or a distribution", column->name,
                                  BARO_CATEGORIES_MOST);
        table[found[i].entry] = (uint16_t)(first_code + n_labels - 1);
    }
    *labels = label;
    *n = n_labels;
    return BARO_OK;
}

/* ---- categories by code or band ---- */

static size_t category_of(const baro_binding *binding, const baro_group *group, const baro_entry *entry)
{
    double number;
    bool is_number = group->bands && baro_entry_number(binding, entry, &number);
    for (size_t c = 0; c < group->n_categories; c++) {
        const baro_category *category = &group->categories[c];
        if (group->bands ? is_number && number >= category->from && number <= category->to
                         : baro_entry_is_one_of(binding, entry, category->codes))
            return c;
    }
    const baro_area *area = group->area_list && !group->bands ? baro_areas_find(group->area_list, entry->text, entry->length) : NULL;
    for (size_t c = 0; area && c < group->n_categories; c++)
        if (strcmp(baro_areas_name(group->area_list, group->categories[c].label), area->name) == 0)
            return c;
    return group->n_categories;
}

/* An answer that belongs nowhere is unknown; the remark counts them. */
typedef struct {
    const baro_entry *first;
    size_t count;
} strange_answers;

static void note_strange(strange_answers *strange, const baro_entry *entry)
{
    if (entry->count == 0)
        return;
    strange->first = strange->first ? strange->first : entry;
    strange->count += entry->count;
}

static void remark_strange(baro_binding *binding, const baro_group *group, const baro_column *column, const strange_answers *strange)
{
    if (strange->count == 0)
        return;
    baro_remark_add(binding->error, baro_entry_place(binding, strange->first, 0),
                    "answer that is no %s of group '%s' (column %s): interviews counted as unknown: %zu, this one first%s",
                    group->n_categories > 0 ? "category" : "area", group->id, column->name, strange->count,
                    baro_entry_shown(binding, strange->first));
}

static void listed_answers(baro_binding *binding, const baro_group *group, const baro_column *column, uint16_t *table)
{
    strange_answers strange = {NULL, 0};
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        table[e] = 0;
        if (baro_entry_is_missing(binding, entry) || baro_entry_is_one_of(binding, entry, group->missing))
            continue;
        size_t category = category_of(binding, group, entry);
        if (category < group->n_categories)
            table[e] = (uint16_t)(category + 1);
        else if (!group->bands)
            note_strange(&strange, entry);
    }
    remark_strange(binding, group, column, &strange);
}

/* Categories are the areas that the files have, in the order of the list. */
static baro_status area_answers(baro_binding *binding, const baro_group *group, const baro_column *column, uint16_t *table, baro_bound_group *bound)
{
    const baro_areas *areas = group->area_list;
    const baro_area **found = BARO_ARRAY(binding->arena, const baro_area *, column->n_entries + 1);
    uint16_t *category = BARO_ARRAY(binding->arena, uint16_t, areas->n + 1);
    const char **label = BARO_ARRAY(binding->arena, const char *, areas->n + 1);
    strange_answers strange = {NULL, 0};
    if (!found || !category || !label)
        return baro_no_memory(binding);
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        if (entry->count == 0 || baro_entry_is_missing(binding, entry) || baro_entry_is_one_of(binding, entry, group->missing))
            continue;
        found[e] = baro_areas_find(areas, entry->text, entry->length);
        if (found[e])
            category[found[e] - areas->area] = 1;
        else
            note_strange(&strange, entry);
    }
    for (size_t a = 0; a < areas->n; a++) {
        if (!category[a])
            continue;
        if (bound->n == BARO_CATEGORIES_MOST)
            return baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){0}, "column '%s' has more than %d areas: too many for a breakdown",
                                  column->name, BARO_CATEGORIES_MOST);
        label[bound->n] = areas->area[a].name;
        category[a] = (uint16_t)++bound->n;
    }
    for (size_t e = 0; e < column->n_entries; e++)
        table[e] = found[e] ? category[found[e] - areas->area] : 0;
    bound->label = label;
    remark_strange(binding, group, column, &strange);
    return BARO_OK;
}

static baro_status bind_column(baro_binding *binding, const baro_group *group, baro_bound_group *bound, uint16_t *pattern)
{
    const baro_column *column = baro_binding_column(binding, group->columns, BARO_TEXT);
    size_t sources = baro_frame_sources(binding->frame);
    uint16_t *table = BARO_ARRAY(binding->arena, uint16_t, column->n_entries + 1);
    bool *lacking = BARO_ARRAY(binding->arena, bool, sources);
    if (!table || !lacking)
        return baro_no_memory(binding);
    for (size_t s = 0; s < sources; s++)
        lacking[s] = !column->found[s];
    bound->source_lacks = lacking;
    if (group->n_categories > 0)
        listed_answers(binding, group, column, table);
    else if (group->area_list) {
        baro_status status = area_answers(binding, group, column, table, bound);
        if (status)
            return status;
    } else {
        const char **labels;
        baro_status status = baro_distinct_answers(binding, column, group->missing, 0, 1, table, &labels, &bound->n);
        if (status)
            return status;
        bound->label = labels;
    }
    baro_spread_codes(column, binding->rows, table, pattern);
    return BARO_OK;
}

/* ---- categories by condition; with `overlap` a row may be in several ---- */

static baro_status no_overlap(size_t rows, const baro_group *group, const unsigned char *const *truth, uint16_t *pattern)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t c = group->n_categories; c-- > 0;)
            if (truth[c][row] == 1)
                pattern[row] = (uint16_t)(c + 1); /* the first that is true is written last */
    return BARO_OK;
}

/* Patterns are numbered as they first appear; combination p - 1 is at combination[(p - 1) * n]. */
static baro_status with_overlap(baro_binding *binding, const baro_group *group, const unsigned char *const *truth, uint16_t *pattern,
                                baro_bound_group *bound)
{
    size_t n = group->n_categories, known = 0, room = BARO_CATEGORIES_MOST;
    unsigned char *combination = BARO_ARRAY(binding->arena, unsigned char, (room + 1) * n);
    if (!combination)
        return baro_no_memory(binding);
    for (size_t row = 0; row < binding->rows; row++) {
        unsigned char *next = combination + (known + 1) * n;
        bool any = false;
        for (size_t c = 0; c < n; c++) {
            next[c] = truth[c][row] == 1;
            any = any || next[c];
        }
        size_t p = 1;
        while (any && p <= known && memcmp(combination + p * n, next, n) != 0)
            p++;
        if (any && p > known && ++known >= room)
            return baro_fault_add(binding->error, BARO_BAD_DATA, baro_binding_place(binding, group->at),
                                  "group '%s' has over %zu combinations of overlapping categories", group->id, room);
        pattern[row] = (uint16_t)(any ? p : 0);
    }
    memset(combination, 0, n);
    bound->patterns = known + 1;
    bound->member = combination;
    return BARO_OK;
}

/* A file that lacks every column of the conditions cannot say who is in the group. */
typedef struct {
    const baro_binding *binding;
    bool *lacking;
    size_t named;
} lack_visit;

static void visit_name(void *context, const char *name)
{
    lack_visit *visit = context;
    const baro_group *group = baro_named_group(visit->binding, name);
    while (group && group->of)
        group = baro_survey_group(visit->binding->survey, group->of);
    const baro_measure *measure = group ? NULL : baro_named_measure(visit->binding, name);
    baro_texts names = group ? group->columns : measure ? measure->columns : (baro_texts){&name, 1};
    const baro_column *column = names.n > 0 ? baro_binding_column(visit->binding, names, BARO_TEXT) : NULL;
    for (size_t s = 0; s < baro_frame_sources(visit->binding->frame); s++)
        visit->lacking[s] = (visit->named == 0 || visit->lacking[s]) && column && !column->found[s];
    visit->named++;
}

static baro_status bind_derived(baro_binding *binding, const baro_group *group, baro_bound_group *bound, uint16_t *pattern)
{
    const unsigned char **truth = BARO_ARRAY(binding->arena, const unsigned char *, group->n_categories);
    bool *lacking = BARO_ARRAY(binding->arena, bool, baro_frame_sources(binding->frame));
    if (!truth || !lacking)
        return baro_no_memory(binding);
    bound->source_lacks = lacking;
    lack_visit lacks = {.binding = binding, .lacking = lacking};
    for (size_t c = 0; c < group->n_categories; c++) {
        const baro_category *category = &group->categories[c];
        baro_status status = baro_bind_where(binding, category->where, baro_binding_place(binding, category->at), &truth[c]);
        if (status)
            return status;
        baro_where_names(baro_known_tree(binding, category->where), visit_name, &lacks);
    }
    return group->overlap ? with_overlap(binding, group, truth, pattern, bound) : no_overlap(binding->rows, group, truth, pattern);
}

/* ---- categories made of another group's labels ---- */

static bool is_taken(const baro_binding *binding, const baro_group *of, const char *label, baro_texts codes)
{
    const baro_entry entry = {.text = label, .length = strlen(label), .count = 1};
    for (size_t i = 0; of->area_list && i < codes.n; i++) /* in any spelling of the area */
        if (strcmp(baro_areas_name(of->area_list, codes.item[i]), baro_areas_name(of->area_list, label)) == 0)
            return true;
    return baro_entry_is_one_of(binding, &entry, codes);
}

/* taken[c * n + k]: whether label c of the other group is in category k of this one. */
static unsigned char *labels_taken(baro_binding *binding, const baro_group *group, const baro_bound_group *of)
{
    size_t n = group->n_categories;
    unsigned char *taken = BARO_ARRAY(binding->arena, unsigned char, of->n * n + 1);
    for (size_t c = 0; taken && c < of->n; c++)
        for (size_t k = 0; k < n; k++)
            taken[c * n + k] = is_taken(binding, of->group, of->label[c], group->categories[k].codes);
    return taken;
}

/* A pattern of the other group becomes one of this: each its own category, or, where they overlap, a combination of them. */
static baro_status combine_patterns(baro_binding *binding, const baro_group *group, const baro_bound_group *of,
                                    const unsigned char *taken, uint16_t *table, baro_bound_group *bound)
{
    size_t n = group->n_categories, known = 0;
    unsigned char *combination = BARO_ARRAY(binding->arena, unsigned char, (of->patterns + 1) * n);
    if (!combination)
        return baro_no_memory(binding);
    for (size_t p = 1; p < of->patterns; p++) {
        unsigned char *next = combination + (known + 1) * n;
        size_t first = n, same = 1;
        memset(next, 0, n);
        for (size_t c = 0; c < of->n; c++)
            for (size_t k = 0; k < n; k++)
                next[k] |= of->member[p * of->n + c] && taken[c * n + k];
        for (size_t k = n; k-- > 0;)
            first = next[k] ? k : first;
        while (same <= known && memcmp(combination + same * n, next, n) != 0)
            same++;
        known += group->overlap && first < n && same > known;
        table[p] = (uint16_t)(first == n ? 0 : group->overlap ? same : first + 1);
    }
    if (group->overlap) {
        bound->patterns = known + 1;
        bound->member = combination;
    }
    return BARO_OK;
}

static baro_status bind_of(baro_binding *binding, const baro_group *group, baro_bound_group *bound, uint16_t *pattern)
{
    const baro_bound_group *of;
    const baro_group *other = baro_survey_group(binding->survey, group->of);
    baro_status status = other ? baro_bind_group(binding, other, &of)
                               : baro_fault_add(binding->error, BARO_INTERNAL, baro_binding_place(binding, group->at),
                                                "a group of another that is not there");
    if (status)
        return status;
    unsigned char *taken = labels_taken(binding, group, of);
    uint16_t *table = BARO_ARRAY(binding->arena, uint16_t, of->patterns);
    if (!taken || !table)
        return baro_no_memory(binding);
    status = combine_patterns(binding, group, of, taken, table, bound);
    bound->source_lacks = of->source_lacks;
    for (size_t row = 0; row < binding->rows && status == BARO_OK; row++)
        pattern[row] = table[of->pattern[row]];
    return status;
}

static baro_status finish(baro_binding *binding, const baro_group *group, baro_bound_group *bound)
{
    if (group->n_categories > 0) {
        const char **label = BARO_ARRAY(binding->arena, const char *, group->n_categories);
        if (!label)
            return baro_no_memory(binding);
        for (size_t c = 0; c < group->n_categories; c++)
            label[c] = group->categories[c].label;
        bound->label = label;
        bound->n = group->n_categories;
    }
    if (bound->member)
        return BARO_OK;
    bound->patterns = bound->n + 1; /* disjoint: pattern c + 1 is category c alone */
    unsigned char *member = BARO_ARRAY(binding->arena, unsigned char, bound->patterns * bound->n + 1);
    if (!member)
        return baro_no_memory(binding);
    for (size_t c = 0; c < bound->n; c++)
        member[(c + 1) * bound->n + c] = 1;
    bound->member = member;
    return BARO_OK;
}

baro_status baro_bind_group(baro_binding *binding, const baro_group *group, const baro_bound_group **out)
{
    const baro_bound_group **made = &binding->group[group - binding->survey->groups];
    if (!*made) {
        baro_bound_group *bound = BARO_NEW(binding->arena, baro_bound_group);
        uint16_t *pattern = BARO_ARRAY(binding->arena, uint16_t, binding->rows);
        if (!bound || !pattern)
            return baro_no_memory(binding);
        bound->group = group;
        bound->pattern = pattern;
        baro_status status = group->of        ? bind_of(binding, group, bound, pattern)
                             : group->derived ? bind_derived(binding, group, bound, pattern)
                                              : bind_column(binding, group, bound, pattern);
        if (status == BARO_OK)
            status = finish(binding, group, bound);
        if (status)
            return status;
        *made = bound;
    }
    *out = *made;
    return BARO_OK;
}
