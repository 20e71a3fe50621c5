#include "stats/stages.h"

/* The unit of each row, and the product of fractions by unit; whether any of it is above 0. */
static bool units_as_strata(const baro_design *design, uint32_t *unit_of_row, double *share)
{
    bool any = false;
    for (size_t h = 0, unit = 0, i = 0; h < design->strata; h++)
        for (; unit < design->stratum_end[h]; unit++) {
            share[unit] = design->fraction[h] * (design->share ? design->share[h] : 1);
            any = any || share[unit] > 0;
            for (; i < design->unit_end[unit]; i++)
                unit_of_row[design->row[i]] = (uint32_t)unit;
        }
    return any;
}

baro_status baro_stages_order(const baro_stage *stage, size_t stages, const baro_stage_space *space,
                              baro_design *design, baro_fault *fault)
{
    design[0].next = NULL;
    for (size_t s = 0; s < stages && stage[s].fpc; s++) {
        if (!units_as_strata(&design[s], space[s].before, space[s].share))
            return BARO_OK;
        baro_design_columns columns = {.rows = design[0].rows,
                                       .stratum = space[s].before,
                                       .strata = design[s].units,
                                       .psu = stage[s].unit,
                                       .psus = stage[s].units,
                                       .nested = true,
                                       .fpc = stage[s].fpc};
        baro_status status = baro_design_order(&columns, &space[s].order, &design[s + 1], fault);
        if (status) {
            fault->other += 16 * (unsigned long)(s + 1);
            return status;
        }
        design[s + 1].share = space[s].share;
        design[s + 1].inside = design[0].inside;
        design[s].next = &design[s + 1];
    }
    return BARO_OK;
}
