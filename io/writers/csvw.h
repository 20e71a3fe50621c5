/** What the columns of a tidy CSV are: CSV on the Web metadata (W3C, Metadata Vocabulary for Tabular Data). */
#ifndef BARO_IO_WRITERS_CSVW_H
#define BARO_IO_WRITERS_CSVW_H
#include "io/writers/sheet.h"

/** What is known of the file beside its columns; NULL: not known. */
typedef struct {
    const char *url; /* of the CSV, relative to the metadata: its file name */
    const char *title, *description, *publisher, *source, *licence;
} baro_csvw;

/**
 * The JSON that belongs beside `url` as url-metadata.json: dialect, the columns' names, titles, descriptions, datatypes
 * and units, and what an empty field means. `sheet` is any of those that baro_write_csv was given: only columns and
 * notes are read.
 */
baro_status baro_write_csvw(const baro_sheet *sheet, const baro_csvw *about, baro_output *output);

#endif
