/* Measures: from answers to levels, or to numbers. */
#include "surveys/binding/internal.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

/* ---- levels that a scale gives ---- */

/* Which level an answer of the scale is, or BARO_UNANSWERED, BARO_NOT_PUT. */
typedef struct {
    uint16_t *level_of_answer; /* [scale->n_answers] */
    baro_bound_measure *bound;
} scale_levels;

static bool counts(const baro_measure *measure, const baro_answer *answer)
{
    if (answer->role == BARO_ROLE_DONT_KNOW || answer->role == BARO_ROLE_REFUSED)
        return measure->base_asked;
    if (answer->role == BARO_ROLE_NOT_ASKED)
        return false;
    bool by_score = measure->statistic == BARO_STAT_MEAN;
    return !by_score || !isnan(answer->score);
}

static double score_of(const baro_measure *measure, const baro_answer *answer)
{
    return measure->statistic == BARO_STAT_MEAN ? answer->score : answer->role == BARO_ROLE_POSITIVE;
}

static void set_score(const baro_measure *measure, size_t level, size_t levels, double value, double *score)
{
    if (measure->statistic == BARO_STAT_DISTRIBUTION)
        score[level * levels + level] = 1;
    else
        score[level] = value;
}

static baro_status lay_out_scale(baro_binding *binding, const baro_measure *measure, scale_levels *out)
{
    const baro_scale *scale = measure->scale;
    size_t levels = 0;
    uint16_t *level_of = BARO_ARRAY(binding->arena, uint16_t, scale->n_answers + 1);
    const char **label = BARO_ARRAY(binding->arena, const char *, scale->n_answers + 2);
    if (!level_of || !label)
        return baro_no_memory(binding);
    for (size_t a = 0; a < scale->n_answers; a++) {
        const baro_answer *answer = &scale->answers[a];
        level_of[a] = answer->role == BARO_ROLE_NOT_ASKED ? BARO_NOT_PUT : BARO_UNANSWERED;
        if (counts(measure, answer)) {
            label[levels] = answer->label;
            level_of[a] = (uint16_t)levels++;
        }
    }
    if (scale->open)
        label[levels++] = "Other"; /* any answer that the scale does not list */
    static const char *const no_label[] = {""};
    size_t outcomes = measure->statistic == BARO_STAT_DISTRIBUTION ? levels : 1;
    double *score = BARO_ARRAY(binding->arena, double, levels * outcomes + 1);
    bool *positive = BARO_ARRAY(binding->arena, bool, levels + 1);
    if (!score || !positive)
        return baro_no_memory(binding);
    for (size_t a = 0; a < scale->n_answers; a++)
        if (level_of[a] < levels)
            positive[level_of[a]] = scale->answers[a].role == BARO_ROLE_POSITIVE;
    for (size_t a = 0; a < scale->n_answers; a++)
        if (level_of[a] < levels)
            set_score(measure, level_of[a], levels, score_of(measure, &scale->answers[a]), score);
    if (scale->open)
        set_score(measure, levels - 1, levels, 0, score);
    *out = (scale_levels){level_of, out->bound};
    out->bound->levels = levels;
    out->bound->label = label;
    out->bound->outcome = measure->statistic == BARO_STAT_DISTRIBUTION ? label : no_label;
    out->bound->outcomes = outcomes;
    out->bound->score = score;
    out->bound->positive = positive;
    return BARO_OK;
}

/* Answers that count nowhere are never dropped in silence: how many, and where the first one stands. */
static void remark_strangers(baro_binding *binding, const baro_measure *measure, const baro_column *column, const baro_entry *first, size_t n,
                             const char *why)
{
    const char *scale = measure->scale->id ? measure->scale->id : measure->id;
    if (n > 0 && !measure->missing_of) /* said of the measure itself */
        baro_remark_add(binding->error, baro_entry_place(binding, first, 0), "%s '%s' (column %s): interviews left out: %zu, this one first%s", why,
                        scale, column->name, n, baro_entry_shown(binding, first));
}

/* An answer that somebody counts on and nobody gave is perhaps misspelt. */
static void remark_unmet(baro_binding *binding, const baro_measure *measure, const baro_column *column, const bool *met)
{
    const baro_scale *scale = measure->scale;
    for (size_t a = 0; a < scale->n_answers && scale->open && measure->at.line == 0; a++) {
        char name[BARO_QUOTE_ROOM];
        if (!met[a])
            baro_remark_add(binding->error, baro_binding_place(binding, measure->at), "no interview gives the answer '%s' (column %s)",
                            baro_text_quote(scale->answers[a].label, strlen(scale->answers[a].label), name, sizeof name), column->name);
    }
}

static baro_status levels_of_entries(baro_binding *binding, const baro_measure *measure, const baro_column *column, const scale_levels *levels,
                                     uint16_t *table)
{
    const baro_scale *scale = measure->scale;
    const baro_entry *first = NULL, *first_unscored = NULL;
    size_t strangers = 0, unscored = 0;
    bool *met = BARO_ARRAY(binding->arena, bool, scale->n_answers + 1);
    if (!met)
        return baro_no_memory(binding);
    for (size_t e = 0; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        size_t a = 0;
        while (entry->text && a < scale->n_answers && !baro_entry_is_one_of(binding, entry, scale->answers[a].codes))
            a++;
        if (!entry->text)
            table[e] = BARO_NOT_PUT;
        else if (a < scale->n_answers) {
            table[e] = levels->level_of_answer[a];
            met[a] = met[a] || entry->count > 0;
            if (scale->answers[a].role <= BARO_ROLE_OTHER && table[e] == BARO_UNANSWERED && entry->count > 0) {
                first_unscored = first_unscored ? first_unscored : entry;
                unscored += entry->count;
            }
        }
        else if (baro_entry_is_missing(binding, entry))
            table[e] = BARO_UNANSWERED;
        else if (scale->open)
            table[e] = (uint16_t)(levels->bound->levels - 1);
        else {
            table[e] = BARO_UNANSWERED;
            first = first || entry->count == 0 ? first : entry;
            strangers += entry->count;
        }
    }
    remark_strangers(binding, measure, column, first, strangers, "answer not in scale");
    remark_strangers(binding, measure, column, first_unscored, unscored, "answer without a score in scale");
    remark_unmet(binding, measure, column, met);
    levels->bound->strangers += strangers + unscored;
    return BARO_OK;
}

static baro_status bind_levels(baro_binding *binding, const baro_measure *measure, const baro_column *column, baro_bound_measure *bound,
                               uint16_t *level)
{
    uint16_t *table = BARO_ARRAY(binding->arena, uint16_t, column->n_entries + 1);
    if (!table)
        return baro_no_memory(binding);
    if (measure->scale) {
        scale_levels levels = {.bound = bound};
        baro_status status = lay_out_scale(binding, measure, &levels);
        if (status)
            return status;
        status = levels_of_entries(binding, measure, column, &levels, table);
        if (status)
            return status;
    } else {
        const char **labels;
        baro_status status = baro_distinct_answers(binding, column, (baro_texts){0}, BARO_UNANSWERED, 0, table, &labels, &bound->levels);
        double *score = status ? NULL : BARO_ARRAY(binding->arena, double, bound->levels * bound->levels + 1);
        if (status || !score)
            return status ? status : baro_no_memory(binding);
        table[0] = BARO_NOT_PUT;
        for (size_t l = 0; l < bound->levels; l++)
            score[l * bound->levels + l] = 1;
        bound->label = bound->outcome = labels;
        bound->outcomes = bound->levels;
        bound->score = score;
    }
    baro_spread_codes(column, binding->rows, table, level);
    return BARO_OK;
}

/* ---- numbers ---- */

static baro_status check_numbers(baro_binding *binding, const baro_column *column, const baro_scale *scale)
{
    baro_status status = BARO_OK;
    for (size_t e = 1; e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        bool missing = baro_entry_is_missing(binding, entry);
        for (size_t a = 0; scale && a < scale->n_answers && !missing; a++)
            missing = baro_entry_is_one_of(binding, entry, scale->answers[a].codes);
        if (entry->count == 0 || missing)
            continue;
        double ignored;
        const char *hint = memchr(entry->text, ',', entry->length) && baro_number_read(entry->text, entry->length, ',', &ignored)
                               ? "; if the comma is a decimal mark, say decimal: \",\""
                               : "";
        for (size_t i = 0; i < entry->n_places; i++)
            status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_entry_place(binding, entry, i),
                                    "not a plain decimal number (column %s)%s%s", column->name, hint,
                                    baro_entry_shown(binding, entry));
    }
    return status;
}

baro_status baro_check_numbers(baro_binding *binding, const baro_column *column)
{
    return check_numbers(binding, column, NULL);
}

/* Numbers that a scale names as missing, such as 97. */
static bool is_missing_code(const baro_scale *scale, double x, uint16_t *level)
{
    for (size_t a = 0; scale && a < scale->n_answers; a++)
        for (size_t c = 0; c < scale->answers[a].codes.n; c++) {
            const char *code = scale->answers[a].codes.item[c];
            double value;
            if (baro_number_read(code, strlen(code), '.', &value) && value == x) {
                *level = scale->answers[a].role == BARO_ROLE_NOT_ASKED ? BARO_NOT_PUT : BARO_UNANSWERED;
                return true;
            }
        }
    return false;
}

/* Levels of one column of numbers: 0 where there is one. */
static void levels_of_numbers(const baro_binding *binding, const baro_measure *measure, const baro_column *column, uint16_t *level)
{
    for (size_t row = 0; row < binding->rows; row++) {
        double x = column->numbers[row];
        uint32_t entry;
        level[row] = 0;
        if (isnan(x))
            level[row] = baro_number_entry(x, &entry) && entry == 0 ? BARO_NOT_PUT : BARO_UNANSWERED;
        else
            is_missing_code(measure->scale, x, &level[row]);
    }
}

static double mean_of(const baro_binding *binding, const double *number, const uint16_t *level)
{
    double sum = 0, n = 0;
    for (size_t row = 0; row < binding->rows; row++)
        if (level[row] == 0) {
            sum += number[row];
            n += 1;
        }
    return n > 0 ? sum / n : 0;
}

static baro_status bind_numbers(baro_binding *binding, const baro_measure *measure, const baro_column *column, baro_bound_measure *bound,
                                uint16_t *level)
{
    static const char *const no_label[] = {"", ""};
    const baro_column *over = measure->over ? baro_binding_column(binding, (baro_texts){&measure->over, 1}, BARO_NUMBER) : NULL;
    const double **number = BARO_ARRAY(binding->arena, const double *, 2);
    uint16_t *over_level = BARO_ARRAY(binding->arena, uint16_t, over ? binding->rows : 1);
    baro_status status = check_numbers(binding, column, measure->scale);
    if (status == BARO_OK && over)
        status = check_numbers(binding, over, measure->scale);
    if (status || !number || !over_level)
        return status ? status : baro_no_memory(binding);
    levels_of_numbers(binding, measure, column, level);
    if (over)
        levels_of_numbers(binding, measure, over, over_level);
    for (size_t row = 0; over && row < binding->rows; row++)
        if (level[row] == 0 || over_level[row] == BARO_NOT_PUT)
            level[row] = over_level[row]; /* both are needed */
    number[0] = column->numbers;
    number[1] = over ? over->numbers : NULL;
    bound->number = number;
    bound->shift = over ? 0 : mean_of(binding, column->numbers, level);
    bound->levels = 1;
    bound->label = bound->outcome = no_label;
    bound->outcomes = over ? 2 : 1;
    return BARO_OK;
}

/* ---- from one column or several ---- */

static baro_status bind_one(baro_binding *binding, const baro_measure *measure, baro_texts names, baro_bound_measure *bound, uint16_t *level)
{
    bool numbers = baro_measure_is_number(measure);
    const baro_column *column = baro_binding_column(binding, names, numbers ? BARO_NUMBER : BARO_TEXT);
    return numbers ? bind_numbers(binding, measure, column, bound, level) : bind_levels(binding, measure, column, bound, level);
}

/* Row by row the column that was answered; two answers are a fault. */
static baro_status bind_either(baro_binding *binding, const baro_measure *measure, baro_bound_measure *bound, uint16_t *level)
{
    uint16_t *one = BARO_ARRAY(binding->arena, uint16_t, binding->rows);
    double *number = BARO_ARRAY(binding->arena, double, binding->rows);
    const double **numbers = BARO_NEW(binding->arena, const double *);
    uint16_t *from = BARO_ARRAY(binding->arena, uint16_t, binding->rows + 1); /* column that the answer is from */
    baro_rows_at_fault clashes = {0};
    size_t second = 0;
    if (!one || !number || !numbers || !from)
        return baro_no_memory(binding);
    for (size_t row = 0; row < binding->rows; row++)
        level[row] = BARO_NOT_PUT;
    for (size_t i = 0; i < measure->n_either; i++) {
        const baro_either *either = &measure->either[i];
        const unsigned char *truth = NULL;
        baro_status status = bind_one(binding, measure, (baro_texts){&either->column, 1}, bound, one);
        if (status == BARO_OK && either->where)
            status = baro_bind_where(binding, either->where, baro_binding_place(binding, either->at), &truth);
        if (status)
            return status;
        for (size_t row = 0; row < binding->rows; row++) {
            if ((truth && truth[row] != 1) || one[row] == BARO_NOT_PUT)
                continue;
            if (one[row] < BARO_NOT_PUT && level[row] < BARO_NOT_PUT) {
                second = clashes.count == 0 ? i : second;
                baro_note_row(binding, &clashes, row);
            }
            if (level[row] >= BARO_NOT_PUT) {
                from[row] = (uint16_t)i;
                level[row] = one[row];
                number[row] = bound->number ? bound->number[0][row] : NAN;
            }
        }
    }
    if (bound->number) { /* each row's own column */
        *numbers = number;
        bound->number = numbers;
        bound->shift = mean_of(binding, number, level);
    }
    if (clashes.count == 0)
        return BARO_OK;
    return baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, clashes.first),
                          "%zu interviews answer measure '%s' in more than one of its columns, this one first (%s and %s); lines %s: say with 'where' which column "
                          "counts",
                          clashes.count, measure->id, measure->either[from[clashes.first]].column, measure->either[second].column,
                          baro_lines_of(&clashes));
}

static baro_status apply_where(baro_binding *binding, const baro_measure *measure, uint16_t *level)
{
    const unsigned char *truth;
    if (!measure->where)
        return BARO_OK;
    baro_status status = baro_bind_where(binding, measure->where, baro_binding_place(binding, measure->at), &truth);
    for (size_t row = 0; row < binding->rows && status == BARO_OK; row++)
        if (truth[row] != 1)
            level[row] = BARO_NOT_PUT;
    return status;
}

baro_status baro_bind_measure(baro_binding *binding, const baro_measure *measure, const baro_bound_measure **out)
{
    const baro_bound_measure **made = &binding->measure[measure - binding->survey->measures];
    if (!*made) {
        baro_bound_measure *bound = BARO_NEW(binding->arena, baro_bound_measure);
        uint16_t *level = BARO_ARRAY(binding->arena, uint16_t, binding->rows);
        if (!bound || !level)
            return baro_no_memory(binding);
        *bound = (baro_bound_measure){.measure = measure, .level = level};
        baro_status status = measure->multi.n > 0      ? baro_bind_several(binding, measure, bound, level)
                             : measure->n_either > 0 ? bind_either(binding, measure, bound, level)
                                                     : bind_one(binding, measure, measure->columns, bound, level);
        if (status == BARO_OK)
            status = apply_where(binding, measure, level);
        if (status)
            return status;
        *made = bound;
    }
    *out = *made;
    return BARO_OK;
}
