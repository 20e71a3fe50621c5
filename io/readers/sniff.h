/** What a CSV file does not say of itself, found from its first records: delimiter, header rows, decimal mark. */
#ifndef BARO_IO_READERS_SNIFF_H
#define BARO_IO_READERS_SNIFF_H
#include "io/readers/csv.h"
#include "io/readers/records.h"

/** The first bytes of a file, without byte order mark. */
typedef struct {
    const char *text;
    size_t length;
    bool last; /* the whole file */
} baro_sample;

/** Whole records in the sample, `most` at most, under a delimiter. */
size_t baro_sniff_records(const baro_sample *sample, char delimiter, size_t most);
/** Of , ; tab | the one under which most of the first records have as many fields as the header, then the one with the
 * most. ',' when none splits the header. */
char baro_sniff_delimiter(const baro_sample *sample);
/** Fields of the first record. */
size_t baro_sniff_fields(const baro_sample *sample, char delimiter);
/**
 * 3 when the third record is Qualtrics' ({"ImportId"...). 2 when merged header cells stand over names: columns without a name, behind a
 * named one, of which the second record says something, while it says nothing of the first column (or of some column, where several are
 * merged), and holds no number: a row of answers in a file with a nameless column is not taken for one. Else 1. 0 without memory.
 */
size_t baro_sniff_header_rows(const baro_sample *sample, char delimiter);
/** ',' when the given fields (numbers from 0, ascending) speak for it and none for '.'; a field like 1,234 speaks for
 * neither. 0 without memory. */
char baro_sniff_decimal(const baro_sample *records, char delimiter, const uint32_t *fields, size_t n_fields);

#endif
