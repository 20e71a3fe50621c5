#include "surveys/publishing/chart_frame.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

static bool same_key(const baro_row *a, const baro_row *b)
{
    return a->by == b->by && strcmp(a->group, b->group) == 0 && strcmp(a->group2, b->group2) == 0;
}

static bool in_table(const baro_row *row, size_t table)
{
    return row->table == SIZE_MAX || row->table == table;
}

baro_status baro_chart_table_make(const baro_results *results, size_t table, const baro_chart_words *words,
                                  baro_arena *arena, baro_chart_table *out)
{
    *out = (baro_chart_table){.results = results, .words = words, .arena = arena, .table = table};
    out->key = BARO_ARRAY(arena, const baro_row *, results->n_rows + 1);
    out->measure = BARO_ARRAY(arena, const baro_measure *, results->n_rows + 1);
    if (!out->key || !out->measure)
        return BARO_NO_MEMORY;
    const baro_row *first = results->rows; /* every measure and level has the same keys in the same order */
    for (size_t i = 0; i < results->n_rows; i++) {
        const baro_row *row = &results->rows[i];
        if (!in_table(row, table))
            continue;
        if (out->n_measures == 0 || out->measure[out->n_measures - 1] != row->measure)
            out->measure[out->n_measures++] = row->measure;
        bool first_level = row->measure == first->measure && strcmp(row->level, first->level) == 0;
        bool known = out->n_keys > 0 && same_key(out->key[out->n_keys - 1], row);
        if (first_level && !known)
            out->key[out->n_keys++] = row;
    }
    return BARO_OK;
}

const baro_row *baro_chart_row(const baro_chart_table *table, const baro_measure *measure, const char *level,
                               const baro_row *key)
{
    for (size_t i = 0; i < table->results->n_rows; i++) {
        const baro_row *row = &table->results->rows[i];
        if (row->measure == measure && in_table(row, table->table) && same_key(row, key) &&
            strcmp(row->level, level) == 0)
            return row;
    }
    return NULL;
}

const baro_row *baro_chart_of_group(const baro_chart_table *table)
{
    for (size_t i = 0; i < table->n_keys; i++)
        if (table->key[i]->by)
            return table->key[i];
    return NULL;
}

const char *baro_chart_group_id(const baro_chart_table *table)
{
    const baro_row *row = baro_chart_of_group(table);
    if (!row)
        return "";
    return row->by2 ? baro_arena_format(table->arena, "%s-%s", row->by->id, row->by2->id) : row->by->id;
}

bool baro_chart_of_changes(const baro_results *results)
{
    return results->request->n_against > 0;
}

const char *baro_chart_compared(const baro_results *results, const baro_row *row, baro_arena *arena)
{
    if (!row->compared)
        return NULL;
    if (row->compared->kind == BARO_AGAINST_REST)
        return "the rest";
    if (row->compared->kind == BARO_AGAINST_TOTAL)
        return baro_say_inside(baro_say_everyone(results->survey), arena);
    const char *words = row->against_words && *row->against_words ? row->against_words : row->compared->text;
    return row->compared->kind == BARO_AGAINST_GROUP ? words : baro_say_inside(words, arena);
}

bool baro_chart_in_time(const baro_row *row)
{
    return row && row->compared && row->compared->kind >= BARO_AGAINST_PREVIOUS;
}

const char *baro_chart_difference(const baro_results *results, const baro_row *row, baro_arena *arena)
{
    const char *compared = row ? baro_chart_compared(results, row, arena) : NULL;
    return compared
               ? baro_arena_format(arena, "%s from %s", baro_chart_in_time(row) ? "Change" : "Difference", compared)
               : NULL;
}

const char *baro_chart_title_of_changes(const baro_chart_table *table, const char *title, const baro_row *row)
{
    const char *from = baro_chart_difference(table->results, row, table->arena);
    return from && title ? baro_arena_format(table->arena, "%s: %s", title, baro_say_inside(from, table->arena))
                         : title;
}

double baro_chart_clear(const baro_results *results, const baro_row *row)
{
    const char *said = baro_say_difference(results, row);
    return !said ? NAN : strcmp(said, "no") != 0;
}

const char *baro_chart_shorthand(const baro_row *row)
{
    const char *hidden = baro_row_shorthand(row);
    return hidden ? hidden : row->marks & BARO_MARK_UNRELIABLE ? "[u]" : row->marks & BARO_MARK_BREAK ? "[b]" : "";
}

baro_shown baro_chart_shown(const baro_results *results, const baro_row *row, bool changes, baro_display display)
{
    if (!row)
        return (baro_shown){NAN, NAN, "[x]"};
    if (!changes)
        return (baro_shown){row->estimate * display.scale, NAN, baro_chart_shorthand(row)};
    baro_shown shown = {row->difference * display.scale, baro_chart_clear(results, row), ""};
    if (isnan(row->difference))
        shown.marker = baro_row_no_difference(row);
    else if (row->marks & BARO_MARK_UNRELIABLE)
        shown.marker = "[u]";
    return shown;
}

static const char *why_not(const char *marker)
{
    static const char *const words[][2] = {{"[c]", "confidential"}, {"[u]", "withheld"}, {"[z]", "not applicable"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], marker) == 0)
            return words[i][1];
    return "not available";
}

const char *baro_chart_spoken(const baro_results *results, const char *label, const baro_row *row, bool changes,
                              baro_display display, baro_arena *arena)
{
    baro_shown shown = baro_chart_shown(results, row, changes, display);
    if (isnan(shown.value))
        return baro_arena_format(arena, "%s %s", label, why_not(shown.marker));
    const char *number = baro_say_number(arena, fabs(shown.value) / display.scale,
                                         (baro_display){display.scale, changes ? "" : display.unit, display.decimals});
    if (!number || !changes)
        return number ? baro_arena_format(arena, "%s %s%s%s", label, shown.value < 0 ? "minus " : "", number,
                                          strcmp(shown.marker, "[u]") == 0 ? " (low reliability)" : "")
                      : NULL;
    bool points = display.scale > 1;
    return baro_arena_format(arena, "%s %s%s%s%s", label, shown.value < 0 ? "minus " : "plus ", number,
                             points ? " points" : "",
                             isnan(shown.clear) ? " (not tested)"
                             : shown.clear > 0  ? ""
                                                : " (not clear)");
}

baro_status baro_chart_frame(const baro_chart_table *table, baro_chart_kind kind, baro_sheet *sheet, const char *title,
                             const char *subtitle, const char *description, const char *id, baro_display display,
                             baro_chart *out)
{
    const baro_chart_words *words = table->words;
    const baro_results *results = table->results;
    const baro_row *group = baro_chart_of_group(table);
    const char *source = words->source ? words->source : baro_say_source(results, table->arena);
    if (!title || !subtitle || !description || !id)
        return BARO_NO_MEMORY;
    *out = (baro_chart){.kind = kind,
                        .sheet = sheet,
                        .title = words->no_titles ? NULL
                                 : words->title   ? words->title
                                                  : title,
                        .subtitle = words->no_titles  ? NULL
                                    : words->subtitle ? words->subtitle
                                                      : subtitle,
                        .source = words->no_titles ? NULL : source,
                        .description = description,
                        .unit = display.unit,
                        .percent = display.scale > 1,
                        .ordered = group && (group->by->ordered || (group->by2 && group->by2->ordered)),
                        .approximate = results->approximate,
                        .target = NAN,
                        .decimals = display.decimals,
                        .width = words->width,
                        .height = words->height,
                        .id = id,
                        .confidence = results->request->confidence};
    return BARO_OK;
}
