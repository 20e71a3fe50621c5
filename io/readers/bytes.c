#include "io/readers/bytes.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static baro_status cannot_open(const char *name, int why, baro_error *error)
{
    return baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){name, 0, 0}, "cannot open: %s", strerror(why));
}

baro_status baro_bytes_open(const char *path, baro_bytes *out, baro_error *error)
{
    bool is_standard = strcmp(path, "-") == 0;
    *out = (baro_bytes){.name = is_standard ? "standard input" : path, .descriptor = -1};
    int descriptor = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return cannot_open(out->name, errno, error);
    struct stat what;
    if (fstat(descriptor, &what) == 0 && S_ISDIR(what.st_mode)) {
        if (!is_standard)
            close(descriptor);
        return cannot_open(out->name, EISDIR, error);
    }
    out->descriptor = descriptor;
    return BARO_OK;
}

static baro_status read_some(baro_bytes *bytes, char *out, size_t most, size_t *got, baro_error *error)
{
    *got = 0;
    if (bytes->ended || most == 0)
        return BARO_OK;
    ssize_t n;
    do {
        n = read(bytes->descriptor, out, most > SSIZE_MAX ? SSIZE_MAX : most);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return baro_fault_add(error, BARO_IO, (baro_where_it_is){bytes->name, 0, 0}, "cannot read: %s",
                              strerror(errno));
    bytes->ended = n == 0;
    bytes->bytes += (size_t)n;
    *got = (size_t)n;
    return BARO_OK;
}

static baro_status make_room(baro_bytes *bytes, size_t want)
{
    if (bytes->at == bytes->end)
        bytes->at = bytes->end = 0;
    if (want <= bytes->room - bytes->at)
        return BARO_OK;
    if (bytes->at) {
        memmove(bytes->held, bytes->held + bytes->at, bytes->end - bytes->at);
        bytes->end -= bytes->at;
        bytes->at = 0;
    }
    if (want <= bytes->room)
        return BARO_OK;
    char *grown = realloc(bytes->held, want);
    if (!grown)
        return BARO_NO_MEMORY;
    bytes->held = grown;
    bytes->room = want;
    return BARO_OK;
}

baro_status baro_bytes_hold(baro_bytes *bytes, size_t want, baro_error *error)
{
    baro_status status = make_room(bytes, want);
    while (status == BARO_OK && bytes->end - bytes->at < want && !bytes->ended) {
        size_t got = 0;
        status = read_some(bytes, bytes->held + bytes->end, want - (bytes->end - bytes->at), &got, error);
        bytes->end += got;
    }
    return status;
}

baro_status baro_bytes_take(baro_bytes *bytes, char *out, size_t most, size_t *taken, baro_error *error)
{
    size_t held = bytes->end - bytes->at;
    *taken = held < most ? held : most;
    if (*taken)
        memcpy(out, bytes->held + bytes->at, *taken);
    bytes->at += *taken;
    baro_status status = BARO_OK;
    while (status == BARO_OK && *taken < most && !bytes->ended) {
        size_t got = 0;
        status = read_some(bytes, out + *taken, most - *taken, &got, error);
        *taken += got;
    }
    return status;
}

baro_status baro_bytes_give_back(baro_bytes *bytes, const char *text, size_t length)
{
    if (bytes->at < bytes->end) { /* it came from what is held, and is still there */
        bytes->at -= length;
        return BARO_OK;
    }
    baro_status status = make_room(bytes, length);
    if (status == BARO_OK && length)
        memcpy(bytes->held, text, length);
    bytes->at = 0;
    bytes->end = status == BARO_OK ? length : 0;
    return status;
}

bool baro_bytes_at_end(const baro_bytes *bytes)
{
    return bytes->ended && bytes->at == bytes->end;
}

void baro_bytes_close(baro_bytes *bytes)
{
    if (bytes->descriptor > STDIN_FILENO)
        close(bytes->descriptor);
    free(bytes->held);
    bytes->held = NULL;
    bytes->descriptor = -1;
}
