/** Charts of every kind with easy and with nasty data, for the gallery and for a test of what stands where. */
#ifndef BARO_TESTS_GALLERY_DATA_H
#define BARO_TESTS_GALLERY_DATA_H
#include "io/base/arena.h"
#include "plots/chart.h"

size_t gallery_kinds(void);
const char *gallery_kind_name(size_t kind);
size_t gallery_cases(void);
const char *gallery_case_name(size_t k);

/**
 * A chart of that kind with that data; its width and height are left to the caller.
 * @return false where the data are no case of that kind (missing periods of bars), or without memory
 */
bool gallery_chart(size_t kind, size_t k, baro_arena *arena, baro_chart *out);

#endif
