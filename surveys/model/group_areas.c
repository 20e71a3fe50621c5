/* Groups of areas: the lists that `areas` and `grid` name are read with the survey file, once each. */
#include "surveys/model/areas.h"
#include "surveys/model/draft.h"
#include <string.h>

/* A list that an earlier group has read, or NULL. */
static const baro_areas *read_before(const baro_group *groups, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++) {
        const baro_areas *lists[] = {groups[i].area_list, groups[i].tiles};
        for (size_t k = 0; k < 2; k++)
            if (lists[k] != NULL && strcmp(lists[k]->path, path) == 0)
                return lists[k];
    }
    return NULL;
}

static const baro_areas *list_of(baro_drafter *d, const baro_yaml *at, const char *name, const baro_group *groups, size_t n)
{
    const char *path = baro_areas_path(name, at->source, d->arena);
    if (path == NULL) {
        baro_draft_fault(d, at, "no list of areas '%s': there is no such CSV beside the survey file or among those shipped",
                         baro_draft_quote(d, name));
        return NULL;
    }
    const baro_areas *known = read_before(groups, n, path);
    baro_areas *list = known == NULL ? baro_draft_array(d, 1, sizeof *list) : NULL;
    if (list == NULL)
        return known;
    baro_status status = baro_areas_read(path, d->arena, list, d->error);
    d->status = d->status == BARO_OK ? status : d->status;
    return status == BARO_OK ? list : NULL;
}

static void complete_group(baro_drafter *d, const baro_yaml *at, baro_group *groups, size_t i)
{
    baro_group *group = &groups[i];
    if (group->areas != NULL)
        group->area_list = list_of(d, baro_draft_at(at, "areas"), group->areas, groups, i + 1);
    if (group->grid != NULL)
        group->tiles = list_of(d, baro_draft_at(at, "grid"), group->grid, groups, i + 1);
    if (group->area_list == NULL || group->reference == NULL || group->n_categories > 0)
        return;
    const baro_area *area = baro_areas_find(group->area_list, group->reference, strlen(group->reference));
    if (area == NULL)
        baro_draft_fault(d, baro_draft_at(at, "reference"), "reference '%s' is no area of '%s'",
                         baro_draft_quote(d, group->reference), baro_draft_quote(d, group->areas));
    else
        group->reference = area->name;
}

/** A group made of one of areas names areas, in any of their spellings. */
static void check_of(baro_drafter *d, const baro_draft_group *from, const baro_group *of)
{
    const baro_draft_category *category = from->categories.item;
    const char **names = baro_draft_array(d, of->area_list->n, sizeof *names);
    for (size_t i = 0; names != NULL && i < of->area_list->n; i++)
        names[i] = of->area_list->area[i].name;
    for (size_t i = 0; names != NULL && i < from->categories.n; i++)
        for (size_t k = 0; k < category[i].is.codes.n; k++) {
            const char *code = category[i].is.codes.item[k];
            if (baro_areas_find(of->area_list, code, strlen(code)) == NULL)
                baro_draft_fault(d, baro_draft_item(category[i].at, "codes", k), "'%s' is no area of group '%s'%s",
                                 baro_draft_quote(d, code), baro_draft_quote(d, of->id),
                                 baro_draft_hint(d, code, names, of->area_list->n));
        }
}

void baro_draft_areas(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    const baro_draft_group *from = draft->groups.item;
    baro_group *groups = baro_draft_array(d, out->n_groups, sizeof *groups);
    for (size_t i = 0; groups != NULL && i < out->n_groups; i++)
        groups[i] = out->groups[i];
    for (size_t i = 0; groups != NULL && i < out->n_groups; i++)
        complete_group(d, from[i].at, groups, i);
    out->groups = groups;
    for (size_t i = 0; groups != NULL && i < out->n_groups; i++) {
        const baro_group *of = groups[i].of == NULL ? NULL : baro_survey_group(out, groups[i].of);
        if (of != NULL && of->area_list != NULL && of->n_categories == 0)
            check_of(d, &from[i], of);
    }
}
