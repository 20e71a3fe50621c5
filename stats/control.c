#include "stats/control.h"
#include <math.h>
#include <stdbool.h>

static bool counts(const baro_control_points *points, size_t t)
{
    return !isnan(points->value[t]) && (!points->inside || points->inside[t]);
}

baro_status baro_control_p(const baro_control_points *points, double *centre, double half[], size_t *used)
{
    double n = 0, hits = 0, n_deff = 0, deff = 0;
    size_t found = 0;
    for (size_t t = 0; t < points->points; t++) {
        if (!counts(points, t) || !(points->base[t] > 0))
            continue;
        found++;
        n += points->base[t];
        hits += points->base[t] * points->value[t];
        if (isnan(points->deff[t]))
            continue;
        n_deff += points->base[t];
        deff += points->base[t] * points->deff[t];
    }
    if (found < 2 || !(n_deff > 0))
        return BARO_EMPTY_DOMAIN;
    double p = hits / n, spread = deff / n_deff * p * (1 - p);
    for (size_t t = 0; t < points->points; t++) {
        bool there = !isnan(points->value[t]) && points->base[t] > 0;
        half[t] = there ? 3 * sqrt(fmax(0, spread) / points->base[t]) : NAN;
    }
    *centre = p;
    *used = found;
    return BARO_OK;
}

baro_status baro_control_xmr(const baro_control_points *points, double *centre, double half[], size_t *used)
{
    double sum = 0, ranges = 0;
    size_t found = 0, pairs = 0;
    for (size_t t = 0; t < points->points; t++) {
        if (!counts(points, t))
            continue;
        found++;
        sum += points->value[t];
        if (t > 0 && counts(points, t - 1)) {
            pairs++;
            ranges += fabs(points->value[t] - points->value[t - 1]);
        }
    }
    if (pairs == 0)
        return BARO_EMPTY_DOMAIN;
    for (size_t t = 0; t < points->points; t++)
        half[t] = isnan(points->value[t]) ? NAN : 2.66 * ranges / (double)pairs;
    *centre = sum / (double)found;
    *used = found;
    return BARO_OK;
}

/* ---- rules ---- */

static int side_of(double value, double line)
{
    return (value > line) - (value < line); /* 0 for what is not there, too */
}

static void mark_side(const double value[], double centre, size_t points, unsigned rule[])
{
    for (size_t first = 0, end; first < points; first = end) {
        int side = side_of(value[first], centre);
        for (end = first + 1; end < points && side_of(value[end], centre) == side;)
            end++;
        for (size_t t = first; t < end && side != 0 && end - first >= BARO_CONTROL_RUN; t++)
            rule[t] |= BARO_RULE_SIDE;
    }
}

static void mark_trend(const double value[], size_t points, unsigned rule[])
{
    for (size_t first = 0, end; first + 1 < points; first = end - 1) {
        int step = side_of(value[first + 1], value[first]);
        for (end = first + 2; end < points && side_of(value[end], value[end - 1]) == step;)
            end++;
        for (size_t t = first; t < end && step != 0 && end - first >= BARO_CONTROL_RUN; t++)
            rule[t] |= BARO_RULE_TREND;
    }
}

static const double near_limit = 2.0 / 3;

/* 1, -1 above or below that share of the way to the limit, else 0. */
static int beyond(double value, double centre, double half, double share)
{
    double away = half * share;
    return half > 0 ? (value > centre + away) - (value < centre - away) : 0;
}

static void mark_near(const double value[], double centre, const double half[], size_t points, unsigned rule[])
{
    for (size_t t = 2; t < points; t++) {
        if (isnan(value[t]) || isnan(value[t - 1]) || isnan(value[t - 2]))
            continue;
        for (int side = -1; side <= 1; side += 2) {
            size_t found = 0;
            for (size_t k = t - 2; k <= t; k++)
                found += beyond(value[k], centre, half[k], near_limit) == side;
            for (size_t k = t - 2; k <= t && found >= 2; k++)
                if (beyond(value[k], centre, half[k], near_limit) == side)
                    rule[k] |= BARO_RULE_NEAR;
        }
    }
}

void baro_control_rules(const double value[], double centre, const double half[], size_t points, unsigned rule[])
{
    for (size_t t = 0; t < points; t++)
        rule[t] = beyond(value[t], centre, half[t], 1) != 0 ? BARO_RULE_LIMIT : 0;
    mark_side(value, centre, points, rule);
    mark_trend(value, points, rule);
    mark_near(value, centre, half, points, rule);
}
