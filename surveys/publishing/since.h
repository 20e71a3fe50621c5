/** What is new in a pack, and which numbers of an older one are revised. */
#ifndef BARO_SURVEYS_PUBLISHING_SINCE_H
#define BARO_SURVEYS_PUBLISHING_SINCE_H
#include "surveys/publishing/report.h"

typedef struct baro_since {
    baro_texts new_periods; /* in words */
    size_t compared;        /* numbers that stand in both */
    size_t revised;         /* of which this many are others */
    baro_sheet sheet;       /* those of everyone and of groups, before and after; no rows: none */
} baro_since;

/**
 * Reads the tidy tables of an older pack and marks every row whose level is another than it was there as revised. After
 * baro_reports_publish: what is hidden is compared with nothing.
 * @param folder the older pack, without a slash at its end
 * @return BARO_OK; BARO_NO_INPUT, BARO_BAD_DATA (not a pack); BARO_NO_MEMORY
 */
baro_status baro_report_since(baro_report *report, const char *folder, baro_arena *arena, baro_since *out,
                              baro_error *error);

#endif
