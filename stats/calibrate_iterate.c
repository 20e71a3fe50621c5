#include "stats/calibrate_parts.h"
#include "stats/calibrate_solve.h"
#include <math.h>
#include <string.h>

static const double close_enough = 1e-9, wanted_misfit = 1e-12;

/* ---- F, its derivative and its integral ---- */

static baro_calibrate_distance linear(double u)
{
    return (baro_calibrate_distance){1 + u, 1, u + .5 * u * u};
}

/* F = lower + (upper - lower) expit(a u + shift), with F(0) = F'(0) = 1. */
static baro_calibrate_distance logit(double lower, double upper, double u)
{
    double a = (upper - lower) / ((1 - lower) * (upper - 1)), shift = log((1 - lower) / (upper - 1)), v = a * u + shift;
    double up = 1 / (1 + exp(-v)); /* share of the way from lower to upper; 0 where exp(-v) is beyond all numbers */
    double soft = v > 0 ? v + log1p(exp(-v)) : log1p(exp(v));
    return (baro_calibrate_distance){lower + (upper - lower) * up, (upper - lower) * a * up * (1 - up),
                      lower * u + (upper - lower) / a * soft};
}

static baro_calibrate_distance free_distance(const baro_calibration *job, double u)
{
    if (job->kind == BARO_CALIBRATE_LINEAR)
        return linear(u);
    if (job->kind == BARO_CALIBRATE_LOGIT)
        return logit(job->lower, job->upper, u);
    return (baro_calibrate_distance){exp(u), exp(u), exp(u)};
}

/* Where F has a value; only asked for values that F has. */
static double inverse(const baro_calibration *job, double value)
{
    double lower = job->lower, upper = job->upper;
    if (job->kind == BARO_CALIBRATE_LINEAR)
        return value - 1;
    if (job->kind == BARO_CALIBRATE_LOGIT)
        return (log((value - lower) / (upper - value)) - log((1 - lower) / (upper - 1))) * (1 - lower) * (upper - 1) /
               (upper - lower);
    return log(value);
}

/* Cut off at a row's bounds; beyond them the integral goes on as a straight line, so that the objective stays convex.
 */
baro_calibrate_distance baro_calibrate_distance_of(const baro_calibration *job, double d, double u)
{
    double lower, upper;
    baro_calibrate_distance f = free_distance(job, u);
    baro_calibrate_bounds(job, d, &lower, &upper);
    if (f.value >= lower && f.value <= upper)
        return f;
    double bound = f.value < lower ? lower : upper, at = inverse(job, bound);
    return (baro_calibrate_distance){bound, 0, free_distance(job, at).integral + bound * (u - at)};
}

/* ---- what all methods share ---- */

static void sum_achieved(baro_calibrate_problem *p)
{
    memset(p->sum, 0, p->variables * sizeof *p->sum);
    for (size_t i = 0; i < p->n; i++) {
        double w = p->job->weight[p->row[i]] * p->g[p->row[i]], x;
        for (size_t m = 0; m < p->job->margins; m++) {
            size_t k = baro_calibrate_variable(p, m, p->row[i], &x);
            baro_sum_add(&p->sum[k], w * x);
        }
    }
    for (size_t k = 0; k < p->variables; k++)
        p->achieved[k] = baro_sum_value(p->sum[k]);
}

/* Relative to the target, or, where that is 0, to what the base weights have. */
static double largest_misfit(const baro_calibrate_problem *p, size_t *variable)
{
    double worst = 0;
    *variable = 0;
    for (size_t k = 0; k < p->variables; k++) {
        double scale = p->target[k] != 0 ? fabs(p->target[k]) : p->base[k];
        double misfit = scale > 0 ? fabs(p->achieved[k] - p->target[k]) / scale : 0;
        if (!(misfit <= worst)) {
            worst = isnan(misfit) ? INFINITY : misfit;
            *variable = k;
        }
    }
    return worst;
}

baro_status baro_calibrate_blame(const baro_calibrate_problem *p, baro_status status, size_t variable, double value,
                                 baro_fault *fault)
{
    size_t m = 0;
    while (p->first[m + 1] <= variable)
        m++;
    *fault = (baro_fault){m, p->area * p->job->margin[m].categories + variable - p->first[m], value};
    return status;
}

static baro_status judge(const baro_calibrate_problem *p, double *misfit, baro_fault *fault)
{
    size_t variable;
    *misfit = largest_misfit(p, &variable);
    return *misfit <= close_enough ? BARO_OK : baro_calibrate_blame(p, BARO_NOT_CONVERGED, variable, *misfit, fault);
}

/* ---- raking ---- */

static void fit_margin(baro_calibrate_problem *p, size_t margin)
{
    size_t first = p->first[margin], end = p->first[margin + 1];
    double x;
    memset(&p->sum[first], 0, (end - first) * sizeof *p->sum);
    for (size_t i = 0; i < p->n; i++) {
        size_t row = p->row[i], k = baro_calibrate_variable(p, margin, row, &x);
        baro_sum_add(&p->sum[k], p->job->weight[row] * p->g[row]);
    }
    for (size_t k = first; k < end; k++) {
        double sum = baro_sum_value(p->sum[k]);
        p->step[k] = sum > 0 ? p->target[k] / sum : 1;
    }
    for (size_t i = 0; i < p->n; i++)
        p->g[p->row[i]] *= p->step[baro_calibrate_variable(p, margin, p->row[i], &x)];
}

static baro_status rake(baro_calibrate_problem *p, size_t *iterations, double *misfit, baro_fault *fault)
{
    double before, now = INFINITY;
    size_t variable;
    do {
        for (size_t m = 0; m < p->job->margins; m++)
            fit_margin(p, m);
        sum_achieved(p);
        before = now;
        now = largest_misfit(p, &variable);
        (*iterations)++;
        if (now <= close_enough && now >= before)
            break; /* rounding is all that is left */
    } while (now > wanted_misfit && *iterations < p->most);
    return judge(p, misfit, fault);
}

/* ---- Newton's steps ---- */

/* Weights, sums and the objective at b. */
static void evaluate(baro_calibrate_problem *p, const double *b)
{
    baro_sum objective = {0, 0};
    for (size_t i = 0; i < p->n; i++) {
        size_t row = p->row[i];
        double u = 0, x, d = p->job->weight[row];
        for (size_t m = 0; m < p->job->margins; m++) {
            size_t k = baro_calibrate_variable(p, m, row, &x);
            u += b[k] * x;
        }
        baro_calibrate_distance f = baro_calibrate_distance_of(p->job, d, u);
        p->g[row] = f.value;
        baro_sum_add(&objective, d * f.integral);
    }
    for (size_t k = 0; k < p->variables; k++)
        baro_sum_add(&objective, -b[k] * p->target[k]);
    p->objective = baro_sum_value(objective);
    sum_achieved(p);
}

/* sum d F' x x'. Rows at a bound have F' = 0; with `all` they count as if they could move, lest a variable has no row
 * left. */
static size_t make_normal(baro_calibrate_problem *p, bool all)
{
    size_t n = p->variables, margins = p->job->margins;
    memset(p->normal, 0, n * n * sizeof *p->normal);
    for (size_t i = 0; i < p->n; i++) {
        size_t row = p->row[i];
        double u = 0, x, y;
        for (size_t m = 0; m < margins; m++) {
            size_t k = baro_calibrate_variable(p, m, row, &x);
            u += p->b[k] * x;
        }
        double d = p->job->weight[row], stand_in = p->job->kind == BARO_CALIBRATE_LINEAR ? 1 : p->g[row];
        d *= all ? stand_in : baro_calibrate_distance_of(p->job, d, u).slope;
        for (size_t m = 0; m < margins && d > 0; m++) {
            size_t k = baro_calibrate_variable(p, m, row, &x);
            for (size_t l = 0; l <= m; l++) {
                size_t j = baro_calibrate_variable(p, l, row, &y);
                p->normal[k * n + j] += d * x * y; /* margins come in order, so j <= k */
            }
        }
    }
    return baro_normal_factor(p->normal, n);
}

/* One step, halved until the objective or the misfit is better. */
static bool take_step(baro_calibrate_problem *p)
{
    size_t ignored;
    double before = p->objective, misfit = largest_misfit(p, &ignored), length = 1;
    for (size_t k = 0; k < p->variables; k++)
        p->step[k] = p->target[k] - p->achieved[k];
    baro_normal_solve(p->normal, p->variables, p->step);
    for (size_t half = 0; half < 40; half++, length /= 2) {
        for (size_t k = 0; k < p->variables; k++)
            p->tried[k] = p->b[k] + length * p->step[k];
        evaluate(p, p->tried);
        if (p->objective < before || largest_misfit(p, &ignored) < misfit) {
            memcpy(p->b, p->tried, p->variables * sizeof *p->b);
            return true;
        }
    }
    evaluate(p, p->b);
    return false;
}

static baro_status newton(baro_calibrate_problem *p, size_t *iterations, double *misfit, baro_fault *fault)
{
    size_t ignored, rank = make_normal(p, true);
    evaluate(p, p->b);
    while (largest_misfit(p, &ignored) > wanted_misfit && *iterations < p->most) {
        if (make_normal(p, false) < rank)
            make_normal(p, true);
        (*iterations)++;
        if (take_step(p))
            continue;
        make_normal(p, true);
        if (!take_step(p))
            break;
    }
    return judge(p, misfit, fault);
}

baro_status baro_calibrate_iterate(baro_calibrate_problem *p, size_t *iterations, double *misfit, baro_fault *fault)
{
    /* Newton's steps get there where sweeps take too many, and are the only way with limits. */
    bool sweeps = baro_calibrate_by_margin(p->job) && !baro_calibrate_limited(p->job);
    if (sweeps && rake(p, iterations, misfit, fault) == BARO_OK)
        return BARO_OK;
    p->most += *iterations;
    return newton(p, iterations, misfit, fault);
}
