/* What each difference lets one say: a verdict against a margin that was set beforehand, and what could have been
 * found. */
#include "surveys/analyses/analyse.h"
#include <math.h>

static double margin_of(const baro_request *request, const baro_measure *measure)
{
    return request->equivalence > 0 ? request->equivalence : measure->equivalence;
}

static void judge(const baro_request *request, baro_row *row)
{
    baro_equivalence made;
    double margin = margin_of(request, row->measure), detectable;
    if (!(row->difference_se > 0))
        return; /* no test: nothing is said */
    if (baro_detectable_difference(row->difference_se, row->difference_df, 1 - request->confidence, 0.8, &detectable) ==
        BARO_OK)
        row->detectable = detectable;
    if (baro_equivalence_test_at(row->difference, row->difference_se, row->difference_df, margin, request->confidence,
                                 &made) != BARO_OK)
        return;
    row->margin = margin;
    row->verdict = made.verdict;
}

void baro_analysis_verdicts(const baro_analysis *analysis)
{
    for (size_t i = 0; i < analysis->results->n_rows; i++)
        judge(analysis->request, &analysis->results->rows[i]);
}
