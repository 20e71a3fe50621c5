#include "surveys/analyses/calibrated.h"
#include <math.h>

baro_status baro_calibrated_want(baro_analysis *analysis, baro_targets *targets)
{
    const baro_recipe *recipe = &analysis->request->survey->calibration;
    if (!recipe->margins)
        return BARO_OK;
    baro_status status = baro_targets_read(recipe->margins, recipe->within, analysis->pool, analysis->arena, targets, analysis->error);
    return status ? status : baro_want_margins(analysis->binding, targets, recipe->within, recipe->weight);
}

/* Largest relative misfit of one margin, over areas and categories. Shares have no size: their targets are compared as shares. */
static double misfit_of(const baro_calibration *job, size_t m, const double *weight, double *sum)
{
    const baro_margin *margin = &job->margin[m];
    double worst = 0;
    for (size_t i = 0; i < job->areas * margin->categories; i++)
        sum[i] = 0;
    for (size_t row = 0; row < job->rows; row++) {
        size_t at = (job->area ? job->area[row] : 0) * margin->categories;
        if (margin->category)
            sum[at + margin->category[row]] += weight[row];
        else if (weight[row] > 0)
            sum[at] += weight[row] * margin->number[row];
    }
    for (size_t i = 0; i < job->areas * margin->categories; i++)
        worst = fmax(worst, fabs(sum[i] - margin->target[i]) / fmax(fabs(margin->target[i]), 1e-300));
    return worst;
}

baro_status baro_calibrated_bind(baro_analysis *analysis, const baro_targets *targets, const double *weight, baro_calibration *out)
{
    const baro_recipe *recipe = &analysis->request->survey->calibration;
    baro_status status = baro_bind_margins(analysis->binding, targets, recipe->within, recipe->weight, out);
    for (size_t m = 0; m < targets->margins && status == BARO_OK; m++) {
        double *sum = BARO_ARRAY(analysis->arena, double, out->areas * out->margin[m].categories + 1);
        if (!sum)
            return baro_analysis_no_memory(analysis);
        double worst = misfit_of(out, m, weight, sum);
        if (!(worst <= 1e-6))
            baro_remark_add(analysis->error, (baro_where_it_is){targets->path, 0, 0},
                            "the weights (column %s) miss a target of margin '%s' by %.3g%%: were they made by it? Intervals take it that "
                            "they were",
                            analysis->request->survey->weight, targets->margin[m].name, 100 * worst);
    }
    return status;
}

void baro_calibrated_note(baro_analysis *analysis)
{
    const baro_survey *survey = analysis->request->survey;
    if (survey->calibration.margins)
        baro_analysis_note(analysis, survey->calibration.as_rake
                                         ? "Intervals allow for the calibration of the weights, by the rule of R's rake()."
                                         : "Intervals allow for the calibration of the weights to known totals.");
    else if (survey->weight_calibrated)
        baro_analysis_note(analysis, "Intervals do not know how the weights were calibrated and are, if anything, too wide.");
}
