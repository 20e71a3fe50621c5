/* Times the reading of columns, all of them when none is named: read_columns THREADS FILE [COLUMN]...
 * A column named `weight` is read as a number. */
#include "io/readers/frame.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define MOST_COLUMNS 64

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 64;
    const char *names[MOST_COLUMNS], *path = argv[2];
    baro_want wants[MOST_COLUMNS];
    size_t n = 0;
    for (int i = 3; i < argc && n < MOST_COLUMNS; i++, n++) {
        names[n] = argv[i];
        wants[n] = (baro_want){&names[n], 1, strcmp(argv[i], "weight") == 0 ? BARO_NUMBER : BARO_TEXT};
    }
    baro_csv_format format = {0};
    baro_error *error = baro_error_new();
    baro_frame *frame = NULL;
    double start = seconds();
    baro_pool *pool = baro_pool_new(strtoul(argv[1], NULL, 10));
    baro_status status = baro_frame_read(&path, 1, &format, n ? wants : NULL, n, pool, error, &frame);
    double took = seconds() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    baro_error_print(error, true, stderr);
    if (status == BARO_OK)
        printf("%zu rows, %zu columns, %zu threads: %.3f s, %.1f MB resident at most\n", baro_frame_rows(frame),
               baro_frame_columns(frame), baro_pool_threads(pool), took, (double)usage.ru_maxrss / 1024);
    baro_frame_free(frame);
    baro_pool_free(pool);
    baro_error_free(error);
    return baro_status_exit(status);
}
