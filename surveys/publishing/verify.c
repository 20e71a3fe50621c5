#define _XOPEN_SOURCE 700 /* lstat, S_ISLNK */
#include "surveys/publishing/verify.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    const char *root;
    const baro_manifest *manifest;
    bool *seen; /* [files of the manifest] */
    baro_arena *arena;
    baro_file_findings *out;
    baro_error *error;
} comparison;

const char *baro_file_fault_words(baro_file_fault fault)
{
    static const char *const words[] = {"missing", "not in the manifest", "changed since it was written",
                                        "cannot be read"};
    return words[fault];
}

static baro_status find(comparison *c, baro_file_fault fault, const char *path)
{
    baro_file_findings *out = c->out;
    if (out->n == out->room) {
        size_t room = 2 * out->room + 64;
        baro_file_finding *more = BARO_ARRAY(c->arena, baro_file_finding, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (out->n > 0)
            memcpy(more, out->item, out->n * sizeof *more);
        out->item = more;
        out->room = room;
    }
    out->item[out->n++] = (baro_file_finding){fault, path};
    return BARO_OK;
}

static baro_status compare_file(comparison *c, const char *path, const char *whole)
{
    for (size_t i = 0; i < c->manifest->n_files; i++) {
        const baro_pack_file *file = &c->manifest->file[i];
        char sum[BARO_SHA256_TEXT];
        uint64_t bytes;
        if (strcmp(file->path, path) != 0)
            continue;
        c->seen[i] = true;
        if (baro_sha256_file(whole, sum, &bytes, NULL) != BARO_OK)
            return find(c, BARO_FILE_UNREADABLE, path);
        return strcmp(sum, file->sum) == 0 && bytes == file->bytes ? BARO_OK : find(c, BARO_FILE_CHANGED, path);
    }
    return strcmp(path, BARO_MANIFEST) == 0 ? BARO_OK : find(c, BARO_FILE_EXTRA, path);
}

static baro_status walk(comparison *c, const char *inside, unsigned depth)
{
    enum { DEEPEST = 16 };
    const char *folder = *inside ? baro_arena_format(c->arena, "%s/%s", c->root, inside) : c->root;
    DIR *open = folder ? opendir(folder) : NULL;
    if (!open)
        return !folder    ? BARO_NO_MEMORY
               : *inside ? find(c, BARO_FILE_UNREADABLE, inside)
                         : baro_fault_add(c->error, BARO_NO_INPUT, (baro_where_it_is){.source = c->root},
                                          "cannot open: %s", strerror(errno));
    baro_status status = BARO_OK;
    for (struct dirent *entry; status == BARO_OK && (entry = readdir(open)) != NULL;) {
        struct stat what;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *path = *inside ? baro_arena_format(c->arena, "%s/%s", inside, entry->d_name)
                                   : baro_arena_string(c->arena, entry->d_name);
        const char *whole = path ? baro_arena_format(c->arena, "%s/%s", c->root, path) : NULL;
        if (!whole)
            status = BARO_NO_MEMORY;
        else if (lstat(whole, &what) != 0)
            status = find(c, BARO_FILE_UNREADABLE, path);
        else if (S_ISDIR(what.st_mode))
            status = depth < DEEPEST ? walk(c, path, depth + 1) : find(c, BARO_FILE_EXTRA, path);
        else
            status = S_ISREG(what.st_mode) ? compare_file(c, path, whole) : find(c, BARO_FILE_EXTRA, path);
    }
    closedir(open);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const baro_file_finding *)a)->path, ((const baro_file_finding *)b)->path);
}

baro_status baro_folder_compare(const char *folder, const baro_manifest *manifest, baro_arena *arena,
                                baro_file_findings *out, baro_error *error)
{
    comparison c = {.root = folder, .manifest = manifest, .arena = arena, .out = out, .error = error};
    *out = (baro_file_findings){.n = 0};
    c.seen = BARO_ARRAY(arena, bool, manifest->n_files + 1);
    if (!c.seen)
        return BARO_NO_MEMORY;
    baro_status status = walk(&c, "", 0);
    for (size_t i = 0; i < manifest->n_files && status == BARO_OK; i++)
        if (!c.seen[i])
            status = find(&c, BARO_FILE_MISSING, manifest->file[i].path);
    if (out->n > 0)
        qsort(out->item, out->n, sizeof *out->item, by_path);
    return status;
}
