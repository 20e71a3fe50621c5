/* libFuzzer target: whatever survey file is made from a codebook in a spreadsheet reads without a fault. */
#include "surveys/publishing/survey_file.h"
#include "tests/frame_help.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_and_read(const baro_import *import, baro_arena *arena, baro_error *error)
{
    char path[64];
    baro_output *output;
    baro_survey survey;
    help_write_file("", 0, path);
    if (baro_output_open(path, &output, error) != BARO_OK || baro_write_survey_file(import, arena, output) != BARO_OK ||
        baro_output_close(output, error) != BARO_OK)
        abort();
    if (baro_survey_read(path, arena, &survey, error) != BARO_OK) {
        baro_error_print(error, true, stderr);
        abort();
    }
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    help_write_file((const char *)data, size, path);
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_codebook book;
    baro_import import;
    const baro_csv_format format = {0};
    baro_status status = baro_codebook_read(path, &format, arena, &book, error);
    if (status == BARO_OK)
        status = baro_import_make(&book, arena, &import, error);
    if ((status != BARO_OK) != (baro_error_faults(error) > 0))
        abort();
    if (status == BARO_OK)
        write_and_read(&import, arena, error);
    baro_error_free(error);
    baro_arena_free(arena);
    unlink(path);
    return 0;
}
