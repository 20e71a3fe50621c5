#include "io/writers/web.h"
#include "io/writers/escape.h"
#include "io/writers/web_style.h"
#include <stdint.h>
#include <string.h>

static const char *entity_of(char c)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (entities[i].c == c)
            return entities[i].entity;
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

void baro_web_text(baro_output *output, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    for (size_t at = 0; at < length;) {
        char shown[BARO_ESCAPE_ROOM];
        const char *entity = entity_of(text[at]);
        if (entity || is_space(text[at])) {
            baro_output_text(output, entity ? entity : " ");
            at++;
        } else {
            at += baro_escape_printable(text + at, length - at, shown);
            baro_output_text(output, shown);
        }
    }
}

void baro_web_markup(baro_output *output, const char *markup)
{
    baro_output_text(output, markup);
}

static bool is_blank(const char *text)
{
    return !text || text[strspn(text, " \t\n\v\f\r")] == '\0';
}

void baro_web_element(baro_output *output, const char *name, const char *class, const char *text)
{
    if (is_blank(text))
        return;
    baro_output_format(output, "<%s", name);
    if (class)
        baro_output_format(output, " class=\"%s\"", class);
    baro_output_text(output, ">");
    baro_web_text(output, text);
    baro_output_format(output, "</%s>\n", name);
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

void baro_web_id(baro_output *output, const char *id)
{
    for (const char *at = id; *at; at++)
        if (is_plain(*at))
            baro_output_write(output, at, 1);
        else
            baro_output_format(output, "_%02X", (unsigned)(unsigned char)*at);
}

void baro_web_heading(baro_output *output, int level, const char *id, const char *text)
{
    baro_output_format(output, "<h%d", level);
    if (id) {
        baro_output_text(output, " id=\"");
        baro_web_id(output, id);
        baro_output_text(output, "\"");
    }
    baro_output_text(output, ">");
    baro_web_text(output, text);
    baro_output_format(output, "</h%d>\n", level);
}

void baro_web_link(baro_output *output, const char *id, const char *text)
{
    baro_output_text(output, "<a href=\"#");
    baro_web_id(output, id);
    baro_output_text(output, "\">");
    baro_web_text(output, text);
    baro_output_text(output, "</a>");
}

void baro_web_file(baro_output *output, const char *path, const char *text)
{
    baro_output_text(output, "<a href=\"");
    for (const char *at = path; *at; at++)
        if (is_plain(*at) || *at == '/' || *at == '.')
            baro_output_write(output, at, 1);
        else
            baro_output_format(output, "%%%02X", (unsigned)(unsigned char)*at);
    baro_output_text(output, "\">");
    baro_web_text(output, text);
    baro_output_text(output, "</a>");
}

static void write_base64(baro_output *output, const unsigned char *bytes, size_t length)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t three = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        const char four[] = {letters[three >> 18], letters[three >> 12 & 63], left > 1 ? letters[three >> 6 & 63] : '=',
                             left > 2 ? letters[three & 63] : '='};
        baro_output_write(output, four, sizeof four);
    }
}

void baro_web_image(baro_output *output, const char *class, const char *type, const void *bytes, size_t length,
                    const char *alternative)
{
    baro_output_format(output, "<img class=\"%s\" alt=\"", class);
    baro_web_text(output, alternative);
    baro_output_format(output, "\" src=\"data:%s;base64,", type);
    write_base64(output, bytes, length);
    baro_output_text(output, "\">\n");
}

baro_status baro_web_drawing(baro_output *output, const char *svg, size_t length)
{
    for (size_t i = 0; i + 4 <= length; i++) {
        if (memcmp(svg + i, "<svg", 4) != 0)
            continue;
        while (length > i && is_space(svg[length - 1]))
            length--;
        baro_output_write(output, svg + i, length - i);
        baro_output_text(output, "\n");
        return BARO_OK;
    }
    return BARO_INTERNAL;
}

void baro_web_begin(baro_output *output, const char *title, const char *language)
{
    baro_output_format(output, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
    baro_output_text(output, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                             "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
    baro_output_text(output, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    baro_output_text(output, "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    baro_web_text(output, title);
    baro_output_text(output, "</title>\n<style>\n");
    for (size_t i = 0; baro_web_style[i]; i++)
        baro_output_text(output, baro_web_style[i]);
    baro_output_text(output, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n");
}

void baro_web_end(baro_output *output, const char *foot)
{
    if (foot) {
        baro_output_text(output, "<footer>\n");
        baro_web_element(output, "p", NULL, foot);
        baro_output_text(output, "</footer>\n");
    }
    baro_output_text(output, "</body>\n</html>\n");
}
