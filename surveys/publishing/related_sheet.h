/** Tests of relations on their way out: adjusted, suppressed, laid out. */
#ifndef BARO_SURVEYS_PUBLISHING_RELATED_SHEET_H
#define BARO_SURVEYS_PUBLISHING_RELATED_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/related.h"

/** p_adjusted over each family: the answers of one measure by one breakdown in one period, or the run. Before
 * suppression. */
baro_status baro_relations_adjust(baro_relations *relations, baro_arena *arena);
/**
 * Erases (mark c) a test of which a group has fewer than suppress_below interviews; of a sensitive measure or breakdown
 * also one with fewer behind an answer of a group. Groups that nobody is in are no part of a test. Marks u and caution
 * by the smallest group.
 */
void baro_relations_suppress(baro_relations *relations);

/**
 * A line a test. Tidy: one sheet,
 * survey,measure,by,period,test,statistic,ndf,ddf,p_value,level,by2,base,df,p_adjusted,marker; reader: one of all
 * measures when they are tested by one breakdown, else one a measure. There is at least one row.
 * @return BARO_OK, BARO_NO_MEMORY
 */
baro_status baro_sheets_relations(const baro_relations *relations, bool tidy, baro_arena *arena, baro_sheet **out,
                                  size_t *n);

#endif
