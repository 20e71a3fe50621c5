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

/* The two-character escape of a byte, or 0. */
static char short_escape(unsigned char byte)
{
    static const char bytes[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = byte ? strchr(bytes, byte) : NULL;
    return at ? letters[at - bytes] : '\0';
}

/* JSON asks for escapes below U+0020 only; DEL and U+0080 to U+009F get one too, because some terminals obey them.
 * Returns the bytes of text that need an escape together, 0 when the first needs none. */
static size_t escaped_length(const unsigned char *text)
{
    if (text[0] < 0x20 || text[0] == 0x7F || text[0] == '"' || text[0] == '\\')
        return 1;
    return text[0] == 0xC2 && text[1] >= 0x80 && text[1] < 0xA0 ? 2 : 0;
}

void baro_escape_json(baro_output *output, const char *text)
{
    const char *plain = text;
    baro_output_text(output, "\"");
    while (*text) {
        const unsigned char *bytes = (const unsigned char *)text;
        size_t n = escaped_length(bytes);
        if (n == 0) {
            text++;
            continue;
        }
        baro_escape_valid(output, plain, (size_t)(text - plain));
        char letter = short_escape(bytes[0]);
        if (letter)
            baro_output_write(output, (const char[]){'\\', letter}, 2);
        else
            baro_output_format(output, "\\u%04X", (unsigned)bytes[n - 1]); /* C2 80 is U+0080 */
        text += n;
        plain = text;
    }
    baro_escape_valid(output, plain, (size_t)(text - plain));
    baro_output_text(output, "\"");
}
