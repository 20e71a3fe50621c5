/* Strata and PSUs: interviews in none, strata of one PSU, PSUs in two strata. Codes by row are dense; pairs of them are numbered by a hash. */
#include "surveys/analyses/check_work.h"
#include "io/base/text.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t *code; /* [rows] below n, or BARO_CHECK_NOWHERE */
    size_t n;
} codes;

/* ---- numbers for pairs, in the order of the rows ---- */

static bool number_pairs(baro_checking *c, const uint32_t *a, const uint32_t *b, codes *out, uint32_t *first_row)
{
    size_t room = 16;
    while (room < 2 * c->rows)
        room *= 2;
    uint64_t *key = baro_check_room(c, room, sizeof *key);
    uint32_t *number = baro_check_room(c, room, sizeof *number); /* 0: free */
    if (!key || !number)
        return false;
    out->n = 0;
    for (size_t row = 0; row < c->rows; row++) {
        if (a[row] == BARO_CHECK_NOWHERE || b[row] == BARO_CHECK_NOWHERE) {
            out->code[row] = BARO_CHECK_NOWHERE;
            continue;
        }
        uint64_t pair = (uint64_t)a[row] << 32 | b[row];
        size_t at = (size_t)((pair * 0x9E3779B97F4A7C15u) >> 20) & (room - 1);
        while (number[at] && key[at] != pair)
            at = (at + 1) & (room - 1);
        if (!number[at]) {
            key[at] = pair;
            if (first_row)
                first_row[out->n] = (uint32_t)row;
            number[at] = (uint32_t)++out->n;
        }
        out->code[row] = number[at] - 1;
    }
    return true;
}

/* ---- one part: a group, the period, or a column ---- */

typedef struct {
    const char *text;
    uint32_t entry;
} keyed;

static int compare_keyed(const void *a, const void *b)
{
    return strcmp(((const keyed *)a)->text, ((const keyed *)b)->text);
}

/* Answers alike but for spaces at the ends and apostrophes are one. */
static bool codes_of_column(baro_checking *c, const baro_column *column, codes *out)
{
    keyed *sorted = baro_check_room(c, column->n_entries + 1, sizeof *sorted);
    uint32_t *code = baro_check_room(c, column->n_entries + 1, sizeof *code);
    size_t n = 0;
    if (!sorted || !code)
        return false;
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        code[e] = BARO_CHECK_NOWHERE;
        if (entry->count == 0 || baro_entry_is_missing(c->binding, entry))
            continue;
        char *text = baro_check_room(c, entry->length + 1, 1);
        if (!text)
            return false;
        text[baro_text_canonical(entry->text, entry->length, c->survey->ignore_case, text)] = '\0';
        sorted[n++] = (keyed){text, (uint32_t)e};
    }
    qsort(sorted, n, sizeof *sorted, compare_keyed);
    for (size_t i = 0; i < n; i++) {
        out->n += i == 0 || strcmp(sorted[i].text, sorted[i - 1].text) != 0;
        code[sorted[i].entry] = (uint32_t)(out->n - 1);
    }
    for (size_t row = 0; row < c->rows; row++)
        out->code[row] = code[baro_column_code(column, row)];
    return true;
}

/* False: this part is not to be had, which was said or will be. */
static bool codes_of_part(baro_checking *c, const char *const *name, codes *out)
{
    const baro_group *group = baro_survey_group(c->survey, *name);
    *out = (codes){.code = baro_check_room(c, c->rows + 1, sizeof *out->code)};
    if (!out->code)
        return false;
    if (group) {
        const baro_bound_group *bound = NULL;
        bool bad = baro_bind_group(c->binding, group, &bound) != BARO_OK;
        baro_check_aside(c, NULL, NULL, group->at);
        if (bad)
            return false;
        for (size_t row = 0; row < c->rows; row++)
            out->code[row] = bound->pattern[row] == 0 ? BARO_CHECK_NOWHERE : bound->pattern[row] - 1u;
        out->n = bound->patterns;
        return true;
    }
    if (strcmp(*name, "period") == 0 && c->survey->has_period) {
        for (size_t row = 0; row < c->rows && c->unit; row++)
            out->code[row] = c->unit[row];
        out->n = c->units;
        return c->unit != NULL;
    }
    const baro_column *column = baro_binding_column(c->binding, (baro_texts){name, 1}, BARO_TEXT);
    bool any = false;
    for (size_t s = 0; column && s < c->sources; s++)
        any = any || column->found[s];
    return any && codes_of_column(c, column, out);
}

static void say_nowhere(baro_checking *c, const codes *part, const char *name, const char *check, const char *what, baro_position at)
{
    size_t n = 0, first = 0;
    for (size_t row = 0; row < c->rows; row++)
        if (part->code[row] == BARO_CHECK_NOWHERE && n++ == 0)
            first = row;
    if (n == 0)
        return;
    baro_found found = {.severity = BARO_FINDING_ERROR, .check = check, .item = what, .at = at, .count = (double)n, .of = (double)c->rows,
                        .place = baro_row_place(c->binding, first)};
    baro_find(c, &found, "no %s (%s): %s, this one first; every interview belongs to one", what, baro_check_name(c, name),
              baro_check_count(c, found.count, found.of, "interviews"));
}

/* The period's own faults were said. */
static bool codes_of_parts(baro_checking *c, baro_texts names, const char *check, const char *what, baro_position at, codes *out)
{
    *out = (codes){.code = baro_check_room(c, c->rows + 1, sizeof *out->code), .n = 1};
    bool good = out->code != NULL;
    for (size_t i = 0; i < names.n && good; i++) {
        codes part, both = {.code = baro_check_room(c, c->rows + 1, sizeof *both.code)};
        good = both.code && codes_of_part(c, &names.item[i], &part);
        if (!good)
            return false;
        if (strcmp(names.item[i], "period") != 0)
            say_nowhere(c, &part, names.item[i], check, what, at);
        good = number_pairs(c, out->code, part.code, &both, NULL);
        *out = both;
    }
    return good;
}

/* ---- what is wrong with them ---- */

/* Names of the design, not of a person: "Camden, 2023 Q1". */
static const char *stratum_name(baro_checking *c, size_t row)
{
    const char *name = "";
    for (size_t i = 0; i < c->survey->strata.n; i++) {
        const char *const *part = &c->survey->strata.item[i];
        const baro_group *group = baro_survey_group(c->survey, *part);
        const baro_bound_group *bound = NULL;
        const char *word = "?";
        if (group && baro_bind_group(c->binding, group, &bound) == BARO_OK) {
            for (size_t k = bound->n; k-- > 0;)
                word = bound->member[bound->pattern[row] * bound->n + k] ? bound->label[k] : word;
        } else if (!group && strcmp(*part, "period") == 0 && c->unit)
            word = baro_check_period(c, c->unit[row]);
        else if (!group) {
            const baro_column *column = baro_binding_column(c->binding, (baro_texts){part, 1}, BARO_TEXT);
            word = column->entries[baro_column_code(column, row)].text;
        }
        name = baro_check_text(c, "%s%s%s", name, i > 0 ? ", " : "", baro_check_name(c, word));
    }
    return name;
}

static void say_lonely(baro_checking *c, size_t psus, size_t strata, size_t first_row)
{
    bool fails = c->survey->lonely_psu == BARO_LONELY_FAIL && !c->survey->replicates.columns;
    baro_found found = {.severity = fails ? BARO_FINDING_ERROR : BARO_FINDING_NOTE, .check = "stratum-one-psu", .item = "strata",
                        .at = c->survey->strata_at};
    const char *unit = c->survey->psu.n ? "PSU" : "interview";
    if (psus == 0)
        baro_find(c, &found, "%zu more strata with one %s", strata, unit);
    else if (c->survey->strata.n == 0)
        baro_find(c, &found, "the data hold only one %s: no variance can be estimated from them", unit);
    else
        baro_find(c, &found, "stratum '%s' has only one %s%s", stratum_name(c, first_row), unit,
                  fails ? ": no variance; join it to another stratum, or choose lonely_psu remove, adjust or average" : "; lonely_psu says what is done");
}

/* A stratum taken whole has no variance, and needs none. */
static bool is_whole(const baro_checking *c, size_t row)
{
    if (c->survey->fpc.n == 0)
        return false;
    const baro_column *fpc = baro_binding_column(c->binding, (baro_texts){c->survey->fpc.item, 1}, BARO_NUMBER);
    return fpc && fpc->numbers[row] == 1;
}

static void look_for_lonely(baro_checking *c, const codes *strata, const codes *units, const uint32_t *first_row)
{
    uint32_t *psus = baro_check_room(c, strata->n + 1, sizeof *psus), *at = baro_check_room(c, strata->n + 1, sizeof *at);
    size_t listed = 0, more = 0;
    for (size_t u = 0; psus && at && u < units->n; u++) {
        uint32_t h = strata->code[first_row[u]];
        if (psus[h]++ == 0)
            at[h] = first_row[u];
    }
    for (size_t h = 0; psus && at && h < strata->n; h++)
        if (psus[h] == 1 && !is_whole(c, at[h])) {
            if (listed < BARO_CHECK_LISTED)
                say_lonely(c, 1, 1, at[h]);
            more += listed++ >= BARO_CHECK_LISTED;
        }
    if (more > 0)
        say_lonely(c, 0, more, 0);
}

static void look_for_shared(baro_checking *c, const codes *strata, const codes *psu)
{
    uint32_t *stratum_of = baro_check_room(c, psu->n + 1, sizeof *stratum_of); /* plus 1; 0: none yet */
    bool *said = baro_check_room(c, psu->n + 1, sizeof *said);
    size_t n = 0, first = 0;
    for (size_t row = 0; stratum_of && said && row < c->rows; row++) {
        uint32_t u = psu->code[row], h = strata->code[row];
        if (u == BARO_CHECK_NOWHERE || h == BARO_CHECK_NOWHERE)
            continue;
        if (stratum_of[u] == 0)
            stratum_of[u] = h + 1;
        else if (stratum_of[u] != h + 1 && !said[u]) {
            said[u] = true;
            first = n++ == 0 ? row : first;
        }
    }
    if (n == 0)
        return;
    baro_found found = {.severity = BARO_FINDING_ERROR, .check = "psu-two-strata", .item = "psu", .at = c->survey->psu_at,
                        .place = baro_row_place(c->binding, first)};
    baro_find(c, &found, "a PSU is in two strata (column %s; %zu of %zu PSUs are), this interview first; if ids begin anew in each stratum, say nested: yes",
              baro_check_name(c, c->survey->psu.item[0]), n, psu->n);
}

/* Finite population corrections are binding's to judge; its other faults are said here better. */
static void check_fpc(baro_checking *c, bool sound)
{
    baro_design design;
    for (size_t i = 0; i < c->survey->fpc.n; i++) {
        const baro_column *column = baro_binding_column(c->binding, (baro_texts){c->survey->fpc.item + i, 1}, BARO_NUMBER);
        if (column)
            baro_check_numbers_of(c, column, NULL, "fpc", c->survey->fpc_at);
    }
    if (c->survey->fpc.n > 0 && sound && baro_bind_design(c->binding, &design) != BARO_OK)
        baro_check_aside(c, "fpc", "fpc", c->survey->fpc_at);
    else
        baro_check_aside(c, NULL, NULL, c->survey->fpc_at);
}

void baro_check_design(baro_checking *c)
{
    const baro_survey *survey = c->survey;
    baro_texts first_psu = {survey->psu.item, survey->psu.n > 0 ? 1 : 0};
    codes strata, psu, units = {.code = baro_check_room(c, c->rows + 1, sizeof *units.code)};
    uint32_t *first_row = baro_check_room(c, c->rows + 1, sizeof *first_row);
    size_t before = c->n;
    if (!first_row || !units.code || c->rows == 0 || survey->is_series || (survey->strata.n == 0 && survey->psu.n == 0))
        return;
    bool good = codes_of_parts(c, survey->strata, "stratum-missing", "stratum", survey->strata_at, &strata);
    good = codes_of_parts(c, first_psu, "psu-missing", "PSU", survey->psu_at, &psu) && good;
    if (!good || c->failed)
        return;
    for (size_t row = 0; row < c->rows && survey->psu.n == 0; row++)
        psu.code[row] = (uint32_t)row;
    if (survey->psu.n > 0 && !survey->nested)
        look_for_shared(c, &strata, &psu);
    if (number_pairs(c, strata.code, psu.code, &units, first_row))
        look_for_lonely(c, &strata, &units, first_row);
    check_fpc(c, c->n == before);
}
