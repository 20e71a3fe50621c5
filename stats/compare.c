#include "stats/compare.h"
#include "stats/distribution.h"
#include "stats/interval.h"
#include "stats/quantile.h"
#include <math.h>
#include <stdbool.h>

baro_status baro_equivalence_test(double difference, double se, double df, double margin, baro_equivalence *out)
{
    return baro_equivalence_test_at(difference, se, df, margin, 0.95, out);
}

baro_status baro_equivalence_test_at(double difference, double se, double df, double margin, double confidence, baro_equivalence *out)
{
    baro_equivalence made;
    if (!(margin > 0))
        return BARO_OUT_OF_DOMAIN;
    if (baro_interval_wald(difference, se, df, 0.9, made.inner) ||
        baro_interval_wald(difference, se, df, confidence, made.outer) ||
        baro_detectable_difference(se, df, 1 - confidence, 0.8, &made.detectable))
        return BARO_NO_INTERVAL;
    bool inside = made.inner[0] > -margin && made.inner[1]<margin, changed = made.outer[0]> 0 || made.outer[1] < 0;
    made.verdict = changed  ? inside ? BARO_VERDICT_CHANGED_WITHIN : BARO_VERDICT_CHANGED
                   : inside ? BARO_VERDICT_EQUIVALENT
                            : BARO_VERDICT_NOISY;
    *out = made;
    return BARO_OK;
}

baro_status baro_detectable_difference(double se, double df, double alpha, double power, double *out)
{
    double of_level, of_power;
    if (!(se >= 0) || isinf(se) || !(alpha > 0 && alpha < 1) || baro_quantile_t(1 - alpha / 2, df, &of_level) ||
        baro_quantile_t(power, df, &of_power))
        return BARO_NO_INTERVAL;
    *out = (of_level + of_power) * se;
    return BARO_OK;
}

/* What p-value i, counted from 0 of n, is multiplied by; BY's sum of fractions comes on top. */
typedef double multiplier(size_t i, size_t n);

static double by_one(size_t i, size_t n)
{
    (void)i;
    (void)n;
    return 1;
}

static double by_all(size_t i, size_t n)
{
    (void)i;
    return (double)n;
}

static double by_those_left(size_t i, size_t n)
{
    return (double)(n - i);
}

static double by_rank(size_t i, size_t n)
{
    return (double)n / (double)(i + 1);
}

static const struct {
    multiplier *factor;
    int direction; /* 1: at least the one before; -1: at most the one after */
    bool harmonic;
} corrections[BARO_CORRECTIONS] = {
    [BARO_CORRECT_NONE] = {by_one, 1, false},        [BARO_CORRECT_BONFERRONI] = {by_all, 1, false},
    [BARO_CORRECT_HOLM] = {by_those_left, 1, false}, [BARO_CORRECT_BH] = {by_rank, -1, false},
    [BARO_CORRECT_BY] = {by_rank, -1, true},
};

baro_status baro_correct_sorted(baro_correction correction, const double *p, size_t n, double *adjusted)
{
    double harmonic = 0, running;
    if ((unsigned)correction >= BARO_CORRECTIONS)
        return BARO_OUT_OF_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (!(p[i] >= 0 && p[i] <= 1) || (i > 0 && p[i] < p[i - 1]))
            return BARO_OUT_OF_DOMAIN;
    for (size_t i = 1; i <= n; i++)
        harmonic += 1 / (double)i;
    bool up = corrections[correction].direction > 0;
    running = up ? 0 : 1;
    for (size_t k = 0; k < n; k++) {
        size_t i = up ? k : n - 1 - k;
        double product =
            fmin(1, p[i] * corrections[correction].factor(i, n) * (corrections[correction].harmonic ? harmonic : 1));
        running = up ? fmax(running, product) : fmin(running, product);
        adjusted[i] = running;
    }
    return BARO_OK;
}

baro_status baro_correct(baro_correction correction, const double *p, size_t n, uint32_t *order, uint32_t *work,
                         double *sorted, double *adjusted)
{
    size_t tests = 0;
    if (n > UINT32_MAX)
        return BARO_OUT_OF_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]))
            order[tests++] = (uint32_t)i;
    baro_sort_by_value(p, order, work, tests);
    for (size_t i = 0; i < tests; i++)
        sorted[i] = p[order[i]];
    baro_status status = baro_correct_sorted(correction, sorted, tests, sorted);
    if (status)
        return status;
    for (size_t i = 0; i < n; i++)
        adjusted[i] = isnan(p[i]) ? NAN : p[i];
    for (size_t i = 0; i < tests; i++)
        adjusted[order[i]] = sorted[i];
    return BARO_OK;
}
