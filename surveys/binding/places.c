/* Where the rows of a fault stand. */
#include "surveys/binding/internal.h"
#include <string.h>

baro_where_it_is baro_row_place(const baro_binding *binding, size_t row)
{
    baro_place place = baro_frame_row_place(binding->frame, row);
    return (baro_where_it_is){baro_frame_source(binding->frame, place.source)->path, place.line, 0};
}

void baro_note_row(const baro_binding *binding, baro_rows_at_fault *rows, size_t row)
{
    if (rows->count == 0)
        rows->first = row;
    if (rows->count++ < BARO_LINES_SHOWN) {
        baro_where_it_is first = baro_row_place(binding, rows->first), place = baro_row_place(binding, row);
        bool elsewhere = strcmp(first.source, place.source) != 0;
        const char *lines =
            baro_arena_format(binding->arena, "%s%s%zu%s%s", rows->lines ? rows->lines : "", rows->lines ? ", " : "",
                              place.line, elsewhere ? " of " : "", elsewhere ? place.source : "");
        rows->lines = lines ? lines : rows->lines;
    }
}

const char *baro_lines_of(const baro_rows_at_fault *rows)
{
    return rows->lines ? rows->lines : "?";
}
