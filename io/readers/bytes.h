/** A file or standard input as bytes, of which some can be looked at before they are taken. */
#ifndef BARO_IO_READERS_BYTES_H
#define BARO_IO_READERS_BYTES_H
#include "io/base/error.h"

typedef struct {
    const char *name; /* for messages */
    int descriptor;   /* -1: closed */
    bool ended;       /* the descriptor has no more */
    char *held;       /* bytes read and not taken: held[at .. end - 1] */
    size_t at, end, room;
    size_t bytes; /* read so far */
} baro_bytes;

/** @return BARO_OK; BARO_NO_INPUT with a fault: `w3.csv: cannot open: No such file or directory` */
baro_status baro_bytes_open(const char *path, baro_bytes *out, baro_error *error);
/** Makes sure that `want` bytes are held, or all there are. @return BARO_OK, BARO_IO with a fault, BARO_NO_MEMORY */
baro_status baro_bytes_hold(baro_bytes *bytes, size_t want, baro_error *error);
/** Takes up to `most` bytes, fewer only at the end: what is held first. */
baro_status baro_bytes_take(baro_bytes *bytes, char *out, size_t most, size_t *taken, baro_error *error);
/** Gives back the last `length` bytes that were taken. @return BARO_OK, BARO_NO_MEMORY */
baro_status baro_bytes_give_back(baro_bytes *bytes, const char *text, size_t length);
/** Nothing is held and nothing more comes. */
bool baro_bytes_at_end(const baro_bytes *bytes);
void baro_bytes_close(baro_bytes *bytes);

#endif
