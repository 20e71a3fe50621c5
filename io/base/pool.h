/** The only threads of the program: tasks by index, results never depend on how many threads there are. */
#ifndef BARO_IO_BASE_POOL_H
#define BARO_IO_BASE_POOL_H
#include "stats/status.h"
#include <stddef.h>

typedef struct baro_pool baro_pool;
typedef baro_status baro_task(void *context, size_t index);

/** `threads` 0: as many as the machine has processors, at most 16; 1: everything runs in the caller. NULL without memory. */
baro_pool *baro_pool_new(size_t threads);
void baro_pool_free(baro_pool *pool);
size_t baro_pool_threads(const baro_pool *pool);
/** Runs task(context, 0 .. n-1), the caller works too; returns when all are done, with the status of the lowest index that failed. A NULL pool runs them in turn. */
baro_status baro_pool_run(baro_pool *pool, size_t n, baro_task *task, void *context);
/**
 * A pipeline for reading: `make` is called in the caller's thread for index 0, 1, ... until it returns BARO_NO (no more);
 * `work` runs in any thread; `take` is called in the caller's thread in the order of the indices. At most `depth` are under way at once.
 * Slot numbers (0 .. depth-1) say which buffer belongs to an index.
 */
typedef struct {
    baro_status (*make)(void *context, size_t index, size_t slot);
    baro_status (*work)(void *context, size_t index, size_t slot);
    baro_status (*take)(void *context, size_t index, size_t slot);
    void *context;
    size_t depth;
} baro_pipeline;
baro_status baro_pool_pipeline(baro_pool *pool, const baro_pipeline *pipeline);

#endif
