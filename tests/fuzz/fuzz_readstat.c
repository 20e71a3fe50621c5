/* libFuzzer target: an SPSS or Stata file gives a frame or a fault, all columns or some, and its variables a codebook or a fault.
 * tests/data/stat-twin.* are good first inputs. */
#include "surveys/model/codebook.h"
#include "tests/frame_help.h"
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_frame(const char *path, bool all)
{
    const char *first[] = {"zz", "trust"}, *second[] = {"hours"}, *third[] = {"area"};
    const baro_want wants[] = {{first, 2, BARO_TEXT}, {second, 1, BARO_NUMBER}, {third, 1, BARO_TEXT}, {second, 1, BARO_TEXT}};
    const baro_csv_format format = {0};
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    baro_status status = baro_frame_read(&path, 1, &format, all ? NULL : wants, 4, NULL, error, &frame);
    if ((status == BARO_OK) != (frame != NULL) || (status != BARO_OK) != (baro_error_faults(error) > 0))
        abort();
    free(help_tell(frame, error));
    baro_frame_free(frame);
    baro_error_free(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    if (baro_stat_kind_of((const char *)data, size) == BARO_STAT_NONE)
        return 0;
    help_write_file((const char *)data, size, path);
    read_frame(path, true);
    read_frame(path, false);
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_codebook book;
    const baro_csv_format format = {0};
    baro_status status = baro_codebook_read(path, &format, arena, &book, error);
    if (status == BARO_BAD_DATA && baro_error_faults(error) == 0)
        abort();
    baro_error_free(error);
    baro_arena_free(arena);
    unlink(path);
    return 0;
}
