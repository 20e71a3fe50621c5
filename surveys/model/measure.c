/* Measures: what is asked of which column, on which scale; batteries written out. */
#include "surveys/model/draft.h"
#include <math.h>
#include <string.h>

/** What looking up a measure's scale needs. */
typedef struct {
    baro_drafter *d;
    const baro_draft *draft;
    const baro_scale *scales;
    const char **scale_names;
    size_t n_scales;
    baro_spellings *scale_ids, *ids;
    baro_measure *out;
    size_t n;
    bool is_series;
} maker;

static const char *shown_id(baro_drafter *d, const char *id)
{
    return baro_draft_quote(d, id == NULL ? "?" : id);
}

static const baro_scale *named_scale(maker *m, const baro_yaml *at, const char *name)
{
    size_t i = baro_spellings_find(m->scale_ids, name);
    if (i != SIZE_MAX)
        return &m->scales[i];
    baro_draft_fault(m->d, at, "no scale '%s'%s", baro_draft_quote(m->d, name),
                     baro_draft_hint(m->d, name, m->scale_names, m->n_scales));
    return NULL;
}

static bool has_role(const baro_scale *scale, baro_role role)
{
    for (size_t i = 0; i < scale->n_answers; i++)
        if (scale->answers[i].role == role)
            return true;
    return false;
}

static bool has_score(const baro_scale *scale)
{
    bool any_listed = false;
    for (size_t i = 0; i < scale->n_answers; i++) {
        if (!isnan(scale->answers[i].score))
            return true;
        any_listed = any_listed || scale->answers[i].role <= BARO_ROLE_OTHER;
    }
    return scale->open && !any_listed; /* only missing answers are listed: the numbers themselves count */
}

/** Says what a statistic lacks; `scale_known` is false after an unknown scale, which was said already. */
static void check_statistic(maker *m, const baro_yaml *at, const baro_measure *measure, bool scale_known)
{
    const char *id = shown_id(m->d, measure->id);
    if (m->is_series || !scale_known)
        return;
    if (measure->statistic == BARO_STAT_PROPORTION && measure->scale == NULL)
        baro_draft_fault(m->d, at, "measure '%s' is a proportion and needs 'scale' or 'positive'", id);
    else if (measure->statistic == BARO_STAT_PROPORTION && !has_role(measure->scale, BARO_ROLE_POSITIVE))
        baro_draft_fault(m->d, at, "measure '%s' is a proportion and its scale has no positive answer", id);
    else if (measure->statistic == BARO_STAT_MEAN && measure->scale != NULL && !has_score(measure->scale))
        baro_draft_fault(m->d, at, "measure '%s' is a mean and no answer of its scale has a score", id);
    else if (baro_draft_child(at, "multi") != NULL && measure->statistic != BARO_STAT_DISTRIBUTION)
        baro_draft_fault(m->d, at, "measure '%s' has several answers: its statistic is a distribution", id);
    else if ((measure->statistic == BARO_STAT_QUANTILE) != (measure->n_at > 0))
        baro_draft_fault(m->d, at, "measure '%s': 'statistic: quantile' and 'at' go together", id);
    else if ((measure->statistic == BARO_STAT_RATIO) != (measure->over != NULL))
        baro_draft_fault(m->d, at, "measure '%s': 'statistic: ratio' and 'over' go together", id);
    else if (measure->base_asked && measure->statistic != BARO_STAT_PROPORTION &&
             measure->statistic != BARO_STAT_DISTRIBUTION)
        baro_draft_fault(m->d, baro_draft_at(at, "base"), "'base: asked' is for proportions and distributions");
}

/** One place for its answers, and one only. */
static void check_source(maker *m, const baro_draft_measure *from)
{
    static const char *const sources[] = {"columns", "either", "multi"};
    const char *id = shown_id(m->d, from->is.id), *first = NULL;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        if (baro_draft_child(from->at, sources[i]) == NULL)
            continue;
        if (m->is_series)
            baro_draft_fault(m->d, baro_draft_key(from->at, sources[i]),
                             "'%s' has no use in a published series; its measures have 'value'", sources[i]);
        else if (first != NULL)
            baro_draft_fault(m->d, baro_draft_key(from->at, sources[i]),
                             "measure '%s' has both '%s' and '%s'; keep one", id, first, sources[i]);
        first = sources[i];
    }
    const baro_yaml *value = baro_draft_key(from->at, "value");
    if (m->is_series && from->is.value == NULL && value == NULL)
        baro_draft_fault(m->d, from->at, "measure '%s' of a published series needs 'value'", id);
    else if (!m->is_series && value != NULL)
        baro_draft_fault(m->d, value,
                         "'value' is for a published series; give 'columns' (or 'series' for the whole file)");
    else if (!m->is_series && first == NULL)
        baro_draft_fault(m->d, from->at, "measure '%s' needs 'columns'", id);
}

static void add_id(maker *m, const baro_yaml *at, const char *id)
{
    size_t earlier;
    if (id != NULL && !baro_spellings_add(m->ids, id, m->n, &earlier) && earlier != SIZE_MAX)
        baro_draft_fault(m->d, at, "measure '%s' stands at %s already", baro_draft_quote(m->d, id),
                         baro_draft_line(m->d, at, m->out[earlier].at));
}

static void copy_either(maker *m, const baro_draft_measure *from, baro_measure *out)
{
    const baro_draft_either *either = from->either.item;
    baro_either *copy = baro_draft_array(m->d, from->either.n, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < from->either.n; i++) {
        copy[i] = either[i].is;
        copy[i].at = baro_draft_position(baro_draft_at(either[i].at, "column"));
    }
    out->either = copy;
    out->n_either = copy == NULL ? 0 : from->either.n;
}

/* `multi: {column: P, split: ";"}`: one column whose fields hold several answers. */
static void read_multi(maker *m, const baro_draft_measure *from, baro_measure *out)
{
    const baro_yaml *multi = baro_draft_child(from->at, "multi"), *split = baro_draft_child(from->at, "split");
    if (multi != NULL && multi->kind == BARO_YAML_MAP) {
        const baro_yaml *column = baro_draft_child(multi, "column"), *inside = baro_draft_child(multi, "split");
        const char **item = baro_draft_array(m->d, 1, sizeof *item);
        for (size_t i = 0; i < multi->count; i++)
            if (strcmp(multi->key[i]->text, "column") != 0 && strcmp(multi->key[i]->text, "split") != 0)
                baro_draft_fault(m->d, multi->key[i], "unknown key '%s' in multi; it has 'column' and 'split'",
                                 baro_draft_quote(m->d, multi->key[i]->text));
        if (column == NULL || inside == NULL || column->kind != BARO_YAML_SCALAR || inside->kind != BARO_YAML_SCALAR ||
            column->length == 0 || inside->length == 0)
            baro_draft_fault(m->d, multi, "'multi' must be a list of columns or {column: P, split: \";\"}");
        else if (item != NULL) {
            item[0] = column->text;
            out->multi = (baro_texts){item, 1};
            out->split = inside->text;
        }
    }
    if (split != NULL && multi == NULL)
        baro_draft_fault(m->d, split, "'split' is for a multiple-response question; give its column under 'multi'");
}

static void add_measure(maker *m, const baro_draft_measure *from)
{
    baro_measure *out = &m->out[m->n];
    *out = from->is;
    out->at = baro_draft_position(from->at);
    out->columns_at = baro_draft_position(baro_draft_child(from->at, "columns"));
    out->weight_at = baro_draft_position(baro_draft_child(from->at, "weight"));
    out->label = out->label == NULL ? out->id : out->label;
    out->at_probability = from->at_probability.item;
    out->n_at = from->at_probability.n;
    copy_either(m, from, out);
    read_multi(m, from, out);
    check_source(m, from);
    const baro_scale *inline_scale = baro_draft_inline_scale(m->d, from);
    out->scale = from->scale == NULL ? inline_scale : named_scale(m, baro_draft_at(from->at, "scale"), from->scale);
    if (from->scale != NULL && inline_scale != NULL)
        baro_draft_fault(m->d, baro_draft_key(from->at, "scale"),
                         "measure '%s' has both 'scale' and answers of its own; keep one", shown_id(m->d, out->id));
    if (baro_draft_child(from->at, "statistic") == NULL)
        out->statistic =
            baro_draft_child(from->at, "multi") == NULL &&
                    (m->is_series || from->scale != NULL || (inline_scale != NULL && has_role(inline_scale, BARO_ROLE_POSITIVE)))
                ? BARO_STAT_PROPORTION
                : BARO_STAT_DISTRIBUTION;
    check_statistic(m, from->at, out, from->scale == NULL || out->scale != NULL);
    if (out->n_either > 0 && out->scale == NULL && from->scale == NULL && out->statistic == BARO_STAT_DISTRIBUTION)
        baro_draft_fault(m->d, from->at, "measure '%s' takes answers from several columns and needs 'scale'",
                         shown_id(m->d, out->id));
    add_id(m, baro_draft_at(from->at, "id"), out->id);
    m->n++;
}

/** `id: [column, label]` or `id: [column, label, question]`. */
static void add_question(maker *m, const baro_yaml *key, const baro_yaml *list, const baro_scale *scale)
{
    bool good = list->kind == BARO_YAML_LIST && (list->count == 2 || list->count == 3);
    for (size_t i = 0; good && i < list->count; i++)
        good = list->item[i]->kind == BARO_YAML_SCALAR && list->item[i]->length > 0;
    baro_draft_id(m->d, key, key->text);
    if (!good) {
        baro_draft_fault(m->d, list, "'%s' must be [column, label] or [column, label, question]",
                         baro_draft_quote(m->d, key->text));
        return;
    }
    baro_measure *out = &m->out[m->n];
    const char **column = baro_draft_array(m->d, 1, sizeof *column);
    if (column == NULL)
        return;
    column[0] = list->item[0]->text;
    *out = (baro_measure){.id = key->text, .label = list->item[1]->text, .columns = {column, 1}, .scale = scale};
    out->question = list->count == 3 ? list->item[2]->text : NULL;
    out->target = out->equivalence = NAN;
    out->at = baro_draft_position(list);
    out->columns_at = baro_draft_position(list->item[0]);
    add_id(m, key, out->id);
    m->n++;
}

static void add_battery(maker *m, const baro_draft_battery *battery)
{
    if (battery->scale == NULL || battery->ask == NULL)
        return;
    const baro_yaml *at = baro_draft_at(battery->at, "scale");
    const baro_scale *scale = named_scale(m, at, battery->scale);
    if (scale != NULL && !has_role(scale, BARO_ROLE_POSITIVE))
        baro_draft_fault(m->d, at, "scale '%s' has no positive answer", baro_draft_quote(m->d, battery->scale));
    for (size_t i = 0; i < battery->ask->count; i++)
        add_question(m, battery->ask->key[i], battery->ask->item[i], scale);
}

static bool begin(maker *m)
{
    const baro_draft_battery *batteries = m->draft->batteries.item;
    size_t most = m->draft->measures.n, ignored;
    for (size_t i = 0; i < m->draft->batteries.n; i++)
        most += batteries[i].ask == NULL ? 0 : batteries[i].ask->count;
    m->out = baro_draft_array(m->d, most, sizeof *m->out);
    m->ids = baro_spellings_new(m->d, false);
    m->scale_ids = baro_spellings_new(m->d, false);
    m->scale_names = baro_draft_array(m->d, m->draft->scales.n, sizeof *m->scale_names);
    if (m->out == NULL || m->ids == NULL || m->scale_ids == NULL || m->scale_names == NULL || m->scales == NULL)
        return false;
    for (size_t i = 0; i < m->draft->scales.n; i++) {
        if (m->scales[i].id == NULL)
            continue;
        m->scale_names[m->n_scales++] = m->scales[i].id;
        baro_spellings_add(m->scale_ids, m->scales[i].id, i, &ignored);
    }
    return true;
}

void baro_draft_measures(baro_drafter *d, const baro_draft *draft, const baro_scale *scales, baro_survey *out)
{
    maker m = {.d = d, .draft = draft, .scales = scales, .is_series = out->is_series};
    const baro_draft_measure *measures = draft->measures.item;
    const baro_draft_battery *batteries = draft->batteries.item;
    if (!begin(&m))
        return;
    for (size_t i = 0; i < draft->measures.n; i++)
        add_measure(&m, &measures[i]);
    for (size_t i = 0; i < draft->batteries.n; i++)
        add_battery(&m, &batteries[i]);
    out->measures = m.out;
    out->n_measures = m.n;
}

/** Families: every measure is known, and in one family only. */
void baro_draft_families(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    const baro_yaml *lists = draft->families;
    size_t n = lists == NULL ? 0 : lists->count;
    baro_texts *families = baro_draft_array(d, n, sizeof *families);
    const char **ids = baro_draft_array(d, out->n_measures, sizeof *ids);
    const baro_yaml **taken = baro_draft_array(d, out->n_measures, sizeof *taken);
    size_t known = 0;
    for (size_t i = 0; ids != NULL && i < out->n_measures; i++)
        if (out->measures[i].id != NULL)
            ids[known++] = out->measures[i].id;
    for (size_t i = 0; families != NULL && ids != NULL && taken != NULL && i < n; i++) {
        const baro_yaml *list = lists->item[i];
        const char **item = baro_draft_array(d, list->count, sizeof *item);
        for (size_t k = 0; item != NULL && k < list->count; k++) {
            const baro_measure *measure = baro_survey_measure(out, list->item[k]->text);
            const baro_yaml **before = measure == NULL ? NULL : &taken[measure - out->measures];
            item[k] = list->item[k]->text;
            if (measure == NULL)
                baro_draft_fault(d, list->item[k], "no measure '%s'%s", baro_draft_quote(d, item[k]),
                                 baro_draft_hint(d, item[k], ids, known));
            else if (*before != NULL)
                baro_draft_fault(d, list->item[k], "measure '%s' is in a family at %s already; keep one",
                                 baro_draft_quote(d, item[k]), baro_draft_line(d, list->item[k], baro_draft_position(*before)));
            else
                *before = list->item[k];
        }
        families[i] = (baro_texts){item, item == NULL ? 0 : list->count};
    }
    out->families = families;
    out->n_families = families == NULL ? 0 : n;
}
