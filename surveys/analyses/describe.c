#include "surveys/analyses/describe.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/model/period.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const baro_texts *missing;
    bool ignore_case;
    char decimal;
    baro_arena *arena;
} manner;

static bool is_missing(const manner *how, const baro_entry *entry)
{
    if (entry->length == 0)
        return true;
    for (size_t i = 0; i < how->missing->n; i++)
        if (baro_text_same_answer(entry->text, entry->length, how->missing->item[i], strlen(how->missing->item[i]),
                                  how->ignore_case))
            return true;
    return false;
}

static bool all_numbers(const baro_entry *const *answers, size_t n, char decimal)
{
    double number;
    for (size_t i = 0; i < n; i++)
        if (!baro_number_read(answers[i]->text, answers[i]->length, decimal, &number))
            return false;
    return true;
}

static bool all_periods(const baro_entry *const *answers, size_t n, baro_unit unit)
{
    const baro_calendar calendar = {.unit = unit, .year_starts = 1};
    baro_period period;
    for (size_t i = 0; i < n; i++)
        if (!baro_period_read(&calendar, answers[i]->text, answers[i]->length, &period))
            return false;
    return true;
}

/* A bare number is a number, also where it could be a year or a spreadsheet's date. */
static baro_holds kind_of(const manner *how, const baro_entry *const *answers, size_t n, char *decimal)
{
    const char marks[] = {'.', ','};
    if (n == 0)
        return BARO_HOLDS_NOTHING;
    for (size_t i = 0; i < sizeof marks; i++) {
        *decimal = marks[i];
        if ((!how->decimal || how->decimal == marks[i]) && all_numbers(answers, n, marks[i]))
            return BARO_HOLDS_NUMBERS;
    }
    if (all_periods(answers, n, BARO_UNIT_MONTH))
        return BARO_HOLDS_DATES;
    if (all_periods(answers, n, BARO_UNIT_QUARTER) || all_periods(answers, n, BARO_UNIT_YEAR))
        return BARO_HOLDS_PERIODS;
    return BARO_HOLDS_TEXT;
}

/* The ends of the range, and how many gave them, over all spellings of the number. */
static void find_range(const baro_entry *const *answers, size_t n, char decimal, baro_column_summary *out)
{
    size_t gave_lowest = 0, gave_highest = 0;
    double lowest = INFINITY, highest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double number = 0;
        (void)baro_number_read(answers[i]->text, answers[i]->length, decimal, &number);
        if (number < lowest)
            gave_lowest = 0;
        if (number > highest)
            gave_highest = 0;
        lowest = fmin(lowest, number);
        highest = fmax(highest, number);
        gave_lowest += number == lowest ? answers[i]->count : 0;
        gave_highest += number == highest ? answers[i]->count : 0;
    }
    out->lowest = gave_lowest >= BARO_DESCRIBE_LEAST ? lowest : NAN;
    out->highest = gave_highest >= BARO_DESCRIBE_LEAST ? highest : NAN;
    out->hidden = isnan(out->lowest) || isnan(out->highest);
}

static int by_count(const void *a, const void *b)
{
    const baro_entry *left = *(const baro_entry *const *)a, *right = *(const baro_entry *const *)b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->text, right->text);
}

static baro_status find_common(const manner *how, const baro_entry **answers, size_t n, baro_column_summary *out)
{
    baro_common_answer *common = BARO_ARRAY(how->arena, baro_common_answer, BARO_DESCRIBE_ANSWERS);
    if (!common)
        return BARO_NO_MEMORY;
    if (n)
        qsort(answers, n, sizeof *answers, by_count);
    while (out->n_common < n && out->n_common < BARO_DESCRIBE_ANSWERS &&
           answers[out->n_common]->count >= BARO_DESCRIBE_LEAST) {
        const baro_entry *entry = answers[out->n_common];
        common[out->n_common].text = baro_arena_text(how->arena, entry->text, entry->length);
        common[out->n_common].count = entry->count;
        if (!common[out->n_common].text)
            return BARO_NO_MEMORY;
        out->n_common++;
    }
    out->common = common;
    return BARO_OK;
}

static baro_status summarise(const manner *how, const baro_column *column, baro_column_summary *out)
{
    const baro_entry **answers = malloc((column->n_entries + 1) * sizeof *answers);
    size_t n = 0;
    char decimal = '.';
    if (!answers)
        return BARO_NO_MEMORY;
    *out = (baro_column_summary){.lowest = NAN, .highest = NAN};
    out->name = baro_arena_string(how->arena, column->name);
    for (size_t i = 1; i < column->n_entries; i++) { /* entry 0: the file lacks the column */
        const baro_entry *entry = &column->entries[i];
        out->rows += entry->count;
        if (entry->count == 0)
            continue;
        if (is_missing(how, entry))
            out->missing += entry->count;
        else
            answers[n++] = entry;
    }
    out->distinct = n;
    out->holds = kind_of(how, answers, n, &decimal);
    if (out->holds == BARO_HOLDS_NUMBERS)
        find_range(answers, n, decimal, out);
    baro_status status = out->name ? find_common(how, answers, n, out) : BARO_NO_MEMORY;
    free(answers);
    return status;
}

baro_status baro_describe(const baro_frame *frame, const baro_texts *missing, bool ignore_case, char decimal,
                          baro_arena *arena, const baro_column_summary **out, size_t *n)
{
    const manner how = {missing, ignore_case, decimal, arena};
    size_t columns = baro_frame_columns(frame);
    baro_column_summary *summaries = BARO_ARRAY(arena, baro_column_summary, columns);
    if (!summaries)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < columns; i++) {
        baro_status status = summarise(&how, baro_frame_column(frame, i), &summaries[i]);
        if (status != BARO_OK)
            return status;
    }
    *out = summaries;
    *n = columns;
    return BARO_OK;
}
