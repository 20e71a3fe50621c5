#define _XOPEN_SOURCE 700 /* realpath */
#include "io/base/output.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 65536, SLOTS = 256, NAME_KEPT = 200, ATTEMPTS = 100 };

/*
 * The temporaries that are open now. A signal handler gets no argument, so this list cannot hang on anything that a
 * caller holds: it is the one piece of static state in the program. Whoever takes a pointer out of its slot
 * (atomically) owns it: the handler unlinks and never frees, close and abandon free only what they took out themselves.
 */
static _Atomic(char *) temporaries[SLOTS];

struct baro_output {
    int fd;
    bool direct, close_fd;
    char *path;      /* as the caller said it, for messages */
    char *target;    /* the real file, symbolic links followed; NULL when direct */
    char *temporary; /* owned by its slot while it has one */
    size_t slot;     /* SLOTS: none */
    int failed;      /* errno of the first failure, 0 for none */
    size_t used;
    char buffer[BUFFER];
};

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static bool enrol(baro_output *output)
{
    for (size_t i = 0; i < SLOTS; i++) {
        char *nobody = NULL;
        if (atomic_compare_exchange_strong(&temporaries[i], &nobody, output->temporary)) {
            output->slot = i;
            return true;
        }
    }
    return false;
}

/* Takes the name back; when a signal handler has been faster, the few bytes are left to it. */
static void forget_temporary(baro_output *output)
{
    char *name = output->temporary;
    output->temporary = NULL;
    if (output->slot < SLOTS) {
        char *mine = name;
        if (!atomic_compare_exchange_strong(&temporaries[output->slot], &mine, NULL))
            return;
        output->slot = SLOTS;
    }
    free(name);
}

void baro_output_unlink_all(void)
{
    int saved = errno;
    for (size_t i = 0; i < SLOTS; i++) {
        char *name = atomic_exchange(&temporaries[i], NULL);
        if (name)
            unlink(name);
    }
    errno = saved;
}

static void release(baro_output *output)
{
    if (output->close_fd && output->fd >= 0)
        close(output->fd);
    forget_temporary(output);
    free(output->target);
    free(output->path);
    free(output);
}

/* "-" and the names of streams that are open already. Opening /dev/stdout again would start at the beginning of a file.
 */
static int stream_of(const char *path)
{
    static const struct {
        const char *name;
        int fd;
    } streams[] = {{"-", 1},         {"/dev/stdout", 1},     {"/dev/stderr", 2},    {"/dev/fd/1", 1},
                   {"/dev/fd/2", 2}, {"/proc/self/fd/1", 1}, {"/proc/self/fd/2", 2}};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        if (strcmp(path, streams[i].name) == 0)
            return streams[i].fd;
    return -1;
}

/* Where the directory part ends: the bytes before the name, with the slash. */
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static void six_letters(unsigned attempt, char out[7])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    unsigned long long mix = (unsigned long long)now.tv_nsec * 2654435761u + (unsigned long long)getpid() * 40503u;
    mix += (unsigned long long)now.tv_sec + attempt * 7919u;
    for (int i = 0; i < 6; i++, mix /= 36)
        out[i] = letters[mix % 36];
    out[6] = '\0';
}

/* A new file beside the target that nobody else has. The mode is the umask's business, as for any new file. */
static int make_temporary(baro_output *output)
{
    const char *target = output->target;
    size_t directory = directory_length(target), name = strlen(target) - directory;
    if (name > NAME_KEPT) {
        name = NAME_KEPT;
        while (name > 0 && ((unsigned char)target[directory + name] & 0xC0) == 0x80)
            name--; /* never half a letter */
    }
    size_t size = directory + name + sizeof "..abcdef";
    output->temporary = malloc(size);
    if (!output->temporary)
        return ENOMEM;
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        char letters[7];
        six_letters(attempt, letters);
        snprintf(output->temporary, size, "%.*s.%.*s.%s", (int)directory, target, (int)name, target + directory,
                 letters);
        output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (output->fd >= 0)
            return 0;
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

/* 0 or an errno. An old file that may not be written is not replaced either; its permissions pass to the new one. */
static int open_file(baro_output *output, const struct stat *old)
{
    if (old && access(output->path, W_OK) != 0)
        return errno;
    output->target = old ? realpath(output->path, NULL) : copy_of(output->path);
    if (!output->target)
        return errno ? errno : ENOMEM;
    int failed = make_temporary(output);
    if (failed)
        return failed;
    output->close_fd = true;
    if (!enrol(output))
        failed = EMFILE;
    else if (old && fchmod(output->fd, old->st_mode & 0777) != 0)
        failed = errno;
    if (failed)
        unlink(output->temporary);
    return failed;
}

static int open_direct(baro_output *output)
{
    output->direct = output->close_fd = true;
    output->fd = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return output->fd < 0 ? errno : 0;
}

static int open_any(baro_output *output)
{
    int stream = stream_of(output->path);
    if (stream >= 0) {
        output->direct = true;
        output->fd = stream;
        return 0;
    }
    size_t length = strlen(output->path);
    if (length == 0)
        return ENOENT;
    struct stat old;
    if (stat(output->path, &old) == 0) {
        if (S_ISDIR(old.st_mode))
            return EISDIR;
        return S_ISREG(old.st_mode) ? open_file(output, &old) : open_direct(output);
    }
    if (errno != ENOENT)
        return errno;
    return output->path[length - 1] == '/' ? EISDIR : open_file(output, NULL);
}

baro_status baro_output_open(const char *path, baro_output **out, baro_error *error)
{
    const baro_where_it_is nowhere = {0};
    *out = NULL;
    baro_output *output = malloc(sizeof *output);
    if (!output)
        return baro_fault_add(error, BARO_NO_MEMORY, nowhere, "out of memory");
    output->fd = -1;
    output->direct = output->close_fd = false;
    output->target = output->temporary = NULL;
    output->slot = SLOTS;
    output->failed = 0;
    output->used = 0;
    output->path = copy_of(path ? path : "-");
    int failed = output->path ? open_any(output) : ENOMEM;
    if (!failed) {
        *out = output;
        return BARO_OK;
    }
    release(output);
    if (failed == ENOMEM)
        return baro_fault_add(error, BARO_NO_MEMORY, nowhere, "out of memory");
    return baro_fault_add(error, BARO_CANNOT_CREATE, (baro_where_it_is){.source = path}, "cannot create: %s",
                          strerror(failed));
}

static void write_out(baro_output *output, const char *bytes, size_t length)
{
    while (length > 0 && !output->failed) {
        ssize_t written = write(output->fd, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (written == 0) {
            output->failed = EIO;
        } else if (errno != EINTR) {
            output->failed = errno;
        }
    }
}

static void flush(baro_output *output)
{
    write_out(output, output->buffer, output->used);
    output->used = 0;
}

void baro_output_write(baro_output *output, const void *bytes, size_t length)
{
    if (output->failed || length == 0)
        return;
    if (length > BUFFER - output->used)
        flush(output);
    if (length >= BUFFER) {
        write_out(output, bytes, length);
        return;
    }
    memcpy(output->buffer + output->used, bytes, length);
    output->used += length;
}

void baro_output_text(baro_output *output, const char *text)
{
    baro_output_write(output, text, strlen(text));
}

void baro_output_format(baro_output *output, const char *format, ...)
{
    char small[1024];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(small, sizeof small, format, values);
    va_end(values);
    if (length < 0) {
        if (!output->failed)
            output->failed = EILSEQ;
        return;
    }
    if ((size_t)length < sizeof small) {
        baro_output_write(output, small, (size_t)length);
        return;
    }
    char *large = malloc((size_t)length + 1);
    if (!large) {
        if (!output->failed)
            output->failed = ENOMEM;
        return;
    }
    va_start(values, format);
    vsnprintf(large, (size_t)length + 1, format, values);
    va_end(values);
    baro_output_write(output, large, (size_t)length);
    free(large);
}

/* Some file systems cannot sync a directory, or at all: that is no failure of ours. */
static int sync_of(int fd)
{
    while (fsync(fd) != 0) {
        if (errno == EINTR)
            continue;
        return errno == EINVAL || errno == ENOTSUP || errno == EBADF ? 0 : errno;
    }
    return 0;
}

static int sync_directory(char *target)
{
    size_t length = directory_length(target);
    const char *directory = ".";
    if (length == 1)
        directory = "/";
    if (length > 1) {
        target[length - 1] = '\0'; /* the target is in place: its name is needed no more */
        directory = target;
    }
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return 0; /* a directory that may be written but not read */
    int failed = sync_of(fd);
    close(fd);
    return failed;
}

/* Puts the whole file in its place. 0 or an errno. */
static int settle(baro_output *output)
{
    int failed = sync_of(output->fd);
    int fd = output->fd;
    output->fd = -1;
    if (close(fd) != 0 && !failed && errno != EINTR)
        failed = errno;
    if (!failed && rename(output->temporary, output->target) != 0)
        failed = errno;
    if (failed)
        return failed;
    forget_temporary(output); /* nothing of that name is left to unlink */
    return sync_directory(output->target);
}

baro_status baro_output_close(baro_output *output, baro_error *error)
{
    flush(output);
    if (!output->direct && !output->failed)
        output->failed = settle(output);
    if (output->direct && output->close_fd) {
        if (close(output->fd) != 0 && !output->failed && errno != EINTR)
            output->failed = errno;
        output->fd = -1;
    }
    int failed = output->failed;
    if (!failed) {
        release(output);
        return BARO_OK;
    }
    const char *name = strcmp(output->path, "-") == 0 ? "standard output" : output->path;
    baro_status status = failed == ENOMEM ? BARO_NO_MEMORY : BARO_IO;
    status = baro_fault_add(error, status, (baro_where_it_is){.source = name}, "write failed: %s", strerror(failed));
    baro_output_abandon(output);
    return status;
}

void baro_output_abandon(baro_output *output)
{
    if (!output)
        return;
    if (output->temporary)
        unlink(output->temporary);
    release(output);
}

bool baro_output_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return a && b && stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}
