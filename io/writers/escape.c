#include "io/writers/escape.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

bool baro_cell_is_empty(const baro_cell *cell)
{
    switch (cell->kind) {
    case BARO_CELL_NUMBER: return !isfinite(cell->number);
    case BARO_CELL_TEXT: return !cell->text || !cell->text[0];
    case BARO_CELL_EMPTY: break;
    }
    return true;
}

size_t baro_shown_number(const baro_sheet_column *column, double x, char out[BARO_SHOWN_ROOM])
{
    double scaled = column->scale == 0 ? x : x * column->scale;
    out[0] = '\0';
    return isfinite(scaled) ? baro_number_round(scaled, column->decimals, column->thousands, out) : 0;
}

size_t baro_escape_printable(const char *text, size_t length, char out[BARO_ESCAPE_ROOM])
{
    uint32_t character;
    size_t n = baro_text_character(text, length, &character);
    baro_text_quote_all(text, n, out, BARO_ESCAPE_ROOM);
    return n;
}

void baro_escape_valid(baro_output *output, const char *text, size_t length)
{
    while (length > 0) {
        size_t good = baro_text_valid(text, length);
        baro_output_write(output, text, good);
        if (good == length)
            return;
        baro_output_text(output, "\xEF\xBF\xBD");
        text += good + 1;
        length -= good + 1;
    }
}
