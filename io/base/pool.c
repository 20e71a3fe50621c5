#include "io/base/pool.h"
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST_THREADS 16

typedef enum { EMPTY, MADE, WORKING, WORKED } slot_state;

typedef struct {
    size_t index;
    slot_state state;
    baro_status status; /* of work, when WORKED */
} slot;

/* What the threads do now: indices 0 .. n-1 of a task, or the slots of a pipeline. */
struct baro_pool {
    pthread_mutex_t lock;
    pthread_cond_t something_to_do, something_done;
    bool busy, ending;
    baro_task *task;
    void *context;
    size_t next, n, running;
    size_t failed_index;
    baro_status failed_status;
    const baro_pipeline *pipeline;
    slot *slots;
    size_t threads, started;
    pthread_t thread[MOST_THREADS];
};

/* --- under the lock --- */

static void run_next_index(baro_pool *pool)
{
    size_t index = pool->next++;
    pool->running++;
    pthread_mutex_unlock(&pool->lock);
    baro_status status = pool->task(pool->context, index);
    pthread_mutex_lock(&pool->lock);
    pool->running--;
    if (status != BARO_OK && index < pool->failed_index) {
        pool->failed_index = index;
        pool->failed_status = status;
    }
    if (pool->next == pool->n && pool->running == 0)
        pthread_cond_broadcast(&pool->something_done);
}

/* The slot made first that waits for work; depth when there is none. */
static size_t waiting_slot(const baro_pool *pool)
{
    size_t found = pool->pipeline->depth;
    for (size_t i = 0; i < pool->pipeline->depth; i++)
        if (pool->slots[i].state == MADE &&
            (found == pool->pipeline->depth || pool->slots[i].index < pool->slots[found].index))
            found = i;
    return found;
}

static bool work_on_a_slot(baro_pool *pool)
{
    size_t at = waiting_slot(pool);
    if (at == pool->pipeline->depth)
        return false;
    slot *mine = &pool->slots[at];
    const baro_pipeline *pipeline = pool->pipeline;
    mine->state = WORKING;
    pthread_mutex_unlock(&pool->lock);
    baro_status status = pipeline->work(pipeline->context, mine->index, at);
    pthread_mutex_lock(&pool->lock);
    mine->state = WORKED;
    mine->status = status;
    pthread_cond_broadcast(&pool->something_done);
    return true;
}

static void *thread_main(void *argument)
{
    baro_pool *pool = argument;
    pthread_mutex_lock(&pool->lock);
    while (!pool->ending) {
        if (pool->task && pool->next < pool->n)
            run_next_index(pool);
        else if (!pool->pipeline || !work_on_a_slot(pool))
            pthread_cond_wait(&pool->something_to_do, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* --- a pool --- */

static size_t processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (size_t)n;
}

/* Threads that cannot be started are done without. Signals are the main thread's business. */
static void start_threads(baro_pool *pool)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->started + 1 < pool->threads &&
           pthread_create(&pool->thread[pool->started], NULL, thread_main, pool) == 0)
        pool->started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pool->threads = pool->started + 1;
}

baro_pool *baro_pool_new(size_t threads)
{
    baro_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return NULL;
    if (threads == 0)
        threads = processors();
    pool->threads = threads > MOST_THREADS ? MOST_THREADS : threads;
    if (pthread_mutex_init(&pool->lock, NULL) != 0)
        goto no_lock;
    if (pthread_cond_init(&pool->something_to_do, NULL) != 0)
        goto no_first;
    if (pthread_cond_init(&pool->something_done, NULL) != 0)
        goto no_second;
    start_threads(pool);
    return pool;
no_second:
    pthread_cond_destroy(&pool->something_to_do);
no_first:
    pthread_mutex_destroy(&pool->lock);
no_lock:
    free(pool);
    return NULL;
}

void baro_pool_free(baro_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->something_to_do);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++)
        pthread_join(pool->thread[i], NULL);
    pthread_cond_destroy(&pool->something_done);
    pthread_cond_destroy(&pool->something_to_do);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

size_t baro_pool_threads(const baro_pool *pool)
{
    return pool ? pool->threads : 1;
}

/* False when the pool has work already, as when a task runs tasks of its own: those then run in turn. */
static bool acquire(baro_pool *pool)
{
    if (!pool || pool->threads == 1)
        return false;
    pthread_mutex_lock(&pool->lock);
    bool free_now = !pool->busy;
    pool->busy = true;
    pthread_mutex_unlock(&pool->lock);
    return free_now;
}

static baro_status run_in_turn(size_t n, baro_task *task, void *context)
{
    baro_status first = BARO_OK;
    for (size_t i = 0; i < n; i++) {
        baro_status status = task(context, i);
        if (first == BARO_OK)
            first = status;
    }
    return first;
}

baro_status baro_pool_run(baro_pool *pool, size_t n, baro_task *task, void *context)
{
    if (n < 2 || !acquire(pool))
        return run_in_turn(n, task, context);
    pthread_mutex_lock(&pool->lock);
    pool->task = task;
    pool->context = context;
    pool->next = 0;
    pool->n = n;
    pool->failed_index = SIZE_MAX;
    pool->failed_status = BARO_OK;
    pthread_cond_broadcast(&pool->something_to_do);
    while (pool->next < pool->n)
        run_next_index(pool);
    while (pool->running)
        pthread_cond_wait(&pool->something_done, &pool->lock);
    pool->task = NULL;
    pool->busy = false;
    baro_status status = pool->failed_status;
    pthread_mutex_unlock(&pool->lock);
    return status;
}

/* --- a pipeline --- */

static baro_status pipeline_in_turn(const baro_pipeline *pipeline)
{
    for (size_t index = 0;; index++) {
        baro_status status = pipeline->make(pipeline->context, index, 0);
        if (status == BARO_OK)
            status = pipeline->work(pipeline->context, index, 0);
        else
            return status == BARO_NO ? BARO_OK : status;
        if (status == BARO_OK)
            status = pipeline->take(pipeline->context, index, 0);
        if (status != BARO_OK)
            return status;
    }
}

typedef struct {
    size_t made, taken;
    bool no_more;
    baro_status made_status;  /* of the make that ended it; counts when all before it went well */
    baro_status taken_status; /* of the first index whose work or take failed */
} progress;

/* Takes the oldest index; under the lock, released during take. */
static void take_oldest(baro_pool *pool, progress *so_far)
{
    const baro_pipeline *pipeline = pool->pipeline;
    size_t at = so_far->taken % pipeline->depth;
    baro_status status = pool->slots[at].status;
    if (so_far->taken_status == BARO_OK && status == BARO_OK) {
        pthread_mutex_unlock(&pool->lock);
        status = pipeline->take(pipeline->context, so_far->taken, at);
        pthread_mutex_lock(&pool->lock);
    }
    if (so_far->taken_status == BARO_OK)
        so_far->taken_status = status;
    if (status != BARO_OK)
        so_far->no_more = true;
    pool->slots[at].state = EMPTY;
    so_far->taken++;
}

static void make_next(baro_pool *pool, progress *so_far)
{
    const baro_pipeline *pipeline = pool->pipeline;
    size_t at = so_far->made % pipeline->depth;
    pthread_mutex_unlock(&pool->lock);
    baro_status status = pipeline->make(pipeline->context, so_far->made, at);
    pthread_mutex_lock(&pool->lock);
    if (status != BARO_OK) {
        so_far->no_more = true;
        so_far->made_status = status == BARO_NO ? BARO_OK : status;
        return;
    }
    pool->slots[at] = (slot){so_far->made, MADE, BARO_OK};
    so_far->made++;
    pthread_cond_signal(&pool->something_to_do);
}

/* Taking comes before making, which frees a buffer; making comes before working, which keeps the others at work. */
static void drive(baro_pool *pool, progress *so_far)
{
    const size_t depth = pool->pipeline->depth;
    while (so_far->taken < so_far->made || !so_far->no_more) {
        if (so_far->taken < so_far->made && pool->slots[so_far->taken % depth].state == WORKED)
            take_oldest(pool, so_far);
        else if (!so_far->no_more && so_far->made - so_far->taken < depth)
            make_next(pool, so_far);
        else if (!work_on_a_slot(pool))
            pthread_cond_wait(&pool->something_done, &pool->lock);
    }
}

baro_status baro_pool_pipeline(baro_pool *pool, const baro_pipeline *pipeline)
{
    if (pipeline->depth < 2 || !acquire(pool))
        return pipeline_in_turn(pipeline);
    progress so_far = {0};
    slot *slots = calloc(pipeline->depth, sizeof *slots);
    pthread_mutex_lock(&pool->lock);
    if (slots) {
        pool->slots = slots;
        pool->pipeline = pipeline;
        drive(pool, &so_far);
        pool->pipeline = NULL;
        pool->slots = NULL;
    }
    pool->busy = false;
    pthread_mutex_unlock(&pool->lock);
    if (!slots)
        return pipeline_in_turn(pipeline); /* fewer threads are no failure */
    free(slots);
    return so_far.taken_status != BARO_OK ? so_far.taken_status : so_far.made_status;
}
