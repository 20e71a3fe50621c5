/* Names of rows of results, for anchors and for finding a number again. */
#include "surveys/publishing/findings.h"
#include <string.h>

/* A text of which no two are the same, with nothing that a link would have to escape. */
static const char *plain(const char *text, baro_arena *arena)
{
    static const char hexadecimal[] = "0123456789ABCDEF";
    char *out = baro_arena_array(arena, 3 * strlen(text) + 1, 1), *end = out;
    for (const char *c = text; out && *c; c++) {
        unsigned char byte = (unsigned char)*c;
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
        if (letter || byte == ' ') {
            *end++ = letter ? *c : '+';
            continue;
        }
        *end++ = '~';
        *end++ = hexadecimal[byte >> 4];
        *end++ = hexadecimal[byte & 15];
    }
    return out;
}

typedef struct {
    const baro_measure *measure;
    const baro_group *by, *by2;
    const char *level, *group, *group2, *period, *against;
} named;

static const char *with_second(const char *first, const char *second, bool both, baro_arena *arena)
{
    const char *a = plain(first, arena), *b = plain(second, arena);
    if (!a || !b)
        return NULL;
    return both ? baro_arena_format(arena, "%s:%s", a, b) : a;
}

static const char *name_of(const named *row, baro_arena *arena)
{
    bool two = row->by2 != NULL;
    const char *measure = with_second(row->measure->id, row->level, *row->level != '\0', arena),
               *by = with_second(row->by ? row->by->id : "everyone", two ? row->by2->id : "", two, arena),
               *group = with_second(row->group, row->group2, two, arena), *against = plain(row->against, arena);
    if (!measure || !by || !group || !row->period || !against)
        return NULL;
    return baro_arena_format(arena, "%s.%s%s%s%s%s%s%s", measure, by, row->by ? "." : "", row->by ? group : "", *row->period ? "." : "", row->period,
                             *against ? "." : "", against);
}

const char *baro_row_id(const baro_row *row, baro_arena *arena)
{
    const named it = {row->measure, row->by, row->by2, row->level, row->group, row->group2, plain(row->period_label, arena), row->against};
    return name_of(&it, arena);
}

const char *baro_gap_row_id(const baro_gap_row *row, baro_arena *arena)
{
    const char *period = with_second(row->from_label, row->to_label, true, arena);
    const named it = {row->measure, row->by, row->by2, row->level, row->group, row->group2, period, row->against};
    return name_of(&it, arena);
}

const char *baro_spread_row_id(const baro_spread_row *row, baro_arena *arena)
{
    const char *measure = with_second(row->measure->id, row->level, *row->level != '\0', arena), *factor = plain(row->factor->id, arena),
               *period = plain(row->period_label, arena);
    if (!measure || !factor || !period)
        return NULL;
    return baro_arena_format(arena, "%s.spread.%s%s%s", measure, factor, *period ? "." : "", period);
}
