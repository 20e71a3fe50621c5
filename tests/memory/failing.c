/*
 * Linked into the program, makes one of its allocations fail: the BARO_FAIL_AT-th of its process, counted from 1, whoever
 * asks, the program itself or a library. At the end, how many there were and how many bytes of the program's own were
 * never freed are written to BARO_FAIL_REPORT. Needs the GNU C library, whose own allocator stays reachable as __libc_.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);
extern char __executable_start, etext;

#define HELD ((size_t)1 << 16)

typedef struct {
    void *block;
    size_t size;
} held_block;

static atomic_size_t asked;
static size_t fail_at = 0;
static held_block held[HELD]; /* by address, open addressing: what the program's own code holds */
static size_t unheld = 0;     /* did not fit: then leaks are not looked for */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void read_environment(void)
{
    const char *at = getenv("BARO_FAIL_AT");
    fail_at = at ? strtoull(at, NULL, 10) : 0;
}

/* Breakpoint for a debugger: `break baro_fails_here`, then `backtrace`. */
__attribute__((noinline)) void baro_fails_here(void);
void baro_fails_here(void)
{
    errno = ENOMEM;
}

static bool fails(void)
{
    if (atomic_fetch_add(&asked, 1) + 1 != fail_at)
        return false;
    baro_fails_here();
    return true;
}

static bool is_own(const void *caller)
{
    return (const char *)caller >= &__executable_start && (const char *)caller < &etext;
}

static size_t place(const void *block)
{
    return (size_t)(((uintptr_t)block >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 48) % HELD;
}

/* A freed place keeps its block's size as 0, so that what stands behind it is still found. */
static void forget(void *block)
{
    if (!block)
        return;
    pthread_mutex_lock(&lock);
    for (size_t i = place(block), n = 0; n < HELD && held[i].block; i = (i + 1) % HELD, n++)
        if (held[i].block == block)
            held[i].size = 0;
    pthread_mutex_unlock(&lock);
}

static void *keep(void *block, size_t size, const void *caller)
{
    if (!block || !is_own(caller))
        return block;
    pthread_mutex_lock(&lock);
    size_t i = place(block), n = 0;
    while (n < HELD && held[i].block && held[i].size > 0) {
        i = (i + 1) % HELD;
        n++;
    }
    if (n < HELD)
        held[i] = (held_block){block, size ? size : 1};
    else
        unheld++;
    pthread_mutex_unlock(&lock);
    return block;
}

void *malloc(size_t size)
{
    return fails() ? NULL : keep(__libc_malloc(size), size, __builtin_return_address(0));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : keep(__libc_calloc(n, size), n * size, __builtin_return_address(0));
}

void *realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    forget(old);
    return keep(__libc_realloc(old, size), size, __builtin_return_address(0));
}

void free(void *old)
{
    forget(old);
    __libc_free(old);
}

__attribute__((destructor)) static void report(void)
{
    char line[96];
    size_t bytes = 0;
    const char *path = getenv("BARO_FAIL_REPORT");
    int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    for (size_t i = 0; i < HELD && unheld == 0; i++)
        bytes += held[i].size;
    int n = snprintf(line, sizeof line, "%zu %zu\n", (size_t)atomic_load(&asked), bytes);
    if (file >= 0 && write(file, line, (size_t)n) != n)
        _exit(70);
    if (file >= 0)
        close(file);
}
