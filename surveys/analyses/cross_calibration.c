#include "surveys/analyses/cross_calibration.h"

static baro_status find_residuals(baro_cross_work *work, const baro_calibration *job, struct baro_cross_calibrated *out)
{
    size_t variables = baro_calibrate_variables(job), areas = job->areas ? job->areas : 1, columns = work->totals.columns;
    out->residuals.as_rake = work->task->run->as_rake;
    out->residuals.normal = baro_arena_array(work->arena, areas * variables, variables * sizeof(double));
    out->residuals.cross = baro_arena_array(work->arena, columns, areas * variables * sizeof(double));
    out->slope = BARO_ARRAY(work->arena, double, 2 * variables + 1);
    out->column = BARO_ARRAY(work->arena, uint32_t, columns + 1);
    out->column_slope = BARO_ARRAY(work->arena, double, columns + 1);
    if (!out->residuals.normal || !out->residuals.cross || !out->slope || !out->column || !out->column_slope)
        return BARO_NO_MEMORY;
    return baro_calibrate_residuals(job, &work->cross, &out->residuals);
}

/* Arrays for the extended sums by the units of one stage. */
static bool make_room(baro_cross_work *work, const baro_calibration *job, const baro_design *design, const baro_totals *from, baro_totals *out)
{
    size_t room = baro_calibrate_entries(job, design, from);
    out->unit_end = BARO_ARRAY(work->arena, uint32_t, design->units + 1);
    out->column = BARO_ARRAY(work->arena, uint32_t, room + 1);
    out->high = BARO_ARRAY(work->arena, double, room + 1);
    out->low = BARO_ARRAY(work->arena, double, room + 1);
    return out->unit_end && out->column && out->high && out->low;
}

static baro_status extend(baro_cross_work *work, const baro_calibration *job, size_t columns)
{
    baro_totals sums = work->totals, *extended = BARO_NEW(work->arena, baro_totals), *to = extended;
    const baro_totals *from = &sums;
    baro_totals_work scratch = {BARO_ARRAY(work->arena, uint32_t, columns + 1), BARO_ARRAY(work->arena, unsigned char, columns + 1),
                                BARO_ARRAY(work->arena, baro_sum, columns + 1)};
    double *total = BARO_ARRAY(work->arena, double, columns + 1);
    if (!extended || !scratch.touched || !scratch.mark || !scratch.sum || !total)
        return BARO_NO_MEMORY;
    for (const baro_design *stage = work->task->run->design; stage && from; stage = stage->next, from = from->next) {
        to->total = total;
        if (!make_room(work, job, stage, from, to))
            return BARO_NO_MEMORY;
        if (stage->next && from->next && !(to->next = BARO_NEW(work->arena, baro_totals)))
            return BARO_NO_MEMORY;
        to = to->next;
    }
    baro_calibrate_extend(job, work->task->run->design, work->task->run->weight, &sums, &scratch, extended);
    work->totals = *extended;
    return BARO_OK;
}

baro_status baro_cross_calibrate(baro_cross_work *work)
{
    const baro_calibration *job = work->task->run->calibration;
    if (!job)
        return BARO_OK;
    size_t areas = job->areas ? job->areas : 1, variables = baro_calibrate_variables(job), columns = work->totals.columns;
    struct baro_cross_calibrated *calibrated = BARO_NEW(work->arena, struct baro_cross_calibrated);
    if (!calibrated || variables > (UINT32_MAX / 4 - columns) / areas)
        return BARO_NO_MEMORY;
    work->calibrated = calibrated;
    baro_status status = find_residuals(work, job, calibrated);
    return status ? status : extend(work, job, columns + areas * variables);
}

baro_status baro_cross_linearise(baro_cross_work *work, const baro_expression *expression, uint32_t node, const double *value,
                                 const baro_linear_work *scratch, size_t room, uint32_t *column, double *slope, baro_linear *out)
{
    struct baro_cross_calibrated *calibrated = work->calibrated;
    if (!calibrated)
        return baro_linearise(expression, node, value, scratch, room, column, slope, out);
    baro_linear form;
    baro_status status = baro_linearise(expression, node, value, scratch, calibrated->residuals.columns, calibrated->column,
                                        calibrated->column_slope, &form);
    if (status)
        return status;
    return baro_calibrate_form(&calibrated->residuals, &form, calibrated->slope, room, column, slope, out);
}

size_t baro_cross_calibration_columns(const baro_cross_work *work)
{
    return work->calibrated ? work->totals.columns - work->calibrated->residuals.columns : 0;
}
