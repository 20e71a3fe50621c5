#include "surveys/analyses/calibrated.h"
#include <math.h>
#include <string.h>

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

/* How the recipe says that weights are calibrated: by raking where it says nothing. */
static baro_calibration job_of(const baro_recipe *recipe, const baro_calibration *calibration)
{
    static const char *const method[] = {"post-stratify", "rake", "linear", "raking", "logit"};
    baro_calibration job = *calibration;
    job.kind = BARO_CALIBRATE_RAKING;
    for (size_t i = 0; recipe->method && i < sizeof method / sizeof *method; i++)
        if (strcmp(method[i], recipe->method) == 0)
            job.kind = (baro_calibrate_kind)i;
    job.lower = recipe->bounds[0];
    job.upper = recipe->bounds[1];
    job.smallest = recipe->trim[0];
    job.largest = recipe->trim[1];
    return job;
}

/* Weights of one replicate before calibration. */
static void weigh(const baro_bound_replicates *replicates, size_t r, size_t rows, double *out)
{
    for (size_t row = 0; row < rows; row++) {
        uint32_t direction = replicates->direction[row];
        out[row] = direction == BARO_NO_DIRECTION ? 0 : replicates->size[row] * baro_replicate_direction(replicates, r, direction);
    }
}

baro_status baro_calibrated_replicates(baro_analysis *analysis, const baro_calibration *calibration, const baro_bound_replicates **replicates)
{
    baro_calibration job = job_of(&analysis->request->survey->calibration, calibration);
    size_t n = (*replicates)->rule.replicates, room = baro_calibrate_room(&job);
    baro_bound_replicates *made = BARO_NEW(analysis->arena, baro_bound_replicates);
    double **column = BARO_ARRAY(analysis->arena, double *, n), *before = BARO_ARRAY(analysis->arena, double, job.rows);
    double *achieved = BARO_ARRAY(analysis->arena, double, (job.areas ? job.areas : 1) * baro_calibrate_variables(&job) + 1);
    unsigned char *scratch = BARO_ARRAY(analysis->arena, unsigned char, room + 1);
    if (!made || !column || !before || !achieved || !scratch || !room)
        return baro_analysis_no_memory(analysis);
    job.weight = before;
    for (size_t r = 0; r < n; r++) {
        baro_calibrated report;
        baro_fault fault = {0};
        column[r] = BARO_ARRAY(analysis->arena, double, job.rows);
        if (!column[r])
            return baro_analysis_no_memory(analysis);
        weigh(*replicates, r, job.rows, before);
        baro_status status = baro_calibrate(&job, scratch, column[r], achieved, &report, &fault);
        if (status)
            return baro_fault_add(analysis->error, status, (baro_where_it_is){analysis->request->survey->calibration.path, 0, 0},
                                  "replicate %zu cannot be calibrated to the targets: %s; join small categories, or leave the replicates out", r + 1,
                                  baro_status_sentence(status));
    }
    *made = **replicates;
    made->calibrated = (const double *const *)column;
    *replicates = made;
    return BARO_OK;
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
