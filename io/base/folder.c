#define _XOPEN_SOURCE 700 /* nftw */
#include "io/base/folder.h"
#include "io/base/text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 1000, OPEN_AT_ONCE = 16 };

/*
 * What was made for folders that are not in their place yet, newest first. A signal handler gets no argument: like the
 * temporaries of output.c this list is static, and the handler only reads it. Nodes are freed when no folder is being
 * made any more.
 */
typedef struct made {
    struct made *next;
    bool is_folder;
    char path[];
} made;
static _Atomic(made *) all_made;

struct baro_folder {
    char *path;    /* where it is to stand, without a slash at the end */
    char *staging; /* where it is made */
    bool replaces;
};

static char *join(const char *a, const char *b, const char *c)
{
    size_t la = strlen(a), lb = strlen(b), lc = strlen(c);
    char *joined = malloc(la + lb + lc + 1);
    if (joined) {
        memcpy(joined, a, la);
        memcpy(joined + la, b, lb);
        memcpy(joined + la + lb, c, lc + 1);
    }
    return joined;
}

static bool enrol(const char *path, bool is_folder)
{
    size_t size = strlen(path) + 1;
    made *node = malloc(sizeof *node + size);
    if (!node)
        return false;
    node->is_folder = is_folder;
    memcpy(node->path, path, size);
    node->next = atomic_load(&all_made);
    while (!atomic_compare_exchange_weak(&all_made, &node->next, node))
        ;
    return true;
}

void baro_folder_remove_all(void)
{
    int saved = errno;
    for (const made *node = atomic_load(&all_made); node; node = node->next) {
        if (node->is_folder)
            rmdir(node->path);
        else
            unlink(node->path);
    }
    errno = saved;
}

static void forget_made(void)
{
    for (made *node = atomic_exchange(&all_made, NULL), *next; node; node = next) {
        next = node->next;
        free(node);
    }
}

static void release(baro_folder *folder)
{
    free(folder->path);
    free(folder->staging);
    free(folder);
}

static int remove_one(const char *path, const struct stat *what, int flag, struct FTW *walk)
{
    (void)what;
    (void)walk;
    return flag == FTW_DP || flag == FTW_D ? rmdir(path) : unlink(path);
}

static int remove_tree(const char *path)
{
    return nftw(path, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : errno;
}

static baro_status cannot(const char *path, int why, baro_error *error)
{
    if (why == ENOMEM)
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    return baro_fault_add(error, BARO_CANNOT_CREATE, (baro_where_it_is){.source = path}, "cannot create: %s",
                          strerror(why));
}

/* ---- whose is it ---- */

typedef struct {
    const char *root;
    const char *const *ours;
    size_t n_ours;
    char stranger[256]; /* the first name, by byte order, that is not ours; "" for none */
} claim;

/* A folder is ours when something of ours may stand in it. */
static bool is_ours(const claim *c, const char *name, bool is_folder)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < c->n_ours; i++)
        if (is_folder ? strncmp(c->ours[i], name, length) == 0 && c->ours[i][length] == '/'
                      : strcmp(c->ours[i], name) == 0)
            return true;
    return false;
}

static int look(claim *c, const char *inside)
{
    char *path = join(c->root, *inside ? "/" : "", inside);
    DIR *folder = path ? opendir(path) : NULL;
    int failed = !path ? ENOMEM : !folder ? errno : 0;
    free(path);
    for (struct dirent *entry; !failed && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = join(inside, *inside ? "/" : "", entry->d_name), *whole = name ? join(c->root, "/", name) : NULL;
        struct stat what;
        failed = !whole ? ENOMEM : lstat(whole, &what) != 0 ? errno : 0;
        if (!failed && !is_ours(c, name, S_ISDIR(what.st_mode))) {
            if (!*c->stranger || strcmp(name, c->stranger) < 0)
                snprintf(c->stranger, sizeof c->stranger, "%s", name);
        } else if (!failed && S_ISDIR(what.st_mode)) {
            failed = look(c, name);
        }
        free(name);
        free(whole);
    }
    if (folder)
        closedir(folder);
    return failed;
}

/* Whether what stands at the place may be replaced. */
static baro_status check_place(baro_folder *folder, const char *const *ours, size_t n_ours, bool force,
                               baro_error *error)
{
    struct stat old;
    if (lstat(folder->path, &old) != 0)
        return errno == ENOENT ? BARO_OK : cannot(folder->path, errno, error);
    if (!S_ISDIR(old.st_mode))
        return cannot(folder->path, ENOTDIR, error);
    folder->replaces = true;
    claim c = {.root = folder->path, .ours = ours, .n_ours = n_ours};
    int failed = force ? 0 : look(&c, "");
    if (failed)
        return cannot(folder->path, failed, error);
    if (!*c.stranger)
        return BARO_OK;
    char shown[400];
    baro_text_quote(c.stranger, strlen(c.stranger), shown, sizeof shown);
    return baro_fault_add(
        error, BARO_CANNOT_CREATE, (baro_where_it_is){.source = folder->path},
        "holds '%s', which this program did not put there; choose another folder, or replace it all with --force",
        shown);
}

/* ---- making ---- */

/* A hidden name beside the place that nobody has. */
static int make_staging(baro_folder *folder)
{
    const char *slash = strrchr(folder->path, '/');
    size_t directory = slash ? (size_t)(slash - folder->path) + 1 : 0;
    size_t size = strlen(folder->path) + 48;
    folder->staging = malloc(size);
    if (!folder->staging)
        return ENOMEM;
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        snprintf(folder->staging, size, "%.*s.%s.%ld-%u", (int)directory, folder->path, folder->path + directory,
                 (long)getpid(), attempt);
        if (mkdir(folder->staging, 0777) == 0)
            return enrol(folder->staging, true) ? 0 : ENOMEM;
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

baro_status baro_folder_open(const char *path, const char *const *ours, size_t n_ours, bool force, baro_folder **out,
                             baro_error *error)
{
    *out = NULL;
    baro_folder *folder = calloc(1, sizeof *folder);
    if (!folder || !(folder->path = join(path, "", ""))) {
        free(folder);
        return cannot(path, ENOMEM, error);
    }
    for (size_t length = strlen(folder->path); length > 1 && folder->path[length - 1] == '/'; length--)
        folder->path[length - 1] = '\0';
    baro_status status = *folder->path ? check_place(folder, ours, n_ours, force, error) : cannot(path, ENOENT, error);
    int failed = status == BARO_OK ? make_staging(folder) : 0;
    if (failed)
        status = cannot(path, failed, error);
    if (status == BARO_OK)
        *out = folder;
    else
        release(folder);
    return status;
}

/* Makes every folder on the way to a file. */
static int make_way(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int failed = mkdir(path, 0777) == 0 ? (enrol(path, true) ? 0 : ENOMEM) : errno == EEXIST ? 0 : errno;
        *slash = '/';
        if (failed)
            return failed;
    }
    return 0;
}

baro_status baro_folder_place(baro_folder *folder, const char *name, baro_arena *arena, const char **out,
                              baro_error *error)
{
    if (*name == '/' || *name == '\0' || strcmp(name, "..") == 0 || strncmp(name, "../", 3) == 0 ||
        strstr(name, "/../"))
        return cannot(name, EINVAL, error);
    char *path = baro_arena_format(arena, "%s/%s", folder->staging, name);
    int failed = path ? make_way(path, strlen(folder->staging) + 1) : ENOMEM;
    if (!failed && !enrol(path, false))
        failed = ENOMEM;
    if (failed)
        return cannot(name, failed, error);
    *out = path;
    return BARO_OK;
}

/* The old one steps aside, the new one in; no signal may come between, and no pool of threads is open by then. 0 or an
 * errno, and then the old one is back. */
static int exchange(const baro_folder *folder, const char *aside)
{
    if (folder->replaces && rename(folder->path, aside) != 0)
        return errno;
    if (rename(folder->staging, folder->path) == 0)
        return 0;
    int failed = errno;
    if (folder->replaces)
        rename(aside, folder->path);
    return failed;
}

baro_status baro_folder_settle(baro_folder *folder, baro_error *error)
{
    char *aside = join(folder->staging, "-old", "");
    if (!aside) {
        baro_folder_abandon(folder);
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    }
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    int failed = exchange(folder, aside);
    if (!failed)
        forget_made();
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        free(aside);
        baro_status status = cannot(folder->path, failed, error);
        baro_folder_abandon(folder);
        return status;
    }
    if (folder->replaces)
        remove_tree(aside); /* the new one stands, whatever becomes of this */
    free(aside);
    release(folder);
    return BARO_OK;
}

void baro_folder_abandon(baro_folder *folder)
{
    if (!folder)
        return;
    remove_tree(folder->staging);
    forget_made();
    release(folder);
}
