/* `diff`: which numbers differ between two packs, and why. */
#include "surveys/program/written.h"
#include "surveys/publishing/differ.h"
#include <string.h>

static const char *without_slash(const char *path, baro_arena *arena)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return baro_arena_text(arena, path, length);
}

baro_status baro_command_diff(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_survey none;
    baro_written written;
    baro_difference difference;
    baro_sheet *sheets;
    size_t n;
    if (invocation->n_files != 2)
        return baro_usage(error, "diff: two packs are wanted, as in: barometer diff old/ new/");
    baro_survey_defaults(&none);
    baro_status status = baro_written_of_options(invocation, &none, arena, &written, error);
    const char *before = without_slash(invocation->files[0], arena), *after = without_slash(invocation->files[1], arena);
    if (status == BARO_OK)
        status = before && after ? baro_packs_differ(before, after, arena, &difference, error) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_sheets_differ(&difference, written.tidy, arena, &sheets, &n);
    if (status == BARO_OK)
        status = baro_written_sheets(&written, sheets, n, error);
    if (status)
        return status;
    return difference.moves.n || difference.n_reasons ? BARO_NO : BARO_OK;
}
