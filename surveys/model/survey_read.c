/* Reads a survey file by the table of keys, then checks what one key says against another. */
#include "surveys/model/keys.h"
#include "surveys/model/targets.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/model/period.h"
#include <math.h>
#include <string.h>

static const baro_key *key_of(baro_map map, const char *name)
{
    for (size_t i = 0; i < baro_keys_count(); i++)
        if (baro_keys_at(i)->map == map && strcmp(baro_keys_at(i)->name, name) == 0)
            return baro_keys_at(i);
    return NULL;
}

/** A key that is none here: a near name, else the section in which a key of that name stands. */
static void unknown_key(baro_drafter *d, baro_map map, const baro_yaml *key)
{
    const char *names[64], *elsewhere = NULL;
    size_t n = 0;
    for (size_t i = 0; i < baro_keys_count(); i++) {
        const baro_key *row = baro_keys_at(i);
        if (row->map == map && n < sizeof names / sizeof names[0])
            names[n++] = row->name;
        else if (elsewhere == NULL && row->map != BARO_MAP_TOP && strcmp(row->name, key->text) == 0)
            elsewhere = baro_keys_map(row->map)->path;
    }
    const char *hint = baro_draft_hint(d, key->text, names, n), *shown = baro_draft_quote(d, key->text);
    if (hint[0] == '\0' && elsewhere != NULL && map == BARO_MAP_TOP)
        baro_draft_fault(d, key, "unknown key '%s' here; it stands in '%s'", shown, elsewhere);
    else
        baro_draft_fault(d, key, "unknown key '%s'%s", shown, hint);
}

/** What was found instead of what a key wants. */
static const char *found(baro_drafter *d, const baro_yaml *value)
{
    if (value->kind != BARO_YAML_SCALAR)
        return value->kind == BARO_YAML_LIST ? "a list" : "a map";
    if (value->length == 0)
        return value->quoted ? "empty text" : "nothing";
    const char *text =
        baro_arena_format(d->arena, "%s'%s'", value->quoted ? "text in quotes " : "", baro_draft_quote(d, value->text));
    return text == NULL ? "" : text;
}

/** What to write instead, where that can be told. */
static const char *remedy(baro_drafter *d, const baro_key *row, const baro_yaml *value)
{
    static const char *const yes[] = {"yes", "true", "on", "y"}, *const no[] = {"no", "false", "off", "n"};
    const char *words[16], *hint = "";
    char number[BARO_NUMBER_TEXT];
    size_t n = 0;
    double x;
    if (row->type == BARO_KEY_CHOICE) {
        for (const baro_word *w = row->words; w->word != NULL && n < sizeof words / sizeof words[0]; w++)
            words[n++] = w->word;
        return baro_draft_hint(d, value->text, words, n);
    }
    if (row->type == BARO_KEY_YES_NO)
        for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
            if (baro_text_same_case_blind(value->text, yes[i]))
                return value->quoted ? "; take the quotes away" : "; write yes";
            if (baro_text_same_case_blind(value->text, no[i]))
                return value->quoted ? "; take the quotes away" : "; write no";
        }
    if (row->type != BARO_KEY_NUMBER && row->type != BARO_KEY_WHOLE)
        return "";
    if (value->quoted && baro_number_read(value->text, value->length, '.', &x))
        return "; take the quotes away";
    if (memchr(value->text, ',', value->length) != NULL && baro_number_read(value->text, value->length, ',', &x) &&
        baro_number_write_exact(x, number) > 0)
        hint = baro_arena_format(d->arena, "; write %s", number);
    return hint == NULL ? "" : hint;
}

static void wrong_value(baro_drafter *d, const baro_key *row, const baro_yaml *value)
{
    char wanted[400];
    const char *hint = value->kind == BARO_YAML_SCALAR ? remedy(d, row, value) : "";
    baro_draft_fault(d, value, "'%s' must be %s, not %s%s", row->name, baro_key_expects(row, wanted, sizeof wanted),
                     found(d, value), hint);
}

static void read_map(baro_drafter *d, baro_map map, const baro_yaml *node, void *record);

static void read_scalar(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    bool is_text = row->type == BARO_KEY_TEXT || row->type == BARO_KEY_ID || row->type == BARO_KEY_WHERE;
    if (value->kind != BARO_YAML_SCALAR || (is_text && value->length == 0) ||
        !baro_key_scalar(row, value->text, value->length, value->quoted, record)) {
        wrong_value(d, row, value);
        return;
    }
    const baro_word *word = row->type == BARO_KEY_CHOICE ? baro_key_word(row, value->text) : NULL;
    if (word != NULL && word->later)
        baro_draft_fault(d, value, "'%s: %s' is not supported yet", row->name, word->word);
    if (row->type == BARO_KEY_ID)
        baro_draft_id(d, value, value->text);
    else if (row->type == BARO_KEY_WHERE)
        baro_draft_where(d, value, value->text);
}

static void read_texts(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    bool one = value->kind == BARO_YAML_SCALAR, empty_ok = (row->flags & BARO_KEY_EMPTY_OK) != 0;
    size_t n = one ? 1 : value->count;
    if (value->kind == BARO_YAML_MAP && row->flags & BARO_KEY_MAP_OK)
        return;
    if (value->kind == BARO_YAML_MAP || (one && value->length == 0 && !(empty_ok && value->quoted))) {
        wrong_value(d, row, value);
        return;
    }
    if (row->flags & BARO_KEY_NONE_OK && one && !value->quoted && strcmp(value->text, "none") == 0)
        n = 0;
    const char **items = baro_draft_array(d, n, sizeof *items);
    for (size_t i = 0; items != NULL && i < n; i++) {
        const baro_yaml *item = one ? value : value->item[i];
        if (item->kind != BARO_YAML_SCALAR || (item->length == 0 && !(empty_ok && item->quoted))) {
            baro_draft_fault(d, item, "an item of '%s' must be text, not %s", row->name, found(d, item));
            return;
        }
        items[i] = item->text;
    }
    if (row->most > 0 && n > row->most)
        baro_draft_fault(d, value->item[row->most], "'%s' with more than %zu column%s is not supported yet", row->name,
                         row->most, row->most == 1 ? "" : "s");
    if (items != NULL && row->size == sizeof(baro_texts))
        memcpy((char *)record + row->offset, &(baro_texts){items, n}, sizeof(baro_texts));
}

/** One record: a map, or, in a list of answers, text alone, which is a label. False when it is neither; that is said.
 */
static bool read_record(baro_drafter *d, const baro_key *row, const baro_yaml *item, bool one, void *at)
{
    bool answers = row->type == BARO_KEY_ANSWERS;
    double none = NAN;
    memcpy(at, &item, sizeof item); /* every record begins with its place */
    baro_keys_defaults(row->inside, at);
    if (answers) /* the short form has no scores */
        memcpy((char *)at + offsetof(baro_draft_answer, score), &none, sizeof none);
    if (item->kind == BARO_YAML_MAP) {
        read_map(d, row->inside, item, at);
        return true;
    }
    if (answers && item->kind == BARO_YAML_SCALAR && item->length > 0) {
        memcpy((char *)at + offsetof(baro_draft_answer, label), &item->text, sizeof item->text);
        return true;
    }
    if (one)
        wrong_value(d, row, item);
    else
        baro_draft_fault(d, item, "an item of '%s' must be %s, not %s", row->name,
                         answers ? "text or a map of label and codes" : "a map of keys", found(d, item));
    return false;
}

static void read_records(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    bool one = value->kind != BARO_YAML_LIST;
    size_t n = one ? 1 : value->count, bytes = baro_keys_map(row->inside)->record, kept = 0;
    char *records = baro_draft_array(d, n, bytes);
    for (size_t i = 0; records != NULL && i < n; i++) {
        char *at = records + kept * bytes;
        if (read_record(d, row, one ? value : value->item[i], one, at))
            kept++;
        else
            memset(at, 0, bytes);
    }
    if (records != NULL)
        memcpy((char *)record + row->offset, &(baro_draft_list){records, kept}, sizeof(baro_draft_list));
}

static void read_numbers(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    bool one = value->kind == BARO_YAML_SCALAR;
    size_t n = one ? 1 : value->count;
    double *items = value->kind == BARO_YAML_MAP || n == 0 ? NULL : baro_draft_array(d, n, sizeof *items);
    for (size_t i = 0; items != NULL && i < n; i++) {
        const baro_yaml *item = one ? value : value->item[i];
        bool good = item->kind == BARO_YAML_SCALAR && !item->quoted && baro_number_read(item->text, item->length, '.', &items[i]);
        if (!good || items[i] < row->low || items[i] > row->high) {
            baro_draft_fault(d, item, "an item of '%s' must be a number from %g to %g, not %s", row->name, row->low, row->high, found(d, item));
            return;
        }
    }
    if (items == NULL)
        wrong_value(d, row, value);
    else
        memcpy((char *)record + row->offset, &(baro_numbers){items, n}, sizeof(baro_numbers));
}

/** A list of lists of texts is kept as it stands: whoever knows the names reads it. */
static void read_lists(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    if (value->kind != BARO_YAML_LIST) {
        wrong_value(d, row, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        const baro_yaml *list = value->item[i];
        if (list->kind != BARO_YAML_LIST || list->count == 0) {
            baro_draft_fault(d, list, "an item of '%s' must be a list of texts, not %s", row->name,
                             list->kind == BARO_YAML_LIST ? "an empty one" : found(d, list));
            return;
        }
        for (size_t k = 0; k < list->count; k++)
            if (list->item[k]->kind != BARO_YAML_SCALAR || list->item[k]->length == 0) {
                baro_draft_fault(d, list->item[k], "an item of '%s' must be a list of texts, not of %s", row->name,
                                 found(d, list->item[k]));
                return;
            }
    }
    memcpy((char *)record + row->offset, &value, sizeof value);
}

static void read_value(baro_drafter *d, const baro_key *row, const baro_yaml *value, void *record)
{
    switch (row->type) {
    case BARO_KEY_TEXTS: read_texts(d, row, value, record); return;
    case BARO_KEY_RECORDS:
    case BARO_KEY_ANSWERS: read_records(d, row, value, record); return;
    case BARO_KEY_SECTION:
    case BARO_KEY_MAP:
        if (value->kind != BARO_YAML_MAP)
            wrong_value(d, row, value);
        else if (row->type == BARO_KEY_SECTION)
            read_map(d, row->inside, value, record);
        else
            memcpy((char *)record + row->offset, &value, sizeof value);
        return;
    case BARO_KEY_NUMBERS: read_numbers(d, row, value, record); return;
    case BARO_KEY_LISTS: read_lists(d, row, value, record); return;
    default: read_scalar(d, row, value, record);
    }
}

/** A key that is known but not worked yet is said so; texts are kept, so that checks of other keys do not trip over
 * their lack. */
static void read_later(baro_drafter *d, const baro_key *row, const baro_yaml *key, const baro_yaml *value, void *record)
{
    baro_draft_fault(d, key, "'%s' is not supported yet", row->name);
    if (row->size > 0 && value->kind == BARO_YAML_SCALAR && value->length > 0)
        read_value(d, row, value, record);
}

static void read_map(baro_drafter *d, baro_map map, const baro_yaml *node, void *record)
{
    for (size_t i = 0; i < node->count; i++) {
        const baro_key *row = key_of(map, node->key[i]->text);
        if (row == NULL)
            unknown_key(d, map, node->key[i]);
        else if (row->flags & BARO_KEY_LATER)
            read_later(d, row, node->key[i], node->item[i], record);
        else
            read_value(d, row, node->item[i], record);
    }
    for (size_t i = 0; i < baro_keys_count(); i++) {
        const baro_key *row = baro_keys_at(i);
        if (row->map == map && row->flags & BARO_KEY_REQUIRED && baro_draft_child(node, row->name) == NULL)
            baro_draft_fault(d, node, "key '%s' is missing%s%s", row->name, map == BARO_MAP_TOP ? "" : " in ",
                             baro_keys_map(map)->path);
    }
}

static void check_design(baro_drafter *d, const baro_yaml *root, baro_survey *out)
{
    const baro_yaml *design = baro_draft_child(root, "design");
    out->weight_at = baro_draft_position(baro_draft_child(design, "weight"));
    out->strata_at = baro_draft_position(baro_draft_child(design, "strata"));
    out->psu_at = baro_draft_position(baro_draft_child(design, "psu"));
    out->fpc_at = baro_draft_position(baro_draft_child(design, "fpc"));
    out->replicates.at = baro_draft_position(baro_draft_child(baro_draft_child(design, "replicates"), "columns"));
    out->period_at = baro_draft_position(baro_draft_child(baro_draft_child(root, "period"), "columns"));
    out->respondent_id_at = baro_draft_position(baro_draft_child(baro_draft_child(root, "input"), "id"));
    out->series_at = baro_draft_position(baro_draft_child(root, "series"));
    if (out->calibration.margins != NULL) {
        const baro_yaml *margins = baro_draft_at(baro_draft_child(design, "calibration"), "margins");
        out->calibration.path = margins->source;
        out->calibration.margins = baro_path_beside(margins->source, out->calibration.margins, d->arena);
        if (out->calibration.margins == NULL)
            baro_draft_no_memory(d);
        else if (out->weight == NULL)
            baro_draft_fault(d, baro_draft_at(design, "calibration"), "'calibration' says how 'weight' was made, and there is no 'weight'");
    }
    const baro_yaml *deft = baro_draft_child(design, "deft");
    if (deft != NULL && (out->replicates.columns != NULL || out->strata.n + out->psu.n + out->fpc.n > 0))
        baro_remark_add(d->error, (baro_where_it_is){deft->source, deft->line, deft->column},
                        "'deft' counts only where there are no design columns, and there are some");
}

static void check_period(baro_drafter *d, const baro_yaml *root, baro_survey *out)
{
    const baro_yaml *period = baro_draft_child(root, "period");
    const char *problem = NULL;
    out->has_period = period != NULL || out->is_series;
    if (out->period_format != NULL && strcmp(out->period_format, "auto") == 0)
        out->period_format = NULL;
    size_t character = out->period_format == NULL ? 0 : baro_period_format_fault(out->period_format, &problem);
    if (character > 0)
        baro_draft_fault(d, baro_draft_at(period, "format"), "period format '%s': %s (character %zu)",
                         baro_draft_quote(d, out->period_format), problem, character);
    const baro_yaml *columns = baro_draft_child(period, "columns");
    if (period != NULL && out->period_columns.n == 0 && !out->is_series && period->kind == BARO_YAML_MAP &&
        columns == NULL)
        baro_draft_fault(d, period, "key 'columns' is missing in period");
    else if (columns != NULL && out->is_series)
        baro_draft_fault(d, columns, "'period.columns' has no use in a published series; it has 'series.date'");
}

static void copy_breaks(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    const baro_draft_break *from = draft->breaks.item;
    baro_calendar calendar = {.unit = out->period_unit, .year_starts = out->year_starts};
    baro_break *breaks = baro_draft_array(d, draft->breaks.n, sizeof *breaks);
    static const char *const units[] = {"month", "quarter", "year"};
    for (size_t i = 0; breaks != NULL && i < draft->breaks.n; i++) {
        const baro_yaml *at = baro_draft_at(from[i].at, "period");
        baro_period period;
        char label[32];
        breaks[i] = from[i].is;
        breaks[i].at = baro_draft_position(at);
        if (from[i].is.label == NULL)
            continue;
        if (!baro_period_parse(&calendar, from[i].is.label, &period)) {
            baro_period_label(&calendar,
                              2023L * (calendar.unit == BARO_UNIT_YEAR      ? 1
                                       : calendar.unit == BARO_UNIT_QUARTER ? 4
                                                                            : 12),
                              label);
            baro_draft_fault(d, at, "'%s' is no %s; write it as %s", baro_draft_quote(d, from[i].is.label),
                             units[calendar.unit], label);
            continue;
        }
        baro_period_label(&calendar, period, label);
        breaks[i].label = baro_arena_string(d->arena, label);
        if (breaks[i].label == NULL)
            baro_draft_no_memory(d);
    }
    out->breaks = breaks;
    out->n_breaks = breaks == NULL ? 0 : draft->breaks.n;
    if (draft->breaks.n > 0 && !out->has_period)
        baro_draft_fault(d, baro_draft_at(draft->at, "breaks"), "'breaks' need a 'period'");
}

static void check_series(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    static const char *const strangers[] = {"design", "scales", "batteries"};
    if (!out->is_series)
        return;
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        const baro_yaml *key = baro_draft_key(draft->at, strangers[i]);
        if (key != NULL)
            baro_draft_fault(d, key, "'%s' has no use in a published series; take it or 'series' away", strangers[i]);
    }
    if (draft->measures.n == 0 && baro_draft_child(draft->at, "measures") == NULL)
        baro_draft_fault(d, draft->at, "a published series needs 'measures' with a 'value' each");
    if (draft->series_base == NULL)
        return;
    const baro_yaml *at = baro_draft_at(baro_draft_child(draft->at, "series"), "base");
    if (at->quoted || !baro_number_read(draft->series_base, strlen(draft->series_base), '.', &out->series_base))
        out->series_base_column = draft->series_base;
    else if (!(out->series_base > 0))
        baro_draft_fault(d, at, "'base' must be a number above 0, or a column");
}

/** An empty field is missing whatever else is. */
static void complete_missing(baro_drafter *d, baro_survey *out)
{
    for (size_t i = 0; i < out->missing.n; i++)
        if (out->missing.item[i][0] == '\0')
            return;
    const char **items = baro_draft_array(d, out->missing.n + 1, sizeof *items);
    if (items == NULL)
        return;
    items[0] = "";
    if (out->missing.n > 0)
        memcpy(items + 1, out->missing.item, out->missing.n * sizeof *items);
    out->missing = (baro_texts){items, out->missing.n + 1};
}

/* A published series names its columns under `series`: the date's is the period's, the group's that of the group. */
static void complete_series(baro_drafter *d, baro_survey *out)
{
    const char **column = BARO_ARRAY(d->arena, const char *, 2);
    baro_group *groups = BARO_ARRAY(d->arena, baro_group, out->n_groups + 1);
    if (!out->is_series)
        return;
    if (column == NULL || groups == NULL) {
        d->status = BARO_NO_MEMORY;
        return;
    }
    column[0] = out->series_date;
    column[1] = out->series_group;
    out->period_columns = (baro_texts){column, 1};
    for (size_t i = 0; i < out->n_groups; i++) {
        groups[i] = out->groups[i];
        if (groups[i].columns.n == 0 && out->series_group != NULL)
            groups[i].columns = (baro_texts){column + 1, 1};
    }
    out->groups = groups;
}

static void read_survey(baro_drafter *d, const baro_yaml *root, baro_survey *out)
{
    baro_draft draft = {.at = root = baro_draft_extend(d, root)};
    if (root == NULL)
        return;
    baro_survey_defaults(&draft.is);
    read_map(d, BARO_MAP_TOP, root, &draft);
    *out = draft.is;
    out->path = d->path;
    out->extended = d->extended;
    out->is_series = baro_draft_child(root, "series") != NULL;
    d->ignore_case = out->ignore_case;
    complete_missing(d, out);
    check_series(d, &draft, out);
    check_design(d, root, out);
    check_period(d, root, out);
    copy_breaks(d, &draft, out);
    const baro_scale *scales = baro_draft_scales(d, &draft);
    baro_draft_groups(d, &draft, out);
    baro_draft_measures(d, &draft, scales, out);
    baro_draft_families(d, &draft, out);
    baro_draft_windows(d, &draft, out);
    complete_series(d, out);
    baro_draft_areas(d, &draft, out);
}

static baro_status read_tree(baro_drafter *d, const baro_yaml *root, baro_survey *survey)
{
    baro_survey read = {0};
    read_survey(d, root, &read);
    if (d->status == BARO_OK)
        *survey = read;
    return d->status;
}

static baro_drafter drafter(const char *source, baro_arena *arena, baro_error *error)
{
    return (baro_drafter){.path = baro_arena_string(arena, source), .arena = arena, .error = error, .status = BARO_OK};
}

baro_status baro_survey_parse(const char *source, const char *text, size_t length, baro_arena *arena,
                              baro_survey *survey, baro_error *error)
{
    const baro_yaml *root = NULL;
    baro_drafter d = drafter(source, arena, error);
    d.status = d.path == NULL ? BARO_NO_MEMORY : baro_yaml_parse(d.path, text, length, arena, &root, error);
    return d.status == BARO_OK ? read_tree(&d, root, survey) : d.status;
}

baro_status baro_survey_read(const char *path, baro_arena *arena, baro_survey *survey, baro_error *error)
{
    const baro_yaml *root = NULL;
    baro_drafter d = drafter(path, arena, error);
    d.status = d.path == NULL ? BARO_NO_MEMORY : baro_yaml_read(d.path, arena, &root, error);
    return d.status == BARO_OK ? read_tree(&d, root, survey) : d.status;
}
