#include "tests/sheet_bytes.h"
#include "io/base/text.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *bytes_of(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, (size_t)size, file);
    assert_int_equal(*length, size);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

/* `write` NULL: as text. */
static char *written(sheet_writer *write, const baro_sheet *sheets, size_t n, size_t width, baro_status wanted,
                     size_t *length)
{
    char path[] = "/tmp/sheet-bytes-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    baro_output *output = NULL;
    assert_int_equal(baro_output_open(path, &output, NULL), BARO_OK);
    assert_int_equal(write ? write(sheets, n, output) : baro_write_text(sheets, n, width, output), wanted);
    assert_int_equal(baro_output_close(output, NULL), BARO_OK);
    char *bytes = bytes_of(path, length);
    unlink(path);
    return bytes;
}

char *sheet_bytes(sheet_writer *write, const baro_sheet *sheets, size_t n, baro_status wanted, size_t *length)
{
    return written(write, sheets, n, 0, wanted, length);
}

char *sheet_text(const baro_sheet *sheets, size_t n, size_t width, size_t *length)
{
    return written(NULL, sheets, n, width, BARO_OK, length);
}

uint64_t hostile_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

void hostile_label(uint64_t *seed, char out[HOSTILE_ROOM])
{
    static const char *const parts[] = {
        "=cmd|'/C calc'!A0",
        "+1",
        "-",
        "@SUM(A1)",
        "\t",
        "\r",
        "\n",
        "\r\n",
        " ",
        "  ",
        "'",
        "\"",
        "\"\"",
        ",",
        ";",
        "|",
        "\\",
        "\\|",
        "`",
        "```",
        "$",
        "$$",
        "*",
        "**",
        "_",
        "{",
        "}",
        "[",
        "]",
        "[c]",
        "(u)",
        "[x](y)",
        "![x](y)",
        "<",
        "<script>",
        "</table>",
        "<!--",
        "-->",
        "&amp;",
        "&#65;",
        "#",
        "~",
        "^",
        ":",
        "::",
        "a@b.com",
        "www.a.org",
        "https://a.org",
        "{{< x >}}",
        "1. ",
        "- ",
        "\x01",
        "\x1B[31m",
        "\x7F",
        "\xC2\x9B",
        "\xE2\x80\xA8",
        "\xE2\x80\xAE",
        "\xEF\xBB\xBF",
        "\xC3\xA9",
        "e\xCC\x81",
        "\xE6\x97\xA5\xE6\x9C\xAC",
        "\xF0\x9F\x98\x80",
        "\xFF",
        "\xC3",
        "\xED\xA0\x80",
        "\xE2\x82",
        "/",
        "a",
        "Z",
        "0",
        "supercalifragilisticexpialidocious",
        "and",
        "%s",
        "%n",
        "\\u0000",
        "null",
        "\\x41",
        "\xC2\xA0",
        "\xD7\xA9",
        "...",
    };
    size_t n = 1 + hostile_random(seed) % 9, used = 0;
    for (size_t i = 0; i < n; i++) {
        const char *part = parts[(hostile_random(seed) >> 11) % (sizeof parts / sizeof *parts)];
        size_t length = strlen(part);
        assert_true(used + length < HOSTILE_ROOM);
        memcpy(out + used, part, length);
        used += length;
    }
    out[used] = '\0';
}

void hostile_valid(const char *text, char out[3 * HOSTILE_ROOM])
{
    size_t length = strlen(text);
    while (length > 0) {
        size_t good = baro_text_valid(text, length);
        memcpy(out, text, good);
        out += good;
        text += good;
        length -= good;
        if (length > 0) {
            memcpy(out, "\xEF\xBF\xBD", 3);
            out += 3;
            text++;
            length--;
        }
    }
    *out = '\0';
}

bool read_csv_field(const char **at, const char *last, char *out, size_t size, char *end)
{
    const char *p = *at;
    size_t n = 0;
    bool quoted = p < last && *p == '"';
    for (p += quoted; p < last && n + 1 < size; p++) {
        if (quoted && *p == '"') {
            p++;
            if (p == last || *p != '"')
                break;
        } else if (!quoted && (*p == ',' || *p == '\n')) {
            break;
        } else if (!quoted && (*p == '"' || *p == '\r')) {
            return false;
        }
        out[n++] = *p;
    }
    out[n] = '\0';
    if (p >= last || (*p != ',' && *p != '\n') || (quoted && p[-1] != '"'))
        return false;
    *end = *p;
    *at = p + 1;
    return true;
}

typedef struct {
    const char *at, *last;
    read_json_string *string;
    void *context;
    unsigned depth;
} json;

static void skip_space(json *in)
{
    while (in->at < in->last && strchr(" \t\r\n", *in->at) && *in->at)
        in->at++;
}

static bool take(json *in, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(in->last - in->at) < n || memcmp(in->at, word, n) != 0)
        return false;
    in->at += n;
    return true;
}

static bool read_escape(json *in, char out[3], size_t *n)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (in->at == in->last)
        return false;
    char c = *in->at++;
    const char *name = c ? strchr(names, c) : NULL;
    unsigned code = 0;
    if (name) {
        out[0] = values[name - names];
        *n = 1;
        return true;
    }
    if (c != 'u' || in->last - in->at < 4)
        return false;
    for (int i = 0; i < 4; i++, in->at++) {
        const char *digit = *in->at ? strchr("0123456789ABCDEF", *in->at) : NULL;
        if (!digit)
            return false;
        code = code * 16 + (unsigned)(digit - "0123456789ABCDEF");
    }
    if (code == 0 || code >= 0x800) /* none of these is needed here */
        return false;
    *n = code < 0x80 ? 1 : 2;
    out[0] = (char)(code < 0x80 ? code : 0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return true;
}

static bool read_string(json *in)
{
    char text[8 * HOSTILE_ROOM];
    size_t n = 0;
    if (!take(in, "\""))
        return false;
    while (in->at < in->last && *in->at != '"') {
        size_t more = 1;
        char piece[3] = {*in->at++, 0, 0};
        if ((unsigned char)piece[0] < 0x20 || (piece[0] == '\\' && !read_escape(in, piece, &more)))
            return false;
        assert_true(n + more < sizeof text);
        memcpy(text + n, piece, more);
        n += more;
    }
    text[n] = '\0';
    if (!take(in, "\"") || baro_text_valid(text, n) != n)
        return false;
    if (in->string)
        in->string(in->context, text);
    return true;
}

static size_t digits(json *in)
{
    const char *from = in->at;
    while (in->at < in->last && *in->at >= '0' && *in->at <= '9')
        in->at++;
    return (size_t)(in->at - from);
}

static bool read_number(json *in)
{
    take(in, "-");
    bool zero = in->at < in->last && *in->at == '0';
    size_t whole = digits(in);
    if (whole == 0 || (zero && whole > 1) || (take(in, ".") && digits(in) == 0))
        return false;
    if (take(in, "e") || take(in, "E")) {
        if (!take(in, "+"))
            take(in, "-");
        return digits(in) > 0;
    }
    return true;
}

static bool read_value(json *in);

/* What stands between the brackets: values, or names and values. */
static bool read_members(json *in, bool named, const char *close)
{
    skip_space(in);
    if (take(in, close))
        return true;
    do {
        skip_space(in);
        if (named) {
            if (!read_string(in))
                return false;
            skip_space(in);
            if (!take(in, ":"))
                return false;
        }
        if (!read_value(in))
            return false;
        skip_space(in);
    } while (take(in, ","));
    return take(in, close);
}

static bool read_value(json *in)
{
    skip_space(in);
    if (in->at == in->last || ++in->depth > 8)
        return false;
    bool good;
    if (*in->at == '"')
        good = read_string(in);
    else if (take(in, "{"))
        good = read_members(in, true, "}");
    else if (take(in, "["))
        good = read_members(in, false, "]");
    else
        good = take(in, "null") || read_number(in);
    in->depth--;
    return good;
}

bool read_json(const char *text, size_t length, read_json_string *string, void *context)
{
    json in = {text, text + length, string, context, 0};
    if (!read_value(&in))
        return false;
    skip_space(&in);
    return in.at == in.last;
}
