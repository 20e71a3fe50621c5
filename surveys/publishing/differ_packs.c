/* Two packs: what they were made from, and every number in them. */
#include "io/readers/yaml.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/differ.h"
#include <string.h>

typedef struct {
    const char *before, *after; /* folders */
    baro_arena *arena;
    baro_error *error;
    baro_difference *out;
    size_t room;
    bool data, definition; /* inputs of these kinds are others */
    baro_status status;
} packs;

/* ---- reasons ---- */

static void say(packs *p, const char *sentence)
{
    baro_difference *out = p->out;
    if (out->n_reasons == p->room) {
        size_t room = 2 * p->room + 32;
        const char **more = BARO_ARRAY(p->arena, const char *, room);
        if (more && out->n_reasons > 0)
            memcpy(more, out->reason, out->n_reasons * sizeof *more);
        p->status = more ? p->status : BARO_NO_MEMORY;
        out->reason = more ? more : out->reason;
        p->room = more ? room : p->room;
    }
    if (!sentence || p->status)
        p->status = BARO_NO_MEMORY;
    else
        out->reason[out->n_reasons++] = sentence;
}

static const baro_pack_input *input_of(const baro_manifest *manifest, const baro_pack_input *like)
{
    for (size_t i = 0; i < manifest->n_inputs; i++)
        if (strcmp(manifest->input[i].role, like->role) == 0 && strcmp(manifest->input[i].name, like->name) == 0)
            return &manifest->input[i];
    return NULL;
}

static bool same_tree(const baro_yaml *a, const baro_yaml *b)
{
    bool same = a->kind == b->kind && a->count == b->count;
    if (a->kind == BARO_YAML_SCALAR)
        return same && strcmp(a->text, b->text) == 0;
    for (size_t i = 0; same && i < a->count; i++)
        same = (a->kind != BARO_YAML_MAP || strcmp(a->key[i]->text, b->key[i]->text) == 0) &&
               same_tree(a->item[i], b->item[i]);
    return same;
}

static const baro_yaml *value_of(const baro_yaml *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

/* Under which of its keys a survey file is another; "" when only its layout is. */
static const char *other_keys(packs *p, const char *name)
{
    const baro_yaml *a, *b;
    baro_error *unsaid = baro_error_new();
    const char *first = baro_arena_format(p->arena, "%s/definitions/%s", p->before, name),
               *second = baro_arena_format(p->arena, "%s/definitions/%s", p->after, name), *text = NULL;
    bool read = unsaid && first && second && baro_yaml_read(first, p->arena, &a, unsaid) == BARO_OK &&
                baro_yaml_read(second, p->arena, &b, unsaid) == BARO_OK && a->kind == BARO_YAML_MAP &&
                b->kind == BARO_YAML_MAP;
    baro_error_free(unsaid);
    if (!read)
        return NULL;
    text = "";
    for (size_t i = 0; i < b->count && text; i++) {
        const baro_yaml *old = value_of(a, b->key[i]->text);
        if (!old || !same_tree(old, b->item[i]))
            text = baro_arena_format(p->arena, "%s%s%s", text, *text ? ", " : "", b->key[i]->text);
    }
    for (size_t i = 0; i < a->count && text; i++)
        if (!value_of(b, a->key[i]->text))
            text = baro_arena_format(p->arena, "%s%s%s", text, *text ? ", " : "", a->key[i]->text);
    return text;
}

static void note_kind(packs *p, const baro_pack_input *input)
{
    bool data = strcmp(input->role, "data") == 0;
    p->data = p->data || data;
    p->definition = p->definition || (!data && strcmp(input->role, "since") != 0 && strcmp(input->role, "logo") != 0);
}

static void compare_input(packs *p, const baro_pack_input *now)
{
    const baro_pack_input *then = input_of(&p->out->before, now);
    if (!then || strcmp(then->sum, now->sum) != 0)
        note_kind(p, now);
    if (!then) {
        say(p, baro_arena_format(p->arena, "%s: %s is new", now->role, now->name));
        return;
    }
    if (strcmp(then->sum, now->sum) == 0)
        return;
    const char *keys = strcmp(now->role, "survey") == 0 || strcmp(now->role, "extends") == 0
                           ? other_keys(p, now->name)
                           : NULL;
    if (keys && *keys)
        say(p, baro_arena_format(p->arena, "%s: %s is another file, under %s", now->role, now->name, keys));
    else
        say(p, baro_arena_format(p->arena, "%s: %s is another file%s", now->role, now->name,
                                 keys ? ", of the same meaning" : ""));
}

static bool same_command(const baro_manifest *a, const baro_manifest *b)
{
    bool same = a->n_command == b->n_command;
    for (size_t i = 0; same && i < a->n_command; i++)
        same = strcmp(a->command[i], b->command[i]) == 0;
    return same;
}

static void compare_manifests(packs *p)
{
    const baro_manifest *then = &p->out->before, *now = &p->out->after;
    if (strcmp(then->version, now->version) != 0)
        say(p, baro_arena_format(p->arena, "version: %s, then %s", then->version, now->version));
    if (!same_command(then, now))
        say(p, "command: its words are others");
    for (size_t i = 0; i < now->n_inputs && p->status == BARO_OK; i++)
        compare_input(p, &now->input[i]);
    for (size_t i = 0; i < then->n_inputs && p->status == BARO_OK; i++)
        if (!input_of(now, &then->input[i])) {
            note_kind(p, &then->input[i]);
            say(p, baro_arena_format(p->arena, "%s: %s is no longer there", then->input[i].role, then->input[i].name));
        }
}

/* The same interviews with other levels: other answers, where the data are others and the survey files are not. */
static void blame_data(const packs *p)
{
    baro_moves *moves = &p->out->moves;
    for (size_t i = 0; p->data && !p->definition && i < moves->n; i++) {
        baro_moved *one = &moves->item[i];
        if (one->why != BARO_MOVED_DEFINITION && one->why != BARO_MOVED_METHOD)
            continue;
        moves->count[one->why]--;
        one->why = BARO_MOVED_DATA;
        moves->count[BARO_MOVED_DATA]++;
    }
}

/* ---- tables ---- */

static bool is_table(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".csv") == 0 &&
           (strncmp(path, "tables/", 7) == 0 || strstr(path, "/tables/") != NULL);
}

static const baro_pack_file *file_of(const baro_manifest *manifest, const char *path)
{
    for (size_t i = 0; i < manifest->n_files; i++)
        if (strcmp(manifest->file[i].path, path) == 0)
            return &manifest->file[i];
    return NULL;
}

static baro_status read_table(const packs *p, const char *folder, const char *path, baro_grid *out)
{
    const char *whole = baro_arena_format(p->arena, "%s/%s", folder, path);
    return whole ? baro_grid_read(whole, p->arena, out, p->error) : BARO_NO_MEMORY;
}

static baro_status compare_table(packs *p, const baro_pack_file *now)
{
    const baro_pack_file *then = file_of(&p->out->before, now->path);
    baro_grid before, after;
    if (!then)
        say(p, baro_arena_format(p->arena, "tables: %s is new", now->path));
    if (!then || strcmp(then->sum, now->sum) == 0)
        return p->status;
    baro_status status = read_table(p, p->before, now->path, &before);
    if (status == BARO_OK)
        status = read_table(p, p->after, now->path, &after);
    return status ? status : baro_grids_differ(now->path, &before, &after, p->arena, &p->out->moves);
}

static baro_status read_manifest(packs *p, const char *folder, baro_manifest *out)
{
    const char *path = baro_arena_format(p->arena, "%s/" BARO_MANIFEST, folder);
    return path ? baro_manifest_read(path, p->arena, out, p->error) : BARO_NO_MEMORY;
}

baro_status baro_packs_differ(const char *before, const char *after, baro_arena *arena, baro_difference *out,
                              baro_error *error)
{
    packs p = {.before = before, .after = after, .arena = arena, .error = error, .out = out};
    *out = (baro_difference){.n_reasons = 0};
    baro_status status = read_manifest(&p, before, &out->before);
    if (status == BARO_OK)
        status = read_manifest(&p, after, &out->after);
    if (status)
        return status;
    compare_manifests(&p);
    for (size_t i = 0; i < out->after.n_files && p.status == BARO_OK; i++)
        if (is_table(out->after.file[i].path))
            p.status = compare_table(&p, &out->after.file[i]);
    for (size_t i = 0; i < out->before.n_files && p.status == BARO_OK; i++)
        if (is_table(out->before.file[i].path) && !file_of(&out->after, out->before.file[i].path))
            say(&p, baro_arena_format(arena, "tables: %s is no longer there", out->before.file[i].path));
    blame_data(&p);
    return p.status;
}

/* ---- sheets ---- */

enum { TIDY = BARO_KEYS + 5, READER = 6 };

static baro_status tidy_sheet(const baro_difference *d, baro_arena *arena, baro_sheet *out)
{
    static const char *const behind[] = {"column", "before", "after", "why"};
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, TIDY);
    baro_cells cells = {.arena = arena};
    if (!column)
        return BARO_NO_MEMORY;
    column[0] = (baro_sheet_column){.name = "file", .description = "Table of the pack", .scale = 1};
    for (size_t k = 0; k < BARO_KEYS; k++)
        column[1 + k] = (baro_sheet_column){.name = baro_key_columns[k], .description = "Key of the row", .scale = 1};
    for (size_t k = 0; k < 4; k++)
        column[1 + BARO_KEYS + k] = (baro_sheet_column){.name = behind[k], .description = "What moved", .scale = 1};
    for (size_t i = 0; i < d->moves.n; i++) {
        const baro_moved *one = &d->moves.item[i];
        baro_cells_text(&cells, one->file);
        for (size_t k = 0; k < BARO_KEYS; k++)
            baro_cells_text(&cells, one->key[k]);
        baro_cells_text(&cells, one->column);
        baro_cells_text(&cells, one->before);
        baro_cells_text(&cells, one->after);
        baro_cells_text(&cells, baro_moved_words(one->why));
    }
    *out = (baro_sheet){.id = "differences",
                        .title = "Numbers that differ",
                        .notes = d->reason,
                        .n_notes = d->n_reasons,
                        .columns = column,
                        .n_columns = TIDY,
                        .row_headers = 1 + BARO_KEYS};
    return baro_cells_end(&cells, out);
}

/* "trust, Age: 16 to 24, 2023 Q1" */
static const char *row_words(const baro_moved *one, baro_arena *arena)
{
    const char *text = "";
    for (size_t k = 1; k < BARO_KEYS && text; k++)
        if (*one->key[k] && k != 2) /* the statistic goes without saying */
            text = baro_arena_format(arena, "%s%s%s", text, *text ? ", " : "", one->key[k]);
    return text;
}

static baro_status reader_sheet(const baro_difference *d, baro_arena *arena, baro_sheet *out)
{
    static const baro_sheet_column columns[READER] = {{.name = "Table", .keep = true, .scale = 1},
                                                      {.name = "Row", .keep = true, .scale = 1},
                                                      {.name = "Number", .keep = true, .scale = 1},
                                                      {.name = "Before", .keep = true, .scale = 1},
                                                      {.name = "After", .keep = true, .scale = 1},
                                                      {.name = "Why", .keep = true, .scale = 1}};
    baro_cells cells = {.arena = arena};
    const baro_moved *last = NULL;
    for (size_t i = 0; i < d->moves.n; i++) {
        const baro_moved *one = &d->moves.item[i];
        if (last && last->key == one->key && *one->column)
            continue; /* the first number that moved speaks for its row */
        last = one;
        baro_cells_text(&cells, one->file);
        baro_cells_text(&cells, row_words(one, arena));
        baro_cells_text(&cells, *one->column ? one->column : "the row");
        baro_cells_text(&cells, one->before);
        baro_cells_text(&cells, one->after);
        baro_cells_text(&cells, baro_moved_words(one->why));
    }
    *out = (baro_sheet){.id = "differences",
                        .title = d->moves.n ? "Numbers that differ, the first of each row" : "No number differs",
                        .notes = d->reason,
                        .n_notes = d->n_reasons,
                        .columns = columns,
                        .n_columns = d->moves.n ? READER : 0,
                        .row_headers = 2};
    return d->moves.n ? baro_cells_end(&cells, out) : BARO_OK;
}

baro_status baro_sheets_differ(const baro_difference *difference, bool tidy, baro_arena *arena, baro_sheet **out,
                               size_t *n)
{
    *out = BARO_NEW(arena, baro_sheet);
    *n = 1;
    if (!*out)
        return BARO_NO_MEMORY;
    return tidy ? tidy_sheet(difference, arena, *out) : reader_sheet(difference, arena, *out);
}
