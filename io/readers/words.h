/** Eight bytes at a time, in plain C: finding and counting a byte. The first byte is the lowest on every machine. */
#ifndef BARO_IO_READERS_WORDS_H
#define BARO_IO_READERS_WORDS_H
#include <stddef.h>
#include <stdint.h>

#define BARO_ONES UINT64_C(0x0101010101010101)

static inline uint64_t baro_load_word(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
           (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/** The high bit of every byte of the word that is zero, and no other. */
static inline uint64_t baro_zero_bytes(uint64_t word)
{
    const uint64_t low = BARO_ONES * 0x7F;
    return ~(((word & low) + low) | word | low);
}

static inline size_t baro_sum_bytes(uint64_t word)
{
    return (size_t)((word * BARO_ONES) >> 56);
}

/** Index of the lowest byte that is marked; marks != 0. */
static inline size_t baro_lowest_byte(uint64_t marks)
{
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(marks) / 8;
#else
    size_t n = 0;
    for (; !(marks & 0x80); marks >>= 8)
        n++;
    return n;
#endif
}

#endif
