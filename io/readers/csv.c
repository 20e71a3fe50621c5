#include "io/readers/csv.h"
#include <csv.h>
#include <stdlib.h>

#define ROOM_STEP 4096 /* libcsv's own 128 bytes make a long field many reallocations */

struct baro_csv {
    struct csv_parser parser;
    baro_csv_field *field;
    void *context;
    size_t index;
};

static int is_never_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void on_field(void *text, size_t length, void *argument)
{
    baro_csv *csv = argument;
    csv->field(csv->context, csv->index++, text ? text : "", length);
}

static void on_row(int line_end, void *argument)
{
    (void)line_end;
    (void)argument;
}

baro_csv *baro_csv_new(char delimiter)
{
    baro_csv *csv = calloc(1, sizeof *csv);
    if (!csv)
        return NULL;
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&csv->parser, (unsigned char)delimiter);
    csv_set_space_func(&csv->parser, is_never_space);
    csv_set_blk_size(&csv->parser, ROOM_STEP);
    return csv;
}

void baro_csv_free(baro_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    free(csv);
}

static void ignore_field(void *text, size_t length, void *argument)
{
    (void)text;
    (void)length;
    (void)argument;
}

baro_status baro_csv_split(baro_csv *csv, const char *record, size_t length, baro_csv_field *field, void *context)
{
    csv->field = field;
    csv->context = context;
    csv->index = 0;
    if (csv_parse(&csv->parser, record, length, on_field, on_row, csv) == length &&
        csv_fini(&csv->parser, on_field, on_row, csv) == 0)
        return BARO_OK;
    int error = csv_error(&csv->parser);
    csv_fini(&csv->parser, ignore_field, on_row, csv); /* the half row it would give counts for nothing */
    return error == CSV_ENOMEM || error == CSV_ETOOBIG ? BARO_NO_MEMORY : BARO_BAD_DATA;
}
