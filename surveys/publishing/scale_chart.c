/* Answers on a scale, by group or by question: a row of the sheet is one answer of one group or question. */
#include "surveys/publishing/chart_frame.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { SPOKEN_MOST = 12 }; /* rows spoken one by one in an alternative text */

static const baro_sheet_column columns[] = {{.name = "label", .scale = 1},
                                            {.name = "everyone", .numeric = true, .scale = 1},
                                            {.name = "base", .numeric = true, .scale = 1},
                                            {.name = "level", .scale = 1},
                                            {.name = "role", .scale = 1},
                                            {.name = "estimate", .numeric = true, .scale = 1},
                                            {.name = "marker", .scale = 1}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char all_questions[] = "Answers by question";

typedef struct {
    const char *label, *role;
} level;

typedef struct {
    baro_chart_table *table;
    const baro_measure *measure; /* whose scale it is */
    baro_display display;
    level *level;
    size_t n_levels;
    baro_cells cells;
    const char *spoken;
    size_t rows;
} draft;

static const char *const role_names[] = {
    [BARO_ROLE_POSITIVE] = "positive", [BARO_ROLE_NEUTRAL] = "neutral",     [BARO_ROLE_NEGATIVE] = "negative",
    [BARO_ROLE_OTHER] = "other",       [BARO_ROLE_DONT_KNOW] = "dont_know", [BARO_ROLE_REFUSED] = "dont_know",
    [BARO_ROLE_NOT_ASKED] = "other"};

/* From the left: against, neutral, for, then what is beside the scale; a scale that begins with what is for it is
 * turned. */
static const baro_role turn[] = {BARO_ROLE_NEGATIVE, BARO_ROLE_NEUTRAL,   BARO_ROLE_POSITIVE,
                                 BARO_ROLE_OTHER,    BARO_ROLE_DONT_KNOW, BARO_ROLE_REFUSED};

static bool counts(const baro_measure *measure, const baro_answer *answer)
{
    if (answer->role == BARO_ROLE_DONT_KNOW || answer->role == BARO_ROLE_REFUSED)
        return measure->base_asked;
    return answer->role != BARO_ROLE_NOT_ASKED;
}

static bool begins_positive(const baro_scale *scale)
{
    for (size_t i = 0; i < scale->n_answers; i++)
        if (scale->answers[i].role == BARO_ROLE_POSITIVE || scale->answers[i].role == BARO_ROLE_NEGATIVE)
            return scale->answers[i].role == BARO_ROLE_POSITIVE;
    return false;
}

static baro_status order_levels(draft *d)
{
    const baro_scale *scale = d->measure->scale;
    bool back = begins_positive(scale);
    d->level = BARO_ARRAY(d->table->arena, level, scale->n_answers + 2);
    if (!d->level)
        return BARO_NO_MEMORY;
    for (size_t t = 0; t < sizeof turn / sizeof *turn; t++) {
        for (size_t i = 0; i < scale->n_answers; i++) {
            bool sided = turn[t] <= BARO_ROLE_NEGATIVE;
            const baro_answer *answer = &scale->answers[sided && back ? scale->n_answers - 1 - i : i];
            if (answer->role == turn[t] && counts(d->measure, answer))
                d->level[d->n_levels++] = (level){answer->label, role_names[answer->role]};
        }
        if (turn[t] == BARO_ROLE_OTHER && scale->open)
            d->level[d->n_levels++] = (level){"Other", "other"};
    }
    return BARO_OK;
}

static void speak(draft *d, const char *label, const baro_row *first, const char *answers)
{
    const char *hidden = first ? baro_row_shorthand(first) : "[x]";
    if (d->rows++ >= SPOKEN_MOST || !d->spoken)
        return;
    d->spoken = !answers ? NULL
                         : baro_arena_format(d->table->arena, "%s%s%s: %s", d->spoken, *d->spoken ? "; " : "", label,
                                             !hidden                      ? answers
                                             : strcmp(hidden, "[c]") == 0 ? "confidential"
                                                                          : "not available");
}

/* One group or question: of a row of which one answer is hidden none is given, since the others would tell it. */
static void put_row(draft *d, const baro_measure *measure, const char *label, const baro_row *key)
{
    const char *answers = "", *hidden = NULL;
    const baro_row *first = NULL;
    baro_arena *arena = d->table->arena;
    for (size_t i = 0; i < d->n_levels; i++) {
        const baro_row *row = baro_chart_row(d->table, measure, d->level[i].label, key);
        first = first && (!row || !baro_row_shorthand(row)) ? first : row;
        if (row && baro_row_shorthand(row))
            hidden = baro_row_shorthand(row);
    }
    for (size_t i = 0; i < d->n_levels; i++) {
        const baro_row *row = baro_chart_row(d->table, measure, d->level[i].label, key);
        baro_cells_text(&d->cells, label);
        baro_cells_number(&d->cells, !key->by && d->table->n_keys > 1);
        baro_cells_number(&d->cells, row && !hidden && !d->table->results->survey->is_series ? row->base : NAN);
        baro_cells_text(&d->cells, d->level[i].label);
        baro_cells_text(&d->cells, d->level[i].role);
        baro_cells_number(&d->cells, row && !hidden ? row->estimate * d->display.scale : NAN);
        baro_cells_text(&d->cells, hidden ? hidden : row ? baro_chart_shorthand(row) : "[x]");
        if (row && !hidden && answers)
            answers = baro_arena_format(arena, "%s%s%s %s", answers, *answers ? ", " : "", d->level[i].label,
                                        baro_say_number(arena, row->estimate, d->display));
    }
    speak(d, label, first, answers);
}

static baro_status begin(draft *d, baro_chart_table *table, const baro_measure *measure)
{
    *d = (draft){.table = table,
                 .measure = measure,
                 .display = baro_display_of(table->results, BARO_STAT_PROPORTION),
                 .cells = {.arena = table->arena},
                 .spoken = ""};
    return order_levels(d);
}

/* What and who; when is known from any row. */
static const char *subtitle_of(const draft *d)
{
    const baro_survey *survey = d->table->results->survey;
    baro_arena *arena = d->table->arena;
    const baro_row *any = d->table->n_keys > 0 ? d->table->key[0] : NULL;
    const char *text = d->measure->base_asked ? "Per cent of all who were asked" : "Per cent of those with an answer";
    if (survey->population)
        text = baro_arena_format(arena, "%s. %s", text, survey->population);
    if (any && any->has_period && text)
        text = baro_arena_format(arena, "%s, %s", text, baro_say_inside(any->period_words, arena));
    return text;
}

static baro_status finish(draft *d, const char *name, const char *title, bool by_question, baro_drawing *out)
{
    baro_arena *arena = d->table->arena;
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    const char *group = baro_chart_group_id(d->table);
    if (!sheet || !group || !title || !d->spoken)
        return BARO_NO_MEMORY;
    *sheet = (baro_sheet){.id = name, .title = title, .columns = columns, .n_columns = COLUMNS, .row_headers = 1};
    const char *more =
        d->rows > SPOKEN_MOST ? baro_arena_format(arena, "; and %zu more, in the table", d->rows - SPOKEN_MOST) : "";
    const char *description =
        more ? baro_arena_format(
                   arena, "Stacked bars of %s%s: %s%s.", strcmp(title, all_questions) == 0 ? "" : "answers to ",
                   strcmp(title, all_questions) == 0 ? baro_say_inside(title, arena) : title, d->spoken, more)
             : NULL;
    const char *id =
        *group ? baro_arena_format(arena, "%s-%s-answers", name, group) : baro_arena_format(arena, "%s-answers", name);
    *out = (baro_drawing){.measure = name, .group = group};
    baro_status status = baro_cells_end(&d->cells, sheet);
    if (status == BARO_OK)
        status = baro_chart_frame(d->table, BARO_CHART_LIKERT, sheet, title, subtitle_of(d), description, id,
                                  d->display, &out->chart);
    out->chart.ordered = out->chart.ordered || by_question;
    out->chart.apart = d->table->words->apart;
    return status;
}

static baro_status by_group(baro_chart_table *table, const baro_measure *measure, baro_drawing *out)
{
    draft d;
    const char *breakdown = baro_say_breakdown(baro_chart_of_group(table), table->arena);
    baro_status status = begin(&d, table, measure);
    for (size_t k = 0; k < table->n_keys && status == BARO_OK; k++)
        put_row(&d, measure, baro_say_group(table->results->survey, table->key[k], table->arena), table->key[k]);
    const char *title = breakdown ? baro_arena_format(table->arena, "%s, by %s", measure->label,
                                                      baro_say_inside(breakdown, table->arena))
                                  : NULL;
    return status == BARO_OK ? finish(&d, measure->id, title, false, out) : status;
}

static bool same_scale(const baro_measure *a, const baro_measure *b)
{
    if (a->scale == b->scale || a->base_asked != b->base_asked)
        return a->scale == b->scale && a->base_asked == b->base_asked;
    if (a->scale->n_answers != b->scale->n_answers || a->scale->open != b->scale->open)
        return false;
    for (size_t i = 0; i < a->scale->n_answers; i++)
        if (strcmp(a->scale->answers[i].label, b->scale->answers[i].label) != 0 ||
            a->scale->answers[i].role != b->scale->answers[i].role)
            return false;
    return true;
}

/* The questions from `first` on that have its scale and stand in no chart yet. */
static baro_status by_question(baro_chart_table *table, size_t first, bool *done, baro_drawing *out)
{
    draft d;
    const baro_measure *measure = table->measure[first];
    size_t n = 0;
    baro_status status = begin(&d, table, measure);
    for (size_t m = first; m < table->n_measures && status == BARO_OK; m++) {
        if (done[m] || !same_scale(table->measure[m], measure))
            continue;
        done[m] = true;
        n++;
        put_row(&d, table->measure[m], table->measure[m]->label, table->key[0]);
    }
    const char *name = n > 1 && measure->scale->id ? measure->scale->id : measure->id;
    const char *title = n == 1 ? measure->label : all_questions;
    return status == BARO_OK ? finish(&d, name, title, true, out) : status;
}

baro_status baro_charts_likert(const baro_results *results, const baro_chart_words *words, baro_arena *arena,
                               baro_drawing **out, size_t *n)
{
    size_t tables = results->request->n_by, most = (tables ? tables : 1) * (results->n_rows + 1);
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, most);
    bool *done = BARO_ARRAY(arena, bool, results->n_rows + 1);
    if (!*out || !done)
        return BARO_NO_MEMORY;
    for (size_t t = 0; t < (tables ? tables : 1); t++) {
        baro_chart_table table;
        baro_status status = baro_chart_table_make(results, tables ? t : SIZE_MAX, words, arena, &table);
        bool grouped = status == BARO_OK && baro_chart_of_group(&table);
        for (size_t m = 0; m < table.n_measures && table.n_keys > 0 && status == BARO_OK; m++) {
            if (grouped)
                status = by_group(&table, table.measure[m], &(*out)[(*n)++]);
            else if (!done[m])
                status = by_question(&table, m, done, &(*out)[(*n)++]);
        }
        if (status != BARO_OK)
            return status;
    }
    return BARO_OK;
}
