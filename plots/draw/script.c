#include "plots/draw/script.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "plots/draw/measure.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CORNERS = 28 };

typedef struct {
    char *bytes;
    size_t length, capacity;
} growing;

struct baro_script {
    growing whole, strings, labels, data, plot;
    size_t texts, blocks;
    char style[160]; /* of the block that is open: the next shape of the same style joins it */
    baro_picture picture;
    bool no_memory, bad_text;
    baro_glyphs *glyphs;
    struct kept_text *text;
    size_t text_room;
};

/* Sizes of type depend on the terminal, which is known at the end. */
struct kept_text {
    const baro_type *type;
    baro_align align;
    double x, y;
};

baro_script *baro_script_new(baro_glyphs *glyphs)
{
    baro_script *script = calloc(1, sizeof *script);
    if (script)
        script->glyphs = glyphs;
    return script;
}

void baro_script_no_memory(baro_script *script)
{
    script->no_memory = true;
}

void baro_script_free(baro_script *script)
{
    if (!script)
        return;
    growing *all[] = {&script->whole, &script->strings, &script->labels, &script->data, &script->plot};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->bytes);
    free(script->text);
    free(script);
}

static void put_bytes(baro_script *script, growing *g, const char *bytes, size_t length)
{
    if (length >= g->capacity - g->length) {
        size_t wanted = g->capacity ? g->capacity : 4096;
        while (wanted - g->length <= length && wanted < SIZE_MAX / 4)
            wanted *= 2;
        char *grown = wanted - g->length > length ? realloc(g->bytes, wanted) : NULL;
        if (!grown) {
            script->no_memory = true;
            return;
        }
        g->bytes = grown;
        g->capacity = wanted;
    }
    memcpy(g->bytes + g->length, bytes, length);
    g->length += length;
    g->bytes[g->length] = '\0';
}

static void put(baro_script *script, growing *g, const char *text)
{
    put_bytes(script, g, text, strlen(text));
}

/* In no locale; hundredths of a pixel are finer than any eye and keep scripts short. */
static void put_number(baro_script *script, growing *g, double x)
{
    char text[BARO_NUMBER_TEXT];
    baro_number_write(isfinite(x) ? round(x * 100) / 100 : 0, text);
    put(script, g, text);
}

static void put_point(baro_script *script, double x, double y)
{
    put_number(script, &script->data, x);
    put(script, &script->data, " ");
    put_number(script, &script->data, y);
    put(script, &script->data, "\n");
}

/* Continues the open datablock when the style is the same, else begins another and its clause of `plot`. */
static void begin_shape(baro_script *script, const char *style)
{
    if (strcmp(style, script->style) == 0) {
        put(script, &script->data, "\n");
        return;
    }
    if (script->blocks > 0)
        put(script, &script->data, "E\n");
    script->blocks++;
    snprintf(script->style, sizeof script->style, "%s", style);
    char name[40];
    snprintf(name, sizeof name, "$D%zu", script->blocks);
    put(script, &script->data, name);
    put(script, &script->data, " << E\n");
    if (script->blocks > 1)
        put(script, &script->plot, ", \\\n");
    put(script, &script->plot, name);
    put(script, &script->plot, " using 1:2 ");
    put(script, &script->plot, style);
    put(script, &script->plot, " notitle");
}

static void solid_line(baro_script *script, const char *style, const baro_point *point, size_t n)
{
    begin_shape(script, style);
    for (size_t i = 0; i < n; i++)
        put_point(script, point[i].x, point[i].y);
}

/* gnuplot's terminals disagree on the length of dashes: these are cut here, the pattern running on round corners. */
static void dashed_line(baro_script *script, const char *style, const baro_stroke *stroke, const baro_point *point,
                        size_t n)
{
    double left = stroke->dash; /* of the dash or the gap under way */
    bool drawing = true;
    begin_shape(script, style);
    put_point(script, point[0].x, point[0].y);
    for (size_t i = 1; i < n; i++) {
        double dx = point[i].x - point[i - 1].x, dy = point[i].y - point[i - 1].y;
        double length = sqrt(dx * dx + dy * dy), at = 0;
        while (length - at > left) {
            at += left;
            double x = point[i - 1].x + dx * at / length, y = point[i - 1].y + dy * at / length;
            if (!drawing)
                begin_shape(script, style);
            put_point(script, x, y);
            drawing = !drawing;
            left = drawing ? stroke->dash : stroke->gap;
        }
        left -= length - at;
        if (drawing)
            put_point(script, point[i].x, point[i].y);
    }
}

void baro_script_line(baro_script *script, const baro_stroke *stroke, const baro_point *point, size_t n)
{
    if (n < 2)
        return;
    char width[BARO_NUMBER_TEXT], style[sizeof script->style];
    baro_number_write(round(stroke->width * 100) / 100, width);
    snprintf(style, sizeof style, "with lines lt 1 lw %s lc rgb \"%s\" dt solid", width, stroke->colour);
    if (stroke->dash > 0 && stroke->gap > 0)
        dashed_line(script, style, stroke, point, n);
    else
        solid_line(script, style, point, n);
}

void baro_script_area(baro_script *script, const char *colour, double opacity, const baro_point *point, size_t n)
{
    if (n < 3)
        return;
    char amount[BARO_NUMBER_TEXT], style[sizeof script->style];
    baro_number_write(round(opacity * 100) / 100, amount);
    snprintf(style, sizeof style, "with filledcurves closed fc rgb \"%s\" fs %s%s noborder", colour,
             opacity < 1 ? "transparent solid " : "solid ", amount);
    solid_line(script, style, point, n);
}

void baro_script_box(baro_script *script, const char *colour, double opacity, double left, double top, double right,
                     double bottom)
{
    const baro_point corner[] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    baro_script_area(script, colour, opacity, corner, 4);
}

static void disc(baro_script *script, const char *colour, double x, double y, double radius)
{
    baro_point corner[CORNERS];
    for (int i = 0; i < CORNERS; i++) {
        double angle = 2 * 3.14159265358979323846 * i / CORNERS;
        corner[i] = (baro_point){x + radius * cos(angle), y + radius * sin(angle)};
    }
    baro_script_area(script, colour, 1, corner, CORNERS);
}

void baro_script_dot(baro_script *script, const char *colour, bool hollow, double x, double y, double radius)
{
    disc(script, colour, x, y, radius);
    if (hollow)
        disc(script, BARO_WHITE, x, y, radius * 0.62);
}

/* Not shown by any font, but able to turn the text behind them round or to break XML. */
static bool unwanted(unsigned long letter)
{
    return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069) || letter == 0xFEFF ||
           (letter & 0xFFFE) == 0xFFFE || (letter >= 0xFDD0 && letter <= 0xFDEF);
}

/*
 * The one escaping function: an element of the array, in double quotes. Backslash, quote and back-quote are all that
 * gnuplot looks at between them; control characters are refused before. `]]>` would end gnuplot's own CDATA in SVG.
 */
static void put_quoted(baro_script *script, const char *text)
{
    growing *g = &script->strings;
    put(script, g, "\"");
    for (size_t length; *text; text += length) {
        unsigned long letter = baro_measure_letter(text, &length);
        if (unwanted(letter))
            continue;
        if (letter == 0x2028 || letter == 0x2029) {
            put(script, g, " ");
            continue;
        }
        if (script->glyphs && !baro_glyphs_have(script->glyphs, letter)) {
            put(script, g, "?");
            continue;
        }
        if (letter == '\\' || letter == '"' || letter == '`')
            put(script, g, "\\");
        if (strncmp(text, "]]>", 3) == 0) {
            put(script, g, "]] >");
            length = 3;
            continue;
        }
        put_bytes(script, g, text, length);
    }
    put(script, g, "\"\n");
}

void baro_script_text(baro_script *script, const baro_type *type, baro_align align, double x, double y,
                      const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return;
    if (baro_text_valid(text, length) != length || baro_text_has_control(text, length)) {
        script->bad_text = true;
        return;
    }
    if (script->texts == script->text_room) {
        size_t wanted = script->text_room ? script->text_room * 2 : 64;
        struct kept_text *grown =
            wanted < SIZE_MAX / sizeof *grown ? realloc(script->text, wanted * sizeof *grown) : NULL;
        if (!grown) {
            script->no_memory = true;
            return;
        }
        script->text = grown;
        script->text_room = wanted;
    }
    script->text[script->texts++] = (struct kept_text){type, align, x, y};
    char element[40];
    snprintf(element, sizeof element, "L[%zu]=", script->texts);
    put(script, &script->strings, element);
    put_quoted(script, text);
}

/* What differs between terminals: their name, their size, points of type to a pixel, line widths to a pixel. */
static const struct {
    const char *terminal, *options;
    double unit, type, line;
} pictures[] = {
    [BARO_SVG] = {"svg", "", 1, 1, 1},
    [BARO_PNG] = {"pngcairo", " fontscale 1", 1, 0.75, 1},
    [BARO_PDF] = {"pdfcairo", " fontscale 0.75", 1.0 / 96, 0.75, 1.5},
};

static void put_label(baro_script *script, size_t i)
{
    static const char *const words[] = {"left", "centre", "right"};
    const struct kept_text *text = &script->text[i];
    growing *g = &script->labels;
    char start[80];
    snprintf(start, sizeof start, "set label %zu L[%zu] at ", i + 1, i + 1);
    put(script, g, start);
    put_number(script, g, text->x);
    put(script, g, ",");
    put_number(script, g, text->y);
    put(script, g, " ");
    put(script, g, words[text->align]);
    put(script, g, text->type->bold ? " font \"" BARO_FONT ":Bold," : " font \"" BARO_FONT ",");
    put_number(script, g, text->type->size * pictures[script->picture].type);
    put(script, g, "\" tc rgb \"");
    put(script, g, text->type->colour);
    put(script, g, "\" front\n");
}

static void put_head(baro_script *script, unsigned width, unsigned height)
{
    growing *g = &script->whole;
    double unit = pictures[script->picture].unit;
    char number[BARO_NUMBER_TEXT];
    put(script, g, "set encoding utf8\nset terminal ");
    put(script, g, pictures[script->picture].terminal);
    put(script, g, " size ");
    baro_number_write(width * unit, number);
    put(script, g, number);
    put(script, g, unit < 1 ? "in," : ",");
    baro_number_write(height * unit, number);
    put(script, g, number);
    put(script, g, unit < 1 ? "in font \"" BARO_FONT "," : " font \"" BARO_FONT ",");
    put_number(script, g, baro_type_label.size * pictures[script->picture].type);
    put(script, g, "\" noenhanced linewidth ");
    put_number(script, g, pictures[script->picture].line);
    put(script, g, pictures[script->picture].options);
    put(script, g,
        " background rgb \"" BARO_WHITE "\"\n"
        "unset border\nunset key\nunset tics\n"
        "set lmargin at screen 0\nset rmargin at screen 1\nset bmargin at screen 0\nset tmargin at screen 1\n"
        "set xrange [0:");
    put_number(script, g, width);
    put(script, g, "]\nset yrange [");
    put_number(script, g, height);
    put(script, g, ":0]\n");
}

baro_status baro_script_finish(baro_script *script, baro_picture picture, unsigned width, unsigned height,
                               const char **text, size_t *length)
{
    script->picture = picture;
    script->whole.length = script->labels.length = 0;
    put_head(script, width, height);
    if (script->texts > 0) {
        char array[40];
        snprintf(array, sizeof array, "array L[%zu]\n", script->texts);
        put(script, &script->whole, array);
        put_bytes(script, &script->whole, script->strings.bytes ? script->strings.bytes : "", script->strings.length);
    }
    for (size_t i = 0; i < script->texts; i++)
        put_label(script, i);
    if (script->labels.length > 0)
        put_bytes(script, &script->whole, script->labels.bytes, script->labels.length);
    if (script->blocks > 0 && script->data.bytes && script->plot.bytes) {
        put_bytes(script, &script->whole, script->data.bytes, script->data.length);
        put(script, &script->whole, "E\nplot ");
        put_bytes(script, &script->whole, script->plot.bytes, script->plot.length);
    } else {
        put(script, &script->whole, "plot NaN notitle");
    }
    put(script, &script->whole, "\nunset output\n");
    if (script->no_memory || (script->glyphs && baro_glyphs_no_memory(script->glyphs)))
        return BARO_NO_MEMORY;
    if (script->bad_text)
        return BARO_BAD_DATA;
    *text = script->whole.bytes;
    *length = script->whole.length;
    return BARO_OK;
}
