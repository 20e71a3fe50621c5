/* Periods that cannot be read, and those that no interview stands in. */
#include "surveys/analyses/check_work.h"
#include <string.h>

enum { SPAN_MOST = 6000 }; /* 500 years of months: more is a misread date; as binding has it */

typedef struct {
    const baro_entry *unreadable, *missing; /* the first of each */
    size_t n_unreadable, n_missing;
    baro_period range[2];
    bool any;
} reading;

static reading read_entries(baro_checking *c, const baro_column *column, baro_period *period, bool *readable)
{
    reading out = {.any = false};
    baro_calendar calendar = baro_survey_calendar(c->survey);
    for (size_t e = 1; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        if (entry->count == 0)
            continue;
        readable[e] = baro_period_read(&calendar, entry->text, entry->length, &period[e]);
        if (readable[e]) {
            out.range[0] = !out.any || period[e] < out.range[0] ? period[e] : out.range[0];
            out.range[1] = !out.any || period[e] > out.range[1] ? period[e] : out.range[1];
            out.any = true;
        } else if (baro_entry_is_missing(c->binding, entry)) {
            out.missing = out.missing ? out.missing : entry;
            out.n_missing += entry->count;
        } else {
            out.unreadable = out.unreadable ? out.unreadable : entry;
            out.n_unreadable += entry->count;
        }
    }
    return out;
}

static void say_faults(baro_checking *c, const baro_column *column, const reading *read)
{
    const struct {
        const baro_entry *entry;
        size_t n;
        const char *check, *what;
    } faults[] = {{read->unreadable, read->n_unreadable, "period-unreadable", "not a date or period that can be read"},
                  {read->missing, read->n_missing, "period-missing", "no period"}};
    for (size_t i = 0; i < 2; i++) {
        if (faults[i].n == 0)
            continue;
        baro_found found = {.severity = BARO_FINDING_ERROR, .check = faults[i].check, .item = "period", .at = c->survey->period_at,
                            .place = baro_entry_place(c->binding, faults[i].entry, 0), .count = (double)faults[i].n, .of = (double)c->rows};
        baro_find(c, &found, "%s (column %s): %s, this one first%s; see period: format and unit", faults[i].what,
                  baro_check_name(c, column->name), baro_check_count(c, found.count, found.of, "interviews"),
                  i == 0 ? baro_check_answer(c, faults[i].entry) : "");
    }
}

/* Runs of units without an interview. */
static void look_for_gaps(baro_checking *c, const unsigned char *met)
{
    for (size_t u = 1, listed = 0; u < c->units && listed < BARO_CHECK_LISTED; u++) {
        size_t first = u;
        while (u < c->units && !met[u])
            u++;
        if (u == first)
            continue;
        baro_found found = {.severity = BARO_FINDING_WARNING, .check = "period-gap", .item = "period", .at = c->survey->period_at};
        if (u - first == 1)
            baro_find(c, &found, "no interview in %s, though there are some before and after; is a file left out?", baro_check_period(c, first));
        else
            baro_find(c, &found, "no interview from %s to %s, though there are some before and after; is a file left out?",
                      baro_check_period(c, first), baro_check_period(c, u - 1));
        listed++;
    }
}

void baro_check_periods(baro_checking *c)
{
    const baro_column *column = c->survey->has_period ? baro_binding_column(c->binding, c->survey->period_columns, BARO_TEXT) : NULL;
    baro_period *period = column ? baro_check_room(c, column->n_entries + 1, sizeof *period) : NULL;
    bool *readable = column ? baro_check_room(c, column->n_entries + 1, sizeof *readable) : NULL;
    if (!period || !readable)
        return;
    reading read = read_entries(c, column, period, readable);
    say_faults(c, column, &read);
    if (!read.any)
        return;
    if (read.range[1] - read.range[0] >= SPAN_MOST) {
        baro_found found = {.severity = BARO_FINDING_ERROR, .check = "period-span", .item = "period", .at = c->survey->period_at};
        baro_find(c, &found, "periods span more than %d units (column %s): is a date misread? see period: format", SPAN_MOST,
                  baro_check_name(c, column->name));
        return;
    }
    c->first = read.range[0];
    c->units = (size_t)(read.range[1] - read.range[0]) + 1;
    uint32_t *unit = baro_check_room(c, c->rows + 1, sizeof *unit);
    unsigned char *met = baro_check_room(c, c->units, 1);
    if (!unit || !met)
        return;
    for (size_t row = 0; row < c->rows; row++) {
        uint32_t e = baro_column_code(column, row);
        unit[row] = readable[e] ? (uint32_t)(period[e] - c->first) : BARO_CHECK_NOWHERE;
        if (readable[e])
            met[unit[row]] = 1;
    }
    c->unit = unit;
    look_for_gaps(c, met);
}
