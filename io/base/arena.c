#include "io/base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CHUNK ((size_t)4096)
#define LAST_CHUNK ((size_t)1 << 20)

typedef struct chunk {
    struct chunk *before;
    size_t used, size; /* bytes behind this head */
    max_align_t bytes[];
} chunk;

struct baro_arena {
    chunk *chunks;
    size_t next_size;
};

baro_arena *baro_arena_new(void)
{
    baro_arena *arena = malloc(sizeof *arena);
    if (arena)
        *arena = (baro_arena){NULL, FIRST_CHUNK};
    return arena;
}

void baro_arena_free(baro_arena *arena)
{
    if (!arena)
        return;
    while (arena->chunks) {
        chunk *before = arena->chunks->before;
        free(arena->chunks);
        arena->chunks = before;
    }
    free(arena);
}

static chunk *chunk_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(chunk))
        return NULL;
    chunk *fresh = malloc(sizeof(chunk) + size);
    if (fresh) {
        fresh->before = NULL;
        fresh->used = 0;
        fresh->size = size;
    }
    return fresh;
}

/* A chunk with room for `size` bytes: the open one, or a fresh one. A large array gets a chunk of its own, put behind
 * the open one, so that the room left in that is not lost. */
static chunk *room_for(baro_arena *arena, size_t size)
{
    chunk *open = arena->chunks;
    if (open && open->size - open->used >= size)
        return open;
    if (size > arena->next_size / 4) {
        chunk *own = chunk_new(size);
        if (own && open) {
            own->before = open->before;
            open->before = own;
        } else if (own) {
            arena->chunks = own;
        }
        return own;
    }
    chunk *fresh = chunk_new(arena->next_size);
    if (!fresh)
        return NULL;
    fresh->before = open;
    arena->chunks = fresh;
    if (arena->next_size < LAST_CHUNK)
        arena->next_size *= 2;
    return fresh;
}

static void *take_bytes(baro_arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    if (size == 0)
        size = 1;
    if (size > SIZE_MAX - unit)
        return NULL;
    size = (size + unit - 1) / unit * unit;
    chunk *home = room_for(arena, size);
    if (!home)
        return NULL;
    void *bytes = (unsigned char *)home->bytes + home->used;
    home->used += size;
    return bytes;
}

void *baro_arena_array(baro_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *bytes = take_bytes(arena, count * size);
    if (bytes)
        memset(bytes, 0, count * size);
    return bytes;
}

char *baro_arena_text(baro_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = take_bytes(arena, length + 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *baro_arena_string(baro_arena *arena, const char *text)
{
    return baro_arena_text(arena, text, strlen(text));
}

char *baro_arena_format(baro_arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char *text = NULL;
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length >= 0)
        text = take_bytes(arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}
