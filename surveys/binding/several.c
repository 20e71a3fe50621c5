/* Multiple response: every answer a level. A row's level is its combination of answers; a combination counts in each of its answers. */
#include "surveys/binding/internal.h"
#include "io/base/text.h"
#include <string.h>

enum { ANSWERS_MOST = 64, COMBINATIONS_MOST = 60000, BUCKETS = 1 << 17 };

/* Answers by place: those of a scale in its order, or every distinct one, numbers ascending, then text by code point. */
typedef struct {
    baro_binding *binding;
    const baro_measure *measure;
    const char **label;
    size_t n;
    uint64_t *set;           /* [rows] bits of the answers given */
    unsigned char *state;    /* [rows] 0 not put, 1 put and unanswered, 2 answered */
    uint64_t *of_column;     /* [columns] bits of the answers that somebody gives in it */
} answers;

/* Place of an answer's text among the labels, added when it is new and there is no scale; `n` when it is none, SIZE_MAX on a fault. */
static size_t place_of(answers *a, const char *text, size_t length)
{
    const baro_scale *scale = a->measure->scale;
    for (size_t i = 0; scale && i < scale->n_answers; i++)
        for (size_t c = 0; c < scale->answers[i].codes.n; c++) {
            const char *code = scale->answers[i].codes.item[c];
            if (baro_text_same_answer(text, length, code, strlen(code), a->binding->survey->ignore_case))
                return scale->answers[i].role <= BARO_ROLE_OTHER ? i : a->n;
        }
    for (size_t i = 0; !scale && i < a->n; i++)
        if (baro_text_same_answer(text, length, a->label[i], strlen(a->label[i]), a->binding->survey->ignore_case))
            return i;
    if (scale)
        return a->n;
    if (a->n == ANSWERS_MOST) {
        baro_fault_add(a->binding->error, BARO_BAD_DATA, baro_binding_place(a->binding, a->measure->at),
                       "measure '%s' has more than %d distinct answers: too many for a multiple-response question", a->measure->id,
                       ANSWERS_MOST);
        return SIZE_MAX;
    }
    char *label = BARO_ARRAY(a->binding->arena, char, length + 1);
    if (!label) {
        baro_no_memory(a->binding);
        return SIZE_MAX;
    }
    label[baro_text_canonical(text, length, false, label)] = '\0';
    a->label[a->n] = label;
    return a->n++;
}

/* Bits of one field: one answer, or several parted by `split`. False on a fault. */
static bool bits_of(answers *a, const baro_entry *entry, const char *split, uint64_t *out)
{
    const char *text = entry->text, *end = entry->text + entry->length;
    size_t mark = split ? strlen(split) : 0;
    *out = 0;
    for (bool more = true; more;) {
        const char *next = mark ? strstr(text, split) : NULL;
        const char *stop = next ? next : end;
        baro_entry part = {.text = text, .length = (size_t)(stop - text)};
        if (part.length > 0 && !baro_entry_is_missing(a->binding, &part)) {
            size_t place = place_of(a, text, part.length);
            if (place == SIZE_MAX)
                return false;
            if (place < ANSWERS_MOST && place < (a->measure->scale ? a->measure->scale->n_answers : a->n))
                *out |= (uint64_t)1 << place;
            else if (entry->count > 0)
                baro_remark_add(a->binding->error, baro_entry_place(a->binding, entry, 0), "answer not in scale '%s' (column of %s): left out",
                                a->measure->scale->id ? a->measure->scale->id : a->measure->id, a->measure->id);
        }
        more = next != NULL;
        text = more ? next + mark : end;
    }
    return true;
}

static baro_status read_column(answers *a, const baro_column *column, uint64_t *given)
{
    uint64_t *bits = BARO_ARRAY(a->binding->arena, uint64_t, column->n_entries + 1);
    if (!bits)
        return baro_no_memory(a->binding);
    for (size_t e = 1; e < column->n_entries; e++)
        if (!bits_of(a, &column->entries[e], a->measure->split, &bits[e]))
            return baro_error_status(a->binding->error);
    for (size_t e = 1; e < column->n_entries; e++)
        *given |= column->entries[e].count > 0 ? bits[e] : 0;
    for (size_t row = 0; row < a->binding->rows; row++) {
        uint32_t e = baro_column_code(column, row);
        unsigned char state = e == 0 ? 0 : bits[e] ? 2 : 1;
        a->set[row] |= bits[e];
        a->state[row] = state > a->state[row] ? state : a->state[row];
    }
    return BARO_OK;
}

static uint64_t move_bits(uint64_t set, const size_t *to, size_t n)
{
    uint64_t moved = 0;
    for (size_t i = 0; i < n && set >> i; i++)
        if (set >> i & 1)
            moved |= (uint64_t)1 << to[i];
    return moved;
}

/* Without a scale the answers are put in order: bits move to their new places. */
static void sort_answers(answers *a)
{
    size_t to[ANSWERS_MOST];
    for (size_t i = 0; i < a->n; i++) {
        to[i] = 0;
        for (size_t k = 0; k < a->n; k++)
            to[i] += baro_answer_order(a->binding, a->label[k], a->label[i]) < 0;
    }
    const char *sorted[ANSWERS_MOST];
    for (size_t i = 0; i < a->n; i++)
        sorted[to[i]] = a->label[i];
    memcpy(a->label, sorted, a->n * sizeof *sorted);
    for (size_t row = 0; row < a->binding->rows; row++)
        a->set[row] = move_bits(a->set[row], to, a->n);
    for (size_t i = 0; i < a->measure->multi.n; i++)
        a->of_column[i] = move_bits(a->of_column[i], to, a->n);
}

/*
 * An answer that has a column of its own was not put where a file lacks the column: its share there is not 0 but unknown. An answer that some
 * column gives which the file has could have been given.
 */
static baro_status find_lacking(answers *a, baro_bound_measure *bound)
{
    size_t sources = baro_frame_sources(a->binding->frame);
    bool *lacks = BARO_ARRAY(a->binding->arena, bool, sources * a->n + 1), any = false;
    if (!lacks)
        return baro_no_memory(a->binding);
    for (size_t s = 0; s < sources; s++) {
        uint64_t could = 0, given = 0;
        for (size_t i = 0; i < a->measure->multi.n; i++) {
            const baro_column *column = baro_binding_column(a->binding, (baro_texts){&a->measure->multi.item[i], 1}, BARO_TEXT);
            given |= a->of_column[i];
            could |= column->found[s] ? a->of_column[i] : 0;
        }
        for (size_t o = 0; o < a->n; o++)
            any = (lacks[s * a->n + o] = (given & ~could) >> o & 1) || any;
    }
    bound->source_lacks = any ? lacks : NULL;
    return BARO_OK;
}

/* Numbers the combinations as they appear. */
static baro_status number_combinations(answers *a, uint16_t *level, uint64_t **combination, size_t *n)
{
    uint32_t *bucket = BARO_ARRAY(a->binding->arena, uint32_t, BUCKETS);
    uint64_t *found = BARO_ARRAY(a->binding->arena, uint64_t, COMBINATIONS_MOST + 1);
    if (!bucket || !found)
        return baro_no_memory(a->binding);
    *n = 0;
    for (size_t row = 0; row < a->binding->rows; row++) {
        level[row] = a->state[row] == 0 ? BARO_NOT_PUT : BARO_UNANSWERED;
        if (a->state[row] < 2)
            continue;
        size_t at = (size_t)((a->set[row] * 0x9E3779B97F4A7C15u) >> 47);
        while (bucket[at] && found[bucket[at] - 1] != a->set[row])
            at = (at + 1) % BUCKETS;
        if (!bucket[at]) {
            if (*n == COMBINATIONS_MOST)
                return baro_fault_add(a->binding->error, BARO_BAD_DATA, baro_binding_place(a->binding, a->measure->at),
                                      "measure '%s' has more than %d combinations of answers", a->measure->id, COMBINATIONS_MOST);
            found[*n] = a->set[row];
            bucket[at] = (uint32_t)++*n;
        }
        level[row] = (uint16_t)(bucket[at] - 1);
    }
    *combination = found;
    return BARO_OK;
}

static baro_status lay_out(answers *a, const uint64_t *combination, size_t levels, baro_bound_measure *bound)
{
    double *score = BARO_ARRAY(a->binding->arena, double, levels * a->n + 1);
    const char **label = BARO_ARRAY(a->binding->arena, const char *, levels + 1);
    if (!score || !label)
        return baro_no_memory(a->binding);
    for (size_t l = 0; l < levels; l++) {
        label[l] = "";
        for (size_t i = 0; i < a->n; i++)
            score[l * a->n + i] = (double)(combination[l] >> i & 1);
    }
    bound->levels = levels;
    bound->label = label;
    bound->score = score;
    bound->outcomes = a->n;
    bound->outcome = a->label;
    return BARO_OK;
}

static baro_status use_scale(answers *a)
{
    const baro_scale *scale = a->measure->scale;
    if (scale->n_answers > ANSWERS_MOST)
        return baro_fault_add(a->binding->error, BARO_BAD_SURVEY, baro_binding_place(a->binding, a->measure->at),
                              "a multiple-response question can have %d answers at most", ANSWERS_MOST);
    while (a->n < scale->n_answers && scale->answers[a->n].role <= BARO_ROLE_OTHER) { /* the missing ones stand last */
        a->label[a->n] = scale->answers[a->n].label;
        a->n++;
    }
    return BARO_OK;
}

baro_status baro_bind_several(baro_binding *binding, const baro_measure *measure, baro_bound_measure *bound, uint16_t *level)
{
    answers a = {.binding = binding, .measure = measure, .label = BARO_ARRAY(binding->arena, const char *, ANSWERS_MOST + 1),
                 .set = BARO_ARRAY(binding->arena, uint64_t, binding->rows + 1), .state = BARO_ARRAY(binding->arena, unsigned char, binding->rows + 1),
                 .of_column = BARO_ARRAY(binding->arena, uint64_t, measure->multi.n + 1)};
    uint64_t *combination = NULL;
    size_t levels = 0;
    if (!a.label || !a.set || !a.state || !a.of_column)
        return baro_no_memory(binding);
    baro_status status = measure->scale ? use_scale(&a) : BARO_OK;
    for (size_t i = 0; i < measure->multi.n && status == BARO_OK; i++) {
        const baro_column *column = baro_binding_column(binding, (baro_texts){&measure->multi.item[i], 1}, BARO_TEXT);
        status = read_column(&a, column, &a.of_column[i]);
    }
    if (status == BARO_OK && !measure->scale)
        sort_answers(&a);
    if (status == BARO_OK)
        status = number_combinations(&a, level, &combination, &levels);
    if (status == BARO_OK)
        status = lay_out(&a, combination, levels, bound);
    return status ? status : find_lacking(&a, bound);
}
