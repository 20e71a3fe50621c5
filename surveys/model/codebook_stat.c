/* The variables of an SPSS or Stata file as a codebook. */
#include "surveys/model/codebook.h"
#include "io/base/number.h"
#include <math.h>
#include <string.h>

static bool is_missing(const baro_stat_variable *variable, const baro_stat_label *label)
{
    if (label->code[0] == '.' && label->code[1] && isnan(label->number) && !variable->is_text)
        return true;
    for (size_t i = 0; i < variable->n_missing; i++) {
        const baro_stat_range *range = &variable->missing[i];
        if (range->text ? strcmp(range->text, label->code) == 0 : label->number >= range->from && label->number <= range->to)
            return true;
    }
    return false;
}

static bool has_code(const baro_codebook_variable *variable, const char *code)
{
    for (size_t i = 0; i < variable->n_answers; i++)
        if (strcmp(variable->answers[i].code, code) == 0)
            return true;
    return false;
}

/* A missing value without a label; of a range only its ends can be named. */
static baro_status add_missing(const baro_stat_range *range, baro_codebook_variable *to, baro_arena *arena)
{
    const double ends[2] = {range->from, range->to};
    for (size_t i = 0; i < 2; i++) {
        const char *code = range->text;
        if (!code && (!isfinite(ends[i]) || fabs(ends[i]) > 1e15))
            continue;
        char text[BARO_NUMBER_TEXT];
        if (!code)
            code = baro_arena_text(arena, text, baro_number_write_exact(ends[i], text));
        if (!code)
            return BARO_NO_MEMORY;
        if (has_code(to, code))
            continue;
        baro_codebook_answer *answer = baro_codebook_add_answer(to, code, "", arena);
        if (!answer)
            return BARO_NO_MEMORY;
        answer->missing = true;
    }
    return BARO_OK;
}

static baro_status add_variable(const baro_stat_variable *from, baro_codebook *book, baro_arena *arena)
{
    bool is_new;
    baro_codebook_variable *to = baro_codebook_variable_of(book, from->name, arena, &is_new);
    if (!to)
        return BARO_NO_MEMORY;
    to->label = from->label;
    to->type = from->date ? BARO_VARIABLE_DATES : from->is_text ? BARO_VARIABLE_TEXTS : BARO_VARIABLE_NUMBERS;
    for (size_t i = 0; i < from->n_labels; i++) {
        if (has_code(to, from->labels[i].code))
            continue;
        baro_codebook_answer *answer = baro_codebook_add_answer(to, from->labels[i].code, from->labels[i].label, arena);
        if (!answer)
            return BARO_NO_MEMORY;
        answer->missing = is_missing(from, &from->labels[i]);
    }
    baro_status status = BARO_OK;
    for (size_t i = 0; i < from->n_missing && status == BARO_OK; i++)
        status = add_missing(&from->missing[i], to, arena);
    return status;
}

baro_status baro_codebook_of_stat(const baro_stat_dictionary *from, baro_arena *arena, baro_codebook *out)
{
    baro_status status = BARO_OK;
    out->title = from->title;
    for (size_t i = 0; i < from->n && status == BARO_OK; i++)
        status = add_variable(&from->variables[i], out, arena);
    for (size_t i = 0; i < out->n && from->weight && status == BARO_OK; i++)
        if (strcmp(out->variables[i].name, from->weight) == 0)
            out->variables[i].uses |= BARO_USE_WEIGHT;
    return status;
}
