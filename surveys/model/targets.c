#include "surveys/model/targets.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

enum { MARGIN, CATEGORY, TARGET, AREA, COLUMNS, MARGINS_MOST = 100, CATEGORIES_MOST = 5000, AREAS_MOST = 2000, PARTS_MOST = 4 };

/* Names parted by * outside double quotes. Returns how many, 0 when one is empty or there are too many. */
static size_t cut_words(const char *text, size_t most, const char **word, baro_arena *arena)
{
    size_t n = 0;
    for (const char *at = text;; at++) {
        char *name = BARO_ARRAY(arena, char, strlen(at) + 1);
        size_t length = 0;
        bool quoted = *at == '"';
        if (!name || n == most)
            return 0;
        for (at += quoted; *at && (quoted ? *at != '"' || at[1] == '"' : *at != '*'); at++) {
            at += quoted && *at == '"';
            name[length++] = *at;
        }
        at += quoted && *at == '"';
        if (length == 0 || (*at && *at != '*'))
            return 0;
        word[n++] = name;
        if (!*at)
            return n;
    }
}

/* One line of the file. */
typedef struct {
    const char *text[COLUMNS]; /* canonical; TARGET unused */
    double value;
    size_t line;
} target_line;

/* Lists that grow while lines are read. */
typedef struct {
    const char *path;
    baro_arena *arena;
    baro_error *error;
    const char **area;
    baro_target_margin *margin;
    const char ***label; /* [margins] room for all lines */
    const char ***word;
    target_line *line;
    size_t lines, areas, margins;
} gatherer;

#define FAULT(g, line, ...) baro_fault_add((g)->error, BARO_BAD_DATA, (baro_where_it_is){(g)->path, line, 0}, __VA_ARGS__)

static const char *shown(const gatherer *g, const char *text)
{
    char quoted[BARO_QUOTE_ROOM];
    const char *copy = baro_arena_string(g->arena, baro_text_quote(text, strlen(text), quoted, sizeof quoted));
    return copy ? copy : "?";
}

static size_t find_text(const char *const *list, size_t n, const char *text)
{
    size_t i = 0;
    while (i < n && strcmp(list[i], text) != 0)
        i++;
    return i;
}

static baro_status read_line(gatherer *g, const baro_frame *frame, size_t row, target_line *out)
{
    out->line = baro_frame_row_place(frame, row).line;
    for (size_t c = 0; c < COLUMNS; c++) {
        const baro_column *column = baro_frame_column(frame, c);
        out->text[c] = "";
        if (c == TARGET || (c == AREA && !g->area))
            continue;
        const baro_entry *entry = &column->entries[baro_column_code(column, row)];
        char *text = BARO_ARRAY(g->arena, char, entry->length + 1);
        if (!text)
            return BARO_NO_MEMORY;
        text[entry->text ? baro_text_canonical(entry->text, entry->length, false, text) : 0] = '\0';
        out->text[c] = text;
    }
    out->value = baro_frame_column(frame, TARGET)->numbers[row];
    if (!out->text[MARGIN][0])
        return FAULT(g, out->line, "no margin is named");
    if (!isfinite(out->value))
        return FAULT(g, out->line, "margin '%s': the target is no plain decimal number", shown(g, out->text[MARGIN]));
    if (out->value < 0 && out->text[CATEGORY][0])
        return FAULT(g, out->line, "margin '%s': the target is negative", shown(g, out->text[MARGIN]));
    if (g->area && !out->text[AREA][0])
        return FAULT(g, out->line, "margin '%s': no area is named", shown(g, out->text[MARGIN]));
    return BARO_OK;
}

static size_t find_margin(const gatherer *g, const char *name)
{
    size_t m = 0;
    while (m < g->margins && strcmp(g->margin[m].name, name) != 0)
        m++;
    return m;
}

static baro_status add_margin(gatherer *g, const target_line *line)
{
    baro_target_margin *margin = &g->margin[g->margins];
    const char **part = BARO_ARRAY(g->arena, const char *, PARTS_MOST);
    if (g->margins == MARGINS_MOST)
        return FAULT(g, line->line, "more than 100 margins");
    g->label[g->margins] = BARO_ARRAY(g->arena, const char *, g->lines + 1);
    g->word[g->margins] = BARO_ARRAY(g->arena, const char *, (g->lines + 1) * PARTS_MOST);
    if (!part || !g->label[g->margins] || !g->word[g->margins])
        return BARO_NO_MEMORY;
    *margin = (baro_target_margin){.name = line->text[MARGIN], .part = part, .is_number = !line->text[CATEGORY][0]};
    margin->parts = cut_words(line->text[MARGIN], PARTS_MOST, part, g->arena);
    if (margin->parts == 0 || (margin->is_number && margin->parts > 1))
        return FAULT(g, line->line, "margin '%s' cannot be understood; a group or column, or up to four joined by *", shown(g, margin->name));
    g->margins++;
    return BARO_OK;
}

static baro_status add_line(gatherer *g, const target_line *line)
{
    size_t a = g->area ? find_text(g->area, g->areas, line->text[AREA]) : 0, m = find_margin(g, line->text[MARGIN]);
    baro_status status = m == g->margins ? add_margin(g, line) : BARO_OK;
    if (status)
        return status;
    baro_target_margin *margin = &g->margin[m];
    if (g->area && a == g->areas) {
        if (a == AREAS_MOST)
            return FAULT(g, line->line, "more than 2000 areas");
        g->area[g->areas++] = line->text[AREA];
    }
    if (margin->is_number != !line->text[CATEGORY][0])
        return FAULT(g, line->line, "margin '%s' has a target with and one without a category", shown(g, margin->name));
    if (find_text(g->label[m], margin->categories, line->text[CATEGORY]) < margin->categories)
        return BARO_OK;
    const char **word = g->word[m] + margin->categories * margin->parts;
    if (margin->parts == 1)
        word[0] = line->text[CATEGORY];
    else if (cut_words(line->text[CATEGORY], PARTS_MOST, word, g->arena) != margin->parts)
        return FAULT(g, line->line, "category '%s' does not have the parts of its margin, joined by *", shown(g, line->text[CATEGORY]));
    g->label[m][margin->categories++] = line->text[CATEGORY];
    return margin->categories > CATEGORIES_MOST ? FAULT(g, line->line, "margin '%s' has more than 5000 categories", shown(g, margin->name))
                                                : BARO_OK;
}

/* Targets into their places, now that all areas and categories are known. */
static baro_status place_values(gatherer *g)
{
    for (size_t m = 0; m < g->margins; m++) {
        baro_target_margin *margin = &g->margin[m];
        size_t n = g->areas * margin->categories;
        margin->label = g->label[m];
        margin->word = g->word[m];
        margin->value = BARO_ARRAY(g->arena, double, n);
        margin->line = BARO_ARRAY(g->arena, size_t, n);
        if (!margin->value || !margin->line)
            return BARO_NO_MEMORY;
        for (size_t i = 0; i < n; i++)
            margin->value[i] = NAN;
    }
    baro_status status = BARO_OK;
    for (size_t i = 0; i < g->lines; i++) {
        const target_line *line = &g->line[i];
        baro_target_margin *margin = &g->margin[find_margin(g, line->text[MARGIN])];
        size_t a = g->area ? find_text(g->area, g->areas, line->text[AREA]) : 0;
        size_t at = a * margin->categories + find_text(margin->label, margin->categories, line->text[CATEGORY]);
        if (margin->line[at])
            status = FAULT(g, line->line, "margin '%s' has this category twice; where areas have targets of their own, say --within", shown(g, margin->name));
        margin->value[at] = line->value;
        margin->line[at] = line->line;
    }
    return status;
}

static baro_status gather(gatherer *g, const baro_frame *frame)
{
    baro_status status = BARO_OK;
    g->lines = baro_frame_rows(frame);
    g->line = BARO_ARRAY(g->arena, target_line, g->lines + 1);
    g->margin = BARO_ARRAY(g->arena, baro_target_margin, MARGINS_MOST);
    g->label = BARO_ARRAY(g->arena, const char **, MARGINS_MOST);
    g->word = BARO_ARRAY(g->arena, const char **, MARGINS_MOST);
    if (!g->line || !g->margin || !g->label || !g->word)
        return BARO_NO_MEMORY;
    for (size_t row = 0; row < g->lines; row++) {
        baro_status one = read_line(g, frame, row, &g->line[row]);
        if (one == BARO_OK)
            one = add_line(g, &g->line[row]);
        status = status ? status : one;
    }
    if (status == BARO_OK && g->lines == 0)
        return FAULT(g, 1, "there are no targets");
    return status ? status : place_values(g);
}

static baro_status check_columns(gatherer *g, const baro_frame *frame, const char *within)
{
    static const char *const names[] = {"margin", "category", "target"};
    baro_status status = BARO_OK;
    for (size_t c = 0; c < AREA; c++)
        if (!baro_frame_column(frame, c)->found[0])
            status = FAULT(g, 1, "there is no column '%s'; margin, category and target are wanted", shown(g, names[c]));
    bool has_area = baro_frame_column(frame, AREA)->found[0] != NULL;
    if (within && !has_area)
        return FAULT(g, 1, "there is no column 'area' or '%s', and each area needs targets of its own", shown(g, within));
    if (!within && has_area)
        return FAULT(g, 1, "targets by area; say with --within which group or column the areas are");
    return status;
}

baro_status baro_targets_read(const char *path, const char *within, baro_pool *pool, baro_arena *arena, baro_targets *out,
                              baro_error *error)
{
    static const char *const names[] = {"margin", "category", "target"};
    const char *const area[] = {"area", within};
    const baro_want wants[COLUMNS] = {
        {&names[0], 1, BARO_TEXT}, {&names[1], 1, BARO_TEXT}, {&names[2], 1, BARO_NUMBER}, {area, within ? 2 : 1, BARO_TEXT}};
    const baro_csv_format format = {.header_rows = 1};
    gatherer g = {.path = path, .arena = arena, .error = error, .areas = within ? 0 : 1};
    baro_frame *frame = NULL;
    baro_status status = baro_frame_read(&path, 1, &format, wants, COLUMNS, pool, error, &frame);
    if (status)
        return status;
    if (within && !(g.area = BARO_ARRAY(arena, const char *, AREAS_MOST)))
        status = BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = check_columns(&g, frame, within);
    if (status == BARO_OK)
        status = gather(&g, frame);
    baro_frame_free(frame);
    *out = (baro_targets){.path = path, .area = g.area, .areas = g.areas, .margin = g.margin, .margins = g.margins};
    return status;
}
