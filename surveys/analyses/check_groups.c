/* Groups: answers in no category, categories that nobody is in, one name spelled in two ways, and who is in no group. */
#include "surveys/analyses/check_work.h"
#include "io/base/text.h"
#include <stdlib.h>
#include <string.h>

/* Entries of one kind: how many interviews, and the first. */
typedef struct {
    const baro_entry *first;
    size_t n;
} entries_met;

static void meet(entries_met *met, const baro_entry *entry)
{
    met->first = met->first ? met->first : entry;
    met->n += entry->count;
}

static bool in_some_category(const baro_checking *c, const baro_group *group, const baro_entry *entry, bool is_number, double number)
{
    for (size_t k = 0; k < group->n_categories; k++) {
        const baro_category *category = &group->categories[k];
        if (group->bands ? is_number && number >= category->from && number <= category->to
                         : baro_entry_is_one_of(c->binding, entry, category->codes))
            return true;
    }
    return false;
}

static void say_strangers(baro_checking *c, const baro_found *base, const baro_column *column, const baro_group *group, const entries_met *rare,
                          size_t listed)
{
    baro_found found = *base;
    if (rare->n == 0)
        return;
    found.place = baro_entry_place(c->binding, rare->first, 0);
    baro_find(c, &found, "%s that are no category of group '%s' (column %s), each given by few interviews, this one first; add them to its codes, or to missing",
              listed > 0 ? "other answers" : "answers", group->id, baro_check_name(c, column->name));
}

/* Whether a finding says "few" of a part of those who are in no category: their whole number would tell it. */
static bool look_at_answers(baro_checking *c, const baro_group *group, const baro_column *column, const char *item)
{
    baro_found found = {.severity = BARO_FINDING_ERROR, .check = "outside-categories", .item = item, .at = group->at};
    entries_met rare = {.n = 0}, outside = {.n = 0}, words = {.n = 0};
    size_t listed = 0;
    for (size_t e = 1; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        double number = 0;
        if (entry->count == 0 || baro_entry_is_missing(c->binding, entry) || baro_entry_is_one_of(c->binding, entry, group->missing))
            continue;
        bool is_number = group->bands && baro_entry_number(c->binding, entry, &number);
        if (in_some_category(c, group, entry, is_number, number))
            continue;
        if (group->bands)
            meet(is_number ? &outside : &words, entry);
        else if (listed < BARO_CHECK_LISTED && baro_check_tells(c, (double)entry->count)) {
            listed++;
            found.count = (double)entry->count;
            found.of = (double)c->rows;
            found.place = baro_entry_place(c->binding, entry, 0);
            baro_find(c, &found, "an answer that is no category of group '%s' (column %s): %s, this one first%s; add it to its codes, or to missing", group->id,
                      baro_check_name(c, column->name), baro_check_count(c, found.count, found.of, "interviews"), baro_check_answer(c, entry));
        } else
            meet(&rare, entry);
    }
    found.count = found.of = 0;
    say_strangers(c, &found, column, group, &rare, listed);
    const struct {
        const entries_met *met;
        baro_severity severity;
        const char *check, *what;
    } bands[] = {{&words, BARO_FINDING_ERROR, "not-a-number", "an answer that is no number, for bands"},
                 {&outside, BARO_FINDING_WARNING, "outside-bands", "a number in no band"}};
    for (size_t i = 0; i < 2; i++)
        if (bands[i].met->n > 0) {
            baro_found one = {.severity = bands[i].severity, .check = bands[i].check, .item = item, .at = group->at,
                              .count = (double)bands[i].met->n, .of = (double)c->rows, .place = baro_entry_place(c->binding, bands[i].met->first, 0)};
            baro_find(c, &one, "%s of group '%s' (column %s): %s, this one first; they are unknown: add a band, or list them under missing",
                      bands[i].what, group->id, baro_check_name(c, column->name), baro_check_count(c, one.count, one.of, "interviews"));
        }
    return !baro_check_tells(c, (double)rare.n) || !baro_check_tells(c, (double)words.n) || !baro_check_tells(c, (double)outside.n);
}

typedef struct {
    const char *folded, *text;
    const baro_entry *entry;
} spelling;

static int compare_spellings(const void *a, const void *b)
{
    const spelling *x = a, *y = b;
    int order = strcmp(x->folded, y->folded);
    return order ? order : strcmp(x->text, y->text);
}

/* Where every answer is a category, "upon" and "Upon" make two of one. */
static void look_at_spellings(baro_checking *c, const baro_group *group, const baro_column *column, const char *item)
{
    spelling *list = baro_check_room(c, column->n_entries + 1, sizeof *list);
    size_t n = 0;
    for (size_t e = 1; list && e < column->n_entries && column->n_entries <= BARO_CATEGORIES_MOST; e++) {
        const baro_entry *entry = &column->entries[e];
        if (entry->count == 0 || baro_entry_is_missing(c->binding, entry))
            continue;
        char *folded = baro_check_room(c, entry->length + 1, 1), *text = baro_check_room(c, entry->length + 1, 1);
        if (!folded || !text)
            return;
        folded[baro_text_canonical(entry->text, entry->length, true, folded)] = '\0';
        text[baro_text_canonical(entry->text, entry->length, c->survey->ignore_case, text)] = '\0';
        list[n++] = (spelling){folded, text, entry};
    }
    if (n > 1)
        qsort(list, n, sizeof *list, compare_spellings);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(list[i].folded, list[i - 1].folded) != 0 || strcmp(list[i].text, list[i - 1].text) == 0)
            continue;
        const baro_entry *entry = list[i].entry->count < list[i - 1].entry->count ? list[i].entry : list[i - 1].entry;
        baro_found found = {.severity = BARO_FINDING_WARNING, .check = "spelling", .item = item, .at = group->at, .count = (double)entry->count,
                            .of = (double)c->rows, .place = baro_entry_place(c->binding, entry, 0)};
        baro_find(c, &found, "an answer that differs from another in capitals only (column %s): %s, this one first%s; say case: ignore, or list categories",
                  baro_check_name(c, column->name), baro_check_count(c, found.count, found.of, c->survey->is_series ? "points" : "interviews"),
                  baro_check_answer(c, entry));
    }
}

static void look_for_empty(baro_checking *c, const baro_group *group, const baro_bound_group *bound, const size_t *met, const char *item)
{
    size_t inside = 0;
    for (size_t p = 1; p < bound->patterns; p++)
        inside += met[p];
    baro_found found = {.severity = BARO_FINDING_WARNING, .check = "group-empty", .item = item, .at = group->at};
    if (inside == 0) {
        baro_find(c, &found, "no interview is in any category of group '%s'; are these the right column and codes?", group->id);
        return;
    }
    for (size_t k = 0; k < bound->n; k++) {
        size_t n = 0;
        for (size_t p = 1; p < bound->patterns; p++)
            n += bound->member[p * bound->n + k] ? met[p] : 0;
        if (group->n_categories > k) {
            found.at = group->categories[k].at;
            found.place = (baro_where_it_is){found.at.line ? c->survey->path : NULL, found.at.line, found.at.column};
        }
        if (n == 0)
            baro_find(c, &found, "no interview is in category '%s' of group '%s'; is a code spelled otherwise?", baro_check_name(c, bound->label[k]), group->id);
    }
}

static void look_at_members(baro_checking *c, const baro_group *group, const baro_bound_group *bound, const char *item, bool few)
{
    size_t *met = baro_check_room(c, bound->patterns + 1, sizeof *met);
    for (size_t s = 0; met && s < c->sources; s++) {
        const baro_source *source = baro_frame_source(c->frame, s);
        size_t unknown = 0;
        for (size_t row = source->first_row; row < source->first_row + source->rows; row++) {
            met[bound->pattern[row]]++;
            unknown += bound->pattern[row] == 0;
        }
        if (unknown == 0 || (bound->source_lacks && bound->source_lacks[s]) || c->survey->is_series)
            continue;
        baro_found found = {.severity = BARO_FINDING_NOTE, .check = "group-unknown", .item = item, .at = group->at, .count = (double)unknown,
                            .of = (double)source->rows};
        if (few) {
            found.count = 1; /* hidden */
            found.of = 0;
            baro_find(c, &found, "in no category of group '%s'%s: some; how many is not told, because a few have answers that are none", group->id,
                      baro_check_in(c, s));
            continue;
        }
        baro_find(c, &found, "in no category of group '%s'%s: %s", group->id, baro_check_in(c, s),
                  baro_check_count(c, found.count, found.of, "interviews"));
    }
    if (met)
        look_for_empty(c, group, bound, met, item);
}

void baro_check_groups(baro_checking *c)
{
    for (size_t g = 0; g < c->survey->n_groups && c->rows > 0 && !c->failed; g++) {
        const baro_group *group = &c->survey->groups[g];
        const char *item = baro_check_text(c, "group %s", group->id);
        const baro_column *column = group->columns.n > 0 && !group->derived ? baro_binding_column(c->binding, group->columns, BARO_TEXT) : NULL;
        const baro_bound_group *bound = NULL;
        bool there = !column, few = false;
        for (size_t s = 0; column && s < c->sources; s++)
            there = there || column->found[s];
        if (!there) /* said already */
            continue;
        if (column && group->n_categories > 0 && !group->of)
            few = look_at_answers(c, group, column, item);
        else if (column && !group->of)
            look_at_spellings(c, group, column, item);
        bool good = baro_bind_group(c->binding, group, &bound) == BARO_OK;
        baro_check_aside(c, good ? NULL : "group", item, group->at);
        if (good && bound)
            look_at_members(c, group, bound, item, few);
    }
}
