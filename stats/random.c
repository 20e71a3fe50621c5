#include "stats/random.h"

#define STEP UINT64_C(0x9E3779B97F4A7C15)

uint64_t baro_random_mix(uint64_t state)
{
    state = (state ^ (state >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    state = (state ^ (state >> 27)) * UINT64_C(0x94D049BB133111EB);
    return state ^ (state >> 31);
}

baro_random baro_random_stream(uint64_t seed, uint64_t stream)
{
    return (baro_random){baro_random_mix(baro_random_mix(seed + STEP) ^ baro_random_mix(~stream))};
}

uint64_t baro_random_bits(baro_random *random)
{
    return baro_random_mix(random->state += STEP);
}

double baro_random_uniform(baro_random *random)
{
    return (double)(baro_random_bits(random) >> 11) * 0x1p-53;
}

size_t baro_random_below(baro_random *random, size_t n)
{
    size_t drawn = (size_t)(baro_random_uniform(random) * (double)n);
    return n > 0 && drawn >= n ? n - 1 : drawn;
}

double baro_random_bell(baro_random *random)
{
    const double root_three = 1.7320508075688772;
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += baro_random_uniform(random);
    return (sum - 2) * root_three;
}
