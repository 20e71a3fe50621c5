/* The work on one block of a file, done by any thread: bytes to coded columns. */
#include "io/readers/frame_parts.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "io/readers/encoding.h"
#include "io/readers/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    baro_block *block;
    const baro_plan *plan;
    baro_record_manner manner;
    const char *at, *end;                /* the record begins; the block ends */
    const char *feed, *carriage, *quote; /* the next of each from `at` on, `end` for none */
    size_t line;                         /* of `at` */
    bool all_valid;
    size_t item; /* of the plan, while libcsv reads its field */
    const char *raw;
    baro_record_marks marks; /* of the record, when it holds a quote */
    bool one_line;
    /* how far places have been worked out in the record: from there on the next one is looked for */
    const char *mark;
    size_t mark_line, mark_column;
    baro_status status;
} parser;

/* --- rows --- */

static baro_status start_over(baro_block *block, const baro_plan *plan)
{
    if (!block->error)
        block->error = baro_error_new();
    if (!block->error)
        return BARO_NO_MEMORY;
    baro_arena_free(block->texts);
    block->texts = NULL;
    block->rows = block->room = block->lines = block->n_runs = block->blanks = 0;
    block->has_record = false;
    block->line_ends = 0;
    for (size_t i = 0; i < plan->n_items; i++) {
        if (!baro_dictionary_clear(&block->pieces[i].dictionary))
            return BARO_NO_MEMORY;
        block->pieces[i].n_places = 0;
    }
    return BARO_OK;
}

/* An array for `want` rows; what the piece held for another kind of column is let go. */
static bool make_rows(baro_piece *piece, baro_kind kind, size_t want)
{
    size_t room = piece->room;
    if (kind == BARO_TEXT) {
        free(piece->numbers);
        piece->numbers = NULL;
        uint32_t *codes = baro_grown(piece->codes, &room, want, sizeof *codes);
        if (!codes)
            return false;
        piece->codes = codes;
    } else {
        free(piece->codes);
        piece->codes = NULL;
        double *numbers = baro_grown(piece->numbers, &room, want, sizeof *numbers);
        if (!numbers)
            return false;
        piece->numbers = numbers;
    }
    piece->room = room;
    return true;
}

/* Room for one more row in every piece. */
static baro_status make_row(baro_block *block, const baro_plan *plan)
{
    if (block->rows < block->room)
        return BARO_OK;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < plan->n_items; i++) {
        baro_piece *piece = &block->pieces[i];
        if (!make_rows(piece, plan->items[i].kind, block->rows + 1))
            return BARO_NO_MEMORY;
        least = piece->room < least ? piece->room : least;
    }
    block->room = least;
    return BARO_OK;
}

/* Row block->rows is complete: where it stands, unless that follows from the row before. */
static baro_status keep_row(parser *in)
{
    baro_block *block = in->block;
    const baro_run *last = block->n_runs ? &block->runs[block->n_runs - 1] : NULL;
    if (!last || last->line + (block->rows - last->row) != in->line) {
        baro_run *runs = baro_grown(block->runs, &block->runs_room, block->n_runs + 1, sizeof *runs);
        if (!runs)
            return BARO_NO_MEMORY;
        block->runs = runs;
        runs[block->n_runs++] = (baro_run){.row = block->rows, .line = (uint32_t)in->line};
    }
    block->rows++;
    return BARO_OK;
}

/* --- fields --- */

static void set_mark(parser *in)
{
    in->mark = in->at;
    in->mark_line = in->line;
    in->mark_column = 1;
}

/* Texts of a record must be asked for in their order. */
static baro_where_it_is place_of(parser *in, const char *text)
{
    size_t column, lines = baro_records_lines(in->mark, text, &column);
    in->mark_line += lines;
    in->mark_column = lines ? column : in->mark_column + column - 1;
    in->mark = text;
    return (baro_where_it_is){NULL, in->mark_line, in->mark_column};
}

/* `raw` is the field as it stands in the block: `text` itself, or what libcsv made `text` from. */
static uint32_t code_of(parser *in, size_t i, const char *text, size_t length, const char *raw)
{
    const baro_plan_item *item = &in->plan->items[i];
    baro_piece *piece = &in->block->pieces[i];
    bool is_new;
    uint32_t code = baro_dictionary_code(&piece->dictionary, text, length, baro_dictionary_hash(text, length), &is_new);
    if (code == 0) {
        in->status = BARO_NO_MEMORY;
        return 0;
    }
    baro_term *term = &piece->dictionary.terms[code];
    size_t seen = term->count++;
    if (!is_new && (item->kind == BARO_TEXT || seen >= BARO_PLACES))
        return code;
    if (is_new && text != raw) {
        if (!in->block->texts)
            in->block->texts = baro_arena_new();
        char *copy = in->block->texts ? baro_arena_text(in->block->texts, text, length) : NULL;
        term->text = copy ? copy : "";
        if (!copy)
            in->status = BARO_NO_MEMORY;
    }
    baro_where_it_is place = place_of(in, raw);
    if (is_new) {
        term->line = (uint32_t)place.line;
        term->column = (uint32_t)place.column;
    }
    if (item->kind == BARO_TEXT)
        return code;
    baro_block_place *places = baro_grown(piece->places, &piece->places_room, piece->n_places + 1, sizeof *places);
    if (!places) {
        in->status = BARO_NO_MEMORY;
        return code;
    }
    piece->places = places;
    places[piece->n_places++] = (baro_block_place){code, (uint32_t)place.line, (uint32_t)place.column};
    return code;
}

static void keep_field(parser *in, size_t i, const char *text, size_t length, const char *raw)
{
    baro_piece *piece = &in->block->pieces[i];
    size_t row = in->block->rows;
    double number;
    if (in->plan->items[i].kind == BARO_TEXT)
        piece->codes[row] = code_of(in, i, text, length, raw);
    else if (baro_number_read(text, length, in->plan->decimal, &number))
        piece->numbers[row] = number;
    else
        piece->numbers[row] = baro_number_of_entry(code_of(in, i, text, length, raw));
}

/* --- records without a quote --- */

/* Delimiters in `length` bytes from `at`; bytes behind are readable to the next 8. */
static size_t count_delimiters(const char *at, size_t length, uint64_t pattern)
{
    size_t n = 0, i = 0;
    while (i + 8 <= length) {
        uint64_t sums = 0;
        size_t words = (length - i) / 8 < 31 ? (length - i) / 8 : 31; /* 31 * 8 fits a byte */
        for (size_t j = 0; j < words; j++, i += 8)
            sums += baro_zero_bytes(baro_load_word(at + i) ^ pattern) >> 7;
        n += baro_sum_bytes(sums);
    }
    if (i < length)
        n += baro_sum_bytes(
            (baro_zero_bytes(baro_load_word(at + i) ^ pattern) & ((UINT64_C(1) << (8 * (length - i))) - 1)) >> 7);
    return n;
}

/* Delimiters in a record; the positions of those that the plan needs go to position[0 ..]. */
static size_t find_delimiters(const char *at, size_t length, const baro_plan *plan, uint32_t *position)
{
    const uint64_t pattern = BARO_ONES * (unsigned char)plan->delimiter;
    size_t seen = 0, k = 0, i = 0;
    for (; i < length && k < plan->n_needed; i += 8) {
        uint64_t marks = baro_zero_bytes(baro_load_word(at + i) ^ pattern);
        if (length - i < 8)
            marks &= (UINT64_C(1) << (8 * (length - i))) - 1;
        size_t n = baro_sum_bytes(marks >> 7);
        for (size_t passed = 0; k < plan->n_needed && plan->needed[k] <= seen + n; k++, passed++) {
            for (; seen + passed + 1 < plan->needed[k]; passed++)
                marks &= marks - 1;
            position[k] = (uint32_t)(i + baro_lowest_byte(marks));
            marks &= marks - 1;
        }
        seen += n;
    }
    return i < length ? seen + count_delimiters(at + i, length - i, pattern) : seen;
}

static void report_fields(parser *in, size_t fields)
{
    baro_fault_add(in->block->error, BARO_BAD_DATA, (baro_where_it_is){NULL, in->line, 0},
                   "%zu field%s, the header has %zu", fields, fields == 1 ? "" : "s", in->plan->fields);
}

/* The field between two delimiters of those that the plan needs. */
static const char *field_of(const parser *in, const baro_plan_item *item, size_t *length)
{
    const uint32_t *position = in->block->position;
    uint32_t from = position[item->from] + 1;
    *length = position[item->to] - from;
    return in->at + from;
}

/* What stands before the first field and behind the last one. */
static void set_ends(parser *in, size_t length)
{
    in->block->position[0] = UINT32_MAX; /* so that + 1 gives 0 */
    in->block->position[in->plan->n_needed + 1] = (uint32_t)length;
}

static void parse_plain(parser *in, const char *record_end)
{
    const baro_plan *plan = in->plan;
    size_t length = (size_t)(record_end - in->at);
    size_t fields = find_delimiters(in->at, length, plan, in->block->position + 1) + 1;
    if (fields != plan->fields) {
        report_fields(in, fields);
        return;
    }
    set_ends(in, length);
    for (size_t i = 0; i < plan->n_items; i++) {
        const char *text = field_of(in, &plan->items[i], &length);
        keep_field(in, i, text, length, text);
    }
    if (in->status == BARO_OK)
        in->status = keep_row(in);
}

/* --- other records --- */

const char *baro_record_words(baro_record_state state)
{
    static const char *const words[] = {
        [BARO_RECORD_WHOLE] = "a record that cannot be read",
        [BARO_RECORD_UNFINISHED] = "a record that does not end",
        [BARO_RECORD_OPEN_QUOTE] = "the quote opened here is never closed",
        [BARO_RECORD_STRAY_QUOTE] =
            "a quote inside an unquoted field; put the field in quotes and write the quote inside it twice",
        [BARO_RECORD_TEXT_BEHIND] = "text after a closing quote; write a quote inside a quoted field twice",
    };
    return words[state];
}

static void take_field(void *context, size_t index, const char *text, size_t length)
{
    parser *in = context;
    if (index == 0)
        keep_field(in, in->item, text, length, in->raw);
}

/* A wanted field, through libcsv when it is quoted. Fields that nobody wants need no unquoting. */
static baro_status read_field(parser *in, size_t i)
{
    size_t length;
    in->item = i;
    in->raw = field_of(in, &in->plan->items[i], &length);
    if (length && *in->raw == '"')
        return baro_csv_split(in->block->csv, in->raw, length, take_field, in);
    keep_field(in, i, in->raw, length, in->raw);
    return BARO_OK;
}

static void parse_quoted(parser *in, const baro_record *record)
{
    if (record->fault) {
        baro_fault_add(in->block->error, BARO_BAD_DATA, place_of(in, record->fault), "%s",
                       baro_record_words(record->state));
        return;
    }
    if (in->marks.seen + 1 != in->plan->fields) {
        report_fields(in, in->marks.seen + 1);
        return;
    }
    set_ends(in, (size_t)(record->end - in->at));
    baro_status status = BARO_OK;
    for (size_t i = 0; i < in->plan->n_items && status == BARO_OK; i++)
        status = read_field(in, i);
    if (status == BARO_NO_MEMORY)
        in->status = status;
    else if (status != BARO_OK)
        baro_fault_add(in->block->error, BARO_BAD_DATA, (baro_where_it_is){NULL, in->line, 0}, "%s",
                       baro_record_words(BARO_RECORD_WHOLE));
    else if (in->status == BARO_OK)
        in->status = keep_row(in);
}

/* --- the block --- */

static const char *find(const char *at, const char *end, char what)
{
    const char *found = at < end ? memchr(at, what, (size_t)(end - at)) : NULL;
    return found ? found : end;
}

/* The record at in->at: directly when its line holds no quote. */
static void scan_record(parser *in, baro_record *record)
{
    if (in->feed < in->at)
        in->feed = find(in->at, in->end, '\n');
    if (in->carriage < in->at)
        in->carriage = find(in->at, in->end, '\r');
    const char *line_end = in->feed < in->carriage ? in->feed : in->carriage;
    if (in->quote < in->at)
        in->quote = find(in->at, in->end, '"');
    if (in->quote < line_end) {
        in->marks = (baro_record_marks){in->plan->needed, in->plan->n_needed, in->block->position + 1, 0, 0};
        baro_record_scan(in->at, in->end, &in->manner, true, &in->marks, record);
    } else {
        *record = (baro_record){BARO_RECORD_WHOLE, line_end, baro_line_next(line_end, in->end), NULL};
    }
    in->one_line = line_end >= record->end;
}

void baro_report_blanks(baro_error *error, const char *source, size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++)
        baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){source, first + i, 0},
                       "blank line; remove it, or give back the respondent that stood there");
}

bool baro_report_bytes(baro_error *error, const char *source, const char *text, size_t length, size_t line,
                       baro_encoding encoding)
{
    size_t valid = baro_text_valid(text, length), column;
    if (valid == length)
        return false;
    line += baro_records_lines(text, text + valid, &column);
    baro_where_it_is place = {source, line, column};
    unsigned byte = (unsigned char)text[valid];
    if (byte == 0)
        baro_fault_add(error, BARO_BAD_DATA, place, "byte 0x00 (NUL) is not text; is this a CSV file?");
    else if (encoding == BARO_UTF8)
        baro_fault_add(error, BARO_BAD_DATA, place,
                       "byte 0x%02X is not UTF-8 (a Windows-1252 file? try --encoding windows-1252)", byte);
    else
        baro_fault_add(error, BARO_BAD_DATA, place, "byte 0x%02X is not %s", byte, baro_encoding_name(encoding));
    return true;
}

static void parse_record(parser *in)
{
    baro_block *block = in->block;
    baro_record record;
    scan_record(in, &record);
    block->line_ends |= baro_line_ends(&record);
    if (record.end == in->at) {
        if (block->blanks++ == 0)
            block->blank_first = in->line;
        in->line++;
        in->at = record.next;
        return;
    }
    baro_report_blanks(block->error, NULL, block->blank_first, block->blanks);
    block->blanks = 0;
    block->has_record = true;
    bool has_quote = in->quote < record.end;
    set_mark(in);
    if (in->all_valid ||
        !baro_report_bytes(block->error, NULL, in->at, (size_t)(record.next - in->at), in->line, in->plan->encoding)) {
        in->status = make_row(block, in->plan);
        if (in->status == BARO_OK && has_quote)
            parse_quoted(in, &record);
        else if (in->status == BARO_OK)
            parse_plain(in, record.end);
    }
    in->line += in->one_line ? record.next > record.end : baro_records_lines(in->at, record.next, NULL);
    in->at = record.next;
}

static baro_status transcode(baro_block *block, baro_encoding encoding, const char **text, size_t *length)
{
    size_t size = baro_encoding_size(encoding, *text, *length);
    if (size == *length)
        return BARO_OK;
    if (size + 8 > block->utf8_size) {
        char *utf8 = realloc(block->utf8, size + 8);
        if (!utf8)
            return BARO_NO_MEMORY;
        block->utf8 = utf8;
        block->utf8_size = size + 8;
    }
    *length = baro_encoding_write(encoding, *text, *length, block->utf8);
    memset(block->utf8 + *length, 0, 8);
    *text = block->utf8;
    return BARO_OK;
}

baro_status baro_block_parse(baro_block *block, const baro_plan *plan, size_t longest)
{
    const char *text = block->text;
    size_t length = block->length;
    baro_status status = start_over(block, plan);
    if (status == BARO_OK)
        status = transcode(block, plan->encoding, &text, &length);
    if (status != BARO_OK)
        return status;
    parser in = {.block = block,
                 .plan = plan,
                 .manner = {plan->delimiter, longest},
                 .at = text,
                 .end = text + length,
                 .all_valid = baro_text_valid(text, length) == length};
    in.feed = find(text, in.end, '\n');
    in.carriage = find(text, in.end, '\r');
    in.quote = find(text, in.end, '"');
    while (in.at < in.end && in.status == BARO_OK)
        parse_record(&in);
    block->lines = in.line;
    return in.status;
}
