/** Multiplicity: p-values adjusted family by family. */
#ifndef BARO_SURVEYS_PUBLISHING_FAMILIES_H
#define BARO_SURVEYS_PUBLISHING_FAMILIES_H
#include "surveys/analyses/request.h"

/** One p-value, and the family it belongs to: measure x breakdown x period. `row` is the caller's, and parts equal
 * p-values. */
typedef struct {
    size_t measure, table, row;
    baro_period period;
    double p;
} baro_family_member;

/** Sorts `list` by family and p, and replaces each p by the adjusted one. BARO_NO_MEMORY. */
baro_status baro_adjust_families(baro_family_member *list, size_t n, baro_adjustment how, baro_arena *arena);

#endif
