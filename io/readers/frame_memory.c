/* The memory of blocks: grown when need be, kept from block to block and from file to file. */
#include "io/readers/frame_parts.h"
#include <stdlib.h>
#include <string.h>

void *baro_grown(void *array, size_t *room, size_t want, size_t size)
{
    if (want <= *room && array)
        return array;
    size_t new_room = *room < 16 ? 16 : *room; /* also when the array is gone and its room is not */
    while (new_room < want) {
        if (new_room > SIZE_MAX / 2)
            return NULL;
        new_room += new_room / 2;
    }
    void *grown = new_room > SIZE_MAX / size ? NULL : realloc(array, new_room * size);
    if (grown)
        *room = new_room;
    return grown;
}

void baro_block_free(baro_block *block)
{
    for (size_t i = 0; i < block->n_pieces; i++) {
        baro_dictionary_free(&block->pieces[i].dictionary);
        free(block->pieces[i].codes);
        free(block->pieces[i].numbers);
        free(block->pieces[i].places);
    }
    free(block->pieces);
    free(block->text);
    free(block->utf8);
    free(block->position);
    free(block->runs);
    baro_csv_free(block->csv);
    baro_arena_free(block->texts);
    baro_error_free(block->error);
    *block = (baro_block){0};
}

baro_status baro_block_prepare(baro_block *block, const baro_plan *plan)
{
    baro_csv_free(block->csv);
    block->csv = baro_csv_new(plan->delimiter);
    if (!block->csv)
        return BARO_NO_MEMORY;
    if (plan->n_items > block->n_pieces) {
        baro_piece *pieces = realloc(block->pieces, plan->n_items * sizeof *pieces);
        if (!pieces)
            return BARO_NO_MEMORY;
        memset(pieces + block->n_pieces, 0, (plan->n_items - block->n_pieces) * sizeof *pieces);
        block->pieces = pieces;
        block->n_pieces = plan->n_items;
    }
    uint32_t *position = baro_grown(block->position, &block->position_room, plan->n_needed + 2, sizeof *position);
    if (!position)
        return BARO_NO_MEMORY;
    block->position = position;
    return BARO_OK;
}
