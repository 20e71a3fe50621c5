#include "io/writers/append.h"
#include "io/base/number.h"
#include "io/readers/bytes.h"
#include "io/readers/records.h"
#include <string.h>

enum { MARK = 3 }; /* bytes of a byte order mark */

static void put_text(const char *text, char delimiter, baro_output *output)
{
    bool quoted = strchr(text, '"') || strchr(text, delimiter) || strpbrk(text, "\r\n") || text[0] == ' ';
    if (quoted)
        baro_output_text(output, "\"");
    for (; *text; text++) {
        if (*text == '"')
            baro_output_text(output, "\"");
        baro_output_write(output, text, 1);
    }
    if (quoted)
        baro_output_text(output, "\"");
}

static void put_number(double value, const baro_source *source, baro_output *output)
{
    char text[BARO_NUMBER_TEXT];
    baro_number_write_exact(value, text);
    char *point = strchr(text, '.');
    if (point)
        *point = source->decimal;
    put_text(text, source->delimiter, output);
}

typedef struct {
    const baro_source *source;
    const char *name;
    const double *value;
    baro_output *output;
    size_t records; /* so far, with the header's */
} writer;

static void put_field(writer *w)
{
    char delimiter[] = {w->source->delimiter, '\0'};
    baro_output_text(w->output, delimiter);
    if (w->records == 0)
        put_text(w->name, w->source->delimiter, w->output);
    else if (w->records >= w->source->header_rows && w->records - w->source->header_rows < w->source->rows)
        put_number(w->value[w->records - w->source->header_rows], w->source, w->output);
    w->records++;
}

/* Whole records of the bytes held; returns how many bytes they are, 0 when the first one is not whole yet. */
static size_t put_records(writer *w, const char *text, size_t length, bool last)
{
    const baro_record_manner manner = {w->source->delimiter, BARO_LONGEST_RECORD};
    const char *at = text, *end = text + length;
    if (w->records == 0 && length >= MARK && memcmp(text, "\xEF\xBB\xBF", MARK) == 0) {
        baro_output_write(w->output, text, MARK);
        at += MARK;
    }
    while (at < end) {
        baro_record record;
        baro_record_scan(at, end, &manner, last, NULL, &record);
        if (record.state == BARO_RECORD_UNFINISHED)
            break;
        baro_output_write(w->output, at, (size_t)(record.end - at));
        if (record.end > at)
            put_field(w);
        baro_output_write(w->output, record.end, (size_t)(record.next - record.end));
        at = record.next;
    }
    return (size_t)(at - text);
}

baro_status baro_append_field(const baro_frame *frame, const char *name, const double *value, baro_output *output, baro_error *error)
{
    enum { BLOCK = 1 << 20 };
    writer w = {.source = baro_frame_source(frame, 0), .name = name, .value = value, .output = output};
    baro_bytes bytes;
    size_t want = BLOCK;
    baro_status status = baro_bytes_open(w.source->path, &bytes, error);
    if (status)
        return status;
    for (;;) {
        status = baro_bytes_hold(&bytes, want, error);
        size_t held = bytes.end - bytes.at;
        if (status || held == 0)
            break;
        size_t done = put_records(&w, bytes.held + bytes.at, held, held < want);
        bytes.at += done;
        want = done ? BLOCK : 2 * want; /* a record longer than what is held */
    }
    size_t read = bytes.bytes;
    baro_bytes_close(&bytes);
    if (status == BARO_OK && (w.records != w.source->rows + w.source->header_rows || read != w.source->bytes))
        return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){w.source->path, 0, 0},
                              "the file changed while it was read; run the command again");
    return status;
}
