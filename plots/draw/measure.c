#include "plots/draw/measure.h"
#include "io/base/text.h"
#include <string.h>

enum {
    FIRST = 0x20,
    END = 0x180,
    HINTING = 1030 /* thousandths: screens fit letters to pixels */,
    HALVINGS = 9,
    OTHER = 680,
    WIDE = 1000,
    PICTURE = 1300
};

/* Thousandths of the size, by code point, of Liberation Sans 2 (the widths of Arial): regular, bold. */
static const unsigned short advance[2][END - FIRST] = {
    {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389,  584, 278,  333, 278, 278, 556, 556, 556, 556, 556,  556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667,  722, 722, 667, 611, 778, 722, 278, 500,  667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667,  944, 667,  667, 611, 278, 278, 278, 469, 556, 333,  556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222,  833, 556,  556, 556, 556, 333, 500, 278, 556, 500,  722,
        500, 500, 500, 334, 260, 334, 584, 0,   0,   0,   0,    0,   0,    0,   0,   0,   0,   0,   0,   0,   0,    0,
        0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,    0,   0,    0,   0,   0,   0,   0,   278, 333, 556,  556,
        556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737,  552, 400,  549, 333, 333, 333, 576, 537, 278, 333,  333,
        365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667,  667, 1000, 722, 667, 667, 667, 667, 278, 278, 278,  278,
        722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722,  722, 722,  667, 667, 611, 556, 556, 556, 556, 556,  556,
        889, 500, 556, 556, 556, 556, 278, 278, 278, 278, 556,  556, 556,  556, 556, 556, 556, 549, 611, 556, 556,  556,
        556, 500, 556, 500, 667, 556, 667, 556, 667, 556, 722,  500, 722,  500, 722, 500, 722, 500, 722, 615, 722,  556,
        667, 556, 667, 556, 667, 556, 667, 556, 667, 556, 778,  556, 778,  556, 778, 556, 778, 556, 722, 556, 722,  556,
        278, 278, 278, 278, 278, 278, 278, 222, 278, 278, 735,  444, 500,  222, 667, 500, 500, 556, 222, 556, 222,  556,
        292, 556, 334, 556, 222, 722, 556, 722, 556, 722, 556,  604, 723,  556, 778, 556, 778, 556, 778, 556, 1000, 944,
        722, 333, 722, 333, 722, 333, 667, 500, 667, 500, 667,  500, 667,  500, 611, 278, 611, 375, 611, 278, 722,  556,
        722, 556, 722, 556, 722, 556, 722, 556, 722, 556, 944,  722, 667,  500, 667, 611, 500, 611, 500, 611, 500,  222,
    },
    {
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278,  333, 278, 278, 556, 556, 556, 556, 556,  556,
        556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722,  722, 722, 667, 611, 778, 722, 278, 556,  722,
        611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,  667, 611, 333, 278, 333, 584, 556, 333,  556,
        611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611,  611, 611, 611, 389, 556, 333, 611, 556,  778,
        556, 556, 500, 389, 280, 389, 584, 0,   0,   0,   0,   0,   0,    0,   0,   0,   0,   0,   0,   0,   0,    0,
        0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,    0,   0,   0,   0,   0,   278, 333, 556,  556,
        556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 552, 400,  549, 333, 333, 333, 576, 556, 278, 333,  333,
        365, 556, 834, 834, 834, 611, 722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278,  278,
        722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722,  667, 667, 611, 556, 556, 556, 556, 556,  556,
        889, 556, 556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611,  611, 611, 611, 611, 549, 611, 611, 611,  611,
        611, 556, 611, 556, 722, 556, 722, 556, 722, 556, 722, 556, 722,  556, 722, 556, 722, 556, 722, 719, 722,  611,
        667, 556, 667, 556, 667, 556, 667, 556, 667, 556, 778, 611, 778,  611, 778, 611, 778, 611, 722, 611, 722,  611,
        278, 278, 278, 278, 278, 278, 278, 278, 278, 278, 785, 556, 556,  278, 722, 556, 556, 611, 278, 611, 278,  611,
        385, 611, 479, 611, 278, 722, 611, 722, 611, 722, 611, 708, 723,  611, 778, 611, 778, 611, 778, 611, 1000, 944,
        722, 389, 722, 389, 722, 389, 667, 556, 667, 556, 667, 556, 667,  556, 611, 333, 611, 479, 611, 333, 722,  611,
        722, 611, 722, 611, 722, 611, 722, 611, 722, 611, 944, 778, 667,  556, 667, 611, 500, 611, 500, 611, 500,  278,
    },
};

/* Signs that reports use and that lie beyond the table: dashes, quotes, ellipsis, euro, minus. */
static const struct {
    unsigned short letter, advance;
} signs[] = {{0x2013, 556}, {0x2014, 1000}, {0x2018, 250}, {0x2019, 250}, {0x201C, 400},
             {0x201D, 400}, {0x2026, 1000}, {0x20AC, 556}, {0x2212, 584}};

unsigned long baro_measure_letter(const char *text, size_t *length)
{
    const unsigned char *u = (const unsigned char *)text;
    size_t n = u[0] < 0x80 ? 1 : u[0] >= 0xF0 ? 4 : u[0] >= 0xE0 ? 3 : 2;
    if (strnlen(text, n) < n || baro_text_valid(text, n) != n) {
        *length = 1;
        return u[0] < 0x80 ? u[0] : 0xFFFD;
    }
    *length = n;
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned long letter = u[0] & first_bits[n];
    for (size_t i = 1; i < n; i++)
        letter = letter << 6 | (u[i] & 0x3Fu);
    return letter;
}

static double letter_width(const baro_type *type, const char *text, size_t *length)
{
    unsigned long letter = baro_measure_letter(text, length);
    unsigned thousandths = OTHER;
    if (letter < END) {
        thousandths = letter < FIRST ? 0 : advance[type->bold][letter - FIRST];
    } else {
        size_t columns = baro_text_width(text, *length);
        if (columns == 0)
            thousandths = 0;
        else if (columns == 2)
            thousandths = letter >= 0x1F000 && letter < 0x20000 ? PICTURE : WIDE;
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            if (signs[i].letter == letter)
                thousandths = signs[i].advance;
    }
    return type->size * thousandths * HINTING / 1e6;
}

double baro_measure(const baro_type *type, const char *text)
{
    double width = 0;
    for (size_t length; *text; text += length)
        width += letter_width(type, text, &length);
    return width;
}

double baro_measure_word(const baro_type *type, const char *text)
{
    double widest = 0;
    for (const char *at = text; *at;) {
        double wide = 0;
        for (size_t length; *at && *at != ' ' && *at != '\n'; at += length)
            wide += letter_width(type, at, &length);
        widest = wide > widest ? wide : widest;
        at += *at ? 1 : 0;
    }
    return widest;
}

typedef struct {
    baro_arena *arena;
    const baro_type *type;
    double width;
    size_t most;
    baro_lines *out;
} wrapping;

static bool add_line(wrapping *w, const char *from, size_t length, bool cut)
{
    while (length > 0 && from[length - 1] == ' ')
        length--;
    char *line = baro_arena_array(w->arena, length + sizeof "\xE2\x80\xA6", 1);
    if (!line)
        return false;
    memcpy(line, from, length);
    if (cut)
        memcpy(line + length, "\xE2\x80\xA6", 4);
    double width = baro_measure(w->type, line);
    if (width > w->out->width)
        w->out->width = width;
    w->out->line[w->out->n++] = line;
    return true;
}

/* Bytes of the next line that fit: up to the last space that does, or, within a word without one, up to the last
 * letter. */
static size_t fitting(const wrapping *w, const char *text, double width)
{
    double used = 0;
    size_t last_space = 0, at = 0;
    bool started = false;
    while (text[at] && text[at] != '\n') {
        size_t length;
        double wide = letter_width(w->type, text + at, &length);
        if (text[at] == ' ')
            last_space = at;
        else if (started && used + wide > width)
            return last_space > 0 ? last_space : at;
        used += wide;
        started = true;
        at += length;
    }
    return at;
}

bool baro_wrap(baro_arena *arena, const baro_type *type, const char *text, double width, size_t most, baro_lines *out)
{
    wrapping w = {arena, type, width, most, out};
    *out = (baro_lines){.line = baro_arena_array(arena, most, sizeof *out->line)};
    if (!out->line)
        return false;
    while (text && *text && out->n < most) {
        while (*text == ' ')
            text++;
        size_t take = fitting(&w, text, width);
        const char *rest = text + take;
        while (*rest == ' ')
            rest++;
        if (*rest == '\n')
            rest++;
        bool cut = out->n + 1 == most && *rest;
        if (cut) /* room for the ellipsis, in the middle of a word if need be */
            take = fitting(&w, text, width - type->size);
        if ((take > 0 || cut) && !add_line(&w, text, take, cut))
            return false;
        text = rest;
    }
    return true;
}

bool baro_wrap_evenly(baro_arena *arena, const baro_type *type, const char *text, double width, size_t most,
                      baro_lines *out)
{
    if (!baro_wrap(arena, type, text, width, most, out))
        return false;
    if (out->n < 2)
        return true;
    double word = baro_measure_word(type, text); /* no word is to be broken that was not */
    double narrow = word < width ? word : width, wide = width;
    for (int i = 0; i < HALVINGS && wide - narrow > 1; i++) {
        double middle = (narrow + wide) / 2;
        baro_lines tried;
        if (!baro_wrap(arena, type, text, middle, most + 1, &tried))
            return false;
        if (tried.n > out->n) {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    return wide == width || baro_wrap(arena, type, text, wide, most, out);
}
