#include "stats/calibrate_parts.h"
#include "stats/room.h"
#include <math.h>
#include <string.h>

enum { DEFAULT_MOST = 500 };

static size_t areas_of(const baro_calibration *job)
{
    return job->areas ? job->areas : 1;
}

size_t baro_calibrate_variables(const baro_calibration *job)
{
    size_t n = 0;
    for (size_t m = 0; m < job->margins; m++)
        n += job->margin[m].categories;
    return n;
}

static size_t lay_out(const baro_calibration *job, char *base, baro_calibrate_problem *p)
{
    baro_room room = {.base = base};
    size_t k = baro_calibrate_variables(job);
    p->sum = baro_carve(&room, k, sizeof *p->sum);
    p->g = baro_carve(&room, job->rows, sizeof *p->g);
    p->base = baro_carve(&room, k, sizeof *p->base);
    p->b = baro_carve(&room, k, sizeof *p->b);
    p->tried = baro_carve(&room, k, sizeof *p->tried);
    p->step = baro_carve(&room, k, sizeof *p->step);
    p->target = baro_carve(&room, k, sizeof *p->target);
    p->normal = baro_carve(&room, baro_times(k, k), sizeof *p->normal);
    p->first = baro_carve(&room, job->margins + 1, sizeof *p->first);
    p->order = baro_carve(&room, job->rows, sizeof *p->order);
    p->area_end = baro_carve(&room, areas_of(job) + 1, sizeof *p->area_end);
    return baro_room_size(&room);
}

size_t baro_calibrate_room(const baro_calibration *job)
{
    baro_calibrate_problem ignored;
    return lay_out(job, NULL, &ignored);
}

/* ---- an area ---- */

static baro_status check_targets(baro_calibrate_problem *p, baro_fault *fault)
{
    const baro_calibration *job = p->job;
    memset(p->base, 0, p->variables * sizeof *p->base);
    for (size_t i = 0; i < p->n; i++)
        for (size_t m = 0; m < job->margins; m++) {
            double x;
            size_t k = baro_calibrate_variable(p, m, p->row[i], &x);
            p->base[k] += job->weight[p->row[i]] * fabs(x);
        }
    for (size_t m = 0; m < job->margins; m++)
        for (size_t k = p->first[m]; k < p->first[m + 1]; k++) {
            double t = job->margin[m].target[p->area * job->margin[m].categories + k - p->first[m]];
            p->target[k] = t;
            if (!isfinite(t) || (job->margin[m].category && t < 0))
                return baro_calibrate_blame(p, BARO_OUT_OF_DOMAIN, k, t, fault);
            if (t != 0 && p->base[k] == 0)
                return baro_calibrate_blame(p, BARO_EMPTY_DOMAIN, k, t, fault);
        }
    return BARO_OK;
}

static baro_status calibrate_area(baro_calibrate_problem *p, baro_calibrated *out, baro_fault *fault)
{
    size_t iterations = 0;
    double misfit = 0;
    baro_status status = check_targets(p, fault);
    memset(p->b, 0, p->variables * sizeof *p->b);
    if (status == BARO_OK)
        status = baro_calibrate_iterate(p, &iterations, &misfit, fault);
    out->iterations = iterations > out->iterations ? iterations : out->iterations;
    out->misfit = misfit > out->misfit ? misfit : out->misfit;
    return status;
}

/* ---- all of it ---- */

static baro_status check_rows(const baro_calibration *job, baro_fault *fault)
{
    for (size_t row = 0; row < job->rows; row++) {
        double d = job->weight[row];
        if (!(d >= 0) || isinf(d)) {
            *fault = (baro_fault){row, 0, d};
            return BARO_BAD_WEIGHT;
        }
        size_t m = 0;
        while (d > 0 && m < job->margins &&
               (job->margin[m].category ? job->margin[m].category[row] < job->margin[m].categories
                                        : isfinite(job->margin[m].number[row])))
            m++;
        if (d > 0 && (m < job->margins || (job->area && job->area[row] >= areas_of(job)))) {
            *fault = (baro_fault){.index = row, .other = m};
            return BARO_BAD_DATA;
        }
        double lower, upper;
        baro_calibrate_bounds(job, d, &lower, &upper);
        if (d > 0 && !(lower < upper)) {
            *fault = (baro_fault){job->margins + 1, row, d};
            return BARO_OUT_OF_DOMAIN;
        }
    }
    return BARO_OK;
}

static bool can_be_done(const baro_calibration *job)
{
    bool by_margin = baro_calibrate_by_margin(job), bounds = baro_calibrate_bounded(job);
    for (size_t m = 0; m < job->margins; m++)
        if (job->margin[m].categories == 0 ||
            (!job->margin[m].category && (by_margin || job->margin[m].categories != 1)))
            return false;
    if (job->margins == 0 || job->kind >= BARO_CALIBRATE_KINDS ||
        (job->kind == BARO_CALIBRATE_POSTSTRATIFY && job->margins != 1))
        return false;
    if (bounds && ((job->kind != BARO_CALIBRATE_LINEAR && job->kind != BARO_CALIBRATE_LOGIT) || !(job->lower < 1) ||
                   !(job->upper > 1)))
        return false;
    if (job->kind == BARO_CALIBRATE_LOGIT && (!bounds || !(job->lower >= 0) || isinf(job->upper)))
        return false;
    return job->smallest >= 0 && (job->largest == 0 || job->largest > job->smallest);
}

/* Rows by area, those of weight 0 left out: a counting sort. */
static void sort_areas(baro_calibrate_problem *p)
{
    const baro_calibration *job = p->job;
    size_t areas = areas_of(job);
    memset(p->area_end, 0, (areas + 1) * sizeof *p->area_end);
    for (size_t row = 0; row < job->rows; row++)
        if (job->weight[row] > 0)
            p->area_end[(job->area ? job->area[row] : 0) + 1]++;
    for (size_t a = 0; a < areas; a++)
        p->area_end[a + 1] += p->area_end[a];
    for (size_t row = 0; row < job->rows; row++)
        if (job->weight[row] > 0)
            p->order[p->area_end[job->area ? job->area[row] : 0]++] = (uint32_t)row;
}

static baro_weight_shape shape_of(const double *weight, size_t rows)
{
    baro_weight_shape shape = {0, INFINITY, 0, NAN, NAN};
    baro_sum sum = {0, 0}, squares = {0, 0};
    for (size_t i = 0; i < rows; i++) {
        if (weight[i] <= 0)
            continue;
        shape.n++;
        shape.smallest = fmin(shape.smallest, weight[i]);
        shape.largest = fmax(shape.largest, weight[i]);
        baro_sum_add(&sum, weight[i]);
        baro_sum_add(&squares, weight[i] * weight[i]);
    }
    double n = (double)shape.n, total = baro_sum_value(sum);
    if (shape.n == 0)
        return (baro_weight_shape){0, NAN, NAN, NAN, NAN};
    shape.kish = n * baro_sum_value(squares) / (total * total);
    shape.cv = sqrt(fmax(0, shape.kish - 1) * (shape.n > 1 ? n / (n - 1) : 1));
    return shape;
}

static baro_status finish(const baro_calibrate_problem *p, double *weight, baro_calibrated *out, baro_fault *fault)
{
    const baro_calibration *job = p->job;
    for (size_t row = 0; row < job->rows; row++) {
        weight[row] = job->weight[row] * p->g[row]; /* g stays 1 where the weight is 0 */
        if (weight[row] < 0) {
            *fault = (baro_fault){row, 0, weight[row]};
            return BARO_BAD_WEIGHT;
        }
        if (job->weight[row] > 0) {
            double lower, upper;
            baro_calibrate_bounds(job, job->weight[row], &lower, &upper);
            out->trimmed += baro_calibrate_limited(job) && (p->g[row] <= lower || p->g[row] >= upper);
            out->smallest_g = fmin(out->smallest_g, p->g[row]);
            out->largest_g = fmax(out->largest_g, p->g[row]);
        }
    }
    out->before = shape_of(job->weight, job->rows);
    out->after = shape_of(weight, job->rows);
    return BARO_OK;
}

baro_status baro_calibrate(const baro_calibration *job, void *scratch, double *weight, double *achieved,
                           baro_calibrated *out, baro_fault *fault)
{
    baro_calibrate_problem p = {.job = job, .variables = baro_calibrate_variables(job)};
    if (!can_be_done(job)) {
        *fault = (baro_fault){.index = job->margins};
        return BARO_OUT_OF_DOMAIN;
    }
    baro_status status = check_rows(job, fault);
    if (status)
        return status;
    lay_out(job, scratch, &p);
    for (size_t row = 0; row < job->rows; row++)
        p.g[row] = 1;
    p.first[0] = 0;
    for (size_t m = 0; m < job->margins; m++)
        p.first[m + 1] = p.first[m] + job->margin[m].categories;
    *out = (baro_calibrated){.smallest_g = INFINITY, .largest_g = -INFINITY};
    sort_areas(&p);
    for (; p.area < areas_of(job) && status == BARO_OK; p.area++) {
        size_t begin = p.area ? p.area_end[p.area - 1] : 0;
        p.row = &p.order[begin];
        p.n = p.area_end[p.area] - begin;
        p.most = job->most ? job->most : DEFAULT_MOST;
        p.achieved = &achieved[p.area * p.variables];
        status = calibrate_area(&p, out, fault);
    }
    status = status ? status : finish(&p, weight, out, fault);
    baro_room_leave(scratch, baro_calibrate_room(job));
    return status;
}
