/** Random numbers that are the same on every machine: whole-number arithmetic and one division by a power of two. */
#ifndef BARO_STATS_RANDOM_H
#define BARO_STATS_RANDOM_H
#include <stddef.h>
#include <stdint.h>

/** A stream of SplitMix64; `state` is all there is of it. */
typedef struct {
    uint64_t state;
} baro_random;

/** The 64 bits that SplitMix64 makes of a state: a bijection in which every bit of the input changes half the bits. */
uint64_t baro_random_mix(uint64_t state);
/**
 * Stream number `stream` of a seed. Streams are found by their numbers, so that what one draws moves no other.
 */
baro_random baro_random_stream(uint64_t seed, uint64_t stream);
/**
 * The next 64 bits.
 *
 * Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the constants are
 * those of S. Vigna's splitmix64.c, and so are the numbers that it is checked against.
 */
uint64_t baro_random_bits(baro_random *random);
/** A multiple of 2^-53 from 0 to below 1, each equally likely. */
double baro_random_uniform(baro_random *random);
/** From 0 to n - 1; n of 0 gives 0. Off from equally likely by less than n / 2^53. */
size_t baro_random_below(baro_random *random, size_t n);
/** Mean 0, variance 1, within ±sqrt(12): the sum of four uniform numbers, scaled. No function of libm has part in it. */
double baro_random_bell(baro_random *random);

#endif
