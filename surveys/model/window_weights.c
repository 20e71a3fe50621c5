/* Sets of window weights: a column for each rolling window, numbered on from one period. */
#include "io/base/number.h"
#include "surveys/model/draft.h"
#include "surveys/model/period.h"
#include <math.h>
#include <string.h>

/* `WT_Q{n}_B`: what stands before and after the number. */
static void part_name(baro_drafter *d, const baro_draft_window *from, baro_window_weight *out)
{
    const baro_yaml *at = baro_draft_at(from->at, "columns");
    const char *text = from->is.columns, *mark = text == NULL ? NULL : strstr(text, "{n}");
    if (text == NULL)
        return;
    if (mark == NULL || strstr(mark + 3, "{n}") != NULL) {
        baro_draft_fault(d, at, "'columns' must hold {n} once, as in \"WT_Q{n}\"");
        return;
    }
    char *before = baro_draft_array(d, (size_t)(mark - text) + 1, 1);
    if (before == NULL)
        return;
    memcpy(before, text, (size_t)(mark - text));
    out->before = before;
    out->after = mark + 3;
}

/* `{61: 2020 Q2}` */
static void read_number(baro_drafter *d, const baro_draft_window *from, const baro_survey *survey, baro_window_weight *out)
{
    baro_calendar calendar = {.unit = survey->period_unit, .year_starts = survey->year_starts};
    const baro_yaml *at = from->n;
    double number = NAN;
    if (at == NULL)
        return;
    if (at->count != 1) {
        baro_draft_fault(d, at, "'n' must be one number and the period it stands for, as in {61: 2020 Q2}");
        return;
    }
    const baro_yaml *key = at->key[0], *value = at->item[0];
    if (!baro_number_read(key->text, key->length, '.', &number) || number < 0 || number > 1e6 || number != floor(number))
        baro_draft_fault(d, key, "'%s' is no whole number from 0 to 1000000; 'n' is as in {61: 2020 Q2}",
                         baro_draft_quote(d, key->text));
    else
        out->number = (long)number;
    if (value->kind != BARO_YAML_SCALAR || value->length == 0 || !baro_period_parse(&calendar, value->text, &out->period)) {
        char label[32];
        baro_period_label(&calendar, 2023L * (calendar.unit == BARO_UNIT_YEAR ? 1 : calendar.unit == BARO_UNIT_QUARTER ? 4 : 12), label);
        baro_draft_fault(d, value, "'n' needs a period of the survey's unit; write it as %s", label);
    }
}

static void check_groups(baro_drafter *d, const baro_draft_window *from, const baro_survey *survey)
{
    const char **name = baro_draft_array(d, survey->n_groups, sizeof *name);
    size_t n = 0;
    for (size_t i = 0; name != NULL && i < survey->n_groups; i++)
        if (survey->groups[i].id != NULL)
            name[n++] = survey->groups[i].id;
    for (size_t i = 0; name != NULL && i < from->is.by.n; i++) {
        size_t k = 0;
        while (k < n && strcmp(name[k], from->is.by.item[i]) != 0)
            k++;
        if (k == n)
            baro_draft_fault(d, baro_draft_item(from->at, "by", i), "no group '%s'%s", baro_draft_quote(d, from->is.by.item[i]),
                             baro_draft_hint(d, from->is.by.item[i], name, n));
    }
}

static bool shares_breakdown(const baro_window_weight *a, const baro_window_weight *b)
{
    if (a->by.n == 0 || b->by.n == 0)
        return a->by.n == b->by.n;
    for (size_t i = 0; i < a->by.n; i++)
        for (size_t k = 0; k < b->by.n; k++)
            if (strcmp(a->by.item[i], b->by.item[k]) == 0)
                return true;
    return false;
}

void baro_draft_windows(baro_drafter *d, const baro_draft *draft, baro_survey *out)
{
    const baro_draft_window *from = draft->windows.item;
    baro_window_weight *set = baro_draft_array(d, draft->windows.n, sizeof *set);
    if (draft->windows.n == 0 || set == NULL)
        return;
    if (!out->has_period)
        baro_draft_fault(d, from[0].at, "'window_weights' need a 'period'");
    for (size_t i = 0; i < draft->windows.n; i++) {
        set[i] = from[i].is;
        set[i].at = baro_draft_position(baro_draft_at(from[i].at, "columns"));
        part_name(d, &from[i], &set[i]);
        read_number(d, &from[i], out, &set[i]);
        check_groups(d, &from[i], out);
        for (size_t k = 0; k < i; k++)
            if (set[k].rolling == set[i].rolling && shares_breakdown(&set[k], &set[i]))
                baro_draft_fault(d, from[i].at, "these window weights are for the same windows and breakdowns as those at line %zu",
                                 from[k].at->line);
    }
    out->window_weights = set;
    out->n_window_weights = draft->windows.n;
}
