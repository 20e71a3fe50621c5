/** Sheets of what a file holds, and of what a survey file says. */
#ifndef BARO_SURVEYS_PUBLISHING_DESCRIBE_SHEET_H
#define BARO_SURVEYS_PUBLISHING_DESCRIBE_SHEET_H
#include "io/writers/sheet.h"
#include "surveys/analyses/describe.h"

/**
 * A line a column. Tidy: column,type,rows,missing,distinct,lowest,highest,commonest,use,marker. `use` is what the survey file takes
 * the column for ("measure trust; group age"), empty without one; marker c: an end of the range is hidden.
 * @param survey of the file, or all defaults
 */
baro_status baro_sheet_describe(const baro_column_summary *columns, size_t n, const baro_survey *survey, bool tidy,
                                baro_arena *arena, baro_sheet *out);

/** The codebook of a survey file. Tidy: one sheet, part,id,label,question,columns,answer,role,codes,score; reader: a sheet a part. */
baro_status baro_sheets_codebook(const baro_survey *survey, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);

#endif
