/* A file's first bytes: what it is, its header, and which of its fields are wanted. */
#include "io/readers/frame_parts.h"
#include "io/base/text.h"
#include "io/readers/encoding.h"
#include "io/readers/header_names.h"
#include "io/readers/sniff.h"
#include <stdlib.h>
#include <string.h>

#define SAMPLE ((size_t)1 << 20) /* bytes looked at; does not depend on the block size, as results must not */
#define MOST_HEADER_ROWS 3

baro_where_it_is baro_reader_place(const baro_reader *reader, size_t line, size_t column)
{
    return (baro_where_it_is){reader->bytes.name, line, column};
}

/* --- what the file is --- */

static const struct {
    const char *bytes;
    size_t length;
    const char *words;
} not_csv[] = {
    {"\xFF\xFE", 2, "UTF-16; save as UTF-8"},
    {"\xFE\xFF", 2, "UTF-16; save as UTF-8"},
    {"PK\x03\x04", 4, "a ZIP file or a workbook, not CSV; save the sheet as CSV (UTF-8)"},
    {"\xD0\xCF\x11\xE0", 4, "an old workbook, not CSV; save the sheet as CSV (UTF-8)"},
    {"\x1F\x8B", 2, "compressed by gzip; unpack it first"},
};

static baro_sample sample_of(const baro_bytes *bytes)
{
    return (baro_sample){bytes->held + bytes->at, bytes->end - bytes->at, bytes->ended};
}

static baro_status check_kind(baro_reader *reader)
{
    static const char mark[] = "\xEF\xBB\xBF";
    baro_bytes *bytes = &reader->bytes;
    baro_sample sample = sample_of(bytes);
    for (size_t i = 0; i < sizeof not_csv / sizeof *not_csv; i++)
        if (sample.length >= not_csv[i].length && memcmp(sample.text, not_csv[i].bytes, not_csv[i].length) == 0)
            return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 1, 0), "%s",
                                  not_csv[i].words);
    if (sample.length >= 4 && ((!sample.text[0] && !sample.text[2]) || (!sample.text[1] && !sample.text[3])))
        return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 1, 0), "UTF-16; save as UTF-8");
    if (sample.length >= 3 && memcmp(sample.text, mark, 3) == 0) {
        bytes->at += 3;
        if (reader->plan.encoding != BARO_UTF8)
            baro_remark_add(reader->error, baro_reader_place(reader, 0, 0), "begins with a UTF-8 mark; read as UTF-8");
        reader->plan.encoding = BARO_UTF8;
    }
    sample = sample_of(bytes);
    for (size_t i = 0; i < sample.length; i++)
        if (sample.text[i] != '\n' && sample.text[i] != '\r')
            return BARO_OK;
    return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 1, 0),
                          "file is empty, a header row is expected");
}

/* Holds enough bytes for the header: a sample, more when its first records are long. */
static baro_status hold_sample(baro_reader *reader)
{
    char delimiter = reader->format->delimiter ? reader->format->delimiter : ',';
    for (size_t want = SAMPLE;; want *= 2) {
        baro_status status = baro_bytes_hold(&reader->bytes, want, reader->error);
        baro_sample sample = sample_of(&reader->bytes);
        if (status != BARO_OK || sample.last || want > 2 * reader->tuning.longest)
            return status;
        if (baro_sniff_records(&sample, delimiter, MOST_HEADER_ROWS + 1) > MOST_HEADER_ROWS)
            return status;
    }
}

/* --- the header --- */

static const char *delimiter_name(char delimiter, char out[4])
{
    if (delimiter == '\t')
        return "tab";
    out[0] = out[2] = '\'';
    out[1] = delimiter;
    out[3] = '\0';
    return out;
}

static baro_status find_delimiter(baro_reader *reader, const baro_sample *sample)
{
    char given = reader->format->delimiter, best = baro_sniff_delimiter(sample), as_given[4], as_found[4];
    reader->plan.delimiter = given ? given : best;
    if (!given || given == best || baro_sniff_fields(sample, given) != 1 || baro_sniff_fields(sample, best) == 1)
        return BARO_OK;
    return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 1, 0),
                          "one column only by delimiter %s; use --delimiter %s", delimiter_name(given, as_given),
                          delimiter_name(best, as_found));
}

/* Bytes of the header's rows, all whole and none blank; 0 with a fault. */
static size_t measure_header(baro_reader *reader, const baro_sample *sample, size_t rows)
{
    const baro_record_manner manner = {reader->plan.delimiter, reader->tuning.longest};
    const char *at = sample->text, *end = at + sample->length;
    for (size_t row = 0; row < rows; row++) {
        baro_record record;
        size_t line = 1 + baro_records_lines(sample->text, at, NULL), column;
        if (at == end) {
            baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, line, 0),
                           "the file ends within its %zu header rows", rows);
            return 0;
        }
        baro_record_scan(at, end, &manner, sample->last, NULL, &record);
        if (record.fault) {
            line += baro_records_lines(at, record.fault, &column);
            baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, line, column), "%s",
                           baro_record_words(record.state));
            return 0;
        }
        if (record.state == BARO_RECORD_UNFINISHED || record.end == at) {
            baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, line, 0), "%s",
                           record.end == at ? "blank line, a header row is expected"
                                            : "no end of the header is found; is this a CSV file?");
            return 0;
        }
        reader->line_ends |= baro_line_ends(&record);
        at = record.next;
    }
    return (size_t)(at - sample->text);
}

typedef struct {
    baro_arena *arena;
    const char **names; /* [fields] of this row */
    size_t fields, given;
    baro_status status;
} header_row;

static void take_name(void *context, size_t index, const char *text, size_t length)
{
    header_row *row = context;
    row->given = index + 1;
    if (index >= row->fields)
        return;
    size_t blanks = 0;
    while (blanks < length && text[blanks] == ' ')
        blanks++;
    row->names[index] = baro_arena_text(row->arena, text, blanks == length ? 0 : length);
    if (!row->names[index])
        row->status = BARO_NO_MEMORY;
}

static baro_status split_row(baro_reader *reader, baro_csv *csv, const char *at, const char *end, size_t line,
                             header_row *row)
{
    row->names = BARO_ARRAY(row->arena, const char *, row->fields);
    if (!row->names)
        return BARO_NO_MEMORY;
    baro_status status = baro_csv_split(csv, at, (size_t)(end - at), take_name, row);
    if (status == BARO_NO_MEMORY || row->status == BARO_NO_MEMORY)
        return BARO_NO_MEMORY;
    if (status != BARO_OK)
        return baro_fault_add(reader->error, status, baro_reader_place(reader, line, 0), "%s",
                              baro_record_words(BARO_RECORD_WHOLE));
    if (row->given != row->fields)
        return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, line, 0),
                              "%zu field%s, the header has %zu", row->given, row->given == 1 ? "" : "s", row->fields);
    return BARO_OK;
}

/* Reads the names from the header's text, which is UTF-8 by now. */
static baro_status read_names(baro_reader *reader, const char *text, size_t length, baro_source *source)
{
    const baro_record_manner manner = {reader->plan.delimiter, reader->tuning.longest};
    if (baro_report_bytes(reader->error, reader->bytes.name, text, length, 1, reader->plan.encoding))
        return BARO_BAD_DATA;
    baro_csv *csv = baro_csv_new(reader->plan.delimiter);
    const char *at = text, **first = NULL;
    const char *const *question = NULL, *const *below = NULL;
    baro_status status = csv ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < source->header_rows && status == BARO_OK; i++) {
        header_row row = {.arena = reader->frame->arena, .fields = source->fields};
        baro_record record;
        baro_record_scan(at, text + length, &manner, true, NULL, &record);
        size_t line = 1 + baro_records_lines(text, at, NULL);
        status = split_row(reader, csv, at, record.end, line, &row);
        if (i == 0)
            first = row.names;
        else if (status == BARO_OK && source->header_rows == 2) {
            question = baro_names_questions((const char *const *)first, source->fields, row.arena);
            status = question ? baro_names_join(row.arena, first, row.names, source->fields) : BARO_NO_MEMORY;
        } else if (i == 1)
            below = (const char *const *)row.names;
        at = record.next;
    }
    source->header = first;
    if (status == BARO_OK)
        status = baro_names_others(source, question, below, reader->frame->arena);
    baro_csv_free(csv);
    return status;
}

static baro_status read_header(baro_reader *reader, baro_source *source)
{
    baro_sample sample = sample_of(&reader->bytes);
    baro_status status = find_delimiter(reader, &sample);
    if (status != BARO_OK)
        return status;
    source->delimiter = reader->plan.delimiter;
    source->fields = baro_sniff_fields(&sample, source->delimiter);
    source->header_rows =
        reader->format->header_rows ? reader->format->header_rows : baro_sniff_header_rows(&sample, source->delimiter);
    if (source->header_rows == 0)
        return BARO_NO_MEMORY;
    source->header_found = source->header_rows > 1 && !reader->format->header_rows;
    size_t length = measure_header(reader, &sample, source->header_rows);
    if (length == 0)
        return BARO_BAD_DATA;
    size_t size = baro_encoding_size(reader->plan.encoding, sample.text, length);
    char *utf8 = malloc(size);
    if (!utf8)
        return BARO_NO_MEMORY;
    size = baro_encoding_write(reader->plan.encoding, sample.text, length, utf8);
    status = read_names(reader, utf8, size, source);
    free(utf8);
    char last = sample.text[length - 1];
    reader->line = 1 + baro_records_lines(sample.text, sample.text + length, NULL) + (last != '\n' && last != '\r');
    reader->bytes.at += length;
    return status;
}

/* --- which fields are wanted --- */

/* A wanted name that stands twice cannot be read; said once. */
static void check_twice(baro_reader *reader, const baro_source *source, const char *wanted, size_t field, baro_name_manner manner)
{
    char name[BARO_QUOTE_ROOM];
    for (size_t i = 0; i < reader->plan.n_items; i++)
        if (reader->plan.items[i].field == field)
            return;
    const char *shown = manner == BARO_NAME_OTHER ? wanted : source->header[field];
    for (size_t other = field; (other = baro_names_field(source, shown, manner, other + 1)) < source->fields;)
        baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 1, 0), "column '%s' also at column %zu",
                       baro_text_quote(shown, strlen(shown), name, sizeof name), other + 1);
}

static void plan_column(baro_reader *reader, const baro_source *source, size_t i)
{
    baro_store *column = &reader->frame->columns[i];
    for (size_t step = 0; step < 2; step++) /* names in the header before other names */
        for (size_t name = 0; name < column->n_names; name++) {
            size_t field = source->fields;
            baro_name_manner manner = step == 0 ? BARO_NAME_AS_WRITTEN : BARO_NAME_OTHER, last = step == 0 ? BARO_NAME_BUT_FOR_SPACES : BARO_NAME_OTHER;
            while ((field = baro_names_field(source, column->names[name], manner, 0)) == source->fields && manner < last)
                manner++;
            if (field == source->fields)
                continue;
            check_twice(reader, source, column->names[name], field, manner);
            column->found[reader->source] = source->header[field];
            column->field[reader->source] = (uint32_t)field + 1;
            reader->plan.items[reader->plan.n_items++] =
                (baro_plan_item){.column = (uint32_t)i, .field = (uint32_t)field, .kind = column->kind};
            return;
        }
}

/* When all columns are wanted: one for every name that no file before had. */
static baro_status add_new_columns(baro_reader *reader, const baro_source *source)
{
    baro_frame *frame = reader->frame;
    size_t before = frame->n_columns;
    for (size_t field = 0; field < source->fields; field++) {
        bool known = !*source->header[field] || baro_names_find(source, source->header[field], false, 0) < field;
        for (size_t i = 0; i < before && !known; i++)
            known = baro_names_same(frame->columns[i].names[0], source->header[field]);
        if (known)
            continue;
        const char **name = BARO_NEW(frame->arena, const char *);
        if (!name)
            return BARO_NO_MEMORY;
        *name = source->header[field];
        if (!baro_frame_add_store(frame, &(baro_want){name, 1, BARO_TEXT}))
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

static int by_field(const void *a, const void *b)
{
    const baro_plan_item *x = a, *y = b;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Ordinal of the delimiter behind (or before) a field, found among those needed or added to them. */
static uint32_t need(baro_plan *plan, uint32_t ordinal)
{
    for (size_t i = plan->n_needed; i > 0 && plan->needed[i - 1] >= ordinal; i--)
        if (plan->needed[i - 1] == ordinal)
            return (uint32_t)i;
    plan->needed[plan->n_needed++] = ordinal;
    return (uint32_t)plan->n_needed;
}

static baro_status make_plan(baro_reader *reader, const baro_source *source)
{
    baro_plan *plan = &reader->plan;
    baro_status status = reader->wants_all ? add_new_columns(reader, source) : BARO_OK;
    size_t n = reader->frame->n_columns;
    if (status != BARO_OK)
        return status;
    plan->items = calloc(n ? n : 1, sizeof *plan->items);
    plan->needed = calloc(n ? n : 1, 2 * sizeof *plan->needed);
    if (!plan->items || !plan->needed)
        return BARO_NO_MEMORY;
    plan->fields = source->fields;
    for (size_t i = 0; i < n; i++)
        plan_column(reader, source, i);
    qsort(plan->items, plan->n_items, sizeof *plan->items, by_field);
    for (size_t i = 0; i < plan->n_items; i++) {
        baro_plan_item *item = &plan->items[i];
        item->from = item->field ? need(plan, item->field) : 0;
        item->to = item->field + 1 < plan->fields ? need(plan, item->field + 1) : 0;
    }
    for (size_t i = 0; i < plan->n_items; i++)
        if (plan->items[i].field + 1 == plan->fields)
            plan->items[i].to = (uint32_t)plan->n_needed + 1;
    return BARO_OK;
}

static baro_status find_decimal(baro_reader *reader, baro_source *source)
{
    baro_plan *plan = &reader->plan;
    plan->decimal = reader->format->decimal;
    if (!plan->decimal) {
        baro_sample records = sample_of(&reader->bytes);
        uint32_t *fields = calloc(plan->n_items + 1, sizeof *fields);
        size_t n = 0;
        if (!fields)
            return BARO_NO_MEMORY;
        for (size_t i = 0; i < plan->n_items; i++)
            if (plan->items[i].kind == BARO_NUMBER)
                fields[n++] = plan->items[i].field;
        plan->decimal = n ? baro_sniff_decimal(&records, plan->delimiter, fields, n) : '.';
        free(fields);
        if (!plan->decimal)
            return BARO_NO_MEMORY;
    }
    source->decimal = plan->decimal;
    return BARO_OK;
}

/* By its first bytes; the ending of the path has no say, but for a file that is not what it promises. */
static baro_status read_names_by_kind(baro_reader *reader, baro_source *source)
{
    enum { FIRST = 16 };
    baro_bytes *bytes = &reader->bytes;
    baro_status status = baro_bytes_hold(bytes, FIRST, reader->error);
    if (status != BARO_OK)
        return status;
    baro_stat_kind kind = baro_stat_kind_of(bytes->held + bytes->at, bytes->end - bytes->at), promised = baro_stat_kind_of_path(source->path);
    if (kind)
        return baro_reader_stat_header(reader, source, kind);
    if (promised)
        return baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 0, 0), "%s",
                              bytes->end == bytes->at ? "file is empty"
                              : promised == BARO_STAT_SAV ? "not an SPSS file, whatever its name says; if it is CSV, let its name end in .csv"
                                                          : "not a Stata file, whatever its name says; if it is CSV, let its name end in .csv");
    status = hold_sample(reader);
    if (status == BARO_OK)
        status = check_kind(reader);
    return status == BARO_OK ? read_header(reader, source) : status;
}

baro_status baro_reader_open(baro_reader *reader, size_t i, const char *path)
{
    baro_source *source = &reader->frame->sources[i];
    size_t faults = baro_error_faults(reader->error);
    reader->source = i;
    reader->line = 1;
    reader->line_ends = 0;
    reader->blanks = 0;
    reader->too_long = false;
    reader->plan = (baro_plan){.encoding = reader->format->encoding};
    reader->dictionary.kind = BARO_STAT_NONE;
    baro_status status = baro_bytes_open(path, &reader->bytes, reader->error);
    if (status == BARO_OK)
        status = read_names_by_kind(reader, source);
    if (status == BARO_OK)
        status = make_plan(reader, source);
    if (status == BARO_OK && !reader->dictionary.kind)
        status = find_decimal(reader, source);
    if (status == BARO_OK && baro_error_faults(reader->error) > faults)
        status = BARO_BAD_DATA;
    return status;
}
