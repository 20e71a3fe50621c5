/* What all parts of reading a survey file share: faults with places, children of maps, spellings that may stand once.
 */
#include "surveys/model/draft.h"
#include "io/base/text.h"
#include "surveys/model/where.h"
#include <stdarg.h>
#include <string.h>

void baro_draft_no_memory(baro_drafter *d)
{
    d->status = BARO_NO_MEMORY;
}

void baro_draft_fault(baro_drafter *d, const baro_yaml *at, const char *format, ...)
{
    char message[2048];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    baro_where_it_is place = {at == NULL ? d->path : at->source, at == NULL ? 0 : at->line, at == NULL ? 0 : at->column};
    baro_status status = baro_fault_add(d->error, BARO_BAD_SURVEY, place, "%s", message);
    if (d->status == BARO_OK)
        d->status = status;
}

const char *baro_draft_line(baro_drafter *d, const baro_yaml *at, baro_position earlier)
{
    bool elsewhere = at != NULL && earlier.path != NULL && strcmp(earlier.path, at->source) != 0;
    const char *words = baro_arena_format(d->arena, "line %zu%s%s", earlier.line, elsewhere ? " of " : "",
                                          elsewhere ? baro_draft_quote(d, earlier.path) : "");
    if (words == NULL)
        baro_draft_no_memory(d);
    return words == NULL ? "" : words;
}

void *baro_draft_array(baro_drafter *d, size_t count, size_t size)
{
    void *memory = baro_arena_array(d->arena, count, size);
    if (memory == NULL)
        baro_draft_no_memory(d);
    return memory;
}

const char *baro_draft_quote(baro_drafter *d, const char *text)
{
    char shown[400];
    const char *copy = baro_arena_string(d->arena, baro_text_quote(text, strlen(text), shown, sizeof shown));
    if (copy == NULL)
        baro_draft_no_memory(d);
    return copy == NULL ? "" : copy;
}

const char *baro_draft_hint(baro_drafter *d, const char *word, const char *const *candidates, size_t n)
{
    if (baro_error_faults(d->error) >= BARO_FAULTS_SHOWN) /* nobody will see it, and it costs */
        return "";
    const char *near = baro_text_nearest(word, candidates, n);
    for (size_t i = 0; i < n && near == NULL; i++)
        if (baro_text_same_case_blind(word, candidates[i]))
            near = candidates[i];
    if (near == NULL)
        return "";
    const char *hint = baro_arena_format(d->arena, "; did you mean '%s'?", baro_draft_quote(d, near));
    if (hint == NULL)
        baro_draft_no_memory(d);
    return hint == NULL ? "" : hint;
}

static size_t index_of(const baro_yaml *map, const char *key)
{
    if (map == NULL || map->kind != BARO_YAML_MAP)
        return SIZE_MAX;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return i;
    return SIZE_MAX;
}

const baro_yaml *baro_draft_child(const baro_yaml *map, const char *key)
{
    size_t i = index_of(map, key);
    return i == SIZE_MAX ? NULL : map->item[i];
}

const baro_yaml *baro_draft_key(const baro_yaml *map, const char *key)
{
    size_t i = index_of(map, key);
    return i == SIZE_MAX ? NULL : map->key[i];
}

const baro_yaml *baro_draft_at(const baro_yaml *map, const char *key)
{
    const baro_yaml *child = baro_draft_child(map, key);
    return child == NULL ? map : child;
}

const baro_yaml *baro_draft_item(const baro_yaml *map, const char *key, size_t i)
{
    const baro_yaml *list = baro_draft_at(map, key);
    return list != NULL && list->kind == BARO_YAML_LIST && i < list->count ? list->item[i] : list;
}

baro_position baro_draft_position(const baro_yaml *node)
{
    return node == NULL ? (baro_position){0} : (baro_position){node->line, node->column, node->source};
}

void baro_draft_id(baro_drafter *d, const baro_yaml *at, const char *id)
{
    bool good = id[0] != '\0' && id[0] != '.' && id[0] != '-';
    for (const char *p = id; *p != '\0' && good; p++)
        good = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' ||
               *p == '-' || *p == '.' || (unsigned char)*p >= 0x80;
    if (!good)
        baro_draft_fault(d, at, "id '%s' can be named in no option or file name; use letters, digits, '_', '-' and '.'",
                         baro_draft_quote(d, id));
}

void baro_draft_where(baro_drafter *d, const baro_yaml *at, const char *text)
{
    const baro_where *where = NULL;
    baro_where_it_is place = {at->source, at->line, at->column};
    baro_status status = baro_where_parse(text, place, BARO_BAD_SURVEY, d->arena, &where, d->error);
    if (d->status == BARO_OK || status == BARO_NO_MEMORY)
        d->status = status;
}

typedef struct {
    const char *text; /* canonical; NULL: free */
    size_t length, owner;
} spelling;

struct baro_spellings {
    baro_drafter *d;
    bool ignore_case;
    size_t n, room; /* room is a power of two, at least twice n */
    spelling *slots;
};

baro_spellings *baro_spellings_new(baro_drafter *d, bool ignore_case)
{
    baro_spellings *set = baro_draft_array(d, 1, sizeof *set);
    if (set == NULL)
        return NULL;
    *set = (baro_spellings){.d = d, .ignore_case = ignore_case};
    return set;
}

static spelling *slot_of(const baro_spellings *set, const char *text, size_t length)
{
    size_t i = (size_t)baro_text_hash(text, length) & (set->room - 1);
    while (set->slots[i].text != NULL &&
           (set->slots[i].length != length || memcmp(set->slots[i].text, text, length) != 0))
        i = (i + 1) & (set->room - 1);
    return &set->slots[i];
}

static bool make_room(baro_spellings *set)
{
    if (set->room > 0 && set->n < set->room / 2)
        return true;
    baro_spellings old = *set;
    size_t room = set->room == 0 ? 16 : set->room * 2;
    spelling *slots = baro_draft_array(set->d, room, sizeof *slots);
    if (slots == NULL)
        return false;
    set->slots = slots;
    set->room = room;
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].text != NULL)
            *slot_of(set, old.slots[i].text, old.slots[i].length) = old.slots[i];
    return true;
}

bool baro_spellings_add(baro_spellings *set, const char *text, size_t owner, size_t *earlier)
{
    size_t length = strlen(text);
    *earlier = SIZE_MAX;
    char *canonical = set == NULL ? NULL : baro_draft_array(set->d, length + 1, 1);
    if (canonical == NULL || !make_room(set))
        return false;
    length = baro_text_canonical(text, length, set->ignore_case, canonical);
    spelling *slot = slot_of(set, canonical, length);
    if (slot->text != NULL) {
        *earlier = slot->owner;
        return false;
    }
    *slot = (spelling){canonical, length, owner};
    set->n++;
    return true;
}

size_t baro_spellings_find(const baro_spellings *set, const char *text)
{
    size_t length = strlen(text);
    char *canonical = set == NULL || set->room == 0 ? NULL : baro_draft_array(set->d, length + 1, 1);
    if (canonical == NULL)
        return SIZE_MAX;
    length = baro_text_canonical(text, length, set->ignore_case, canonical);
    const spelling *slot = slot_of(set, canonical, length);
    return slot->text == NULL ? SIZE_MAX : slot->owner;
}
