/* Linear trends before anything is laid out: p-values adjusted, then what rests on too little erased. */
#include "surveys/publishing/families.h"
#include "surveys/publishing/nchs.h"
#include "surveys/publishing/slope_sheet.h"
#include <math.h>

baro_status baro_slopes_adjust(baro_slopes *slopes, baro_arena *arena)
{
    baro_family_test *test = BARO_ARRAY(arena, baro_family_test, slopes->n_rows + 1);
    baro_row *of = BARO_ARRAY(arena, baro_row, slopes->n_rows + 1); /* families are told by rows of levels */
    size_t n = 0;
    if (!test || !of)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < slopes->n_rows; i++) {
        const baro_slope_row *row = &slopes->rows[i];
        if (isnan(row->p_value))
            continue;
        of[n] = baro_row_blank(row->measure, row->statistic);
        of[n].table = row->table;
        test[n] = (baro_family_test){.row = &of[n], .number = i, .p = row->p_value};
        n++;
    }
    baro_status status = baro_adjust_families(&slopes->run, test, n, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        slopes->rows[test[i].number].p_adjusted = test[i].p;
    return status;
}

static bool too_few(const baro_slope_row *row, const baro_slope_level *level, double below)
{
    bool sensitive = row->measure->sensitive || (row->by && row->by->sensitive) || (row->by2 && row->by2->sensitive);
    if (isnan(level->base))
        return false; /* published already */
    if (level->base < below)
        return true;
    return sensitive && row->statistic == BARO_STAT_PROPORTION && !isnan(level->positive) &&
           (level->positive < below || level->base - level->positive < below);
}

static void erase(baro_slope_row *row)
{
    for (size_t i = 0; i < row->windows; i++)
        row->levels[i] = (baro_slope_level){NAN, NAN, NAN, NAN, NAN};
    row->slope = row->se = row->lower = row->upper = row->df = row->p_value = row->p_adjusted = NAN;
    row->windows = 0;
}

/* A share at 0 or 1 has no standard error to be judged by: the line had no test, and is not missed. */
static bool is_withheld(const baro_slopes *slopes, const baro_slope_level *level)
{
    const baro_nchs_share share = {.p = level->estimate,
                                   .se = level->se,
                                   .n = level->base,
                                   .df = level->df,
                                   .confidence = slopes->run.request->confidence};
    return isnan(level->se) || baro_nchs_judge(&share).withhold;
}

static void suppress(const baro_slopes *slopes, baro_slope_row *row)
{
    const baro_survey *survey = slopes->run.survey;
    bool hide = !slopes->run.request->no_suppress, few = false, withheld = false;
    bool drawn = survey->sampling == BARO_SAMPLING_PROBABILITY || survey->model;
    bool rule = survey->nchs && !survey->is_series && row->statistic == BARO_STAT_PROPORTION && drawn;
    double least = INFINITY;
    for (size_t i = 0; i < row->windows; i++) {
        few = few || too_few(row, &row->levels[i], survey->suppress_below);
        withheld = withheld || (rule && is_withheld(slopes, &row->levels[i]));
        least = fmin(least, row->levels[i].base);
    }
    if (few && hide)
        row->marks |= BARO_MARK_SUPPRESSED;
    else if (withheld || (!rule && least < survey->unreliable_below))
        row->marks |= BARO_MARK_UNRELIABLE;
    else if (least < survey->caution_below)
        row->marks |= BARO_MARK_CAUTION;
    if (hide && (few || withheld))
        erase(row);
}

void baro_slopes_suppress(baro_slopes *slopes)
{
    for (size_t i = 0; i < slopes->n_rows; i++)
        if (!(slopes->rows[i].marks & BARO_MARK_ABSENT))
            suppress(slopes, &slopes->rows[i]);
}
