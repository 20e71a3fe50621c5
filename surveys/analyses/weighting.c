#include "surveys/analyses/weighting.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

static baro_status no_memory(baro_error *error)
{
    return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
}

/* "margin 'sex', category 'Men', area Camden" */
static const char *name_of(const baro_weighting *w, const baro_fault *fault, baro_arena *arena)
{
    const baro_target_margin *margin = &w->targets.margin[fault->index];
    size_t k = fault->other % margin->categories, a = fault->other / margin->categories;
    char category[BARO_QUOTE_ROOM];
    baro_text_quote(margin->label[k], strlen(margin->label[k]), category, sizeof category);
    bool in = w->targets.area && a < w->targets.areas;
    const char *name = baro_arena_format(arena, "margin '%s'%s%s%s%s%s", margin->name, margin->is_number ? "" : ", category '",
                                         margin->is_number ? "" : category, margin->is_number ? "" : "'", in ? ", area " : "",
                                         in ? w->targets.area[a] : "");
    return name ? name : "a margin";
}

static baro_status word_fault(const baro_weighting *w, baro_status status, const baro_fault *fault, baro_arena *arena, baro_error *error)
{
    const baro_weighting_request *request = w->request;
    bool of_margin = fault->index < w->targets.margins;
    const baro_target_margin *margin = of_margin ? &w->targets.margin[fault->index] : NULL;
    size_t cells = of_margin ? w->targets.areas * margin->categories : 0;
    baro_where_it_is at = {request->targets, of_margin && fault->other < cells ? margin->line[fault->other] : 0, 0};
    if (status == BARO_EMPTY_DOMAIN && of_margin)
        return baro_fault_add(error, BARO_BAD_DATA, at, "%s: a target and nobody in the data; join it to another category",
                              name_of(w, fault, arena));
    if (status == BARO_NOT_CONVERGED && of_margin)
        return baro_fault_add(error, BARO_NOT_CONVERGED, at,
                              "not met after %zu iterations: %s misses its target by %.3g%%, which is the largest misfit; nothing is written. "
                              "Join small categories, or widen the bounds",
                              w->out.iterations, name_of(w, fault, arena), 100 * fabs(fault->value));
    if (status == BARO_BAD_WEIGHT) {
        baro_place place = baro_frame_row_place(baro_binding_frame(w->binding), fault->index);
        return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){request->path, place.line, 0},
                              "the weight would be negative; give --bounds, or take --method raking");
    }
    if (status == BARO_OUT_OF_DOMAIN)
        return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){request->targets, 0, 0},
                              "this method cannot have these margins, bounds or limits: post-stratify takes one margin of categories, rake "
                              "categories only, logit bounds with 0 <= L < 1 < U, raking no bounds");
    return baro_fault_add(error, status, (baro_where_it_is){0}, "%s", baro_status_sentence(status));
}

static void sum_before(baro_weighting *w, size_t *n, double *before)
{
    for (size_t row = 0; row < w->job.rows; row++) {
        size_t at = (w->job.area ? w->job.area[row] : 0) * w->variables;
        double d = w->job.weight[row];
        for (size_t m = 0; m < w->job.margins && d > 0; at += w->job.margin[m++].categories) {
            const baro_margin *margin = &w->job.margin[m];
            size_t k = at + (margin->category ? margin->category[row] : 0);
            n[k]++;
            before[k] += d * (margin->category ? 1 : margin->number[row]);
        }
    }
}

static baro_status calibrate(baro_weighting *w, baro_arena *arena, baro_error *error)
{
    const baro_weighting_request *request = w->request;
    baro_calibration *job = &w->job;
    job->kind = request->kind;
    job->lower = request->lower;
    job->upper = request->upper;
    job->smallest = request->smallest;
    job->largest = request->largest;
    job->most = request->most;
    w->variables = baro_calibrate_variables(job);
    size_t room = baro_calibrate_room(job), cells = job->areas * w->variables;
    double *weight = BARO_ARRAY(arena, double, job->rows + 1), *before = BARO_ARRAY(arena, double, cells + 1);
    double *achieved = BARO_ARRAY(arena, double, cells + 1);
    size_t *n = BARO_ARRAY(arena, size_t, cells + 1);
    void *scratch = room ? baro_arena_array(arena, room, 1) : NULL;
    if (!weight || !before || !achieved || !n || !scratch)
        return no_memory(error);
    sum_before(w, n, before);
    baro_fault fault = {0};
    baro_status status = baro_calibrate(job, scratch, weight, achieved, &w->out, &fault);
    w->weight = weight;
    w->before = before;
    w->achieved = achieved;
    w->n = n;
    return status ? word_fault(w, status, &fault, arena, error) : BARO_OK;
}

baro_status baro_weigh(const baro_weighting_request *request, baro_pool *pool, baro_arena *arena, baro_weighting *out, baro_error *error)
{
    *out = (baro_weighting){.request = request};
    baro_status status = baro_targets_read(request->targets, request->within, pool, arena, &out->targets, error);
    if (status)
        return status;
    out->binding = baro_binding_new(request->survey, arena, error);
    if (!out->binding)
        return no_memory(error);
    status = baro_want_margins(out->binding, &out->targets, request->within, request->weight);
    if (status == BARO_OK)
        status = baro_binding_read(out->binding, &request->path, 1, pool);
    if (status == BARO_OK)
        status = baro_bind_margins(out->binding, &out->targets, request->within, request->weight, &out->job);
    if (status == BARO_OK)
        status = baro_error_status(error);
    return status ? status : calibrate(out, arena, error);
}
