/* Gaps before anything is laid out: p-values adjusted, then what rests on too little erased. */
#include "surveys/publishing/families.h"
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/nchs.h"
#include <math.h>

baro_status baro_gaps_adjust(baro_gaps *gaps, baro_arena *arena)
{
    baro_family_test *test = BARO_ARRAY(arena, baro_family_test, gaps->n_rows + 1);
    baro_row *of = BARO_ARRAY(arena, baro_row, gaps->n_rows + 1); /* families are told by rows of levels */
    size_t n = 0;
    if (!test || !of)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < gaps->n_rows; i++) {
        const baro_gap_row *row = &gaps->rows[i];
        if (isnan(row->p_value))
            continue;
        of[n] = baro_row_blank(row->measure, row->statistic);
        of[n].table = row->table;
        of[n].period = row->to;
        test[n] = (baro_family_test){.row = &of[n], .number = i, .p = row->p_value};
        n++;
    }
    baro_status status = baro_adjust_families(&gaps->run, test, n, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        gaps->rows[test[i].number].p_adjusted = test[i].p;
    return status;
}

static bool is_sensitive(const baro_gap_row *row)
{
    return row->measure->sensitive || row->by->sensitive || (row->by2 && row->by2->sensitive);
}

static bool too_few(const baro_gap_row *row, const baro_gap_level *level, double below)
{
    if (isnan(level->base))
        return false; /* not there, or published already */
    if (level->base < below)
        return true;
    return is_sensitive(row) && row->statistic == BARO_STAT_PROPORTION && !isnan(level->positive) &&
           (level->positive < below || level->base - level->positive < below);
}

static void erase(baro_gap_row *row)
{
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        row->side[s] = (baro_gap_level){NAN, NAN, NAN, NAN, NAN};
    for (size_t p = 0; p < BARO_GAP_PARTS; p++)
        row->part[p] = (baro_gap_estimate){NAN, NAN, NAN, NAN};
    row->df = row->p_value = row->p_adjusted = NAN;
    row->joined = 0;
    row->unsplit = false;
}

/* A share at 0 or 1 has no standard error to be judged by: what is made of it had no test, and is not missed. */
static bool is_withheld(const baro_gaps *gaps, const baro_gap_level *level)
{
    const baro_nchs_share share = {.p = level->estimate,
                                   .se = level->se,
                                   .n = level->base,
                                   .df = level->df,
                                   .confidence = gaps->run.request->confidence};
    return isnan(level->se) || baro_nchs_judge(&share).withhold;
}

static bool rests_on_withheld(const baro_gaps *gaps, const baro_gap_row *row)
{
    const baro_survey *survey = gaps->run.survey;
    bool drawn = survey->sampling == BARO_SAMPLING_PROBABILITY || survey->model;
    if (!survey->nchs || survey->is_series || row->statistic != BARO_STAT_PROPORTION || !drawn)
        return false;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++)
        if (!isnan(row->side[s].estimate) && is_withheld(gaps, &row->side[s]))
            return true;
    return false;
}

void baro_gap_suppress(const baro_gaps *gaps, baro_gap_row *row, bool level)
{
    const baro_survey *survey = gaps->run.survey;
    bool hide = !gaps->run.request->no_suppress, few = false;
    double least = INFINITY;
    for (size_t s = 0; s < BARO_GAP_SIDES; s++) {
        few = few || too_few(row, &row->side[s], survey->suppress_below);
        least = fmin(least, row->side[s].base);
    }
    if (hide && (few || level)) {
        erase(row);
        row->marks |= BARO_MARK_SUPPRESSED;
        return;
    }
    if (rests_on_withheld(gaps, row)) {
        row->marks |= BARO_MARK_UNRELIABLE;
        if (hide)
            erase(row);
        return;
    }
    bool rule = survey->nchs && !survey->is_series && row->statistic == BARO_STAT_PROPORTION;
    if (!rule && least < survey->unreliable_below)
        row->marks |= BARO_MARK_UNRELIABLE;
    else if (least < survey->caution_below)
        row->marks |= BARO_MARK_CAUTION;
}

void baro_gaps_suppress(baro_gaps *gaps)
{
    for (size_t i = 0; i < gaps->n_rows; i++)
        if (!(gaps->rows[i].marks & BARO_MARK_ABSENT))
            baro_gap_suppress(gaps, &gaps->rows[i], false);
}
