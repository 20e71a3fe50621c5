#include "stats/design.h"
#include <math.h>
#include <string.h>

enum { FPC_VARIES, FPC_MIXED, FPC_TOO_SMALL, FPC_NOT_POSITIVE };

/* A stable counting sort of `from` (or of 0 .. rows-1 when NULL) by code; count has `codes` + 1 places. */
static void sort_by_code(const uint32_t *code, size_t codes, const uint32_t *from, size_t rows, uint32_t *to, uint32_t *count)
{
    memset(count, 0, (codes + 1) * sizeof *count);
    for (size_t i = 0; i < rows; i++)
        count[code[i] + 1]++;
    for (size_t c = 0; c < codes; c++)
        count[c + 1] += count[c];
    for (size_t i = 0; i < rows; i++) {
        uint32_t row = from ? from[i] : (uint32_t)i;
        to[count[code[row]]++] = row;
    }
}

static void order_rows(const baro_design_columns *columns, const baro_design_space *space)
{
    size_t rows = columns->rows;
    uint32_t *count = space->work + rows;
    for (size_t i = 0; i < rows; i++)
        space->row[i] = (uint32_t)i;
    if (columns->psu && columns->stratum) {
        sort_by_code(columns->psu, columns->psus, NULL, rows, space->work, count);
        sort_by_code(columns->stratum, columns->strata, space->work, rows, space->row, count);
    } else if (columns->psu)
        sort_by_code(columns->psu, columns->psus, NULL, rows, space->row, count);
    else if (columns->stratum)
        sort_by_code(columns->stratum, columns->strata, NULL, rows, space->row, count);
}

/* Walks the ordered rows and closes a unit or a stratum wherever a code changes. */
static void find_ends(const baro_design_columns *columns, const baro_design_space *space, baro_design *design)
{
    size_t units = 0, strata = 0;
    for (size_t i = 0; i < columns->rows; i++) {
        uint32_t row = space->row[i], next = i + 1 < columns->rows ? space->row[i + 1] : row;
        bool last = i + 1 == columns->rows;
        bool stratum_ends = last || (columns->stratum && columns->stratum[next] != columns->stratum[row]);
        bool unit_ends = stratum_ends || !columns->psu || columns->psu[next] != columns->psu[row];
        if (unit_ends)
            space->unit_end[units++] = (uint32_t)(i + 1);
        if (stratum_ends) {
            space->stratum[strata] = columns->stratum ? columns->stratum[row] : 0;
            space->stratum_end[strata++] = (uint32_t)units;
        }
    }
    design->units = units;
    design->strata = strata;
}

static baro_status check_nesting(const baro_design_columns *columns, uint32_t *stratum_of_psu, baro_fault *fault)
{
    if (!columns->psu || !columns->stratum || columns->nested)
        return BARO_OK;
    memset(stratum_of_psu, 0, columns->psus * sizeof *stratum_of_psu);
    for (size_t i = 0; i < columns->rows; i++) {
        uint32_t *seen = &stratum_of_psu[columns->psu[i]], stratum = columns->stratum[i] + 1;
        if (*seen && *seen != stratum) {
            *fault = (baro_fault){i, columns->psu[i], 0};
            return BARO_OUT_OF_DOMAIN;
        }
        *seen = stratum;
    }
    return BARO_OK;
}

static baro_status read_fractions(const baro_design_columns *columns, const baro_design_space *space, const baro_design *design, baro_fault *fault)
{
    bool fractions = false, sizes = false;
    size_t unit = 0, i = 0;
    for (size_t h = 0; h < design->strata; h++) {
        size_t n_h = space->stratum_end[h] - unit, end;
        unit = space->stratum_end[h];
        end = space->unit_end[unit - 1];
        double value = columns->fpc ? columns->fpc[space->row[i]] : 0;
        unsigned long first = space->row[i];
        for (; i < end; i++)
            if (columns->fpc && columns->fpc[space->row[i]] != value) {
                *fault = (baro_fault){space->row[i], FPC_VARIES, columns->fpc[space->row[i]]};
                return BARO_BAD_FPC;
            }
        space->fraction[h] = 0;
        if (!columns->fpc)
            continue;
        fractions = fractions || value < 1 || (value == 1 && n_h > 1); /* 1 of 1 is both */
        sizes = sizes || value > 1;
        int why = !(value > 0) ? FPC_NOT_POSITIVE : fractions && sizes ? FPC_MIXED : value > 1 && value < (double)n_h ? FPC_TOO_SMALL : -1;
        if (why >= 0) {
            *fault = (baro_fault){first, (unsigned long)why, value};
            return BARO_BAD_FPC;
        }
        space->fraction[h] = value <= 1 ? value : isinf(value) ? 0 : (double)n_h / value;
    }
    return BARO_OK;
}

baro_status baro_design_order(const baro_design_columns *columns, const baro_design_space *space, baro_design *design, baro_fault *fault)
{
    baro_status status = check_nesting(columns, space->work, fault);
    if (status)
        return status;
    baro_design made = {.rows = columns->rows,
                        .row = space->row,
                        .unit_end = space->unit_end,
                        .stratum_end = space->stratum_end,
                        .stratum = space->stratum,
                        .fraction = space->fraction};
    order_rows(columns, space);
    find_ends(columns, space, &made);
    status = read_fractions(columns, space, &made, fault);
    if (status == BARO_OK)
        *design = made;
    return status;
}

size_t baro_design_lonely(const baro_design *design)
{
    for (size_t h = 0, first = 0; h < design->strata; first = design->stratum_end[h++])
        if (design->stratum_end[h] - first == 1 && design->fraction[h] < 1 && (!design->share || design->share[h] > 0))
            return h;
    return design->strata;
}
