/* Published series: values that are no shares, ten times too small or large beside their neighbours, missing, or there twice. */
#include "surveys/analyses/check_work.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AGREE 3         /* two neighbours further apart than this many times say nothing of a third */
#define NEAR_POWER 0.25 /* |log10(value / neighbours) -+ 1| under this is taken for a slip of the decimal mark */

typedef struct {
    baro_checking *c;
    const baro_bound_group *group; /* NULL: none */
    const baro_column *estimate, *total, *measure;
    size_t groups;                 /* the total stands behind them */
    double *value;                 /* [measures][groups + 1][units] NAN: none */
    uint32_t *row;                 /* of each value */
} series;

static double *series_of(const series *s, size_t m, size_t g)
{
    return s->value + (m * (s->groups + 1) + g) * s->c->units;
}

static const char *series_name(const series *s, size_t g)
{
    return g < s->groups ? baro_check_name(s->c, s->group->label[g]) : "the total";
}

static baro_found about(const series *s, size_t m, baro_severity severity, const char *check)
{
    const baro_measure *measure = &s->c->survey->measures[m];
    return (baro_found){.severity = severity, .check = check, .item = baro_check_text(s->c, "measure %s", measure->id), .at = measure->at};
}

/* One row's value into its slot. */
static void put(series *s, size_t m, size_t g, size_t unit, double value, size_t row, bool once)
{
    size_t at = (m * (s->groups + 1) + g) * s->c->units + unit;
    baro_found found = about(s, m, BARO_FINDING_ERROR, "series-not-a-share");
    found.place = baro_row_place(s->c->binding, row);
    if (isnan(value))
        return;
    if (!(value >= 0 && value <= 1))
        baro_find(s->c, &found, "not between 0 and 1 (%s, %s): give shares, not percent", series_name(s, g), baro_check_period(s->c, unit));
    if (!isnan(s->value[at])) {
        found.check = once ? "series-twice" : "series-total";
        if (once)
            baro_find(s->c, &found, "a second value for %s, %s; the first is on line %zu; keep one", series_name(s, g), baro_check_period(s->c, unit),
                      baro_row_place(s->c->binding, s->row[at]).line);
        else if (s->value[at] != value)
            baro_find(s->c, &found, "the total in %s differs from that on line %zu of the same measure; keep one", baro_check_period(s->c, unit),
                      baro_row_place(s->c->binding, s->row[at]).line);
        return;
    }
    s->value[at] = value;
    s->row[at] = (uint32_t)row;
}

/* Measure of each entry of the measure column; n_measures: none of the survey file's. */
static size_t *measures_of_entries(series *s)
{
    const baro_survey *survey = s->c->survey;
    size_t *table = baro_check_room(s->c, s->measure->n_entries + 1, sizeof *table);
    bool *met = baro_check_room(s->c, survey->n_measures + 1, sizeof *met);
    size_t others = 0;
    const baro_entry *first = NULL;
    for (size_t e = 0; table && met && e < s->measure->n_entries; e++) {
        const baro_entry *entry = &s->measure->entries[e];
        size_t m = 0;
        while (m < survey->n_measures && !(entry->text && survey->measures[m].value && strcmp(entry->text, survey->measures[m].value) == 0))
            m++;
        table[e] = m;
        met[m] = met[m] || entry->count > 0;
        if (m == survey->n_measures && entry->count > 0) {
            first = first ? first : entry;
            others++;
        }
    }
    for (size_t m = 0; table && met && m < survey->n_measures; m++)
        if (!met[m]) {
            baro_found found = about(s, m, BARO_FINDING_ERROR, "series-no-points");
            baro_find(s->c, &found, "no row has the value '%s' of this measure (column %s)",
                      baro_check_name(s->c, survey->measures[m].value ? survey->measures[m].value : ""), baro_check_name(s->c, s->measure->name));
        }
    if (others > 0) {
        baro_found found = {.severity = BARO_FINDING_NOTE, .check = "series-unused", .item = "series", .at = survey->series_at,
                            .place = baro_entry_place(s->c->binding, first, 0)};
        baro_find(s->c, &found, "%zu measures of the data are not in the survey file (column %s), this one first", others, baro_check_name(s->c, s->measure->name));
    }
    return table;
}

static void fill(series *s)
{
    baro_checking *c = s->c;
    size_t *table = s->measure ? measures_of_entries(s) : NULL;
    if (s->measure && !table)
        return;
    for (size_t row = 0; row < c->rows && !c->failed; row++) {
        size_t m = s->measure ? table[baro_column_code(s->measure, row)] : 0;
        size_t unit = c->unit[row], pattern = s->group ? s->group->pattern[row] : 0;
        if (m == c->survey->n_measures || unit == BARO_CHECK_NOWHERE)
            continue;
        if (s->total)
            put(s, m, s->groups, unit, s->total->numbers[row], row, false);
        if (pattern > 0)
            put(s, m, pattern - 1, unit, s->estimate->numbers[row], row, true);
        else if (!c->survey->series_group && !s->total)
            put(s, m, s->groups, unit, s->estimate->numbers[row], row, true);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Index of the next value in a direction, or SIZE_MAX. */
static size_t next_value(const double *value, size_t units, size_t at, bool up)
{
    while (up ? ++at < units : at-- > 0)
        if (!isnan(value[at]))
            return at;
    return SIZE_MAX;
}

/* Median of the four nearest points, two on either side or more on one at an end; NAN where there are fewer than two, or two that disagree. */
static double neighbours(const double *value, size_t units, size_t at)
{
    double near[4];
    size_t n = 0, below = at, above = at;
    while (n < 4 && (below != SIZE_MAX || above != SIZE_MAX)) {
        below = below == SIZE_MAX ? below : next_value(value, units, below, false);
        if (below != SIZE_MAX)
            near[n++] = value[below];
        above = above == SIZE_MAX ? above : next_value(value, units, above, true);
        if (above != SIZE_MAX && n < 4)
            near[n++] = value[above];
    }
    if (n < 2)
        return NAN;
    qsort(near, n, sizeof *near, compare_numbers);
    if (n == 2 && near[1] > AGREE * near[0])
        return NAN;
    return n % 2 ? near[n / 2] : (near[n / 2 - 1] + near[n / 2]) / 2;
}

static void look_along(series *s, size_t m, size_t g)
{
    baro_checking *c = s->c;
    double *value = series_of(s, m, g);
    size_t first = c->units, last = 0, missing = 0, at = 0;
    for (size_t u = 0; u < c->units; u++)
        if (!isnan(value[u])) {
            first = first < u ? first : u;
            last = u;
        }
    for (size_t u = first; u < c->units && u <= last; u++) {
        if (isnan(value[u])) {
            at = missing++ == 0 ? u : at;
            continue;
        }
        double slip = log10(value[u] / neighbours(value, c->units, u));
        if (!(fabs(fabs(slip) - 1) < NEAR_POWER))
            continue;
        baro_found found = about(s, m, BARO_FINDING_ERROR, "series-tenfold");
        found.place = baro_row_place(c->binding, s->row[(m * (s->groups + 1) + g) * c->units + u]);
        baro_find(c, &found, "about ten times too %s beside its neighbours (%s, %s): a slip of the decimal mark?", slip < 0 ? "small" : "large",
                  series_name(s, g), baro_check_period(c, u));
    }
    if (missing == 0)
        return;
    baro_found found = about(s, m, BARO_FINDING_WARNING, "series-gap");
    found.count = (double)missing;
    if (missing == 1)
        baro_find(c, &found, "no value in %s (%s), though there are some before and after", baro_check_period(c, at), series_name(s, g));
    else
        baro_find(c, &found, "no value in %zu periods from %s on (%s), though there are some before and after", missing, baro_check_period(c, at),
                  series_name(s, g));
}

/* A series that ends before the others of its measure, or begins after them. */
static void look_at_ends(series *s, size_t m)
{
    baro_checking *c = s->c;
    size_t first = c->units, last = 0, groups = s->groups + 1;
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t g = 0; g < groups; g++) {
            const double *value = series_of(s, m, g);
            size_t from = 0, to = c->units;
            while (from < c->units && isnan(value[from]))
                from++;
            if (from == c->units)
                continue;
            while (isnan(value[to - 1]))
                to--;
            if (turn == 0) {
                first = from < first ? from : first;
                last = to - 1 > last ? to - 1 : last;
            } else if (from > first || to - 1 < last) {
                baro_found found = about(s, m, BARO_FINDING_WARNING, "series-ends");
                baro_find(c, &found, "%s has values from %s to %s only, others from %s to %s; is the name spelled otherwise?", series_name(s, g),
                          baro_check_period(c, from), baro_check_period(c, to - 1), baro_check_period(c, first), baro_check_period(c, last));
            }
        }
}

void baro_check_series(baro_checking *c)
{
    const baro_survey *survey = c->survey;
    if (!survey->is_series || c->rows == 0)
        return;
    series s = {.c = c, .estimate = baro_series_column(c->binding, &survey->series_estimate, BARO_NUMBER)};
    s.total = survey->series_total ? baro_series_column(c->binding, &survey->series_total, BARO_NUMBER) : NULL;
    s.measure = survey->series_measure ? baro_series_column(c->binding, &survey->series_measure, BARO_TEXT) : NULL;
    const baro_column *base = survey->series_base_column ? baro_series_column(c->binding, &survey->series_base_column, BARO_NUMBER) : NULL;
    const baro_column *number[] = {s.estimate, s.total, base};
    for (size_t i = 0; i < 3; i++)
        if (number[i])
            baro_check_numbers_of(c, number[i], NULL, "series", survey->series_at);
    if (survey->n_groups > 0 && baro_bind_group(c->binding, &survey->groups[0], &s.group) != BARO_OK)
        s.group = NULL; /* said with the groups */
    baro_check_aside(c, NULL, NULL, survey->series_at);
    if (!s.estimate || !c->unit)
        return;
    s.groups = s.group ? s.group->n : 0;
    size_t slots = survey->n_measures * (s.groups + 1) * c->units;
    s.value = baro_check_room(c, slots + 1, sizeof *s.value);
    s.row = baro_check_room(c, slots + 1, sizeof *s.row);
    for (size_t i = 0; s.value && i < slots; i++)
        s.value[i] = NAN;
    if (!s.value || !s.row)
        return;
    fill(&s);
    for (size_t m = 0; m < survey->n_measures && !c->failed; m++) {
        for (size_t g = 0; g <= s.groups; g++)
            look_along(&s, m, g);
        look_at_ends(&s, m);
    }
}
