/** One record into its fields, by libcsv in its strict manner. The only door to libcsv. */
#ifndef BARO_IO_READERS_CSV_H
#define BARO_IO_READERS_CSV_H
#include "stats/status.h"
#include <stddef.h>

typedef struct baro_csv baro_csv;
/** A field, unquoted, spaces kept; `text` lives until the callback returns and has no NUL behind. */
typedef void baro_csv_field(void *context, size_t index, const char *text, size_t length);

/** NULL without memory. */
baro_csv *baro_csv_new(char delimiter);
void baro_csv_free(baro_csv *csv);
/** @param record without its line end, not empty. @return BARO_OK, BARO_BAD_DATA when libcsv refuses it,
 * BARO_NO_MEMORY. */
baro_status baro_csv_split(baro_csv *csv, const char *record, size_t length, baro_csv_field *field, void *context);

#endif
