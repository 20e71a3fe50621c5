/* Areas: a list read from its CSV, every spelling once, and what a text names. */
#include "surveys/model/areas.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/model/targets.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CODE, NAME, X, Y, SPELLINGS, COLUMNS, AREAS_MOST = 20000, TILES_MOST = 999, KEY_MOST = 1024 };
static const char *const column_names[COLUMNS] = {"code", "name", "x", "y", "spellings"};

/* ---- one way of writing ---- */

/* An apostrophe, straight or curly, at the start of a text: its bytes, 0 when there is none. */
static size_t apostrophe(const char *at, size_t left)
{
    if (*at == '\'')
        return 1;
    bool curly = left >= 3 && memcmp(at, "\xE2\x80", 2) == 0 && (at[2] == '\x98' || at[2] == '\x99');
    return curly ? 3 : 0;
}

/*
 * Letters in lower case (ASCII only), `&` as the word and, apostrophes left out, any other signs one space. False when nothing is left,
 * or more than KEY_MOST.
 */
static bool make_key(const char *text, size_t length, char out[KEY_MOST])
{
    size_t n = 0, step;
    bool space = false;
    for (size_t i = 0; i < length; i += step) {
        unsigned char c = (unsigned char)text[i];
        bool hard_space = length - i >= 2 && memcmp(text + i, "\xC2\xA0", 2) == 0, sign = c == '&';
        bool letter = ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80) && !hard_space;
        size_t quote = apostrophe(text + i, length - i);
        step = quote ? quote : hard_space ? 2 : 1;
        if (n + 6 >= KEY_MOST)
            return false;
        if (quote)
            continue;
        if (letter || sign) {
            if ((space || sign) && n > 0)
                out[n++] = ' ';
            if (sign) {
                memcpy(out + n, "and", 3);
                n += 3;
            } else
                out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        space = !letter;
    }
    out[n] = '\0';
    return n > 0;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const baro_area_key *)a)->text, ((const baro_area_key *)b)->text);
}

static const baro_area *find_key(const baro_areas *areas, const char *key)
{
    const baro_area_key wanted = {key, 0};
    const baro_area_key *found = bsearch(&wanted, areas->key, areas->n_keys, sizeof *areas->key, compare_keys);
    return found ? &areas->area[found->area] : NULL;
}

const baro_area *baro_areas_find(const baro_areas *areas, const char *text, size_t length)
{
    static const char *const before[] = {"the ", "london borough of ", "royal borough of ", "lb of ", "rb of ", "lb ", "rb "};
    static const char *const behind[] = {" council", " london borough", " borough"};
    char key[KEY_MOST];
    if (!make_key(text, length, key))
        return NULL;
    const char *at = key;
    const baro_area *found = find_key(areas, at);
    for (size_t i = 0; i < sizeof before / sizeof *before && !found; i++)
        if (strncmp(at, before[i], strlen(before[i])) == 0) {
            at += strlen(before[i]);
            found = find_key(areas, at);
        }
    for (size_t i = 0; i < sizeof behind / sizeof *behind && !found; i++) {
        size_t n = strlen(at), end = strlen(behind[i]);
        if (n > end && strcmp(at + n - end, behind[i]) == 0) {
            key[(size_t)(at - key) + n - end] = '\0';
            found = find_key(areas, at);
        }
    }
    return found;
}

const char *baro_areas_name(const baro_areas *areas, const char *text)
{
    const baro_area *area = areas ? baro_areas_find(areas, text, strlen(text)) : NULL;
    return area ? area->name : text;
}

/* ---- where lists are ---- */

const char *baro_areas_path(const char *name, const char *survey, baro_arena *arena)
{
    size_t length = strlen(name);
    if (strchr(name, '/') || (length > 4 && strcmp(name + length - 4, ".csv") == 0)) {
        const char *path = baro_path_beside(survey, name, arena);
        return path && access(path, R_OK) == 0 ? path : NULL;
    }
    const char *file = baro_arena_format(arena, "%s.csv", strcmp(name, "ons-e09") == 0 ? "london-boroughs" : name);
    const char *beside = file && survey ? baro_path_beside(survey, file, arena) : NULL;
    if (beside && access(beside, R_OK) == 0)
        return beside;
    return file ? baro_definition_find(file, arena) : NULL;
}

/* ---- reading a list ---- */

typedef struct {
    const char *path;
    baro_arena *arena;
    baro_error *error;
    const baro_frame *frame;
    baro_area *area;
    size_t *line; /* [n] */
    baro_area_key *key;
    size_t n, n_keys, keys_room;
} reader;

#define FAULT(r, place, ...) baro_fault_add((r)->error, BARO_BAD_SURVEY, place, __VA_ARGS__)

static const baro_entry *entry_at(const reader *r, size_t column, size_t row)
{
    const baro_column *c = baro_frame_column(r->frame, column);
    return &c->entries[baro_column_code(c, row)];
}

/* The column is known where the entry first appears; elsewhere the line alone. */
static baro_where_it_is place_of(const reader *r, size_t column, size_t row)
{
    const baro_entry *entry = entry_at(r, column, row);
    size_t line = baro_frame_row_place(r->frame, row).line;
    bool here = entry->n_places > 0 && entry->places[0].line == line;
    return (baro_where_it_is){r->path, line, here ? entry->places[0].column : 0};
}

static const char *shown(const reader *r, const char *text)
{
    char quoted[BARO_QUOTE_ROOM];
    const char *copy = baro_arena_string(r->arena, baro_text_quote(text, strlen(text), quoted, sizeof quoted));
    return copy ? copy : "?";
}

/* A field without the spaces at its ends. */
static const char *field(const reader *r, size_t column, size_t row)
{
    const baro_entry *entry = entry_at(r, column, row);
    char *text = BARO_ARRAY(r->arena, char, entry->length + 1);
    if (text)
        text[baro_text_canonical(entry->text, entry->length, false, text)] = '\0';
    return text;
}

static baro_status add_key(reader *r, size_t column, size_t row, const char *text)
{
    char key[KEY_MOST];
    if (!make_key(text, strlen(text), key))
        return FAULT(r, place_of(r, column, row), "'%s' is no name: it has no letter or number, or is too long", shown(r, text));
    for (size_t i = 0; i < r->n_keys; i++)
        if (strcmp(r->key[i].text, key) == 0) {
            if (r->key[i].area == r->n)
                return BARO_OK;
            return FAULT(r, place_of(r, column, row), "'%s' is a name of '%s' at line %zu already", shown(r, text),
                         shown(r, r->area[r->key[i].area].name), r->line[r->key[i].area]);
        }
    if (r->n_keys == r->keys_room) {
        size_t room = 2 * r->keys_room + 64;
        baro_area_key *more = BARO_ARRAY(r->arena, baro_area_key, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (r->n_keys > 0)
            memcpy(more, r->key, r->n_keys * sizeof *more);
        r->key = more;
        r->keys_room = room;
    }
    const char *copy = baro_arena_string(r->arena, key);
    if (!copy)
        return BARO_NO_MEMORY;
    r->key[r->n_keys++] = (baro_area_key){copy, r->n};
    return BARO_OK;
}

static baro_status add_spellings(reader *r, size_t row)
{
    const char *at = field(r, SPELLINGS, row);
    baro_status status = at ? BARO_OK : BARO_NO_MEMORY;
    while (at && *at && status == BARO_OK) {
        size_t length = strcspn(at, ";");
        const char *one = baro_arena_format(r->arena, "%.*s", (int)length, at);
        status = one ? add_key(r, SPELLINGS, row, one) : BARO_NO_MEMORY;
        at += length + (at[length] == ';');
    }
    return status;
}

static baro_status read_tile(reader *r, size_t row, baro_area *area)
{
    double xy[2] = {0, 0};
    size_t given = 0;
    for (size_t i = 0; i < 2; i++) {
        const char *text = field(r, X + i, row);
        if (!text)
            return BARO_NO_MEMORY;
        if (!*text)
            continue;
        given++;
        if (!baro_number_read(text, strlen(text), '.', &xy[i]) || !(xy[i] >= 0 && xy[i] <= TILES_MOST) || xy[i] != (unsigned)xy[i])
            return FAULT(r, place_of(r, X + i, row), "'%s' must be a whole number from 0 to %d", column_names[X + i], TILES_MOST);
    }
    if (given == 1)
        return FAULT(r, place_of(r, NAME, row), "'%s' has one of x and y, and no tile without the other", shown(r, area->name));
    area->has_tile = given == 2;
    area->x = (unsigned)xy[0];
    area->y = (unsigned)xy[1];
    for (size_t i = 0; i < r->n && area->has_tile; i++)
        if (r->area[i].has_tile && r->area[i].x == area->x && r->area[i].y == area->y)
            return FAULT(r, place_of(r, NAME, row), "'%s' has the tile of '%s' at line %zu", shown(r, area->name), shown(r, r->area[i].name),
                         r->line[i]);
    return BARO_OK;
}

static baro_status read_area(reader *r, size_t row)
{
    baro_area *area = &r->area[r->n];
    *area = (baro_area){.code = field(r, CODE, row), .name = field(r, NAME, row)};
    r->line[r->n] = baro_frame_row_place(r->frame, row).line;
    if (!area->code || !area->name)
        return BARO_NO_MEMORY;
    if (!*area->name)
        return FAULT(r, place_of(r, NAME, row), "an area without a name");
    baro_status status = add_key(r, NAME, row, area->name);
    if (status == BARO_OK && *area->code)
        status = add_key(r, CODE, row, area->code);
    if (status == BARO_OK)
        status = add_spellings(r, row);
    return status == BARO_OK ? read_tile(r, row, area) : status;
}

static baro_status check_columns(const reader *r)
{
    const baro_source *source = baro_frame_source(r->frame, 0);
    const baro_where_it_is place = {r->path, 1, 0};
    baro_status status = BARO_OK;
    for (size_t c = 0; c < COLUMNS; c++)
        if (!baro_frame_column(r->frame, c)->found[0])
            status = FAULT(r, place, "there is no column '%s'; code, name, x, y and spellings are wanted", column_names[c]);
    for (size_t i = 0; i < source->fields; i++) {
        size_t c = 0;
        while (c < COLUMNS && strcmp(source->header[i], column_names[c]) != 0)
            c++;
        if (c == COLUMNS)
            status = FAULT(r, place, "unknown column '%s'; code, name, x, y and spellings are wanted", shown(r, source->header[i]));
    }
    return status;
}

static int compare_names(const void *a, const void *b)
{
    const baro_area *x = *(const baro_area *const *)a, *y = *(const baro_area *const *)b;
    return strcmp(x->name, y->name);
}

/* By name; keys follow their areas. */
static baro_status sort_all(reader *r, baro_areas *out)
{
    const baro_area **order = BARO_ARRAY(r->arena, const baro_area *, r->n + 1);
    baro_area *sorted = BARO_ARRAY(r->arena, baro_area, r->n + 1);
    size_t *new_place = BARO_ARRAY(r->arena, size_t, r->n + 1);
    if (!order || !sorted || !new_place)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < r->n; i++)
        order[i] = &r->area[i];
    qsort(order, r->n, sizeof *order, compare_names);
    for (size_t i = 0; i < r->n; i++) {
        sorted[i] = *order[i];
        new_place[order[i] - r->area] = i;
        if (sorted[i].has_tile) {
            out->columns = sorted[i].x + 1 > out->columns ? sorted[i].x + 1 : out->columns;
            out->rows = sorted[i].y + 1 > out->rows ? sorted[i].y + 1 : out->rows;
        }
    }
    for (size_t i = 0; i < r->n_keys; i++)
        r->key[i].area = new_place[r->key[i].area];
    if (r->n_keys > 0)
        qsort(r->key, r->n_keys, sizeof *r->key, compare_keys);
    out->area = sorted;
    out->n = r->n;
    out->key = r->key;
    out->n_keys = r->n_keys;
    return BARO_OK;
}

static baro_status gather(reader *r, baro_areas *out)
{
    size_t rows = baro_frame_rows(r->frame);
    baro_status status = check_columns(r);
    if (status)
        return status;
    if (rows > AREAS_MOST)
        return FAULT(r, ((baro_where_it_is){r->path, 0, 0}), "more than %d areas", AREAS_MOST);
    r->area = BARO_ARRAY(r->arena, baro_area, rows + 1);
    r->line = BARO_ARRAY(r->arena, size_t, rows + 1);
    if (!r->area || !r->line)
        return BARO_NO_MEMORY;
    for (size_t row = 0; row < rows && status != BARO_NO_MEMORY; row++) {
        baro_status one = read_area(r, row);
        status = status ? status : one;
        r->n++;
    }
    return status ? status : sort_all(r, out);
}

/* What the reading of CSV found is a fault of a definition, not of data. */
static void as_survey_faults(const baro_error *from, baro_error *into)
{
    for (size_t i = 0; i < baro_error_count(from); i++) {
        const baro_error_entry *entry = baro_error_entry_at(from, i);
        baro_where_it_is place = {entry->source, entry->line, entry->column};
        if (!entry->is_remark)
            baro_fault_add(into, entry->status == BARO_BAD_DATA ? BARO_BAD_SURVEY : entry->status, place, "%s", entry->message);
    }
}

baro_status baro_areas_read(const char *path, baro_arena *arena, baro_areas *out, baro_error *error)
{
    const baro_csv_format format = {.delimiter = ',', .decimal = '.', .header_rows = 1};
    baro_want wants[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        wants[c] = (baro_want){&column_names[c], 1, BARO_TEXT};
    reader r = {.path = path, .arena = arena, .error = error};
    baro_areas read = {.path = path};
    baro_frame *frame = NULL;
    baro_error *own = baro_error_new();
    if (!own)
        return BARO_NO_MEMORY;
    baro_status status = baro_frame_read(&path, 1, &format, wants, COLUMNS, NULL, own, &frame);
    r.frame = frame;
    if (status == BARO_OK)
        status = gather(&r, &read);
    else
        as_survey_faults(own, error);
    baro_error_free(own);
    baro_frame_free(frame);
    if (status == BARO_OK)
        *out = read;
    return status == BARO_BAD_DATA ? BARO_BAD_SURVEY : status;
}
