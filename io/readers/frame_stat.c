/* An SPSS or Stata file as a source of the frame: cells become what CSV would hold, blocks of records go the way of CSV's. */
#include "io/readers/frame_parts.h"
#include "io/base/number.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 8192, RECENT = 64 }; /* of a block; numbers whose code is remembered, for a column */

typedef struct {
    uint64_t bits;
    uint32_t code; /* 0: free */
} recent;

typedef struct {
    baro_reader *reader;
    baro_block block;
    recent (*recents)[RECENT]; /* [n_items] */
    size_t *item;              /* [fields] of the plan by variable; an item more for each further want of it */
    size_t first;              /* record that the block begins with */
} stat_reader;

baro_status baro_reader_stat_header(baro_reader *reader, baro_source *source, baro_stat_kind kind)
{
    baro_arena *arena = reader->frame->arena;
    baro_status status = baro_stat_read_dictionary(&reader->bytes, kind, arena, reader->error, &reader->dictionary);
    if (status != BARO_OK)
        return status;
    size_t n = reader->dictionary.n;
    const char **header = BARO_ARRAY(arena, const char *, n);
    if (!header)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        header[i] = reader->dictionary.variables[i].name;
    source->header = header;
    source->fields = n;
    source->decimal = '.';
    reader->plan.decimal = '.';
    reader->plan.delimiter = ',';
    return BARO_OK;
}

/* --- cells --- */

static const baro_plan_item *item_of(const stat_reader *s, size_t i)
{
    return &s->reader->plan.items[i];
}

static baro_status add_place(baro_piece *piece, uint32_t code, size_t row, size_t variable)
{
    baro_block_place *places = baro_grown(piece->places, &piece->places_room, piece->n_places + 1, sizeof *places);
    if (!places)
        return BARO_NO_MEMORY;
    piece->places = places;
    places[piece->n_places++] = (baro_block_place){code, (uint32_t)row, (uint32_t)variable + 1};
    return BARO_OK;
}

static baro_status code_of(stat_reader *s, size_t i, const char *text, size_t length, size_t row, uint32_t *out)
{
    const baro_plan_item *item = item_of(s, i);
    baro_piece *piece = &s->block.pieces[i];
    bool is_new;
    uint32_t code = baro_dictionary_code(&piece->dictionary, text, length, baro_dictionary_hash(text, length), &is_new);
    if (code == 0)
        return BARO_NO_MEMORY;
    baro_term *term = &piece->dictionary.terms[code];
    *out = code;
    if (is_new) {
        char *copy = baro_arena_text(s->block.texts, text, length);
        term->text = copy ? copy : "";
        if (!copy)
            return BARO_NO_MEMORY;
        term->line = (uint32_t)row;
        term->column = item->field + 1;
    }
    return term->count++ < BARO_PLACES && item->kind == BARO_NUMBER ? add_place(piece, code, row, item->field) : BARO_OK;
}

/* A number of single precision in the shortest form that reads back as such: 1.1, where the double beside it is 1.10000002384186. */
static size_t write_float(double x, char out[BARO_NUMBER_TEXT])
{
    for (int digits = 6; digits < 9; digits++) {
        char text[BARO_NUMBER_TEXT];
        double back;
        int length = snprintf(text, sizeof text, "%.*g", digits, x);
        if (length > 0 && baro_number_read(text, (size_t)length, '.', &back) && (float)back == (float)x)
            return baro_number_write_exact(back, out);
    }
    return baro_number_write_exact(x, out);
}

/* What CSV would hold. */
static size_t write_cell(const baro_stat_variable *variable, const baro_stat_cell *cell, char out[BARO_NUMBER_TEXT])
{
    if (cell->tag) {
        out[0] = '.';
        out[1] = cell->tag;
        return 2;
    }
    if (isnan(cell->number))
        return 0;
    size_t length = baro_date_write(variable->date, cell->number, out);
    if (length)
        return length;
    if (!isfinite(cell->number))
        return (size_t)snprintf(out, BARO_NUMBER_TEXT, "%sinf", cell->number < 0 ? "-" : "");
    return cell->is_float ? write_float(cell->number, out) : baro_number_write_exact(cell->number, out);
}

static baro_status code_of_number(stat_reader *s, size_t i, const baro_stat_cell *cell, size_t row, uint32_t *out)
{
    const baro_stat_variable *variable = &s->reader->dictionary.variables[item_of(s, i)->field];
    char text[BARO_NUMBER_TEXT > BARO_DATE_TEXT ? BARO_NUMBER_TEXT : BARO_DATE_TEXT];
    uint64_t bits;
    memcpy(&bits, &cell->number, sizeof bits);
    recent *known = &s->recents[i][(bits ^ bits >> 52 ^ bits >> 46) % RECENT];
    bool rememberable = !isnan(cell->number) && item_of(s, i)->kind == BARO_TEXT;
    if (rememberable && known->code && known->bits == bits) {
        s->block.pieces[i].dictionary.terms[known->code].count++;
        *out = known->code;
        return BARO_OK;
    }
    baro_status status = code_of(s, i, text, write_cell(variable, cell, text), row, out);
    if (rememberable && status == BARO_OK)
        *known = (recent){bits, *out};
    return status;
}

static baro_status keep_cell(stat_reader *s, size_t i, const baro_stat_cell *cell, size_t row)
{
    const baro_plan_item *item = item_of(s, i);
    baro_piece *piece = &s->block.pieces[i];
    uint32_t code = 0;
    if (item->kind == BARO_NUMBER) {
        double number = cell->number;
        bool plain = cell->text ? baro_number_read(cell->text, cell->length, '.', &number)
                                : isfinite(number) && !s->reader->dictionary.variables[item->field].date;
        if (plain) {
            piece->numbers[row] = number;
            return BARO_OK;
        }
    }
    baro_status status = cell->text ? code_of(s, i, cell->text, cell->length, row, &code) : code_of_number(s, i, cell, row, &code);
    if (item->kind == BARO_NUMBER)
        piece->numbers[row] = baro_number_of_entry(code);
    else
        piece->codes[row] = code;
    return status;
}

/* --- blocks --- */

static baro_status begin_block(stat_reader *s, size_t first)
{
    baro_block *block = &s->block;
    baro_arena_free(block->texts);
    block->texts = baro_arena_new();
    block->rows = block->lines = block->n_runs = 0;
    s->first = first;
    for (size_t i = 0; i < s->reader->plan.n_items; i++) {
        if (!baro_dictionary_clear(&block->pieces[i].dictionary))
            return BARO_NO_MEMORY;
        block->pieces[i].n_places = 0;
    }
    memset(s->recents, 0, s->reader->plan.n_items * sizeof *s->recents);
    return block->texts ? BARO_OK : BARO_NO_MEMORY;
}

static baro_status end_block(stat_reader *s)
{
    baro_block *block = &s->block;
    baro_run run = {0};
    if (block->rows == 0)
        return BARO_OK;
    block->runs = &run;
    block->n_runs = 1;
    block->lines = block->rows;
    block->has_record = true;
    baro_status status = baro_reader_merge(s->reader, block);
    block->runs = NULL;
    return status;
}

static baro_status take_cell(void *context, size_t record, size_t variable, const baro_stat_cell *cell)
{
    stat_reader *s = context;
    baro_status status = BARO_OK;
    if (record >= UINT32_MAX - 1)
        return BARO_NO_MEMORY;
    if (record - s->first >= RECORDS) {
        status = end_block(s);
        if (status == BARO_OK)
            status = begin_block(s, record);
    }
    size_t row = record - s->first;
    s->block.rows = row + 1;
    for (size_t i = s->item[variable]; status == BARO_OK && i < s->reader->plan.n_items && item_of(s, i)->field == variable; i++)
        status = keep_cell(s, i, cell, row);
    return status;
}

static baro_status make_pieces(stat_reader *s)
{
    const baro_plan *plan = &s->reader->plan;
    baro_status status = baro_block_prepare(&s->block, plan);
    for (size_t i = 0; status == BARO_OK && i < plan->n_items; i++) {
        baro_piece *piece = &s->block.pieces[i];
        if (plan->items[i].kind == BARO_NUMBER)
            piece->numbers = calloc(RECORDS, sizeof *piece->numbers);
        else
            piece->codes = calloc(RECORDS, sizeof *piece->codes);
        piece->room = RECORDS;
        if (!piece->numbers && !piece->codes)
            status = BARO_NO_MEMORY;
    }
    return status;
}

static baro_status read_records(stat_reader *s, bool *wanted)
{
    baro_reader *reader = s->reader;
    size_t n = reader->dictionary.n, faults = baro_error_faults(reader->error);
    for (size_t i = 0; i < n; i++)
        s->item[i] = reader->plan.n_items;
    for (size_t i = reader->plan.n_items; i-- > 0;) {
        wanted[item_of(s, i)->field] = true;
        s->item[item_of(s, i)->field] = i;
    }
    wanted[0] |= reader->plan.n_items == 0; /* so that records are counted */
    baro_status status = make_pieces(s);
    if (status == BARO_OK)
        status = begin_block(s, 0);
    if (status == BARO_OK)
        status = baro_stat_read_values(&reader->bytes, &reader->dictionary, wanted, take_cell, s, reader->error);
    if (status == BARO_OK)
        status = end_block(s);
    if (status == BARO_OK && reader->frame->sources[reader->source].rows == 0 && baro_error_faults(reader->error) == faults)
        status = baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 0, 0), "no respondents");
    return status;
}

baro_status baro_reader_stat_rows(baro_reader *reader)
{
    stat_reader s = {.reader = reader};
    size_t n = reader->dictionary.n, n_items = reader->plan.n_items;
    bool *wanted = calloc(n, sizeof *wanted);
    s.item = calloc(n, sizeof *s.item);
    s.recents = calloc(n_items ? n_items : 1, sizeof *s.recents);
    reader->line = 1;
    baro_status status = wanted && s.item && s.recents ? read_records(&s, wanted) : BARO_NO_MEMORY;
    free(wanted);
    free(s.item);
    free(s.recents);
    baro_block_free(&s.block);
    reader->frame->sources[reader->source].bytes = reader->bytes.bytes;
    return status;
}
