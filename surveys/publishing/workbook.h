/** Workbooks for people who read with a spreadsheet, and perhaps a screen reader: cover, contents, notes, one table a
 * worksheet. */
#ifndef BARO_SURVEYS_PUBLISHING_WORKBOOK_H
#define BARO_SURVEYS_PUBLISHING_WORKBOOK_H
#include "io/writers/csvw.h"
#include "io/writers/workbook.h"
#include "surveys/analyses/result.h"

/** What stands on the cover and in the document's properties; NULL: nothing is said of it. */
typedef struct {
    const char *title;     /* NULL: "Survey tables" */
    const char *publisher; /* the document's author */
    const char *population, *source;
    const char *period; /* dates that the tables are about: "Year to Dec 2023" */
    const char *keywords;
    const char *const *lines; /* [n_lines] further sentences for the cover: method, contact */
    size_t n_lines;
    int64_t made; /* as baro_workbook.made */
} baro_workbook_about;

baro_workbook_about baro_about_survey(const baro_survey *survey);

/**
 * Reader sheets as workbooks want them: each measure's breakdowns in one table with the columns Breakdown and Group; id
 * Trust_groups, or Trust_trend for a trend. After baro_suppress and baro_letters, as baro_sheets_reader.
 */
baro_status baro_sheets_for_workbook(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n);

/**
 * A workbook of reader sheets (of one result or many, of any kind): Cover_sheet, Table_of_contents, Notes, then each
 * sheet on a worksheet that is named by its id. Units go into the columns' titles in ( ), notes to the worksheet Notes
 * as [note 1], shorthand and source above the table, marks such as [u] behind numbers into a column of their own.
 * Everything is in `arena` or borrowed from the sheets.
 */
baro_status baro_workbook_of_sheets(const baro_workbook_about *about, const baro_sheet *sheets, size_t n,
                                    baro_arena *arena, baro_workbook *out);

/** What a tidy CSV's metadata say of it. `url`: the file's name. */
baro_csvw baro_csvw_of_survey(const baro_survey *survey, const char *url);

#endif
