/** Disclosure control over everything that is published together: a table, a pack, a whole plan. */
#ifndef BARO_SURVEYS_PUBLISHING_DISCLOSURE_H
#define BARO_SURVEYS_PUBLISHING_DISCLOSURE_H
#include "io/writers/sheet.h"
#include "surveys/analyses/gap.h"
#include "surveys/analyses/related.h"
#include "surveys/analyses/result.h"

/**
 * What is to be published together. Add all of it, solve once, then make sheets: what is hidden is erased in what was added.
 *
 * A cell is a domain (a group, two groups crossed, everyone; inside a condition or not) in a window of time. Hidden first: cells with
 * fewer than suppress_below interviews, and, of sensitive measures and groups, those with fewer positive or other answers. Then further
 * cells, until for every count n hidden first there are two other sets of interviews that would publish the very same numbers, in one of
 * which the count is max(0, n - suppress_below) or less and in the other n + suppress_below or more. They are made by giving interviews of
 * one group to another (or of two pairs of groups crosswise, in crossed tables), unit of time by unit of time, which leaves every published
 * sum as it is; so nothing that adds up (totals less the others, crossed tables, groups of groups, overlapping and nested windows, domains
 * beside the whole, windows beside their units) gives a hidden count back. Of cells that would do, the one with the fewest interviews is
 * hidden. Cells of measures that nearly the same people answered are hidden together.
 *
 * All is decided from counts of interviews. Weighted bases are erased with them.
 */
typedef struct baro_disclosure baro_disclosure;

/** @return NULL without memory */
baro_disclosure *baro_disclosure_new(void);
void baro_disclosure_free(baro_disclosure *disclosure);

/**
 * Adds results, which must stay where they are (with the arena that they are in) until they were solved. Results of a request with
 * no_suppress are marked, and hide nothing of others.
 * @param name what the report calls them: a file; NULL: the measures say enough
 * @return BARO_OK, BARO_NO_MEMORY
 */
baro_status baro_disclosure_add(baro_disclosure *disclosure, baro_results *results, const char *name);
/** Adds gaps: they print no bases, and are hidden where a level behind them is. */
baro_status baro_disclosure_add_gaps(baro_disclosure *disclosure, baro_gaps *gaps, const char *name);

/** The same of gaps that come after it was solved. */
void baro_disclosure_hide_gaps(const baro_disclosure *disclosure, baro_gaps *gaps);

/** Decides what is hidden, and erases it in all that was added. @return BARO_OK, BARO_NO_MEMORY */
baro_status baro_disclosure_solve(baro_disclosure *disclosure);

/** Counts of what was hidden and why, by output, measure and breakdown, without a value. After solve; in `arena`. */
baro_status baro_disclosure_sheet(const baro_disclosure *disclosure, baro_arena *arena, baro_sheet *out);

#endif
