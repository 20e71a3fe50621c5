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

static baro_status add_code(const char *code, baro_codebook_variable *to, baro_arena *arena)
{
    if (!code)
        return BARO_NO_MEMORY;
    if (has_code(to, code))
        return BARO_OK;
    baro_codebook_answer *answer = baro_codebook_add_answer(to, code, "User-missing", arena);
    if (!answer)
        return BARO_NO_MEMORY;
    answer->missing = true;
    return BARO_OK;
}

/* Missing values without a label: those of a short range of whole numbers one by one; a longer range cannot be listed. */
static baro_status add_missing(const baro_stat_range *range, baro_codebook_variable *to, baro_arena *arena)
{
    enum { MOST = 50 };
    baro_status status = BARO_OK;
    if (range->text)
        return add_code(baro_codebook_text(range->text, strlen(range->text), arena), to, arena);
    if (!(range->to - range->from <= MOST) || range->from != floor(range->from) || range->to != floor(range->to)) {
        to->missing_range = true;
        return BARO_OK;
    }
    for (double x = range->from; x <= range->to && status == BARO_OK; x++) {
        char text[BARO_NUMBER_TEXT];
        status = add_code(baro_arena_text(arena, text, baro_number_write_exact(x, text)), to, arena);
    }
    return status;
}

static baro_status add_variable(const baro_stat_variable *from, baro_codebook *book, baro_arena *arena)
{
    bool is_new;
    const char *name = baro_codebook_text(from->name, strlen(from->name), arena);
    baro_codebook_variable *to = name ? baro_codebook_variable_of(book, name, arena, &is_new) : NULL;
    if (!to)
        return BARO_NO_MEMORY;
    to->label = baro_codebook_text(from->label, strlen(from->label), arena);
    if (!to->label)
        return BARO_NO_MEMORY;
    bool names = from->level == BARO_LEVEL_NOMINAL && from->n_labels == 0; /* numbers that stand for something unsaid */
    to->type = from->date ? BARO_VARIABLE_DATES : from->is_text ? BARO_VARIABLE_TEXTS : names ? BARO_VARIABLE_UNSAID : BARO_VARIABLE_NUMBERS;
    for (size_t i = 0; i < from->n_labels; i++) {
        const char *code = baro_codebook_text(from->labels[i].code, strlen(from->labels[i].code), arena);
        if (code && has_code(to, code))
            continue;
        const char *label = baro_codebook_text(from->labels[i].label, strlen(from->labels[i].label), arena);
        baro_codebook_answer *answer = code && label ? baro_codebook_add_answer(to, code, label, arena) : NULL;
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
    out->title = baro_codebook_text(from->title, strlen(from->title), arena);
    if (!out->title)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < from->n && status == BARO_OK; i++)
        status = add_variable(&from->variables[i], out, arena);
    for (size_t i = 0; i < out->n && from->weight && status == BARO_OK; i++)
        if (strcmp(out->variables[i].name, from->weight) == 0)
            out->variables[i].uses |= BARO_USE_WEIGHT;
    return status;
}
