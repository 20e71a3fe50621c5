/* Two tidy tables, row by row: rows are told apart by their key columns, as a person would tell them. */
#include "surveys/publishing/differ.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

const char *const baro_key_columns[BARO_KEYS] = {"survey", "measure", "statistic", "level", "by",      "group",
                                                 "by2",    "group2",  "period",    "from",  "against"};

const char *baro_moved_words(baro_moved_why why)
{
    static const char *const words[BARO_MOVED_KINDS] = {"data",   "weights", "definition", "method", "rounding",
                                                        "hidden", "added",   "removed"};
    return words[why];
}

/* One side: its columns of keys, and its rows in the order of their keys. */
typedef struct {
    const baro_grid *grid;
    size_t key[BARO_KEYS]; /* SIZE_MAX: no such column */
    size_t *order;         /* [rows] */
} side;

typedef struct {
    const char *file;
    baro_arena *arena;
    baro_moves *out;
    side before, after;
    baro_status status;
} comparison;

static const char *key_of(const side *s, size_t row, size_t k)
{
    return s->key[k] == SIZE_MAX ? "" : s->grid->cell[row * s->grid->columns + s->key[k]];
}

static const char *cell_of(const side *s, size_t row, const char *name)
{
    size_t column = baro_grid_column(s->grid, name);
    return column == SIZE_MAX ? NULL : s->grid->cell[row * s->grid->columns + column];
}

static int compare_rows(const side *a, size_t i, const side *b, size_t j)
{
    for (size_t k = 0; k < BARO_KEYS; k++) {
        int order = strcmp(key_of(a, i, k), key_of(b, j, k));
        if (order != 0)
            return order;
    }
    return 0;
}

/* A merge sort, because a comparison here needs its side; rows of equal keys stay in their order. */
static void sort_rows(const side *s, size_t *row, size_t *room, size_t n)
{
    size_t half = n / 2;
    if (n < 2)
        return;
    sort_rows(s, row, room, half);
    sort_rows(s, row + half, room, n - half);
    memcpy(room, row, n * sizeof *row);
    for (size_t i = 0, j = half, to = 0; to < n; to++)
        row[to] = j == n || (i < half && compare_rows(s, room[i], s, room[j]) <= 0) ? room[i++] : room[j++];
}

static bool open_side(side *s, const baro_grid *grid, baro_arena *arena)
{
    *s = (side){.grid = grid, .order = BARO_ARRAY(arena, size_t, grid->rows + 1)};
    size_t *room = BARO_ARRAY(arena, size_t, grid->rows + 1);
    for (size_t k = 0; k < BARO_KEYS; k++)
        s->key[k] = baro_grid_column(grid, baro_key_columns[k]);
    size_t test = baro_grid_column(grid, "test");
    if (test != SIZE_MAX) /* its statistic is a number, not a name */
        s->key[2] = test;
    if (s->key[8] == SIZE_MAX) /* a change of a gap is named by the window it ends with */
        s->key[8] = baro_grid_column(grid, "to");
    if (!s->order || !room)
        return false;
    for (size_t i = 0; i < grid->rows; i++)
        s->order[i] = i;
    sort_rows(s, s->order, room, grid->rows);
    return true;
}

static bool is_key(const side *s, const char *name)
{
    if (strcmp(name, "statistic") == 0 && baro_grid_column(s->grid, "test") != SIZE_MAX)
        return false;
    for (size_t k = 0; k < BARO_KEYS; k++)
        if (strcmp(baro_key_columns[k], name) == 0)
            return true;
    return strcmp(name, "to") == 0 || strcmp(name, "test") == 0;
}

bool baro_same_number(const char *a, const char *b)
{
    double x, y;
    if (strcmp(a, b) == 0)
        return true;
    return baro_number_read(a, strlen(a), '.', &x) && baro_number_read(b, strlen(b), '.', &y) &&
           fabs(x - y) <= 1e-9 * fmax(fabs(x), fabs(y));
}

static bool moved(const comparison *c, size_t i, size_t j, const char *name)
{
    const char *a = cell_of(&c->before, i, name), *b = cell_of(&c->after, j, name);
    return a && b && !baro_same_number(a, b);
}

/* Why a row's numbers moved: the first thing that others follow from. */
static baro_moved_why why_of(const comparison *c, size_t i, size_t j)
{
    static const struct {
        const char *column;
        baro_moved_why why;
    } causes[] = {{"base", BARO_MOVED_DATA},           {"weighted_base", BARO_MOVED_WEIGHTS},
                  {"estimate", BARO_MOVED_DEFINITION}, {"gap_to", BARO_MOVED_DEFINITION},
                  {"gap_from", BARO_MOVED_DEFINITION}, {"range", BARO_MOVED_DEFINITION}};
    for (size_t k = 0; k < sizeof causes / sizeof *causes; k++)
        if (moved(c, i, j, causes[k].column))
            return causes[k].why;
    return BARO_MOVED_METHOD;
}

static void add(comparison *c, const baro_moved *one)
{
    baro_moves *out = c->out;
    if (out->n == out->room) {
        size_t room = 2 * out->room + 256;
        baro_moved *more = BARO_ARRAY(c->arena, baro_moved, room);
        if (!more) {
            c->status = BARO_NO_MEMORY;
            return;
        }
        if (out->n > 0)
            memcpy(more, out->item, out->n * sizeof *more);
        out->item = more;
        out->room = room;
    }
    out->item[out->n++] = *one;
    out->count[one->why]++;
}

static const char *const *keys_of(comparison *c, const side *s, size_t row)
{
    const char **key = BARO_ARRAY(c->arena, const char *, BARO_KEYS);
    if (!key)
        c->status = BARO_NO_MEMORY;
    for (size_t k = 0; key && k < BARO_KEYS; k++)
        key[k] = key_of(s, row, k);
    return key;
}

static void whole_row(comparison *c, const side *s, size_t row, baro_moved_why why)
{
    const baro_moved one = {
        .file = c->file, .key = keys_of(c, s, row), .column = "", .before = "", .after = "", .why = why};
    if (one.key)
        add(c, &one);
}

static void compare_cells(comparison *c, size_t i, size_t j)
{
    const baro_grid *grid = c->before.grid;
    const char *const *key = NULL;
    for (size_t column = 0; column < grid->columns && c->status == BARO_OK; column++) {
        const char *name = grid->name[column], *a = grid->cell[i * grid->columns + column],
                   *b = cell_of(&c->after, j, name);
        if (is_key(&c->before, name) || !b || strcmp(a, b) == 0)
            continue;
        key = key ? key : keys_of(c, &c->after, j);
        if (!key)
            return;
        const baro_moved one = {.file = c->file,
                                .key = key,
                                .column = name,
                                .before = a,
                                .after = b,
                                .why = !*a || !*b              ? BARO_MOVED_HIDDEN
                                       : baro_same_number(a, b) ? BARO_MOVED_ROUNDING
                                                                : why_of(c, i, j)};
        add(c, &one);
    }
}

baro_status baro_grids_differ(const char *file, const baro_grid *before, const baro_grid *after, baro_arena *arena,
                              baro_moves *out)
{
    comparison c = {.file = file, .arena = arena, .out = out};
    if (!open_side(&c.before, before, arena) || !open_side(&c.after, after, arena))
        return BARO_NO_MEMORY;
    for (size_t i = 0, j = 0; (i < before->rows || j < after->rows) && c.status == BARO_OK;) {
        size_t a = i < before->rows ? c.before.order[i] : 0, b = j < after->rows ? c.after.order[j] : 0;
        int order = i == before->rows  ? 1
                    : j == after->rows ? -1
                                       : compare_rows(&c.before, a, &c.after, b);
        if (order == 0)
            compare_cells(&c, a, b);
        else
            whole_row(&c, order < 0 ? &c.before : &c.after, order < 0 ? a : b,
                      order < 0 ? BARO_MOVED_REMOVED : BARO_MOVED_ADDED);
        i += order <= 0;
        j += order >= 0;
    }
    return c.status;
}
