#include "stats/replicate.h"
#include <math.h>
#include <string.h>

enum { BLOCK = 512 };

static const baro_replicate_method methods[BARO_REPLICATES_KINDS] = {
    [BARO_REPLICATES_BRR] = {"brr", false, false, false},
    [BARO_REPLICATES_FAY] = {"fay", false, false, true},
    [BARO_REPLICATES_JK1] = {"jk1", false, false, false},
    [BARO_REPLICATES_JKN] = {"jkn", false, true, false},
    [BARO_REPLICATES_BOOTSTRAP] = {"bootstrap", false, false, false},
    [BARO_REPLICATES_SDR] = {"sdr", true, false, false},
};

const baro_replicate_method *baro_replicate_method_of(baro_replicates kind)
{
    return kind < BARO_REPLICATES_KINDS ? &methods[kind] : NULL;
}

baro_replicates baro_replicate_named(const char *name)
{
    unsigned kind = 0;
    while (kind < BARO_REPLICATES_KINDS && strcmp(methods[kind].name, name) != 0)
        kind++;
    return (baro_replicates)kind;
}

double baro_replicate_scale(baro_replicates kind, size_t replicates, double rho)
{
    double n = (double)replicates;
    if (replicates == 0)
        return NAN;
    switch (kind) {
    case BARO_REPLICATES_BRR: return 1 / n;
    case BARO_REPLICATES_FAY: return rho >= 0 && rho < 1 ? 1 / (n * (1 - rho) * (1 - rho)) : NAN;
    case BARO_REPLICATES_JK1: return (n - 1) / n;
    case BARO_REPLICATES_JKN: return 1;
    case BARO_REPLICATES_BOOTSTRAP: return replicates > 1 ? 1 / (n - 1) : NAN;
    case BARO_REPLICATES_SDR: return 4 / n;
    default: return NAN;
    }
}

static double centre_of(const baro_replicate_rule *rule, const double *values, double full)
{
    baro_sum sum = {0, 0};
    if (rule->full_centre)
        return full;
    for (size_t r = 0; r < rule->replicates; r++)
        baro_sum_add(&sum, values[r]);
    return baro_sum_value(sum) / (double)rule->replicates;
}

double baro_replicate_covariance(const baro_replicate_rule *rule, const double *e, double e_full, const double *f,
                                 double f_full)
{
    double e_centre = centre_of(rule, e, e_full), f_centre = centre_of(rule, f, f_full);
    baro_sum sum = {0, 0};
    for (size_t r = 0; r < rule->replicates; r++)
        baro_sum_add(&sum, (rule->rscale ? rule->rscale[r] : 1) * (e[r] - e_centre) * (f[r] - f_centre));
    return rule->scale * baro_sum_value(sum);
}

/* ---- totals ---- */

static void add_row(const baro_cross *cross, size_t row, double w, baro_sum *sum)
{
    size_t first = cross->cell[row] * (cross->outcomes + 1);
    for (size_t j = 0; j < cross->outcomes; j++) {
        double y = baro_cross_value(cross, row, j);
        if (y != cross->shift)
            baro_sum_add(&sum[first + j], w * (y - cross->shift));
    }
    baro_sum_add(&sum[first + cross->outcomes], w);
}

static bool is_bad(double w)
{
    return !(w >= 0) || isinf(w);
}

/* One replicate of one block. Weights are checked in and outside the domain: a bad one is a fault of the file. */
static baro_status add_block(const baro_cross *cross, const double *weight, bool factors, size_t first, size_t end,
                             baro_sum *sum, baro_fault *fault)
{
    for (size_t row = first; row < end; row++) {
        double w = weight[row];
        if (is_bad(w)) {
            *fault = (baro_fault){row, 0, w};
            return BARO_BAD_WEIGHT;
        }
        if (factors && cross->weight)
            w *= cross->weight[row];
        if (w > 0 && cross->cell[row] != BARO_NO_CELL)
            add_row(cross, row, w, sum);
    }
    return BARO_OK;
}

baro_status baro_replicate_add(const baro_cross *cross, const double *const *weight, bool factors, size_t first,
                               size_t end, baro_replicate_totals *totals, baro_fault *fault)
{
    for (size_t row = first; factors && cross->weight && row < end; row++)
        if (is_bad(cross->weight[row])) {
            *fault = (baro_fault){row, totals->replicates, cross->weight[row]};
            return BARO_BAD_WEIGHT;
        }
    for (size_t from = first; from < end; from += BLOCK)
        for (size_t r = 0; r < totals->replicates; r++) {
            size_t to = end - from > BLOCK ? from + BLOCK : end;
            baro_status status =
                add_block(cross, weight[r], factors, from, to, &totals->sum[r * totals->columns], fault);
            if (status) {
                fault->other = r;
                return status;
            }
        }
    return BARO_OK;
}

void baro_replicate_values(const baro_replicate_totals *totals, size_t replicate, double *total)
{
    for (size_t k = 0; k < totals->columns; k++)
        total[k] = baro_sum_value(totals->sum[replicate * totals->columns + k]);
}

void baro_replicate_unit_values(const baro_totals *totals, size_t units, const double *factor, baro_sum *sum,
                                double *total)
{
    memset(sum, 0, totals->columns * sizeof *sum);
    for (size_t unit = 0, entry = 0; unit < units; unit++)
        for (; entry < totals->unit_end[unit]; entry++)
            if (factor[unit] != 0)
                baro_sum_add(&sum[totals->column[entry]], factor[unit] * (totals->high[entry] + totals->low[entry]));
    for (size_t k = 0; k < totals->columns; k++)
        total[k] = baro_sum_value(sum[k]);
}

/* ---- rank ---- */

void baro_replicate_gram_begin(baro_replicate_gram *gram)
{
    memset(gram->gram, 0, gram->replicates * gram->replicates * sizeof *gram->gram);
    gram->squares = 0;
}

/* Only the lower triangle is kept. */
static void add_direction(baro_replicate_gram *gram)
{
    const double *w = gram->direction;
    for (size_t i = 0; gram->squares > 0 && i < gram->replicates; i++) {
        double *row = &gram->gram[i * gram->replicates], scaled = gram->squares * w[i];
        for (size_t j = 0; scaled != 0 && j <= i; j++)
            row[j] += scaled * w[j];
    }
    gram->squares = 0;
}

/* The ratio of two rows of one direction, 0 when they are not. 1e-9 is far below what the rank can see. */
static double ratio_of(const double *row, const double *direction, size_t n)
{
    size_t largest = 0;
    for (size_t r = 1; r < n; r++)
        if (direction[r] > direction[largest])
            largest = r;
    double ratio = row[largest] / direction[largest];
    for (size_t r = 0; r < n; r++)
        if (!(fabs(row[r] - ratio * direction[r]) <= 1e-9 * row[largest]))
            return 0;
    return ratio;
}

void baro_replicate_gram_row(baro_replicate_gram *gram, const double *weight)
{
    bool any = false;
    for (size_t r = 0; r < gram->replicates; r++)
        any = any || weight[r] != 0;
    if (!any)
        return;
    double ratio = gram->squares > 0 ? ratio_of(weight, gram->direction, gram->replicates) : 0;
    if (ratio > 0) {
        gram->squares += ratio * ratio;
        return;
    }
    add_direction(gram);
    memcpy(gram->direction, weight, gram->replicates * sizeof *weight);
    gram->squares = 1;
}

/* Cholesky's factor, row by row, over the columns accepted so far; a column without a remainder gets a diagonal of 0.
 */
size_t baro_replicate_rank(baro_replicate_gram *gram)
{
    const double tolerance = 1e-5;
    size_t n = gram->replicates, rank = 0;
    add_direction(gram);
    for (size_t i = 0; i < n; i++) {
        double *row = &gram->gram[i * n], length = row[i], rest = row[i];
        for (size_t j = 0; j < i; j++) {
            const double *other = &gram->gram[j * n];
            if (other[j] == 0) {
                row[j] = 0;
                continue;
            }
            for (size_t k = 0; k < j; k++)
                row[j] -= row[k] * other[k];
            row[j] /= other[j];
            rest -= row[j] * row[j];
        }
        bool counts = length > 0 && rest >= tolerance * tolerance * length;
        row[i] = counts ? sqrt(rest) : 0;
        rank += counts;
    }
    return rank;
}
