#include "io/base/sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64, READ = 65536 };

static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

static void schedule(const unsigned char *block, uint32_t w[64])
{
    for (size_t t = 0; t < 16; t++)
        w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 | (uint32_t)block[4 * t + 2] << 8 |
               block[4 * t + 3];
    for (size_t t = 16; t < 64; t++) {
        uint32_t s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >> 3);
        uint32_t s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >> 10);
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
}

static void take_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64], s[8];
    schedule(block, w);
    memcpy(s, state, sizeof s);
    for (size_t t = 0; t < 64; t++) {
        uint32_t e = s[4], a = s[0];
        uint32_t one = s[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & s[5]) ^ (~e & s[6])) + k[t] + w[t];
        uint32_t two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one;
        s[0] = one + two;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

void baro_sha256_begin(baro_sha256 *sum)
{
    memcpy(sum->state, first, sizeof first);
    sum->length = 0;
}

void baro_sha256_add(baro_sha256 *sum, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    size_t held = (size_t)(sum->length % BLOCK);
    sum->length += length;
    while (length > 0) {
        size_t n = BLOCK - held < length ? BLOCK - held : length;
        memcpy(sum->block + held, from, n);
        from += n;
        length -= n;
        held += n;
        if (held == BLOCK) {
            take_block(sum->state, sum->block);
            held = 0;
        }
    }
}

void baro_sha256_end(baro_sha256 *sum, char out[BARO_SHA256_TEXT])
{
    static const char digit[] = "0123456789abcdef";
    static const unsigned char padding[BLOCK] = {0x80};
    uint64_t bits = sum->length * 8;
    size_t held = (size_t)(sum->length % BLOCK);
    baro_sha256_add(sum, padding, (held < 56 ? 56 : 120) - held);
    unsigned char length[8];
    for (size_t i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    baro_sha256_add(sum, length, sizeof length);
    for (size_t i = 0; i < 64; i++)
        out[i] = digit[(sum->state[i / 8] >> (28 - 4 * (i % 8))) & 15];
    out[64] = '\0';
}

baro_status baro_sha256_file(const char *path, char out[BARO_SHA256_TEXT], uint64_t *size, baro_error *error)
{
    baro_where_it_is place = {.source = path};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return baro_fault_add(error, BARO_NO_INPUT, place, "cannot open: %s", strerror(errno));
    baro_sha256 sum;
    baro_sha256_begin(&sum);
    unsigned char bytes[READ];
    ssize_t n;
    while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            baro_sha256_add(&sum, bytes, (size_t)n);
    int failed = n < 0 ? errno : 0;
    close(fd);
    if (failed)
        return baro_fault_add(error, BARO_IO, place, "read failed: %s", strerror(failed));
    if (size)
        *size = sum.length;
    baro_sha256_end(&sum, out);
    return BARO_OK;
}
