#include "io/base/error.h"
#include "io/base/text.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct baro_error {
    baro_error_entry *entries;
    size_t count, room;
    size_t faults, faults_kept;
    baro_status status; /* of the first fault, kept even when its text could not be */
};

baro_error *baro_error_new(void)
{
    return calloc(1, sizeof(baro_error));
}

static void entry_clear(baro_error_entry *entry)
{
    free(entry->source);
    free(entry->message);
}

void baro_error_free(baro_error *error)
{
    if (!error)
        return;
    for (size_t i = 0; i < error->count; i++)
        entry_clear(&error->entries[i]);
    free(error->entries);
    free(error);
}

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static char *formatted(const char *format, va_list arguments) BARO_PRINTF(1, 0);
static char *formatted(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

/* Takes the entry over, or clears it when there is no room for it. */
static bool append(baro_error *error, baro_error_entry *entry)
{
    if (error->count == error->room) {
        size_t room = error->room ? 2 * error->room : 8;
        baro_error_entry *grown =
            room > (size_t)-1 / sizeof *grown ? NULL : realloc(error->entries, room * sizeof *grown);
        if (!grown) {
            entry_clear(entry);
            return false;
        }
        error->entries = grown;
        error->room = room;
    }
    error->entries[error->count++] = *entry;
    return true;
}

static bool entry_make(baro_error_entry *entry, baro_where_it_is place, char *message)
{
    entry->line = place.line;
    entry->column = place.column;
    entry->message = message;
    entry->source = place.source ? copy_of(place.source) : NULL;
    if (message && (entry->source || !place.source))
        return true;
    entry_clear(entry);
    return false;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool has_remark(const baro_error *error, const baro_error_entry *entry)
{
    for (size_t i = 0; i < error->count; i++) {
        const baro_error_entry *old = &error->entries[i];
        if (old->is_remark && old->line == entry->line && old->column == entry->column &&
            same_text(old->source, entry->source) && same_text(old->message, entry->message))
            return true;
    }
    return false;
}

baro_status baro_fault_add(baro_error *error, baro_status status, baro_where_it_is place, const char *format, ...)
{
    if (!error)
        return status;
    if (error->faults++ == 0)
        error->status = status;
    if (error->faults_kept == BARO_FAULTS_SHOWN)
        return status;
    va_list arguments;
    va_start(arguments, format);
    baro_error_entry entry = {.is_remark = false, .status = status};
    if (entry_make(&entry, place, formatted(format, arguments)) && append(error, &entry))
        error->faults_kept++;
    va_end(arguments);
    return status;
}

void baro_remark_add(baro_error *error, baro_where_it_is place, const char *format, ...)
{
    if (!error)
        return;
    va_list arguments;
    va_start(arguments, format);
    baro_error_entry entry = {.is_remark = true, .status = BARO_OK};
    if (entry_make(&entry, place, formatted(format, arguments))) {
        if (has_remark(error, &entry))
            entry_clear(&entry);
        else
            append(error, &entry);
    }
    va_end(arguments);
}

baro_status baro_error_status(const baro_error *error)
{
    return error ? error->status : BARO_OK;
}

size_t baro_error_count(const baro_error *error)
{
    return error ? error->count : 0;
}

size_t baro_error_faults(const baro_error *error)
{
    return error ? error->faults : 0;
}

const baro_error_entry *baro_error_entry_at(const baro_error *error, size_t i)
{
    return error && i < error->count ? &error->entries[i] : NULL;
}

void baro_error_join(baro_error *into, baro_error *from)
{
    if (!into || !from || into == from)
        return;
    if (into->faults == 0)
        into->status = from->status;
    into->faults += from->faults;
    for (size_t i = 0; i < from->count; i++) {
        baro_error_entry *entry = &from->entries[i];
        bool dropped = entry->is_remark ? has_remark(into, entry) : into->faults_kept == BARO_FAULTS_SHOWN;
        if (dropped)
            entry_clear(entry);
        else if (append(into, entry) && !entry->is_remark)
            into->faults_kept++;
    }
    free(from->entries);
    *from = (baro_error){0};
}

/* Whatever a message was made of, nothing but printable UTF-8 reaches a terminal. */
static void print_safely(const char *text, FILE *stream)
{
    char safe[BARO_QUOTE_ROOM];
    for (size_t length = strlen(text); length;) {
        size_t piece = length < 60 ? length : 60;
        while (piece < length && piece > 56 && ((unsigned char)text[piece] & 0xC0) == 0x80)
            piece--; /* not through the middle of a character */
        fputs(baro_text_quote_all(text, piece, safe, sizeof safe), stream);
        text += piece;
        length -= piece;
    }
}

static void print_entry(const baro_error_entry *entry, FILE *stream)
{
    print_safely(entry->source ? entry->source : "barometer", stream);
    if (entry->line)
        fprintf(stream, ":%zu", entry->line);
    if (entry->line && entry->column)
        fprintf(stream, ":%zu", entry->column);
    fputs(entry->is_remark ? ": note: " : ": ", stream);
    print_safely(entry->message, stream);
    fputc('\n', stream);
}

void baro_error_print(const baro_error *error, bool with_remarks, FILE *stream)
{
    if (!error)
        return;
    for (size_t i = 0; i < error->count; i++)
        if (with_remarks || !error->entries[i].is_remark)
            print_entry(&error->entries[i], stream);
    if (error->faults && !error->faults_kept) /* there was no memory for the words */
        fprintf(stream, "barometer: %s\n", baro_status_sentence(error->status));
    else if (error->faults > error->faults_kept)
        fprintf(stream, "barometer: and %zu more\n", error->faults - error->faults_kept);
}
