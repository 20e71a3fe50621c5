/* What becomes of every variable of a codebook. */
#include "surveys/model/import.h"
#include "io/base/text.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FEW_CATEGORIES = 14, FEW_AREAS = 60, FEW_NUMBERS = 12 };

/* --- ids --- */

static bool is_id_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* Letters of an id as they are (capitals small), _ for anything else. */
static char *id_of(const char *name, baro_arena *arena)
{
    char *id = baro_arena_string(arena, *name ? name : "x");
    for (char *at = id; at && *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : is_id_byte(*at) ? *at : '_';
    return id;
}

static bool is_taken(const baro_import *to, const char *id)
{
    for (size_t i = 0; i < to->n; i++)
        if ((to->items[i].id && strcmp(to->items[i].id, id) == 0) || (to->items[i].measure_id && strcmp(to->items[i].measure_id, id) == 0))
            return true;
    return false;
}

static const char *unique_id(const baro_import *to, const char *name, baro_arena *arena)
{
    const char *id = id_of(name, arena), *first = id;
    for (size_t n = 2; id && is_taken(to, id); n++)
        id = baro_arena_format(arena, "%s_%zu", first, n);
    return id;
}

/* --- labels --- */

/* `q3_01_police_services` beside variable q3_01 was made for a machine: "Police services". */
static const char *tidy_label(const baro_codebook_variable *from, baro_arena *arena)
{
    const char *label = *from->label ? from->label : *from->question ? from->question : from->name;
    size_t name = strlen(from->name);
    if (strchr(label, ' ') || !strchr(label, '_') || strcmp(label, from->name) == 0)
        return label;
    bool has_name = strncmp(label, from->name, name) == 0 && label[name] == '_' && label[name + 1];
    char *tidy = baro_arena_string(arena, has_name ? label + name + 1 : label);
    for (char *at = tidy; at && *at; at++)
        if (*at == '_')
            *at = ' ';
    if (tidy && *tidy >= 'a' && *tidy <= 'z')
        *tidy = (char)(*tidy - 32);
    return tidy;
}

static const char *question_of(const baro_codebook_variable *from)
{
    return *from->label && *from->question && strcmp(from->label, from->question) != 0 ? from->question : NULL;
}

/* --- what a variable is for --- */

static bool has_word(const char *text, const char *word)
{
    char small[160];
    size_t length = strlen(text) < sizeof small - 1 ? strlen(text) : sizeof small - 1;
    length = baro_text_canonical(text, length, true, small);
    small[length] = '\0';
    return strstr(small, word) != NULL;
}

static bool looks_like_weight(const baro_codebook_variable *v)
{
    return v->n_answers == 0 && (v->type == BARO_VARIABLE_NUMBERS || v->type == BARO_VARIABLE_UNSAID) &&
           (has_word(v->name, "weight") || has_word(v->name, "wgt") || has_word(v->label, "weight") || baro_text_same_case_blind(v->name, "wt") ||
            strncmp(v->name, "WT_", 3) == 0 || strncmp(v->name, "wt_", 3) == 0);
}

static bool looks_like_id(const baro_codebook_variable *v)
{
    static const char *const ids[] = {"id", "respno", "respid", "respondent", "respondent_id", "caseid", "case_id", "serial", "rowlabel", "uuid"};
    for (size_t i = 0; v->n_answers == 0 && i < sizeof ids / sizeof *ids; i++)
        if (baro_text_same_case_blind(v->name, ids[i]))
            return true;
    return v->n_answers == 0 && (has_word(v->label, "identifier") || has_word(v->label, "respondent number") || has_word(v->label, "serial number"));
}

/* A number that only says in which part of a ranking someone is. */
static bool is_ranked(const char *label)
{
    return has_word(label, "quintile") || has_word(label, "quartile") || has_word(label, "decile") || has_word(label, "tertile");
}

static unsigned guess_use(baro_import_item *item, bool rated)
{
    const baro_codebook_variable *v = item->from;
    bool verbatim = has_word(v->label, "verbatim") || has_word(v->label, "specify");
    bool group = !verbatim && baro_import_is_group(v->name, *v->label ? v->label : v->question, item);
    size_t few = item->kind == BARO_GROUP_AREA ? FEW_AREAS : FEW_CATEGORIES;
    if (rated)
        return BARO_USE_MEASURE;
    if (item->n_counted > 0)
        return group && item->n_counted > 1 && item->n_counted <= few ? BARO_USE_GROUP : BARO_USE_MEASURE;
    if (looks_like_weight(v))
        return BARO_USE_WEIGHT;
    if (looks_like_id(v) || v->type == BARO_VARIABLE_DATES)
        return BARO_USE_NOTHING;
    if (group && item->n_answers == 0 && (v->distinct ? v->distinct > 1 && v->distinct <= few : v->type == BARO_VARIABLE_TEXTS))
        return BARO_USE_GROUP;
    if (v->type == BARO_VARIABLE_NUMBERS && v->distinct > 1 && v->distinct <= FEW_NUMBERS && is_ranked(v->label)) {
        item->ordered = true;
        return BARO_USE_GROUP;
    }
    if (v->type == BARO_VARIABLE_NUMBERS)
        return BARO_USE_MEASURE;
    return BARO_USE_NOTHING;
}

/* --- scales --- */

static bool same_answers(const baro_answer *a, const baro_answer *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(a[i].label, b[i].label) != 0 || a[i].role != b[i].role || a[i].codes.n != b[i].codes.n)
            return false;
        for (size_t k = 0; k < a[i].codes.n; k++)
            if (strcmp(a[i].codes.item[k], b[i].codes.item[k]) != 0)
                return false;
    }
    return true;
}

static const char *scale_id(const baro_import *to, const char *family, const baro_import_item *item, baro_arena *arena)
{
    bool counted = family && strcmp(family, "yes_no") != 0;
    const char *first = counted  ? baro_arena_format(arena, "%s%zu", family, item->n_counted)
                        : family ? family
                                 : baro_arena_format(arena, "%s_answers", item->measure_id ? item->measure_id : item->id);
    const char *id = first;
    for (size_t n = 2, i = 0; id && i < to->n_scales;) {
        if (strcmp(to->scales[i].id, id) != 0) {
            i++;
            continue;
        }
        id = baro_arena_format(arena, "%s_%zu", first, n++);
        i = 0;
    }
    return id;
}

static baro_status find_scale(baro_import *to, baro_import_item *item, const char *family, baro_better better, baro_arena *arena)
{
    bool positive = false;
    for (size_t i = 0; i < to->n_scales; i++) {
        baro_import_scale *scale = &to->scales[i];
        if (scale->n_answers != item->n_answers || !same_answers(scale->answers, item->answers, item->n_answers))
            continue;
        scale->users++;
        item->scale = i;
        return BARO_OK;
    }
    for (size_t i = 0; i < item->n_answers; i++)
        positive = positive || item->answers[i].role == BARO_ROLE_POSITIVE;
    const char *id = scale_id(to, family, item, arena);
    if (!id)
        return BARO_NO_MEMORY;
    item->scale = to->n_scales;
    to->scales[to->n_scales++] = (baro_import_scale){id, item->answers, item->n_answers, 1, positive, positive ? better : BARO_BETTER_NEITHER};
    return BARO_OK;
}

/* --- variables --- */

static bool says_roles(const baro_codebook_variable *v)
{
    for (size_t i = 0; i < v->n_answers; i++)
        if (v->answers[i].has_role && v->answers[i].role <= BARO_ROLE_OTHER)
            return true;
    return false;
}

static baro_status make_measure(baro_import *to, baro_import_item *item, const char *family, baro_better better, baro_arena *arena)
{
    const baro_codebook_variable *v = item->from;
    item->measure_id = unique_id(to, v->name, arena);
    item->scale = SIZE_MAX;
    if (!item->measure_id)
        return BARO_NO_MEMORY;
    bool labels_ends_only = item->n_counted > 0 && v->type == BARO_VARIABLE_NUMBERS && v->distinct > 2 * v->n_answers + 2;
    if (item->n_counted == 0 || labels_ends_only) {
        item->statistic = v->type == BARO_VARIABLE_NUMBERS ? BARO_STAT_MEAN : BARO_STAT_DISTRIBUTION;
        return BARO_OK;
    }
    baro_status status = find_scale(to, item, family, better, arena);
    if (status == BARO_OK)
        item->statistic = to->scales[item->scale].has_positive ? BARO_STAT_PROPORTION : BARO_STAT_DISTRIBUTION;
    return status;
}

static baro_status make_item(baro_import *to, const baro_codebook_variable *v, baro_arena *arena)
{
    baro_import_item *item = &to->items[to->n];
    baro_better better = BARO_BETTER_HIGHER;
    *item = (baro_import_item){.from = v, .kind = BARO_GROUP_OTHER, .scale = SIZE_MAX, .label = tidy_label(v, arena), .question = question_of(v)};
    baro_answer *answers = NULL;
    const baro_answer *made = NULL;
    baro_status status = baro_import_answers(v, arena, &made, &item->n_answers, &item->n_counted);
    if (status != BARO_OK || !item->label)
        return BARO_NO_MEMORY;
    answers = BARO_ARRAY(arena, baro_answer, item->n_answers);
    if (!answers)
        return BARO_NO_MEMORY;
    if (item->n_answers)
        memcpy(answers, made, item->n_answers * sizeof *answers);
    item->answers = answers;
    const char *family = says_roles(v) || item->n_counted == 0 ? NULL : baro_import_rate(answers, item->n_answers, &better);
    item->guessed = v->uses == 0;
    unsigned guess = guess_use(item, family || says_roles(v));
    item->uses = v->uses ? v->uses : guess;
    if (item->uses & BARO_USE_GROUP)
        item->id = unique_id(to, v->name, arena);
    if ((item->uses & BARO_USE_GROUP) && !item->id)
        return BARO_NO_MEMORY;
    to->n++;
    return item->uses & BARO_USE_MEASURE ? make_measure(to, item, family, better, arena) : BARO_OK;
}

/* Of several that only look like the weight the first is taken; where the codebook says one, none is guessed. */
static baro_status settle_weight(baro_import *to, baro_error *error)
{
    char shown[2][BARO_QUOTE_ROOM];
    const baro_import_item *said = NULL, *first = NULL;
    for (size_t i = 0; i < to->n; i++) {
        const baro_import_item *item = &to->items[i];
        if (!(item->uses & BARO_USE_WEIGHT) || item->guessed)
            continue;
        if (said)
            return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){to->book->name, 0, 0},
                                  "variables '%s' and '%s' are both the weight; a survey has one",
                                  baro_text_quote(said->from->name, strlen(said->from->name), shown[0], sizeof shown[0]),
                                  baro_text_quote(item->from->name, strlen(item->from->name), shown[1], sizeof shown[1]));
        said = item;
    }
    for (size_t i = 0; i < to->n; i++) {
        baro_import_item *item = &to->items[i];
        if (!(item->uses & BARO_USE_WEIGHT) || !item->guessed)
            continue;
        if (said || first) {
            item->uses = BARO_USE_NOTHING;
            item->could_be_weight = true;
        }
        else
            first = item;
    }
    return BARO_OK;
}

baro_status baro_import_make(const baro_codebook *book, baro_arena *arena, baro_import *out, baro_error *error)
{
    const char *dot = strrchr(book->name, '.');
    char *stem = baro_arena_text(arena, book->name, dot && dot > book->name ? (size_t)(dot - book->name) : strlen(book->name));
    *out = (baro_import){.book = book, .id = stem ? id_of(stem, arena) : NULL, .items = BARO_ARRAY(arena, baro_import_item, book->n),
                         .scales = BARO_ARRAY(arena, baro_import_scale, book->n)};
    baro_status status = out->id && out->items && out->scales ? BARO_OK : BARO_NO_MEMORY;
    bool any = false;
    for (size_t i = 0; i < book->n && status == BARO_OK; i++)
        status = make_item(out, &book->variables[i], arena);
    if (status == BARO_OK)
        status = settle_weight(out, error);
    for (size_t i = 0; i < out->n; i++)
        any = any || (out->items[i].uses & (BARO_USE_MEASURE | BARO_USE_GROUP));
    if (status == BARO_OK && !any)
        status = baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){book->name, 0, 0},
                                "no variable could be a measure or a group; give answers, or a column 'role' with measure or group");
    return status;
}
