#include "plots/draw/glyphs.h"
#include "io/base/child.h"
#include <stdlib.h>

enum { LETTERS = 0x110000, SECONDS = 20, OUTPUT_LIMIT = 16 << 20, ERRORS_LIMIT = 1024 };

struct baro_glyphs {
    bool asked, no_memory;
    unsigned char has[LETTERS / 8];
};

baro_glyphs *baro_glyphs_new(void)
{
    return calloc(1, sizeof(baro_glyphs));
}

void baro_glyphs_free(baro_glyphs *glyphs)
{
    free(glyphs);
}

static void add_range(baro_glyphs *glyphs, unsigned long first, unsigned long last)
{
    for (unsigned long letter = first; letter <= last && letter < LETTERS; letter++)
        glyphs->has[letter / 8] = (unsigned char)(glyphs->has[letter / 8] | 1u << letter % 8);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* "20-7e a0 2013-2014" and line ends: hexadecimal numbers and ranges. Anything else ends what is under way. */
static void read_ranges(baro_glyphs *glyphs, const char *text)
{
    unsigned long value = 0, first = 0;
    bool number = false, range = false;
    for (;; text++) {
        int digit = hex_digit(*text);
        if (digit >= 0 && value < LETTERS) {
            value = value * 16 + (unsigned long)digit;
            number = true;
            continue;
        }
        if (number && *text == '-') {
            first = value;
            range = true;
        } else {
            if (number)
                add_range(glyphs, range ? first : value, value);
            range = false;
        }
        value = 0;
        number = false;
        if (!*text)
            return;
    }
}

static void ask(baro_glyphs *glyphs)
{
    static const char *const arguments[] = {"fc-list", "--format", "%{charset}\\n", NULL};
    const baro_child_job job = {
        .arguments = arguments, .seconds = SECONDS, .output_limit = OUTPUT_LIMIT, .errors_limit = ERRORS_LIMIT};
    baro_child_answer answer;
    glyphs->asked = true;
    baro_status status = baro_child_run(&job, "fonts", &answer, NULL);
    glyphs->no_memory = status == BARO_NO_MEMORY;
    if (status != BARO_OK) /* no fault: rare letters are then shown as '?' */
        return;
    read_ranges(glyphs, answer.output);
    baro_child_answer_free(&answer);
}

/* In every font that a chart could be drawn with, or never drawn at all (marks of direction and joining). */
static bool is_usual(unsigned long letter)
{
    return letter < 0x250 || (letter >= 0x2010 && letter <= 0x2027) || letter == 0x20AC || letter == 0x2212 ||
           (letter >= 0x200C && letter <= 0x200F) || (letter >= 0xFE00 && letter <= 0xFE0F);
}

bool baro_glyphs_have(baro_glyphs *glyphs, unsigned long letter)
{
    if (is_usual(letter))
        return true;
    if (!glyphs->asked)
        ask(glyphs);
    return letter < LETTERS && (glyphs->has[letter / 8] >> letter % 8 & 1) != 0;
}

bool baro_glyphs_no_memory(const baro_glyphs *glyphs)
{
    return glyphs->no_memory;
}
