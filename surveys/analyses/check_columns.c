/* Columns that files lack or call otherwise, and ids. */
#include "surveys/analyses/check_work.h"
#include "io/base/text.h"
#include <string.h>

/* A column that the survey file names; what for. */
typedef struct {
    baro_texts names;
    baro_kind kind;
    const char *item;
    baro_position at;
    bool in_every; /* of the design */
} named;

typedef struct {
    baro_checking *c;
    named *column;
    size_t n, room;
} names_list;

static void add(names_list *list, baro_texts names, baro_kind kind, const char *item, baro_position at, bool in_every)
{
    if (names.n == 0 || !names.item[0])
        return;
    for (size_t i = list->n; i-- > 0 && strcmp(list->column[i].item, item) == 0;) /* once for one thing */
        if (list->column[i].names.n == names.n && strcmp(list->column[i].names.item[0], names.item[0]) == 0)
            return;
    if (list->n == list->room) {
        size_t room = 2 * list->room + 64;
        named *more = baro_check_room(list->c, room, sizeof *more);
        if (!more)
            return;
        if (list->n > 0)
            memcpy(more, list->column, list->n * sizeof *more);
        list->column = more;
        list->room = room;
    }
    list->column[list->n++] = (named){names, kind, item, at, in_every};
}

static void add_part(names_list *list, const char *const *name, const char *item, baro_position at)
{
    const baro_survey *survey = list->c->survey;
    if (!baro_survey_group(survey, *name) && !(strcmp(*name, "period") == 0 && survey->has_period))
        add(list, (baro_texts){name, 1}, BARO_TEXT, item, at, true);
}

static void add_design(names_list *list)
{
    const baro_survey *s = list->c->survey;
    add(list, (baro_texts){&s->weight, 1}, BARO_NUMBER, "weight", s->weight_at, true);
    for (size_t i = 0; i < s->strata.n; i++)
        add_part(list, &s->strata.item[i], "strata", s->strata_at);
    for (size_t i = 0; i < s->psu.n && (i == 0 || i < s->fpc.n); i++)
        add_part(list, &s->psu.item[i], "psu", s->psu_at);
    for (size_t i = 0; i < s->fpc.n; i++)
        add(list, (baro_texts){&s->fpc.item[i], 1}, BARO_NUMBER, "fpc", s->fpc_at, true);
    if (s->has_period)
        add(list, s->period_columns, BARO_TEXT, "period", s->period_at, true);
    add(list, (baro_texts){&s->respondent_id, 1}, BARO_TEXT, "id", s->respondent_id_at, true);
    if (!s->is_series)
        return;
    add(list, (baro_texts){&s->series_measure, 1}, BARO_TEXT, "series", s->series_at, true);
    add(list, (baro_texts){&s->series_group, 1}, BARO_TEXT, "series", s->series_at, true);
    add(list, (baro_texts){&s->series_estimate, 1}, BARO_NUMBER, "series", s->series_at, true);
    add(list, (baro_texts){&s->series_total, 1}, BARO_NUMBER, "series", s->series_at, true);
    add(list, (baro_texts){&s->series_base_column, 1}, BARO_NUMBER, "series", s->series_at, true);
}

static baro_position place_of(baro_position columns, baro_position whole)
{
    return columns.line ? columns : whole;
}

/* Columns that only a condition names; groups and measures that it names are looked at themselves. */
typedef struct {
    names_list *list;
    const char *item;
    baro_position at;
} condition;

static void visit_name(void *context, const char *name)
{
    const condition *from = context;
    baro_checking *c = from->list->c;
    const char **item = baro_check_room(c, 1, sizeof *item);
    if (!item || baro_named_group(c->binding, name) || baro_named_measure(c->binding, name))
        return;
    *item = name;
    add(from->list, (baro_texts){item, 1}, BARO_TEXT, from->item, from->at, false);
}

static void add_condition(names_list *list, const char *where, const char *item, baro_position at)
{
    condition from = {list, item, at};
    const baro_where *tree = where ? baro_known_tree(list->c->binding, where) : NULL;
    if (tree)
        baro_where_names(tree, visit_name, &from);
}

static void add_conditions(names_list *list)
{
    const baro_survey *s = list->c->survey;
    for (size_t g = 0; g < s->n_groups; g++)
        for (size_t k = 0; k < s->groups[g].n_categories; k++)
            add_condition(list, s->groups[g].categories[k].where, baro_check_text(list->c, "group %s", s->groups[g].id), s->groups[g].categories[k].at);
    for (size_t m = 0; m < s->n_measures && !s->is_series; m++) {
        const char *item = baro_check_text(list->c, "measure %s", s->measures[m].id);
        add_condition(list, s->measures[m].where, item, s->measures[m].at);
        for (size_t i = 0; i < s->measures[m].n_either; i++)
            add_condition(list, s->measures[m].either[i].where, item, s->measures[m].either[i].at);
    }
}

static void add_content(names_list *list)
{
    const baro_survey *s = list->c->survey;
    for (size_t g = 0; g < s->n_groups; g++)
        add(list, s->groups[g].columns, BARO_TEXT, baro_check_text(list->c, "group %s", s->groups[g].id),
            place_of(s->groups[g].columns_at, s->groups[g].at), false);
    for (size_t m = 0; m < s->n_measures && !s->is_series; m++) {
        const baro_measure *measure = &s->measures[m];
        baro_kind kind = baro_measure_is_number(measure) ? BARO_NUMBER : BARO_TEXT;
        const char *item = baro_check_text(list->c, "measure %s", measure->id);
        add(list, measure->columns, kind, item, place_of(measure->columns_at, measure->at), false);
        add(list, (baro_texts){&measure->over, 1}, BARO_NUMBER, item, measure->at, false);
        add(list, (baro_texts){&measure->weight, 1}, BARO_NUMBER, item, measure->at, false);
        for (size_t i = 0; i < measure->multi.n; i++)
            add(list, (baro_texts){&measure->multi.item[i], 1}, BARO_TEXT, item, measure->at, false);
        for (size_t i = 0; i < measure->n_either; i++)
            add(list, (baro_texts){&measure->either[i].column, 1}, kind, item, measure->either[i].at, false);
    }
}

static bool is_claimed(const names_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->column[i].names.n; k++)
            if (strcmp(list->column[i].names.item[k], name) == 0)
                return true;
    return false;
}

/* The nearest header that the survey file takes for nothing else: "; did you mean 'q17'?" */
static const char *nearest_free(names_list *list, const named *column, const baro_source *source)
{
    const char **name = baro_check_room(list->c, source->fields + 1, sizeof *name), *near = NULL;
    size_t n = 0;
    for (size_t f = 0; name && f < source->fields; f++)
        if (source->header[f][0] && !is_claimed(list, source->header[f]))
            name[n++] = source->header[f];
    for (size_t k = 0; k < column->names.n && !near && n > 0; k++) {
        for (size_t i = 0; i < n && !near; i++)
            near = baro_text_same_case_blind(column->names.item[k], name[i]) ? name[i] : NULL;
        near = near ? near : baro_text_nearest(column->names.item[k], name, n);
    }
    return near ? baro_check_text(list->c, "; did you mean '%s'?", baro_check_name(list->c, near)) : "";
}

static const char *all_names(baro_checking *c, baro_texts names)
{
    const char *text = baro_check_name(c, names.item[0]);
    for (size_t k = 1; k < names.n; k++)
        text = baro_check_text(c, "%s' or '%s", text, baro_check_name(c, names.item[k]));
    return text;
}

static void look_for_lack(names_list *list, const named *column, const baro_column *data)
{
    baro_checking *c = list->c;
    size_t lacking = 0;
    for (size_t s = 0; s < c->sources; s++)
        lacking += !data->found[s];
    baro_found found = {.severity = column->in_every || lacking == c->sources ? BARO_FINDING_ERROR : BARO_FINDING_WARNING,
                        .check = "column-missing", .item = column->item, .at = column->at,
                        .place = {column->at.line ? c->survey->path : NULL, column->at.line, column->at.column}};
    for (size_t s = 0; s < c->sources; s++)
        if (!data->found[s]) {
            const char *hint = nearest_free(list, column, baro_frame_source(c->frame, s));
            baro_find(c, &found, "column '%s' is not in %s%s%s", all_names(c, column->names), baro_check_file(c, s), hint,
                      hint[0] ? " Add the name to its columns"
                      : column->in_every ? "; every file needs it"
                                         : "; it is not available (x) there");
        }
}

/* What each file calls it, where they differ; and a file that has two of the names. */
static void look_for_names(names_list *list, const named *column, const baro_column *data)
{
    baro_checking *c = list->c;
    const char *first = NULL, *said = NULL;
    baro_found found = {.check = "column-renamed", .severity = BARO_FINDING_NOTE, .item = column->item, .at = column->at};
    bool differ = false;
    for (size_t s = 0; s < c->sources; s++) {
        if (!data->found[s])
            continue;
        differ = differ || (first && strcmp(first, data->found[s]) != 0);
        first = first ? first : data->found[s];
        said = baro_check_text(c, "%s%s'%s' in %s", said ? said : "", said ? ", " : "", baro_check_name(c, data->found[s]), baro_check_file(c, s));
        const baro_source *source = baro_frame_source(c->frame, s);
        for (size_t f = 0; f < source->fields; f++)
            for (size_t k = 0; k < column->names.n; k++)
                if (strcmp(source->header[f], column->names.item[k]) == 0 && strcmp(source->header[f], data->found[s]) != 0) {
                    baro_found twice = {.check = "column-twice", .severity = BARO_FINDING_WARNING, .item = column->item, .at = column->at,
                                        .place = {source->path, 1, 0}};
                    baro_find(c, &twice, "column '%s' is here too, but '%s' is taken; leave one out of the list, or write a survey file a wave",
                              baro_check_name(c, source->header[f]), baro_check_name(c, data->found[s]));
                }
    }
    if (differ)
        baro_find(c, &found, "the column is called %s", said);
}

void baro_check_columns(baro_checking *c)
{
    names_list list = {.c = c};
    add_design(&list);
    add_content(&list);
    add_conditions(&list);
    for (size_t i = 0; i < list.n && !c->failed; i++) {
        const baro_column *data = baro_binding_column(c->binding, list.column[i].names, list.column[i].kind);
        if (!data)
            continue;
        look_for_lack(&list, &list.column[i], data);
        if (list.column[i].names.n > 1)
            look_for_names(&list, &list.column[i], data);
    }
    if (c->rows == 0) {
        baro_found none = {.severity = BARO_FINDING_ERROR, .check = "no-interviews", .item = "data"};
        baro_find(c, &none, "no interviews in the data");
    }
}

/* Respondents that stand more than once: their lines in one pass over the rows. */
static const char *lines_of_twins(baro_checking *c, const baro_column *column, const bool *twin, baro_where_it_is *first)
{
    const char *lines = NULL;
    size_t shown = 0;
    for (size_t row = 0; row < c->rows && shown < 5; row++) {
        if (!twin[baro_column_code(column, row)])
            continue;
        baro_where_it_is place = baro_row_place(c->binding, row);
        if (shown++ == 0)
            *first = place;
        bool elsewhere = strcmp(place.source, first->source) != 0;
        lines = baro_check_text(c, "%s%s%zu%s%s", lines ? lines : "", lines ? ", " : "", place.line, elsewhere ? " of " : "",
                                elsewhere ? place.source : "");
    }
    return lines ? lines : "?";
}

void baro_check_ids(baro_checking *c)
{
    const baro_survey *survey = c->survey;
    const baro_column *column =
        survey->respondent_id ? baro_binding_column(c->binding, (baro_texts){&survey->respondent_id, 1}, BARO_TEXT) : NULL;
    bool *twin = column ? baro_check_room(c, column->n_entries + 1, sizeof *twin) : NULL;
    size_t ids = 0, interviews = 0, missing = 0;
    const baro_entry *first = NULL;
    if (!twin)
        return;
    for (size_t e = 1; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        bool none = entry->count > 0 && baro_entry_is_missing(c->binding, entry);
        twin[e] = !none && entry->count > 1;
        ids += twin[e];
        interviews += twin[e] ? entry->count : 0;
        first = none && !first ? entry : first;
        missing += none ? entry->count : 0;
    }
    baro_found found = {.severity = BARO_FINDING_ERROR, .check = "id-duplicate", .item = "id", .at = survey->respondent_id_at,
                        .count = (double)interviews, .of = (double)c->rows};
    if (ids > 0) {
        const char *lines = lines_of_twins(c, column, twin, &found.place);
        baro_find(c, &found, "one respondent id has several interviews (column %s): %s, the first on lines %s; keep one of each",
                  baro_check_name(c, column->name), baro_check_count(c, found.count, 0, "interviews"), lines);
    }
    if (missing > 0) {
        found.severity = BARO_FINDING_WARNING;
        found.check = "id-missing";
        found.count = (double)missing;
        found.place = baro_entry_place(c->binding, first, 0);
        baro_find(c, &found, "no respondent id (column %s): %s, this one first; duplicates among them cannot be seen",
                  baro_check_name(c, column->name), baro_check_count(c, found.count, found.of, "interviews"));
    }
}
