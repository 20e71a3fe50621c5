/* Periods of interviews: what a column of dates leaves open is decided once, over all of it; then each distinct entry is read. */
#include "surveys/binding/internal.h"
#include <string.h>

/* ---- day or month first, month or year: whatever one entry settles holds for all ---- */

typedef struct {
    unsigned first, second; /* bits of baro_period_says: the reading taken where nothing settles it, and the other */
    const char *is_first, *is_second, *taken;
} question;

static const question questions[] = {
    {BARO_SAYS_DAY_FIRST, BARO_SAYS_MONTH_FIRST, "a date with the day first", "a date with the month first",
     "dates are read with the day first"},
    {BARO_SAYS_MONTH, BARO_SAYS_YEARS, "a month of a year", "a financial year", "periods like 2010-11 are read as months"},
};

static void take_second(const question *asked, baro_calendar *calendar)
{
    calendar->month_first |= asked->second == BARO_SAYS_MONTH_FIRST;
    calendar->year_pairs |= asked->second == BARO_SAYS_YEARS;
}

/* Whether an entry that can be read both ways falls into another period by the second. */
static bool matters(const question *asked, const baro_calendar *calendar, const baro_entry *entry)
{
    baro_calendar other = *calendar;
    baro_period one = 0, two = 0;
    take_second(asked, &other);
    bool by_one = baro_period_read(calendar, entry->text, entry->length, &one);
    bool by_two = baro_period_read(&other, entry->text, entry->length, &two);
    return by_one && by_two && one != two;
}

static baro_status decide(baro_binding *binding, const baro_column *column, const question *asked, baro_calendar *calendar)
{
    const baro_entry *settles[2] = {NULL, NULL}, *open = NULL;
    size_t n_open = 0;
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        unsigned says = entry->count > 0 && entry->text ? baro_period_says(entry->text, entry->length) : 0;
        bool first = says & asked->first, second = says & asked->second;
        if (first != second && !settles[second])
            settles[second] = entry;
        if (first && second && matters(asked, calendar, entry)) {
            open = open ? open : entry;
            n_open += entry->count;
        }
    }
    if (settles[0] && settles[1]) {
        baro_where_it_is one = baro_entry_place(binding, settles[0], 0), two = baro_entry_place(binding, settles[1], 0);
        return baro_fault_add(binding->error, BARO_BAD_DATA, two, "%s, and %s at %s:%zu (column %s); one column is written in one way: see period: format",
                              asked->is_second, asked->is_first, one.source, one.line, column->name);
    }
    if (settles[1])
        take_second(asked, calendar);
    else if (!settles[0] && open)
        baro_remark_add(binding->error, baro_entry_place(binding, open, 0),
                        "%s: nothing in column %s says otherwise (%zu interviews could be read both ways); a period: format settles it",
                        asked->taken, column->name, n_open);
    return BARO_OK;
}

static baro_status decide_all(baro_binding *binding, const baro_column *column, baro_calendar *calendar)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0] && !calendar->format; i++) {
        baro_status one = decide(binding, column, &questions[i], calendar);
        status = status ? status : one;
    }
    return status;
}

/* ---- entries ---- */

static baro_status period_of_entries(baro_binding *binding, const baro_column *column, baro_period *period, baro_period range[2])
{
    baro_calendar calendar = baro_survey_calendar(binding->survey);
    baro_status status = decide_all(binding, column, &calendar);
    bool any = false;
    if (status)
        return status;
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        if (entry->count == 0)
            continue;
        if (!entry->text || !baro_period_read(&calendar, entry->text, entry->length, &period[e])) {
            status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_entry_place(binding, entry, 0),
                                    "%s (column %s, %zu interviews); see period: format and unit",
                                    baro_entry_is_missing(binding, entry) ? "no period" : baro_period_problem(&calendar, entry->text, entry->length),
                                    column->name, entry->count);
            continue;
        }
        range[0] = !any || period[e] < range[0] ? period[e] : range[0];
        range[1] = !any || period[e] > range[1] ? period[e] : range[1];
        any = true;
    }
    return status;
}

baro_status baro_bind_period(baro_binding *binding, baro_bound_period *out)
{
    enum { MOST_UNITS = 6000 }; /* 500 years of months: more is a misread date */
    if (!binding->survey->has_period) {
        *out = (baro_bound_period){0};
        return BARO_OK;
    }
    if (!binding->has_period) {
        const baro_column *column = baro_binding_column(binding, binding->survey->period_columns, BARO_TEXT);
        baro_period *period = BARO_ARRAY(binding->arena, baro_period, column->n_entries + 1), range[2] = {0, 0};
        int32_t *unit = BARO_ARRAY(binding->arena, int32_t, binding->rows);
        if (!period || !unit)
            return baro_no_memory(binding);
        baro_status status = period_of_entries(binding, column, period, range);
        if (status)
            return status;
        if (range[1] - range[0] >= MOST_UNITS)
            return baro_fault_add(binding->error, BARO_BAD_DATA, (baro_where_it_is){0},
                                  "periods span more than %d units (column %s): is a date misread? see period: format", MOST_UNITS,
                                  column->name);
        for (size_t row = 0; row < binding->rows; row++)
            unit[row] = (int32_t)(period[baro_column_code(column, row)] - range[0]);
        binding->period = (baro_bound_period){.unit = unit, .first = range[0], .n = (size_t)(range[1] - range[0]) + 1};
        binding->has_period = true;
    }
    *out = binding->period;
    return BARO_OK;
}
