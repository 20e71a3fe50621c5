/* Replicate weights as they are read, or made from the design, and the directions of their rows. */
#include "surveys/binding/replicates.h"
#include "stats/replicate_make.h"
#include "surveys/binding/internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BOOTSTRAPS = 500, DIFFERENCES = 80 };

static const char *method_name(baro_replicates kind)
{
    const baro_replicate_method *method = baro_replicate_method_of(kind);
    return method ? method->name : "?";
}

static void set_rule(baro_bound_replicates *out, const baro_replicate_choice *choice, size_t replicates)
{
    const baro_replicate_method *method = baro_replicate_method_of(out->kind);
    bool full = choice->centre == BARO_CENTRE_UNSAID ? method->full_centre : choice->centre == BARO_CENTRE_FULL;
    double scale = isnan(choice->scale) ? baro_replicate_scale(out->kind, replicates, choice->rho) : choice->scale;
    out->rule = (baro_replicate_rule){.replicates = replicates, .scale = scale, .full_centre = full};
}

double baro_replicate_direction(const baro_bound_replicates *replicates, size_t replicate, size_t direction)
{
    if (!replicates->weight)
        return replicates->factor[replicate * replicates->units + direction];
    size_t row = replicates->vector_row[direction];
    double base = replicates->factors ? replicates->base[row] : 1;
    return base * replicates->weight[replicate][row] / replicates->vector_size[direction];
}

const char *baro_replicates_note(const baro_bound_replicates *replicates, const baro_survey *survey, baro_arena *arena)
{
    const char *name = method_name(replicates->kind);
    size_t n = replicates->rule.replicates;
    if (replicates->weight)
        return baro_arena_format(arena, "Standard errors from %zu replicate weights (%s).", n, name);
    if (replicates->kind == BARO_REPLICATES_BOOTSTRAP)
        return baro_arena_format(arena, "Standard errors from %zu replicates made here (%s, seed %llu).", n, name,
                                 (unsigned long long)survey->replicates.seed);
    return baro_arena_format(arena, "Standard errors from %zu replicates made here (%s).", n, name);
}

/* ---- columns ---- */

/* Missing and negative weights. A row without a weight that the survey leaves out may lack these too: they are 0 then.
 */
static baro_status check_column(baro_binding *binding, const baro_column *column, const double *base,
                                const double **out)
{
    const baro_survey *survey = binding->survey;
    baro_rows_at_fault missing = {0}, negative = {0};
    baro_status status = baro_check_numbers(binding, column);
    double *filled = NULL;
    if (status)
        return status;
    *out = column->numbers;
    for (size_t row = 0; row < binding->rows; row++) {
        double w = column->numbers[row];
        if (isnan(w) && survey->weight_missing_out && base[row] == 0) {
            if (!filled && !(filled = BARO_ARRAY(binding->arena, double, binding->rows)))
                return baro_no_memory(binding);
            if (*out != filled)
                memcpy(filled, column->numbers, binding->rows * sizeof *filled);
            *out = filled;
            filled[row] = 0;
        } else if (!isfinite(w))
            baro_note_row(binding, &missing, row);
        else if (w < 0)
            baro_note_row(binding, &negative, row);
    }
    if (missing.count > 0)
        status = baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, missing.first),
                                "replicate weight missing (column %s): %zu interviews, lines %s", column->name,
                                missing.count, baro_lines_of(&missing));
    if (negative.count > 0)
        status =
            baro_fault_add(binding->error, BARO_BAD_DATA, baro_row_place(binding, negative.first),
                           "replicate weight negative (column %s): %zu interviews, lines %s; weights are 0 or more",
                           column->name, negative.count, baro_lines_of(&negative));
    return status;
}

static baro_status set_rscales(baro_binding *binding, baro_bound_replicates *out)
{
    baro_numbers said = binding->survey->replicates.rscales;
    if (said.n == 0)
        return BARO_OK;
    double *rscale = BARO_ARRAY(binding->arena, double, out->rule.replicates);
    if (!rscale)
        return baro_no_memory(binding);
    for (size_t r = 0; r < out->rule.replicates; r++)
        rscale[r] = said.item[said.n == 1 ? 0 : r];
    out->rule.rscale = rscale;
    return BARO_OK;
}

/* Two ratios of sums over the replicates, each with numbers of its own: rows that agree in both are of one direction.
 */
typedef struct {
    double first, second;
    uint32_t row;
} mark;

static int compare_marks(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool is_close(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fabs(b);
}

/* Numbers from 1 to 2 that follow no pattern that a design has. */
static double spread(size_t replicate, unsigned which)
{
    double x = sin(12.9898 * (double)(replicate + 1) + 78.233 * which) * 43758.5453;
    return 1 + x - floor(x);
}

static baro_status find_directions(baro_binding *binding, baro_bound_replicates *out)
{
    size_t rows = binding->rows, n = out->rule.replicates, used = 0;
    mark *marks = calloc(rows + 1, sizeof *marks);
    double *size = BARO_ARRAY(binding->arena, double, rows + 1), *length = BARO_ARRAY(binding->arena, double, n);
    double *vector_size = BARO_ARRAY(binding->arena, double, rows + 1);
    uint32_t *direction = BARO_ARRAY(binding->arena, uint32_t, rows + 1),
             *vector_row = BARO_ARRAY(binding->arena, uint32_t, rows + 1);
    if (!marks || !size || !length || !vector_size || !direction || !vector_row) {
        free(marks);
        return baro_no_memory(binding);
    }
    for (size_t r = 0; r < n; r++) {
        double a = spread(r, 1), b = spread(r, 2);
        for (size_t row = 0; row < rows; row++) {
            double w = out->weight[r][row] * (out->factors ? out->base[row] : 1);
            size[row] += w;
            marks[row].first += a * w;
            marks[row].second += b * w;
            length[r] += w * w;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        direction[row] = BARO_NO_DIRECTION;
        if (size[row] > 0)
            marks[used++] = (mark){marks[row].first / size[row], marks[row].second / size[row], (uint32_t)row};
    }
    qsort(marks, used, sizeof *marks, compare_marks);
    for (size_t i = 0, first = 0; i < used; i++) {
        if (i == 0 || !is_close(marks[i].first, marks[first].first) ||
            !is_close(marks[i].second, marks[first].second)) {
            first = i;
            vector_row[out->directions] = marks[i].row;
            vector_size[out->directions++] = size[marks[i].row];
        }
        direction[marks[i].row] = (uint32_t)(out->directions - 1);
    }
    free(marks);
    out->direction = direction;
    out->size = size;
    out->length = length;
    out->vector_row = vector_row;
    out->vector_size = vector_size;
    return BARO_OK;
}

static baro_status bind_columns(baro_binding *binding, baro_bound_replicates *out)
{
    size_t n = binding->replicate.n;
    const double **weight = BARO_ARRAY(binding->arena, const double *, n + 1);
    baro_status status = weight ? BARO_OK : baro_no_memory(binding);
    for (size_t r = 0; r < n && weight && baro_error_faults(binding->error) < BARO_FAULTS_SHOWN; r++) {
        const baro_column *column =
            baro_binding_column(binding, (baro_texts){&binding->replicate.item[r], 1}, BARO_NUMBER);
        baro_status found = check_column(binding, column, out->base, &weight[r]);
        status = status ? status : found;
    }
    if (status)
        return status;
    out->weight = weight;
    set_rule(out, &binding->survey->replicates, n);
    status = set_rscales(binding, out);
    return status ? status : find_directions(binding, out);
}

/* ---- made here ---- */

static baro_status word_fault(baro_binding *binding, const baro_design *design, baro_replicates kind,
                              baro_status status, const baro_fault *fault)
{
    baro_where_it_is place = baro_binding_place(binding, binding->survey->replicates.at);
    const char *name = method_name(kind);
    if (status == BARO_LONELY_PSU || kind == BARO_REPLICATES_BRR || kind == BARO_REPLICATES_FAY) {
        const char *stratum = baro_stratum_name(binding, design, fault->index);
        unsigned long units = status == BARO_LONELY_PSU ? 1 : fault->other;
        return baro_fault_add(
            binding->error, BARO_BAD_DATA, place,
            "replicates (%s): stratum '%s' has %lu PSU%s, not two%s; join or part strata, or choose another method",
            name, stratum ? stratum : "?", units, units == 1 ? "" : "s", status == BARO_LONELY_PSU ? " or more" : "");
    }
    if (kind == BARO_REPLICATES_JK1)
        return baro_fault_add(binding->error, BARO_BAD_DATA, place,
                              "replicates (jk1): there are %lu strata, not one; make:jkn leaves out PSUs by stratum",
                              fault->other);
    return baro_fault_add(binding->error, status, place, "replicates (%s): %s", name, baro_status_sentence(status));
}

static baro_status choose_number(baro_binding *binding, const baro_design *design, baro_replicates kind, size_t *out)
{
    size_t wanted = binding->survey->replicates.count;
    if (wanted == 0)
        wanted = kind == BARO_REPLICATES_BOOTSTRAP ? BOOTSTRAPS : kind == BARO_REPLICATES_SDR ? DIFFERENCES : 0;
    *out = baro_replicate_count(kind, design, wanted);
    if (*out >= 2 && *out <= BARO_HADAMARD_MOST)
        return BARO_OK;
    return baro_fault_add(
        binding->error, BARO_BAD_DATA, baro_binding_place(binding, binding->survey->replicates.at),
        "replicates (%s): 2 to %d can be made, and the design has %zu PSUs; ask for fewer, or for make:bootstrap where "
        "there are more PSUs",
        method_name(kind), BARO_HADAMARD_MOST, design->units);
}

/* A row's direction is its unit. */
static baro_status set_units(baro_binding *binding, const baro_design *design, baro_bound_replicates *out)
{
    size_t rows = binding->rows, n = out->rule.replicates;
    double *size = BARO_ARRAY(binding->arena, double, rows + 1), *length = BARO_ARRAY(binding->arena, double, n);
    double *squares = BARO_ARRAY(binding->arena, double, design->units);
    uint32_t *direction = BARO_ARRAY(binding->arena, uint32_t, rows + 1);
    if (!size || !length || !squares || !direction)
        return baro_no_memory(binding);
    for (size_t unit = 0, i = 0; unit < design->units; unit++)
        for (; i < design->unit_end[unit]; i++) {
            size_t row = design->row[i];
            size[row] = out->base ? out->base[row] : 1;
            direction[row] = size[row] > 0 ? (uint32_t)unit : BARO_NO_DIRECTION;
            squares[unit] += size[row] * size[row];
        }
    for (size_t r = 0; r < n; r++)
        for (size_t unit = 0; unit < design->units; unit++) {
            double factor = out->factor[r * design->units + unit];
            length[r] += squares[unit] * factor * factor;
        }
    out->direction = direction;
    out->size = size;
    out->length = length;
    out->directions = design->units;
    return BARO_OK;
}

static baro_status make_here(baro_binding *binding, const baro_design *design, baro_bound_replicates *out)
{
    const baro_replicate_choice *choice = &binding->survey->replicates;
    baro_replicate_plan plan = {.kind = out->kind, .rho = choice->rho, .seed = choice->seed};
    baro_fault fault = {0};
    baro_status status = choose_number(binding, design, out->kind, &plan.replicates);
    if (status)
        return status;
    if (design->units > SIZE_MAX / sizeof(double) / plan.replicates)
        return baro_no_memory(binding);
    double *factor = BARO_ARRAY(binding->arena, double, plan.replicates * design->units);
    double *rscale = BARO_ARRAY(binding->arena, double, plan.replicates);
    if (!factor || !rscale)
        return baro_no_memory(binding);
    status = baro_replicate_make(&plan, design, factor, rscale, &fault);
    if (status)
        return word_fault(binding, design, out->kind, status, &fault);
    set_rule(out, choice, plan.replicates);
    out->rule.rscale = rscale;
    out->factor = factor;
    out->units = design->units;
    return set_units(binding, design, out);
}

baro_status baro_bind_replicates(baro_binding *binding, const baro_design *design, const double *weight,
                                 const baro_bound_replicates **out)
{
    const baro_replicate_choice *choice = &binding->survey->replicates;
    bool made;
    *out = NULL;
    if (!choice->columns)
        return BARO_OK;
    baro_bound_replicates *bound = BARO_NEW(binding->arena, baro_bound_replicates);
    if (!bound)
        return baro_no_memory(binding);
    *bound = (baro_bound_replicates){
        .kind = baro_replicates_kind(choice, &made), .factors = choice->factors, .base = weight};
    baro_status status = made ? make_here(binding, design, bound) : bind_columns(binding, bound);
    *out = status ? NULL : bound;
    return status;
}

baro_status baro_reweigh_replicates(baro_binding *binding, const baro_design *design, const baro_bound_replicates *from, const double *weight,
                                    bool by_window, const char *whose, const baro_bound_replicates **out)
{
    *out = NULL;
    if (!from)
        return BARO_OK;
    baro_position at = binding->survey->replicates.at;
    if (from->weight && (!from->factors || by_window))
        return baro_fault_add(binding->error, at.line ? BARO_BAD_SURVEY : BARO_USAGE, baro_binding_place(binding, at),
                              "the replicate weights are those of '%s', and %s has weights of its own; make replicates here (make:jkn), or leave it out",
                              binding->survey->weight, whose);
    baro_bound_replicates *bound = BARO_NEW(binding->arena, baro_bound_replicates);
    if (!bound)
        return baro_no_memory(binding);
    *bound = *from;
    bound->base = weight;
    bound->calibrated = NULL;
    bound->directions = 0;
    baro_status status = from->weight ? find_directions(binding, bound) : set_units(binding, design, bound);
    *out = status ? NULL : bound;
    return status;
}
