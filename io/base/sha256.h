/** SHA-256 of bytes and of files, for manifests: which data, and which files, a result belongs to. */
#ifndef BARO_IO_BASE_SHA256_H
#define BARO_IO_BASE_SHA256_H
#include "io/base/error.h"
#include <stdint.h>

enum { BARO_SHA256_TEXT = 65 };

typedef struct {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
} baro_sha256;

/** Source: NIST FIPS 180-4, sections 5 and 6.2. Checked against: the examples of FIPS 180-4 and NIST's test vectors. */
void baro_sha256_begin(baro_sha256 *sum);
void baro_sha256_add(baro_sha256 *sum, const void *bytes, size_t length);
/** 64 hexadecimal digits and a NUL. */
void baro_sha256_end(baro_sha256 *sum, char out[BARO_SHA256_TEXT]);

/** Of a whole file. BARO_NO_INPUT or BARO_IO with a fault that names it; `size` may be NULL. */
baro_status baro_sha256_file(const char *path, char out[BARO_SHA256_TEXT], uint64_t *size, baro_error *error);

#endif
