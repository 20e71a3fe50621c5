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
    gram->held = 0;
}

/* Only the lower triangle is kept. */
static void add_held(baro_replicate_gram *gram)
{
    size_t n = gram->replicates;
    if (gram->held == 0)
        return;
    for (size_t k = gram->held; k < BARO_GRAM_HELD; k++) {
        memset(&gram->direction[k * n], 0, n * sizeof *gram->direction);
        gram->squares[k] = 0;
    }
    const double *w = gram->direction;
    for (size_t i = 0; i < n; i++) {
        double *row = &gram->gram[i * n], scaled[BARO_GRAM_HELD];
        for (size_t k = 0; k < BARO_GRAM_HELD; k++)
            scaled[k] = gram->squares[k] * w[k * n + i];
        for (size_t j = 0; j <= i; j++) {
            double even = scaled[0] * w[j], odd = scaled[1] * w[n + j];
            for (size_t k = 2; k < BARO_GRAM_HELD; k += 2) {
                even += scaled[k] * w[k * n + j];
                odd += scaled[k + 1] * w[(k + 1) * n + j];
            }
            row[j] += even + odd;
        }
    }
    gram->held = 0;
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
    if (gram->held > 0) {
        size_t last = gram->held - 1;
        double ratio = ratio_of(weight, &gram->direction[last * gram->replicates], gram->replicates);
        gram->squares[last] += ratio * ratio;
        if (ratio > 0)
            return;
    }
    if (gram->held == BARO_GRAM_HELD)
        add_held(gram);
    memcpy(&gram->direction[gram->held * gram->replicates], weight, gram->replicates * sizeof *weight);
    gram->squares[gram->held++] = 1;
}

/* Four sums at a time: a single one would wait for itself. */
static double dot(const double *a, const double *b, size_t n)
{
    double sum[4] = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (size_t i = 0; i < 4; i++)
            sum[i] += a[k + i] * b[k + i];
    for (; k < n; k++)
        sum[0] += a[k] * b[k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Entries first .. end - 1 of a row of the factor; what they take off its length is returned. */
static double factor_row(const baro_replicate_gram *gram, size_t i, size_t first, size_t end)
{
    double *row = &gram->gram[i * gram->replicates], taken = 0;
    for (size_t j = first; j < end; j++) {
        const double *other = &gram->gram[j * gram->replicates];
        row[j] = other[j] > 0 ? (row[j] - dot(row, other, j)) / other[j] : 0;
        taken += row[j] * row[j];
    }
    return taken;
}

/*
 * Cholesky's factor, a few rows at a time, over the columns accepted so far; a column without a remainder gets a
 * diagonal of 0.
 */
static size_t rank_of(baro_replicate_gram *gram, const double *length)
{
    enum { ROWS = 4 };
    const double tolerance = 1e-5;
    size_t n = gram->replicates, rank = 0;
    add_held(gram);
    for (size_t first = 0; first < n; first += ROWS) {
        size_t end = n - first < ROWS ? n : first + ROWS;
        double taken[ROWS] = {0};
        for (size_t j = 0; j < first; j++)
            for (size_t i = first; i < end; i++)
                taken[i - first] += factor_row(gram, i, j, j + 1);
        for (size_t i = first; i < end; i++) {
            double *diagonal = &gram->gram[i * n + i], own = length ? length[i] : *diagonal;
            double rest = *diagonal - taken[i - first] - factor_row(gram, i, first, i);
            bool counts = own > 0 && rest >= tolerance * tolerance * own;
            *diagonal = counts ? sqrt(rest) : 0;
            rank += counts;
        }
    }
    return rank;
}

size_t baro_replicate_rank(baro_replicate_gram *gram)
{
    return rank_of(gram, NULL);
}

size_t baro_replicate_rank_within(baro_replicate_gram *gram, const double *length)
{
    return rank_of(gram, length);
}
