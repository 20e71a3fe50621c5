#include "io/readers/records.h"
#include "io/base/text.h"
#include "io/readers/words.h"
#include <string.h>

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

const char *baro_line_end(const char *at, const char *end)
{
    while (at < end && !ends_line(*at))
        at++;
    return at;
}

const char *baro_line_next(const char *line_end, const char *end)
{
    if (line_end == end)
        return end;
    return line_end + (*line_end == '\r' && line_end + 1 < end && line_end[1] == '\n' ? 2 : 1);
}

/* The line end at `at` is known for what it is: a CR at the very end may be half of a CRLF. */
static bool is_told(const char *at, const char *end, bool last)
{
    return last || (at < end && !(*at == '\r' && at + 1 == end));
}

static void finish(const char *at, const char *end, bool last, baro_record *out)
{
    *out = (baro_record){is_told(at, end, last) ? BARO_RECORD_WHOLE : BARO_RECORD_UNFINISHED, at,
                         baro_line_next(at, end), NULL};
}

/* A fault at `fault`: the next line is read as if nothing had been. */
static void give_up(baro_record_state state, const char *fault, const char *end, bool last, baro_record *out)
{
    finish(baro_line_end(fault, end), end, last, out);
    if (out->state == BARO_RECORD_WHOLE) {
        out->state = state;
        out->fault = fault;
    }
}

/* The first quote from `at` on; NULL when there is none before `limit`. Most fields are a word or two long. */
static const char *find_quote(const char *at, const char *limit)
{
    for (int i = 0; i < 4 && limit - at >= 8; i++, at += 8) {
        uint64_t marks = baro_zero_bytes(baro_load_word(at) ^ BARO_ONES * '"');
        if (marks)
            return at + baro_lowest_byte(marks);
    }
    return at < limit ? memchr(at, '"', (size_t)(limit - at)) : NULL;
}

/* The quote that closes a field whose text begins at `at`; NULL when there is none before `limit`. */
static const char *closing_quote(const char *at, const char *limit, const char *end)
{
    while (at < limit) {
        const char *quote = find_quote(at, limit);
        if (!quote)
            return NULL;
        if (quote + 1 == end || quote[1] != '"')
            return quote;
        at = quote + 2;
    }
    return NULL;
}

/* Passes the quoted field at *at. True when it is followed by a delimiter or a line end; else *out is the answer. */
static bool pass_quoted(const char **at, const char *end, const baro_record_manner *manner, bool last, baro_record *out)
{
    const char *open = *at;
    bool capped = (size_t)(end - open) > manner->longest;
    const char *close = closing_quote(open + 1, capped ? open + manner->longest : end, end);
    if (!close || (close + 1 == end && !last)) {
        if (last || (capped && !close))
            give_up(BARO_RECORD_OPEN_QUOTE, open, end, last, out);
        else
            *out = (baro_record){BARO_RECORD_UNFINISHED, end, end, NULL};
        return false;
    }
    *at = close + 1;
    if (*at == end || **at == manner->delimiter || ends_line(**at))
        return true;
    if (baro_line_end(open, close) < close) /* it is more likely that a quote was forgotten lines ago */
        give_up(BARO_RECORD_OPEN_QUOTE, open, end, last, out);
    else
        give_up(BARO_RECORD_TEXT_BEHIND, *at, end, last, out);
    return false;
}

static void mark(baro_record_marks *marks, size_t position)
{
    marks->seen++;
    if (marks->found < marks->n_needed && marks->needed[marks->found] == marks->seen)
        marks->position[marks->found++] = (uint32_t)position;
}

void baro_record_scan(const char *at, const char *end, const baro_record_manner *manner, bool last,
                      baro_record_marks *marks, baro_record *out)
{
    const char delimiter = manner->delimiter, *start = at;
    for (;;) {
        if (at < end && *at == '"') {
            if (!pass_quoted(&at, end, manner, last, out))
                return;
        } else {
            while (at < end && *at != delimiter && *at != '"' && !ends_line(*at))
                at++;
        }
        if (at < end && *at == '"') {
            give_up(BARO_RECORD_STRAY_QUOTE, at, end, last, out);
            return;
        }
        if (at == end || *at != delimiter) {
            finish(at, end, last, out);
            return;
        }
        if (marks)
            mark(marks, (size_t)(at - start));
        at++;
    }
}

/* Behind the last line end in from .. to that is told; `from` when there is none. */
static const char *last_line(const char *from, const char *to, const char *end)
{
    for (const char *at = to; at > from; at--)
        if (ends_line(at[-1]) && is_told(at - 1, end, false))
            return at;
    return from;
}

size_t baro_records_cut(const char *text, size_t length, const baro_record_manner *manner, bool last)
{
    const char *at = text, *end = text + length;
    if (last)
        return length;
    while (at < end) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        if (!quote)
            return (size_t)(last_line(at, end, end) - text);
        baro_record record;
        at = last_line(at, quote, end);
        baro_record_scan(at, end, manner, false, NULL, &record);
        if (record.state == BARO_RECORD_UNFINISHED)
            break;
        at = record.next;
    }
    return (size_t)(at - text);
}

const char *baro_record_field(const char *at, const char *end, char delimiter, size_t field)
{
    while (field > 0 && at < end) {
        if (*at == '"') {
            const char *close = closing_quote(at + 1, end, end);
            at = close ? close + 1 : end;
        }
        while (at < end && *at != delimiter)
            at++;
        if (at < end)
            at++;
        field--;
    }
    return at;
}

size_t baro_records_lines(const char *from, const char *to, size_t *column)
{
    size_t lines = 0;
    const char *line = from;
    for (;;) {
        const char *end = baro_line_end(line, to);
        if (end == to)
            break;
        line = baro_line_next(end, to);
        lines++;
    }
    if (column)
        *column = baro_text_characters(line, (size_t)(to - line)) + 1;
    return lines;
}

unsigned baro_line_ends(const baro_record *record)
{
    if (record->next == record->end || record->fault)
        return 0;
    return record->next - record->end == 2 ? BARO_CRLF : *record->end == '\n' ? BARO_LF : BARO_CR;
}
