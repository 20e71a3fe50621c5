/* What answers count as, by the words of their labels. */
#include "surveys/model/import.h"
#include "io/base/text.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { WORDS = 160 }; /* bytes of a label that are looked at */

/* Lower case, straight apostrophes, single spaces, nothing but letters, figures, apostrophes and / at the ends. */
static void plain_label(const char *text, char out[WORDS])
{
    char canonical[WORDS];
    size_t length = strlen(text), n = 0;
    length = length < WORDS - 1 ? length : WORDS - 1;
    length = baro_text_canonical(text, length, true, canonical);
    for (size_t i = 0; i < length; i++)
        if (canonical[i] != ' ' || (n && out[n - 1] != ' '))
            out[n++] = canonical[i];
    while (n && strchr(" .!?", out[n - 1]))
        n--;
    out[n] = '\0';
}

/* --- no answers --- */

static const struct {
    const char *words;
    bool goes_on; /* whatever follows; else the end, or a mark such as ( or / */
    baro_role role;
} nothings[] = {
    {"don't know", true, BARO_ROLE_DONT_KNOW}, {"dont know", true, BARO_ROLE_DONT_KNOW}, {"do not know", true, BARO_ROLE_DONT_KNOW},
    {"dk", false, BARO_ROLE_DONT_KNOW}, {"unsure", false, BARO_ROLE_DONT_KNOW}, {"not sure", false, BARO_ROLE_DONT_KNOW},
    {"can't say", true, BARO_ROLE_DONT_KNOW}, {"cannot say", true, BARO_ROLE_DONT_KNOW}, {"can't determine", true, BARO_ROLE_DONT_KNOW},
    {"can't choose", true, BARO_ROLE_DONT_KNOW}, {"no opinion", false, BARO_ROLE_DONT_KNOW}, {"undecided", false, BARO_ROLE_DONT_KNOW},
    {"refused", false, BARO_ROLE_REFUSED}, {"refused to answer", true, BARO_ROLE_REFUSED}, {"refusal", false, BARO_ROLE_REFUSED},
    {"prefer not to", true, BARO_ROLE_REFUSED}, {"rather not say", false, BARO_ROLE_REFUSED}, {"would rather not", true, BARO_ROLE_REFUSED},
    {"declined", false, BARO_ROLE_REFUSED}, {"decline to answer", false, BARO_ROLE_REFUSED}, {"no answer", false, BARO_ROLE_REFUSED},
    {"no response", false, BARO_ROLE_REFUSED}, {"not answered", false, BARO_ROLE_REFUSED}, {"not stated", false, BARO_ROLE_REFUSED},
    {"not asked", true, BARO_ROLE_NOT_ASKED}, {"question not asked", true, BARO_ROLE_NOT_ASKED}, {"not applicable", false, BARO_ROLE_NOT_ASKED},
    {"inapplicable", false, BARO_ROLE_NOT_ASKED}, {"n/a", false, BARO_ROLE_NOT_ASKED}, {"na", false, BARO_ROLE_NOT_ASKED},
    {"missing", false, BARO_ROLE_NOT_ASKED}, {"system missing", false, BARO_ROLE_NOT_ASKED}, {"not coded", false, BARO_ROLE_NOT_ASKED},
    {"not classified", false, BARO_ROLE_NOT_ASKED}, {"skipped", false, BARO_ROLE_NOT_ASKED}, {"no further reply", false, BARO_ROLE_NOT_ASKED},
};

/* False: an answer. */
static bool is_nothing(const char *label, baro_role *role)
{
    char plain[WORDS];
    plain_label(label, plain);
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++) {
        size_t length = strlen(nothings[i].words);
        if (strncmp(plain, nothings[i].words, length) != 0)
            continue;
        const char *behind = plain + length + (plain[length] == ' ');
        if (!plain[length] || (nothings[i].goes_on && strchr(" /,;:([-", plain[length])) || strchr("/,;:([-", *behind)) {
            *role = nothings[i].role;
            return true;
        }
    }
    return false;
}

/* --- one answer for each label --- */

typedef struct {
    baro_answer *answers;
    const char **codes; /* of all answers; those of one stand together only when all are known */
    size_t *owner;      /* of each code */
    size_t n, n_codes;
} merger;

static size_t same_label(const merger *m, const char *label)
{
    for (size_t i = 0; i < m->n; i++)
        if (baro_text_same_answer(m->answers[i].label, strlen(m->answers[i].label), label, strlen(label), false))
            return i;
    return m->n;
}

/* As answers are compared: two codes that differ in an apostrophe are one. */
static bool has_code(const merger *m, const char *code)
{
    for (size_t i = 0; i < m->n_codes; i++)
        if (baro_text_same_answer(m->codes[i], strlen(m->codes[i]), code, strlen(code), false))
            return true;
    return false;
}

/* A label that is the code of another answer ("0=1; 1=2") cannot be a spelling of its own: the code goes behind it. */
static const char *label_of(const baro_codebook_variable *from, size_t i, baro_arena *arena)
{
    const baro_codebook_answer *answer = &from->answers[i];
    const char *label = *answer->label ? answer->label : answer->code;
    for (size_t k = 0; k < from->n_answers; k++)
        if (k != i && baro_text_same_answer(from->answers[k].code, strlen(from->answers[k].code), label, strlen(label), false))
            return baro_arena_format(arena, "%s (code %s)", label, answer->code);
    return label;
}

static baro_role role_of(const baro_codebook_answer *answer, const char *label)
{
    baro_role role = BARO_ROLE_OTHER;
    if (answer->has_role)
        return answer->role;
    if (is_nothing(label, &role))
        return role;
    return answer->missing ? BARO_ROLE_NOT_ASKED : BARO_ROLE_OTHER;
}

static baro_status merge(const baro_codebook_variable *from, baro_arena *arena, merger *m)
{
    for (size_t i = 0; i < from->n_answers; i++) {
        const baro_codebook_answer *answer = &from->answers[i];
        const char *label = label_of(from, i, arena);
        if (!label)
            return BARO_NO_MEMORY;
        if (!*label) /* an empty field, of which nothing is said: it is missing as every empty field */
            continue;
        size_t at = same_label(m, label);
        if (at == m->n)
            m->answers[m->n++] = (baro_answer){.label = label, .role = role_of(answer, label), .score = NAN};
        if (strcmp(answer->code, label) != 0 && !has_code(m, answer->code)) {
            m->codes[m->n_codes] = answer->code;
            m->owner[m->n_codes++] = at;
        }
    }
    for (size_t i = 0; i < m->n; i++) {
        const char **own = BARO_ARRAY(arena, const char *, m->n_codes);
        size_t n = 0;
        if (!own)
            return BARO_NO_MEMORY;
        for (size_t k = 0; k < m->n_codes; k++)
            if (m->owner[k] == i)
                own[n++] = m->codes[k];
        m->answers[i].codes = (baro_texts){own, n};
    }
    return BARO_OK;
}

baro_status baro_import_answers(const baro_codebook_variable *from, baro_arena *arena, const baro_answer **out, size_t *n, size_t *n_counted)
{
    merger m = {BARO_ARRAY(arena, baro_answer, from->n_answers), BARO_ARRAY(arena, const char *, from->n_answers),
                BARO_ARRAY(arena, size_t, from->n_answers), 0, 0};
    if (!m.answers || !m.codes || !m.owner)
        return BARO_NO_MEMORY;
    baro_status status = merge(from, arena, &m);
    *out = m.answers;
    *n = m.n;
    *n_counted = 0;
    for (size_t i = 0; i < m.n; i++)
        *n_counted += m.answers[i].role <= BARO_ROLE_OTHER;
    return status;
}

/* --- rated scales --- */

static const struct {
    const char *name;
    const char *positive[5], *negative[5];
    baro_better better;
} families[] = {
    {"agree", {"agree"}, {"disagree"}, BARO_BETTER_HIGHER},
    {"satisfied", {"satisfied"}, {"dissatisfied", "unsatisfied"}, BARO_BETTER_HIGHER},
    {"safe", {"safe"}, {"unsafe"}, BARO_BETTER_HIGHER},
    {"good", {"good", "excellent", "above average"}, {"poor", "bad", "below average", "terrible"}, BARO_BETTER_HIGHER},
    {"well", {"well"}, {"badly", "poorly"}, BARO_BETTER_HIGHER},
    {"approve", {"approve"}, {"disapprove"}, BARO_BETTER_HIGHER},
    {"confident", {"confident"}, {"unconfident"}, BARO_BETTER_HIGHER},
    {"worried", {"worried", "concerned"}, {"unworried", "unconcerned"}, BARO_BETTER_LOWER},
    {"yes_no", {"yes"}, {"no"}, BARO_BETTER_HIGHER},
};

/* Words of degree, which change no side. */
static bool is_degree(const char *word, size_t length)
{
    static const char *const degrees[] = {"very",      "fairly",   "strongly", "tend",       "to",     "completely", "quite", "extremely", "totally", "mostly",
                                          "somewhat",  "slightly", "rather",   "moderately", "mainly", "generally",  "a",     "bit",       "little",  "highly",
                                          "entirely",  "fully",    "pretty",   "absolutely", NULL};
    for (size_t i = 0; degrees[i]; i++)
        if (strlen(degrees[i]) == length && memcmp(degrees[i], word, length) == 0)
            return true;
    return false;
}

static bool is_one_of(const char *text, const char *const list[5])
{
    for (size_t i = 0; i < 5 && list[i]; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

/* What is left of a label without words of degree and negation. */
static bool core_of(const char *plain, char core[WORDS])
{
    bool negated = false;
    size_t n = 0;
    for (const char *at = plain; *at;) {
        size_t length = strcspn(at, " ");
        if (length == 3 && memcmp(at, "not", 3) == 0) {
            negated = true;
            const char *all = " at all";
            if (strncmp(at + 3, all, strlen(all)) == 0)
                length += strlen(all);
        } else if (!is_degree(at, length) && !(negated && strncmp(at, "particularly", 12) == 0)) {
            if (n)
                core[n++] = ' ';
            memcpy(core + n, at, length);
            n += length;
        }
        at += length + (at[length] == ' ');
    }
    core[n] = '\0';
    return negated;
}

/* BARO_ROLE_OTHER: not of the family. */
static baro_role side_of(size_t family, const char *label)
{
    char plain[WORDS], core[WORDS];
    plain_label(label, plain);
    if (strncmp(plain, "neither", 7) == 0 || strcmp(plain, "neutral") == 0 || strcmp(plain, "average") == 0 || strcmp(plain, "fair") == 0)
        return BARO_ROLE_NEUTRAL;
    bool negated = core_of(plain, core);
    if (is_one_of(core, families[family].positive))
        return negated ? BARO_ROLE_NEGATIVE : BARO_ROLE_POSITIVE;
    if (!negated && is_one_of(core, families[family].negative))
        return BARO_ROLE_NEGATIVE;
    return negated && !*core ? BARO_ROLE_NEGATIVE : BARO_ROLE_OTHER; /* "not at all" */
}

static bool fits(size_t family, const baro_answer *answers, size_t n)
{
    bool positive = false, negative = false;
    for (size_t i = 0; i < n; i++) {
        if (answers[i].role > BARO_ROLE_OTHER)
            continue;
        baro_role side = side_of(family, answers[i].label);
        if (side == BARO_ROLE_OTHER)
            return false;
        positive = positive || side == BARO_ROLE_POSITIVE;
        negative = negative || side == BARO_ROLE_NEGATIVE;
    }
    return positive && negative;
}

const char *baro_import_rate(baro_answer *answers, size_t n, baro_better *better)
{
    for (size_t family = 0; family < sizeof families / sizeof *families; family++) {
        if (!fits(family, answers, n))
            continue;
        for (size_t i = 0; i < n; i++)
            if (answers[i].role <= BARO_ROLE_OTHER)
                answers[i].role = side_of(family, answers[i].label);
        *better = families[family].better;
        return families[family].name;
    }
    return NULL;
}

/* --- names of groups --- */

static const struct {
    const char *word;
    baro_group_kind kind;
    bool ordered, sensitive;
} group_words[] = {
    {"sex", BARO_GROUP_DEMOGRAPHIC, false, false},       {"gender", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"age", BARO_GROUP_DEMOGRAPHIC, true, false},        {"agegrp", BARO_GROUP_DEMOGRAPHIC, true, false},
    {"ageband", BARO_GROUP_DEMOGRAPHIC, true, false},    {"agecat", BARO_GROUP_DEMOGRAPHIC, true, false},
    {"ethnic", BARO_GROUP_DEMOGRAPHIC, false, false},    {"ethnicity", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"ethgrp", BARO_GROUP_DEMOGRAPHIC, false, false},    {"race", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"religion", BARO_GROUP_DEMOGRAPHIC, false, true},   {"education", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"educat", BARO_GROUP_DEMOGRAPHIC, false, false},    {"qualification", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"marital", BARO_GROUP_DEMOGRAPHIC, false, false},   {"tenure", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"income", BARO_GROUP_DEMOGRAPHIC, true, false},     {"employment", BARO_GROUP_DEMOGRAPHIC, false, false},
    {"occupation", BARO_GROUP_DEMOGRAPHIC, false, false},{"disability", BARO_GROUP_DEMOGRAPHIC, false, true},
    {"orientation", BARO_GROUP_DEMOGRAPHIC, false, true},{"sexuality", BARO_GROUP_DEMOGRAPHIC, false, true},
    {"region", BARO_GROUP_AREA, false, false},           {"district", BARO_GROUP_AREA, false, false},
    {"borough", BARO_GROUP_AREA, false, false},          {"county", BARO_GROUP_AREA, false, false},
    {"province", BARO_GROUP_AREA, false, false},         {"area", BARO_GROUP_AREA, false, false},
    {"ward", BARO_GROUP_AREA, false, false},             {"rural", BARO_GROUP_AREA, false, false},
    {"urban", BARO_GROUP_AREA, false, false},            {"urbrur", BARO_GROUP_AREA, false, false},
    {"deprivation", BARO_GROUP_AREA, true, false},       {"channel", BARO_GROUP_CHANNEL, false, false},
    {"method", BARO_GROUP_CHANNEL, false, false},        {"mode", BARO_GROUP_CHANNEL, false, false},
};

/* A word of the list, with figures behind it at most; `words` is how many there are. */
static bool find_group_word(const char *plain, size_t most, baro_import_item *out)
{
    static const char marks[] = " _-./:()0123456789,";
    size_t words = 0;
    const char *found_at = NULL;
    for (const char *at = plain + strspn(plain, marks); *at; at += strspn(at, marks)) {
        size_t length = strcspn(at, marks);
        for (size_t i = 0; i < sizeof group_words / sizeof *group_words && !found_at; i++)
            if (strlen(group_words[i].word) == length && memcmp(group_words[i].word, at, length) == 0) {
                found_at = at;
                out->kind = group_words[i].kind;
                out->ordered = group_words[i].ordered;
                out->sensitive = group_words[i].sensitive;
            }
        words++;
        at += length;
    }
    return found_at && words <= most;
}

static bool is_question(const char *label, const char *plain)
{
    static const char *const begins[] = {"how ", "do ", "did ", "is ", "are ", "have ", "has ", "what ", "which ", "when ", "would ", NULL};
    for (size_t i = 0; begins[i]; i++)
        if (strncmp(plain, begins[i], strlen(begins[i])) == 0)
            return true;
    return strchr(label, '?') != NULL;
}

bool baro_import_is_group(const char *name, const char *label, baro_import_item *out)
{
    char plain[WORDS];
    baro_import_item none = {.kind = BARO_GROUP_OTHER};
    plain_label(name, plain);
    bool found = find_group_word(plain, SIZE_MAX, out);
    plain_label(label, plain);
    if (!found && !is_question(label, plain) && find_group_word(plain, 7, out)) /* a long one, or a question, only speaks of it */
        found = true;
    if (!found) {
        out->kind = none.kind;
        out->ordered = out->sensitive = false;
    }
    return found;
}
