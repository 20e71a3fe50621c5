/** How a frame is made; for the files of this folder and their tests. */
#ifndef BARO_IO_READERS_FRAME_PARTS_H
#define BARO_IO_READERS_FRAME_PARTS_H
#include "io/base/arena.h"
#include "io/readers/bytes.h"
#include "io/readers/csv.h"
#include "io/readers/dictionary.h"
#include "io/readers/frame.h"
#include "io/readers/readstat.h"
#include "io/readers/records.h"

/** Sizes that no result depends on (but for faults of records over `longest`). */
typedef struct {
    size_t block;   /* bytes a block */
    size_t depth;   /* blocks under way, 0: by the number of threads */
    size_t longest; /* bytes of a record */
} baro_frame_tuning;

baro_status baro_frame_read_tuned(const baro_frame_tuning *tuning, const char *const *paths, size_t n_paths,
                                  const baro_csv_format *format, const baro_want *wants, size_t n_wants,
                                  baro_pool *pool, baro_error *error, baro_frame **out);

/* --- the frame --- */

/** From `row` on, a row stands on line + (row - this row) of its source. */
typedef struct {
    size_t row;
    uint32_t source, line;
} baro_run;

typedef struct {
    baro_place *list;
    uint32_t n, room;
} baro_places;

typedef struct {
    const char *const *names;
    size_t n_names;
    baro_kind kind;
    unsigned width;
    void *codes;                /* TEXT; malloc */
    double *numbers;            /* NUMBER; malloc */
    size_t room;                /* rows */
    size_t filled;              /* rows */
    baro_dictionary dictionary; /* its texts are in the frame's arena */
    baro_places *places;        /* NUMBER: by code; malloc, its lists in the arena */
    size_t places_room;
    const char **found; /* [sources] */
    uint32_t *field;    /* [sources] */
} baro_store;

struct baro_frame {
    baro_arena *arena;
    baro_source *sources;
    size_t n_sources;
    baro_store *columns; /* malloc */
    size_t n_columns, columns_room;
    baro_column *shown; /* [n_columns], when finished */
    baro_run *runs;     /* malloc */
    size_t n_runs, runs_room;
    size_t rows;
};

/* --- reading one file --- */

typedef struct {
    uint32_t column; /* of the frame */
    uint32_t field;  /* of the file, from 0 */
    baro_kind kind;
    uint32_t from, to; /* its delimiters: places in baro_plan.needed, shifted by 1 */
} baro_plan_item;

/** Which fields of a record go where. */
typedef struct {
    baro_plan_item *items; /* [n_items] by field */
    size_t n_items;
    uint32_t *needed; /* [n_needed] ordinals, from 1 and ascending, of the delimiters round the fields */
    size_t n_needed;
    size_t fields;
    char delimiter, decimal;
    baro_encoding encoding;
} baro_plan;

typedef struct {
    uint32_t code, line, column;
} baro_block_place;

/** A column of a block, coded by the block's own dictionary. */
typedef struct {
    baro_dictionary dictionary;
    uint32_t *codes; /* [rows] TEXT */
    double *numbers; /* [rows] NUMBER */
    size_t room;
    baro_block_place *places; /* NUMBER: of what is no number, in row order */
    size_t n_places, places_room;
} baro_piece;

/** A block: bytes in, pieces out. Lines count from 0 at its first byte. */
typedef struct {
    char *text;
    size_t size, length;
    char *utf8; /* transcoded, when the encoding asks for it */
    size_t utf8_size;
    baro_piece *pieces; /* [n_pieces], one for each item of the plan */
    size_t n_pieces;
    uint32_t *position; /* [n_needed + 2] */
    size_t position_room;
    baro_csv *csv;
    baro_arena *texts; /* fields that libcsv unquoted, when there are any */
    baro_error *error;
    size_t rows, room, lines;
    baro_run *runs;
    size_t n_runs, runs_room;
    bool has_record;
    size_t blank_first, blanks; /* blank lines at its end */
    unsigned line_ends;
} baro_block;

typedef struct {
    baro_frame *frame;
    const baro_csv_format *format;
    baro_frame_tuning tuning;
    bool wants_all, header_only;
    baro_error *error;
    size_t source;
    baro_bytes bytes;
    baro_plan plan;
    baro_stat_dictionary dictionary; /* of an SPSS or Stata file; kind is BARO_STAT_NONE for CSV */
    baro_block *blocks; /* [tuning.depth] */
    size_t line;        /* on which the next block begins */
    size_t blank_first, blanks;
    unsigned line_ends;
    bool too_long; /* a record that no block can hold */
    uint32_t *map; /* codes of a block to codes of the frame; malloc */
    size_t map_room;
} baro_reader;

/** frame_header.c: opens the source, reads its header, plans its columns. Faults are in reader->error. */
baro_status baro_reader_open(baro_reader *reader, size_t source, const char *path);
/** frame_stat.c: an SPSS or Stata file in place of CSV: its variables as header, then its records. Lines are records. */
baro_status baro_reader_stat_header(baro_reader *reader, baro_source *source, baro_stat_kind kind);
baro_status baro_reader_stat_rows(baro_reader *reader);
/** frame_block.c: parses block->text. Only BARO_NO_MEMORY is a failure; faults go to block->error. */
baro_status baro_block_parse(baro_block *block, const baro_plan *plan, size_t longest);
/** frame_memory.c: makes a block ready for a plan. */
baro_status baro_block_prepare(baro_block *block, const baro_plan *plan);
void baro_block_free(baro_block *block);
/** frame_merge.c: puts a parsed block behind the rows so far. */
baro_status baro_reader_merge(baro_reader *reader, baro_block *block);
/** Fills the columns that a source lacks, up to the rows that there are. */
baro_status baro_frame_pad(baro_frame *frame);
/** A column more, with the first of its names. NULL without memory. */
baro_store *baro_frame_add_store(baro_frame *frame, const baro_want *want);
/** Makes `shown`. */
baro_status baro_frame_finish(baro_frame *frame);
/** A NaN that carries an entry. */
double baro_number_of_entry(uint32_t entry);
/** Array of malloc, grown to hold `want` or more; *room is its size then. NULL without memory (the array is as it was).
 */
void *baro_grown(void *array, size_t *room, size_t want, size_t size);
baro_where_it_is baro_reader_place(const baro_reader *reader, size_t line, size_t column);
/** Adds a fault for each of `n` blank lines from line `first` on. */
void baro_report_blanks(baro_error *error, const char *source, size_t first, size_t n);
/** Words for a record that cannot be read. */
const char *baro_record_words(baro_record_state state);
/** Adds the fault for the first byte of text that is not valid; `line` is that of `text`. False when all is valid. */
bool baro_report_bytes(baro_error *error, const char *source, const char *text, size_t length, size_t line,
                       baro_encoding encoding);

#endif
