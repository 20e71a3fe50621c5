#include "surveys/publishing/gap_drawn.h"
#include "surveys/publishing/drawn.h"
#include "surveys/publishing/gap_sheet.h"
#include <math.h>

baro_status baro_gap_each_table(const baro_gaps *gaps, baro_gap_draws *draws, const baro_chart_words *words,
                                baro_arena *arena, baro_drawing **out, size_t *n)
{
    bool *done = BARO_ARRAY(arena, bool, gaps->n_rows + 1);
    const baro_gap_row **row = BARO_ARRAY(arena, const baro_gap_row *, gaps->n_rows + 1);
    *n = 0;
    *out = BARO_ARRAY(arena, baro_drawing, gaps->n_rows + 1);
    if (!*out || !done || !row)
        return BARO_NO_MEMORY;
    for (size_t first = 0; first < gaps->n_rows; first++) {
        size_t rows = 0;
        for (size_t i = first; i < gaps->n_rows && !done[first]; i++)
            if (gaps->rows[i].measure == gaps->rows[first].measure && gaps->rows[i].table == gaps->rows[first].table)
                row[rows++] = &gaps->rows[i];
        for (size_t i = 0; i < rows; i++)
            done[row[i] - gaps->rows] = true;
        baro_status status = rows > 0 ? draws(gaps, row, rows, words, arena, &(*out)[(*n)++]) : BARO_OK;
        if (status)
            return status;
    }
    return BARO_OK;
}

baro_display baro_gap_display(const baro_gaps *gaps, const baro_gap_row *row)
{
    baro_display display = baro_display_of(&gaps->run, row->statistic);
    display.decimals++;
    display.unit = "";
    return display;
}

const char *baro_gap_label(const baro_gaps *gaps, const baro_gap_row *row, bool name_other, baro_arena *arena)
{
    const char *label = row->by2 ? baro_arena_format(arena, "%s, %s", row->group, row->group2) : row->group;
    if (*row->level && label)
        label = baro_arena_format(arena, "%s: %s", label, row->level);
    return name_other && label ? baro_arena_format(arena, "%s, to %s", label, baro_say_gap_other(gaps, row)) : label;
}

const char *baro_gap_shorthand(const baro_gap_row *row)
{
    if (row->marks & BARO_MARK_SUPPRESSED)
        return "[c]";
    if (row->marks & BARO_MARK_UNRELIABLE)
        return "[u]";
    if (row->broken || row->marks & BARO_MARK_BREAK)
        return "[b]";
    return row->marks & BARO_MARK_ABSENT || isnan(row->part[BARO_GAP_TO].value) ? "[x]" : NULL;
}

double baro_gap_clear(const baro_gaps *gaps, const baro_gap_row *row)
{
    return isnan(row->p_adjusted) ? NAN : row->p_adjusted < 1 - gaps->run.request->confidence;
}

bool baro_gap_several(const baro_gap_row *const *row, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (row[i]->compared != row[0]->compared)
            return true;
    return false;
}

/* ", year to Mar 2023", " between year to Mar 2022 and year to Mar 2023", "" */
static const char *say_when(const baro_gaps *gaps, const baro_gap_row *first, const baro_gap_row *last,
                            baro_arena *arena)
{
    const char *from = baro_say_inside(first->from_words, arena), *to = baro_say_inside(last->to_words, arena);
    if (!from || !to)
        return NULL;
    if (gaps->asked.change)
        return baro_arena_format(arena, ", between %s and %s", from, to);
    return first->has_period ? baro_arena_format(arena, ", %s", to) : "";
}

baro_status baro_gap_drawing(const baro_gaps *gaps, const baro_gap_row *const *row, size_t n, baro_chart_kind kind,
                             const char *other, const char *said, const baro_chart_words *words, baro_arena *arena,
                             baro_drawing *out)
{
    const baro_gap_row *first = row[0];
    const char *by = baro_say_inside(first->by->label, arena),
               *by2 = first->by2 ? baro_say_inside(first->by2->label, arena) : "";
    const char *measured = baro_say_measured(gaps->run.survey, first->measure, first->statistic, arena),
               *when = say_when(gaps, first, row[n - 1], arena), *source = baro_say_source(&gaps->run, arena);
    if (!by || !by2 || !measured || !when)
        return BARO_NO_MEMORY;
    const char *what = gaps->asked.change ? kind == BARO_CHART_GAP ? "change of the gap" : "what moved the gap"
                                          : "what lies behind the gap";
    const char *title = baro_arena_format(arena, "%s, by %s%s%s: %s to %s", first->measure->label, by,
                                          *by2 ? " and " : "", by2, what, other);
    const char *subtitle = baro_arena_format(arena, "%s%s", measured, when);
    *out = (baro_drawing){.measure = first->measure->id, .group = baro_gap_group_id(first->by, first->by2, arena)};
    if (!title || !subtitle || !out->group)
        return BARO_NO_MEMORY;
    out->chart = (baro_chart){
        .kind = kind,
        .description = baro_arena_format(arena, "Chart of %s by %s%s%s, %s to %s%s: %s.", first->measure->label, by,
                                         *by2 ? " and " : "", by2, what, other, when, said),
        .id = baro_arena_format(arena, "%s-%s-%s", out->measure, kind == BARO_CHART_GAP ? "gap" : "waterfall",
                                out->group),
        .approximate = gaps->run.approximate,
        .unit = "",
        .target = NAN,
        .confidence = gaps->run.request->confidence,
    };
    baro_drawn_words(words, title, subtitle, source, &out->chart);
    return out->chart.description && out->chart.id ? BARO_OK : BARO_NO_MEMORY;
}
