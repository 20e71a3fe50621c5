#include "stats/replicate_make.h"
#include "stats/random.h"
#include <math.h>
#include <string.h>

/* ---- Hadamard matrices ---- */

/* Of n >= 2. */
static bool is_prime(size_t n)
{
    for (size_t d = 2; d * d <= n; d++)
        if (n % d == 0)
            return false;
    return true;
}

/* Whether order / 2^k is Paley's; the smallest core is taken, which is the plainest matrix. */
static bool find_core(size_t order, baro_hadamard *out)
{
    for (size_t core = order; core >= 1; core /= 2) {
        *out = (baro_hadamard){.order = order, .core = core};
        if (core == 1)
            return true;
        if (core % 4 == 0 && is_prime(core - 1)) {
            out->prime = core - 1; /* core - 1 is 3 modulo 4 */
            return true;
        }
        if (core % 4 == 0 && (core / 2 - 1) % 4 == 1 && is_prime(core / 2 - 1)) {
            out->prime = core / 2 - 1;
            out->second = true;
            return true;
        }
        if (core % 2)
            return false;
    }
    return false;
}

baro_status baro_hadamard_make(size_t at_least, baro_hadamard *out)
{
    size_t order = at_least;
    if (at_least == 0 || at_least > BARO_HADAMARD_MOST)
        return BARO_OUT_OF_DOMAIN;
    while (!find_core(order, out))
        order++;
    for (size_t x = 1; x < out->prime; x++) {
        size_t square = x * x % out->prime;
        out->residue[square / 64] |= (uint64_t)1 << square % 64;
    }
    return BARO_OK;
}

/* Legendre's symbol of a - b. */
static int symbol(const baro_hadamard *matrix, size_t a, size_t b)
{
    size_t d = (a + matrix->prime - b) % matrix->prime;
    return d == 0 ? 0 : matrix->residue[d / 64] >> d % 64 & 1 ? 1 : -1;
}

/* I + S with S = [0 1; -1 Q]: row 0 is all ones. */
static int first_paley(const baro_hadamard *matrix, size_t i, size_t j)
{
    if (i == 0)
        return 1;
    if (j == 0)
        return -1;
    return i == j ? 1 : symbol(matrix, i - 1, j - 1);
}

/* C x [1 1; 1 -1] + I x [1 -1; -1 -1] with C = [0 1; 1 Q]; column 1 is turned over, so that row 0 is all ones. */
static int second_paley(const baro_hadamard *matrix, size_t i, size_t j)
{
    size_t bi = i / 2, bj = j / 2;
    int sign = j == 1 ? -1 : 1, odd = (int)(i % 2), odd_j = (int)(j % 2);
    if (bi == bj)
        return sign * (odd || odd_j ? -1 : 1);
    int c = bi == 0 || bj == 0 ? 1 : symbol(matrix, bi - 1, bj - 1);
    return sign * (odd && odd_j ? -c : c);
}

int baro_hadamard_entry(const baro_hadamard *matrix, size_t row, size_t column)
{
    int sign = 1;
    for (size_t both = row / matrix->core & column / matrix->core; both; both >>= 1)
        sign = both & 1 ? -sign : sign;
    size_t i = row % matrix->core, j = column % matrix->core;
    if (matrix->prime == 0)
        return sign;
    return sign * (matrix->second ? second_paley(matrix, i, j) : first_paley(matrix, i, j));
}

/* ---- makers ---- */

typedef struct {
    const baro_replicate_plan *plan;
    const baro_design *design;
    double *factor, *rscale;
    baro_fault *fault;
} maker;

static size_t first_unit(const baro_design *design, size_t h)
{
    return h ? design->stratum_end[h - 1] : 0;
}

static size_t units_of(const baro_design *design, size_t h)
{
    return design->stratum_end[h] - first_unit(design, h);
}

static double *factors_of(const maker *m, size_t replicate)
{
    return &m->factor[replicate * m->design->units];
}

static baro_status refuse(const maker *m, baro_status status, unsigned long index, unsigned long other)
{
    *m->fault = (baro_fault){index, other, 0};
    return status;
}

static baro_status leave_one_out(const maker *m)
{
    const baro_design *design = m->design;
    bool one = m->plan->kind == BARO_REPLICATES_JK1;
    if (one && design->strata != 1)
        return refuse(m, BARO_OUT_OF_DOMAIN, 0, design->strata);
    if (baro_design_lonely(design) < design->strata)
        return refuse(m, BARO_LONELY_PSU, baro_design_lonely(design), 0);
    if (m->plan->replicates != design->units)
        return refuse(m, BARO_OUT_OF_DOMAIN, 0, design->units);
    for (size_t h = 0; h < design->strata; h++) {
        size_t first = first_unit(design, h), end = design->stratum_end[h];
        double n = (double)(end - first), free = 1 - design->fraction[h];
        for (size_t r = first; r < end; r++) {
            m->rscale[r] = one ? free : free * (n - 1) / n;
            if (free <= 0)
                continue;
            for (size_t unit = first; unit < end; unit++)
                factors_of(m, r)[unit] = unit == r ? 0 : n / (n - 1);
        }
    }
    return BARO_OK;
}

static baro_status halve(const maker *m)
{
    const baro_design *design = m->design;
    double rho = m->plan->kind == BARO_REPLICATES_FAY ? m->plan->rho : 0;
    baro_hadamard matrix;
    size_t halved = 0;
    if (!(rho >= 0 && rho < 1))
        return refuse(m, BARO_OUT_OF_DOMAIN, 0, 0);
    for (size_t h = 0; h < design->strata; h++) {
        halved += design->fraction[h] < 1;
        if (design->fraction[h] < 1 && units_of(design, h) != 2)
            return refuse(m, BARO_OUT_OF_DOMAIN, h, units_of(design, h));
    }
    if (m->plan->replicates <= halved || baro_hadamard_make(m->plan->replicates, &matrix) ||
        matrix.order != m->plan->replicates)
        return refuse(m, BARO_OUT_OF_DOMAIN, 0, halved);
    for (size_t h = 0, row = 1; h < design->strata; h++) {
        if (design->fraction[h] >= 1)
            continue;
        for (size_t r = 0; r < matrix.order; r++) {
            double *factor = &factors_of(m, r)[first_unit(design, h)];
            bool in = baro_hadamard_entry(&matrix, row, r) < 0; /* replicate 0 holds the first unit of every stratum */
            factor[0] = in ? 2 - rho : rho;
            factor[1] = in ? rho : 2 - rho;
        }
        row++;
    }
    return BARO_OK;
}

/* Uniform below n <= 2^32, without bias: numbers from the last, incomplete run are thrown away. */
static size_t below(baro_random *random, size_t n)
{
    uint64_t whole = UINT64_MAX - UINT64_MAX % n, x;
    do
        x = baro_random_bits(random);
    while (x >= whole);
    return (size_t)(x % n);
}

static baro_status draw(const maker *m)
{
    const baro_design *design = m->design;
    if (baro_design_lonely(design) < design->strata)
        return refuse(m, BARO_LONELY_PSU, baro_design_lonely(design), 0);
    for (size_t r = 0; r < m->plan->replicates; r++)
        for (size_t h = 0; h < design->strata; h++) {
            size_t first = first_unit(design, h), n = units_of(design, h);
            baro_random random = {baro_random_mix(baro_random_mix(m->plan->seed + r) + h)};
            if (design->fraction[h] >= 1)
                continue;
            double *factor = &factors_of(m, r)[first];
            memset(factor, 0, n * sizeof *factor);
            for (size_t i = 0; i + 1 < n; i++)
                factor[below(&random, n)] += 1;
            for (size_t i = 0; i < n; i++)
                factor[i] *= (double)n / (double)(n - 1);
        }
    return BARO_OK;
}

static size_t common_divisor(size_t a, size_t b)
{
    while (b) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/*
 * Rows 1 .. order - 1 are used in turns. A turn is a closed loop: each unit goes from the row of its own to that of the
 * next, the last back to the first. Every turn takes the rows in another stride, so that the same two rows seldom meet
 * again (Fay & Train 1995).
 */
static baro_status difference(const maker *m)
{
    const baro_design *design = m->design;
    baro_hadamard matrix;
    if (m->plan->replicates < 4 || baro_hadamard_make(m->plan->replicates, &matrix) ||
        matrix.order != m->plan->replicates)
        return refuse(m, BARO_OUT_OF_DOMAIN, 0, 4);
    size_t rows = matrix.order - 1, stride = 1;
    for (size_t start = 0; start < design->units; start += rows) {
        size_t length = design->units - start < rows ? design->units - start : rows;
        for (size_t i = 0; i < length; i++) {
            size_t here = 1 + i * stride % rows, there = 1 + (i + 1 < length ? (i + 1) * stride % rows : 0);
            for (size_t r = 0; r < matrix.order; r++)
                factors_of(m, r)[start + i] =
                    1 +
                    (baro_hadamard_entry(&matrix, there, r) - baro_hadamard_entry(&matrix, here, r)) / (2 * sqrt(2.0));
        }
        do
            stride = stride % rows + 1;
        while (common_divisor(stride, rows) != 1);
    }
    return BARO_OK;
}

size_t baro_replicate_count(baro_replicates kind, const baro_design *design, size_t wanted)
{
    baro_hadamard matrix;
    size_t least = 0;
    switch (kind) {
    case BARO_REPLICATES_JK1:
    case BARO_REPLICATES_JKN: return design->units;
    case BARO_REPLICATES_BOOTSTRAP: return wanted;
    case BARO_REPLICATES_BRR:
    case BARO_REPLICATES_FAY: least = design->strata + 1; break;
    case BARO_REPLICATES_SDR: least = 4; break;
    default: return 0;
    }
    return baro_hadamard_make(wanted > least ? wanted : least, &matrix) ? 0 : matrix.order;
}

baro_status baro_replicate_make(const baro_replicate_plan *plan, const baro_design *design, double *factor,
                                double *rscale, baro_fault *fault)
{
    const maker m = {plan, design, factor, rscale, fault};
    for (size_t i = 0; i < plan->replicates * design->units; i++)
        factor[i] = 1;
    for (size_t r = 0; r < plan->replicates; r++)
        rscale[r] = 1;
    switch (plan->kind) {
    case BARO_REPLICATES_JK1:
    case BARO_REPLICATES_JKN: return leave_one_out(&m);
    case BARO_REPLICATES_BRR:
    case BARO_REPLICATES_FAY: return halve(&m);
    case BARO_REPLICATES_BOOTSTRAP: return draw(&m);
    case BARO_REPLICATES_SDR: return difference(&m);
    default: return BARO_OUT_OF_DOMAIN;
    }
}
