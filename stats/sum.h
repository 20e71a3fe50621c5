/** Sums that keep what rounding drops: an unevaluated pair high + low, after Knuth's two-sum. */
#ifndef BARO_STATS_SUM_H
#define BARO_STATS_SUM_H

typedef struct {
    double high, low;
} baro_sum;

static inline void baro_sum_add(baro_sum *sum, double x)
{
    double high = sum->high + x, back = high - sum->high;
    sum->low += (sum->high - (high - back)) + (x - back);
    sum->high = high;
}

/** Adds another pair; shards of rows add up to what one pass would give. */
static inline void baro_sum_join(baro_sum *sum, baro_sum other)
{
    baro_sum_add(sum, other.high);
    sum->low += other.low;
}

static inline double baro_sum_value(baro_sum sum)
{
    return sum.high + sum.low;
}

#endif
