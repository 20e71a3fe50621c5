#include "stats/spread.h"
#include "stats/random.h"
#include "stats/room.h"
#include <math.h>
#include <string.h>

/* What rounding leaves of a variance that is none, beside the largest. */
static const double nothing_left = 1e-13;

baro_spread baro_spread_of(const baro_spread_sums *sums)
{
    baro_spread out = {NAN, NAN, NAN, NAN};
    if (!(sums->sum_w > 0))
        return out;
    double mean = sums->sum_wy / sums->sum_w, low = INFINITY, high = -INFINITY, between = 0, away = 0;
    for (size_t g = 0; g < sums->groups; g++) {
        if (!(sums->w[g] > 0))
            continue;
        double m = sums->wy[g] / sums->w[g], share = sums->w[g] / sums->sum_w;
        between += share * (m - mean) * (m - mean);
        away += share * fabs(m - mean);
        low = fmin(low, m);
        high = fmax(high, m);
    }
    return (baro_spread){between, sums->sum_wyy / sums->sum_w - mean * mean, high - low, away};
}

double baro_spread_bias(size_t groups, const double *share, const double *variance, size_t step,
                        double variance_of_mean)
{
    double sum = 0;
    for (size_t g = 0; g < groups; g++)
        sum += share[g] * variance[g * step];
    return sum - variance_of_mean;
}

/* ---- draws ---- */

/* Scratch of a race, and what it holds. */
typedef struct {
    const baro_spread_race *race;
    double *root;   /* [groups * groups] rows of L, V = L L', its columns in the order of the pivots */
    double *left;   /* [groups] of the diagonal */
    double *means;  /* [groups] of a draw */
    double *normal; /* [groups] */
    double *drawn;  /* [factors] */
    double *count;  /* [factors * factors] draws in which a factor had a rank */
    size_t rank;
} drawing;

static size_t lay_out(drawing *d, const baro_spread_race *race, double *base)
{
    baro_room room = {.base = (char *)base};
    size_t g = race->groups, f = race->factors;
    *d = (drawing){.race = race};
    d->root = baro_carve(&room, baro_times(g, g), sizeof *d->root);
    d->left = baro_carve(&room, g, sizeof *d->left);
    d->means = baro_carve(&room, g, sizeof *d->means);
    d->normal = baro_carve(&room, g, sizeof *d->normal);
    d->drawn = baro_carve(&room, f, sizeof *d->drawn);
    d->count = baro_carve(&room, baro_times(f, f), sizeof *d->count);
    return baro_room_size(&room) / sizeof *base;
}

size_t baro_spread_room(const baro_spread_race *race)
{
    drawing ignored;
    return lay_out(&ignored, race, NULL);
}

static size_t largest(const double *x, size_t n)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[at])
            at = i;
    return at;
}

/* Cholesky with pivots, which ends where nothing is left: V is as singular as it likes. */
static void take_root(drawing *d)
{
    size_t n = d->race->groups;
    const double *v = d->race->covariance;
    memset(d->root, 0, n * n * sizeof *d->root);
    for (size_t g = 0; g < n; g++)
        d->left[g] = v[g * n + g];
    double least = n ? d->left[largest(d->left, n)] * nothing_left : 0;
    for (d->rank = 0; d->rank < n; d->rank++) {
        size_t pivot = largest(d->left, n), k = d->rank;
        if (!(d->left[pivot] > least))
            return;
        double length = sqrt(d->left[pivot]);
        const double *row = &d->root[pivot * n];
        for (size_t g = 0; g < n; g++) {
            double rest = v[g * n + pivot];
            for (size_t i = 0; i < k; i++)
                rest -= d->root[g * n + i] * row[i];
            if (g == pivot || !(d->left[g] > least))
                continue;
            d->root[g * n + k] = rest / length;
            d->left[g] -= d->root[g * n + k] * d->root[g * n + k];
        }
        d->root[pivot * n + k] = length;
        d->left[pivot] = 0;
    }
}

/* Two at a time (Marsaglia's polar method). */
static void draw_normals(baro_random *random, size_t n, double *out)
{
    for (size_t i = 0; i < n; i += 2) {
        double u, v, s;
        do {
            u = 2 * baro_random_uniform(random) - 1;
            v = 2 * baro_random_uniform(random) - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = sqrt(-2 * log(s) / s);
        out[i] = u * factor;
        if (i + 1 < n)
            out[i + 1] = v * factor;
    }
}

static double between_of(const baro_spread_race *race, const baro_spread_factor *factor, const double *mean)
{
    double m = 0, between = 0;
    for (size_t g = factor->first; g < factor->first + factor->groups; g++)
        m += race->share[g] * mean[g];
    for (size_t g = factor->first; g < factor->first + factor->groups; g++)
        between += race->share[g] * (mean[g] - m) * (mean[g] - m);
    return between;
}

static void draw(drawing *d, baro_random *random)
{
    const baro_spread_race *race = d->race;
    draw_normals(random, d->rank, d->normal);
    for (size_t g = 0; g < race->groups; g++) {
        d->means[g] = race->mean[g];
        for (size_t i = 0; i < d->rank; i++)
            d->means[g] += d->root[g * race->groups + i] * d->normal[i];
    }
    for (size_t f = 0; f < race->factors; f++)
        d->drawn[f] = between_of(race, &race->factor[f], d->means) - 2 * race->factor[f].bias;
}

static double best_of(const drawing *d, baro_spread_side side)
{
    double best = -INFINITY;
    for (size_t f = 0; f < d->race->factors; f++)
        if (d->race->factor[f].side == side)
            best = fmax(best, d->drawn[f]);
    return best;
}

static void count_ranks(drawing *d)
{
    size_t n = d->race->factors;
    for (size_t f = 0; f < n; f++) {
        size_t rank = 0;
        for (size_t other = 0; other < n; other++)
            rank += d->drawn[other] > d->drawn[f] || (d->drawn[other] == d->drawn[f] && other < f);
        d->count[f * n + rank] += 1;
    }
}

/* The first rank by which at least so many of the draws are reached. */
static double quantile_of(const double *count, size_t n, double wanted)
{
    double sum = 0;
    for (size_t rank = 0; rank < n; rank++) {
        sum += count[rank];
        if (sum >= wanted)
            return (double)rank + 1;
    }
    return (double)n;
}

static bool is_usable(const baro_spread_race *race)
{
    double sum = 0;
    for (size_t i = 0; i < race->groups * race->groups; i++)
        sum += race->covariance[i];
    for (size_t g = 0; g < race->groups; g++)
        sum += race->mean[g] + race->share[g];
    for (size_t f = 0; f < race->factors; f++)
        sum += race->factor[f].bias;
    return isfinite(sum) && race->draws > 0;
}

baro_status baro_spread_rank(const baro_spread_race *race, double *scratch, baro_spread_ranks *out)
{
    drawing d;
    size_t n = race->factors;
    double above = 0, draws = (double)race->draws, tail = (1 - race->confidence) / 2;
    bool first = false, second = false;
    if (!is_usable(race))
        return BARO_OUT_OF_DOMAIN;
    for (size_t f = 0; f < n; f++) {
        first = first || race->factor[f].side == BARO_SIDE_FIRST;
        second = second || race->factor[f].side == BARO_SIDE_SECOND;
    }
    lay_out(&d, race, scratch);
    memset(d.count, 0, n * n * sizeof *d.count);
    take_root(&d);
    baro_random random = baro_random_stream(race->seed, race->stream);
    for (size_t i = 0; i < race->draws; i++) {
        draw(&d, &random);
        count_ranks(&d);
        above += best_of(&d, BARO_SIDE_FIRST) > best_of(&d, BARO_SIDE_SECOND);
    }
    for (size_t f = 0; f < n; f++) {
        out->first[f] = d.count[f * n] / draws;
        out->lower[f] = quantile_of(&d.count[f * n], n, fmax(1, tail * draws));
        out->upper[f] = quantile_of(&d.count[f * n], n, (1 - tail) * draws);
    }
    out->above = first && second ? above / draws : NAN;
    baro_room_leave(scratch, baro_spread_room(race) * sizeof *scratch);
    return BARO_OK;
}
