/** How often findings are found where there are none: surveys simulated with no difference and no change anywhere. */
#ifndef BARO_TESTS_FALSE_FINDINGS_H
#define BARO_TESTS_FALSE_FINDINGS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FALSE_FINDINGS = 3 };

typedef struct {
    size_t which, seeds; /* which of the surveys */
    uint64_t first_seed;
    size_t with_finding, with_warning, any; /* runs */
} false_findings;

const char *false_findings_name(size_t which);
/** Runs all seeds in a file of its own, which is removed. False, with the faults printed, where it cannot be done. */
bool false_findings_run(false_findings *out);

#endif
