/* libFuzzer target: a file read whole, in small blocks and by several threads gives the same frame or the same faults.
 * The first byte chooses format and wants, the rest is the file. */
#include "tests/frame_help.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *read_as(const char *path, const baro_csv_format *format, bool all, size_t block, size_t threads)
{
    const char *first[] = {"zz", "a"}, *second[] = {"b"};
    const baro_want wants[] = {{first, 2, BARO_TEXT}, {second, 1, BARO_NUMBER}, {second, 1, BARO_TEXT}};
    const baro_frame_tuning tuning = {block, 0, BARO_LONGEST_RECORD};
    baro_pool *pool = threads > 1 ? baro_pool_new(threads) : NULL;
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    const char *paths[] = {path};
    baro_status status = baro_frame_read_tuned(&tuning, paths, 1, format, all ? NULL : wants, 3, pool, error, &frame);
    if ((status == BARO_OK) != (frame != NULL) || (status != BARO_OK) != (baro_error_faults(error) > 0))
        abort();
    char *told = help_tell(frame, error);
    baro_frame_free(frame);
    baro_error_free(error);
    baro_pool_free(pool);
    return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'}, decimals[] = {0, ','};
    if (size == 0)
        return 0;
    unsigned choice = data[0];
    const baro_csv_format format = {.delimiter = delimiters[choice & 3],
                                    .decimal = decimals[choice >> 2 & 1],
                                    .encoding = choice & 8    ? BARO_WINDOWS_1252
                                                : choice & 16 ? BARO_LATIN_1
                                                              : BARO_UTF8,
                                    .header_rows = choice & 32 ? 2 : 0};
    char path[64];
    help_write_file((const char *)data + 1, size - 1, path);
    char *whole = read_as(path, &format, choice & 64, (size_t)1 << 16, 1);
    static const size_t blocks[] = {1, 13, 64};
    for (size_t i = 0; i < 3; i++) {
        char *told = read_as(path, &format, choice & 64, blocks[i], i == 1 ? 2 : 1);
        if (strcmp(told, whole) != 0)
            abort();
        free(told);
    }
    free(whole);
    unlink(path);
    return 0;
}
