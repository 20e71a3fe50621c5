/**
 * A folder that is either whole or as it was: made under a temporary name beside its place, then put there in one go.
 */
#ifndef BARO_IO_BASE_FOLDER_H
#define BARO_IO_BASE_FOLDER_H
#include "io/base/arena.h"
#include "io/base/error.h"

typedef struct baro_folder baro_folder;

/**
 * Begins a folder that is to stand at `path`.
 * @param ours   [n_ours] paths inside it, as "charts/a.svg", that may be there already and will go; anything else is
 * not ours
 * @param force  replace it whatever is in it
 * @return BARO_OK; BARO_CANNOT_CREATE with a fault (a file of that name; something in it is not ours, which is named;
 * the place cannot be written); BARO_NO_MEMORY
 */
baro_status baro_folder_open(const char *path, const char *const *ours, size_t n_ours, bool force, baro_folder **out,
                             baro_error *error);
/**
 * Where to write a file of the folder, in `arena`: its own folders are made. `name` has no "..", and does not begin
 * with a slash. BARO_CANNOT_CREATE or BARO_NO_MEMORY with a fault.
 */
baro_status baro_folder_place(baro_folder *folder, const char *name, baro_arena *arena, const char **out,
                              baro_error *error);
/** Puts it in its place and removes what stood there. On a failure the old one stays, or comes back. Frees. */
baro_status baro_folder_settle(baro_folder *folder, baro_error *error);
/** Gives up: nothing of it is left, the old one stays. Frees. */
void baro_folder_abandon(baro_folder *folder);
/** For SIGINT: removes what was made so far; async-signal-safe. After baro_output_unlink_all. */
void baro_folder_remove_all(void);

#endif
