/** Memory that lives and dies together: results of unknown size, texts of a survey, a frame's dictionaries. */
#ifndef BARO_IO_BASE_ARENA_H
#define BARO_IO_BASE_ARENA_H
#include <stddef.h>

#if defined(__GNUC__)
#define BARO_ARENA_PRINTF __attribute__((format(printf, 2, 3)))
#else
#define BARO_ARENA_PRINTF
#endif

typedef struct baro_arena baro_arena;

baro_arena *baro_arena_new(void);
void baro_arena_free(baro_arena *arena);
/** `count` × `size` zeroed bytes, aligned for any type; NULL without memory or when the product overflows. A count of 0 gives a valid pointer. */
void *baro_arena_array(baro_arena *arena, size_t count, size_t size);
/** Copy of `length` bytes with a NUL behind. NULL without memory. */
char *baro_arena_text(baro_arena *arena, const char *text, size_t length);
char *baro_arena_string(baro_arena *arena, const char *text);
/** printf into the arena. NULL without memory. */
char *baro_arena_format(baro_arena *arena, const char *format, ...) BARO_ARENA_PRINTF;

#define BARO_NEW(arena, type) ((type *)baro_arena_array((arena), 1, sizeof(type)))
#define BARO_ARRAY(arena, type, count) ((type *)baro_arena_array((arena), (count), sizeof(type)))

#endif
