/*
 * `extends`: a survey file that starts from another. Maps are overlaid key by key; scales, groups and measures are merged by their id, and
 * questions of batteries are measures; whatever else the file says stands instead of what the other said. What stays of the other keeps its place
 * in its own file, so that a fault names the file in which it stands.
 */
#include "io/base/output.h"
#include "surveys/model/draft.h"
#include "surveys/model/targets.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_FILES = 16 };

/** Lists that are merged by the ids of their maps. */
static const char *const merged[] = {"scales", "groups", "measures"};

/** Keys that say the same thing in another way: who says one means it instead of the others. */
static const struct {
    const char *list, *key, *instead_of[8];
} alternatives[] = {
    {"scales", "answers", {"positive", "neutral", "negative", "other", "dont_know", "refused", "not_asked"}},
    {"scales", "positive", {"answers"}},
    {"groups", "columns", {"of"}},
    {"groups", "of", {"columns", "bands"}},
    {"groups", "bands", {"categories", "of"}},
    {"groups", "categories", {"bands"}},
    {"measures", "columns", {"either", "multi", "split", "value"}},
    {"measures", "either", {"columns", "multi", "split"}},
    {"measures", "multi", {"columns", "either", "split"}},
    {"measures", "scale", {"positive", "neutral", "negative", "other", "dont_know", "refused", "not_asked"}},
    {"measures", "positive", {"scale"}},
};

/** Keys and items of a map, or items of a list, while they are put together. */
typedef struct {
    const baro_yaml **key, **item;
    size_t n;
} pile;

static bool pile_new(baro_drafter *d, size_t most, pile *out)
{
    *out = (pile){baro_draft_array(d, most, sizeof *out->key), baro_draft_array(d, most, sizeof *out->item), 0};
    return out->key != NULL && out->item != NULL;
}

static void pile_add(pile *p, const baro_yaml *key, const baro_yaml *item)
{
    p->key[p->n] = key;
    p->item[p->n++] = item;
}

/** A node like another, with other children. */
static const baro_yaml *node_of(baro_drafter *d, const baro_yaml *like, const pile *p)
{
    baro_yaml *node = baro_draft_array(d, 1, sizeof *node);
    if (node == NULL)
        return like;
    *node = *like;
    node->count = p->n;
    node->item = p->item;
    node->key = like->kind == BARO_YAML_MAP ? p->key : NULL;
    return node;
}

/** Whether what the file says of a record stands instead of a key of the other. */
static bool is_replaced(const char *list, const char *key, const baro_yaml *over)
{
    for (size_t i = 0; list != NULL && i < sizeof alternatives / sizeof *alternatives; i++)
        for (size_t k = 0; strcmp(alternatives[i].list, list) == 0 && alternatives[i].instead_of[k] != NULL; k++)
            if (strcmp(alternatives[i].instead_of[k], key) == 0 && baro_draft_child(over, alternatives[i].key) != NULL &&
                baro_draft_child(over, key) == NULL)
                return true;
    return false;
}

static const baro_yaml *overlay(baro_drafter *d, const char *list, const baro_yaml *base, const baro_yaml *over);

static bool is_merged(const char *key)
{
    for (size_t i = 0; i < sizeof merged / sizeof *merged; i++)
        if (strcmp(merged[i], key) == 0)
            return true;
    return false;
}

static const char *id_of(const baro_yaml *record)
{
    const baro_yaml *id = baro_draft_child(record, "id");
    return id == NULL || id->kind != BARO_YAML_SCALAR ? NULL : id->text;
}

/** The i-th record of a list, which may be one map without brackets. */
static const baro_yaml *record_at(const baro_yaml *list, size_t i)
{
    return list->kind == BARO_YAML_LIST ? list->item[i] : list;
}

static size_t records(const baro_yaml *list)
{
    return list->kind == BARO_YAML_LIST ? list->count : 1;
}

/** Records of the other first, those of the file laid over them; a second of the same id in the file stays, to be found at fault. */
static const baro_yaml *merge(baro_drafter *d, const char *list, const baro_yaml *base, const baro_yaml *over)
{
    size_t n = records(base);
    bool *taken = baro_draft_array(d, n, sizeof *taken);
    baro_yaml *like = baro_draft_array(d, 1, sizeof *like);
    pile all;
    if (taken == NULL || like == NULL || !pile_new(d, n + records(over), &all))
        return over;
    for (size_t i = 0; i < n; i++)
        pile_add(&all, NULL, record_at(base, i));
    for (size_t i = 0; i < records(over); i++) {
        const baro_yaml *record = record_at(over, i);
        const char *id = id_of(record);
        size_t same = 0;
        while (id != NULL && same < n && (taken[same] || id_of(all.item[same]) == NULL || strcmp(id_of(all.item[same]), id) != 0))
            same++;
        if (id == NULL || same == n)
            pile_add(&all, NULL, record);
        else {
            all.item[same] = overlay(d, list, all.item[same], record);
            taken[same] = true;
        }
    }
    *like = *over;
    like->kind = BARO_YAML_LIST;
    return node_of(d, like, &all);
}

/** @param list the list whose record this is, or NULL */
static const baro_yaml *overlay(baro_drafter *d, const char *list, const baro_yaml *base, const baro_yaml *over)
{
    pile all;
    if (base->kind != BARO_YAML_MAP || over->kind != BARO_YAML_MAP || !pile_new(d, base->count + over->count, &all))
        return over;
    for (size_t i = 0; i < base->count; i++) {
        const char *key = base->key[i]->text;
        const baro_yaml *said = baro_draft_child(over, key);
        bool is_list = list == NULL && is_merged(key) && said != NULL && said->kind != BARO_YAML_SCALAR &&
                       base->item[i]->kind != BARO_YAML_SCALAR;
        if (said != NULL)
            pile_add(&all, baro_draft_key(over, key),
                     is_list ? merge(d, key, base->item[i], said) : overlay(d, "", base->item[i], said));
        else if (!is_replaced(list, key, over))
            pile_add(&all, base->key[i], base->item[i]);
    }
    for (size_t i = 0; i < over->count; i++)
        if (baro_draft_child(base, over->key[i]->text) == NULL)
            pile_add(&all, over->key[i], over->item[i]);
    return node_of(d, over, &all);
}

/* ---- questions of batteries, as measures ---- */

static bool is_battery(const baro_yaml *battery)
{
    const baro_yaml *ask = baro_draft_child(battery, "ask"), *scale = baro_draft_child(battery, "scale");
    bool good = battery->kind == BARO_YAML_MAP && battery->count == 2 && ask != NULL && ask->kind == BARO_YAML_MAP &&
                scale != NULL && scale->kind == BARO_YAML_SCALAR;
    for (size_t i = 0; good && i < ask->count; i++)
        good = ask->item[i]->kind == BARO_YAML_LIST && (ask->item[i]->count == 2 || ask->item[i]->count == 3);
    return good;
}

static const baro_yaml *key_node(baro_drafter *d, const baro_yaml *at, const char *text)
{
    baro_yaml *key = baro_draft_array(d, 1, sizeof *key);
    if (key == NULL)
        return at;
    *key = (baro_yaml){.kind = BARO_YAML_SCALAR, .source = at->source, .line = at->line, .column = at->column};
    key->text = text;
    key->length = strlen(text);
    return key;
}

/** `id: [column, label, question]` as the measure that it is. */
static void add_question(baro_drafter *d, const baro_yaml *id, const baro_yaml *list, const baro_yaml *scale, pile *measures)
{
    static const char *const keys[] = {"columns", "label", "question"};
    pile map;
    if (!pile_new(d, 5, &map))
        return;
    pile_add(&map, key_node(d, id, "id"), id);
    for (size_t i = 0; i < list->count; i++)
        pile_add(&map, key_node(d, list->item[i], keys[i]), list->item[i]);
    pile_add(&map, key_node(d, scale, "scale"), scale);
    baro_yaml like = *list;
    like.kind = BARO_YAML_MAP;
    pile_add(measures, NULL, node_of(d, &like, &map));
}

/** Measures of a file, then the questions of its batteries; a battery that is none stays, to be found at fault. */
static const baro_yaml *without_batteries(baro_drafter *d, const baro_yaml *root)
{
    const baro_yaml *batteries = baro_draft_child(root, "batteries"), *measures = baro_draft_child(root, "measures");
    size_t most = 0;
    bool good = batteries != NULL && batteries->kind != BARO_YAML_SCALAR &&
                (measures == NULL || measures->kind != BARO_YAML_SCALAR);
    for (size_t i = 0; good && i < records(batteries); i++) {
        good = is_battery(record_at(batteries, i));
        most += good ? baro_draft_child(record_at(batteries, i), "ask")->count : 0;
    }
    pile all, top;
    if (!good || !pile_new(d, most + (measures == NULL ? 0 : records(measures)), &all) || !pile_new(d, root->count + 1, &top))
        return root;
    for (size_t i = 0; measures != NULL && i < records(measures); i++)
        pile_add(&all, NULL, record_at(measures, i));
    for (size_t i = 0; i < records(batteries); i++) {
        const baro_yaml *ask = baro_draft_child(record_at(batteries, i), "ask");
        for (size_t k = 0; k < ask->count; k++)
            add_question(d, ask->key[k], ask->item[k], baro_draft_child(record_at(batteries, i), "scale"), &all);
    }
    for (size_t i = 0; i < root->count; i++)
        if (root->item[i] != batteries && root->item[i] != measures)
            pile_add(&top, root->key[i], root->item[i]);
    baro_yaml like = measures == NULL ? *batteries : *measures;
    like.kind = BARO_YAML_LIST;
    pile_add(&top, key_node(d, &like, "measures"), node_of(d, &like, &all));
    return node_of(d, root, &top);
}

/* ---- which file ---- */

static bool same_file(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || baro_output_same_file(a, b);
}

/** Path of what a file extends, or NULL with a fault. */
static const char *path_of(baro_drafter *d, const baro_yaml *at)
{
    struct stat file;
    if (baro_survey_is_path(at->text)) {
        const char *path = baro_path_beside(at->source, at->text, d->arena);
        if (path == NULL)
            baro_draft_no_memory(d);
        else if (stat(path, &file) != 0)
            baro_draft_fault(d, at, "cannot open '%s' to extend it: %s", baro_draft_quote(d, path), strerror(errno));
        else
            return path;
        return NULL;
    }
    const char *path = baro_survey_find(at->text, d->arena);
    if (path != NULL)
        return path;
    const baro_texts ids = baro_survey_ids(d->arena);
    const char *list = NULL;
    for (size_t i = 0; i < ids.n; i++)
        list = baro_arena_format(d->arena, "%s%s%s", i == 0 ? "there are " : list, i == 0 ? "" : ", ", ids.item[i]);
    const char *hint = baro_draft_hint(d, at->text, ids.item, ids.n);
    baro_draft_fault(d, at, "no survey '%s' to extend%s; %s%sa file is named with its path, or its ending .yaml",
                     baro_draft_quote(d, at->text), hint, list == NULL ? "" : list, list == NULL ? "" : "; ");
    return NULL;
}

const baro_yaml *baro_draft_extend(baro_drafter *d, const baro_yaml *root)
{
    const char *paths[MOST_FILES];
    const baro_yaml *above[MOST_FILES];
    size_t n = 0;
    while (root->kind == BARO_YAML_MAP) {
        const baro_yaml *at = baro_draft_child(root, "extends"), *next = NULL;
        paths[n] = root->source;
        above[n++] = root;
        bool is_text = at != NULL && at->kind == BARO_YAML_SCALAR && at->length > 0;
        if (at != NULL && !is_text && n > 1) { /* that of the nearest file is found at fault by the table of keys */
            baro_draft_fault(d, at, "'extends' must be text: an id, or a file");
            return NULL;
        }
        if (!is_text)
            break;
        const char *path = path_of(d, at);
        if (path == NULL)
            return NULL;
        for (size_t i = 0; i < n; i++)
            if (same_file(paths[i], path)) {
                baro_draft_fault(d, at, "'extends' comes back to %s; a survey cannot start from itself", baro_draft_quote(d, path));
                return NULL;
            }
        if (n == MOST_FILES) {
            baro_draft_fault(d, at, "'extends' goes over more than %d files", MOST_FILES);
            return NULL;
        }
        baro_status status = baro_yaml_read(path, d->arena, &next, d->error);
        if (status != BARO_OK) {
            d->status = status == BARO_NO_MEMORY ? status : BARO_BAD_SURVEY;
            return NULL;
        }
        root = next;
    }
    if (root->kind != BARO_YAML_MAP) {
        baro_draft_fault(d, root, "a survey file is a map of keys, as in 'survey: {id: pas}'");
        return NULL;
    }
    const char **extended = baro_draft_array(d, n, sizeof *extended);
    for (size_t i = 1; extended != NULL && i < n; i++)
        extended[i - 1] = paths[i];
    d->extended = (baro_texts){extended, extended == NULL ? 0 : n - 1};
    if (n > 1)
        root = without_batteries(d, root);
    for (size_t i = n - 1; i-- > 0;)
        root = overlay(d, NULL, root, without_batteries(d, above[i]));
    return root;
}
