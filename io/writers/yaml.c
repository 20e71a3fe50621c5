#include "io/writers/yaml.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <stdint.h>
#include <string.h>

/* What YAML 1.1 or a person reads as yes, no or nothing. */
static bool is_word(const char *text)
{
    static const char *const words[] = {"yes", "no", "y", "n", "true", "false", "on", "off", "null", "none", "auto", NULL};
    for (size_t i = 0; words[i]; i++)
        if (baro_text_same_case_blind(text, words[i]))
            return true;
    return false;
}

/* 12, -3, 1.5, 1,5, 0x1F, 1e5, 2023-01-01, 12:30 ... : figures and what joins them. */
static bool is_figures(const char *text)
{
    return strspn(text, "0123456789+-.,:_eExXabcdfABCDF") == strlen(text) && strpbrk(text, "0123456789");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* More is quoted than need be: any mark but those that never mean anything inside a text that begins with a letter. */
static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    if (!is_letter(text[0]) || text[length - 1] == ' ' || is_word(text))
        return false;
    for (const char *at = text; *at; at++)
        if (!is_letter(*at) && !strchr(" _-./()'%+!?;=<>$*&", *at))
            return false;
    return true;
}

/* Characters that no reader of YAML would give back from quotes: controls, line ends of Unicode, marks of byte order. */
static bool needs_escape(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c;
        i += baro_text_character(text + i, length - i, &c);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF)
            return true;
    }
    return false;
}

static void put_escaped(baro_output *output, const char *text, size_t length)
{
    baro_output_text(output, "\"");
    for (size_t i = 0; i < length;) {
        uint32_t c;
        size_t bytes = baro_text_character(text + i, length - i, &c);
        if (c == '"' || c == '\\')
            baro_output_format(output, "\\%c", (char)c);
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            baro_output_format(output, "\\x%02X", (unsigned)c);
        else if (c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF)
            baro_output_format(output, "\\u%04X", (unsigned)c);
        else
            baro_output_write(output, text + i, bytes);
        i += bytes;
    }
    baro_output_text(output, "\"");
}

static void put(baro_output *output, const char *text, bool plain)
{
    size_t length = strlen(text);
    if (needs_escape(text, length)) {
        put_escaped(output, text, length);
    } else if (plain) {
        baro_output_text(output, text);
    } else {
        baro_output_text(output, "'");
        for (; *text; text++)
            baro_output_text(output, *text == '\'' ? "''" : (char[]){*text, '\0'});
        baro_output_text(output, "'");
    }
}

void baro_yaml_text(baro_output *output, const char *text)
{
    put(output, text, *text && is_plain(text) && !is_figures(text));
}

void baro_yaml_code(baro_output *output, const char *text)
{
    double x;
    put(output, text, *text && (baro_number_read(text, strlen(text), '.', &x) ? text[0] != '+' : is_plain(text) && !is_figures(text)));
}

void baro_yaml_codes(baro_output *output, const char *const *texts, size_t n)
{
    baro_output_text(output, "[");
    for (size_t i = 0; i < n; i++) {
        baro_output_text(output, i ? ", " : "");
        baro_yaml_code(output, texts[i]);
    }
    baro_output_text(output, "]");
}

void baro_yaml_remark(baro_output *output, const char *before, const char *text)
{
    enum { WIDTH = 100 };
    size_t column = 0, indent = strlen(before);
    const char *first = text, *hang = strncmp(text, "- ", 2) == 0 ? "  " : ""; /* of an item of a list */
    char shown[512];
    while (*text) {
        size_t length = strcspn(text, " ");
        if (column && column + 1 + length > WIDTH) {
            baro_output_text(output, "\n");
            column = 0;
        }
        baro_output_text(output, column ? " " : before);
        baro_output_text(output, column || text == first ? "" : hang);
        baro_output_text(output, baro_text_quote_all(text, length, shown, sizeof shown));
        column += (column ? 1 : indent) + length;
        text += length + strspn(text + length, " ");
    }
    baro_output_text(output, "\n");
}
