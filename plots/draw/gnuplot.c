#include "plots/draw/gnuplot.h"
#include "io/base/child.h"
#include <string.h>

static const double usual_seconds = 60;
static const size_t usual_output = (size_t)64 << 20, kept_errors = 4096;

static bool ends_with(const char *bytes, size_t length, const char *end, size_t end_length)
{
    while (length > 0 && strchr(" \t\r\n", bytes[length - 1]) && bytes[length - 1])
        length--;
    return length >= end_length && memcmp(bytes + length - end_length, end, end_length) == 0;
}

static bool whole_svg(const char *bytes, size_t length, unsigned width, unsigned height)
{
    (void)width;
    (void)height;
    return length > 5 && memcmp(bytes, "<?xml", 5) == 0 && ends_with(bytes, length, "</svg>", 6);
}

static unsigned long big_endian(const char *bytes)
{
    unsigned long value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* Chunks follow one another to an IEND. */
static size_t png_end(const char *bytes, size_t length)
{
    static const char signature[] = "\x89PNG\r\n\x1a\n";
    if (length < 33 || memcmp(bytes, signature, 8) != 0 || memcmp(bytes + 12, "IHDR", 4) != 0)
        return 0;
    for (size_t at = 8; length - at >= 12;) {
        unsigned long data = big_endian(bytes + at);
        if (data > length - at - 12)
            return 0;
        if (memcmp(bytes + at + 4, "IEND", 4) == 0)
            return data == 0 ? at + 12 : 0;
        at += 12 + data;
    }
    return 0;
}

/* It ends at the very end, and the size is the one asked for. */
static bool whole_png(const char *bytes, size_t length, unsigned width, unsigned height)
{
    size_t end = png_end(bytes, length);
    return end > 0 && end == length && big_endian(bytes + 16) == width && big_endian(bytes + 20) == height;
}

static bool whole_pdf(const char *bytes, size_t length, unsigned width, unsigned height)
{
    (void)width;
    (void)height;
    return length > 5 && memcmp(bytes, "%PDF-", 5) == 0 && ends_with(bytes, length, "%%EOF", 5);
}

static const char *skip(const char *at, const char *end, const char *mark)
{
    size_t n = strlen(mark);
    for (; (size_t)(end - at) >= n; at++)
        if (memcmp(at, mark, n) == 0)
            return at + n;
    return NULL;
}

static bool begins(const char *at, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - at) >= n && memcmp(at, word, n) == 0;
}

/* The end tag of the root, which is not looked for in comments, CDATA or the text of attributes; the line end behind
 * it. */
static size_t svg_end(const char *bytes, size_t length)
{
    static const char *const passed[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    const char *at = bytes, *end = bytes + length;
    while (at && at < end) {
        const char *to = NULL;
        if (*at != '<') {
            at++;
            continue;
        }
        for (size_t i = 0; i < sizeof passed / sizeof *passed && !to; i++)
            if (begins(at, end, passed[i][0]))
                to = skip(at, end, passed[i][1]);
        if (!to && begins(at, end, "</svg>")) {
            at += strlen("</svg>");
            while (at < end && strchr(" \t\r\n", *at) && *at)
                at++;
            return (size_t)(at - bytes);
        }
        at = to ? to : at + 1;
    }
    return 0;
}

size_t baro_gnuplot_picture_end(baro_picture picture, const char *bytes, size_t length)
{
    return picture == BARO_SVG ? svg_end(bytes, length) : picture == BARO_PNG ? png_end(bytes, length) : 0;
}

static bool (*const is_whole[])(const char *, size_t, unsigned,
                                unsigned) = {[BARO_SVG] = whole_svg, [BARO_PNG] = whole_png, [BARO_PDF] = whole_pdf};

static baro_status run(const char *script, size_t length, size_t n, const baro_gnuplot_limits *limits, const char *what,
                       baro_child_answer *answer, baro_error *error)
{
    /* -d: no start-up file. Reading /dev/stdin by name, gnuplot stops at the first error; reading `-` it goes on. */
    static const char *const arguments[] = {"gnuplot", "-d", "/dev/stdin", NULL};
    const baro_child_job job = {
        .arguments = arguments,
        .input = script,
        .input_length = length,
        .seconds = limits && limits->seconds > 0 ? limits->seconds : usual_seconds,
        .output_limit = (limits && limits->output_limit > 0 ? limits->output_limit : usual_output) * n,
        .errors_limit = kept_errors,
    };
    return baro_child_run(&job, what, answer, error);
}

/* Cuts the pictures apart; false unless they are these n and no more. */
static bool cut(const baro_child_answer *answer, baro_picture picture, const baro_gnuplot_size *size, size_t n,
                size_t *end)
{
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        size_t wide = baro_gnuplot_picture_end(picture, answer->output + from, answer->output_length - from);
        if (wide == 0 || !is_whole[picture](answer->output + from, wide, size[i].width, size[i].height))
            return false;
        from = end[i] = from + wide;
    }
    return from == answer->output_length;
}

baro_status baro_gnuplot_run_many(const char *script, size_t length, baro_picture picture,
                                  const baro_gnuplot_size *size, size_t n, const baro_gnuplot_limits *limits,
                                  char **pictures_out, size_t *end)
{
    baro_child_answer answer;
    if (picture == BARO_PDF)
        return BARO_NO;
    baro_status status = run(script, length, n, limits, "charts", &answer, NULL);
    if (status != BARO_OK)
        return status == BARO_NO_MEMORY ? status : BARO_NO;
    if (!cut(&answer, picture, size, n, end)) {
        baro_child_answer_free(&answer);
        return BARO_NO;
    }
    *pictures_out = answer.output;
    answer.output = NULL;
    baro_child_answer_free(&answer);
    return BARO_OK;
}

baro_status baro_gnuplot_run(const char *script, size_t length, baro_picture picture, unsigned width, unsigned height,
                             const baro_gnuplot_limits *limits, const char *what, char **picture_out,
                             size_t *picture_length, baro_error *error)
{
    baro_child_answer answer;
    baro_status status = run(script, length, 1, limits, what, &answer, error);
    if (status != BARO_OK)
        return status;
    /* Its complaints quote the script, which quotes labels: they are not shown. Harmless ones come with status 0. */
    if (!is_whole[picture](answer.output, answer.output_length, width, height)) {
        const char *found = answer.output_length == 0 ? "without a picture" : "with an incomplete picture";
        baro_child_answer_free(&answer);
        return baro_fault_add(error, BARO_NO_PROGRAM, (baro_where_it_is){0},
                              "%s: gnuplot ended %s; is gnuplot-nox installed and the disk not full?", what, found);
    }
    *picture_out = answer.output;
    *picture_length = answer.output_length;
    answer.output = NULL;
    baro_child_answer_free(&answer);
    return BARO_OK;
}
