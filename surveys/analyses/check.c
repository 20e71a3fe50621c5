/* `check`: the table of checks, and the list that they add to. */
#include "surveys/analyses/check_work.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

void *baro_check_room(baro_checking *c, size_t count, size_t size)
{
    void *room = baro_arena_array(c->arena, count, size);
    c->failed = c->failed || !room;
    return room;
}

static const char *formatted(baro_checking *c, const char *format, va_list arguments) BARO_PRINTF(2, 0);
static const char *formatted(baro_checking *c, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : baro_check_room(c, (size_t)length + 1, 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text ? text : "";
}

const char *baro_check_text(baro_checking *c, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = formatted(c, format, arguments);
    va_end(arguments);
    return text;
}

bool baro_check_tells(const baro_checking *c, double count)
{
    return count == 0 || count >= c->request->below;
}

const char *baro_check_count(baro_checking *c, double count, double of, const char *noun)
{
    char number[64];
    baro_number_round(c->request->below, 0, true, number);
    if (!baro_check_tells(c, count))
        return baro_check_text(c, "fewer than %s %s", number, noun);
    if (of > 0 && !baro_check_tells(c, of - count))
        return baro_check_text(c, "all but fewer than %s %s", number, noun);
    baro_number_round(count, 0, true, number);
    int length = (int)strlen(noun) - (count == 1); /* 1 interview */
    if (!(of > 0))
        return baro_check_text(c, "%s %.*s", number, length, noun);
    char share[64];
    baro_number_round(100 * count / of, 1, false, share);
    return baro_check_text(c, "%s %.*s (%s%%)", number, length, noun, share);
}

void baro_find(baro_checking *c, const baro_found *found, const char *format, ...)
{
    if (c->n == c->room) {
        size_t room = 2 * c->room + 32;
        baro_finding *more = baro_check_room(c, room, sizeof *more);
        if (!more)
            return;
        if (c->n > 0)
            memcpy(more, c->finding, c->n * sizeof *more);
        c->finding = more;
        c->room = room;
    }
    baro_finding *out = &c->finding[c->n++];
    const char *file = found->place.source ? baro_check_text(c, "%s", found->place.source) : NULL; /* paths are the frame's, findings outlive it */
    *out = (baro_finding){.severity = found->severity, .check = found->check, .item = found->item, .file = file,
                          .line = found->place.line, .column = found->place.column, .count = NAN, .share = NAN, .at = found->at};
    out->few = !baro_check_tells(c, found->count) || (found->of > 0 && !baro_check_tells(c, found->of - found->count));
    if (!out->few && found->count > 0) {
        out->count = found->count;
        out->share = found->of > 0 ? found->count / found->of : NAN;
    }
    va_list arguments;
    va_start(arguments, format);
    out->message = formatted(c, format, arguments);
    va_end(arguments);
}

/* ---- words ---- */

const char *baro_check_name(baro_checking *c, const char *text)
{
    char quoted[BARO_QUOTE_ROOM];
    return baro_check_text(c, "%s", baro_text_quote(text, strlen(text), quoted, sizeof quoted));
}

const char *baro_check_answer(baro_checking *c, const baro_entry *entry)
{
    char quoted[BARO_QUOTE_ROOM];
    if (!c->survey->show_values || !entry->text || !baro_check_tells(c, (double)entry->count))
        return "";
    return baro_check_text(c, ": '%s'", baro_text_quote(entry->text, entry->length, quoted, sizeof quoted));
}

const char *baro_check_file(const baro_checking *c, size_t source)
{
    return baro_frame_source(c->frame, source)->path;
}

const char *baro_check_in(baro_checking *c, size_t source)
{
    return c->sources > 1 ? baro_check_text(c, " in %s", baro_check_file(c, source)) : "";
}

const char *baro_check_period(baro_checking *c, size_t unit)
{
    baro_calendar calendar = baro_survey_calendar(c->survey);
    char label[32];
    baro_period_label(&calendar, c->first + (baro_period)unit, label);
    return baro_check_text(c, "%s", label);
}

/* Messages of the binding that begin with a count may tell too small a one. */
static bool begins_with_count(const char *message)
{
    return message[0] >= '0' && message[0] <= '9';
}

bool baro_check_aside(baro_checking *c, const char *check, const char *item, baro_position at)
{
    bool any = baro_error_faults(c->aside) > 0;
    for (size_t i = 0; check && i < baro_error_count(c->aside); i++) {
        const baro_error_entry *entry = baro_error_entry_at(c->aside, i);
        if (entry->is_remark)
            continue;
        const char *source = entry->source ? baro_check_text(c, "%s", entry->source) : NULL;
        baro_found found = {.severity = BARO_FINDING_ERROR, .check = check, .item = item, .at = at,
                            .place = {source, entry->line, entry->column}};
        if (begins_with_count(entry->message))
            baro_find(c, &found, "it cannot be made from these data: see the other findings");
        else
            baro_find(c, &found, "%s", entry->message);
    }
    c->failed = c->failed || baro_error_status(c->aside) == BARO_NO_MEMORY;
    baro_error *clean = baro_error_new();
    if (!clean) {
        c->failed = true;
        return any;
    }
    baro_binding_report_to(c->binding, clean);
    baro_error_free(c->aside);
    c->aside = clean;
    return any;
}

static bool is_code_of(const baro_checking *c, const baro_scale *scale, const baro_entry *entry)
{
    bool is = false;
    for (size_t a = 0; scale && a < scale->n_answers && !is; a++)
        is = baro_entry_is_one_of(c->binding, entry, scale->answers[a].codes);
    return is;
}

void baro_check_numbers_of(baro_checking *c, const baro_column *column, const baro_scale *scale, const char *item, baro_position at)
{
    const baro_entry *first = NULL;
    size_t n = 0;
    bool comma = false;
    for (size_t e = 1; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        double ignored;
        if (entry->count == 0 || baro_entry_is_missing(c->binding, entry) || is_code_of(c, scale, entry))
            continue;
        first = first ? first : entry;
        n += entry->count;
        comma = comma || baro_number_read(entry->text, entry->length, ',', &ignored);
    }
    if (n == 0)
        return;
    baro_found found = {.severity = BARO_FINDING_ERROR, .check = "not-a-number", .item = item, .at = at, .count = (double)n,
                        .of = (double)c->rows, .place = baro_entry_place(c->binding, first, 0)};
    baro_find(c, &found, "not a plain decimal number (column %s): %s, this one first%s; %s", baro_check_name(c, column->name),
              baro_check_count(c, found.count, found.of, "interviews"), baro_check_answer(c, first),
              comma ? "if the comma is a decimal mark, say decimal: \",\"" : "mend the data, or list it under input: missing");
}

/* ---- the run ---- */

/* In this order; each needs no other, but periods come before measures, which are counted by them. */
static void (*const checks[])(baro_checking *) = {baro_check_columns, baro_check_ids,    baro_check_periods,  baro_check_weights,
                                                  baro_check_design,  baro_check_groups, baro_check_measures, baro_check_series};

static baro_status want_all(baro_checking *c)
{
    const baro_survey *survey = c->survey;
    baro_status status = baro_want_design(c->binding);
    const struct {
        const char *const *name;
        baro_kind kind;
    } series[] = {{&survey->series_measure, BARO_TEXT},
                  {&survey->series_group, BARO_TEXT},
                  {&survey->series_estimate, BARO_NUMBER},
                  {&survey->series_total, BARO_NUMBER},
                  {&survey->series_base_column, BARO_NUMBER}};
    for (size_t i = 0; survey->is_series && i < sizeof series / sizeof *series && status == BARO_OK; i++)
        if (*series[i].name)
            status = baro_want_series_column(c->binding, series[i].name, series[i].kind);
    for (size_t m = 0; !survey->is_series && m < survey->n_measures && status == BARO_OK; m++) {
        const baro_measure *measure = &survey->measures[m];
        status = baro_want_measure(c->binding, measure, false);
        if (status == BARO_OK && measure->weight)
            status = baro_want_column(c->binding, (baro_texts){&measure->weight, 1}, BARO_NUMBER, measure->at, true, false);
    }
    for (size_t g = 0; g < survey->n_groups && status == BARO_OK; g++)
        status = baro_want_group(c->binding, &survey->groups[g], false);
    return status;
}

typedef struct {
    baro_finding finding;
    size_t order;
} placed;

static int compare_findings(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->finding.severity != y->finding.severity)
        return x->finding.severity < y->finding.severity ? -1 : 1;
    if (x->finding.at.line != y->finding.at.line)
        return x->finding.at.line < y->finding.at.line ? -1 : 1;
    if (x->finding.at.column != y->finding.at.column)
        return x->finding.at.column < y->finding.at.column ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void sort_findings(baro_checking *c)
{
    placed *sorted = baro_check_room(c, c->n, sizeof *sorted);
    if (!sorted)
        return;
    for (size_t i = 0; i < c->n; i++)
        sorted[i] = (placed){c->finding[i], i};
    qsort(sorted, c->n, sizeof *sorted, compare_findings);
    for (size_t i = 0; i < c->n; i++)
        c->finding[i] = sorted[i].finding;
}

static void run_checks(baro_checking *c, baro_check_result *out)
{
    c->frame = baro_binding_frame(c->binding);
    c->rows = baro_frame_rows(c->frame);
    c->sources = baro_frame_sources(c->frame);
    baro_check_aside(c, NULL, NULL, (baro_position){0}); /* columns that files lack are looked at again */
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !c->failed; i++)
        checks[i](c);
    if (!c->failed)
        sort_findings(c);
    *out = (baro_check_result){.finding = c->finding, .n = c->n, .rows = c->rows, .files = c->sources};
    for (size_t i = 0; i < c->n; i++)
        out->of[c->finding[i].severity]++;
}

baro_status baro_check(const baro_check_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_check_result *out)
{
    baro_checking c = {.request = request, .survey = request->survey, .arena = arena, .aside = baro_error_new()};
    c.binding = baro_binding_new(request->survey, arena, error);
    if (!c.aside || !c.binding) {
        baro_error_free(c.aside);
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    }
    baro_status status = want_all(&c);
    if (status == BARO_OK) {
        baro_binding_report_to(c.binding, c.aside);
        status = baro_binding_read(c.binding, request->data, request->n_data, pool);
        if (baro_binding_frame(c.binding)) {
            run_checks(&c, out);
            status = c.failed ? baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory") : BARO_OK;
        } else
            baro_error_join(error, c.aside);
    }
    baro_binding_free(c.binding);
    baro_error_free(c.aside);
    return status;
}
