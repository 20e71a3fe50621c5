#include "io/readers/frame_parts.h"
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 20)

/* --- a frame --- */

static baro_frame *frame_new(const char *const *paths, size_t n_paths)
{
    baro_frame *frame = calloc(1, sizeof *frame);
    if (!frame)
        return NULL;
    frame->arena = baro_arena_new();
    if (frame->arena)
        frame->sources = BARO_ARRAY(frame->arena, baro_source, n_paths);
    if (!frame->sources) {
        baro_frame_free(frame);
        return NULL;
    }
    frame->n_sources = n_paths;
    for (size_t i = 0; i < n_paths; i++) {
        frame->sources[i].path = baro_arena_string(frame->arena, paths[i]);
        if (!frame->sources[i].path) {
            baro_frame_free(frame);
            return NULL;
        }
    }
    return frame;
}

void baro_frame_free(baro_frame *frame)
{
    if (!frame)
        return;
    for (size_t i = 0; i < frame->n_columns; i++) {
        baro_dictionary_free(&frame->columns[i].dictionary);
        free(frame->columns[i].codes);
        free(frame->columns[i].numbers);
        free(frame->columns[i].places);
    }
    free(frame->columns);
    free(frame->runs);
    baro_arena_free(frame->arena);
    free(frame);
}

baro_store *baro_frame_add_store(baro_frame *frame, const baro_want *want)
{
    baro_store *columns = baro_grown(frame->columns, &frame->columns_room, frame->n_columns + 1, sizeof *columns);
    if (!columns)
        return NULL;
    frame->columns = columns;
    baro_store *column = &columns[frame->n_columns];
    *column = (baro_store){.n_names = want->n_names, .kind = want->kind, .width = 1};
    frame->n_columns++;
    const char **names = BARO_ARRAY(frame->arena, const char *, want->n_names);
    column->names = names;
    column->found = BARO_ARRAY(frame->arena, const char *, frame->n_sources);
    column->field = BARO_ARRAY(frame->arena, uint32_t, frame->n_sources);
    if (!names || !column->found || !column->field || !baro_dictionary_clear(&column->dictionary))
        return NULL;
    for (size_t i = 0; i < want->n_names; i++) {
        names[i] = baro_arena_string(frame->arena, want->names[i]);
        if (!names[i])
            return NULL;
    }
    return column;
}

/* The entries of a column as they are shown; its working memory is let go. */
static baro_status finish_column(baro_frame *frame, baro_store *column, baro_column *shown)
{
    size_t n = column->dictionary.n;
    baro_entry *entries = BARO_ARRAY(frame->arena, baro_entry, n);
    baro_place *places = column->kind == BARO_TEXT ? BARO_ARRAY(frame->arena, baro_place, n) : NULL;
    if (!entries || (column->kind == BARO_TEXT && !places))
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const baro_term *term = &column->dictionary.terms[i];
        entries[i] = (baro_entry){.text = i ? term->text : NULL, .length = term->length, .count = term->count};
        if (i && places) {
            places[i] = (baro_place){term->source, term->line, term->column};
            entries[i].places = &places[i];
            entries[i].n_places = 1;
        } else if (i && column->places) {
            entries[i].places = column->places[i].list;
            entries[i].n_places = column->places[i].n;
        }
    }
    baro_dictionary_free(&column->dictionary);
    free(column->places);
    column->places = NULL;
    *shown = (baro_column){.name = column->n_names ? column->names[0] : "",
                           .kind = column->kind,
                           .width = column->kind == BARO_TEXT ? column->width : 0,
                           .codes = column->codes,
                           .numbers = column->numbers,
                           .entries = entries,
                           .n_entries = n,
                           .found = column->found,
                           .field = column->field};
    return BARO_OK;
}

/* Gives back the room that rows did not need; where that fails nothing is lost. */
static void shrink_column(baro_store *column, size_t rows)
{
    void *codes = column->codes && rows ? realloc(column->codes, rows * column->width) : NULL;
    double *numbers = column->numbers && rows ? realloc(column->numbers, rows * sizeof *numbers) : NULL;
    if (codes)
        column->codes = codes;
    if (numbers)
        column->numbers = numbers;
}

baro_status baro_frame_finish(baro_frame *frame)
{
    frame->shown = BARO_ARRAY(frame->arena, baro_column, frame->n_columns);
    if (!frame->shown)
        return BARO_NO_MEMORY;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < frame->n_columns && status == BARO_OK; i++) {
        shrink_column(&frame->columns[i], frame->rows);
        status = finish_column(frame, &frame->columns[i], &frame->shown[i]);
    }
    return status;
}

/* --- reading --- */

/* Fills a block with whole records: what was left over first, then from the file; larger only for a long record. */
static baro_status make_block(void *context, size_t index, size_t slot)
{
    (void)index;
    baro_reader *reader = context;
    baro_block *block = &reader->blocks[slot];
    const baro_record_manner manner = {reader->plan.delimiter, reader->tuning.longest};
    size_t want = reader->tuning.block, have = 0, cut = 0;
    do {
        size_t taken;
        if (want + 8 > block->size) {
            char *text = realloc(block->text, want + 8);
            if (!text)
                return BARO_NO_MEMORY;
            block->text = text;
            block->size = want + 8;
        }
        baro_status status = baro_bytes_take(&reader->bytes, block->text + have, want - have, &taken, reader->error);
        if (status != BARO_OK)
            return status;
        have += taken;
        if (have == 0)
            return BARO_NO;
        cut = baro_records_cut(block->text, have, &manner, baro_bytes_at_end(&reader->bytes));
        if (cut == 0 && have > 2 * reader->tuning.longest) {
            reader->too_long = true;
            return BARO_NO;
        }
        want *= 2;
    } while (cut == 0);
    baro_status status = baro_bytes_give_back(&reader->bytes, block->text + cut, have - cut);
    memset(block->text + cut, 0, 8); /* the scan reads whole words */
    block->length = cut;
    return status;
}

static baro_status work_on_block(void *context, size_t index, size_t slot)
{
    (void)index;
    baro_reader *reader = context;
    return baro_block_parse(&reader->blocks[slot], &reader->plan, reader->tuning.longest);
}

static baro_status take_block(void *context, size_t index, size_t slot)
{
    (void)index;
    baro_reader *reader = context;
    return baro_reader_merge(reader, &reader->blocks[slot]);
}

/* What can be said of a file only when all of it was read. */
static void conclude(baro_reader *reader, size_t first_line, size_t faults)
{
    baro_source *source = &reader->frame->sources[reader->source];
    source->bytes = reader->bytes.bytes;
    if (reader->too_long)
        baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, reader->line, 0),
                       "a line of over %zu bytes; is this a CSV file?", 2 * reader->tuning.longest);
    if (source->rows == 0 && baro_error_faults(reader->error) == faults)
        baro_fault_add(reader->error, BARO_BAD_DATA, baro_reader_place(reader, first_line, 0), "no respondents");
    if (reader->line_ends & (reader->line_ends - 1))
        baro_remark_add(reader->error, baro_reader_place(reader, 0, 0), "mixed line ends (%s)",
                        reader->line_ends == (BARO_LF | BARO_CRLF)   ? "LF and CRLF"
                        : reader->line_ends == (BARO_LF | BARO_CR)   ? "LF and CR"
                        : reader->line_ends == (BARO_CR | BARO_CRLF) ? "CR and CRLF"
                                                                     : "LF, CRLF and CR");
}

static baro_status read_rows(baro_reader *reader, baro_pool *pool)
{
    size_t faults = baro_error_faults(reader->error), first_line = reader->line;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < reader->tuning.depth && status == BARO_OK; i++)
        status = baro_block_prepare(&reader->blocks[i], &reader->plan);
    const baro_pipeline pipeline = {make_block, work_on_block, take_block, reader, reader->tuning.depth};
    if (status == BARO_OK)
        status = baro_pool_pipeline(pool, &pipeline);
    if (status == BARO_OK)
        conclude(reader, first_line, faults);
    return status;
}

static baro_status read_source(baro_reader *reader, size_t i, const char *path, baro_pool *pool)
{
    baro_source *source = &reader->frame->sources[i];
    source->first_row = reader->frame->rows;
    baro_status status = baro_reader_open(reader, i, path);
    if (status == BARO_OK && !reader->header_only)
        status = reader->dictionary.kind ? baro_reader_stat_rows(reader) : read_rows(reader, pool);
    if (status == BARO_OK && baro_error_faults(reader->error) == 0)
        status = baro_frame_pad(reader->frame);
    baro_bytes_close(&reader->bytes);
    free(reader->plan.items);
    free(reader->plan.needed);
    reader->plan = (baro_plan){0};
    return status;
}

static baro_status read_sources(baro_reader *reader, const char *const *paths, size_t n_paths, baro_pool *pool)
{
    reader->blocks = calloc(reader->tuning.depth, sizeof *reader->blocks);
    baro_status status = reader->blocks ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < n_paths && status != BARO_NO_MEMORY; i++)
        status = read_source(reader, i, paths[i], pool); /* a faulty file does not hide the faults of the next */
    for (size_t i = 0; reader->blocks && i < reader->tuning.depth; i++)
        baro_block_free(&reader->blocks[i]);
    free(reader->blocks);
    free(reader->map);
    if (status != BARO_NO_MEMORY || baro_error_faults(reader->error))
        status = baro_error_status(reader->error);
    if (status == BARO_OK)
        status = baro_frame_finish(reader->frame);
    return status;
}

static baro_status add_wants(baro_frame *frame, const baro_want *wants, size_t n_wants)
{
    for (size_t i = 0; wants && i < n_wants; i++)
        if (!baro_frame_add_store(frame, &wants[i]))
            return BARO_NO_MEMORY;
    return BARO_OK;
}

static baro_status read_into(baro_reader *reader, const char *const *paths, size_t n_paths, const baro_want *wants,
                             size_t n_wants, baro_pool *pool, baro_error *error, baro_frame **out)
{
    reader->error = baro_error_new();
    reader->frame = reader->error ? frame_new(paths, n_paths) : NULL;
    baro_status status = reader->frame ? add_wants(reader->frame, wants, n_wants) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = read_sources(reader, paths, n_paths, pool);
    if (status == BARO_NO_MEMORY && baro_error_faults(reader->error) == 0)
        baro_fault_add(reader->error, status, (baro_where_it_is){0}, "%s", baro_status_sentence(status));
    baro_error_join(error, reader->error);
    baro_error_free(reader->error);
    if (status == BARO_OK)
        *out = reader->frame;
    else
        baro_frame_free(reader->frame);
    return status;
}

baro_status baro_frame_read_tuned(const baro_frame_tuning *tuning, const char *const *paths, size_t n_paths,
                                  const baro_csv_format *format, const baro_want *wants, size_t n_wants,
                                  baro_pool *pool, baro_error *error, baro_frame **out)
{
    baro_reader reader = {.format = format, .tuning = *tuning, .wants_all = wants == NULL};
    if (reader.tuning.depth == 0)
        reader.tuning.depth = baro_pool_threads(pool) == 1 ? 1 : baro_pool_threads(pool) + 2;
    return read_into(&reader, paths, n_paths, wants, n_wants, pool, error, out);
}

baro_status baro_frame_read(const char *const *paths, size_t n_paths, const baro_csv_format *format,
                            const baro_want *wants, size_t n_wants, baro_pool *pool, baro_error *error,
                            baro_frame **out)
{
    const baro_frame_tuning tuning = {BLOCK, 0, BARO_LONGEST_RECORD};
    return baro_frame_read_tuned(&tuning, paths, n_paths, format, wants, n_wants, pool, error, out);
}

baro_status baro_frame_read_header(const char *path, const baro_csv_format *format, baro_error *error, baro_frame **out)
{
    baro_reader reader = {.format = format, .tuning = {BLOCK, 1, BARO_LONGEST_RECORD}, .header_only = true};
    return read_into(&reader, &path, 1, NULL, 0, NULL, error, out);
}

/* --- what a frame holds --- */

size_t baro_frame_rows(const baro_frame *frame)
{
    return frame->rows;
}

size_t baro_frame_sources(const baro_frame *frame)
{
    return frame->n_sources;
}

const baro_source *baro_frame_source(const baro_frame *frame, size_t i)
{
    return &frame->sources[i];
}

size_t baro_frame_columns(const baro_frame *frame)
{
    return frame->n_columns;
}

const baro_column *baro_frame_column(const baro_frame *frame, size_t i)
{
    return &frame->shown[i];
}

baro_place baro_frame_row_place(const baro_frame *frame, size_t row)
{
    size_t low = 0, high = frame->n_runs; /* the last run that begins at `row` or before */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (frame->runs[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    const baro_run *run = &frame->runs[low];
    return (baro_place){run->source, run->line + (uint32_t)(row - run->row), 0};
}
