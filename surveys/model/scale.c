/* Scales: the short form (lists by role), the long form (a map an answer), and lists written inline on a measure. */
#include "surveys/model/draft.h"
#include <math.h>
#include <string.h>

static const char *const role_keys[BARO_ROLES] = {"positive",  "neutral", "negative", "other",
                                                  "dont_know", "refused", "not_asked"};

bool baro_draft_role(const char *key, baro_role *role)
{
    for (size_t i = 0; i < BARO_ROLES; i++) {
        if (strcmp(key, role_keys[i]) != 0)
            continue;
        *role = (baro_role)i;
        return true;
    }
    return false;
}

static bool is_substantive(baro_role role)
{
    return role <= BARO_ROLE_OTHER;
}

/** A scale while its answers are added. */
typedef struct {
    baro_drafter *d;
    const char *name; /* for messages */
    baro_answer *answers;
    size_t n;
    baro_spellings *spellings;
} builder;

/** The text is a spelling of answer `b->n`; two answers must not share one. The same answer may say it twice. */
static bool add_spelling(builder *b, const baro_yaml *at, const char *text, const char **codes, size_t *n)
{
    size_t earlier;
    if (baro_spellings_add(b->spellings, text, b->n, &earlier)) {
        codes[(*n)++] = text;
        return true;
    }
    if (earlier != SIZE_MAX && earlier != b->n && strcmp(b->answers[earlier].label, b->answers[b->n].label) == 0)
        baro_draft_fault(b->d, at, "'%s' stands twice in %s", baro_draft_quote(b->d, text), b->name);
    else if (earlier != SIZE_MAX && earlier != b->n)
        baro_draft_fault(b->d, at, "'%s' is two answers of %s: '%s' and '%s'", baro_draft_quote(b->d, text), b->name,
                         baro_draft_quote(b->d, b->answers[earlier].label),
                         baro_draft_quote(b->d, b->answers[b->n].label));
    return false;
}

/** @param number code that the short form gives, 0 for none */
static void add_answer(builder *b, const baro_draft_answer *from, baro_role role, size_t number)
{
    if (from->label == NULL) /* said to be missing already */
        return;
    const char **codes = baro_draft_array(b->d, from->codes.n + 2, sizeof *codes);
    const char *numeral = number == 0 ? NULL : baro_arena_format(b->d->arena, "%zu", number);
    size_t n = 0;
    if (codes == NULL || (number != 0 && numeral == NULL)) {
        baro_draft_no_memory(b->d);
        return;
    }
    baro_answer *answer = &b->answers[b->n];
    *answer = (baro_answer){.label = from->label, .role = role, .score = from->score};
    add_spelling(b, baro_draft_at(from->at, "label"), from->label, codes, &n);
    for (size_t i = 0; i < from->codes.n; i++)
        add_spelling(b, baro_draft_item(from->at, "codes", i), from->codes.item[i], codes, &n);
    if (numeral != NULL)
        add_spelling(b, from->at, numeral, codes, &n);
    answer->codes = (baro_texts){codes, n};
    b->n++;
}

/** Those that are no answer go behind, in the order in which they were written. */
static void move_missing_last(builder *b)
{
    baro_answer *sorted = baro_draft_array(b->d, b->n, sizeof *sorted);
    size_t n = 0;
    if (sorted == NULL)
        return;
    for (size_t i = 0; i < b->n; i++)
        if (is_substantive(b->answers[i].role))
            sorted[n++] = b->answers[i];
    for (size_t i = 0; i < b->n; i++)
        if (!is_substantive(b->answers[i].role))
            sorted[n++] = b->answers[i];
    b->answers = sorted;
}

static bool begin(builder *b, baro_drafter *d, const char *name, size_t most)
{
    *b = (builder){.d = d, .name = name == NULL ? "" : name};
    b->answers = baro_draft_array(d, most, sizeof *b->answers);
    b->spellings = baro_spellings_new(d, d->ignore_case);
    if (name == NULL)
        baro_draft_no_memory(d);
    return name != NULL && b->answers != NULL && b->spellings != NULL;
}

/** Lists by role, in the order in which their keys were written. */
static void add_lists(builder *b, const baro_yaml *map, const baro_draft_list roles[BARO_ROLES], bool numbered)
{
    size_t number = 0;
    baro_role role;
    for (size_t k = 0; k < map->count; k++) {
        if (!baro_draft_role(map->key[k]->text, &role))
            continue;
        const baro_draft_answer *answers = roles[role].item;
        for (size_t i = 0; i < roles[role].n; i++) {
            bool counted = numbered && is_substantive(role);
            number += counted;
            add_answer(b, &answers[i], role, counted && answers[i].codes.n == 0 ? number : 0);
        }
    }
}

static size_t listed(const baro_draft_list roles[BARO_ROLES])
{
    size_t n = 0;
    for (size_t i = 0; i < BARO_ROLES; i++)
        n += roles[i].n;
    return n;
}

static void finish(builder *b, baro_scale *out)
{
    move_missing_last(b);
    out->answers = b->answers;
    out->n_answers = b->n;
}

static void read_scale(baro_drafter *d, const baro_draft_scale *from, baro_scale *out)
{
    builder b;
    size_t short_answers = listed(from->roles);
    const baro_draft_answer *answers = from->answers.item;
    const char *id = from->id == NULL ? "?" : from->id;
    *out = (baro_scale){.id = from->id, .at = baro_draft_position(from->at)};
    if (!begin(&b, d, baro_arena_format(d->arena, "scale '%s'", baro_draft_quote(d, id)),
               short_answers + from->answers.n))
        return;
    if (from->answers.n > 0 && short_answers > 0)
        baro_draft_fault(d, from->at, "scale '%s' has both 'answers' and lists by role; keep one form",
                         baro_draft_quote(d, id));
    else if (from->answers.n + short_answers == 0)
        baro_draft_fault(d, from->at, "scale '%s' has no answers", baro_draft_quote(d, id));
    for (size_t i = 0; i < from->answers.n; i++)
        add_answer(&b, &answers[i], answers[i].role, 0);
    add_lists(&b, from->at, from->roles, true);
    finish(&b, out);
}

const baro_scale *baro_draft_scales(baro_drafter *d, const baro_draft *draft)
{
    const baro_draft_scale *from = draft->scales.item;
    baro_scale *scales = baro_draft_array(d, draft->scales.n, sizeof *scales);
    baro_spellings *ids = baro_spellings_new(d, false);
    size_t earlier;
    for (size_t i = 0; scales != NULL && i < draft->scales.n; i++) {
        read_scale(d, &from[i], &scales[i]);
        if (from[i].id != NULL && !baro_spellings_add(ids, from[i].id, i, &earlier) && earlier != SIZE_MAX)
            baro_draft_fault(d, baro_draft_at(from[i].at, "id"), "scale '%s' stands at %s already",
                             baro_draft_quote(d, from[i].id),
                             baro_draft_line(d, from[i].at, baro_draft_position(from[earlier].at)));
    }
    return scales;
}

const baro_scale *baro_draft_inline_scale(baro_drafter *d, const baro_draft_measure *measure)
{
    builder b;
    size_t n = listed(measure->roles);
    baro_scale *scale = n == 0 ? NULL : baro_draft_array(d, 1, sizeof *scale);
    const char *id = measure->is.id == NULL ? "?" : measure->is.id;
    if (scale == NULL || !begin(&b, d, baro_arena_format(d->arena, "measure '%s'", baro_draft_quote(d, id)), n))
        return NULL;
    add_lists(&b, measure->at, measure->roles, false);
    *scale = (baro_scale){.at = baro_draft_position(measure->at)};
    scale->open = measure->roles[BARO_ROLE_NEUTRAL].n + measure->roles[BARO_ROLE_NEGATIVE].n +
                      measure->roles[BARO_ROLE_OTHER].n ==
                  0;
    finish(&b, scale);
    return scale;
}
