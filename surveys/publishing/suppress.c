/* Disclosure control and quality marks, once, over all results: what is erased here reaches no sheet, chart or sentence. */
#include "surveys/publishing/sheets.h"
#include <math.h>

static bool is_sensitive(const baro_row *row)
{
    return row->measure->sensitive || (row->by && row->by->sensitive) || (row->by2 && row->by2->sensitive);
}

/* Too few interviews, or, for what is sensitive, too few on either side of the answer. */
static bool too_few(const baro_row *row, double base, double positive, double below)
{
    if (isnan(base))
        return false; /* published already */
    if (base < below)
        return true;
    return is_sensitive(row) && row->statistic == BARO_STAT_PROPORTION && !isnan(positive) && (positive < below || base - positive < below);
}

static void erase_difference(baro_row *row)
{
    row->difference = row->difference_se = row->difference_lower = row->difference_upper = row->difference_df = NAN;
    row->p_value = row->p_adjusted = NAN;
    row->against_base = row->against_positive = NAN;
}

static void hide_difference(baro_row *row)
{
    erase_difference(row);
    row->difference_hidden = true;
}

static void erase(baro_row *row)
{
    row->base = row->weighted_base = row->positive = row->estimate = row->se = row->lower = row->upper = NAN;
    row->df = row->deff = row->n_eff = row->n_eff_kish = NAN;
    erase_difference(row);
}

void baro_suppress(baro_results *results)
{
    const baro_survey *survey = results->survey;
    bool hide = !results->request->no_suppress;
    double below = survey->suppress_below;
    for (size_t i = 0; i < results->n_rows; i++) {
        baro_row *row = &results->rows[i];
        if (row->marks & BARO_MARK_ABSENT)
            continue;
        if (hide && too_few(row, row->base, row->positive, below)) {
            erase(row);
            row->marks |= BARO_MARK_SUPPRESSED;
            continue;
        }
        if (hide && too_few(row, row->against_base, row->against_positive, below))
            hide_difference(row); /* it would give the hidden level back */
        if (row->base < survey->unreliable_below)
            row->marks |= BARO_MARK_UNRELIABLE;
        else if (row->base < survey->caution_below)
            row->marks |= BARO_MARK_CAUTION;
    }
}
