/* Disclosure control and quality marks, once, over all results: what is erased here reaches no sheet, chart or sentence. */
#include "surveys/publishing/disclosure_parts.h"
#include "surveys/publishing/nchs.h"
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
    row->against_base = row->against_positive = row->against_estimate = row->against_se = row->against_df = NAN;
    row->detectable = row->margin = NAN; /* no margin: no verdict */
}

static void hide_difference(baro_row *row)
{
    erase_difference(row);
    row->difference_hidden = true;
}

static void erase_level(baro_row *row)
{
    row->positive = row->estimate = row->se = row->lower = row->upper = NAN;
    row->df = row->deff = row->n_eff = row->n_eff_kish = NAN;
    erase_difference(row);
}

static void erase(baro_row *row)
{
    row->base = row->weighted_base = NAN;
    erase_level(row);
}

/* The other side of a difference. At 0 and 1 its interval is not known here; the difference then had no test and is not missed. */
static bool withheld_other(const baro_results *results, const baro_row *row)
{
    const baro_nchs_share other = {.p = row->against_estimate,
                                   .se = row->against_se,
                                   .n = row->against_base,
                                   .df = row->against_df,
                                   .confidence = results->request->confidence};
    return isnan(row->against_se) || baro_nchs_judge(&other).withhold;
}

/* The NCHS rule, in place of the count of interviews; false where it has nothing to judge by. */
static bool judge_share(const baro_results *results, baro_row *row)
{
    const baro_nchs_share share = {row->estimate, row->se, row->base, row->df, row->lower, row->upper, results->request->confidence};
    if (!results->survey->nchs || results->survey->is_series || row->statistic != BARO_STAT_PROPORTION)
        return false;
    const baro_nchs judged = baro_nchs_judge(&share);
    if (!judged.known)
        return false;
    row->marks |= (judged.withhold ? BARO_MARK_UNRELIABLE : 0u) | (judged.complement ? BARO_MARK_COMPLEMENT : 0u) | (judged.review ? BARO_MARK_REVIEW : 0u);
    if (judged.withhold && !results->request->no_suppress)
        erase_level(row);
    else if (!results->request->no_suppress && !isnan(row->difference) && withheld_other(results, row)) {
        erase_difference(row);
        row->difference_withheld = true;
    }
    return true;
}

/* Marks of what is shown. */
static void mark(const baro_results *results, baro_row *row)
{
    const baro_survey *survey = results->survey;
    if (!judge_share(results, row) && row->base < survey->unreliable_below)
        row->marks |= BARO_MARK_UNRELIABLE;
    if (row->marks & BARO_MARK_UNRELIABLE)
        return; /* says more than caution */
    if (row->base < survey->caution_below)
        row->marks |= BARO_MARK_CAUTION;
}

void baro_row_suppress(const baro_results *results, baro_row *row, bool level, bool difference)
{
    bool hide = !results->request->no_suppress;
    double below = results->survey->suppress_below;
    if (row->marks & BARO_MARK_ABSENT)
        return;
    if (hide && (level || too_few(row, row->base, row->positive, below))) {
        erase(row);
        row->marks |= BARO_MARK_SUPPRESSED;
        return;
    }
    if (hide && (difference || too_few(row, row->against_base, row->against_positive, below)))
        hide_difference(row); /* it would give the hidden level back */
    mark(results, row);
}

baro_status baro_suppress(baro_results *results)
{
    baro_disclosure *alone = baro_disclosure_new();
    baro_status status = alone ? baro_disclosure_add(alone, results, NULL) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_disclosure_solve(alone);
    baro_disclosure_free(alone);
    return status;
}
