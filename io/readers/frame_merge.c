/* Blocks, in their order, into the frame: codes of a block become codes of the frame. */
#include "io/readers/frame_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers that are none --- */

#define ENTRY_NAN UINT64_C(0x7FF8BA5000000000) /* a quiet NaN; its low 32 bits are the entry */
#define ENTRY_MASK UINT64_C(0xFFFFFFFF00000000)

double baro_number_of_entry(uint32_t entry)
{
    uint64_t bits = ENTRY_NAN | entry;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool baro_number_entry(double value, uint32_t *entry)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bool is_entry = (bits & ENTRY_MASK) == ENTRY_NAN;
    *entry = is_entry ? (uint32_t)bits : 0;
    return is_entry;
}

/* --- rows of a column --- */

static unsigned width_for(size_t n_entries)
{
    return n_entries <= 256 ? 1 : n_entries <= 65536 ? 2 : 4;
}

static void put_code(void *codes, unsigned width, size_t row, uint32_t code)
{
    if (width == 1)
        ((uint8_t *)codes)[row] = (uint8_t)code;
    else if (width == 2)
        ((uint16_t *)codes)[row] = (uint16_t)code;
    else
        ((uint32_t *)codes)[row] = code;
}

static uint32_t get_code(const void *codes, unsigned width, size_t row)
{
    const baro_column column = {.codes = codes, .width = width};
    return baro_column_code(&column, row);
}

/* Room for `rows`, and codes as wide as the dictionary needs. */
static baro_status make_room(baro_store *column, size_t rows)
{
    if (column->kind == BARO_NUMBER) {
        double *numbers = baro_grown(column->numbers, &column->room, rows, sizeof *numbers);
        if (!numbers)
            return BARO_NO_MEMORY;
        column->numbers = numbers;
        return BARO_OK;
    }
    void *codes = baro_grown(column->codes, &column->room, rows, column->width);
    if (!codes)
        return BARO_NO_MEMORY;
    column->codes = codes;
    unsigned width = width_for(column->dictionary.n);
    if (width == column->width)
        return BARO_OK;
    codes = column->room > SIZE_MAX / width ? NULL : realloc(codes, column->room * width);
    if (!codes)
        return BARO_NO_MEMORY;
    for (size_t row = column->filled; row-- > 0;) /* from the last, so that nothing is overwritten before it is read */
        put_code(codes, width, row, get_code(codes, column->width, row));
    column->codes = codes;
    column->width = width;
    return BARO_OK;
}

static baro_status pad_column(baro_store *column, size_t rows)
{
    if (column->filled >= rows)
        return BARO_OK;
    baro_status status = make_room(column, rows);
    if (status != BARO_OK)
        return status;
    if (column->kind == BARO_TEXT)
        memset((char *)column->codes + column->filled * column->width, 0, (rows - column->filled) * column->width);
    else
        for (size_t row = column->filled; row < rows; row++)
            column->numbers[row] = baro_number_of_entry(0);
    column->dictionary.terms[0].count += rows - column->filled;
    column->filled = rows;
    return BARO_OK;
}

baro_status baro_frame_pad(baro_frame *frame)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < frame->n_columns && status == BARO_OK; i++)
        status = pad_column(&frame->columns[i], frame->rows);
    return status;
}

/* --- dictionaries --- */

/* Fills reader->map for the terms of a piece. */
static baro_status merge_terms(baro_reader *reader, baro_store *column, const baro_dictionary *from)
{
    uint32_t *map = baro_grown(reader->map, &reader->map_room, from->n, sizeof *map);
    if (!map)
        return BARO_NO_MEMORY;
    reader->map = map;
    map[0] = 0;
    for (size_t i = 1; i < from->n; i++) {
        const baro_term *term = &from->terms[i];
        bool is_new;
        uint32_t code = baro_dictionary_code(&column->dictionary, term->text, term->length, term->hash, &is_new);
        if (code == 0)
            return BARO_NO_MEMORY;
        baro_term *mine = &column->dictionary.terms[code];
        if (is_new) {
            const char *copy = baro_arena_text(reader->frame->arena, term->text, term->length);
            mine->text = copy ? copy : "";
            if (!copy)
                return BARO_NO_MEMORY;
            mine->source = (uint32_t)reader->source;
            mine->line = (uint32_t)reader->line + term->line;
            mine->column = term->column;
        }
        mine->count += term->count;
        map[i] = code;
    }
    return BARO_OK;
}

static baro_status add_place(baro_arena *arena, baro_places *places, baro_place place)
{
    if (places->n == BARO_PLACES)
        return BARO_OK;
    if (places->n == places->room) {
        uint32_t room = places->room == 0 ? 1 : places->room * 4 < BARO_PLACES ? places->room * 4 : BARO_PLACES;
        baro_place *list = BARO_ARRAY(arena, baro_place, room);
        if (!list)
            return BARO_NO_MEMORY;
        if (places->n)
            memcpy(list, places->list, places->n * sizeof *list);
        places->list = list;
        places->room = room;
    }
    places->list[places->n++] = place;
    return BARO_OK;
}

static baro_status merge_places(baro_reader *reader, baro_store *column, const baro_piece *piece)
{
    size_t before = column->places_room;
    baro_places *all = baro_grown(column->places, &column->places_room, column->dictionary.n, sizeof *all);
    if (!all)
        return BARO_NO_MEMORY;
    column->places = all;
    if (column->places_room > before)
        memset(all + before, 0, (column->places_room - before) * sizeof *all);
    baro_status status = BARO_OK;
    for (size_t i = 0; i < piece->n_places && status == BARO_OK; i++) {
        const baro_block_place *from = &piece->places[i];
        baro_place place = {(uint32_t)reader->source, (uint32_t)reader->line + from->line, from->column};
        status = add_place(reader->frame->arena, &all[reader->map[from->code]], place);
    }
    return status;
}

/* --- a block --- */

static void merge_numbers(baro_store *column, const baro_piece *piece, size_t rows, const uint32_t *map)
{
    double *out = column->numbers + column->filled;
    memcpy(out, piece->numbers, rows * sizeof *out);
    for (size_t row = 0; row < rows && piece->dictionary.n > 1; row++) {
        uint32_t entry;
        if (baro_number_entry(out[row], &entry))
            out[row] = baro_number_of_entry(map[entry]);
    }
}

static void merge_codes(baro_store *column, const uint32_t *codes, size_t rows, const uint32_t *map)
{
    size_t first = column->filled;
    if (column->width == 1) {
        uint8_t *out = (uint8_t *)column->codes + first;
        for (size_t row = 0; row < rows; row++)
            out[row] = (uint8_t)map[codes[row]];
    } else {
        for (size_t row = 0; row < rows; row++)
            put_code(column->codes, column->width, first + row, map[codes[row]]);
    }
}

static baro_status merge_piece(baro_reader *reader, const baro_plan_item *item, const baro_piece *piece, size_t rows)
{
    baro_frame *frame = reader->frame;
    baro_store *column = &frame->columns[item->column];
    baro_status status = pad_column(column, frame->rows);
    if (status == BARO_OK)
        status = merge_terms(reader, column, &piece->dictionary);
    if (status == BARO_OK && item->kind == BARO_NUMBER)
        status = merge_places(reader, column, piece);
    if (status == BARO_OK)
        status = make_room(column, frame->rows + rows);
    if (status != BARO_OK)
        return status;
    if (item->kind == BARO_NUMBER)
        merge_numbers(column, piece, rows, reader->map);
    else
        merge_codes(column, piece->codes, rows, reader->map);
    column->filled = frame->rows + rows;
    return BARO_OK;
}

static baro_status merge_runs(baro_reader *reader, const baro_block *block)
{
    baro_frame *frame = reader->frame;
    for (size_t i = 0; i < block->n_runs; i++) {
        baro_run run = {frame->rows + block->runs[i].row, (uint32_t)reader->source,
                        (uint32_t)reader->line + block->runs[i].line};
        const baro_run *last = frame->n_runs ? &frame->runs[frame->n_runs - 1] : NULL;
        if (last && last->source == run.source && last->line + (run.row - last->row) == run.line)
            continue;
        baro_run *runs = baro_grown(frame->runs, &frame->runs_room, frame->n_runs + 1, sizeof *runs);
        if (!runs)
            return BARO_NO_MEMORY;
        frame->runs = runs;
        runs[frame->n_runs++] = run;
    }
    return BARO_OK;
}

/* Faults of the block, which counts its lines from 0, behind those of the blocks before. */
static void merge_faults(baro_reader *reader, baro_block *block)
{
    size_t kept = 0;
    for (size_t i = 0; i < baro_error_count(block->error); i++, kept++) {
        const baro_error_entry *entry = baro_error_entry_at(block->error, i);
        baro_fault_add(reader->error, entry->status,
                       baro_reader_place(reader, reader->line + entry->line, entry->column), "%s", entry->message);
    }
    for (; kept < baro_error_faults(block->error); kept++) /* no words for them; they are counted */
        baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, 0, 0), "%s", "a further fault");
    if (baro_error_faults(block->error)) {
        baro_error_free(block->error);
        block->error = NULL;
    }
}

static void merge_blanks(baro_reader *reader, const baro_block *block)
{
    if (block->has_record) {
        baro_report_blanks(reader->error, reader->bytes.name, reader->blank_first, reader->blanks);
        reader->blanks = 0;
    }
    if (block->blanks && reader->blanks == 0)
        reader->blank_first = reader->line + block->blank_first;
    reader->blanks += block->blanks;
}

baro_status baro_reader_merge(baro_reader *reader, baro_block *block)
{
    baro_frame *frame = reader->frame;
    merge_blanks(reader, block);
    merge_faults(reader, block);
    reader->line_ends |= block->line_ends;
    baro_status status = BARO_OK;
    if (block->rows && baro_error_faults(reader->error) == 0) { /* with a fault there will be no frame */
        for (size_t i = 0; i < reader->plan.n_items && status == BARO_OK; i++)
            status = merge_piece(reader, &reader->plan.items[i], &block->pieces[i], block->rows);
        if (status == BARO_OK)
            status = merge_runs(reader, block);
        frame->rows += block->rows;
    }
    frame->sources[reader->source].rows += block->rows;
    reader->line += block->lines;
    return status;
}
