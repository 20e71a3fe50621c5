#include "io/readers/encoding.h"
#include <string.h>

/* Code points of 0x80 to 0x9F; 0 where there is none. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

const char *baro_encoding_name(baro_encoding encoding)
{
    static const char *const names[] = {
        [BARO_UTF8] = "UTF-8", [BARO_WINDOWS_1252] = "windows-1252", [BARO_LATIN_1] = "latin-1"};
    return names[encoding];
}

static uint32_t code_point(baro_encoding encoding, unsigned char byte)
{
    return encoding == BARO_WINDOWS_1252 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

size_t baro_encoding_size(baro_encoding encoding, const char *text, size_t length)
{
    size_t high = 0;
    if (encoding == BARO_UTF8)
        return length;
    for (size_t i = 0; i < length; i++)
        high += (unsigned char)text[i] >> 7;
    return length + 2 * high;
}

size_t baro_encoding_write(baro_encoding encoding, const char *text, size_t length, char *out)
{
    size_t n = 0;
    if (encoding == BARO_UTF8) {
        memcpy(out, text, length);
        return length;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        uint32_t c = byte < 0x80 ? 0 : code_point(encoding, byte);
        if (c == 0) {
            out[n++] = text[i];
        } else if (c < 0x800) {
            out[n++] = (char)(0xC0 | c >> 6);
            out[n++] = (char)(0x80 | (c & 0x3F));
        } else {
            out[n++] = (char)(0xE0 | c >> 12);
            out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
            out[n++] = (char)(0x80 | (c & 0x3F));
        }
    }
    return n;
}
