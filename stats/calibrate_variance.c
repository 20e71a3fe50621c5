#include "stats/calibrate.h"
#include "stats/calibrate_solve.h"
#include <string.h>

static size_t areas_of(const baro_calibration *job)
{
    return job->areas ? job->areas : 1;
}

static size_t area_of(const baro_calibration *job, size_t row)
{
    return job->area ? job->area[row] : 0;
}

/* Walks the calibration variables of a row: margin by margin, `first` the margin's first variable. */
static size_t variable_of(const baro_margin *margin, size_t first, size_t row, double *x)
{
    *x = margin->category ? 1 : margin->number[row];
    return first + (margin->category ? margin->category[row] : 0);
}

static void add_normal(const baro_calibration *job, size_t row, double d, double *normal, size_t n)
{
    double x, y;
    for (size_t m = 0, first = 0; m < job->margins; first += job->margin[m++].categories) {
        size_t k = variable_of(&job->margin[m], first, row, &x);
        for (size_t l = 0, other = 0; l <= m; other += job->margin[l++].categories) {
            size_t j = variable_of(&job->margin[l], other, row, &y);
            normal[k * n + j] += d * x * y;
        }
    }
}

/* Adds d x times the row's outcomes, and d x itself for the column of the weights. */
static void add_cross(const baro_calibration *job, const baro_cross *cross, size_t row, double d, baro_residuals *out)
{
    size_t wide = out->areas * out->variables, column = cross->cell[row] * (cross->outcomes + 1);
    double x;
    for (size_t j = 0; j <= cross->outcomes; j++) {
        double y = 1;
        if (j < cross->outcomes)
            y = baro_cross_value(cross, row, j) -
                cross->shift;
        double *to = &out->cross[(column + j) * wide + area_of(job, row) * out->variables];
        for (size_t m = 0, first = 0; y != 0 && m < job->margins; first += job->margin[m++].categories) {
            size_t k = variable_of(&job->margin[m], first, row, &x);
            to[k] += d * x * y;
        }
    }
}

baro_status baro_calibrate_residuals(const baro_calibration *job, const baro_cross *cross, baro_residuals *out)
{
    out->areas = areas_of(job);
    out->variables = baro_calibrate_variables(job);
    out->columns = cross->cells * (cross->outcomes + 1);
    size_t n = out->variables;
    memset(out->normal, 0, out->areas * n * n * sizeof *out->normal);
    memset(out->cross, 0, out->columns * out->areas * n * sizeof *out->cross);
    for (size_t row = 0; row < job->rows; row++) {
        if (!(job->weight[row] > 0))
            continue;
        double d = out->as_rake ? 1 : job->weight[row];
        add_normal(job, row, d, &out->normal[area_of(job, row) * n * n], n);
        if (cross->cell[row] != BARO_NO_CELL)
            add_cross(job, cross, row, d, out);
    }
    for (size_t a = 0; a < out->areas && !out->as_rake; a++)
        baro_normal_factor(&out->normal[a * n * n], n);
    return BARO_OK;
}

size_t baro_calibrate_entries(const baro_calibration *job, const baro_design *design, const baro_totals *totals)
{
    size_t entries = design->units ? totals->unit_end[design->units - 1] : 0;
    size_t by_rows = job->rows * job->margins, by_units = design->units * areas_of(job) * baro_calibrate_variables(job);
    return entries + (by_rows < by_units ? by_rows : by_units);
}

/* Sums of a unit's calibration variables, in work->sum; marks are 0 between units. */
static size_t sum_unit(const baro_calibration *job, const baro_totals_work *work, size_t row, double w, size_t touched)
{
    size_t start = area_of(job, row) * baro_calibrate_variables(job);
    double x;
    for (size_t m = 0, first = start; m < job->margins; first += job->margin[m++].categories) {
        size_t k = variable_of(&job->margin[m], first, row, &x);
        if (!work->mark[k]) {
            work->mark[k] = 1;
            work->touched[touched++] = (uint32_t)k;
        }
        baro_sum_add(&work->sum[k], w * x);
    }
    return touched;
}

static void sort_ascending(uint32_t *list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t moved = list[i];
        size_t k = i;
        for (; k > 0 && list[k - 1] > moved; k--)
            list[k] = list[k - 1];
        list[k] = moved;
    }
}

/* Writes the unit's variables behind its entries. */
static size_t close_unit(const baro_totals_work *work, size_t touched, size_t entries, baro_totals *out)
{
    sort_ascending(work->touched, touched);
    for (size_t i = 0; i < touched; i++) {
        uint32_t k = work->touched[i];
        out->column[entries] = (uint32_t)(out->domain_columns + k);
        out->high[entries] = work->sum[k].high;
        out->low[entries++] = work->sum[k].low;
        work->sum[k] = (baro_sum){0, 0};
        work->mark[k] = 0;
    }
    return entries;
}

void baro_calibrate_extend(const baro_calibration *job, const baro_design *design, const double *weight,
                           const baro_totals *totals, const baro_totals_work *work, baro_totals *out)
{
    size_t more = areas_of(job) * baro_calibrate_variables(job), entries = 0, old = 0;
    out->moments = totals->moments;
    out->sum_wyy = totals->sum_wyy;
    out->hits = totals->hits;
    out->domain_columns = totals->columns;
    out->columns = totals->columns + more;
    memset(work->mark, 0, more);
    memset(work->sum, 0, out->columns * sizeof *work->sum);
    for (size_t unit = 0, i = 0; unit < design->units; unit++) {
        size_t touched = 0;
        for (; old < totals->unit_end[unit]; old++, entries++) {
            out->column[entries] = totals->column[old];
            out->high[entries] = totals->high[old];
            out->low[entries] = totals->low[old];
        }
        for (; i < design->unit_end[unit]; i++)
            if (weight[design->row[i]] > 0)
                touched = sum_unit(job, work, design->row[i], weight[design->row[i]], touched);
        entries = close_unit(work, touched, entries, out);
        out->unit_end[unit] = (uint32_t)entries;
    }
    for (size_t e = 0; e < entries; e++)
        baro_sum_join(&work->sum[out->column[e]], (baro_sum){out->high[e], out->low[e]});
    for (size_t k = 0; k < out->columns; k++)
        out->total[k] = baro_sum_value(work->sum[k]);
    if (out->next)
        baro_calibrate_extend(job, design->next, weight, totals->next, work, out->next);
}

/* Ten sweeps of means over the margins are ten of Gauss and Seidel's: categories of one margin share no rows. x[n]
 * becomes the slopes. */
static void sweep(const double *normal, size_t n, double *x, double *slope)
{
    memset(slope, 0, n * sizeof *slope);
    for (size_t times = 0; times < 10; times++)
        for (size_t k = 0; k < n; k++) {
            double rest = x[k];
            for (size_t j = 0; j < n; j++)
                rest -= j == k ? 0 : (j < k ? normal[k * n + j] : normal[j * n + k]) * slope[j];
            slope[k] = normal[k * n + k] > 0 ? rest / normal[k * n + k] : 0;
        }
    memcpy(x, slope, n * sizeof *x);
}

baro_status baro_calibrate_form(const baro_residuals *residuals, const baro_linear *form, double *slope, size_t room,
                                uint32_t *column_out, double *slope_out, baro_linear *out)
{
    size_t n = residuals->variables, wide = residuals->areas * n, used = form->n;
    if (room < form->n)
        return BARO_OUT_OF_DOMAIN;
    for (size_t i = 0; i < form->n; i++) {
        column_out[i] = form->column[i];
        slope_out[i] = form->slope[i];
    }
    for (size_t a = 0; a < residuals->areas; a++) {
        memset(slope, 0, n * sizeof *slope);
        for (size_t i = 0; i < form->n; i++)
            for (size_t k = 0; form->slope[i] != 0 && k < n; k++)
                slope[k] += form->slope[i] * residuals->cross[form->column[i] * wide + a * n + k];
        if (residuals->as_rake)
            sweep(&residuals->normal[a * n * n], n, slope, slope + n);
        else
            baro_normal_solve(&residuals->normal[a * n * n], n, slope);
        for (size_t k = 0; k < n; k++) {
            if (slope[k] == 0)
                continue;
            if (used == room)
                return BARO_OUT_OF_DOMAIN;
            column_out[used] = (uint32_t)(residuals->columns + a * n + k);
            slope_out[used++] = -slope[k];
        }
    }
    *out = (baro_linear){form->value, used, column_out, slope_out};
    return BARO_OK;
}
