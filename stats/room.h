/** Rooms that callers give: arrays carved out of one block, or only counted to say how large it must be. */
#ifndef BARO_STATS_ROOM_H
#define BARO_STATS_ROOM_H
#include <stddef.h>
#include <stdint.h>

/* Under the address sanitizer a little room behind each array may not be touched, so that it sees an index that runs over. */
#if defined(__SANITIZE_ADDRESS__)
#define BARO_ROOM_GUARDED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BARO_ROOM_GUARDED 1
#endif
#endif
#ifdef BARO_ROOM_GUARDED
#include <sanitizer/asan_interface.h>
#define BARO_ROOM_GUARD 16
#else
#define BARO_ROOM_GUARD 0
#define ASAN_POISON_MEMORY_REGION(place, size) ((void)(place), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(place, size) ((void)(place), (void)(size))
#endif

typedef struct {
    char *base;  /* aligned for doubles; NULL: only counts */
    size_t used; /* bytes; SIZE_MAX: more than any size can say, and stays so */
} baro_room;

/** a * b, SIZE_MAX where that is no size. */
static inline size_t baro_times(size_t a, size_t b)
{
    return b && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

/** Room for `count` items behind what is used, aligned for doubles; NULL when it only counts. */
static inline void *baro_carve(baro_room *room, size_t count, size_t size)
{
    size_t bytes = baro_times(count, size), at = room->used;
    if (bytes > SIZE_MAX / 4 || at > SIZE_MAX / 4) {
        room->used = SIZE_MAX;
        return NULL;
    }
    room->used = at + (bytes + sizeof(double) - 1) / sizeof(double) * sizeof(double) + BARO_ROOM_GUARD;
    if (!room->base)
        return NULL;
    ASAN_UNPOISON_MEMORY_REGION(room->base + at, bytes);
    ASAN_POISON_MEMORY_REGION(room->base + at + bytes, room->used - at - bytes);
    return room->base + at;
}

/** Gives a room of so many bytes back to its owner, who may use it for anything. */
static inline void baro_room_leave(void *base, size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(base, bytes);
}

/** Bytes that were counted, never 0 but where no size can say them. */
static inline size_t baro_room_size(const baro_room *room)
{
    return room->used == SIZE_MAX ? 0 : room->used + sizeof(double);
}

#endif
