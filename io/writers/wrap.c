#include "io/writers/wrap.h"
#include "io/base/text.h"
#include <stdbool.h>
#include <string.h>

baro_span baro_span_of(const char *text)
{
    return (baro_span){text ? text : "", text ? strlen(text) : 0};
}

size_t baro_span_width(baro_span span)
{
    return baro_text_width(span.text, span.length);
}

/* Where a line ends, when what follows does not fit: `end` bytes of it, `next` bytes taken. */
typedef struct {
    size_t end, next;
} line_break;

static line_break break_before(baro_span rest, size_t full)
{
    size_t end = full;
    while (end > 0 && rest.text[end] != ' ')
        end--;
    while (end > 0 && rest.text[end - 1] == ' ')
        end--;
    if (end > 0) /* a space with a word in front of it */
        return (line_break){end, end};
    size_t within = full;
    while (within > 1 && rest.text[within - 1] != '-' && rest.text[within - 1] != '/')
        within--;
    return within > 1 ? (line_break){within, within} : (line_break){full, full};
}

baro_span baro_wrap_take(baro_span *rest, size_t width)
{
    size_t full = 0, columns = 0;
    while (full < rest->length) {
        uint32_t character;
        size_t n = baro_text_character(rest->text + full, rest->length - full, &character);
        size_t more = baro_text_width(rest->text + full, n);
        if (full > 0 && columns + more > width)
            break;
        columns += more;
        full += n;
    }
    line_break at = {full, full};
    if (full < rest->length)
        at = break_before(*rest, full);
    while (at.next < rest->length && rest->text[at.next] == ' ')
        at.next++;
    while (at.end > 0 && rest->text[at.end - 1] == ' ')
        at.end--;
    baro_span line = {rest->text, at.end};
    rest->text += at.next;
    rest->length -= at.next;
    return line;
}

size_t baro_wrap_lines(baro_span span, size_t width)
{
    size_t lines = 0;
    for (; span.length > 0; lines++)
        baro_wrap_take(&span, width);
    return lines;
}

size_t baro_wrap_word(baro_span span)
{
    size_t longest = 0;
    while (span.length > 0) {
        const char *space = memchr(span.text, ' ', span.length);
        size_t n = space ? (size_t)(space - span.text) : span.length;
        size_t width = baro_text_width(span.text, n);
        longest = width > longest ? width : longest;
        n += space ? 1 : 0;
        span.text += n;
        span.length -= n;
    }
    return longest;
}

size_t baro_wrap_narrowest(baro_span span, size_t lines, size_t least)
{
    size_t word = baro_wrap_word(span);
    size_t low = word > least ? word : least, high = baro_span_width(span);
    while (low < high) { /* more columns never make more lines */
        size_t middle = low + (high - low) / 2;
        if (baro_wrap_lines(span, middle) <= lines)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
