/** What the files of findings share while they are chosen. */
#ifndef BARO_SURVEYS_PUBLISHING_FINDINGS_PARTS_H
#define BARO_SURVEYS_PUBLISHING_FINDINGS_PARTS_H
#include "surveys/publishing/findings.h"

/** Every contrast that was tested; a finding's number is its place. */
typedef struct {
    baro_contrasts *contrasts;
    baro_arena *arena;
    baro_finding *item;
    size_t n;
    size_t *family; /* [n] */
} baro_findings_collection;

/**
 * Leaves of contrasts that are alike the first: of one kind, with the same standard error, and the same levels in the same or in swapped
 * places, to nine digits. Of a mirror image it learns who "the rest" is. n log n where few are alike.
 */
baro_status baro_findings_drop_alike(baro_findings_collection *c);

#endif
