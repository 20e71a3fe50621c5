#include "surveys/binding/internal.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <string.h>

baro_status baro_no_memory(baro_binding *binding)
{
    return baro_fault_add(binding->error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
}

baro_binding *baro_binding_new(const baro_survey *survey, baro_arena *arena, baro_error *error)
{
    baro_binding *binding = BARO_NEW(arena, baro_binding);
    if (!binding)
        return NULL;
    *binding = (baro_binding){.survey = survey, .arena = arena, .error = error};
    binding->group = BARO_ARRAY(arena, const baro_bound_group *, survey->n_groups + 1);
    binding->measure = BARO_ARRAY(arena, const baro_bound_measure *, survey->n_measures + 1);
    return binding->group && binding->measure ? binding : NULL;
}

void baro_binding_free(baro_binding *binding)
{
    if (binding)
        baro_frame_free(binding->own);
}

baro_error *baro_binding_report_to(baro_binding *binding, baro_error *error)
{
    baro_error *before = binding->error;
    binding->error = error;
    return before;
}

const baro_frame *baro_binding_frame(const baro_binding *binding)
{
    return binding->frame;
}

baro_calendar baro_survey_calendar(const baro_survey *survey)
{
    return (baro_calendar){.unit = survey->period_unit, .year_starts = survey->year_starts, .format = survey->period_format};
}

baro_where_it_is baro_binding_place(const baro_binding *binding, baro_position at)
{
    const char *path = at.path ? at.path : binding->survey->path;
    return (baro_where_it_is){at.line ? path : NULL, at.line, at.column};
}

static size_t find_column(const baro_binding *binding, baro_texts names, baro_kind kind)
{
    const baro_want want = {names.item, names.n, kind};
    size_t i = 0;
    while (i < binding->n_columns && !baro_same_want(&want, &binding->column[i].want))
        i++;
    return i;
}

const baro_column *baro_binding_column(const baro_binding *binding, baro_texts names, baro_kind kind)
{
    size_t i = find_column(binding, names, kind);
    return i < binding->n_columns ? baro_column_wanted(binding, i) : NULL;
}

baro_status baro_want_column(baro_binding *binding, baro_texts names, baro_kind kind, baro_position at, bool needed, bool in_every)
{
    size_t i = find_column(binding, names, kind);
    if (names.n == 0)
        return baro_fault_add(binding->error, BARO_INTERNAL, baro_binding_place(binding, at), "a part of the survey has no column");
    if (i == binding->n_columns) {
        if (i == binding->columns_room) {
            size_t room = 2 * i + 16;
            baro_needed_column *more = BARO_ARRAY(binding->arena, baro_needed_column, room);
            if (!more)
                return baro_no_memory(binding);
            if (i > 0)
                memcpy(more, binding->column, i * sizeof *more);
            binding->column = more;
            binding->columns_room = room;
        }
        binding->column[binding->n_columns++] =
            (baro_needed_column){.want = {names.item, names.n, kind}, .at = at};
    }
    binding->column[i].needed |= needed;
    binding->column[i].in_every |= in_every;
    return BARO_OK;
}

baro_status baro_want_quietly(baro_binding *binding, baro_texts names, baro_kind kind, baro_position at)
{
    size_t before = binding->n_columns;
    baro_status status = baro_want_column(binding, names, kind, at, false, false);
    if (binding->n_columns > before)
        binding->column[before].quiet = true;
    return status;
}

/* ---- what a survey's parts want ---- */

/* What options made is called after its column: in a condition the column itself is meant. */
const baro_group *baro_named_group(const baro_binding *binding, const char *name)
{
    const baro_group *group = baro_survey_group(binding->survey, name);
    return group && group->at.line > 0 ? group : NULL;
}

const baro_measure *baro_named_measure(const baro_binding *binding, const char *name)
{
    const baro_measure *measure = baro_survey_measure(binding->survey, name);
    return measure && measure->at.line > 0 ? measure : NULL;
}

typedef struct {
    baro_binding *binding;
    baro_where_it_is place;
    baro_status status;
} name_visit;

static void want_name(void *context, const char *name)
{
    name_visit *visit = context;
    baro_binding *binding = visit->binding;
    const baro_group *group = baro_named_group(binding, name);
    const baro_measure *measure = group ? NULL : baro_named_measure(binding, name);
    baro_status status;
    if (binding->depth >= BARO_NESTING_MOST)
        status = baro_fault_add(binding->error, binding->survey->path ? BARO_BAD_SURVEY : BARO_USAGE, visit->place,
                                "conditions that name one another, more than %d deep", BARO_NESTING_MOST);
    else if (group)
        status = baro_want_group(binding, group, true);
    else if (measure)
        status = baro_want_measure(binding, measure, true);
    else {
        const char **item = BARO_NEW(binding->arena, const char *);
        if (!item || !(*item = baro_arena_string(binding->arena, name)))
            status = baro_no_memory(binding);
        else
            status = baro_want_column(binding, (baro_texts){item, 1}, BARO_TEXT,
                                      (baro_position){visit->place.line, visit->place.column, visit->place.line ? visit->place.source : NULL}, true, false);
    }
    if (visit->status == BARO_OK)
        visit->status = status;
}

static baro_status parse_condition(baro_binding *binding, const char *text, baro_where_it_is place, baro_known_where **out)
{
    for (size_t i = 0; i < binding->n_where; i++)
        if (strcmp(binding->where[i].text, text) == 0) {
            *out = &binding->where[i];
            return BARO_OK;
        }
    if (binding->n_where == binding->where_room) {
        size_t room = 2 * binding->where_room + 8;
        baro_known_where *more = BARO_ARRAY(binding->arena, baro_known_where, room);
        if (!more)
            return baro_no_memory(binding);
        if (binding->n_where > 0)
            memcpy(more, binding->where, binding->n_where * sizeof *more);
        binding->where = more;
        binding->where_room = room;
    }
    baro_known_where known = {.text = text};
    baro_status status = baro_where_parse(text, place, place.line ? BARO_BAD_SURVEY : BARO_USAGE, binding->arena, &known.tree, binding->error);
    if (status)
        return status;
    binding->where[binding->n_where] = known;
    *out = &binding->where[binding->n_where++];
    return BARO_OK;
}

baro_status baro_want_condition(baro_binding *binding, const char *where, baro_where_it_is place)
{
    baro_known_where *known = NULL;
    baro_status status = parse_condition(binding, where, place, &known);
    if (status || !known)
        return status;
    name_visit visit = {.binding = binding, .place = place};
    const baro_where *tree = known->tree;
    binding->depth++;
    baro_where_names(tree, want_name, &visit);
    binding->depth--;
    return visit.status;
}

baro_status baro_want_where(baro_binding *binding, const char *where)
{
    return where ? baro_want_condition(binding, where, (baro_where_it_is){"--where", 0, 0}) : BARO_OK;
}

/* The names themselves, where they were written. */
static baro_position of_columns(baro_position columns, baro_position whole)
{
    return columns.line ? columns : whole;
}

baro_status baro_want_group(baro_binding *binding, const baro_group *group, bool named)
{
    const baro_group *of = group->of ? baro_survey_group(binding->survey, group->of) : NULL; /* the model sees to it that this ends */
    baro_status status = of ? baro_want_group(binding, of, named) : BARO_OK;
    if (group->columns.n > 0)
        status = baro_want_column(binding, group->columns, BARO_TEXT, of_columns(group->columns_at, group->at), named, false);
    for (size_t i = 0; i < group->n_categories && status == BARO_OK; i++)
        if (group->categories[i].where)
            status = baro_want_condition(binding, group->categories[i].where, baro_binding_place(binding, group->categories[i].at));
    return status;
}

bool baro_measure_is_number(const baro_measure *measure)
{
    const baro_scale *scale = measure->scale;
    bool listed = false; /* a scale may say no more than which numbers are missing */
    for (size_t i = 0; scale && i < scale->n_answers; i++)
        listed = listed || scale->answers[i].role <= BARO_ROLE_OTHER;
    return !listed && measure->multi.n == 0 && measure->statistic != BARO_STAT_PROPORTION && measure->statistic != BARO_STAT_DISTRIBUTION;
}

baro_status baro_want_measure(baro_binding *binding, const baro_measure *measure, bool named)
{
    baro_kind kind = baro_measure_is_number(measure) ? BARO_NUMBER : BARO_TEXT;
    baro_status status = BARO_OK;
    if (measure->columns.n > 0)
        status = baro_want_column(binding, measure->columns, kind, of_columns(measure->columns_at, measure->at), named, false);
    if (status == BARO_OK && measure->over)
        status = baro_want_column(binding, (baro_texts){&measure->over, 1}, BARO_NUMBER, measure->at, named, false);
    for (size_t i = 0; i < measure->multi.n && status == BARO_OK; i++)
        status = baro_want_column(binding, (baro_texts){&measure->multi.item[i], 1}, BARO_TEXT, measure->at, named, false);
    for (size_t i = 0; i < measure->n_either && status == BARO_OK; i++) {
        const baro_either *either = &measure->either[i];
        status = baro_want_column(binding, (baro_texts){&either->column, 1}, kind, either->at, named, false);
        if (status == BARO_OK && either->where)
            status = baro_want_condition(binding, either->where, baro_binding_place(binding, either->at));
    }
    if (status == BARO_OK && measure->where)
        status = baro_want_condition(binding, measure->where, baro_binding_place(binding, measure->at));
    if (status == BARO_OK && measure->weight)
        status = baro_want_column(binding, (baro_texts){&measure->weight, 1}, BARO_NUMBER, measure->weight_at, named, false);
    return status;
}

/* A stratum may be a group, `period`, or a column. */
static baro_status want_part(baro_binding *binding, const char *const *name, baro_position at)
{
    const baro_group *group = baro_survey_group(binding->survey, *name);
    if (group)
        return baro_want_group(binding, group, true);
    if (strcmp(*name, "period") == 0 && binding->survey->has_period)
        return BARO_OK;
    return baro_want_column(binding, (baro_texts){name, 1}, BARO_TEXT, at, true, true);
}

baro_status baro_want_design(baro_binding *binding)
{
    const baro_survey *survey = binding->survey;
    baro_status status = BARO_OK;
    if (survey->weight)
        status = baro_want_column(binding, (baro_texts){&survey->weight, 1}, BARO_NUMBER, survey->weight_at, true, true);
    for (size_t i = 0; i < survey->strata.n && status == BARO_OK; i++)
        status = want_part(binding, &survey->strata.item[i], survey->strata_at);
    if (survey->fpc.n > survey->psu.n + 1)
        return baro_fault_add(binding->error, survey->fpc_at.line ? BARO_BAD_SURVEY : BARO_USAGE, baro_binding_place(binding, survey->fpc_at),
                              "%zu finite population corrections for %zu stages of PSUs", survey->fpc.n, survey->psu.n);
    for (size_t i = 0; i < survey->psu.n && (i == 0 || i < survey->fpc.n) && status == BARO_OK; i++)
        status = want_part(binding, &survey->psu.item[i], survey->psu_at);
    for (size_t i = 0; i < survey->fpc.n && status == BARO_OK; i++)
        status = baro_want_column(binding, (baro_texts){survey->fpc.item + i, 1}, BARO_NUMBER, survey->fpc_at, true, true);
    if (status == BARO_OK && survey->has_period)
        status = baro_want_column(binding, survey->period_columns, BARO_TEXT, survey->period_at, true, true);
    if (status == BARO_OK && survey->respondent_id)
        status = baro_want_column(binding, (baro_texts){&survey->respondent_id, 1}, BARO_TEXT, survey->respondent_id_at, true, true);
    return status;
}

baro_status baro_want_series_column(baro_binding *binding, const char *const *name, baro_kind kind)
{
    return baro_want_column(binding, (baro_texts){name, 1}, kind, binding->survey->series_at, true, true);
}

baro_status baro_want_column_if_there(baro_binding *binding, const char *const *name, baro_kind kind)
{
    return baro_want_column(binding, (baro_texts){name, 1}, kind, binding->survey->series_at, false, false);
}

const baro_column *baro_series_column(const baro_binding *binding, const char *const *name, baro_kind kind)
{
    return baro_binding_column(binding, (baro_texts){name, 1}, kind);
}

/* ---- reading, and what the files lack ---- */

/* All names that would do: "sex' or 'gender"; the first one alone without memory. */
static const char *names_of(const baro_binding *binding, const baro_want *want)
{
    char name[BARO_QUOTE_ROOM];
    const char *text = NULL;
    for (size_t i = 0; i < want->n_names; i++) {
        baro_text_quote(want->names[i], strlen(want->names[i]), name, sizeof name);
        const char *longer = baro_arena_format(binding->arena, "%s%s%s", text ? text : "", text ? "' or '" : "", name);
        text = longer ? longer : text;
    }
    return text ? text : "?";
}

static baro_status lacks(baro_binding *binding, const baro_needed_column *column, const baro_source *source, size_t others, bool is_fault)
{
    char near[BARO_QUOTE_ROOM];
    const char *nearest = NULL, *name = names_of(binding, &column->want);
    for (size_t i = 0; i < column->want.n_names && !nearest; i++)
        nearest = baro_text_nearest(column->want.names[i], source->header, source->fields);
    baro_text_quote(nearest ? nearest : "", nearest ? strlen(nearest) : 0, near, sizeof near);
    const char *hint = nearest ? "; did you mean '" : "", *end = nearest ? "'?" : "";
    baro_where_it_is place = baro_binding_place(binding, column->at);
    if (!is_fault) {
        const char *more = others ? baro_arena_format(binding->arena, ", nor in %zu more file%s", others, others == 1 ? "" : "s") : "";
        baro_remark_add(binding->error, place, "column '%s' is not in %s: not available there%s%s%s%s", name, source->path, more ? more : "", hint, near, end);
        return BARO_OK;
    }
    if (column->at.line == 0)
        return baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){source->path, 1, 0}, "column '%s' is not in the file%s%s%s",
                              name, hint, near, end);
    return baro_fault_add(binding->error, BARO_BAD_SURVEY, place, "column '%s' is not in %s%s%s%s", name, source->path, hint, near, end);
}

static baro_status check_presence(baro_binding *binding)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < binding->n_columns; i++) {
        const baro_needed_column *needed = &binding->column[i];
        const baro_column *column = baro_column_wanted(binding, i);
        size_t sources = baro_frame_sources(binding->frame), first = sources, n = 0;
        for (size_t s = 0; s < sources; s++)
            if (!column->found[s]) {
                first = s < first ? s : first;
                n++;
            }
        if (n == 0 || (needed->quiet && !needed->needed && !needed->in_every))
            continue;
        /* a wave may lack what a survey file names, not what an option names */
        bool is_fault = needed->in_every || (needed->needed && (n == sources || needed->at.line == 0));
        baro_status found = lacks(binding, needed, baro_frame_source(binding->frame, first), n - 1, is_fault);
        status = status ? status : found;
    }
    return status;
}

baro_status baro_binding_read(baro_binding *binding, const char *const *paths, size_t n, baro_pool *pool)
{
    bool lent = false;
    baro_status status = baro_binding_borrow(binding, paths, n, &lent);
    if (status == BARO_OK && !lent) {
        baro_want *wants = BARO_ARRAY(binding->arena, baro_want, binding->n_columns + 1);
        if (!wants)
            return baro_no_memory(binding);
        for (size_t i = 0; i < binding->n_columns; i++)
            wants[i] = binding->column[i].want;
        status = baro_frame_read(paths, n, &binding->survey->input, wants, binding->n_columns, pool, binding->error, &binding->own);
        binding->frame = binding->own;
    }
    if (status)
        return status;
    binding->rows = baro_frame_rows(binding->frame);
    return check_presence(binding);
}

/* ---- entries ---- */

bool baro_entry_is_one_of(const baro_binding *binding, const baro_entry *entry, baro_texts list)
{
    for (size_t i = 0; i < list.n; i++)
        if (baro_text_same_answer(entry->text, entry->length, list.item[i], strlen(list.item[i]), binding->survey->ignore_case))
            return true;
    return false;
}

bool baro_entry_is_missing(const baro_binding *binding, const baro_entry *entry)
{
    return !entry->text || baro_entry_is_one_of(binding, entry, binding->survey->missing);
}

const char *baro_entry_shown(const baro_binding *binding, const baro_entry *entry)
{
    char quoted[BARO_QUOTE_ROOM];
    if (!binding->survey->show_values || !entry->text)
        return "";
    const char *shown = baro_arena_format(binding->arena, ": '%s'", baro_text_quote(entry->text, entry->length, quoted, sizeof quoted));
    return shown ? shown : "";
}

bool baro_entry_number(const baro_binding *binding, const baro_entry *entry, double *out)
{
    const char *text = entry->text;
    size_t length = entry->length;
    if (!text)
        return false;
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    char decimal = binding->survey->input.decimal;
    return baro_number_read(text, length, '.', out) || (decimal == ',' && baro_number_read(text, length, ',', out));
}

void baro_spread_codes(const baro_column *column, size_t rows, const uint16_t *table, uint16_t *out)
{
    if (column->width == 1) { /* by far the commonest: worth a loop of its own */
        const uint8_t *codes = column->codes;
        for (size_t i = 0; i < rows; i++)
            out[i] = table[codes[i]];
        return;
    }
    for (size_t i = 0; i < rows; i++)
        out[i] = table[baro_column_code(column, i)];
}

baro_where_it_is baro_entry_place(const baro_binding *binding, const baro_entry *entry, size_t i)
{
    const baro_place *place = &entry->places[i];
    return (baro_where_it_is){baro_frame_source(binding->frame, place->source)->path, place->line, place->column};
}
