#include "tests/frame_help.h"
#include "io/base/number.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void help_write_file(const char *bytes, size_t length, char out[64])
{
    const char *folder = getenv("TMPDIR");
    snprintf(out, 64, "%.40s/frame-XXXXXX", folder && *folder ? folder : "/tmp");
    int descriptor = mkstemp(out);
    if (descriptor < 0)
        abort();
    while (length) {
        ssize_t n = write(descriptor, bytes, length);
        if (n <= 0)
            abort();
        bytes += n;
        length -= (size_t)n;
    }
    close(descriptor);
}

static void tell_entry(FILE *out, size_t code, const baro_entry *entry)
{
    fprintf(out, "    %zu '%.*s' %zu", code, (int)entry->length, entry->text ? entry->text : "(absent)", entry->count);
    for (size_t i = 0; i < entry->n_places; i++)
        fprintf(out, " %u:%u:%u", (unsigned)entry->places[i].source, (unsigned)entry->places[i].line,
                (unsigned)entry->places[i].column);
    fputc('\n', out);
}

static void tell_column(FILE *out, const baro_frame *frame, const baro_column *column)
{
    fprintf(out, "  column '%s' width %u\n", column->name, column->width);
    for (size_t i = 0; i < baro_frame_sources(frame); i++)
        fprintf(out, "    found '%s' field %u\n", column->found[i] ? column->found[i] : "", (unsigned)column->field[i]);
    for (size_t i = 0; i < column->n_entries; i++)
        tell_entry(out, i, &column->entries[i]);
    for (size_t row = 0; row < baro_frame_rows(frame); row++) {
        uint32_t entry = 0;
        char number[BARO_NUMBER_TEXT];
        if (column->kind == BARO_TEXT)
            fprintf(out, " %u", (unsigned)baro_column_code(column, row));
        else if (baro_number_entry(column->numbers[row], &entry))
            fprintf(out, " #%u", (unsigned)entry);
        else
            fprintf(out, " %.*s", (int)baro_number_write_exact(column->numbers[row], number), number);
    }
    fputc('\n', out);
}

char *help_tell(const baro_frame *frame, const baro_error *error)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        abort();
    baro_error_print(error, true, out);
    for (size_t i = 0; frame && i < baro_frame_sources(frame); i++) {
        const baro_source *source = baro_frame_source(frame, i);
        fprintf(out, "source %zu from %zu header %zu bytes %zu fields %zu delimiter %d decimal %d\n", source->rows,
                source->first_row, source->header_rows, source->bytes, source->fields, source->delimiter,
                source->decimal);
        for (size_t j = 0; j < source->fields; j++)
            fprintf(out, "  '%s'\n", source->header[j]);
    }
    for (size_t i = 0; frame && i < baro_frame_columns(frame); i++)
        tell_column(out, frame, baro_frame_column(frame, i));
    for (size_t row = 0; frame && row < baro_frame_rows(frame); row++) {
        baro_place place = baro_frame_row_place(frame, row);
        fprintf(out, " %u:%u", (unsigned)place.source, (unsigned)place.line);
    }
    if (fclose(out) != 0)
        abort();
    return text;
}
