/* Random numbers: those of the published generator, and what is made of them. */
#include "stats/random.h"
#include "tests/check.h"

static void published_numbers(void **state)
{
    /* splitmix64.c with the seed 1234567, as printed by many hands (Rosetta Code, "Pseudo-random numbers/Splitmix64") */
    static const uint64_t wanted[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
                                      UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
    baro_random random = {1234567};
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_true(baro_random_bits(&random) == wanted[i]);
}

static void streams_are_apart(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++)
        for (uint64_t stream = 0; stream < 50; stream++) {
            baro_random one = baro_random_stream(seed, stream), next = baro_random_stream(seed, stream + 1), other = baro_random_stream(seed + 1, stream);
            assert_true(one.state == baro_random_stream(seed, stream).state);
            assert_true(one.state != next.state && one.state != other.state && next.state != other.state);
        }
}

/* A seed draws the same tomorrow: a stream starts where two numbers of the published generator say. */
static void streams_are_what_they_were(void **state)
{
    (void)state;
    for (uint64_t seed = 3; seed < UINT64_C(1) << 60; seed = seed * 7 + 1)
        for (uint64_t stream = 0; stream < 5; stream++) {
            baro_random first = {seed};
            uint64_t of_seed = baro_random_bits(&first), of_stream = baro_random_mix(UINT64_MAX - stream);
            assert_true(baro_random_stream(seed, stream).state == baro_random_mix(of_seed ^ of_stream));
        }
}

static void moments(void **state)
{
    enum { N = 200000, BINS = 20 };
    size_t bin[BINS] = {0}, seventh[7] = {0};
    double sum = 0, square = 0, chi = 0;
    baro_random random = baro_random_stream(97, 3);
    (void)state;
    for (size_t i = 0; i < N; i++) {
        double u = baro_random_uniform(&random), z = baro_random_bell(&random);
        assert_true(u >= 0 && u < 1 && fabs(z) <= 3.4642);
        bin[(size_t)(u * BINS)]++;
        seventh[baro_random_below(&random, 7)]++;
        sum += z;
        square += z * z;
    }
    for (size_t i = 0; i < BINS; i++)
        chi += ((double)bin[i] - N / BINS) * ((double)bin[i] - N / BINS) / (N / BINS);
    assert_true(chi > 5 && chi < 45); /* 19 degrees of freedom */
    for (size_t i = 0; i < 7; i++)
        check_close((double)seventh[i] / N, 1.0 / 7, 0.03);
    assert_true(fabs(sum / N) < 0.012);
    check_close(square / N, 1, 0.015);
}

static void nothing_to_choose_from(void **state)
{
    baro_random random = baro_random_stream(1, 1);
    (void)state;
    assert_int_equal(baro_random_below(&random, 0), 0);
    assert_int_equal(baro_random_below(&random, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_numbers), cmocka_unit_test(streams_are_apart),
                                       cmocka_unit_test(streams_are_what_they_were), cmocka_unit_test(moments),
                                       cmocka_unit_test(nothing_to_choose_from)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
