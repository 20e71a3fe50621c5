/* The groups of a truth file: shares and response, each tied to its category in the survey. */
#include "io/base/text.h"
#include "surveys/model/truth_keys.h"
#include <math.h>
#include <string.h>

typedef struct {
    baro_drafter *d;
    const baro_survey *survey;
    baro_truth_group *group;
    size_t n;
} grouper;

static const char *group_hint(const grouper *g, const char *id)
{
    const char **names = baro_draft_array(g->d, g->survey->n_groups + 1, sizeof *names);
    for (size_t i = 0; names && i < g->survey->n_groups; i++)
        names[i] = g->survey->groups[i].id;
    return names ? baro_draft_hint(g->d, id, names, g->survey->n_groups) : "";
}

static const baro_category *find_category(const baro_group *group, const char *label)
{
    for (size_t i = 0; i < group->n_categories; i++)
        if (strcmp(group->categories[i].label, label) == 0)
            return &group->categories[i];
    return NULL;
}

static void tie_category(grouper *g, const baro_group *group, const baro_yaml *at, baro_truth_category *out)
{
    if (!group || !out->label)
        return;
    out->category = find_category(group, out->label);
    if (group->n_categories > 0 && !out->category) {
        const char **labels = baro_draft_array(g->d, group->n_categories, sizeof *labels);
        for (size_t i = 0; labels && i < group->n_categories; i++)
            labels[i] = group->categories[i].label;
        baro_draft_fault(g->d, baro_draft_at(at, "label"), "'%s' is no category of group '%s'%s", baro_draft_quote(g->d, out->label), group->id,
                         labels ? baro_draft_hint(g->d, out->label, labels, group->n_categories) : "");
    }
    if (group->derived && out->n_write == 0)
        baro_draft_fault(g->d, at, "group '%s' is derived: say with 'write' what stands in the columns, as in write: {orientation: Gay}", group->id);
}

static void read_write(grouper *g, const baro_yaml *at, baro_truth_category *out)
{
    const baro_yaml *map = baro_draft_child(at, "write");
    if (!map || map->kind != BARO_YAML_MAP)
        return;
    baro_truth_write *write = baro_draft_array(g->d, map->count, sizeof *write);
    for (size_t i = 0; write && i < map->count; i++) {
        if (map->item[i]->kind != BARO_YAML_SCALAR)
            baro_draft_fault(g->d, map->item[i], "what stands in column '%s' must be text", baro_draft_quote(g->d, map->key[i]->text));
        write[i] = (baro_truth_write){map->key[i]->text, map->item[i]->text};
    }
    out->write = write;
    out->n_write = write ? map->count : 0;
}

static void check_twice(grouper *g, const baro_yaml *at, const baro_truth_category *list, size_t n)
{
    for (size_t i = 0; i < n && list[n].label; i++)
        if (list[i].label && strcmp(list[i].label, list[n].label) == 0)
            baro_draft_fault(g->d, baro_draft_at(at, "label"), "category '%s' is there twice", baro_draft_quote(g->d, list[n].label));
}

static void read_categories(grouper *g, const baro_yaml *at, baro_truth_group *out)
{
    size_t n;
    const baro_yaml *const *item = baro_truth_records(g->d, at, "categories", &n);
    baro_truth_category *list = baro_draft_array(g->d, n + 1, sizeof *list);
    double sum = 0;
    for (size_t i = 0; list && i < n; i++) {
        list[i] = (baro_truth_category){.share = 1, .response = 1};
        if (!item[i])
            continue;
        baro_truth_keys_read(g->d, BARO_TRUTH_CATEGORY, item[i], &list[i]);
        read_write(g, item[i], &list[i]);
        tie_category(g, out->group, item[i], &list[i]);
        check_twice(g, item[i], list, i);
        if (!g->survey->weight && baro_draft_child(item[i], "response"))
            baro_draft_fault(g->d, baro_draft_at(item[i], "response"), "'response' needs a weight, and the survey has none");
        sum += list[i].share;
    }
    for (size_t i = 0; list && i < n; i++)
        list[i].share /= sum;
    out->categories = list;
    out->n = list ? n : 0;
}

/* Where a group says nothing of its categories: those of the survey, else a few names. */
static void even_categories(grouper *g, baro_truth_group *out)
{
    static const char *const boroughs[] = {"Barnet", "Camden", "Croydon", "Hackney", "Lambeth", "Newham"};
    enum { NAMES = sizeof boroughs / sizeof *boroughs };
    const baro_group *group = out->group;
    size_t n = group && group->n_categories > 0 ? group->n_categories : NAMES;
    baro_truth_category *list = baro_draft_array(g->d, n, sizeof *list);
    for (size_t i = 0; list && i < n; i++) {
        list[i] = (baro_truth_category){.share = 1.0 / (double)n, .response = 1};
        if (group && group->n_categories > 0) {
            list[i].category = &group->categories[i];
            list[i].label = group->categories[i].label;
        } else
            list[i].label = group && group->areas ? boroughs[i] : baro_arena_format(g->d->arena, "%zu", i + 1);
        if (!list[i].label)
            baro_draft_no_memory(g->d);
    }
    out->categories = list;
    out->n = list ? n : 0;
}

static bool takes_column(const baro_truth_group *group, const char *column)
{
    if (group->column)
        return strcmp(group->column, column) == 0;
    for (size_t i = 0; group->group && i < group->group->columns.n; i++)
        if (strcmp(group->group->columns.item[i], column) == 0)
            return true;
    for (size_t i = 0; group->n > 0 && i < group->categories[0].n_write; i++)
        if (strcmp(group->categories[0].write[i].column, column) == 0)
            return true;
    return false;
}

static const baro_truth_group *taker(const grouper *g, const char *column)
{
    for (size_t i = 0; i < g->n; i++)
        if (takes_column(&g->group[i], column))
            return &g->group[i];
    return NULL;
}

static void read_group(grouper *g, const baro_yaml *at)
{
    baro_truth_group_draft draft = {.is = {.at = baro_draft_position(at)}};
    baro_truth_keys_read(g->d, BARO_TRUTH_GROUP, at, &draft);
    draft.is.name = draft.id ? draft.id : draft.is.column;
    if (!draft.id == !draft.is.column) {
        baro_draft_fault(g->d, at, "a group has either 'id', a group of the survey, or 'column'");
        return;
    }
    draft.is.group = draft.id ? baro_survey_group(g->survey, draft.id) : NULL;
    if (draft.id && !draft.is.group) {
        baro_draft_fault(g->d, baro_draft_at(at, "id"), "no group '%s' in the survey%s", baro_draft_quote(g->d, draft.id), group_hint(g, draft.id));
        return;
    }
    if (draft.is.group && (draft.is.group->of || draft.is.group->overlap)) {
        baro_draft_fault(g->d, baro_draft_at(at, "id"), "group '%s' cannot be drawn: its categories overlap, or are made of another group's", draft.id);
        return;
    }
    if (draft.is.even && !g->survey->weight)
        baro_draft_fault(g->d, baro_draft_at(at, "sample"), "'sample: even' needs a weight, and the survey has none");
    const char *column = draft.is.column ? draft.is.column : draft.is.group->columns.n > 0 ? draft.is.group->columns.item[0] : NULL;
    const baro_truth_group *other = column ? taker(g, column) : NULL;
    if (other)
        baro_draft_fault(g->d, at, "column '%s' is drawn for '%s' already", baro_draft_quote(g->d, column), baro_draft_quote(g->d, other->name));
    if (baro_draft_child(at, "categories"))
        read_categories(g, at, &draft.is);
    else
        even_categories(g, &draft.is);
    if (draft.is.n == 0)
        baro_draft_fault(g->d, at, "'%s' has no categories", baro_draft_quote(g->d, draft.is.name));
    g->group[g->n++] = draft.is;
}

static bool is_drawn(const grouper *g, const char *id)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->group[i].group && strcmp(g->group[i].name, id) == 0)
            return true;
    return false;
}

static void add_default(grouper *g, const baro_group *group, const char *column)
{
    baro_truth_group made = {.name = group ? group->id : column, .group = group, .column = group ? NULL : column, .by_default = true};
    even_categories(g, &made);
    g->group[g->n++] = made;
}

/* Two groups of one column, as fine and coarse ages: the first is drawn, the other follows. */
static void add_defaults(grouper *g)
{
    const baro_survey *survey = g->survey;
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *group = &survey->groups[i];
        if (group->columns.n > 0 && !group->overlap && !is_drawn(g, group->id) && !taker(g, group->columns.item[0]))
            add_default(g, group, NULL);
    }
    for (size_t i = 0; i < survey->strata.n; i++) {
        const char *name = survey->strata.item[i];
        bool is_period = strcmp(name, "period") == 0 && survey->has_period;
        if (!is_period && !baro_survey_group(survey, name) && !taker(g, name))
            add_default(g, NULL, name);
    }
}

void baro_truth_groups(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth *out)
{
    size_t n;
    const baro_yaml *const *item = baro_truth_records(d, root, "groups", &n);
    grouper g = {.d = d, .survey = survey};
    g.group = baro_draft_array(d, n + survey->n_groups + survey->strata.n + 1, sizeof *g.group);
    if (!g.group)
        return;
    for (size_t i = 0; i < n; i++)
        if (item[i])
            read_group(&g, item[i]);
    if (d->status == BARO_OK)
        add_defaults(&g);
    out->groups = g.group;
    out->n_groups = g.n;
}
