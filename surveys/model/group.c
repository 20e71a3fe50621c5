/* Groups: categories by codes, derived ones, bands of numbers; and the groups that they are made of. */
#include "surveys/model/draft.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *shown_id(baro_drafter *d, const baro_group *group)
{
    return baro_draft_quote(d, group->id == NULL ? "?" : group->id);
}

/** Each label once; a spelling in one category only, unless categories may overlap. */
typedef struct {
    baro_drafter *d;
    const baro_draft_group *group;
    const baro_draft_category *from;
    baro_category *to;
    baro_spellings *labels, *codes, *missing;
} filler;

static void add_code(filler *f, size_t i, const baro_yaml *at, const char *code, const char **codes, size_t *n)
{
    size_t earlier;
    bool is_new = baro_spellings_add(f->codes, code, i, &earlier);
    if (!is_new && earlier != SIZE_MAX && earlier != i && !f->group->is.overlap)
        baro_draft_fault(f->d, at, "'%s' is in two categories of group '%s': '%s' and '%s'",
                         baro_draft_quote(f->d, code), shown_id(f->d, &f->group->is),
                         baro_draft_quote(f->d, f->from[earlier].is.label),
                         baro_draft_quote(f->d, f->from[i].is.label));
    else if (is_new && baro_spellings_find(f->missing, code) != SIZE_MAX)
        baro_draft_fault(f->d, at, "'%s' is both missing and in category '%s'", baro_draft_quote(f->d, code),
                         baro_draft_quote(f->d, f->from[i].is.label));
    if (is_new || (earlier != SIZE_MAX && earlier != i))
        codes[(*n)++] = code;
}

static void add_category(filler *f, size_t i, bool with_codes)
{
    const baro_draft_category *from = &f->from[i];
    size_t earlier, n = 0;
    f->to[i] = from->is;
    f->to[i].at = baro_draft_position(from->at);
    if (from->is.label == NULL)
        return;
    const baro_yaml *label_at = baro_draft_at(from->at, "label");
    if (!baro_spellings_add(f->labels, from->is.label, i, &earlier)) {
        if (earlier != SIZE_MAX)
            baro_draft_fault(f->d, label_at, "category '%s' stands at %s already",
                             baro_draft_quote(f->d, from->is.label),
                             baro_draft_line(f->d, label_at, baro_draft_position(f->from[earlier].at)));
        return;
    }
    const char **codes = baro_draft_array(f->d, from->is.codes.n + 1, sizeof *codes);
    if (codes == NULL || !with_codes)
        return;
    if (f->group->is.of == NULL) /* of another group: its own label is no label of that one */
        add_code(f, i, label_at, from->is.label, codes, &n);
    for (size_t k = 0; k < from->is.codes.n; k++)
        add_code(f, i, baro_draft_item(from->at, "codes", k), from->is.codes.item[k], codes, &n);
    f->to[i].codes = (baro_texts){codes, n};
}

/** Categories or bands into the group; `where` says that they are derived. */
static void fill_categories(baro_drafter *d, const baro_draft_group *from, const baro_draft_list *list, bool with_codes,
                            baro_group *out)
{
    filler f = {.d = d, .group = from, .from = list->item};
    size_t earlier;
    f.to = baro_draft_array(d, list->n, sizeof *f.to);
    f.labels = baro_spellings_new(d, false);
    f.codes = baro_spellings_new(d, d->ignore_case);
    f.missing = baro_spellings_new(d, d->ignore_case);
    if (f.to == NULL || f.labels == NULL || f.codes == NULL || f.missing == NULL)
        return;
    for (size_t i = 0; i < from->is.missing.n; i++)
        baro_spellings_add(f.missing, from->is.missing.item[i], i, &earlier);
    for (size_t i = 0; i < list->n; i++)
        add_category(&f, i, with_codes);
    out->categories = f.to;
    out->n_categories = list->n;
    if (out->reference != NULL && list->n > 0 && baro_spellings_find(f.labels, out->reference) == SIZE_MAX) {
        const char **labels = baro_draft_array(d, list->n, sizeof *labels);
        size_t n = 0;
        for (size_t i = 0; labels != NULL && i < list->n; i++)
            if (f.from[i].is.label != NULL)
                labels[n++] = f.from[i].is.label;
        baro_draft_fault(d, baro_draft_at(from->at, "reference"), "reference '%s' is no category of group '%s'%s",
                         baro_draft_quote(d, out->reference), shown_id(d, out),
                         baro_draft_hint(d, out->reference, labels, n));
    }
}

static bool is_derived(const baro_draft_list *list)
{
    const baro_draft_category *category = list->item;
    for (size_t i = 0; i < list->n; i++)
        if (category[i].is.where != NULL)
            return true;
    return false;
}

static void check_derived(baro_drafter *d, const baro_draft_group *from)
{
    const baro_draft_category *category = from->categories.item;
    for (size_t i = 0; i < from->categories.n; i++) {
        if (category[i].is.where == NULL)
            baro_draft_fault(d, category[i].at, "category '%s' has no 'where', and others of group '%s' have",
                             baro_draft_quote(d, category[i].is.label == NULL ? "?" : category[i].is.label),
                             shown_id(d, &from->is));
        else if (category[i].is.codes.n > 0)
            baro_draft_fault(d, baro_draft_at(category[i].at, "codes"), "a category has either 'codes' or 'where'");
    }
    if (from->is.columns.n > 0)
        baro_draft_fault(d, baro_draft_at(from->at, "columns"),
                         "group '%s' has both 'columns' and categories derived by 'where'; keep one",
                         shown_id(d, &from->is));
}

static int by_lower_end(const void *a, const void *b)
{
    const baro_category *x = *(const baro_category *const *)a, *y = *(const baro_category *const *)b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->at.line > y->at.line) - (x->at.line < y->at.line);
}

/** Both ends are included, so that bands that share a number overlap. */
static void check_overlap(baro_drafter *d, const baro_draft_group *from, const baro_group *group)
{
    const baro_draft_category *bands = from->bands.item;
    const baro_category **sorted = baro_draft_array(d, group->n_categories, sizeof *sorted);
    if (sorted == NULL)
        return;
    for (size_t i = 0; i < group->n_categories; i++)
        sorted[i] = &group->categories[i];
    qsort(sorted, group->n_categories, sizeof *sorted, by_lower_end);
    const baro_category *widest = group->n_categories > 0 ? sorted[0] : NULL;
    for (size_t i = 1; i < group->n_categories; i++) {
        if (sorted[i]->from <= widest->to && sorted[i]->label != NULL && widest->label != NULL)
            baro_draft_fault(d, bands[sorted[i] - group->categories].at,
                             "bands '%s' and '%s' of group '%s' overlap; both ends of a band are in it",
                             baro_draft_quote(d, widest->label), baro_draft_quote(d, sorted[i]->label),
                             shown_id(d, group));
        if (sorted[i]->to > widest->to)
            widest = sorted[i];
    }
}

static void fill_bands(baro_drafter *d, const baro_draft_group *from, baro_group *out)
{
    const baro_draft_category *bands = from->bands.item;
    fill_categories(d, from, &from->bands, false, out);
    if (out->n_categories == 0)
        return;
    baro_category *categories = baro_draft_array(d, out->n_categories, sizeof *categories);
    if (categories == NULL)
        return;
    for (size_t i = 0; i < out->n_categories; i++) {
        categories[i] = out->categories[i];
        double low = categories[i].from, high = categories[i].to;
        bool said = baro_draft_child(bands[i].at, "from") != NULL || baro_draft_child(bands[i].at, "to") != NULL;
        if (isnan(low) && isnan(high) && !said)
            baro_draft_fault(d, bands[i].at, "a band needs 'from', 'to' or both");
        else if (low > high)
            baro_draft_fault(d, baro_draft_at(bands[i].at, "from"), "'from' is above 'to'");
        categories[i].from = isnan(low) ? -INFINITY : low;
        categories[i].to = isnan(high) ? INFINITY : high;
    }
    out->categories = categories;
    if (!out->overlap)
        check_overlap(d, from, out);
}

static void read_group(baro_drafter *d, const baro_draft_group *from, bool is_series, baro_group *out)
{
    *out = from->is;
    out->at = baro_draft_position(from->at);
    out->columns_at = baro_draft_position(baro_draft_child(from->at, "columns"));
    out->label = out->label == NULL ? out->id : out->label;
    out->bands = from->bands.n > 0;
    out->derived = is_derived(&from->categories);
    if (out->bands && from->categories.n > 0)
        baro_draft_fault(d, baro_draft_at(from->at, "bands"), "group '%s' has both 'categories' and 'bands'; keep one",
                         shown_id(d, out));
    if (out->of != NULL && is_series)
        baro_draft_fault(d, baro_draft_key(from->at, "of"), "'of' has no use in a published series; its areas stand alone");
    else if (out->of != NULL && (out->columns.n > 0 || out->derived || out->bands))
        baro_draft_fault(
            d, baro_draft_at(from->at, "of"),
            "group '%s' is 'of' another: it has categories with 'codes', and no 'columns', 'where' or 'bands'",
            shown_id(d, out));
    else if (out->of != NULL && from->categories.n == 0)
        baro_draft_fault(d, baro_draft_at(from->at, "of"), "group '%s' is 'of' another and needs 'categories'",
                         shown_id(d, out));
    else if (out->derived)
        check_derived(d, from);
    else if (out->columns.n == 0 && out->of == NULL && !is_series)
        baro_draft_fault(d, from->at, "group '%s' needs 'columns'", shown_id(d, out));
    if (out->bands)
        fill_bands(d, from, out);
    else
        fill_categories(d, from, &from->categories, !out->derived, out);
}

/** Every code of a group made of another is a label of that one, if that one lists its labels. */
static void check_codes_of(baro_drafter *d, const baro_draft_group *from, const baro_group *of)
{
    const baro_draft_category *category = from->categories.item;
    baro_spellings *labels = baro_spellings_new(d, d->ignore_case);
    const char **names = baro_draft_array(d, of->n_categories, sizeof *names);
    size_t ignored, n = 0;
    for (size_t i = 0; names != NULL && i < of->n_categories; i++)
        if (of->categories[i].label != NULL) {
            names[n++] = of->categories[i].label;
            baro_spellings_add(labels, of->categories[i].label, i, &ignored);
        }
    for (size_t i = 0; i < from->categories.n && n > 0; i++)
        for (size_t k = 0; k < category[i].is.codes.n; k++) {
            const char *code = category[i].is.codes.item[k];
            if (baro_spellings_find(labels, code) == SIZE_MAX)
                baro_draft_fault(d, baro_draft_item(category[i].at, "codes", k), "'%s' is no category of group '%s'%s",
                                 baro_draft_quote(d, code), shown_id(d, of), baro_draft_hint(d, code, names, n));
        }
}

/** True when following `of` from a group does not end soon. */
static bool goes_round(const baro_group *groups, size_t i, const baro_spellings *ids)
{
    size_t at = i;
    for (int steps = 0; steps < 16; steps++) {
        if (groups[at].of == NULL)
            return false;
        at = baro_spellings_find(ids, groups[at].of);
        if (at == SIZE_MAX || at == i)
            return at == i;
    }
    return true;
}

static void check_of(baro_drafter *d, const baro_draft_group *from, const baro_group *groups, size_t n, size_t i,
                     const baro_spellings *ids)
{
    if (groups[i].of == NULL)
        return;
    size_t of = baro_spellings_find(ids, groups[i].of);
    const baro_yaml *at = baro_draft_at(from[i].at, "of");
    if (of == SIZE_MAX) {
        const char **names = baro_draft_array(d, n, sizeof *names);
        size_t found = 0;
        for (size_t k = 0; names != NULL && k < n; k++)
            if (groups[k].id != NULL && k != i)
                names[found++] = groups[k].id;
        baro_draft_fault(d, at, "no group '%s'%s", baro_draft_quote(d, groups[i].of),
                         baro_draft_hint(d, groups[i].of, names, found));
        return;
    }
    if (goes_round(groups, i, ids))
        baro_draft_fault(d, at, "group '%s' is made of itself", shown_id(d, &groups[i]));
    else
        check_codes_of(d, &from[i], &groups[of]);
}

void baro_draft_groups(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    const baro_draft_group *from = draft->groups.item;
    size_t n = draft->groups.n, earlier;
    baro_group *groups = baro_draft_array(d, n, sizeof *groups);
    baro_spellings *ids = baro_spellings_new(d, false);
    if (groups == NULL || ids == NULL)
        return;
    for (size_t i = 0; i < n; i++) {
        read_group(d, &from[i], out->is_series, &groups[i]);
        if (from[i].is.id != NULL && !baro_spellings_add(ids, from[i].is.id, i, &earlier) && earlier != SIZE_MAX)
            baro_draft_fault(d, baro_draft_at(from[i].at, "id"), "group '%s' stands at %s already",
                             shown_id(d, &groups[i]),
                             baro_draft_line(d, from[i].at, baro_draft_position(from[earlier].at)));
    }
    for (size_t i = 0; i < n; i++)
        check_of(d, from, groups, n, i, ids);
    for (size_t i = 0; i < n && d->status == BARO_OK; i++) /* who is in several of those is in several of these */
        for (size_t k = i; groups[k].of != NULL; groups[i].overlap = groups[i].overlap || groups[k].overlap)
            k = baro_spellings_find(ids, groups[k].of);
    out->groups = groups;
    out->n_groups = n;
}
