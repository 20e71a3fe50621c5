/* `foreach` of a plan: an output for each group, or for each measure. */
#include "io/base/pool.h"
#include "surveys/binding/binding.h"
#include "surveys/program/plan_parts.h"
#include "surveys/program/words.h"
#include <string.h>

enum { NAME_ROOM = 1024 };

/* ---- {KEY} ---- */

static const char *fill(baro_plan_reader *r, const baro_plan_each *each, const char *text, bool file)
{
    for (size_t k = 0; each && text && k < each->n; k++) {
        char name[NAME_ROOM];
        size_t length = strlen(each->key[k]);
        const char *value = each->value[k];
        if (file && strlen(value) + sizeof "everyone" < sizeof name) {
            name[baro_file_name(name, value)] = '\0';
            value = name;
        }
        for (const char *open = text; (open = strchr(open, '{')) != NULL;) {
            if (strncmp(open + 1, each->key[k], length) != 0 || open[length + 1] != '}') {
                open++;
                continue;
            }
            size_t before = (size_t)(open - text);
            text = baro_arena_format(r->arena, "%.*s%s%s", (int)before, text, value, open + length + 2);
            if (!text)
                return NULL;
            open = text + before + strlen(value);
        }
    }
    return text;
}

const char *baro_plan_fill(baro_plan_reader *r, const baro_plan_each *each, const char *text)
{
    const char *filled = fill(r, each, text, false);
    if (!filled)
        baro_plan_no_memory(r);
    return filled ? filled : "";
}

const char *baro_plan_fill_file(baro_plan_reader *r, const baro_plan_each *each, const char *text)
{
    const char *filled = fill(r, each, text, true);
    if (!filled)
        baro_plan_no_memory(r);
    return filled ? filled : "";
}

/* ---- which groups there are ---- */

/* Labels of a group: the survey file's, or those that the data have. */
static baro_texts labels_of(baro_plan_reader *r, const baro_survey *survey, const baro_group *group,
                            const baro_invocation *invocation)
{
    baro_binding *binding = baro_binding_new(survey, r->arena, r->error);
    baro_pool *pool = baro_pool_new(0);
    const baro_bound_group *bound = NULL;
    baro_status status = binding && pool ? baro_want_group(binding, group, true) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_binding_read(binding, invocation->files, invocation->n_files, pool);
    if (status == BARO_OK)
        status = baro_bind_group(binding, group, &bound);
    baro_texts labels = {bound ? bound->label : NULL, bound ? bound->n : 0};
    baro_binding_free(binding);
    baro_pool_free(pool);
    r->status = r->status ? r->status : status;
    return labels;
}

static baro_texts ids_of_measures(baro_plan_reader *r, const baro_survey *survey)
{
    const char **id = BARO_ARRAY(r->arena, const char *, survey->n_measures + 1);
    if (!id)
        baro_plan_no_memory(r);
    for (size_t i = 0; id && i < survey->n_measures; i++)
        id[i] = survey->measures[i].id;
    return (baro_texts){id, id ? survey->n_measures : 0};
}

static baro_texts labels_in_plan(baro_plan_reader *r, const baro_yaml *value)
{
    size_t n = value->kind == BARO_YAML_LIST ? value->count : 1;
    const char **label = BARO_ARRAY(r->arena, const char *, n + 1);
    if (!label)
        baro_plan_no_memory(r);
    for (size_t i = 0; label && i < n; i++) {
        const baro_yaml *item = value->kind == BARO_YAML_LIST ? value->item[i] : value;
        if (item->kind != BARO_YAML_SCALAR)
            baro_plan_fault(r, item, "the label of a group is wanted here");
        label[i] = item->kind == BARO_YAML_SCALAR ? item->text : "";
    }
    return (baro_texts){label, label ? n : 0};
}

/* The survey that an output means, and its data: the command line is made once without `foreach` to ask it. */
static bool survey_of(baro_plan_reader *r, const baro_yaml *map, baro_survey *survey, baro_invocation *invocation)
{
    baro_plan asked = {0};
    baro_plan_reader scratch = *r;
    scratch.plan = &asked;
    scratch.room = 0;
    scratch.status = BARO_OK;
    baro_plan_make(&scratch, map, NULL);
    if (scratch.status == BARO_OK && asked.n_outputs > 0) {
        *invocation = asked.output[0].invocation;
        scratch.status = baro_survey_of_options(invocation, r->arena, survey, r->error);
    }
    r->status = r->status ? r->status : scratch.status;
    return scratch.status == BARO_OK && asked.n_outputs > 0;
}

static baro_texts values_of(baro_plan_reader *r, const baro_yaml *map, const baro_yaml *key, const baro_yaml *value)
{
    static const baro_texts none;
    if (value->kind == BARO_YAML_MAP)
        baro_plan_fault(r, value, "'all', or a list of labels, is wanted here");
    if (value->kind != BARO_YAML_SCALAR || strcmp(value->text, "all") != 0)
        return value->kind == BARO_YAML_MAP ? none : labels_in_plan(r, value);
    baro_survey survey;
    baro_invocation invocation;
    if (!survey_of(r, map, &survey, &invocation))
        return none;
    if (strcmp(key->text, "measure") == 0)
        return ids_of_measures(r, &survey);
    const baro_group *group = baro_survey_group(&survey, key->text);
    if (!group) {
        baro_plan_fault(r, key, "foreach: no group '%s' in the survey", baro_word_shown(key->text, r->arena));
        return none;
    }
    return labels_of(r, &survey, group, &invocation);
}

/* ---- turns ---- */

typedef struct {
    const baro_yaml *map, *foreach;
    baro_texts values[BARO_PLAN_EACH];
} turns;

/* A condition that the label alone meets; a label with both kinds of quotes cannot be written. */
static const char *condition(baro_plan_reader *r, const turns *t, const char *key, const char *label)
{
    char quote = strchr(label, '\'') ? '"' : '\'';
    if (strchr(label, quote))
        baro_plan_fault(r, t->foreach, "a label with both kinds of quotes cannot be chosen by foreach: %s",
                        baro_word_shown(label, r->arena));
    return baro_arena_format(r->arena, "[%s] == %c%s%c", key, quote, label, quote);
}

static const char *where_of(baro_plan_reader *r, const turns *t, const baro_plan_each *each)
{
    const baro_yaml *own = baro_plan_value(t->map, "where");
    own = own ? own : baro_plan_value(r->defaults, "where");
    const char *where = own && own->kind == BARO_YAML_SCALAR ? baro_arena_format(r->arena, "(%s)", own->text) : NULL;
    for (size_t k = 0; k < each->n; k++)
        if (strcmp(each->key[k], "measure") != 0) {
            const char *one = condition(r, t, each->key[k], each->value[k]);
            where = where ? baro_arena_format(r->arena, "%s and %s", where, one) : one;
        }
    return each->n > (each->measure != NULL) ? where : NULL;
}

static void make_turns(baro_plan_reader *r, const turns *t, baro_plan_each *each)
{
    if (each->n < t->foreach->count) {
        size_t k = each->n;
        each->key[k] = t->foreach->key[k]->text;
        for (size_t i = 0; i < t->values[k].n && r->status == BARO_OK; i++) {
            each->n = k + 1;
            each->value[k] = t->values[k].item[i];
            make_turns(r, t, each);
        }
        each->n = k;
        return;
    }
    if (r->plan->n_outputs >= BARO_PLAN_OUTPUTS) {
        baro_plan_fault(r, t->foreach, "more than %d outputs", BARO_PLAN_OUTPUTS);
        return;
    }
    each->measure = NULL;
    for (size_t k = 0; k < each->n; k++)
        each->measure = strcmp(each->key[k], "measure") == 0 ? each->value[k] : each->measure;
    each->where = where_of(r, t, each);
    baro_plan_make(r, t->map, each);
}

void baro_plan_each_of(baro_plan_reader *r, const baro_yaml *map)
{
    turns t = {.map = map, .foreach = baro_plan_value(map, "foreach")};
    if (!t.foreach) {
        baro_plan_make(r, map, NULL);
        return;
    }
    if (t.foreach->kind != BARO_YAML_MAP || t.foreach->count == 0 || t.foreach->count > BARO_PLAN_EACH) {
        baro_plan_fault(r, t.foreach, "foreach is a map of 1 to %d groups, as {borough: all}", BARO_PLAN_EACH);
        return;
    }
    const baro_yaml *file = baro_plan_value(map, "file");
    for (size_t k = 0; k < t.foreach->count; k++) {
        const char *key = t.foreach->key[k]->text, *mark = baro_arena_format(r->arena, "{%s}", key);
        if (file && file->kind == BARO_YAML_SCALAR && mark && !strstr(file->text, mark))
            baro_plan_fault(r, file, "{%s} is missing from the name: its outputs would be one file",
                            baro_word_shown(key, r->arena));
        t.values[k] = values_of(r, map, t.foreach->key[k], t.foreach->item[k]);
    }
    baro_plan_each each = {0};
    if (r->status == BARO_OK)
        make_turns(r, &t, &each);
}
