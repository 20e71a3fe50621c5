/* YAML by libyaml's events, because only events keep line and column; nothing of YAML that survey files do not need. */
#include "io/readers/yaml.h"
#include "io/base/text.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MOST_BYTES = 1024 * 1024, MOST_SCALAR = 4096, MOST_DEPTH = 16 };

typedef struct {
    const char *source;
    baro_arena *arena;
    baro_error *error;
    yaml_parser_t parser;
    baro_status status; /* of the first fault; reading goes on after one where the rest can still be understood */
} reader;

/** Children of a list or map while their number is not known. */
typedef struct {
    const baro_yaml **key, **item;
    size_t n, room;
} pile;

static baro_where_it_is place_at(const reader *r, yaml_mark_t mark)
{
    return (baro_where_it_is){r->source, mark.line + 1, mark.column + 1};
}

static void no_memory(reader *r)
{
    r->status = BARO_NO_MEMORY;
}

static void fault(reader *r, yaml_mark_t mark, const char *message)
{
    baro_status status = baro_fault_add(r->error, BARO_BAD_SURVEY, place_at(r, mark), "%s", message);
    if (r->status == BARO_OK)
        r->status = status;
}

static bool next_event(reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return true;
    if (r->parser.error == YAML_MEMORY_ERROR) {
        no_memory(r);
        return false;
    }
    const char *problem = r->parser.problem != NULL ? r->parser.problem : "not understood";
    baro_where_it_is place = place_at(r, r->parser.problem_mark);
    baro_status status = baro_fault_add(r->error, BARO_BAD_SURVEY, place, "cannot be read as YAML: %s", problem);
    if (r->status == BARO_OK)
        r->status = status;
    return false;
}

static bool pile_add(reader *r, pile *p, const baro_yaml *key, const baro_yaml *item)
{
    if (p->n == p->room) {
        size_t room = p->room == 0 ? 8 : p->room * 2;
        const baro_yaml **keys = BARO_ARRAY(r->arena, const baro_yaml *, room);
        const baro_yaml **items = BARO_ARRAY(r->arena, const baro_yaml *, room);
        if (keys == NULL || items == NULL) {
            no_memory(r);
            return false;
        }
        if (p->n > 0) {
            memcpy(keys, p->key, p->n * sizeof *keys);
            memcpy(items, p->item, p->n * sizeof *items);
        }
        p->key = keys;
        p->item = items;
        p->room = room;
    }
    p->key[p->n] = key;
    p->item[p->n++] = item;
    return true;
}

static baro_yaml *new_node(reader *r, baro_yaml_kind kind, yaml_mark_t mark)
{
    baro_yaml *node = BARO_NEW(r->arena, baro_yaml);
    if (node == NULL) {
        no_memory(r);
        return NULL;
    }
    node->kind = kind;
    node->source = r->source;
    node->line = mark.line + 1;
    node->column = mark.column + 1;
    return node;
}

static void refuse_anchor_and_tag(reader *r, yaml_mark_t mark, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        fault(r, mark, "anchors (&) are not read; write the value again where it is needed");
    if (tag != NULL)
        fault(r, mark, "tags (!) are not read; put text that begins with ! in quotes");
}

static const baro_yaml *read_scalar(reader *r, const yaml_event_t *event)
{
    yaml_mark_t mark = event->start_mark;
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;
    refuse_anchor_and_tag(r, mark, event->data.scalar.anchor, event->data.scalar.tag);
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        while (length > 0 &&
               text[length - 1] == '\n') /* the line end of a block belongs to the file, not to the text */
            length--;
    if (length > MOST_SCALAR)
        fault(r, mark, "text of over 4096 bytes; shorten it");
    else if (baro_text_has_control(text, length))
        fault(r, mark, "a control byte (line end, tab, escape) in a text; take it out, write the text on one line");
    baro_yaml *node = new_node(r, BARO_YAML_SCALAR, mark);
    if (node == NULL)
        return NULL;
    node->text = baro_arena_text(r->arena, text, length);
    node->length = length;
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (node->text == NULL) {
        no_memory(r);
        return NULL;
    }
    return node;
}

static int by_text(const void *a, const void *b)
{
    const baro_yaml *x = *(const baro_yaml *const *)a, *y = *(const baro_yaml *const *)b;
    int order = strcmp(x->text, y->text);
    if (order != 0)
        return order;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/** Sorted, so that a hostile map of a hundred thousand keys costs no square of it. */
static void refuse_duplicates(reader *r, const pile *p)
{
    if (p->n < 2)
        return;
    const baro_yaml **sorted = BARO_ARRAY(r->arena, const baro_yaml *, p->n);
    if (sorted == NULL) {
        no_memory(r);
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->key[i]->kind == BARO_YAML_SCALAR)
            sorted[n++] = p->key[i];
    qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(sorted[i - 1]->text, sorted[i]->text) != 0)
            continue;
        char shown[400];
        baro_text_quote(sorted[i]->text, sorted[i]->length, shown, sizeof shown);
        baro_where_it_is place = {r->source, sorted[i]->line, sorted[i]->column};
        baro_status status =
            baro_fault_add(r->error, BARO_BAD_SURVEY, place, "key '%s' again; it stands at line %zu already", shown,
                           sorted[i - 1]->line);
        if (r->status == BARO_OK)
            r->status = status;
    }
}

static const baro_yaml *read_node(reader *r, yaml_event_t *event, unsigned depth);

static bool read_children(reader *r, pile *p, bool is_map, unsigned depth)
{
    for (;;) {
        yaml_event_t event;
        if (!next_event(r, &event))
            return false;
        if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        const baro_yaml *key = NULL;
        if (is_map) {
            if (event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT)
                fault(r, event.start_mark,
                      "a key must be plain text, not a list or a map; put text with brackets in quotes");
            key = read_node(r, &event, depth + 1);
            if (key == NULL || !next_event(r, &event))
                return false;
        }
        const baro_yaml *item = read_node(r, &event, depth + 1);
        if (item == NULL || !pile_add(r, p, key, item))
            return false;
    }
}

static const baro_yaml *read_collection(reader *r, yaml_mark_t mark, bool is_map, unsigned depth)
{
    if (depth > MOST_DEPTH) {
        fault(r, mark, "lists and maps stand more than 16 deep");
        return NULL;
    }
    baro_yaml *node = new_node(r, is_map ? BARO_YAML_MAP : BARO_YAML_LIST, mark);
    pile p = {0};
    if (node == NULL || !read_children(r, &p, is_map, depth))
        return NULL;
    if (is_map)
        refuse_duplicates(r, &p);
    node->count = p.n;
    node->item = p.item;
    node->key = is_map ? p.key : NULL;
    return node;
}

/** Takes the event over: it is deleted here. NULL where reading cannot go on. */
static const baro_yaml *read_node(reader *r, yaml_event_t *event, unsigned depth)
{
    const baro_yaml *node = NULL;
    yaml_mark_t mark = event->start_mark;
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    switch (event->type) {
    case YAML_SCALAR_EVENT: node = read_scalar(r, event); break;
    case YAML_ALIAS_EVENT: {
        fault(r, mark, "aliases (*) are not read; put text that begins with * in quotes");
        baro_yaml *empty = new_node(r, BARO_YAML_SCALAR, mark);
        if (empty != NULL)
            empty->text = "";
        node = empty;
        break;
    }
    case YAML_SEQUENCE_START_EVENT:
        refuse_anchor_and_tag(r, mark, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_anchor_and_tag(r, mark, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        break;
    default: fault(r, mark, "cannot be read as YAML: a value is missing"); break;
    }
    bool collection = is_map || event->type == YAML_SEQUENCE_START_EVENT;
    yaml_event_delete(event);
    return collection ? read_collection(r, mark, is_map, depth) : node;
}

static const baro_yaml *read_document(reader *r)
{
    yaml_event_t event;
    const baro_yaml *root = NULL;
    if (!next_event(r, &event)) /* start of the stream */
        return NULL;
    yaml_event_delete(&event);
    if (!next_event(r, &event))
        return NULL;
    if (event.type == YAML_STREAM_END_EVENT) {
        yaml_event_delete(&event);
        fault(r, (yaml_mark_t){0}, "the file is empty; a map of keys is expected");
        return NULL;
    }
    yaml_event_delete(&event);
    if (!next_event(r, &event) || (root = read_node(r, &event, 1)) == NULL || !next_event(r, &event))
        return NULL;
    yaml_event_delete(&event); /* end of the document */
    if (!next_event(r, &event))
        return NULL;
    if (event.type != YAML_STREAM_END_EVENT)
        fault(r, event.start_mark, "a second document begins here; one file holds one");
    yaml_event_delete(&event);
    return root;
}

/** libyaml names no column for these, so they are looked for first. */
static void check_bytes(reader *r, const char *text, size_t length)
{
    size_t valid = baro_text_valid(text, length), line = 1, column = 1;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool c1 = byte == 0xC2 && i + 1 < valid && (unsigned char)text[i + 1] < 0xA0;
        baro_where_it_is place = {r->source, line, column};
        if (i >= valid && byte != 0) {
            r->status = baro_fault_add(r->error, BARO_BAD_SURVEY, place,
                                       "byte 0x%02X is not UTF-8; save the file as UTF-8", byte);
            return;
        }
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F || c1) {
            r->status = baro_fault_add(r->error, BARO_BAD_SURVEY, place, "control byte 0x%02X; take it out",
                                       c1 ? (unsigned char)text[i + 1] : byte);
            if (byte == 0)
                return;
        }
        if (byte == '\n' || (byte == '\r' && !(i + 1 < length && text[i + 1] == '\n'))) {
            line++;
            column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            column++;
        }
    }
}

baro_status baro_yaml_parse(const char *source, const char *text, size_t length, baro_arena *arena,
                            const baro_yaml **out, baro_error *error)
{
    reader r = {.source = source, .arena = arena, .error = error, .status = BARO_OK};
    if (length > MOST_BYTES)
        return baro_fault_add(error, BARO_BAD_SURVEY, (baro_where_it_is){source, 0, 0}, "the file is over 1 MB");
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    check_bytes(&r, text, length);
    if (r.status != BARO_OK)
        return r.status;
    if (!yaml_parser_initialize(&r.parser))
        return BARO_NO_MEMORY;
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, length);
    const baro_yaml *root = read_document(&r);
    yaml_parser_delete(&r.parser);
    if (r.status == BARO_OK)
        *out = root;
    return r.status;
}

static baro_status cannot_open(const char *path, int number, baro_error *error)
{
    return baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){path, 0, 0}, "cannot open: %s", strerror(number));
}

baro_status baro_yaml_read(const char *path, baro_arena *arena, const baro_yaml **out, baro_error *error)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return cannot_open(path, errno, error);
    char *bytes = malloc(MOST_BYTES + 1);
    if (bytes == NULL) {
        fclose(file);
        return BARO_NO_MEMORY;
    }
    errno = 0;
    size_t length = fread(bytes, 1, MOST_BYTES + 1, file);
    int number = ferror(file) ? errno : 0;
    fclose(file);
    baro_status status =
        number != 0 ? cannot_open(path, number, error) : baro_yaml_parse(path, bytes, length, arena, out, error);
    free(bytes);
    return status;
}
