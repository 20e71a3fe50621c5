/* Column letters: whose groups are clearly higher than which, after suppression, so that no letter speaks of a hidden
 * group. */
#include "surveys/publishing/families.h"
#include "surveys/publishing/sheets.h"
#include <math.h>
#include <string.h>

/* What is known of the group of one row. */
typedef struct {
    bool takes_part;
    unsigned char own;
    bool above[BARO_LETTERS];
} standing;

static bool shown(const baro_row *row)
{
    return !isnan(row->estimate) && !(row->marks & (BARO_MARK_SUPPRESSED | BARO_MARK_ABSENT));
}

static size_t collect(const baro_results *results, baro_family_test *test)
{
    size_t n = 0;
    for (size_t i = 0; i < results->n_contrasts; i++) {
        const baro_contrast *contrast = &results->contrasts[i];
        if (!isnan(contrast->p_value) && shown(&results->rows[contrast->first]) &&
            shown(&results->rows[contrast->second]))
            test[n++] = (baro_family_test){.row = &results->rows[contrast->first], .number = i, .p = contrast->p_value};
    }
    return n;
}

static void note_standing(standing *of, const baro_contrast *contrast, bool clear)
{
    const size_t row[] = {contrast->first, contrast->second};
    for (size_t side = 0; side < 2; side++) {
        of[row[side]].takes_part = true;
        of[row[side]].own = contrast->letter[side];
    }
    size_t higher = contrast->difference > 0 ? 0 : 1;
    if (clear)
        of[row[higher]].above[contrast->letter[1 - higher]] = true;
}

static const char *said(const standing *of, baro_arena *arena)
{
    char text[BARO_LETTERS + 3];
    size_t n = 0;
    text[n++] = (char)('A' + of->own);
    text[n++] = ':';
    for (size_t i = 0; i < BARO_LETTERS; i++)
        if (of->above[i])
            text[n++] = (char)('A' + i);
    text[n] = '\0';
    return baro_arena_string(arena, text);
}

/* Rows of one level that differ in what they are compared with follow each other. */
static bool same_level(const baro_row *a, const baro_row *b)
{
    return a->measure == b->measure && a->table == b->table && a->has_period == b->has_period &&
           a->period == b->period && strcmp(a->level, b->level) == 0 && strcmp(a->group, b->group) == 0 &&
           strcmp(a->group2, b->group2) == 0;
}

baro_status baro_letters(baro_results *results, baro_arena *arena)
{
    if (results->n_contrasts == 0)
        return BARO_OK;
    baro_family_test *test = BARO_ARRAY(arena, baro_family_test, results->n_contrasts + 1);
    standing *of = BARO_ARRAY(arena, standing, results->n_rows + 1);
    if (!test || !of)
        return BARO_NO_MEMORY;
    size_t n = collect(results, test);
    baro_status status = baro_adjust_families(results, test, n, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        note_standing(of, &results->contrasts[test[i].number], test[i].p < 1 - results->request->confidence);
    for (size_t i = 0; i < results->n_rows && status == BARO_OK; i++) {
        baro_row *row = &results->rows[i];
        if (of[i].takes_part)
            row->letters = said(&of[i], arena);
        else if (i > 0 && same_level(row - 1, row) && shown(row))
            row->letters = row[-1].letters;
        status = row->letters ? BARO_OK : BARO_NO_MEMORY;
    }
    return status;
}
